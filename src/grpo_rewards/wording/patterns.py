"""Large patterns, compiled when the first text needs them: at import that would take its time."""

from __future__ import annotations

from functools import cache

import regex

__all__ = ["compiled"]


@cache
def compiled(pattern: str, flags: int = 0) -> regex.Pattern[str]:
    """A pattern, compiled once in each process."""
    return regex.compile(pattern, flags)
