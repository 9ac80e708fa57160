"""An answer that is stated twice with two values is none, whichever of them stands last."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from grpo_rewards import FREEFORM, CheckAnswer, compare

REWARD = CheckAnswer(format=FREEFORM)
BEFORE = "We try it out, step by step.\n\n"
STATEMENTS = (
    "The answer is {}.",
    "Answer: {}",
    "So the answer is {}.",
    "#### {}",
    "**{}**",
    "It is {}.",
    "x = {}",
    "{}",
    "She has {} apples.",
    "The total is ${}.",
    "答案是{}。",
    "La respuesta es {}.",
    "Die Antwort ist {}.",
    "Ответ: {}",
)
NUMBERS = st.integers(2, 9_999)


def paid(text, gold):
    return REWARD([BEFORE + text], answer=[str(gold)]) == [REWARD.correct]


@pytest.mark.parametrize("statement", STATEMENTS)
@given(gold=NUMBERS, other=NUMBERS)
def test_once_it_is_paid_and_twice_it_is_not(statement, gold, other):
    assume(gold != other)
    once, another = statement.format(gold), statement.format(other)
    assert paid(once, gold)
    assert not paid(f"{another}\n{once}", gold)
    assert not paid(f"{once}\n{another}", gold)


@pytest.mark.parametrize("statement", [each for each in STATEMENTS if each.endswith((".", "。"))])
@given(gold=NUMBERS, other=NUMBERS)
def test_nor_on_one_line(statement, gold, other):
    assume(gold != other)
    assert not paid(f"{statement.format(other)} {statement.format(gold)}", gold)


@given(gold=NUMBERS, other=NUMBERS)
def test_a_bare_answer_that_is_stated_twice_equals_neither(gold, other):
    assume(gold != other)
    text = f"The answer is {other}. The answer is {gold}."
    assert not compare(str(gold), text)
    assert not compare(str(other), text)


@pytest.mark.parametrize("between", ["Wait, that is one too few.", "No, we forgot the last one."])
@given(gold=NUMBERS, other=NUMBERS)
def test_a_correction_is_paid(between, gold, other):
    assume(gold != other)
    assert paid(f"The answer is {other}. {between} The answer is {gold}.", gold)
