"""JSON Schema, by the `jsonschema` library, within bounds: of patterns, of references, of steps.

A schema is a dataset's, and what it validates is a model's: neither may raise, hang, or fetch.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from grpo_rewards.documents.formats import checker
from grpo_rewards.documents.keywords import ExhaustedError, counted, counting
from grpo_rewards.documents.reading import same_data
from grpo_rewards.documents.soundness import (
    LAST,
    SchemaError,
    require_patterns,
    require_references,
    require_small,
)
from grpo_rewards.errors import in_short

__all__ = ["Schema", "is_empty", "is_schema_itself", "read_schema", "require_jsonschema"]

MOST_COMPARED = 100
"""Errors of alternatives among which the nearest is looked for."""
LONGEST_SCHEMA = 200_000
"""Characters of a schema."""
SAYS_NOTHING = frozenset(
    "$schema $id $comment $anchor $defs $vocabulary definitions title description default examples "
    "deprecated readOnly writeOnly".split()
)
"""Keywords that hold of every document."""


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
        return _first_violation(self.validator.iter_errors(document))

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
        return _first_violation(self.validator.descend(document[name], field, path=name))


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
    require_small(definition)
    require_patterns(definition)
    definition = _ordered(definition)
    dialect = definition.get("$schema", "") if isinstance(definition, dict) else ""
    if not isinstance(dialect, str):
        raise SchemaError(
            f"$schema is {in_short(dialect)}: write the address of a dialect, or nothing"
        )
    chosen = jsonschema.validators.validator_for(
        definition, default=jsonschema.Draft202012Validator
    )
    try:
        chosen.check_schema(definition)
    except jsonschema.SchemaError as error:
        raise SchemaError(f"at {error.json_path}: {error.message:.160}") from None
    # An empty registry: nothing is fetched, whatever a schema refers to.
    made = counted(chosen)(definition, registry=referencing.Registry(), format_checker=checker())
    require_references(definition, referencing, chosen)
    return Schema(made, definition)


def _ordered(value: Any) -> Any:
    """A schema whose keywords about what others leave over stand last."""
    if isinstance(value, dict):
        kept = {key: _ordered(item) for key, item in value.items() if key not in LAST}
        return kept | {key: _ordered(value[key]) for key in LAST if key in value}
    return [_ordered(item) for item in value] if isinstance(value, list) else value


def _first_violation(errors: Iterator[Any]) -> str:
    """The first of a validator's errors, in a sentence; empty where there is none."""
    try:
        with counting():
            error = next(errors, None)
    except ExhaustedError as exhausted:
        return str(exhausted)
    except RecursionError:
        return "it is nested too deep for the schema"
    return "" if error is None else _sentence(error)


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
