"""Every word of the table does what its sense says, end to end, and none goes missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from grpo_rewards import BOXED, FREEFORM, CheckAnswer, compare
from grpo_rewards.logic import compare_logic
from grpo_rewards.puzzles.leads import stated, without_table_head
from grpo_rewards.wording.vocabulary import ROWS

FREE, BOX = CheckAnswer(format=FREEFORM), CheckAnswer(format=BOXED)
BEFORE = "First, 12 + 5 = 17, since x cannot be negative.\n\n"


def pinned():
    """The words that were known once, by sense, language and side."""
    for line in (Path(__file__).parent / "words.txt").read_text(encoding="utf-8").splitlines():
        head, _, listed = line.partition(": ")
        yield (*head.split(), listed.split("/"))


PINNED = list(pinned())


def test_no_word_goes_missing():
    known = {(row.sense, row.language, row.side, word) for row in ROWS for word in row.words}
    once = {(*head, word) for *head, words in PINNED for word in words}
    assert once <= known, once - known


def test_the_pinned_words_are_all_of_them():
    """A new word is pinned with the change that brings it: write it into words.txt."""
    known = {(row.sense, row.language, row.side, word) for row in ROWS for word in row.words}
    assert known <= {(*head, word) for *head, words in PINNED for word in words}


def free(text, gold="42"):
    return FREE([BEFORE + text], answer=[gold])[0] == FREE.correct


def boxed(text, gold="42"):
    return BOX([text], answer=[gold])[0] == BOX.correct


# Of each sense: texts with the word, whether they are paid, and who reads them.
SENSES = {
    "announces": (("{example}",), True, compare),
    "names": (("{example}",), True, compare),
    "labels": (("{example}", "**{word}:** {x}", "{word} = {x}"), True, free),
    "qualifies": (("{example}",), True, compare),
    "states": (("{example}",), True, compare),
    "concludes": (("{example}.",), True, free),
    "picks": (("{example}.",), True, free),
    "sums": (("{example}",), True, free),
    "exists": (("{example}.",), True, free),
    "closes": (("{example}",), True, compare),
    "opines": (("{example}", "{x} ({word})"), False, boxed),
    "disowns": (("{example}", "{x} is {word}"), False, boxed),
    "changes": (("{example}",), False, compare),
    "supposes": (("{example}",), False, free),
    "wavers": (("{example}",), False, free),
    "plans": (("{example}.",), False, free),
    "speaks": (("{example}",), False, compare),
    "reasons": (("{example}",), True, boxed),
}


@pytest.mark.parametrize("sense", SENSES)
@pytest.mark.parametrize("language", sorted({row.language for row in ROWS}))
def test_each_word_does_what_its_sense_says(sense, language):
    texts, is_right, read = SENSES[sense]
    answer = r"\boxed{42}" if read is boxed else "42"
    wrong = []
    for row in ROWS:
        if (row.sense, row.language) != (sense, language):
            continue
        for word, example in zip(row.words, row.examples(answer), strict=True):
            for text in texts:
                said = text.replace("{example}", example)
                said = said.replace("{word}", word).replace("{x}", answer)
                paid = bool(compare("42", said)) if read is compare else read(said)
                wrong += [said] if paid != is_right else []
    assert wrong == []


TRUTH = {"affirms": "true", "refutes": "false", "abstains": "unknown"}


@pytest.mark.parametrize("sense", TRUTH)
def test_a_truth_value_is_said_in_every_language(sense):
    said = {word for row in ROWS if row.sense == sense for word in row.words}
    others = [value for each, value in TRUTH.items() if each != sense]
    assert [word for word in said if not compare_logic(TRUTH[sense], word)] == []
    assert [word for word in said for other in others if compare_logic(other, word)] == []


def test_a_puzzle_s_answer_is_stated_with_each_of_its_words():
    for row in ROWS:
        if row.sense in ("presents", "introduces"):
            assert [text for text in row.examples("1243") if stated(text) != "1243"] == []
        if row.sense == "heads":
            for head in row.examples(""):
                assert without_table_head(f"{head}\n|---|---|\n| Al | knave |") == "| Al | knave |"


@pytest.mark.parametrize("row", [row for row in ROWS if row.sense == "approximates"], ids=str)
def test_a_decimal_may_be_rounded_and_a_whole_number_is_a_guess(row):
    assert [text for text in row.examples("") if not compare("3.5", text)] == []
    assert [word for word in row.words if compare("42", f"{word} 42")] == []


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.sense == "remarks"], ids=lambda row: row.side
)
def test_a_remark_takes_nothing_back(row):
    assert [text for text in row.examples("42") if not compare("42", text)] == []
    assert [text for text in row.examples("43") if compare("42", text)] == []
