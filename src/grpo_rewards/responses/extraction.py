"""Finding the final answer in prose: boxes, ``####`` lines, statements ("the answer is 42").

Works on the text after the reasoning; which text that is, `grpo_rewards.responses.layouts` decides.
Answers stand at the end, so that the last mark of one is looked for first; every function here
reads its text a constant number of times, whatever the text is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import regex

from grpo_rewards.responses.commitments import (
    BARE_ANSWER_LENGTH,
    DENIED,
    SHORT,
    STOP,
    Extracted,
    commit,
    nonblank,
    start_of_sentence,
)
from grpo_rewards.responses.endings import (
    unmarked_answer,
)
from grpo_rewards.responses.equations import named_value
from grpo_rewards.responses.first_turns import first_turn
from grpo_rewards.responses.last_sentences import concluded
from grpo_rewards.responses.openings import takes_back
from grpo_rewards.responses.places import (
    answer_nouns,
    boxed_answer,
    hashes,
    inside_answer_tags,
)
from grpo_rewards.responses.records import value_of_key
from grpo_rewards.responses.rejections import disagrees, without_rejections
from grpo_rewards.responses.workings import value_within
from grpo_rewards.wording.announcements import announced, conclusion, rest_start
from grpo_rewards.wording.attributions import somebodys
from grpo_rewards.wording.consequences import bare
from grpo_rewards.wording.courtesies import without_hope
from grpo_rewards.wording.dismissals import dismisses
from grpo_rewards.wording.doubts import about_answer, denied_before
from grpo_rewards.wording.figures import in_plain_figures
from grpo_rewards.wording.markup import (
    EMPHASIS,
    boxes,
    in_one_script,
    unbulleted,
    unescaped,
    without_comments,
)
from grpo_rewards.wording.option_names import option_named
from grpo_rewards.wording.patterns import end_of
from grpo_rewards.wording.qualified import without_base
from grpo_rewards.wording.retractions import taken_back
from grpo_rewards.wording.rivals import is_rival
from grpo_rewards.wording.stated_options import is_condition, leaves_open, stated_option
from grpo_rewards.wording.statements import BECAUSE
from grpo_rewards.wording.vocabulary import OTHER_LETTERS, any_of
from grpo_rewards.wording.walks import opens_walk

__all__ = [
    "freeform_answer",
]


# Marks of an answer, from the last one back ---------------------------------------------------


_WORD_END = regex.compile(r"\w*+")
NEAR = 300
"""Where (characters from the end) the mark of an answer usually stands."""


def _marks(text: str) -> Iterator[tuple[int, str]]:
    """The places where an answer may be announced, the last one first: "box", "####", a noun."""
    plain, others = answer_nouns()
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
    found = _freeform(text)
    if "<!--" in text and found.answer is not None and "<!--" not in found.answer:
        found = _freeform(without_comments(text))  # which say no answer, but take one back
    if found.answer is None or "." not in found.answer:
        return found
    place = text.rfind(found.answer)
    lead = text[text.rfind("\n", 0, max(place, 0)) + 1 : place] if place > 0 else ""
    return Extracted(in_plain_figures(found.answer, lead[-NEAR:]))


def _freeform(text: str) -> Extracted:
    if "\\\\" in text:
        text = unescaped(text)
    if r"\n\n" in text:  # the escapes of a string that was never read as one
        text = _LINE_BREAK.sub("\n", text)
    if not text.isascii():
        text = in_one_script(text)
        for stop in "।۔":
            text = text.replace(stop, "。")
    inside = inside_answer_tags(text)
    if inside.why_not:
        return inside
    whole = without_hope(text if inside.answer is None else inside.answer)
    whole = first_turn(whole, _gives_answer)
    if whole[-24:].rstrip("$. \n")[-1:] in tuple("exdD∎") and (
        ended := _PROVED.search(whole, max(0, len(whole) - 24))
    ):
        whole = whole[: ended.start()]
    if whole[-1:] > "\u2000":
        whole = whole[:-LONGEST_SIGNS] + _SIGNS_AT_END.sub("", whole[-LONGEST_SIGNS:])
    kept, labels = without_rejections(whole)
    if kept and kept != whole:
        found = _read(kept, is_tagged=inside.answer is not None)
        if disagrees(found, labels):
            return Extracted(None, "the option is rejected behind it")
        if found.answer is not None:
            return found
    return _read(whole, is_tagged=inside.answer is not None)


def _read(whole: str, *, is_tagged: bool) -> Extracted:
    """The answer of a text without what stands around it."""
    tail = whole[-60:]
    picked = _PICK_AT_END.search(tail) if "选" in tail or "選" in tail else None
    if picked:
        return Extracted(picked["letters"])
    begins = whole.lstrip()[:1]
    first = _FIRST_LINE.match(whole) if begins in _FIRST_SIGNS or begins > "z" else None
    if first and not _says_another(first["letter"], first["why"]):
        return Extracted(first["letter"])
    found = _marked_answer(whole)
    if found is not None:
        below = _bold_below(whole) if found.answer is None else _label_below(whole, found.answer)
        return below or found
    if is_tagged:
        return _of_content(whole.strip())
    return unmarked_answer(whole.strip())


# A working, or sentences of which the last one concludes.
_WORKING = regex.compile(
    r"[\d)%$]\s*+=\s*+\\?[-−$€£]{0,2}+(?:(?<=[-−$€£])\s*+)?\d|\d\s?/\s?[a-z]++\s*+=|[.!]\s++\S"
)
_WORD = regex.compile(r"(?<![\\\w])[^\W\d_]{3,}")
MIN_WORDS = 2
"""The fewest words of a working that is more than a formula, which is judged as one."""


def _of_content(text: str) -> Extracted:
    """The answer of what stands between answer tags: a text, unless it is a working of its own."""
    last = text[text.rfind("\n") + 1 :].strip()
    is_working = _WORKING.search(last) if last == text else conclusion(last)
    if not is_working or len(_WORD.findall(last)) < MIN_WORDS:
        return commit(text)
    return concluded(last) or commit(text)


_LINE_BREAK = regex.compile(r"(?<!\\)\\n(?![a-z])")
_BOLD_LINE = regex.compile(r"\n[ \t]*+\n\*\*(?P<value>[^*\n]{1,40})\*\*[.]?\s*$")


def _bold_below(text: str) -> Extracted | None:
    """The bold line below a statement that says what the answer is not, if it says another thing."""
    match = _BOLD_LINE.search(text, max(0, len(text) - 60)) if "**" in text[-6:] else None
    if match is None or match["value"] in text[max(0, match.start() - NEAR) : match.start()]:
        return None
    return commit(match["value"])


_PROVED = regex.compile(
    r"(?<!\s)\s++(?:\$\s?)?(?:\\(?:blacksquare|square|Box|qed)|∎|Q\.?E\.?D\.?)\s*+\$?\s*+$"
)
_SIGNS_AT_END = regex.compile(r"(?:(?![✗✘❌❎⛔🚫👎🤷❓❔Ⓐ-ⓩ])[\p{So}\p{Sk}\ufe0f\u200d])++\s*+$")


_LETTER = regex.compile(r"[(*]*+[A-J][)*.]*+")
_HEADING = regex.compile(
    rf"(?<![*_\s])[*_\s]*+{any_of('explains')}[*_ \t]*+[:：][*_\s]*+", regex.IGNORECASE
)
LONGEST_SIGNS = 24
"""How many little pictures at the end are taken off."""


def _gives_answer(text: str) -> bool:
    """Whether a text marks an answer, or its last sentence concludes one."""
    found = _marked_answer(text)
    if found is None:
        last = text[text.rfind("\n") + 1 :].strip()
        found = unmarked_answer(text.strip()) if last != text.strip() else concluded(last)
    return found is not None and found.answer is not None


_LABEL_LINE = regex.compile(
    r"\n[ \t*]*+(?:A|Ans)[*]*+\s?[:.][* ]*+(?P<value>[-−]?[$€£]?\d[\d,]*+(?:\.\d++)?+%?)[*.]*+\s*$"
)
MAX_WORDS = 3
"""An announced text of more words is a sentence, below which its value may stand."""


def _label_below(text: str, announced_text: str) -> Extracted | None:
    """The number behind the label of a last line, below an announced sentence: "A: 42"."""
    states_another = announced_text.lstrip("$€£*( -")[:1].isdigit()
    if states_another or len(announced_text.split()) <= MAX_WORDS:
        return None
    match = _LABEL_LINE.search(text, max(0, len(text) - 60))
    return commit(match["value"]) if match else None


# "故选：D" at the end says it, whatever stands before.
_PICK_AT_END = regex.compile(
    r"(?:故|应|應|因此|所以|本题|此题|综上|^|[\n。，,；;])(?:本题)?(?:应|應)?[选選](?:择|擇)?(?:选项|项)?[:：]?\s*+[(（]?(?P<letters>[A-J]{1,8})[)）]?(?:选项|项)?[\s.。．*]*$"
)
# An option on the first line, then why.
_FIRST_SIGNS = tuple("(*ABCDEFGHIJOabcdefghijo")
_FIRST_LINE = regex.compile(
    r"\s*+(?:(?:答案)?[选選](?:择|擇|项|項)?[:：]?\s*+(?P<letter>[A-J])[。.,，;；]\s*+(?P<why>(?:因为|理由|由于|根据).*)$"
    rf"|[(*]*+(?:(?:correct\s+)?(?:option|choice|answer)[*]*+\s*+[:：][*]*+\s*+[(*]*+)?(?P<letter>[A-J]|{OTHER_LETTERS})(?:[*]*+[).:．、]++[*]*+[^\n]*+)?[*)]*+\n\s*+[*#_\s]*+"
    rf"(?P<why>{any_of('explains')}[*_ \t]*+(?:[:：]|\n|is\b).*)$)",
    regex.IGNORECASE | regex.DOTALL,
)


def _says_another(letter: str, why: str) -> bool:
    """Whether the reasons below an option take it back, or name another one."""
    reasons = why[end_of(_HEADING, why) :]
    if taken_back(f". {why[:200]}", value=letter) or takes_back(reasons, letter):
        return True
    found = _marked_answer(reasons)
    named = _LETTER.match(found.answer) if found is not None and found.answer else None
    return named is not None and named[0].strip("()*.") != letter.upper()


def _marked_answer(text: str) -> Extracted | None:
    """What the last mark in a text gives, if it gives anything."""
    denied: Extracted | None = None
    for place, kind in _marks(text):
        if kind == "box":
            found: Extracted | None = boxed_answer(text)
            if found is not None:
                return _with_option_behind(text, found)
            continue
        if kind == "####":
            found = _hash_line(text)
        elif place > text.find("box") >= 0 and any(
            box.start < place < box.end for box in boxes(text)
        ):
            return boxed_answer(text)
        else:
            found = _statement(text, place, kind)
        if found is None:
            continue
        if found.why_not == DENIED and denied is None:
            denied = found  # unless a box before it says what it is
            continue
        return denied or found
    return denied


_OPTION_BEHIND = regex.compile(
    r"\}[\s$)\]\\.*]*+[(,–—-]*+\s*+(?:which\s+(?:is|corresponds\s+to|matches)\s+)?(?:option|choice)\s+[(*]*+(?P<letter>(?-i:[A-J]))[)*]*+[\s).*]*$",
    regex.IGNORECASE,
)


def _with_option_behind(text: str, found: Extracted) -> Extracted:
    r"""A boxed value with the option that is named behind it: "\boxed{42} (Option C)"."""
    behind = _OPTION_BEHIND.search(text, max(0, len(text) - 80)) if found.answer else None
    if behind is None:
        return found
    value = str(found.answer).strip(" ().")
    if len(value) == 1 and value.isalpha():
        rival = value.upper() != behind["letter"]
        return Extracted(None, "the statement offers several answers") if rival else found
    return Extracted(f"({behind['letter']}) {found.answer}")


def _hash_line(text: str) -> Extracted | None:
    lines = hashes(text)
    if not lines:
        return None
    match = lines[-1]
    value = str(match["value"]).strip()
    if len(lines) > 1 and not text[lines[-2].end() : match.start()].strip():
        earlier = str(lines[-2]["value"]).strip()
        if is_rival(earlier, value):
            return Extracted(None, "several answers are stated")
    if not announced(value) and not value.rstrip(":").strip().isalpha():
        return commit(value, text[match.end() :])
    if value.rstrip(":*").casefold().endswith(("answer", "solution", "result")):
        return None  # a heading
    return commit(announced(value) or value, text[match.end() :])


# Statements -----------------------------------------------------------------------------------

_SENTENCE_END = regex.compile(
    r"[.!?](?=[*_)\"'\]]*+(?:\s+(?-i:[*_]{0,2}+[\p{Lu}(\[\"])|\s*+$))|\n|[。！？]|\s(?:because|since)\s|,\sso\s|，所以"
    rf"|[,，、،]\s*(?:{BECAUSE})(?!\w)",
    regex.IGNORECASE,
)
_LABEL_ONLY = regex.compile(
    r"[ \t*_:：#】」\]\"']*+(?:is|are)?[ \t*_:：]*+\n\s*+(?:[=-]{3,}+[ \t]*+\n\s*+)?"
)
_WORDS_BEFORE = regex.compile(
    r"[\s>*_#\d.)(`\"'【\[-]*+(?:[^\W\d_]++[\s'’]*+){0,6}+[\s*_`\"'【\[]*+"
)
_DISPLAY = regex.compile(
    r"\s*+(?:\$\$(?P<dollars>[^$]*+)\$\$|\\\[(?P<brackets>.*?)\\\]|\$(?P<inline>[^$\n]++)\$(?=\s*+(?:$|[.\n])))",
    regex.DOTALL,
)
_FENCED = regex.compile(
    r"\s*+(?:```[\w+-]*+\n(?P<inside>[^`]{1,400}+)```|\"\"\"\n(?P<inside>[^\"]{1,400}+)\"\"\"|'''\n(?P<inside>[^']{1,400}+)''')"
)
_SO = regex.compile(r"^|,\s(?:so|thus|hence|therefore)\s")
_ANSWER_AFTER = regex.compile(
    r"(?P<lead>.*?)(?<!\s)\s++(?:is|are|为|是)\s+(?:therefore\s+)?(?:the|my|our)\s+(?:final\s+|correct\s+|right\s+|best\s+)*$",
    regex.IGNORECASE | regex.DOTALL,
)


_WHY_BEHIND = regex.compile(r"[*_]*+,?\s+(?:because|since|as\s+(?:it|this|that|these|they|the))\b")
_PRONOUN = regex.compile(
    r"\W*(?:(?:and|so|thus|hence)\s+)?(?:this|that|it|which|these|the\s+(?:above|former|latter))\W*",
    regex.IGNORECASE,
)
_NO_OTHER = re.compile(r"(?:no|any)\s+other\s+$", re.IGNORECASE)
_IS_VERB = regex.compile(
    r"(?:can|could|will|would|might|may|should|must|cannot|to)(?:\s+(?:best|also|now|then|only))?\s+$",
    regex.IGNORECASE,
)  # "the question that it can answer is"
_VERB_BEFORE = tuple(
    "can could will would might may should must cannot to best also now then only".split()
)


def _is_verb(before: str) -> bool:
    """Whether the word for "answer" behind a text is a verb: "the question that it can answer is"."""
    last = before.rstrip().casefold()
    return last.endswith(_VERB_BEFORE) and _IS_VERB.search(before) is not None


_POINTING = frozenset(("this", "that", "it", "which", "so this", "so that", "here", "thus this"))
_ASSESSED_WRONG = regex.compile(
    r"(?:clearly\s+|therefore\s+|thus\s+)?(?:wrong|incorrect|mistaken|off)\b", regex.IGNORECASE
)
_ASSESSED = regex.compile(
    r"(?:indeed\s+|thus\s+|therefore\s+)?(?:consistent|reasonable|verified|confirmed|clear|straightforward|unique|as\s+follows|below|shown|positive|negative|expected|required|not\s+obvious|an?\s+(?:positive\s+|single\s+)?(?:integer|number|letter|fraction)|in\s+terms\s+of|correct|right|plausible)\b[^\n\d$\\]{0,60}?[.!:]*+\s*+",
    regex.IGNORECASE,
)
_VERB_FIRST = regex.compile(r"\b(?:ist|lautet|wäre)\s+(?:die|das|meine|unsere)\s+(?:\w+\s+)?$")


def _option_stated(
    text: str, line_start: int, sentence_start: int, noun_end: int
) -> Extracted | None:
    """The option that a sentence states by its label, if it does, and asks nothing."""
    end = _STATEMENT_END.search(text, noun_end)
    said = text[sentence_start : end.start() if end else len(text)]
    asks = end is not None and end[0] == "?"
    option = None if asks else stated_option(said[end_of(_HEADING, said) :])
    if option is None:
        return None
    if _is_said_twice(text, line_start, sentence_start, noun_end):
        return Extracted(None, "several answers are stated")
    return commit(option, text[end.start() :] if end else "")


def _statement(text: str, place: int, noun: str) -> Extracted | None:
    """What the statement gives whose noun stands at a place; ``None`` where it is no statement."""
    start = place
    while (
        start
        and "A" <= text[start - 1] < "\u3000"
        and text[start - 1].isalpha()
        and start > place - 20
    ):
        start -= 1
    if start and text[start - 1] in "不非誤误错오":
        return Extracted(None, DENIED)  # 不正解, 오답: a wrong answer
    noun_end = max(_end_of_noun(text, place), place + len(noun) * (" " in noun))
    if opens_walk(text, start, noun_end):
        return None
    of_key = value_of_key(text, start, noun_end)
    if of_key is not None:
        return of_key
    line_start = text.rfind("\n", max(0, start - 2 * BARE_ANSWER_LENGTH), start) + 1
    line_start = line_start or max(0, start - 2 * BARE_ANSWER_LENGTH)
    label = _LABEL_ONLY.match(text, noun_end)
    holds = label and (":" in label[0] or "：" in label[0] or text[label.end() :].strip())
    if label and holds and _WORDS_BEFORE.fullmatch(text, line_start, start):
        return _under_label(text[label.end() :], text[max(0, start - NEAR) : start])
    before = text[max(0, start - 24) : start]
    if _NO_OTHER.search(before) or (text.startswith(" is", noun_end) and _is_verb(before)):
        return None
    sentence_start = line_start + start_of_sentence(text[line_start:start])
    before = text[sentence_start:start]
    if is_condition(text, noun_end):
        return None
    option = _option_stated(text, line_start, sentence_start, noun_end)
    if option is not None:
        return option
    rest = rest_start(text, noun_end)
    if rest < 0:
        return _named_before(text, noun_end, sentence_start, before)
    value = text[rest : rest + SHORT]
    if denied_before(without_base(text[max(0, start - 160) : start], value)) or about_answer(
        without_base(text[sentence_start:rest], value)
    ):
        return Extracted(None, DENIED)
    if (somebodys(before) and _LABEL_OR_WORD.match(value)) or _PEOPLE_ANSWER.search(before):
        return Extracted(None, DENIED)
    if _ASSESSED_WRONG.match(text, rest):
        return Extracted(None, DENIED)
    instead = _INSTEAD.match(text, rest)
    if instead and instead["label"] not in instead["others"]:
        return commit(instead["label"], text[instead.end("label") :])
    line_end = text.find("\n", rest)
    if _ASSESSED.fullmatch(text, rest, line_end if line_end >= 0 else len(text)):
        return None  # "so the answer is consistent" gives none
    if _is_said_twice(text, line_start, sentence_start, rest) or _is_alternative(
        text, sentence_start, rest
    ):
        return Extracted(None, "several answers are stated")
    return _stated(text[rest:], text[max(0, sentence_start - NEAR) : sentence_start])


def _named_before(text: str, noun_end: int, start: int, before: str) -> Extracted | None:
    """What a sentence names before the word for "answer": "B is the answer because it is old"."""
    end = _STATEMENT_END.search(text, noun_end)
    behind = text[end.start() :] if end else ""
    said = text[start : end.start() if end else len(text)]
    named = option_named(said[end_of(_HEADING, said) :])
    if named:
        return commit(named, behind)
    if _VERB_FIRST.search(before) and text[noun_end : noun_end + 1] == " ":
        of_another = denied_before(before) or about_answer(f"{text[start:noun_end]} ")
        return Extracted(None, DENIED) if of_another else _stated(text[noun_end:])
    after = _ANSWER_AFTER.fullmatch(before) if len(before) < BARE_ANSWER_LENGTH else None
    ends = text[noun_end : noun_end + 2].strip(" .!*_)")[:1] in ("", "\n", "t")
    if text.startswith(" that ", noun_end) and dismisses(said[noun_end - start :]):
        return None
    why = None if behind.startswith("?") else _WHY_BEHIND.match(text, noun_end)
    if after is None or not (ends or why):
        return None
    lead = str(after["lead"])
    if _PRONOUN.fullmatch(lead) or lead.strip(" *_,").casefold() in _POINTING:
        return None  # which speaks of an answer that is given elsewhere
    if why and leaves_open(said[noun_end - start :]):
        return Extracted(None, "the statement is doubted")
    lead = lead[max(0, *(match.end() for match in _SO.finditer(lead))) :]
    found = commit(conclusion(lead) or lead, behind)
    return commit(found.answer, text[noun_end:]) if found.answer and why else found


def _end_of_noun(text: str, place: int) -> int:
    """Where the word for "answer" ends that begins at a place, or has a part of itself there."""
    unspaced = _thai_noun().match(text, place) if "ก" <= text[place] < "\u0e80" else None
    noun_end = end_of(_WORD_END, text, place) if text[place] < "\u3000" else place
    noun_end = unspaced.end() if unspaced else noun_end
    if noun_end == place:
        noun_end = place + 1
        while noun_end < len(text) and text[noun_end] in "案え정답解正":
            noun_end += 1
    elif text[place] >= "\u1000":
        noun_end = place + len(text[place:noun_end].rstrip("은는이가"))
    return noun_end


@cache
def _thai_noun() -> regex.Pattern[str]:
    """A word for "answer" that no space parts from the words after it."""
    return regex.compile(any_of("announces", language="th"))


_CLAUSES = regex.compile(r"[,;]\s+")
_SENTENCES = regex.compile(r"[.!?]\s+|[。！？]\s*")


def _is_said_twice(text: str, line_start: int, sentence_start: int, rest: int) -> bool:
    """Whether the sentence before a statement, or a clause of it, is the same with another value."""
    end = _STATEMENT_END.search(text, rest)
    stop = end.start() if end else len(text)
    if stop - sentence_start > 2 * BARE_ANSWER_LENGTH:
        return False
    above = text[max(0, line_start - BARE_ANSWER_LENGTH) : line_start].rstrip()
    *sentences, sentence = _SENTENCES.split(text[line_start:rest])
    *earlier, clause = _CLAUSES.split(sentence)
    if not earlier:
        earlier = sentences[-1:] or [above[above.rfind("\n") + 1 :]]
    return any(is_rival(part.strip(), f"{clause}{text[rest:stop]}".strip()) for part in earlier)


# "not C. It is B.", behind "the answer is".
_INSTEAD = regex.compile(
    r"not\s+(?P<others>[(*]{0,3}[A-J](?!\w)[^.;\n\w]*+(?:(?:(?:or|nor|and)\s+)?[(*]{0,3}[A-J](?!\w)[^.;\n\w]*+){0,4})[.;,]?\s+(?:[Ii]t|[Tt]hat)(?:['’]s|\s+is|\s+must\s+be|\s+has\s+to\s+be)\s+[(*]{0,3}(?P<label>[A-J])[)*]{0,3}(?=[.!]|\s*(?:$|\n))"
    r"|(?:pas|nicht|no|não|non|не|nie|niet)\s+(?P<others>[(*]{0,3}[A-J])[)*]{0,3},?\s+(?:mais|sondern|sino|mas\s+sim|ma|bensì|а|maar|lecz)\s+(?:(?:la|l['’]option|die)\s+)?[(*]{0,3}(?P<label>[A-J])[)*]{0,3}(?=[.!]|\s*(?:$|\n))"
)
_LABEL_OR_WORD = regex.compile(
    r"[\s(*\[]*+(?:[A-J](?!\w)|no(?!\w)|[^\W\d_]{3,}(?:\s\S+){0,2}[.!]?\s*(?:$|\n))",
    regex.IGNORECASE,
)
_PEOPLE_ANSWER = regex.compile(
    r"\b(?:students|people|many|most|some|others|readers|children|they)\s+(?:(?:would|will|might|often|usually|typically|sometimes|wrongly|incorrectly)\s+)*$",
    regex.IGNORECASE,
)


_ALTERNATIVE = regex.compile(
    r"\W*(?:(?:or|and)\s+)?(?:alternatively|on\s+the\s+other\s+hand|or\s+else|otherwise|alternativ|alternativement|alternativamente|ou\s+bien|o\s+bien|либо|或者|あるいは|또는|hoặc)[,，、\s][^.!?\n\d]{0,40}$",
    regex.IGNORECASE,
)


def _is_alternative(text: str, start: int, rest: int) -> bool:
    """Whether a statement is set beside another one before it, which gives another answer."""
    if not _ALTERNATIVE.match(text[start:rest]):
        return False
    earlier = _marked_answer(text[max(0, start - MOST_ABOVE) : start])
    if earlier is None or earlier.answer is None:
        return False
    said = _stated(text[rest:]).answer or ""
    return bare(earlier.answer) != bare(said)


MOST_ABOVE = 1_000
"""How far (characters) above a statement another one is looked for."""


_STATEMENT_END = regex.compile(r"[.!?;](?=\s|$)|\n")


def _under_label(text: str, before: str) -> Extracted | None:
    """The answer under a heading or a label that stands alone on its line."""
    display = _DISPLAY.match(text) or _FENCED.match(text)
    if display:
        inside = next(group for group in display.groups() if group is not None)
        return commit(inside, text[display.end() :])
    paragraph, _, more = text.strip().partition("\n\n")
    if more and (len(paragraph) > SHORT or STOP.search(paragraph)):
        return None  # a heading over a solution
    if paragraph.rstrip().endswith(":"):
        paragraph = "\n".join(text.strip().split("\n\n", 2)[:2])
    if "\n" in paragraph.strip() or len(paragraph) > 2 * BARE_ANSWER_LENGTH:
        return nonblank(paragraph.strip())
    return _stated(paragraph, before)


_GUESSED = regex.compile(
    r"\bi\s+(?:guess|suppose)\b|\bnot\s+(?:so\s+|quite\s+|entirely\s+|completely\s+)?sure\b(?!\s+(?:why|how))|\bunsure\b",
    regex.IGNORECASE,
)


def _behind_reason(value: str, reason: str) -> Extracted | None:
    """What is wrong with an answer whose reason ends in a guess, or is followed by another answer."""
    end = _STATEMENT_END.search(reason)
    said = reason[: end.start()] if end else reason
    if (end and end[0] == "?") or _GUESSED.search(said):
        return Extracted(None, "the statement is doubted")
    found = commit(value, reason[end.start() :]) if end else None
    return found if found and found.answer is None else None


_ITEMS = regex.compile(r"(?P<mark>[-*•])\s[^\n]++\n\s*+(?P=mark)\s")
_CORNERED = regex.compile(
    r"(?:「[^「」\n]{1,80}」[^「」\n。]{0,20}である)?「(?P<inside>[^「」\n]{1,200})」(?:です|である|だ|となります|となる|になります)?[。.]?\s*+(?=$|\n)"
)


def _stated(text: str, before: str = "") -> Extracted:
    text = text.lstrip()
    if text[:1] in "-*•" and _ITEMS.match(text):
        return Extracted(None, "the statement offers several answers")
    text = unbulleted(text)
    cornered = _CORNERED.match(text)
    if cornered:
        return commit(cornered["inside"], text[cornered.end() :])
    found = boxes(text[: BARE_ANSWER_LENGTH * 2])
    if found and not text[: found[0].start].strip(EMPHASIS + "\\[("):
        return nonblank(found[0].content)
    display = _DISPLAY.match(text) or _FENCED.match(text)
    if display and next(group for group in display.groups() if group is not None).strip():
        inside = next(group for group in display.groups() if group is not None)
        return commit(inside, text[display.end() :])
    end = _SENTENCE_END.search(text)
    if end is None:
        return commit(named_value(text.rstrip()) or text)
    said = commit(text[: end.start()], text[end.start() :])
    if said.answer is not None and end[0].strip(" ,，、،")[:1].isalpha():
        said = _behind_reason(text[: end.start()], text[end.start() :]) or said
    sentence = text[: end.start()].strip() if said.answer is not None else ""
    within = (named_value(sentence) or value_within(sentence, before)) if sentence else None
    return Extracted(within) if within else said
