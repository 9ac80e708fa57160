"""What a model writes once it has answered is no part of its answer: half a fence, another turn."""

from __future__ import annotations

import pytest

from grpo_rewards import FREEFORM, CheckAnswer, CheckChoice

REWARD = CheckAnswer(format=FREEFORM)

ANSWERS = (
    "We have 40 + 2 pens.\nSo there are 42 pens.",
    "We have 40 + 2 pens.\nThus she has 40 + 2 = 42 pens.",
    "We count them twice.\n\nThe answer is 42.",
    "We count them twice.\n\n\\boxed{42}",
    "We count them twice.\n#### 42",
    "We count them twice.\n\nTherefore, it takes 42 minutes to get there.",
    "Tom, Ann and Bob have 20 + 20 + 2 = 42 pens.",
    "42",
    "So it is 42.",
)
BEHIND = (
    "\n```",
    "\n```\n\n",
    "```",
    "\n\nQ:",
    "\n\nQuestion:",
    "\nQ: ",
    "\n\nHuman:",
    "\n\n### Instruction:\n",
    "\n```\n\nQ:",
    "\n\nQ: A bus has 50 seats. 9 get on. How many are free?\nA: 50 - 9 = 41 seats are free.",
    "\n\nQuestion: What is 6 times 8?\nAnswer: 48",
    "\n\nQuestion: Is 7 an even number?\nAnswer: No, 7 is odd.",
    "\n\nQ: Ben forgot 3 of his 9 caps. How many does he have with him?\nA: 9 - 3 = 6",
    "\nYou are an AI assistant that answers questions. The user gives you one. Think step by step.",
    "\nYou are a helpful assistant. Answer as well as you can, and say why.",
    "\n\nYou are a careful math tutor. Explain each step.",
    "\nUser will give you a task. Be short.",
    "\n\nBelow is an instruction that describes a task. Write a response.",
    "\n\nA chat between a curious user and an assistant.",
)
# Of which another answer is the last word, or which only asks.
NO_NEXT_TURN = (
    "Question: What is 6 times 7?\nHmm, 41?\nThe answer is 43.",
    "You are an AI assistant. You may say 42.\nThe answer is 43.",
    "It is not 42.\n```",
    "It may be 42.\n\nQ:",
    "Is it 42?\n\nQ:",
    "```\n41\n```\n42 is wrong\n```",
    "Let us try 42.\n\nQuestion: is that right?\nNo. The answer is 43.",
    "Q: What is 42 less 1?\n\nQ:",
    "A user said 42.\nUser: is that so?\nAssistant: No, the answer is 43.",
)

# A turn that takes back the answer above, or asks about it and is told another.
LOOK_BACK = (
    "\nUser: are you sure?\nNo, it is 43.",
    "\nUser: Are you certain?\nIt is 43.",
    "\nHuman: no.\nIt is 43.",
    "\nHuman: That is wrong.",
    "\nUser: You are wrong.\nThe answer is 43.",
    "\nYou are an assistant that checks answers.\nI withdraw that. The answer is 43.",
    "\nYou are an AI model, so check.\nThe check fails; the answer is 43.",
    "\nYou are an expert.\nSorry, I was wrong; it is 43.",
    "\nYou are a math tutor.\nWe forgot the tax: the answer is 43.",
    "\nQuestion: is it?\nNo. It is 43.",
    "\nQuestion: is this right? No, 43.",
    "\nProblem: this ignores the tax. The answer is 43.",
    "\nProblem: wrong sign, so 43.",
    "\nContext: we forgot the tax. The answer is 43.",
    "\nQ: Why not 43?\nA: It is 43 indeed, the above is wrong.",
    "\nQuestion: Where is the mistake in the solution above?",
)


@pytest.mark.parametrize("behind", LOOK_BACK)
def test_a_turn_that_takes_back_the_answer_above_counts(behind):
    texts = [answer + behind for answer in ("The answer is 42.", "So there are 42 pens.", "42")]
    assert REWARD.correct not in REWARD(texts, answer=["42"] * len(texts))


@pytest.mark.parametrize("behind", BEHIND)
def test_what_stands_behind_an_answer_is_no_part_of_it(behind):
    texts = [answer + behind for answer in ANSWERS]
    scores = REWARD(texts, answer=["42"] * len(texts))
    pairs = zip(texts, scores, strict=True)
    assert [text for text, score in pairs if score != REWARD.correct] == []
    assert REWARD.correct not in REWARD(texts, answer=["41"] * len(texts))


@pytest.mark.parametrize("text", NO_NEXT_TURN)
def test_what_is_no_answer_stays_none(text):
    assert REWARD([text], answer=["42"]) != [REWARD.correct]


def test_a_whole_fence_still_shows_its_answer():
    texts = ["So this is it:\n```\n42\n```", "```python\nprint(6 * 7)\n```\nThe answer is 42."]
    assert REWARD(texts, answer=["42", "42"]) == [REWARD.correct] * 2


def test_an_option_before_another_question():
    reward = CheckChoice(format=FREEFORM)
    texts = ["The answer is (B).\n\nQ:", "B\n```", "Therefore, B.\nYou are an AI assistant."]
    columns = {"options": [["Rome", "Paris"]] * 3}
    assert reward(texts, answer=["B"] * 3, **columns) == [reward.correct] * 3
