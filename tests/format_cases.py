"""Layouts and texts that several tests use."""

from __future__ import annotations

import pytest
from hypothesis import assume
from hypothesis import strategies as st

from grpo_rewards import (
    THINK_ANSWER,
    WORKING_OUT,
)

THINK = ("<think>", "</think>")
ANSWER = ("<answer>", "</answer>")
ODD_TAGS = [
    pytest.param(("[work]", "[/work]", "[out]", "[/out]"), id="brackets"),
    pytest.param(("(?P<a>", ")+", ".*", "$^"), id="regex metacharacters"),
    pytest.param(("a|b", "[^c]", "d{2,}", "\\d"), id="regex alternatives and classes"),
    pytest.param(("<#- x -#>", "{{", "}}", "{%"), id="jinja delimiters"),
    pytest.param(("it's", '"so"', "\\'", "\\x27"), id="quotes and escapes"),
    pytest.param(("🤔", "💡", "👉", "👈"), id="emoji"),
    pytest.param(("思考:", "考完。", "答案:", "答完。"), id="chinese"),
    pytest.param(("\n### Work\n", "\n### Done\n", "\n### Out\n", "\n### End\n"), id="newlines"),
    pytest.param(("<WORK>", "</WORK>", "<work>", "</work>"), id="apart by their case only"),
    pytest.param(("é", "e\u0301", "ｅ", "е"), id="look-alike letters"),
]

# Texts that hold none of a layout's tags, of which none is blank.
_CLEAN = st.text(st.characters(exclude_characters="<#{}\\", exclude_categories=["Cs"]), min_size=1)
CLEAN = _CLEAN.filter(str.strip)

# Tags and contents from two alphabets, so that no content can hold a tag.
_TAG_LETTERS = "abc<>[](){}|\\/.*+?^$-_#%'\"äß思🤔\n "
TAG = st.text(_TAG_LETTERS, min_size=1, max_size=8)


@st.composite
def custom_options(draw):
    """Options with tags that hold regex metacharacters, quotes, spaces and Unicode.

    Not the layouts themselves: compiling a pattern may draw from `random`, which Hypothesis allows
    in a test only.
    """
    tags = draw(st.lists(TAG, min_size=4, max_size=4, unique=True))
    assume(all(tag.strip() for tag in tags))
    assume(not any(a in b for a in tags for b in tags if a is not b))
    opening = draw(st.sampled_from(["prefilled", "required", "optional"]))
    return {
        "reasoning": (tags[0], tags[1]),
        "answer": (tags[2], tags[3]),
        "opening": opening,
        "eos": (),
    }


def parsed(format, text):
    response = format.parse(text)
    return response.reasoning, response.answer


FRAGMENTS = [
    *WORKING_OUT.tags,
    *THINK_ANSWER.tags,
    "\\boxed{",
    "{",
    "}",
    "\n#### ",
    "The answer is ",
    " ",
    "\n",
    "<|im_end|>",
    "</s>",
    "so",
]
SOUP = st.lists(st.sampled_from(FRAGMENTS) | st.integers(0, 99).map(str), max_size=16).map("".join)
