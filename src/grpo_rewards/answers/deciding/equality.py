"""Whether two values are equal, kind by kind; the policy is written down in the documentation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from grpo_rewards.answers.deciding import identity
from grpo_rewards.answers.deciding.assigned import (
    Named,
    has_names,
    is_graph,
    is_identity,
    is_label_of_option,
    names_another,
    same_name,
    values_by_name,
    with_parameters_of,
)
from grpo_rewards.answers.deciding.recast import (
    added_constant,
    as_vector,
    ascending,
    difference,
    directed,
    in_other_unit,
    in_radians,
    on_24_hours,
    only_item,
    quotient_of,
    with_imaginary_unit_of,
    with_integer_of,
    without_degrees,
    without_share,
)
from grpo_rewards.answers.deciding.rounding import same_single, slack
from grpo_rewards.answers.notation.trees import (
    INFINITY,
    ZERO,
    Application,
    Degrees,
    Num,
    Omission,
    Product,
    Sum,
    Symbol,
    Tree,
    renamed,
)
from grpo_rewards.answers.policy import Policy
from grpo_rewards.answers.values.intervals import as_interval, pieces
from grpo_rewards.answers.values.kinds import (
    Assignment,
    Based,
    Choice,
    Claim,
    Collection,
    Congruence,
    Dots,
    Expression,
    Identity,
    Interval,
    Matrix,
    Number,
    Ordering,
    Ratio,
    Relation,
    Time,
    Union,
    Value,
    Words,
)
from grpo_rewards.answers.values.meaning import value_of_total
from grpo_rewards.answers.values.measures import (
    conversion_factor,
    is_measure,
    leaves_out,
    same_unit,
    temperature,
)

__all__ = ["Comparison"]

MAX_UNORDERED = 64
"""Longer collections are compared in order only."""
MAX_STEPS = 20_000
"""What comparing a pair may take, in comparisons of values; beyond it the pair is not equal."""
STEPS_OF_EXPRESSIONS = 30
"""What evaluating a pair of expressions counts as."""


@dataclass
class Comparison:
    """Comparisons of values of every kind, under one policy.

    Args:
        policy: What is accepted.
        known: What the symbolic rule found for pairs of trees, ``None`` where it was stopped.
        undecided: Collects the pairs that evaluation leaves open and ``known`` does not have.
        evaluated: What evaluation found for pairs of trees, so that each is evaluated once.
        steps: What was spent so far.
    """

    policy: Policy
    known: Mapping[tuple[Tree, Tree], bool | None] = field(default_factory=dict)
    undecided: list[tuple[Tree, Tree]] = field(default_factory=list)
    evaluated: dict[tuple[Tree, Tree], bool | None] = field(default_factory=dict)
    steps: int = 0

    def equal(self, gold: Value, prediction: Value) -> bool:
        """Whether a prediction's value is the gold's, by the rule for their kinds."""
        if type(gold) is type(prediction) and gold == prediction:
            return True
        self.steps += 1
        if self.steps > MAX_STEPS:  # sets in sets, each in another order
            self.undecided.clear()
            return False
        expected, actual = values_by_name(gold), values_by_name(prediction)
        if expected or actual:
            by_name = self.by_name(gold, expected, prediction, actual)
            if by_name is not None:
                return by_name
        if isinstance(gold, Assignment) or isinstance(prediction, Assignment):
            return self.assignments(gold, prediction)
        if isinstance(gold, Choice) != isinstance(prediction, Choice):
            return self.choice_and_content(gold, prediction)
        gold_item, item = only_item(gold), only_item(prediction)
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
        named = not (is_identity(gold) or is_identity(prediction))
        if not named or same_name(gold.name, prediction.name) or is_graph(gold, prediction):
            return self.equal(gold.value, prediction.value)
        in_golds_names = with_parameters_of(gold, prediction)
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
        if not isinstance(assignment, Assignment) or names_another(other, assignment.name):
            return False
        if is_label_of_option(assignment, other):
            return False
        if isinstance(other, Relation):
            relation = assignment.relation
            return relation is not None and self.relations(relation, other)
        sides, name = [assignment.value], assignment.name
        if isinstance(name, Identity) and name.approximate:  # either side may be the answer
            sides += map(Expression, name.sides)
        if flipped:
            return any(self.equal(other, side) for side in sides)
        return any(self.equal(side, other) for side in sides)

    def holds(self, assignment: Assignment) -> bool:
        """Whether the sides of an identity such as 6 * 7 = 42 really are the same."""
        if not isinstance(assignment.name, Identity):
            return True
        sides, value = assignment.name.sides, assignment.value
        if isinstance(value, Expression):
            return all(self.same(side, value.tree) for side in sides)
        if not isinstance(value, Number):
            return False
        return all(
            self.same(side, Num(value.value))
            or (bool(value.places) and self.approximates(value, side, value.step / 2))
            for side in sides
        )

    # Collections ------------------------------------------------------------------------------

    def collections(self, gold: Collection, prediction: Collection) -> bool:
        unordered = {"set", "bare"}
        if prediction.kind == "labels" and gold.kind in unordered:
            prediction = replace(prediction, kind="bare")  # DCA beside A, C and D
        if gold.kind != prediction.kind and not {gold.kind, prediction.kind} <= unordered:
            return False
        expected, actual = gold.items, prediction.items
        if gold.kind == "set":
            expected, actual = self.distinct(expected), self.distinct(actual)
        if self.in_order(expected, actual):
            return True
        if has_names(expected) != has_names(actual):
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
        gold, prediction = as_interval(gold), as_interval(prediction)
        return (
            isinstance(gold, Interval)
            and isinstance(prediction, Interval)
            and gold.low_closed == prediction.low_closed
            and gold.high_closed == prediction.high_closed
            and self.equal(gold.low, prediction.low)
            and self.equal(gold.high, prediction.high)
        )

    def sets(self, gold: Value, prediction: Value) -> bool:
        """Unions beside intervals: the same real numbers, however they are parted."""
        ours, theirs = pieces(as_interval(gold)), pieces(as_interval(prediction))
        if ours is not None and theirs is not None:
            return ours == theirs
        if not (isinstance(gold, Union) and isinstance(prediction, Union)):
            return False
        return self.unions(gold, prediction)

    def unions(self, gold: Union, prediction: Union) -> bool:
        if gold.operation != prediction.operation:
            return False
        expected = [as_interval(part) for part in gold.parts]
        actual = [as_interval(part) for part in prediction.parts]
        if gold.operation == "setminus":
            return self.in_order(expected, actual)
        return self.in_any_order(expected, actual)

    def matrices(self, gold: Matrix, prediction: Matrix) -> bool:
        return len(gold.rows) == len(prediction.rows) and all(
            map(self.in_order, gold.rows, prediction.rows)
        )

    def vectors(self, gold: Matrix | Collection, prediction: Matrix | Collection) -> bool:
        """A matrix of one row or column beside a tuple."""
        expected, actual = as_vector(gold), as_vector(prediction)
        return expected is not None and actual is not None and self.collections(expected, actual)

    def orderings(self, gold: Ordering, prediction: Ordering) -> bool:
        ours, theirs = ascending(gold), ascending(prediction)
        return ours.relations == theirs.relations and self.in_order(ours.terms, theirs.terms)

    # Texts ------------------------------------------------------------------------------------

    def choices(self, gold: Choice, prediction: Choice) -> bool:
        if gold.text and prediction.text and gold.text != prediction.text:
            return False
        return gold.letter == prediction.letter

    def choice_and_content(self, gold: Value, prediction: Value) -> bool:
        """``(B) Monday`` beside ``Monday``, the label left out."""
        if isinstance(gold, Choice):
            return any(self.equal(content, prediction) for content in gold.content)
        if isinstance(prediction, Choice):
            return any(self.equal(gold, content) for content in prediction.content)
        return False

    def claim_and_word(self, gold: Claim, prediction: Words) -> bool:
        return gold.said == prediction.text

    def word_and_claim(self, gold: Words, prediction: Claim) -> bool:
        return gold.text == prediction.said

    def identical(self, gold: Value, prediction: Value) -> bool:
        return gold == prediction

    # Single values ----------------------------------------------------------------------------

    def same(self, left: Tree, right: Tree) -> bool:
        """Whether two expressions are equal; one that is left open counts as not equal."""
        constant, other = added_constant(left), added_constant(right)
        if constant and other and constant != other and other not in identity.symbols(left):
            right = renamed(right, {other: constant})
        right = with_integer_of(left, right)
        pair = (left, right)
        if pair not in self.evaluated:
            self.steps += STEPS_OF_EXPRESSIONS
            self.evaluated[pair] = (
                identity.same_everywhere(left, right) if self.steps <= MAX_STEPS else False
            )
        decided = self.evaluated[pair]
        if decided is None:
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
        if gold.share > 1 and prediction.share == 1 and is_measure(prediction.unit):
            return False  # 50 km are no 50 %
        degrees = temperature(prediction.value, prediction.unit, gold.unit)
        factor = self.units(gold.unit, prediction.unit) if degrees is None else Fraction(1)
        if factor is None:
            return False
        value = prediction.value * factor if degrees is None else degrees
        if gold.value == value:
            return True
        if gold.share > 1 and prediction.share == 1 and not prediction.unit:
            bare = without_share(gold)  # the gold's own unit left out
            if self.policy.percent_optional and self.numbers(bare, prediction):
                return True
        allowed = slack(gold, prediction, self.policy, factor)
        return abs(gold.value - value) <= allowed or same_single(gold, prediction, value)

    def expressions(self, gold: Expression, prediction: Expression) -> bool:
        if self.quantities(gold, prediction):
            return True
        factor = self.units(gold.unit, prediction.unit)
        if factor is None:
            return False
        ours, theirs = gold.tree, in_other_unit(prediction.tree, factor)
        if gold.letters and prediction.letters and not _are_symbols(gold, prediction):
            return gold.letters.replace(" ", "") == prediction.letters.replace(" ", "")
        theirs = with_imaginary_unit_of(ours, theirs)
        return (
            self.same(ours, theirs)
            or self.same_in_degrees(ours, theirs)
            or (self.policy.tolerates and self.near(ours, theirs))
        )

    def quantities(self, gold: Expression, prediction: Expression) -> bool:
        """``3.14 m`` beside another text that may be a quantity or a product."""
        ours, theirs = gold.quantity, prediction.quantity
        if ours is None:
            return theirs is not None and not gold.letters and self.equal(gold, theirs)
        if not (theirs or prediction.unit or leaves_out(ours.unit)):
            return False
        return self.equal(ours, theirs or prediction)

    def same_in_degrees(self, gold: Tree, prediction: Tree) -> bool:
        r"""``180^\circ - 2\alpha`` beside ``180 - 2\alpha``, where the sign goes without saying."""
        ours, theirs = without_degrees(gold), without_degrees(prediction)
        if (ours == gold) == (theirs == prediction):
            return False
        return self.same(ours, theirs)

    def near(self, gold: Tree, prediction: Tree) -> bool:
        """Whether two constants are as near to each other as the policy tolerates."""
        ours, theirs = map(identity.value_of_constant, (gold, prediction))
        if ours is None or theirs is None:
            return False
        relative, absolute = self.policy.relative_tolerance, self.policy.absolute_tolerance
        return bool(abs(ours - theirs) <= max(relative * abs(ours), absolute))

    def number_and_expression(self, gold: Number, prediction: Expression) -> bool:
        quantity = prediction.quantity
        if quantity is not None and (gold.unit or self.equal(gold, quantity)):
            return self.equal(gold, quantity)
        prediction = in_radians(prediction)
        factor = self.units(gold.unit, prediction.unit)
        if factor is None:
            return False
        allowed = slack(gold, None, self.policy, factor)
        return self.constant(gold, in_other_unit(prediction.tree, factor), prediction, allowed)

    def expression_and_number(self, gold: Expression, prediction: Number) -> bool:
        gold = in_radians(gold)
        quantity = gold.quantity
        # "5 t" may as well be a product; of "5 m/s" and "5 N" the unit may be left out.
        if quantity is not None and (prediction.unit or leaves_out(quantity.unit)):
            return self.equal(quantity, prediction)
        factor = self.units(gold.unit, prediction.unit)
        if factor is None:
            return False
        number = prediction if factor == 1 else replace(prediction, value=prediction.value * factor)
        allowed = slack(None, prediction, self.policy, factor)
        if self.constant(number, gold.tree, gold, allowed):
            return True
        literal = Num(number.value)
        return self.policy.tolerates and self.near(gold.tree, literal)

    def constant(self, number: Number, tree: Tree, other: Expression, allowed: Fraction) -> bool:
        """Whether an expression is a number: exactly, as an angle, or up to a distance."""
        literal = Num(number.value)
        if self.same(literal, tree):
            return True
        if number.unit == "degree" and not other.unit and self.same(Degrees(literal), tree):
            return True
        return bool(allowed) and self.approximates(number, tree, allowed)

    def approximates(self, number: Number, tree: Tree, within: Fraction) -> bool:
        """Whether a number is no farther than this from a constant; never by a distance of zero."""
        if not within:
            return False  # of a decimal with more places than are counted
        digits = _length(number.value) + _length(1 / within)
        value = identity.value_of_constant(tree, digits=digits)
        return value is not None and abs(value - number.value) <= within

    def number_and_total(self, gold: Value, prediction: Relation) -> bool:
        """``m + n = 293`` beside 293."""
        value = value_of_total(prediction)
        if value is not None:
            return self.equal(gold, value)
        return self.value_and_identity(gold, prediction)

    def value_and_identity(self, gold: Value, prediction: Relation) -> bool:
        """``(x-2)(x+2) = x^2-4`` beside ``x^2-4``: what holds for every x states its last side."""
        left, right = prediction.left, prediction.right
        return (
            prediction.relation == "="
            and not isinstance(left, Symbol | Application)
            and self.equal(gold, Expression(right))
            and self.same(left, right)
        )

    def total_and_number(self, gold: Relation, prediction: Value) -> bool:
        """The same; but of ``x + y = 5`` the gold may be the line."""
        value = value_of_total(gold)
        if value is None or not _NAMES_OF_UNKNOWNS.isdisjoint(identity.symbols(gold.left)):
            return False
        return isinstance(gold.left, Sum) and self.equal(value, prediction)

    def ratio_and_number(self, gold: Ratio, prediction: Number) -> bool:
        """A ratio of two terms is its quotient."""
        found = quotient_of(gold)
        return found is not None and self.equal(found, prediction)

    def number_and_ratio(self, gold: Number, prediction: Ratio) -> bool:
        found = quotient_of(prediction)
        return found is not None and not gold.unit and self.equal(gold, found)

    def words_and_letters(self, gold: Words | Expression, prediction: Words | Expression) -> bool:
        """A word beside a short one, which may be a product as well: in a list either may stand."""
        ours, theirs = (
            each.text if isinstance(each, Words) else each.letters for each in (gold, prediction)
        )
        return bool(ours) and ours.casefold() == theirs.casefold()

    def ratios(self, gold: Ratio, prediction: Ratio) -> bool:
        """Whether the terms are in proportion: finite ones, of which each has a quotient by the next."""
        left, right = gold.terms, prediction.terms
        if len(left) != len(right) or Omission() in (*left, *right):
            return left == right
        if not (self.has_quotients(left) and self.has_quotients(right)):
            return False
        return all(
            self.same(Product((left[0], theirs)), Product((right[0], ours)))
            for ours, theirs in zip(left[1:], right[1:], strict=True)
        )

    def has_quotients(self, terms: Sequence[Tree]) -> bool:
        """Whether the terms of a ratio are finite, and at most the first of them is zero."""
        if any(node == INFINITY for term in terms for node in identity.nodes(term)):
            return False
        return not any(self.same(term, ZERO) for term in terms[1:])

    def times(self, gold: Time, prediction: Time) -> bool:
        """The time of day, on a clock of 12 hours or of 24."""
        return on_24_hours(gold) == on_24_hours(prediction)

    def congruences(self, gold: Congruence, prediction: Congruence) -> bool:
        named = gold.name and prediction.name and gold.name != prediction.name
        modulus = gold.modulus
        difference = gold.residue - prediction.residue
        return not named and modulus == prediction.modulus and difference % modulus == 0

    def number_and_congruence(self, gold: Number, prediction: Congruence) -> bool:
        """``5 (mod 7)`` for 5; but ``42 mod 5`` is no 42, and is still to be worked out."""
        is_residue = abs(prediction.residue) < prediction.modulus
        return is_residue and not gold.unit and gold.value == prediction.residue

    def congruence_and_number(self, gold: Congruence, prediction: Number) -> bool:
        """``5`` for ``5 (mod 7)``; but for ``x = 5 (mod 7)`` it is one of many solutions."""
        if gold.name or prediction.unit:
            return False
        return prediction.value == gold.residue % gold.modulus or self.number_and_congruence(
            prediction, gold
        )

    def ratio_and_time(self, gold: Ratio, prediction: Time) -> bool:
        """7:30 may be a ratio where the gold is one."""
        terms = (prediction.hour, prediction.minute, prediction.second)
        numbers = [Num(Fraction(term)) for term in terms[: len(gold.terms)]]
        return not prediction.half and self.ratios(gold, Ratio(tuple(numbers)))

    def relations(self, gold: Relation, prediction: Relation) -> bool:
        """Whether one equation or inequality is a nonzero (or positive) multiple of the other."""
        left, right = directed(gold), directed(prediction)
        if left.relation != right.relation:
            return False
        positive = left.relation in ("<", "<=")
        return (
            identity.same_up_to_factor(difference(left), difference(right), positive=positive)
            is True
        )


def _length(value: Fraction) -> int:
    """About how many decimal digits a number has before its point."""
    return max(0, value.numerator.bit_length() - value.denominator.bit_length()) // 3


def _are_symbols(*expressions: Expression) -> bool:
    """Whether letters stand one by one, as no words do: ``x y`` beside ``y x``."""
    return all(len(letter) == 1 for each in expressions for letter in each.letters.split())


_NAMES_OF_UNKNOWNS = frozenset("xyz")


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
    (Union, Union): Comparison.sets,
    (Union, Interval): Comparison.sets,
    (Interval, Union): Comparison.sets,
    (Union, Collection): Comparison.sets,
    (Collection, Union): Comparison.sets,
    (Ordering, Ordering): Comparison.orderings,
    (Number, Relation): Comparison.number_and_total,
    (Expression, Relation): Comparison.number_and_total,
    (Relation, Number): Comparison.total_and_number,
    (Ratio, Number): Comparison.ratio_and_number,
    (Number, Ratio): Comparison.number_and_ratio,
    (Words, Expression): Comparison.words_and_letters,
    (Expression, Words): Comparison.words_and_letters,
    (Matrix, Matrix): Comparison.matrices,
    (Matrix, Collection): Comparison.vectors,
    (Collection, Matrix): Comparison.vectors,
    (Ratio, Ratio): Comparison.ratios,
    (Ratio, Time): Comparison.ratio_and_time,
    (Choice, Choice): Comparison.choices,
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
