"""Rewards for the layout of a response: exactly right, or how near."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from grpo_rewards.core.base import Batch, Outcome, Reward, require_format
from grpo_rewards.core.watching import seen_of
from grpo_rewards.errors import OptionError
from grpo_rewards.notices import say_once
from grpo_rewards.requirements import require_number
from grpo_rewards.responses.layouts import WORKING_OUT, Response, ResponseFormat, TagUse
from grpo_rewards.responses.surveys import likeliest_format, what_was_seen

__all__ = ["ApproximateFormat", "ExactFormat", "approximate_format", "exact_format"]

UNANSWERED = 8
"""How many completions in a row may be without an answer, or without a tag, before that is
mentioned: two groups of the smallest usual size."""


@dataclass(frozen=True, kw_only=True, repr=False)
class FormatReward(Reward):
    """What the rewards for a layout share: the layout, and its check."""

    format: ResponseFormat = WORKING_OUT

    def __post_init__(self) -> None:
        super().__post_init__()
        require_format(self.format)

    def observed(self, batch: Batch, outcomes: Sequence[Outcome]) -> None:
        """Say it where responses have nothing of this layout and are laid out by another."""
        del outcomes
        responses = batch.responses(self.format)
        seen = seen_of(self)
        if any(use.count for response in responses for use in response.tag_uses):
            seen.unanswered = 0
            return
        seen.unanswered = len(responses) + (seen.unanswered if batch.of_run else 0)
        # Looked for again only after as many more, because it takes some time.
        if self.format.tags and seen.unanswered >= max(UNANSWERED, 2 * seen.surveyed):
            seen.surveyed = seen.unanswered
            self._say_likeliest(batch, responses, seen.unanswered)

    def _say_likeliest(self, batch: Batch, responses: Sequence[Response], count: int) -> None:
        likely, read = likeliest_format([response.text for response in responses])
        if likely is not None and likely != self.format and 2 * read >= len(responses):
            say_once(
                self.format,
                "unanswered",
                lambda: (
                    f"{self.name} found no tag in any of the last {count} completions; of the "
                    f"last {len(responses)}, {what_was_seen(responses, self.format)}"
                ),
                state=batch.trainer_state,
            )

    def judge(self, batch: Batch) -> list[Outcome]:
        return [self._judge_response(response) for response in batch.responses(self.format)]

    def _judge_response(self, response: Response) -> Outcome:
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True, repr=False)
class ExactFormat(FormatReward):
    """Pays a response that is exactly the format: each tag once, in order, nothing else around.

    Args:
        format: The layout.
        exact: The score of a response that is exactly the format.
        other: The score of every other response.
        name: The reward's ``__name__``.

    Raises:
        OptionError: ``other`` is not below ``exact``, or an option is of the wrong kind.

    Reasoning and answer have to be there and not blank; a format without tags is exact when an
    answer was found in it. Not covered: whether the reasoning makes sense.

    Example:
        >>> exact_format(["6 * 7<end_working_out><SOLUTION>42</SOLUTION>", "42"])
        [3.0, 0.0]
    """

    exact: float = 3.0
    other: float = 0.0
    name: str = "exact_format"

    def __post_init__(self) -> None:
        super().__post_init__()
        require_falling(exact=self.exact, other=self.other)

    def logged_rates(self, outcomes: Sequence[Outcome]) -> dict[str, float]:
        return {"exact": sum(outcome.score == self.exact for outcome in outcomes) / len(outcomes)}

    def _judge_response(self, response: Response) -> Outcome:
        if response.is_exact:
            return Outcome(self.exact, "the response is exactly the format")
        return Outcome(self.other, response.why_not_exact)


@dataclass(frozen=True, kw_only=True, repr=False)
class ApproximateFormat(FormatReward):
    """Adds up, over the tags that the model has to write, how well each is used.

    Args:
        format: The layout. Its opening reasoning tag counts only where the model has to write it
            (``opening="required"``); a box or ``####`` counts as a tag.
        placed: Added for a tag that occurs once, after the tags that precede it.
        misplaced: Added for a tag that occurs once, but too early.
        absent_or_repeated: Added for a tag that occurs never or more than once.
        name: The reward's ``__name__``.

    Raises:
        OptionError: The three do not fall, or an option is of the wrong kind.

    The range is the number of tags times each end; 0.0 for a format without tags.
    Not covered: text around the tags, and whether anything stands between them.

    Example:
        >>> approximate_format(["6 * 7<end_working_out><SOLUTION>42</SOLUTION>", "42</SOLUTION>"])
        [1.5, -1.5]
    """

    placed: float = 0.5
    misplaced: float = 0.0
    absent_or_repeated: float = -1.0
    name: str = "approximate_format"

    def __post_init__(self) -> None:
        super().__post_init__()
        require_falling(
            placed=self.placed,
            misplaced=self.misplaced,
            absent_or_repeated=self.absent_or_repeated,
        )

    def _judge_response(self, response: Response) -> Outcome:
        judged = [self._judge_tag(use) for use in response.tag_uses]
        reason = "; ".join(reason for _, reason in judged) or "the format has no tags"
        return Outcome(float(sum(score for score, _ in judged)), reason)

    def _judge_tag(self, use: TagUse) -> tuple[float, str]:
        if use.count != 1:
            found = f"occurs {use.count} times" if use.count else "is missing"
            return self.absent_or_repeated, f"{use.tag} {found}"
        if use.in_order:
            return self.placed, f"{use.tag} is in its place"
        return self.misplaced, f"{use.tag} comes too early"


def require_falling(**tiers: float) -> None:
    """Raise unless the first tier pays more than the last, and none more than one before it."""
    given = list(tiers.items())
    for option, value in given:
        require_number(option, value)
    for (better, more), (worse, less) in pairwise(given):
        if less > more:
            raise OptionError(
                f"{worse}={less!r} would pay more than {better}={more!r}: a worse response must "
                f"not earn more; lower {worse} or raise {better}"
            )
    (best, most), (worst, least) = given[0], given[-1]
    if least == most:
        raise OptionError(f"{best} and {worst} are both {most!r}: the reward would say nothing")


exact_format = ExactFormat()
approximate_format = ApproximateFormat()
