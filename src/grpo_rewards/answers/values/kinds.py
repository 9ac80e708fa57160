"""The kinds of values that answers are; what a text or a tree means is read elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from grpo_rewards.answers.notation.trees import Tree

__all__ = [
    "Assignment",
    "Based",
    "Choice",
    "Claim",
    "Collection",
    "Congruence",
    "Dots",
    "Expression",
    "Interval",
    "Matrix",
    "Number",
    "Ratio",
    "Relation",
    "Time",
    "Union",
    "Value",
    "Words",
]


@dataclass(frozen=True, slots=True)
class Number:
    """An exact number."""

    value: Fraction
    places: int = 0
    """Decimal places as written; 0 for one that was not written as a decimal."""
    unit: str = ""
    percent: bool = False
    form: str = "plain"
    """``plain`` (a literal, a fraction), ``closed`` (a power, a factorial), or ``open``: a sum or
    product that has yet to be worked out."""

    @property
    def digits(self) -> int:
        """Significant digits of a decimal as written; 0 for a number not written as one."""
        if not self.places or self.places > 400:
            return 0
        return len(str(abs(int(self.value * 10**self.places))))


@dataclass(frozen=True, slots=True)
class Expression:
    tree: Tree
    unit: str = ""
    quantity: Number | None = None
    """``5 m`` read as five metres, beside five times m."""


@dataclass(frozen=True, slots=True)
class Collection:
    """Values side by side: ``kind`` is bare (a list of solutions), set, tuple or list."""

    kind: str
    items: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Interval:
    low: Value
    high: Value
    low_closed: bool = False
    high_closed: bool = False


@dataclass(frozen=True, slots=True)
class Union:
    """A union of sets, or another operation on them."""

    operation: str
    parts: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """An equation or inequality between expressions."""

    relation: str
    left: Tree
    right: Tree


@dataclass(frozen=True, slots=True)
class Assignment:
    r"""``x = 5``, ``f(x) = 2x``, ``x \\in S``: a name, and the value that is the answer."""

    name: Tree
    value: Value
    relation: Relation | None


@dataclass(frozen=True, slots=True)
class Ratio:
    terms: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Based:
    digits: Fraction
    base: int


@dataclass(frozen=True, slots=True)
class Time:
    hour: int
    minute: int
    second: int
    half: str


@dataclass(frozen=True, slots=True)
class Congruence:
    r"""``x \\equiv 5 \\pmod 7``; the name may be empty."""

    name: str
    residue: int
    modulus: int


@dataclass(frozen=True, slots=True)
class Choice:
    letter: str
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """Yes or no, with a reason: ``Yes, because it converges``."""

    said: str
    text: str


@dataclass(frozen=True, slots=True)
class Dots:
    """An ellipsis in a list."""


Value: TypeAlias = (
    Number | Expression | Collection | Interval | Union | Matrix | Relation | Assignment
    | Ratio | Based | Time | Congruence | Choice | Claim | Words | Dots
)  # fmt: skip
