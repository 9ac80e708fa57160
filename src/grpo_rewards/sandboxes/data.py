"""Plain data: what crosses the wall between a program and its judge, and how it is written down.

Only numbers, strings, bytes, truth values, ``None``, and lists, tuples, sets and dicts of them. An
object of a class of the program's own could claim to be equal to anything, so none gets across.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from operator import eq
from typing import Any

import regex

__all__ = [
    "MOST_PARTS",
    "NotPlainError",
    "decode",
    "encode",
    "parts_in",
    "plain",
    "require_spread",
    "shown",
    "source",
]

MOST_PARTS = 250_000
"""Numbers, strings and the like that the values of one program may have in all; a list, a tuple, a
set or a dict counts as five. Decoded they take some 20 MB at most, beside the text of strings."""
OF_CONTAINER = 4
"""What a container counts in parts, beside the one that every value does."""
MOST_ALIKE = 8
"""Members of a set or a dict that may have one hash: of more, each is compared with all."""
DEEPEST = 100
LONGEST_NUMBER = 4_300
"""Digits of an integer, as Python itself limits them: reading more takes quadratic time."""
LONGEST_SHOWN = 100

_SCALARS = (type(None), bool, int, float, complex, str, bytes)
_CONTAINERS = (list, tuple, set, frozenset)


class NotPlainError(ValueError):
    """A value that is no plain data."""


def plain(value: Any, depth: int = DEEPEST) -> Any:
    """The same value, shown to be plain data all the way down.

    Raises:
        NotPlainError: It is not.

    Example:
        >>> plain([1, ("a", {2.0: None})])
        [1, ('a', {2.0: None})]
        >>> plain([object()])
        Traceback (most recent call last):
        ...
        grpo_rewards.sandboxes.data.NotPlainError: an object of the type object is no plain data
    """
    kind = type(value)
    if kind in _SCALARS:
        return value
    if not depth:
        raise NotPlainError("nested too deep")
    if kind in _CONTAINERS:
        return kind(plain(item, depth - 1) for item in value)
    if kind is dict:
        return {plain(key, depth - 1): plain(item, depth - 1) for key, item in value.items()}
    if isinstance(value, tuple):  # a named one
        return tuple(plain(item, depth - 1) for item in tuple.__iter__(value))
    raise NotPlainError(f"an object of the type {kind.__name__} is no plain data")


def encode(value: Any, depth: int = DEEPEST) -> Any:
    """Plain data as JSON can hold it; `decode` gives it back. The jail has a copy of its own.

    Raises:
        NotPlainError: It is no plain data.

    Example:
        >>> encode({(1, 2): {3.5}})
        {'dict': [[{'tuple': [1, 2]}, {'set': [3.5]}]]}
    """
    kind = type(value)
    if value is None or kind in (bool, int, float, str):
        return value
    if not depth:
        raise NotPlainError("nested too deep")
    if kind is bytes:
        return {"bytes": value.hex()}
    if kind is complex:
        return {"complex": [value.real, value.imag]}
    if kind is list:
        return [encode(item, depth - 1) for item in value]
    if kind is dict:
        items = [[encode(key, depth - 1), encode(item, depth - 1)] for key, item in value.items()]
        return {"dict": items}
    if kind in _CONTAINERS:
        return {kind.__name__: [encode(item, depth - 1) for item in value]}
    raise NotPlainError(f"an object of the type {kind.__name__} is no plain data")


_STRING = regex.compile(r'"(?:[^"\\]++|\\.)*+"', regex.DOTALL)


def parts_in(text: str) -> int:
    """How many parts the values in a JSON text have, or more: what decoding it takes.

    Example:
        >>> parts_in("3"), parts_in("[1, 2, 3]"), parts_in('"[[[["')
        (1, 7, 1)
    """
    if "[" in text or "{" in text or "," in text:
        text = _STRING.sub("0", text)
    return 1 + text.count(",") + OF_CONTAINER * (text.count("[") + text.count("{"))


def require_spread(members: Sequence[Any]) -> None:
    """Raise unless a set of some members can be made in a time that grows with their number.

    Raises:
        NotPlainError: Many of them differ and have one hash, as numbers can be chosen to.
        TypeError: One of them has no hash.
    """
    if len(members) <= MOST_ALIKE:
        return
    hashes = list(map(hash, members))
    ordered = sorted(hashes)
    if not any(map(eq, ordered, ordered[1:])):
        return
    alike: list[Any] = []
    last = None
    for place in sorted(range(len(members)), key=hashes.__getitem__):
        if hashes[place] != last:
            last, alike = hashes[place], []
        member = members[place]
        if not any(member is other or member == other for other in alike):
            alike.append(member)
            if len(alike) > MOST_ALIKE:
                raise NotPlainError(f"more than {MOST_ALIKE} members of one hash")


def decode(text: str) -> Any:
    """Read JSON that holds plain data as `encode` writes it; whoever wrote it may be hostile.

    Raises:
        NotPlainError: It holds something else, or more than `MOST_PARTS`.

    Example:
        >>> decode('{"dict": [[{"tuple": [1, 2]}, {"set": [3.5]}]]}')
        {(1, 2): {3.5}}
    """
    if parts_in(text) > MOST_PARTS:
        raise NotPlainError("the value is too large")
    try:
        return _decoded(json.loads(text, parse_int=_integer), DEEPEST)
    except (ValueError, TypeError, RecursionError) as error:
        raise NotPlainError(f"no plain data: {error}") from None


def _integer(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise NotPlainError(f"a number of {len(digits)} digits")
    return int(digits)


def _decoded(value: Any, depth: int) -> Any:
    if not depth:
        raise NotPlainError("nested too deep")
    if isinstance(value, list):
        return [_decoded(item, depth - 1) for item in value]
    if not isinstance(value, dict):
        return value
    if len(value) != 1:
        raise NotPlainError("an object with more than its kind")
    ((kind, content),) = value.items()
    if kind == "bytes":
        return bytes.fromhex(content)
    if kind == "complex":
        return complex(*content)
    if not isinstance(content, list):
        raise NotPlainError(f"a {kind:.80} of no members")
    if kind == "dict":
        pairs = [(_decoded(key, depth - 1), _decoded(item, depth - 1)) for key, item in content]
        require_spread([key for key, _ in pairs])
        return dict(pairs)
    made = {"tuple": tuple, "set": set, "frozenset": frozenset}.get(kind)
    if made is None:
        raise NotPlainError(f"an unknown kind {kind!r:.80}")
    members = [_decoded(item, depth - 1) for item in content]
    if made is not tuple:
        require_spread(members)
    return made(members)


def source(value: Any) -> str:
    """A Python expression for plain data, which uses no name that a program could redefine.

    Raises:
        NotPlainError: It is no plain data.

    Example:
        >>> source([float("inf"), set(), {"a": (1,)}])
        "[1e999, {*()}, {'a': (1,)}]"
    """
    kind = type(value)
    if kind is float and not math.isfinite(value):
        return "(1e999-1e999)" if math.isnan(value) else "1e999" if value > 0 else "-1e999"
    if kind in _SCALARS:
        return repr(value)
    if kind is dict:
        items = ", ".join(f"{source(key)}: {source(item)}" for key, item in value.items())
        return f"{{{items}}}"
    if kind in (list, tuple, set):
        items = ", ".join(source(item) for item in value)
        if kind is list:
            return f"[{items}]"
        if kind is tuple:
            return f"({items},)" if len(value) == 1 else f"({items})"
        return f"{{{items}}}" if value else "{*()}"
    raise NotPlainError(f"an object of the type {kind.__name__} is no plain data")


def shown(value: Any) -> str:
    """A value as a reason shows it: in one line that is not long."""
    try:
        text = repr(value[:LONGEST_SHOWN] if isinstance(value, str | bytes) else value)
    except (ValueError, RecursionError):  # of a number with too many digits
        return "a value too large to show"
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 3]}..."
