"""Pass rates: the estimators beside an enumeration of all draws, and what a tally makes of rows."""

from __future__ import annotations

import math
from itertools import combinations
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grpo_rewards import BOXED, CheckAnswer, ColumnError, OptionError, exact_format
from grpo_rewards.scoring import pass_at_k, pass_rates, score_rows
from grpo_rewards.scoring.rates import Tally, interval, mixed_share

COUNTS = st.integers(1, 8).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))


def draws(completions: int, right: int, size: int) -> list[tuple[bool, ...]]:
    """Every group of a size among a problem's completions."""
    return list(combinations([place < right for place in range(completions)], size))


class TestEstimators:
    @given(COUNTS, st.data())
    def test_pass_at_k_is_the_share_of_draws_with_a_right_one(self, counts, data):
        k = data.draw(st.integers(1, counts[0]))
        expected = fmean(any(draw) for draw in draws(*counts, k))
        assert pass_at_k(*counts, k) == pytest.approx(expected)

    @given(COUNTS, st.data())
    def test_a_group_has_a_signal_where_it_holds_right_and_wrong(self, counts, data):
        size = data.draw(st.integers(1, counts[0]))
        expected = fmean(any(draw) and not all(draw) for draw in draws(*counts, size))
        assert mixed_share(*counts, size) == pytest.approx(expected)

    def test_the_papers_formula_at_a_size_where_factorials_overflow_floats(self):
        assert pass_at_k(10_000, 1, 100) == pytest.approx(0.01)

    @pytest.mark.parametrize(("counts", "k"), [((4, 2), 5), ((4, 5), 1), ((4, 2), 0), ((4, -1), 1)])
    def test_what_cannot_be_asked(self, counts, k):
        with pytest.raises(OptionError, match="k is from 1"):
            pass_at_k(*counts, k)

    @given(st.floats(0, 1), st.integers(1, 10_000))
    def test_an_interval_holds_its_share_and_stays_within_0_and_1(self, value, trials):
        low, high = interval(value, trials)
        assert 0 <= low <= value <= high <= 1
        assert high > low

    @given(st.floats(0.01, 0.99), st.integers(1, 10_000))
    def test_a_bound_is_as_far_from_the_share_as_chance_takes_it(self, value, trials):
        """Wilson's: at either bound the share seen lies 1.96 standard deviations off."""
        for bound in interval(value, trials):
            deviation = math.sqrt(bound * (1 - bound) / trials)
            assert abs(value - bound) == pytest.approx(1.959964 * deviation, rel=1e-4)


ROWS = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from([True, False, None])))


class TestTally:
    @given(ROWS, st.randoms(use_true_random=False))
    def test_the_order_of_rows_does_not_matter(self, rows, random):
        shuffled = random.sample(rows, len(rows))
        first, second = Tally(), Tally()
        for row in rows:
            first.add(*row)
        for row in shuffled:
            second.add(*row)
        assert sorted(first.merged()) == sorted(second.merged())
        assert first.rates(k=[1]).pass_at[1] == pytest.approx(
            second.rates(k=[1]).pass_at[1], nan_ok=True
        )

    @given(ROWS)
    def test_counts_are_those_of_the_rows(self, rows):
        tally = Tally()
        for row in rows:
            tally.add(*row)
        found = tally.rates()
        judged = [row for row in rows if row[1] is not None]
        by_problem = {name: [right for each, right in judged if each == name] for name, _ in judged}
        assert found.completions == len(judged)
        assert found.unjudged == len(rows) - len(judged)
        assert found.problems == len(by_problem)
        assert found.right == sum(right for _, right in judged)
        assert found.all_right == sum(all(each) for each in by_problem.values())
        assert found.all_wrong == sum(not any(each) for each in by_problem.values())
        assert found.all_right + found.all_wrong + found.mixed == found.problems

    def test_problems_with_fewer_completions_than_k_are_left_out(self):
        tally = Tally()
        for name, right in [("a", True), ("b", True), ("b", False)]:
            tally.add(name, right)
        rates = tally.rates(k=[1, 2, 3])
        assert rates.pass_at[1].problems == 2
        assert rates.pass_at[2].problems == 1
        assert rates.pass_at[3].problems == 0
        assert math.isnan(rates.pass_at[3].value)

    def test_an_interval_knows_that_completions_of_one_problem_are_alike(self):
        alike, apart = Tally(), Tally()
        for problem in range(50):
            for sample in range(8):
                alike.add(str(problem), problem % 2 == 0)
                apart.add(str(problem), sample % 2 == 0)
        wide, narrow = alike.rates().pass_at[1], apart.rates().pass_at[1]
        assert wide.value == narrow.value == 0.5
        assert wide.high - wide.low > 2 * (narrow.high - narrow.low)


class TestPassRates:
    def scored(self, reward, answers=("42", "41", "42", None)):
        rows = [
            {"question": "6 * 7", "answer": "42", "text": rf"\boxed{{{each}}}" if each else "?"}
            for each in answers
        ]
        return score_rows(reward, rows, completion="text")

    def test_each_problems_own_rate(self):
        (found,) = pass_rates(self.scored(CheckAnswer(format=BOXED))).by_problem
        assert (found.problem, found.completions, found.right, found.rate) == ("6 * 7", 4, 2, 0.5)
        assert found.low < 0.5 < found.high

    def test_a_reward_without_a_verdict_needs_a_threshold(self):
        scored = self.scored(exact_format)
        with pytest.raises(ColumnError, match="above=0"):
            pass_rates(scored)
        assert pass_rates(scored, above=0).pass_at[1].value == 0.0

    def test_rows_that_are_not_scored_are_no_rates(self):
        with pytest.raises(ColumnError, match=r"reward/problem.*'text'"):
            pass_rates([{"text": "42"}])
        with pytest.raises(ColumnError, match="score the rows first"):
            pass_rates([{"text": "42"}], problem="text")

    @pytest.mark.parametrize("k", [0, -1, 1.5, True, "1", [2, 0]])
    def test_a_k_that_is_none(self, k):
        with pytest.raises(OptionError, match="whole numbers from 1 on"):
            pass_rates(self.scored(CheckAnswer(format=BOXED)), k=k)

    def test_tables_of_libraries(self):
        pd = pytest.importorskip("pandas")
        rows = self.scored(CheckAnswer(format=BOXED))
        assert pass_rates(pd.DataFrame(rows)) == pass_rates(rows)
