"""Values that an answer gives in words: spelled out, given again, or stated by a sentence."""

from __future__ import annotations

import re
from fractions import Fraction

from grpo_rewards.answers.notation.normalize import canonical
from grpo_rewards.answers.values.kinds import Assignment, Collection, Identity, Number, Value
from grpo_rewards.answers.values.lettered_options import lettered
from grpo_rewards.answers.values.mathematics import DATE, mathematical, plain_text
from grpo_rewards.answers.values.phrases import odds, quantity_in_parts
from grpo_rewards.wording.counting import counts
from grpo_rewards.wording.courtesies import without_adverb
from grpo_rewards.wording.doubts import denied_lead, doubted
from grpo_rewards.wording.retractions import taken_back
from grpo_rewards.wording.sentences import approximated, lead_ins, lone_value
from grpo_rewards.wording.spelled import in_digits
from grpo_rewards.wording.statements import statement

__all__ = ["A_WORD", "PLAIN_NUMBER", "restated", "spelled_out", "without_lead_in"]

PLAIN_NUMBER = re.compile(r"[-+]?(?P<digits>\d+(?:\.(?P<places>\d+))?)")
A_WORD = re.compile(r"an? [A-Za-z]{3,}(?: [A-Za-z]+)*", re.IGNORECASE)
_JUDGED_NOUN = re.compile(
    r"(?:the|this) (?:given |above )?(?:statement|claim|argument|proposition|conclusion|syllogism|inference|assertion|hypothesis|sentence)(?: that [^.,;]{1,100}?)? is (?:therefore |thus |indeed )?(?P<said>true|false|valid|invalid|correct|incorrect)",
    re.IGNORECASE,
)
_WHICH = re.compile(
    r"(?P<value>[A-Z][^,.;:\d]{1,60}), (?:which|who|where|whose|the|an?) (?!.* (?:and|or) [A-Z]).{1,200}",
    re.DOTALL,
)
_AT_A_TIME = re.compile(
    r"(?P<before>[A-Za-z][A-Za-z ,']{3,100} (?:at|is|by)) (?P<time>\d{1,2}(?::\d{2})? ?[ap]\.?m\.?|\d{1,2}:\d{2})",
    re.IGNORECASE,
)
_NOUN_IS = re.compile(
    r"(?P<lead>(?:The|This|Its|His|Her|Their|the|this|its|his|her|their) [A-Za-z][A-Za-z\d ,'-]{2,100}|[Ii]t|[Tt]hat|[Tt]oday|[Tt]omorrow) (?:is|was|are|(?:will|would|must) be) (?P<quote>[\"'])?(?P<rest>(?:the |an? )?[A-Za-z][\w'-]*(?: [A-Za-z][\w'-]*){0,3}(?: \d{1,2}(?:st|nd|rd|th)?)?)(?(quote)(?P=quote))"
)
# "The meeting is on Tuesday", "It was written by Shakespeare", "The 2A was built in 1994".
_ON_OR_BY = re.compile(
    r"(?P<before>[A-Z][^.;:?,]{3,100}) (?:(?:on|by) (?P<rest>[A-Z][\w'-]*(?: [A-Z\d][\w'-]*){0,3})"
    r"|on (?P<day>[A-Z][a-z]{2,8}\.? \d{1,2}, [12]\d{3}|(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? [A-Z][a-z]{2,8},? [12]\d{3})"
    r"|in (?P<year>[12]\d{3}))\.?"
)
# A number, but not the 2A of a name; or another time than the year that ends a sentence.
_OWN_NUMBER = re.compile(
    r"(?<!\w)\d[\d,.]*(?![\w-])|\b(?:before|after|until|than|unlike|once|twice)\b"
)
_IN_YEAR = re.compile(r"in (?P<year>[12]\d{3})\.?")
# "Alice is the tallest", "Tom has the most marbles".
_WHO_IS = re.compile(
    r"(?P<who>(?:(?:St|Mt|Dr|Mrs?|Ms)\. )?[A-Z][\w'-]*(?: [A-Z][\w'-]*){0,3}) (?P<why>(?:is|was) the (?:\w+est|(?:most|least) \w+|winner|liar|thief|culprit|killer|murderer|knight|knave|spy|first|last|only one)\b[^,;.?]{0,60}"
    r"|(?:has|have|had|earned|ate|ran|won|scored|saved|made) (?:the |by far the )?(?:most|least|fewest|\w+est)\b[^,;.?]{0,60})"
)
_RESTATED = re.compile(
    r"(?P<value>[^()]{1,100}?),? (?:\(|(?=or ))(?:or |= ?|i\.?e\.?,? |that is,? )?"
    r"(?P<roughly>\\approx |about |around |approximately |approx\.? |roughly )?(?P<again>[^()]{1,100}?)\)?"
)
_SAID_TWICE = re.compile(r"([^()]{1,100}?) ?\(([^()]{1,100})\)")


def spelled_out(text: str) -> Value | None:
    """The value of a text that begins with a number in words: ``forty-two apples``, ``two (2)``."""
    digits = in_digits(text)
    twice = _SAID_TWICE.fullmatch(text) if text.endswith(")") else None
    if twice:
        first, again = twice.groups()
        digits = again if in_digits(first) == again else None
        digits = first if in_digits(again) == first else digits
    if digits is None:
        return None
    digits = canonical(digits)
    value = quantity_in_parts(digits) or odds(digits) or mathematical(digits)
    return value if isinstance(value, Number | Collection) else None


def restated(text: str) -> Value | None:
    """A value that is given again, otherwise: ``1/4 (25%)``, ``0.5 or 1/2``, ``2/3 (about 0.67)``."""
    match = _RESTATED.fullmatch(text) if "(" in text or " or " in text else None
    if match is None or match["again"].strip() == match["value"].strip():
        return None
    numbers = PLAIN_NUMBER.fullmatch(match["value"]), PLAIN_NUMBER.fullmatch(match["again"])
    if all(numbers) and not match["roughly"]:
        first, again = (Fraction(number[0]) for number in numbers if number)
        if first != again:
            return None  # "42 or 43": two values
    relation = r"\approx" if match["roughly"] else "="
    value = mathematical(f"{match['value']} {relation} {match['again']}")
    both_known = isinstance(value, Assignment) and isinstance(value.name, Identity)
    return value if both_known else None


def without_lead_in(text: str) -> str | None:
    """The answer in a sentence that states it: "The cost is 20", "Solution is: x = 4"."""
    shorter = without_adverb(text)
    stated = statement(shorter)
    if stated is not None:
        return stated
    for stated in lead_ins(shorter):
        year = _IN_YEAR.fullmatch(stated)
        if year:
            return year["year"]
        rest = approximated(stated) or stated
        plain = plain_text(rest)
        of_a_kind = A_WORD.fullmatch(plain) or lettered(plain) or spelled_out(plain)
        if of_a_kind or DATE.fullmatch(rest.rstrip(".")) or mathematical(rest) is not None:
            return rest
        if not rest.isascii() and (rest[:1].isdigit() or rest[:1] in "$\\") and lone_value(rest):
            return rest
        if "(" in rest and restated(rest) is not None:
            return rest
    if shorter != text:
        return shorter
    judged = _JUDGED_NOUN.fullmatch(text)
    if judged:
        return judged["said"]
    which = _WHICH.fullmatch(text)
    if which and not taken_back(text[which.end("value") :]):
        return which["value"]
    timed = _AT_A_TIME.fullmatch(text)
    if timed and not doubted(timed["before"], ""):
        return timed["time"]
    named = _NOUN_IS.fullmatch(text)
    if (
        named
        and not denied_lead(named["lead"])
        and not doubted(named["lead"], "")
        and (counts(named["rest"]) or named["rest"].lower() in ("positive", "negative"))
    ):
        return named["rest"]
    last = _ON_OR_BY.fullmatch(text)
    ends = last and (last["rest"] or last["day"] or not _OWN_NUMBER.search(last["before"]))
    if last and ends and not doubted(last["before"], "") and not denied_lead(last["before"]):
        return last["rest"] or last["day"] or last["year"]
    first = _WHO_IS.fullmatch(text)
    if first and not taken_back(f" {first['why']}"):
        return first["who"]
    value = lone_value(text)
    return value if value and mathematical(value) is not None else None
