"""The sandbox that emulates Python."""

from __future__ import annotations

from grpo_rewards.sandboxes.monty.emulation import MontySandbox

__all__ = ["MontySandbox"]
