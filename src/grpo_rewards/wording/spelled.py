"""Numbers in English words, rewritten in digits: ``forty-two``, ``three quarters``, ``half an hour``."""

from __future__ import annotations

import re

__all__ = ["in_digits"]

LONGEST = 200
"""Longer texts (characters) are prose, and not looked at."""

_ONES = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_SCALES = {"trillion": 10**12, "billion": 10**9, "million": 10**6, "thousand": 10**3}
_PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "twelfth": 12, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
_PARTS |= {f"{part}s": bottom for part, bottom in _PARTS.items()} | {"halves": 2}
_STARTS = frozenset([*_ONES, *_TENS, "minus", "negative", "half", "a", "an"])
_TOKEN = re.compile(r"(?P<gap>[^A-Za-z\d]*)(?P<word>[A-Za-z]+|\d+)")


def in_digits(text: str) -> str | None:
    """A text that begins with a number in words, with its numbers in digits; ``None`` for others.

    Example:
        >>> in_digits("Forty-two apples"), in_digits("two hours and thirty minutes")
        ('42 apples', '2 hours and 30 minutes')
        >>> in_digits("three and a half"), in_digits("minus two thirds"), in_digits("twenty ten")
        ('3 1/2', '-2/3', '20 10')
        >>> in_digits("no one"), in_digits("two-digit")
        (None, None)
    """
    first = _TOKEN.match(text) if len(text) <= LONGEST else None
    if first is None or not (first["word"].lower() in _STARTS or " and " in text):
        return None
    phrase = _Phrase(list(_TOKEN.finditer(text)))
    number = phrase.number(0)
    if number is None:
        return None
    parts, place = [number[0]], number[1]
    while place < len(phrase.words):
        gap = phrase.gaps[place]
        number = phrase.number(place) if gap.endswith(" ") else None
        digits, place = number or (phrase.tokens[place]["word"], place + 1)
        parts += [gap, digits]
    return "".join(parts) + text[phrase.tokens[-1].end() :]


class _Phrase:
    """The words of a text; a method reads at a place, and gives what it found and where it ends."""

    def __init__(self, tokens: list[re.Match[str]]) -> None:
        self.tokens = tokens
        self.gaps = [match["gap"] for match in tokens]
        self.words = [match["word"].lower() for match in tokens]

    def word(self, place: int, *gaps: str) -> str:
        """The word at a place, if one of these gaps is before it; else none."""
        return self.words[place] if place < len(self.words) and self.gaps[place] in gaps else ""

    def number(self, place: int) -> tuple[str, int] | None:
        """A whole number, a fraction, a mixed number or a decimal, in digits."""
        sign = ""
        if self.words[place] in ("minus", "negative"):
            sign, place = "-", place + 1
        found = self.unsigned(place) if place < len(self.words) else None
        if found is None or (found[1] < len(self.words) and self.gaps[found[1]][:1] in ("-", "'")):
            return None  # "two-digit" and "one's" are no numbers
        return sign + found[0], found[1]

    def unsigned(self, place: int) -> tuple[str, int] | None:
        found = self.fraction(place)
        if found:
            return found
        if self.words[place] == "a" and self.word(place + 1, " ") == "dozen":
            return "1", place + 1
        spelled = self.whole(place)
        if spelled is None:
            if not self.words[place].isdigit() or self.word(place + 1, " ") != "and":
                return None
            value, end = int(self.words[place]), place + 1
        else:
            value, end = spelled
        if self.word(end, " ") == "and":
            fraction = self.fraction(end + 1)
            if fraction:
                return f"{value} {fraction[0]}", fraction[1]
        if self.word(end, " ") == "point":
            places, last = "", end + 1
            while _ONES.get(self.word(last, " "), 10) < 10:
                places, last = places + str(_ONES[self.words[last]]), last + 1
            if places:
                return f"{value}.{places}", last
        return (str(value), end) if spelled else None

    def fraction(self, place: int) -> tuple[str, int] | None:
        """``half``, ``a third``, ``two-thirds``; of ``half an hour`` the article, too."""
        first = self.words[place] if place < len(self.words) else ""
        if first == "half":
            return "1/2", place + 1 + (self.word(place + 1, " ") in ("a", "an"))
        top = (1, place + 1) if first in ("a", "an") else self.whole(place)
        if top is None or self.word(top[1], " ", "-") not in _PARTS:
            return None
        return f"{top[0]}/{_PARTS[self.words[top[1]]]}", top[1] + 1

    def whole(self, place: int) -> tuple[int, int] | None:
        total, end = 0, place
        found = self.below_thousand(place)
        for scale, value in _SCALES.items():
            if found and self.word(found[1], " ") == scale:
                total, end = total + found[0] * value, found[1] + 1
                start = end + (self.word(end, " ", ", ") == "and")
                near = start < len(self.words) and self.gaps[start] in (" ", ", ")
                found = self.below_thousand(start) if near else None
        if found and self.words[found[1] - 1] not in ("a", "an"):
            total, end = total + found[0], found[1]
        return (total, end) if end > place else None

    def below_thousand(self, place: int) -> tuple[int, int] | None:
        found = self.below_hundred(place)
        if found is None and place < len(self.words) and self.words[place] == "a":
            found = 1, place + 1
        if found is None or self.word(found[1], " ") != "hundred":
            return found
        hundreds, end = 100 * found[0], found[1] + 1
        start = end + (self.word(end, " ") == "and")
        rest = self.below_hundred(start) if self.word(start, " ") else None
        return (hundreds + rest[0], rest[1]) if rest else (hundreds, end)

    def below_hundred(self, place: int) -> tuple[int, int] | None:
        word = self.words[place] if place < len(self.words) else ""
        if word in _ONES:
            return _ONES[word], place + 1
        if word not in _TENS:
            return None
        ones = _ONES.get(self.word(place + 1, " ", "-"), 0)
        return (_TENS[word] + ones, place + 2) if 0 < ones < 10 else (_TENS[word], place + 1)
