"""What tests of programs share: a jail where one is to be had, and what a program comes to."""

from __future__ import annotations

import contextlib
import textwrap

import pytest

from grpo_rewards import OptionError
from grpo_rewards.sandboxes import JailSandbox, Job

LIMITS = {"seconds": 1.0, "memory": 128, "output": 100_000, "workers": 2}
"""Limits that the tests of sandboxes can reach soon."""


def jail(**options):
    """A jail; where there is none, the test is skipped."""
    try:
        return JailSandbox(**options)
    except OptionError as error:
        pytest.skip(f"no jail here: {str(error).splitlines()[0]}")


def jails(**options):
    """A jail, where there is one to be had."""
    with contextlib.suppress(OptionError):
        return (JailSandbox(**options),)
    return ()


def run(sandbox, program, *calls, **options):
    """What a program comes to, with the calls in it."""
    job = Job(program=textwrap.dedent(program), calls=calls, **options)
    return sandbox.run([job], deadline=30)[0]


def run_script(sandbox, program, stdin=""):
    """What a script comes to, with this for its standard input."""
    return sandbox.run([Job(program=textwrap.dedent(program), stdin=stdin)], deadline=30)[0]
