"""Which column of a table is which: where completions, prompts, golds and problems stand.

A dataset's columns are named in its head, and everybody names them otherwise; here is the one table
of the names that are understood.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grpo_rewards.errors import ColumnError
from grpo_rewards.guesses import near

__all__ = ["Headings", "digest_of", "find_headings"]

COMPLETIONS = (
    "completion completions response responses generation generations generated_text prediction "
    "predictions output outputs model_output model_response samples candidates"
).split()
"""Where the model's text is looked for, the likelier first."""
PROMPTS = "prompt prompts question problem instruction query input messages".split()
PROBLEMS = "problem_id question_id doc_id sample_id task_id".split()
"""What numbers the problem, and not the row; a column ``id`` may be either, so it comes last."""
STEPS = "step global_step".split()
IDS = "completion_ids token_ids output_token_ids".split()


@dataclass(frozen=True, kw_only=True)
class Headings:
    """The columns of a table that mean something to scoring.

    Example:
        >>> find_headings(["question", "answer", "responses"])
        Headings(completion='responses', prompt='question', problem='question', step=None, ids=None)
    """

    completion: str
    """The column with the model's text: a string, chat messages, or a list of either."""
    prompt: str | None = None
    problem: str | None = None
    """The column that says which problem a row is of; ``None`` where each row is its own."""
    step: str | None = None
    """The column with the optimizer's step, of a training's log."""
    ids: str | None = None
    """The column with the completion's token ids."""

    def problem_of(self, row: Mapping[str, Any], place: int) -> str:
        """A short text that is the same for the rows of one problem, and for no others."""
        value = place if self.problem is None else row.get(self.problem)
        if isinstance(value, int) or (isinstance(value, str) and 0 < len(value) <= 60):
            return str(value)
        return digest_of(value)


def find_headings(
    columns: Iterable[str],
    *,
    completion: str | None = None,
    prompt: str | None = None,
    problem: str | None = None,
) -> Headings:
    """Which columns hold what; those that are named are taken at their word.

    Raises:
        ColumnError: No column is known to hold completions, or one that was named is not there.
    """
    names = list(columns)
    for option, name in (("completion", completion), ("prompt", prompt), ("problem", problem)):
        if name is not None and name not in names:
            meant = near(name, names)
            raise ColumnError(
                f"there is no column {name!r} for {option}={name!r}"
                f"{f': did you mean {meant[0]}?' if meant else ''}; the columns are: "
                f"{', '.join(map(repr, names)) or 'none'}"
            )
    found = completion or _first(COMPLETIONS, names)
    if found is None:
        raise ColumnError(
            f"no column is known to hold completions; the columns are: "
            f"{', '.join(map(repr, names)) or 'none'}. Name it, as in completion='text'"
        )
    asked = prompt or _first([name for name in PROMPTS if name != found], names)
    return Headings(
        completion=found,
        prompt=asked,
        problem=problem or _first(PROBLEMS, names) or asked or _first(["id"], names),
        step=_first(STEPS, names),
        ids=_first(IDS, names),
    )


def digest_of(value: Any) -> str:
    """What a prompt of any length or shape is known by."""
    text = value if isinstance(value, str) else json.dumps(value, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _first(wanted: Sequence[str], names: Sequence[str]) -> str | None:
    return next((name for name in wanted if name in names), None)
