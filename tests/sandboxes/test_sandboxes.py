"""Sandboxes: what programs come to in them, wherever they are used from."""

from __future__ import annotations

import asyncio
import pickle
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import pytest

from grpo_rewards import OptionError
from grpo_rewards.sandboxes import FallbackSandbox, Job, MontySandbox, Reply
from sandboxed import LIMITS, run, run_script

pytest.importorskip("pydantic_monty", reason="pydantic-monty is not installed")


class TestRuns:
    """What a program comes to."""

    def test_calls_are_answered_in_order_and_in_one_namespace(self, sandbox):
        result = run(
            sandbox,
            """
            seen = []
            def f(x):
                seen.append(x)
                return len(seen)
            """,
            "f('a')",
            "f('b')",
            "seen",
        )
        assert result.status == "ran"
        assert [reply.value for reply in result.replies] == [1, 2, ["a", "b"]]

    @pytest.mark.parametrize(
        "written",
        [
            *(
                "None",
                "True",
                "-7",
                "10**50",
                "1.5",
                "-0.0",
                "1e999",
                "2j",
                "'é\\n\\x00'",
                "b'\\xff'",
            ),
            *("[1, (2, {3: {4}})]", "frozenset([1])", "{}", "()"),
        ],
    )
    def test_plain_data_comes_back_as_it_is(self, sandbox, written):
        value = run(sandbox, "", written).replies[0].value
        assert repr(value) == repr(eval(written))  # noqa: S307 (the table above)

    def test_an_exception_is_the_error_of_its_call_alone(self, sandbox):
        result = run(sandbox, "def f(x): return 1 / x", "f(0)", "f(2)", "g()")
        assert [reply.error.split(":")[0] for reply in result.replies] == [
            "ZeroDivisionError",
            "",
            "NameError",
        ]
        assert result.replies[1].value == 0.5

    def test_a_program_that_raises_may_have_defined_what_is_called(self, sandbox):
        result = run(sandbox, "def f(): return 1\n1 / 0", "f()")
        assert result.reason.startswith("ZeroDivisionError")
        assert result.replies == (Reply(value=1),)

    @pytest.mark.parametrize("program", ["def f(:", "x = = 1", "\x00", "  x", "'", "(" * 500])
    def test_what_is_no_python_has_a_syntax_error(self, sandbox, program):
        result = sandbox.run([Job(program=program, calls=("f()",))], deadline=30)[0]
        assert result.status == "ran"
        assert result.reason
        assert result.replies[0].error

    def test_a_script_reads_and_prints(self, sandbox):
        result = run_script(
            sandbox,
            """
            if __name__ == "__main__":
                n = int(input())
                print(n * 2)
                print(input().upper())
            """,
            "21\nabc\n",
        )
        assert (result.status, result.output) == ("ran", "42\nABC\n")

    def test_a_script_that_reads_past_the_end_raises(self, sandbox):
        result = run_script(sandbox, "print(1)\ninput()", "")
        assert "EOF when reading a line" in result.reason

    def test_a_function_s_file_is_not_the_main_one(self, sandbox):
        result = run(sandbox, "x = 1\nif __name__ == '__main__':\n    x = input()", "x")
        assert result.replies == (Reply(value=1),)

    def test_what_functions_print_does_not_matter(self, sandbox):
        program = """
            print('{"value": 5}')
            def f():
                print('{"value": 6}')
                return 4
            """
        assert run(sandbox, program, "f()", "f()").replies == (Reply(value=4), Reply(value=4))

    def test_annotations_are_not_evaluated(self, sandbox):
        """Programs for LeetCode have some that they do not import."""
        program = "class A:\n    def f(self, x: List[int]) -> Optional[int]: return x[0]"
        assert run(sandbox, program, "A().f([1])").replies == (Reply(value=1),)

    def test_what_a_script_s_last_line_comes_to_does_not_matter(self, sandbox):
        result = run_script(sandbox, "class A: pass\nprint(1)\nA()")
        assert (result.status, result.reason, result.output) == ("ran", "", "1\n")

    def test_no_jobs_have_no_results(self, sandbox):
        assert sandbox.run([], deadline=1) == []

    def test_a_jail_has_all_of_python(self, jailed):
        result = run(
            jailed,
            """
            import heapq, threading
            from dataclasses import dataclass
            from enum import IntEnum
            from typing import NamedTuple

            class Colour(IntEnum):
                RED = 3

            class Point(NamedTuple):
                x: int

            @dataclass
            class Box:
                x: "int"

            def numbers():
                yield from heapq.nsmallest(2, [3, 1, 2])

            found = []
            thread = threading.Thread(target=found.append, args=(1,))
            thread.start()
            thread.join()
            """,
            "list(numbers())",
            "Colour.RED",
            "Point(1)",
            "Box(2).x",
            "found",
        )
        assert [reply.value for reply in result.replies] == [[1, 2], 3, (1,), 2, [1]]

    def test_a_script_may_leave_as_it_likes(self, jailed):
        for leave, reason in (
            ("import sys; sys.exit(0)", ""),
            ("import os, sys; sys.stdout.flush(); os._exit(0)", ""),
            ("exit()", ""),
            ("import sys; sys.exit(3)", "exit code 3"),
        ):
            result = run_script(jailed, f"import sys\nprint(sys.stdin.read())\n{leave}", "in")
            assert (result.status, result.reason, result.output) == ("ran", reason, "in\n")


class TestPlaces:
    """Where a sandbox is used from."""

    def test_off_the_main_thread_and_in_several(self, sandbox):
        jobs = [Job(program=f"def f(): return {n}", calls=("f()",)) for n in range(4)]
        with ThreadPoolExecutor(4) as pool:
            runs = [pool.submit(sandbox.run, jobs, deadline=30) for _ in range(3)]
        for each in runs:
            assert [result.replies[0].value for result in each.result()] == [0, 1, 2, 3]

    def test_in_a_spawned_process(self, sandbox):
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            result = pool.submit(run, sandbox, "", "6 * 7").result(60)
        assert result.replies == (Reply(value=42),)

    def test_inside_an_event_loop(self, sandbox):
        async def inside():
            return run(sandbox, "", "6 * 7")

        assert asyncio.run(inside()).replies == (Reply(value=42),)

    def test_it_is_a_value(self, sandbox):
        copy = pickle.loads(pickle.dumps(sandbox))
        assert copy == sandbox
        assert hash(copy) == hash(sandbox)
        rebuilt = eval(repr(sandbox), {type(sandbox).__name__: type(sandbox)})  # noqa: S307 (our own)
        assert rebuilt == sandbox


class TestFallback:
    """A second sandbox takes what the first does not support."""

    def test_only_what_is_unsupported_goes_on(self, jailed):
        both = FallbackSandbox(first=MontySandbox(**LIMITS), second=jailed)
        programs = ["def f(): yield 1", "def f(): return [1]", "def f(): return x"]
        results = both.run(
            [Job(program=program, calls=("list(f())",)) for program in programs], deadline=30
        )
        assert [result.status for result in results] == ["ran"] * 3
        assert [result.replies[0].value for result in results] == [[1], [1], None]

    def test_what_is_doubted_goes_on(self, jailed):
        both = FallbackSandbox(first=MontySandbox(**LIMITS), second=jailed)
        program = "class A:\n    def __len__(self): return 7"
        (result,) = both.run([Job(program=program, calls=("len(A())",))], deadline=30)
        assert (result.replies, result.doubt) == ((Reply(value=7),), "")

    def test_what_is_no_sandbox(self):
        with pytest.raises(OptionError, match="second=3"):
            FallbackSandbox(first=MontySandbox(), second=3)
        with pytest.raises(OptionError, match="first=<class"):
            FallbackSandbox(first=MontySandbox, second=MontySandbox())
