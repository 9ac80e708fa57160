"""What is another thing than the answer, and what only says how the answer is written."""

from __future__ import annotations

import pytest

from grpo_rewards import FREEFORM, CheckAnswer

FREE = CheckAnswer(format=FREEFORM)
ANOTHER = """
The answer before rounding is {x}.
The answer, before rounding, is {x}.
The answer before simplification is {x}
The answer before tax is {x}.
The answer before adding 3 is {x}.
The answer before we subtract 1 is {x}.
The unrounded answer is {x}.
The result before rounding is {x}.
So the answer before rounding is {x}.
The answer in base 8 is {x}.
The answer (in base 8) is {x}.
The answer in hexadecimal is {x}.
In base 8, the answer is {x}.
The answer without the discount is {x}.
The answer without tax is {x}.
The answer excluding the first is {x}.
The answer up to sign is {x}.
The answer up to a constant is {x}.
The answer except for the sign is {x}.
The answer ignoring the sign is {x}.
Up to sign, the answer is {x}.
Up to a sign, the answer is {x}.
Ignoring the sign, the answer is {x}.
Before rounding, the answer is {x}.
Before adding the tip, the answer is {x}.
Without the discount, the answer is {x}.
Modulo 100, the answer is {x}.
The answer for n = 3 is {x}.
The answer when x = 3 is {x}.
The answer for even n is {x}.
The answer to part (a) is {x}.
The answer to the first part is {x}.
The answer to a similar problem is {x}.
The answer to the previous question is {x}.
The answer of the trivial case is {x}.
The answer in a simpler case is {x}.
The answer after the first step is {x}.
The answer on the first try is {x}.
The answer in the book is {x}.
The answer of my friend is {x}.
The answer given by Tom is {x}.
La réponse avant arrondi est {x}.
Die Antwort vor dem Runden ist {x}.
La respuesta antes de redondear es {x}.
"""
THE_ANSWER = """
The answer rounded to two decimals is {x}.
The answer rounded to the nearest whole number is {x}.
The answer, rounded to the nearest integer, is {x}.
The answer (rounded) is {x}.
The answer to the nearest cent is {x}.
The answer after rounding is {x}.
The answer in simplest form is {x}.
The answer in meters is {x}.
The answer in base 10 is {x}.
The answer without units is {x}.
The answer as an integer is {x}.
The answer to the question is {x}.
The answer to this problem is {x}.
The answer to the second part is {x}.
The answer for this problem is {x}.
The answer of this exercise is {x}.
The answer in this case is {x}.
The answer given by the formula is {x}.
The answer from my calculation is {x}.
The answer based on the calculation is {x}.
The answer we are looking for is {x}.
Rounded to the nearest ten, the answer is {x}.
In base 10, the answer is {x}.
Without loss of generality, the answer is {x}.
Without a calculator, the answer is {x}.
Before rounding we have 41.7. The answer is {x}.
The answer before rounding is 41.7, so the answer is {x}.
The answer to the first part is 14, and the final answer is {x}.
In base 8, 52 is 42 in decimal. The answer is {x}.
"""


@pytest.mark.parametrize("value", ["42", "\\boxed{42}", "$42$"])
def test_another_answer_is_not_the_answer(value):
    texts = [value, *ANOTHER.strip().replace("{x}", value).split("\n")]
    scores = FREE(texts, answer=["42"] * len(texts))
    paid = [text for text, score in zip(texts, scores, strict=True) if score == FREE.correct]
    assert paid == [value]


@pytest.mark.parametrize("value", ["42", "\\boxed{42}", "$42$"])
def test_how_the_answer_is_written_leaves_it_the_answer(value):
    texts = THE_ANSWER.strip().replace("{x}", value).split("\n")
    scores = FREE(texts, answer=["42"] * len(texts))
    paid = [text for text, score in zip(texts, scores, strict=True) if score == FREE.correct]
    assert paid == texts


@pytest.mark.parametrize("value", ["52_8", "$52_8$", "\\boxed{52_{8}}"])
def test_a_base_that_the_value_has_may_be_named(value):
    texts = [f"The answer in base 8 is {value}.", f"In base 8, the answer is {value}."]
    assert FREE(texts, answer=["52_8"] * 2) == [FREE.correct] * 2
