"""Options by their letter, and perhaps their text: "(B) Monday", "B (Fish)", "B, outdoors"."""

from __future__ import annotations

import re
from typing import NamedTuple

from grpo_rewards.wording.asides import denied_option
from grpo_rewards.wording.replacements import given_anew

__all__ = ["Lettered", "lettered"]


class Lettered(NamedTuple):
    """An option that an answer names."""

    letter: str
    text: str
    """What stands behind the letter."""
    value: str
    """What of that may be a value; empty where it names options itself."""


_CHOICE = re.compile(
    r"(?:(?:option|choice|answer)\s+|选项?\s*|選項?\s*)?\(?(?P<letter>[A-Ja-j])(?:\)|(?=[.:](?:\s|[^\x00-\x7f])|$))[.:]?\s*(?P<text>.*)",
    re.IGNORECASE | re.DOTALL,
)
# B (Fish); B, outdoors: a label set off by less than a bracket or a stop of its own.
_LOOSE_CHOICE = re.compile(
    r"(?P<letter>[A-J])(?:(?: |(?=\([^\x00-\x7f]))\((?P<inside>[^()]+)\)"
    r"|(?: [-–—]{1,2} |,(?: |(?=[^\x00-\x7f]))(?:即|也就是)?|即)(?P<text>(?![A-Z] )[^,]{2,}))"
)
_OTHER_CHOICE = re.compile(
    r"(?:^|[^A-Za-z])(?-i:[A-J])(?:[).:]|$)|\([A-J]\)|\b(?:actually|wait)\b|^(?:wrong|incorrect)$",
    re.IGNORECASE,
)
_OF_BOTH = re.compile(
    r"(?:both|neither|either|all|none|any)(?: of)? \(?[A-J]\)?(?:, \(?[A-J]\)?)*,? (?:and|nor|or) \(?[A-J]\)?(?: (?:only|are correct|is correct))?",
    re.IGNORECASE,
)
_ANY_LABEL = re.compile(
    r"\b(?-i:[A-J])\b|\b(?:actually|wait|wrong|incorrect|false|then|also)\b", re.IGNORECASE
)
_CHOICE_NOT = re.compile(r"(?P<letter>[A-J]),? (?:and )?not [A-J]")
_ROMAN = re.compile(r"[IVX]+(?![A-Za-z])")


def lettered(text: str) -> Lettered | None:
    """The option that a text is, if it is one.

    Example:
        >>> lettered("(B) Monday")
        Lettered(letter='B', text='Monday', value='Monday')
        >>> lettered("B also A")
    """
    match = _CHOICE_NOT.fullmatch(text)
    if match:
        return Lettered(match["letter"], "", "")
    match = _CHOICE.fullmatch(text)
    if match and _OF_BOTH.fullmatch(match["text"]):
        return Lettered(match["letter"].upper(), match["text"], "")
    if match and not _OTHER_CHOICE.search(match["text"]) and not denied_option(")", match["text"]):
        # What follows the label is the option's text, whatever its words.
        if given_anew(f"\n{match['text']}", match["letter"].upper()):
            return None  # but another label
        return _with_text(match["letter"], match["text"])
    match = _LOOSE_CHOICE.fullmatch(text)
    option = (match["inside"] or match["text"]) if match else ""
    if match and not (
        _ANY_LABEL.search(option) or _ROMAN.match(option) or denied_option(",", option)
    ):
        return _with_text(match["letter"], option)
    return None


def _with_text(letter: str, text: str) -> Lettered:
    return Lettered(letter.upper(), text, "" if _CHOICE.fullmatch(text) else text)
