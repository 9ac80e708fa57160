"""The reward for puzzles: its tiers, and how a row states its puzzle."""

from __future__ import annotations

import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grpo_rewards import (
    BOXED,
    THINK_ANSWER,
    WORKING_OUT,
    ColumnError,
    OptionError,
)
from grpo_rewards.puzzles import KINDS, countdown_rows, generate, verify
from grpo_rewards.responses.layouts import PRESETS
from grpo_rewards.rewards import puzzle as module
from grpo_rewards.rewards.puzzle import CheckPuzzle, check_puzzle
from grpo_rewards.testing import assert_reward_contract, audit

START, END, OPEN, CLOSE = WORKING_OUT.tags

PUZZLE = {"kind": "countdown", "numbers": [3, 4, 5, 2], "target": 25}
RIGHT, WRONG = "3 * (4 + 5) - 2", "3 * 4 + 5 * 2"


def laid_out(answer, reasoning="I try a few."):
    """A response that is exactly the default format."""
    return f"{reasoning}{END}{OPEN}{answer}{CLOSE}"


class TestTiers:
    """As of check_answer: 5.0 for a right answer, -2.5 for a wrong one, -4.5 for none."""

    def test_the_tiers(self):
        texts = [laid_out(RIGHT), laid_out(WRONG), RIGHT, "", f"{OPEN}{RIGHT}"]
        assert check_puzzle(texts, puzzle=[PUZZLE] * 5) == [5.0, -2.5, -4.5, -4.5, -4.5]

    def test_a_wrong_answer_s_reason_names_the_first_broken_rule(self):
        outcome = check_puzzle.explain(laid_out("1243\n3421\n4311\n2134"), puzzle={
            "kind": "sudoku", "grid": ["1...", "..2.", ".3..", "...4"],
        })  # fmt: skip
        assert outcome.reason == "row 3 has two 1s"
        assert outcome.details["verdict"] == "wrong"
        assert outcome.details["rule"] == "sudoku"
        assert outcome.details["answer"] == "1243\n3421\n4311\n2134"

    def test_each_tier_is_an_option(self):
        reward = CheckPuzzle(correct=1.0, wrong=-0.5, missing=-1.0)
        assert reward([laid_out(RIGHT), laid_out(WRONG), ""], puzzle=[PUZZLE] * 3) == [1, -0.5, -1]

    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize("format", PRESETS.values(), ids=PRESETS)
    def test_every_kind_in_every_format(self, kind, format):
        example = generate(kind, seed=2)
        # After #### an answer is one line.
        answer = example.solution.replace("\n", "; ")
        reward = CheckPuzzle(format=format)
        right, wrong = (
            format.render("I think about it.", text, opening=False) for text in (answer, "none")
        )
        assert reward([right, wrong], puzzle=[example.puzzle] * 2) == [5.0, -2.5]

    def test_an_answer_beside_the_layout_counts_where_it_is_not_strict(self):
        text = f"{laid_out(RIGHT)} I hope this helps!"
        assert check_puzzle([text], puzzle=[PUZZLE]) == [-4.5]
        assert CheckPuzzle(strict=False)([text], puzzle=[PUZZLE]) == [5.0]

    @pytest.mark.parametrize("puzzle", [None, "", "  "])
    def test_a_row_without_a_puzzle_has_no_score(self, puzzle):
        assert check_puzzle([laid_out(RIGHT), ""], puzzle=[puzzle, puzzle]) == [None, None]

    @pytest.mark.parametrize("format", PRESETS.values(), ids=PRESETS)
    @given(st.text(st.characters()))
    def test_every_format_reads_every_text(self, format, text):
        assert CheckPuzzle(format=format)([text], puzzle=[PUZZLE])[0] in (-2.5, -4.5)


class TestHowARowStatesItsPuzzle:
    """A column of puzzles, or a column for each field."""

    def test_a_dict_or_json_of_one(self):
        texts = [laid_out(RIGHT)] * 2
        assert check_puzzle(texts, puzzle=[PUZZLE, json.dumps(PUZZLE)]) == [5.0, 5.0]

    def test_rows_of_several_kinds_are_filled_up_with_none(self):
        examples = [generate(kind, seed=3) for kind in KINDS]
        names = {name for example in examples for name in example.puzzle}
        puzzles = [{name: example.puzzle.get(name) for name in names} for example in examples]
        texts = [laid_out(example.solution) for example in examples]
        assert check_puzzle(texts, puzzle=puzzles) == [5.0] * len(KINDS)

    def test_rows_survive_the_datasets_library(self):
        datasets = pytest.importorskip("datasets")
        rows = [
            {"puzzle": json.dumps(example.puzzle), "text": laid_out(example.solution)}
            for example in (generate(kind, seed=4) for kind in KINDS)
        ]
        table = datasets.Dataset.from_list(rows)
        assert check_puzzle(list(table["text"]), puzzle=table["puzzle"]) == [5.0] * len(KINDS)
        structs = datasets.Dataset.from_list([{"puzzle": PUZZLE}])
        assert check_puzzle([laid_out(RIGHT)], puzzle=structs["puzzle"]) == [5.0]

    @pytest.mark.parametrize("numbers", ["numbers", "nums"])
    def test_columns_of_one_kind(self, numbers):
        reward = CheckPuzzle(kind="countdown")
        columns = {numbers: [[3, 4, 5, 2]] * 2, "target": [25, 22]}
        assert reward([laid_out(RIGHT)] * 2, **columns) == [5.0, -2.5]

    def test_columns_may_hold_json(self):
        example = generate("knights_knaves", seed=1)
        columns = {name: [json.dumps(value)] for name, value in example.puzzle.items()}
        reward = CheckPuzzle(kind="knights_knaves")
        assert reward([laid_out(example.solution)], **columns) == [5.0]

    def test_rows_that_the_generator_makes(self):
        rows = countdown_rows(20, seed=1)
        columns = {name: [row[name] for row in rows] for name in rows[0]}
        texts = [laid_out(row["solution"]) for row in rows]
        assert CheckPuzzle(kind="countdown")(texts, **columns) == [5.0] * 20

    def test_fields_for_every_row(self):
        reward = CheckPuzzle(kind="countdown", fields={"use_all": False})
        columns = {"numbers": [[3, 4, 5, 2]] * 2, "target": [12, 12]}
        assert reward([laid_out("3 * 4")] * 2, **columns) == [5.0, 5.0]
        own = {**columns, "use_all": [True, None]}
        assert reward([laid_out("3 * 4")] * 2, **own) == [-2.5, 5.0]
        rest = CheckPuzzle(fields={"use_all": False})
        puzzle = {"kind": "countdown", "numbers": [3, 4, 5], "target": 12}
        assert rest([laid_out("3 * 4")], puzzle=[puzzle]) == [5.0]

    @pytest.mark.parametrize(
        ("kind", "misspelt", "meant"),
        [
            ("countdown", "useall", "use_all"),
            ("countdown", "number", "numbers"),
            ("countdown", "Target", "target"),
            ("entailment", "variable", "variables"),
            ("graph_coloring", "vertexes", "vertices"),
            ("graph_coloring", "color", "colors"),
            ("knights_knaves", "role", "roles"),
            ("latin_square", "les", "less"),
            ("n_queens", "queen", "queens"),
            ("sat", "clause", "clauses"),
            ("sudoku", "boxes", "box"),
            ("zebra", "clue", "clues"),
        ],
    )
    def test_a_misspelt_field_of_a_puzzle_raises(self, kind, misspelt, meant):
        """It would be ignored, and the answer judged by other rules than the row's."""
        example = generate(kind, seed=1)
        puzzle = {name: value for name, value in example.puzzle.items() if name != meant}
        puzzle |= {misspelt: example.puzzle.get(meant, False)}
        with pytest.raises(ColumnError) as error:
            check_puzzle(["any text"], puzzle=[puzzle])
        for said in (repr(kind), repr(misspelt), f"did you mean {meant!r}?"):
            assert said in str(error.value)
        with pytest.raises(ColumnError, match="did you mean"):
            verify(puzzle, "any text")
        filled = {**example.puzzle, misspelt: None}
        assert check_puzzle([laid_out(example.solution)], puzzle=[filled]) == [5.0]

    @pytest.mark.parametrize("kind", KINDS)
    def test_a_field_that_a_kind_has_not_raises(self, kind):
        with pytest.raises(ColumnError, match="has no field 'difficulty': leave it out"):
            check_puzzle(["any text"], puzzle=[{**generate(kind, seed=1).puzzle, "difficulty": 3}])

    @pytest.mark.parametrize("kind", KINDS)
    def test_a_whole_row_can_be_verified(self, kind):
        example = generate(kind, seed=1)
        row = {**example.puzzle, "question": "?", "difficulty": 3, "id": 7, "metadata": {}}
        assert verify(row, example.solution) is None

    def test_a_column_that_is_nearly_a_field_raises(self):
        reward = CheckPuzzle(kind="countdown")
        columns = {"numbers": [[5, 5, 2]], "target": [25]}
        with pytest.raises(ColumnError, match=r"'useall' is no field.*did you mean 'use_all'"):
            reward(["any text"], **columns, useall=[False])
        others = {"prompt": ["x"], "id": [1], "num": [3], "targets": [[25]], "solution": ["5 * 5"]}
        assert reward([laid_out("5 * 5")], **columns, **others) == [-2.5]
        assert reward([laid_out("5 * 5")], **columns, use_all=[False]) == [5.0]

    def test_a_field_for_every_row_is_for_the_kinds_that_have_it(self):
        reward = CheckPuzzle(fields={"use_all": False})
        grid = {"kind": "sudoku", "grid": ["1...", "..2.", ".3..", "...4"]}
        countdown = {"kind": "countdown", "numbers": [5, 5, 2], "target": 25}
        texts = [laid_out("1243 3421 4312 2134"), laid_out("5 * 5")]
        assert reward(texts, puzzle=[grid, countdown]) == [5.0, 5.0]

    def test_another_column_of_puzzles(self):
        assert CheckPuzzle(column="task")([laid_out(RIGHT)], task=[PUZZLE]) == [5.0]

    def test_an_empty_batch(self):
        assert check_puzzle([], puzzle=[]) == []
        assert CheckPuzzle(kind="sat")([], clauses=[]) == []

    @pytest.mark.parametrize(
        ("reward", "columns", "message"),
        [
            (check_puzzle, {"answer": ["42"]}, "there is no column 'puzzle'"),
            (check_puzzle, {"puzzle": [42]}, "a puzzle is a dict, or JSON of one, not 42 (int)"),
            (check_puzzle, {"puzzle": ["{"]}, "a puzzle is a dict, or JSON of one, not '{' (str)"),
            (check_puzzle, {"puzzle": [{"numbers": [3]}]}, "a puzzle of kind None is not covered"),
            (
                check_puzzle,
                {"puzzle": [{**PUZZLE, "target": None}]},
                "a countdown puzzle needs 'ta",
            ),
            (CheckPuzzle(kind="sat"), {"answer": ["42"]}, "there is no column 'clauses'"),
            (CheckPuzzle(kind="countdown"), {"nums": [[3]]}, "a countdown puzzle needs 'target'"),
        ],
    )
    @pytest.mark.parametrize("text", [laid_out(RIGHT), ""])
    def test_what_the_user_gets_wrong_raises(self, reward, columns, message, text):
        """Whatever the model wrote: a fault of the dataset shows on the first batch."""
        with pytest.raises(ColumnError) as raised:
            reward([text], **columns)
        assert str(raised.value).startswith(message)


class TestOptions:
    """Validated at once, shown by a repr that rebuilds the reward."""

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"kind": "chess"}, "kind='chess': write one of 'countdown'"),
            ({"kind": 3}, "kind=3: write one of"),
            ({"column": ""}, "column='': write the name"),
            ({"fields": ["use_all"]}, "fields=['use_all']: write a dict"),
            ({"fields": {"all": False}}, "fields={'all': False}: no puzzle has a field 'all'"),
            ({"kind": "sat", "fields": {"use_all": False}}, "fields={'use_all': False}: no puzzle"),
            ({"wrong": 6.0}, "wrong=6.0 would pay more than correct=5.0"),
            ({"strict": 1}, "strict=1: write True or False"),
        ],
    )
    def test_an_option_that_cannot_work_raises(self, options, message):
        with pytest.raises(OptionError) as raised:
            CheckPuzzle(**options)
        assert str(raised.value).startswith(message)

    @pytest.mark.parametrize(
        "reward",
        [
            check_puzzle,
            CheckPuzzle(kind="countdown", fields={"use_all": False}, name="game"),
            CheckPuzzle(format=THINK_ANSWER, wrong=0.0, missing=-1.0),
        ],
    )
    def test_repr_and_pickle_rebuild_it(self, reward):
        names = {**vars(module), "THINK_ANSWER": THINK_ANSWER}
        assert eval(repr(reward), names) == reward  # noqa: S307 (a repr of ours)
        assert pickle.loads(pickle.dumps(reward)) == reward
        assert hash(reward) == hash(pickle.loads(pickle.dumps(reward)))

    def test_it_composes_and_logs(self):
        assert (0.5 * check_puzzle).__name__ == "0.5 * check_puzzle"
        logged = {}
        check_puzzle(
            [laid_out(RIGHT), laid_out(WRONG)],
            puzzle=[PUZZLE] * 2,
            log_extra=lambda name, values: logged.update({name: values}),
            log_metric=lambda name, value: logged.update({name: value}),
        )
        assert logged["check_puzzle/verdict"] == ["correct", "wrong"]
        assert logged["check_puzzle/correct"] == 0.5


def test_it_keeps_the_contract():
    examples = [generate(kind, seed=6) for kind in KINDS]
    assert_reward_contract(
        check_puzzle,
        completions=[laid_out(example.solution) for example in examples],
        puzzle=[example.puzzle for example in examples],
    )
    assert_reward_contract(
        CheckPuzzle(kind="countdown", format=BOXED), numbers=[[3, 4]], target=[12]
    )


class TestExploits:
    """Nothing but an answer pays."""

    @pytest.mark.parametrize("kind", KINDS)
    def test_no_exploit_earns_more_than_a_wrong_attempt(self, kind):
        example = generate(kind, seed=3)
        report = audit(check_puzzle, golds=[example.solution], columns={"puzzle": example.puzzle})
        # A right form is the kit's guess at other notations, and knows nothing of puzzles.
        assert [row for row in report.findings if row.kind != "right form"] == []
