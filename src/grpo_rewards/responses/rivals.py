"""Answers that are said twice: lines or sentences that differ in nothing but their value."""

from __future__ import annotations

import regex

from grpo_rewards.wording.vocabulary import spotted

__all__ = ["is_rival"]

_OPTION_LINE = regex.compile(r"[(\[*]*+(?P<letter>[A-J])(?:[)\].:*]++(?:\s.{0,80})?)?")
_FIGURES = regex.compile(r"[-+−]?\d++(?:[.,/]\d++)*+")


def is_rival(before: str, last: str) -> bool:
    """Whether what stands before a last line or sentence is the same one with another value.

    Example:
        >>> is_rival("It is 41.", "It is 42."), is_rival("First, 40 + 2.", "It is 42.")
        (True, False)
        >>> is_rival("(A) Rome", "(B) Paris"), is_rival("(A) is wrong.", "(B)")
        (True, False)
    """
    if not before:
        return False
    option, said = _OPTION_LINE.fullmatch(before), _OPTION_LINE.fullmatch(last)
    if option and said:
        if any(True for _ in spotted(before, "denies")):
            return False  # "(A) is wrong" above "(B)"
        return option["letter"] != said["letter"]
    ours, theirs = _FIGURES.findall(before), _FIGURES.findall(last)
    if len(ours) != 1 or len(theirs) != 1 or ours == theirs:
        return False
    return _template(before) == _template(last)


_ORDINALS = regex.compile(r"\b(?:first|second|third|other|another|1st|2nd|3rd)\b")


def _template(text: str) -> str:
    """A sentence without its figure, and without what counts it off."""
    return _ORDINALS.sub("#", _FIGURES.sub("#", text).casefold()).rstrip(" .;,!")
