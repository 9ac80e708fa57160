"""What the options of a policy change, on answers of every kind alike."""

from __future__ import annotations

import pickle
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grpo_rewards import Policy, compare
from grpo_rewards.errors import OptionError

SHAPES = {
    "plain": "{}",
    "with a unit": "{} m",
    "with a unit of several letters": "{} kg",
    "times a power of ten": r"{} \times 10^{{5}}",
    "in E notation": "{}e-7",
    "in a tuple": "({}, 1)",
    "in a list": "1, {}",
    "in a set": r"\{{{}, 7\}}",
    "in a matrix": r"\begin{{pmatrix}}{}\\1\end{{pmatrix}}",
    "named": "x = {}",
    "as an end": "(-\\infty, {}]",
    "with a currency": "${}",
    "with a percent sign": "{}%",
}
"""The places where a number stands in an answer."""


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
class TestEveryShape:
    """Each option acts alike wherever the number stands."""

    def judge(self, shape: str, gold: str, prediction: str, **options: float) -> bool:
        verdict = compare(shape.format(gold), shape.format(prediction), policy=Policy(**options))
        return bool(verdict)

    def test_fewer_digits(self, shape):
        """A finer decimal is accepted from the policy's digits on, and a coarser one never."""
        assert self.judge(shape, "3.14", "3.14159", digits=2)
        assert self.judge(shape, "6.02", "6.022", digits=3)
        assert not self.judge(shape, "3.14159", "3.14", digits=2)
        assert not self.judge(shape, "3.14", "3.15159", digits=2)
        assert not self.judge(shape, "3.14", "3.14159")

    def test_finer_decimals(self, shape):
        """Finer decimals always count, if they round to the gold."""
        assert self.judge(shape, "0.3", "0.3333", finer_decimals=True)
        assert self.judge(shape, "3.14", "3.14159", finer_decimals=True)
        assert not self.judge(shape, "0.3", "0.36", finer_decimals=True)
        assert not self.judge(shape, "0.33", "0.3", finer_decimals=True)
        assert not self.judge(shape, "0.3", "0.3333")

    def test_relative_tolerance(self, shape):
        """An error up to that share of the gold is accepted, on either side of it."""
        for near in ("198.1", "202", "201.5", "200"):
            assert self.judge(shape, "200", near, relative_tolerance=0.01)
        for far in ("197.9", "202.1", "-200", "20", "2000"):
            assert not self.judge(shape, "200", far, relative_tolerance=0.01)
        assert not self.judge(shape, "200", "201.5")

    def test_absolute_tolerance(self, shape):
        """An error up to so many of the gold's units is accepted."""
        tolerance = 0.5
        if "10^" in shape:
            tolerance *= 10**5
        if "e-7" in shape:
            tolerance *= 1e-7
        for near in ("199.6", "200.4", "200.25"):
            assert self.judge(shape, "200", near, absolute_tolerance=tolerance)
        for far in ("199.4", "200.6", "-200", "1"):
            assert not self.judge(shape, "200", far, absolute_tolerance=tolerance)

    def test_with_digits(self, shape):
        """A tolerance and digits stand beside each other: what either accepts is accepted."""
        options = {"digits": 3, "relative_tolerance": 0.01}
        assert self.judge(shape, "3.14", "3.14159", **options)
        assert self.judge(shape, "200", "201", **options)
        assert not self.judge(shape, "200", "205", **options)


class TestTolerance:
    @pytest.mark.parametrize(
        ("gold", "prediction", "equal"),
        [
            (r"\sqrt{2}", "1.41", True),
            (r"\sqrt{2}", "1.40", False),
            ("1.41", r"\sqrt{2}", True),
            (r"\pi", "22/7", True),
            (r"\pi", "3.2", False),
            (r"\sqrt{2}", r"\frac{99}{70}", True),
            (r"2\pi \text{ m}", "6.28 m", True),
            (r"2\pi \text{ m}", "628 cm", True),
            ("10 m", "1005 cm", True),
            ("10 m", "1200 cm", False),
            ("10 m", "10 s", False),
            ("10", "10 km", True),
            ("50%", "0.502", True),
            ("50%", "50.2", True),
            ("50%", "0.52", False),
            ("25 °C", "298 K", True),
            ("391", "17*23", False),
            ("2x", "2.01x", False),
            ("0", "0.001", False),
            ("yes", "no", False),
            ("5 million", "5.02 million", True),
            ("3:4", "0.751", True),
        ],
    )
    def test_one_percent(self, gold, prediction, equal):
        """A share of the gold is tolerated in numbers and constants, and in nothing else."""
        verdict = compare(gold, prediction, policy=Policy(relative_tolerance=0.01))
        assert verdict.equal is equal, verdict

    @given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9), st.floats(0, 0.999))
    def test_integers(self, gold, prediction, share):
        """For integers the tolerance is what it says, to the last digit."""
        tolerant = Policy(relative_tolerance=share)
        expected = abs(gold - prediction) <= abs(gold) * Fraction(share)
        assert bool(compare(str(gold), str(prediction), policy=tolerant)) is expected

    def test_an_absolute_one_counts_in_the_golds_unit(self):
        """Half a metre is fifty centimetres, and half a point of a percentage."""
        tolerant = Policy(absolute_tolerance=0.5)
        assert compare("10 m", "1040 cm", policy=tolerant)
        assert not compare("10 m", "1060 cm", policy=tolerant)
        assert compare("50%", "50.4%", policy=tolerant)
        assert not compare("50%", "51%", policy=tolerant)


class TestOptions:
    @pytest.mark.parametrize(
        "options",
        [
            {"relative_tolerance": value}
            for value in (-0.1, 1, 1.5, float("nan"), float("inf"), "1%", True, None)
        ]
        + [
            {"absolute_tolerance": value}
            for value in (-1, float("nan"), float("inf"), "1", False, None)
        ]
        + [{"finer_decimals": value} for value in (1, "yes", None)]
        + [{"digits": value} for value in (0, -1, 2.5, True, None)],
        ids=str,
    )
    def test_impossible_ones_raise(self, options):
        """The message names the option, its value, and what to write."""
        ((name, value),) = options.items()
        with pytest.raises(OptionError, match=f"{name}={value!r}: write".replace("(", r"\(")):
            Policy(**options)

    def test_defaults_tolerate_nothing(self):
        """Without options no error is accepted."""
        assert not Policy().tolerates
        assert not compare("100", "101")

    def test_a_policy_pickles(self):
        """It travels to spawned workers."""
        policy = Policy(relative_tolerance=0.01, absolute_tolerance=2, finer_decimals=True)
        assert pickle.loads(pickle.dumps(policy)) == policy
