"""Countdown: reach the target from the given numbers with the four operations.

An answer is parsed, never evaluated as a program, and worked out exactly, in fractions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeAlias

from grpo_rewards.errors import ColumnError, in_short
from grpo_rewards.puzzles.solutions import (
    Unreadable,
    field,
    optional_field,
    plain,
    sequence_field,
    shown,
    whole_number,
)

__all__ = ["Countdown", "check", "read"]

KIND = "countdown"
FIELDS = ("numbers", "nums", "target", "use_all")
MAX_TOKENS = 400
MAX_DEPTH = 60
MAX_DIGITS = 30

Tree: TypeAlias = tuple[Any, ...]
"""``("num", 3)``, ``("neg", tree)``, or an operation's sign and its two trees."""


@dataclass(frozen=True, slots=True)
class Countdown:
    """The given numbers, the target, and whether every number has to be used."""

    numbers: tuple[int, ...]
    target: int
    use_all: bool


def read(puzzle: Mapping[str, Any]) -> Countdown:
    """The puzzle of a row."""
    numbers = sequence_field(KIND, "numbers", field(KIND, puzzle, "numbers", "nums"))
    if not numbers:
        raise ColumnError("numbers=[] of a countdown puzzle: write the given numbers")
    use_all = optional_field(puzzle, "use_all")
    if isinstance(use_all, str):
        use_all = {"true": True, "false": False}.get(use_all.strip().lower(), use_all)
    if use_all not in (None, True, False):
        raise ColumnError(f"use_all={in_short(use_all)} of a countdown puzzle: write True or False")
    return Countdown(
        tuple(whole_number(KIND, "numbers", number) for number in numbers),
        whole_number(KIND, "target", field(KIND, puzzle, "target"), least=-(10**30)),
        use_all is None or bool(use_all),
    )


def check(puzzle: Countdown, answer: str) -> str | None:
    r"""The first rule that an answer breaks.

    Example:
        >>> puzzle = Countdown((3, 4, 5, 2), 25, use_all=True)
        >>> check(puzzle, r"$3 \times (4 + 5) - 2 = 25$")
        >>> check(puzzle, "3 * 45 - 2")
        '45 is not one of the given numbers'
        >>> check(puzzle, "3 * (4 + 5)")
        '2 is not used'
    """
    try:
        text = plain(answer)
        if _NO_WAY.fullmatch(text):
            return _no_way(puzzle)
        tree, *others = _sides(_tokens(text), puzzle.target)
    except Unreadable as why:
        return str(why)
    if (reason := _numbers_amiss(puzzle, Counter(_leaves(tree)))) is not None:
        return reason
    value = _value(tree)
    if value is None:
        return "it divides by zero"
    if value != puzzle.target:
        return f"it is {_shortly(value)}, not {puzzle.target}"
    if any(_value(other) != value for other in others):
        return f"it is {value}, and not what is said to equal it"
    return None


_NO_WAY = re.compile(
    r"(?:(?:it|this)\s+)?(?:is\s+)?(?:cannot|can\s*not|can't|impossible\s+to)\s+(?:be\s+)?"
    r"(?:form|formed|make|made|reach|reached|get|solved?|obtain|obtained)(?:\s+(?:-?\d{1,9}|it))?\.?"
    r"|(?:there\s+(?:is|exists)\s+)?no\s+(?:solution|way|such\s+expression)(?:\s+exists)?\.?"
    r"|(?:it\s+is\s+)?(?:impossible|unsolvable|not\s+possible)\.?",
    re.IGNORECASE,
)
MOST_SEARCHED = 5
"""Numbers among which it is looked for a way to the target."""


def _no_way(puzzle: Countdown) -> str | None:
    """Whether there is indeed no way to the target; the reason says that there is one."""
    if len(puzzle.numbers) > MOST_SEARCHED or max(map(abs, puzzle.numbers)) > MAX_SEARCHED:
        return "it says that there is no way, and does not show it"
    found = _reachable(tuple(sorted(Fraction(n) for n in puzzle.numbers)), use_all=puzzle.use_all)
    return "there is a way" if Fraction(puzzle.target) in found else None


MAX_SEARCHED = 10_000


@lru_cache(maxsize=256)
def _reachable(numbers: tuple[Fraction, ...], *, use_all: bool) -> frozenset[Fraction]:
    """What can be made of some numbers with the four operations."""
    if len(numbers) == 1:
        return frozenset(numbers)
    found: set[Fraction] = set() if use_all else set(numbers)
    for first in range(len(numbers)):
        for second in range(first + 1, len(numbers)):
            a, b = numbers[first], numbers[second]
            rest = [n for place, n in enumerate(numbers) if place not in (first, second)]
            made = {a + b, a - b, b - a, a * b, *([a / b] if b else []), *([b / a] if a else [])}
            for value in made:
                found |= _reachable(tuple(sorted([*rest, value])), use_all=use_all)
            if not use_all:
                for kept in (a, b):
                    found |= _reachable(tuple(sorted([*rest, kept])), use_all=False)
    return frozenset(found)


def _shortly(value: Fraction) -> str:
    digits = max(abs(value.numerator), value.denominator).bit_length() * 3 // 10
    return str(value) if digits <= MAX_DIGITS else f"a number of about {digits} digits"


def _numbers_amiss(puzzle: Countdown, used: Counter[Fraction]) -> str | None:
    given = Counter(map(Fraction, puzzle.numbers))
    for number, times in used.items():
        if not given[number]:
            return f"{number} is not one of the given numbers"
        if times > given[number]:
            return f"{number} is used {_times(times)}, and given {_times(given[number])}"
    if puzzle.use_all:
        for number, times in given.items():
            if not used[number]:
                return f"{number} is not used"
            if used[number] < times:
                return f"{number} is used {_times(used[number])}, and given {_times(times)}"
    return None


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _leaves(tree: Tree) -> list[Fraction]:
    """The numbers of a tree, as often as they stand there."""
    found: list[Fraction] = []
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if node[0] == "num":
            found.append(node[1])
        else:
            waiting += reversed(node[1:])
    return found


def _value(tree: Tree) -> Fraction | None:
    """What a tree is; ``None`` where it divides by zero."""
    if tree[0] == "num":
        value: Fraction = tree[1]
        return value
    values = [_value(part) for part in tree[1:]]
    left, right = values[0], values[-1]
    if left is None or right is None:
        return None
    if tree[0] == "neg":
        return -left
    if tree[0] == "+":
        return left + right
    if tree[0] == "-":
        return left - right
    if tree[0] == "*":
        return left * right
    return left / right if right else None


# Reading --------------------------------------------------------------------------------------

_TOKEN = re.compile(
    r"""\s*(?:(?P<number>(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d+)(?:\.\d+)?)
    | (?P<times>\\(?:times|cdot|ast)(?![A-Za-z])|(?<=[\d)\]}\s])[xX](?=[\s\d(\[{\\-]))
    | (?P<divided>\\div(?![A-Za-z]))
    | (?P<frac>\\[dtc]?frac(?![A-Za-z]))
    | (?P<brace>\\[{}])
    | (?P<mark>\*\*|==?|[-+*/()\[\]{}]))""",
    re.VERBOSE,
)
_CLOSING = {"(": ")", "[": "]", "{": "}"}


# Bold parts, which are no powers; and what lines up the steps of LaTeX.
_BOLD = re.compile(
    r"(?:^|(?<=[=\n]))([ ]*)\*\*(?=[^\s*])([^*]*(?:\*[^*]+)*)(?<=\S)\*\*(?=\s*(?:[=.]|$))"
)
_ALIGNMENT = re.compile(r"&|\\\\(?![A-Za-z])")


def _tokens(text: str) -> list[str]:
    text = _ALIGNMENT.sub(" ", _BOLD.sub(r"\1\2", text)).rstrip(" .\n")
    found: list[str] = []
    end = 0
    while end < len(text):
        match = _TOKEN.match(text, end)
        if match is None:
            rest = text[end:].strip()
            raise Unreadable(f"{shown(rest)} is not part of an expression of the four operations")
        end = match.end()
        token = match[match.lastgroup or 0]
        if match.lastgroup == "number":
            token = token.replace(",", "")
            if len(token) > MAX_DIGITS:
                raise Unreadable(f"{shown(token)} is not one of the given numbers")
        elif token == "==":
            token = "="
        elif match.lastgroup != "mark":
            token = {"times": "*", "divided": "/", "frac": "frac"}.get(
                match.lastgroup or "", token[-1]
            )
        found.append(token)
        if len(found) > MAX_TOKENS:
            raise Unreadable("the expression is too long")
    return found


def _sides(tokens: list[str], target: int) -> list[Tree]:
    """The expression, and then what else stands between equals signs: its value, and working."""
    parts: list[list[str]] = [[]]
    for token in tokens:
        if token == "=":
            parts.append([])
        else:
            parts[-1].append(token)
    if not all(parts):
        raise Unreadable("nothing stands on one side of an equals sign")
    trees = [_Parser(part).whole() for part in parts]
    if len(trees) > 1 and trees[0] == ("num", target):  # "25 = 3 * (4 + 5) - 2"
        trees[:2] = [trees[1], trees[0]]
    return trees


class _Parser:
    """Recursive descent over the tokens of one expression."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = [*tokens, ""]
        self.place = 0
        self.depth = 0

    def whole(self) -> Tree:
        tree = self.sum()
        if self.next:
            raise Unreadable(self.misplaced())
        return tree

    @property
    def next(self) -> str:
        return self.tokens[self.place]

    def take(self) -> str:
        token = self.next
        self.place += 1
        return token

    def misplaced(self) -> str:
        before = self.tokens[self.place - 1] if self.place else ""
        if before[:1].isdigit() and self.next[:1].isdigit():
            return f"no operation stands between {before} and {self.next}"
        if not self.next:
            return "the expression breaks off"
        return f"{self.next!r} is out of place"

    def sum(self) -> Tree:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Unreadable("the expression is nested too deep")
        tree = self.product()
        while self.next in ("+", "-"):
            tree = (self.take(), tree, self.product())
        self.depth -= 1
        return tree

    def product(self) -> Tree:
        tree, divided = self.factor(), False
        while True:
            if self.next in ("*", "/"):
                sign = self.take()
                divided = divided or sign == "/"
                tree = (sign, tree, self.factor())
            elif self.next in _CLOSING or self.next == "frac":
                # 8/2(2+2) is read in two ways; and 2 \frac{1}{2}, a mixed number, in two more.
                if divided or self.next == "frac":
                    raise Unreadable("a multiplication sign is missing, so it is ambiguous")
                tree = ("*", tree, self.atom())
            else:
                return tree

    def factor(self) -> Tree:
        # A sign reaches nothing that subtraction does not, so it is no fifth operation.
        negative = False
        while self.next in ("+", "-"):
            negative ^= self.take() == "-"
        tree = self.atom()
        return ("neg", tree) if negative else tree

    def atom(self) -> Tree:
        if self.next[:1].isdigit():
            return ("num", Fraction(self.take()))
        if self.next == "frac":
            self.take()
            return ("/", self.braced(), self.braced())
        if self.next in _CLOSING:
            closing = _CLOSING[self.take()]
            tree = self.sum()
            if self.next != closing:
                raise Unreadable(self.misplaced())
            self.take()
            return tree
        raise Unreadable(self.misplaced())

    def braced(self) -> Tree:
        if self.next != "{":
            raise Unreadable(self.misplaced())
        return self.atom()
