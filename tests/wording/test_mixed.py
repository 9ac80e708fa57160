"""Layouts of responses mixed with golds of every kind, right and wrong."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from grpo_rewards import BOXED, FREEFORM, CheckAnswer, CheckLogic

# Golds by kind, each with answers that are another's.
KINDS = {
    "number": ("42", "-7", "3.5", "1,250", "5/8"),
    "percentage": ("35%", "7.5%"),
    "expression": (r"2\sqrt{5}", r"\frac{3}{7}", "x^2 + 1", r"5\pi"),
    "quantity": ("12 cm", "90 km/h"),
    "choice": ("B", "D"),
    "words": ("Paris", "isosceles triangle", "Jane Austen"),
    "collection": (r"\{1, 2, 3\}", "(3, -4)", "[2, 5)"),
    "relation": ("x > 4", "x = -9"),
}
GOLDS = [(kind, gold) for kind, golds in KINDS.items() for gold in golds]
PLAIN = {"number", "choice", "words"}

# Layouts that state an answer, and those that do not; "$" marks what mathematics needs.
STATES = (
    "So it is {box}.", "{box}", "**Answer:** {x}", "### Answer\n{x}", "The answer is {x}.",
    "Final answer: {x}", "<answer>{x}</answer>", "Therefore, the answer is {x}.", "{box} {why}",
    "Réponse : {x}", "Die Antwort lautet {x}.", "答案是{x}。", "Ответ: {x}",
    "The final answer is\n\n{x}",
    "We need {box}", "The answer is {x}, because we checked.",
)  # fmt: skip
REFUSES = (
    "{box} is wrong.", "{box} or {other}", "{other} or {box}", "The answer is not {x}.",
    "The answer is {x} or {other}.", "Maybe {box}", "{box}, I guess", "{box} was my first answer.",
    "<think>The answer is {x}.", "The answer is {x}. Wait, no.", "{box}? No: {other}",
    "答案不是{x}。", "La réponse n'est pas {x}.", "I doubt the answer is {x}.", "{box} {other}",
)  # fmt: skip
REASONING = st.sampled_from(
    ("", "First, 12 + 5 = 17, since y cannot be negative.\n\n", "We try 30, which is wrong.\n\n")
)
WHY = st.sampled_from(("since y cannot be 0", "as required", "in total", ""))


def written(kind, value):
    """A value as prose holds it."""
    return value if kind in PLAIN or "\\" not in value else f"${value}$"


def filled(layout, kind, value, other="", why=""):
    fill = {
        "{box}": rf"\boxed{{{value}}}",
        "{x}": written(kind, value),
        "{other}": rf"\boxed{{{other}}}" if "box" in layout else written(kind, other),
        "{why}": why,
    }
    for name, text in fill.items():
        layout = layout.replace(name, text)
    return layout.rstrip()


def pays(response, gold):
    reward = CheckAnswer(format=FREEFORM)
    return reward([response], answer=[gold]) == [reward.correct]


@settings(max_examples=150)
@given(REASONING, st.sampled_from(STATES), st.sampled_from(GOLDS), WHY, st.data())
def test_a_layout_pays_its_answer_and_no_other(reasoning, layout, gold, why, data):
    kind, value = gold
    response = reasoning + filled(layout, kind, value, why=why)
    assert pays(response, value)
    other = data.draw(st.sampled_from([other for _, other in GOLDS if other != value]))
    assert not pays(response, other)


@settings(max_examples=150)
@given(REASONING, st.sampled_from(REFUSES), st.sampled_from(GOLDS), st.data())
def test_what_is_denied_doubted_or_hedged_pays_nothing(reasoning, layout, gold, data):
    kind, value = gold
    other = data.draw(st.sampled_from([each for each in KINDS[kind] if each != value]))
    response = reasoning + filled(layout, kind, value, other=other)
    assert not pays(response, value)


@settings(max_examples=60)
@given(st.sampled_from(GOLDS), WHY)
def test_a_box_pays_the_same_where_a_box_was_agreed_on(gold, why):
    kind, value = gold
    reward = CheckAnswer(format=BOXED)
    for layout in STATES:
        if "{box}" in layout:
            text = filled(layout, kind, value, why=why)
            assert reward([text], answer=[value]) == [reward.correct]
    for layout in REFUSES:
        if "{box}" in layout:
            text = filled(
                layout, kind, value, other=KINDS[kind][0 if value != KINDS[kind][0] else 1]
            )
            assert reward([text], answer=[value])[0] < reward.correct


TRUTH = (("yes", "no"), ("no", "yes"), ("valid", "invalid"), ("contingent", "tautology"))


@given(
    REASONING,
    st.sampled_from([each for each in STATES if "{box}" not in each]),
    st.sampled_from(TRUTH),
)
def test_truth_values_are_read_in_every_layout(reasoning, layout, pair):
    gold, other = pair
    reward = CheckLogic(format=FREEFORM)
    response = reasoning + filled(layout, "words", gold)
    assert reward([response, response], answer=[gold, other])[0] == reward.correct
    assert reward([response], answer=[other])[0] < reward.correct
