"""Sentences that open a walk over the options: "to find the correct answer, we look at each: A) ..."."""

from __future__ import annotations

import regex

__all__ = ["begins_walk", "goes_on", "opens_walk"]

LONGEST = 160
"""How far (characters) from the word for "answer" a sentence is looked at on either side."""

_COLON = regex.compile(r"[*_]*+(?P<between>[^\n.!?:：]{0,160}?)[*_]*+\s?[:：]")
# An option, or a bullet before one: where a walk begins.
_OPTION = regex.compile(
    r"[\s>*#_–—•-]*+(?:(?:option|choice|statement|answer)\s+)?[(\[*]*+(?:[A-J]|[1-9]|[a-e](?=[).]))(?:[)\].:：]|\*\*|\s[-–—]\s|\s(?=is\b))",
    regex.IGNORECASE,
)
_PURPOSE = regex.compile(
    r"\b(?:to|for|by)\s+(?:determin|find|get|identif|choos|select|decid|arriv|answer|figur|pick|work|obtain|reach|solv|know|see|check|verif|evaluat|analy[sz]|examin)\w*+\s++(?:(?:on|at|out|to)\s++)?+(?:(?:the|an?|which|what|your|this|our|is)\s++){0,6}+(?:(?:most|correct|right|best|final|appropriate|accurate|suitable|likely|valid|possible)\s++){0,4}+$"
    r"|(?:^|[\s,])(?:let['’]?s|let\s+us|we|i|we['’]ll|i['’]ll)\s+(?:(?:will|can|need\s+to|have\s+to|should|must|now|then|first)\s++){0,4}+(?:find|determine|identify|look|check|consider|analy[sz]e|examine|evaluate|list|review|compare|assess|go|explore|test)\b[^.!?\n]*+$"
    r"|\bfor\s+(?:the|this)\s+$|^\W*(?:here\s+(?:are|is)|(?:look|consider|examin|check|evaluat)\w*)\s[^.!?\n]*+$",
    regex.IGNORECASE,
)
_PLAN = regex.compile(
    r"\b(?:let['’]?s|let\s+us|(?:we|i|you)(?:['’]ll)?\s+(?:(?:will|can|need\s+to|have\s+to|should|must|now|then|first|simply)\s++){0,4}+(?:look|check|consider|analy[sz]e|examine|evaluate|go|list|review|compare|assess|break|explore|test|walk|see)|consider|examin\w+|analy[sz]\w+|evaluat\w+|review\w*|here\s+(?:are|is)|(?:each|every|all)\s+(?:of\s+)?(?:the\s+)?(?:\w+\s+)?(?:options?|choices?|statements?|answers?|ones?|possibilit(?:y|ies))|one\s+by\s+one|the\s+following)\b",
    regex.IGNORECASE,
)
_COPULA = regex.compile(
    r"(?:^|\s)(?:is|would\s+be|must\s+be|should\s+be)\s*+[*_]*+$", regex.IGNORECASE
)
_POSSIBLE = regex.compile(
    r"\b(?:possible|available|given|potential|candidate|following|proposed|listed|each|every|all\s+(?:the|of\s+the))\s+$",
    regex.IGNORECASE,
)


def opens_walk(text: str, start: int, noun_end: int) -> bool:
    r"""Whether the sentence of a word for "answer" plans to look at options, which follow it.

    Example:
        >>> text = "To find the right answer, let's look at each option:\n\nA) Rome is old."
        >>> opens_walk(text, text.index("answer"), text.index(","))
        True
        >>> text = "To answer this, the correct answer is: A) Rome"
        >>> opens_walk(text, text.rindex("answer"), text.index(" is:"))
        False
    """
    colon = _COLON.match(text, noun_end)
    if colon is None or not _OPTION.match(text, colon.end()):
        return False
    before = text[max(0, start - LONGEST) : start]
    before = before[max(before.rfind(mark) for mark in ".!?\n:") + 1 :]
    between = colon["between"]
    if _COPULA.search(between) and not _PLAN.search(between):
        return False
    if _PLAN.search(between):
        return True
    if between.strip(" *_"):
        return _POSSIBLE.search(before) is not None
    return _PURPOSE.search(before) is not None


_FIRST = regex.compile(r"[\s>*#_–—•-]*+[(\[*]*+(?:A|1|a(?=[).]))[)\].:：*]")
_CONCLUDES = regex.compile(
    r"\b(?:conclu\w+|choos\w*|select\w*|pick\w*|go\s+with|answer|is|are|therefore|thus|hence|so)\s*+[*_]*+:",
    regex.IGNORECASE,
)


def begins_walk(above: str, line: str) -> bool:
    """Whether a line is the first option of a walk that the line above it plans.

    Example:
        >>> begins_walk("Let's evaluate each option:", "A) Rome")
        True
        >>> begins_walk("Let's evaluate each option:", "B) Paris"), begins_walk("So:", "A) Rome")
        (False, False)
    """
    above = above.rstrip(" *_")
    if above[-1:] not in (":", "：") or not _FIRST.match(line):
        return False
    return _PLAN.search(above) is not None and _CONCLUDES.search(above) is None


_ITEM = regex.compile(
    r"(?:^|\n)[ \t>*#_–—•-]*+[(\[*]*+(?P<label>[A-J]|\d{1,2})(?:[)\].:：]\**(?=\s|$)|\*\*)"
)
_HEADING = regex.compile(r"[:：][*_]*+$")
_WRONG = regex.compile(r"\b(?:wrong|incorrect|false)\b", regex.IGNORECASE)
NEAR = 4_000
"""How many characters above a line are looked through for the items before it."""


def goes_on(above: str, line: str) -> bool:
    r"""Whether a line is the next item of a list above it, or heads what is said of an option.

    Example:
        >>> goes_on("A. Rome is old.\nB. Paris is too.", "C. Oslo is not.")
        True
        >>> goes_on("1. We add.\n2. We divide.", "3."), goes_on("1. We add.", "A: Rome:")
        (True, True)
        >>> goes_on("A. Rome\nB. Paris\nC. Oslo", "B. Paris")
        False
    """
    item = _ITEM.match(line)
    if item is None:
        return False
    label = str(item["label"])
    if _HEADING.search(line):
        return True
    before = [match["label"] for match in _ITEM.finditer(above[-NEAR:])]
    if _WRONG.search(above, above.rfind("\n") + 1):
        return False  # "A is wrong." and then the one that is not
    if not before or label in before or label.isdigit() != before[-1].isdigit():
        return False
    if label.isdigit():
        return int(before[-1]) + 1 == int(label) and "1" in before and item.end() == len(line)
    return ord(before[-1]) + 1 == ord(label) and "A" in before
