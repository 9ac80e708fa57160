"""What a text quotes, and which sources it cites."""

from __future__ import annotations

from dataclasses import dataclass

import regex

__all__ = ["Quotation", "citations", "own_text", "quotations"]

MOST = 200
"""Quotations and citations of a text that are looked at."""
# Pairs of marks. A single one is an apostrophe as often as not, and quotes nothing here.
_QUOTED = regex.compile(
    r"“(?P<text>[^“”]{1,5000}+)”|\"(?P<text>[^\"\n]{1,5000}+)\"|«(?P<text>[^«»]{1,5000}+)»"
    r"|„(?P<text>[^„“”]{1,5000}+)[“”]|「(?P<text>[^「」]{1,5000}+)」"
)
_BLOCK = regex.compile(r"(?:^[ \t]*>[^\n]*\n?)+", regex.MULTILINE)
_MARKS = regex.compile(
    r"\[\s*\^?(?P<marks>[\w.-]{1,40}(?:\s*[,;]\s*\^?[\w.-]{1,40}){0,20})\s*\](?!\()"
)
_RANGE = regex.compile(r"(?P<low>\d{1,4})\s*[-–]\s*(?P<high>\d{1,4})")
_WORD = regex.compile(r"[\p{L}\p{N}]+")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted span, and the marks of the citation behind it, if there is one."""

    text: str
    marks: tuple[str, ...] = ()


def quotations(text: str, *, least_words: int = 3) -> list[Quotation]:
    """The spans that a text quotes, in quotation marks or as a block.

    Args:
        text: The text.
        least_words: Shorter ones are titles, names, or words that are spoken of.

    Example:
        >>> quotations('It says "the river runs north" [2]. A "mill".')
        [Quotation(text='the river runs north', marks=('2',))]
    """
    spans = [(found.start(), found.end(), found["text"]) for found in _QUOTED.finditer(text)]
    spans += [
        (block.start(), block.end(), regex.sub(r"(?m)^[ \t]*>[ \t]?", "", block[0]))
        for block in _BLOCK.finditer(text)
    ]
    found = []
    for _, end, quoted in sorted(spans)[:MOST]:
        if len(_WORD.findall(quoted)) >= least_words:
            behind = _MARKS.match(text, _skip(text, end))
            found.append(Quotation(quoted.strip(), _marks(behind["marks"]) if behind else ()))
    return found


def own_text(text: str, *, least_words: int = 3) -> str:
    """What a text says itself: without what it quotes, and without the marks of its citations.

    Example:
        >>> own_text('It says "the river runs north" [2], so.').split()
        ['It', 'says', ',', 'so.']
    """

    def kept(quoted: regex.Match[str]) -> str:
        return " " if len(_WORD.findall(quoted["text"])) >= least_words else quoted[0]

    return _MARKS.sub(" ", _QUOTED.sub(kept, _BLOCK.sub(" ", text)))


def _skip(text: str, place: int) -> int:
    while place < len(text) and text[place] in ' .,;:"”':
        place += 1
    return place


def citations(text: str) -> list[str]:
    """The marks that a text cites sources by, as in ``[1]``, ``[2, 3]``, ``[4-6]``, ``[^a]``.

    Example:
        >>> citations("So it is [1, 3-5], as [Smith2020] says; see [here](url).")
        ['1', '3', '4', '5', 'Smith2020']
    """
    found: list[str] = []
    for mark in _MARKS.finditer(text):
        found += _marks(mark["marks"])
        if len(found) > MOST:
            break
    return found[:MOST]


def _marks(text: str) -> tuple[str, ...]:
    found: list[str] = []
    for part in regex.split(r"\s*[,;]\s*", text):
        numbers = _RANGE.fullmatch(part)
        if numbers and int(numbers["low"]) <= int(numbers["high"]) <= int(numbers["low"]) + MOST:
            found += map(str, range(int(numbers["low"]), int(numbers["high"]) + 1))
        else:
            found.append(part.lstrip("^").strip())
    return tuple(mark for mark in found if mark)
