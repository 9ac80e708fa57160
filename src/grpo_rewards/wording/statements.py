"""Sentences that state an answer: "Thus, x = 4", "The cost is 20 in total", "2 is the answer".

The words are those of `grpo_rewards.wording.vocabulary`; whether something beside the answer takes
it back, `grpo_rewards.wording.doubts` and `grpo_rewards.wording.retractions` say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import regex

from grpo_rewards.wording.announcements import announced, closed, conclusion
from grpo_rewards.wording.courtesies import without_hope
from grpo_rewards.wording.doubts import denied_before
from grpo_rewards.wording.qualified import is_partial
from grpo_rewards.wording.retractions import taken_back
from grpo_rewards.wording.vocabulary import any_of, rows, spotted

__all__ = [
    "BECAUSE",
    "LABEL_BEHIND",
    "WHOM",
    "Statement",
    "number_named",
    "state",
    "statement",
    "unannounced",
    "without_label",
]


@dataclass(frozen=True, slots=True)
class Statement:
    """What a text says around an answer."""

    announced: str
    """The words that announce it; empty where none do."""
    rest: str
    """What is stated."""
    denied: bool = False
    hedged: bool = False
    rivals: bool = False
    remark: str = ""
    """What is said beside it that takes nothing back."""

    @property
    def stands(self) -> bool:
        """Whether nothing takes the statement back."""
        return not (self.denied or self.hedged or self.rivals)


def unannounced(text: str) -> str:
    """A text without what announces or closes its answer; as it is where that is denied.

    Example:
        >>> unannounced("La respuesta es: B."), unannounced("B입니다"), unannounced("B is correct")
        ('B', 'B', 'B')
        >>> unannounced("The answer is not B"), unannounced("I doubt the answer is B")
        ('The answer is not B', 'I doubt the answer is B')
    """
    rest = without_hope(text)
    for _ in range(3):
        found = closed(rest) or announced(rest)
        if found is None:
            match = _STATEMENTS[0].fullmatch(rest.rstrip("."))
            found = str(match["rest"]).strip() if match else None
        if found is None or len(found) >= len(rest):
            break
        rest = found
    if rest == text:
        return text
    first = next(spotted(rest[:40], "denies", "hedges", after=False), None)
    if first and not rest[: first.start].strip():
        return text
    return rest.rstrip().rstrip(".。") or text


WHOM = r"(?:\s+us(?:\s+with)?|\s+(?:me|you|him|her|them|it|each|everyone|(?-i:[A-Z][a-z]+))(?:\s+with)?(?=\s+[-$€£]{0,2}\d))?"
"""A pattern of whom something gives so much: "this gives her 42 dollars"."""
_NUMBER = r"[-+−$€£\\]*+\d[\d.,/]*+%?+"
LABEL_BEHIND = r"\s?\((?:(?:the|my|our)\s)?(?:final\s)?answer\)"
"""A pattern of what labels a value in brackets behind it: "42 km (answer)"."""
_LABELLED = regex.compile(
    rf"(?P<value>{_NUMBER}(?:\s(?:dollars|euros|sterling|yen|rupees))?)\s(?:final\s)?answer\.?|(?P<named>{_NUMBER}(?:\s[a-z²³/]{{1,12}}){{0,2}}){LABEL_BEHIND}\.?",
    re.IGNORECASE,
)


def without_label(text: str) -> str:
    """A number without the word for "answer" behind it, which is its label and no unit.

    Example:
        >>> without_label("42 answer"), without_label("42 km (answer)"), without_label("42 km")
        ('42', '42 km', '42 km')
    """
    found = _LABELLED.fullmatch(text) if "nswer" in text[-8:] else None
    return str(found["value"] or found["named"]) if found else text


_STATEMENTS = tuple(
    re.compile(pattern, re.IGNORECASE | re.DOTALL)
    for pattern in (
        (
            r"(?P<rest>.+?)(?<!\s)\s+(?:is|are) (?:the only (?:valid |possible |positive |real )?(?:solution|answer|value|option|root)|correct|right|(?:the|our|my) (?:final |correct |right |best |required |desired |most |suitable |appropriate |accurate |only )*"
            r"(?:answers?|solutions?|results?|option|choice|value|number))(?: to (?:the|this|your) (?:question|problem))?"
        ),
        (
            r"(?P<rest>[-+$\\]*\d[^\n=]{0,60}?)(?<!\s)\s+is the (?:total |final |average |new |original |least |greatest )*(?:area|perimeter|volume|number|value|total|cost|price|amount|length|distance|"
            r"probability|age|radius|average|mean|median|time|speed|weight|least common multiple|greatest common divisor)\s+(?:of|that|for|in)\s(?!the answer)[^\n.;]+"
        ),
        r"only\s+(?P<rest>[A-Za-z]\s?=\s?[^=,;\s][^=,;]{0,60}?)\s(?:is\s+valid|works|satisfies\s+[^,;]+|remains|is\s+possible)",
        r"(?:exactly|precisely|just|only|a total of)\s+(?P<rest>[-+$\\]?\d.*)",
        r"1\.\s+(?P<rest>[-+]?\d[\d,.]*)",
        r"(?:=|:|\\approx|\\therefore|\\implies|\\Rightarrow)\s*(?P<rest>.+)",
        (
            rf"(?:(?:i|we)(?:['’]d|['’]ll)?\s+(?:{any_of('picks', language='en')}|have)(?:\s+that|:)?|(?:我|我们)?{any_of('picks', language='zh')}[:：]?|"
            rf"it\s+follows\s+that|this\s+gives{WHOM})\s*(?P<rest>(?<=\W|选|選|择|擇|:|：).+)"
        ),
    )
)

# The words of other languages that only give a reason; of English ones some do more ("for", "so").
BECAUSE = "|".join(
    (
        r"\b(?:because|since|as)\b",
        *(
            any_of("reasons", language=language)
            for language in sorted({row.language for row in rows("reasons")} - {"en"})
        ),
    )
)
_REMARK_BESIDE = regex.compile(
    rf"(?P<rest>[^\n]{{1,200}}?)(?:\s*+[,，、،]\s*(?:{BECAUSE})[^\n]*+|(?P<why>(?<!\s)\s++(?:because|since)\s[^\W\d_][^\n]*+)|(?<!\s)\s++[—–]\s(?=[^\W\d_])[^\n]*+)",
    regex.IGNORECASE,
)


_LETTER_AND_REMARK = regex.compile(r"(?P<letter>[A-J])(?P<remark>\s[-–—]\s[^\d]+)")


def statement(text: str) -> str | None:
    """What a text states that does nothing else; it may be anything.

    Example:
        >>> statement("Thus, x = 4"), statement("x = 4"), statement("42 is the answer")
        ('x = 4', None, '42')
        >>> statement("La respuesta es 42"), statement("Die Antwort lautet 42")
        ('42', '42')
    """
    stated = closed(text) or announced(text) or conclusion(text)
    if stated is not None:
        return stated
    for pattern in _STATEMENTS:
        match = pattern.fullmatch(text)
        if match:
            rest = str(match["rest"]).strip()
            letter = _LETTER_AND_REMARK.fullmatch(rest)
            return letter["letter"] if letter and not taken_back(letter["remark"]) else rest
    beside = _REMARK_BESIDE.fullmatch(text)
    if beside and not (
        taken_back(text[beside.end("rest") :])
        or any(True for _ in spotted(beside["why"] or "", "hedges", "wavers", "opines"))
    ):
        return str(beside["rest"]).strip(" ,")
    return None


_A_NUMBER = regex.compile(
    r"[$*(\\]*+(?:[A-Za-z]\s?=\s?)?[-+−$€£]*+\d[\d,./]*+(?:\s?%|\s[a-z]{2,}+)?[$*)]*+"
)
# What it was once, or is in one case.
_AT_SOME_TIME = regex.compile(
    r"\b(?:first|second|third|other|before|until|originally|original|initial\w*|start|beginning|case|step|if|would|half|twice|double|add|subtract|multiply|divide)\b"
)


def number_named(sentence: str) -> str | None:
    """The number that a sentence begins with and says what it is.

    Example:
        >>> number_named("42 is the total cost of the pears."), number_named("x = 42 is the answer")
        ('42', 'x = 42')
        >>> number_named("42 is the number of pens at the start."), number_named("42 is too much.")
        (None, None)
    """
    if len(sentence) > LONGEST or not sentence.isascii():
        return None
    said = sentence.rstrip(".")
    for pattern in _STATEMENTS[:3]:
        match = pattern.fullmatch(said)
        number = str(match["rest"]).strip() if match else ""
        if match is None or not _A_NUMBER.fullmatch(number):
            continue
        tail = said[match.end("rest") :]
        doubts = spotted(tail, "denies", "hedges", "retracts", "opines", after=True)
        if is_partial(tail) or _AT_SOME_TIME.search(tail) or any(True for _ in doubts):
            return None
        return number
    return None


LONGEST = 160
"""Longer sentences (characters) name no number first."""


# Whole statements -----------------------------------------------------------------------------


def state(text: str) -> Statement:
    """A sentence as what it announces, what is left, and what beside that takes it back.

    Example:
        >>> state("So the answer is 42.").rest, state("The answer is not 42").denied
        ('42.', True)
        >>> state("42, I guess").hedged, state("42 or 43").rivals
        (True, True)
    """
    rest = announced(text)
    head = text[: len(text.rstrip()) - len(rest)] if rest else ""
    rest = text.strip() if rest is None else rest
    denied = bool(head) and denied_before(head)
    spot = next(spotted(rest[:60], "denies", "hedges", after=False), None)
    hedged = False
    if spot and not rest[: spot.start].strip():
        denied, hedged = denied or spot.sense == "denies", spot.sense == "hedges"
    value = _FIRST_VALUE.match(rest)
    how = taken_back(rest[value.end() :], value=value[0]) if value else ""
    return Statement(
        announced=head.strip(),
        rest=rest,
        denied=denied or how in ("denied", "retracted"),
        hedged=hedged or how == "doubted",
        rivals=how == "a rival",
        remark=rest[value.end() :].strip() if value else "",
    )


_FIRST_VALUE = regex.compile(
    r"\s*+[$*(\[]*+(?:[-+−]?+\.?\d(?:[\d,./]*\d)?+|\\[A-Za-z]++(?:\{[^{}]*+\})*+|[^\W\d_]++)[)\]]*+"
)
