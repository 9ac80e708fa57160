"""Rows read out of each format, one at a time: JSON Lines, JSON, CSV, parquet, archives of inspect.

What cannot be read is answered with the file, the line and the remedy.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, Any

from grpo_rewards.errors import TableError, in_short
from grpo_rewards.scoring.evaluations import is_inspect_log, row_of_harness, row_of_inspect
from grpo_rewards.scoring.stores import is_address, opened_at

__all__ = ["READERS", "LocatedRow", "rows_of_text", "suffix_of"]

LONGEST_CELL = 1 << 27
"""Characters of a cell of a CSV file, which has no reason to be short."""
ZSTANDARD = 93
"""The method of the archives that inspect writes now, by its number in the format of zip."""
LOCAL_HEADER = "<4s5H3I2H"
LOCAL_SIZE = struct.calcsize(LOCAL_HEADER)
PARQUET_ROWS = 1_000
"""Rows of a parquet file that are held at a time."""


@dataclass(frozen=True, slots=True)
class LocatedRow:
    """A row, and where it stands, as a sentence about it begins."""

    row: dict[str, Any]
    file: str
    place: int
    """The line, or of a format without lines the row, from 1."""
    unit: str = "line"

    @property
    def where(self) -> str:
        """Such as ``samples.jsonl, line 3,112``."""
        return f"{self.file}, {self.unit} {self.place:,}"


def suffix_of(name: str) -> str:
    """The ending that says a file's format; empty for one that none is known by.

    Example:
        >>> suffix_of("runs/a.jsonl.gz"), suffix_of("b.parquet"), suffix_of("c.txt")
        ('.jsonl', '.parquet', '')
    """
    suffixes = Path(name).suffixes
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    return suffixes[-1] if suffixes and suffixes[-1] in READERS else ""


def _opened(name: str) -> IO[str]:
    """A text file, also where it is compressed; a byte order mark is no part of it."""
    if name.endswith(".gz"):
        source = opened_at(name) if is_address(name) else name
        return gzip.open(source, "rt", encoding="utf-8-sig", newline="")
    return io.TextIOWrapper(_opened_as_bytes(name), encoding="utf-8-sig", newline="")


def _opened_as_bytes(name: str) -> IO[bytes]:
    return opened_at(name) if is_address(name) else open(name, "rb")  # noqa: PTH123 (closed by its reader)


# JSON -------------------------------------------------------------------------------------------


def _of_jsonl(name: str) -> Iterator[LocatedRow]:
    with _opened(name) as lines:
        yield from _of_lines(_guarded(lines, name), name)


def _of_json(name: str) -> Iterator[LocatedRow]:
    with _opened(name) as text:
        yield from rows_of_text(text, name)


def rows_of_text(text: Iterable[str], name: str, *, cells: bool = False) -> Iterator[LocatedRow]:
    """JSON of either kind: a row a line, or one value, as its first character says.

    Args:
        text: The lines.
        name: What they are called where something is wrong with them.
        cells: Whether it may be CSV, too, which begins with the names of columns.
    """
    lines = iter(_guarded(text, name))
    before: list[str] = []
    for line in lines:
        before.append(line)
        if line.strip():
            break
    first = before[-1].lstrip("\ufeff \t\r\n") if before else ""
    if cells and first[:1] not in ("", "{", "["):
        yield from _of_cells(chain([first], lines), name, "\t" if "\t" in first else ",")
        return
    if first.startswith("{"):
        after = next((line for line in _keeping(lines, before) if line.strip()), None)
        if after is not None and _is_json(first):
            yield from _of_lines(chain(before, lines), name)
            return
    content = "".join(chain(before, lines))
    if content.strip():
        yield from _of_value(_decoded(content, name), name)


def _keeping(lines: Iterator[str], kept: list[str]) -> Iterator[str]:
    for line in lines:
        kept.append(line)
        yield line


def _is_json(text: str) -> bool:
    """Whether it is a value by itself, and not the first line of one."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _of_lines(lines: Iterable[str], name: str) -> Iterator[LocatedRow]:
    for place, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line.rstrip("\r\n"))
        except ValueError as error:
            raise TableError(
                f"{name}, line {place:,}, character {getattr(error, 'pos', 0) + 1:,}: this is no "
                f"JSON ({_complaint(error)}), near {_near(line, getattr(error, 'pos', 0))}. "
                "Mend or delete the line"
            ) from error
        except RecursionError as error:
            raise TableError(
                f"{name}, line {place:,}: it is nested too deep to be a row"
            ) from error
        if not isinstance(row, dict):
            raise TableError(
                f"{name}, line {place:,}: it holds {in_short(row, 60)} ({type(row).__name__}), and "
                'a row is an object, as in {"completion": "...", "answer": "42"}'
            )
        yield LocatedRow(row_of_harness(row), name, place)


def _decoded(content: str, name: str) -> Any:
    try:
        return json.loads(content)
    except RecursionError as error:
        raise TableError(f"{name}: it is nested too deep to be rows") from error
    except ValueError as error:
        line, place = getattr(error, "lineno", 1), getattr(error, "pos", 0)
        raise TableError(
            f"{name}, line {line:,}, character {getattr(error, 'colno', 1):,}: this is no JSON "
            f"({_complaint(error)}), near {_near(content, place)}. Mend it, or name the file "
            ".jsonl if it has a row a line"
        ) from error


def _of_value(value: Any, name: str) -> Iterator[LocatedRow]:
    if isinstance(value, dict):
        if is_inspect_log(value):
            value = [row_of_inspect(sample) for sample in value.get("samples") or []]
        elif lists := [
            key for key in ("data", "rows", "examples", "samples") if _is_rows(value.get(key))
        ]:
            value = value[lists[0]]
        elif value and all(isinstance(each, list) for each in value.values()):
            lengths = {key: len(each) for key, each in value.items()}
            if len(set(lengths.values())) > 1:
                raise TableError(f"{name}: its columns have several lengths: {lengths}")
            value = [
                dict(zip(value, row, strict=True)) for row in zip(*value.values(), strict=True)
            ]
        else:
            value = [value]
    if not isinstance(value, list):
        raise TableError(
            f"{name}: it holds {in_short(value, 60)}, and rows are a list of objects, or an object "
            "of lists"
        )
    for place, row in enumerate(value, 1):
        if not isinstance(row, dict):
            raise TableError(
                f"{name}, row {place:,}: it holds {in_short(row, 60)} ({type(row).__name__}), and "
                "a row is an object with its columns"
            )
        yield LocatedRow(row_of_harness(row), name, place, "row")


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _complaint(error: Exception) -> str:
    return getattr(error, "msg", str(error)).lower()


def _near(text: str, place: int) -> str:
    return repr(text[max(place - 20, 0) : place + 20].strip("\r\n")) if text else "its beginning"


def _guarded(lines: Iterable[str], name: str) -> Iterator[str]:
    """Lines of a text, if it is one."""
    count = 0
    try:
        for line in lines:
            count += 1
            yield line
    except UnicodeDecodeError as error:
        place = count + 1 + error.object[: error.start].count(b"\n")
        raise TableError(
            f"{name}, line {place:,}: it is not written in UTF-8 ({error.reason}); write it "
            "anew as UTF-8, as iconv does"
        ) from error
    except (EOFError, gzip.BadGzipFile, zipfile.BadZipFile) as error:
        raise TableError(
            f"{name}, line {count + 1:,}: it is cut off or no gzip ({error})"
        ) from error


# Other formats ----------------------------------------------------------------------------------


def _of_csv(name: str) -> Iterator[LocatedRow]:
    with _opened(name) as lines:
        delimiter = "\t" if suffix_of(name) == ".tsv" else ","
        yield from _of_cells(_guarded(lines, name), name, delimiter)


def _of_cells(lines: Iterable[str], name: str, delimiter: str) -> Iterator[LocatedRow]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        names = next(reader, [])
        if len(set(names)) < len(names):
            again = next(each for each in names if names.count(each) > 1)
            raise TableError(f"{name}, line 1: two columns are named {again!r}; rename one")
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(names):
                raise TableError(
                    f"{name}, line {reader.line_num:,}: it has {len(cells)} cells for "
                    f"{len(names)} columns; a cell with a comma, a quote or a line break "
                    "stands in double quotes"
                )
            row = dict(zip(names, cells, strict=True))
            yield LocatedRow(_read_cells(row), name, reader.line_num)
    except csv.Error as error:
        raise TableError(f"{name}, line {reader.line_num:,}: {error}") from error


def _read_cells(row: dict[str, Any]) -> dict[str, Any]:
    """A row of texts, the lists and objects of JSON in it read."""
    for column, cell in row.items():
        if cell[:1] in ("[", "{") and cell[-1:] in ("]", "}"):
            try:
                value = json.loads(cell)
            except (ValueError, RecursionError):
                continue  # a text that begins like one: an interval, a set
            if cell[0] == "{" or any(isinstance(each, str | list | dict) for each in value):
                row[column] = value
    return row


def _of_parquet(name: str) -> Iterator[LocatedRow]:
    try:
        import pyarrow as pa  # noqa: PLC0415 (an extra)
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise TableError(
            f"{name}: parquet is read with pyarrow: pip install 'grpo-rewards[cli]'"
        ) from error
    place = 0
    try:
        with pq.ParquetFile(opened_at(name) if is_address(name) else name) as file:
            for batch in file.iter_batches(batch_size=PARQUET_ROWS):
                for row in batch.to_pylist():
                    place += 1
                    yield LocatedRow(row, name, place, "row")
    except (pa.ArrowException, OSError) as error:
        raise TableError(
            f"{name}, after row {place:,}: this is no parquet file ({error})"
        ) from error


def _of_archive(name: str) -> Iterator[LocatedRow]:
    """A log of inspect, which is an archive with a file a sample."""
    try:
        with _opened_as_bytes(name) as binary, zipfile.ZipFile(binary) as archive:
            samples = [each for each in archive.infolist() if each.filename.startswith("samples/")]
            for place, inner in enumerate(samples, 1):
                text = _unpacked(binary, archive, inner).decode()
                row = row_of_inspect(_decoded(text, f"{name}, {inner.filename}"))
                yield LocatedRow(row, name, place, "sample")
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError) as error:
        raise TableError(
            f"{name} cannot be read ({error}): write it as JSON, with "
            "`inspect log convert --to json`"
        ) from error


def _unpacked(binary: IO[bytes], archive: zipfile.ZipFile, inner: zipfile.ZipInfo) -> bytes:
    """A file of an archive, also by Zstandard, which Python's own reader learns in 3.14 only."""
    if inner.compress_type != ZSTANDARD:
        return archive.read(inner)
    try:
        import pyarrow as pa  # noqa: PLC0415 (an extra)
    except ImportError as error:
        raise TableError(
            f"{archive.filename}: it is unpacked with pyarrow: pip install 'grpo-rewards[cli]'"
        ) from error
    binary.seek(inner.header_offset)
    *_, name_size, extra_size = struct.unpack(LOCAL_HEADER, binary.read(LOCAL_SIZE))
    binary.seek(name_size + extra_size, io.SEEK_CUR)
    packed = pa.BufferReader(binary.read(inner.compress_size))
    try:
        content: bytes = pa.CompressedInputStream(packed, "zstd").read()
    except OSError as error:
        raise zipfile.BadZipFile(str(error)) from error
    if zlib.crc32(content) != inner.CRC:
        raise zipfile.BadZipFile(f"{inner.filename} is damaged")
    return content


READERS: dict[str, Callable[[str], Iterator[LocatedRow]]] = {
    ".jsonl": _of_jsonl,
    ".ndjson": _of_jsonl,
    ".json": _of_json,
    ".csv": _of_csv,
    ".tsv": _of_csv,
    ".parquet": _of_parquet,
    ".eval": _of_archive,
}
"""What reads the files of an ending."""
