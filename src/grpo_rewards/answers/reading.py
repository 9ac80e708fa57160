r"""Text to values: the readings that an answer has.

A text may have several (``1,234`` is a number and a pair); `read` gives them all, the most usual
first.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from math import gcd

from grpo_rewards.answers.meaning import REALS, value_of
from grpo_rewards.answers.normalize import canonical
from grpo_rewards.answers.syntax import parse
from grpo_rewards.answers.tokens import NotMath
from grpo_rewards.answers.trees import Tree
from grpo_rewards.answers.values import (
    Assignment,
    Choice,
    Claim,
    Collection,
    Expression,
    Number,
    Time,
    Value,
    Words,
)

__all__ = ["DENIAL", "read"]


_PLAIN = re.compile(r"[-+]?(?P<digits>\d+(?:\.(?P<places>\d+))?)")
_CHOICE = re.compile(
    r"(?:(?:option|choice|answer)\s+)?\(?(?P<letter>[A-Ja-j])(?:\)|(?=[.:]\s|$))[.:]?\s*(?P<text>.*)",
    re.IGNORECASE | re.DOTALL,
)
_OTHER_CHOICE = re.compile(
    r"(?:^|[^A-Za-z])(?-i:[A-J])(?:[).:]|$)|\([A-J]\)|\b(?:actually|wait|wrong|incorrect|false)\b",
    re.IGNORECASE,
)
_CHOICE_NOT = re.compile(r"(?P<letter>[A-J]),? (?:and )?not [A-J]")
_TIME = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?\s*(?:(?P<half>[ap])\.?\s*m\.?)?",
    re.IGNORECASE,
)
_DECIMAL_COMMA = re.compile(r"([-+]?\d+),(\d+)")
# Ways to state an answer: what is stated may be anything after the first ones, and has to be
# mathematics or a choice after the others, whose lead must not deny, hedge or change it.
_STATEMENTS = tuple(
    re.compile(pattern, re.IGNORECASE | re.DOTALL)
    for pattern in (
        r"(?:the )?(?:final |correct )?(?:answers?|ans|solutions?|results?)(?:\s*[:=]|\s+(?:is|are)\b:?)\s*(?P<rest>.+)",
        r"1\.\s+(?P<rest>[-+]?\d[\d,.]*)",
        r"(?:=|:|\\approx|\\therefore|\\implies|\\Rightarrow)\s*(?P<rest>.+)",
    )
)
_COPULA = (
    r"(?:is|are|was|were|equals?|costs|leaving|remains|it'?s)(?:\s+(?:equal to|just|exactly))?"
)
_LEAD_INS = tuple(
    re.compile(pattern, re.IGNORECASE | re.DOTALL)
    for pattern in (
        rf"(?P<lead>[A-Za-z][\w'’,() -]{{0,120}}\s)?{_COPULA}(?:\s*:)?\s+(?P<rest>.+)",
        r"(?P<lead>(?:\\(?:text|mathrm)\s*\{)?\s*[A-Za-z][A-Za-z ]{1,40}\}?)\s*[:=]\s*(?P<rest>.+)",
        r"(?P<lead>[A-Za-z]+\s+[a-z]+)\s+(?P<rest>\d.*)",
    )
)
_YES_NO = re.compile(r"(?P<said>yes|no|true|false)[.,;:] (?P<why>.+)", re.IGNORECASE | re.DOTALL)
_RETRACTED = re.compile(
    r"\b(?:yes|no|true|false|wait|actually)\b|^(?:maybe|perhaps|possibly|or|and|not|but|unless|if)\b",
    re.IGNORECASE,
)
DENIAL = re.compile(
    r"n't\b|\b(?:not|no|never|neither|nor|cannot|least|most|than|about|around|roughly|nearly|almost|"
    r"approximately|between|maybe|perhaps|possibly|either|except|but|less|more|over|under|up to|if|"
    r"unless|or|doubt\w*|wrong|false|incorrect|unlikely|might|may|could|would|half|twice|double|"
    r"triple|thirds?|quarters?|times|divided|squared?|cubed?|root|power|minus|plus|negative|"
    r"opposite|inverse|reciprocal|remainder|modulo|factorial|log\w*|sine?|cosine|infinity|bound|"
    r"upper|lower|possible|nobody|guess\w*|estimate\w*|one of|multiple|divisible|nothing|depends|"
    r"instead of|unlike|hardly|scarcely|barely|far from|close to|next to|factor of|divisor of|"
    r"fraction of|excluding)\b"
    # Just before what is stated, these say how something else relates to it.
    r"|\b(?:like|from|beside|besides|beyond|without|near|against|versus|vs\.?)\s*$",
    re.IGNORECASE,
)
_TRAILING_ADVERB = re.compile(
    r",? (?:altogether|in total|in all|overall|respectively|total)$", re.IGNORECASE
)
_SET_BUILDER = re.compile(
    r"(?:\\\{|\{)\s*(?P<name>[A-Za-z])\s*(?:\\in\s*\\mathbb\s*\{R\}\s*)?(?:\||\\mid|:)\s*(?P<condition>.*?)(?:\\\}|\})",
    re.DOTALL,
)
_CHOICES = re.compile(r"[A-J]{2,}")
_SPACED_LETTER = re.compile(r"\d\s+[A-Za-z]")
# "for any integer k" after a general solution: its name is free, and it goes without saying.
_INTEGER_CLAUSE = re.compile(
    r"(?:[,;]\s*|\s+|(?=\())\(?(?:where |with |for )?(?:any |all |every |some |an )*"
    r"(?:(?:integers?\s+)?[a-z]\s*\\in\s*\\mathbb\s*\{[ZN]\}|integers?\s+[a-z]|[a-z] (?:is )?(?:an? |any )*integers?)\)?$"
)
_CONTRACTION = re.compile(r"[A-Za-z]{2,}['’](?:t|s|re|ve|ll)\b")  # "isn't 0" is no product
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{4}")
_LETTERS = re.compile(r"[A-Za-z]{2,}")
_TEXT_COMMAND = re.compile(r"\\(?:text\w*|mathrm|mbox|mathbf)\s*\{([^{}]*)\}")
_NOT_WORD = re.compile(r"""[!"#$&',.:;?@_`~]""")
_PLURAL = re.compile(r"(?<=[a-z]{3}[^s])s\b")  # "no solutions" is "no solution"
_SYNONYMS = {
    "dne": "does not exist", "infinitely many solutions": "infinitely many",
    "infinite number of solutions": "infinitely many", "infinite solutions": "infinitely many",
}  # fmt: skip
_ALL_REALS = re.compile(r"(?:all|the set of(?: all)?)? ?real(?:s| numbers?)", re.IGNORECASE)
_HAS_DIGIT = re.compile(r"\d")
_BRACKET = re.compile(r"[()\[\]{}]")
_ARTICLE = re.compile(r"^(?:there (?:is|are)\s+)?(?:(?:an?|the)\s+)?")


MAX_WRAPPINGS = 4
"""How many statements around an answer ("The answer is: x = 4") are taken off."""


@lru_cache(maxsize=16_384)
def _read_short(text: str) -> tuple[Value, ...]:
    text = canonical(text)
    plain = _PLAIN.fullmatch(text)
    if plain and len(text) <= 400:
        value = Fraction(text) if plain["places"] else Fraction(int(text))
        return (Number(value, len(plain["places"] or "")),)
    return tuple(_readings(text))


def read(text: str, longest: int) -> tuple[Value, ...]:
    """The readings of an answer, the most usual first; at least one, whatever the text is.

    A text of more than ``longest`` characters is read as words only.

    Example:
        >>> read("1/2", longest=4_000)
        (Number(value=Fraction(1, 2), places=0, unit='', percent=False, form='plain'),)
    """
    if len(text) > longest:
        return (Words(" ".join(text.split())),)
    return _read_short(text)


def _readings(text: str) -> list[Value]:
    found: list[Value] = []
    for _ in range(MAX_WRAPPINGS):
        labelled = _STATEMENTS[0].fullmatch(text)
        clause = _INTEGER_CLAUSE.search(text)
        if labelled:
            text = labelled["rest"].strip()
            continue
        if clause and clause.start():
            text = text[: clause.start()]
        time = _time(text)
        if time is not None:
            return [time]
        choice = _choice(text)
        if choice is not None:
            found.append(choice)
        mathematical = _mathematical(text)
        if mathematical is not None:
            return found + _mathematical_readings(text, mathematical)
        found += _word_readings(text)
        rest = _without_lead_in(text)
        if rest is None:
            break
        text = rest
    return found


def _word_readings(text: str) -> list[Value]:
    words = Words(_as_words(text))
    if _ALL_REALS.fullmatch(_plain_text(text)):
        return [REALS, words]
    said = _YES_NO.fullmatch(text)
    if said and not _RETRACTED.search(said["why"]):
        return [Claim(said["said"].casefold(), words.text), words]
    return [words]


def _mathematical_readings(text: str, value: Value) -> list[Value]:
    """What else a text may be that is mathematics at first sight."""
    if isinstance(value, Expression) and not _SPACED_LETTER.search(text):
        # 42t is a product; 42 t may be forty-two tons.
        value = Expression(value.tree, value.unit)
    if _LETTERS.fullmatch(text):
        # "no" is a word, no product of n and o; "ACD" may be the choices A, C and D.
        found: list[Value] = [Words(_as_words(text))]
        if _CHOICES.fullmatch(text) and list(text) == sorted(set(text)):
            found.append(Collection("bare", tuple(Expression(("sym", each)) for each in text)))
        is_product = isinstance(value, Expression) and value.tree[0] == "mul"
        return found if is_product else [*found, value]
    comma = _DECIMAL_COMMA.fullmatch(text) if "," in text else None
    if comma is None or comma[2].startswith("00"):
        return [value]
    if len(comma[2]) == 3 and not comma[1].lstrip("+-").startswith("0"):
        pair = (Number(Fraction(comma[1])), Number(Fraction(comma[2])))
        return [value, Collection("bare", pair)]
    if comma[2].endswith("0"):
        return [value]  # -3,0 is a pair
    # 0,111 and 1000,99 are decimals where a comma is the decimal mark.
    return [value, Number(Fraction(f"{comma[1]}.{comma[2]}"), len(comma[2]))]


def _choice(text: str) -> Choice | None:
    match = _CHOICE_NOT.fullmatch(text)
    if match:
        return Choice(match["letter"], "")
    match = _CHOICE.fullmatch(_plain_text(text))
    if match and not _OTHER_CHOICE.search(match["text"]) and not DENIAL.search(match["text"][:12]):
        return Choice(match["letter"].upper(), _as_words(match["text"]))
    return None


def _plain_text(text: str) -> str:
    return _TEXT_COMMAND.sub(r"\1", text) if "\\" in text else text


def _time(text: str) -> Time | None:
    match = _TIME.fullmatch(_plain_text(text)) if ":" in text else None
    if not match or int(match["hour"]) > 24:
        return None
    hour, minute = int(match["hour"]), int(match["minute"])
    if not (match["half"] or match["second"] or match["minute"][0] == "0" or gcd(hour, minute) > 1):
        return None  # 7:32 may as well be a ratio
    return Time(hour, minute, int(match["second"] or 0), (match["half"] or "").lower())


def _without_lead_in(text: str) -> str | None:
    """The answer in a sentence that states it: "The cost is 20", "Solution is: x = 4"."""
    shorter = _TRAILING_ADVERB.sub("", text)
    for pattern in _STATEMENTS:
        match = pattern.fullmatch(shorter)
        if match:
            return match["rest"].strip()
    for pattern in _LEAD_INS:
        match = pattern.fullmatch(shorter)
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
    text = _ARTICLE.sub("", text) or text
    return _SYNONYMS.get(text, _PLURAL.sub("", text))


def _mathematical(text: str) -> Value | None:
    if _DATE.fullmatch(text) or ("'" in text and _CONTRACTION.search(text)):
        return None
    builder = _SET_BUILDER.fullmatch(text) if "{" in text else None
    try:
        if builder:
            return _as_set(parse(builder["condition"]), builder["name"])
        if text.startswith("{") and text.endswith("}") and "," in text:
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
