"""Grids: those that rows state, and those that models write, with or without lines around them."""

from __future__ import annotations

import re
from typing import Any

from grpo_rewards.errors import ColumnError
from grpo_rewards.puzzles.reading import (
    Unreadable,
    plain,
    plural,
    sequence_field,
    shown,
    skipped,
)

__all__ = ["Grid", "given_grid", "lines_of", "written_grid"]

Grid = tuple[tuple[int, ...], ...]
"""Rows of cells; 0 is an empty cell."""

MAX_SIZE = 64
_EMPTY = frozenset(["", "0", ".", "_", "?", "*", "-", "x", "None"])

# Given ----------------------------------------------------------------------------------------


def given_grid(kind: str, name: str, value: Any) -> Grid:
    """The square grid that a row states: lists of cells, or a text of lines, or of all cells.

    Raises:
        ColumnError: It is no square grid of numbers from 0 to its size.

    Example:
        >>> given_grid("sudoku", "grid", "1...|..2.|.3..|...4".replace("|", ""))
        ((1, 0, 0, 0), (0, 0, 2, 0), (0, 3, 0, 0), (0, 0, 0, 4))
    """
    rows = _text_rows(value) if isinstance(value, str) else None
    if rows is None:
        rows = [
            _cells(row) if isinstance(row, str) else sequence_field(kind, name, row)
            for row in sequence_field(kind, name, value)
        ]
    size = len(rows)
    grid = tuple(tuple(_given_cell(cell) for cell in row) for row in rows)
    if not 0 < size <= MAX_SIZE or any(len(row) != size for row in grid):
        lengths = sorted({len(row) for row in grid})
        raise ColumnError(
            f"{name} of a {kind} puzzle has {plural(size, 'row')} of {lengths} cells: write a "
            f"square grid, with 0 for an empty cell, of at most {MAX_SIZE} rows"
        )
    if not all(0 <= cell <= size for row in grid for cell in row):
        raise ColumnError(
            f"{name} of a {kind} puzzle holds something that is no number from 1 to {size}, and "
            "not 0, '_' or '.' for an empty cell"
        )
    return grid


def _text_rows(text: str) -> list[list[str]] | None:
    """The rows of a text; ``None`` if it writes lists."""
    text = text.strip()
    if text.startswith(("[", "(")):
        return None
    lines = [line for line in text.splitlines() if line.strip()]
    rows = [_cells(line) for line in lines]
    if len(rows) == 1:
        cells = rows[0]
        size = round(len(cells) ** 0.5)
        return [cells[start : start + size] for start in range(0, len(cells), size or 1)]
    return rows


def _cells(line: str) -> list[str]:
    words = re.sub(r"[|,;]", " ", line).split()
    return words if len(words) > 1 else list(line.strip())


def _given_cell(cell: Any) -> int:
    if cell is None or str(cell).strip() in _EMPTY:
        return 0
    text = str(cell).strip().removesuffix(".0")  # as a column of floats writes it
    return int(text) if text.isdecimal() and len(text) < 4 else -1


# Written --------------------------------------------------------------------------------------

_LINE_BREAKS = re.compile(r"\\\\(?:\[[^\]]*\])?|;|\](?:\s*,)?|\)(?:\s*,)?|<br\s?/?>")
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\s?\{[a-z]+\*?\}(?:\{[lcr| ]*\})?")
_LABEL = re.compile(r"(?:\|\s*)?\**(?:row|r)\s*\d+\**\s*[:.)|]\s*", re.IGNORECASE)
_RULER = re.compile(r"[-+=|:\s─-╿]*")
_JUNK = re.compile(r"[\[(,|&'\"\s│┃║]+")


def lines_of(text: str) -> list[str]:
    r"""The rows of a grid as it is written, without rulers, labels, and marks between cells.

    Example:
        >>> lines_of("| 1 | 2 |\n|---|---|\n| 2 | 1 |"), lines_of("[[1, 2], [2, 1]]")
        (['1 2', '2 1'], ['1 2', '2 1'])
    """
    text = _ENVIRONMENT.sub(" ", plain(text))
    found = []
    for written in _LINE_BREAKS.sub("\n", text).split("\n"):
        line = written.strip()
        if not _RULER.fullmatch(line):
            cells = _JUNK.sub(" ", line[skipped(_LABEL, line, 0) :]).strip()
            if cells:
                found.append(cells)
    return found


def written_grid(text: str, size: int, *, between: str = "") -> Grid:
    r"""The grid of this size that an answer writes; 0 for a cell left empty.

    Args:
        text: The answer.
        size: The rows and columns there have to be.
        between: Further marks that may stand between cells.

    Raises:
        Unreadable: It is none.

    Example:
        >>> written_grid("12\n21", 2), written_grid("+---+\n|1 2|\n+---+\n|2 _|", 2)
        (((1, 2), (2, 1)), ((1, 2), (2, 0)))
    """
    if between:
        text = re.sub(f"[{re.escape(between)}]", " ", text)
    rows = [_written_row(line, size) for line in lines_of(text)]
    if len(rows) == 1 and size > 1 and len(rows[0]) == size * size:
        cells = rows[0]
        rows = [cells[start : start + size] for start in range(0, size * size, size)]
    rows = [row for row in rows if row]
    for number, row in enumerate(rows, start=1):
        if len(row) != size:
            raise Unreadable(f"row {number} has {plural(len(row), 'cell')}, not {size}")
    if len(rows) != size:
        raise Unreadable(f"the grid has {plural(len(rows), 'row')}, not {size}")
    return tuple(rows)


def _written_row(line: str, size: int) -> tuple[int, ...]:
    if not re.fullmatch(r"[0-9_.?*\s]*", line):
        odd = re.search(r"[^0-9_.?*\s]", line)
        raise Unreadable(f"{shown(line)} is no row of a grid: {odd[0] if odd else ''!r} is no cell")
    if size > 9:
        words = line.split()
        if any(len(word) > 3 for word in words):
            raise Unreadable(f"{shown(line)} is no row of numbers from 1 to {size}")
        return tuple(int(word) if word.isdecimal() else 0 for word in words)
    cells = line.split()
    lengths = {len(cell) for cell in cells}
    if len(cells) == size and lengths not in ({1}, {size}):
        number = max(cells, key=len)
        raise Unreadable(f"{number} is no number from 1 to {size}")
    return tuple(int(cell) if cell.isdecimal() else 0 for cell in "".join(cells))
