"""Ray: unchanged verdicts, and nothing lost, doubled or left behind when an actor is killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("ray")
psutil = pytest.importorskip("psutil", reason="psutil, which finds what is left, is not installed")

# The processes start in a minute at most, on a busy machine; these only keep a hang from blocking.
GIVE_UP_AFTER_SECONDS = 600
END_WITHIN_SECONDS = 120
QUIET = {"RAY_DATA_DISABLE_PROGRESS_BARS": "1", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0"}


def is_running(pid: int) -> bool:
    """Whether a process does anything; one that waits only for its parent to look does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def left_of(pids: list[int]) -> list[int]:
    """Which of these still run after they had time to end."""
    give_up = time.monotonic() + END_WITHIN_SECONDS
    while (left := [pid for pid in pids if is_running(pid)]) and time.monotonic() < give_up:
        time.sleep(0.5)
    return left


def test_an_actor_that_is_killed_and_a_file_that_is_the_same(tmp_path):
    run = subprocess.run(
        [sys.executable, Path(__file__).with_name("ray_run.py"), tmp_path],
        capture_output=True,
        text=True,
        env=os.environ | QUIET,
        timeout=GIVE_UP_AFTER_SECONDS,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2_000:]
    found = json.loads(run.stdout.splitlines()[-1])
    assert found["nodes"] == 2
    assert found["ids"] == list(range(600))
    assert found["same"]
    assert found["files"]
    assert found["first"] == [0, 1, 2]  # of a file that is named by an address
    assert sum(found["verdicts"].values()) == 600
    assert found["killed"] not in found["pids"] or not is_running(found["killed"])
    assert left_of(found["pids"]) == []
