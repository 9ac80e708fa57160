"""What a schema has to be like to be applied: small, and its patterns and references sound."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from itertools import islice
from typing import Any

import regex

from grpo_rewards.documents.reading import MOST_DIGITS
from grpo_rewards.errors import in_short

__all__ = [
    "DEEPEST_SCHEMA",
    "LAST",
    "SchemaError",
    "require_patterns",
    "require_references",
    "require_small",
]

DEEPEST_SCHEMA = 100
MOST_SCHEMAS = 2_000
"""Schemas in a schema, such as the branches of ``oneOf``: reading each takes half a millisecond."""
_IN_PLACE = ("allOf", "anyOf", "oneOf")
"""Keywords with a list of schemas for the same value."""
_IN_PLACE_ONE = ("not", "if", "then", "else")
BY_NAME = frozenset(
    "properties patternProperties $defs definitions dependentSchemas dependencies".split()
)
"""Keywords with schemas by name; a name may be a keyword, too."""
DATA = frozenset({"const", "enum", "default", "examples"})
"""Keywords with data, which is no schema whatever it looks like."""
MOST_REPEATED = 50_000
"""Parts of a pattern, with what it repeats written out."""
_PIECE = regex.compile(
    r"\\.|\[\^?\]?(?:[^\]\\]|\\.)*+\]|\{(?P<least>\d++)(?:,\d*+)?\}|.", regex.DOTALL
)
LAST = ("unevaluatedProperties", "unevaluatedItems")


class SchemaError(ValueError):
    """What is no schema, or one that cannot be applied; it says why, and what to write."""


def require_small(definition: Any) -> None:
    """Raise on a schema that is nested too deep, or has numbers or schemas that are too many."""
    waiting = [(definition, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > DEEPEST_SCHEMA:
            raise SchemaError(f"it is nested deeper than {DEEPEST_SCHEMA} levels")
        if isinstance(value, int | float) and not abs(value) < 10**MOST_DIGITS:
            raise SchemaError(f"a number has more than {MOST_DIGITS} digits, or is none")
        if isinstance(value, dict):
            waiting += [(item, depth + 1) for item in value.values()]
        elif isinstance(value, list):
            waiting += [(item, depth + 1) for item in value]
    if sum(1 for _ in islice(_subschemas(definition), MOST_SCHEMAS + 1)) > MOST_SCHEMAS:
        raise SchemaError(
            f"it has more than {MOST_SCHEMAS:,} schemas in it: write alternatives that are "
            "constants as one enum, and leave out what no row needs"
        )


def _subschemas(definition: Any) -> Iterator[dict[str, Any]]:
    """Every schema in a schema, and no data that it names, which may look like one."""
    waiting = [(definition, False)]
    while waiting:
        value, is_by_name = waiting.pop()
        if isinstance(value, list):
            waiting += [(item, False) for item in value]
        elif isinstance(value, dict) and is_by_name:
            waiting += [(item, False) for item in value.values()]
        elif isinstance(value, dict):
            yield value
            waiting += [(item, key in BY_NAME) for key, item in value.items() if key not in DATA]


def require_references(definition: Any, referencing: Any, chosen: Any) -> None:
    """Raise where a reference leads to no schema, or back to itself without going into a value."""
    if not isinstance(definition, dict):
        return
    specification = referencing.jsonschema.specification_with(
        definition.get("$schema", ""), default=referencing.jsonschema.DRAFT202012
    )
    resource = specification.create_resource(definition)
    uri = resource.id() or ""
    try:
        resolver = referencing.Registry().with_resource(uri, resource).resolver(uri)
    except ValueError as error:
        raise SchemaError(f"its $id {in_short(uri)} is no address: {error!s:.80}") from None
    checked: set[int] = set()
    waiting = [(definition, False, resolver)]
    while waiting:
        value, is_by_name, own = waiting.pop()
        if isinstance(value, list):
            waiting += [(item, False, own) for item in value]
        if not isinstance(value, dict):
            continue
        if not is_by_name:
            # One with an address of its own looks its references up from there.
            try:
                own = own.in_subresource(specification.create_resource(value))
            except (ValueError, AttributeError) as error:  # an address that is no text, or no URL
                raise SchemaError(
                    f"the $id of {in_short(value, 60)} is no address: {error!s:.80}"
                ) from None
            if isinstance(value.get("$ref"), str):
                _require_schema_at(value["$ref"], own, referencing, chosen, checked)
        waiting += [
            (item, not is_by_name and key in BY_NAME, own)
            for key, item in value.items()
            if is_by_name or key not in DATA
        ]
    finished: set[int] = set()
    for each in _subschemas(definition):
        _require_no_loop(each, resolver, [], finished)


def _require_schema_at(
    reference: str, resolver: Any, referencing: Any, chosen: Any, checked: set[int]
) -> None:
    try:
        found = resolver.lookup(reference).contents
    except (referencing.exceptions.Unresolvable, ValueError):
        raise SchemaError(
            f"it refers to {in_short(reference)}, which is not in it: nothing is fetched, so write "
            "what it means into $defs"
        ) from None
    if id(found) in checked:
        return
    checked.add(id(found))
    try:
        chosen.check_schema(found)
    except import_module("jsonschema").SchemaError as error:
        raise SchemaError(
            f"it refers to {in_short(reference)}, which is no schema: {error.message:.80}"
        ) from None


def _require_no_loop(schema: Any, resolver: Any, path: list[int], finished: set[int]) -> None:
    if not isinstance(schema, dict) or id(schema) in finished:
        return
    if id(schema) in path or len(path) > DEEPEST_SCHEMA:
        raise SchemaError("it refers to itself without an end, as {'$ref': '#'} does at its root")
    path.append(id(schema))
    following: list[Any] = [schema.get(name) for name in _IN_PLACE_ONE]
    for name in _IN_PLACE:
        if isinstance(schema.get(name), list):
            following += schema[name]
    for name in ("$ref", "$dynamicRef", "$recursiveRef"):
        if isinstance(schema.get(name), str):
            try:
                following.append(resolver.lookup(schema[name]).contents)
            except Exception as error:  # noqa: BLE001 (a library's own kinds; it is said, not hidden)
                raise SchemaError(f"it refers to {in_short(schema[name])}: {error!s:.80}") from None
    if isinstance(schema.get("dependentSchemas"), dict):
        following += schema["dependentSchemas"].values()
    for each in following:
        _require_no_loop(each, resolver, path, finished)
    path.pop()
    finished.add(id(schema))


def require_patterns(definition: Any) -> None:
    """Raise where a pattern is none, or one that cannot be bounded."""
    has_left_over = any(name in each for each in _subschemas(definition) for name in LAST)
    for each in _subschemas(definition):
        patterns = each.get("patternProperties")
        if not isinstance(patterns, dict):
            patterns = {}
        elif has_left_over and patterns:
            raise SchemaError(
                "it has both patternProperties and unevaluatedProperties, whose patterns cannot be "
                "bounded: write additionalProperties"
            )
        for pattern in [*patterns, each.get("pattern")]:
            if isinstance(pattern, str):
                _require_small_pattern(pattern)
                try:
                    regex.compile(pattern)
                except (regex.error, RecursionError, OverflowError, MemoryError) as error:
                    raise SchemaError(
                        f"the pattern {in_short(pattern, 60)} is none: {error!s:.80}"
                    ) from None


def _require_small_pattern(pattern: str) -> None:
    """Raise on a pattern that would be huge once what it repeats is written out, or too deep."""
    groups: list[tuple[int, int]] = []
    total, last, end = 0, 0, 0
    for piece in _PIECE.finditer(pattern):
        sign = piece[0]
        if sign == "(":
            groups.append((total, last))
            total = last = 0
        elif sign == ")" and groups:
            before, _ = groups.pop()
            total, last = before + total, total
        elif piece["least"]:
            # Of many digits each is one too many.
            times = int(piece["least"][:9]) if piece.start() == end else 1
            total, last = total + last * (times - 1), last * times
        else:
            total, last = total + 1, 1
        end = piece.end()
        if total > MOST_REPEATED or len(groups) > DEEPEST_SCHEMA:
            raise SchemaError(f"the pattern {in_short(pattern, 60)} is too large")
