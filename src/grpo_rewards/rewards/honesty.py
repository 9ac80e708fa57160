"""The reward for an honest "I do not know": less than a right answer, more than a wrong one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from grpo_rewards.core.base import Batch, Outcome, Reward
from grpo_rewards.core.columns import as_list
from grpo_rewards.errors import ColumnError, OptionError, in_short
from grpo_rewards.requirements import require_column, require_number
from grpo_rewards.responses.layouts import Response
from grpo_rewards.responses.parsing import split_reasoning, tag_places
from grpo_rewards.rewards.answer import check_answer
from grpo_rewards.rewards.tiers import TieredReward
from grpo_rewards.wording.abstaining import abstains, abstains_beside

__all__ = ["Abstention", "abstention"]


@dataclass(frozen=True, kw_only=True, repr=False)
class Abstention(Reward):
    """Pays what another reward pays, and a tier of its own for saying that one does not know.

    The response has to say that and nothing else, in any of thirteen languages, where its answer
    would stand. "I do not know, but 42" is a hedge, and wrong even where 42 is right.

    Args:
        correctness: The reward that says what is right, such as `CheckAnswer` or `CheckText`.
        abstained: What an abstention earns: more than ``correctness`` pays for a wrong answer, and
            less than for a right one.
        allowed: A column of truth values: in which rows one may abstain. Elsewhere an abstention
            is what ``correctness`` makes of it. By default in all.
        name: The reward's ``__name__``.

    Returns:
        For a completion ``abstained``, or what ``correctness`` says; ``None`` where that has no
        opinion, as on rows without a gold.

    Raises:
        OptionError: ``abstained`` does not lie between the tiers of ``correctness``, or an option
            is of the wrong kind.
        ColumnError: On a call: the column ``allowed`` is missing, or holds no truth value.

    Not covered: whether the model could have known. Where it is rarely right, abstaining always
    pays best: keep ``abstained`` nearer to ``wrong`` than the share of right answers at the start,
    and watch the rate ``abstained`` in the logs.

    Example:
        >>> texts = [
        ...     f"I think.<end_working_out><SOLUTION>{answer}</SOLUTION>"
        ...     for answer in ("42", "41", "I do not know.", "I do not know, maybe 42")
        ... ]
        >>> abstention(texts, answer=["42"] * 4)
        [5.0, -2.5, 0.0, -2.5]
        >>> Abstention(allowed="hard")(texts[2:3] * 2, answer=["42"] * 2, hard=[True, False])
        [0.0, -2.5]
    """

    correctness: Reward = field(default=check_answer)
    abstained: float = 0.0
    allowed: str | None = None
    name: str = "abstention"

    def __post_init__(self) -> None:
        super().__post_init__()
        if not isinstance(self.correctness, TieredReward):
            raise OptionError(
                f"correctness={in_short(self.correctness)}: write a reward that pays right and "
                "wrong "
                "answers by tiers, such as CheckAnswer() or CheckText()"
            )
        require_number("abstained", self.abstained)
        if not self.correctness.wrong < self.abstained < self.correctness.correct:
            raise OptionError(
                f"abstained={in_short(self.abstained)}: write a number between what "
                f"{self.correctness!r} "
                f"pays for a wrong answer, {self.correctness.wrong!r}, and for a right one, "
                f"{self.correctness.correct!r}"
            )
        if self.allowed is not None:
            require_column("allowed", self.allowed)

    @property
    def format(self) -> Any:
        """The layout that answers are read by: that of ``correctness``."""
        return getattr(self.correctness, "format", None)

    @property
    def parts(self) -> tuple[Reward, ...]:
        return (self.correctness,)

    def judge(self, batch: Batch) -> list[Outcome]:
        """The outcomes of a batch, each by its own row."""
        outcomes = batch.outcomes(self.correctness)
        allowed: Sequence[Any] = [True] * len(batch)
        if self.allowed is not None:
            allowed = [self._truth(value) for value in batch.column(self.allowed, option="allowed")]
        answers = [self._said(response) for response in batch.responses(self.format)]
        return [
            self._judge_row(outcome, may, answer)
            for outcome, may, answer in zip(outcomes, allowed, answers, strict=True)
        ]

    def _said(self, response: Response) -> str:
        """What stands where the answer would; in prose all that follows the reasoning."""
        assert isinstance(self.correctness, TieredReward)
        answer, _ = self.correctness._answer(response)
        if answer is not None or not isinstance(self.format.answer, str):
            return answer or ""
        found = tag_places(self.format, response.text)
        _, start, why_not = split_reasoning(self.format, response.text, found)
        return "" if why_not else response.text[start:]

    def _truth(self, value: Any) -> bool:
        if as_list(value) is None and value in (0, 1):
            return bool(value)
        if value is None:
            return False
        raise ColumnError(
            f"the column {self.allowed!r} has {in_short(value, 60)}: write True where one may "
            "abstain"
        )

    def _judge_row(self, outcome: Outcome, may: object, answer: str) -> Outcome:
        assert isinstance(self.correctness, TieredReward)
        is_right = outcome.details.get("verdict") == "correct"
        only_abstains = abstains(answer)
        does = only_abstains and not is_right
        details = {**outcome.details, "abstains": does}
        if is_right and not only_abstains and abstains_beside(answer):
            reason = "it says that it does not know, and answers all the same"
            return Outcome(self.correctness.wrong, reason, details)
        if outcome.score is None or not does or not may:
            return replace(outcome, details=details)
        return Outcome(self.abstained, "it says that it does not know", details)

    def logged_rates(self, outcomes: Sequence[Outcome]) -> dict[str, float]:
        rate = sum(bool(outcome.details["abstains"]) for outcome in outcomes) / len(outcomes)
        return {"abstained": rate}


abstention = Abstention()
