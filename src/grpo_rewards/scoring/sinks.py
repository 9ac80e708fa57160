"""Scored rows written: appended to a file that a stopped run goes on with, then in its format.

While a run lasts, its rows stand in ``OUTPUT.part``, a row a line, and ``OUTPUT.part.json`` says
how far it is. What was written after the last such word is dropped when the run goes on.
"""

from __future__ import annotations

import csv
import hashlib
import json
import math
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from grpo_rewards.errors import OptionError, TableError
from grpo_rewards.scoring.readers import suffix_of
from grpo_rewards.scoring.rows import chunks_of
from grpo_rewards.scoring.stores import is_address

__all__ = [
    "Digest",
    "Unfinished",
    "arrow_table",
    "plain_rows",
    "require_writable",
    "row_digest",
    "rows_kept",
    "write_rows",
]

WRITABLE = (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet")
PARQUET_ROWS = 10_000


def require_writable(output: str, names: Sequence[str] = ()) -> None:
    """Raise unless rows can be written under that name.

    Args:
        output: The file to write.
        names: The files that are read meanwhile.

    Raises:
        OptionError: It has no known ending, its folder is not there, or it is read.
    """
    if output == "-":
        return
    if is_address(output):
        raise OptionError(
            f"{output!r}: a file is written on this machine; with --engine ray a folder in a store "
            "can be, as in s3://bucket/scored/"
        )
    if suffix_of(output) not in WRITABLE or output.endswith(".gz"):
        raise OptionError(
            f"{output!r}: write a file that ends in {', '.join(WRITABLE)}, or - for standard output"
        )
    if any(_are_one(output, name) for name in names):
        raise OptionError(f"{output!r} is the file that is read: write another one")
    if not Path(output).absolute().parent.is_dir():
        raise OptionError(f"{output!r}: there is no folder {str(Path(output).parent)!r}; make it")


def _are_one(output: str, name: str) -> bool:
    """Whether two names are of one file, by links, too."""
    try:
        return os.path.samefile(output, name)  # noqa: PTH121 (either may be no path)
    except (OSError, ValueError):  # of one that is not there
        return False


class Unfinished:
    """The rows of a run so far, and how far it is; a context manager that closes the file.

    Args:
        output: The file that the run is to write.
        settings: What decides the scores; a run goes on only with the same.
        fresh: Whether to begin anew.

    Raises:
        OptionError: There is an unfinished run with other settings, or what it left is damaged.
    """

    def __init__(self, output: Path, settings: Mapping[str, Any], *, fresh: bool = False) -> None:
        self.output = output
        self.path = output.with_name(f"{output.name}.part")
        self.note = output.with_name(f"{output.name}.part.json")
        self.settings = dict(settings)
        self.rows_read = 0
        self.digest = ""
        size = 0
        if not fresh and self.note.exists() and self.path.exists():
            known = self._noted()
            differing = [key for key in settings if known["settings"].get(key) != settings[key]]
            if differing:
                key = differing[0]
                raise OptionError(
                    f"{self.path} is an unfinished run with {key}={known['settings'].get(key)!r}, "
                    f"and this one has {key}={settings[key]!r}: finish it as it was begun, or "
                    "begin anew with --fresh"
                )
            self.rows_read, self.digest, size = known["rows"], known["digest"], known["bytes"]
        self.resumed = self.rows_read
        self.file = self.path.open("r+b" if size else "wb")
        self.file.truncate(size)
        self.file.seek(size)

    def _noted(self) -> dict[str, Any]:
        """What is written of how far the run is, if it fits what the run has left."""
        try:
            known = json.loads(self.note.read_text(encoding="utf-8"))
        except ValueError:
            known = None
        kinds = {"settings": dict, "rows": int, "digest": str, "bytes": int}
        is_whole = isinstance(known, dict) and all(
            isinstance(known.get(name), kind) for name, kind in kinds.items()
        )
        if not is_whole or not 0 <= known["bytes"] <= self.path.stat().st_size:
            raise OptionError(
                f"{self.path} and {self.note.name} are not what an unfinished run leaves: one of "
                "them is damaged, or was changed. Begin anew with --fresh"
            )
        return dict(known)

    def __enter__(self) -> Unfinished:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.file.close()

    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows that are written."""
        self.file.flush()
        with self.path.open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)

    def append(self, rows: Iterable[Mapping[str, Any]], *, read: int, digest: str) -> None:
        """Write rows, and then that they are: of how many rows read, with which digest."""
        for row in rows:
            self.file.write(_line(row).encode())
        self.file.flush()
        self.rows_read, self.digest = read, digest
        note = {
            "settings": self.settings,
            "rows": read,
            "digest": digest,
            "bytes": self.file.tell(),
        }
        fresh = self.note.with_name(f"{self.note.name}.new")
        fresh.write_text(json.dumps(note), encoding="utf-8")
        fresh.replace(self.note)

    def finish(self) -> None:
        """Put the rows where they belong, in the format that the name says."""
        self.file.close()
        if suffix_of(self.output.name) in (".jsonl", ".ndjson"):
            self.path.replace(self.output)
        else:
            with self.path.open(encoding="utf-8") as lines:
                write_rows(str(self.output), lambda: _rewound(lines))
            self.path.unlink()
        self.note.unlink(missing_ok=True)


def _rewound(lines: Any) -> Iterator[dict[str, Any]]:
    lines.seek(0)
    return map(json.loads, lines)


def rows_kept(output: str) -> int:
    """How many rows of the input an unfinished run has scored."""
    note = Path(f"{output}.part.json")
    try:
        return int(json.loads(note.read_text(encoding="utf-8"))["rows"])
    except (OSError, ValueError, TypeError, KeyError):  # it is not there, or damaged
        return 0


class Digest:
    """What rows are known by, so that a run goes on only with the rows that it was begun with."""

    def __init__(self) -> None:
        self.value = hashlib.blake2b(digest_size=16)

    def add(self, row: bytes) -> None:
        """Count in a row, by its own digest."""
        self.value.update(row)

    def __str__(self) -> str:
        return self.value.hexdigest()


def row_digest(row: Mapping[str, Any]) -> bytes:
    """What one row is known by."""
    written = repr(row).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(written, digest_size=16).digest()


def plain_rows(rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Rows as JSON holds them: no number that is none."""
    for row in rows:
        yield {
            name: None if isinstance(value, float) and not math.isfinite(value) else value
            for name, value in row.items()
        }


def _line(row: Mapping[str, Any]) -> str:
    (plain,) = plain_rows([row])
    line = json.dumps(plain, ensure_ascii=False, default=_shown) + "\n"
    if line.isascii():
        return line
    try:
        line.encode()
    except UnicodeEncodeError:  # half a character, as a model may write: escaped it can be read
        return json.dumps(plain, default=_shown) + "\n"
    return line


def _shown(value: Any) -> Any:
    """What JSON has no kind for: dates, decimals and bytes as text, arrays as lists."""
    return value.tolist() if hasattr(value, "tolist") else str(value)


def write_rows(output: str, rows: Any) -> int:
    """Write rows in the format that a name's ending says; gives how many there were.

    Args:
        output: A file, or ``-`` for standard output, a row a line.
        rows: A function that gives the rows, from the first, each time that it is called.
    """
    suffix = suffix_of(output)
    if output == "-":
        count = 0
        for count, row in enumerate(rows(), 1):  # noqa: B007 (the last is returned)
            sys.stdout.write(_line(row))
        return count
    # What is there stays until the new file is whole.
    fresh = Path(f"{output}.new")
    if suffix == ".parquet":
        count = _write_parquet(fresh, rows)
    elif suffix in (".csv", ".tsv"):
        count = _write_csv(fresh, rows, "\t" if suffix == ".tsv" else ",")
    else:
        count = _write_json(fresh, rows, is_list=suffix == ".json")
    os.replace(fresh, output)  # noqa: PTH105 (the name may be a text)
    return count


def _write_json(path: Path, rows: Any, *, is_list: bool) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as file:
        if is_list:
            file.write("[\n")
        for row in rows():
            if is_list and count:
                file.write(",\n")
            file.write(_line(row).rstrip("\n") if is_list else _line(row))
            count += 1
        if is_list:
            file.write("\n]\n")
    return count


def _write_csv(path: Path, rows: Any, delimiter: str) -> int:
    names: dict[str, None] = {}
    for row in rows():
        names |= dict.fromkeys(row)
    count = 0
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        writer = csv.DictWriter(file, list(names), delimiter=delimiter, lineterminator="\n")
        writer.writeheader()
        for row in rows():
            writer.writerow({name: _cell(value) for name, value in row.items()})
            count += 1
    return count


def _cell(value: Any) -> Any:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=_shown)
    return value


def _write_parquet(path: Path, rows: Any) -> int:
    try:
        import pyarrow as pa  # noqa: PLC0415 (an extra)
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise TableError(
            f"{path}: parquet is written with pyarrow: pip install 'grpo-rewards[cli]'"
        ) from error
    schema = _schema(pa, rows)
    count = 0
    with pq.ParquetWriter(path, schema) as writer:
        for batch in chunks_of(map(_well_named, rows()), PARQUET_ROWS):
            columns = [_column(pa, batch, field) for field in schema]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))
            count += len(batch)
    return count


def arrow_table(rows: Sequence[Mapping[str, Any]]) -> Any:
    """Rows as a table of pyarrow, with one type for each column."""
    import pyarrow as pa  # noqa: PLC0415 (an extra)

    named = list(map(_well_named, rows))
    schema = _schema(pa, lambda: iter(named))
    columns = [_column(pa, named, field) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def _schema(pa: Any, rows: Any) -> Any:
    """One type for each column of all rows: of those that have several, text."""
    fields: dict[str, Any] = {}
    for batch in chunks_of(map(_well_named, rows()), PARQUET_ROWS):
        for name in dict.fromkeys(name for row in batch for name in row):
            try:
                found = pa.field(name, pa.array([row.get(name) for row in batch]).type)
                known = [pa.schema([each]) for each in (fields.get(name), found) if each]
                fields[name] = pa.unify_schemas(known, promote_options="permissive").field(0)
            except (pa.ArrowException, OverflowError, UnicodeError, TypeError):  # noqa: PERF203
                fields[name] = pa.field(name, pa.string())
    if not fields:
        raise TableError("there are no rows to write")
    return pa.schema(
        [
            field if _is_writable(pa, field.type) else pa.field(name, pa.string())
            for name, field in fields.items()
        ]
    )


def _is_writable(pa: Any, kind: Any) -> bool:
    """Whether parquet has the type: not where nothing is known of what is in it."""
    if pa.types.is_null(kind) or (pa.types.is_struct(kind) and not kind.num_fields):
        return False
    inner = [kind.field(place).type for place in range(kind.num_fields)]
    return all(_is_writable(pa, each) for each in inner)


def _column(pa: Any, batch: list[Mapping[str, Any]], field: Any) -> Any:
    values = [row.get(field.name) for row in batch]
    if pa.types.is_string(field.type):
        return pa.array([_as_text(value) for value in values], field.type)
    return pa.array(values, field.type)


def _well_named(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """A row whose columns' names can be written in UTF-8, which half a character cannot."""
    if all(map(str.isascii, row)):
        return row
    return {name.encode("utf-8", "replace").decode(): value for name, value in row.items()}


def _as_text(value: Any) -> str | None:
    if value is None:
        return None
    text = (
        value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=_shown)
    )
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
