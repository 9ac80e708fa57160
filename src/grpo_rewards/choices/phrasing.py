"""The wording of answers that name an option: markup, lead-ins, marks around a label.

What an answer that is worded so names, `choice_reading` decides; what it adds, `choice_remarks`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from string import ascii_uppercase

import regex

from grpo_rewards.answers.notation.normalize import canonical
from grpo_rewards.caches import ANSWERS
from grpo_rewards.choices.options import OTHER_SERIES
from grpo_rewards.wording.announcements import announced
from grpo_rewards.wording.stated_options import OF_OPTIONS
from grpo_rewards.wording.statements import unannounced
from grpo_rewards.wording.vocabulary import OPTION_LETTERS, any_of, spotted

__all__ = [
    "AFTER",
    "AMBIGUOUS",
    "CIRCLES",
    "COPULA",
    "CROSSES",
    "JOINT",
    "NUMBERS",
    "NUMERALS",
    "OR",
    "PLACE",
    "LabelPatterns",
    "concluded",
    "contains",
    "holds",
    "in_latin",
    "label_patterns",
    "normal",
    "numbered",
    "plain",
    "stated",
    "without_greek_labels",
    "without_noun_behind",
]

# Texts ----------------------------------------------------------------------------------------

_COMMAND = re.compile(r"\\(?:text\w*|math(?:rm|bf|it|sf|tt)|mbox|bf|rm)\s*\{([^{}]*)\}")
_EMPHASIS = re.compile(r"(?<!\w)(\*{1,3}|_{1,3}|`)(?=\S)([^*_`]+)\1(?!\w)")
_FENCE = re.compile(r"\s*`{3,}(?!`)(?:[\w-]*\n)?([^`]*)`{3,}\s*")
_TAGGED = re.compile(r"<(b|i|u|p|em|strong|code|mark|div|span)>([^<>]*)</\1>")
_QUOTED = re.compile(r"""["'](.*)["']""", re.DOTALL)
_BRACKETED_WORDS = re.compile(r"[(\[]([^\W\d_][^\d()\[\]]*)[)\]]")
_RESPECTIVELY = re.compile(r"(?:,|(?<![\s,]))\s+respectively$")
_ARTICLE = re.compile(r"(?:the|an?|both)\s+(?!and\b|or\b)")
CROSSES = "✗✘✖❌❎🚫⛔🗙"  # which say that it is wrong
_STYLES = ("<circle>", "<font>", "<square>")


@ANSWERS.remember(entries=16_384)
def plain(text: str) -> str:
    """A text without markup and ornaments."""
    fenced = _FENCE.fullmatch(text)
    text = canonical(fenced[1] if fenced else text)
    if not text.isascii():
        text = _without_ornaments(text)
        text = _ASIA_MARKS.sub(_with_space, text)
    for _ in range(3):
        text = _COMMAND.sub(r"\1", text)
    text = _TAGGED.sub(r"\2", text)
    return _EMPHASIS.sub(r"\2", text).strip()


# "B번", "Bの「Paris」": a label, and the text that it has.
_ASIA_MARKS = regex.compile(
    r"^(?P<label>[A-Za-z])(?:\s?번|番)?(?:の?[「『](?P<text>[^「」『』]+)[」』])?(?P<ends>(?:입니다|이다|です|である|だ)?[.。]?)$"
)


def _with_space(match: regex.Match[str]) -> str:
    return f"{match['label']}. {match['text']}" if match["text"] else str(match["label"])


def _without_ornaments(text: str) -> str:
    """A text with Ⓑ and 𝐁 as B, and without the pictures at its ends (``✅ B``)."""
    text = _CIRCLES_JOINED.sub("", text)
    text = _CIRCLED.sub(lambda match: f"{unicodedata.normalize('NFKC', match['number'])}번 ", text)
    text = "".join(
        unicodedata.normalize("NFKC", character)
        if unicodedata.decomposition(character).startswith(_STYLES)
        else character
        for character in text
    )
    start, end = 0, len(text)
    while start < end and _is_ornament(text[start]):
        start += 1
    while end > start and _is_ornament(text[end - 1]):
        end -= 1
    return text[start:end]


_CIRCLED = regex.compile(r"(?P<number>[①-⑳])(?:\s?[번番])?")
_CIRCLES_JOINED = regex.compile(r"(?<=[①-⑳])\s*(?:[、,，&]|and\b|和|与|與|及|以及)\s*(?=[①-⑳])")
"""What joins the numbers of statements: an answer of ②和③ is one of ②③."""
CIRCLES = regex.compile(r"\s*[①-⑳][①-⑳\s、,，和与與及]*[①-⑳]\s*")
"""An option that is a list of statements, by their numbers."""


def _is_ornament(character: str) -> bool:
    # Of ASCII only the space: a picture may be joined to it by a selector of its variant.
    if character.isascii():
        return character == " "
    return (unicodedata.category(character) == "So" and character not in CROSSES) or (
        character in "\ufe0e\ufe0f"
    )


@ANSWERS.remember(entries=16_384)
def normal(text: str) -> str:
    """What two texts share that say the same, but for case, markup, quotes, an article."""
    text = _RESPECTIVELY.sub("", plain(text).casefold().rstrip(".,;:!").strip())
    for wrapped in (_QUOTED, _BRACKETED_WORDS):
        inside = wrapped.fullmatch(text)
        if inside and inside[1].strip():
            text = inside[1].strip()
    return _ARTICLE.sub("", text, count=1) if _ARTICLE.match(text) else text


def contains(whole: str, part: str) -> bool:
    """Whether a text holds another one between the bounds of its words."""
    if not part or part not in whole:
        return False
    return bool(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", whole))


def holds(whole: str, part: str) -> bool:
    """Whether a text holds another one that is no part of a larger number or formula."""
    bounded = (
        rf"(?<![\w\\^/*.+=-])(?<![-+*/^]\s){re.escape(part)}(?![\w\\^/*+=-]|[.,]\d|\s*[-+*/^=])"
    )
    return bool(part) and bool(re.search(bounded, whole))


# Statements -----------------------------------------------------------------------------------

# The words are the table's, of English and Chinese; what other languages write in front of a label,
# `unannounced` knows.
_ADJECTIVE = any_of("qualifies", language="en")
_NOUN = (
    rf"(?:{any_of('announces', 'names', language='en')}"
    r"|(?:options|choices|letters|(?:alternative|response|statement|selection)s?)(?!\w))"
)
_LEAD = regex.compile(
    rf"(?:(?:\#{{1,6}}|>|-)\s+(?=\D))?(?:{any_of('concludes', language='en')}[,:]?\s*)?"
    rf"(?:{OF_OPTIONS})?"
    r"(?:i(?:'m|\s+am)\s+(?:(?:quite|very|absolutely|pretty)\s+)?(?:sure|certain|confident|convinced)\s+(?:that\s+)?)?"
    rf"(?:(?:i|we)(?:'d|\s+would)?\s+(?:{any_of('picks', language='en')}|think|believe)\s+)?"
    r"(?:(?:it|this|that)(?:'s|\s+is|\s+should\s+be|\s+must\s+be|\s+would\s+be)\s+)?"
    rf"(?:{_ADJECTIVE}\s+)*"
    rf"(?:{_NOUN}[.]?(?:\s+(?:choice|option|letter)s?\b)?"
    r"(?:\s+(?:to|for)\s+(?:the|this|your)\s+question)?)?"
    r"(?:\s*(?:is|are|would\s+be|should\s+be|must\s+be)\b)?"
    r"\s*(?:clearly|definitely|simply|only|therefore|thus)?\s*(?:[:=]\s*)?(?:;\s*)?",
    re.IGNORECASE,
)
# 答案是, 正确答案为, 故选, 选项: an answer, a choice.
_CHINESE_LEAD = re.compile(
    r"(?![^A-Za-z]*?(?<!最)(?<!最有)(?:可能|或许|也许|大概|似乎|好像|如果|假如|假设|倘若|要是|除非|有人|人会|人都|许多|很多|不少|他们|她们|同学|学生|别人|据说|听说|乍看|乍一看|易错|误))"
    r"[^\W\d_A-Za-z不非没除错錯误誤]*(?:答案|选)[^\W\d_A-Za-z不非没除错錯误誤]*\s*[:;]?\s*"
)
_TAIL = re.compile(
    rf"(?<!\s)\s+(?:{any_of('closes', language='en')}|is\s+true)$"
    r"|(?<=^\w)\s+(?:option|choice)$|(?<!\s)\s+✓$",
    re.IGNORECASE,
)
_CONCLUSION = re.compile(
    rf"(?P<reason>.*[,.;:]|.*\w(?=\s+so\b))\s+(?:(?:and|so|thus|hence|therefore),?\s+){{0,4}}"
    rf"(?:the|my)\s+(?:{_ADJECTIVE}\s+)*(?:answer|option|choice)(?:\s+(?:choice|option))?\s+"
    r"(?:is|must\s+be|should\s+be|would\s+be)\s+(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
_SUPPOSED = re.compile(r"\b(?:if|unless|suppose|assuming|either|whether)\b", re.IGNORECASE)
COPULA = re.compile(
    r"(?P<lead>[^\W\d_][\w'’,() -]{0,120}?)\s(?:is|are|was|were|be)\s*:?\s+(?P<rest>.+)"
)
AFTER = re.compile(
    r"(?:(?P<verb>\s+(?:is|are|was|were|(?:would|will|must|should)\s+be)\s+)|(?P<stop>\s*[.;!]\s+)|(?P<which>,?\s+(?:which|who)\s+)"
    r"|,\s+|\s+-+\s+|:\s+|\s+(?=\()|\s+(?=(?:because|since)\b))(?P<rest>\S.*)",
    re.DOTALL,
)
JOINT = re.compile(
    r"(?:(?<!\s)\s+)?(?:,\s*and\b|,\s*or\b|[,;/&|]|\.{3}|…|\band\b|\bor\b)\s*", re.IGNORECASE
)
OR = re.compile(r"\bor\b|/|\|", re.IGNORECASE)
NUMBERS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
PLACE = regex.compile(
    rf"(?:the\s+)?(?:(?P<word>{'|'.join(NUMBERS)}|last)|(?P<digits>\d{{1,2}})(?:st|nd|rd|th)?)\s+"
    r"(?:option|choice|answer|alternative|one|statement)"
    r"|(?:option|choice|alternative)\s*(?:(?:number|no\.?|\#)\s*)?(?P<number>\d{1,2})"
    r"|(?P<number>\d{1,2})\s?(?:번|番)",
    re.IGNORECASE,
)


AMBIGUOUS = {"В": "BC"}
"""What is the third letter of one script, and looks like the second one of another."""
# It is also a word, with which a sentence may begin.
AMBIGUOUS_MENTION = r"|(?<!\w)В(?!\w|\s[а-яё])|(?<=[^.!?\s]\s)В(?!\w)"

NUMERALS = "one two three four five six seven eight nine ten".split()


@cache
def numbered() -> regex.Pattern[str]:
    """What stands before the number of an option: "number 2", "la opción 2", "第2项"."""
    article = r"(?:(?:la|le|el|die|der|das|il|lo|a|o|de|het|the)\s+|l['’])"
    noun = rf"(?:{any_of('options')}|option|choice|answer|statement|alternative|item)"
    number = rf"(?:{any_of('numbers')}|[#№])"
    return regex.compile(
        rf"(?:{article}?+(?P<noun>{noun}\s*+(?:{number}\s*+)?+|{number}\s*+)|{article})"
        rf"(?P<number>\d{{1,2}}|(?:{'|'.join(NUMERALS)})(?!\w))(?![\d%]|[.,]\d)"
        r"|(?P<noun>第)(?P<number>\d{1,2})\s?[个個]?(?:选项|選項|项|項)",
        regex.IGNORECASE,
    )


LONGEST_NOUN = 40
"""How many characters at the end of a text a label in brackets has with the noun before it."""


@cache
def _noun_behind() -> regex.Pattern[str]:
    noun = rf"(?:{any_of('options', 'announces', 'names')}|item)"
    return regex.compile(rf"[(\[（]{noun}\s*+[:：]?\s*+(?=\w{{1,3}}[)\]）]\W*$)", regex.IGNORECASE)


def without_noun_behind(text: str) -> str:
    """A text without the noun before the label in brackets at its end.

    Example:
        >>> without_noun_behind("Paris (Antwort B)."), without_noun_behind("Paris (答案：B)")
        ('Paris (B).', 'Paris (B)')
    """
    start = max(0, len(text) - LONGEST_NOUN)
    return text[:start] + _noun_behind().sub("(", text[start:])


class LabelPatterns:
    """The patterns of a row's labels."""

    def __init__(self, labels: tuple[str, ...], *, translated: bool = False) -> None:
        self.labels = {label.casefold(): label for label in labels}
        self.translated = translated and _are_in_order(labels)
        if self.translated:
            others = {
                letter: label
                for letters in OPTION_LETTERS
                for letter, label in zip(letters, labels, strict=False)
                if letter not in AMBIGUOUS and letter.casefold() not in self.labels
            }
            self.labels |= {letter.casefold(): label for letter, label in others.items()}
            labels = (*labels, *others)
        if any(labels == series[: len(labels)] for series in OTHER_SERIES):
            latin = ascii_uppercase[: len(labels)]
            self.labels |= dict(zip(latin.lower(), labels, strict=True))
            labels = (*labels, *latin)
        any_label = "|".join(re.escape(each) for each in sorted(labels, key=len, reverse=True))
        self.any_label = any_label
        label = rf"(?P<label>{any_label})"
        other = label.replace("?P<label>", "?P<other>", 1)
        self.bare = re.compile(rf"[\s(\[{{<\"'*]*{label}[\s)\]}}>\"'*.:;,!]*", re.IGNORECASE)
        self.with_text = re.compile(
            # What sets a label off from its text: a bracket, a full stop, a dash, a reason.
            rf"[(\[<]?\s*{label}\s*(?P<mark>[)\]>]\s*(?:[.:,;]|-(?!\s?[\d.$\\]))?|[.,](?=\s|[^\d\s])|!(?=\s)|[:;]|\s-+\s|-+\s|-{{1,3}}(?=[^\W\d_]{{2}})"
            rf"|(?=\()|(?=\b(?:because|since)\b))\s*(?P<rest>\S.*)",
            re.IGNORECASE | re.DOTALL,
        )
        self.spaced = re.compile(
            rf"{label}\s+(?:=\s+|\\to\s+)?(?P<rest>\S.*)", re.IGNORECASE | re.DOTALL
        )
        self.at_end = re.compile(
            rf"(?P<rest>.*\S)\s*(?:[(\[]\s*(?:(?:option|choice|answer)\s+)?{label}\s*[)\]]"
            rf"|(?:[,-]|,?\s+which\s+is)\s*(?:option|choice|answer)\s+{other}"
            rf"|\s-+\s{other.replace('?P<other>', '?P<last>', 1)})",
            re.IGNORECASE | re.DOTALL,
        )
        # A and I are words, too, where a small letter follows.
        words = "|".join(re.escape(each) for each in labels if each.isalpha())
        self.bullet = re.compile(rf"[-–—•·▪●‣◦]\s*(?=(?:{words or '(?!)'})(?:[)\].:,]|\s*$))")
        article = r"[AI](?:'|\s+(?!(?:and|but|or|nor|so)\b)[a-z])"
        alone = rf"(?<!\w)(?!{article})(?:{words})(?!\w)" if words else r"(?!)"
        self.mention = re.compile(
            rf"[(\[](?:{any_label})[)\]]|(?<!\w)(?:{any_label})[).:](?!\w)"
            rf"|(?i:option|choice|answer)\s+(?:{any_label})\b|{alone}{AMBIGUOUS_MENTION}"
        )
        # Where what is said of it follows, A is no article.
        self.subject = rf"[(\[]?\b(?:{any_label})\b[)\]]?"
        self.named_alone = rf"(?:[(\[](?:{any_label})[)\]]|{alone})"

    def named(self, said: str) -> str:
        """The label that a text is which one of the patterns found."""
        # Not every letter that Python matches with another folds to it: İ and ı match i.
        return self.labels.get(said.casefold()) or next(
            label
            for label in self.labels.values()
            if re.fullmatch(re.escape(label), said, re.IGNORECASE)
        )


_SMALL_GREEK = regex.compile(rf"(?<![\w-])[{''.join(OTHER_SERIES[0])}](?![\w-])")


def in_latin(text: str) -> str:
    """A text whose Greek labels are Latin ones, as those alone are no letters of mathematics.

    Example:
        >>> in_latin("(β) or γ"), in_latin("β-blockers")
        ('(B) or C', 'β-blockers')
    """
    return _SMALL_GREEK.sub(lambda found: ascii_uppercase[OTHER_SERIES[0].index(found[0])], text)


def _are_in_order(labels: tuple[str, ...]) -> bool:
    """Whether labels are A, B and so on, for which other scripts have letters of their own."""
    return tuple(map(str.upper, labels)) == tuple(ascii_uppercase[: len(labels)])


_GREEK = dict(zip("ΑΒΓΔΕ", "ABCDE", strict=True))
_GREEK_FIRST = re.compile(r"[\s(\[*]*[ΑΒΓΔΕ](?:[)\].:,*\s]|$)")
_GREEK_LABEL = re.compile(r"(?<!\w)[ΑΒΓΔΕ](?![\w(^]|\s*[-+*/=<>≤≥≠])")


def without_greek_labels(text: str) -> str:
    """A text that begins with a Greek label, with that and others as Latin ones; formulas are left.

    Example:
        >>> without_greek_labels("Γ) Παρίσι"), without_greek_labels("Β, επειδή Δ > 0")
        ('C) Παρίσι', 'B, επειδή Δ > 0')
    """
    if text.isascii() or not _GREEK_FIRST.match(text):
        return text
    return _GREEK_LABEL.sub(lambda label: _GREEK[label[0]], text)


@ANSWERS.remember(entries=256)
def label_patterns(labels: tuple[str, ...], *, translated: bool = False) -> LabelPatterns:
    """The patterns of a row's labels, and of their letters in other scripts; rows share them."""
    return LabelPatterns(labels, translated=translated)


def stated(text: str) -> Iterator[str]:
    """A text, then what is left of it without "the answer is" and "is correct"."""
    yield text
    said = announced(text) or text
    first = next(spotted(said[:30], "hedges", after=False), None)
    if first is not None and not said[: first.start].strip():
        return
    rest = unannounced(text)
    if rest != text:
        yield rest
        text = rest
    for _ in range(3):
        lead, tail = _CHINESE_LEAD.match(text) or _LEAD.match(text), _TAIL.search(text)
        whole = text[lead.end() if lead else 0 :].strip()
        shorter = text[lead.end() if lead else 0 : tail.start() if tail else None].strip()
        if not shorter or shorter == text:
            return
        yield from dict.fromkeys((whole, shorter))
        text = shorter


def concluded(text: str) -> tuple[str, str] | None:
    """The reason, and what is concluded from it: ``Rome is in Italy, so the answer is B``."""
    match = _CONCLUSION.fullmatch(text)
    if match is None or _SUPPOSED.search(match["reason"]):
        return None
    return match["reason"], match["rest"]
