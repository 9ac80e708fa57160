"""math-verify as a second engine: its own verdicts, within our deadline and memory cap."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from grpo_rewards import (
    BOXED,
    FREEFORM,
    THINK_BOXED,
    CheckAnswer,
    OptionError,
    Policy,
    check_answer,
)
from grpo_rewards.answers.second.engines import ENGINES, verify_many
from grpo_rewards.answers.symbolic import pool

math_verify = pytest.importorskip("math_verify")

PAIRS = [
    ("1/2", "0.5"),
    (r"\frac{1}{2}", "2"),
    ("42", "42"),
    ("42", "43"),
    ("x+1", "1+x"),
    ("(1,2)", "(1,3)"),
    (r"\{1,2\}", r"\{2,1\}"),
    ("x=5", "5"),
    (r"2\sqrt{3}", r"\sqrt{12}"),
    ("Paris", "London"),
    ("50%", "0.5"),
    ("1,234", "1234"),
]
SHORT = Policy(deadline=0.5)


def answered(text):
    return rf"So it is \boxed{{{text}}}."


class TestVerdicts:
    def test_they_are_its_own(self):
        """Called here as its documentation calls it, in the main thread."""
        expected = []
        for gold, text in PAIRS:
            parsed = [math_verify.parse(rf"\boxed{{{each}}}") for each in (gold, text)]
            expected.append(bool(parsed[0]) and math_verify.verify(*parsed))
        said = verify_many(
            *zip(*PAIRS, strict=True), engine="math-verify", policy=Policy(deadline=30)
        )
        assert [bool(each) and each not in ("no gold", "no answer") for each in said] == expected
        assert len(set(expected)) == 2

    def test_as_trl_has_them(self):
        rewards = pytest.importorskip("trl.rewards")
        golds = [f"${gold}$" for gold, _ in PAIRS] + ["no formula", "$1$", "$1$"]
        texts = [answered(text) for _, text in PAIRS] + [answered("1"), "it is one", "It is $1$"]
        messages = [[{"role": "assistant", "content": text}] for text in texts]
        theirs = rewards.accuracy_reward(messages, golds)
        ours = CheckAnswer(
            format=BOXED,
            engine="math-verify-trl",
            correct=1.0,
            wrong=0.0,
            missing=-1.0,
            policy=Policy(deadline=30),
        )
        scores = ours(texts, answer=golds)
        assert [score if score is None else max(score, 0.0) for score in scores] == theirs
        assert None in theirs

    def test_by_lightevals_configuration_any_formula_of_the_response_is_tried(self):
        ours = CheckAnswer(
            format=FREEFORM, engine="math-verify-lighteval", policy=Policy(deadline=30)
        )
        assert ours(["The answer is $42$.", "The answer is 42", "nothing"], answer=["42"] * 3) == [
            5.0,
            5.0,
            -4.5,
        ]

    def test_the_layout_finds_the_answer_that_it_is_asked_about(self):
        ours = CheckAnswer(format=THINK_BOXED, engine="math-verify", policy=Policy(deadline=30))
        texts = [r"\boxed{1}</think>\boxed{42}", r"\boxed{42}", r"t</think>maybe \boxed{42}"]
        outcomes = [ours.explain(text, answer="42") for text in texts]
        assert [each.score for each in outcomes] == [5.0, -4.5, -4.5]
        assert outcomes[0].details == {
            "answer": "42",
            "gold": "42",
            "verdict": "correct",
            "rule": "math-verify",
        }

    def test_of_several_golds_any_and_without_one_no_opinion(self):
        ours = CheckAnswer(format=BOXED, engine="math-verify", policy=Policy(deadline=30))
        assert ours([answered("2")] * 3, answer=[["1", "2"], None, ""]) == [5.0, None, None]

    def test_ours_is_asked_nothing_else(self):
        assert CheckAnswer(engine="grpo-rewards") == check_answer


class TestWorkers:
    @pytest.mark.parametrize(
        "text", ["9^{9^{9^9}}", "9**9**9**9", r"\binom{10^9}{5\cdot 10^8}", "(x+1)^{20000}"]
    )
    def test_what_hangs_it_costs_its_deadline_and_no_other_pair(self, text):
        ours = CheckAnswer(format=BOXED, engine="math-verify", policy=SHORT)
        texts = [answered(text), answered("42"), answered(text), answered("41")]
        scores = ours(texts, answer=["y", "42", "7", "42"])
        assert scores == [-2.5, 5.0, -2.5, -2.5]

    def test_off_the_main_thread(self):
        found = []
        ours = CheckAnswer(format=BOXED, engine="math-verify", policy=Policy(deadline=30))
        thread = threading.Thread(
            target=lambda: found.extend(ours([answered("0.5")], answer=["1/2"]))
        )
        thread.start()
        thread.join()
        assert found == [5.0]

    def test_this_process_never_imports_it(self):
        code = (
            "import sys\n"
            "from grpo_rewards import BOXED, CheckAnswer\n"
            "CheckAnswer(format=BOXED, engine='math-verify')([r'\\boxed{1}'], answer=['1'])\n"
            "print([name for name in ('math_verify', 'sympy') if name in sys.modules])"
        )
        run = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        assert run.stdout.strip() == "[]"
        assert run.stderr == ""

    def test_no_worker_outlives_its_process(self):
        code = (
            "from grpo_rewards import BOXED, CheckAnswer\n"
            "from grpo_rewards.answers.symbolic import pool\n"
            "CheckAnswer(format=BOXED, engine='math-verify')([r'\\boxed{1}'], answer=['2'])\n"
            "print(*[each.process.pid for each in pool._second_pool.workers if each.process])"
        )
        run = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        pids = list(map(int, run.stdout.split()))
        assert pids
        for pid in pids:
            with pytest.raises(ProcessLookupError):
                os.kill(pid, 0)

    def test_each_engine_has_workers_of_its_own(self):
        assert pool._pool.rule != pool._second_pool.rule


class TestOptions:
    @pytest.mark.parametrize(
        ("engine", "said"),
        [("math_verify", "write math-verify"), ("sympy", "write one of"), (None, "write one of")],
    )
    def test_an_engine_that_there_is_not(self, engine, said):
        with pytest.raises(OptionError, match=said):
            CheckAnswer(engine=engine)

    @pytest.mark.parametrize("engine", [each for each in ENGINES if each != "grpo-rewards"])
    def test_a_policy_that_it_cannot_follow(self, engine):
        assert CheckAnswer(engine=engine, policy=Policy(deadline=1, memory=512))
        with pytest.raises(OptionError, match="only deadline and memory"):
            CheckAnswer(engine=engine, policy=Policy(relative_tolerance=0.1))
