"""Documents that models write, JSON, YAML and TOML: found in a text, read within bounds, validated.

What a valid document is worth, the rewards say.
"""

from __future__ import annotations

from grpo_rewards.documents.finding import Found, find_document
from grpo_rewards.documents.reading import (
    SYNTAXES,
    Syntax,
    UnreadableError,
    plain_data,
    read_document,
)
from grpo_rewards.documents.schemas import Schema, read_schema
from grpo_rewards.documents.soundness import SchemaError

__all__ = [
    "SYNTAXES",
    "Found",
    "Schema",
    "SchemaError",
    "Syntax",
    "UnreadableError",
    "find_document",
    "plain_data",
    "read_document",
    "read_schema",
]
