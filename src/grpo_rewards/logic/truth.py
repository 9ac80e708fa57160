"""Truth values in words: yes and no, their synonyms, and the sentences that state one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from grpo_rewards.logic.symbols import MAX_LENGTH, NotFormula, plain, unfenced
from grpo_rewards.wording.asides import speaker_doubts
from grpo_rewards.wording.courtesies import greets
from grpo_rewards.wording.retractions import taken_back
from grpo_rewards.wording.statements import unannounced
from grpo_rewards.wording.vocabulary import words

__all__ = ["TRUTH_WORDS", "TruthValue", "read_truth"]

# The words of the table, and the signs and terms of logic: what they say, and what else an answer
# may mean by them: whoever says that a formula is a tautology says that it is true, but not the
# other way round.
TRUTH_WORDS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("true", (), ("t", "y", "1", "⊤", r"\top", *sorted(words("affirms") - {"valid"}))),
    ("true", ("tautology",), ("valid",)),
    ("tautology", ("true",), (
        "tautology", "a tautology", "tautological", "always true", "logically true",
    )),
    ("false", (), ("f", "n", "0", "⊥", r"\bot", *sorted(words("refutes")))),
    ("contradiction", ("false",), (
        "contradiction", "a contradiction", "contradictory", "unsatisfiable", "unsat",
        "always false", "never true",
    )),
    ("satisfiable", (), ("satisfiable", "sat")),
    ("contingent", (), (
        "contingent", "a contingency", "contingency", "neither a tautology nor a contradiction",
    )),
    ("unknown", (), (
        *sorted(words("abstains")),
        *(
            f"{how} {what}"
            for how in ("not enough", "insufficient")
            for what in ("information", "info", "evidence", "data")
        ),
        *(
            f"{cannot} {be}{verb}"
            for cannot in ("cannot", "can't", "can not", "impossible to")
            for be, verbs in (
                ("be ", "determined known decided inferred concluded deduced proven proved said"),
                ("", "determine know decide infer conclude deduce prove say tell"),
            )
            for verb in verbs.split()
        ),
    )),
)  # fmt: skip
_NOT_DENIED = frozenset(
    "t f y n 0 1 ⊤ ⊥ \\top \\bot yes no yep yeah nope affirmative negative nei 是 否 对 错".split()
)
_SAID_TO_SOMEBODY = frozenset("yes yeah yep no nope".split())
_VERBS = frozenset("hold follow".split())

_PHRASES = {phrase: (meaning, also) for meaning, also, phrases in TRUTH_WORDS for phrase in phrases}
_ANY_PHRASE = "|".join(re.escape(phrase) for phrase in sorted(_PHRASES, key=len, reverse=True))
_LEAD = (
    r"(?:(?:so|thus|hence|therefore),?\s+)?"
    r"(?:(?:the\s+|my\s+)?(?:(?:final|correct)\s+)?"
    r"(?:answer|ans|label|verdict|result|output|decision)\s*(?:is\b:?|[:=])\s*)?"
)
_SUBJECT = (
    r"(?:(?:the|this|that|it|given|final|correct|whole|above|truth\s+value\s+of)\s+){0,5}"
    r"(?:statement|claim|argument|formula|proposition|conclusion|inference|sentence|implication|"
    r"conjecture|assertion|hypothesis|equivalence|expression|truth\s+value|"
    r"it|it's|this|that|that's|which|there|we|one)"
    r"(?:\s+(?:that\s+)?(?:\"[^\"]+\"|'[^']+'),?)?"
)
_COPULA = (
    r"is|evaluates\s+to|(?:must|should|would|has\s+to|can\s+be\s+inferred\s+to)\s+be|(?<=it's|at's)"
)
_CLAIM = re.compile(
    rf"{_LEAD}(?:(?P<subject>{_SUBJECT})(?:\s*(?:(?P<copula>{_COPULA})|[:=])\s*|\s+))?"
    r"(?P<denied>(?:not|does\s+not|doesn't|isn't|do\s+not|don't"
    r"|(?:cannot|can't)\s+be(?=\s+(?:true|false|valid|correct|right|the\s+case)\b))\s+"
    r"|(?:not|non|un)[-_])?"
    r"(?:an?\s+(?:clear|definite|definitive|resounding)\s+(?=(?:yes|no|true|false)\b))?"
    r"(?:(?:indeed|absolutely|clearly|definitely|certainly|logically|necessarily|also|simply|proven|therefore|thus|hence)\s+)?"
    rf"(?P<said>{_ANY_PHRASE})(?![\w'’])"
)
# What goes on from a claim: where it comes from, what it is of, or a remark.
_COMPLEMENT = re.compile(
    r"\s+(?P<how>from|by|based|given|according|that|whether|to|if|about)\s+(?P<what>\S.*)",
    re.DOTALL,
)
_OF_UNKNOWN = frozenset(("whether", "to", "if", "about"))
_REMARK = re.compile(
    r"(?:\s*[,.;:!(]\s*|\s+[-–—]+\s+|\s*[–—]\s*|\s+(?=(?:because|since|as(?!\s+(?:long|far)\s+as))\s))(?P<why>[^\s,.;:!].*)",
    re.DOTALL,
)
_TO_SOMEBODY = re.compile(r"(?:me|us|him|her|them)\b")
_LINE = re.compile(r"(?<=[^\s:])\s*\n\s*(?=\S)")  # one that ends a sentence
_LABELLED = re.compile(r"^\(?[a-e](?:\)[.:]?|[.:])\s+(?=\w+$)")
"""The letter of an option, before a word that is all of it."""
_BRACKETED = re.compile(r"^[(\[]([^()\[\]]*)[)\]]$")
_PRONOUN = r"(?:it|he|she|they|this|that|these|those|we|you|i|there)"
_ECHO = re.compile(
    rf"{_PRONOUN}\s+(?:is|are|was|were|does|do|did|can|could|will|would|should|has|have|must)"
    r"(?P<denied>n't|not|\s+not)?"
)
_ADVERB = re.compile(r"(?:indeed|definitely|certainly|absolutely|of\s+course|clearly|surely)")

# Remarks ----------------------------------------------------------------------------------------

_CLAUSE = re.compile(r"[,.;:!?()]+|(?<!\s)\s+[-–—]+\s+|\b(?:and|but|so|or)\b(?=\s+\S+$)")
_OPEN = re.compile(
    r"(?:or|but|unless|if|had|were|should|though|although|however|except|only|actually|no\s+wait)\b"
    # What turns, or makes a case of it, in other languages.
    r"|(?:aber|jedoch|wenn|falls|sofern|au(?:ß|ss)er|mais|sauf|si|à\s+moins|pero|salvo|aunque|excepto|mas|porém|exceto|ma|però|se|tranne|но|если|однако|кроме|хотя)(?![^\W_])|但|不过|如果|除非|でも|ただし|しかし|하지만|다만|nhưng|nếu|trừ|لكن|إذا|إلا"
)
_DOUBTED = re.compile(
    r"\b(?:wait|hmm|maybe|perhaps|possibly|unsure|not\s+sure|second\s+thought|correction|"
    r"alternatively|never\s+mind|instead|i\s+(?:guess|suppose))\b"
)
_ELSE = re.compile(r"\b(?:else|otherwise)\b")
_IN_PART = re.compile(
    r"\b(?:sometimes|partly|partially|depend\w*|usually|mostly|probably|likely"
    r"|(?:with|apart\s+from)\s+(?:(?:some|few|certain|a\s+few)\s+)?exceptions?|in\s+theory|theoretically"
    r"|(?:in|for)\s+(?:some|certain|most))\b"
)
_NEGATION = re.compile(r"\b(?:not|no|never|cannot|false)\b|n't\b")
_WORD = re.compile(r"[^\W\d_]{2,}")


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
        >>> read_truth("No, it does not follow: some cats do not bark.").meaning
        'false'
        >>> read_truth("yes and no"), read_truth("No, wait: yes"), read_truth("Yes. It is false.")
        (None, None, None)
    """
    if len(text) > MAX_LENGTH:
        return None
    found = _read(text)
    if found is None:
        shorter = unannounced(text.strip()).strip("$ \n")
        found = _read(shorter) if shorter != text.strip() else None
    return found


def _read(text: str) -> TruthValue | None:
    try:
        text = plain(_LINE.sub(". ", unfenced(text).strip())).casefold()
    except NotFormula:
        return None
    text = text.rstrip("。")
    text = _LABELLED.sub("", _BRACKETED.sub(r"\1", text).rstrip("!"))
    claim = _CLAIM.match(text)
    value = _meant(claim) if claim else None
    if claim is None or value is None or claim.end() == len(text):
        return value
    is_symbol = (len(claim["said"]) == 1 and claim["said"].isascii()) or claim["said"][0] == "\\"
    rest = text[claim.end() :]
    if claim["said"] in _SAID_TO_SOMEBODY and greets(rest):
        return None
    if speaker_doubts(rest) or taken_back(rest) == "retracted" or _ALSO.match(rest):
        return None
    return value if not is_symbol and _goes_on(text, claim, value) else None


_ALSO = re.compile(r"\s+(?:as\s+well\s+as|along\s+with|plus)\b")


def _meant(claim: re.Match[str]) -> TruthValue | None:
    said, denied = claim["said"], claim["denied"]
    meaning, also = _PHRASES[said]
    if not denied:
        return TruthValue(meaning, also)
    denied = denied.rstrip("-_")
    takes_verb = denied.split()[0] in ("does", "do", "doesn't", "don't")
    if said in _NOT_DENIED or takes_verb != (said in _VERBS):
        return None
    if meaning == "satisfiable":
        return TruthValue("contradiction", ("false",))
    if "true" in (meaning, *also):
        return TruthValue("false")
    return TruthValue("true") if meaning == "false" else None


def _goes_on(text: str, claim: re.Match[str], value: TruthValue) -> bool:
    """Whether what follows a claim leaves it standing."""
    echo = _ECHO.fullmatch(text, claim.end() + 1)
    if echo or _ADVERB.fullmatch(text, claim.end() + 1):
        return echo is None or _agrees(echo, value)
    complement = _COMPLEMENT.fullmatch(text, claim.end())
    if complement:
        how, what = complement["how"], complement["what"]
        if how in _OF_UNKNOWN and not _TO_SOMEBODY.match(what):
            return value.meaning == "unknown" and not _ELSE.search(what)
        # Whether "it is true that X is not Y" says yes depends on what was asked.
        told = how == "that" and (not claim["copula"] or _NEGATION.search(what))
        return not told and _stands(value, what, complement=True)
    remark = _REMARK.fullmatch(text, claim.end())
    in_brackets = text.endswith(")") and text[claim.end() :].lstrip().startswith("(")
    return remark is not None and _stands(value, remark["why"], complement=in_brackets)


def _stands(value: TruthValue, remark: str, *, complement: bool) -> bool:
    """Whether a remark takes nothing back and claims nothing else."""
    clauses = [clause.strip() for clause in _CLAUSE.split(remark) if clause.strip()]
    if not clauses or any(_claims_another(clause, value) for clause in clauses):
        return not clauses
    if _OPEN.match(remark) or (_side(value) == "true" and clauses[0] in words("denies")):
        return False
    if value.meaning != "unknown" and (_DOUBTED.search(remark) or _IN_PART.search(clauses[0])):
        return False
    known = (pattern.fullmatch(clauses[0]) for pattern in (_ECHO, _ADVERB, _CLAIM))
    # A word or two are rather another answer than a reason.
    return complement or any(known) or len(_WORD.findall(remark)) > 2


_IT = r"(?:it|this|that|(?:the\s+)?(?:statement|claim|conclusion|hypothesis))"
_MADE = re.compile(
    rf"\b(?:(?:makes?|making|renders?|rendering|proves?|proving)\s+{_IT}"
    rf"|{_IT}\s+is(?:\s+(?:actually|really|in\s+fact))?)\s+(?P<said>true|false)$"
)
_CASE = re.compile(r"\b(?:if|unless|were|had|would|when|whether|that)\b")


def _claims_another(clause: str, value: TruthValue) -> bool:
    """Whether a clause states a truth value, and not this one."""
    made = _MADE.search(clause)
    if made and made["said"] != _side(value):
        return not _CASE.search(clause)
    echo = _ECHO.fullmatch(clause)
    if echo:
        return not _agrees(echo, value)
    claim = _CLAIM.match(clause)
    if claim is None or (claim.end() < len(clause) and not (claim["subject"] and claim["copula"])):
        return False
    other = _meant(claim)
    return other is None or _side(other) != _side(value)


def _agrees(echo: re.Match[str], value: TruthValue) -> bool:
    """Whether "it does", or "it does not", goes with a truth value."""
    return _side(value) not in ("true", "false") or bool(echo["denied"]) == (
        _side(value) == "false"
    )


def _side(value: TruthValue) -> str:
    return {"tautology": "true", "contradiction": "false"}.get(value.meaning, value.meaning)
