"""Score a dataset on two nodes of Ray while an actor is killed, and print what came of it as JSON.

`test_clusters.py` runs this file in a process of its own.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
from pathlib import Path

import ray
from ray.cluster_utils import Cluster

from grpo_rewards import BOXED, CheckAnswer, reward
from grpo_rewards.scoring import score_dataset, score_rows
from grpo_rewards.scoring.clusters import first_rows, score_with_ray
from grpo_rewards.scoring.runs import score_file

FOLDER = Path(sys.argv[1])
ROWS = [
    {"id": n, "answer": str(n % 7), "completion": rf"So \boxed{{{n % 5}}}."} for n in range(600)
]


@reward
def killing(text, id):  # noqa: A002 (a column)
    """End the first process that judges the row in the middle, as a machine's end would."""
    marker = FOLDER / "killed"
    if id == 300 and not marker.exists():
        marker.write_text(str(os.getpid()))
        os.kill(os.getpid(), signal.SIGKILL)
    with (FOLDER / f"judged-{os.getpid()}").open("a") as file:
        file.write(f"{id}\n")
    return 0.0


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
    pids = [int(path.name.partition("-")[2]) for path in FOLDER.glob("judged-*")]
    nodes = len(ray.nodes())
    source, through_ray, without = (
        FOLDER / name for name in ("in.jsonl", "ray.jsonl", "here.jsonl")
    )
    source.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    right = CheckAnswer(format=BOXED)
    begin = first_rows([source.as_uri()], 3)
    verdicts = [
        score_with_ray(right, [str(source)], str(through_ray), actors=1).verdicts,
        score_file(right, [str(source)], str(without)).verdicts,
    ]
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
                "first": [each.row["id"] for each in begin],
                "files": through_ray.read_bytes() == without.read_bytes(),
                "verdicts": verdicts[0] == verdicts[1] and verdicts[0],
                "killed": int((FOLDER / "killed").read_text()),
                "pids": pids,
            }
        )
    )


if __name__ == "__main__":
    main()
