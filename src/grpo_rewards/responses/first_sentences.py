"""A short text that names what was asked for in its first sentence, and goes on with background."""

from __future__ import annotations

import regex

from grpo_rewards.responses.commitments import Extracted
from grpo_rewards.wording.attributions import attributed
from grpo_rewards.wording.dismissals import dismisses, only_mentions, sets_a_trap, somebody_says
from grpo_rewards.wording.doubts import denied_lead, doubted
from grpo_rewards.wording.spoken_of import told_by_others
from grpo_rewards.wording.vocabulary import Sense, spotted

__all__ = ["named_first"]

LONGEST = 700
"""Longer texts (characters) say more than a name and its background."""
_OPENS = frozenset("#ABCDEFGHIJKLMNOPQRSTUVWXYZ")

# What names it: in bold, or a name of a few words with capitals.
_BOLD = r"\*\*[\"“]?(?P<bold>[^*\n\"“”]{1,60}?)[\"”]?\*\*"
_WORD = r"[A-Z][\w'’-]*+"
_NAME = rf"(?P<name>(?:the\s)?{_WORD}(?:\s(?:of|the|de|da|la|van|von|and)(?=\s(?:the\s)?[A-Z])|\s{_WORD}){{0,5}})"
_BE = r"(?:is|was|are|were)"
_LED_TO = rf"(?:{_BE}|(?:by|for|in|as|called|named))"
# What only says more of it: in brackets, or in a clause of its own behind a comma.
_ASIDE = r"(?:\s\((?!(?:or|and|not|but)\b)[^()\n]{0,80}\)){0,2}"
_MORE = (
    r"(?:,\s(?:with|which|who|whose|where|(?:in|of|by|for)\swhich|located|situated|known|also\sknown)\s[^\n*]{3,160}?"
    r"|\s(?:around|in|during)\s[12]\d{3})?"
)
_FIRST = regex.compile(
    rf"(?P<lead>(?:The|Its|His|Her|Their)\s[^.!?:;\n*]{{3,120}}?\s{_BE})\s(?:(?:an?|the)\s)?(?:{_BOLD}|{_NAME})(?P<more>{_ASIDE}{_MORE})\.?(?P<rest>(?:$|(?<=\.)\s)[^\n]*+(?:\n.*)?)"
    rf"|(?P<lead>[A-Z][^.!?:;\n*]{{3,120}}?\s{_LED_TO})\s(?:(?:an?|the)\s)?{_BOLD}(?P<more>{_ASIDE}{_MORE})\.?(?P<rest>(?:$|(?<=\.)\s)[^\n]*+(?:\n.*)?)",
    regex.DOTALL,
)
_HEADING = regex.compile(r"#{1,4}\s[^\n]{1,80}\n\s*+")
# Sentences that say more of what was named, and a list under a heading of such.
_OF_IT = regex.compile(
    r"(?:(?:It|He|She|They)\s(?!(?:says?|said|thinks?|thought|claims?|claimed|guess\w*|believe\w*|answer\w*|leads?|led)\b)|(?:Its|His|Her|Their)\s)"
)
_STOP = regex.compile(r"(?<=[.!])\s+(?=[A-Z*#-])")
_FEATURES = regex.compile(
    r"(?:\*\*|#{1,4}\s)?(?:Key\s(?:features|facts|points|details)|Features|Characteristics|Background|Details|Context|Notes?|Additional\s(?:information|details|context))(?::\*\*|\*\*:|:)?\n"
    r"(?:\s*+[-*•]\s[^\n*?]{3,200}(?:\n|$)){1,12}"
)
_IS_NAMED = regex.compile(
    r"\b(?:it|that|this|he|she|they)(?:['’]s|\s(?:is|was|are|were))\s(?:the\s)?[*\"“]*(?-i:[A-Z\d])",
    regex.IGNORECASE,
)
_TURNS = regex.compile(
    r"\b(?:answer|question|asks?|asked|correct|instead|however|but|rather|used\sto|no\slonger|so|thus|hence|therefore|unlike|whereas"
    r"|(?:this|it)\s(?:means|gives|implies|leaves|makes|shows|tells|yields))\b",
    regex.IGNORECASE,
)
_COMPARES = regex.compile(
    r"\b(?:unlike|instead|rather|while|whereas|although|though|but|or|and|than|if|unless|except|before|until|near|close|like)\b",
    regex.IGNORECASE,
)
_OPEN: tuple[Sense, ...] = ("denies", "hedges", "retracts", "wavers", "opines")
_LIES = regex.compile(
    r"\blies?\s(?=(?:in|on|at|between|near|along|to)\b)",
    regex.IGNORECASE,
)
"""What says where something is, and is no falsehood."""
_HAS_DIGIT = regex.compile(r"\d")


def named_first(text: str) -> Extracted | None:
    """What the first sentence of a short text names, where the others only say more of it.

    Example:
        >>> named_first("The capital of China is **Beijing**. It lies in the north.").answer
        'Beijing'
        >>> named_first("The capital of China is **Beijing**. That of Japan is **Tokyo**.")
    """
    if len(text) > LONGEST or text[:1] not in _OPENS:
        return None
    heading = _HEADING.match(text) if text[0] == "#" else None
    found = _FIRST.fullmatch(text, heading.end() if heading else 0)
    if found is None or not _states(found["lead"], found["more"]):
        return None
    named, rest = str(found["bold"] or found["name"]), str(found["rest"]).strip()
    if sets_a_trap(found["lead"].rpartition(" ")[0], of_label=len(named) == 1):
        return None
    is_number = _HAS_DIGIT.search(named)  # which are more often worked out than known
    return Extracted(named) if not is_number and _says_more(rest, named) else None


def _states(lead: str, more: str) -> bool:
    """Whether a sentence names what follows its lead as what was asked for."""
    if _COMPARES.search(lead) or denied_lead(lead) or doubted(lead, ""):
        return False
    if told_by_others(lead) or attributed(lead) or somebody_says(lead) or only_mentions(lead):
        return False
    if dismisses(f"{lead} {more}") or any(True for _ in spotted(lead, *_OPEN, "supposes")):
        return False
    return not any(True for _ in spotted(more, *_OPEN)) and _TURNS.search(more) is None


def _says_more(rest: str, named: str) -> bool:
    """Whether sentences only say more of what was named before them, and end."""
    listed = _FEATURES.search(rest)
    sentences = rest[: listed.start()].strip() if listed else rest
    if listed and listed.end() < len(rest):
        return False
    if "*" in sentences or "?" in rest or _TURNS.search(rest) or _IS_NAMED.search(rest):
        return False
    if dismisses(_LIES.sub("", rest)) or any(True for _ in spotted(rest, *_OPEN)):
        return False
    each = _STOP.split(sentences) if sentences else []
    if each and not sentences.endswith((".", "!")):
        return False
    return all(_OF_IT.match(one) or one.startswith(named) for one in each)
