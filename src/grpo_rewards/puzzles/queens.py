"""N queens: as many queens as rows, of which no two attack each other, those given kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grpo_rewards.errors import ColumnError, in_short
from grpo_rewards.puzzles.grids import MAX_SIZE, rows_of
from grpo_rewards.puzzles.leads import without_list_numbers
from grpo_rewards.puzzles.solutions import (
    Unreadable,
    field,
    optional_field,
    plain,
    plural,
    sequence_field,
    shown,
    whole_number,
)

__all__ = ["Queens", "check", "read"]

KIND = "n_queens"
FIELDS = ("size", "n", "queens", "board")

Square = tuple[int, int]
"""A row, counted from 1 at the top, and a column, counted from 1 at the left."""


@dataclass(frozen=True, slots=True)
class Queens:
    """The board's size, and the queens that stand on it already."""

    size: int
    given: tuple[Square, ...] = ()


def read(puzzle: Mapping[str, Any]) -> Queens:
    """The puzzle of a row."""
    board = optional_field(puzzle, "board")
    if board is not None:
        return _read_board(board)
    size = whole_number(KIND, "size", field(KIND, puzzle, "size", "n", "board"), least=1)
    if size > MAX_SIZE:
        raise ColumnError(f"size={size} of a {KIND} puzzle: write {MAX_SIZE} or less")
    queens = optional_field(puzzle, "queens")
    given = []
    for queen in [] if queens is None else sequence_field(KIND, "queens", queens):
        square = sequence_field(KIND, "queens", queen)
        place = [whole_number(KIND, "queens", each, least=1) for each in square]
        if len(place) != 2 or max(place) > size:
            raise ColumnError(
                f"queens={in_short(queen)} of a {KIND} puzzle: write the row and the column of "
                f"each given queen, from 1 to {size}, as in [[1, 3]]"
            )
        given.append((place[0], place[1]))
    return Queens(size, tuple(given))


def _read_board(board: Any) -> Queens:
    rows = board.splitlines() if isinstance(board, str) else sequence_field(KIND, "board", board)
    lines = [row if isinstance(row, str) else "".join(map(_given_cell, row)) for row in rows]
    if all(len(line) == len(lines) for line in lines):
        lines = [line.replace(" ", ".") for line in lines]
    cells = [line for line in (re.sub(r"[\s|,]", "", line) for line in lines) if line]
    if not 0 < len(cells) <= MAX_SIZE or any(len(row) != len(cells) for row in cells):
        raise ColumnError(
            f"board={in_short(board)} of a {KIND} puzzle: write a square board of rows, with Q for "
            "a queen and _ or . for an empty square"
        )
    return Queens(
        len(cells),
        tuple(
            (row, column)
            for row, line in enumerate(cells, start=1)
            for column, cell in enumerate(line, start=1)
            if cell in _QUEEN
        ),
    )


def _given_cell(cell: Any) -> str:
    return "." if cell is None or not str(cell).strip() else str(cell).strip()


def check(puzzle: Queens, answer: str) -> str | None:
    r"""The first rule that an answer breaks.

    Example:
        >>> check(Queens(4), "2 4 1 3"), check(Queens(4), ". Q . .\n. . . Q\nQ . . .\n. . Q .")
        (None, None)
        >>> check(Queens(4, ((1, 1),)), "2 4 1 3")
        'a queen is given in r1c1, and the answer has none there'
        >>> check(Queens(4), "a1 b2 c4 d3")
        'the queens in r1c3 and r2c4 share a diagonal'
    """
    size = puzzle.size
    try:
        queens = _written(plain(answer), size)
    except Unreadable as why:
        return str(why)
    if len(queens) != size:
        return f"there are {plural(len(queens), 'queen')}, not {size}"
    for row, column in queens:
        if not (0 < row <= size and 0 < column <= size):
            return f"r{row}c{column} is not on the board"
    if len(set(queens)) < size:
        return "two queens stand on the same square"
    for row, column in puzzle.given:
        if (row, column) not in queens:
            return f"a queen is given in r{row}c{column}, and the answer has none there"
    return _attack(sorted(queens))


def _attack(queens: list[Square]) -> str | None:
    for name in ("row", "column", "diagonal", "other diagonal"):
        seen: dict[int, Square] = {}
        for row, column in queens:
            line = {"row": row, "column": column, "diagonal": row - column}.get(name, row + column)
            other = seen.setdefault(line, (row, column))
            if other != (row, column):
                shared = name.removeprefix("other ")
                return f"the queens in r{other[0]}c{other[1]} and r{row}c{column} share a {shared}"
    return None


# Reading --------------------------------------------------------------------------------------

_QUEEN = frozenset("Qq♕♛👑1")
_BOARD_LINE = re.compile(r"[Qq♕♛👑._#*xX\-01⬜⬛□■\s]*")
_BLANK_CELL = re.compile(r"(?<=\|)[ ]*(?=\|)")
_QUEEN_LABEL = re.compile(r"queen[ ]?#?\d{1,2}\s?(?::|->|=|is)", re.IGNORECASE)
# A row and a column: (1, 2), r1c2, "Row 1: column 2"; or, where all are written so, 1: 2.
_PAIR = re.compile(
    r"[\[(]\s*(\d{1,3})\s*,\s*(\d{1,3})\s*[\])]|(?<!\w)r(\d{1,3})c(\d{1,3})(?!\w)"
    r"|(?<!\w)row[\s_]?(\d{1,3})\s?(?:[:,-]|->)?>?\s?(?:col(?:umn)?[\s_]?)?(\d{1,3})(?!\w)",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"(?<!\w)[\"']?(\d{1,3})[\"']?\s?(?::|->)\s?(\d{1,3})(?!\w)")
_CHESS = re.compile(r"(?<!\w)(?:Q)?([A-Za-z])(\d{1,2})(?!\w)")
_NUMBER = re.compile(r"(?<!\w)\d{1,3}(?!\w)")
_BETWEEN = re.compile(
    r"(?:[\s,;\[\]().{}:*-]|(?:and|queens?|at|in|on|placed|positions?)(?!\w))*", re.IGNORECASE
)


def _written(text: str, size: int) -> list[Square]:
    """The queens of an answer, whichever of the notations it is in."""
    board = _board(text, size)
    if board is not None:
        return board
    text = _QUEEN_LABEL.sub(" ", without_list_numbers(text))
    if found := _all_of(_PAIR, text) or _all_of(_ENTRY, text):
        pairs = [tuple(int(part) for part in match.groups() if part is not None) for match in found]
        lowest = min(min(pair) for pair in pairs)
        return [(pair[0] + (lowest == 0), pair[1] + (lowest == 0)) for pair in pairs]
    if found := _all_of(_CHESS, text):
        # As in chess a1 is the lower left square.
        return [(size + 1 - int(match[2]), ord(match[1].lower()) - ord("a") + 1) for match in found]
    if size < 10 and re.fullmatch(rf"[0-9]{{{size}}}", text):
        text = " ".join(text)
    if found := _all_of(_NUMBER, text):
        columns = [int(match[0]) for match in found]
        # A solution has a queen in each column, so a 0 says from where columns are counted.
        base = 0 if 0 in columns else 1
        return [(row, column + 1 - base) for row, column in enumerate(columns, start=1)]
    raise Unreadable(
        f"{shown(text)} is no board of Q and ., no list of columns, and no list of squares"
    )


def _board(text: str, size: int) -> list[Square] | None:
    if "|" in text:
        text = _BLANK_CELL.sub(".", text)
    rows = ["".join(row) for row in rows_of(text, size)]
    if not all(map(_BOARD_LINE.fullmatch, rows)):
        return None
    if not re.search(r"[Qq♕♛👑]", text) and (len(rows) != size or size < 2):
        return None  # a list of columns
    if len(rows) == 1 and size > 1 and len(rows[0]) == size * size:
        rows = [rows[0][start : start + size] for start in range(0, size * size, size)]
    for number, row in enumerate(rows, start=1):
        if len(row) != size:
            raise Unreadable(f"row {number} has {plural(len(row), 'square')}, not {size}")
    if len(rows) != size:
        raise Unreadable(f"the board has {plural(len(rows), 'row')}, not {size}")
    return [
        (row, column)
        for row, cells in enumerate(rows, start=1)
        for column, cell in enumerate(cells, start=1)
        if cell in _QUEEN
    ]


def _all_of(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """The matches that make up a text, with nothing but separators between them; else none."""
    found = list(pattern.finditer(text))
    end = 0
    for match in found:
        if not _BETWEEN.fullmatch(text, end, match.start()):
            return []
        end = match.end()
    return found if _BETWEEN.fullmatch(text, end) else []
