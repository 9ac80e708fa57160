"""A sandbox that takes what another one cannot run."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from grpo_rewards.errors import OptionError, in_short
from grpo_rewards.sandboxes.protocol import Job, Judged, Result, Sandbox, judge_each
from grpo_rewards.sandboxes.races import Finish, Race, RacingSandbox, race_each

__all__ = ["FallbackSandbox"]


@dataclass(frozen=True, kw_only=True)
class FallbackSandbox:
    """Runs programs in one sandbox, and in a second one those that the first does not support.

    Those are the ones that it cannot run, and the ones of which it doubts that they do there what
    Python does.

    Args:
        first: The sandbox that tries every program.
        second: The sandbox for the rest; the deadline is for both together.

    Raises:
        OptionError: One of them is no sandbox.

    Example:
        >>> from grpo_rewards.sandboxes import MontySandbox
        >>> FallbackSandbox(first=MontySandbox(seconds=1.0), second=MontySandbox())
        FallbackSandbox(first=MontySandbox(seconds=1.0), second=MontySandbox())
    """

    first: Sandbox
    second: Sandbox

    def __post_init__(self) -> None:
        for option in ("first", "second"):
            require_sandbox(option, getattr(self, option))

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

        def judged_or_not(job: Job, result: Result) -> Judged | _Unsupported:
            if result.status == "unsupported" or result.doubt or result.other is not None:
                return _UNSUPPORTED
            return judge(job, result)

        found = judge_each(self.first, jobs, deadline=deadline, judge=judged_or_not)
        rest = [job for job, made in zip(jobs, found, strict=True) if made is _UNSUPPORTED]
        left = max(end - time.monotonic(), 1e-3)
        again = iter(judge_each(self.second, rest, deadline=left, judge=judge) if rest else [])
        return [next(again) if isinstance(made, _Unsupported) else made for made in found]

    def race(self, races: Sequence[Race], *, deadline: float) -> list[Finish]:
        """How the races end in the one of them that can time programs."""
        able = self.first if isinstance(self.first, RacingSandbox) else self.second
        return race_each(able, races, deadline=deadline)


class _Unsupported:
    """What stands for a result of the first sandbox that does not count."""


_UNSUPPORTED = _Unsupported()


def require_sandbox(option: str, value: object) -> None:
    """Raise unless an option's value has a sandbox's method."""
    if isinstance(value, type) or not callable(getattr(value, "run", None)):
        raise OptionError(f"{option}={in_short(value)}: write a sandbox, such as MontySandbox()")
