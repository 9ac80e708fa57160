"""Puzzles that are no puzzles: each names what is wrong with it."""

from __future__ import annotations

import pytest

from grpo_rewards import ColumnError
from grpo_rewards.puzzles import verify
from puzzle_cases import COLORING, COUNTDOWN, ENTAILMENT, KNIGHTS, QUEENS, ZEBRA

MALFORMED = [
    ({}, "a puzzle of kind None is not covered: write 'kind' as one of 'countdown'"),
    ({"kind": "chess"}, "a puzzle of kind 'chess' is not covered"),
    ({"kind": "countdown", "target": 3}, "a countdown puzzle needs 'numbers' or 'nums'; this one"),
    ({"kind": "countdown", "numbers": [3]}, "a countdown puzzle needs 'target'"),
    ({"kind": "countdown", "numbers": 3, "target": 3}, "numbers=3 of a countdown puzzle: write a"),
    ({"kind": "countdown", "numbers": [], "target": 3}, "numbers=[] of a countdown puzzle"),
    ({"kind": "countdown", "numbers": [1.5], "target": 3}, "numbers=1.5 of a countdown puzzle"),
    ({"kind": "countdown", "numbers": [-1], "target": 3}, "numbers=-1 of a countdown puzzle"),
    ({"kind": "countdown", "numbers": [True], "target": 3}, "numbers=True of a countdown puzzle"),
    ({"kind": "countdown", "numbers": [1], "target": "x"}, "target='x' of a countdown puzzle"),
    ({"kind": "countdown", "numbers": "3 4", "target": 3}, "numbers='3 4' of a countdown puzzle"),
    ({"kind": "countdown", "numbers": [None], "target": 3}, "numbers=None of a countdown puzzle"),
    ({**COLORING, "vertices": ["", 1]}, "vertices=('', '1') of a graph_coloring puzzle: write nam"),
    ({**QUEENS, "board": [["Q", "."], ["."]]}, "board=[['Q', '.'], ['.']] of a n_queens puzzle"),
    ({**COUNTDOWN, "use_all": "yes"}, "use_all='yes' of a countdown puzzle: write True or False"),
    ({"kind": "sudoku"}, "a sudoku puzzle needs 'grid' or 'puzzle'; this one has: 'kind'"),
    ({"kind": "sudoku", "grid": [[1, 2], [1]]}, "grid of a sudoku puzzle has 2 rows of [1, 2] cel"),
    ({"kind": "sudoku", "grid": [[9, 0], [0, 0]]}, "grid of a sudoku puzzle holds something that"),
    ({"kind": "sudoku", "grid": [["a", 0], [0, 0]]}, "grid of a sudoku puzzle holds something"),
    ({"kind": "sudoku", "grid": "12345678"}, "grid of a sudoku puzzle has 3 rows of [2, 3] cells"),
    ({"kind": "sudoku", "grid": [[0] * 6] * 6}, "a sudoku of 6 rows has no square boxes"),
    ({"kind": "sudoku", "grid": [[0] * 6] * 6, "box": [2, 2]}, "box=[2, 2] of a sudoku of 6 rows"),
    ({"kind": "latin_square"}, "a latin_square puzzle needs 'grid' or 'size'"),
    ({"kind": "latin_square", "size": 100}, "size=100 of a latin_square puzzle: write 64 or less"),
    ({"kind": "latin_square", "size": 2, "less": [[[1, 3], [1, 1]]]}, "less=[[1, 3], [1, 1]] of a"),
    ({"kind": "n_queens", "size": 0}, "size=0 of a n_queens puzzle"),
    ({"kind": "n_queens", "size": 4, "queens": [[5, 1]]}, "queens=[5, 1] of a n_queens puzzle"),
    ({"kind": "n_queens", "board": "Q..\n..."}, "board='Q..\\n...' of a n_queens puzzle"),
    ({"kind": "knights_knaves"}, "a knights_knaves puzzle needs 'statements'"),
    ({"kind": "knights_knaves", "statements": ["Bob"]}, "a knights_knaves puzzle needs 'names'"),
    (
        {"kind": "knights_knaves", "names": ["Bob"], "statements": ["Bob", "Bob"]},
        "'the speaker number 2' makes a statement, and is none of Bob",
    ),
    (
        {"kind": "knights_knaves", "names": ["Bob"], "statements": {"Al": "Bob"}},
        "'Al' makes a statement, and is none of Bob",
    ),
    (
        {"kind": "knights_knaves", "statements": {"Bob": "Al is a knight"}},
        "the statement of Bob, 'Al is a knight', cannot be read",
    ),
    (
        {"kind": "knights_knaves", "statements": {"Bob": ["says", "Bob"]}},
        "the statement of Bob, ['says', 'Bob'], cannot be read",
    ),
    ({**KNIGHTS, "roles": ["knight"]}, "roles=('knight',) of a knights_knaves puzzle"),
    ({"kind": "graph_coloring", "colors": 2}, "a graph_coloring puzzle needs 'edges'"),
    ({**COLORING, "edges": [[1, 2, 3]]}, "edges of a graph_coloring puzzle: write pairs"),
    ({**COLORING, "edges": [[1, 1]]}, "an edge of a graph_coloring puzzle joins '1' to itself"),
    ({**COLORING, "vertices": [0, 1]}, "an edge of a graph_coloring puzzle ends in '2'"),
    ({**COLORING, "colors": 0}, "colors=0 of a graph_coloring puzzle"),
    (
        {**COLORING, "colors": ["red", "Red"]},
        "colors=('red', 'Red') of a graph_coloring puzzle: tw",
    ),
    ({"kind": "sat", "clauses": []}, "clauses=[] of a sat puzzle"),
    ({"kind": "sat", "clauses": [[]]}, "a clause of a sat puzzle is empty"),
    ({"kind": "sat", "clauses": [[0]]}, "0 is no literal of a sat puzzle"),
    ({"kind": "sat", "clauses": "p cnf 1 1\nx 0"}, "'x' is no literal of a sat puzzle in DIMACS"),
    (
        {"kind": "sat", "clauses": [["a", "A"]]},
        "two variables of a sat puzzle differ only in upper",
    ),
    ({**ZEBRA, "attributes": ["red"]}, "attributes=['red'] of a zebra puzzle: write a dict"),
    (
        {**ZEBRA, "attributes": {"a": ["x"], "b": ["y", "z"]}},
        "the attributes of a zebra puzzle have",
    ),
    ({**ZEBRA, "attributes": {"a": ["x"], "b": ["X"]}}, "attributes=('x', 'X') of a zebra puzzle"),
    ({**ZEBRA, "attributes": {"age": [1, 2]}}, "the value '1' of a zebra puzzle cannot be told"),
    ({**ZEBRA, "clues": [["near", "red", "tea"]]}, "the clue ['near', 'red', 'tea'] of a zebra"),
    ({**ZEBRA, "clues": [["same", "red"]]}, "the clue ['same', 'red'] of a zebra puzzle"),
    (
        {**ZEBRA, "clues": [["same", "red", "rum"]]},
        "the clue ['same', 'red', 'rum'] is about 'rum'",
    ),
    ({**ZEBRA, "clues": [["position", "red", 5]]}, "the clue ['position', 'red', 5] is about more"),
    ({"kind": "latin_square", "size": 2, "less": [3]}, "less=3 of a latin_square puzzle: write a"),
    ({"kind": "sat", "clauses": [[float("inf")]]}, "inf is no literal of a sat puzzle"),
    (
        {**KNIGHTS, "statements": {"Al": [[["Al"]]]}},
        "the statement of Al, [[['Al']]], cannot be re",
    ),
    ({**ENTAILMENT, "premises": ["P ->"]}, "the premise 'P ->' cannot be read"),
    ({**ENTAILMENT, "variables": list("ABCDEFGHIJKLMNO")}, "an entailment puzzle has 15 variab"),
]


class TestMalformedPuzzles:
    """What the user gets wrong raises, and says what was found."""

    @pytest.mark.parametrize(("puzzle", "message"), MALFORMED)
    def test_a_malformed_puzzle_raises(self, puzzle, message):
        with pytest.raises(ColumnError) as raised:
            verify(puzzle, "1")
        assert str(raised.value).startswith(message)
