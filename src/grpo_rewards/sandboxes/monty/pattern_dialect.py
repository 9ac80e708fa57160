"""Regular expressions and their templates, in the dialect that Monty has of them.

A pattern or a template that stands in a program is written so that it means in Monty what it means
in Python; one that is made as the program runs, or that may match nothing, is in doubt.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Sequence
from typing import Any

try:
    from re import _parser  # type: ignore[attr-defined] # as it is called since Python 3.11
except ImportError:  # pragma: no cover
    import sre_parse as _parser  # type: ignore[no-redef, import-not-found, unused-ignore]

__all__ = [
    "PATTERN_FUNCTIONS",
    "TEMPLATE_METHODS",
    "is_wrong",
    "pattern_doubt",
    "translated",
    "written",
]

PATTERN_FUNCTIONS = frozenset(
    "compile findall finditer fullmatch match search split sub subn".split()
)
"""The functions of `re` whose first argument is a pattern."""
TEMPLATE_METHODS = frozenset(("sub", "subn"))
_ALL_MATCHES = frozenset("compile findall finditer split sub subn".split())
LONGEST = 500
"""Characters of a pattern that is looked into."""
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "a": "\a", "b": "\b"}
_TEMPLATE = re.compile(
    r"\\(?:g<(?P<group>\w+)>|(?P<octal>0[0-7]{0,2}|[1-3][0-7]{2})|(?P<number>[1-9][0-9]?)|(?P<other>.))",
    re.DOTALL,
)


def translated(template: str) -> str:
    r"""A template as Monty has to get it, which reads ``\1_`` as the group ``1_`` otherwise.

    Example:
        >>> translated(r"\1_\n")
        '\\g<1>_\n'
    """

    def write(found: re.Match[str]) -> str:
        if found["number"]:
            return rf"\g<{found['number']}>"
        if found["octal"]:
            return chr(int(found["octal"], 8)).replace("\\", r"\\")
        return _ESCAPES.get(found["other"] or "", found[0])

    return _TEMPLATE.sub(write, template)


def pattern_doubt(function: str, pattern: str | None) -> str:
    """What Monty may do otherwise with a pattern, ``None`` for one that is not known before.

    Example:
        >>> pattern_doubt("split", "x*")
        'Monty skips empty matches'
        >>> pattern_doubt("split", "x+")
        ''
    """
    if pattern is None or len(pattern) > LONGEST:
        return "Monty may read this pattern otherwise"
    read = _read(pattern)
    if read is not None and function in _ALL_MATCHES and read.getwidth()[0] == 0:
        return "Monty skips empty matches"
    return ""


def _read(pattern: str) -> Any:
    """What a pattern is made of; ``None`` for what is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _parser.parse(pattern)
    except (re.error, RecursionError, OverflowError):
        return None


def is_wrong(pattern: str, template: str | None) -> bool:
    r"""Whether Python has no such pattern, or not the groups that a template names.

    Example:
        >>> is_wrong(r"\p{L}", None), is_wrong("(a)", r"\2"), is_wrong("(a)", r"\1")
        (True, True, False)
    """
    if len(pattern) > LONGEST:
        return False
    read = _read(pattern)
    if read is None:
        return True
    groups = {*map(str, range(read.state.groups)), *read.state.groupdict}
    named = (found["group"] or found["number"] for found in _TEMPLATE.finditer(template or ""))
    return not groups.issuperset(filter(None, named))


def written(pattern: str, flags: Sequence[ast.expr]) -> str:
    r"""A pattern as Monty has to get it: its ``$`` is the end alone, its ``\Z`` is Python's ``$``.

    Example:
        >>> written(r"a$", [])
        'a\\Z'
        >>> written(r"a\Z|[$]", [])
        'a\\z|[$]'
    """
    if not _MARK.search(pattern):
        return pattern
    is_multiline = bool(_MULTILINE.search(pattern)) or any(map(_may_be_multiline, flags))
    made: list[str] = []
    place, in_class = 0, False
    while place < len(pattern):
        part = pattern[place]
        if part == "\\" and place + 1 < len(pattern):
            part = pattern[place : place + 2]
            if part == r"\Z" and not in_class:
                made.append(r"\z")
                place += 2
                continue
        elif in_class:
            in_class = part != "]"
        elif part == "[":
            # A bracket at its beginning is one of its members.
            opened = _OPENED.match(pattern, place)
            part = opened[0] if opened else part
            in_class = True
        elif part == "$" and not is_multiline:
            made.append(r"\Z")
            place += 1
            continue
        made.append(part)
        place += len(part)
    return "".join(made)


_MARK = re.compile(r"\$|\\Z")
_MULTILINE = re.compile(r"\(\?[a-zA-Z]*m")
_OPENED = re.compile(r"\[\^?\]?")


def _may_be_multiline(flags: ast.expr) -> bool:
    named = [node.attr for node in ast.walk(flags) if isinstance(node, ast.Attribute)]
    return not named or not {"M", "MULTILINE"}.isdisjoint(named)
