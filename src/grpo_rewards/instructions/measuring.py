"""What a text is measured in: words, sentences, paragraphs, lines; each in linear time."""

from __future__ import annotations

import regex

__all__ = [
    "SIGNS",
    "at_least",
    "bare",
    "exactly",
    "lines",
    "occurrences",
    "paragraphs",
    "sentences",
    "words",
]

UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
# In scripts without spaces each character counts; "don't", "3.5" and "well-known" are one word.
_WORD = regex.compile(
    rf"[{UNSPACED}]|[\p{{L}}\p{{M}}\p{{N}}--[{UNSPACED}]]++"
    rf"(?:['’.,_-][\p{{L}}\p{{M}}\p{{N}}--[{UNSPACED}]]++)*+",
    regex.VERSION1,
)
SIGNS = "".join(map(chr, (*range(33, 48), *range(58, 65), *range(91, 97), *range(123, 127))))
"""The punctuation of ASCII."""

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st jr sr vs etc e.g i.e cf inc ltd co corp approx dept est jan feb mar apr "
    "jun jul aug sep sept oct nov dec u.s u.k a.m p.m ph.d".split()
)
_BEFORE_A_NUMBER = frozenset("no nos fig figs vol p pp ch sec eq".split())
# Each run of marks is looked at once, whatever stands behind it.
_END = regex.compile(r"(?P<mark>[.!?]++)[\"'”’)\]*_]*+|[。！？]++[」』”]?+|\n\s*\n")
LONGEST_ABBREVIATION = 20


def words(text: str) -> list[str]:
    """The words of a text.

    Example:
        >>> words("Don't pay 3.5 dollars - it's well-known.")
        ["Don't", 'pay', '3.5', 'dollars', "it's", 'well-known']
    """
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """The sentences of a text: they end with a mark that white space follows, or a blank line.

    Example:
        >>> sentences("Dr. Who paid 3.5 dollars. Why? Nobody knows")
        ['Dr. Who paid 3.5 dollars.', 'Why?', 'Nobody knows']
    """
    found, start = [], 0
    for end in _END.finditer(text):
        place = end.end()
        if end["mark"] and not (place == len(text) or text[place].isspace()):
            continue
        if end["mark"] == "." and _is_abbreviation(text, end.start()):
            continue
        found.append(text[start:place])
        start = place
    found.append(text[start:])
    return [sentence.strip() for sentence in found if _WORD.search(sentence)]


def _is_abbreviation(text: str, place: int) -> bool:
    """Whether what stands before a full stop is one, or an initial."""
    before = text[max(place - LONGEST_ABBREVIATION, 0) : place]
    word = before.split()[-1] if before and not before[-1].isspace() else ""
    word = word.lstrip("(\"'“[").lower()
    last = word.rpartition(".")[2]
    if word in _BEFORE_A_NUMBER:
        return text[place + 1 : place + LONGEST_ABBREVIATION].lstrip()[:1].isdigit()
    return word in _ABBREVIATIONS or (len(last) == 1 and last.isalpha() and word != "i")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, which blank lines part."""
    parts = regex.split(r"\n[^\S\n]*+\n\s*+", text.strip())
    return [part for part in parts if part.strip()]


def lines(text: str) -> list[str]:
    """The lines of a text that are not blank."""
    return [line for line in text.split("\n") if line.strip()]


def occurrences(keyword: str, text: str) -> int:
    """How often a keyword stands in a text as a word of its own, in any case.

    Example:
        >>> occurrences("art", "Art is in the start of art."), occurrences("C++", "C++ or c++?")
        (2, 2)
    """
    keyword = keyword.strip()
    parts = [regex.escape(part) for part in regex.split(r"\s+", keyword)]
    left = r"(?<![\p{L}\p{N}_])" if keyword[0].isalnum() else ""
    right = r"(?![\p{L}\p{N}_])" if keyword[-1].isalnum() else ""
    pattern = left + r"\s+".join(parts) + right
    return len(regex.findall(pattern, text, regex.IGNORECASE))


def bare(word: str) -> str:
    """A word without the punctuation around it, in lower case."""
    return word.strip(SIGNS + "“”‘’…—– ").lower()


def exactly(found: int, what: str, wanted: int) -> str:
    """Why a count is not the wanted one; empty if it is."""
    return "" if found == wanted else f"{found} {what}, not {wanted}"


def at_least(found: int, what: str, wanted: int) -> str:
    """Why a count is below the wanted one; empty if it is not."""
    return "" if found >= wanted else f"{found} {what}, not at least {wanted}"
