"""Exact values of trees: rational numbers, worked out within bounds."""

from __future__ import annotations

from fractions import Fraction
from math import comb, factorial

from grpo_rewards.answers.notation.trees import (
    Call,
    Factorial,
    Group,
    Negation,
    Num,
    Percent,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Tree,
)

__all__ = ["exact"]

MAX_BITS = 40_000
"""Exact numbers that would need more bits stay unevaluated."""
MAX_FACTORIAL = 3_000


def exact(tree: Tree) -> Fraction | None:
    """The rational number that a tree is, or ``None`` when it is none or too large to write out.

    Example:
        >>> from grpo_rewards.answers.notation.grammar import parse
        >>> exact(parse("3/4 + 2^{-2}"))
        Fraction(1, 1)
    """
    match tree:
        case Num(value):
            return value
        case Symbol():  # what most trees are of; the others that have no value come last
            return None
        case Negation(part):
            inner = exact(part)
            return None if inner is None else -inner
        case Product(factors):
            return _exact_product(factors)
        case Quotient(top, bottom):
            return _exact_quotient(exact(top), exact(bottom))
        case Sum(terms):
            return _exact_sum(terms)
        case Power(base, exponent):
            return _exact_power(exact(base), exact(exponent))
        case Percent(part):
            inner = exact(part)
            return None if inner is None else inner / 100
        case Group("(" | "[", _, (item,)):
            return exact(item)
        case Factorial(part):
            return _exact_factorial(exact(part))
        case Call("binom", (upper, lower)):
            return _exact_binomial(exact(upper), exact(lower))
    return None


def _exact_sum(terms: tuple[Tree, ...]) -> Fraction | None:
    total = Fraction(0)
    for term in terms:
        value = exact(term)
        if value is None or _bits(value) + _bits(total) > MAX_BITS:
            return None
        total += value
    return total


def _exact_product(factors: tuple[Tree, ...]) -> Fraction | None:
    total = Fraction(1)
    for factor in factors:
        value = exact(factor)
        if value is None or _bits(value) + _bits(total) > MAX_BITS:
            return None
        total *= value
    return total


def _exact_quotient(top: Fraction | None, bottom: Fraction | None) -> Fraction | None:
    if top is None or not bottom or _bits(top) + _bits(bottom) > MAX_BITS:
        return None
    return top / bottom


def _exact_factorial(value: Fraction | None) -> Fraction | None:
    if value is None or value.denominator != 1 or not 0 <= value <= MAX_FACTORIAL:
        return None
    return Fraction(factorial(int(value)))


def _exact_power(base: Fraction | None, exponent: Fraction | None) -> Fraction | None:
    if base is None or exponent is None or exponent.denominator != 1:
        return None
    if base == 0 and exponent <= 0:
        return None
    if abs(exponent) * max(_bits(base), 1) > MAX_BITS and abs(base) != 1:
        return None
    if abs(base) == 1:
        return base if exponent % 2 else abs(base)
    return base ** int(exponent)


def _exact_binomial(upper: Fraction | None, lower: Fraction | None) -> Fraction | None:
    if upper is None or lower is None or upper.denominator != 1 or lower.denominator != 1:
        return None
    if not 0 <= lower <= upper <= MAX_FACTORIAL:
        return None
    return Fraction(comb(int(upper), int(lower)))


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())
