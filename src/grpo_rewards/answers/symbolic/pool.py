"""Worker processes for symbolic comparisons: each pair with a deadline and a memory cap.

Neither ``loky`` nor ``pebble`` will do. In loky a worker that dies fails every pair in flight, and
a task that runs cannot be stopped. pebble stops one, but through ``multiprocessing``: it runs the
user's script again in each worker (and fails without ``if __name__ == "__main__"``, or when the
script came on standard input) or forks the trainer, CUDA context and all. So a worker here is a
fresh interpreter that reads pairs of trees from a pipe, forks itself for each, and answers with one
byte, which a thread of the parent waits for. What is overdue the kernel ends, by the processor time
that it took; where there is no such clock, a caller kills the worker.

No pair pays for another: each gets a first slice of time before any gets more, so that what is easy
is decided whatever stands beside it. What a neighbour, a busy machine or a failed start kept from
being decided is reported as not tried.

The memory cap is the address space (``RLIMIT_AS``): Linux enforces it, macOS and Windows do not,
and there the deadline is the only bound.
"""

from __future__ import annotations

import atexit
import logging
import math
import os
import subprocess
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from grpo_rewards.answers.notation.trees import Call, Factorial, Power, Tree, children
from grpo_rewards.answers.symbolic.process import (
    ANSWERS,
    CLOCKED,
    LATE,
    LOST,
    OVERDUE,
    READY,
    SECOND,
    SPENT,
    SYMBOLIC,
    cancel,
    kill,
    message,
    start,
    wall_clock,
)

__all__ = ["Found", "Result", "attempt", "attempt_texts", "decide"]

WORKERS = min(2, os.cpu_count() or 1)
"""How many workers a process may have; they start when pairs first wait for them."""
SLICE = 0.2
"""Seconds of processor time that every pair of a call gets, whatever stands beside it."""
GROWTH = 4
"""How many times the last slice the next one is, until it is the deadline."""
STRIKES = 2
"""So many pairs of a group may take their whole first slice before the others; the rest waits."""
PAIRS_A_WORKER = 2_000
"""After so many pairs a worker is replaced, and with it whatever it has kept."""
START_LIMIT = 60.0
"""Seconds that a worker may take to start, on a busy machine and a slow disk."""
RESTART_LIMIT = 20.0
"""Seconds that a call waits for a worker that starts, after one has failed to."""
PATIENCE = 2.0
"""Seconds that a call waits until another may be started, after one has failed to."""
PAUSE, LONGEST_PAUSE = 0.1, 30.0
"""Seconds until another is tried: the first pause, each next one twice as long, and the longest."""
YOUNG = 0.1
"""Seconds for which a pair may not have reached its process yet, which could be ended alone."""
_LOOK = 60.0
"""Seconds after which a caller looks again, if nothing has woken it."""

Result: TypeAlias = bool | float
"""Whether a pair is equal; or the seconds of processor time that were not enough to find out."""
Found: TypeAlias = Result | str
"""Of texts also what was lacking: ``"no gold"``, ``"no answer"``."""

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
        deadline: Seconds of processor time that a pair may take.
        memory: MiB of address space a worker may have; sympy itself takes about 60 of them.
        budget: Seconds after which only first slices are given out, waiting included, but not the
            time that workers take to start: a cold disk may need longer than a batch has.

    Returns:
        An answer a pair, in their order: false also where sympy came to an end without showing
        them equal, ``None`` where the deadline, the memory cap or the budget ended it.
    """
    tried = attempt(pairs, deadline=deadline, memory=memory, budget=budget)
    answers = (tried.get(place) for place in range(len(pairs)))
    return [answer if isinstance(answer, bool) else None for answer in answers]


def attempt(
    pairs: Sequence[tuple[Tree, Tree]],
    *,
    deadline: float,
    memory: int,
    budget: float | None = None,
    groups: Sequence[Hashable] | None = None,
    spent: Sequence[float] | None = None,
) -> dict[int, Result]:
    """What was found, by place; of a pair that something else than itself stopped, nothing.

    Args:
        pairs: The trees to compare.
        deadline: As of `decide`; so are the next two.
        memory: MiB.
        budget: Seconds.
        groups: To which group each pair belongs; by default each has its own. A group may have
            `STRIKES` pairs for certain that take the whole first slice; pairs that do not, any number.
        spent: Seconds of processor time that are known not to be enough for each pair.
    """
    call = _Call(pairs, deadline, memory, groups or range(len(pairs)), spent or [0.0] * len(pairs))
    found = _pool.attempt(call, budget=math.inf if budget is None else budget)
    return {place: result for place, result in found.items() if not isinstance(result, str)}


def attempt_texts(
    pairs: Sequence[tuple[str, str, str]], *, deadline: float, memory: int, budget: float
) -> dict[int, Found]:
    """As `attempt`, for texts and how they are read, which another library compares.

    A pair that hangs has its first slice and then its deadline, and costs the batch no more.
    """
    call = _Call(
        pairs, deadline, memory, range(len(pairs)), [0.0] * len(pairs), effort=_length, growth=10
    )
    return _second_pool.attempt(call, budget=budget)


class _Task:
    """A pair on its way through the pool; its fields are changed only under the pool's lock."""

    def __init__(self, message: bytes, seconds: float) -> None:
        self.message = message
        self.seconds = seconds
        self.reply = b""
        self.done = False
        self.overdue = False
        self.began = 0.0
        self.worker: _Worker | None = None


@dataclass
class _Call:
    """The pairs of one caller, and how long it waits for workers."""

    pairs: Sequence[tuple[Any, ...]]
    deadline: float
    memory: int
    groups: Sequence[Hashable]
    spent: Sequence[float]
    effort: Callable[[Any], tuple[int, int]] | None = None
    """What a pair may cost, to be compared."""
    growth: float = GROWTH
    end: float = math.inf
    """When it goes on no longer."""
    started_late: float = 0.0
    """Seconds that it waited for workers to start."""
    without: float | None = None
    """Since when it has been without any worker."""

    def slices(self) -> list[float]:
        """The seconds a pair gets in each round: few for all, then more for what needs more."""
        found = []
        seconds = SLICE
        while seconds * self.growth / 2 < self.deadline:  # not one that is almost the deadline
            found.append(seconds)
            seconds *= self.growth
        return [*found, self.deadline]

    def in_order(self) -> list[int]:
        """The places of the pairs: of each group the easiest one, of each the next one, and so on."""
        efforts = list(map(self.effort or _effort, self.pairs))
        before: Counter[Hashable] = Counter()
        ranks: dict[int, int] = {}
        for place in sorted(range(len(efforts)), key=efforts.__getitem__):
            ranks[place] = before[self.groups[place]]
            before[self.groups[place]] += 1
        return sorted(ranks, key=lambda place: (ranks[place], efforts[place]))

    def message(self, place: int, seconds: float) -> bytes | None:
        return message(self.pairs[place], seconds=seconds, memory=self.memory)


class _Pool:
    """The pairs that wait, and the workers that take them. One lock guards everything."""

    def __init__(self, rule: str = SYMBOLIC) -> None:
        self.rule = rule
        self.changed = threading.Condition()
        self.waiting: deque[_Task] = deque()
        self.workers: list[_Worker] = []
        self.failures = 0
        """How many workers have failed since the last one that answered."""
        self.retry_at = -math.inf
        """When the next one may be started."""
        self.closed = False

    def attempt(self, call: _Call, *, budget: float) -> dict[int, Found]:
        found: dict[int, Found] = {}
        places = call.in_order()
        end = time.monotonic() + budget
        with self.changed:
            for round_, seconds in enumerate(call.slices()):
                # The first round is every pair's due, however many there are.
                call.end = math.inf if round_ == 0 else end + call.started_late
                fresh = [place for place in places if call.spent[place] < seconds]
                replies = self._round(call, fresh, seconds, strikes=STRIKES if round_ == 0 else 0)
                for place, reply in replies.items():
                    if reply in ANSWERS:
                        found[place] = ANSWERS[reply]
                    elif reply in (OVERDUE, SPENT):
                        found[place] = seconds if reply == OVERDUE else math.inf
                # What was lost is not tried again at once: whatever ended it may go on.
                on = (OVERDUE, LATE)
                places = [place for place in places if replies.get(place, LATE) in on]
        return found

    def _round(
        self, call: _Call, places: Sequence[int], seconds: float, *, strikes: int
    ) -> dict[int, bytes]:
        """How the pairs fared that were tried, each with so many seconds."""
        replies: dict[int, bytes] = {}
        overdue: Counter[Hashable] = Counter()
        coming = deque(places)
        live: dict[int, _Task] = {}
        try:
            while (coming or live) and not self.closed and time.monotonic() < call.end:
                # No more than the workers can take: pairs of other threads get their turn.
                while coming and len(live) < WORKERS:
                    place = coming.popleft()
                    if strikes and overdue[call.groups[place]] >= strikes:
                        continue
                    text = call.message(place, seconds)
                    if text is None:
                        replies[place] = LOST  # how deep is too deep depends on the caller's stack
                    else:
                        live[place] = self._submit(text, seconds)
                if live and not self._await(call, live):
                    break
                for place in [place for place, task in live.items() if task.done]:
                    replies[place] = live.pop(place).reply
                    overdue[call.groups[place]] += replies[place] not in ANSWERS
        finally:
            for task in live.values():
                self._withdraw(task)
        return replies

    def _submit(self, message: bytes, seconds: float) -> _Task:
        task = _Task(message, seconds)
        self.waiting.append(task)
        self._hire()
        self.changed.notify_all()
        return task

    def _hire(self) -> None:
        """Start a worker if one is wanted, and the last failure is long enough ago."""
        free = sum(not worker.busy for worker in self.workers)
        if len(self.waiting) <= free or len(self.workers) >= WORKERS or self.closed:
            return
        if time.monotonic() < self.retry_at:
            return
        worker = _Worker(self)
        self.workers.append(worker)
        try:
            worker.start()
        except RuntimeError as error:  # no more threads, or the interpreter ends
            self.workers.remove(worker)
            self.failed("could be started", error)

    def _await(self, call: _Call, live: dict[int, _Task]) -> bool:
        """Wait until one of the tasks is done; false when time, or patience, is up."""
        while not any(task.done for task in live.values()):
            now = time.monotonic()
            if self.closed or now >= call.end:
                return False
            self._hire()
            wake = [call.end, now + _LOOK, *self._overdue(live, now)]
            starting = not any(worker.ready for worker in self.workers)
            if starting:
                call.without = now if call.without is None else call.without
                # The first start takes what it takes; after a failure the batch has to go on.
                if self.failures:
                    patient = call.without + (RESTART_LIMIT if self.workers else PATIENCE)
                    if now >= patient or (not self.workers and self.retry_at >= patient):
                        return False
                    wake.append(patient)
                if not self.workers and self.retry_at > now:
                    wake.append(self.retry_at)
            else:
                call.without = None
            self.changed.wait(max(min(wake) - now, 0))
            if starting:
                late = time.monotonic() - now
                call.started_late += late
                call.end += late
        call.without = None
        return True

    def _overdue(self, live: dict[int, _Task], now: float) -> list[float]:
        """When the workers of tasks will be overdue; those that are, are killed."""
        found = []
        for task in live.values():
            if task.worker is None or task.worker.killed:
                continue
            due = task.began + wall_clock(task.seconds)
            if now >= due:
                task.overdue = True
                task.worker.kill()
            else:
                found.append(due)
        return found

    def _withdraw(self, task: _Task) -> None:
        if task.worker is not None and time.monotonic() - task.began < YOUNG:
            task.worker.kill()
        elif task.worker is not None:
            task.worker.cancel()
        elif not task.done and task in self.waiting:
            self.waiting.remove(task)

    # The workers' side ------------------------------------------------------------------------

    def work_waits(self) -> bool:
        """Wait for a task; false when there will be no more."""
        with self.changed:
            while not (self.waiting or self.closed):
                self.changed.wait()
            return not self.closed

    def take(self, worker: _Worker) -> _Task | None:
        with self.changed:
            if not self.waiting:
                return None  # another worker has it, or its caller's budget ended
            task = self.waiting.popleft()
            task.worker, task.began, worker.busy = worker, time.monotonic(), True
            self.changed.notify_all()
            return task

    def finish(self, task: _Task, reply: bytes) -> None:
        with self.changed:
            if reply:
                self.failures = 0
            elif task.overdue and not CLOCKED:
                reply = OVERDUE
            task.reply, task.done = reply or LOST, True
            if task.worker is not None:
                task.worker.busy, task.worker = False, None
            self.changed.notify_all()

    def failed(self, how: str, why: object = "") -> None:
        """Go on without a worker for a while, longer each time; a later call tries again."""
        with self.changed:
            if not self.closed:
                if not self.failures:  # said once, until it is over
                    _log.warning(
                        "no worker for symbolic comparisons %s%s", how, f": {why}" if why else ""
                    )
                pause = min(PAUSE * 2.0 ** min(self.failures, 20), LONGEST_PAUSE)
                self.failures += 1
                self.retry_at = time.monotonic() + pause
            self.changed.notify_all()

    def leave(self, worker: _Worker) -> None:
        with self.changed:
            self.workers.remove(worker)
            self.changed.notify_all()

    def close(self) -> None:
        with self.changed:
            self.closed = True
            for worker in self.workers:
                worker.kill()
            self.changed.notify_all()
        for worker in list(self.workers):
            worker.join(10)


def _effort(pair: tuple[Tree, Tree]) -> tuple[int, int]:
    """What a pair may cost, to be compared: how powers stand upon one another, and its size."""
    heights, sizes = zip(*map(_height_and_size, pair), strict=True)
    return max(heights), sum(sizes)


def _length(pair: tuple[str, ...]) -> tuple[int, int]:
    return max(map(len, pair)), 0


def _height_and_size(tree: Tree) -> tuple[int, int]:
    """The longest chain of powers, exponentials and factorials in each other; and all nodes."""
    highest, size = 0, 0
    waiting = [(tree, 0)]  # no recursion: a tree may be deeper than the stack
    while waiting:
        node, height = waiting.pop()
        height += isinstance(node, Power | Factorial) or (
            isinstance(node, Call) and node.name == "exp"
        )
        highest, size = max(highest, height), size + 1
        waiting += [(child, height) for child in children(node)]
    return highest, size


class _Worker(threading.Thread):
    """A thread that talks to one worker process, and replaces it when it is gone.

    It outlives its processes: Linux ends a process with the thread that started it, if asked to.
    """

    def __init__(self, pool: _Pool) -> None:
        super().__init__(name="grpo_rewards symbolic worker", daemon=True)
        self.pool = pool
        self.process: subprocess.Popen[bytes] | None = None
        self.ready = False
        self.busy = False
        self.killed = False
        self.pairs = 0

    def run(self) -> None:
        try:
            while self.pool.work_waits() and (self._is_running() or self._launch()):
                if not self._answer():
                    break
        finally:
            self._end()
            self.pool.leave(self)

    def _answer(self) -> bool:
        """Answer a pair; false if the worker died of it, or of something else."""
        task = self.pool.take(self)
        if task is None:
            return True
        reply = b""
        try:
            reply = self._ask(task.message)
        finally:
            self.pool.finish(task, reply)
        self.pairs += 1
        died = not reply and not self.killed
        # Killed at the last moment, after it had answered: that must not cost the next pair.
        leaves = reply == SPENT and not CLOCKED  # it has taken its memory with it
        if not reply or leaves or self.killed or self.pairs >= PAIRS_A_WORKER:
            self._end()
        if died and CLOCKED:
            self.pool.failed("stays: one ended with a pair that it was given")
        return not (died and CLOCKED)

    def kill(self) -> None:
        self._halt(kill)

    def cancel(self) -> None:
        """End the pair that it has, and it as well where that is the only way."""
        self._halt(cancel)

    def _halt(self, how: Callable[[subprocess.Popen[bytes]], None]) -> None:
        self.killed = self.killed or how is kill or not CLOCKED
        if self.process is not None:
            how(self.process)

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
                self.process = start() if self.pool.rule == SYMBOLIC else start(self.pool.rule)
            limit = threading.Timer(START_LIMIT, self.kill)
            limit.daemon = True
            limit.start()
        except (OSError, RuntimeError) as error:
            self._end()
            self.pool.failed("could be started", error)
            return False
        ready = self._read() == READY
        limit.cancel()
        if not ready:
            self._end()
            self.pool.failed("was ready before it ended")
            return False
        with self.pool.changed:
            self.ready = True
            self.pool.changed.notify_all()
        return True

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
            self.ready = False
            self.pool.changed.notify_all()
        if process is not None:
            with process:  # which closes the pipes, and waits for it: no zombie stays
                kill(process)

    def forget(self) -> None:
        """In a forked child: let go of the parent's pipes, lest its workers wait for us to end."""
        if self.process is not None:
            for pipe in (self.process.stdin, self.process.stdout):
                if pipe is not None:
                    pipe.close()
            self.process.returncode = 0  # not ours to wait for


_pool = _Pool()
_second_pool = _Pool(SECOND)


def _close() -> None:
    _pool.close()
    _second_pool.close()


def _before_fork() -> None:
    _pool.changed.acquire()
    _second_pool.changed.acquire()


def _after_fork() -> None:
    _second_pool.changed.release()
    _pool.changed.release()


def _start_afresh() -> None:
    """In a forked child, which has the parent's pipes but neither its threads nor its children."""
    global _pool, _second_pool
    for worker in (*_pool.workers, *_second_pool.workers):
        worker.forget()
    _pool, _second_pool = _Pool(), _Pool(SECOND)


atexit.register(_close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_before_fork, after_in_parent=_after_fork, after_in_child=_start_afresh
    )
