"""What follows an answer and takes it back: a denial, a doubt, a rival, a word that changes it.

A denial somewhere else in the text says nothing of the answer: so what touches the answer is read,
and the sentences after it that speak of it.
"""

from __future__ import annotations

import regex

from grpo_rewards.wording.attributions import said_by_others
from grpo_rewards.wording.consequences import bare, shown_anew
from grpo_rewards.wording.dismissals import rejects_all
from grpo_rewards.wording.patterns import SENTENCE, end_of
from grpo_rewards.wording.replacements import DISOWNS_ALONE, replaced
from grpo_rewards.wording.suppositions import is_restricted
from grpo_rewards.wording.vocabulary import any_of, spotted, words

__all__ = [
    "CONTRAST",
    "INTERJECTIONS",
    "LONGEST_CLAUSE",
    "WORD_OR_SIGN",
    "renounced",
    "taken_back",
]

LONGEST_CLAUSE = 120
"""How far (characters) from an answer a clause is read."""

INTERJECTIONS = frozenset(
    "no nope nah non nein não нет ні いいえ 違う 違います 아니 아니요 아니다 아닙니다 아니에요 không لا 不 不对".split()
)
"""Denials that are a sentence by themselves, and speak of what was said before."""

_OPENING = regex.compile(
    r"(?:\\(?:text\w*|mathrm|quad|qquad)(?![A-Za-z])\s*\{?|[\s$*_)}\]`\"'”»】」\\])*+"
)
_STOP = regex.compile(r"[.!。！\n]++\s*+")
_JOIN = regex.compile(r"[\s,;:(\[\-–—，；：（、،…]*+")
# Words between an answer and what is said of it: "42, which is clearly", "42 (though I am".
_FILLER = frozenset(
    (
        "is", "are", "was", "were", "seems", "looks", "be", "which", "that", "that's", "this", "it",
        "it's", "i", "i'm", "am", "we", "my", "the", "a", "an", "but", "and", "though", "although",
        "however", "clearly", "definitely", "obviously", "certainly", "surely", "probably", "simply",
        "answer", "value", "also", "very", "quite", "completely", "totally", "just", "still", "think",
        "believe", "must", "can", "will", "does", "do", "has", "have", "to", "yes", "hmm", "well",
        "oh", "really", "actually", "got", "get", "found", "had", "wrote", "first", "mais", "je", "ne", "suis", "pero", "aber", "ich", "bin", "mir", "ma", "mas", "eu", "io", "но", "я", "es", "est", "ist", "é", "è", "eso", "c'est", "das", "isso", "это",
    )
)  # fmt: skip
WORD_OR_SIGN = regex.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\S")
CONTRAST = regex.compile(
    r"(?:(?:not|rather\s+than|instead\s+of|(?:and|but)\s+not|y\s+no|pas|nicht|não|non|а?\s*не)(?![A-Za-z])|[而并]?不是|[而并]非)\s*+"
    r"(?:the\s++)?[\s$*(\\]*+(?:option\s+|choice\s+)?(?:[-+−]?\d|boxed|f?box|[dt]?frac|sqrt|[A-Z]\b)",
    regex.IGNORECASE,
)
_NO_SPACE = regex.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_RIVAL = regex.compile(
    r"(?P<join>or(?:\s+(?:maybe|perhaps|possibly|rather))?|also|and(?:\s+also)?|then|versus|vs\.?|as\s+well\s+as|as\s+(?:do|does|is|are)|plus|nor|/|\||&|"
    r"alternatively|else|o|u|y|ou|et|oder|und|e|oppure|или|либо|и|hoặc|hay|và|أو|或者?|还是|和|与|または|あるいは|또는|혹은)"
    r"(?=[\s$\\\d*,])[\s$*,(}]*+(?:\\[a-z]+\s*\{)?\s*+(?:[A-Za-z]\s*+=\s*+)?(?P<other>[-+−]?\.?\d[\d.,/]*|\\[A-Za-z]+|\(?[A-J]\)?(?!\w))",
)
_CHANGED_AFTER = regex.compile(
    r"\s*+(?:(?:hundred|thousand|million|billion|trillion|dozen|lakh|crore)s?|doubled|tripled|halved|squared|cubed|reversed|backwards|rounded\s+(?:up|down)|something"
    r"|(?:plus|minus|times|over|less\s+than|more\s+than|fewer\s+than|(?:divided|multiplied)\s+by)\s+(?:an?|one|two|three|half|some|\S*\d\S*)"
    r"|(?:should\s+(?:be|read|say|have\s+been)|(?:becomes?|turns?\s+into|changes?\s+(?:in)?to|rounds?\s+(?:up\s+|down\s+|off\s+)?to|is\s+(?:then\s+)?(?:replaced|changed|corrected|rounded|reduced)\s+(?:by|to|with)))\s+[-−$\\(]*\d[\d.,]*"
    r"|as\s+an?\s+(?:upper|lower)\s+bound|and\s+(?:a\s+half|change)|(?:hours?|hrs?|minutes?|mins?|days?|weeks?|months?|years?|feet|foot|ft|yards?|pounds?|lbs?|dollars?|euros?|degrees?|km|m|kg)\s+(?:and\s+)?\d+\s+(?:hours?|hrs?|minutes?|mins?|seconds?|days?|weeks?|months?|inch(?:es)?|in|feet|ft|ounces?|oz|cents?|cm|g|grams?|metres?|meters?)|万|亿|千|百)(?!\w)|\s*+(?:[+×*·÷^]|\\?(?:times|cdot|div)(?![A-Za-z]))\s*+[\d({\\]",
    regex.IGNORECASE,
)


_ROUNDED = regex.compile(
    r"(?:\\?approx(?![A-Za-z.])|roughly(?=\s)|≈|\\?simeq(?![A-Za-z]))\s*+[-−$\\]*\d"
)
_CROSSES = tuple("✗✘✖❌❎🚫⛔👎")
_PRODUCT = regex.compile(r"\s++\*(?!\*)\s*+\d")  # whose sign is emphasis elsewhere


def taken_back(text: str, *, value: str = "") -> str:
    """How the text directly after an answer takes it back; empty where it leaves it standing.

    Args:
        text: What follows the answer.
        value: The answer, which may be said again.

    Example:
        >>> taken_back(" is wrong; it is 41."), taken_back(" or 43"), taken_back(". Wait, no.")
        ('denied', 'a rival', 'retracted')
        >>> taken_back(", since x cannot be negative."), taken_back(", not 41."), taken_back("")
        ('', '', '')
    """
    near = text[: 2 * LONGEST_CLAUSE]
    if _PRODUCT.match(near):
        return "changed"
    if value and shown_anew(near, value):
        return "a rival"
    if said_by_others(near):
        return "doubted"
    start = end_of(_OPENING, near)
    if near[start : start + 1] in ("?", "？"):
        return "doubted"
    if near[start : start + 1] in _CROSSES:
        return "denied"
    stop = _STOP.match(near, start)
    if not stop and _IF_BEHIND.match(near, start):
        return "doubted"
    if stop:
        return _retracted(near[stop.end() :], value) or replaced(near[start:], value)
    start = end_of(_JOIN, near, start)
    if CONTRAST.match(near, start) or _ROUNDED.match(near, start):
        return ""
    if "\n\n" not in near[:start] and _CHANGED_AFTER.match(near, start):
        return "changed"
    rival = _RIVAL.match(near, start)
    if rival and rival["other"].strip("().,") != value.strip("() "):
        return "a rival"
    if _LEFT_OPEN.match(near, start) or is_restricted(near[start:], value):
        return "doubted"
    rest = near[near.rindex("\n", 0, start) :] if "\n" in near[:start] else near[start:]
    if rest[:1] == "\n" and near[start : start + 1].isupper():  # a sentence of its own
        return _retracted(near[start:], value) or replaced(rest, value)
    return _said_of(near[start:]) or replaced(rest, value)


# "42, si je ne me trompe pas": not what a reckoner does, "42, wenn man alles addiert".
_IF_BEHIND = regex.compile(
    r"(?:\s?[,，、،]\s?(?:aber\s|mais\s|pero\s|mas\s|ma\s|но\s)?(?:nur\s|seulement\s|solo\s|só\s|только\s)?(?:wenn|falls|sofern|si|s['’]ils?|se|если|nếu|만약|إذا|إن\sلم)(?!\w)|\s?[,，、،]\s?(?:如果|假如|もし)|(?:wenn|falls|sofern|s['’]ils?|если|nếu)(?!\w))"
    r"(?!\s?(?:(?:man|wir|on|nous|we|si|sumamos|sommiamo|somamos|se\ssum\w+|sommi|сложить|сложим|вычесть|умножить|разделить|посчитать|ta)(?!\w)|我们|把|将|全部))(?!\s?(?:alles|tout|todo|tutto|всё|все)(?!\w))",
    regex.IGNORECASE,
)
_LEFT_OPEN = regex.compile(
    r"(?:or|and|but)\s+(?:maybe|perhaps|possibly|probably)\b"
    r"|or\s+(?:whatever|(?:less|fewer|more)(?!\s+(?:precisely|exactly|specifically|simply|compactly|formally|generally|briefly)))\b",
    regex.IGNORECASE,
)


def renounced(text: str) -> bool:
    """Whether a sentence behind the first one of a text takes back all of it.

    Example:
        >>> renounced("Paris. I changed my mind."), renounced("I changed my mind.")
        (True, False)
    """
    stop = _FIRST_STOP.search(text[: 2 * LONGEST_CLAUSE])
    return stop is not None and DISOWNS_ALONE.search(text[stop.end() :]) is not None


_FIRST_STOP = regex.compile(r"(?<=\w\w)[.!]\s++(?=\S)")


def _said_of(text: str) -> str:
    """What the beginning of a clause says of the answer before it."""
    end = SENTENCE.search(text)
    clause = text[: end.start()] if end else text
    clause = clause[:LONGEST_CLAUSE]
    if _REASON.match(clause):
        return ""
    spot = next(
        spotted(clause, "retracts", "disowns", "denies", "hedges", "opines", after=True), None
    )
    if spot is None:
        asks = end is not None and end[0] in "?？" and len(clause.split()) <= 3
        return "doubted" if asks else ""
    between = [word.casefold() for word in WORD_OR_SIGN.findall(clause[: spot.start])]
    if spot.sense == "disowns" and not _COPULAS.intersection((*between, spot.word.split()[-1])):
        only = "just" in between or "only" in between or "merely" in between
        return "doubted" if only and len(between) == 1 else ""
    if _BEST_REACHED.match(clause, spot.start) or _NOT_TOO.match(clause, spot.end):
        return ""
    if spot.word == "possible" and not between and _COUNTED.match(clause, spot.end):
        return ""  # "42 possible codes"
    is_last = not clause[spot.end :].strip(" )]\"'*_$") and len(between) <= 4
    if is_last and spot.word in _BARE_DENIALS:
        return "denied"
    touches = all(word.replace("’", "'") in _FILLER or not word[0].isalnum() for word in between)
    unspaced = spot.start <= 2 and _NO_SPACE.search(clause[: spot.end])
    if not touches and not unspaced:
        return ""
    return _HOW.get(spot.sense, "doubted")


_PAUSES = (",", "、", "，")
_COUNTED = regex.compile(
    r"\s+(?!answer|solution|(?:value|result)(?!s)|but|and|or|though|if)[a-z]{2,}s\b"
)
_HOW = {"retracts": "retracted", "disowns": "retracted", "denies": "denied"}
_COPULAS = frozenset(("is", "was", "are", "were", "be", "that's", "it's"))
# "and it cannot be larger": a bound that is reached.
_BEST_REACHED = regex.compile(
    r"(?:cannot|can\s+not|can['’]t|could\s*n['’o]t)\s+(?:be\s+)?(?:any\s+|further\s+){0,8}"
    r"(?:\w+er|more|less|improved|reduced|simplified|exceeded|avoided)\b",
    regex.IGNORECASE,
)
# "aber das ist nicht zu groß": what is denied is that it is too much.
_NOT_TOO = regex.compile(
    r"\s(?:(?:est|è|é|es)\s)?(?:(?:all)?zu|trop|tropp[oia]|muito|demasiad[oa]|слишком|quá)\b(?!\s\w*sicher)"
)
_REASON = regex.compile(
    rf"(?:{any_of('reasons')})(?<!\bby(?=\s+no\s+means))(?!\s+(?:well|far|if|now)\b)",
    regex.IGNORECASE,
)
_BARE_DENIALS = frozenset(
    "not no never nope nah wrong false incorrect hardly unlikely maybe perhaps none non nein não нет".split()
)
_BACK = frozenset(
    (
        "that", "this", "it", "but", "hmm", "oh", "no", "well", "i", "i'm", "am", "is", "which", "the",
        "answer", "however", "though", "or", "maybe", "perhaps", "that's", "it's", "let", "me", "above", "previous", "result", "value", "final",
        "although", "just", "a", "we", "are", "does", "seems", "looks", "しかし", "でも", "ただし", "但", "但是", "不过", "然而", "하지만", "그런데", "pero", "mais", "aber", "mas", "ma", "но", "однако", "nhưng", "لكن",
    )
)  # fmt: skip


_ANOTHER = regex.compile(
    r"\s+(?:be\s+|equal\s+to\s+|option\s+)?\(?\$?(?P<other>[-−]?\d[\d.,]*|[A-J](?!\w))"
)


# A label, with its text unless that says what stands behind it: "D) none of these".
_OF_OPTION = regex.compile(
    r"\W*(?-i:[A-J])(?![\w'’])(?!.*\b(?:none|neither|no|not|ninguna|nenhuma|aucune|nessuna|keine)\b)[^\n]*",
    regex.IGNORECASE,
)


def _retracted(text: str, value: str) -> str:
    """Whether a new sentence takes back what was said before."""
    end = SENTENCE.search(text)
    sentence = text[: end.start() if end else None][:LONGEST_CLAUSE]
    if _OF_OPTION.fullmatch(value) and rejects_all(sentence):
        return "denied"
    for spot in spotted(sentence, "retracts", "denies", "hedges", after=True):
        if spot.word in ("if", "unless", "could", "would", "might", "may"):
            return ""
        if spot.word in ("suppose", "assume", "assuming") and not _SO.match(sentence, spot.end):
            return ""
        if (
            spot.sense == "hedges"
            and spot.word not in _WAVERING
            and not _OF_ANSWER.match(sentence, spot.end)
        ):
            return ""  # "Perhaps surprisingly, the two are equal"
        between = [word.casefold() for word in WORD_OR_SIGN.findall(sentence[: spot.start])]
        if not all(word.replace("’", "'") in _BACK or not word[0].isalnum() for word in between):
            return ""
        other = _ANOTHER.match(sentence, spot.end)
        if spot.sense == "denies" and other and bare(other["other"]) != bare(value):
            return ""  # "It is not 4" speaks of 4
        if between[-2:] == ["it", "is"] and sentence[spot.end :].startswith(
            (" that ", " to ", " for ")
        ):
            return ""  # "It is impossible to get an odd sum"
        says = _HOW.get(spot.sense, "doubted")
        rest = sentence[spot.end :].strip(" ,.;:")
        if (
            not between
            and spot.word in INTERJECTIONS
            and sentence[spot.end : spot.end + 1] in _PAUSES
        ):
            return "retracted"
        if says == "retracted" or spot.word in words("hedges"):
            return says
        # "No other value works" speaks of others; "That is not right" and "No." of the answer.
        is_pronoun = bool(between) and between[0] not in ("the", "a", "no")
        of_answer = spot.word not in _NOT or _RIGHT.match(rest)  # "That is not prime"
        return says if (is_pronoun and of_answer) or not rest else ""
    return ""


# What a sentence doubts that begins with "maybe" or "I assume": the answer, and not a step.
_OF_ANSWER = regex.compile(
    r"[\s,.:;!…?-]*+(?:$|(?:it|this|that|not|so|i|we|he|they|you|if|wrong|right|another|a\s+different|some\s+other|there|should\s+be|[-−+$]*\d[\d.,]*+|\(?(?-i:[A-J])(?![\w'’])"
    r"|the\s+(?:final\s+|correct\s+|real\s+|right\s+|actual\s+|true\s+|above\s+){0,8}(?:answer|result|value|number|option|choice|solution|one|other)|answer|my|our|off)\b(?!\s+(?:ball|coin|dice|die)\b))",
    regex.IGNORECASE,
)
_SO = regex.compile(r"(?:\s+(?:so|it|not|[-−$(]{0,3}\d[\d.,]*+))?\W*$", regex.IGNORECASE)
_WAVERING = words("wavers") - {"don't know"} | {"hmm"}  # "I don't know the formula, but"
_NOT = frozenset("not isn't wasn't cannot can't never doesn't don't".split())
_RIGHT = regex.compile(
    r"(?:be\s+)?(?:quite\s+|really\s+|actually\s+|entirely\s+|at\s+all\s+){0,8}(?:right|correct|true|valid|accurate|possible|good|it|work"
    r"|what|the|our|my|an?\s+(?:answer|solution|option)|match|fit|make\s+sense|satisfy|so)\b",
    regex.IGNORECASE,
)
