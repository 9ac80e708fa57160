"""Where two expressions have to be looked at to be told apart: points of every region.

An expression without absolute values, roots, steps and logarithms is analytic: what agrees with
another one at random points agrees with it everywhere. Others have a formula for each region
between their breaks, so the breaks are searched along lines, and both sides of each are visited.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from itertools import chain, pairwise, product
from typing import Any, NamedTuple, TypeAlias

from grpo_rewards.answers.deciding.real import ARITHMETIC_ERRORS, Balls, magnitude, precision
from grpo_rewards.answers.deciding.steps import Step, Undefined, part_of, run

__all__ = ["Point", "has_regions", "random_points", "region_points"]

Point: TypeAlias = dict[str, Any]
"""The value of each unknown: a Fraction, or two for a complex one."""

MAX_BREAKS = 16
"""Breaks visited on a line, at most."""
MAX_DEGREE = 16
"""Polynomials of a higher degree are searched for changes of sign instead of solved."""
MAX_CONSTANT = 4_000
"""Digits of a constant in such a polynomial."""
MAX_AXES = 3
"""Lines along axes; two more lines run askew."""
_GRID = (0.0, 0.03, 0.3, 0.7, 1.1, 1.7, 2.6, 4.2, 7.0, 13.0, 35.0, 110.0, 1100.0, 1.1e5, 2e6, 1e9)

NEARLY = 1 << 80
"""Roots are double whose difference is smaller than this allows."""
CONSTANT_BITS = 256
"""Constants are replaced by rational numbers of so many bits, where breaks are searched."""
_RATIONAL = frozenset(["number", "symbol", "add", "mul", "div", "neg", "percent"])
_STEPS = frozenset(["floor", "ceil", "sgn"])
_LEVELS: dict[str, tuple[int, ...]] = {
    "abs": (0,), "sgn": (0,), "ln": (0,), "log": (0,), "arccosh": (1,),
    "arcsin": (-1, 1), "arccos": (-1, 1), "arctanh": (-1, 1), "arcsec": (-1, 0, 1),
    "arccsc": (-1, 0, 1), "arctan": (), "arccot": (), "arcsinh": (), "floor": (-1, 0, 1, 2), "ceil": (-1, 0, 1, 2),
}  # fmt: skip
"""Functions that are not analytic everywhere, and the values of their arguments where they break."""

_PLACES = (-2.6, -0.7, 0.37, 1.7, 5.3, 40.0)
"""Where on a line it is seen which whole numbers a step's argument is near."""
NARROW_BITS = 256
"""How exactly breaks of steps are found: what is hidden between two of them is all that differs."""


class Critical(NamedTuple):
    """A part at whose values something breaks."""

    steps: tuple[Step, ...]
    levels: tuple[int, ...]
    """The values, or some of them."""
    is_denominator: bool
    """Whether only its poles may part regions."""
    is_step: bool
    """Whether only the breaks may tell it from another one."""


def has_regions(steps: Sequence[Step]) -> bool:
    """Whether an expression may follow another formula elsewhere."""
    return any(
        (step.kind == "function" and step.data in _LEVELS)
        or step.kind in ("root", "power")
        or (step.kind == "rational power" and step.data.denominator > 1)
        for step in steps
    )


def random_points(
    names: Sequence[str],
    generator: random.Random,
    *,
    whole: frozenset[str] = frozenset(),
    complex_names: frozenset[str] = frozenset(),
) -> Iterator[Point]:
    """Points without end: moderate and of both signs first, then positive, small, and large."""
    ranges = ((-3.0, 3.0), (0.1, 4.0), (-0.95, 0.95), (3.0, 40.0))
    attempt = 0
    while True:
        low, high = ranges[attempt % 4]
        attempt += 1
        point: Point = {}
        for name in names:
            if name in whole:
                point[name] = Fraction(generator.randrange(1, 30))
            elif name in complex_names:
                point[name] = (_dyadic(generator, low, high), _dyadic(generator, -3.0, 3.0))
            else:
                point[name] = _dyadic(generator, low, high)
        yield point


def region_points(
    sides: Sequence[tuple[Step, ...]],
    names: Sequence[str],
    generator: random.Random,
    *,
    whole: frozenset[str] = frozenset(),
) -> Iterator[Point]:
    """Points of each region that is found: of all signs and magnitudes, and around each break."""
    free = [name for name in names if name not in whole]
    fixed = {name: Fraction(generator.randrange(1, 30)) for name in names if name in whole}
    if not free:
        return
    for signs in _signs(len(free), generator):
        yield fixed | {
            name: sign * _dyadic(generator, 0.1, 6.0)
            for name, sign in zip(free, signs, strict=True)
        }
    criticals = list(_criticals(sides))
    if any(step.data in _STEPS for side in sides for step in side if step.kind == "function"):
        yield from (fixed | point for point in _lattice(free, generator))
    for base, direction in _lines(free, generator):
        breaks = _breaks(criticals, fixed | base, direction, generator)
        for place in _between(breaks, generator):
            yield fixed | {name: base[name] + place * direction[name] for name in free}
    for low, high in ((-8.0, -1.0), (1.0, 3.0), (4.0, 6.0)):
        for signs in _signs(len(free), generator)[:4]:
            size = Fraction(10 ** generator.uniform(low, high)).limit_denominator(10**15)
            yield fixed | {
                name: sign * size * _dyadic(generator, 0.5, 2.0)
                for name, sign in zip(free, signs, strict=True)
            }


def _dyadic(generator: random.Random, low: float, high: float) -> Fraction:
    """A number of 40 binary places: any ball holds it exactly."""
    return Fraction(round(generator.uniform(low, high) * (1 << 40)), 1 << 40)


def _signs(count: int, generator: random.Random) -> list[tuple[int, ...]]:
    if count <= 3:
        return list(product((1, -1), repeat=count))
    return [tuple(generator.choice((1, -1)) for _ in range(count)) for _ in range(8)]


def _lattice(names: Sequence[str], generator: random.Random) -> Iterator[Point]:
    """Whole and half numbers, where steps are."""
    for denominator in (1, 1, 1, 1, 2, 2, 2, 3, 4):
        yield {name: Fraction(generator.randint(-12, 12), denominator) for name in names}
    for value in (0, 1, -1, 2):
        yield dict.fromkeys(names, Fraction(value))


def _lines(names: Sequence[str], generator: random.Random) -> Iterator[tuple[Point, Point]]:
    """A point and a direction, each: the axis of a single unknown is the only line there is."""
    if len(names) == 1:
        yield {names[0]: Fraction(0)}, {names[0]: Fraction(1)}
        return
    for name in names[:MAX_AXES]:
        base = {other: _dyadic(generator, -4.0, 4.0) for other in names}
        yield base, {other: Fraction(other == name) for other in names}
    for _ in range(2):
        base = {name: _dyadic(generator, -4.0, 4.0) for name in names}
        yield base, {name: _dyadic(generator, -2.0, 2.0) for name in names}


def _criticals(sides: Sequence[tuple[Step, ...]]) -> Iterator[Critical]:
    """The parts of both sides at whose zeros (or other levels) something breaks."""
    seen = set()
    for side in sides:
        for step in side:
            levels: tuple[int, ...] = ()
            place = 0
            if step.kind == "function":
                levels = _LEVELS.get(step.data, ())
            elif step.kind in ("root", "power") or (
                step.kind == "rational power" and (step.data.denominator > 1 or step.data < 0)
            ):
                levels = (0,)
            elif step.kind == "div":
                levels, place = (0,), 1
            if not levels:
                continue
            is_denominator = step.kind == "div"
            is_step = step.kind == "function" and step.data in _STEPS
            for end in _factors(side, step.parts[place]):
                key = (side[end].tree, levels, is_step)
                inside = side[side[end].start : end + 1]
                if key not in seen and any(part.kind == "symbol" for part in inside):
                    seen.add(key)
                    yield Critical(part_of(side, end), levels, is_denominator, is_step)
                levels, is_step = (0,), False


def _factors(side: tuple[Step, ...], end: int) -> Iterator[int]:
    """A part, and what it is a product of: a square changes its sign nowhere, its root does."""
    waiting = [end]
    while waiting:
        end = waiting.pop()
        yield end
        if side[end].kind in ("mul", "div", "neg", "rational power"):
            waiting.extend(side[end].parts)


# Breaks along a line ----------------------------------------------------------------------------


def _breaks(
    criticals: Sequence[Critical], base: Point, direction: Point, generator: random.Random
) -> list[Fraction]:
    """The places on a line where something breaks, in order; not more than are to be visited."""
    found: set[Fraction] = set()
    for critical in criticals:
        levels = critical.levels
        if critical.is_step and len(levels) > 1:
            levels = tuple({*levels, *_levels_near(critical.steps, base, direction)})
        try:
            quotients = _quotients(_approximated(critical.steps), base, direction)
        except Undefined:
            if not critical.is_denominator:
                found.update(
                    _changes_of_sign(
                        critical.steps, levels, base, direction, exactly=critical.is_step
                    )
                )
            continue
        for (top, bottom), level in product(quotients, levels):
            found.update(_real_roots(top - level * bottom))
            found.update(_real_roots(bottom))
    ordered = sorted(found)
    return ordered if len(ordered) <= MAX_BREAKS else _some(ordered, generator)


def _some(breaks: list[Fraction], generator: random.Random) -> list[Fraction]:
    """Not more breaks than are to be visited: those next to each other, and others at random."""
    close = sorted(pairwise(breaks), key=lambda pair: (pair[1] - pair[0]) / (1 + abs(pair[0])))
    chosen = set(chain(*close[: MAX_BREAKS // 2]))
    chosen.update(generator.sample(breaks, MAX_BREAKS // 2))
    return sorted(chosen)


def _levels_near(steps: tuple[Step, ...], base: Point, direction: Point) -> Iterator[int]:
    """Whole numbers that a part comes near, on a line."""
    with precision(64):
        for place in _PLACES:
            value = _value(steps, base, direction, place)
            if value is not None and value.is_finite() and abs(magnitude(value)) < 60:
                below = int(value.mid().floor().unique_fmpz())
                yield from (below, below + 1)


def _between(breaks: Sequence[Fraction], generator: random.Random) -> Iterator[Fraction]:
    """Two places before, between and after breaks."""
    if not breaks:
        return
    for way, end in ((-1, breaks[0]), (1, breaks[-1])):
        yield end + way * _dyadic(generator, 0.01, 1.0)
        yield end + way * (1 + abs(end)) * _dyadic(generator, 0.5, 2.0)
    for low, high in pairwise(breaks):
        for _ in range(2):
            yield low + (high - low) * _dyadic(generator, 0.05, 0.95)


def _approximated(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps with rational numbers for pi, roots of numbers and other constants."""
    found = list(steps)
    for place, step in enumerate(steps):
        if step.kind in _RATIONAL or any(
            part.kind == "symbol" for part in steps[step.start : place + 1]
        ):
            continue
        with precision(CONSTANT_BITS):
            try:
                balls = Balls({})
                value = balls.real(balls.value(part_of(steps, place)))
            except ARITHMETIC_ERRORS:
                continue
            if value.is_finite() and abs(magnitude(value)) < CONSTANT_BITS:
                found[place] = Step("number", _middle(value), (), step.start, step.tree)
    return tuple(found)


def _quotients(steps: tuple[Step, ...], base: Point, direction: Point) -> list[tuple[Any, Any]]:
    """A part as quotients of polynomials in the place on a line, one for each choice of signs.

    Raises:
        Undefined: It is no such quotient, or one of a high degree.
    """
    from flint import fmpq, fmpq_poly  # noqa: PLC0415 (loaded when first needed)

    one = fmpq_poly([1])
    signs: Iterator[int] = iter(())

    def checked(top: Any, bottom: Any) -> tuple[Any, Any]:
        if max(top.degree(), bottom.degree()) > MAX_DEGREE:
            raise Undefined("a polynomial of a high degree")
        return top, bottom

    def exactly(value: Fraction) -> Any:
        return fmpq(value.numerator, value.denominator)

    def take_symbol(_: None, step: Step) -> tuple[Any, Any]:
        start = base.get(step.data)
        if not isinstance(start, Fraction):
            raise Undefined("no line")
        values = start, direction.get(step.data, 0)
        return fmpq_poly([exactly(Fraction(value)) for value in values]), one

    def add(_: None, _step: Step, first: tuple[Any, Any], *others: Any) -> tuple[Any, Any]:
        for top, bottom in others:
            first = checked(first[0] * bottom + top * first[1], first[1] * bottom)
        return first

    def multiply(_: None, _step: Step, first: tuple[Any, Any], *others: Any) -> tuple[Any, Any]:
        for top, bottom in others:
            first = checked(first[0] * top, first[1] * bottom)
        return first

    def take_power(_: None, step: Step, value: Any) -> tuple[Any, Any]:
        degree = max(1, *(part.degree() for part in value))
        bits = max(len(str(coefficient)) for part in value for coefficient in part.coeffs())
        constant = all(part.degree() <= 0 for part in value)
        if step.data.denominator != 1 or abs(step.data) * degree > (
            MAX_CONSTANT // bits if constant else MAX_DEGREE
        ):
            raise Undefined("no polynomial")
        top, bottom = (part ** abs(int(step.data)) for part in value)
        return checked(top, bottom) if step.data >= 0 else checked(bottom, top)

    def take_function(_: None, step: Step, value: Any, *_others: Any) -> tuple[Any, Any]:
        if step.data != "abs":
            raise Undefined("no polynomial")
        return (next(signs) * value[0], value[1])

    def refuse(*_: Any) -> tuple[Any, Any]:
        raise Undefined("no polynomial")

    operations: dict[str, Callable[..., Any]] = dict.fromkeys(
        ("constant", "degrees", "exp", "power", "root", "factorial", "opaque", "weights",
         "undefined"), refuse,
    )  # fmt: skip
    operations |= {
        "number": lambda _, step: (fmpq_poly([exactly(step.data)]), one),
        "symbol": take_symbol,
        "add": add,
        "mul": multiply,
        "div": lambda _, _step, top, bottom: checked(top[0] * bottom[1], top[1] * bottom[0]),
        "neg": lambda _, _step, value: (-value[0], value[1]),
        "percent": lambda _, _step, value: (value[0], value[1] * 100),
        "rational power": take_power,
        "function": take_function,
    }
    values = sum(step.kind == "function" for step in steps)
    if values > 3:
        raise Undefined("too many absolute values")
    quotients = []
    for choice in product((1, -1), repeat=values):
        signs = iter(choice)
        quotients.append(run(steps, operations))
    return quotients


def _real_roots(polynomial: Any) -> list[Fraction]:
    degree = polynomial.degree()
    if degree < 1:
        return []
    coefficients = [Fraction(int(c.p), int(c.q)) for c in polynomial.coeffs()]
    if degree == 1:
        return [-coefficients[0] / coefficients[1]]
    if degree == 2:
        c, b, a = coefficients
        discriminant = b * b - 4 * a * c
        if abs(discriminant) * NEARLY <= b * b + abs(a * c):
            return [-b / (2 * a)]  # a square, but for the rounding of a constant
        if discriminant < 0:
            return []
        scale = 1 << 80
        scaled = discriminant * scale * scale
        root = Fraction(math.isqrt(scaled.numerator // scaled.denominator), scale)
        return [(-b - root) / (2 * a), (-b + root) / (2 * a)]
    with precision(64):
        roots = [root for root, _ in polynomial.numer().complex_roots()]
        return [
            _middle(root.real)
            for root in roots
            if root.imag.contains(0) or abs(root.imag) * (1 << 20) < abs(root.real)
        ]


def _middle(ball: Any) -> Fraction:
    mantissa, exponent = ball.mid().man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def _changes_of_sign(
    steps: tuple[Step, ...],
    levels: Sequence[int],
    base: Point,
    direction: Point,
    *,
    exactly: bool,
) -> Iterator[Fraction]:
    """Where a part passes one of the levels, as far as a coarse look along a line shows."""
    grid = sorted({sign * place for place in _GRID for sign in (1.0, -1.0)})
    value_at = partial(_value, steps, base, direction)
    with precision(64):
        values = [value_at(place) for place in grid]
    for level in levels:
        for low, high, first, second in zip(grid, grid[1:], values, values[1:], strict=False):
            if first is None or second is None:
                if (first is None) != (second is None):
                    yield Fraction(low + high) / 2
            elif (first < level and second > level) or (first > level and second < level):
                yield _bisected(value_at, level, low, high, exactly=exactly)


def _value(steps: tuple[Step, ...], base: Point, direction: Point, place: float | Fraction) -> Any:
    t = Fraction(place)
    point: Mapping[str, Any] = {
        name: value + t * direction.get(name, 0) if isinstance(value, Fraction) else value
        for name, value in base.items()
    }
    try:
        balls = Balls(point)
        return balls.real(balls.value(steps))
    except ARITHMETIC_ERRORS:
        return None


def _bisected(
    value_at: Callable[[float | Fraction], Any],
    level: int,
    low: float,
    high: float,
    *,
    exactly: bool,
) -> Fraction:
    """Where a part passes a level between two places."""
    with precision(64):
        rising = value_at(low) < level
        for _ in range(24):
            middle = (low + high) / 2
            value = value_at(middle)
            if value is None:
                break
            if value > level if rising else value < level:
                high = middle
            elif value < level if rising else value > level:
                low = middle
            else:
                break
    return _by_secants(value_at, level, low, high) if exactly else Fraction((low + high) / 2)


def _by_secants(
    value_at: Callable[[float | Fraction], Any], level: int, low: float, high: float
) -> Fraction:
    """A place between two others, where a smooth part has the level to many digits."""
    before, at = Fraction(low), Fraction(high)
    with precision(NARROW_BITS):
        heights = [value_at(place) for place in (before, at)]
        for _ in range(12):
            if any(height is None or not height.is_finite() for height in heights):
                break
            first, second = (_middle(height) - level for height in heights)
            if first == second or at == before:
                break
            step = second * (at - before) / (second - first)
            before, at = at, Fraction(round((at - step) * (1 << NARROW_BITS)), 1 << NARROW_BITS)
            heights = [heights[1], value_at(at)]
    return at if low <= at <= high else Fraction((low + high) / 2)
