"""The one mathematical reading of a text: a number, a formula, a set, a relation."""

from __future__ import annotations

import re
from contextlib import suppress

import regex

from grpo_rewards.answers.notation.grammar import parse
from grpo_rewards.answers.notation.tokens import NotMath
from grpo_rewards.answers.notation.trees import Measured, Symbol, Tree
from grpo_rewards.answers.values.intervals import all_but
from grpo_rewards.answers.values.kinds import (
    Assignment,
    Collection,
    Expression,
    Number,
    Value,
)
from grpo_rewards.answers.values.meaning import combined, value_of
from grpo_rewards.answers.values.measures import is_measure, same_unit, share_words, split_unit
from grpo_rewards.answers.values.units import CURRENCY_CODES

__all__ = [
    "DATE",
    "TEXT_COMMAND",
    "all_reals_but",
    "compared",
    "mathematical",
    "plain_text",
    "scientific",
]
_SCIENTIFIC = regex.compile(
    r"(?P<value>[-+]?\d[\d.,]*+\s*+\\(?:times|cdot)\s*+10\s*+\^\s*+\{?\s*+[-+]?\d++\s*+\}?)\s*+(?P<unit>[A-Z][A-Za-z]{0,3})"
)
_SET_BUILDER = re.compile(
    r"(?:\\\{|\{)\s*(?P<name>[A-Za-z])\s*(?:\\in\s*\\mathbb\s*\{R\}\s*)?(?:\||\\mid|:)\s*(?P<condition>(?!\s).*?)(?:\\\}|\})",
    re.DOTALL,
)
_REALS_BUT = re.compile(
    r"(?:all |every |any )?real numbers?(?: [a-z])?,? (?:except(?: for)?|excluding|other than|but|without) (?P<points>.+)"
)
_AMOUNT = re.compile(
    rf"(?P<sign>[-+]?)(?:{'|'.join(map(re.escape, sorted(CURRENCY_CODES, key=len, reverse=True)))})\.? ?"
    r"(?P<amount>\d[\d.,]*(?: [A-Za-z]+)*)"
)
"""``CHF 2,000``: the currency before the amount."""
_BUILDER = r"\\?\{\s*[A-Za-z]\b(?:[^{}|:\\]|\\(?!mid)|\{[^{}]*+\})*+(?:\||\\mid|:)(?:[^{}]|\{[^{}]*+\})*+\}"
_COMBINED_SETS = regex.compile(
    rf"(?P<left>{_BUILDER})\s*(?P<operation>-|\\setminus|\\cup|\\cap)\s*(?P<right>.+)"
)
_OPERATIONS = {"-": "setminus", "\\setminus": "setminus", "\\cup": "cup", "\\cap": "cap"}


_CONTRACTION = re.compile(r"[A-Za-z]{2}['’](?:t|s|re|ve|ll)\b")  # "isn't 0" is no product
DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{4}")
_COMPARED = re.compile(
    r"(?P<name>[A-Za-z]) (?:is |must be |has to be )?(?:(?P<ge>greater than or equal to|at least|no less than)"
    r"|(?P<le>less than or equal to|at most|no more than)|(?P<gt>greater than|more than|larger than)"
    r"|(?P<lt>less than|smaller than)) (?P<bound>.+)"
)
TEXT_COMMAND = re.compile(r"\\(?:text\w*|mathrm|mbox|mathbf)\s*\{([^{}]*)\}")


def plain_text(text: str) -> str:
    r"""A text without the commands around its words: ``5 cm`` of ``5 \\text{ cm}``."""
    return TEXT_COMMAND.sub(r"\1", text) if "\\" in text else text


def scientific(text: str) -> Value | None:
    r"""``1.6 \times 10^{-19} C``: the letter is a unit, and may be a factor as well."""
    match = _SCIENTIFIC.fullmatch(text) if "10" in text else None
    if match is None or not is_measure(match["unit"]):
        return None
    return mathematical(f"{match['value']} \\text{{{match['unit']}}}")


def compared(text: str) -> Value | None:
    """``x is greater than 2``."""
    match = _COMPARED.fullmatch(text) if text[1:2] == " " else None
    if match is None:
        return None
    relation = next(name for name in ("ge", "le", "gt", "lt") if match[name])
    return mathematical(f"{match['name']} \\{relation} {match['bound']}")


def all_reals_but(text: str) -> Value | None:
    """The set that a text describes as all real numbers but some."""
    match = _REALS_BUT.fullmatch(text) if "real" in text else None
    if match is None:
        return None
    with suppress(NotMath):
        point = mathematical(match["points"])
        point = point.value if isinstance(point, Assignment) else point
        points = point.items if isinstance(point, Collection) else (point,)
        return all_but([each for each in points if each is not None])
    return None


def mathematical(text: str) -> Value | None:
    """The value of a text that is mathematics; ``None`` of one that is words.

    Example:
        >>> mathematical("1/2").value, mathematical("a blue car")
        (Fraction(1, 2), None)
    """
    if DATE.fullmatch(text) or ("'" in text and _CONTRACTION.search(text)):
        return None
    builder = _SET_BUILDER.fullmatch(text) if "{" in text else None
    sets = _COMBINED_SETS.fullmatch(text) if "{" in text else None
    amount = _AMOUNT.fullmatch(text) if not text[:1].isdigit() else None
    if amount:
        code = text[len(amount["sign"]) : amount.start("amount")].strip(" .")
        text = f"{amount['sign']}{amount['amount']} {code}"
    try:
        if sets:
            ours, theirs = mathematical(sets["left"]), mathematical(sets["right"])
            if ours is None or theirs is None:
                return None
            return combined(_OPERATIONS[sets["operation"]], ours, theirs)
        if builder:
            return _as_set(parse(builder["condition"]), builder["name"])
        if text.startswith("{") and text.endswith("}") and "," in text:
            text = f"\\{text[:-1]}\\}}" if not text.endswith("\\}") else text
        value = value_of(parse(text))
        measured = split_unit(text) if isinstance(value, Expression) and not value.unit else None
        return value if measured is None else value_of(Measured(parse(measured[0]), measured[1]))
    except NotMath:
        again = _UNIT_AGAIN.fullmatch(text) if text.endswith(")") else None
        if again:
            return _measured_twice(mathematical(again["value"]), again["unit"])
        measured = split_unit(text)
        with suppress(NotMath, OverflowError, ValueError, ZeroDivisionError):
            if measured is not None:
                return value_of(Measured(parse(measured[0]), measured[1]))
        return None
    except (OverflowError, ValueError, ZeroDivisionError):
        return None


_UNIT_AGAIN = re.compile(r"(?P<value>[^()]*[A-Za-z]) \((?P<unit>[A-Za-z /^]{1,30})\)")


def _measured_twice(value: Value | None, unit: str) -> Value | None:
    """``37 basis points (bps)``: a quantity whose unit is given again, in short."""
    if not isinstance(value, Number):
        return None
    same = share_words(unit) == ("", value.share) if value.share > 1 else False
    return value if same or (value.unit and same_unit(value.unit, unit)) else None


def _as_set(condition: Tree, name: str) -> Value:
    """What ``{name | condition}`` is: the values that the condition gives the name."""
    value = value_of(condition)
    if not isinstance(value, Assignment):
        return value
    if value.name != Symbol(name):
        raise NotMath(f"the condition is not on {name}")
    return value.value
