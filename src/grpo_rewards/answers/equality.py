"""Whether two values are equal, kind by kind; the policy is written down in the documentation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from grpo_rewards.answers import identity
from grpo_rewards.answers.scalars import Scalars
from grpo_rewards.answers.trees import Tree, renamed
from grpo_rewards.answers.values import (
    Assignment,
    Based,
    Choice,
    Claim,
    Collection,
    Congruence,
    Dots,
    Expression,
    Interval,
    Matrix,
    Number,
    Ratio,
    Relation,
    Time,
    Union,
    Value,
    Words,
)

__all__ = ["Comparison"]

MAX_UNORDERED = 64
"""Longer collections are compared in order only."""


Named: TypeAlias = dict[str, Value]


class Comparison(Scalars):
    """Comparisons of values of every kind, under one policy."""

    def equal(self, gold: Value, prediction: Value) -> bool:
        """Whether a prediction's value is the gold's, by the rule for their kinds."""
        if type(gold) is type(prediction) and gold == prediction:
            return True
        expected, actual = _by_name(gold), _by_name(prediction)
        if expected or actual:
            by_name = self.by_name(gold, expected, prediction, actual)
            if by_name is not None:
                return by_name
        if isinstance(gold, Assignment) or isinstance(prediction, Assignment):
            return self.assignments(gold, prediction)
        gold_item, item = _only_item(gold), _only_item(prediction)
        if (gold_item is None) != (item is None):
            return self.equal(gold_item or gold, item or prediction)
        decide = _DECISIONS.get((type(gold), type(prediction)))
        return decide is not None and decide(self, gold, prediction)

    # Names ------------------------------------------------------------------------------------

    def by_name(
        self, gold: Value, expected: Named, prediction: Value, actual: Named
    ) -> bool | None:
        """``x = 1, y = 2`` beside ``(x, y) = (1, 2)``, ``y = 2, x = 1`` or ``(1, 2)``."""
        if expected and actual:
            return expected.keys() == actual.keys() and all(
                self.equal(value, actual[name]) for name, value in expected.items()
            )
        named, other = (expected, prediction) if expected else (actual, gold)
        if not isinstance(other, Collection) or other.kind != "tuple":
            return None
        in_order = [value for _, value in sorted(named.items())]
        pair = (in_order, other.items) if expected else (other.items, in_order)
        return self.in_order(*pair)

    def assignments(self, gold: Value, prediction: Value) -> bool:
        """``x = 5`` beside another assignment, an equation, or the bare value."""
        for side in (gold, prediction):
            if isinstance(side, Assignment) and not self.holds(side):
                return False
        if not isinstance(prediction, Assignment):
            return self.assignment_and_value(gold, prediction)
        if not isinstance(gold, Assignment):
            return self.assignment_and_value(prediction, gold, flipped=True)
        named = not (_is_identity(gold) or _is_identity(prediction))
        if not named or _same_name(gold.name, prediction.name):
            return self.equal(gold.value, prediction.value)
        in_golds_names = _with_parameters_of(gold, prediction)
        if in_golds_names is not None:
            return self.equal(gold.value, in_golds_names)
        return (
            gold.relation is not None
            and prediction.relation is not None
            and self.relations(gold.relation, prediction.relation)
        )

    def assignment_and_value(
        self, assignment: Value, other: Value, *, flipped: bool = False
    ) -> bool:
        if not isinstance(assignment, Assignment) or _names_another(other, assignment.name):
            return False
        if isinstance(other, Relation):
            relation = assignment.relation
            return relation is not None and self.relations(relation, other)
        sides = [assignment.value]
        if assignment.name[0] == "approximation":  # either side of it may be the answer
            sides.append(Expression(assignment.name[1]))
        if flipped:
            return any(self.equal(other, side) for side in sides)
        return any(self.equal(side, other) for side in sides)

    def holds(self, assignment: Assignment) -> bool:
        """Whether the sides of an identity such as 6 * 7 = 42 really are the same."""
        if not _is_identity(assignment):
            return True
        sides, value = assignment.name[1:], assignment.value
        if isinstance(value, Expression):
            return all(self.same(side, value.tree) for side in sides)
        if not isinstance(value, Number):
            return False
        return all(
            self.same(side, ("num", value.value, 0)) or self.approximates(value, side)
            for side in sides
        )

    # Collections ------------------------------------------------------------------------------

    def collections(self, gold: Collection, prediction: Collection) -> bool:
        unordered = {"set", "bare"}
        if gold.kind != prediction.kind and not {gold.kind, prediction.kind} <= unordered:
            return False
        expected, actual = gold.items, prediction.items
        if gold.kind == "set":
            expected, actual = self.distinct(expected), self.distinct(actual)
        if self.in_order(expected, actual):
            return True
        if _has_names(expected) != _has_names(actual):
            return False  # x = 1, y = 2 beside 2, 1
        if gold.kind not in unordered or (gold.kind == "bare" and self.policy.ordered_lists):
            return False
        dots = any(isinstance(item, Dots) for item in (*expected, *actual))
        return not dots and self.in_any_order(expected, actual)

    def in_order(self, gold: Sequence[Value], prediction: Sequence[Value]) -> bool:
        return len(gold) == len(prediction) and all(map(self.equal, gold, prediction))

    def in_any_order(self, gold: Sequence[Value], prediction: Sequence[Value]) -> bool:
        if len(gold) != len(prediction) or len(gold) > MAX_UNORDERED:
            return False
        left = list(prediction)
        for item in gold:
            places = (place for place, other in enumerate(left) if self.equal(item, other))
            place = next(places, None)
            if place is None:
                return False
            del left[place]
        return True

    def distinct(self, items: tuple[Value, ...]) -> tuple[Value, ...]:
        if len(items) > MAX_UNORDERED:
            return items
        kept: list[Value] = []
        for item in items:
            if not any(self.equal(other, item) for other in kept):
                kept.append(item)
        return tuple(kept)

    def intervals(self, gold: Value, prediction: Value) -> bool:
        gold, prediction = _as_interval(gold), _as_interval(prediction)
        return (
            isinstance(gold, Interval)
            and isinstance(prediction, Interval)
            and gold.low_closed == prediction.low_closed
            and gold.high_closed == prediction.high_closed
            and self.equal(gold.low, prediction.low)
            and self.equal(gold.high, prediction.high)
        )

    def unions(self, gold: Union, prediction: Union) -> bool:
        if gold.operation != prediction.operation:
            return False
        expected = [_as_interval(part) for part in gold.parts]
        actual = [_as_interval(part) for part in prediction.parts]
        if gold.operation == "setminus":
            return self.in_order(expected, actual)
        return self.in_any_order(expected, actual)

    def matrices(self, gold: Matrix, prediction: Matrix) -> bool:
        return len(gold.rows) == len(prediction.rows) and all(
            map(self.in_order, gold.rows, prediction.rows)
        )

    def vectors(self, gold: Matrix | Collection, prediction: Matrix | Collection) -> bool:
        """A matrix of one row or column beside a tuple."""
        expected, actual = _as_vector(gold), _as_vector(prediction)
        return expected is not None and actual is not None and self.collections(expected, actual)

    # Texts ------------------------------------------------------------------------------------

    def choices(self, gold: Choice, prediction: Choice) -> bool:
        if gold.text and prediction.text and gold.text != prediction.text:
            return False
        return gold.letter == prediction.letter

    def choice_and_words(self, gold: Choice, prediction: Words) -> bool:
        return bool(gold.text) and gold.text == prediction.text

    def claim_and_word(self, gold: Claim, prediction: Words) -> bool:
        return gold.said == prediction.text

    def word_and_claim(self, gold: Words, prediction: Claim) -> bool:
        return gold.text == prediction.said

    def identical(self, gold: Value, prediction: Value) -> bool:
        return gold == prediction


def _only_item(value: Value) -> Value | None:
    """The element of a set that has only one: a teacher takes either for the other."""
    if isinstance(value, Collection) and value.kind == "set" and len(value.items) == 1:
        (item,) = value.items
        return None if isinstance(item, Collection) else item
    return None


def _by_name(value: Value) -> Named:
    """The values of several unknowns, by name; empty where a value is something else."""
    if isinstance(value, Assignment) and isinstance(value.value, Collection):
        names = value.name[3:] if value.name[0] == "group" else ()
        items: Sequence[Value] = value.value.items if value.value.kind == "tuple" else ()
    elif isinstance(value, Collection) and value.kind == "bare":
        assignments = [item for item in value.items if isinstance(item, Assignment)]
        names = tuple(item.name for item in assignments)
        items = [item.value for item in assignments]
        if len(items) != len(value.items):
            return {}
    else:
        return {}
    known = {name[1]: item for name, item in zip(names, items, strict=False) if name[0] == "sym"}
    return known if len(known) == len(names) == len(items) > 1 else {}


def _is_identity(assignment: Assignment) -> bool:
    return assignment.name[0] in ("identity", "approximation")


def _has_names(items: Sequence[Value]) -> bool:
    return any(isinstance(item, Assignment) and not _is_identity(item) for item in items)


def _names_another(value: Value, name: Tree) -> bool:
    """Whether a list assigns to a name other than this: x = 1, y = 2 beside x = 1, 2."""
    return isinstance(value, Collection) and any(
        isinstance(item, Assignment) and not _same_name(item.name, name) for item in value.items
    )


def _same_name(left: Tree, right: Tree) -> bool:
    if left[0] == right[0] == "sym":
        return str(left[1]).casefold() == str(right[1]).casefold()
    return left == right


def _with_parameters_of(gold: Assignment, prediction: Assignment) -> Value | None:
    """The prediction's value with its bound variables named as in the gold: f(t)=2t as f(x)=2x."""
    left, right = gold.name, prediction.name
    if left[0] != "app" or right[0] != "app" or left[1] != right[1] or len(left) != len(right):
        return None
    if not all(part[0] == "sym" for part in (*left[2:], *right[2:])):
        return None
    value = prediction.value
    if not isinstance(value, Expression):
        return value
    names = {old[1]: new[1] for old, new in zip(right[2:], left[2:], strict=True)}
    if (identity.symbols(value.tree) - set(names)) & set(names.values()):
        return None
    return Expression(renamed(value.tree, names), value.unit)


def _as_interval(value: Value) -> Value:
    """``(a, b)`` and ``[a, b]`` beside something that is an interval are intervals."""
    if isinstance(value, Collection) and len(value.items) == 2 and value.kind in ("tuple", "list"):
        low, high = value.items
        closed = value.kind == "list"
        return Interval(low, high, low_closed=closed, high_closed=closed)
    if isinstance(value, Assignment):
        return _as_interval(value.value)
    return value


def _as_vector(value: Matrix | Collection) -> Collection | None:
    if isinstance(value, Collection):
        return value
    if len(value.rows) == 1:
        return Collection("tuple", value.rows[0])
    if all(len(row) == 1 for row in value.rows):
        return Collection("tuple", tuple(row[0] for row in value.rows))
    return None


_DECISIONS: dict[tuple[type, type], Callable[..., bool]] = {
    (Number, Number): Comparison.numbers,
    (Number, Expression): Comparison.number_and_expression,
    (Expression, Number): Comparison.expression_and_number,
    (Expression, Expression): Comparison.expressions,
    (Relation, Relation): Comparison.relations,
    (Collection, Collection): Comparison.collections,
    (Interval, Interval): Comparison.intervals,
    (Interval, Collection): Comparison.intervals,
    (Collection, Interval): Comparison.intervals,
    (Union, Union): Comparison.unions,
    (Matrix, Matrix): Comparison.matrices,
    (Matrix, Collection): Comparison.vectors,
    (Collection, Matrix): Comparison.vectors,
    (Ratio, Ratio): Comparison.ratios,
    (Ratio, Time): Comparison.ratio_and_time,
    (Choice, Choice): Comparison.choices,
    (Choice, Words): Comparison.choice_and_words,
    (Based, Based): Comparison.identical,
    (Time, Time): Comparison.times,
    (Congruence, Congruence): Comparison.congruences,
    (Number, Congruence): Comparison.number_and_congruence,
    (Congruence, Number): Comparison.congruence_and_number,
    (Words, Words): Comparison.identical,
    (Claim, Claim): Comparison.identical,
    (Claim, Words): Comparison.claim_and_word,
    (Words, Claim): Comparison.word_and_claim,
    (Dots, Dots): Comparison.identical,
}
