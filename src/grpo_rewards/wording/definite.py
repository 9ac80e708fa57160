"""The option that a sentence says is the one of its kind: "the only true statement is B".

Some questions ask for the statement that is false, so that what is called false may be the answer.
Of an "option" or an "answer" that is called wrong only its text is spoken of, and it is none.
"""

from __future__ import annotations

from functools import cache

import regex

from grpo_rewards.wording.vocabulary import any_of

__all__ = ["GROUNDS", "OF_OPTIONS", "is_condition", "the_one"]

LONGEST = 300
"""Longer sentences (characters) are not looked at."""

GROUNDS = (
    r"(?:Based\s+on|Given|From|After|Considering|Looking\s+at|With|In\s+(?:the\s+)?light\s+of|According\s+to)"
    r"\s(?!(?:my|a|an|only|just|some)\b)[^,.;:!?\n\d$\\]{3,80},\s++"
)
"""What a sentence begins with that says what it rests on: "Based on the analysis above, "."""

OF_OPTIONS = r"(?:(?:out\s+)?of|among|from)\s+(?:all\s+(?:of\s+)?)?(?:the|these|those)\s+(?:(?:given|above|listed|provided|available|answer|possible|remaining|\w+)\s+){0,2}?(?:options|choices|answers|alternatives)(?:\s+(?:given|above|listed|provided|available|here))?(?:,\s+|\s+(?=only\b))"
"""What a sentence begins with that says which of them it is: "Of the above choices, "."""

_LABEL = r"(?:(?:statement|option|choice|answer|letter)\s+)?[(*\[\"“]*+(?P<label>(?-i:[A-J]))(?!\w)[)*\]\"”]*+"
_WITH_TEXT = rf"{_LABEL}(?:[.:)]*+\s*+[-–—]?\s*+(?P<text>[\"“(]?(?!(?:and|or|but|nor|if)\b)[^\n.;]{{3,160}}?[\"”)]?))?"
_KIND = r"(?:un)?true|false|(?:in)?correct|(?:in)?valid|(?:in)?accurate|not\s+(?:true|correct|valid|accurate)|wrong"
_CLAIM = r"(?:statement|claim|assertion|sentence|conclusion|inference|assumption|proposition)"
_THAT = (
    rf"(?:that|which)\s+(?:(?:is|must\s+be|has\s+to\s+be|cannot\s+be)\s+(?:(?:not|always|necessarily|logically|clearly|definitely|also)\s+)*(?:{_KIND}|supported|implied|justified|warranted)"
    r"|(?:does\s+not|doesn['’]t|cannot|can['’]t)\s+(?:necessarily\s+|logically\s+)?(?:follow|hold|apply|be\s+(?:inferred|concluded|deduced|supported|true)))(?:\s+(?:by|from|in|of|for|about)\s+[^,.;:\n]{3,50}?)?"
)
_LEFT = r"(?:only|one)\s+(?:remaining|possible|plausible|valid|viable|reasonable|logical|acceptable|suitable|sensible|true)\s+(?:option|choice|answer|alternative|candidate)"
_ONE = rf"the\s+(?:{_LEFT}|(?:(?:only|one)\s+)?+(?:(?:{_KIND})\s+{_CLAIM}|{_CLAIM}\s+{_THAT}))"


@cache
def _patterns() -> tuple[regex.Pattern[str], ...]:
    lead = rf"(?:{GROUNDS}|{any_of('concludes', language='en')}[\s,]++)*+"
    return tuple(
        regex.compile(rf"{lead}{rest}[.!*]*+", regex.IGNORECASE)
        for rest in (
            rf"{_ONE}\s+(?:is|must\s+be)(?:\s*+:)?\s++{_WITH_TEXT}",
            rf"{_LABEL}[.:]?\s++(?:is|must\s+be)\s+{_ONE}",
        )
    )


def the_one(sentence: str) -> str | None:
    """The option that a sentence says is the true or the false statement, with its text if it has it.

    Example:
        >>> the_one("Therefore, the only false statement is B."), the_one("The statement is B.")
        ('B', None)
        >>> the_one("So the statement that must be true is (B) It rains."), the_one("B is false.")
        ('B. It rains', None)
    """
    if len(sentence) > LONGEST or not _HAS_CLAIM.search(sentence):
        return None
    for pattern in _patterns():
        named = pattern.fullmatch(sentence)
        if named:
            text = named.groupdict().get("text")
            return f"{named['label']}. {text}" if text else str(named["label"])
    return None


_HAS_CLAIM = regex.compile(rf"{_CLAIM}|{_LEFT}", regex.IGNORECASE)


_CONDITION = regex.compile(
    r"\s+(?:must|should|has\s+to|needs\s+to|ought\s+to)\s+be\s+(?:(?:an?|the|one|some|any)\s+(?:\w+\s+){1,3}?|some(?:thing|one|where|body)\s+(?:\w+\s+)?)(?:that|which|where|who|whom|whose|with|used|in\s+which|related\s+to)\b[^.!?\n]*+[.!](?=\s+\S)"
)


def is_condition(text: str, place: int = 0) -> bool:
    """Whether what follows a word for "answer" only says what it has to be, before more text.

    Example:
        >>> is_condition(" must be a place that sells books. Only the shop does.")
        True
        >>> (
        ...     is_condition(" must be a place that sells books."),
        ...     is_condition(" must be B. So be it."),
        ... )
        (False, False)
    """
    return _CONDITION.match(text, place) is not None
