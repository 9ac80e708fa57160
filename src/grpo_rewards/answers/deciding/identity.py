"""Deciding whether two expressions are the same by evaluating both at points that tell.

A difference is proven: the values modulo a prime differ, or the balls in which the values lie do
not meet. Agreement is proven for algebraic constants, whose difference cannot be small without
being zero; for expressions with unknowns and for transcendental constants it is probable, by
points and digits that nothing in the texts could have been made to fit (Schwartz 1980 and Zippel
1979 for rational expressions, and for others that are equal in form). No text is evaluated here.
"""

from __future__ import annotations

import random
from fractions import Fraction

from grpo_rewards.answers.deciding.heights import are_apart
from grpo_rewards.answers.deciding.modular import are_congruent, are_proportional
from grpo_rewards.answers.deciding.real import ARITHMETIC_ERRORS, Balls, magnitude, precision
from grpo_rewards.answers.deciding.sides import (
    FIRST_BITS,
    MAX_BITS,
    MAX_COST,
    MAX_WORK,
    POINTS,
    TRIES,
    Pair,
    Side,
)
from grpo_rewards.answers.deciding.steps import nodes
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

_INFINITE = (INFINITY, Negation(INFINITY))
_PI = Constant("pi")


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
    pair = Pair.of(left, right)
    if pair.one_is_unevaluated:
        return False
    if pair.is_rational:
        decided = are_congruent(pair.steps, pair.names)
        if decided is not None:
            return decided
    # What is known to change with an unknown is no constant, however hard that is to evaluate.
    constants = [side for side in pair.sides if not side.names]
    if len(constants) == 1 and pair.one_surely_changes:
        return False
    decided = pair.try_bases(Pair.agree)
    if decided is None and not pair.names and are_apart(*pair.steps):
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
    pair = Pair.of(left, right)
    if pair.one_is_unevaluated:
        return False
    if pair.is_rational:
        decided = are_proportional(pair.steps, pair.names)
        if decided is False or (decided and not positive):
            return decided
    return pair.try_bases(lambda each: each.proportional(positive=positive))


def agree_far_out(left: Tree, right: Tree, *, decimal: bool = False) -> bool | None:
    """Whether two expressions agree at real points as far out as `same_everywhere` does not look."""
    pair = Pair.of(left, right, decimal=decimal)
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
    pair = Pair.of(left, right, decimal=decimal, over_reals=False)
    verdicts = [verdict for verdict in map(pair.look, pair.points(TRIES)) if verdict is not None]
    return set(verdicts) if len(verdicts) >= (POINTS if pair.names else 1) else set()


def value_of_constant(tree: Tree, *, digits: int = 50) -> Fraction | None:
    r"""A real constant's value to so many digits and more, or ``None`` if it has none.

    Example:
        >>> from grpo_rewards.answers.notation.grammar import parse
        >>> float(value_of_constant(parse(r"\sqrt2")))
        1.4142135623730951
    """
    side = Side.of(tree)
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
