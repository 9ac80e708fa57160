"""Looking at what a model writes while it trains: now and then one group, scores and reasons."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from grpo_rewards.core.base import Reward
from grpo_rewards.core.batch import Batch, Outcome
from grpo_rewards.core.composing import OfOne, within
from grpo_rewards.core.rounds import Rounds, asked
from grpo_rewards.notices import is_main_process
from grpo_rewards.requirements import require_whole

__all__ = ["Printed"]

SHOWN_LENGTH = 400
"""Of a longer completion only the end is shown (characters): there its answer is."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Printed(OfOne):
    """A reward that prints, every so many steps, the first group of the batch on standard error.

    The group's completions come best first, each with its score and the reason of every part.
    Only the main process prints, and once a step. Where a call has no ``trainer_state`` to say
    which step it is, calls are counted in place of steps.

    Args:
        part: The reward, which scores as it does without this.
        every: How many optimizer steps (or calls) lie between two groups, at least 1; the first
            one is printed at step 0, or in the first call.

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
    calls: list[int] = field(default_factory=lambda: [0], init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        require_whole("every", self.every)
        super().__post_init__()
        object.__setattr__(self, "name", self.part.name)

    def in_rounds(self, batch: Batch) -> Rounds[list[Outcome]]:
        return (yield from asked(batch, self.part))

    def observed(self, batch: Batch, outcomes: Sequence[Outcome]) -> None:
        state = batch.trainer_state
        if state is None:
            self.calls[0] += 1
        if not is_main_process(state):
            return
        place = self.calls[0] - 1 if state is None else batch.step
        if place % self.every == 0 and (state is None or self.last != [place]):
            if state is not None:
                self.last[:] = [place]
            when = f"in call {place + 1}" if state is None else f"at step {place}"
            print(self._group(batch, outcomes, when), file=sys.stderr)

    def _group(self, batch: Batch, outcomes: Sequence[Outcome], when: str) -> str:
        size = len(batch)
        if batch.prompts is not None:
            first = batch.prompts[0]
            size = len(list(takewhile(lambda prompt: prompt == first, batch.prompts)))
        ranked = sorted(
            zip(batch.texts[:size], outcomes, strict=False),
            key=lambda row: float("-inf") if row[1].score is None else row[1].score,
            reverse=True,
        )
        parts = [f"{self.name} {when}, {size} completions of one prompt, best first"]
        for text, outcome in ranked:
            shown = text if len(text) <= SHOWN_LENGTH else f"...{text[-SHOWN_LENGTH:]}"
            parts.append(f"{'-' * 80}\n{shown.strip()}\n\n{outcome}")
        return "\n".join([*parts, "-" * 80])

    def _expression(self, shown: Callable[[Reward], str]) -> str:
        return f"{within(self.part, shown)}.printed(every={self.every})"
