"""The symbolic rule: sympy objects built from trees, and what it decides of them."""

from __future__ import annotations

import subprocess
import sys

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from grpo_rewards.answers.deciding.identity import same_everywhere
from grpo_rewards.answers.notation.grammar import parse
from grpo_rewards.answers.notation.tokens import NotMath
from grpo_rewards.answers.notation.trees import Constant, Measured, Symbol
from grpo_rewards.answers.symbolic import rule as symbolic
from grpo_rewards.answers.symbolic.rule import same

EQUAL = {
    "complex root": (r"\sqrt{-x^2-1}", r"i\sqrt{x^2+1}"),
    "complex logarithm": (r"\ln(-x^2-1)", r"\ln(x^2+1)+i\pi"),
    "decimal or natural logarithm": (r"\log(-x^2-10)", r"\frac{\ln(-x^2-10)}{\ln 10}"),
    "inverse sine beyond one": (r"\arcsin(2+x^2)", r"\frac{\pi}{2}-\arccos(2+x^2)"),
    "Euler": (r"e^{i\pi}", "-1"),
    "common domain far out": (r"\sqrt{x-100}\sqrt{x-200}", r"\sqrt{(x-100)(x-200)}"),
    "identically zero": (r"\sin^2 x+\cos^2 x-1", "0"),
    "radicals that cancel": (r"\sqrt2\sqrt3-\sqrt6", "0"),
    "real cube root": ("(-8)^{1/3}i", "-2i"),
    "powers of one prime": ("2^{10^9}", "4^{5*10^8}"),
    "a factor beside a large power": ("2*2^{10^9}", "2^{10^9+1}"),
    "towers": ("9^{9^{9^9}}", "3^{2*9^{9^9}}"),
    "factorials that cancel": (r"\frac{(10^{10})!}{(10^{10}-1)!}", "10^{10}"),
    "binomial by factorials": (r"\binom{10^{10}}{5*10^9}", r"\frac{(10^{10})!}{((5*10^9)!)^2}"),
    "a large factorial and the next": ("(2^{2^{30}}+1)!", "(2^{2^{30}})!(2^{2^{30}}+1)"),
    "factorials of factorials": ("(3!!!!)!/(3!!!!-1)!", "3!!!!"),
    "a difference of large powers": ("2^{10^9+1}-2^{10^9}", "2^{10^9}"),
    "a square of a large sum": ("(2^{10^9}+1)^2", "4^{10^9}+2*2^{10^9}+1"),
    "a logarithm of a large power": (r"\ln(2^{2^{30}})", r"2^{30}\ln 2"),
    "unknown function": ("f(x+1)-f(x)", "-f(x)+f(1+x)"),
    "unevaluated sum": (r"\sum_{k=1}^{n} k", r"\sum_{k=1}^{n} (k+0)"),
    "degrees": (r"i\sin(30^\circ)", r"i\sin\frac{\pi}{6}"),
    "percent": ("50% * i", r"\frac{i}{2}"),
}

DIFFERENT = {
    "conjugate": (r"\sqrt{-x^2-1}", r"-i\sqrt{x^2+1}"),
    "constant under a complex root": (r"\sqrt{-x^2-1}", r"i\sqrt{x^2+2}"),
    "large and its successor": ("9^{9^9}", "9^{9^9}+1"),
    "neighbouring powers": ("2*2^{10^9}", "2^{10^9+2}"),
    "factorial ratio": (r"\frac{(10^{10})!}{(10^{10}-1)!}", "10^{11}"),
    "infinities": (r"\infty", r"-\infty"),
    "one beside a large value": (r"i2^{200}", r"i2^{200}+i"),
    "one beside a large power": (r"i x^{200}\sqrt{-1-x^2}", r"i x^{200}\sqrt{-1-x^2}+1"),
}

UNDECIDED = {
    "nowhere defined": ("1/0", "1/0+1"),
    "equal on one branch only": (r"\sqrt{-x}", r"i\sqrt{x}"),
    "towers of factorials": ("4!!!!", "5!!!!"),
    "a sine of a large power": (r"\sin(2^{2^{30}})", r"\sin(2^{2^{30}}+1)"),
    "a logarithm of the next number": (r"\ln(2^{2^{30}}+1)", r"\ln(2^{2^{30}})"),
    "a root of the next number": (r"\sqrt{2^{2^{30}}+1}", r"\sqrt{2^{2^{30}}}+1"),
    "a power of a tower": (r"(1+\frac{1}{10^{10^{10}}})^{10^{10^{10}}}", "e"),
    "towers of different primes": ("9^{9^{9^9}}", "8^{9^{9^9}}"),
}


class TestSame:
    @pytest.mark.parametrize("name", EQUAL)
    def test_equal(self, name):
        left, right = map(parse, EQUAL[name])
        assert same(left, right) is True
        assert same(right, left) is True

    @pytest.mark.parametrize("name", DIFFERENT)
    def test_different(self, name):
        left, right = map(parse, DIFFERENT[name])
        assert same(left, right) is False
        assert same(right, left) is False

    @pytest.mark.parametrize("name", UNDECIDED)
    def test_undecided(self, name):
        left, right = map(parse, UNDECIDED[name])
        assert same(left, right) is None

    def test_what_is_no_expression_is_refused(self):
        """The worker answers "undecided" to any exception; a unit must not be dropped silently."""
        with pytest.raises(symbolic.Unsupported):
            same(Measured(Constant("i"), "metres"), Constant("i"))

    def test_names_are_names_not_code(self):
        """A name that sympify would evaluate is a symbol like any other."""
        name = "__import__('os').system('touch /tmp/pwned')"
        built = symbolic._Builder(decimal=False).build(Symbol(name))
        assert isinstance(built, sympy.Symbol)
        assert built.name == name


LEAVES = st.sampled_from(["x", "y", "2", "3", "5", r"\frac{1}{2}", r"\pi", "7"])
EXPRESSIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda parts: f"({parts[0]}+{parts[1]})"),
        st.tuples(inner, inner).map(lambda parts: f"({parts[0]})*({parts[1]})"),
        st.tuples(inner, inner).map(lambda parts: rf"\frac{{{parts[0]}}}{{{parts[1]}}}"),
        st.tuples(inner, st.integers(2, 3)).map(lambda parts: f"({parts[0]})^{{{parts[1]}}}"),
        st.sampled_from([r"\sqrt", r"\sin", r"\ln", r"\cos"]).flatmap(
            lambda name: inner.map(lambda part: rf"{name}{{({part})}}")
        ),
    ),
    max_leaves=5,
)


POLYNOMIALS = st.recursive(
    LEAVES,
    lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map(
        lambda parts: f"(({parts[0]}){parts[1]}({parts[2]}))"
    ),
    max_leaves=4,
)


class TestAgreement:
    @settings(max_examples=60, deadline=None)
    @given(EXPRESSIONS, EXPRESSIONS)
    def test_with_evaluation(self, left, right):
        """Where both can decide, sympy and evaluation in process say the same."""
        try:
            trees = parse(left), parse(right)
        except NotMath:
            return
        expected = same_everywhere(*trees)
        decided = same(*trees)
        if expected is not None and decided is not None:
            assert decided == expected

    @settings(max_examples=30, deadline=None)
    @given(POLYNOMIALS)
    def test_of_complex_expressions(self, text):
        """Rewritten under a root that is nowhere real, they stay equal; a changed term shows."""
        left = parse(rf"\sqrt{{-1-({text})^2}}")
        assert same(left, parse(rf"i\sqrt{{({text}+3)({text}-3)+10}}")) is True
        assert same(left, parse(rf"i\sqrt{{({text}+3)({text}-3)+11}}")) is False


def test_import_loads_no_trainer():
    """A worker imports sympy, and nothing of what the trainer has loaded."""
    script = (
        "import sys, grpo_rewards.answers.symbolic.rule; "
        "print(sorted({'torch', 'trl', 'transformers', 'numpy', 'math_verify'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        check=True, capture_output=True, text=True, env={"PYTHONPATH": ":".join(sys.path)},
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
