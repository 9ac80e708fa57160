"""Units of measurement and the words that stand after a number: which are the same unit."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import lru_cache
from typing import Any

import regex

from grpo_rewards.wording.doubts import counts

__all__ = ["conversion_factor", "reads_as_unit", "same_unit", "scale_words"]

_SCALES = {
    "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "dozen": 12, "lakh": 10**5, "crore": 10**7,
}  # fmt: skip

# Unit names as people write them, each with the spellings that mean it.
_SPELLINGS = {
    "meter": "m meters metre metres",
    "centimeter": "cm cms centimeters centimetre centimetres",
    "millimeter": "mm millimeters millimetre millimetres",
    "decimeter": "dm decimeters decimetre decimetres",
    "kilometer": "km kms kilometers kilometre kilometres",
    "inch": "in inches",
    "foot": "ft feet",
    "yard": "yd yds yards",
    "mile": "mi miles",
    "gram": "g grams gramme grammes",
    "kilogram": "kg kgs kilograms kilo kilos",
    "milligram": "mg milligrams",
    "pound": "lb lbs pounds",
    "ounce": "oz ounces",
    "ton": "tons",
    "metric_ton": "t tonne tonnes",
    "liter": "l liters litre litres",
    "milliliter": "ml milliliters millilitre millilitres cc",
    "centiliter": "cl centiliters centilitre centilitres",
    "gallon": "gal gallons",
    "quart": "qt quarts",
    "pint": "pt pints",
    "cup": "cups",
    "tablespoon": "tbsp tablespoons",
    "teaspoon": "tsp teaspoons",
    "hectare": "ha hectares",
    "nanometer": "nm nanometers nanometre nanometres",
    "micrometer": "um micron microns micrometers micrometre micrometres",
    "light_year": "ly lightyear lightyears",
    "microgram": "ug mcg micrograms",
    "microliter": "ul microliters microlitre microlitres",
    "millisecond": "ms msec milliseconds",
    "microsecond": "us microseconds",
    "nanosecond": "ns nanoseconds",
    "second": "s sec secs seconds",
    "minute": "min mins minutes",
    "hour": "h hr hrs hours",
    "day": "d days",
    "week": "weeks wk wks",
    "month": "months",
    "year": "yr yrs years",
    "degree": "deg degs degrees °",
    "radian": "rad rads radians",
    "dollar": "usd dollars bucks",
    "euro": "eur euros",
    "yuan": "rmb",
    "cent": "cents",
    "newton": "N newtons", "kilonewton": "kN", "joule": "J joules", "kilojoule": "kJ kilojoules",
    "megajoule": "MJ", "calorie": "cal calories", "kilocalorie": "kcal", "electron_volt": "eV",
    "kiloelectron_volt": "keV", "megaelectron_volt": "MeV", "gigaelectron_volt": "GeV",
    "watt": "W watts", "kilowatt": "kW kilowatts", "megawatt": "MW megawatts", "milliwatt": "mW",
    "volt": "V volts", "millivolt": "mV millivolts", "kilovolt": "kV kilovolts",
    "ampere": "A amp amps amperes", "milliampere": "mA milliamps", "ohm": "Omega ohms",
    "kiloohm": "kohm kilohm kilohms", "hertz": "Hz", "kilohertz": "kHz", "megahertz": "MHz",
    "gigahertz": "GHz", "pascal": "Pa pascals", "kilopascal": "kPa", "megapascal": "MPa",
    "atmosphere": "atm atmospheres", "bar": "bars", "kelvin": "K kelvins", "mole": "mol moles",
    "millimole": "mmol", "coulomb": "C coulombs", "farad": "F farads", "microfarad": "uF microfarads",
    "tesla": "T teslas", "weber": "Wb webers", "henry": "H henries", "degC": "degreeC celsius",
    "degF": "degreeF fahrenheit",
}  # fmt: skip
_PHRASES = (
    (regex.compile(r"\bmph\b"), "mile / hour"),
    (regex.compile(r"\bkm?ph\b|\bkmh\b"), "kilometer / hour"),
    (regex.compile(r"\bms\s*(?=\^\s*-)"), "m s "),  # in "9.8 ms^-2" no milliseconds
    (regex.compile(r"\bdegrees?\s+(?=celsius|fahrenheit)", regex.IGNORECASE), ""),
)
_CANONICAL = {
    spelling: name
    for name, spellings in _SPELLINGS.items()
    for spelling in (name, *spellings.split())
}
_POWERS = {"square": "^2", "sq": "^2", "squared": "^2", "cubic": "^3", "cu": "^3", "cubed": "^3"}
_PIECE = regex.compile(r"[^\W\d_]+|\^?\s*-?\d+|[/*]|°", regex.UNICODE)


def scale_words(phrase: str) -> tuple[str, int]:
    """Split "million people" into the unit and the factor that its number words stand for.

    Example:
        >>> scale_words("million people")
        ('people', 1000000)
    """
    words = phrase.split()
    scale = 1
    while words and words[0].casefold() in _SCALES:
        scale *= _SCALES[words.pop(0).casefold()]
    return " ".join(words), scale


def reads_as_unit(phrase: str) -> bool:
    """Whether words after a number only say what is counted."""
    return counts(phrase)


def same_unit(left: str, right: str) -> bool:
    """Whether two unit phrases name the same unit, whatever their spelling.

    Example:
        >>> same_unit("square metres", "m ^2"), same_unit("m", "km")
        (True, False)
    """
    return left == right or _unit_key(left) == _unit_key(right)


def _singular(word: str) -> str:
    stem = word.removesuffix("s")
    return _CANONICAL.get(stem, stem)


@lru_cache(maxsize=4_096)
def _unit_key(phrase: str) -> tuple[str, ...]:
    for pattern, meaning in _PHRASES:
        phrase = pattern.sub(meaning, phrase)
    pieces = _PIECE.findall(phrase.replace("{", "").replace("}", "").replace("per ", "/ "))
    key: list[str] = []
    pending = ""
    for piece in pieces:
        word = piece.casefold().replace(" ", "")
        if word in ("square", "sq", "cubic", "cu"):
            pending = _POWERS[word]
        elif word in ("squared", "cubed"):
            key.append(_POWERS[word])
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


_CONVERTIBLE = frozenset(_SPELLINGS) - {"dollar", "cent", "euro", "yuan", "degC", "degF"}


@lru_cache(maxsize=1_024)
def _converted(pieces: tuple[str, ...], others: tuple[str, ...]) -> Fraction | None:
    ours, theirs = _powers(pieces), _powers(others)
    if ours is None or theirs is None:
        return None
    registry = _registry()
    unit, other = (
        math.prod((registry.Unit(name) ** power for name, power in powers), start=registry.Unit(""))
        for powers in (ours, theirs)
    )
    if unit.dimensionality != other.dimensionality:
        return None
    return Fraction(registry.Quantity(Fraction(1), unit).to(other).magnitude)


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
            powers[-1] = (name, power * exponent)
        elif piece in ("/", "*"):
            sign = -1 if piece == "/" else 1
        else:
            powers.append((piece, sign))
    ends_well = bool(pieces) and pieces[0] not in ("/", "*") and pieces[-1] not in ("/", "*")
    return powers if ends_well else None


MAX_EXPONENT = 3
"""Characters of an exponent, its mark included: no unit has a power of a hundred."""


@lru_cache(maxsize=1)
def _registry() -> Any:
    import pint  # noqa: PLC0415 (the same)

    return pint.UnitRegistry(non_int_type=Fraction)
