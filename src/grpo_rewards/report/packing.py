"""The completions of a page, packed: columns of numbers and one list of texts, compressed.

The packed form is letters and digits only, so no text in it can end a script or begin a tag.
"""

from __future__ import annotations

import base64
import json
import math
import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from grpo_rewards.report.gathering import NO_ANSWER, VERDICTS, Gathered, no_answer_kind
from grpo_rewards.report.oddities import ODDITIES, Usual, dissenters, oddities_of

__all__ = ["completions_of_page", "packed"]

MOST_TEXT = 40_000_000
"""Characters of completions that a page holds in all; each is cut so that they fit."""


def packed(text: str) -> str:
    """A text as the page's script unpacks it: deflated, in base64."""
    return base64.b64encode(zlib.compress(text.encode("ascii"), 6)).decode("ascii")


@np.errstate(over="ignore", invalid="ignore")  # scores beyond all measure have no mean
def completions_of_page(found: Gathered, reasons: Sequence[str]) -> dict[str, Any]:
    """What the page's table shows, column by column.

    Args:
        found: All rows.
        reasons: The kinds of reasons for no answer, in the order in which the page has them.
    """
    texts: dict[str, int] = {}

    def text_place(text: str) -> int:
        return texts.setdefault(text, len(texts))

    samples = found.samples
    longest = max(400, MOST_TEXT // max(len(samples), 1))
    cuts = [sample.text.shorter(longest) for sample in samples]
    usual = Usual.of(found)
    against = dissenters(found)
    kinds = {reason: place for place, reason in enumerate(reasons)}
    places = [sample.place for sample in samples]
    marks = [_marks(found, place, against) for place in places]
    return {
        "verdicts": list(VERDICTS),
        "parts": list(found.parts),
        "oddities": [[oddity.name, oddity.meaning] for oddity in ODDITIES],
        "rows": [sample.row for sample in samples],
        "steps": _numbers(found.steps, places) if _any(found.steps) else None,
        "problems": [found.problems[place] for place in places],
        "names": [text_place(found.names[found.problems[place]]) for place in places],
        "verdict": [found.verdicts[place] for place in places],
        "score": _numbers(found.scores, places),
        "part": [_numbers(column, places) for column in found.parts.values()],
        "odd": [oddities_of(sample, found, usual) for sample in samples],
        "against": marks,
        "reasonKind": [
            kinds.get(no_answer_kind(sample.reason), -1)
            if found.verdicts[sample.place] == NO_ANSWER
            else -1
            for sample in samples
        ],
        **{
            name: [text_place(getattr(sample, name)) for sample in samples]
            for name in ("prompt", "answer", "gold", "rule", "reason")
        },
        "head": [cut.head for cut in cuts],
        "tail": {place: cut.tail for place, cut in enumerate(cuts) if cut.omitted},
        "omitted": {place: cut.omitted for place, cut in enumerate(cuts) if cut.omitted},
        "texts": list(texts),
    }


def as_json(value: Any) -> str:
    """JSON in ASCII; a lone surrogate stays one."""
    return json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))


def _marks(found: Gathered, place: int, against: Any) -> list[int]:
    """The parts that go against the verdict; -1 stands for judges that differ."""
    names = list(found.parts)
    marks = [names.index(name) for name, rows in against.items() if rows[place]]
    return [*marks, -1] if found.agreeing[place] == 0 else marks


def _numbers(column: Sequence[float], places: Sequence[int]) -> list[float | None]:
    return [
        None if not math.isfinite(value) else int(value) if value == int(value) else round(value, 4)
        for value in (column[place] for place in places)
    ]


def _any(column: Sequence[float]) -> bool:
    return any(not math.isnan(value) for value in column)
