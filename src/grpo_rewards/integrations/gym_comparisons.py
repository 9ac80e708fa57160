"""How answers to reasoning-gym's tasks are compared, by rules or with the gold.

Which family is judged by which of these, and why, is in `gym_judges`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from itertools import chain
from typing import Any

import regex

from grpo_rewards.answers import compare, exact_number
from grpo_rewards.integrations.antiderivatives import is_antiderivative
from grpo_rewards.puzzles.catalogue import verify
from grpo_rewards.puzzles.grids import lines_of
from grpo_rewards.puzzles.leads import from_json, stated, without_list_numbers
from grpo_rewards.puzzles.solutions import Unreadable, plain, unwrapped
from grpo_rewards.rewards.tiers import Finding

__all__ = [
    "Judge",
    "Judgement",
    "Task",
    "by_base",
    "by_cells",
    "by_comparison",
    "by_derivative",
    "by_duration",
    "by_factors",
    "by_fraction",
    "by_items",
    "by_numbers",
    "by_rounding",
    "by_rules",
    "by_significant_digits",
    "by_solutions",
    "by_text",
    "by_tokens",
    "by_words",
]

MAX_LENGTH = 10_000
"""Of a longer answer (characters) nothing is compared."""


@dataclass(frozen=True, slots=True)
class Task:
    """One item of reasoning-gym, as a row states it."""

    family: str
    answer: str
    metadata: Mapping[str, Any]
    config: str = "{}"
    """The family's configuration, as JSON."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is found of an answer, why, and what a scorer of reasoning-gym gave it."""

    found: Finding
    reason: str
    score: float | None = None


Judge = Callable[[Task, str], Judgement]


def by_rules(puzzle: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> Judge:
    """By the rules of the puzzle that a task's metadata states."""

    def judge(task: Task, answer: str) -> Judgement:
        reason = verify(puzzle(task.metadata), answer)
        return Judgement("wrong", reason) if reason else Judgement("correct", "it breaks no rule")

    return judge


# Numbers and expressions ----------------------------------------------------------------------

_ALL_BOLD = re.compile(r"\*\*(?=\S)(.*\S)\*\*\.?", re.DOTALL)


def by_comparison(task: Task, answer: str) -> Judgement:
    """As `grpo_rewards.CheckAnswer` compares."""
    verdict = compare(task.answer, _expression(answer))
    found: Finding = "undecided" if verdict.equal is None else "correct" if verdict else "wrong"
    return Judgement(found, verdict.reason)


def _expression(answer: str) -> str:
    return _unbold(stated(re.sub(r"```[a-z]*\n?", " ", answer).strip()).strip())


def _unbold(text: str) -> str:
    bold = _ALL_BOLD.fullmatch(text)  # whose first and last stars are no powers
    return bold[1] if bold else text


def by_solutions(task: Task, answer: str) -> Judgement:
    """The roots of an equation, of which there may be none."""
    if task.answer.strip():
        return by_comparison(task, answer)
    none = re.fullmatch(r"[\s\"'.()\[\]{}]*|(?i:none|no (?:real )?solutions?)\.?", answer.strip())
    return _equal(bool(none), "there are no real solutions")


_LEFT_SIDE = re.compile(r"(?:\\int|∫|[FGI]\([A-Za-z]\))[^=]*=(?=[^=]*$)")


def by_derivative(task: Task, answer: str) -> Judgement:
    """An antiderivative, by its derivative; the integral may stand in front of it."""
    integrand, variable = (str(task.metadata[name]) for name in ("integrand", "variable"))
    text = _unbold(unwrapped(answer))
    left = _LEFT_SIDE.match(text)
    verdict = is_antiderivative(text[left.end() :] if left else text, integrand, variable)
    found: Finding = "undecided" if verdict.equal is None else "correct" if verdict else "wrong"
    return Judgement(found, f"its derivative is {'' if verdict else 'not '}the integrand")


def by_rounding(digits: int, option: str = "") -> Judge:
    """The gold's number, when it is rounded to as many digits as the gold is.

    Args:
        digits: How many significant digits that are, where the task does not say.
        option: What says it in the task's configuration.
    """

    def judge(task: Task, answer: str) -> Judgement:
        gold, number = exact_number(task.answer), exact_number(_expression(answer))
        most = json.loads(task.config).get(option, digits) if option else digits
        same = (
            gold is not None
            and number is not None
            and _rounded(number, most) == _rounded(gold, most)
        )
        return _equal(same, f"the gold is {task.answer}")

    return judge


_TOKENS = regex.compile(r"\s*+(?:(?:[AB]#|#[AB])[\s,`]*+)*+")
_TOKEN = re.compile(r"[AB]#|#[AB]")
_NOTHING = re.compile(
    r"(?:the\s+)?(?:\(?empty\)?(?:\s+(?:program|state|sequence|string|list))?|nothing|none|ε|∅|"
    r"\\(?:varnothing|emptyset|epsilon|varepsilon)|\[\]|\(\)|\"\"|'')?\.?",
    re.IGNORECASE,
)


def by_tokens(task: Task, answer: str) -> Judgement:
    """The same tokens of A::B in a row, of which there may be none."""
    text = unwrapped(answer).replace("\\#", "#").strip(" $`")
    reason = f"the gold is {task.answer or 'empty'}"
    if not _TOKEN.search(task.answer):
        return _equal(bool(_NOTHING.fullmatch(text)), reason)
    same = bool(_TOKENS.fullmatch(text)) and _TOKEN.findall(text) == _TOKEN.findall(task.answer)
    return _equal(same, reason)


def by_significant_digits(task: Task, answer: str) -> Judgement:
    """The same number when both are rounded to three digits, which the task asks for."""
    gold, number = exact_number(task.answer), exact_number(_expression(answer))
    same = gold is not None and number is not None and _rounded(number) == _rounded(gold)
    return _equal(same, f"to three digits the gold is {gold if gold is None else _rounded(gold)}")


def _rounded(number: Fraction, digits: int = 3) -> Decimal:
    exact = Context(prec=digits + 40).divide(Decimal(number.numerator), Decimal(number.denominator))
    return Context(prec=digits, rounding=ROUND_HALF_UP).plus(exact).normalize()


_FRACTION = re.compile(
    r"\\[dt]?frac\s?\{\s?(\d{1,20})\s?\}\s?\{\s?(\d{1,20})\s?\}|(\d{1,20})\s?/\s?(\d{1,20})"
)


def by_fraction(task: Task, answer: str) -> Judgement:
    """The same fraction in the same terms: the task asks for the lowest."""
    gold, fraction = _terms(task.answer), _terms(answer)
    return _equal(fraction == gold, f"in lowest terms it is {task.answer}")


def _terms(text: str) -> tuple[int, ...] | str:
    fraction = _FRACTION.fullmatch(_plain(text).rstrip(" ."))
    return tuple(int(part) for part in fraction.groups() if part) if fraction else _bare(text)


_TIMES = re.compile(r"(?:(?<!\s)\s+)?(?:\\times|\\cdot|[*x,])\s*")
_POWER = re.compile(r"(\d{1,12})(?:\s*(?:\^|\*\*)\s*\{?(\d{1,2})\}?)?")
_SUPERSCRIPTS = {
    ord(small): f"^{large}" for small, large in zip("¹²³⁴⁵⁶⁷⁸⁹", "123456789", strict=True)
}


def by_factors(task: Task, answer: str) -> Judgement:
    """The same prime factors in any order, powers written out or not, behind their product."""
    return _equal(_factors(answer, task) == _factors(task.answer, task), f"it is {task.answer}")


def _factors(text: str, task: Task) -> list[int]:
    product, equals, text = _plain(text.translate(_SUPERSCRIPTS)).rstrip(" .").rpartition("=")
    if equals and product.strip() != str(task.metadata.get("number")):
        return []
    found: list[int] = []
    # A power's two stars are no sign between factors.
    for part in _TIMES.split(text.replace("**", "^").strip()):
        power = _POWER.fullmatch(part)
        if power is None:
            return []
        found += [int(power[1])] * int(power[2] or 1)
    return sorted(found)


_BASE = re.compile(
    r"(?P<digits>\w+?)(?:_\{?(?P<low>\d{1,2})\}?|\s*\(?base[- ](?P<base>\d{1,2})\)?)?"
)
_PREFIXES = {"2": "0b", "8": "0o", "16": "0x"}


def by_base(task: Task, answer: str) -> Judgement:
    """The same digits; the base that the task names may be said, too."""
    asked = str(task.metadata["target_base"])
    said = _BASE.fullmatch(_bare(answer).casefold())
    digits = ""
    if said and (said["low"] or said["base"] or asked) == asked:
        digits = said["digits"].removeprefix(_PREFIXES.get(asked, "-"))
    return _equal(digits == task.answer.casefold(), f"the gold is {task.answer}")


_DURATION = re.compile(
    r"(?:(?P<days>\d{1,9})\s*days?(?:[\s,]|and\b)*)?"
    r"(?:(?P<hour>\d{1,4}):(?P<minute>\d{2})(?::(?P<second>\d{2}(?:\.\d{1,9})?))?"
    r"|(?:(?P<hours>\d{1,9})\s*h(?:ours?)?(?:[\s,]|and\b)*)?"
    r"(?:(?P<minutes>\d{1,9})\s*m(?:in(?:ute)?s?)?(?:[\s,]|and\b)*)?"
    r"(?:(?P<seconds>\d{1,9}(?:\.\d{1,9})?)\s*s(?:ec(?:ond)?s?)?)?)",
    re.IGNORECASE,
)
_SECONDS = {
    "days": 86_400,
    "hour": 3_600,
    "hours": 3_600,
    "minute": 60,
    "minutes": 60,
    "second": 1,
    "seconds": 1,
}


def by_duration(task: Task, answer: str) -> Judgement:
    """The same time: days, hours, minutes and seconds, or only days."""
    gold, text = _bare(task.answer), _bare(answer)
    if re.fullmatch(r"\d{1,9} days?", gold) and re.fullmatch(r"\d{1,9}", text):
        text = f"{text} days"
    return _equal(_duration(text) == _duration(gold), f"the gold is {task.answer}")


def _duration(text: str) -> Fraction | None:
    found = _DURATION.fullmatch(text) if text else None
    if found is None:
        return None
    parts = ((unit, value) for unit, value in found.groupdict().items() if value)
    return sum((Fraction(value) * _SECONDS[unit] for unit, value in parts), Fraction(0))


# Grids, lists and texts -----------------------------------------------------------------------

_EMPTY = re.compile(r"\[\s*\]|\(\s*\)|\{\s*\}|none|empty(?: list)?", re.IGNORECASE)


def by_numbers(task: Task, answer: str) -> Judgement:
    """The same numbers in the same order, in whatever brackets, quotes and rows."""
    gold, rows = _rows(task.answer), _rows(answer)
    if not any(gold):
        return _equal(bool(_EMPTY.fullmatch(_bare(answer))), "the gold is an empty list")
    same = list(chain.from_iterable(gold)) == list(chain.from_iterable(rows))
    return _equal(same, "of the gold's numbers")


def by_cells(task: Task, answer: str) -> Judgement:
    """The same cells in the same rows."""
    gold = _rows(task.answer)
    return _equal(any(gold) and gold == _rows(answer), "of the gold's cells")


def _rows(text: str) -> list[list[Any]]:
    try:
        rows = [line.split() for line in lines_of(re.sub(r"(?<=[\d\])}])\.\s*$", "", text))]
    except Unreadable:
        return []
    return [[_cell(word) for word in row] for row in rows]


def _cell(word: str) -> Fraction | str:
    number = exact_number(word) if len(word) < 40 else None
    return word if number is None else number


def by_text(task: Task, answer: str) -> Judgement:
    """The same text, but for white space."""
    return _equal(_bare(task.answer) == _bare(answer), f"the gold is {task.answer[:80]}")


_TRUTHS = frozenset(["yes", "no", "true", "false"])


def by_words(task: Task, answer: str) -> Judgement:
    """The same words, in capitals or not; and yes or no, however it is said."""
    gold = _bare(task.answer).casefold()
    if gold in _TRUTHS:
        return by_comparison(task, answer)
    return _equal(gold == _bare(answer).casefold(), f"the gold is {task.answer[:80]}")


def by_items(task: Task, answer: str) -> Judgement:
    """The same words in the same order: a list, with commas or in lines."""
    return _equal(_items(task.answer) == _items(answer), f"the gold is {task.answer[:80]}")


def _items(text: str) -> list[str]:
    text = without_list_numbers(unwrapped(text[:MAX_LENGTH]))
    value = from_json(text)
    if not isinstance(value, list):
        value = re.split(r"\s*,\s*|\s*\n\s*(?:[-*•]\s+)?", text.removesuffix("."))
    return [str(item).strip().strip("\"'`") for item in value]


def _equal(same: bool, about: str) -> Judgement:  # noqa: FBT001 (what was found, not an option)
    return (
        Judgement("correct", f"equal: {about}")
        if same
        else Judgement("wrong", f"not equal: {about}")
    )


def _plain(text: str) -> str:
    try:
        return plain(text)
    except Unreadable:
        return ""


def _bare(text: str) -> str:
    """A text without what is around it; of what is in it, all but white space is kept."""
    if len(text) > MAX_LENGTH:
        return ""
    return " ".join(unwrapped(text).removesuffix(".").split())
