"""The reward for code: finding the program, judging it by tests, and not being fooled."""

from __future__ import annotations

import ast
import contextlib
import inspect
import json
import math
import pickle
import random
import sys
import textwrap
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from types import SimpleNamespace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from grpo_rewards import (
    FREEFORM,
    THINK_ANSWER,
    THINK_BOXED,
    ColumnError,
    OptionError,
    ResponseFormat,
)
from grpo_rewards.programs.asserts import assertion
from grpo_rewards.programs.blocks import program_in
from grpo_rewards.programs.expressions import evaluated
from grpo_rewards.programs.results import same_text, same_value
from grpo_rewards.programs.suite_reading import read_tests
from grpo_rewards.rewards.code import CheckCode, check_code
from grpo_rewards.sandboxes import (
    AutoSandbox,
    FallbackSandbox,
    JailSandbox,
    MontySandbox,
    Reply,
    Result,
    SandboxWarning,
    automatic,
)
from grpo_rewards.testing import assert_reward_contract, exploits

pytest.importorskip("pydantic_monty", reason="pydantic-monty is not installed")

TESTS = ["assert double(2) == 4", "assert double('a') == 'aa'"]
GOOD = "def double(x):\n    return x + x\n"
HALF = "def double(x):\n    return x * 2 if x == 2 else None\n"
BAD = "def double(x):\n    return 7919\n"


def fenced(program, language="python"):
    return f"So this is it:\n```{language}\n{textwrap.dedent(program)}\n```\nIt works."


@dataclass(frozen=True)
class Counting:
    """A sandbox that says the same of every program, and remembers what it was asked."""

    result: Result
    asked: list = ()

    def run(self, jobs, *, deadline):
        self.asked.append((list(jobs), deadline)) if isinstance(self.asked, list) else None
        return [self.result for _ in jobs]

    def __hash__(self):
        return 0


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


def jails():
    """A jail, where there is one to be had."""
    with contextlib.suppress(OptionError):
        return (JailSandbox(),)
    return ()


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
        for sandbox in (MontySandbox(seconds=0.7), *jailed_for(0.7)):
            assert CheckCode(sandbox=sandbox)([self.SLOW], tests=[tests]) == [5.0]

    def test_a_row_has_a_limit(self):
        tests = [f"assert double({number}) == {2 * number}" for number in range(16)]
        for sandbox in (MontySandbox(seconds=0.5), *jailed_for(0.5)):
            outcome = CheckCode(sandbox=sandbox).explain(self.SLOW, tests=tests)
            assert 0 < outcome.details["passed"] < 10
            assert "in all" in outcome.reason or "sleep limit" in outcome.reason

    def test_so_have_the_tests_of_a_script(self):
        tests = [{"input": str(number), "output": ""} for number in range(40)]
        sandbox = MontySandbox(seconds=0.1, workers=1)
        outcome = CheckCode(sandbox=sandbox).explain("while True: pass", tests=tests)
        assert outcome.score == -2.5


def jailed_for(seconds):
    with contextlib.suppress(OptionError):
        return (JailSandbox(seconds=seconds),)
    return ()


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


class TestPrograms:
    """Where the program is in a response."""

    @pytest.mark.parametrize(
        ("text", "program"),
        [
            ("```python\na\n```", "a\n"),
            ("```py\na\n```\nthen\n```Python3\nb\n```", "b\n"),
            ("```python\na\n```\n```\noutput\n```", "a\n"),
            ("```\na\n```\n```\nb\n```", "b\n"),
            ("~~~python\na\n```\nb\n~~~", "a\n```\nb\n"),
            ("````python\na\n```\nb\n````", "a\n```\nb\n"),
            ("```python\na", "a"),
            ("```{.python}\na\n```", "a\n"),
            ("``` python title=x\r\na\r\n```", "a\r\n"),
            ("1. this:\n   ```python\n   if a:\n       b\n   ```", "if a:\n    b\n"),
            ("> ```python\n> a\n> ```", "a\n"),
            ("```cpp\na\n```", None),
            ("```python\n```", None),
            ("a = 1", "a = 1"),
            ("use `a` here", "use `a` here"),
            (" \n", None),
            ("```python:main.py\na\n```", "a\n"),
            ("```python\na\n```\n```python\n \n```", "a\n"),
            ("```python\na\n```\n```python\n>>> a\n```", "a\n"),
            ("```python\na\n``` That is it.\n```\nb\n```", "a\n"),
            ("```python\na\n```python\nb\n```", "b\n"),
            ("```python\nf('\n    ```\n')\n```", "f('\n    ```\n')\n"),
            ("````markdown\n# A\n```python\na\n```\n````", "a\n"),
            ("```md\n```python\na\n```\n```", "a\n"),
            ("```md\n" * 5_000, None),
        ],
    )
    def test_blocks(self, text, program):
        found = program_in(text)
        assert found.answer == program
        assert found.answer is not None or found.why_not

    usage = "```python\nprint(f(2))\n```"

    @pytest.mark.parametrize(
        ("text", "program"),
        [
            pytest.param("```python\ndef f(): 1\n```\n" + usage, "def f(): 1\n", id="its use"),
            pytest.param(
                "```\ndef f(): 1\n```\nprints\n```\n4\n```", "def f(): 1\n", id="its output"
            ),
            pytest.param(
                "```python\ndef f(): 1\n```\nNo:\n```python\ndef f(): 2\n```\n" + usage,
                "def f(): 2\n",
                id="the last definition",
            ),
            pytest.param(
                "```python\nf = len\n```\n```python\ndef test_f(): f()\n```",
                "f = len\n",
                id="tests of it",
            ),
            pytest.param(
                "```python\nclass Solution:\n    def f(self): 1\n```\n" + usage,
                "class Solution:\n    def f(self): 1\n",
                id="a method",
            ),
            pytest.param(
                "```python\nimport math\nprint(1)\ng = 3\n```\n"
                "```python\ndef f(): return math.pi + h()\n```\n" + usage,
                "import math\ndef f(): return math.pi + h()\n",
                id="what it needs",
            ),
            pytest.param(
                "```python\ndef h(): return g\n```\n```python\ng = 1\n```\n"
                "```python\ndef f(): return h()\n```",
                "def h():\n    return g\ng = 1\ndef f(): return h()\n",
                id="what that needs",
            ),
            pytest.param(
                "```\ndef f(): 1\n```\n" + usage, "def f(): 1\n", id="one that is not marked"
            ),
            pytest.param(usage, "print(f(2))\n", id="none defines it"),
        ],
    )
    def test_the_block_that_defines_the_function(self, text, program):
        assert program_in(text, function="f").answer == program

    @pytest.mark.parametrize(
        ("text", "program"),
        [
            ("```python\nprint(1)\n```\n```python\nx = 1\n```", "print(1)\n"),
            ("```python\nx = 1\nprint(x)\n```\n```python\nprint(x)\n```", "x = 1\nprint(x)\n"),
            ("```python\nprint(1)\n```\n```python\nprint(2)\n```", "print(2)\n"),
            ("```python\nprint(1)\n```\n```python\nprint(\n```", "print(1)\n"),
            ("```python\nx = 1\n```", "x = 1\n"),
        ],
    )
    def test_the_block_that_prints(self, text, program):
        assert program_in(text, asks_output=True).answer == program

    @pytest.mark.parametrize("depth", [10, 3_000])
    def test_no_hostile_block_raises(self, depth):
        for value in ("x." * depth + "x", "-" * depth + "1", "[" * depth + "]" * depth):
            text = f"```python\ny = {value}\n```\n```python\ndef f(): return y\n```"
            assert "def f" in program_in(text, function="f").answer
            assert program_in(text, asks_output=True).answer

    def test_the_tests_say_what_is_asked_for(self):
        use = "\nFor example:\n```python\nassert double(1) == 2\nprint(double(3))\n```"
        assert check_code([fenced(GOOD) + use, fenced(BAD) + use], tests=[TESTS] * 2) == [5.0, -2.5]

    @given(st.text(st.sampled_from("`~ \n>apython1")))
    def test_no_text_raises(self, text):
        found = program_in(text)
        assert (found.answer or found.why_not).strip()

    @pytest.mark.parametrize(
        ("format", "text", "score"),
        [
            (check_code.format, f"<think>{fenced(BAD)}</think>{fenced(GOOD)}", 5.0),
            (check_code.format, f"<think>{fenced(GOOD)}</think>{fenced(BAD)}", -2.5),
            (check_code.format, f"<think>{fenced(GOOD)}</think>I cannot.", -4.5),
            (check_code.format, f"<think>{fenced(GOOD)}", -4.5),
            (THINK_ANSWER, f"<think>a</think><answer>{fenced(GOOD)}</answer>", 5.0),
            (THINK_ANSWER, f"<think>a</think><answer>\n{GOOD}</answer>", 5.0),
            (THINK_ANSWER, f"<think>a</think>{fenced(GOOD)}", -4.5),
            (THINK_BOXED, f"a</think>{fenced(GOOD)}", 5.0),
            (THINK_BOXED, fenced(GOOD), -4.5),
            (ResponseFormat(reasoning=("[a]", "[/a]")), f"{fenced(BAD)}[/a]{fenced(GOOD)}", 5.0),
        ],
    )
    def test_the_program_is_not_taken_from_the_reasoning(self, format, text, score):
        assert CheckCode(format=format)([text], tests=[TESTS]) == [score]


class TestReadingTests:
    """The shapes that a column of tests may have."""

    @pytest.mark.parametrize(
        ("tests", "function", "calls"),
        [
            (["assert f(2) == 4"], None, ("f(2)",)),
            ("assert f(2) == 4\nassert f(3) == 9", None, ("f(2)", "f(3)")),
            ('["assert f(2) == 4"]', None, ("f(2)",)),
            (["import math\nassert math.isclose(f(2), 4)"], None, ("f(2)",)),
            (["assert abs(f(2) - 4) < 1e-6"], None, ("f(2)",)),
            (["assert set(f(2)) == {4}", "assert f(1)"], None, ("[*f(2)]", "f(1)")),
            (["x = 2\nassert sorted(f(x)) == [x]"], None, ("[*f(2)]",)),
            (["assert f(2) == 1 or sorted(f(2)) == [1]"], None, ("f(2)", "f(2)")),
            (["assert not f(0)"], None, ("f(0)",)),
            (["assert f(f(2)) == f(4)"], None, ("f(f(2))", "f(4)")),
            (["assert f([0] * 3, list(range(2)))"], None, ("f([0, 0, 0], [0, 1])",)),
            (["assert f(float('inf'), x=(math.pi,))"], None, (f"f(1e999, x=({math.pi},))",)),
            (["x = [1, 2]\nassert f(x) == x"], None, ("f([1, 2])",)),
            (["assert f(2)[0].real == 4"], None, ("f(2)[0].real",)),
            (["assert f(key=lambda x: len(x)) == 4"], None, ("f(key=lambda x: len(x))",)),
            (["assert Solution().add(1, 2) == 3"], None, ("Solution().add(1, 2)",)),
            (["assert sorted(3) == 1"], "sorted", ("sorted(3)",)),
            ("def check(c):\n  '''Doc.'''\n  assert True\n  assert c(2) == 4, 'm'", "f", ("f(2)",)),
            ("def check(c):\n  assert c(2) == 4\ncheck(f)", "S().f", ("S().f(2)",)),
            ([{"input": [2, "a"], "output": 4}], "f", ("f(2, 'a')",)),
            ([{"input": {"x": 2}, "output": 4}], "f", ("f(x=2)",)),
            ({"input": [[2], [3]], "output": [4, 9]}, "f", ("f(2)", "f(3)")),
            ('[{"input": [2], "output": 4}]', "f", ("f(2)",)),
            ('"assert f(2) == 4"', None, ("f(2)",)),
            (["assert f(2) == 4", None], None, ("f(2)",)),
            (SimpleNamespace(tolist=lambda: ["assert f(2) == 4"]), None, ("f(2)",)),
            ("for x in range(2, 4):\n  assert f(x) == x * x", None, ("f(2)", "f(3)")),
            ("for x, y in [(2, 4)]:\n  z = y\n  assert f(x) == z", None, ("f(2)",)),
            ("for i, (x, y) in enumerate([([2], 4)]):\n  assert f(*x) == y", None, ("f(*[2])",)),
            ("def test_a():\n  assert f(2) == 4\ndef test_b():\n  assert f(3)", None,
             ("f(2)", "f(3)")),
            ("x = 2\ny = f(x)\nx = 3\nassert y == 4", None, ("f(2)",)),
            ("y = f(f(2))\nassert y == 4", None, ("f(f(2))",)),
            ({"inputs": [[2], [3]], "outputs": [4, 9]}, "f", ("f(2)", "f(3)")),
            ('{"fn_name": "f", "inputs": [[2]], "outputs": [[4]]}', None, ("f(2)",)),
            ([{"type": "function_call", "fn_name": "f", "input": [2], "output": [4]}], None,
             ("f(2)",)),
            ([{"input": '[1]\n"a"', "output": "4", "testtype": "functional"}], "f",
             ("f([1], 'a')",)),
        ],
    )  # fmt: skip
    def test_calls(self, tests, function, calls):
        (job,) = read_tests(tests, function=function).jobs("")
        assert tuple(map(normal, job.calls)) == tuple(map(normal, calls))

    def test_scripts(self):
        suite = read_tests([{"input": "1", "output": "2"}, {"input": "", "output": "3"}])
        assert [job.stdin for job in suite.jobs("x")] == ["1", ""]
        assert {job.calls for job in suite.jobs("x")} == {None}

    @pytest.mark.parametrize(
        "tests",
        [
            {"fn_name": None, "inputs": ["1\n2"], "outputs": ["3"]},
            {"inputs": [["1", "2\n"]], "outputs": [["3"]]},
            [{"input": "1\n2", "output": "3", "testtype": "stdin", "fn_name": None}],
            [{"type": "stdin_stdout", "input": "1\n2", "output": "3"}],
            '{"input": ["1\\n2"], "output": ["3"]}',
        ],
    )
    def test_scripts_in_the_layouts_of_datasets(self, tests):
        suite = read_tests(tests)
        assert suite.rule == "script"
        assert [(test.stdin, test.expected) for test in suite.tests] == [("1\n2", "3")]

    @pytest.mark.parametrize(
        ("output", "program", "passes"),
        [
            (4, "def f(x): return 4", True),
            ([4], "def f(x): return 4", True),
            ([4], "def f(x): return [4]", True),
            ([4, 5], "def f(x): return [4, 5]", True),
            ([4, 5], "def f(x): return 4", False),
            ([[4]], "def f(x): return 4", False),
            (4, "def f(x): return [4]", False),
            (4, "class Solution:\n    def f(self, x): return 4", True),
            (4, "def f(x): return 4\nclass Solution: pass", True),
        ],
    )
    def test_tests_that_name_their_function(self, output, program, passes):
        """Their outputs may each be in a list, and their programs in a class."""
        tests = {"fn_name": "f", "inputs": [[2]], "outputs": [output]}
        assert check_code([fenced(program)], tests=[tests]) == [5.0 if passes else -2.5]

    def test_an_output_is_in_a_list_only_where_the_tests_name_their_function(self):
        tests = [{"input": [2], "output": [4]}]
        reward = check_code.explain(fenced("def f(x): return 4"), tests=tests, entry_point="f")
        assert reward.score == -2.5

    @pytest.mark.parametrize(
        ("tests", "function", "found"),
        [
            pytest.param(3, None, "3", id="a number"),
            pytest.param([3], None, "3", id="a list of numbers"),
            pytest.param(["assert f("], None, "no Python", id="a syntax error"),
            pytest.param("[{", None, "JSON", id="half of some JSON"),
            pytest.param(["assert sorted([2]) == [2]"], None, "entry_point", id="no call"),
            pytest.param(
                ["assert f(2) == 4", "assert g(2) == 4"], None, "f, g", id="two functions"
            ),
            pytest.param(["assert equal(f(2), 4)"], None, "equal, f", id="a helper that compares"),
            pytest.param(["assert equal(f(2), 4)"], "f", "equal", id="the same, with a name"),
            pytest.param(["assert np.sum(f(2)) == 4"], None, "f, np", id="numpy"),
            pytest.param(
                ["assert all(f(x) for x in f(1))"], None, "outside", id="a comprehension over calls"
            ),
            pytest.param(["assert isinstance(f(2), A)"], "f", "A", id="a class of the program's"),
            pytest.param(["assert sorted(f(2), key=len) == 2"], None, "outside", id="a key"),
            pytest.param(["for x in f(1):\n  assert x"], None, "outside", id="a loop"),
            pytest.param(
                ["for x in range(10**6):\n  assert f(x)"], None, "turns", id="a long loop"
            ),
            pytest.param(["for x, y in [1]:\n  assert f(x)"], None, "fit", id="an unequal loop"),
            pytest.param(["for x in 1 / 0:\n  assert f(x)"], None, "zero", id="a broken loop"),
            pytest.param(
                ["s = Stack()\nassert s.pop() == 1"], None, "outside", id="an object that changes"
            ),
            pytest.param(["s = f(1)\nt = s.x()\nassert t"], None, "outside", id="the same, later"),
            pytest.param(
                [{"input": "{", "output": "4", "testtype": "functional"}], "f", "JSON", id="no JSON"
            ),
            pytest.param(
                [{"input": "1", "output": "4", "testtype": "functional"}],
                None,
                "entry_point",
                id="a function without a name",
            ),
            pytest.param(
                [{"fn_name": name, "input": [1], "output": 4} for name in "fg"],
                None,
                "one function",
                id="names of two functions",
            ),
            pytest.param({"inputs": [1], "output": [1]}, None, "equal lengths", id="a mixture"),
            pytest.param(["x += f(2)"], None, "outside", id="no assertion"),
            pytest.param(
                "def check(candidate):\n  assert candidate(2)", None, "entry_point", id="check"
            ),
            pytest.param([{"input": [2]}], "f", "pairs", id="no output"),
            pytest.param([{"input": 2, "output": 4}], "f", "arguments", id="no list of arguments"),
            pytest.param([{"input": "2", "output": 4}], "f", "arguments", id="a string"),
            pytest.param([{"input": [2], "output": 4}], None, "entry_point", id="no function"),
            pytest.param([{"input": {"a b": 2}, "output": 4}], "f", "argument", id="no name"),
            pytest.param([{"input": [len], "output": 4}], "f", "plain data", id="no data"),
            pytest.param(["assert f(2) == 4", {"input": [2], "output": 4}], "f", "all", id="both"),
            pytest.param(["assert f(2)"], "f; import os", "named", id="no function's name"),
            pytest.param(["assert f(2)"], 3, "named", id="a number for a name"),
            pytest.param({"input": [1], "output": []}, "f", "equal lengths", id="unequal columns"),
        ],
    )
    def test_what_cannot_be_judged_raises(self, tests, function, found):
        with pytest.raises(ColumnError, match=found):
            read_tests(tests, function=function)

    @pytest.mark.parametrize("name", ["", " ", None, float("nan")])
    def test_a_row_that_names_no_function(self, name):
        assert read_tests(["assert f(2) == 4"], function=name).function == "f"
        pairs = [{"input": "2", "output": "4"}]
        assert read_tests(pairs, function=name).rule == "script"
        assert check_code(["print(4)"], tests=[pairs], entry_point=[name]) == [5.0]

    def test_a_missing_column(self):
        with pytest.raises(ColumnError, match="'tests'"):
            check_code([fenced(GOOD)], answer=["4"])

    def test_other_columns(self):
        reward = CheckCode(tests="checks", function="fn")
        pairs = [{"input": [2], "output": 4}]
        assert reward([fenced(GOOD)], checks=[pairs], fn=["double"]) == [5.0]


def normal(call):
    return ast.unparse(ast.parse(call, mode="eval"))


EXPRESSIONS = st.recursive(
    st.sampled_from(
        "f(1) f(2.5) f('ab') f([1,2]) f(True) 0 1 -2 3.5 'b' [1] (1,2) {1} None".split()
    ),
    lambda inner: (
        st.tuples(
            inner, st.sampled_from("+ - * / // % ** == != < <= in and or".split()), inner
        ).map(lambda parts: f"({parts[0]} {parts[1]} {parts[2]})")
        | st.tuples(
            st.sampled_from("abs len sorted set list tuple sum max not type str int".split()), inner
        ).map(lambda parts: f"({parts[0]}({parts[1]}))")
        | st.tuples(inner, inner).map(lambda parts: f"[{parts[0]}, {parts[1]}]")
    ),
    max_leaves=5,
)


def holds_in_python(text, f):
    try:
        return bool(eval(text, {"f": f}))  # noqa: S307 (our own)
    except Exception:  # noqa: BLE001 (whatever Python raises, the assertion does not hold)
        return False


class TestAssertions:
    """Assertions are computed outside the sandbox, as Python computes them."""

    @pytest.mark.filterwarnings("ignore::SyntaxWarning")
    @given(EXPRESSIONS)
    def test_as_python_does(self, text):
        def f(x):
            return x

        try:
            judged = assertion(ast.parse(text, mode="eval").body, {}, {}, "f")
        except ColumnError:
            assume(False)  # no call, or a type among the operands of one
        try:
            values = [eval(call, {"f": f}) for call in judged.calls]  # noqa: S307 (ours)
        except TypeError:  # it is no iterable
            assert not holds_in_python(text, f)
            return
        failure = judged.failure(values)
        assume("too large" not in failure and "format" not in failure and "sum()" not in failure)
        assert bool(failure) is not holds_in_python(text, f)

    @pytest.mark.parametrize(
        "text",
        [
            "f(1) * 10**7 == 1",
            "f(1) ** 10**9 == 1",
            "[0] * f(2) == 1",
            "len(range(f(2))) == 1",
            "'%' % f(1) == 1",
            "int(f(3)) == 1",
            "round(1.5, f(2)) == 1",
            "sum(f(1), []) == 1",
            "f(4) == f(4)",
            "f(2) ** f(2) == 1",
            "f(1) / 0",
            "f(2) + 1.5",
            "math.sqrt(f(2)) > 0",
        ],
    )
    def test_no_value_hangs_or_fills_the_memory(self, text):
        deep = []
        for _ in range(90):
            deep = [deep]
        values = {"f(1)": [1] * 1000, "f(2)": 10**4000, "f(3)": "9" * 10**6, "f(4)": deep}
        judged = assertion(ast.parse(text, mode="eval").body, {}, {}, "f")
        assert isinstance(judged.failure([values[call] for call in judged.calls]), str)

    def test_tests_are_read_while_other_threads_parse(self):
        """Parsers of two threads disturb each other in CPython 3.11."""
        deep = "[" * 40 + "f(1)" + "]" * 40

        def read(number):
            for each in range(40):
                if number % 2:
                    with contextlib.suppress(SystemError):  # that one is a stranger's
                        ast.parse(f"x == {deep}, {each}")
                else:
                    assert read_tests([f"assert f({number}) == {deep}[{each}]"], function="f")

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(read, range(16)))

    def test_the_evaluator_takes_nothing_else(self):
        for text in ("__import__('os')", "open('x')", "().__class__", "[x for x in [1]]"):
            with pytest.raises((TypeError, LookupError, AttributeError)):
                evaluated(ast.parse(text, mode="eval").body, {})

    @pytest.mark.parametrize(
        ("asserted", "program", "holds"),
        [
            ("f(2) == 4", "def f(x): return x * x", True),
            ("f(2) == 4", "def f(x): return [4]", False),
            ("abs(f(2) - 4) < 1e-6", "def f(x): return 4.0000000001", True),
            ("f([1, 1]) == {1}", "def f(x): return set(x)", True),
            ("set(f(2)) == {1, 2}", "def f(x): return [2, 1]", True),
            ("f(2)", "def f(x): return []", False),
            ("not f(2)", "def f(x): return []", True),
            ("f(2) is None", "def f(x): pass", True),
            ("f(2) == 4 and f(3) == 9", "def f(x): return x * x", True),
            ("f(x=2) in [3, 4]", "def f(x): return x + 2", True),
            ("f(2) == (1, 2)", "def f(x): return [1, 2]", False),
            ("math.isclose(f(2), 2 ** 0.5, rel_tol=1e-9)", "def f(x): return x ** 0.5", True),
            ("f('a')[::-1] == 'cba'", "def f(x): return x + 'bc'", True),
            ("type(f(2)) == int", "def f(x): return x", True),
            ("isinstance(f(2), (int, str))", "def f(x): return 2.0", False),
            ("list(f([1, 2])) == [2, 3]", "def f(x): return map(lambda n: n + 1, x)", True),
            ("tuple(f([1, 2])) == (2, 1)", "def f(x): return reversed(x)", True),
            ("sum(f(3)) == 3", "def f(x): return (n for n in range(x))", True),
            ("sum(f(3)) == 3", "def f(x): return 3", False),
            ("list(f(3)) == 3", "def list(x): return 3\ndef f(x): return [x]", False),
            ("sorted(f({'b': 1, 'a': 2})) == ['a', 'b']", "def f(x): return x.keys()", True),
            ("f(len) == 3", "def f(x): return x([1, 2, 3])", True),
        ],
    )
    def test_the_forms_that_datasets_have(self, asserted, program, holds):
        (score,) = check_code([fenced(program)], tests=[[f"assert {asserted}"]])
        assert score == (5.0 if holds else -2.5)


def loops(depth, turns):
    heads = [f"{'    ' * n}for a{n} in range({turns}):" for n in range(depth)]
    return "\n".join([*heads, f"{'    ' * depth}assert f(a0) == 1"])


DOUBLED = "y0 = f(1)\n" + "".join(f"y{n + 1} = y{n} + y{n}\n" for n in range(40))
NESTED = "c = [1]\n" + "c = [c, c]\n" * 40

TOO_MUCH = {
    "two loops": loops(2, 1000),
    "four loops": loops(4, 100),
    "loops in functions": "def test_a():\n" + "\n".join(
        f"    {line}" for line in loops(3, 500).split("\n")
    ),
    "a sum of two thousand": "assert f(1)" + "+0" * 2000,
    "a product of two hundred": "assert f(1)" + "*1" * 200,
    "two thousand signs": "assert " + "-" * 2000 + "f(1)",
    "deep lists": "assert f(1) == " + "[" * 150 + "]" * 150,
    "deep calls": "assert " + "abs(" * 150 + "f(1)" + ")" * 150,
    "deep brackets": "assert " + "(" * 1000 + "f(1)" + ")" * 1000,
    "deep functions": "".join(f"{' ' * n}def a{n}():\n" for n in range(120)) + " " * 120 + "1",
    "a name that doubles": DOUBLED + "assert y40 == 1",
    "a constant that doubles": NESTED + "assert f(c) == 1",
    "a large constant in every turn": (
        "d = list(range(100000))\nfor x in range(1000):\n    assert f(d, x) == 1"
    ),
    "many large constants": "\n".join(f"d{n} = [0] * 10**6" for n in range(50)) + "\nassert f(d1)",
    "one assertion many times": "assert f(1) == 1\n" * 50_000,
}  # fmt: skip


class TestWork:
    """What tests take is bounded: all of a row's together, and by what they do with a result."""

    @pytest.mark.parametrize("name", TOO_MUCH)
    def test_tests_that_are_too_much_raise(self, name):
        with pytest.raises(ColumnError, match=r"more than can be judged|is no Python|too large"):
            read_tests([TOO_MUCH[name]], function="f")

    def test_all_of_a_row_s_tests_count(self):
        test = "assert f(1) == 1\n" * 1_000
        assert read_tests([test], function="f")
        with pytest.raises(ColumnError, match="more than can be judged"):
            read_tests([test] * 20, function="f")

    @pytest.mark.parametrize(
        ("asserted", "value"),
        [
            ("set(f(1)) == {1}", [n * (2**61 - 1) for n in range(45_000)]),
            ("frozenset(f(1)) == {1}", [n * (2**61 - 1) for n in range(45_000)]),
            ("dict(f(1)) == {1: 1}", [(n * (2**61 - 1), 0) for n in range(45_000)]),
            ("dict(zip(f(1), f(1))) == {1: 1}", [n * (2**61 - 1) for n in range(45_000)]),
            ("set(f(1)) == {1}", [(0,) * 500 + (n * (2**61 - 1),) for n in range(400)]),
            ("set(f(1)) == {1}", [complex(n * -1000003, n) for n in range(20_000)]),
            ("[[f(1)] * 1000] * 1000 == [[f(2)] * 1000] * 1000", list(range(1000))),
            ("sorted([f(1)] * 10000) == [[f(1)] * 9999]", list(range(1000))),
            ("f(1) in [f(2)] * 100000", list(range(1000))),
            ("(f(1) ** 20) % 7 == (f(1) ** 20) % 8", 10**4000),
            ("str(f(1)) * 10 == ''", list(range(200_000))),
            ("f(1) == f(2)[::-1]", "a" * 900_000),
        ],
    )
    def test_no_result_makes_comparing_long(self, asserted, value):
        suite = read_tests([f"assert {asserted}"], function="f")
        calls = suite.tests[0].calls
        result = Result(status="ran", replies=tuple(Reply(value=value) for _ in calls))
        assert suite.judge(0, result).total == 1

    def test_many_equal_members_are_no_collision(self):
        for value, holds in (([1] * 45_000, True), ([-1, -2] * 20_000, False)):
            suite = read_tests(["assert set(f(1)) == {1}"], function="f")
            result = Result(status="ran", replies=(Reply(value=value),))
            assert bool(suite.judge(0, result).passed) is holds

    def test_a_name_may_get_another_value(self):
        tests = "c = [1]\nc = c + [2]\ny = f(c)\ny = y + [3]\nassert y == [1, 2, 3]"
        assert check_code(["def f(x): return x"], tests=[tests], entry_point=["f"]) == [5.0]

    def test_a_result_in_a_loop_is_the_turn_s_own(self):
        tests = "for x in [1, 2, 3]:\n    y = f(x)\n    assert y == x * x"
        scores = check_code(
            ["def f(x): return x * x", "def f(x): return x"],
            tests=[tests] * 2,
            entry_point=["f"] * 2,
        )
        assert scores == [5.0, pytest.approx(5 / 3)]

    def test_from_a_deep_stack(self):
        def deep(depth):
            return deep(depth - 1) if depth else check_code(texts, tests=[TESTS] * len(texts))

        texts = [fenced(GOOD), fenced(BAD), "x", "(" * 10_000, "-" * 10_000 + "1"]
        at = len(inspect.stack(0))
        assert deep(sys.getrecursionlimit() - at - 60) == check_code(texts, tests=[TESTS] * 5)

    def test_what_is_returned_is_not_kept(self):
        """Only what it says of the tests is, for as long as the batch takes."""
        suite = read_tests(["assert len(f(1)) == 900000"], function="f")
        result = Result(status="ran", replies=(Reply(value="a" * 900_000),))
        assert len(repr(suite.judge(0, result))) < 500
        failing = read_tests(["assert f(1) == 'b'"] * 100, function="f")
        result = Result(status="ran", replies=(Reply(value="a" * 900_000),) * 100)
        assert len(repr(failing.judge(0, result))) < 1_500


class TestPairs:
    """Input and output pairs, of functions and of scripts."""

    @pytest.mark.parametrize(
        ("expected", "value", "same"),
        [
            (0.3, 0.1 + 0.2, True),
            (0.3, 0.31, False),
            (1.0, 1, True),
            (1, 1.0, True),
            (1, 1.0000001, False),
            (1.0, True, True),
            (1e9, 1e9 + 1, True),
            (math.inf, math.inf, True),
            (math.nan, math.nan, True),
            (1.0, math.nan, False),
            (1.0, 10**400, False),
            (1.0, "1.0", False),
            ([1, [2.0]], (1, (2.0000000001,)), True),
            ([1], [1, 1], False),
            ([1], {1}, False),
            ({"a": 0.3}, {"a": 0.1 + 0.2}, True),
            ({"a": 1}, {"b": 1}, False),
            ({1, 2}, {2, 1}, True),
            ("a", "a\n", False),
            (None, False, False),
        ],
    )
    def test_values(self, expected, value, same):
        assert same_value(expected, value, 1e-6) is same

    @pytest.mark.parametrize(
        ("expected", "printed", "same"),
        [
            ("1\n2\n", "1\n2", True),
            ("1\r\n2", "1  \n2\n\n\n", True),
            ("1 2", "1  2", False),
            ("1\n\n2", "1\n2", False),
            (" 1", "1", False),
            ("0.50", "0.5000000001", True),
            ("0.50", ".5", True),
            ("2.0", "2", True),
            ("2", "2.0", False),
            ("0.5", "0.6", False),
            ("0.5", "nan", False),
            ("0.5", "0_5", False),
            ("0.5", "\uff10.5", False),
            ("1e5", "100000.0", True),
            ("x 0.1 y", "x 0.10000000001 y", True),
            ("x 0.1", "x 0.1 y", False),
            ("YES", "Yes", False),
            ("", "\n", True),
        ],
    )
    def test_texts(self, expected, printed, same):
        assert same_text(expected, printed, 1e-6) is same

    @given(st.text(), st.text())
    def test_no_text_raises(self, expected, printed):
        assert same_text(expected, expected + " \n", 1e-6) is True
        assert same_text(expected, printed, 1e-6) in (True, False)

    def test_a_script_that_ends_badly_does_not_pass(self):
        tests = [{"input": "2\n", "output": "4"}]
        texts = [fenced(f"print(int(input()) * 2)\n{end}") for end in ("", "1 / 0")]
        assert check_code(texts, tests=[tests] * 2) == [5.0, -2.5]

    def test_a_method_of_a_class(self):
        program = "class Solution:\n    def add(self, a, b): return a + b"
        tests = [{"input": [1, 2], "output": 3}, {"input": {"a": [1], "b": [2]}, "output": [1, 2]}]
        assert check_code([fenced(program)], tests=[tests], entry_point=["Solution().add"]) == [5.0]


def two_numbers(chance):
    return chance.randint(-50, 50), chance.randint(1, 50)


def remainder(a, b):
    return a % b


class TestReferences:
    """A function to compare with, on generated arguments."""

    right = "def remainder(a, b):\n    return a - a // b * b"
    wrong = "import math\ndef remainder(a, b):\n    return int(math.fmod(a, b))"

    def test_a_function(self):
        reward = CheckCode(reference=remainder, inputs=two_numbers)
        right, wrong = reward([fenced(self.right), fenced(self.wrong)])
        assert right == 5.0
        assert wrong < 5.0
        assert pickle.loads(pickle.dumps(reward)) == reward

    def test_a_program_of_the_dataset_s(self):
        reward = CheckCode(reference="solution", inputs=two_numbers, cases=10)
        rows = {
            "solution": ["def remainder(a, b): return a % b"] * 2,
            "entry_point": ["remainder"] * 2,
        }
        right, wrong = reward([fenced(self.right), fenced(self.wrong)], **rows)
        assert right == 5.0
        assert wrong < 5.0

    def test_a_reference_that_does_not_run_has_no_opinion(self):
        reward = CheckCode(reference="solution", inputs=two_numbers)
        with pytest.warns(SandboxWarning, match="reference"):
            scores = reward([fenced(self.right)], solution=["x = 1"], entry_point=["remainder"])
        assert scores == [None]

    def test_a_row_without_one_has_no_opinion(self):
        reward = CheckCode(reference="solution", inputs=two_numbers)
        assert reward([fenced(self.right)], solution=[None], entry_point=["remainder"]) == [None]

    @pytest.mark.parametrize(
        "inputs", [lambda chance: 3, lambda chance: "ab", lambda chance: (len,)]
    )
    def test_inputs_that_are_no_arguments(self, inputs):
        with pytest.raises(ColumnError, match="inputs returned"):
            CheckCode(reference=remainder, inputs=inputs)([fenced(self.right)])

    def test_a_reference_program_needs_a_name(self):
        with pytest.raises(ColumnError, match="entry_point"):
            CheckCode(reference="solution", inputs=two_numbers)(["x"], solution=["x = 1"])


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
            CheckCode(sandbox=a_jail(), name="jailed"),
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
        reward = CheckCode(sandbox=a_jail(), name="jailed")
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


def a_jail():
    try:
        return JailSandbox(seconds=1.0, memory=128, workers=2)
    except OptionError as error:
        pytest.skip(f"no jail here: {str(error).splitlines()[0]}")


SECRET = 481_516_234_2
"""What f() has to return; nothing that a program can reach holds it."""

HACKS = {
    "leaves with success": "import sys\nsys.exit(0)",
    "raises success": "raise SystemExit(0)",
    "leaves at once": "import os\nos._exit(0)",
    "is killed with success": """
        import os, signal
        signal.signal(15, lambda *args: os._exit(0))
        os.kill(os.getpid(), 15)
        """,
    "is always equal": """
        class Sly:
            def __init__(self): self.x = 1
            def __eq__(self, other): return True
            def __ne__(self, other): return False
            def __bool__(self): return True
        def f(): return Sly()
        """,
    "is an int that is always equal": """
        class Sly(int):
            def __eq__(self, other): return True
            def __hash__(self): return 0
        def f(): return Sly(1)
        """,
    "redefines the int's equality": """
        def always(*args): return True
        try:
            int.__eq__ = always
        except Exception: pass
        def f(): return 1
        """,
    "patches the builtins": """
        import builtins
        for name in ("eval", "exec", "compile", "isinstance", "repr", "len", "abs"):
            setattr(builtins, name, lambda *args, **options: True)
        def f(): return 1
        """,
    "defines what the tests use": """
        abs = len = sorted = set = lambda *args: 4815162342
        class math:
            isclose = lambda *args, **options: True
        def f(): return 1
        """,
    "replaces AssertionError": """
        AssertionError = type(None)
        __debug__ = False
        def f(): return 1
        """,
    "patches the harness": """
        import json, os, sys
        main = sys.modules["__main__"]
        for name in list(vars(main)):
            if callable(getattr(main, name)):
                setattr(main, name, lambda *args: {"value": True})
        json.dumps = lambda *args, **options: '{"value": true}'
        def f(): return 1
        """,
    "prints the harness's format": """
        def f():
            for line in ('{"value": true}', '{"error": ""}', "OK", "1 passed", "[True]", "True"):
                print(line)
            return 1
        """,
    "writes replies into every pipe": """
        import os
        for fd in range(64):
            try: os.write(fd, b'{"value": true}\\n{"error": ""}\\n' * 20)
            except OSError: pass
        def f(): return 1
        """,
    "looks for the expected value in memory": """
        import gc, sys
        def f():
            for each in gc.get_objects():
                for value in (each.values() if type(each) is dict else [each]):
                    if type(value) is int and value > 10**9 and value % 1000 == 342:
                        return value
            frame = sys._getframe()
            while frame:
                for value in [*frame.f_locals.values(), *frame.f_globals.values()]:
                    if "48151" + "62342" in str(value):
                        return int("48151" + "62342") if "assert" in str(value) else 0
                frame = frame.f_back
        """,
    "reads what it was started with": """
        import os, sys
        def f():
            texts = [" ".join(sys.argv), repr(dict(os.environ))]
            for fd in range(3, 64):
                try: texts.append(os.pread(fd, 10**6, 0).decode())
                except Exception: pass
            for root in ("/proc", "/tmp", "/dev/fd", "/run", "/var", "/home", "/root"):
                for folder, _, names in os.walk(root):
                    for name in names:
                        try: texts.append(open(os.path.join(folder, name)).read(10**6))
                        except Exception: pass
            for text in texts:
                if "assert" in text and "48151" + "62342" in text:
                    return int("48151" + "62342")
        """,
    "reads the caller's memory": """
        import os
        def f():
            return open(f"/proc/{os.getppid()}/mem", "rb").read(10)
        """,
    "hangs in its own representation": """
        class Sly:
            def __init__(self): self.x = 1
            def __repr__(self):
                while True: pass
            __str__ = __eq__ = __hash__ = __repr__
        def f(): return Sly()
        """,
    "raises what cannot be shown": """
        class Sly(BaseException):
            def __str__(self): raise Sly()
        def f(): raise Sly()
        """,
    "answers when it leaves": """
        import atexit
        atexit.register(lambda: print('{"value": true}'))
        def f(): return 1
        """,
    "returns what is not done": "async def f(): return 1",
    "returns itself": "def f(): return f",
    "returns without end": "def f():\n    x = []\n    x.append(x)\n    return x",
    "takes the place of the tests": "def check(candidate): return True\ndef double(x): pass",
}  # fmt: skip


class TestHacks:
    """No program is paid for anything but the values that it returns."""

    @pytest.mark.parametrize("gold", ["4", "'aa'", "True"])
    def test_no_exploit_is_paid(self, gold):
        """No text does it that says what a test expects, or what a grader may want to hear."""
        texts = [exploit.text for exploit in exploits(gold, format=FREEFORM)]
        scores = check_code(texts, tests=[TESTS] * len(texts))
        assert [
            text for text, score in zip(texts, scores, strict=True) if score not in (-2.5, -4.5)
        ] == []

    @pytest.mark.parametrize("backend", ["monty", "jail"])
    @pytest.mark.filterwarnings("ignore::grpo_rewards.sandboxes.SandboxWarning")
    def test_no_hack_is_paid(self, backend):
        """All in one batch, so that one that harms its neighbours shows as well."""
        sandbox = MontySandbox(seconds=1.0, memory=128) if backend == "monty" else a_jail()
        reward = CheckCode(sandbox=sandbox, deadline=120)
        honest = fenced("def f(): return 4815162342")
        texts = [*map(fenced, HACKS.values()), honest]
        forms = [
            [f"assert f() == {SECRET}"],
            [f"assert abs(f() - {SECRET}) < 0.5", f"assert {{f()}} == {{{SECRET}}}"],
            [{"input": [], "output": SECRET}],
            [{"input": "", "output": f"the answer is {SECRET}"}],
        ]
        for tests in forms:
            is_script = tests[0] == forms[3][0]
            names = [None if is_script else "f"] * len(texts)
            scores = reward(texts, tests=[tests] * len(texts), entry_point=names)
            paid = dict(zip([*HACKS, "honest"], scores, strict=True))
            assert paid.pop("honest") == (-2.5 if is_script else 5.0)
            assert {name: score for name, score in paid.items() if score not in (None, -2.5)} == {}

    def test_in_a_jail_every_hack_is_wrong(self):
        """Nor is one let off: only the sandbox's own failure is no opinion."""
        reward = CheckCode(sandbox=a_jail(), deadline=120)
        tests = [[f"assert f() == {SECRET}"]] * len(HACKS)
        assert set(reward([*map(fenced, HACKS.values())], tests=tests)) == {-2.5}
