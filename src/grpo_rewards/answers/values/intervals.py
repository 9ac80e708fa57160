"""Intervals of the real line: what inequalities, distances and missing points leave of it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

from grpo_rewards.answers.deciding.rationals import exact
from grpo_rewards.answers.notation.tokens import NotMath
from grpo_rewards.answers.notation.trees import (
    INFINITY,
    ZERO,
    Call,
    Negation,
    Sum,
    Symbol,
    Tree,
)
from grpo_rewards.answers.values.kinds import (
    Assignment,
    Collection,
    Expression,
    Interval,
    Number,
    Relation,
    Union,
    Value,
)

__all__ = [
    "BELOW",
    "INFINITE",
    "REALS",
    "all_but",
    "as_interval",
    "distance_interval",
    "intersection",
    "pieces",
    "without",
]

INFINITE = Expression(INFINITY)
BELOW = Expression(Negation(INFINITY))
REALS = Interval(BELOW, INFINITE)


def all_but(points: list[Value]) -> Value:
    """The real numbers without some points.

    Raises:
        NotMath: There are several of them, and not all are numbers.
    """
    if len(points) > 1:
        if not all(isinstance(point, Number) for point in points):
            raise NotMath("what lies between unknown points is not covered")
        exact_points = {point.value: point for point in points if isinstance(point, Number)}
        points = [exact_points[value] for value in sorted(exact_points)]
    lows, highs = [BELOW, *points], [*points, INFINITE]
    return Union("cup", tuple(map(Interval, lows, highs)))


def distance_interval(left: Tree, relation: str, right: Tree) -> Value | None:
    """``|x - 1| < 2``: the interval around 1; with other relations its ends, or what is outside."""
    if not (isinstance(left, Call) and left.name == "abs"):
        return None
    (inside,) = left.arguments
    terms = inside.terms if isinstance(inside, Sum) and len(inside.terms) == 2 else (inside, ZERO)
    name, shift, radius = terms[0], exact(terms[1]), exact(right)
    if not isinstance(name, Symbol) or shift is None or radius is None or radius <= 0:
        return None
    low, high = Number(-shift - radius), Number(-shift + radius)
    closed = relation[1:] == "="
    stated = Relation(relation, left, right)
    if relation == "=":
        return Assignment(name, Collection("bare", (low, high)), stated)
    if relation[0] == "<":
        return Assignment(name, Interval(low, high, closed, closed), stated)
    below = Interval(BELOW, low, high_closed=closed)
    above = Interval(high, INFINITE, low_closed=closed)
    return Assignment(name, Union("cup", (below, above)), stated)


Piece: TypeAlias = tuple[tuple[int, Fraction], bool, tuple[int, Fraction], bool]
"""Both ends of a part of the real line, each with whether it belongs to it."""
_NOWHERE = Fraction(0)


def pieces(value: Value) -> list[Piece] | None:
    """The separate parts that a set of real numbers consists of, from the left to the right.

    ``None`` where an end is no exact number, or the value is no such set.
    """
    found: list[Piece] = []
    parts = value.parts if isinstance(value, Union) and value.operation == "cup" else (value,)
    for part in map(as_interval, parts):
        if isinstance(part, Interval):
            ends = _end(part.low), _end(part.high)
            if ends[0] is None or ends[1] is None:
                return None
            found.append((ends[0], part.low_closed, ends[1], part.high_closed))
        elif isinstance(part, Collection) and part.kind == "set":
            points = [_end(item) for item in part.items]
            found += [(point, True, point, True) for point in points if point is not None]
            if None in points:
                return None
        else:
            return None
    return _merged(found)


def _end(value: Value) -> tuple[int, Fraction] | None:
    if isinstance(value, Number) and not value.unit:
        return 0, value.value
    if value in (INFINITE, BELOW):
        return (1 if value == INFINITE else -1), _NOWHERE
    return None


def _merged(found: list[Piece]) -> list[Piece]:
    separate: list[Piece] = []
    for piece in sorted(found, key=lambda each: (each[0], not each[1])):
        low, low_closed, high, high_closed = piece
        if separate and (
            low < separate[-1][2] or (low == separate[-1][2] and (low_closed or separate[-1][3]))
        ):
            start, start_closed, end, end_closed = separate.pop()
            last = max((end, end_closed), (high, high_closed))
            separate.append((start, start_closed, *last))
        else:
            separate.append(piece)
    return separate


def without(value: Value, points: Sequence[Value]) -> Value | None:
    """A set of real numbers without some points; ``None`` unless all of it is exact."""
    parts = pieces(value)
    exact_points = sorted({point.value for point in points if isinstance(point, Number)})
    if parts is None or not all(isinstance(point, Number) for point in points):
        return None
    for point in exact_points:
        cut = (0, point)
        left: list[Piece] = []
        for low, low_closed, high, high_closed in parts:
            if low <= cut <= high:
                if low < cut:
                    left.append((low, low_closed, cut, False))
                if cut < high:
                    left.append((cut, False, high, high_closed))
            else:
                left.append((low, low_closed, high, high_closed))
        parts = left
    return Union("cup", tuple(map(_part, parts)))


def _part(piece: Piece) -> Value:
    low, low_closed, high, high_closed = piece
    if low == high:
        return Collection("set", (Number(low[1]),))
    left, right = (
        Number(number) if not side else INFINITE if side > 0 else BELOW
        for side, number in (low, high)
    )
    return Interval(left, right, low_closed=low_closed, high_closed=high_closed)


def as_interval(value: Value) -> Value:
    """``(a, b)`` and ``[a, b]`` beside something that is an interval are intervals."""
    if isinstance(value, Collection) and len(value.items) == 2 and value.kind in ("tuple", "list"):
        low, high = value.items
        closed = value.kind == "list"
        return Interval(low, high, low_closed=closed, high_closed=closed)
    if isinstance(value, Assignment):
        return as_interval(value.value)
    return value


def intersection(values: list[Value]) -> Value | None:
    r"""``x \ge 1 and x \\le 3``: the interval between two bounds on one name."""
    if len(values) != 2 or not all(isinstance(value, Assignment) for value in values):
        return None
    first, second = values
    if not (isinstance(first, Assignment) and isinstance(second, Assignment)):
        return None
    below, above = first.value, second.value
    if not (
        isinstance(below, Interval) and isinstance(above, Interval) and first.name == second.name
    ):
        return None
    if below.low == BELOW:
        below, above = above, below
    if below.high != INFINITE or above.low != BELOW:
        return None
    between = Interval(
        below.low, above.high, low_closed=below.low_closed, high_closed=above.high_closed
    )
    return Assignment(first.name, between, None)
