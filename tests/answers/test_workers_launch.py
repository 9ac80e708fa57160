"""Workers of processes that others start and end: `accelerate launch`, notebooks, multiprocessing.

Every process that a test starts inherits a mark in its environment, by which what is left is found.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import re
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from test_workers import DIFFERENT, EQUAL, LIMITS, linux_only, run_script

from grpo_rewards.answers.symbolic import pool as workers

psutil = pytest.importorskip("psutil", reason="psutil, which finds what is left, is not installed")

FOLDER = Path(__file__).parent
MARK = "GRPO_REWARDS_TEST"
# What is waited for takes seconds; this only keeps a hang from blocking everything behind it.
GIVE_UP_AFTER_SECONDS = 120
# Seconds that a stuck worker has: so many that whatever ends it is not its deadline. Only on Linux
# does it hear of its parent's death.
STUCK = 600
RIGHT = [["symbolic", True], ["symbolic", False]]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals")
with_accelerate = pytest.mark.skipif(
    importlib.util.find_spec("accelerate") is None,
    reason="accelerate is not installed: pip install 'grpo-rewards[train]'",
)
with_notebooks = pytest.mark.skipif(
    importlib.util.find_spec("ipykernel") is None,
    reason="ipykernel is not installed: pip install 'grpo-rewards[dev]'",
)


class Marked:
    """The processes that a test started, directly or not."""

    def __init__(self, folder: Path) -> None:
        self.mark = uuid.uuid4().hex
        self.log = folder / "log"
        self.started: list[subprocess.Popen] = []
        self.environment = os.environ | {
            MARK: self.mark,
            "PYTHONPATH": os.pathsep.join([str(FOLDER), *filter(None, sys.path)]),
            "CUDA_VISIBLE_DEVICES": "",
            "OMP_NUM_THREADS": "1",
            # A developer's own settings are no part of the test.
            **{name: str(folder) for name in ("HF_HOME", "IPYTHONDIR", "JUPYTER_CONFIG_DIR")},
        }

    def start(self, *command: str) -> subprocess.Popen:
        with self.log.open("w") as log:
            process = subprocess.Popen(
                [sys.executable, *command],
                env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        self.started.append(process)
        return process

    def alive(self) -> set[int]:
        """Those that have not ended; one that is only yet to be waited for has."""
        return {each.pid for each in psutil.process_iter() if self._is_ours(each)}

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            return process.environ().get(MARK) == self.mark
        except psutil.Error:  # another user's, or it is no more
            return False

    def until(self, condition):
        """What the condition is, as soon as that is anything."""
        end = time.monotonic() + GIVE_UP_AFTER_SECONDS
        while not (found := condition()):
            if time.monotonic() > end:
                said = self.log.read_text() if self.log.exists() else ""
                pytest.fail(f"waited in vain; {self.alive()} are alive, and said: {said}")
            time.sleep(0.05)
        return found

    def until_gone(self, *pids: int) -> None:
        """Wait until these have ended, or all if none is named."""
        self.until(lambda: not (self.alive() & set(pids) if pids else self.alive()))

    def until_busy(self, pids: list[int]) -> int:
        """Wait until one of these is at work, which an idle one never is: on a pair, in a child."""
        return self.until(lambda: next((pid for pid in working(pids) if used(pid) > 0.2), 0))


def working(pids: list[int]) -> list[int]:
    """The processes that these have started."""
    found: list[int] = []
    for pid in pids:
        with contextlib.suppress(psutil.Error):
            found += [each.pid for each in psutil.Process(pid).children(recursive=True)]
    return found


def used(pid: int) -> float:
    """Seconds of processor time; none of a process that is gone."""
    try:
        return psutil.Process(pid).cpu_times().user
    except psutil.Error:
        return 0.0


@pytest.fixture
def marked(tmp_path):
    processes = Marked(tmp_path)
    yield processes
    for pid in processes.alive():
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    for process in processes.started:
        process.wait(GIVE_UP_AFTER_SECONDS)


@with_accelerate
class TestAccelerateLaunch:
    """Two processes in a group of gloo; accelerate's `--cpu` would start but one without MPI."""

    @pytest.fixture
    def reports(self, tmp_path):
        """What the processes found, as far as they have said."""

        def reports() -> list[dict]:
            return [json.loads(path.read_text("utf-8")) for path in tmp_path.glob("*.json")]

        return reports

    @pytest.fixture
    def launch(self, marked, reports, tmp_path):
        def launch(seconds: int) -> subprocess.Popen:
            options = (
                "--multi_gpu --num_processes 2 --num_machines 1 --main_process_port 0 "
                "--mixed_precision no --dynamo_backend no"
            )
            launcher = marked.start(
                *("-m", "accelerate.commands.launch", *options.split()),
                *(str(FOLDER / "launch_run.py"), str(tmp_path), str(seconds)),
            )
            marked.until(lambda: len(reports()) == 2 or launcher.poll() is not None)
            return launcher

        return launch

    def test_each_process_decides_with_workers_of_its_own(self, launch, reports, marked):
        """The script runs once a process, and all that it started ends with it."""
        assert launch(0).wait(GIVE_UP_AFTER_SECONDS) == 0, marked.log.read_text()
        marked.until_gone()
        found = reports()
        assert sorted(report["rank"] for report in found) == ["0", "1"]
        assert [(report["processes"], report["backend"]) for report in found] == [(2, "gloo")] * 2
        assert [report["verdicts"] for report in found] == [RIGHT] * 2
        assert [report["scores"] for report in found] == [[5.0, -2.5]] * 2
        first, second = (set(report["workers"]) for report in found)
        assert 1 <= len(first) <= 2
        assert 1 <= len(second) <= 2
        assert not first & second

    @linux_only
    @pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=lambda how: how.name)
    def test_a_launcher_that_is_killed_leaves_no_worker(self, launch, reports, marked, how):
        """Not even one that is stuck in C. Of a SIGKILL the launcher cannot tell its processes."""
        launcher, found = launch(STUCK), reports()
        assert [report["verdicts"] for report in found] == [RIGHT] * 2, marked.log.read_text()
        for report in found:
            marked.until_busy(report["workers"])
        launcher.send_signal(how)
        launcher.wait(GIVE_UP_AFTER_SECONDS)
        if how == signal.SIGKILL:
            for report in found:
                os.kill(report["pid"], signal.SIGKILL)
        marked.until_gone()


@with_notebooks
class TestNotebook:
    """A kernel runs cells in its main thread, inside an event loop that runs."""

    @pytest.fixture
    def kernel(self, marked):
        import zmq
        from jupyter_client import KernelManager
        from jupyter_client.kernelspec import KernelSpecManager

        of_this_interpreter = KernelSpecManager(kernel_dirs=[])
        with zmq.Context() as context, marked.log.open("w") as log:
            manager = KernelManager(context=context, kernel_spec_manager=of_this_interpreter)
            manager.start_kernel(env=marked.environment, stdout=log, stderr=log)
            yield manager
            if manager.is_alive():
                manager.shutdown_kernel(now=True)

    @pytest.fixture
    def client(self, kernel):
        client = kernel.blocking_client()
        client.start_channels()
        client.wait_for_ready(GIVE_UP_AFTER_SECONDS)
        yield client
        client.stop_channels()

    # A verdict is remembered: only a pair that is new reaches the workers.
    BEGIN = """
import asyncio, itertools, json, threading
from test_workers import pids, stuck_pair
from grpo_rewards import Policy, compare
from grpo_rewards.answers.symbolic.pool import decide

patient, fresh = Policy(deadline=60), itertools.count(1)

def judge():
    n = next(fresh)
    answers = f"{2**n}*2^{{2^{{10^9}}}}", f"{2 ** (n + 1)}*2^{{2^{{10^9}}}}"
    verdicts = [compare(f"2^{{2^{{10^9}}+{n}}}", answer, policy=patient) for answer in answers]
    return [[verdict.rule, verdict.equal] for verdict in verdicts]

assert asyncio.get_running_loop().is_running()
assert threading.current_thread() is threading.main_thread()
print(json.dumps([judge(), pids()]))
"""
    AGAIN = "print(json.dumps([judge(), pids()]))"
    AWAIT = """
async def judge_inside():
    return judge()

beside = [asyncio.to_thread(judge) for _ in range(4)]
print(json.dumps([await asyncio.gather(judge_inside(), *beside), pids()]))
"""
    WAIT = f"decide([stuck_pair()], deadline={STUCK}, memory=512)"

    @staticmethod
    def run(client, cell):
        """What the cell printed."""
        printed = []

        def listen(message):
            content = message["content"]
            if message["msg_type"] == "stream":
                printed.append((content["name"], content["text"]))

        reply = client.execute_interactive(
            cell, allow_stdin=False, output_hook=listen, timeout=GIVE_UP_AFTER_SECONDS
        )["content"]
        assert reply["status"] == "ok", reply
        assert {name for name, _ in printed} <= {"stdout"}, printed
        return json.loads("".join(text for _, text in printed))

    @staticmethod
    def reply(client, cell):
        while True:
            message = client.get_shell_msg(timeout=GIVE_UP_AFTER_SECONDS)
            if message["parent_header"]["msg_id"] == cell:
                return message["content"]

    def test_cells_decide(self, kernel, client, marked):
        """In a plain cell and in one that awaits; a kernel that shuts down leaves nothing."""
        for cell, expected in ((self.BEGIN, RIGHT), (self.AGAIN, RIGHT), (self.AWAIT, [RIGHT] * 5)):
            answers, found = self.run(client, cell)
            assert answers == expected
            assert 1 <= len(found) <= 2
        kernel.shutdown_kernel()
        marked.until_gone()

    @linux_only
    def test_interrupt_and_restart(self, kernel, client, marked):
        """Each ends the worker of a pair that is stuck, and the next cell decides."""
        _, found = self.run(client, self.BEGIN)
        cell = client.execute(self.WAIT)
        busy = marked.until_busy(found)
        kernel.interrupt_kernel()
        assert self.reply(client, cell)["ename"] == "KeyboardInterrupt"
        marked.until_gone(busy)

        answers, found = self.run(client, self.AGAIN)
        assert answers == RIGHT
        client.execute(self.WAIT)
        marked.until_busy(found)
        kernel.restart_kernel(now=True)
        marked.until_gone(*found)

        client.wait_for_ready(GIVE_UP_AFTER_SECONDS)
        answers, found = self.run(client, self.BEGIN)
        assert answers == RIGHT
        kernel.restart_kernel()
        marked.until_gone(*found)


@linux_only
class TestChildren:
    @pytest.mark.parametrize("way", ["fork", "spawn"])
    def test_each_process_takes_its_own_workers_with_it(self, marked, way):
        """A child that is killed while its parent works on; a parent that its child outlives."""

        def last(who: str) -> dict:
            """What was said last, once it was this process that spoke."""
            lines = re.findall(r"^\{.*\}$", marked.log.read_text(), re.MULTILINE)
            said = json.loads(lines[-1]) if lines else {}
            return said if said.get("who") == who else {}

        trainer = marked.start(str(FOLDER / "children_run.py"), way, str(STUCK))
        parent = marked.until(lambda: last("parent"))
        child = marked.until(lambda: last("child"))
        assert not set(parent["workers"]) & set(child["workers"])
        marked.until_busy(child["workers"])
        os.kill(child["pid"], signal.SIGKILL)
        marked.until_gone(*child["workers"])
        parent = marked.until(lambda: last("parent alone"))

        child = marked.until(lambda: last("child"))
        marked.until_busy(parent["workers"])
        trainer.kill()
        trainer.wait(GIVE_UP_AFTER_SECONDS)
        marked.until_gone(*parent["workers"])
        child = marked.until(lambda: last("child alone"))
        for said in (parent, child):
            assert said["answers"] == [True, False] * 2
        os.kill(child["pid"], signal.SIGKILL)
        marked.until_gone()


def attempt_in(pool, pairs, budget=None):
    """As `attempt` does in the pool of the process."""
    with patch.object(workers, "_pool", pool):
        return workers.attempt(pairs, **LIMITS, budget=budget)


class TestStarting:
    @pytest.fixture
    def pool(self, monkeypatch, tmp_path):
        """One of which no worker has started; it finds the test's own `sympy.py`."""
        monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
        pool = workers._Pool()
        yield pool
        pool.close()

    def test_a_slow_first_start_costs_no_pair(self, pool, monkeypatch, tmp_path):
        """A cold disk may take longer to bring sympy than a batch has; here the clock leaps."""
        started = tmp_path / "started"
        (tmp_path / "sympy.py").write_text(
            f"import pathlib, sys; pathlib.Path({str(started)!r}).touch()\n"
            f"sys.path.remove({str(tmp_path)!r}); del sys.modules['sympy']; import sympy\n"
        )
        clock = SimpleNamespace(monotonic=lambda: time.monotonic() + 1_000 * started.exists())
        monkeypatch.setattr(workers, "time", clock)
        answers = attempt_in(pool, [EQUAL, DIFFERENT], budget=GIVE_UP_AFTER_SECONDS)
        assert started.exists()
        assert answers == {0: True, 1: False}

    def test_a_start_that_hangs_is_given_up(self, pool, monkeypatch, tmp_path):
        """Only once do pairs wait so long; none of them counts as tried."""
        (tmp_path / "sympy.py").write_text(f"import time; time.sleep({STUCK})")
        monkeypatch.setattr(workers, "START_LIMIT", 0.5)
        monkeypatch.setattr(workers, "RESTART_LIMIT", 1.0)
        assert attempt_in(pool, [EQUAL], budget=GIVE_UP_AFTER_SECONDS) == {}
        monkeypatch.setattr(workers, "START_LIMIT", GIVE_UP_AFTER_SECONDS)
        assert attempt_in(pool, [EQUAL], budget=0.1) == {}

    def test_a_start_that_fails_is_tried_again(self, pool, tmp_path, caplog):
        """As soon as what kept it from starting is over; said once, not each time."""
        broken = tmp_path / "sympy.py"
        broken.write_text("raise MemoryError")
        assert attempt_in(pool, [EQUAL, DIFFERENT]) == {}
        assert len(caplog.messages) == 1
        assert pool.failures > 1
        broken.unlink()
        pool.retry_at = 0.0  # as if the pause were over
        assert attempt_in(pool, [EQUAL, DIFFERENT]) == {0: True, 1: False}
        assert pool.failures == 0

    def test_a_start_that_fails_for_a_moment_costs_no_pair(self, pool, tmp_path):
        """The same call tries again."""
        once = tmp_path / "once"
        (tmp_path / "sympy.py").write_text(
            f"import pathlib, sys; path = pathlib.Path({str(once)!r})\n"
            "if not path.exists():\n    path.touch(); raise MemoryError\n"
            f"sys.path.remove({str(tmp_path)!r}); del sys.modules['sympy']; import sympy\n"
        )
        assert attempt_in(pool, [EQUAL, DIFFERENT]) == {0: True, 1: False}
        assert once.exists()

    def test_no_files_left_to_open(self):
        """The pairs of that moment are undecided; later ones, and the same ones, are decided."""
        program = """
import os, resource
from grpo_rewards import Policy, compare
policy = Policy(deadline=60)
pair = "2^{2^{10^9}+1}", "2*2^{2^{10^9}}"
resource.setrlimit(resource.RLIMIT_NOFILE, (64, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
compare(r"\\sin x", r"\\cos x"), compare(r"\\sqrt2", r"1+\\ln 2")  # which import what they need
import mpmath, subprocess
taken = []
try:
    while True:
        taken.append(os.open(os.devnull, os.O_RDONLY))
except OSError:
    print(compare(*pair, policy=policy).equal)
for each in taken:
    os.close(each)
from grpo_rewards.answers.symbolic import pool
pool._pool.retry_at = 0.0  # as if the pause were over
print(compare(*pair, policy=policy).equal)
"""
        done = run_script(program)
        assert done.stdout.split() == ["None", "True"], done.stderr
        assert done.stderr.count("\n") == 1
        assert "Too many open files" in done.stderr

    def test_every_inherited_signal_setting(self):
        """A trainer may ignore or block what a worker needs: its clocks, and the end of a child."""
        done = run_script(
            "import signal\n"
            "for name in ('SIGCHLD', 'SIGPROF', 'SIGALRM', 'SIGUSR1', 'SIGINT'):\n"
            "    signal.signal(getattr(signal, name), signal.SIG_IGN)\n"
            "signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 31))\n"
            f"import sys; sys.path.insert(0, {str(FOLDER)!r})\n"
            "from test_workers import EQUAL, stuck_pair\n"
            "from grpo_rewards.answers.symbolic.pool import attempt\n"
            "found = attempt([EQUAL, stuck_pair()], deadline=0.5, memory=512)\n"
            "print(sorted(found.items()))\n"
        )
        assert done.stdout.strip() == "[(0, True), (1, 0.5)]", done.stderr
