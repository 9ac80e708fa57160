"""Score files in an S3 store by pattern and by folder, in one process and on Ray; with no account.

    pip install 'moto[server]'            # in any environment: it is a program that is started here
    python tools/object_store.py --server path/to/moto_server

The store is moto's, on this machine, behind ``AWS_ENDPOINT_URL``; what reads and writes it is the
client that reads the real one. Each way has to give the bytes, or the verdicts, of local files.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import fs

from grpo_rewards import THINK_BOXED, CheckAnswer
from grpo_rewards.scoring.cluster_files import score_with_ray
from grpo_rewards.scoring.runs import score_file
from grpo_rewards.scoring.sources import located_rows, paths_of

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "examples"))

from completions import sampled

SHARDS, ROWS = 4, 1_000
ACCOUNT = {
    "AWS_ACCESS_KEY_ID": "any",
    "AWS_SECRET_ACCESS_KEY": "any",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}
START_WITHIN_SECONDS = 60


def main() -> int:
    """Start a store, and check each way of reading it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--server", default="moto_server", help="default: %(default)s")
    options = parser.parse_args()
    port = free_port()
    os.environ |= {**ACCOUNT, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}"}
    with subprocess.Popen(
        [options.server, "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            wait_for(port)
            with tempfile.TemporaryDirectory() as folder:
                os.chdir(folder)
                return check()
        finally:
            server.terminate()


def check() -> int:
    """Whether each way gives what local files give; prints a line of each."""
    store, _ = fs.FileSystem.from_uri("s3://samples?allow_bucket_creation=true")
    store.create_dir("samples")
    rows = list(islice(sampled(SHARDS * ROWS // 8, 8), SHARDS * ROWS))
    for shard in range(SHARDS):
        table = pa.Table.from_pylist(rows[shard * ROWS : (shard + 1) * ROWS])
        pq.write_table(table, f"{shard}.parquet")
        pq.write_table(table, f"samples/in/{shard}.parquet", filesystem=store)
    reward = CheckAnswer(format=THINK_BOXED)
    expected = score_file(reward, ["*.parquet"], "local.jsonl").verdicts
    local = Path("local.jsonl").read_bytes()
    every, folder = "s3://samples/in/*.parquet", "s3://samples/scored/"
    failed = 0

    def say(way: str, *, same: bool) -> None:
        nonlocal failed
        failed += not same
        print(f"{'the same' if same else 'NOT THE SAME'}: {way}", flush=True)

    print(f"{len(rows):,} completions in {len(paths_of([every]))} files of {every}")
    for name in (every, "s3://samples/in/", "s3://samples/**/*.parquet"):
        score_file(reward, [name], "one.jsonl")
        say(f"one process, {name}", same=Path("one.jsonl").read_bytes() == local)
    score_with_ray(reward, [every], "ray.jsonl", actors=2)
    say(f"Ray, {every} into a file", same=Path("ray.jsonl").read_bytes() == local)
    found: Any = score_with_ray(reward, [every], folder, actors=2).verdicts
    say(f"Ray, {every} into {folder}", same=found == expected)
    read_again = Counter(each.row["reward/verdict"] for each in located_rows([folder]))
    say(f"one process, {folder} read again", same=read_again == expected)
    print(json.dumps(expected))
    return failed


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_for(port: int) -> None:
    """Return once somebody listens there."""
    give_up = time.monotonic() + START_WITHIN_SECONDS
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if time.monotonic() > give_up:
            raise SystemExit("the server does not answer")
        time.sleep(0.2)


if __name__ == "__main__":
    sys.exit(main())
