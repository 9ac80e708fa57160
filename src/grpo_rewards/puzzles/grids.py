"""Grids: those that rows state, and those that models write, with or without lines around them."""

from __future__ import annotations

import re
from typing import Any

from grpo_rewards.errors import ColumnError
from grpo_rewards.puzzles.leads import from_json
from grpo_rewards.puzzles.solutions import (
    Unreadable,
    plain,
    plural,
    sequence_field,
    shown,
)

__all__ = ["Grid", "given_grid", "lines_of", "rows_of", "written_grid"]

Grid = tuple[tuple[int, ...], ...]
"""Rows of cells; 0 is an empty cell."""

MAX_SIZE = 64
MAX_LINES = 2_000
"""Of answers of more lines, blank ones and rulers included, no grid is read."""
_EMPTY = frozenset(["", "0", ".", "_", "?", "*", "-", "x", "X", "None", "nan"])

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

_LINE_BREAKS = re.compile(
    r"\\\\(?:\[[^\]]*\])?|;|[\])}](?:\s*,)?|<br\s?/?>|,(?=[ ]{0,4}row[ ]{0,4}\d)", re.IGNORECASE
)
_SLASH = re.compile(r"(?<=[\w\s.])/(?=[\w\s.])")
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\s?\{[a-z]+\*?\}(?:\{[lcr| ]*\})?")
_LABEL = re.compile(
    r"(?:[-*]\s)?[|*_\s]*(?:(?:row|r)[\s_]*#?(?P<row>\d{1,2})(?:[*_]*\s*[:.)|][*_]*\s*|\s+)"
    r"|(?P<number>\d{1,2})[.):]\s+)",
    re.IGNORECASE,
)
_RULER = re.compile(r"[-+=|:\s─-╿]*")
_JUNK = re.compile(r"[\[({,|&'\"\s│┃║]+")
_BOLD_CELL = re.compile(r"(?<![^\s|&])\*\*(\d{1,3})\*\*(?![^\s|&])|\*\*(\w)\*\*(?=\s*\|)")
_HEADING = re.compile(
    r"[*_]*(?:r|row|c|col|column)?(?P<label>\d{1,2}|[A-Z])[*_]*[:.)]?", re.IGNORECASE
)


def lines_of(text: str, *, between: str = "") -> list[str]:
    r"""The rows of a grid as it is written, without rulers, labels, and marks between cells.

    Args:
        text: The answer.
        between: Further marks that may stand between cells.

    Raises:
        Unreadable: It is too long, or blank.

    Example:
        >>> lines_of("| 1 | 2 |\n|---|---|\n| 2 | 1 |"), lines_of("[[1, 2], [2, 1]]")
        (['1 2', '2 1'], ['1 2', '2 1'])
    """
    return [line for line, _ in _lines(plain(text), between)]


def _lines(text: str, between: str) -> list[tuple[str, bool]]:
    """The rows, each with whether a ruler follows it."""
    rows = _nested(from_json(text))
    if rows is not None:
        return [(row, False) for row in rows]
    if between:
        text = re.sub(f"[{re.escape(between)}]", " ", text)
    text = _ENVIRONMENT.sub(" ", text)
    lines: list[str] = []
    ruled: set[int] = set()
    written_lines = _LINE_BREAKS.sub("\n", text).split("\n")
    if len(written_lines) > MAX_LINES:
        raise Unreadable(f"the answer has more than {MAX_LINES} lines")
    for written in written_lines:
        line = re.sub(r"^>\s?", "", written.strip())
        if not _RULER.fullmatch(line):
            lines.append(line)
        elif line:
            ruled.add(len(lines) - 1)
    found = []
    for place, line in enumerate(_unlabelled(lines)):
        cells = _JUNK.sub(" ", _BOLD_CELL.sub(r"\1\2", line)).strip()
        if cells:
            found.append((cells, place in ruled))
    return found


def _nested(value: Any) -> list[str] | None:
    """The rows of lists in a list, of a list of texts, or of a dict with a key for each row."""
    if isinstance(value, dict):
        numbers = [re.fullmatch(r"(?i:row|r)?[\s_]*(\d{1,2})", key) for key in value]
        if not _in_turn([each[1] if each else "" for each in numbers]):
            return None
        value = list(value.values())
    if not isinstance(value, list) or not value:
        return None
    if all(isinstance(row, list) for row in value):
        if any(isinstance(cell, list | dict) for row in value for cell in row):
            return None
        return [" ".join(str(cell).strip() or "." for cell in row) for row in value]
    return None


def _unlabelled(lines: list[str]) -> list[str]:
    """The lines without "Row 1:", where each has its label in turn."""
    found = [_LABEL.match(line) for line in lines]
    if len(lines) < 2 or not _in_turn(
        [each["row"] or each["number"] if each else "" for each in found]
    ):
        return lines
    return [line[each.end() if each else 0 :] for line, each in zip(lines, found, strict=True)]


def _in_turn(labels: list[str]) -> bool:
    """Whether labels count rows or columns: 1, 2, 3; 0, 1, 2; a, b, c."""
    first = labels[0].lower() if labels else ""
    if first == "a":
        return all(label.lower() == chr(ord("a") + place) for place, label in enumerate(labels))
    return first in ("0", "1") and labels == [
        str(int(first) + place) for place in range(len(labels))
    ]


def rows_of(text: str, size: int, *, between: str = "") -> list[list[str]]:
    r"""The rows of a grid of this size, each its words, without the headings of rows and columns.

    Raises:
        Unreadable: It is too long, or blank.

    Example:
        >>> rows_of("|  | A | B |\n|--|---|---|\n| 1 | 2 | 1 |\n| 2 | 1 | 2 |", 2)
        [['2', '1'], ['1', '2']]
    """
    lines = _lines(_SLASH.sub(";", plain(text)), between)
    rows = [line.split() for line, _ in lines]
    if rows and _ends_with_stop(rows[-1], size):
        rows[-1][-1] = rows[-1][-1][:-1]
    body = rows[1:] if len(rows) == size + 1 else rows
    labelled = (
        size > 1
        and _are_headings([row[0] for row in body])
        and all(len(row) == size + 1 or (len(row) == 2 and len(row[1]) == size) for row in body)
    )
    if len(rows) == size + 1:
        corner, head = rows[0][: len(rows[0]) - size], rows[0][-size:]
        letters = not any(word.isdecimal() for word in head)
        said = labelled or letters or lines[0][1]
        if not said or not _are_headings(head) or corner not in ([], ["."], ["Row"], ["row"]):
            return rows
    return [row[1:] for row in body] if labelled else body


def _ends_with_stop(row: list[str], size: int) -> bool:
    """Whether a full stop, and not an empty cell, ends the last row."""
    *others, last = row
    if last[-1] != "." or "." in last[:-1]:
        return False
    if len(row) == size:
        spaced = len(last) == 2 and all(len(cell) == 1 for cell in others)
        return spaced or (size > 9 and last[:-1].isdecimal())
    return len(last) == size + 1


def _are_headings(words: list[str]) -> bool:
    found = [_HEADING.fullmatch(word) for word in words]
    return _in_turn([each["label"] if each else "" for each in found])


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
    rows = [_written_row(row, size) for row in rows_of(text, size, between=between)]
    if len(rows) == 1 and size > 1 and len(rows[0]) == size * size:
        cells = rows[0]
        rows = [cells[start : start + size] for start in range(0, size * size, size)]
    for number, row in enumerate(rows, start=1):
        if len(row) != size:
            raise Unreadable(f"row {number} has {plural(len(row), 'cell')}, not {size}")
    if len(rows) != size:
        raise Unreadable(f"the grid has {plural(len(rows), 'row')}, not {size}")
    return tuple(rows)


def _written_row(cells: list[str], size: int) -> tuple[int, ...]:
    line = " ".join(cells)
    if odd := re.search(r"[^0-9_.?*\s]", line):
        raise Unreadable(f"{shown(line)} is no row of a grid: {odd[0]!r} is no cell")
    if size > 9:
        if any(len(word) > 3 for word in cells):
            raise Unreadable(f"{shown(line)} is no row of numbers from 1 to {size}")
        return tuple(int(word) if word.isdecimal() else 0 for word in cells)
    lengths = {len(cell) for cell in cells}
    if len(cells) == size and lengths not in ({1}, {size}):
        number = max(cells, key=len)
        raise Unreadable(f"{number} is no number from 1 to {size}")
    return tuple(int(cell) if cell.isdecimal() else 0 for cell in "".join(cells))
