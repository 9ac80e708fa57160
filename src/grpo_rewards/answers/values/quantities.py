"""Trees to single values: numbers with their units and percent signs, and expressions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import takewhile

from grpo_rewards.answers.deciding.rationals import exact
from grpo_rewards.answers.notation.tokens import NotMath
from grpo_rewards.answers.notation.trees import Tree, children, factors
from grpo_rewards.answers.values.kinds import Expression, Number, Value
from grpo_rewards.answers.values.measures import (
    is_measure,
    reads_as_unit,
    scale_words,
    share_words,
)

__all__ = ["scalar"]


def scalar(tree: Tree, unit: str = "") -> Value:
    kind = tree[0]
    if kind == "unit":
        return _measured(tree[1], tree[2])
    if kind == "deg" and not unit:
        return scalar(tree[1], "degree")
    if kind == "pct":
        return _shared(tree[1], 100, unit)
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
    if tree[0] == "sym" and not is_measure(phrase):
        raise NotMath(f"{phrase!r} is no unit of a letter")
    if tree[0] == "mul" and tree[-1] == _MICRO and is_measure(phrase):
        tree, phrase = ("mul", *tree[1:-1]) if len(tree) > 3 else tree[1], f"u{phrase}"
    if scale != 1:
        value = exact(tree)
        # 1.5 million has its last digit at the hundred thousands.
        places = _places(tree) - len(str(scale)) + 1 if _places(tree) else 0
        scaled = ("mul", tree, ("num", Fraction(scale), 0))
        tree = scaled if value is None else ("num", value * scale, places)
    return _shared(tree, share, phrase) if share > 1 else scalar(tree, phrase)


_MICRO: Tree = ("sym", "mu")


def _shared(tree: Tree, share: int, unit: str) -> Value:
    """``50%``, ``5 per mille``: a share of so many."""
    value = exact(tree)
    if value is None:
        return Expression(("div", tree, ("num", Fraction(share), 0)), unit)
    literal = tree[1] if tree[0] == "neg" else tree
    places = literal[2] + len(str(share)) - 1 if literal[0] == "num" else 0
    return Number(value / share, places, unit, share)


def _places(tree: Tree) -> int:
    r"""Decimal places as written; ``2.5 	imes 10^{-3}`` has four, ``6.02 	imes 10^{23}`` -21."""
    literal = tree[1] if tree[0] == "neg" else tree
    if literal[0] == "num":
        return int(literal[2])
    if literal[0] == "mul" and len(literal) == 3 and _is_power_of_ten(literal[2]):
        exponent = exact(literal[2][2])
        places = _places(literal[1])
        if places and exponent is not None and exponent.denominator == 1:
            return places - int(exponent)
    return 0


def _form(tree: Tree) -> str:
    """How far a rational constant has been worked out; a power of ten counts as a literal."""
    if tree[0] == "add":
        return "open"
    parts = [part for part in children(tree) if not _is_power_of_ten(part)]
    if tree[0] == "mul" and len(parts) > 1:
        return "open"
    forms = {_form(part) for part in parts}
    if "open" in forms:
        return "open"
    literal = tree[0] in ("num", "neg", "div", "mul", "group") or _is_power_of_ten(tree)
    return "plain" if literal and "closed" not in forms else "closed"


def _is_power_of_ten(tree: Tree) -> bool:
    return tree[0] == "pow" and exact(tree[1]) == 10


_LETTER_UNITS = frozenset([*"mgslhLNJWVAKCFTdtw", "Omega"])


def _letter_quantity(tree: Tree) -> Number | Expression | None:
    """``5 m`` and ``10 m/s`` with the letters read as units."""
    top, bottom = (tree[1], tree[2]) if tree[0] == "div" else (tree, None)
    numbers = list(takewhile(lambda part: not _has_letters(part), factors(top)))
    scale: Tree = ("mul", *numbers) if len(numbers) > 1 else numbers[0] if numbers else ("dots",)
    over = _unit_letters(factors(top)[len(numbers) :])
    under = [] if bottom is None else _unit_letters(factors(bottom))
    if not numbers or not over or under is None:
        return None
    value = exact(scale)
    phrase = " ".join(over)
    for letter in under:
        phrase += f" / {letter}"
    if value is None:
        return Expression(scale, phrase)  # 2 pi metres
    return Number(value, scale[2] if scale[0] == "num" else 0, phrase, form=_form(scale))


def _has_letters(tree: Tree) -> bool:
    return tree[0] in ("sym", "app", "op") or any(map(_has_letters, children(tree)))


def _unit_letters(parts: Sequence[Tree]) -> list[str] | None:
    """The units that factors are if each is a letter of one: m, s^2, and for a micrometre mu m."""
    units: list[str] = []
    for place, part in enumerate(parts):
        base, power = part, ""
        if part[0] == "pow" and part[2][0] == "num":
            base, power = part[1], f" ^{part[2][1]}"
        name = base[1] if base[0] == "sym" else ""
        if name == "mu" and not power and place + 1 < len(parts):
            continue
        if name not in _LETTER_UNITS:
            return None
        micro = place and parts[place - 1] == ("sym", "mu")
        units.append(f"{'u' if micro else ''}{name}{power}")
    return units
