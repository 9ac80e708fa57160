"""inspect-ai: a scorer made of a reward; written for inspect-ai 0.3.285."""

from __future__ import annotations

import asyncio
from typing import Any, Literal

from grpo_rewards.errors import OptionError
from grpo_rewards.guesses import explained
from grpo_rewards.integrations.adapting import flat_numbers, judge_sample, row_of, the_reward

__all__ = ["reward_scorer"]


@explained
def reward_scorer(
    reward: Any, *, value: Literal["score", "correct"] = "score", name: str | None = None
) -> Any:
    """A scorer for a ``Task``.

    Args:
        reward: A reward, or where to import one, as in ``"my_rewards:total"``.
        value: What a sample's value is: the reward's ``"score"``, with mean and standard error as
            metrics; or ``"correct"``, ``"C"`` or ``"I"``, with accuracy.
        name: The scorer's name in the log; by default the reward's.

    Returns:
        A scorer whose scores have the answer, the reason as explanation, and the parts and what
        was found as metadata. The targets are the golds, the sample's metadata are the columns,
        its input is the prompt. A sample without an opinion is unscored.

    Raises:
        OptionError: inspect-ai is not installed, ``value`` is something else, or the reward
            cannot be imported or moves with training.
    """
    if value not in ("score", "correct"):
        raise OptionError(f"value={value!r}: write 'score' or 'correct'")
    made = the_reward(reward, framework="inspect-ai")
    try:
        from inspect_ai.scorer import (  # noqa: PLC0415
            CORRECT,
            INCORRECT,
            Score,
            accuracy,
            mean,
            scorer,
            stderr,
        )
    except ImportError as error:
        raise OptionError("pip install 'grpo-rewards[inspect-ai]'") from error
    metrics = [mean(), stderr()] if value == "score" else [accuracy(), stderr()]

    def reward_() -> Any:
        async def score(state: Any, target: Any) -> Any:
            scored = await asyncio.to_thread(
                judge_sample,
                made,
                state.output.completion,
                row=row_of(state.metadata, name="state.metadata"),
                gold=list(target),
                prompt=state.input_text,
            )
            metadata = {**scored, **flat_numbers(made, scored)}
            told = {"answer": scored["answer"], "explanation": scored["reason"]}
            if scored["no_opinion"]:
                return Score.unscored(reason="no_opinion", metadata=metadata, **told)
            found = scored["score"]
            if value == "correct":
                found = CORRECT if scored["verdict"] == "correct" else INCORRECT
            return Score(value=found, metadata=metadata, **told)

        return score

    reward_.__name__ = reward_.__qualname__ = name or made.name
    return scorer(metrics=metrics, name=name or made.name)(reward_)()
