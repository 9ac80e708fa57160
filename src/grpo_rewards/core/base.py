"""What a reward is: the call that trainers make, the explanation, the logs, the operators.

What the operators build is in `grpo_rewards.core.operators`.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from grpo_rewards.core.batch import Batch, Outcome
from grpo_rewards.errors import OptionError
from grpo_rewards.responses.completions import Completion
from grpo_rewards.responses.layouts import ResponseFormat

__all__ = ["Batch", "Outcome", "Reward"]


@dataclass(frozen=True, kw_only=True, repr=False)
class Reward:
    """A callable that maps a batch of completions to a list of scores, one each.

    Frozen, picklable, and safe to call from any thread. Pass it to a trainer's ``reward_funcs``,
    or call it as a trainer does: with keywords, each dataset column a list.

    Rewards combine: ``a + b``, ``a - b``, ``2 * a``, ``a / 3``, ``-a``, and the methods below. A
    part without an opinion adds nothing to a sum; where no part has one, nor has the sum.

    Args:
        name: The reward's ``__name__``, under which trainers log it. Give two rewards in one
            trainer two names: equal ones are merged without a word.
        log: Whether to log to trainers that offer it (``log_extra``, ``log_metric``), under the
            reward's name, what `logged_columns` and `logged_rates` say of it and of its parts.

    Raises:
        OptionError: The name is blank, or ``log`` is not a truth value.

    Example:
        >>> from grpo_rewards import check_answer, exact_format
        >>> total = 0.5 * exact_format + check_answer.when(exact_format)
        >>> total.__name__
        '0.5 * exact_format + check_answer.when(exact_format)'
        >>> total(["6 * 7<end_working_out><SOLUTION>42</SOLUTION>", "42"], answer=["42", "42"])
        [6.5, 0.0]
    """

    name: str = "reward"
    log: bool = True

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name.strip():
            raise OptionError(f"name={self.name!r}: write a name that is not blank")
        if not isinstance(self.log, bool):
            raise OptionError(f"log={self.log!r}: write True or False")

    @property
    def __name__(self) -> str:
        return self.name

    @property
    def parts(self) -> tuple[Reward, ...]:
        """The rewards that this one is composed of; none for one that judges by itself."""
        return ()

    def judge(self, batch: Batch) -> list[Outcome]:
        """The outcomes of a batch, one a completion."""
        raise NotImplementedError(f"{type(self).__name__} has no judge()")

    def __call__(
        self,
        completions: Sequence[Completion],
        *,
        prompts: Sequence[Any] | None = None,
        completion_ids: Sequence[Sequence[int]] | None = None,
        **columns: Any,
    ) -> list[float | None]:
        """The scores of a batch, one a completion; ``None`` where the reward has no opinion.

        Args:
            completions: What a trainer hands over, one a row: strings or lists of chat messages.
            prompts: The prompts, one a completion.
            completion_ids: The token ids, one list a completion.
            **columns: Dataset columns, one value a completion, and what newer trainers add
                (``trainer_state``, ``log_extra``, ``log_metric``, ``environments``).

        Raises:
            CompletionError: ``completions`` is no list of completions.
            ColumnError: A column that the reward needs is missing or misshapen.
        """
        batch = Batch(completions, prompts=prompts, completion_ids=completion_ids, **columns)
        outcomes = batch.outcomes(self)
        if self.log and (batch.log_extra or batch.log_metric) and len(batch):
            _write_logs(self, batch)
        return [outcome.score for outcome in outcomes]

    def explain(self, completion: Completion, *, trainer_state: Any = None, **row: Any) -> Outcome:
        """The outcome of one completion, and why; ``print`` shows it as a table.

        Args:
            completion: A string or a list of chat messages.
            trainer_state: The trainer's state, for rewards whose weight moves with it.
            **row: The row's columns, one value each, as in ``answer="42"``. A prompt is
                ``prompts=...``, token ids are ``completion_ids=...``.
        """
        columns: dict[str, Any] = {name: [value] for name, value in row.items()}
        return Batch([completion], trainer_state=trainer_state, **columns).outcomes(self)[0]

    # Logging ---------------------------------------------------------------------------------

    def logged_columns(self, outcomes: Sequence[Outcome]) -> dict[str, list[Any]]:
        """What a trainer's ``log_extra`` gets beside each completion, by column.

        The columns are the same on every call, whatever the outcomes.
        """
        del outcomes
        return {}

    def logged_rates(self, outcomes: Sequence[Outcome]) -> dict[str, float]:
        """What a trainer's ``log_metric`` gets of a batch that is not empty, by name.

        The names are the same on every call, whatever the outcomes.
        """
        del outcomes
        return {}

    # Composition -----------------------------------------------------------------------------

    def __add__(self, other: Reward) -> Reward:
        from grpo_rewards.core.operators import Sum

        return Sum.of(self, other) if isinstance(other, Reward) else NotImplemented

    def __radd__(self, other: int) -> Reward:
        return self if other == 0 else NotImplemented  # as sum() starts

    def __sub__(self, other: Reward) -> Reward:
        from grpo_rewards.core.operators import Sum

        return Sum.of(self, -other) if isinstance(other, Reward) else NotImplemented

    def __neg__(self) -> Reward:
        from grpo_rewards.core.operators import Scaled

        return Scaled(part=self, factor=-1)

    def __mul__(self, factor: float) -> Reward:
        from grpo_rewards.core.operators import Scaled

        return NotImplemented if isinstance(factor, Reward) else Scaled(part=self, factor=factor)

    __rmul__ = __mul__

    def __truediv__(self, divisor: float) -> Reward:
        from grpo_rewards.core.operators import Scaled

        if isinstance(divisor, Reward):
            return NotImplemented
        return Scaled(part=self, factor=divisor, divides=True)

    def when(self, gate: Reward, *, above: float = 0.0, otherwise: float = 0.0) -> Reward:
        """This reward where the gate's score is above a bound, else a constant.

        Args:
            gate: The reward that has to be earned first.
            above: What the gate's score has to exceed.
            otherwise: The score where it does not. Where this reward or the gate has no opinion,
                the result has none.

        Example:
            >>> from grpo_rewards import check_answer, exact_format
            >>> gated = check_answer.when(exact_format, otherwise=-4.5)
            >>> gated(["6 * 7<end_working_out><SOLUTION>42</SOLUTION>", "42"], answer=["42"] * 2)
            [5.0, -4.5]
        """
        from grpo_rewards.core.operators import Gated

        return Gated(part=self, gate=gate, above=above, otherwise=otherwise)

    def clip(self, low: float | None = None, high: float | None = None) -> Reward:
        """This reward, no lower than ``low`` and no higher than ``high``; ``None`` is no bound.

        Example:
            >>> from grpo_rewards import check_answer
            >>> check_answer.clip(0, 1)(["<end_working_out><SOLUTION>4</SOLUTION>"], answer=["4"])
            [0.0]
        """
        from grpo_rewards.core.operators import Clipped

        return Clipped(part=self, low=low, high=high)

    def named(self, name: str) -> Reward:
        """This reward under another ``__name__``.

        Example:
            >>> from grpo_rewards import check_answer, exact_format
            >>> (exact_format + check_answer).named("total").__name__
            'total'
        """
        from grpo_rewards.core.operators import Named

        return Named(part=self, name=name)

    def scheduled(
        self,
        start: float,
        end: float,
        *,
        steps: int | None = None,
        fraction: float | None = None,
        without_state: float | None = None,
    ) -> Reward:
        """This reward times a weight that moves with training, in a line from start to end.

        Args:
            start: The weight at step 0.
            end: The weight after the last step of the schedule, and ever after.
            steps: How many optimizer steps the schedule takes; or
            fraction: which share of the training run it takes, in (0, 1].
            without_state: The weight where a trainer passes no ``trainer_state`` (TRL before
                0.20, its asynchronous trainer, a call of your own). Without it such a call
                raises a `ColumnError`.

        Raises:
            OptionError: Both or none of ``steps`` and ``fraction`` are given, or one cannot be.

        Example:
            >>> from types import SimpleNamespace
            >>> from grpo_rewards import exact_format
            >>> fading = exact_format.scheduled(1.0, 0.0, steps=100)
            >>> state = SimpleNamespace(global_step=25, max_steps=400)
            >>> fading(["6 * 7<end_working_out><SOLUTION>42</SOLUTION>"], trainer_state=state)
            [2.25]
        """
        from grpo_rewards.core.operators import Scheduled

        return Scheduled(
            part=self,
            start=start,
            end=end,
            steps=steps,
            fraction=fraction,
            without_state=without_state,
        )

    def printed(self, *, every: int) -> Reward:
        """This reward, which also prints one group of completions every so many steps.

        See `grpo_rewards.core.samples.Printed`.
        """
        from grpo_rewards.core.samples import Printed

        return Printed(part=self, every=every)

    def unlogged(self) -> Reward:
        """This reward with its logging off."""
        return replace(self, log=False)

    def __repr__(self) -> str:
        if getattr(sys.modules[type(self).__module__], self.name, None) == self:
            return self.name  # a ready-made one
        options = [
            f"{option.name}={getattr(self, option.name)!r}"
            for option in fields(self)
            if option.init and getattr(self, option.name) != option.default
        ]
        return f"{type(self).__name__}({', '.join(options)})"


def _write_logs(reward: Reward, batch: Batch) -> None:
    for prefix, part in _logging_parts(reward, reward.name):
        outcomes = batch.outcomes(part)
        if batch.log_extra:
            for column, values in part.logged_columns(outcomes).items():
                batch.log_extra(f"{prefix}/{column}", values)
        if batch.log_metric:
            if part is not reward:  # a trainer logs only the whole
                scores = [outcome.score or 0.0 for outcome in outcomes]
                batch.log_metric(f"{prefix}/score", sum(scores) / len(scores))
            for name, rate in part.logged_rates(outcomes).items():
                batch.log_metric(f"{prefix}/{name}", rate)


def _logging_parts(reward: Reward, prefix: str) -> list[tuple[str, Reward]]:
    """A reward and the parts of its parts, each with a prefix of its own; each part once."""
    found = [(prefix, reward)]
    taken, seen = {prefix}, {reward}
    waiting = list(reward.parts)
    while waiting:
        part = waiting.pop(0)
        if part in seen or not part.log:
            continue
        seen.add(part)
        waiting += part.parts
        own, copies = f"{prefix}/{part.name}", 2
        while own in taken:
            own, copies = f"{prefix}/{part.name} {copies}", copies + 1
        taken.add(own)
        found.append((own, part))
    return found


def require_number(option: str, value: Any) -> None:
    """Raise unless an option's value is a finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise OptionError(f"{option}={value!r}: write a finite number")


def require_format(format: ResponseFormat) -> None:
    """Raise unless an option is a layout."""
    if not isinstance(format, ResponseFormat):
        raise OptionError(
            f"format={format!r}: write a ResponseFormat, such as THINK_ANSWER or "
            "ResponseFormat(reasoning=('<think>', '</think>'), answer='boxed')"
        )
