"""Expressions evaluated in ball arithmetic: every value is a midpoint and a bound on its error.

Where two balls do not meet, the values are proven different, whatever the precision. The functions
are those of Arb, in python-flint, which is loaded when it is first needed. Where a ball does not
tell on which side of a break a value lies (of a floor, of a root's domain), the value is a ball
that holds both, and more precision tells; a value that stays within what the magnitudes met on
the way could hide is taken to be on the break.
"""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any
from zlib import crc32

from grpo_rewards.answers.deciding.steps import Step, Undefined, run

__all__ = ["ARITHMETIC_ERRORS", "Balls", "TooLarge", "magnitude", "precision"]

MAX_MAGNITUDE = 1 << 40
"""The largest binary exponent (in bits) that a value may have."""
MAX_ARGUMENT_BITS = 4_096
"""Periodic functions of larger numbers would take more bits to work out."""
MAX_FACTORIAL = 10**9
SMALL = 8
"""Numbers and magnitudes of so few bits hide nothing."""
MARGIN = 128
"""Bits beyond those that the magnitudes could hide, from which on an agreement counts."""


class TooLarge(ArithmeticError):  # noqa: N818 (an answer to "what is its value", not a fault)
    """The value is beyond what is worked out."""


ARITHMETIC_ERRORS = (ArithmeticError, ValueError)


class _Library:
    """What is used of python-flint, which is loaded when it is first needed."""

    arb: Any
    acb: Any
    fmpq: Any
    context: Any = None


def _load() -> None:
    import flint  # noqa: PLC0415 (it costs as much as the package)

    _Library.arb, _Library.acb, _Library.fmpq = flint.arb, flint.acb, flint.fmpq
    _Library.context = flint.ctx


_LOCKS = {"precision": threading.RLock()}
if hasattr(
    os, "register_at_fork"
):  # a child forked meanwhile must not wait for a thread it has not
    os.register_at_fork(after_in_child=lambda: _LOCKS.update(precision=threading.RLock()))


class precision:  # noqa: N801 (used as a statement)
    """Work with balls of so many bits: the library has one precision for all threads."""

    __slots__ = ("before", "bits", "lock")

    def __init__(self, bits: int) -> None:
        self.bits = bits

    def __enter__(self) -> None:
        if _Library.context is None:
            _load()
        self.lock = _LOCKS["precision"]
        self.lock.acquire()
        self.before = _Library.context.prec
        _Library.context.prec = self.bits

    def __exit__(self, *_: object) -> None:
        _Library.context.prec = self.before
        self.lock.release()


def magnitude(value: Any) -> int:
    """The binary exponent of a ball's midpoint; 0 where the ball may be zero or anything."""
    if not hasattr(value, "mid_rad_10exp"):
        return max(magnitude(value.real), magnitude(value.imag), key=abs)
    if not value.is_finite() or value.contains(0):
        return 0
    mantissa, exponent = value.mid().man_exp()
    return int(mantissa).bit_length() + int(exponent)


class Balls:
    """The operations over the reals or the complex numbers, in the precision of the moment.

    Args:
        point: The value of each unknown.
        over_reals: Whether what has no real value is undefined.
        decimal: Whether a logarithm without a base is one to the base of ten.
    """

    def __init__(
        self, point: Mapping[str, Fraction], *, over_reals: bool = True, decimal: bool = False
    ) -> None:
        self.point, self.over_reals, self.decimal = point, over_reals, decimal
        self.hidden = 0
        """Bits of the numbers and the magnitudes met so far: what cancellation could hide."""

    def value(self, steps: tuple[Step, ...]) -> Any:
        return run(steps, _OPERATIONS, self)

    # What is hidden -----------------------------------------------------------------------------

    def enough(self) -> int:
        """Bits from which on an agreement, or a value near a break, is more than rounding."""
        return 2 * self.hidden + MARGIN

    def count(self, bits: int) -> None:
        self.hidden += max(0, abs(bits) - SMALL)

    def vanishes(self, value: Any) -> bool:
        """Whether a value is zero, or less than could be hidden."""
        if not hasattr(value, "mid_rad_10exp"):
            return self.vanishes(value.real) and self.vanishes(value.imag)
        if not value.contains(0):
            return False
        return bool(value.is_zero() or abs(value) < _Library.arb(2) ** -self.enough())

    # Numbers ------------------------------------------------------------------------------------

    def ball(self, value: Fraction) -> Any:
        top, bottom = value.as_integer_ratio()
        return _Library.arb(top if bottom == 1 else _Library.fmpq(top, bottom))

    def _number(self, step: Step) -> Any:
        top, bottom = step.data.as_integer_ratio()
        bits = top.bit_length() + bottom.bit_length()
        if bits > SMALL:
            self.count(bits)
        return _Library.arb(top if bottom == 1 else _Library.fmpq(top, bottom))

    def _symbol(self, step: Step) -> Any:
        value = self.point.get(step.data)
        if value is None:
            raise Undefined("an unknown without a value")
        if isinstance(value, tuple):
            return _Library.acb(*map(self.ball, value))
        return self.ball(value)

    def _constant(self, step: Step) -> Any:
        if step.data == "i":
            return _Library.acb(0, 1)
        return _Library.arb.pi() if step.data == "pi" else _Library.arb.const_e()

    def _undefined(self, step: Step) -> Any:
        raise Undefined(f"{step.data} has no numeric value")

    def real(self, value: Any) -> Any:
        """A value as a real ball; what is not real has no order, no floor and no sign."""
        if hasattr(value, "mid_rad_10exp"):
            return value
        if value.imag.is_zero() or self.vanishes(value.imag):
            return value.real
        raise Undefined("a real function of a complex number")

    def is_real(self, value: Any) -> bool:
        return hasattr(value, "mid_rad_10exp") or bool(value.imag.is_zero())

    # Arithmetic ---------------------------------------------------------------------------------

    def _add(self, _: Step, first: Any, *others: Any) -> Any:
        for other in others:
            first = first + other
        return first

    def _mul(self, _: Step, first: Any, *others: Any) -> Any:
        for other in others:
            first = first * other
        return first

    def divide(self, top: Any, bottom: Any) -> Any:
        if self.vanishes(bottom):
            raise Undefined("a division by zero")
        return top / bottom

    def bounded(self, value: Any) -> Any:
        """A value that is not too large to work with; what it hides is counted."""
        size = magnitude(value)
        if abs(size) > MAX_MAGNITUDE:
            raise TooLarge("a value is too large")
        if abs(size) > SMALL:
            self.count(size)
        return value

    def _exp(self, value: Any) -> Any:
        if self.over_reals:
            value = self.real(value)
        self._count_exponent(value)
        return self.bounded(value.exp())

    def _count_exponent(self, value: Any) -> None:
        size = magnitude(value)
        if size > MAX_MAGNITUDE.bit_length():
            raise TooLarge("an exponent is too large")
        self.count(3 << size if size > 0 else size)

    def _rational_power(self, step: Step, base: Any) -> Any:
        exponent: Fraction = step.data
        top, degree = exponent.numerator, exponent.denominator
        self.count(top.bit_length() + degree.bit_length())
        size = magnitude(base)
        if abs(size) * abs(top) > MAX_MAGNITUDE * degree or top.bit_length() > 64:
            raise TooLarge("a power is too large")
        if degree == 1:
            return self._whole_power(base, top)
        if self.is_real(base):
            base = self.real(base)
            if base < 0 and degree % 2:
                # The real root: (-8)^{1/3} is -2, and (-8)^{2/3} is 4.
                power = self._positive_power(-base, exponent)
                return -power if top % 2 else power
            if self.over_reals or base > 0:
                return self._positive_power(base, exponent, odd=bool(degree % 2))
        return self.bounded(_Library.acb(base) ** self.ball(exponent))

    def _whole_power(self, base: Any, exponent: int) -> Any:
        if exponent <= 0 and self.vanishes(base):
            raise Undefined("zero to a power that is not positive")
        if exponent < 0:
            return self.bounded(1 / base**-exponent)
        return self.bounded(base**exponent)

    def _positive_power(self, base: Any, exponent: Fraction, *, odd: bool = False) -> Any:
        """A power of a number that is not negative, or may be, as far as its ball tells."""
        if base < 0:
            raise Undefined("an even root of a negative number")
        if not base > 0:
            if exponent < 0 and self.vanishes(base):
                raise Undefined("zero to a negative power")
            if exponent < 0 or not base.is_finite():
                return _Library.arb("nan")
            largest = abs(base).abs_upper()
            if not largest > 0:
                return _Library.arb(0)
            size = (largest ** self.ball(exponent)).abs_upper()
            around = _Library.arb(0, size)
            return around if odd else around.nonnegative_part()
        if exponent.denominator == 2 and exponent.numerator in (1, -1):
            return base.sqrt() if exponent.numerator == 1 else 1 / base.sqrt()
        return self.bounded(base ** self.ball(exponent))

    def _power(self, _: Step, base: Any, exponent: Any) -> Any:
        size = abs(magnitude(base)).bit_length() + magnitude(exponent)
        if size > MAX_MAGNITUDE.bit_length():
            raise TooLarge("a power is too large")
        self.count(magnitude(base))
        self.count(magnitude(exponent))
        if self.is_real(base) and self.is_real(exponent):
            base, exponent = self.real(base), self.real(exponent)
            if base > 0:
                return self.bounded(base**exponent)
            whole = self._whole(exponent)
            if whole is not None and abs(whole).bit_length() <= 64:  # (-1)^n at a whole n
                return self._whole_power(base, whole)
            if self.vanishes(base):
                if exponent > 0:
                    return _Library.arb(0)
                raise Undefined("zero to a power that is not positive")
            if self.over_reals:
                if base < 0:
                    raise Undefined("a power of a negative number")
                return _Library.arb("nan")
        elif self.over_reals:
            raise Undefined("a complex power")
        if self.vanishes(base):
            raise Undefined("zero to a complex power")
        return self.bounded(_Library.acb(base) ** _Library.acb(exponent))

    def _whole(self, value: Any) -> int | None:
        """The integer that a value is, or is nearer to than could be hidden."""
        if not value.is_finite() or not value.contains_integer():
            return None
        whole = value.unique_fmpz()
        if whole is None or not self.vanishes(value - whole):
            return None
        return int(whole)

    def _root(self, step: Step, value: Any, index: Any) -> Any:
        exact: int | None = step.data
        if exact is None:
            if self.is_real(value) and self.real(value) > 0:
                return self.bounded(self.real(value) ** self.divide(1, index))
            raise Undefined("a root of an index that is no whole number")
        if not exact:
            raise Undefined("a zeroth root")
        self.count(exact.bit_length())
        if self.is_real(value):
            value = self.real(value)
            if value < 0 and exact % 2:
                return -self._positive_power(-value, Fraction(1, exact))
            if self.over_reals or value > 0:
                return self._positive_power(value, Fraction(1, exact), odd=bool(exact % 2))
        if exact == 2:
            return _Library.acb(value).sqrt()
        if self.vanishes(value):
            return _Library.arb(0)
        return _Library.acb(value) ** self.ball(Fraction(1, exact))

    # Functions ----------------------------------------------------------------------------------

    def _factorial(self, value: Any) -> Any:
        value = self.real(value)
        if value < 0 or value > MAX_FACTORIAL:
            raise Undefined("a factorial out of range")
        return self.bounded((value + 1).gamma())

    def _function(self, step: Step, argument: Any, *others: Any) -> Any:
        name = step.data
        if name == "abs":
            return abs(argument)
        size = magnitude(argument)
        if abs(size) > SMALL:
            self.count(2 * size)
        if name == "binom":
            (lower,) = others
            bottom = self._factorial(lower) * self._factorial(argument - lower)
            return self.divide(self._factorial(argument), bottom)
        if name in _BREAKS:
            return _BREAKS[name](self, self.real(argument))
        if name not in _FUNCTIONS:
            raise Undefined(f"{name} has no numeric value")
        if size > MAX_ARGUMENT_BITS and name in _PERIODIC:
            raise TooLarge("a function's argument is too large")
        if self.is_real(argument):
            argument = self.real(argument)
        elif self.over_reals:
            raise Undefined("a real function of a complex number")
        return self.bounded(_FUNCTIONS[name](self, argument))

    def floor(self, value: Any) -> Any:
        whole = self._whole(value)
        return value.floor() if whole is None else _Library.arb(whole)

    def sign(self, value: Any) -> Any:
        return _Library.arb(0) if self.vanishes(value) else value.sgn()

    def log(self, value: Any) -> Any:
        if self.vanishes(value):
            raise Undefined("a logarithm of zero")
        if not hasattr(value, "mid_rad_10exp") or (value < 0 and not self.over_reals):
            return _Library.acb(value).log()
        if value < 0:
            raise Undefined("a logarithm of a negative number")
        return value.log()  # of a ball that may be zero: no bound

    def common_log(self, value: Any) -> Any:
        value = self.log(value)
        return value / _Library.arb.const_log10() if self.decimal else value

    def within_one(self, name: str, value: Any) -> Any:
        """An inverse function whose domain ends at one and minus one."""
        if not hasattr(value, "mid_rad_10exp"):
            return getattr(value, name)()
        outside = value > 1 or value < -1
        if not outside:
            if not (value <= 1 and value >= -1) and value.is_finite():
                value = value.intersection(_Library.arb(0, 1))
            return getattr(value, name)()
        if self.over_reals:
            raise Undefined("outside the domain")
        return getattr(_Library.acb(value), name)()

    def arcosh(self, value: Any) -> Any:
        if not hasattr(value, "mid_rad_10exp"):
            return value.acosh()
        if value < 1:
            if self.over_reals:
                raise Undefined("outside the domain")
            return _Library.acb(value).acosh()
        return value.max(_Library.arb(1)).acosh()

    def artanh(self, value: Any) -> Any:
        if hasattr(value, "mid_rad_10exp"):
            if self.vanishes(value - 1) or self.vanishes(value + 1):
                raise Undefined("an infinite value")
            if value > 1 or value < -1:
                if self.over_reals:
                    raise Undefined("outside the domain")
                return _Library.acb(value).atanh()
        return value.atanh()

    def hyperbolic(self, name: str, value: Any) -> Any:
        self._count_exponent(value)
        return getattr(value, name)()

    # Unknown functions --------------------------------------------------------------------------

    def _opaque(self, step: Step, *arguments: Any) -> Any:
        """An unknown function or an unevaluated operation: some smooth map of its arguments.

        The map depends on the name only, so equal arguments give equal values in either spelling.
        """
        seed = random.Random(step.data)
        total = self.ball(Fraction(seed.randrange(1, 10**6), 10**6))
        for argument in arguments:
            weight = self.ball(Fraction(seed.randrange(10**6, 3 * 10**6), 10**6))
            total = total + weight * argument
        # Bounded, so that what it is added to is not lost beside it; and not linear.
        self.count(3 * magnitude(total))
        return total / (1 + total * total)

    def _weights(self, step: Step, *sides: Any) -> Any:
        """The sides of a bound as ``k=1``, by their places and the signs between them."""
        signs = _Library.arb(crc32(step.data.encode()))
        return sum((side * (place + 2) ** 2 for place, side in enumerate(sides)), signs)


_PERIODIC = frozenset(["sin", "cos", "tan", "cot", "sec", "csc"])
_BREAKS: dict[str, Callable[[Balls, Any], Any]] = {
    "floor": Balls.floor,
    "ceil": lambda balls, value: -balls.floor(-value),
    "sgn": Balls.sign,
}
_FUNCTIONS: dict[str, Callable[[Balls, Any], Any]] = {
    "sin": lambda _, x: x.sin(),
    "cos": lambda _, x: x.cos(),
    "tan": lambda balls, x: balls.divide(x.sin(), x.cos()),
    "cot": lambda balls, x: balls.divide(x.cos(), x.sin()),
    "sec": lambda balls, x: balls.divide(1, x.cos()),
    "csc": lambda balls, x: balls.divide(1, x.sin()),
    "sinh": lambda balls, x: balls.hyperbolic("sinh", x),
    "cosh": lambda balls, x: balls.hyperbolic("cosh", x),
    "tanh": lambda balls, x: balls.hyperbolic("tanh", x),
    "coth": lambda balls, x: balls.divide(1, balls.hyperbolic("tanh", x)),
    "arcsin": lambda balls, x: balls.within_one("asin", x),
    "arccos": lambda balls, x: balls.within_one("acos", x),
    "arctan": lambda _, x: x.atan(),
    "arccot": lambda _, x: _Library.arb.pi() / 2 - x.atan(),
    "arcsec": lambda balls, x: balls.within_one("acos", balls.divide(1, x)),
    "arccsc": lambda balls, x: balls.within_one("asin", balls.divide(1, x)),
    "arcsinh": lambda _, x: x.asinh(),
    "arccosh": Balls.arcosh,
    "arctanh": Balls.artanh,
    "ln": Balls.log,
    "log": Balls.common_log,
}
_OPERATIONS: dict[str, Callable[..., Any]] = {
    "number": Balls._number,
    "symbol": Balls._symbol,
    "constant": Balls._constant,
    "add": Balls._add,
    "mul": Balls._mul,
    "div": lambda balls, _, top, bottom: balls.divide(top, bottom),
    "neg": lambda _, _step, value: -value,
    "percent": lambda _, _step, value: value / 100,
    "degrees": lambda _, _step, value: value * _Library.arb.pi() / 180,
    "exp": lambda balls, _, value: balls._exp(value),
    "rational power": Balls._rational_power,
    "power": Balls._power,
    "root": Balls._root,
    "factorial": lambda balls, _, value: balls._factorial(value),
    "function": Balls._function,
    "opaque": Balls._opaque,
    "weights": Balls._weights,
    "undefined": Balls._undefined,
}
