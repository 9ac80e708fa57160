"""Reading what kind of answer a gold is, so far as to write it in other ways.

A small reading of its own: what is made from it has to be able to find the engine's faults.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from grpo_rewards.errors import OptionError

__all__ = [
    "LETTERS",
    "Choice",
    "Collection",
    "Formula",
    "Fraction",
    "Gold",
    "Number",
    "Words",
    "decimal_text",
    "has_integer",
    "last_integer_plus",
    "read_gold",
]

_NUMBER = re.compile(
    r"(?P<before>\\?[$€£]?)(?P<sign>[-−+]?)(?P<whole>\d{1,3}(?:,\d{3})+|\d+)"
    r"(?:\.(?P<places>\d+))?"
    r"(?P<after>\s*\\?%|\^\\circ|\^\{\\circ\}|°|\s*[^\W\d_][^\d_^{}\\=<>,;:+*/()-]*)?"
)
_FRACTION = re.compile(
    r"(?P<sign>[-−]?)(?:(?P<top>\d+)/(?P<bottom>0*[1-9]\d*)"
    r"|\\[dt]?frac\{(?P<latex_top>\d+)\}\{(?P<latex_bottom>0*[1-9]\d*)\})"
)
_CHOICE = re.compile(r"\(?([A-J])\)?")
_WORDS = re.compile(r"[^\W\d_]{2,}(?:[ '-][^\W\d_]+)*")
_BRACKETED = re.compile(
    r"(?P<open>\\left\s*\\?[(\[{]|\\\{|[(\[{])(?P<inside>.*?)"
    r"(?P<close>\\right\s*\\?[)\]}]|\\\}|[)\]}])",
    re.DOTALL,
)
_LAST_INTEGER = re.compile(r"\d+(?!.*\d)", re.DOTALL)
_RELATION = re.compile(r"[=<>≤≥≠]|\\(?:le|ge|leq|geq|ne|neq|in|equiv)\b")
# Relations, sets, times and ratios are nothing to add to; infinity and "+ C" swallow what is added.
_NO_SUM = re.compile(
    rf"{_RELATION.pattern}|[:,;∞±∪∩∅]|\\(?:infty|pm|mp|cup|cap|setminus|emptyset|varnothing|mathbb|begin)\b"
    r"|\\[{}]|_\{?\d|\+\s*[cC]$"
)

LETTERS = "ABCDEFGHIJ"
LONGEST_READ = 1_000
"""Longer golds (characters) are varied as text only."""


@dataclass(frozen=True, slots=True)
class Number:
    """A decimal as a gold writes it, exact however long, with the mark or unit around it."""

    before: str
    units: int
    places: int
    after: str

    def text(self, units: int, places: int | None = None) -> str:
        """Another number with the same mark or unit."""
        digits = decimal_text(units, self.places if places is None else places)
        return f"{self.before}{digits}{self.after}"

    @property
    def one(self) -> int:
        """One, in units."""
        return int(10**self.places)

    @property
    def whole(self) -> bool:
        """Whether it is an integer."""
        return self.units % self.one == 0

    @property
    def percent(self) -> bool:
        """Whether it is a percentage."""
        return self.after.endswith("%")


@dataclass(frozen=True, slots=True)
class Fraction:
    """A fraction of two integers as a gold writes it."""

    top: int
    bottom: int
    latex: bool

    def text(self, top: int, bottom: int) -> str:
        """Another fraction in the same notation."""
        if not self.latex:
            return f"{top}/{bottom}"
        return rf"{'-' * (top < 0)}\frac{{{abs(top)}}}{{{bottom}}}"


@dataclass(frozen=True, slots=True)
class Choice:
    """A letter among options."""

    letter: str


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words."""

    text: str


@dataclass(frozen=True, slots=True)
class Collection:
    """Items between brackets, or a bare list of them."""

    opening: str
    items: tuple[str, ...]
    closing: str

    def text(self, items: tuple[str, ...], *, opening: str = "", closing: str = "") -> str:
        """Other items in the same brackets, or in others."""
        return f"{opening or self.opening}{', '.join(items)}{closing or self.closing}"

    @property
    def ordered(self) -> bool:
        """Whether the order of its items counts."""
        return self.opening.removeprefix(r"\left").strip() in ("(", "[")


@dataclass(frozen=True, slots=True)
class Formula:
    """Everything else: an expression, an equation, a matrix."""

    text: str

    @property
    def has_number(self) -> bool:
        """Whether there is an integer in it."""
        return bool(_LAST_INTEGER.search(self.text))

    @property
    def adds(self) -> bool:
        """Whether a number added to it makes another answer."""
        return not _NO_SUM.search(self.text)


Gold = Number | Fraction | Choice | Words | Collection | Formula


def read_gold(gold: str) -> Gold:
    """What kind of answer a gold is, so far as to vary it.

    Raises:
        OptionError: The gold is no text, or blank.
    """
    if not isinstance(gold, str) or not gold.strip():
        raise OptionError(f"the gold is {gold!r}: write a text that is not blank, such as '42'")
    return _read(gold.strip())


@lru_cache(maxsize=1_024)
def _read(gold: str) -> Gold:
    if len(gold) > LONGEST_READ:
        return Formula(gold)
    if found := _NUMBER.fullmatch(gold):
        places = found["places"] or ""
        units = int(found["whole"].replace(",", "") + places)
        negative = found["sign"] in ("-", "−")
        return Number(
            found["before"], -units if negative else units, len(places), found["after"] or ""
        )
    if found := _FRACTION.fullmatch(gold):
        top = int(found["top"] or found["latex_top"])
        bottom = int(found["bottom"] or found["latex_bottom"])
        return Fraction(-top if found["sign"] else top, bottom, latex=found["top"] is None)
    if found := _CHOICE.fullmatch(gold):
        return Choice(found[1])
    if _WORDS.fullmatch(gold):
        return Words(gold)
    return _read_collection(gold) or Formula(gold)


def _read_collection(gold: str) -> Collection | None:
    found = _BRACKETED.fullmatch(gold)
    opening, inside, closing = found.groups() if found else ("", gold, "")
    # Of nested brackets nothing is known, and an item that relates two things is no plain item.
    if re.search(r"[()\[\]{}]", re.sub(r"\\d?frac\{\d+\}\{\d+\}|\\sqrt\{\d+\}", "", inside)):
        return None
    items = tuple(item.strip() for item in inside.split(","))
    if len(items) < 2 or not all(items) or not any(map(_LAST_INTEGER.search, items)):
        return None
    if _RELATION.search(inside) or re.search(r"\\l?dots|\.\.\.", inside):
        return None
    return Collection(opening, items, closing)


def decimal_text(units: int, places: int) -> str:
    """``units / 10**places``, written out."""
    digits = str(abs(units)).rjust(places + 1, "0")
    whole, rest = digits[: len(digits) - places], digits[len(digits) - places :]
    return f"{'-' * (units < 0)}{whole}{'.' * bool(places)}{rest}"


def last_integer_plus(text: str, step: int) -> str:
    """A text with its last integer moved."""
    return _LAST_INTEGER.sub(lambda found: str(int(found[0]) + step), text, count=1)


def has_integer(text: str) -> bool:
    """Whether there is an integer in a text."""
    return bool(_LAST_INTEGER.search(text))
