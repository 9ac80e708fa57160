"""The limits of sandboxes: of time, of memory, of what is returned, and of patience."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
import time
from dataclasses import replace

import pytest

from grpo_rewards import OptionError
from grpo_rewards.sandboxes import JailSandbox, Job, MontySandbox, Reply
from sandboxed import LIMITS, jail, run, run_script

pytest.importorskip("pydantic_monty", reason="pydantic-monty is not installed")


class TestLimits:
    """A program that takes too much is stopped; that is its own fault, and no other's."""

    @pytest.mark.parametrize(
        "body",
        [
            pytest.param("while True: pass", id="computes without end"),
            pytest.param("sum(range(10**12))", id="one operation without end"),
            pytest.param("import time\ntime.sleep(60)", id="sleeps past the deadline"),
            pytest.param(
                "import time\nwhile True:\n    try:\n        time.sleep(60)\n"
                "    except BaseException: pass",
                id="sleeps, and catches everything",
            ),
        ],
    )
    @pytest.mark.parametrize("place", ["program", "call"])
    def test_time(self, sandbox, body, place):
        program, calls = body, ("f()",)
        if place == "call":
            program = "def f():\n" + textwrap.indent(body, "    ")
        began = time.monotonic()
        result = sandbox.run([Job(program=program, calls=calls)], deadline=30)[0]
        assert result.status == "stopped"
        assert result.replies == ()
        assert time.monotonic() - began < 15  # which only a hang would take

    def test_calls_before_the_limit_count(self, sandbox):
        program = "def f(x):\n    while x: pass\n    return 1"
        result = run(sandbox, program, "f(0)", "f(1)", "f(0)")
        assert (result.status, result.replies) == ("stopped", (Reply(value=1),))

    @pytest.mark.parametrize(
        "body",
        [
            "x = [0] * 10**9",
            "x = []\nwhile True: x.append('a' * 10**6)",
            "x = 'a'\nwhile True: x += x",
            "x = 10 ** 10 ** 9",
        ],
    )
    def test_memory(self, sandbox, body):
        result = run(sandbox, body, "len(x)")
        assert result.status == "stopped" or "MemoryError" in result.reason
        assert not result.replies or result.replies[0].error or result.replies[0].value < 10**9

    def test_printing_without_end(self, sandbox):
        result = run_script(sandbox, "while True: print('x' * 1000)")
        assert result.status == "stopped"

    def test_a_value_without_end(self, sandbox):
        result = run(sandbox, "def f(): return 'x' * 10**8", "f()")
        assert not result.replies or result.replies[0].error or sandbox != jail(**LIMITS)

    @pytest.mark.parametrize(
        "program",
        [
            "def f():\n    return f()",
            "def f():\n    x = []\n    for _ in range(10**5): x = [x]\n    return x",
        ],
    )
    def test_depth_without_end(self, sandbox, program):
        result = run(sandbox, program, "f()", "1")
        assert result.status == "stopped" or result.replies[0].error

    def test_the_deadline_of_a_batch_is_no_program_s_fault(self, sandbox):
        jobs = [Job(program=f"while {n}: pass", calls=("1",)) for n in range(1, 6)]
        began = time.monotonic()
        results = sandbox.run(jobs, deadline=1.0)
        assert time.monotonic() - began < 10
        assert {result.status for result in results} == {"failed"}
        assert "deadline" in results[-1].reason

    @pytest.mark.parametrize(
        ("program", "call", "found"),
        [
            ("", "bytearray(10**9)", "MemoryError"),
            ("import mmap", "mmap.mmap(-1, 10**9)", "Cannot allocate memory"),
            ("", "open('/tmp/a', 'wb').truncate(17 << 20)", "File too large"),
            ("", "[open('/dev/null') for _ in range(100)]", "Too many open files"),
            ("import resource", "resource.getrlimit(resource.RLIMIT_CPU)", (6, 6)),
            ("import resource", "resource.getrlimit(resource.RLIMIT_NPROC)", (64, 64)),
            ("import resource", "resource.getrlimit(resource.RLIMIT_CORE)", (0, 0)),
        ],
    )
    def test_limits_of_the_kernel(self, jailed, program, call, found):
        reply = run(jailed, program, call).replies[0]
        assert found in (reply.value, reply.error) or found in reply.error

    def test_a_program_s_limits_cannot_be_raised(self, jailed):
        program = """
            import resource
            def f(name):
                resource.setrlimit(getattr(resource, name), (10**6, 10**6))
            """
        names = ("RLIMIT_CPU", "RLIMIT_NOFILE", "RLIMIT_NPROC", "RLIMIT_CORE")
        replies = run(jailed, program, *(f"f({name!r})" for name in names)).replies
        assert all("not allowed to raise" in reply.error for reply in replies)

    def test_it_has_no_capabilities(self, jailed):
        """Root's, in a namespace of its own, would let it mount file systems, for one."""
        program = """
            import ctypes
            libc = ctypes.CDLL(None, use_errno=True)
            def f():
                head = (ctypes.c_uint32 * 2)(0x20080522, 0)
                found = (ctypes.c_uint32 * 6)()
                return libc.capget(head, found), list(found)
            """
        assert run(jailed, program, "f()").replies[0].value == (0, [0] * 6)

    @pytest.mark.parametrize(
        ("loop", "found"),
        [
            ("threading.Thread(target=time.sleep, args=(60,), daemon=True).start()", "threads"),
            ("_thread.start_new_thread(time.sleep, (60,))", "threads"),
            ("os.mkdir(f'/tmp/{n}')", "files"),
            ("os.close(os.open(f'/tmp/{n}', os.O_CREAT))", "files"),
            ("os.symlink('/', f'/tmp/{n}')", "files"),
            ("os.mkdir('d')\n    os.chdir('d')", "files"),
        ],
    )
    def test_what_no_limit_of_the_kernel_counts(self, loop, found):
        """Nor, for root, threads: they take the host's ids and memory."""
        program = f"""
import itertools, os, threading, time, _thread
threading.stack_size(32768)
for n in itertools.count():
    {loop}
"""
        slow = jail(**LIMITS | {"seconds": 20})  # so that the files are too many before
        result = slow.run([Job(program=program)], deadline=60)[0]
        # Where the kernel counts threads itself, one cannot be started.
        said = f"more than .* {found}|can't start new thread" if found == "threads" else found
        assert re.search(said, result.reason)

    def test_threads_and_files_within_the_limits(self, jailed):
        program = """
            import os, threading
            def f():
                gate = threading.Event()
                threads = [threading.Thread(target=gate.wait) for _ in range(6)]
                for thread in threads: thread.start()
                for n in range(500): open(f"/tmp/{n}", "w").close()
                gate.set()
                for thread in threads: thread.join()
                return len(os.listdir("/tmp"))
            """
        assert run(jailed, program, "f()").replies == (Reply(value=500),)

    def test_the_standard_input_cannot_be_changed(self, jailed):
        program = """
            import os
            def tried(do):
                try:
                    return str(do())
                except (OSError, ValueError) as error:
                    return type(error).__name__
            print(os.fstat(0).st_size, os.read(0, 2), os.read(0, 9))
            print(tried(lambda: os.write(0, b"x")))
            print(tried(lambda: os.ftruncate(0, 10**7)))
            print(tried(lambda: os.open("/dev/stdin", os.O_RDWR)))
            print(tried(lambda: os.open("/proc/self/fd/0", os.O_RDWR)))
            print(tried(lambda: os.setxattr(0, "user.a", b"b" * 1000)))
            """
        result = run_script(jailed, program, "abc")
        assert result.output.split("\n") == [
            *("3 b'ab' b'c'", "OSError", "OSError", "FileNotFoundError", "FileNotFoundError"),
            *("PermissionError", ""),
        ]

    def test_others_are_not_harmed(self, sandbox):
        bad = [Job(program="x = [0] * 10**10", calls=("x",)), Job(program="while True: pass")]
        good = [Job(program=f"def f(): return {n}", calls=("f()",)) for n in range(6)]
        results = sandbox.run([*good[:3], *bad, *good[3:]], deadline=30)
        values = [r.replies[0].value for r in (*results[:3], *results[5:])]
        assert values == list(range(6))

    @pytest.mark.parametrize(
        ("options", "found"),
        [
            ({"seconds": 0}, "seconds=0"),
            ({"seconds": True}, "seconds=True"),
            ({"memory": 1.5}, "memory=1.5"),
            ({"memory": 3}, "at least 64"),
            ({"output": 0}, "output=0"),
            ({"workers": 0}, "workers=0"),
        ],
    )
    def test_limits_that_are_none(self, options, found):
        for kind in (MontySandbox, JailSandbox):
            with pytest.raises(OptionError, match=found):
                kind(**options)


COLLIDING = "[n * (2**61 - 1) for n in range({})]"


class TestLargeResults:
    """What a program returns is measured, and bounded, before anything here goes through it."""

    @pytest.mark.parametrize(
        ("program", "found"),
        [
            ("x = [1]\nfor _ in range(24): x = [x, x]", "too large"),
            ("x = (1,)\nfor _ in range(24): x = (x, x)", "too large"),
            ("x = 1\nfor _ in range(24): x = {'a': x, 'b': x}", "too large"),
            ("x = [0] * 300_000", "too large"),
            ("x = [[]] * 60_000", "too large"),
            ("x = 1\nfor _ in range(101): x = [x]", "too deep"),
            ("x = 10**5000", "4300"),
            (f"x = set({COLLIDING.format(1000)})", "one hash"),
            (f"x = dict.fromkeys({COLLIDING.format(1000)})", "one hash"),
            (f"x = {{(n, 0) for n in {COLLIDING.format(1000)}}}", "one hash"),
            (f"x = {{1 + n * 1j for n in range(9)}} | set({COLLIDING.format(9)})", "one hash"),
            ("def f(): raise ValueError('a' * 10**7)\nx = 1", None),
        ],
    )
    def test_one_value(self, sandbox, program, found):
        box = replace(sandbox, seconds=10.0)
        result = run(box, program, "x" if found else "f()", "1 + 1")
        assert found is None or found in result.replies[0].error
        assert len(result.replies[0].error) <= 300
        assert result.replies[1] == Reply(value=2)

    def test_the_error_of_a_program(self, sandbox):
        result = run(sandbox, "def f(): return 1\nraise ValueError('a' * 10**7)", "f()")
        assert result.reason.startswith("ValueError: aaa")
        assert len(result.reason) <= 300
        assert result.replies == (Reply(value=1),)

    def test_the_values_of_all_calls(self, sandbox):
        result = run(sandbox, "def f(n): return 'a' * n", *["f(90_000)"] * 9)
        assert result.status == "stopped"
        assert "more than 400000 bytes of values" in result.reason
        assert (
            run(sandbox, "def f(n): return 'a' * n", "f(90_000)").replies[0].value == "a" * 90_000
        )
        assert run(sandbox, "def f(n): return 'a' * n", "f(100_001)").status == "stopped"

    def test_the_parts_of_all_calls(self):
        box = MontySandbox(seconds=5.0)
        result = run(box, "x = list(range(100_000))", "x", "x", "x", "1")
        assert [bool(reply.error) for reply in result.replies] == [False, False, True, True]

    def test_a_program_that_takes_the_names_of_what_writes_for_it(self, sandbox):
        names = "exec eval type isinstance len str list dict tuple print BaseException ValueError"
        own = "encoded written failed catch line error json kinds eval exec type".split()
        program = "\n".join(
            [*(f"{name} = 5" for name in names.split()), *(f"_emulated_{name} = 5" for name in own)]
        )
        result = run(sandbox, f"{program}\ndef f(): return 3", "f()", "x * 10**9")
        assert all(reply.error or reply == Reply(value=3) for reply in result.replies)

    def test_nothing_of_it_is_held(self, sandbox):
        """Not even for as long as the others of its batch take."""
        psutil = pytest.importorskip("psutil")
        jobs = [
            Job(program=f"def f(): return 'a' * 90_000 + '{n}'", calls=("f()",) * 4)
            for n in range(40)
        ]
        sandbox.run_each(jobs[:4], deadline=60, judge=lambda job, result: 0)
        before = psutil.Process().memory_info().rss
        most = []

        def judge(job, result):
            most.append(psutil.Process().memory_info().rss - before)
            return len(result.replies[0].value)

        lengths = sandbox.run_each(jobs, deadline=60, judge=judge)
        assert set(lengths) <= {90_001, 90_002}
        assert max(most) < 12_000_000  # all of them together take more


class TestInterrupting:
    """Ctrl-C does not wait for programs."""

    @pytest.mark.parametrize("kind", ["MontySandbox", "JailSandbox"])
    def test_it_ends_at_once(self, kind):
        if kind == "JailSandbox":
            jail(**LIMITS)
        code = f"""
import os, signal, sys, threading, time
from grpo_rewards.sandboxes import {kind}, Job
signal.signal(signal.SIGINT, signal.default_int_handler)
box = {kind}(seconds=100)
box.run([Job(program="1")], deadline=100)
threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
try:
    box.run([Job(program="while True: pass")] * 3, deadline=100)
except KeyboardInterrupt:
    print("interrupted")
"""
        ran = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
        )
        assert ran.stdout == "interrupted\n"
