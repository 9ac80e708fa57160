"""Where programs that a model wrote run: one interface, two sandboxes, and what joins them.

Nothing here knows tests or rewards: a sandbox runs programs and reports what they returned.
"""

from __future__ import annotations

from grpo_rewards.sandboxes.automatic import AutoSandbox
from grpo_rewards.sandboxes.fallback import FallbackSandbox
from grpo_rewards.sandboxes.jail.isolation import JailSandbox
from grpo_rewards.sandboxes.monty.emulation import MontySandbox
from grpo_rewards.sandboxes.protocol import Job, Reply, Result, Sandbox, SandboxWarning
from grpo_rewards.sandboxes.remote import as_script, from_output

__all__ = [
    "AutoSandbox",
    "FallbackSandbox",
    "JailSandbox",
    "Job",
    "MontySandbox",
    "Reply",
    "Result",
    "Sandbox",
    "SandboxWarning",
    "as_script",
    "from_output",
]
