"""The rewards for the answer, and what all four together pay for right, wrong and malformed."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import assume, given
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
    CheckAnswer,
    CheckNumbers,
    ColumnError,
    ExactFormat,
    OptionError,
    ResponseFormat,
    approximate_format,
    check_answer,
    check_numbers,
    exact_format,
)
from grpo_rewards.responses.layouts import PRESETS

PUBLIC = {name: getattr(grpo_rewards, name) for name in grpo_rewards.__all__}

MANY = 20_000
"""Repetitions that a quadratic reading would take minutes for, and a cubic one years."""

THE_FOUR = (exact_format, approximate_format, check_answer, check_numbers)
START, END, OPEN, CLOSE = WORKING_OUT.tags
RECIPE = CheckAnswer(close=2.0, near=1.5)


def laid_out(answer, reasoning="6 times 7"):
    """A response that is exactly the default format."""
    return f"{reasoning}{END}{OPEN}{answer}{CLOSE}"


def total(text, gold, rewards=THE_FOUR):
    """What all the rewards together pay for one completion."""
    scores = [reward([text], answer=[gold])[0] for reward in rewards]
    return sum(score for score in scores if score is not None)


def rebuilt(value):
    return eval(repr(value), PUBLIC)  # noqa: S307 (a repr of ours, not a model's text)


# check_answer ---------------------------------------------------------------------------------

JUDGED = [
    pytest.param("42", "42", 5.0, id="the gold"),
    pytest.param("42", " 42 \n", 5.0, id="white space"),
    pytest.param("42", "42.0", 5.0, id="a decimal zero"),
    pytest.param("42", "$42", 5.0, id="a dollar"),
    pytest.param("42", "$42$", 5.0, id="a formula"),
    pytest.param("42", r"\boxed{42}", 5.0, id="a box"),
    pytest.param("42", "**42**", 5.0, id="bold"),
    pytest.param("1234", "1,234", 5.0, id="a thousands separator"),
    pytest.param("1,234", "1234", 5.0, id="a gold with a thousands separator"),
    pytest.param("1/2", "0.5", 5.0, id="a fraction as a decimal"),
    pytest.param("0.5", r"\frac{1}{2}", 5.0, id="a decimal as a LaTeX fraction"),
    pytest.param("-5", "−5", 5.0, id="a minus sign of Unicode"),
    pytest.param("yes", "Yes.", 5.0, id="a word"),
    pytest.param("B", "(b)", 5.0, id="a choice"),
    pytest.param("42", "43", -2.5, id="another number"),
    pytest.param("42", "142", -2.5, id="a number that holds the gold"),
    pytest.param("42", "4", -2.5, id="a part of the gold"),
    pytest.param("42", "-42", -2.5, id="the other sign"),
    pytest.param("42", "41 or 42", -2.5, id="a hedge"),
    pytest.param("42", "not 42", -2.5, id="a negation"),
    pytest.param("42", "I do not know", -2.5, id="no number"),
    pytest.param("yes", "no", -2.5, id="another word"),
    pytest.param("0", "-", -2.5, id="nothing is not zero"),
    pytest.param("42", "", -4.5, id="an empty answer"),
    pytest.param("42", " \n ", -4.5, id="a blank answer"),
]


class TestCheckAnswer:
    """5.0 for a right answer however it is written, -2.5 for a wrong one, -4.5 for none."""

    @pytest.mark.parametrize(("gold", "answer", "score"), JUDGED)
    def test_the_tiers(self, gold, answer, score):
        assert check_answer([laid_out(answer)], answer=[gold]) == [score]

    @pytest.mark.parametrize("text", ["", "42", "the answer is 42", r"\boxed{42}", f"{OPEN}42"])
    def test_a_response_without_the_layout_has_no_answer(self, text):
        outcome = check_answer.explain(text, answer="42")
        assert outcome.score == -4.5
        assert outcome.details["answer"] is None

    def test_the_reason_shows_both_values(self):
        outcome = check_answer.explain(laid_out("43"), answer="42")
        assert "42" in outcome.reason
        assert "43" in outcome.reason
        assert outcome.details["answer"] == "43"

    def test_each_tier_is_an_option(self):
        reward = CheckAnswer(correct=1.0, wrong=-0.5, missing=-1.0)
        texts = [laid_out("42"), laid_out("43"), "42"]
        assert reward(texts, answer=["42"] * 3) == [1.0, -0.5, -1.0]

    @given(st.text(st.characters()), st.text(st.characters()))
    def test_the_score_is_one_of_the_documented(self, answer, gold):
        """None when, and only when, the gold is blank; the model's text never raises."""
        (score,) = check_answer([laid_out(answer)], answer=[gold])
        assert score in ((5.0, -2.5, -4.5) if gold.strip() else (None,))

    @pytest.mark.parametrize("format", PRESETS.values(), ids=PRESETS)
    @given(st.text(st.characters()))
    def test_every_format_reads_every_text(self, format, text):
        assert CheckAnswer(format=format)([text], answer=["42"])[0] in (5.0, -2.5, -4.5)


TIERS = [
    pytest.param("100", "110", 2.0, id="10 % above"),
    pytest.param("100", "90", 2.0, id="10 % below"),
    pytest.param("100", "110.01", 1.5, id="just over 10 %"),
    pytest.param("100", "120", 1.5, id="20 % above"),
    pytest.param("100", "80", 1.5, id="20 % below"),
    pytest.param("100", "120.01", -2.5, id="just over 20 %"),
    pytest.param("100", "100", 5.0, id="right"),
    pytest.param("-100", "-90", 2.0, id="negative numbers"),
    pytest.param("0.3", "0.33", 2.0, id="exactly 10 %, which floats would miss"),
    pytest.param("1,000", "$1,050", 2.0, id="written differently"),
    pytest.param("100", "-100", -2.5, id="the other sign"),
    pytest.param("1", "-0.9", -2.5, id="near zero on the other side"),
    pytest.param("0", "0.01", -2.5, id="near a gold of zero"),
    pytest.param("100", "99 or 101", -2.5, id="a hedge"),
    pytest.param("100", "not 100", -2.5, id="a negation"),
    pytest.param("yes", "100", -2.5, id="a gold that is no number"),
    pytest.param("100", "", -4.5, id="no answer"),
]


class TestCloseAndNear:
    """The recipe's partial credit: off by default, there as options."""

    @pytest.mark.parametrize(("gold", "answer", "score"), TIERS)
    def test_partial_credit_when_it_is_on(self, gold, answer, score):
        assert RECIPE([laid_out(answer)], answer=[gold]) == [score]

    @pytest.mark.parametrize("answer", ["110", "90", "120", "80"])
    def test_no_partial_credit_by_default(self, answer):
        assert check_answer([laid_out(answer)], answer=["100"]) == [-2.5]

    def test_one_may_be_on_without_the_other(self):
        texts = [laid_out("110"), laid_out("120")]
        assert CheckAnswer(close=2.0)(texts, answer=["100"] * 2) == [2.0, -2.5]
        assert CheckAnswer(near=1.5)(texts, answer=["100"] * 2) == [1.5, 1.5]

    def test_the_nearest_of_several_golds_counts(self):
        assert RECIPE([laid_out("22")], answer=[["100", "20"]]) == [2.0]

    def test_another_unit_is_not_close(self):
        """20 cm is not within 10 % of 20 m."""
        assert RECIPE([laid_out("20 cm")], answer=["20 m"]) == [-2.5]

    @given(
        st.integers(-(10**6), 10**6).filter(bool),
        st.fractions(-2, 2, max_denominator=1000),
    )
    def test_the_tier_is_the_share_of_the_gold(self, gold, share):
        value = gold + gold * share
        expected = 2.0 if abs(share) <= Fraction(1, 10) else 1.5
        expected = -2.5 if abs(share) > Fraction(1, 5) else expected
        expected = 5.0 if share == 0 else expected
        answer = f"{value.numerator}/{value.denominator}"
        assert RECIPE([laid_out(answer)], answer=[str(gold)]) == [expected]


# check_numbers --------------------------------------------------------------------------------

NUMBERS = [
    pytest.param("20", "20", 3.5, id="the number alone"),
    pytest.param("20", "The cost is $20.", 3.5, id="the number in a sentence"),
    pytest.param("20", "It costs 20 dollars in all", 3.5, id="the number amid words"),
    pytest.param("20", "20.00", 3.5, id="another way to write it"),
    pytest.param("20", "$20$", 3.5, id="a formula"),
    pytest.param("20", r"\boxed{20}", 3.5, id="a box"),
    pytest.param("1234", "They sold 1,234 tickets", 3.5, id="a thousands separator"),
    pytest.param("1,234", "1234", 3.5, id="a gold with a thousands separator"),
    pytest.param("0.5", "1/2", 3.5, id="a fraction"),
    pytest.param("-5", "The change is -5.", 3.5, id="a negative number"),
    pytest.param("$20", "20", 3.5, id="a gold in dollars"),
    pytest.param("20", "22", -1.5, id="another number"),
    pytest.param("20", "The cost is $22.", -1.5, id="another number in a sentence"),
    pytest.param("20", "-20", -1.5, id="the other sign"),
    pytest.param("20", "20.1", -1.5, id="nearly the number"),
    pytest.param("20", "120", -1.5, id="a number that holds the gold's digits"),
    pytest.param("20", "20%", -1.5, id="a percentage of the number"),
    pytest.param("20", "20 or 7", -2.5, id="two numbers"),
    pytest.param("20", "20, 21", -2.5, id="two numbers and a comma"),
    pytest.param("20", "between 19 and 21", -2.5, id="a range"),
    pytest.param("20", "not 20", -2.5, id="denied"),
    pytest.param("20", "it isn't 20", -2.5, id="denied in short"),
    pytest.param("20", "The answer is not 20.", -2.5, id="denied in a sentence"),
    pytest.param("20", "at least 20", -2.5, id="at least"),
    pytest.param("20", "more than 20", -2.5, id="more than"),
    pytest.param("20", "about 20", -2.5, id="about"),
    pytest.param("20", "maybe 20", -2.5, id="maybe"),
    pytest.param("20", "twenty", 3.5, id="spelled out"),
    pytest.param("20", "twenty-two", -1.5, id="spelled out, wrong"),
    pytest.param("20", "none", -2.5, id="a word"),
    pytest.param("20", "", -2.5, id="no answer"),
]

MISSTATED = [
    "negative 20",
    "minus 20",
    "half of 20",
    "twice 20",
    "20 squared",
    "the square root of 20",
    "20 million",
    "20 dozen",
    "20!",
    "20^2",
    "1/20",
    "20 - 1",
]


class TestCheckNumbers:
    """3.5 when the one number is the gold number, -1.5 when another is, -2.5 for none or more."""

    @pytest.mark.parametrize(("gold", "answer", "score"), NUMBERS)
    def test_the_tiers(self, gold, answer, score):
        assert check_numbers([laid_out(answer)], answer=[gold]) == [score]

    @pytest.mark.parametrize("answer", MISSTATED)
    def test_words_that_change_the_number_are_not_ignored(self, answer):
        (score,) = check_numbers([laid_out(answer)], answer=["20"])
        assert score < 0

    @pytest.mark.parametrize("gold", ["Paris", "yes", "B", "x + 1", "(1, 2)", r"\sqrt{2}"])
    @pytest.mark.parametrize("text", [laid_out("20"), "20", ""])
    def test_no_opinion_when_the_gold_is_no_number(self, gold, text):
        assert check_numbers([text], answer=[gold]) == [None]

    def test_only_the_numbers_among_the_golds_count(self):
        texts = [laid_out("20"), laid_out("7")]
        assert check_numbers(texts, answer=[["Paris", "20"]] * 2) == [3.5, -1.5]

    @pytest.mark.parametrize("text", ["20", "the answer is 20", f"{OPEN}20", laid_out("20") + "!"])
    def test_a_response_without_the_layout_has_no_number(self, text):
        assert check_numbers([text], answer=["20"]) == [-2.5]

    def test_each_tier_is_an_option(self):
        reward = CheckNumbers(correct=1.0, wrong=-0.5, missing=-1.0)
        texts = [laid_out("20"), laid_out("21"), laid_out("20 or 7")]
        assert reward(texts, answer=["20"] * 3) == [1.0, -0.5, -1.0]

    def test_the_reason_names_the_gold_that_matched(self):
        reason = check_numbers.explain(laid_out("7"), answer=["20", "7"]).reason
        assert "7" in reason
        assert "20" not in reason

    @given(st.text(st.characters()), st.text(st.characters()))
    def test_the_score_is_one_of_the_documented(self, answer, gold):
        assert check_numbers([laid_out(answer)], answer=[gold])[0] in (3.5, -1.5, -2.5, None)

    @given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9))
    def test_numbers_are_compared_exactly(self, gold, number):
        expected = 3.5 if number == gold else -1.5
        for answer in (str(number), f"It is {number}.", f"{number:,}"):
            assert check_numbers([laid_out(answer)], answer=[str(gold)]) == [expected]

    @given(st.integers(0, 999), st.integers(0, 999), st.sampled_from([" or ", "; ", " and ", "\n"]))
    def test_two_numbers_are_none(self, one, other, between):
        text = laid_out(f"{one}{between}{other}")
        assert check_numbers([text], answer=[str(one)]) == [-2.5]


# Where the answer comes from ------------------------------------------------------------------

IN_FORMATS = [
    pytest.param(WORKING_OUT, laid_out("42"), id="WORKING_OUT"),
    pytest.param(THINK_ANSWER, "<think>r</think> <answer>42</answer>", id="THINK_ANSWER"),
    pytest.param(THINK_BOXED, r"<think>r</think>They need \boxed{42} tiles.", id="THINK_BOXED"),
    pytest.param(BOXED, r"so \boxed{42}", id="BOXED"),
    pytest.param(BOXED, r"\boxed{42}", id="BOXED without prose"),
    pytest.param(HASHES, "so\n#### 42", id="HASHES"),
    pytest.param(FREEFORM, "The answer is 42.", id="FREEFORM, a statement"),
    pytest.param(FREEFORM, "42", id="FREEFORM, a bare answer"),
]

NO_ANSWER = [
    pytest.param(FREEFORM, "The answer is 41 or 42.", id="a hedge"),
    pytest.param(FREEFORM, "The answer is 40, 41, or 42.", id="a hedge of three"),
    pytest.param(FREEFORM, "The answer is not 42.", id="a negation"),
    pytest.param(FREEFORM, r"The answer is not \boxed{42}.", id="a negated box"),
    pytest.param(FREEFORM, "<think>The answer is 42.", id="a truncated reasoning"),
    pytest.param(FREEFORM, "<think>42</think>", id="the reasoning alone"),
    pytest.param(BOXED, r"so \boxed{42", id="BOXED, a box that never closes"),
    pytest.param(HASHES, "so 42", id="HASHES without hashes"),
    pytest.param(THINK_BOXED, r"so \boxed{42}", id="THINK_BOXED, the reasoning never ends"),
    pytest.param(THINK_BOXED, r"\boxed{42}</think>so", id="THINK_BOXED, a box in the reasoning"),
]


class TestFormat:
    """The answer is read by the format; in one with tags it counts in an exact layout only."""

    @pytest.mark.parametrize(("format", "text"), IN_FORMATS)
    def test_every_format_gives_its_answer(self, format, text):
        for gold, answer, number in (("42", 5.0, 3.5), ("43", -2.5, -1.5)):
            assert CheckAnswer(format=format)([text], answer=[gold]) == [answer]
            assert CheckNumbers(format=format)([text], answer=[gold]) == [number]

    @pytest.mark.parametrize(("format", "text"), NO_ANSWER)
    @pytest.mark.parametrize("strict", [True, False])
    def test_what_is_no_answer_is_none(self, format, text, strict):
        reward = CheckAnswer(format=format, strict=strict)
        assert reward([text], answer=["42"]) == [-4.5]

    @pytest.mark.parametrize("format", [FREEFORM, BOXED])
    @pytest.mark.parametrize(
        "text", [r"\boxed{41} or \boxed{42}", r"\boxed{41}, \boxed{42}, \boxed{42}"]
    )
    def test_boxes_side_by_side_are_a_list(self, format, text):
        """Which is wrong where the gold is one value, and right where it is that list."""
        reward = CheckAnswer(format=format, strict=False)
        assert reward([text, text], answer=["41", "42"]) == [-2.5, -2.5]
        assert reward([r"so \boxed{41} and \boxed{42}"], answer=["42, 41"]) == [5.0]

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param(f"r{END}so {OPEN}42{CLOSE}", id="text between"),
            pytest.param(f"r{END}{OPEN}42{CLOSE} done", id="text after"),
            pytest.param(f"{END}{OPEN}42{CLOSE}", id="no reasoning"),
        ],
    )
    def test_strict_is_an_option(self, text):
        assert check_answer([text], answer=["42"]) == [-4.5]
        assert CheckAnswer(strict=False)([text], answer=["42"]) == [5.0]
        assert check_numbers([text], answer=["42"]) == [-2.5]
        assert CheckNumbers(strict=False)([text], answer=["42"]) == [3.5]


# The gold -------------------------------------------------------------------------------------

GOLDS = [
    pytest.param("42", 5.0, id="a string"),
    pytest.param(42, 5.0, id="an int"),
    pytest.param(42.0, 5.0, id="a float"),
    pytest.param(Fraction(42), 5.0, id="a fraction"),
    pytest.param(["42"], 5.0, id="a list of one"),
    pytest.param(["41", "42"], 5.0, id="a list that has it"),
    pytest.param(["42", "41"], 5.0, id="a list that has it first"),
    pytest.param(("42", 41), 5.0, id="a tuple"),
    pytest.param([41, 42.0], 5.0, id="a list of numbers"),
    pytest.param([None, "42"], 5.0, id="a list with a None"),
    pytest.param(["", "42"], 5.0, id="a list with a blank"),
    pytest.param("43", -2.5, id="another string"),
    pytest.param(43, -2.5, id="another int"),
    pytest.param(["40", "41"], -2.5, id="a list that has it not"),
    pytest.param(None, None, id="None"),
    pytest.param("", None, id="an empty string"),
    pytest.param(" \n", None, id="a blank string"),
    pytest.param(float("nan"), None, id="NaN"),
    pytest.param([], None, id="an empty list"),
    pytest.param([None, " ", float("nan")], None, id="a list of nothing"),
]

WRONG_GOLDS = [
    pytest.param({"text": "42"}, "dict", id="a dict"),
    pytest.param({"42"}, "set", id="a set"),
    pytest.param(b"42", "bytes", id="bytes"),
    pytest.param(object(), "object", id="an object"),
    pytest.param([["42"], {"text": "42"}], "dict", id="a dict in a list"),
]


class TestGold:
    """From ``answer``, else ``solution``, else as named; a string, a number, or a list of them."""

    @pytest.mark.parametrize(("gold", "score"), GOLDS)
    def test_what_a_gold_may_be(self, gold, score):
        assert check_answer([laid_out("42")], answer=[gold]) == [score]

    @pytest.mark.parametrize("gold", [None, "", " ", float("nan"), [], [None]])
    @pytest.mark.parametrize("reward", [check_answer, check_numbers, RECIPE], ids=repr)
    def test_no_gold_is_no_opinion_whatever_the_response(self, reward, gold):
        assert reward([laid_out("42"), "42", ""], answer=[gold] * 3) == [None] * 3

    @pytest.mark.parametrize(("gold", "found"), WRONG_GOLDS)
    def test_what_a_gold_may_not_be_raises(self, gold, found):
        with pytest.raises(ColumnError, match=found):
            check_answer([laid_out("42")], answer=[gold])

    def test_a_missing_gold_leaves_the_other_rows_alone(self):
        texts = [laid_out("42")] * 3
        assert check_answer(texts, answer=["42", None, "43"]) == [5.0, None, -2.5]

    @pytest.mark.parametrize("reward", [check_answer, check_numbers], ids=repr)
    def test_solution_is_read_where_there_is_no_answer(self, reward):
        right = reward([laid_out("42")], answer=["42"])
        assert reward([laid_out("42")], solution=["42"]) == right
        assert reward([laid_out("42")], answer=["42"], solution=["43"]) == right

    @pytest.mark.parametrize("kind", [CheckAnswer, CheckNumbers])
    def test_a_named_column_is_the_only_one_read(self, kind):
        reward = kind(gold="target")
        right = kind()([laid_out("42")], answer=["42"])
        assert reward([laid_out("42")], target=["42"], answer=["43"]) == right
        with pytest.raises(ColumnError, match="'target'"):
            reward([laid_out("42")], answer=["42"])

    @pytest.mark.parametrize("reward", [check_answer, check_numbers], ids=repr)
    def test_a_missing_column_lists_those_that_there_are(self, reward):
        with pytest.raises(ColumnError) as error:
            reward([laid_out("42")], question=["6 * 7?"], target=["42"])
        for words in ("'answer'", "'solution'", "'question'", "'target'", "gold="):
            assert words in str(error.value)

    @pytest.mark.parametrize("reward", [check_answer, check_numbers], ids=repr)
    def test_a_missing_column_says_when_there_are_none(self, reward):
        with pytest.raises(ColumnError, match="and no other"):
            reward([laid_out("42")])

    @given(st.integers(-(10**12), 10**12) | st.floats(-1e6, 1e6).map(lambda x: round(x, 6)))
    def test_a_number_is_the_same_as_its_text(self, number):
        text = laid_out(str(number))
        assert check_answer([text], answer=[number]) == [5.0]
        assert check_answer([text], answer=[str(number)]) == [5.0]


# Options --------------------------------------------------------------------------------------

WRONG_OPTIONS = [
    pytest.param(CheckAnswer, {"wrong": 6.0}, ["wrong=6.0", "correct=5.0"], id="wrong over right"),
    pytest.param(
        CheckAnswer, {"missing": 0.0}, ["missing=0.0", "wrong=-2.5"], id="missing over wrong"
    ),
    pytest.param(CheckAnswer, {"close": 6.0}, ["close=6.0", "correct=5.0"], id="close over right"),
    pytest.param(
        CheckAnswer, {"close": 1.0, "near": 2.0}, ["near=2.0", "close=1.0"], id="near over close"
    ),
    pytest.param(CheckAnswer, {"near": -3.0}, ["wrong=-2.5", "near=-3.0"], id="wrong over near"),
    pytest.param(
        CheckAnswer,
        {"correct": 0.0, "wrong": 0.0, "missing": 0.0},
        ["correct", "missing"],
        id="all the same",
    ),
    pytest.param(CheckAnswer, {"correct": "5"}, ["correct='5'", "number"], id="a string"),
    pytest.param(CheckAnswer, {"correct": True}, ["correct=True", "number"], id="a truth value"),
    pytest.param(CheckAnswer, {"correct": None}, ["correct=None", "number"], id="no correct score"),
    pytest.param(CheckAnswer, {"wrong": None}, ["wrong=None", "number"], id="no wrong score"),
    pytest.param(CheckAnswer, {"close": float("nan")}, ["close=nan", "finite"], id="nan"),
    pytest.param(
        CheckAnswer,
        {"wrong": 5.0},
        ["correct", "wrong", "5.0", "lower wrong"],
        id="a constant reward",
    ),
    pytest.param(
        CheckAnswer,
        {"correct": -2.5},
        ["correct", "wrong", "-2.5", "raise correct"],
        id="right as wrong",
    ),
    pytest.param(
        CheckNumbers,
        {"wrong": 3.5},
        ["correct", "wrong", "3.5", "lower wrong"],
        id="constant numbers",
    ),
    pytest.param(
        CheckNumbers, {"correct": -1.5}, ["correct", "wrong", "-1.5"], id="right numbers as wrong"
    ),
    pytest.param(CheckAnswer, {"gold": ""}, ["gold=''", "column"], id="an empty column"),
    pytest.param(CheckAnswer, {"gold": ["answer"]}, ["gold=['answer']", "column"], id="a list"),
    pytest.param(
        CheckAnswer, {"strict": 1}, ["strict=1", "True or False"], id="strict as a number"
    ),
    pytest.param(CheckAnswer, {"format": "boxed"}, ["'boxed'", "ResponseFormat"], id="a word"),
    pytest.param(CheckAnswer, {"name": ""}, ["name=''", "blank"], id="a blank name"),
    pytest.param(CheckNumbers, {"wrong": 4.0}, ["wrong=4.0", "correct=3.5"], id="numbers, wrong"),
    pytest.param(
        CheckNumbers, {"missing": -1.0}, ["missing=-1.0", "wrong=-1.5"], id="numbers, missing"
    ),
    pytest.param(CheckNumbers, {"missing": None}, ["missing=None", "number"], id="numbers, None"),
]


class TestOptions:
    """A wrong option raises when the reward is made, and names the value and the remedy."""

    @pytest.mark.parametrize(("kind", "options", "said"), WRONG_OPTIONS)
    def test_a_wrong_one_raises(self, kind, options, said):
        with pytest.raises(OptionError) as error:
            kind(**options)
        for words in said:
            assert words in str(error.value)

    @pytest.mark.parametrize("kind", [CheckAnswer, CheckNumbers])
    def test_they_are_keywords_only(self, kind):
        with pytest.raises(TypeError):
            kind(WORKING_OUT)

    def test_check_numbers_has_no_partial_credit(self):
        with pytest.raises(TypeError, match="close"):
            CheckNumbers(close=2.0)

    @given(st.lists(st.floats(-9, 9), min_size=5, max_size=5))
    def test_tiers_are_taken_when_and_only_when_they_fall(self, tiers):
        names = ("correct", "close", "near", "wrong", "missing")
        options = dict(zip(names, tiers, strict=True))
        right, *_, wrong, _ = tiers
        if tiers == sorted(tiers, reverse=True) and right > wrong:
            assert CheckAnswer(**options).correct == tiers[0]
        else:
            with pytest.raises(OptionError):
                CheckAnswer(**options)

    @pytest.mark.parametrize(
        "reward",
        [
            pytest.param(CheckAnswer(), id="defaults"),
            pytest.param(RECIPE, id="the recipe's tiers"),
            pytest.param(
                CheckAnswer(format=THINK_BOXED, gold="target", strict=False, name="judge"),
                id="every kind of option",
            ),
            pytest.param(CheckNumbers(format=FREEFORM, missing=-3.0), id="numbers"),
            pytest.param(
                CheckNumbers(format=ResponseFormat(reasoning=("[w]", "[/w]"), answer="hashes")),
                id="a custom format",
            ),
        ],
    )
    def test_the_repr_rebuilds_the_reward(self, reward):
        assert rebuilt(reward) == reward
        assert hash(rebuilt(reward)) == hash(reward)
        assert type(rebuilt(reward)) is type(reward)

    def test_the_ready_made_ones_have_the_defaults(self):
        assert check_answer == CheckAnswer(format=WORKING_OUT)
        assert check_numbers == CheckNumbers(format=WORKING_OUT)


# The four together ----------------------------------------------------------------------------


def forms(value):
    """Every usual way to write a number: plain, padded, in dollars, in LaTeX, with separators."""
    written = {decimal_text(value)} if is_decimal(value) else set()
    if value.denominator == 1:
        written |= {f"{value}.0", f"{value}.00", f"+{value}" if value > 0 else f"−{-value}"}
        written |= {f"{int(value):,}", f"{int(value):,}.00"}
    elif is_decimal(value):
        written |= {f"{decimal_text(value)}0", with_separators(value)}
    if value.denominator > 1:
        sign, top, bottom = "-" if value < 0 else "", abs(value.numerator), value.denominator
        written |= {f"{sign}{top}/{bottom}", f"{sign}{2 * top}/{2 * bottom}"}
        written |= {f"{sign}\\frac{{{top}}}{{{bottom}}}", f"{sign}\\dfrac{{{top}}}{{{bottom}}}"}
    return sorted(written)


def is_decimal(value):
    return 10**6 % value.denominator == 0


def decimal_text(value):
    """The exact decimal, without an exponent or a zero at its end."""
    scaled = abs(int(value * 10**6))
    text = f"{scaled // 10**6}.{scaled % 10**6:06d}".rstrip("0").rstrip(".")
    return f"-{text}" if value < 0 else text


def with_separators(value):
    whole, _, places = decimal_text(value).partition(".")
    return f"{int(whole):,}.{places}" if int(whole) else decimal_text(value)


AROUND = [" {} ", "\n{}\n", "${}", "${}$", "\\({}\\)", "\\boxed{{{}}}", "**{}**", "{}."]

NUMBER = st.one_of(
    st.integers(-(10**4), 10**4).map(Fraction),
    st.integers(1000, 10**9).map(Fraction),
    st.integers(-(10**6), 10**6).map(lambda hundredths: Fraction(hundredths, 100)),
    st.fractions(-50, 50, max_denominator=60),
)

SOME_GOLDS = ["42", "0", "-7", "1234", "1,234,567", "3.5", "0.05", "1/2", "-3/4", "22/7", "1000000"]

# One layout a line: what is wrong with it, and the text with GOLD for the right answer.
MALFORMED = {
    "empty": "",
    "blank": " \n",
    "the bare answer": "GOLD",
    "a statement": "The answer is GOLD.",
    "a box": r"r \boxed{GOLD}",
    "no end of reasoning": f"r{OPEN}GOLD{CLOSE}",
    "no opening answer tag": f"r{END}GOLD{CLOSE}",
    "no closing answer tag": f"r{END}{OPEN}GOLD",
    "no answer tags": f"r{END}GOLD",
    "the reasoning alone": f"GOLD{END}",
    "reasoning that never ends": f"{START}r GOLD",
    "truncated in a tag": f"r{END}{OPEN}GOLD</SOLU",
    "an end of reasoning too many": f"r{END}{END}{OPEN}GOLD{CLOSE}",
    "two reasonings": f"r{END}{START}r{END}{OPEN}GOLD{CLOSE}",
    "a written first tag twice": f"{START}{START}r{END}{OPEN}GOLD{CLOSE}",
    "a written first tag in the reasoning": f"r{START}r{END}{OPEN}GOLD{CLOSE}",
    "a written first tag in the answer": f"r{END}{OPEN}{START}GOLD{CLOSE}",
    "a written first tag at the end": f"r{END}{OPEN}GOLD{CLOSE}{START}",
    "an opening answer tag too many": f"r{END}{OPEN}{OPEN}GOLD{CLOSE}",
    "a closing answer tag too many": f"r{END}{OPEN}GOLD{CLOSE}{CLOSE}",
    "the answer twice": f"r{END}{OPEN}GOLD{CLOSE}{OPEN}GOLD{CLOSE}",
    "two answers": f"r{END}{OPEN}GOLD{CLOSE}{OPEN}nothing{CLOSE}",
    "the whole twice": f"r{END}{OPEN}GOLD{CLOSE}" * 2,
    "the answer first": f"{OPEN}GOLD{CLOSE}r{END}",
    "the answer in the reasoning": f"r{OPEN}GOLD{CLOSE}{END}",
    "the answer across the end": f"r{OPEN}GOLD{END}{CLOSE}",
    "answer tags swapped": f"r{END}{CLOSE}GOLD{OPEN}",
    "all tags backwards": f"{CLOSE}GOLD{OPEN}r{END}{START}",
    "text between": f"r{END}so {OPEN}GOLD{CLOSE}",
    "text after": f"r{END}{OPEN}GOLD{CLOSE} done",
    "text before a written first tag": f"so{START}r{END}{OPEN}GOLD{CLOSE}",
    "another turn after": f"r{END}{OPEN}GOLD{CLOSE}\nuser: thanks",
    "an end marker in the middle": f"r{END}<|im_end|>{OPEN}GOLD{CLOSE}",
    "no reasoning": f"{END}{OPEN}GOLD{CLOSE}",
    "blank reasoning": f" \n\t{END}{OPEN}GOLD{CLOSE}",
    "blank written reasoning": f"{START} {END}{OPEN}GOLD{CLOSE}",
    "an empty answer": f"GOLD{END}{OPEN}{CLOSE}",
    "a blank answer": f"GOLD{END}{OPEN} \n{CLOSE}",
    "the answer after an empty one": f"r{END}{OPEN}{CLOSE}GOLD",
    "tags of another case": f"r{END}<solution>GOLD</solution>",
    "tags of another format": "<think>r</think><answer>GOLD</answer>",
    "spaces in the tags": "r< end_working_out >< SOLUTION >GOLD</ SOLUTION >",
}

PIECES = ["r", END, OPEN, "GOLD", CLOSE]


def is_exact(pieces):
    """Whether the pieces, white space aside, are the layout: as simple a check as there is."""
    text = "".join(pieces)
    ended = rf"\s*(?:{START})?(.+){END}\s*{OPEN}(.+){CLOSE}(?:\s|<\|im_end\|>)*"
    match = re.fullmatch(ended, text, re.DOTALL)
    once = all(text.count(tag) == 1 for tag in (END, OPEN, CLOSE)) and text.count(START) <= 1
    return bool(match and once and match[1].strip() and match[2].strip())


@st.composite
def damaged(draw):
    """The pieces of a right response after a few deletions, repetitions, moves and insertions."""
    pieces = list(PIECES)
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(pieces)))
        change = draw(st.sampled_from(["delete", "repeat", "move", "insert", "blank"]))
        if change == "insert" or place == len(pieces):
            stray = st.sampled_from([*WORKING_OUT.tags, "so ", "GOLD", "\n", "<|im_end|>"])
            pieces.insert(place, draw(stray))
        elif change == "delete":
            del pieces[place]
        elif change == "repeat":
            pieces.insert(place, pieces[place])
        elif change == "move":
            pieces.insert(draw(st.integers(0, len(pieces) - 1)), pieces.pop(place))
        else:
            pieces[place] = " "
    assume(not is_exact(pieces))
    return pieces


class TestTogether:
    """A right answer in the right format earns 13.0 in all; nothing else more than 1.0."""

    @pytest.mark.parametrize(
        ("gold", "answer"),
        [
            pytest.param("42", "42", id="plain"),
            pytest.param("42", " 42 ", id="padded"),
            pytest.param("42", "42.0", id="a decimal zero"),
            pytest.param("42", "$42", id="a dollar"),
            pytest.param("42", r"\boxed{42}", id="a box"),
            pytest.param("1234", "1,234", id="a separator"),
            pytest.param("1,234", "1234", id="a gold with a separator"),
            pytest.param("1,234", "$1,234.00", id="both"),
            pytest.param("20", "The cost is $20.", id="a sentence"),
            pytest.param(42, "42", id="a numeric gold"),
            pytest.param(["41", "42"], "42", id="one of two golds"),
        ],
    )
    def test_the_issues_examples_earn_thirteen(self, gold, answer):
        assert total(laid_out(answer), gold) == 13.0

    @given(NUMBER, st.data())
    def test_every_right_form_of_any_number_earns_thirteen(self, value, data):
        written = data.draw(st.sampled_from(forms(value)), label="answer")
        around = data.draw(st.sampled_from(["{}", *AROUND]), label="around")
        gold = data.draw(st.sampled_from(forms(value)), label="gold")
        assert total(laid_out(around.format(written)), gold) == 13.0

    @pytest.mark.parametrize("gold", SOME_GOLDS)
    @pytest.mark.parametrize("around", ["{}", *AROUND, "\\text{{{}}}"])
    def test_the_gold_itself_earns_thirteen_in_every_dress(self, gold, around):
        assert total(laid_out(around.format(gold)), gold) == 13.0

    @pytest.mark.parametrize("layout", ["{s}r{e}{o}{a}{c}", "{s}\nr\n{e}\n{o}\n{a}\n{c}\n</s>"])
    def test_a_written_first_tag_and_white_space_cost_nothing(self, layout):
        text = layout.format(s=START, e=END, o=OPEN, a="42", c=CLOSE)
        assert total(text, "42") == 13.0

    @pytest.mark.parametrize("format", [THINK_ANSWER, WORKING_OUT], ids=repr)
    @given(NUMBER)
    def test_it_holds_in_another_format_with_four_tags(self, format, value):
        rewards = [
            kind(format=format)
            for kind in (ExactFormat, ApproximateFormat, CheckAnswer, CheckNumbers)
        ]
        for written in forms(value):
            text = format.render("r", written, opening=False)
            assert total(text, forms(value)[0], rewards) == 13.0

    @given(NUMBER, NUMBER, st.data())
    def test_a_wrong_number_earns_at_most_one(self, gold, value, data):
        assume(value not in (gold, gold * 100, gold / 100))
        assume(abs(value - gold) > Fraction(1, 10**4))  # no correct rounding of the gold
        written = data.draw(st.sampled_from(forms(value)), label="answer")
        around = data.draw(st.sampled_from(["{}", *AROUND]), label="around")
        expected = data.draw(st.sampled_from(forms(gold)), label="gold")
        assert total(laid_out(around.format(written)), expected) <= 1.0

    @pytest.mark.parametrize("gold", ["42", "-7", "1,234", "3.5", "1/2"])
    @pytest.mark.parametrize(
        "answer",
        [
            pytest.param("GOLD or 77", id="a hedge"),
            pytest.param("77 or GOLD", id="a hedge with the gold last"),
            pytest.param("76, 77, GOLD", id="a list"),
            pytest.param("GOLD and 77", id="and"),
            pytest.param("not GOLD", id="denied"),
            pytest.param("anything but GOLD", id="excepted"),
            pytest.param("at least GOLD", id="at least"),
            pytest.param("1GOLD", id="a digit before"),
            pytest.param("GOLD77", id="digits after"),
            pytest.param("negative GOLD", id="the other sign in words"),
            pytest.param("twice GOLD", id="a multiple in words"),
            pytest.param("GOLD + 77", id="a sum"),
            pytest.param(r"\boxed{77} \boxed{GOLD}", id="two boxes"),
            pytest.param("I do not know", id="no number"),
            pytest.param("GOLD is wrong", id="taken back"),
            pytest.param("I doubt it is GOLD", id="doubted"),
            pytest.param("GOLD divided by two", id="a share in words"),
            pytest.param("?", id="a question mark"),
            pytest.param("GOLD" * 1000, id="the gold a thousand times"),
        ],
    )
    def test_a_wrong_answer_with_the_gold_in_it_earns_at_most_one(self, gold, answer):
        assert total(laid_out(answer.replace("GOLD", gold)), gold) <= 1.0

    @pytest.mark.parametrize("gold", ["42", "-7", "1,234", "1/2"])
    def test_a_whole_number_that_is_about_right_is_a_guess(self, gold):
        assert total(laid_out(f"about {gold}"), gold) <= 1.0

    @pytest.mark.parametrize("gold", SOME_GOLDS)
    @pytest.mark.parametrize("layout", MALFORMED.values(), ids=MALFORMED)
    def test_a_malformed_response_earns_at_most_one(self, layout, gold):
        text = layout.replace("GOLD", gold)
        assert exact_format([text]) == [0.0]
        assert total(text, gold) <= 1.0

    @given(damaged(), st.sampled_from(SOME_GOLDS))
    def test_a_damaged_response_earns_at_most_one(self, pieces, gold):
        text = "".join(pieces).replace("GOLD", gold)
        assert exact_format([text]) == [0.0]
        assert total(text, gold) <= 1.0

    @given(st.text(st.characters()) | st.text("0123456789.,/$ \n"), st.sampled_from(SOME_GOLDS))
    def test_text_without_the_layout_earns_nothing(self, text, gold):
        assert total(text, gold) < 0


class TestLongTexts:
    """Twenty thousand repetitions: a reading that looks back would not end."""

    @pytest.mark.parametrize(
        "piece",
        [
            "".join(WORKING_OUT.tags),
            START,
            END,
            OPEN,
            CLOSE,
            r"\boxed{",
            "{",
            "(",
            "4",
            "1,",
            "1.",
            "1/",
            "2^",
            "9!",
            "-",
            "$",
            "not ",
            "or ",
            r"\frac{1}{2}",
            r"\frac",
            r"\text{",
            "√",
            " ",
            "\n",
            "</s>",
        ],
    )
    @pytest.mark.parametrize("reward", [check_answer, check_numbers], ids=repr)
    def test_repetitions_are_judged(self, reward, piece):
        """As the whole response, as its answer and as its reasoning; none of them is right."""
        many = piece * MANY
        texts = [many, laid_out(many), laid_out("43", reasoning=many), laid_out(f"42{many}1")]
        for score in reward(texts, answer=["42"] * len(texts)):
            assert score < 0
