"""JSON Schema, by the `jsonschema` library, within bounds: of patterns, of references, of steps.

A schema is a dataset's, and what it validates is a model's: neither may raise, hang, or fetch.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from typing import Any

import regex

from grpo_rewards.documents.formats import checker
from grpo_rewards.documents.reading import MOST_DIGITS, canonical, same_data
from grpo_rewards.errors import in_short

__all__ = ["Schema", "SchemaError", "is_empty", "read_schema", "require_jsonschema"]

MOST_STEPS = 200_000
"""Keywords that are applied to one document."""
ERROR = 20
"""What an error, which alternatives collect, costs in such steps."""
REFERENCES = frozenset({"$ref", "$dynamicRef", "$recursiveRef"})
REFERENCE = 5
"""What it costs to look up what one of these refers to."""
MOST_COMPARED = 100
"""Errors of alternatives among which the nearest is looked for."""
LONGEST_SCHEMA = 200_000
"""Characters of a schema."""
DEEPEST_SCHEMA = 100
MOST_SCHEMAS = 2_000
"""Schemas in a schema, such as the branches of ``oneOf``: reading each takes half a millisecond."""
PATTERN_SECONDS = 0.2
"""What a schema's patterns may take over one document."""

SAYS_NOTHING = frozenset(
    "$schema $id $comment $anchor $defs $vocabulary definitions title description default examples "
    "deprecated readOnly writeOnly".split()
)
"""Keywords that hold of every document."""
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


@dataclass(slots=True)
class _Left:
    """What is left of a validation's steps and of its patterns' time."""

    steps: int = MOST_STEPS
    seconds: float = PATTERN_SECONDS

    def take(self, steps: int) -> None:
        self.steps -= steps
        if self.steps < 0:
            raise _ExhaustedError("it takes too many steps to validate")


_left: ContextVar[_Left] = ContextVar("left")


class SchemaError(ValueError):
    """What is no schema, or one that cannot be applied; it says why, and what to write."""


class _ExhaustedError(Exception):
    """A document took more steps, or a pattern more time, than it may."""


def require_jsonschema(reward: str) -> str:
    """What to install where jsonschema is missing; empty where it is there."""
    if find_spec("jsonschema") is not None:
        return ""
    return f"{reward} needs jsonschema, which is not installed: pip install 'grpo-rewards[schema]'"


@dataclass(frozen=True, slots=True)
class Schema:
    """A schema that was read, and found to be one."""

    validator: Any
    definition: Any

    @property
    def demands_nothing(self) -> bool:
        """Whether every document is valid."""
        return self.definition is True or (
            isinstance(self.definition, dict) and set(self.definition) <= SAYS_NOTHING
        )

    def violation(self, document: Any) -> str:
        """The first way in which a document is not valid, in a sentence; empty if it is."""
        token = _left.set(_Left())
        try:
            error = next(self.validator.iter_errors(document), None)
        except _ExhaustedError as exhausted:
            return str(exhausted)
        except RecursionError:
            return "it is nested too deep for the schema"
        finally:
            _left.reset(token)
        return "" if error is None else _sentence(error)

    def required(self) -> list[str]:
        """The fields that the schema asks for at its root."""
        names = self.definition.get("required", []) if isinstance(self.definition, dict) else []
        return [name for name in names if isinstance(name, str)]

    def field_violation(self, document: Any, name: str) -> str:
        """The first way in which one required field is amiss; empty if it is right."""
        if not isinstance(document, dict) or name not in document:
            return f"{name!r} is missing"
        properties = self.definition.get("properties", {})
        field = properties.get(name, True) if isinstance(properties, dict) else True
        token = _left.set(_Left())
        try:
            error = next(self.validator.descend(document[name], field, path=name), None)
        except (_ExhaustedError, RecursionError) as exhausted:
            return str(exhausted) or "too deep"
        finally:
            _left.reset(token)
        return "" if error is None else _sentence(error)


def is_empty(document: Any) -> bool:
    """Whether a document has no value at all: ``{}``, ``[]``, ``null``, or these in one another."""
    waiting = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
        elif value is not None:
            return False
    return True


def read_schema(value: Any) -> Schema:
    """A schema from a dict, a truth value, or JSON of one.

    Raises:
        SchemaError: It is none, refers to what is not in it, or to itself without an end.
    """
    if isinstance(value, str):
        if len(value) > LONGEST_SCHEMA:
            raise SchemaError(f"it has more than {LONGEST_SCHEMA:,} characters")
        text = value
    else:
        try:
            text = json.dumps(value)
        except (TypeError, ValueError, RecursionError):
            raise SchemaError(
                f"{in_short(value)} is no JSON: write a dict, or JSON of one"
            ) from None
    return _read(text)


@lru_cache(maxsize=256)
def _read(text: str) -> Schema:
    jsonschema, referencing = import_module("jsonschema"), import_module("referencing")
    import_module("referencing.jsonschema")
    try:
        definition = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SchemaError(f"{text:.80} is no JSON: {error!s:.80}") from None
    if not isinstance(definition, dict | bool):
        raise SchemaError(f"{text:.80} is no schema: write an object, such as {{'type': 'object'}}")
    _require_within_bounds(definition)
    if sum(1 for _ in islice(_subschemas(definition), MOST_SCHEMAS + 1)) > MOST_SCHEMAS:
        raise SchemaError(
            f"it has more than {MOST_SCHEMAS:,} schemas in it: write alternatives that are "
            "constants as one enum, and leave out what no row needs"
        )
    _require_patterns(definition)
    definition = _ordered(definition)
    dialect = definition.get("$schema", "") if isinstance(definition, dict) else ""
    if not isinstance(dialect, str):
        raise SchemaError(f"$schema is {dialect!r:.80}: write the address of a dialect, or nothing")
    chosen = jsonschema.validators.validator_for(
        definition, default=jsonschema.Draft202012Validator
    )
    try:
        chosen.check_schema(definition)
    except jsonschema.SchemaError as error:
        raise SchemaError(f"at {error.json_path}: {error.message:.160}") from None
    bounded = _bounded(chosen)
    # An empty registry: nothing is fetched, whatever a schema refers to.
    made = bounded(definition, registry=referencing.Registry(), format_checker=checker())
    _require_references(definition, referencing, chosen)
    return Schema(made, definition)


def _require_within_bounds(definition: Any) -> None:
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


def _ordered(value: Any) -> Any:
    """A schema whose keywords about what others leave over stand last."""
    if isinstance(value, dict):
        kept = {key: _ordered(item) for key, item in value.items() if key not in LAST}
        return kept | {key: _ordered(value[key]) for key in LAST if key in value}
    return [_ordered(item) for item in value] if isinstance(value, list) else value


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


def _require_references(definition: Any, referencing: Any, chosen: Any) -> None:
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
        raise SchemaError(f"its $id {uri!r:.80} is no address: {error!s:.80}") from None
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
            f"it refers to {reference!r:.80}, which is not in it: nothing is fetched, so write "
            "what it means into $defs"
        ) from None
    if id(found) in checked:
        return
    checked.add(id(found))
    try:
        chosen.check_schema(found)
    except import_module("jsonschema").SchemaError as error:
        raise SchemaError(
            f"it refers to {reference!r:.80}, which is no schema: {error.message:.80}"
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
                raise SchemaError(f"it refers to {schema[name]!r:.80}: {error!s:.80}") from None
    if isinstance(schema.get("dependentSchemas"), dict):
        following += schema["dependentSchemas"].values()
    for each in following:
        _require_no_loop(each, resolver, path, finished)
    path.pop()
    finished.add(id(schema))


def _require_patterns(definition: Any) -> None:
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
                _require_small(pattern)
                try:
                    regex.compile(pattern)
                except (regex.error, RecursionError, OverflowError, MemoryError) as error:
                    raise SchemaError(
                        f"the pattern {pattern!r:.60} is none: {error!s:.80}"
                    ) from None


def _require_small(pattern: str) -> None:
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
            raise SchemaError(f"the pattern {pattern!r:.60} is too large")


# Keywords -------------------------------------------------------------------------------------


@lru_cache(maxsize=16)
def _bounded(chosen: Any) -> Any:
    """A validator whose keywords count their steps, and whose slow ones are replaced by ours."""
    jsonschema = import_module("jsonschema")
    keywords = {**chosen.VALIDATORS, **_REPLACED}
    counted = {
        name: _counted(keyword, REFERENCE if name in REFERENCES else 1)
        for name, keyword in keywords.items()
    }
    return jsonschema.validators.extend(chosen, counted)


def _counted(keyword: Callable[..., Any], steps: int) -> Callable[..., Any]:
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
        raise _ExhaustedError(
            f"the schema's pattern {pattern!r:.60} takes too long over it"
        ) from None
    finally:
        left.seconds -= time.perf_counter() - began


def _error(message: str) -> Any:
    return import_module("jsonschema").ValidationError(message)


def _pattern(validator: Any, pattern: str, instance: Any, schema: Any) -> Iterator[Any]:
    del schema
    if validator.is_type(instance, "string") and not _matches(pattern, instance):
        yield _error(f"{instance!r:.80} does not match {pattern!r}")


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
            yield _error(f"the property {key!r:.80} is not allowed")
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


def _sentence(error: Any) -> str:
    """The first violation; of alternatives the one that the document came nearest to."""
    best = error
    if error.context and len(error.context) <= MOST_COMPARED:
        best = import_module("jsonschema.exceptions").best_match([error])
    where = best.json_path
    message = " ".join(str(best.message).split())
    if len(message) > 200:
        message = f"{message[:120]} ... {message[-70:]}"
    return f"at {where if len(where) < 120 else where[:117] + '...'}: {message}"


def is_schema_itself(document: Any, schema: Schema) -> bool:
    """Whether a document is the schema, copied."""
    return same_data(document, schema.definition)
