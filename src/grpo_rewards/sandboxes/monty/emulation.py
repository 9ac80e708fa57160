"""The default sandbox: Monty, a Python interpreter of its own, without files, network or clock.

It comes with ``pip install 'grpo-rewards[code]'``, and starts when the first program runs.
"""

from __future__ import annotations

import atexit
import os
import re
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from grpo_rewards.errors import OptionError
from grpo_rewards.sandboxes.data import NotPlainError, plain
from grpo_rewards.sandboxes.protocol import Job, LocalSandbox, Reply, Result

if TYPE_CHECKING:
    from grpo_rewards.sandboxes.monty.source import Adapted

__all__ = ["MontySandbox"]

GRACE = 2.0
"""Seconds past a limit after which a worker that did not notice it is killed."""
WORKERS = os.cpu_count() or 1
DEEPEST = 100_000
"""Calls in calls of a program that asks for more than Python allows by itself."""

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
    knows a part of Python: no inheritance, no ``yield``, and few modules. A program that needs more
    is ``unsupported``, whatever else is wrong with it; one that needs what Monty does otherwise
    than Python has a ``doubt``. Every program gets a process of its own.

    Args:
        seconds: The longest that a program and its calls may take together. A single call is
            stopped after as long, so a run can take up to twice that.
        memory: MiB that it may fill.
        output: Bytes that it may print.
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

    def run(self, jobs: Sequence[Job], *, deadline: float) -> list[Result]:
        """The results of the jobs; see `Sandbox`."""
        try:
            from pydantic_monty import MontyCrashedError, MontyError  # noqa: PLC0415 (an extra; only when needed)
        except ImportError as error:
            raise OptionError(
                "MontySandbox needs Monty: pip install 'grpo-rewards[code]'; or give another "
                "sandbox, such as JailSandbox()"
            ) from error
        from grpo_rewards.sandboxes.monty.source import adapted  # noqa: PLC0415 (as above)

        if _pool.forked():
            reason = "Monty does not work in a process forked from one that used it: use spawn"
            return [Result(status="failed", reason=reason) for _ in jobs]

        def run_one(job: Job, limit: float) -> Result:
            program = adapted(job.program)
            if program.missing:
                return Result(status="unsupported", reason=f"Monty has no {program.missing}")
            try:
                return replace(self._run_one(job, program, limit), doubt=program.doubt)
            except (MontyError, OSError, RuntimeError, ValueError, TypeError) as error:
                if getattr(error, "timed_out", False):
                    return Result(status="stopped", reason=_longer(limit))
                if isinstance(error, MontyCrashedError):  # a stack that overflowed, say
                    return Result(status="unsupported", reason="Monty's worker crashed of it")
                return Result(status="failed", reason=f"Monty failed: {error}")

        return self._in_parallel(jobs, deadline, run_one)

    def _run_one(self, job: Job, program: Adapted, limit: float) -> Result:
        from pydantic_monty import CollectString  # noqa: PLC0415 (as above)

        from grpo_rewards.sandboxes.monty.prelude import PREFIX, stdin_lines  # noqa: PLC0415

        printed = CollectString(max_bytes=self.output)
        end = time.monotonic() + limit
        session = _pool.get().checkout(
            limits={
                "max_feed_duration_secs": limit,
                "max_memory": self.memory << 20,
                "max_total_sleep_secs": limit,
                **({"max_recursion_depth": DEEPEST} if "setrecursionlimit" in job.program else {}),
            },
            # Chance plays no part in a score.
            os_policy={"sleep_system_max": float("inf"), "random_start": {"seed": 0}},
            assert_message_annotations=False,
        )
        with session as feed:
            if program.prelude:
                lines = {f"{PREFIX}lines": stdin_lines(job.stdin)}
                feed.feed_run(program.prelude, inputs=lines, print_callback=printed)
            given = {} if job.calls is None else {"__name__": "program"}
            # What its last line evaluates to is nobody's business, and may be no plain data.
            source = program.source
            ran = _fed(feed, f"{source}\nNone", source, printed, given)
            if not isinstance(ran, Reply):
                return ran
            replies: list[Reply] = []
            for call in job.calls or ():
                if time.monotonic() >= end:
                    return _stopped(_longer(limit), replies)
                # One that did not run may have defined what is called before it ended.
                reply = _fed(feed, call, source, printed, {})
                if not isinstance(reply, Reply):
                    return Result(status=reply.status, reason=reply.reason, replies=tuple(replies))
                replies.append(reply)
        return Result(
            status="ran",
            reason=_ended(ran.error),
            replies=tuple(replies),
            output=printed.output,
        )


def _fed(feed: Any, text: str, program: str, printed: Any, given: dict[str, Any]) -> Reply | Result:
    """What a text came to in a program's session; a result when the session is at its end."""
    from pydantic_monty import MontyRuntimeError, MontySyntaxError  # noqa: PLC0415 (as above)

    from grpo_rewards.sandboxes.monty.missing import missing  # noqa: PLC0415 (as above)

    try:
        return Reply(value=plain(feed.feed_run(text, inputs=given, print_callback=printed)))
    except (NotPlainError, RecursionError) as error:
        return Reply(error=str(error) or "nested too deep")
    except MontySyntaxError as error:
        return Reply(error=f"SyntaxError: {error}"[:300])
    except MontyRuntimeError as error:
        said = str(error)
        if _STOPPED.match(said):
            return _stopped(said.partition(": ")[2], [])
        lacking = missing(said, program)
        if lacking:
            return Result(status="unsupported", reason=f"Monty has no {lacking}")
        return Reply(error=said.replace(f"{_EOF}: EOF", "EOFError: EOF")[:300])


def _ended(error: str) -> str:
    """How a program ended, by its error: leaving with success is none."""
    left = _LEFT.fullmatch(error)
    if not left:
        return error
    return "" if left["code"] is None else f"exit code {left['code']:.80}"


def _stopped(reason: str, replies: Sequence[Reply]) -> Result:
    return Result(status="stopped", reason=reason, replies=tuple(replies))


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
