"""What announces an answer, concludes it, or closes it: "the answer is", "thus", "is correct".

The words are those of `grpo_rewards.wording.vocabulary`.
"""

from __future__ import annotations

import re
from functools import cache

import regex

from grpo_rewards.wording.patterns import end_of
from grpo_rewards.wording.spoken_of import about_answer
from grpo_rewards.wording.vocabulary import OTHER_LETTERS, any_of, rows, spotted

__all__ = [
    "ABLE",
    "MAX_SENTENCE",
    "announced",
    "closed",
    "conclusion",
    "plans",
    "remark_words",
    "rest_start",
    "unbracketed",
]

MAX_SENTENCE = 400
"""Longer texts (characters) are no sentence that states an answer."""
LONGEST_LEAD = 400
"""Longer texts (characters) in front of a copula announce nothing."""
BETWEEN = 100
"""How far (characters) from the word "answer" its verb may stand."""

#   announcement = marks conclusion* qualifier* noun between (verb | ":") filler*

_MARKS = r"[\s*_`#>\"'“”«»【\[-]*+(?:\\(?:text\w*|mathrm)\s*\{\s*)?+"
_GAP = r"[\s,，、،:：]*+"


@cache
def _head() -> regex.Pattern[str]:
    """What a text begins with that announces its answer, up to the noun."""
    return regex.compile(
        rf"{_MARKS}(?:{any_of('concludes')}{_GAP})*(?:(?:i|we)\s+(?:think|believe)\s+(?:that\s+)?)?+"
        rf"(?:(?:{any_of('qualifies')}|[ld]['’])[\s*_]*+)*?{any_of('announces', 'names')}(?:\(s\))?",
        regex.IGNORECASE,
    )


_NO_PARTICLE = r"(?<!이(?=다|에요|었|고|며|므로|라|지|기))(?<!또는)(?<!혹은)"
"""Behind a Korean particle: "is" and "or", which end or begin like one (정답이다, 정답 B 또는 C)."""


@cache
def _verb() -> re.Pattern[str]:
    be = r"\b(?:would|should|must|will|has\s+to|can\s+only)(?:\s+(?:\w+ly|therefore|thus|then|hence))?\s+be\b"
    return re.compile(
        rf"[:：=]|】|」|{be}|(?<![不非没最])(?![选選][项項]){any_of('states')}{_NO_PARTICLE}",
        re.IGNORECASE,
    )


_NOT_BETWEEN = regex.compile(r"\.(?!\d)|[!?;\n。！？；不没]")
_VALUE_BETWEEN = regex.compile(r"[\s(*$]*+(?:[A-J]|[-+−]?\d[\d.,]*+)[\s)*$]*+")
_LABEL_BETWEEN = regex.compile(r"[\s(*]*+[A-J][*]*+[).:][*]*+\s")
# The question that it answers, which has a verb of its own.
_ASKED = regex.compile(
    r"\s+(?:to|for)\s+(?:(?:the|this|your)\s+(?:\w+\s+)?question,?:?\s*)?(?:\"[^\"\n]{3,200}\"|“[^“”\n]{3,200}”)"
)
_WHY_BETWEEN = regex.compile(r"[*_]*+,?\s+(?:because|since|as\s+(?:it|this|that|these|they|the)\b)")
_SO_BETWEEN = regex.compile(r",\s+(?:and\s+)?(?:so|thus|hence|therefore)\s")
_COMPOUND = regex.compile(r"\s+(?:choices|options|key|keys|sheet)\b", regex.IGNORECASE)
_COUNTED = regex.compile(r"\s+of\s+\d[\d,.]*+\s+[a-z]+\s*+$")
# What is quoted, and what kinds of answer there are: "the answer (yes or no) is".
_QUOTED = regex.compile(
    r"\"[^\"]*+\"|“[^”]*+”|'[^']*+'"
    r"|[(（]\w++(?:\s*+(?:[/,，、|]|\bor\b|或)\s*+(?:or\s++)?\w++)++[)）]"
)
_FILLER = regex.compile(
    r"(?:[\s*_:：=】」』、，,]|\.{2,}|…|\}(?=\s*+[-+−*($\\\dA-J])|(?:is|are)\b(?=\s*+:)|as\s+follows(?=:[ \t]*+\S))*+"
)
_ADJACENT = regex.compile(
    r"[*_]*+\s++(?:[–—→⇒⟹-]|->|=>)\s++(?=\S)|[*_]*+[–—-]\s++(?=[$(*]{0,3}[-−]?\d)|(?<=[Ff]inal [Aa]nswer|FINAL ANSWER)\s(?=[$(*]{0,3}[-−]?\d[\d,.]*+[)*]{0,3}\.?\s*$)|[*_}\"']*+\s*+(?=\$|\\\(|\\\[|\\[fd]?box)|[*_]{2,3}+\s+(?=\S)|(?<=Answer|ANSWER)\s(?=[(*]{0,3}[A-J][)*]{0,3}\.?\s*$)"
)


_PLAIN_VERB = re.compile(
    r"(?: is|:) (?=[-$]?\d)|['’]s (?=[(*]{0,3}[A-J](?!\w)|[-$]?\d)"
)  # as in most texts


@cache
def _remark_words() -> regex.Pattern[str]:
    return regex.compile(rf"(?:{_before_remarks()}[\s,:*_]++)*+", regex.IGNORECASE)


def _before_remarks() -> str:
    return remark_words("before")


@cache
def remark_words(side: str) -> str:
    """A pattern of the remarks that stand on a side of an answer."""
    words = {word for row in rows("remarks") if row.side == side for word in row.words}
    longest = sorted(words, key=lambda word: (-len(word), word))
    parts = (re.escape(word).replace(r"\ ", r"\s+") for word in longest)
    return rf"(?:{'|'.join(parts)})(?!\w)"


def rest_start(text: str, noun_end: int) -> int:
    """Where what is stated begins, behind the noun that announces it; -1 where nothing is stated.

    Example:
        >>> text = "The answer (in metres) is indeed 30"
        >>> text[rest_start(text, len("The answer")) :]
        '30'
    """
    asked = _ASKED.match(text, noun_end)
    noun_end = asked.end() if asked else noun_end
    plain = _PLAIN_VERB.match(text, noun_end)
    if plain:
        return plain.end()
    adjacent = _ADJACENT.match(text, noun_end)
    if adjacent:
        return adjacent.end()
    verb = _verb().search(text, noun_end, min(len(text), noun_end + BETWEEN))
    if verb is None:
        return -1
    between = text[noun_end : verb.start()]
    if _COMPOUND.match(between) or (
        text[verb.end() : verb.end() + 2].strip()[:1].islower() and _COUNTED.match(between)
    ):
        return -1  # "the answer choices"; "a total of 72 clips were sold"
    if _WHY_BETWEEN.match(between) or _SO_BETWEEN.search(between):
        return -1  # "B is the answer because it is old"
    if _VALUE_BETWEEN.fullmatch(between):
        return -1  # "Option B is correct" speaks of what is named already
    between = _QUOTED.sub(" ", between)
    if _LABEL_BETWEEN.match(between):
        return -1  # "Option B) Paris is correct", too
    if between.strip(" *_\"'()（）") and (
        _NOT_BETWEEN.search(between)
        or any(True for _ in spotted(between, "denies", "hedges", after=False))
        or (
            not between.isascii()
            and any(True for _ in spotted(between + verb[0], "changes", "hedges", after=False))
        )
    ):
        return -1
    end = end_of(_FILLER, text, verb.end())
    end = end_of(_remark_words(), text, end)
    return end_of(_option_words(), text, end)


@cache
def _option_words() -> regex.Pattern[str]:
    """What stands between a verb and the label of an option: "the option", "la opción"."""
    articles = r"(?-i:la|le|el|die|der|das|il|lo|a|o|de|het)\s+"
    # A small letter is a label where a bracket or emphasis closes behind it: "é a **(e)**".
    label = (
        rf"(?=[(*\[\"“«「]*+(?:(?:(?-i:[A-J])|[①-⑩]|{OTHER_LETTERS})"
        r"(?:$|[^\w]|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])|(?-i:[a-j])(?:[)\]]|\*\*)))"
    )
    return regex.compile(
        rf"(?:(?:(?:{any_of('qualifies')}\s*+|{articles}|l['’]\s*+))*+{any_of('names', 'options')}[\s:]*+{label}"
        rf"|{articles}{label})?+",
        regex.IGNORECASE,
    )


def announced(text: str) -> str | None:
    """What a text announces with a word for "answer"; ``None`` where it begins with none.

    Example:
        >>> announced("So the final answer to your question is: 42"), announced("答案：42")
        ('42', '42')
        >>> announced("The cost is 42")
    """
    first = _FIRST_WORD.match(text)
    if first is None or (text.isascii() and first[1].casefold() not in _head_words()):
        return None
    lead = text[:LONGEST_LEAD]
    if text.isascii() and not _has_noun(lead):
        return None
    head = _head().match(lead)
    if head is None:
        return None
    heading = _HEADING_END.match(text, head.end())
    start = heading.end() if heading else rest_start(text, head.end())
    if start < 0 or not text[start:].strip() or about_answer(text[:start]):
        return None
    return text[start:].strip()


@cache
def _bracketed() -> regex.Pattern[str]:
    languages = sorted({row.language for row in rows("labels")} - {"en"})
    nouns = "|".join(any_of("labels", language=language) for language in languages)
    return regex.compile(
        r"\[(?<=(?:^|\n)[ \t*_]{0,6}\[)(?!(?-i:ANSWER)\])"  # which is a tag
        rf"(?P<noun>(?:{any_of('qualifies')}\s*+){{0,3}}+(?:{any_of('announces')}|{nouns}))"
        r"\][ \t*_]*+[:：]?[ \t]*+",
        regex.IGNORECASE,
    )


def unbracketed(text: str) -> str:
    """A text whose word for "answer" stands in brackets at the start of a line, with a colon instead.

    Example:
        >>> unbracketed("[Correct Answer] B"), unbracketed("[正确答案]B"), unbracketed("[Text] B")
        ('Correct Answer: B', '正确答案: B', '[Text] B')
    """
    if "]" not in text or "[/" in text:
        return text
    return _bracketed().sub(r"\g<noun>: ", text)


_FIRST_WORD = regex.compile(rf"{_MARKS}([^\W\d_]++)")


@cache
def _head_words() -> frozenset[str]:
    """The first words of what `_head` finds."""
    found = rows("concludes", "qualifies", "announces", "names")
    return frozenset(word.split()[0].casefold() for row in found for word in row.words) | {
        "i",
        "we",
    }


@cache
def _nouns() -> tuple[str, ...]:
    """The shortest texts of ASCII of which each noun of ASCII that `_head` finds has one."""
    found = {
        word.split()[-1].casefold() for row in rows("announces", "names") for word in row.words
    }
    heads = {word for word in found if word.isascii()}
    return tuple(
        sorted(word for word in heads if not any(word != head and head in word for head in heads))
    )


def _has_noun(text: str) -> bool:
    folded = text.casefold()
    return any(noun in folded for noun in _nouns())


_HEADING_END = regex.compile(r"[ \t*_:：】]*+\n\s*+(?:[=-]{3,}+[ \t]*\n\s*+)?(?=\S)")


@cache
def _concluding() -> regex.Pattern[str]:
    return regex.compile(
        rf"{_MARKS}(?:and\s+)?(?:{any_of('concludes')}|\\(?:therefore|implies|Rightarrow)(?![A-Za-z])|[∴⇒])"
        rf"{_GAP}(?P<rest>.+)",
        regex.IGNORECASE | regex.DOTALL,
    )


def conclusion(text: str) -> str | None:
    """What a sentence concludes; ``None`` where it begins with no word for "therefore", or plans.

    Example:
        >>> conclusion("Thus, x = 4"), conclusion("So we need to find x.")
        ('x = 4', None)
    """
    first = _FIRST_WORD.match(text)
    if first and text.isascii() and first[1].casefold() not in _concluding_words():
        return None
    match = _concluding().match(text)
    if match is None:
        return None
    rest = str(match["rest"]).strip()
    if plans(rest) or rest[:4].casefold() in ("far ", "far,"):
        return None
    there = _there().match(rest)
    return rest[there.end() :] if there else rest


@cache
def _there() -> regex.Pattern[str]:
    return regex.compile(
        rf"{any_of('exists')}\s*+(?=[-−$€£]*\d)|(?:ist|est|es|is)\s+(?=\$?[A-Za-z]\s*=)",
        regex.IGNORECASE,
    )


@cache
def _concluding_words() -> frozenset[str]:
    found = rows("concludes")
    first = {word.split()[0].casefold() for row in found for word in row.words}
    return frozenset(first | {"and", "therefore", "implies", "rightarrow"})


_WE = regex.compile(
    r"(?:(?:so|thus|hence|therefore|now|next|first|then|if),?\s+){0,8}(?:we|i|us|let|one|you|(?:所以|因此|那么|现在|首先)?[,，]?(?:让)?我们?)?\s*$",
    regex.IGNORECASE,
)


def plans(text: str) -> bool:
    """Whether a sentence says what is still to be done.

    Example:
        >>> plans("we need 42 more"), plans("she needs 42 boxes")
        (True, False)
    """
    first = next(spotted(text[:60], "plans"), None)
    if first is None or _WE.match(text[: first.start]) is None:
        return False
    return first.word not in ("can", "could") or ABLE.match(text, first.end) is None


# What somebody is able to do, with so many: "Tom could buy 42 apples" says how many.
ABLE = regex.compile(
    r"(?<!\s)\s++(?:(?:only|still|then|now|also|each|both|all|together)\s++){0,3}+(?:have\s++)?"
    r"(?:buy|bought|purchase|afford|ma[dk]e|bake|cook|prepare|plant|grow|hold|held|form|fill|fit|seat|serve|carry|carried|transport|choose|chosen|pick|select|sell|sold|cut|build|built|create|produce|print"
    r"|type|write|written|read|paint|pack|load|store|park|place|arrange|order|collect|send|sent|eat|eaten|drink|feed|fed|cover|travel|drive|driven|run|walk|swim|fly|cycle|save|earn|pay|spend|visit|complete|finish|knit|sew|draw|divide|share|distribute)(?:e?d)?\b"
    r"(?=[^.;!?\d]{0,80}+\d)",
    regex.IGNORECASE,
)


@cache
def _closed() -> regex.Pattern[str]:
    return regex.compile(rf"(?P<rest>.*?[^\s不非没未])\s*{any_of('closes')}[。.]?", regex.DOTALL)


def closed(text: str) -> str | None:
    """What stands before the words that close a statement: "B" of "选项B是正确的".

    Example:
        >>> closed("42입니다."), closed("42")
        ('42', None)
    """
    last = _LAST_WORD.search(text[-40:])
    if text.isascii() and (last is None or last[1].casefold() not in _closing_words()):
        return None
    match = _closed().fullmatch(text) if len(text) <= MAX_SENTENCE else None
    if match is None:
        return None
    rest = str(match["rest"]).strip()
    if _CLAIM.search(rest):
        return None  # "这个说法是正确的" judges a claim, and names no answer before it
    return _OPTION_WORD.sub("", conclusion(rest) or rest)


_CLAIM = re.compile(r"(?:说法|命题|陈述|判断|观点|表述|结论|句话)$")
_LAST_WORD = regex.compile(r"([^\W\d_]++)\W*+$")


@cache
def _closing_words() -> frozenset[str]:
    return frozenset(word.split()[-1].casefold() for row in rows("closes") for word in row.words)


_OPTION_WORD = regex.compile(r"^(?:选项|選項|[选選](?![択择擇]))\s*")
