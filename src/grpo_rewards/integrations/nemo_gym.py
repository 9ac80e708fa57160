"""NeMo-Gym: a resources server that verifies by a reward; written for nemo-gym 0.7.0."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from grpo_rewards.core.base import Reward
from grpo_rewards.errors import OptionError
from grpo_rewards.guesses import explained
from grpo_rewards.integrations.adapting import flat_numbers, gold_among, judge_sample, the_reward
from grpo_rewards.requirements import require_number

__all__ = ["response_text", "server_class", "verified"]

GOLDS = ("expected_answer", "ground_truth", "answer")
"""Where a request has the gold."""


@explained
def server_class(reward: Any, *, none: float = 0.0) -> type[Any]:
    """A ``SimpleResourcesServer`` whose ``verify`` pays by a reward.

    Args:
        reward: A reward, or where to import one, as in ``"my_rewards:total"``.
        none: The reward where there is no opinion.

    Returns:
        A class; ``server_class(total).run_webserver()`` serves it. A request's fields are the
        columns, ``expected_answer`` (or ``ground_truth``, ``answer``) is the gold; the response
        has the reward, under ``reward_components`` that of each part, and each of these once more
        as a field of its own, which NeMo-Gym takes means of. Where there is no opinion the sample
        is masked (``mask_sample``).

    Raises:
        OptionError: NeMo-Gym is not to be imported, or the reward cannot be imported or moves
            with training.
    """
    require_number("none", none)
    made = the_reward(reward, framework="NeMo-Gym")
    try:
        from nemo_gym.base_resources_server import (  # noqa: PLC0415
            BaseResourcesServerConfig,
            BaseVerifyRequest,
            BaseVerifyResponse,
            SimpleResourcesServer,
        )
        from pydantic import ConfigDict  # noqa: PLC0415
    except ImportError as error:
        raise OptionError(f"NeMo-Gym is not to be imported: {error}") from error

    class RewardRequest(BaseVerifyRequest):  # type: ignore[misc]
        """A response, and the row's columns beside it."""

        model_config = ConfigDict(extra="allow")

    class RewardResponse(BaseVerifyResponse):  # type: ignore[misc]
        """The reward, and that of each part."""

        model_config = ConfigDict(extra="allow")
        reward_components: dict[str, float]

    class RewardServer(SimpleResourcesServer):  # type: ignore[misc]
        """Verifies responses by a reward."""

        config: BaseResourcesServerConfig

        async def verify(self, body: RewardRequest) -> RewardResponse:
            """What a response is worth."""
            row = body.model_dump()
            text = response_text(row.get("response"))
            numbers = await asyncio.to_thread(verified, made, text, row, none=none)
            score = numbers.pop("score")
            said = {
                "reward": score,
                "mask_sample": numbers["no_opinion"] == 1.0,
                "reward_components": numbers,
            }
            return RewardResponse(**{**numbers, **row, **said})

    # The annotations of a class in a function are looked up where FastAPI reads them.
    RewardServer.verify.__annotations__ = {"body": RewardRequest, "return": RewardResponse}
    return RewardServer


def verified(
    reward: Any, text: str, row: Mapping[str, Any], *, none: float = 0.0
) -> dict[str, float]:
    """The numbers of one response.

    Args:
        reward: A reward, or where to import one, as in ``"my_rewards:total"``.
        text: The response.
        row: The columns of its row, with the gold as ``expected_answer``, ``ground_truth`` or
            ``answer``.
        none: The score where there is no opinion.

    Raises:
        OptionError: The reward cannot be imported, or moves with training.

    Example:
        >>> from grpo_rewards import check_answer
        >>> text = "6 * 7<end_working_out><SOLUTION>42</SOLUTION>"
        >>> verified(check_answer, text, {"expected_answer": "42"})
        {'score': 5.0, 'acc': 1.0, 'no_opinion': 0.0}
    """
    gold = gold_among(row, GOLDS)
    made = reward if isinstance(reward, Reward) else the_reward(reward, framework="NeMo-Gym")
    return flat_numbers(made, judge_sample(made, text, row=row, gold=gold), none=none)


def response_text(response: Any) -> str:
    """What the assistant wrote last in a response of the Responses API, as a dict.

    Example:
        >>> part = {"type": "output_text", "text": "42"}
        >>> response_text(
        ...     {"output": [{"type": "reasoning"}, {"type": "message", "content": [part]}]}
        ... )
        '42'
    """
    output = response.get("output") if isinstance(response, Mapping) else None
    for item in reversed(output or []):
        if item.get("type") == "message" and item.get("role", "assistant") == "assistant":
            content = item.get("content")
            if isinstance(content, str):
                return content
            return "".join(part.get("text") or "" for part in content or [])
    return ""
