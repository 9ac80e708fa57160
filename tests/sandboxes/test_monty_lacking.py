"""What Monty lacks: it is said so, and is no fault of a program."""

from __future__ import annotations

import subprocess
import sys

import pytest

from grpo_rewards import OptionError
from grpo_rewards.sandboxes import MontySandbox, Result
from grpo_rewards.sandboxes.monty import emulation as monty
from sandboxed import run

pytest.importorskip("pydantic_monty", reason="pydantic-monty is not installed")


class TestMonty:
    """What Monty lacks is no program's fault."""

    @pytest.mark.parametrize(
        ("program", "missing"),
        [
            ("class A(set): pass", "class inheritance"),
            ("def f():\n    x = 1 + (yield 1)", "yield"),
            ("class A: pass\na = A()\ndel a.x", "'del'"),
            ("from re import *\nx = subn, sub", "re.subn"),
            ("import threading\nthreading.Condition()", "threading.Condition"),
            ("from threading import Event", "module threading"),
            ("import numpy as np", "module numpy"),
            ("from sortedcontainers import SortedList", "module sortedcontainers"),
            ("from textwrap import wrap\nwrap('a')", "textwrap"),
            ("import os.path", ""),
            ("from collections.abc import Coroutine\nCoroutine()", "collections"),
            ("import sys\nsys.stdin.fileno()", "stdin.fileno"),
            ("import sys\nsys.stdin.read(3)", "a part of a line"),
            ("import sys\nsys.getsizeof(1)", "sys.getsizeof"),
            ("globals()", "globals"),
            ("bytes.maketrans(b'a', b'b')", "bytes.maketrans"),
            ("import re\nre.subn('a', 'b', 'a')", "not supported"),
            ("from dataclasses import make_dataclass\nmake_dataclass('A', [])", "make_dataclass"),
            ("from typing import get_type_hints\nget_type_hints(int)", "typing"),
            ("x = (n for y in [[1]] for n in y)\nnext(x)", "not an iterator"),
            ("pow(3, -1, 7)", "pow()"),
            ("x, y = [1], (2, 3)\nx += y", "list += tuple"),
            ("{1}.union([2], [3])", "set.union()"),
            ("'e'.encode('latin-1')", "latin-1"),
            ("(lambda: 1).__name__", "function.__name__"),
        ],
    )
    def test_unsupported(self, program, missing):
        result = run(MontySandbox(), program)
        if missing or result.status != "ran":
            assert result.status == "unsupported"
            assert missing in result.reason

    @pytest.mark.parametrize(
        "program",
        [
            "import a_module_that_nobody_has",
            "x = undefined",
            "[].add(1)",
            "import math\nmath.squareroot(2)",
            "from math import squareroot",
            "raise NotImplementedError",
            "raise NotImplementedError('later')",
            "int('x')",
            "[1] + (2,)",
        ],
    )
    def test_a_program_s_own_errors(self, program):
        result = run(MontySandbox(), program)
        assert result.status == "ran"
        assert result.reason

    @pytest.mark.parametrize(
        ("program", "call", "shows"),
        [
            ("def f(x):\n    return list(set(x))", "f([3, 1])", False),
            ("def f(x):\n    return list(set(x))", "f(['c', 'a'])", True),
            ("def f(x):\n    return list(set(x))", "f([3.5, 1.5])", True),
            ("def f(x):\n    return list(x)", "f({'c', 'a'})", True),
            ("def f(x):\n    return list(set(x))", "f([3, 3])", False),
            ("def f(x):\n    return sorted(set(x))", "f([3, 1])", False),
            (
                "def f(x):\n    s = {1} | set(x)\n    return sum(s), len(list(s))",
                "f([3, 1])",
                False,
            ),
            ("def f(x):\n    for n in set(x):\n        return n", "f(['c', 'a'])", True),
            ("def f(x):\n    s = set(x)\n    return s.pop()", "f('ab')", True),
            ("def f(x):\n    return max(set(x), key=x.count)", "f('abb')", False),
            ("def f(x):\n    return max(set(x), key=x.count)", "f('ab')", True),
        ],
    )
    def test_the_order_of_sets(self, program, call, shows):
        """Two runs, with their members in two orders, say whether it shows."""
        result = run(MontySandbox(), program, call)
        assert result.status == "ran"
        assert (result.other is not None) is shows

    def test_a_crash_of_monty_is_a_failure(self, monkeypatch):
        class Broken:
            def get(self):
                raise OSError("no worker")

            def forked(self):
                return False

        monkeypatch.setattr(monty, "_pool", Broken())
        result = run(MontySandbox(), "x = 1")
        assert result == Result(status="failed", reason="Monty failed: no worker")

    def test_without_monty_it_says_what_to_install(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "pydantic_monty", None)
        with pytest.raises(OptionError, match=r"grpo-rewards\[code\]"):
            run(MontySandbox(), "x = 1")

    def test_a_forked_process_has_no_opinion_rather_than_a_hang(self):
        run(MontySandbox(), "", "1")
        with monty._pool.lock:
            owner, monty._pool.owner = monty._pool.owner, -1
        try:
            result = run(MontySandbox(), "", "1")
        finally:
            monty._pool.owner = owner
        assert result.status == "failed"
        assert "spawn" in result.reason

    def test_importing_does_not_start_or_load_it(self):
        code = "import sys, grpo_rewards.rewards.code; print('pydantic_monty' in sys.modules)"
        ran = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        assert ran.stdout.strip() == "False"
