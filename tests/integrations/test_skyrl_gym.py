"""SkyRL-gym: its registry makes the environment, and a step is judged."""

from __future__ import annotations

import importlib.metadata

import pytest
from rows import HOSTILE, ORDINARY, PARTS, REWARD, RIGHT, record

from grpo_rewards import OptionError

skyrl_gym = pytest.importorskip("skyrl_gym", reason="skyrl-gym is not installed")

from grpo_rewards.integrations.skyrl_gym import environment_class  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore")
RewardEnv = environment_class(REWARD)


class TestReal:
    """The real registry and base class."""

    def test_steps(self, record_property):
        skyrl_gym.register(id="rewarded", entry_point="test_skyrl_gym:RewardEnv")
        scored = []
        for row in (*ORDINARY, *HOSTILE):
            extras = {"reward_spec": {"ground_truth": row.gold}, "level": 3}
            environment = skyrl_gym.make("rewarded", env_config=None, extras=extras)
            environment.init([{"role": "user", "content": row.question}])
            step = environment.step(row.response)
            assert step["done"]
            assert set(environment.get_metrics()) >= {"score", "acc", "no_opinion", *PARTS}
            scored.append((row, step["reward"]))
        for row, score in scored:
            assert score == row.score if row in ORDINARY else score < RIGHT.score
        version = importlib.metadata.version("skyrl-gym")
        record(record_property, version=version, rows=scored, parts=True)

    def test_a_row_without_a_gold(self):
        with pytest.raises(OptionError, match="no reward_spec"):
            RewardEnv(extras={})
