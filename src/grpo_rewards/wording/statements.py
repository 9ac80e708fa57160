"""Sentences that state an answer: "Thus, x = 4", "The cost is 20 in total", "2 is the answer"."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["DENIAL", "LABEL", "lead_ins", "statement", "without_adverb"]

LABEL = re.compile(
    r"(?:the )?(?:final |correct )?(?:answers?|ans|solutions?|results?)(?:\s*[:=]|\s+(?:is|are)\b:?)\s*(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
"""``Answer: ...``: what follows is all of the answer."""
# Ways to state an answer: what is stated may be anything after the first ones, and has to be
# mathematics or a choice after the others, whose lead must not deny, hedge or change it.
_STATEMENTS = (
    LABEL,
    *(
        re.compile(pattern, re.IGNORECASE | re.DOTALL)
        for pattern in (
            r"(?:so|thus|hence|therefore|then|finally|consequently)\b[,:]?\s+(?P<rest>.+)",
            r"(?P<rest>.+?)\s+is (?:correct|(?:the|our|my) (?:final |correct )?(?:answer|solution|result|option|choice))",
            r"(?:exactly|precisely|just|only|a total of)\s+(?P<rest>[-+$\\]?\d.*)",
            r"1\.\s+(?P<rest>[-+]?\d[\d,.]*)",
            r"(?:=|:|\\approx|\\therefore|\\implies|\\Rightarrow)\s*(?P<rest>.+)",
        )
    ),
)
_COPULA = r"(?:is|are|was|were|equals?(?:\s+to)?|costs|leaving|remains|it'?s)(?:\s+(?:equal to|just|exactly))?"
_LEAD_INS = tuple(
    re.compile(pattern, re.IGNORECASE | re.DOTALL)
    for pattern in (
        rf"(?P<lead>[A-Za-z][\w'’,() -]{{0,120}}\s)?{_COPULA}(?:\s*:)?\s+(?P<rest>.+)",
        r"(?P<lead>(?:\\(?:text|mathrm)\s*\{)?\s*[A-Za-z][A-Za-z ]{1,40}\}?)\s*[:=]\s*(?P<rest>.+)",
        r"(?P<lead>[A-Za-z]+\s+[a-z]+)\s+(?P<rest>\d.*)",
    )
)
DENIAL = re.compile(
    r"n't\b|\b(?:not|no|never|neither|nor|cannot|least|most|than|about|around|roughly|nearly|almost|"
    r"approximately|between|maybe|perhaps|possibly|either|except|but|less|more|over|under|up to|if|"
    r"unless|or|doubt\w*|wrong|false|incorrect|unlikely|might|may|could|would|half|twice|double|"
    r"triple|thirds?|quarters?|times|divided|squared?|cubed?|root|power|minus|plus|negative|"
    r"opposite|inverse|reciprocal|remainder|modulo|factorial|log\w*|sine?|cosine|infinity|bound|"
    r"upper|lower|possible|nobody|guess\w*|estimate\w*|one of|multiple|divisible|nothing|depends|"
    r"instead of|unlike|hardly|scarcely|barely|far from|close to|next to|factor of|divisor of|"
    r"fraction of|excluding)\b"
    # Just before what is stated, these say how something else relates to it.
    r"|\b(?:like|from|beside|besides|beyond|without|near|against|versus|vs\.?)\s*$",
    re.IGNORECASE,
)
_TRAILING_ADVERB = re.compile(
    r",? (?:altogether|in total|in all|overall|respectively|total)$", re.IGNORECASE
)


def statement(text: str) -> str | None:
    """What a text states that does nothing else; it may be anything.

    Example:
        >>> statement("Thus, x = 4"), statement("x = 4")
        ('x = 4', None)
    """
    found = (pattern.fullmatch(text) for pattern in _STATEMENTS)
    return next((match["rest"].strip() for match in found if match), None)


def lead_ins(text: str) -> Iterator[str]:
    """What a sentence may state, if it is mathematics or a choice.

    Example:
        >>> list(lead_ins("The cost is 20")), list(lead_ins("The cost is not above 20"))
        (['20'], ['not above 20'])
    """
    for pattern in _LEAD_INS:
        match = pattern.fullmatch(text)
        if match and not DENIAL.search(match["lead"] or ""):
            yield match["rest"].strip()


def without_adverb(text: str) -> str:
    """A text without the adverb at its end.

    Example:
        >>> without_adverb("20 clips, altogether")
        '20 clips'
    """
    return _TRAILING_ADVERB.sub("", text)
