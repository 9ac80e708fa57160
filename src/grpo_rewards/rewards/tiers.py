"""What the rewards that verify an answer share: where they read it, and what each finding pays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

from grpo_rewards.core.base import Batch, Outcome, Reward, require_format
from grpo_rewards.errors import OptionError
from grpo_rewards.responses.layouts import WORKING_OUT, Response, ResponseFormat
from grpo_rewards.rewards.format import require_falling

__all__ = ["Answer", "Finding", "TieredReward"]

Finding: TypeAlias = Literal["correct", "wrong", "undecided", "no answer", "no opinion"]
"""What an outcome's ``details["verdict"]`` may be; a batch's shares of them are logged."""

Answer: TypeAlias = tuple[str | None, str]
"""The answer of a response, or ``None`` and why there is none."""


@dataclass(frozen=True, kw_only=True, repr=False)
class TieredReward(Reward):
    """A reward that pays a response by whether its answer is correct, wrong, or missing."""

    format: ResponseFormat = WORKING_OUT
    correct: float
    wrong: float
    missing: float
    strict: bool = True

    def __post_init__(self) -> None:
        super().__post_init__()
        require_format(self.format)
        if not isinstance(self.strict, bool):
            raise OptionError(f"strict={self.strict!r}: write True or False")
        require_falling(**self._tiers())
        if self.correct == self.wrong:
            raise OptionError(
                f"correct and wrong are both {self.correct!r}: right and wrong answers would be "
                "paid alike; raise correct or lower wrong"
            )

    def _tiers(self) -> dict[str, float]:
        return {"correct": self.correct, "wrong": self.wrong, "missing": self.missing}

    def judge(self, batch: Batch) -> list[Outcome]:
        answers = [self._answer(response) for response in batch.responses(self.format)]
        return self._judge_answers(batch, answers)

    def _answer(self, response: Response) -> Answer:
        if self.strict and self.format.tags and not response.is_exact:
            return None, response.why_not_exact
        return response.answer, response.why_no_answer

    def _judge_answers(self, batch: Batch, answers: Sequence[Answer]) -> list[Outcome]:
        raise NotImplementedError

    def _outcome(
        self,
        found: Finding,
        reason: str,
        *,
        answer: str | None = None,
        gold: str | None = None,
        rule: str | None = None,
        score: float | None = None,
    ) -> Outcome:
        """The outcome of what was found; it pays its tier, unless a score is given."""
        if score is None and found != "no opinion":
            score = {"correct": self.correct, "no answer": self.missing}.get(found, self.wrong)
        return Outcome(
            score, reason, {"answer": answer, "gold": gold, "verdict": found, "rule": rule}
        )

    def logged_columns(self, outcomes: Sequence[Outcome]) -> dict[str, list[Any]]:
        return {
            column: [outcome.details[column] for outcome in outcomes]
            for column in ("answer", "verdict", "rule")
        }

    def logged_rates(self, outcomes: Sequence[Outcome]) -> dict[str, float]:
        found = [outcome.details["verdict"] for outcome in outcomes]
        answered = sum(outcome.details["answer"] is not None for outcome in outcomes)
        return {
            "answered": answered / len(found),
            **{
                kind.replace(" ", "_"): found.count(kind) / len(found) for kind in get_args(Finding)
            },
        }
