"""Exact values of trees: rational numbers, worked out within bounds."""

from __future__ import annotations

from fractions import Fraction
from math import comb, factorial

from grpo_rewards.answers.notation.trees import Tree

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
    kind = tree[0]
    if kind == "num":
        return tree[1]
    if kind == "neg":
        value = exact(tree[1])
        return None if value is None else -value
    if kind in ("add", "mul"):
        return _exact_fold(tree)
    if kind == "div":
        top, bottom = exact(tree[1]), exact(tree[2])
        if top is None or not bottom or _bits(top) + _bits(bottom) > MAX_BITS:
            return None
        return top / bottom
    if kind == "pow":
        return _exact_power(exact(tree[1]), exact(tree[2]))
    if kind == "fact":
        value = exact(tree[1])
        if value is None or value.denominator != 1 or not 0 <= value <= MAX_FACTORIAL:
            return None
        return Fraction(factorial(int(value)))
    if kind == "pct":
        value = exact(tree[1])
        return None if value is None else value / 100
    if kind == "fn" and tree[1] == "binom":
        return _exact_binomial(exact(tree[2]), exact(tree[3]))
    if kind == "group" and len(tree) == 4 and tree[1] in ("(", "["):
        return exact(tree[3])
    return None


def _exact_fold(tree: Tree) -> Fraction | None:
    total = Fraction(0) if tree[0] == "add" else Fraction(1)
    for part in tree[1:]:
        value = exact(part)
        if value is None or _bits(value) + _bits(total) > MAX_BITS:
            return None
        total = total + value if tree[0] == "add" else total * value
    return total


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
