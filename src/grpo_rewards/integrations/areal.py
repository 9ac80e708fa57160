"""AReaL: a function for its workflows' ``reward_fn``; written for AReaL 1.0.4.

AReaL calls it in a pool of processes, with a deadline of 15 s and three tries, so it pickles.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from grpo_rewards.guesses import Guided
from grpo_rewards.integrations.adapting import flat_numbers, judge_sample, the_reward
from grpo_rewards.requirements import require_number

__all__ = ["ArealReward"]


@dataclass(frozen=True)
class ArealReward(metaclass=Guided):
    """A reward as AReaL calls one: a completion in, a number out.

    Args:
        reward: A reward, or where to import one, as in ``"my_rewards:total"``.
        none: The score where there is no opinion.

    Raises:
        OptionError: The reward cannot be imported, or moves with training (there is no step).

    Example:
        >>> from grpo_rewards import check_answer
        >>> reward_fn = ArealReward(check_answer)
        >>> text = "6 * 7<end_working_out><SOLUTION>42</SOLUTION><|im_end|>"
        >>> reward_fn("What is 6 * 7?", text, [1, 2], [3, 4, 5], answer="42")
        5.0
    """

    reward: Any
    none: float = 0.0

    def __post_init__(self) -> None:
        require_number("none", self.none)
        object.__setattr__(self, "reward", the_reward(self.reward, framework="AReaL"))

    @property
    def __name__(self) -> str:
        return str(self.reward.name)

    def __call__(
        self,
        prompt: Any,
        completions: str,
        prompt_ids: Any = None,
        completion_ids: Any = None,
        **data: Any,
    ) -> float:
        """The score of one completion; ``data`` are the row's columns."""
        del prompt_ids
        scored = judge_sample(self.reward, completions, row=data, prompt=prompt, ids=completion_ids)
        return flat_numbers(self.reward, scored, none=self.none)["score"]
