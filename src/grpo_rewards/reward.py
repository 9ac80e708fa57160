"""What a reward is: the batch it judges, the outcome it gives, and the call that trainers make.

Knows nothing of formats of answers or of how rewards combine.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from grpo_rewards.completions import Completion, completion_text
from grpo_rewards.errors import ColumnError, CompletionError, OptionError
from grpo_rewards.formats import Response, ResponseFormat

__all__ = ["Batch", "Outcome", "Reward"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a reward says of one completion.

    Example:
        >>> Outcome(3.0, "the response is exactly the format")
        Outcome(score=3.0, reason='the response is exactly the format', details={})
    """

    score: float | None
    """The score, or ``None`` for "no opinion": trainers leave the completion out of this reward."""
    reason: str
    """Why, in a sentence."""
    details: Mapping[str, Any] = field(default_factory=dict)
    """What the reason rests on, by name (the extracted answer, the rule that decided, ...)."""


class Batch:
    """One call of a trainer: the texts of its completions, and the dataset columns beside them.

    Args:
        completions: One a row, in any shape that `completion_text` reads.
        prompts: The prompts, one a completion.
        completion_ids: The token ids, one list a completion.
        trainer_state: The trainer's state.
        log_extra: The trainer's function that logs a column.
        log_metric: The trainer's function that logs a number.
        environments: The environments that the rollouts ran in.
        **columns: Dataset columns, each a list with one value a completion.

    Raises:
        CompletionError: ``completions`` is one string, or holds something that is no completion.
    """

    def __init__(
        self,
        completions: Sequence[Completion],
        *,
        prompts: Sequence[Any] | None = None,
        completion_ids: Sequence[Sequence[int]] | None = None,
        trainer_state: Any = None,
        log_extra: Callable[[str, list[Any]], None] | None = None,
        log_metric: Callable[[str, float], None] | None = None,
        environments: Sequence[Any] | None = None,
        **columns: Sequence[Any],
    ) -> None:
        if isinstance(completions, str | Mapping) or not isinstance(completions, Sequence):
            raise CompletionError(
                f"completions is a list with one completion a row, not {completions!r:.80}; "
                "to score one completion, write reward.explain(completion, ...)"
            )
        self.completions = completions
        self.texts = [completion_text(completion) for completion in completions]
        self.prompts = prompts
        self.completion_ids = completion_ids
        self.trainer_state = trainer_state
        self.log_extra = log_extra
        self.log_metric = log_metric
        self.environments = environments
        self.columns = columns
        self._responses: dict[ResponseFormat, list[Response]] = {}
        self._outcomes: dict[Reward, list[Outcome]] = {}

    def __len__(self) -> int:
        return len(self.texts)

    def responses(self, format: ResponseFormat) -> list[Response]:
        """The completions read by a format; each format reads them once."""
        if format not in self._responses:
            self._responses[format] = [format.parse(text) for text in self.texts]
        return self._responses[format]

    def outcomes(self, reward: Reward) -> list[Outcome]:
        """What a reward says of the completions; each reward judges them once."""
        if reward not in self._outcomes:
            self._outcomes[reward] = reward.judge(self)
        return self._outcomes[reward]

    def column(self, *names: str) -> Sequence[Any]:
        """The first of these columns that the batch has.

        Raises:
            ColumnError: It has none of them, or the column is no list of one value a completion.
        """
        name = next((name for name in names if name in self.columns), None)
        if name is None:
            wanted = " or ".join(repr(name) for name in names)
            present = ", ".join(repr(name) for name in self.columns) or "none"
            raise ColumnError(
                f"there is no column {wanted}; the columns are: {present}. "
                "Rename the dataset's column, or name it in the reward, as in gold='target'"
            )
        values = self.columns[name]
        if isinstance(values, str) or not isinstance(values, Sequence):
            raise ColumnError(
                f"the column {name!r} is {values!r:.80}; a trainer passes a list with one value "
                "a completion"
            )
        if len(values) != len(self):
            raise ColumnError(
                f"the column {name!r} has {len(values)} values for {len(self)} completions"
            )
        return values


@dataclass(frozen=True, kw_only=True, repr=False)
class Reward:
    """A callable that maps a batch of completions to a list of scores, one each.

    Frozen, picklable, and safe to call from any thread. Pass it to a trainer's ``reward_funcs``,
    or call it as a trainer does: with keywords, each dataset column a list.

    Args:
        name: The reward's ``__name__``, under which trainers log it. Give two rewards in one
            trainer two names: equal ones are merged without a word.

    Raises:
        OptionError: The name is blank.
    """

    name: str = "reward"

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name.strip():
            raise OptionError(f"name={self.name!r}: write a name that is not blank")

    @property
    def __name__(self) -> str:
        return self.name

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
        return [outcome.score for outcome in batch.outcomes(self)]

    def explain(self, completion: Completion, **row: Any) -> Outcome:
        """The outcome of one completion, and why.

        Args:
            completion: A string or a list of chat messages.
            **row: The row's columns, one value each, as in ``answer="42"``.
        """
        columns: dict[str, Any] = {name: [value] for name, value in row.items()}
        return Batch([completion], **columns).outcomes(self)[0]

    def __repr__(self) -> str:
        options = [
            f"{option.name}={getattr(self, option.name)!r}"
            for option in fields(self)
            if option.init and getattr(self, option.name) != option.default
        ]
        return f"{type(self).__name__}({', '.join(options)})"


def require_number(option: str, value: Any) -> None:
    """Raise unless an option's value is a finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise OptionError(f"{option}={value!r}: write a finite number")
