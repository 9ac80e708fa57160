"""Zebra puzzles: houses in a row, an attribute's values each in one of them, clues about both."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from grpo_rewards.errors import ColumnError, in_short
from grpo_rewards.puzzles.solutions import (
    Unreadable,
    field,
    mapping_field,
    named,
    names_field,
    optional_field,
    plain,
    sequence_field,
    shown,
    skipped,
    spotter,
    whole_number,
)

__all__ = ["CLUES", "Clue", "Zebra", "check", "read"]

KIND = "zebra"
FIELDS = ("attributes", "clues", "solution")
MAX_HOUSES = 20


@dataclass(frozen=True, slots=True)
class Rule:
    """What a clue says: how many values it is about, when it holds, and how it reads."""

    values: int
    holds: Callable[..., bool]
    sentence: str
    numbers: int = 0


# A clue's name; the houses of the values that it names, and then its number, if it has one.
CLUES = {
    "same": Rule(2, lambda a, b: a == b, "{0} is with {1}"),
    "not same": Rule(2, lambda a, b: a != b, "{0} is not with {1}"),
    "next to": Rule(2, lambda a, b: abs(a - b) == 1, "{0} is next to {1}"),
    "not next to": Rule(2, lambda a, b: abs(a - b) != 1, "{0} is not next to {1}"),
    "left of": Rule(2, lambda a, b: a < b, "{0} is somewhere to the left of {1}"),
    "right of": Rule(2, lambda a, b: a > b, "{0} is somewhere to the right of {1}"),
    "directly left of": Rule(2, lambda a, b: a + 1 == b, "{0} is directly left of {1}"),
    "directly right of": Rule(2, lambda a, b: a == b + 1, "{0} is directly right of {1}"),
    "between": Rule(3, lambda a, b, c: b < a < c or c < a < b, "{0} is between {1} and {2}"),
    "position": Rule(1, lambda a, house: a == house, "{0} is in house {1}", 1),
    "not position": Rule(1, lambda a, house: a != house, "{0} is not in house {1}", 1),
    "houses between": Rule(
        2, lambda a, b, count: abs(a - b) == count + 1, "{2} houses lie between {0} and {1}", 1
    ),
}


@dataclass(frozen=True, slots=True)
class Clue:
    """One clue: its name in `CLUES`, the values that it is about, and its number, if any."""

    name: str
    values: tuple[str, ...]
    numbers: tuple[int, ...] = ()

    def holds(self, houses: Mapping[str, int]) -> bool:
        """Whether it holds where each value is in this house."""
        return CLUES[self.name].holds(*(houses[value] for value in self.values), *self.numbers)

    def __str__(self) -> str:
        return CLUES[self.name].sentence.format(*self.values, *self.numbers)


@dataclass(frozen=True, slots=True)
class Zebra:
    """The attributes, each with a value a house, and the clues."""

    attributes: tuple[tuple[str, tuple[str, ...]], ...]
    clues: tuple[Clue, ...]
    solution: tuple[tuple[str, int], ...] = ()
    """The house of each value, where the row has the solution in place of clues."""

    @property
    def houses(self) -> int:
        """How many houses there are."""
        return len(self.attributes[0][1])


def read(puzzle: Mapping[str, Any]) -> Zebra:
    """The puzzle of a row."""
    grid = optional_field(puzzle, "solution")
    if grid is not None:
        return _from_solution(mapping_field(grid))
    given = mapping_field(field(KIND, puzzle, "attributes"))
    if not isinstance(given, Mapping) or not any(values is not None for values in given.values()):
        raise ColumnError(
            f"attributes={in_short(given)} of a {KIND} puzzle: write a dict with an attribute's "
            "values under its name, as in {'color': ['red', 'blue']}"
        )
    attributes = tuple(
        (str(name), names_field(KIND, str(name), sequence_field(KIND, str(name), values)))
        for name, values in given.items()
        if values is not None
    )
    counts = {len(values) for _, values in attributes}
    if len(counts) > 1 or max(counts) > MAX_HOUSES:
        raise ColumnError(
            f"the attributes of a {KIND} puzzle have {sorted(counts)} values: write one for each "
            f"house, of at most {MAX_HOUSES}"
        )
    values = names_field(KIND, "attributes", [each for _, values in attributes for each in values])
    numbers = [value for value in values if value.isdecimal() and len(value) < 3]
    if numbers:
        raise ColumnError(
            f"the value {numbers[0]!r} of a {KIND} puzzle cannot be told from a house's number: "
            f"write it out, as in '{numbers[0]} years'"
        )
    clues = sequence_field(KIND, "clues", field(KIND, puzzle, "clues"))
    return Zebra(attributes, tuple(_clue(clue, values, max(counts)) for clue in clues))


def _from_solution(grid: Any) -> Zebra:
    """A puzzle by its solution, as ZebraLogic has it: a header, and a row for each house."""
    shape = "write {'header': ['House', 'Name', ...], 'rows': [['1', 'Arnold', ...], ...]}"
    header = grid.get("header") if isinstance(grid, Mapping) else None
    rows = grid.get("rows") if isinstance(grid, Mapping) else None
    if header is None or rows is None:
        raise ColumnError(
            f"the solution {in_short(grid)} of a {KIND} puzzle cannot be read: {shape}"
        )
    names = [str(name) for name in sequence_field(KIND, "solution", header)]
    cells = [
        [str(cell).strip() for cell in sequence_field(KIND, "solution", row)]
        for row in sequence_field(KIND, "solution", rows)
    ]
    if cells and all(not cell.strip("_") for row in cells for cell in row[1:]):
        raise ColumnError(
            f"the solution {in_short(grid)} of a {KIND} puzzle is hidden, as in a published test "
            "set: take rows that have theirs"
        )
    if (
        not cells
        or len(cells) > MAX_HOUSES
        or any(len(row) != len(names) for row in cells)
        or [row[0] for row in cells] != [str(house) for house in range(1, len(cells) + 1)]
    ):
        raise ColumnError(
            f"the solution {in_short(grid)} of a {KIND} puzzle has no row a house: {shape}"
        )
    columns = list(zip(*cells, strict=True))[1:]
    values = names_field(KIND, "solution", [value for column in columns for value in column])
    if any(not value.strip("_") for value in values):
        raise ColumnError(f"the solution {in_short(grid)} of a {KIND} puzzle is hidden")
    attributes = tuple(zip(names[1:], columns, strict=True))
    places = tuple((value, house) for column in columns for house, value in enumerate(column, 1))
    return Zebra(attributes, (), places)


def _clue(value: Any, values: tuple[str, ...], houses: int) -> Clue:
    if isinstance(value, str) and value.lstrip()[:1] not in ("[", "("):
        raise ColumnError(
            f"the clue {in_short(value)} of a {KIND} puzzle is in words, which are not read: give "
            "the row's solution, {'header': [...], 'rows': [...]}, in the field 'solution'"
        )
    parts = [part for part in sequence_field(KIND, "clues", value) if part is not None]
    rule = CLUES.get(str(parts[0]) if parts else "")
    if rule is None or len(parts) != 1 + rule.values + rule.numbers:
        raise ColumnError(
            f"the clue {in_short(value)} of a {KIND} puzzle cannot be read: write one of "
            f"{', '.join(repr(name) for name in CLUES)}, and then what it is about, as in "
            "['next to', 'red', 'tea'] or ['position', 'red', 1]"
        )
    about = tuple(str(part).strip() for part in parts[1 : 1 + rule.values])
    strangers = [each for each in about if each not in values]
    if strangers:
        raise ColumnError(
            f"the clue {in_short(value)} is about {strangers[0]!r}, which is no value"
        )
    numbers = tuple(whole_number(KIND, "clues", part) for part in parts[1 + rule.values :])
    if numbers and max(numbers) > houses:
        raise ColumnError(
            f"the clue {in_short(value)} is about more houses than the {houses} there are"
        )
    return Clue(str(parts[0]), about, numbers)


def check(puzzle: Zebra, answer: str) -> str | None:
    """The first rule that an answer breaks: a value a house, a house a value, the clues in turn.

    Example:
        >>> puzzle = read(
        ...     {
        ...         "attributes": {"color": ["red", "blue"], "drink": ["tea", "milk"]},
        ...         "clues": [["same", "red", "milk"], ["directly left of", "tea", "milk"]],
        ...     }
        ... )
        >>> check(puzzle, "House 1: blue, tea. House 2: red, milk.")
        >>> check(puzzle, "House 1: red, milk. House 2: blue, tea.")
        'clue 2 does not hold: tea is directly left of milk'
    """
    try:
        houses = _houses(puzzle, plain(answer))
    except Unreadable as why:
        return str(why)
    for attribute, values in puzzle.attributes:
        for house in range(1, puzzle.houses + 1):
            there = [value for value in values if house in houses.get(value, ())]
            if not there:
                return f"house {house} has no {attribute}"
            if len(there) > 1:
                return f"house {house} has two values of {attribute}: {there[0]} and {there[1]}"
        for value in values:
            where = sorted(houses.get(value, ()))
            if len(where) > 1:
                return f"{value} is in houses {where[0]} and {where[1]}"
    places = {value: min(where) for value, where in houses.items()}
    for value, house in puzzle.solution:
        if places[value] != house:
            return f"{value} is in house {house}, not {places[value]}"
    for number, clue in enumerate(puzzle.clues, start=1):
        if not clue.holds(places):
            return f"clue {number} does not hold: {clue}"
    return None


# Reading --------------------------------------------------------------------------------------

_MARKS = re.compile(r"(?:[\s.,;:{}\[\]()\"'*`|#>=&/_-]|(?<=\w)!(?=[\s*]|$)|\\\\)*")
_HOUSE = re.compile(
    r"(?:houses?|position|h(?=\d))?[\s_#\"']*(?P<number>\d{1,2})(?!\w)"
    r"|(?P<ordinal>first|second|third|fourth|fifth|sixth)\s+(?:house|position)(?!\w)",
    re.IGNORECASE,
)
_ORDINALS = "first second third fourth fifth sixth".split()
_PASSED_OVER = re.compile(
    r"(?:houses?|position|attributes?|header|rows|solution|answer|the|a|an|is|are|has|in|with|and|of"
    r"|lives|person|who|whose|his|her|their|s|drinks?|likes|loves|owns|keeps|smokes|plays|eats"
    r"|drives|wears|middle|cent(?:er|re)|leftmost|rightmost)(?!\w)",
    re.IGNORECASE,
)


Word = tuple[str, Any]
"""A word of an answer: ``("value", "red")``, ``("house", 1)`` or ``("attribute", "color")``."""


def _houses(puzzle: Zebra, text: str) -> dict[str, set[int]]:
    """The houses that the answer puts each value in."""
    words = _words(puzzle, text)
    numbers = [house for kind, house in words if kind == "house"]
    in_front = [word for word in words if word[0] != "attribute"][: puzzle.houses]
    head = [("house", number) for number in range(1, puzzle.houses + 1)]
    by_column = in_front == head and len(numbers) == len(head) > 1
    if (not numbers and words) or by_column:
        return _by_attribute(puzzle, words)
    found: dict[str, set[int]] = {}
    house, seen = 0, set[int]()
    for kind, word in words:
        if kind == "value":
            if not house:
                raise Unreadable(f"{shown(word)} stands in front of the first house's number")
            found.setdefault(word, set()).add(house)
        elif kind == "house":
            if word in seen:
                raise Unreadable(f"house {word} is described twice")
            house = word
            seen.add(house)
    return found


def _by_attribute(puzzle: Zebra, words: list[Word]) -> dict[str, set[int]]:
    """As in "Color: red, blue", or in a table with a column for each house."""
    attributes = dict(puzzle.attributes)
    found: dict[str, set[int]] = {}
    attribute, row = "", list[str]()
    for kind, word in [*words, ("attribute", "")]:
        if kind == "value":
            if not attribute:
                raise Unreadable(f"{shown(word)} stands in front of the first house's number")
            row.append(word)
        elif kind == "attribute":
            if row and (len(row) != puzzle.houses or not set(row) <= set(attributes[attribute])):
                raise Unreadable(f"the answer does not give each house its {attribute} in turn")
            for house, value in enumerate(row, start=1):
                found.setdefault(value, set()).add(house)
            attribute, row = word, []
    return found


def _words(puzzle: Zebra, text: str) -> list[Word]:
    """The values, houses' numbers and attributes of an answer, in its order."""
    values = tuple(value for _, each in puzzle.attributes for value in each)
    attributes = tuple(name for name, _ in puzzle.attributes)
    spot_value, spot_attribute = spotter(values), spotter(attributes)
    found: list[Word] = []
    end = 0
    while True:
        end = skipped(_MARKS, text, end)
        if end == len(text):
            return found
        if match := spot_value.match(text, end):
            found.append(("value", named(match[0], values)))
        elif match := _HOUSE.match(text, end):
            ordinal = (match["ordinal"] or "").lower()
            house = _ORDINALS.index(ordinal) + 1 if ordinal else int(match["number"])
            if not 0 < house <= puzzle.houses:
                raise Unreadable(f"there is no house {house}")
            found.append(("house", house))
        elif match := spot_attribute.match(text, end):
            found.append(("attribute", named(match[0], attributes)))
        elif not (match := _PASSED_OVER.match(text, end)):
            raise Unreadable(f"{shown(text[end:])} is no value, and no house's number")
        end = match.end()
