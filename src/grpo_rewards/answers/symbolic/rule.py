"""Deciding with sympy what evaluation in process could not; runs only inside a worker process.

Trees become sympy objects by construction, node by node: no text is parsed or evaluated.
Constants too large to write out are built from stand-ins (a symbol for the prime 2 in
``2^{10^9}``), which cancel as the numbers would.
"""

from __future__ import annotations

from typing import Any

import sympy

from grpo_rewards.answers.deciding import identity
from grpo_rewards.answers.deciding.steps import nodes
from grpo_rewards.answers.notation.trees import (
    BasedLiteral,
    Call,
    Chain,
    Constant,
    Degrees,
    Factorial,
    Measured,
    Negation,
    Num,
    Omission,
    Percent,
    Power,
    Product,
    Quotient,
    Rows,
    Signed,
    Sum,
    Symbol,
    Tree,
    bracketed_item,
    children,
)

__all__ = ["same"]

MAX_BITS = 20_000
"""Powers of rational numbers that would take more bits are built from stand-ins."""
MAX_FACTORIAL = 5_000
"""Factorials of larger numbers are built from stand-ins."""
NEAR = 1_000
"""Factorials of numbers no further apart than this are expressed by one another."""
MAX_POWER = 16
"""Large powers are expressed by one another's up to this one."""


class Unsupported(Exception):  # noqa: N818 (the answer is that sympy has nothing to say)
    """The tree holds what is no expression: a unit, a matrix, a sign that is open."""


def same(left: Tree, right: Tree) -> bool | None:
    r"""Whether two expressions are equal wherever both are defined over the reals.

    Where they are defined together nowhere, they are compared as complex expressions.

    Returns:
        ``None`` when that could not be decided. Any exception but ``MemoryError`` means the same.

    Example:
        >>> from grpo_rewards.answers.notation.grammar import parse
        >>> same(parse(r"\sqrt{-x^2-1}"), parse(r"i\sqrt{x^2+1}"))
        True
        >>> same(parse("2^{10^9}"), parse("4^{5*10^8}"))
        True
    """
    if left == right:
        return True
    # Without a base a logarithm is natural to some and decimal to others.
    plain_log = any(
        isinstance(node, Call) and node.name == "log"
        for tree in (left, right)
        for node in nodes(tree)
    )
    verdicts = [_same(left, right, decimal=decimal) for decimal in (False, True)[: 1 + plain_log]]
    if True in verdicts:
        return True
    return None if None in verdicts else False


def _same(left: Tree, right: Tree, *, decimal: bool) -> bool | None:
    verdict = identity.agree_far_out(left, right, decimal=decimal)
    if verdict is not None:
        return verdict
    builder = _Builder(decimal=decimal)
    a, b = builder.build(left), builder.build(right)
    if builder.folded:
        a, b = builder.fold(a), builder.fold(b)
    if a.has(sympy.nan, sympy.zoo) or b.has(sympy.nan, sympy.zoo):
        return None
    if a == b:
        return True
    if a.has(sympy.oo) or b.has(sympy.oo):
        # Asking sympy whether something large is finite may take it for ever.
        return False if {a, b} <= {sympy.oo, -sympy.oo} else None
    if builder.stands_for:
        return _same_large(a, b, builder)
    verdicts = identity.complex_verdicts(left, right, decimal=decimal)
    if verdicts:
        # Agreement at some points only: branches, of which we cannot say which ones are meant.
        return verdicts.pop() if len(verdicts) == 1 else None
    return _is_zero(a - b)


def _is_zero(value: Any) -> bool | None:
    said: bool | None = value.equals(0)
    return said


# Large values ---------------------------------------------------------------------------------


def _same_large(a: Any, b: Any, builder: _Builder) -> bool | None:
    """Whether large values are equal: their ratio or difference, if what is large cancels."""
    stands_for = builder.stands_for

    def is_large(power: Any) -> bool:
        if power.base not in stands_for:
            return False
        if not power.exp.is_Integer:
            return bool(power.exp.free_symbols & stands_for.keys())
        return bool(abs(int(power.exp)) * stands_for[power.base].bit_length() > MAX_BITS)

    for combined, neutral in ((a - b, 0), (a / b if b != 0 else sympy.nan, 1)):
        reduced = sympy.powsimp(sympy.expand(combined))
        if reduced.has(sympy.factorial):
            reduced = sympy.combsimp(reduced)
        if reduced.free_symbols & builder.folded.keys():
            continue
        # What is left of large factorials, also as the gamma function, cannot be written out.
        if not reduced.has(*_GROWING) and not any(map(is_large, reduced.atoms(sympy.Pow))):
            return _is_zero(reduced.xreplace(stands_for) - neutral)
    return None


_GROWING = (
    sympy.factorial, sympy.factorial2, sympy.gamma, sympy.binomial, sympy.RisingFactorial,
    sympy.FallingFactorial,
)  # fmt: skip


# Construction ---------------------------------------------------------------------------------

_FUNCTIONS = {
    "sin": sympy.sin, "cos": sympy.cos, "tan": sympy.tan, "cot": sympy.cot, "sec": sympy.sec,
    "csc": sympy.csc, "sinh": sympy.sinh, "cosh": sympy.cosh, "tanh": sympy.tanh,
    "coth": sympy.coth, "arcsin": sympy.asin, "arccos": sympy.acos, "arctan": sympy.atan,
    "arcsec": sympy.asec, "arccsc": sympy.acsc, "arcsinh": sympy.asinh, "arccosh": sympy.acosh,
    "arctanh": sympy.atanh, "ln": sympy.log, "exp": sympy.exp, "abs": sympy.Abs,
    "floor": sympy.floor, "ceil": sympy.ceiling, "sgn": sympy.sign,
    "arccot": lambda x: sympy.pi / 2 - sympy.atan(x),
}  # fmt: skip
_OF_POWERS = frozenset(["ln", "abs", "sgn"])
"""What is worked out of a power without writing it out."""
_CONSTANTS = {"pi": sympy.pi, "e": sympy.E, "i": sympy.I, "inf": sympy.oo}


class _Builder:
    """Builds a pair's trees, whose large constants share their stand-ins."""

    def __init__(self, *, decimal: bool) -> None:
        self.log_base = sympy.Integer(10) if decimal else sympy.E
        self.stands_for: dict[Any, int] = {}
        self.folded: dict[Any, Any] = {}
        """Symbols for large powers in exponents, sums and functions; sympy wants all their roots."""

    def build(self, tree: Tree) -> Any:
        match tree:
            case Num(value):
                return sympy.Rational(value.numerator, value.denominator)
            case Symbol(name):
                return sympy.Symbol(name, real=True)
            case Constant(name):
                return _CONSTANTS[name]
            case Signed() | Measured() | Rows() | Omission() | BasedLiteral():
                raise Unsupported(tree.node)
        parts = [self.build(part) for part in children(tree)]
        match tree:
            case Sum():
                # Of the sign of a sum sympy asks all its coefficients as a polynomial.
                return self.fold(sympy.Add(*parts))
            case Product():
                return sympy.Mul(*parts)
            case Quotient():
                return parts[0] / parts[1]
            case Negation():
                return -parts[0]
            case Power():
                return self._power(*parts)
            case Factorial():
                return self._factorial(parts[0])
            case Call(name):
                return self._function(name, parts)
            case Degrees():
                return parts[0] * sympy.pi / 180
            case Percent():
                return parts[0] / 100
        if bracketed_item(tree) is not None:
            return parts[0]
        # An unknown function, a sum, an integral, a bound of one: equal if its parts are.
        said = tree.relations if isinstance(tree, Chain) else tree
        name = " ".join([tree.node, *(each for each in said if isinstance(each, str))])
        return sympy.Function(name)(*parts)

    def _function(self, name: str, parts: list[Any]) -> Any:
        if name == "log":
            return sympy.log(parts[0], self.log_base)
        if name == "root":
            return self._power(parts[0], 1 / parts[1])
        if name == "binom":
            return self._binomial(*parts)
        if name not in _FUNCTIONS:
            raise Unsupported(name)
        if name not in _OF_POWERS:
            parts = list(map(self.fold, parts))
        return _FUNCTIONS[name](*parts)

    def _power(self, base: Any, exponent: Any) -> Any:
        exponent = self.fold(exponent)
        if base.is_Rational and base not in (-1, 0, 1):
            bits = max(int(base.p).bit_length(), int(base.q).bit_length())
            if exponent.is_Integer and abs(exponent) * bits > MAX_BITS:
                sign = sympy.S.NegativeOne**exponent if base < 0 else 1
                return sign * self._prime_powers(abs(base), exponent)
            unknowns = exponent.free_symbols
            if base > 0 and (unknowns & self.stands_for.keys() or unknowns & self.folded.keys()):
                return self._prime_powers(base, exponent)
        if exponent.is_Rational and exponent.q % 2 and exponent.q > 1 and base.is_extended_real:
            # The real root: (-8)^{1/3} is -2, and (-8)^{2/3} is 4.
            return sympy.sign(base) ** exponent.p * sympy.Abs(base) ** exponent
        return base**exponent

    def fold(self, value: Any) -> Any:
        """A value with a symbol for each power that is too large to write out."""
        powers = [
            power
            for power in value.atoms(sympy.Pow)
            if power.base in self.stands_for and power.exp.is_Integer
        ]
        # From the smallest on, of which the others may be powers.
        large = {power: self._folded(power) for power in sorted(powers, key=lambda each: each.exp)}
        return value.xreplace(large) if large else value

    def _folded(self, power: Any) -> Any:
        for symbol, other in self.folded.items():
            times = round(power.exp / other.exp) if power.base == other.base else 0
            apart = power.exp - times * other.exp
            if 0 < times <= MAX_POWER and abs(apart) <= NEAR:
                return symbol**times * sympy.Integer(self.stands_for[power.base]) ** apart
        symbol = sympy.Dummy(f"m{len(self.folded)}", positive=True, integer=power.exp > 0)
        self.folded[symbol] = power
        return symbol

    def _prime_powers(self, base: Any, exponent: Any) -> Any:
        powers = sympy.factorrat(base, limit=10_000)
        return sympy.Mul(
            *(self._stand_in(int(prime)) ** (exponent * power) for prime, power in powers.items())
        )

    def _stand_in(self, value: int, *, integer: bool | None = None) -> Any:
        for symbol, number in self.stands_for.items():
            if number == value:
                return symbol
        symbol = sympy.Dummy(f"n{len(self.stands_for)}", positive=True, integer=integer)
        self.stands_for[symbol] = value
        return symbol

    def _factorial(self, value: Any) -> Any:
        if not value.is_Integer or value < 0:
            value = self.fold(value)
            return sympy.gamma(value + 1) if value.is_Rational else sympy.factorial(value)
        if value <= MAX_FACTORIAL:
            return sympy.factorial(value)
        for symbol, number in self.stands_for.items():
            if abs(int(value) - number) <= NEAR:
                return sympy.factorial(symbol + (int(value) - number))
        return sympy.factorial(self._stand_in(int(value), integer=True))

    def _binomial(self, upper: Any, lower: Any) -> Any:
        if upper.is_Integer and lower.is_Integer and NEAR < lower < upper - NEAR:
            return self._factorial(upper) / (
                self._factorial(lower) * self._factorial(upper - lower)
            )
        return sympy.binomial(self.fold(upper), self.fold(lower))
