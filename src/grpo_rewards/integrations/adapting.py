"""What the adapters of frameworks share: a sample becomes a row, an outcome flat numbers.

How each framework calls, and what it wants back, its own file says.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from functools import reduce
from types import SimpleNamespace
from typing import Any

from grpo_rewards.core.base import Reward
from grpo_rewards.core.operators import Scheduled
from grpo_rewards.errors import OptionError
from grpo_rewards.responses.completions import Completion
from grpo_rewards.scoring.judging import (
    PART,
    RESERVED,
    as_one_reward,
    gold_names,
    score_one,
    scored_parts,
)

__all__ = ["flat_numbers", "judge_sample", "number_keys", "the_reward"]

OF_THE_CALL = frozenset({"reward", "text", "prompt", "ids", "none", "self"})
"""Columns of these names would be taken for arguments."""


def the_reward(reward: Any, *, framework: str, has_step: bool = False) -> Reward:
    """The reward that an option names.

    Args:
        reward: A reward, a function or a list, or where to import one, as in
            ``"my_rewards:total"``.
        framework: Who calls, for an error's sentence.
        has_step: Whether it says at which step of a training a call is.

    Raises:
        OptionError: There is none, or it moves with training and the framework has no step.
    """
    if isinstance(reward, str):
        reward = _imported(reward)
    made = as_one_reward(reward)
    if not has_step:
        for part in _parts(made):
            if isinstance(part, Scheduled) and part.without_state is None:
                raise OptionError(
                    f"{part.name} moves with training, and {framework} tells a reward no step: "
                    "write without_state=... in scheduled(...) for the weight to use"
                )
    return made


def _imported(path: str) -> Any:
    module, colon, name = path.partition(":")
    if not (module and colon and name):
        raise OptionError(f"reward={path!r}: write where to import it, as in 'my_rewards:total'")
    try:
        return reduce(getattr, name.split("."), importlib.import_module(module))
    except (ImportError, AttributeError) as error:
        raise OptionError(f"reward={path!r} cannot be imported: {error}") from error


def _parts(reward: Reward) -> list[Reward]:
    return [reward, *(each for part in reward.parts for each in _parts(part))]


def judge_sample(
    reward: Reward,
    text: Completion,
    *,
    row: Mapping[str, Any] | None = None,
    gold: Any = ...,
    prompt: Any = None,
    ids: Sequence[int] | None = None,
    step: int | None = None,
    none: float | None = None,
) -> dict[str, Any]:
    """`score_one` of a framework's sample.

    Args:
        reward: The reward.
        text: The completion.
        row: What the framework has beside it, by the names of columns.
        gold: The gold, which then stands under every name that the reward looks for one.
        prompt: The prompt.
        ids: The token ids.
        step: The step of the training.
        none: The score where there is no opinion.
    """
    columns = {
        str(name): value
        for name, value in (row or {}).items()
        if name not in RESERVED and name not in OF_THE_CALL
    }
    if gold is not ...:
        columns |= dict.fromkeys(gold_names(reward) or ["answer"], gold)
    state = None if step is None else SimpleNamespace(global_step=step)
    return score_one(
        reward, text, prompt=prompt, ids=ids, trainer_state=state, none=none, **columns
    )


def flat_numbers(
    reward: Reward, scored: Mapping[str, Any], *, none: float = 0.0
) -> dict[str, float]:
    """The numbers of a scored row, under keys that depend on the reward only.

    ``score``, ``no_opinion`` and ``acc`` (whether the answer was called correct) as 0 or 1, and
    each part's score under its name.
    """
    parts = [scored[f"{PART}{name}"] for name in scored_parts(reward)]
    scores = [none if score is None else float(score) for score in (scored["score"], *parts)]
    told = (float(scored["verdict"] == "correct"), float(scored["no_opinion"]))
    return dict(zip(number_keys(reward), (scores[0], *told, *scores[1:]), strict=True))


def number_keys(reward: Reward) -> list[str]:
    """The keys of `flat_numbers`."""
    return ["score", "acc", "no_opinion", *scored_parts(reward)]
