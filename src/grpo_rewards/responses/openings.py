"""A text that gives its answer first, or walks over the options and calls one of them right."""

from __future__ import annotations

from string import ascii_uppercase

import regex

from grpo_rewards.answers import exact_number
from grpo_rewards.responses.commitments import Extracted, start_of_sentence
from grpo_rewards.wording.announcements import conclusion
from grpo_rewards.wording.asides import speaker_doubts
from grpo_rewards.wording.attributions import attributed
from grpo_rewards.wording.dismissals import dismisses, only_mentions, sets_a_trap, somebody_says
from grpo_rewards.wording.doubts import denied_lead
from grpo_rewards.wording.retractions import INTERJECTIONS, taken_back
from grpo_rewards.wording.spoken_of import heads_answer, told_by_others
from grpo_rewards.wording.stated_truths import stated_truth
from grpo_rewards.wording.vocabulary import Sense, any_of, spotted

__all__ = [
    "called_right",
    "first_and_last",
    "first_of_all",
    "picked_above",
    "takes_back",
    "turns",
    "walked",
]

LONGEST = 4_000
"""Longer texts (characters) are not looked through from their beginning."""
MOST = 12
"""How many options are looked at."""
LEAST = 3
"""How few options are walked over where one of them is called right."""
PROSE = 40
"""The shortest reason (characters) that stands below an option."""


def first_of_all(text: str) -> Extracted | None:
    r"""The answer that a text gives before its reasons.

    Example:
        >>> first_of_all("Paris\n\nExplanation: it stands on the Seine.").answer
        'Paris'
    """
    if len(text) > LONGEST:
        return None
    return _above_reasons(text) or _option_first(text) or _judged(text)


# A few words, a heading below them.
_ABOVE = regex.compile(
    r"\s*+[*_]*+(?P<said>[^\n*_:：?？]{1,60}?)[*_.。]*+[ \t]*+\n"
    r"(?:[ \t]*+\n|(?<=^\s*+[*_]*+[$€£]?[-−]?\d[^\n]{0,60}\n))"
    rf"[*#_\s]*+{any_of('explains')}[*_\s]*+[:：](?P<why>.*)$",
    regex.IGNORECASE | regex.DOTALL,
)
# "**Diagnosis: Anaemia**", "**Diagnosis:** Anaemia.", and a heading below it.
_LABELLED_ABOVE = regex.compile(
    r"\s*+[*_#]*+(?P<label>[^\W\d_](?:[^\W\d_]|[ '’-](?=[^\W\d_])){1,40}+)[*_ ]*+[:：][*_ ]*+"
    r"(?P<said>[^\n*_:：?？]{2,160}?)[*_.。]*+[ \t]*+\n\s*+"
    rf"[*#_\s]*+{any_of('explains')}[*_\s]*+[:：](?P<why>.*)$",
    regex.IGNORECASE | regex.DOTALL,
)
_MOST_WORDS = 5
LONGEST_LINE = 80
"""Characters of a first line that may be an answer."""


def _above_reasons(text: str) -> Extracted | None:
    """The words of a first line above a heading such as "Explanation:"."""
    line = text.find("\n")
    match = _ABOVE.match(text) if 0 < line <= LONGEST_LINE else None
    if match is None or len(match["said"].split()) > _MOST_WORDS:
        match = _LABELLED_ABOVE.match(text) if 0 < line <= 3 * LONGEST_LINE else None
        if match is None or not heads_answer(match["label"]):
            return None
        if regex.search(rf"{regex.escape(match['label'])}[*_]*+\s?[:：]", match["why"]):
            return None  # a list of several
    said = str(match["said"])
    if _comes_to_another(said, match["why"]):
        return None
    if any(True for _ in spotted(said, "denies", "hedges", "speaks", "plans", "rivals")):
        return None
    return None if takes_back(match["why"].strip(" *_\n-"), said) else Extracted(said)


_NUMBER = regex.compile(r"\d[\d,]*+(?:\.\d++)?+")
_RESULT = regex.compile(
    r"=\s*+[$€£*(]{0,3}(?P<result>[-−]?\d[\d,]*+(?:\.\d++)?+)(?![\d\s.]*[-+*/×·x^]\s?\d)"
)


def _comes_to_another(said: str, why: str) -> bool:
    """Whether a number stands first, and the reasons end in another one, or never come to it."""
    numbers = _NUMBER.findall(said)
    if len(numbers) != 1:
        return False
    ours = numbers[0].replace(",", "")
    results = [found["result"].replace(",", "") for found in _RESULT.finditer(why)]
    if results:
        return exact_number(results[-1].replace("−", "-")) != exact_number(
            f"{'-' if said.lstrip('$€£')[:1] in '-−' else ''}{ours}"
        )
    last = _NUMBER.findall(why[why.rstrip().rfind("\n") + 1 :])
    return bool(last) and ours not in {each.replace(",", "").rstrip(".") for each in last}


# "No, it is 41", "wait: 41", and not "Wait times are long".
_NO = regex.compile(
    rf"\W*(?:{'|'.join(sorted(INTERJECTIONS))}|{any_of('retracts')})\s*+(?:[,.!;:，。、…—–-]|$)",
    regex.IGNORECASE,
)
LOOKED_AT = 200
"""How many characters of the reasons may turn to another answer."""
# Reasons that turn from what was said first to another.
_TURNS = regex.compile(
    r"\bon\s+(?:second\s+thought|(?:closer\s+)?(?:reflection|inspection))|\b(?:fits|is|works|seems)\s+better\b|\bbetter\s+(?:answer|choice|option|fit|match)\b"
    r"|\bat\s+first(?:\s+(?:sight|glance|look))?\b[^\n]{0,80}\b(?:but|yet|however|though)\b|\b(?:most|many|some)\b[^.\n]{0,40}\b(?:say|think|choose|pick|guess|answer)\b"
    r"|\b(?:crossed|ruled|left)\s+out\b[^\n]{0,20}$|\bget\s+(?:it|this)\s+wrong\b|\b(?:but|yet|rather|actually|instead)\s+(?:it|the\s+(?:right\s+|correct\s+|real\s+)?answer|this)\s+(?:is|was|must\s+be)\b",
    regex.IGNORECASE,
)


def takes_back(why: str, said: str) -> bool:
    """Whether the reasons below an answer begin by taking it back.

    Example:
        >>> takes_back("No, it is Oslo.", "Paris"), takes_back("That is wrong.", "Paris")
        (True, True)
        >>> takes_back("Wait times are long there.", "Paris")
        False
    """
    return turns(why) or taken_back(f". {why[:200]}", value=said) == "denied"


def turns(why: str) -> bool:
    """Whether reasons begin with a correction or a doubt, or turn to another answer."""
    return (
        _NO.match(why) is not None
        or speaker_doubts(f". {why}")
        or _TURNS.search(why, 0, LOOKED_AT) is not None
    )


# "a: 誤り。b: 正しい。": of what is said of each option.
_ITEM = regex.compile(
    r"(?:^|(?<=[\s。．.!！)）]))[(（]?(?P<label>[A-Ja-j])[)）]?\s?[:：.．、]\s*+(?P<verdict>正しい|正解|適切|○)?"
)
_WRONG_ASKED = regex.compile(
    r"誤っているのは|正しくないのは|適切でないのは|誤りはどれ|間違っているもの"
)


def walked(text: str) -> Extracted | None:
    """The one option of several that is called right, where each is spoken of.

    Example:
        >>> (
        ...     walked("a: 誤り。b: 正しい。c: 誤り。").answer,
        ...     walked("a: 正しい。b: 正しい。c: 誤り。"),
        ... )
        ('b', None)
    """
    if len(text) > LONGEST:
        return None
    if "正" not in text and "適切" not in text and "○" not in text:
        return None
    found: dict[str, bool] = {}
    for item in _ITEM.finditer(text):
        after = text[item.end() : item.end() + 2]
        right = item["verdict"] is not None and (not after or after[0] in "。.．、,， \n（(")
        label = str(item["label"]).lower()
        if label in found and found[label] != right:
            return None
        found[label] = right
    named = [label for label, right in found.items() if right]
    if not LEAST <= len(found) <= MOST or len(named) != 1 or _WRONG_ASKED.search(text):
        return None
    return Extracted(named[0])


_LISTED = regex.compile(
    r"(?:^|\n)[ \t>*_#-]*+[(\[]?(?P<label>[A-J])(?:[)\]][.:]?|[.:])[*_]*+\s(?P<said>[^\n]++)"
)
_RIGHT_WORDS = ("correct", "right", "accurate", "best")
_VERDICT = regex.compile(
    rf"(?<=[.:!][*_]*+\s[*_]*+)(?:this|that|it)\sis\s(?:the\s)?(?:most\s)?(?:{'|'.join(_RIGHT_WORDS)})"
    r"(?:\s(?:option|choice|one|usage|meaning|definition|description))?[*_]*+(?=[.!,]|\s(?:because|since|as)\b)",
    regex.IGNORECASE,
)
# "Only for ships.", "In a way.", and not "Only whales swim."
_LIMITS = regex.compile(
    r"\W*(?:but\s)?(?:(?:only|just)\s(?:as|at|by|for|from|if|in|on|partly|sometimes|to|when|where|with)"
    r"|(?:partly|partially|mostly|sometimes|sort\sof|kind\sof)|in\s(?:a|one)\s(?:way|sense|manner)"
    r"|to\s(?:some|an?)\s(?:\w+\s)?(?:extent|degree|point)|up\sto\sa\spoint)\b",
    regex.IGNORECASE,
)
_LEAVES_OUT = regex.compile(r"\b(?:not|never|wrong|incorrect|false)\b|n['’]t\b", regex.IGNORECASE)
_ASKED_FOR_WRONG = regex.compile(r"\b(?:not\s(?:true|correct)|incorrect|false|except|EXCEPT|NOT)\b")


def called_right(text: str) -> Extracted | None:
    r"""The one option of a list that is called right, where each other one is spoken against.

    Example:
        >>> said = (
        ...     "A) Rome: It is not on it.\nB) Paris: This is correct. It is.\nC) Oslo: It isn't."
        ... )
        >>> called_right(said).answer
        'B'
        >>> called_right(said.replace("It isn't.", "This is correct."))
    """
    small = text.lower() if len(text) <= LONGEST else ""
    if not any(word in small for word in _RIGHT_WORDS):
        return None
    items = list(_LISTED.finditer(text))
    labels = "".join(item["label"] for item in items)
    if not LEAST <= len(items) <= MOST or not ascii_uppercase.startswith(labels):
        return None
    if text[items[-1].end() :].strip() or _ASKED_FOR_WRONG.search(text, 0, items[0].start()):
        return None
    right = [item for item in items if _VERDICT.search(item["said"])]
    if len(right) != 1:
        return None
    verdict = _VERDICT.search(right[0]["said"])
    said, start, end = right[0]["said"], *(verdict.span() if verdict else (0, 0))
    if said.count(":", 0, start) > 1 or only_mentions(said[:start]) or somebody_says(said[:start]):
        return None
    after = said[end:]
    if _LIMITS.match(after) or takes_back(after, right[0]["label"]):
        return None
    if taken_back(after, value=right[0]["label"]):
        return None
    if not all(_LEAVES_OUT.search(item["said"]) for item in items if item is not right[0]):
        return None
    return Extracted(right[0]["label"])


_FIRST = regex.compile(
    r"(?:(?P<line>(?P<label>[A-J])[.)]\s(?P<text>[^\n]{3,160}))\n\s*"
    r"|\*\*(?P<line>[(]?(?P<label>[A-J]|[a-j](?=\)))[.)]\s(?P<text>[^\n*]{3,160}))\*\*[.]?\s+)(?P<why>\S.*)$",
    regex.DOTALL,
)
_OTHER_LABEL = regex.compile(r"(?<![\w'’])[(]?(?:[B-J](?![\w'’])|A[).])")


def _option_first(text: str) -> Extracted | None:
    """The option of a first line, by its label and text, above a paragraph of prose."""
    match = _FIRST.match(text)
    if match is None:
        return None
    why = str(match["why"])
    others = {label[0].strip("().") for label in _OTHER_LABEL.finditer(why)}
    others |= {label["label"].upper() for label in _SMALL_LABEL.finditer(why)}
    if others - {match["label"].upper()} or len(why) < PROSE or why[-1:] not in (".", "。", "!"):
        return None
    if (
        regex.match(r"[-*\d#(]", why)
        or "?" in match["line"]
        or "=" in why
        or text.startswith("A. ")
    ):
        return None
    if takes_back(why, match["label"]) or any(True for _ in spotted(why[:PROSE], "denies")):
        return None
    return Extracted(match["line"].rstrip("."))


_NAMED_FIRST = regex.compile(
    r"[*]{0,2}(?P<line>[(]?(?P<label>[A-J])[)]?[.．、:：)]?\s*+(?P<text>[^\n*]{2,60}?))[.。*]*+"
    r"[ \t]*+\n[ \t]*+\n(?P<why>\S.*)$",
    regex.DOTALL,
)
_LAST_SENTENCE = regex.compile(
    r"(?:.*(?:[.!?]\s|[。！？\n]))?(?P<last>[^\n。！？]+)$", regex.DOTALL
)


_OPEN: tuple[Sense, ...] = ("denies", "hedges", "supposes", "retracts", "rivals")
_OF_ITSELF = regex.compile(
    r"\s(?!or\b|and\b)[^.!?\n]{3,160}?,\s(?:so|and\sso|thus|hence|therefore)\s(?:it|they|he|she)\s"
    r"(?!(?:\w+\s){0,2}(?:not|never|hardly|un(?:able|fit|suit\w+|likely)|poor\w*|bad\w*|weak\w*)\b"
    r"|(?:\w+\s){0,2}(?:is|seems|looks)\s(?:less|least|worse|worst)\b|\w*n['’]t|cannot)\w"
)


def _is_of_itself(last: str, said: str) -> bool:
    """Whether a sentence begins with what was said, and concludes something of it."""
    own = last.removeprefix("the ")
    said = said.removeprefix("the ")
    return own.startswith(said) and _OF_ITSELF.match(own, len(said)) is not None


def first_and_last(text: str) -> Extracted | None:
    r"""The option of a first line, whose text is what the last sentence concludes something of.

    Example:
        >>> first_and_last("B. Paris\n\nIt is old. Therefore, Paris is the capital.").answer
        'B. Paris'
        >>> first_and_last("B. Paris\n\nIt is old. Therefore, Paris is not the capital.")
    """
    match = _NAMED_FIRST.match(text) if len(text) <= LONGEST else None
    if match is None:
        return None
    why, said = str(match["why"]).rstrip(".。!* "), match["text"].casefold()
    found = _LAST_SENTENCE.match(why)
    last = found["last"].casefold() if found else ""
    rest = conclusion(last)
    of_itself = rest is None and _is_of_itself(last, said)
    rest = last.partition(" if ")[0] if of_itself else rest
    if rest is None or not rest.removeprefix("the ").startswith(said.removeprefix("the ")):
        return None
    others = {label[0].strip("().") for label in _OTHER_LABEL.finditer(why)}
    if others - {match["label"]} or takes_back(why, match["label"]) or dismisses(rest):
        return None
    if any(True for _ in spotted(last, *(("wavers",) if of_itself else _OPEN))):
        return None
    return Extracted(str(match["line"]))


_PICKED = regex.compile(
    r"(?:^|(?<=\n)|(?<=[.!?]\s))(?P<lead>[^\n]{3,200}?)[*_]*+"
    r"(?::[*_]*+[ \t]*+\n\s*+|:?[ \t]++(?=[*_]{0,2}[(\[]))"
    r"(?P<line>[*_]{0,2}+[(\[]?(?P<label>[A-Ja-j])[)\].:]{1,2}+[*_]*+[ \t]++[^\n]{1,160})"
    r"\n[ \t]*+\n(?P<why>[^\n]++(?:\n[^\n]*+)*)$"
)
# Its line, with a blank one below: looked for first, since most texts have none.
_BLANK_LINE = regex.compile(r"\n[ \t]*+\n")
_PICKED_LINE = regex.compile(r"(?<=[A-Ja-j])[)\].:]{1,2}+[*_]*+[ \t]++[^\n]{1,160}+\n[ \t]*+\n")
FARTHEST_LEAD = 260
"""How far (characters) above such a line what leads to it begins."""
_BE_ONE = r"(?:is|(?:would|should|must|will)\sbe)"
_LEADS_TO_ONE = regex.compile(
    rf"(?:{any_of('concludes', language='en')},?\s+)?"
    r"(?:(?:the|my|our)\s(?!(?:first|second|next|other|following|old|usual)\b)[^.!?\n]+?"
    rf"\s{_BE_ONE}|(?:i|we)\s{any_of('picks', language='en')})",
    regex.IGNORECASE,
)
_WOULD = regex.compile(rf"\s{_BE_ONE}$")
_SMALL_LABEL = regex.compile(r"(?<!\w)[(\[](?P<label>[A-Ja-j])[)\]]")
_GOES_ON = regex.compile(
    r"(?:^|[.,;!:\n]\s{0,2}+)(?:so|but|then|that\sis)\b"
    r"|\b(?:thus|hence|therefore|which\smeans|however|wait|actually|instead|rather(?!\sthan)|yet)\b"
    r"|\b(?:must|should|has\sto)\s(?:then\s|therefore\s)?be\b",
    regex.IGNORECASE,
)


def picked_above(text: str) -> Extracted | None:
    r"""The option that stands on a line of its own below what leads to it, above reasons.

    What the reasons speak of states nothing beside it, unless they conclude it.

    Example:
        >>> picked_above(
        ...     "The best value would be:\n(a) -2\n\nEach step then lowers it by 2."
        ... ).answer
        '(a) -2'
        >>> picked_above("The worst value would be:\n(a) -2\n\nEach step then lowers it by 2.")
        >>> picked_above("The best value would be:\n(a) -2\n\nSo it is 2.")
    """
    has_line = len(text) <= LONGEST and _BLANK_LINE.search(text) is not None
    line = _PICKED_LINE.search(text) if has_line else None
    if line is None:
        return None
    found = _PICKED.search(text, max(0, line.start() - FARTHEST_LEAD))
    if found is None:
        return None
    lead = found["lead"][start_of_sentence(found["lead"]) :].strip(" *_")
    subject = _WOULD.sub("", lead)
    if not _LEADS_TO_ONE.fullmatch(lead) or denied_lead(subject) or dismisses(subject):
        return None
    if sets_a_trap(subject) or told_by_others(lead) or attributed(lead):
        return None
    option, why, label = str(found["line"]), str(found["why"]), found["label"].upper()
    if any(True for _ in spotted(option, "hedges", "supposes", "retracts", "wavers")):
        return None
    others = {each[0].strip("().") for each in _OTHER_LABEL.finditer(f"{option}\n{why}")}
    others |= {each["label"].upper() for each in _SMALL_LABEL.finditer(f"{option}\n{why}")}
    if others - {label} or takes_back(why, label) or _GOES_ON.search(why) or dismisses(why):
        return None
    if why.rstrip()[-1:] == "?" or _says_which(why, subject.rpartition(" ")[2]):
        return None
    return Extracted(option.strip(" *_."))


def _says_which(why: str, noun: str) -> bool:
    """Whether reasons say which thing it is that was named: "the red fox is the animal"."""
    is_it = regex.compile(
        rf"\b(?:the|my|our)\s(?:\w+\s)?{regex.escape(noun)}\s(?:is|was|{_BE_ONE})\b"
        rf"|\b(?:is|was|be)\s(?:the|my|our)\s(?:\w+\s)?{regex.escape(noun)}\b",
        regex.IGNORECASE,
    )
    return is_it.search(why) is not None


_CLAIMS = ("statement", "claim", "conclusion", "hypothesis", "proposition")
# "Therefore, the statement "Al is not blue" would be false.", whatever is noted after it.
_JUDGED = regex.compile(
    rf"(?:^|[.!?]\s+|\n)(?:Therefore|Thus|Hence|So|Consequently|As\s+a\s+result),?\s+(?P<said>the\s+(?:{'|'.join(_CLAIMS)})(?:\s+(?:that\s+)?[\"“][^\"“”\n]{{1,160}}[\"”])?\s+(?:is|must\s+be|would\s+be)\s+(?:true|false))(?=[.!,]|\s+based\s+on\b)",
    regex.IGNORECASE,
)
_JUDGES = regex.compile(
    r"\b(?:true|false|correct|incorrect|wrong|mistake\w*|wait|actually|reconsider|answer|unknown|uncertain|unclear)\b",
    regex.IGNORECASE,
)


def _judged(text: str) -> Extracted | None:
    """The last conclusion about a statement that was asked of, if nothing after it judges again."""
    if not any(noun in text for noun in _CLAIMS):
        return None
    found = list(_JUDGED.finditer(text))
    if not found or _JUDGES.search(text, found[-1].end()):
        return None
    said = str(found[-1]["said"])
    return Extracted(stated_truth(said) or said)
