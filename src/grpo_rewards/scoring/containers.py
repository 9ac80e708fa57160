"""Tables of any library as rows, and scores put back as columns of the same kind of table.

Lists of dicts, dicts of columns, NumPy's records, pandas, pyarrow and datasets; none of the
libraries is imported here but by those who bring a table of theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, TypeAlias

from grpo_rewards.core.columns import as_list
from grpo_rewards.errors import ColumnError, OptionError, in_short
from grpo_rewards.scoring.judging import PART

__all__ = ["Kind", "columns_of", "kind_of", "rebuilt", "rows_of", "with_columns"]

Kind: TypeAlias = Literal["rows", "columns", "records", "pandas", "arrow", "datasets"]


def kind_of(table: Any) -> Kind:
    """Which library's table it is.

    Raises:
        OptionError: It is none that is known.

    Example:
        >>> kind_of([{"text": "42"}]), kind_of({"text": ["42"]})
        ('rows', 'columns')
    """
    home = type(table).__module__.partition(".")[0]
    if home == "pandas" and hasattr(table, "columns"):
        return "pandas"
    if home == "pyarrow" and hasattr(table, "column_names"):
        return "arrow"
    if home == "datasets" and hasattr(table, "column_names") and hasattr(table, "__getitem__"):
        return "datasets"
    if getattr(getattr(table, "dtype", None), "names", None):
        return "records"
    if isinstance(table, Mapping):
        return "columns"
    if isinstance(table, Iterable) and not isinstance(table, str | bytes):
        return "rows"
    raise OptionError(
        f"{in_short(table)} ({type(table).__name__}) is no table: give a list of dicts, a dict of "
        "lists, or a table of NumPy, pandas, pyarrow or datasets"
    )


def columns_of(table: Any) -> dict[str, Sequence[Any]]:
    """The columns of a table, as lists.

    Raises:
        ColumnError: A row is no dict, or columns have several lengths.
    """
    kind = kind_of(table)
    if kind == "rows":
        return _transposed(list(table))
    if kind == "columns":
        given = table
    elif kind == "records":
        given = {name: table[name] for name in table.dtype.names}
    elif kind == "pandas":
        given = {str(name): table[name] for name in table.columns}
    else:
        given = {name: table[name] for name in table.column_names}
    columns: dict[str, Sequence[Any]] = {}
    for name, values in given.items():
        listed = as_list(values if kind != "datasets" else list(values))
        if listed is None:
            raise ColumnError(
                f"the column {name!r} is {in_short(values, 60)}, and not a list with one value a "
                "row"
            )
        columns[name] = listed
    lengths = {name: len(values) for name, values in columns.items()}
    if len(set(lengths.values())) > 1:
        raise ColumnError(f"the columns have several lengths: {lengths}")
    return columns


def rows_of(table: Any) -> Iterator[Mapping[str, Any]]:
    """The rows of a table, as dicts; of an iterable of dicts one at a time."""
    if kind_of(table) == "rows":
        for place, row in enumerate(table):
            _require_row(row, place)
            yield row
        return
    columns = columns_of(table)
    names = list(columns)
    for values in zip(*columns.values(), strict=True):
        yield dict(zip(names, values, strict=True))


def with_columns(table: Any, added: Mapping[str, Sequence[Any]]) -> Any:
    """A table like the one given, with more columns; those of the same names are replaced."""
    kind = kind_of(table)
    if kind == "rows":
        return [
            {**row, **dict(zip(added, values, strict=True))}
            for row, values in zip(table, zip(*added.values(), strict=True), strict=True)
        ]
    if kind == "columns":
        as_arrays = any(type(values).__module__ == "numpy" for values in table.values())
        return {**table, **(_arrays(added) if as_arrays else added)}
    if kind == "records":
        return {**{name: table[name] for name in table.dtype.names}, **_arrays(added)}
    if kind == "pandas":
        return table.assign(**added)
    import pyarrow as pa  # noqa: PLC0415 (whose table it is)

    if kind == "arrow":
        table = pa.table(table) if not isinstance(table, pa.Table) else table
        for name, values in added.items():
            column = _arrow_column(pa, name, values)
            place = table.schema.get_field_index(name)
            table = (
                table.append_column(name, column)
                if place < 0
                else table.set_column(place, name, column)
            )
        return table
    import datasets  # noqa: PLC0415 (whose table it is)

    kept = table.remove_columns([name for name in added if name in table.column_names])
    columns = {name: _arrow_column(pa, name, values) for name, values in added.items()}
    return datasets.concatenate_datasets([kept, datasets.Dataset(pa.table(columns))], axis=1)


def rebuilt(kind: Kind, rows: list[dict[str, Any]]) -> Any:
    """Rows as a table of a kind, for where there are other rows than the table had."""
    if kind == "rows":
        return rows
    columns = _transposed(rows)
    if kind == "columns":
        return columns
    if kind == "records":
        return _arrays(columns)
    if kind == "pandas":
        import pandas as pd  # noqa: PLC0415 (as above)

        return pd.DataFrame(columns)
    import pyarrow as pa  # noqa: PLC0415

    table = pa.table({name: _arrow_column(pa, name, each) for name, each in columns.items()})
    if kind == "arrow":
        return table
    import datasets  # noqa: PLC0415

    return datasets.Dataset(table)


def _transposed(rows: Sequence[Any]) -> dict[str, Sequence[Any]]:
    for place, row in enumerate(rows):
        _require_row(row, place)
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: [row.get(name) for row in rows] for name in names}


def _require_row(row: Any, place: int) -> None:
    if not isinstance(row, Mapping):
        raise ColumnError(
            f"row {place} is {in_short(row, 60)} ({type(row).__name__}): a row is a dict of its "
            "columns"
        )


def _arrays(columns: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    import numpy as np  # noqa: PLC0415

    return {
        name: np.asarray(values) if _are_plain(values) else _objects(np, values)
        for name, values in columns.items()
    }


def _are_plain(values: Sequence[Any]) -> bool:
    return all(isinstance(value, float | bool | int) for value in values)


def _objects(np: Any, values: Sequence[Any]) -> Any:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def _arrow_column(pa: Any, name: str, values: Sequence[Any]) -> Any:
    if all(value is None for value in values):
        is_number = name.endswith("score") or PART in name
        return pa.array(values, pa.float64() if is_number else pa.string())
    return pa.array(values)
