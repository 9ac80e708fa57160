"""reasoning-gym: rows for GRPO from any of its families of tasks, and the reward that judges them.

Written for reasoning-gym 0.1.25. Who judges which family, and why, is in `gym_judges`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from grpo_rewards.core.base import Batch, Outcome
from grpo_rewards.errors import ColumnError, OptionError, in_short
from grpo_rewards.integrations.gym_judges import OURS, THEIRS, Task, dataset, judge_task
from grpo_rewards.requirements import require_truth, require_whole
from grpo_rewards.rewards.tiers import Answer, TieredReward

__all__ = ["CheckReasoningGym", "check_reasoning_gym", "dataset_rows", "families"]


def families() -> dict[str, str]:
    """The families of tasks that are covered, each with who judges it, and why.

    Example:
        >>> families()["n_queens"], families()["jugs"]
        ('ours: its scorer calls eval() on the answer', "reasoning-gym's scorer")
    """
    judged = dict.fromkeys(THEIRS, "reasoning-gym's scorer")
    judged |= {family: f"ours: {ours.why}" for family, ours in OURS.items()}
    return dict(sorted(judged.items()))


def dataset_rows(family: str, *, size: int, seed: int, **config: Any) -> list[dict[str, str]]:
    """Rows of one family of tasks, for ``datasets.Dataset.from_list``.

    Args:
        family: Its name in reasoning-gym, such as ``"countdown"``.
        size: How many rows.
        seed: A whole number; the same gives the same rows.
        **config: The family's options in reasoning-gym, such as ``max_numbers=4``.

    Returns:
        Rows with the columns ``question``; ``answer`` (one right answer, or empty where the
        family states none); ``family``; ``metadata`` and ``config``, as JSON. Rows of several
        families make one dataset.

    Raises:
        OptionError: The package is missing, or an option does not work.

    Example:
        >>> rows = dataset_rows("chain_sum", size=2, seed=7)
        >>> sorted(rows[0])
        ['answer', 'config', 'family', 'metadata', 'question']
    """
    for option, value in (("size", size), ("seed", seed)):
        require_whole(option, value, least=0)
    if family not in OURS and family not in THEIRS:
        dataset(family, "{}")  # says so where there is none
    try:
        written = json.dumps(config, default=_plain, sort_keys=True)
    except TypeError as error:
        raise OptionError(f"{in_short(config)} cannot be a column: {error}") from error
    items = dataset(family, written, size=max(size, 1), seed=seed)
    return [_row(family, items[place], written) for place in range(size)]


def _row(family: str, item: Mapping[str, Any], config: str) -> dict[str, str]:
    metadata = dict(item["metadata"])
    answer = item["answer"]
    if answer is None:
        possible = metadata.get("possible_answer")  # of graph_color
        answer = "" if possible is None else json.dumps(possible, default=_plain)
    return {
        "question": item["question"],
        "answer": answer,
        "family": family,
        "metadata": json.dumps(metadata, default=_plain),
        "config": config,
    }


def _plain(value: Any) -> Any:
    """What JSON has for one of numpy's numbers or arrays, or a fraction."""
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, Fraction):
        return str(value)
    raise TypeError(f"{in_short(value)} is not JSON")


@dataclass(frozen=True, kw_only=True, repr=False)
class CheckReasoningGym(TieredReward):
    """Pays a right answer to a task of reasoning-gym, in rows that `dataset_rows` made.

    Args:
        format: The layout that the answer is read by.
        correct: The score of a right answer: one that breaks no rule, that equals the gold, or
            that reasoning-gym's scorer gives 1.0; see `families`.
        wrong: The score of every other answer.
        missing: The score of a response without an answer.
        partial: Whether, where reasoning-gym's scorer judges, a score between 0 and 1 is paid as
            a point between ``wrong`` and ``correct``.
        trusted: Further families whose scorers may be run on what a model writes.
        strict: As in `grpo_rewards.CheckAnswer`.
        name: The reward's ``__name__``.

    Returns:
        For a completion one of the tiers, or ``None`` where the row has no task, or where a
        scorer fails on the row's own answer, which it warns of.

    Raises:
        OptionError: A tier would pay a worse response more, an option is of the wrong kind, or
            the package is missing; on a call: a row's family is not covered.
        ColumnError: On a call: a column is missing, or was not made by `dataset_rows`.

    Not covered: scorers of versions other than 0.1.25, which may have changed; the time that
    reasoning-gym's own scorers take, which is not limited beyond the length of an answer.

    Example:
        >>> rows = dataset_rows("mini_sudoku", size=1, seed=1)
        >>> columns = {name: [row[name] for row in rows] for name in rows[0]}
        >>> text = f"I fill in.<end_working_out><SOLUTION>{columns['answer'][0]}</SOLUTION>"
        >>> check_reasoning_gym([text], **columns)
        [5.0]
    """

    correct: float = 5.0
    wrong: float = -2.5
    missing: float = -4.5
    partial: bool = False
    trusted: tuple[str, ...] = ()
    name: str = "check_reasoning_gym"

    _source_option: ClassVar[str] = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        require_truth("partial", self.partial)
        if isinstance(self.trusted, str) or not all(isinstance(each, str) for each in self.trusted):
            raise OptionError(f"trusted={in_short(self.trusted)}: write a tuple of families' names")
        object.__setattr__(self, "trusted", tuple(self.trusted))

    def _judge_answers(self, batch: Batch, answers: Sequence[Answer]) -> list[Outcome]:
        columns = [batch.column(name) for name in ("family", "answer", "metadata")]
        configs = batch.column("config") if "config" in batch.columns else ["{}"] * len(batch)
        return [
            self._judge_row(_task(*row), *answer)
            for *row, answer in zip(*columns, configs, answers, strict=True)
        ]

    def _judge_row(self, task: Task | None, answer: str | None, why_not: str) -> Outcome:
        if task is None:
            return self._outcome("no opinion", "the row has no task", answer=answer)
        if answer is None:
            return self._outcome("no answer", f"no answer: {why_not}", rule=task.family)
        judged = judge_task(task, answer, trusted=frozenset(self.trusted))
        score = None
        if self.partial and judged.found == "wrong" and judged.score is not None:
            share = min(max(judged.score, 0.0), 1.0)
            score = self.wrong + (self.correct - self.wrong) * share
        return self._outcome(
            judged.found,
            judged.reason,
            answer=answer,
            gold=task.answer or None,
            rule=task.family,
            score=score,
        )


def _task(family: Any, answer: Any, metadata: Any, config: Any) -> Task | None:
    if family is None:
        return None
    try:
        data = json.loads(metadata) if isinstance(metadata, str) else metadata
        json.loads(config or "{}")
    except (ValueError, TypeError) as error:
        raise ColumnError(
            f"the column 'metadata' or 'config' of a row of {in_short(family)} is no JSON: "
            f"{error}; "
            "make rows with dataset_rows"
        ) from error
    if not isinstance(data, Mapping) or not isinstance(family, str):
        raise ColumnError(
            f"the row of family {in_short(family)} has metadata {in_short(metadata)}: make rows "
            "with "
            "dataset_rows"
        )
    return Task(family, str(answer or ""), data, config or "{}")


check_reasoning_gym = CheckReasoningGym()
