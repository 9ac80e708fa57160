"""What a call of a tool is: a model's, in the messages' own ``tool_calls``; a dataset's gold."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from grpo_rewards.documents import UnreadableError, plain_data, read_document
from grpo_rewards.errors import in_short

__all__ = [
    "MOST_CALLS",
    "Call",
    "CallError",
    "Calls",
    "call_of",
    "native_calls",
    "plain_row",
    "read_expected",
    "read_inner",
    "read_list",
]

MOST_CALLS = 64
"""Calls of a completion that are read."""
NAMES = ("name", "tool_name", "tool")
ARGUMENTS = ("arguments", "parameters", "args", "input")
"""The keys of a call: of OpenAI's, of Llama's, of LangChain's, of Anthropic's."""
DEEPEST_ROW = 100
"""Objects and arrays inside one another, in what a dataset says of calls and tools."""
OMITTED = ""
"""What a list of acceptable values has where the argument may be left out, as in BFCL."""


class CallError(ValueError):
    """What is no call; it says why."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a tool, by name and arguments."""

    name: str
    arguments: Mapping[str, Any]
    acceptable: Mapping[str, Sequence[Any]] | None = None
    """Of a gold that has several values for an argument: all of them, by argument."""

    def __str__(self) -> str:
        given = ", ".join(f"{name}={in_short(value, 60)}" for name, value in self.arguments.items())
        return f"{self.name:.60}({given:.200})"


@dataclass(slots=True)
class Calls:
    """The calls of a completion, and the first reason why one could not be read."""

    made: list[Call] = field(default_factory=list)
    why_not: str = ""

    def add(self, value: Any) -> None:
        """Add what should be a call, or say why it is none."""
        if len(self.made) >= MOST_CALLS:
            self.why_not = self.why_not or f"there are more than {MOST_CALLS} calls"
            return
        try:
            self.made.append(call_of(value))
        except CallError as error:
            self.why_not = self.why_not or str(error)

    def add_text(self, text: str) -> None:
        """Add the call, or the list of calls, that JSON writes."""
        try:
            value = read_document(text)
        except UnreadableError as error:
            self.why_not = self.why_not or f"a call cannot be read: {error}"
            return
        for each in value if isinstance(value, list) else [value]:
            self.add(each)


def call_of(value: Any) -> Call:
    """A call from a dict with a name and arguments, bare or under ``function``.

    Raises:
        CallError: It is none.
    """
    if isinstance(value, Mapping) and isinstance(value.get("function"), Mapping):
        value = value["function"]
    if not isinstance(value, Mapping):
        raise CallError(f"{in_short(value, 60)} is no call")
    name = next((value[key] for key in NAMES if isinstance(value.get(key), str)), "")
    if not name.strip():
        raise CallError("a call has no name")
    given: Any = next((value[key] for key in ARGUMENTS if value.get(key) is not None), {})
    if isinstance(given, str):
        try:
            given = read_document(given) if given.strip() else {}
        except UnreadableError as error:
            raise CallError(f"the arguments of {name:.60} cannot be read: {error}") from None
    if not isinstance(given, Mapping) or not all(isinstance(key, str) for key in given):
        raise CallError(f"the arguments of {name:.60} are no object")
    try:
        return Call(name.strip(), plain_data(given))
    except UnreadableError as error:
        raise CallError(f"the arguments of {name:.60} cannot be read: {error}") from None


def native_calls(completion: Any) -> Calls | None:
    """The calls in the ``tool_calls`` of the assistant's messages; ``None`` if there are none."""
    if isinstance(completion, str) or not isinstance(completion, Sequence):
        return None
    found = [
        call
        for message in completion
        if isinstance(message, Mapping) and message.get("role", "assistant") == "assistant"
        for call in _listed(message.get("tool_calls"))
    ]
    if not found:
        return None
    calls = Calls()
    for value in found:
        calls.add(value)
    return calls


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else ()


def read_list(value: Any, what: str) -> list[Any] | None:
    """A cell that holds a list, or JSON of one, or one alone; ``None`` where it holds nothing.

    Raises:
        CallError: It is none of that.
    """
    if isinstance(value, str):
        if not value.strip():
            return None
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            raise CallError(f"{in_short(value)} is no JSON") from None
    value = plain_row(value)
    if value is None:
        return None
    if isinstance(value, Mapping):
        value = [value]
    if not isinstance(value, list):
        raise CallError(f"{in_short(value)} is no list of {what}")
    return value


def read_expected(value: Any) -> list[Call] | None:
    """The expected calls of a row; ``None`` where the row has none to expect.

    A list of calls, or one; or JSON of them. A call is a dict with a name and arguments, or, as in
    BFCL, ``{"name": {"argument": [one, another]}}``, whose lists hold acceptable values, and ``""``
    where the argument may be left out. An empty list expects that nothing is called.

    Raises:
        CallError: It is none of that.
    """
    value = read_list(value, "calls")
    if value is None:
        return None
    if len(value) > MOST_CALLS:
        raise CallError(f"there are more than {MOST_CALLS} calls")
    return [_expected(read_inner(each) if _is_text(each) else each) for each in value]


def plain_row(value: Any) -> Any:
    """What a row has, as JSON has it.

    Raises:
        CallError: It has what JSON has not, or is nested too deep.
    """
    try:
        return plain_data(value, deepest=DEEPEST_ROW)
    except UnreadableError as error:
        raise CallError(str(error)) from None


def read_inner(text: str) -> Any:
    """What a list of a row holds as JSON.

    Raises:
        CallError: It is none.
    """
    try:
        return plain_row(json.loads(text))
    except (json.JSONDecodeError, RecursionError):
        raise CallError(f"{text!r:.80} is no JSON") from None


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value.lstrip().startswith("{")


def _expected(value: Any) -> Call:
    if isinstance(value, Mapping) and len(value) == 1:
        ((name, given),) = value.items()
        if name not in ("function", *NAMES, *ARGUMENTS) and isinstance(given, Mapping):
            acceptable = {
                key: item if isinstance(item, list) else [item] for key, item in given.items()
            }
            plain = {key: items[0] for key, items in acceptable.items() if items}
            return Call(str(name), plain, acceptable)
    call = call_of(value)
    # Arrow gives each row the arguments of all rows.
    return Call(call.name, {key: item for key, item in call.arguments.items() if item is not None})
