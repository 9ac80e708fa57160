"""Whether two numbers, expressions, ratios, times or equations are the same, under a policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from grpo_rewards.answers import identity
from grpo_rewards.answers.policy import Policy
from grpo_rewards.answers.trees import Tree, renamed
from grpo_rewards.answers.units import conversion_factor, same_unit
from grpo_rewards.answers.values import Congruence, Expression, Number, Ratio, Relation, Time

__all__ = ["Scalars"]

# The arbitrary constant of an antiderivative: its name says nothing.
_CONSTANTS = frozenset(["C", "c", "K", "k", "C_1", "c_1"])
_FLIPPED = {">": "<", ">=": "<="}


@dataclass
class Scalars:
    """Comparisons of single values.

    Args:
        policy: What is accepted.
        known: What the symbolic rule found for pairs of trees, ``None`` where it was stopped.
        undecided: Collects the pairs that evaluation leaves open and ``known`` does not have.
    """

    policy: Policy
    known: Mapping[tuple[Tree, Tree], bool | None] = field(default_factory=dict)
    undecided: list[tuple[Tree, Tree]] = field(default_factory=list)

    def same(self, left: Tree, right: Tree) -> bool:
        """Whether two expressions are equal; one that is left open counts as not equal."""
        constant, other = _added_constant(left), _added_constant(right)
        if constant and other and constant != other and other not in identity.symbols(left):
            right = renamed(right, {other: constant})
        right = _with_integer_of(left, right)
        decided = identity.same_everywhere(left, right)
        if decided is None:
            pair = (left, right)
            decided = self.known.get(pair)
            if pair not in self.known:
                self.undecided.append(pair)
        return decided is True

    def units(self, gold: str, prediction: str) -> Fraction | None:
        """What one of the prediction's units is in the gold's; ``None`` if they do not agree."""
        if not (gold and prediction):
            return Fraction(1) if gold == prediction or self.policy.units_optional else None
        if same_unit(gold, prediction):
            return Fraction(1)
        return conversion_factor(prediction, gold)

    def numbers(self, gold: Number, prediction: Number) -> bool:
        if gold.form == "plain" and prediction.form == "open":
            return False  # 17 * 23 restates the problem whose gold is 391
        factor = self.units(gold.unit, prediction.unit)
        if factor is None:
            return False
        value = prediction.value * factor
        if gold.value == value:
            return True
        if gold.percent and not prediction.percent and self.policy.percent_optional:
            return value == gold.value * 100  # the gold's own unit left out
        if factor != 1:
            # In the prediction's unit the gold has no digits of its own to be given.
            return self.rounds(prediction, Number(gold.value / factor))
        if gold.places:
            longer = not prediction.places or prediction.places > gold.places
            return longer and self.rounds(gold, prediction)
        return self.rounds(prediction, gold)

    def rounds(self, decimal: Number, other: Number) -> bool:
        """Whether a decimal with digits enough is another number, correctly rounded.

        A gold that is itself a decimal has the digits to be given: 12345.7 does not round the gold
        12345.67; but 0.33333333 may be given for 0.333333.
        """
        if decimal.digits < self.policy.digits or other.value.denominator == 1:
            return False
        return abs(decimal.value - other.value) * 2 * 10**decimal.places <= 1

    def expressions(self, gold: Expression, prediction: Expression) -> bool:
        if self.units(gold.unit, prediction.unit) != 1:
            return False
        return self.same(gold.tree, prediction.tree)

    def number_and_expression(self, gold: Number, prediction: Expression) -> bool:
        if prediction.quantity is not None and self.numbers(gold, prediction.quantity):
            return True
        return self.constant(gold, prediction)

    def expression_and_number(self, gold: Expression, prediction: Number) -> bool:
        # "5 m" may as well be a product; of "5 m/s" and "5 N" the unit may be left out.
        if gold.quantity is not None and (prediction.unit or _is_surely_unit(gold.quantity.unit)):
            return self.numbers(gold.quantity, prediction)
        return self.constant(prediction, gold)

    def constant(self, number: Number, expression: Expression) -> bool:
        """Whether an expression is a number: exactly, as an angle, or rounded."""
        if self.units(number.unit, expression.unit) != 1:
            return False
        literal: Tree = ("num", number.value, 0)
        if self.same(literal, expression.tree):
            return True
        if number.unit == "degree" and not expression.unit:
            return self.same(("deg", literal), expression.tree)
        if number.digits < self.policy.digits:
            return False
        return self.approximates(number, expression.tree)

    def approximates(self, number: Number, tree: Tree) -> bool:
        """Whether a decimal is a constant, correctly rounded to as many places as it has."""
        value = identity.value_of_constant(tree)
        if not number.places or value is None or hasattr(value, "_mpc_"):
            return False
        top, bottom = number.value.numerator, number.value.denominator
        return bool(abs(value * bottom - top) * 2 * 10**number.places <= bottom)

    def ratios(self, gold: Ratio, prediction: Ratio) -> bool:
        left, right = gold.terms, prediction.terms
        if len(left) != len(right) or ("dots",) in (*left, *right):
            return left == right
        return all(
            self.same(("mul", left[0], theirs), ("mul", right[0], ours))
            for ours, theirs in zip(left[1:], right[1:], strict=True)
        )

    def times(self, gold: Time, prediction: Time) -> bool:
        """The time of day, on a clock of 12 hours or of 24."""
        return _on_24_hours(gold) == _on_24_hours(prediction)

    def congruences(self, gold: Congruence, prediction: Congruence) -> bool:
        named = gold.name and prediction.name and gold.name != prediction.name
        modulus = gold.modulus
        difference = gold.residue - prediction.residue
        return not named and modulus == prediction.modulus and difference % modulus == 0

    def number_and_congruence(self, gold: Number, prediction: Congruence) -> bool:
        return not gold.unit and gold.value == prediction.residue

    def congruence_and_number(self, gold: Congruence, prediction: Number) -> bool:
        """``5`` for ``5 (mod 7)``; but for ``x = 5 (mod 7)`` it is one of many solutions."""
        return not gold.name and self.number_and_congruence(prediction, gold)

    def ratio_and_time(self, gold: Ratio, prediction: Time) -> bool:
        """7:30 may be a ratio where the gold is one."""
        terms = (prediction.hour, prediction.minute, prediction.second)
        numbers = [("num", Fraction(term), 0) for term in terms[: len(gold.terms)]]
        return not prediction.half and self.ratios(gold, Ratio(tuple(numbers)))

    def relations(self, gold: Relation, prediction: Relation) -> bool:
        """Whether one equation or inequality is a nonzero (or positive) multiple of the other."""
        left, right = _directed(gold), _directed(prediction)
        if left.relation != right.relation:
            return False
        positive = left.relation in ("<", "<=")
        return (
            identity.same_up_to_factor(_difference(left), _difference(right), positive=positive)
            is True
        )


_INTEGERS = frozenset("kmnl")


def _with_integer_of(left: Tree, right: Tree) -> Tree:
    """The right one with the left's name for the integer of a general solution: k pi and n pi."""
    ours = identity.symbols(left) - identity.symbols(right)
    theirs = identity.symbols(right) - identity.symbols(left)
    if len(ours) == len(theirs) == 1 and ours | theirs <= _INTEGERS and identity.mentions_pi(left):
        return renamed(right, {next(iter(theirs)): next(iter(ours))})
    return right


def _added_constant(tree: Tree) -> str | None:
    """The name of the one arbitrary constant that a sum has, ``+ C``, if it has one."""
    if tree[0] != "add":
        return None
    names = [term[1] for term in tree[1:] if term[0] == "sym" and term[1] in _CONSTANTS]
    if len(names) != 1:
        return None
    rest = ("add", *(term for term in tree[1:] if term != ("sym", names[0])))
    return None if names[0] in identity.symbols(rest) else str(names[0])


def _on_24_hours(time: Time) -> tuple[int, int, int, bool]:
    """Hour, minute and second, and whether it is known which half of the day they are in."""
    hour, known = time.hour, time.hour > 12 or time.hour == 0
    if time.half and hour <= 12:
        hour, known = hour % 12 + 12 * (time.half == "p"), True
    return hour, time.minute, time.second, known


def _is_surely_unit(letters: str) -> bool:
    return "/" in letters or not letters.islower()


def _directed(relation: Relation) -> Relation:
    if relation.relation in _FLIPPED:
        return Relation(_FLIPPED[relation.relation], relation.right, relation.left)
    return relation


def _difference(relation: Relation) -> Tree:
    return ("add", relation.left, ("neg", relation.right))
