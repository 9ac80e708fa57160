"""Dataset columns in whatever container a library hands them over, read as lists."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from typing import Any

from grpo_rewards.errors import ColumnError, in_short
from grpo_rewards.guesses import near

__all__ = ["as_list", "missing_column", "nested", "require_shallow"]

TO_LISTS = ("to_pylist", "tolist", "to_list")
"""What containers have that give a list: of Arrow, of NumPy, pandas and torch, of Polars."""
SINGLE = frozenset({"float32", "float", "halffloat", "float16", "torch.float32", "torch.float16"})
"""What containers call numbers of less than double precision: NumPy and pandas, Arrow, torch."""
MISSING = frozenset({"NAType", "NaTType"})
"""What pandas writes for a value that is not there."""
GOLD_NAMES = (
    "answer solution target gold ground_truth final_answer expected_answer correct_answer label "
    "reference reference_answer answerKey answer_key output groundtruth gt"
).split()
"""What datasets call the column, or the field of one, that holds a gold."""


MOST_NESTED = 32
"""How deep lists may stand in lists in a column of golds; an array has few dimensions."""


def require_shallow(depth: int, value: Any) -> None:
    """Raise where a gold is read that stands deeper in lists than any does."""
    if depth > MOST_NESTED:
        raise ColumnError(
            f"a gold stands in more than {MOST_NESTED} lists inside each other, and is "
            f"{in_short(value)}: write a text, a number, or one list of acceptable ones"
        )


def as_list(values: Any) -> Sequence[Any] | None:
    """A container's values as a list; ``None`` for what is no container of values in an order.

    Example:
        >>> as_list(("41", "42")), as_list("42"), as_list({"a": 1})
        (('41', '42'), None, None)
    """
    if isinstance(values, list | tuple):
        return values
    if isinstance(values, str | bytes | Mapping | type):
        return None
    for name in TO_LISTS:
        read = getattr(values, name, None)
        if callable(read):
            items = read()
            return _plain(values, items) if isinstance(items, list) else None
    if isinstance(values, Sequence):
        return values
    if hasattr(values, "__len__") and hasattr(values, "__getitem__"):
        return list(values)
    return None


def _plain(container: Any, items: list[Any]) -> list[Any]:
    kind = str(getattr(container, "dtype", None) or getattr(container, "type", ""))
    if kind.lower() in SINGLE:
        return _shortest(items)
    return [None if type(item).__name__ in MISSING else item for item in items]


def _shortest(items: list[Any]) -> list[Any]:
    """Numbers of single precision by the shortest decimals that name them: 0.1, which was stored.

    A list of lists, as of an array with two dimensions, keeps its shape.
    """
    return [
        _shortest(item)
        if isinstance(item, list)
        else _shortest_of(item)
        if isinstance(item, float)
        else item
        for item in items
    ]


def _shortest_of(number: float) -> float:
    for digits in range(1, 10):
        short = float(f"{number:.{digits}g}")
        try:
            if struct.pack("f", short) == struct.pack("f", number):
                return short
        except OverflowError:  # rounded past the largest one
            continue
    return number  # not finite, or not of single precision


def nested(columns: Mapping[str, Any], path: str) -> Sequence[Any] | None:
    """The values at a path such as ``reward_model.ground_truth``; ``None`` if it is no such path.

    A column that has the path as its name comes first. Fields are of dicts, or of JSON of one, and
    numbers are places in a list. A row without the value has ``None``.

    Raises:
        ColumnError: The column is there, and its rows have no such field.
    """
    if path in columns:
        return as_list(columns[path])
    name, _, rest = path.partition(".")
    rows = as_list(columns[name]) if rest and name in columns else None
    if rows is None:
        return None
    fields = rest.split(".")
    values = [_inside(row, fields) for row in rows]
    if rows and not any(has for has, _ in values) and any(row is not None for row in rows):
        first = next(row for row in rows if row is not None)
        has = f"the fields {', '.join(map(repr, first))}" if isinstance(first, Mapping) else "none"
        raise ColumnError(f"the column {name!r} has no field {rest!r}: it has {has}")
    return [value for _, value in values]


def _inside(row: Any, fields: Sequence[str]) -> tuple[bool, Any]:
    for field in fields:
        if isinstance(row, str) and row.lstrip().startswith("{"):  # as some datasets store a dict
            try:
                row = json.loads(row)
            except ValueError:
                return False, None
        if isinstance(row, list | tuple) and field.isdecimal() and int(field) < len(row):
            row = row[int(field)]
        elif isinstance(row, Mapping) and field in row:
            row = row[field]
        else:
            return False, None
    return True, row


def missing_column(names: Sequence[str], columns: Mapping[str, Any], option: str) -> str:
    """That a column is missing, what there is, and which of that may be meant."""
    wanted = " or ".join(repr(name) for name in names)
    if not columns:
        return (
            f"there is no column {wanted}, and no other: a trainer passes each column of the "
            f"dataset, and a call by hand has to, as in reward(completions, {names[0]}=[...]) or "
            f"reward.explain(completion, {names[0]}=...)"
        )
    present = ", ".join(repr(name) for name in columns)
    meant = next(iter(_meant(names, columns, option)), "target")
    said = f"there is no column {wanted}; the columns are: {present}. "
    if len(names) == 1 and option == "gold" and names[0] not in GOLD_NAMES:
        said += "gold= names a column, and is not the answer itself. "
    return said + f"Rename the dataset's column, or name it in the reward, as in {option}={meant!r}"


def _meant(names: Sequence[str], columns: Mapping[str, Any], option: str) -> list[str]:
    found = [each for name in names for each in near(name, columns)]
    if option == "gold":
        found += [name for name in GOLD_NAMES if name in columns]
        found += [
            f"{name}.{field}"
            for name, values in columns.items()
            for row in list(as_list(values) or ())[:1]
            if isinstance(row, Mapping)
            for field in GOLD_NAMES
            if field in row
        ]
    return found
