"""Texts that no layout foresaw, and very long ones: read, and in linear time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from format_cases import _TAG_LETTERS, SOUP, custom_options
from grpo_rewards import (
    BOXED,
    FREEFORM,
    WORKING_OUT,
    ResponseFormat,
)
from grpo_rewards.responses.layouts import PRESETS

MANY = 20_000


class TestTotality:
    """Whatever a model writes is read."""

    @pytest.mark.parametrize("format", PRESETS.values(), ids=PRESETS)
    @given(st.text(st.characters()) | SOUP)
    def test_every_text_is_read(self, format, text):
        response = format.parse(text)
        assert text.startswith(response.text)
        for part in (response.reasoning, response.answer):
            assert part is None or (part and part == part.strip() and part in response.text)
        assert (response.answer is None) == bool(response.why_no_answer)
        assert response.is_exact == (response.why_not_exact == "")
        assert response.answer is not None or not response.is_exact

    @given(custom_options(), st.text(_TAG_LETTERS + "12 "))
    def test_custom_tags_read_every_text(self, options, text):
        format = ResponseFormat(**options)
        response = format.parse(text)
        assert (response.answer is None) == bool(response.why_no_answer)

    @pytest.mark.parametrize("format", PRESETS.values(), ids=PRESETS)
    @given(SOUP)
    def test_reading_what_was_read_changes_nothing(self, format, text):
        response = format.parse(text)
        assert format.parse(response.text) == response


class TestLongTexts:
    """Twenty thousand repetitions: a reading that looks back would not end."""

    @pytest.mark.parametrize(
        ("before", "piece", "after"),
        [
            ("a", ":", ""),
            ("(correct option* :", "*", ""),
            ("The total is 5.\n- ", " \n", "maybe"),
            ("The total is 5.\n**", " \n", "1"),
        ],
    )
    def test_the_end_of_a_text_is_found_in_linear_time(self, before, piece, after):
        """Found by the search of `benchmarks/fuzz.py`, and by one of its kind."""
        response = FREEFORM.parse(f"{before}{piece * 10 * MANY}{after}")
        assert (response.answer is None) == bool(response.why_no_answer)

    @pytest.mark.parametrize(
        "piece",
        [
            "".join(WORKING_OUT.tags),
            "<start_working_out>",
            "<end_working_out>",
            "<SOLUTION>",
            "</SOLUTION>",
            "<think></think>",
            "<answer></answer>",
            "\\boxed{",
            "\\boxed{1}",
            "{}",
            "#### 1\n",
            "<|im_end|>",
            "</s> ",
            "<",
            " ",
        ],
    )
    def test_repetitions_are_read(self, piece):
        exact = "r<end_working_out><SOLUTION>42</SOLUTION>"
        texts = [piece * MANY, f"{piece * MANY}{exact}", f"{exact}{piece * MANY}"]
        for format in PRESETS.values():
            for text in texts:
                response = format.parse(text)
                assert (response.answer is None) == bool(response.why_no_answer)

    def test_deeply_nested_boxes_are_read(self):
        """Ten times as deep: a copy of the rest at every brace would not end."""
        depth = 10 * MANY
        assert BOXED.parse("r" + "\\boxed{" * depth + "42" + "}" * depth).answer
