"""Verifiers of puzzles whose answers are checked by constraints rather than compared with a gold.

Nothing here knows of rewards, trainers or formats: `verify` takes a puzzle and an answer, and says
which rule the answer breaks first. The reward is `grpo_rewards.rewards.puzzle.CheckPuzzle`.

>>> from grpo_rewards.puzzles import verify
>>> verify({"kind": "sudoku", "grid": "1...|..2.|.3..|...4".split("|")}, "1243 3421 4311 2134")
'row 3 has two 1s'
"""

from __future__ import annotations

from grpo_rewards.puzzles.catalogue import KINDS, Kind, verify
from grpo_rewards.puzzles.generators import Example, countdown_rows, generate

__all__ = ["KINDS", "Example", "Kind", "countdown_rows", "generate", "verify"]
