"""Rows as a scored file has them."""

from __future__ import annotations

__all__ = ["scored_row"]


def scored_row(**given):
    """A scored row; what is given replaces what is usual, an underscore stands for the prefix."""
    usual = {
        "question": "6 * 7",
        "completion": "6 * 7 = 42</think>The answer is \\boxed{42}.",
        "_problem": "p0",
        "_sample": 0,
        "_row": 0,
        "_score": 8.0,
        "_no_opinion": False,
        "_verdict": "correct",
        "_answer": "42",
        "_gold": "42",
        "_rule": "number",
        "_reason": "equal: the gold is 42, the answer is 42",
        "_part/format": 3.0,
        "_part/answer": 5.0,
    }
    row = {**usual, **given}
    return {
        f"reward/{name[1:]}" if name.startswith("_") else name: value for name, value in row.items()
    }
