"""The last sentence of a text: what it concludes, picks or works out, without the word "answer"."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import regex

from grpo_rewards.responses.commitments import (
    BARE_ANSWER_LENGTH,
    DENIED,
    STOP,
    Extracted,
    commit,
)
from grpo_rewards.responses.equations import of_equation
from grpo_rewards.responses.workings import value_within, worked_before
from grpo_rewards.wording.announcements import announced, closed, conclusion, plans
from grpo_rewards.wording.asides import speaker_doubts
from grpo_rewards.wording.claims import claimed
from grpo_rewards.wording.dismissals import dismisses, set_aside
from grpo_rewards.wording.doubts import denied_before, doubted
from grpo_rewards.wording.option_names import option_named
from grpo_rewards.wording.patterns import end_of
from grpo_rewards.wording.qualified import is_qualified
from grpo_rewards.wording.retractions import taken_back
from grpo_rewards.wording.rivals import is_rival
from grpo_rewards.wording.sentences import counted_of, lone_value
from grpo_rewards.wording.spoken_of import told_by_others
from grpo_rewards.wording.stated_options import (
    AS_WHAT,
    GROUNDS,
    OF_OPTIONS,
    leaves_open,
    stated_option,
)
from grpo_rewards.wording.stated_truths import stated_truth
from grpo_rewards.wording.statements import WHOM, number_named, statement
from grpo_rewards.wording.stating import is_needed, uses
from grpo_rewards.wording.vocabulary import any_of, spotted
from grpo_rewards.wording.wrong_options import calls_right, false_claim

__all__ = ["POINTS_BACK", "concluded"]

_END = (".", "!", "。", "！", "$", "*", "]", ")", "`", "_", "}", "%", "°", "｡", "）")
_SHUT = regex.compile(
    r"(?:(?:so|thus|hence|therefore),?\s+)?(?:the\s+)?(?:(?:answer|option|choice|letter)\s+)?[(*]*(?:(?-i:[A-J])|[-+−$]*\d[\d,.]*)[)*]*",
    regex.IGNORECASE,
)
_PICKED = regex.compile(
    r"[^\n]{0,80}[选選](?:[择擇])?[:：]?\s*[A-J](?:[:：，,][^\n]{1,60})?|[^\n]{0,200}(?:[故应]填|答案[为是])[:：]?\s*[-\d$\\][^\n]{0,40}"
)


_SAID = regex.compile(
    rf"(?:(?:i|we)(?:['’]d|['’]ll)?\s+{any_of('picks', language='en')}|i['’]m\s+going\s+with|(?:this|that|which)\s+(?:gives|leaves|yields|means|implies)(?:\s+us)?(?:\s+that)?|it\s+follows\s+that"
    r"|solving\s(?:(?!\b(?:not|wrong|incorrectly)\b)[^.!?;\n]){0,60}?\s(?:gives|yields)(?:\s+us)?"
    rf"|(?:因此|所以)?+(?:{any_of('picks', language='zh')}|填)(?![项項]))\s*+[:：]?\s*+(?P<picked>.+)"
    r"|(?:i(?:['’]m|\s+am)\s+(?:quite\s+|very\s+|fairly\s+)?(?:confident|certain|sure)\s+(?:that\s+)?)?(?:it|that|this)(?:['’]s|\s+(?:is|makes|leaves|equals|comes\s+to))\s+(?:option\s+|choice\s+)?+(?P<it>[(*$]*+(?:(?-i:[A-J])(?!\w)|[-+−\\(]*+\d)[^\n]{0,60})"
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
    rf"[,，;；]\s*+(?:and\s+)?(?:(?:so|thus|hence|therefore)(?:,(?=\s+(?:(?:the|this|that|it|he|she|they|we|there|her|his|their|its)\b|[\d$A-Z])))?+|(?:which\s+means|meaning)(?:\s+that)?|we\s+(?:find|get|have|obtain|see|conclude)(?:\s+that)?|you\s+get|this\s+gives(?:\s+us)?|(?P<by>(?:giving|leaving|earning|making){WHOM}|totall?ing|yielding|resulting\s+in|for\s+a\s+total\s+of))\s++(?P<rest>[^,;]+)$|[，,；;](?:所以|因此|故|则|于是)(?P<rest>[^，；]+)$"
    rf"|[,;]\s(?:also|daher|somit|folglich|damit|demnach)\s(?:ist|lautet|beträgt)\s(?:das|die)\s(?:{any_of('names', language='de')})\s(?P<rest>[-−$€]?\d[^,;]*+)$"
)
_OPTION_SAID = regex.compile(
    r"(?:[^.!?\n]*?[\s(])??(?:option|choice|answer|statement)\s+[(*\[]*(?P<letter>[A-J])[)*\]]*\s+(?:is|would\s+be|must\s+be)\s+(?:indeed\s+)?(?:the\s+)?(?:only\s+|most\s+)?"
    r"(?:(?:correct|right|best|appropriate|accurate|suitable|likely|valid)\b\s*){1,8}(?:answer|option|choice|one|statement)?\W*$"
    r"|(?:[^.!?\n]*?[\s(])??(?:option|choice|statement)\s+[(*\[]*(?P<letter>[A-J])[)*\]]*\s+(?:(?:is|would\s+be)\s+the\s+(?:only\s+)?(?:one|option|choice|answer|statement)\s+(?:that|which)\s+(?!(?:is|does|can|do|could|would)(?:n['’]t|\s*not))[^,;.]+|(?:must\s+be|is)\s+true)\W*$"
    r"|(?:[^.!?\n]*?[\s(])??(?:option|choice|answer)\s+[(*\[]*(?P<letter>[A-J])[)*\]]*\s+(?:best|correctly|most\s+(?:accurately|closely|likely))\s+\w+s\b[^,;.]*+\W*$"
    r"|(?:[^.!?\n]*?(?:[,;:]\s+|\bthat\s+)(?:but\s+|so\s+|and\s+)?)?(?:option\s+|choice\s+)?[(*]*(?P<letter>(?-i:[A-J]))[)*]*\s+(?:is\s+the\s+(?:only\s+(?:(?:option|choice|one|answer|statement)\s+)?|(?:option|choice|one|answer|statement)\s+)(?:that|which|in|with|to)\s(?:(?!\b(?:not|wrong|false|incorrect|ruled|eliminated|no|fails?)\b|n['’]t)[^,;.])+|(?:fits|matches|works)(?:\s+(?:best|perfectly|here|the\s+\w+(?:\s+best)?))?|it\s+is|is\s+(?:the\s+)?(?:most\s+)?(?:best|correct|right|suitable|appropriate|accurate)(?:\s+(?:answer|option|choice|one|match|fit|supported|explanation|description))?(?:\s+here)?)\W*$"
    r"|[^.!?\n]*?\b(?:corresponds?\s+(?:exactly\s+)?to|consistent\s+with|leaves(?:\s+us\s+with)?|match(?:es)?(?:\s+with)?|which\s+is|that\s+is|i\.e\.,?)\s+(?:answer\s+)?(?:option|choice)\s*+[(*]*(?P<letter>(?-i:[A-J]))[)*]*\W*$"
    r"|(?:[^.!?\n]*?\s)?(?:(?:it|this)\s+(?:must|has\s+to)\s+be|(?:that|which|this)\s+leaves)\s+[(*]*(?P<letter>(?-i:[A-J]))[)*]*(?:\s+as\s+the\s+(?:correct\s+)?(?:answer|option|choice))?\W*$"
    r"|only\s+(?:option\s+|choice\s+)?[(*]*(?P<letter>(?-i:[A-J]))[)*]*\s+(?:is|fits|matches|works|satisfies|can|has|remains|mentions|explains|follows|makes)\b(?:(?!\b(?:not|wrong|false|incorrect|ruled|eliminated|no)\b|n['’]t)[^,;.])*+\W*$"
    r"|(?:by\s+)?(?:the\s+)?(?:process\s+of\s+)?elimination(?:,|\s+leaves)\s+(?:the\s+answer\s+(?:is|must\s+be)\s+|only\s+)?(?:option\s+|choice\s+)?[(*]*(?P<letter>(?-i:[A-J]))[)*]*\W*$"
    r"|[^.!?\n]*?\bbest\s+(?:expressed|described|represented|captured|explained|supported)\s+by\s+(?:option\s+|choice\s+)?[(*]*(?P<letter>(?-i:[A-J]))[)*]*\W*$"
    r"|[^\n]{0,80}?(?:选项|項|项)?(?P<letter>[A-J])(?:选项|项)?最?(?:符合题意|恰当|合适|正确)[。.]?$"
    r"|[^\n]{0,40}?(?:选项|項|项)(?P<letter>[A-J])是(?:正确|对)的[,，；;][^A-J\n]{1,40}$"
    r"|[^\n]{0,80}?(?:的是|选项是|選項是|选项为|答案为)\s*+[(*]*(?P<letter>[A-J])[)*]*(?:选项|项)?[\s.。．]*$"
    r"|(?:因此|所以|综上|故)?[,，]?\s*+(?P<letter>[A-J])(?:选项|项)?正确[,，；;][A-J、,，和]++(?:选项|项|均|都|不)*+(?:错误|正确|错)[.。]?$"
    r"|[^\n]{0,80}?(?:应|应该|故|因此|所以)(?:该)?[选選](?:择|擇)?\s*+[(*]*(?P<letter>[A-J])[)*]*(?:选项|项)?(?:[:：，,][^\n]{1,60})?[。.]?$",
    regex.IGNORECASE,
)
# Grounds that are none.
_OPEN = regex.compile(
    r"\b(?:unless|suppos(?:e|ing)|wonder|whether)\b|(?:\bnot|n['’]t)\s+(?:think|believe|agree)\b",
    regex.IGNORECASE,
)
_A_LETTER = re.compile(r"(?<![A-Za-z])[A-Ja-j](?![A-Za-z])|(?:option|choice)[A-J]", re.IGNORECASE)


def _option_said(text: str) -> regex.Match[str] | None:
    """The option that a sentence names; most have no letter that could be one."""
    if text.isascii() and not _A_LETTER.search(text):
        return None
    why = _WHY.search(text)
    if why and leaves_open(why[0]):
        return None
    found = _OPTION_SAID.fullmatch(text[: why.start()] if why else text)
    if found and (
        dismisses(found.string[found.end("letter") :])
        or _OPEN.search(found.string, 0, found.start("letter"))
    ):
        return None
    if found and not text.isascii() and set_aside(found.string[: found.start("letter")]):
        return None
    return found


_CHINESE_VALUE = regex.compile(
    r"[^\n，。]{0,60}?(?<![不非没认设以因半倍])(?:等于|是|为|=)\s*+(?P<value>[-+−]?\d[\d.,/]*+%?|\$[^$\n]{1,120}\$|\\\([^\n]{1,120}?\\\))[\s.。．]*$"
)


def concluded(line: str, stated: str | None = None, above: str = "") -> Extracted | None:
    """What the last sentence of a line concludes, if it ends.

    Args:
        line: The last line of a text.
        stated: What the line states, if that is known.
        above: What stands before the line, where a value of it may be worked out.
    """
    if len(line) > 4 * BARE_ANSWER_LENGTH:
        return None
    start = _start_of_last(line)
    option = stated_option(line[start:]) or false_claim(line[start:])
    truth = None if option else stated_truth(line[start:]) or claimed(line[start:])
    ends = line.endswith(_END) or "<<" in line or _PICKED.fullmatch(line) or _ends_in_thai(line)
    named = None if option or truth else _named_with_text(line, start)
    if not (option or truth or ends or named):
        return None
    start = named.start if named else start
    sentence = _ON_WHAT_GROUNDS.sub("", line[start:].strip())
    if start and _NOTED.match(sentence) and not taken_back(f". {sentence}"):
        return concluded(line[:start].rstrip(), above=above)
    if start and is_rival(line[_start_of_last(line[:start].rstrip()) : start].strip(), sentence):
        return Extracted(None, "the last sentences offer several answers")
    if truth:
        return Extracted(truth)
    if option and calls_right(f"{above}{line[:start]}", beside=(sentence, option)):
        return Extracted(None, "another option is called right before it")
    if start and _NONE_FITS.search(line, 0, start):
        return Extracted(None, "no option is called right")
    stated = stated if sentence == line else None
    label = (named.option if named else option_named(sentence)) or option
    shut = label or closed(sentence)
    if shut and not label and not _SHUT.fullmatch(shut):
        shut = None if sentence.isascii() or _option_said(sentence) else shut
    rest = shut or stated or conclusion(sentence) or announced(sentence)
    said_again = _SAID_AGAIN.fullmatch(sentence)
    if said_again and start and (said_again["yes"] or line[:start].rstrip().endswith("?")):
        return commit(said_again["value"])
    rest = _needed(sentence) or _on_grounds(sentence) if rest is None else rest
    if rest is None:
        return _without_conclusion(sentence) or worked_before(line[:start], sentence)
    if label:
        return _of_conclusion(sentence, rest, "", is_shut=True, is_option=True)
    return _of_conclusion(sentence, rest, f"{above}{line[:start]}", is_shut=bool(shut))


def _of_conclusion(
    sentence: str, rest: str, before: str, *, is_shut: bool, is_option: bool = False
) -> Extracted:
    """What a sentence concludes whose conclusion is known.

    Args:
        sentence: A sentence.
        rest: What it concludes, in words.
        before: The text before the sentence, where a value of it may be worked out.
        is_shut: Whether its words close it, so that nothing has to be asked of them.
        is_option: Whether it is an option, of which no number is a value.
    """
    rest = _innermost(rest)
    picked = _picked_in(rest)
    if picked:
        return picked
    value = None if is_option else _value_in(rest, before, is_shut=is_shut)
    if value and is_qualified(sentence[: sentence.rfind(value)]):
        return Extracted(None, DENIED)
    if value:
        return commit(value)
    rest = of_equation(rest) or counted_of(rest) or rest
    lead = sentence[: len(sentence) - len(rest)]
    lead = lead[end_of(_WE_CONCLUDE, lead) :]  # "we may conclude that" doubts nothing
    if not is_shut and denied_before(_WOULD_BE.sub("is", lead)):
        return Extracted(None, DENIED)
    first = next(spotted(rest, "hedges"), None)
    if first and first.word in ("maybe", "perhaps", "possibly", "probably", "guess", "not sure"):
        return Extracted(None, "the conclusion is doubted")
    it_is = _IT_IS_AND_NOT.match(rest)
    return commit(rest[it_is.end() :] if it_is else rest)


_IT_IS_AND_NOT = regex.compile(
    r"(?:it|this|that)\s(?:is|was)\s(?=[-−$]{0,2}\d[\d.,]*+(?:\s[a-z]+){0,2}?,?\s(?:(?:and|but)\s)?not\s)",
    regex.IGNORECASE,
)


class _Named(NamedTuple):
    """An option that a sentence names, and where in its line the sentence starts."""

    option: str
    start: int


_LABEL_STOP = regex.compile(r"(?<![^\s(*\[])[A-J]\.\s*+$")


def _named_with_text(line: str, start: int) -> _Named | None:
    """The option named by a last sentence that ends with no mark, or with the text behind "B."."""
    stop = _LABEL_STOP.search(line, max(0, start - 4), start)
    if stop is not None:
        start = _start_of_last(line[: stop.start()])
    elif line.endswith(_END):
        return None
    option = option_named(line[start:].strip())
    return _Named(option, start) if option else None


def _value_in(rest: str, above: str, *, is_shut: bool) -> str | None:
    """The one value of what is concluded; before words that close it, only where they are foreign."""
    if "=" in rest or (is_shut and rest.isascii()):
        return None
    value = lone_value(rest.rstrip("。"), concludes=True)
    return value if value or is_shut else value_within(rest.rstrip("."), above)


# Above the option that is only the closest.
_NONE_FITS = regex.compile(
    r"\b(?:no|none\s+of\s+(?:the|these))\s+(?:\w+\s+){0,2}?(?:options?|answers?|choices?)\s+(?:really\s+|exactly\s+|quite\s+)?(?:is|are|fits?|matches|match|works?)\b(?!\s+(?:wrong|incorrect|false))"
    r"|\b(?:correct|right)\s+answer\s+(?:isn['’]t|is\s+not)\s+(?:listed|given|here|among|there)\b",
    regex.IGNORECASE,
)


def _ends_in_thai(line: str) -> bool:
    """Whether a line is of Thai, which ends its sentences with no mark."""
    return not line.isascii() and _THAI_END.search(line[-40:]) is not None


_THAI_END = regex.compile(r"[\u0e00-\u0e7f](?:\s?\$?\d[\d,]*+(?:\.\d++)?+)?\s*+$")


@cache
def _concluding() -> regex.Pattern[str]:
    return regex.compile(rf"{any_of('concludes', language='en')}[\s,]*+", regex.IGNORECASE)


def _needed(sentence: str) -> str | None:
    """What a conclusion says is needed: "we need 42 tiles", which plans nothing."""
    word = _concluding().match(sentence)
    rest = sentence[word.end() :] if word else ""
    return rest if is_needed(rest) else None


# "From the passage, we know that", "so we can conclude that".
_WE_CONCLUDE = regex.compile(
    rf"(?:{GROUNDS}|(?:so|thus|hence|therefore|now),?\s+)?+(?:we|i|one)\s+(?:(?:can|may|could|must|will)\s+)?+(?:(?:therefore|thus|safely|now|then)\s+)?+(?:conclude|infer|deduce|determine|know)\s+that\s++",
    regex.IGNORECASE,
)
_GROUNDED = regex.compile(GROUNDS)
_NAMES = regex.compile(
    r"(?:the|this|it|he|she|they|his|her|its|their)\b(?:[^.,;:!?\n\d=]{1,120}?)?\s(?:is|was|are|were)\s(?P<name>(?:the\s)?[A-Z][\w'’.-]*+(?:\s(?:of|the|de|la|van|von|and)\b|\s[A-Z][\w'’.-]*+){0,5})[.!]?"
)


def _on_grounds(sentence: str) -> str | None:
    """What a sentence names on grounds that it gives: "based on the text, the capital is Paris"."""
    lead = _WE_CONCLUDE.match(sentence) or _GROUNDED.match(sentence)
    rest = sentence[lead.end() :] if lead else ""
    named = _NAMES.fullmatch(rest)
    if named is None or denied_before(rest[: named.start("name")]) or dismisses(rest):
        return None
    return rest


_SUPPOSES = regex.compile(r"(?:如果|假如|假设|倘若|要是|若)")
_PICKS_IN_A_CASE = regex.compile(rf"{_SUPPOSES.pattern}[^。]*选")


def _innermost(rest: str) -> str:
    """What a conclusion concludes in a clause of its own, or gets by what it does."""
    inner = _INNER_CONCLUSION.search(rest)
    if inner and not (denied_before(rest[: inner.start()]) or _SUPPOSES.match(rest)):
        rest = str(inner["rest"])
    got = _TO_GET.search(rest)
    if got and not (doubted(rest[: got.start()], "") or denied_before(rest[: got.start()])):
        rest = str(got["rest"])
    return rest


def _picked_in(rest: str) -> Extracted | None:
    """The option, the truth value, or the Chinese value that a conclusion names."""
    labelled = _OPTION_AND_TEXT.fullmatch(rest)
    if labelled:
        return Extracted(f"({labelled['label']}) {labelled['text']}")
    picked = _SAID.fullmatch(rest)
    if picked and picked["picked"]:
        return commit(lone_value(picked["picked"], concludes=True) or picked["picked"])
    truth = _TRUTH.fullmatch(f"{rest[:1].upper()}{rest[1:]}")
    if truth and not taken_back(f", {truth['why']}"):
        return commit(truth["said"])
    option = _option_said(rest)
    if option and not denied_before(rest[: option.start("letter")]):
        return Extracted(option["letter"])
    value = _CHINESE_VALUE.fullmatch(rest) if not rest.isascii() else None
    if value and not doubted(rest[: value.start("value")], ""):
        return commit(str(value["value"]))
    return None


def _start_of_last(line: str) -> int:
    """Where the last sentence of a line starts."""
    start = 0
    for match in STOP.finditer(line):
        start = match.end()
    return max(start, *(line.rfind(mark, 0, len(line) - 1) + 1 for mark in "。！？"))


_OPTION_AND_TEXT = regex.compile(
    r"(?:the\s+)?(?:correct\s+|right\s+|best\s+)?(?:(?:option|choice|answer|statement)\s+|(?=\())"
    r"(?:\(?(?P<label>(?-i:[A-J]))(?:\)[.:]?|[.:])\s++[\"“]?(?P<text>[^.!?\n,;\"“”]{1,120}?)[\"”]?|(?P<label>(?-i:[A-J]))(?:,\s(?P<text>[^.!?\n,;]{1,120}?),|\s\((?P<text>[^().!?\n;]{1,120}?)\)))"
    r"\s(?:is|must\sbe)\s++(?:the\s++)?(?:correct|right|best|true|valid)(?:\s+(?:answer|option|choice|one|statement))?[.!]?",
    regex.IGNORECASE,
)
_WHY = regex.compile(
    rf"(?:,|(?<=[^\s,]))\s++(?:because|since|as\s++(?:it|the(?!{AS_WHAT})|this))\b[^\n]*+$",
    regex.IGNORECASE,
)
_SINCE = regex.compile(
    r"(?:Since|Because|Given\s+that|After|Once)\s[^.!?\n]{1,160},\s+(?P<rest>(?!not\b|so\b|and\b|or\b)[^,;.!?\n]{1,100})[.!]?"
)
_CONCLUDES_INSIDE = regex.compile(
    r"\b(?:therefore|thus|hence|donc|entonces|portanto|então|quindi|dunque|значит|следовательно)\b|\b(?:hat|haben|ist|sind|gibt\s+es|kostet|beträgt|bleiben|braucht)\s+also\b|따라서|所以|因此",
    regex.IGNORECASE,
)
# "Based on the analysis above, I would choose C."
_ON_WHAT_GROUNDS = regex.compile(
    rf"{GROUNDS}(?=I\s|(?:the\s)?(?:\w+\s){{0,3}}?(?:option|choice|answer)\s)"
)
_OF_OPTIONS = regex.compile(
    rf"{OF_OPTIONS}(?P<rest>(?:only\s(?!if\b)[^,;]+|[^,;]+\sis\sthe\s(?:only|most|best|closest|likeliest)\b[^;]*?))[.!]?",
    regex.IGNORECASE,
)
_TRUTH = regex.compile(
    r"(?P<said>Yes|No|True|False)[,.:;]\s(?P<why>(?!(?:or|but|though|unless|only|except|if)\b)[^\n?]+)"
)
# What a last sentence says of what was asked: "The claim is false."
_JUDGED = regex.compile(
    rf"(?:the|this)\s+(?:given\s+)?(?:claim|statement|hypothesis|conclusion|argument|assertion|proposition)\s+(?:is|must\s+be)\s+(?:(?:therefore|thus|hence|indeed|clearly|not)\s+){{0,8}}{any_of('affirms', 'refutes', 'abstains', language='en')}[.!]?",
    regex.IGNORECASE,
)


POINTS_BACK = r"(?:(?:And|So|Thus|Hence|Therefore),?\s)?(?:[Tt]h(?:at|is)|[Ii]t|[Tt]he\sabove)\s(?:is|was)\s(?:then\s|thus\s|therefore\s)?(?:the|my|our)\s(?:final\s|correct\s)?answer"
"""A pattern of what says that the answer stands above: "And this is the answer"."""
_NOTED = regex.compile(
    r"(?:Note|Remember|Recall|Notice|Keep\s+in\s+mind)\s(?:that\s)?[^?]*$"
    rf"|{POINTS_BACK}\.$"
)
_SAID_AGAIN = regex.compile(
    r"(?P<yes>Yes,?\s+)?(?P<value>[(*]{0,3}(?:[A-J]|[-−$]?\d[\d,.]*+(?<=\d)%?)[)*]{0,3})[.!]"
)
# "We add 40 and 2 to get 42", and not "We tried to get 42".
_TO_GET = regex.compile(
    r"(?<!\b(?:hard|harder|easier|tougher|difficult|want|wants|wanted|wish|wishes|wished|unable|(?:mistakes?|errors?|traps?)\s(?:is|are|was|would\sbe|will\sbe)|try|tries|tried|trying|hope|hopes|hoped|expect|expects|expected|need|needs|needed|plan|plans|aim|aims|aimed|how|order|way|able|likely|supposed|going))\sto\s(?:get|obtain|find)\s(?P<rest>[-$(]{0,2}\d[^\n,;]{0,40})$"
)
# A word that a last sentence ends in, of which it says that it is what was asked for.
_SPELLED = regex.compile(
    r"(?P<lead>(?=[^\n]{0,80}\b(?:concatenat\w+|letters|strings?|result\w*|output|combin\w+|form\w*|spell\w*|revers\w+|(?:en|de)cod\w+|acronym|sorted|joined)\b)(?:The|This|These|It)(?:\s[^\n\"“”:?;,]{1,120}?)?\s(?:is|are|becomes?|gives?|spells?(?:\s+out)?|makes?(?:\s+up)?|(?:is|are)\s+as\s+follows"
    r"|(?:forms?|gives?|is|are|makes?|spells?)\s+the\s+(?:\w+\s+)?(?:string|word|letters?|sequence)))\s*+"
    r"(?::\s*+(?P<word>[a-z]{2,20})|:?\s*+[\"“](?P<word>[^\"“”\n]{1,40}?)[.]?[\"”])[.!]?"
)


_SO_FAR = regex.compile(r"\W*so\s+far\b", regex.IGNORECASE)


# What is only planned, or a step on the way: by it nothing is reached yet.
_NOT_YET = regex.compile(
    r"\b(?:wants?|tries|first|next|step)\b",
    re.IGNORECASE,
)


def _is_open(clause: str) -> bool:
    """Whether a clause says of nothing that it is so: what it would lead to is no conclusion."""
    return (
        any(True for _ in spotted(clause, "denies", "hedges", "supposes"))
        or told_by_others(clause)
        or uses(f"{clause} ")
        or _NOT_YET.search(clause) is not None
    )


def _of_inner_clause(sentence: str) -> Extracted | None:
    """What a clause of a sentence concludes, or what it does something to get."""
    inner = None if _PICKS_IN_A_CASE.match(sentence) else _INNER_CONCLUSION.search(sentence)
    if inner is None:
        inner = _TO_GET.search(sentence)
        clause = sentence[: inner.start("rest")] if inner else ""
        clause = clause[clause.rfind(",") + 1 :]
        if doubted(clause, "") or denied_before(clause):
            return Extracted(None, DENIED)
    elif inner["by"] and _is_open(sentence[: inner.start()]):
        return None
    rest = str(inner["rest"]).strip() if inner else ""
    if inner is None or plans(rest):
        return None
    picked = _OPTION_AND_TEXT.fullmatch(rest)
    return _picked_in(rest) if picked else commit(of_equation(inner["rest"]) or rest)


def _without_conclusion(sentence: str) -> Extracted | None:
    """What a last sentence gives that begins with no word for "therefore"."""
    truth = _TRUTH.fullmatch(sentence)
    if truth and speaker_doubts(f", {truth['why']}"):
        return Extracted(None, DENIED)
    if truth or _JUDGED.fullmatch(sentence):
        return commit(sentence)
    option = _option_said(sentence)
    if option:
        if denied_before(sentence[: option.start("letter")]):
            return None
        return Extracted(option["letter"])
    if _SO_FAR.match(sentence):
        return None
    inner = _of_inner_clause(sentence)
    if inner is not None:
        return inner
    equation = of_equation(sentence) or counted_of(sentence)
    if equation:
        return commit(equation)
    spelled = _SPELLED.fullmatch(sentence)
    if spelled and not (denied_before(spelled["lead"]) or plans(spelled["lead"])):
        return commit(spelled["word"])
    of_options = _OF_OPTIONS.fullmatch(sentence)
    if of_options and not dismisses(of_options["rest"]):
        return commit(of_options["rest"])
    said = number_named(sentence) or _said(sentence)
    if said:
        return commit(said)
    since = _SINCE.fullmatch(sentence)
    if since and not denied_before(str(since["rest"])):
        return commit(str(since["rest"]))
    if _CONCLUDES_INSIDE.search(sentence):
        lone = lone_value(sentence)
        if lone:
            return commit(lone)
    clause = sentence[max(map(sentence.rfind, "，；")) + 1 :]
    value = _CHINESE_VALUE.fullmatch(clause) if not clause.isascii() else None
    if value and not doubted(clause[: value.start("value")], ""):
        return commit(str(value["value"]))
    equation = of_equation(clause)
    if equation:
        return commit(equation)
    return None
