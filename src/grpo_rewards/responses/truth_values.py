"""Yes, no, true and false: first in a text or its last paragraph, and alone at its end."""

from __future__ import annotations

import regex

from grpo_rewards.responses.commitments import DENIED, Extracted
from grpo_rewards.responses.openings import LONGEST, takes_back, turns
from grpo_rewards.wording.asides import speaker_doubts
from grpo_rewards.wording.claims import claimed, is_true
from grpo_rewards.wording.courtesies import greets
from grpo_rewards.wording.patterns import end_of
from grpo_rewards.wording.stated_options import leaves_open, stated_option
from grpo_rewards.wording.vocabulary import any_of, spotted, words

__all__ = [
    "bare_truth",
    "doubted_truth",
    "first_truth",
    "labelled_truth",
    "last_yes_or_no",
    "truth_first",
]

_TRUTH_FIRST = regex.compile(
    r"[*_\s]*+(?P<said>Yes|No|True|False)(?:[.,:;!][*_]*+|[*_]++[.,:;!]?+|\s[—–-])\s++(?P<why>.*)",
    regex.DOTALL,
)
_TURNS = regex.compile(
    r"\b(?:yes|no|true|false|wait|actually|however|but|although|unless|maybe|perhaps|depends|correction|if|sure|certain)\b",
    regex.IGNORECASE,
)
_HEADING = regex.compile(
    rf"(?<![*#_\s])[*#_\s]*+{any_of('explains')}[*_\s]*+[:：][*_\s]*+", regex.IGNORECASE
)
_CALLED_WRONG = regex.compile(
    r"\b(?:that|this|it)\s+is\s+(?:wrong|incorrect|not\s+(?:right|correct|true))\b|\?\W*$",
    regex.IGNORECASE,
)
_TRUTH_LINE = regex.compile(r"(?:^|\n)[*_ \t\d.)-]*+(?:True|False|Yes|No)\b")


def _truth_of_last(text: str, last: str, letters: str = "TF") -> regex.Match[str] | None:
    """The truth value that a last paragraph begins with, where no other line begins with one."""
    alone = last != text and "\n\n" in text[max(0, text.rfind("\n") - 3) :]
    found = _TRUTH_FIRST.fullmatch(last) if alone and last.lstrip("*_ ")[:1] in letters else None
    if found is None or len(_TRUTH_LINE.findall(text)) != 1 or _CALLED_WRONG.search(found["why"]):
        return None
    return None if leaves_open(found["why"]) else found


def first_truth(text: str, last: str) -> Extracted | None:
    """The truth value that a text or its last paragraph begins with, unless it is a courtesy."""
    truth = _TRUTH_FIRST.fullmatch(text) or _truth_of_last(text, last)
    said = truth or _TRUTH_FIRST.fullmatch(last)
    if said and greets(f", {said['why']}"):
        return Extracted(None, "the yes is said to whoever asked")
    if truth is None or stated_option(last) or _TURNS.search(truth["why"]):
        return _truth_above(text) or _claimed_first(text, last)
    if speaker_doubts(f", {truth['why']}"):
        return None
    reasons = truth["why"][end_of(_HEADING, truth["why"]) :]
    # "No, it is not possible" denies what was asked, and no answer.
    agrees = truth["said"] in ("No", "False") and truth.string[truth.end("said")] == ","
    denied = not agrees and takes_back(reasons, truth["said"])
    return Extracted(None, DENIED) if denied else Extracted(truth["said"])


def _claimed_first(text: str, last: str) -> Extracted | None:
    """The truth value of a first sentence, above reasons that end in no figure."""
    judged = None if any(map(str.isdigit, last)) else truth_first(text)
    return judged if judged and judged.answer is not None else None


_BARE_TRUTH = regex.compile(
    r"(?P<before>[A-Z][^?\n]*[^\W\d_]{2}[.!])\s[*_]{0,2}(?P<said>True|False|Yes|No)[*_]{0,2}[.!]?"
)
# Behind them it judges what is said, or is asked for.
_ASKS_FOR_IT = regex.compile(
    r"\b(?:true|false|yes|no|wrong|right|correct\w*|incorrect\w*|sure|answers?|claims?|statements?|question|say|says|said|think|thinks|guess\w*|wait|or|if|whether|choose|pick|respond|reply|write|but|however|actually)\b",
    regex.IGNORECASE,
)


def bare_truth(last: str) -> str | None:
    """The truth value that stands alone behind sentences: "Rex is a cat. Cats are big. True"."""
    found = _BARE_TRUTH.fullmatch(last) if last.rstrip(".!*_")[-1:] in "eso" else None
    if found is None or _ASKS_FOR_IT.search(found["before"]):
        return None
    if any(True for _ in spotted(found["before"], "hedges", "supposes", "retracts", "wavers")):
        return None
    return str(found["said"])


def last_yes_or_no(text: str, last: str) -> Extracted | None:
    """The yes or no that a last paragraph begins with."""
    found = _truth_of_last(text, last, "YN")
    if found is None or greets(f", {found['why']}"):
        return None
    if _TURNS.search(found["why"]) or speaker_doubts(f", {found['why']}"):
        return None
    return Extracted(found["said"])


# Behind a label --------------------------------------------------------------------------------

_LABELLED_TRUTH = regex.compile(
    r"[*_#\s]*+(?:(?:Final\s+)?(?:Verdict|Judge?ment|Conclusion|Decision))[*_]*+\s*+[:：][*_]*+\s*+[*_]*+(?P<said>Yes|No|True|False)(?:[.,;:][*_]*+|[*_]++[.,;:]?+)\s++(?P<why>[^\n?]+)",
    regex.IGNORECASE,
)
_LIKELY = regex.compile(r"\b(?:un)?likely\b|\b(?:probably|possibly|possible|might|may)\b")


def labelled_truth(last: str) -> str | None:
    """The yes or no behind a label such as "Verdict:", unless its reasons turn or doubt it.

    Example:
        >>> labelled_truth("Verdict: Yes, since it is old."), labelled_truth("Verdict: Yes, maybe.")
        ('Yes', None)
    """
    truth = _LABELLED_TRUTH.fullmatch(last)
    if truth is None or _TURNS.search(truth["why"]) or speaker_doubts(f", {truth['why']}"):
        return None
    return str(truth["said"])


def doubted_truth(last: str) -> Extracted | None:
    """Nothing, where what stands behind a labelled yes says that it is only likely."""
    truth = _LABELLED_TRUTH.fullmatch(last)
    if truth is None or not _LIKELY.search(truth["why"]):
        return None
    return Extracted(None, "the statement is doubted")


# Above its reasons -----------------------------------------------------------------------------

_TRUTHS = (
    "yes|true|ja|wahr|richtig|oui|vrai|sí|verdadero|sim|verdadeiro|sì|vero|да|верно|tak|evet|doğru|ya|benar|đúng|是的?|对|正确|はい|正しい|예|네|참|نعم|صحيح",
    "no|false|nein|falsch|non|faux|falso|não|нет|неверно|nie|nee|hayır|yanlış|tidak|salah|sai|否|不是|错误?|いいえ|誤り|아니요|아니오|거짓|لا|خطأ",
)
"""What says that something is so, and what says that it is not."""
_TRUTH_ABOVE = regex.compile(
    rf"[*_\s]*+(?:(?P<yes>{_TRUTHS[0]})|(?P<no>{_TRUTHS[1]}))(?:[.!。！][*_]*+|[*_]++[.!。！]?+|(?=\n))\s++"
    rf"[*#_]*+{any_of('explains')}[*_\s]*+[:：][*_]*+(?P<why>.*)$",
    regex.IGNORECASE | regex.DOTALL,
)
# The other truth value, where it is said of what was asked and not of something in the reasons.
_SAYS = tuple(
    regex.compile(
        rf"(?:^|(?<=[.!?。！？:：\n]\s?)|\b(?:is|are|be|answer)\s)[*_]*+(?:{words})(?:[*_]*+[,.:;!，。：；！]|\s[–—-]|[*_]*+$)|\b(?:{certain})\b",
        regex.IGNORECASE,
    )
    for words, certain in zip(
        _TRUTHS, ("yes|true", "(?:is|are)\\s(?:false|untrue|incorrect)"), strict=True
    )
)
_UNSURE = regex.compile(
    r"\b(?:wait|actually|maybe|perhaps|probably|depends|correction|sure|certain|unless)\b",
    regex.IGNORECASE,
)


def _truth_above(text: str) -> Extracted | None:
    r"""The truth value that a text begins with, above a heading such as "Explanation:".

    Example:
        >>> _truth_above("**No.**\n\n**Explanation:** Some may be blue, so no rose need be.").answer
        'No'
        >>> _truth_above("**No.**\n\n**Explanation:** They all are. Yes.").answer
    """
    match = _TRUTH_ABOVE.match(text) if len(text) <= LONGEST else None
    if match is None:
        return None
    said, why = match["yes"] or match["no"], str(match["why"]).strip(" *_\n-")
    if _SAYS[1 if match["yes"] else 0].search(why) or takes_back(why, said):
        return Extracted(None, DENIED)
    if not why or _UNSURE.search(why) or any(True for _ in spotted(why, "wavers")):
        return None
    return Extracted(said) if why[-1] in _ENDED else None


_ENDED = frozenset(".!。！)）\"”’'$*")
_FIRST_SENTENCE = regex.compile(
    r"[*_\s]*+(?P<said>[^\n.!?。！？]{1,240}?)(?:[.!。！][*_]*+|[*_]{2}+(?=\s))\s*+(?P<why>[^\s*_].*)$",
    regex.DOTALL,
)
_SENTENCES = regex.compile(r"[.!?。！？\n]++")
# "Il est vrai que" grants something else.
_TRUTH_WORD = regex.compile(r"[^\W\d_]++(?!\s(?:qu|che\b|dass\b|что\b)|,\s(?:dass|что)\b)")
_FEW_WORDS = 6
"""A sentence of fewer words below a truth value speaks of it."""


def truth_first(text: str) -> Extracted | None:
    r"""The truth value that the first sentence of a text is or gives to a claim, above its reasons.

    Example:
        >>> truth_first("**FAUX.** On peut appeler la méthode.").answer
        'FAUX'
        >>> truth_first("A afirmação é falsa.\n\nO preço é baixo.").answer
        'falsa'
        >>> truth_first("**FAUX.** Non, c'est vrai.").answer
    """
    match = _FIRST_SENTENCE.match(text) if len(text) <= LONGEST else None
    if match is None or "?" in text[-3:]:
        return None
    said = match["said"].strip(" *_")
    claim = claimed(said)
    value = claim or said
    says = None if value.casefold() in _ENGLISH else is_true(value)
    if says is None:
        return None
    why = str(match["why"])
    if claim:
        why = why.removeprefix("No ")  # which is "in the" in Portuguese
    first = _SENTENCES.split(why)[0]
    # A short sentence below it speaks of it; what a longer one denies may be another thing.
    denied = len(first.split()) < _FEW_WORDS and takes_back(f"{first}.", said)
    if denied or turns(why) or _judges_again(why, says=says):
        return Extracted(None, "the truth value is taken back")
    return Extracted(value)


_ENGLISH = words("affirms", "refutes", language="en")
"""Words that are read where English sentences are."""
_YES_NO = frozenset("no non não nein нет yes oui sí sì sim ja да".split())
"""What denies a verb, or is no more than a word, where it stands inside a sentence."""
_SAYS_NO = regex.compile(
    rf"(?:^|[.!?\n]\s?)[*_]*+(?:{'|'.join(sorted(_YES_NO))})[*_]*+\s?[,.!]", regex.IGNORECASE
)


def _judges_again(why: str, *, says: bool) -> bool:
    """Whether reasons give the other truth value, or turn from the one that was given."""
    spots = spotted(why, "retracts", "wavers")
    if any(spot.word not in _YES_NO for spot in spots) or _SAYS_NO.search(why):
        return True
    found = (word[0] for word in _TRUTH_WORD.finditer(why))
    return any(is_true(word) is (not says) for word in found if word.casefold() not in _YES_NO)
