"""The reward for code: what a program earns by its tests, and where there is no opinion."""

from __future__ import annotations

import json
import math
import pickle
import random
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import pytest
from hypothesis import given
from hypothesis import strategies as st

from code_cases import BAD, GOOD, HALF, TESTS, Counting, fenced, remainder, two_numbers
from grpo_rewards import OptionError
from grpo_rewards.rewards.code import CheckCode, check_code
from grpo_rewards.sandboxes import (
    AutoSandbox,
    FallbackSandbox,
    MontySandbox,
    Reply,
    Result,
    SandboxWarning,
    automatic,
)
from grpo_rewards.testing import assert_reward_contract
from sandboxed import jail, jails

pytest.importorskip("pydantic_monty", reason="pydantic-monty is not installed")


class TestScores:
    """What each finding pays."""

    @pytest.mark.parametrize(
        ("response", "score", "verdict"),
        [
            pytest.param(fenced(GOOD), 5.0, "correct", id="every test passes"),
            pytest.param(fenced(HALF), 2.5, "wrong", id="half of the tests pass"),
            pytest.param(fenced(BAD), -2.5, "wrong", id="none passes"),
            pytest.param(fenced("def double(x:"), -2.5, "wrong", id="no Python in a block"),
            pytest.param(fenced("def triple(x): return x"), -2.5, "wrong", id="another function"),
            pytest.param(fenced("while True: pass"), -2.5, "wrong", id="without end"),
            pytest.param(GOOD, 5.0, "correct", id="no block, all program"),
            pytest.param("I cannot do that.", -4.5, "no answer", id="no program"),
            pytest.param("", -4.5, "no answer", id="nothing"),
            pytest.param(fenced("  \n"), -4.5, "no answer", id="an empty block"),
            pytest.param(fenced("int f();", "cpp"), -4.5, "no answer", id="another language"),
        ],
    )
    def test_tiers(self, response, score, verdict):
        reward = CheckCode(sandbox=MontySandbox(seconds=0.5))
        outcome = reward.explain(response, tests=TESTS)
        assert (outcome.score, outcome.details["verdict"]) == (score, verdict)
        assert outcome.reason

    def test_all_or_nothing(self):
        reward = CheckCode(all_or_nothing=True, correct=1.0, wrong=0.0, missing=-1.0)
        assert reward([fenced(GOOD), fenced(HALF), "?"], tests=[TESTS] * 3) == [1.0, 0.0, -1.0]

    @pytest.mark.parametrize("tests", [None, [], "", math.nan, [""]])
    def test_a_row_without_tests_has_no_opinion(self, tests):
        assert check_code([fenced(GOOD), "?"], tests=[tests, tests]) == [None, None]

    def test_the_reason_names_the_first_test_that_fails(self):
        outcome = check_code.explain(fenced(HALF), tests=TESTS)
        assert outcome.reason == (
            "1 of 2 tests pass; test 2 of 2: double('a') returned None, expected 'aa'"
        )
        assert (outcome.details["passed"], outcome.details["total"]) == (1, 2)
        assert outcome.details["answer"].strip() == HALF.strip()
        json.dumps(outcome.details)

    def test_what_raised_is_in_the_reason(self):
        outcome = check_code.explain(fenced("def double(x): return 1 / 0"), tests=TESTS)
        assert "double(2) raised ZeroDivisionError: division by zero" in outcome.reason
        outcome = check_code.explain(fenced("1 / 0"), tests=TESTS)
        assert "the program ended with ZeroDivisionError" in outcome.reason

    def test_rates_are_logged(self):
        rates = {}
        texts = [fenced(GOOD), fenced(HALF), "?", fenced(BAD)]
        check_code(texts, tests=[TESTS] * 4, log_metric=rates.__setitem__)
        assert rates["check_code/passed"] == pytest.approx(1.5 / 4)
        assert rates["check_code/correct"] == pytest.approx(1 / 4)
        assert rates["check_code/no_answer"] == pytest.approx(1 / 4)


class TestProgramsThatEnd:
    """What is no program of Python is wrong, and so is one that does not come to its end."""

    @pytest.mark.parametrize(
        "more",
        [
            "return 1",
            "if True:\n    return",
            "await double(1)",
            "yield 1",
            "break",
            "continue",
            "nonlocal x",
            "def g():\n    from math import *",
            "def g(x, x): pass",
            "def g():\n    x = 1\n    global x",
            "async def g():\n    yield from []",
            "class A:\n    return 1",
            "__debug__ = 1",
        ],
    )
    @pytest.mark.parametrize("allow_errors", [False, True])
    def test_what_does_not_compile(self, more, allow_errors):
        reward = CheckCode(allow_errors=allow_errors)
        outcome = reward.explain(fenced(f"{GOOD}\n{more}\n"), tests=TESTS)
        assert outcome.score == reward.wrong
        assert "SyntaxError" in outcome.reason

    @pytest.mark.parametrize("program", ["print(1)\nreturn", "x = 1\nawait x"])
    def test_a_script_that_does_not_compile(self, program):
        tests = [{"input": "", "output": "1\n"}]
        assert check_code([fenced(program)], tests=[tests]) == [-2.5]

    @pytest.mark.parametrize(
        "more",
        [
            "import a_package_that_nobody_has",
            "double(2) == 5 or 1 / 0",
            "assert double(2) == 5",
            "print(int(input()))",
            "main()",
            "raise SystemExit(3)",
        ],
    )
    def test_an_error_after_the_function(self, more):
        program = fenced(f"{GOOD}\n{more}\n")
        outcome = check_code.explain(program, tests=TESTS)
        assert outcome.score == check_code.wrong
        assert "the program ended with" in outcome.reason
        assert CheckCode(allow_errors=True)([program], tests=[TESTS]) == [5.0]

    @pytest.mark.parametrize("more", ["print(double(3))", "import sys\nsys.exit()", "exit(0)", ""])
    def test_an_end_without_an_error(self, more):
        assert check_code([fenced(f"{GOOD}\n{more}\n")], tests=[TESTS]) == [5.0]

    def test_a_wrong_option(self):
        with pytest.raises(OptionError, match="allow_errors"):
            CheckCode(allow_errors="yes")


class TestPackages:
    """A package that no sandbox has is not the program's mistake; one that nobody has is."""

    PROGRAM = "import {0}\ndef double(x): return x * 2"

    @pytest.mark.filterwarnings("ignore::grpo_rewards.sandboxes.SandboxWarning")
    @pytest.mark.parametrize("package", ["numpy", "pandas as pd", "sortedcontainers"])
    def test_it_has_no_opinion(self, package):
        text = fenced(self.PROGRAM.format(package))
        inside = fenced(f"def double(x):\n    import {package}\n    return x * 2")
        for sandbox in (MontySandbox(), *jails()):
            reward = CheckCode(sandbox=sandbox)
            assert reward([text, inside], tests=[TESTS] * 2) == [None, None]

    def test_what_nobody_has_is_wrong(self):
        text = fenced(self.PROGRAM.format("nopkg"))
        forged = fenced("raise ModuleNotFoundError(\"No module named 'numpy'\")")
        for sandbox in (MontySandbox(), *jails()):
            assert CheckCode(sandbox=sandbox)([text, forged], tests=[TESTS] * 2) == [-2.5, -2.5]

    def test_the_second_sandbox_is_asked(self):
        has = Result(status="ran", replies=(Reply(value=4), Reply(value="aa")))
        second = Counting(has, asked=[])
        reward = CheckCode(sandbox=FallbackSandbox(first=MontySandbox(), second=second))
        assert reward([fenced(self.PROGRAM.format("numpy"))], tests=[TESTS]) == [5.0]
        assert len(second.asked) == 1


class TestTheDefaultSandbox:
    """It is chosen by what there is: Monty for what it can judge, a jail for the rest."""

    def test_what_needs_all_of_python(self):
        if not jails():
            pytest.skip("no jail here")
        program = "class A(dict): pass\ndef double(x): return x * 2 if A() is not None else 0"
        assert check_code([fenced(program)], tests=[TESTS]) == [5.0]

    def test_without_a_jail_it_is_monty(self, monkeypatch):
        def refuse(**options):
            raise OptionError("no jail")

        monkeypatch.setattr(automatic, "JailSandbox", refuse)
        assert AutoSandbox(seconds=0.123).chosen() == MontySandbox(seconds=0.123)

    def test_it_is_pickled_and_shown(self):
        sandbox = AutoSandbox(seconds=2.0, workers=1)
        assert pickle.loads(pickle.dumps(sandbox)) == sandbox
        assert repr(sandbox) == "AutoSandbox(seconds=2.0, workers=1)"
        with pytest.raises(OptionError, match="seconds"):
            AutoSandbox(seconds=0)


class TestSeconds:
    """A limit of seconds is a test's, and all tests of a row have four times as much."""

    SLOW = "import time\ndef double(x):\n    time.sleep(0.3)\n    return x * 2"

    def test_it_is_a_test_s(self):
        tests = ["assert double(1) == 2", "assert double(2) == 4", "assert double(3) == 6"]
        for sandbox in (MontySandbox(seconds=0.7), *jails(seconds=0.7)):
            assert CheckCode(sandbox=sandbox)([self.SLOW], tests=[tests]) == [5.0]

    def test_a_row_has_a_limit(self):
        tests = [f"assert double({number}) == {2 * number}" for number in range(16)]
        for sandbox in (MontySandbox(seconds=0.5), *jails(seconds=0.5)):
            outcome = CheckCode(sandbox=sandbox).explain(self.SLOW, tests=tests)
            assert 0 < outcome.details["passed"] < 10
            assert "in all" in outcome.reason or "sleep limit" in outcome.reason

    def test_so_have_the_tests_of_a_script(self):
        tests = [{"input": str(number), "output": ""} for number in range(40)]
        sandbox = MontySandbox(seconds=0.1, workers=1)
        outcome = CheckCode(sandbox=sandbox).explain("while True: pass", tests=tests)
        assert outcome.score == -2.5


class TestNoOpinion:
    """A sandbox that fails costs nothing, pays nothing, and is heard."""

    @pytest.mark.parametrize("status", ["failed", "unsupported"])
    def test_it_warns_and_has_none(self, status):
        reward = CheckCode(sandbox=Counting(Result(status=status, reason="the reason")))
        with pytest.warns(SandboxWarning, match="the reason"):
            outcome = reward.explain(fenced(GOOD), tests=TESTS)
        assert outcome.score is None
        assert outcome.details["verdict"] == "no opinion"
        assert "the reason" in outcome.reason

    def test_what_monty_does_not_know(self):
        reward = CheckCode(sandbox=MontySandbox())
        with pytest.warns(SandboxWarning, match="inheritance"):
            scores = reward(
                [fenced("class A(set):\n    pass\ndouble = A"), fenced(GOOD)],
                tests=[TESTS, TESTS],
            )
        assert scores == [None, 5.0]

    @pytest.mark.filterwarnings("error::grpo_rewards.sandboxes.SandboxWarning")
    def test_it_can_be_worth_what_is_wrong(self):
        """Which is what keeps a model from learning to write such programs."""
        reward = CheckCode(unsupported=-2.5, sandbox=MontySandbox())
        program = "class A(set):\n    def g(self): pass\ndef double(x): return A()"
        outcome = reward.explain(fenced(program), tests=TESTS)
        assert (outcome.score, outcome.details["verdict"]) == (-2.5, "no opinion")
        doubted = (
            "class A:\n    def __ne__(self, other): return False\n"
            "def double(x): return (not A() != A())"
        )
        texts = [fenced(doubted), fenced(doubted + " * x * 2 if x != 'a' else 'aa'"), fenced(GOOD)]
        assert reward(texts, tests=[TESTS] * 3) == [-2.5, -2.5, 5.0]

    def test_a_sandbox_that_fails_is_no_program_s_fault(self):
        reward = CheckCode(
            unsupported=-2.5, sandbox=Counting(Result(status="failed", reason="broken"))
        )
        with pytest.warns(SandboxWarning, match="broken"):
            assert reward([fenced(GOOD)], tests=[TESTS]) == [None]

    def test_one_warning_for_each_reason(self):
        reward = CheckCode(sandbox=Counting(Result(status="failed", reason="broken")))
        with pytest.warns(SandboxWarning) as heard:
            reward([fenced(GOOD), fenced(BAD)], tests=[TESTS, TESTS])
        assert len(heard) == 1

    def test_a_batch_that_is_out_of_time(self):
        reward = CheckCode(deadline=0.001)
        with pytest.warns(SandboxWarning, match="deadline"):
            scores = reward([fenced(GOOD + "#" * n) for n in range(30)], tests=[TESTS] * 30)
        assert None in scores

    def test_a_sandbox_that_loses_results(self):
        class Losing:
            def run(self, jobs, *, deadline):
                return []

        with pytest.raises(OptionError, match="0 results for 1 jobs"):
            CheckCode(sandbox=Losing())([fenced(GOOD)], tests=[TESTS])


class TestBatches:
    """Identical programs run once, in one call of the sandbox."""

    def test_each_program_runs_once(self):
        asked = []
        replies = (Reply(value=4), Reply(value="aa"))
        reward = CheckCode(sandbox=Counting(Result(status="ran", replies=replies), asked))
        texts = [fenced(GOOD), fenced(GOOD) + " Bye.", fenced(BAD), "?"]
        reward(texts, tests=[TESTS] * 4)
        ((jobs, deadline),) = asked
        assert [job.program.strip() for job in jobs] == [GOOD.strip(), BAD.strip(), "?"]
        assert deadline == 60.0

    def test_an_empty_batch_asks_nothing(self):
        asked = []
        reward = CheckCode(sandbox=Counting(Result(status="ran"), asked))
        assert reward([], tests=[]) == []
        assert asked == []

    def test_no_expected_value_is_sent(self):
        asked = []
        reward = CheckCode(sandbox=Counting(Result(status="failed", reason="x"), asked))
        rows = [
            ["assert f(2) == 481516"],
            "def check(candidate):\n    assert abs(candidate(2) - 481516) < 1",
            [{"input": [2], "output": 481516}],
        ]
        script = [{"input": "2", "output": "481516"}]
        with pytest.warns(SandboxWarning):
            reward([fenced("x = 1")] * 4, tests=[*rows, script], entry_point=["f"] * 3 + [None])
        assert "481516" not in repr(asked)


class TestOptions:
    """What cannot work raises at once."""

    @pytest.mark.parametrize(
        ("options", "found"),
        [
            ({"tests": ""}, "tests=''"),
            ({"function": ""}, "function=''"),
            ({"all_or_nothing": 1}, "all_or_nothing=1"),
            ({"wrong": 0.5}, "wrong <= 0 < correct"),
            ({"correct": -1, "wrong": -2}, "wrong <= 0 < correct"),
            ({"correct": -3}, "correct=-3"),
            ({"unsupported": 5.0}, "unsupported=5.0"),
            ({"unsupported": "wrong"}, "unsupported='wrong'"),
            ({"unsupported": math.nan}, "unsupported=nan"),
            ({"tolerance": -1}, "tolerance=-1"),
            ({"tolerance": math.nan}, "tolerance=nan"),
            ({"deadline": 0}, "deadline=0"),
            ({"sandbox": None}, "sandbox=None"),
            ({"sandbox": MontySandbox}, "sandbox=<class"),
            ({"reference": remainder}, "write both"),
            ({"inputs": two_numbers}, "write both"),
            ({"reference": 3, "inputs": two_numbers}, "reference=3"),
            ({"reference": lambda a: a, "inputs": two_numbers}, "reference=<function"),
            ({"reference": remainder, "inputs": (1, 2)}, r"inputs=\(1, 2\)"),
            ({"reference": remainder, "inputs": two_numbers, "cases": 0}, "cases=0"),
            ({"format": "xml"}, "format='xml'"),
        ],
    )
    def test_options(self, options, found):
        with pytest.raises(OptionError, match=found):
            CheckCode(**options)


class TestContract:
    """It is a reward like the others."""

    def test_every_clause(self):
        assert_reward_contract(
            check_code,
            completions=[fenced(GOOD), fenced(BAD)],
            tests=[TESTS, TESTS],
        )

    def test_every_clause_with_a_jail(self):
        assert_reward_contract(
            CheckCode(sandbox=jail(seconds=1.0, memory=128, workers=2), name="jailed"),
            completions=[fenced(GOOD), fenced(BAD)],
            tests=[TESTS, TESTS],
        )

    def test_its_repr_rebuilds_it(self):
        names = {"CheckCode": CheckCode, "MontySandbox": MontySandbox, "check_code": check_code}
        for reward in (check_code, CheckCode(sandbox=MontySandbox(seconds=2.0), name="mine")):
            assert eval(repr(reward), names) == reward  # noqa: S307 (our own)
            assert pickle.loads(pickle.dumps(reward)) == reward
            assert hash(pickle.loads(pickle.dumps(reward))) == hash(reward)
        assert check_code.__name__ == "check_code"

    def test_a_jail_in_threads_and_in_a_spawned_process(self):
        reward = CheckCode(sandbox=jail(seconds=1.0, memory=128, workers=2), name="jailed")
        texts, tests = [fenced(GOOD), fenced(BAD)], [TESTS, TESTS]
        assert reward(texts, tests=tests) == [5.0, -2.5]
        with ThreadPoolExecutor(2) as pool:
            calls = [pool.submit(reward, texts, tests=tests) for _ in range(3)]
            assert [call.result() for call in calls] == [[5.0, -2.5]] * 3
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            assert pool.submit(reward, texts, tests=tests).result(60) == [5.0, -2.5]

    @given(st.text(st.characters()))
    def test_no_text_raises(self, text):
        reward = CheckCode(sandbox=Counting(Result(status="ran", replies=(Reply(value=1),) * 2)))
        assert len(reward([text, fenced(text)], tests=[TESTS, TESTS])) == 2

    def test_a_program_with_half_a_character(self):
        (score,) = check_code([fenced(GOOD + "# \ud800")], tests=[TESTS])
        assert score == 5.0

    def test_chance_plays_no_part(self):
        program = "import random\ndef f(): return random.random() < 0.5"
        state = random.getstate()
        scores = {check_code([fenced(program)], tests=[["assert f()"]])[0] for _ in range(8)}
        assert len(scores) == 1
        assert random.getstate() == state
