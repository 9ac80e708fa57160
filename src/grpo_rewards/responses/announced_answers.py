"""What a statement gives that has a word for "answer": "the answer is 42", "### Answer"."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import regex

from grpo_rewards.responses.commitments import (
    BARE_ANSWER_LENGTH,
    DENIED,
    NEAR,
    NO_SHORT_WORD,
    SHORT,
    STOP,
    Extracted,
    commit,
    nonblank,
    start_of_sentence,
)
from grpo_rewards.responses.equations import named_value
from grpo_rewards.responses.records import value_of_key
from grpo_rewards.responses.workings import value_within
from grpo_rewards.wording.announcements import conclusion, rest_start
from grpo_rewards.wording.attributions import somebodys
from grpo_rewards.wording.consequences import bare
from grpo_rewards.wording.dismissals import dismisses
from grpo_rewards.wording.doubts import denied_before
from grpo_rewards.wording.markup import EMPHASIS, PLACEHOLDER, boxes, unbulleted
from grpo_rewards.wording.option_names import option_named
from grpo_rewards.wording.patterns import end_of
from grpo_rewards.wording.qualified import without_base
from grpo_rewards.wording.rivals import is_rival
from grpo_rewards.wording.spoken_of import about_answer
from grpo_rewards.wording.stated_options import is_condition, leaves_open, stated_option
from grpo_rewards.wording.statements import BECAUSE
from grpo_rewards.wording.vocabulary import any_of
from grpo_rewards.wording.walks import opens_walk

__all__ = ["HEADING_OF_REASONS", "announced_at"]


_WORD_END = regex.compile(r"\w*+")
HEADING_OF_REASONS = regex.compile(
    rf"(?<![*_\s])[*_\s]*+{any_of('explains')}[*_ \t]*+[:：][*_\s]*+", regex.IGNORECASE
)
"""A heading over the reasons of an answer: "**Explanation:**"."""
_SENTENCE_END = regex.compile(
    rf"{NO_SHORT_WORD}[.!?](?=[*_)\"'\]]*+(?:\s+(?-i:[*_]{{0,2}}+[\p{{Lu}}(\[\"])|\s*+$))|\n|[。！？]|\s(?:because|since)\s|,\sso\s|，所以"
    rf"|[,，、،]\s*(?:{BECAUSE})(?!\w)|\.(?=\s+{any_of('explains')}\s?[:：])",
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
    r"(?P<lead>.*?)(?<!\s)\s++(?:is|are|为|是)\s+(?:therefore\s+)?(?:the|my|our)\s+(?:final\s+|correct\s+|right\s+|best\s+){0,8}$",
    regex.IGNORECASE | regex.DOTALL,
)


_WHY_BEHIND = regex.compile(r"[*_]*+,?\s+(?:because|since|as\s+(?:it|this|that|these|they|the))\b")
_PRONOUN = regex.compile(
    r"\W*(?:(?:and|so|thus|hence|therefore),?\s+)?(?:this|that|it|which|these|the\s+(?:above|former|latter))\W*",
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
    option = None if asks else stated_option(said[end_of(HEADING_OF_REASONS, said) :])
    if option is None:
        return None
    if _is_said_twice(text, line_start, sentence_start, noun_end):
        return Extracted(None, "several answers are stated")
    return commit(option, text[end.start() :] if end else "")


def announced_at(
    text: str, place: int, noun: str, earlier_mark: Callable[[str], Extracted | None]
) -> Extracted | None:
    """What the statement gives whose noun stands at a place; ``None`` where it is no statement.

    Args:
        text: A text.
        place: Where in it the noun stands.
        noun: A word for "answer", or a part of one.
        earlier_mark: What the last mark in a text gives: another statement may stand above this one.
    """
    start = place
    while (
        start
        and "A" <= text[start - 1] < "\u3000"
        and not "ก" <= text[start - 1] < "\u0e80"  # whose words no space parts
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
    asked = _ASKED_IN_QUOTES.match(value)
    gives_reason = _of_reason().search(before) or _of_reason(behind=True).match(
        text, noun_end, rest
    )
    in_quotes = asked and (asked["opens"] or _OPENS_QUOTE.search(text[max(0, rest - SHORT) : rest]))
    # "The reason for this answer is that", "write your answer as 'The answer is X'", "Answer: Let's
    # solve it step by step." give none.
    if gives_reason or in_quotes or _PLANS.match(value):
        return None
    above = _SAID_OF_IT.sub("", text[max(0, start - 160) : start])
    if denied_before(without_base(above, value)) or about_answer(
        without_base(text[sentence_start:rest], value)
    ):
        return Extracted(None, DENIED)
    if (
        (somebodys(before) and _LABEL_OR_WORD.match(value))
        or _PEOPLE_ANSWER.search(before)
        or _ASSESSED_WRONG.match(text, rest)
    ):
        return Extracted(None, DENIED)
    contrasted = _contrasted(text, rest, noun)
    if contrasted is not None:
        return contrasted
    line_end = text.find("\n", rest)
    if _ASSESSED.fullmatch(text, rest, line_end if line_end >= 0 else len(text)):
        return None  # "so the answer is consistent" gives none
    if _is_said_twice(text, line_start, sentence_start, rest) or _is_alternative(
        text, sentence_start, rest, earlier_mark
    ):
        return Extracted(None, "several answers are stated")
    return _stated(text[rest:], text[max(0, sentence_start - NEAR) : sentence_start])


_PLANS = regex.compile(
    r"(?:let['’]?s|let\s+(?:us|me))\s+(?:first\s+|now\s+)?(?:analy[sz]e|assume|break|calculate|compute|consider|define|denote|figure|find|go|look|see|solve|start|think|use|work)\b",
    regex.IGNORECASE,
)
# "The answer would be **The best answer is**": the first says of the second what it is.
_SAID_OF_IT = regex.compile(
    r"\b(?:the|my|our)\s+(?:(?:final|correct|best|right)\s+)?answer\s+(?:is|(?:would|should|must)\s+be)\s*+:?[\s*_\"“]*+(?=(?:the|my)\s(?:[a-z]+\s){0,2}$)",
    regex.IGNORECASE,
)


def _contrasted(text: str, rest: int, noun: str) -> Extracted | None:
    """The answer that stands beside what it is not: "not C. It is B."."""
    instead = _INSTEAD.match(text, rest)
    if instead and instead["label"] not in instead["others"]:
        return commit(instead["label"], text[instead.end("label") :])
    contrast = _SPANISH_NOT.match(text, rest) if noun == "respuesta" else None
    return commit(contrast["value"], text[contrast.end() :]) if contrast else None


# "La respuesta es 42, no 36": in English that would correct it.
_SPANISH_NOT = regex.compile(
    r"(?P<value>[-−]?\d++(?:[.,]\d++)*+|\(?(?-i:[A-J])\)?),\s(?:y\s)?no\s(?:[-−]?\d++(?:[.,]\d++)*+|\(?(?-i:[A-J])\)?)(?=\.?\s*(?:$|\n))"
)
_ASKED_IN_QUOTES = regex.compile(
    rf"(?P<opens>[\"'“‘`][^\"'“”‘’`\n\d]{{1,60}}?\s)?{PLACEHOLDER}[.]?[\"'”’`](?![\w(])",
    regex.IGNORECASE,
)
_OPENS_QUOTE = regex.compile(r"(?<![\w\"'“‘`])[\"'“‘`][^\"'“”‘’`\n]{1,60}$")


@cache
def _of_reason(*, behind: bool = False) -> regex.Pattern[str]:
    """A word for "reason" beside the word for "answer", of which it gives the reason."""
    if behind:
        return regex.compile(rf"\s?[的の의]\s?{any_of('explains')}")
    prepositions = r"(?:for|of|behind|de|del|para|da|du|pour|di|della|für|hinter|voor|för|dla)"
    return regex.compile(
        rf"(?:{any_of('explains')}|begründung|justification|motivo|grund)\s+{prepositions}\s+(?:[^\W\d_]++[\s'’]+){{0,3}}$",
        regex.IGNORECASE,
    )


def _named_before(text: str, noun_end: int, start: int, before: str) -> Extracted | None:
    """What a sentence names before the word for "answer": "B is the answer because it is old"."""
    end = _STATEMENT_END.search(text, noun_end)
    behind = text[end.start() :] if end else ""
    said = text[start : end.start() if end else len(text)]
    named = option_named(said[end_of(HEADING_OF_REASONS, said) :])
    if named and leaves_open(said[noun_end - start :]):
        return Extracted(None, "the statement is doubted")
    if named:
        return commit(named, behind)
    if _VERB_FIRST.search(before) and text[noun_end : noun_end + 1] == " ":
        of_another = denied_before(before) or about_answer(f"{text[start:noun_end]} ")
        return Extracted(None, DENIED) if of_another else _stated(text[noun_end:])
    after = _ANSWER_AFTER.fullmatch(before) if len(before) < BARE_ANSWER_LENGTH else None
    ends = text[noun_end : noun_end + 2].strip(" .!*_)")[:1] in ("", "\n", "t")
    if text.startswith(" that ", noun_end) and dismisses(said[noun_end - start :]):
        return None
    if text.startswith(" to ", noun_end) and about_answer(said):
        return Extracted(None, DENIED)
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
    r"|(?:non\s+pas|pas|nicht|no|não|non|не|nie|niet)\s+(?P<others>[(*]{0,3}[A-J])[)*]{0,3},?\s+(?:mais|sondern|sino|mas\s+sim|ma|bensì|а|maar|lecz)\s+(?:(?:la|l['’]option|die)\s+)?[(*]{0,3}(?P<label>[A-J])[)*]{0,3}(?=[.!]|\s*(?:$|\n))"
)
_LABEL_OR_WORD = regex.compile(
    r"[\s(*\[]*+(?:[A-J](?!\w)|no(?!\w)|[^\W\d_]{3,}(?:\s\S+){0,2}[.!]?\s*(?:$|\n))",
    regex.IGNORECASE,
)
_PEOPLE_ANSWER = regex.compile(
    r"\b(?:students|people|many|most|some|others|readers|children|they|(?:critic|reviewer|teacher|expert|author|opponent|friend|pupil)s?)\s+(?:(?:would|will|might|often|usually|typically|sometimes|wrongly|incorrectly)\s+){0,8}$",
    regex.IGNORECASE,
)


_ALTERNATIVE = regex.compile(
    r"\W*(?:(?:or|and)\s+)?(?:alternatively|on\s+the\s+other\s+hand|or\s+else|otherwise|alternativ|alternativement|alternativamente|ou\s+bien|o\s+bien|либо|或者|あるいは|또는|hoặc)[,，、\s][^.!?\n\d]{0,40}$",
    regex.IGNORECASE,
)


def _is_alternative(
    text: str, start: int, rest: int, earlier_mark: Callable[[str], Extracted | None]
) -> bool:
    """Whether a statement is set beside another one before it, which gives another answer."""
    if not _ALTERNATIVE.match(text[start:rest]):
        return False
    earlier = earlier_mark(text[max(0, start - MOST_ABOVE) : start])
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
    r"(?:「[^「」\n]{1,80}」[^「」\n。]{0,20}である)?「(?P<inside>[^「」\n]{1,200})」(?:です|である|だ|となります|となる|になります)?[。.]?[ \t]*+(?=$|\n)"
)


# "The answer is that there are 3": a clause of its own.
_THAT = regex.compile(
    r"(?:that\s+(?=(?:there|the|it|he|she|they|we|no|all|some|every)\s)|(?:que|dass|che|что|że|dat)\s+(?=\S+\s\S))",
    regex.IGNORECASE,
)


def _stated(text: str, before: str = "") -> Extracted:
    text = text.lstrip()
    text = text[end_of(_THAT, text) :]
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
    heading = HEADING_OF_REASONS.match(text, end.end())
    behind = f". {text[heading.end() :]}" if heading else text[end.start() :]
    said = commit(text[: end.start()], behind)
    if said.answer is not None and end[0].strip(" ,，、،")[:1].isalpha():
        said = _behind_reason(text[: end.start()], text[end.start() :]) or said
    sentence = text[: end.start()].strip() if said.answer is not None else ""
    within = (named_value(sentence) or value_within(sentence, before)) if sentence else None
    return Extracted(within) if within else said
