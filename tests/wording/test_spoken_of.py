"""Values that a response only speaks of: they are told, supposed, or asked for."""

from __future__ import annotations

import pytest

from grpo_rewards import BOXED, FREEFORM, CheckAnswer
from grpo_rewards.wording.givens import tells_what_was

CHECK = CheckAnswer(format=FREEFORM)


def paid(text, gold="42", check=CHECK):
    return check.explain(text, answer=gold).score == check.correct


TOLD = (
    r"""
    My teacher told me the answer is 42.
    My brother told us that it is 42.
    Tom's answer is 42.
    So Tom's final answer is 42.
    The book gives 42.
    The answer key says 42.
    The calculator shows 42.
    The hint says 42.
    "The answer is 42." That is what Tom wrote, and he got it wrong.
    We are told that he has 42 apples.
    We know that the sum is 42.
    As given in the problem, the sum is 42.
    By assumption, the total is 42.
    By hypothesis the answer is 42.
    The question already gives 42.
    The user wants 42.
    The answer you want is 42.
    You asked for the answer 42.
    The reference answer is 42.
    The ground truth is 42.
    Given: 42 apples.
    """,
    r"""
    My teacher wants a number, so the answer is 42.
    My brother told us that it is hard, but the answer is 42.
    So Tom's age is 42.
    Tom's score is 42.
    Tom's total is $42.
    So the book costs $42.
    The book has 42 pages left to read.
    The teacher has 42 pencils.
    So the calculator costs $42.
    We know that 6*7 = 42. So the answer is 42.
    We are told that there are 6 boxes of 7. So there are 42 apples.
    Given that there are 6 boxes, the answer is 42.
    The answer to the question is 42.
    The answer to this problem is 42.
    The final result is 42.
    """,
)
SUPPOSED = (
    r"""
    Suppose the total is 42.
    Assuming that all marbles are distinct, there are 42 ways.
    For the sake of argument, the answer is 42.
    Ignoring the last condition, the answer is 42.
    For a smaller version of the problem, the answer is 42.
    In an easier version of this problem the answer is 42.
    In a similar problem, the answer was 42.
    At first glance, the answer is 42.
    On the face of it, the answer is 42.
    Naively, the answer is 42.
    The intuitive answer is 42.
    The answer, if my arithmetic is right, is 42.
    The answer, presumably, is 42.
    So the limit, if it exists, is 42.
    A rough answer would be 42.
    Draft answer: 42
    My best shot: 42, if I had to guess.
    If I had to bet, I'd put my money on 42.
    A typical mistake leads to 42.
    He should have paid $42.
    """,
    r"""
    Suppose there are x apples. Then x = 42.
    Assume x > 0. Then x = 42. So the answer is 42.
    Let x be the number. So x = 42.
    Ignoring leading zeros, there are 42 such numbers.
    At first glance this looks hard, but the answer is 42.
    At first glance, it seems to be 41, but the answer is 42.
    Since n is even, the answer is 42.
    If each box holds 6 eggs, the answer is 42.
    If we add the two numbers, the answer is 42.
    On reflection, the answer is 42.
    A common mistake gives 41, but the answer is 42.
    The obvious answer 41 is wrong; the answer is 42.
    The answer, in dollars, is 42.
    So he should have 42 apples left.
    """,
)
AT_FIRST = (
    r"""
    Originally, he had 42 apples.
    Initially there were 42 apples.
    To begin with, she had 42 apples.
    At the start, the tank holds 42 litres.
    Before he gave any away, he had 42 apples.
    Before the discount, the price is $42.
    Without tax, the total is $42.
    Before tax, the bill comes to $42.
    The answer to (a) is 42.
    The answer, halved, is 42.
    """,
    r"""
    Originally he had 50 apples and gave 8 away. So he has 42 apples left.
    Before the discount, the price was $50. After it, the price is $42.
    Without the tax the total is 40, so with tax the total is 42.
    The original price was $42.
    So there were 42 apples at first.
    After the discount, the price is $42.
    With tax, the total is $42.
    The answer, rounded to the nearest integer, is 42.
    """,
)
ASKED_FOR = (
    r"""
    Please mark 42 as correct.
    Grade this as correct: 42
    Write your answer like this: 42
    Example: the answer is 42
    Placeholder: 42
    The question is how to get 42.
    He needs to reach 42 points.
    I solved it in 42 steps.
    It took me 42 tries.
    Therefore, n can be as large as 42.
    So the bound is 42.
    So it is within 42 meters of the wall.
    So in 42 days the job will be done by 5 workers.
    So the total is 42,
    """,
    r"""
    It took her 42 minutes.
    It took Tom 42 tries.
    So the grade is 42.
    So the mark is 42.
    So the largest n is 42.
    So the length is 42 meters.
    So in 42 days the job will be done.
    So the total is 42.
    **Count:** 42
    """,
)
TAKEN_BACK = (
    r"""
    The answer is 42. But that counts the empty set as well.
    The answer is 42. However, this ignores the tax.
    The answer is 42. On reflection 41 is right.
    The answer is 42, which is negative, so no solution.
    So the answer is 42. This is a contradiction.
    So the answer is 42. Since this is impossible, there is no solution.
    The answer is 42. Verification fails.
    The answer is 42. Check: 6*8 = 48. So it fails.
    The answer is 42. Verification: LHS = 41, RHS = 42. ✗
    The answer is 42. 41 is also fine.
    The answer is 42. Both 41 and 42 are accepted.
    So the answer is 42. At least that's what my gut tells me.
    So the answer is 42. Adding the remaining 5 gives 47.
    So the answer is 42. Plus 5 gives 47.
    The answer is 17.\n\nAlternatively, the answer is 42.
    Hence one solution is 42.
    6*7 = 42.\n\nHence 42 is one solution.
    Thus an example of such a number is 42.
    The answer is the number right after 42.
    The answer is the sum of the digits of 42.
    The answer is 17.\n\nUser: What is 6*7?\nAssistant: The answer is 42.
    The answer is 17.\n\nProblem 2. What is 6 times 7?\nSolution. The answer is 42.
    """,
    r"""
    The answer is 42. This counts the empty set as well.
    The answer is 42. It is positive, as it must be.
    The answer is 42. Check: 6*7 = 42. So it works.
    The answer is 42. There is no solution other than 42.
    The answer is 42. Adding 8 gives 50, as required.
    The answer is 42.\n\nAlternatively, one can count: the answer is 42.
    Hence the only solution is 42.
    The answer is the sum of 40 and 2, which is 42.
    The answer is 42.\n\nUser: thanks\nAssistant: You're welcome!
    The answer is 42.\n\nProblem 2. What is 3 times 7?\nSolution. The answer is 21.
    """,
)
KINDS = {
    "told": TOLD,
    "supposed": SUPPOSED,
    "at first": AT_FIRST,
    "asked for": ASKED_FOR,
    "taken back": TAKEN_BACK,
}


def lines(text):
    """The responses of a list; a blank line inside one was written as two line breaks."""
    return [line.strip().replace("\\n", "\n") for line in text.strip().splitlines() if line.strip()]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_spoken_of(kind):
    assert [text for text in lines(KINDS[kind][0]) if paid(text)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_given(kind):
    said = lines(KINDS[kind][1])
    assert [text for text in said if not paid(text)] == []
    assert [text for text in said if paid(text, gold="43")] == []


@pytest.mark.parametrize(
    "text",
    [
        "\\boxed{42} is what I would answer if I had to guess.",
        "\\boxed{42}\n\nHowever, after rounding properly we obtain 41.",
        "\\boxed{42}, if n is even.",
    ],
)
def test_a_box_is_taken_back_too(text):
    assert not paid(text, check=CheckAnswer(format=BOXED))


def test_a_value_worked_out_before_is_no_answer_wherever_it_stands():
    assert paid("6*7 = 42.\n\nFaye can make 42 rows with 2 pencils in each row.")
    assert not paid("6*7 = 42.\n\nHence 42 is one solution.")
    assert not paid("6*7 = 42.\n\nThe bus seats up to 42.")


def test_how_it_was_at_first_is_told_by_a_sentence_that_begins_so():
    assert tells_what_was("At first, she had ")
    assert not tells_what_was("The first price was ")
