"""Rewards whose weight moves with the steps of training."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from grpo_rewards.core.base import Batch, Outcome, Reward
from grpo_rewards.core.composing import OfOne, within
from grpo_rewards.core.rounds import Rounds, asked
from grpo_rewards.errors import ColumnError, OptionError, in_short
from grpo_rewards.requirements import require_number, require_whole

__all__ = ["Scheduled"]


@dataclass(frozen=True, kw_only=True, repr=False)
class Scheduled(OfOne):
    """A reward times a weight that moves with the steps of training."""

    start: float
    end: float
    steps: int | None = None
    fraction: float | None = None
    without_state: float | None = None

    def __post_init__(self) -> None:
        require_number("start", self.start)
        require_number("end", self.end)
        if self.without_state is not None:
            require_number("without_state", self.without_state)
        if (self.steps is None) == (self.fraction is None):
            raise OptionError(
                f"steps={self.steps!r}, fraction={in_short(self.fraction)}: write one of the two, "
                "as in "
                "scheduled(1.0, 0.0, steps=200) or scheduled(1.0, 0.0, fraction=0.5)"
            )
        if self.steps is not None:
            require_whole("steps", self.steps)
        if self.fraction is not None:
            require_number("fraction", self.fraction)
            if not 0 < self.fraction <= 1:
                raise OptionError(
                    f"fraction={in_short(self.fraction)}: write a share of the run in (0, 1]"
                )
        super().__post_init__()

    @property
    def bounds(self) -> tuple[float, float]:
        weights = [
            weight for weight in (self.start, self.end, self.without_state) if weight is not None
        ]
        scores = [
            weight * score if weight else 0.0 for weight in weights for score in self.part.bounds
        ]
        return min(scores), max(scores)

    def in_rounds(self, batch: Batch) -> Rounds[list[Outcome]]:
        weight, why = self._weight(batch)
        outcomes = yield from asked(batch, self.part)
        return [
            outcome
            if outcome.score is None
            else self._made(
                outcome, weight * outcome.score, f"{weight:.4g} * {outcome.score:.4g}, {why}"
            )
            for outcome in outcomes
        ]

    def _weight(self, batch: Batch) -> tuple[float, str]:
        if batch.trainer_state is None:
            if self.without_state is None:
                raise ColumnError(
                    f"{self.name} moves with training, and this call has no trainer_state: TRL "
                    "passes one since 0.20, except in its asynchronous trainer; write "
                    "without_state=... for the weight to use without one"
                )
            return self.without_state, "without a trainer's state"
        steps = self.steps or self._share_of(batch.trainer_state)
        done = min(max(batch.step / steps, 0.0), 1.0)
        return self.start + (self.end - self.start) * done, f"at step {batch.step}"

    def _share_of(self, state: Any) -> float:
        steps = getattr(state, "max_steps", None)
        if not isinstance(steps, int) or steps < 1:
            raise ColumnError(
                f"{self.name} takes a fraction of the run, and trainer_state.max_steps is "
                f"{steps!r}: write steps=... instead"
            )
        return steps * (self.fraction or 1.0)

    def _expression(self, shown: Callable[[Reward], str]) -> str:
        options = [repr(self.start), repr(self.end)]
        options += [
            f"{option}={value!r}"
            for option, value in (
                ("steps", self.steps),
                ("fraction", self.fraction),
                ("without_state", self.without_state),
            )
            if value is not None
        ]
        return f"{within(self.part, shown)}.scheduled({', '.join(options)})"
