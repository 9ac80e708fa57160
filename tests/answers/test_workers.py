"""Worker processes, for real: real deadlines, real kills, real forks.

Where time is the behaviour, the bounds are wide: the machine may be busy.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import pytest

from grpo_rewards.answers.deciding.identity import same_everywhere
from grpo_rewards.answers.notation.grammar import parse
from grpo_rewards.answers.notation.trees import (
    ONE,
    Constant,
    Measured,
    Negation,
    Num,
    Quotient,
    Symbol,
)
from grpo_rewards.answers.symbolic import pool as workers
from grpo_rewards.answers.symbolic.pool import attempt, decide

MEMORY = 512
LIMITS = {"deadline": 20, "memory": MEMORY}
EQUAL = (parse(r"\sqrt{-x^2-1}"), parse(r"i\sqrt{x^2+1}"))
DIFFERENT = (parse(r"\sqrt{-x^2-1}"), parse(r"i\sqrt{x^2+2}"))


def stuck_pair():
    """A greatest common divisor of huge integers: minutes in C, holding the interpreter's lock."""
    first, second = (random.Random(seed).getrandbits(20_000_000) for seed in (1, 2))
    quotient = Quotient(Num(Fraction(first)), Num(Fraction(second)))
    return quotient, Num(Fraction(3))


def swelling_pair():
    """An expansion to millions of terms: hundreds of MiB within seconds."""
    power = "(x+y+z+t+u+v+w)^{30}"
    huge = "2^{10^{13}}"  # beyond what is evaluated
    return parse(f"({power}+1)*{huge}"), parse(f"({power}+2)*{huge}")


def pids():
    """The worker processes of this process."""
    return [worker.process.pid for worker in workers._pool.workers if worker.process]


def at_work(found):
    """The processes that workers started for the pairs that they have."""
    listings = [Path(f"/proc/{pid}/task/{pid}/children") for pid in found]
    return [int(pid) for listing in listings for pid in listing.read_text().split()]


def exists(pid):
    """Whether a process exists and is no zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.parent.parent.joinpath("self").exists() or (
        stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"
    )


def numbers(line):
    return [int(word) for word in line.split()]


def processor_time(pid):
    """In hundredths of a second; none of a process that is gone."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return 0
    return sum(map(int, stat.rpartition(")")[2].split()[11:13]))


def busy(found):
    """The process of a pair that has all its deadline to work, once there is one."""
    while True:
        for pid in at_work(found):
            if processor_time(pid) > 80:
                return pid
        time.sleep(0.02)


def gone(found, seconds=20.0):
    end = time.monotonic() + seconds
    while any(map(exists, found)) and time.monotonic() < end:
        time.sleep(0.05)
    return not any(map(exists, found))


def run_script(script, *args, source=None, **options):
    """Run a program as a user would, without a guard around its main code."""
    command = [sys.executable, *(args or ("-c", script))]
    return subprocess.run(
        command, input=source, capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}, **options,
    )  # fmt: skip


PROGRAM = r"""
from grpo_rewards.answers.notation.grammar import parse
from grpo_rewards.answers.symbolic import pool as workers
print("main runs", flush=True)
pair = parse(r"\sqrt{-x^2-1}"), parse(r"i\sqrt{x^2+1}")
print(workers.decide([pair] * 3, deadline=20, memory=512), flush=True)
print(*[worker.process.pid for worker in workers._pool.workers], flush=True)
"""
posix_only = pytest.mark.skipif(os.name != "posix", reason="signals and forks")
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="enforced, or seen, on Linux only")


class TestAnswers:
    def test_order_is_kept(self):
        pairs = [EQUAL, DIFFERENT, (parse("1/0"), parse("1/0+1"))] * 4
        assert decide(pairs, **LIMITS) == [True, False, False] * 4

    def test_nothing_to_decide(self):
        assert decide([], deadline=1, memory=MEMORY) == []

    def test_same_as_in_process(self):
        """Random polynomials and radicals, equal and not: workers say what evaluation says."""
        generator = random.Random(7)
        pairs = []
        for _ in range(60):
            a, b, c = (generator.randint(-4, 4) for _ in range(3))
            left = parse(rf"(x+{abs(a) + 1})(x-({b}))+\sqrt{{x^2+{abs(c)}}}")
            shift = generator.choice((0, 0, 1))
            right = parse(
                rf"x^2+({abs(a) + 1 - b})x+({-b * (abs(a) + 1) + shift})+\sqrt{{x*x+{abs(c)}}}"
            )
            pairs.append((left, right))
        expected = [same_everywhere(*pair) for pair in pairs]
        assert set(expected) == {True, False}
        assert decide(pairs, **LIMITS) == expected

    def test_what_sympy_cannot_take_is_not_equal(self):
        """Only a comparison that was stopped is undecided."""
        i = Constant("i")
        pairs = [(Measured(i, "m"), i), (Constant("no such"), ONE)]
        assert decide([*pairs, EQUAL], **LIMITS) == [False, False, True]

    def test_a_tree_too_deep_to_send_is_undecided(self):
        tree = Symbol("x")
        for _ in range(50_000):
            tree = Negation(tree)
        assert decide([(tree, EQUAL[0]), EQUAL], **LIMITS) == [None, True]


class TestLimits:
    def test_deadline_ends_what_is_stuck_in_c(self):
        """Only the stuck pair is undecided, and its worker goes on."""
        decide([EQUAL] * 4, **LIMITS)
        before = pids()
        began = time.monotonic()
        answers = decide(
            [EQUAL, stuck_pair(), *[DIFFERENT, EQUAL] * 5], deadline=1.5, memory=MEMORY
        )
        assert time.monotonic() - began < 60
        assert answers == [True, None, *[False, True] * 5]
        assert decide([EQUAL] * 4, **LIMITS) == [True] * 4
        assert set(before) == set(pids())

    @linux_only
    def test_only_its_own_time_counts(self):
        """A pair that stands still is not stopped by its deadline, nor said to have used it up."""
        with ThreadPoolExecutor(1) as threads:
            tried = threads.submit(attempt, [stuck_pair()], deadline=0.2, memory=MEMORY)
            while not (working := at_work(pids())):
                time.sleep(0.005)
            os.kill(working[0], signal.SIGSTOP)
            time.sleep(1)
            assert exists(working[0])
            assert not tried.done()
            os.kill(working[0], signal.SIGCONT)
            assert tried.result(timeout=60) == {0: 0.2}
        assert gone(working)

    def test_time_that_was_not_enough_is_not_spent_again(self):
        assert attempt([stuck_pair()], deadline=3, memory=MEMORY, budget=0) == {0: workers.SLICE}
        found = attempt([EQUAL, stuck_pair()], deadline=3, memory=MEMORY, budget=0, spent=[0, 1])
        assert found == {0: True}

    @linux_only
    def test_memory_cap_ends_what_swells(self):
        """Long before its deadline; the pair beside it, and those after, are decided."""
        began = time.monotonic()
        answers = decide([EQUAL, swelling_pair(), DIFFERENT], deadline=60, memory=128)
        assert answers == [True, None, False]
        assert time.monotonic() - began < 40

    @linux_only
    @pytest.mark.parametrize("how", [signal.SIGSEGV, signal.SIGKILL, signal.SIGABRT])
    def test_a_pair_that_is_killed_loses_no_other(self, how):
        """Killed from outside while it works, as by a crash in C or a system out of memory."""
        known = []
        # On a machine that does much else its time may be over just before it is killed.
        while not known or (how != signal.SIGKILL and known[-1] < 60 and len(known) < 4):
            decide([EQUAL] * 4, **LIMITS)
            with ThreadPoolExecutor(1) as threads:
                pairs = [stuck_pair(), *[EQUAL] * 4]
                decided = threads.submit(attempt, pairs, deadline=60, memory=MEMORY)
                os.kill(busy(pids()), how)
                found = decided.result(timeout=50)
            known.append(found.pop(0))
            assert found == dict.fromkeys(range(1, 5), True)
        # A crash would come again; what the system killed may fare better another time.
        assert known[-1] < 60 if how == signal.SIGKILL else known[-1] == float("inf")

    @linux_only
    def test_a_worker_that_dies_loses_only_its_pair(self):
        decide([EQUAL] * 4, **LIMITS)
        before = pids()
        with ThreadPoolExecutor(1) as threads:
            pairs = [stuck_pair(), *[EQUAL] * 4]
            decided = threads.submit(attempt, pairs, deadline=60, memory=MEMORY)
            working = busy(before)
            (worker,) = (pid for pid in before if working in at_work([pid]))
            os.kill(worker, signal.SIGKILL)
            found = decided.result(timeout=50)
        assert found.pop(0) < 60  # all that is known is that less was not enough
        assert found == dict.fromkeys(range(1, 5), True)
        assert gone([worker, working])

    @posix_only
    def test_a_worker_that_died_idle_costs_no_pair(self):
        decide([EQUAL] * 4, **LIMITS)
        for pid in pids():
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.3)
        assert decide([EQUAL] * 4, **LIMITS) == [True] * 4

    def test_budget_bounds_what_takes_long(self):
        """What is easy is decided, wherever it stands; what is left when time is up is not."""
        stuck = stuck_pair()
        began = time.monotonic()
        answers = decide([EQUAL, *[stuck] * 6, EQUAL], deadline=60, memory=MEMORY, budget=3)
        assert time.monotonic() - began < 60
        assert answers == [True, *[None] * 6, True]
        assert decide([EQUAL], **LIMITS) == [True]

    def test_no_budget_left(self):
        """Each pair has its first slice for certain."""
        assert decide([EQUAL, stuck_pair(), DIFFERENT], **LIMITS, budget=0) == [True, None, False]

    def test_a_group_has_so_many_slices(self):
        """One that asks for a thousand endless pairs gets no more than the others."""
        pairs = [stuck_pair()] * 40 + [EQUAL, DIFFERENT] * 20
        groups = ["hostile"] * 40 + ["ordinary"] * 40
        found = attempt(pairs, **LIMITS, budget=0, groups=groups)
        assert [found.get(place) for place in range(40, 80)] == [True, False] * 20
        stopped = [place for place in range(40) if place in found]
        assert workers.STRIKES <= len(stopped) < workers.STRIKES + workers.WORKERS

    def test_no_budget_is_shared_by_how_many_there_are(self):
        """Twice as many ordinary pairs as the budget has time for."""
        assert decide([EQUAL, DIFFERENT] * 100, **LIMITS, budget=0.5) == [True, False] * 100

    def test_workers_are_replaced_in_time(self, monkeypatch):
        """Sympy's caches grow, so a worker serves only so many pairs."""
        monkeypatch.setattr(workers, "PAIRS_A_WORKER", 2)
        seen = set()
        for _ in range(3):
            assert decide([EQUAL] * 3, **LIMITS) == [True] * 3
            seen.update(pids())
        assert len(seen) > 1


class TestAnywhere:
    def test_several_threads_at_once(self):
        """A stuck pair of one thread delays, but does not cost, the pairs of the others."""
        stuck = stuck_pair()
        with ThreadPoolExecutor(5) as threads:
            hostile = threads.submit(decide, [stuck, EQUAL], deadline=1.5, memory=MEMORY)
            ordinary = [threads.submit(decide, [EQUAL, DIFFERENT] * 3, **LIMITS) for _ in range(4)]
            assert [each.result(timeout=60) for each in ordinary] == [[True, False] * 3] * 4
            assert hostile.result(timeout=60) == [None, True]
        assert len(pids()) <= workers.WORKERS

    def test_workers_outlive_the_thread_that_asked(self):
        """The death signal of Linux follows a thread: it must not be the caller's."""
        asking = threading.Thread(target=decide, args=([EQUAL] * 4,), kwargs=LIMITS)
        asking.start()
        asking.join()
        before = pids()
        time.sleep(0.3)
        assert before
        assert all(map(exists, before))

    def test_inside_asyncio(self):
        async def main():
            inside = decide([EQUAL], **LIMITS)
            beside = await asyncio.gather(
                *(asyncio.to_thread(decide, [EQUAL, DIFFERENT], **LIMITS) for _ in range(3))
            )
            return inside, beside

        assert asyncio.run(main()) == ([True], [[True, False]] * 3)

    @posix_only
    @pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
    def test_in_a_forked_child(self):
        """It has workers of its own, which end with it; the parent's are not disturbed."""
        decide([EQUAL], **LIMITS)
        before = pids()
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                answers = decide([EQUAL, DIFFERENT], **LIMITS)
                os.write(write, repr((answers, pids())).encode())
            finally:
                os._exit(0)
        os.close(write)
        assert decide([EQUAL, DIFFERENT] * 3, **LIMITS) == [True, False] * 3
        with os.fdopen(read) as pipe:
            answers, of_child = eval(pipe.read())  # noqa: S307 (what the child above wrote)
        os.waitpid(child, 0)
        assert answers == [True, False]
        assert of_child
        assert not set(of_child) & set(before)
        assert gone(of_child)
        assert set(before) <= set(pids())

    def test_in_a_spawned_process(self, tmp_path):
        script = tmp_path / "spawning.py"
        script.write_text(
            "import multiprocessing\n"
            "def judge(_):\n"
            "    from grpo_rewards.answers.notation.grammar import parse\n"
            "    from grpo_rewards.answers.symbolic.pool import decide\n"
            '    return decide([(parse("i+i"), parse("2i"))], deadline=20, memory=512)\n'
            'if __name__ == "__main__":\n'
            '    with multiprocessing.get_context("spawn").Pool(2) as pool:\n'
            "        print(pool.map(judge, range(2)))\n"
        )
        done = run_script("", str(script))
        assert done.stdout.strip() == "[[True], [True]]", done.stderr


class TestStarting:
    """A worker never runs the user's program, in whatever way that was started."""

    @pytest.mark.parametrize("way", ["file", "-c", "stdin"])
    def test_main_runs_once(self, way, tmp_path):
        if way == "file":
            script = tmp_path / "train.py"
            script.write_text(PROGRAM)
            done = run_script("", str(script))
        elif way == "-c":
            done = run_script(PROGRAM)
        else:
            done = run_script("", "-", source=PROGRAM)
        lines = done.stdout.splitlines()
        assert lines[:2] == ["main runs", "[True, True, True]"], done.stderr
        assert done.stderr == ""
        assert gone(numbers(lines[2]))

    def test_loads_what_the_parent_would_and_nothing_of_the_trainer(self, tmp_path):
        """A worker finds modules where its parent does, sees no GPU, and imports no torch."""
        for name in ("torch", "trl", "transformers"):
            (tmp_path / f"{name}.py").write_text(
                f"import pathlib; pathlib.Path({str(tmp_path / 'loaded')!r}).touch()"
            )
        environ = 'open(f"/proc/{worker.process.pid}/environ").read().split("\\0")'
        program = (
            f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{PROGRAM}\n"
            "import os\n"
            'if os.path.exists("/proc/self/environ"):\n'
            "    for worker in workers._pool.workers:\n"
            f'        assert "CUDA_VISIBLE_DEVICES=" in {environ}\n'
        )
        done = run_script(program)
        assert done.returncode == 0, done.stderr
        assert "[True, True, True]" in done.stdout
        assert not (tmp_path / "loaded").exists()

    def test_nothing_starts_until_it_is_needed(self):
        done = run_script(
            "import sys, threading; from grpo_rewards.answers.symbolic import pool as workers; "
            "workers.decide([], deadline=1, memory=512); "
            "print(threading.active_count(), workers._pool.workers, 'sympy' in sys.modules)"
        )
        assert done.stdout.strip() == "1 [] False", done.stderr

    def test_no_interpreter_to_start(self):
        """Nothing hangs and nothing raises: the pairs are undecided, and a warning says why."""
        done = run_script(f"import sys; sys.executable = '/no/such/python'\n{PROGRAM}")
        assert "[None, None, None]" in done.stdout
        assert "no worker for symbolic comparisons could be started" in done.stderr


@posix_only
class TestEnding:
    def test_killed_parent_leaves_no_orphan(self):
        """Neither an idle worker, nor one stuck in C."""
        program = (
            f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n{PROGRAM}\n"
            "import test_workers\n"
            "workers.decide([test_workers.stuck_pair()], deadline=8, memory=512)\n"
        )
        with subprocess.Popen(
            [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        ) as parent:  # fmt: skip
            for _ in range(2):
                parent.stdout.readline()
            found = numbers(parent.stdout.readline())
            time.sleep(1.5)
            assert found
            parent.kill()
        assert gone(found)

    @pytest.mark.parametrize("ending", ["raise SystemExit(3)", "1/0", "import os; os._exit(0)"])
    def test_every_exit_leaves_no_orphan(self, ending):
        done = run_script(f"{PROGRAM}\n{ending}")
        assert gone(numbers(done.stdout.splitlines()[2]))

    def test_exit_while_a_thread_waits(self):
        """The interpreter ends although a daemon thread's pair is stuck."""
        program = (
            f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n{PROGRAM}\n"
            "import test_workers, threading, time\n"
            "threading.Thread(target=workers.decide, args=([test_workers.stuck_pair()],),\n"
            "    kwargs=test_workers.LIMITS, daemon=True).start()\n"
            "time.sleep(1)\n"
        )
        done = run_script(program)
        assert done.returncode == 0
        assert done.stderr == ""
        assert gone(numbers(done.stdout.splitlines()[2]))

    def test_interrupt_shows_no_traceback_of_a_worker(self):
        """Ctrl-C reaches the parent only; its workers end with it."""
        program = (
            f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n{PROGRAM}\n"
            "import signal, test_workers\n"
            # It may be ignored where the tests run, as in a job in the background.
            "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
            "stuck = test_workers.stuck_pair()\n"
            "print('waits', flush=True)\n"
            "workers.decide([stuck], deadline=50, memory=512)\n"
        )
        with subprocess.Popen(
            [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, start_new_session=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        ) as parent:  # fmt: skip
            lines = [parent.stdout.readline() for _ in range(4)]
            time.sleep(1)
            os.killpg(parent.pid, signal.SIGINT)
            _, errors = parent.communicate(timeout=30)
        assert errors.count("Traceback") == 1
        assert errors.rstrip().endswith("KeyboardInterrupt")
        assert gone(numbers(lines[2]))
