"""The recipe's rewards for mathematics, as a list that is ready for a trainer."""

from __future__ import annotations

from grpo_rewards.formats import WORKING_OUT, ResponseFormat
from grpo_rewards.reward import Reward
from grpo_rewards.rewards.answer import CheckAnswer, CheckNumbers
from grpo_rewards.rewards.format import ApproximateFormat, ExactFormat

__all__ = ["math_rewards"]


def math_rewards(
    *, format: ResponseFormat = WORKING_OUT, gold: str | None = None, log: bool = True
) -> list[Reward]:
    """The recipe's four rewards for one layout and one gold column, for ``reward_funcs=``.

    Args:
        format: The layout of a response.
        gold: The column with the gold; by default ``answer``, else ``solution``.
        log: Whether they log to trainers that offer it.

    Returns:
        `ExactFormat`, `ApproximateFormat`, `CheckAnswer` and `CheckNumbers`, which a trainer adds
        up and logs apart. ``sum(math_rewards())`` is one reward of them all.

    Raises:
        OptionError: An option is of the wrong kind.

    Example:
        >>> from grpo_rewards import THINK_ANSWER
        >>> rewards = math_rewards(format=THINK_ANSWER, gold="target")
        >>> text = "6 * 7</think><answer>42</answer>"
        >>> [reward([text], target=["42"])[0] for reward in rewards]
        [3.0, 1.5, 5.0, 3.5]
    """
    return [
        ExactFormat(format=format, log=log),
        ApproximateFormat(format=format, log=log),
        CheckAnswer(format=format, gold=gold, log=log),
        CheckNumbers(format=format, gold=gold, log=log),
    ]
