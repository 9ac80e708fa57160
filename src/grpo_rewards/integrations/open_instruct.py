"""open-instruct: a verifier for a data set's name; written for it as of November 2026."""

from __future__ import annotations

from typing import Any, Literal

from grpo_rewards.errors import OptionError
from grpo_rewards.guesses import explained
from grpo_rewards.integrations.adapting import flat_numbers, judge_sample, the_reward
from grpo_rewards.requirements import require_number

__all__ = ["verifier_class"]


@explained
def verifier_class(
    reward: Any,
    *,
    name: str,
    value: Literal["score", "correct"] = "correct",
    none: float = 0.0,
) -> type[Any]:
    """A subclass of ``VerifierFunction``; defining it in a module is all that registers it.

    Args:
        reward: A reward, or where to import one, as in ``"my_rewards:total"``.
        name: The data set's name, by which open-instruct routes rows to verifiers.
        value: Whether a sample's score is 1 where the answer is right and 0 elsewhere, which is
            what open-instruct's own figures take it for (its rate of correct answers counts
            scores above 0), or the reward's score. It multiplies either by
            ``--verification_reward``.
        none: The score where there is no opinion.

    Raises:
        OptionError: open-instruct is not to be imported, or the reward cannot be imported or
            moves with training.
    """
    require_number("none", none)
    if value not in ("score", "correct"):
        raise OptionError(f"value={value!r}: write 'score' or 'correct'")
    made = the_reward(reward, framework="open-instruct")
    try:
        from open_instruct.ground_truth_utils import (  # noqa: PLC0415
            VerificationResult,
            VerifierFunction,
        )
    except ImportError as error:
        raise OptionError(f"open-instruct is not to be imported: {error}") from error

    class RewardVerifier(VerifierFunction):  # type: ignore[misc]
        """Judges a prediction by a reward."""

        def __init__(self, verifier_config: Any = None) -> None:
            super().__init__(name, verifier_config=verifier_config, weight=1.0)

        def __call__(
            self,
            tokenized_prediction: Any,
            prediction: str,
            label: Any,
            query: str | None = None,
            rollout_state: Any = None,
        ) -> Any:
            del rollout_state
            ids = list(tokenized_prediction) or None
            scored = judge_sample(made, prediction, gold=label, prompt=query, ids=ids)
            numbers = flat_numbers(made, scored, none=none)
            score = numbers["score"] if value == "score" or scored["no_opinion"] else numbers["acc"]
            return VerificationResult(score=score, reasoning=scored["reason"])

    RewardVerifier.__name__ = RewardVerifier.__qualname__ = f"{name}_verifier"
    return RewardVerifier
