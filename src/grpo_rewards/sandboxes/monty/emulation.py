"""The default sandbox: Monty, a Python interpreter of its own, without files, network or clock.

It comes with ``pip install 'grpo-rewards[code]'``, and starts when the first program runs.
"""

from __future__ import annotations

import atexit
import json
import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from grpo_rewards.errors import OptionError
from grpo_rewards.sandboxes.protocol import (
    LONGEST_ERROR,
    TOGETHER,
    Claims,
    Job,
    Limit,
    LocalSandbox,
    Runner,
    read_reply,
)

if TYPE_CHECKING:
    from grpo_rewards.sandboxes.monty.source import Adapted

__all__ = ["MontySandbox"]

GRACE = 2.0
"""Seconds past a limit after which a worker that did not notice it is killed."""
WORKERS = os.cpu_count() or 1
DEEPEST = 100_000
"""Calls in calls of a program that asks for more than Python allows by itself."""

LONGEST_SAID = 1_000
"""Characters of an error that are looked into."""
_VALUE = '{"value": '
_FORKED = "Monty does not work in a process forked from one that used it: use spawn"

_STOPPED = re.compile(
    r"(?:TimeoutError|MemoryError): "
    r"(?:(?:feed time|sleep|memory) limit exceeded|the worker exceeded its memory limit)"
)
_EOF = "NotADirectoryError"  # which stands for one that Monty does not know
_LEFT = re.compile(r"SystemExit(?:: (?P<code>.*))?", re.DOTALL)


@dataclass(frozen=True, kw_only=True, repr=False)
class MontySandbox(LocalSandbox):
    """Runs programs in Monty, an interpreter written from scratch in which nothing is outside.

    Safe wherever it installs (Linux, macOS, Windows), and fast: a run takes some milliseconds. It
    knows a part of Python: no inheritance, and few modules. A program that needs more is
    ``unsupported``, whatever else is wrong with it; one that needs what Monty does otherwise than
    Python has a ``doubt``; one that goes through sets runs twice, with their members in two orders.
    Every program gets a process of its own.

    Args:
        seconds: The longest that one test may take: a call, a script, or the program before its
            calls. All of a row's tests may take four times as long.
        memory: MiB that it may fill.
        output: Bytes that it may print, and that a call's value may take; all of a program's
            take four times as many at most.
        workers: How many programs run at the same time; by default one for each processor. No
            more than that run in one process, however many sandboxes it has.

    Raises:
        OptionError: A limit is no positive number. On a run: Monty is not installed.

    Not covered: use in a process that was forked from one that had used it: there every run has
    failed. Start such processes by "spawn".

    Example:
        >>> from grpo_rewards.sandboxes import Job
        >>> job = Job(program="def double(x): return 2 * x", calls=("double(4)",))
        >>> MontySandbox().run([job], deadline=10)[0].replies
        (Reply(value=8, error=''),)
    """

    def _runner(self) -> Runner:
        try:
            from pydantic_monty import MontyCrashedError, MontyError  # noqa: PLC0415 (an extra; only when needed)
        except ImportError as error:
            raise OptionError(
                "MontySandbox needs Monty: pip install 'grpo-rewards[code]'; or give another "
                "sandbox, such as JailSandbox()"
            ) from error
        from grpo_rewards.sandboxes.monty.source import adapted  # noqa: PLC0415 (as above)

        workers = _Workers()

        def run_one(job: Job, limit: Limit) -> Claims:
            if _pool.forked():
                return Claims("failed", _FORKED)
            if job.language != "python" or job.arguments:
                return Claims("unsupported", "Monty runs Python alone, and gives it no files")
            program = adapted(job.program, any(map(_SETS.search, job.calls or ())))
            end = time.monotonic() + limit.row
            try:
                ran, touched = self._run_one(job, program, limit, workers)
                if touched and ran.status == "ran":
                    again = Limit(limit.test, max(end - time.monotonic(), 1e-3))
                    other, _ = self._run_one(job, program, again, workers, step=-1)
                    if other != ran:
                        ran = replace(ran, other=other)
                doubt = program.doubt or _doubt(job, ran)
                if program.is_slow and ran.status == "stopped":
                    doubt = doubt or _SLOWER
                return replace(ran, doubt=doubt)
            except (MontyError, OSError, RuntimeError, ValueError, TypeError) as error:
                if getattr(error, "timed_out", False):
                    doubt = program.doubt or (_SLOWER if program.is_slow else "")
                    return Claims("stopped", _longer(limit.test), doubt=doubt)
                if isinstance(error, MontyCrashedError):  # a stack that overflowed, say
                    return Claims("unsupported", "Monty's worker crashed of it")
                return Claims("failed", f"Monty failed: {error}"[:LONGEST_ERROR])

        return run_one, workers.kill, lambda: None

    def _run_one(
        self, job: Job, program: Adapted, limit: Limit, workers: _Workers, *, step: int = 1
    ) -> tuple[Claims, bool]:
        """What a program comes to, and whether it went through sets whose order is not known."""
        from pydantic_monty import CollectString  # noqa: PLC0415 (as above)

        from grpo_rewards.sandboxes.monty.prelude import (  # noqa: PLC0415
            CALL,
            PREFIX,
            RUN,
            TOUCHED,
            stdin_lines,
        )

        printed = CollectString(max_bytes=self.output)
        end = time.monotonic() + limit.row
        session = _pool.get().checkout(
            limits={
                "max_feed_duration_secs": min(limit.test, limit.row),
                "max_memory": self.memory << 20,
                "max_total_sleep_secs": limit.row,
                **({"max_recursion_depth": DEEPEST} if "setrecursionlimit" in job.program else {}),
            },
            # Chance plays no part in a score.
            os_policy={"sleep_system_max": float("inf"), "random_start": {"seed": 0}},
            assert_message_annotations=False,
        )
        with session as fed, workers.noted(fed.worker_pid):
            given: dict[str, Any] = {f"{PREFIX}source": program.source, f"{PREFIX}step": step}
            if program.has_order:
                given[f"{PREFIX}touched"] = [False]
                given[f"{PREFIX}derived"] = [any(map(_SETS.search, job.calls or ()))]
            if program.prelude:
                given[f"{PREFIX}lines"] = stdin_lines(job.stdin)
            if job.calls is not None:
                given["__name__"] = "program"
            feed = _Feed(fed, program.source, printed, self.output)
            ran = feed.line(f"{program.prelude}\n{RUN}", given)
            if not isinstance(ran, str):
                return ran, False
            lines: list[str] = []
            left = TOGETHER * self.output
            for call in job.calls or ():
                if time.monotonic() >= end:
                    return Claims("stopped", f"{_longer(limit.row)} in all", tuple(lines)), False
                # One that did not run may have defined what is called before it ended.
                line = feed.line(CALL, {f"{PREFIX}call": call})
                if not isinstance(line, str):
                    return replace(line, replies=tuple(lines)), False
                lines.append(line)
                left -= len(line)
                if left < 0:
                    reason = f"more than {TOGETHER * self.output} bytes of values"
                    return Claims("stopped", reason, tuple(lines)), False
            touched = program.has_order and feed.session.feed_run(TOUCHED) is not False
        claims = Claims("ran", _ended(read_reply(ran).error), tuple(lines), printed.output)
        return claims, touched


class _Workers:
    """The workers that run the programs of a batch."""

    def __init__(self) -> None:
        self.pids: set[int] = set()
        self.is_ended = False

    @contextmanager
    def noted(self, pid: int | None) -> Iterator[None]:
        """Have a worker among those that are ended together."""
        if pid is not None:
            self.pids.add(pid)
        try:
            if self.is_ended:
                raise OSError("the batch was interrupted")
            yield
        finally:
            self.pids.discard(pid or 0)

    def kill(self) -> None:
        """End them: they would go on, and outlive this process."""
        self.is_ended = True
        for pid in list(self.pids):
            with suppress(OSError):  # it has ended by itself
                os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))


class _Feed:
    """A program's session, which answers with one line that is not long, whatever it is fed."""

    def __init__(self, session: Any, program: str, printed: Any, output: int) -> None:
        self.session = session
        self.program = program
        self.printed = printed
        self.output = output

    def line(self, text: str, given: dict[str, Any]) -> str | Claims:
        """The line that a text ends with; a result when the session is at its end."""
        from pydantic_monty import MontyError  # noqa: PLC0415 (as above)

        from grpo_rewards.sandboxes.monty.missing import missing  # noqa: PLC0415 (as above)
        from grpo_rewards.sandboxes.monty.prelude import CUT  # noqa: PLC0415 (as above)

        # Whatever a program makes of every name in it, this is a string, and cut.
        text = f"{text}\n{CUT}[:{self.output + 1}]"
        try:
            line = self.session.feed_run(text, inputs=given, print_callback=self.printed)
        except MontyError as error:
            if getattr(error, "timed_out", None) is not None:  # its worker is gone
                raise
            said = str(error)[:LONGEST_SAID]
            if _STOPPED.match(said):
                return Claims("stopped", said.partition(": ")[2])
        else:
            line = str(line)
            if len(line) > self.output:
                return Claims("stopped", f"more than {self.output} bytes of output")
            if line.startswith(_VALUE):
                return line
            said = read_reply(line).error
        lacking = missing(said, self.program)
        if lacking:
            return Claims("unsupported", f"Monty has no {lacking}")
        said = said.replace(f"{_EOF}: EOF", "EOFError: EOF")
        return json.dumps({"error": said[:LONGEST_ERROR]})


def _doubt(job: Job, ran: Claims) -> str:
    """Why what came of a program may be Monty's doing, by what it was given, or ended with."""
    given = (job.stdin, job.program, *(job.calls or ()))
    if any(not text.isascii() and _OTHER_DIGIT.search(text) for text in given):
        return "Monty reads no digits of other scripts"
    if ran.reason and "threading" in job.program:
        return "in Python an error ends a thread alone"
    return ""


_SETS = re.compile(r"\{|\b(?:set|frozenset)\(")
"""What a call that hands over a set has in it, among others."""
_SLOWER = "Monty is much slower than Python at such a program"
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")


def _ended(error: str) -> str:
    """How a program ended, by its error: leaving with success is none."""
    left = _LEFT.fullmatch(error)
    if not left:
        return error
    return "" if left["code"] is None else f"exit code {left['code']:.80}"


def _longer(limit: float) -> str:
    return f"ran longer than {limit:.3g} s"


class _Pool:
    """The worker processes of this process; the first one starts with the first program."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.pool: Any = None
        self.owner = 0

    def forked(self) -> bool:
        """Whether the workers are a parent's: the threads that serve them did not come along."""
        return self.pool is not None and self.owner != os.getpid()

    def get(self) -> Any:
        from pydantic_monty import Monty  # noqa: PLC0415 (as above)

        with self.lock:
            if self.pool is None:
                pool = Monty(
                    max_processes=WORKERS,
                    max_checkouts_per_worker=1,
                    feed_duration_limit_grace=GRACE,
                )
                pool.__enter__()
                self.pool, self.owner = pool, os.getpid()
            return self.pool

    def close(self) -> None:
        with self.lock:
            if self.pool is not None and not self.forked():
                self.pool.__exit__(None, None, None)
            self.pool = None


_pool = _Pool()
atexit.register(_pool.close)
