"""Comparing a gold with a prediction: the cheapest rule that can decide, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import regex

from grpo_rewards.answers.equality import equal_values
from grpo_rewards.answers.normalize import canonical
from grpo_rewards.answers.reading import DENIAL, MAX_LENGTH, read
from grpo_rewards.answers.values import (
    Assignment,
    Choice,
    Collection,
    Expression,
    Interval,
    Matrix,
    Number,
    Relation,
    Union,
    Value,
    Words,
)

__all__ = ["Verdict", "compare", "exact_number", "numbers_in"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What comparing a gold with a prediction says; true only when they are equal.

    Example:
        >>> verdict = compare("1/2", "50%")
        >>> bool(verdict), verdict.rule
        (True, 'number')
    """

    equal: bool | None
    """Whether they are equal; ``None`` when the gold is missing, so that nothing can be said."""
    rule: str
    """The rule that decided: text, number, choice, words, collection, relation, expression."""
    reason: str
    """A sentence that shows both values as they were understood."""

    def __bool__(self) -> bool:
        return self.equal is True


def compare(gold: str, prediction: str) -> Verdict:
    r"""Whether a careful teacher who sees only the gold would accept the prediction.

    Args:
        gold: The reference answer.
        prediction: The answer to judge. Both may be written in LaTeX or plain text.

    Returns:
        The verdict; undecided only when the gold is blank. Never raises, whatever the texts.

    Example:
        >>> bool(compare(r"\frac{1}{2}", "0.5"))
        True
        >>> print(compare("42", "41 or 42").reason)
        not equal: the gold is 42, the answer is 41 or 42
    """
    if not gold.strip():
        return Verdict(None, "text", "undecided: the gold is blank")
    equal, rule = _decide(gold, prediction)
    verdict = "equal" if equal else "not equal"
    return Verdict(
        equal, rule, f"{verdict}: the gold is {_shown(gold)}, the answer is {_shown(prediction)}"
    )


def _shown(text: str) -> str:
    text = canonical(text[:400]) or "blank"
    return text if len(text) <= 80 else f"{text[:77]}..."


@lru_cache(maxsize=16_384)
def _decide(gold: str, prediction: str) -> tuple[bool, str]:
    if not prediction.strip():
        return False, "text"
    if gold == prediction or _same_canonical(gold, prediction):
        return True, "text"
    rule = ""
    for expected in read(gold):
        for actual in read(prediction):
            if equal_values(expected, actual):
                return True, _rule(expected, actual)
            rule = rule or _rule(expected, actual)
    return False, rule


def _same_canonical(gold: str, prediction: str) -> bool:
    if max(len(gold), len(prediction)) > MAX_LENGTH:
        return gold.split() == prediction.split()
    text = _compact(canonical(gold))
    return bool(text) and text == _compact(canonical(prediction))


_LOOSE_SPACE = regex.compile(r"(?<!\w) | (?!\w)")


def _compact(text: str) -> str:
    return _LOOSE_SPACE.sub("", text)


_RULES: tuple[tuple[tuple[type, ...], str], ...] = (
    ((Collection, Interval, Union, Matrix), "collection"),
    ((Relation, Assignment), "relation"),
    ((Choice,), "choice"),
    ((Words,), "words"),
    ((Expression,), "expression"),
)


def _rule(gold: Value, prediction: Value) -> str:
    for kinds, rule in _RULES:
        if isinstance(gold, kinds) or isinstance(prediction, kinds):
            return rule
    return "number"


# Numbers in text ------------------------------------------------------------------------------

_LITERAL = regex.compile(
    r"(?<![\w.,^_/])[-+]?(?:\d+ \d+/\d+|\d+/\d+|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"(?:[eE][-+]?\d+)?(?:st|nd|rd|th)?%?(?![\d^_/]|[A-Za-z](?![A-Za-z])|[.,]\d)"
)
_MATHEMATICAL = regex.compile(
    r"[\\^_{}=<>*]|\N{REPLACEMENT CHARACTER}\s*[-+/]|[+/]\s*\N{REPLACEMENT CHARACTER}"
)


def exact_number(text: str) -> Fraction | None:
    """The exact number that a text is, units and percent signs understood; ``None`` if it is none.

    Example:
        >>> exact_number("$1,234.50"), exact_number("50%"), exact_number("sqrt(2)")
        (Fraction(2469, 2), Fraction(1, 2), None)
    """
    if not text.strip():
        return None
    value = read(text)[0]
    if isinstance(value, Assignment) and value.name[0] != "identity":
        value = value.value
    return value.value if isinstance(value, Number) else None


def numbers_in(text: str) -> list[str]:
    """The numbers that a short prose text states, as written; none where it denies or hedges.

    Example:
        >>> numbers_in("She paid $20."), numbers_in("20 or 7"), numbers_in("not 20")
        (['20'], ['20', '7'], [])
    """
    if len(text) > MAX_LENGTH:
        return []
    if exact_number(text) is not None:
        return [text]
    prose = canonical(text)
    found = list(_LITERAL.finditer(prose))
    if len(found) == 1:
        around = f"{prose[: found[0].start()]}\N{REPLACEMENT CHARACTER}{prose[found[0].end() :]}"
        if _MATHEMATICAL.search(around) or DENIAL.search(around):
            return []
    return [match[0] for match in found]
