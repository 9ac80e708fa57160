"""The rewards for steps and tags: what counts as one, what does not, and farming them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grpo_rewards import (
    BOXED,
    FREEFORM,
    HASHES,
    THINK_ANSWER,
    THINK_BOXED,
    WORKING_OUT,
    OptionError,
    ResponseFormat,
)
from grpo_rewards.responses.layouts import PRESETS
from grpo_rewards.rewards.structure import (
    MARKERS,
    StepCount,
    TagCount,
    step_count,
    tag_count,
)

START, END, OPEN, CLOSE = WORKING_OUT.tags
PIECES = [
    *WORKING_OUT.tags,
    "1. ",
    "2) ",
    "- ",
    "Step 3: ",
    "First, ",
    "So ",
    "\n",
    ". ",
    "six",
    "seven",
    "42",
    "\\boxed{4}",
]
SOUP = st.lists(st.sampled_from(PIECES), max_size=20).map("".join)


def steps(reasoning, **options):
    reward = StepCount(target=100, **options)
    return reward.explain(f"{reasoning}{END}{OPEN}42{CLOSE}").details["steps"]


COUNTED = [
    pytest.param("1. 2 + 2 = 4\n2. 4 + 4 = 8\n3) 8 + 8 = 16", 3, id="numbers"),
    pytest.param("(1) add both\n(2) halve it\n**3.** round up", 3, id="numbers in brackets, bold"),
    pytest.param("- add both\n* halve it\n• round up", 3, id="bullets"),
    pytest.param("## Adding both\nfour\n## Halving it\ntwo", 2, id="headings"),
    pytest.param("Step 1: add both\nStep 2: halve it", 2, id="steps by name"),
    pytest.param("**Step 1:** add both. **Step 2:** halve it.", 2, id="bold steps"),
    pytest.param("## Step 1: add both\n- Step 2: halve it", 2, id="one marker inside another"),
    pytest.param("First, add both. Then halve it. Finally, round up.", 3, id="words"),
    pytest.param("It is 4. So half is 2. Therefore the sum is 6.", 2, id="conclusions"),
    pytest.param("step one: add both\nSTEP TWO: halve it", 2, id="capital letters"),
    pytest.param("", 0, id="empty"),
    pytest.param("We add both numbers and halve the sum.", 0, id="no marker"),
    pytest.param("1.\n2.\n3.\n- \n* ", 0, id="markers alone"),
    pytest.param("First,\nSecond,\nThird,\nFinally,", 0, id="words alone"),
    pytest.param("- ok\n- yes\n- good", 0, id="a word each"),
    pytest.param("1. go on\n2. go on\n3. Go  on!", 1, id="the same again"),
    pytest.param("It costs 3.5 dollars or 12.75 in all", 0, id="decimals"),
    pytest.param("it was the first of the next two, and so on", 0, id="words inside a sentence"),
    pytest.param("as in step 2 of the list, for 3. reasons", 0, id="markers inside a sentence"),
    pytest.param("-5 + 3 = -2\n*bold* text here", 0, id="signs that are no bullets"),
]


class TestStepCount:
    """Different steps that say something, up to a target."""

    @pytest.mark.parametrize(("reasoning", "count"), COUNTED)
    def test_steps_are_counted(self, reasoning, count):
        assert steps(reasoning) == count

    @pytest.mark.parametrize("example", [marker[-1] for marker in MARKERS])
    def test_each_marker_s_example_is_a_step(self, example):
        assert steps(f"{example} and both") == 1

    @pytest.mark.parametrize(
        ("by", "reasoning", "count"),
        [
            ("lines", "add both\nhalve it\n\nround up\nround up\nok", 3),
            ("paragraphs", "add both\nhalve it\n\n \nround up\n\nround up", 2),
            ("lines", "两边 相加\n除以 二", 2),
        ],
    )
    def test_a_step_may_be_a_line_or_a_paragraph(self, by, reasoning, count):
        assert steps(reasoning, by=by) == count

    @pytest.mark.parametrize(
        ("many", "score"), [(0, 0.0), (1, 1 / 3), (2, 2 / 3), (3, 1.0), (9, 1.0)]
    )
    def test_the_score_is_the_share_of_the_target(self, many, score):
        text = "\n".join(f"{step}. add {step}" for step in range(many))
        assert step_count([text]) == [pytest.approx(score)]

    def test_only_the_reasoning_counts(self):
        text = f"6 * 7{END}{OPEN}1. add both\n2. halve it{CLOSE}"
        assert step_count([text]) == [0.0]

    def test_a_format_without_reasoning_tags_counts_in_the_whole_text(self):
        text = "1. add both\n2. halve it"
        assert StepCount(format=FREEFORM)([text]) == [pytest.approx(2 / 3)]

    def test_a_format_with_reasoning_tags_pays_nothing_without_reasoning(self):
        required = ResponseFormat(
            reasoning=("<think>", "</think>"), answer="boxed", opening="required"
        )
        assert StepCount(format=required)(["1. add both\n2. halve it"]) == [0.0]

    @pytest.mark.parametrize("by", ["markers", "lines", "paragraphs"])
    @given(st.text(st.characters()) | SOUP, st.integers(1, 5))
    def test_the_score_is_a_share_whatever_the_text(self, by, text, target):
        outcome = StepCount(by=by, target=target).explain(text)
        assert 0.0 <= outcome.score <= 1.0
        assert outcome.reason
        json.dumps(outcome.details)

    @given(SOUP)
    def test_saying_all_of_it_again_earns_no_more_than_one_step(self, text):
        """The last step may read differently where the second time begins."""
        assert steps(f"{text}\n{text}") <= steps(text) + 2


class TestTagCount:
    """The share of the tags that occur exactly once."""

    @pytest.mark.parametrize(
        ("format", "text", "score"),
        [
            pytest.param(WORKING_OUT, f"r{END}{OPEN}42{CLOSE}", 1.0, id="all once"),
            pytest.param(WORKING_OUT, f"{CLOSE}{OPEN}{END}", 1.0, id="out of order"),
            pytest.param(WORKING_OUT, f"r{END}{OPEN}42", 2 / 3, id="one missing"),
            pytest.param(WORKING_OUT, f"r{END}{OPEN}{OPEN}42{CLOSE}", 2 / 3, id="one twice"),
            pytest.param(WORKING_OUT, f"{END}{OPEN}{CLOSE}" * 2, 0.0, id="all twice"),
            pytest.param(WORKING_OUT, START, 0.0, id="the prefilled tag counts for nothing"),
            pytest.param(THINK_ANSWER, "r</think><answer>42", 2 / 3, id="THINK_ANSWER"),
            pytest.param(THINK_BOXED, r"r</think>\boxed{42}", 1.0, id="a box is a tag"),
            pytest.param(BOXED, "42", 0.0, id="BOXED without a box"),
            pytest.param(HASHES, "so\n#### 42", 1.0, id="HASHES"),
        ],
    )
    def test_values_by_hand(self, format, text, score):
        assert TagCount(format=format)([text]) == [pytest.approx(score)]

    @given(st.text(st.characters()) | SOUP)
    def test_it_is_what_counting_plainly_gives(self, text):
        expected = sum(text.count(tag) == 1 for tag in (END, OPEN, CLOSE)) / 3
        outcome = tag_count.explain(text)
        assert outcome.score == pytest.approx(expected)
        assert outcome.reason
        json.dumps(outcome.details)

    def test_the_reason_names_what_is_amiss(self):
        reason = tag_count.explain(f"r{OPEN}{OPEN}42{CLOSE}").reason
        assert reason == f"{END} is missing; {OPEN} occurs 2 times"

    @pytest.mark.parametrize(
        "format", [preset for preset in PRESETS.values() if preset != FREEFORM]
    )
    def test_a_rendered_response_earns_all(self, format):
        assert TagCount(format=format)([format.render("r", "42")]) == [1.0]


class TestOptions:
    """A wrong option raises when the reward is made."""

    @pytest.mark.parametrize(
        ("kind", "options", "said"),
        [
            (StepCount, {"target": 0}, "target=0"),
            (StepCount, {"target": 1.5}, "target=1.5"),
            (StepCount, {"by": "words"}, "by='words'"),
            (StepCount, {"format": "think"}, "'think'"),
            (TagCount, {"format": FREEFORM}, "FREEFORM has no tags"),
            (TagCount, {"format": None}, "None"),
        ],
    )
    def test_a_wrong_one_raises(self, kind, options, said):
        with pytest.raises(OptionError, match=said):
            kind(**options)

    def test_the_ready_made_ones_have_the_defaults(self):
        assert step_count == StepCount(target=3, by="markers", format=WORKING_OUT)
        assert tag_count == TagCount(format=WORKING_OUT)
