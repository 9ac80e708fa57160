"""verl: a function for ``custom_reward_function``; written for verl 0.9.1.

It is called a sample, in a thread of a reward worker (a Ray actor) or in a process of its own, and
verl takes the keys of a batch's first sample for all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from grpo_rewards.core.base import Reward
from grpo_rewards.errors import OptionError, in_short
from grpo_rewards.guesses import Guided, near
from grpo_rewards.integrations.adapting import (
    flat_numbers,
    judge_sample,
    number_keys,
    row_of,
    the_reward,
)
from grpo_rewards.requirements import require_number

__all__ = ["VerlReward", "compute_score"]

TEXTS = ("verdict", "answer", "reason")
OF_VERL = "reward_"
"""What the names begin with that verl passes beside, as the address of a reward model."""


@dataclass(frozen=True)
class VerlReward(metaclass=Guided):
    """A reward as verl calls one: a sample in, a dict with constant keys out.

    Args:
        reward: A reward, or where to import one, as in ``"my_rewards:total"``; or a dict of them
            by ``data_source``, of which ``"*"`` judges every other source.
        none: The score where there is no opinion: verl has no way to leave a sample out, so the
            key ``no_opinion`` says it.

    Raises:
        OptionError: A reward cannot be imported, or moves with training (verl tells no step).

    Example:
        >>> from grpo_rewards import check_answer, exact_format
        >>> judge = VerlReward(exact_format + check_answer)
        >>> text = "6 * 7<end_working_out><SOLUTION>42</SOLUTION>"
        >>> scored = judge("openai/gsm8k", text, "42", {"index": 3})
        >>> scored["score"], scored["acc"], scored["exact_format"], scored["answer"]
        (8.0, 1.0, 3.0, '42')
    """

    reward: Any
    none: float = 0.0
    by_source: Mapping[str, Reward] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        require_number("none", self.none)
        given = self.reward if isinstance(self.reward, Mapping) else {"*": self.reward}
        if not given:
            raise OptionError("reward={}: write a reward for each data_source")
        rewards = {source: the_reward(each, framework="verl") for source, each in given.items()}
        object.__setattr__(self, "by_source", rewards)

    def __call__(
        self,
        data_source: str,
        solution_str: str,
        ground_truth: Any,
        extra_info: Mapping[str, Any] | None = None,
        **others: Any,
    ) -> dict[str, Any]:
        """What verl logs of a sample: its score, its parts', and what was found.

        Args:
            data_source: Which dataset the sample is from.
            solution_str: The response.
            ground_truth: The gold.
            extra_info: The row's other columns.
            **others: What verl passes beside: the address of a reward model.

        Raises:
            OptionError: There is no reward for the data source.
        """
        del others
        reward = self.by_source.get(data_source) or self.by_source.get("*")
        if reward is None:
            raise OptionError(
                f"data_source={data_source!r} has no reward; there are those for "
                f"{', '.join(map(repr, self.by_source))}: add it, or '*' for all others"
            )
        row = row_of(extra_info, name="extra_info")
        scored = judge_sample(
            reward, solution_str, row=row, gold=ground_truth, prompt=row.get("prompt")
        )
        parts = dict.fromkeys(self._keys(), self.none)
        return {
            **parts,
            **flat_numbers(reward, scored, none=self.none),
            **{key: scored[key] or "" for key in TEXTS},
        }

    def _keys(self) -> list[str]:
        """The keys of all rewards, so that samples of several sources go together."""
        return list(
            dict.fromkeys(key for each in self.by_source.values() for key in number_keys(each))
        )


@lru_cache(maxsize=64)
def _made(reward: str | tuple[tuple[str, str], ...], none: float) -> VerlReward:
    return VerlReward(reward if isinstance(reward, str) else dict(reward), none)


def compute_score(
    data_source: str,
    solution_str: str,
    ground_truth: Any,
    extra_info: Mapping[str, Any] | None = None,
    *,
    reward: str | Mapping[str, str] = "grpo_rewards:check_answer",
    none: float = 0.0,
    **others: Any,
) -> dict[str, Any]:
    """`VerlReward` without a file of your own, as ``pkg://grpo_rewards.integrations.verl``.

    ``custom_reward_function.reward_kwargs.reward`` says where to import the reward, or is a dict
    of such by ``data_source``.

    Raises:
        OptionError: ``reward_kwargs`` holds something else, or as `VerlReward` does.
    """
    for name in others:
        if not name.startswith(OF_VERL) or near(name, ["reward"]):
            raise OptionError(
                f"reward_kwargs has no {name!r}: write reward, where to import it, as in "
                "reward_kwargs.reward=my_rewards:total, and none, the score where there is no "
                "opinion"
            )
    given = {"*": reward} if isinstance(reward, str) else reward
    if not isinstance(given, Mapping) or not all(isinstance(each, str) for each in given.values()):
        raise OptionError(
            f"reward_kwargs.reward={in_short(reward)}: write where to import it, as in "
            "'my_rewards:total', or a dict of such by data_source"
        )
    named = reward if isinstance(reward, str) else tuple(sorted(reward.items()))
    return _made(named, none)(data_source, solution_str, ground_truth, extra_info, **others)
