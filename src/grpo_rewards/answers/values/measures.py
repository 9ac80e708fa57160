"""Units of measurement and the words that stand after a number: which are the same unit."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import lru_cache
from typing import Any

import regex

from grpo_rewards.answers.values.units import (
    CURRENCIES,
    POWERS,
    SCALES,
    SHARES,
    SPELLINGS,
    TEMPERATURES,
)
from grpo_rewards.caches import ANSWERS
from grpo_rewards.wording.counting import counts
from grpo_rewards.wording.foreign_units import FOREIGN_UNITS
from grpo_rewards.wording.patterns import end_of

__all__ = [
    "SHORT_UNITS",
    "conversion_factor",
    "is_measure",
    "leaves_out",
    "reads_as_unit",
    "same_unit",
    "scale_words",
    "share_words",
    "split_unit",
    "temperature",
]

_PHRASES = (
    (regex.compile(r"\belectron[- ]volts?\b", regex.IGNORECASE), "eV"),
    (regex.compile(r"平方(?=[米厘千公分毫])"), "square "),
    (regex.compile(r"立方(?=[米厘千公分毫])"), "cubic "),
    (regex.compile(r"\bmph\b"), "mile / hour"),
    (regex.compile(r"\bkm?ph\b|\bkmh\b"), "kilometer / hour"),
    (regex.compile(r"\bmm\s+H\s*g\b"), "mmHg"),
    (regex.compile(r"\bkbps\b"), "kilobit / second"),
    (regex.compile(r"\bMbps\b"), "megabit / second"),
    (regex.compile(r"\bGbps\b"), "gigabit / second"),
    (regex.compile(r"\blight[- ]years?\b", regex.IGNORECASE), "ly"),
    (regex.compile(r"\bnautical miles?\b", regex.IGNORECASE), "nmi"),
    (regex.compile(r"\b(?:fl\.? oz|fluid ounces?)\b", regex.IGNORECASE), "floz"),
    (regex.compile(r"\bmetric tons?\b", regex.IGNORECASE), "tonne"),
    (regex.compile(r"\b(?:US|U\.S\.|American) dollars?\b"), "dollar"),
    (regex.compile(r"\b(?:deg|degrees?)\s+C\b"), "degC"),
    (regex.compile(r"\b(?:deg|degrees?)\s+F\b"), "degF"),
    (regex.compile(r"\bms\s*(?=\^\s*-)"), "m s "),  # in "9.8 ms^-2" no milliseconds
    (regex.compile(r"\bdegrees?\s+(?=celsius|fahrenheit|kelvin)", regex.IGNORECASE), ""),
)
_CANONICAL = {
    spelling: name
    for table in (SPELLINGS, CURRENCIES, FOREIGN_UNITS)
    for name, spellings in table.items()
    for spelling in (name, *spellings.split())
} | {
    spelling.casefold(): name
    for table in (SPELLINGS, CURRENCIES, FOREIGN_UNITS)
    for name, spellings in table.items()
    for spelling in (name, *spellings.split())
    if len(spelling) > 3
}
SHORT_UNITS = frozenset(
    spelling
    for spelling in (*_CANONICAL, *SCALES, *SHARES, *"sq cu mph kph kmh kbps Mbps Gbps am".split())
    if spelling.isascii() and spelling.isalpha() and 1 < len(spelling) <= 5
) - {"real", "score"}
"""Spellings too short to be told from products of letters by their shape."""
_PIECE = regex.compile(
    r"[A-Z]{0,2}[$]|[€£¥₹₩₽₱₺฿₫₦₪₴₿]|[^\W\d_]+(?:_[^\W\d_]+)*|(?:\^|(?<!\s))\s*+-?\d+|[/*]|°",
    regex.UNICODE,
)


SPELLED_WHOLE = frozenset("千米 千克 千瓦 千帕 千焦 百分点".split())
"""Units that begin with a character that scales a number elsewhere."""


def scale_words(phrase: str) -> tuple[str, int]:
    """Split "million people" into the unit and the factor that its number words stand for.

    Example:
        >>> scale_words("million people")
        ('people', 1000000)
    """
    scale = 1
    while phrase:
        word, _, rest = phrase.partition(" ")
        factor = _scale(word)
        if factor is None and word not in SPELLED_WHOLE:
            factor = SCALES.get(word[0]) if word[0] > "z" else None  # 5万米 has no spaces
            rest = f"{word[1:]} {rest}".strip()
        if factor is None:
            break
        scale, phrase = scale * factor, rest
    return phrase, scale


def _scale(word: str) -> int | None:
    word = word.casefold().rstrip(".")
    if word == "bins":  # which are containers, where "bin" is a thousand in Turkish
        return None
    return SCALES.get(word) or SCALES.get(word.removesuffix("s"))


def share_words(phrase: str) -> tuple[str, int]:
    """Split "basis points of growth" into the unit and of how many the number is a share.

    Example:
        >>> share_words("per mille"), share_words("bps (basis points)"), share_words("cm")
        (('', 1000), ('', 10000), ('cm', 1))
    """
    for words, share in SHARES.items():
        if phrase.casefold().startswith(words):
            rest = phrase[len(words) :]
            if not rest[:1].isalpha():
                again, same = share_words(rest.strip(" ()"))
                return (again if same in (1, share) else rest.strip()), share
    return phrase, 1


def reads_as_unit(phrase: str) -> bool:
    """Whether words after a number only say what is counted."""
    words = regex.findall(r"[^\W\d_]+", phrase.casefold())
    if any(_scale(word) for word in words[1:]):
        return False  # 42 dollars trillion
    return counts(phrase)


def same_unit(left: str, right: str) -> bool:
    """Whether two unit phrases name the same unit, whatever their spelling.

    Example:
        >>> same_unit("square metres", "m ^2"), same_unit("m", "km")
        (True, False)
    """
    if left == right:
        return True
    ours, theirs = _unit_key(left), _unit_key(right)
    if ours == theirs:
        return True
    powers = _powers(ours), _powers(theirs)
    return powers[0] is not None and _totals(powers[0]) == _totals(powers[1] or [])


def _totals(powers: list[tuple[str, int]]) -> dict[str, int]:
    """Each unit with its exponents added up: N m is m N."""
    totals: dict[str, int] = {}
    for name, power in powers:
        totals[name] = totals.get(name, 0) + power
    return totals


_PER = regex.compile(r"\bper\b", regex.IGNORECASE)


def _singular(word: str) -> str:
    stem = word.removesuffix("s")
    return _CANONICAL.get(stem, stem)


@ANSWERS.remember(entries=2_048)
def _unit_key(phrase: str) -> tuple[str, ...]:
    phrase = _flat(phrase)
    for pattern, meaning in _PHRASES:
        phrase = pattern.sub(meaning, phrase)
    pieces = _PIECE.findall(_PER.sub("/", phrase.replace("{", "").replace("}", "")))
    key: list[str] = []
    pending = ""
    for piece in pieces:
        word = piece.casefold().replace(" ", "")
        if word in ("square", "sq", "cubic", "cu"):
            pending = POWERS[word]
        elif word in ("squared", "cubed"):
            key.append(POWERS[word])
        elif word.lstrip("^").lstrip("-").isdigit():
            key.append(word if word.startswith("^") else f"^{word}")
        elif piece not in ("of", "a", "an"):
            key.append(_CANONICAL.get(piece) or _CANONICAL.get(word) or _singular(word))
            if pending:
                key.append(pending)
                pending = ""
    return tuple(key)


def conversion_factor(unit: str, other: str) -> Fraction | None:
    """What one of a unit is in another; ``None`` if they measure different things.

    Only the units in this module's table are converted: a phrase that a model wrote never reaches
    the parser of the units library.

    Example:
        >>> conversion_factor("km", "meters"), conversion_factor("feet", "hours")
        (Fraction(1000, 1), None)
    """
    pieces, others = _unit_key(unit), _unit_key(other)
    if {pieces, others} == {("dollar",), ("cent",)}:
        return Fraction(100) if pieces == ("dollar",) else Fraction(1, 100)
    if not all(_is_known(piece) for piece in (*pieces, *others)):
        return None
    return _converted(pieces, others)


def _is_known(piece: str) -> bool:
    return piece in _CONVERTIBLE or piece in ("/", "*") or piece.startswith("^")


_CONVERTIBLE = frozenset(SPELLINGS) - {"cent", "degC", "degF"}


def is_measure(phrase: str) -> bool:
    """Whether a phrase is a unit of measurement or a currency, and no other noun.

    Example:
        >>> is_measure("km / h"), is_measure("CHF"), is_measure("apples")
        (True, True, False)
    """
    key = _unit_key(phrase)
    return bool(key) and all(
        piece in SPELLINGS or piece in CURRENCIES or _is_known(piece) for piece in key
    )


_LETTERS_LEFT_OUT = frozenset("msg")


def leaves_out(letters: str) -> bool:
    """Whether letters after a number are surely its unit, which may be left out.

    Example:
        >>> leaves_out("m ^2"), leaves_out("J"), leaves_out("t")
        (True, True, False)
    """
    names = regex.findall("[A-Za-z]+", letters)
    return "/" in letters or not letters.islower() or _LETTERS_LEFT_OUT.issuperset(names)


def temperature(value: Fraction, unit: str, other: str) -> Fraction | None:
    """A temperature on another scale; ``None`` if the scales are the same, or none.

    Example:
        >>> temperature(Fraction(25), "degreeC", "K"), temperature(Fraction(25), "K", "K")
        (Fraction(5963, 20), None)
    """
    if not (unit and other):
        return None
    (ours, *more), (theirs, *others) = _unit_key(unit) or ("",), _unit_key(other) or ("",)
    if more or others or ours == theirs or ours not in TEMPERATURES or theirs not in TEMPERATURES:
        return None
    (degree, zero), (their_degree, their_zero) = (
        map(Fraction, TEMPERATURES[each]) for each in (ours, theirs)
    )
    return (value * degree + zero - their_zero) / their_degree


SQUARE_YARDS_OF_AN_ACRE = 4840


@ANSWERS.remember(entries=1_024)
def _converted(pieces: tuple[str, ...], others: tuple[str, ...]) -> Fraction | None:
    ours, theirs = _powers(pieces), _powers(others)
    if ours is None or theirs is None:
        return None
    registry = _registry()
    # The library's acre is that of the survey foot, given up in 2022.
    acres = sum(
        sign * power
        for sign, powers in ((1, ours), (-1, theirs))
        for name, power in powers
        if name == "acre"
    )
    ours, theirs = (
        [("yard", 2 * power) if name == "acre" else (name, power) for name, power in powers]
        for powers in (ours, theirs)
    )
    unit, other = (
        math.prod((registry.Unit(name) ** power for name, power in powers), start=registry.Unit(""))
        for powers in (ours, theirs)
    )
    if unit.dimensionality != other.dimensionality:
        return None
    factor = Fraction(registry.Quantity(Fraction(1), unit).to(other).magnitude)
    return factor * Fraction(SQUARE_YARDS_OF_AN_ACRE) ** acres


def _powers(pieces: tuple[str, ...]) -> list[tuple[str, int]] | None:
    """The names and exponents of a unit such as (meter, /, second, ^2); ``None`` if it is broken."""
    powers: list[tuple[str, int]] = []
    sign = 1
    for piece in (*pieces, "*"):
        if piece.startswith("^"):
            exponent = int(piece[1:]) if len(piece) <= MAX_EXPONENT else 0
            if not powers or not exponent:
                return None
            name, power = powers[-1]
            if abs(power) != 1:
                return None  # m^2^3
            powers[-1] = (name, power * exponent)
        elif piece in ("/", "*"):
            sign = -1 if piece == "/" else 1
        else:
            powers.append((piece, sign))
    if sum(abs(power) for _, power in powers) > MAX_POWERS:
        return None
    ends_well = bool(pieces) and pieces[0] not in ("/", "*") and pieces[-1] not in ("/", "*")
    return powers if ends_well else None


_FRACTION = regex.compile(r"\\frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}\s*$")
_FONT = regex.compile(r"\\(?:text\w*|mathrm|mbox|rm)\s*\{([^{}]*)\}")
_TAIL = regex.compile(r"(?<=[\d)}π])\s?(?=[A-Za-zÅ])[A-Za-zÅ\d\s.^{}/*()-]*$")
_WORD = regex.compile(r"(?:fl\.? oz|light-years?|[A-Za-zÅ]+)(?:\s?\^\s?\{?-?\d\}?|-?\d(?!\d))?")
_LETTERS = regex.compile("[A-Za-zÅ]+")
_UNITS = r"u(?:(?:\s?\*\s?|\s)u)*+"
_SHAPE = regex.compile(rf"{_UNITS}(?:(?:\s?/\s?|\sper\s)(?:u|\(\s?{_UNITS}\s?\)))*+")
"""Units side by side, over others alone or in brackets; each is a ``u``."""
_WITH_MARKS = frozenset(["fl oz", "fl. oz", "light-year", "light-years"])
_ABBREVIATED = frozenset("kbps Mbps Gbps mph kph kmh".split())
LONGEST_SPLIT = 200


def split_unit(text: str) -> tuple[str, str] | None:
    r"""A text that ends in a unit of several letters, split into the value and the unit.

    Example:
        >>> split_unit("8.314 J/(mol K)"), split_unit(r"5 \frac{\text{m}}{\text{s}}")
        (('8.314', 'J / mol / K'), ('5', 'm / s'))
        >>> split_unit("5 cats")
    """
    if len(text) > LONGEST_SPLIT or not _LETTERS.search(text):
        return None
    plain = _FONT.sub(r"\1", text) if "\\" in text else text
    if "\\frac" in plain:
        plain = _FRACTION.sub(r"\1/(\2)", plain)
    plain = plain.replace("\\mu ", "u").replace("\\cdot", "*").replace("\\Omega", "Omega")
    for match in _TAIL.finditer(plain, overlapped=True):
        unit = match[0].strip()
        if plain == text and not regex.search("[A-Za-z]{2}|Å", unit):
            return None  # 12m may be a product
        if _SHAPE.fullmatch(_WORD.sub(_mark, unit)):
            words = regex.sub(r"(?<=[A-Za-z])(-?\d)", r"^\1", _flat(unit)).replace("/", " / ")
            return plain[: match.start()].rstrip(), " ".join(words.split())
    return None


def _mark(word: regex.Match[str]) -> str:
    """A ``u`` for a unit; other words stay as they are, and fit no shape."""
    name = word[0] if word[0] in _WITH_MARKS else word[0][: end_of(_LETTERS, word[0])]
    known = name in _CANONICAL or name in _ABBREVIATED or name in _WITH_MARKS
    if known or (len(name) > 3 and name.casefold() in _CANONICAL):
        return "u"
    return word[0] if name == "per" else "?"


def _flat(units: str) -> str:
    r"""A unit without brackets and signs of products: ``J/(mol \cdot K)`` is ``J/mol/K``."""
    units = units.replace("\\cdot", "*")
    if "(" in units:
        units = _BELOW.sub(lambda group: "/" + _FACTORS.sub("/", group[1].strip()), units)
    return units.replace("*", " ")


_BELOW = regex.compile(r"/\s*\(([^()]*)\)")
_FACTORS = regex.compile(r"[\s*]+")


MAX_EXPONENT = 3
"""Characters of an exponent, its mark included: no unit has a power of a hundred."""
MAX_POWERS = 24
"""Exponents of a unit that is converted, added up."""


@lru_cache(maxsize=1)
def _registry() -> Any:
    import pint  # noqa: PLC0415 (the same)

    return pint.UnitRegistry(non_int_type=Fraction)
