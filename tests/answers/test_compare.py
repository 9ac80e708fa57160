"""The verdicts of compare(): the policy's classes, reported answers, real golds, any text."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from cases import pairs
from common_table import CASES as COMMON
from hypothesis import example, given
from hypothesis import strategies as st
from policy_table import PENDING, table_pairs
from values_table import CASES as VALUES

from grpo_rewards import FREEFORM, Policy, compare, compare_many
from grpo_rewards.answers import exact_number, numbers_in

SHARED = Path(__file__).parents[3] / "shared" / "cases"
"""Answers that users reported and golds of public datasets; beside the checkout where there are."""

AGAINST_THE_POLICY = {
    "the number is not 10 which is 1,000.99€": "a denial in the answer: not what a teacher accepts",
    "not it's not 10 it's 1,000.99m²": "the same",
}
"""Reported predictions whose expected verdict the policy contradicts, and why."""


def shared_rows(name: str) -> list[dict[str, object]]:
    path = SHARED / name
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


class TestPolicy:
    @pytest.mark.parametrize(
        ("name", "gold", "prediction", "equal"), [*pairs(), *pairs(VALUES), *pairs(COMMON)]
    )
    def test_verdict(self, name, gold, prediction, equal):
        """Each class of the policy is decided as a careful teacher would."""
        verdict = compare(gold, prediction)
        assert verdict.equal is equal, verdict

    @pytest.mark.parametrize(
        ("gold", "prediction", "equal"),
        [
            pytest.param(*row, marks=pytest.mark.xfail(strict=False) if row[:2] in PENDING else ())
            for row in table_pairs()
        ],
    )
    def test_tables(self, gold, prediction, equal):
        """Each row of the policy's tables holds as it is written."""
        verdict = compare(gold, prediction)
        assert verdict.equal is equal, verdict

    @pytest.mark.parametrize("gold", ["", " ", "\n\t"])
    def test_a_blank_gold_is_undecided(self, gold):
        """Nothing can be said of an answer without a gold, and nothing is claimed."""
        verdict = compare(gold, "42")
        assert verdict.equal is None
        assert not verdict

    def test_batches_of_unequal_length_raise(self):
        """A missing prediction is the caller's mistake, and the message counts both."""
        with pytest.raises(ValueError, match="2 golds and 1 predictions"):
            compare_many(["1", "2"], ["1"])

    def test_a_reason_shows_both_values(self):
        """The sentence names what was compared, as it was understood."""
        reason = compare(r"\boxed{1{,}000}", "$999$").reason
        assert "not equal" in reason
        assert "1,000" in reason
        assert "999" in reason


@pytest.mark.skipif(not SHARED.exists(), reason="the shared cases are not beside this checkout")
class TestRealAnswers:
    @pytest.mark.parametrize("row", shared_rows("reported.jsonl"), ids=lambda row: row["gold"])
    def test_reported_answers(self, row):
        """Answers that other verifiers misjudged are judged as their reporters expect."""
        answer = FREEFORM.parse(row["prediction"]).answer or ""
        expected = row["equal"] and row["prediction"] not in AGAINST_THE_POLICY
        assert bool(compare(row["gold"], answer)) is expected

    def test_golds_equal_themselves_in_any_wrapping(self):
        """A wrapping that says nothing changes no verdict."""
        wrappings = ["{}", " {} ", "${}$", r"\boxed{{{}}}", r"\({}\)", "{}."]
        unequal = [
            (gold, wrapping)
            for gold in (str(row["gold"]) for row in shared_rows("golds.jsonl"))
            for wrapping in wrappings
            # A gold with its own dollars is not wrapped in more of them.
            if "$" not in gold or "$" not in wrapping
            if not compare(gold, wrapping.format(gold))
        ]
        assert unequal == []

    @pytest.mark.parametrize(
        ("pattern", "replacement"),
        [
            pytest.param(r"\\frac(?![a-z])", r"\\dfrac", id="display fractions"),
            pytest.param(r"\\(?:left|right)(?=[()\[\]])", "", id="brackets of plain size"),
            pytest.param("-", "\u2212", id="a true minus sign"),
            pytest.param(r"\\pi(?![a-z])", "\u03c0", id="Greek letters"),
            pytest.param(r"\\cdot(?![a-z])", "\u00b7", id="a centred dot"),
            pytest.param(r"\\infty(?![a-z])", "\u221e", id="an infinity sign"),
            pytest.param(r"\\leq?(?![a-z])", "\u2264", id="an inequality sign"),
            pytest.param(r"(?<=[a-z])(?:\^\{2\}|\^2(?!\d))", "\u00b2", id="a raised two"),
            pytest.param("[ ]", "  ", id="more spaces"),
        ],
    )
    def test_golds_equal_their_rewritings(self, pattern, replacement):
        """Another spelling of a part leaves the value as it is."""
        unequal = [
            (gold, rewritten)
            for gold in (str(row["gold"]) for row in shared_rows("golds.jsonl"))
            if (rewritten := re.sub(pattern, replacement, gold)) != gold
            if not compare(gold, rewritten)
        ]
        assert unequal == []

    def test_golds_equal_no_neighbour(self):
        """Two golds of one dataset that differ as text are rarely the same answer."""
        golds = [str(row["gold"]) for row in shared_rows("golds.jsonl")]
        equal = [
            (left, right)
            for left, right in zip(golds, golds[7:], strict=False)
            if left != right and compare(left, right)
        ]
        assert len(equal) <= 0.02 * len(golds), equal


class TestNumbers:
    @pytest.mark.parametrize(
        ("text", "numbers"),
        [
            ("She paid $20.", ["20"]),
            ("20 or 7", ["20", "7"]),
            ("not 20", []),
            ("at least 20", []),
            ("we need 1,234 bricks", ["1,234"]),
            ("it fell by -3.5 degrees", ["-3.5"]),
            ("they ate 1 1/2 pies each", ["1 1/2"]),
            ("so 2x is left", []),
            ("version 1.2.3", []),
            ("", []),
        ],
    )
    def test_numbers_in_prose(self, text, numbers):
        """Prose states the numbers that stand in it, unless it denies them."""
        assert numbers_in(text) == numbers

    @pytest.mark.parametrize("text", ["sqrt(2)", "x", "", "1, 2", "not 3", "1/0", "4 4/0", "B"])
    def test_no_exact_number(self, text):
        """A text that is not one rational number gives none."""
        assert exact_number(text) is None


class TestAnyText:
    @given(gold=st.text(), prediction=st.text())
    @example(gold="9^{9^{9^{9^9}}}", prediction="9**9**9**9")
    @example(gold="1/0", prediction="0^{-1}")
    @example(gold="\ud800", prediction="\x00")
    @example(gold="{" * 5_000, prediction="}" * 5_000)
    @example(gold="(" * 5_000, prediction="-" * 5_000)
    @example(gold=r"\frac" * 1_000, prediction=r"\sqrt" * 1_000)
    @example(gold="9" * 100_000, prediction="1e999999999")
    @example(gold="(10^9)!", prediction=r"\binom{10^9}{5 \cdot 10^8}")
    @example(gold="__import__('os').system('true')", prediction=r"\boxed{exec('1')}")
    def test_every_text_gets_a_verdict(self, gold, prediction):
        """No text raises, and only a blank gold leaves the question open."""
        verdict = compare(gold, prediction)
        assert (verdict.equal is None) == (not gold.strip())

    @given(st.text().filter(lambda text: text.strip()))
    def test_every_text_equals_itself(self, text):
        """Equality is reflexive."""
        assert compare(text, text)


class TestUndecided:
    """A pair that was stopped is remembered; one that was never tried is not."""

    gold, prediction = "2^{10^8}", "4^{5*10^7}"

    def verdict(self, monkeypatch, answers):
        monkeypatch.setattr(
            "grpo_rewards.answers.symbolic.pool.attempt", lambda pairs, **_: answers
        )
        policy = Policy(deadline=1.625)  # its own, so that no earlier result is remembered
        return compare(self.gold, self.prediction, policy=policy)

    def test_what_the_budget_left_out_is_tried_when_it_comes_again(self, monkeypatch):
        assert self.verdict(monkeypatch, {}).equal is None
        assert self.verdict(monkeypatch, {0: True}).equal is True

    def test_what_was_stopped_is_not_tried_again(self, monkeypatch):
        compare_module = sys.modules["grpo_rewards.answers.verdicts"]
        monkeypatch.setattr(compare_module, "_SYMBOLIC_RESULTS", {})
        assert self.verdict(monkeypatch, {0: None}).equal is None
        assert self.verdict(monkeypatch, {0: True}).equal is None
