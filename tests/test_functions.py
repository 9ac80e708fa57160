"""Functions as rewards: `reward` and `as_reward`."""

from __future__ import annotations

import asyncio
import functools
import importlib.util
import math
import pickle

import pytest

from grpo_rewards import (
    BOXED,
    ColumnError,
    OptionError,
    Outcome,
    ScoreError,
    as_reward,
    exact_format,
    reward,
)

TEXTS = ["brief", "x" * 50]


@reward
def is_short(response):
    return len(response.text) < 10


@reward(format=BOXED, name="boxed_right")
def right_in_a_box(response, *, target):
    if response.answer is None:
        return None
    return Outcome(2.0 if response.answer == target else 0.0, f"the target is {target}")


@reward
async def slowly(text, *, weight=1.0):
    await asyncio.sleep(0)
    return weight * len(text)


def lengths(completions, **kwargs):
    return [len(completion) for completion in completions]


async def lengths_in_time(completions, **kwargs):
    await asyncio.sleep(0)
    return [len(completion) for completion in completions]


class Judge:
    """A callable object without a name."""

    def __call__(self, completions):
        return [1] * len(completions)


class TestOneCompletion:
    """`reward`: a function of one completion."""

    def test_a_truth_value_is_a_score(self):
        assert is_short(TEXTS) == [1.0, 0.0]

    def test_it_gets_the_columns_that_it_names(self):
        texts = [r"\boxed{4}", r"\boxed{5}", "6"]
        assert right_in_a_box(texts, target=["4", "4", "6"], other=[1, 2, 3]) == [2.0, 0.0, None]

    def test_it_gets_what_the_trainer_brings(self):
        seen = []

        @reward
        def spy(text, completion, prompt, completion_ids, *, trainer_state, environment):
            seen.append((text, completion, prompt, completion_ids, trainer_state, environment))
            return 0.0

        message = [{"role": "assistant", "content": "hello"}]
        spy(
            [message],
            prompts=["say hello"],
            completion_ids=[[1, 2]],
            trainer_state="state",
            environments=["world"],
        )
        assert seen == [("hello", message, "say hello", [1, 2], "state", "world")]

    def test_it_may_take_every_column(self):
        @reward
        def spy(text, **columns):
            return columns["a"] + columns["b"]

        assert spy(["x"], a=[1], b=[2]) == [3.0]

    def test_an_outcome_is_taken_as_it_is(self):
        outcome = right_in_a_box.explain(r"\boxed{4}", target="4")
        assert outcome == Outcome(2.0, "the target is 4")

    def test_a_column_that_it_does_not_take_may_have_any_shape(self):
        assert is_short(["brief"], other=3) == [1.0]

    def test_coroutines_run_side_by_side(self):
        running = []

        @reward
        async def together(text):
            running.append(text)
            await asyncio.sleep(0.01)
            return len(running)

        assert together(["a", "b", "c"]) == [3.0, 3.0, 3.0]

    def test_coroutines_run_inside_a_loop_too(self):
        async def main():
            return slowly(["four"], weight=[0.5])

        assert asyncio.run(main()) == [2.0]

    def test_what_it_raises_is_passed_on(self):
        @reward
        def broken(text):
            raise KeyError(text)

        with pytest.raises(KeyError, match="oops"):
            broken(["oops"])

    def test_names(self):
        assert is_short.__name__ == repr(is_short) == "is_short"
        assert right_in_a_box.__name__ == "boxed_right"

    @pytest.mark.parametrize("each", [is_short, right_in_a_box, 2 * is_short + exact_format])
    def test_a_pickled_copy_is_the_same(self, each):
        assert pickle.loads(pickle.dumps(each)) == each

    def test_composes(self):
        assert (exact_format + 2 * is_short)(["brief"]) == [2.0]


class TestBatches:
    """`as_reward`: a function of a batch, as TRL takes it."""

    @pytest.mark.parametrize("function", [lengths, lengths_in_time])
    def test_it_judges_a_batch(self, function):
        wrapped = as_reward(function)
        assert wrapped(completions=TEXTS, prompts=["p"] * 2) == [5.0, 50.0]
        assert wrapped.__name__ == function.__name__
        assert pickle.loads(pickle.dumps(wrapped)) == wrapped
        assert (wrapped / 50).clip(high=1)(TEXTS) == [0.1, 1.0]

    def test_it_gets_only_what_it_takes(self):
        def strict(completions, target):
            return [float(value) for value in target]

        assert as_reward(strict)(["a"], target=["3"], other=[1], prompts=["p"]) == [3.0]

    def test_objects_and_partials_have_a_name(self):
        assert as_reward(Judge()).__name__ == "Judge"
        assert as_reward(functools.partial(lengths)).__name__ == "lengths"
        assert as_reward(lengths, name="mine").__name__ == "mine"

    def test_none_is_no_opinion(self):
        silent = as_reward(lambda completions: [None] * len(completions), name="silent")
        assert silent(["a"]) == [None]
        assert silent.explain("a").reason == "silent has no opinion"

    def test_arrays_are_lists_of_scores(self):
        numpy = pytest.importorskip("numpy")
        wrapped = as_reward(lambda completions: numpy.ones(len(completions)), name="ones")
        assert wrapped(["a", "b"]) == [1.0, 1.0]

    @pytest.mark.parametrize(
        ("shape", "seen"),
        [
            ("given", "plain"),
            ("text", "plain"),
            ("messages", [{"role": "assistant", "content": "plain"}]),
        ],
    )
    def test_completions_in_the_shape_that_it_takes(self, shape, seen):
        got = []

        def spy(completions):
            got.extend(completions)
            return [0.0]

        as_reward(spy, shape=shape)(["plain"])
        assert got == [seen]

    def test_logging_functions_reach_it_unless_switched_off(self):
        logged = []

        def talkative(completions, log_metric=None):
            if log_metric:
                log_metric("seen", len(completions))
            return [0.0]

        def log_metric(name, value):
            logged.append((name, value))

        as_reward(talkative)(["a"], log_metric=log_metric)
        as_reward(talkative, log=False)(["a"], log_metric=log_metric)
        assert logged == [("seen", 1)]

    @pytest.mark.train
    @pytest.mark.skipif(importlib.util.find_spec("trl") is None, reason="TRL is not installed")
    def test_trls_own_rewards(self):
        from trl.rewards import get_soft_overlong_punishment, think_format_reward

        layout = as_reward(think_format_reward, shape="messages")
        assert layout(["<think>a</think>b", "b"]) == [1.0, 0.0]
        overlong = as_reward(get_soft_overlong_punishment(10, 4))
        assert overlong(["a"], completion_ids=[[0] * 8]) == [-0.5]
        assert (layout + overlong)(["b"], completion_ids=[[0] * 11]) == [-1.0]


class TestWrongUse:
    """The error names the function."""

    @pytest.mark.parametrize(
        ("function", "found"),
        [
            (lambda: 1.0, "takes no arguments"),
            (lambda *texts: 1.0, "takes 'texts' by its place"),
            (lambda text, /: 1.0, "takes 'text' by its place"),
            (3, "3 is no function"),
        ],
    )
    @pytest.mark.parametrize("make", [reward, as_reward])
    def test_what_cannot_be_called_by_name(self, make, function, found):
        with pytest.raises(OptionError, match=found):
            make(function)

    @pytest.mark.parametrize(
        "value",
        [math.nan, math.inf, -math.inf, "good", "1.0", [1.0], {}, 1j, object(), 10**400, 10**5_000],
        ids=type,
    )
    def test_what_is_no_score(self, value):
        with pytest.raises(ScoreError, match="the function judge returned"):
            reward(name="judge")(lambda text: value)(["a"])
        with pytest.raises(ScoreError, match="the function judge returned"):
            as_reward(lambda completions: [value], name="judge")(["a"])
        with pytest.raises(ScoreError, match="the function judge returned"):
            as_reward(lambda completions: value, name="judge")(["a", "b"])

    @pytest.mark.parametrize("scores", [[], [1.0, 2.0], 1.0, None, "x"])
    def test_not_one_score_a_completion(self, scores):
        with pytest.raises(ScoreError, match="the function judge returned"):
            as_reward(lambda completions: scores, name="judge")(["a"])

    def test_a_column_that_is_not_there(self):
        with pytest.raises(ColumnError, match=r"boxed_right takes 'target'.*'answer'"):
            right_in_a_box([r"\boxed{4}"], answer=["4"])
        with pytest.raises(ColumnError, match="judge takes 'target'"):
            as_reward(lambda completions, target: target, name="judge")(["a"], answer=["4"])

    @pytest.mark.parametrize("options", [{"shape": "chat"}, {"name": ""}, {"log": "no"}])
    def test_options_that_cannot_be(self, options):
        with pytest.raises(OptionError, match=next(iter(options))):
            as_reward(lengths, **options)
