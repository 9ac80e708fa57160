"""A job as one script, for executors that run a script and return what it printed.

Most remote sandboxes are such: Piston, Judge0, E2B, a container behind a queue.
"""

from __future__ import annotations

import json
from functools import cache

from grpo_rewards.sandboxes.protocol import LONGEST_ERROR, Claims, Job, Result

__all__ = ["as_script", "from_output", "guest_source"]


def as_script(job: Job) -> str:
    """A Python script that does a job; run it with the job's ``stdin`` as standard input.

    It has all the calls in it, so a program can read its inputs ahead, but no expected value.

    Example:
        >>> script = as_script(Job(program="def double(x): return 2 * x", calls=("double(4)",)))
        >>> import subprocess, sys
        >>> ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
        >>> from_output(Job(program="", calls=("double(4)",)), ran.stdout).replies
        (Reply(value=8, error=''),)
    """
    message = json.dumps({"program": job.program, "calls": job.calls, "imports": job.imports})
    return f"{guest_source()}\nserve_at_once(json.loads({message!r}))\n"


@cache
def guest_source() -> str:
    """The source of the module that runs beside a program."""
    from pathlib import Path  # noqa: PLC0415 (it takes longer than all of this package's imports)

    return Path(__file__).with_name("guest.py").read_text(encoding="utf-8")


def from_output(job: Job, output: str) -> Result:
    """What a job's script came to, by what it printed; never raises, whatever that is.

    The executor itself has to say whether it ran the script: where it did not, report
    ``Result(status="failed", reason=...)`` instead.
    """
    printed, _, last = output.rstrip("\n").rpartition("\n")
    try:
        message = json.loads(last)
        error = str(message["error"])[:LONGEST_ERROR]
        lines = () if job.calls is None else tuple(map(_line, message["replies"]))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        if job.calls is None:  # by os._exit(), say; the executor knows its exit code
            return Result(status="ran", output=output)
        return Result(status="stopped", reason="the program ended before its calls did")
    return Claims("ran", error, lines, printed).result()


def _line(reply: object) -> str:
    if not isinstance(reply, str):
        raise TypeError("a reply is a line of its own")
    return reply
