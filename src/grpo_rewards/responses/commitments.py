"""What a stated text commits to: an answer, unless it denies it or offers several."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

import regex

from grpo_rewards.wording.certainty import without_certainty
from grpo_rewards.wording.retractions import taken_back
from grpo_rewards.wording.suppositions import is_restricted

__all__ = [
    "BARE_ANSWER_LENGTH",
    "DENIED",
    "NEAR",
    "NO_SHORT_WORD",
    "SHORT",
    "STOP",
    "UNFINISHED",
    "Extracted",
    "commit",
    "instead_of",
    "nonblank",
    "start_of_sentence",
]


BARE_ANSWER_LENGTH = 200
"""The longest one-line text (characters) that is read as an answer with nothing around it."""
NEAR = 300
"""Where (characters from the end) the mark of an answer usually stands."""
SHORT = 80
"""The longest line (characters) that is an answer where more text follows."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """An answer, or the reason why there is none."""

    answer: str | None
    why_not: str = ""


DENIED = "the statement says what the answer is not"


NO_SHORT_WORD = r"(?<!\b(?-i:i\.e|e\.g|Mrs?|Ms|Dr|St|Prof|vs|Eq|Fig|approx))"
"""A pattern of no short word before a stop, which then ends no sentence: "Dr. Lee"."""
STOP = regex.compile(rf"(?<!,\s?\.\.){NO_SHORT_WORD}[.!?](?=\s+\S)")
"""Where a sentence ends before another one."""


def start_of_sentence(line: str) -> int:
    """Where the last sentence of a line starts."""
    start = 0
    for match in STOP.finditer(line.rstrip()):
        start = match.end()
    return start


_NEGATION = regex.compile(
    r"(?:is\s+|are\s+)?(?:not|never|isn't|n't|neither|nor)\b|(?:并)?不是|并非", regex.IGNORECASE
)
# What denies nothing, but is an answer in words: "Not enough information", "Neither of them".
_OWN_WORDS = re.compile(
    r"(?:Not|Never|Neither|not)\s+(?:enough|sufficient|given|applicable|mentioned|stated|of|valid|possible)\b"
)
_PLAIN_ITEM = r"\s*+\$?(?:[-+−]?[\d.,/]*\d%?|[A-Za-z]\b)\$?\s*+"
_OR = r"(?:\b(?:or|ou|oder|или|либо|hoặc|oppure|o)\b|أو|或者?|还是|または|또는)"
_HEDGE = regex.compile(
    rf"(?:either\b)?{_PLAIN_ITEM}(?:,{_PLAIN_ITEM})*+,?\s*+{_OR}",
    regex.IGNORECASE,
)
_THAT_IS = re.compile(
    r"(?P<value>[-+−]?[\d.,/]*\d\s?\\?%?),?\s+i\.e\.,?\s+(?P<again>[-+−]?[\d.,/]*\d\s?\\?%?)[.\s]*"
)
_NUMBER_FIRST = regex.compile(
    r"[$*(]*+[-+−]?\d[\d.,/]*+[)$*]*+(?:\s[a-z]{2,12}(?=\s(?:before|prior)))?,?\s+(?=\S)"
)
_ONE_NUMBER = re.compile(
    r"\$?(?P<number>[-+−]?\d{1,18}(?:\.\d{1,18})?(?:/\d{1,18})?)(?P<share>\s?\\?%)?\$?"
)


def _says_one_number(text: str) -> bool:
    """Whether a text gives one number in several notations: "0.25 or 1/4"."""
    found = [_ONE_NUMBER.fullmatch(item.strip(" ,.")) for item in regex.split(_OR, text)]
    if len(found) < 2 or None in found:
        return False
    values = set()
    for match in filter(None, found):
        top, _, bottom = match["number"].replace("−", "-").partition("/")
        if bottom and not int(bottom):
            return False
        values.add(Fraction(top) / Fraction(bottom or 1) / (100 if match["share"] else 1))
    return len(values) == 1


UNFINISHED = regex.compile(
    r"(?:\b(?:and|or|the|of|to|a|is|are|with|for|because|since|but|which|that|by)|[,(=+*/])\s*$"
)


def commit(text: str, after: str = "") -> Extracted:
    """The answer that a text is, unless it or what follows denies it or offers another."""
    text = _without_markup(text.strip())
    if _PLAIN.fullmatch(text):
        return _unless_taken_back(text, after)
    for _ in range(2):
        text = text.strip("*_`").strip() if text[:1] in "*_`" or text[-1:] in "*_`" else text
    instead = instead_of(text)
    if instead and not after.strip(" .\n"):
        return Extracted(instead)
    if _NEGATION.match(text) and not _OWN_WORDS.match(text):
        return Extracted(None, DENIED)
    text = _without_rounding(text)
    if _HEDGE.match(text[: 2 * BARE_ANSWER_LENGTH]) and not _says_one_number(text):
        return Extracted(None, "the statement offers several answers")
    certain = without_certainty(text)
    if certain is None:
        return Extracted(None, "the statement is doubted")
    text = certain
    number = _NUMBER_FIRST.match(text)
    if number and is_restricted(text[number.end() :], number[0]):
        return Extracted(None, "the statement is doubted")
    again = _THAT_IS.fullmatch(text) if "i.e" in text else None
    if again and not _says_one_number(f"{again['value']} or {again['again']}"):
        return Extracted(None, "the statement offers several answers")
    return _unless_taken_back(_without_aside(text), after)


def _without_rounding(text: str) -> str:
    """A number without what it is when rounded: "2.67, or approximately 2.7"."""
    found = _ROUNDED.fullmatch(text)
    if found is None:
        return text
    value, about = (Fraction(found[name].replace("−", "-")) for name in ("value", "about"))
    half = Fraction(1, 2 * 10 ** len(found["places"] or ""))
    return str(found["value"]) if abs(value - about) <= half else text


_ROUNDED = regex.compile(
    r"(?P<value>[-−]?\d{1,9}(?:\.\d{1,9}|/[1-9]\d{0,8})?),?\s+or\s+(?:about|approximately|roughly|around)\s+(?P<about>[-−]?\d{1,9}(?:\.(?P<places>\d{1,9}))?)[.]?"
)


def _without_markup(text: str) -> str:
    """A text without tags, emphasis, and half a pair of brackets at its ends."""
    if "<" in text:
        text = _EDGE_TAGS.sub("", text).strip()
    if text[:2] == "> " and text[2:3] in tuple("*ABCDEFGHIJ"):
        text = text[2:]  # a quotation in Markdown
    if "**" in text:
        text = _PAIRED_BOLD.sub(r"\1", text)
        if text.count("**") == 1:
            text = text.replace("**", "", 1).strip()  # whose other half stands before the statement
    elif text.count("*") == 2:
        text = _PAIRED_STARS.sub(r"\1", text)
    if text[-1:] in (")", "]") and "(" not in text and "[" not in text:
        text = text[:-1]  # of brackets around the whole statement
    return text.rstrip(" .。*_`") if text.rstrip(" .。")[-1:] in ("*", "`") else text


def _without_aside(text: str) -> str:
    """A text without the remark behind its value that takes nothing back: "5/12 (see above)"."""
    if text[-2:].rstrip(".")[-1:] == ")" and (
        aside := _ASIDE.search(text, max(0, len(text) - 100))
    ):
        before = text[: aside.start()]
        if before.count("$") % 2 == 0 and not taken_back(aside[0], value=before):
            text = before.rstrip()
    if roughly := _OR_ABOUT.search(text, max(0, len(text) - 60)):
        text = text[: roughly.start()].rstrip(" ,")
    contrast = _LETTER_WHY.fullmatch(text) or _NOT_ANOTHER.fullmatch(text)
    if contrast and not taken_back(text[contrast.end("value") :], value=contrast["value"]):
        return str(contrast["value"])
    return text


_PAIRED_STARS = regex.compile(r"(?<![*\w\s]|\d\s)\*(?=[^\s*])([^*\n]++)(?<=[^\s*])\*(?![*\w])")
_PAIRED_BOLD = regex.compile(r"\*\*(?=\S)([^*\n]++)(?<=\S)\*\*")
_OR_ABOUT = regex.compile(
    r"(?<=[\d%}$]),\s+(?:i\.e\.,?|that\s+is,)\s+\$?[-\d\\][^,;]{0,40}$|(?<=[\d%}$])(?:,?\s+or\s+(?:about|approximately|roughly|around)|\s*(?:≈|\\approx))\s+[-$]?\d[\d.,]*+(?:\s?\\?%)?[.]?$"
)
_LETTER_WHY = regex.compile(
    r"(?P<value>[(*]{0,3}[A-J][)*]{0,3}),?\s+(?:because|since|as(?!\s+(?:well|do|does|is|are|much)\b))\s.+"
)
_ASIDE = regex.compile(
    r"\s\((?:see|as|since|because|from|by|using|which|where|we|not|the\s+other|discard\w*|reject\w*|approximately|about|roughly|≈\s*\d[^()]*|in\s+(?:simplest|lowest|the)|rounded|the\s|i\.e(?=\.)(?![^()]*\b(?:not|no)\b))\b[^()\n]*\)[.]?$",
    regex.IGNORECASE,
)
_EDGE_TAGS = regex.compile(
    r"^(?:\s*+</?(?:b|strong|i|em|u|p|span)>)++|(?:</?(?:b|strong|i|em|u|p|span)>\s*+)++[.。]?$"
)
_VALUE_OR_LABEL = r"(?:[-+−$]?\d[\d.,]*\d|[-+−$]?\d|\$[^$]{1,80}\$|\(?[A-J]\)?(?![\w'’]))"
# In English, and as each language says "not" and "but".
_NOT_BUT = regex.compile(
    rf"not\s+{_VALUE_OR_LABEL}\s*+[,;—–-]?\s*+(?:but(?:\s+rather)?|(?:it|that|the\s+answer)(?:['’]s|\s+is)|rather|instead)(?:\s*+:)?+\s++(?P<value>{_VALUE_OR_LABEL})[.!]?"
    rf"|(?:non\s+pas|pas|nicht|no|não|non|не|nie|niet)\s+{_VALUE_OR_LABEL},?\s+(?:mais|sondern|sino|mas\s+sim|ma|bensì|а|maar|lecz|ale)\s+(?P<value>{_VALUE_OR_LABEL})[.!]?"
)


def instead_of(text: str) -> str | None:
    """The value that a text gives instead of another one, if it does nothing else.

    Example:
        >>> instead_of("not 36 but 42"), instead_of("nicht A, sondern B"), instead_of("not 36")
        ('42', 'B', None)
    """
    found = _NOT_BUT.fullmatch(text)
    return str(found["value"]) if found else None


# "42, not 41, may be it": what is said behind the contrast is said of the answer.
_NO_DOUBT = (
    r"(?![^\s,]{0,20},\s(?:might|may|could|seems?|looks"
    r"|is\s(?:wrong|false|incorrect|not|probably|likely|perhaps|maybe))\b)"
)
_NOT_ANOTHER = regex.compile(
    rf"(?P<value>(?:[-+−$]?\d++(?:[.,]\d++)*+|\$[^$]{{1,80}}\$)(?:\s+[a-z]{{2,}}+(?<!\b(?:and|not|or|rather|but))){{0,3}}),?\s+\(?(?:(?:and|but)\s+)?(?:not|rather\s+than|instead\s+of)\s+[-+−]?(?:[\d$\\]|[a-z]\b){_NO_DOUBT}.*"
    r"|(?P<value>[-+−$]?\d++(?:[.,]\d++)*+(?:\s+[a-z]+){0,3})\s+\((?=[^()\n]*(?:[+=×*]|\dx?\s*x\s*\d))[^()\n]*\d[^()\n]*\)"
    r"|(?P<value>[-+−$]?\d++(?:[.,]\d++)*+|\$[^$]{1,80}\$|[A-J]),?[，、]?\s*(?:(?:而|并)?不是|而非|并非|(?:y\s+|e\s+|et\s+|und\s+|и\s+|а\s+)?(?:no|nicht|non|não|pas|не)\s)\s*[-+−]?(?:[\d$\\]|[A-J]\b).*"
    r"|(?P<value>[-+−]?\d++(?:[.,/]\d++)*+)\$?[，,]\s*(?:经?检验|符合|满足|舍去|负值).*"
    rf"|(?P<value>\(?[A-J]\)?),?\s+\(?(?:(?:and|but)\s+)?(?:not|rather\s+than|instead\s+of)\s+\(?[A-J]\b{_NO_DOUBT}.*"
    r"|(?P<value>[-+−$]?\d++(?:[.,]\d++)*+|\$[^$]{1,80}\$)(?:,\s+(?:which|since|because|as|where)\b|\s+\((?:since|because|as|from|by|see|i\.e\.)).*"
)
_PLAIN = re.compile(r"[-+$(]?\d[\d.,/]*[)%$]?|\(?[A-J]\)?")


def _unless_taken_back(text: str, after: str) -> Extracted:
    how = taken_back(after, value=text) if after and after not in (".", ".\n", "\n") else ""
    if how:
        several = how == "a rival"
        return Extracted(
            None, "the statement offers several answers" if several else f"the statement is {how}"
        )
    return nonblank(text)


def nonblank(text: str) -> Extracted:
    """A text as an answer, if there is any."""
    return Extracted(text) if text.strip() else Extracted(None, "the answer is blank")
