"""Responses that choose one of their row's options, as models write them, and what looks like them.

The rows are in `options_as_written/`, a file for each way to write it: `+` for a response that is
paid and `-` for one that is not, the gold, the options (none where only a letter answers) with `;`
between them, and the response, in which `⏎` is a line break.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from grpo_rewards import FREEFORM, CheckChoice
from grpo_rewards.wording.claims import EXAMPLES, claimed, is_true
from grpo_rewards.wording.vocabulary import rows

FILES = sorted((Path(__file__).parent / "options_as_written").glob("*.txt"))
REWARD = CheckChoice(format=FREEFORM)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_a_response_chooses_is_paid_and_nothing_else(file):
    rows = [line.split("|", 3) for line in file.read_text(encoding="utf-8").splitlines()]
    scores = REWARD(
        [text.replace("⏎", "\n") for *_, text in rows],
        answer=[gold for _, gold, _, _ in rows],
        options=[options.split(";") if options else None for _, _, options, _ in rows],
    )
    judged = zip(rows, scores, strict=True)
    assert [row for row, score in judged if (score == REWARD.correct) != (row[0] == "+")] == []


CITIES = ["1. Rome", "2. Paris", "3. Oslo"]


@pytest.mark.parametrize("row", rows("numbers"), ids=lambda row: row.language)
def test_each_word_for_a_number_may_stand_before_that_of_an_option(row):
    texts = list(row.examples("2"))
    scores = REWARD(texts, answer=["2"] * len(texts), options=[CITIES] * len(texts))
    assert [
        text for text, score in zip(texts, scores, strict=True) if score != REWARD.correct
    ] == []
    others = REWARD(texts, answer=["3"] * len(texts), options=[CITIES] * len(texts))
    assert REWARD.correct not in others


@pytest.mark.parametrize(("language", "examples"), EXAMPLES)
def test_a_sentence_says_of_a_claim_that_it_is_true_or_false(language, examples):
    right, wrong = examples
    assert is_true(claimed(right) or "") is True, language
    assert is_true(claimed(wrong) or "") is False, language


def judged(row):
    """Each truth value of a row of the vocabulary, read beside the two of its language."""
    return [(word, is_true(word)) for word in row.words]


@pytest.mark.parametrize(
    "row", rows("affirms", "refutes"), ids=lambda row: f"{row.language} {row.sense}"
)
def test_each_truth_value_is_one(row):
    assert {said for _, said in judged(row)} == {row.sense == "affirms"}
