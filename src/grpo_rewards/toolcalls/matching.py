"""Which call answers which expected one, and how well: the best matching of two lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grpo_rewards.documents.reading import same_data
from grpo_rewards.errors import in_short
from grpo_rewards.toolcalls.offers import Tools
from grpo_rewards.toolcalls.shapes import OMITTED, Call

__all__ = ["Match", "match_calls"]


@dataclass(frozen=True, slots=True)
class Match:
    """How well calls answer the expected ones."""

    share: float
    """From 0 to 1, which is reached only where every call is right, and none too many."""
    reason: str


@dataclass(frozen=True, slots=True)
class _Pair:
    """How well one call answers one expected one."""

    share: float
    amiss: str = ""


def match_calls(
    expected: Sequence[Call],
    made: Sequence[Call],
    *,
    tools: Tools | None = None,
    ordered: bool = False,
) -> Match:
    """How well calls answer the expected ones, in any order unless ``ordered``.

    Example:
        >>> expected = [Call("f", {"x": 1}), Call("g", {})]
        >>> match_calls(expected, [Call("g", {}), Call("f", {"x": 1.0})]).share
        1.0
        >>> match_calls(expected, [Call("f", {"x": "1"}), Call("g", {})]).reason
        "f: x='1', expected 1"
    """
    table = [[_pair(gold, call, tools) for call in made] for gold in expected]
    if ordered:
        pairs = list(enumerate(range(min(len(expected), len(made)))))
    else:
        pairs = _best(table, len(made))
    total = sum(table[gold][call].share for gold, call in pairs)
    most = max(len(expected), len(made))
    amiss = next((table[gold][call].amiss for gold, call in pairs if table[gold][call].amiss), "")
    if not amiss and len(made) > len(expected):
        matched = {call for _, call in pairs}
        extra = next(call for place, call in enumerate(made) if place not in matched)
        amiss = f"{extra} is one call too many"
    if not amiss and len(made) < len(expected):
        matched = {gold for gold, _ in pairs}
        lacking = next(gold for place, gold in enumerate(expected) if place not in matched)
        amiss = f"{lacking} is not called"
    if amiss:
        return Match(total / most, amiss)
    return Match(1.0, "every call is as expected")


def _pair(gold: Call, call: Call, tools: Tools | None) -> _Pair:
    if gold.name != call.name:
        return _Pair(0.0, f"{call.name:.60} is called, expected {gold.name}")
    right, amiss = 0, ""
    names = dict.fromkeys((*gold.arguments, *(gold.acceptable or ()), *call.arguments))
    for name in names:
        problem = _problem(gold, call, name, tools)
        right += not problem
        amiss = amiss or problem
    # The name is worth as much as an argument.
    return _Pair((1 + right) / (1 + len(names)), f"{call.name}: {amiss}" if amiss else "")


def _problem(gold: Call, call: Call, name: str, tools: Tools | None) -> str:
    """What is amiss with an argument; empty if nothing is."""
    if gold.acceptable is not None and name in gold.acceptable:
        values = list(gold.acceptable[name])
    else:
        values = [gold.arguments[name]] if name in gold.arguments else []
    has_default, default = (False, None) if tools is None else tools.default(gold.name, name)
    if name not in call.arguments:
        may_be_left_out = gold.acceptable is not None and OMITTED in values
        if may_be_left_out or (has_default and any(same_data(default, value) for value in values)):
            return ""
        return f"{name} is missing"
    given = call.arguments[name]
    if any(same_data(given, value) for value in values):
        return ""
    if not values:
        # Said, and what would have been without it, too.
        return "" if has_default and same_data(given, default) else f"{name} is not expected"
    return f"{name}={in_short(given, 60)}, expected {in_short(values[0], 60)}"


def _best(table: Sequence[Sequence[_Pair]], width: int) -> list[tuple[int, int]]:
    """The pairs of rows and columns whose shares add up to most (the Hungarian method)."""
    height = len(table)
    size = max(height, width)

    def cost(row: int, column: int) -> float:
        return -table[row][column].share if row < height and column < width else 0.0

    row_potential = [0.0] * (size + 1)
    column_potential = [0.0] * (size + 1)
    row_of = [size] * (size + 1)  # for each column; the last is a start that no column is
    for row in range(size):
        row_of[size] = row
        column = size
        least = [float("inf")] * size
        before = [size] * size
        visited = [False] * (size + 1)
        while row_of[column] != size:
            visited[column] = True
            current, delta, following = row_of[column], float("inf"), size
            for other in range(size):
                if visited[other]:
                    continue
                reduced = cost(current, other) - row_potential[current] - column_potential[other]
                if reduced < least[other]:
                    least[other], before[other] = reduced, column
                if least[other] < delta:
                    delta, following = least[other], other
            for other in range(size + 1):
                if visited[other]:
                    row_potential[row_of[other]] += delta
                    column_potential[other] -= delta
                elif other < size:
                    least[other] -= delta
            column = following
        while column != size:
            row_of[column] = row_of[before[column]]
            column = before[column]
    return sorted(
        (row_of[column], column)
        for column in range(size)
        if row_of[column] < height and column < width
    )
