"""Finding the document in a text: in its last fenced block, or in the text itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import regex

from grpo_rewards.documents.reading import Syntax, UnreadableError, read_document

__all__ = ["Found", "fenced_blocks", "find_document"]

LANGUAGES: dict[str, frozenset[str]] = {
    "json": frozenset({"json", "jsonc", "json5"}),
    "yaml": frozenset({"yaml", "yml"}),
    "toml": frozenset({"toml"}),
}
"""What the first word after a fence is where its block is a document of a syntax."""
_TOKEN = regex.compile(r'[\[\]{}"]')
_STRING = regex.compile(r'"(?:[^"\\\n]++|\\.)*+"')
# Three or more of a kind open a block, and as many or more of them close it.
_FENCE = regex.compile(
    r"^[ \t>]*+(?P<fence>`{3,}+|~{3,}+)[ \t]*+(?P<info>[^`\n]*+)$", regex.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Found:
    """A document, its text, or the reason why there is none."""

    text: str | None
    value: Any = None
    why_not: str = ""
    is_whole: bool = True
    """Whether nothing but the document, and a fence around it, stands in the text."""


def find_document(text: str, syntax: Syntax = "json") -> Found:
    r"""The document of a text: its last fenced block, the whole text, or the last JSON in prose.

    Of fenced blocks the last one counts that is marked with the syntax, else the last one without
    a mark. A block that cannot be read is not made up for by another one.

    Example:
        >>> find_document('Here:\n```json\n{"a": 1}\n```').value
        {'a': 1}
        >>> find_document('It is {"a": 1}, I think.').value
        {'a': 1}
        >>> find_document("There is none.").why_not
        'there is no JSON in the text'
    """
    if not text.strip():
        return Found(None, why_not="the response is blank")
    blocks = list(fenced_blocks(text))
    for wanted in (LANGUAGES[syntax], frozenset({""})):
        fitting = [content for language, content in blocks if language in wanted]
        if fitting:
            return _read(fitting[-1], syntax, is_whole=_is_alone(text, blocks))
    if blocks and syntax != "json":
        return Found(None, why_not=f"no fenced block is {syntax.upper()}")
    if syntax != "json":
        return _read(text, syntax)
    stripped = text.strip()
    if stripped[0] in "{[" or stripped[0] in '"-0123456789tfn':
        found = _read(text, syntax)
        if not found.why_not:
            return found
    spans = _spans(text)
    if not spans:
        return Found(None, why_not="there is no JSON in the text")
    start, end = spans[-1]
    return _read(text[start:end], syntax, is_whole=not (text[:start] + text[end:]).strip())


def _read(text: str, syntax: Syntax, *, is_whole: bool = True) -> Found:
    try:
        return Found(text, read_document(text, syntax), is_whole=is_whole)
    except UnreadableError as error:
        return Found(text, why_not=str(error), is_whole=is_whole)


def fenced_blocks(text: str) -> Iterator[tuple[str, str]]:
    """The fenced blocks of a text: the language of each, in lower case, and what is in it."""
    opened: regex.Match[str] | None = None
    for line in _FENCE.finditer(text):
        if opened is None:
            opened = line
        elif line["fence"].startswith(opened["fence"]) and not line["info"].strip():
            yield _language(opened), text[opened.end() + 1 : line.start()]
            opened = None
    if opened is not None:
        yield _language(opened), text[opened.end() + 1 :]


def _language(opened: regex.Match[str]) -> str:
    words = opened["info"].strip(" \t\r{}.").split()
    return words[0].lower() if words else ""


def _is_alone(text: str, blocks: list[tuple[str, str]]) -> bool:
    lines = text.strip().splitlines()
    return len(blocks) == 1 and bool(_FENCE.match(lines[0]) and _FENCE.match(lines[-1]))


def _spans(text: str) -> list[tuple[int, int]]:
    """Where brackets that close stand in prose, the outermost ones, from left to right."""
    opened: list[int] = []
    spans: list[tuple[int, int]] = []
    has_strings = True
    token = _TOKEN.search(text)
    while token:
        place, sign = token.end(), token[0]
        if sign in "[{":
            opened.append(token.start())
        elif sign == '"':
            if opened and has_strings:
                string = _STRING.match(text, token.start())
                has_strings = string is not None  # of those behind one that does not end, none is
                place = string.end() if string else place
        elif opened and text[opened[-1]] + sign in ("[]", "{}"):
            start = opened.pop()
            while spans and spans[-1][0] > start:
                spans.pop()
            spans.append((start, place))
        token = _TOKEN.search(text, place)
    return spans
