"""Puzzles as datasets publish them, and answers as models lay them out."""

from __future__ import annotations

import json

import pytest

from grpo_rewards import CheckPuzzle, ColumnError, check_puzzle

SOLUTION = {
    "header": ["House", "Name", "Drink"],
    "rows": [["1", "Arnold", "tea"], ["2", "Eric", "milk"]],
}
ZEBRA = {"kind": "zebra", "clues": ["Eric is left of the tea drinker."], "solution": SOLUTION}
SQUARE = "1 2 3 4\n3 4 1 2\n2 1 4 3\n4 3 2 1"
SUDOKU = {
    "kind": "sudoku",
    "grid": [["X", "2", "3", "X"], ["3", "X", "1", "2"], [2, 1, 4, 3], ["4", "3", "X", "1"]],
}
KNIGHTS = {
    "kind": "knights_knaves",
    "statements": {"Ann": "not Bob", "Bob": "Ann and Bob"},
    "knight_knave": {"knight": "a pioneer", "knave": "a laggard", "Knight": "Pioneer"},
}
TABLE = "| House | Name | Drink |\n|---|---|---|\n| 1 | Arnold | tea |\n| 2 | Eric | milk |"


def scored(puzzle, answer):
    return check_puzzle([f"w<end_working_out><SOLUTION>{answer}</SOLUTION>"], puzzle=[puzzle])[0]


@pytest.mark.parametrize(
    ("puzzle", "right", "wrong"),
    [
        (ZEBRA,
         ["House 1: Arnold, tea. House 2: Eric, milk.", TABLE, f"The solution is:\n\n{TABLE}",
          f"```\n{TABLE}\n```", json.dumps({"House 1": {"Name": "Arnold", "Drink": "tea"},
                                            "House 2": {"Name": "Eric", "Drink": "milk"}}),
          json.dumps(SOLUTION)],
         ["House 1: Eric, tea. House 2: Arnold, milk.", "House 1: Arnold, tea.", "tea",
          TABLE.replace("tea", "milk")]),
        ({**ZEBRA, "solution": json.dumps(SOLUTION)},
         ["House 1: Arnold, tea. House 2: Eric, milk."], ["House 1: Arnold, milk"]),
        (SUDOKU,
         [SQUARE, f"The completed grid is:\n\n```\n{SQUARE}\n```",
          "Here is the grid:\n\n|1|2|3|4|\n|-|-|-|-|\n|3|4|1|2|\n|2|1|4|3|\n|4|3|2|1|"],
         [SQUARE.replace("1", "X"), SQUARE[:-8], "1 2 3 4"]),
        (KNIGHTS,
         ['{"Ann": true, "Bob": false}', "Ann is a pioneer, and Bob is a laggard.",
          "Ann: True, Bob: False"],
         ['{"Ann": false, "Bob": true}', '{"Ann": true}', "Ann is a pioneer, Bob is a pioneer."]),
        ({"kind": "countdown", "numbers": [1, 1, 1, 1], "target": 24},
         ["cannot form 24", "No solution.", "It is impossible.", "There is no way"],
         ["1 + 1 + 1 + 1", "possible", "24", "cannot form 24 or 25"]),
        ({"kind": "countdown", "numbers": [4, 4, 10, 10], "target": 24},
         ["(10 * 10 - 4) / 4"], ["cannot form 24", "No solution.", "impossible"]),
        ({"kind": "countdown", "numbers": list(range(1, 9)), "target": 99_999_999},
         [], ["impossible", "cannot form 99999999"]),
        ({"reward_model": {"style": "rule", "ground_truth": json.dumps(
            {"kind": "countdown", "numbers": [1, 2, 3, 4], "target": 24})}},
         ["1 * 2 * 3 * 4"], ["24", "4 * 6"]),
        ({"style": "rule", "ground_truth": KNIGHTS}, ['{"Ann": true, "Bob": false}'], ["Ann"]),
    ],
)  # fmt: skip
def test_a_row(puzzle, right, wrong):
    assert [answer for answer in right if scored(puzzle, answer) != 5.0] == []
    assert [answer for answer in wrong if scored(puzzle, answer) != -2.5] == []


def test_columns_of_their_own():
    reward = CheckPuzzle(kind="knights_knaves")
    columns = {name: [KNIGHTS[name]] for name in ("statements", "knight_knave")}
    text = "w<end_working_out><SOLUTION>Ann is a pioneer, Bob is a laggard</SOLUTION>"
    assert reward([text], **columns) == [5.0]


@pytest.mark.parametrize(
    ("puzzle", "said"),
    [
        ({**ZEBRA, "solution": None, "attributes": {"Name": ["Eric", "Ann"]}}, "in words"),
        ({**ZEBRA, "solution": {"header": ["House"], "rows": []}}, "no row a house"),
        ({**ZEBRA, "solution": {"header": SOLUTION["header"], "rows": [["___", "___", "___"]] * 2}},
         "hidden"),
        ({**ZEBRA, "solution": {"header": SOLUTION["header"], "rows": [["1", "___", "___"]]}},
         "___|twice|hidden"),
        ({**ZEBRA, "solution": 5}, "cannot be read"),
    ],
)  # fmt: skip
def test_what_a_user_gets_wrong(puzzle, said):
    with pytest.raises(ColumnError, match=said):
        scored(puzzle, "x")


@pytest.mark.parametrize(
    ("first", "second", "score"), [("Eric", "Ann", 5.0), ("Ann", "Eric", -2.5)]
)
def test_an_answer_with_its_reasoning_in_it(first, second, score):
    solution = {"header": ["House", "Name"], "rows": [["1", "Eric"], ["2", "Ann"]]}
    houses = f'{{"House 1": {{"Name": "{first}"}}, "House 2": {{"Name": "{second}"}}}}'
    answer = f'{{"reasoning": "Eric is in House 1, and Ann next to him.", "solution": {houses}}}'
    assert scored({"kind": "zebra", "solution": solution}, answer) == score
