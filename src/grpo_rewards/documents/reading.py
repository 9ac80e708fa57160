"""Reading JSON, YAML and TOML as plain data, within bounds of size, depth and digits.

Plain data is what JSON has: objects, arrays, texts, finite numbers, truth values and null.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Literal, TypeAlias

import regex

__all__ = [
    "DEEPEST",
    "SYNTAXES",
    "Syntax",
    "UnreadableError",
    "plain_data",
    "read_document",
    "same_data",
]

Syntax: TypeAlias = Literal["json", "yaml", "toml"]

LONGEST = 200_000
"""Characters of a document that is read."""
LONGEST_SLOW = 20_000
"""Characters of one whose reader has no fast part: YAML without libyaml, and TOML."""
DEEPEST = 64
"""Objects and arrays inside one another."""
MOST_DIGITS = 300
"""Digits of a whole number; what has more is beyond every float."""
# A string that does not end reaches to the end, so that no quote is looked behind twice.
_BRACKETS = regex.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[{]++|[\]}]', regex.DOTALL)


class UnreadableError(ValueError):
    """A text that is no document of its syntax, or one beyond the bounds; it says which."""


def read_document(text: str, syntax: Syntax = "json") -> Any:
    r"""A document as plain data.

    Raises:
        UnreadableError: It is none, or too long, too deep, or has a number beyond all bounds; an
            object has a key twice; or it has what plain data has not (aliases, tags, NaN).

    Example:
        >>> read_document('{"a": [1, 2.5, null]}')
        {'a': [1, 2.5, None]}
        >>> read_document("a:\n- 1\n- yes\n- true", "yaml")
        {'a': [1, 'yes', True]}
        >>> read_document('{"a": 1, "a": 2}')
        Traceback (most recent call last):
        ...
        grpo_rewards.documents.reading.UnreadableError: the key 'a' stands twice
    """
    if len(text) > LONGEST:
        raise UnreadableError(f"it has more than {LONGEST:,} characters")
    if not text.strip():
        raise UnreadableError("it is blank")
    if syntax != "yaml" and not _is_shallow(text):
        raise UnreadableError(f"it is nested deeper than {DEEPEST} levels")
    return _READERS[syntax](text)


def plain_data(value: Any, *, deepest: int = DEEPEST) -> Any:
    """What TOML, Python or a dataset's row has as JSON has it: dates as texts, arrays as lists.

    Raises:
        UnreadableError: It is nested too deep, has a number beyond all bounds, or what JSON has
            not.

    Example:
        >>> plain_data({"on": dt.date(2020, 1, 31), "of": (1, 2)})
        {'on': '2020-01-31', 'of': [1, 2]}
    """
    if deepest < 0:
        raise UnreadableError("it is nested too deep")
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise UnreadableError("a key is no text")
        return {key: plain_data(item, deepest=deepest - 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain_data(item, deepest=deepest - 1) for item in value]
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, int):
        if abs(value) >= 10**MOST_DIGITS:
            raise UnreadableError(f"a number has more than {MOST_DIGITS} digits")
        return value
    if isinstance(value, float):
        return value
    if isinstance(value, Decimal):
        return _finite(str(value))
    if callable(getattr(value, "tolist", None)):  # an array or a number of NumPy's
        return plain_data(value.tolist(), deepest=deepest - 1)
    raise UnreadableError(f"{type(value).__name__} is nothing that JSON has")


def same_data(one: Any, other: Any) -> bool:
    """Whether two documents say the same: numbers by value, objects in any order.

    Example:
        >>> same_data({"a": 1, "b": [True]}, {"b": [True], "a": 1.0}), same_data(1, True)
        (True, False)
    """
    return canonical(one) == canonical(other)


def canonical(value: Any) -> str:
    """Plain data as a text that equal data share."""
    return json.dumps(_unified(value), sort_keys=True)


def _unified(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {str(key): _unified(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_unified(item) for item in value]
    return value


def _is_shallow(text: str) -> bool:
    depth = 0
    for token in _BRACKETS.finditer(text):
        if token[0][0] in "[{":
            depth += len(token[0])
            if depth > DEEPEST:
                return False
        elif token[0] in ("]", "}"):
            depth = max(depth - 1, 0)
    return True


# JSON -----------------------------------------------------------------------------------------


def _read_json(text: str) -> Any:
    try:
        return json.loads(
            text,
            parse_int=_whole,
            parse_float=_finite,
            parse_constant=_no_number,
            object_pairs_hook=_object,
        )
    except UnreadableError:
        raise
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"it is no JSON: {error}") from None


def _whole(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise UnreadableError(f"a number has more than {MOST_DIGITS} digits")
    return int(digits)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise UnreadableError(f"{text:.40} is beyond every number")
    return number


def _no_number(text: str) -> float:
    raise UnreadableError(f"{text} is no number that a document can have")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        [(twice, _)] = Counter(key for key, _ in pairs).most_common(1)
        raise UnreadableError(f"the key {twice!r:.60} stands twice")
    return made


# YAML -----------------------------------------------------------------------------------------

# The plain scalars of YAML 1.2's core schema: pattern, and what the text stands for. In 1.1, which
# PyYAML's own loaders read, `no` is false and `12:30:45` a number.
_PLAIN: tuple[tuple[regex.Pattern[str], Callable[[str], Any]], ...] = (
    (regex.compile(r"(?:null|Null|NULL|~)?"), lambda _: None),
    (regex.compile(r"true|True|TRUE"), lambda _: True),
    (regex.compile(r"false|False|FALSE"), lambda _: False),
    (regex.compile(r"[-+]?[0-9]++"), _whole),
    (regex.compile(r"0o[0-7]++"), lambda text: _whole_of_base(text, 8)),
    (regex.compile(r"0x[0-9a-fA-F]++"), lambda text: _whole_of_base(text, 16)),
    (regex.compile(r"[-+]?(?:\.[0-9]++|[0-9]++(?:\.[0-9]*+)?)(?:[eE][-+]?[0-9]++)?"), _finite),
    (regex.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"), _no_number),
)
_TAGGED: dict[str, Callable[[str], Any]] = {"tag:yaml.org,2002:str": str, "!": str}


def _whole_of_base(text: str, base: int) -> int:
    if len(text) > MOST_DIGITS:
        raise UnreadableError(f"a number has more than {MOST_DIGITS} digits")
    return int(text[2:], base)


def _read_yaml(text: str) -> Any:
    yaml = import_module("yaml")
    loader = getattr(yaml, "CSafeLoader", None)
    if loader is None:
        if len(text) > LONGEST_SLOW:
            raise UnreadableError(f"it has more than {LONGEST_SLOW:,} characters")
        loader = yaml.SafeLoader
    # libyaml refuses what no encoding has, by an error of Python's.
    clean = text.encode("utf-8", "replace").decode("utf-8")
    try:
        return _built(yaml.parse(clean, Loader=loader), yaml)
    except yaml.YAMLError as error:
        problem = getattr(error, "problem", None) or str(error).partition("\n")[0]
        raise UnreadableError(f"it is no YAML: {problem:.120}") from None


def _built(events: Iterator[Any], yaml: Any) -> Any:
    """The one document that YAML's events make, built on a list of our own, not on the stack."""
    documents: list[Any] = []
    open_nodes: list[tuple[bool, list[Any]]] = []
    for event in events:
        if isinstance(event, yaml.AliasEvent):
            raise UnreadableError(f"it has an alias, *{event.anchor:.40}")
        if isinstance(event, yaml.ScalarEvent):
            value = _scalar(event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            if event.tag and not event.tag.startswith("tag:yaml.org,2002:"):
                raise UnreadableError(f"it has a tag, {event.tag:.40}")
            if len(open_nodes) >= DEEPEST:
                raise UnreadableError(f"it is nested deeper than {DEEPEST} levels")
            open_nodes.append((isinstance(event, yaml.MappingStartEvent), []))
            continue
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            is_mapping, items = open_nodes.pop()
            value = _mapping(items) if is_mapping else [item for _, item in items]
        else:
            continue
        key = event.value if isinstance(event, yaml.ScalarEvent) else None
        (open_nodes[-1][1] if open_nodes else documents).append((key, value))
    if len(documents) != 1:
        raise UnreadableError(f"it has {len(documents)} documents, not one")
    return documents[0][1]


def _mapping(items: list[tuple[str | None, Any]]) -> dict[str, Any]:
    """A mapping from its keys and values in turn; a key is its text, as in JSON."""
    keys = [key for key, _ in items[::2]]
    if any(key is None for key in keys):
        raise UnreadableError("a key is no text")
    values = [value for _, value in items[1::2]]
    return _object(list(zip([str(key) for key in keys], values, strict=True)))


def _scalar(event: Any) -> Any:
    if event.tag and event.tag not in _TAGGED:
        raise UnreadableError(f"it has a tag, {event.tag:.40}")
    if event.tag or event.style:  # in quotes, or a block
        return event.value
    for pattern, read in _PLAIN:
        if pattern.fullmatch(event.value):
            return read(event.value)
    return event.value


# TOML -----------------------------------------------------------------------------------------


def _read_toml(text: str) -> Any:
    if len(text) > LONGEST_SLOW:
        raise UnreadableError(f"it has more than {LONGEST_SLOW:,} characters")
    toml = import_module("tomllib" if find_spec("tomllib") else "tomli")
    if (dots := _most_dots(text)) > DEEPEST:
        raise UnreadableError(f"a key has {dots} dots")
    try:
        return plain_data(toml.loads(text, parse_float=_finite))
    except UnreadableError:
        raise
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"it is no TOML: {error!s:.120}") from None


def _most_dots(text: str) -> int:
    """The most dots of any line: a dotted key makes a table for each."""
    return max((line.partition("=")[0].count(".") for line in text.splitlines()), default=0)


_READERS: dict[str, Callable[[str], Any]] = {
    "json": _read_json,
    "yaml": _read_yaml,
    "toml": _read_toml,
}
SYNTAXES = tuple(_READERS)
