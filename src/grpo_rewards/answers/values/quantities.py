"""Trees to single values: numbers with their units and percent signs, and expressions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import takewhile

from grpo_rewards.answers.deciding.rationals import exact
from grpo_rewards.answers.notation.tokens import NotMath
from grpo_rewards.answers.notation.trees import (
    Application,
    Degrees,
    Group,
    Measured,
    Negation,
    Num,
    Operation,
    Percent,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Tree,
    children,
    factors,
    product_of,
)
from grpo_rewards.answers.values.kinds import Expression, Number, Value
from grpo_rewards.answers.values.measures import (
    is_measure,
    reads_as_unit,
    scale_words,
    share_words,
)

__all__ = ["scalar"]


def scalar(tree: Tree, unit: str = "") -> Value:
    """The number or the expression that a tree is, measured in a unit if one is named."""
    if isinstance(tree, Measured):
        return _measured(tree.part, tree.unit)
    if isinstance(tree, Degrees) and not unit:
        return scalar(tree.part, "degree")
    if isinstance(tree, Percent):
        return _shared(tree.part, 100, unit)
    value = exact(tree)
    if value is not None:
        return Number(value, _places(tree), unit, form=_form(tree))
    return Expression(tree, unit, None if unit else _letter_quantity(tree))


def _measured(tree: Tree, words: str) -> Value:
    """A value with the words that stand after it: its scale, its share, its unit."""
    phrase, scale = scale_words(words)
    phrase, share = share_words(phrase)
    if phrase and not reads_as_unit(phrase):
        raise NotMath(f"{phrase!r} is not a unit")
    if isinstance(tree, Symbol) and not is_measure(phrase):
        raise NotMath(f"{phrase!r} is no unit of a letter")
    if isinstance(tree, Product) and tree.factors[-1] == _MICRO and is_measure(phrase):
        tree, phrase = product_of(tree.factors[:-1]), f"u{phrase}"
    if scale != 1:
        value = exact(tree)
        # 1.5 million has its last digit at the hundred thousands.
        places = _places(tree) - len(str(scale)) + 1 if _places(tree) else 0
        scaled = Product((tree, Num(Fraction(scale))))
        tree = scaled if value is None else Num(value * scale, places)
    return _shared(tree, share, phrase) if share > 1 else scalar(tree, phrase)


_MICRO = Symbol("mu")


def _shared(tree: Tree, share: int, unit: str) -> Value:
    """``50%``, ``5 per mille``: a share of so many."""
    value = exact(tree)
    if value is None:
        return Expression(Quotient(tree, Num(Fraction(share))), unit)
    literal = tree.part if isinstance(tree, Negation) else tree
    places = literal.places + len(str(share)) - 1 if isinstance(literal, Num) else 0
    return Number(value / share, places, unit, share)


def _places(tree: Tree) -> int:
    r"""Decimal places as written; ``2.5 	imes 10^{-3}`` has four, ``6.02 	imes 10^{23}`` -21."""
    match tree.part if isinstance(tree, Negation) else tree:
        case Num(_, places):
            return places
        case Product((first, Power(_, exponent) as power)) if _is_power_of_ten(power):
            places, shift = _places(first), exact(exponent)
            if places and shift is not None and shift.denominator == 1:
                return places - int(shift)
    return 0


def _form(tree: Tree) -> str:
    """How far a rational constant has been worked out; a power of ten counts as a literal."""
    if isinstance(tree, Sum):
        return "open"
    parts = [part for part in children(tree) if not _is_power_of_ten(part)]
    if isinstance(tree, Product) and len(parts) > 1:
        return "open"
    forms = {_form(part) for part in parts}
    if "open" in forms:
        return "open"
    literal = isinstance(tree, Num | Negation | Quotient | Product | Group) or _is_power_of_ten(
        tree
    )
    return "plain" if literal and "closed" not in forms else "closed"


def _is_power_of_ten(tree: Tree) -> bool:
    return isinstance(tree, Power) and exact(tree.base) == 10


_LETTER_UNITS = frozenset([*"mgslhLNJWVAKCFTdtw", "Omega"])


def _letter_quantity(tree: Tree) -> Number | Expression | None:
    """``5 m`` and ``10 m/s`` with the letters read as units."""
    top, bottom = (tree.top, tree.bottom) if isinstance(tree, Quotient) else (tree, None)
    numbers = tuple(takewhile(lambda part: not _has_letters(part), factors(top)))
    over = _unit_letters(factors(top)[len(numbers) :])
    under = [] if bottom is None else _unit_letters(factors(bottom))
    if not numbers or not over or under is None:
        return None
    scale = product_of(numbers)
    value = exact(scale)
    phrase = " ".join(over)
    for letter in under:
        phrase += f" / {letter}"
    if value is None:
        return Expression(scale, phrase)  # 2 pi metres
    return Number(value, scale.places if isinstance(scale, Num) else 0, phrase, form=_form(scale))


def _has_letters(tree: Tree) -> bool:
    is_letter = isinstance(tree, Symbol | Application | Operation)
    return is_letter or any(map(_has_letters, children(tree)))


def _unit_letters(parts: Sequence[Tree]) -> list[str] | None:
    """The units that factors are if each is a letter of one: m, s^2, and for a micrometre mu m."""
    units: list[str] = []
    for place, part in enumerate(parts):
        base, power = part, ""
        if isinstance(part, Power) and isinstance(part.exponent, Num):
            base, power = part.base, f" ^{part.exponent.value}"
        name = base.name if isinstance(base, Symbol) else ""
        if name == "mu" and not power and place + 1 < len(parts):
            continue
        if name not in _LETTER_UNITS:
            return None
        micro = place and parts[place - 1] == _MICRO
        units.append(f"{'u' if micro else ''}{name}{power}")
    return units
