"""The last mark of an answer in a text: a box, a line of ``####``, or a word for "answer"."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from grpo_rewards.responses.announced_answers import announced_at
from grpo_rewards.responses.commitments import DENIED, NEAR, Extracted, commit
from grpo_rewards.responses.places import answer_nouns, boxed_answer, hashes
from grpo_rewards.wording.announcements import announced
from grpo_rewards.wording.markup import boxes
from grpo_rewards.wording.rivals import is_rival

__all__ = ["marked_answer"]


def _marks(text: str) -> Iterator[tuple[int, str]]:
    """The places where an answer may be announced, the last one first: "box", "####", a noun."""
    plain, others = answer_nouns()
    kinds = ("box", "####", *plain, *(() if text.isascii() else others))
    longest = max(map(len, kinds))
    near = max(0, len(text) - NEAR)
    tries = MAX_TRIES
    for start in dict.fromkeys((near, 0)):
        # What begins before the nearer part may end in it.
        part = text[start : near + longest] if start < near else text[start:]
        folded = part.lower()
        if len(folded) != len(part):  # a few letters are longer in small
            folded = part
        places = {}
        for kind in kinds:
            place = folded.rfind(kind)
            if place >= 0:
                places[kind] = place
        while places and tries:
            kind = max(places, key=places.__getitem__)
            place = places[kind]
            yield start + place, kind
            tries -= 1
            earlier = -1 if kind in ("box", "####") else folded.rfind(kind, 0, place)
            if earlier < 0:
                del places[kind]
            else:
                places[kind] = earlier


MAX_TRIES = 16
"""How many words for "answer" are looked at, from the end."""


def marked_answer(text: str) -> Extracted | None:
    """What the last mark in a text gives, if it gives anything."""
    denied: Extracted | None = None
    for place, kind in _marks(text):
        if kind == "box":
            found: Extracted | None = boxed_answer(text)
            if found is not None:
                return _with_option_behind(text, found)
            continue
        if kind == "####":
            found = _hash_line(text)
        elif place > text.find("box") >= 0 and any(
            box.start < place < box.end for box in boxes(text)
        ):
            return boxed_answer(text)
        else:
            found = announced_at(text, place, kind, marked_answer)
        if found is None:
            continue
        if found.why_not == DENIED and denied is None:
            denied = found  # unless a box before it says what it is
            continue
        return denied or found
    return denied


_OPTION_BEHIND = regex.compile(
    r"\}[\s$)\]\\.*]*+[(,–—-]*+\s*+(?:which\s+(?:is|corresponds\s+to|matches)\s+)?(?:option|choice)\s+[(*]*+(?P<letter>(?-i:[A-J]))[)*]*+[\s).*]*$",
    regex.IGNORECASE,
)


def _with_option_behind(text: str, found: Extracted) -> Extracted:
    r"""A boxed value with the option that is named behind it: "\boxed{42} (Option C)"."""
    behind = _OPTION_BEHIND.search(text, max(0, len(text) - 80)) if found.answer else None
    if behind is None:
        return found
    value = str(found.answer).strip(" ().")
    if len(value) == 1 and value.isalpha():
        rival = value.upper() != behind["letter"]
        return Extracted(None, "the statement offers several answers") if rival else found
    return Extracted(f"({behind['letter']}) {found.answer}")


def _hash_line(text: str) -> Extracted | None:
    lines = hashes(text)
    if not lines:
        return None
    match = lines[-1]
    value = str(match["value"]).strip()
    if len(lines) > 1 and not text[lines[-2].end() : match.start()].strip():
        earlier = str(lines[-2]["value"]).strip()
        if is_rival(earlier, value):
            return Extracted(None, "several answers are stated")
    if not announced(value) and not value.rstrip(":").strip().isalpha():
        return commit(value, text[match.end() :])
    if value.rstrip(":*").casefold().endswith(("answer", "solution", "result")):
        return None  # a heading
    return commit(announced(value) or value, text[match.end() :])
