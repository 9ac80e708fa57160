"""A text that gives its answer first, or walks over the options and calls one of them right."""

from __future__ import annotations

import regex

from grpo_rewards.answers import exact_number
from grpo_rewards.responses.commitments import Extracted
from grpo_rewards.wording.announcements import conclusion
from grpo_rewards.wording.asides import speaker_doubts
from grpo_rewards.wording.dismissals import dismisses
from grpo_rewards.wording.retractions import INTERJECTIONS, taken_back
from grpo_rewards.wording.vocabulary import any_of, spotted

__all__ = ["first_and_last", "first_of_all", "takes_back", "walked"]

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
_MOST_WORDS = 5
LONGEST_LINE = 80
"""Characters of a first line that may be an answer."""


def _above_reasons(text: str) -> Extracted | None:
    """The words of a first line above a heading such as "Explanation:"."""
    match = _ABOVE.match(text) if 0 < text.find("\n") <= LONGEST_LINE else None
    if match is None or len(match["said"].split()) > _MOST_WORDS:
        return None
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
    if _NO.match(why) or speaker_doubts(f". {why}") or _TURNS.search(why, 0, LOOKED_AT):
        return True
    return taken_back(f". {why[:200]}", value=said) == "denied"


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


_FIRST = regex.compile(
    r"(?P<line>(?P<label>[A-J])[.)]\s(?P<text>[^\n]{3,160}))\n\s*(?P<why>\S.*)$", regex.DOTALL
)
_OTHER_LABEL = regex.compile(r"(?<![\w'’])[(]?(?:[B-J](?![\w'’])|A[).])")


def _option_first(text: str) -> Extracted | None:
    """The option of a first line, by its label and text, above a paragraph of prose."""
    match = _FIRST.match(text)
    if match is None:
        return None
    why = str(match["why"])
    others = {label[0].strip("().") for label in _OTHER_LABEL.finditer(why)}
    if others - {match["label"]} or len(why) < PROSE or why[-1:] not in (".", "。", "!"):
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
    if rest is None or not rest.removeprefix("the ").startswith(said.removeprefix("the ")):
        return None
    others = {label[0].strip("().") for label in _OTHER_LABEL.finditer(why)}
    if others - {match["label"]} or takes_back(why, match["label"]) or dismisses(rest):
        return None
    if any(True for _ in spotted(last, "denies", "hedges", "supposes", "retracts", "rivals")):
        return None
    return Extracted(str(match["line"]))


_CLAIMS = ("statement", "claim", "conclusion", "hypothesis", "proposition")
# "Therefore, the statement "Al is not blue" would be false.", whatever is noted after it.
_JUDGED = regex.compile(
    rf"(?:^|[.!?]\s+|\n)(?:Therefore|Thus|Hence|So|Consequently|As\s+a\s+result),?\s+(?P<said>the\s+(?:{'|'.join(_CLAIMS)})(?:\s+(?:that\s+)?[\"“][^\"“”\n]{{1,160}}[\"”])?\s+(?:is|must\s+be|would\s+be)\s+(?:true|false))(?=[.!]|\s+based\s+on\b)",
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
    return Extracted(found[-1]["said"])
