"""Queries in responses, and whether their rows are those of another query."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import regex

__all__ = ["asks_order", "query_in", "same_rows"]

_BLOCK = regex.compile(
    r"^[ \t>]*+`{3,}+[ \t]*+(?P<language>[\w+#-]*+)[^\n]*+\n"
    r"(?P<text>.*?)(?:^[ \t>]*+`{3,}+[ \t]*+$|\Z)",
    regex.MULTILINE | regex.DOTALL,
)
LANGUAGES = frozenset(("sql", "sqlite", "sqlite3", "mysql", "postgresql", "postgres", ""))
_STARTS = regex.compile(
    r"\s*+(?:--[^\n]*+\n\s*+|/\*.*?\*/\s*+)*+(?:select|with|values)\b", regex.I | regex.S
)
LONGEST = 20_000
"""Characters of a query."""


def query_in(text: str) -> tuple[str | None, str]:
    r"""The query of a text: its last block of SQL, or else all of it; or why there is none.

    Example:
        >>> query_in("So:\n```sql\nSELECT 1;\n```")[0]
        'SELECT 1'
        >>> query_in("I cannot.")
        (None, 'there is no block of SQL, and the whole text is no query')
    """
    blocks = [
        found["text"] for found in _BLOCK.finditer(text) if found["language"].lower() in LANGUAGES
    ]
    blocks = [block for block in blocks if _STARTS.match(block)] or blocks[-1:]
    query = (blocks[-1] if blocks else text).strip().rstrip(";").strip()
    if not query:
        return None, "the response is blank"
    if not blocks and not _STARTS.match(query):
        return None, "there is no block of SQL, and the whole text is no query"
    if len(query) > LONGEST:
        return None, f"the query is longer than {LONGEST} characters"
    return query, ""


_WORDS = regex.compile(
    r"--[^\n]*+|/\*.*?\*/|'(?:[^']|'')*+'|\"[^\"]*+\"|`[^`]*+`|\[[^\]]*+\]|[()]|\border\s++by\b",
    regex.IGNORECASE | regex.DOTALL,
)


def asks_order(query: str) -> bool:
    """Whether the rows of a query have an order, which it gives them outside of brackets.

    Example:
        >>> asks_order("SELECT x FROM t ORDER BY x"), asks_order("SELECT (SELECT 1 ORDER BY 1)")
        (True, False)
    """
    depth = 0
    for found in _WORDS.finditer(query):
        if found[0] in "()":
            depth += 1 if found[0] == "(" else -1
        elif found[0][0] in "oO" and depth == 0:
            return True
    return False


def same_rows(
    expected: Sequence[Sequence[Any]],
    rows: Sequence[Sequence[Any]],
    *,
    in_order: bool,
    tolerance: float = 1e-6,
) -> bool:
    """Whether two results hold the same rows, as often, and where it counts in the same order.

    Example:
        >>> same_rows([(1, "a"), (2, None)], [(2, None), (1.0, "a")], in_order=False)
        True
        >>> (
        ...     same_rows([(1,), (1,)], [(1,)], in_order=False),
        ...     same_rows([(1,)], [("1",)], in_order=True),
        ... )
        (False, False)
    """
    if len(expected) != len(rows):
        return False
    if not in_order:
        expected, rows = (sorted(each, key=_place) for each in (expected, rows))
    return all(
        len(row) == len(other)
        and all(_same(*pair, tolerance) for pair in zip(row, other, strict=True))
        for row, other in zip(expected, rows, strict=True)
    )


def _same(expected: Any, value: Any, tolerance: float) -> bool:
    numbers = isinstance(expected, int | float) and isinstance(value, int | float)
    if numbers and isinstance(expected, float) | isinstance(value, float):
        return math.isclose(expected, value, rel_tol=tolerance, abs_tol=tolerance)
    return type(expected) is type(value) and bool(expected == value)


def _place(row: Sequence[Any]) -> tuple[list[tuple[int, Any]], list[float]]:
    """Where a row stands in any order of all rows: by what is no fraction first.

    Fractions of rows that are the same may be off by a little, and would turn their order around.
    """
    exact = [
        (0, 0)
        if value is None
        else (2, value)
        if isinstance(value, str)
        else (1, 0 if value % 1 else value)
        for value in row
    ]
    return exact, [float(value) for value in row if isinstance(value, int | float)]
