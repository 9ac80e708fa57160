"""Deciding whether two expressions are the same by evaluating both at points that tell.

A difference is proven: the values modulo a prime differ, or the balls in which the values lie do
not meet. Agreement is proven for algebraic constants, whose difference cannot be small without
being zero; for expressions with unknowns and for transcendental constants it is probable, by
points and digits that nothing in the texts could have been made to fit (Schwartz 1980 and Zippel
1979 for rational expressions, and for others that are equal in form). No text is evaluated here.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import islice
from typing import Any

from grpo_rewards.answers.deciding import modular
from grpo_rewards.answers.deciding.heights import are_apart
from grpo_rewards.answers.deciding.modular import PRIMES
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
from grpo_rewards.answers.deciding.steps import Step, Undefined, is_rational, nodes, unroll
from grpo_rewards.answers.notation.trees import (
    INFINITY,
    Application,
    Constant,
    Group,
    Negation,
    Operation,
    Symbol,
    Tree,
    children,
)
from grpo_rewards.caches import ANSWERS

__all__ = [
    "agree_far_out",
    "complex_verdicts",
    "mentions_pi",
    "nodes",
    "same_everywhere",
    "same_up_to_factor",
    "symbols",
    "value_of_constant",
]

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
_INFINITE = (INFINITY, Negation(INFINITY))
_PI = Constant("pi")
_SEED = 20_041


def symbols(tree: Tree) -> frozenset[str]:
    """The names of a tree's unknowns."""
    found: set[str] = set()
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Symbol):
            found.add(node.name)
        else:
            waiting += children(node)
    return frozenset(found)


def mentions_pi(tree: Tree) -> bool:
    """Whether a tree has the constant pi in it, as the general solutions of trigonometry have."""
    return any(node == _PI for node in nodes(tree))


def same_everywhere(left: Tree, right: Tree) -> bool | None:
    """Whether two expressions are equal wherever both are defined over the reals.

    Returns:
        ``None`` when that could not be decided: they have no common domain, values too large, or
        agree in all digits that were looked at though there could be more.

    Example:
        >>> from grpo_rewards.answers.notation.grammar import parse
        >>> same_everywhere(parse("(x+1)^2"), parse("x^2+2x+1"))
        True
        >>> same_everywhere(parse("|x+5|"), parse("x+5"))
        False
    """
    if left == right:
        return True
    if left in _INFINITE or right in _INFINITE:
        return False
    pair = _Pair.of(left, right)
    if pair.one_is_unevaluated:
        return False
    if pair.is_rational:
        decided = _same_modular(pair)
        if decided is not None:
            return decided
    # What is known to change with an unknown is no constant, however hard that is to evaluate.
    constants = [side for side in pair.sides if not side.names]
    if len(constants) == 1 and any(_changes(side, pair.names) for side in pair.sides):
        return False
    decided = pair.try_bases(_Pair.agree)
    if decided is None and not pair.names and are_apart(*(side.steps for side in pair.sides)):
        return False  # by their sizes alone
    if decided is None and (_reckons_with_sets(left) or _reckons_with_sets(right)):
        return False
    return decided


def _reckons_with_sets(tree: Tree) -> bool:
    """Whether a set stands where a number has to, so that no rule can say what the whole is."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Group) and node.opening == "\\{":
            return True
        if not isinstance(node, Application | Operation):  # which may be over a set
            waiting += children(node)
    return False


def same_up_to_factor(left: Tree, right: Tree, *, positive: bool = False) -> bool | None:
    """Whether one expression is a constant nonzero (or positive) multiple of the other.

    Example:
        >>> from grpo_rewards.answers.notation.grammar import parse
        >>> same_up_to_factor(parse("2x+4y-3"), parse("y + x/2 - 3/4"))
        True
        >>> same_up_to_factor(parse("|x+y|-3"), parse("x+y-3"), positive=True)
        False
    """
    pair = _Pair.of(left, right)
    if pair.one_is_unevaluated:
        return False
    if pair.is_rational:
        decided = _proportional_modular(pair)
        if decided is False or (decided and not positive):
            return decided
    return pair.try_bases(lambda each: each.proportional(positive=positive))


def agree_far_out(left: Tree, right: Tree, *, decimal: bool = False) -> bool | None:
    """Whether two expressions agree at real points as far out as `same_everywhere` does not look."""
    pair = _Pair.of(left, right, decimal=decimal)
    if not pair.names:
        return None
    generator = random.Random(20_051)
    agreeing = 0
    for _ in range(TRIES):
        point = {
            name: Fraction(generator.choice((-1, 1)) * 10 ** generator.uniform(-1, 4))
            for name in pair.names
        }
        verdict = pair.look(point)
        if verdict is False:
            return False
        agreeing += bool(verdict)
    return True if agreeing >= POINTS else None


def complex_verdicts(left: Tree, right: Tree, *, decimal: bool = False) -> set[bool]:
    """Whether two expressions' complex values agree, at each of some real points; empty if unknown."""
    pair = _Pair.of(left, right, decimal=decimal, over_reals=False)
    verdicts = [verdict for verdict in map(pair.look, pair.random(TRIES)) if verdict is not None]
    return set(verdicts) if len(verdicts) >= (POINTS if pair.names else 1) else set()


def value_of_constant(tree: Tree, *, digits: int = 50) -> Fraction | None:
    r"""A real constant's value to so many digits and more, or ``None`` if it has none.

    Example:
        >>> from grpo_rewards.answers.notation.grammar import parse
        >>> float(value_of_constant(parse(r"\sqrt2")))
        1.4142135623730951
    """
    side = _Side.of(tree)
    steps = side.steps
    if side.cost > MAX_COST:
        return None
    wanted = 4 * digits + 64
    bits = wanted + FIRST_BITS
    while bits * len(steps) <= MAX_WORK and bits <= MAX_BITS:
        with precision(bits):
            balls = Balls({})
            try:
                value = balls.real(balls.value(steps))
            except ARITHMETIC_ERRORS:
                return None
            if balls.vanishes(value):
                return Fraction(0)
            if value.is_finite() and (value.is_exact() or value.rel_accuracy_bits() >= wanted):
                if abs(magnitude(value)) > MAX_BITS:
                    return None
                mantissa, exponent = value.mid().man_exp()
                return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
        bits *= 2
    return None


# Modulo a prime -------------------------------------------------------------------------------


def _changes(side: _Side, names: Sequence[str]) -> bool:
    """Whether a rational expression surely has different values at different points."""
    if not side.is_rational or not side.names:
        return False
    generator = random.Random(_SEED)
    try:
        values = {
            modular.evaluate(
                side.steps, {name: generator.randrange(2, PRIMES[1]) for name in names}, PRIMES[1]
            )
            for _ in range(2)
        }
    except Undefined:
        return False
    return len(values) > 1


_Evaluate = Callable[[tuple[Step, ...], dict[str, int], int], int]


def _same_modular(pair: _Pair, evaluate: _Evaluate = modular.evaluate) -> bool | None:
    generator = random.Random(_SEED)
    for prime in PRIMES:
        point = {name: generator.randrange(2, prime) for name in pair.names}
        try:
            left, right = (evaluate(side.steps, point, prime) for side in pair.sides)
        except Undefined:
            return None
        if left != right:
            return False
    return True


def _proportional_modular(pair: _Pair, evaluate: _Evaluate = modular.evaluate) -> bool | None:
    generator = random.Random(_SEED)
    for prime in PRIMES:
        ratios: set[int] = set()
        for _ in range(2):
            point = {name: generator.randrange(2, prime) for name in pair.names}
            try:
                left, right = (evaluate(side.steps, point, prime) for side in pair.sides)
                if not left or not right:
                    return left == right == 0 if not ratios else False
                ratios.add(left * modular.inverse(right, prime) % prime)
            except Undefined:
                return None
        if len(ratios) != 1:
            return False
    return True


def _evaluate_splitting(steps: tuple[Step, ...], point: dict[str, int], prime: int) -> int:
    return modular.evaluate_form(steps, point, prime, split_roots=True)


# In balls -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Side:
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
    def of(cls, tree: Tree) -> _Side:
        return _as_side(tree)

    @cached_property
    def whole(self) -> frozenset[str]:
        """The unknowns in exponents of negative numbers, as in (-1)^n: they stand for integers."""
        return frozenset(_names_of_integers(self.steps)) if "power" in self.kinds else frozenset()

    @cached_property
    def has_regions(self) -> bool:
        return has_regions(self.steps)


@ANSWERS.keep(entries=1_024)
def _as_side(tree: Tree) -> _Side:
    steps = unroll(tree)
    names, kinds = set(), set()
    cost = 0
    for kind, data, *_ in steps:
        if kind == "symbol":
            names.add(data)
        kinds.add(data if kind in ("function", "constant") else kind)
        cost += 10 if kind in _COSTLY else 1
    return _Side(
        steps,
        frozenset(names),
        frozenset(kinds),
        cost,
        is_rational(steps),
        "opaque" in kinds
        and any(step.kind == "opaque" and step.data.startswith("op ") for step in steps),
    )


@dataclass
class _Pair:
    """Two expressions, and what is known of them."""

    sides: tuple[_Side, _Side]
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
    def of(
        cls, left: Tree, right: Tree, *, decimal: bool = False, over_reals: bool = True
    ) -> _Pair:
        sides = (_Side.of(left), _Side.of(right))
        return cls(sides, sorted(sides[0].names | sides[1].names), decimal, over_reals)

    @cached_property
    def cost(self) -> int:
        return self.sides[0].cost + self.sides[1].cost

    @cached_property
    def kinds(self) -> frozenset[str]:
        return self.sides[0].kinds | self.sides[1].kinds

    @property
    def is_rational(self) -> bool:
        return self.sides[0].is_rational and self.sides[1].is_rational

    @property
    def one_is_unevaluated(self) -> bool:
        """Whether only one side has a sum, an integral, a limit in it."""
        return self.sides[0].is_unevaluated != self.sides[1].is_unevaluated

    @property
    def is_complex(self) -> bool:
        return "i" in self.kinds

    def try_bases(self, decide: Callable[[_Pair], bool | None]) -> bool | None:
        """Decide for natural logarithms, and for decimal ones: without a base it is not said."""
        if self.cost > MAX_COST:
            return None
        decided = decide(self)
        if decided or "log" not in self.kinds:
            return decided
        return decide(_Pair(self.sides, self.names, decimal=True))

    def agree(self) -> bool | None:
        """Whether the sides have the same values wherever both are defined."""
        decided = self.agree_everywhere()
        if decided is None and self.over_reals and (self.is_complex or not self.names):
            pair = _Pair(self.sides, self.names, self.decimal, over_reals=False)
            decided = pair.agree_everywhere()
        return decided

    def agree_everywhere(self) -> bool | None:
        """Whether they agree at random points, and at points of every region where there are some."""
        wanted = POINTS if self.names else 1
        agreeing = 0
        for verdict in map(self.look, self.random(TRIES)):
            if verdict is False:
                return False
            agreeing += bool(verdict)
            if agreeing == wanted:
                break
            if verdict and self.is_formal:
                return True
        if self.names and any(side.has_regions for side in self.sides):
            for visit in range(VISITS):
                for verdict in map(self.look, self.of_regions(visit)):
                    if verdict is False:
                        return False
                    agreeing += bool(verdict)
                if agreeing >= wanted or not agreeing:
                    break
        return True if agreeing >= wanted else None

    def proportional(self, *, positive: bool) -> bool | None:
        """Whether one side is a constant multiple of the other, which is not zero."""
        for point in self.random(TRIES):
            values = self.values_apart_from_zero(point)
            if values is None:
                continue
            left, right = values
            if left is None or right is None:
                return False  # the one is zero where the other is not
            if positive and not left * right > 0:
                return False
            if self.is_formally(_proportional_modular):
                return True
            self.anchor = point
            return self.agree_everywhere()
        return None

    # Points -----------------------------------------------------------------------------------

    def random(self, count: int) -> Iterator[Point]:
        if not self.names:
            return iter([{}])
        complex_names = frozenset(name for name in self.names if name[0] in "zw")
        points = random_points(
            self.names,
            random.Random(_SEED),
            whole=self.whole,
            complex_names=complex_names if self.is_complex else frozenset(),
        )
        return islice(points, min(count, max(POINTS, BUDGET // self.cost)))

    def of_regions(self, visit: int) -> Iterator[Point]:
        generator = random.Random(_SEED + visit)
        steps = [side.steps for side in self.sides]
        points = region_points(steps, self.names, generator, whole=self.whole)
        return islice(points, max(POINTS, 4 * BUDGET // self.cost))

    @property
    def whole(self) -> frozenset[str]:
        return self.sides[0].whole | self.sides[1].whole

    # Form -------------------------------------------------------------------------------------

    @cached_property
    def is_formal(self) -> bool:
        """Whether the sides are equal wherever both are defined, whatever functions are in them."""
        if self.anchor is not None or (not self.names and self.separation is not None):
            return False  # another factor; or there is a better way
        return self.is_formally(_same_modular)

    def is_formally(self, related: Callable[[_Pair, _Evaluate], bool | None]) -> bool:
        if related(self, modular.evaluate_form):
            return True
        # The root of a product is one of roots only where all of them are real.
        splits = self.over_reals and not self.is_complex and self.kinds & _SPLIT
        return bool(splits and related(self, _evaluate_splitting))

    # Values -----------------------------------------------------------------------------------

    def look(self, point: Point) -> bool | None:
        """Whether the sides agree at a point; ``None`` where that is not defined, or stays open."""
        bits, most = self.bits, None
        while (most is None or bits <= most) and self.work <= MAX_WORK:
            self.work += bits * self.cost
            with precision(bits):
                balls = Balls(point, over_reals=self.over_reals, decimal=self.decimal)
                try:
                    left, right = self.values(balls)
                except ARITHMETIC_ERRORS:
                    return None
                difference = left - right
                if difference.is_finite():
                    if not difference.contains(0):
                        return False
                    most = most or self.most_bits
                    lacking = self.lacking(left, difference, balls)
                    if lacking <= 0 or self.is_formal:
                        self.bits = min(bits, 8 * FIRST_BITS)
                        return True
                    if self.names and bits + lacking > most:
                        most = min(most, GLANCE_BITS)  # another point tells more
                else:
                    most, lacking = most or self.most_bits, bits
            # In one leap where it is not far; else more bits may show a difference before.
            bits = bits + lacking + 32 if lacking < 3 * bits else 2 * bits
        return None

    def values(self, balls: Balls) -> tuple[Any, Any]:
        one, other = self.sides
        left, right = balls.value(one.steps), balls.value(other.steps)
        if self.anchor is None:
            return left, right
        balls.point = self.anchor
        return left * balls.value(other.steps), right * balls.value(one.steps)

    def lacking(self, value: Any, difference: Any, balls: Balls) -> int:
        """The bits that are missing before an agreement counts; 0 or less where none is."""
        if difference.is_zero():
            return 0
        # Of a value near zero, the magnitude itself is a matter of the precision.
        size = magnitude(value)
        enough = None if self.names else self.separation
        if enough is None:
            enough = balls.enough() * (1 if self.names else 2) - size
        bound = abs(difference).abs_upper()
        mantissa, exponent = bound.man_exp()
        return enough + int(mantissa).bit_length() + int(exponent)

    @cached_property
    def most_bits(self) -> int:
        if self.kinds & {"factorial", "binom"}:
            return MAX_GAMMA_BITS
        return MAX_FUNCTION_BITS if self.names or self.separation is None else MAX_BITS

    @cached_property
    def separation(self) -> int | None:
        return bits_that_hide(*(side.steps for side in self.sides), over_reals=self.over_reals)

    def values_apart_from_zero(self, point: Point) -> tuple[Any, Any] | None:
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


_COSTLY = frozenset(
    ["function", "factorial", "rational power", "power", "root", "exp", "opaque", "weights"]
)
_SPLIT = frozenset(["root", "rational power", "abs"])
