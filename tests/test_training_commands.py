"""The command line of the example: its help, its settings, its datasets and its mistakes."""

from __future__ import annotations

import importlib
import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from training_example import PRESETS, TASKS, load_example, needs_training, run_example

HUB = Path(__file__).parent / "hub"  # rows of our own in the shape of public datasets


@pytest.fixture
def stopped(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """How the command line ends in this process, which is quicker: its status and what it says."""

    def stop(*arguments: str | Path) -> tuple[int, list[str]]:
        (script,) = load_example("train_grpo")
        monkeypatch.setattr(sys, "argv", ["train_grpo.py", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            script.main()
        code = end.value.code
        said = capsys.readouterr().err if isinstance(code, int) else str(code)
        return (code if isinstance(code, int) else 1), said.strip().splitlines()

    return stop


@pytest.fixture(scope="module")
def settings() -> Iterator[ModuleType]:
    yield from load_example("settings")


@pytest.fixture(scope="module")
def problems() -> Iterator[ModuleType]:
    yield from load_example("problems")


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
        assert settings["num_generations"] == plain["num_generations"]
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
            (("--dataset", "EMPTY"), "has no row with a gold"),
            (("--dataset", "FILE", "--task", "choices"), "no column 'options'"),
            (("--micro-batch", "7"), "--micro-batch 7 must divide"),
            (("--loss-type", "dapoo"), "did you mean dapo?"),
            (("--loss-type", "ppo"), "it is one of grpo"),
            (("--scale-rewards", "groups"), "did you mean group?"),
            (("--dtype", "fp16"), "it is one of auto, float32"),
            (("--dtype", "float16"), "cannot train on a CPU"),
            (("--lr-scheduler", "cosin"), "did you mean cosine?"),
            (("--lora-rank", "0"), "--lora-rank 0: it is at least 1."),
            (("--preset", "qwen3-4b", "--lora-rank", "20"), "vLLM takes 8, 16, 32"),
            (("--processes", "3"), "3 processes have to divide the 32 completions"),
            (("--preset", "qwen3-4b", "--processes", "2"), "accelerate launch"),
            (("--processes", "-1"), "it is at least 0"),
            (("--max-steps", "0"), "--max-steps 0: it is at least 1."),
            (("--num-generations", "1"), "--num-generations 1: it is at least 2."),
            (("--temperature", "0"), "--temperature 0.0: it is more than 0."),
            (("--top-p", "1.5"), "it is at most 1."),
            (("--max-completion-length", "512"), "leaves no room for a prompt"),
            (("--vllm",), "add --gpu"),
            (("--report-to", "wandbb"), "did you mean wandb?"),
            (("--report-to", "clearml"), "pip install clearml"),
            (("--model", "./nowhere"), "no such folder"),
            (("--model", "/nowhere/at/all"), "no such folder"),
            (("--model", "FOLDER"), "no config.json"),
            (("--model", "smollm"), "did you mean smollm2?"),
            (("--answer-format", "box"), "did you mean boxed?"),
            (("--dataset", "gsm8"), "did you mean gsm8k?"),
            (("--dataset", "arithmetics"), "did you mean arithmetic?"),
            (("--held-out-dataset", "math500"), "did you mean math-500?"),
            (("--warmup-dataset", "sum"), "did you mean sums?"),
        ],
    )
    def test_mistakes_are_explained(
        self, tmp_path: Path, stopped: Any, arguments: tuple[str, ...], expected: str
    ) -> None:
        """A mistake ends in a sentence that names it, not in a traceback."""
        files = {name: tmp_path / f"{name}.jsonl" for name in ("FILE", "BROKEN", "EMPTY")}
        files["FILE"].write_text('{"question": "1 + 1?", "answer": "2"}\n' * 3)
        files["BROKEN"].write_text("question, answer\n")
        files["EMPTY"].write_text('{"question": "1 + 1?", "answer": ""}\n' * 3)
        files["FOLDER"] = tmp_path
        given = [files.get(argument, argument) for argument in arguments]
        status, (sentence,) = stopped(*given, "--dry-run")
        assert status == 1
        assert expected in sentence

    @pytest.mark.parametrize(
        ("arguments", "expected"),
        [
            (("--lr", "1e-4"), "did you mean --learning-rate?"),
            (("--learning_rate", "1e-4"), "did you mean --learning-rate?"),
            (("--learning_rate=1e-4",), "did you mean --learning-rate?"),
            (("--batch-size", "4"), "did you mean --micro-batch"),
            (("--per_device_train_batch_size", "4"), "did you mean --micro-batch"),
            (("--epochs", "1"), "did you mean --max-steps?"),
            (("--num_generation", "4"), "did you mean --num-generations?"),
            (("--max-new-tokens", "4"), "did you mean --max-completion-length?"),
            (("--model_name", "x/y"), "did you mean --model?"),
            (("--dataset_name", "x/y"), "did you mean --dataset?"),
            (("--use_vllm",), "did you mean --vllm?"),
            (("--kl-coef", "0.1"), "did you mean --beta?"),
            (("--wandb",), "did you mean --report-to wandb?"),
            (("--dryrun",), "did you mean --dry-run?"),
            (("--reward-funcs", "accuracy"), "step 4 of train_grpo.py"),
            (("--quux",), "there is no flag --quux."),
            (("tiny",), "'tiny' belongs to no flag"),
            (("--max-steps", "many"), "invalid int value: 'many'"),
            (("--preset", "qwen"), "did you mean qwen3-4b?"),
            (("--task", "choice"), "did you mean choices?"),
        ],
    )
    def test_a_wrong_guess_is_answered_in_two_lines(
        self, stopped: Any, arguments: tuple[str, ...], expected: str
    ) -> None:
        """What people write who come from another script is answered with the flag."""
        status, (answer, pointer) = stopped(*arguments)
        assert status == 2
        assert expected in answer
        assert "--help" in pointer

    def test_answers_name_flags_that_exist(self) -> None:
        """Every flag that a wrong guess is answered with is one."""
        (commands,) = load_example("command_line")
        listed = run_example("--help").stdout
        for answer in commands.OTHER_NAMES.values():
            for word in answer.split():
                assert not word.startswith("--") or f"{word} " in listed, answer

    def test_a_dry_run_refuses_worked_solutions_taken_for_golds(self, tmp_path: Path) -> None:
        """Under such golds every real answer would be wrong; read as what they are, it is right."""
        file = tmp_path / "solutions.jsonl"
        for solution in (
            "Two and two make four.\n#### 4",
            r"Two and two make $\boxed{4}$, of course.",
            "Two and two make four, as everyone knows.\nSo the answer is 4.",
        ):
            file.write_text(f"{json.dumps({'question': '2 + 2?', 'answer': solution})}\n" * 4)
            plain = run_example("--dataset", file, "--answer-format", "plain", "--dry-run")
            assert "of 4 rows" in plain.stdout
            if plain.returncode == 0:  # the rewards read such a solution as one
                assert "judged right: 4 of 4 rows" in plain.stdout
            else:
                assert "the answer '4' would be judged wrong" in plain.stderr
        file.write_text(file.read_text().replace("So the answer is 4.", "#### 4"))
        result = run_example("--dataset", file, "--dry-run")
        assert result.returncode == 0, result.stderr
        assert "Gold answer: 4\n" in result.stdout
        assert "judged right: 4 of 4 rows" in result.stdout

    def test_every_preset_has_checkpoints_to_resume(self, settings: ModuleType) -> None:
        """A run that stops before its end has saved something, however short it is."""
        for preset in settings.PRESETS.values():
            assert preset.save_steps < preset.max_steps
        result = run_example("--max-steps", "4", "--dry-run")
        assert '"save_steps": 2' in result.stdout


class TestKnownDatasets:
    """Datasets whose columns, gold and prompt need no flag.

    The rows are our own, in the configurations, splits and columns of the datasets; the Hub is out
    of reach here.
    """

    @pytest.mark.skipif(
        importlib.util.find_spec("datasets") is None, reason="the package datasets reads them"
    )
    @pytest.mark.parametrize(
        ("dataset", "golds"),
        [
            ("gsm8k", ["31", "1,250"]),
            ("openai/gsm8k", ["31", "1,250"]),
            ("open-r1-math", ["-3", r"9\pi"]),  # and no proof
            ("open-r1/OpenR1-Math-220k", ["-3", r"9\pi"]),
            ("dapo-math", ["7", "58"]),
            ("open-r1/DAPO-Math-17k-Processed", ["7", "58"]),
            ("math-500", [r"\frac{5}{6}", "(-2,2)"]),
        ],
    )
    def test_dry_run_shows_two_rows_and_judges_all(self, dataset: str, golds: list[str]) -> None:
        """Two rows are shown with their golds, and each gold's answer is judged right."""
        result = run_example("--dataset", dataset, "--dry-run", folder=HUB)
        assert result.returncode == 0, result.stderr
        assert "No row can be shown" not in result.stdout
        assert [
            line.removeprefix("Gold answer: ")
            for line in result.stdout.splitlines()
            if line.startswith("Gold answer: ")
        ] == golds
        assert "System prompt: Solve the problem step by step." in result.stdout
        (judged,) = [line for line in result.stdout.splitlines() if "judged right" in line]
        right, _, rows = judged.partition(": ")[2].partition(" of ")
        assert rows == f"{right} rows."

    @pytest.mark.skipif(
        importlib.util.find_spec("datasets") is None, reason="the package datasets reads them"
    )
    def test_held_out_problems_come_from_where_they_should(
        self, problems: ModuleType, settings: ModuleType, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """GSM8K brings its test split; another dataset can be named by name."""
        monkeypatch.chdir(HUB)
        source = settings.known("gsm8k")
        chosen = settings.Settings(**settings.settings_of_dataset(source))
        training, held_out = problems.load_problems(chosen)
        assert len(training) == len(held_out) == 3
        elsewhere = settings.Settings(
            **settings.settings_of_dataset(source) | {"held_out_dataset": "math-500"}
        )
        _, held_out = problems.load_problems(elsewhere)
        assert sorted(row["answer"] for row in held_out) == ["(-2,2)", "32", r"\frac{5}{6}"]

    def test_flags_win_over_what_is_known(self) -> None:
        """A known dataset's columns are defaults."""
        result = run_example("--dataset", "gsm8k", "--answer-format", "auto", "--dry-run")
        settings = printed_settings(result.stdout)
        assert settings["dataset"] == "openai/gsm8k"
        assert settings["dataset_config"] == "main"
        assert settings["answer_format"] == "auto"

    @pytest.mark.parametrize(
        ("text", "answer_format", "gold"),
        [
            ("It is 6 * 7.\n#### 42", "auto", "42"),
            (r"We get $x = \boxed{42}$ as the sum.", "auto", "42"),
            (r"\boxed{42}", "auto", r"\boxed{42}"),
            ("42", "auto", "42"),
            (r"\frac{1}{2}", "auto", r"\frac{1}{2}"),
            (r"\boxed{5}\text{ cm}", "auto", r"\boxed{5}\text{ cm}"),
            ("It is 6 * 7.\n#### 42", "plain", "It is 6 * 7.\n#### 42"),
            ("It is 6 * 7.", "hashes", ""),
            ("It is 6 * 7.", "boxed", ""),
            (r"So $\boxed{\frac{1}{2}}$.", "boxed", r"\frac{1}{2}"),
        ],
    )
    def test_gold_of_a_worked_solution(
        self, problems: ModuleType, text: str, answer_format: str, gold: str
    ) -> None:
        """A worked solution gives its final answer, a plain gold itself."""
        assert problems.gold_of(text, answer_format) == gold

    def test_a_path_leads_into_a_column(self, problems: ModuleType) -> None:
        """Verl's datasets keep the gold inside a dictionary."""
        record = {"reward_model": {"ground_truth": "34"}, "a.b": "flat"}
        assert problems.value_at(record, "reward_model.ground_truth") == "34"
        assert problems.value_at(record, "a.b") == "flat"
        assert problems.value_at(record, "reward_model.style") is problems.MISSING


@needs_training
def test_words_that_the_trainer_takes(settings: ModuleType) -> None:
    """The tables of words are those of the installed versions, which are asked elsewhere."""
    asked = (
        "import json; from trl import GRPOConfig; from transformers.trainer_utils import "
        "SchedulerType; from transformers.integrations.integration_utils import "
        "INTEGRATION_TO_CALLBACK as targets; print(json.dumps([GRPOConfig.__dataclass_fields__"
        "['loss_type'].metadata['help'], [one.value for one in SchedulerType], list(targets)]))"
    )
    run = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, timeout=300
    )
    losses, schedulers, targets = json.loads(run.stdout.splitlines()[-1])
    assert all(f"'{loss}'" in losses for loss in settings.LOSS_TYPES)
    assert set(settings.SCHEDULERS) <= set(schedulers)
    (validation,) = load_example("validation")
    assert set(validation.REPORT_TARGETS) - {"none"} <= set(targets)


def assert_one_sentence(result: subprocess.CompletedProcess[str]) -> None:
    assert result.returncode != 0
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def printed_settings(output: str) -> dict[str, Any]:
    start = output.index("{")
    settings, _ = json.JSONDecoder().raw_decode(output[start:])
    assert isinstance(settings, dict)
    return settings
