"""Formulas over a puzzle's names: of text, by the grammar of `grpo_rewards.logic`, and of lists."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from grpo_rewards.caches import RESPONSES
from grpo_rewards.errors import in_short
from grpo_rewards.logic.formulas import Formula, Step, read_formula
from grpo_rewards.logic.symbols import NotFormula, plain
from grpo_rewards.puzzles.solutions import Unreadable

__all__ = ["Formula", "from_lists", "holds", "read"]

MAX_DEPTH = 60
"""How deep lists may nest."""

# A letter of no living script stands for each name, so that T, V and "New Bob" can be names, too.
_SIGN = "ꙮ"


def read(text: str, names: Sequence[str]) -> Formula:
    """The formula that a text writes, over some of these names.

    Raises:
        Unreadable: It is none, or has other names.

    Example:
        >>> read("not P and T -> P", ["P", "T"])
        Formula(names=('P', 'T'), steps=(0, 'not', 1, 'and', 0, 'not', 'and', 'not'))
    """
    signs = {f"{_SIGN}{place}": name for place, name in enumerate(names)}
    places = {name: sign for sign, name in signs.items()}
    try:
        formula = read_formula(_whole_words(tuple(names)).sub(lambda m: places[m[0]], plain(text)))
    except NotFormula as why:
        raise Unreadable(f"it is no formula: {_named(str(why), signs)}") from why
    for name in formula.names:
        if name not in signs:
            raise Unreadable(f"{name!r:.40} is none of {', '.join(names)}")
    return formula.renamed(signs)


@RESPONSES.remember(entries=1_024)
def _whole_words(names: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<![\w\\])(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def _named(reason: str, signs: Mapping[str, str]) -> str:
    return re.sub(rf"{_SIGN}\d+", lambda match: signs.get(match[0], match[0]), reason)


# What nested lists call their nodes, as the K&K dataset and reasoning-gym write statements: whether
# the claim is that a person tells the truth, and what a connective does with two values.
_CLAIMS = {
    "knight": True,
    "telling-truth": True,
    "knave": False,
    "lying": False,
}
_CONNECTIVES: dict[str, tuple[Step, ...]] = {
    "and": ("and",),
    "or": ("or",),
    "xor": ("xor",),
    "->": ("not", "and", "not"),
    "<=>": ("xor", "not"),
    "<->": ("xor", "not"),
}
_CHAINS = frozenset(["and", "or"])


def from_lists(value: Any, names: Sequence[str]) -> Formula:
    """The formula that nested lists write: ``["and", ["knight", "Bob"], ["lying", 0]]``.

    A person is a name, or its place among the names. A text is read as `read` does.

    Raises:
        Unreadable: It is none.

    Example:
        >>> from_lists(["->", ["lying", 0], ["knight", "Bob"]], ["Alice", "Bob"]).steps
        (0, 'not', 1, 'not', 'and', 'not')
    """
    if isinstance(value, str):
        return read(value, names)
    return Formula(tuple(names), tuple(_steps(value, names, 0)))


def _steps(value: Any, names: Sequence[str], depth: int) -> list[Step]:
    if not isinstance(value, Sequence) or isinstance(value, str) or depth > MAX_DEPTH:
        raise Unreadable(f"{in_short(value)} is no formula")
    head, *parts = value or [None]
    if not isinstance(head, str):
        raise Unreadable(f"{in_short(value)} is no formula")
    if head in _CLAIMS and len(parts) == 1:
        person = _person(parts[0], names)
        return [person] if _CLAIMS[head] else [person, "not"]
    if head == "not" and len(parts) == 1:
        return [*_steps(parts[0], names, depth + 1), "not"]
    if head not in _CONNECTIVES or not (len(parts) == 2 or (parts and head in _CHAINS)):
        raise Unreadable(f"{in_short(value)} is no formula")
    steps = _steps(parts[0], names, depth + 1)
    for part in parts[1:]:
        steps += [*_steps(part, names, depth + 1), *_CONNECTIVES[head]]
    return steps


def _person(value: Any, names: Sequence[str]) -> int:
    if isinstance(value, str) and value in names:
        return list(names).index(value)
    if isinstance(value, int) and 0 <= value < len(names):
        return int(value)
    raise Unreadable(f"{in_short(value)} is none of {', '.join(names)}")


def holds(formula: Formula, values: Mapping[str, bool]) -> bool:
    """Whether a formula is true where each name has this value.

    Example:
        >>> holds(read("P and not Q", ["P", "Q"]), {"P": True, "Q": False})
        True
    """
    stack: list[bool] = []
    for step in formula.steps:
        if isinstance(step, int):
            stack.append(values[formula.names[step]])
        elif step in ("true", "false"):
            stack.append(step == "true")
        elif step == "not":
            stack.append(not stack.pop())
        else:
            right, left = stack.pop(), stack.pop()
            stack.append({"and": left and right, "or": left or right}.get(step, left != right))
    return stack.pop()
