"""slime: functions for ``--custom-rm-path``, of a sample or of a group (``--group-rm``).

Written for slime as of November 2026: ``async f(args, sample)``, ``sample`` a list with
``--group-rm``, the columns in ``sample.metadata``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from grpo_rewards.guesses import explained
from grpo_rewards.integrations.adapting import flat_numbers, judge_sample, row_of, the_reward
from grpo_rewards.requirements import require_number

__all__ = ["slime_reward"]


@explained
def slime_reward(
    reward: Any, *, as_dict: bool = False, none: float = 0.0
) -> Callable[..., Awaitable[Any]]:
    """A function for slime.

    Args:
        reward: A reward, or where to import one, as in ``"my_rewards:total"``.
        as_dict: Whether a sample gives a dict with the parts, which slime takes with
            ``--reward-key score``; otherwise it gives the score.
        none: The score where there is no opinion.

    Returns:
        An async function of slime's arguments and a sample, or a list of samples. The response is
        judged, the label is the gold, the metadata are the columns.

    Raises:
        OptionError: The reward cannot be imported, or moves with training (there is no step).
    """
    require_number("none", none)
    made = the_reward(reward, framework="slime")

    def judged(sample: Any) -> Any:
        scored = judge_sample(
            made,
            sample.response or "",
            row=row_of(sample.metadata, name="sample.metadata"),
            gold=sample.label,
            prompt=sample.prompt,
        )
        numbers = flat_numbers(made, scored, none=none)
        return numbers if as_dict else numbers["score"]

    async def custom_rm(args: Any, sample: Any, **_: Any) -> Any:
        del args
        if isinstance(sample, list | tuple):
            return await asyncio.gather(*(asyncio.to_thread(judged, each) for each in sample))
        return await asyncio.to_thread(judged, sample)

    return custom_rm
