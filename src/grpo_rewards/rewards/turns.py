"""Reading a whole conversation: its turns, the calls of tools in them, and what came of each."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import regex

from grpo_rewards.documents.reading import canonical
from grpo_rewards.errors import in_short
from grpo_rewards.responses.completions import (
    OF_THE_MODEL,
    Completion,
    completion_text,
    message_content,
    message_role,
)
from grpo_rewards.toolcalls import Call, CallError, call_of, written_calls

__all__ = ["Conversation", "Step", "conversation_in", "why_error"]

OF_TOOLS = frozenset({"tool", "function", "function_response", "ipython", "observation"})
"""What a message with a tool's result is from."""
MOST_STEPS = 1_000
"""Calls of a conversation that are read; later ones are not."""
LOOKED_INTO = 2_000
"""Characters of a result that are looked into for an error."""

_QUOTED = r"['\"](?:{})['\"]\s*+:\s*+"
_NOTHING = r"(?!none|null|false|''|\"\"|\[\]|\{\})"
_FIELDS = r"\{[^{}]{0,400}?"
ERRORS: tuple[tuple[str, str], ...] = (
    # TRL writes what a tool raised as a dict, as Python shows one; others as JSON.
    (
        r"\{\s*+" + _QUOTED.format("error|errors|exception|traceback") + _NOTHING,
        "{'error': 'no such city'}",
    ),
    (
        _FIELDS + _QUOTED.format("status|type") + r"['\"](?:error|failed|failure)['\"]",
        '{"status": "error", "message": "no such city"}',
    ),
    (_FIELDS + _QUOTED.format("ok|success") + r"false\b", '{"city": "Ys", "success": false}'),
    (r"(?:[\w.]++ )?+(?:error|exception|failure)(?: \w++)?+\s*+:", "Error: no such city"),
    (r"(?:\w++\.)*+\w*?(?:error|exception)(?::|\s*+$)", "ValueError: no such city"),
    (r"traceback \(most recent call last\)", "Traceback (most recent call last):"),
    (r"<(?:tool_)?error>", "<error>no such city</error>"),
    (r"(?:tool|function)\b.{0,80}?\b(?:not found|does not exist)", "Tool weather not found."),
    (r"(?:http(?:/[\d.]++)?+ |(?:http )?+error )[45]\d\d\b", "HTTP 404"),
    (r"[45]\d\d (?:bad|forbidden|internal|not|service|too|unauthorized)\b", "404 Not Found"),
)
"""How a result begins that is an error, and an example of each."""
_ERROR = regex.compile("|".join(f"(?:{sign})" for sign, _ in ERRORS), regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Step:
    """A call of a tool, and what came of it."""

    call: Call | None
    """The call; ``None`` where it cannot be read."""
    turn: int
    """The turn of the model's that it stands in, from 1."""
    result: str | None = None
    """What the tool returned; ``None`` where nothing is said of that."""
    error: str = ""
    """Why it is an error; empty if it is none."""

    @property
    def key(self) -> str:
        """What equal calls have in common."""
        return "" if self.call is None else canonical([self.call.name, dict(self.call.arguments)])


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a completion is as a conversation."""

    turns: int
    """How many messages are the model's."""
    steps: tuple[Step, ...]


def conversation_in(completion: Completion) -> Conversation:
    """The turns and calls of a completion; a text is one turn without a call.

    Calls are those in ``tool_calls``; of a message without them that results follow, the ones that
    its text writes. A result belongs to the call whose id it has, else to the first one of its
    name that has none, else to the first that has none.

    Raises:
        CompletionError: It is no completion.

    Example:
        >>> called = {"function": {"name": "add", "arguments": {"a": 1}}}
        >>> turns = [
        ...     {"role": "assistant", "content": "", "tool_calls": [called]},
        ...     {"role": "tool", "name": "add", "content": "{'error': 'b is missing'}"},
        ...     {"role": "assistant", "content": "I cannot add it."},
        ... ]
        >>> conversation_in(turns).steps[0].error
        "an error: {'error': 'b is missing'}"
    """
    completion_text(completion)  # raises where it is none
    if completion is None or isinstance(completion, str):
        return Conversation(1, ())
    turns = 0
    steps: list[Step] = []
    messages = list(completion)
    place = 0
    while place < len(messages):
        message = messages[place]
        place += 1
        if message_role(message) not in OF_THE_MODEL:
            continue
        turns += 1
        results = []
        while place < len(messages) and message_role(messages[place]) in OF_TOOLS:
            results.append(messages[place])
            place += 1
        if len(steps) < MOST_STEPS:
            steps += _steps(message, results, turns)
    return Conversation(turns, tuple(steps[:MOST_STEPS]))


def _steps(
    message: Mapping[str, Any], results: Sequence[Mapping[str, Any]], turn: int
) -> list[Step]:
    """The calls of one turn, with what came of them."""
    given = message.get("tool_calls")
    listed = list(given)[:MOST_STEPS] if isinstance(given, list | tuple) else []
    if not listed and results:
        written = written_calls(completion_text([message]))
        return [
            _step(call, results[place] if place < len(results) else None, turn)
            for place, call in enumerate(written.made)
        ]
    calls = [_call(value) for value in listed]
    left = dict(enumerate(results))
    found: dict[int, Mapping[str, Any]] = {}
    for of_call, of_result in ((_id_asked, _id_told), (_name_asked, _name_told)):
        told: dict[Any, deque[int]] = defaultdict(deque)
        for number, each in left.items():
            told[of_result(each)].append(number)
        for place, call in enumerate(calls):
            mark = of_call(listed[place], call)
            if mark is not None and place not in found and told.get(mark):
                found[place] = left.pop(told[mark].popleft())
    lacking = (place for place in range(len(calls)) if place not in found)
    found.update(zip(lacking, left.values(), strict=False))
    return [_step(call, found.get(place), turn) for place, call in enumerate(calls)]


def _call(value: Any) -> Call | None:
    try:
        return call_of(value)
    except CallError:
        return None


def _id_asked(value: Any, call: Call | None) -> str | int | None:
    del call
    return _mark(value.get("id")) if isinstance(value, Mapping) else None


def _id_told(result: Mapping[str, Any]) -> str | int | None:
    return _mark(result.get("tool_call_id"))


def _name_asked(value: Any, call: Call | None) -> str | int | None:
    del value
    return None if call is None else call.name


def _name_told(result: Mapping[str, Any]) -> str | int | None:
    return _mark(result.get("name")) if result.get("tool_call_id") is None else None


def _mark(value: Any) -> str | int | None:
    return value if isinstance(value, str | int) else None


def _step(call: Call | None, result: Mapping[str, Any] | None, turn: int) -> Step:
    if result is None:
        return Step(call, turn, error="" if call else "a call that cannot be read")
    text = _shown(message_content(result))
    error = why_error(text)
    status = result.get("status")
    is_marked = result.get("is_error") is True or (isinstance(status, str) and status == "error")
    if not error and is_marked:
        error = f"an error: {text:.80}"
    return Step(call, turn, text, error or ("" if call else "a call that cannot be read"))


def why_error(result: str) -> str:
    """Why a tool's result is an error, by how it begins; empty if it is none.

    Example:
        >>> why_error("Error: no such city")
        'an error: Error: no such city'
        >>> why_error("The error of the mean is 0.2"), why_error('{"error": null, "days": 3}')
        ('', '')
    """
    found = _ERROR.match(result[:LOOKED_INTO].lstrip())
    return f"an error: {result.strip():.80}" if found else ""


def _shown(content: Any) -> str:
    """What a tool returned, as text."""
    if content is None:
        return ""
    if isinstance(content, list | tuple):
        parts = [part.get("text") if isinstance(part, Mapping) else part for part in content]
        return "".join(part for part in parts if isinstance(part, str))
    return content if isinstance(content, str) else in_short(content, LOOKED_INTO)
