"""Rational expressions evaluated modulo a prime: exact, and fast."""

from __future__ import annotations

from fractions import Fraction

from grpo_rewards.answers.notation.trees import Tree
from grpo_rewards.caches import ANSWERS

__all__ = ["PRIME", "Undefined", "evaluate", "inverse", "is_rational"]

PRIME = (1 << 61) - 1


class Undefined(ArithmeticError):  # noqa: N818 (an answer to "what is its value", not a fault)
    """The expression has no value at this point, or none of this kind."""


@ANSWERS.keep(entries=4_096)
def is_rational(tree: Tree) -> bool:
    kind = tree[0]
    if kind in ("num", "sym"):
        return True
    if kind in ("add", "mul", "div", "neg", "pct"):
        return all(is_rational(part) for part in tree[1:])
    if kind == "pow":
        return is_rational(tree[1]) and _integer_exponent(tree[2]) is not None
    if kind == "group":
        return len(tree) == 4 and tree[1] in ("(", "[") and is_rational(tree[3])
    return False


def _integer_exponent(tree: Tree) -> int | None:
    negative = tree[0] == "neg"
    literal = tree[1] if negative else tree
    if literal[0] != "num" or literal[1].denominator != 1:
        return None
    value = int(literal[1])
    return -value if negative else value


def evaluate(tree: Tree, point: dict[str, int]) -> int:
    kind = tree[0]
    if kind == "num":
        value: Fraction = tree[1]
        return value.numerator * inverse(value.denominator) % PRIME
    if kind == "sym":
        return point[tree[1]]
    if kind == "add":
        return sum(evaluate(part, point) for part in tree[1:]) % PRIME
    if kind == "mul":
        total = 1
        for part in tree[1:]:
            total = total * evaluate(part, point) % PRIME
        return total
    if kind == "div":
        return evaluate(tree[1], point) * inverse(evaluate(tree[2], point)) % PRIME
    if kind == "neg":
        return -evaluate(tree[1], point) % PRIME
    if kind == "pct":
        return evaluate(tree[1], point) * inverse(100) % PRIME
    if kind == "pow":
        exponent = _integer_exponent(tree[2])
        base = evaluate(tree[1], point)
        if exponent is None or exponent < 0:
            base, exponent = inverse(base), -(exponent or 0)
        return pow(base, exponent, PRIME)
    return evaluate(tree[3], point)


def inverse(value: int) -> int:
    if value == 1:
        return 1
    if value % PRIME == 0:
        raise Undefined("a division by zero")
    return pow(value, -1, PRIME)
