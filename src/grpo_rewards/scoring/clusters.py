"""Completions scored on more than one machine, with Ray Data: each actor has the reward.

Ray is an extra (``pip install 'grpo-rewards[ray]'``), and is imported here only when it is used.
"""

from __future__ import annotations

import io
import logging
import os
import pickle
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grpo_rewards.core.base import Reward
from grpo_rewards.core.functions import FunctionReward
from grpo_rewards.errors import OptionError, TableError
from grpo_rewards.scoring.headings import Headings, digest_of, find_headings
from grpo_rewards.scoring.judging import PART, PREFIX, as_one_reward
from grpo_rewards.scoring.rows import CHUNK, score_chunk, spread, table_keys
from grpo_rewards.scoring.sinks import Unfinished
from grpo_rewards.scoring.sources import LocatedRow, paths_of, suffix_of
from grpo_rewards.scoring.summaries import Summary

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["DatasetScorer", "first_rows", "in_stores", "score_dataset", "score_with_ray"]

NO_RAY = "Ray is needed: pip install 'grpo-rewards[ray]'"


_RAISED = re.compile(r"(?:[\w.]+\.)?\w*(?:Error|Exception|Interrupt): \S")
"""The line of a traceback that says what was raised."""


class DatasetScorer:
    """What an actor of Ray does to a batch of rows.

    Args:
        reward: The reward as `_pickled` writes it, which is read once an actor.
        headings: Which column is which.
        gold: The column with the golds.
        prefix: What stands before the new keys.
    """

    def __init__(
        self, reward: bytes, headings: Headings, gold: str | None = None, prefix: str = PREFIX
    ) -> None:
        self.reward: Reward = pickle.loads(reward)  # noqa: S301 (`_pickled` wrote it)
        self.headings = headings
        self.gold = gold
        self.prefix = prefix

    def __call__(self, table: pa.Table) -> pa.Table:
        """The rows of a batch, a completion each, with their scores."""
        import pyarrow as pa  # noqa: PLC0415 (an extra)

        rows = table.to_pylist()
        found = []
        for row in spread(rows, self.headings, prefix=self.prefix):
            place = row[f"{self.prefix}row"]
            if self.headings.problem is None:  # no row knows its number here
                beside = {
                    name: value
                    for name, value in rows[place].items()
                    if name not in (self.headings.completion, self.headings.ids)
                }
                row[f"{self.prefix}problem"] = digest_of(beside)
            row[f"{self.prefix}row"] = None
            found.append(row)
        scored = score_chunk(self.reward, found, self.headings, gold=self.gold, prefix=self.prefix)
        keys = table_keys(self.reward, prefix=self.prefix)
        given = [name for name in table.schema.names if not name.startswith(self.prefix)]
        columns = {name: _column(pa, table, name, scored) for name in given}
        for key in keys:
            kind = _type(pa, key.removeprefix(self.prefix))
            columns[key] = pa.array([row[key] for row in scored], kind)
        return pa.table(columns)


def _column(pa: Any, table: Any, name: str, rows: Sequence[dict[str, Any]]) -> Any:
    if len(rows) == table.num_rows:
        return table[name]
    values = [row.get(name) for row in rows]
    try:
        return pa.array(values, table.schema.field(name).type)
    except (pa.ArrowInvalid, pa.ArrowTypeError):  # a list of completions has become one
        return pa.array(values)


def _type(pa: Any, key: str) -> Any:
    """What a scored column holds, whatever the rows of a batch happen to have."""
    if key == "score" or key.startswith(PART):
        return pa.float64()
    if key == "no_opinion":
        return pa.bool_()
    return pa.int64() if key in ("row", "sample") else pa.string()


def score_dataset(
    dataset: Any,
    reward: Any,
    *,
    completion: str | None = None,
    gold: str | None = None,
    prompt: str | None = None,
    problem: str | None = None,
    actors: int | tuple[int, int] | None = None,
    chunk: int = CHUNK,
    prefix: str = PREFIX,
) -> Any:
    """A dataset of Ray Data with the scores of its completions, judged in actors.

    The columns are those of `score_rows`, but for ``reward/row``, which no row knows on a cluster.
    An actor that dies is started again, and its batch is judged again: nothing is lost or doubled.

    Args:
        dataset: A ``ray.data.Dataset``.
        reward: As in `grpo_rewards.scoring.score_one`; it has to pickle.
        completion: The column with the completions, and so on, as in `score_rows`.
        gold: The column with the golds.
        prompt: The column with the prompts.
        problem: The column that tells problems apart.
        actors: How many judge, each on one core, or the least and the most. One core has to be
            left for reading; by default there are as many as the others.
        chunk: How many rows are judged together.
        prefix: What stands before each new column's name.

    Raises:
        OptionError: The reward is none.
        ColumnError: A column is missing.
    """
    judge = as_one_reward(reward)
    columns = dataset.columns() or []
    headings = find_headings(
        [name for name in columns if not name.startswith(prefix)],
        completion=completion,
        prompt=prompt,
        problem=problem,
    )
    return _mapped(dataset, judge, headings, gold, actors, chunk=chunk, prefix=prefix)


def _mapped(
    dataset: Any,
    reward: Reward,
    headings: Headings,
    gold: str | None,
    actors: int | tuple[int, int] | None,
    *,
    chunk: int = CHUNK,
    prefix: str = PREFIX,
) -> Any:
    import ray  # noqa: PLC0415 (an extra)

    least, most = actors if isinstance(actors, tuple) else (actors, actors)
    return dataset.map_batches(
        DatasetScorer,
        fn_constructor_args=(_pickled(reward), headings, gold, prefix),
        batch_format="pyarrow",
        batch_size=chunk,
        compute=ray.data.ActorPoolStrategy(
            min_size=least or 1, max_size=most or max(_cores() - 1, 1)
        ),
        num_cpus=1,
    )


def _pickled(reward: Reward) -> bytes:
    """A reward for another machine, the functions of the script that runs here by value."""
    from ray import cloudpickle  # noqa: PLC0415 (an extra)

    base: Any = cloudpickle.CloudPickler

    class Pickler(base):  # type: ignore[misc]
        def reducer_override(self, value: Any) -> Any:
            if isinstance(value, FunctionReward) and value.function.__module__ == "__main__":
                return value.reduced_by_value()
            return super().reducer_override(value)

    written = io.BytesIO()
    pickler: Any = Pickler(written)
    pickler.dump(reward)
    return written.getvalue()


def _cores() -> int:
    import ray  # noqa: PLC0415 (an extra)

    resources: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
    return int(resources.get("CPU", 1))


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
    on_rows: Callable[[int], None] | None = None,
) -> Summary:
    """Score files on Ray: into one file, in the input's order, or into a folder, by the actors.

    Connects to the cluster that ``RAY_ADDRESS`` names, else starts one on this machine and stops
    it again.

    Args:
        reward: As in `score_dataset`.
        names: Paths or patterns that Ray reads: parquet, JSON Lines or CSV, also in object stores.
        output: A file, a folder (whose name ends in ``/``) of parquet files, or none.
        gold: The column with the golds.
        completion: The column with the completions.
        problem: The column that tells problems apart.
        above: The score above which a completion is right, of rewards without a verdict.
        actors: How many judge.
        on_rows: Told how many completions were scored.

    Raises:
        OptionError: Ray is not installed.
        TableError: A file is of a format that Ray does not read, or what judges raised.
    """
    try:
        import ray  # noqa: PLC0415 (an extra)
    except ImportError as error:
        raise OptionError(NO_RAY) from error
    ours = not ray.is_initialized()
    if ours:
        _start(ray, actors)
    try:
        context = ray.data.DataContext.get_current()
        logging.getLogger("ray.data").setLevel(logging.CRITICAL)  # importing it sets another level
        context.execution_options.preserve_order = True
        context.enable_progress_bars = False
        source = _read(ray, names)
        headings = find_headings(
            [name for name in source.columns() or [] if not name.startswith(PREFIX)],
            completion=completion,
            problem=problem,
        )
        dataset = _mapped(source, as_one_reward(reward), headings, gold, actors)
        summary = Summary(headings, above=above)
        if output is not None and output.endswith("/"):
            dataset.write_parquet(output)
            dataset = ray.data.read_parquet(output)
            output = None
        _collect(dataset, output, summary, headings, on_rows)
    except ray.exceptions.RayError as error:
        raise TableError(
            f"Ray stopped: {_why(error)}. Without --engine ray the row is named, and the scores "
            "before it are kept"
        ) from error
    finally:
        if ours:
            ray.shutdown()
    return summary


def in_stores(names: Sequence[str]) -> bool:
    """Whether files are named by a store's address (``s3://...``), so that only Ray reads them.

    Example:
        >>> in_stores(["s3://bucket/samples.parquet"]), in_stores(["samples.parquet"])
        (True, False)
    """
    return any("://" in name for name in names)


def first_rows(names: Sequence[str], count: int) -> list[LocatedRow]:
    """The first rows of files that only Ray reads.

    Raises:
        OptionError: Ray is not installed.
        TableError: There are no rows, or Ray cannot read the files.
    """
    try:
        import ray  # noqa: PLC0415 (an extra)
    except ImportError as error:
        raise OptionError(NO_RAY) from error
    ours = not ray.is_initialized()
    if ours:
        _start(ray, None)
    try:
        logging.getLogger("ray.data").setLevel(logging.CRITICAL)
        ray.data.DataContext.get_current().enable_progress_bars = False
        rows = _read(ray, names).take(count)
    except (ray.exceptions.RayError, OSError, ValueError) as error:
        raise TableError(f"{names[0]}: Ray cannot read it: {_why(error)}") from error
    finally:
        if ours:
            ray.shutdown()
    if not rows:
        raise TableError(f"{names[0]} has no rows")
    return [LocatedRow(row, names[0], place, "row") for place, row in enumerate(rows, 1)]


def _why(error: BaseException) -> str:
    """What was raised on the other machine, in a sentence."""
    said = [line for line in str(error).splitlines() if _RAISED.match(line)]
    return said[-1].partition(": ")[2] if said else str(error).strip().splitlines()[0]


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


def _read(ray: Any, names: Sequence[str]) -> Any:
    remote = [name for name in names if "://" in name]
    paths = [*remote, *map(os.path.abspath, paths_of([n for n in names if n not in remote]))]
    endings = {suffix_of(name) for name in paths}
    readers = {
        ".parquet": ray.data.read_parquet,
        ".jsonl": lambda files: ray.data.read_json(files, file_extensions=None),
        ".ndjson": lambda files: ray.data.read_json(files, file_extensions=None),
        ".csv": ray.data.read_csv,
    }
    if len(endings) != 1 or not endings <= readers.keys():
        raise TableError(
            f"Ray reads files of one format of {', '.join(readers)}, and these end in "
            f"{', '.join(sorted(endings)) or 'nothing'}; without --engine ray more are read"
        )
    return readers[endings.pop()](paths)


def _collect(
    dataset: Any,
    output: str | None,
    summary: Summary,
    headings: Headings,
    on_rows: Callable[[int], None] | None,
) -> None:
    """Count what was scored, and write it in the input's order, its rows numbered again."""
    rows = _numbered(dataset, headings)
    if output is None:
        for row in rows:
            summary.add(row)
        return
    with Unfinished(Path(output), {"engine": "ray"}, fresh=True) as unfinished:
        piece: list[dict[str, Any]] = []
        for row in rows:
            summary.add(row)
            piece.append(row)
            if len(piece) == CHUNK:
                unfinished.append(piece, read=summary.completions, digest="")
                if on_rows:
                    on_rows(len(piece))
                piece = []
        unfinished.append(piece, read=summary.completions, digest="")
        unfinished.finish()


def _numbered(dataset: Any, headings: Headings) -> Iterator[dict[str, Any]]:
    place = -1
    for table in dataset.iter_batches(batch_format="pyarrow", batch_size=CHUNK):
        for row in table.to_pylist():
            place += row[f"{PREFIX}sample"] == 0
            row[f"{PREFIX}row"] = place
            if headings.problem is None:
                row[f"{PREFIX}problem"] = str(place)
            yield row
