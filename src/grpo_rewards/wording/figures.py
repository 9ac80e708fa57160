"""Figures as a sentence's language writes them: 16.000 is sixteen thousand in German, not in English."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import regex

from grpo_rewards.wording.vocabulary import rows

__all__ = [
    "GROUPED_WITH_DOTS",
    "in_full_figures",
    "in_plain_figures",
    "with_plain_separators",
    "without_turkish_be",
]

GROUPED_WITH_DOTS = ("de", "es", "id", "it", "nl", "pt", "tr", "vi")
"""Languages in which a dot parts thousands, and a comma the decimals."""
_CURRENCY = r"(?:[$€£¥₹₫₺]|\b(?:USD|EUR|BRL|Rp|VND|TL|TRY|euros?|[dD][oó]l+ar\w*|reais|pesos)\b)"
# What is no decimal: an amount of money has two places, and none ends its places with a zero.
_GROUPS = regex.compile(
    rf"(?<![\d.,])(?P<first>\d{{1,3}})(?P<groups>(?:\.\d{{3}}){{2,}}+|\.\d\d0|(?<={_CURRENCY}\s?\d{{1,3}})\.\d{{3}}|\.\d{{3}}(?=\s?(?:US[- ])?{_CURRENCY}))(?!\.?\d|,\d{{3}})"
)
_ENGLISH_TOO = frozenset(("also", "final", "logo", "total"))


@cache
def _of_dots() -> regex.Pattern[str]:
    """The words of those languages that announce or conclude an answer."""
    found = {
        word
        for row in rows("announces", "concludes", "labels")
        if row.language in GROUPED_WITH_DOTS
        for word in row.words
        if word not in _ENGLISH_TOO
    }
    longest_first = sorted(found, key=lambda word: (-len(word), word))
    words = "|".join(regex.escape(word) for word in longest_first)
    return regex.compile(rf"(?<!\w)(?:{words})(?!\w)", regex.IGNORECASE)


def in_plain_figures(value: str, lead: str) -> str:
    """A value without the dots that group its digits, if its lead-in is of a language that does so.

    Example:
        >>> in_plain_figures("US$ 16.000", "A resposta é"), in_plain_figures("16.000", "It is")
        ('US$ 16000', '16.000')
        >>> in_plain_figures("3.125", "Die Antwort ist")
        '3.125'
    """
    if "." not in value or not _GROUPS.search(value) or not _of_dots().search(lead):
        return value
    return _GROUPS.sub(lambda match: match["first"] + match["groups"].replace(".", ""), value)


_ARABIC_POINT = regex.compile(r"(?<=\d)٫(?=\d)")
_ARABIC_GROUP = regex.compile(r"(?<=\d)٬(?=\d{3}(?!\d))")


def with_plain_separators(text: str) -> str:
    """A text whose figures have no marks of Arabic and Persian before decimals and between thousands.

    Example:
        >>> with_plain_separators("٣٫٥"), with_plain_separators("١٬٢٣٤٬٥٦٧")
        ('٣.٥', '١٢٣٤٥٦٧')
    """
    text = _ARABIC_POINT.sub(".", text) if "٫" in text else text
    return _ARABIC_GROUP.sub("", text) if "٬" in text else text


_SCALED = regex.compile(
    r"(?<![\d.,/^_])(?P<number>\d{1,6}(?:,\d{3}){0,2}(?:\.\d{1,8})?)\s?(?P<scale>[万萬만億亿억])(?![\d一二三四五六七八九十百千万萬億亿만억])"
)
_SCALES = dict.fromkeys("万萬만", 10_000) | dict.fromkeys("億亿억", 100_000_000)


def in_full_figures(text: str) -> str:
    """A sentence with numbers of ten thousands and hundred millions in digits.

    Example:
        >>> in_full_figures("利益は12万ドル"), in_full_figures("总价为3.5亿元")
        ('利益は120000ドル', '总价为350000000元')
    """

    def written_out(match: regex.Match[str]) -> str:
        number = Fraction(match["number"].replace(",", "")) * _SCALES[match["scale"]]
        return str(number) if number.denominator == 1 else match[0]

    return text if text.isascii() else _SCALED.sub(written_out, text)


_TURKISH_BE = regex.compile(r"(?<=[\w%)}$*])['’][dt][ıiuü]r(?=[*. \n]*+$)")


def without_turkish_be(end: str) -> str:
    """The end of a text without the Turkish "is" that an apostrophe joins to the last word.

    Example:
        >>> without_turkish_be("Cevap 72'dir."), without_turkish_be("Hız **72 km/saat**’tir.")
        ('Cevap 72.', 'Hız **72 km/saat**.')
    """
    return _TURKISH_BE.sub("", end)
