"""A server for each test, and the reward that asks it."""

from __future__ import annotations

import pytest
from judge_server import QUICK, Server

from grpo_rewards import ModelJudge
from grpo_rewards.rewards.judge import forget_decisions


@pytest.fixture
def server():
    forget_decisions()
    running = Server()
    yield running
    running.stop()


@pytest.fixture
def judge(server):
    return ModelJudge(endpoint=server.endpoint, model="a-judge", calls=QUICK)
