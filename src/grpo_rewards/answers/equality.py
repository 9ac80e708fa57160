"""Whether two values are equal, kind by kind; the policy is written down in the documentation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from grpo_rewards.answers import identity
from grpo_rewards.answers.trees import Tree
from grpo_rewards.answers.units import same_unit
from grpo_rewards.answers.values import (
    Assignment,
    Based,
    Choice,
    Collection,
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

__all__ = ["equal_values"]

DIGITS = 6
"""Significant digits from which a decimal is accepted for an exact gold that it rounds."""
MAX_UNORDERED = 64
"""Longer collections are compared in order only."""


def equal_values(gold: Value, prediction: Value) -> bool:
    """Whether a prediction's value is the gold's, by the rule for their kinds."""
    if isinstance(gold, Assignment) or isinstance(prediction, Assignment):
        return _equal_assignments(gold, prediction)
    if _is_single(gold) and not _is_single(prediction):
        return equal_values(gold.items[0], prediction)  # type: ignore[union-attr]
    if _is_single(prediction) and not _is_single(gold):
        return equal_values(gold, prediction.items[0])  # type: ignore[union-attr]
    decide = _DECISIONS.get((type(gold), type(prediction)))
    return decide is not None and decide(gold, prediction)


def _is_single(value: Value) -> bool:
    return isinstance(value, Collection) and value.kind == "set" and len(value.items) == 1


# Numbers and expressions ----------------------------------------------------------------------


def _equal_numbers(gold: Number, prediction: Number) -> bool:
    if gold.unit and prediction.unit and not same_unit(gold.unit, prediction.unit):
        return False
    if gold.percent and not prediction.percent and prediction.value == gold.value * 100:
        return True  # the gold's own unit left out
    if gold.value == prediction.value:
        return True
    return _rounds(prediction, gold.value, gold) or _rounds(gold, prediction.value, prediction)


def _rounds(decimal: Number, value: Fraction, other: Number) -> bool:
    """Whether a decimal of enough digits is another number, correctly rounded.

    The other one is either exact, or a decimal with more digits: 3.14 rounds neither 3.14159,
    which has the digits to be compared, nor 1/3, which 0.33 says too coarsely.
    """
    if decimal.digits < DIGITS or (other.places and other.places <= decimal.places):
        return False
    if not other.places and value.denominator == 1:
        return False
    return abs(decimal.value - value) * 2 * 10**decimal.places <= 1


def _equal_expressions(gold: Expression, prediction: Expression) -> bool:
    if gold.unit and prediction.unit and not same_unit(gold.unit, prediction.unit):
        return False
    return _same(gold.tree, prediction.tree)


def _same(left: Tree, right: Tree) -> bool:
    constant, other = _added_constant(left), _added_constant(right)
    if constant and other and constant != other and other not in identity.symbols(left):
        right = _renamed(right, {other: constant})
    return identity.same_everywhere(left, right) is True


_CONSTANTS = frozenset(["C", "c", "K", "k", "C_1", "c_1", "C_{1}", "c_{1}"])


def _added_constant(tree: Tree) -> str | None:
    """The arbitrary constant of an antiderivative, ``+ C``: its name says nothing."""
    if tree[0] != "add":
        return None
    names = [term[1] for term in tree[1:] if term[0] == "sym" and term[1] in _CONSTANTS]
    if len(names) != 1:
        return None
    rest = ("add", *(term for term in tree[1:] if term != ("sym", names[0])))
    return None if names[0] in identity.symbols(rest) else str(names[0])


def _number_and_expression(gold: Number, prediction: Expression) -> bool:
    if prediction.quantity is not None and _equal_numbers(gold, prediction.quantity):
        return True
    return _same_constant(gold, prediction)


def _expression_and_number(gold: Expression, prediction: Number) -> bool:
    if gold.quantity is not None and prediction.unit:
        return _equal_numbers(gold.quantity, prediction)
    return _same_constant(prediction, gold)


def _same_constant(number: Number, expression: Expression) -> bool:
    if number.unit and expression.unit and not same_unit(number.unit, expression.unit):
        return False
    literal: Tree = ("num", number.value, 0)
    if _same(literal, expression.tree):
        return True
    if number.unit == "degree" and not expression.unit:
        return _same(("deg", literal), expression.tree)
    if number.digits < DIGITS:
        return False
    value = identity.value_of_constant(expression.tree)
    if value is None or hasattr(value, "_mpc_"):
        return False
    scaled = abs(value * number.value.denominator - number.value.numerator) * 2 * 10**number.places
    return bool(scaled <= number.value.denominator)


# Names and relations --------------------------------------------------------------------------


def _equal_assignments(gold: Value, prediction: Value) -> bool:
    for side in (gold, prediction):
        if isinstance(side, Assignment) and not _holds(side):
            return False
    if isinstance(gold, Assignment) and isinstance(prediction, Assignment):
        return _equal_named(gold, prediction)
    if isinstance(gold, Assignment):
        if isinstance(prediction, Relation):
            return gold.relation is not None and _equal_relations(gold.relation, prediction)
        return equal_values(gold.value, prediction)
    if isinstance(prediction, Assignment):
        if isinstance(gold, Relation):
            return prediction.relation is not None and _equal_relations(gold, prediction.relation)
        return equal_values(gold, prediction.value)
    return False


def _holds(assignment: Assignment) -> bool:
    """Whether the sides of an identity such as 6 * 7 = 42 really are the same."""
    if assignment.name[0] != "identity":
        return True
    value = assignment.value
    if isinstance(value, Number):
        claimed: Tree = ("num", value.value, 0)
    elif isinstance(value, Expression):
        claimed = value.tree
    else:
        return False
    return all(_same(side, claimed) for side in assignment.name[1:])


def _equal_named(gold: Assignment, prediction: Assignment) -> bool:
    if "identity" in (gold.name[0], prediction.name[0]) or _same_name(gold.name, prediction.name):
        return equal_values(gold.value, prediction.value)
    renamed = _renamed_parameters(gold, prediction)
    if renamed is not None:
        return equal_values(gold.value, renamed)
    if gold.relation is None or prediction.relation is None:
        return False
    return _equal_relations(gold.relation, prediction.relation)


def _same_name(left: Tree, right: Tree) -> bool:
    if left[0] == right[0] == "sym":
        return str(left[1]).casefold() == str(right[1]).casefold()
    return left == right


def _renamed_parameters(gold: Assignment, prediction: Assignment) -> Value | None:
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
    taken = identity.symbols(value.tree) - set(names)
    if taken & set(names.values()):
        return None
    return Expression(_renamed(value.tree, names), value.unit)


def _renamed(tree: Tree, names: dict[str, str]) -> Tree:
    if tree[0] == "sym":
        return ("sym", names.get(tree[1], tree[1]))
    return tuple(
        _renamed(part, names)
        if isinstance(part, tuple) and part and isinstance(part[0], str)
        else part
        for part in tree
    )


_FLIPPED = {">": "<", ">=": "<="}


def _equal_relations(gold: Relation, prediction: Relation) -> bool:
    left, right = _directed(gold), _directed(prediction)
    if left.relation != right.relation:
        return False
    inequality = left.relation in ("<", "<=")
    return (
        identity.same_up_to_factor(_difference(left), _difference(right), positive=inequality)
        is True
    )


def _directed(relation: Relation) -> Relation:
    if relation.relation in _FLIPPED:
        return Relation(_FLIPPED[relation.relation], relation.right, relation.left)
    return relation


def _difference(relation: Relation) -> Tree:
    return ("add", relation.left, ("neg", relation.right))


# Collections ----------------------------------------------------------------------------------


def _equal_collections(gold: Collection, prediction: Collection) -> bool:
    unordered = {"set", "bare"}
    if gold.kind != prediction.kind and not {gold.kind, prediction.kind} <= unordered:
        return False
    expected, actual = gold.items, prediction.items
    if gold.kind == "set":
        expected, actual = _distinct(expected), _distinct(actual)
    if len(expected) != len(actual):
        return False
    if _equal_in_order(expected, actual):
        return True
    dots = any(isinstance(item, Dots) for item in (*expected, *actual))
    return gold.kind in unordered and not dots and _equal_in_any_order(expected, actual)


def _equal_in_order(gold: Sequence[Value], prediction: Sequence[Value]) -> bool:
    return len(gold) == len(prediction) and all(map(equal_values, gold, prediction))


def _equal_in_any_order(gold: Sequence[Value], prediction: Sequence[Value]) -> bool:
    if len(gold) != len(prediction) or len(gold) > MAX_UNORDERED:
        return False
    left = list(prediction)
    for item in gold:
        place = next((place for place, other in enumerate(left) if equal_values(item, other)), None)
        if place is None:
            return False
        del left[place]
    return True


def _distinct(items: tuple[Value, ...]) -> tuple[Value, ...]:
    if len(items) > MAX_UNORDERED:
        return items
    kept: list[Value] = []
    for item in items:
        if not any(equal_values(other, item) for other in kept):
            kept.append(item)
    return tuple(kept)


def _equal_intervals(gold: Interval, prediction: Interval) -> bool:
    return (
        gold.low_closed == prediction.low_closed
        and gold.high_closed == prediction.high_closed
        and equal_values(gold.low, prediction.low)
        and equal_values(gold.high, prediction.high)
    )


def _as_interval(value: Value) -> Value:
    """``(a, b)`` and ``[a, b]`` beside something that is an interval are intervals."""
    if isinstance(value, Collection) and len(value.items) == 2 and value.kind in ("tuple", "list"):
        closed = value.kind == "list"
        return Interval(value.items[0], value.items[1], closed, closed)
    if isinstance(value, Assignment):
        return _as_interval(value.value)
    return value


def _interval_and_collection(gold: Interval, prediction: Collection) -> bool:
    return (
        equal_values(gold, interval)
        if (interval := _as_interval(prediction)) != prediction
        else False
    )


def _collection_and_interval(gold: Collection, prediction: Interval) -> bool:
    return equal_values(interval, prediction) if (interval := _as_interval(gold)) != gold else False


def _equal_unions(gold: Union, prediction: Union) -> bool:
    expected = [_as_interval(part) for part in gold.parts]
    actual = [_as_interval(part) for part in prediction.parts]
    if gold.operation != prediction.operation:
        return False
    if gold.operation == "setminus":
        return _equal_in_order(expected, actual)
    return _equal_in_any_order(expected, actual)


def _equal_matrices(gold: Matrix, prediction: Matrix) -> bool:
    return len(gold.rows) == len(prediction.rows) and all(
        map(_equal_in_order, gold.rows, prediction.rows)
    )


def _as_vector(matrix: Matrix) -> Collection | None:
    if len(matrix.rows) == 1:
        return Collection("tuple", matrix.rows[0])
    if all(len(row) == 1 for row in matrix.rows):
        return Collection("tuple", tuple(row[0] for row in matrix.rows))
    return None


def _matrix_and_collection(gold: Matrix, prediction: Collection) -> bool:
    vector = _as_vector(gold)
    return vector is not None and _equal_collections(vector, prediction)


def _collection_and_matrix(gold: Collection, prediction: Matrix) -> bool:
    vector = _as_vector(prediction)
    return vector is not None and _equal_collections(gold, vector)


# The rest -------------------------------------------------------------------------------------


def _equal_ratios(gold: Ratio, prediction: Ratio) -> bool:
    left, right = gold.terms, prediction.terms
    if len(left) != len(right) or ("dots",) in (*left, *right):
        return left == right
    return all(
        _same(("mul", left[0], theirs), ("mul", right[0], ours))
        for ours, theirs in zip(left[1:], right[1:], strict=True)
    )


def _time_as_ratio(time: Time) -> Ratio:
    terms = [time.hour, time.minute, time.second][: 3 if time.second else 2]
    return Ratio(tuple(("num", Fraction(term), 0) for term in terms))


def _equal_choices(gold: Choice, prediction: Choice) -> bool:
    if gold.text and prediction.text and gold.text != prediction.text:
        return False
    return gold.letter == prediction.letter


_DECISIONS: dict[tuple[type, type], Callable[..., bool]] = {
    (Number, Number): _equal_numbers,
    (Number, Expression): _number_and_expression,
    (Expression, Number): _expression_and_number,
    (Expression, Expression): _equal_expressions,
    (Relation, Relation): _equal_relations,
    (Collection, Collection): _equal_collections,
    (Interval, Interval): _equal_intervals,
    (Interval, Collection): _interval_and_collection,
    (Collection, Interval): _collection_and_interval,
    (Union, Union): _equal_unions,
    (Matrix, Matrix): _equal_matrices,
    (Matrix, Collection): _matrix_and_collection,
    (Collection, Matrix): _collection_and_matrix,
    (Ratio, Ratio): _equal_ratios,
    (Ratio, Time): lambda gold, prediction: _equal_ratios(gold, _time_as_ratio(prediction)),
    (Choice, Choice): _equal_choices,
    (Choice, Words): lambda gold, prediction: bool(gold.text) and gold.text == prediction.text,
    (Based, Based): lambda gold, prediction: gold == prediction,
    (Time, Time): lambda gold, prediction: gold == prediction,
    (Words, Words): lambda gold, prediction: gold.text == prediction.text,
    (Dots, Dots): lambda gold, prediction: gold == prediction,
}
