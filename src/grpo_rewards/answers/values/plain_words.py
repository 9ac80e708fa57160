"""Words as they are compared: in small letters, without articles, stops and plurals."""

from __future__ import annotations

import re

from grpo_rewards.answers.values.mathematics import TEXT_COMMAND

__all__ = ["as_words", "without_marks"]

_AND = re.compile(r",? (?:and|&) ")
_NOT_WORD = re.compile(r"""[!"#$&',.:;@_`~]""")
_PLURAL = re.compile(r"(?<=[a-z]{3}[^s])s\b")  # "no solutions" is "no solution"
_SYNONYMS = {
    "dne": "does not exist", "infinitely many solution": "infinitely many",
    "infinite number of solution": "infinitely many", "infinite solution": "infinitely many",
    "divergent": "diverge", "convergent": "converge", "true": "yes", "false": "no",
    "no real solution": "no solution", "no solution exist": "no solution", "no solution exists": "no solution", "no real root": "no solution", "null set": "empty set",
}  # fmt: skip
_HAS_DIGIT = re.compile(r"\d")
_BRACKET = re.compile(r"[()\[\]{}]")
_ARTICLE = re.compile(
    r"^(?:(?:there (?:is|are)|it(?: is| was|'s| s)?|is|on(?=\s\w+day$))\s+)?"
    r"(?:(?:the|this) (?:limit|series|sequence|integral|equation|system|expression)\s+(?:(?:is|has)\s+)?)?"
    r"(?:(?:an?|the)\s+)?"
)


def as_words(text: str) -> str:
    """A text in small letters, without stops, its article and its plural: as words are compared.

    Example:
        >>> as_words("The derivative."), as_words("No real solutions"), as_words("True")
        ('derivative', 'no solution', 'yes')
    """
    text = TEXT_COMMAND.sub(r" \1 ", text).casefold()
    if not _HAS_DIGIT.search(text):  # beside numbers a bracket says what kind of thing they are
        text = _BRACKET.sub(" ", text)
    text = " ".join(_NOT_WORD.sub(" ", _AND.sub(" ", text)).split()) or text
    text = _ARTICLE.sub("", text) or text
    text = _PLURAL.sub("", text)
    return _SYNONYMS.get(text, text)


def without_marks(text: str) -> str:
    """A text in small letters without brackets and stops.

    Example:
        >>> without_marks("(A) Monday.")
        'a monday'
    """
    return " ".join(_NOT_WORD.sub(" ", _BRACKET.sub(" ", text.casefold())).split())
