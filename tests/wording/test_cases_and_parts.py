"""What holds in one case only, or is only a part or an earlier step of the answer, is not paid."""

from __future__ import annotations

import pytest

from grpo_rewards import BOXED, FREEFORM, CheckAnswer

REWARD = CheckAnswer(format=FREEFORM)

ONE_CASE = (
    "Therefore, if x is odd, there are 42 apples.",
    "So if n is even, the total is 42.",
    "Thus, for odd n, the number of ways is 42.",
    "Therefore, when k is prime, the result is 42.",
    "So when $n$ is even, we get 42.",
    "Hence, if x > 3, the sum is 42.",
    "Therefore, if x is greater than 3, the number of solutions is 42.",
    "So if a \\ge 2, there are 42 pairs.",
    "Thus, unless p is odd, the count is 42.",
    "Donc, si n est pair, le total est 42.",
    "Also, wenn n gerade ist, gibt es 42 Wege.",
    "Por lo tanto, si n es impar, hay 42 formas.",
    "Quindi, se n è pari, ci sono 42 modi.",
    "因此，若n是偶数，总共有42种。",
    "In the first case, the answer is 42.",
    "So in the first case there are 42 ways.",
    "Therefore, in the second case, the total is 42.",
    "Therefore, it is 42 in the first case.",
    "So the count is 42 for the other case.",
    "For the first part, the answer is 42.",
)
EARLIER = (
    "The total before tax is 42.",
    "The cost before the discount is 42 dollars.",
    "So the price before tax is $42.",
    "Therefore, the total cost of the meal before the tip is $42.",
    "Therefore, the total without shipping is $42.",
    "So the bill excluding tax is $42.",
    "Therefore, the subtotal is 42.",
    "The sum before rounding is 42.",
    "So it costs 42 dollars before tax.",
    "The price is 42 dollars without shipping.",
    "Her earnings before taxes are $42.",
    "So the amount, not including the tip, is 42.",
    "Also sind es doppelt so viele wie 42.",
    "Es sind dreimal so viele wie 42.",
)
NOT_REACHED = (
    "According to Tom, it must be 42.",
    "I am 40 % sure it is 42.",
    "See eq. 42.",
    "It follows from fig. 42.",
    "The pitfall would be 42.",
    "So 42 drops out.",
    "So 42 leads nowhere.",
    "She has 42 apples at first.",
    "She has 42 apples at the start.",
    "He wants to get 42.",
    "He tries to get 42.",
    "We are supposed to get 42.",
    "She failed to get 42.",
    "Vor der Rundung ist die Antwort 42.",
    "\\boxed{42} when x and y are even",
)
WHOLE = (
    "Therefore, if we add them, there are 42 apples.",
    "So if he buys 6 bags of 7 apples, the total is 42.",
    "Therefore, after 6 days there are 42 apples.",
    "So the total including tax is 42.",
    "Therefore, the total cost with tax is $42.",
    "Therefore, when we add them up, the result is 42.",
    "Therefore, the total before dinner is 42.",
    "So she needs 42 days before the party.",
    "When x = 3, y = 14, so the answer is 42.",
    "So when x = 3, the value of the expression is 42.",
    "She is going to have 42 apples.",
    "So he needs to make 42 cakes.",
    "So he has to pay 42 dollars.",
    "She has 42 apples at the end.",
    "The sum must be 42.",
    "So the value of the expression for $x = 3$ is 42.",
    "Thus, for n = 5, there are 42 ways.",
    "Therefore, for 6 people, there are 42 apples in total.",
    "For all even n, the last digit is 2, so the answer is 42.",
    "If n is even, we get 20, and if n is odd, we get 22, so the answer is 42.",
    "In the first case we get 40 and in the second case 2, so the total is 42.",
    "Since x is odd, there are 42 ways.",
    "Because n is even, the answer is 42.",
    "Therefore, in both cases the answer is 42.",
    "In this case, the answer is 42.",
    "So in the worst case there are 42 of them.",
    "Therefore, the price after the discount is 42 dollars.",
    "So he has 42 dollars left without his bike.",
    "Deshalb sind es doppelt so viele, also 42.",
)


@pytest.mark.parametrize("text", [*ONE_CASE, *EARLIER, *NOT_REACHED])
def test_a_case_or_a_part_is_no_answer(text: str) -> None:
    assert REWARD.explain(text, answer="42").score != REWARD.correct
    assert REWARD.explain(f"We count them.\n\n{text}", answer="42").score != REWARD.correct


@pytest.mark.parametrize("text", WHOLE)
def test_what_was_asked_for_is_one(text: str) -> None:
    assert REWARD.explain(text, answer="42").score == REWARD.correct


COMMENTED = (
    "<!-- \\boxed{42} -->\nThe rest is left to the reader.",
    "<!--\nThe answer is \\boxed{42}.\n-->",
    "I am not going to say. <!-- \\boxed{42}",
    "Some steps.<!-- hidden: \\boxed{42} --> More steps follow here.",
)


@pytest.mark.parametrize("layout", [BOXED, FREEFORM], ids=["boxed", "freeform"])
@pytest.mark.parametrize("text", COMMENTED)
def test_what_no_reader_sees_is_no_answer(text: str, layout: object) -> None:
    reward = CheckAnswer(format=layout)
    assert reward.explain(text, answer="42").score != reward.correct


@pytest.mark.parametrize("layout", [BOXED, FREEFORM], ids=["boxed", "freeform"])
@pytest.mark.parametrize("comment", ["", " <!-- done -->"])
def test_a_comment_beside_an_answer_leaves_it(layout: object, comment: str) -> None:
    reward = CheckAnswer(format=layout)
    text = f"So it is \\boxed{{42}}.{comment}"
    assert reward.explain(text, answer="42").score == reward.correct
