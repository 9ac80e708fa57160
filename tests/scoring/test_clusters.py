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


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What a run on two nodes said of itself."""
    run = subprocess.run(
        [sys.executable, Path(__file__).with_name("ray_run.py"), tmp_path_factory.mktemp("ray")],
        capture_output=True,
        text=True,
        env=os.environ | QUIET,
        timeout=GIVE_UP_AFTER_SECONDS,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2_000:]
    return json.loads(run.stdout.splitlines()[-1])


def test_a_dataset_of_which_an_actor_is_killed_in_the_middle(found):
    assert found["nodes"] == 2
    assert found["ids"] == list(range(600))
    assert found["same"]
    assert not is_running(found["killed"])


def test_files_that_stop_at_a_broken_line_and_go_on_while_an_actor_is_killed(found):
    files = found["of files"]
    assert "in-1.jsonl, line 700, character " in files["stopped"]
    assert "The scores of the 1,899 rows before it are kept" in files["stopped"]
    assert files["kept"] == 1_899
    assert files["again"] == [1_899, 3_599, 1_701]  # no row before these is judged again
    assert not is_running(files["pid"])
    assert files["files"]  # byte for byte what one process writes
    assert files["mixed"]  # also where one process goes on with what Ray has begun
    assert sum(files["verdicts"].values()) == 3_600
    assert files["left"] == []


def test_a_folder_is_written_once(found):
    folder = found["of the folder"]
    assert sum(folder["verdicts"].values()) == 1_200
    assert "is not empty" in folder["refused"]


def test_no_process_is_left(found):
    assert found["pids"]
    assert left_of(found["pids"]) == []
