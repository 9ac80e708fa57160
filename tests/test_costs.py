"""Parts that cost: they are asked last, about as few rows as possible, and together."""

from __future__ import annotations

import asyncio
import pickle
import threading
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grpo_rewards import (
    Batch,
    CallLimits,
    CheckAnswer,
    CheckCode,
    OptionError,
    Outcome,
    Reward,
    RewardWarning,
    ScoreError,
    all_of,
    any_of,
    as_reward,
    check_answer,
    exact_format,
    reward,
)

RIGHT = "6 * 7<end_working_out><SOLUTION>42</SOLUTION>"
WRONG = "6 * 7<end_working_out><SOLUTION>43</SOLUTION>"
LOOSE = "It is 42."


@dataclass(frozen=True, kw_only=True, repr=False)
class Costly(Reward):
    """Says a number beside each text, or nothing; writes down which texts it was asked about."""

    name: str = "costly"
    column: str = "costly"
    low: float = float("-inf")
    high: float = float("inf")
    asked: list[list[str]] = field(default_factory=list, compare=False)

    @property
    def costs(self):
        return True

    @property
    def bounds(self):
        return self.low, self.high

    def judge(self, batch):
        self.asked.append(list(batch.texts))
        return [Outcome(score, "as its column says") for score in batch.column(self.column)]


@dataclass(frozen=True, kw_only=True, repr=False)
class Waiting(Costly):
    """The same, of one that waits for somebody else."""

    name: str = "waiting"

    @property
    def waits(self):
        return True

    async def ask(self, batch):
        await asyncio.sleep(0)
        return self.judge(batch)


@dataclass(frozen=True, kw_only=True, repr=False)
class Cheap(Reward):
    """Says a number beside each text, or nothing."""

    name: str = "cheap"
    column: str = "cheap"

    def judge(self, batch):
        return [Outcome(score, "as its column says") for score in batch.column(self.column)]


KINDS = pytest.mark.parametrize("kind", [Costly, Waiting])


@KINDS
class TestOtherwise:
    """The second reward is asked only about what the first leaves open."""

    def test_it_is_asked_where_the_first_has_no_opinion(self, kind):
        judge = kind()
        scores = Cheap().otherwise(judge)(
            ["a", "b", "c"], cheap=[1.0, None, 0.0], costly=[9.0, 2.0, 9.0]
        )
        assert scores == [1.0, 2.0, 0.0]
        assert judge.asked == [["b"]]

    def test_it_is_not_asked_where_nothing_is_left(self, kind):
        judge = kind()
        assert Cheap().otherwise(judge)(["a"], cheap=[1.0], costly=[9.0]) == [1.0]
        assert judge.asked == []

    def test_where_it_has_no_opinion_either_there_is_none(self, kind):
        assert Cheap().otherwise(kind())(["a"], cheap=[None], costly=[None]) == [None]

    def test_a_wrong_answer_is_left_to_it_only_when_told_so(self, kind):
        texts, columns = [RIGHT, WRONG, LOOSE], {"answer": ["42"] * 3, "costly": [7.0] * 3}
        judge = kind()
        assert check_answer.otherwise(judge)(texts, **columns) == [5.0, -2.5, -4.5]
        assert judge.asked == []
        assert check_answer.otherwise(judge, on="wrong")(texts, **columns) == [5.0, 7.0, -4.5]
        assert judge.asked == [[WRONG]]

    def test_a_comparison_that_was_stopped_is_left_to_it(self, kind):
        @reward
        def stopped(text):
            return Outcome(-2.5, "took too long", {"verdict": "undecided"})

        assert stopped.otherwise(kind())(["a"], costly=[3.0]) == [3.0]

    def test_the_first_can_have_the_last_word(self, kind):
        judge = kind()
        total = check_answer.otherwise(judge, on="wrong").otherwise(check_answer)
        assert total([WRONG, WRONG], answer=["42"] * 2, costly=[None, 5.0]) == [-2.5, 5.0]

    def test_it_sees_only_its_rows_and_their_columns(self, kind):
        judge = kind()
        both = Cheap().otherwise(judge)
        assert both(["a", "b"], cheap=[1.0, None], costly=["no score", 2.0]) == [1.0, 2.0]

    def test_a_closed_gate_is_no_wrong_answer(self, kind):
        with pytest.raises(OptionError, match="does not say which answers are wrong"):
            check_answer.when(exact_format).otherwise(kind(), on="wrong")
        closed = check_answer.when(exact_format, above=9).otherwise(kind())
        assert closed([WRONG], answer=["42"], costly=[7.0]) == [0.0]

    def test_the_parts_are_the_same_whoever_judged(self, kind):
        total = Cheap().otherwise(kind())
        columns = {"cheap": 1.0, "costly": 2.0}
        first, second = (
            total.explain("a", **columns),
            total.explain("a", **columns | {"cheap": None}),
        )
        assert list(first.parts) == list(second.parts) == ["cheap", kind().name]
        assert first.parts[kind().name].reason == "it was not asked about this row"


@KINDS
class TestGate:
    """Of a reward and its gate the one that costs is asked last."""

    def test_a_costly_reward_is_asked_where_its_gate_is_passed(self, kind):
        judge = kind()
        scores = judge.when(Cheap())(
            ["a", "b", "c"], cheap=[1.0, 0.0, None], costly=[2.0, 2.0, 2.0]
        )
        assert scores == [2.0, 0.0, None]
        assert judge.asked == [["a"]]

    def test_a_costly_gate_is_asked_where_it_matters(self, kind):
        judge = kind()
        scores = Cheap().when(judge)(
            ["a", "b", "c", "d"], cheap=[3.0, None, 0.0, 4.0], costly=[1.0, 1.0, 1.0, None]
        )
        assert scores == [3.0, None, 0.0, None]
        assert judge.asked == [["a", "d"]]

    def test_of_two_that_cost_the_gate_comes_first(self, kind):
        judge, gate = kind(), kind(name="gate", column="gate")
        assert judge.when(gate)(["a", "b"], costly=[2.0, 2.0], gate=[0.0, 1.0]) == [0.0, 2.0]
        assert (gate.asked, judge.asked) == ([["a", "b"]], [["b"]])


@KINDS
class TestChoosing:
    """Where the others have settled it, one that costs is not asked."""

    def test_the_best_is_settled_by_what_it_cannot_exceed(self, kind):
        judge = kind(low=0.0, high=1.0)
        scores = any_of(judge, Cheap())(
            ["a", "b", "c", "d"], cheap=[1.0, 0.5, None, 2.0], costly=[0.0, 1.0, 0.0, 1.0]
        )
        assert scores == [1.0, 1.0, 0.0, 2.0]
        assert judge.asked == [["b", "c"]]

    def test_the_worst_is_settled_by_what_it_cannot_undercut(self, kind):
        judge = kind(low=0.0, high=1.0)
        scores = all_of(Cheap(), judge)(
            ["a", "b", "c"], cheap=[0.0, 0.5, None], costly=[1.0, 0.0, 1.0]
        )
        assert scores == [0.0, 0.0, 1.0]
        assert judge.asked == [["b", "c"]]

    def test_of_unknown_bounds_it_is_asked_about_every_row(self, kind):
        judge = kind()
        assert any_of(Cheap(), judge)(["a"], cheap=[1.0], costly=[3.0]) == [3.0]
        assert judge.asked == [["a"]]

    def test_parts_that_all_cost(self, kind):
        first, second = kind(), kind(name="second", column="second")
        assert any_of(first, second)(["a"], costly=[1.0], second=[2.0]) == [2.0]

    @given(data=st.data())
    def test_the_scores_are_those_of_asking_about_everything(self, kind, data):
        rows = st.lists(
            st.tuples(*[st.none() | st.sampled_from([-1.0, 0.0, 0.5, 1.0])] * 2), min_size=1
        )
        cheap, costly = zip(*data.draw(rows), strict=True)
        columns = {"cheap": list(cheap), "costly": list(costly)}
        texts = ["x"] * len(cheap)
        for choose in (any_of, all_of):
            lazy = choose(Cheap(), kind(low=-1.0, high=1.0))(texts, **columns)
            assert lazy == choose(Cheap(), Cheap(name="all", column="costly"))(texts, **columns)


class TestBounds:
    """What is known of a reward's scores holds for each that it gives."""

    @pytest.mark.parametrize(
        ("composed", "bounds"),
        [
            (check_answer, (-4.5, 5.0)),
            (2 * check_answer, (-9.0, 10.0)),
            (-check_answer, (-5.0, 4.5)),
            (check_answer / 2, (-2.25, 2.5)),
            (0 * Cheap(), (0.0, 0.0)),
            (check_answer.clip(0, 1), (0.0, 1.0)),
            (check_answer.when(exact_format, otherwise=-6), (-6.0, 5.0)),
            (check_answer + check_answer, (-9.0, 10.0)),
            (check_answer.scheduled(1.0, 2.0, steps=9), (-9.0, 10.0)),
            (any_of(check_answer, CheckAnswer(correct=7.0)), (-4.5, 7.0)),
            (check_answer.otherwise(CheckAnswer(correct=7.0)), (-4.5, 7.0)),
            (check_answer.named("x"), (-4.5, 5.0)),
            (CheckCode(unsupported=-6.0), (-6.0, 5.0)),
            (exact_format + Cheap(), (float("-inf"), float("inf"))),
        ],
        ids=str,
    )
    def test_of_what_is_composed(self, composed, bounds):
        assert composed.bounds == bounds

    def test_a_function_that_breaks_its_bounds_is_told_so(self):
        @reward(bounds=(0.0, 1.0))
        def loud(text):
            return 2.0

        with pytest.raises(ScoreError, match="not within"):
            loud(["x"])

    def test_of_a_composition_that_costs_as_well(self):
        judge = Costly(low=0.0, high=1.0)
        assert any_of(2 * judge, Cheap())(["a", "b"], cheap=[2.0, 1.0], costly=[1.0, 1.0]) == [2, 2]
        assert judge.asked == [["b"]]


class TestTogether:
    """What waits is asked in one go, each row once."""

    def meeting(self, name, counts, *, of=2):
        """A reward that answers only when so many calls are waiting at once."""

        @reward(name=name)
        async def meet(text):
            counts.append(name)
            for _ in range(2000):
                if len(counts) >= of:
                    return 1.0
                await asyncio.sleep(0.001)
            return None

        return meet

    def test_terms_of_a_sum_wait_at_the_same_time(self):
        counts = []
        first, second = self.meeting("first", counts), self.meeting("second", counts)
        assert (0.5 * first + second.clip(0, 1))(["x"]) == [1.5]

    def test_those_behind_others_as_well(self):
        counts = []
        first, second = self.meeting("first", counts), self.meeting("second", counts)
        total = Cheap().otherwise(first) + check_answer.otherwise(second, on="wrong")
        assert total([WRONG], cheap=[None], answer=["42"]) == [2.0]

    def test_inside_a_loop_too(self):
        counts = []
        total = self.meeting("first", counts) + self.meeting("second", counts)

        async def call():
            return total(["x"])

        assert asyncio.run(call()) == [2.0]

    def test_off_the_main_thread(self):
        counts, scores = [], []
        total = self.meeting("first", counts) + self.meeting("second", counts)
        thread = threading.Thread(target=lambda: scores.append(total(["x"])))
        thread.start()
        thread.join()
        assert scores == [[2.0]]

    @KINDS
    def test_a_row_is_asked_about_once(self, kind):
        judge = kind()
        total = judge + Cheap().otherwise(judge) + (2 * judge).when(Cheap())
        assert total(["a", "b"], cheap=[None, 1.0], costly=[3.0, 4.0]) == [6.0, 13.0]
        assert sorted(text for texts in judge.asked for text in texts) == ["a", "b"]

    @KINDS
    def test_some_rows_first_and_then_the_others(self, kind):
        judge = kind()
        batch = Batch(["a", "b", "c"], costly=[1.0, 2.0, 3.0])
        assert [outcome.score for outcome in batch.outcomes_of(judge, [1])] == [2.0]
        assert [outcome.score for outcome in batch.outcomes(judge)] == [1.0, 2.0, 3.0]
        assert judge.asked == [["b"], ["a", "c"]]

    def test_what_one_raises_is_passed_on_and_the_others_are_stopped(self):
        stopped = []

        @reward
        async def endless(text):
            try:
                await asyncio.sleep(3600)
            finally:
                stopped.append(text)

        @reward
        async def broken(text):
            raise LookupError("of a user's own")

        with pytest.raises(LookupError, match="of a user's own"):
            (endless + broken)(["x"])
        assert stopped == ["x"]


class TestLimits:
    """How many calls wait at once, how long, and how often they are made again."""

    def test_no_more_than_so_many_at_once(self):
        waiting, most = [], []

        @reward(calls=CallLimits(at_once=3))
        async def counted(text):
            waiting.append(text)
            most.append(len(waiting))
            await asyncio.sleep(0.001)
            waiting.remove(text)
            return 1.0

        assert counted([str(n) for n in range(20)]) == [1.0] * 20
        assert max(most) == 3

    def test_a_call_that_takes_too_long_has_no_opinion_and_the_others_have(self):
        @reward(calls=CallLimits(seconds=0.05, retries=0))
        async def slow(text):
            await asyncio.sleep(3600 if text == "slow" else 0)
            return 1.0

        with pytest.warns(RewardWarning, match=r"no answer within 0\.05 s"):
            assert slow(["fast", "slow", "fast"]) == [1.0, None, 1.0]

    def test_a_batch_that_takes_too_long_keeps_what_came(self):
        @reward(calls=CallLimits(seconds=None, batch_seconds=0.1))
        async def slow(text):
            await asyncio.sleep(3600 if text == "slow" else 0)
            return 1.0

        with pytest.warns(RewardWarning, match=r"the batch's 0\.1 s were over"):
            assert slow(["fast", "slow"]) == [1.0, None]

    def test_a_call_that_fails_is_made_again(self):
        tries = []

        @reward(calls=CallLimits(retries=2, backoff=0.001))
        async def flaky(text):
            tries.append(text)
            if len(tries) < 3:
                raise ConnectionError("not yet")
            return 1.0

        assert flaky(["x"]) == [1.0]
        assert tries == ["x"] * 3

    def test_what_it_raises_at_last_is_passed_on(self):
        @reward(calls=CallLimits(retries=1, backoff=0.001))
        async def broken(text):
            raise ConnectionError("never")

        with pytest.raises(ConnectionError, match="never"):
            broken(["x"])

    def test_an_error_of_its_own_that_is_a_timeout_is_not_a_deadline(self):
        @reward
        async def late(text):
            raise TimeoutError("its own")

        with pytest.raises(TimeoutError, match="its own"):
            late(["x"])

    def test_of_a_batchs_function(self):
        @as_reward
        async def plain(completions):
            return [1.0] * len(completions)

        async def slow(completions):
            await asyncio.sleep(3600)

        limited = as_reward(slow, calls=CallLimits(seconds=0.05, retries=0))
        assert plain(["x", "y"]) == [1.0, 1.0]
        with pytest.warns(RewardWarning, match="gave|given up"):
            assert limited(["x", "y"]) == [None, None]

    @pytest.mark.parametrize(
        "options",
        [
            {"at_once": 0},
            {"at_once": True},
            {"retries": -1},
            {"seconds": 0},
            {"batch_seconds": "60"},
            {"backoff": None},
            {"seconds": float("nan")},
        ],
        ids=str,
    )
    def test_limits_that_cannot_be(self, options):
        with pytest.raises(OptionError, match=next(iter(options))):
            CallLimits(**options)

    def test_limits_of_what_cannot_be_stopped(self):
        with pytest.raises(OptionError, match="no coroutine function"):

            @reward(calls=CallLimits())
            def plain(text):
                return 1.0

    @pytest.mark.parametrize("bounds", [(1.0, 0.0), (0.0,), 3, (0.0, float("nan")), [0.0, 1.0]])
    def test_bounds_that_cannot_be(self, bounds):
        with pytest.raises(OptionError, match="bounds"):
            reward(bounds=bounds)(lambda text: 1.0)


class TestAsAnyReward:
    """What asks last is a reward like any other."""

    @KINDS
    def test_it_shows_names_and_pickles(self, kind):
        for total in (
            Cheap().otherwise(kind()),
            check_answer.otherwise(kind(), on="wrong"),
            (Cheap() + Cheap()).otherwise(kind() * 2).named("total"),
        ):
            copy = pickle.loads(pickle.dumps(total))
            assert copy == total
        assert Cheap().otherwise(kind()).__name__ == f"cheap.otherwise({kind().name})"
        assert (
            check_answer.otherwise(kind(), on="wrong").__name__
            == f"check_answer.otherwise({kind().name}, on='wrong')"
        )

    def test_options_that_cannot_be(self):
        with pytest.raises(OptionError, match="write 'open' or 'wrong'"):
            check_answer.otherwise(Cheap(), on="refused")
        with pytest.raises(OptionError, match="is no reward"):
            check_answer.otherwise(lambda text: 1.0)
        with pytest.raises(OptionError, match="does not say which answers are wrong"):
            (check_answer + exact_format).otherwise(Cheap(), on="wrong")

    @KINDS
    def test_it_logs_by_the_rows_that_it_was_asked_about(self, kind):
        metrics, columns = {}, {}
        judge = CheckAnswer(name="judge")
        check_answer.otherwise(kind(), on="wrong").named("total")(
            [RIGHT, WRONG],
            answer=["42", "42"],
            costly=[9.0, 4.0],
            log_metric=lambda name, value: metrics.update({name: value}),
            log_extra=lambda name, values: columns.update({name: values}),
        )
        assert metrics[f"total/{kind().name}/score"] == 4.0
        Cheap().otherwise(judge).named("total")(
            [RIGHT, WRONG],
            cheap=[1.0, None],
            answer=["42", "42"],
            log_extra=lambda name, values: columns.update({name: values}),
        )
        assert columns["total/judge/answer"] == [None, "43"]
