"""English sentences that state whether something is true: "based on the premises, the claim is false".

Each is read only where it is the whole sentence, so that what denies or doubts it leaves none.
"""

from __future__ import annotations

from functools import cache

import regex

from grpo_rewards.wording.patterns import end_of
from grpo_rewards.wording.retractions import taken_back
from grpo_rewards.wording.stated_options import CLAUSE, GROUNDS, SINCE, leaves_open
from grpo_rewards.wording.vocabulary import any_of

__all__ = ["stated_truth"]

LONGEST = 400
"""Longer sentences (characters) are not looked at."""

_VALUE = r"[*_\"“'`(]{0,4}(?P<value>(?:not\s+)?(?:true|correct|valid)|false|incorrect|invalid|unknown|uncertain|undetermined|indeterminate)[*_\"”'`)]{0,4}"
_QUOTED = r"(?:\"[^\"\n]{3,200}\"|“[^“”\n]{3,200}”|'[^'\n]{3,200}')"
_NOUN = r"(?:statement|claim|conclusion|hypothesis|proposition|assertion|inference|sentence|conjecture|response|label|verdict|judge?ment|query|truth\s+value(?:\s+of\s+the\s+(?:statement|claim|conclusion|proposition|query))?)"
_OF_IT = rf"(?:,?\s+{_QUOTED},?|\s+that\s{CLAUSE}|\s+(?:in\s+question|above|provided))?"
_SUBJECT = rf"(?:(?:the|this|that|our|your)\s+(?:(?:given|final|above|following|original|proposed|target|correct|whole)\s+){{0,2}}{_NOUN}{_OF_IT}|{_QUOTED})"
_ADVERB = r"(?:,?\s*(?:therefore|thus|hence|clearly|definitely|certainly|logically|necessarily|indeed|also|then|obviously|in\s+fact)\b,?)*+"
_BE = rf"(?:is|must\s+be|has\s+to\s+be|should\s+be|would\s+be|(?:can|must|should|may\s+safely)\s+be\s+(?:judged|considered|deemed|concluded|determined|labell?ed|evaluated|classified|inferred)(?:\s+(?:to\s+be|as))?|is\s+(?:judged|considered|deemed|determined|evaluated|proven|proved)(?:\s+(?:to\s+be|as))?|evaluates\s+to|holds\s+as){_ADVERB}\s+"
_BEHIND = r"(?:\s+(?:based\s+on|according\s+to|given|from|under|by|in)\s+(?:the|our|these|all|this)\s[^.,;:?\n]{3,80}?)?"
_WHY = r"(?P<why>,?\s+(?:because|since|as\s+(?:it|this|that|these|they|the|there)\b)\s[^\n?]+?)?"
_YES = r"[*_\"“'`(]{0,4}(?P<value>yes|no|true|false)[*_\"”'`)]{0,4}"
_A_YES = (
    rf"(?:an?\s+(?:clear|definite|definitive|resounding|firm|solid|strong|simple)\s+|an?\s+)?{_YES}"
)
_SHORT = r"(?:in\s+short|in\s+the\s+end|all\s+in\s+all|in\s+a\s+word|to\s+answer\s+(?:the|your|this)\s+question|answering\s+(?:the|your|this)\s+question)[,:]\s+"
_LABELS = r"(?:final\s+|predicted\s+)?(?:verdict|label|conclusion|result|judge?ment|output|prediction|truth\s+value|conclusion)"


@cache
def _lead() -> regex.Pattern[str]:
    concludes = rf"(?:and\s+)?{any_of('concludes', language='en')}[\s,]++"
    clearly = r"(?:clearly|obviously|indeed|definitely|certainly|okay|ok|alright)(?:,\s++|\s++)"
    says = r"(?:we|i|one)\s+(?:(?:can|could|may|must|will|should)\s+)?(?:(?:therefore|thus|hence|then|now|safely|logically|also)\s+){0,8}(?:conclude|determine|see|infer|deduce|find|say|state|know|judge):?\s+(?:that\s+)?"
    shows = r"(?:this|that|which|it|these)\s+(?:directly\s+|clearly\s+)?(?:means?|impl(?:y|ies)|shows?|follows|proves?|confirms?|indicates?|makes?\s+it\s+clear|tells?\s+us)(?:\s+that)?,?\s+"
    shown = r"(?:as\s+(?:shown|seen|stated|explained|established|we\s+(?:saw|have\s+seen))(?:\s+(?:above|before|earlier))?,|from\s+(?:this|that|these),?)\s+"
    clause = (
        rf"{CLAUSE},\s+(?:so|thus|hence|therefore|meaning(?:\s+that)?|which\s+means(?:\s+that)?)\s+"
    )
    return regex.compile(
        rf"(?:{GROUNDS}|{SINCE}|{clearly}|{concludes}|{says}|{shows}|{shown}|{_SHORT}|{clause}){{0,4}}+",
        regex.IGNORECASE,
    )


@cache
def _sentences() -> tuple[regex.Pattern[str], ...]:
    """What may follow a lead; the last one only where there is one."""
    makes = rf"(?:this|that|which|it|{CLAUSE},\s+(?:which\s+)?)\s*(?:makes|making|renders|rendering)\s+{_SUBJECT}\s+"
    forms = (
        rf"(?:{_SUBJECT}\s+{_BE}|{makes}|it\s+is\s+){_VALUE}{_BEHIND}{_WHY}",
        rf"(?:the\s+)?{_LABELS}\s*:\s*{_VALUE}",
        (
            rf"(?:(?:the|my|our)\s+(?:(?:final|correct|right|best)\s+){{0,8}}(?:answer|response|verdict)\s+(?:is|must\s+be|has\s+to\s+be|would\s+(?:have\s+to\s+)?be|should\s+be){_ADVERB}\s+"
            rf"|(?:it['’]s|it\s+is|that['’]s|this\s+is)\s+(?=an?\s)|(?:we|i)\s+(?:(?:can|would|must|should|will)\s+)?(?:answer|say)\s+(?:the\s+question\s+)?(?:with\s+)?){_A_YES}{_BEHIND}{_WHY}"
        ),
        r"(?P<value>true|false|yes|no),\s+(?P<why>(?:because|since|as\s+(?:it|this|that|the))\s[^\n?]+?)",
        rf"{_YES}(?:,\s+(?!(?:but|or|and|if|unless|only|except)\b){CLAUSE})?",
    )
    return tuple(regex.compile(rf"(?:{form})[.!*]{{0,3}}+", regex.IGNORECASE) for form in forms)


_HAS_VALUE = regex.compile(
    r"\b(?:true|false|yes|no|(?:in)?correct|(?:in)?valid|unknown|uncertain|undetermined|indeterminate)\b",
    regex.IGNORECASE,
)


def stated_truth(sentence: str) -> str | None:
    """The truth value that a sentence states of what was asked.

    Example:
        >>> stated_truth("Based on the premises, the statement is True.")
        'True'
        >>> stated_truth("This makes the claim false."), stated_truth("The claim may be false.")
        ('false', None)
        >>> stated_truth("I doubt that the claim is true."), stated_truth("The claim is bold.")
        (None, None)
    """
    sentence = sentence.strip(" _")
    if len(sentence) > LONGEST or not _HAS_VALUE.search(sentence):
        return None
    start = end_of(_lead(), sentence)
    forms = _sentences()
    for pattern in forms if start else forms[:-1]:
        found = pattern.fullmatch(sentence, start)
        if found is None:
            continue
        groups = found.groupdict()
        why = groups.get("why")
        if why and (leaves_open(why) or taken_back(f", {why.strip(' ,')}")):
            return None
        return str(found["value"])
    return None
