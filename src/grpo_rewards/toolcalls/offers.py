"""The tools that a row offers: their names, and what their arguments have to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grpo_rewards.documents import Schema, SchemaError, read_schema
from grpo_rewards.errors import in_short
from grpo_rewards.toolcalls.shapes import Call, CallError, read_inner, read_list

__all__ = ["Tools", "read_tools"]


@dataclass(frozen=True, slots=True)
class Tools:
    """What tools there are, each by its name with the definition of its arguments."""

    parameters: Mapping[str, Any]

    def violation(self, call: Call) -> str:
        """The first way in which a call is not valid; empty if it is.

        Raises:
            CallError: The definition of the tool is no JSON Schema.
        """
        if call.name not in self.parameters:
            there = ", ".join(self.parameters)
            return f"there is no tool {call.name!r:.60}, but {there:.200}"
        definition = self.parameters[call.name]
        violation = self._schema(call.name).violation(dict(call.arguments))
        known = definition.get("properties")
        if (
            not violation
            and isinstance(known, Mapping)
            and "additionalProperties" not in definition
        ):
            stranger = next((name for name in call.arguments if name not in known), None)
            if stranger is not None:
                return f"{call.name} has no argument {stranger!r:.60}"
        return f"{call.name}: {violation}" if violation else ""

    def _schema(self, name: str) -> Schema:
        try:
            return read_schema({"type": "object", **self.parameters[name]})
        except SchemaError as error:
            raise CallError(f"the parameters of the tool {name!r} are no schema: {error}") from None

    def default(self, name: str, argument: str) -> tuple[bool, Any]:
        """Whether an argument of a tool has a default, and which."""
        properties = self.parameters.get(name, {}).get("properties")
        field = properties.get(argument) if isinstance(properties, Mapping) else None
        if isinstance(field, Mapping) and "default" in field:
            return True, field["default"]
        return False, None


def read_tools(value: Any) -> Tools | None:
    """Tools as OpenAI, TRL and chat templates have them; ``None`` where there are none.

    Raises:
        CallError: It is no list of tools, or JSON of one.
    """
    value = read_list(value, "tools")
    if value is None:
        return None
    parameters: dict[str, Any] = {}
    for each in value:
        tool = read_inner(each) if isinstance(each, str) else each
        tool = tool.get("function", tool) if isinstance(tool, Mapping) else None
        if not isinstance(tool, Mapping) or not isinstance(tool.get("name"), str):
            raise CallError(f"{in_short(each)} is no tool with a name")
        own = tool.get("parameters", tool.get("input_schema"))
        if isinstance(own, str) and own.strip():  # as tables store what differs from row to row
            own = read_inner(own)
        parameters[tool["name"]] = _without_none(own) if isinstance(own, Mapping) else {}
    return Tools(parameters) if parameters else None


def _without_none(value: Any) -> Any:
    """A definition without the fields that its row was only filled up with."""
    if isinstance(value, Mapping):
        return {key: _without_none(item) for key, item in value.items() if item is not None}
    return [_without_none(item) for item in value] if isinstance(value, list) else value
