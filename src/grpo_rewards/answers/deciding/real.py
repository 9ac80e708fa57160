"""Expressions evaluated at real points, in machine numbers or in arbitrary precision."""

from __future__ import annotations

import math
import random
import threading
from collections.abc import Callable
from fractions import Fraction
from typing import Any, ClassVar

from grpo_rewards.answers.deciding.modular import Undefined
from grpo_rewards.answers.notation.trees import Tree
from grpo_rewards.caches import ANSWERS

__all__ = ["AGREED", "ARITHMETIC_ERRORS", "LOG_SCALE", "Floats", "TooLarge", "evaluate", "precise"]

DIGITS = 60
"""Working precision of the arbitrary-precision stage, in decimal digits."""
AGREED = 40
"""Digits to which two values have to agree there."""
LOG_SCALE = "scale of a logarithm without a base"
"""A point's entry under this name scales the logarithms that are written without a base."""
MAX_MAGNITUDE = 5_000_000
"""The largest binary exponent (in bits) that a power may have."""
MAX_ARGUMENT_BITS = 64
"""Functions of larger numbers would have no digits left to compare, and take long."""


class TooLarge(ArithmeticError):  # noqa: N818 (an answer to "what is its value", not a fault)
    """The value is beyond what is worked out."""


ARITHMETIC_ERRORS = (ArithmeticError, ValueError, TypeError, KeyError)


class Floats:
    """Machine numbers: fast, and trusted only to show a difference."""

    pi, e, i = math.pi, math.e, 1j
    real_only = True

    @staticmethod
    def number(value: Fraction) -> float:
        return value.numerator / value.denominator

    functions: ClassVar[dict[str, Callable[[float], float]]] = {
        "sin": math.sin, "cos": math.cos, "tan": math.tan, "arcsin": math.asin,
        "arccos": math.acos, "arctan": math.atan, "sinh": math.sinh, "cosh": math.cosh,
        "tanh": math.tanh, "arcsinh": math.asinh, "arccosh": math.acosh, "arctanh": math.atanh,
        "ln": math.log, "log": math.log, "exp": math.exp,
    }  # fmt: skip
    zero_tolerance = 1e-9

    @staticmethod
    def check(value: float) -> None:
        """Machine numbers overflow by themselves."""

    @staticmethod
    def gamma(value: float) -> float:
        return math.gamma(value + 1)

    @staticmethod
    def floor(value: float) -> float:
        return math.floor(value + 1e-9)

    @staticmethod
    def power(base: Any, exponent: Any) -> Any:
        return base**exponent

    @staticmethod
    def root(value: float, index: float) -> float:
        return math.sqrt(value) if index == 2 else value ** (1 / index)


_of_thread = threading.local()


def precise(*, real_only: bool = True, digits: int = DIGITS) -> Any:
    """The same operations in arbitrary precision, over the reals or over the complex numbers.

    A thread has its own, since the context behind them has a state.
    """
    if not hasattr(_of_thread, "fields"):
        _of_thread.fields = {}
    if digits not in _of_thread.fields:
        _of_thread.fields[digits] = _precise_fields(digits)
    over_reals, over_complex = _of_thread.fields[digits]
    return over_reals if real_only else over_complex


def _precise_fields(digits: int) -> tuple[Any, Any]:
    import mpmath  # noqa: PLC0415 (loaded when first needed: it is half of what importing sympy costs)

    context = mpmath.mp.clone()
    context.dps = digits

    class Precise:
        pi, e, i = +context.pi, +context.e, context.mpc(0, 1)
        real_only = True
        zero_tolerance = context.mpf(10) ** (-AGREED * digits // DIGITS)
        functions: ClassVar[dict[str, Callable[[Any], Any]]] = {
            "sin": context.sin, "cos": context.cos, "tan": context.tan, "arcsin": context.asin,
            "arccos": context.acos, "arctan": context.atan, "sinh": context.sinh,
            "cosh": context.cosh, "tanh": context.tanh, "arcsinh": context.asinh,
            "arccosh": context.acosh, "arctanh": context.atanh, "ln": context.ln,
            "log": context.ln, "exp": context.exp,
        }  # fmt: skip

        @staticmethod
        def number(value: Fraction) -> Any:
            return context.mpf(value.numerator) / value.denominator

        @staticmethod
        def check(value: Any) -> None:
            if context.mag(value) > MAX_ARGUMENT_BITS:
                raise TooLarge("a function's argument is too large")

        @staticmethod
        def gamma(value: Any) -> Any:
            return context.factorial(value)

        @staticmethod
        def floor(value: Any) -> Any:
            nearest = context.nint(value)
            near = abs(value - nearest) < context.mpf(10) ** (-AGREED)
            return nearest if near else context.floor(value)

        @staticmethod
        def power(base: Any, exponent: Any) -> Any:
            size = max(abs(exponent), abs(exponent * context.mag(base)) if base else 0)
            if size > MAX_MAGNITUDE:
                raise TooLarge("a power is too large")
            return context.power(base, exponent)

        @staticmethod
        def root(value: Any, index: Any) -> Any:
            if index == 2:
                return context.sqrt(value)
            return context.power(value, 1 / index)

    class Complex(Precise):
        real_only = False

    return Precise, Complex


_RECIPROCALS = {"cot": "tan", "sec": "cos", "csc": "sin", "coth": "tanh"}
_INVERSE_RECIPROCALS = {"arccot": "arctan", "arcsec": "arccos", "arccsc": "arcsin"}


def _real(value: Any, field: Any) -> Any:
    if not field.real_only:
        return value
    if isinstance(value, complex) or hasattr(value, "_mpc_"):
        raise Undefined("a real function of a complex number")
    return value


def evaluate(tree: Tree, point: dict[str, Any], field: Any) -> Any:  # noqa: PLR0912 (one branch a node)
    """The value at a point; real unless the imaginary unit is written."""
    kind = tree[0]
    if kind == "num":
        return field.number(tree[1])
    if kind == "sym":
        return point[tree[1]]
    if kind == "add":
        total = evaluate(tree[1], point, field)
        for part in tree[2:]:
            total = total + evaluate(part, point, field)
        return total
    if kind == "mul":
        total = evaluate(tree[1], point, field)
        for part in tree[2:]:
            total = total * evaluate(part, point, field)
        return total
    if kind == "div":
        return evaluate(tree[1], point, field) / evaluate(tree[2], point, field)
    if kind == "neg":
        return -evaluate(tree[1], point, field)
    if kind == "pow":
        return _power(tree, point, field)
    if kind == "fn":
        return _function(tree, point, field)
    if kind == "const":
        if tree[1] == "inf":
            raise Undefined("infinity")
        return getattr(field, tree[1])
    if kind == "deg":
        return evaluate(tree[1], point, field) * field.pi / 180
    if kind == "pct":
        return evaluate(tree[1], point, field) / 100
    if kind == "fact":
        return _factorial(_real(evaluate(tree[1], point, field), field), field)
    if kind in ("app", "op"):
        return _opaque(tree, point, field)
    if kind == "group" and len(tree) == 4 and tree[1] in ("(", "["):
        return evaluate(tree[3], point, field)
    raise Undefined(f"{kind} has no numeric value")


def _factorial(value: Any, field: Any) -> Any:
    if value < 0 or value > 10**9:
        raise Undefined("a factorial out of range")
    return field.gamma(value)


def _power(tree: Tree, point: dict[str, Any], field: Any) -> Any:
    base = evaluate(tree[1], point, field)
    if tree[1] == ("const", "e"):
        exponent_value = _real(evaluate(tree[2], point, field), field)
        field.check(exponent_value)
        return field.functions["exp"](exponent_value)
    exponent = exponent_fraction(tree[2])
    if exponent is not None and exponent.denominator == 1:
        if abs(exponent) > MAX_MAGNITUDE:
            raise TooLarge("a power is too large")
        return field.power(base, int(exponent))
    value = evaluate(tree[2], point, field)
    if not field.real_only or isinstance(base, complex) or hasattr(base, "_mpc_"):
        return field.power(base, value)
    if base < 0:
        if exponent is not None and exponent.denominator % 2:
            # The real root: (-8)^{1/3} is -2, and (-8)^{2/3} is 4.
            sign = -1 if exponent.numerator % 2 else 1
            return sign * field.power(-base, value)
        if value == int(value):  # (-1)^n at a whole n
            return field.power(base, int(value))
        raise Undefined("a power of a negative number")
    return field.power(base, _real(value, field))


@ANSWERS.keep(entries=4_096)
def exponent_fraction(tree: Tree) -> Fraction | None:
    kind = tree[0]
    if kind == "num":
        return tree[1]
    if kind == "neg":
        inner = exponent_fraction(tree[1])
        return None if inner is None else -inner
    if kind == "div":
        top, bottom = exponent_fraction(tree[1]), exponent_fraction(tree[2])
        return None if top is None or not bottom else top / bottom
    return None


def _function(tree: Tree, point: dict[str, Any], field: Any) -> Any:
    name = tree[1]
    argument = evaluate(tree[2], point, field)
    if name == "abs":
        return abs(argument)
    argument = _real(argument, field)
    field.check(argument)
    if name == "root":
        return _root(argument, _real(evaluate(tree[3], point, field), field), field)
    if name == "binom":
        lower = _real(evaluate(tree[3], point, field), field)
        return _factorial(argument, field) / (
            _factorial(lower, field) * _factorial(argument - lower, field)
        )
    if name == "floor":
        return field.floor(argument)
    if name == "ceil":
        return -field.floor(-argument)
    if name == "sgn":
        return (argument > 0) - (argument < 0)
    if name in _RECIPROCALS:
        return 1 / field.functions[_RECIPROCALS[name]](argument)
    if name in _INVERSE_RECIPROCALS:
        if name == "arccot":
            return field.pi / 2 - field.functions["arctan"](argument)
        argument = 1 / argument
        name = _INVERSE_RECIPROCALS[name]
    if field.real_only and name in ("ln", "log", "arccosh") and argument <= 0:
        raise Undefined("a logarithm of no positive number")
    if field.real_only and name in ("arcsin", "arccos", "arctanh") and abs(argument) > 1:
        raise Undefined("outside the domain")
    if name == "log":
        return field.functions["ln"](argument) * point.get(LOG_SCALE, 1)
    if name not in field.functions:
        raise Undefined(f"{name} has no numeric value")
    return field.functions[name](argument)


def _root(value: Any, index: Any, field: Any) -> Any:
    if field.real_only and value < 0:
        if index != int(index) or int(index) % 2 == 0:
            raise Undefined("an even root of a negative number")
        return -field.root(-value, index)
    if not index:
        raise Undefined("a zeroth root")
    return field.root(value, index)


def _opaque(tree: Tree, point: dict[str, Any], field: Any) -> Any:
    """An unknown function or an unevaluated operation: some smooth map of its arguments' values.

    The map depends on the name only, so equal arguments give equal values in either spelling.
    """
    seed = random.Random(f"{tree[0]} {tree[1]}")
    total = field.number(Fraction(seed.randrange(1, 10**6), 10**6))
    for argument in tree[2:]:
        weight = field.number(Fraction(seed.randrange(10**6, 3 * 10**6), 10**6))
        total = total + weight * _argument_value(argument, point, field)
    # Bounded, so that what it is added to is not lost beside it; and not linear.
    return total / (1 + total * total)


def _argument_value(tree: Tree, point: dict[str, Any], field: Any) -> Any:
    if tree[0] == "chain":
        parts = [tree[1], *(side for _, side in tree[2:])]
        return sum(
            _argument_value(part, point, field) * (place + 2) ** 2
            for place, part in enumerate(parts)
        )
    if tree == ("const", "inf"):
        return field.number(Fraction(98_765_432, 10**6))
    if tree == ("neg", ("const", "inf")):
        return field.number(Fraction(-12_345_678, 10**6))
    return evaluate(tree, point, field)
