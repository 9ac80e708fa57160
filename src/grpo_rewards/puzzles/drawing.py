"""How a puzzle of each kind is drawn: its solution first, and then what is left out of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from random import Random
from typing import Any

from grpo_rewards.errors import OptionError

__all__ = ["DRAWN", "OPTIONS", "Example"]

PEOPLE = ("Alice", "Bob", "Carol", "Dan", "Erin", "Frank", "Grace", "Heidi")
ATTRIBUTES = {
    "color": ("red", "blue", "green", "white", "yellow", "ivory"),
    "pet": ("dog", "cat", "fish", "bird", "horse", "zebra"),
    "drink": ("tea", "milk", "water", "coffee", "juice", "cocoa"),
}
COLORS = ("red", "blue", "green", "yellow", "purple")
MAX_DRAWS = 1_000

# The options of each kind that are whole numbers, with the least and the most that work.
OPTIONS: dict[str, dict[str, tuple[int, int]]] = {
    "countdown": {"count": (2, 30), "largest": (2, 10**6)},
    "entailment": {"variables": (2, 11)},
    "graph_coloring": {"vertices": (2, 500), "colors": (2, len(COLORS))},
    "knights_knaves": {"people": (2, len(PEOPLE))},
    "latin_square": {"size": (1, 64), "empty": (0, 64 * 64)},
    "n_queens": {"size": (1, 24), "given": (0, 24)},
    "sat": {"variables": (1, 1_000), "clauses": (1, 10_000)},
    "sudoku": {"size": (1, 64), "empty": (0, 64 * 64)},
    "zebra": {"houses": (2, min(map(len, ATTRIBUTES.values())))},
}


@dataclass(frozen=True, slots=True)
class Example:
    """A puzzle, how a prompt asks it, and one solution of possibly many."""

    puzzle: Mapping[str, Any]
    question: str
    solution: str


def _countdown(
    random: Random, *, count: int = 3, largest: int = 12, use_all: bool = True
) -> Example:
    for _ in range(MAX_DRAWS):
        numbers = [random.randint(1, largest) for _ in range(count)]
        value, solution = _expression(random, numbers)
        if 0 < value <= 10 * largest and value not in numbers:
            shuffled = random.sample(numbers, count)
            listed = f"{', '.join(map(str, shuffled[:-1]))} and {shuffled[-1]}"
            how = "each of the numbers" if use_all else "some of the numbers"
            return Example(
                {"kind": "countdown", "numbers": shuffled, "target": value, "use_all": use_all},
                f"Use {how} {listed} once, and +, -, *, /, to make {value}.",
                solution,
            )
    raise OptionError(
        f"count={count}, largest={largest}: no countdown puzzle was found; raise largest"
    )


def _expression(random: Random, numbers: list[int]) -> tuple[int, str]:
    """A value, and how it is made of the numbers in their order, with no bracket too many."""
    value, text, loose = numbers[0], str(numbers[0]), False
    for number in numbers[1:]:
        signs = ["+", "-", "*"] + ["/"] * (value % number == 0)
        sign = random.choice(signs)
        if sign in "*/" and loose:
            text = f"({text})"
        text = f"{text} {sign} {number}"
        value = {
            "+": value + number,
            "-": value - number,
            "*": value * number,
            "/": value // number,
        }[sign]
        loose = sign in "+-"
    return value, text


def _square(random: Random, height: int, width: int) -> list[list[int]]:
    """A solved sudoku: rows of a shifted pattern, shuffled within bands, and so the columns."""
    size = height * width

    def shuffled(band: int, bands: int) -> list[int]:
        return [
            place * band + offset
            for place in random.sample(range(bands), bands)
            for offset in random.sample(range(band), band)
        ]

    rows, columns = shuffled(height, width), shuffled(width, height)
    symbols = random.sample(range(1, size + 1), size)
    return [
        [symbols[(width * (row % height) + row // height + column) % size] for column in columns]
        for row in rows
    ]


def _with_holes(random: Random, grid: list[list[int]], empty: int) -> list[list[int]]:
    size = len(grid)
    if empty > size * size:
        raise OptionError(f"empty={empty}: the grid has {size * size} cells")
    holes = set(random.sample(range(size * size), empty))
    return [
        [0 if row * size + column in holes else cell for column, cell in enumerate(cells)]
        for row, cells in enumerate(grid)
    ]


def _written(grid: list[list[int]]) -> str:
    return "\n".join(" ".join(map(str, row)) for row in grid)


def _sudoku(random: Random, *, size: int = 9, empty: int | None = None) -> Example:
    height = max(side for side in range(1, size + 1) if size % side == 0 and side * side <= size)
    box = [height, size // height]
    solution = _square(random, *box)
    grid = _with_holes(random, solution, size * size // 2 if empty is None else empty)
    return Example(
        {"kind": "sudoku", "grid": grid, "box": box},
        f"Solve this sudoku, with boxes of {box[0]} rows and {box[1]} columns (0 is an empty cell)."
        f"\n{_written(grid)}",
        _written(solution),
    )


def _latin_square(random: Random, *, size: int = 5, empty: int | None = None) -> Example:
    solution = _square(random, 1, size)
    grid = _with_holes(random, solution, size * size // 2 if empty is None else empty)
    return Example(
        {"kind": "latin_square", "grid": grid},
        f"Fill in the empty cells (0) so that each row and each column has each number from 1 to "
        f"{size} once.\n{_written(grid)}",
        _written(solution),
    )


def _n_queens(random: Random, *, size: int = 8, given: int = 2) -> Example:
    if given > size:
        raise OptionError(f"given={given}: the board has {size} queens")
    columns = _queens(random, size)
    rows = random.sample(range(size), given)
    queens = [[row + 1, columns[row] + 1] for row in sorted(rows)]
    board = [
        " ".join("Q" if [row + 1, column + 1] in queens else "." for column in range(size))
        for row in range(size)
    ]
    return Example(
        {"kind": "n_queens", "size": size, "queens": queens},
        f"Put {size - given} more queens on this board so that no two attack each other.\n"
        + "\n".join(board),
        "\n".join(
            " ".join("Q" if column == queen else "." for column in range(size)) for queen in columns
        ),
    )


def _queens(random: Random, size: int) -> list[int]:
    """The column of the queen in each row."""

    def placed(columns: list[int]) -> list[int] | None:
        row = len(columns)
        if row == size:
            return columns
        for column in random.sample(range(size), size):
            if all(
                column not in (other, other + row - place, other - row + place)
                for place, other in enumerate(columns)
            ) and (found := placed([*columns, column])):
                return found
        return None

    solution = placed([])
    if not solution:
        raise OptionError(f"size={size}: there is no solution with so many queens")
    return solution


def _knights_knaves(random: Random, *, people: int = 3) -> Example:
    names = list(PEOPLE[:people])
    truthful = {name: random.random() < 0.5 for name in names}
    statements = []
    for name in names:
        others = [other for other in names if other != name]
        for _ in range(MAX_DRAWS):
            claims = [
                (other, random.random() < 0.5)
                for other in random.sample(others, min(2, len(others)))
            ]
            joint = random.choice(["and", "or"])
            values = [truthful[other] == says for other, says in claims]
            if (all(values) if joint == "and" else any(values)) == truthful[name]:
                break
        statements.append(
            f" {joint} ".join(other if says else f"not {other}" for other, says in claims)
        )
    said = " ".join(
        f'{name} says: "{_in_words(statement)}."'
        for name, statement in zip(names, statements, strict=True)
    )
    return Example(
        {"kind": "knights_knaves", "names": names, "statements": statements},
        f"Knights always tell the truth, and knaves always lie. {said} Who is what?",
        ", ".join(f"{name} is a {'knight' if truthful[name] else 'knave'}" for name in names),
    )


def _in_words(statement: str) -> str:
    words = statement.replace("not ", "not-").split()
    return " ".join(
        word
        if word in ("and", "or")
        else f"{word.removeprefix('not-')} is a {'knave' if word.startswith('not-') else 'knight'}"
        for word in words
    )


def _zebra(random: Random, *, houses: int = 4) -> Example:
    solution = {
        name: random.sample(values, len(values))[:houses] for name, values in ATTRIBUTES.items()
    }
    places = [(value, place) for values in solution.values() for place, value in enumerate(values)]
    clues: list[list[Any]] = []
    for _ in range(4 * houses):
        (first, here), (second, there) = random.sample(places, 2)
        if here == there:
            clues.append(["same", first, second])
        elif here + 1 == there:
            clues.append(["directly left of", first, second])
        elif abs(here - there) > 1:
            clues.append(["left of", *([first, second] if here < there else [second, first])])
        else:
            clues.append(["position", first, here + 1])
    attributes = {name: sorted(values) for name, values in solution.items()}
    listed = "\n".join(
        f"{number}. {' '.join(map(str, [clue[1], 'is', clue[0], *clue[2:]]))}"
        for number, clue in enumerate(clues, start=1)
    )
    lines = (
        f"House {place + 1}: {', '.join(values[place] for values in solution.values())}"
        for place in range(houses)
    )
    return Example(
        {"kind": "zebra", "attributes": attributes, "clues": clues},
        f"{houses} houses stand in a row, numbered from the left. Each has one of these: "
        f"{json.dumps(attributes)}. Which has what?\n{listed}",
        "\n".join(lines),
    )


def _sat(random: Random, *, variables: int = 5, clauses: int = 15) -> Example:
    values = [random.random() < 0.5 for _ in range(variables)]
    drawn: list[list[int]] = []
    while len(drawn) < clauses:
        chosen = random.sample(range(variables), min(3, variables))
        signs = [random.random() < 0.5 for _ in chosen]
        if any(values[place] == sign for place, sign in zip(chosen, signs, strict=True)):
            drawn.append(
                [
                    place + 1 if sign else -place - 1
                    for place, sign in zip(chosen, signs, strict=True)
                ]
            )
    listed = ", ".join(
        f"({' or '.join(f'x{each}' if each > 0 else f'not x{-each}' for each in clause)})"
        for clause in drawn
    )
    return Example(
        {"kind": "sat", "clauses": drawn},
        f"Give truth values that make all of these true: {listed}.",
        ", ".join(f"x{place} = {value}" for place, value in enumerate(values, start=1)),
    )


def _graph_coloring(random: Random, *, vertices: int = 7, colors: int = 3) -> Example:
    palette = COLORS[:colors]
    names = [f"v{place}" for place in range(1, vertices + 1)]
    solution: dict[str, str] = {}
    edges: list[list[str]] = []
    while not edges:
        solution = {name: random.choice(palette) for name in names}
        edges = [
            [first, second]
            for first, second in combinations(names, 2)
            if solution[first] != solution[second] and random.random() < 0.6
        ]
    listed = ", ".join("-".join(edge) for edge in edges)
    return Example(
        {"kind": "graph_coloring", "vertices": names, "edges": edges, "colors": list(palette)},
        f"Color the vertices {', '.join(names)} with {', '.join(palette)} so that no two that an "
        f"edge joins have the same color. The edges are {listed}.",
        ", ".join(f"{name}: {color}" for name, color in solution.items()),
    )


def _entailment(random: Random, *, variables: int = 3) -> Example:
    names = [chr(ord("P") + place) for place in range(variables)]
    chain = random.sample(names, variables)
    premises = [f"{first} → {second}" for first, second in pairwise(chain)]
    random.shuffle(premises)
    listed = "; ".join(premises)
    return Example(
        {"kind": "entailment", "premises": premises, "variables": names},
        f"Give one formula that follows from these, and does not hold anyway: {listed}.",
        f"{chain[0]} → {chain[-1]}",
    )


DRAWN: dict[str, Callable[..., Example]] = {
    "countdown": _countdown,
    "entailment": _entailment,
    "graph_coloring": _graph_coloring,
    "knights_knaves": _knights_knaves,
    "latin_square": _latin_square,
    "n_queens": _n_queens,
    "sat": _sat,
    "sudoku": _sudoku,
    "zebra": _zebra,
}
