"""Responses and rewards that several tests use."""

from __future__ import annotations

from grpo_rewards import (
    WORKING_OUT,
)

START, END, OPEN, CLOSE = WORKING_OUT.tags


def laid_out(answer, reasoning="6 times 7"):
    """A response that is exactly the default format."""
    return f"{reasoning}{END}{OPEN}{answer}{CLOSE}"
