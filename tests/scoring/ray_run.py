"""Score a dataset on two nodes of Ray while an actor is killed, and print what came of it as JSON.

`test_clusters.py` runs this file in a process of its own.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import signal
import sys
from pathlib import Path

import ray
from ray.cluster_utils import Cluster

from grpo_rewards import BOXED, CheckAnswer, reward
from grpo_rewards.errors import OptionError, StoppedRunError
from grpo_rewards.scoring import score_dataset, score_rows
from grpo_rewards.scoring.cluster_files import score_with_ray
from grpo_rewards.scoring.runs import score_file

FOLDER = Path(sys.argv[1])
ROWS = [
    {"id": n, "answer": str(n % 7), "completion": rf"So \boxed{{{n % 5}}}."} for n in range(600)
]


SHARDS = [
    [
        {"id": n, "answer": str(n % 7), "completion": rf"So \boxed{{{n % 5}}}."}
        for n in range(first, first + 1_200)
    ]
    for first in (0, 1_200, 2_400)
]


@reward
def killing(text, id):  # noqa: A002 (a column)
    """End the first process that judges a row in the middle, as a machine's end would."""
    marker = FOLDER / "killed"
    if id in (300, 3_000) and not marker.exists():
        marker.write_text(str(os.getpid()))
        os.kill(os.getpid(), signal.SIGKILL)
    with (FOLDER / f"judged-{os.getpid()}").open("a") as file:
        file.write(f"{id}\n")
    return 0.0


def judged() -> list[int]:
    """The rows that were judged, and forget them."""
    found = []
    for path in FOLDER.glob("judged-*"):
        found += map(int, path.read_text().split())
        path.write_text("")
    return sorted(found)


def killed() -> int:
    """The process that was killed, and forget it."""
    marker = FOLDER / "killed"
    pid = int(marker.read_text())
    marker.unlink()
    return pid


def write(shard: int, text: str) -> None:
    (FOLDER / f"in-{shard}.jsonl").write_text(text)


def through_files(total: object) -> dict[str, object]:
    """Stop at a broken line, mend it, go on while an actor is killed, and compare with no Ray."""
    lines = [[json.dumps(row) + "\n" for row in shard] for shard in SHARDS]
    for number, shard in enumerate(lines):
        write(number, "".join(shard))
    write(1, "".join([*lines[1][:699], lines[1][699][:20] + "\n", *lines[1][700:]]))
    pattern, through_ray, without, mixed = (
        str(FOLDER / name) for name in ("in-*.jsonl", "ray.jsonl", "here.jsonl", "mixed.jsonl")
    )
    stopped = ""
    try:
        score_with_ray(total, [pattern], through_ray, problem="id", actors=2)
    except StoppedRunError as error:
        stopped = str(error)
    kept = len(Path(f"{through_ray}.part").read_text().splitlines())
    judged()
    for ending in ("part", "part.json"):
        shutil.copy(f"{through_ray}.{ending}", f"{mixed}.{ending}")
    write(1, "".join(lines[1]))
    summary = score_with_ray(total, [pattern], through_ray, problem="id", actors=2)
    again = judged()
    pid = killed()
    (FOLDER / "killed").touch()
    here = score_file(total, [pattern], without, problem="id")
    score_file(total, [pattern], mixed, problem="id")
    (FOLDER / "killed").unlink()
    judged()
    return {
        "stopped": stopped,
        "kept": kept,
        "again": [again[0], again[-1], len(set(again))],
        "pid": pid,
        "files": Path(through_ray).read_bytes() == Path(without).read_bytes(),
        "mixed": Path(mixed).read_bytes() == Path(without).read_bytes(),
        "verdicts": summary.verdicts == here.verdicts and summary.verdicts,
        "left": [path.name for path in FOLDER.glob("*.part*")],
    }


def into_folder() -> dict[str, object]:
    """Let the actors write a folder, and once more into the same."""
    folder = f"{FOLDER / 'scored'}/"
    right = CheckAnswer(format=BOXED)
    summary = score_with_ray(right, [str(FOLDER / "in-0.jsonl")], folder, problem="id", actors=1)
    refused = ""
    try:
        score_with_ray(right, [str(FOLDER / "in-0.jsonl")], folder, actors=1)
    except OptionError as error:
        refused = str(error)
    return {"verdicts": summary.verdicts, "refused": refused}


def main() -> None:
    """Start two nodes, score, and say what was scored, and by which processes."""
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
    cluster.add_node(num_cpus=2)
    ray.init(cluster.address, logging_level=logging.ERROR, log_to_driver=False)
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    total = CheckAnswer(format=BOXED) + killing
    scored = score_dataset(
        ray.data.from_items(ROWS, override_num_blocks=6), total, problem="id", actors=2, chunk=50
    ).take_all()
    first_killed = killed()
    files = through_files(total)
    folder = into_folder()
    pids = [int(path.name.partition("-")[2]) for path in FOLDER.glob("judged-*")]
    nodes = len(ray.nodes())
    ray.shutdown()
    cluster.shutdown()
    (FOLDER / "killed").touch()
    here = score_rows(total, ROWS, problem="id")
    keys = [key for key in here[0] if key != "reward/row"]
    print(
        json.dumps(
            {
                "ids": sorted(row["id"] for row in scored),
                "same": sorted(
                    ([row[key] for key in keys] for row in scored), key=lambda row: row[0]
                )
                == [[row[key] for key in keys] for row in here],
                "nodes": nodes,
                "killed": first_killed,
                "pids": [pid for pid in pids if pid != os.getpid()],
                "of files": files,
                "of the folder": folder,
            }
        )
    )


if __name__ == "__main__":
    main()
