"""Each word that leaves an answer standing or takes it away, where a verdict hangs on it.

The responses are in `word_by_word/`, a file for each of what they try: `+` for one that is paid and
`-` for one that is not, the gold, and the response. Where the gold is a letter, there are options.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from grpo_rewards import FREEFORM, CheckAnswer
from grpo_rewards.rewards.choice import CheckChoice

FOLDER = Path(__file__).parent / "word_by_word"
FILES = sorted(FOLDER.glob("*.txt"))
# A batch without any answer would be warned of.
PLAIN = [("+", "42", "The answer is 42."), ("+", "B", "The answer is B.")]
OPTIONS = ["red fox", "blue whale", "green frog", "white swan"]
ANSWER, CHOICE = CheckAnswer(format=FREEFORM), CheckChoice(format=FREEFORM)


def rows(file: Path) -> list[tuple[str, str, str]]:
    """The sign, the gold and the response of each line."""
    lines = [line for line in file.read_text().split("\n") if line and line[0] != "#"]
    parts = [line.split(" ", 2) for line in lines]
    return [(sign, gold, text.replace("⏎", "\n")) for sign, gold, text in parts]


def signs(said: list[tuple[str, str, str]]) -> list[str]:
    """What each response earns: `+` for all of what a right one does."""
    found = [""] * len(said)
    for reward, columns in ((ANSWER, {}), (CHOICE, {"options": OPTIONS})):
        places = [i for i, (_, gold, _) in enumerate(said) if gold.isupper() == bool(columns)]
        scores = reward(
            [said[place][2] for place in places],
            answer=[said[place][1] for place in places],
            **{name: [value] * len(places) for name, value in columns.items()},
        )
        for place, score in zip(places, scores, strict=True):
            found[place] = "+" if score == reward.correct else "-"
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_word_does_what_it_means(file):
    said = rows(file) + PLAIN
    found = signs(said)
    wrong = [row for row, sign in zip(said, found, strict=True) if row[0] != sign]
    assert wrong == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_response_stands_twice(file):
    texts = [text for _, _, text in rows(file)]
    assert sorted(set(texts)) == sorted(texts)
