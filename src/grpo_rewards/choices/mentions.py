"""Sentences that name an option by its text: behind a topic, as a truth value, or inside."""

from __future__ import annotations

import re
from collections.abc import Mapping

from grpo_rewards.choices.phrasing import contains, normal, plain
from grpo_rewards.choices.remarks import Remarks
from grpo_rewards.logic.truth import read_truth
from grpo_rewards.wording.announcements import plans
from grpo_rewards.wording.attributions import attributed
from grpo_rewards.wording.dismissals import dismisses, only_mentions, somebody_says
from grpo_rewards.wording.vocabulary import Sense, spotted

__all__ = ["named_by_sentence"]

_TOPIC = re.compile(r"(?:は、?|[은는]|(?<![不非没未])[是为])$")
_COMPARED = re.compile(r"比較して|比べて|とは異なり|と違い|와 달리|과 달리|에 비해|不同于|相比")
_WORD = re.compile(r"[^\W\d_]{2,}")
LONGEST_VALUE = 20
"""Characters of an option that may be a truth value."""
LEAST_WORDS = 2
"""How many words at least a sentence has beside the text of its option."""
LONGEST_SENTENCE = 200
"""Characters of a sentence that may name an option by its text somewhere inside."""
_NEW_SENTENCE = re.compile(r"[.!?;\n]\s*\S")
_UNSURE: tuple[Sense, ...] = (
    "denies",
    "hedges",
    "supposes",
    "retracts",
    "opines",
    "rivals",
    "wavers",
)
# What sets two things side by side, or speaks of what an option is not.
_APART = re.compile(
    r"\b(?:than|compared|unlike|similar|differs?|different|other|others|another|some|every|each|both|former|latter|apart|without|against|before|after|until|also|too|even|only\s+if|question|options?|choices?|asks?|asked|wrong|mistake\w*)\b|[?？]"
)


def named_by_sentence(text: str, texts: Mapping[str, str], remarks: Remarks) -> str | None:
    """The label of the one option that a sentence names by its text, of options that have one."""
    return (
        _behind_topic(text, texts)
        or _judged(text, texts)
        or _only(text, texts)
        or _inside(text, texts, remarks)
    )


def _behind_topic(text: str, texts: Mapping[str, str]) -> str | None:
    """``首都はParis``, ``수도는 Paris``: the text behind a topic and no verb."""
    if text.isascii():
        return None
    words = normal(text).rstrip("」』")
    for label, own in sorted(texts.items(), key=lambda item: -len(item[1])):
        last = normal(own)
        lead = words.removesuffix(last).rstrip(" 「『") if last and words.endswith(last) else ""
        if not _TOPIC.search(lead):
            continue
        named = [other for other, each in texts.items() if normal(each) in lead]
        if any(True for _ in spotted(lead, "denies", "hedges", "supposes")) or attributed(lead):
            return None
        return None if named and not _COMPARED.search(lead) else label
    return None


def _judged(text: str, texts: Mapping[str, str]) -> str | None:
    """``The statement "p" is false``, where the options are True and False."""
    if not _WORD.search(text) or "necessarily" in text:
        return None
    if any(len(own) > LONGEST_VALUE for own in texts.values()):
        return None
    values = {label: read_truth(own) for label, own in texts.items()}
    said = None if None in values.values() else read_truth(text)
    if said is None:
        return None
    found = [label for label, value in values.items() if value and said.answers(value)]
    return found[0] if len(found) == 1 else None


def _only(text: str, texts: Mapping[str, str]) -> str | None:
    """``Only a bookstore has magazines``: the one text that alone is said to do something."""
    words = plain(text).casefold().rstrip(".,;:! ")
    match = _ONLY.fullmatch(words)
    if match is None or len(words) > LONGEST_SENTENCE:
        return None
    found = [label for label, own in texts.items() if contains(match["said"], normal(own))]
    first = [label for label in found if match["said"].startswith(f"{normal(texts[label])} ")]
    if len(first) != 1 or len(found) > 1:
        return None
    rest = match["said"].removeprefix(normal(texts[first[0]]))
    if dismisses(rest) or only_mentions(rest) or _JOINED.match(rest):
        return None
    return None if any(True for _ in spotted(rest, *_UNSURE)) else first[0]


_ONLY = re.compile(r"only\s+(?:(?:the|an?)\s+)?(?P<said>[^\W\d_].+)")
_JOINED = re.compile(r"\s*(?:and|or|nor|but|with|plus|if|when|,|/)(?!\w)")


def _inside(text: str, texts: Mapping[str, str], remarks: Remarks) -> str | None:
    """``She studies how light acts on plants``: the one that a sentence speaks of."""
    words = normal(text)
    if len(words) > LONGEST_SENTENCE or _NEW_SENTENCE.search(words):
        return None
    found = [
        (label, own)
        for label, own in ((label, normal(own)) for label, own in texts.items())
        if len(own.split()) > 1 and contains(words, own)
    ]
    if not found:
        return None
    label, own = max(found, key=lambda item: len(item[1]))
    rest = re.sub(rf"(?<!\w){re.escape(own)}(?!\w)", " ", words, count=1)
    others = (normal(each) for other, each in texts.items() if other != label)
    if len(_WORD.findall(rest)) < LEAST_WORDS or _APART.search(rest):
        return None
    if any(contains(rest, other) for other in others):
        return None
    if any(True for _ in spotted(rest, *_UNSURE)) or plans(rest):
        return None
    if dismisses(rest) or only_mentions(rest) or somebody_says(text):
        return None
    if remarks.mentions_another(text, label) or remarks.against(label, f"since: {rest}"):
        return None
    return label
