"""The four rewards of the recipe together: whatever is damaged earns less."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from answer_cases import CLOSE, END, OPEN, START, laid_out
from grpo_rewards import (
    THINK_ANSWER,
    WORKING_OUT,
    ApproximateFormat,
    CheckAnswer,
    CheckNumbers,
    ExactFormat,
    approximate_format,
    check_answer,
    check_numbers,
    exact_format,
)

THE_FOUR = (exact_format, approximate_format, check_answer, check_numbers)


def total(text, gold, rewards=THE_FOUR):
    """What all the rewards together pay for one completion."""
    scores = [reward([text], answer=[gold])[0] for reward in rewards]
    return sum(score for score in scores if score is not None)


# The four together ----------------------------------------------------------------------------


def forms(value):
    """Every usual way to write a number: plain, padded, in dollars, in LaTeX, with separators."""
    written = {decimal_text(value)} if is_decimal(value) else set()
    if value.denominator == 1:
        written |= {f"{value}.0", f"{value}.00", f"+{value}" if value > 0 else f"−{-value}"}
        written |= {f"{int(value):,}", f"{int(value):,}.00"}
    elif is_decimal(value):
        written |= {f"{decimal_text(value)}0", with_separators(value)}
    if value.denominator > 1:
        sign, top, bottom = "-" if value < 0 else "", abs(value.numerator), value.denominator
        written |= {f"{sign}{top}/{bottom}", f"{sign}{2 * top}/{2 * bottom}"}
        written |= {f"{sign}\\frac{{{top}}}{{{bottom}}}", f"{sign}\\dfrac{{{top}}}{{{bottom}}}"}
    return sorted(written)


def is_decimal(value):
    return 10**6 % value.denominator == 0


def decimal_text(value):
    """The exact decimal, without an exponent or a zero at its end."""
    scaled = abs(int(value * 10**6))
    text = f"{scaled // 10**6}.{scaled % 10**6:06d}".rstrip("0").rstrip(".")
    return f"-{text}" if value < 0 else text


def with_separators(value):
    whole, _, places = decimal_text(value).partition(".")
    return f"{int(whole):,}.{places}" if int(whole) else decimal_text(value)


AROUND = [" {} ", "\n{}\n", "${}", "${}$", "\\({}\\)", "\\boxed{{{}}}", "**{}**", "{}."]

NUMBER = st.one_of(
    st.integers(-(10**4), 10**4).map(Fraction),
    st.integers(1000, 10**9).map(Fraction),
    st.integers(-(10**6), 10**6).map(lambda hundredths: Fraction(hundredths, 100)),
    st.fractions(-50, 50, max_denominator=60),
)

SOME_GOLDS = ["42", "0", "-7", "1234", "1,234,567", "3.5", "0.05", "1/2", "-3/4", "22/7", "1000000"]

# One layout a line: what is wrong with it, and the text with GOLD for the right answer.
MALFORMED = {
    "empty": "",
    "blank": " \n",
    "the bare answer": "GOLD",
    "a statement": "The answer is GOLD.",
    "a box": r"r \boxed{GOLD}",
    "no end of reasoning": f"r{OPEN}GOLD{CLOSE}",
    "no opening answer tag": f"r{END}GOLD{CLOSE}",
    "no closing answer tag": f"r{END}{OPEN}GOLD",
    "no answer tags": f"r{END}GOLD",
    "the reasoning alone": f"GOLD{END}",
    "reasoning that never ends": f"{START}r GOLD",
    "truncated in a tag": f"r{END}{OPEN}GOLD</SOLU",
    "an end of reasoning too many": f"r{END}{END}{OPEN}GOLD{CLOSE}",
    "two reasonings": f"r{END}{START}r{END}{OPEN}GOLD{CLOSE}",
    "a written first tag twice": f"{START}{START}r{END}{OPEN}GOLD{CLOSE}",
    "a written first tag in the reasoning": f"r{START}r{END}{OPEN}GOLD{CLOSE}",
    "a written first tag in the answer": f"r{END}{OPEN}{START}GOLD{CLOSE}",
    "a written first tag at the end": f"r{END}{OPEN}GOLD{CLOSE}{START}",
    "an opening answer tag too many": f"r{END}{OPEN}{OPEN}GOLD{CLOSE}",
    "a closing answer tag too many": f"r{END}{OPEN}GOLD{CLOSE}{CLOSE}",
    "the answer twice": f"r{END}{OPEN}GOLD{CLOSE}{OPEN}GOLD{CLOSE}",
    "two answers": f"r{END}{OPEN}GOLD{CLOSE}{OPEN}nothing{CLOSE}",
    "the whole twice": f"r{END}{OPEN}GOLD{CLOSE}" * 2,
    "the answer first": f"{OPEN}GOLD{CLOSE}r{END}",
    "the answer in the reasoning": f"r{OPEN}GOLD{CLOSE}{END}",
    "the answer across the end": f"r{OPEN}GOLD{END}{CLOSE}",
    "answer tags swapped": f"r{END}{CLOSE}GOLD{OPEN}",
    "all tags backwards": f"{CLOSE}GOLD{OPEN}r{END}{START}",
    "text between": f"r{END}so {OPEN}GOLD{CLOSE}",
    "text after": f"r{END}{OPEN}GOLD{CLOSE} done",
    "text before a written first tag": f"so{START}r{END}{OPEN}GOLD{CLOSE}",
    "another turn after": f"r{END}{OPEN}GOLD{CLOSE}\nuser: thanks",
    "an end marker in the middle": f"r{END}<|im_end|>{OPEN}GOLD{CLOSE}",
    "no reasoning": f"{END}{OPEN}GOLD{CLOSE}",
    "blank reasoning": f" \n\t{END}{OPEN}GOLD{CLOSE}",
    "blank written reasoning": f"{START} {END}{OPEN}GOLD{CLOSE}",
    "an empty answer": f"GOLD{END}{OPEN}{CLOSE}",
    "a blank answer": f"GOLD{END}{OPEN} \n{CLOSE}",
    "the answer after an empty one": f"r{END}{OPEN}{CLOSE}GOLD",
    "tags of another case": f"r{END}<solution>GOLD</solution>",
    "tags of another format": "<think>r</think><answer>GOLD</answer>",
    "spaces in the tags": "r< end_working_out >< SOLUTION >GOLD</ SOLUTION >",
}

PIECES = ["r", END, OPEN, "GOLD", CLOSE]


def is_exact(pieces):
    """Whether the pieces, white space aside, are the layout: as simple a check as there is."""
    text = "".join(pieces)
    ended = rf"\s*(?:{START})?(.+){END}\s*{OPEN}(.+){CLOSE}(?:\s|<\|im_end\|>)*"
    match = re.fullmatch(ended, text, re.DOTALL)
    once = all(text.count(tag) == 1 for tag in (END, OPEN, CLOSE)) and text.count(START) <= 1
    return bool(match and once and match[1].strip() and match[2].strip())


@st.composite
def damaged(draw):
    """The pieces of a right response after a few deletions, repetitions, moves and insertions."""
    pieces = list(PIECES)
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(pieces)))
        change = draw(st.sampled_from(["delete", "repeat", "move", "insert", "blank"]))
        if change == "insert" or place == len(pieces):
            stray = st.sampled_from([*WORKING_OUT.tags, "so ", "GOLD", "\n", "<|im_end|>"])
            pieces.insert(place, draw(stray))
        elif change == "delete":
            del pieces[place]
        elif change == "repeat":
            pieces.insert(place, pieces[place])
        elif change == "move":
            pieces.insert(draw(st.integers(0, len(pieces) - 1)), pieces.pop(place))
        else:
            pieces[place] = " "
    assume(not is_exact(pieces))
    return pieces


class TestTogether:
    """A right answer in the right format earns 13.0 in all; nothing else more than 1.0."""

    @pytest.mark.parametrize(
        ("gold", "answer"),
        [
            pytest.param("42", "42", id="plain"),
            pytest.param("42", " 42 ", id="padded"),
            pytest.param("42", "42.0", id="a decimal zero"),
            pytest.param("42", "$42", id="a dollar"),
            pytest.param("42", r"\boxed{42}", id="a box"),
            pytest.param("1234", "1,234", id="a separator"),
            pytest.param("1,234", "1234", id="a gold with a separator"),
            pytest.param("1,234", "$1,234.00", id="both"),
            pytest.param("20", "The cost is $20.", id="a sentence"),
            pytest.param(42, "42", id="a numeric gold"),
            pytest.param(["41", "42"], "42", id="one of two golds"),
        ],
    )
    def test_the_issues_examples_earn_thirteen(self, gold, answer):
        assert total(laid_out(answer), gold) == 13.0

    @given(NUMBER, st.data())
    def test_every_right_form_of_any_number_earns_thirteen(self, value, data):
        written = data.draw(st.sampled_from(forms(value)), label="answer")
        around = data.draw(st.sampled_from(["{}", *AROUND]), label="around")
        gold = data.draw(st.sampled_from(forms(value)), label="gold")
        assert total(laid_out(around.format(written)), gold) == 13.0

    @pytest.mark.parametrize("gold", SOME_GOLDS)
    @pytest.mark.parametrize("around", ["{}", *AROUND, "\\text{{{}}}"])
    def test_the_gold_itself_earns_thirteen_in_every_dress(self, gold, around):
        assert total(laid_out(around.format(gold)), gold) == 13.0

    @pytest.mark.parametrize("layout", ["{s}r{e}{o}{a}{c}", "{s}\nr\n{e}\n{o}\n{a}\n{c}\n</s>"])
    def test_a_written_first_tag_and_white_space_cost_nothing(self, layout):
        text = layout.format(s=START, e=END, o=OPEN, a="42", c=CLOSE)
        assert total(text, "42") == 13.0

    @pytest.mark.parametrize("format", [THINK_ANSWER, WORKING_OUT], ids=repr)
    @given(NUMBER)
    def test_it_holds_in_another_format_with_four_tags(self, format, value):
        rewards = [
            kind(format=format)
            for kind in (ExactFormat, ApproximateFormat, CheckAnswer, CheckNumbers)
        ]
        for written in forms(value):
            text = format.render("r", written, opening=False)
            assert total(text, forms(value)[0], rewards) == 13.0

    @given(NUMBER, NUMBER, st.data())
    def test_a_wrong_number_earns_at_most_one(self, gold, value, data):
        assume(value not in (gold, gold * 100, gold / 100))
        assume(abs(value - gold) > Fraction(1, 10**4))  # no correct rounding of the gold
        written = data.draw(st.sampled_from(forms(value)), label="answer")
        around = data.draw(st.sampled_from(["{}", *AROUND]), label="around")
        expected = data.draw(st.sampled_from(forms(gold)), label="gold")
        assert total(laid_out(around.format(written)), expected) <= 1.0

    @pytest.mark.parametrize("gold", ["42", "-7", "1,234", "3.5", "1/2"])
    @pytest.mark.parametrize(
        "answer",
        [
            pytest.param("GOLD or 77", id="a hedge"),
            pytest.param("77 or GOLD", id="a hedge with the gold last"),
            pytest.param("76, 77, GOLD", id="a list"),
            pytest.param("GOLD and 77", id="and"),
            pytest.param("not GOLD", id="denied"),
            pytest.param("anything but GOLD", id="excepted"),
            pytest.param("at least GOLD", id="at least"),
            pytest.param("1GOLD", id="a digit before"),
            pytest.param("GOLD77", id="digits after"),
            pytest.param("negative GOLD", id="the other sign in words"),
            pytest.param("twice GOLD", id="a multiple in words"),
            pytest.param("GOLD + 77", id="a sum"),
            pytest.param(r"\boxed{77} \boxed{GOLD}", id="two boxes"),
            pytest.param("I do not know", id="no number"),
            pytest.param("GOLD is wrong", id="taken back"),
            pytest.param("I doubt it is GOLD", id="doubted"),
            pytest.param("GOLD divided by two", id="a share in words"),
            pytest.param("?", id="a question mark"),
            pytest.param("GOLD" * 1000, id="the gold a thousand times"),
        ],
    )
    def test_a_wrong_answer_with_the_gold_in_it_earns_at_most_one(self, gold, answer):
        assert total(laid_out(answer.replace("GOLD", gold)), gold) <= 1.0

    @pytest.mark.parametrize("gold", ["42", "-7", "1,234", "1/2"])
    def test_a_whole_number_that_is_about_right_is_a_guess(self, gold):
        assert total(laid_out(f"about {gold}"), gold) <= 1.0

    @pytest.mark.parametrize("gold", SOME_GOLDS)
    @pytest.mark.parametrize("layout", MALFORMED.values(), ids=MALFORMED)
    def test_a_malformed_response_earns_at_most_one(self, layout, gold):
        text = layout.replace("GOLD", gold)
        assert exact_format([text]) == [0.0]
        assert total(text, gold) <= 1.0

    @given(damaged(), st.sampled_from(SOME_GOLDS))
    def test_a_damaged_response_earns_at_most_one(self, pieces, gold):
        text = "".join(pieces).replace("GOLD", gold)
        assert exact_format([text]) == [0.0]
        assert total(text, gold) <= 1.0

    @given(st.text(st.characters()) | st.text("0123456789.,/$ \n"), st.sampled_from(SOME_GOLDS))
    def test_text_without_the_layout_earns_nothing(self, text, gold):
        assert total(text, gold) < 0
