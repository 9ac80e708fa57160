"""Two expressions side by side: where to look at their values, how exactly, and what these show."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import islice
from typing import Any, TypeAlias

from grpo_rewards.answers.deciding.modular import (
    SEED,
    Evaluate,
    are_congruent,
    are_proportional,
    changes,
    evaluate_form,
)
from grpo_rewards.answers.deciding.points import (
    Point,
    has_regions,
    random_points,
    region_points,
)
from grpo_rewards.answers.deciding.real import (
    ARITHMETIC_ERRORS,
    Balls,
    magnitude,
    precision,
)
from grpo_rewards.answers.deciding.separation import bits_that_hide
from grpo_rewards.answers.deciding.steps import Step, is_rational, unroll
from grpo_rewards.answers.notation.trees import Tree
from grpo_rewards.caches import ANSWERS

__all__ = ["FIRST_BITS", "MAX_BITS", "MAX_COST", "MAX_WORK", "POINTS", "TRIES", "Pair", "Side"]

POINTS = 4
"""Random points at which both sides have to be defined, and agree."""
TRIES = 40
"""Points tried before "nowhere defined together" is concluded; fewer for large expressions."""
VISITS = 3
"""Times that the regions are visited where their common domain is so narrow that few points hit it."""
MAX_COST = 4_000
"""Expressions with more nodes than this (a function counts as ten) are not evaluated."""
BUDGET = 6_000
"""Nodes evaluated at points before a comparison is given up."""
FIRST_BITS = 64
"""The precision of the first look; it is doubled until the balls part, or agree in enough bits."""
MAX_BITS = 1 << 17
"""The last precision for algebraic constants."""
MAX_FUNCTION_BITS = 1 << 14
"""The last one for functions and for expressions with unknowns."""
GLANCE_BITS = 512
"""The last one at a point where no precision allowed could show an agreement."""
MAX_GAMMA_BITS = 1 << 12
"""The last one with factorials, which take longest."""
MAX_WORK = 1 << 23
"""Nodes (a function counts as ten) times bits of a comparison."""
_COSTLY = frozenset(
    ["function", "factorial", "rational power", "power", "root", "exp", "opaque", "weights"]
)
_SPLIT = frozenset(["root", "rational power", "abs"])
Related: TypeAlias = Callable[
    [tuple[tuple[Step, ...], tuple[Step, ...]], Sequence[str], Evaluate], bool | None
]
"""A relation of two expressions modulo primes."""


@dataclass(frozen=True)
class Side:
    """An expression as steps, and what is known of them."""

    steps: tuple[Step, ...]
    names: frozenset[str]
    kinds: frozenset[str]
    """Kinds of steps, functions by their names, and constants by theirs."""
    cost: int
    """What evaluating it costs, in additions."""
    is_rational: bool
    is_unevaluated: bool
    """Whether it has a sum, an integral, a limit in it."""

    @classmethod
    def of(cls, tree: Tree) -> Side:
        """A tree as a side."""
        return _as_side(tree)

    @cached_property
    def whole(self) -> frozenset[str]:
        """The unknowns in exponents of negative numbers, as in (-1)^n: they stand for integers."""
        return frozenset(_names_of_integers(self.steps)) if "power" in self.kinds else frozenset()

    @cached_property
    def has_regions(self) -> bool:
        """Whether it may behave otherwise in one region than in another."""
        return has_regions(self.steps)


@ANSWERS.keep(entries=1_024)
def _as_side(tree: Tree) -> Side:
    steps = unroll(tree)
    names, kinds = set(), set()
    cost = 0
    for kind, data, *_ in steps:
        if kind == "symbol":
            names.add(data)
        kinds.add(data if kind in ("function", "constant") else kind)
        cost += 10 if kind in _COSTLY else 1
    return Side(
        steps,
        frozenset(names),
        frozenset(kinds),
        cost,
        is_rational(steps),
        "opaque" in kinds
        and any(step.kind == "opaque" and step.data.startswith("op ") for step in steps),
    )


@dataclass
class Pair:
    """Two expressions, and what is known of them."""

    sides: tuple[Side, Side]
    names: list[str]
    decimal: bool = False
    """Whether a logarithm without a base is one to the base of ten."""
    over_reals: bool = True
    anchor: Point | None = None
    """Where proportional sides have their factor from."""
    bits: int = FIRST_BITS
    """The precision that sufficed at the last point."""
    work: int = 0

    @classmethod
    def of(cls, left: Tree, right: Tree, *, decimal: bool = False, over_reals: bool = True) -> Pair:
        """Two trees as a pair."""
        sides = (Side.of(left), Side.of(right))
        return cls(sides, sorted(sides[0].names | sides[1].names), decimal, over_reals)

    @property
    def steps(self) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
        """Those of both sides."""
        return self.sides[0].steps, self.sides[1].steps

    @cached_property
    def cost(self) -> int:
        """What evaluating both sides costs."""
        return self.sides[0].cost + self.sides[1].cost

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Those of either side."""
        return self.sides[0].kinds | self.sides[1].kinds

    @property
    def is_rational(self) -> bool:
        """Whether both sides are."""
        return self.sides[0].is_rational and self.sides[1].is_rational

    @property
    def one_is_unevaluated(self) -> bool:
        """Whether only one side has a sum, an integral, a limit in it."""
        return self.sides[0].is_unevaluated != self.sides[1].is_unevaluated

    @property
    def one_surely_changes(self) -> bool:
        """Whether a side surely has different values at different points."""
        return any(
            side.is_rational and side.names and changes(side.steps, self.names)
            for side in self.sides
        )

    @property
    def is_complex(self) -> bool:
        """Whether the imaginary unit is in them."""
        return "i" in self.kinds

    def try_bases(self, decide: Callable[[Pair], bool | None]) -> bool | None:
        """Decide for natural logarithms, and for decimal ones: without a base it is not said."""
        if self.cost > MAX_COST:
            return None
        decided = decide(self)
        if decided or "log" not in self.kinds:
            return decided
        return decide(Pair(self.sides, self.names, decimal=True))

    def agree(self) -> bool | None:
        """Whether the sides have the same values wherever both are defined."""
        decided = self._agree_everywhere()
        if decided is None and self.over_reals and (self.is_complex or not self.names):
            pair = Pair(self.sides, self.names, self.decimal, over_reals=False)
            decided = pair._agree_everywhere()
        return decided

    def _agree_everywhere(self) -> bool | None:
        """Whether they agree at random points, and at points of every region where there are some."""
        wanted = POINTS if self.names else 1
        agreeing = 0
        for verdict in map(self.look, self.points(TRIES)):
            if verdict is False:
                return False
            agreeing += bool(verdict)
            if agreeing == wanted:
                break
            if verdict and self._is_formal:
                return True
        if self.names and any(side.has_regions for side in self.sides):
            for visit in range(VISITS):
                for verdict in map(self.look, self._of_regions(visit)):
                    if verdict is False:
                        return False
                    agreeing += bool(verdict)
                if agreeing >= wanted or not agreeing:
                    break
        return True if agreeing >= wanted else None

    def proportional(self, *, positive: bool) -> bool | None:
        """Whether one side is a constant multiple of the other, which is not zero."""
        for point in self.points(TRIES):
            values = self._values_apart_from_zero(point)
            if values is None:
                continue
            left, right = values
            if left is None or right is None:
                return False  # the one is zero where the other is not
            if positive and not left * right > 0:
                return False
            if self._is_formally(are_proportional):
                return True
            self.anchor = point
            return self._agree_everywhere()
        return None

    # Points -----------------------------------------------------------------------------------

    def points(self, count: int) -> Iterator[Point]:
        """Random points, no more than so many; fewer for large expressions."""
        if not self.names:
            return iter([{}])
        complex_names = frozenset(name for name in self.names if name[0] in "zw")
        points = random_points(
            self.names,
            random.Random(SEED),
            whole=self.whole,
            complex_names=complex_names if self.is_complex else frozenset(),
        )
        return islice(points, min(count, max(POINTS, BUDGET // self.cost)))

    def _of_regions(self, visit: int) -> Iterator[Point]:
        generator = random.Random(SEED + visit)
        points = region_points(self.steps, self.names, generator, whole=self.whole)
        return islice(points, max(POINTS, 4 * BUDGET // self.cost))

    @property
    def whole(self) -> frozenset[str]:
        """The unknowns that stand for integers."""
        return self.sides[0].whole | self.sides[1].whole

    # Form -------------------------------------------------------------------------------------

    @cached_property
    def _is_formal(self) -> bool:
        """Whether the sides are equal wherever both are defined, whatever functions are in them."""
        if self.anchor is not None or (not self.names and self._separation is not None):
            return False  # another factor; or there is a better way
        return self._is_formally(are_congruent)

    def _is_formally(self, related: Related) -> bool:
        """Whether the sides are related modulo primes, whatever functions are in them."""
        if related(self.steps, self.names, evaluate_form):
            return True
        # The root of a product is one of roots only where all of them are real.
        splits = self.over_reals and not self.is_complex and self.kinds & _SPLIT
        return bool(
            splits and related(self.steps, self.names, partial(evaluate_form, split_roots=True))
        )

    # Values -----------------------------------------------------------------------------------

    def look(self, point: Point) -> bool | None:
        """Whether the sides agree at a point; ``None`` where that is not defined, or stays open."""
        bits, most = self.bits, None
        while (most is None or bits <= most) and self.work <= MAX_WORK:
            self.work += bits * self.cost
            with precision(bits):
                balls = Balls(point, over_reals=self.over_reals, decimal=self.decimal)
                try:
                    left, right = self._values(balls)
                except ARITHMETIC_ERRORS:
                    return None
                difference = left - right
                if difference.is_finite():
                    if not difference.contains(0):
                        return False
                    most = most or self._most_bits
                    lacking = self._lacking(left, difference, balls)
                    if lacking <= 0 or self._is_formal:
                        self.bits = min(bits, 8 * FIRST_BITS)
                        return True
                    if self.names and bits + lacking > most:
                        most = min(most, GLANCE_BITS)  # another point tells more
                else:
                    most, lacking = most or self._most_bits, bits
            # In one leap where it is not far; else more bits may show a difference before.
            bits = bits + lacking + 32 if lacking < 3 * bits else 2 * bits
        return None

    def _values(self, balls: Balls) -> tuple[Any, Any]:
        one, other = self.sides
        left, right = balls.value(one.steps), balls.value(other.steps)
        if self.anchor is None:
            return left, right
        balls.point = self.anchor
        return left * balls.value(other.steps), right * balls.value(one.steps)

    def _lacking(self, value: Any, difference: Any, balls: Balls) -> int:
        """The bits that are missing before an agreement counts; 0 or less where none is."""
        if difference.is_zero():
            return 0
        # Of a value near zero, the magnitude itself is a matter of the precision.
        size = magnitude(value)
        enough = None if self.names else self._separation
        if enough is None:
            enough = balls.enough() * (1 if self.names else 2) - size
        bound = abs(difference).abs_upper()
        mantissa, exponent = bound.man_exp()
        return enough + int(mantissa).bit_length() + int(exponent)

    @cached_property
    def _most_bits(self) -> int:
        if self.kinds & {"factorial", "binom"}:
            return MAX_GAMMA_BITS
        return MAX_FUNCTION_BITS if self.names or self._separation is None else MAX_BITS

    @cached_property
    def _separation(self) -> int | None:
        return bits_that_hide(*self.steps, over_reals=self.over_reals)

    def _values_apart_from_zero(self, point: Point) -> tuple[Any, Any] | None:
        """Both values where at least one is not zero; ``None`` stands for a zero among them."""
        for bits in (2 * FIRST_BITS, 16 * FIRST_BITS):
            with precision(bits):
                balls = Balls(point, over_reals=self.over_reals, decimal=self.decimal)
                try:
                    values = tuple(balls.value(side.steps) for side in self.sides)
                except ARITHMETIC_ERRORS:
                    return None
                apart = [value.is_finite() and not value.contains(0) for value in values]
                if all(apart):
                    return values[0], values[1]
                zero = [value.is_finite() and balls.vanishes(value) for value in values]
                if any(apart) and any(zero):
                    return values[0] if apart[0] else None, values[1] if apart[1] else None
        return None


def _names(steps: Sequence[Step]) -> frozenset[str]:
    return frozenset(step.data for step in steps if step.kind == "symbol")


def _names_of_integers(steps: tuple[Step, ...]) -> Iterator[str]:
    for step in steps:
        if step.kind == "power":
            base, exponent = (steps[part] for part in step.parts)
            if base.kind == "neg" or (base.kind == "number" and base.data < 0):
                yield from _names(steps[exponent.start : step.parts[1] + 1])
