"""Deciding by evaluation: every region is looked at, and what digits can prove is proven."""

from __future__ import annotations

import subprocess
import sys
import threading
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grpo_rewards import compare
from grpo_rewards.answers.deciding import identity
from grpo_rewards.answers.deciding.heights import are_apart
from grpo_rewards.answers.deciding.identity import same_everywhere, same_up_to_factor
from grpo_rewards.answers.deciding.separation import bits_that_hide
from grpo_rewards.answers.deciding.steps import unroll
from grpo_rewards.answers.notation.grammar import parse
from grpo_rewards.answers.notation.trees import Call, Negation, Num, Quotient, Symbol
from grpo_rewards.answers.symbolic import rule as symbolic

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"

DIFFERENT = {
    "a sign inside an absolute value": [
        (r"|x|+|y|=1", "x+y=1"), ("|x+y|<3", "x+y<3"), ("|x+5|", "x+5"), ("|x-50|", "50-x"),
        (r"\sqrt{x^2+8x+16}", "x+4"), (r"\frac{|x+5|}{x+5}", "1"), ("2x+4y=3", "|2x+4y|=3"),
        ("|x|", "x"), ("|2x-7|", "7-2x"), ("|x|+|x-1|", "2x-1"), ("|x|+|x-1|", "1"),
        ("|x^2-9|", "x^2-9"), ("|x-1000000|", "1000000-x"), ("|x-10^{10}|", "10^{10}-x"),
        ("||x|-5|", "5-|x|"), ("||x|-5|", "|x|-5"), ("|x-y-100|", "100-x+y"), ("|xy|", "xy"),
        ("|x|y", "x|y|"), (r"|\sin x|", r"\sin x"), (r"\sqrt{x^2}", "x"),
        (r"\sqrt{x^4-2x^2+1}", "x^2-1"), (r"\sqrt{x^2-6x+9}+x", "2x-3"),
        (r"\sqrt{1-\cos^2 x}", r"\sin x"), ("(x^2)^{1/2}", "x"), ("((x-60)^4)^{1/4}", "60-x"),
        (r"\frac{\sqrt{x^2}}{x}", "1"), ("e^{|x|}", "e^x"), ("|e^x-10^6|", "10^6-e^x"),
        (r"\sqrt{(e^x-10^6)^2}", "10^6-e^x"), ("|x^3-1000|", "1000-x^3"), ("|x-0.001|", "|x|"),
        (r"|\ln x-5|", r"5-\ln x"), (r"|\sqrt{x}-30|", r"30-\sqrt{x}"), ("|x+y+z|", "x+y+z"),
        ("|a|+|b|", "|a+b|"), (r"\sqrt{a^2+2ab+b^2}", "a+b"), ("|x|=3", "x=3"),
        (r"|x|\le 3", r"x\le 3"), (r"|x-1|+|y|\le 2", r"x-1+y\le 2"), ("y=|x-70|", "y=70-x"),
        ("|x|y=2", "xy=2"), (r"\arctan\frac1x", r"\frac{\pi}{2}-\arctan x"),
        ("|z+i|", r"\sqrt{z^2+1}"), (r"|x+50\pi|", r"x+50\pi"),
        (r"\sqrt{(x+\pi)(x+\pi)}", r"x+\pi"), (r"\sqrt{x^2+2\sqrt2 x+2}", r"x+\sqrt2"),
        (r"\sqrt{x^2+200\pi x+10000\pi^2}", r"x+100\pi"),
        (r"\sqrt{(e^{-x}-10^9)^2}", "10^9-e^{-x}"), (r"\sqrt{(\sqrt{x}-900)^2}", r"900-\sqrt{x}"),
        (r"|x+10^{25}\pi|", r"x+10^{25}\pi"),
    ],
    "a step": [
        (r"\lfloor x\rfloor", r"\lceil x\rceil-1"), (r"\lfloor x\rfloor", "x"),
        (r"\lfloor x\rfloor", r"\lfloor x+\frac12\rfloor"),
        (r"\lfloor 2x\rfloor", r"2\lfloor x\rfloor"),
        (r"\lfloor x/3\rfloor", r"\lceil x/3\rceil-1"),
        (r"\lfloor -x\rfloor", r"-\lfloor x\rfloor"),
        (r"\lceil\sqrt{15}+\ln x\rceil", r"\lceil\sqrt{14}+\ln x\rceil"),
        (r"\lfloor\ln x\rfloor", r"\lfloor\ln x+10^{-30}\rfloor"),
        (r"\lfloor 2^x\rfloor", r"\lfloor 2^x+10^{-9}\rfloor"),
        (r"\lfloor 300+\sqrt x\rfloor", r"\lfloor 300.01+\sqrt x\rfloor"),
        (r"\lfloor x^2+10\rfloor", r"\lfloor x^2+10.0001\rfloor"),
        (r"\text{sgn}(e^x-5)", r"\text{sgn}(e^x-5-10^{-9})"),
        (r"\lfloor\ln x\rfloor\cdot\lfloor x\rfloor",
         r"\lfloor\ln x\rfloor\cdot\lfloor x+10^{-20}\rfloor"),
        (r"\lfloor x\rfloor+\lfloor y\rfloor", r"\lfloor x+y\rfloor"),
        (r"\lfloor\frac{n}{2}\rfloor", r"\frac{n-1}{2}"), (r"\lfloor 1-10^{-500}\rfloor", "1"),
    ],
    "a term or factor below any usual precision": [
        (r"\sin x", r"\sin x + 10^{-42}"), (r"\cos x", r"\cos(x+10^{-60})"),
        ("e^x", "e^x(1+10^{-80})"), (r"\ln x", r"\ln x+10^{-50}"), (r"\pi", r"\pi+10^{-100}"),
        (r"\sqrt2", r"\sqrt2+10^{-300}"), (r"\sqrt{x^2+10^{-200}}", "|x|"),
        (r"10^{1000}\pi", r"10^{1000}\pi+1"), (r"y=\sin x", r"y=\sin x+10^{-90}"),
        (r"\sin x<y", r"\sin x<y+10^{-90}"), (r"(0,\sqrt2]", r"(0,\sqrt2+10^{-90}]"),
        (r"\{\sqrt2\}", r"\{\sqrt2-10^{-90}\}"), (r"x=\sqrt2", r"x=\sqrt2+10^{-90}"),
        (r"\frac1x", r"\frac{1}{x+10^{-30}}"), ("0", r"\frac{\sqrt2}{10^{300}}"),
    ],
    "digits that run out": [
        (r"\sqrt{1-2^{-2021}}", r"\sqrt{1-2^{-2020}}"), (r"2\cos(\pi/2^{2023})", "2"),
        (r"10^{500}+\sqrt2", r"10^{500}+\sqrt3"), (r"[1,\infty)", r"[2^{1/2^{1000}},\infty)"),
        (r"5\cdot 2^{1/2^{1000}}", "5"), ("3^{10^{-400}}", "1"), (r"\sqrt[10^{100}]{2}", "1"),
        (r"\frac{(2+\sqrt3)^{200}+(2-\sqrt3)^{200}}{2}", r"\frac{(2+\sqrt3)^{200}}{2}"),
        (r"(1+\sqrt2)^{300}+(1-\sqrt2)^{300}", r"(1+\sqrt2)^{300}"), (r"\cos(10^{-400})", "1"),
        (r"\frac{\sin(10^{-200})}{10^{-200}}", "1"), (r"\tanh(500)", "1"),
        (r"\sqrt{10^{400}+1}", "10^{200}"), (r"\sin(\pi/2^{900})", "0"),
        (r"\arctan(10^{300})", r"\frac{\pi}{2}"), (r"e^{\pi\sqrt{163}}", "640320^3+744"),
    ],
    "a multiple of the prime of the field": [
        ("x", "x+2^{61}-1"), ("2^{61}x", "x"), ("(2^{61}-1)x+1", "1"), ("2^{61}x+y=1", "x+y=1"),
        (r"\frac{x}{2^{61}-2}", "-x"), ("x^{2^{61}-2}", "1"),
    ],
    "no quotient": [
        ("3:4", "0:0"), ("3:4", r"\infty:\infty"), ("1:2", "0:1"), ("1:0", "2:0"), ("0:1", "0:0"),
        ("1:2:3", "0:0:0"), ("a:b", "0:0"), (r"\infty:1", r"\infty:2"), ("1:2", r"\infty:1"),
        ("3:4", "4:3"),
    ],
}  # fmt: skip

EQUAL = {
    "absolute values": [
        ("|x-3|", "|3-x|"), (r"\sqrt{x^2-6x+9}", "|x-3|"), ("|x|^2", "x^2"), (r"\sqrt{x^4}", "x^2"),
        ("|2x-4|", "2|x-2|"), (r"\ln(x^2)", r"2\ln|x|"), (r"\frac{|x|}{x}", r"\frac{x}{|x|}"),
        ("|x|+|y|=1", "2|x|+2|y|=2"), ("|x-1|<2", "2>|x-1|"), ("|2x-1|<3", r"|x-\frac12|<\frac32"),
        (r"|x|=\sqrt{y}", r"2\sqrt{y}=2|x|"),
    ],
    "steps": [
        (r"\lfloor x+1\rfloor", r"\lfloor x\rfloor+1"), (r"\lceil x\rceil", r"-\lfloor -x\rfloor"),
        (r"\lfloor\frac{x}{3}\rfloor", r"\lfloor\frac{x+3}{3}\rfloor-1"),
    ],
    "where both are defined": [
        (r"\sqrt{1/n}", r"\frac1{\sqrt n}"), ("x", r"\sqrt{x}^2"), (r"\frac{x^2-1}{x-1}", "x+1"),
        (r"\ln(x^2)", r"2\ln x"), (r"\sqrt{x-100}\sqrt{x-200}", r"\sqrt{(x-100)(x-200)}"),
        (r"\sqrt{x-1}\sqrt{2-x}", r"\sqrt{(x-1)(2-x)}"), (r"\ln(x-10^6)", r"-\ln\frac{1}{x-10^6}"),
        (r"\frac{1}{\sqrt{x-100}}", "(x-100)^{-1/2}"), ("x^{1/3}", "-(-x)^{1/3}"),
        (r"\binom{n}{2}", r"\frac{n(n-1)}{2}"), ("x^x", r"e^{x\ln x}"), ("(-1)^n", "(-1)^{n+2}"),
    ],
    "what cancels": [
        (r"\sqrt2+10^{25}-10^{25}", r"\sqrt2"), (r"1-\cos(10^{-14}x)", r"2\sin^2(10^{-14}x/2)"),
        (r"\frac{1-\cos(10^{-8}x)}{10^{-16}}", r"2\cdot 10^{16}\sin^2(10^{-8}x/2)"),
        (r"\sqrt{10^{400}+10^{200}}", r"10^{100}\sqrt{10^{200}+1}"), (r"\sin^2 x+\cos^2 x-1", "0"),
    ],
    "algebraic constants": [
        (r"\sqrt{3+2\sqrt2}", r"1+\sqrt2"), (r"\sqrt[3]{7+5\sqrt2}", r"1+\sqrt2"),
        (r"\sqrt[3]{2+\sqrt5}+\sqrt[3]{2-\sqrt5}", "1"), (r"\cos(\pi/5)", r"\frac{1+\sqrt5}{4}"),
        (r"\tan(75^\circ)", r"2+\sqrt3"), (r"\sin(\pi/12)", r"\frac{\sqrt6-\sqrt2}{4}"),
        (r"\cos(2\pi/7)+\cos(4\pi/7)+\cos(6\pi/7)", r"-\frac12"),
        (r"\sqrt{1-2^{-1000}}", r"\sqrt{1-2^{-500}}\sqrt{1+2^{-500}}"),
    ],
    "other constants": [
        (r"e^{i\pi}", "-1"), (r"\ln 8", r"3\ln 2"), (r"\arctan 2+\arctan 3", r"\frac{3\pi}{4}"),
        (r"\frac\pi4", r"4\arctan\frac15-\arctan\frac1{239}"), (r"\log 100", "2"), ("|3+4i|", "5"),
    ],
    "what is equal in form": [
        (r"x\ln x-x+C", r"C+x(\ln x-1)"), ("|x-1|", "|1-x|"), (r"\cos(x-y)", r"\cos(y-x)"),
        (r"\sin(1-x)+2", r"2-\sin(x-1)"),
        (r"\frac{\sqrt{x-900}}{\sqrt{2x}}", r"\sqrt{\frac{x-900}{2x}}"),
        (r"\frac{\pi}{3}", r"\frac{2\pi}{6}"),
        (r"\lfloor x+y\rfloor\sqrt{x}", r"x^{1/2}\lfloor y+x\rfloor"),
    ],
    "ratios": [("3:4", "6:8"), ("1:2:3", "2:4:6"), ("0:1", "0:5"), (r"\sqrt2:1", r"2:\sqrt2")],
}  # fmt: skip


def pairs_of(table):
    return [pytest.param(*pair, id=f"{name}: {pair[0]}") for name in table for pair in table[name]]


class TestRegionsAndDigits:
    @pytest.mark.parametrize(("gold", "answer"), pairs_of(DIFFERENT))
    def test_different(self, gold, answer):
        assert not compare(gold, answer)
        assert not compare(answer, gold)

    @pytest.mark.parametrize(("gold", "answer"), pairs_of(EQUAL))
    def test_equal(self, gold, answer):
        assert compare(gold, answer)
        assert compare(answer, gold)


class TestForm:
    """What is defined nowhere is equal to nothing, whatever its form."""

    @pytest.mark.parametrize(
        ("gold", "answer"),
        [
            ("0", r"\frac{0}{\sin 0}"), ("1", r"\frac{\sin\pi}{\sin\pi}"),
            ("1", r"\frac{\ln 1}{\ln 1}"),
            ("0", r"0\cdot\ln 0"), (r"\sqrt{-x}", r"\sqrt{x}"), (r"\sqrt{-x}", r"-\sqrt{x}"),
            (r"\sqrt6", r"\sqrt{-2}\sqrt{-3}"), (r"\sum_{k<5} k", r"\sum_{k\le 5} k"),
        ],
    )  # fmt: skip
    def test_undefined(self, gold, answer):
        assert not compare(gold, answer)
        assert not compare(answer, gold)


class TestLongDecimals:
    """Decimals with more places than are counted."""

    @pytest.mark.parametrize("places", [10, 400, 401, 1_000])
    def test_an_identity_that_ends_in_one_never_raises(self, places):
        assert not compare("42", rf"\cos(\frac{{0}}{{i}}) = .{'9' * places}")
        assert not compare("42", f"6 * 7 = 41.{'9' * places}")
        assert compare("42", f"6 * 7 = 42.{'0' * places}")


class TestHeights:
    """Towers are told apart in this process, and only where their bounds part them."""

    @pytest.mark.parametrize(
        ("left", "right"),
        [
            ("9^{9^{9^9}}", "42"), (r"\exp(\exp(\exp(\exp(110))))", "1"), ("((11!)!)!+1", "42"),
            ("9^{9^{9^{11}}}-8^{8^{8^{11}}}", "42"), (r"\frac{1}{9^{9^{9^9}}}", r"\frac12"),
            (r"\sin(10^{10^{11}})", "42"), (r"\lfloor \pi^{9^{9^{11}}} \rfloor", r"3\sqrt2"),
            ("9^{9^{9^9}}", "9^{9^{9^8}}"), ("-9^{9^{9^9}}", "9^{9^{9^9}}"),
        ],
    )  # fmt: skip
    def test_apart(self, left, right):
        assert same_everywhere(parse(left), parse(right)) is False
        assert same_everywhere(parse(right), parse(left)) is False

    @pytest.mark.parametrize(
        ("left", "right"),
        [
            ("9^{9^{9^9}}", "9^{9^{9^9}}+1"), ("9^{9^{9^9}}-9^{9^{9^9}}+42", "42"),
            ("2^{2^{10^9}+1}", r"2\cdot 2^{2^{10^9}}"), ("(10^9)!", r"10^9\cdot(10^9-1)!"),
            (r"\sin(10^{10^{11}})", r"\frac12"),
        ],
    )  # fmt: skip
    def test_within_reach_of_each_other(self, left, right):
        assert not are_apart(unroll(parse(left)), unroll(parse(right)))

    @settings(max_examples=200, deadline=None)
    @given(st.randoms(use_true_random=False))
    def test_bounds_hold(self, rng):
        """Of whatever can be worked out as well, the value is never apart from its digits."""
        text = _random_constant(rng, 3)
        value = identity.value_of_constant(parse(text), digits=30)
        if value is not None:
            top, bottom = (Num(Fraction(abs(n))) for n in value.as_integer_ratio())
            size = Quotient(top, bottom)
            digits = size if value >= 0 else Negation(size)
            assert not are_apart(unroll(parse(text)), unroll(digits)), text


def _random_constant(rng, depth):
    if not depth:
        return rng.choice([str(rng.randint(1, 12)), r"\pi", "e", f"-{rng.randint(1, 9)}"])
    a, b = (_random_constant(rng, depth - 1) for _ in range(2))
    shapes = "(%s)+(%s)", "(%s)-(%s)", "(%s)(%s)", r"\frac{%s}{%s}", "(%s)^{%s}"
    if rng.random() < 0.6:
        return rng.choice(shapes) % (a, b)
    return rng.choice([r"e^{%s}", r"\ln(%s)", r"\sqrt{%s}", "|%s|", r"\lfloor %s\rfloor"]) % a


class TestSymbolicRule:
    """What evaluation hands over is not accepted there for the digits that agree."""

    @pytest.mark.parametrize(
        ("left", "right"),
        [
            (r"\cos(10^{-400})", "1"),
            ("2^{2^{-300}}", "1"),
            (r"\sqrt{1-2^{-2021}}", r"\sqrt{1-2^{-2020}}"),
            (r"\sin x", r"\sin x+10^{-42}"),
            ("|x+5|", "x+5"),
            (r"\sqrt{x^2+8x+16}", "x+4"),
        ],
    )
    def test_digits_are_no_proof(self, left, right):
        assert symbolic.same(parse(left), parse(right)) is not True

    @pytest.mark.parametrize("n", range(1, 9))
    def test_huge_exponents_are_no_polynomials(self, n):
        """Whether a sum of them is positive is not asked, in whatever order sympy asks."""
        power, product = rf"2^{{2^{{10^9}}+{n + n % 2}}}", rf"{2**n}\cdot 2^{{2^{{10^9}}}}"
        assert symbolic.same(parse(product), parse(power)) is (n % 2 == 0)
        assert symbolic.same(parse(power), parse(product)) is (n % 2 == 0)


class TestSeparation:
    def test_of_a_root_of_a_huge_degree_there_is_none_within_reach(self):
        root = unroll(parse(rf"\sqrt[{2**900}]{{2}}"))
        bits = bits_that_hide(root, unroll(parse("1")))
        assert bits is None or bits > identity.MAX_BITS

    @pytest.mark.parametrize("text", [r"\pi", "e", r"\ln 2", r"\sin 1", "2^{\\sqrt2}", "x"])
    def test_of_what_may_be_transcendental_there_is_none(self, text):
        assert bits_that_hide(unroll(parse(text)), unroll(parse("1"))) is None

    @settings(max_examples=100, deadline=None)
    @given(st.integers(1, 50), st.integers(1, 50), st.integers(2, 50), st.integers(1, 9))
    def test_holds_for_conjugates(self, a, b, c, k):
        """|a - b sqrt c|^k is as small as such numbers get, and not smaller than the bound."""
        if a * a == b * b * c:
            return
        power = parse(rf"({a}-{b}\sqrt{{{c}}})^{{{k}}}")
        bits = bits_that_hide(unroll(power), unroll(parse("0")))
        value = identity.value_of_constant(power, digits=200)
        assert abs(value) >= Fraction(1, 2**bits)


class TestValueOfConstant:
    def test_has_the_digits_asked_for(self):
        value = identity.value_of_constant(parse(r"\sqrt2"), digits=500)
        assert abs(value * value - 2) < Fraction(1, 10**500)

    @pytest.mark.parametrize("text", ["x", "i", r"\ln 0", r"\sqrt{-1}", "9^{9^{9^9}}", "1/0"])
    def test_of_what_has_none(self, text):
        assert identity.value_of_constant(parse(text)) is None


def test_precision_of_others_is_left_alone():
    """The library has one precision: it is what it was, and threads do not disturb each other."""
    import flint

    before = flint.ctx.prec
    pair = parse(r"\sin x"), parse(r"\sin x+10^{-90}")
    verdicts: list[bool | None] = []

    def decide() -> None:
        verdicts.extend(same_everywhere(*pair) for _ in range(20))

    threads = [threading.Thread(target=decide) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert verdicts == [False] * 80
    assert flint.ctx.prec == before


def test_a_deep_tree_needs_no_deep_stack():
    tree = parse("x")
    for _ in range(1_200):
        tree = Call("abs", (Negation(tree),))
    # Beyond what is evaluated at all; what matters is that it is said, not raised.
    assert same_everywhere(tree, Symbol("x")) is None
    assert same_up_to_factor(tree, Symbol("x")) is None


def test_import_loads_no_arithmetic():
    script = (
        "import sys, grpo_rewards; grpo_rewards.compare('1/2', '0.5'); "
        "print('flint' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        check=True, capture_output=True, text=True, env={"PYTHONPATH": ":".join(sys.path)},
    )  # fmt: skip
    assert done.stdout.strip() == "False"


# Metamorphic properties -------------------------------------------------------------------------

RATIONALS = st.fractions(min_value=-200, max_value=200, max_denominator=50)


def written(number: Fraction) -> str:
    return rf"\frac{{{number.numerator}}}{{{number.denominator}}}"


class TestProperties:
    @settings(max_examples=50, deadline=None)
    @given(st.fractions(min_value=1, max_value=200, max_denominator=9), RATIONALS)
    def test_an_absolute_value_is_neither_branch(self, slope, root):
        """|a(x-r)| is a(x-r) on one side of r only, wherever r lies."""
        inner = f"{written(slope)}(x-({written(root)}))"
        gold = parse(f"|{inner}|")
        assert same_everywhere(gold, parse(inner)) is False
        assert same_everywhere(gold, parse(f"-({inner})")) is False
        assert same_everywhere(gold, parse(rf"\sqrt{{({inner})^2}}")) is True

    @settings(max_examples=50, deadline=None)
    @given(RATIONALS, RATIONALS, st.integers(1, 60))
    def test_a_factor_below_any_precision_shows(self, a, b, places):
        text = rf"e^x+({written(a)})\sin x+({written(b)})"
        gold = parse(text)
        assert same_everywhere(gold, parse(f"({text})(1+10^{{-{places}}})")) is False
        assert (
            same_everywhere(gold, parse(f"({text})(1+10^{{-{places}}}-10^{{-{places}}})")) is True
        )

    @settings(max_examples=50, deadline=None)
    @given(st.integers(1, 9), st.integers(1, 9), st.sampled_from([2, 3, 5, 7]), st.integers(2, 80))
    def test_powers_of_surds_are_worked_out(self, a, b, c, k):
        top, bottom = 1, 0
        for _ in range(k):
            top, bottom = top * a + bottom * b * c, top * b + bottom * a
        gold = parse(rf"({a}+{b}\sqrt{{{c}}})^{{{k}}}")
        assert same_everywhere(gold, parse(rf"{top}+{bottom}\sqrt{{{c}}}")) is True
        assert same_everywhere(gold, parse(rf"{top}+{bottom + 1}\sqrt{{{c}}}")) is False

    @settings(max_examples=30, deadline=None)
    @given(st.integers(1, 99), st.integers(1, 99), st.integers(-9, 9).filter(bool))
    def test_an_equation_is_its_multiples(self, a, b, k):
        gold = parse(f"{a}|x|+y-{b}")
        assert same_up_to_factor(gold, parse(f"{k}({a}|x|+y-{b})")) is True
        assert same_up_to_factor(gold, parse(f"{k}({a}|x|+y-{b})"), positive=True) is (k > 0)
        assert same_up_to_factor(gold, parse(f"{a}x+y-{b}")) is False
        assert same_up_to_factor(gold, parse(f"{a}|x|+y-{b}-10^{{-70}}")) is False


def test_metamorphic_pairs(monkeypatch):
    """Of 2,000 random pairs, none that differs is accepted; hardly one that is equal is refused."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import metamorphic

    counts, mistakes = metamorphic.judge_chunk((2_000, "1"))
    assert counts.total() == 2_000
    assert [pair for result, pair in mistakes if result == "wrong accepts"] == []
    assert len(mistakes) <= 4, mistakes
