"""The rewards for the layout: every row of their scoring tables, and their options."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import grpo_rewards
from grpo_rewards import (
    BOXED,
    FREEFORM,
    HASHES,
    THINK_ANSWER,
    THINK_BOXED,
    WORKING_OUT,
    ApproximateFormat,
    ExactFormat,
    OptionError,
    ResponseFormat,
    approximate_format,
    exact_format,
)
from grpo_rewards.responses.layouts import PRESETS

PUBLIC = {name: getattr(grpo_rewards, name) for name in grpo_rewards.__all__}

REQUIRED = ResponseFormat(
    reasoning=("<think>", "</think>"), answer=("<answer>", "</answer>"), opening="required"
)
START, END, OPEN, CLOSE = WORKING_OUT.tags
FRAGMENTS = [*WORKING_OUT.tags, "\\boxed{4}", "#### 4\n", "</think>", " ", "\n", "so", "42", "</s>"]
SOUP = st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join)


def rebuilt(value):
    return eval(repr(value), PUBLIC)  # noqa: S307 (a repr of ours, not a model's text)


EXACT = [
    pytest.param(WORKING_OUT, f"r{END}{OPEN}42{CLOSE}", id="the first tag prefilled"),
    pytest.param(WORKING_OUT, f"{START}r{END}{OPEN}42{CLOSE}", id="the first tag written"),
    pytest.param(WORKING_OUT, f" {START}\nr\n{END}\n {OPEN} 42 {CLOSE}\n", id="white space"),
    pytest.param(WORKING_OUT, f"r{END}{OPEN}42{CLOSE}<|im_end|>", id="an end marker"),
    pytest.param(WORKING_OUT, f"r{END}{OPEN}I do not know{CLOSE}", id="any answer at all"),
    pytest.param(THINK_ANSWER, "<think>r</think> <answer>42</answer>", id="THINK_ANSWER"),
    pytest.param(THINK_BOXED, r"<think>r</think> so \boxed{42}.", id="THINK_BOXED"),
    pytest.param(BOXED, r"so \boxed{42}.", id="BOXED"),
    pytest.param(HASHES, "so\n#### 42", id="HASHES"),
    pytest.param(FREEFORM, "The answer is 42.", id="FREEFORM with an answer"),
    pytest.param(REQUIRED, "<think>r</think><answer>42</answer>", id="a required first tag"),
]

NOT_EXACT = [
    pytest.param(WORKING_OUT, "", "missing", id="empty"),
    pytest.param(WORKING_OUT, "42", "missing", id="no tags"),
    pytest.param(WORKING_OUT, f"r{END}{OPEN}42", f"{CLOSE} is missing", id="truncated"),
    pytest.param(WORKING_OUT, f"r{OPEN}42{CLOSE}", f"{END} is missing", id="a tag left out"),
    pytest.param(
        WORKING_OUT, f"r{END}{END}{OPEN}42{CLOSE}", f"{END} occurs 2 times", id="a tag repeated"
    ),
    pytest.param(WORKING_OUT, f"{OPEN}42{CLOSE}r{END}", "comes before", id="out of order"),
    pytest.param(WORKING_OUT, f"r{END}so{OPEN}42{CLOSE}", "text between", id="text between"),
    pytest.param(WORKING_OUT, f"r{END}{OPEN}42{CLOSE}so", "text after", id="text after"),
    pytest.param(WORKING_OUT, f"so{START}r{END}{OPEN}42{CLOSE}", "text before", id="text before"),
    pytest.param(WORKING_OUT, f"{END}{OPEN}42{CLOSE}", "no reasoning", id="no reasoning"),
    pytest.param(WORKING_OUT, f" \n{END}{OPEN}42{CLOSE}", "no reasoning", id="blank reasoning"),
    pytest.param(WORKING_OUT, f"r{END}{OPEN} {CLOSE}", "blank", id="a blank answer"),
    pytest.param(REQUIRED, "r</think><answer>42</answer>", "<think> is missing", id="required"),
    pytest.param(BOXED, "42", "missing", id="BOXED without a box"),
    pytest.param(HASHES, "42", "missing", id="HASHES without hashes"),
    pytest.param(FREEFORM, "The answer is 41 or 42.", "several answers", id="FREEFORM, a hedge"),
]


class TestExactFormat:
    """3.0 when the response is exactly the format, else 0.0."""

    @pytest.mark.parametrize(("format", "text"), EXACT)
    def test_an_exact_response_earns_three(self, format, text):
        assert ExactFormat(format=format)([text]) == [3.0]

    @pytest.mark.parametrize(("format", "text", "why"), NOT_EXACT)
    def test_any_other_earns_nothing_and_hears_why(self, format, text, why):
        outcome = ExactFormat(format=format).explain(text)
        assert outcome.score == 0.0
        assert why in outcome.reason

    @pytest.mark.parametrize("format", PRESETS.values(), ids=PRESETS)
    @given(st.text(st.characters()) | SOUP)
    def test_the_score_is_one_of_the_two(self, format, text):
        outcome = ExactFormat(format=format).explain(text)
        assert outcome.score in (0.0, 3.0)
        assert outcome.reason

    @pytest.mark.parametrize("tag", [END, OPEN, CLOSE])
    @pytest.mark.parametrize("many", [0, 2, 3])
    def test_a_tag_that_does_not_occur_once_costs_all(self, tag, many):
        text = f"r{END}{OPEN}42{CLOSE}".replace(tag, tag * many)
        assert exact_format([text]) == [0.0]

    def test_the_two_scores_are_options(self):
        reward = ExactFormat(exact=1.0, other=-1.0)
        assert reward([f"r{END}{OPEN}42{CLOSE}", "42"]) == [1.0, -1.0]


# Each tag that the model has to write is placed (+0.5), misplaced (0) or absent or repeated (-1).
APPROXIMATE = [
    pytest.param(WORKING_OUT, f"r{END}{OPEN}42{CLOSE}", 1.5, id="all placed"),
    pytest.param(WORKING_OUT, f"{START}r{END}{OPEN}42{CLOSE}", 1.5, id="the first tag too"),
    pytest.param(WORKING_OUT, f"so {START}r{END} so {OPEN}42{CLOSE} so", 1.5, id="text around"),
    pytest.param(WORKING_OUT, "", -3.0, id="all missing"),
    pytest.param(WORKING_OUT, START, -3.0, id="the prefilled tag alone earns nothing"),
    pytest.param(WORKING_OUT, f"r{END}", -1.5, id="one placed"),
    pytest.param(WORKING_OUT, f"r{END}{OPEN}42", 0.0, id="truncated"),
    pytest.param(WORKING_OUT, f"42{CLOSE}", -1.5, id="the last one alone"),
    pytest.param(WORKING_OUT, f"r{END}{END}{OPEN}42{CLOSE}", 0.0, id="the first one twice"),
    pytest.param(WORKING_OUT, f"r{END}{OPEN}42{CLOSE}{CLOSE}", 0.0, id="the last one twice"),
    pytest.param(WORKING_OUT, f"{END}{OPEN}{CLOSE}" * 2, -3.0, id="all twice"),
    pytest.param(WORKING_OUT, f"{CLOSE}{OPEN}{END}", 0.5, id="all the wrong way round"),
    pytest.param(WORKING_OUT, f"{OPEN}42{CLOSE}r{END}", 0.5, id="the answer first"),
    pytest.param(WORKING_OUT, f"r{END}{CLOSE}42{OPEN}", 1.0, id="the answer's tags swapped"),
    pytest.param(WORKING_OUT, f"{OPEN}r{END}42{CLOSE}", 1.0, id="one too early"),
    pytest.param(REQUIRED, "<think>r</think><answer>42</answer>", 2.0, id="required, all placed"),
    pytest.param(REQUIRED, "r</think><answer>42</answer>", 0.5, id="required, the first missing"),
    pytest.param(REQUIRED, "r", -4.0, id="required, all missing"),
    pytest.param(THINK_BOXED, r"r</think>\boxed{42}", 1.0, id="a box is a tag"),
    pytest.param(THINK_BOXED, r"r</think>42", -0.5, id="a box left out"),
    pytest.param(THINK_BOXED, r"r</think>\boxed{41}, no: \boxed{42}", -0.5, id="a box too many"),
    pytest.param(THINK_BOXED, "r", -2.0, id="a box and a tag left out"),
    pytest.param(BOXED, r"so \boxed{42}", 0.5, id="BOXED"),
    pytest.param(BOXED, "so 42", -1.0, id="BOXED without a box"),
    pytest.param(HASHES, "so\n#### 42", 0.5, id="HASHES"),
    pytest.param(HASHES, "so\n#### 41\n#### 42", -1.0, id="HASHES twice"),
    pytest.param(FREEFORM, "so 42", 0.0, id="FREEFORM has no tags"),
]


class TestApproximateFormat:
    """For each tag of the model: +0.5 placed, 0 out of order, -1.0 missing or repeated."""

    @pytest.mark.parametrize(("format", "text", "score"), APPROXIMATE)
    def test_the_tags_are_added_up(self, format, text, score):
        assert ApproximateFormat(format=format)([text]) == [score]

    @given(SOUP)
    def test_the_score_is_what_the_specification_says(self, text):
        score, after = 0.0, text.rfind(START)
        for tag in (END, OPEN, CLOSE):
            if text.count(tag) != 1:
                score -= 1.0
            elif text.find(tag) > after:
                score += 0.5
            after = max(after, text.rfind(tag))
        assert approximate_format([text]) == [score]

    @pytest.mark.parametrize("format", [*PRESETS.values(), REQUIRED], ids=[*PRESETS, "required"])
    @given(st.text(st.characters()) | SOUP)
    def test_the_score_is_a_sum_of_the_three(self, format, text):
        tags = len(format.parse(format.render("r", "42")).tag_uses)
        (score,) = ApproximateFormat(format=format)([text])
        assert score * 2 == int(score * 2)
        assert -tags <= score <= tags / 2

    @pytest.mark.parametrize("format", [*PRESETS.values(), REQUIRED], ids=[*PRESETS, "required"])
    def test_exact_responses_earn_the_most(self, format):
        response = format.parse(format.render("r", "42"))
        assert ApproximateFormat(format=format)([response.text]) == [len(response.tag_uses) / 2]

    def test_the_reason_goes_through_the_tags(self):
        """In the layout's order, with what is the matter with each."""
        reason = approximate_format.explain(f"r{END}{OPEN}{OPEN}42").reason
        assert re.findall(r"<[^>]+>", reason) == [END, OPEN, CLOSE]
        assert f"{OPEN} occurs 2 times" in reason
        assert f"{CLOSE} is missing" in reason

    def test_the_three_scores_are_options(self):
        reward = ApproximateFormat(placed=1.0, misplaced=0.25, absent_or_repeated=-0.5)
        assert reward([f"{OPEN}r{END}"]) == [1.0 + 0.25 - 0.5]


WRONG_OPTIONS = [
    pytest.param(ExactFormat, {"exact": 0.0}, ["exact", "other", "0.0"], id="nothing to earn"),
    pytest.param(ExactFormat, {"other": 4.0}, ["other=4.0", "exact=3.0"], id="other pays more"),
    pytest.param(ExactFormat, {"exact": "3"}, ["exact='3'", "number"], id="a string"),
    pytest.param(ExactFormat, {"exact": True}, ["exact=True", "number"], id="a truth value"),
    pytest.param(ExactFormat, {"exact": float("nan")}, ["exact=nan", "finite"], id="nan"),
    pytest.param(ExactFormat, {"exact": float("inf")}, ["exact=inf", "finite"], id="infinity"),
    pytest.param(ExactFormat, {"exact": None}, ["exact=None", "number"], id="no score"),
    pytest.param(ExactFormat, {"format": "think"}, ["'think'", "ResponseFormat"], id="a word"),
    pytest.param(ExactFormat, {"format": None}, ["None", "ResponseFormat"], id="no format"),
    pytest.param(ExactFormat, {"name": " "}, ["name", "blank"], id="a blank name"),
    pytest.param(ExactFormat, {"name": 3}, ["name=3"], id="a name that is a number"),
    pytest.param(
        ApproximateFormat,
        {"misplaced": 1.0},
        ["misplaced=1.0", "placed=0.5"],
        id="misplaced pays more than placed",
    ),
    pytest.param(
        ApproximateFormat,
        {"absent_or_repeated": 0.25},
        ["absent_or_repeated=0.25", "misplaced=0.0"],
        id="absent pays more than misplaced",
    ),
    pytest.param(
        ApproximateFormat,
        {"placed": 0.0, "absent_or_repeated": 0.0},
        ["placed", "absent_or_repeated"],
        id="all the same",
    ),
]


class TestOptions:
    """A wrong option raises when the reward is made, and names the value and the remedy."""

    @pytest.mark.parametrize(("kind", "options", "said"), WRONG_OPTIONS)
    def test_a_wrong_one_raises(self, kind, options, said):
        with pytest.raises(OptionError) as error:
            kind(**options)
        for words in said:
            assert words in str(error.value)

    @pytest.mark.parametrize("kind", [ExactFormat, ApproximateFormat])
    def test_an_unknown_one_raises(self, kind):
        with pytest.raises(TypeError, match="tolerance"):
            kind(tolerance=1)

    @pytest.mark.parametrize("kind", [ExactFormat, ApproximateFormat])
    def test_they_are_keywords_only(self, kind):
        with pytest.raises(TypeError):
            kind(WORKING_OUT)

    def test_middle_scores_may_be_equal(self):
        """The issue's table has three tiers, and a user may want two."""
        assert ApproximateFormat(misplaced=-1.0)([f"{OPEN}r{END}"]) == [0.5 - 1.0 - 1.0]

    @pytest.mark.parametrize(
        "reward",
        [
            pytest.param(ExactFormat(), id="defaults"),
            pytest.param(ExactFormat(format=THINK_BOXED, exact=1.0, other=-0.5), id="exact"),
            pytest.param(ApproximateFormat(format=REQUIRED, name="near"), id="approximate"),
        ],
    )
    def test_the_repr_rebuilds_the_reward(self, reward):
        assert rebuilt(reward) == reward
        assert hash(rebuilt(reward)) == hash(reward)
        assert type(rebuilt(reward)) is type(reward)

    def test_the_ready_made_ones_have_the_defaults(self):
        assert exact_format == ExactFormat(format=WORKING_OUT)
        assert approximate_format == ApproximateFormat(format=WORKING_OUT)
