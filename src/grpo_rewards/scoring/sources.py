"""Which files names stand for, and their rows, one file after the other.

Logs of inspect and of lm-evaluation-harness are told by what is in them, and become rows with
``prompt``, ``completion`` and ``answer``.
"""

from __future__ import annotations

import glob
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from grpo_rewards.errors import TableError
from grpo_rewards.guesses import near_name
from grpo_rewards.scoring.readers import READERS, LocatedRow, rows_of_text, suffix_of
from grpo_rewards.scoring.stores import files_at, is_address

__all__ = ["STDIN", "located_rows", "paths_of", "rows_of_file"]

STDIN = "-"
TRAINERS_OWN = frozenset(
    "config.json generation_config.json adapter_config.json trainer_state.json tokenizer.json "
    "tokenizer_config.json special_tokens_map.json added_tokens.json vocab.json".split()
)
"""What stands in a model's folder and holds no rows."""


def located_rows(names: Iterable[str]) -> Iterator[LocatedRow]:
    """The rows of files, one file after the other.

    Args:
        names: Paths, patterns such as ``runs/*.parquet``, folders, addresses of stores such as
            ``s3://bucket/runs/``, or ``-`` for standard input.

    Raises:
        TableError: A file is not there, is empty, or holds what is no row.
    """
    for path in paths_of(names):
        yield from rows_of_file(path)


def paths_of(names: Iterable[str]) -> list[str]:
    """The files that names, patterns and folders stand for.

    A folder stands for the rows in it; a trainer's output folder for the completions it logged.

    Raises:
        TableError: There is no such file, or none in the folder.
    """
    found: list[str] = []
    for name in names:
        if is_address(name):
            found += _rows_at(name)
            continue
        path = Path(name)
        if name == STDIN or path.is_file():
            found.append(name)
        elif path.is_dir():
            inside = _rows_inside(path)
            if not inside:
                raise TableError(
                    f"the folder {name} holds no rows: it has no file that ends in "
                    f"{', '.join(READERS)}, nor a folder completions/ as TRL writes it "
                    "(log_completions=True)"
                )
            found += inside
        elif matching := sorted(glob.glob(name, recursive=True)):  # noqa: PTH207 (absolute ones, too)
            found += matching
        else:
            there = [each.name for each in path.parent.glob("*") if suffix_of(each.name)]
            meant = near_name(path.name, there, {})
            raise TableError(f"there is no file {name}{f': {meant}' if meant else ''}")
    return found


def _rows_at(address: str) -> list[str]:
    there = files_at(address)
    rows = [each for each in there if there == [address] or suffix_of(each)]
    if not rows:
        raise TableError(
            f"{address} holds no rows: there is no file that ends in {', '.join(READERS)}"
        )
    return rows


def _rows_inside(folder: Path) -> list[str]:
    for inner in (folder, folder / "completions"):
        names = sorted(str(path) for path in inner.glob("*") if suffix_of(path.name))
        # A trainer's output folder holds files of its own, and lm-evaluation-harness's its results.
        rows = [
            name
            for name in names
            if Path(name).name not in TRAINERS_OWN and not Path(name).match("results_*.json")
        ]
        if rows:
            return rows
    return []


def rows_of_file(name: str) -> Iterator[LocatedRow]:
    """The rows of one file, or of standard input.

    Raises:
        TableError: It is not there, is empty, or holds what is no row.
    """
    found = False
    try:
        for located in _read(name):
            found = True
            yield located
    except OSError as error:
        raise TableError(f"{name} cannot be read: {error.strerror or error}") from error
    if not found:
        raise TableError(
            f"{'standard input' if name == STDIN else name} is empty: it needs a row a "
            'completion, such as {"prompt": "6 * 7", "completion": "...", "answer": "42"}'
        )


def _read(name: str) -> Iterator[LocatedRow]:
    if name == STDIN:
        return rows_of_text(sys.stdin, "standard input", cells=True)
    reader = READERS.get(suffix_of(name))
    if reader is None:
        raise TableError(
            f"{name} is of no format that is known by its ending: write one that ends in "
            f"{', '.join(READERS)}"
        )
    return reader(name)
