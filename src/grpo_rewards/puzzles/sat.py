"""Satisfiability: truth values that make every clause true, as a certificate."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grpo_rewards.errors import ColumnError, in_short
from grpo_rewards.puzzles.leads import without_list_numbers, without_table_head
from grpo_rewards.puzzles.solutions import (
    Unreadable,
    field,
    named,
    plain,
    sequence_field,
    shown,
    skipped,
    spelled,
    spotter,
)

__all__ = ["Sat", "check", "read"]

KIND = "sat"
FIELDS = ("clauses",)


@dataclass(frozen=True, slots=True)
class Sat:
    """Clauses, each a tuple of variables with the value that makes the clause true."""

    clauses: tuple[tuple[tuple[str, bool], ...], ...]
    variables: tuple[str, ...]


def read(puzzle: Mapping[str, Any]) -> Sat:
    """The puzzle of a row: lists of literals, or a text in DIMACS format."""
    value = field(KIND, puzzle, "clauses")
    if isinstance(value, str) and not value.lstrip().startswith(("[", "(")):
        value = _dimacs(value)
    clauses = []
    for written in sequence_field(KIND, "clauses", value):
        clause = tuple(
            _literal(literal)
            for literal in sequence_field(KIND, "clauses", written)
            if literal is not None
        )
        if not clause:
            raise ColumnError(f"a clause of a {KIND} puzzle is empty, so nothing satisfies it")
        clauses.append(clause)
    if not clauses:
        raise ColumnError(
            f"clauses=[] of a {KIND} puzzle: write lists of literals, as in [[1, -2]]"
        )
    variables = tuple(dict.fromkeys(name for clause in clauses for name, _ in clause))
    if len({name.casefold() for name in variables}) < len(variables):
        raise ColumnError(f"two variables of a {KIND} puzzle differ only in upper case")
    return Sat(tuple(clauses), variables)


def _dimacs(text: str) -> list[list[int]]:
    lines = [line for line in text.splitlines() if line.strip() and line.split()[0] not in "cp%"]
    clauses: list[list[int]] = [[]]
    for word in " ".join(lines).split():
        if not re.fullmatch(r"-?[0-9]{1,9}", word):
            raise ColumnError(
                f"{word!r:.80} is no literal of a {KIND} puzzle in DIMACS format, where a clause "
                "is numbers with a 0 behind them"
            )
        if int(word):
            clauses[-1].append(int(word))
        else:
            clauses.append([])
    return [clause for clause in clauses if clause]


def _literal(value: Any) -> tuple[str, bool]:
    match = re.fullmatch(r"\s*(-|~|¬|!|not\s)?\s*(\w+)\s*", spelled(value))
    if match is None or match[2] == "0" or isinstance(value, bool):
        raise ColumnError(
            f"{in_short(value)} is no literal of a {KIND} puzzle: write a number that is not 0, or "
            "a variable's name, with - in front where it is negated"
        )
    return match[2], match[1] is None


def check(puzzle: Sat, answer: str) -> str | None:
    """The first rule that an answer breaks. A variable that it does not name is left open.

    Example:
        >>> puzzle = read({"clauses": [[1, -2], [2, 3], [-1, -3]]})
        >>> check(puzzle, "x1 = True, x2 = True, x3 = False"), check(puzzle, "1 2 -3 0")
        (None, None)
        >>> check(puzzle, "1 -2 -3")
        'clause 2 (2 or 3) is false'
    """
    try:
        values = _assignment(puzzle, plain(answer))
    except Unreadable as why:
        return str(why)
    for number, clause in enumerate(puzzle.clauses, start=1):
        if any(values.get(name) == positive for name, positive in clause):
            continue
        if len({name for name, _ in clause}) < len(set(clause)):
            continue  # x or not x
        written = " or ".join(name if positive else f"-{name}" for name, positive in clause)
        said = "false" if all(name in values for name, _ in clause) else "left open"
        return f"clause {number} ({written}) is {said}"
    return None


# Reading --------------------------------------------------------------------------------------

_NEGATION = re.compile(
    r"(?:-|~|¬|!|\\neg(?![A-Za-z])|\\lnot(?![A-Za-z])|not(?!\w))\s*", re.IGNORECASE
)
_VALUE = re.compile(
    r"[\"'*)\]]*\s*(?:(?:=>|->|:=|==?|:|\\to(?![A-Za-z])|\b(?:is|(?P<all>are)|to|be)\b)[\s\"'*]*"
    r"(?P<sign>true|false|t|f|yes|no|0|1|⊤|⊥|\\top|\\bot)|(?<=\s)(?:\|[|\s]*)?(?P<word>true|false))(?!\w)[\"']?",
    re.IGNORECASE,
)
_TRUE = frozenset(["true", "t", "yes", "1", "⊤", "\\top"])
_SEPARATOR = re.compile(
    r"(?:[\s,;{}\[\]().\"'|*`∧&]|\\land(?![A-Za-z])|\\wedge(?![A-Za-z])|\\\\"
    r"|\band(?!\w))+",
    re.IGNORECASE,
)
_PASSED_OVER = re.compile(r"(?:set|let|assign|sat|satisfiable)(?!\w):?", re.IGNORECASE)
_NUMBERED = re.compile(r"[A-Za-z]?_?[{(\[]?(\d{1,9})[})\]]?(?!\w)")
_TRUTH_LIST = re.compile(
    r"[\[({\s]*(?:true|false)(?:[\s,]+(?:true|false))*[\])}\s]*\.?", re.IGNORECASE
)
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


def _assignment(puzzle: Sat, text: str) -> dict[str, bool]:
    """The value of each variable that the answer names."""
    spot = spotter(puzzle.variables)
    text = text.translate(_SUBSCRIPTS).replace("**", "")
    lines = (" ".join(line.split()) for line in text.split("\n"))
    text = without_table_head("\n".join(filter(None, lines)))
    if _TRUTH_LIST.fullmatch(text):
        return _in_turn(puzzle, text)
    text = "\n".join(_without_dimacs(line) for line in without_list_numbers(text).split("\n"))
    found: dict[str, bool] = {}
    bare: list[str] = []
    valued = False
    end = 0
    while True:
        end = skipped(_SEPARATOR, text, end)
        if end == len(text):
            break
        if (passed := _PASSED_OVER.match(text, end)) and not spot.match(text, end):
            end = passed.end()
            continue
        start, positive = end, True
        if negation := _NEGATION.match(text, end):
            end, positive = negation.end(), False
        if match := spot.match(text, end):
            name = named(match[0], puzzle.variables)
        elif (match := _NUMBERED.match(text, end)) and match[1] in puzzle.variables:
            name = match[1]
        else:
            raise Unreadable(f"{shown(text[start:])} does not begin with a variable")
        end = match.end()
        if value := _VALUE.match(text, end):
            if not positive and not _is_bullet(text, start):
                raise Unreadable(f"{shown(text[start : value.end()])} may mean either")
            positive = (value["sign"] or value["word"]).lower() in _TRUE
            end, valued = value.end(), True
            if value["all"]:  # "x1 and x2 are true"
                found, bare = _with(found, bare, value=positive), []
        elif positive:
            bare.append(name)
            continue
        elif _is_bullet(text, start):
            raise Unreadable(f"{shown(text[start:end])} is a bullet or a negation")
        found = _with(found, [name], value=positive)
    if valued and bare:
        raise Unreadable(f"the answer does not say what {bare[0]} is")
    if not found and not bare:
        raise Unreadable("the answer names no variable")
    return _with(found, bare, value=True)


def _with(found: dict[str, bool], names: list[str], *, value: bool) -> dict[str, bool]:
    for name in names:
        if found.get(name, value) != value:
            raise Unreadable(f"{name} is said to be true, and to be false")
    return {**found, **dict.fromkeys(names, value)}


def _in_turn(puzzle: Sat, text: str) -> dict[str, bool]:
    """The values of numbered variables, in their order: ``(True, True, False)``."""
    values = [word.lower() == "true" for word in re.findall("true|false", text, re.IGNORECASE)]
    names = [str(number) for number in range(1, len(values) + 1)]
    if not {names[-1]} <= set(puzzle.variables) <= set(names):
        raise Unreadable("the answer names no variable")
    return dict(zip(names, values, strict=True))


def _without_dimacs(line: str) -> str:
    """A line without what solvers write around a model: comments, "v", and the last 0."""
    words = line.split()
    if words and words[0] in ("c", "s", "v"):
        words = words[1:] if words[0] == "v" else []
        line = " ".join(words)
    if words and words[-1] == "0" and all(re.fullmatch(r"-?\d+", word) for word in words):
        return " ".join(words[:-1])
    return line


def _is_bullet(text: str, place: int) -> bool:
    """Whether a minus sign begins a line of a list: "- x1 = True"."""
    line = text.rfind("\n", 0, place) + 1
    return (
        text[place] == "-"
        and not text[line:place].strip()
        and text[place + 1 : place + 2].isspace()
    )
