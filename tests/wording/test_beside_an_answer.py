"""What beside the place of an answer takes it back, and what a careful teacher lets pass.

A box is a commitment: words around it that only say how it came about leave it standing, also where
the text breaks off behind it. What denies it, doubts it, disowns it, works on with it, or gives
another answer, takes it back.
"""

from __future__ import annotations

import pytest

from grpo_rewards import BOXED, FREEFORM, CheckAnswer
from grpo_rewards.responses.places import beside

STANDS = (
    "So we need {x} tiles.",
    "So we need {x}.",
    "Therefore, the total is {x} apples, and each child gets 6.",
    "The answer is {x}, not 41.",
    "{x} cm",
    "{x} is the answer.",
    "{x}.\n\nI double-checked: 6*7 = 42.",
    "{x}, because 41 is prime.",
    "{x}\n\nNote that 41 is wrong since it is odd.",
    "The total is {x}, and it cannot be larger.",
    "x cannot be negative, so {x}",
    "We get {x} (since x > 0).",
    "The final answer is {x}. I hope it is correct.",
    "Therefore, the total is {x} apples, and each",
    "The least number is {x}.",
    "The minimum value is at x=3, which gives {x}",
    "No solutions exist other than {x}.",
    "half of 84 is {x}",
    "Half of that is {x}.",
    "twice 21 is {x}",
    "The double of 21 equals {x}.",
    "The sum of 40 and 2 is {x}",
    "The remaining number is {x}",
    "If x = 3, then y = {x}.",
    "$$x = {x}$$",
    "\\[{x}\\]\nThus, Mia needs 42 pens.",
    "Not 41 but {x}.",
    "The answer is not 41, it is {x}.",
    "{x}\nThis is the final answer.",
    "It is {x} and that is it.",
    "{x} and we are done.",
    "{x}; all other cases are impossible.",
    "{x} (not 41)",
    "{x} which is what we wanted.",
    "{x} in total",
    "{x}% of them",
    "The answer is {x}. No other values work.",
    "{x}. That is not prime.",
    "{x} degrees.",
    "Answer: {x}!",
    "at least one of them, so {x}",
    "the number of ways to choose at most 3 is {x}",
    "The maximum is less than 50, so it is {x}",
    "{x} is even, so it is not prime.",
)
TAKEN_BACK = (
    "{x} is what I first got",
    "{x} or 43",
    "{x} is wrong; it is 41.",
    "The answer is 41 {x}",
    "{x} plus 3",
    "{x} + 3",
    "{x} is not the answer",
    "{x} is what I first got, but it is 41.",
    "{x} was my first answer.",
    "{x} was my first guess",
    "{x} seems right, but the answer is 41.",
    "{x}, but actually it is 41",
    "{x}. Wait, that's wrong.",
    "{x}. Hmm, no, 41.",
    "{x}. Correction: 41",
    "{x} - wait, it's 41",
    "{x} times two",
    "{x} divided by 2",
    "{x}? Not sure.",
    "{x} maybe",
    "Maybe {x}",
    "not {x}",
    "{x} would be the answer if x were 3.",
    "{x} is incorrect.",
    "{x} is a wrong answer",
    "{x} used to be my answer",
    "{x} is only an upper bound",
    "{x} is my guess",
    "{x}, I think",
    "{x}, though I am not sure",
    "{x} cannot be right",
    "{x} must be wrong",
    "{x}, no, 41",
    "{x}, oops, 41",
    "{x} is one option, 41 another.",
    "either {x} or 41",
    "41 or {x}",
    "{x}/41",
    "{x} thousand",
    "at least {x}",
    "{x}. The answer is 41.",
    "{x}. The final answer is 41.",
    "{x}. So the answer is 41, not 42.",
    "{x}\n\nThe correct answer is 41.",
    "{x}, which I got first, is wrong",
    "{x} is what you would get by mistake.",
    "{x} is what people usually say, wrongly",
    "I don't believe {x}",
    "It is false that {x}",
    "{x} is off by one.",
    "{x} was a mistake",
    "{x} minus 1",
)

BOX = r"\boxed{42}"


@pytest.mark.parametrize("layout", [BOXED, FREEFORM], ids=["boxed", "freeform"])
@pytest.mark.parametrize("text", STANDS)
def test_a_box_stands(text, layout):
    reward = CheckAnswer(format=layout)
    assert reward([text.replace("{x}", BOX)], answer=["42"]) == [reward.correct]


@pytest.mark.parametrize("layout", [BOXED, FREEFORM], ids=["boxed", "freeform"])
@pytest.mark.parametrize("text", TAKEN_BACK)
def test_a_box_is_taken_back(text, layout):
    reward = CheckAnswer(format=layout)
    assert reward([text.replace("{x}", BOX)], answer=["42"])[0] < reward.correct


@pytest.mark.parametrize("text", [*STANDS, *TAKEN_BACK])
def test_tags_are_read_as_a_box_is(text):
    """Words beside the place of an answer mean the same, whatever marks the place."""
    start = text.index("{x}")
    tagged = text.replace("{x}", "<answer>42</answer>")
    place = start, start + len("<answer>42</answer>")
    assert (beside(tagged, *place, "42") == "") == (text in STANDS)


@pytest.mark.parametrize(
    ("value", "after"),
    [
        ("42", "The answer is 42."),
        ("1,250", "The answer is 1250."),
        ("0.5", "Answer: 0.50"),
        ("42", "The answer is even."),
        ("B", "The answer is B."),
        (r"\frac{1}{2}", "The answer is 0.5."),
    ],
)
def test_the_same_answer_may_be_said_again(value, after):
    text = f"{{x}}. {after}"
    assert beside(text, 0, 3, value) == ""


@pytest.mark.parametrize(
    ("value", "after"),
    [
        ("42", "The answer is -42."),
        ("1,250", "The answer is 125."),
        ("0.5", "Answer: 5"),
        ("B", "The answer is C."),
    ],
)
def test_another_answer_may_not(value, after):
    assert beside(f"{{x}}. {after}", 0, 3, value) == "another answer is stated after it"
