"""Race sets of rewards: which of them teaches a model most, and why.

    python benchmarks/training_signal.py --output outputs/race          # SmolLM2: two hours
    python benchmarks/training_signal.py --model tiny --output outputs/race-tiny
    python benchmarks/training_signal.py --output outputs/race --sets recipe ours --seeds 2
    python benchmarks/training_signal.py --table                        # the published tables

Every run (a task, a set, a seed) starts from the task's warmed-up checkpoint, takes the same steps
on the same problems, and writes one JSON file; what is there is not run again. The summary, the
table and the plot are made from all the results in the folder.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import signal_report
from signal_sets import SETS
from signal_tasks import TASKS

HERE = Path(__file__).resolve().parent
PUBLISHED = HERE / "results" / "training_signal.json"
PUBLISHED_PLOT = HERE.parent / "docs" / "images" / "training_signal.png"
START = "start"
LONGEST_RUN = 60 * 60


@dataclass(frozen=True)
class Race:
    """What is raced on a model, where nothing else is asked for."""

    tasks: tuple[str, ...]
    sets: tuple[str, ...]
    seeds: int
    steps: int


RACES = {
    model: Race(tuple(name for name, task in TASKS.items() if task.preset == model), *rest)
    for model, rest in {
        "smollm2": (("recipe", "trl_accuracy", "ours", "format_1_right_5", "right_only"), 2, 12),
        "tiny": (tuple(SETS), 5, 80),
    }.items()
}


@dataclass(frozen=True)
class Job:
    """One run, and where its result goes."""

    task: str
    set: str
    seed: int
    folder: Path

    @property
    def result(self) -> Path:
        """The file that says that the run is done."""
        return self.folder / f"{self.task}-{self.set}-{self.seed}.json"


def main() -> None:
    arguments = parse_arguments()
    if arguments.table is not None:
        print(signal_report.table(signal_report.load(arguments.table)), end="")
        return
    runs = arguments.output / "runs"
    runs.mkdir(parents=True, exist_ok=True)
    # The warmed-up checkpoints come first: the runs of a task share one.
    starts = [Job(task, START, 0, runs) for task in arguments.tasks]
    race = [
        Job(task, name, seed, runs)
        for seed in range(arguments.first_seed, arguments.first_seed + arguments.seeds)
        for name in arguments.sets
        for task in arguments.tasks
    ]
    failed = perform(starts, arguments)
    if not failed:
        failed = perform(race, arguments)
        report(runs, arguments)
    if failed:
        raise SystemExit(f"{len(failed)} runs failed; the logs are beside the results in {runs}.")


def parse_arguments() -> argparse.Namespace:
    summary, _, rest = (__doc__ or "").partition("\n")
    parser = argparse.ArgumentParser(
        description=summary, epilog=rest, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--model", choices=RACES, default="smollm2", help="who learns (default: smollm2)")
    add("--tasks", nargs="+", choices=TASKS, help="what is learned (default: all of the model's)")
    add("--sets", nargs="+", choices=SETS, help="the sets of rewards (default: the model's)")
    add("--seeds", type=int, help="runs of each set on each task (default: smollm2 2, tiny 5)")
    add("--first-seed", type=int, default=0, help="the first of the seeds (default: 0)")
    add("--steps", type=int, help="optimiser steps of a run (default: smollm2 12, tiny 80)")
    add("--held-out", type=int, default=200, help="problems of the evaluation (default: 200)")
    add("--learning-rate", type=float, help="learning rate, if not the preset's")
    add("--warm-up", type=int, help="steps of the warm-up, if not the task's own")
    add(
        "--jobs",
        type=int,
        default=os.cpu_count() or 1,
        help="runs at a time, each on its share of the cores (default: one a core)",
    )
    add(
        "--output",
        type=Path,
        default=Path("outputs/training_signal"),
        help="folder of runs, checkpoints, summary and plot (default: outputs/training_signal)",
    )
    add(
        "--publish",
        action="store_true",
        help="also write these tasks into the summary that the documentation shows",
    )
    add(
        "--table",
        nargs="?",
        type=Path,
        const=PUBLISHED,
        help="run nothing: print the tables of a summary (default: the published one)",
    )
    arguments = parser.parse_args()
    for name, value in vars(RACES[arguments.model]).items():
        if getattr(arguments, name) is None:
            setattr(arguments, name, value)
    others = [task for task in arguments.tasks if TASKS[task].preset != arguments.model]
    if others:
        model = TASKS[others[0]].preset
        parser.error(f"{others[0]} is a task of another model: add --model {model}")
    return arguments


def perform(jobs: list[Job], arguments: argparse.Namespace) -> list[Job]:
    """Do what has no result yet, a few at a time, in order; returns what failed."""
    missing = [job for job in jobs if not job.result.exists()]
    started = time.monotonic()
    failed: list[Job] = []

    def finish(job: Job) -> None:
        succeeded = perform_one(job, arguments)
        if not succeeded:
            failed.append(job)
        done = sum(other.result.exists() for other in missing) + len(failed)
        minutes = (time.monotonic() - started) / 60
        outcome = "done" if succeeded else "FAILED"
        print(
            f"{done}/{len(missing)} after {minutes:.1f} min: {job.result.stem} {outcome}",
            flush=True,
        )

    with ThreadPoolExecutor(arguments.jobs) as pool:
        list(pool.map(finish, missing))
    return failed


def perform_one(job: Job, arguments: argparse.Namespace) -> bool:
    """A run in its own process, so that a crash or a hang costs that run alone."""
    command = [sys.executable, str(HERE / "signal_run.py"), job.task, job.set, str(job.seed)]
    command += ["--steps", str(arguments.steps), "--held-out", str(arguments.held_out)]
    command += ["--output", str(job.result), "--cache", str(arguments.output / "cache")]
    for option in ("learning_rate", "warm_up"):
        if (value := getattr(arguments, option)) is not None:
            command += [f"--{option.replace('_', '-')}", str(value)]
    threads = max(1, (os.cpu_count() or 1) // arguments.jobs)
    environment = os.environ | {
        "HF_HUB_OFFLINE": "1",
        "OMP_NUM_THREADS": str(threads),
        # Bound threads of two processes would share the first core.
        "OMP_PROC_BIND": "true" if arguments.jobs == 1 else "false",
    }
    with job.result.with_suffix(".log").open("w") as log:
        try:
            finished = subprocess.run(
                command,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=environment,
                timeout=LONGEST_RUN,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return False
    return finished.returncode == 0


def report(runs: Path, arguments: argparse.Namespace) -> None:
    """The summary, its table and its plot, of every result in the folder."""
    summary = signal_report.summarize(runs)
    print(signal_report.table(summary), end="")
    places = [
        (arguments.output / "summary.json", arguments.output / "training_signal.png", summary)
    ]
    if arguments.publish:
        tasks = signal_report.load(PUBLISHED)["tasks"] | summary["tasks"]
        places.append((PUBLISHED, PUBLISHED_PLOT, {"tasks": tasks}))
    for numbers, plot, shown in places:
        signal_report.save(shown, numbers)
        signal_report.draw(shown, plot)


if __name__ == "__main__":
    main()
