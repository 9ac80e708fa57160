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
_CONTRASTS = regex.compile(r"while|whereas|but|so|而|但")
_STATED_LAST = regex.compile(r"\b(?:is|be)\s[(]?[A-J][)]?$")  # "It is B, and C is wrong"
_A_LABEL = regex.compile(r"(?<![A-Za-z])[A-J](?![A-Za-z])")
_OPTION = regex.compile(r"[\s(*\[]*+(?P<label>[A-J])(?![A-Za-z])")
_OPTION_LAST = regex.compile(r"(?:[(\[](?P<label>[A-J])[)\]]|\s(?P<label>[A-J]))\W*+$")


def without_rejections(text: str) -> tuple[str, frozenset[str]]:
    """A text without what only rejects options at its end, and which ones that names.

    Example:
        >>> without_rejections("So A is correct. B and C are wrong.")[0]
        'So A is correct.'
        >>> without_rejections("So A is correct, while the others are wrong.")[0]
        'So A is correct'
    """
    text, labels = _without_section(text)
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
            is_list = _LISTED.search(kept) and not (
                _CONTRASTS.search(clause[0]) or _STATED_LAST.search(kept)
            )
            if _CASE.match(kept) or is_list:
                found = None
                break
            labels |= found
            # The reason why they are rejected goes with them.
            so = _SO.match(end, clause.start() + 1)
            why = so and not _A_LABEL.search(end, start, clause.start())
            text = end[: start if why and start else clause.start()].rstrip()
            break
        if found is None:
            return text, labels
    return text, labels


# "Here are the other answers and why they are incorrect:", and a list of them to the end.
_ITEM_LINE = (
    r"\n\s{0,8}+[>*_#-]{0,8}+[ \t]{0,8}+[*_]{0,3}+[(\[]?(?:option\s)?"
    r"(?P<label>[A-J])[)\].:*][^\n]*+"
)
_ITEM = regex.compile(_ITEM_LINE, regex.IGNORECASE)
_HEADING = regex.compile(
    r"\n[ \t>*_#]*+(?=[^\n]*\b(?:others?|remaining)\b)[^\n]{0,80}?\b(?:incorrect|wrong)\b"
    rf"[^\n.!?]{{0,40}}[*_ \t]*+(?P<items>(?:{_ITEM_LINE})++)\s*+$",
    regex.IGNORECASE,
)
_KEPT = regex.compile(
    r"\bis\s(?:also\s)?(?:the\s)?(?:correct|right|best)\b|\b(?:wait|actually)\b",
    regex.IGNORECASE,
)
LONGEST_SECTION = 4_000
"""How far (characters) from the end a list of rejected options is looked for."""


def _without_section(text: str) -> tuple[str, frozenset[str]]:
    """A text without a list at its end of the options that are wrong, and which ones that names."""
    near = max(0, len(text) - LONGEST_SECTION)
    if text.find("other", near) < 0 and text.find("remaining", near) < 0:
        return text, frozenset()
    found = _HEADING.search(text, near)
    if found is None or not text[: found.start()].strip() or _KEPT.search(found["items"]):
        return text, frozenset()
    labels = frozenset(item["label"].upper() for item in _ITEM.finditer(found["items"]))
    return text[: found.start()].rstrip(), labels


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
    answer = found.answer or ""
    named = _OPTION.match(answer) or _OPTION_LAST.search(answer, max(0, len(answer) - 8))
    return named is not None and named["label"] in labels
