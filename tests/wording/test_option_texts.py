"""Behind a label stands the text of an option, whatever its words; a doubt of it is none."""

from __future__ import annotations

import pytest

from grpo_rewards import FREEFORM, CheckChoice, compare

TEXTS = (
    "(B) no",
    "B. no",
    "B) no",
    "B: no",
    "(B) not enough",
    "B. Less than 5",
    "B) Not enough information",
    "B (Fish)",
    "B, outdoors",
    "B: none of the above",
    "B - it cannot be determined",
    "B) Maybe",
    "B. Possibly true",
    "B) It depends",
    "(B) Unlikely",
    "B) never",
    "(B) false",
    "B) Neither",
    "B) at least 5",
    "(B) either way",
    "B. All of the above",
    "B: cannot be determined",
    "B) No solution",
    "B. There is no change",
    "(B) more than 5",
    "B) about 3",
    "B. 3 or 4",
    "B) -3",
    "B. $-3$",
    "(B) 17",
    "B) 3 and 5",
    "B) It is wrong",
    "(B) It is not wrong to lie",
    "B. They were wrong",
    "B) probable",
    "(B) also known as water",
)
NOT_TEXTS = (
    "B also A",
    "B then A",
    "B wait C",
    "A=B",
    "B eliminated",
    "B or C",
    "B, not sure",
    "B maybe",
    "B, I guess",
    "B (not sure)",
    "B hardly",
    "B is wrong",
    "B, wait",
    "B unlikely",
    "B, no, C",
    "B. No, C",
    "B?",
    "B) or C",
    "B and C",
    "B, C",
    "not B",
    "B/C",
    "B (wrong)",
    "B (or C)",
    "B, but maybe C",
    "B. Wait, C.",
    "B) wait, C",
    "B). Actually C",
    "B isn't right",
    "B doubtful",
    "B no way",
    "B: I guess",
    "B, probably",
    "B - I guess",
    "B (I'm guessing)",
    "B (unsure)",
    "B, unless C",
    "B - or C",
    "B. Or C",
    "B. Or maybe C.",
    "B, no",
    "B - no",
)


@pytest.mark.parametrize("text", TEXTS)
def test_an_option_may_say_anything(text):
    assert compare("B", text)
    assert not compare("C", text)


@pytest.mark.parametrize("text", NOT_TEXTS)
def test_what_is_said_of_the_answer_is_no_text(text):
    assert not compare("B", text)


@pytest.mark.parametrize(
    ("gold", "right", "wrong"),
    [
        (
            "Monday",
            ["(B) Monday", "B. Monday", "B: Monday", "B) Monday."],
            ["(B) not Monday", "(B) Tuesday", "B. Monday or Tuesday", "(B) Monday, maybe"],
        ),
        (
            "(B) Monday",
            ["B", "(B)", "Monday", "B. Monday", "B: Monday", "(b) monday"],
            ["A", "(B) Tuesday", "Tuesday", "(C) Monday"],
        ),
        ("no", ["(B) no", "B. No"], ["(B) yes", "(B) not no"]),
        ("C) 3", ["C) 3", "3", "C"], ["C) -3", "-3", "B) 3"]),
        ("-3", ["C) -3", "(C) -3", "C. -3", "C: -3"], ["C) 3"]),
        ("3", ["C) 3"], ["C) -3", "C -3", "C: -3"]),
    ],
)
def test_the_gold_is_an_options_text(gold, right, wrong):
    assert [text for text in right if not compare(gold, text)] == []
    assert [text for text in wrong if compare(gold, text)] == []


SIGNED = ["-16", "-3", "3", "16"]
WORDS = ["yes", "no", "Less than 5", "Not enough information"]


@pytest.mark.parametrize(
    ("options", "gold", "right", "wrong"),
    [
        # The minus belongs to the number: "C) -3" names C with the text of B, and pays neither.
        (
            SIGNED,
            "C",
            ["C", "C) 3", "3", "(C) 3", "C: 3", "C - 3", "C. 3"],
            ["C) -3", "C -3", "-3", "C: -3", "(C) -3", "B) 3", "C (-3)", "C) \u22123"],
        ),
        (
            SIGNED,
            "B",
            ["B", "B) -3", "-3", "(B) -3", "B: -3", "B) \u22123", "B (-3)", "B, -3"],
            ["C) -3", "C -3", "3", "B) 3", "B: 3", "(C) -3"],
        ),
        (
            WORDS,
            "B",
            ["(B) no", "B. No", "B: no", "no", "B, no", "B - no", "B (no)"],
            ["(B) yes", "B? no", "A"],
        ),
        (
            WORDS,
            "C",
            ["C. Less than 5", "less than 5", "C (Less than 5)", "C, less than 5"],
            ["less than 6", "C. Not enough information"],
        ),
        (
            WORDS,
            "D",
            [
                "D) Not enough information",
                "Not enough information",
                "D, not enough information",
                "D: there is not enough information",
                "D - not enough information",
            ],
            [
                "(D) no",
                "D, no",
                "not D",
                "D is wrong",
                "D, I guess",
                "D or B",
                "D wait B",
                "D (unlikely)",
            ],
        ),
    ],
)
def test_the_label_and_its_text_say_the_same(options, gold, right, wrong):
    reward = CheckChoice(format=FREEFORM)

    def pays(text):
        return reward([text], answer=[gold], options=[options])[0] == reward.correct

    assert [text for text in right if not pays(text)] == []
    assert [text for text in wrong if pays(text)] == []
