"""What a scored file says in all: rates, reasons, parts; counted row by row, in little memory."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from grpo_rewards.core.base import Reward
from grpo_rewards.core.watching import formats_of
from grpo_rewards.errors import ColumnError
from grpo_rewards.responses.completions import completion_text
from grpo_rewards.responses.surveys import SURVEYED, what_was_seen
from grpo_rewards.scoring.headings import Headings
from grpo_rewards.scoring.judging import PART, PREFIX
from grpo_rewards.scoring.rates import PassRates, Tally, is_right

__all__ = ["Summary", "reason_kind"]

KINDS = 200
"""How many kinds of reasons are counted apart; a model's text may be in them."""
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_NUMBER = re.compile(r"\d+")


def reason_kind(reason: str) -> str:
    r"""A reason without what differs from row to row: numbers, and what is quoted.

    Example:
        >>> reason_kind(r"no answer: \boxed occurs 3 times")
        'no answer: \\boxed occurs N times'
    """
    return _NUMBER.sub("N", _QUOTED.sub("'...'", reason))[:160]


class Summary:
    """Counts of scored rows.

    Args:
        headings: Which columns of the rows are which.
        above: The score above which a completion is right, of rewards without a verdict.
    """

    def __init__(self, headings: Headings | None = None, *, above: float | None = None) -> None:
        self.headings = headings
        self.above = above
        self.completions = 0
        self.silent = 0
        self.total = 0.0
        self.verdicts: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.parts: dict[str, list[float]] = {}
        self.tally: Tally | None = Tally()
        self.unanswered: list[str] = []

    def add(self, row: Mapping[str, Any], *, prefix: str = PREFIX) -> None:
        """Count a scored row."""
        self.completions += 1
        if row[f"{prefix}no_opinion"]:
            self.silent += 1
        else:
            self.total += row[f"{prefix}score"]
        verdict = row[f"{prefix}verdict"]
        if verdict is not None:
            self.verdicts[verdict] += 1
        if verdict == "no answer":
            kind = reason_kind(row[f"{prefix}reason"]).removeprefix("no answer: ")
            self.reasons[
                kind if kind in self.reasons or len(self.reasons) < KINDS else "other"
            ] += 1
            if self.headings and len(self.unanswered) < SURVEYED:
                self.unanswered.append(completion_text(row[self.headings.completion]))
        for key, value in row.items():
            if key.startswith(f"{prefix}{PART}") and isinstance(value, float) and value == value:  # noqa: PLR0124 (no NaN)
                sums = self.parts.setdefault(key.removeprefix(f"{prefix}{PART}"), [0.0, 0.0])
                sums[0] += value
                sums[1] += 1
        self._add_to_tally(row, prefix)

    def _add_to_tally(self, row: Mapping[str, Any], prefix: str) -> None:
        if self.tally is None:
            return
        try:
            right = is_right(row, prefix=prefix, above=self.above)
        except ColumnError:  # a reward without a verdict: no rates are given
            self.tally = None
            return
        step = self.headings.step if self.headings else None
        group = (
            row[f"{prefix}problem"]
            if step is None
            else f"{row.get(step)}/{row[f'{prefix}problem']}"
        )
        self.tally.add(group, right)

    def rates(self, k: Sequence[int] | None = None) -> PassRates | None:
        """Pass rates, for 1 and powers of two up to the completions of most problems."""
        if self.tally is None or not self.tally.keys:
            return None
        if k is None:
            most = max(count for _, count, _ in self.tally.merged())
            k = [size for size in (1, 2, 4, 8, 16, 32, 64, 128, 256) if size <= most]
        return self.tally.rates(k=k)

    def hint(self, reward: Reward) -> str:
        """Where most completions have no answer: what they hold instead, and what would read it."""
        formats = formats_of(reward)
        if not formats or 2 * self.verdicts["no answer"] <= self.completions:
            return ""
        responses = [formats[0].parse(text) for text in self.unanswered]
        return (
            f"{self.verdicts['no answer']:,} of {self.completions:,} completions have no answer in "
            f"{formats[0]!r}; of {len(responses)} looked at, {what_was_seen(responses, formats[0])}"
        )

    def to_dict(self, k: Sequence[int] | None = None) -> dict[str, Any]:
        """As JSON can hold it."""
        judged = self.completions - self.silent
        rates = self.rates(k)
        return {
            "completions": self.completions,
            "no_opinion": self.silent,
            "mean_score": self.total / judged if judged else None,
            "verdicts": dict(self.verdicts.most_common()),
            "no_answer_reasons": dict(self.reasons.most_common()),
            "parts": {name: total / count for name, (total, count) in self.parts.items()},
            "rates": None if rates is None else rates.to_dict(),
        }
