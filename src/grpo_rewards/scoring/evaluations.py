"""Rows of the logs that evaluations write: of inspect, and of lm-evaluation-harness."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["is_inspect_log", "row_of_harness", "row_of_inspect"]


def is_inspect_log(value: Any) -> bool:
    """Whether it is a log of inspect."""
    return isinstance(value, dict) and "eval" in value and isinstance(value.get("samples"), list)


def row_of_inspect(sample: Mapping[str, Any]) -> dict[str, Any]:
    """A sample of inspect's log with the usual columns."""
    output = sample.get("output") or {}
    completion = output.get("completion")
    if completion is None:
        choices = output.get("choices") or [{}]
        completion = [choices[0].get("message") or {"role": "assistant", "content": None}]
    return {
        "prompt": sample.get("input"),
        "completion": completion,
        "answer": sample.get("target"),
        "sample_id": sample.get("id"),
        "epoch": sample.get("epoch"),
        **({"options": sample["choices"]} if sample.get("choices") else {}),
        "metadata": sample.get("metadata"),
    }


def row_of_harness(row: dict[str, Any]) -> dict[str, Any]:
    """A row of a log of lm-evaluation-harness with the usual columns; any other as it is."""
    if not {"doc_id", "resps", "target"} <= row.keys() or "completion" in row:
        return row
    said = [each for answers in row["resps"] for each in answers if isinstance(each, str)]
    if not said:
        return row
    arguments = row.get("arguments")
    first: Any = arguments
    while isinstance(first, list | dict) and first:
        first = next(iter(first.values())) if isinstance(first, dict) else first[0]
    return {
        "prompt": first if isinstance(first, str) else None,
        "completion": said if len(said) > 1 else said[0],
        "answer": row["target"],
        "doc_id": row["doc_id"],
        "doc": row.get("doc"),
    }
