"""rllm: an evaluator of episodes; written for rllm as of November 2026."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grpo_rewards.errors import OptionError
from grpo_rewards.guesses import explained
from grpo_rewards.integrations.adapting import (
    flat_numbers,
    gold_among,
    judge_sample,
    row_of,
    the_reward,
)
from grpo_rewards.requirements import require_number

__all__ = ["rllm_evaluator"]

GOLDS = ("ground_truth", "answer")
"""Where a task's metadata have the gold."""


@explained
def rllm_evaluator(reward: Any, *, none: float = 0.0) -> Callable[[Any, Any], Any]:
    """A function ``evaluate(task, episode)``, to be decorated with ``rllm.evaluator``.

    Args:
        reward: A reward, or where to import one, as in ``"my_rewards:total"``.
        none: The reward where there is no opinion.

    Returns:
        A function that judges the episode's ``artifacts["answer"]``, else the output of its last
        trajectory or step, else what the model wrote last. The task's metadata (or the task, where
        it is a dict) are the columns, its ``ground_truth`` is the gold, and the parts are signals.
        A module's ``SYSTEM_PROMPT`` is shown to the model: write the format's ``system_prompt()``
        there.

    Raises:
        OptionError: The reward cannot be imported, or moves with training; on a call: rllm is not
            to be imported.
    """
    require_number("none", none)
    made = the_reward(reward, framework="rllm")

    def evaluate(task: Any, episode: Any) -> Any:
        try:
            from rllm.eval.types import EvalOutput, Signal  # noqa: PLC0415
        except ImportError as error:
            raise OptionError(f"rllm is not to be imported: {error}") from error
        row = row_of(task if isinstance(task, dict) else task.metadata, name="task.metadata")
        gold = gold_among(row, GOLDS)
        asked = row.get("question", getattr(task, "instruction", None))
        scored = judge_sample(made, _text(episode), row=row, gold=gold, prompt=asked)
        numbers = flat_numbers(made, scored, none=none)
        return EvalOutput(
            reward=numbers["score"],
            is_correct=scored["verdict"] == "correct",
            signals=[Signal(name=name, value=value) for name, value in numbers.items()],
            metadata=scored,
        )

    return evaluate


def _text(episode: Any) -> str:
    """What an episode answers, looked for where rllm's own rewards look for it, in their order."""
    answer = (getattr(episode, "artifacts", None) or {}).get("answer")
    if answer is not None:
        return str(answer)
    for trajectory in reversed(getattr(episode, "trajectories", None) or []):
        steps = list(reversed(getattr(trajectory, "steps", None) or []))
        found = [
            getattr(trajectory, "output", None),
            *(getattr(step, "output", None) for step in steps[:1]),
            *(getattr(step, "model_response", None) for step in steps),
        ]
        for each in found:
            if each:
                return str(each)
    return ""
