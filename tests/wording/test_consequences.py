"""What is concluded behind an answer: a rival where it is another value of what was asked."""

from __future__ import annotations

import pytest

from grpo_rewards import BOXED, FREEFORM, THINK_ANSWER, CheckAnswer
from grpo_rewards.wording.consequences import concluded_anew, shown_anew

PLACES = {
    "boxed": (CheckAnswer(format=BOXED), "\\boxed{42}"),
    "boxed, freeform": (CheckAnswer(format=FREEFORM), "\\boxed{42}"),
    "tagged": (CheckAnswer(format=THINK_ANSWER, strict=False), "So.</think><answer>42</answer>"),
    "stated": (CheckAnswer(format=FREEFORM), "The answer is 42"),
}  # fmt: skip
RIVALS = (
    ", so n = 84",
    ", hence n = 84.",
    ", thus $n = 84$.",
    ", therefore x = 84.",
    ", so the answer is 84.",
    ", so there are 84 of them.",
    ", so it's 84.",
    ", so 84.",
    ", so 84 apples.",
    ", thus we have 84.",
    ", so the total cost is $84.",
    ", giving 84.",
    ", implying n = 84.",
    ", which gives n = 84.",
    ", which means x = 84.",
    ", meaning x = 84",
    " and so x = 84.",
    ", and hence n = 84.",
    ", so $x = 2 \\cdot 42 = 84$.",
    " (so n = 84)",
    "; therefore n = 84",
    " $\\implies x = 84$",
    ". $\\therefore x = 84$",
    ". Therefore x = 84.",
    ". Thus, x = 84.",
    ". So $x = 84$.",
    "\n\nTherefore, x = 84.",
    ". Therefore, n is 84.",
    ". Then x = 84.",
    ". So there are 84 of them in total.",
    ". This gives n = 84.",
    ". It follows that x = 84.",
    ". We conclude that x = 84.",
    ". Therefore, the total is 84.",
    ". Therefore, the total number of apples is 84.",
    ". Thus, the value of x is 84.",
    ". Hence the number of ways is 84.",
    ". Therefore $n = 2 \\cdot 42 = 84$.",
    ". Finally, x = 84.",
    ". In conclusion, x = 84.",
    ". Altogether, 84.",
    ". Thus, Tom has 84 apples.",
    ". Therefore, she needs 84 pens.",
    ". So f(3) = 84.",
    ". Hence $x_1 = 84$.",
    ", donc x = 84.",
    ". Also ist x = 84.",
    ". Por lo tanto, x = 84.",
    ". Quindi x = 84.",
    ". Portanto, x = 84.",
    ". Следовательно, x = 84.",
    "，所以 x = 84。",
    ". したがって x = 84。",
    ". 따라서 x = 84.",
    ". Vậy x = 84.",
    ". إذن x = 84.",
)
STANDS = (
    ", since n = 84 and 84/2 = 42",
    ", because n = 84.",
    ", where n = 84.",
    ", as n = 84 gives 84/2 = 42.",
    ", so the answer is 42.",
    ", so 2x = 84.",
    ", so each of the 3 gets 14.",
    ", so we are done.",
    ". (Here n = 84.)",
    ". Here n = 84.",
    ". Therefore, the answer is 42.",
    ". So x = 42.",
    ". Therefore x = 42.0.",
    ". Hence the answer is 42 apples.",
    ". Check: 84/2 = 42.",
    ". To check: n = 84, so 84/2 = 42.",
    ". Verification: n = 84, so x = 84.",
    ". Indeed, 2 * 42 = 84, so it works.",
    ". Then 2x = 84, as required.",
    ". Then the remainder is 0.",
    ". Thus, 2x = 84 and 3x = 126 hold.",
    ". So, 42 + 42 = 84.",
    ". So 6 * 7 = 42.",
    ". Hence, $n = 6 \\cdot 7 = 42$.",
    ". So n = 84/2.",
    ". So n = 84, whose half is 42.",
    ". Therefore, Mia needs 42 pens.",
    ". Therefore, she needs 42 pens, at $2 each.",
    ". So the perimeter is 26.",
    ". Therefore, it has 8 divisors.",
    ". Thus the sum of the digits is 6.",
    ". So each person pays $14.",
    ". Thus x = 6 and y = 7.",
    ". So (x, y) = (6, 7).",
    ". So it takes 42 days (6 weeks).",
    ". So it takes 6 weeks.",
    ". Therefore, it is divisible by 7.",
    ". So all of the conditions are satisfied.",
)


def paid(place, texts):
    reward, mark = PLACES[place]
    texts = [mark, *(f"{mark}{text}" for text in texts)]
    scores = reward(texts, answer=["42"] * len(texts))
    return [text for text, score in zip(texts, scores, strict=True) if score == reward.correct]


@pytest.mark.parametrize("place", PLACES)
def test_another_value_that_is_concluded_rivals_the_answer(place):
    assert paid(place, RIVALS) == [PLACES[place][1]]


@pytest.mark.parametrize("place", PLACES)
def test_what_is_said_of_another_thing_leaves_it_standing(place):
    assert paid(place, STANDS) == [f"{PLACES[place][1]}{text}" for text in ("", *STANDS)]


@pytest.mark.parametrize(
    ("value", "after"),
    [
        (r"\frac{1}{2}", ", so x = 0.5."),
        ("1/2", ", so the probability is 50%."),
        ("50", ", so the percentage is 50%."),
        ("1.5", " hours, so it takes 90 minutes."),
        ("90", " minutes, which means 1.5 hours."),
        ("1200", ". Therefore, the total cost is $1,200."),
        (r"\$1200", ", so the total cost is 1,200 dollars."),
        ("-3", ", so x = -3."),
        ("x+1", ", so f(3) = 4."),
        ("(3, 4)", ", so x = 3."),
        ("B", ", so x = 3."),
    ],
)
def test_the_same_value_may_be_concluded_in_another_notation(value, after):
    assert not concluded_anew(after, value)


@pytest.mark.parametrize(
    ("value", "after"),
    [
        (r"\frac{1}{2}", ", so x = 2."),
        ("1/2", ", so the probability is 25%."),
        ("1.5", " hours, so it takes 80 minutes."),
        ("-3", ", so x = 3."),
        ("$42$", ", so x = 43."),
        ("x = 42", ", so x = 43."),
    ],
)
def test_another_value_rivals_in_any_notation(value, after):
    assert concluded_anew(after, value)


def test_a_quotient_by_zero_is_no_value():
    assert not concluded_anew(", so x = 1/0.", "42")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "behind",
    [
        *(". (43)", " (43)", " (43).", " [43]", ". [43]", "; 43", ". 43", "\n(43)", "\n43"),
        *(" — 43", " | 43", " ~ 43", " = 43", ". \"43\"", " (i.e. 43)", " (or 43)", ". (= 43)"),
        *(" ($43$)", " **43**", " `43`", " <!-- 43 -->", " (x = 43)", ", x = 43"),
        *(" – 43", "† († 43)", " (43?)", ". (-42)", " (42.5)", " (1/2)", " ~~41~~ 43"),
    ],
)  # fmt: skip
def test_another_value_alone_behind_it_rivals_the_answer(place, behind):
    assert paid(place, [behind]) == [PLACES[place][1]]


@pytest.mark.parametrize("place", ["boxed", "boxed, freeform", "tagged"])
@pytest.mark.parametrize(
    "behind",
    [
        *(" (42)", " (42.0)", ". (42)", " (6 * 7)", " (forty-two)", " (2 marks)", " (out of 100)"),
        *(" (see figure 1)", " (x = 42)", " (where n = 6)", " (B)", " ~~43~~", " <!-- end -->"),
        *(" (from equation (3))", " (rounded from 41.7)", "\n1. 40\n2. 2"),
    ],
)  # fmt: skip
def test_what_else_stands_in_brackets_behind_it_is_none(place, behind):
    assert paid(place, [behind]) == [PLACES[place][1], PLACES[place][1] + behind]


@pytest.mark.parametrize(
    ("value", "behind", "is_another"),
    [
        ("1/3", " (0.333)", False),
        (r"\frac{1}{3}", " = 0.33", False),
        ("0.333", " (1/3)", False),
        ("1/4", " (25%)", False),
        ("1/3", " (0.34)", True),
        ("B", " (C)", True),
        ("B", " (b)", False),
        ("B", " (42)", False),
        ("yes", " (no)", True),
        ("True", ". (Yes)", False),
        ("No", " [false]", False),
        ("x + 1", " (42)", False),
    ],
)
def test_values_of_one_kind_are_compared(value, behind, is_another):
    assert shown_anew(behind, value) is is_another
