"""The last sentence of a text: what it concludes, picks or works out, without the word "answer"."""

from __future__ import annotations

import regex

from grpo_rewards.responses.commitments import (
    BARE_ANSWER_LENGTH,
    DENIED,
    STOP,
    Extracted,
    commit,
)
from grpo_rewards.wording.announcements import announced, closed, conclusion, plans
from grpo_rewards.wording.doubts import denied_before, doubted
from grpo_rewards.wording.statements import statement
from grpo_rewards.wording.vocabulary import any_of, spotted

__all__ = ["concluded"]

_END = (".", "!", "。", "！", "$", "*", "]", ")", "`", "_", "}", "%", "｡")
_SHUT = regex.compile(
    r"(?:(?:so|thus|hence|therefore),?\s+)?(?:the\s+)?(?:(?:answer|option|choice|letter)\s+)?[(*]*(?:(?-i:[A-J])|[-+−$]*\d[\d,.]*)[)*]*",
    regex.IGNORECASE,
)
_PICKED = regex.compile(r"[^\n]{0,80}[选選][:：]?\s*[A-J]")


_SAID = regex.compile(
    rf"(?:(?:i|we)(?:['’]d|['’]ll)?\s+{any_of('picks', language='en')}|this\s+gives(?:\s+us)?"
    rf"|(?:因此|所以)?+{any_of('picks', language='zh')})\s*+[:：]?\s*+(?P<picked>.+)"
    r"|(?:it|that|this)(?:['’]s|\s+(?:is|makes|leaves|equals|comes\s+to))\s+(?:option\s+|choice\s+)?+(?P<it>[(*$]*+(?:(?-i:[A-J])(?!\w)|[-+−\\(]*+\d)[^\n]{0,60})"
    r"|(?:the|this|it|her|his|their|its|la|le|el|die|der|das|o|a|il)\s[^\n.!?]{0,120}?\s(?:is|are|was|were|equals?|es|est|ist|é|è)\s+(?P<value>[-+−$\\*(\d][^\n]{0,60})",
    regex.IGNORECASE,
)


def _said(sentence: str) -> str | None:
    """What a last sentence says that begins with no word for "therefore": "I choose B."."""
    match = _SAID.fullmatch(sentence)
    if match is None:
        return None
    return statement(sentence.rstrip(".")) or sentence if match["picked"] else sentence


_WOULD_BE = regex.compile(r"\b(?:would|should|must)\s+be\s*$")
_INNER_CONCLUSION = regex.compile(
    r"[,，;；]\s*+(?:and\s+)?(?:so|thus|hence|therefore|which\s+means(?:\s+that)?|we\s+(?:find|get|have|obtain|see|conclude)(?:\s+that)?|giving)\s++(?P<rest>[^,;]+)$|[，,；;](?:所以|因此|故|则|于是)(?P<rest>[^，；]+)$"
)
_OPTION_SAID = regex.compile(
    r"(?:[^.!?\n]*?[\s(])??(?:option|choice|answer|statement)\s+[(*\[]*(?P<letter>[A-J])[)*\]]*\s+(?:is|would\s+be|must\s+be)\s+(?:indeed\s+)?(?:the\s+)?(?:only\s+|most\s+)?"
    r"(?:(?:correct|right|best|appropriate|accurate|suitable|likely|valid)\b\s*)+(?:answer|option|choice|one|statement)?\W*$"
    r"|(?:[^.!?\n]*?[\s(])??(?:option|choice|answer)\s+[(*\[]*(?P<letter>[A-J])[)*\]]*\s+(?:best|correctly|most\s+(?:accurately|closely|likely))\s+\w+s\b[^,;.]*+\W*$"
    r"|(?:[^.!?\n]*?(?:[,;:]\s+|\bthat\s+))?[(*]*(?P<letter>(?-i:[A-J]))[)*]*\s+(?:it\s+is|is\s+(?:the\s+)?(?:most\s+)?(?:best|correct|right|suitable|appropriate|accurate)(?:\s+(?:answer|option|choice|one|match|fit))?(?:\s+here)?)\W*$"
    r"|[^.!?\n]*?\b(?:corresponds?\s+(?:exactly\s+)?to|consistent\s+with|leaves(?:\s+us\s+with)?|match(?:es)?(?:\s+with)?|which\s+is|that\s+is|i\.e\.,?)\s+(?:answer\s+)?(?:option|choice)\s*+[(*]*(?P<letter>(?-i:[A-J]))[)*]*\W*$"
    r"|(?:[^.!?\n]*?\s)?(?:(?:it|this)\s+(?:must|has\s+to)\s+be|(?:that|which|this)\s+leaves)\s+[(*]*(?P<letter>(?-i:[A-J]))[)*]*(?:\s+as\s+the\s+(?:correct\s+)?(?:answer|option|choice))?\W*$"
    r"|[^.!?\n]*?\bbest\s+(?:expressed|described|represented|captured|explained|supported)\s+by\s+(?:option\s+|choice\s+)?[(*]*(?P<letter>(?-i:[A-J]))[)*]*\W*$"
    r"|[^\n]{0,80}?(?:的是|选项是|選項是|选项为|答案为)\s*+[(*]*(?P<letter>[A-J])[)*]*(?:选项|项)?[\s.。．]*$"
    r"|(?:因此|所以|综上|故)?[,，]?\s*+(?P<letter>[A-J])(?:选项|项)?正确[,，；;][A-J、,，和]++(?:选项|项|均|都|不)*+(?:错误|正确|错)[.。]?$"
    r"|[^\n]{0,80}?(?:应|应该|故|因此|所以)(?:该)?[选選](?:择|擇)?\s*+[(*]*(?P<letter>[A-J])[)*]*(?:选项|项)?(?:[:：，,][^\n]{1,60})?$",
    regex.IGNORECASE,
)
_CHINESE_VALUE = regex.compile(
    r"[^\n，。]{0,60}?(?<![不非没认设以因])(?:等于|是|为|=)\s*+(?P<value>[-+−]?\d[\d.,/]*+%?|\$[^$\n]{1,120}\$|\\\([^\n]{1,120}?\\\))[\s.。．]*$"
)
_OF_EQUATION = regex.compile(
    r"[^\n]*?[\d)}%]\s*+[)$]*\s*+=\s*+(?:\*\*)?(?P<value>[-−]?[$€£¥₹]?[-−]?\d[\d,]*+(?:\.\d+)?+%?(?:/\d++)?+)(?:\*\*)?(?P<rest>(?:\s++|(?=[^\x00-\x7f]))[^\d=<>+*/\n]{1,100})?[.。!]*$"
)


def _of_equation(sentence: str) -> str | None:
    """The 42 of a last sentence such as "She earns 6 * 7 = 42 dollars a day."."""
    match = _OF_EQUATION.fullmatch(sentence) if "=" in sentence else None
    if match is None or plans(sentence) or denied_before(sentence[: match.start("value")]):
        return None
    rest = match["rest"] or ""
    if any(True for _ in spotted(rest, "denies", "hedges", "rivals", "retracts", after=True)):
        return None
    return str(match["value"])


def concluded(line: str, stated: str | None = None) -> Extracted | None:
    """What the last sentence of a line concludes, if it ends; `stated`: what the line states."""
    if not (line.endswith(_END) or _PICKED.fullmatch(line)) or len(line) > 4 * BARE_ANSWER_LENGTH:
        return None
    start = 0
    for match in STOP.finditer(line):
        start = match.end()
    start = max(start, *(line.rfind(mark, 0, len(line) - 1) + 1 for mark in "。！？"))
    sentence = line[start:].strip()
    stated = stated if sentence == line else None
    shut = closed(sentence)
    if shut and sentence.isascii() and not _SHUT.fullmatch(shut):
        shut = None
    rest = shut or stated or conclusion(sentence) or announced(sentence)
    if rest is None:
        return _without_conclusion(sentence)
    option = _OPTION_SAID.fullmatch(rest)
    if option and not denied_before(rest[: option.start("letter")]):
        return Extracted(option["letter"])
    rest = _of_equation(rest) or rest
    if not shut and denied_before(_WOULD_BE.sub("is", sentence[: len(sentence) - len(rest)])):
        return Extracted(None, DENIED)
    first = next(spotted(rest, "hedges"), None)
    if first and first.word in ("maybe", "perhaps", "possibly", "probably", "guess", "not sure"):
        return Extracted(None, "the conclusion is doubted")
    return commit(rest)


def _without_conclusion(sentence: str) -> Extracted | None:
    """What a last sentence gives that begins with no word for "therefore"."""
    option = _OPTION_SAID.fullmatch(sentence)
    if option:
        if denied_before(sentence[: option.start("letter")]):
            return None
        return Extracted(option["letter"])
    said = _said(sentence)
    if said:
        return commit(said)
    inner = _INNER_CONCLUSION.search(sentence)
    clause = str(inner["rest"]) if inner else sentence[max(map(sentence.rfind, "，；")) + 1 :]
    value = _CHINESE_VALUE.fullmatch(clause) if not clause.isascii() else None
    if value and not doubted(clause[: value.start("value")], ""):
        return commit(str(value["value"]))
    equation = _of_equation(clause)
    if equation:
        return commit(equation)
    return commit(clause.strip()) if inner and not plans(clause.strip()) else None
