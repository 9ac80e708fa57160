"""The kinds of puzzles there are: how a row states one, and what checks an answer to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from grpo_rewards.errors import ColumnError, OptionError
from grpo_rewards.puzzles import (
    coloring,
    countdown,
    entailment,
    knights,
    queens,
    sat,
    squares,
    zebra,
)

__all__ = ["KINDS", "Kind", "kind_named", "read_puzzle", "verify"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of puzzle."""

    fields: tuple[str, ...]
    """The names of the fields that a puzzle may have."""
    read: Callable[[Mapping[str, Any]], Any]
    """The puzzle that a mapping states; raises a `ColumnError` where it states none."""
    check: Callable[[Any, str], str | None]
    """Why an answer is wrong: the first rule that it breaks; ``None`` where it breaks none."""


KINDS: dict[str, Kind] = {
    "countdown": Kind(countdown.FIELDS, countdown.read, countdown.check),
    "entailment": Kind(entailment.FIELDS, entailment.read, entailment.check),
    "graph_coloring": Kind(coloring.FIELDS, coloring.read, coloring.check),
    "knights_knaves": Kind(knights.FIELDS, knights.read, knights.check),
    "latin_square": Kind(squares.LATIN_FIELDS, squares.read_latin_square, squares.check),
    "n_queens": Kind(queens.FIELDS, queens.read, queens.check),
    "sat": Kind(sat.FIELDS, sat.read, sat.check),
    "sudoku": Kind(squares.SUDOKU_FIELDS, squares.read_sudoku, squares.check),
    "zebra": Kind(zebra.FIELDS, zebra.read, zebra.check),
}
"""Every kind of puzzle, by its name."""


def kind_named(name: str) -> Kind:
    """The kind of this name.

    Raises:
        OptionError: There is none.
    """
    kind = KINDS.get(name) if isinstance(name, str) else None
    if kind is None:
        raise OptionError(f"kind={name!r:.80}: write one of {', '.join(map(repr, KINDS))}")
    return kind


def read_puzzle(puzzle: Mapping[str, Any]) -> tuple[str, Any]:
    """The name of a puzzle's kind, and the puzzle as its verifier takes it.

    Raises:
        ColumnError: The kind is missing or unknown, or the puzzle is not one of its kind.
    """
    name = puzzle.get("kind")
    if not isinstance(name, str) or name not in KINDS:
        raise ColumnError(
            f"a puzzle of kind {name!r:.80} is not covered: write 'kind' as one of "
            f"{', '.join(map(repr, KINDS))}"
        )
    return name, KINDS[name].read(puzzle)


def verify(puzzle: Mapping[str, Any], answer: str) -> str | None:
    """Why an answer to a puzzle is wrong: the first rule that it breaks.

    Args:
        puzzle: Its ``kind``, and the fields of that kind.
        answer: What a model wrote. No text raises, and none takes long.

    Returns:
        A reason, or ``None`` where the answer is right.

    Raises:
        ColumnError: The puzzle is none.

    Example:
        >>> puzzle = {"kind": "countdown", "numbers": [3, 4, 5, 2], "target": 25}
        >>> verify(puzzle, "3 * (4 + 5) - 2")
        >>> verify(puzzle, "3 * 4 + 5 * 2")
        'it is 22, not 25'
    """
    name, read = read_puzzle(puzzle)
    return KINDS[name].check(read, answer)
