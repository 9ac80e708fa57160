"""The interface of a sandbox: what it is given to run, what it reports, how it is asked."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from typing import Any, Literal, Protocol, TypeAlias

from grpo_rewards.errors import OptionError

__all__ = ["Job", "LocalSandbox", "Reply", "Result", "Sandbox", "SandboxWarning", "Status"]

Status: TypeAlias = Literal["ran", "stopped", "unsupported", "failed"]
"""``ran``: to its end, or to an exception of its own. ``stopped``: by a limit, or by itself.
``unsupported``: this sandbox cannot run such a program. ``failed``: the sandbox itself did."""

NO_TIME = "the batch's deadline came first"


class SandboxWarning(RuntimeWarning):
    """Programs were not judged, because a sandbox failed or cannot run them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """One run of a program. Expected values are no part of it: they never enter a sandbox."""

    program: str
    """The source."""
    calls: tuple[str, ...] | None = None
    """Expressions to evaluate after the program, one by one, in its namespace; ``None`` for a
    script, which runs as ``__main__`` and whose output counts instead."""
    stdin: str = ""
    """The standard input of a script."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What one call came to: a value that is plain data, or an error."""

    value: Any = None
    error: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What one run came to. All of it is the program's own claim, and to be judged as such."""

    status: Status
    reason: str = ""
    """Why it did not run, or was stopped; of a program that ran, the exception that ended it."""
    replies: tuple[Reply, ...] = ()
    """One for each call, in order; fewer when the program was stopped."""
    output: str = ""
    """What a script wrote on its standard output."""
    doubt: str = ""
    """Why a program may be right that fails by what it came to here: what the sandbox does
    otherwise than Python."""


class Sandbox(Protocol):
    """Runs programs. Hashable and picklable, like the reward that holds it, and safe in threads."""

    def run(self, jobs: Sequence[Job], *, deadline: float) -> list[Result]:
        """The results of the jobs, one each, within so many seconds in all.

        No program may make it raise or wait longer. It raises `OptionError` where it cannot work
        at all on this machine, and says what to do about it.
        """
        ...  # pragma: no cover


@dataclass(frozen=True, kw_only=True, repr=False)
class LocalSandbox:
    """What the sandboxes on this machine share: limits, and a batch in parallel."""

    seconds: float = 5.0
    memory: int = 256
    output: int = 1_000_000
    workers: int | None = None

    def __post_init__(self) -> None:
        require_positive("seconds", self.seconds)
        for option in ("memory", "output", "workers"):
            value = getattr(self, option)
            if option == "workers" and value is None:
                continue
            if isinstance(value, bool) or not isinstance(value, int) or value < 1:
                raise OptionError(f"{option}={value!r}: write a whole number, at least 1")
        if self.memory < 64:
            raise OptionError(f"memory={self.memory!r}: write at least 64 (MiB)")

    def __repr__(self) -> str:
        options = [
            f"{option.name}={getattr(self, option.name)!r}"
            for option in fields(self)
            if getattr(self, option.name) != option.default
        ]
        return f"{type(self).__name__}({', '.join(options)})"

    def _in_parallel(
        self, jobs: Sequence[Job], deadline: float, run_one: Callable[[Job, float], Result]
    ) -> list[Result]:
        """The results of the jobs; each is run with the seconds that are left to it."""
        end = time.monotonic() + deadline

        def run(job: Job) -> Result:
            limit = min(self.seconds, end - time.monotonic())
            if limit <= 0:
                return Result(status="failed", reason=NO_TIME)
            began = time.monotonic()
            result = run_one(job, limit)
            if (
                result.status == "stopped"
                and limit < self.seconds
                and time.monotonic() - began >= limit
            ):
                return Result(status="failed", reason=NO_TIME)
            return result

        if not jobs:
            return []
        with ThreadPoolExecutor(min(self.workers or os.cpu_count() or 1, len(jobs))) as threads:
            return list(threads.map(run, jobs))


def require_positive(option: str, value: Any) -> None:
    """Raise unless an option's value is a number of seconds."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e6:
        raise OptionError(f"{option}={value!r}: write a number of seconds above 0")
