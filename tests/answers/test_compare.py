"""The verdicts of compare(): the policy's classes, reported answers, real golds, any text."""

from __future__ import annotations

import json
import random
import re
import sys
from fractions import Fraction
from pathlib import Path
from unittest.mock import patch

import pytest
from cases import pairs
from common_table import CASES as COMMON
from hypothesis import example, given, settings
from hypothesis import strategies as st
from policy_table import table_pairs
from values_table import CASES as VALUES

from grpo_rewards import FREEFORM, Policy, compare, compare_many
from grpo_rewards.answers import exact_number, numbers_in
from grpo_rewards.answers.notation.trees import Factorial, Negation, Num, Product, Sum, Symbol

verdicts = sys.modules["grpo_rewards.answers.verdicts"]

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
        table_pairs(),
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

    @pytest.mark.parametrize(
        "written", ["42.50", "$42.50$", r"\boxed{42.50}", r"$\boxed{42.50}$", " 42.50 "]
    )
    @pytest.mark.parametrize("gold", ["42", "x+1"])
    def test_a_reason_shows_a_plain_number_without_its_markup(self, gold, written):
        assert compare(gold, written).reason.endswith("the answer is 42.50")


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


# Pairs that only the symbolic rule decides: milliseconds for it, hours, and hours again.
EASY = [(f"e^{{e^{{50}}+{n}}}", f"e^{{{n}}}*e^{{e^{{50}}}}") for n in range(2, 62)]
UNEQUAL = [(f"e^{{e^{{50}}+{n}}}", f"e^{{{n + 1}}}*e^{{e^{{50}}}}") for n in range(2, 12)]
ENDLESS = [("42", rf"\exp(\exp(\exp(\exp(1{n}))))") for n in range(10, 30)]


class TestUndecided:
    """What a pair's own time or memory ended is remembered; what else ended it is not."""

    gold, prediction = "3^{10^8}", "9^{5*10^7}"
    policy = Policy(deadline=1.625)

    @pytest.fixture(autouse=True)
    def nothing_remembered(self, monkeypatch):
        monkeypatch.setattr(verdicts, "_RESULTS", verdicts._Results(2))

    def verdict(self, monkeypatch, found, policy=policy):
        asked = []
        monkeypatch.setattr(
            "grpo_rewards.answers.symbolic.pool.attempt",
            lambda pairs, *, spent, **_: asked.append(spent) or found,
        )
        return compare(self.gold, self.prediction, policy=policy).equal, asked

    def test_what_was_left_out_is_tried_when_it_comes_again(self, monkeypatch):
        assert self.verdict(monkeypatch, {}) == (None, [[0.0]])
        assert self.verdict(monkeypatch, {0: True}) == (True, [[0.0]])
        assert self.verdict(monkeypatch, {0: False}) == (True, [])

    @pytest.mark.parametrize("seconds", [1.625, float("inf")])
    def test_what_had_all_its_time_is_not_tried_again(self, monkeypatch, seconds):
        assert self.verdict(monkeypatch, {0: seconds}) == (None, [[0.0]])
        assert self.verdict(monkeypatch, {0: True}) == (None, [])

    def test_what_had_some_time_gets_more(self, monkeypatch):
        """The time that is known not to be enough is not spent again."""
        assert self.verdict(monkeypatch, {0: 0.5}) == (None, [[0.0]])
        assert self.verdict(monkeypatch, {0: 1.625}) == (None, [[0.5]])
        patient = Policy(deadline=60)
        assert self.verdict(monkeypatch, {0: True}, patient) == (True, [[1.625]])

    def test_only_so_many_results_are_kept(self):
        for pair in EASY[:5]:
            compare(*pair, policy=self.policy)
        assert 0 < len(verdicts._RESULTS.kept) <= 2
        assert {len(key) for key in verdicts._RESULTS.kept} == {16}

    def test_trees_that_differ_have_digests_that_differ(self):
        """However they are nested, and however long their numbers are."""
        one, two = Num(Fraction(1)), Num(Fraction(10**9000, 7))
        a, b = Symbol("a"), Symbol("b")
        pairs = [
            (one, two), (two, one), (Sum((one,)), two), (Sum((one, two)), two), (one, Symbol("1")),
            (Symbol("\ud800"), two), (Symbol("a;b"), one), (a, b), (Sum((a, b)), one),
            (Sum((a, Sum((b,)))), one), (Product((a, b)), one), (Negation(a), b), (Factorial(a), b),
        ]  # fmt: skip
        digests = {verdicts._digest(pair, memory) for pair in pairs for memory in (1, 2)}
        assert len(digests) == 2 * len(pairs)


class TestNeighbours:
    """A verdict is the same alone and in any company."""

    patient = Policy(deadline=30)

    def test_easy_pairs_beside_endless_ones(self):
        """The budget is not theirs to share: all of them are decided, and remembered."""
        pairs = [*ENDLESS, *EASY, *UNEQUAL]
        random.Random(3).shuffle(pairs)
        policy = Policy(deadline=1)
        found = dict(
            zip(pairs, compare_many(*zip(*pairs, strict=True), policy=policy), strict=True)
        )
        assert [found[pair].equal for pair in EASY] == [True] * len(EASY)
        assert [found[pair].equal for pair in UNEQUAL] == [False] * len(UNEQUAL)
        assert {found[pair].equal for pair in ENDLESS} <= {None, False}

    def test_an_item_after_an_item_is_asked_for(self):
        """What the symbolic rule finds equal leads to the next question, as often as it takes."""
        items = [EASY[n] for n in range(6)]
        gold, prediction = (f"({','.join(side)})" for side in zip(*items, strict=True))
        assert compare(gold, prediction, policy=self.patient).equal is True
        other = prediction.replace(items[-1][1], UNEQUAL[0][1])
        assert compare(gold, other, policy=self.patient).equal is False

    @settings(max_examples=25)
    @given(st.data())
    def test_a_batch_says_what_each_pair_alone_says(self, data):
        """In any order, with any company, whatever was asked before."""
        texts = ["1/2", "0.5", "2/4", "x", "x+1", "1+x", *EASY[0], UNEQUAL[0][1], "", "A"]
        texts += [f"({EASY[0][0]},{EASY[1][0]})", f"({EASY[0][1]},{EASY[1][1]})"]
        some = st.sampled_from(texts)
        pairs = data.draw(st.lists(st.tuples(some, some), max_size=8))
        golds, predictions = [list(side) for side in zip(*pairs, strict=True)] or [[], []]
        together = compare_many(golds, predictions, policy=self.patient)
        for pair, verdict in zip(pairs, together, strict=True):
            with patch.object(verdicts, "_RESULTS", verdicts._Results(0)):
                assert compare(*pair, policy=self.patient) == verdict


class TestBoundVariables:
    """What a sum, a product, a limit or an integral binds may have any name."""

    @pytest.mark.parametrize(
        ("gold", "prediction"),
        [
            (r"\sum_{i=1}^n i", r"\sum_{k=1}^n k"),
            (r"\sum_{i=1}^{n} a_{i+1}", r"\sum_{j=1}^n a_{j+1}"),
            (r"\prod_{k=1}^n (2k-1)", r"\prod_{m=1}^n (2m-1)"),
            (r"\lim_{x\to 0} \frac{\sin x}{x}", r"\lim_{t\to 0}\frac{\sin t}{t}"),
            (r"\int_0^1 f(x) dx", r"\int_0^1 f(u)\,du"),
            (r"\sum_{i=1}^n\sum_{j=1}^n a_{ij}", r"\sum_{k=1}^n\sum_{l=1}^n a_{kl}"),
            (r"\sum_{k\in S} k^2", r"\sum_{s\in S} s^2"),
            (r"\sum_{1\le k\le n} k", r"\sum_{1\le m\le n} m"),
            (r"x+\sum_{k=0}^n x^k", r"x+\sum_{j=0}^n x^j"),
        ],
    )
    def test_another_name_is_the_same(self, gold, prediction):
        assert compare(gold, prediction)
        assert compare(prediction, gold)

    @pytest.mark.parametrize(
        ("gold", "prediction"),
        [
            (r"\sum_{i=1}^n i", r"\sum_{k=1}^n i"),
            (r"\sum_{i=1}^n i", r"\sum_{k=1}^n n"),
            (r"\sum_{i=1}^n i", r"\sum_{k=1}^k k"),
            (r"\sum_{i=1}^n i", r"\sum_{k=2}^n k"),
            (r"\sum_{i=1}^n i", r"\prod_{k=1}^n k"),
            (r"\int x^2 dx", r"\int t^2 dt"),
            (r"\int_0^1 x dx", r"\int_0^1 t dx"),
            (r"\sum_{i=1}^n\sum_{j=1}^n a_{ij}", r"\sum_{k=1}^n\sum_{l=1}^n a_{lk}"),
            (r"x\sum_{k=1}^n k", r"k\sum_{x=1}^n x"),
            (r"\sum_{k=1}^n (x+k)", r"\sum_{x=1}^n (x+k)"),
            ("5050", r"\sum_{k=1}^{100} k"),
        ],
    )
    def test_another_variable_is_not(self, gold, prediction):
        assert not compare(gold, prediction)
        assert not compare(prediction, gold)


class TestReasonsInFigures:
    """Words that are the same are no answer where each text has figures that the other lacks."""

    @pytest.mark.parametrize(
        ("gold", "prediction"),
        [
            ("Yes, since v·w=0", "Yes, since v·w=1"),
            ("Yes, since x>y", "Yes, since x<y"),
            ("No, because 7 is odd", "No, because 8 is odd"),
            ("True, because x = 4", "True, because x = 5"),
            ("No, since 3 ≤ 2", "No, since 3 ≥ 2"),
            (r"$e^{-20x}$ is a sufficient statistic", r"$e^{-21x}$ is a sufficient statistic"),
        ],
    )  # fmt: skip
    def test_other_ones(self, gold, prediction):
        assert not compare(gold, prediction)

    @pytest.mark.parametrize(
        ("gold", "prediction"),
        [
            ("Yes, since v·w=0", "Yes"),
            ("yes", "Yes, since v·w=0"),
            ("Yes, since v·w=0", "Yes, since v·w = 0."),
            ("Yes, since v·w=0", "Yes, because the dot product is zero"),
            ("No, since 3>2", "No, since 3>2 and 2>1"),
        ],
    )
    def test_the_same_or_none(self, gold, prediction):
        assert compare(gold, prediction)
