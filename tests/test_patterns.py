"""No pattern of the package takes a time that grows faster than the text it is given."""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grpo_rewards import check_choice, compare
from grpo_rewards.logic.symbols import plain

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture(scope="module")
def scaling():
    """The measurement, which is a benchmark as well."""
    sys.path.insert(0, str(BENCHMARKS))
    try:
        return importlib.import_module("pattern_scaling")
    finally:
        sys.path.remove(str(BENCHMARKS))


@pytest.mark.skipif(sys.platform == "win32", reason="a pattern is stopped by a signal")
class TestGrowth:
    @pytest.mark.timeout(900)  # a minute of the processor's time, which others may want as well
    def test_of_every_pattern(self, scaling):
        """Ratios of times, not times: up to the longest text that can reach it, by its own bait."""
        assert [str(growth) for growth in scaling.fast_growing(scaling.reach_of)] == []

    @pytest.mark.parametrize(
        ("source", "method"),
        [
            (r"(?:a+)+b", "match"),
            (r"\s*x?\s*y", "match"),
            (r"\s+y", "search"),
            (r"(?:(?:only )?(?:only|best) )*x", "fullmatch"),
        ],
    )
    def test_a_bad_pattern_is_found(self, scaling, source, method):
        assert scaling.grows(re.compile(source), method, 100_000)

    @pytest.mark.parametrize(
        ("source", "method"),
        [
            (r"\s*(?:x\s*)?y", "match"),
            (r"(?<!\s)\s+y", "search"),
            (r"(?<![a-z])[a-z]+ \d+", "search"),
        ],
    )
    def test_a_good_one_is_not(self, scaling, source, method):
        assert not scaling.grows(re.compile(source), method, 4_000)


class TestWhatTheyStillRead:
    """Patterns that were made quick read what they read before."""

    @pytest.mark.parametrize(
        ("gold", "answer"),
        [
            ("1/2", r"{1 \over  2}"),
            (r"x \equiv 3 \pmod 5", r"x \equiv 3 \pmod { 5 }"),
            ("20", "$ 20 dollars"),
            ("20000000", "$20 million"),
            (r"37^\circ C", r"37 ^{ \circ } C"),
            ("yes", "yes (since it is even)"),
            ("x > 2", r"\{ x \in \mathbb{R} |  x > 2 \}"),
        ],
    )
    def test_answers(self, gold, answer):
        assert compare(gold, answer)

    def test_choices(self):
        response = "So.<end_working_out><SOLUTION>{}</SOLUTION>"
        for said in (
            "It rains, so the single best answer is B",
            "It rains, and the most likely option is B",
            "It rains. Therefore, the only correct choice is  B",
        ):
            assert check_choice([response.format(said)], answer=["B"]) == [5.0]
        hostile = "x, and, the " + "only " * 600 + "!"
        (score,) = check_choice([response.format(hostile)], answer=["B"])
        assert score < 5.0

    @given(st.text("p✓✔ ", max_size=8))
    def test_ornaments(self, text):
        assert plain("p" + text + "q ✓ ✔") == plain("p" + text + "q")
