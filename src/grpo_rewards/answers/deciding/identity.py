"""Deciding whether two expressions are the same by evaluating both at random points.

Polynomial identity testing (Schwartz 1980, Zippel 1979): two different rational expressions agree
at a random point of a field of 2**61 - 1 elements with probability below (degree / 2**61); two
different analytic ones agree to 40 digits at a random real point only by a contrived accident.
Three stages, cheapest first: modular integers for rational expressions, machine floats to show
others unequal, and mpmath's arbitrary precision for what is left. No text is evaluated here.
"""

from __future__ import annotations

import math
import random
from fractions import Fraction
from typing import Any

from grpo_rewards.answers.deciding import modular, real
from grpo_rewards.answers.deciding.modular import PRIME, Undefined, is_rational
from grpo_rewards.answers.deciding.real import (
    ARITHMETIC_ERRORS,
    LOG_SCALE,
    Floats,
    TooLarge,
    precise,
)
from grpo_rewards.answers.notation.trees import Tree, children
from grpo_rewards.caches import ANSWERS

__all__ = ["mentions_pi", "same_everywhere", "same_up_to_factor", "symbols", "value_of_constant"]

POINTS = 4
"""Real points at which both sides have to be defined, and agree."""
_INFINITE = (("const", "inf"), ("neg", ("const", "inf")))
FINE = 240
"""Digits with which an agreement of constants, or of values near zero, is confirmed."""
TRIES = 40
"""Points tried before "nowhere defined together" is concluded; fewer for large expressions."""
MAX_COST = 4_000
"""Expressions with more nodes than this (a function counts as ten) are not evaluated."""
BUDGET = 6_000
"""Nodes evaluated in arbitrary precision before a comparison is given up."""


@ANSWERS.keep(entries=4_096)
def symbols(tree: Tree) -> frozenset[str]:
    """The names of a tree's unknowns."""
    if tree[0] == "sym":
        return frozenset([tree[1]])
    parts = [symbols(part) for part in children(tree)]
    return frozenset().union(*parts) if parts else frozenset()


def same_everywhere(left: Tree, right: Tree) -> bool | None:
    """Whether two expressions are equal wherever both are defined over the reals.

    Returns:
        ``None`` when that could not be decided: they have no common domain, or values too large.

    Example:
        >>> from grpo_rewards.answers.notation.grammar import parse
        >>> same_everywhere(parse("(x+1)^2"), parse("x^2+2x+1"))
        True
        >>> same_everywhere(parse("1-1/e"), parse("1+1/e"))
        False
    """
    if left == right:
        return True
    if _has_operation(left) != _has_operation(right):
        return False
    if left in _INFINITE or right in _INFINITE:
        return False
    names = sorted(symbols(left) | symbols(right))
    if _has_plain_log(left) or _has_plain_log(right):
        # Without a base a logarithm is natural to some and decimal to others.
        natural = _same_at_points(left, right, names, random.Random(20_041))
        return natural or _same_at_points(left, right, names, random.Random(20_041), decimal=True)
    generator = random.Random(20_041)
    if is_rational(left) and is_rational(right):
        decided = _same_modular(left, right, names, generator)
        if decided is not None:
            return decided
    one_is_constant = bool(symbols(left)) != bool(symbols(right))
    # What is known to change with an unknown is no constant, however hard that is to evaluate.
    if one_is_constant and _changes(left if symbols(left) else right, names, generator):
        return False
    return _same_at_points(left, right, names, generator)


def _changes(tree: Tree, names: list[str], generator: random.Random) -> bool:
    """Whether a rational expression surely has different values at different points."""
    if not is_rational(tree):
        return False
    try:
        values = {
            modular.evaluate(tree, {name: generator.randrange(2, PRIME) for name in names})
            for _ in range(2)
        }
    except Undefined:
        return False
    return len(values) > 1


def _same_modular(
    left: Tree, right: Tree, names: list[str], generator: random.Random
) -> bool | None:
    for _ in range(2):
        point = {name: generator.randrange(2, PRIME) for name in names}
        try:
            if modular.evaluate(left, point) != modular.evaluate(right, point):
                return False
        except Undefined:
            return None
    return True


def _same_at_points(
    left: Tree, right: Tree, names: list[str], generator: random.Random, *, decimal: bool = False
) -> bool | None:
    if _cost(left) + _cost(right) > MAX_COST:
        return None
    points = POINTS if names else 1
    if not (decimal or _is_large(left) or _is_large(right)):
        differing = _count_differences(left, right, names, generator, points)
        if differing is not None and differing == points:
            return False
    integers = _integer_names(left) | _integer_names(right)
    decided = _agree_precisely(
        left,
        right,
        names,
        generator,
        field=precise(),
        points=points,
        decimal=decimal,
        integers=integers,
    )
    if decided is None and (not names or _has_imaginary_unit(left) or _has_imaginary_unit(right)):
        decided = _agree_precisely(
            left, right, names, generator, field=precise(real_only=False), points=points, decimal=decimal,
            integers=integers,
        )  # fmt: skip
    if decided and not names:
        # No random point speaks for constants: more digits have to.
        field = precise(
            real_only=not (_has_imaginary_unit(left) or _has_imaginary_unit(right)), digits=FINE
        )
        fine = _agree_precisely(
            left, right, names, generator, field=field, points=1, decimal=decimal, integers=integers
        )
        decided = fine is not False
    return decided


def _vanishes(left: Tree, right: Tree, point: dict[str, Any], difference: Any, field: Any) -> bool:
    fine = precise(real_only=field.real_only, digits=FINE)
    again = abs(real.evaluate(left, point, fine) - real.evaluate(right, point, fine))
    return bool(again <= difference * field.zero_tolerance)


def _count_differences(
    left: Tree, right: Tree, names: list[str], generator: random.Random, points: int
) -> int | None:
    """At how many of the points machine numbers differ grossly; ``None`` if too few are defined."""
    seen = differing = 0
    for attempt in range(TRIES if names else 1):
        point: dict[str, Any] = {name: float(_coordinate(generator, attempt)) for name in names}
        try:
            a = real.evaluate(left, point, Floats)
            b = real.evaluate(right, point, Floats)
        except ARITHMETIC_ERRORS:
            continue
        size = max(abs(a), abs(b))
        if not math.isfinite(size):
            continue
        if size < 1e-9:
            return None  # may be what rounding left of zero
        seen += 1
        differing += abs(a - b) > 1e-4 * size
        if seen == points:
            return differing
    return None


def _agree_precisely(
    left: Tree,
    right: Tree,
    names: list[str],
    generator: random.Random,
    *,
    field: Any,
    points: int,
    decimal: bool,
    integers: frozenset[str],
) -> bool | None:
    log_scale = 1 / field.functions["ln"](field.number(Fraction(10))) if decimal else 1
    seen = 0
    for attempt in range(_tries(left, right) if names else 1):
        point = {
            name: field.number(_coordinate(generator, attempt, whole=name in integers))
            for name in names
        }
        point[LOG_SCALE] = log_scale
        try:
            a = real.evaluate(left, point, field)
            b = real.evaluate(right, point, field)
            size = max(abs(a), abs(b))
            differ = size and abs(a - b) > size * field.zero_tolerance
            # Both may be what rounding left of zero: then more digits leave less.
            tiny = size < field.zero_tolerance
            if differ and not (tiny and _vanishes(left, right, point, abs(a - b), field)):
                return False
        except TooLarge:
            return None
        except ARITHMETIC_ERRORS:
            continue
        seen += 1
        if seen == points:
            return True
    return None


def _coordinate(generator: random.Random, attempt: int, *, whole: bool = False) -> Fraction:
    """A random coordinate: moderate and of both signs first, then positive, small, and large."""
    if whole:
        return Fraction(generator.randrange(1, 30))
    ranges = ((-3.0, 3.0), (0.1, 4.0), (-0.95, 0.95), (3.0, 40.0))
    return Fraction(generator.uniform(*ranges[attempt % 4])).limit_denominator(10**9)


def same_up_to_factor(left: Tree, right: Tree, *, positive: bool = False) -> bool | None:
    """Whether one expression is a constant nonzero (or positive) multiple of the other.

    Example:
        >>> from grpo_rewards.answers.notation.grammar import parse
        >>> same_up_to_factor(parse("2x+4y-3"), parse("y + x/2 - 3/4"))
        True
    """
    names = sorted(symbols(left) | symbols(right))
    if _has_operation(left) != _has_operation(right):
        return False
    generator = random.Random(20_047)
    if is_rational(left) and is_rational(right) and not positive:
        decided = _proportional_modular(left, right, names, generator)
        if decided is not None:
            return decided
    field = precise()
    ratios: list[Any] = []
    if _cost(left) + _cost(right) > MAX_COST:
        return None
    for attempt in range(_tries(left, right)):
        point = {name: field.number(_coordinate(generator, attempt)) for name in names}
        try:
            a = real.evaluate(left, point, field)
            b = real.evaluate(right, point, field)
            if abs(a) < field.zero_tolerance and abs(b) < field.zero_tolerance:
                continue
            ratios.append(a / b)
        except TooLarge:
            return None
        except ZeroDivisionError:
            return False
        except ARITHMETIC_ERRORS:
            continue
        if abs(ratios[-1] - ratios[0]) > abs(ratios[0]) * field.zero_tolerance or not ratios[0]:
            return False
        if len(ratios) == POINTS:
            return not positive or ratios[0] > 0
    return None


def _proportional_modular(
    left: Tree, right: Tree, names: list[str], generator: random.Random
) -> bool | None:
    ratios: list[int] = []
    for _ in range(3):
        point = {name: generator.randrange(2, PRIME) for name in names}
        try:
            a, b = modular.evaluate(left, point), modular.evaluate(right, point)
            if not a or not b:
                return a == b == 0 if not ratios else False
            ratios.append(a * modular.inverse(b) % PRIME)
        except Undefined:
            return None
    return len(set(ratios)) == 1


def value_of_constant(tree: Tree) -> Any:
    """A constant's value in high precision (an mpmath number), or ``None`` if it has none."""
    if symbols(tree):
        return None
    try:
        return real.evaluate(tree, {}, precise())
    except ARITHMETIC_ERRORS:
        return None


def constant_sign(tree: Tree) -> int | None:
    """-1, 0 or 1 for a real constant, else ``None``."""
    value = value_of_constant(tree)
    if value is None or hasattr(value, "_mpc_"):
        return None
    return (value > 0) - (value < 0)


@ANSWERS.keep(entries=4_096)
def _has_operation(tree: Tree) -> bool:
    return tree[0] == "op" or any(_has_operation(part) for part in children(tree))


@ANSWERS.keep(entries=4_096)
def _has_plain_log(tree: Tree) -> bool:
    return tree[:2] == ("fn", "log") or any(_has_plain_log(part) for part in children(tree))


@ANSWERS.keep(entries=4_096)
def _has_imaginary_unit(tree: Tree) -> bool:
    return tree == ("const", "i") or any(_has_imaginary_unit(part) for part in children(tree))


@ANSWERS.keep(entries=4_096)
def mentions_pi(tree: Tree) -> bool:
    """Whether a tree has the constant pi in it, as the general solutions of trigonometry have."""
    return tree == ("const", "pi") or any(mentions_pi(part) for part in children(tree))


@ANSWERS.keep(entries=4_096)
def _integer_names(tree: Tree) -> frozenset[str]:
    """The unknowns in exponents of negative numbers, as in (-1)^n: they stand for integers."""
    parts = [_integer_names(part) for part in children(tree)]
    if tree[0] == "pow" and symbols(tree[2]) and _is_negative(tree[1]):
        parts.append(symbols(tree[2]))
    return frozenset().union(*parts) if parts else frozenset()


def _is_negative(tree: Tree) -> bool:
    if tree[0] == "group" and len(tree) == 4:
        return _is_negative(tree[3])
    return tree[0] == "neg" or (tree[0] == "num" and tree[1] < 0)


@ANSWERS.keep(entries=4_096)
def _is_large(tree: Tree) -> bool:
    """Whether machine numbers could lose what distinguishes this expression from another."""
    if tree[0] == "num":
        value: Fraction = tree[1]
        return value.numerator.bit_length() > 40 or value.denominator.bit_length() > 40
    if tree[0] in ("fact", "op") or _integer_names(tree):
        return True
    if tree[0] == "pow":
        exponent = real.exponent_fraction(tree[2])
        if exponent is not None and abs(exponent) > 12:
            return True
    return any(_is_large(part) for part in children(tree))


@ANSWERS.keep(entries=4_096)
def _cost(tree: Tree) -> int:
    """What evaluating a tree costs, in additions."""
    own = 10 if tree[0] in ("fn", "fact", "pow", "app", "op") else 1
    return own + sum(_cost(part) for part in children(tree))


def _tries(left: Tree, right: Tree) -> int:
    return min(TRIES, max(POINTS, BUDGET // (_cost(left) + _cost(right))))
