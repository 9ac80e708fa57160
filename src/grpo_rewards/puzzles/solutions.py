"""What the verifiers share for reading: a row's puzzle, which a user wrote, and a model's answer.

A puzzle that cannot be read raises a `ColumnError`; an answer that cannot be read breaks the first
rule, that it has to be an answer.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from grpo_rewards.caches import RESPONSES
from grpo_rewards.errors import ColumnError, in_short
from grpo_rewards.puzzles.leads import stated, unkeyed
from grpo_rewards.sandboxes.parsed_source import parsed
from grpo_rewards.wording.rivals import is_announced_twice

__all__ = [
    "Unreadable",
    "field",
    "mapping_field",
    "named",
    "names_field",
    "optional_field",
    "plain",
    "plural",
    "sequence_field",
    "shown",
    "skipped",
    "spelled",
    "spotter",
    "unwrapped",
    "whole_number",
]

MAX_LENGTH = 20_000
"""Longer answers (characters) are not read."""


class Unreadable(Exception):  # noqa: N818 (it is a finding, not an error: the answer is none)
    """Why a text is not an answer to this kind of puzzle."""


# Answers --------------------------------------------------------------------------------------


def _look_alikes() -> dict[int, str]:
    table: dict[str, str] = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)}
    table.update(dict.fromkeys("‐‑‒–—―−﹣➖", "-"))
    table.update(dict.fromkeys("×✕✖⨯⋅·•∙∗", "*") | dict.fromkeys("÷⁄∕➗", "/"))
    table["➕"] = "+"
    # A tick says nothing; and what makes an emoji of a digit or of a sign.
    table.update(dict.fromkeys("✓✔✅☑\ufe0e\ufe0f\u20e3", ""))
    table.update(dict.fromkeys("‘’‛´", "'") | dict.fromkeys("“”„", '"'))
    table.update(dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad\x00", ""))
    table.update(dict.fromkeys("→➜⟶", "->"))
    table.update(dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000\t\r", " "))
    return {ord(character): text for character, text in table.items()}


_LOOK_ALIKES = _look_alikes()
# Wrappers without meaning in any of the notations: a pattern, what replaces it, an example.
_WRAPPERS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement, _ in (
        (r"```[A-Za-z]*\n?", "\n", "```json"),
        (r"\\(?:left|right|[bB]igg?[lrm]?)(?![A-Za-z])\s?\.?", "", r"\left("),
        (r"(?<!\\)\\[()\[\]]|\$", " ", r"\(1 + 2\)"),
        (r"\\(?:text(?:bf|it|rm|tt)?|math(?:rm|bf|it|tt)|mbox)\s?\{([^{}]*)\}", r"\1", r"\text{a}"),
        (r"(?<!\\)\\[,;:!> ]|\\q?quad(?![A-Za-z])", " ", r"1\, 2"),
        (r"\\(?:to|mapsto|(?:long)?rightarrow)(?![A-Za-z])", "->", r"A \to B"),
        (r"\\(?:displaystyle|hline)(?![A-Za-z])", " ", r"\displaystyle"),
        (
            r"\\(?:begin|end)\s?\{(?:align|equation|gather|cases|split)(?:ed)?\*?\}",
            " ",
            r"\begin{align*}",
        ),
    )
)
_BOX = re.compile(r"\\f?boxed\s?\{(?P<inside>.*)\}\s*\.?", re.DOTALL)
_MAX_BOXES = 3
_ENDS_WITH_STOP = ("].", ").", "}.", "`.", "**.", "__.", "'.", '".')


def plain(text: str) -> str:
    r"""An answer without look-alike characters, and without what says nothing around it.

    Raises:
        Unreadable: It is too long, or nothing is left.

    Example:
        >>> plain(r"$\boxed{3 × \left(4 − 1\right)}$")
        '3 * (4 - 1)'
    """
    if len(text) > MAX_LENGTH:
        raise Unreadable(f"the answer is longer than {MAX_LENGTH} characters")
    text = text.translate(_LOOK_ALIKES)
    if is_announced_twice(text):
        raise Unreadable("the answer is stated twice")
    text = unwrapped(text)
    if not text:
        raise Unreadable("the answer is blank")
    return text


def unwrapped(text: str) -> str:
    """A text without what says nothing around it: code fences, LaTeX, bold, a lead, a JSON key.

    Example:
        >>> unwrapped("The answer is **3 × 4**."), unwrapped('{"solution": [[1, 2], [2, 1]]}')
        ('3 × 4', '[["1", "2"], ["2", "1"]]')
    """
    for pattern, replacement in _WRAPPERS:
        text = pattern.sub(replacement, text)
    return _unmarked(unkeyed(_unmarked(stated(_unmarked(text)))))


def _unmarked(text: str) -> str:
    text = text.strip()
    for _ in range(_MAX_BOXES):
        box = _BOX.fullmatch(text)
        if box is None:
            break
        text = box["inside"].strip()
    if text.endswith(_ENDS_WITH_STOP):
        text = text[:-1]
    for mark in ("**", "__", "`", "'", '"'):
        inside = text[len(mark) : -len(mark)]
        if text.startswith(mark) and text.endswith(mark) and mark not in inside:
            text = inside.strip()
    return text


def shown(text: str) -> str:
    """A piece of an answer as a reason shows it."""
    text = " ".join(text.split())
    return repr(text if len(text) <= 40 else f"{text[:37]}...")


def plural(count: int, noun: str) -> str:
    """A count and its noun.

    Example:
        >>> plural(1, "row"), plural(2, "row")
        ('1 row', '2 rows')
    """
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def skipped(marks: re.Pattern[str], text: str, place: int) -> int:
    """The place behind the marks that stand at a place, if any do."""
    match = marks.match(text, place)
    return match.end() if match else place


@RESPONSES.remember(entries=1_024)
def spotter(names: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern that finds any of these names, the longest that fits, as whole words.

    Example:
        >>> spotter(("red", "dark red")).findall("dark  red, redder, Red")
        ['dark  red', 'Red']
    """
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    patterns = (
        r"[\s_]+".join(re.escape(part) for part in re.split(r"[\s_]+", name))
        for name in longest_first
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)


def named(spotted: str, names: tuple[str, ...]) -> str:
    """The name that a text is which `spotter` found.

    Example:
        >>> named("Dark  RED", ("red", "dark red"))
        'dark red'
    """
    folded = _folded(spotted)
    # Not every letter that Python matches with another folds to it: İ and ı match i.
    return next((name for name in names if _folded(name) == folded), "") or next(
        name for name in names if spotter((name,)).fullmatch(spotted)
    )


def _folded(name: str) -> str:
    return re.sub(r"[\s_]+", " ", name.casefold())


# Puzzles --------------------------------------------------------------------------------------


def optional_field(puzzle: Mapping[str, Any], *names: str) -> Any:
    """The first of a puzzle's fields under these names that says something, else ``None``.

    A dataset writes ``None`` where rows of another kind have fields that this row has not.
    """
    return next((puzzle[name] for name in names if puzzle.get(name) is not None), None)


def field(kind: str, puzzle: Mapping[str, Any], *names: str) -> Any:
    """The first of a puzzle's fields under these names.

    Raises:
        ColumnError: It has none of them.
    """
    value = optional_field(puzzle, *names)
    if value is None:
        wanted = " or ".join(repr(name) for name in names)
        there = ", ".join(repr(name) for name, each in puzzle.items() if each is not None)
        raise ColumnError(f"a {kind} puzzle needs {wanted}; this one has: {there or 'nothing'}")
    return value


def sequence_field(kind: str, name: str, value: Any) -> list[Any]:
    """The items of a field that is a list, or a text that writes one as JSON or Python does.

    Raises:
        ColumnError: It is neither.
    """
    if isinstance(value, str):
        value = _written(value)
    if hasattr(value, "tolist"):  # an array
        value = value.tolist()
    if isinstance(value, str | bytes) or not isinstance(value, Sequence):
        raise ColumnError(f"{name}={in_short(value)} of a {kind} puzzle: write a list")
    return list(value)


def mapping_field(value: Any) -> Any:
    """A field's dict, also where a text writes it as JSON or Python does; else the field itself."""
    written = _written(value) if isinstance(value, str) else value
    return written if isinstance(written, Mapping) else value


def _written(text: str) -> Any:
    """The value that a text of the user's writes; the text itself if it writes none."""
    with suppress(ValueError, RecursionError):
        return json.loads(text)
    # A set of sets or of lists is written well, and is none: that is a TypeError.
    with suppress(ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        match parsed(text.strip(" \t")).body:
            case [ast.Expr(value)]:
                return ast.literal_eval(value)
    return text


def whole_number(kind: str, name: str, value: Any, *, least: int = 0) -> int:
    """A field that is a whole number, however a column's type writes it.

    Raises:
        ColumnError: It is none, or below the least that works.

    Example:
        >>> whole_number("countdown", "target", 24.0), whole_number("countdown", "target", "24")
        (24, 24)
    """
    number: int | None = None
    if isinstance(value, str) and re.fullmatch(r"\s*-?[0-9]{1,30}(?:\.0*)?\s*", value):
        number = int(value.partition(".")[0])
    elif not isinstance(value, bool | str):
        try:
            number = int(value) if int(value) == value else None
        except (TypeError, ValueError, OverflowError):
            number = None
    if number is None or number < least:
        raise ColumnError(
            f"{name}={in_short(value)} of a {kind} puzzle: write a whole number, {least} or more"
        )
    return number


def names_field(kind: str, name: str, values: Iterable[Any]) -> tuple[str, ...]:
    """A field that lists different names; numbers are names, too.

    Raises:
        ColumnError: One is blank, or two are the same but for upper case.
    """
    names = tuple(spelled(value) for value in values)
    if not names or not all(names):
        raise ColumnError(f"{name}={in_short(names)} of a {kind} puzzle: write names, none blank")
    if len({each.casefold() for each in names}) < len(names):
        raise ColumnError(f"{name}={in_short(names)} of a {kind} puzzle: two names are the same")
    return names


def spelled(value: Any) -> str:
    """A name as text; blank where it is none."""
    value = value.tolist() if hasattr(value, "tolist") else value  # one of numpy's
    if isinstance(value, float) and value.is_integer():  # as a column of floats writes it
        value = int(value)
    return str(value).strip() if isinstance(value, str | int) else ""
