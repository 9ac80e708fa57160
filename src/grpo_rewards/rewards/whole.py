"""What the rewards share that read a whole response, and no short answer in it."""

from __future__ import annotations

from dataclasses import dataclass

from grpo_rewards.errors import OptionError
from grpo_rewards.responses.layouts import FREEFORM, Response, ResponseFormat
from grpo_rewards.responses.parsing import split_reasoning, tag_places
from grpo_rewards.rewards.tiers import Answer, TieredReward

__all__ = ["SharingReward", "WholeReward"]


@dataclass(frozen=True, kw_only=True, repr=False)
class WholeReward(TieredReward):
    """Reads what stands between the answer's tags, or in a layout without them the whole text.

    Reasoning is never part of it; of a response whose reasoning does not end there is nothing.
    """

    format: ResponseFormat = FREEFORM
    correct: float = 5.0
    wrong: float = -2.5
    missing: float = -4.5

    def _answer(self, response: Response) -> Answer:
        if isinstance(self.format.answer, str):
            found = tag_places(self.format, response.text)
            _, start, why_not = split_reasoning(self.format, response.text, found)
            if why_not:
                return None, why_not
            rest = response.text[start:]
            return (rest, "") if rest.strip() else (None, "the response is blank")
        return super()._answer(response)


@dataclass(frozen=True, kw_only=True, repr=False)
class SharingReward(WholeReward):
    """Such a reward that may pay a share of ``correct`` for what is right in part."""

    def _require_shares(self, option: str, *, are_paid: bool) -> None:
        if are_paid and not self.wrong <= 0 < self.correct:
            raise OptionError(
                f"wrong={self.wrong!r}, correct={self.correct!r}: with {option} a share of what "
                "is asked for earns a share of correct, so write wrong <= 0 < correct"
            )

    def _share(self, share: float) -> float:
        """What a share below 1 earns."""
        return self.correct * share if share > 0 else self.wrong
