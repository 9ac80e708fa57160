"""Files scored on Ray: into one file, as without it, or into a folder that the actors write.

The rows of a file are read by a task, and judged by actors; the process that was started puts them
in their order, and goes on where a run was stopped, whichever engine that had.
"""

from __future__ import annotations

import logging
import os
import pickle
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grpo_rewards.errors import OptionError, TableError
from grpo_rewards.scoring.chunks import Judge, Scored, cause_of
from grpo_rewards.scoring.clusters import pool_of, scored_dataset, written_by_value
from grpo_rewards.scoring.headings import Headings
from grpo_rewards.scoring.judging import PREFIX, as_one_reward
from grpo_rewards.scoring.readers import LocatedRow, suffix_of
from grpo_rewards.scoring.rows import CHUNK
from grpo_rewards.scoring.runs import opened, write_scores
from grpo_rewards.scoring.sinks import arrow_table, require_writable, row_digest
from grpo_rewards.scoring.sources import STDIN, paths_of, rows_of_file
from grpo_rewards.scoring.stores import holds_files, is_address
from grpo_rewards.scoring.summaries import Summary

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["score_with_ray"]

NO_RAY = "Ray is needed: pip install 'grpo-rewards[ray]'"
READING = 0.5
"""Cores that the reading of a file takes, which is little work beside judging."""
_RAISED = re.compile(r"(?:[\w.]+\.)?\w*(?:Error|Exception|Interrupt): \S")
"""The line of a traceback that says what was raised."""


def score_with_ray(
    reward: Any,
    names: Sequence[str],
    output: str | None,
    *,
    gold: str | None = None,
    completion: str | None = None,
    problem: str | None = None,
    above: float | None = None,
    actors: int | None = None,
    fresh: bool = False,
    on_rows: Callable[[int], None] | None = None,
) -> Summary:
    """Score files on Ray: into one file, in the input's order, or into a folder, by the actors.

    Connects to the cluster that ``RAY_ADDRESS`` names, else starts one on this machine and stops
    it again. A file is written as `grpo_rewards.scoring.runs.score_file` writes it, and either
    goes on where the other was stopped; a run into a folder does not go on.

    Args:
        reward: As in `score_dataset`.
        names: Paths, patterns, folders, addresses of stores; of any format that is read here.
        output: A file, a folder (whose name ends in ``/``) of parquet files, or none.
        gold: The column with the golds.
        completion: The column with the completions.
        problem: The column that tells problems apart.
        above: The score above which a completion is right, of rewards without a verdict.
        actors: How many judge.
        fresh: Whether to begin anew where a run was stopped.
        on_rows: Told how many completions were scored.

    Raises:
        OptionError: Ray is not installed, or the folder is not empty.
        TableError: A row cannot be read or judged; the rows before it are kept, in a file.
    """
    try:
        import ray  # noqa: PLC0415 (an extra)
    except ImportError as error:
        raise OptionError(NO_RAY) from error
    if STDIN in names:
        raise OptionError("Ray reads files, and no standard input: name a file")
    given = paths_of(names)
    paths = [name if is_address(name) else os.path.abspath(name) for name in given]  # noqa: PTH100 (a text)
    into_folder = output is not None and output.endswith("/")
    if into_folder:
        require_empty(output or "")
    elif output is not None:
        require_writable(output, paths)
    tracked = TrackedRows(paths)
    columns = {"gold": gold, "completion": completion, "problem": problem}
    judge, all_rows = opened(as_one_reward(reward), iter(tracked), **columns)
    ours = not ray.is_initialized()
    if ours:
        _start(ray, actors)
    try:
        # Of actors that a short file leaves without work.
        warnings.filterwarnings("ignore", "The minimum number of concurrent actors", UserWarning)
        context = ray.data.DataContext.get_current()
        logging.getLogger("ray.data").setLevel(logging.CRITICAL)  # importing it sets another level
        context.execution_options.preserve_order = True
        context.enable_progress_bars = False
        if into_folder:
            return _written_by_actors(judge, paths, output or "", actors, above)

        def judging(judge: Judge, _: Iterator[LocatedRow], first: int) -> Iterator[Scored]:
            begin = tracked.place if first else (0, 0)
            for scored in _judged(judge, paths, begin, actors):
                rows = _moved(scored.rows, first, judge.headings)
                yield replace(scored, rows=rows, error=_named(scored.error, paths, given))
                first += scored.read

        if output is not None:
            return write_scores(
                judge, all_rows, output, judging=judging, fresh=fresh, above=above, on_rows=on_rows
            )
        summary = Summary(judge.headings, above=above)
        for scored in judging(judge, all_rows, 0):
            for row in scored.rows:
                summary.add(row)
            if on_rows:
                on_rows(len(scored.rows))
            if scored.error:
                raise TableError(scored.error) from cause_of(scored)
        return summary
    finally:
        if ours:
            ray.shutdown()


def require_empty(folder: str) -> None:
    """Raise where a folder to write into holds files, which would be counted with the new ones.

    Raises:
        OptionError: It does.
    """
    path = Path(folder)
    if holds_files(folder) if is_address(folder) else path.is_dir() and any(path.iterdir()):
        raise OptionError(
            f"the folder {folder} is not empty, and a run into a folder does not go on where "
            "another was stopped: name a new folder, or empty this one; a run into a file, as in "
            "-o scored.jsonl, goes on"
        )


class TrackedRows:
    """The rows of files, and in which file, behind which of its rows, the reader is."""

    def __init__(self, paths: Sequence[str]) -> None:
        self.paths = paths
        self.place = (0, 0)

    def __iter__(self) -> Iterator[LocatedRow]:
        for file, path in enumerate(self.paths):
            for count, row in enumerate(rows_of_file(path), 1):
                self.place = (file, count)
                yield row


def _start(ray: Any, actors: int | None) -> None:
    """Connect to the cluster that there is, else start one with a core more than it judges by."""
    said: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
    if not os.environ.get("RAY_ADDRESS"):
        said |= {
            "address": "local",
            "include_dashboard": False,
            "num_cpus": max(os.cpu_count() or 1, (actors or 1) + 1),
        }
    ray.init(**said)


# One file ---------------------------------------------------------------------------------------


def _judged(
    judge: Judge, paths: Sequence[str], begin: tuple[int, int], actors: int | None
) -> Iterator[Scored]:
    """What becomes of the rows of files behind a place, in their order."""
    import ray  # noqa: PLC0415 (an extra)

    file, done = begin
    left = [
        {"path": path, "done": done * (place == file)}
        for place, path in enumerate(paths)
        if place >= file
    ]
    judged = (
        ray.data.from_items(left, override_num_blocks=len(left))
        # Of other resources than the actors: else Ray makes one step of both, and one actor would
        # have all rows of a file.
        .map_batches(_pickled_rows, batch_size=1, batch_format="pyarrow", num_cpus=READING)
        .map_batches(
            FileScorer,
            fn_constructor_args=(written_by_value(judge),),
            batch_format="pyarrow",
            batch_size=CHUNK,
            compute=pool_of(actors),
            num_cpus=1,
        )
    )
    try:
        batch: Any
        for batch in judged.iter_batches(batch_format="pyarrow", batch_size=None):
            for pickled in batch["scored"].to_pylist():
                yield pickle.loads(pickled)  # noqa: S301 (`FileScorer` wrote it)
    except ray.exceptions.RayError as error:
        yield Scored([], 0, f"Ray stopped: {_why(error)}")


def _pickled_rows(table: pa.Table) -> Iterator[pa.Table]:
    """The rows of files, and the sentence that ends them where they cannot be read on."""
    import pyarrow as pa  # noqa: PLC0415 (an extra)

    for path, done in zip(table["path"].to_pylist(), table["done"].to_pylist(), strict=True):
        waiting = islice(rows_of_file(path), done, None)
        ended = ""
        while not ended:
            piece: list[LocatedRow | str] = []
            try:
                piece.extend(islice(waiting, CHUNK))
                ended = "" if len(piece) == CHUNK else "whole"
            except TableError as error:
                ended = str(error)
                piece.append(ended)
            if piece:
                yield pa.table({"row": pa.array(map(pickle.dumps, piece), pa.large_binary())})


class FileScorer:
    """What an actor of Ray does to rows of a file.

    Args:
        judge: The judge as `written_by_value` writes it, which is read once an actor.
    """

    def __init__(self, judge: bytes) -> None:
        self.judge: Judge = pickle.loads(judge)  # noqa: S301 (`written_by_value` wrote it)

    def __call__(self, table: pa.Table) -> pa.Table:
        """What became of the rows up to the first that cannot be read or judged."""
        import pyarrow as pa  # noqa: PLC0415 (an extra)

        found = [pickle.loads(each) for each in table["row"].to_pylist()]  # noqa: S301 (`_pickled_rows` wrote it)
        end = next((n for n, each in enumerate(found) if isinstance(each, str)), len(found))
        rows = found[:end]
        scored = self.judge(rows) if rows else Scored([], 0)
        if not scored.error and end < len(found):
            scored = replace(scored, error=found[end])
        known = [row_digest(each.row) for each in rows[: scored.read]]
        written = pickle.dumps(replace(scored, digests=known))
        return pa.table({"scored": pa.array([written], pa.large_binary())})


def _moved(rows: Sequence[dict[str, Any]], first: int, headings: Headings) -> list[dict[str, Any]]:
    """Rows numbered from another one on, which is what an actor does not know."""
    for row in rows:
        row[f"{PREFIX}row"] += first
        if headings.problem is None:
            row[f"{PREFIX}problem"] = headings.problem_of(row, row[f"{PREFIX}row"])
    return list(rows)


def _named(error: str, paths: Sequence[str], names: Sequence[str]) -> str:
    """A sentence about a file by the name that it was given."""
    for path, name in zip(paths, names, strict=True):
        if error.startswith((f"{path},", f"{path} ", f"{path}:")):
            return name + error.removeprefix(path)
    return error


def _why(error: BaseException) -> str:
    """What was raised on the other machine, in a sentence."""
    said = [line for line in str(error).splitlines() if _RAISED.match(line)]
    return said[-1].partition(": ")[2] if said else str(error).strip().splitlines()[0]


# A folder ---------------------------------------------------------------------------------------


def _written_by_actors(
    judge: Judge, paths: Sequence[str], folder: str, actors: int | None, above: float | None
) -> Summary:
    import ray  # noqa: PLC0415 (an extra)

    if {suffix_of(path) for path in paths} == {".parquet"}:
        source = ray.data.read_parquet(list(paths))
    else:
        files = [{"path": path} for path in paths]
        source = ray.data.from_items(files, override_num_blocks=len(files)).map_batches(
            _typed_rows, batch_size=1, batch_format="pyarrow", num_cpus=READING
        )
    target = folder if is_address(folder) else os.path.abspath(folder)  # noqa: PTH100 (as above)
    summary = Summary(judge.headings, above=above)
    try:
        scored_dataset(source, judge.reward, judge.headings, judge.gold, actors).write_parquet(
            target
        )
        batch: Any
        for batch in ray.data.read_parquet(target).iter_batches(batch_format="pyarrow"):
            for row in batch.to_pylist():
                summary.add(row)
    except ray.exceptions.RayError as error:
        raise TableError(
            f"Ray stopped: {_why(error)}. Written into a file, as in -o scored.jsonl, the row is "
            "named, and the scores before it are kept"
        ) from error
    return summary


def _typed_rows(table: pa.Table) -> Iterator[pa.Table]:
    """The rows of files as tables with a type for each column."""
    for path in table["path"].to_pylist():
        waiting = (each.row for each in rows_of_file(path))
        for first in waiting:
            yield arrow_table([first, *islice(waiting, CHUNK - 1)])
