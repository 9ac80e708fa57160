"""The rewards for the answer, and what all four together pay for right, wrong and malformed."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import grpo_rewards
from answer_cases import CLOSE, END, OPEN, START, laid_out
from grpo_rewards import (
    BOXED,
    FREEFORM,
    HASHES,
    THINK_ANSWER,
    THINK_BOXED,
    WORKING_OUT,
    CheckAnswer,
    CheckNumbers,
    ColumnError,
    OptionError,
    ResponseFormat,
    RewardWarning,
    check_answer,
    check_numbers,
)
from grpo_rewards.responses.layouts import PRESETS

PUBLIC = {name: getattr(grpo_rewards, name) for name in grpo_rewards.__all__}

MANY = 20_000
RECIPE = CheckAnswer(close=2.0, near=1.5)


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

    @pytest.mark.parametrize("kind", [CheckAnswer, CheckNumbers])
    def test_solution_is_read_where_there_is_no_answer(self, kind):
        reward = kind()
        right = reward([laid_out("42")], answer=["42"])
        assert reward([laid_out("42")], solution=["42"]) == right
        # Of another name, since equal rewards say it once together.
        fresh = kind(name="of_two_columns")
        with pytest.warns(RewardWarning, match="'answer' and 'solution' disagree"):
            assert fresh([laid_out("42")], answer=["42"], solution=["43"]) == right

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
