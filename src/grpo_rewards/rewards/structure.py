"""Rewards for how a response is built: the steps of its reasoning, the tags around its parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import regex

from grpo_rewards.core.base import Outcome
from grpo_rewards.errors import OptionError
from grpo_rewards.requirements import require_whole
from grpo_rewards.responses.layouts import Response
from grpo_rewards.rewards.format import FormatReward
from grpo_rewards.wording.patterns import compiled

__all__ = ["StepCount", "TagCount", "step_count", "tag_count"]

LEAST_WORDS = 2
"""A step has at least this many words or numbers; "1." alone, or "Next," alone, is none."""

# What starts a step: what it is, where it stands, its pattern, an example.
_AT_LINE = r"^[ \t]*+"
_AT_SENTENCE = r"(?:^[ \t]*+|(?<=[.!?:;][ \t\n]))\*{0,2}"
MARKERS = (
    ("a numbered line", _AT_LINE, r"(?:\*\*)?\(?\d{1,3}[.):](?=[ \t*])", "1. Add the sides"),
    ("a bullet", _AT_LINE, r"[-*+•][ \t]", "- Add the sides"),
    ("a heading", _AT_LINE, r"\#{1,6}[ \t]", "## Adding the sides"),
    ("a step by name", _AT_SENTENCE, r"step[ \t](?:\d{1,3}|one|two|three)\b", "Step 1: add"),
    (
        "an ordinal",
        _AT_SENTENCE,
        r"(?:(?:first|second|third)(?:ly)?+|lastly|finally)\b",
        "First, add",
    ),
    ("a word that goes on", _AT_SENTENCE, r"(?:next|then|now|after[ \t]that)\b", "Then we add"),
    ("a conclusion", _AT_SENTENCE, r"(?:so|therefore|thus|hence|consequently)\b", "So it is 4"),
)
_STEP = "|".join(where + what for _, where, what, _ in MARKERS)
_LINE = regex.compile(r"\n")
_PARAGRAPH = regex.compile(r"\n[^\S\n]*+\n\s*+")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]++")


@dataclass(frozen=True, kw_only=True, repr=False)
class StepCount(FormatReward):
    r"""Pays for reasoning in steps: the share there is of those asked for, each different one once.

    From 0.0 up to 1.0, ``different steps / target``. The idea is the step reward of open-r1
    (``reasoning_steps_reward``, which has no paper): three steps are enough. That one counts
    every marker, so a text of nothing but ``Step 1:`` earns all; here a step has to say something
    (two words or numbers at least) that no other one says.

    Args:
        target: The number of steps from which on a response earns 1.0.
        by: What a step is. ``"markers"``: what follows a number, bullet or heading at the start
            of a line, or "Step 2" or one of these English words at the start of a sentence, up to
            the next marker: first, second, third, lastly, finally, next, then, now, after that,
            so, therefore, thus, hence, consequently. ``"lines"`` and ``"paragraphs"``: these,
            in any language.
        format: The layout. Steps are counted in its reasoning; in the whole text where a layout
            without reasoning tags gives none.
        name: The reward's ``__name__``.

    Returns:
        For a completion a score from 0.0 to 1.0, never ``None``.

    Raises:
        OptionError: ``target`` is below 1, or an option is of the wrong kind.

    Not covered: whether the steps are true, follow from each other, or lead anywhere. A model can
    learn to write three empty phrases: keep its weight small beside an answer's.

    Example:
        >>> text = "First, 6 * 7 is 42. Then I check it.<end_working_out><SOLUTION>42</SOLUTION>"
        >>> step_count([text, "1. \n2. \n3. ", "Step 1: go on. Step 2: go on. Step 3: go on."])
        [0.6666666666666666, 0.0, 0.3333333333333333]
    """

    target: int = 3
    by: Literal["markers", "lines", "paragraphs"] = "markers"
    name: str = "step_count"

    is_guard: ClassVar[bool] = True

    def __post_init__(self) -> None:
        super().__post_init__()
        require_whole("target", self.target)
        if self.by not in ("markers", "lines", "paragraphs"):
            raise OptionError(f"by={self.by!r}: write 'markers', 'lines' or 'paragraphs'")

    def _judge_response(self, response: Response) -> Outcome:
        reasoning = response.reasoning or ""
        if not reasoning and self.format.reasoning is None:
            reasoning = response.text
        if self.by == "markers":
            # What stands before the first marker is no step.
            parts = compiled(_STEP, regex.I | regex.M).split(reasoning)[1:]
        else:
            parts = (_LINE if self.by == "lines" else _PARAGRAPH).split(reasoning)
        said = [tuple(_WORD.findall(part.lower())) for part in parts]
        steps = len({step for step in said if len(step) >= LEAST_WORDS})
        reason = f"{steps} different steps of {self.target}"
        return Outcome(min(1.0, steps / self.target), reason, {"steps": steps})


@dataclass(frozen=True, kw_only=True, repr=False)
class TagCount(FormatReward):
    """Pays the share of the format's tags that occur exactly once, wherever they stand.

    The idea is the tag reward of open-r1 (``tag_count_reward``, which has no paper; a quarter for
    each of ``<think>``, ``</think>``, ``<answer>``, ``</answer>``), for the tags of any format,
    and without asking for line breaks around them.

    Args:
        format: The layout. Its opening reasoning tag counts only where the model has to write it
            (``opening="required"``); a box or ``####`` counts as a tag.
        name: The reward's ``__name__``.

    Returns:
        For a completion a score from 0.0 to 1.0, never ``None``.

    Raises:
        OptionError: The format has no tags, or an option is of the wrong kind.

    Not covered: the tags' order and what stands between them; for those see
    `grpo_rewards.ApproximateFormat` and `grpo_rewards.ExactFormat`.

    Example:
        >>> tag_count(["6 * 7<end_working_out><SOLUTION>42</SOLUTION>", "<SOLUTION>42", "42"])
        [1.0, 0.3333333333333333, 0.0]
    """

    name: str = "tag_count"

    is_guard: ClassVar[bool] = True

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.format.parse("").tag_uses:
            raise OptionError(
                f"format={self.format!r} has no tags that a model writes, so there are none to "
                "count; write a format with tags, such as THINK_ANSWER"
            )

    def _judge_response(self, response: Response) -> Outcome:
        once = [use.tag for use in response.tag_uses if use.count == 1]
        amiss = [use for use in response.tag_uses if use.count != 1]
        reason = "; ".join(
            f"{use.tag} occurs {use.count} times" if use.count else f"{use.tag} is missing"
            for use in amiss
        )
        return Outcome(
            len(once) / len(response.tag_uses), reason or "every tag occurs once", {"once": once}
        )


step_count = StepCount()
tag_count = TagCount()
