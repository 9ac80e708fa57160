"""The places of an answer: tags, boxes, ``####`` lines; and what beside one takes it back."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import regex

from grpo_rewards.answers import exact_number
from grpo_rewards.responses.commitments import (
    Extracted,
    nonblank,
    start_of_sentence,
)
from grpo_rewards.wording.announcements import announced
from grpo_rewards.wording.doubts import taken_back_before
from grpo_rewards.wording.markup import (
    PLACEHOLDER,
    Box,
    answer_tags,
    boxes,
    boxes_in_a_row,
    last_box_is_open,
)
from grpo_rewards.wording.moods import as_it_is
from grpo_rewards.wording.qualified import begins_with_part, without_base
from grpo_rewards.wording.retractions import taken_back
from grpo_rewards.wording.rivals import is_rival
from grpo_rewards.wording.vocabulary import (
    rows,
)

__all__ = [
    "answer_nouns",
    "beside",
    "boxed_answer",
    "boxed_share",
    "hashes",
    "inside_answer_tags",
]


# The value may stand on a line of its own at the end, behind a second mark, or behind what a prompt
# wrote where the value was to be: "#### <number> 42". Hashes behind it close the heading. What a
# prompt asks for is quoted: "in the format '#### answer'".
_HASHES = regex.compile(
    rf"(?<!#)####(?!#)(?!(?<=[\"'“‘`]####)[ \t]*+{PLACEHOLDER}[\"'”’`])[ \t]*+"
    r"(?:(?:final )?answer[ \t]*+:?[ \t]*+####[ \t]*+)?+"
    r"(?:[<\[{](?:your |final |the |numeric(?:al)? )*+(?:number|value|result)[>\]}][ \t]*+)?+"
    r"(?:[#*:_]{1,4}+[ \t]*+(?=\n))?+(?:\n\s*+(?=[^\n]{1,80}\s*+\Z))?(?P<value>[^\n]*?)(?:(?<=\S)[ \t]++#++[ \t]*+)?(?=\n|\Z)",
    regex.IGNORECASE,
)


def hashes(text: str) -> list[regex.Match[str]]:
    """The places where ``####`` announces an answer, with the rest of the line as ``value``."""
    return list(_HASHES.finditer(text)) if "####" in text else []


@cache
def answer_nouns() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The shortest texts that every word for "answer" has one of: of ASCII, and others."""
    heads = {word.casefold() for row in rows("announces") for word in row.words}
    heads = {word for word in heads if word != "ans" and not word.endswith(" answer")}
    short = {word for word in heads if not any(word != head and head in word for head in heads)}
    plain = sorted(word for word in short if word.isascii())
    return tuple(plain), tuple(sorted(short - set(plain)))


# Tags -----------------------------------------------------------------------------------------


def inside_answer_tags(text: str) -> Extracted:
    """What the one pair of answer tags holds; nothing where there is none."""
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
    end = row[-1].end
    if len(row) == 1 and len(found) > 1 and _is_compared(text, *found[-2:]):
        row, found = found[-2:-1], found[:-1]
    while len(found) > len(row) and _CONTRAST.fullmatch(
        text, found[-len(row) - 1].end, row[0].start
    ):
        found = found[: -len(row)]  # the last one is what the answer is not
        row = boxes_in_a_row(text, found)
        end = row[-1].end
    content = row[0].content
    if (
        not content
        and len(found) == 1
        and _ASKED_FOR.search(text, max(0, row[0].start - 80), row[0].start)
    ):
        return None  # "Put your final answer in \\boxed{}"
    if len(row) == 1 and (
        _operates_before(text[max(0, row[0].start - 80) : row[0].start])
        or _OPERATES_AFTER.match(text[end : end + 40])
    ):
        return Extracted(None, "the box is a part of what stands around it")
    why_not = beside(text, row[0].start, end, content if len(row) == 1 else "")
    if why_not:
        return Extracted(None, why_not)
    if len(row) > 1:
        return _row_of_boxes(text, row)
    return nonblank(boxed_share(text, row[0]))


def _is_compared(text: str, box: Box, other: Box) -> bool:
    """Whether a last sentence says that a box is larger than another one, which is no answer then."""
    is_over = not text[other.end :].strip(" \n$*.!\\])")
    return is_over and _IS_THAN.fullmatch(text, box.end, other.start) is not None


def boxed_share(text: str, box: Box) -> str:
    r"""The content of a box, with the percent sign of a number that has it behind its box.

    Example:
        >>> text = r"\boxed{50}\%"
        >>> boxed_share(text, boxes(text)[0])
        '50\\%'
    """
    is_share = any(map(str.isdigit, box.content)) and _SHARE_BEHIND.match(text, box.end)
    return rf"{box.content}\%" if is_share else box.content


_SHARE_BEHIND = regex.compile(r"[\s$*)]{0,4}+(?:\\?%|per\s?cent\b)", regex.IGNORECASE)


_ASKED_FOR = regex.compile(
    r"(?:^|[.!?\n]\s{0,2}|\b(?:and|please|to|should|must)\s)(?:put|give|write|place|enclose|present|provide)\s[^.\n]{1,40}?\s(?:in|inside|within)\s[\"'`$]?$",
    regex.IGNORECASE,
)


def _is_said_again(before: str, value: str, after: str) -> bool:
    """Whether the sentence after an answer's is the same with another value: "Case 2 gives 43."."""
    stop = _SENTENCE_STOP.search(after, 0, 160)
    if stop is None:
        return False
    before = before[before.rfind("\n") + 1 :]
    own = f"{before[start_of_sentence(before) :]}{value}{after[: stop.start()]}"
    other = _SENTENCE_STOP.split(after[stop.end() :], 1)[0]
    return _WORD.search(own) is not None and is_rival(own.strip(" $*"), other.strip(" $*"))


_SENTENCE_STOP = regex.compile(r"(?<![$*])[$*]*+(?:[.;!](?=\s)\s*+|\n\s*+|[.!]$)")
_WORD = regex.compile(r"[^\W\d_]{3}")


def _operates_before(text: str) -> bool:
    """Whether what stands before a box makes another value of it: a sign, a root, a comparison."""
    last = text.rstrip()[-1:]
    operates = last in _SIGNS or last.isdigit() or (last.isalpha() and "\\" in text[-12:])
    return bool(last) and operates and _OPERATES_BEFORE.search(text) is not None


_SIGNS = frozenset("+-−¬√≠≤≥<>{")
_CONTRAST = regex.compile(
    r"[\s$,，;.*(]*+(?:and\s+|but\s+)?+(?:not|rather\s+than|instead\s+of|[而并]?不是|[而并]非)[\s$*]*+"
)
_IS_THAN = regex.compile(
    r"[$*\\)\]]*+\s(?:is|are)\s(?:(?:clearly|therefore|indeed)\s)?(?:larger|greater|bigger|smaller|less|more|longer|shorter|taller|older|younger|heavier|lighter|faster|slower|higher|lower)"
    r"(?:\s[a-z]{3,12}(?<!\b(?:and|but|not)))?\sthan\s[\s$*\\(\[]*+"
)
_NUMBER_OF_ITEM = regex.compile(r"\d|[A-Za-z]\)|[A-Za-z]{4,}(?<!else|also|then)")
_NAMED = regex.compile(r"[A-Za-z](?:_\{?\w\}?)?\s*=\s*$")


def _row_of_boxes(text: str, row: list[Box]) -> Extracted:
    if not row[-1].content:
        return Extracted(None, "the answer is blank")
    start = row[0].start
    if any(_NUMBER_OF_ITEM.search(text, a.end, b.start) for a, b in pairwise(row)):
        return Extracted(", ".join(box.content for box in row))
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
    after = _DEGREES.sub("", text[end : end + 320], count=1)
    if not text[max(0, start - 160) : start].strip() and not after.strip():
        return ""
    how = taken_back(after, value=value)
    if begins_with_part(after):
        how = how or "doubted"
    if not text[:start].strip(" \n$*(\\[") and _AT_ONE_VALUE.match(after):
        how = how or "doubted"
    if how == "a rival" and _is_restated(value, after):
        how = ""
    if how:
        return f"the answer is {how}" if how != "a rival" else "another answer stands beside it"
    before = text[max(0, start - 160) : start]
    if _is_mentioned(before, after):
        return "it is asked for, and not given"
    how = taken_back_before(_as_said(without_base(before, value), value))
    if how:
        said = "another answer is said than what stands there"
        return "the answer is denied" if how == "denied" else said
    near = before.rstrip(" \n$*_(),:;—–-[\\")[-1:]
    if value and near and (near.isdigit() or near in "ABCDEFGHIJ}"):
        line = before[before.rfind("\n") + 1 :]
        stated = announced(line[start_of_sentence(line) :])
        if stated and (_PLAIN_VALUE.fullmatch(stated) or _PLAIN_LATEX.fullmatch(stated)):
            said = stated.strip(" $*(),:;—–-")
            if said.replace(",", "") != value.strip(" $()").replace(",", ""):
                return "another answer stands beside it"
    if value and _is_said_again(before, value, after):
        return "another answer stands beside it"
    said_after = _answer_after(after) if value and _PLAIN_VALUE.fullmatch(value) else ""
    if said_after and _bare(said_after) != _bare(value):
        return "another answer is stated after it"
    return ""


# "when x = 3", behind an answer before which nothing is said: it holds there, and is left open.
_AT_ONE_VALUE = regex.compile(
    r"[$*)\\\]]{0,6}+,?\s(?:when|for|at)\s[$\\(]{0,3}+(?!a\b)[A-Za-z]\s?=\s?[-−]?\d",
    regex.IGNORECASE,
)
_DEGREES = regex.compile(
    r"^\s?(?:\^\s?\{?\\circ\}?|°)(?!\s*+(?:[-−+*/×·^]|\\(?:cdot|times|pm|div)))"
)
_ROUNDED = regex.compile(
    r"(?:(?<![A-Za-z])(?:approximately|about|roughly|around|approx\.?|circa)|≈|\\approx|\\sim)[\s$*({\[\\]*+$",
    regex.IGNORECASE,
)
_DECIMAL = regex.compile(r"\d\.\d")


def _as_said(before: str, value: str) -> str:
    """What stands before a value, without what says of a decimal that it was rounded."""
    if _DECIMAL.search(value) and (rounded := _ROUNDED.search(before, max(0, len(before) - 40))):
        before = before[: rounded.start()]
    if "would" not in before and "could" not in before:
        return before
    start = start_of_sentence(before)
    return f"{before[:start]}{as_it_is(before[start:] + value)[: -len(value) or None]}"


# "We need 42 to divide n", "It remains to show that 42 is prime": the sentence speaks of it.
_ASKED = (
    (
        regex.compile(
            r"\b(?:need(?:s|ed)?|require[sd]?|want(?:s|ed)?|like|expect|force[sd]?|for)\s+[$*(\\\[]*$",
            regex.IGNORECASE,
        ),
        regex.compile(
            r"^[$*)\\\]]*\s+to\s+(?:divide|be(?!\s+(?:able|ready|sure|safe))|equal|satisfy|work|hold|exceed|lie|appear|occur)\b"
        ),
    ),
    (
        regex.compile(
            r"\b(?:require[sd]?\s+that|(?:remains|have|has|need|needs|want|left|try|trying)\s+to\s+(?:show|prove|verify|check|see)(?:\s+that|\s+whether|\s+if)?)\s+[$*(\\\[]*$",
            regex.IGNORECASE,
        ),
        regex.compile(r"^[$*)\\\]]*\s+(?:[a-z]{3,}s|is|has|must|can|cannot|does)\b"),
    ),
)


def _is_mentioned(before: str, after: str) -> bool:
    """Whether a sentence asks something of the answer, or for a proof of it, and gives none."""
    near = before[-40:]
    return any(ahead.search(near) and behind.match(after) for ahead, behind in _ASKED)


_OR_THE_SAME = regex.compile(
    r"[\s$*\\\])]*+(?:,\s*)?\(?(?:or|or\s+equivalently|i\.e\.,?)\s+[$\\(]*(?P<other>\d[\d.,/]*+%?|\\frac\s*\{\d+\}\{\d+\})(?:\\%)?"
)


def _is_restated(value: str, after: str) -> bool:
    """Whether what stands after "or" is the same number once more: 1/2, or 50%."""
    match = _OR_THE_SAME.match(after)
    if match is None:
        return False
    said = exact_number(value)
    return said is not None and exact_number(match["other"].rstrip(".,")) == said


def _bare(value: str) -> str:
    """A plain value without its marks, as it is compared with another one."""
    value = value.strip(" $*(),:;—–-" if value.strip(" $*(")[:1].isalpha() else " $*(),:;").replace(
        ",", ""
    )
    return value.rstrip("0").rstrip(".") if "." in value else value


def _answer_after(text: str) -> str:
    """The plain value that a sentence after the place of an answer announces as the answer."""
    folded = text.casefold()
    if not any(noun in folded for noun in answer_nouns()[0]):
        return ""
    for sentence in _SENTENCES.split(text):
        stated = announced(sentence.strip())
        if stated:
            value = _FIRST_PLAIN.match(stated)
            if value:
                return value[0]
    return ""


_SENTENCES = regex.compile(
    r"\n|(?<=[.!?])\s|[,;]\s+(?:and\s+|but\s+)?+(?:(?:so|thus|hence|therefore),?\s+)?+"
)
_FIRST_PLAIN = regex.compile(
    r"[$*(]*+(?:[-+−]?\d[\d,]*+(?:\.\d++)?+(?![\w/^*+%\\])|[A-J](?!\w))(?!\s*[-+*/^=]\s*\d)"
)
# A digit and a sign reach over nothing, a comparison over spaces and one line break. What closes a
# tag (``<b>``) or begins a line (``> ``) compares nothing.
_OPERATES_BEFORE = regex.compile(
    r"(?:(?:^|[\s=$(])[-−¬√]|(?:[≠≤≥]|\S[^\S\n]*<|[^\s=-](?<!<[/A-Za-z][^<>\n]*)[^\S\n]*>)[^\S\n]*\n?[^\S\n]*|\\(?:neq?|neg|lnot|le|ge|lt|gt|leq|geq|pm|mp|times|cdot)\s*|\\sqrt\s*\{\s*|\\[cdt]?(?:frac|binom)\s?\{(?:[^{}\n]{0,40}\}\s?\{)?\s{0,3}|[\d)}]\s{0,3}\+\s{0,3}|\d)\Z"
)
_OPERATES_AFTER = regex.compile(
    r"(?:\^\s?\{?\\circ\}?|°)?+[ \t]*+(?:\+\s*[\d\\A-Za-z]|[-−]\s*(?:\d|(?-i:[xyzn])(?!\w))|[*/×·]\s*(?:\d|(?-i:[xyzn])(?!\w))|\\(?:times|cdot|pm|pi|sqrt)(?![A-Za-z])|(?-i:i)(?!\w|\.\s?e)|(?:<|≤|\\leq?(?![A-Za-z])|\\lt(?![A-Za-z]))\s*(?-i:[a-z])(?!\w)|\\?%\s+of\s+\d|\^\s*\{?\d|(?-i:[xyzn])(?!\w)|(?:->|→|=>|\\(?:to|implies|mapsto|(?:[Ll]ong)?[Rr]ightarrow)(?![A-Za-z]))\s*\$?(?:[a-z]\s*=\s*)?[-−]?\d)|[,;]?[ \t]++\$?[-−]?\d[\d.,]*+\$?\s*+$"
)
_PLAIN_LATEX = regex.compile(r"[$\s]*+(?=\S*\d)[-+\d\\{}^./a-z]{1,40}+[$\s]*+")
