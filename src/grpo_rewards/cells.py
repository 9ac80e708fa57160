"""The cells of tables: which are missing, and what those are that hold several values."""

from __future__ import annotations

import math
from typing import Any

__all__ = ["as_plain", "is_missing"]


def is_missing(value: Any) -> bool:
    """Whether a cell holds nothing: ``None``, or NaN, which pandas writes in its place.

    Example:
        >>> is_missing(None), is_missing(float("nan")), is_missing(""), is_missing(0.0)
        (True, True, False, False)
    """
    return value is None or (isinstance(value, float) and math.isnan(value))


def as_plain(value: Any) -> Any:
    """A cell that is an array, as pandas reads those of parquet, as a list."""
    return value.tolist() if hasattr(value, "tolist") else value
