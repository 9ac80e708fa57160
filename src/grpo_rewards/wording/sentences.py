"""Sentences whose words are words: the value that follows "is", or the only one there is."""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from grpo_rewards.wording.announcements import MAX_SENTENCE, plans
from grpo_rewards.wording.asides import speaker_doubts
from grpo_rewards.wording.counting import counts
from grpo_rewards.wording.doubts import denied_lead, doubted, guessed_or_told
from grpo_rewards.wording.figures import in_full_figures
from grpo_rewards.wording.foreign_units import foreign_unit
from grpo_rewards.wording.givens import is_rate_in_time, tells_what_was, without_givens
from grpo_rewards.wording.moods import as_it_is
from grpo_rewards.wording.qualified import is_partial
from grpo_rewards.wording.spoken_of import about_answer, told_by_others
from grpo_rewards.wording.stating import (
    is_needed,
    spelled_out,
    states,
    unit_behind,
    uses,
    without_relative_denial,
)
from grpo_rewards.wording.suppositions import concludes_in_a_case, leaves_cases, opens_a_case
from grpo_rewards.wording.vocabulary import any_of, spotted

__all__ = ["approximated", "counted_of", "lead_ins", "lone_value"]

# What is stated has to be mathematics or a choice after these, and their lead must not deny it.
_COPULA = (
    r"(?:(?:is|are|was|were)(?!\s+(?:left|remaining)\W*$)|equals?(?:\s+to)?|costs|leaving|remains|it'?s|gives|yields|makes|becomes|"
    r"(?:comes\s+(?:out\s+)?|works\s+out\s+|amounts\s+|adds\s+up\s+|evaluates\s+|simplifies\s+)to|totals?|(?:will|would|must)\s+be|es|son|est|sont|ist|sind|beträgt|é|são|è|sono|是|为|等于|равен|равна|равно|adalah|wynosi|(?<!ít nhất )(?<!nhiều nhất )(?<!có thể )(?<!chắc )(?<!tối đa )(?<!tối thiểu )là|(?<!hoặc )(?<!gần )(?<!xấp xỉ )bằng)"
    r"(?:\s+(?:de|di|du)(?=\s+[-+$€£\\]*\d))?(?:\s+(?:(?:located\s+)?at(?=\s*[$(\\])|equal to|just|exactly|then|therefore|thus|approximately(?=\s+\S*\.\d)))?"
)
_LEAD_INS = tuple(
    re.compile(pattern, re.IGNORECASE | re.DOTALL)
    for pattern in (
        rf"(?P<lead>(?=[^\W_]|[$\\])[^\n]{{0,160}}?[\s$)])?{_COPULA}(?:\s*:)?\s*(?<![A-Za-z])(?P<rest>.+)",
        r"(?P<lead>(?:\\(?:text|mathrm)\s*\{)?\s*[A-Za-z][A-Za-z '’]{1,40}\}?|(?=[^\x00-\x7f])[^\W\d_](?:[^\W\d_]|[ '’\u0300-\u036f\u064b-\u0652\u0900-\u0dff\u0e31-\u0e4e]){1,40})\s*[:=]\s*(?P<rest>.+)",
        r"(?P<lead>[A-Za-z]+\s+[a-z]+)\s+(?P<rest>\d.*)",
        r"(?P<lead>[^\n,，.。]{0,60}?)(?<![不非没认设以因半倍])(?:等于|是|为)\s*(?P<rest>[-+$\\\d(\[a-zA-Z].*)",
    )
)


_CLAUSE = regex.compile(r"[,;:.]\s|\bthen\b")


_AT_FIRST = re.compile(
    r"\b(?:at\s+(?:first|the\s+(?:start|beginning|outset))|initially|originally)\b", re.IGNORECASE
)


def lead_ins(text: str) -> Iterator[str]:
    """What a sentence may state, if it is mathematics or a choice.

    Example:
        >>> list(lead_ins("The cost is 20")), list(lead_ins("The cost is not above 20"))
        (['20'], ['not above 20'])
    """
    if leaves_cases(text):
        return
    for pattern in _LEAD_INS:
        match = pattern.fullmatch(text)
        for _ in range(3):
            if match is None:
                break
            lead, before = match["lead"] or "", text[: -len(match["rest"])]
            if match.string != text and denied_lead(_CLAUSE.split(before)[-1]):
                break  # "the wrong remainder when N is divided by 7 is"
            leaves = before.rstrip().endswith("leaving")
            denied = not leaves and denied_lead(lead)  # "rules out C, leaving D"
            if (
                not denied
                and not (pattern is _LEAD_INS[1] and _NO_ANSWER.fullmatch(lead))
                and not (
                    plans(lead) or uses(before) or told_by_others(before) or about_answer(before)
                )
                and not (tells_what_was(before) or _AT_FIRST.search(match["rest"]))
                and not guessed_or_told(before)
                and (pattern is _LEAD_INS[0] or not doubted(lead, ""))
                and (
                    pattern is not _LEAD_INS[1]
                    or lead.isascii()
                    or not any(True for _ in spotted(lead, "changes"))
                )
            ):
                yield match["rest"].strip()
            goes_on = pattern is _LEAD_INS[0] and not (denied and opens_a_case(f"{text},"))
            inner = pattern.fullmatch(match["rest"]) if goes_on else None
            match = inner if inner and len(inner["rest"]) < len(match["rest"]) else None


# Labels of what is no answer: "Given: 42", "Example: 42".
_NO_ANSWER = regex.compile(
    r"\W*(?:(?:the|a|an|my|our|some)\s)?(?:given|data|known|input|examples?|samples?|placeholder|dummy|template|format|hint|(?:first\s|wild\s|my\s)?guess|estimate|attempt|(?:(?:total|input|output|prompt)\s)?tokens?|difficulty|confidence"
    r"|(?:problem|question|exercise|task|line|step|case|figure|table)(?:\s(?:number|no|id))?|gegeben|beispiel|donnée?s?|exemple|dado|dados|datos|ejemplo|exemplo|esempio|dati|дано|пример|例|例如|已知|例えば|예|예시|주어진\s값|ví\sdụ|cho\strước|مثال|المعطيات)",
    regex.IGNORECASE,
)


_NUMBER = regex.compile(
    r"(?<![A-Za-z\d.,^_/\\+=*<>-])(?:[-+−]|(?:US|R|HK|NZ|NT|[ACS])?\\?\$\s?(?=\d)|\\?\$|[€£¥₹]\s?){0,6}+(?:\d++ \d++/\d++|\d++/\d++|\d{1,3}+(?:,\d{3})++(?:\.\d++)?+|\d{1,3}+(?:[. ]\d{3}){0,5}+,\d\d?(?!\d)|\d++(?:[.,]\d++)?+|\.\d++)"
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


def lone_value(text: str, *, concludes: bool = False) -> str | None:
    """The one value of a sentence whose other words are words; with what is counted after it.

    Args:
        text: A sentence.
        concludes: Whether a word for "therefore" stands before it: then it may begin with its value.

    Example:
        >>> lone_value("Josh made a profit of $70,000."), lone_value("Jane has 5 apples left")
        ('$70,000', '5 apples')
        >>> lone_value("She ate 2 of 5"), lone_value("There are at least 5 apples")
        (None, None)
        >>> lone_value("5 people came, as expected."), lone_value("5 people came.", concludes=True)
        (None, '5 people')
    """
    if len(text) > MAX_SENTENCE or (plans(text) and not (concludes and is_needed(text))):
        return None
    text = spelled_out(text) or text
    text = in_full_figures(as_it_is(text))
    text = _AT_A_VALUE.sub(" ", text) if "=" in text else text
    again = _IN_OTHER_WORDS.search(text)
    if again and _HAS_DIGIT.search(text, 0, again.start()):
        text = text[: again.start()]
    if "°" in text or "\\circ" in text or "²" in text or "³" in text:
        text = _UNIT_SIGNS.sub(r"\1", text)
    text = _SIGN_BEHIND.sub("", _COMES_TO.sub(" at ", text))
    found = list(_MATH.finditer(text)) or list(_NUMBER.finditer(text))
    if 1 < len(found) <= MAX_NUMBERS:
        if _RATE.search(text) or is_rate_in_time(text):
            return None
        text = _EACH_HAS.sub("", text)
        # "after 3 days", "each of the 5 friends": known beforehand
        text = _ORDINAL.sub("nth", without_givens(text))
        text = _YEAR.sub("", text) if text[:1].isdigit() else text
        found = list(_MATH.finditer(text)) or list(_NUMBER.finditer(text))
    if len(found) != 1:
        return counted_of(text)
    before, after = text[: found[0].start()], text[found[0].end() :]
    after = without_relative_denial(_NO_TOTAL.sub("", after))
    if "," in after and speaker_doubts(after[after.find(",") :]):
        return None
    if before.rstrip()[-1:] in (":", "：") and _NO_ANSWER.fullmatch(before.rstrip(" *_:：")):
        return None
    leads = not before.strip()
    exactly = _EXACTLY.fullmatch(before) is not None and _REMAINS.match(after) is not None
    counted = leads and (
        not after.isascii() or _WAS_COUNTED.match(after)
    )  # apples in another language
    if not (concludes or counted or exactly or _begins_sentence(before)):
        return None
    if any(map(str.isdigit, before + after)) or not states(before, after):
        return None
    if concludes_in_a_case(text) if concludes else tells_what_was(before) or opens_a_case(text):
        return None
    if text.rstrip()[-1:] in (",", "，", "、"):
        return None  # which was cut off
    if not (_PLAIN_WORDS.fullmatch(before) and _PLAIN_WORDS.fullmatch(after)):
        return None
    if doubted(before, after) or about_answer(before) or is_partial(after):
        return None
    if (
        (counted or concludes or exactly)
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
    return _with_unit(value, before, after, concludes=concludes)


def _with_unit(value: str, before: str, after: str, *, concludes: bool) -> str | None:
    """A value with what is counted after it; ``None`` where what stands there is no unit."""
    rest = after.strip().rstrip(".!。")
    cut = _COMPLEMENT.search(rest)
    unit = (rest[: cut.start()] if cut else rest).strip()
    if unit == "times" or (_WAS_COUNTED.match(after) and _TOTAL_OF.fullmatch(before)):
        return value  # "the letter appears 3 times"
    if concludes:
        joined = _AND_SOMEBODY.search(unit)
        unit = unit[: joined.start()] if joined else unit
    others = unit if unit.isascii() else _NO_PARTICLE.sub("", unit)
    if any(True for _ in spotted(others, "rivals", "changes", after=True)):
        return None
    measure = foreign_unit(unit) if unit else ""
    if measure:
        return f"{value} {measure}"
    if not unit.isascii():  # apples in another language
        return value if counts(unit) or concludes else None
    if concludes and unit:
        unit = unit_behind(unit).strip()
        unit = (
            ""
            if value[:1] in "$€£¥₹" or any(True for _ in spotted(unit, "speaks", after=True))
            else unit
        )
    return f"{value} {unit}" if unit and unit[0].isalpha() else value


# Japanese words with the letters of "or" and "and" in them: "60分かかること".
_NO_PARTICLE = regex.compile(r"かか[るりっら]|[分わ]か[るりっ]|という|とな[るりっ]|こと|とき")
# "42 dollars and Tom pays it" counts no more than dollars.
_AND_SOMEBODY = regex.compile(
    r"\s(?:and|which|who|that)\s+(?=(?:[A-Z][a-z]+|he|she|they|it|we|the|his|her|[a-z]{2,}s\s(?:the|his|her|it|them|all))\s)"
)
# "is increased to 42": where it comes to, and no range.
_COMES_TO = regex.compile(
    r"(?<=\b(?:(?:increas|decreas|reduc|rais)(?:ed?|es|ing)|rises?|rose|risen|grows?|grew|grown|falls?|fell|fallen|drops?|dropped|climbs?|climbed|comes?|came|amounts?|lower(?:s|ed)|adds?\s+up|brings?\s\w+)(?:\s(?:up|out|down))?)\sto\s(?=[$€£]?\d)",
    regex.IGNORECASE,
)
_SIGN_BEHIND = regex.compile(r"(?<=\d)\s?[€£¥₹₽](?!\w)|(?<=^[^$]*\d)\s?\$(?=[\s.!,]|$)(?=[^$]*$)")
# How many of something each one has that is counted: "14 bags with 2 apples in each bag".
_EACH_HAS = regex.compile(
    r"(?<=\w),?\s(?:with|of|containing|holding|having|each\s(?:with|containing|holding|of|having|weighing|costing))\s[$€£]?\d[\d,.]*+(?:\s[a-z]+){1,4}?\s(?:in|on|for|per|to|inside|at)\s(?:each|every|one|a)(?:\s[a-z]+)?(?=[.!]?$)"
    r"|(?<=\w),?\s(?:with|of|at|for)\s[$€£]?\d[\d,.]*+(?:\s[a-z]+){0,2}?\s(?:each|apiece)(?=[.!]?$)|(?<=\w),?\seach\s(?:with|containing|holding|of|having|weighing|costing)\s[$€£]?\d[\d,.]*+(?:\s[a-z]+){0,2}(?=[.!]?$)",
)
# "42 in 100 apples", which is a share; "42 in 100 days" is a number of them.
_RATE = regex.compile(
    r"\d\s(?:in|out\sof)\s(?:every\s)?10+\b(?!\s(?:second|minute|hour|day|week|month|year)s)"
)
_ORDINAL = regex.compile(r"(?<![\d.,])\d++(?:st|nd|rd|th)\b")


def counted_of(text: str) -> str | None:
    """The number in a sentence that says how many of something a formula's object has.

    Example:
        >>> counted_of("The equation $x^3 = x$ has exactly 3 real solutions.")
        '3'
        >>> counted_of("The equation $x^3 = x$ has at least 3 solutions.")
    """
    held = _HAS_SO_MANY.fullmatch(text) if "$" in text else None
    if held is None or doubted(held["before"], held["after"]):
        return None
    return str(held["value"])


_WHY = regex.compile(
    r",?\s*(?:car|parce|da|weil|denn|pois|porque|pues|perché|poiché|так\s+как|потому|因为|由于)(?!\w)",
    regex.IGNORECASE,
)
MAX_NUMBERS = 4
# "The equation $x^3 = x$ has exactly 3 real solutions": what is counted is named by a formula.
_HAS_SO_MANY = regex.compile(
    r"(?P<before>[^$\n]*+\$[^$A-Za-z\n]*+[A-Za-z][^$\n]*+\$[^$\d\n.;!?]{0,60}?\s(?:has|have)\s+(?:(?:therefore|thus|exactly|precisely|only|a\s+total\s+of)\s+){0,8})"
    r"\$?(?P<value>\d++)\$?(?P<after>(?:\s[a-z-]{2,}+){1,4})[.!]?"
)
# "5/12 of the cake is left", "72 clips were sold".
_WAS_COUNTED = regex.compile(
    r"\sof\sthe\s|(?:\s(?!(?:or|and|plus)\b)[a-z]++){1,3}\s(?:were|was|are|remain|have\sbeen)\s|\s(?:are|were)\s(?:left|remaining)\b"
)
# "Only 42 are left", "exactly 42 pens remain".
_EXACTLY = regex.compile(r"(?:only|exactly|just|precisely)\s[$*]*", regex.IGNORECASE)
_REMAINS = regex.compile(
    r"\*{0,2}(?:\s[a-z]++){0,3}?\s(?:(?:are|were)\s(?:left|remaining)|remain(?:s|ed)?)\b"
)
_TOTAL_OF = regex.compile(
    r"(?:(?:so|thus|hence|therefore),?\s)?(?:(?:a|the)\stotal\sof\s)?[$*]*", regex.IGNORECASE
)
_NO_TOTAL = regex.compile(r"\sno\s(?:total|final|fim|todo)\b")
# "120 minutes to get there, i.e. 2 hours"; "36 cm²", "30°".
_HAS_DIGIT = regex.compile(r"\d")
_IN_OTHER_WORDS = regex.compile(
    r",?\s(?:i\.\s?e\.,?|that\s+is,|or\s+equivalently,?|d\.\s?h\.,?|es\s+decir,?|c['’]est-à-dire)\s[-$]?\d[^,;]{0,30}$"
)
_UNIT_SIGNS = regex.compile(r"(\d)\s?(?:°[CF]?|\^\s?\{?\\circ\}?|(?:[kcmd]?m|in|ft)[²³])(?!\w)")
# What a problem sets a variable to: "when x = 3,", "for $n = 5$".
_AT_A_VALUE = regex.compile(
    r"(?:^|(?<=[\s,]))(?:when|for|at|if|with)\s+[$]?[A-Za-z]\s?=\s?[-−]?\d++(?:\.\d++)?+[$]?(?:,\s+(?:then\s+)?|(?=\s(?:is|are|equals)\s)|(?=[.]?$))",
    regex.IGNORECASE,
)
# When it was so: "72 clips were sold in 1994".
_YEAR = regex.compile(
    r"\s(?:in|during|since|by)\s(?:the\s)?(?:year\s)?[12]\d{3}(?:[/–-]\d{2,4})?(?:\s(?:season|campaign|year|term))?(?=[.!]?$)"
)
_COMPLEMENT = regex.compile(
    r"(?<!\w)(?:(?:were|was|are|will\s+be)(?=\s+(?:still\s+)?(?:left|remaining|there))|remain|remained|for|in|on|at|by|from|with|after|before|during|when|because|since|so|to|left|remaining|"
    r"en|au|im|em|na|nel|al|del|di|per|pour|für|zum|mit|con|com|avec|insgesamt|of|altogether|which|who|that|as|now|more|(?<![a-z]\s)(?:fewer|less)|over\s+(?:the|a|his|her|their|(?:two|three|four|five|six|seven|eight|nine|ten|several)\s+(?:minute|hour|day|week|month|year)s)|(?:taller|longer|shorter|older|younger|heavier|lighter|faster|slower|higher|lower|deeper|wider|farther|further)\s+than|each|while|if|between|among|across|throughout|into|including|until|today|tomorrow|yesterday|this|last|next)\b|[,;:()!?.]|-(?<!\bUS-)"
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
