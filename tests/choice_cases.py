"""Options and responses that several tests use."""

from __future__ import annotations

from grpo_rewards.rewards.choice import check_choice

CITIES = ["Rome", "Paris", "Oslo", "Bern"]


def laid_out(answer):
    """A response that is exactly the default format."""
    return f"As I recall it.<end_working_out><SOLUTION>{answer}</SOLUTION>"


def scored(answer, gold="B", options=CITIES, reward=check_choice):
    columns = {} if options is None else {"options": [options]}
    return reward([laid_out(answer)], answer=[gold], **columns)[0]
