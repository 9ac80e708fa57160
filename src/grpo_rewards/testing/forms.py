r"""Writing a gold in other ways: wrong answers that look like it, and right ones that do not.

Every form is equal or unequal by how it is made (one more, another sign, the same value with
other marks), never because `compare` was asked: the kit has to be able to find its faults.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from grpo_rewards.testing.gold_kinds import (
    LETTERS,
    Choice,
    Collection,
    Fraction,
    Gold,
    Number,
    Words,
    decimal_text,
    has_integer,
    last_integer_plus,
    read_gold,
)

__all__ = [
    "DEFAULT_GOLDS",
    "Form",
    "near_misses",
    "other_wrong_answer",
    "right_forms",
    "wrong_answer",
]

DEFAULT_GOLDS = (
    "42",
    "7",
    "0",
    "-5",
    "1,234,567",
    "3.14",
    "1/2",
    r"\frac{22}{7}",
    "50%",
    "5 meters",
    "$20",
    r"2\sqrt{3}",
    "(x+1)^2",
    "x = 5",
    "(1,2)",
    r"\{1,2,3\}",
    "[0,9)",
    "B",
    "yes",
    "Paris",
)
"""Golds of every kind that `audit` tries when it is given none."""


OTHER_WORDS = ("purple", "London", "elephant")
OPPOSITES = {"yes": "no", "no": "yes", "true": "false", "false": "true"}
FAR = 17
"""What is added for an answer that is wrong and not near."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write an answer, and what makes it the gold or something else."""

    name: str
    text: str


def wrong_answer(gold: str) -> str:
    r"""An answer of the gold's kind that is not the gold, nor near it.

    Raises:
        OptionError: The gold is no text, or blank.

    Example:
        >>> [wrong_answer(gold) for gold in ("42", "-0.5", "5 meters", "B", "yes", "(1,2)")]
        ['479', '16.5', '72 meters', 'C', 'no', '(1, 19)']
    """
    return _moved(read_gold(gold), FAR)


def other_wrong_answer(gold: str) -> str:
    """A second wrong answer, other than `wrong_answer`."""
    return _moved(read_gold(gold), 2 * FAR)


def _moved(gold: Gold, step: int) -> str:
    """The gold moved far off; two steps give two answers."""
    if isinstance(gold, Number):
        # Up, and by more than the value: neither within some per cent of it, nor its negative.
        return gold.text(gold.units + (10 * (abs(gold.units) // gold.one) + step) * gold.one)
    if isinstance(gold, Fraction):
        return gold.text(gold.top + step * gold.bottom + 1 + abs(gold.top) * 10, gold.bottom)
    if isinstance(gold, Choice):
        place = LETTERS.index(gold.letter)
        # Among the first four letters where it is one of them: most questions have four options.
        options = LETTERS[:4] if place < 4 else LETTERS
        return options[(place + step // FAR) % len(options)]
    if isinstance(gold, Words):
        opposite = OPPOSITES.get(gold.text.casefold())
        others = [word for word in OTHER_WORDS if word.casefold() != gold.text.casefold()]
        return opposite if opposite and step == FAR else others[step // FAR - 1]
    if isinstance(gold, Collection):
        return gold.text(_items_moved(gold.items, step))
    if not gold.has_number:  # then no number is equal to it
        return str(step)
    return f"{gold.text} + {step}" if gold.adds else last_integer_plus(gold.text, step)


def _items_moved(items: tuple[str, ...], step: int) -> tuple[str, ...]:
    place = max(place for place, item in enumerate(items) if has_integer(item))
    moved = last_integer_plus(items[place], step)
    return (*items[:place], moved, *items[place + 1 :])


def near_misses(gold: str) -> list[Form]:
    r"""Wrong answers that look like the gold.

    Raises:
        OptionError: The gold is no text, or blank.

    Example:
        >>> [miss.text for miss in near_misses("42")][:6]
        ['43', '41', '-42', '420', '4.2', '142']
        >>> [miss.text for miss in near_misses(r"2\sqrt{3}")]
        ['2\\sqrt{3} + 1', '2\\sqrt{3} - 1']
    """
    return [Form(name, text) for name, text in _near_misses(read_gold(gold))]


def _near_misses(gold: Gold) -> Iterator[tuple[str, str]]:
    if isinstance(gold, Number):
        yield from _near_numbers(gold)
    elif isinstance(gold, Fraction):
        yield "numerator plus one", gold.text(gold.top + 1, gold.bottom)
        yield "one more", gold.text(gold.top + gold.bottom, gold.bottom)
        if gold.top:
            yield "denominator plus one", gold.text(gold.top, gold.bottom + 1)
            yield "sign flipped", gold.text(-gold.top, gold.bottom)
            if gold.top not in (gold.bottom, -gold.bottom):
                top = gold.bottom if gold.top > 0 else -gold.bottom
                yield "upside down", gold.text(top, abs(gold.top))
        yield "denominator left out", str(gold.top if gold.bottom > 1 and gold.top else 1)
    elif isinstance(gold, Choice):
        for letter in LETTERS[:5]:
            if letter != gold.letter:
                yield f"option {letter}", letter
        yield "beside another letter", f"{gold.letter}{_moved(gold, FAR)}"
    elif isinstance(gold, Words):
        yield "a letter more", f"{gold.text}x"
        yield "backwards", f"{gold.text[::-1]}q"
        if opposite := OPPOSITES.get(gold.text.casefold()):
            yield "the opposite", opposite
    elif isinstance(gold, Collection):
        yield from _near_collections(gold)
    elif gold.adds:
        yield "plus one", f"{gold.text} + 1"
        yield "minus one", f"{gold.text} - 1"
    elif gold.has_number:
        yield "last number plus one", last_integer_plus(gold.text, 1)


def _near_numbers(gold: Number) -> Iterator[tuple[str, str]]:
    units, places = gold.units, gold.places
    yield "one more", gold.text(units + gold.one)
    yield "one less", gold.text(units - gold.one)
    if not units:
        return
    yield "sign flipped", gold.text(-units)
    yield "ten times", gold.text(units * 10)
    yield "a tenth", gold.text(units, places + 1)
    sign, digits = (-1 if units < 0 else 1), str(abs(units))
    yield "a digit in front", gold.text(sign * int(f"1{digits.rjust(places, '0')}"))
    if len(digits) > 1:
        yield "first digit changed", gold.text(sign * int(f"{int(digits[0]) % 9 + 1}{digits[1:]}"))
        if digits[0] != digits[-1]:
            swapped = digits[-1] + digits[1:-1] + digits[0]
            yield "digits swapped", gold.text(sign * int(swapped))
    if places:
        yield "last digit plus one", gold.text(units + 1)
    else:
        yield "a thousandth more", gold.text(units * 1000 + 1, 3)
    if not gold.before and not gold.after:
        yield "in per cent", f"{gold.text(units)}%"
    if gold.percent:
        yield "per cent of per cent", decimal_text(units, places + 4)


def _near_collections(gold: Collection) -> Iterator[tuple[str, str]]:
    yield "one item plus one", gold.text(_items_moved(gold.items, 1))
    first = next(place for place, item in enumerate(gold.items) if has_integer(item))
    largest = max(int(number) for number in re.findall(r"\d+", " ".join(gold.items)))
    yield "an item more", gold.text((*gold.items, str(largest + 1)))
    yield "one item alone", gold.items[first]
    if gold.ordered:
        if gold.items[0] != gold.items[-1]:
            yield "ends swapped", gold.text((gold.items[-1], *gold.items[1:-1], gold.items[0]))
        if gold.opening in ("(", "["):
            other = "[" if gold.opening == "(" else "("
            yield "another bracket", gold.text(gold.items, opening=other)


def right_forms(gold: str) -> list[Form]:
    r"""Right answers: the gold in other ways in which ``docs/equality.md`` lets it be written.

    Raises:
        OptionError: The gold is no text, or blank.

    Not covered: rewriting expressions (`grpo_rewards.testing.strategies.equal_pairs` has some).

    Example:
        >>> [form.text for form in right_forms("-1000")][-4:]
        ['-\\frac{2000}{2}', '-1,000', '-1{,}000', '-1 \\times 10^3']
    """
    gold = gold.strip() if isinstance(gold, str) else gold
    value = read_gold(gold)
    return [Form(name, text) for name, text in (*_marked(gold, value), *_rewritten(gold, value))]


def _marked(gold: str, value: Gold) -> Iterator[tuple[str, str]]:
    yield "as the gold writes it", gold
    yield "white space around", f" {gold} "
    if not gold.endswith("."):
        yield "a full stop", f"{gold}."
    if "*" not in gold:
        yield "in bold", f"**{gold}**"
    yield "in a box", rf"\boxed{{{gold}}}"
    yield "in a sentence", f"The answer is {gold}."
    if "$" not in gold:
        yield "in dollars", f"${gold}$"
        yield "in LaTeX's brackets", rf"\({gold}\)"
    if isinstance(value, Number | Choice | Words):
        yield "as text", rf"\text{{{gold}}}"


def _rewritten(gold: str, value: Gold) -> Iterator[tuple[str, str]]:
    if isinstance(value, Number):
        yield from _other_numbers(value)
    elif isinstance(value, Fraction):
        yield "doubled above and below", f"{2 * value.top}/{2 * value.bottom}"
        yield "in LaTeX", rf"{'-' * (value.top < 0)}\frac{{{abs(value.top)}}}{{{value.bottom}}}"
        yield "in one line", f"{value.top}/{value.bottom}"
        if 10**6 % value.bottom == 0:
            yield "as a decimal", decimal_text(value.top * (10**6 // value.bottom), 6)
    elif isinstance(value, Choice):
        yield "in lower case", value.letter.lower()
        yield "in brackets", f"({value.letter})"
        yield "in bold LaTeX", rf"\textbf{{({value.letter})}}"
    elif isinstance(value, Words):
        yield "in capitals", gold.upper()
        yield "in lower case", gold.lower()
    elif isinstance(value, Collection):
        yield "no spaces", f"{value.opening}{','.join(value.items)}{value.closing}"
        if value.opening.strip("\\") == "{":
            yield "in another order", value.text(value.items[::-1])
        elif not value.opening:
            yield "in another order", ", ".join(value.items[::-1])
            yield "joined by and", " and ".join(value.items)
        elif value.opening in ("(", "["):
            inside = ", ".join(value.items)
            yield "with left and right", rf"\left{value.opening}{inside}\right{value.closing}"
    elif value.adds:
        yield "in brackets", f"({gold})"


def _other_numbers(gold: Number) -> Iterator[tuple[str, str]]:
    units, places = gold.units, gold.places
    number = decimal_text(units, places)
    if gold.percent:
        yield "in words", f"{number} percent"
        yield "escaped", rf"{number}\%"
        yield "as a decimal", decimal_text(units, places + 2)
        return
    yield "ungrouped", gold.text(units)
    yield "with a zero more", gold.text(units * 10, places + 1)
    if gold.before or gold.after:
        yield "the number alone", number
        return
    yield "named", f"x = {number}"
    sign, digits = "-" * (units < 0), decimal_text(abs(units), places)
    yield "with a leading zero", f"{sign}0{digits}"
    if sign:
        yield "with a typographic minus", f"−{digits}"
    else:
        yield "with a plus", f"+{digits}"
    if not places:
        yield "as a fraction", rf"{sign}\frac{{{2 * abs(units)}}}{{2}}"
        if abs(units) >= 1000:
            yield "grouped", f"{units:,}"
            yield "grouped in LaTeX", f"{units:,}".replace(",", "{,}")
        if units and not units % 1000:
            yield "in thousands", rf"{units // 1000} \times 10^3"
