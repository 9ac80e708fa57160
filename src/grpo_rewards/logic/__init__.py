r"""Propositional formulas and truth values: reading them, and deciding whether two say the same.

Useful on its own; knows nothing of rewards, trainers or formats.

>>> compare_logic(r"\neg (p \land q)", "not p or not q").equal
True
"""

from __future__ import annotations

from grpo_rewards.logic.agreement import compare_logic, is_logic

__all__ = ["compare_logic", "is_logic"]
