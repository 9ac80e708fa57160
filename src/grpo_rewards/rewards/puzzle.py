"""The reward for puzzles: answers checked by constraints rather than compared with a gold."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType
from typing import Any, ClassVar

from grpo_rewards.core.base import Batch, Outcome
from grpo_rewards.errors import ColumnError, OptionError, in_short
from grpo_rewards.rewards.tiers import Answer, TieredReward

__all__ = ["CheckPuzzle", "check_puzzle"]

NEAR_COLUMN = 0.85
"""How alike the names of a column and of a field are, of 1.0, where one is meant as the other:
more than in a puzzle, for a dataset has columns of all kinds."""


@dataclass(frozen=True, kw_only=True, repr=False)
class CheckPuzzle(TieredReward):
    """Pays an answer that breaks no rule of its row's puzzle, whether or not it is the only one.

    Args:
        format: The layout that the answer is read by.
        kind: The kind of puzzle of every row (see `grpo_rewards.puzzles.KINDS`), whose fields are
            columns then, such as ``numbers`` and ``target``. Without it each row says its own
            kind, in the column of puzzles.
        column: The column of puzzles, each a dict, or JSON of one, with its ``kind`` and that
            kind's fields. Fields that are ``None`` count as absent: datasets fill rows up so.
        fields: Fields that hold for every row, such as ``{"use_all": False}``; a row's own win.
        correct: The score of an answer that breaks no rule.
        wrong: The score of every other answer; the reason names the first rule that it breaks.
        missing: The score of a response without an answer.
        strict: As in `grpo_rewards.CheckAnswer`.
        name: The reward's ``__name__``.

    Returns:
        For a completion one of the tiers, or ``None`` where the row has no puzzle.

    Raises:
        OptionError: A tier would pay a worse response more, or an option is of the wrong kind.
        ColumnError: On a call: a column is missing, or a row's puzzle is none of its kind, or has
            a field that its kind has not; or a column's name is nearly that of a field.

    Not covered: other kinds of puzzles; whether a puzzle can be solved; partial credit for an
    answer that breaks few rules.

    Example:
        >>> texts = [
        ...     f"I try.<end_working_out><SOLUTION>{answer}</SOLUTION>"
        ...     for answer in ("3 * (4 + 5) - 2", "34 - 9")
        ... ]
        >>> puzzle = {"kind": "countdown", "numbers": [3, 4, 5, 2], "target": 25}
        >>> check_puzzle(texts, puzzle=[puzzle, puzzle])
        [5.0, -2.5]
        >>> check_puzzle.explain(texts[1], puzzle=puzzle).reason
        '34 is not one of the given numbers'
        >>> by_columns = CheckPuzzle(kind="countdown", fields={"use_all": False})
        >>> by_columns(
        ...     ["<end_working_out><SOLUTION>5 * 5</SOLUTION>"], nums=[[5, 5, 2]], target=[25]
        ... )
        [-4.5]
    """

    kind: str | None = None
    column: str = "puzzle"
    fields: Mapping[str, Any] | None = field(default=None, hash=False)
    correct: float = 5.0
    wrong: float = -2.5
    missing: float = -4.5
    name: str = "check_puzzle"

    _source_option: ClassVar[str] = "column"

    def __post_init__(self) -> None:
        super().__post_init__()
        if not isinstance(self.column, str) or not self.column:
            raise OptionError(f"column={self.column!r}: write the name of the column of puzzles")
        if self.fields is not None and not isinstance(self.fields, Mapping):
            raise OptionError(
                f"fields={in_short(self.fields)}: write a dict of a puzzle's fields, such as "
                "{'use_all': False}"
            )
        if self.kind is not None or self.fields:
            self._require_known()

    def _require_known(self) -> None:
        kinds = _kinds()
        if self.kind is not None:
            known = set(kinds.kind_named(self.kind).fields)
        else:
            known = {"kind"}.union(*(kind.fields for kind in kinds.KINDS.values()))
        strangers = [name for name in self.fields or () if name not in known]
        if strangers:
            raise OptionError(
                f"fields={in_short(self.fields)}: no puzzle has a field {strangers[0]!r}; write "
                f"some of {', '.join(map(repr, sorted(known)))}"
            )

    def _judge_answers(self, batch: Batch, answers: Sequence[Answer]) -> list[Outcome]:
        return [
            self._judge_row(puzzle, *answer)
            for puzzle, answer in zip(self._puzzles(batch), answers, strict=True)
        ]

    def _puzzles(self, batch: Batch) -> list[dict[str, Any] | None]:
        """The puzzle of each row."""
        if self.kind is None:
            return [self._puzzle(value) for value in batch.column(self.column, option="column")]
        fields = _kinds().KINDS[self.kind].fields
        names = [name for name in fields if name in batch.columns]
        if not names:
            batch.column(*fields)  # which says what there is
        self._require_no_misspelling(fields, list(batch.columns))
        columns = [batch.column(name) for name in names]
        shared = {**(self.fields or {}), "kind": self.kind}
        return [
            {**shared, **_said(dict(zip(names, values, strict=True)))}
            for values in zip(*columns, strict=True)
        ]

    def _require_no_misspelling(self, fields: Sequence[str], columns: Sequence[str]) -> None:
        """Raise where a column seems to be meant as a field that no column is."""
        kinds = _kinds()
        known = {*columns, *(self.fields or {}), *kinds.SYNONYMS}
        absent = [name for name in fields if name not in known]
        for column in columns:
            near = "" if column in fields else kinds.near_field(column, absent, alike=NEAR_COLUMN)
            if near:
                raise ColumnError(
                    f"the column {column!r:.80} is no field of a puzzle of kind {self.kind!r}: did "
                    f"you mean {near!r}? If not, give it another name, or say what {near!r} is in "
                    f"fields={{{near!r}: ...}}"
                )

    def _puzzle(self, value: Any) -> dict[str, Any] | None:
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        puzzle = value
        if isinstance(value, str):
            try:
                puzzle = json.loads(value)
            except (ValueError, RecursionError):
                puzzle = value
        for key in ("reward_model", "ground_truth"):  # as verl has it
            if isinstance(puzzle, Mapping) and key in puzzle and "kind" not in puzzle:
                return self._puzzle(puzzle[key])
        if not isinstance(puzzle, Mapping):
            raise ColumnError(
                f"a puzzle is a dict, or JSON of one, not {in_short(value)} "
                f"({type(value).__name__}); "
                'write its kind and fields, as in {"kind": "countdown", "numbers": [3, 4], '
                '"target": 12}, or name the kind in the reward, as in CheckPuzzle(kind="countdown")'
            )
        said = _said(puzzle)
        kind = _kinds().KINDS.get(str(said.get("kind") or (self.fields or {}).get("kind")))
        shared = {
            name: value
            for name, value in (self.fields or {}).items()
            if kind is None or name == "kind" or name in kind.fields  # else it is for other kinds
        }
        return {**shared, **said}

    def _judge_row(
        self, puzzle: dict[str, Any] | None, answer: str | None, why_not: str
    ) -> Outcome:
        if puzzle is None:
            return self._outcome("no opinion", "the row has no puzzle", answer=answer)
        kinds = _kinds()
        kind, read = kinds.read_puzzle(
            puzzle
        )  # what a user got wrong shows, whatever the model wrote
        if answer is None:
            return self._outcome("no answer", f"no answer: {why_not}", rule=kind)
        reason = kinds.KINDS[kind].check(read, answer)
        if reason is None:
            return self._outcome("correct", "it breaks no rule", answer=answer, rule=kind)
        return self._outcome("wrong", reason, answer=answer, rule=kind)


def _kinds() -> ModuleType:
    """The verifiers, whose patterns are compiled when a puzzle is first met."""
    return import_module("grpo_rewards.puzzles.catalogue")


def _said(puzzle: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a puzzle that say something."""
    return {name: value for name, value in puzzle.items() if value is not None}


check_puzzle = CheckPuzzle()
