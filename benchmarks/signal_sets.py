"""The sets of rewards that training_signal.py races, each as a trainer would be given it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import recipe

from grpo_rewards import (
    WORKING_OUT,
    CheckAnswer,
    ExactFormat,
    approximate_format,
    check_answer,
    check_numbers,
    completion_text,
    exact_format,
)

RewardFunction = Callable[..., list[Any]]


def recipe_exact(completions: Sequence[Any], **_: Any) -> list[float]:
    return [recipe.recipe_exact(completion_text(c)) for c in completions]


def recipe_approximate(completions: Sequence[Any], **_: Any) -> list[float]:
    return [recipe.recipe_approximate(completion_text(c)) for c in completions]


def recipe_answer(completions: Sequence[Any], answer: Sequence[str], **_: Any) -> list[float]:
    rows = zip(completions, answer, strict=True)
    return [recipe.recipe_answer(completion_text(c), gold) for c, gold in rows]


def recipe_number(completions: Sequence[Any], answer: Sequence[str], **_: Any) -> list[float]:
    rows = zip(completions, answer, strict=True)
    return [recipe.recipe_number(completion_text(c), gold) for c, gold in rows]


def trl_accuracy(completions: Sequence[Any], answer: Sequence[str], **_: Any) -> list[Any]:
    """TRL's function reads LaTeX only: the answer's two tags become a box, the gold gets one."""
    from trl.rewards import accuracy_reward

    _, _, opening, closing = WORKING_OUT.tags
    boxed = [
        completion_text(c).replace(opening, r"\boxed{").replace(closing, "}") for c in completions
    ]
    return accuracy_reward(
        [[{"role": "assistant", "content": text}] for text in boxed],
        solution=[rf"\boxed{{{gold}}}" for gold in answer],
    )


@dataclass(frozen=True)
class RewardSet:
    """Rewards that run together, and what a table calls them."""

    label: str
    rewards: tuple[RewardFunction, ...]
    options: tuple[tuple[str, Any], ...] = ()
    """Options of ``GRPOConfig`` that belong to the set."""


def right(score: float) -> CheckAnswer:
    """Pays a right answer in the exact layout, and nothing else."""
    return CheckAnswer(correct=score, wrong=0.0, missing=0.0, name="right")


SETS = {
    "recipe": RewardSet(
        "the recipe's four", (recipe_exact, recipe_approximate, recipe_answer, recipe_number)
    ),
    "trl_accuracy": RewardSet("TRL's `accuracy_reward`", (trl_accuracy,)),
    "ours": RewardSet("our four", (exact_format, approximate_format, check_answer, check_numbers)),
    "ours_without_tags": RewardSet(
        "our four, without `approximate_format`", (exact_format, check_answer, check_numbers)
    ),
    "ours_near": RewardSet(
        "our four, with `close` and `near`",
        (exact_format, approximate_format, CheckAnswer(close=2.0, near=1.5), check_numbers),
    ),
    "format_3_right_1": RewardSet("exact format 3, right 1", (ExactFormat(exact=3.0), right(1.0))),
    "format_1_right_1": RewardSet("exact format 1, right 1", (ExactFormat(exact=1.0), right(1.0))),
    "format_1_right_5": RewardSet("exact format 1, right 5", (ExactFormat(exact=1.0), right(5.0))),
    "right_only": RewardSet("right 1, alone", (right(1.0),)),
    "right_anywhere": RewardSet(
        "right 1 in any layout, alone", (replace(right(1.0), strict=False),)
    ),
    "format_only": RewardSet("exact format 3, alone", (ExactFormat(exact=3.0),)),
    "tags_format_right": RewardSet(
        "exact format 3, `approximate_format`, right 1",
        (ExactFormat(exact=3.0), approximate_format, right(1.0)),
    ),
    "each_normalized": RewardSet(
        "exact format and right, each normalised by TRL",
        (ExactFormat(exact=1.0), right(1.0)),
        (("multi_objective_aggregation", "normalize_then_sum"),),
    ),
}
