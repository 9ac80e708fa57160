"""The reward for structured output: a document is read, and validated against a JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any, ClassVar, get_args

from grpo_rewards.core.base import Batch, Outcome
from grpo_rewards.documents import (
    Schema,
    SchemaError,
    Syntax,
    UnreadableError,
    find_document,
    plain_data,
    read_schema,
)
from grpo_rewards.documents.schemas import is_empty, is_schema_itself, require_jsonschema
from grpo_rewards.documents.soundness import DEEPEST_SCHEMA
from grpo_rewards.errors import ColumnError, OptionError, in_short
from grpo_rewards.requirements import require_truth
from grpo_rewards.rewards.tiers import Answer
from grpo_rewards.rewards.whole import SharingReward

__all__ = ["CheckSchema"]

NONE_SAYS = frozenset({"const", "default"})
"""Keywords of a schema whose value may be null."""


@dataclass(frozen=True, kw_only=True, repr=False)
class CheckSchema(SharingReward):
    """Pays a JSON, YAML or TOML document that is valid by its row's JSON Schema.

    The document is the last fenced block marked with the syntax, else the last block without a
    mark, else the whole text; JSON may also stand in prose. The reason names the first violation.

    Args:
        format: The layout that tells where the document is looked for: between the answer's tags,
            or, in a layout without them, anywhere after the reasoning.
        schema: A schema for every row, as a dict; in place of the column.
        column: The column of schemas, each a dict, or JSON of one. In a dict, fields that are
            ``None`` count as absent: datasets fill rows up so.
        syntax: ``"json"``, ``"yaml"`` (1.2, its core schema) or ``"toml"``.
        alone: Whether nothing else may stand in the response, but a fence around the document.
        empty: Whether a document without a value (``{}``, ``[]``, ``null``) is paid where it is
            valid. By default it is not: it says nothing.
        partial: Whether a document that is not valid earns a share of ``correct``: the required
            fields at its root that are there and valid, of those and one for all the rest.
        correct: The score of a valid document.
        wrong: The score of every other one, and of one that cannot be read.
        missing: The score of a response without a document.
        strict: As in `grpo_rewards.CheckAnswer`.
        name: The reward's ``__name__``.

    Returns:
        For a completion one of the tiers, with ``partial`` also a share of ``correct``; ``None``
        where the row has no schema, or one by which every document is valid.

    Raises:
        OptionError: jsonschema (for YAML pyyaml, for TOML before Python 3.11 tomli) is not
            installed, ``schema`` is none, or an option is of the wrong kind.
        ColumnError: On a call: the column is missing, or holds what is no schema, or one that
            refers to other documents, or to itself without an end.

    Not covered: whether what the document says is true; properties that the schema does not
    forbid (write ``additionalProperties: false``); formats beyond date, time, date-time, email,
    ipv4, ipv6, uri and uuid.

    Example:
        >>> person = {
        ...     "type": "object",
        ...     "properties": {"name": {"type": "string"}, "age": {"type": "integer"}},
        ...     "required": ["name", "age"],
        ... }
        >>> check = CheckSchema(schema=person)
        >>> check(['{"name": "Ada", "age": 36}', '{"name": "Ada"}', "I do not know."])
        [5.0, -2.5, -4.5]
        >>> check.explain('{"name": "Ada", "age": "36"}').reason
        "at $.age: '36' is not of type 'integer'"
        >>> CheckSchema(schema=person, partial=True)(['{"name": "Ada"}'])
        [1.6666666666666665]
    """

    schema: Mapping[str, Any] | None = field(default=None, hash=False)
    column: str = "schema"
    syntax: Syntax = "json"
    alone: bool = False
    empty: bool = False
    partial: bool = False
    name: str = "check_schema"

    _source_option: ClassVar[str] = "column"

    def __post_init__(self) -> None:
        super().__post_init__()
        for option in ("alone", "empty", "partial"):
            require_truth(option, getattr(self, option))
        if not isinstance(self.column, str) or not self.column:
            raise OptionError(
                f"column={in_short(self.column)}: write the name of the column of schemas"
            )
        if self.syntax not in get_args(Syntax):
            raise OptionError(f"syntax={in_short(self.syntax)}: write 'json', 'yaml' or 'toml'")
        self._require_shares("partial=True", are_paid=self.partial)
        if missing := require_jsonschema("CheckSchema") or _missing_reader(self.syntax):
            raise OptionError(missing)
        if self.schema is not None:
            try:
                demands_nothing = read_schema(self.schema).demands_nothing
            except SchemaError as error:
                raise OptionError(f"schema={in_short(self.schema)}: {error}") from None
            if not isinstance(self.schema, Mapping) or demands_nothing:
                raise OptionError(
                    f"schema={in_short(self.schema)}: every document is valid by it; write what "
                    "one "
                    "has to be, such as {'type': 'object', 'required': ['name']}"
                )

    def _judge_answers(self, batch: Batch, answers: Sequence[Answer]) -> list[Outcome]:
        return [
            self._judge_row(schema, *answer)
            for schema, answer in zip(self._schemas(batch), answers, strict=True)
        ]

    def _schemas(self, batch: Batch) -> list[Schema | None]:
        if self.schema is not None:
            return [read_schema(self.schema)] * len(batch)
        return [self._schema(value) for value in batch.column(self.column, option="column")]

    def _schema(self, value: Any) -> Schema | None:
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        try:
            plain = plain_data(value, deepest=DEEPEST_SCHEMA)
            return read_schema(_without_none(plain))
        except (SchemaError, UnreadableError) as error:
            raise ColumnError(
                f"the column {self.column!r} has what is no schema for a document: {error}"
            ) from None

    def _judge_row(self, schema: Schema | None, text: str | None, why_not: str) -> Outcome:
        if schema is None or schema.demands_nothing:
            reason = "every document is valid by the row's schema" if schema else "no schema"
            return self._outcome("no opinion", reason, answer=text)
        if text is None:
            return self._outcome("no answer", f"no answer: {why_not}", rule=self.syntax)
        found = find_document(text, self.syntax)
        if found.text is None:
            return self._outcome("no answer", f"no answer: {found.why_not}", rule=self.syntax)
        if found.why_not:
            return self._wrong(found.text, found.why_not)
        if self.alone and not found.is_whole:
            return self._wrong(found.text, "the document does not stand alone")
        if is_schema_itself(found.value, schema):
            return self._wrong(found.text, "it is the schema, and no document by it")
        if is_empty(found.value) and not self.empty:
            return self._wrong(found.text, "it has no value")
        violation = schema.violation(found.value)
        if not violation:
            return self._outcome(
                "correct", "it is valid by the schema", answer=found.text, rule=self.syntax
            )
        required = schema.required() if self.partial else []
        right = sum(not schema.field_violation(found.value, each) for each in required)
        share = right / (len(required) + 1)
        return self._wrong(found.text, violation, score=self._share(share))

    def _wrong(self, document: str, reason: str, *, score: float | None = None) -> Outcome:
        return self._outcome("wrong", reason, answer=document, rule=self.syntax, score=score)


def _missing_reader(syntax: str) -> str:
    """What to install for a syntax; empty where it is there."""
    library = {"yaml": ("yaml", "pyyaml"), "toml": ("tomllib", "tomli")}.get(syntax)
    if library is None or any(find_spec(name) for name in library[:1]) or find_spec(library[1]):
        return ""
    return (
        f"CheckSchema(syntax={syntax!r}) needs {library[1]}, which is not installed: "
        "pip install 'grpo-rewards[schema]'"
    )


def _without_none(value: Any) -> Any:
    """A schema from a column, without the fields that its row was only filled up with."""
    if isinstance(value, Mapping):
        return {
            str(key): _without_none(item)
            for key, item in value.items()
            if item is not None or key in NONE_SAYS
        }
    return [_without_none(item) for item in value] if isinstance(value, list) else value
