"""The example end to end: a tiny model, trained through the command line, measurably improves.

No torch is imported here: the example runs in a process of its own, as a user would run it.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from training_example import MEASURES, TASKS, needs_training, run_example


@pytest.mark.train
@pytest.mark.timeout(1800)  # as below
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
    kinds = {name for name in figures["after"]["sampled"] if name.startswith("accuracy, ")}
    if task == "mixed":
        assert kinds == {"accuracy, sum", "accuracy, choice", "accuracy, record"}
        of = [figures["after"]["sampled"][name]["of"] for name in kinds]
        assert sum(of) == 20
        assert min(of) > 0
        for name in kinds:
            assert f"| {name}, sampled |" in result.stdout
        for part in ("check_answer", "check_choice", "check_schema"):
            assert any(f"check_by_kind/{part}/score" in entry for entry in log)
    else:
        assert not kinds


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
@pytest.mark.timeout(1800)  # a whole run, on a machine that may do other things
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

    def test_the_page_shows_the_comparison_and_the_completions(self, output: Path) -> None:
        """The report is one page, with the figures, a chart for each kind of curve, a table."""
        page = (output / "report.html").read_text(encoding="utf-8")
        assert "accuracy, sampled" in page
        assert page.count("<svg") >= 6
        assert 'id="table"' in page
