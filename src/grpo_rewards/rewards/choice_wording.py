"""The wording of answers that name an option: markup, lead-ins, reasons, marks around a label.

What an answer that is worded so names, `choice_reading` decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from grpo_rewards.answers.normalize import canonical

__all__ = [
    "BECAUSE",
    "COPULA",
    "DENIED",
    "JOINT",
    "NUMBERS",
    "OR",
    "PLACE",
    "RETRACTED",
    "STATED_FIRST",
    "LabelPatterns",
    "contains",
    "label_patterns",
    "normal",
    "plain",
    "stated",
]

# Texts ----------------------------------------------------------------------------------------

_COMMAND = re.compile(r"\\(?:text\w*|math(?:rm|bf|it|sf|tt)|mbox|bf|rm)\s*\{([^{}]*)\}")
_EMPHASIS = re.compile(r"(?<!\w)(\*{1,3}|_{1,3}|`)(?=\S)([^*_`]+)\1(?!\w)")
_QUOTED = re.compile(r"""["'](.*)["']""", re.DOTALL)
_BRACKETED_WORDS = re.compile(r"[(\[]([^\W\d_][^\d()\[\]]*)[)\]]")
_ARTICLE = re.compile(r"(?:the|an?|both)\s+(?!and\b|or\b)")


@lru_cache(maxsize=16_384)
def plain(text: str) -> str:
    """A text without markup."""
    text = canonical(text)
    for _ in range(3):
        text = _COMMAND.sub(r"\1", text)
    return _EMPHASIS.sub(r"\2", text).strip()


@lru_cache(maxsize=16_384)
def normal(text: str) -> str:
    """What two texts share that say the same, but for case, markup, quotes, an article."""
    text = plain(text).casefold().rstrip(".,;:!").strip()
    for wrapped in (_QUOTED, _BRACKETED_WORDS):
        inside = wrapped.fullmatch(text)
        if inside and inside[1].strip():
            text = inside[1].strip()
    return _ARTICLE.sub("", text, count=1) if _ARTICLE.match(text) else text


def contains(whole: str, part: str) -> bool:
    """Whether a text holds another one between the bounds of its words."""
    return bool(part) and bool(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", whole))


# Statements -----------------------------------------------------------------------------------

_LEAD = re.compile(
    r"(?:(?:\#{1,6}|>|-)\s+(?=\D))?(?:(?:so|thus|hence|therefore)\b[,:]?\s*)?"
    r"(?:(?:i|we)(?:'d|\s+would)?\s+(?:choose|pick|select|go\s+with|say|answer)\s+)?"
    r"(?:(?:it|this)(?:'s|\s+is|\s+should\s+be|\s+must\s+be)\s+)?"
    r"(?:(?:the|my|our|your|final|correct|right|best|single)\s+)*"
    r"(?:(?:answer|ans|option|choice|solution|letter|alternative|response|statement)s?\b"
    r"(?:\s+(?:choice|option|letter)s?\b)?)?"
    r"(?:\s*(?:is|are|would\s+be|should\s+be|must\s+be)\b)?\s*(?:clearly|definitely|simply|only)?\s*[:=]?\s*",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s+is\s+(?:(?:the\s+)?(?:correct|right|best|true)(?:\s+(?:answer|option|choice|one|statement))?"
    r"|the\s+(?:answer|one))$",
    re.IGNORECASE,
)
COPULA = re.compile(
    r"(?P<lead>[^\W\d_][\w'’,() -]{0,120}?)\s(?:is|are|was|were|be)\s*:?\s+(?P<rest>.+)"
)
STATED_FIRST = re.compile(r"\s+(?:is|are|was|were)\s+(?P<rest>.+)")
BECAUSE = re.compile(r"(?:because|since|as|for)\b", re.IGNORECASE)
RETRACTED = re.compile(
    r"\b(?:actually|wait|or|maybe|perhaps|possibly|either|neither|instead|hmm|unless|if|correction|"
    r"alternatively|unsure|guess\w*|might|may|could)\b|\bnot sure\b|<!--",
    re.IGNORECASE,
)
DENIED = re.compile(
    r"\b(?:no|not|never|wrong|incorrect|false|except|but|nor|cannot|unlikely)\b|n't\b",
    re.IGNORECASE,
)
JOINT = re.compile(r"\s*(?:,\s*and\b|,\s*or\b|[,;/&|]|\band\b|\bor\b)\s*", re.IGNORECASE)
OR = re.compile(r"\bor\b|/|\|", re.IGNORECASE)
NUMBERS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
PLACE = re.compile(
    rf"(?:the\s+)?(?:(?P<word>{'|'.join(NUMBERS)}|last)|(?P<digits>\d{{1,2}})(?:st|nd|rd|th)?)\s+"
    r"(?:option|choice|answer|alternative|one|statement)"
    r"|(?:option|choice|alternative)\s*(?:number|no\.?|\#)?\s*(?P<number>\d{1,2})",
    re.IGNORECASE,
)


class LabelPatterns:
    """The patterns of a row's labels."""

    def __init__(self, labels: tuple[str, ...]) -> None:
        self.labels = {label.casefold(): label for label in labels}
        any_label = "|".join(re.escape(each) for each in sorted(labels, key=len, reverse=True))
        label = rf"(?P<label>{any_label})"
        self.bare = re.compile(rf"[\s(\[{{<\"'*]*{label}[\s)\]}}>\"'*.:;,]*", re.IGNORECASE)
        self.with_text = re.compile(
            # What sets a label off from its text: a bracket, a full stop, a dash, a reason.
            rf"[(\[<]?\s*{label}\s*(?:[)\]>]\s*[.:,;-]?|[.,](?=\s|[^\d\s])|[:;]|\s-+\s|-\s"
            rf"|(?=\s(?:because|since)\b))\s*(?P<rest>\S.*)",
            re.IGNORECASE | re.DOTALL,
        )
        self.spaced = re.compile(rf"{label}\s+(?P<rest>\S.*)", re.IGNORECASE | re.DOTALL)
        self.at_end = re.compile(
            rf"(?P<rest>.*\S)\s*(?:[(\[]\s*(?:option\s+|choice\s+)?{label}\s*[)\]]"
            rf"|[,-]\s*(?:option|choice|answer)\s+{label.replace('?P<label>', '?P<other>', 1)})",
            re.IGNORECASE | re.DOTALL,
        )
        # A and I are words, too, where a small letter follows.
        words = "|".join(re.escape(each) for each in labels if each.isalpha())
        self.mention = re.compile(
            rf"[(\[](?:{any_label})[)\]]|(?<!\w)(?:{any_label})[).:](?!\w)"
            rf"|(?i:option|choice|answer)\s+(?:{any_label})\b"
            + (rf"|(?<!\w)(?![AI](?:'|\s+[a-z]))(?:{words})(?!\w)" if words else "")
        )

    def named(self, said: str) -> str:
        """The label that a text is which one of the patterns found."""
        # Not every letter that Python matches with another folds to it: İ and ı match i.
        return self.labels.get(said.casefold()) or next(
            label
            for label in self.labels.values()
            if re.fullmatch(re.escape(label), said, re.IGNORECASE)
        )


label_patterns = lru_cache(maxsize=256)(LabelPatterns)


def stated(text: str) -> Iterator[str]:
    """A text, then what is left of it without "the answer is" and "is correct"."""
    yield text
    for _ in range(3):
        lead, tail = _LEAD.match(text), _TAIL.search(text)
        shorter = text[lead.end() if lead else 0 : tail.start() if tail else None].strip()
        if not shorter or shorter == text:
            return
        yield shorter
        text = shorter
