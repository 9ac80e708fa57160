"""NeMo-RL: an environment of one turn; written for its interface as of November 2026."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from grpo_rewards.errors import OptionError
from grpo_rewards.guesses import explained
from grpo_rewards.integrations.adapting import (
    flat_numbers,
    gold_among,
    judge_sample,
    number_keys,
    row_of,
    the_reward,
)
from grpo_rewards.requirements import require_number

__all__ = ["environment_class"]

GOLDS = ("ground_truth", "expected_answer", "answer")
"""Where a sample's metadata have the gold."""


@explained
def environment_class(reward: Any, *, none: float = 0.0) -> type[Any]:
    """The class of environments that pay an answer by a reward.

    Args:
        reward: A reward, or where to import one, as in ``"my_rewards:total"``.
        none: The reward where there is no opinion: a batch's rewards are a tensor.

    Returns:
        A class to be made an actor of, by ``ray.remote``, in a module of yours that
        ``register_env`` names. What the assistant said last is judged, what stands before it is
        the prompt, a sample's metadata are the columns, their ``ground_truth`` (or
        ``expected_answer``, ``answer``) is the gold. An episode ends with its first answer. The
        means of the parts are metrics.

    Raises:
        OptionError: NeMo-RL is not to be imported, or the reward cannot be imported or moves with
            training (there is no step).
    """
    require_number("none", none)
    made = the_reward(reward, framework="NeMo-RL")
    try:
        import torch  # noqa: PLC0415
        from nemo_rl.environments.interfaces import (  # noqa: PLC0415
            EnvironmentInterface,
            EnvironmentReturn,
        )
    except ImportError as error:
        raise OptionError(f"NeMo-RL is not to be imported: {error}") from error
    keys = number_keys(made)

    class RewardEnvironment(EnvironmentInterface):  # type: ignore[misc]
        """One question, one answer, one reward."""

        def __init__(self, cfg: Any = None) -> None:
            self.cfg = cfg
            self.found: list[dict[str, float]] = []

        def step(self, message_log_batch: Sequence[Any], metadata: Sequence[Any]) -> Any:
            """Judge the last answer of each conversation."""
            scored = []
            for turns, beside in zip(message_log_batch, metadata, strict=True):
                prompt, answer = _split(turns)
                row = row_of(beside, name="metadata")
                scored.append(
                    judge_sample(made, answer, row=row, gold=gold_among(row, GOLDS), prompt=prompt)
                )
            numbers = [flat_numbers(made, each, none=none) for each in scored]
            self.found += numbers
            rewards = torch.tensor([each["score"] for each in numbers], dtype=torch.float32)
            return EnvironmentReturn(
                observations=[
                    {"role": "environment", "content": f"Environment: {each['verdict'] or 'ended'}"}
                    for each in scored
                ],
                metadata=list(metadata),
                next_stop_strings=[None] * len(scored),
                rewards=rewards,
                terminateds=torch.ones_like(rewards),
                answers=[each["answer"] for each in scored],
            )

        def global_post_process_and_metrics(self, batch: Any) -> tuple[Any, dict[str, float]]:
            """The means of what was found since they were last asked for."""
            found, self.found = self.found, []
            return batch, {
                key: sum(each[key] for each in found) / len(found) for key in keys if found
            }

        def shutdown(self) -> None:
            """Nothing to end: the actor has no workers."""

    return RewardEnvironment


def _split(turns: Sequence[Mapping[str, Any]]) -> tuple[list[dict[str, Any]], str]:
    """A conversation's prompt, and what the assistant said last; tensors beside are left out."""
    plain = [{"role": turn["role"], "content": turn["content"]} for turn in turns]
    for place in reversed(range(len(plain))):
        if plain[place]["role"] == "assistant":
            return plain[:place], str(plain[place]["content"])
    return plain, ""
