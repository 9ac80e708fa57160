"""Tasks of reasoning-gym that several tests use."""

from __future__ import annotations

from functools import cache

from grpo_rewards import WORKING_OUT
from grpo_rewards.integrations.reasoning_gym import dataset_rows

START, END, OPEN, CLOSE = WORKING_OUT.tags
SEED = 17


def laid_out(answer):
    """A response that is exactly the default format."""
    return f"I work it out.{END}{OPEN}{answer}{CLOSE}"


def columns_of(rows):
    return {name: [row[name] for row in rows] for name in rows[0]}


@cache
def one_row(family):
    (row,) = dataset_rows(family, size=1, seed=SEED)
    return row
