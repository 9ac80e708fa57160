"""The numbers that texts are, and those that they state."""

from __future__ import annotations

from fractions import Fraction

import regex

from grpo_rewards.answers.notation.normalize import canonical
from grpo_rewards.answers.policy import Policy
from grpo_rewards.answers.values.kinds import (
    Assignment,
    Claim,
    Identity,
    Number,
    Words,
)
from grpo_rewards.answers.values.measures import reads_as_unit
from grpo_rewards.answers.values.readings import read
from grpo_rewards.headroom import with_headroom
from grpo_rewards.wording.doubts import doubted

__all__ = ["exact_number", "numbers_in"]

LONGEST = Policy().max_length
"""Longer texts (characters) are no number, and state none."""
_INTEGER = regex.compile(r"-?[0-9]{1,18}")
_LITERAL = regex.compile(
    r"(?<![\w.,^_/])[-+]?(?:\d+ \d+/\d+|\d+/\d+|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"(?:[eE][-+]?\d+)?(?:st|nd|rd|th)?%?(?![\d^_/]|[A-Za-z](?![A-Za-z])|[.,]\d)"
)
_WORDS = regex.compile(r"[^\W\d_]*+(?:[\s,.:;!'’-]++[^\W\d_]*+)*+")


def exact_number(text: str) -> Fraction | None:
    """The exact number that a text is, units and percent signs understood; ``None`` if it is none.

    Example:
        >>> exact_number("$1,234.50"), exact_number("50%"), exact_number("sqrt(2)")
        (Fraction(2469, 2), Fraction(1, 2), None)
    """
    return Fraction(int(text)) if _INTEGER.fullmatch(text) else _exact_number(text)


@with_headroom
def _exact_number(text: str) -> Fraction | None:
    if not text.strip():
        return None
    for value in read(text, LONGEST):
        if isinstance(value, Words | Claim):
            continue  # of "The cost is 20." the words; what they state follows
        if isinstance(value, Assignment) and not _is_worked_out(value):
            value = value.value  # noqa: PLW2901 (the value, named or not)
        return value.value if isinstance(value, Number) else None
    return None


def _is_worked_out(value: Assignment) -> bool:
    """Whether it is ``6 * 7 = 42``, which names nothing."""
    return isinstance(value.name, Identity) and not value.name.approximate


def numbers_in(text: str) -> list[str]:
    """The numbers that a short prose text states, as written.

    A single number counts only where the words around it just state it ("She paid $20."); where
    they deny it, hedge, or work with it ("not 20", "at least 20", "half of 20"), there is none.

    Example:
        >>> numbers_in("She paid $20."), numbers_in("20 or 7"), numbers_in("not 20")
        (['20'], ['20', '7'], [])
    """
    return [text] if _INTEGER.fullmatch(text) else _numbers_in(text)


@with_headroom
def _numbers_in(text: str) -> list[str]:
    if len(text) > LONGEST:
        return []
    if isinstance(read(text, LONGEST)[0], Number):
        return [text]
    prose = canonical(text)
    found = list(_LITERAL.finditer(prose))
    if len(found) == 1:
        before, after = prose[: found[0].start()], prose[found[0].end() :]
        words_only = _WORDS.fullmatch(before) and _WORDS.fullmatch(after)
        if not words_only or doubted(before, after) or not reads_as_unit(after):
            return []
    return [match[0] for match in found]
