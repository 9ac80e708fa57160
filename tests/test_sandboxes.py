"""Sandboxes: what programs come to, the limits, and what hostile programs cannot do."""

from __future__ import annotations

import asyncio
import os
import pickle
import re
import socket
import subprocess
import sys
import textwrap
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grpo_rewards import OptionError
from grpo_rewards.sandboxes import (
    FallbackSandbox,
    JailSandbox,
    Job,
    MontySandbox,
    Reply,
    Result,
    as_script,
    from_output,
    guest,
)
from grpo_rewards.sandboxes.data import NotPlainError, decode, encode, plain, shown, source
from grpo_rewards.sandboxes.jail import seccomp
from grpo_rewards.sandboxes.jail import setup as jail_setup
from grpo_rewards.sandboxes.monty import emulation as monty

pytest.importorskip("pydantic_monty", reason="pydantic-monty is not installed")

LIMITS = {"seconds": 1.0, "memory": 128, "output": 100_000, "workers": 2}


def make_jail():
    try:
        return JailSandbox(**LIMITS)
    except OptionError as error:
        pytest.skip(f"no jail here: {str(error).splitlines()[0]}")


@pytest.fixture(params=["monty", "jail"])
def sandbox(request):
    return MontySandbox(**LIMITS) if request.param == "monty" else make_jail()


@pytest.fixture
def jailed():
    return make_jail()


def run(sandbox, program, *calls, **options):
    job = Job(program=textwrap.dedent(program), calls=calls, **options)
    return sandbox.run([job], deadline=30)[0]


def run_script(sandbox, program, stdin=""):
    return sandbox.run([Job(program=textwrap.dedent(program), stdin=stdin)], deadline=30)[0]


def processes():
    """Each process of the system that runs: its parent, its command, and when it began."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, rest = stat.read_text().split(" (", 1)
        except OSError:  # it has ended meanwhile
            continue
        name, rest = rest.rsplit(") ", 1)
        parts = rest.split()
        if parts[0] not in "ZX":
            found[int(pid)] = (int(parts[1]), name, parts[19])
    return found


def descendants(ancestor):
    """The processes that descend from one, each with when it began."""
    running = processes()
    found, more = {ancestor}, True
    while more:
        more = {pid for pid, (parent, *_) in running.items() if parent in found} - found
        found |= more
    return {pid: running[pid][2] for pid in found - {ancestor}}


def alive(pids):
    """Those of some processes that still run."""
    running = processes()
    return {pid: began for pid, began in pids.items() if running.get(pid, "---")[2] == began}


def children():
    """The processes that descend from this one, but Monty's workers, which wait for programs."""
    running = processes()
    return {pid for pid in descendants(os.getpid()) if running.get(pid, ("", ""))[1] != "monty"}


KERNEL = {
    # name: its numbers on x86-64 and arm64, and arguments
    "fork": ((57, None), ""),
    "vfork": ((58, None), ""),
    "socket": ((41, 198), "1, 1, 0"),
    "socketpair": ((53, 199), "2, 1, 0, space"),
    "ptrace": ((101, 117), "0, 0, 0, 0"),
    "mount": ((165, 40), "b'none', b'/tmp', b'tmpfs', 0, None"),
    "umount2": ((166, 39), "b'/tmp', 2"),
    "pivot_root": ((155, 41), "b'/tmp', b'/tmp'"),
    "chroot": ((161, 51), "b'/tmp'"),
    "unshare": ((272, 97), "0x10000000"),
    "setns": ((308, 268), "0, 0"),
    "personality": ((135, 92), "0xffffffff"),
    "bpf": ((321, 280), "0, None, 0"),
    "userfaultfd": ((323, 282), "1"),
    "perf_event_open": ((298, 241), "space, 0, -1, -1, 0"),
    "keyctl": ((250, 219), "0, -1, 0"),
    "add_key": ((248, 217), "b'user', b'a', b'b', 1, -1"),
    "request_key": ((249, 218), "b'user', b'a', None, 0"),
    "kexec_load": ((246, 104), "0, 0, None, 0"),
    "init_module": ((175, 105), "None, 0, b''"),
    "finit_module": ((313, 273), "0, b'', 0"),
    "delete_module": ((176, 106), "b'no_such_module', 0"),
    "open_by_handle_at": ((304, 265), "-1, None, 0"),
    "process_vm_readv": ((310, 270), "os.getpid(), None, 0, None, 0, 0"),
    "process_vm_writev": ((311, 271), "os.getpid(), None, 0, None, 0, 0"),
    "io_uring_setup": ((425, 425), "4, space"),
    "io_uring_enter": ((426, 426), "0, 0, 0, 0, None, 0"),
    "io_uring_register": ((427, 427), "0, 0, None, 0"),
    "open_tree": ((428, 428), "-100, b'/', 0"),
    "move_mount": ((429, 429), "-100, b'/', -100, b'/', 0"),
    "fsopen": ((430, 430), "b'tmpfs', 0"),
    "fsconfig": ((431, 431), "0, 0, None, None, 0"),
    "fsmount": ((432, 432), "0, 0, 0"),
    "pidfd_getfd": ((438, 438), "0, 0, 0"),
    "mount_setattr": ((442, 442), "-100, b'/', 0, None, 0"),
    "memfd_create": ((319, 279), "b'a', 0"),
    "memfd_secret": ((447, 447), "0"),
    "shmget": ((29, 194), "0, 4096, 0o1600"),
    "msgget": ((68, 186), "0, 0o1600"),
    "semget": ((64, 190), "0, 1, 0o1600"),
    "mq_open": ((240, 180), "b'a', 66, 0o600, None"),
    "setxattr": ((188, 5), "b'/tmp', b'user.a', b'b', 1, 0"),
    "lsetxattr": ((189, 6), "b'/tmp', b'user.a', b'b', 1, 0"),
    "fsetxattr": ((190, 7), "0, b'user.a', b'b', 1, 0"),
    "setxattrat": ((463, 463), "-100, b'/tmp', 0, b'user.a', None, 0"),
    "io_setup": ((206, 0), "1, space"),
    "sendmsg": ((46, 211), "0, space, 0"),
    "sendmmsg": ((307, 269), "0, space, 1, 0"),
}
SYSCALL = """
    import ctypes, os
    libc = ctypes.CDLL(None, use_errno=True)
    space = ctypes.create_string_buffer(256)
    def call(number, *arguments):
        return libc.syscall(number, *arguments), ctypes.get_errno()
    """


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
        assert not result.replies or result.replies[0].error or sandbox != make_jail()

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
    def test_what_no_limit_of_the_kernel_counts(self, jailed, loop, found):
        """Nor, for root, threads: they take the host's ids and memory."""
        program = f"""
import itertools, os, threading, time, _thread
threading.stack_size(32768)
for n in itertools.count():
    {loop}
"""
        result = jailed.run([Job(program=program)], deadline=30)[0]
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
            make_jail()
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


class TestIsolation:
    """What a program cannot reach, and what does not stay of it."""

    def test_it_cannot_read_the_environment(self, sandbox, monkeypatch):
        monkeypatch.setenv("WANDB_API_KEY", "a secret")
        result = run(sandbox, "import os", "os.environ.get('WANDB_API_KEY')", "os.environ['PATH']")
        assert "secret" not in repr(result)
        assert result.replies[1].value in (None, "/usr/bin:/bin")

    def test_it_cannot_read_files(self, sandbox, tmp_path):
        secret = tmp_path / "tests.json"
        secret.write_text("the expected values")
        paths = [secret, Path(__file__), "/etc/passwd", "/proc/1/environ", "/proc/self/mem"]
        result = run(sandbox, "", *(f"open({str(path)!r}).read()" for path in paths))
        assert len(result.replies) == len(paths)
        for reply in result.replies:
            assert reply.error.startswith(("FileNotFoundError", "PermissionError"))

    def test_it_cannot_write_outside_its_tmp(self, sandbox, tmp_path):
        name = f"grpo_rewards_{os.getpid()}"
        places = [
            tmp_path,
            Path.cwd(),
            Path.home(),
            *map(Path, "/ /usr /etc /dev /var/tmp".split()),
        ]
        writes = [f"open({str(place / name)!r}, 'w').write('x')" for place in places]
        result = run(sandbox, "", *writes)
        assert all(reply.error for reply in result.replies)
        assert not any((place / name).exists() for place in places)

    def test_its_tmp_is_its_own_and_is_gone_afterwards(self, jailed):
        name = f"/tmp/grpo_rewards_{os.getpid()}"
        write = f"def f():\n    open({name!r}, 'w').write('x')\n    return open({name!r}).read()"
        assert run(jailed, write, "f()").replies == (Reply(value="x"),)
        assert not Path(name).exists()
        assert run(jailed, "import os", "os.listdir('/tmp')").replies == (Reply(value=[]),)

    def test_its_tmp_is_small(self, jailed):
        fill = """
            def f():
                for n in range(100):
                    with open(f"/tmp/{n}", "wb") as file:
                        file.write(b"x" * 10**6)
            """
        assert "No space left" in run(jailed, fill, "f()").replies[0].error

    def test_it_cannot_open_a_socket(self, sandbox):
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.settimeout(0.2)
            port = server.getsockname()[1]
            program = f"""
                def f():
                    import socket
                    return socket.create_connection(("127.0.0.1", {port}), timeout=1).fileno()
                """
            result = run(sandbox, program, "f()")
            assert result.status == "unsupported" or result.replies[0].error
            with pytest.raises(TimeoutError):
                server.accept()

    def test_it_cannot_reach_the_network(self, jailed):
        program = "import socket\ndef f(kind): return socket.socket(*kind).fileno()"
        kinds = ["(socket.AF_INET, socket.SOCK_DGRAM)", "(socket.AF_UNIX,)", "(socket.AF_INET6,)"]
        result = run(jailed, program, *(f"f({kind})" for kind in kinds))
        assert [reply.error.split(":")[0] for reply in result.replies] == ["PermissionError"] * 3

    @pytest.mark.parametrize(
        "body",
        [
            "import os\nwhile True: os.fork()",
            "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass",
            "import subprocess\nwhile True: subprocess.Popen(['/bin/sleep', '1000'])",
            "import os\nos.posix_spawn('/bin/sleep', ['sleep', '1000'], {})",
            "import multiprocessing as m\nm.Process(target=print).start()",
            "import threading as t\nwhile True: t.Thread(target=t.Event().wait).start()",
        ],
    )
    def test_it_cannot_fork(self, sandbox, body):
        before = children()
        result = run(sandbox, body, "1")
        assert result.status in ("stopped", "unsupported") or result.reason
        assert children() <= before

    @pytest.mark.parametrize(
        "body",
        [
            "import os\nos.kill(os.getppid(), 9)",
            "import os\nos.kill(1, 9)",
            "import os\nos.kill(-1, 9)",
            "import os\nos.killpg(0, 9)",
            "import os\nfor n in range(9**5):\n    try: os.kill(n, 9)\n    except: pass",
            "import os\nos.abort()",
            "import os\nos._exit(0)",
            "import ctypes\nctypes.string_at(0)",
            "import sys\nsys.setrecursionlimit(10**9)\ndef f(): return f()\nf()",
        ],
    )
    def test_it_can_end_only_itself(self, sandbox, body):
        before = children()
        result = run(sandbox, body, "1 + 1")
        assert result.status in ("ran", "stopped", "unsupported")
        assert result.status != "ran" or result.reason or result.replies == (Reply(value=2),)
        assert children() <= before
        assert run(sandbox, "", "1 + 1").replies == (Reply(value=2),)

    def test_nothing_is_left_behind(self, sandbox):
        before, descriptors = children(), len(list(Path("/proc/self/fd").iterdir()))
        temporary = set(Path("/tmp").iterdir())
        programs = ["while True: pass", "x = 1", "x = [0] * 10**9", "def f(:", "1 / 0"]
        sandbox.run([Job(program=program, calls=("x",)) for program in programs], deadline=30)
        sandbox.run([Job(program=program) for program in programs], deadline=30)
        assert children() <= before
        assert not {path for path in Path("/tmp").iterdir() if "grpo" in path.name} - temporary
        # Monty's pool may have started meanwhile, and holds a few for good.
        assert len(list(Path("/proc/self/fd").iterdir())) <= descriptors + 12

    def test_nothing_survives_the_parent(self, jailed):
        code = (
            "from grpo_rewards.sandboxes import JailSandbox, Job\n"
            "box = JailSandbox(seconds=60)\n"
            "box.run([Job(program='import time\\ntime.sleep(12345)')], deadline=60)\n"
        )
        with subprocess.Popen([sys.executable, "-c", code]) as parent:
            end = time.monotonic() + 30
            inside: dict = {}
            # The jails by which it is found out whether there are any end by themselves.
            while time.monotonic() < end and (len(inside) < 3 or alive(inside) != inside):
                inside = descendants(parent.pid)
                time.sleep(0.5)
            parent.kill()
        assert len(inside) >= 3  # bubblewrap outside, bubblewrap inside, and Python
        end = time.monotonic() + 10
        while alive(inside) and time.monotonic() < end:
            time.sleep(0.05)
        assert alive(inside) == {}

    def test_one_run_leaves_nothing_to_the_next(self, sandbox):
        run(sandbox, "import math\nmath.pi = 3\nx = 1", "x")
        result = run(sandbox, "import math", "math.pi > 3.1", "x")
        assert result.replies[0] == Reply(value=True)
        assert result.replies[1].error.startswith("NameError")


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


class TestJail:
    """A jail that cannot be had is refused, with what to do about it."""

    @pytest.fixture(autouse=True)
    def ask_anew(self):
        jail_setup.require_jail.cache_clear()
        yield
        jail_setup.require_jail.cache_clear()

    def test_without_bubblewrap(self, monkeypatch):
        monkeypatch.setenv("PATH", "/nowhere")
        with pytest.raises(OptionError, match="apt-get install bubblewrap"):
            JailSandbox()

    def test_on_another_system(self, monkeypatch):
        monkeypatch.setattr(jail_setup.platform, "machine", lambda: "riscv64")
        with pytest.raises(OptionError, match="x86_64 or aarch64"):
            JailSandbox()

    def test_without_user_namespaces(self, monkeypatch, tmp_path):
        (tmp_path / "bwrap").write_text(
            "#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n"
        )
        (tmp_path / "bwrap").chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
        with pytest.raises(OptionError, match="Permission denied") as error:
            JailSandbox()
        assert "userns" in str(error.value)

    def test_with_a_bubblewrap_that_confines_nothing(self, monkeypatch, tmp_path):
        """It would run the programs, and that is why its filter of system calls is tried out."""
        (tmp_path / "bwrap").write_text("#!/bin/sh\necho 42\n")
        (tmp_path / "bwrap").chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
        with pytest.raises(OptionError, match="does not work here"):
            JailSandbox()

    def test_unpickled_where_there_is_none(self, jailed, monkeypatch):
        copy = pickle.loads(pickle.dumps(jailed))
        monkeypatch.setenv("PATH", "/nowhere")
        jail_setup.require_jail.cache_clear()
        with pytest.raises(OptionError, match="bubblewrap"):
            run(copy, "", "1")

    @pytest.mark.parametrize(
        ("options", "found"),
        [
            ({"python": "python3"}, "absolute path"),
            ({"readable": ("data",)}, "absolute paths"),
            ({"readable": "/opt"}, "absolute paths"),
        ],
    )
    def test_options_that_cannot_work(self, options, found):
        with pytest.raises(OptionError, match=found):
            JailSandbox(**options)

    def test_what_is_readable_can_be_read_and_not_written(self, jailed, tmp_path):
        (tmp_path / "words.txt").write_text("words")
        box = JailSandbox(readable=(str(tmp_path),), **LIMITS)
        path = str(tmp_path / "words.txt")
        replies = run(box, "", f"open({path!r}).read()", f"open({path!r}, 'w')").replies
        assert replies[0] == Reply(value="words")
        assert "Read-only" in replies[1].error

    def test_the_packages_of_a_virtual_environment(self, jailed):
        box = JailSandbox(python=sys.executable, readable=(sys.prefix,), **LIMITS)
        calls = ("__import__('hypothesis').__name__",)
        assert run(jailed, "", *calls).replies[0].error.startswith("ModuleNotFoundError")
        assert run(box, "", *calls).replies == (Reply(value="hypothesis"),)

    def test_one_that_does_not_start_has_failed(self, jailed, monkeypatch):
        monkeypatch.setattr(JailSandbox, "_require", lambda self: ("/bin/false", "python"))
        assert run(jailed, "", "1").status == "failed"
        monkeypatch.setattr(JailSandbox, "_require", lambda self: ("/no/such/file", "python"))
        assert run(jailed, "", "1").status == "failed"

    @pytest.mark.parametrize("name", KERNEL)
    def test_calls_of_the_kernel_that_exploits_use(self, jailed, name):
        """Each with arguments that it takes elsewhere, so that it is the filter that denies it."""
        numbers, arguments = KERNEL[name]
        number = numbers[("x86_64", "aarch64").index(os.uname().machine)]
        if number is None:
            pytest.skip("this machine has no such call")
        reply = run(jailed, SYSCALL, f"call({number}, {arguments})").replies[0]
        assert reply.value == (-1, 1)  # not permitted

    def test_every_denied_call_is_tried(self):
        tried = {name: numbers for name, (numbers, _) in KERNEL.items()}
        assert tried == {**seccomp._DENIED, "socketpair": seccomp._SOCKETPAIR}
        assert len(seccomp.program()) % 8 == 0

    def test_asyncio_works_with_the_socket_pair_that_it_needs(self, jailed):
        program = """
            import asyncio, socket
            async def f():
                await asyncio.sleep(0.001)
                return 5
            def family():
                return socket.socketpair()[0].family.name
            """
        replies = run(jailed, program, "asyncio.run(f())", "family()").replies
        assert [reply.value for reply in replies] == [5, "AF_UNIX"]

    def test_it_is_nobody_in_particular(self, jailed):
        program = "import os"
        replies = run(
            jailed, program, "os.listdir('/')", "os.getpid() < 10", "dict(os.environ)"
        ).replies
        assert "proc" not in replies[0].value
        assert "home" not in replies[0].value
        assert replies[1].value
        assert os.environ["PATH"] not in replies[2].value.values()


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


class TestRemote:
    """A job as one script, for executors that run scripts."""

    def executed(self, job):
        ran = subprocess.run(
            [sys.executable, "-c", as_script(job)],
            input=job.stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        return from_output(job, ran.stdout)

    def test_calls(self):
        program = "print('noise')\ndef f(x):\n    print(x)\n    return {x: (x,)}"
        result = self.executed(Job(program=program, calls=("f(2)", "f([])")))
        assert result.status == "ran"
        assert result.replies[0] == Reply(value={2: (2,)})
        assert result.replies[1].error.startswith("TypeError")

    def test_a_script(self):
        job = Job(program="print(input() * 2)\nprint('b')", stdin="a\n")
        assert self.executed(job) == Result(status="ran", output="aa\nb\n")
        job = Job(program="print('b')\n1 / 0")
        assert self.executed(job).reason.startswith("ZeroDivisionError")

    def test_one_that_leaves_early(self):
        job = Job(program="import os\nos._exit(0)", calls=("1",))
        assert self.executed(job).status == "stopped"

    @given(st.text(), st.booleans())
    def test_no_output_raises(self, output, calls):
        job = Job(program="", calls=("f()",) if calls else None)
        assert isinstance(from_output(job, output), Result)

    @pytest.mark.parametrize(
        "last",
        [
            "[]",
            "{}",
            "3",
            '{"error": "", "replies": 3}',
            '{"error": "", "replies": [3]}',
            "[" * 9999,
            '{"error": "", "replies": [{"value": {"set": [[]]}}]}',
        ],
    )
    def test_forged_output_is_no_value(self, last):
        result = from_output(Job(program="", calls=("f()",)), last)
        assert result.status == "stopped" or result.replies[0].error


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats()
    | st.text(st.characters())
    | st.binary(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.integers() | st.text(), inner, max_size=4)
        | st.sets(st.integers() | st.text(), max_size=4)
    ),
    max_leaves=12,
)


def exact(value):
    """A value and the types in it, whatever the order of its sets, and whether or not it is NaN."""
    if isinstance(value, list | tuple | set):
        items = [exact(item) for item in value]
        return [type(value).__name__, *(sorted(items) if isinstance(value, set) else items)]
    if isinstance(value, dict):
        return ["dict", *([exact(key), exact(item)] for key, item in value.items())]
    return repr(value)


class TestData:
    """What crosses the wall is plain data, and comes back as it was."""

    @given(PLAIN)
    def test_what_is_written_can_be_read(self, value):
        import json

        assert exact(decode(json.dumps(encode(value)))) == exact(value)
        assert exact(decode(json.dumps(guest._encoded(value, 50, [10**6])))) == exact(value)
        assert exact(plain(value)) == exact(value)
        assert exact(eval(source(value), {})) == exact(value)  # noqa: S307 (our own)

    @pytest.mark.parametrize("value", [object(), int, len, range(3), iter([]), [lambda: 1]])
    def test_what_is_no_plain_data(self, value):
        for write in (plain, encode, source):
            with pytest.raises(NotPlainError):
                write(value)

    def test_an_object_that_claims_to_be_equal_does_not_get_across(self):
        class Sly(int):
            def __eq__(self, other):
                return True

            __hash__ = int.__hash__

        assert decode(str(guest._encoded(Sly(3), 9, [9]))) == 3
        for write in (plain, encode):
            with pytest.raises(NotPlainError):
                write(Sly(3))

    @pytest.mark.parametrize(
        "text",
        [
            *("", "{", "[" * 100_000, "9" * 5_000, "[" * 101 + "]" * 101),
            *('{"a": 1, "b": 2}', '{"set": [[1]]}', '{"set": 3}', '{"set": "ab"}'),
            *('{"bytes": "x"}', '{"dict": [[1]]}', '{"object": []}'),
            '{"set": [' + ",".join(str(n * (2**61 - 1)) for n in range(2_000)) + "]}",
            '{"dict": [' + ",".join(f"[{n * (2**61 - 1)}, 0]" for n in range(2_000)) + "]}",
            "[" + "0," * 250_000 + "0]",
            "[" + "[]," * 50_000 + "0]",
        ],
    )
    def test_forged_data(self, text):
        with pytest.raises(NotPlainError):
            decode(text)

    @given(PLAIN)
    def test_what_is_shown_is_short(self, value):
        assert len(shown(value)) <= 100

    def test_a_number_too_long_to_show(self):
        assert "too large" in shown(10**5000)
