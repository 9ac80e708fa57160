"""Which completions to look at first: paid although odd, or judged in two ways."""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from grpo_rewards.report.gathering import CORRECT, SILENT, Gathered, Sample

__all__ = ["HIDDEN", "ODDITIES", "Oddity", "Usual", "dissenters", "oddities_of"]

HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Characters that are not seen, or that change the order in which others are."""
LONG_ENOUGH = 600
"""Characters of a text that can be called repetitive."""
FOLLOWING = 0.8
"""A part goes with the verdict if it separates so many of the right and so many of the others."""


@dataclass(frozen=True)
class Usual:
    """What is usual among the completions that are right; without verdicts among the best paid."""

    score: float
    """What half of them are paid at least."""
    length: float
    """The median of their texts' lengths, in characters."""

    @classmethod
    def of(cls, found: Gathered) -> Usual:
        """The usual of some rows."""
        scores, lengths = np.array(found.scores), np.array(found.lengths)
        verdicts = np.array(found.verdicts)
        paid = verdicts == CORRECT
        if not paid.any() and np.isfinite(scores).any():
            best = np.nanmax(scores)
            paid = (scores == best) & (best > np.nanmin(scores))
        known = scores[paid & np.isfinite(scores)]
        return cls(
            float(np.median(known)) if known.size else math.inf,
            float(np.median(lengths[paid])) if paid.any() else 0.0,
        )


@dataclass(frozen=True)
class Oddity:
    """A reason to look at a completion that is paid."""

    name: str
    meaning: str
    holds: Callable[[Sample, bool, float, Usual], bool]
    """Asked with the sample, whether its answer is right, its text's length, and what is usual."""


ODDITIES = (
    Oddity(
        "paid as a right one",
        "not right, and paid as much as half of the right ones",
        lambda _sample, right, _length, _usual: not right,
    ),
    Oddity(
        "hardly a text",
        "less than a fifth as long as is usual",
        lambda _sample, _right, length, usual: 5 * length < usual.length,
    ),
    Oddity(
        "repeats itself",
        "a long text that says one thing again and again",
        lambda sample, _right, _length, _usual: _repeats(sample.text.head + sample.text.tail),
    ),
    Oddity(
        "says more than the gold",
        "an answer four times as long as the gold",
        lambda sample, _right, _length, _usual: (
            len(sample.answer) > max(40, 4 * len(sample.gold)) and bool(sample.gold)
        ),
    ),
    Oddity(
        "hidden characters",
        "characters that nobody sees, or that change the order of others",
        lambda sample, _right, _length, _usual: bool(
            HIDDEN.search(sample.text.head) or HIDDEN.search(sample.text.tail)
        ),
    ),
)
"""What makes a completion suspicious that is right, or paid like one that is."""


def oddities_of(sample: Sample, found: Gathered, usual: Usual) -> list[int]:
    """The places in `ODDITIES` of those that hold of a completion; none where it is not paid."""
    code, score = found.verdicts[sample.place], found.scores[sample.place]
    right = code == CORRECT or code >= SILENT
    if code != CORRECT and not score >= usual.score:
        return []
    length = found.lengths[sample.place]
    return [
        place for place, oddity in enumerate(ODDITIES) if oddity.holds(sample, right, length, usual)
    ]


def dissenters(found: Gathered) -> Mapping[str, Any]:
    """Of each part that mostly goes with the verdict, in which rows it goes against it.

    A part goes with the verdict if the middle between what it pays for right answers and for
    others separates most of both.
    """
    verdicts = np.array(found.verdicts)
    against: dict[str, Any] = {}
    for name, column in found.parts.items():
        scores = np.array(column)
        known = np.isfinite(scores)
        right, other = (
            (verdicts == CORRECT) & known,
            (verdicts > CORRECT) & (verdicts < SILENT) & known,
        )
        if not (right.any() and other.any()):
            continue
        middle = (scores[right].mean() + scores[other].mean()) / 2
        pays = scores > middle
        if pays[right].mean() >= FOLLOWING and (~pays[other]).mean() >= FOLLOWING:
            against[name] = (right & ~pays) | (other & pays)
    return against


def _repeats(text: str) -> bool:
    if len(text) < LONG_ENOUGH:
        return False
    written = text.encode("utf-8", "surrogatepass")
    return len(zlib.compress(written, 1)) < 0.12 * len(written)
