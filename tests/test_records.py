"""Answers in JSON: what the other keys of the object, and the text behind it, leave of them."""

from __future__ import annotations

import pytest

from grpo_rewards import FREEFORM, CheckAnswer, CheckChoice, CheckLogic

FREE = CheckAnswer(format=FREEFORM)
TAKEN_BACK = r"""
{"answer": 42, "correct": false}
{"answer": 42, "is_correct": false}
{"answer": 42, "isCorrect": false}
{"answer": 42, "correct": 0}
{"answer": 42, "correct": "No"}
{"answer": "42", "valid": false}
{"answer": 42, "verified": false}
{"answer": 42, "is_final": false}
{"answer": 42, "certain": "no"}
{"answer": 42, "is_answer": false}
{"answer": 42, "wrong": true}
{"answer": 42, "is_guess": true}
{"answer": 42, "rejected": true}
{"answer": 42, "tentative": "yes"}
{"answer": 42, "not": true}
{"answer_rejected": true, "answer": 42}
{"correct": false, "answer": 42}
{"is_correct": "no", "answer": 42}
{'answer': 42, 'correct': False}
{"answer": 42, "confidence": "low"}
{"answer": 42, "my_confidence": "very low"}
{"answer": 42, "confidence": 0.1}
{"answer": 42, "confidence": 0}
{"answer": 42, "confidence": 30}
{"answer": 42, "confidence": "10%"}
{"answer": 42, "probability": 0.5}
{"answer": 42, "status": "wrong"}
{"answer": 42, "verdict": "incorrect"}
{"answer": 42, "note": "this is wrong"}
{"answer": 42, "note": "I guess"}
{"answer": 42, "note": "The real answer is 43."}
{"answer": 42, "comment": "not sure"}
{"answer": 42, "alternative": 43}
{"answer": 42, "alternatives": [43]}
{"answer": 42, "correction": 43}
{"answer": 42, "other_answer": 43}
{"answer": 43, "answer": 42}
{"answer": 42, "final_answer": 43}
{"answer": {"value": 42, "correct": false}}
{"answer": {"value": 43, "first": 42}}
{"answer": {"wrong": 42}}
{"answer": 42} is wrong.
{"answer": 42} - no, 43.
{"answer": 42}. Actually, it's 43.
{"answer": 42} or {"answer": 43}
[{"answer": 42}, {"answer": 43}]
<answer>{"answer": 42, "correct": false}</answer>
"""
STANDS = r"""
{"answer": 42}
{"answer": "$42$"}
{"answer": "\\boxed{42}"}
{"answer": 42, "correct": true}
{"answer": 42, "valid": true, "confidence": 1.0}
{"answer": 42, "confidence": "high"}
{"answer": 42, "confidence": "medium"}
{"answer": 42, "confidence": 0.9}
{"answer": 42, "confidence": 95}
{"answer": 42, "confidence": "95%"}
{"answer": 42, "verified": null}
{"answer": 42, "is_prime": false}
{"answer": 42, "negative": false}
{"answer": 42, "error": false}
{"answer": 42, "error": null}
{"answer": 42, "guess": false}
{"answer": 42, "uncertain": false}
{"answer": 42, "needs_review": false}
{"answer": 42, "status": "success"}
{"answer": 42, "alternatives": []}
{"answer": 42, "alternative": null}
{"answer": 42, "others": "none"}
{"answer": 42, "alternative": "42.0"}
{"answer": 42, "final_answer": 42}
{"answer": 42, "reasoning": "not 41, since 40 + 2 = 42"}
{"answer": 42, "note": "not 41"}
{"answer": 42, "notes": "Since x cannot be negative, 42 is the only solution."}
{"thought": "maybe 41? no.", "answer": 42}
{"reasoning": "\frac{1}{2} of 84 is 42", "answer": 42}
{"answer": {"value": 42}}
{"answer": {"unit": "m", "value": 42}}
{"data": {"answer": 42}, "ok": true}
{"answer": 42} I hope this helps.
"""


def verdicts(texts, gold="42", reward=FREE, **columns):
    columns = {name: [value] * len(texts) for name, value in columns.items()}
    scores = reward(texts, answer=[gold] * len(texts), **columns)
    return [text for text, score in zip(texts, scores, strict=True) if score == reward.correct]


def test_another_key_takes_the_answer_back():
    whole = '{"answer": 42}'
    assert verdicts([whole, *TAKEN_BACK.strip().split("\n")]) == [whole]


def test_keys_that_say_nothing_against_it_leave_it_standing():
    texts = STANDS.strip().split("\n")
    assert verdicts(texts) == texts


def test_a_fence_and_a_long_reasoning_change_nothing():
    long = "So it goes on. " * 200
    right = f'```json\n{{"reasoning": "{long}", "answer": 42}}\n```'
    assert verdicts([right, right.replace("42}", '42, "correct": false}')]) == [right]


def test_an_answer_of_zero_is_no_denial():
    texts = ['{"answer": 0}', '{"answer": 0, "correct": true}', '{"answer": 0, "correct": false}']
    assert verdicts(texts, gold="0") == texts[:2]


@pytest.mark.parametrize("more", ['"alternative": "C"', '"correct": false', '"confidence": "low"'])
def test_options_are_taken_back_as_well(more):
    texts = ['{"answer": "B", "confidence": 0.9}', f'{{"answer": "B", {more}}}']
    cities = ["Rome", "Paris", "Oslo", "Bern"]
    assert verdicts(texts, "B", CheckChoice(format=FREEFORM), options=cities) == texts[:1]


def test_a_truth_value_is_not_judged_by_its_own_key():
    texts = ['{"answer": "no", "valid": false}', '{"answer": "no", "confidence": "low"}']
    assert verdicts(texts, "no", CheckLogic(format=FREEFORM)) == texts[:1]
