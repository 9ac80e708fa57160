"""Finding the final answer in prose: boxes, ``####`` lines, statements ("the answer is 42").

Works on the text after the reasoning; which text that is, `grpo_rewards.responses.layouts` decides.
Answers stand at the end, so that the last mark of one is looked for first; every function here
reads its text a constant number of times, whatever the text is.
"""

from __future__ import annotations

import regex

from grpo_rewards.responses.announced_answers import HEADING_OF_REASONS
from grpo_rewards.responses.commitments import DENIED, NEAR, Extracted, commit
from grpo_rewards.responses.elements import last_element
from grpo_rewards.responses.endings import unmarked_answer
from grpo_rewards.responses.first_turns import first_turn
from grpo_rewards.responses.last_sentences import concluded
from grpo_rewards.responses.marks import marked_answer
from grpo_rewards.responses.openings import takes_back
from grpo_rewards.responses.places import inside_answer_tags
from grpo_rewards.responses.plain_endings import plain_ending
from grpo_rewards.responses.rejections import disagrees, without_rejections
from grpo_rewards.wording.announcements import conclusion, unbracketed
from grpo_rewards.wording.courtesies import without_hope
from grpo_rewards.wording.figures import in_plain_figures, with_plain_separators, without_turkish_be
from grpo_rewards.wording.markup import (
    in_one_script,
    unescaped,
    without_closing_hashes,
    without_comments,
)
from grpo_rewards.wording.patterns import end_of
from grpo_rewards.wording.retractions import taken_back
from grpo_rewards.wording.vocabulary import OTHER_LETTERS, any_of

__all__ = ["freeform_answer"]


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
    text = without_closing_hashes(text)
    if not text.isascii():
        text = in_one_script(text)
        for stop in "।۔":
            text = text.replace(stop, "。")
        text = with_plain_separators(text)
    if "[" in text:
        text = unbracketed(text)
    inside = inside_answer_tags(text)
    if inside.why_not:
        return inside
    whole = without_hope(text if inside.answer is None else inside.answer)
    whole = first_turn(whole, _gives_answer)
    if whole[-24:].rstrip("$. \n")[-1:] in tuple("exdD∎") and (
        ended := _PROVED.search(whole, max(0, len(whole) - 24))
    ):
        whole = whole[: ended.start()]
    if whole[-3:].rstrip(". \n")[-1:] in ("]", ")"):
        whole = whole[:-LONGEST_SIGNS] + _NOTED_AT_END.sub("", whole[-LONGEST_SIGNS:])
    if whole[-8:].rstrip("*. \n")[-1:] == "r":
        whole = whole[:-LONGEST_SIGNS] + without_turkish_be(whole[-LONGEST_SIGNS:])
    if whole[-1:] > "\u2000":
        whole = whole[:-LONGEST_SIGNS] + _SIGNS_AT_END.sub("", whole[-LONGEST_SIGNS:])
    plain = plain_ending(whole)
    if plain is not None and _option_and_reasons(whole) is None:
        return Extracted(plain)
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
        start = picked.start() + (picked[0][0] in "\n。，,；;")
        if _picked_elsewhere(tail[:start], picked["letters"]):
            return Extracted(None, DENIED)
        return Extracted(picked["letters"])
    first = _option_and_reasons(whole)
    if first and not _says_another(first["letter"], first["why"]):
        return Extracted(first["letter"])
    element = last_element(whole)
    if element is not None:
        return element
    found = marked_answer(whole)
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
# A citation, and what an answer is worth: "42 [1]", "42 (2 marks)".
_NOTED_AT_END = regex.compile(
    r"(?:(?<=[.!])|(?<=[\d%)}$*a-z])\s)(?:\s?\[[1-9]\]){1,3}+[.]?\s*+$|\s[(\[][1-9]\d?\s(?:marks?|points?|pts)[)\]][.]?\s*+$"
)
_SIGNS_AT_END = regex.compile(r"(?:(?![✗✘❌❎⛔🚫👎🤷❓❔Ⓐ-ⓩ])[\p{So}\p{Sk}\ufe0f\u200d])++\s*+$")


_LETTER = regex.compile(r"[(*]*+[A-J][)*.]*+")
LONGEST_SIGNS = 24
"""How many little pictures at the end are taken off."""


def _gives_answer(text: str) -> bool:
    """Whether a text marks an answer, or its last sentence concludes one."""
    found = marked_answer(text)
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
# "有人认为应选B", "A最合适，应选B": what others pick, how it looks, another option that is called right.
_PICKED_ELSEWHERE = regex.compile(
    r"(?:有人|(?<![我本]|本人)认为|以为|表面上?看?|看起来|看似|似乎|乍看|不能说?|不该|不可|难说)[，,]?$|(?:如果|假如|假设|倘若|要是|若)[^。；;]{1,40}[，,]$"
)
_CALLED_RIGHT = regex.compile(
    r"(?P<letter>[A-J])(?:选?项)?(?:是|为)?(?:最[^，。,；;]{1,3}|正确|对)的?[，,]$"
)


def _picked_elsewhere(before: str, letters: str) -> bool:
    """Whether what stands before "应选B" picks for others, or calls another option right."""
    other = _CALLED_RIGHT.search(before)
    return bool(_PICKED_ELSEWHERE.search(before) or (other and other["letter"] not in letters))


# An option on the first line, then why.
_FIRST_SIGNS = tuple("(*ABCDEFGHIJOabcdefghijo")
_FIRST_LINE = regex.compile(
    r"\s*+(?:(?:答案)?[选選](?:择|擇|项|項)?[:：]?\s*+(?P<letter>[A-J])[。.,，;；]\s*+(?P<why>(?:因为|理由|由于|根据).*)$"
    rf"|[(*]*+(?:(?:correct\s+)?(?:option|choice|answer)[*]*+\s*+[:：][*]*+\s*+[(*]*+)?(?P<letter>[A-J]|{OTHER_LETTERS})(?:[*]*+[).:．、]++[*]*+[^\n]*+)?[*)]*+\n\s*+[*#_\s]*+"
    rf"(?P<why>{any_of('explains')}[*_ \t]*+(?:[:：]|\n|is\b).*)$)",
    regex.IGNORECASE | regex.DOTALL,
)


def _option_and_reasons(text: str) -> regex.Match[str] | None:
    """The option that a text begins with, and why, if it does."""
    begins = text.lstrip()[:1]
    return _FIRST_LINE.match(text) if begins in _FIRST_SIGNS or begins > "z" else None


def _says_another(letter: str, why: str) -> bool:
    """Whether the reasons below an option take it back, or name another one."""
    reasons = why[end_of(HEADING_OF_REASONS, why) :]
    if taken_back(f". {why[:200]}", value=letter) or takes_back(reasons, letter):
        return True
    found = marked_answer(reasons)
    named = _LETTER.match(found.answer) if found is not None and found.answer else None
    return named is not None and named[0].strip("()*.") != letter.upper()
