"""Intervals of the real line: what inequalities, distances and missing points leave of it."""

from __future__ import annotations

from fractions import Fraction

from grpo_rewards.answers.deciding.rationals import exact
from grpo_rewards.answers.notation.tokens import NotMath
from grpo_rewards.answers.notation.trees import Tree
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

__all__ = ["BELOW", "INFINITE", "REALS", "all_but", "distance_interval", "intersection"]

INFINITE = Expression(("const", "inf"))
BELOW = Expression(("neg", ("const", "inf")))
REALS = Interval(BELOW, INFINITE)
_ZERO: Tree = ("num", Fraction(0), 0)


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
    if left[:2] != ("fn", "abs"):
        return None
    inside = left[2]
    terms = inside[1:] if inside[0] == "add" and len(inside) == 3 else (inside, _ZERO)
    name, shift, radius = terms[0], exact(terms[1]), exact(right)
    if name[0] != "sym" or shift is None or radius is None or radius <= 0:
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
