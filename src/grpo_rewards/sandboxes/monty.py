"""The default sandbox: Monty, a Python interpreter of its own, without files, network or clock.

It comes with ``pip install 'grpo-rewards[code]'``, and starts when the first program runs.
"""

from __future__ import annotations

import atexit
import builtins
import importlib
import os
import re
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from grpo_rewards.errors import OptionError
from grpo_rewards.sandboxes.base import Job, LocalSandbox, Reply, Result
from grpo_rewards.sandboxes.data import NotPlainError, plain

__all__ = ["MontySandbox"]

GRACE = 2.0
"""Seconds past a limit after which a worker that did not notice it is killed."""
WORKERS = os.cpu_count() or 1
# Monty knows no EOFError, and no way to define an exception.
_INPUT = """
EOFError = LookupError
def input(prompt='', /):
    print(prompt, end='')
    if not _lines:
        raise EOFError('EOF when reading a line')
    return _lines.pop()
"""

# What Monty lacks of Python shows as one of these; each says in a group what was missing.
_UNSUPPORTED = re.compile(
    r"NotImplementedError: The monty syntax parser does not yet support (?:the )?(?P<syntax>.+)"
    r"|NotImplementedError: (?P<feature>.*(?:not supported|not implemented|read-only module).*)"
    r"|RuntimeError: Internal error in monty: (?P<internal>.+)"
    r"|(?:ModuleNotFoundError|ImportError): No module named '(?P<module>\w+)[\w.]*'"
    r"|ImportError: cannot import name '(?P<imported>\w+)' from '(?P<from>\w+)'.*"
    r"|AttributeError: module '(?P<of>\w+)' has no attribute '(?P<member>\w+)'"
    r"|AttributeError: '(?P<type>[\w.]+)' object has no attribute '(?P<method>\w+)'"
    r"|NameError: name '(?P<name>\w+)' is not defined",
    re.DOTALL,
)
_STOPPED = re.compile(r"(?:TimeoutError|MemoryError): (?:feed time|sleep|memory) limit exceeded")
# Whether a name that Monty does not know is one of Python's, these say; nothing is imported that a
# model named, but for these.
_MODULES = frozenset(
    "base64 binascii bisect collections copy csv dataclasses datetime decimal functools hashlib "
    "itertools json math os pathlib random re sys time typing unicodedata".split()
)
_TYPES = {
    "_io.TextIOWrapper": "io.TextIOWrapper",
    "collections.deque": "collections.deque",
    "deque": "collections.deque",
    "defaultdict": "collections.defaultdict",
    "Counter": "collections.Counter",
}


@dataclass(frozen=True, kw_only=True, repr=False)
class MontySandbox(LocalSandbox):
    """Runs programs in Monty, an interpreter written from scratch in which nothing is outside.

    Safe wherever it installs (Linux, macOS, Windows), and fast: a run takes some milliseconds. It
    knows a part of Python: no inheritance, no ``yield``, no ``del``, no ``with`` over classes of
    the program's own, and few modules. A program that needs more is ``unsupported``, whatever
    else is wrong with it. Every program gets a process of its own.

    Args:
        seconds: The longest that a program and its calls may take together. A single call is
            stopped after as long, so a run can take up to twice that.
        memory: MiB that it may fill.
        output: Bytes that it may print.
        workers: How many programs run at the same time; by default one for each processor. No
            more than that run in one process, however many sandboxes it has.

    Raises:
        OptionError: A limit is no positive number. On a run: Monty is not installed.

    Not covered: scripts that read ``sys.stdin`` (``input()`` works), and use in a process that was
    forked from one that had used it: there every run has failed. Start such processes by "spawn".

    Example:
        >>> from grpo_rewards.sandboxes import Job
        >>> job = Job(program="def double(x): return 2 * x", calls=("double(4)",))
        >>> MontySandbox().run([job], deadline=10)[0].replies
        (Reply(value=8, error=''),)
    """

    def run(self, jobs: Sequence[Job], *, deadline: float) -> list[Result]:
        """The results of the jobs; see `Sandbox`."""
        try:
            from pydantic_monty import MontyError  # noqa: PLC0415 (an extra; only when needed)
        except ImportError as error:
            raise OptionError(
                "MontySandbox needs Monty: pip install 'grpo-rewards[code]'; or give another "
                "sandbox, such as JailSandbox()"
            ) from error
        if _pool.forked():
            reason = "Monty does not work in a process forked from one that used it: use spawn"
            return [Result(status="failed", reason=reason) for _ in jobs]

        def run_one(job: Job, limit: float) -> Result:
            try:
                return self._run_one(job, limit)
            except (MontyError, OSError, RuntimeError, ValueError, TypeError) as error:
                if getattr(error, "timed_out", False):
                    return Result(status="stopped", reason=_longer(limit))
                return Result(status="failed", reason=f"Monty failed: {error}")

        return self._in_parallel(jobs, deadline, run_one)

    def _run_one(self, job: Job, limit: float) -> Result:
        from pydantic_monty import CollectString  # noqa: PLC0415 (as above)

        printed = CollectString(max_bytes=self.output)
        end = time.monotonic() + limit
        session = _pool.get().checkout(
            limits={
                "max_feed_duration_secs": limit,
                "max_memory": self.memory << 20,
                "max_total_sleep_secs": limit,
            },
            # Chance and the calendar play no part in a score.
            os_policy={"sleep_system_max": float("inf"), "random_start": {"seed": 0}},
            assert_message_annotations=False,
        )
        with session as feed:
            if job.calls is None:
                lines = job.stdin.split("\n")
                if not lines[-1]:
                    lines.pop()
                feed.feed_run(_INPUT, inputs={"_lines": lines[::-1]}, print_callback=printed)
            given = {} if job.calls is None else {"__name__": "program"}
            ran = _fed(feed, job.program, printed, given)
            if not isinstance(ran, Reply):
                return ran
            replies: list[Reply] = []
            for call in job.calls or ():
                if time.monotonic() >= end:
                    return _stopped(_longer(limit), replies)
                # One that did not run may have defined what is called before it ended.
                reply = _fed(feed, call, printed, {})
                if not isinstance(reply, Reply):
                    return Result(status=reply.status, reason=reply.reason, replies=tuple(replies))
                replies.append(reply)
        return Result(status="ran", reason=ran.error, replies=tuple(replies), output=printed.output)


def _fed(feed: Any, text: str, printed: Any, given: dict[str, Any]) -> Reply | Result:
    """What a text came to in a session; a result when the session is at its end."""
    from pydantic_monty import MontyRuntimeError, MontySyntaxError  # noqa: PLC0415 (as above)

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
        missing = _missing(said)
        if missing:
            return Result(status="unsupported", reason=f"Monty has no {missing}")
        return Reply(error=said[:300])


def _stopped(reason: str, replies: Sequence[Reply]) -> Result:
    return Result(status="stopped", reason=reason, replies=tuple(replies))


def _longer(limit: float) -> str:
    return f"ran longer than {limit:.3g} s"


def _missing(said: str) -> str:
    """What Monty lacks, by the error that a program ended with; empty if nothing."""
    found = _UNSUPPORTED.fullmatch(said)
    if not found:
        return ""
    part = found.groupdict()
    if part["syntax"]:
        return str(part["syntax"])[:100]
    if part["feature"] or part["internal"]:
        return f"support for this: {(part['feature'] or part['internal'])[:100]}"
    if part["module"]:
        known = part["module"] in sys.stdlib_module_names
        return f"module {part['module']}" if known else ""
    module, member = part["of"] or part["from"], part["member"] or part["imported"]
    if module:
        is_missing = module in _MODULES and _has(importlib.import_module(module), member)
        return f"{module}.{member}" if is_missing else ""
    if part["type"]:
        module, _, kind = _TYPES.get(part["type"], f"builtins.{part['type']}").partition(".")
        owner = getattr(importlib.import_module(module), kind, None)
        is_missing = isinstance(owner, type) and _has(owner, part["method"])
        return f"{part['type']}.{part['method']}" if is_missing else ""
    return f"{part['name']}()" if _has(builtins, part["name"]) else ""


def _has(owner: Any, name: str) -> bool:
    return not name.startswith("__") and hasattr(owner, name)


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
