"""Answers that are said twice: lines or sentences that differ in nothing but their value."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import regex

from grpo_rewards.wording.announcements import announced
from grpo_rewards.wording.vocabulary import spotted

__all__ = ["is_announced_twice", "is_rival", "is_said_twice"]

LONGEST = 300
"""Longer sentences (characters) are not compared."""
_OPTION_LINE = regex.compile(r"[(\[*]*+(?P<letter>[A-J])(?:[)\].:*]++(?:\s.{0,80})?)?")
_FIGURES = regex.compile(
    r"(?<!\b[^\W\d_])[-+−]?\d++(?:[.,/]\d++)*+(?!(?:st|nd|rd|th)\b)|(?<!\w)(?-i:[A-HJ])(?![\w'’])|\b(?:yes|no|true|false)\b",
    regex.IGNORECASE,
)
"""Numbers (but no index of a name, as in v1), the labels of options (I is a word), truth values."""


_TRUTH_FIRST = regex.compile(r"[*_]*+(?P<said>Yes|No|True|False)[,.:;!*]")


def is_rival(before: str, last: str) -> bool:
    """Whether what stands before a last line or sentence is the same one with another value.

    Example:
        >>> is_rival("It is 41.", "It is 42."), is_rival("First, 40 + 2.", "It is 42.")
        (True, False)
        >>> is_rival("(A) Rome", "(B) Paris"), is_rival("(A) is wrong.", "(B)")
        (True, False)
    """
    if not before or len(before) > LONGEST or _begin_apart(before, last):
        return False
    truth, other = _TRUTH_FIRST.match(before), _TRUTH_FIRST.match(last)
    if truth and other and before[-1:] != "?":
        return truth["said"].casefold() != other["said"].casefold()
    option = _OPTION_LINE.fullmatch(before)
    said = _OPTION_LINE.fullmatch(last) if option else None
    if option and said:
        if any(True for _ in spotted(before, "denies")):
            return False  # "(A) is wrong" above "(B)"
        return option["letter"] != said["letter"]
    before, last = _NUMBERED.sub("#", before), _NUMBERED.sub("#", last)
    ours = _FIGURES.findall(before)
    theirs = _FIGURES.findall(last) if len(ours) == 1 else []
    if len(theirs) == 1 and _template(before) == _template(last):
        return _kind(ours[0]) == _kind(theirs[0]) and not _same_number(ours[0], theirs[0])
    return _announces_another(before, last)


def _begin_apart(before: str, last: str) -> bool:
    """Whether two texts begin with different words, none of which may be a value or its number."""
    ours, theirs = before[:24].split(None, 1), last[:24].split(None, 1)
    if not ours or not theirs:
        return True
    first, other = (words[0].strip(",.:;").casefold() for words in (ours, theirs))
    return first != other and first.isalpha() and other.isalpha() and not _may_differ(first, other)


def _may_differ(*words: str) -> bool:
    return any(len(word) < 3 or word in _FIRST_WORDS for word in words)


_FIRST_WORDS = frozenset(("first", "second", "third", "other", "another", "yes", "true", "false"))


def is_said_twice(text: str) -> bool:
    """Whether two sentences or clauses in a row are the same one with another value.

    Example:
        >>> (
        ...     is_said_twice("The answer is 41. The answer is 42."),
        ...     is_said_twice("6 * 7 is 42. It is 42."),
        ... )
        (True, False)
    """
    if _STOP.search(text) is None and text.count("is") < 2:
        return False
    sentences = [part.strip() for part in _STOP.split(text)]
    return any(
        _WORD.search(last) is not None and is_rival(before, last)
        for before, last in pairwise(sentences)
    ) or is_announced_twice(text)


def is_announced_twice(text: str) -> bool:
    """Whether two sentences or clauses in a row announce an answer, and not the same one.

    Lines that say of two subjects the same are no rivals here, as in a list.

    Example:
        >>> is_announced_twice("The answer is 41, the answer is 42")
        True
        >>> is_announced_twice("House 1 is red. House 2 is red.")
        False
    """
    clauses = [part.strip() for sentence in _STOP.split(text) for part in _PAUSE.split(sentence)]
    return any(_announces_another(before, last) for before, last in pairwise(clauses))


_STOP = regex.compile(r"[.!?]\s+|[。！？\n]\s*")
_PAUSE = regex.compile(r"[,;]\s+")
_WORD = regex.compile(r"[^\W\d_]{2}")  # else it is a list: x = 1, x = 2


def _announces_another(before: str, last: str) -> bool:
    """Whether two sentences announce an answer in the same words, and not the same one."""
    ours, theirs = announced(before), announced(last)
    if not ours or not theirs:
        return False
    if _DENIES_OPTIONS.fullmatch(ours) and theirs[:3].strip("(* .)") not in ours:
        return False  # "The answer is not C. The answer is B."
    if before[: -len(ours)].casefold() != last[: -len(theirs)].casefold():
        return False
    return not _same_number(*(rest.strip(" .*$").casefold() for rest in (ours, theirs)))


_DENIES_OPTIONS = regex.compile(
    r"not\s++(?:[-−$]{0,2}\d[\d.,]*+|[(*]{0,3}[A-J][)*]{0,3})(?:(?:,\s*+|\s++)(?:(?:or|and|nor)\s++)?[(*]{0,3}[A-J][)*]{0,3})*+[.;]?"
)


def _same_number(*values: str) -> bool:
    """Whether two values are written alike, or are one number or truth value."""
    if values[0].casefold() == values[1].casefold() or {*map(str.casefold, values)} in _ALIKE:
        return True
    return all(map(_FRACTION.fullmatch, values)) and Fraction(values[0]) == Fraction(values[1])


_ALIKE = ({"yes", "true"}, {"no", "false"})
_FRACTION = regex.compile(r"-?\d{1,18}(?:\.\d{1,18}|/[1-9]\d{0,17})?")


def _kind(value: str) -> str:
    return "number" if value[-1].isdigit() else "letter" if len(value) == 1 else "truth value"


_ORDINALS = regex.compile(r"\b(?:first|second|third|other|another|1st|2nd|3rd)\b")
# What is counted off by a number: "Case 1 gives 42", and "Step 1" is on the way.
_NUMBERED = regex.compile(
    r"\b(?:case|option|scenario|method|possibility|candidate|attempt|variant|version|guess|try)\s+"
    r"(?:\d{1,2}|[ivx]{1,4}|[A-E])(?=[\s:.,)])|\banswer\s+[A-E](?=\s?:\s?[-$\d])",
    regex.IGNORECASE,
)


def _template(text: str) -> str:
    """A sentence without its figure, and without what counts it off."""
    return _ORDINALS.sub("#", _FIGURES.sub("#", text).casefold()).rstrip(" .;,!。！")
