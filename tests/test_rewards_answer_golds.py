"""Golds as tables of other libraries hold them: numbers, arrays, and what is missing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from grpo_rewards import (
    FREEFORM,
    CheckAnswer,
    CheckChoice,
    CheckLogic,
    CheckNumbers,
    CheckText,
    ColumnError,
    check_answer,
    check_numbers,
)

np = pytest.importorskip("numpy")

RIGHT, NOT_A_NUMBER = (
    f"6 * 7<end_working_out><SOLUTION>{answer}</SOLUTION>" for answer in ("42", "nan")
)
REWARDS = [check_answer, check_numbers, CheckAnswer(close=2.0, near=1.5)]
MISSING = [
    float("nan"), np.float16("nan"), np.float32("nan"), np.float64("nan"), np.array(float("nan")),
    np.array([float("nan")]), np.ma.masked, np.datetime64("NaT"), Decimal("NaN"), Decimal("sNaN"),
    [np.float32("nan"), None],
]  # fmt: skip


@pytest.mark.parametrize("gold", MISSING, ids=repr)
@pytest.mark.parametrize("reward", REWARDS, ids=repr)
def test_not_a_number_of_any_library_is_no_gold(reward, gold):
    """Tables write what is missing as a NaN; "nan" is not the right answer to it."""
    assert reward([RIGHT, NOT_A_NUMBER], answer=[gold] * 2) == [None] * 2


@pytest.mark.parametrize("name", ["NA", "NaT"])
def test_what_pandas_calls_missing_is_no_gold(name):
    """Its marks of what is missing are of kinds of their own."""
    gold = getattr(pytest.importorskip("pandas"), name)
    assert check_answer([RIGHT], answer=[gold]) == [None]


@pytest.mark.parametrize(
    "gold",
    [np.float32(42), np.int64(42), np.array(42), np.array([41, 42]), np.array(["42"])],
    ids=repr,
)
def test_numbers_and_arrays_of_numpy_are_golds(gold):
    """An array is a list of acceptable golds, like any other sequence."""
    assert check_answer([RIGHT, NOT_A_NUMBER], answer=[gold] * 2) == [5.0, -2.5]


class TestNested:
    """Golds that no dataset has: lists in lists, thousands deep."""

    @pytest.mark.parametrize("kind", [list, tuple])
    @pytest.mark.parametrize(
        "reward",
        [CheckAnswer(), CheckNumbers(), CheckChoice(), CheckLogic(), CheckText()],
        ids=repr,
    )
    def test_raises_a_columns_error(self, reward, kind):
        gold = "42"
        for _ in range(5_000):
            gold = kind([gold])
        with pytest.raises(ColumnError):
            reward(["42"], answer=[gold])

    def test_reads_the_dimensions_of_an_array(self):
        assert CheckAnswer(format=FREEFORM)(["42"], answer=[[[["41", "42"]]]]) == [5.0]
