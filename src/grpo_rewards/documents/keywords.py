"""The keywords of a schema, as they are applied: each counts its steps, slow ones are ours."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any

import regex

from grpo_rewards.documents.reading import canonical
from grpo_rewards.errors import in_short

__all__ = ["ExhaustedError", "counted", "counting"]

MOST_STEPS = 200_000
"""Keywords that are applied to one document."""
ERROR = 20
"""What an error, which alternatives collect, costs in such steps."""
REFERENCES = frozenset({"$ref", "$dynamicRef", "$recursiveRef"})
REFERENCE = 5
"""What it costs to look up what one of these refers to."""
PATTERN_SECONDS = 0.2
"""What a schema's patterns may take over one document."""


@dataclass(slots=True)
class _Left:
    """What is left of a validation's steps and of its patterns' time."""

    steps: int = MOST_STEPS
    seconds: float = PATTERN_SECONDS

    def take(self, steps: int) -> None:
        self.steps -= steps
        if self.steps < 0:
            raise ExhaustedError("it takes too many steps to validate")


_left: ContextVar[_Left] = ContextVar("left")


class ExhaustedError(Exception):
    """A document took more steps, or a pattern more time, than it may."""


@contextmanager
def counting() -> Iterator[None]:
    """Count the steps and the seconds of what is validated in here."""
    token = _left.set(_Left())
    try:
        yield
    finally:
        _left.reset(token)


@lru_cache(maxsize=16)
def counted(chosen: Any) -> Any:
    """A validator whose keywords count their steps, and whose slow ones are replaced by ours."""
    jsonschema = import_module("jsonschema")
    keywords = {**chosen.VALIDATORS, **_REPLACED}
    replaced = {
        name: _count(keyword, REFERENCE if name in REFERENCES else 1)
        for name, keyword in keywords.items()
    }
    return jsonschema.validators.extend(chosen, replaced)


def _count(keyword: Callable[..., Any], steps: int) -> Callable[..., Any]:
    def applied(validator: Any, value: Any, instance: Any, schema: Any) -> Iterator[Any]:
        left = _left.get()
        left.take(steps)
        for error in keyword(validator, value, instance, schema) or ():
            left.take(ERROR)
            yield error

    return applied


def _matches(pattern: str, text: str) -> bool:
    left = _left.get()
    began = time.perf_counter()
    try:
        return regex.search(pattern, text, timeout=max(left.seconds, 1e-3)) is not None
    except TimeoutError:
        raise ExhaustedError(
            f"the schema's pattern {in_short(pattern, 60)} takes too long over it"
        ) from None
    finally:
        left.seconds -= time.perf_counter() - began


def _error(message: str) -> Any:
    return import_module("jsonschema").ValidationError(message)


def _pattern(validator: Any, pattern: str, instance: Any, schema: Any) -> Iterator[Any]:
    del schema
    if validator.is_type(instance, "string") and not _matches(pattern, instance):
        yield _error(f"{in_short(instance)} does not match {pattern!r}")


def _pattern_properties(
    validator: Any, patterns: Mapping[str, Any], instance: Any, schema: Any
) -> Iterator[Any]:
    del schema
    if not validator.is_type(instance, "object"):
        return
    for pattern, subschema in patterns.items():
        for key, value in instance.items():
            if _matches(pattern, key):
                yield from validator.descend(value, subschema, path=key, schema_path=pattern)


def _additional_properties(
    validator: Any, allowed: Any, instance: Any, schema: Mapping[str, Any]
) -> Iterator[Any]:
    if not validator.is_type(instance, "object"):
        return
    properties, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    for key, value in instance.items():
        if key in properties or any(_matches(pattern, key) for pattern in patterns):
            continue
        if allowed is False:
            yield _error(f"the property {in_short(key)} is not allowed")
        elif allowed is not True:
            yield from validator.descend(value, allowed, path=key)


def _unique_items(validator: Any, unique: Any, instance: Any, schema: Any) -> Iterator[Any]:
    del schema
    if unique and validator.is_type(instance, "array"):
        seen: set[str] = set()
        for place, item in enumerate(instance):
            text = canonical(item)
            if text in seen:
                yield _error(f"the item {place} stands before it already")
                return
            seen.add(text)


_REPLACED = {
    "pattern": _pattern,
    "patternProperties": _pattern_properties,
    "additionalProperties": _additional_properties,
    "uniqueItems": _unique_items,
}
