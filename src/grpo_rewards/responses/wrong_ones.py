"""The option that a text calls the wrong one and gives reasons for: that one was asked for."""

from __future__ import annotations

from functools import cache

import regex

from grpo_rewards.responses.commitments import STOP
from grpo_rewards.responses.openings import takes_back
from grpo_rewards.wording.announcements import conclusion
from grpo_rewards.wording.vocabulary import any_of
from grpo_rewards.wording.wrong_options import WRONG, wrong_option

__all__ = ["called_wrong"]

_LABELS = regex.compile(r"(?<![\w'’])(?:[B-J](?![\w'’])|A(?=[).]))")


@cache
def _numbered() -> regex.Pattern[str]:
    """The number of an option behind a noun, or at the start of a line."""
    noun = rf"(?:{any_of('options', 'numbers')}|(?:option|statement|choice|answer)|aff?[ei]rma\w+)"
    return regex.compile(
        rf"(?:{noun}\s+|^\s*+(?=\d[.)]))(?P<number>\d)(?!\d)", regex.IGNORECASE | regex.MULTILINE
    )


_SENTENCE = regex.compile(rf"{STOP.pattern}\s+|(?<=[.!?][\"”»'])\s+|\n\s*")
_CALLED_RIGHT = regex.compile(
    r"(?<!\bin)(?:corr?e[ct]t|richtig|giust)|\b(?:right|true)\b",
    regex.IGNORECASE,
)
LONGEST_ASKED = 2_000
"""Longer texts (characters) are not looked through for the option that is called wrong."""
LEAST_REASON = 40
"""The shortest reason (characters) beside an option that is called wrong."""


def called_wrong(text: str) -> str | None:
    """The option that one sentence calls the wrong one and others give reasons for.

    Without a reason it may only leave that option out; beside another one, or beside what is
    right, it does.

    Example:
        >>> called_wrong(
        ...     "It flies and has feathers, and no fins at all. The incorrect option is D."
        ... )
        'D'
        >>> called_wrong("The right one has fins, and D has none of them. The wrong option is D.")
    """
    small = text.lower() if len(text) <= LONGEST_ASKED else ""
    if not any(stem in small for stem in WRONG):
        return None
    sentences = _SENTENCE.split(text)
    named = {place: wrong_option(sentence) for place, sentence in enumerate(sentences)}
    places = [place for place, option in named.items() if option]
    option = named[places[0]] if len(places) == 1 else None
    if option is None:
        return None
    below = " ".join(sentences[places[0] + 1 :])
    reasons = f"{' '.join(sentences[: places[0]])} {below}"
    own = option.removeprefix("option ")[0].upper()
    if own.isdecimal():
        others = {found["number"] for found in _numbered().finditer(reasons)} - {own}
    else:
        others = {label.upper() for label in _LABELS.findall(reasons)} - {own}
    if len(reasons) < LEAST_REASON or others or _CALLED_RIGHT.search(reasons):
        return None
    if below and (takes_back(below, option[0]) or conclusion(sentences[-1])):
        return None
    return None if f"{sentences[places[0]]}?" in text else option
