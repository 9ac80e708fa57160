"""The kinds of puzzles there are: how a row states one, and what checks an answer to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
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

__all__ = [
    "KINDS",
    "SYNONYMS",
    "Kind",
    "kind_named",
    "near_field",
    "read_puzzle",
    "require_fields",
    "verify",
]

SYNONYMS = frozenset(("n", "nums", "puzzle"))
"""Fields that say what another one of their kind says."""
NEAR = 0.7
"""How alike two names are, of 1.0, one of which may be a misspelling of the other."""


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


def read_puzzle(puzzle: Mapping[str, Any], *, may_have_more: bool = False) -> tuple[str, Any]:
    """The name of a puzzle's kind, and the puzzle as its verifier takes it.

    Args:
        puzzle: Its ``kind``, and the fields of that kind.
        may_have_more: Whether it may have other fields besides, as a whole row of a dataset has;
            but none with nearly the name of one of its kind's.

    Raises:
        ColumnError: The kind is missing or unknown, or the puzzle is not one of its kind, or has
            a field that its kind has not; one that is ``None`` is none.
    """
    name = puzzle.get("kind")
    if not isinstance(name, str) or name not in KINDS:
        raise ColumnError(
            f"a puzzle of kind {name!r:.80} is not covered: write 'kind' as one of "
            f"{', '.join(map(repr, KINDS))}"
        )
    said = [field for field, value in puzzle.items() if value is not None]
    require_fields(name, said, may_have_more=may_have_more)
    return name, KINDS[name].read(puzzle)


def require_fields(kind: str, names: Sequence[str], *, may_have_more: bool) -> None:
    """Raise where one of the names is no field of a kind of puzzle: it may be a misspelt one.

    Raises:
        ColumnError: One is none; the message says which one may be meant.
    """
    known = KINDS[kind].fields
    for name in names:
        if name in known or name == "kind":
            continue
        near = near_field(str(name), [field for field in known if field not in names])
        if may_have_more and not near:
            continue
        meant = f"did you mean {near!r}?" if near else "leave it out, or put it in another column."
        raise ColumnError(
            f"a puzzle of kind {kind!r} has no field {name!r:.80}: {meant} It has "
            f"{', '.join(map(repr, known))}"
        )


def near_field(name: str, fields: Sequence[str], *, alike: float = NEAR) -> str:
    """The field that a name may be a misspelling of; empty if none.

    Example:
        >>> near_field("useall", ("numbers", "use_all")), near_field("id", ("numbers", "use_all"))
        ('use_all', '')
    """
    return next(iter(get_close_matches(name.lower(), fields, n=1, cutoff=alike)), "")


def verify(puzzle: Mapping[str, Any], answer: str) -> str | None:
    """Why an answer to a puzzle is wrong: the first rule that it breaks.

    Args:
        puzzle: Its ``kind``, and the fields of that kind; it may be a row that has others too.
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
    name, read = read_puzzle(puzzle, may_have_more=True)
    return KINDS[name].check(read, answer)
