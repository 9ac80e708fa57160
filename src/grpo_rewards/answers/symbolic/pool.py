"""Worker processes for symbolic comparisons: each pair with a deadline and a memory cap.

Neither ``loky`` nor ``pebble`` will do. In loky a worker that dies fails every pair in flight, and
a task that runs cannot be stopped. pebble stops one, but through ``multiprocessing``: it runs the
user's script again in each worker (and fails without ``if __name__ == "__main__"``, or when the
script came on standard input) or forks the trainer, CUDA context and all. So a worker here is a
fresh interpreter that reads pairs of trees from a pipe and answers each with one byte, which a
thread of the parent waits for; a caller kills the worker of a pair that is overdue.

The memory cap is the address space (``RLIMIT_AS``): Linux enforces it, macOS and Windows do not,
and there the deadline is the only bound.
"""

from __future__ import annotations

import atexit
import logging
import os
import subprocess
import threading
import time
from collections import deque
from collections.abc import Sequence

from grpo_rewards.answers.notation.trees import Tree
from grpo_rewards.answers.symbolic.process import ANSWERS, READY, message, start

__all__ = ["attempt", "decide"]

WORKERS = min(2, os.cpu_count() or 1)
"""How many workers a process may have; they start when pairs first wait for them."""
PAIRS_A_WORKER = 2_000
"""After so many pairs a worker is replaced, and with it whatever sympy's caches have kept."""
START_LIMIT = 60.0
"""Seconds that a worker may take to start, on a busy machine and a slow disk."""
_LOOK = 60.0
"""Seconds after which a caller looks again, if nothing has woken it."""

_log = logging.getLogger(__name__)


def decide(
    pairs: Sequence[tuple[Tree, Tree]],
    *,
    deadline: float,
    memory: int,
    budget: float | None = None,
) -> list[bool | None]:
    """Whether the trees of each pair are equal, decided by sympy in worker processes.

    Safe in any thread, in a forked process, and inside a running event loop (which it blocks).

    Args:
        pairs: The trees to compare.
        deadline: Seconds a pair may take, from when its comparison starts in a worker.
        memory: MiB of address space a worker may have; sympy itself takes about 60 of them.
        budget: Seconds all the pairs may take together, waiting included, but not the time that a
            process's first worker takes to start: a cold disk may need longer than a batch has.

    Returns:
        An answer a pair, in their order: false also where sympy came to an end without showing
        them equal, ``None`` where the deadline, the memory cap or the budget ended it.
    """
    tried = attempt(pairs, deadline=deadline, memory=memory, budget=budget)
    return [tried.get(place) for place in range(len(pairs))]


def attempt(
    pairs: Sequence[tuple[Tree, Tree]],
    *,
    deadline: float,
    memory: int,
    budget: float | None = None,
) -> dict[int, bool | None]:
    """What `decide` says, by place, of the pairs that the budget left time for."""
    return _pool.attempt(pairs, deadline=deadline, memory=memory, budget=budget)


class _Task:
    """A pair on its way through the pool; its fields are changed only under the pool's lock."""

    def __init__(self, message: bytes) -> None:
        self.message = message
        self.answer: bool | None = None
        self.done = False
        self.began = 0.0
        self.worker: _Worker | None = None


class _Pool:
    """The pairs that wait, and the workers that take them. One lock guards everything."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.waiting: deque[_Task] = deque()
        self.workers: list[_Worker] = []
        self.idle = 0
        self.started = False  # whether a worker has, or has tried to: later starts count
        self.closed = False

    def attempt(
        self,
        pairs: Sequence[tuple[Tree, Tree]],
        *,
        deadline: float,
        memory: int,
        budget: float | None,
    ) -> dict[int, bool | None]:
        end = float("inf") if budget is None else time.monotonic() + budget
        answers: dict[int, bool | None] = {}
        coming = iter(enumerate(pairs))
        more = True
        live: dict[int, _Task] = {}
        with self.changed:
            try:
                while not self.closed and time.monotonic() < end:
                    # No more than the workers can take: pairs of other threads get their turn.
                    while more and len(live) < WORKERS:
                        place, pair = next(coming, (-1, None))
                        more = pair is not None
                        if pair is None:
                            continue
                        text = message(pair, deadline=deadline, memory=memory)
                        if text is None:
                            answers[place] = None
                        else:
                            live[place] = self._submit(text)
                    if not live:
                        break
                    end += self._await_start()
                    self._await(live, deadline, end)
                    for place in [place for place, task in live.items() if task.done]:
                        answers[place] = live.pop(place).answer
            finally:
                for task in live.values():
                    self._withdraw(task)
        return answers

    def _submit(self, message: bytes) -> _Task:
        task = _Task(message)
        self.waiting.append(task)
        if self.idle < len(self.waiting) and len(self.workers) < WORKERS:
            worker = _Worker(self)
            self.workers.append(worker)
            try:
                worker.start()
            except RuntimeError:  # no more threads: the system's limit, or the interpreter ends
                self.leave(worker)
        self.changed.notify_all()
        return task

    def _await_start(self) -> float:
        """Wait until the first worker has started, or failed to; the seconds that took."""
        began = time.monotonic()
        while not self.started and self.waiting and not self.closed:
            self.changed.wait(_LOOK)
        return time.monotonic() - began

    def _await(self, live: dict[int, _Task], deadline: float, end: float) -> None:
        """Wait until one of the tasks is done, or time is up; kill the workers that are overdue."""
        while not any(task.done for task in live.values()):
            now, wake = time.monotonic(), end
            for task in live.values():
                if task.worker is None or task.worker.killed:
                    continue
                if now >= task.began + deadline:
                    task.worker.kill()
                else:
                    wake = min(wake, task.began + deadline)
            if now >= end or self.closed:
                return
            self.changed.wait(min(wake - now, _LOOK))

    def _withdraw(self, task: _Task) -> None:
        if task.worker is not None:
            task.worker.kill()
        elif not task.done and task in self.waiting:
            self.waiting.remove(task)

    # The workers' side ------------------------------------------------------------------------

    def work_waits(self) -> bool:
        """Wait for a task; false when there will be no more."""
        with self.changed:
            self.idle += 1
            while not (self.waiting or self.closed):
                self.changed.wait()
            self.idle -= 1
            return not self.closed

    def has_started(self) -> None:
        with self.changed:
            self.started = True
            self.changed.notify_all()

    def take(self, worker: _Worker) -> _Task | None:
        with self.changed:
            if not self.waiting:
                return None  # another worker has it, or its caller's budget ended
            task = self.waiting.popleft()
            task.worker, task.began = worker, time.monotonic()
            self.changed.notify_all()
            return task

    def finish(self, task: _Task, reply: bytes) -> None:
        with self.changed:
            task.answer, task.done, task.worker = ANSWERS.get(reply), True, None
            self.changed.notify_all()

    def leave(self, worker: _Worker) -> None:
        """Go on without a worker; with none left, what waits is undecided. A later call tries again."""
        with self.changed:
            self.workers.remove(worker)
            while self.waiting and not self.workers:
                self.finish(self.waiting.popleft(), b"")

    def close(self) -> None:
        with self.changed:
            self.closed = True
            for worker in self.workers:
                worker.kill()
            self.changed.notify_all()
        for worker in list(self.workers):
            worker.join(10)


class _Worker(threading.Thread):
    """A thread that talks to one worker process, and replaces it when it is gone.

    It outlives its processes: Linux ends a process with the thread that started it, if asked to.
    """

    def __init__(self, pool: _Pool) -> None:
        super().__init__(name="grpo_rewards symbolic worker", daemon=True)
        self.pool = pool
        self.process: subprocess.Popen[bytes] | None = None
        self.killed = False
        self.pairs = 0

    def run(self) -> None:
        try:
            while self.pool.work_waits() and (self._is_running() or self._launch()):
                self._answer()
        finally:
            self._end()
            self.pool.leave(self)

    def _answer(self) -> None:
        task = self.pool.take(self)
        if task is None:
            return
        reply = b""
        try:
            reply = self._ask(task.message)
        finally:
            self.pool.finish(task, reply)
        self.pairs += 1
        # Killed at the last moment, after it had answered: that must not cost the next pair.
        if reply not in ANSWERS or self.killed or self.pairs >= PAIRS_A_WORKER:
            self._end()

    def kill(self) -> None:
        self.killed = True
        if self.process is not None:
            self.process.kill()

    def _is_running(self) -> bool:
        if self.process is not None and self.process.poll() is not None:
            self._end()  # it died while idle
        return self.process is not None

    def _launch(self) -> bool:
        """Start a process, and wait until it has imported sympy."""
        try:
            with self.pool.changed:  # which a fork waits for, so that it sees every pipe or none
                if self.pool.closed:
                    return False
                self.killed, self.pairs = False, 0
                self.process = start()
            limit = threading.Timer(START_LIMIT, self.kill)
            limit.daemon = True
            limit.start()
        except (OSError, RuntimeError) as error:
            _log.warning("no worker for symbolic comparisons could be started: %s", error)
            self._end()
            return False
        ready = self._read() == READY
        limit.cancel()
        self.pool.has_started()
        if not ready:
            self._end()
            if not self.pool.closed:
                _log.warning("a worker for symbolic comparisons ended before it was ready")
        return ready

    def _ask(self, message: bytes) -> bytes:
        if self.process is None or self.process.stdin is None:
            return b""
        rest = memoryview(message)
        try:
            while rest:
                rest = rest[self.process.stdin.write(rest) :]
        except OSError:
            return b""
        return self._read()

    def _read(self) -> bytes:
        if self.process is None or self.process.stdout is None:
            return b""
        return self.process.stdout.read(1)

    def _end(self) -> None:
        with self.pool.changed:
            process, self.process = self.process, None
        if process is not None:
            with process:  # which closes the pipes, and waits for it: no zombie stays
                process.kill()

    def forget(self) -> None:
        """In a forked child: let go of the parent's pipes, lest its workers wait for us to end."""
        if self.process is not None:
            for pipe in (self.process.stdin, self.process.stdout):
                if pipe is not None:
                    pipe.close()
            self.process.returncode = 0  # not ours to wait for


_pool = _Pool()


def _close() -> None:
    _pool.close()


def _before_fork() -> None:
    _pool.changed.acquire()


def _after_fork() -> None:
    _pool.changed.release()


def _start_afresh() -> None:
    """In a forked child, which has the parent's pipes but neither its threads nor its children."""
    global _pool  # noqa: PLW0603 (a process has one pool)
    for worker in _pool.workers:
        worker.forget()
    _pool = _Pool()


atexit.register(_close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_before_fork, after_in_parent=_after_fork, after_in_child=_start_afresh
    )
