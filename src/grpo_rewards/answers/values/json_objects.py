"""Objects of JSON: the same where their keys are, and the values of each, numbers as numbers."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

from grpo_rewards.answers.values.kinds import Words

__all__ = ["json_object"]

MAX_NESTED = 8
"""How many objects and arrays stand one in another."""
MAX_DIGITS = 40
"""The longest number (characters) that is read as one."""
MAX_EXPONENT = 3
"""The longest exponent of one (characters, with the sign)."""


class _NoObjectError(ValueError):
    """What is no object, or one that this does not read."""


def json_object(text: str) -> Words | None:
    """An object of JSON, its keys in order and its numbers as numbers.

    Example:
        >>> json_object('{"b": 1.50, "a": [2]}')
        Words(text='{"a": [2], "b": 3/2}')
        >>> json_object('{"a": 1, "a": 2}'), json_object("{1, 2}")
        (None, None)
    """
    text = text.strip()
    if text[:1] != "{" or '"' not in text or text.count("{") + text.count("[") > len(text) // 4:
        return None
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_number,
            parse_float=_number,
            parse_constant=_number,
        )
    except (ValueError, RecursionError):
        return None
    written = _written(value, MAX_NESTED) if isinstance(value, dict) and value else None
    return Words(written) if written is not None else None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _NoObjectError("a key stands twice")
    return found


def _number(literal: str) -> Fraction:
    exponent = literal.casefold().partition("e")[2]
    if len(literal) > MAX_DIGITS or len(exponent) > MAX_EXPONENT or not literal[-1].isdigit():
        raise _NoObjectError("no number to reckon with")
    return Fraction(literal)


def _written(value: Any, deeper: int) -> str | None:
    """A value in one spelling; ``None`` where it is nested too deep."""
    if not isinstance(value, dict | list):
        return str(value) if isinstance(value, Fraction) else json.dumps(value, ensure_ascii=False)
    if not deeper:
        return None
    keys = sorted(value) if isinstance(value, dict) else range(len(value))
    items = [_written(value[key], deeper - 1) for key in keys]
    if None in items:
        return None
    if isinstance(value, list):
        return f"[{', '.join(map(str, items))}]"
    named = (
        f"{json.dumps(key, ensure_ascii=False)}: {item}"
        for key, item in zip(keys, items, strict=True)
    )
    return f"{{{', '.join(named)}}}"
