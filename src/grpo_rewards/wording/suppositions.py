"""Conditions that an answer is put under: "if x = 3, the answer is 42" leaves it open.

What a reckoner does ("if we add them"), and the figures that a problem gives ("if there are 6
boxes of 7 balls"), are no conditions of that kind.
"""

from __future__ import annotations

from functools import cache

import regex

from grpo_rewards.wording.consequences import bare, same
from grpo_rewards.wording.qualified import BASES, STEPS
from grpo_rewards.wording.vocabulary import any_of

__all__ = [
    "concludes_in_a_case",
    "gives_another_case",
    "is_conditional",
    "is_restricted",
    "leaves_cases",
    "opens_a_case",
    "says_how_to_reckon",
]

LONGEST = 160
"""How far (characters) before an answer its condition is looked for."""

# What makes a case of the clause behind it, by language.
_IF = (
    r"(?:(?:only\s+)?if|unless|(?:with|under)\s+(?:the|this|that)\s+assumption(?:\s+that)?|provided(?:\s+that)?|providing(?:\s+that)?|supposing(?:\s+that)?|assuming(?:\s+that)?|as\s+long\s+as|so\s+long\s+as|(?:up)?on\s+(?:the\s+)?(?:condition|assumption)(?:\s+that)?|in\s+(?:the\s+)?case(?:\s+that|\s+of|\s+where)?|under\s+(?:the|this|that)\s+(?:condition|assumption)(?:\s+that)?|depending\s+on|contingent\s+on"
    r"|(?:should|were)\s+(?=[^,]{1,60},)|(?:when|whenever|for)(?=\s[$\\(]{0,3}(?:(?:all|any|every|some|even|odd|large|small|positive|negative)\s)?[$\\(]{0,3}(?!a\b)(?-i:[A-Za-z])(?![A-Za-z'’])|\s(?:(?:all|any|every|some)\s)?(?:even|odd|large|small|positive|negative)\s)"
    r"|si|wenn|falls|sofern|se|caso|если|при\s+условии)\b(?![-’'])|(?:如果|假如|假设|倘若|若|要是|除非|もし|仮に|만약|만일)"
)
# Who reckons: "if we add them", but not "if we assume that".
_RECKONS = regex.compile(
    r"\s*+(?:(?:we|you|one|i|on|nous|man|wir|du|мы|si)\s+(?:(?:now|then|just|simply|only|instead|can|also|further|first)\s+){0,8}+"
    r"(?!(?:assume|suppose|guess|accept|believe|trust|ignore|neglect|allow|interpret|mean|understand|had|have|am|are|were|could|require|insist|restrict|limit|imagine|pretend|treat|regard|exclude|include|want|prefer|do(?:n['’]t|\s+not)|annehmen|supposons|suppose|считаем)\b)[^\W\d_]++"
    r"(?![^,]*\sas\s)(?<!\b(?:take|set|let|choose|pick)(?=[^,]*=))"
    r"|(?:adding|summing|multiplying|dividing|subtracting|combining|просто\s+)?(?:сложить|умножить|вычесть|разделить|посчитать|сложим|addierst|addiert)\b"
    r"|(?:(?:los|las|le|li|les|l[eo]s?)\s+)?(?:sumamos|sommiamo|somamos|restamos|dividimos|calculamos|multiplicamos|moltiplichiamo|calcoliamo)\b|(?:我们|把|将|我們)?[^，,]{0,8}(?:相加|相乘|相[减減]|[计計]算|化[简簡]|代入|加起[来來]|算一下))",
    regex.IGNORECASE,
)
# Figures of a problem: "6 boxes", "$5"; no "n = 6", no "n > 1".
_GIVES = regex.compile(r"\d\s+[a-z]{3,}|[$€£]\s?\d|\d%", regex.IGNORECASE)
_UNKNOWN = regex.compile(r"(?<![A-Za-z'’])(?!I\b|a\b|A\b)[A-Za-z](?![A-Za-z'’])|[=<>≤≥≠]")
_SUPPOSING = ("suppose", "assume", "imagine", "say", "pretend")
_SUPPOSED = regex.compile(
    rf"(?:^|[.!?\n]\s)\s{{0,6}}+(?:(?:now|first|so|but|and),?\s+)?(?:let['’]?s\s+|let\s+us\s+)?(?:{'|'.join(_SUPPOSING)})\b"
    r"[^.!?\n]{1,100}[.;]\s+(?:then|in\s+(?:that|this)\s+case),?\s+$",
    regex.IGNORECASE,
)


@cache
def _condition() -> regex.Pattern[str]:
    """A condition, and behind its comma no more than what announces the answer."""
    nouns = any_of("announces", "names")
    states = any_of("states")
    return regex.compile(
        rf"(?:^|[.!?;,\n]\s|\b(?:so|now|but|and|then|also|that|thus|hence|therefore),?\s)\s*+(?P<if>{_IF})"
        rf"(?P<condition>[^.!?;\n]{{0,120}}?)(?:[,，、]\s*+(?:then|dann|alors|entonces|allora|então|то|тогда|那么|那麼|则|就)?|\s(?:then|alors|entonces|dann|то)\b|なら|면)[\s,，、]*+(?P<said>"
        rf"(?:(?:(?:ist|lautet|wäre)\s+)?(?:(?:{any_of('qualifies')}|[ld]['’])[\s*_]*+)*+(?:{nouns}(?:\s+(?:to|of)\s[^,.;=]{{1,40}}?)?[\s:：*_]*+(?:{states}[\s:：]*+)?)?)?+)[\s*_$:：(\[\\]*+$",
        regex.IGNORECASE,
    )


@cache
def _names() -> regex.Pattern[str]:
    return regex.compile(any_of("names"), regex.IGNORECASE)


def is_conditional(text: str) -> bool:
    """Whether the sentence that ends before an answer puts it under a condition that stays open.

    Example:
        >>> [
        ...     is_conditional(text)
        ...     for text in ("If x = 3, the answer is ", "Unless n is even, the ")
        ... ]
        [True, True]
        >>> is_conditional("If x = 3, then y = 14, so the answer is ")
        False
        >>> [is_conditional(text) for text in ("If we add them, the ", "If he buys 6 bags, the ")]
        [False, False]
    """
    near = text[-LONGEST:]
    folded = near.casefold()
    if any(verb in folded for verb in _SUPPOSING) and _SUPPOSED.search(_ANNOUNCED.sub("", near)):
        return True
    match = _condition().search(near)
    if match is None:
        return False
    condition, if_ = match["condition"], match["if"].casefold()
    if if_ in ("unless", "除非"):
        return True
    if _names().search(match["said"]):
        return False  # "If May was half of April, the total is 42" speaks of that total
    if if_ in ("when", "whenever", "for") and not match["said"].strip():
        return False
    if _RECKONS.match(condition):
        return False
    return not _GIVES.search(condition) or bool(_UNKNOWN.search(condition))


_OPENS = regex.compile(
    r"\W*(?:(?:so|then|thus|hence|therefore|and|but|now),?\s+)?(?:only\s+)?(?:if|unless|suppos(?:e|ing)|assum(?:e|ing)|provided|imagine)\s(?P<condition>[^,]{1,120}),",
    regex.IGNORECASE,
)


def opens_a_case(sentence: str) -> bool:
    """Whether a sentence begins with a condition that neither gives figures nor says how to reckon.

    Example:
        >>> opens_a_case("If it rains, he earns 42"), opens_a_case("If we add them, we get 42")
        (True, False)
    """
    match = _OPENS.match(sentence)
    if match is None:
        return False
    condition = f" {match['condition']}"
    return not (_RECKONS.match(condition) or _GIVES.search(condition))


_WITH_THE_GIVEN = regex.compile(
    r"\b(?:twice|half|double|triple|as\s+(?:many|much|\w+)\s+as|more|less|fewer|(?:long|short|old|young|tall|great|small|large)er|each|every|all|both|equal\w*|same|total|rest|together)\b",
    regex.IGNORECASE,
)


def concludes_in_a_case(sentence: str) -> bool:
    """Whether what is concluded begins with a case that tells nothing of a problem's figures.

    Example:
        >>> [
        ...     concludes_in_a_case(text)
        ...     for text in ("if it rains, he earns 42", "if he has twice as many, he has 42")
        ... ]
        [True, False]
    """
    return opens_a_case(sentence) and not _WITH_THE_GIVEN.search(sentence.partition(",")[0])


_RECKONED = regex.compile(
    r"(?:如果|若|要是|假如)(?:我们|我們)?[^，,是\d]{0,12}(?:相加|相乘|相[减減]|算|化[简簡]|代入|加起[来來])(?:一下|后|後|之后)?[，,]\s*$"
)


def says_how_to_reckon(clause: str) -> bool:
    """Whether a clause of Chinese says what is reckoned, and supposes nothing.

    Example:
        >>> says_how_to_reckon("如果我们把它们相加，"), says_how_to_reckon("如果n是偶数，")
        (True, False)
    """
    return not clause.isascii() and _RECKONED.search(clause) is not None


_PROPERTY = (
    r"(?:even|odd|prime|composite|positive|negative|pairs?|impairs?|premiers?|gerade|ungerade|prim|par(?:es)?|[ií]mpar(?:es)?|primos?|pari|dispari"
    r"|(?:не)?ч[её]тн\w+|прост\w+|偶数|奇数|质数|素数|偶數|奇數|質數|正数|负数)"
)
_LETTER = r"[$\\(]{0,3}(?![aI]\b)[A-Za-z](?![A-Za-z'’])[$)]?"
_CASE = regex.compile(
    r"(?:^|[.!?\n]\s|,\s|[，,])\s{0,6}+(?:(?:so|then|thus|hence|therefore|and|but|now|donc|also|entonces|portanto|quindi|значит|因此|所以)[,，]?\s{0,6}+){0,3}+"
    rf"(?:(?:only\s+)?(?:if|when|whenever|unless|si|quand|lorsque|wenn|falls|se|quando|cuando|если|когда|如果|若|当|當)\s*+(?:{_LETTER}(?:\s(?:and|et|und|y|e|и)\s{_LETTER})?\s*+(?:(?:is|are|est|sont|ist|sind|es|son|é|são|è|sono|—|-|是|为|為)\s*+)?(?:not\s+|an?\s+|un\s+|uno\s+|eine?\s+)*+{_PROPERTY}"
    rf"|{_LETTER}\s*+(?:is\s+(?:greater|less|larger|smaller|at\s+least|at\s+most|divisible|not)\b|[<>≤≥≠]|\\(?:ge|le|gt|lt|ne)q?(?![a-z])))"
    rf"|(?:for|pour|für|para|per|для|при)\s+{_PROPERTY}\s+{_LETTER})[^,，.;!?\n]{{0,40}}[,，]",
    regex.IGNORECASE,
)


def leaves_cases(sentence: str) -> bool:
    """Whether a sentence says first for which values of a variable it holds, and so not for the others.

    Example:
        >>> leaves_cases("Therefore, if x is odd, there are "), leaves_cases("For even n, it is ")
        (True, True)
        >>> leaves_cases("So when x = 3, the value is "), leaves_cases("If she buys 3, she has ")
        (False, False)
    """
    return _CASE.search(sentence) is not None


_ANNOUNCED = regex.compile(
    r"(?:the|my|our)\s+(?:(?:final|correct)\s+)?(?:answer\s+)?(?:(?:is|must\s+be)\W*)?$",
    regex.IGNORECASE,
)


# Behind an answer: what it holds under only, and what makes one of several values of it.
_RESTRICTED = regex.compile(
    r"(?:,\s+|\(\s?)?(?:(?:but\s+)?only\s+(?:if|when|for|in)|provided|providing|as\s+long\s+as|so\s+long\s+as|on\s+(?:the\s+)?condition|in\s+(?:the\s+)?case(?:\s+that|\s+of|\s+where)?|contingent\s+on|subject\s+to"
    r"|when(?:ever)?\s+[$\\(]{0,3}(?-i:[A-Za-z])[$)]?\s+(?:and\s+[$\\(]{0,3}(?-i:[A-Za-z])[$)]?\s+)?(?:is|are)\b|whenever|for\s+(?:even|odd|large|small|positive|negative|some|certain|sufficiently)\b|for\s+[$\\(]{0,3}(?-i:[A-Za-z])[$)]?\s*(?:[<>≤≥≠]|\\(?:ge|le|gt|lt|ne)q?(?![a-z]))"
    rf"|(?:se|si|wenn|falls|nur\s+wenn|solo\s+se|solo\s+si|seulement\s+si|si\s+et\s+seulement\s+si|если|только\s+если|quando|cuando|quand|khi|nếu)\s+{_LETTER}\s*+(?:(?:est|es|è|é|ist|fosse|fuera|fuese|était|wäre|sei|soit|là)\s+)?{_PROPERTY}"
    r"|otherwise\b|up\s+to\s+(?:an?\s+|the\s+)?(?:sign|constant|factor|multiple|scal\w+|isomorphism|unit|rotation|reflection)|plus\s+or\s+minus|give\s+or\s+take|±|\\?pm\s?\d"
    rf"|{BASES}|(?:before|prior\s+to)\s+{STEPS}"
    r"|(?:or|and)\s+(?:its|the)\s+(?:negative|opposite|inverse|reciprocal|negation|double|half|square))(?!\w)",
    regex.IGNORECASE,
)
# A sentence behind it that is a condition and nothing else.
_CONDITION_ALONE = regex.compile(
    r"(?:^|[.!\n]\s?)[\s(*_]{0,8}+(?:(?:that\s+is|i\.e\.|but|and|well|at\s+least|only|though),?\s+){0,2}+(?:if|unless|provided|assuming|supposing|as\s+long\s+as|depending\s+on)\s[^,.!?\n:;=]{3,80}+[.)*_!]++\s*+(?:$|\n|(?=(?-i:[A-Z(])))"
    r"|(?:^|[.!\n]\s?)[\s(*_]{0,8}+(?:this|that|it)\s+(?:only\s+(?:holds|works|applies)|(?:holds|works|applies|is\s+(?:true|valid|right|correct))\s+only)\b",
    regex.IGNORECASE,
)
_OTHER_CASE = regex.compile(
    r"(?:^|[.!;,:\n(]\s?|\b(?:and|but|so)\s)\s{0,6}+(?:if|for|when|unless|in\s+case|otherwise|else|in\s+(?:the\s+)?other\s+cases?)\b(?:[^.!?\n;]{1,60}?(?:,|\s(?=(?:it|that|this|the\s+answer)\s+(?:is|=))))?,?\s*+(?:then\s+)?"
    r"(?:(?:it|that|this|(?:the|my)\s+(?:final\s+)?(?:answer|result|value))(?:\s+(?:is|equals|becomes)|['’]s)\s+)?[$*(\\]*+(?P<other>[-−]?\d[\d,]*+(?:\.\d++)?+|(?-i:[A-J])(?![\w'’]))[)$*]*+\s*+(?:[a-z]+\s*+)?(?:[.!,;)\n]|$)",
    regex.IGNORECASE,
)
_VARIABLE = regex.compile(r"(?<![A-Za-z\\])(?!i(?!\w))[a-z](?![A-Za-z])")


def is_restricted(text: str, value: str) -> bool:
    """Whether what stands behind an answer says when it holds, or that another one does as well.

    A formula has a domain: what is said of one restricts no more than that.

    Example:
        >>> is_restricted("provided n is even", "42"), is_restricted("provided x > 0", "x + 1")
        (True, False)
    """
    return not _VARIABLE.search(value) and "_" not in value and _RESTRICTED.match(text) is not None


def gives_another_case(text: str, value: str) -> bool:
    """Whether a sentence behind an answer says when it holds, or what it is when it does not.

    Example:
        >>> gives_another_case(". If n is odd, it is 43.", "42")
        True
        >>> gives_another_case(". If I forgot one, it would be 43.", "42")
        False
    """
    if _VARIABLE.search(value):
        return False
    if _CONDITION_ALONE.search(text):
        return True
    return any(
        not same(bare(match["other"]), bare(value)) and _alike(match["other"], value)
        for match in _OTHER_CASE.finditer(text)
    )


def _alike(one: str, other: str) -> bool:
    """Whether both values are numbers, or both labels."""
    return one[-1:].isdigit() == any(map(str.isdigit, other))
