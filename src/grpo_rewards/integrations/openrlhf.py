"""OpenRLHF: the ``reward_func`` of a file for ``--remote_rm_url``; written for OpenRLHF 0.11.2.

The query is the prompt and the response in one, with special tokens; there is one column of labels.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from grpo_rewards.core.base import Reward
from grpo_rewards.guesses import explained
from grpo_rewards.integrations.adapting import (
    flat_numbers,
    judge_sample,
    number_keys,
    the_reward,
)
from grpo_rewards.notices import say_once
from grpo_rewards.requirements import require_number

__all__ = ["openrlhf_reward", "response_of"]

TAILS = (400, 100, 30)
"""Characters of a prompt's end by which it is found in a query that does not begin with it."""


@explained
def openrlhf_reward(
    reward: Any, *, none: float = 0.0
) -> Callable[[Sequence[str], Sequence[str], Sequence[Any]], dict[str, Any]]:
    """A ``reward_func`` for OpenRLHF.

    Args:
        reward: A reward, or where to import one, as in ``"my_rewards:total"``.
        none: The score where there is no opinion: OpenRLHF cannot leave a sample out, so
            ``no_opinion`` says it in the log.

    Returns:
        A function of queries, prompts and labels. A label is the gold, or a JSON object with a
        row's columns, its gold under ``answer`` (or whatever name the reward looks for). The
        response is what follows the prompt. The scores come as tensors where torch is loaded,
        each part's under its name in ``extra_logs``.

    Raises:
        OptionError: The reward cannot be imported, or moves with training (there is no step).

    Example:
        >>> from grpo_rewards import check_answer
        >>> reward_func = openrlhf_reward(check_answer)
        >>> prompt = "<|im_start|>user 6 * 7?<|im_end|>"
        >>> query = prompt + "6 * 7<end_working_out><SOLUTION>42</SOLUTION><|im_end|>"
        >>> [float(score) for score in reward_func([query], [prompt], ["42"])["rewards"]]
        [5.0]
    """
    require_number("none", none)
    made = the_reward(reward, framework="OpenRLHF")
    keys = number_keys(made)

    def reward_func(
        queries: Sequence[str], prompts: Sequence[str], labels: Sequence[Any]
    ) -> dict[str, Any]:
        found = [
            _numbers(made, query, prompt, label, none)
            for query, prompt, label in zip(queries, prompts, labels, strict=True)
        ]
        columns = {key: _tensor([each[key] for each in found]) for key in keys}
        scores = columns.pop("score")
        return {"rewards": scores, "scores": scores, "extra_logs": columns}

    reward_func.__name__ = "reward_func"
    return reward_func


def _numbers(reward: Reward, query: str, prompt: str, label: Any, none: float) -> dict[str, float]:
    response = response_of(query, prompt)
    if response is None:
        _say_lost(prompt)
        return dict.fromkeys(number_keys(reward), none) | {"acc": 0.0, "no_opinion": 1.0}
    scored = judge_sample(reward, response, prompt=prompt, **_label(label))
    return flat_numbers(reward, scored, none=none)


def response_of(query: str, prompt: str) -> str | None:
    """What follows the prompt in a query; ``None`` where the prompt is not found in it.

    Where a prompt was cut short from the left, or decoded into other white space, its end is
    looked for, and has to be there once.
    """
    if query.startswith(prompt):
        return query[len(prompt) :]
    for size in TAILS:
        tail = prompt[-size:]
        if len(tail) == size and query.count(tail) == 1:
            return query.partition(tail)[2]
    return None


def _say_lost(prompt: str) -> None:
    say_once(
        "OpenRLHF",
        "prompt not found",
        f"a query of OpenRLHF does not begin with its prompt, {prompt[-60:]!r}, nor holds its end "
        "once: there is no telling what the response is, so there is no opinion; see that the "
        "prompt's text and its tokens are one (--apply_chat_template)",
    )


def _label(label: Any) -> dict[str, Any]:
    """A label's gold, or the columns that it holds as JSON."""
    if isinstance(label, str) and label.lstrip().startswith("{"):
        try:
            row = json.loads(label)
        except (ValueError, RecursionError):
            row = None
        if isinstance(row, dict):
            return {"row": row}
    return {"gold": label}


def _tensor(values: list[float]) -> Any:
    import torch  # noqa: PLC0415 (OpenRLHF has it loaded)

    return torch.tensor(values, dtype=torch.float32)
