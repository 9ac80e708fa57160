"""SkyRL-gym: an environment of one turn; written for skyrl-gym 0.4.0."""

from __future__ import annotations

from typing import Any

from grpo_rewards.errors import OptionError
from grpo_rewards.guesses import explained
from grpo_rewards.integrations.adapting import flat_numbers, judge_sample, row_of, the_reward
from grpo_rewards.requirements import require_number

__all__ = ["environment_class"]


@explained
def environment_class(reward: Any, *, none: float = 0.0) -> type[Any]:
    """The class of environments that pay an answer by a reward.

    Args:
        reward: A reward, or where to import one, as in ``"my_rewards:total"``.
        none: The reward where there is no opinion, beside the metric ``no_opinion``.

    Returns:
        A class for ``skyrl_gym.register(id=..., entry_point="my_module:MyEnv")``. The gold is
        ``extras["reward_spec"]["ground_truth"]``, the other extras are the columns.

    Raises:
        OptionError: skyrl-gym is not installed, or the reward cannot be imported or moves with
            training.
    """
    require_number("none", none)
    made = the_reward(reward, framework="SkyRL-gym")
    try:
        from skyrl_gym.envs.base_text_env import (  # noqa: PLC0415
            BaseTextEnv,
            BaseTextEnvStepOutput,
        )
    except ImportError as error:
        raise OptionError("pip install 'grpo-rewards[skyrl-gym]'") from error

    class RewardEnv(BaseTextEnv):  # type: ignore[misc]
        """One question, one answer, one reward."""

        def __init__(self, env_config: Any = None, extras: dict[str, Any] | None = None) -> None:
            super().__init__()
            del env_config
            self.row = row_of(extras, name="extras")
            spec = self.row.pop("reward_spec", None) or {}
            if "ground_truth" not in spec:
                raise OptionError("extras has no reward_spec with a ground_truth")
            self.gold = spec["ground_truth"]
            self.asked: Any = None
            self.numbers: dict[str, float] = {}

        def init(self, prompt: Any) -> tuple[Any, dict[str, Any]]:
            """Keep the prompt, for rewards that read it."""
            self.asked = prompt
            return prompt, {}

        def step(self, action: str) -> Any:
            """Judge the one answer."""
            scored = judge_sample(made, action, row=self.row, gold=self.gold, prompt=self.asked)
            self.numbers = flat_numbers(made, scored, none=none)
            return BaseTextEnvStepOutput(
                observations=[], reward=self.numbers["score"], done=True, metadata=scored
            )

        def get_metrics(self) -> dict[str, Any]:
            """The score, and that of each part."""
            return dict(self.numbers)

    return RewardEnv
