"""Golds that a reward cannot judge by, or judges by wrongly: what ``check-golds`` looks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from grpo_rewards.answers import Policy, compare_many
from grpo_rewards.answers.values.kinds import Words
from grpo_rewards.answers.values.readings import read
from grpo_rewards.errors import ColumnError
from grpo_rewards.rewards.answer import acceptable_golds
from grpo_rewards.rewards.golds import PROSE_WORDS, solution_answer
from grpo_rewards.testing.forms import right_forms

__all__ = ["KINDS", "GoldFinding", "checked_golds"]

KINDS = {
    "missing": "the row has no gold, and rewards have no opinion on it",
    "no gold": "it is neither a text nor a number, nor a list of them; a field of a dict is named "
    "by a path, as in --gold-column column.field",
    "worked solution": "it is a text that ends in an answer: read it by gold_format=",
    "prose": "it is so long that no answer equals it",
    "unreadable": "it is written as mathematics and read as words: mend the notation",
    "undecided": "whether it equals itself, written otherwise, cannot be decided in time",
    "unequal": "it does not equal itself, written otherwise",
}
"""What may be wrong with a gold, and what that means."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_MATHEMATICS = re.compile(r"\\[a-zA-Z]|[\^_{}=]|\d\s*[-+*/]\s*[\d(]|[\d)]\s*[*/]\s*\w")
CHUNK = 256
"""Golds that are compared together."""
_POLICY = Policy()


@dataclass(frozen=True, slots=True)
class GoldFinding:
    """What is wrong with a gold."""

    where: str
    gold: str
    kind: str
    detail: str
    rows: int = 1
    """How many rows have it."""


def checked_golds(golds: Iterable[tuple[str, Any]]) -> Iterator[GoldFinding]:
    r"""What is wrong with golds, each looked at once.

    Args:
        golds: Where each stands, and what the gold's column holds.

    Example:
        >>> rows = [("line 1", "42"), ("line 2", None), ("line 3", r"\frac{1}{2")]
        >>> [(each.where, each.kind) for each in checked_golds(rows)]
        [('line 2', 'missing'), ('line 3', 'unreadable')]
    """
    first: dict[str, tuple[str, str]] = {}
    rows: dict[str, int] = {}
    for where, value in golds:
        try:
            texts = acceptable_golds(value)
        except ColumnError:
            key, texts, problem = repr(value)[:200], (), ("no gold", type(value).__name__)
        else:
            key, problem = "", ("missing", "")
        if not texts:
            first.setdefault(
                f"\0{problem[0]}{key}", (where, f"\0{problem[0]}\0{problem[1]}\0{key}")
            )
            rows[f"\0{problem[0]}{key}"] = rows.get(f"\0{problem[0]}{key}", 0) + 1
        for text in texts:
            first.setdefault(text, (where, text))
            rows[text] = rows.get(text, 0) + 1
    waiting: list[tuple[str, str]] = []
    for key, (where, text) in first.items():
        if text.startswith("\0"):
            _, kind, detail, shown = text.split("\0", 3)
            yield GoldFinding(where, shown, kind, detail, rows[key])
            continue
        if finding := _looked_at(where, text, rows[key]):
            yield finding
            continue
        waiting.append((where, text))
        if len(waiting) == CHUNK:
            yield from _compared(waiting, rows)
            waiting = []
    yield from _compared(waiting, rows)


def _looked_at(where: str, gold: str, count: int) -> GoldFinding | None:
    """What a gold's look says of it."""
    answer = solution_answer(gold)
    if answer != gold:
        detail = f"its answer is {answer}" if answer else "no answer is in it"
        return GoldFinding(where, gold, "worked solution", detail, count)
    if len(_WORD.findall(gold[:10_000])) >= PROSE_WORDS:
        return GoldFinding(where, gold, "prose", f"it has {len(gold.split()):,} words", count)
    readings = read(gold, _POLICY.max_length)
    if _MATHEMATICS.search(gold) and all(isinstance(value, Words) for value in readings):
        return GoldFinding(where, gold, "unreadable", "it is compared as a text", count)
    return None


def _compared(golds: list[tuple[str, str]], rows: dict[str, int]) -> Iterator[GoldFinding]:
    """The golds that do not equal themselves, or of which that is open."""
    forms = [(where, gold, form) for where, gold in golds for form in right_forms(gold)]
    verdicts = compare_many([gold for _, gold, _ in forms], [form.text for _, _, form in forms])
    said: set[str] = set()
    for (where, gold, form), verdict in zip(forms, verdicts, strict=True):
        if verdict or gold in said:
            continue
        said.add(gold)
        kind = "undecided" if verdict.equal is None else "unequal"
        yield GoldFinding(where, gold, kind, f"{form.name}: {form.text}", rows[gold])
