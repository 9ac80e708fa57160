"""Rows as a table of text: plain aligned columns, or rich's table on a terminal that has rich."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.util import find_spec
from itertools import zip_longest

__all__ = ["plain_table", "print_table"]

GAP = "  "


def plain_table(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A table as aligned columns, numbers to the right; the same wherever it is made.

    Example:
        >>> print(plain_table(["reward", "score"], [["exact_format", 3.0], ["check_answer", -2.5]]))
        reward        score
        ------------  -----
        exact_format    3.0
        check_answer   -2.5
    """
    shown = [list(headers), *([str(cell) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip_longest(*shown, fillvalue="")]
    numeric = _numeric_columns(headers, rows)
    lines = [shown[0], ["-" * width for width in widths], *shown[1:]]
    return "\n".join(
        GAP.join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(line, widths, numeric, strict=True)
        ).rstrip()
        for line in lines
    )


def print_table(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table: through rich on a terminal where rich is installed, else as `plain_table`."""
    if not (sys.stdout.isatty() and find_spec("rich")):
        print(plain_table(headers, rows))
        return
    from rich.console import Console  # noqa: PLC0415 (an extra)
    from rich.markup import escape  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table()
    for header, right in zip(headers, _numeric_columns(headers, rows), strict=True):
        table.add_column(escape(header), justify="right" if right else "left")
    for row in rows:
        table.add_row(*(escape(str(cell)) for cell in row))
    Console().print(table)


def _numeric_columns(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> list[bool]:
    return [
        bool(rows) and all(isinstance(row[place], int | float | None) for row in rows)
        for place in range(len(headers))
    ]
