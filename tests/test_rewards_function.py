"""Functions that have to be right, import nothing they may not, and be faster than a reference."""

from __future__ import annotations

import json
import pickle
import random
import subprocess
import sys
import textwrap
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from code_cases import fenced
from grpo_rewards import (
    CheckCode,
    CheckFunction,
    ColumnError,
    OptionError,
    RewardWarning,
    check_function,
)
from grpo_rewards.programs.imports import STANDARD, imported, why_forbidden
from grpo_rewards.sandboxes import (
    JailSandbox,
    Job,
    MontySandbox,
    SandboxWarning,
    as_script,
    from_output,
)
from grpo_rewards.sandboxes.data import encode
from grpo_rewards.sandboxes.races import Finish, Race, race_each
from grpo_rewards.testing import assert_reward_contract, audit_task
from sandboxed import jail

pytest.importorskip("pydantic_monty", reason="pydantic-monty is not installed")

SLOW = """
def total(n):
    found = 0
    for number in range(n):
        found += number
    return found
"""
FAST = "def total(n):\n    return n * (n - 1) // 2\n"
WRONG = "def total(n):\n    return n\n"
TESTS = ["assert total(4) == 6", "assert total(0) == 0"]
MONTY = MontySandbox()
WIDE = 2.0
"""A tie that no other work on the machine can break."""


def slow_total(n):
    found = 0
    for number in range(n):
        found += number
    return found


def sizes(chance):
    """Arguments that keep the slow one busy for some hundredths of a second."""
    return (chance.randrange(300_000, 400_000),)


def few(chance):
    return (chance.randrange(100),)


@pytest.fixture(scope="module")
def jailed():
    return jail()


def explained(program, sandbox, **options):
    reward = CheckFunction(inputs=sizes, cases=2, sandbox=sandbox, **options)
    return reward.explain(fenced(program), tests=TESTS, reference=SLOW, entry_point="total")


class TestTiers:
    @pytest.mark.parametrize(
        ("text", "score", "verdict"),
        [
            (fenced(FAST), 5.0, "correct"),
            (fenced(WRONG), -2.5, "wrong"),
            (fenced("import numpy\n" + FAST), -4.5, "wrong"),
            (fenced("def total(n): return 6 if n == 4 else None"), -2.5, "wrong"),
            ("I cannot do that.", -4.5, "no answer"),
        ],
    )
    def test_what_each_finding_pays(self, text, score, verdict):
        outcome = CheckFunction(reference=None, sandbox=MONTY).explain(text, tests=TESTS)
        assert (outcome.score, outcome.details["verdict"]) == (score, verdict)
        json.dumps(outcome.details)

    def test_a_share_of_the_tests_may_be_paid(self):
        reward = CheckFunction(reference=None, all_or_nothing=False, sandbox=MONTY)
        assert reward([fenced("def total(n): return 0")], tests=[TESTS]) == [2.5]

    def test_a_right_program_may_have_a_tier_for_what_it_imports(self):
        reward = CheckFunction(reference=None, forbidden=-20.0, imports=("math",), sandbox=MONTY)
        texts = [fenced(f"{line}\n{FAST}") for line in ("import math", "import heapq")]
        assert reward(texts, tests=[TESTS] * 2) == [5.0, -20.0]
        assert reward.bounds[0] == -20.0

    @pytest.mark.parametrize("tests", [None, [], ""])
    def test_a_row_without_tests_has_no_opinion(self, tests):
        reward = CheckFunction(sandbox=MONTY)
        assert reward([fenced(FAST)], tests=[tests], reference=[SLOW]) == [None]

    def test_the_reference_is_the_test_where_there_is_no_other(self):
        reward = CheckFunction(inputs=few, bonus=0.0, sandbox=MONTY)
        scores = reward(
            [fenced(FAST), fenced(WRONG)], reference=[SLOW] * 2, entry_point=["total"] * 2
        )
        assert scores == [5.0, -2.5]

    def test_a_method_as_leetcode_asks_for_it(self):
        method = "class Solution:\n    def total(self, n):\n        return n * (n - 1) // 2\n"
        tests = [{"input": [4], "output": 6}]
        reward = CheckFunction(reference=None, sandbox=MONTY)
        assert reward([fenced(method)], tests=[tests], entry_point=["total"]) == [5.0]


ALLOWED = [
    "import math",
    "from math import gcd",
    "import math as m\nm.sqrt(2)",
    "from collections import abc, Counter",
    "import collections.abc\ncollections.abc.Sized",
    "from copy import copy",
    "import time\ntime.time()",
    "def f():\n    import heapq\n    heapq.heapify([])",
    "import os\nos.path.join('a')",
    "import sys\nsys.setrecursionlimit(9)",
    "import re\nre.compile('a')",
    "def compile(x):\n    return x\ncompile(1)",
    "class A:\n    def __init__(self):\n        self.__class__.__name__\n        self.__dict__",
    "x.modules",
    "numpy = 3\nnumpy",
    "def numpy(): ...",
    "print('import numpy')",
    "from __future__ import annotations",
    "# import numpy",
    "x = 'numpy'",
    "import datetime\ndatetime.datetime.now()",
    "from functools import lru_cache, reduce",
]
REFUSED = [
    "import numpy",
    "import numpy as np",
    "import math, numpy.linalg as la",
    "from numpy import *",
    "from numpy.linalg import inv",
    "try:\n    import torch\nexcept ImportError:\n    pass",
    "if 0:\n    import torch",
    "def f():\n    import pandas as pd",
    "class A:\n    from scipy import stats",
    "from . import helper",
    "from .helper import f",
    "__import__('numpy')",
    "x = __import__\nx('numpy')",
    "import importlib\nimportlib.import_module('numpy')",
    "from importlib import import_module",
    "exec('import numpy')",
    "eval('__imp' + 'ort__')('numpy')",
    "compile('import numpy', '', 'exec')",
    "import builtins\nbuiltins.exec('1')",
    "__builtins__['exec']",
    "globals()['__builtins__']",
    "f.__globals__['os']",
    "().__class__.__base__.__subclasses__()",
    "getattr((), '__subclasses__')",
    "import sys\nsys._getframe().f_back",
    "import sys\nsys.modules['numpy']",
    "from sys import modules",
    "import random\nrandom._inspect",
    "import pkgutil",
    "import ctypes",
    "import gc",
    "import inspect",
    "import runpy",
    "import zipimport",
    "f.__code__",
    "(i for i in ()).gi_frame",
]


class TestImports:
    @pytest.mark.parametrize("program", ALLOWED)
    def test_allowed(self, program):
        assert why_forbidden(program, STANDARD) == ""

    @pytest.mark.parametrize("program", REFUSED)
    def test_refused(self, program):
        assert why_forbidden(program, STANDARD)

    @pytest.mark.parametrize(
        "program",
        [
            "import os",
            "import math\nmath.os",
            "from random import _os",
            "import random as r\nr._os",
        ],
    )
    def test_with_a_list_of_modules(self, program):
        assert why_forbidden(program, ("math", "random"))
        assert not why_forbidden(program.replace("_os", "random").replace("os", "math"), STANDARD)

    @pytest.mark.parametrize("program", ["def f(:", "\0", "(" * 5_000, "x = " + "-" * 50_000 + "1"])
    def test_what_cannot_be_parsed_is_left_to_python(self, program):
        assert why_forbidden(program, ()) == ""
        assert imported(program) == ()

    def test_what_is_too_long_to_be_looked_into_is_not_allowed(self):
        program = f"x = [{'1, ' * 40_000}]\n{FAST}"
        assert "not looked into" in why_forbidden(program, STANDARD)
        assert imported("import os\n" + program) == ()
        assert CheckFunction(reference=None, sandbox=MONTY)([fenced(program)], tests=[TESTS]) == [
            -4.5
        ]

    @given(
        st.sampled_from(["os", "heapq", "numpy", "a.b"]),
        st.sampled_from(["import {}", "import {} as z", "from {} import z", "if 1: import {}"]),
        st.integers(0, 3),
    )
    def test_an_import_is_found_wherever_it_stands(self, module, form, depth):
        program = form.format(module)
        for level in range(depth):
            program = f"def f{level}():\n" + textwrap.indent(program, "    ")
        assert imported(program) == (module,)
        root = module.partition(".")[0]
        assert not why_forbidden(program, (root,))
        assert why_forbidden(program, ()) == f"it imports {module}"

    @pytest.mark.parametrize(
        ("program", "error"),
        [
            ("def f(): import math; return math.gcd(4, 6)", ""),
            ("def f(): import collections; return len(collections.Counter('aa'))", ""),
            ("def f(): import os; return 2", "ImportError: the module os may not be imported"),
            ("def f(): return __import__('json') and 2", "ImportError: the module json"),
            ("def f(): exec('import re'); return 2", "ImportError: the module re"),
            ("import os\ndef f(): return 2", "NameError"),
        ],
    )
    def test_python_itself_refuses_as_it_runs(self, jailed, program, error):
        """What a library imports for itself is no matter."""
        job = Job(program=program, calls=("f()",), imports=("math", "collections"))
        (reply,) = jailed.run([job], deadline=30)[0].replies
        assert reply.error.startswith(error)
        assert reply.value == (None if error else 2 if "gcd" in program else 1)

    def test_a_script_for_a_remote_sandbox_refuses_as_well(self):
        job = Job(program="import json\ndef f(): return 2", calls=("f()",), imports=("math",))
        ran = subprocess.run(
            [sys.executable, "-c", as_script(job)], capture_output=True, text=True, check=True
        )
        found = from_output(job, ran.stdout)
        assert found.reason == "ImportError: the module json may not be imported"
        allowed = replace(job, imports=("json",))
        ran = subprocess.run(
            [sys.executable, "-c", as_script(allowed)], capture_output=True, text=True, check=True
        )
        assert from_output(allowed, ran.stdout).replies[0].value == 2

    def test_a_program_without_a_list_imports_what_it_likes(self, jailed):
        job = Job(program="import os\ndef f(): return os.sep", calls=("f()",))
        assert jailed.run([job], deadline=30)[0].replies[0].value == "/"


class TestSpeed:
    def test_what_is_faster_earns_the_bonus(self, jailed):
        outcome = explained(FAST, jailed)
        assert outcome.score == 7.5
        assert outcome.details["speedup"] > 4
        assert "times as fast as the reference" in outcome.reason

    def test_the_reference_itself_is_a_tie(self, jailed):
        outcome = explained(SLOW, jailed, step=WIDE)
        assert (outcome.score, outcome.details["bonus"]) == (5.0, 0.0)
        assert "no faster than the reference" in outcome.reason

    def test_a_slower_one_earns_no_bonus(self, jailed):
        outcome = explained(SLOW.replace("range(n)", "sorted(range(n))"), jailed, step=WIDE)
        assert outcome.score == 5.0

    @pytest.mark.parametrize(
        "program",
        [
            pytest.param(
                "import time\n"
                "for clock in ('time', 'perf_counter', 'process_time', 'monotonic'):\n"
                "    setattr(time, clock, lambda: 0.0)\n" + SLOW,
                id="stopped clocks",
            ),
            pytest.param(
                "import functools\n" + SLOW.replace("def", "@functools.cache\ndef"), id="memory"
            ),
            pytest.param(
                "TABLE = [0]\nfor number in range(400_000):\n    TABLE.append(TABLE[-1] + number)\n"
                "def total(n):\n    return TABLE[n]\n",
                id="a table made before the calls",
            ),
            pytest.param(
                "import os\n" + SLOW.replace("    return found", "    open('/tmp/' + str(n), 'w')\n"
                "    return found").replace("    found = 0", "    found = 0\n"
                "    if os.path.exists('/tmp/' + str(n)): return n * (n - 1) // 2", 1),
                id="files of the round before",
            ),
            pytest.param(
                "import threading\nDONE = {}\n" + SLOW.replace("total", "work")
                + "def total(n):\n"
                "    t = threading.Thread(target=lambda: DONE.update({n: work(n)}))\n"
                "    t.start()\n    t.join()\n    return DONE[n]\n",
                id="another thread",
            ),
            pytest.param(
                "import time\n" + SLOW.replace("    return", "    time.sleep(0.01)\n    return"),
                id="sleep",
            ),
        ],
    )  # fmt: skip
    def test_no_trick_makes_it_faster(self, jailed, program):
        outcome = explained(program, jailed, step=WIDE)
        assert outcome.score == 5.0, outcome.reason
        assert outcome.details["bonus"] == 0.0

    @pytest.mark.parametrize(
        "program",
        [
            pytest.param(
                "def total(n): return {4: 6, 0: 0}.get(n, 7)", id="the results of the tests"
            ),
            pytest.param("def total(n): return n * (n - 1) // 2 if n < 9 else 0", id="small ones"),
            pytest.param(
                "def total(n):\n    while n > 9: pass\n    return n * (n - 1) // 2", id="a hang"
            ),
            pytest.param(
                "import os\ndef total(n): return n * (n - 1) // 2 if n < 9 else os._exit(0)",
                id="an exit",
            ),
            pytest.param("def total(n): return n * (n - 1) / 2 if n < 9 else n", id="floats"),
        ],
    )
    def test_what_is_timed_has_to_be_right(self, jailed, program):
        sandbox = JailSandbox(seconds=3.0)
        assert explained(program, sandbox).score == -2.5

    def test_the_arguments_that_are_timed_differ_from_program_to_program(self):
        asked = []

        def recorded(chance):
            asked.append(chance.randrange(10**9))
            return (asked[-1],)

        class Racing:
            def run(self, jobs, *, deadline):
                return MONTY.run(jobs, deadline=deadline)

            def race(self, races, *, deadline):
                return [Finish(status="unsupported", reason="none")] * len(races)

        for program in (FAST, FAST + "\n", FAST):
            CheckFunction(inputs=recorded, cases=3, sandbox=Racing()).explain(
                fenced(program), tests=TESTS, reference=SLOW, entry_point="total"
            )
        assert asked[:3] != asked[3:6]
        assert asked[:3] == asked[6:]

    def test_the_calls_of_the_tests_are_timed_without_inputs(self, jailed):
        tests = ["assert total(400_000) == 79999800000", "assert total(300_000) == 44999850000"]
        reward = CheckFunction(sandbox=jailed, step=WIDE)
        scores = reward([fenced(FAST), fenced(SLOW)], tests=[tests] * 2, reference=[SLOW, SLOW])
        assert scores == [7.5, 5.0]

    def test_a_function_may_be_the_reference(self, jailed):
        reward = CheckFunction(reference=slow_total, inputs=sizes, cases=2, sandbox=jailed)
        text = fenced(FAST.replace("total", "slow_total"))
        assert reward.explain(text).score == 7.5

    def test_what_is_too_quick_to_be_timed_earns_no_bonus(self, jailed):
        reward = CheckFunction(inputs=few, sandbox=jailed)
        with pytest.warns(RewardWarning, match="could not time any of the 1 right programs"):
            scores = reward([fenced(FAST)], tests=[TESTS], reference=[SLOW], entry_point=["total"])
        assert scores == [5.0]

    def test_a_row_without_a_reference_asks_for_no_speed(self, jailed):
        reward = CheckFunction(sandbox=jailed)
        assert reward([fenced(FAST)] * 2, tests=[TESTS] * 2, reference=[None, ""]) == [5.0, 5.0]

    def test_a_reference_that_does_not_run_is_no_opinion(self, jailed):
        reward = CheckFunction(sandbox=jailed)
        with pytest.warns(SandboxWarning, match="the reference does not run: NameError"):
            scores = reward([fenced(FAST)], tests=[TESTS], reference=["def other(): ..."])
        assert scores == [None]

    def test_the_deadline_of_a_batch_is_no_program_s_fault(self, jailed):
        finishes = race_each(jailed, [race(FAST)], deadline=1e-3)
        assert finishes == [Finish(status="failed", reason="the batch's deadline came first")]

    def test_monty_has_no_clock(self):
        reward = CheckFunction(sandbox=MONTY)
        with pytest.warns(RewardWarning, match="MontySandbox cannot time programs"):
            scores = reward([fenced(FAST)], tests=[TESTS], reference=[SLOW])
        assert scores == [5.0]

    @given(st.floats(0.01, 100), st.floats(1.01, 3), st.floats(1, 20))
    def test_the_bonus_grows_with_the_ratio_and_is_capped(self, ratio, step, more):
        reward = CheckFunction(step=step, speedup=step * more, bonus=2.0, sandbox=MONTY)

        def bonus(ratio):
            outcome = reward._outcome("correct", "right")
            finish = Finish(status="ran", seconds=1.0, reference_seconds=ratio, ratios=(ratio,))
            return reward._raced(outcome, finish).details["bonus"]

        assert 0 <= bonus(ratio) <= bonus(ratio * 1.5) <= 2.0
        assert bonus(step * 0.99) == 0
        assert bonus(step * more * step * 1.01) == pytest.approx(2.0)
        assert bonus(step * 1.001) > 0


def race(program, reference=SLOW, sizes=(350_000,), **options):
    given = tuple(json.dumps(encode([size])) for size in sizes)
    calls = ("total",) * len(given)
    return Race(
        program=program, reference=reference, calls=calls, reference_calls=calls, inputs=given,
        rounds=1, **options
    )  # fmt: skip


class TestRaces:
    def test_both_answer_the_same_arguments(self, jailed):
        (finish,) = jailed.race([race(FAST, sizes=(4, 5))], deadline=30)
        assert [reply.value for reply in finish.results[0].replies] == [6, 10]
        assert finish.expected.replies == finish.results[0].replies
        assert finish.handing_over > 0

    @pytest.mark.parametrize(
        "values", [[1, "a", None, True], [[1.5, [2]], (1, (2, 3))], [{"a": {1, 2}}, b"x", 2j, ()]]
    )
    def test_arguments_are_given_as_they_are(self, jailed, values):
        given = (json.dumps(encode(values)),)
        program = "def f(*values): return list(values)"
        (finish,) = jailed.race(
            [Race(program=program, reference=program, calls=("f",), reference_calls=("f",),
                  inputs=given, rounds=1)],
            deadline=30,
        )  # fmt: skip
        assert finish.results[0].replies[0].value == values

    def test_a_program_that_takes_its_guest_s_place_returns_what_it_likes_and_no_more(self, jailed):
        """It could always say what it likes; what it says is compared with what is right."""
        program = "import __main__\n__main__._evaluated = lambda *_: '{\"value\": 1}'\n" + FAST
        (finish,) = jailed.race([race(program)], deadline=30)
        assert [reply.value for reply in finish.results[0].replies] == [1]
        assert [reply.value for reply in finish.expected.replies] != [1]

    @pytest.mark.parametrize(
        ("program", "reason"),
        [
            ("def total(n):\n    while True: pass", "ran longer than 3 s"),
            ("import os\nos._exit(3)", "it ended itself with exit code 3"),
            ("def total(n): return 'a' * 10_000_000", "more than 1000000 bytes of output"),
        ],
    )
    def test_one_that_is_stopped(self, program, reason):
        (finish,) = jail(seconds=3.0).race([race(program)], deadline=30)
        assert (finish.status, finish.reason) == ("stopped", reason)

    def test_what_runs_in_one_round_is_not_there_in_the_next(self, jailed):
        program = (
            "import os\n"
            "def total(n):\n"
            "    was = os.path.exists('/tmp/x')\n"
            "    open('/tmp/x', 'w')\n"
            "    return was\n"
        )
        given = Race(program=program, reference=program, calls=("total(1)",),
                     reference_calls=("total(1)",), rounds=3)  # fmt: skip
        (finish,) = jailed.race([given], deadline=30)
        assert [result.replies[0].value for result in finish.results] == [False]


class TestContract:
    @pytest.mark.filterwarnings("ignore::grpo_rewards.sandboxes.SandboxWarning")
    @pytest.mark.parametrize("options", [{"reference": None}, {"bonus": 0.0, "strict": False}])
    def test_it_keeps_the_contract(self, options):
        reward = CheckFunction(sandbox=MONTY, **options)
        texts = [fenced(FAST), fenced(WRONG), fenced("import numpy"), "", "so"]
        assert_reward_contract(reward, completions=texts, tests=[TESTS] * 5, reference=[SLOW] * 5)

    def test_it_pickles_and_shows_what_it_is(self):
        reward = CheckFunction(imports=["math"], speedup=2, reference="naive")
        again = pickle.loads(pickle.dumps(reward))
        assert again == reward
        assert eval(repr(reward), {"CheckFunction": CheckFunction}) == reward  # noqa: S307 (it is ours)

    def test_the_exploits_of_the_task(self):
        report = audit_task(
            CheckFunction(sandbox=MONTY, reference=None, unsupported=-2.5),
            "function",
            right=[fenced(FAST), fenced(SLOW)],
            wrong=fenced(WRONG),
            tests=TESTS,
            entry_point="total",
        )
        assert report.ok, str(report)

    def test_a_reward_that_reads_no_imports_is_found_out(self):
        report = audit_task(
            CheckCode(sandbox=MONTY, unsupported=-2.5),
            "function",
            right=[fenced(FAST)],
            wrong=fenced(WRONG),
            tests=TESTS,
            entry_point="total",
        )
        assert {row.kind for row in report.findings} == {"smuggled"}

    @pytest.mark.filterwarnings("ignore::grpo_rewards.sandboxes.SandboxWarning")
    @given(st.text(st.characters()), st.sampled_from(["{}", "```python\n{}\n```", "```\n{}"]))
    def test_no_text_raises(self, text, form):
        (score,) = CheckFunction(sandbox=MONTY, reference=None)([form.format(text)], tests=[TESTS])
        assert score in (-2.5, -4.5, None)

    @pytest.mark.parametrize("size", [10, 40])
    def test_inputs_by_chance_are_the_same_each_time(self, size):
        chance = random.Random(size)
        assert sizes(chance) != sizes(chance)
        assert sizes(random.Random(size)) == sizes(random.Random(size))


class TestWrongUse:
    @pytest.mark.parametrize(
        ("options", "said"),
        [
            ({"language": "cpp"}, "CheckCode"),
            ({"checker": "c"}, "CheckCode"),
            ({"imports": "math"}, "tuple of modules"),
            ({"imports": ("os.path",)}, "first names"),
            ({"imports": (3,)}, "first names"),
            ({"step": 1.0}, "1 < step"),
            ({"speedup": 1.1}, "step <= speedup"),
            ({"bonus": -1}, "not negative"),
            ({"bonus": "2"}, "finite number"),
            ({"forbidden": 0.0}, "honest attempt"),
            ({"rounds": 0}, "rounds=0"),
            ({"cases": 0}, "cases=0"),
            ({"reference": 3}, "name of a column"),
            ({"reference": ""}, "name of a column"),
            ({"reference": len}, "source cannot be read"),
            ({"reference": lambda n: n}, "write a function"),
            ({"reference": None, "inputs": few}, "write both"),
            ({"inputs": 3}, "random.Random"),
        ],
    )
    def test_options_that_cannot_be(self, options, said):
        with pytest.raises(OptionError, match=said):
            CheckFunction(**options)

    def test_a_column_that_is_missing(self):
        with pytest.raises(ColumnError, match="reference"):
            check_function([fenced(FAST)], tests=[TESTS])

    def test_tests_of_a_script(self):
        with pytest.raises(ColumnError, match="a script's"):
            CheckFunction(reference=None)(["print(1)"], tests=[[{"input": "", "output": "1"}]])

    def test_a_reference_that_is_no_program(self):
        with pytest.raises(ColumnError, match="source of a program"):
            check_function([fenced(FAST)], tests=[TESTS], reference=[3])
