"""One clause of the contract on trial: calling the reward, and saying what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from grpo_rewards.testing.calls import (
    CALLS,
    Raised,
    RewardFunction,
    Rows,
    Score,
    Unusable,
    call,
    call_keywords,
    read_scores,
    reward_name,
    same_scores,
)

__all__ = ["NEWEST", "ContractError", "Trial", "breach", "readable_shape"]

NEWEST = "TRL 1.0 and later, with environments"
EVERY_TRAINER = "every trainer: an exception in a reward ends the training"
SHOWN = 300


class ContractError(AssertionError):
    """A reward function that a trainer cannot rely on."""

    def __init__(self, clause: str, message: str) -> None:
        super().__init__(clause, message)
        self.clause = clause
        """The clause of the contract that it breaks: one of `CLAUSES`."""
        self.message = message
        """What was given, what came back, which trainer it breaks, and what to do."""

    def __str__(self) -> str:
        return self.message


def breach(
    reward: RewardFunction, clause: str, *, given: str, returned: str, breaks: str, remedy: str
) -> ContractError:
    """The error that says how a reward breaks a clause."""
    lines = (
        f"{reward_name(reward)} breaks the contract: {clause}",
        f"  given:     {_short(given)}",
        f"  came back: {_short(returned)}",
        f"  breaks:    {breaks}",
        f"  remedy:    {remedy}",
    )
    return ContractError(clause, "\n".join(lines))


def readable_shape(reward: RewardFunction, rows: Rows, shapes: Sequence[str]) -> str:
    """The first shape that the reward can read: that it reads the others is a clause of its own."""
    for shape in shapes:
        if not isinstance(call(reward, call_keywords(rows, shape, CALLS[NEWEST])), Raised):
            return shape
    return shapes[0]


@dataclass(frozen=True, slots=True)
class Trial:
    """A reward, what to try on it, and the clause that is at stake."""

    reward: RewardFunction
    rows: Rows
    shapes: tuple[str, ...]
    shape: str
    """The one that the other clauses are checked in."""
    clause: str
    compares: bool
    """Whether scores are compared: those of a reward that may change its mind are not."""

    def fail(self, rows: Rows, shape: str, *, returned: str, breaks: str, remedy: str) -> NoReturn:
        """Raise, with what was given for these rows."""
        given = call_keywords(rows, shape, ())
        shown = {"completions": given["completions"]} | {name: given[name] for name in rows.columns}
        raise breach(
            self.reward,
            self.clause,
            given=", ".join(f"{name}={value!r}" for name, value in shown.items()),
            returned=returned,
            breaks=breaks,
            remedy=remedy,
        )

    def scores(
        self,
        rows: Rows,
        shape: str,
        *,
        version: str = NEWEST,
        reward: RewardFunction | None = None,
        breaks: str = EVERY_TRAINER,
        remedy: str = "",
    ) -> list[Score]:
        """The scores of a call; a failure of the clause where there are none."""
        returned = call(reward or self.reward, call_keywords(rows, shape, CALLS[version]))
        return self.read(returned, rows, shape, breaks=breaks, remedy=remedy)

    def read(
        self,
        returned: Any,
        rows: Rows,
        shape: str,
        *,
        breaks: str = EVERY_TRAINER,
        remedy: str = "",
    ) -> list[Score]:
        """The scores in what came back; a failure of the clause where there are none."""
        if isinstance(returned, Raised):
            rows = self._culprit(rows, shape)
            self.fail(
                rows,
                shape,
                returned=str(returned),
                breaks=breaks,
                remedy=remedy or _remedy(str(returned)),
            )
        scores = read_scores(returned, len(rows))
        if isinstance(scores, Unusable):
            breaks, remedy = FAULTS[scores.fault]
            self.fail(rows, shape, returned=scores.found, breaks=breaks, remedy=remedy)
        return scores

    def _culprit(self, rows: Rows, shape: str) -> Rows:
        """The first row that raises by itself, if one does."""
        for place in range(len(rows)):
            row = rows.take([place])
            if isinstance(call(self.reward, call_keywords(row, shape, CALLS[NEWEST])), Raised):
                return row
        return rows

    def require_same(
        self,
        rows: Rows,
        shape: str,
        expected: Sequence[Score],
        scores: Sequence[Score],
        *,
        but: str,
        breaks: str,
        remedy: str,
    ) -> None:
        """Fail at the first row whose scores differ."""
        if not self.compares:
            return
        for place, (first, second) in enumerate(zip(expected, scores, strict=True)):
            if not same_scores([first], [second]):
                self.fail(
                    rows.take([place]),
                    shape,
                    returned=f"{first}, but {second} {but}",
                    breaks=breaks,
                    remedy=remedy,
                )


GIVE_COLUMNS = (
    "give the columns that the reward needs, as in assert_reward_contract(reward, answer=['42'])"
)
REMEDIES = (
    (
        "unexpected keyword argument",
        (
            "end the signature with **columns: a trainer passes every dataset column, and newer "
            "versions pass more keywords"
        ),
    ),
    ("required keyword-only argument", GIVE_COLUMNS),
    ("required positional argument", GIVE_COLUMNS),
    ("KeyError", GIVE_COLUMNS),
    ("there is no column", GIVE_COLUMNS),
)
"""A sign in what was raised, and what to do about it."""


def _remedy(raised: str) -> str:
    for sign, remedy in REMEDIES:
        if sign in raised:
            return remedy
    return "score what cannot be read as low as a missing answer instead of raising"


FAULTS: dict[str, tuple[str, str]] = {
    "kind": (
        "every trainer: the scores become one tensor of 32-bit floats, and this cannot",
        "return a list of floats, or None for no opinion, as in [float(score) for score in scores]",
    ),
    "count": (
        "TRL raises; before 1.10 a single score went to all completions without a word",
        "return one score a completion, None where the reward has no opinion",
    ),
    "nan": (
        (
            "TRL takes nan for None and leaves the completion out without a word; a trainer that "
            "does not do so learns nan"
        ),
        "return None for no opinion, and a low score for what cannot be read",
    ),
    "infinite": (
        "every trainer: the mean of the group is infinite, and all its advantages are nan",
        "clip the score to a finite range, as in max(-10.0, min(10.0, score))",
    ),
}
"""Why a score cannot be used: whom it breaks, and what to do."""


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}... ({len(text):,} characters)"
