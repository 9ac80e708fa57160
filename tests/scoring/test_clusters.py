"""Ray: unchanged verdicts, and nothing lost, doubled or left behind when an actor is killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("ray")

# The processes start in a minute at most, on a busy machine; this only keeps a hang from blocking.
GIVE_UP_AFTER_SECONDS = 280
QUIET = {"RAY_DATA_DISABLE_PROGRESS_BARS": "1", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0"}


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_an_actor_that_is_killed_in_the_middle(tmp_path):
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
    assert found["killed"] not in [pid for pid in found["pids"] if is_running(pid)]
    assert not [pid for pid in found["pids"] if is_running(pid)]
