"""What an audit found, as a table, as text and as JSON."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from grpo_rewards.responses.layouts import ResponseFormat
from grpo_rewards.tables import plain_table
from grpo_rewards.testing.calls import Score
from grpo_rewards.testing.company_exploits import COMPANY_KINDS
from grpo_rewards.testing.exploits import KINDS
from grpo_rewards.testing.scene import REASONING
from grpo_rewards.testing.task_exploits import TASK_KINDS

__all__ = ["RIGHT", "Report", "Row", "worth"]

RIGHT = "right form"
ALL_KINDS = tuple(dict.fromkeys((*KINDS, *TASK_KINDS, *COMPANY_KINDS)))
EXAMPLES = 3
"""How many findings of a kind are shown with their text."""
EXCERPT = 160


@dataclass(frozen=True, slots=True)
class Row:
    """What one completion of an audit earned."""

    gold: str
    kind: str
    """A kind of exploit, or ``"right form"``."""
    name: str
    text: str
    score: Score
    baseline: Score
    """What an honest wrong attempt earned."""
    problem: str
    """What is wrong with the score, in a sentence; empty when nothing is."""

    @property
    def ok(self) -> bool:
        """Whether the score is as it should be."""
        return not self.problem

    @property
    def margin(self) -> float:
        """How much more it earned than an honest wrong attempt."""
        return worth(self.score) - worth(self.baseline)


@dataclass(frozen=True, slots=True)
class Report:
    """What `audit` found. Printed, it is a table of what was tried, then the findings by kind."""

    name: str
    """The audited rewards' names."""
    format: ResponseFormat
    golds: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    """What is no finding but should be known, such as golds that the reward has no opinion on."""

    @property
    def findings(self) -> tuple[Row, ...]:
        """The exploits that out-earn an honest wrong attempt, and the right forms that do not."""
        return tuple(row for row in self.rows if not row.ok)

    @property
    def ok(self) -> bool:
        """Whether there are no findings."""
        return not self.findings

    @property
    def exit_status(self) -> int:
        """0 without findings, 1 with some."""
        return int(not self.ok)

    HEADERS = ("kind", "tried", "findings", "margin")

    def summary(self) -> list[tuple[str, int, int, float]]:
        """For each kind: how many were tried, how many are findings, and the worst margin.

        The margin is over an honest wrong attempt: the highest of the exploits, the lowest of the
        right forms.
        """
        table = []
        for kind in (*ALL_KINDS, RIGHT):
            margins = [row.margin for row in self.rows if row.kind == kind]
            if margins:
                found = sum(row.kind == kind for row in self.findings)
                worst = min(margins) if kind == RIGHT else max(margins)
                table.append((kind, len(margins), found, round(worst, 3)))
        return table

    def heading(self) -> str:
        """One line: what was audited, and how many findings there are."""
        found = len(self.findings)
        return (
            f"{self.name}, read as {self.format!r}: {_count(len(self.golds), 'gold')}, "
            f"{_count(len(self.rows), 'completion')}, {_count(found, 'finding')}"
        )

    def details(self) -> str:
        """The notes, then by kind the findings: some with their text, the others by name."""
        lines = [f"note: {note}" for note in self.notes]
        for kind in (*ALL_KINDS, RIGHT):
            golds = Counter(row.name for row in self.findings if row.kind == kind)
            first = {row.name: row for row in reversed(self.findings) if row.kind == kind}
            for name in list(golds)[:EXAMPLES]:
                found = f"{kind}, {name} ({_count(golds[name], 'gold')})"
                lines.append(f"{found}: for the gold {first[name].gold} {first[name].problem}")
                lines.append(f"    {_excerpt(first[name].text)}")
            if others := [f"{name} ({golds[name]})" for name in list(golds)[EXAMPLES:]]:
                lines.append(f"    also: {'; '.join(others)}")
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON can hold it; of the rows only the findings."""
        return {
            "rewards": self.name,
            "format": repr(self.format),
            "golds": list(self.golds),
            "completions": len(self.rows),
            "ok": self.ok,
            "notes": list(self.notes),
            "summary": [dict(zip(self.HEADERS, line, strict=True)) for line in self.summary()],
            "findings": [asdict(row) for row in self.findings],
        }

    def __str__(self) -> str:
        parts = (self.heading(), plain_table(self.HEADERS, self.summary()), self.details())
        return "\n\n".join(part for part in parts if part)


def worth(score: Score) -> float:
    """What a score adds to a trainer's sum."""
    return 0.0 if score is None else score


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _excerpt(text: str) -> str:
    """A text on one line, without the reasoning that all of them have, and shortened."""
    text = text.replace(REASONING, "[...]")
    if len(text) <= EXCERPT:
        return repr(text)
    return f"{text[: EXCERPT // 2]!r} ... {text[-EXCERPT // 2 :]!r}"
