"""What a program returns or prints beside what is expected of it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from code_cases import fenced
from grpo_rewards.programs.results import same_text, same_value
from grpo_rewards.rewards.code import check_code

pytest.importorskip("pydantic_monty", reason="pydantic-monty is not installed")


class TestPairs:
    """Input and output pairs, of functions and of scripts."""

    @pytest.mark.parametrize(
        ("expected", "value", "same"),
        [
            (0.3, 0.1 + 0.2, True),
            (0.3, 0.31, False),
            (1.0, 1, True),
            (1, 1.0, True),
            (1, 1.0000001, False),
            (1.0, True, True),
            (1e9, 1e9 + 1, True),
            (math.inf, math.inf, True),
            (math.nan, math.nan, True),
            (1.0, math.nan, False),
            (1.0, 10**400, False),
            (1.0, "1.0", False),
            ([1, [2.0]], (1, (2.0000000001,)), True),
            ([1], [1, 1], False),
            ([1], {1}, False),
            ({"a": 0.3}, {"a": 0.1 + 0.2}, True),
            ({"a": 1}, {"b": 1}, False),
            ({1, 2}, {2, 1}, True),
            ("a", "a\n", False),
            (None, False, False),
        ],
    )
    def test_values(self, expected, value, same):
        assert same_value(expected, value, 1e-6) is same

    @pytest.mark.parametrize(
        ("expected", "printed", "same"),
        [
            ("1\n2\n", "1\n2", True),
            ("1\r\n2", "1  \n2\n\n\n", True),
            ("1 2", "1  2", False),
            ("1\n\n2", "1\n2", False),
            (" 1", "1", False),
            ("0.50", "0.5000000001", True),
            ("0.50", ".5", True),
            ("2.0", "2", True),
            ("2", "2.0", False),
            ("0.5", "0.6", False),
            ("0.5", "nan", False),
            ("0.5", "0_5", False),
            ("0.5", "\uff10.5", False),
            ("1e5", "100000.0", True),
            ("x 0.1 y", "x 0.10000000001 y", True),
            ("x 0.1", "x 0.1 y", False),
            ("YES", "Yes", False),
            ("", "\n", True),
        ],
    )
    def test_texts(self, expected, printed, same):
        assert same_text(expected, printed, 1e-6) is same

    @given(st.text(), st.text())
    def test_no_text_raises(self, expected, printed):
        assert same_text(expected, expected + " \n", 1e-6) is True
        assert same_text(expected, printed, 1e-6) in (True, False)

    def test_a_script_that_ends_badly_does_not_pass(self):
        tests = [{"input": "2\n", "output": "4"}]
        texts = [fenced(f"print(int(input()) * 2)\n{end}") for end in ("", "1 / 0")]
        assert check_code(texts, tests=[tests] * 2) == [5.0, -2.5]

    def test_a_method_of_a_class(self):
        program = "class Solution:\n    def add(self, a, b): return a + b"
        tests = [{"input": [1, 2], "output": 3}, {"input": {"a": [1], "b": [2]}, "output": [1, 2]}]
        assert check_code([fenced(program)], tests=[tests], entry_point=["Solution().add"]) == [5.0]
