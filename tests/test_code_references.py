"""Programs that are compared with a reference in place of tests."""

from __future__ import annotations

import pickle

import pytest

from code_cases import fenced, remainder, two_numbers
from grpo_rewards import ColumnError
from grpo_rewards.rewards.code import CheckCode
from grpo_rewards.sandboxes import SandboxWarning

pytest.importorskip("pydantic_monty", reason="pydantic-monty is not installed")


class TestReferences:
    """A function to compare with, on generated arguments."""

    right = "def remainder(a, b):\n    return a - a // b * b"
    wrong = "import math\ndef remainder(a, b):\n    return int(math.fmod(a, b))"

    def test_a_function(self):
        reward = CheckCode(reference=remainder, inputs=two_numbers)
        right, wrong = reward([fenced(self.right), fenced(self.wrong)])
        assert right == 5.0
        assert wrong < 5.0
        assert pickle.loads(pickle.dumps(reward)) == reward

    def test_a_program_of_the_dataset_s(self):
        reward = CheckCode(reference="solution", inputs=two_numbers, cases=10)
        rows = {
            "solution": ["def remainder(a, b): return a % b"] * 2,
            "entry_point": ["remainder"] * 2,
        }
        right, wrong = reward([fenced(self.right), fenced(self.wrong)], **rows)
        assert right == 5.0
        assert wrong < 5.0

    def test_a_reference_that_does_not_run_has_no_opinion(self):
        reward = CheckCode(reference="solution", inputs=two_numbers)
        with pytest.warns(SandboxWarning, match="reference"):
            scores = reward([fenced(self.right)], solution=["x = 1"], entry_point=["remainder"])
        assert scores == [None]

    def test_a_row_without_one_has_no_opinion(self):
        reward = CheckCode(reference="solution", inputs=two_numbers)
        assert reward([fenced(self.right)], solution=[None], entry_point=["remainder"]) == [None]

    @pytest.mark.parametrize(
        "inputs", [lambda chance: 3, lambda chance: "ab", lambda chance: (len,)]
    )
    def test_inputs_that_are_no_arguments(self, inputs):
        with pytest.raises(ColumnError, match="inputs returned"):
            CheckCode(reference=remainder, inputs=inputs)([fenced(self.right)])

    def test_a_reference_program_needs_a_name(self):
        with pytest.raises(ColumnError, match="entry_point"):
            CheckCode(reference="solution", inputs=two_numbers)(["x"], solution=["x = 1"])
