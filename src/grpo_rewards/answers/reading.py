r"""Text to values: the readings that an answer has.

A text may have several (``1,234`` is a number and a pair); `read` gives them all, the most usual
first.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import gcd

import regex

from grpo_rewards.answers.meaning import value_of
from grpo_rewards.answers.normalize import canonical
from grpo_rewards.answers.syntax import parse
from grpo_rewards.answers.tokens import NotMath
from grpo_rewards.answers.trees import Tree
from grpo_rewards.answers.values import (
    Assignment,
    Choice,
    Claim,
    Collection,
    Number,
    Time,
    Value,
    Words,
)

__all__ = ["DENIAL", "read"]


_PLAIN = regex.compile(r"[-+]?(?P<digits>\d+(?:\.(?P<places>\d+))?)")
_CHOICE = regex.compile(
    r"(?:(?:option|choice|answer)\s+)?\(?(?P<letter>[A-Ja-j])(?:\)|(?=[.:]\s|$))[.:]?\s*(?P<text>.*)",
    regex.IGNORECASE | regex.DOTALL,
)
_CHOICE_NOT = regex.compile(r"(?P<letter>[A-J]),? (?:and )?not [A-J]")
_TIME = regex.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?\s*(?:(?P<half>[ap])\.?\s*m\.?)?",
    regex.IGNORECASE,
)
_DECIMAL_COMMA = regex.compile(r"([-+]?\d+),(\d+)")
_LEAD_IN = regex.compile(
    r"(?P<lead>[A-Za-z][\w'’,() -]{0,120}\s)?(?:is|are|was|were|equals?|costs|leaving|remains)"
    r"(?:\s*:)?\s+(?:equal to\s+|just\s+|exactly\s+)?(?P<rest>.+)",
    regex.IGNORECASE | regex.DOTALL,
)
_LABEL = regex.compile(
    r"(?:the )?(?:final |correct )?(?:answers?|solutions?|results?)(?:\s*[:=]|\s+(?:is|are)\b:?)"
    r"\s*(?P<rest>.+)",
    regex.IGNORECASE | regex.DOTALL,
)
_YES_NO = regex.compile(
    r"(?P<said>yes|no|true|false)[.,;:] (?P<why>.+)", regex.IGNORECASE | regex.DOTALL
)
_LIST_MARK = regex.compile(r"1\.\s+(?P<rest>[-+]?\d[\d,.]*)")
DENIAL = regex.compile(
    r"n't\b|\b(?:not|no|never|neither|nor|cannot|least|most|than|about|around|roughly|nearly|almost|"
    r"approximately|between|maybe|perhaps|possibly|either|except|but|less|more|over|under|up to|if|"
    r"unless|or|doubt\w*|wrong|false|incorrect|unlikely|might|may|could|would|half|twice|double|"
    r"triple|thirds?|quarters?|times|divided|squared?|cubed?|root|power|minus|plus|negative|"
    r"opposite|inverse|reciprocal|remainder|modulo|factorial|log\w*|sine?|cosine|infinity)\b",
    regex.IGNORECASE,
)
_APPROXIMATE = regex.compile(r"(?:\\approx|\\sim|≈)\s*")
_TRAILING_ADVERB = regex.compile(
    r",? (?:altogether|in total|in all|overall|respectively|total)$", regex.IGNORECASE
)
_SET_BUILDER = regex.compile(
    r"(?:\\\{|\{)\s*(?P<name>[A-Za-z])\s*(?:\\in\s*\\mathbb\s*\{R\}\s*)?(?:\||\\mid|:)\s*(?P<condition>.*?)(?:\\\}|\})",
    regex.DOTALL,
)
_BARE_SET = regex.compile(r"\{.*,.*\}", regex.DOTALL)
_LETTERS = regex.compile(r"[A-Za-z]{2,}")
_TEXT_COMMAND = regex.compile(r"\\(?:text\w*|mathrm|mbox|mathbf)\s*\{([^{}]*)\}")
_NOT_WORD = regex.compile(r"[^\w\s%^*/+=<>|()\[\]{}\\-]")
_HAS_DIGIT = regex.compile(r"\d")
_BRACKET = regex.compile(r"[()\[\]{}]")
_ARTICLE = regex.compile(r"(?:an?|the)\s+")


@lru_cache(maxsize=16_384)
def _read_short(text: str) -> tuple[Value, ...]:
    plain = _PLAIN.fullmatch(text.strip())
    if plain and len(text) <= 400:
        return (Number(Fraction(text.strip()), len(plain["places"] or "")),)
    return tuple(_readings(canonical(text)))


def read(text: str, longest: int) -> tuple[Value, ...]:
    """The readings of an answer, the most usual first; at least one, whatever the text is.

    A text of more than ``longest`` characters is read as words only.

    Example:
        >>> read("1/2", longest=4_000)
        (Number(value=Fraction(1, 2), places=0, unit='', percent=False),)
    """
    if len(text) > longest:
        return (Words(" ".join(text.split())),)
    return _read_short(text)


def _readings(text: str) -> list[Value]:
    if not text:
        return [Words("")]
    found: list[Value] = []
    choice = _choice(text)
    if choice is not None:
        found.append(choice)
    time = _time(text)
    if time is not None:
        return [time]
    mathematical = _mathematical(text)
    if mathematical is None:
        rest = _without_lead_in(text)
        if rest is not None:
            found += _readings(rest)
        said = _YES_NO.fullmatch(text)
        if said and not regex.search(r"\b(?:yes|no|true|false)\b", said["why"], regex.IGNORECASE):
            found.append(Claim(said["said"].casefold(), _as_words(text)))
        found.append(Words(_as_words(text)))
        return found
    found.append(mathematical)
    comma = _DECIMAL_COMMA.fullmatch(text)
    if comma:
        if len(comma[2]) != 3 or comma[1].lstrip("+-").startswith("0"):
            # 0,111 and 1000,99 are decimals where a comma is the decimal mark; -3,0 is a pair.
            if comma[2][-1] != "0":
                found.append(Number(Fraction(f"{comma[1]}.{comma[2]}"), len(comma[2])))
        else:
            pair = (Number(Fraction(comma[1])), Number(Fraction(comma[2])))
            found.append(Collection("bare", pair))
    if _LETTERS.fullmatch(text):
        # "ab" is a word to one reader and a product to the other; words first.
        found.insert(0, Words(_as_words(text)))
    return found


def _choice(text: str) -> Choice | None:
    match = _CHOICE_NOT.fullmatch(text)
    if match:
        return Choice(match["letter"], "")
    plain = _TEXT_COMMAND.sub(r"\1", text)
    match = _CHOICE.fullmatch(plain)
    if match and not (match["text"] and DENIAL.search(match["text"][:12])):
        return Choice(match["letter"].upper(), _as_words(match["text"]))
    return None


def _time(text: str) -> Time | None:
    match = _TIME.fullmatch(text)
    if not match or int(match["hour"]) > 24:
        return None
    hour, minute = int(match["hour"]), int(match["minute"])
    if not (match["half"] or match["second"] or match["minute"][0] == "0" or gcd(hour, minute) > 1):
        return None  # 7:32 may as well be a ratio
    return Time(hour, minute, int(match["second"] or 0), (match["half"] or "").lower())


def _without_lead_in(text: str) -> str | None:
    """The answer in a sentence that states it: "The cost is 20", "Solution is: x = 4"."""
    shorter = _TRAILING_ADVERB.sub("", text)
    shorter = _APPROXIMATE.sub("", shorter, count=1) if _APPROXIMATE.match(shorter) else shorter
    for pattern in (_LABEL, _LIST_MARK):
        match = pattern.fullmatch(shorter)
        if match:
            return match["rest"]
    match = _LEAD_IN.fullmatch(shorter)
    if match and not DENIAL.search(match["lead"] or ""):
        rest = match["rest"].strip()
        if _choice(rest) is not None or _mathematical(rest) is not None:
            return rest
    return shorter if shorter != text else None


def _as_words(text: str) -> str:
    text = _TEXT_COMMAND.sub(r" \1 ", text).casefold()
    if not _HAS_DIGIT.search(text):  # beside numbers a bracket says what kind of thing they are
        text = _BRACKET.sub(" ", text)
    text = " ".join(_NOT_WORD.sub(" ", text).split()) or text
    return _ARTICLE.sub("", text, count=1) if _ARTICLE.match(text) else text


def _mathematical(text: str) -> Value | None:
    builder = _SET_BUILDER.fullmatch(text)
    try:
        if builder:
            return _as_set(parse(builder["condition"]), builder["name"])
        if _BARE_SET.fullmatch(text):
            text = f"\\{text[:-1]}\\}}" if not text.endswith("\\}") else text
        return value_of(parse(text))
    except (NotMath, RecursionError, OverflowError, ValueError, ZeroDivisionError):
        return None


def _as_set(condition: Tree, name: str) -> Value:
    """What ``{name | condition}`` is: the values that the condition gives the name."""
    value = value_of(condition)
    if not isinstance(value, Assignment):
        return value
    if value.name != ("sym", name):
        raise NotMath(f"the condition is not on {name}")
    return value.value
