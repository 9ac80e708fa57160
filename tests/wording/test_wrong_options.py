"""An option that is named as the wrong one: what a question for it asks, given with reasons."""

from __future__ import annotations

import pytest

from grpo_rewards import FREEFORM, CheckChoice
from grpo_rewards.wording.wrong_options import EXAMPLES, false_claim, wrong_option

OF_OPTIONS = ("opti", "opci", "opç", "opzi", "alternativ", "choice")
ANIMALS = ["red fox", "blue whale", "green frog", "white swan"]
WHY = "The hills there are high, and the roads are narrow."
SENTENCES = [(language, text) for language, examples in EXAMPLES for text in examples]


def pays(text, gold="D", options=None):
    reward = CheckChoice(format=FREEFORM)
    columns = {"options": [options]} if options else {}
    return reward([text], answer=[gold], **columns)[0] == reward.correct


@pytest.mark.parametrize("options", [ANIMALS, None], ids=["options", "letters"])
@pytest.mark.parametrize(("language", "text"), SENTENCES)
def test_the_wrong_one_is_the_answer_where_reasons_stand_beside_it(language, text, options):
    assert wrong_option(text) in ("D", "d"), language
    assert pays(f"{text}\n\n{WHY}", options=options)
    assert pays(f"{WHY}\n\n{text}", options=options)
    assert pays(f"{WHY}\n\n{text}\n\n{WHY}", options=options)
    assert not pays(f"{text}\n\n{WHY}", gold="B", options=options)


@pytest.mark.parametrize("options", [ANIMALS, None], ids=["options", "letters"])
@pytest.mark.parametrize(("language", "text"), SENTENCES)
def test_the_false_one_of_claims_is_named_without_reasons(language, text, options):
    of_options = any(noun in text.lower() for noun in OF_OPTIONS)
    assert (false_claim(text) is None) is of_options, language
    assert pays(text, options=options) is not of_options
    assert not pays(text, gold="B", options=options)


@pytest.mark.parametrize("options", [ANIMALS, None], ids=["options", "letters"])
@pytest.mark.parametrize("text", ["The true statement is A.", "正しいのはAです。", "A是正确的。"])
def test_another_one_that_is_called_right_before_it_leaves_none(text, options):
    for false in ("The false statement is D.", "誤っている記述はDです。", "错误的说法是D。"):
        assert pays(f"{WHY} {false}", options=options)
        assert not pays(f"{WHY} {text} {false}", options=options)


@pytest.mark.parametrize(
    "text",
    [
        f"The incorrect option is **D) white swan**.\n\n{WHY}",
        f"A alternativa incorreta é a **D)**.\n\n{WHY}",
        f"La opción incorrecta es la **(d)**.\n\n{WHY}",
        f"The hills are high\nThe incorrect option is D\n{WHY}",
    ],
)
def test_its_label_is_marked_and_its_text_behind_it(text):
    assert pays(text)
    assert pays(text, options=ANIMALS)


@pytest.mark.parametrize(
    "text",
    [
        "The incorrect option is D.",  # which may only leave it out
        "A alternativa incorreta é a D.",
        f"The incorrect option is not D.\n\n{WHY}",
        f"The incorrect option might be D.\n\n{WHY}",
        f"The incorrect option is D or C.\n\n{WHY}",
        f"The incorrect option is D?\n\n{WHY}",
        f"The incorrect option is C.\n\n{WHY}",
        f"Tom says the incorrect option is D.\n\n{WHY}",
        f"An incorrect option is D.\n\n{WHY}",
        f"The incorrect answer is D.\n\n{WHY}",
        f"The incorrect option is D.\n\n{WHY}\n\nThe incorrect option is C.",
        f"The incorrect option is D.\n\nNo, wait. {WHY}",
        f"The incorrect option is D.\n\n{WHY} B lies there.",
        f"The incorrect option is D.\n\n{WHY} A) lies there.",
        f"The incorrect option is D.\n\n{WHY} The blue whale is correct.",
        f"La opción incorrecta es la D.\n\n{WHY} El zorro es correcto.",
        f"Die falsche Aussage ist D.\n\n{WHY} Der Fuchs ist richtig.",
        f"L'opzione errata è la D.\n\n{WHY} La volpe è giusta.",
        f"The incorrect option is D.\n\n{WHY} The blue whale is right.",
        f"The incorrect option is D.\n\n{WHY} The blue whale is true.",
        f"The incorrect option is D.\n\n{WHY} So it is the fox.",
        f"The incorrect option is D.\n\n{WHY}{' It is so.' * 300}",
    ],
)
def test_nothing_is_paid_beside_another_answer_or_without_a_reason(text):
    assert not pays(text)
    assert not pays(text, options=ANIMALS)
