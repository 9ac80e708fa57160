"""How solutions of word problems end: a price for so many, a wait, a count, a label, a dash."""

from __future__ import annotations

import pytest

from grpo_rewards import FREEFORM, CheckAnswer, compare

CHECK = CheckAnswer(format=FREEFORM)
BEFORE = "We add 12 and 5.\n\n"

ANSWERS = [
    ("42", "So he needs to pay $42 for 16 glasses."),
    ("42", "Thus he will pay 42 dollars for 16 glasses."),
    ("42", "She bought 42 TVs."),
    ("42", "Therefore, he owns 42 CDs."),
    ("42", "He'll have to wait 42 years before he starts earning money on the tree."),
    ("42", "It will take 42 years before he starts making money."),
    ("42", "Thus, it takes 42 minutes until the bus comes."),
    ("42", "In the end, 42 apples remain."),
    ("42", "So 42 people were left."),
    ("42", "In the end, 42 apples will be left."),
    ("42", "Final answer 42"),
    ("42", "Final Answer $42."),
    ("42", "Answer- 42"),
    ("42", "Profit = $42"),
    ("42", "Net profit: $42"),
    ("42", "Average: 42"),
]

NO_ANSWERS = [
    ("42", "So far, we have 42."),
    ("42", "Therefore, we use formula 42."),
    ("42", "Therefore, 42 of these remain to be counted."),
    ("42", "So the answer is half of 42."),
    ("16", "So he needs to pay $42 for 16 glasses."),
    ("42", "So apples cost $42 for 16 glasses or $3 for one."),
    ("42", "So he pays $42 for 16 glasses and $5 for a bowl."),
    ("42", "So he does not pay $42 for 16 glasses."),
    ("42", "So he pays at least $42 for 16 glasses."),
    ("42", "She had 42 apples before she gave some away."),
    ("42", "He should wait 42 years before he earns, or 43."),
    ("42", "He does not wait 42 years before he earns."),
    ("42", "He waited at least 42 years before he earned."),
    ("42", "He took 42 steps before he fell and 5 after."),
    ("42", "42 were too many."),
    ("42", "42 is wrong."),
    ("42", "42 was a mistake."),
    ("42", "42 were expected, but 41 came."),
    ("42", "Final answer 42 or 43"),
    ("42", "not the final answer 42"),
    ("42", "I doubt the final answer 42"),
    ("42", "This is not the Final answer 42."),
    ("42", "Answer- not 42"),
    ("42", "Answer- 42 or 43"),
    ("42", "Wrong answer- 42"),
    ("42", "Profit = $42 or $43"),
    ("42", "Profit: not $42"),
    ("42", "No profit: 42"),
    ("42", "Expected profit: at least 42"),
    ("42", "5 DVDs"),
    ("42", "42 DVDs or 43 DVDs"),
    ("-42", "Answer- 42"),
]


def is_paid(gold, ending):
    return CHECK([BEFORE + ending], answer=[gold])[0] == CHECK.correct


@pytest.mark.parametrize(("gold", "ending"), ANSWERS)
def test_an_answer_is_paid(gold, ending):
    assert is_paid(gold, ending)
    assert not is_paid("41", ending)


@pytest.mark.parametrize(("gold", "ending"), NO_ANSWERS)
def test_what_is_none_is_not(gold, ending):
    assert not is_paid(gold, ending)


def test_initials_count_things():
    assert compare("42 DVDs", "42")
    assert compare("42", "42 CDs")
    assert not compare("42 DVDs", "41")
    assert not compare("42", "42ABs")
