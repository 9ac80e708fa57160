"""The sandboxes that every test of one is about, within limits that tests can reach."""

from __future__ import annotations

import pytest

from grpo_rewards.sandboxes import MontySandbox
from sandboxed import LIMITS, jail


@pytest.fixture(params=["monty", "jail"])
def sandbox(request):
    return MontySandbox(**LIMITS) if request.param == "monty" else jail(**LIMITS)


@pytest.fixture
def jailed():
    return jail(**LIMITS)
