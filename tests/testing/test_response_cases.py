"""The cases of whole responses: none is misread, each language has enough, both verdicts occur."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grpo_rewards import FREEFORM, CheckAnswer
from grpo_rewards.testing.cases import LANGUAGES, response_cases

LEAST = 200
"""Cases a language."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_none_is_misread(language):
    cases = list(response_cases(language))
    reward = CheckAnswer(format=FREEFORM)
    scores = reward([case.response for case in cases], answer=[case.gold for case in cases])
    misread = [
        case.response
        for case, score in zip(cases, scores, strict=True)
        if (score == reward.correct) != case.is_right
    ]
    assert misread == []


def test_there_are_enough_of_both_verdicts():
    verdicts = Counter((case.language, case.is_right) for case in response_cases())
    for language in LANGUAGES:
        assert verdicts[language, True] + verdicts[language, False] >= LEAST
        assert min(verdicts[language, True], verdicts[language, False]) >= LEAST // 2


NUMBERS = st.integers(-10_000, 10_000).filter(lambda number: abs(number) > 20)
RIGHT = [case for case in response_cases() if case.gold == "42"]


@given(st.sampled_from(RIGHT), NUMBERS)
def test_another_number_in_the_same_layout_is_read_the_same(case, number):
    """What is read depends on the words, not on the number; and the old gold is no longer right."""
    if "57" in str(number) or case.response.count("42") == 0:
        return
    response = case.response.replace("42", str(number))
    reward = CheckAnswer(format=FREEFORM)
    scores = reward([response, response], answer=[str(number), "424242"])
    assert scores[0] == reward.correct if case.is_right else scores[0] < reward.correct
    assert scores[1] < reward.correct
