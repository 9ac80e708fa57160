"""The end of a text that only rejects the other options: "A is correct. B, C and D are wrong."."""

from __future__ import annotations

import regex

from grpo_rewards.responses.commitments import STOP, Extracted
from grpo_rewards.wording.dismissals import rejected

__all__ = ["disagrees", "without_rejections"]

NEAR = 400
"""How many characters at the end are looked at."""
MOST = 8
"""How many sentences or clauses are taken off."""

_CLAUSE = regex.compile(
    r"[,，;；]\s*+(?:(?:and|while|whereas|so|but)\s+|而|但)?(?=(?:[^,，;；。.\n]|[,，]\s?(?:and\s+|or\s+)?[(]?[A-J]\b|[,，][故应]?(?:排除|不选)){2,160}$)"
)
_SO = regex.compile(r"\s*+(?:所以|因此|故|so\b|therefore\b)", regex.IGNORECASE)
_CASE = regex.compile(
    r"\W*(?:(?:but|and|so|now|only)\s+)?(?:if|unless|suppose|supposing|assume|assuming|when|provided)\b|.*(?:如果|假如|假设|倘若|要是|除非)|若",
    regex.IGNORECASE,
)
_LISTED = regex.compile(r"(?:^|[\s,(，、]|项)[(]?[A-J][)]?\s*$")  # "A, B and C are wrong"
_A_LABEL = regex.compile(r"(?<![A-Za-z])[A-J](?![A-Za-z])")
_OPTION = regex.compile(r"[\s(*\[]*+(?P<label>[A-J])(?![A-Za-z])")


def without_rejections(text: str) -> tuple[str, frozenset[str]]:
    """A text without what only rejects options at its end, and which ones that names.

    Example:
        >>> without_rejections("So A is correct. B and C are wrong.")[0]
        'So A is correct.'
        >>> without_rejections("So A is correct, while the others are wrong.")[0]
        'So A is correct'
    """
    labels: frozenset[str] = frozenset()
    for _ in range(MOST):
        end = text.rstrip()
        start = _start_of_sentence(end)
        found = rejected(end[start:].strip(" *_"))
        if found is not None and start:
            text, labels = end[:start].rstrip(), labels | found
            continue
        near = max(start, len(end) - NEAR)
        for clause in _CLAUSE.finditer(end.rstrip(".。!！*"), near):
            said = end[clause.end() :].strip(" *_.。!！")
            found = rejected(said)
            if found is None:
                continue
            kept = end[start : clause.start()]
            if _CASE.match(kept) or _LISTED.search(kept):
                found = None
                break
            labels |= found
            # The reason why they are rejected goes with them.
            why = _SO.match(said) and not _A_LABEL.search(end, start, clause.start())
            text = end[: start if why and start else clause.start()].rstrip()
            break
        if found is None:
            return text, labels
    return text, labels


def _start_of_sentence(text: str) -> int:
    """Where the last sentence of a text starts."""
    near = max(0, len(text) - NEAR)
    starts = [match.end() for match in STOP.finditer(text, near)]
    marks = (text.rfind(mark, near, len(text) - 1) + 1 for mark in "。！？\n")
    return max(0, *starts[-1:], *marks)


def disagrees(found: Extracted, labels: frozenset[str]) -> bool:
    """Whether an answer names one of the options that are rejected behind it.

    Example:
        >>> disagrees(Extracted("B"), frozenset("BC")), disagrees(Extracted("A"), frozenset("BC"))
        (True, False)
    """
    named = _OPTION.match(found.answer or "")
    return named is not None and named["label"] in labels
