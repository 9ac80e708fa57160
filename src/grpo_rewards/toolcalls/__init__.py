"""Calls of tools: read from chat messages and from text, compared with expected ones.

What right calls are worth, the rewards say.
"""

from __future__ import annotations

from grpo_rewards.toolcalls.matching import Match, match_calls
from grpo_rewards.toolcalls.notations import written_calls
from grpo_rewards.toolcalls.offers import Tools, read_tools
from grpo_rewards.toolcalls.shapes import (
    Call,
    CallError,
    Calls,
    call_of,
    native_calls,
    read_expected,
)

__all__ = [
    "Call",
    "CallError",
    "Calls",
    "Match",
    "Tools",
    "call_of",
    "match_calls",
    "native_calls",
    "read_expected",
    "read_tools",
    "written_calls",
]
