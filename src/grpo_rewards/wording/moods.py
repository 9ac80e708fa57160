"""What a solver says with "would" and "could" of what was worked out: "It would take him 42 hours"."""

from __future__ import annotations

import regex

from grpo_rewards.wording.announcements import ABLE

__all__ = ["as_it_is"]

# "Tom would have 42 left" says so, where nothing says that it is not so: "it would have cost 42".
_WOULD = regex.compile(
    r"\bwould(?=\s+(?:then\s+|still\s+|now\s+|only\s+)?(?:(?:need|take|cost|leave|get|receive|pay|earn|make|spend|save|owe|come\s+to|contain|hold|require|give|last|weigh|travel|read|eat|use|sell|buy)\s"
    r"|have\s+(?:(?:a\s+total\s+of|only|exactly|just|about)\s+)?[$*(\\\d]|be\s+(?:(?:a\s+total\s+of|only|exactly|left\s+with)\s+)?[$*(\\\d]))"
)
_COULD = regex.compile(rf"\bcould(?={ABLE.pattern})", regex.IGNORECASE)
_CONTRARY = regex.compile(
    r"\b(?:if|unless|were|had|without|normally|usually|otherwise|instead|but|except|originally|ideally|some|many|most|people|you\s+think|one|expect\w*|should|wrong\w*|mistak\w*|students?|solvers?|careless\w*|naive\w*|add|subtract|multiply|divide)\b",
    regex.IGNORECASE,
)


def as_it_is(sentence: str) -> str:
    """A sentence with "will" for each "would" that says what is so.

    Example:
        >>> as_it_is("It would take 42 hours."), as_it_is("If he ran, it would take 42 hours.")
        ('It will take 42 hours.', 'If he ran, it would take 42 hours.')
    """
    if ("would" in sentence or "could" in sentence) and not _CONTRARY.search(sentence):
        return _COULD.sub("will", _WOULD.sub("will", sentence))
    return sentence
