"""Settings of every test."""

from __future__ import annotations

import pytest
from hypothesis import settings

from grpo_rewards import notices
from grpo_rewards.core import watching

# A deadline is a timed assertion, and a busy machine would fail it.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _as_in_a_new_process():
    """What is said once a process is said once a test, so that no test depends on another."""
    notices.forget()
    watching.forget()
