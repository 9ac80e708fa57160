"""Remarks beside a word or an option's label: a speaker's doubt, or no more than the option's text."""

from __future__ import annotations

import regex

from grpo_rewards.wording.retractions import CONTRAST, renounced
from grpo_rewards.wording.vocabulary import spotted

__all__ = ["denied_option", "speaker_doubts"]

_SPEAKS_OF_IT = regex.compile(
    r"\s*+(?:(?:is|was|are)\s+(?:wrong|incorrect|false|not|eliminated|right|out)\b|has\s+been\s+(?:eliminated|ruled\s+out|excluded|rejected)\b|i\s+(?:guess|think|doubt)\b"
    r"|not\s+(?:sure|certain)\b|(?:maybe|perhaps|possibly|probably)\s*+$|(?:no|wait|oops|hmm)[,.!\s]++(?:[A-J]\b|wait)|(?:wait|oops|hmm)\W*$"
    r"|(?:actually|wait|scratch|correction|sorry|instead|rather)\b|(?:or|and|also|then|nor|but|not)\s+(?:maybe\s+)?\(?[A-J]\b"
    r"|who\s+knows\b|just\s+a\s+guess|unsure\b|[^.]*\?\s*+$)",
    regex.IGNORECASE,
)


# What options say that deny something: no speaker says it of the label before it.
_OPTION_TEXT = regex.compile(
    r"(?:(?:it|this|they)\s+)?(?:can\s?not|can['’]t)\s+be\s+(?:determined|known|found|calculated|computed|answered|inferred|concluded|said|told|proven)\b"
    r"|(?:there\s+is\s+)?not\s+(?:enough|sufficient|given|applicable|mentioned|stated|determined|listed)\b|none\s+of\b|neither\s+(?:of|\w+\s+nor)\b"
    r"|(?:there\s+(?:is|are)\s+)?no\s+(?:solutions?|change|effect|such|information|one|answer|difference|real|relation\w*|conclusion|correct)\b",
    regex.IGNORECASE,
)


def denied_option(mark: str, text: str) -> bool:
    """Whether what stands behind an option's label takes it back, and is not the option's text.

    Args:
        mark: What sets it off from the label: a bracket, a full stop, a comma; blank for none.
        text: What follows the mark.

    Example:
        >>> denied_option(")", "no"), denied_option(".", "Cannot be determined")
        (False, False)
        >>> denied_option(",", "I guess"), denied_option("", "also A"), denied_option(",", "not A")
        (True, True, False)
    """
    if renounced(text):
        return True
    if not text.strip() or CONTRAST.match(text) or _OPTION_TEXT.match(text):
        return False
    if mark.strip() in (")", ".", ":") and text.strip() in (
        "Maybe",
        "Perhaps",
        "Possibly",
        "Probably",
    ):
        return False
    if _SPEAKS_OF_IT.match(text) or (text.lstrip(" ,;–—-")[:1].islower() and speaker_doubts(text)):
        return True
    if mark.strip() in ("", ","):
        first = next(
            spotted(text, "denies", "hedges", "retracts", "rivals", "speaks", after=True), None
        )
        return first is not None and not text[: first.start].strip(" (")
    return False


_SPEAKER_SAYS = regex.compile(
    r"[\s,;:(\[–—-]*+(?:(?:but|though|and)\s+)?(?:(?:very|most|highly|quite|just|only|it\s+is|it's|that's|i'm|i\s+am)\s+)*+"
    r"(?:unlikely|probably|maybe|perhaps|possibly|likely|supposedly|allegedly|reportedly|presumably|ostensibly|low\s+confidence|scratch\s+(?:that|this|it)|sorry|(?:i|my|a|best|wild)\s+guess|guess|guessing|not\s+(?:sure|certain|really)"
    r"|unsure|uncertain\s+about|who\s+knows|who\s+can\s+(?:say|tell)|i\s+(?:think|doubt|suppose|believe)\s*(?:so|it)?"
    r"|(?:definitely|certainly|clearly|surely|absolutely|obviously)\s+(?:not|wrong|false|incorrect)|no\s+idea|don't\s+know"
    r"|i\s+don't\s+(?:know|think)|by\s+no\s+means|not\s+at\s+all|hard\s+to\s+say|可能|也许|大概|不确定|quizás|tal\s+vez|peut-être|vielleicht|talvez|forse"
    r"|возможно|наверное|かもしれ|たぶん|おそらく|아마|có\s+lẽ|ربما)(?!\w)",
    regex.IGNORECASE,
)


def speaker_doubts(remark: str) -> bool:
    """Whether a remark says that the speaker doubts it, as no option's text would.

    Example:
        >>> speaker_doubts(" (unlikely)"), speaker_doubts(", definitely not"), speaker_doubts("no")
        (True, True, False)
    """
    return _SPEAKER_SAYS.match(remark) is not None
