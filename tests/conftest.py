"""Settings of every test."""

from __future__ import annotations

import pytest
from hypothesis import settings

from grpo_rewards import notices
from grpo_rewards.core import watching

# A deadline is a timed assertion, and a busy machine would fail it. The examples of a run are those
# of every run, so that a commit passes or fails for good; `make test ARGS="--hypothesis-profile
# searching"` draws others, and `make fuzz` looks for them at length.
settings.register_profile("searching", deadline=None)
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.load_profile("repeatable")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what takes minutes first, so that no process of several ends long after the others."""
    items.sort(key=lambda item: item.get_closest_marker("train") is None)


@pytest.fixture(autouse=True)
def _as_in_a_new_process():
    """What is said once a process is said once a test, so that no test depends on another."""
    notices.forget()
    watching.forget()
