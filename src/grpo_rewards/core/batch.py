"""What a trainer's call brings, the batch; what a reward says of one completion, the outcome."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from grpo_rewards.core.columns import as_list, missing_column, nested
from grpo_rewards.errors import ColumnError, CompletionError
from grpo_rewards.headroom import with_headroom
from grpo_rewards.responses.completions import Completion, completion_text
from grpo_rewards.responses.layouts import Response, ResponseFormat
from grpo_rewards.tables import plain_table, print_table

if TYPE_CHECKING:
    from grpo_rewards.core.base import Reward

__all__ = ["Batch", "Outcome"]

OUTCOME_HEADERS = ("part", "score", "reason")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a reward says of one completion; prints as a table of its parts.

    Example:
        >>> from grpo_rewards import check_answer, exact_format
        >>> text = "6 * 7<end_working_out><SOLUTION>43</SOLUTION>"
        >>> outcome = (exact_format + 2 * check_answer).explain(text, answer="42")
        >>> outcome.score, outcome.parts["exact_format"].score
        (-2.0, 3.0)
        >>> outcome.as_dict()["parts"]["2 * check_answer"]["details"]["verdict"]
        'wrong'
    """

    score: float | None
    """The score, or ``None`` for "no opinion": trainers leave the completion out of this reward."""
    reason: str
    """Why, in a sentence."""
    details: Mapping[str, Any] = field(default_factory=dict)
    """What the reason rests on, by name (the extracted answer, the rule that decided, ...)."""
    parts: Mapping[str, Outcome] = field(default_factory=dict)
    """What the parts of a composition say, by their names."""

    def as_dict(self) -> dict[str, Any]:
        """The whole tree as nested dicts, as a log can hold them."""
        return {
            "score": self.score,
            "reason": self.reason,
            "details": dict(self.details),
            "parts": {name: part.as_dict() for name, part in self.parts.items()},
        }

    def __str__(self) -> str:
        return plain_table(OUTCOME_HEADERS, list(self._rows("total", 0)))

    def show(self) -> None:
        """Print the table, through rich on a terminal where rich is installed."""
        print_table(OUTCOME_HEADERS, list(self._rows("total", 0)))

    def _rows(self, name: str, depth: int) -> Iterator[tuple[str, str, str]]:
        score = "no opinion" if self.score is None else f"{self.score:.4g}"
        yield f"{'  ' * depth}{name}", score, self.reason
        for part, outcome in self.parts.items():
            yield from outcome._rows(part, depth + 1)


@dataclass(frozen=True, slots=True)
class _Read:
    """The texts that were read last, and what each format reads in them."""

    texts: list[str]
    responses: dict[ResponseFormat, list[Response]] = field(default_factory=dict)


MAX_SHARED = 16 << 20
"""Bytes; the readings of texts that take more are not kept."""
MAX_FORMATS = 8
"""How many formats' readings of the same texts are kept."""
_latest: list[_Read] = [_Read([])]


def _readings_of(texts: list[str]) -> dict[ResponseFormat, list[Response]]:
    """Where the readings of some texts go; the rewards of a trainer are given the same ones."""
    latest = _latest[0]
    if latest.texts == texts:
        return latest.responses
    read = _Read(texts)
    _latest[0] = read if sum(map(sys.getsizeof, texts)) <= MAX_SHARED else _Read([])
    return read.responses


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
        **columns: Dataset columns, each a list with one value a completion; or an array, a series
            or a column of NumPy, pandas, Arrow, torch or datasets.

    Raises:
        CompletionError: ``completions`` is one string, or holds something that is no completion.
        ColumnError: ``prompts``, ``completion_ids`` or ``environments`` has another length.
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
        listed = as_list(completions)
        if listed is None:
            raise CompletionError(
                f"completions is a list with one completion a row, not {completions!r:.80}; "
                "to score one completion, write reward.explain(completion, ...)"
            )
        self.completions = listed
        self.texts = [completion_text(completion) for completion in listed]
        self.prompts = prompts if prompts is None else as_list(prompts) or prompts
        self.completion_ids = completion_ids
        self.trainer_state = trainer_state
        self.log_extra = log_extra
        self.log_metric = log_metric
        self.environments = environments
        self.columns = columns
        for name in ("prompts", "completion_ids", "environments"):
            given = getattr(self, name)
            if given is not None and len(given) != len(self):
                raise ColumnError(
                    f"{name} has {len(given)} entries for {len(self)} completions; a trainer "
                    "passes one a completion"
                )
        self._responses = _readings_of(self.texts)
        self._outcomes: dict[Reward, list[Outcome]] = {}

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def step(self) -> int:
        """The optimizer step that ``trainer_state`` is at.

        Raises:
            ColumnError: It does not say.
        """
        step = getattr(self.trainer_state, "global_step", None)
        if not isinstance(step, int):
            raise ColumnError(
                f"trainer_state={self.trainer_state!r:.80} has no global_step that is a whole "
                "number; pass the trainer's own state"
            )
        return step

    def responses(self, format: ResponseFormat) -> list[Response]:
        """The completions read by a format; each format reads them once."""
        found = self._responses.get(format)
        if found is None:
            if len(self._responses) >= MAX_FORMATS:
                self._responses.clear()
            found = self._responses[format] = [format.parse(text) for text in self.texts]
        return found

    def outcomes(self, reward: Reward) -> list[Outcome]:
        """What a reward says of the completions; each reward judges them once."""
        if reward not in self._outcomes:
            self._outcomes[reward] = with_headroom(reward.judge)(self)
        return self._outcomes[reward]

    @property
    def judged(self) -> list[tuple[Reward, list[Outcome]]]:
        """The rewards that have judged the batch, parts of others too, and their outcomes."""
        return list(self._outcomes.items())

    def column(self, *names: str, option: str = "gold") -> Sequence[Any]:
        """The first of these columns that the batch has; a name may be a path, as in ``a.b``.

        Args:
            *names: The names of columns, or paths to fields of columns that hold dicts.
            option: The option of the reward that names the column, for the error's remedy.

        Raises:
            ColumnError: It has none of them, or the column is no list of one value a completion.
        """
        name = next((name for name in names if name in self.columns), None)
        values: Sequence[Any] | None = None
        if name is not None:
            values = as_list(self.columns[name])
        else:
            for name in names:
                values = nested(self.columns, name)
                if values is not None:
                    break
            else:
                raise ColumnError(missing_column(names, self.columns, option))
        if values is None:
            raise ColumnError(
                f"the column {name!r} is {self.columns[name]!r:.80}; a trainer passes a list with "
                "one value a completion; for one completion write "
                f"reward.explain(completion, {name}=...)"
            )
        if len(values) != len(self):
            raise ColumnError(
                f"the column {name!r} has {len(values)} values for {len(self)} completions"
            )
        return values
