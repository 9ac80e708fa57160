"""What options of several rooms have to be; who writes another value is told the remedy."""

from __future__ import annotations

from typing import Any

from grpo_rewards.errors import OptionError, in_short, is_finite

__all__ = [
    "require_column",
    "require_number",
    "require_seconds",
    "require_truth",
    "require_whole",
]

MOST_SECONDS = 1e6
"""A limit of time that is longer is none."""


def require_number(option: str, value: Any) -> None:
    """Raise unless an option's value is a finite number.

    Raises:
        OptionError: It is something else.

    Example:
        >>> require_number("weight", 0.5)
        >>> require_number("weight", "0.5")
        Traceback (most recent call last):
        grpo_rewards.errors.OptionError: weight='0.5': write a finite number
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not is_finite(value):
        raise OptionError(f"{option}={in_short(value)}: write a finite number")


def require_column(option: str, value: Any) -> None:
    """Raise unless an option's value can be the name of a column.

    Raises:
        OptionError: It is something else.
    """
    if not isinstance(value, str) or not value:
        raise OptionError(f"{option}={in_short(value)}: write the name of a column")


def require_seconds(option: str, value: Any) -> None:
    """Raise unless an option's value is a number of seconds that pass.

    Raises:
        OptionError: It is something else.
    """
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not 0 < value < MOST_SECONDS
    ):
        raise OptionError(f"{option}={in_short(value)}: write a number of seconds above 0")


def require_truth(option: str, value: Any) -> None:
    """Raise unless an option's value is a truth value.

    Raises:
        OptionError: It is something else.
    """
    if not isinstance(value, bool):
        raise OptionError(f"{option}={in_short(value)}: write True or False")


def require_whole(
    option: str, value: Any, *, least: int | None = 1, most: int | None = None
) -> None:
    """Raise unless an option's value is a whole number within bounds.

    Raises:
        OptionError: It is something else.

    Example:
        >>> require_whole("seed", 7, least=0)
        >>> require_whole("workers", 0)
        Traceback (most recent call last):
        grpo_rewards.errors.OptionError: workers=0: write a whole number, 1 or more
    """
    whole = isinstance(value, int) and not isinstance(value, bool)
    if whole and (least is None or value >= least) and (most is None or value <= most):
        return
    wanted = "" if least is None else f", {least} or more"
    if most is not None:
        wanted = f", from {least} to {most}"
    raise OptionError(f"{option}={in_short(value)}: write a whole number{wanted}")
