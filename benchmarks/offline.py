"""How fast files of completions are scored, and in how much memory, by each engine.

    python benchmarks/offline.py                      # 20,000 completions; a minute or two
    python benchmarks/offline.py --rows 40000 --skip ray
    python benchmarks/offline.py --rows 0 --memory-rows 20000 1000000  # memory alone; a while

Each way runs in a fresh process on the same rows (examples/completions.py makes them), with
`CheckAnswer(format=THINK_BOXED)`. Seconds are of the clock on the wall, starting included; the
overhead is the processor time beside that of the bare reward (of Ray only the driver's: its workers
are no children of ours). Memory is the peak of one process, as it is resident.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from grpo_rewards.tables import plain_table

ROOT = Path(__file__).resolve().parent.parent
MIB = 1024


def reward() -> Any:
    from grpo_rewards import THINK_BOXED, CheckAnswer

    return CheckAnswer(format=THINK_BOXED)


def read(source: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(source).read_text(encoding="utf-8").splitlines()]


def bare_reward(source: str) -> None:
    rows = read(source)
    judge = reward()
    for first in range(0, len(rows), 1_000):
        piece = rows[first : first + 1_000]
        judge([row["completion"] for row in piece], answer=[row["answer"] for row in piece])


def table_in_memory(source: str) -> None:
    from grpo_rewards.scoring import score_rows

    score_rows(reward(), read(source))


def one_process(source: str, workers: int = 1) -> None:
    from grpo_rewards.scoring.runs import score_file

    score_file(reward(), [source], f"{source}.scored.jsonl", workers=workers, fresh=True)


def two_workers(source: str) -> None:
    one_process(source, workers=2)


def datasets_map(source: str) -> None:
    import datasets

    from grpo_rewards.scoring import RowScorer

    datasets.disable_progress_bars()
    table = datasets.Dataset.from_list(read(source))
    table.map(RowScorer(reward=reward()), batched=True, num_proc=2)


def ray_data(source: str) -> None:
    from grpo_rewards.scoring.cluster_files import score_with_ray

    score_with_ray(reward(), [source], f"{source}.ray.jsonl", actors=2)


WAYS: dict[str, Callable[[str], None]] = {
    "the bare reward": bare_reward,
    "score_rows": table_in_memory,
    "score, one process": one_process,
    "score --workers 2": two_workers,
    "datasets.map, num_proc=2": datasets_map,
    "score --engine ray, 2 actors": ray_data,
}


def measure(name: str, source: str) -> dict[str, float]:
    """A way's seconds and memory, in a process of its own."""
    run = subprocess.run(
        [sys.executable, __file__, "--inside", name, source],
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise SystemExit(f"{name} failed:\n{run.stderr[-2_000:]}")
    found: dict[str, float] = json.loads(run.stdout.splitlines()[-1])
    return found


def inside(name: str, source: str) -> None:
    begin = time.perf_counter()
    WAYS[name](source)
    wall = time.perf_counter() - begin
    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(
        json.dumps(
            {
                "wall": wall,
                "cpu": sum(each.ru_utime + each.ru_stime for each in (own, children)),
                "memory": peak() / MIB,
                "of_children": children.ru_maxrss / MIB,
            }
        )
    )


def peak() -> int:
    """The most KiB that this program had resident.

    What `resource` says of a process begins with what the one that started it had.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    (line,) = (each for each in status.read_text().splitlines() if each.startswith("VmHWM:"))
    return int(line.split()[1])


def write_rows(path: Path, rows: Iterable[dict[str, Any]]) -> str:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return str(path)


def made(count: int) -> list[dict[str, Any]]:
    sys.path.insert(0, str(ROOT / "examples"))
    from completions import sampled

    return list(islice(sampled(-(-count // 8), 8), count))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=20_000, help="0 for none; default: %(default)s")
    parser.add_argument(
        "--memory-rows",
        type=int,
        nargs="*",
        default=[10_000, 40_000, 160_000],
        help="for how many rows the memory of one process is measured",
    )
    parser.add_argument("--skip", nargs="*", default=[], help="words in the names of ways to skip")
    parser.add_argument("--inside", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        inside(*options.inside)
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        if options.rows:
            compare_ways(folder, options.rows, options.skip)
        if options.memory_rows:
            measure_memory(folder, options.memory_rows)
    return 0


def compare_ways(folder: Path, count: int, skip: list[str]) -> None:
    """Print what each way costs a row, and beside the bare reward."""
    source = write_rows(folder / "samples.jsonl", made(count))
    bare = 0.0
    table = []
    for way in WAYS:
        if any(word in way for word in skip):
            continue
        found = measure(way, source)
        bare = bare or found["cpu"]
        table.append(
            (
                way,
                f"{count / found['wall']:,.0f}",
                f"{found['cpu'] / count * 1e6:,.0f}",
                f"{found['cpu'] / bare:.2f}",
                f"{found['memory']:,.0f}",
                f"{found['of_children']:,.0f}",
            )
        )
    headers = ("way", "rows a second", "CPU us a row", "to the bare", "MiB", "MiB, a child")
    print(f"\n{count:,} completions:\n")
    print(plain_table(headers, table))


def measure_memory(folder: Path, counts: list[int]) -> None:
    """Print the memory of one process over longer and longer files, written row by row."""
    print("\nscore, one process, longer and longer files (the same 20,000 rows over and over):\n")
    rows = made(20_000)
    table = []
    for count in counts:
        source = write_rows(
            folder / "long.jsonl",
            (
                {**row, "problem_id": f"p{place // 8}"}
                for place, row in enumerate(islice(cycle(rows), count))
            ),
        )
        found = measure("score, one process", source)
        table.append((f"{count:,}", f"{count / found['wall']:,.0f}", f"{found['memory']:,.1f}"))
    print(plain_table(("rows", "rows a second", "MiB"), table))


if __name__ == "__main__":
    sys.exit(main())
