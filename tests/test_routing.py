"""Mixed data: each row is judged by the reward of its task, sees no other, and is logged so."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grpo_rewards import (
    CheckAnswer,
    ColumnError,
    OptionError,
    RewardWarning,
    as_reward,
    by_column,
    check_answer,
    check_choice,
    exact_format,
)
from grpo_rewards.testing import assert_reward_contract


def laid_out(answer):
    return f"So it is.<end_working_out><SOLUTION>{answer}</SOLUTION>"


mixed = by_column("task", {"math": check_answer, "quiz": check_choice, "layout": exact_format})
ROWS = [
    (laid_out("42"), "math", "42", None, 5.0),
    (laid_out("43"), "math", "42", None, -2.5),
    (laid_out("B"), "quiz", "B", ["Rome", "Paris"], 5.0),
    (laid_out("Rome"), "quiz", "B", ["Rome", "Paris"], -2.5),
    (laid_out("?"), "layout", None, None, 3.0),
    (laid_out("42"), None, "42", None, None),
    (laid_out("42"), "poetry", "42", None, None),
]


def scored(rows):
    texts, tasks, golds, options, _ = zip(*rows, strict=True)
    return mixed(list(texts), task=list(tasks), answer=list(golds), options=list(options))


class TestRouting:
    @pytest.mark.filterwarnings("ignore::grpo_rewards.RewardWarning")
    @given(st.lists(st.sampled_from(ROWS), min_size=1, max_size=12))
    def test_a_row_scores_as_its_own_reward_alone_says(self, rows):
        assert scored(rows) == [row[-1] for row in rows]

    def test_a_part_is_asked_about_its_own_rows_only(self):
        seen = []

        def judge(completions, secret):
            seen.extend(secret)
            return [1.0] * len(completions)

        reward = by_column("task", {"mine": as_reward(judge), "math": check_answer})
        texts = [laid_out("42")] * 3
        scores = reward(
            texts, task=["math", "mine", "math"], secret=[None, "s", None], answer=["42"] * 3
        )
        assert (scores, seen) == ([5.0, 1.0, 5.0], ["s"])

    def test_the_same_reward_elsewhere_judges_every_row(self):
        both = check_answer + by_column("task", {"math": check_answer, "none": None})
        texts = [laid_out("42")] * 2
        assert both(texts, task=["math", "none"], answer=["42"] * 2) == [10.0, 5.0]

    def test_a_path_and_an_array_name_tasks(self):
        by_path = by_column("extra_info.task", {"math": check_answer})
        assert by_path([laid_out("42")], extra_info=[{"task": "math"}], answer=["42"]) == [5.0]
        by_array = by_column("task", {"1": check_answer})
        assert by_array([laid_out("42")], task=np.array([1]), answer=["42"]) == [5.0]

    def test_it_explains_the_part_that_judged(self):
        outcome = mixed.explain(laid_out("43"), task="math", answer="42")
        assert outcome.parts["check_answer"].score == outcome.score == -2.5
        assert outcome.details["task"] == "math"

    def test_it_keeps_the_contract(self):
        assert_reward_contract(mixed, answer=["42", "43"], task=["math", "layout"])

    def test_it_pickles_and_prints_as_written(self):
        assert pickle.loads(pickle.dumps(mixed)) == mixed
        names = {"by_column": by_column, "check_answer": check_answer}
        names |= {"check_choice": check_choice, "exact_format": exact_format}
        assert eval(repr(mixed), names) == mixed  # noqa: S307 (our own text)


class TestLogs:
    def test_a_part_is_logged_over_its_own_rows(self):
        metrics, extras = {}, {}
        mixed.named("mixed")(
            [laid_out("42"), laid_out("43"), laid_out("?")],
            task=["math", "math", "layout"],
            answer=["42", "42", None],
            options=[None] * 3,
            log_metric=metrics.__setitem__,
            log_extra=extras.__setitem__,
        )
        (score,) = [value for name, value in metrics.items() if name.endswith("check_answer/score")]
        assert score == pytest.approx(1.25)
        assert not any(name.endswith("/check_choice/score") for name in metrics)
        (verdicts,) = [
            values for name, values in extras.items() if name.endswith("check_answer/verdict")
        ]
        assert verdicts == ["correct", "wrong", None]

    def test_what_a_part_has_to_say_is_said(self):
        """A part's notices (here: that nobody answers) come through."""
        texts = ["no answer at all"] * 64
        with pytest.warns(RewardWarning, match="found no answer in any of the last 64"):
            mixed(texts, task=["math"] * 64, answer=["42"] * 64, prompts=["?"] * 64)


class TestWrongUse:
    def test_a_misspelt_task_raises(self):
        with pytest.raises(ColumnError, match="did you mean 'quiz'"):
            mixed([laid_out("B")], task=["quizz"], answer=["B"], options=[["a", "b"]])

    def test_an_unknown_task_is_said_once(self):
        with pytest.warns(RewardWarning, match="'poetry', of which no reward is named"):
            assert mixed([laid_out("42")], task=["poetry"], answer=["42"]) == [None]

    def test_a_task_of_no_reward_is_silent(self):
        reward = by_column("task", {"math": check_answer, "maths": None})
        assert reward([laid_out("42")], task=["maths"], answer=["42"]) == [None]

    def test_there_is_no_such_column(self):
        with pytest.raises(ColumnError, match="there is no column 'task'"):
            mixed([laid_out("42")], answer=["42"])

    @pytest.mark.parametrize(
        ("column", "rewards", "said"),
        [
            ("task", {}, "no rewards"),
            ("task", {"math": None}, "no reward for any task"),
            ("task", {"math": CheckAnswer}, "make a reward of it"),
            ("task", {"math": len}, "as_reward"),
            ("task", [check_answer], "write a dict"),
            ("", {"math": check_answer}, "column"),
            ("task", {1: check_answer}, "task"),
        ],
    )
    def test_options_that_cannot_be(self, column, rewards, said):
        with pytest.raises(OptionError, match=said):
            by_column(column, rewards)
