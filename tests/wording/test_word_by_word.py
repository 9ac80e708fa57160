"""Each word that leaves an answer standing or takes it away, where a verdict hangs on it.

The responses are in `word_by_word/`, a file for each of what they try: `+` for one that is paid and
`-` for one that is not, the gold (`␣` for a space), and the response. Where the gold is a letter,
there are options; where it is in brackets, the response stands between tags; `?` pays for "I do not
know".
"""

from __future__ import annotations

from pathlib import Path

import pytest

from grpo_rewards import FREEFORM, Abstention, CheckAnswer
from grpo_rewards.rewards.choice import CheckChoice

FILES = sorted((Path(__file__).parent / "word_by_word").glob("*.txt"))
OPTIONS = ["red fox", "blue whale", "green frog", "white swan"]
ANSWER, CHOICE = CheckAnswer(format=FREEFORM), CheckChoice(format=FREEFORM)
TAGGED, ABSTAINS = CheckChoice(), Abstention()


def rows(file: Path) -> list[tuple[str, str, str]]:
    """The sign, the gold and the response of each line."""
    lines = [line for line in file.read_text().split("\n") if line and line[0] != "#"]
    parts = [line.split(" ", 2) for line in lines]
    return [(sign, gold.replace("␣", " "), text.replace("⏎", "\n")) for sign, gold, text in parts]


def sign_of(gold: str, texts: list[str]) -> list[str]:
    """What responses earn for one gold: `+` for all of what a right one does."""
    wanted = gold.strip("[]?") or "42"
    texts = [*texts, f"The answer is {wanted}."]  # a batch without any answer would be warned of
    tagged = [f"So I think.<end_working_out><SOLUTION>{text}</SOLUTION>" for text in texts]
    golds, options = [wanted] * len(texts), [OPTIONS] * len(texts)
    if gold == "?":
        scores, full = ABSTAINS(tagged, answer=golds), ABSTAINS.abstained
    elif gold[0] == "[":
        scores, full = TAGGED(tagged, answer=golds, options=options), TAGGED.correct
    elif gold.isupper():
        scores, full = CHOICE(texts, answer=golds, options=options), CHOICE.correct
    else:
        scores, full = ANSWER(texts, answer=golds), ANSWER.correct
    return ["+" if score == full else "-" for score in scores[:-1]]


def signs(said: list[tuple[str, str, str]]) -> list[str]:
    """What each response earns for its gold."""
    found = [""] * len(said)
    for gold in dict.fromkeys(gold for _, gold, _ in said):
        places = [place for place, row in enumerate(said) if row[1] == gold]
        earned = sign_of(gold, [said[place][2] for place in places])
        for place, sign in zip(places, earned, strict=True):
            found[place] = sign
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_word_does_what_it_means(file):
    said = rows(file)
    found = signs(said)
    wrong = [row for row, sign in zip(said, found, strict=True) if row[0] != sign]
    assert wrong == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_response_stands_twice(file):
    said = [(gold, text) for _, gold, text in rows(file)]
    assert sorted(set(said)) == sorted(said)
