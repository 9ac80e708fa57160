"""When what a program returned, or printed, is what a pair of input and output expects."""

from __future__ import annotations

import math
from typing import Any

import regex

__all__ = ["same_text", "same_value"]

_FLOAT = regex.compile(
    r"[-+]?(?:[0-9]++\.[0-9]*+|\.[0-9]++|[0-9]++(?=[eE]))(?:[eE][-+]?[0-9]{1,4})?"
)
_NUMBER = regex.compile(r"[-+]?(?:[0-9]++\.?[0-9]*+|\.[0-9]++)(?:[eE][-+]?[0-9]{1,4})?")


def same_value(expected: Any, value: Any, tolerance: float) -> bool:
    """Whether two values of plain data are equal: as Python has it, with two allowances.

    Where a float is expected, a number within the tolerance is equal; and a list equals a tuple,
    because a dataset cannot hold tuples.

    Example:
        >>> same_value([0.3, {"a": (1, 2)}], (0.1 + 0.2, {"a": [1, 2]}), 1e-6)
        True
        >>> same_value(3, 3.0000001, 1e-6), same_value("a", "a ", 1e-6)
        (False, False)
    """
    if isinstance(expected, float):
        if not isinstance(value, int | float):
            return False
        try:
            number = float(value)
        except OverflowError:
            return False
        both_nan = math.isnan(expected) and math.isnan(number)
        return both_nan or math.isclose(expected, number, rel_tol=tolerance, abs_tol=tolerance)
    if isinstance(expected, list | tuple):
        return (
            isinstance(value, list | tuple)
            and len(value) == len(expected)
            and all(same_value(*pair, tolerance) for pair in zip(expected, value, strict=True))
        )
    if isinstance(expected, dict):
        return (
            isinstance(value, dict)
            and value.keys() == expected.keys()
            and all(same_value(item, value[key], tolerance) for key, item in expected.items())
        )
    return bool(expected == value)


def same_text(expected: str, printed: str, tolerance: float) -> bool:
    r"""Whether two outputs of a script are equal.

    White space at the end of a line, and empty lines at the end, do not count. Where a float is
    expected ("0.50", not "1"), a number within the tolerance is equal.

    Example:
        >>> same_text("0.5 yes\n", "0.5000000001 yes  \n\n", 1e-6)
        True
        >>> same_text("1 2", "1  2", 1e-6), same_text("1", "1.0", 1e-6)
        (False, False)
    """
    lines, others = (
        [line.rstrip() for line in text.rstrip().replace("\r\n", "\n").split("\n")]
        for text in (expected, printed)
    )
    return len(lines) == len(others) and all(
        line == other or _same_line(line, other, tolerance)
        for line, other in zip(lines, others, strict=True)
    )


_SPACE = regex.compile(r"(\s+)")


def _same_line(expected: str, printed: str, tolerance: float) -> bool:
    tokens, others = _SPACE.split(expected), _SPACE.split(printed)
    return len(tokens) == len(others) and all(
        token == other
        or (
            bool(_FLOAT.fullmatch(token))
            and bool(_NUMBER.fullmatch(other))
            and math.isclose(float(token), float(other), rel_tol=tolerance, abs_tol=tolerance)
        )
        for token, other in zip(tokens, others, strict=True)
    )
