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
    "Identity",
    "Interval",
    "Matrix",
    "Name",
    "Names",
    "Number",
    "Ordering",
    "Ratio",
    "Relation",
    "Time",
    "Union",
    "Value",
    "Words",
]


MAX_PLACES = 400
"""Decimals with more places round nothing."""


@dataclass(frozen=True, slots=True)
class Number:
    """An exact number."""

    value: Fraction
    places: int = 0
    """Decimal places as written; 0 for one that was not written as a decimal. Below 0 where a
    power of ten puts the last digit above the units: -21 for ``6.02e23``."""
    unit: str = ""
    share: int = 1
    """Of how many it is a share: 100 for ``50%``, 1000 for per mille, 10000 for basis points."""
    form: str = "plain"
    """``plain`` (a literal, a fraction), ``closed`` (a power, a factorial), or ``open``: a sum or
    product that has yet to be worked out."""

    @property
    def digits(self) -> int:
        """Significant digits of a decimal as written; 0 for a number not written as one."""
        if not self.places or abs(self.places) > MAX_PLACES:
            return 0
        return len(str(abs(int(self.value / self.step))))

    @property
    def step(self) -> Fraction:
        """What one is worth at the last place of a decimal."""
        return Fraction(10) ** -self.places if abs(self.places) <= MAX_PLACES else Fraction(0)


@dataclass(frozen=True, slots=True)
class Expression:
    """What is no exact number: a formula, an irrational constant."""

    tree: Tree
    unit: str = ""
    quantity: Number | Expression | None = None
    """``5 m`` read as five metres, beside five times m."""
    letters: str = ""
    """The text, where it is letters only, and may be a word as well as a product."""


@dataclass(frozen=True, slots=True)
class Collection:
    """Values side by side."""

    kind: str
    """``bare`` (a list of solutions), ``set``, ``tuple``, ``list``, or ``labels``: several letters
    in no order of the alphabet, ``DCA``."""
    items: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """The real numbers between two ends."""

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
    """Rows of values."""

    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """An equation or inequality between expressions."""

    relation: str
    left: Tree
    right: Tree


@dataclass(frozen=True, slots=True)
class Names:
    """Several unknowns with one value, ``x = y = 2``, in the place of a name."""

    names: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """What equals the value, in the place of a name: the 6 * 7 of ``6 * 7 = 42``."""

    sides: tuple[Tree, ...]
    approximate: bool = False
    """Whether the only side may be the answer as well as the value."""


Name: TypeAlias = Tree | Names | Identity


@dataclass(frozen=True, slots=True)
class Assignment:
    r"""``x = 5``, ``f(x) = 2x``, ``x \\in S``: a name, and the value that is the answer."""

    name: Name
    value: Value
    relation: Relation | None


@dataclass(frozen=True, slots=True)
class Ratio:
    """``2:3``: terms of which only the quotients matter."""

    terms: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Based:
    """Digits of another base than ten."""

    digits: Fraction
    base: int


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day; ``half`` is ``a``, ``p``, or empty for a clock of 24 hours."""

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
class Ordering:
    """Inequalities side by side about any expressions: ``1 < |z| < 2``."""

    relations: tuple[str, ...]
    terms: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The letter of an option, perhaps with its text."""

    letter: str
    text: str
    content: tuple[Value, ...] = ()
    """What the option's text may be, where that stands after its label."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text that is no mathematics."""

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
    | Ordering | Ratio | Based | Time | Congruence | Choice | Claim | Words | Dots
)  # fmt: skip
