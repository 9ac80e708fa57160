"""The recipe's rewards for mathematics, as a list that is ready for a trainer."""

from __future__ import annotations

from typing import Any, NoReturn

from grpo_rewards.core.base import Reward
from grpo_rewards.errors import OptionError
from grpo_rewards.guesses import explained
from grpo_rewards.requirements import require_truth
from grpo_rewards.responses.layouts import WORKING_OUT, ResponseFormat
from grpo_rewards.rewards.answer import CheckAnswer, CheckNumbers
from grpo_rewards.rewards.format import ApproximateFormat, ExactFormat
from grpo_rewards.rewards.golds import GoldFormat, GoldSource

__all__ = ["math_rewards"]

NOT_ONE = (
    "math_rewards() is a list of rewards and no reward: write reward_funcs=math_rewards(...), "
    "reward_funcs=[*math_rewards(...), another], or sum(math_rewards(...)) for one reward of all"
)


class RewardList(list[Reward]):
    """A list of rewards that says so where it is taken for one."""

    def __call__(self, *_: object, **__: object) -> NoReturn:
        raise OptionError(NOT_ONE)

    def __getattr__(self, name: str) -> NoReturn:
        # Trainers ask a reward function for its name when they are made.
        raise AttributeError(NOT_ONE if name in ("__name__", "explain") else name)


@explained
def math_rewards(
    *,
    format: ResponseFormat = WORKING_OUT,
    gold: GoldSource = None,
    gold_format: GoldFormat = "auto",
    lean: bool = False,
    log: bool = True,
) -> list[Reward]:
    """The recipe's four rewards for one layout and one gold column, for ``reward_funcs=``.

    For a new run take ``lean=True``. In a race of reward sets (``docs/which-rewards.md``) no set
    ended above it beyond noise, and from a model that hardly ever hit the layout it learnt faster
    than the four, which also rank malformed responses among themselves.

    Args:
        format: The layout of a response.
        gold: The column with the gold, a path, or a function of the row, as in `CheckAnswer`; by
            default ``answer``, else ``solution``.
        gold_format: How golds that are worked solutions are read, as in `CheckAnswer`.
        lean: Whether to give only two: 1 for the exact layout, and 5 for a right answer in it.
        log: Whether they log to trainers that offer it.

    Returns:
        `ExactFormat`, `ApproximateFormat`, `CheckAnswer` and `CheckNumbers` with their defaults, or
        the lean two, which a trainer adds up and logs apart. ``sum(math_rewards())`` is one reward
        of them all.

    Raises:
        OptionError: An option is of the wrong kind.

    Example:
        >>> from grpo_rewards import THINK_ANSWER
        >>> text = "6 * 7</think><answer>42</answer>"
        >>> rewards = math_rewards(format=THINK_ANSWER, gold="target")
        >>> [reward([text], target=["42"])[0] for reward in rewards]
        [3.0, 1.5, 5.0, 3.5]
        >>> two = math_rewards(format=THINK_ANSWER, gold="target", lean=True)
        >>> [reward([text], target=["42"])[0] for reward in two]
        [1.0, 5.0]
    """
    require_truth("lean", lean)
    golds: dict[str, Any] = {"gold": gold, "gold_format": gold_format}
    if lean:
        return RewardList(
            [
                ExactFormat(format=format, exact=1.0, log=log),
                CheckAnswer(format=format, correct=5.0, wrong=0.0, missing=0.0, log=log, **golds),
            ]
        )
    return RewardList(
        [
            ExactFormat(format=format, log=log),
            ApproximateFormat(format=format, log=log),
            CheckAnswer(format=format, log=log, **golds),
            CheckNumbers(format=format, log=log, **golds),
        ]
    )
