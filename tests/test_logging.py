"""What rewards tell a trainer's log, and what they print."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from grpo_rewards import (
    CheckAnswer,
    Policy,
    check_answer,
    check_numbers,
    exact_format,
    math_rewards,
)

RIGHT = "6 * 7<end_working_out><SOLUTION>42</SOLUTION>"
WRONG = "6 * 7<end_working_out><SOLUTION>43</SOLUTION>"
LOOSE = "It is 42."


class Log:
    """A trainer's log, as TRL keeps it."""

    def __init__(self):
        self.columns = {}
        self.metrics = {}

    def extra(self, column, values):
        self.columns.setdefault(column, []).extend(values)

    def metric(self, name, value):
        self.metrics.setdefault(name, []).append(value)


@pytest.fixture
def log():
    return Log()


def run(reward, log, texts, golds, **state):
    return reward(texts, answer=golds, log_extra=log.extra, log_metric=log.metric, **state)


class TestLogs:
    """Columns and rates under the reward's name."""

    def test_what_was_answered_and_why_it_was_judged_so(self, log):
        run(check_answer, log, [RIGHT, WRONG, LOOSE, RIGHT], ["42", "42", "42", ""])
        assert log.columns == {
            "check_answer/answer": ["42", "43", None, "42"],
            "check_answer/verdict": ["correct", "wrong", "no answer", "no opinion"],
            "check_answer/rule": ["text", "number", None, None],
        }

    def test_rates_are_shares_of_the_batch(self, log):
        run(check_answer, log, [RIGHT, WRONG, LOOSE, RIGHT], ["42", "42", "42", ""])
        assert log.metrics == {
            "check_answer/answered": [0.75],
            "check_answer/correct": [0.25],
            "check_answer/wrong": [0.25],
            "check_answer/undecided": [0.0],
            "check_answer/no_answer": [0.25],
            "check_answer/no_opinion": [0.25],
        }

    def test_a_comparison_that_was_stopped_is_undecided_and_not_wrong(self, log, monkeypatch):
        def stopped(pairs, **limits):
            return dict.fromkeys(range(len(pairs)))

        monkeypatch.setattr("grpo_rewards.answers.symbolic.pool.attempt", stopped)
        policy = Policy(deadline=1.75)  # its own, so that no earlier result is remembered
        text = r"hm<end_working_out><SOLUTION>9^{5*10^8}</SOLUTION>"
        run(CheckAnswer(policy=policy), log, [text], ["3^{10^9}"])
        assert log.columns["check_answer/verdict"] == ["undecided"]
        assert log.metrics["check_answer/undecided"] == [1.0]
        assert log.metrics["check_answer/wrong"] == [0.0]

    def test_exact_format_logs_its_rate(self, log):
        run(exact_format, log, [RIGHT, LOOSE], ["42", "42"])
        assert log.metrics == {"exact_format/exact": [0.5]}

    @pytest.mark.parametrize(
        "reward",
        [*math_rewards(), exact_format + check_answer.when(exact_format)],
        ids=lambda reward: reward.__name__,
    )
    def test_the_keys_are_the_same_whatever_the_completions(self, reward):
        """Processes gather their logs key by key."""
        keys = set()
        for texts, gold in (([RIGHT], "42"), ([LOOSE, ""], "42"), ([WRONG], "none"), ([""], "")):
            log = Log()
            run(reward, log, texts, [gold] * len(texts))
            keys.add((tuple(log.columns), tuple(log.metrics)))
            assert all(len(values) == len(texts) for values in log.columns.values())
        assert len(keys) == 1

    def test_parts_log_under_the_name_of_the_whole(self, log):
        total = (0.5 * exact_format + check_answer.when(exact_format)).named("total")
        run(total, log, [RIGHT, WRONG], ["42", "42"])
        assert log.metrics["total/check_answer/correct"] == [0.5]
        assert log.metrics["total/check_answer/score"] == [1.25]
        assert log.metrics["total/exact_format/exact"] == [1.0]
        assert log.columns["total/check_answer/answer"] == ["42", "43"]
        assert all(key.startswith("total/") for key in (*log.metrics, *log.columns))

    def test_parts_of_one_name_log_apart(self, log):
        strict, loose = check_answer, CheckAnswer(strict=False)
        run((strict + loose).named("both"), log, [LOOSE], ["42"])
        assert set(log.metrics) >= {"both/check_answer/correct", "both/check_answer 2/correct"}

    def test_one_option_switches_it_off(self, log):
        run(CheckAnswer(log=False), log, [RIGHT], ["42"])
        run((exact_format + check_answer).unlogged(), log, [RIGHT], ["42"])
        for reward in math_rewards(log=False):
            run(reward, log, [RIGHT], ["42"])
        assert not log.columns
        assert not log.metrics

    def test_a_part_can_be_left_out(self, log):
        run(exact_format + check_answer.unlogged(), log, [RIGHT], ["42"])
        assert not log.columns
        assert any("exact_format/exact" in key for key in log.metrics)

    def test_an_empty_batch_logs_nothing(self, log):
        assert run(check_answer, log, [], []) == []
        assert not log.metrics

    def test_either_function_may_be_missing(self, log):
        check_answer([RIGHT], answer=["42"], log_metric=log.metric)
        check_numbers([RIGHT], answer=["42"], log_extra=log.extra)
        assert set(log.columns) == {f"check_numbers/{c}" for c in ("answer", "verdict", "rule")}
        assert "check_answer/correct" in log.metrics


def state(step, *, main=True):
    return SimpleNamespace(global_step=step, max_steps=100, is_world_process_zero=main)


class TestPrinted:
    """Now and then one group, best first, on standard error."""

    total = (exact_format + check_answer).named("total")
    texts = (LOOSE, RIGHT, WRONG, "of another prompt")
    prompts = (*["6 * 7?"] * 3, "7 * 8?")

    def show(self, printed, step, **options):
        return printed(
            self.texts,
            prompts=self.prompts,
            answer=["42"] * 4,
            trainer_state=state(step, **options),
        )

    def test_it_prints_one_group_with_the_best_first(self, capsys):
        self.show(self.total.printed(every=10), 20)
        out, err = capsys.readouterr()
        assert out == ""
        assert "total at step 20, 3 completions of one prompt" in err
        places = [err.index(text) for text in (RIGHT, WRONG, LOOSE)]
        assert places == sorted(places)
        assert "of another prompt" not in err
        assert "the gold is 42, the answer is 43" in err

    def test_it_prints_every_so_many_steps_and_once_a_step(self, capsys):
        printed = self.total.printed(every=10)
        for step in (0, 0, 1, 5, 10, 10, 11, 20):
            self.show(printed, step)
        err = capsys.readouterr().err
        assert [step for step in range(30) if f"at step {step}," in err] == [0, 10, 20]
        assert err.count("at step") == 3

    def test_two_of_them_do_not_count_together(self, capsys):
        self.show(self.total.printed(every=10), 0)
        self.show(self.total.printed(every=10), 0)
        assert capsys.readouterr().err.count("at step 0") == 2

    def test_only_the_main_process_prints(self, capsys):
        self.show(self.total.printed(every=1), 0, main=False)
        assert capsys.readouterr().err == ""

    def test_without_a_state_calls_are_counted(self, capsys):
        sampled = self.total.printed(every=2)
        for _ in range(3):
            sampled([RIGHT], answer=["42"])
        printed = capsys.readouterr().err
        assert [f"total in call {place}," in printed for place in (1, 2, 3)] == [True, False, True]

    def test_the_scores_stay_as_they_are(self, capsys):
        assert self.show(self.total.printed(every=1), 0) == self.total(
            self.texts, answer=["42"] * 4
        )
        together = 0 * sum(math_rewards()).printed(every=1)
        assert self.show(together, 0) == [0.0] * 4
        assert "check_numbers" in capsys.readouterr().err

    def test_long_completions_are_shown_from_their_end(self, capsys):
        self.total.printed(every=1)(["work " * 500 + RIGHT], answer=["42"], trainer_state=state(0))
        err = capsys.readouterr().err
        assert "<SOLUTION>42</SOLUTION>" in err
        assert len(err) < 1500
