"""The sandbox that isolates a process by means of the kernel."""

from __future__ import annotations

from grpo_rewards.sandboxes.jail.isolation import JailSandbox

__all__ = ["JailSandbox"]
