"""What a trainer's call brings, the batch; what a reward says of one completion, the outcome."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from grpo_rewards.core.columns import as_list, missing_column, nested
from grpo_rewards.core.rounds import asked, settle
from grpo_rewards.errors import ColumnError, CompletionError, in_short
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
                f"completions is a list with one completion a row, not {in_short(completions)}; "
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
            if given is not None and not hasattr(given, "__len__"):
                raise ColumnError(
                    f"{name} is {in_short(given)}; a trainer passes a list with one a completion"
                )
            if given is not None and len(given) != len(self):
                raise ColumnError(
                    f"{name} has {len(given)} entries for {len(self)} completions; a trainer "
                    "passes one a completion"
                )
        self.of_run = prompts is not None
        """Whether it is one of many, as of every trainer; a call by hand stands for itself."""
        self._responses = _readings_of(self.texts)
        self._outcomes: dict[Reward, list[Outcome]] = {}
        self._apart: dict[tuple[Reward, tuple[int, ...]], Batch] = {}
        self._cut_from: tuple[Batch, tuple[int, ...]] | None = None

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
                f"trainer_state={in_short(self.trainer_state)} has no global_step that is a whole "
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
        if reward.costs and not reward.parts:
            return settle(asked(self, reward))
        if reward not in self._outcomes:
            self._outcomes[reward] = with_headroom(reward.judge)(self)
        return self._outcomes[reward]

    def groups(self, *, by: str | None = None, size: int | None = None) -> list[list[int]]:
        """The places of the completions of each prompt, the groups in the order they begin in.

        Args:
            by: A column that names each row's group; by default equal prompts are one.
            size: How many completions a group has, where that is known. A prompt that the batch
                has twice then makes two groups, in the order of the rows.

        Raises:
            ColumnError: There are no prompts to tell groups by, or no such column.

        Example:
            >>> batch = Batch(["a", "b", "c", "d"], prompts=["p", "p", "q", "p"])
            >>> batch.groups(), batch.groups(size=1)
            ([[0, 1, 3], [2]], [[0], [1], [2], [3]])
        """
        if by is not None:
            marks: Sequence[Any] = self.column(by, option="by")
        elif self.prompts is not None:
            marks = self.prompts
        else:
            raise ColumnError(
                "there are no prompts, by which the completions of one group are known: a trainer "
                "passes them, and a call by hand has to, as in reward(completions, prompts=[...]); "
                "or name a column of ids with by=..."
            )
        found: dict[tuple[str, str], list[int]] = {}  # a row without an id is none of id "None"
        for place, mark in enumerate(marks):
            told = mark if isinstance(mark, str) else repr(mark)
            found.setdefault((type(mark).__name__, told), []).append(place)
        groups = list(found.values())
        if size is None:
            return groups
        return sorted(
            group[start : start + size] for group in groups for start in range(0, len(group), size)
        )

    def rows(self, places: Sequence[int]) -> Batch:
        """The batch of only these rows, in this order, with all of its columns.

        What it judges is judged apart from this one: a reward that compares the completions of a
        group sees only the group's rows among these.

        Example:
            >>> batch = Batch(["a", "b", "c"], answer=["1", "2", "3"])
            >>> batch.rows([2, 0]).texts, batch.rows([2, 0]).columns
            (['c', 'a'], {'answer': ['3', '1']})
        """

        def of(values: Sequence[Any]) -> list[Any]:
            return [values[place] for place in places]

        columns: dict[str, Any] = {
            name: of(listed)
            if (listed := as_list(values)) is not None and len(listed) == len(self)
            else values
            for name, values in self.columns.items()
        }
        return Batch(
            of(self.completions),
            prompts=None if self.prompts is None else of(self.prompts),
            completion_ids=None if self.completion_ids is None else of(self.completion_ids),
            environments=None if self.environments is None else of(self.environments),
            trainer_state=self.trainer_state,
            log_metric=self.log_metric,
            **columns,
        )

    def outcomes_of(self, reward: Reward, places: Sequence[int]) -> list[Outcome]:
        """What a reward says of these rows, which it is asked about apart from all others.

        It never sees the other rows, so that what they lack (a column's value, a gold) is no
        matter to it, and what it costs is spent on these alone.
        """
        return settle(asked(self, reward, places))

    def part(self, reward: Reward, places: Sequence[int]) -> Batch:
        """The batch of these rows, in which a reward is asked about them."""
        key = (reward, tuple(places))
        if key not in self._apart:
            whole, rows = self.whole()
            self._apart[key] = self.rows(places)
            self._apart[key]._cut_from = (whole, tuple(rows[place] for place in places))
            self._apart[key].of_run = self.of_run
        return self._apart[key]

    def whole(self) -> tuple[Batch, Sequence[int]]:
        """The batch that this one is a part of, or itself, and the places of its rows in it."""
        return self._cut_from or (self, range(len(self)))

    def has_judged(self, reward: Reward) -> bool:
        """Whether a reward has judged every row."""
        return reward in self._outcomes

    def keep(self, reward: Reward, outcomes: list[Outcome]) -> None:
        """Take note of what a reward says of every row."""
        self._outcomes[reward] = outcomes

    def missing(self, reward: Reward, places: Sequence[int]) -> list[int]:
        """Those of these rows that a reward was not asked about yet."""
        said = self.said_of(reward)
        return [place for place in places if place not in said]

    def said_of(self, reward: Reward) -> dict[int, Outcome]:
        """What a reward has said so far, by the places of the rows that it was asked about."""
        if reward in self._outcomes:
            return dict(enumerate(self._outcomes[reward]))
        return {
            places[place]: outcome
            for (_, places), batch in self._apart.items()
            for place, outcome in batch.said_of(reward).items()
        }

    @property
    def apart(self) -> list[Batch]:
        """The batches of some of these rows, about which a part was asked alone."""
        return list(self._apart.values())

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
                f"the column {name!r} is {in_short(self.columns[name])}; a trainer passes a list "
                "with one value a completion; for one completion write "
                f"reward.explain(completion, {name}=...)"
            )
        if len(values) != len(self):
            raise ColumnError(
                f"the column {name!r} has {len(values)} values for {len(self)} completions"
            )
        return values
