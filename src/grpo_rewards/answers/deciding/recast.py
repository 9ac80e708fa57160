"""Values and trees recast, so that two notations of one thing meet."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from grpo_rewards.answers.deciding import identity
from grpo_rewards.answers.deciding.rationals import exact
from grpo_rewards.answers.deciding.rounding import is_decimal
from grpo_rewards.answers.notation.trees import (
    Constant,
    Degrees,
    Negation,
    Num,
    Product,
    Quotient,
    Sum,
    Symbol,
    Tree,
    contains,
    mapped,
    renamed,
    replaced,
)
from grpo_rewards.answers.values.kinds import (
    Collection,
    Expression,
    Matrix,
    Number,
    Ordering,
    Ratio,
    Relation,
    Time,
    Value,
)
from grpo_rewards.answers.values.measures import (
    same_unit,
)

__all__ = [
    "added_constant",
    "as_vector",
    "ascending",
    "difference",
    "directed",
    "in_other_unit",
    "in_radians",
    "on_24_hours",
    "only_item",
    "quotient_of",
    "with_imaginary_unit_of",
    "with_integer_of",
    "without_degrees",
    "without_share",
]


# The arbitrary constant of an antiderivative: its name says nothing.
_CONSTANTS = frozenset(["C", "c", "K", "k", "C_1", "c_1"])
_FLIPPED = {">": "<", ">=": "<="}


def only_item(value: Value) -> Value | None:
    """The element of a set that has only one: a teacher takes either for the other."""
    if isinstance(value, Collection) and value.kind == "set" and len(value.items) == 1:
        (item,) = value.items
        return None if isinstance(item, Collection) else item
    return None


def as_vector(value: Matrix | Collection) -> Collection | None:
    """A list, or a matrix of one row or column, as a tuple."""
    if isinstance(value, Collection):
        return replace(value, kind="tuple") if value.kind == "list" else value
    if len(value.rows) == 1:
        return Collection("tuple", value.rows[0])
    if all(len(row) == 1 for row in value.rows):
        return Collection("tuple", tuple(row[0] for row in value.rows))
    return None


_INTEGERS = frozenset("kmnl")


def with_integer_of(left: Tree, right: Tree) -> Tree:
    """The right one with the left's name for the integer of a general solution: k pi and n pi."""
    if not identity.mentions_pi(left):
        return right
    ours = identity.symbols(left) - identity.symbols(right)
    theirs = identity.symbols(right) - identity.symbols(left)
    if len(ours) == len(theirs) == 1 and ours | theirs <= _INTEGERS:
        return renamed(right, {next(iter(theirs)): next(iter(ours))})
    return right


def added_constant(tree: Tree) -> str | None:
    """The name of the one arbitrary constant that a sum has, ``+ C``, if it has one."""
    if not isinstance(tree, Sum):
        return None
    names = [
        term.name for term in tree.terms if isinstance(term, Symbol) and term.name in _CONSTANTS
    ]
    if len(names) != 1:
        return None
    rest = Sum(tuple(term for term in tree.terms if term != Symbol(names[0])))
    return None if names[0] in identity.symbols(rest) else names[0]


def on_24_hours(time: Time) -> tuple[int, int, int, bool]:
    """Hour, minute and second, and whether it is known which half of the day they are in."""
    hour, known = time.hour, time.hour > 12 or time.hour == 0
    if time.half and hour <= 12:
        hour, known = hour % 12 + 12 * (time.half == "p"), True
    return hour, time.minute, time.second, known


def without_share(number: Number) -> Number:
    """50 of 50 %."""
    places = number.places - len(str(number.share)) + 1 if is_decimal(number) else 0
    return replace(number, value=number.value * number.share, places=places, share=1)


def in_radians(expression: Expression) -> Expression:
    """An angle in radians, which need not be said."""
    is_angle = expression.unit and same_unit(expression.unit, "radian")
    return replace(expression, unit="") if is_angle else expression


def in_other_unit(tree: Tree, factor: Fraction) -> Tree:
    """A quantity in a unit of which one of its own has so many."""
    return tree if factor == 1 else Product((Num(factor), tree))


_I = Constant("i")
_J = Symbol("j")


def with_imaginary_unit_of(left: Tree, right: Tree) -> Tree:
    """The right one with i for an engineer's j, where only that makes it a complex number, too."""
    if "j" in identity.symbols(right) and contains(left, _I):
        only_j = not (contains(right, _I) or contains(left, _J))
        return replaced(right, _J, _I) if only_j else right
    return right


def without_degrees(tree: Tree) -> Tree:
    """The terms of a sum without the degree signs of numbers; of 2 pi degrees the sign matters."""
    if isinstance(tree, Degrees) and exact(tree.part) is not None:
        return tree.part
    if isinstance(tree, Sum | Negation | Product | Quotient):
        return mapped(tree, without_degrees)
    return tree


def directed(relation: Relation) -> Relation:
    """An inequality that points to the right."""
    if relation.relation in _FLIPPED:
        return Relation(_FLIPPED[relation.relation], relation.right, relation.left)
    return relation


def difference(relation: Relation) -> Tree:
    """The left side less the right one."""
    return Sum((relation.left, Negation(relation.right)))


def quotient_of(ratio: Ratio) -> Number | None:
    """What a ratio of two numbers comes to."""
    if len(ratio.terms) != 2:
        return None
    above, below = map(exact, ratio.terms)
    return None if above is None or not below else Number(above / below)


def ascending(ordering: Ordering) -> Ordering:
    """An ordering from its smallest term to its largest."""
    if ordering.relations[0] not in _FLIPPED:
        return ordering
    relations = tuple(_FLIPPED[relation] for relation in reversed(ordering.relations))
    return Ordering(relations, tuple(reversed(ordering.terms)))
