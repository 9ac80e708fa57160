"""One reward over mixed data: each row is judged by the reward of its task."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from grpo_rewards.cells import is_missing
from grpo_rewards.core.base import Batch, Outcome, Reward
from grpo_rewards.core.composing import Composition
from grpo_rewards.core.rounds import Rounds, asked, together
from grpo_rewards.errors import ColumnError, OptionError, in_short
from grpo_rewards.guesses import near
from grpo_rewards.notices import say_once

__all__ = ["ByColumn", "by_column"]


@dataclass(frozen=True, kw_only=True, repr=False)
class ByColumn(Composition):
    """For each row the reward that its value of a column names."""

    column: str
    routes: tuple[tuple[str, Reward | None], ...]

    needs_one_format: ClassVar[bool] = False

    def __post_init__(self) -> None:
        if not isinstance(self.column, str) or not self.column:
            raise OptionError(f"column={self.column!r}: write the name of the column of tasks")
        if not self.routes:
            raise OptionError("by_column() has no rewards: write {'math': check_answer, ...}")
        if all(part is None for _, part in self.routes):
            raise OptionError("by_column() has no reward for any task: no row would have a score")
        for task, _ in self.routes:
            if not isinstance(task, str) or not task:
                raise OptionError(f"the task {task!r} is no name: write the column's value")
        for task, part in self.routes:
            if isinstance(part, list | tuple):
                raise OptionError(
                    f"the task {task!r} has a list of rewards: add them up, as in "
                    f"{{{task!r}: sum(rewards)}}"
                )
        super().__post_init__()

    @property
    def parts(self) -> tuple[Reward, ...]:
        return tuple(dict.fromkeys(part for _, part in self.routes if part is not None))

    def in_rounds(self, batch: Batch) -> Rounds[list[Outcome]]:
        tasks = [self._task(value) for value in batch.column(self.column, option="column")]
        known = dict(self.routes)
        self._require_known([task for task in tasks if task is not None and task not in known])
        outcomes = [
            Outcome(
                None,
                f"the row has no {self.column}"
                if task is None
                else f"no reward is named for {self.column} {in_short(task)}",
            )
            for task in tasks
        ]
        rows = {
            part: [place for place, task in enumerate(tasks) if known.get(task or "") == part]
            for part in self.parts
        }
        said = yield from together(*(asked(batch, part, rows[part]) for part in rows))
        for (part, places), judged in zip(rows.items(), said, strict=True):
            for place, outcome in zip(places, judged, strict=True):
                details = {self.column: tasks[place], **outcome.details}
                outcomes[place] = Outcome(
                    outcome.score, outcome.reason, details, {part.name: outcome}
                )
        return outcomes

    @staticmethod
    def _task(value: Any) -> str | None:
        return None if is_missing(value) or not str(value).strip() else str(value)

    def _require_known(self, unknown: list[str]) -> None:
        """Raise on a task that is nearly one of ours, and say once which others there are."""
        names = [task for task, _ in self.routes]
        there_are = ", ".join(map(repr, names))
        for task in dict.fromkeys(unknown):
            meant = near(task, names)
            if meant:
                raise ColumnError(
                    f"the column {self.column!r} has {in_short(task)}; did you mean {meant[0]!r}? "
                    f"by_column() knows {there_are}"
                )
        if unknown:
            say_once(
                self,
                "unknown tasks",
                f"the column {self.column!r} has {in_short(min(unknown))}, of which no "
                f"reward is named: such rows have no score. by_column() knows {there_are}",
            )

    def _expression(self, shown: Callable[[Reward], str]) -> str:
        routes = ", ".join(
            f"{task!r}: {None if part is None else shown(part)}" for task, part in self.routes
        )
        return f"by_column({self.column!r}, {{{routes}}})"


def by_column(column: str, rewards: Mapping[str, Reward | None]) -> Reward:
    """One reward for mixed data: each row is judged by the reward of its task, and by no other.

    A part sees only its own rows, so that a column which those of another task lack is no matter.
    It logs each part by itself, over the rows that the part judged.

    Args:
        column: The column that names each row's task; a path such as ``extra_info.task`` is one,
            too.
        rewards: The reward of each task; ``None`` for one whose rows are to have no opinion.

    Returns:
        A reward. A row without a task, or with one that none of the names comes near, has no
        opinion (``None``); the latter is said once.

    Raises:
        OptionError: There are no rewards, or one of them is something else.
        ColumnError: On a call: there is no such column, or a task is a misspelt one of these.

    Example:
        >>> from grpo_rewards import check_answer, check_choice
        >>> mixed = by_column("task", {"math": check_answer, "quiz": check_choice})
        >>> texts = ["6 * 7<end_working_out><SOLUTION>42</SOLUTION>", "<end_working_out>B"]
        >>> columns = {"answer": ["42", "B"], "options": [None, ["41", "43"]]}
        >>> mixed(texts, task=["math", "quiz"], **columns)
        [5.0, -4.5]
        >>> mixed(texts, task=["math", "quizz"], **columns)
        Traceback (most recent call last):
        ...
        grpo_rewards.errors.ColumnError: the column 'task' has 'quizz'; did you mean 'quiz'? ...
    """
    if not isinstance(rewards, Mapping):
        raise OptionError(
            f"rewards={in_short(rewards)}: write a dict, the task and its reward, as in "
            "by_column('task', {'math': check_answer})"
        )
    return ByColumn(column=column, routes=tuple(rewards.items()))
