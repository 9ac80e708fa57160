"""Where two judges of the same completions differ, by kind, with samples of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from grpo_rewards.scoring.judging import PREFIX

__all__ = ["Difference", "Differences"]

SAMPLES = 3
"""How many completions of a kind are kept to be shown."""


class Difference(NamedTuple):
    """How a completion was judged by one and by the other."""

    row: int
    sample: int
    gold: str | None
    answer: str | None
    first: str
    second: str
    first_reason: str
    second_reason: str


@dataclass
class Differences:
    """Counts of how two judges judged, and samples of where they differ.

    Args:
        by_score: Whether scores are compared in place of verdicts, as of rewards without one.

    Example:
        >>> from grpo_rewards import CheckAnswer, Policy
        >>> from grpo_rewards.scoring import score_rows
        >>> rows = [{"completion": "t<end_working_out><SOLUTION>0.33</SOLUTION>", "answer": "1/3"}]
        >>> found = Differences()
        >>> found.add_all(
        ...     score_rows(CheckAnswer(), rows),
        ...     score_rows(CheckAnswer(policy=Policy(digits=2)), rows),
        ... )
        >>> found.kinds
        {('wrong', 'correct'): 1}
    """

    by_score: bool = False
    compared: int = 0
    agreeing: int = 0
    unanswered: int = 0
    """Of those that agree, how many have no answer for either."""
    kinds: dict[tuple[str, str], int] = field(default_factory=dict)
    samples: dict[tuple[str, str], list[Difference]] = field(default_factory=dict)

    def add_all(
        self, first: Iterable[Mapping[str, Any]], second: Iterable[Mapping[str, Any]]
    ) -> None:
        """Compare the scored rows of one judge with those of the other."""
        for one, other in zip(first, second, strict=True):
            self.add(one, other)

    def add(self, one: Mapping[str, Any], other: Mapping[str, Any]) -> None:
        """Compare how a completion was judged by one and by the other."""
        self.compared += 1
        kind = (self._said(one), self._said(other))
        if kind[0] == kind[1]:
            self.agreeing += 1
            self.unanswered += kind[0] == "no answer"
            return
        self.kinds[kind] = self.kinds.get(kind, 0) + 1
        kept = self.samples.setdefault(kind, [])
        if len(kept) < SAMPLES:
            kept.append(
                Difference(
                    one[f"{PREFIX}row"],
                    one[f"{PREFIX}sample"],
                    one[f"{PREFIX}gold"] or other[f"{PREFIX}gold"],
                    one[f"{PREFIX}answer"] or other[f"{PREFIX}answer"],
                    *kind,
                    one[f"{PREFIX}reason"],
                    other[f"{PREFIX}reason"],
                )
            )

    def _said(self, row: Mapping[str, Any]) -> str:
        if self.by_score or row[f"{PREFIX}verdict"] is None:
            if row[f"{PREFIX}no_opinion"]:
                return "no opinion"
            return f"{row[f'{PREFIX}score']:.4g}"
        return str(row[f"{PREFIX}verdict"])

    def to_dict(self) -> dict[str, Any]:
        """As JSON can hold it; the commonest kind first."""
        return {
            "compared": self.compared,
            "agreeing": self.agreeing,
            "unanswered": self.unanswered,
            "kinds": [
                {
                    "first": kind[0],
                    "second": kind[1],
                    "completions": count,
                    "samples": [sample._asdict() for sample in self.samples[kind]],
                }
                for kind, count in sorted(self.kinds.items(), key=lambda each: -each[1])
            ],
        }
