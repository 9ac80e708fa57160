"""Instructions that a program can verify: length, keywords, case, layout, of IFEval and IFBench.

What following them is worth, the rewards say.
"""

from __future__ import annotations

from grpo_rewards.instructions.following import (
    INSTRUCTIONS,
    NOT_JUDGED,
    Instruction,
    read_instructions,
    variants,
)
from grpo_rewards.instructions.instruction_arguments import InstructionError

__all__ = [
    "INSTRUCTIONS",
    "NOT_JUDGED",
    "Instruction",
    "InstructionError",
    "read_instructions",
    "variants",
]
