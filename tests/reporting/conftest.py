"""Scored rows and a training's folder as the tests of the report need them, and a browser."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from browser import Browser, chromium
from scored_rows import scored_row


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    if chromium() is None:
        pytest.skip("there is no Chromium on this machine")
    with Browser(tmp_path_factory.mktemp("browser")) as started:
        yield started


@pytest.fixture
def scored():
    """Makes one scored row."""
    return scored_row


@pytest.fixture(scope="session")
def many_rows():
    """Makes so many scored rows, eight completions a problem, the same each time."""

    def made(count):
        rng = random.Random(5)
        rows = []
        for place in range(count):
            verdict = rng.choice(["correct", "wrong", "wrong", "no answer"])
            word = rng.choice(["apples", "pears", "plums", "figs"])
            answer = None if verdict == "no answer" else "42" if verdict == "correct" else "41"
            rows.append(
                scored_row(
                    question=f"How many {word} are there in box {place // 8}?",
                    completion=f"There are {place} {word}. " * 12 + f"\\boxed{{{answer}}}",
                    _problem=f"p{place // 8}",
                    _sample=place % 8,
                    _row=place,
                    _verdict=verdict,
                    _answer=answer,
                    _score={"correct": 8.0, "wrong": 0.5, "no answer": -7.5}[verdict],
                    _reason=f"no answer: \\boxed occurs {place} times"
                    if answer is None
                    else "said",
                    **{"_part/format": -3.0 if answer is None else 3.0},
                    **{"_part/answer": 5.0 if verdict == "correct" else -2.5},
                )
            )
        return rows

    return made


@pytest.fixture(scope="session")
def training(tmp_path_factory):
    """A training's folder: four steps of two problems with four completions each."""
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    folder = tmp_path_factory.mktemp("runs") / "out"
    (folder / "completions").mkdir(parents=True)
    log = []
    for step in range(1, 5):
        rows = []
        for place in range(8):
            right = place < 2 * step - 1
            text = (
                f"6 * 7 = 42<end_working_out><SOLUTION>{42 if right else 41}</SOLUTION>"
                if place < 7
                else "6 * 7 = 42, so"
            )
            verdict = "correct" if right else "wrong" if place < 7 else "no answer"
            rows.append(
                {
                    "step": step,
                    "prompt": [
                        {"role": "system", "content": "Think."},
                        {"role": "user", "content": f"6 * 7? ({place // 4})"},
                    ],
                    "completion": [{"role": "assistant", "content": text}],
                    "exact_format": 3.0 if place < 7 else 0.0,
                    "check_answer": {"correct": 5.0, "wrong": -2.5}.get(verdict, -4.5),
                    "check_answer/answer": {"correct": "42", "wrong": "41"}.get(verdict),
                    "check_answer/rule": None if place == 7 else "number",
                    "check_answer/verdict": verdict,
                    "check_numbers/verdict": "wrong" if step == 4 and place == 0 else verdict,
                    "advantage": 0.5,
                }
            )
        pq.write_table(
            pa.Table.from_pylist(rows), folder / "completions" / f"completions_{step:05d}.parquet"
        )
        log.append(
            {
                "step": step,
                "reward": sum(row["exact_format"] + row["check_answer"] for row in rows) / 8,
                "rewards/exact_format/mean": sum(row["exact_format"] for row in rows) / 8,
                "rewards/check_answer/mean": sum(row["check_answer"] for row in rows) / 8,
                "check_answer/correct": (2 * step - 1) / 8,
                "check_answer/answered": 7 / 8,
                "exact_format/exact": 7 / 8,
                "completions/mean_length": 20.0 + step,
            }
        )
    log.append({"step": 4, "train_runtime": 7.2})
    lines = "".join(json.dumps(entry) + "\n" for entry in log)
    (folder / "metrics.jsonl").write_text(lines)
    share = {"count": 5, "of": 20, "rate": 0.25, "interval": [0.112, 0.469]}
    better = {"count": 15, "of": 20, "rate": 0.75, "interval": [0.531, 0.888]}
    figures = {
        name: {way: {"accuracy": value} for way in ("greedy", "sampled")}
        for name, value in (("before", share), ("after", better))
    }
    (folder / "comparison.json").write_text(json.dumps(figures))
    return folder
