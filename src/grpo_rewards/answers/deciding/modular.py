"""Rational expressions evaluated modulo a prime: exact, and fast."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import prod
from typing import TypeAlias

from grpo_rewards.answers.deciding.steps import Step, Undefined, run

__all__ = ["PRIMES", "evaluate", "inverse"]

PRIMES = ((1 << 61) - 1, 2_167_218_087_453_396_779)
"""Two, since a text may hold the one by chance, as ``2^{61}`` beside ``1`` does; half of the second
but for its one is a prime too, so that hardly a power is one there."""


def evaluate(steps: tuple[Step, ...], point: Mapping[str, int], prime: int) -> int:
    """The value at a point of a field.

    Example:
        >>> from grpo_rewards.answers.deciding.steps import unroll
        >>> from grpo_rewards.answers.notation.grammar import parse
        >>> evaluate(unroll(parse("x^2+1/2")), {"x": 3}, 19)
        0
    """
    value: int = run(steps, _OPERATIONS, (point, prime))
    return value


def inverse(value: int, prime: int) -> int:
    """What gives one with a value, modulo a prime."""
    if value == 1:
        return 1
    if value % prime == 0:
        raise Undefined("a division by zero")
    return pow(value, -1, prime)


def _power(field: _Field, step: Step, base: int) -> int:
    exponent, prime = int(step.data), field[1]
    if not exponent and not base:
        raise Undefined("zero to the power of zero")
    if exponent < 0:
        base, exponent = inverse(base, prime), -exponent
    return pow(base, exponent, prime)


def _number(field: _Field, step: Step) -> int:
    value: Fraction = step.data
    prime = field[1]
    return value.numerator * inverse(value.denominator, prime) % prime


_Field: TypeAlias = tuple[Mapping[str, int], int]
_OPERATIONS: dict[str, Callable[..., int]] = {
    "number": _number,
    "symbol": lambda field, step: field[0][step.data],
    "add": lambda field, _, *terms: sum(terms) % field[1],
    "mul": lambda field, _, *factors: prod(factors) % field[1],
    "div": lambda field, _, top, bottom: top * inverse(bottom, field[1]) % field[1],
    "neg": lambda field, _, value: -value % field[1],
    "percent": lambda field, _, value: value * inverse(100, field[1]) % field[1],
    "rational power": _power,
}
