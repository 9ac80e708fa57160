"""How near to zero an algebraic constant can be without being zero.

The bound of Burnikel, Funke, Mehlhorn, Schirra and Schmitt (A separation bound for real algebraic
expressions, Algorithmica 55, 2009): an expression of rational numbers, +, -, *, / and roots is a
quotient U/L of algebraic integers. If no conjugate of U exceeds u, none of L exceeds l, and U has
degree D at most, then it is zero or at least 1/(u^(D-1) l). Sines and cosines of rational angles
are halves of algebraic integers of a cyclotomic field, and join in.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

from grpo_rewards.answers.deciding.steps import Step, run
from grpo_rewards.answers.notation.trees import Tree, children

__all__ = ["bits_that_hide"]


class Transcendental(ArithmeticError):  # noqa: N818 (an answer, not a fault)
    """The constant may not be algebraic."""


class Size(NamedTuple):
    """Bounds of the conjugates of a quotient of algebraic integers, as binary logarithms."""

    top: float
    bottom: float
    exact: Fraction | None = None
    """The value, of a small rational number or of such a multiple of pi."""
    angle: bool = False
    """Whether it is that multiple of pi."""


class _Degree:
    """Of the field in which an expression lies: the roots met, and the angles."""

    def __init__(self) -> None:
        self.roots: dict[tuple[int, Tree], int] = {}
        self.angles = 1
        self.imaginary = False

    def total(self) -> int:
        degree = math.prod(self.roots.values())
        if self.angles > 1:
            return degree * 2 * self.angles
        return degree * 2 if self.imaginary else degree


def bits_that_hide(
    left: tuple[Step, ...], right: tuple[Step, ...], *, over_reals: bool = True
) -> int | None:
    r"""Two algebraic constants whose difference is below 2^-bits are the same.

    Returns:
        ``None`` when they are not known to be algebraic, or no such bound can be written down.

    Example:
        >>> from grpo_rewards.answers.deciding.steps import unroll
        >>> from grpo_rewards.answers.notation.grammar import parse
        >>> bits_that_hide(unroll(parse(r"\sqrt{3+2\sqrt2}")), unroll(parse(r"1+\sqrt2")))
        9
        >>> bits_that_hide(unroll(parse("e")), unroll(parse("3"))) is None
        True
    """
    degree = _Degree()
    operations = _operations(degree, over_reals=over_reals)
    try:
        sizes = [_algebraic(run(steps, operations)) for steps in (left, right)]
        difference = _sum(*sizes)
        bits = (degree.total() - 1) * difference.top + difference.bottom
    except (Transcendental, OverflowError):
        return None
    return math.ceil(bits) + 1 if math.isfinite(bits) else None


def _algebraic(size: Size) -> Size:
    if size.angle and size.exact:
        raise Transcendental
    return size


def _number(value: Fraction) -> Size:
    return Size(
        float((abs(value.numerator) - 1).bit_length()),
        float((value.denominator - 1).bit_length()),
        value if value.numerator.bit_length() + value.denominator.bit_length() < 2_000 else None,
    )


def _sum(first: Size, *others: Size) -> Size:
    for other in others:
        exact = None
        if first.exact is not None and other.exact is not None and first.angle == other.angle:
            exact = first.exact + other.exact
        elif first.angle or other.angle:
            raise Transcendental
        top = max(first.top + other.bottom, first.bottom + other.top) + 1
        first = Size(top, first.bottom + other.bottom, exact, first.angle)
    return first


def _product(first: Size, *others: Size) -> Size:
    for other in others:
        exact = None
        if first.exact is not None and other.exact is not None:
            exact = first.exact * other.exact
        angle = first.angle or other.angle
        if angle and (exact is None or (first.angle and other.angle)):
            raise Transcendental
        first = Size(first.top + other.top, first.bottom + other.bottom, exact, angle)
    return first


def _inverse(size: Size) -> Size:
    exact = 1 / size.exact if size.exact else None
    return Size(size.bottom, size.top, exact)


def _quotient(top: Size, bottom: Size) -> Size:
    if top.angle and bottom.angle and top.exact is not None and bottom.exact:
        return _number(top.exact / bottom.exact)
    return _product(top, _inverse(_algebraic(bottom)))


def _root(size: Size, degree: int) -> Size:
    top, bottom = _algebraic(size)[:2]
    if degree == 1:
        return size
    if math.log2(degree) > 1_000:
        raise OverflowError
    if top >= bottom:
        return Size((top + bottom * (degree - 1)) / degree, bottom)
    return Size(top, (top * (degree - 1) + bottom) / degree)


def _operations(degree: _Degree, *, over_reals: bool) -> dict[str, Callable[..., Any]]:
    def take_root(step: Step, size: Size, index: int) -> Size:
        if index > 1:
            degree.roots[index, children(step.tree)[0]] = index
        return _root(size, index)

    def take_power(_: None, step: Step, size: Size) -> Size:
        exponent: Fraction = step.data
        if exponent.numerator.bit_length() > 64:
            raise OverflowError
        exact = size.exact
        size = take_root(step, _algebraic(size), exponent.denominator)
        if exponent < 0:
            size = _inverse(size)
        times = abs(exponent.numerator)
        if exact is None or exponent.denominator != 1 or times > 64 or not exact:
            return Size(size.top * times, size.bottom * times)
        return Size(size.top * times, size.bottom * times, exact ** int(exponent))

    def take_indexed_root(_: None, step: Step, size: Size, *_others: Size) -> Size:
        index: int | None = step.data
        if not index:
            raise Transcendental
        size = take_root(step, size, abs(index))
        return _inverse(size) if index < 0 else size

    def take_constant(_: None, step: Step) -> Size:
        if step.data == "pi":
            return Size(0, 0, Fraction(1), angle=True)
        if step.data == "i":
            degree.imaginary = True
            return Size(0, 0)
        raise Transcendental

    def take_function(_: None, step: Step, size: Size, *_others: Size) -> Size:
        name = step.data
        if name == "abs" and over_reals:
            return size._replace(exact=None if size.exact is None else abs(size.exact))
        if name not in ("sin", "cos", "tan", "cot", "sec", "csc") or size.exact is None:
            raise Transcendental
        if not size.angle and size.exact:
            raise Transcendental
        degree.angles = math.lcm(degree.angles, size.exact.denominator, 4)
        return Size(1, 1)

    def refuse(*_: Any) -> Size:
        raise Transcendental

    return {
        "number": lambda _, step: _number(step.data),
        "symbol": refuse,
        "constant": take_constant,
        "add": lambda _, _step, *sizes: _sum(*sizes),
        "mul": lambda _, _step, *sizes: _product(*sizes),
        "div": lambda _, _step, top, bottom: _quotient(top, bottom),
        "neg": lambda _, _step, size: size._replace(
            exact=None if size.exact is None else -size.exact
        ),
        "percent": lambda _, _step, size: _quotient(size, _number(Fraction(100))),
        "degrees": lambda _, _step, size: _product(
            size, Size(0, 0, Fraction(1), angle=True), _number(Fraction(1, 180))
        ),
        "exp": refuse,
        "rational power": take_power,
        "power": refuse,
        "root": take_indexed_root,
        "factorial": refuse,
        "function": take_function,
        "opaque": refuse,
        "weights": refuse,
        "undefined": refuse,
    }
