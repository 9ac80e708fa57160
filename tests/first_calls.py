"""Calls and columns that the tests of first calls share."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

import grpo_rewards
from grpo_rewards import RewardWarning

PUBLIC = {name: getattr(grpo_rewards, name) for name in grpo_rewards.__all__}

RIGHT = "6 * 7<end_working_out><SOLUTION>42</SOLUTION>"
WRONG = "6 * 7<end_working_out><SOLUTION>43</SOLUTION>"
THOUGHT = r"<think>6 * 7 is 42.</think> \boxed{42}"
STATE = SimpleNamespace(global_step=0, max_steps=10, is_world_process_zero=True)


def said(*parts):
    """What expects one `RewardWarning` with all of these words, in this order."""
    return pytest.warns(RewardWarning, match="(?s)" + ".*".join(parts))


def call(reward_, texts, **columns):
    """A call as a trainer makes it."""
    return reward_(
        prompts=["6 * 7?"] * len(texts), completions=texts, trainer_state=STATE, **columns
    )


def per_completion(text):
    """As `reward` has them."""
    return float(len(text))
