"""Completions scored on more than one machine, with Ray Data: each actor has the reward.

Ray is an extra (``pip install 'grpo-rewards[ray]'``), and is imported here only when it is used.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from grpo_rewards.core.base import Reward
from grpo_rewards.core.wrapped import FunctionReward
from grpo_rewards.scoring.headings import Headings, digest_of, find_headings
from grpo_rewards.scoring.judging import PART, PREFIX, as_one_reward
from grpo_rewards.scoring.rows import CHUNK, score_chunk, spread, table_keys

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["DatasetScorer", "pool_of", "score_dataset", "scored_dataset", "written_by_value"]


class DatasetScorer:
    """What an actor of Ray does to a batch of rows.

    Args:
        reward: The reward as `written_by_value` writes it, which is read once an actor.
        headings: Which column is which.
        gold: The column with the golds.
        prefix: What stands before the new keys.
    """

    def __init__(
        self, reward: bytes, headings: Headings, gold: str | None = None, prefix: str = PREFIX
    ) -> None:
        self.reward: Reward = pickle.loads(reward)  # noqa: S301 (`written_by_value` wrote it)
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
    return scored_dataset(dataset, judge, headings, gold, actors, chunk=chunk, prefix=prefix)


def scored_dataset(
    dataset: Any,
    reward: Reward,
    headings: Headings,
    gold: str | None,
    actors: int | tuple[int, int] | None,
    *,
    chunk: int = CHUNK,
    prefix: str = PREFIX,
) -> Any:
    """`score_dataset`, where the columns are known."""
    return dataset.map_batches(
        DatasetScorer,
        fn_constructor_args=(written_by_value(reward), headings, gold, prefix),
        batch_format="pyarrow",
        batch_size=chunk,
        compute=pool_of(actors),
        num_cpus=1,
    )


def pool_of(actors: int | tuple[int, int] | None) -> Any:
    """So many actors, or as many as there are cores but one, which reads."""
    import ray  # noqa: PLC0415 (an extra)

    least, most = actors if isinstance(actors, tuple) else (actors, actors)
    return ray.data.ActorPoolStrategy(min_size=least or 1, max_size=most or max(_cores() - 1, 1))


def written_by_value(judge: Any) -> bytes:
    """A reward, or what holds one, for another machine: the running script's functions by value."""
    from ray import cloudpickle  # noqa: PLC0415 (an extra)

    base: Any = cloudpickle.CloudPickler

    class Pickler(base):  # type: ignore[misc]
        def reducer_override(self, value: Any) -> Any:
            if isinstance(value, FunctionReward) and value.function.__module__ == "__main__":
                return value.reduced_by_value()
            return super().reducer_override(value)

    written = io.BytesIO()
    pickler: Any = Pickler(written)
    pickler.dump(judge)
    return written.getvalue()


def _cores() -> int:
    import ray  # noqa: PLC0415 (an extra)

    resources: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
    return int(resources.get("CPU", 1))
