"""The folder of a training: its log, its comparison, and its logged completions as scored rows.

TRL writes ``completions/*.parquet`` (with ``log_completions=True``) and, with each checkpoint, its
log; the example of this repository also ``metrics.jsonl`` and ``comparison.json``.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from grpo_rewards.errors import TableError
from grpo_rewards.report.gathering import JUDGES, number
from grpo_rewards.responses.completions import completion_text
from grpo_rewards.responses.layouts import ResponseFormat
from grpo_rewards.responses.surveys import SURVEYED, likeliest_format
from grpo_rewards.scoring.judging import PART, PREFIX
from grpo_rewards.scoring.sources import located_rows

__all__ = ["Held", "is_training", "logged_metrics", "logged_rows", "measured_comparison"]

Metrics = list[dict[str, Any]]
"""Of each logged step its numbers, by their names."""
MEAN_OF_REWARD = re.compile(r"rewards/(.+)/mean")
NO_REWARDS = frozenset({"step", "advantage"})
"""Columns of numbers that are no reward's."""


class Held(NamedTuple):
    """How often something held, before or after a training."""

    value: float
    low: float
    high: float
    hits: int
    of: int


def is_training(folder: Path) -> bool:
    """Whether a folder is what a trainer wrote."""
    return any(
        next(folder.glob(pattern), None) is not None
        for pattern in ("completions/*.parquet", "metrics.jsonl", "checkpoint-*/trainer_state.json")
    )


def logged_metrics(folder: Path) -> Metrics:
    """The log of a training, in the order of its steps; of a step that came twice, the later.

    Raises:
        TableError: A file of it is no JSON.
    """
    own = folder / "metrics.jsonl"
    states = sorted(folder.glob("checkpoint-*/trainer_state.json"), key=_step_of_checkpoint)
    if own.is_file():
        entries = [located.row for located in located_rows([str(own)])]
    elif states:
        entries = _read(states[-1]).get("log_history", [])
    else:
        entries = []
    by_step: dict[float, dict[str, Any]] = {}
    for entry in entries:
        step = number(entry.get("step"))
        if not math.isnan(step):
            by_step.setdefault(step, {}).update(entry)
    return [by_step[step] for step in sorted(by_step)]


def measured_comparison(folder: Path) -> dict[str, tuple[Held, Held]]:
    """Of each measure how often it held before and after, where the training measured that."""
    path = folder / "comparison.json"
    if not path.is_file():
        return {}
    figures = _read(path)
    try:
        return {
            f"{measure}, {way}": (_held(share), _held(figures["after"][way][measure]))
            for way, measures in figures["before"].items()
            for measure, share in measures.items()
        }
    except (AttributeError, KeyError, TypeError):
        return {}  # a file of this name that something else wrote


def logged_rows(
    folder: Path, metrics: Metrics, *, format: ResponseFormat | None = None
) -> Iterator[dict[str, Any]]:
    """The logged completions as scored rows; the score is the sum of the rewards.

    Args:
        folder: The training's folder.
        metrics: Its log, which names the rewards.
        format: The layout that the rewards read, for why there is no answer; by default the
            preset that finds most answers where the rewards found one.

    Raises:
        TableError: A file cannot be read.
    """
    if not any((folder / "completions").glob("*.parquet")):
        return
    source = [str(folder / "completions")]
    format = format or _guessed_format(located.row for located in located_rows(source))
    rewards: Sequence[str] | None = None
    for located in located_rows(source):
        row = located.row
        if rewards is None:
            rewards = _rewards_of(row, metrics)
        yield {**row, **_scored(row, rewards, format)}


def _scored(
    row: Mapping[str, Any], rewards: Sequence[str], format: ResponseFormat | None
) -> dict[str, Any]:
    parts = {name: number(row.get(name)) for name in rewards}
    scores = [score for score in parts.values() if not math.isnan(score)]
    judges = [
        name.removesuffix("verdict")
        for name, value in row.items()
        if name.endswith("/verdict") and value is not None
    ]
    telling = [name for name in judges if row[f"{name}verdict"] != "no opinion"]
    judge = next(iter(telling or judges), None)
    verdict = None if judge is None else row[f"{judge}verdict"]
    said = {
        key: None if judge is None else row.get(f"{judge}{key}")
        for key in ("answer", "gold", "rule")
    }
    return {
        f"{PREFIX}score": math.fsum(scores) if scores else None,
        f"{PREFIX}verdict": verdict,
        **{f"{PREFIX}{key}": value for key, value in said.items()},
        f"{PREFIX}reason": _why_no_answer(row, format) if verdict == "no answer" else None,
        **{f"{PREFIX}{PART}{name}": score for name, score in parts.items() if len(parts) > 1},
        JUDGES: [row[f"{name}verdict"] == "correct" for name in telling],
    }


def _rewards_of(row: Mapping[str, Any], metrics: Metrics) -> list[str]:
    """The columns that are rewards; the log says it, without one every column of numbers is."""
    named = {
        match[1]: None
        for entry in metrics
        for key in entry
        if (match := MEAN_OF_REWARD.fullmatch(key))
    }
    known = [name for name in named if name in row]
    return known or [
        name
        for name, value in row.items()
        if isinstance(value, float) and name not in NO_REWARDS and "/" not in name
    ]


def _why_no_answer(row: Mapping[str, Any], format: ResponseFormat | None) -> str | None:
    return None if format is None else format.parse(_completion(row)).why_no_answer


def _guessed_format(rows: Iterator[dict[str, Any]]) -> ResponseFormat | None:
    """The preset that reads what the rewards read; none where they found no answer."""
    answered = []
    for row in rows:
        verdicts = [value for name, value in row.items() if name.endswith("/verdict")]
        if any(verdict in ("correct", "wrong") for verdict in verdicts):
            answered.append(_completion(row))
        if len(answered) == SURVEYED:
            break
    format, read = likeliest_format(answered)
    return format if 2 * read > len(answered) else None


def _completion(row: Mapping[str, Any]) -> str:
    return completion_text(row.get("completion"))


def _step_of_checkpoint(path: Path) -> int:
    step = path.parent.name.rpartition("-")[2]
    return int(step) if step.isdecimal() else -1


def _read(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise TableError(f"{path} is no JSON ({error}); mend or delete it") from error
    return value if isinstance(value, dict) else {}


def _held(share: Mapping[str, Any]) -> Held:
    low, high = share["interval"]
    return Held(
        float(share["rate"]), float(low), float(high), int(share["count"]), int(share["of"])
    )
