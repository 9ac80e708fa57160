"""A chunk of rows judged: up to the first that cannot be, which is named with the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from grpo_rewards.core.base import Batch, Reward
from grpo_rewards.errors import ColumnError, CompletionError, OptionError, ScoreError
from grpo_rewards.scoring.headings import Headings
from grpo_rewards.scoring.raised import Raised, raised_by, sentence_of
from grpo_rewards.scoring.readers import LocatedRow
from grpo_rewards.scoring.rows import score_chunk, scorer_of, spread

__all__ = ["Judge", "Scored", "cause_of"]


@dataclass(frozen=True)
class Scored:
    """What became of a chunk."""

    rows: list[dict[str, Any]]
    read: int
    """Of how many rows of the input they are."""
    error: str = ""
    """Why it ends before the chunk's end."""
    digests: list[bytes] = field(default_factory=list)
    """What each row read is known by, where it is asked for."""
    frames: str = ""
    """Where the reward raised what ended it."""


@dataclass(frozen=True, kw_only=True)
class Judge:
    """Scores a chunk of rows, with what every chunk is scored by; picklable."""

    reward: Reward
    headings: Headings
    gold: str | None = None

    def __call__(self, rows: Sequence[LocatedRow], first: int = 0) -> Scored:
        """The scored rows of a chunk; up to the first that cannot be judged, and why that is.

        Args:
            rows: The rows.
            first: The place of the first one in the input.
        """
        for place, row in enumerate(rows):
            if self.headings.completion not in row.row:
                done = self(rows[:place], first) if place else Scored([], 0)
                return Scored(done.rows, done.read, done.error or self._lacking(row))
        found = self._judged(rows, first)
        if not found.error or len(rows) == 1:
            return found
        return self._up_to_the_one(rows, first) or found

    def _judged(self, rows: Sequence[LocatedRow], first: int) -> Scored:
        try:
            return Scored(self._scored(rows, first), len(rows))
        except (OptionError, ImportError):  # the same for all rows
            raise
        except Exception as error:  # noqa: BLE001 (a user's reward may raise anything; it is no verdict, the run ends)
            return self._ended(rows, error)

    def _up_to_the_one(self, rows: Sequence[LocatedRow], first: int) -> Scored | None:
        """The rows before the one that cannot be judged; ``None`` where each can, by itself."""
        half = len(rows) // 2
        scored, read = [], 0
        for piece in (rows[:half], rows[half:]):
            found: Scored | None = self._judged(piece, first + read)
            if found and found.error and len(piece) > 1:
                found = self._up_to_the_one(piece, first + read)
            if found is None:
                return None
            scored += found.rows
            read += found.read
            if found.error:
                return replace(found, rows=scored, read=read)
        return None

    def batch(self, row: Mapping[str, Any]) -> Batch:
        """A batch of one spread row."""
        scorer = scorer_of(self.reward, self.headings, gold=self.gold)
        return scorer.batch(self.reward, {name: [value] for name, value in row.items()})

    def _scored(self, rows: Sequence[LocatedRow], first: int) -> list[dict[str, Any]]:
        spread_rows = list(spread((row.row for row in rows), self.headings, first=first))
        return score_chunk(self.reward, spread_rows, self.headings, gold=self.gold)

    def _ended(self, rows: Sequence[LocatedRow], error: Exception) -> Scored:
        """Why there are no scores, and of which rows."""
        where = rows[0].where
        if len(rows) > 1:
            where = f"{where} to {rows[-1].where}"
        if isinstance(error, CompletionError):
            where = f"{where}, column {self.headings.completion!r}"
        if isinstance(error, ColumnError | CompletionError | ScoreError):
            return Scored([], 0, f"{where}: {error}")
        said = f"{where}: the reward raised {sentence_of(error)}"
        return Scored([], 0, said, frames=str(raised_by(error)))

    def _lacking(self, row: LocatedRow) -> str:
        return (
            f"{row.where}: it has no column {self.headings.completion!r}, which the rows before "
            f"it have; it has {', '.join(map(repr, row.row)) or 'none'}. Add it (null stands for "
            "an empty completion), or delete the row"
        )


def cause_of(scored: Scored) -> Raised | None:
    """Where the reward raised what ended a chunk, as the cause of the error that says so."""
    return Raised(scored.frames) if scored.frames else None
