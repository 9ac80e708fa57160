"""The race of reward sets: its problems, its figures, what the docs show, and a short race.

No torch is imported here: runs are processes of their own.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import random
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from grpo_rewards import WORKING_OUT, compare

ROOT = Path(__file__).parent.parent
BENCHMARKS = ROOT / "benchmarks"
DOCS = (ROOT / "docs" / "which-rewards.md", ROOT / "docs" / "race-tables.md")

needs_training = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("torch", "unsloth", "trl", "scipy")),
    reason="needs the packages that training needs: pip install 'grpo-rewards[train]'",
)


def benchmark(name: str) -> ModuleType:
    """A module of the folder, whose modules import each other by name."""
    sys.path.insert(0, str(BENCHMARKS))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(BENCHMARKS))


def race(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(BENCHMARKS / "training_signal.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def answered(answer: str) -> str:
    return WORKING_OUT.render("6 + 2 = 8", answer, opening=False)


class TestShares:
    """The task whose answers come in several forms."""

    def test_every_form_is_the_gold(self) -> None:
        """What the warm-up writes equals the gold, and the gold is in lowest terms."""
        problems = benchmark("signal_tasks").shares(300, seed=1)
        for problem in problems:
            part, total = map(int, problem.expression.split(" / "))
            assert problem.answer == problem.forms[0]
            for form in (f"{part}/{total}", *problem.forms):
                assert compare(problem.answer, form), (problem.answer, form)
        assert len({problem.question for problem in problems}) == 300
        assert {len(problem.forms) for problem in problems} >= {2, 3, 4}

    def test_held_out_questions_are_new(self) -> None:
        """No held-out question occurs in training, whatever the seeds."""
        shares = benchmark("signal_tasks").shares
        training, held_out = shares(500, seed=1), shares(100, seed=2, held_out=True)
        assert not {p.question for p in training} & {p.question for p in held_out}

    def test_a_spoiled_answer_is_wrong(self) -> None:
        """The warm-up's wrong answers are wrong in every form."""
        offline = benchmark("signal_tasks").offline
        recipe = offline.TinyRecipe(exact_share=1.0, wrong_share=1.0)
        rng = random.Random(1)
        for problem in benchmark("signal_tasks").shares(100, seed=1):
            text = offline._messy_completion(problem, WORKING_OUT, recipe, rng)
            answer = WORKING_OUT.parse(text).answer
            assert answer
            assert not compare(problem.answer, answer), (problem.answer, answer)


class TestAmounts:
    """SmolLM2's task whose answers come in several forms."""

    def test_every_form_is_the_gold_and_none_that_of_another(self) -> None:
        """Shares, percentages, lengths, weights and prices; each is asked for as often."""
        amounts = benchmark("signal_tasks").amounts
        problems = amounts(200, seed=1)
        for problem, other in zip(problems, problems[5:], strict=False):
            assert problem.answer == problem.forms[0]
            for form in problem.forms:
                assert compare(problem.answer, form), (problem.answer, form)
                if problem.answer != other.answer:
                    assert not compare(problem.answer, other.answer)
        assert len({problem.question for problem in problems}) == 200
        assert sum(problem.answer.endswith("%") for problem in problems) == 40
        assert sum(problem.answer.startswith("$") for problem in problems) == 40

    def test_held_out_questions_are_new(self) -> None:
        amounts = benchmark("signal_tasks").amounts
        training, held_out = amounts(500, seed=1), amounts(100, seed=2, held_out=True)
        assert not {p.question for p in training} & {p.question for p in held_out}

    def test_worked_examples_write_every_form(self, tmp_path: Path) -> None:
        """The warm-up's file has as many rows as it reads, and more than the golds' forms."""
        task = benchmark("signal_tasks").TASKS["amounts"]
        settings = task.configure(tmp_path)
        lines = Path(settings.warmup_dataset).read_text().splitlines()
        rows = [json.loads(line) for line in lines]
        assert len(rows) == settings.warmup_steps * settings.warmup_batch
        answers = [row["answer"] for row in rows]
        for mark in (" m", " kg", "percent", "dollars", r"\frac", r"\text{ cm}", "/", "0."):
            assert any(mark in answer for answer in answers), mark


class TestSets:
    """The sets are what their names say."""

    def test_recipe_is_the_benchmarks_recipe(self) -> None:
        """The four functions add up to what benchmarks/recipe.py pays, for chats and strings."""
        recipe, rewards = benchmark("recipe"), benchmark("signal_sets").SETS["recipe"].rewards
        texts = [answered("3/4"), answered("6/8"), answered("20"), "20"]
        golds = ["3/4", "3/4", "22", "20"]
        chats = [[{"role": "assistant", "content": text}] for text in texts]
        for completions in (texts, chats):
            scores = [reward(completions, answer=golds) for reward in rewards]
            expected = [recipe.recipe(*row) for row in zip(texts, golds, strict=True)]
            assert [sum(row) for row in zip(*scores, strict=True)] == expected

    @needs_training
    def test_trl_reads_the_answer(self) -> None:
        """TRL's function finds the answer between the tags, in each form."""
        pytest.importorskip("math_verify")
        (reward,) = benchmark("signal_sets").SETS["trl_accuracy"].rewards
        code = (
            "import sys; sys.path.insert(0, sys.argv[1]); from signal_sets import SETS;"
            "print(SETS['trl_accuracy'].rewards[0](sys.argv[2:], answer=['3/4'] * 5))"
        )
        forms = [answered(a) for a in ("3/4", "6/8", r"\frac{3}{4}", "0.75", "4/3")]
        command = [sys.executable, "-c", code, str(BENCHMARKS), *forms]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert printed.strip() == "[1.0, 1.0, 1.0, 1.0, 0.0]"
        assert reward.__name__ == "trl_accuracy"

    def test_a_right_answer_earns_most(self) -> None:
        """In every set that judges here, the gold's form in the layout earns more than less."""
        for name, entry in benchmark("signal_sets").SETS.items():
            if name == "trl_accuracy":
                continue
            texts = [answered("3/4"), "3/4"]
            scores = [reward(texts, answer=["3/4"] * 2) for reward in entry.rewards]
            best, worst = (sum(row) for row in zip(*scores, strict=True))
            assert best > worst, name


class TestArguments:
    """What a race is asked for."""

    def test_a_task_of_another_model_is_refused(self) -> None:
        result = race("--tasks", "arithmetic", "shares")
        assert result.returncode == 2
        assert "shares is a task of another model: add --model tiny" in result.stderr


class TestFigures:
    """What a run writes down of a step."""

    def test_completions_fall_into_their_classes(self) -> None:
        """Layout, truth by mathematical equality, then the gold's own form."""
        pytest.importorskip("numpy")
        classify = benchmark("signal_run").classify
        texts = ["3/4", answered("4/5"), answered("6/8"), answered("3/4")]
        assert [classify(text, "3/4") for text in texts] == [0, 1, 2, 3]

    def test_variance_splits_into_its_causes(self) -> None:
        """A reward of the layout alone is all format; one of noise among equals is all rest."""
        pytest.importorskip("numpy")
        signal = benchmark("signal_run").signal
        classes = [0, 0, 3, 1, 0, 0, 0, 0]
        layout = [0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0]
        noise = [0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0]
        of_layout = signal({"layout": layout}, classes, 4, each=False)
        assert of_layout["squares"] == pytest.approx(
            {"format": sum(of_layout["squares"].values()), "right": 0.0, "rest": 0.0}
        )
        assert of_layout["silent"] == 0.5
        of_noise = signal({"noise": noise}, classes, 4, each=False)
        assert of_noise["squares"]["rest"] == pytest.approx(sum(of_noise["squares"].values()))
        both = signal({"layout": layout, "noise": noise}, classes, 4, each=False)
        assert both["components"]["layout"] > both["components"]["noise"] > 0
        assert both["counts"] == [6, 1, 0, 1]
        assert sum(both["advantages"]) == pytest.approx(0.0)


class TestTable:
    """The table from results, and the table that the docs show."""

    def test_table_is_made_from_the_results_there_are(self, tmp_path: Path) -> None:
        """Means, intervals and every seed; unfinished files are not read."""
        pytest.importorskip("scipy")
        reached_by = {"recipe": (0.5, 0.7), "right_only": (0.8, 0.9), "ours": (0.7, 0.8, 0.9)}
        for name, reached in reached_by.items():
            for seed, accuracy in enumerate(reached):
                write_result(tmp_path, name, seed, accuracy)
        (tmp_path / "sums-ours-0.part").write_text("{")
        report = benchmark("signal_report")
        summary = report.summarize(tmp_path)
        assert summary["tasks"]["sums"]["sets"]["recipe"]["seeds"] == [0, 1]
        assert summary["tasks"]["sums"]["sets"]["recipe"]["sampled accuracy"] == {
            "mean": 0.6,
            "plus or minus": pytest.approx(1.2706, abs=1e-4),  # t(1) * 0.1414 / sqrt(2)
            "each": [0.5, 0.7],
        }
        report.save(summary, tmp_path / "elsewhere" / "summary.json")
        lines = report.table(report.load(tmp_path / "elsewhere" / "summary.json")).splitlines()
        assert "| the recipe's four | 0.50, 0.70 |" in lines
        assert "| our four | 0.80 ± 0.25 |" in lines  # t(2) * 0.1 / sqrt(3)
        assert "| right 1, alone | 0.80 0.90 |" in lines
        assert "| right 1, alone | 25%, 50%, 25% (50%) |" in lines

    def test_docs_show_what_the_command_prints(self) -> None:
        """Every table that ``--table`` prints is in the docs, unchanged; the plot is there."""
        result = race("--table")
        assert result.returncode == 0, result.stderr
        docs = "\n\n".join(page.read_text(encoding="utf-8") for page in DOCS)
        for block in result.stdout.strip().split("\n\n"):
            assert block in docs
        assert "images/training_signal.png" in docs
        assert (ROOT / "docs" / "images" / "training_signal.png").stat().st_size < 100_000


def write_result(folder: Path, name: str, seed: int, accuracy: float) -> None:
    rates = {"accuracy": accuracy, "exact format": 1.0, "gold form": 0.0, "responses": 8}
    step = {
        "mean": 1.0,
        "range": [0.0, 1.0],
        "variance": 0.25,
        "silent": 0.5,
        "levels": 2.0,
        "squares": {"format": 1.0, "right": 2.0, "rest": 1.0},
        "counts": [4, 2, 1, 1],
        "advantages": [-2.0, 0.0, 1.0, 1.0],
    }
    result = {
        "task": "sums",
        "set": name,
        "seed": seed,
        "steps": 3,
        "learning rate": 1e-4,
        "final": {"greedy": rates, "sampled": rates},
        "signal": [step] * 3,
    }
    (folder / f"sums-{name}-{seed}.json").write_text(json.dumps(result))


@pytest.mark.train
@needs_training
class TestRace:
    """A race of two sets over two steps, on a checkpoint that is hardly warmed up."""

    def test_race_ends_in_a_table_and_goes_on_where_it_stopped(self, tmp_path: Path) -> None:
        """Each run leaves a file; a second race does only what is missing."""
        arguments = (
            "--model",
            "tiny",
            "--tasks",
            "shares",
            "--sets",
            "recipe",
            "format_3_right_1",
            "--seeds",
            "1",
        )
        small = ("--steps", "2", "--held-out", "8", "--warm-up", "30", "--output", tmp_path)
        first = race(*arguments, *small)
        assert first.returncode == 0, first.stdout + first.stderr + logs(tmp_path)
        for label in ("the warmed-up start", "the recipe's four", "exact format 3, right 1"):
            assert f"{label}" in first.stdout
        assert (tmp_path / "training_signal.png").read_bytes().startswith(b"\x89PNG")
        kept, redone = (
            tmp_path / "runs" / f"shares-{name}-0.json" for name in ("recipe", "format_3_right_1")
        )
        result = json.loads(kept.read_text())
        assert len(result["signal"]) == 2
        assert all(sum(step["counts"]) == 64 for step in result["signal"])
        assert result["final"]["sampled"]["responses"] == 32

        before = kept.stat().st_mtime_ns, redone.read_text()
        redone.unlink()
        second = race(*arguments, *small)
        assert second.returncode == 0, second.stdout + second.stderr + logs(tmp_path)
        assert "1/1 after" in second.stdout
        assert kept.stat().st_mtime_ns == before[0]
        again, once = json.loads(redone.read_text()), json.loads(before[1])
        assert again["signal"] == once["signal"], "the seed decides everything"


def logs(folder: Path) -> str:
    return "\n".join(path.read_text()[-2000:] for path in (folder / "runs").glob("*.log"))
