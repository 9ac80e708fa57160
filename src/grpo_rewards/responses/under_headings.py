"""The one sentence under a heading that says it concludes: "**Conclusion:** It is 42."."""

from __future__ import annotations

from functools import cache

import regex

from grpo_rewards.responses.commitments import BARE_ANSWER_LENGTH, STOP, Extracted
from grpo_rewards.responses.last_sentences import concluded
from grpo_rewards.wording.vocabulary import any_of

__all__ = ["under_conclusion"]

NEAR = 2 * BARE_ANSWER_LENGTH
"""How far (characters) from the end such a heading may stand."""


@cache
def _headed() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?:^|\n)[#*_>\[【(\d.) \t]{{0,12}}+{any_of('sums')}[\])】*_ \t]*+"
        r"(?:[:：][\])】*_ \t]*+\n?|\n)\s*+"
        rf"(?P<said>(?!(?:Yes|No|True|False)\b)[^\s*#|>-][^\n]{{1,{BARE_ANSWER_LENGTH}}})$",
        regex.IGNORECASE,
    )


def under_conclusion(text: str) -> Extracted | None:
    r"""What the last line concludes, if it is one sentence under such a heading, or behind it.

    Example:
        >>> under_conclusion("**Conclusion:** Jane has 42 apples left.")
        Extracted(answer='42 apples', why_not='')
        >>> under_conclusion("### Conclusion\nShe gave 2 away. Jane has 42 apples left.")
    """
    near = text[-NEAR:].rstrip()
    headed = _headed().search(near)
    said = str(headed["said"]) if headed else ""
    if headed is None or STOP.search(said) or said[-1] in "?？:：;；,，":
        return None
    stop = "." if said[-1].isalnum() else ""
    return concluded(f"Therefore, {said}{stop}", above=near[: headed.start()])
