"""Pairs of numbers, units and formulas whose verdict is known by how they are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from hypothesis import strategies as st

from grpo_rewards.testing.gold_kinds import decimal_text

__all__ = ["NUMBER_PAIRS", "WRITINGS_OF_INTEGERS", "Pair", "Pairs"]


class Pair(NamedTuple):
    """A gold and a prediction."""

    gold: str
    prediction: str


Pairs: TypeAlias = "st.SearchStrategy[Pair]"


def _grouped(number: int) -> str:
    return f"{number:,}"


WRITINGS_OF_INTEGERS: Mapping[str, Callable[[int], str]] = {
    "plain": str,
    "decimal": lambda number: f"{number}.0",
    "grouped": _grouped,
    "grouped in LaTeX": lambda number: _grouped(number).replace(",", "{,}"),
    "thin spaces": lambda number: _grouped(number).replace(",", r"\,"),
    "dollars": lambda number: f"${number}$",
    "boxed": lambda number: rf"\boxed{{{number}}}",
    "text": lambda number: rf"\text{{{number}}}",
    "named": lambda number: f"x = {number}",
    "bracketed": lambda number: f"({number})",
    "bold": lambda number: f"**{number}**",
    "over one": lambda number: rf"\frac{{{number}}}{{1}}",
    "doubled fraction": lambda number: f"{2 * number}/2",
    "unicode minus": lambda number: str(number).replace("-", "−"),
    "full width": lambda number: str(number).translate({48 + d: 0xFF10 + d for d in range(10)}),
    "full stop": lambda number: f"{number}.",
}
"""The ways to write an integer, by their names."""

_INTEGERS = st.integers(-(10**12), 10**12)
_NONZERO = st.integers(1, 10**6) | st.integers(-(10**6), -1)
_SMALL = st.integers(-20, 20)
_STEPS = st.integers(1, 20) | st.integers(-20, -1)
_WRITING = st.sampled_from(sorted(WRITINGS_OF_INTEGERS)).map(WRITINGS_OF_INTEGERS.__getitem__)


def _equal_integers() -> Pairs:
    return st.builds(
        lambda number, ours, theirs: Pair(ours(number), theirs(number)),
        _INTEGERS,
        _WRITING,
        _WRITING,
    )


def _unequal_integers() -> Pairs:
    return st.builds(
        lambda number, step, ours, theirs: Pair(ours(number), theirs(number + step)),
        _INTEGERS,
        _NONZERO,
        _WRITING,
        _WRITING,
    )


def _equal_decimals() -> Pairs:
    def pair(units: int, places: int, zeros: int) -> Pair:
        fraction = Fraction(units, 10**places)
        decimal = decimal_text(units, places) + "0" * zeros
        return Pair(f"{fraction.numerator}/{fraction.denominator}", decimal)

    return st.builds(pair, _INTEGERS, st.integers(1, 6), st.integers(0, 3))


def _unequal_decimals() -> Pairs:
    # Few digits: a decimal of six or more is accepted as the rounding of a more precise one.
    return st.builds(
        lambda units, step, places: Pair(
            decimal_text(units, places), decimal_text(units + step, places)
        ),
        st.integers(-9_999, 9_999),
        _STEPS,
        st.integers(1, 4),
    )


def _fraction(top: int, bottom: int, style: str) -> str:
    return style.format(sign="-" * (top < 0), top=abs(top), bottom=bottom)


_FRACTION_STYLES = st.sampled_from(
    [
        "{sign}{top}/{bottom}",
        r"{sign}\frac{{{top}}}{{{bottom}}}",
        r"${sign}\dfrac{{{top}}}{{{bottom}}}$",
    ]
)


def _equal_fractions() -> Pairs:
    def pair(top: int, bottom: int, factor: int, ours: str, theirs: str) -> Pair:
        return Pair(_fraction(top, bottom, ours), _fraction(top * factor, bottom * factor, theirs))

    return st.builds(
        pair, _SMALL, st.integers(2, 99), st.integers(1, 9), _FRACTION_STYLES, _FRACTION_STYLES
    )


def _unequal_fractions() -> Pairs:
    def pair(top: int, bottom: int, step: int, ours: str, theirs: str) -> Pair:
        return Pair(_fraction(top, bottom, ours), _fraction(top + step, bottom, theirs))

    return st.builds(pair, _SMALL, st.integers(2, 99), _STEPS, _FRACTION_STYLES, _FRACTION_STYLES)


def _equal_percentages() -> Pairs:
    writings = [
        lambda number: f"{number}%",
        lambda number: rf"{number}\%",
        lambda number: f"{number} percent",
        lambda number: decimal_text(number, 2),
        lambda number: f"{number}/100",
    ]
    return st.builds(
        lambda number, write_it: Pair(rf"{number}\%", write_it(number)),
        st.integers(1, 999),
        st.sampled_from(writings),
    )


def _unequal_percentages() -> Pairs:
    return st.builds(
        lambda number, step: Pair(f"{number}%", f"{number + step}%"), st.integers(21, 999), _STEPS
    ) | st.integers(1, 999).map(lambda number: Pair(str(number), f"{number}%"))


UNITS = {
    "m": ("meters", "metres", "m", r"\text{ m}"),
    "kg": ("kilograms", "kg", r"\text{ kg}"),
    "s": ("seconds", "s"),
    "dollars": ("dollars",),
}
"""Names of one unit, by unit."""
CONVERSIONS = (("km", "m", 1_000), ("m", "cm", 100), ("hours", "minutes", 60), ("kg", "g", 1_000))
"""A larger unit, a smaller one, and how many of it the larger one is."""


def _equal_units() -> Pairs:
    names = st.sampled_from(
        [(one, other) for unit in UNITS.values() for one in unit for other in unit]
    )
    renamed = st.builds(
        lambda number, unit: Pair(f"{number} {unit[0]}", f"{number} {unit[1]}"),
        st.integers(2, 999),
        names,
    )
    converted = st.builds(
        lambda number, by: Pair(f"{number} {by[0]}", f"{number * by[2]} {by[1]}"),
        st.integers(2, 99),
        st.sampled_from(CONVERSIONS),
    )
    return renamed | converted


def _unequal_units() -> Pairs:
    exchanged = st.builds(
        lambda number, by: Pair(f"{number} {by[0]}", f"{number} {by[1]}"),
        st.integers(2, 99),
        st.sampled_from(CONVERSIONS),
    )
    moved = st.builds(
        lambda number, step, unit: Pair(f"{number} {unit[0]}", f"{number + step} {unit[0]}"),
        st.integers(21, 999),
        _STEPS,
        st.sampled_from(list(UNITS.values())),
    )
    return exchanged | moved


def _equal_surds() -> Pairs:
    def pair(factor: int, root: int) -> Pair:
        return Pair(rf"{factor}\sqrt{{{root}}}", rf"\sqrt{{{factor * factor * root}}}")

    return st.builds(pair, st.integers(2, 12), st.sampled_from([2, 3, 5, 6, 7]))


def _unequal_surds() -> Pairs:
    def pair(factor: int, root: int, step: int) -> Pair:
        return Pair(rf"{factor}\sqrt{{{root}}}", rf"{factor + step}\sqrt{{{root}}}")

    return st.builds(pair, st.integers(2, 12), st.sampled_from([2, 3, 5, 6, 7]), st.integers(1, 9))


def _signed(number: int) -> str:
    return f"+ {number}" if number >= 0 else f"- {-number}"


def _product(first: int, second: int) -> str:
    return f"(x {_signed(first)})(x {_signed(second)})"


def _expanded(first: int, second: int) -> str:
    total, constant = first + second, first * second
    return f"x^2 {_signed(total)}x {_signed(constant)}"


def _equal_polynomials() -> Pairs:
    def pair(first: int, second: int, form: str) -> Pair:
        total, constant = first + second, first * second
        forms = {
            "expanded": _expanded(first, second),
            "exchanged": _product(second, first),
            "backwards": f"{constant} {_signed(total)}x + x^2",
            "programmed": f"x**2 {_signed(total)}*x {_signed(constant)}",
        }
        return Pair(_product(first, second), forms[form])

    forms = st.sampled_from(["expanded", "exchanged", "backwards", "programmed"])
    return st.builds(pair, _SMALL.filter(bool), _SMALL.filter(bool), forms)


def _unequal_polynomials() -> Pairs:
    def pair(first: int, second: int, step: int) -> Pair:
        total, constant = first + second, first * second
        return Pair(_product(first, second), f"x^2 {_signed(total)}x {_signed(constant + step)}")

    return st.builds(pair, _SMALL.filter(bool), _SMALL.filter(bool), _STEPS)


NUMBER_PAIRS: Mapping[str, tuple[Callable[[], Pairs], Callable[[], Pairs]]] = {
    "integers": (_equal_integers, _unequal_integers),
    "decimals": (_equal_decimals, _unequal_decimals),
    "fractions": (_equal_fractions, _unequal_fractions),
    "percentages": (_equal_percentages, _unequal_percentages),
    "units": (_equal_units, _unequal_units),
    "surds": (_equal_surds, _unequal_surds),
    "polynomials": (_equal_polynomials, _unequal_polynomials),
}
"""For each kind of number or formula the strategies of equal and of unequal pairs."""
