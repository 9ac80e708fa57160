"""Options that are hard to tell apart, the columns they come in, and golds."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from choice_cases import CITIES, laid_out, scored
from grpo_rewards import ColumnError
from grpo_rewards.choices.options import Option, read_options
from grpo_rewards.rewards.choice import CheckChoice, check_choice

# Options that are hard to tell apart ------------------------------------------------------------

ANIMALS = {"A": "cat", "B": "bird", "C": "dog", "D": "cow"}
LETTERS = {"A": "B", "B": "A"}
OVERLAP = ["Paris", "Paris and London", "London"]
SUMMARY = ["1", "2", "1 and 2", "All of the above"]
VALUES = ["1/2", "0.25", "2", "3/4"]
MOTIONS = ["It halves the reaction rate", "It doubles the reaction rate", "It has no effect"]
SPEEDS = ["30 m/s", "2.5 m/s", "12 m/s"]
COUNTS = ["2", "3", "4", "5"]

HARD = [
    pytest.param("C", ANIMALS, "A dog", True, id="an article is no letter"),
    pytest.param("A", ANIMALS, "A dog", False, id="an article is not the letter A"),
    pytest.param("A", ANIMALS, "a", True, id="a letter that is an article"),
    pytest.param("A", ANIMALS, "A cat", True, id="an article or a letter, the same option"),
    pytest.param("B", LETTERS, "B", True, id="labels go before texts"),
    pytest.param("B", LETTERS, "B. A", True, id="a label with a text that is a letter"),
    pytest.param("B", LETTERS, "B. B", False, id="a label with another's text that is a letter"),
    pytest.param("B", LETTERS, "B. A (Argon)", True, id="a letter that its word follows"),
    pytest.param("B", LETTERS, "B. A, since it is first", True, id="a letter and a reason"),
    pytest.param("B", LETTERS, "B. B (Boron)", False, id="another's letter, whose word follows"),
    pytest.param(
        "A", ["ア、イ", "ア、ウ"], "ア", False, id="a letter that names no option, a part of one"
    ),
    pytest.param("B", ["только Б", "Г"], "Б", False, id="a letter of which one option speaks"),
    pytest.param(
        "B", list("কখগঘ"), "খ", True, id="a letter of another script that is a text as well"
    ),
    pytest.param("A", list("খকগঘ"), "খ", True, id="a text that is a letter of another script"),
    pytest.param("B", list("খকগঘ"), "(খ)", False, id="and no label there"),
    pytest.param("2", {"1": "x", "2": "y"}, "খ", False, id="a letter where labels are numbers"),
    pytest.param("A", OVERLAP, "Paris", True, id="a text inside another"),
    pytest.param("B", OVERLAP, "Paris and London", True, id="a text that holds two others"),
    pytest.param("A", OVERLAP, "Paris and London", False, id="no part of a text"),
    pytest.param("A", OVERLAP, "A. Paris and London", False, id="a label and the longer text"),
    pytest.param("B", OVERLAP, "B. Paris and London", True, id="the longer text with its label"),
    pytest.param("D", SUMMARY, "All of the above", True, id="all of the above, as an option"),
    pytest.param("D", SUMMARY, "D. all of the above.", True, id="and with its label"),
    pytest.param("D", SUMMARY, "A, B and C", False, id="listing is not all of the above"),
    pytest.param("C", SUMMARY, "1 and 2", True, id="a text that joins two others"),
    pytest.param("D", [*"xyz", "None of these"], "none of these", True, id="none of these"),
    pytest.param("D", [*"xyz", "Both A and B"], "Both A and B", True, id="both A and B"),
    pytest.param("D", [*"xyz", "Both A and B"], "A and B", True, id="A and B for both of them"),
    pytest.param("A", [*"xyz", "Both A and B"], "A and B", False, id="A and B is not A"),
    pytest.param("C", ["a", "b", "c"], "c", True, id="texts that are their labels"),
    pytest.param("A", VALUES, "0.5", True, id="an equal number"),
    pytest.param("A", VALUES, r"\frac{1}{2}", True, id="a fraction in LaTeX"),
    pytest.param("A", VALUES, "50%", True, id="a percentage"),
    pytest.param("A", VALUES, "A. 0.5", True, id="an equal number with the label"),
    pytest.param("A", VALUES, "A. 0.25", False, id="another's number with the label"),
    pytest.param("A", VALUES, "B. 0.5", False, id="the number with another label"),
    pytest.param("A", VALUES, "x = 0.5", True, id="a number with a name"),
    pytest.param("A", VALUES, "0.5 or 0.25", False, id="two numbers"),
    pytest.param("A", ["1/2", "2/4", "1"], "0.5", False, id="a number that two options equal"),
    pytest.param("A", ["1/2", "0.5", "1"], "1/2", True, id="the very text of one of two"),
    pytest.param("A", ["(x+1)^2", "x^2"], "x^2 + 2x + 1", True, id="an equal expression"),
    pytest.param("B", ["5", "-5"], "-5", True, id="a sign"),
    pytest.param("A", ["5", "-5"], "-5", False, id="the other sign"),
    pytest.param("B", ["[1, 2]", "(1, 2)"], "(1, 2)", True, id="brackets that mean something"),
    pytest.param("B", ["C", "C++"], "C++", True, id="punctuation that means something"),
    pytest.param("C", COUNTS, "4", True, id="a number is a text, no position"),
    pytest.param("D", COUNTS, "option 4", True, id="a position behind the word option"),
    pytest.param("C", COUNTS, "C. 4, since 2 + 2 = 4", True, id="a reason with other numbers"),
    pytest.param("C", COUNTS, "4 or 5", False, id="a hedge of numbers"),
    pytest.param("A", ["True", "False"], "It is true", True, id="a truth value"),
    pytest.param("B", ["Yes", "No"], "No, because it fails", True, id="no, with a reason"),
    pytest.param("B", ["Yes", "No"], "yes and no", False, id="yes and no"),
    pytest.param("B", ["US", "us"], "us", True, id="texts that differ by case"),
    pytest.param("A", ["US", "us"], "us", False, id="the other case"),
    pytest.param("A", ["US", "us"], "uS", False, id="a case of its own"),
    pytest.param("A", ["Paris", "Paris"], "Paris", False, id="two options with one text"),
    pytest.param("A", ["Paris", "Paris"], "A", True, id="and their labels"),
    pytest.param("2", {"label": ["1", "2"], "text": ["x", "y"]}, "2", True, id="number labels"),
    pytest.param(
        "2", {"label": ["2", "1"], "text": ["x", "y"]}, "option 2", True, id="labels first"
    ),
    pytest.param("ii", {"i": "x", "ii": "y"}, "(ii)", True, id="roman labels"),
    pytest.param("C", SUMMARY, "1 or 2", False, id="or for and"),
    pytest.param("C", SUMMARY, "C. 1 or 2", False, id="or for and, with the label"),
    pytest.param("C", MOTIONS, "It has no effect on that rate (C)", True, id="a text, longer"),
    pytest.param("A", ["Increases", "Decreases"], "It increases.", True, id="it"),
    pytest.param("A", MOTIONS, "A\n\nMolecules do not collide as often.", True, id="a paragraph"),
    pytest.param("A", SPEEDS, "A: 30", True, id="a label and the number of its text"),
    pytest.param("B", SPEEDS, "B: 2", False, id="a label and a part of the number of its text"),
    pytest.param("C", COUNTS, "a = 4", True, id="a name that is a label, too"),
    pytest.param("A", COUNTS, "2. We add the numbers up", False, id="the number of a step"),
    pytest.param("C", COUNTS, "4, because two and two make it", True, id="a number with a reason"),
    pytest.param("C", COUNTS, "C. 4.5", False, id="a number that begins as the text does"),
    pytest.param("C", COUNTS, "C. -4", False, id="a sign before the text"),
    pytest.param("C", COUNTS, "C. 40", False, id="a digit more"),
    pytest.param("C", COUNTS, "C. x = 4, because 2 + 2 = 4", True, id="a name before the text"),
    pytest.param("B", MOTIONS, "B) It doubles the rate of the reaction", True, id="in other words"),
    pytest.param("B", MOTIONS, "B) It halves the reaction rate", False, id="in words of another"),
    pytest.param("B", MOTIONS, "B) It does not double the reaction rate", False, id="denied"),
    pytest.param("A", ["yes", "not yes"], "not yes", False, id="a text that denies another"),
    pytest.param("B", ["yes", "not yes"], "not yes", True, id="and is an option itself"),
]


class TestHardOptions:
    """Options that look like letters, like numbers, or like each other."""

    @pytest.mark.parametrize(("gold", "options", "answer", "right"), HARD)
    def test_which_is_meant(self, gold, options, answer, right):
        assert scored(answer, gold, options) == (5.0 if right else -2.5)

    @given(st.lists(st.text(st.characters(), min_size=1), min_size=2, max_size=5), st.data())
    def test_every_option_can_be_named_by_its_label(self, texts, data):
        place = data.draw(st.integers(0, len(texts) - 1))
        label = "ABCDE"[place]
        for answer in (label, f"({label})", f"The answer is {label}."):
            assert scored(answer, label, {"ABCDE"[n]: text for n, text in enumerate(texts)}) == 5.0

    @given(st.lists(st.integers(-99, 99), min_size=2, max_size=6, unique=True), st.data())
    def test_numbers_name_their_option_alone(self, numbers, data):
        """Whatever the texts of the others are."""
        place, other = (data.draw(st.integers(0, len(numbers) - 1)) for _ in range(2))
        options = [str(number) for number in numbers]
        expected = 5.0 if place == other else -2.5
        for answer in (f"{numbers[other]}", f"{numbers[other]}.0", f"${numbers[other]}$"):
            assert scored(answer, "ABCDEF"[place], options) == expected


# Columns ----------------------------------------------------------------------------------------

SHAPES = [
    pytest.param(CITIES, id="a list of texts"),
    pytest.param(tuple(CITIES), id="a tuple"),
    pytest.param(dict(zip("ABCD", CITIES, strict=True)), id="a dict by letter"),
    pytest.param({**dict(zip("ABCD", CITIES, strict=True)), "E": None}, id="a dict with a gap"),
    pytest.param({"label": [*"ABCD"], "text": CITIES}, id="two lists"),
    pytest.param({"text": CITIES, "label": [*"ABCD"]}, id="two lists, the other way round"),
    pytest.param(
        [f"{label}) {city}" for label, city in zip("ABCD", CITIES, strict=True)],
        id="texts with labels",
    ),
    pytest.param(
        [f"({label}) {city}" for label, city in zip("ABCD", CITIES, strict=True)],
        id="labels in brackets",
    ),
    pytest.param(
        [{"label": label, "text": city} for label, city in zip("ABCD", CITIES, strict=True)],
        id="dicts",
    ),
    pytest.param(np.array(CITIES), id="an array"),
    pytest.param({"label": np.array([*"ABCD"]), "text": np.array(CITIES)}, id="two arrays"),
    pytest.param(json.dumps(CITIES), id="JSON"),
    pytest.param(json.dumps(dict(zip("ABCD", CITIES, strict=True))), id="a dict in JSON"),
]


class TestVerbatim:
    """The text of an option as the row has it names that option, whatever is in it."""

    TEXTS = (
        "two  spaces",
        r"$10^{8} \mathrm{~m}$",
        r"$5 \times 10^{3} \mathrm{~kg}$",
        "1,000  km",
        "-3",
        "**bold**",
        "(a) and (b)",
        "e. coli",
        "not A",
        "a\tb\n c",
        r"$\frac{1}{2}$",
    )

    @pytest.mark.parametrize("text", TEXTS)
    @pytest.mark.parametrize("said", ["{}", "C) {}", "(C) {}", "C. {}", "**C** {}", "{}\n"])
    def test_it_is_named(self, text, said):
        options = ["another", r"$10^{6} \mathrm{~m}$", text, "a third  one"]
        answer = said.format(text)
        assert check_choice([laid_out(answer)], answer=["C"], choices=[options]) == [5.0]
        assert check_choice([laid_out(answer)], answer=["B"], choices=[options]) == [-2.5]
        other = said.replace("C", "B").format(text)
        if "B" in other and text != "not A":  # which says so of another
            assert check_choice([laid_out(other)], answer=["B"], choices=[options]) == [-2.5]

    def test_a_label_stays_one(self):
        options = ["B", "A", "C"]
        assert check_choice([laid_out("A")], answer=["A"], choices=[options]) == [5.0]


class TestOptionsColumn:
    """The shapes in which datasets hold options."""

    @pytest.mark.parametrize("options", SHAPES)
    def test_every_shape_is_the_same(self, options):
        assert read_options(options) == tuple(
            Option(label, city) for label, city in zip("ABCD", CITIES, strict=True)
        )
        assert scored("B. Paris", "B", options) == 5.0

    @pytest.mark.parametrize(
        ("texts", "labels"),
        [
            (["1. Rome", "2. Paris"], ["1", "2"]),
            (["a) Rome", "b) Paris"], ["a", "b"]),
            (["(i) Rome", "(ii) Paris"], ["i", "ii"]),
            (["1.5", "2.5"], ["A", "B"]),
            (["B. Rome", "A. Paris"], ["A", "B"]),
        ],
    )
    def test_labels_that_texts_bring(self, texts, labels):
        assert [option.label for option in read_options(texts)] == labels

    @pytest.mark.parametrize("name", ["options", "choices"])
    def test_two_names_are_known(self, name):
        assert check_choice([laid_out("Paris")], answer=["B"], **{name: [CITIES]}) == [5.0]

    def test_another_name_is_an_option(self):
        reward = CheckChoice(options="endings", gold="label", index=0)
        assert reward([laid_out("B")], label=[1], endings=[CITIES]) == [5.0]

    @pytest.mark.parametrize("options", [None, [], float("nan"), {}, "", "null"])
    def test_rows_without_options_ask_for_a_letter(self, options):
        texts = [laid_out("B"), laid_out("Paris")]
        assert check_choice(texts, answer=["B"] * 2, options=[options, options]) == [5.0, -2.5]

    def test_numbers_may_be_texts(self):
        assert scored("4", "B", [3, 4.0, 5]) == 5.0

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ("A) 1 B) 2", "not 'A\\) 1 B\\) 2'"),
            (3, "not 3"),
            ([[1]], "not \\[1\\]"),
            ([{"key": "A"}], "'key'"),
            ({"label": ["A"], "text": ["x", "y"]}, "not one label a text"),
            ({"A": "x", "a": "y"}, "same label"),
            ({"": "x"}, "label of an option"),
            (["x"] * 27, "27 options"),
        ],
    )
    def test_what_cannot_be_read_raises(self, options, message):
        with pytest.raises(ColumnError, match=message):
            scored("B", "B", options)

    def test_a_named_column_has_to_be_there(self):
        with pytest.raises(ColumnError, match="'endings'"):
            CheckChoice(options="endings")([laid_out("B")], answer=["B"])


class TestGold:
    """A gold is a label, a text, or a position, and is never guessed to be a position."""

    @pytest.mark.parametrize(
        "gold", ["B", "b", "(B)", "B.", "Paris", "paris", "B. Paris", "B) Paris"]
    )
    def test_a_label_or_a_text(self, gold):
        texts = [laid_out("B"), laid_out("Paris"), laid_out("A")]
        assert check_choice(texts, answer=[gold] * 3, options=[CITIES] * 3) == [5.0, 5.0, -2.5]

    @pytest.mark.parametrize(
        ("index", "gold"), [(0, 1), (1, 2), (0, "1"), (1, "2"), (0, 1.0), (0, np.int64(1))]
    )
    def test_a_position(self, index, gold):
        assert scored("B", gold, reward=CheckChoice(index=index)) == 5.0
        assert scored("B", gold, None, reward=CheckChoice(index=index)) == 5.0

    def test_a_position_without_a_beginning_raises(self):
        with pytest.raises(ColumnError, match=r"the gold 1 is a position.*index=0"):
            scored("B", 1)

    @pytest.mark.parametrize("gold", ["London", "E", "", " ", None, float("nan"), [], "A, B"])
    def test_no_opinion_where_the_gold_is_no_option(self, gold):
        assert scored("B", gold) is None

    @pytest.mark.parametrize("gold", ["42", "Paris", 42, "", "x = 5"])
    def test_no_opinion_where_the_gold_is_no_letter_and_there_are_no_options(self, gold):
        assert scored("B", gold, None) is None

    @pytest.mark.parametrize("gold", [-1, 4, 10**30])
    def test_no_opinion_where_there_is_no_such_position(self, gold):
        assert scored("B", gold, reward=CheckChoice(index=0)) is None

    def test_a_truth_value(self):
        assert scored("True", True, ["True", "False"]) == 5.0

    def test_any_of_several(self):
        for answer, score in [("A", 5.0), ("C", 5.0), ("B", -2.5), ("A, C", -2.5)]:
            assert scored(answer, ["A", "C"]) == score


@pytest.mark.parametrize("place", range(8))
def test_a_roman_numeral_counts_the_options(place):
    numerals = "i ii iii iv v vi vii viii".split()
    texts = [f"town {name}" for name in "one two three four five six seven eight".split()]
    label = "ABCDEFGH"[place]
    assert scored(f"{numerals[place]}. {texts[place]}", label, texts) == 5.0
    assert scored(f"{numerals[place - 1]}. {texts[place]}", label, texts) == -2.5
