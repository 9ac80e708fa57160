"""The verifiers of puzzles: every notation of a right answer, the rule that a wrong one breaks."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grpo_rewards.puzzles import KINDS, generate, verify
from puzzle_cases import COLORING, COUNTDOWN, ENTAILMENT, KNIGHTS, QUEENS, SEEDS, ZEBRA

MANY = 20_000

every_puzzle = pytest.mark.parametrize(
    "puzzle", [generate(kind, seed=5).puzzle for kind in KINDS], ids=KINDS
)
SUDOKU = {"kind": "sudoku", "grid": ["1...", "..2.", ".3..", "...4"]}
AUSTRALIA = {
    "kind": "graph_coloring",
    "edges": [["New South Wales", "Victoria"], ["Victoria", "South Australia"]],
    "colors": 2,
}
SAT = {"kind": "sat", "clauses": [[1, -2], [2, 3], [-1, -3]]}
STREET = {
    "kind": "zebra",
    "attributes": {"color": ["red", "blue", "green"], "pet": ["cat", "dog", "fish"]},
    "clues": [["same", "red", "dog"], ["position", "cat", 1], ["directly left of", "red", "green"]],
}
WHEEL = {"kind": "graph_coloring", "edges": [["A", "B"], ["B", "C"]], "colors": ["red", "blue"]}
ANY_WHEEL = {**WHEEL, "colors": 3}
FUTOSHIKI = {"kind": "latin_square", "size": 3, "less": [[[1, 1], [1, 2]], [[2, 1], [1, 1]]]}

RIGHT = [
    (COUNTDOWN, "3 * (4 + 5) - 2"),
    (COUNTDOWN, "3*(4+5)-2 = 25"),
    (COUNTDOWN, "25 = 3*(4+5)-2"),
    (COUNTDOWN, "3 × (4 + 5) − 2."),
    (COUNTDOWN, "3x(4+5)-2"),
    (COUNTDOWN, "3[4+5] - 2"),
    (COUNTDOWN, "-2 + 3 * (4 + 5)"),
    (COUNTDOWN, "3 * (4 - -5) - 2"),
    (COUNTDOWN, r"$$3 \cdot \left(4 + 5\right) - 2$$"),
    (COUNTDOWN, r"\boxed{3 \times \{4 + 5\} - 2}"),
    (COUNTDOWN, "```\n3 * (4 + 5) - 2\n```"),
    (COUNTDOWN, "**3 * (4 + 5) - 2**"),
    (COUNTDOWN, "３＊（４＋５）－２"),
    ({"kind": "countdown", "nums": [8, 2, 4], "target": "16"}, r"\frac{8}{2} \times 4"),
    ({"kind": "countdown", "numbers": [1000, 2], "target": 500}, "1,000 ÷ 2"),
    ({"kind": "countdown", "numbers": [1, 5, 5, 5], "target": 24}, "5 * (5 - 1 / 5)"),
    ({**COUNTDOWN, "target": 12, "use_all": False}, "3 * 4"),
    ({**COUNTDOWN, "numbers": ["3", "4.0", 5, 2], "target": "25.0"}, "3 * (4 + 5) - 2"),
    (COUNTDOWN, "3.0 * (4 + 5.00) - 2 = 25.0"),
    (COUNTDOWN, "3 * (4 + 5) - 2 == 25"),
    (COUNTDOWN, "= 3 * (4 + 5) - 2"),
    (COUNTDOWN, "3 * (4 + 5) - 2 = 3 * 9 - 2 = 27 - 2 = 25"),
    (COUNTDOWN, r"\begin{align*} 3 \times (4+5) - 2 &= 27 - 2 \\ &= 25 \end{align*}"),
    (COUNTDOWN, "3 * (4 + 5) - 2 = **25**"),
    (COUNTDOWN, "**3 * (4 + 5) - 2** = 25 ✅"),
    (COUNTDOWN, "The answer is 3 * (4 + 5) - 2."),
    (COUNTDOWN, "So, the final equation is:\n\n**3 * (4 + 5) - 2 = 25**"),
    (COUNTDOWN, "### Solution\n$3 ⨯ (4 + 5) - 2$"),
    (COUNTDOWN, "expression = 3 * (4 + 5) - 2"),
    (COUNTDOWN, '{"reasoning": "I try.", "expression": "3 * (4 + 5) - 2"}'),
    (SUDOKU, "1243\n3421\n4312\n2134"),
    (SUDOKU, "1 2 4 3\n3 4 2 1\n4 3 1 2\n2 1 3 4"),
    (SUDOKU, "1243342143122134"),
    (SUDOKU, "1243 3421 4312 2134"),
    (SUDOKU, "[[1, 2, 4, 3], [3, 4, 2, 1], [4, 3, 1, 2], [2, 1, 3, 4]]"),
    (SUDOKU, '["1243", "3421", "4312", "2134"]'),
    (SUDOKU, "| 1 | 2 | 4 | 3 |\n|---|---|---|---|\n|3|4|2|1|\n|4|3|1|2|\n|2|1|3|4|"),
    (SUDOKU, "+---+---+\n|1 2|4 3|\n|3 4|2 1|\n+---+---+\n|4 3|1 2|\n|2 1|3 4|\n+---+---+"),
    (SUDOKU, "┌───┬───┐\n│1 2│4 3│\n│3 4│2 1│\n├───┼───┤\n│4 3│1 2│\n│2 1│3 4│\n└───┴───┘"),
    (SUDOKU, "Row 1: 1 2 4 3\nRow 2: 3 4 2 1\nRow 3: 4 3 1 2\nRow 4: 2 1 3 4"),
    (SUDOKU, r"\begin{pmatrix} 1&2&4&3 \\ 3&4&2&1 \\ 4&3&1&2 \\ 2&1&3&4 \end{pmatrix}"),
    (SUDOKU, "1,2,4,3;3,4,2,1;4,3,1,2;2,1,3,4"),
    (SUDOKU, "Here is the solved 4x4 grid:\n\n1 2 4 3\n3 4 2 1\n4 3 1 2\n2 1 3 4."),
    (SUDOKU, "**Solution to the Sudoku puzzle:**\n```text\n1243\n3421\n4312\n2134\n```"),
    (SUDOKU, "grid = [[1, 2, 4, 3], [3, 4, 2, 1], [4, 3, 1, 2], [2, 1, 3, 4]]"),
    (SUDOKU, '{"solution": [[1, 2, 4, 3], [3, 4, 2, 1], [4, 3, 1, 2], [2, 1, 3, 4]]}'),
    (SUDOKU, json.dumps([[1, 2, 4, 3], [3, 4, 2, 1], [4, 3, 1, 2], [2, 1, 3, 4]], indent=2)),
    (SUDOKU, '{"row1": [1,2,4,3], "row2": [3,4,2,1], "row3": [4,3,1,2], "row4": [2,1,3,4]}'),
    (SUDOKU, "{{1,2,4,3},{3,4,2,1},{4,3,1,2},{2,1,3,4}}"),
    (SUDOKU, "1243/3421/4312/2134"),
    (SUDOKU, "1 2 4 3 / 3 4 2 1 / 4 3 1 2 / 2 1 3 4"),
    (
        SUDOKU,
        "| |C1|C2|C3|C4|\n|-|-|-|-|-|\n|R1|1|2|4|3|\n|R2|3|4|2|1|\n|R3|4|3|1|2|\n|R4|2|1|3|4|",
    ),
    (SUDOKU, "|1|2|3|4|\n|-|-|-|-|\n|1|2|4|3|\n|3|4|2|1|\n|4|3|1|2|\n|2|1|3|4|"),
    (SUDOKU, "  1 2 3 4\nA 1 2 4 3\nB 3 4 2 1\nC 4 3 1 2\nD 2 1 3 4"),
    (SUDOKU, "1 | 1 2 4 3\n2 | 3 4 2 1\n3 | 4 3 1 2\n4 | 2 1 3 4"),
    (SUDOKU, "1. 1 2 4 3\n2. 3 4 2 1\n3. 4 3 1 2\n4. 2 1 3 4"),
    (SUDOKU, "- **Row 1:** [1, 2, 4, 3]\n- **Row 2:** 3421\n- **Row 3:** 4312\n- **Row 4:** 2134"),
    (SUDOKU, "Row 1: 1243, Row 2: 3421, Row 3: 4312, Row 4: 2134"),
    (SUDOKU, "> 1 2 4 3\n> 3 4 2 1\n> 4 3 1 2\n> 2 1 3 4"),
    (SUDOKU, "|**1**|2|4|3|\n|3|4|**2**|1|\n|4|**3**|1|2|\n|2|1|3|**4**|"),
    (SUDOKU, "1️⃣2️⃣4️⃣3️⃣\n3️⃣4️⃣2️⃣1️⃣\n4️⃣3️⃣1️⃣2️⃣\n2️⃣1️⃣3️⃣4️⃣"),
    (FUTOSHIKI, "Here is my solution:\n2 < 3   1\nV\n1   2   3\n\n3   1   2"),
    ({"kind": "latin_square", "size": 2}, "1 2\n2 1"),
    ({"kind": "latin_square", "size": 2, "less": [[[1, 2], [1, 1]]]}, "2 > 1\n∨   ∧\n1 < 2"),
    ({"kind": "latin_square", "size": 1}, "1"),
    (QUEENS, "2 4 1 3"),
    (QUEENS, "[1, 3, 0, 2]"),
    (QUEENS, "(1, 2), (2, 4), (3, 1) and (4, 3)"),
    (QUEENS, "[[0, 1], [1, 3], [2, 0], [3, 2]]"),
    (QUEENS, "a3 b1 c4 d2"),
    (QUEENS, "r1c2, r2c4, r3c1, r4c3"),
    (QUEENS, ".Q..\n...Q\nQ...\n..Q."),
    (QUEENS, "_ Q _ _\n_ _ _ Q\nQ _ _ _\n_ _ Q _"),
    (QUEENS, "|·|♛|·|·|\n|·|·|·|♛|\n|♛|·|·|·|\n|·|·|♛|·|"),
    (QUEENS, '[["_","Q","_","_"],["_","_","_","Q"],["Q","_","_","_"],["_","_","Q","_"]]'),
    (QUEENS, '[".Q..", "...Q", "Q...", "..Q."]'),
    (QUEENS, "0 1 0 0\n0 0 0 1\n1 0 0 0\n0 0 1 0"),
    (QUEENS, "2413"),
    (QUEENS, "Here is one solution:\n_ Q _ _\n_ _ _ Q\nQ _ _ _\n_ _ Q _."),
    (QUEENS, "queens = [1, 3, 0, 2]"),
    (QUEENS, "| | Q | | |\n|---|---|---|---|\n| | | | Q |\n| Q | | | |\n| | | Q | |"),
    (QUEENS, "|.|**Q**|.|.|\n|.|.|.|**Q**|\n|**Q**|.|.|.|\n|.|.|**Q**|.|"),
    (QUEENS, "  1 2 3 4\n1 . Q . .\n2 . . . Q\n3 Q . . .\n4 . . Q ."),
    (QUEENS, "⬜👑⬜⬜\n⬜⬜⬜👑\n👑⬜⬜⬜\n⬜⬜👑⬜"),
    (QUEENS, ". Q . . / . . . Q / Q . . . / . . Q ."),
    (QUEENS, "*Q**\n***Q\nQ***\n**Q*"),
    (QUEENS, "- Row 1: column 2\n- Row 2: column 4\n- Row 3: column 1\n- Row 4: column 3"),
    (QUEENS, "Queen 1: (1, 2)\nQueen 2: (2, 4)\nQueen 3: (3, 1)\nQueen 4: (4, 3)"),
    (QUEENS, "Queens at (1,2), (2,4), (3,1) and (4,3)"),
    (QUEENS, '{"1": 2, "2": 4, "3": 1, "4": 3}'),
    (QUEENS, "1: 2\n2: 4\n3: 1\n4: 3"),
    ({**QUEENS, "size": None, "board": "....\n...Q\n....\n...."}, "2 4 1 3"),
    (KNIGHTS, "Alice is a knight, and Bob is a knave."),
    (KNIGHTS, "Bob is a knave and Alice is a knight"),
    (KNIGHTS, "Alice: knight\nBob: knave"),
    (KNIGHTS, '{"Alice": "knight", "Bob": "knave"}'),
    (KNIGHTS, "Knights: Alice. Knaves: Bob."),
    (KNIGHTS, "The knave is Bob, and the knight is Alice."),
    (KNIGHTS, "1. Alice is a knight.\n2. Bob is a knave."),
    (KNIGHTS, "(1) Alice is a knight (2) Bob is a knave"),
    (KNIGHTS, "- **Alice** is a **knight**\n- **Bob** is a **knave**"),
    (KNIGHTS, "| Alice | knight |\n| Bob | knave |"),
    (KNIGHTS, "Alice → KNIGHT; bob → KNAVE"),
    (KNIGHTS, "Alice is not a knave, Bob is not a knight"),
    (KNIGHTS, "Alice isn't a knave, and Bob isn't a knight!"),
    (KNIGHTS, "Alice's a knight; Bob's a knave"),
    (KNIGHTS, "Alice is a knight, not a knave, and Bob is a knave, not a knight."),
    (KNIGHTS, "Alice is a truth-teller and Bob is a liar."),
    (KNIGHTS, "Alice is a knight (always tells the truth), and Bob is a knave (lies)."),
    (KNIGHTS, "| Person | Role |\n|---|---|\n| Alice | Knight |\n| Bob | Knave |"),
    (KNIGHTS, '[{"name": "Alice", "role": "knight"}, {"name": "Bob", "role": "knave"}]'),
    (KNIGHTS, '{"solution": {"Alice": "knight", "Bob": "knave"}}'),
    (KNIGHTS, "In conclusion, Alice is indeed a knight and Bob is a knave."),
    (KNIGHTS, "### Answer\n- Alice is a knight.\n- Bob is a knave."),
    (KNIGHTS, r"\begin{cases} \text{Alice: knight} \\ \text{Bob: knave} \end{cases}"),
    (
        {**KNIGHTS, "roles": ["hero", "villain"]},
        "Heroes: Alice. Villains: Bob.",
    ),
    ({**KNIGHTS, "roles": ["angel", "devil"]}, "Alice is an angel, and Bob is a devil."),
    (
        {"kind": "knights_knaves", "names": ["A", "B"], "statements": ["not B", None]},
        "A is a knight and B is a knave",
    ),
    (
        {
            "kind": "knights_knaves",
            "names": ["Alice", "Bob"],
            "statements": "(('lying', 1), ('and', ('lying', 0), ('lying', 1)))",
        },
        "Alice is a knight, Bob is a knave",
    ),
    (COLORING, '{"0": 1, "1": 2, "2": 1}'),
    (COLORING, "0: 1, 1: 2, 2: 1"),
    (COLORING, "0 -> 1\n1 -> 2\n2 -> 1"),
    (COLORING, "(0, 1), (1, 2), (2, 1)"),
    (COLORING, "vertex 0 is 1, vertex 1 is 2 and vertex 2 is 1"),
    (AUSTRALIA, "New South Wales: red, Victoria: green, South Australia: red"),
    (AUSTRALIA, "new_south_wales=Red\nvictoria=Green\nsouth_australia=red"),
    (AUSTRALIA, "red: New South Wales, South Australia; green: Victoria"),
    (WHEEL, "A and C are red, B is blue"),
    (WHEEL, "A, C: red; B: blue"),
    (WHEEL, "A is colored red, B is colored blue and C is colored red!"),
    (WHEEL, "Here is a valid coloring:\n- A: red\n- B: blue\n- C: red"),
    (WHEEL, "1. A: red\n2. B: blue\n3. C: red"),
    (WHEEL, r"A \to \text{red}, B \to \text{blue}, C \to \text{red}"),
    (WHEEL, "| Vertex | Color |\n|---|---|\n| A | red |\n| B | blue |\n| C | red |"),
    (WHEEL, '{"coloring": {"A": "red", "B": "blue", "C": "red"}}'),
    (ANY_WHEEL, "The coloring is: A: red, B: blue, C: red"),
    (ANY_WHEEL, "A and C are red; B is blue"),
    (ANY_WHEEL, "Color 1: A, C\nColor 2: B"),
    (COLORING, "Color 1: 0, 2; Color 2: 1"),
    (SAT, "x1 = True, x2 = True, x3 = False"),
    (SAT, "**x1** = True, **x2** = True, **x3** = False"),
    (SAT, "1. x1 = True\n2. x2 = True\n3. x3 = False"),
    (SAT, "x₁ = True, x₂ = True, x₃ = False"),
    (SAT, "x1 and x2 are true, x3 is false"),
    (SAT, "x1 and x2 are false, x3 is true"),
    (SAT, "Satisfiable: x[1] = True, x[2] = True, x[3] = False"),
    (SAT, "A satisfying assignment is x1 = ⊤, x2 = ⊤, x3 = ⊥"),
    (SAT, "Set x1 to True, x2 to True, x3 to False"),
    (SAT, "| Variable | Value |\n|---|---|\n| x1 | True |\n| x2 | True |\n| x3 | False |"),
    (SAT, "(True, True, False)"),
    (SAT, "-3 1 2"),
    (SAT, "x1 = True, x2 = True, not x3"),
    (SAT, '{"assignment": {"x1": true, "x2": true, "x3": false}}'),
    (SAT, "1 2 -3 0"),
    (SAT, "s SATISFIABLE\nv 1 2 -3 0"),
    (SAT, "[1, 2, -3]"),
    (SAT, '{"x1": true, "x2": true, "x3": false}'),
    (SAT, r"x_1 \land x_{2} \land \neg x_3"),
    (SAT, "x1 ∧ x2 ∧ ¬x3"),
    (SAT, "x1: 1\nx2: 1\nx3: 0"),
    (SAT, "- x1: True\n- x2: True\n- x3: False"),
    (SAT, "x1 is true, x2 is true and x3 is false"),
    (SAT, "not x1, not x2, x3"),
    ({"kind": "sat", "clauses": "c a comment\np cnf 3 2\n1 -2 0\n2 3 0"}, "1 3"),
    ({"kind": "sat", "clauses": [["sunny", "-rain"], ["rain", "¬sunny"]]}, "rain, sunny"),
    ({"kind": "sat", "clauses": [[1, -1], [2]]}, "2"),
    (ZEBRA, "House 1: blue, tea\nHouse 2: red, milk"),
    (ZEBRA, "House 2: red, milk. House 1: tea, blue."),
    (ZEBRA, '{"House 1": {"color": "blue", "drink": "tea"}, "House 2": ["red", "milk"]}'),
    (ZEBRA, "| House | Color | Drink |\n|---|---|---|\n| 1 | blue | tea |\n| 2 | red | milk |"),
    (ZEBRA, "1. blue, tea\n2. red, milk"),
    (STREET, "| |House 1|House 2|House 3|\n|-|-|-|-|\n|Color|blue|red|green|\n|Pet|cat|dog|fish|"),
    (
        STREET,
        "|House|1|2|3|\n|-|-|-|-|\n|Color|blue|red|green|\n|Pet|cat|dog|fish|",
    ),
    (STREET, "Color: blue, red, green\nPet: cat, dog, fish"),
    (STREET, '{"color": ["blue", "red", "green"], "pet": ["cat", "dog", "fish"]}'),
    (STREET, "Here is the arrangement:\n- H1: blue, cat\n- H2: red, dog\n- H3: green, fish"),
    (STREET, "First house: blue, cat; second house: red, dog; third house: green, fish!"),
    (STREET, "House 1 (leftmost): blue, cat\nHouse 2 (middle): red, dog\nHouse 3: green, fish"),
    (
        STREET,
        '{"rows": [["1", "blue", "cat"], ["2", "red", "dog"], ["3", "green", "fish"]]}',
    ),
    (ENTAILMENT, "Therefore, ¬P."),
    (ENTAILMENT, "The conclusion is: ¬P"),
    (ENTAILMENT, "∴ ¬P"),
    (ENTAILMENT, "¬P"),
    (ENTAILMENT, r"$\neg P \land \lnot Q$"),
    (ENTAILMENT, "not (P or Q)"),
    (ENTAILMENT, "~P & (P => Q)"),
]

WRONG = [
    (COUNTDOWN, "34 - 9", "34 is not one of the given numbers"),
    (COUNTDOWN, "3 * (4 + 5)", "2 is not used"),
    (COUNTDOWN, "3 * 4 + 3 * 5 - 2", "3 is used twice, and given once"),
    (COUNTDOWN, "3 * 4 + 5 * 2", "it is 22, not 25"),
    (COUNTDOWN, "25", "25 is not one of the given numbers"),
    (COUNTDOWN, "3 * (4 + 5) - 2 = 26", "it is 25, and not what is said to equal it"),
    (COUNTDOWN, "3*(4+5)-2 = 24+2", "it is 25, and not what is said to equal it"),
    (COUNTDOWN, "3*(4+5)-2 = 27-2 = 24", "it is 25, and not what is said to equal it"),
    (COUNTDOWN, "4 + 5 = 9 * 3 = 27 - 2 = 25", "3 is not used"),
    (COUNTDOWN, "5*5 = 3*(4+5)-2", "5 is used twice, and given once"),
    (COUNTDOWN, "3*(4+5)-2 =", "nothing stands on one side of an equals sign"),
    (COUNTDOWN, "3*(4+5)-2.5", "5/2 is not one of the given numbers"),
    (COUNTDOWN, "The answer is not 3*(4+5)-2", "'The answer is not 3*(4+5)-2' is not part of an"),
    (COUNTDOWN, "Maybe the answer: 3*(4+5)-2", "'Maybe the answer: 3*(4+5)-2' is not part of an"),
    (COUNTDOWN, "Answer: 3*(4+5)-2\nAnswer: 5*5", "the answer is stated twice"),
    (COUNTDOWN, "2**3**2 + 4*4", "'**' is out of place"),
    (
        COUNTDOWN,
        '{"answer": "5 * 5", "answer": "3*(4+5)-2"}',
        '\'"answer": "5 * 5", "answer": "3*(4',
    ),
    ({**COUNTDOWN, "numbers": [10**29] * 99}, "*".join([f"1{'0' * 29}"] * 99), "it is a number of"),
    (COUNTDOWN, "4+5=9, 3*9=27, 27-2=25", "', 3*9=27, 27-2=25' is not part of an"),
    (COUNTDOWN, "3*(4+5)-2 or 25", "'or 25' is not part of an expression of the four operations"),
    (COUNTDOWN, "3*(4+5)-2, 5*5", "', 5*5' is not part of an expression of the four operations"),
    (COUNTDOWN, "3*(4+5)-2\n5*5", "no operation stands between 2 and 5"),
    (COUNTDOWN, "3 4 5 2", "no operation stands between 3 and 4"),
    (COUNTDOWN, "3 ** 2 + 4 * 5", "'**' is out of place"),
    (COUNTDOWN, "5^2", "'^2' is not part of an expression of the four operations"),
    (COUNTDOWN, "4! + 5 - 3 * 2", "'! + 5 - 3 * 2' is not part of an expression"),
    (COUNTDOWN, "((3 * (4 + 5) - 2", "the expression breaks off"),
    (COUNTDOWN, "3 * (4 + 5] - 2", "']' is out of place"),
    (COUNTDOWN, "3 / (5 - 4 - 2 + 1)", "1 is not one of the given numbers"),
    ({**COUNTDOWN, "numbers": [2, 4, 4]}, "2 / (4 - 4)", "it divides by zero"),
    ({**COUNTDOWN, "numbers": [8, 2, 2, 2]}, "8/2(2+2)", "a multiplication sign is missing, so it"),
    ({**COUNTDOWN, "numbers": [5, 5, 5]}, "5 * 5", "5 is used twice, and given 3 times"),
    (COUNTDOWN, "", "the answer is blank"),
    (COUNTDOWN, "There is none.", "'There is none' is not part of an expression"),
    (SUDOKU, "1243\n3421\n4132\n2314", "cell r3c2 is given as 3, the answer has 1"),
    (SUDOKU, "1243\n3421\n4311\n2134", "row 3 has two 1s"),
    (SUDOKU, "1243\n3421\n2314\n4132", "cell r4c4 is given as 4, the answer has 2"),
    (SUDOKU, "1234\n3421\n4312\n2134", "column 3 has two 3s"),
    (SUDOKU, "1432\n4321\n2314\n3144", "row 4 has two 4s"),
    (SUDOKU, "1...\n..2.\n.3..\n...4", "cell r1c2 is empty"),
    (SUDOKU, "1253\n3421\n4312\n2134", "cell r1c3 has 5, which is no number from 1 to 4"),
    (SUDOKU, "1243\n3421\n4312", "the grid has 3 rows, not 4"),
    ({"kind": "sudoku", "grid": [[0] * 16] * 16}, "1234 5", "'1234 5' is no row of numbers from 1"),
    (SUDOKU, "1243\n342\n4312\n2134", "row 2 has 3 cells, not 4"),
    (SUDOKU, "12 4 3 1\n3 4 2 1\n4 3 1 2\n2 1 3 4", "12 is no number from 1 to 4"),
    (SUDOKU, "My guess:\n1243\n3421\n4312\n2134", "'My guess:' is no row of a grid"),
    (SUDOKU, "R1: 1243\nR1: 3421\nR2: 4312\nR3: 2134", "'R1: 1243' is no row of a grid"),
    (SUDOKU, "R4: 1243\nR3: 3421\nR2: 4312\nR1: 2134", "'R4: 1243' is no row of a grid"),
    (SUDOKU, "1 2 3 4\n1 2 4 3\n3 4 2 1\n4 3 1 2\n2 1 3 4", "the grid has 5 rows, not 4"),
    (SUDOKU, "1 1 2 4 3\n1 3 4 2 1\n3 4 3 1 2\n4 2 1 3 4", "row 1 has 5 cells, not 4"),
    (SUDOKU, "1243\n3421\n4312\n2134\n\n1243\n3421\n4312\n2134", "the grid has 8 rows, not 4"),
    (
        {"kind": "sudoku", "grid": [[0] * 4] * 4},
        "1234\n2341\n3412\n4123",
        "the box of rows 1 to 2 and columns 1 to 2 has two 2s",
    ),
    (
        {"kind": "latin_square", "size": 2, "less": [[[1, 2], [1, 1]]]},
        "1 2\n2 1",
        "cell r1c2 has 2, which is not less than 1 in r1c1",
    ),
    (QUEENS, "1 2 3 4", "the queens in r1c1 and r2c2 share a diagonal"),
    (QUEENS, "4 3 2 1", "the queens in r1c4 and r2c3 share a diagonal"),
    (QUEENS, "2 4 1 2", "the queens in r1c2 and r4c2 share a column"),
    (QUEENS, "(1, 2), (1, 4), (3, 1), (4, 3)", "the queens in r1c2 and r1c4 share a row"),
    (QUEENS, "(1, 2), (1, 2), (3, 1), (4, 3)", "two queens stand on the same square"),
    (QUEENS, "2 4 1", "there are 3 queens, not 4"),
    (QUEENS, "2 5 1 3", "r2c5 is not on the board"),
    (QUEENS, ".Q..\n...Q\nQ...", "the board has 3 rows, not 4"),
    (QUEENS, ".Q..\n...Q\nQ...\n..Q..", "row 4 has 5 squares, not 4"),
    (QUEENS, "2 4 1 3 or 3 1 4 2", "'2 4 1 3 or 3 1 4 2' is no board of Q and ., no list of"),
    (
        {**QUEENS, "queens": [[1, 3]]},
        "2 4 1 3",
        "a queen is given in r1c3, and the answer has none",
    ),
    (KNIGHTS, "Alice and Bob are knights", "Alice is a knight, but what Alice says is false"),
    (KNIGHTS, "Alice and Bob are knaves", "Alice is a knave, but what Alice says is true"),
    (KNIGHTS, "Alice is a knight", "the answer does not say what Bob is"),
    (KNIGHTS, "Alice is not Bob is a knight", "'not' stands in front of Bob"),
    (KNIGHTS, "Knights: Alice and nobody. Knaves: none", "the answer does not say what Bob is"),
    (KNIGHTS, "Alice is a knight, Bob", "the answer does not say what Bob is"),
    (KNIGHTS, "Alice is a knight and a knave, Bob is a knave", "the answer does not say who is a "),
    (KNIGHTS, "Alice: knight, Bob: knave, Alice: knave", "Alice is called both knight and knave"),
    (
        KNIGHTS,
        "Maybe Alice is a knight and Bob is a knave",
        "'Maybe' is neither a person nor a role",
    ),
    (KNIGHTS, "Knights: Alice. Bob is a knave.", "some are listed under a role, and of some"),
    (
        KNIGHTS,
        "Alice is a knight, not not a knave. Bob is a knave",
        "it is not clear what 'not' den",
    ),
    (KNIGHTS, "Not: Alice is a knight, Bob is a knave", "it is not clear what 'Not' denies"),
    (KNIGHTS, "The answer is not Alice: knight, Bob: knave", "it is not clear what 'not'"),
    (KNIGHTS, "Alice is a knight, Bob is a knave, not", "the answer does not say what is denied"),
    (KNIGHTS, "Alice is a knight or Bob is a knave", "'or' is neither a person nor a role"),
    (KNIGHTS, "Is Alice a knight? Bob is a knave", "'? Bob is a knave' is neither a person nor"),
    (COLORING, "0: 1, 1: 1, 2: 1", "the edge 0-1 joins two vertices that are 1"),
    (COLORING, "0: 1, 1: 2", "vertex 2 has no color"),
    (COLORING, "0: 1, 1: 2, 2: 3", "'3' is none of the colors 1, 2"),
    (COLORING, "0: 1, 1: 2, 2: 1, 0: 2", "vertex 0 has two colors"),
    (COLORING, "0 1 2", "vertex 2 has no color"),
    (AUSTRALIA, "red: Victoria, Victoria", "vertex New South Wales has no color"),
    (
        {**AUSTRALIA, "colors": ["red", "blue"]},
        "Victoria: Victoria: red",
        "vertex New South Wales has no color",
    ),
    (COLORING, "It cannot be colored.", "'It cannot be colored.' is neither a vertex nor a color"),
    (
        AUSTRALIA,
        "New South Wales: red, Victoria: green, South Australia: blue",
        "there are 3 colors (red, green, blue), not 2 at most",
    ),
    (WHEEL, "A, B: red, C", "vertex C has no color"),
    (WHEEL, "A: red or blue, B: blue, C: red", "'or blue, B: blue, C: red' is neither a vertex"),
    (WHEEL, "A is not red, B is blue, C is red", "'not' is none of the colors red, blue"),
    (ANY_WHEEL, "Perhaps A: red, B: blue, C: green", "'Perhaps' is no color"),
    (ANY_WHEEL, "Surely A: red, B: blue, C: green", "the color 'green' has no vertex behind it"),
    (ANY_WHEEL, "Hardly red: A, C; blue: B", "the color 'hardly' has no vertex behind it"),
    (ANY_WHEEL, '{"A": null, "B": "red", "C": "blue"}', "'null' is no color"),
    (WHEEL, "Color 3: A", "'3' is none of the colors red, blue"),
    (SAT, "x1 = True\n¬ x2 = True", "'¬ x2 = True' may mean either"),
    (SAT, "(True, True, False, False)", "the answer names no variable"),
    (SAT, "| Not the variable | Value |\n|---|---|\n| x1 | True |", "'Not the variable"),
    (
        SUDOKU,
        "|not 1|2|3|4|\n|-|-|-|-|\n|1|2|4|3|\n|3|4|2|1|\n|4|3|1|2|\n|2|1|3|4|",
        "'not 1 2 3 4'",
    ),
    (
        KNIGHTS,
        "| Wrong | Role |\n|---|---|\n| Alice | knight |\n| Bob | knave |",
        "'Wrong' is neither",
    ),
    (ANY_WHEEL, "A and never C are red; B is blue", "'never' is no color"),
    (SAT, "x1, x2 = True, x3 = False", "the answer does not say what 1 is"),
    (SAT, "x1 is true; x1 and x2 are false", "1 is said to be true, and to be false"),
    (SAT, "(True, False)", "the answer names no variable"),
    (SAT, "The assignment is not x1, x2, -3", "'The assignment is not x1, x2, -3' does not begin"),
    (SAT, "1 -2 -3", "clause 2 (2 or 3) is false"),
    (SAT, "1", "clause 2 (2 or 3) is left open"),
    (SAT, "1 -1 2", "1 is said to be true, and to be false"),
    (SAT, "1 2 -3 4", "'4' does not begin with a variable"),
    (SAT, "UNSATISFIABLE", "'UNSATISFIABLE' does not begin with a variable"),
    (SAT, "- x1\n- x2", "'- x1' is a bullet or a negation"),
    (SAT, "-x1 = True", "'-x1 = True' may mean either"),
    (ZEBRA, "House 1: red, milk\nHouse 2: blue, tea", "clue 2 does not hold: tea is directly left"),
    (ZEBRA, "House 1: red, tea\nHouse 2: blue, milk", "clue 1 does not hold: red is with milk"),
    (ZEBRA, "House 1: red\nHouse 2: blue, tea", "house 1 has no drink"),
    (ZEBRA, "House 1: tea\nHouse 2: blue, red, milk", "house 1 has no color"),
    (ZEBRA, "House 1: red, blue, tea\nHouse 2: blue, milk", "house 1 has two values of color"),
    (ZEBRA, "House 1: red, tea\nHouse 2: red, milk", "red is in houses 1 and 2"),
    (ZEBRA, "House 1: red, tea\nHouse 1: blue, milk", "house 1 is described twice"),
    (ZEBRA, "House 1: green, tea\nHouse 2: blue, milk", "'green, tea House 2: blue, milk' is no"),
    (ZEBRA, "House 3: red, tea", "there is no house 3"),
    (
        STREET,
        "Color: blue, red\nPet: cat, dog, fish",
        "the answer does not give each house its color",
    ),
    (STREET, "Color: blue, cat, green\nPet: red, dog, fish", "the answer does not give each house"),
    (
        STREET,
        "Color: red, blue, green\nPet: cat, dog, fish",
        "clue 1 does not hold: red is with dog",
    ),
    (STREET, "blue, cat, red, dog, green, fish", "'blue' stands in front of the first house's num"),
    (ENTAILMENT, "The conclusion is not P", "it is no formula"),
    (ENTAILMENT, "P ∨ Q", "it does not follow: the premises allow P false, Q false"),
    (ENTAILMENT, "P ∨ ¬P", "it holds whatever the premises are"),
    (ENTAILMENT, "R", "'R' is none of P, Q"),
    (ENTAILMENT, "¬P or so", "'so' is none of P, Q"),
    (ENTAILMENT, "¬P ∧", "it is no formula: it ends where something should follow"),
    (ENTAILMENT, "P Q", "it is no formula: 'Q' stands where a connective should"),
]


# Letters that Python matches with i, k and s where case is ignored, but that fold to others.
CASELESS = str.maketrans("iks", "İ\u212aſ")


class TestVerify:
    """No reason for a right answer, however it is written; else the first broken rule."""

    @pytest.mark.parametrize(("puzzle", "answer"), RIGHT)
    def test_a_right_answer_breaks_no_rule(self, puzzle, answer):
        assert verify(puzzle, answer) is None

    @pytest.mark.parametrize(("puzzle", "answer", "reason"), WRONG)
    def test_the_reason_names_the_first_broken_rule(self, puzzle, answer, reason):
        assert (verify(puzzle, answer) or "").startswith(reason)

    @pytest.mark.parametrize("kind", KINDS)
    @given(seed=SEEDS)
    @settings(max_examples=40)
    def test_a_drawn_solution_breaks_no_rule(self, kind, seed):
        example = generate(kind, seed=seed)
        assert verify(example.puzzle, example.solution) is None

    @pytest.mark.parametrize("kind", KINDS)
    @given(seed=SEEDS)
    @settings(max_examples=10)
    def test_a_puzzle_survives_json(self, kind, seed):
        """Datasets hold dicts as structs or as text; either is the same puzzle."""
        example = generate(kind, seed=seed)
        assert verify(json.loads(json.dumps(example.puzzle)), example.solution) is None

    def test_arrays_and_floats_as_columns_hold_them(self):
        numpy = pytest.importorskip("numpy")
        numbers = numpy.array([3.0, 4.0, 5.0, 2.0])
        puzzle = {"kind": "countdown", "numbers": numbers, "target": numpy.float64(25)}
        assert verify(puzzle, "3 * (4 + 5) - 2") is None
        grid = numpy.array([[1, 0, 0, 0], [0, 0, 2, 0], [0, 3, 0, 0], [0, 0, 0, 4]])
        assert verify({"kind": "sudoku", "grid": grid}, "1243 3421 4312 2134") is None

    @pytest.mark.parametrize(
        ("puzzle", "answer"),
        [
            ({**QUEENS, "queens": [["1", 2.0]]}, "2 4 1 3"),
            ({**QUEENS, "size": None, "board": [[None, "Q", "", ""], *[[""] * 4] * 3]}, "2 4 1 3"),
            ({**QUEENS, "size": None, "board": " Q  \n    \n    \n    "}, "2 4 1 3"),
            ({**FUTOSHIKI, "less": [[["1", "1"], [1.0, 2]]]}, "1 2 3\n2 3 1\n3 1 2"),
            ({"kind": "sudoku", "grid": [[1.0, float("nan")], [0, 0]], "box": [1, 2]}, "1 2\n2 1"),
            ({"kind": "graph_coloring", "edges": [[0.0, 1.0]], "colors": 2.0}, "0: 1, 1: 2"),
            ({"kind": "sat", "clauses": [[1.0, -2.0], [2, None]]}, "1 2"),
            (
                {**ZEBRA, "attributes": json.dumps(ZEBRA["attributes"])},
                "1: blue, tea. 2: red, milk",
            ),
            (
                {**KNIGHTS, "statements": json.dumps(KNIGHTS["statements"])},
                "knights: Alice. knaves: Bob",
            ),
            ({**COUNTDOWN, "use_all": "true"}, "3 * (4 + 5) - 2"),
            ({"kind": "zebra", "attributes": {"color": ["red"]}, "clues": []}, "House 1: red"),
        ],
    )
    def test_a_field_as_a_column_may_hold_it(self, puzzle, answer):
        assert verify(puzzle, answer) is None

    def test_fields_that_are_arrays(self):
        numpy = pytest.importorskip("numpy")
        puzzle = {**QUEENS, "queens": numpy.array([[1, 2]])}
        assert verify(puzzle, "2 4 1 3") is None
        puzzle = {**COLORING, "edges": numpy.array(COLORING["edges"]), "colors": numpy.int64(2)}
        assert verify(puzzle, "0: 1, 1: 2, 2: 1") is None
        puzzle = {**FUTOSHIKI, "less": numpy.array(FUTOSHIKI["less"])}
        assert verify(puzzle, "2 3 1\n1 2 3\n3 1 2") is None

    @pytest.mark.parametrize(
        "grid",
        [
            "1...\n..2.\n.3..\n...4",
            "1.....2..3.....4",
            "1 0 0 0\n0 0 2 0\n0 3 0 0\n0 0 0 4",
            "[[1, None, None, None], [0, 0, 2, 0], ['', 3, '_', 0], [0, 0, 0, 4]]",
        ],
    )
    def test_a_grid_may_be_a_text(self, grid):
        assert verify({"kind": "sudoku", "grid": grid}, "1243 3421 4312 2134") is None

    @pytest.mark.parametrize("kind", KINDS)
    def test_fields_of_other_kinds_may_be_none(self, kind):
        every = {name: None for each in KINDS.values() for name in each.fields}
        example = generate(kind, seed=1)
        assert verify({**every, **example.puzzle}, example.solution) is None


class TestAnyText:
    """Whatever a model writes: no text raises, pays by accident, or takes long."""

    @every_puzzle
    @given(st.text(st.characters()))
    @settings(max_examples=60)
    def test_arbitrary_text_breaks_a_rule(self, puzzle, text):
        assert verify(puzzle, text)

    @every_puzzle
    @given(st.text("0123456789()[]{}+-*/=.,;:|_Qxv¬∧∨→ \n\\\"'abPQR", max_size=60))
    @settings(max_examples=60)
    def test_text_of_the_notations_never_raises(self, puzzle, text):
        reason = verify(puzzle, text)
        assert reason is None or reason

    @pytest.mark.parametrize("kind", KINDS)
    def test_letters_that_match_others_do_not_raise(self, kind):
        for seed in range(5):
            example = generate(kind, seed=seed)
            for text in (example.solution.translate(CASELESS), example.solution.replace("i", "ı")):
                reason = verify(example.puzzle, text)
                assert reason is None or reason

    @pytest.mark.parametrize("kind", KINDS)
    @given(seed=SEEDS, data=st.data())
    @settings(max_examples=30)
    def test_a_solution_beside_other_words_is_none(self, kind, seed, data):
        """A hedge, a denial or a second answer beside a right one earns nothing."""
        example = generate(kind, seed=seed)
        before, after = data.draw(
            st.sampled_from(
                [("", "\nor not"), ("perhaps ", ""), ("", " (I guess)"), ("It is not\n", "")]
            )
        )
        assert verify(example.puzzle, f"{before}{example.solution}{after}")

    @every_puzzle
    @pytest.mark.parametrize(
        "piece",
        ["(", "[", "{", "1", "1 ", "1+", "-", "not ", "~", "=", "\n", "\\", "\\frac{", "|", "A: ",
         "\\boxed{", "Q.", "x1 ", "House 1: ", "v1: red ", "P → ", "\"", "```", "**", " and", "0 ",
         " ", "\n ", "| ", "(1,", "r1 ", "v1 ", "**1", "=**1 ", "answer: ", "the ", "[[", "1.0",
         "Row 1, ", ", row", "1/", "true ", "x1 is ", "color 1: ", "not a knight ", "1. a\n",
         "| a |\n|---|\n", "first ", '"a":1,', "\\text{", "  **"],
    )  # fmt: skip
    def test_no_long_text_of_one_piece_is_a_solution(self, puzzle, piece):
        most = 19_000 // len(piece)
        for text in (piece * MANY, piece * most, f"1{piece * most}x", f"{piece * 200}1"):
            assert verify(puzzle, text)
