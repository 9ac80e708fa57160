"""The end of a text that marks no answer: a last line that is one, or a sentence that concludes."""

from __future__ import annotations

from functools import cache

import regex

from grpo_rewards.responses.commitments import (
    BARE_ANSWER_LENGTH,
    STOP,
    UNFINISHED,
    Extracted,
    commit,
    instead_of,
    start_of_sentence,
)
from grpo_rewards.responses.equations import last_side, of_equation, told, worked_out
from grpo_rewards.responses.first_sentences import named_first
from grpo_rewards.responses.last_sentences import POINTS_BACK, concluded
from grpo_rewards.responses.openings import (
    called_right,
    first_and_last,
    first_of_all,
    picked_above,
    walked,
)
from grpo_rewards.responses.records import last_working
from grpo_rewards.responses.truth_values import (
    bare_truth,
    doubted_truth,
    first_truth,
    labelled_truth,
    last_yes_or_no,
    truth_first,
)
from grpo_rewards.responses.under_headings import under_conclusion
from grpo_rewards.responses.workings import worked_before
from grpo_rewards.responses.wrong_ones import called_wrong
from grpo_rewards.wording.announcements import announced, closed, conclusion, plans
from grpo_rewards.wording.certainty import confidence_at_end, is_certain
from grpo_rewards.wording.dismissals import dismisses, sets_a_trap
from grpo_rewards.wording.doubts import denied_before, denied_lead, doubted
from grpo_rewards.wording.option_names import option_named
from grpo_rewards.wording.patterns import AND_ELSEWHERE, OR_ELSEWHERE
from grpo_rewards.wording.retractions import taken_back
from grpo_rewards.wording.rivals import is_rival
from grpo_rewards.wording.sentences import lone_value
from grpo_rewards.wording.statements import LABEL_BEHIND
from grpo_rewards.wording.vocabulary import (
    OTHER_LETTERS,
    any_of,
    rows,
    spotted,
)
from grpo_rewards.wording.walks import begins_walk, goes_on

__all__ = ["ONLY_A_VALUE", "unmarked_answer"]


_SHORT_LABEL = regex.compile(
    r"[\s*_>#-]*+(?:A|Ans(?=\s?[).:→])|答|Rép|Resp)[*_]*+\s*+(?:[.:：]|(?<=Ans)\)|→)[*_]*+\s*+(?P<rest>\S.*)",
    regex.IGNORECASE,
)
_BOLD_END = regex.compile(
    r"(?:[^\n]*[=:：\s])?(?:\*\*(?P<bold>[^*\n]{1,80})\*\*|__(?P<bold>[^*_\n]{1,80})__)[\s.。]*"
)
_BOLD = regex.compile(r"(?:\*\*|__)[\s.。]*$")
_SOLVED = r"[A-Za-z](?:_?\d)?\s?=\s?[-+−]?\d(?>[\d,./]*\d)?+"
_OR_AND = rf"\s(?:{OR_ELSEWHERE}|{AND_ELSEWHERE}|or|and)"
ONLY_A_VALUE = regex.compile(
    r"[\s>]*(?:\*\*|__|`|\*)?(?P<value>"
    r"\$\$?[^$\n]{1,160}\$\$?|\\\([^\n]{1,160}?\\\)|\\\[[^\n]{1,160}?\\\]"
    r"|[-+−]?[$€£¥₹]?\s?[-+−]?\d(?>[\d,.]*\d)?+\s?%?(?:/\d++)?+(?:\s\d+/\d+)?(?:\s[A-Za-z°²³/]{1,15}){0,2}"
    r"|[(\[][-+−]?\d[\d,.]*[)\]]|[(\[](?=[^\n]*[\d∞\\])[^()\[\]\n,;]{1,40}(?:[,;][^()\[\]\n,;]{1,40}){1,5}[)\]]|\\?\{[^{}\n]{1,80}\\?\}"
    rf"|\\text(?:bf)?\{{\(?[A-J]\)?\}}|[(\[]?(?:[A-J]|{OTHER_LETTERS})[)\]]?(?:[.):]\s.{{0,80}})?"
    rf"|{_SOLVED}(?:(?:,|;|{_OR_AND})\s{_SOLVED}){{0,4}}|[A-Za-z]\s?(?:=|∈|\\in)\s?\\?\{{[^{{}}\n]{{1,80}}\\?\}}|Yes|No|True|False|yes|no|true|false"
    rf")(?:\*\*|__|`|\*)?(?:{LABEL_BEHIND})?[.。!]?\s*"
)
_LAST_FENCE = regex.compile(r"```[\w+-]*\n(?P<inside>[^`]{1,400})```\s*$")


# Whose keys come in an order: what stands where it was cut off is not yet its answer.
_OBJECT = regex.compile(r"(?:```\w*+\s*+)?+(?:\[\s*+)?+\{\s*+[\"'][\w -]++[\"']\s*+:")


_OPEN_ANNOTATION = regex.compile(r"<<(?=\S)[^<>\n=]{1,80}=[^<>\n]*+$")


def _never_closes(text: str) -> str:
    """Why a text is none because something in it never closes; "" where nothing is left open."""
    if text[:1] in "{[`" and _OBJECT.match(text) and text.count("{") > text.count("}"):
        return "an object of JSON never closes"
    if "<<" in text and _OPEN_ANNOTATION.search(text, max(0, text.rfind("<<"))):
        return "the response was cut off"
    return ""


def unmarked_answer(text: str) -> Extracted:
    """The answer of a text that has no box and names none: its last line, or its conclusion."""
    text = _without_note(text)
    if not text:
        return Extracted(None, "the response is blank")
    open_still = _never_closes(text)
    if open_still:
        return Extracted(None, open_still)
    sure = confidence_at_end(text)
    if sure is not None and not sure[1]:
        return Extracted(None, "the statement is doubted")
    text = sure[0] if sure is not None else text
    worked = last_working(text) if text[:1] in "{`" else None
    if worked is not None:
        return unmarked_answer(worked)
    last = text[text.rfind("\n") + 1 :].strip()
    above = text[: text.rfind("\n") + 1].rstrip()
    if (
        above
        and len(last) <= BARE_ANSWER_LENGTH
        and is_rival(_last_line_of(above), last)
        and not _is_picked(above, text[len(above) :], last)
    ):
        return Extracted(None, "the last lines offer several answers")
    right = _option_and_certainty(above, last) or (None if text.isascii() else walked(text))
    if right is not None:
        return right
    last = _plainer(last) if last != text else last
    shown = _shown(text, last)
    if shown is not None:
        return commit(shown)
    truth = first_truth(text, last) or doubted_truth(last)
    if truth is not None:
        return truth
    if _GIVES_UP.search(text[-BARE_ANSWER_LENGTH:]):
        return Extracted(None, "the response gives up")
    wrong_one = called_wrong(text)
    if wrong_one:
        return Extracted(wrong_one)
    labelled = _letter_behind(last) or _labelled_value(last) or bare_truth(last)
    if labelled:
        return commit(labelled)
    if "\n" not in text and len(text) <= BARE_ANSWER_LENGTH:
        return _of_one_line(text, last)
    return (
        first_and_last(text)
        or picked_above(text)
        or _last_line(text, last)
        or under_conclusion(text)
        or first_of_all(text)
        or last_yes_or_no(text, last)
        or called_right(text)
        or named_first(text)
        or Extracted(None, "no box, no statement of an answer, and more text than an answer")
    )


def _of_one_line(text: str, last: str) -> Extracted:
    """What a text states that is one short line: what it says is the answer, or else all of it."""
    if text[-1] in ",，、" and text.count(" ") > 1:
        return Extracted(None, "the response was cut off")
    named = option_named(last)
    if named:
        return commit(named)
    behind = _behind_label(last)
    if behind and (ONLY_A_VALUE.fullmatch(behind) or _is_in_words(last, behind)):
        return commit(behind)
    in_bold = None if last.isascii() else _valued(last)
    value = _said_last(last)
    if value:
        return commit(value)
    said = in_bold or named_first(text) or concluded(last) or truth_first(text)
    return said or commit(_unadorned(text))


_ONE_OPTION = regex.compile(
    r"[(*]*+(?P<label>[A-J])[)*.:]*+(?P<text>(?<=[).:*])\s[^\s?][^\n?]{0,80})?"
)


def _option_and_certainty(above: str, last: str) -> Extracted | None:
    """The option that is all of a text but for how sure it is: "C", and below it "100%"."""
    option = _ONE_OPTION.fullmatch(above) if len(above) <= SHORT else None
    certain = is_certain(last) if option else None
    if option is None or certain is None:
        return None
    if not certain:
        return Extracted(None, "the answer is doubted")
    # A share alone may be the text of the option, which those who know that can tell.
    said = above if option["text"] or last[:1].isalpha() else f"{option['label']}. {last}"
    return commit(said)


# "So the town is **Paris**. (B)": the text of an option, and its label behind it.
_LETTER_BEHIND = regex.compile(
    r"(?P<said>[^\n]*?[^\s(.!*_])[.!]?[*_]{0,2}[.!]?\s[*_]{0,2}[(\[](?P<label>[A-J])[)\]][*_]{0,2}[.!]?"
)
_TEXT_SAID = regex.compile(
    r"(?P<lead>(?:the|this|that|it|he|she|they)\b(?:[^.,;:!?\n]{0,100}?\s)??(?:is|are|was|were|must\sbe))\s(?P<text>[^.;:!?\n]{1,60})",
    regex.IGNORECASE,
)


def _letter_behind(last: str) -> str | None:
    """The option whose label stands behind its text, at the end of the sentence that states it."""
    found = _LETTER_BEHIND.fullmatch(last) if last.rstrip("*_.!")[-1:] in tuple(")]") else None
    if found is None:
        return None
    said = found["said"].replace("*", "")
    said = said[start_of_sentence(said) :].strip()
    stated = _TEXT_SAID.fullmatch(conclusion(said) or said)
    if stated is None or denied_before(f"{stated['lead']} ") or dismisses(stated[0]):
        return None
    if sets_a_trap(stated["lead"].rpartition(" ")[0], of_label=True):
        return None
    if any(True for _ in spotted(stated["text"], "denies", "hedges", "rivals", "supposes")):
        return None
    return f"({found['label']}) {stated['text']}"


_LETTER_FIRST = regex.compile(
    r"[(*]*+(?P<letter>[A-Ja-j])[)*.]*+[ \t]*+\n\s*\n(?P<why>[^\n]{20,400})$"
)


def _first_letter(text: str) -> Extracted | None:
    """The option of a text that is its label, and a paragraph of reasons below it."""
    match = _LETTER_FIRST.fullmatch(text)
    if match is None or taken_back(f". {match['why']}", value=match["letter"]):
        return None
    return Extracted(match["letter"])


def _shown(text: str, last: str) -> str | None:
    """What is laid out as an answer at the end of a text: a label, a display, a fence, bold."""
    label = _SHORT_LABEL.fullmatch(last)
    if label and len(last) <= 2 * BARE_ANSWER_LENGTH and last.rstrip("*_ ")[-1:] not in ":：":
        # "A: 42" answers with 42; "A: Rome" may be an option and its text.
        is_option = label["rest"][0].isalpha() and len(label["rest"]) <= 40
        return last if is_option and last[:1] == "A" else str(label["rest"])
    if text.endswith("}") and (row := _LAST_ROW.search(text[-LONGEST_ROW:])):
        return str(row["row"]).replace("&", "")
    if text.endswith("```"):
        fence = _LAST_FENCE.search(text[-500:])
        if fence and "\n" not in str(fence["inside"]).strip():
            return str(fence["inside"])
    if last.endswith("\\]") or (last.endswith("$$") and last != text):
        displayed = _displayed(text)
        if displayed:
            return last_side(displayed) or displayed
    bold = _BOLD_END.fullmatch(last) if _BOLD.search(last) and len(last) <= 400 else None
    if bold:
        lead = last[: bold.start("bold")].rstrip("*_ ")
        if not lead or lead[-1] in "=:：":
            said = str(bold["bold"])
            return (_behind_label(said.rstrip(".")) or said) if ":" in said and not lead else said
    return None


def _labelled_value(last: str) -> str | None:
    """What stands behind a label such as "Verdict:", or at the end of a chain of equations."""
    value = _LABELLED_LAST.fullmatch(last)
    if value:
        return str(value["value"])
    truth = labelled_truth(last)
    if truth:
        return truth
    if "=" not in last:
        return None
    worked = told(last)
    if worked:
        return worked
    worked = worked_out(last)
    return worked if worked and not denied_before(last[: last.rfind("=")]) else None


def _last_line(text: str, last: str) -> Extracted | None:
    """The answer of the last of several lines."""
    whole = len(last) <= BARE_ANSWER_LENGTH and not UNFINISHED.search(last.rstrip("*_"))
    named = option_named(last) if whole else None
    if named:
        return commit(named)
    upper = text[: text.rfind("\n") + 1].rstrip()
    if begins_walk(_last_line_of(upper), last) or goes_on(upper, last):
        return None
    if whole and (ONLY_A_VALUE.fullmatch(last) or _lone_answer(text, last)):
        return commit(last)
    above = text[: text.rfind("\n") + 1][-2 * BARE_ANSWER_LENGTH :]
    stated = announced(last) or conclusion(last)
    labelled = _labelled(last, stated) if whole else None
    if (
        labelled
        and (_is_a_value(labelled) or _is_in_words(last, labelled))
        and not denied_before(last[: -len(labelled)])
    ):
        return commit(labelled)
    said = _said_last(last) if whole else None
    if said:
        return commit(said)
    planned = (
        told(last, upper.strip()) if "=" in last and len(upper) <= BARE_ANSWER_LENGTH else None
    )
    if planned and whole:
        return commit(planned)
    asked = _last_line_of(text[: text.rfind("\n") + 1].rstrip())
    if "=" in last and asked[-1:] in (":", "：") and conclusion(asked) and whole:
        came_to = of_equation(last)
        if came_to and not denied_before(asked[:-1]):
            return commit(came_to)
    sum_of = _SUM_LINE.fullmatch(last)
    if sum_of:
        return commit(sum_of["value"])
    return (
        _valued(last)
        or concluded(last, stated, above)
        or (_lone_line(text, last) if whole else None)
        or _first_letter(text)
    )


@cache
def _noun_and_value() -> regex.Pattern[str]:
    nouns = any_of("announces", "labels")
    return regex.compile(rf"(?P<before>[^\n]*?){nouns}\s+(?P<value>\S[^\n]{{0,40}})")


# Languages that have no "is", or may leave it out: "Cevap 72."
_WITHOUT_BE = ("tr", "bn", "ur", "hi", "te", "ta", "hu", "ru", "uk")
_NUMBER_AND_UNIT = regex.compile(
    r"[-+−]?[$€£¥₹₺]?\d(?>[\d,./]*\d)?+\s?%?(?:\s[^\W\d_](?:[^\W\d_]|[°²³/]){0,14}){0,2}"
)


def _is_a_value(text: str) -> bool:
    """Whether a text is a value, and perhaps a unit in any letters: "42 kişi"."""
    if ONLY_A_VALUE.fullmatch(text):
        return True
    return not text.isascii() and _NUMBER_AND_UNIT.fullmatch(text.rstrip(".。!*_ ")) is not None


@cache
def _noun_without_be() -> regex.Pattern[str]:
    nouns = "|".join(any_of("announces", "labels", language=each) for each in _WITHOUT_BE)
    leads = "|".join(any_of("concludes", language=each) for each in _WITHOUT_BE)
    return regex.compile(
        rf"(?:(?:{leads}|{any_of('qualifies', language='ru')}|az?|सही|సరైన|சரியான)[\s,،]+)*+"
        rf"(?:{nouns})\s+(?P<value>[-+−$€£¥₹₺\d][^\n]{{0,40}})",
        regex.IGNORECASE,
    )


_ASCII_NOUN = "evap"
"""Of Turkish "cevap"; the other languages that put their verb last have letters of their own."""


def _said_last(line: str) -> str | None:
    """What a line states whose verb comes last, or goes without saying: "सही उत्तर 42 है"."""
    if line.isascii() and _ASCII_NOUN not in line:
        return None
    shut = closed(line)
    match = _noun_and_value().fullmatch(shut) if shut else None
    if match is not None and ONLY_A_VALUE.fullmatch(match["value"]):
        return None if denied_before(match["before"]) else str(match["value"])
    match = _noun_without_be().fullmatch((shut or line).strip("*_ ").rstrip(".。!"))
    is_value = match is not None and _NUMBER_AND_UNIT.fullmatch(match["value"])
    return str(match["value"]) if match is not None and is_value else None


def _is_picked(above: str, end: str, last: str) -> bool:
    """Whether a last paragraph is one of the options that are listed above it."""
    paragraph = "\n\n" in end.replace(" ", "")
    letter = last.strip("()[]*. ")
    if paragraph and len(letter) == 1 and letter.isupper():
        return f"\n{letter}." in f"\n{above}" or f"\n{letter})" in f"\n{above}"
    return (
        paragraph and last.lstrip("([*")[:1].isalpha() and last in map(str.strip, above.split("\n"))
    )


def _last_line_of(text: str) -> str:
    return text[text.rfind("\n") + 1 :].strip()


LONGEST_ROW = 300
"""How far (characters) from the end the last row of aligned equations is looked for."""
_NOTE = regex.compile(
    r"(?<!\s)[ \t]*+\n\s*+(?:[-*_]{3,}+[ \t]*+\n\s*+)?[*_(\[]{0,3}+(?:Notes?|Remark|N\.?B\.?|P\.?S\.?|注|注意|备注|Nota|Remarque|Hinweis|Примечание)[*_]*+\s*+[:：][^\n]*+$|(?<!\s)[ \t]*+\n\s*+[-*_]{3,}+\s*+$",
    regex.IGNORECASE,
)


# What a last line says of the mathematics displayed above it.
_OF_DISPLAY = regex.compile(
    r"(?<=\$\$|\\\]|[\w)}][,.]?)\s*\n\s*+(?:where\s[^\n]*|which\s+is\s+(?:the|our|my)\s+(?:\w+\s+)?(?:answer|result|solution)\s*)[.]?$"
)


_POINTS_BACK = regex.compile(rf"(?<=[\w.)$*])[ \t]*+\n\s*+{POINTS_BACK}[.!]\s*+$")


def _without_note(text: str) -> str:
    """A text without the note at its end that takes nothing back, and without a rule there."""
    last = text.rfind("\n") + 1
    if text[last:].lstrip()[:2] == "wh" and (of_it := _OF_DISPLAY.search(text, max(0, last - 12))):
        if taken_back(f", {of_it[0].strip()}"):
            return text
        text = text[: of_it.start()].rstrip(" ,")
    if pointed := _POINTS_BACK.search(text, max(0, last - 8)):
        text = text[: pointed.start()].rstrip()
    near = max(text.rfind("\n\n"), text.rfind("\n-"), text.rfind("\n*"), text.rfind("\n_"))
    note = _NOTE.search(text, len(text[: max(0, near - 8)].rstrip())) if near > 0 else None
    if note is None or taken_back(f". {note[0].strip()}"):
        return text
    return text[: note.start()].rstrip()


# A formula, or a word or three, that is a paragraph by itself.
_FORMULA_LINE = regex.compile(
    r"(?=[^\s])(?![-+*>•·–—]\s)(?:[A-Za-z]\w?(?:\([a-z]\))?\s*=)?(?:\\[A-Za-z]++|(?<![A-Za-z])[A-Za-z]{1,2}(?![A-Za-z])|[-+−*/^_(){}\[\]|!,.:;%&$°√π∞≤≥<>⋅·×÷±\\\d\s])++"
)
_WORD_LINE = regex.compile(r"[^\W\d_]{2,}+(?:[’'][^\W\d_]++)?+(?:[ -][^\W\d_]{2,}+){0,3}")
_TIME_LINE = regex.compile(r"\d{1,2}:\d{2}(?:\s?[AaPp]\.?[Mm]\.?)?|\d+ ?: ?\d+")
_NO_ANSWER = frozenset(
    "done qed end yay thanks thank solution answer explanation reasoning note proof conclusion verification check step hmm wait stop result final continue".split()
)


def _lone_answer(text: str, last: str) -> bool:
    """Whether a last paragraph is an answer and nothing else: a formula, a word or three."""
    if "\n\n" not in text[max(0, text.rfind("\n") - 3) :]:
        return False
    line = last.rstrip(".。!")
    for mark in ("**", "`", "*"):
        if line.startswith(mark) and line.endswith(mark) and len(line) > 2 * len(mark):
            line = line[len(mark) : -len(mark)]
    if _TIME_LINE.fullmatch(line):
        return True
    if _FORMULA_LINE.fullmatch(line):
        return line.count("=") <= 1 and not line.isdecimal() and line[-1:] not in "+-*/=,:;<>("
    words = line.casefold().split()
    return (
        _WORD_LINE.fullmatch(line) is not None
        and not _NO_ANSWER.intersection(words)
        and not any(True for _ in spotted(line, "denies", "hedges", "speaks", "plans", "concludes"))
    )


def _lone_line(text: str, last: str) -> Extracted | None:
    """The one value of a last paragraph that is one whole sentence: "Sam is 10 years old."."""
    alone = "\n\n" in text[max(0, text.rfind("\n") - 3) :]
    worked = None if alone else worked_before(text[: text.rfind("\n") + 1], last)
    if worked is not None:
        return worked
    if last[-1:] not in tuple(".!。") or STOP.search(last) or not (alone or last.count("**") == 2):
        return None
    value = lone_value(last)
    return commit(value) if value else None


_LAST_ROW = regex.compile(
    r"(?:\\\\|\\begin\{(?:align|aligned|gather|equation|split)\*?\})(?:\[[^\]\n]*\])?\s*(?P<row>(?:(?!\\\\|\\begin)[^$])+?)(?:\\\\)?\s*\\end\{(?:align|aligned|gather|equation|split)\*?\}$",
)


_ORNAMENT = regex.compile(
    r"(?:(?:=>|->|[→⇒⟹➜➡∴✅✓✔☑🎯👉]|\\(?:therefore|implies|Rightarrow|rightarrow)(?![A-Za-z])|\#{1,6}(?=\s)|=)\ufe0f?\s*+)*+"
    r"(?P<line>(?>.*[^\s✅✓✔☑])?+)[\s✅✓✔☑]*+"
)


_ENDS_PLAINLY = frozenset("0123456789.!。*")


_WORDS_INSIDE = regex.compile(r"[*_\s]*+[^\W\d_]{2,}[^,]*+$|[^\W\d_]\s*[:=][^,]*+$|\S+$")


def _unadorned(line: str) -> str:
    """A line without the arrow that it begins with."""
    return _without_ornaments(line) if line[:1] in "=→⇒⟹➜➡∴\\-✅✓✔☑🎯👉" else line


def _without_ornaments(line: str) -> str:
    found = _ORNAMENT.fullmatch(line)
    return str(found["line"]) if found else line


def _plainer(line: str) -> str:
    """A last line without arrows, ticks, and the brackets or quotes around all of it."""
    if line[:1].isalpha() and line[-1:] in _ENDS_PLAINLY:
        return line
    if line[:3] == "> *":
        line = line[2:]  # a quotation in Markdown
    line = _without_ornaments(line)
    for opening, closing in ("[]", "()", '""', "“”"):
        inside = line[1:-1]
        if (
            line[:1] == opening
            and line[-1:] == closing
            and (len(inside) > 1 or opening in '"“')
            and opening not in inside
            and (opening in '"“' or _WORDS_INSIDE.match(inside))
        ):
            return inside if closing not in inside else line
    return line


@cache
def _label() -> regex.Pattern[str]:
    """The label of a last line: "Final:", "Sum =", "Option", "Answer"."""
    letter = r"(?=[(\[*]*+(?-i:[A-J])(?!\w))"
    return regex.compile(
        rf"[*_]*+(?:the\s+)?+(?:{any_of('labels')}[*_]*+(?:\s*+[:=：]|\s[—–]\s)[*_]*+"
        rf"|{any_of('names', 'announces')}\s*+{letter}"
        rf"|(?:(?:zatem|więc|a\s+więc|stąd|czyli|dlatego),?\s+)?+{any_of('labels', language='pl')}\s+to(?:\s|:)"
        rf"|(?-i:ANSWER)\s)\s*+(?P<rest>\S.*+)",
        regex.IGNORECASE,
    )


_POLISH = {"the", "zatem", "więc", "a", "stąd", "czyli", "dlatego"}
"""What else a label may begin with: an article, and "therefore" in Polish."""


@cache
def _label_words() -> frozenset[str]:
    found = rows("labels", "names", "announces")
    return frozenset({word.split()[0].casefold() for row in found for word in row.words} | _POLISH)


def _labelled(line: str, stated: str | None) -> str | None:
    """What a last line says behind its label, or behind the words that announce or conclude it."""
    behind = _behind_label(line)
    if behind or stated:
        return behind or stated
    said = _IS.fullmatch(line)
    return str(said["value"]) if said and not denied_lead(str(said["lead"])) else None


def _behind_label(line: str) -> str | None:
    first = _FIRST_WORD.match(line)
    if first is None or (first[1].casefold() not in _label_words() and line.isascii()):
        return None
    label = _label().fullmatch(line)
    if label is None:
        return None
    said = str(label["rest"])
    return option_named(said) or instead_of(said) or said


_FIRST_WORD = regex.compile(r"[*_]*+([^\W\d_]++)")
_IN_WORDS = regex.compile(r"[*_\s]*+(?:[^\W\d_][\w'’.-]*+[\s,]*+){1,6}[*_.。!\s]*+")


@cache
def _other_label() -> regex.Pattern[str]:
    """A label of another language than English, whose colon is followed by the answer only."""
    languages = sorted({row.language for row in rows("labels")} - {"en"})
    labels = "|".join(any_of("labels", language=language) for language in languages)
    return regex.compile(rf"[*_\s]*+(?:{labels})[*_]*+\s*+[:：]", regex.IGNORECASE)


def _is_in_words(line: str, behind: str) -> bool:
    """Whether a line is a label of another language and an answer of a few words."""
    return (
        line[-1:] not in ("?", "？")
        and len(behind) <= SHORT
        and _other_label().match(line) is not None
        and _IN_WORDS.fullmatch(behind) is not None
        and not any(True for _ in spotted(behind, "denies", "hedges", "retracts"))
    )


SHORT = 80
"""How long (characters) an answer in a few words is."""
_IS = regex.compile(
    r"(?P<lead>(?:the|this|its?|his|her|their|our)\s[^\n.!?,;:=<>]{1,80}?)\s(?:is|are|equals)\s(?P<value>\S.*+)",
    regex.IGNORECASE,
)


_LABELLED_LAST = regex.compile(
    r"[*_#\s]*+(?:Label|Sentiment|Category|Class|Stance|Intent|Tone|Verdict|Judge?ment|Classification|Prediction|Relation|Conclusion)[*_]*+"
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


# "所以最终应付 **310-50=260元**": what a clause says that somebody pays or has, or that is left.
_BOLD_VALUE_IN_CHINESE = regex.compile(
    r"(?P<before>(?:[^*]*[。！!])?(?P<clause>(?:[^*。！!]*[，；：,;:])?[^*，。；：！,;:!\d半倍]{0,16}(?:是|为|付|共|计|需|剩|得|等于|有|花了?|花费|收)\s?))"
    r"\*\*(?:[\d.+−×*÷/() -]{3,40}=\s?)?(?P<value>[-−]?[￥¥$€£]?\d[\d,]*+(?:\.\d++)?+(?:%|\s?[^\W\d_A-Za-z]{1,3})?)\*\*[.。!！]*"
)
_CASE_OR_GIVEN = regex.compile(r"[如若]|假|要是|题目|已知|原来|原本|起初|最初|当初|本来")
_WOULD = regex.compile(r"\b(?:would|should)\s")


def _valued(line: str) -> Extracted | None:
    """The one bold value that ends a last line."""
    if line.count("__") == 2 and "*" not in line:
        line = line.replace("__", "**")
    match = _BOLD_VALUE.fullmatch(line) if line.count("**") == 2 else None
    if match is None and not line.isascii() and line.count("**") == 2:
        match = _BOLD_VALUE_IN_CHINESE.fullmatch(line)
        if match is None or _CASE_OR_GIVEN.search(match["clause"]):
            return None
    if match is None or plans(line) or doubted(_WOULD.sub("", match["before"]), ""):
        return None
    return Extracted(match["value"])


def _displayed(text: str) -> str:
    """What the mathematics displayed at the end of a text shows."""
    mark, opening = ("$$", "$$") if text.endswith("$$") else ("\\]", "\\[")
    start = text.rfind(opening, 0, len(text) - len(mark))
    return text[start + 2 : len(text) - 2].strip() if start >= 0 else ""
