"""What an answer says beside the option that it names: a reason, a doubt, or other options.

Beside an option that is named first, a reason may speak of others; what offers, prefers or leaves
open another one, or takes the named one back, is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from grpo_rewards.choices.phrasing import LabelPatterns, contains, normal, plain
from grpo_rewards.wording.asides import speaker_doubts
from grpo_rewards.wording.attributions import said_by_others
from grpo_rewards.wording.replacements import DISOWNS_ALONE
from grpo_rewards.wording.retractions import renounced, taken_back
from grpo_rewards.wording.vocabulary import spotted, words

__all__ = ["REASON", "Remarks", "is_prose", "likeness"]

REASON = re.compile(
    r"\W*(?:(?:this|that|it)\s+is\s+)?(?:because|since|as(?!\s+(?:well|does|do|is|are)\b)"
    r"|for\b(?!\s+example)|explanation|reason(?:ing|s)?|rationale|justification)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:no|not|never|wrong|incorrect|false|except|but|nor|cannot|unlikely)\b|n't\b",
    re.IGNORECASE,
)
_LEFT_OPEN = re.compile(
    r"\b(?:or|may|might|could|possibly|possible|either|neither|unless|if|else)\b", re.IGNORECASE
)
_TURN = re.compile(
    r"\s*(?:(?:but|or|unless|if|though|although|however|except|yet|nor|either|actually)\b"
    r"|(?:no|no\s+wait|not\s+\w+)$)",
    re.IGNORECASE,
)
_DOUBTED = re.compile(
    r"\b(?:wait|maybe|perhaps|instead|hmm|correction|alternatively|unsure|guess\w*|uncertain"
    r"|second\s+thoughts?)\b|\bnot\s+(?:sure|certain)\b|<!--",
    re.IGNORECASE,
)
_ITSELF_DENIED = re.compile(
    r"\b(?:it|this|that|which|(?:the|this|my)\s+(?:answer|option|choice|statement|letter))"
    r"(?:\s+(?:is|was|seems|can|could|may|must|would))?(?:\s+(?:clearly|probably|certainly))?"
    r"(?:n't|\s+(?:not|cannot|never|wrong|incorrect|false|unlikely))\b",
    re.IGNORECASE,
)
_CLAIMED = re.compile(
    r"\b(?:answer|correct|right|true|also|too|better|best|likely|equally|well|both|same|or|either|"
    r"option|choice|possible|plausible|acceptable|could|may|might|prefer\w*|choose|pick|select)\b",
    re.IGNORECASE,
)
_CALLED_WRONG = re.compile(
    r"\b(?:is|are|was|were)(?:\s+(?:wrong|incorrect|false)"
    r"|(?:n't|\s+not)\s+(?:the\s+)?(?:correct|right|answer|true))\b"
    r"|\b(?:may|might|could)\s+be\s+(?:true|correct|right)\W*$",
    re.IGNORECASE,
)
_IF_ELSEWHERE = re.compile(
    r"(?:falls|wenn|sofern|au(?:ß|ss)er\s+wenn|si|sauf\s+si|à\s+moins|salvo|se|tranne|если|только\s+если|如果|除非|もし|nếu|trừ\s+khi|إذا|إلا\s+إذا)(?![^\W_])",
    re.IGNORECASE,
)
"""What puts an option under a condition, in other languages than English."""
_TOO = re.compile(
    r"(?:too|also|as\s+well|(?:even\s+)?(?:though|if)\s+(?:wrong|false|incorrect))\W*",
    re.IGNORECASE,
)
_MAYBE = re.compile(r"Maybe|Uncertain|Unsure")  # which may be the text of an option
# In small letters, as a text that stands for itself does not begin.
_TURN_WORD = re.compile(
    r"[\s(]*(?:not|no|is|are|was|never|wrong|incorrect|false|or|and|but|unless|if|maybe|perhaps"
    r"|also|plus|as\s+well)\b"
)
_SENTENCE = re.compile(r"[^.;!?]*")
_STOP = re.compile(r"\s*[.;!]")
_CLAUSE = re.compile(r"[,.;:!?()](?!\d)|\s-+\s")
_JOINED = re.compile(r"\b(?:and|or|plus|versus|vs|as\s+well\s+as|along\s+with)\b|[/&|]")
_OPENING = r"[\s,/&|(-]*(?:(?:and|or|plus|as\s+well\s+as|along\s+with)\s+)?(?:the\s+|an?\s+)?"
_WORD = re.compile(r"[^\W_]+")

# Dismissals: what an answer says that it does not mean.
_VERDICT = (
    r"(?:is|are|was|were)(?:\s+(?:all|both|also|clearly|obviously|simply|therefore|thus)){0,8}(?:"
    r"\s+(?:wrong|incorrect|false|invalid|impossible|eliminated|ruled\s+out)"
    r"|(?:n't|\s+not)\s+(?:the\s+)?(?:correct|right|true|valid|possible|it|answer)"
    r"(?:\s+(?:answers?|options?|choices?|one))?)\b"
)
_OTHERS = (
    rf"\b(?:all\s+)?(?:of\s+)?the\s+others?(?:\s+(?:options?|choices?|answers?|ones))?\s+{_VERDICT}"
)
_HINT = re.compile(r"\b(?:not|rather|instead|opposed|is|are|was|were)\b|n't\b", re.IGNORECASE)
_FIRST_WORD = re.compile(r"(?:and|but)\b[\s,]*", re.IGNORECASE)
_LAST_WORD = re.compile(r"\s(?:and|but|because|since|as|while|so)$", re.IGNORECASE)


class Remarks:
    """Judges remarks in a row of these options."""

    def __init__(self, patterns: LabelPatterns, texts: Mapping[str, str]) -> None:
        self.patterns = patterns
        self.texts = texts

    # Dismissals ---------------------------------------------------------------------------------

    def without_dismissals(self, text: str) -> tuple[str, frozenset[str]]:
        """A text without what it dismisses, and the labels of that: ``B``, for ``B, not A``."""
        if not _HINT.search(text):
            return text, frozenset()
        dismissed: set[str] = set()

        def noted(match: re.Match[str]) -> str:
            dismissed.update(self.named_in(match[0]))
            return " "

        kept = self.dismissal.sub(noted, text)
        if kept == text:
            return text, frozenset()
        kept = " ".join(kept.split()).replace("( )", "").strip(" ,;:(").lstrip(".")
        kept = _FIRST_WORD.sub("", kept.lstrip(), count=1)
        return _LAST_WORD.sub("", kept).rstrip(" ,;:"), frozenset(dismissed)

    @cached_property
    def dismissal(self) -> re.Pattern[str]:
        texts = "|".join(re.escape(plain(text)) for text in self.texts.values())
        text = rf"|(?i:(?:the\s+)?(?<!\w)(?:{texts})(?!\w))" if texts else ""
        word = r"(?i:(?:options?|choices?|answers?|letters?)\s+)?"

        def some(label: str) -> str:
            one = rf"{word}(?:{label}{text})"
            return rf"{one}(?:(?:\s*[,/&]\s*(?i:and\s+|or\s+|nor\s+)?|\s+(?i:and|or|nor)\s+){one})*"

        before = r"(?i:not|rather\s+than|instead\s+of|as\s+opposed\s+to)"
        return re.compile(
            rf"(?:,\s*)?(?:\b(?i:and|but)\s+)?\b{before}\s+{some(self.patterns.named_alone)}"
            rf"|{some(self.patterns.subject)}\s+(?i:{_VERDICT})|(?i:{_OTHERS})"
        )

    def named_in(self, text: str) -> set[str]:
        """The labels of the options that a dismissal speaks of."""
        found = {
            self.patterns.named(match[0])
            for match in re.finditer(rf"(?<!\w)(?:{self.patterns.any_label})(?!\w)", text)
        }
        words = plain(text).casefold()
        return found | {
            label for label, own in self.texts.items() if contains(words, plain(own).casefold())
        }

    # Remarks ------------------------------------------------------------------------------------

    def against(self, label: str, remark: str) -> str:
        """Why a remark beside an option keeps the answer from naming it; empty if it does not."""
        if self.mentions_another(self.without_own_letter(label, remark), label):
            return f"the answer says {label}, then speaks of others"
        if renounced(remark):
            return f"the answer says {label}, then takes it back"
        rest = remark
        if label in self.texts:
            own = re.escape(normal(self.texts[label]))
            rest = re.sub(rf"(?<!\w){own}(?!\w)", " ", remark, count=1, flags=re.IGNORECASE)
        if _DOUBTED.search(rest) and not _MAYBE.fullmatch(rest):
            return f"the answer says {label}, then doubts it"
        if label not in self.texts:
            how = _turns_from_letter(rest)
            if how:
                return f"the answer says {label}, then {how}"
            if not _TURN_WORD.match(rest):  # but what may be the option's own text
                first = _SENTENCE.match(rest)
                rest = rest[first.end() :] if first and not REASON.match(rest) else rest
        if _ITSELF_DENIED.search(rest):
            return f"the answer says {label}, then denies it"
        clauses = [clause for clause in _CLAUSE.split(rest) if clause.strip()]
        # What goes on from the option says something of it; a new sentence or a reason need not.
        goes_on = [] if _STOP.match(rest) else clauses[:1]
        if not REASON.match(remark) and not REASON.match(rest):
            if any(_DENIED.search(clause) or _LEFT_OPEN.search(clause) for clause in goes_on):
                return f"the answer says {label}, then denies it"
            if any(map(_TURN.match, clauses)):
                return f"the answer says {label}, then takes it back"
        other = self.offers_another(rest, clauses, goes_on, label)
        return f"the answer says {label}, and offers the text of {other}" if other else ""

    def offers_another(self, rest: str, clauses: list[str], goes_on: list[str], label: str) -> str:
        """The label of another option whose text a remark gives for an answer."""
        folded = rest.casefold()
        for other, text in self.texts.items():
            own = normal(text)
            if other == label or not contains(folded, own):
                continue
            if re.match(rf"{_OPENING}{re.escape(own)}(?!\w)", folded):
                return other
            if not REASON.match(rest) and any(contains(each.casefold(), own) for each in goes_on):
                return other
            claim = rf".*(?:\b(?:is|are|was|were|be)|[:=])\s+(?:the\s+)?{re.escape(own)}"
            for clause in map(normal, clauses):
                parts = map(normal, _JOINED.split(clause))
                if own in parts or re.fullmatch(claim, clause):
                    return other
                if re.match(rf"{re.escape(own)}\s+according\s+to\b", clause):
                    return other
                if contains(clause, own) and _CLAIMED.search(clause):
                    return other
        return ""

    def without_own_letter(self, label: str, remark: str) -> str:
        """A remark without the letter that is the text of the option: "D. B (Boron)"."""
        letter = _SPELLED_LETTER.match(remark)
        own = normal(self.texts.get(label, ""))
        if letter is None or (own != letter["letter"].casefold() and not letter["spelled"]):
            return remark
        return remark[letter.end("letter") :]

    def mentions_another(self, text: str, label: str) -> bool:
        """Whether the label of another option stands in a text."""
        text = _without_structures(_without_things(text))
        return any(
            not re.search(rf"(?<!\w){re.escape(label)}(?!\w)", match[0])
            for match in self.patterns.mention.finditer(text)
        )


# A letter, and in brackets the word that it stands for: "B (Boron is a metalloid)".
_SPELLED_LETTER = re.compile(
    r"(?P<letter>[A-Z])(?=\s(?!(?:or|and|nor|but|versus|vs)\b|[/&])|,\s(?:since|because|as|which)\b|$)(?P<spelled>\s\((?=(?P=letter)[a-z]{3})(?!Both|Because|Best|Better|Correct|Certain|Clear|Definite)[^()]+\)?$)?"
)
# A structure by its letters and signs: "(S, +, x)", "(R, +, ·)".
_OPERATION = r"(?:[-+*/^x]|\\(?:cdot|times|circ|oplus|ast|star))"
_STRUCTURE = re.compile(rf"\([A-Z](?:,\s?{_OPERATION}){{1,3}}\s?\)")


def _without_structures(text: str) -> str:
    """A text without what it names by a letter and signs: "(S, +, x) is a ring"."""
    return _STRUCTURE.sub(" ", text)


_THING = re.compile(r"\b(?P<noun>[A-Z][^\W\d_]{3,})\s(?P<letter>[A-J])\b")


def _without_things(text: str) -> str:
    """A text without the things that it tells apart by letters: "Team A leads; Team B follows"."""
    letters: dict[str, set[str]] = {}
    for thing in _THING.finditer(text):
        letters.setdefault(thing["noun"], set()).add(thing["letter"])
    nouns = [
        noun
        for noun, found in letters.items()
        if len(found) > 1
        and noun.casefold() not in words("announces", "names", "options", "labels")
        and not any(True for _ in spotted(noun, "denies", "hedges", "supposes", "retracts"))
    ]
    return _THING.sub(lambda thing: thing["noun"] if thing["noun"] in nouns else thing[0], text)


def _turns_from_letter(rest: str) -> str:
    """How a remark turns from a label whose text is not known; empty where it does not."""
    said = rest.lstrip(" ,;:.([-")
    goes_back = said[:1].islower() or not said[:1].isascii() or said[:2] in ("I ", "I'")
    if said_by_others(f", {said}"):
        return "says whose answer it is"
    if rest.startswith(";") and DISOWNS_ALONE.search(said):
        return "takes it back"
    if _TOO.fullmatch(said):
        return "speaks of others"
    if goes_back and _IF_ELSEWHERE.match(said):
        return "puts it under a condition"
    if goes_back and (speaker_doubts(rest) or taken_back(f", {said}") == "retracted"):
        return "doubts it"
    return "denies it" if _CALLED_WRONG.search(rest) else ""


def is_prose(text: str) -> bool:
    """Whether a text has the words that a reason has, and a list, a name or a number has not."""
    return len(re.findall(r"[^\W\d_]{2,}", text)) > 3


def likeness(one: str, other: str) -> float:
    """How many words two sentences share, from 0 to 1; 0 if their numbers or denials differ."""
    if not is_prose(one) or not is_prose(other):
        return 0.0
    words, others = (set(_WORD.findall(text.casefold())) for text in (one, other))
    numbers = [{word for word in each if not word.isalpha()} for each in (words, others)]
    denials = [len(_DENIED.findall(text)) for text in (one, other)]
    if numbers[0] != numbers[1] or denials[0] != denials[1]:
        return 0.0
    return 2 * len(words & others) / (len(words) + len(others))
