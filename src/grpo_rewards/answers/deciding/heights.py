r"""Bounds of constants that are beyond any evaluation: how high a tower is, told without building it.

A real number is held as its generalized logarithm (Clenshaw and Olver, Beyond floating point, 1984):
itself up to one, and one more than that of its logarithm above. So ``9^{9^{9^9}}`` is about 6, all
arithmetic is that of small floats, and what is far apart, as nearly all wrong answers of this kind
are, is proven different. Every bound gives way by more than floats are rounded.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

from grpo_rewards.answers.deciding.steps import Step, run

__all__ = ["are_apart"]

SLACK = 1e-9
"""By how much bounds give way, relatively: more than rounding, less than a factor of 1.001."""
HUGE = 1e300
"""Larger numbers are added by their heights, where a factor of two is less than `WIDE`."""
WIDE = 1e-3


class Unbounded(ArithmeticError):  # noqa: N818 (an answer, not a fault)
    """No bound is known."""


class Between(NamedTuple):
    """The heights of two numbers between which a value lies."""

    low: float
    high: float


def are_apart(left: tuple[Step, ...], right: tuple[Step, ...]) -> bool:
    r"""Whether two constants are proven different by their bounds.

    Example:
        >>> from grpo_rewards.answers.deciding.steps import unroll
        >>> from grpo_rewards.answers.notation.grammar import parse
        >>> are_apart(unroll(parse("9^{9^{9^9}}")), unroll(parse("42")))
        True
        >>> are_apart(unroll(parse("9^{9^{9^9}}+1")), unroll(parse("9^{9^{9^9}}")))
        False
    """
    try:
        ours, theirs = run(left, _OPERATIONS), run(right, _OPERATIONS)
    except (ArithmeticError, ValueError):
        return False
    return bool(ours.low > theirs.high or theirs.low > ours.high)


# Heights ----------------------------------------------------------------------------------------


def _height(value: float) -> float:
    size, steps = abs(value), 0
    while size > 1:
        size, steps = math.log(size), steps + 1
    return math.copysign(size + steps, value)


def _value(height: float) -> float:
    """The number of a height; infinite where a float cannot hold it."""
    size = abs(height)
    steps = max(0, math.ceil(size) - 1)
    size -= steps
    for _ in range(steps):
        if size > math.log(HUGE):
            return math.copysign(math.inf, height)
        size = math.exp(size)
    return math.copysign(size, height)


def _exp(height: float) -> float:
    return 1 + height if height >= 0 else math.exp(_value(height))


def _log(height: float) -> float:
    if height <= 0:
        raise Unbounded
    return height - 1 if height > 1 else _height(math.log(height))


def _sum(one: float, other: float, *, way: int) -> float:
    """A bound of a sum, the lower one or (``way=1``) the upper one."""
    total = _value(one) + _value(other)
    if abs(total) < HUGE:
        return _height(total)
    small, large = sorted((one, other), key=abs)
    if small * large < 0 and abs(large) - abs(small) < WIDE:
        raise Unbounded
    return large + way * WIDE


def _product(one: float, other: float, *, way: int) -> float:
    if not (one and other):
        return 0.0
    sign = math.copysign(1, one) * math.copysign(1, other)
    return sign * _exp(_sum(_log(abs(one)), _log(abs(other)), way=way * int(sign)))


# Bounds -----------------------------------------------------------------------------------------


def _around(low: float, high: float) -> Between:
    if not (math.isfinite(low) and math.isfinite(high)):
        raise Unbounded
    return Between(low - SLACK * (1 + abs(low)), high + SLACK * (1 + abs(high)))


def _number(value: Fraction) -> Between:
    if not value:
        return Between(0.0, 0.0)
    size = _height(math.log(abs(value.numerator)) - math.log(value.denominator))
    height = math.copysign(_exp(size), value)
    return _around(height, height)


def _add(first: Between, *others: Between) -> Between:
    for other in others:
        low = _sum(first.low, other.low, way=-1)
        first = _around(low, _sum(first.high, other.high, way=1))
    return first


def _multiply(first: Between, *others: Between) -> Between:
    for other in others:
        pairs = [(one, another) for one in first for another in other]
        first = _around(
            min(_product(*pair, way=-1) for pair in pairs),
            max(_product(*pair, way=1) for pair in pairs),
        )
    return first


def _negative(value: Between) -> Between:
    return Between(-value.high, -value.low)


def _inverse(value: Between) -> Between:
    if value.high < 0:
        return _negative(_inverse(_negative(value)))
    return _around(_exp(-_log(value.high)), _exp(-_log(value.low)))


def _exponential(value: Between) -> Between:
    return _around(_exp(value.low), _exp(value.high))


def _logarithm(value: Between) -> Between:
    return _around(_log(value.low), _log(value.high))


def _power(base: Between, exponent: Between) -> Between:
    return _exponential(_multiply(_logarithm(base), exponent))


def _literal_power(step: Step, base: Between) -> Between:
    exponent: Fraction = step.data
    if base.low <= 0 and exponent.denominator == 1 and base.high < 0:
        power = _power(_negative(base), _number(exponent))
        return power if exponent.numerator % 2 == 0 else _negative(power)
    return _power(base, _number(exponent))


def _factorial(value: Between) -> Between:
    r"""Between ``(x/e)^x`` and ``x^x``."""
    if value.low < _height(3):
        raise Unbounded
    logarithms = _logarithm(value)
    low = _multiply(value, _add(logarithms, _number(Fraction(-1)))).low
    return _exponential(Between(low, _multiply(value, logarithms).high))


def _absolute(value: Between) -> Between:
    if value.low >= 0:
        return value
    return _negative(value) if value.high <= 0 else Between(0.0, max(-value.low, value.high))


def _whole(value: Between) -> Between:
    return _add(value, Between(-1.0, 1.0))


_FUNCTIONS: dict[str, Callable[[Between], Between]] = {
    "abs": _absolute,
    "floor": _whole,
    "ceil": _whole,
    "ln": _logarithm,
    "sin": lambda _: Between(-1.0, 1.0),
    "cos": lambda _: Between(-1.0, 1.0),
    "tanh": lambda _: Between(-1.0, 1.0),
    "arctan": lambda _: Between(_height(-1.6), _height(1.6)),
    "sgn": lambda _: Between(-1.0, 1.0),
}
_CONSTANTS = {"pi": math.pi, "e": math.e}


def _function(step: Step, value: Between, *_others: Between) -> Between:
    if step.data not in _FUNCTIONS:
        raise Unbounded
    return _FUNCTIONS[step.data](value)


def _constant(step: Step) -> Between:
    height = _height(_CONSTANTS.get(step.data, math.nan))
    return _around(height, height)


def _refuse(*_: Any) -> Between:
    raise Unbounded


_OPERATIONS: dict[str, Callable[..., Between]] = {
    "number": lambda _, step: _number(step.data),
    "symbol": _refuse,
    "constant": lambda _, step: _constant(step),
    "add": lambda _, _step, *terms: _add(*terms),
    "mul": lambda _, _step, *factors: _multiply(*factors),
    "div": lambda _, _step, top, bottom: _multiply(top, _inverse(bottom)),
    "neg": lambda _, _step, value: _negative(value),
    "percent": lambda _, _step, value: _multiply(value, _number(Fraction(1, 100))),
    "degrees": _refuse,
    "exp": lambda _, _step, value: _exponential(value),
    "rational power": lambda _, step, base: _literal_power(step, base),
    "power": lambda _, _step, base, exponent: _power(base, exponent),
    "root": lambda _, _step, value, index: _power(value, _inverse(index)),
    "factorial": lambda _, _step, value: _factorial(value),
    "function": lambda _, step, value, *others: _function(step, value, *others),
    "opaque": _refuse,
    "weights": _refuse,
    "undefined": _refuse,
}
