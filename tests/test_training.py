"""The example end to end: a tiny model, trained through the command line, measurably improves.

No torch is imported here: the example runs in a process of its own, as a user would run it.
"""

from __future__ import annotations

import ast
import importlib.util
import json
import operator
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from grpo_rewards import check_choice
from grpo_rewards.puzzles import verify

EXAMPLES = Path(__file__).parent.parent / "examples"
PRESETS = ("smollm2", "tiny", "qwen3-4b")
MEASURES = ("accuracy", "exact format")
TASKS = {"countdown": "check_countdown", "choices": "check_choice"}  # and the reward that checks it

needs_training = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("torch", "unsloth", "trl")),
    reason="needs the packages that training needs: pip install 'grpo-rewards[train]'",
)


def run_example(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(EXAMPLES / "train_grpo.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def load_example(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def offline() -> ModuleType:
    return load_example("offline")


class TestCommandLine:
    """What the command line says without training."""

    def test_help_explains_every_flag(self) -> None:
        """Every flag of ``--help`` comes with a text, and the presets' values."""
        result = run_example("--help")
        assert result.returncode == 0, result.stderr
        for flag in ("--preset", "--dry-run", "--model", "--dataset", "--max-steps", "--resume"):
            assert flag in result.stdout
        assert "qwen3-4b: 'unsloth/Qwen3-4B-Base'" in " ".join(result.stdout.split())

    @pytest.mark.parametrize("preset", PRESETS)
    def test_dry_run_shows_settings_and_scores(self, preset: str) -> None:
        """A dry run needs no GPU, model or network, and scores the hand-made responses."""
        result = run_example("--preset", preset, "--dry-run")
        assert result.returncode == 0, result.stderr
        for shown in ('"learning_rate"', '"num_generations"', '"lora_alpha"', "exact_format"):
            assert shown in result.stdout
        assert "3.0                 1.5           5.0            3.5" in result.stdout

    @pytest.mark.parametrize("preset", PRESETS)
    @pytest.mark.parametrize("task", TASKS)
    def test_task_goes_with_every_preset(self, preset: str, task: str) -> None:
        """A task brings its problems and its rewards, and leaves the preset's model alone."""
        result = run_example("--preset", preset, "--task", task, "--dry-run")
        assert result.returncode == 0, result.stderr
        settings = printed_settings(result.stdout)
        assert settings["dataset"] == settings["warmup_dataset"] == settings["task"] == task
        plain = printed_settings(run_example("--preset", preset, "--dry-run").stdout)
        assert settings["model"] == plain["model"]
        assert settings["max_steps"] == plain["max_steps"]
        header, right, wrong, *_ = result.stdout[result.stdout.index("exact_format") :].splitlines()
        assert header.split() == ["exact_format", TASKS[task], "response"]
        assert right.split()[:2] == ["3.0", "5.0"]
        assert wrong.split()[:2] == ["3.0", "-2.5"]

    def test_local_file_brings_the_columns_of_its_task(self, tmp_path: Path) -> None:
        """What a task's rewards read comes from columns of their own, as they are."""
        file = tmp_path / "mine.jsonl"
        row = {"question": "Which is even?\nA. 3\nB. 4", "answer": "B", "options": ["3", "4"]}
        file.write_text("\n".join([json.dumps(row)] * 4))
        result = run_example("--task", "choices", "--dataset", file, "--dry-run")
        assert result.returncode == 0, result.stderr
        assert "3.0           5.0  right, in the format" in result.stdout

    def test_flags_override_the_preset(self) -> None:
        """A flag replaces the preset's value; the others stay."""
        result = run_example("--preset", "tiny", "--max-steps", "7", "--no-vllm", "--dry-run")
        assert result.returncode == 0, result.stderr
        settings = printed_settings(result.stdout)
        assert settings["max_steps"] == 7
        assert settings["model"] == "tiny"

    def test_local_file_with_named_columns(self, tmp_path: Path) -> None:
        """A JSON Lines file works under the names that its columns have."""
        file = tmp_path / "mine.jsonl"
        rows = [{"q": "How many legs has a cat?", "a": 4}] * 4
        file.write_text("\n".join(map(json.dumps, rows)))
        columns = ("--question-column", "q", "--answer-column", "a")
        result = run_example("--dataset", file, *columns, "--dry-run")
        assert result.returncode == 0, result.stderr
        assert "How many legs has a cat?" in result.stdout
        assert "Gold answer: 4" in result.stdout

    def test_resume_without_a_checkpoint_is_explained(self, tmp_path: Path) -> None:
        """Resuming what never started ends in a sentence."""
        pytest.importorskip("scipy")
        if importlib.util.find_spec("unsloth") is None:
            pytest.skip("the missing package is reported first")
        result = run_example("--resume", "--output-dir", tmp_path)
        assert "no checkpoint" in result.stderr
        assert_one_sentence(result)

    def test_resuming_what_has_ended_is_explained(self, tmp_path: Path) -> None:
        """A run that has all its steps does not train on."""
        pytest.importorskip("scipy")
        if importlib.util.find_spec("unsloth") is None:
            pytest.skip("the missing package is reported first")
        (tmp_path / "checkpoint-24").mkdir()
        (tmp_path / "before.json").write_text("{}")
        result = run_example("--resume", "--output-dir", tmp_path, "--max-steps", "24")
        assert "has ended, at step 24" in result.stderr
        assert_one_sentence(result)

    @pytest.mark.parametrize(
        ("arguments", "expected"),
        [
            (("--dataset", "nowhere.jsonl"), "nowhere.jsonl"),
            (("--dataset", "FILE", "--answer-column", "gold"), "no column 'gold'"),
            (("--dataset", "BROKEN"), "not JSON Lines"),
            (("--dataset", "FILE", "--task", "choices"), "no column 'options'"),
            (("--micro-batch", "7"), "--micro-batch 7 must divide"),
        ],
    )
    def test_mistakes_are_explained(
        self, tmp_path: Path, arguments: tuple[str, ...], expected: str
    ) -> None:
        """A mistake ends in a sentence that names it, not in a traceback."""
        files = {"FILE": tmp_path / "good.jsonl", "BROKEN": tmp_path / "broken.jsonl"}
        files["FILE"].write_text('{"question": "1 + 1?", "answer": "2"}\n' * 3)
        files["BROKEN"].write_text("question, answer\n")
        given = [files.get(argument, argument) for argument in arguments]
        result = run_example(*given, "--dry-run")
        assert expected in result.stderr
        assert_one_sentence(result)


def assert_one_sentence(result: subprocess.CompletedProcess[str]) -> None:
    assert result.returncode != 0
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def printed_settings(output: str) -> dict[str, Any]:
    start = output.index("{")
    settings, _ = json.JSONDecoder().raw_decode(output[start:])
    assert isinstance(settings, dict)
    return settings


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


@pytest.mark.train
@needs_training
@pytest.mark.parametrize("task", TASKS)
def test_task_runs_from_start_to_comparison(task: str, tmp_path: Path) -> None:
    """A few steps of a task on a hardly taught model: everything is counted, logged and written.

    Whether it learns is for the figures in docs/training.md; that would take too long here.
    """
    short = ("--tiny-steps", "30", "--max-steps", "3", "--held-out", "20", "--train-problems", "64")
    folders = ("--output-dir", tmp_path / "out", "--cache-dir", tmp_path / "cache")
    result = run_example("--preset", "tiny", "--task", task, *short, *folders)
    assert result.returncode == 0, result.stderr[-4000:]
    assert "For comparison: a" in result.stdout
    figures = json.loads((tmp_path / "out" / "comparison.json").read_text())
    for name in ("before", "after"):
        for measure in MEASURES:
            assert figures[name]["sampled"][measure]["of"] == 20
    lines = (tmp_path / "out" / "metrics.jsonl").read_text().splitlines()
    log = [entry for entry in map(json.loads, lines) if "reward" in entry]
    assert len(log) == 3
    assert all(f"rewards/{TASKS[task]}/mean" in entry for entry in log)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of one run of the preset ``tiny``."""
    folder = tmp_path_factory.mktemp("tiny")
    result = run_example(
        "--preset", "tiny", "--output-dir", folder / "out", "--cache-dir", folder / "cache"
    )
    assert result.returncode == 0, result.stderr[-4000:]
    assert "| accuracy, sampled |" in result.stdout
    return folder / "out"


@pytest.mark.train
@needs_training
class TestTraining:
    """The preset ``tiny`` from nothing to its comparison."""

    def test_held_out_problems_improve_beyond_luck(self, output: Path) -> None:
        """Sampled accuracy and format rise so far that their confidence intervals are apart."""
        figures = json.loads((output / "comparison.json").read_text())
        for measure in MEASURES:
            before = figures["before"]["sampled"][measure]
            after = figures["after"]["sampled"][measure]
            assert before["of"] == after["of"] == 200
            assert after["interval"][0] > before["interval"][1], (measure, before, after)

    def test_report_holds_table_and_transcripts(self, output: Path) -> None:
        """The report shows every figure with its count, and responses side by side."""
        report = (output / "comparison.md").read_text()
        for line in ("accuracy, greedy", "accuracy, sampled", "exact format, sampled"):
            assert f"| {line} |" in report
        assert "/200" in report
        assert report.count("Before (") == report.count("After (") > 0

    def test_every_step_is_logged(self, output: Path) -> None:
        """The metrics have each reward's mean at each step."""
        log = [json.loads(line) for line in (output / "metrics.jsonl").read_text().splitlines()]
        for reward in ("exact_format", "approximate_format", "check_answer", "check_numbers"):
            means = [entry[f"rewards/{reward}/mean"] for entry in log if "reward" in entry]
            assert len(means) == max(entry["step"] for entry in log)
            assert sum(means[-10:]) > sum(means[:10])

    def test_adapter_completions_and_curves_are_saved(self, output: Path) -> None:
        """The adapter, a table of completions a step, and the picture are there."""
        assert (output / "adapter" / "adapter_model.safetensors").stat().st_size > 0
        assert (output / "adapter" / "adapter_config.json").exists()
        assert len(list((output / "completions").glob("*.parquet"))) > 10
        assert (output / "curves.png").read_bytes().startswith(b"\x89PNG")
