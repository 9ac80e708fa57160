"""Conditions on an answer: those that leave it open, and what only looks so."""

from __future__ import annotations

import pytest

from grpo_rewards import BOXED, FREEFORM, CheckAnswer
from grpo_rewards.wording.suppositions import gives_another_case, is_conditional, is_restricted

FREE = CheckAnswer(format=FREEFORM)
OPEN = """
If x = 3 then the answer is \\boxed{42}
If x = 3, the answer is 42.
If n is even, the answer is 42.
If we assume the ball is fair, the answer is 42.
If the boxes are identical, then the answer is \\boxed{42}.
If the order matters, the answer is 42.
If order does not matter, the answer is \\boxed{42}
Assuming the die is fair, the answer is 42.
Assuming that n = 3, the answer is \\boxed{42}.
Provided that x > 0, the answer is 42.
Supposing x is positive, the answer is \\boxed{42}.
Unless x = 3, the answer is 42.
When x = 3, the answer is 42.
For n > 1, the answer is 42.
For even n, the answer is 42.
For all even n, the answer is 42.
In case x = 3, the answer is 42.
Should x be 3, the answer is 42.
On the condition that x = 3, the answer is 42.
Suppose x = 3. Then the answer is 42.
Let's suppose that x is 3; then the answer is \\boxed{42}.
As long as x is positive, the answer is 42.
Depending on x, the answer is 42.
If so, the answer is 42.
Under the assumption that the die is fair, the answer is 42.
Under this assumption, the answer is 42.
So if n is even, the answer is 42.
Only if n is even, the answer is 42.
If x = 3, \\boxed{42}
If my calculation is right, the answer is 42.
If I understand correctly, the answer is 42.
If we take x = 3, the answer is 42.
If we count 1 as a prime, the answer is 42.
Si x = 3, la réponse est 42.
Wenn x = 3 ist, ist die Antwort 42.
Falls x = 3, ist die Antwort 42.
Si x = 3, la respuesta es 42.
Se x = 3, la risposta è 42.
Если x = 3, то ответ 42.
如果 x = 3，那么答案是 42。
もし x = 3 なら、答えは 42 です。
\\boxed{42} provided that n is even
\\boxed{42}, provided n is even.
\\boxed{42} as long as n is even
\\boxed{42} on the condition that n is even
\\boxed{42} in case n is even
\\boxed{42} when n is even
\\boxed{42} only if n is even
\\boxed{42} for n > 1
\\boxed{42} for even n.
\\boxed{42} up to sign
\\boxed{42}, otherwise 43.
\\boxed{42} or its negative
\\boxed{42} plus or minus 1
\\boxed{42}, give or take.
\\boxed{42} up to a constant
The answer is 42. If n is odd, it is 43.
The answer is 42. If n is odd, 43.
The answer is 42. For odd n it is 43.
The answer is 42. Unless n is odd.
The answer is 42. Provided n is odd.
The answer is 42. (If n is odd.)
The answer is 42. That is, if n is odd.
\\boxed{42}, so if n is even, 43.
The answer is 42. It only holds for n > 1.
"""
SETTLED = """
If x = 3, then y = 14, so the answer is 42.
If we add them, the answer is 42.
If we add 40 and 2, the answer is \\boxed{42}.
If you multiply 6 by 7, the answer is 42.
If you count them all, the answer is 42.
If we simplify this, the answer is 42.
If we substitute x = 3, the answer is 42.
If we put everything together, the final answer is \\boxed{42}.
When we add them, the answer is 42.
Substituting x = 3, the answer is 42.
Since x = 3, the answer is 42.
When x = 3, y = 14. Hence the answer is 42.
If 3x = 9, then x = 3. Therefore the answer is 42.
If Tom has 40 apples and gets 2 more, the answer is 42.
If there are 6 boxes with 7 balls each, the answer is 42.
If May was half of April, then the total is \\boxed{42}.
For n = 3, the sum is \\boxed{42}.
If x = 3, then y = \\boxed{42}.
When x = 3, the value is \\boxed{42}.
Suppose there are n apples. Then 2n = 84. Hence the answer is 42.
Let x = 3. Then the answer is 42.
Given that x = 3, the answer is 42.
If n is odd, it fails. So the answer is 42.
If n is odd it fails, so n is even and the answer is 42.
In this case, the answer is 42.
In either case, the answer is 42.
In any case, the answer is 42.
Even if x = 3, the answer is 42.
For part (c), the answer is 42.
For this problem, the answer is 42.
Wenn man sie addiert, ist die Antwort 42.
Si on les additionne, la réponse est 42.
Если сложить, ответ 42.
\\boxed{42} for all n.
The maximum is \\boxed{42} when x = 3.
The answer is 42. This assumes that no egg broke.
The answer is 42. If I forgot one, it would be 43.
The answer is 42. For n = 6 it gives 7 rows.
\\boxed{42}. If we check, 42 - 2 = 40.
"""


def paid(texts):
    scores = FREE(["\\boxed{42}", *texts], answer=["42"] * (len(texts) + 1))
    return [text for text, score in zip(texts, scores[1:], strict=True) if score == FREE.correct]


def test_an_open_condition_leaves_the_answer_open():
    assert paid(OPEN.strip().split("\n")) == []


def test_what_is_reckoned_or_given_is_no_condition():
    settled = SETTLED.strip().split("\n")
    assert paid(settled) == settled


@pytest.mark.parametrize("if_", ["If x = 3, the ", "Unless x is odd, the ", "So if it is so, my "])
def test_a_condition_far_before_it_is_none(if_):
    assert is_conditional(if_)
    assert not is_conditional(f"{if_}sum is 5. Now the ")


def test_a_formula_has_a_domain():
    reward = CheckAnswer(format=BOXED)
    texts = ["\\boxed{x + 1} for x > 0", "\\boxed{x + 1}, provided x is positive"]
    assert reward(texts, answer=["x + 1"] * 2) == [reward.correct] * 2
    assert is_restricted("for x > 0", "42")
    assert not is_restricted("for x > 0", "x + 1")


def test_another_case_gives_a_value_of_the_same_kind():
    assert gives_another_case(". If n is odd, it is C.", "B")
    assert not gives_another_case(". If n is odd, it is C.", "42")
