"""A sentence that leaves an option out, or only speaks of it, names none."""

from __future__ import annotations

import pytest

from grpo_rewards import FREEFORM, CheckChoice

REWARD = CheckChoice(format=FREEFORM)
ANIMALS = ["red fox", "blue whale", "green frog", "white swan"]

NAMED = (
    "Option B is the only one that fits.",
    "Option B is the option that has fins.",
    "B is the only option that explains the passage.",
    "B is the one in line with the text.",
    "Only B is left.",
    "Only B explains the size.",
    "Option B best shows the size.",
    "The text speaks of the blue whale.",
    "The blue whale is the animal of this text.",
    "The author describes the blue whale.",
    "The animal in the passage is the blue whale.",
    "The passage says it is the blue whale.",
    "因此选B。",
    "blue whale\n\nExplanation: It alone has fins, and the text speaks of the sea.",
    "B. blue whale\nThe text speaks of the sea, and it is the only one of them that lives there.",
)
NOT_NAMED = (
    "Option B is the only one that fails.",
    "Option B is the one that we can discard.",
    "Option B is the option that lacks a tail.",
    "Option B is the one that conflicts with it.",
    "B is the only option that contradicts the passage.",
    "B is the option that is least supported.",
    "B is the option to avoid.",
    "B is the one to rule out.",
    "B is the option with the error.",
    "Only B is left to rule out.",
    "Only B is excluded.",
    "Only B can be dismissed.",
    "Option B best shows the trap.",
    "Option B most likely misleads readers.",
    "Option B correctly states a falsehood.",
    "She studies animals that resemble the blue whale.",
    "The text excludes the blue whale here.",
    "The author dismisses the blue whale.",
    "The author only briefly mentions the blue whale.",
    "The blue whale is a distractor in this text.",
    "The blue whale is irrelevant to the passage.",
    "The blue whale is ruled out by the passage.",
    "Students often confuse it with the blue whale.",
    "Many people think of the blue whale.",
    "People used to believe in the blue whale.",
    "It is the enemy of the blue whale.",
    "Had it fins, the blue whale it were.",
    "Tom says it is the blue whale.",
    "如果x=2，应该选B。",
    "התשובה השגויה היא B.",
    "blue whale\n\nExplanation: At first sight. On reflection the red fox is right.",
    "blue whale\n\nExplanation: that is what most would say, but it is the red fox.",
    "B. blue whale\nThis is the option that most students choose, and they get it wrong.",
    "B. blue whale\nThis one looks fine at first, yet the text is about the red fox in the woods.",
)


def pays(text):
    return REWARD([text], answer=["B"], options=[ANIMALS]) == [REWARD.correct]


@pytest.mark.parametrize("text", NAMED)
def test_what_speaks_for_an_option_names_it(text):
    assert pays(text)


@pytest.mark.parametrize("text", NOT_NAMED)
def test_what_leaves_an_option_out_does_not_name_it(text):
    assert not pays(text)
