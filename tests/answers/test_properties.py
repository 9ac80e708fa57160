"""Properties of equality, over generated numbers and expressions whose truth is known."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from grpo_rewards import compare
from grpo_rewards.answers import exact_number
from grpo_rewards.testing.strategies import WRITINGS_OF_INTEGERS

integers = st.integers(-(10**12), 10**12)
fractions = st.fractions(max_denominator=10**6)


writings = st.sampled_from(sorted(WRITINGS_OF_INTEGERS))


class TestIntegers:
    @given(integers, writings, writings)
    def test_every_writing_is_equal(self, number, ours, theirs):
        """How an integer is written does not matter, on either side."""
        gold = WRITINGS_OF_INTEGERS[ours](number)
        prediction = WRITINGS_OF_INTEGERS[theirs](number)
        assert compare(gold, prediction)

    @given(integers, integers, writings, writings)
    def test_other_integers_differ(self, number, other, ours, theirs):
        """Another integer is never equal, however near or similar in digits."""
        assume(number != other)
        gold = WRITINGS_OF_INTEGERS[ours](number)
        prediction = WRITINGS_OF_INTEGERS[theirs](other)
        assert not compare(gold, prediction)

    @given(integers, st.sampled_from(["0", "1", "9"]), st.booleans())
    def test_one_digit_more_differs(self, number, digit, front):
        """A digit too many makes another number, unless it is a leading zero."""
        text = f"{digit}{abs(number)}" if front else f"{abs(number)}{digit}"
        assume(int(text) != abs(number))
        assert not compare(str(abs(number)), text)

    @given(integers.filter(bool))
    def test_sign_matters(self, number):
        """A number never equals its negative."""
        assert not compare(str(number), str(-number))


class TestFractions:
    @given(fractions, st.integers(1, 50))
    def test_unreduced_fractions_are_equal(self, value, factor):
        """A fraction equals every expansion of it, in plain text and LaTeX."""
        top, bottom = value.numerator * factor, value.denominator * factor
        gold = f"{value.numerator}/{value.denominator}"
        assert compare(gold, f"{top}/{bottom}")
        assert compare(gold, rf"\frac{{{top}}}{{{bottom}}}")
        assert exact_number(gold) == value

    @given(fractions, fractions)
    def test_other_fractions_differ(self, value, other):
        """Two fractions are equal only when they are the same number."""
        assume(value != other)
        assert not compare(str(value), str(other))

    @given(st.integers(1, 10**9), st.integers(0, 8))
    def test_decimals_are_exact(self, digits, places):
        """A decimal equals its fraction exactly, and no neighbour."""
        value = Fraction(digits, 10**places)
        text = f"{digits / 10**places:.{places}f}" if places else str(digits)
        assume(Fraction(text) == value)
        assert compare(f"{value.numerator}/{value.denominator}", text)
        assert not compare(f"{value.numerator + 1}/{value.denominator}", text)

    @given(st.integers(1, 99), st.integers(1, 9), st.integers(2, 12))
    def test_mixed_numbers(self, whole, top, bottom):
        """A mixed number is its whole part plus its fraction, and one number."""
        assume(top < bottom)
        value = whole + Fraction(top, bottom)
        for text in (f"{whole} {top}/{bottom}", rf"{whole}\frac{{{top}}}{{{bottom}}}"):
            assert compare(f"{value.numerator}/{value.denominator}", text)
            assert not compare(str(whole), text)


x, y = sympy.symbols("x y", real=True)
small = st.integers(-9, 9)
leaves = st.one_of(small.map(sympy.Integer), st.sampled_from([x, y, sympy.pi]))


def combined(children: st.SearchStrategy) -> st.SearchStrategy:
    return st.one_of(
        st.tuples(children, children).map(lambda pair: pair[0] + pair[1]),
        st.tuples(children, children).map(lambda pair: pair[0] * pair[1]),
        st.tuples(children, st.integers(2, 3)).map(lambda pair: pair[0] ** pair[1]),
        children.map(sympy.sin),
        children.map(lambda inner: sympy.sqrt(inner**2 + 2)),
        children.map(lambda inner: inner / 3),
    )


expressions = st.recursive(leaves, combined, max_leaves=5)
slow = settings(deadline=None, max_examples=60)


class TestExpressions:
    @slow
    @given(expressions)
    def test_other_forms_are_equal(self, expression):
        """An expression equals its expanded and factored forms, in LaTeX and in plain text."""
        gold = sympy.latex(expression)
        for form in (expression, sympy.expand(expression), sympy.factor(expression)):
            assert compare(gold, sympy.latex(form))
            assert compare(gold, str(form))

    @slow
    @given(expressions, st.sampled_from([x, y, sympy.Integer(1), sympy.Rational(1, 7)]))
    def test_one_term_more_differs(self, expression, term):
        """An expression never equals itself with a term added, or its sign changed."""
        assert not compare(sympy.latex(expression), sympy.latex(expression + term))
        assume(expression != 0)
        assert not compare(sympy.latex(expression), sympy.latex(-expression))

    @slow
    @given(st.lists(integers, min_size=2, max_size=6), st.randoms())
    def test_lists_in_any_order(self, numbers, random):
        """A list of solutions has no order, but every element counts."""
        shuffled = random.sample(numbers, len(numbers))
        gold = ", ".join(map(str, numbers))
        assert compare(gold, " and ".join(map(str, shuffled)))
        assert not compare(gold, ", ".join(map(str, numbers[:-1])))
        assert not compare(gold, ", ".join(map(str, [*numbers, 0])))


@pytest.mark.parametrize("opening", "([")
@pytest.mark.parametrize("closing", ")]")
@given(low=st.integers(-99, 99), width=st.integers(1, 99))
def test_interval_brackets_matter(opening, closing, low, width):
    """An interval equals itself, and none with another bracket or end."""
    gold = f"{opening}{low}, {low + width}{closing}"
    other = {"(": "[", "[": "("}[opening]
    assert compare(gold, rf"\left{opening}{low},{low + width}\right{closing}")
    assert not compare(gold, f"{other}{low}, {low + width}{closing}")
    assert not compare(gold, f"{opening}{low}, {low + width + 1}{closing}")
