"""How a last sentence states a truth value: of what, on what grounds, before which reason."""

from __future__ import annotations

import pytest

from grpo_rewards import FREEFORM, CheckAnswer, CheckLogic
from grpo_rewards.wording.stated_truths import stated_truth

ABOVE = "Anne is blue, and people who are blue are kind.\n\n"


def pays(text, gold):
    reward = CheckLogic(format=FREEFORM)
    return reward([text], answer=[gold])[0] == reward.correct


# {v} is the value, {o} the other one.
STATED = (
    "Based on the premises, the statement is {v}.",
    "Given the premises, the conclusion is {v}.",
    "According to the premises, the statement is {v}.",
    "Therefore, we can conclude that the statement is {v}.",
    "We determine that the claim is {v}.",
    "The truth value is {v}.",
    'Therefore, "Anne is kind" is {v}.',
    "Thus, the statement that Anne is kind is {v}.",
    "The statement is logically {v}.",
    "The statement is definitely {v}.",
    "The statement is, therefore, {v}.",
    "The statement 'Anne is kind' is therefore {v}.",
    "This means that the statement is {v}.",
    "This makes the statement {v}.",
    "Anne is blue, which makes the statement {v}.",
    "Since Anne is not red, the statement is {v}.",
    "As shown above, the statement is {v}.",
    "The statement is {v} because Anne is blue.",
    "The statement is {v}, because Anne is blue.",
    "The statement can be judged {v}.",
    "Therefore, the response is {v}.",
    'Thus, the statement is "{v}".',
    "Verdict: {v}",
    "Label: {v}",
    "Output: {v}",
    "{v}, because Anne is blue.",
)
ONLY_BELOW = ("{v}. Anne is blue, so she is kind.", "{v} - Anne is blue.", "{v}")
NOT_STATED = (
    "The statement may be {v}.",
    "The statement is probably {v}.",
    "The statement is neither {v} nor {o}.",
    "The statement is {v} or {o}.",
    "Is the statement {v}?",
    "If Anne is blue, we can see whether the statement is {v}.",
    "I doubt that the statement is {v}.",
    "I do not think that the statement is {v}.",
    "Some people say that the statement is {v}.",
    "It is unclear whether the statement is {v}.",
    "Suppose the statement is {v}.",
    "The statement is {v}, I guess.",
    "The statement is {v} because Anne is blue, I guess.",
    "{v}, because Anne is blue, I guess.",
    "{v}. That is wrong.",
    "{v}. Anne is blue, so she is kind?",
    "This makes the statement {v}. Actually, it is {o}.",
    "The statement is {v}. No, wait, it is {o}.",
    "It is not true that Anne is blue, which makes the statement {v}.",
)
VALUES = (("True", "False"), ("False", "True"))


@pytest.mark.parametrize(("value", "other"), VALUES)
@pytest.mark.parametrize("text", STATED)
def test_a_sentence_states_a_truth_value(text, value, other):
    for v, o in ((value, other), (value.lower(), other.lower())):
        said = text.format(v=v)
        assert pays(ABOVE + said, v)
        assert pays(ABOVE.strip() + " " + said, v)
        assert not pays(ABOVE + said, o)


@pytest.mark.parametrize(("value", "other"), VALUES)
@pytest.mark.parametrize("text", ONLY_BELOW)
def test_a_last_paragraph_begins_with_one(text, value, other):
    assert pays(ABOVE + text.format(v=value), value)
    assert not pays(ABOVE + text.format(v=value), other)
    twice = f"1. {value}. It is old.\n\n{text.format(v=value)} It is so."
    assert not pays(twice, other)


@pytest.mark.parametrize(("value", "other"), VALUES)
@pytest.mark.parametrize("text", NOT_STATED)
def test_none_is_stated_that_is_denied_doubted_or_only_supposed(text, value, other):
    said = text.format(v=value, o=other)
    assert not pays(ABOVE + said, value)
    assert stated_truth(said) is None or "Actually" in said or "No, wait" in said


YES = (
    "In short, {v}.",
    "To answer your question, {v}.",
    "Based on the passage, {v}.",
    "According to the text, {v}, the cat does that.",
    "The answer would have to be {v}.",
    "So the response is {v}.",
    "So the correct response would be {v}.",
    "So it's a {v}.",
    "It's a clear {v}.",
    "From this we conclude: {v}.",
    "So we can answer {v}.",
    "We can answer the question with {v}.",
    'So the answer to the question "Is a cat an animal?" is {v}.',
    'Therefore, the answer to "Is a cat an animal?" is {v}.',
)


@pytest.mark.parametrize(("value", "other"), [("yes", "no"), ("no", "yes")])
@pytest.mark.parametrize("text", YES)
def test_a_sentence_says_yes_or_no(text, value, other):
    said = text.format(v=value)
    assert pays(ABOVE + said, value)
    assert not pays(ABOVE + said, other)
    assert not pays(ABOVE + text.format(v="yes or no"), value)
    assert not pays(ABOVE + text.format(v=f"maybe {value}"), value)
    assert not pays(f"{ABOVE}{said} Actually, it is {other}.", value)


@pytest.mark.parametrize(("value", "other"), [("Yes", "no"), ("No", "yes")])
def test_a_last_paragraph_begins_with_yes_or_no(value, other):
    assert pays(f"{ABOVE}{value}. She does that.", value)
    assert not pays(f"{ABOVE}{value}. She does that.", other)
    assert not pays(f"{ABOVE}{value}. She does that, but it depends.", value)
    assert not pays(f"Yes. It is old.\n\n{value}. She does that.", value)


# A value, and another one.
@pytest.mark.parametrize(("value", "other"), [("yes", "no"), ("42", "41"), ("Paris", "Rome")])
@pytest.mark.parametrize(
    "text",
    [
        "The answer is {v} because it is old",
        "The answer is {v}, since it is old",
        "Therefore, the answer is {v}, as it is old",
    ],
)
def test_what_follows_the_reason_of_an_answer_may_take_it_back(text, value, other):
    reward = (CheckLogic if value == "yes" else CheckAnswer)(format=FREEFORM)
    for end in (".", ". The text says so.", ", and the text says so.", ""):
        assert reward([text.format(v=value) + end], answer=[value]) == [reward.correct]
    for end in (
        f". Actually, it is {other}.",
        f". Wait, no. It is {other}.",
        f". Correction: {other}.",
        ", I guess.",
        ", but I am not sure.",
        "?",
    ):
        assert reward([text.format(v=value) + end], answer=[value]) != [reward.correct]
