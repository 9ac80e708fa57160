"""The trainer contract: TRL's `GRPOTrainer` takes every reward as it is.

`make compat` runs this very file against several versions of TRL, so it needs nothing but TRL.
"""

from __future__ import annotations

import importlib.util
import json
import math
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = [
    pytest.mark.train,
    pytest.mark.skipif(
        importlib.util.find_spec("trl") is None,
        reason="TRL is not installed: pip install 'grpo-rewards[train]'",
    ),
]

REWARDS = ["exact_format", "approximate_format", "check_answer", "check_numbers"]
KINDS = ["string", "conversational"]
# The run takes seconds; this only keeps a hang from blocking everything behind it.
GIVE_UP_AFTER_SECONDS = 1800


@pytest.fixture(scope="module")
def report(tmp_path_factory, record_testsuite_property) -> dict[str, Any]:
    """What `trainer_run.py` wrote, run in a fresh process, on the CPU and without a network."""
    folder = tmp_path_factory.mktemp("trainer")
    path = folder / "report.json"
    run = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("trainer_run.py")), str(path)],
        cwd=folder,
        env=os.environ
        | {"CUDA_VISIBLE_DEVICES": "", "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"},
        capture_output=True,
        text=True,
        timeout=GIVE_UP_AFTER_SECONDS,
        check=False,
    )
    assert run.returncode == 0, f"{run.stdout}\n{run.stderr}"
    what_happened = json.loads(path.read_text(encoding="utf-8"))
    what_happened["printed"] = run.stderr
    # `make compat` prints these.
    record_testsuite_property("versions", json.dumps(what_happened["versions"]))
    record_testsuite_property("logged", " ".join(means(what_happened["string"][0])))
    return what_happened


def means(step: dict[str, float]) -> list[str]:
    """The rewards' metrics among all that the trainer logged of a step."""
    return [key for key in step if key.startswith("rewards/") and key.endswith("/mean")]


@pytest.mark.parametrize("kind", KINDS)
def test_each_reward_is_logged_under_its_own_name(report, kind):
    """Equal names would merge into one metric without a word."""
    for step in report[kind]:
        assert means(step) == [f"rewards/{name}/mean" for name in REWARDS]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_logged_is_finite(report, kind):
    """No reward's mean is NaN, although `check_numbers` has no opinion on one of the golds."""
    assert len(report[kind]) == 2
    for step in report[kind]:
        for name in REWARDS:
            assert math.isfinite(step[f"rewards/{name}/mean"]), (name, step)
        assert math.isfinite(step["reward"])
        assert math.isfinite(step["loss"])


@pytest.mark.parametrize("kind", KINDS)
def test_scores_stay_within_the_tables(report, kind):
    """The trainer logs what the rewards said, unweighted."""
    bounds = {
        "exact_format": (0.0, 3.0),
        "approximate_format": (-4.0, 2.0),
        "check_answer": (-4.5, 5.0),
        "check_numbers": (-2.5, 3.5),
    }
    for step in report[kind]:
        for name, (low, high) in bounds.items():
            assert low <= step[f"rewards/{name}/mean"] <= high, name


@pytest.mark.parametrize("kind", KINDS)
def test_completions_reach_the_rewards_whole(report, kind):
    """Some of what the model drew is exactly the format, and its answer is read."""
    assert max(step["rewards/exact_format/mean"] for step in report[kind]) > 0.0
    assert max(step["rewards/check_answer/mean"] for step in report[kind]) > -4.5


def test_every_reward_and_composition_trains(report):
    """Each is logged under its name in both steps, and none says NaN."""
    assert len(set(report["names"])) == len(report["names"]) > 15
    assert len(report["everything"]) == 2
    for step in report["everything"]:
        assert means(step) == [f"rewards/{name}/mean" for name in report["names"]]
        assert all(math.isfinite(step[key]) for key in means(step)), step


def test_a_schedule_follows_the_trainers_steps(report):
    """Half of the weight is left after the first of two steps."""
    first, second = report["everything"]
    exact = "rewards/exact_format/mean"
    assert first["rewards/fading/mean"] == pytest.approx(first[exact])
    assert second["rewards/fading/mean"] == pytest.approx(second[exact] / 2)
    assert second["rewards/fraction/mean"] == 0.0


def test_rates_are_logged_by_trainers_that_offer_it(report):
    """TRL has `log_metric` since 1.0; the shares of a batch add up to it."""
    major = int(report["versions"]["trl"].split(".")[0])
    for step in report["everything"]:
        kinds = ("correct", "wrong", "undecided", "no_answer", "no_opinion")
        rates = [step[f"check_answer/{kind}"] for kind in kinds if f"check_answer/{kind}" in step]
        assert len(rates) == (5 if major else 0)
        if rates:
            assert sum(rates) == pytest.approx(1.0)
            assert "sum/check_answer/score" in step
            assert "quiet/correct" not in step


def test_samples_are_printed_once_a_step(report):
    """Not by any of the trainer's logging: on standard error."""
    for step in (0, 1):
        assert report["printed"].count(f"check_answer at step {step},") == 1


def test_environments_and_tool_calls_are_read(report):
    """What is logged is what counting by other hands gives, of rollouts that the trainer made."""
    run = report["environments"]
    if run is None:
        pytest.skip("this version of TRL has no environments")
    assert len(run["steps"]) == len(run["seen"]) == 2
    for step, seen in zip(run["steps"], run["seen"], strict=True):
        assert means(step) == [f"rewards/{name}/mean" for name in run["names"]]
        completions, found = seen["completions"], seen["found"]
        assert step["rewards/environment_found/mean"] == pytest.approx(sum(found) / len(found))
        errors = [sum("'error':" in str(m["content"]) for m in each) for each in completions]
        off = [max(-0.5 * count, -2.0) for count in errors]
        assert step["rewards/tool_errors/mean"] == pytest.approx(sum(off) / len(off))
        assert all(math.isfinite(step[key]) for key in means(step))
    messages = [m for seen in run["seen"] for each in seen["completions"] for m in each]
    assert any(m.get("tool_calls") for m in messages)
    assert any("'error':" in str(m["content"]) for m in messages)
    assert max(max(seen["found"]) for seen in run["seen"]) > 0


def test_a_missing_column_stops_training_and_names_the_columns(report):
    """The user's mistake raises at once, as our own error, with the columns that there are."""
    error = report["missing column"]
    assert error["kinds"][0].startswith("grpo_rewards."), error
    assert "answer" in error["message"]
    assert "the_gold" in error["message"]
