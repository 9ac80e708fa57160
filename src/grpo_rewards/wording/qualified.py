"""Answers that are another thing than the answer: before rounding, in base 8, up to sign."""

from __future__ import annotations

import regex

__all__ = ["BASES", "STEPS", "begins_with_part", "is_partial", "is_qualified", "without_base"]

STEPS = r"(?:any\s+|the\s+|we\s+|being\s+)?(?:round\w*|simplif\w+|reduc\w+|correct\w+|tax\w*|tips?|tipping|discount\w*|add\w*|subtract\w*|multipl\w+|divid\w+|appl\w+|tak\w+|adjust\w*|convert\w*|conversion|shipping|fees?|interest|truncat\w+|modulo|reduction)\b"
BASES = r"(?:in\s+)?(?:base|radix)[\s-]*(?:[2-9]|1[1-9]|[2-9]\d|two|three|four|five|six|seven|eight|nine|eleven|twelve|sixteen)\b|in\s+(?:binary|ternary|octal|hexadecimal|hex|roman\s+numerals)\b"
_SIGN = r"(?:up\s+to|except(?:\s+for)?|apart\s+from|save\s+for|ignoring|neglecting|disregarding|not\s+counting)\s+(?:an?\s+|the\s+|its\s+)?(?:overall\s+|additive\s+|multiplicative\s+)?(?:sign|constant|factor|scal\w+|units?\s+digit|remainder|last\s+digit|rounding|tax|tip|discount)\b"
_WITHOUT = r"(?:without|excluding|omitting|leaving\s+out)\s+(?!(?:any\s+|the\s+|its\s+|an?\s+)?(?:units?|rounding|loss|further|explanation|using|calculator|doubt|a\s+doubt|question|steps)\b)"
_ROUNDING = r"avant\s+(?:d['’])?arrond\w+|sans\s+arrond\w+|vor\s+dem\s+runden|vor\s+der\s+rundung|antes\s+de(?:l)?\s+redonde\w+|prima\s+d(?:i|ell['’])\s*arrotond\w+|antes\s+de\s+arredond\w+|до\s+округления|(?:四舍五入|取整|化简)(?:之)?前"
_EXTRA = r"tax(?:es)?|tips?|tipping|discounts?|shipping|fees?|interest|coupons?|gratuity|delivery|postage|rounding"
_EARLIER = rf"(?:before|prior\s+to|without|excluding|not\s+(?:including|counting))\s+(?:the\s+|any\s+|a\s+)?(?:sales\s+)?(?:{_EXTRA})\b|(?:before|prior\s+to)\s+(?:the\s+|any\s+)?{STEPS}"
_ONE_CASE = r"(?:in|for)\s+(?:the\s+)?(?:first|second|third|fourth|other|latter|former|one)\s+(?:case|scenario|part|step)\b|in\s+(?:step|part|case)\s+(?:one|two|three|\d|[a-c])\b"
_PARTIAL = regex.compile(rf"\b(?:{_EARLIER}|{_ONE_CASE})", regex.IGNORECASE)
# The same before a value: in its clause, or in front of it where nothing else is.
_PARTLY = regex.compile(
    rf"\b(?:totals?|costs?|prices?|amounts?|bills?|sums?|payments?|salary|wages?|incomes?|earnings|profits?|charges?|checks?|value|number),?\s+(?:\w+\s+){{0,4}}(?:{_EARLIER})[^.!?\n,;]{{0,40}}(?:,\s(?:is|was|are|comes\s+to)\s+)?$"
    rf"|(?:^|[.!?\n]\s)\s{{0,6}}+(?:(?:so|now|thus|then|hence|therefore|and|but),?\s+)?(?:{_EARLIER})[^.!?\n,;\d]{{0,30}},\s[^.!?\n,;\d]{{0,60}}$"
    r"|\b(?:pre-?tax|sub-?totals?)\b[^.!?\n,;]{0,40}$"
    rf"|(?:^|[.!?\n]\s)\s{{0,6}}+(?:(?:so|now|thus|then|hence|therefore|and|but),?\s+)?(?:{_ONE_CASE}|{_ROUNDING}),?\s[^.!?\n,;]{{0,40}}$",
    regex.IGNORECASE,
)
# What stands between the word "answer" and its verb.
_BEHIND = regex.compile(
    rf"\banswers?[,\s(]+(?:{BASES}|{_SIGN}|{_WITHOUT}|{_ROUNDING}|(?:before|prior\s+to)\s"
    r"|(?:for|when|in\s+the\s+case)\s+[$\\(]{0,3}(?:(?:all|any|every|some|even|odd|large|small|positive|negative)\s+)?[$\\(]{0,3}(?!a\b)(?-i:[A-Za-z])(?![A-Za-z'’])|for\s+(?:even|odd)\b"
    r"|(?:to|of|for)\s+(?:an?|another|the)\s+(?:\w+ly\s+)?(?:similar|previous|other|wrong|different|easier|simpler|harder|related|earlier|trivial|special|first|converse|opposite)\b|(?:to|of|for)\s+another\b"
    r"|(?:to|of|for)\s+\(\s?(?-i:a|i|1)\s?\)|(?:halved|doubled|tripled|quadrupled|squared|cubed|negated|inverted|reversed|(?:divided|multiplied|increased|decreased|reduced)\sby\s[^,]{1,20}),"
    r"|(?:to|of|for)\s+(?:part|step)\s+\(?(?-i:a|A|1|i|I|one)\b"
    r"|after\s+(?:the\s+)?(?:first|1st)\s|(?:on|at)\s+(?:the|my|our|a)\s+first\b|in\s+(?:an?|the)\s+(?:simpler|trivial|special|easier|similar|different|old|previous|first|wrong|book|textbook)\b"
    r"|(?:of|from|by)\s+(?:(?:his|her|their|some|another)\s+\w+|my\s+(?:friend|teacher|book|classmate|brother|sister|calculator|notes|first))\b|given\s+by\s+(?:(?-i:[A-Z][a-z]+)|my|his|her|the\s+(?:book|teacher|student|author)|some\w*|another)\b)[^.!?\n,;]{0,80}(?:,\s(?:is|was|are|equals)\b)?\W*$"
    rf"|(?:答案|ответ|réponse|antwort|respuesta|risposta|resposta)[\s,(（，]*(?:{_ROUNDING})[^.!?\n]{{0,40}}$"
    rf"|(?:{_ROUNDING})(?:的|[,，])?\s*(?:答案|ответ)[^.!?\n]{{0,40}}$"
    rf"|\b(?:result|solution|value)s?,?\s(?:before|prior\s+to)\s+(?:rounding|simplif\w+|correct\w+|truncat\w+)[^.!?\n]{{0,40}}$"
    r"|(?<!\w)(?:(?:unrounded|unsimplified|unreduced|uncorrected|preliminary|provisional|pre-tax|first-step)\s+(?:answer|result|solution|value)\b|answer\s\((?:unrounded|unsimplified|preliminary|provisional|untaxed)\b)[^.!?\n]{0,60}$",
    regex.IGNORECASE,
)
# What a sentence begins with that announces it.
_BEFORE = regex.compile(
    rf"(?:^|[.!?\n]\s|\b(?:so|now|thus|then|and|but),?\s)\s*+(?:{BASES}|{_SIGN}|{_WITHOUT}|{_ROUNDING}|(?:before|prior\s+to)\s+{STEPS}|mod(?:ulo)?\s)[^.!?,\n]{{0,60}},\s+(?:then\s+)?(?:the|my|our|la|die|el|a)\s+(?:(?:final|correct)\s+)?(?:(?:answer|réponse|antwort|respuesta|risposta|resposta)\b[^.!?\n,]{{0,40}})?$",
    regex.IGNORECASE,
)
_SMALLER = (
    r"(?:smaller|simpler|easier|similar|related|analogous|different|harder|special|trivial|toy)"
)
# How it seems at first, of what it is only an example, where another problem is spoken of.
_SEEMS = regex.compile(
    r"(?:^|[.!?\n]\s|\b(?:so|now|thus|then|and|but),?\s)\s{0,6}+(?:at\s+first\s+(?:glance|sight)|on\s+the\s+(?:face\s+of\s+it|surface)|na[iï]vely|intuitively|superficially|hypothetically|for\s+the\s+sake\s+of\s+(?:argument|simplicity)|offhand|by\s+(?:assumption|hypothesis)"
    rf"|(?:for|in)\s+an?\s+{_SMALLER}\s+(?:\w+\s+){{0,2}}?(?:problem|question|version|case|puzzle|example|one)s?(?:\s+of\s+(?:the|this)\s+\w+)?"
    r"|(?:ignoring|neglecting|disregarding|dropping|without)\s+(?:the|this|that|our|any)\s+(?:\w+\s+){0,2}(?:condition|constraint|requirement|restriction|assumption|case|rule|term)s?)"
    r",?\s(?:(?:then|so),?\s)?(?:the|my|our|an?)\s+(?:(?:final|correct)\s+)?answers?\b[^.!?\n,;\d]{0,20}$"
    r"|(?:^|[.!?\n]\s?)\W{0,6}+(?:example|sample|e\.g\.|template|format|placeholder|dummy|hint)s?[\s*_]*+[:：]\s*+(?:the\s+)?(?:final\s+)?answers?\b[^.!?\n,;\d]{0,20}$"
    r"|\b(?:write|give|put|format|submit|enter|type|report|present|phrase)\s+(?:your|the)\s+(?:final\s+)?answer\s+(?:like|as|in\s+the\s+form)\b[^.!?\n\d]{0,30}$"
    r"|\b(?:intuitive|reference|gold(?:en)?|ground[-\s]truth|target)\s+answers?\s(?:is|was|are)\W*$|\b(?:ground[-\s]truth|gold(?:en)?\s(?:label|value)|expected\soutput)\s(?:is|was)\W*$",
    regex.IGNORECASE,
)


def is_qualified(text: str) -> bool:
    """Whether a text announces another thing than the answer: what it was before a step, or is elsewhere.

    Example:
        >>> (
        ...     is_qualified("The answer before rounding is "),
        ...     is_qualified("Up to sign, the answer is "),
        ... )
        (True, True)
        >>> is_qualified("The total before tax is "), is_qualified("In the first case, it is ")
        (True, True)
        >>> is_qualified("The answer rounded to two decimals is ")
        False
    """
    return any(pattern.search(text) is not None for pattern in (_BEHIND, _BEFORE, _PARTLY, _SEEMS))


def is_partial(after: str) -> bool:
    """Whether the words behind a value say that it is a part of the answer, or an earlier step of it.

    Example:
        >>> is_partial("dollars before tax"), is_partial("in the first case")
        (True, True)
        >>> is_partial("dollars with tax"), is_partial("days before the party")
        (False, False)
    """
    return _PARTIAL.search(after) is not None


def begins_with_part(after: str) -> bool:
    """Whether what stands behind a value and its unit says that it is an earlier step of the answer.

    Example:
        >>> begins_with_part(" dollars before tips."), begins_with_part(" tips before dinner.")
        (True, False)
    """
    return _PART_BEHIND.match(after) is not None


_PART_BEHIND = regex.compile(
    rf"[\s$)\\]*+(?:[a-z]++\s){{1,2}}?(?:{_EARLIER}|{_ONE_CASE})", regex.IGNORECASE
)
_BASE = regex.compile(BASES, regex.IGNORECASE)
_HAS_BASE = regex.compile(r"[\s$*(\\{]*+[^\W_]++_\{?\d")


def without_base(text: str, value: str) -> str:
    """A text before a value without the base it names, where the value is written with one.

    Example:
        >>> (
        ...     without_base("In base 8, the answer is ", "52_8"),
        ...     without_base("In base 8, x is ", "52"),
        ... )
        (', the answer is ', 'In base 8, x is ')
    """
    return _BASE.sub("", text) if "_" in value and _HAS_BASE.match(value) else text
