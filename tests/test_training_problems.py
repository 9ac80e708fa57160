"""The problems that the example makes: right golds, wrong mistakes, new ones held out."""

from __future__ import annotations

import ast
import operator
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from grpo_rewards import CheckSchema, check_choice
from grpo_rewards.puzzles import verify
from training_example import TASKS, load_example


@pytest.fixture(scope="module")
def offline() -> Iterator[ModuleType]:
    yield from load_example("offline")


class TestProblems:
    """The problems made from a seed."""

    @pytest.mark.parametrize("kind", ["arithmetic", "sums"])
    def test_gold_is_what_the_expression_gives(self, offline: ModuleType, kind: str) -> None:
        """The answer is the value of the sum, and every number of the sum is in the question."""
        for problem in offline.PROBLEM_SETS[kind](500, seed=1):
            assert str(value(problem.expression)) == problem.answer
            assert problem.reasoning.endswith(f"= {problem.answer}")
            for word in problem.expression.split():
                assert not word.isdigit() or word in problem.question

    def test_held_out_expressions_are_new(self, offline: ModuleType) -> None:
        """No held-out sum occurs in training, not even in other words, whatever the seeds."""
        training = offline.arithmetic(1000, seed=1)
        held_out = offline.arithmetic(250, seed=2, held_out=True)
        assert not {p.expression for p in training} & {p.expression for p in held_out}

    def test_held_out_questions_are_new(self, offline: ModuleType) -> None:
        """The easier set keeps the questions apart, whatever the seeds."""
        training = offline.sums(1000, seed=1)
        held_out = offline.sums(250, seed=2, held_out=True)
        assert not {p.question for p in training} & {p.question for p in held_out}

    def test_seed_decides_everything(self, offline: ModuleType) -> None:
        """The same seed makes the same problems, another seed others; none occurs twice."""
        first = offline.arithmetic(300, seed=1)
        assert first == offline.arithmetic(300, seed=1)
        assert first != offline.arithmetic(300, seed=2)
        assert len({problem.question for problem in first}) == 300

    def test_impossible_count_is_explained(self, offline: ModuleType) -> None:
        """More problems than there are raise, with what to change."""
        with pytest.raises(ValueError, match="raise `largest`"):
            offline.word_problems(500, seed=1, largest=2, templates=offline.ONE_STEP[:1])
        with pytest.raises(ValueError, match="ask for fewer than 100000"):
            offline.countdown(100_000, seed=1)


class TestProblemsOfTasks:
    """Countdown puzzles and multiple choice, made from a seed."""

    def test_countdown_golds_are_right_and_mistakes_wrong(self, offline: ModuleType) -> None:
        """The package's verifier finds every solution right, and every mistake wrong."""
        for problem in offline.countdown(500, seed=1):
            puzzle = {"kind": "countdown", **problem.columns}
            assert verify(puzzle, problem.answer) is None
            assert all(verify(puzzle, mistake) is not None for mistake in problem.wrong)

    def test_countdown_is_worked_out(self, offline: ModuleType) -> None:
        """The steps are true, stay above nothing, and end at the target."""
        for problem in offline.countdown(500, seed=1):
            for step in problem.reasoning.split(", "):
                left, right = step.split(" = ")
                assert value(left) == int(right) >= 0
            assert problem.reasoning.endswith(f" = {problem.columns['target']}")

    def test_countdown_held_out_puzzles_are_new(self, offline: ModuleType) -> None:
        """No held-out puzzle occurs in training, in no order of its numbers, whatever the seeds."""

        def puzzles(problems: list[Any]) -> set[tuple[Any, ...]]:
            return {(*sorted(p.columns["numbers"]), p.columns["target"]) for p in problems}

        training = offline.countdown(1000, seed=1)
        held_out = offline.countdown(250, seed=2, held_out=True)
        assert not puzzles(training) & puzzles(held_out)

    def test_choice_golds_are_right_and_mistakes_wrong(self, offline: ModuleType) -> None:
        """One option is what the sum gives; its letter is the gold, and the others are not."""
        for problem in offline.choices(500, seed=1):
            options = problem.columns["options"]
            assert len(set(options)) == 4
            right = options["ABCD".index(problem.answer)]
            assert right == str(value(problem.expression))
            assert f"\n{problem.answer}. {right}" in problem.question
            scores = [5.0] * len(problem.forms) + [-2.5] * len(problem.wrong)
            texts = [
                f"So.<end_working_out><SOLUTION>{answer}</SOLUTION>"
                for answer in (*problem.forms, *problem.wrong)
            ]
            columns = {"answer": [problem.answer] * len(texts), "options": [options] * len(texts)}
            assert set(problem.forms) == {problem.answer, right}
            assert check_choice(texts, **columns) == scores

    def test_choice_gold_stands_anywhere(self, offline: ModuleType) -> None:
        """No letter is right much more often than the others."""
        golds = [problem.answer for problem in offline.choices(1000, seed=1)]
        assert all(200 < golds.count(letter) < 300 for letter in "ABCD")

    def test_choice_held_out_questions_are_new(self, offline: ModuleType) -> None:
        """No held-out question occurs in training, not even with other options."""

        def stems(problems: list[Any]) -> set[str]:
            return {problem.question.splitlines()[0] for problem in problems}

        training = offline.choices(1000, seed=1)
        held_out = offline.choices(250, seed=2, held_out=True)
        assert not stems(training) & stems(held_out)

    def test_a_record_satisfies_its_schema_and_its_mistakes_do_not(
        self, offline: ModuleType
    ) -> None:
        """The schema of a row is satisfied by the facts in its question alone."""
        pytest.importorskip("jsonschema")
        check = CheckSchema()
        problems = offline.records(60, seed=1)
        for problem in problems:
            schema = [problem.columns["schema"]] * 5
            right, *wrong = check([problem.answer, *problem.wrong], schema=schema)
            assert right == 5.0
            assert max(wrong) < 0
        others = [problem.columns["schema"] for problem in problems[1:]]
        assert set(check([problems[0].answer] * len(others), schema=others)) == {-2.5}

    def test_mixed_problems_are_of_three_kinds_in_turn(self, offline: ModuleType) -> None:
        """Every row has every column, and only its own kind's are filled."""
        problems = offline.mixed(31, seed=1)
        kinds = [problem.columns["kind"] for problem in problems]
        assert kinds == (["sum", "choice", "record"] * 11)[:31]
        for problem in problems:
            filled = {name for name, value in problem.columns.items() if value is not None}
            kind = problem.columns["kind"]
            own = {"sum": set(), "choice": {"options"}, "record": {"schema"}}[kind]
            assert filled == {"kind", *own}
            assert set(problem.columns) == {"kind", "options", "schema"}

    def test_mixed_held_out_questions_are_new(self, offline: ModuleType) -> None:
        """No held-out question occurs in training, not even as one of another kind."""

        def stems(problems: list[Any]) -> set[str]:
            return {problem.question.splitlines()[0] for problem in problems}

        training = offline.mixed(900, seed=1)
        assert not stems(training) & stems(offline.mixed(240, seed=2, held_out=True))

    @pytest.mark.parametrize("task", TASKS)
    def test_seed_decides_everything(self, offline: ModuleType, task: str) -> None:
        """The same seed makes the same problems, another seed others; none occurs twice."""
        made = offline.PROBLEM_SETS[task]
        assert made(300, seed=1) == made(300, seed=1) != made(300, seed=2)
        assert len({problem.question for problem in made(300, seed=1)}) == 300


def value(expression: str) -> int:
    """What a sum comes to by Python's own grammar: an oracle apart from the generator."""
    operators: dict[type[ast.operator], Any] = {
        ast.Add: operator.add,
        ast.Sub: operator.sub,
        ast.Mult: operator.mul,
    }

    def evaluate(node: ast.expr) -> int:
        if isinstance(node, ast.BinOp):
            result = operators[type(node.op)](evaluate(node.left), evaluate(node.right))
        else:
            assert isinstance(node, ast.Constant)
            result = node.value
        assert isinstance(result, int)
        return result

    return evaluate(ast.parse(expression, mode="eval").body)
