"""Which answers a judge model is shown, and how they are written there.

Kept from it is what answers nothing, leaves its place or speaks of its grading, in any letters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

import regex

__all__ = ["on_one_line", "plainly", "whole_text", "why_not_shown"]

UNSEEN = regex.compile(r"[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]")
"""What nobody sees: controls, characters without width or meaning, fillers."""
_CONTENT = regex.compile(r"[\p{L}\p{N}\p{Sm}\p{Sc}\p{So}]")
"""What an answer is made of; one of spaces and points alone answers nothing."""
_MARK_ABOVE = regex.compile(r"\p{Mn}")
_CONTROL = regex.compile(
    r"<\|[^|<>]{1,40}\|>|</?(?:s|answer|question|prompt|instructions?|system|user|assistant|reference|gold)>"
    r"|(?:(?:^|[.!?;]\s?)system|(?<!\w)assistant)\s?:\s|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>|</?think(?:ing)?>",
    regex.IGNORECASE,
)
"""What opens and ends the turns of a conversation, by which an answer would leave its own."""
_GRADING = regex.compile(
    r"\b(?:ground[ _-]truth|(?:gold(?:en)?|reference|correct|student'?s?|candidate'?s?|expected)"
    r"[ _]+(?:answer|solution)|standard[ _]+answer|(?:previous|above|prior)\s+(?:instructions?|"
    r"prompt|text)|(?:ignore|disregard|forget)\b.{0,40}\b(?:instructions?|prompt|rules?)|"
    r"(?:the|dear)\s+(?:grader|judge|evaluator|examiner)|full\s+marks?|final\s+decision|"
    r"system\s+prompt|(?:reply|respond|output|return)(?:\s+with)?\s+(?:[^\s.]+\s+){0,4}?[\"'“\[]?(?:yes|true|correct)|"
    r"(?:say|answer)\s+(?:with\s+)?(?:only\s+|just\s+)?[\"'“\[]?(?:yes|true|correct)|"
    r"mark(?:ed)?\s+(?:\w+\s+)?as\s+(?:correct|right)|award\s+(?:\w+\s+){0,2}points?|full\s+credit)\b"
    r"|标准答案|参考答案|正确答案|忽略|评分|эталон\w*|инструкци\w*|respuesta\s+correcta|instrucciones|"
    r"réponse\s+(?:correcte|de\s+référence)|musterlösung|anweisung\w*",
    regex.IGNORECASE,
)
"""What is said to whoever grades: an answer does not speak of its grading, unless the gold does."""
_EMPTY = regex.compile(
    r"\\(?:boxed|text\w*|math\w+|displaystyle|left|right|q?quad)(?![A-Za-z])|[{}$\s]"
)
"""LaTeX that shows nothing by itself."""
_PLACE_NAMED = regex.compile(
    r"[$%]?[\[{<%(]{1,3}\s*(?:the\s+)?(?:gold|reference|answer|target|label|solution|correct|expected|placeholder|value|result)\w*\s*[\]}>%)]{1,3}",
    regex.IGNORECASE,
)
"""The name of a place where an answer would stand."""
_POINTING = regex.compile(
    r"(?:(?:it|this|mine)(?:['’]s|\s+is)\s+)?(?:"
    r"(?:the\s+)?(?:same|identical|equal|equivalent|as)\s+(?:as\s+|to\s+)?(?:the\s+)?"
    r"(?:reference|gold|given|stated|above|expected|right\s+one|correct\s+one)"
    r"|see\s+above|ditto|ibid(?:em)?|trust\s+me"
    r"|what(?:ever)?\s+(?:is|the)\s+(?:\w+\s+)?(?:right|correct|reference|gold|expected|says)(?:\s+says)?"
    r"|(?:the|a|any)\s+(?:right|correct|given|expected|same)\s+(?:one|answer|value|result|choice|option)"
    r"|(?:matches|same\s+as|equals)\s+(?:the\s+)?(?:reference|gold)(?:\s+answer)?"
    r")[\s.!]*",
    regex.IGNORECASE,
)
"""What names an answer that stands elsewhere, and gives none."""
_WORD = regex.compile(r"[^\W\d_]+")
_LOOK_ALIKES = str.maketrans(
    "аеорсухіјѕԁԛԝһӏκνοραυι",
    "aeopcyxijsdqwhlkvopaui",  # of Cyrillic and Greek
)


def why_not_shown(answer: str, golds: Sequence[str], *, marks: Sequence[str], longest: int) -> str:
    """Why no judge is asked about an answer, which is wrong then; empty where one is.

    Args:
        answer: The answer, as it was found.
        golds: The golds; what they say of grading an answer may say.
        marks: What ends a place in the prompt, without spaces and in lower case.
        longest: How many characters an answer may have.
    """
    if len(answer) > longest:
        return f"the answer has more than {longest} characters"
    shown = on_one_line(answer)
    if not _CONTENT.search(shown) or (len(shown) > 1 and not _EMPTY.sub("", shown)):
        return "there is nothing in the answer to compare"
    if _points_elsewhere(plainly(shown), golds):
        return "the answer names another one, and gives none"
    for text in _read_in(answer):
        squeezed = text.casefold().replace(" ", "")
        if _CONTROL.search(text) or any(mark in squeezed for mark in marks):
            return "the answer has marks of a prompt in it"
        said = [found[0].casefold() for found in _GRADING.finditer(text)]
        if said and not _all_said(said, golds):
            return "the answer speaks of its grading"
    return ""


def _points_elsewhere(answer: str, golds: Sequence[str]) -> bool:
    """Whether an answer only names the one that it would be: "the same", "[gold]", "as above"."""
    words = set(_WORD.findall(answer.casefold()))
    if words & set(_WORD.findall(plainly(" ".join(golds)).casefold())) - _COMMON:
        return False
    return any(pattern.fullmatch(answer.strip()) for pattern in (_PLACE_NAMED, _POINTING))


_COMMON = frozenset(("the", "a", "it", "is", "as", "to"))


def on_one_line(answer: str) -> str:
    """An answer as it is shown: without what nobody sees, and on one line."""
    return " ".join(UNSEEN.sub(" ", answer).split())


def plainly(text: str) -> str:
    """A text in the letters that a reader takes its letters for: of one width, none unseen.

    Example:
        >>> plainly("ｙｅ\u200bｓ")
        'yes'
    """
    return UNSEEN.sub(_break_or_nothing, unicodedata.normalize("NFKC", text))


def whole_text(text: str) -> str:
    r"""A text that can be sent: halves of characters are joined, or replaced where they are alone.

    Example:
        >>> whole_text("a\ud83d\ude00b\ud83d") == "a\N{GRINNING FACE}b\N{REPLACEMENT CHARACTER}"
        True
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _read_in(answer: str) -> Iterator[str]:
    """The ways in which an answer may be read, each on one line, in the letters they look like."""
    for text in dict.fromkeys((on_one_line(answer), answer)):
        plain = " ".join(plainly(text).split())
        yield plain
        looks = _as_it_looks(plain)
        if looks != plain.casefold():
            yield looks


def _as_it_looks(plain: str) -> str:
    """A text in the Latin letters without accents that its letters look like, in lower case."""
    bare = _MARK_ABOVE.sub("", unicodedata.normalize("NFKD", plain))
    return bare.casefold().translate(_LOOK_ALIKES)


def _all_said(said: Sequence[str], golds: Sequence[str]) -> bool:
    """Whether the golds say all of it."""
    plain = plainly(" ".join(golds))
    known = f"{plain.casefold()}\n{_as_it_looks(plain)}"
    return all(each in known for each in said)


def _break_or_nothing(found: regex.Match[str]) -> str:
    return found[0] if found[0].isspace() else ""
