"""A job as one script, for executors elsewhere, and what comes back from there."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grpo_rewards.sandboxes import Job, Reply, Result, as_script, from_output

pytest.importorskip("pydantic_monty", reason="pydantic-monty is not installed")


class TestRemote:
    """A job as one script, for executors that run scripts."""

    def executed(self, job):
        ran = subprocess.run(
            [sys.executable, "-c", as_script(job)],
            input=job.stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        return from_output(job, ran.stdout)

    def test_calls(self):
        program = "print('noise')\ndef f(x):\n    print(x)\n    return {x: (x,)}"
        result = self.executed(Job(program=program, calls=("f(2)", "f([])")))
        assert result.status == "ran"
        assert result.replies[0] == Reply(value={2: (2,)})
        assert result.replies[1].error.startswith("TypeError")

    def test_a_script(self):
        job = Job(program="print(input() * 2)\nprint('b')", stdin="a\n")
        assert self.executed(job) == Result(status="ran", output="aa\nb\n")
        job = Job(program="print('b')\n1 / 0")
        assert self.executed(job).reason.startswith("ZeroDivisionError")

    def test_one_that_leaves_early(self):
        job = Job(program="import os\nos._exit(0)", calls=("1",))
        assert self.executed(job).status == "stopped"

    @given(st.text(), st.booleans())
    def test_no_output_raises(self, output, calls):
        job = Job(program="", calls=("f()",) if calls else None)
        assert isinstance(from_output(job, output), Result)

    @pytest.mark.parametrize(
        "last",
        [
            "[]",
            "{}",
            "3",
            '{"error": "", "replies": 3}',
            '{"error": "", "replies": [3]}',
            "[" * 9999,
            '{"error": "", "replies": [{"value": {"set": [[]]}}]}',
        ],
    )
    def test_forged_output_is_no_value(self, last):
        result = from_output(Job(program="", calls=("f()",)), last)
        assert result.status == "stopped" or result.replies[0].error
