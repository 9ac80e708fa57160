"""The end of a text that marks no answer: a last line that is one, or a sentence that concludes."""

from __future__ import annotations

import re
from functools import cache

import regex

from grpo_rewards.responses.commitments import (
    BARE_ANSWER_LENGTH,
    DENIED,
    STOP,
    UNFINISHED,
    Extracted,
    commit,
)
from grpo_rewards.wording.doubts import (
    denied_before,
    denied_lead,
    doubted,
)
from grpo_rewards.wording.statements import (
    announced,
    closed,
    conclusion,
    lone_value,
    plans,
    statement,
)
from grpo_rewards.wording.vocabulary import (
    any_of,
    rows,
    spotted,
)

__all__ = [
    "unmarked_answer",
]


_SHORT_LABEL = regex.compile(
    r"[\s*_>#-]*+(?:A|Ans|答|Rép|Resp)[*_]*+\s*+[.:：][*_]*+\s*+(?P<rest>\S.*)", regex.IGNORECASE
)
_BOLD_END = regex.compile(
    r"(?:[^\n]*[=:：\s])?(?:\*\*|__)(?P<bold>[^*_\n]{1,80})(?:\*\*|__)[\s.。]*"
)
_BOLD = regex.compile(r"(?:\*\*|__)[\s.。]*$")
_ONLY = regex.compile(
    r"[\s>]*(?:\*\*|__|`|\*)?(?P<value>"
    r"\$\$?[^$\n]{1,160}\$\$?|\\\([^\n]{1,160}?\\\)|\\\[[^\n]{1,160}?\\\]"
    r"|[-+−]?[$€£¥₹]?\s?[-+−]?\d(?>[\d,.]*\d)?+\s?%?(?:/\d++)?+(?:\s\d+/\d+)?(?:\s[A-Za-z°²³/]{1,15}){0,2}"
    r"|[(\[][-+−]?\d[\d,.]*[)\]]"
    r"|\\text(?:bf)?\{\(?[A-J]\)?\}|[(\[]?[A-J][)\]]?(?:[.):]\s.{0,80})?"
    r"|[A-Za-z]\s=\s[-+−]?\d(?>[\d,.]*\d)?+|Yes|No|True|False|yes|no"
    r")(?:\*\*|__|`|\*)?[.。!]?\s*"
)
_END = (".", "!", "。", "！", "$", "*", "]", ")", "`", "_", "}", "%", "｡")
_SHUT = regex.compile(
    r"(?:(?:so|thus|hence|therefore),?\s+)?(?:the\s+)?(?:(?:answer|option|choice|letter)\s+)?[(*]*(?:(?-i:[A-J])|[-+−$]*\d[\d,.]*)[)*]*",
    regex.IGNORECASE,
)
_PICKED = regex.compile(r"[^\n]{0,80}[选選][:：]?\s*[A-J]")
_LAST_FENCE = regex.compile(r"```[\w+-]*\n(?P<inside>[^`]{1,400})```\s*$")


def unmarked_answer(text: str) -> Extracted:
    """The answer of a text that has no box and names none: its last line, or its conclusion."""
    if not text:
        return Extracted(None, "the response is blank")
    last = text[text.rfind("\n") + 1 :].strip()
    last = _plainer(last) if last != text else last
    label = _SHORT_LABEL.fullmatch(last)
    if label and len(last) <= 2 * BARE_ANSWER_LENGTH:
        # "A: 42" answers with 42; "A: Rome" may be an option and its text.
        is_option = label["rest"][0].isalpha() and len(label["rest"]) <= 40
        return commit(last if is_option and last[:1] == "A" else label["rest"])
    if text.endswith("```"):
        fence = _LAST_FENCE.search(text[-500:])
        if fence and "\n" not in str(fence["inside"]).strip():
            return commit(str(fence["inside"]))
    if last.endswith("\\]") or (last.endswith("$$") and last != text):
        displayed = _displayed(text)
        if displayed:
            return commit(displayed)
    bold = _BOLD_END.fullmatch(last) if _BOLD.search(last) and len(last) <= 400 else None
    if bold:
        lead = last[: bold.start("bold")].rstrip("*_ ")
        if not lead or lead[-1] in "=:：":
            return commit(str(bold["bold"]))
    truth = _TRUTH_FIRST.fullmatch(text)
    if truth and not _TURNS.search(truth["why"]):
        return Extracted(truth["said"])
    if _GIVES_UP.search(text[-BARE_ANSWER_LENGTH:]):
        return Extracted(None, "the response gives up")
    if "\n" not in text and len(text) <= BARE_ANSWER_LENGTH:
        concluded = _concluded(last)
        return concluded or commit(text)
    whole = len(last) <= BARE_ANSWER_LENGTH and not UNFINISHED.search(last.rstrip("*_"))
    if whole and _ONLY.fullmatch(last):
        return commit(last)
    stated = announced(last) or conclusion(last)
    labelled = _labelled(last, stated) if whole else None
    if labelled and _ONLY.fullmatch(labelled) and not denied_before(last[: -len(labelled)]):
        return commit(labelled)
    value = _LABELLED_LAST.fullmatch(last)
    if value:
        return commit(value["value"])
    sum_of = _SUM_LINE.fullmatch(last)
    if sum_of:
        return commit(sum_of["value"])
    return (
        _valued(last)
        or _concluded(last, stated)
        or Extracted(None, "no box, no statement of an answer, and more text than an answer")
    )


_ORNAMENT = regex.compile(
    r"(?:(?:=>|->|[→⇒⟹➜➡∴✅✓✔☑🎯👉]|\\(?:therefore|implies|Rightarrow|rightarrow)(?![A-Za-z])|\#{1,6}(?=\s)|=)\ufe0f?\s*+)*+"
    r"(?P<line>(?>.*[^\s✅✓✔☑])?+)[\s✅✓✔☑]*+"
)


_ENDS_PLAINLY = frozenset("0123456789.!。*")


def _plainer(line: str) -> str:
    """A last line without arrows, ticks, and the brackets or quotes around all of it."""
    if line[:1].isalpha() and line[-1:] in _ENDS_PLAINLY:
        return line
    line = str(_ORNAMENT.fullmatch(line)["line"])  # type: ignore[index]  # it always matches
    for opening, closing in ("[]", "()", '""', "“”"):
        inside = line[1:-1]
        if (
            line[:1] == opening
            and line[-1:] == closing
            and (len(inside) > 1 or opening in '"“')
            and opening not in inside
        ):
            return inside if closing not in inside else line
    return line


@cache
def _label() -> regex.Pattern[str]:
    """The label of a last line: "Final:", "Sum =", "Option", "Answer"."""
    letter = r"(?=[(\[*]*+(?-i:[A-J])(?!\w))"
    return regex.compile(
        rf"[*_]*+(?:the\s+)?+(?:{any_of('labels')}[*_]*+\s*+[:=：][*_]*+"
        rf"|{any_of('names', 'announces')}\s*+{letter}"
        rf"|(?-i:ANSWER)\s)\s*+(?P<rest>\S.*+)",
        regex.IGNORECASE,
    )


@cache
def _label_words() -> frozenset[str]:
    found = rows("labels", "names", "announces")
    return frozenset({word.split()[0].casefold() for row in found for word in row.words} | {"the"})


def _labelled(line: str, stated: str | None) -> str | None:
    """What a last line says behind its label, or behind the words that announce or conclude it."""
    first = _FIRST_WORD.match(line)
    if first and (first[1].casefold() in _label_words() or not line.isascii()):
        label = _label().fullmatch(line)
        if label:
            return str(label["rest"])
    if stated:
        return stated
    said = _IS.fullmatch(line)
    return str(said["value"]) if said and not denied_lead(str(said["lead"])) else None


_FIRST_WORD = regex.compile(r"[*_]*+([^\W\d_]++)")
_IS = regex.compile(
    r"(?P<lead>(?:the|this|its?|his|her|their|our)\s[^\n.!?,;:=<>]{1,80}?)\s(?:is|are|equals)\s(?P<value>\S.*+)",
    regex.IGNORECASE,
)


_TRUTH_FIRST = regex.compile(
    r"[*_\s]*+(?P<said>Yes|No|True|False)(?:[.,:;!][*_]*+|[*_]++[.,:;!]?+|\s[—–-])\s++(?P<why>.*)",
    regex.DOTALL,
)
_TURNS = regex.compile(
    r"\b(?:yes|no|true|false|wait|actually|however|but|although|unless|maybe|perhaps|depends|correction|if|sure|certain)\b",
    regex.IGNORECASE,
)
_LABELLED_LAST = regex.compile(
    r"[*_#\s]*+(?:Label|Verdict|Judge?ment|Classification|Prediction|Relation|Conclusion)[*_]*+"
    r"\s*+[:：][*_]*+\s*+(?P<value>[A-Za-z]+(?:[ -][A-Za-z]+){0,2})[.*_]*+",
    regex.IGNORECASE,
)
_GIVES_UP = regex.compile(
    r"\bi\s+(?:give\s+up|(?:do\s+not|don['’]t)\s+know|(?:can(?:no|['’])t|can\s*not|am\s+unable\s+to)\s+(?:solve|answer|determine))\b",
    regex.IGNORECASE,
)
_SUM_LINE = regex.compile(
    r"(?:\d+[.)]\s+|[-*•]\s+)?[*_]*+(?:total|result|sum|altogether|in total|总共|合计|共)[^\n:：=]{0,40}[:：]"
    r"[^\n=]*[\d)]\s*+=\s*+(?P<value>[-−]?[$€£¥₹]?\d[\d,]*+(?:\.\d+)?+%?)(?:\s[^\W\d_]+){0,2}[.*_]*+",
    regex.IGNORECASE,
)
_BOLD_VALUE = regex.compile(
    r"(?P<before>[^*]*?[^\W\d_]\s++)\*\*(?P<value>[-−]?[$€£¥₹]?\d[\d,]*+(?:\.\d+)?+%?(?:\s[A-Za-z]+){0,2}|\([A-J]\)|[A-J])\*\*[.。!]*"
)


_HAS = regex.compile(
    r"\b(?:has|have|is|are|was|were|gets?|earns?|earned|costs?|takes?|took|makes?|made|pays?|paid|spent|spends|sold|bought|remain\w*|used|ate|scored|received|saved|collected|will|can)\b",
    regex.IGNORECASE,
)


def _lone_line(text: str, last: str) -> Extracted | None:
    """The one value of a last line that is a sentence of its own: "Lily now has 29 marbles."."""
    if "\n" not in text or last[-1:] not in ".!" or len(last) > BARE_ANSWER_LENGTH:
        return None
    if not _HAS.search(last) or len(STOP.findall(last)) > 0:
        return None
    value = lone_value(last)
    return commit(value) if value else None


_WOULD = regex.compile(r"\b(?:would|should)\s")


def _valued(line: str) -> Extracted | None:
    """The one bold value that ends a last line."""
    match = _BOLD_VALUE.fullmatch(line) if line.count("**") == 2 else None
    if match is None or plans(line) or doubted(_WOULD.sub("", match["before"]), ""):
        return None
    return Extracted(match["value"])


def _displayed(text: str) -> str:
    """What the mathematics displayed at the end of a text shows."""
    mark, opening = ("$$", "$$") if text.endswith("$$") else ("\\]", "\\[")
    start = text.rfind(opening, 0, len(text) - len(mark))
    return text[start + 2 : len(text) - 2].strip() if start >= 0 else ""


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
_A_LETTER = re.compile(r"(?<![A-Za-z])[A-Ja-j](?![A-Za-z])|(?:option|choice)[A-J]", re.IGNORECASE)


def _option_said(text: str) -> regex.Match[str] | None:
    """The option that a sentence names; most have no letter that could be one."""
    if text.isascii() and not _A_LETTER.search(text):
        return None
    return _OPTION_SAID.fullmatch(text)


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


def _concluded(line: str, stated: str | None = None) -> Extracted | None:
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
    option = _option_said(rest)
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
    option = _option_said(sentence)
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
