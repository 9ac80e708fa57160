"""Looking at what a model writes while it trains: now and then one group, scores and reasons."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import takewhile

from grpo_rewards.core.base import Reward
from grpo_rewards.core.batch import Batch, Outcome
from grpo_rewards.core.operators import OfOne, within
from grpo_rewards.errors import OptionError

__all__ = ["Printed"]

SHOWN_LENGTH = 400
"""Of a longer completion only the end is shown (characters): there its answer is."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Printed(OfOne):
    """A reward that prints, every so many steps, the first group of the batch on standard error.

    The group's completions come best first, each with its score and the reason of every part.
    Only the main process prints, and once a step. A trainer that passes no ``trainer_state``
    does not say which process and step it is: nothing is printed.

    Args:
        part: The reward, which scores as it does without this.
        every: How many optimizer steps lie between two groups, at least 1; the first one is
            printed at step 0.

    Raises:
        OptionError: ``every`` is no whole number above 0.

    Example:
        >>> from grpo_rewards import check_answer, exact_format
        >>> total = (exact_format + check_answer).named("total").printed(every=50)
        >>> total.__name__
        'total'

    To look at separate reward functions as a whole, add ``0 * sum(rewards).printed(every=50)``.
    """

    every: int
    last: list[int] = field(default_factory=list, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if isinstance(self.every, bool) or not isinstance(self.every, int) or self.every < 1:
            raise OptionError(f"every={self.every!r}: write a whole number of steps, at least 1")
        super().__post_init__()
        object.__setattr__(self, "name", self.part.name)

    def judge(self, batch: Batch) -> list[Outcome]:
        outcomes = batch.outcomes(self.part)
        state = batch.trainer_state
        if state is not None and len(batch) and getattr(state, "is_world_process_zero", True):
            step = batch.step
            if step % self.every == 0 and self.last != [step]:
                self.last[:] = [step]
                print(self._group(batch, outcomes, step), file=sys.stderr)
        return outcomes

    def _group(self, batch: Batch, outcomes: list[Outcome], step: int) -> str:
        size = len(batch)
        if batch.prompts is not None:
            first = batch.prompts[0]
            size = len(list(takewhile(lambda prompt: prompt == first, batch.prompts)))
        ranked = sorted(
            zip(batch.texts[:size], outcomes, strict=False),
            key=lambda row: float("-inf") if row[1].score is None else row[1].score,
            reverse=True,
        )
        parts = [f"{self.name} at step {step}, {size} completions of one prompt, best first"]
        for text, outcome in ranked:
            shown = text if len(text) <= SHOWN_LENGTH else f"...{text[-SHOWN_LENGTH:]}"
            parts.append(f"{'-' * 80}\n{shown.strip()}\n\n{outcome}")
        return "\n".join([*parts, "-" * 80])

    def _expression(self, shown: Callable[[Reward], str]) -> str:
        return f"{within(self.part, shown)}.printed(every={self.every})"
