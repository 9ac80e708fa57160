"""What governs an answer from before it: denials, doubts and suppositions in the clause before.

A denial somewhere else in the text says nothing of the answer: "Since x cannot be negative, it is
5". So each function here looks at the clause that touches the answer, and no further.
"""

from __future__ import annotations

import regex

from grpo_rewards.wording.attributions import attributed
from grpo_rewards.wording.patterns import SENTENCE
from grpo_rewards.wording.retractions import (
    INTERJECTIONS,
    LONGEST_CLAUSE,
    WORD_OR_SIGN,
    taken_back,
)
from grpo_rewards.wording.spoken_of import USUAL, about_answer, is_usual, told_by_others
from grpo_rewards.wording.suppositions import is_conditional, leaves_cases, says_how_to_reckon
from grpo_rewards.wording.vocabulary import spotted, words

__all__ = [
    "changed_before",
    "denied_before",
    "denied_lead",
    "doubted",
    "guessed_or_told",
    "taken_back_before",
]

# Where a clause begins: behind a mark, or behind a word that begins a new one.
_MARKS = tuple(",;:.!?\n") + tuple("。，；：！？、،")
_ENDS = tuple(".!?。！？")
_BEGINS = regex.compile(
    r"\b(?:so(?!\s+(?:far|viele?|groß|hoch|lange?|wie)\b)|thus|hence|therefore|then|but|because|donc|also|daher|portanto|quindi|entonces)\b",
    regex.IGNORECASE,
)
_THAT = regex.compile(r",\s+(?:dass|daß|что|hogy|że|že|at|dat)\b")
"""A comma before "that", which parts no clause in these languages: "Ich glaube nicht, dass"."""
_CLAIMED_ELSEWHERE = (
    "most likely",
    "no wonder",
    "no doubt",
    "without a doubt",
    "without doubt",
    "not only",
)
# "the number of students who do not play": the denial describes what is counted.
_NOUN_FIRST = regex.compile(
    r"\s*(?:(?:so|thus|hence|therefore|then|finally)\b[,\s]*)?"
    r"(?:the|an?|these|those|this|its|their|his|her|our|number|total|probability)\b",
    regex.IGNORECASE,
)
# What begins a clause about a noun; not the "that" of "this means that".
_RELATIVE = regex.compile(
    r"\b(?:who|whom|whose|(?<!\b(?:means?|meant|shows?|showed|impl(?:y|ies|ied)|says?|said|tells?|told|proves?|proved|indicates?|suggests?|states?|facts?|claims?|conclusions?|concludes?|follows|finds?|found|note|ideas?|statements?|us|me|is|was|clear|true|certain|known)\s)that|which|where|with|of|for|when|if|in|such|without|whether|(?<=\b(?:the|this|that)\s[a-z]{2,20}\s(?:[a-z]{2,20}\s)?)(?:it|he|she|they|we|you|one)(?=\s(?:would|could|might)\s))\b|\$|\\\(",
    regex.IGNORECASE,
)
_CHANGED = regex.compile(
    r"\s*+(?:(?:so|thus|hence|therefore|then|and|but)\b[,\s]*+)?(?:the\s++|an?\s++)?"
    r"(?:twice|thrice|half|double|triple|(?:one|two|three)?[\s-]*(?:thirds?|quarters?|fourths?|fifths?)\s+of|"
    r"squares?\s+(?:root\s+)?of|cubes?\s+(?:root\s+)?of|(?:square|cube)\s+root\s+of|negative\s+of|minus|"
    r"reciprocal|inverse|opposite|logarithm\s+of|more|less|fewer|at\s+least|at\s+most|up\s+to|almost|"
    r"nearly|about|around|roughly|approximately|over|under|above|below|between|upper\s+bound|lower\s+bound|one\s+of|multiples?\s+of|"
    r"factors?\s+of|divisors?\s+of|next\s+to|close\s+to|\w+\s+times(?!\s+[\d$]))\b",
    regex.IGNORECASE,
)


def _clause_before(text: str) -> str:
    """The clause that ends a text."""
    near = text[-LONGEST_CLAUSE:]
    end = len(near.rstrip(" \t:$*(_[\\>#-"))
    if near[end - 1 : end] == "\n":
        end = len(near.rstrip(" \t\n$*(_[\\>#-"))
        if near[end - 1 : end] not in (":", ","):
            return ""  # another paragraph
        end -= 1
    if near[end - 1 : end] in _ENDS:
        return ""
    start = 0
    for mark in _MARKS[:7] if near.isascii() else _MARKS:
        place = near.rfind(mark, start, end - 1)
        while place >= start and (
            near[place + 1 : place + 2].isdigit()  # 1,000 and 3.5
            or (mark == "," and _THAT.match(near, place))
        ):
            place = near.rfind(mark, start, place)
        if place >= start:
            start = place + 1
    for match in _BEGINS.finditer(near, start, end):
        if match.end() < end:  # "anything but" is no new clause
            start = match.end()
    return near[start:]


def _sentence_before(text: str) -> str:
    near = text[-LONGEST_CLAUSE:].rstrip(" \t:$*(_[\\")
    last = _LAST_END.search(near)
    return near[last.end() :] if last else near


_LAST_END = regex.compile(SENTENCE.pattern, regex.REVERSE)


# "not 41 but", "no solution other than": what follows is the answer.
_ONLY_THIS = regex.compile(
    r"\s*(?:(?:so|thus|hence|there\s+(?:is|are)|it\s+is|it's|we\s+have|and)\s+){0,8}(?:not|no|nothing|none|never|nobody)\b"
    r"(?!\s+anything)[^,;]*\b(?:but(?:\s+rather)?|other\s+than|except(?:\s+for)?|besides)[\s$*(\\_[:]*$",
    regex.IGNORECASE,
)


def denied_before(text: str) -> bool:
    """Whether the clause before an answer denies it, doubts it, or only supposes it.

    Example:
        >>> denied_before("It is not true that the answer is "), denied_before("I'm not sure, but ")
        (True, True)
        >>> denied_before("Since x cannot be negative, the answer is ")
        False
    """
    return _denied(text, _clause_before(text))


_GIVEN_UP = regex.compile(
    r"\bI\s+(?:(?:really\s+)?have\s+no\s+(?:idea|clue)|(?:really\s+)?(?:don['’]t|do\s+not)\s+know|give\s+up|can(?:no|['’])t\s+(?:solve|answer|figure)(?:\s+(?:this|it|out)){0,2}|am\s+(?:just\s+)?guessing)[\s.!,:;—–$*\\({\[-]*$"
)


# "Let us try 42", "e.g. 42", "we replace 42": a value that is looked at, and "Let's check: 42" is none.
_VERBS_OF_TRYING = (
    "try", "test", "check", "verify", "consider", "examine", "replace", "substitute", "swap", "change",
)  # fmt: skip
_TRIED = regex.compile(
    r"(?:(?:^|[.!?\n]\s{0,3}+)(?:first,?\s+)?|\b(?:we|i|you|to|must|should|let['’]?s|let\s+us|then|please|can|could)\s+(?:now\s+|first\s+|just\s+)?)"
    rf"(?:{'|'.join(_VERBS_OF_TRYING)})\s{{1,3}}+[$*(\\_[]{{0,9}}+$"
    r"|(?:^|[\s(])e\.\s?g\.,?[\s$*(\\_[]{0,9}+$",
    regex.IGNORECASE,
)


def _is_tried(text: str) -> bool:
    last = text.rstrip(" \t\n$*(\\_[").casefold()
    return last.endswith((*_VERBS_OF_TRYING, "g", "g.", "g,", "g.,")) and bool(_TRIED.search(text))


# "The only possible answer" is no doubt, and "a possible answer" is one.
_SINGLED = regex.compile(
    r"(?<=\b(?:only|sole|single|unique|largest|smallest|greatest|least|highest|lowest|longest|shortest|best|minimum|maximum|minimal|maximal|(?:the|this)\s+one)\s(?:\w+\s)?)possible\b",
    regex.IGNORECASE,
)


# Who says it states it, as "Say the answer is 42" does not.
_WE_SAY = regex.compile(
    r"(?<!\b(?:can|could|do|may|might|must|shall|should|will|would)\s)"
    r"\b(?:we|i|one)(?:['’]ll)?+\s(?:(?:will|can|must|now)\s){0,2}+say\b",
    regex.IGNORECASE,
)
# A reason why nothing more can be told: "Since we do not know who cried, ".
_NOT_TOLD = regex.compile(
    r"\b(?:since|because|as|given\s+that)\s+we\s+(?:do\s+not|don['’]t)\s+know\s"
    r"(?:who|what|where|when|why|if|whether|how\s(?:many|much|long|old)|anything\sabout|enough\sabout)\b"
    r"(?:(?!\b(?:answer|option|choice|correct|right)\b)[^,.;:!?\n]){0,120}+,",
    regex.IGNORECASE,
)


# "Without a doubt": what a speaker says who is sure.
_NO_DOUBT = regex.compile(
    r"\b(?:without|beyond)\s+(?:(?:a|any|all)\s+)?(?:reasonable\s+)?doubt\b", regex.IGNORECASE
)


def _denied(text: str, clause: str) -> bool:
    said = clause.strip(" \t\n:$*(_[\\,.!").casefold()
    if said in INTERJECTIONS and text.rstrip(" \n$*(_[\\")[-1:] in tuple(",:;.!。，：！—–-"):
        return False  # which speaks of what was said before
    clause = _SINGLED.sub(" ", clause) if "possible" in said else clause
    clause = _WE_SAY.sub(" ", clause) if "say" in said else clause
    clause = "" if says_how_to_reckon(clause) else clause
    if (
        said not in USUAL
        and any(True for _ in spotted(clause, "denies", "hedges", "supposes", after=False))
        and not _is_swahili(text, clause)
    ):
        if _ONLY_THIS.match(clause) or any(known in said for known in _CLAIMED_ELSEWHERE):
            return False
        return not _NOUN_FIRST.match(clause) or denied_lead(clause)
    sentence = _sentence_before(text)
    sentence = _WE_SAY.sub(" ", sentence) if "say" in sentence else sentence
    if text[-80:].count("I ") and _GIVEN_UP.search(text[-80:]):
        return True
    if not is_usual(sentence) and (
        told_by_others(sentence) or attributed(sentence) or about_answer(sentence)
    ):
        return True
    if _is_tried(text[-60:]) or is_conditional(text):
        return True
    if "doubt" in sentence:
        sentence = _NO_DOUBT.sub(" ", sentence)
    if "know" in sentence:
        sentence = _NOT_TOLD.sub(" ", sentence)
    return any(True for _ in spotted(sentence, "wavers"))


def guessed_or_told(before: str) -> bool:
    """Whether what stands before an answer gives it as a guess, or as what others say.

    Example:
        >>> guessed_or_told("Ich glaube, es sind "), guessed_or_told("Mi madre dice que son ")
        (True, True)
        >>> guessed_or_told("Insgesamt sind es ")
        False
    """
    wavers = (spot.word for spot in spotted(before, "wavers"))
    return attributed(before) or any(word not in _ALSO_NOUNS for word in wavers)


_ALSO_NOUNS = words("wavers", language="en")
"""Words that doubt nothing in some leads: "without any doubt"; in the others they are hedges."""


def _is_swahili(text: str, clause: str) -> bool:
    """Whether a clause denies by "ni" alone, and no "no" before it makes a "nor" of it."""
    ni = _NI.search(clause)
    if ni is None:
        return False
    spots = list(spotted(clause, "denies", "hedges", "supposes", after=False))
    said = [spot.word for spot in spots if spot.word != "magari"]  # cars, and Italian's "maybe"
    before = text[-LONGEST_CLAUSE:][: ni.start() - len(clause)]
    return said == ["ni"] and not _NI_OR_NO.search(before)


_NI = regex.compile(
    r"(?<=\w)(?<!\b(?:is|are|es|est|son|sont|é|è))\sni[\s:]*+[\s$*(\\\[]*+$", regex.IGNORECASE
)
_NI_OR_NO = regex.compile(
    r"\b(?:ni|no|nunca|jamás|tampoco|ne|pas|jamais|n['’]\w+)\b", regex.IGNORECASE
)


_WHOSE = regex.compile(
    r"\b(?:than|or|nor)\s*$|\b(?:could|can|might|may)\s+(?:also\s+|then\s+)?(?:be|equal)\s*$|\bworst\s+\w+\s*$|\bwhose\s+\w+(?:\s+\w+)?\s*$",
    regex.IGNORECASE,
)


# "the remainder when N is divided by 7", which says what of it is meant; not what is still open.
_AT_A_TIME = frozenset(("when", "while", "until"))
_OPEN = regex.compile(
    r"\b(?:answers?|guess\w*|mistakes?|errors?|wrong|check|wait|know|sure|assum\w+|suppos\w+)\b",
    regex.IGNORECASE,
)


def denied_lead(lead: str) -> bool:
    """Whether the words before "is" keep what follows from being the answer.

    Example:
        >>> denied_lead("twice the number"), denied_lead("there is no way that it")
        (True, True)
        >>> denied_lead("the number of students who do not play"), denied_lead("the remainder")
        (False, False)
    """
    if _CHANGED.match(lead) or about_answer(lead) or _WHOSE.search(lead):
        return True
    if leaves_cases(lead):
        return True
    last = _sentence_before(lead)
    if len(last) < len(lead.rstrip()) and denied_lead(last):
        return True
    spots = list(spotted(lead, "denies", "hedges", "supposes", after=False))
    if not spots:
        return False
    if not _NOUN_FIRST.match(lead):
        return True
    first = spots[0]
    if first.word in ("possible", "estimated", "plausible", "impossible", "unknown", "likely"):
        return not lead[first.end :].strip()  # possible outcomes are counted
    if all(spot.word in _AT_A_TIME for spot in spots):
        return _OPEN.search(lead) is not None
    relative = _RELATIVE.search(lead)
    return relative is None or relative.start() >= first.start


NEAR_WORDS = 2
"""How many words may stand between a number and what changes it: "at least a whole 5"."""


def doubted(before: str, after: str) -> bool:
    """Whether the words on either side of one value keep it from being what the text states.

    Example:
        >>> (
        ...     doubted("She paid ", " in total"),
        ...     doubted("She paid at least ", ""),
        ...     doubted("", " hardly"),
        ... )
        (False, True, True)
    """
    clause = _clause_before(before)
    if denied_before(before) or _CHANGED.match(clause):
        return True
    if leaves_cases(before):
        return True
    return changed_before(clause, NEAR_WORDS) or bool(taken_back(after))


_TWO_VALUES = regex.compile(
    r"\d[\s$)]*+(?:and|or|to|y|o|ou|et|oder|und|e|или|и|或|和|/)[\s$(]*+$", regex.IGNORECASE
)


def changed_before(text: str, words_between: int = 0) -> bool:
    """Whether what stands directly before an answer makes another value of it.

    Example:
        >>> [changed_before(text) for text in ("It is at least ", "half of that is ", "41 or ")]
        [True, False, True]
    """
    return _changed(_clause_before(text), words_between)


_SOMEBODY_WROTE = regex.compile(
    r"\b(?:student|pupil|textbook|friend|opponent|classmate|somebody|someone|he|she|they)s?\s+(?:\w+\s+)?"
    r"(?:wrote|writes|answered|answers|claimed|claims)\W*$"
    r"|\b(?:student|pupil|textbook|friend|classmate|somebody|someone)\s+(?:simplified|reduced|rounded|converted|evaluated)\s+(?:it|this|that)\s+to\W*$",
    regex.IGNORECASE,
)


def taken_back_before(text: str) -> str:
    """How the clause before an answer takes it back: "denied", "changed", or not at all.

    Example:
        >>> [taken_back_before(text) for text in ("It is not ", "It is at least ", "It is ")]
        ['denied', 'changed', '']
    """
    clause = _clause_before(text)
    if _denied(text, clause) or _SOMEBODY_WROTE.search(clause):
        return "denied"
    return "changed" if _changed(clause, 0) else ""


# "leaves a remainder of 42", and not "the remainder of 42".
_LEFT = regex.compile(r"\ba\s(?:[a-z]+\s)?remainder\sof$", regex.IGNORECASE)
# "is equal to", "simplifies to": where it comes to, and no range ("from 1 to"), limit or nearness.
_COMES_TO = regex.compile(
    r"(?<!\b(?:or|not|never|nearly|almost|approximately|roughly|about|close|closest|up|half|times|than|most|least)\s)"
    r"\b(?:equals?|equivalent|congruent|set|(?:simplif|evaluat|reduc|amount|convert|translat|correspond|lead|sum|add|round|work|come|came|boil|collaps|contract|cancel|resolv|bring|tak|increas|decreas|ris|ros|grow|grew|fall|fell|drop|rais|extend|narrow)\w*+(?:\s(?:up|down|out|further|back|again|us|this|that|it|(?:the|its)\s[a-z]{3,}|neatly|nicely|simply|exactly|directly|only))?)"
    r"\s+to$",
    regex.IGNORECASE,
)
_BE = regex.compile(r"\b(?:be|is|are|was|were)\s+$")
# "最大42個": a bound, where the number touches it.
_AT_MOST = regex.compile(
    r"(?:(?:最大|最小|最低|最高|せいぜい|少なくとも|多くとも)(?:でも|[でも])?[\s、]?|(?:최대|최소|적어도|많아야|기껏해야)\s?)[$*(\\]*$"
)
# What bounds a number only where it touches it: "hasta 42", and not "hasta la escuela en 42".
_TOUCHING = frozenset(
    (
        "to", "bis zu", "unter", "über", "maximal", "minimal", "übersteigt", "überschreitet", "jusqu'à", "dépasse", "excède", "hasta", "ronda", "supera", "excede",
        "até", "fino a", "eccede", "до", "выше", "ниже", "максимум", "минимум", "превышает", "dưới", "trên", "tối đa", "tối thiểu", "vượt", "vượt quá", "ضعف", "نصف", "يتجاوز", "تتجاوز",
    )
)  # fmt: skip
_RISES_TO = regex.compile(
    r"(?:\b(?:sub|baj|aument|lleg|crec|descend|ascend|reduc|sob|cheg|cresc|desc|sal|scend|arriv|mont|augment|descen|baiss|pass)\w*|(?<!\w)(?:увелич|уменьш|сократ|сниз|вырос|подня|упал|дош|возрос)\w*)\s(?:\w+\s)?"
    r"(?:hasta|até|fino\sa|jusqu['’]à|до)$",
    regex.IGNORECASE,
)


def _changed(clause: str, words_between: int) -> bool:
    if is_usual(clause):
        return False
    if _TWO_VALUES.search(clause[-12:]) or clause.rstrip(" $(\\*").endswith(
        ("~", "≈", "\\approx", "\\sim")
    ):
        return True
    if not clause.isascii() and _AT_MOST.search(clause):
        return True
    changing = any(
        len(WORD_OR_SIGN.findall(clause[spot.end :].strip(" $*(\\:_[")))
        <= words_between * (spot.word not in _TOUCHING)
        for spot in spotted(clause, "changes", "rivals", "approximates", after=False)
        if len(spot.word) > 1
        and spot.word not in ("et", "und")
        and not (spot.word in ("positive", "negative") and _BE.search(clause, 0, spot.start))
        and not (spot.word == "remainder of" and _LEFT.search(clause, 0, spot.end))
        and not (spot.word in ("to", "up to") and _COMES_TO.search(clause, 0, spot.end))
        and not (spot.word in _TOUCHING and _RISES_TO.search(clause, 0, spot.end))
    )
    return changing and not _ONLY_THIS.match(clause)
