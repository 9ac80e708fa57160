"""Sentences that say which option it is by what it is not, what is left, and what is described."""

from __future__ import annotations

import pytest

from grpo_rewards import FREEFORM, CheckChoice, CheckLogic
from grpo_rewards.wording.option_names import option_named
from grpo_rewards.wording.stated_options import stated_option

WORDS = ["17", "fish", "outdoors", "Monday"]
ABOVE = "Let us look at each of them in turn.\n\n"


def pays(text, gold="B", options=None):
    reward = CheckChoice(format=FREEFORM)
    columns = {"options": [options]} if options else {}
    return reward([text], answer=[gold], **columns)[0] == reward.correct


NAMED = (
    "I choose B over C.",
    "We would pick B rather than C.",
    "Instead of C, I choose B.",
    "Rather than C or D, we select B.",
    "Not C but B.",
    "Hence not C, but rather B.",
    "The answer is not C but B.",
    "The answer isn't C; it's B.",
    "The answer is not C. It is B.",
    "The answer is not C; the answer is B.",
    "The answer is not A, C, or D. The answer is B.",
    "It isn't C, it's B.",
    "B is correct and C is not.",
    "B is correct, while A, C and D are wrong.",
    "C is incorrect, B is correct.",
    "A, C and D are false, so B is correct.",
    "B (C is wrong).",
    "So B is what we want.",
    "B is what the question asks for.",
    "B has to be it.",
    "Only B remains.",
    "After eliminating A, C and D, only B is left.",
    "B is the only option left.",
    "B is the only answer remaining.",
    "The only option left is B.",
    "B best fits the passage.",
    "Of these options, B best describes the passage.",
    "What fits the passage is option B.",
    "What best describes this is B.",
    "This is described by option B.",
    "It is best captured by option B.",
    "This points to B.",
    "All of this leads to option B.",
    "This matches option B: fish.",
    "This means B is correct.",
    "This shows that B is the right answer.",
    "Also ist B richtig.",
    "Richtig ist B.",
    "Es bleibt nur B.",
    "Nicht C, sondern B.",
    "Daher ist Option B die richtige Wahl.",
    "C'est la réponse B.",
    "Il ne reste que B.",
    "La réponse n'est pas C mais B.",
    "Es la B.",
    "Solo queda B.",
    "É a letra B.",
    "Só resta a B.",
    "È la B.",
    "Resta solo B.",
    "Верен вариант B.",
    "Остаётся только B.",
    "只有B符合题意。",
    "B가 정답입니다.",
)
NOT_NAMED = (
    "I choose C over B.",
    "I would not choose B over C.",
    "Instead of B, I choose C.",
    "Not B but C.",
    "Not B, but close.",
    "The answer is not B but C.",
    "The answer is not C. It is not B either.",
    "The answer is not C. It is B or D.",
    "The answer is not C. It may be B.",
    "The answer isn't B; it's C.",
    "B is not correct and C is.",
    "C is incorrect, B is incorrect.",
    "If C is incorrect, B is correct.",
    "B is correct if C is not.",
    "B is correct or C is not.",
    "B (B is wrong)",
    "C (B is wrong).",
    "B is what we want to avoid.",
    "B is what I need to rule out.",
    "B has to be it, unless C is.",
    "B has to be it? No.",
    "Only B remains unclear.",
    "Only B remains to be excluded.",
    "Only B and C remain.",
    "Only one of B and C remains.",
    "B is the only option left to check.",
    "The only option left out is B.",
    "The option that we eliminated is B.",
    "The choice to avoid is B.",
    "B is the only answer that remains unproven.",
    "B best fits the description of a wrong answer.",
    "B best describes what it is not.",
    "What does not fit the passage is option B.",
    "What fits least is option B.",
    "What best fits the passage is option B or C.",
    "This is not described by option B.",
    "This is described by option B only partly.",
    "This points to B being wrong.",
    "This points to B or C.",
    "This leads to B, a contradiction.",
    "This might point to B.",
    "This matches option B: fish, but it is wrong.",
    "This means B is wrong.",
    "This means B might be correct.",
    "Does this mean B is correct?",
    "No option is correct. B is the closest.",
    "The correct answer is not listed. B is the best option.",
    "I'll pick B at random.",
    "Nicht B, sondern C.",
    "Also ist B nicht richtig.",
    "Richtig ist B oder C.",
    "Richtig ist nicht B.",
    "Es bleibt nur B auszuschließen.",
    "C'est la réponse B ou C.",
    "Ce n'est pas la réponse B.",
    "Il ne reste que B et C.",
    "La réponse n'est pas B mais C.",
    "No es la B.",
    "Es la B o la C.",
    "Solo queda descartar la B.",
    "É a B ou a C.",
    "Não é B, mas sim C.",
    "Resta solo da escludere la B.",
    "Остаётся исключить B.",
    "Неверен вариант B.",
    "只有B不符合题意。",
    "只有B和C符合题意。",
    "如果只有B符合题意，则选B。",
    "A와 B가 정답입니다.",
    "B가 오답입니다.",
)


@pytest.mark.parametrize("text", NAMED)
@pytest.mark.parametrize("above", ["", ABOVE], ids=["alone", "below"])
def test_the_option_that_it_is_is_named(text, above):
    for options in (None, WORDS):
        assert pays(above + text, options=options)
        assert not pays(above + text, gold="C", options=options)


@pytest.mark.parametrize("text", NOT_NAMED)
@pytest.mark.parametrize("above", ["", ABOVE], ids=["alone", "below"])
def test_the_option_that_it_is_not_is_not_named(text, above):
    assert not pays(above + text)
    assert not pays(above + text, options=WORDS)


BEHIND = (
    "The answer is B. The passage says outdoors, so C.",
    "The answer is B. More precisely, C.",
    "The answer is B. Everything considered, though, C.",
    "The answer is B. Not C. Actually yes, C.",
    "The answer is B\n\nVerification: fails, C is the one.",
    "The answer is B. In the end, C.",
)
STANDS = (
    "The answer is B. A is false, so is C.",
    "The answer is B. A is false, and so is C.",
    "The answer is B. The passage is about an animal, so B.",
    "The answer is B. It swims, so not C.",
    "The answer is B. More precisely, it is a fish.",
)


@pytest.mark.parametrize("text", BEHIND)
def test_a_later_sentence_that_comes_to_another_option_leaves_none(text):
    assert not pays(text)
    assert not pays(text, options=WORDS)


@pytest.mark.parametrize("text", STANDS)
def test_a_later_sentence_that_comes_to_the_same_option_leaves_it(text):
    assert pays(text)


YES = (
    "So the answer is yes. However, premise 2 contradicts this, so no.",
    "So the answer is yes. But the answer could be no.",
    "The answer is yes. Actually, it must be no.",
    "So the answer is yes as long as Tom is a cat.",
    "So the answer is yes (with some exceptions).",
    "So the answer is yes, in theory.",
)
STILL_YES = (
    "So the answer is yes. However, premise 2 is not needed, so it stays yes.",
    "So the answer is yes, as Tom is a cat.",
    "The answer is a clear yes.",
    "Absolutely yes.",
    "A resounding yes.",
    "是。",
    "はい。",
)


@pytest.mark.parametrize("text", YES)
def test_a_yes_that_comes_to_a_no_or_holds_in_part_is_none(text):
    check = CheckLogic(format=FREEFORM)
    assert check([text], answer=["yes"]) == [check.wrong] or check([text], answer=["yes"]) == [
        check.missing
    ]


@pytest.mark.parametrize("text", STILL_YES)
def test_a_yes_that_stands_is_one(text):
    check = CheckLogic(format=FREEFORM)
    assert check([text], answer=["yes"]) == [check.correct]
    assert check([text], answer=["no"]) != [check.correct]


def test_what_is_named_beside_another_option_is_that_option():
    assert stated_option("I choose B over C.") == "B"
    assert stated_option("B is correct and B is wrong.") is None
    assert option_named("Nicht C, sondern B.") == "B"
    assert option_named("Nicht B, sondern C.") == "C"
