"""Files in object stores, by address (``s3://bucket/runs/*.parquet``), as pyarrow reaches them.

Credentials, the region and another endpoint are the store's own variables of the environment, such
as ``AWS_ACCESS_KEY_ID`` and ``AWS_ENDPOINT_URL``.
"""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import IO, Any

from grpo_rewards.errors import TableError

__all__ = ["files_at", "holds_files", "is_address", "opened_at"]

WILD = frozenset("*?[")


def is_address(name: str) -> bool:
    """Whether a name is a store's address, and no path on this machine.

    Example:
        >>> is_address("s3://bucket/samples.parquet"), is_address("samples.parquet")
        (True, False)
    """
    return "://" in name


def files_at(address: str) -> list[str]:
    """The addresses of the files that an address, a pattern or a folder's address stands for.

    Raises:
        TableError: There are none, or the store cannot be reached.
    """
    parts = address.split("/")
    wild = next((place for place, part in enumerate(parts) if WILD & set(part)), len(parts))
    base = "/".join(parts[:wild])
    store, path = _store(base.rstrip("/"))
    pattern = [each for each in path.split("/") if each] + [each for each in parts[wild:] if each]
    scheme = base.rstrip("/").removesuffix(path)
    try:
        there = _files(store, path, deep=wild < len(parts))
    except OSError as error:
        raise TableError(f"{address} cannot be read: {_sentence(error)}") from error
    if wild < len(parts):
        there = [each for each in there if _matches([p for p in each.split("/") if p], pattern)]
    if not there:
        raise TableError(f"there is no file {address}")
    return [f"{scheme}{each}" for each in sorted(there)]


def holds_files(address: str) -> bool:
    """Whether there is anything in a folder of a store.

    Raises:
        TableError: The store cannot be reached.
    """
    store, path = _store(address.rstrip("/"))
    try:
        return bool(_files(store, path, deep=True))
    except OSError as error:
        raise TableError(f"{address} cannot be read: {_sentence(error)}") from error


def opened_at(address: str) -> IO[bytes]:
    """A file in a store, to be read from any place.

    Raises:
        TableError: It is not there, or the store cannot be reached.
    """
    store, path = _store(address)
    try:
        file: IO[bytes] = store.open_input_file(path)
    except OSError as error:
        raise TableError(f"{address} cannot be opened: {_sentence(error)}") from error
    return file


def _store(address: str) -> tuple[Any, str]:
    """The store that an address names, and the path in it."""
    try:
        import pyarrow as pa  # noqa: PLC0415 (an extra)
        from pyarrow import fs  # noqa: PLC0415
    except ImportError as error:
        raise TableError(
            f"{address}: a store's files are read with pyarrow: pip install 'grpo-rewards[cli]'"
        ) from error
    try:
        found: tuple[Any, str] = fs.FileSystem.from_uri(address)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise TableError(
            f"{address} is the address of no store that is known ({_sentence(error)}): write "
            "s3://, gs://, abfs://, hdfs:// or file://"
        ) from error
    return found


def _files(store: Any, path: str, *, deep: bool) -> list[str]:
    """The file at a path, or those in the folder that it is; ``deep`` also in folders in it."""
    from pyarrow import fs  # noqa: PLC0415 (an extra)

    if store.get_file_info(path).type == fs.FileType.File:
        return [] if deep else [path]
    inside = fs.FileSelector(path, recursive=deep, allow_not_found=True)
    return [
        each.path
        for each in store.get_file_info(inside)
        if each.type == fs.FileType.File and (deep or not each.base_name.startswith(("_", ".")))
    ]


def _matches(path: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether the parts of a path are those of a pattern, in which ``**`` is any number of them."""
    if not pattern:
        return not path
    if list(pattern) == ["**"]:  # what is before it is a folder
        return bool(path)
    if pattern[0] == "**":
        return any(_matches(path[skipped:], pattern[1:]) for skipped in range(len(path) + 1))
    return bool(path) and fnmatchcase(path[0], pattern[0]) and _matches(path[1:], pattern[1:])


def _sentence(error: BaseException) -> str:
    said = str(error).strip().splitlines()
    return said[0] if said else type(error).__name__
