"""Options that a sentence names by their text: inside it, behind a topic, or as a truth value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from choice_cases import CITIES, scored

PLACES = ["a big city", "a small town", "an old port", "a new road"]
PARTS = [
    "the control",
    "the measured (resulting) quantity",
    "the chosen (changed) quantity",
]

INSIDE = [
    "Therefore, she was born in a small town near the sea.",
    "She grew up in a small town.",
    "Thus the novel plays in a small town by the sea, since the author was born there.",
    "They moved into a small town of the north",
    "She calls a small town her home",
]
NOT_INSIDE = [
    "She went from a small town to a big city.",
    "She was born in a small town or an old port.",
    "She was never in a small town near the sea.",
    "She may live in a small town now.",
    "Perhaps she was born in a small town.",
    "If she was born in a small town, she knows it.",
    "It is larger than a small town would be.",
    "It is unlike a small town in every way.",
    "The question asks about a small town.",
    "A small town cannot be right here.",
    "We rule out a small town at once.",
    "She left it. A small town is no home.",
    "She visited every place except a small town.",
    "They said that a small town was wrong.",
    "We need to look at a small town first.",
    "Some say that she was born in a small town?",
    "I doubt that she was born in a small town.",
    "She was born in a small town, wait, no.",
    "She was born (C) in a small town.",
]


@pytest.mark.parametrize("text", INSIDE)
def test_the_one_option_that_a_sentence_speaks_of_is_named(text):
    assert scored(text, options=PLACES) == 5.0
    assert scored(text, gold="A", options=PLACES) == -2.5


@pytest.mark.parametrize("text", NOT_INSIDE)
def test_no_option_is_named_that_is_denied_doubted_or_set_beside_another(text):
    assert scored(text, options=PLACES) == -2.5


def test_brackets_in_an_option_are_a_part_of_it():
    text = "The chemist sets the chosen (changed) quantity with the dial."
    assert scored(text, gold="C", options=PARTS) == 5.0
    assert scored(text, gold="B", options=PARTS) == -2.5


TOPICS = [
    ("塔が立っている首都はParisである。", True),
    ("塔が立っている首都は「Paris」です。", True),
    ("Romeと比較して北にある首都はParisである。", True),
    ("탑이 있는 수도는 Paris입니다.", True),
    ("有塔的首都是Paris。", True),
    ("塔が立っている首都はOsloである。", False),
    ("首都でないのはParisである。", False),
    ("首都はParisではない。", False),
    ("首都はおそらくParisである。", False),
    ("RomeはParisである。", False),
    ("首都不是Paris。", False),
    ("首都はParisかOsloである。", False),
    ("RomeとParisのうち、南にある首都はParisである。", False),
]


@pytest.mark.parametrize(("text", "is_right"), TOPICS)
def test_an_option_may_stand_behind_its_topic(text, is_right):
    assert scored(text) == (5.0 if is_right else -2.5)


TRUTHS = ["True", "False", "Unknown"]
JUDGED = [
    ('The statement "The dog is not old" is true given what is said above.', "A"),
    ('The statement "Al is not blue" would be false.', "B"),
    ("The statement is not true.", "B"),
    ("It does not follow.", "B"),
    ("It cannot be determined.", "C"),
    ("The claim is uncertain.", "C"),
    ("Yes, it follows from the premises.", "A"),
    ("The statement is true or false.", ""),
    ("The statement may be true.", ""),
    ("The statement is not necessarily true.", ""),
    ("1", ""),
    ("The dog is old.", ""),
]


@pytest.mark.parametrize(("text", "label"), JUDGED)
def test_a_truth_value_names_the_option_that_says_so(text, label):
    assert "".join(each for each in "ABC" if scored(text, each, TRUTHS) == 5.0) == label


def test_a_truth_value_names_no_option_of_another_kind():
    assert scored("It does not hold.", "B", ["True", "False", "Paris"]) == -2.5
    assert scored("It does not follow.", "B", ["Rome", "No way out", "Oslo"]) == -2.5


@given(
    st.sampled_from(PLACES), st.sampled_from(PLACES), st.sampled_from(["and", "or", "but", "near"])
)
def test_a_sentence_with_two_options_names_none(one, other, word):
    paid = [
        label for label in "ABCD" if scored(f"She knows {one} {word} {other}.", label, PLACES) > 0
    ]
    assert paid == [] or one == other


def test_the_cities_are_named_by_a_word_only_where_a_verb_says_so():
    assert scored("She was born in Paris in spring.", options=CITIES) == -2.5


class TestLettersAlone:
    """No text of an option is known: a letter names it, or a thing of the text."""

    @pytest.mark.parametrize(
        "text",
        [
            "C) Team A leads it; Team B follows.",
            "C) Equipe A implementou o primeiro; Equipe B implementou o segundo",
            "C) Group A grows, Group B shrinks",
            "C) Plant A is taller than Plant B",
        ],
    )
    def test_things_that_letters_tell_apart_are_no_options(self, text):
        assert scored(text, "C", None) == 5.0
        assert scored(text, "A", None) == -2.5

    @pytest.mark.parametrize(
        "text",
        [
            "C. B (Boron is a group 13 acceptor)",
            "C) B (Boron)",
            r"C. \((S, +, x)\) has no identity",
            r"C. $(G, *)$ is not closed",
            "C. (R, +, ·) is a field",
        ],
    )
    def test_letters_of_what_an_option_says_are_no_options(self, text):
        assert scored(text, "C", None) == 5.0
        assert scored(text, "B", None) == -2.5

    @pytest.mark.parametrize(
        "text",
        [
            "C. B",
            "C. B (Because it is closer)",
            "C. B (Best)",
            "C. B (Better)",
            "C. B (But why)",
            "C. B (boron) or A",
            "C. B (Boron) or A",
            "C. B. Boron",
            "C (A, B)",
            "C. (A, B, D)",
            "C, B",
        ],
    )
    def test_a_second_letter_may_be_another_option(self, text):
        assert scored(text, "C", None) == -2.5

    @pytest.mark.parametrize(
        "text",
        [
            "C) Team B leads it.",
            "C) Team B leads it; Team B wins.",
            "C) Option A is old; Option B is new.",
            "C) Letter A, Letter B",
            "C) Answer A, Answer B",
            "C) Alternativa A, Alternativa B",
            "C) Label A, Label B",
            "C) Team A leads it; Team B follows; or B",
            "C, Maybe A, Maybe B",
            "C, Suppose A, Suppose B",
            "C) Then a; Then b or A",
        ],
    )
    def test_other_options_are(self, text):
        assert scored(text, "C", None) == -2.5

    @pytest.mark.parametrize("word", ["not", "never", "hardly", "no longer"])
    def test_a_text_before_its_letter_is_not_denied(self, word):
        assert scored("the town in the north (B)", "B", None) == 5.0
        assert scored(f"the town {word} in the north (B)", "B", None) == -2.5
