"""Numbers in answers, whatever words stand around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer_cases import OPEN, laid_out
from grpo_rewards import (
    CheckNumbers,
    check_numbers,
)

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
