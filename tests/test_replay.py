"""Which alternatives of patterns no test reaches, as `tools/replay.py` finds it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def run(tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "tools" / tool), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_place_that_is_none_is_named():
    for tool in ("replay.py", "mutate.py"):
        result = run(tool, "wordng")
        assert result.returncode == 2
        assert "wordng is no room or module below src/grpo_rewards" in result.stderr


def test_without_records_it_says_how_to_make_them(tmp_path):
    result = run("replay.py", "wording/qualified.py", "--records", str(tmp_path))
    assert result.returncode == 2
    assert "run with --record first" in result.stderr


def test_what_a_test_feeds_to_a_pattern_is_reached_and_the_rest_a_hole(tmp_path):
    asks = tmp_path / "test_asks.py"
    asks.write_text(
        "from grpo_rewards.wording.qualified import is_partial\n"
        "def test_it():\n"
        "    assert is_partial('dollars without tax')\n"
    )
    records = tmp_path / "records"
    run("replay.py", "--record", "--tests", str(asks), "--records", str(records))
    result = run("replay.py", "wording/qualified.py", "--records", str(records))
    holes = [line for line in result.stdout.splitlines() if line.startswith("hole: ")]
    assert any("without |discounts?" in line for line in holes)  # nothing has the word
    assert not any("without tax(?:es)?|" in line for line in holes)
    assert " reached" in result.stdout
    assert result.returncode == 1
