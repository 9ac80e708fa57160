"""What models write in front of an answer and around it: "Here is the solved grid:", a JSON key.

The words are a closed list, so that no denial and no hedge goes with them.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import Any

from grpo_rewards.wording.statements import unannounced
from grpo_rewards.wording.vocabulary import words

__all__ = ["from_json", "stated", "unkeyed", "without_list_numbers", "without_table_head"]

_NOUNS = words("presents")
_BEFORE_COLON = _NOUNS | frozenset("is are follows following below this by".split())
_WORDS = _BEFORE_COLON | words("introduces")
_ADVERBS = frozenset("so thus hence therefore finally consequently that".split())
_REMARKS = frozenset("reasoning explanation thought thoughts working steps".split())

_WORD = re.compile(
    r"[\s,>#*_`\"-]*(?P<word>[A-Za-z]+(?:-[A-Za-z]+)*|\d{1,2}(?:\s?[x*]\s?\d{1,2}|-queens?)(?!\w))"
    r"(?:'s)?"
)
_COLON = re.compile(r"[\"'*_`]*(?:\s*:[*_]*|(?: [*_ ]*)?\n|\s*=(?=\s*[\d(\[{\\$-]))\s*")
_COPULA = re.compile(r"\s+(?!(?:not|never|no)\b)")
_AFTER_ADVERB = re.compile(r"[,:]?\s+")
_SIGN = re.compile(r"\s*(?:∴|=(?!=)|\\therefore(?![A-Za-z]))\s*")
_MAX_WORDS = 16
_MAX_LEADS = 3


def stated(text: str) -> str:
    """A text without what says that an answer follows.

    Example:
        >>> stated("So, here is the solved 4x4 grid: 1243"), stated("The answer is not 3 * 4")
        ('1243', 'The answer is not 3 * 4')
    """
    for _ in range(_MAX_LEADS):
        end = _lead_end(text)
        if not end or not text[end:].strip():
            break
        text = text[end:]
    return unannounced(text)


def _lead_end(text: str) -> int:
    """Where the words end that announce an answer; 0 where there are none."""
    if sign := _SIGN.match(text):
        return sign.end()
    announced, copula, end = False, 0, 0
    for place in range(_MAX_WORDS):
        match = _WORD.match(text, end)
        word = match["word"].lower() if match else ""
        if (
            match
            and not place
            and word in _ADVERBS
            and (gap := _AFTER_ADVERB.match(text, match.end()))
        ):
            return gap.end()
        if match is None or not (word in _WORDS or word[0].isdigit()):
            break
        end = match.end()
        announced = announced or word in _NOUNS
        if announced and word in _BEFORE_COLON and (colon := _COLON.match(text, end)):
            return colon.end()
        if announced and word in ("is", "are") and (gap := _COPULA.match(text, end)):
            copula = gap.end()
    return copula


def from_json(text: str) -> Any:
    """The list or dict that a text is, as JSON or Python writes them; else ``None``.

    Nothing is evaluated, and numbers stay as they are written.

    Example:
        >>> from_json("{'a': [True, None]}"), from_json("(1, 2.50)")
        ({'a': [True, None]}, ['1', '2.50'])
    """
    text = text.strip()
    if text[:1] not in ("[", "{", "("):
        return None
    if '"' not in text:
        text = text.replace("'", '"')
    text = re.sub(r",(?=\s*[\])}])", "", text)  # a last comma
    for word, json_word in (("True", "true"), ("False", "false"), ("None", "null")):
        text = re.sub(rf"(?<![\w\"]){word}(?![\w\"])", json_word, text)
    with suppress(ValueError, RecursionError):
        brackets = text.translate({ord("("): "[", ord(")"): "]"})
        return json.loads(brackets, parse_int=str, parse_float=str, object_pairs_hook=_once)
    return None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The dict of these pairs, each key once: a key said twice hides what was said first."""
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError("a key stands twice")
    return dict(pairs)


def unkeyed(text: str) -> str:
    """The answer of a text that is a dict with a key such as "solution"; else the text.

    Example:
        >>> unkeyed('{"reasoning": "I try.", "answer": "3 * 4"}'), unkeyed('{"Alice": "knight"}')
        ('3 * 4', '{"Alice": "knight"}')
    """
    if not text.startswith("{"):
        return text
    value = from_json(text)
    if not isinstance(value, dict):
        return text
    rest = [key for key in value if key.lower() not in _REMARKS]
    words = re.split(r"[\s_]+", rest[0].lower()) if len(rest) == 1 else [""]
    if words[-1] not in _NOUNS or not _WORDS.issuperset(words):
        return text
    inside = value[rest[0]]
    return inside if isinstance(inside, str) else json.dumps(inside, ensure_ascii=False)


_NUMBERED = re.compile(r"\(?(?P<number>\d{1,3})[.)]\s+")


def without_list_numbers(text: str) -> str:
    r"""A text whose every line is an item of a numbered list, without the numbers.

    Example:
        >>> without_list_numbers("1. A: red\n2. B: blue"), without_list_numbers("2. A\n3. B")
        ('A: red\nB: blue', '2. A\n3. B')
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    found = [_NUMBERED.match(line) for line in lines]
    if [int(each["number"]) if each else 0 for each in found] != list(range(1, len(lines) + 1)):
        return text
    return "\n".join(
        line[each.end() if each else 0 :] for line, each in zip(lines, found, strict=True)
    )


_TABLE_HEAD = re.compile(r"\|?(?P<cells>[^|\n]*\|[^\n]*)\n[ \t]*(?:\|[ \t]*)?:?-[-:| \t]*\n")
_HEAD_WORDS = words("heads")


def without_table_head(text: str) -> str:
    r"""A text without the head of a Markdown table, where that says what the columns are.

    Example:
        >>> without_table_head("| Person | Role |\n|---|---|\n| Al | knave |")
        '| Al | knave |'
    """
    head = _TABLE_HEAD.match(text)
    words = re.findall(r"[^\s|*_]+", head["cells"].lower()) if head else [""]
    return text[head.end() :] if head and _HEAD_WORDS.issuperset(words) else text
