"""Every notation of an answer to a puzzle has the verdict of every other, right or wrong."""

from __future__ import annotations

import json
from random import Random

import pytest

from grpo_rewards.puzzles import generate, verify


def table(head, rows):
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def told_knights(random):
    puzzle = generate("knights_knaves", seed=random.randrange(10**6)).puzzle
    said = {name: random.random() < 0.5 for name in puzzle["names"]}
    roles = {name: "knight" if truthful else "knave" for name, truthful in said.items()}
    others = {name: "knave" if truthful else "knight" for name, truthful in said.items()}
    yield puzzle
    yield ", ".join(f"{name}: {role}" for name, role in roles.items())
    yield ", ".join(f"{name} is not a {role}" for name, role in others.items())
    yield ". ".join(f"{name} is a {roles[name]}, not a {others[name]}" for name in said)
    yield ", ".join(f"The {role} is {name}" for name, role in roles.items())
    yield "; ".join(
        f"{name} is a {'truth-teller' if truthful else 'liar'}" for name, truthful in said.items()
    )
    yield table(["Person", "Role"], roles.items())
    yield json.dumps([{"name": name, "role": role} for name, role in roles.items()], indent=1)


def told_squares(random):
    size = random.choice([4, 6, 9, 16])
    example = generate("sudoku", seed=random.randrange(10**6), size=size)
    grid = [line.split() for line in example.solution.splitlines()]
    if random.random() < 0.5:
        grid[random.randrange(size)][random.randrange(size)] = str(random.randint(1, size))
    rows = [" ".join(row) for row in grid]
    heads = [str(number) for number in range(1, size + 1)]
    yield example.puzzle
    yield "\n".join(rows)
    yield "Here is the solved grid:\n\n" + "\n".join(f"> {row}" for row in rows)
    yield table(heads, grid)
    yield table(["", *heads], [[f"R{number}", *row] for number, row in enumerate(grid, start=1)])
    yield "\n".join(f"Row {number}: {row}" for number, row in enumerate(rows, start=1))
    yield "\n".join(f"{number} | {row}" for number, row in enumerate(rows, start=1))
    yield "/".join(rows)
    yield json.dumps({"grid": [list(map(int, row)) for row in grid]}, indent=1)


def told_queens(random):
    example = generate("n_queens", seed=random.randrange(10**6), size=5, given=1)
    columns = [row.split().index("Q") + 1 for row in example.solution.splitlines()]
    if random.random() < 0.5:
        columns[random.randrange(5)] = random.randint(1, 5)
    board = [["Q" if place == column else "." for place in range(1, 6)] for column in columns]
    heads = ["1", "2", "3", "4", "5"]
    yield example.puzzle
    yield "\n".join(map(" ".join, board))
    yield str(columns)
    yield "\n".join(f"Row {row}: column {column}" for row, column in enumerate(columns, start=1))
    yield "\n".join(f"Queen {n}: ({n}, {column})" for n, column in enumerate(columns, start=1))
    yield " ".join(f"{'abcde'[column - 1]}{5 - row}" for row, column in enumerate(columns))
    yield json.dumps(dict(zip(heads, columns, strict=True)))
    yield table(["", *heads], [[number, *row] for number, row in zip(heads, board, strict=True)])
    yield table(heads, [[cell.replace("Q", "**Q**") for cell in row] for row in board])
    yield "\n".join(f"| {' | '.join(row)} |" for row in board).replace(".", " ")
    yield " / ".join("".join(row) for row in board)


def told_houses(random):
    example = generate("zebra", seed=random.randrange(10**6), houses=3)
    houses = [line.partition(": ")[2].split(", ") for line in example.solution.splitlines()]
    first, second = random.sample(range(3), 2)
    if random.random() < 0.5:
        houses[first][0], houses[second][0] = houses[second][0], houses[first][0]
    attributes = {
        name: [house[place] for house in houses]
        for place, name in enumerate(["color", "pet", "drink"])
    }
    ordinals = ("First", "Second", "Third")
    yield example.puzzle
    yield "\n".join(f"House {n}: {', '.join(house)}" for n, house in enumerate(houses, start=1))
    yield table(
        ["", "House 1", "House 2", "House 3"], [[name, *row] for name, row in attributes.items()]
    )
    yield "\n".join(f"{name.title()}: {', '.join(row)}" for name, row in attributes.items())
    yield json.dumps(attributes)
    yield table(["House", *attributes], [[n, *house] for n, house in enumerate(houses, start=1)])
    yield "; ".join(
        f"{ordinal} house: {', '.join(house)}"
        for ordinal, house in zip(ordinals, houses, strict=True)
    )


def told_variables(random):
    puzzle = {"kind": "sat", "clauses": [[1, -2, 3], [-1, 2, -3], [2, 3, -1], [-3, 1, 2]]}
    said = {number: random.random() < 0.5 for number in (1, 2, 3)}
    groups = (
        (" and ".join(f"x{n}" for n in said if said[n] == value), value) for value in (True, False)
    )
    yield puzzle
    yield " ".join(str(number if value else -number) for number, value in said.items())
    yield "\n".join(f"{n}. x{n} = {value}" for n, value in said.items())
    yield "\n".join(f"- **x{n}**: {value}" for n, value in said.items())
    yield "; ".join(f"{names} are {str(value).lower()}" for names, value in groups if names)
    yield " ∧ ".join(f"{'' if value else '¬'}x_{n}" for n, value in said.items())
    yield str(tuple(said.values()))
    yield table(["Variable", "Value"], [(f"x{n}", value) for n, value in said.items()])


def told_colors(random):
    puzzle = generate("graph_coloring", seed=random.randrange(10**6), vertices=4).puzzle
    if random.random() < 0.5:
        puzzle = {**puzzle, "colors": 3}
    said = {name: random.choice(["red", "blue", "green"]) for name in puzzle["vertices"]}
    groups = {
        color: [name for name in said if said[name] == color] for color in sorted({*said.values()})
    }
    yield puzzle
    yield ", ".join(f"{name}: {color}" for name, color in said.items())
    yield table(["Vertex", "Color"], said.items())
    yield ". ".join(f"{' and '.join(names)} are {color}" for color, names in groups.items())
    yield "\n".join(f"Color {color}: {', '.join(names)}" for color, names in groups.items())
    yield "\n".join(f"{n}. {name} → {said[name]}" for n, name in enumerate(said, start=1))
    yield json.dumps([{"vertex": name, "color": color} for name, color in said.items()])


TOLD = [told_knights, told_squares, told_queens, told_houses, told_variables, told_colors]


@pytest.mark.parametrize("told", TOLD, ids=lambda told: told.__name__)
def test_the_notation_does_not_change_the_verdict(told):
    """Right answers are right and wrong ones wrong in every notation."""
    verdicts = set()
    for number in range(60):
        puzzle, *texts = told(Random(f"notations {number}"))
        reasons = {text: verify(puzzle, text) for text in texts}
        assert len({reason is None for reason in reasons.values()}) == 1, reasons
        verdicts.add(reasons[texts[0]] is None)
    assert verdicts == {True, False}


@pytest.mark.parametrize(
    ("puzzle", "answer"),
    [
        (
            {"kind": "sat", "clauses": [["A", "B"], ["B", "C"]]},
            "A: true\nB: true\nC: true",
        ),
        (
            {
                "kind": "graph_coloring",
                "vertices": ["v1", "v2", "v3"],
                "edges": [["v1", "v2"], ["v1", "v3"]],
                "colors": 2,
            },
            "| v1 | red |\n| v2 | green |\n| v3 | green |",
        ),
        (
            {
                "kind": "graph_coloring",
                "vertices": [1, 2, 3],
                "edges": [[1, 2], [1, 3]],
                "colors": 2,
            },
            "Vertex 1 is red. Vertex 2 is green. Vertex 3 is green.",
        ),
    ],
)
def test_the_same_of_two_subjects_is_no_answer_stated_twice(puzzle, answer):
    assert verify(puzzle, answer) is None
