"""The interface of a sandbox: what it is given to run, what it reports, how it is asked."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal, Protocol, TypeAlias, TypeVar, runtime_checkable

from grpo_rewards.errors import OptionError, in_short
from grpo_rewards.requirements import require_seconds, require_whole
from grpo_rewards.sandboxes.data import MOST_PARTS, NotPlainError, decode, parts_in
from grpo_rewards.sandboxes.threads import in_threads, on_own_stack

__all__ = [
    "Claims",
    "Job",
    "JudgingSandbox",
    "Limit",
    "LocalSandbox",
    "Reply",
    "Result",
    "Runner",
    "Sandbox",
    "SandboxWarning",
    "Status",
    "judge_each",
    "read_reply",
]

Judged = TypeVar("Judged")

Status: TypeAlias = Literal["ran", "stopped", "unsupported", "failed"]
"""``ran``: to its end, or to an exception of its own. ``stopped``: by a limit, or by itself.
``unsupported``: this sandbox cannot run such a program. ``failed``: the sandbox itself did."""

NO_TIME = "the batch's deadline came first"
TOO_LARGE = "the values of its calls are too large together"
ROW = 4
"""How many times as long all tests of a row may take as ``seconds`` allows one."""
TOGETHER = 4
"""How much more the values of all calls of a program may take than what ``output`` allows one."""
LONGEST_ERROR = 300
LONGEST_LINE = 12 * LONGEST_ERROR
"""Characters of a line that holds an error, each of which may be written in six."""


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
    language: str = "python"
    """What a script is written in: a name in the table of `grpo_rewards.sandboxes.compilers`."""
    arguments: tuple[tuple[str, str], ...] = ()
    """Names and contents of files that a script gets as its arguments, as a checker does."""
    imports: tuple[str, ...] | None = None
    """The modules that the program may import as it runs, where Python runs it, by their first
    names; ``None`` for all that there are."""


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
    other: Result | None = None
    """What it came to as well, with the members of its sets in another order, where that shows: it
    passes the tests that it passes both ways."""


@dataclass(frozen=True, slots=True)
class Claims:
    """A result as a program wrote it: its replies are not yet read."""

    status: Status
    reason: str = ""
    replies: tuple[str, ...] = ()
    output: str = ""
    doubt: str = ""
    other: Claims | None = None

    def result(self) -> Result:
        """The result, with as many of its values as may be read of one program."""
        left, replies = MOST_PARTS, []
        for line in self.replies:
            taken = parts_in(line)
            left -= taken
            replies.append(read_reply(line) if left >= 0 else Reply(error=TOO_LARGE))
        return Result(
            status=self.status,
            reason=self.reason,
            replies=tuple(replies),
            output=self.output,
            doubt=self.doubt,
            other=None if self.other is None else self.other.result(),
        )


_VALUE = '{"value": '


def read_reply(line: str) -> Reply:
    """The reply in a line that a guest writes, or that a program forged.

    Example:
        >>> read_reply('{"value": [1]}'), read_reply('{"error": "no"}').error
        (Reply(value=[1], error=''), 'no')
        >>> read_reply("3").error
        'the program wrote something else in place of a reply'
    """
    if line.startswith(_VALUE) and line.endswith("}"):
        try:
            return Reply(value=decode(line[len(_VALUE) : -1]))
        except NotPlainError as error:
            return Reply(error=str(error)[:LONGEST_ERROR])
    if len(line) <= LONGEST_LINE:
        try:
            said = json.loads(line)["error"]
        except (ValueError, TypeError, LookupError, RecursionError):
            said = None
        if isinstance(said, str):
            return Reply(error=said[:LONGEST_ERROR]) if said else Reply()
    return Reply(error="the program wrote something else in place of a reply")


@dataclass(frozen=True, slots=True)
class Limit:
    """The seconds that a job may take: each of its calls, and all of it."""

    test: float
    row: float


class Sandbox(Protocol):
    """Runs programs. Hashable and picklable, like the reward that holds it, and safe in threads."""

    def run(self, jobs: Sequence[Job], *, deadline: float) -> list[Result]:
        """The results of the jobs, one each, within so many seconds in all.

        No program may make it raise or wait longer. It raises `OptionError` where it cannot work
        at all on this machine, and says what to do about it.
        """
        ...  # pragma: no cover


Runner: TypeAlias = tuple[Callable[[Job, Limit], Claims], Callable[[], None], Callable[[], None]]


@runtime_checkable
class JudgingSandbox(Protocol):
    """A sandbox that hands over each result as soon as there is one, and does not keep it."""

    def run_each(
        self,
        jobs: Sequence[Job],
        *,
        deadline: float,
        judge: Callable[[Job, Result], Judged],
    ) -> list[Judged]:
        """What a judge makes of the result of each job; it is asked of one at a time."""
        ...  # pragma: no cover


def judge_each(
    sandbox: Sandbox,
    jobs: Sequence[Job],
    *,
    deadline: float,
    judge: Callable[[Job, Result], Judged],
) -> list[Judged]:
    """What a judge makes of the result of each job, from a stack that is not deep.

    Raises:
        OptionError: The sandbox does not work, or loses results.
    """
    if isinstance(sandbox, JudgingSandbox):
        return sandbox.run_each(jobs, deadline=deadline, judge=judge)
    results = sandbox.run(jobs, deadline=deadline)
    if len(results) != len(jobs):
        raise OptionError(
            f"sandbox={in_short(sandbox)} gave {len(results)} results for {len(jobs)} jobs: "
            "its run() has to return one each"
        )
    return on_own_stack(
        lambda: [judge(job, result) for job, result in zip(jobs, results, strict=True)]
    )


@dataclass(frozen=True, kw_only=True, repr=False)
class LocalSandbox:
    """What the sandboxes on this machine share: limits, and a batch in parallel.

    Of a program that runs, this process holds what it wrote, `TOGETHER` times ``output`` bytes at
    most, and of one program at a time also the values that are read from it.
    """

    seconds: float = 5.0
    memory: int = 256
    output: int = 1_000_000
    workers: int | None = None

    def __post_init__(self) -> None:
        require_seconds("seconds", self.seconds)
        for option in ("memory", "output", "workers"):
            value = getattr(self, option)
            if option == "workers" and value is None:
                continue
            require_whole(option, value)
        if self.memory < 64:
            raise OptionError(f"memory={in_short(self.memory)}: write at least 64 (MiB)")

    def __repr__(self) -> str:
        options = [
            f"{option.name}={getattr(self, option.name)!r}"
            for option in fields(self)
            if getattr(self, option.name) != option.default
        ]
        return f"{type(self).__name__}({', '.join(options)})"

    def run(self, jobs: Sequence[Job], *, deadline: float) -> list[Result]:
        """The results of the jobs; see `Sandbox`."""
        return self.run_each(jobs, deadline=deadline, judge=lambda _, result: result)

    def run_each(
        self,
        jobs: Sequence[Job],
        *,
        deadline: float,
        judge: Callable[[Job, Result], Judged],
    ) -> list[Judged]:
        """What a judge makes of the result of each job; see `JudgingSandbox`."""
        end = time.monotonic() + deadline
        judging = threading.Lock()
        if not jobs:
            return []
        run_one, stop, done = self._runner()
        spent: dict[str, float] = {}

        def run(job: Job) -> Judged:
            claimed = self._claimed(job, run_one, end, spent)
            with judging:
                return judge(job, claimed.result())

        count = self.workers or os.cpu_count() or 1
        try:
            return in_threads(jobs, run, count=count, stop=stop)
        finally:
            done()

    def _claimed(
        self,
        job: Job,
        run_one: Callable[[Job, Limit], Claims],
        end: float,
        spent: dict[str, float],
    ) -> Claims:
        """What a job came to in the seconds that are left to it, and to its program."""
        began = time.monotonic()
        left = end - began
        of_row = ROW * self.seconds - spent.get(job.program, 0.0)
        if left <= 0:
            return Claims("failed", NO_TIME)
        if of_row <= 0:
            return Claims("stopped", f"ran longer than {ROW * self.seconds:.3g} s in all its tests")
        limit = Limit(min(self.seconds, left), min(of_row, left))
        claimed = run_one(job, limit)
        took = time.monotonic() - began
        spent[job.program] = spent.get(job.program, 0.0) + took
        is_cut = left < self.seconds or (left < of_row and bool(job.calls))
        if claimed.status == "stopped" and is_cut and took >= left:
            return Claims("failed", NO_TIME)
        return claimed

    def _runner(self) -> Runner:
        """What runs a job within so many seconds, what ends all, and what clears up."""
        raise NotImplementedError
