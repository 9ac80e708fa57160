"""A response as text with its answer and the words that mattered marked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grpo_rewards.core.batch import Outcome
from grpo_rewards.responses.layouts import ResponseFormat
from grpo_rewards.wording.vocabulary import Sense, spotted

__all__ = ["Span", "marked_text", "spans"]

Span = tuple[int, int, str]
"""Where something stands, and what it is: ``answer``, ``tag`` or ``word``."""
MARKS = {"answer": ("»", "«"), "tag": ("", ""), "word": ("›", "‹")}
"""What is written around each kind where there are no colours."""
STYLES = {"answer": "bold green", "tag": "dim", "word": "bold yellow"}
SENSES: tuple[Sense, ...] = ("denies", "hedges", "retracts", "disowns", "rivals")
"""Words of these senses around an answer may be why it is none."""
NEAR = 200
"""How many characters at the end of a response without an answer are looked at for such words."""
LONGEST = 6_000
"""Of a longer response its end is shown (characters): there its answer is."""


def spans(text: str, format: ResponseFormat | None, outcome: Outcome) -> list[Span]:
    """Where a response has its answer, its tags, and where it has no answer words that may be why.

    They do not overlap, and stand in their order.
    """
    found: list[Span] = []
    for tag in format.tags if format else ():
        found += [(each.start(), each.end(), "tag") for each in re.finditer(re.escape(tag), text)]
    place = _answer_place(text, outcome)
    if place:
        found.append((*place, "answer"))
    elif "no answer" in _details(outcome, "verdict"):
        low = max(len(text) - NEAR, 0)
        found += [
            (low + spot.start, low + spot.end, "word") for spot in spotted(text[low:], *SENSES)
        ]
    found.sort(key=lambda span: (span[0], span[2] != "answer", -span[1]))
    kept: list[Span] = []
    for span in found:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def marked_text(text: str, marks: list[Span]) -> str:
    """The text with its marks written out.

    Example:
        >>> marked_text("It is 42.", [(6, 8, "answer")])
        'It is »42«.'
    """
    parts, last = [], 0
    for start, end, kind in marks:
        opening, closing = MARKS[kind]
        parts += [text[last:start], opening, text[start:end], closing]
        last = end
    return "".join([*parts, text[last:]])


def _answer_place(text: str, outcome: Outcome) -> tuple[int, int] | None:
    """Where the last occurrence of the answer is; white space may be written otherwise."""
    for answer in _details(outcome, "answer"):
        words = str(answer).split()
        if not words or len(words) > 60:
            continue
        found = list(re.finditer(r"\s+".join(map(re.escape, words)), text))
        if found:
            return found[-1].span()
    return None


def _details(outcome: Outcome, name: str) -> Iterator[object]:
    value = outcome.details.get(name)
    if value is not None:
        yield value
    for part in outcome.parts.values():
        yield from _details(part, name)
