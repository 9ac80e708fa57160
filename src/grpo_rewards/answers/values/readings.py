r"""Text to values: the readings that an answer has.

A text may have several (``1,234`` is a number and a pair); `read` gives them all, the most usual
first.
"""

from __future__ import annotations

import re
from fractions import Fraction

from grpo_rewards.answers.notation.normalize import canonical
from grpo_rewards.answers.notation.trees import Product, Symbol
from grpo_rewards.answers.values.intervals import REALS
from grpo_rewards.answers.values.json_objects import json_object
from grpo_rewards.answers.values.kinds import (
    Choice,
    Claim,
    Collection,
    Expression,
    Number,
    Value,
    Words,
)
from grpo_rewards.answers.values.lettered_options import lettered
from grpo_rewards.answers.values.mathematics import (
    all_reals_but,
    compared,
    mathematical,
    plain_text,
    scientific,
)
from grpo_rewards.answers.values.phrases import (
    based,
    congruence,
    date,
    formula,
    odds,
    quantity_in_parts,
    ratio,
    time_of_day,
)
from grpo_rewards.answers.values.plain_words import as_words, without_marks
from grpo_rewards.answers.values.worded import (
    A_WORD,
    PLAIN_NUMBER,
    restated,
    spelled_out,
    without_lead_in,
)
from grpo_rewards.caches import ANSWERS
from grpo_rewards.wording.announcements import announced, closed, conclusion
from grpo_rewards.wording.counting import counts
from grpo_rewards.wording.retractions import taken_back
from grpo_rewards.wording.rivals import is_said_twice
from grpo_rewards.wording.sentences import approximated
from grpo_rewards.wording.statements import without_label
from grpo_rewards.wording.yes_or_no import yes_or_no

__all__ = ["read"]


_DECIMAL_COMMA = re.compile(r"([-+]?\d+),(\d+)(?P<unit> ?%| [^\d,;=()\[\]{}\\]{1,40})?")
# Money of countries that part thousands with a dot; none of it has three places.
_DOTTED_MONEY = re.compile(
    r"[-+]?(?!0)\d{1,3}\.\d{3} (?:TL|TRY|[Ll]iras?|euros?|Euros?|EUR|reais|BRL|IDR|[Rr]upiah|VND)"
    r"|(?:TRY|EUR|BRL|Rp\.?|IDR|VND) ?(?!0)\d{1,3}\.\d{3}"
)
_YES_NO = re.compile(
    r"(?P<said>yes|no|true|false)(?:[.,;:]| -{1,3}) (?P<why>.+)", re.IGNORECASE | re.DOTALL
)
# After "No," a sentence that denies says it again.
_CONFIRMS = re.compile(
    r"(?:it|this|that|the|there|they|these|those|he|she|an?|[A-Z]\w+)\b[^,;.?]*?\b(?:not|n['’]t|cannot|never|no)\b(?![^?]*\b(?:sure|certain|clear|likely|known)\b)[^?]*",
    re.DOTALL,
)
# A reason in brackets beside a truth value: "False (no aliasing occurs)".
_BESIDE = re.compile(
    r"(?P<said>yes|no|true|false|valid|invalid) ?\((?P<why>(?!or\b|and\b|also\b|but\b)(?=[^() ]* )[^()]*)\)",
    re.IGNORECASE,
)
# "这个说法是正确的" gives its verdict.
_JUDGED = re.compile(
    r"(?:这|该|此|上述|题目中?的?|题中的?)?(?:个|种|一)?(?:说法|命题|陈述|判断|观点|表述|结论|句话)是?(?P<said>正确|错误|对|错)的?"
)
# "60% of the students" is 60%.
_SHARE_OF = re.compile(
    r"(?P<share>\d[\d.]*%|\d+/\d+|\\frac\s*\{\d+\}\s*\{\d+\}) of (?:the |all |all the |his |her |their |its )?(?P<whole>[A-Za-z -]{1,80})"
)
# To how many places a number was rounded: "5.6 (to 1 d.p.)", "5.6, rounded to the nearest tenth".
_ROUNDED = re.compile(
    r"(?<=[\d%}$])(?: [A-Za-z/^{}\d]{1,12})??,? ?\(?(?:when |as |correct |rounded |accurate |expressed )*to (?:the nearest [a-z -]{3,30}|(?:\d|one|two|three|four|five) ?(?:d\.?p\.?|s\.?f\.?|decimals?(?: places?)?|significant (?:figures?|digits?)|sig\.? ?figs?))\)?$"
)
# "Sam ate 42 figs", "Sie hat 42 Euro": no product of letters, which would have its number first.
_SHORT_WORDS = re.compile(r"[A-Z][a-z]{1,2} (?:[A-Z]?[a-z]{2,3} ){1,3}\$?\d")
_UNMARKED_FORMULA = re.compile(r"(?=.*\d)(?=[A-Z][a-z]?\d?[A-Z(])(?:[A-Z][a-z]?\d*|[()]\d*)+")
_POINT = re.compile(
    r"(?:at |the )*(?:point|vertex|center|centre|origin|ordered pair|coordinates?)(?: is| are| at)? (?P<point>\(.+\))",
    re.IGNORECASE,
)
_ROMAN_ONLY = re.compile(r"(?P<listed>[IVX]+(?:,? (?:and )?[IVX]+)*) only")
_NONE_OF = re.compile(r"no [a-z]+ [a-z]+", re.IGNORECASE)
_ABBREVIATED = re.compile(r"(?P<value>(?=[^\\()\d]*\d)[^\\()]* [a-z]{2,}) \([A-Za-z/%]{2,6}\)")
_OVER = re.compile(r"(\d{1,15}) over (\d{1,15})")
_MUTTERED = re.compile(r"(?<![A-Za-z])hm{2,}[.!]*$", re.IGNORECASE)  # no product of letters
_LETTERS_ALIKE = re.compile(r"[A-J] ?= ?[A-J]")  # no option of its own
_RETRACTED = re.compile(
    r"\b(?:yes|no|true|false|wait|actually)\b|^(?:maybe|perhaps|possibly|or|and|not|but|unless|if)\b",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\(([^()]{4,})\)")
_CHOICES = re.compile(r"[A-J]{2,}")
_SPACED_LETTER = re.compile(r"\d\s+\\?[A-Za-z]|(?:[})]|\\pi)\s+[msgJNWVL](?![A-Za-z])")
_LETTERS_ONLY = re.compile(r"(?=..)[A-Za-z]+(?: [A-Za-z]+)*")
_LISTED = re.compile(r"\d+|[A-Za-z]+(?: [A-Za-z]+){0,3}")
_BETWEEN_WORDS = re.compile(r",? (?:and|&) |[,;] ?")
_QUANTIFIER = re.compile(r"^(?:all(?: of)?(?: the)?|every|each) ")
# "for any integer k" after a general solution: its name is free, and it goes without saying; nor
# does it say anything that a constant is one, or over which numbers a function is defined.
_KIND = r"(?:integer|constant|real number|real|number|rational number|natural number|positive integer)s?"
_CLAUSE = re.compile(
    r"(?:[,;]\s*|(?<!\s)\s+|(?=\())\(?(?:where |with |for |\\forall )?(?:any |all |every |some |an? |arbitrary |real ){0,4}"
    rf"(?:(?:{_KIND}\s+)?\\?[A-Za-z]+\s*\\in\s*\\mathbb\s*\{{[A-Z]\}}|{_KIND}\s+[A-Za-z]"
    rf"|[A-Za-z] (?:is )?(?:an? |any |arbitrary ){{0,4}}{_KIND}|(?<=(?:all|any) )[A-Za-z]|(?<=every )[A-Za-z])\)?$"
)
_CLAUSE_WORDS = ("\\in", "integer", "constant", "number", "real", " all ", " any ", " every ")
_LETTERS = re.compile(r"[A-Za-z]{2,}")
_ALL_REALS = re.compile(r"(?:all|the set of(?: all)?)? ?real(?:s| numbers?)", re.IGNORECASE)


MAX_WRAPPINGS = 4
"""How many statements around an answer ("The answer is: x = 4") are taken off."""


@ANSWERS.remember(entries=16_384)
def _read_short(text: str) -> tuple[Value, ...]:
    of_json = json_object(text) if text[:1] == "{" else None
    text = canonical(text)
    if of_json is not None:
        return (of_json, *_readings(text))
    plain = PLAIN_NUMBER.fullmatch(text)
    if plain and len(text) <= 400:
        value = Fraction(text) if plain["places"] else Fraction(int(text))
        return (Number(value, len(plain["places"] or "")),)
    return tuple(_readings(text))


def read(text: str, longest: int) -> tuple[Value, ...]:
    """The readings of an answer, the most usual first; at least one, whatever the text is.

    A text of more than ``longest`` characters is read as words only.

    Example:
        >>> read("1/2", longest=4_000)
        (Number(value=Fraction(1, 2), places=0, unit='', share=1, form='plain'),)
    """
    if len(text) > longest:
        return (Words(" ".join(text.split())),)
    return _read_short(text)


def _readings(text: str) -> list[Value]:
    found: list[Value] = []
    judged = None if text.isascii() else _JUDGED.fullmatch(text)
    if judged:
        return [Words(judged["said"])]
    if is_said_twice(text):
        return [Words(" ".join(text.split()))]
    said = yes_or_no(text) if text[:1].isalpha() else None
    if said:
        found.append(Words(as_words(said)))
    for _ in range(MAX_WRAPPINGS):
        labelled = announced(text) or conclusion(text) or closed(text) or approximated(text)
        if labelled:
            text = labelled
            continue
        text = without_label(_without_clause(text))
        if _LETTERS_ALIKE.fullmatch(text) or _MUTTERED.search(text):
            return [Words(text)]
        text = _ROUNDED.sub("", text) if " to " in text or "(to " in text else text
        share = _SHARE_OF.fullmatch(text) if " of " in text else None
        if share and counts(share["whole"]):
            text = share["share"]
        text = _OVER.sub(r"\1/\2", text) if " over " in text else text
        abbreviated = _ABBREVIATED.fullmatch(text) if text.endswith(")") else None
        text = abbreviated["value"] if abbreviated else text
        plain = plain_text(text)
        time = time_of_day(plain)
        if time is not None:
            return [time]
        found += _phrase_readings(plain)
        if found and _UNMARKED_FORMULA.fullmatch(plain):
            return found  # of CO2 no product
        formula = None if _SHORT_WORDS.match(text) else mathematical(text)
        listed = None if _is_known(formula) else _listed_words(plain)
        if listed is not None:
            found.append(listed)
        elif formula is not None:
            return found + _mathematical_readings(text, formula)
        found += _word_readings(text)
        rest = without_lead_in(text)
        if rest is None:
            return found
        text = rest
    return found or _word_readings(text)


def _is_known(value: Value | None) -> bool:
    """Whether a list is one of numbers and unknowns, and not of words."""
    items = value.items if isinstance(value, Collection) else () if value is None else (value,)
    return bool(items) and not any(
        (isinstance(item, Number) and item.unit)
        or (isinstance(item, Expression) and (item.unit or isinstance(item.tree, Product)))
        for item in items
    )


def _listed_words(text: str) -> Collection | None:
    """``red, blue``: a list of words, of which short ones may be products as well."""
    text = " ".join(text.split())
    items = _BETWEEN_WORDS.split(text) if len(text) <= LONGEST_LIST else []
    if len(items) < 2 or not all(map(_LISTED.fullmatch, items)):
        return None
    if all(len(item) == 1 or item.isdigit() for item in items):
        return None
    return Collection("bare", tuple(map(_listed_word, items)))


LONGEST_LIST = 300
"""Characters; longer lists are prose."""


def _listed_word(item: str) -> Value:
    if item.isdigit():
        return Number(Fraction(int(item)))
    value = mathematical(item)
    if isinstance(value, Expression) and not value.unit and not value.quantity:
        return Expression(value.tree, letters=as_words(item))
    return Words(_QUANTIFIER.sub("", as_words(item)))


def _without_clause(text: str) -> str:
    """A text without the words at its end that only name a domain or call a letter constant."""
    if not any(word in text for word in _CLAUSE_WORDS):
        return text
    plain = " ".join(plain_text(text).split()) if "\\text" in text else text
    clause = _CLAUSE.search(plain)
    return plain[: clause.start()] if clause and clause.start() else text


def _phrase_readings(text: str) -> list[Value]:
    """What a text says in a way of its own: an option, odds, a number in words."""
    text = " ".join(text.split())
    inside = _IN_BRACKETS.fullmatch(text) if text[:1] == "(" else None
    text = inside[1] if inside else text
    return [value for read_as in _WAYS if (value := read_as(text)) is not None]


def _word_readings(text: str) -> list[Value]:
    if lettered(text):  # of "(A) Monday" the label is no article
        return [Words(without_marks(text))]
    words = Words(as_words(text))
    if _ALL_REALS.fullmatch(plain_text(text)):
        return [REALS, words]
    if words.text in ("no solution", "empty set"):
        return [words, Collection("set", ())]
    said = _YES_NO.fullmatch(text)
    if (
        said
        and not _RETRACTED.search(said["why"])
        and (
            not taken_back(f", {said['why']}")
            or (said["said"].lower() in ("no", "false") and _CONFIRMS.match(said["why"]))
        )
    ):
        return [Claim(as_words(said["said"]), words.text), words]
    beside = _BESIDE.fullmatch(text)
    if beside and (
        _NONE_OF.match(beside["why"])
        or not (_RETRACTED.search(beside["why"]) or taken_back(f" ({beside['why']})"))
    ):
        return [Words(as_words(beside["said"])), words]
    return [words]


def _mathematical_readings(text: str, value: Value) -> list[Value]:
    """What else a text may be that is mathematics at first sight."""
    if isinstance(value, Expression) and not _SPACED_LETTER.search(text):
        # 42t is a product; 42 t may be forty-two tons.
        value = Expression(value.tree, value.unit)
    if isinstance(value, Expression) and _LETTERS_ONLY.fullmatch(text):
        value = Expression(value.tree, value.unit, letters=text)
    if A_WORD.fullmatch(text):
        return [value, Words(as_words(text))]  # a parabola is no measure of a
    if _LETTERS.fullmatch(text):
        # "no" is a word, no product of n and o; "ACD" may be the choices A, C and D.
        found: list[Value] = [Words(as_words(text))]
        if _CHOICES.fullmatch(text) and len(set(text)) == len(text):
            kind = "bare" if list(text) == sorted(text) else "labels"
            found.append(Collection(kind, tuple(Expression(Symbol(each)) for each in text)))
        return [*found, value]
    if isinstance(value, Number) and text.count(",") > 1:
        # Several groups of three digits may be as many numbers.
        groups = [
            Number(Fraction(int(group)))
            for group in text.lstrip("+-").split(",")
            if group.isdigit()
        ]
        return (
            [value, Collection("bare", tuple(groups))]
            if len(groups) == text.count(",") + 1
            else [value]
        )
    dotted = _DOTTED_MONEY.fullmatch(text) if "." in text else None
    if dotted:
        grouped = mathematical(text.replace(".", ""))
        return [value, grouped] if grouped is not None else [value]
    comma = _DECIMAL_COMMA.fullmatch(text) if "," in text else None
    if comma is None:
        return [value]
    whole, places = comma[1], comma[2]
    if len(places) == 3 and not whole.lstrip("+-").startswith("0"):
        if places.startswith("00") or comma["unit"]:
            return [value]
        return [value, Collection("bare", (Number(Fraction(whole)), Number(Fraction(places))))]
    if places == "0":
        return [value]  # -3,0 is a pair
    # 0,111 and 1000,99 are decimals where a comma is the decimal mark, and so is 28,00.
    decimal = mathematical(f"{whole}.{places}{comma['unit'] or ''}")
    return [value, decimal] if isinstance(decimal, Number) else [value]


def _choice(text: str) -> Choice | None:
    option = lettered(text)
    if option is None:
        return None
    content = tuple(_readings(option.value)) if option.value else ()
    return Choice(option.letter, as_words(option.text), content)


def _pointed(text: str) -> Value | None:
    """``the point (2, -3)``; ``II and III only``."""
    roman = _ROMAN_ONLY.fullmatch(text) if text.endswith(" only") else None
    if roman:
        return _listed_words(roman["listed"])
    match = _POINT.fullmatch(text) if text.endswith(")") else None
    return mathematical(match["point"]) if match else None


_WAYS = (
    _choice,
    quantity_in_parts,
    odds,
    ratio,
    based,
    formula,
    date,
    congruence,
    spelled_out,
    scientific,
    _pointed,
    restated,
    compared,
    all_reals_but,
)
