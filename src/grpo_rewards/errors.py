"""The exceptions and the warning a user can meet. Text written by a model causes no exception."""

from __future__ import annotations

import math
from typing import Any

__all__ = [
    "ColumnError",
    "CompletionError",
    "OptionError",
    "RewardWarning",
    "ScoreError",
    "StoppedRunError",
    "TableError",
    "in_full",
    "in_short",
    "is_finite",
]


class OptionError(ValueError, TypeError):
    """An option of a format, a reward or a policy that cannot work, or that there is not."""


class ColumnError(ValueError):
    """A dataset column that is missing, or holds something a reward cannot read."""


class CompletionError(TypeError):
    """A batch that no trainer would hand over, such as one string in place of a list of them."""


class ScoreError(ValueError):
    """What a function of the user's returned is no score, or not one score a completion."""


class TableError(ValueError):
    """A file of rows that cannot be read: which one, in which line, and what to do about it."""


class StoppedRunError(TableError):
    """A run over a file that ended half-way; what was finished is kept, and the next goes on."""


class RewardWarning(UserWarning):
    """What cannot work, or hardly, but is no error; said once, with what to write instead.

    A training is never stopped by one. ``warnings.filterwarnings("ignore",
    category=RewardWarning)`` silences them all.
    """


def in_short(value: Any, longest: int = 80) -> str:
    """A value as a message shows it, whatever its size and depth.

    Example:
        >>> in_short(["a", 1]), in_short(10**5_000)
        ("['a', 1]", 'a value too large to show')
    """
    try:
        return f"{value!r:.{longest}}"
    except (ValueError, RecursionError):  # of a number with too many digits, of what is nested
        return "a value too large to show"


def in_full(value: Any) -> str:
    """A text or number of a column as a text.

    Raises:
        ColumnError: It has more digits than Python writes.
    """
    try:
        return str(value)
    except ValueError as error:
        raise ColumnError(f"a number of a column has too many digits: {error}") from error


def is_finite(number: float) -> bool:
    """Whether a number is finite as a float, which an integer with hundreds of digits is not."""
    try:
        return math.isfinite(number)
    except OverflowError:
        return False
