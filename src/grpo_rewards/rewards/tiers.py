"""What the rewards that verify an answer share: where they read it, and what each finding pays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, TypeAlias, get_args

from grpo_rewards.core.base import Batch, Outcome, Reward, require_format
from grpo_rewards.core.columns import as_list
from grpo_rewards.core.watching import seen_of
from grpo_rewards.errors import OptionError, in_short
from grpo_rewards.notices import say_once
from grpo_rewards.requirements import require_truth
from grpo_rewards.responses.layouts import WORKING_OUT, Response, ResponseFormat
from grpo_rewards.responses.surveys import what_was_seen
from grpo_rewards.rewards.format import UNANSWERED, require_falling

__all__ = ["Answer", "Finding", "TieredReward"]

Finding: TypeAlias = Literal["correct", "wrong", "undecided", "no answer", "no opinion"]
"""What an outcome's ``details["verdict"]`` may be; a batch's shares of them are logged."""

Answer: TypeAlias = tuple[str | None, str]
"""The answer of a response, or ``None`` and why there is none."""

ANSWERED = frozenset({"correct", "wrong", "undecided"})


@dataclass(frozen=True, kw_only=True, repr=False)
class TieredReward(Reward):
    """A reward that pays a response by whether its answer is correct, wrong, or missing."""

    format: ResponseFormat = WORKING_OUT
    correct: float
    wrong: float
    missing: float
    strict: bool = True

    patience: ClassVar[int] = 16
    """Of how many completions in a row there may be no opinion before that is mentioned."""
    _source_option: ClassVar[str] = "gold"
    """The option that names the column which a row is judged by; empty where none does."""

    def __post_init__(self) -> None:
        super().__post_init__()
        require_format(self.format)
        require_truth("strict", self.strict)
        require_falling(**self._tiers())
        if self.correct == self.wrong:
            raise OptionError(
                f"correct and wrong are both {self.correct!r}: right and wrong answers would be "
                "paid alike; raise correct or lower wrong"
            )

    def _tiers(self) -> dict[str, float]:
        return {"correct": self.correct, "wrong": self.wrong, "missing": self.missing}

    @property
    def says_verdicts(self) -> bool:
        return True

    @property
    def bounds(self) -> tuple[float, float]:
        tiers = self._tiers().values()
        return min(tiers), max(tiers)

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

    def observed(self, batch: Batch, outcomes: Sequence[Outcome]) -> None:
        seen = seen_of(self)
        if batch.of_run and seen.batches == 0:
            self._look_at_first(batch, outcomes)
        if any(outcome.details["verdict"] in ANSWERED for outcome in outcomes):
            seen.unanswered = seen.silent = 0
            return
        if not batch.of_run:
            seen.unanswered = seen.silent = 0
        silent = sum(outcome.details["verdict"] == "no opinion" for outcome in outcomes)
        seen.silent = seen.silent + silent if silent == len(outcomes) else 0
        seen.unanswered += len(outcomes) - silent
        if seen.silent >= self.patience and self._lacks_source(outcomes[0]):
            self._say_silent(batch, outcomes, seen.silent)
        if seen.unanswered >= UNANSWERED and seen.silent == 0:
            self._say_unanswered(batch, seen.unanswered)

    def _lacks_source(self, outcome: Outcome) -> bool:
        """Whether there is no opinion because a row has nothing to judge by."""
        return outcome.score is None

    def _look_at_first(self, batch: Batch, outcomes: Sequence[Outcome]) -> None:
        """Say for how many completions of a run's first batch there is no opinion."""
        seen_of(self).batches += 1
        silent = [outcome for outcome in outcomes if outcome.score is None]
        if 0 < len(silent) < len(outcomes):
            say_once(
                self,
                "no opinion",
                f"{self.name} has no opinion on {len(silent)} of the {len(outcomes)} completions "
                f"of the first batch ({silent[0].reason}): trainers leave those out of its mean, "
                "and of the sum of the rewards",
                state=batch.trainer_state,
            )

    def _say_silent(self, batch: Batch, outcomes: Sequence[Outcome], count: int) -> None:
        def message() -> str:
            columns = ", ".join(f"{name}={shown(values)}" for name, values in batch.columns.items())
            remedy = ""
            if self._source_option:
                named = f"{type(self).__name__}({self._source_option}='solution')"
                remedy = f". Name the right column, as in {named}"
            return (
                f"{self.name} had no opinion on any of the last {count} completions: "
                f"{outcomes[0].reason}. The columns of the last row: {columns or 'none'}{remedy}"
            )

        say_once(self, "silent", message, state=batch.trainer_state)

    def _say_unanswered(self, batch: Batch, count: int) -> None:
        responses = batch.responses(self.format)
        if any(self._answer(response)[0] is not None for response in responses):
            return  # an answer is there, and this reward makes nothing of it
        say_once(
            self.format,  # which several rewards of one trainer read
            "unanswered",
            lambda: (
                f"{self.name} found no answer in any of the last {count} completions; of the last "
                f"{len(responses)}, {what_was_seen(responses, self.format, strict=self.strict)}"
            ),
            state=batch.trainer_state,
        )

    def logged_columns(self, outcomes: Sequence[Outcome]) -> dict[str, list[Any]]:
        return {
            column: [outcome.details.get(column) for outcome in outcomes]
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


def shown(values: Any) -> str:
    """The last value of a column, cut short."""
    listed = as_list(values)
    return f"{in_short((listed[-1] if listed else values), 60)}"
