"""Finding the final answer in prose: boxes, ``####`` lines, statements ("the answer is 42").

Works on the text after the reasoning; which text that is, `grpo_rewards.responses.layouts` decides.
Every function here reads its text a constant number of times, whatever the text is.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from grpo_rewards.wording.markup import Box, boxes, rival_boxes

__all__ = ["Extracted", "freeform_answer", "hashes"]

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
    return list(_HASHES.finditer(text))


_ANSWER_TAGS = regex.compile(r"<(/?)(?:solution|answer)>|\[(/?)answer\]", regex.IGNORECASE)

# A statement is "answer" and a copula or colon, Markdown emphasis allowed around either.
_STATEMENT = regex.compile(
    r"(?:\b(?:final|correct)\s+answer\s*+\*{2,3}+\s*+(?=\S)"
    r"|\banswers?+[*_]*+\s*+(?:[:=]|\b(?:is|are|would\s+be|should\s+be)\b|(?<=\*)\s)[\s*_:]*+"
    r"|(?<!#)####(?!#)[ \t]*+)",
    regex.IGNORECASE,
)
_LABELLED_LINE = regex.compile(
    r"^[ \t>*_#-]*+(?:(?:so|thus|hence|therefore),?\s+)?+(?:(?:the|final|correct)\s+)*+"
    r"answers?+[*_]*+\s*+(?:is\b|:)[\s*_:]*+"
    r"|^####(?!#)[ \t]*+",
    regex.IGNORECASE | regex.MULTILINE,
)
_SENTENCE_END = regex.compile(r"[.!?](?=\s+\p{Lu}|\s*+$)|\n|,?\s(?:because|since)\s|,\s(?:as|so)\s")
_NEGATION = regex.compile(r"(?:is\s+|are\s+)?(?:not|never|isn't|n't|neither)\b", regex.IGNORECASE)
_PLAIN_ITEM = r"\s*+\$?(?:[-+−]?[\d.,/]*\d%?|[A-Za-z]\b)\$?\s*+"
_HEDGE = regex.compile(
    rf"(?:either\b)?{_PLAIN_ITEM}(?:,{_PLAIN_ITEM})*+,?\s*+\bor\b.*",
    regex.IGNORECASE | regex.DOTALL,
)
# What denies a statement, or a box, that follows it in the same sentence.
_DENIED = regex.compile(
    r"(?:\b(?:not|never|cannot|wrong|incorrect|false|neither|doubt)\b|n't\b)[^.!?\n]*+$",
    regex.IGNORECASE,
)
_BOX_DENIED = regex.compile(
    r"(?:\b(?:not|never|cannot|neither)\b|n't\b)(?:\s+(?:be|equal|to|is))*+[\s$:(\[\\]*+$",
    regex.IGNORECASE,
)
BEFORE = 60
"""How far back (characters) a denial is looked for."""


def freeform_answer(text: str) -> Extracted:
    r"""The answer of a text that promised no layout.

    In this order: the content of the one pair of answer tags; a line labelled as the answer after
    the last box; the last box; the last statement ("the answer is", "Answer:", ``####``); the
    whole text, when it is one short line. Different boxes side by side, hedges and negations are
    no answer.

    Example:
        >>> freeform_answer(r"So it is \boxed{42}, as we wanted.").answer
        '42'
        >>> freeform_answer("The answer is 40, 41 or 42.")
        Extracted(answer=None, why_not='the statement offers several answers')
    """
    inside = _inside_answer_tags(text)
    if inside.why_not:
        return inside
    whole = text if inside.answer is None else inside.answer
    found = boxes(whole)
    if found:
        label = _last_match(_LABELLED_LINE, whole, found[-1].end)
        if label is None:
            return _boxed(whole, found)
        return _stated(whole[label.end() :])
    if inside.answer is not None:
        return _committed(whole)
    statement = _last_match(_STATEMENT, text)
    if statement is not None:
        if _DENIED.search(text[max(0, statement.start() - BEFORE) : statement.start()]):
            return Extracted(None, "the statement says what the answer is not")
        return _stated(text[statement.end() :])
    bare = text.strip()
    if not bare:
        return Extracted(None, "the response is blank")
    if "\\boxed" in bare:
        return Extracted(None, "a box never closes")
    if "\n" in bare or len(bare) > BARE_ANSWER_LENGTH:
        return Extracted(None, "no box, no statement of an answer, and more text than an answer")
    return _committed(bare)


def _inside_answer_tags(text: str) -> Extracted:
    tags = list(_ANSWER_TAGS.finditer(text))
    closing = [tag for tag in tags if tag[1] or tag[2]]
    if not tags:
        return Extracted(None)
    if len(tags) == 2 and closing == tags[1:]:
        return Extracted(text[tags[0].end() : tags[1].start()].strip())
    return Extracted(None, "the answer tags are not one pair")


def _boxed(text: str, found: list[Box]) -> Extracted:
    if rival_boxes(text, found):
        return Extracted(None, "different boxes are offered side by side")
    if _BOX_DENIED.search(text[max(0, found[-1].start - BEFORE) : found[-1].start]):
        return Extracted(None, "the text says what the answer is not")
    return _nonblank(found[-1].content)


def _stated(text: str) -> Extracted:
    text = text.lstrip()
    found = boxes(text[: BARE_ANSWER_LENGTH * 2])
    if found:
        return _nonblank(found[0].content)
    end = _SENTENCE_END.search(text)
    return _committed(text[: end.start()] if end else text)


def _committed(text: str) -> Extracted:
    text = text.strip().strip("*_`").strip()
    if _NEGATION.match(text):
        return Extracted(None, "the statement says what the answer is not")
    if _HEDGE.fullmatch(text):
        return Extracted(None, "the statement offers several answers")
    return _nonblank(text)


def _nonblank(text: str) -> Extracted:
    return Extracted(text) if text.strip() else Extracted(None, "the answer is blank")


def _last_match(pattern: regex.Pattern[str], text: str, start: int = 0) -> regex.Match[str] | None:
    last = None
    for last in pattern.finditer(text, start):  # noqa: B007 (only the last one is wanted)
        pass
    return last
