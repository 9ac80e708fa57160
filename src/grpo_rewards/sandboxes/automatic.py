"""The sandbox that is chosen by what there is on a machine, and by what a program needs."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from grpo_rewards.errors import OptionError
from grpo_rewards.sandboxes.fallback import FallbackSandbox
from grpo_rewards.sandboxes.jail.isolation import JailSandbox
from grpo_rewards.sandboxes.monty.emulation import MontySandbox
from grpo_rewards.sandboxes.protocol import Job, Judged, LocalSandbox, Result, Sandbox, judge_each
from grpo_rewards.sandboxes.races import Finish, Race, race_each

__all__ = ["AutoSandbox"]


@dataclass(frozen=True, kw_only=True, repr=False)
class AutoSandbox(LocalSandbox):
    """Runs programs in Monty, and in a jail what Monty cannot judge, where there is a jail.

    Where Monty is not installed it is the jail alone, and where there is no jail Monty alone: what
    it cannot judge is then ``unsupported``, or in ``doubt``. Which of them there are is found out
    when the first program runs, and once.

    Args:
        seconds: As of `MontySandbox` and `JailSandbox`, like the rest.
        memory: As above.
        output: As above.
        workers: As above.

    Raises:
        OptionError: A limit is no positive number. On a run: there is neither of them.

    Example:
        >>> from grpo_rewards.sandboxes import Job
        >>> job = Job(program="import heapq", calls=("heapq.nsmallest(2, [3, 1, 2])",))
        >>> AutoSandbox().run([job], deadline=10)[0].replies
        (Reply(value=[1, 2], error=''),)
    """

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
        return judge_each(self.chosen(), jobs, deadline=deadline, judge=judge)

    def race(self, races: Sequence[Race], *, deadline: float) -> list[Finish]:
        """How the races end, where there is a jail; see `grpo_rewards.sandboxes.races`."""
        return race_each(self.chosen(), races, deadline=deadline)

    def chosen(self) -> Sandbox:
        """The sandbox that this stands for on this machine."""
        return _chosen(self.seconds, self.memory, self.output, self.workers)


@lru_cache(maxsize=16)
def _chosen(seconds: float, memory: int, output: int, workers: int | None) -> Sandbox:
    monty = MontySandbox(seconds=seconds, memory=memory, output=output, workers=workers)
    try:
        jail = JailSandbox(seconds=seconds, memory=memory, output=output, workers=workers)
    except OptionError:
        return monty
    if importlib.util.find_spec("pydantic_monty") is None:
        return jail
    return FallbackSandbox(first=monty, second=jail)
