r"""Expressions evaluated modulo primes: rational ones exactly, others with unknown functions.

What stays equal whatever stands for a function, a root or a constant is equal in form, as
``x(\ln x-1)`` and ``x\ln x-x`` are: no digits and no regions have to be looked at.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import prod
from typing import TypeAlias
from zlib import crc32

from grpo_rewards.answers.deciding.steps import Step, Undefined, run

__all__ = [
    "PRIMES",
    "SEED",
    "Evaluate",
    "are_congruent",
    "are_proportional",
    "changes",
    "evaluate",
    "evaluate_form",
    "inverse",
]

Evaluate: TypeAlias = Callable[[tuple[Step, ...], dict[str, int], int], int]
Sides: TypeAlias = tuple[tuple[Step, ...], tuple[Step, ...]]

PRIMES = ((1 << 61) - 1, 2_167_218_087_453_396_779)
"""Two, since a text may hold the one by chance, as ``2^{61}`` beside ``1`` does; half of the second
but for its one is a prime too, so that hardly a power is one there."""
SEED = 20_041
"""Of the points at which expressions are evaluated, so that a verdict is the same every time."""


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


def evaluate_form(
    steps: tuple[Step, ...], point: Mapping[str, int], prime: int, *, split_roots: bool = False
) -> int:
    r"""The value at a point of a field, if functions and constants are any, but even and odd ones so.

    Args:
        steps: The expression.
        point: The value of each unknown.
        prime: The size of the field.
        split_roots: Whether a root of a product is one of roots, as it is where both are real.

    Example:
        >>> from grpo_rewards.answers.deciding.steps import unroll
        >>> from grpo_rewards.answers.notation.grammar import parse
        >>> forms = [unroll(parse(text)) for text in (r"x\cos(x-1)", r"\cos(1-x)x")]
        >>> len({evaluate_form(form, {"x": 3}, PRIMES[0]) for form in forms})
        1
    """
    value: int = run(steps, _SPLITTING if split_roots else _FORMAL, (point, prime))
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
    top, bottom = value.as_integer_ratio()
    prime = field[1]
    return top % prime if bottom == 1 else top * inverse(bottom, prime) % prime


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

# Functions that may be any ----------------------------------------------------------------------

_EVEN = frozenset(["abs", "cos", "sec", "cosh"])
_ODD = frozenset(
    ["sin", "tan", "csc", "cot", "sinh", "tanh", "coth", "arcsin", "arctan", "arcsinh", "arctanh"]
)
_BIG = 0x5BD1E9955BD1E995
"""What exponents are made of that stand for roots: nothing small is a multiple of it."""


def _anything(field: _Field, name: str, *values: int) -> int:
    return hash((crc32(name.encode()), *values)) % field[1]


def _function(field: _Field, step: Step, *values: int) -> int:
    name, prime = step.data, field[1]
    if name in _EVEN:
        return _anything(field, name, min(values[0], prime - values[0]))
    if name in _ODD and values[0] > prime // 2:
        return -_anything(field, name, prime - values[0]) % prime
    return _anything(field, name, *values)


def _root_of(field: _Field, value: int, degree: int) -> int:
    return _anything(field, "root", value, degree)


def _split_root_of(field: _Field, value: int, degree: int) -> int:
    """A power that stands for a root: that of a product is a product, that of -1 is -1 or 1."""
    return pow(value, (_BIG * (degree + 2)) << 1 | degree & 1, field[1])


def _split_function(field: _Field, step: Step, *values: int) -> int:
    if step.data == "abs":
        return pow(values[0], 2 * _BIG, field[1])
    return _function(field, step, *values)


def _formal(root_of: Callable[[_Field, int, int], int]) -> dict[str, Callable[..., int]]:
    def take_power(field: _Field, step: Step, base: int) -> int:
        exponent = step.data
        if exponent.denominator == 1:
            return _power(field, step, base)
        root = root_of(field, base, exponent.denominator)
        if exponent < 0:
            root = inverse(root, field[1])
        return pow(root, abs(exponent.numerator), field[1])

    def take_root(field: _Field, step: Step, value: int, index: int) -> int:
        degree: int | None = step.data
        if degree is None:
            return _anything(field, "indexed root", value, index)
        if not degree:
            raise Undefined("a zeroth root")
        root = root_of(field, value, abs(degree)) if abs(degree) > 1 else value
        return root if degree > 0 else inverse(root, field[1])

    def refuse(_: _Field, step: Step, *_parts: int) -> int:
        raise Undefined(f"{step.data} has no numeric value")

    return _OPERATIONS | {
        "constant": lambda field, step: _anything(field, step.data),
        "degrees": lambda field, _, value: (
            value * _anything(field, "pi") * inverse(180, field[1]) % field[1]
        ),
        "exp": lambda field, _, value: _anything(field, "exp", value),
        "rational power": take_power,
        "power": lambda field, _, *values: _anything(field, "power", *values),
        "root": take_root,
        "factorial": lambda field, _, value: _anything(field, "factorial", value),
        "function": _function,
        "opaque": lambda field, step, *values: _anything(field, step.data, *values),
        "weights": lambda field, step, *values: _anything(field, step.data, *values),
        "undefined": refuse,
    }


_FORMAL = _formal(_root_of)
_SPLITTING = _formal(_split_root_of) | {"function": _split_function}


# Two expressions ------------------------------------------------------------------------------


def changes(steps: tuple[Step, ...], names: Sequence[str]) -> bool:
    """Whether a rational expression surely has different values at different points."""
    generator = random.Random(SEED)
    try:
        values = {
            evaluate(steps, {name: generator.randrange(2, PRIMES[1]) for name in names}, PRIMES[1])
            for _ in range(2)
        }
    except Undefined:
        return False
    return len(values) > 1


def are_congruent(sides: Sides, names: Sequence[str], value_of: Evaluate = evaluate) -> bool | None:
    """Whether two expressions are equal modulo the primes; ``None`` where one is not defined."""
    generator = random.Random(SEED)
    for prime in PRIMES:
        point = {name: generator.randrange(2, prime) for name in names}
        try:
            left, right = (value_of(steps, point, prime) for steps in sides)
        except Undefined:
            return None
        if left != right:
            return False
    return True


def are_proportional(
    sides: Sides, names: Sequence[str], value_of: Evaluate = evaluate
) -> bool | None:
    """Whether one expression is a constant multiple of the other modulo the primes."""
    generator = random.Random(SEED)
    for prime in PRIMES:
        ratios: set[int] = set()
        for _ in range(2):
            point = {name: generator.randrange(2, prime) for name in names}
            try:
                left, right = (value_of(steps, point, prime) for steps in sides)
                if not left or not right:
                    return left == right == 0 if not ratios else False
                ratios.add(left * inverse(right, prime) % prime)
            except Undefined:
                return None
        if len(ratios) != 1:
            return False
    return True
