"""Truth values in words: yes and no, their synonyms, and the sentences that state one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from grpo_rewards.logic.tokens import NotFormula, plain

__all__ = ["TRUTH_WORDS", "TruthValue", "read_truth"]

# Ways to say something, what they say, and what else an answer may mean by them: whoever says that
# a formula is a tautology says that it is true, but not the other way round.
TRUTH_WORDS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("true", (), (
        "true", "t", "1", "⊤", r"\top", "yes", "yep", "yeah", "correct", "right", "affirmative",
        "holds", "hold", "follows", "follow", "entailed", "proved", "proven", "the case",
    )),
    ("true", ("tautology",), ("valid",)),
    ("tautology", ("true",), (
        "tautology", "a tautology", "tautological", "always true", "logically true",
    )),
    ("false", (), (
        "false", "f", "0", "⊥", r"\bot", "no", "nope", "incorrect", "wrong", "untrue", "negative",
        "invalid", "disproved", "disproven", "refuted",
    )),
    ("contradiction", ("false",), (
        "contradiction", "a contradiction", "contradictory", "unsatisfiable", "always false",
        "never true",
    )),
    ("contingent", (), (
        "contingent", "a contingency", "contingency", "neither a tautology nor a contradiction",
    )),
    ("unknown", (), (
        "unknown", "uncertain", "undetermined", "indeterminate", "inconclusive", "undecided",
        "not enough information", "insufficient information", "unprovable",
        "cannot be determined", "cannot be known", "cannot be decided", "cannot tell",
        "can't be determined", "can't be known", "can't be decided", "can't tell",
    )),
)  # fmt: skip
_NOT_DENIED = frozenset("t f 0 1 ⊤ ⊥ \\top \\bot yes no yep yeah nope affirmative negative".split())
_VERBS = frozenset("hold follow".split())

_PHRASES = {phrase: (meaning, also) for meaning, also, phrases in TRUTH_WORDS for phrase in phrases}
_ANY_PHRASE = "|".join(re.escape(phrase) for phrase in sorted(_PHRASES, key=len, reverse=True))
_SUBJECT = (
    r"(?:(?:the|this|that|it|given|final|correct|whole|above)\s+){0,4}"
    r"(?:answer|statement|claim|argument|formula|proposition|conclusion|inference|sentence|"
    r"implication|conjecture|assertion|hypothesis|equivalence|expression|truth value|"
    r"it|it's|this|that)"
)
_CLAIM = re.compile(
    rf"(?:(?:so|thus|hence|therefore),?\s+)?(?:the\s+)?(?:(?:final|correct)\s+)?(?:(?:answer|ans)\s*(?:is\b:?|[:=])\s*)?"
    rf"(?:{_SUBJECT}\s*(?:(?P<copula>is|evaluates\s+to|must\s+be|(?<=it's))|[:=]|(?=\s))\s*)?"
    rf"(?P<denied>(?:not|does\s+not|doesn't|isn't|do\s+not)\s+)?"
    rf"(?:(?:indeed|clearly|definitely|certainly|logically|necessarily)\s+)?"
    rf"(?P<said>{_ANY_PHRASE})"
)
_REASON = re.compile(r"\s*(?:[,.;:–—-]|(?=\s(?:because|since)\b))\s*(?P<why>\S.*)", re.DOTALL)
_BECAUSE = re.compile(r"(?:because|since|as|for example|by)\b")
_RETRACTED = re.compile(
    r"\b(?:yes|no|nope|wait|actually|but|however|or|maybe|perhaps|possibly|unless|instead|"
    r"correction|either|unsure|not sure|on second thought)\b|/"
)
_ANY_CLAIM = re.compile(
    r"\b(?:true|false|correct|incorrect|wrong|right|valid|invalid|untrue|holds?|not|never|unknown|"
    r"uncertain|tautology|contradiction|contingent)\b|n't\b"
)


@dataclass(frozen=True, slots=True)
class TruthValue:
    """What an answer in words says."""

    meaning: str
    """true, false, tautology, contradiction, contingent or unknown."""
    also: tuple[str, ...] = ()
    """What else it may be taken for, as an answer."""

    def answers(self, gold: TruthValue) -> bool:
        """Whether it says what the gold says."""
        return gold.meaning == self.meaning or gold.meaning in self.also


def read_truth(text: str) -> TruthValue | None:
    """The truth value that a text states; ``None`` where it states none, or more than one.

    Example:
        >>> read_truth("Yes.").meaning, read_truth("The argument is not valid").meaning
        ('true', 'false')
        >>> read_truth("yes and no"), read_truth("No, wait: yes")
        (None, None)
    """
    try:
        text = " ".join(plain(text).casefold().split())
    except NotFormula:
        return None
    claim = _CLAIM.match(text)
    if claim is None:
        return None
    if claim.end() < len(text):
        reason = _REASON.fullmatch(text, claim.end())
        is_symbol = len(claim["said"]) == 1 or claim["said"].startswith("\\")
        if reason is None or is_symbol or not _explains(reason["why"]):
            return None
    return _meant(claim["said"], denied=claim["denied"])


def _meant(said: str, *, denied: str | None) -> TruthValue | None:
    meaning, also = _PHRASES[said]
    if not denied:
        return TruthValue(meaning, also)
    takes_verb = denied.split()[0] in ("does", "do", "doesn't")
    if said in _NOT_DENIED or takes_verb != (said in _VERBS):
        return None
    if "true" in (meaning, *also):
        return TruthValue("false")
    return TruthValue("true") if meaning == "false" else None


def _explains(why: str) -> bool:
    """Whether a reason takes nothing back; one that says "because" may speak of what is false."""
    if _RETRACTED.search(why):
        return False
    # A word or two are rather another answer than a reason.
    return bool(_BECAUSE.match(why)) or (len(why.split()) > 2 and not _ANY_CLAIM.search(why))
