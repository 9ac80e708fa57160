"""A table scored: in chunks, so that no row depends on how many others there are."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from grpo_rewards.cells import as_plain
from grpo_rewards.core.base import Reward
from grpo_rewards.errors import ColumnError, CompletionError
from grpo_rewards.requirements import require_whole
from grpo_rewards.scoring.containers import columns_of, kind_of, rebuilt, with_columns
from grpo_rewards.scoring.headings import Headings, find_headings
from grpo_rewards.scoring.judging import PREFIX, RowScorer, as_one_reward, scored_keys

__all__ = [
    "CHUNK",
    "chunks_of",
    "score_chunk",
    "score_rows",
    "scorer_of",
    "spread",
    "table_keys",
]

CHUNK = 1_000
"""Completions that are judged together, and share one budget of the symbolic rule."""


def score_rows(
    reward: Any,
    table: Any,
    *,
    completion: str | None = None,
    gold: str | None = None,
    prompt: str | None = None,
    problem: str | None = None,
    none: float | None = math.nan,
    chunk: int = CHUNK,
    prefix: str = PREFIX,
) -> Any:
    r"""A table with the scores of its completions as further columns.

    Args:
        reward: As in `score_one`.
        table: Rows or columns: a list of dicts, a dict of lists or arrays, a structured array, a
            ``DataFrame``, a pyarrow or a ``datasets`` table. Where a row has a list of
            completions, the result has a row for each.
        completion: The column with the completions; by default the first of the usual names.
        gold: The column with the golds, or a path, where the reward looks for another name.
        prompt: The column with the prompts, which some rewards read.
        problem: The column that says which problem a row is of; by default a usual name, else the
            prompt's.
        none: The score where there is no opinion, beside the flag ``no_opinion``.
        chunk: How many completions are judged together.
        prefix: What stands before each new column's name.

    Returns:
        A table of the same kind (of a structured array, a dict of arrays) with the columns that
        `grpo_rewards.scoring.judging` describes, whatever is in the rows.

    Raises:
        OptionError: The reward is none, the table is none, or ``chunk`` is no number.
        ColumnError: A column is missing or misshapen.
        CompletionError: A completion is none.

    Example:
        >>> from grpo_rewards import BOXED, CheckAnswer
        >>> rows = [{"question": "6 * 7", "target": "42", "responses": [r"\boxed{42}", "?"]}]
        >>> scored = score_rows(CheckAnswer(format=BOXED), rows, gold="target")
        >>> [(row["responses"], row["reward/score"], row["reward/sample"]) for row in scored]
        [('\\boxed{42}', 5.0, 0), ('?', -4.5, 1)]
    """
    require_whole("chunk", chunk)
    judge = as_one_reward(reward)
    kind = kind_of(table)
    if kind == "rows":
        table = list(table)
    columns = columns_of(table)
    if not columns:
        raise ColumnError(
            "the table is empty: it needs a row a completion, such as "
            '{"prompt": "6 * 7", "completion": "...", "answer": "42"}'
        )
    headings = find_headings(
        [name for name in columns if not name.startswith(prefix)],
        completion=completion,
        prompt=prompt,
        problem=problem,
    )
    names = list(columns)
    rows = (dict(zip(names, values, strict=True)) for values in zip(*columns.values(), strict=True))
    spread_rows = list(spread(rows, headings, prefix=prefix))
    if not spread_rows and next(iter(columns.values())):
        raise ColumnError(
            f"no row has a completion: each list of the column {headings.completion!r} is empty"
        )
    scored: list[dict[str, Any]] = []
    for piece in chunks_of(spread_rows, chunk):
        try:
            scored += score_chunk(judge, piece, headings, gold=gold, none=none, prefix=prefix)
        except CompletionError as error:  # noqa: PERF203 (it ends the loop)
            raise CompletionError(f"{_where(piece, headings, prefix)}: {error}") from error
    if len(scored) == len(next(iter(columns.values()), ())) and not any(
        row[f"{prefix}sample"] for row in scored
    ):
        keys = table_keys(judge, prefix=prefix)
        return with_columns(table, {key: [row[key] for row in scored] for key in keys})
    return rebuilt(kind, scored)


def table_keys(reward: Reward, *, prefix: str = PREFIX) -> list[str]:
    """The columns that a table gets, in their order."""
    return [f"{prefix}{key}" for key in ("row", "problem", "sample", *scored_keys(reward))]


def spread(
    rows: Iterable[Mapping[str, Any]], headings: Headings, *, prefix: str = PREFIX, first: int = 0
) -> Iterator[dict[str, Any]]:
    """Rows with one completion each, and with their place, their problem and their sample.

    Args:
        rows: Rows as they were read; scores that they have from before are dropped.
        headings: Which of their columns is which.
        prefix: What stands before the new keys.
        first: The place of the first row.
    """
    for place, row in enumerate(rows, first):
        kept = {name: value for name, value in row.items() if not name.startswith(prefix)}
        ids = as_plain(kept.get(headings.ids)) if headings.ids else None
        problem = headings.problem_of(kept, place)
        value = as_plain(kept.get(headings.completion))
        listed = _several(value)
        if not listed and not (listed is not None and _is_plural(headings.completion)):
            listed = None  # an empty conversation is a completion as well
        for sample, completion in enumerate([value] if listed is None else listed):
            one = {**kept, headings.completion: completion}
            if listed and headings.ids and _several(ids) is not None and len(ids or ()) > sample:
                one[headings.ids] = (ids or ())[sample]
            yield {
                **one,
                f"{prefix}row": place,
                f"{prefix}problem": problem,
                f"{prefix}sample": sample,
            }


def _several(value: Any) -> Sequence[Any] | None:
    """The completions that a value lists; ``None`` where it is one completion.

    A list of chat messages is one, a list of texts or of such lists is several.
    """
    if isinstance(value, list | tuple) and all(
        isinstance(item, str | list | tuple) for item in value
    ):
        return value
    return None


def _is_plural(name: str) -> bool:
    """Whether a column's name says that its rows list completions: an empty list has none."""
    last = name.rpartition(".")[2].casefold()
    return last.endswith("s") and last != "messages"


def scorer_of(
    reward: Reward,
    headings: Headings,
    *,
    gold: str | None = None,
    none: float | None = None,
    prefix: str = PREFIX,
) -> RowScorer:
    """What judges the columns that the headings name."""
    return RowScorer(
        reward=reward,
        completion=headings.completion,
        prompt=headings.prompt,
        ids=headings.ids,
        gold=gold,
        none=none,
        prefix=prefix,
    )


def score_chunk(
    reward: Reward,
    rows: Sequence[Mapping[str, Any]],
    headings: Headings,
    *,
    gold: str | None = None,
    none: float | None = None,
    prefix: str = PREFIX,
) -> list[dict[str, Any]]:
    """Spread rows with their scores beside them, judged together."""
    scorer = scorer_of(reward, headings, gold=gold, none=none, prefix=prefix)
    if not rows:
        return []
    names = dict.fromkeys(name for row in rows for name in row)
    columns = {name: [row.get(name) for row in rows] for name in names}
    found = scorer(columns)
    return [
        {**row, **dict(zip(found, values, strict=True))}
        for row, values in zip(rows, zip(*found.values(), strict=True), strict=True)
    ]


def _where(rows: Sequence[Mapping[str, Any]], headings: Headings, prefix: str) -> str:
    """The first row whose completion cannot be read."""
    from grpo_rewards.responses.completions import completion_text  # noqa: PLC0415 (on failure)

    for row in rows:
        try:
            completion_text(row.get(headings.completion))
        except CompletionError:  # noqa: PERF203 (the first is looked for)
            return f"row {row[f'{prefix}row']}, column {headings.completion!r}"
    return f"column {headings.completion!r}"


def chunks_of(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Items in lists of a size, the last of what is left."""
    waiting = iter(rows)
    while piece := list(islice(waiting, size)):
        yield piece
