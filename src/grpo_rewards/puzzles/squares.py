"""Sudoku and Latin squares of any size: each number once in a row, a column, and a sudoku's box."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isqrt
from typing import Any

from grpo_rewards.errors import ColumnError, in_short
from grpo_rewards.puzzles.grids import MAX_SIZE, Grid, given_grid, written_grid
from grpo_rewards.puzzles.solutions import (
    Unreadable,
    field,
    optional_field,
    sequence_field,
    whole_number,
)

__all__ = ["Square", "check", "read_latin_square", "read_sudoku"]

SUDOKU_FIELDS = ("grid", "puzzle", "box")
LATIN_FIELDS = ("grid", "size", "less")

Cell = tuple[int, int]

_LESS_MARKS = "<>^vV∧∨⋀⋁˄˅"


@dataclass(frozen=True, slots=True)
class Square:
    """A grid with its given cells, and what has to hold beside its rows and columns."""

    grid: Grid
    box: Cell | None = None
    """The height and width of a sudoku's boxes."""
    less: tuple[tuple[Cell, Cell], ...] = ()
    """Pairs of cells, rows and columns counted from 1, of which the first is the smaller."""


def read_sudoku(puzzle: Mapping[str, Any]) -> Square:
    """The sudoku of a row."""
    grid = given_grid("sudoku", "grid", field("sudoku", puzzle, "grid", "puzzle"))
    size, root = len(grid), isqrt(len(grid))
    box = optional_field(puzzle, "box")
    if box is None:
        if root * root != size:
            raise ColumnError(
                f"a sudoku of {size} rows has no square boxes: write their height and width, as "
                f"in box=[2, {max(size // 2, 1)}]"
            )
        return Square(grid, (root, root))
    sides = [whole_number("sudoku", "box", side) for side in sequence_field("sudoku", "box", box)]
    if len(sides) != 2 or sides[0] * sides[1] != size:
        raise ColumnError(
            f"box={in_short(sides)} of a sudoku of {size} rows: write a height and a width whose "
            f"product is {size}"
        )
    return Square(grid, (sides[0], sides[1]))


def read_latin_square(puzzle: Mapping[str, Any]) -> Square:
    """The Latin square of a row."""
    kind = "latin_square"
    value = optional_field(puzzle, "grid")
    if value is not None:
        grid = given_grid(kind, "grid", value)
    else:
        size = whole_number(kind, "size", field(kind, puzzle, "grid", "size"), least=1)
        if size > MAX_SIZE:
            raise ColumnError(f"size={size} of a {kind} puzzle: write {MAX_SIZE} or less")
        grid = ((0,) * size,) * size
    less = optional_field(puzzle, "less")
    pairs = [] if less is None else sequence_field(kind, "less", less)
    return Square(grid, less=tuple(_pair(pair, len(grid)) for pair in pairs))


def _pair(value: Any, size: int) -> tuple[Cell, Cell]:
    kind = "latin_square"
    cells = [
        [whole_number(kind, "less", place, least=1) for place in sequence_field(kind, "less", cell)]
        for cell in sequence_field(kind, "less", value)
    ]
    if len(cells) != 2 or not all(len(cell) == 2 and max(cell) <= size for cell in cells):
        raise ColumnError(
            f"less={in_short(value)} of a latin_square puzzle: write pairs of cells, the smaller "
            f"first, each a row and a column from 1 to {size}, as in [[1, 1], [1, 2]]"
        )
    (smaller, larger) = cells
    return (smaller[0], smaller[1]), (larger[0], larger[1])


def check(puzzle: Square, answer: str) -> str | None:
    r"""The first rule that an answer breaks: its shape, the given cells, rows, columns, boxes.

    Example:
        >>> puzzle = read_sudoku({"grid": "1...\n..2.\n.3..\n...4"})
        >>> check(puzzle, "1243\n3421\n4312\n2134")
        >>> check(puzzle, "1243\n3421\n4132\n2314")
        'cell r3c2 is given as 3, the answer has 1'
        >>> check(puzzle, "1243\n3421\n4311\n2134")
        'row 3 has two 1s'
    """
    size = len(puzzle.grid)
    try:
        grid = written_grid(answer, size, between=_LESS_MARKS if puzzle.less else "")
    except Unreadable as why:
        return str(why)
    for row, (cells, givens) in enumerate(zip(grid, puzzle.grid, strict=True), start=1):
        for column, (cell, given) in enumerate(zip(cells, givens, strict=True), start=1):
            if not cell:
                return f"cell r{row}c{column} is empty"
            if cell > size:
                return f"cell r{row}c{column} has {cell}, which is no number from 1 to {size}"
            if given and cell != given:
                return f"cell r{row}c{column} is given as {given}, the answer has {cell}"
    for name, unit in _units(grid, puzzle.box):
        number, times = Counter(unit).most_common(1)[0]
        if times > 1:
            return f"{name} has {'two' if times == 2 else times} {number}s"
    for smaller, larger in puzzle.less:
        low, high = (grid[row - 1][column - 1] for row, column in (smaller, larger))
        if low >= high:
            return (
                f"cell r{smaller[0]}c{smaller[1]} has {low}, which is not less than {high} in "
                f"r{larger[0]}c{larger[1]}"
            )
    return None


def _units(grid: Grid, box: Cell | None) -> Iterator[tuple[str, Sequence[int]]]:
    """What has to hold different numbers, each with its name."""
    size = len(grid)
    for row in range(size):
        yield f"row {row + 1}", grid[row]
    for column in range(size):
        yield f"column {column + 1}", [row[column] for row in grid]
    if box is None:
        return
    height, width = box
    for top in range(0, size, height):
        for left in range(0, size, width):
            name = (
                f"the box of rows {top + 1} to {top + height} and columns {left + 1} to "
                f"{left + width}"
            )
            rows = grid[top : top + height]
            yield name, [cell for row in rows for cell in row[left : left + width]]
