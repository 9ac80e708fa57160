"""Every word of the table, beside every kind of answer, before every reader: no hole."""

from __future__ import annotations

import pytest

from grpo_rewards import (
    BOXED,
    FREEFORM,
    THINK_ANSWER,
    CheckAnswer,
    CheckChoice,
    CheckNumbers,
    compare,
)
from grpo_rewards.logic import compare_logic
from grpo_rewards.puzzles.solutions import unwrapped
from grpo_rewards.wording.vocabulary import ROWS, rows

CITIES = {"options": [["Rome", "Paris", "Oslo", "Bern"]]}


def tagged(text):
    return f"<think>r</think> <answer>{text}</answer>"


def pays(reward, text, gold, **columns):
    return reward([text], answer=[gold], **columns)[0] == reward.correct


# Each reader: the gold, and whether it takes a text for it.
READERS = {
    "compare": ("42", lambda text: bool(compare("42", text))),
    "numbers": ("42", lambda text: pays(CheckNumbers(format=THINK_ANSWER), tagged(text), "42")),
    "tagged": ("42", lambda text: pays(CheckAnswer(format=THINK_ANSWER), tagged(text), "42")),
    "freeform": ("42", lambda text: pays(CheckAnswer(format=FREEFORM), text, "42")),
    "in a box": ("42", lambda text: pays(CheckAnswer(format=BOXED), rf"\boxed{{{text}}}", "42")),
    "letters": ("B", lambda text: pays(CheckChoice(format=THINK_ANSWER), tagged(text), "B")),
    "options": (
        "B",
        lambda text: pays(CheckChoice(format=THINK_ANSWER), tagged(text), "B", **CITIES),
    ),
    "texts": (
        "Paris",
        lambda text: pays(CheckChoice(format=THINK_ANSWER), tagged(text), "B", **CITIES),
    ),
    "truth": ("yes", lambda text: compare_logic("yes", text).equal is True),
    "formula": ("p -> q", lambda text: compare_logic("p -> q", text).equal is True),
}

ANNOUNCING = ("announces", "names", "qualifies", "states", "closes")


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("row", rows(*ANNOUNCING), ids=lambda row: f"{row.language} {row.sense}")
def test_every_reader_knows_every_lead_in(row, reader):
    answer, takes = READERS[reader]
    assert not [text for text in row.examples(answer) if not takes(text)]


WRAPPERS = (
    "{x}", "**{x}**", "*{x}*", "`{x}`", "${x}$", r"\({x}\)", r"\[{x}\]", "$$\n{x}\n$$",
    r"\boxed{{x}}", r"$\boxed{{x}}$", r"\text{{x}}", "({x})", "{x}.", " {x}\n", '"{x}"',
    "```\n{x}\n```", "### Answer\n{x}", "**Answer:** {x}", "**Final Answer**\n\n{x}",
    "Answer: **{x}**",
)  # fmt: skip


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("wrapper", WRAPPERS)
def test_every_reader_opens_every_wrapper(wrapper, reader):
    answer, takes = READERS[reader]
    assert takes(wrapper.replace("{x}", answer))


DOUBTING = rows("denies", "hedges")
SIDES = {"{word} {x}": "before", "{x} {word}": "after", "The answer is {word} {x}": "before"}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("row", DOUBTING, ids=lambda row: f"{row.language} {row.sense} {row.side}")
def test_no_reader_pays_what_is_denied_or_doubted(row, side, reader):
    if row.side not in ("both", SIDES[side]):
        return
    answer, takes = READERS[reader]
    texts = [side.replace("{word}", word).replace("{x}", answer) for word in row.words]
    assert not [text for text in texts if takes(text)]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("row", rows("retracts"), ids=lambda row: row.language)
def test_no_reader_pays_what_is_taken_back(row, reader):
    answer, takes = READERS[reader]
    assert not [text for text in row.examples(answer) if takes(text)]


OTHERS = {"42": "43", "B": "C", "Paris": "Rome", "yes": "no", "p -> q": "q -> p"}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("row", rows("rivals"), ids=lambda row: row.language)
def test_no_reader_pays_one_of_two(row, reader):
    answer, takes = READERS[reader]
    other = OTHERS[answer]
    assert not [text for text in row.examples(answer) if takes(text.replace("{other}", other))]


@pytest.mark.parametrize("before", ["It is ", "So we get $x = $ ", ""])
@pytest.mark.parametrize(
    "row",
    [row for row in rows("denies", "hedges", "opines", "disowns") if row.side != "before"],
    ids=lambda row: f"{row.language} {row.sense}",
)
def test_a_denial_beside_a_box_takes_it_back(row, before):
    reward = CheckAnswer(format=BOXED)
    if row.sense == "disowns":
        texts = [f"{before}{text}" for text in row.examples(r"\boxed{42}")]
        assert not [text for text in texts if pays(reward, text, "42")]
        return
    texts = [f"{before}\\boxed{{42}} {word}" for word in row.words]
    texts += [f"{before}\\boxed{{42}} ({word})" for word in row.words]
    assert not [text for text in texts if pays(reward, text, "42")]


@pytest.mark.parametrize("row", rows("concludes", "exists"), ids=lambda row: f"{row.language}")
def test_a_conclusion_states_its_number(row):
    assert not [text for text in row.examples("42") if not compare("42", text)]


def test_no_word_stands_twice():
    seen = [(row.sense, row.language, row.side, word) for row in ROWS for word in row.words]
    assert len(set(seen)) == len(seen)
    assert all(word.strip() for *_, word in seen)


def test_puzzles_know_the_lead_ins():
    for row in rows("announces", "states"):
        assert not [t for t in row.examples("3 * 4") if unwrapped(t.rstrip(".")) != "3 * 4"]
