"""What is no part of an answer at the end of a text: courtesies, and adverbs such as "altogether"."""

from __future__ import annotations

from functools import cache

import regex

from grpo_rewards.wording.announcements import remark_words

__all__ = ["without_adverb", "without_hope"]


def without_adverb(text: str) -> str:
    """A text without the adverb at its end.

    Example:
        >>> without_adverb("20 clips, altogether")
        '20 clips'
    """
    return _trailing_remark().sub("", text)


@cache
def _trailing_remark() -> regex.Pattern[str]:
    return regex.compile(rf",? {remark_words('after')}$", regex.IGNORECASE)


_HOPE = regex.compile(
    r"\s*+(?:I\s+(?:hope|believe)\s+(?:it|this|that)(?:'s|\s+is)?(?:\s+(?:correct|right|helps?|clear|useful))++[.!]*+"
    r"|(?:I\s+)?hope\s+(?:this|it|that)\s+helps?[.!]*+|Let\s+me\s+know\s+if[^\n.!?]*+[.!?]*+|希望[^\n。]*+。?)\s*+$",
    regex.IGNORECASE,
)


def without_hope(text: str) -> str:
    """A text without the courtesy at its end, which is no part of an answer.

    Example:
        >>> without_hope("Final Answer: 3. I hope it is correct.")
        'Final Answer: 3.'
    """
    tail = text[-160:]
    if not any(hint in tail for hint in ("hope", "elp", "now if", "希望")):
        return text
    match = _HOPE.search(tail)
    return text[: len(text) - len(tail) + match.start()] if match else text
