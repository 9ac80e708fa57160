"""The interface of a sandbox that can say which of two programs takes less time for the same calls.

Not every sandbox can: an emulation's time says nothing of Python's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from grpo_rewards.sandboxes.protocol import Result, Sandbox, Status

__all__ = ["Finish", "Race", "RacingSandbox", "race_each"]

HOPELESS = 2.0
"""How many times as long as the other a program takes which is not asked again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Race:
    """Two programs, and the calls that both have to answer."""

    program: str
    reference: str
    calls: tuple[str, ...]
    """What the program is asked: expressions, or with ``inputs`` what is called."""
    reference_calls: tuple[str, ...]
    """The same, as the reference is asked for it."""
    inputs: tuple[str, ...] = ()
    """The list of arguments of each call, as JSON that `grpo_rewards.sandboxes.data.encode` makes:
    read in a small part of the time that an expression takes."""
    imports: tuple[str, ...] | None = None
    """What the program may import, as of a `grpo_rewards.sandboxes.Job`; the reference may all."""
    modules: tuple[str, ...] = ()
    """Modules that are imported before either begins: loading one is nobody's merit."""
    rounds: int = 5
    """How often each of them runs."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finish:
    """How a race ended."""

    status: Status
    """``ran``: both did, each time. ``stopped``: the program was, and the reference was not."""
    reason: str = ""
    results: tuple[Result, ...] = ()
    """What the program's rounds came to, those that differ."""
    expected: Result | None = None
    """What the reference came to."""
    seconds: float = 0.0
    """The least time of the processor that the program took, with all that it did for its calls:
    to define what it defines, to read their arguments and to hand over what they return."""
    reference_seconds: float = 0.0
    """The same of the reference."""
    ratios: tuple[float, ...] = ()
    """In each round, how many times as long as the program the reference took."""
    handing_over: float = 0.0
    """How much of that reading and handing over may take, no less."""


@runtime_checkable
class RacingSandbox(Protocol):
    """A sandbox with a clock that no program can reach."""

    def race(self, races: Sequence[Race], *, deadline: float) -> list[Finish]:
        """How the races end, one each, within so many seconds in all; one runs at a time."""
        ...  # pragma: no cover


def race_each(sandbox: Sandbox, races: Sequence[Race], *, deadline: float) -> list[Finish]:
    """How the races end in a sandbox; ``unsupported`` in one that has no clock."""
    if not races:
        return []
    if isinstance(sandbox, RacingSandbox):
        return sandbox.race(races, deadline=deadline)
    kind = type(sandbox).__name__
    return [Finish(status="unsupported", reason=f"{kind} cannot time programs")] * len(races)
