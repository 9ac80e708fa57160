"""The element at the end of a text whose tag names an answer: ``<choice>B</choice>``."""

from __future__ import annotations

from functools import cache

import regex

from grpo_rewards.responses.commitments import Extracted, commit
from grpo_rewards.responses.endings import ONLY_A_VALUE
from grpo_rewards.responses.places import beside
from grpo_rewards.wording.consequences import bare
from grpo_rewards.wording.vocabulary import rows

__all__ = ["last_element"]

# An element whose tag names an answer: "<choice>B</choice>", and not "<rejected>B</rejected>".
_ELEMENT = regex.compile(
    r"<(?P<tag>[^\W\d_][\w -]{0,30})>\s*+(?P<value>[^<>\n]{1,80}?)\s*+</(?P=tag)>"
)
_ELEMENT_LAST = regex.compile(rf"{_ELEMENT.pattern}[.]?\s*+$")
_ELEMENT_VALUE = regex.compile(
    rf"{ONLY_A_VALUE.pattern}|[(\[]?[a-j][)\]]?|[^\W\d_]+(?:[ -][^\W\d_]+){{0,2}}"
)
LONGEST_ELEMENT = 200
"""How far (characters) from the end the last element is looked for."""
_TAG_WORDS = regex.compile(r"[_\s-]+|(?<=[a-z])(?=[A-Z])")
_OPTION_TAG = regex.compile(r"<[B-J]>", regex.IGNORECASE)


@cache
def _tags_of_answers() -> frozenset[str]:
    """The words of tags that name an answer, as they do elsewhere or in tags alone."""
    found = rows("announces", "names", "labels", "sums", "qualifies")
    words = {each for row in found for word in row.words for each in word.casefold().split()}
    return frozenset(words | {"a", "mc", "mcq", "prediction", "predicted", "decision", "judgment"})


def _names_answer(tag: str) -> bool:
    words = [word.casefold() for word in _TAG_WORDS.split(tag) if word]
    return _tags_of_answers().issuperset(words)


def last_element(text: str) -> Extracted | None:
    r"""What the element at the end of a text holds, where its tag names an answer and nothing else.

    Example:
        >>> last_element("It is old.\n<Conclusion>\nD\n</Conclusion>").answer
        'D'
        >>> last_element("<rejected>D</rejected>"), last_element("It is <b>D</b>")
        (None, None)
        >>> last_element("<choice>C</choice> <choice>D</choice>").why_not
        'several answers are stated'
    """
    if text.rstrip(" \n.")[-1:] != ">":
        return None
    start = max(0, len(text) - LONGEST_ELEMENT)
    found = _ELEMENT_LAST.search(text, start)
    if found is None or not _names_answer(found["tag"]):
        return None
    value = str(found["value"])
    if not _ELEMENT_VALUE.fullmatch(value):
        return None
    others = {bare(each["value"]) for each in _ELEMENT.finditer(text) if _names_answer(each["tag"])}
    if len(others) > 1 or (found["tag"] in "aA" and _OPTION_TAG.search(text)):
        return Extracted(None, "several answers are stated")
    why_not = beside(text, found.start(), found.end(), value)
    return Extracted(None, why_not) if why_not else commit(value)
