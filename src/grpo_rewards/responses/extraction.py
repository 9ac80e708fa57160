"""Finding the final answer in prose: boxes, ``####`` lines, statements ("the answer is 42").

Works on the text after the reasoning; which text that is, `grpo_rewards.responses.layouts` decides.
Answers stand at the end, so that the last mark of one is looked for first; every function here
reads its text a constant number of times, whatever the text is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

import regex

from grpo_rewards.wording.doubts import (
    about_answer,
    denied_before,
    denied_lead,
    doubted,
    taken_back,
    taken_back_before,
)
from grpo_rewards.wording.markup import (
    EMPHASIS,
    Box,
    answer_tags,
    boxes,
    boxes_in_a_row,
    last_box_is_open,
    unescaped,
)
from grpo_rewards.wording.statements import (
    BECAUSE,
    announced,
    closed,
    conclusion,
    lone_value,
    plans,
    rest_start,
    statement,
    without_hope,
)
from grpo_rewards.wording.vocabulary import any_of, rows, spotted

__all__ = ["Extracted", "beside", "boxed_answer", "freeform_answer", "hashes"]

BARE_ANSWER_LENGTH = 200
"""The longest one-line text (characters) that is read as an answer with nothing around it."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """An answer, or the reason why there is none."""

    answer: str | None
    why_not: str = ""


_HASHES = regex.compile(r"(?<!#)####(?!#)[ \t]*+(?P<value>[^\n]*)")


def hashes(text: str) -> list[regex.Match[str]]:
    """The places where ``####`` announces an answer, with the rest of the line as ``value``."""
    return list(_HASHES.finditer(text)) if "####" in text else []


# Marks of an answer, from the last one back ---------------------------------------------------


@cache
def _nouns() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The shortest texts that every word for "answer" has one of: of ASCII, and others."""
    heads = {word.casefold() for row in rows("announces") for word in row.words}
    heads = {word for word in heads if word != "ans" and not word.endswith(" answer")}
    short = {word for word in heads if not any(word != head and head in word for head in heads)}
    plain = sorted(word for word in short if word.isascii())
    return tuple(plain), tuple(sorted(short - set(plain)))


_WORD_END = regex.compile(r"\w*+")
NEAR = 300
"""Where (characters from the end) the mark of an answer usually stands."""


def _marks(text: str) -> Iterator[tuple[int, str]]:
    """The places where an answer may be announced, the last one first: "box", "####", a noun."""
    plain, others = _nouns()
    kinds = ("box", "####", *plain, *(() if text.isascii() else others))
    near = max(0, len(text) - NEAR)
    tries = MAX_TRIES
    for start in dict.fromkeys((near, 0)):
        part = text[start : near + 8] if start < near else text[start:]
        folded = part.lower()
        if len(folded) != len(part):  # a few letters are longer in small
            folded = part
        places = {}
        for kind in kinds:
            place = folded.rfind(kind)
            if place >= 0:
                places[kind] = place
        while places and tries:
            kind = max(places, key=places.__getitem__)
            place = places[kind]
            yield start + place, kind
            tries -= 1
            earlier = -1 if kind in ("box", "####") else folded.rfind(kind, 0, place)
            if earlier < 0:
                del places[kind]
            else:
                places[kind] = earlier


MAX_TRIES = 16
"""How many words for "answer" are looked at, from the end."""


def freeform_answer(text: str) -> Extracted:
    r"""The answer of a text that promised no layout.

    In this order: the content of the one pair of answer tags; the last of the boxes, ``####`` lines
    and statements ("the answer is", "Answer:"); a last sentence that concludes ("Therefore, ...");
    a last line that is only the answer; the whole text, when it is one short line. Hedges, denials,
    and what is taken back are no answer; boxes side by side are a list.

    Example:
        >>> freeform_answer(r"So it is \boxed{42}, as we wanted.").answer
        '42'
        >>> freeform_answer("The answer is 40, 41 or 42.")
        Extracted(answer=None, why_not='the statement offers several answers')
    """
    if "\\\\" in text:
        text = unescaped(text)
    inside = _inside_answer_tags(text)
    if inside.why_not:
        return inside
    whole = without_hope(text if inside.answer is None else inside.answer)
    whole = _first_turn(whole)
    if whole[-1:] > "\u2000":
        whole = whole[:-LONGEST_SIGNS] + _SIGNS_AT_END.sub("", whole[-LONGEST_SIGNS:])
    picked = _PICK_AT_END.search(whole[-60:])
    if picked:
        return Extracted(picked["letters"])
    first = _FIRST_LINE.match(whole)
    if first and not taken_back(f". {first['why'][:200]}", value=first["letter"]):
        return Extracted(first["letter"])
    found = _marked_answer(whole)
    if found is not None:
        return found
    if inside.answer is not None:
        return _committed(whole)
    return _unmarked_answer(whole.strip())


_NEXT_TURN = regex.compile(
    r"\n[ \t]*+(?:#{1,4}\s*+)?(?:Q|Question|Problem|Human|User|Instruction|Input"
    r"|问题|题目)\s*+\d*\s*+[:：]"
)
_SIGNS_AT_END = regex.compile(r"(?:(?![✗✘❌❎⛔🚫👎🤷❓❔])[\p{So}\p{Sk}\ufe0f\u200d])++\s*+$")


LONGEST_SIGNS = 24
"""How many little pictures at the end are taken off."""
MAX_TURNS = 3
"""How many headers of a next question are looked at."""


def _first_turn(text: str) -> str:
    """A text up to where a model, once it has answered, goes on with a question of its own."""
    if ":" not in text and "：" not in text:
        return text
    for turn in islice(_NEXT_TURN.finditer(text), MAX_TURNS):
        before = text[: turn.start()]
        found = _marked_answer(before) if before.strip() else None
        if found is not None and found.answer is not None:
            return before
    return text


# "故选：D" at the end says it, whatever stands before.
_PICK_AT_END = regex.compile(
    r"(?:故|应|應|因此|所以|本题|此题|综上|^|[\n。，,；;])(?:本题)?(?:应|應)?[选選](?:择|擇)?(?:选项|项)?[:：]?\s*+[(（]?(?P<letters>[A-J]{1,8})[)）]?(?:选项|项)?[\s.。．*]*$"
)
# An option on the first line, then why.
_FIRST_LINE = regex.compile(
    r"\s*+(?:(?:答案)?[选選](?:择|擇|项|項)?[:：]?\s*+(?P<letter>[A-J])[。.,，;；]\s*+(?P<why>(?:因为|理由|由于|根据).*)$"
    r"|[(*]*+(?:(?:correct\s+)?(?:option|choice|answer)[*]*\s*[:：][*]*\s*[(*]*)?(?P<letter>[A-J])(?:[*]*+[).:．、]+[*]*+[^\n]*)?[*)]*+\n\s*+[*#_\s]*+"
    r"(?P<why>(?:explanation|reason|reasons|reasoning|rationale|justification|because|解析|理由|解释|分析)[*_\s]*+(?:[:：]|\n|is\b).*)$)",
    regex.IGNORECASE | regex.DOTALL,
)


def _marked_answer(text: str) -> Extracted | None:
    """What the last mark in a text gives, if it gives anything."""
    denied: Extracted | None = None
    for place, kind in _marks(text):
        if kind == "box":
            found: Extracted | None = boxed_answer(text)
            if found is not None:
                return found
            continue
        if kind == "####":
            found = _hash_line(text)
        elif place > text.find("box") >= 0 and any(
            box.start < place < box.end for box in boxes(text)
        ):
            return boxed_answer(text)
        else:
            found = _statement(text, place)
        if found is None:
            continue
        if found.why_not == DENIED and denied is None:
            denied = found  # unless a box before it says what it is
            continue
        return denied or found
    return denied


DENIED = "the statement says what the answer is not"


def _hash_line(text: str) -> Extracted | None:
    lines = hashes(text)
    if not lines:
        return None
    match = lines[-1]
    value = str(match["value"]).strip()
    if not announced(value) and not value.rstrip(":").strip().isalpha():
        return _committed(value, text[match.end() :])
    if value.rstrip(":*").casefold().endswith(("answer", "solution", "result")):
        return None  # a heading
    return _committed(announced(value) or value, text[match.end() :])


# Tags -----------------------------------------------------------------------------------------


def _inside_answer_tags(text: str) -> Extracted:
    tags = answer_tags(text)
    if not tags:
        return Extracted(None)
    if [closes for _, _, closes in tags] != [False, True]:
        return Extracted(None, "the answer tags are not one pair")
    (first, start, _), (end, last, _) = tags
    why_not = beside(text, first, last, text[start:end])
    return Extracted(None, why_not) if why_not else Extracted(text[start:end].strip())


# Boxes ----------------------------------------------------------------------------------------


def boxed_answer(text: str) -> Extracted | None:
    r"""What the last box of a text gives, and those beside it; ``None`` where there is none.

    Example:
        >>> boxed_answer(r"It is \boxed{2}, \boxed{3}.").answer
        '\\boxed{2}, \\boxed{3}'
        >>> boxed_answer(r"\boxed{42} is wrong").why_not
        'the answer is denied'
    """
    found = boxes(text)
    if last_box_is_open(text, found):
        return Extracted(None, "a box never closes")
    if not found:
        return None
    row = boxes_in_a_row(text, found)
    while len(found) > len(row) and _CONTRAST.fullmatch(
        text, found[-len(row) - 1].end, row[0].start
    ):
        found = found[: -len(row)]  # the last one is what the answer is not
        row = boxes_in_a_row(text, found)
    content = row[0].content
    if len(row) == 1 and (
        _OPERATES_BEFORE.search(text[max(0, row[0].start - 16) : row[0].start])
        or _OPERATES_AFTER.match(text[row[0].end : row[0].end + 40])
    ):
        return Extracted(None, "the box is a part of what stands around it")
    why_not = beside(text, row[0].start, row[-1].end, content if len(row) == 1 else "")
    if why_not:
        return Extracted(None, why_not)
    if len(row) > 1:
        return _row_of_boxes(text, row)
    return _nonblank(content)


_CONTRAST = regex.compile(
    r"[\s$,;.*]*+(?:and\s+|but\s+)?+(?:not|rather\s+than|instead\s+of|而不是|而非)[\s$*]*+"
)
_NAMED = regex.compile(r"[A-Za-z](?:_\{?\w\}?)?\s*=\s*$")


def _row_of_boxes(text: str, row: list[Box]) -> Extracted:
    if all(not box.content for box in row):
        return Extracted(None, "the answer is blank")
    start = row[0].start
    named = _NAMED.search(text, max(0, start - 12), start)
    return Extracted(text[named.start() if named else start : row[-1].end])


_PLAIN_VALUE = regex.compile(r"[-+−$*\s(]*+(?:\d[\d,]*+(?:\.\d++)?+|[A-J](?!\w))[\s$*),:;—–-]*+")


def beside(text: str, start: int, end: int, value: str) -> str:
    """Why what stands beside the place of an answer takes it back; empty where nothing does.

    Example:
        >>> text = "It is not <b>42</b>."
        >>> beside(text, 10, 19, "42"), beside("<b>42</b> is it", 0, 9, "42")
        ('the answer is denied', '')
    """
    after = text[end : end + 320]
    if not text[max(0, start - 160) : start].strip() and not after.strip():
        return ""
    how = taken_back(after, value=value)
    if how:
        return f"the answer is {how}" if how != "a rival" else "another answer stands beside it"
    before = text[max(0, start - 160) : start]
    how = taken_back_before(before)
    if how:
        said = "another answer is said than what stands there"
        return "the answer is denied" if how == "denied" else said
    near = before.rstrip(" \n$*_(),:;—–-[\\")[-1:]
    if value and near and (near.isdigit() or near in "ABCDEFGHIJ}"):
        line = before[before.rfind("\n") + 1 :]
        stated = announced(line[_sentence_start(line) :])
        if stated and (_PLAIN_VALUE.fullmatch(stated) or _PLAIN_LATEX.fullmatch(stated)):
            said = stated.strip(" $*(),:;—–-")
            if said.replace(",", "") != value.strip(" $()").replace(",", ""):
                return "another answer stands beside it"
    said_after = _answer_after(after) if value and _PLAIN_VALUE.fullmatch(value) else ""
    if said_after and _bare(said_after) != _bare(value):
        return "another answer is stated after it"
    return ""


def _bare(value: str) -> str:
    """A plain value without its marks, as it is compared with another one."""
    value = value.strip(" $*(),:;—–-" if value.strip(" $*(")[:1].isalpha() else " $*(),:;").replace(
        ",", ""
    )
    return value.rstrip("0").rstrip(".") if "." in value else value


def _answer_after(text: str) -> str:
    """The plain value that a sentence after the place of an answer announces as the answer."""
    folded = text.casefold()
    if not any(noun in folded for noun in _nouns()[0]):
        return ""
    for sentence in _SENTENCES.split(text):
        stated = announced(sentence.strip())
        if stated:
            value = _FIRST_PLAIN.match(stated)
            if value:
                return value[0]
    return ""


_SENTENCES = regex.compile(r"\n|(?<=[.!?])\s")
_FIRST_PLAIN = regex.compile(
    r"[$*(]*+(?:[-+−]?\d[\d,]*+(?:\.\d++)?+(?![\w/^*+%\\])|[A-J](?!\w))(?!\s*[-+*/^=]\s*\d)"
)
_OPERATES_BEFORE = regex.compile(
    r"(?:(?:^|[\s=$(])[-−¬√]|\S\s*(?:(?<![-=])[<>]|[≠≤≥])\s*|\\(?:neq?|neg|lnot|le|ge|lt|gt|leq|geq|pm|mp|times|cdot)\s*|\\sqrt\s*\{\s*|\d)$"
)
_OPERATES_AFTER = regex.compile(
    r"[ \t]*+(?:\+\s*[\d\\A-Za-z]|[-−]\s*\d|[*/×·]\s*\d|\\(?:times|cdot|pm)(?![A-Za-z])|\^\s*\{?\d|(?:->|→|=>)\s*\$?[-−]?\d|[,;]?[ \t]+\$?[-−]?\d[\d.,]*\$?\s*$)"
)
_PLAIN_LATEX = regex.compile(r"[$\s]*+(?=\S*\d)[-+\d\\{}^./a-z]{1,40}+[$\s]*+")
_STOP = regex.compile(r"[.!?](?=\s+\S)")


def _sentence_start(line: str) -> int:
    start = 0
    for match in _STOP.finditer(line.rstrip()):
        start = match.end()
    return start


# Statements -----------------------------------------------------------------------------------

_SENTENCE_END = regex.compile(
    r"[.!?](?=[*_)\"'\]]*+(?:\s+(?-i:[\p{Lu}(\"])|\s*+$))|\n|[。！？]|\s(?:because|since)\s|,\sso\s|，所以"
    rf"|[,，、،]\s*(?:{BECAUSE})(?!\w)",
    regex.IGNORECASE,
)
_JSON_VALUE = regex.compile(
    r"[\"']\s*+:\s*+(?:\"(?P<text>(?:[^\"\\\n]|\\.)*+)\"|(?P<bare>[^,}\"\n]++))"
)
_LABEL_ONLY = regex.compile(r"[ \t*_:：#】」\]\"']*+(?:is|are)?[ \t*_:：]*+\n\s*+")
_WORDS_BEFORE = regex.compile(
    r"[\s>*_#\d.)(`\"'【\[-]*+(?:[^\W\d_]++[\s'’]*+){0,6}+[\s*_`\"'【\[]*+"
)
_DISPLAY = regex.compile(
    r"\s*+(?:\$\$(?P<dollars>[^$]*+)\$\$|\\\[(?P<brackets>.*?)\\\]|\$(?P<inline>[^$\n]++)\$(?=\s*+(?:$|[.\n])))",
    regex.DOTALL,
)
_FENCED = regex.compile(r"\s*+```[\w+-]*+\n(?P<inside>[^`]{1,400}+)```")
_ANSWER_AFTER = regex.compile(
    r"(?P<lead>.*?)(?<!\s)\s++(?:is|are|为|是)\s+(?:therefore\s+)?(?:the|my|our)\s+(?:final\s+|correct\s+|right\s+|best\s+)*$",
    regex.IGNORECASE | regex.DOTALL,
)


_PRONOUN = regex.compile(
    r"\W*(?:(?:and|so|thus|hence)\s+)?(?:this|that|it|which|these|the\s+(?:above|former|latter))\W*",
    regex.IGNORECASE,
)
_NO_OTHER = regex.compile(r"(?i:no|any)\s+other\s+$")
_POINTING = frozenset(("this", "that", "it", "which", "so this", "so that", "here", "thus this"))
_ASSESSED = regex.compile(
    r"(?:indeed\s+|thus\s+|therefore\s+)?(?:consistent|reasonable|verified|confirmed|clear|straightforward|unique|as\s+follows|below|correct|right|plausible)\b[^\n\d$\\]{0,60}?[.!:]*+\s*+",
    regex.IGNORECASE,
)
_VERB_FIRST = regex.compile(r"\b(?:ist|lautet|wäre)\s+(?:die|das|meine|unsere)\s+(?:\w+\s+)?$")


def _statement(text: str, place: int) -> Extracted | None:
    """What the statement gives whose noun stands at a place; ``None`` where it is no statement."""
    start = place
    while (
        start
        and "A" <= text[start - 1] < "\u3000"
        and text[start - 1].isalpha()
        and start > place - 20
    ):
        start -= 1
    noun_end = _WORD_END.match(text, place).end() if text[place] < "\u3000" else place  # type: ignore[union-attr]
    if noun_end == place:
        noun_end = place + 1
        while noun_end < len(text) and text[noun_end] in "案え정답解正":
            noun_end += 1
    elif text[place] >= "\u1000":
        noun_end = place + len(text[place:noun_end].rstrip("은는이가"))
    json_value = (
        _JSON_VALUE.match(text, noun_end) if text[noun_end : noun_end + 1] in "\"'" else None
    )
    if json_value:
        return _committed(json_value["text"] or json_value["bare"] or "")
    line_start = text.rfind("\n", max(0, start - 2 * BARE_ANSWER_LENGTH), start) + 1
    line_start = line_start or max(0, start - 2 * BARE_ANSWER_LENGTH)
    label = _LABEL_ONLY.match(text, noun_end)
    if label and _WORDS_BEFORE.fullmatch(text, line_start, start):
        return _under_label(text[label.end() :])
    if _NO_OTHER.search(text, max(0, start - 16), start):
        return None
    sentence_start = line_start + _sentence_start(text[line_start:start])
    before = text[sentence_start:start]
    rest = rest_start(text, noun_end)
    if rest < 0:
        if _VERB_FIRST.search(before) and text[noun_end : noun_end + 1] == " ":
            return Extracted(None, DENIED) if denied_before(before) else _stated(text[noun_end:])
        after = _ANSWER_AFTER.fullmatch(before) if len(before) < BARE_ANSWER_LENGTH else None
        ends = text[noun_end : noun_end + 2].strip(" .!*_)")[:1] in ("", "\n", "t")
        if after is None or not ends:
            return None
        lead = str(after["lead"])
        if _PRONOUN.fullmatch(lead) or lead.strip(" *_,").casefold() in _POINTING:
            return None  # which speaks of an answer that is given elsewhere
        return _committed(conclusion(lead) or lead)
    if denied_before(text[max(0, start - 160) : start]) or about_answer(text[sentence_start:rest]):
        return Extracted(None, DENIED)
    if _ASSESSED.fullmatch(text, rest):
        return None  # "so the answer is consistent" gives none
    return _stated(text[rest:])


SHORT = 80
"""The longest line (characters) that is an answer where more text follows."""


def _under_label(text: str) -> Extracted | None:
    """The answer under a heading or a label that stands alone on its line."""
    display = _DISPLAY.match(text) or _FENCED.match(text)
    if display:
        inside = next(group for group in display.groups() if group is not None)
        return _committed(inside, text[display.end() :])
    paragraph, _, more = text.strip().partition("\n\n")
    if more and (len(paragraph) > SHORT or _STOP.search(paragraph)):
        return None  # a heading over a solution
    if paragraph.rstrip().endswith(":"):
        paragraph = "\n".join(text.strip().split("\n\n", 2)[:2])
    if "\n" in paragraph.strip() or len(paragraph) > 2 * BARE_ANSWER_LENGTH:
        return _nonblank(paragraph.strip())
    return _stated(paragraph)


def _stated(text: str) -> Extracted:
    text = text.lstrip()
    found = boxes(text[: BARE_ANSWER_LENGTH * 2])
    if found and not text[: found[0].start].strip(EMPHASIS + "\\[("):
        return _nonblank(found[0].content)
    display = _DISPLAY.match(text) or _FENCED.match(text)
    if display and next(group for group in display.groups() if group is not None).strip():
        inside = next(group for group in display.groups() if group is not None)
        return _committed(inside, text[display.end() :])
    end = _SENTENCE_END.search(text)
    if end is None:
        return _committed(text)
    return _committed(text[: end.start()], text[end.start() :])


_NEGATION = regex.compile(
    r"(?:is\s+|are\s+)?(?:not|never|isn't|n't|neither|nor)\b|(?:并)?不是|并非", regex.IGNORECASE
)
# What denies nothing, but is an answer in words: "Not enough information", "Neither of them".
_OWN_WORDS = re.compile(
    r"(?:Not|Never|Neither|not)\s+(?:enough|sufficient|given|applicable|mentioned|stated|of|valid|possible)\b"
)
_PLAIN_ITEM = r"\s*+\$?(?:[-+−]?[\d.,/]*\d%?|[A-Za-z]\b)\$?\s*+"
_OR = r"(?:\b(?:or|ou|oder|или|либо|hoặc|oppure|o)\b|أو|或者?|还是|または|또는)"
_HEDGE = regex.compile(
    rf"(?:either\b)?{_PLAIN_ITEM}(?:,{_PLAIN_ITEM})*+,?\s*+{_OR}",
    regex.IGNORECASE,
)
_UNFINISHED = regex.compile(
    r"(?:\b(?:and|or|the|of|to|a|is|are|with|for|because|since|but|which|that|by)|[,(=+*/])\s*$"
)


def _committed(text: str, after: str = "") -> Extracted:
    """The answer that a text is, unless it or what follows denies it or offers another."""
    text = text.strip()
    if "<" in text:
        text = _EDGE_TAGS.sub("", text).strip()
    if text[:2] == "> " and text[2:3] in tuple("*ABCDEFGHIJ"):
        text = text[2:]  # a quotation in Markdown
    if "**" in text:
        text = _PAIRED_BOLD.sub(r"\1", text)
    if text[-1:] in (")", "]") and "(" not in text and "[" not in text:
        text = text[:-1]  # of brackets around the whole statement
    if text.rstrip(" .。")[-1:] in ("*", "`"):
        text = text.rstrip(" .。*_`")
    if _PLAIN.fullmatch(text):
        return _unless_taken_back(text, after)
    for _ in range(2):
        text = text.strip("*_`").strip() if text[:1] in "*_`" or text[-1:] in "*_`" else text
    if _NEGATION.match(text) and not _OWN_WORDS.match(text):
        instead = _NOT_BUT.fullmatch(text)
        return (
            Extracted(instead["value"])
            if instead and not after.strip(" .\n")
            else Extracted(None, DENIED)
        )
    if _HEDGE.match(text[: 2 * BARE_ANSWER_LENGTH]):
        return Extracted(None, "the statement offers several answers")
    contrast = _NOT_ANOTHER.fullmatch(text)
    if contrast and not taken_back(text[contrast.end("value") :]):
        text = str(contrast["value"])
    return _unless_taken_back(text, after)


_PAIRED_BOLD = regex.compile(r"\*\*(?=\S)([^*\n]++)(?<=\S)\*\*")
_EDGE_TAGS = regex.compile(
    r"^(?:\s*+</?(?:b|strong|i|em|u|p|span)>)++|(?:</?(?:b|strong|i|em|u|p|span)>\s*+)++[.。]?$"
)
_NOT_BUT = regex.compile(
    r"not\s+(?:[-+−$]?\d[\d.,]*\d|[-+−$]?\d|\$[^$]{1,80}\$|\(?[A-J]\)?(?!\w))\s*+[,;—–-]?\s*+(?:but(?:\s+rather)?|(?:it|that|the\s+answer)(?:['’]s|\s+is)|rather|instead)(?:\s*+:)?+\s++(?P<value>(?:[-+−$]?\d[\d.,]*\d|[-+−$]?\d|\$[^$]{1,80}\$|\(?[A-J]\)?(?!\w)))[.!]?"
)
_NOT_ANOTHER = regex.compile(
    r"(?P<value>[-+−$]?\d[\d.,]*\d|[-+−$]?\d|\$[^$]{1,80}\$),?\s+\(?(?:and\s+)?(?:not|rather\s+than|instead\s+of)\s+[-+−]?(?:[\d$\\]|[a-z]\b).*"
    r"|(?P<value>\(?[A-J]\)?)\s+\(?(?:and\s+)?(?:not|rather\s+than|instead\s+of)\s+\(?[A-J]\b.*"
    r"|(?P<value>[-+−$]?\d[\d.,]*\d|[-+−$]?\d|\$[^$]{1,80}\$)(?:,\s+(?:which|since|because|as|where)\b|\s+\((?:since|because|as|from|by|see|i\.e\.)).*"
)
_PLAIN = re.compile(r"[-+$(]?\d[\d.,/]*[)%$]?|\(?[A-J]\)?")


def _unless_taken_back(text: str, after: str) -> Extracted:
    how = taken_back(after, value=text) if after and after not in (".", ".\n", "\n") else ""
    if how:
        several = how == "a rival"
        return Extracted(
            None, "the statement offers several answers" if several else f"the statement is {how}"
        )
    return _nonblank(text)


def _nonblank(text: str) -> Extracted:
    return Extracted(text) if text.strip() else Extracted(None, "the answer is blank")


# Without a mark -------------------------------------------------------------------------------

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
    r"|[-+−]?[$€£¥₹]?\s?[-+−]?\d(?:[\d,.]*\d)?\s?%?(?:/\d+)?(?:\s\d+/\d+)?(?:\s[A-Za-z°²³/]{1,15}){0,2}"
    r"|[(\[][-+−]?\d[\d,.]*[)\]]"
    r"|\\text(?:bf)?\{\(?[A-J]\)?\}|[(\[]?[A-J][)\]]?(?:[.):]\s.{0,80})?"
    r"|[A-Za-z]\s=\s[-+−]?\d(?:[\d,.]*\d)?|Yes|No|True|False|yes|no"
    r")(?:\*\*|__|`|\*)?[.。!]?\s*"
)
_END = (".", "!", "。", "！", "$", "*", "]", ")", "`", "_", "}", "%", "｡")
_SHUT = regex.compile(
    r"(?:(?:so|thus|hence|therefore),?\s+)?(?:the\s+)?(?:(?:answer|option|choice|letter)\s+)?[(*]*(?:(?-i:[A-J])|[-+−$]*\d[\d,.]*)[)*]*",
    regex.IGNORECASE,
)
_PICKED = regex.compile(r"[^\n]{0,80}[选選][:：]?\s*[A-J]")
_LAST_FENCE = regex.compile(r"```[\w+-]*\n(?P<inside>[^`]{1,400})```\s*$")


def _unmarked_answer(text: str) -> Extracted:
    """The answer of a text that has no box and names none: its last line, or its conclusion."""
    if not text:
        return Extracted(None, "the response is blank")
    last = text[text.rfind("\n") + 1 :].strip()
    last = _plainer(last) if last != text else last
    label = _SHORT_LABEL.fullmatch(last)
    if label and len(last) <= 2 * BARE_ANSWER_LENGTH:
        # "A: 42" answers with 42; "A: Rome" may be an option and its text.
        is_option = label["rest"][0].isalpha() and len(label["rest"]) <= 40
        return _committed(last if is_option and last[:1] == "A" else label["rest"])
    if text.endswith("```"):
        fence = _LAST_FENCE.search(text[-500:])
        if fence and "\n" not in str(fence["inside"]).strip():
            return _committed(str(fence["inside"]))
    if last.endswith("\\]") or (last.endswith("$$") and last != text):
        displayed = _displayed(text)
        if displayed:
            return _committed(displayed)
    bold = _BOLD_END.fullmatch(last) if _BOLD.search(last) and len(last) <= 400 else None
    if bold:
        lead = last[: bold.start("bold")].rstrip("*_ ")
        if not lead or lead[-1] in "=:：":
            return _committed(str(bold["bold"]))
    truth = _TRUTH_FIRST.fullmatch(text)
    if truth and not _TURNS.search(truth["why"]):
        return Extracted(truth["said"])
    if _GIVES_UP.search(text[-BARE_ANSWER_LENGTH:]):
        return Extracted(None, "the response gives up")
    if "\n" not in text and len(text) <= BARE_ANSWER_LENGTH:
        concluded = _concluded(last)
        return concluded or _committed(text)
    whole = len(last) <= BARE_ANSWER_LENGTH and not _UNFINISHED.search(last.rstrip("*_"))
    if whole and _ONLY.fullmatch(last):
        return _committed(last)
    stated = announced(last) or conclusion(last)
    labelled = _labelled(last, stated) if whole else None
    if labelled and _ONLY.fullmatch(labelled) and not denied_before(last[: -len(labelled)]):
        return _committed(labelled)
    value = _LABELLED_LAST.fullmatch(last)
    if value:
        return _committed(value["value"])
    sum_of = _SUM_LINE.fullmatch(last)
    if sum_of:
        return _committed(sum_of["value"])
    return (
        _valued(last)
        or _concluded(last, stated)
        or Extracted(None, "no box, no statement of an answer, and more text than an answer")
    )


_ORNAMENT = regex.compile(
    r"(?:(?:=>|->|[→⇒⟹➜➡∴✅✓✔☑🎯👉]|\\(?:therefore|implies|Rightarrow|rightarrow)(?![A-Za-z])|\#{1,6}(?=\s)|=)\ufe0f?\s*+)*+"
    r"(?P<line>.*?)[\s✅✓✔☑]*+"
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
    if not _HAS.search(last) or len(_STOP.findall(last)) > 0:
        return None
    value = lone_value(last)
    return _committed(value) if value else None


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
    for match in _STOP.finditer(line):
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
    return _committed(rest)


def _without_conclusion(sentence: str) -> Extracted | None:
    """What a last sentence gives that begins with no word for "therefore"."""
    said = _said(sentence)
    if said:
        return _committed(said)
    option = _OPTION_SAID.fullmatch(sentence)
    if option:
        if denied_before(sentence[: option.start("letter")]):
            return None
        return Extracted(option["letter"])
    inner = _INNER_CONCLUSION.search(sentence)
    clause = str(inner["rest"]) if inner else sentence[max(map(sentence.rfind, "，；")) + 1 :]
    value = _CHINESE_VALUE.fullmatch(clause) if not clause.isascii() else None
    if value and not doubted(clause[: value.start("value")], ""):
        return _committed(str(value["value"]))
    equation = _of_equation(clause)
    if equation:
        return _committed(equation)
    return _committed(clause.strip()) if inner and not plans(clause.strip()) else None
