"""A sandbox that takes what another one cannot run."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from grpo_rewards.errors import OptionError
from grpo_rewards.sandboxes.protocol import Job, Result, Sandbox

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
        end = time.monotonic() + deadline
        results = self.first.run(jobs, deadline=deadline)
        rest = [
            place
            for place, result in enumerate(results)
            if result.status == "unsupported" or result.doubt
        ]
        left = max(end - time.monotonic(), 1e-3)
        again = self.second.run([jobs[place] for place in rest], deadline=left) if rest else []
        for place, result in zip(rest, again, strict=True):
            results[place] = result
        return results


def require_sandbox(option: str, value: object) -> None:
    """Raise unless an option's value has a sandbox's method."""
    if isinstance(value, type) or not callable(getattr(value, "run", None)):
        raise OptionError(f"{option}={value!r:.80}: write a sandbox, such as MontySandbox()")
