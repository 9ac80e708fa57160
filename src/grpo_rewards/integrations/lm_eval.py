"""lm-evaluation-harness: ``process_results`` made of a reward; written for lm-eval 0.4.13."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from grpo_rewards.guesses import explained
from grpo_rewards.integrations.adapting import (
    field_of,
    flat_numbers,
    judge_sample,
    the_reward,
)
from grpo_rewards.requirements import require_number

__all__ = ["results_by"]


@explained
def results_by(
    reward: Any, *, gold: str | None = None, prompt: str | None = None, none: float = 0.0
) -> Callable[[Mapping[str, Any], Sequence[Any]], dict[str, float]]:
    r"""A ``process_results`` for a task of lm-eval.

    Args:
        reward: A reward, or where to import one, as in ``"my_rewards:total"``.
        gold: The document's field with the gold, where the reward looks for another name.
        prompt: The document's field with the question, where the reward reads it.
        none: The score where there is no opinion, beside the metric ``no_opinion``.

    Returns:
        A function of a document and the model's results that gives the metrics ``score``,
        ``acc``, ``no_opinion`` and one for each part; where a document has several samples, those
        of the first.

    Raises:
        OptionError: The reward cannot be imported, or moves with training.

    Example:
        >>> from grpo_rewards import BOXED, CheckAnswer
        >>> process_results = results_by(CheckAnswer(format=BOXED), gold="target")
        >>> process_results({"question": "6 * 7", "target": "42"}, [r"\boxed{42}"])
        {'score': 5.0, 'acc': 1.0, 'no_opinion': 0.0}
    """
    require_number("none", none)
    made = the_reward(reward, framework="lm-eval")

    def process_results(doc: Mapping[str, Any], results: Sequence[Any]) -> dict[str, float]:
        text = results[0] if results else ""
        while isinstance(text, list | tuple):  # with several samples, of which the first counts
            text = text[0] if text else ""
        named = {} if gold is None else {"gold": field_of(doc, gold, option="gold")}
        asked = None if prompt is None else field_of(doc, prompt, option="prompt")
        scored = judge_sample(made, text, row=doc, prompt=asked, **named)
        return flat_numbers(made, scored, none=none)

    return process_results
