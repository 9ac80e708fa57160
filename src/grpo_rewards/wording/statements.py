"""Sentences that state an answer: "Thus, x = 4", "The cost is 20 in total", "2 is the answer".

The words are those of `grpo_rewards.wording.vocabulary`; whether something beside the answer takes
it back, `grpo_rewards.wording.doubts` says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from grpo_rewards.wording.doubts import (
    about_answer,
    counts,
    denied_before,
    denied_lead,
    doubted,
    taken_back,
)
from grpo_rewards.wording.vocabulary import any_of, rows, spotted

__all__ = [
    "BECAUSE",
    "Statement",
    "announced",
    "approximated",
    "closed",
    "conclusion",
    "lead_ins",
    "lone_value",
    "plans",
    "rest_start",
    "state",
    "statement",
    "unannounced",
    "without_adverb",
    "without_hope",
]

LONGEST_LEAD = 400
"""Longer texts (characters) in front of a copula announce nothing."""
BETWEEN = 100
"""How far (characters) from the word "answer" its verb may stand."""


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


# Announcements --------------------------------------------------------------------------------
#
#   announcement = marks conclusion* qualifier* noun between (verb | ":") filler*

_MARKS = r"[\s*_`#>\"'“”«»【\[-]*+(?:\\(?:text\w*|mathrm)\s*\{\s*)?+"
_GAP = r"[\s,，、،:：]*+"


@cache
def _head() -> regex.Pattern[str]:
    """What a text begins with that announces its answer, up to the noun."""
    return regex.compile(
        rf"{_MARKS}(?:{any_of('concludes')}{_GAP})*(?:(?:i|we)\s+(?:think|believe)\s+(?:that\s+)?)?+"
        rf"(?:(?:{any_of('qualifies')}|[ld]['’])[\s*_]*+)*?{any_of('announces', 'names')}(?:\(s\))?",
        regex.IGNORECASE,
    )


@cache
def _verb() -> re.Pattern[str]:
    be = r"\b(?:would|should|must|will|has\s+to|can\s+only)(?:\s+(?:\w+ly|therefore|thus|then|hence))?\s+be\b"
    return re.compile(rf"[:：=]|】|」|{be}|(?<![不非没]){any_of('states')}", re.IGNORECASE)


_NOT_BETWEEN = regex.compile(r"\.(?!\d)|[!?;\n。！？；不没]")
_VALUE_BETWEEN = regex.compile(r"[\s(*$]++(?:[A-J]|[-+−]?\d[\d.,]*+)[\s)*$]*+")
_QUOTED = regex.compile(r"\"[^\"]*+\"|“[^”]*+”|'[^']*+'")
_FILLER = regex.compile(
    r"(?:[\s*_:：=】」』、，,]|\.{2,}|…|\}(?=\s*+[-+−*($\\\dA-J])|(?:is|are)\b(?=\s*+:))*+"
)
_ADJACENT = regex.compile(
    r"[*_]*+\s++(?:[–—→-]|->|=>)\s++(?=\S)|[*_}\"']*+\s*+(?=\$|\\\(|\\\[|\\[fd]?box)|[*_]{2,3}+\s+(?=\S)"
)


_PLAIN_VERB = re.compile(r"(?: is|:) (?=[-$]?\d)")  # as in most texts


@cache
def _remark_words() -> regex.Pattern[str]:
    return regex.compile(rf"(?:{_before_remarks()}[\s,:*_]++)*+", regex.IGNORECASE)


def _before_remarks() -> str:
    return _remarks("before")


@cache
def _remarks(side: str) -> str:
    words = {word for row in rows("remarks") if row.side == side for word in row.words}
    longest = sorted(words, key=lambda word: (-len(word), word))
    parts = (re.escape(word).replace(r"\ ", r"\s+") for word in longest)
    return rf"(?:{'|'.join(parts)})(?!\w)"


def rest_start(text: str, noun_end: int) -> int:
    """Where what is stated begins, behind the noun that announces it; -1 where nothing is stated.

    Example:
        >>> text = "The answer (in metres) is indeed 30"
        >>> text[rest_start(text, len("The answer")) :]
        '30'
    """
    plain = _PLAIN_VERB.match(text, noun_end)
    if plain:
        return plain.end()
    adjacent = _ADJACENT.match(text, noun_end)
    if adjacent:
        return adjacent.end()
    verb = _verb().search(text, noun_end, min(len(text), noun_end + BETWEEN))
    if verb is None:
        return -1
    between = text[noun_end : verb.start()]
    if _VALUE_BETWEEN.fullmatch(between):
        return -1  # "Option B is correct" speaks of what is named already
    if between.strip(" *_\"'()（）") and (
        _NOT_BETWEEN.search(_QUOTED.sub(" ", between))
        or any(True for _ in spotted(between, "denies", "hedges", after=False))
        or (not between.isascii() and any(True for _ in spotted(between, "changes", after=False)))
    ):
        return -1
    end = _FILLER.match(text, verb.end()).end()  # type: ignore[union-attr]  # it always matches
    end = _remark_words().match(text, end).end()  # type: ignore[union-attr]
    return _option_words().match(text, end).end()  # type: ignore[union-attr]


@cache
def _option_words() -> regex.Pattern[str]:
    """What stands between a verb and the label of an option: "the option", "la opción"."""
    return regex.compile(
        rf"(?:(?:(?:{any_of('qualifies')}|l['’])\s*+)*+{any_of('names')}[\s:]*+(?=[(*\[]*+[A-J](?!\w))"
        r"|(?:la|le|el|die|der|das|il|lo)\s+(?=[(*]*+(?-i:[A-J])(?!\w)))?+",
        regex.IGNORECASE,
    )


def announced(text: str) -> str | None:
    """What a text announces with a word for "answer"; ``None`` where it begins with none.

    Example:
        >>> announced("So the final answer to your question is: 42"), announced("答案：42")
        ('42', '42')
        >>> announced("The cost is 42")
    """
    first = _FIRST_WORD.match(text)
    if first is None or (text.isascii() and first[1].casefold() not in _head_words()):
        return None
    lead = text[:LONGEST_LEAD]
    if text.isascii() and not _has_noun(lead):
        return None
    head = _head().match(lead)
    if head is None:
        return None
    heading = _HEADING_END.match(text, head.end())
    start = heading.end() if heading else rest_start(text, head.end())
    if start < 0 or not text[start:].strip():
        return None
    return text[start:].strip()


_FIRST_WORD = regex.compile(rf"{_MARKS}([^\W\d_]++)")


@cache
def _head_words() -> frozenset[str]:
    """The first words of what `_head` finds."""
    found = rows("concludes", "qualifies", "announces", "names")
    return frozenset(word.split()[0].casefold() for row in found for word in row.words) | {
        "i",
        "we",
    }


@cache
def _nouns() -> tuple[str, ...]:
    """The shortest texts of ASCII of which each noun of ASCII that `_head` finds has one."""
    found = {
        word.split()[-1].casefold() for row in rows("announces", "names") for word in row.words
    }
    heads = {word for word in found if word.isascii()}
    return tuple(
        sorted(word for word in heads if not any(word != head and head in word for head in heads))
    )


def _has_noun(text: str) -> bool:
    folded = text.casefold()
    return any(noun in folded for noun in _nouns())


_HEADING_END = regex.compile(r"[ \t*_:：】]*+\n\s*+(?=\S)")


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


# Conclusions ----------------------------------------------------------------------------------


@cache
def _concluding() -> regex.Pattern[str]:
    return regex.compile(
        rf"{_MARKS}(?:and\s+)?(?:{any_of('concludes')}|\\(?:therefore|implies|Rightarrow)(?![A-Za-z])|[∴⇒])"
        rf"{_GAP}(?P<rest>.+)",
        regex.IGNORECASE | regex.DOTALL,
    )


def conclusion(text: str) -> str | None:
    """What a sentence concludes; ``None`` where it begins with no word for "therefore", or plans.

    Example:
        >>> conclusion("Thus, x = 4"), conclusion("So we need to find x.")
        ('x = 4', None)
    """
    first = _FIRST_WORD.match(text)
    if first and text.isascii() and first[1].casefold() not in _concluding_words():
        return None
    match = _concluding().match(text)
    if match is None:
        return None
    rest = str(match["rest"]).strip()
    if plans(rest):
        return None
    there = _there().match(rest)
    return rest[there.end() :] if there else rest


@cache
def _there() -> regex.Pattern[str]:
    return regex.compile(
        rf"{any_of('exists')}\s*+(?=[-−$€£]*\d)|(?:ist|est|es|is)\s+(?=\$?[A-Za-z]\s*=)",
        regex.IGNORECASE,
    )


@cache
def _concluding_words() -> frozenset[str]:
    found = rows("concludes")
    first = {word.split()[0].casefold() for row in found for word in row.words}
    return frozenset(first | {"and", "therefore", "implies", "rightarrow"})


_WE = regex.compile(
    r"(?:(?:so|thus|hence|therefore|now|next|first|then|if),?\s+)*(?:we|i|us|let|one|you|(?:所以|因此|那么|现在|首先)?[,，]?(?:让)?我们?)?\s*$",
    regex.IGNORECASE,
)


def plans(text: str) -> bool:
    """Whether a sentence says what is still to be done.

    Example:
        >>> plans("we need 42 more"), plans("she needs 42 boxes")
        (True, False)
    """
    first = next(spotted(text[:60], "plans"), None)
    return first is not None and _WE.match(text[: first.start]) is not None


# Sentences ------------------------------------------------------------------------------------

# What is stated has to be mathematics or a choice after these, and their lead must not deny it.
_COPULA = (
    r"(?:is|are|was|were|equals?(?:\s+to)?|costs|leaving|remains|it'?s|gives|yields|makes|becomes|"
    r"comes\s+(?:out\s+)?to|totals?|es|son|est|sont|ist|sind|beträgt|é|são|è|sono|是|为|等于|равен|равна|равно)"
    r"(?:\s+(?:(?:located\s+)?at(?=\s*[$(\\])|equal to|just|exactly|then|therefore|thus|approximately(?=\s+\S*\.\d)))?"
)
_LEAD_INS = tuple(
    re.compile(pattern, re.IGNORECASE | re.DOTALL)
    for pattern in (
        rf"(?P<lead>(?=[^\W_]|[$\\])[^\n]{{0,160}}?[\s$)])?{_COPULA}(?:\s*:)?\s*(?<![A-Za-z])(?P<rest>.+)",
        r"(?P<lead>(?:\\(?:text|mathrm)\s*\{)?\s*[A-Za-z][A-Za-z ]{1,40}\}?)\s*[:=]\s*(?P<rest>.+)",
        r"(?P<lead>[A-Za-z]+\s+[a-z]+)\s+(?P<rest>\d.*)",
        r"(?P<lead>[^\n,，.。]{0,60}?)(?<![不非没认设以因])(?:等于|是|为)\s*(?P<rest>[-+$\\\d(\[a-zA-Z].*)",
    )
)
_STATEMENTS = tuple(
    re.compile(pattern, re.IGNORECASE | re.DOTALL)
    for pattern in (
        (
            r"(?P<rest>.+?)(?<!\s)\s+(?:is|are) (?:correct|right|(?:the|our|my) (?:final |correct |right |best |required |desired |most |suitable |appropriate |accurate |only )*"
            r"(?:answers?|solutions?|results?|option|choice|value|number))(?: to (?:the|this|your) (?:question|problem))?"
        ),
        r"(?:exactly|precisely|just|only|a total of)\s+(?P<rest>[-+$\\]?\d.*)",
        r"1\.\s+(?P<rest>[-+]?\d[\d,.]*)",
        r"(?:=|:|\\approx|\\therefore|\\implies|\\Rightarrow)\s*(?P<rest>.+)",
        (
            rf"(?:(?:i|we)(?:['’]d|['’]ll)?\s+(?:{any_of('picks', language='en')}|have)(?:\s+that|:)?|(?:我|我们)?{any_of('picks', language='zh')}[:：]?|"
            r"it\s+follows\s+that|this\s+gives(?:\s+us)?)\s*(?P<rest>(?<=\W|选|選|择|擇|:|：).+)"
        ),
    )
)


@cache
def _closed() -> regex.Pattern[str]:
    return regex.compile(rf"(?P<rest>.*?[^\s不非没未])\s*{any_of('closes')}[。.]?", regex.DOTALL)


def closed(text: str) -> str | None:
    """What stands before the words that close a statement: "B" of "选项B是正确的".

    Example:
        >>> closed("42입니다."), closed("42")
        ('42', None)
    """
    last = _LAST_WORD.search(text[-40:])
    if text.isascii() and (last is None or last[1].casefold() not in _closing_words()):
        return None
    match = _closed().fullmatch(text) if len(text) <= MAX_SENTENCE else None
    if match is None:
        return None
    rest = str(match["rest"]).strip()
    if _CLAIM.search(rest):
        return None  # "这个说法是正确的" judges a claim, and names no answer before it
    return _OPTION_WORD.sub("", conclusion(rest) or rest)


_CLAIM = re.compile(r"(?:说法|命题|陈述|判断|观点|表述|结论|句话)$")
_LAST_WORD = regex.compile(r"([^\W\d_]++)\W*+$")


@cache
def _closing_words() -> frozenset[str]:
    return frozenset(word.split()[-1].casefold() for row in rows("closes") for word in row.words)


_OPTION_WORD = regex.compile(r"^(?:选项|選項|选|選)\s*")
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
    rf"(?P<rest>[^\n]{{1,200}}?)\s*+(?:[,，、،]\s*(?:{BECAUSE})[^\n]*+|\s(?:because|since)\b[^\n]*+|\s[—–]\s[^\n]*+)",
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
    if beside and not taken_back(text[beside.end("rest") :]):
        return str(beside["rest"]).strip(" ,")
    return None


def lead_ins(text: str) -> Iterator[str]:
    """What a sentence may state, if it is mathematics or a choice.

    Example:
        >>> list(lead_ins("The cost is 20")), list(lead_ins("The cost is not above 20"))
        (['20'], ['not above 20'])
    """
    for pattern in _LEAD_INS:
        match = pattern.fullmatch(text)
        for _ in range(3):
            if match is None:
                break
            lead = match["lead"] or ""
            leaves = text[: match.start("rest")].rstrip().endswith("leaving")
            if (
                (leaves or not denied_lead(lead))  # "rules out C, leaving D"
                and not plans(lead)
                and (pattern is _LEAD_INS[0] or not doubted(lead, ""))
            ):
                yield match["rest"].strip()
            inner = pattern.fullmatch(match["rest"]) if pattern is _LEAD_INS[0] else None
            match = inner if inner and len(inner["rest"]) < len(match["rest"]) else None


_NUMBER = regex.compile(
    r"(?<![A-Za-z\d.,^_/\\+=*<>-])(?:[-+−]|\\?\$){0,6}+(?:\d++ \d++/\d++|\d++/\d++|\d{1,3}+(?:,\d{3})++(?:\.\d++)?+|\d++(?:\.\d++)?+|\.\d++)"
    r"(?:[eE][-+]?\d++)?+(?:\\?%)?+(?![\d^_/+=*<>]|[.,]\d|-\d)"
)
_MATH = regex.compile(r"\$([^$]++)\$|\\\(((?:[^\\]|\\[^)])*+)\\\)|\*\*([^*\n]++)\*\*")
_PLAIN_WORDS = regex.compile(r"(?:[^\W\d_]|[\s,.:;!'’()\"-])*+")
_LABEL = regex.compile(r"(?<!\w)[A-J][).:]")
_WORD = regex.compile(r"[^\W\d_]++")


def _begins_sentence(text: str) -> bool:
    """Whether a text has two words at least, and no label of an option."""
    found = _WORD.findall(text)
    if found and any(True for _ in spotted(text, "exists")):
        return True
    if not text.isascii() and len(found) == 1:
        return len(found[0]) > 1
    return len(found) > 1 and max(map(len, found)) > 1 and not _LABEL.search(text)


MAX_SENTENCE = 400


def lone_value(text: str) -> str | None:
    """The one value of a sentence whose other words are words; with what is counted after it.

    Example:
        >>> lone_value("Josh made a profit of $70,000."), lone_value("Jane has 5 apples left")
        ('$70,000', '5 apples')
        >>> lone_value("She ate 2 of 5"), lone_value("There are at least 5 apples")
        (None, None)
    """
    if len(text) > MAX_SENTENCE or plans(text):
        return None
    found = list(_MATH.finditer(text)) or list(_NUMBER.finditer(text))
    if 1 < len(found) <= MAX_NUMBERS:
        text = _GIVEN.sub(
            " that ", text
        )  # "after 3 days", "each of the 5 friends": known beforehand
        found = list(_MATH.finditer(text)) or list(_NUMBER.finditer(text))
    if len(found) != 1:
        return None
    before, after = text[: found[0].start()], text[found[0].end() :]
    counted = not before.strip() and not after.isascii()  # apples in another language
    if not (counted or _begins_sentence(before)) or any(map(str.isdigit, before + after)):
        return None
    if not (_PLAIN_WORDS.fullmatch(before) and _PLAIN_WORDS.fullmatch(after)):
        return None
    if doubted(before, after) or about_answer(before):
        return None
    if (
        counted
        and not _WHY.match(after)
        and any(True for _ in spotted(after, "denies", "hedges", "retracts", after=True))
    ):
        return None
    inside = (
        next((group for group in found[0].groups() if group), None)
        if found[0].re is _MATH
        else None
    )
    value = (inside or found[0][0]).strip()
    rest = after.strip().rstrip(".!。")
    cut = _COMPLEMENT.search(rest)
    unit = (rest[: cut.start()] if cut else rest).strip()
    if any(True for _ in spotted(unit, "rivals", "changes", after=True)):
        return None
    if not unit.isascii():  # apples in another language
        return value if counts(unit) else None
    return f"{value} {unit}" if unit and unit[0].isalpha() else value


_WHY = regex.compile(
    r",?\s*(?:car|parce|da|weil|denn|pois|porque|pues|perché|poiché|так\s+как|потому|因为|由于)(?!\w)",
    regex.IGNORECASE,
)
MAX_NUMBERS = 3
_GIVEN = regex.compile(
    r"(?:^|(?<=[\s,]))(?:after|in|within|during|for\s+the|for\s+all|of\s+(?:the|his|her|their|these|those)|on|from\s+the|over\s+the|between\s+the|among\s+the|with\s+the|by\s+the|to\s+the|the(?=\s\d+\s\w+\s(?:get|have|are|need|pay|take|make|cost)))"
    r"\s+(?:(?:next|first|last|all|other|remaining)\s+)?\d[\d,]*+(?!\.\d)(?:\s+(?!more\b|less\b|or\b|and\b)[a-z]+)",
    regex.IGNORECASE,
)
_COMPLEMENT = regex.compile(
    r"(?<!\w)(?:for|in|on|at|by|from|with|after|before|during|when|because|since|so|to|left|remaining|"
    r"altogether|which|who|that|as|now|more|each|while|if|today|tomorrow|yesterday|this|last|next)\b|[,;:()!?.-]"
)


_APPROXIMATE = regex.compile(
    rf"(?:{any_of('approximates')}|~|≈|\\approx(?![A-Za-z])|\\sim(?![A-Za-z]))\s*+(?P<rest>[-+$\\]*+\d[\d,]*+\.\d.*+)",
    regex.IGNORECASE | regex.DOTALL,
)


def approximated(text: str) -> str | None:
    """The decimal that a text says was rounded: ``about 3.5``; a whole number that is so is a guess.

    Example:
        >>> approximated("approximately 3.5"), approximated("about 42")
        ('3.5', None)
    """
    match = _APPROXIMATE.fullmatch(text)
    return str(match["rest"]) if match else None


def without_adverb(text: str) -> str:
    """A text without the adverb at its end.

    Example:
        >>> without_adverb("20 clips, altogether")
        '20 clips'
    """
    return _trailing_remark().sub("", text)


@cache
def _trailing_remark() -> regex.Pattern[str]:
    return regex.compile(rf",? {_remarks('after')}$", regex.IGNORECASE)


_HOPE = regex.compile(
    r"\s*+(?:I\s+(?:hope|believe)\s+(?:it|this|that)(?:'s|\s+is)?(?:\s+(?:correct|right|helps?|clear|useful))++[.!]*+"
    r"|(?:I\s+)?hope\s+(?:this|it|that)\s+helps?[.!]*+|Let\s+me\s+know\s+if[^\n.!?]*+[.!?]*+|希望[^\n。]*+。?)\s*+$",
    regex.IGNORECASE,
)


def without_hope(text: str) -> str:
    """A text without the courtesy at its end, which is no part of an answer.

    Example:
        >>> without_hope("Final Answer: 3. I hope it is correct.")
        'Final Answer: 3.'
    """
    tail = text[-160:]
    if not any(hint in tail for hint in ("hope", "elp", "now if", "希望")):
        return text
    match = _HOPE.search(tail)
    return text[: len(text) - len(tail) + match.start()] if match else text


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
