"""What trainers hand over as a completion, read as one text.

Knows the shapes (a string, chat messages, content parts, tool turns), not what the text means.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from grpo_rewards.errors import CompletionError, in_short

__all__ = ["Completion", "completion_text", "message_content", "message_role"]

Completion: TypeAlias = str | Sequence[Mapping[str, Any]] | None

ROLES = ("role", "from")
CONTENTS = ("content", "value", "parts", "text")
"""The keys of a message: of OpenAI's chats, of ShareGPT's, of Gemini's, and of some plain files."""
OF_THE_MODEL = frozenset({"assistant", "gpt", "model", "ai", "bot", "chatgpt", "bing", "bard"})
"""What the model is called in a message."""


def completion_text(completion: Completion) -> str:
    """The text that a model wrote in one completion.

    Args:
        completion: A string; a list of chat messages, where tool calls and tool results may stand
            between the assistant's turns and the last assistant text counts; or ``None``. A
            message's ``content`` may be a string, ``None`` or a list of parts, of which the text
            parts are joined. Messages as ShareGPT has them (``from`` and ``value``) are read, too.

    Returns:
        The text, ``""`` where the assistant wrote none.

    Raises:
        CompletionError: The completion has none of these shapes.

    Example:
        >>> completion_text("plain")
        'plain'
        >>> completion_text(
        ...     [{"role": "assistant", "content": [{"type": "text", "text": "in parts"}]}]
        ... )
        'in parts'
    """
    if isinstance(completion, str):
        return completion
    if completion is None:
        return ""
    if isinstance(completion, Sequence):
        return _last_assistant_text(completion)
    remedy = "; put the one message into a list" if isinstance(completion, Mapping) else ""
    raise CompletionError(
        "a completion is a string or a list of chat messages, not "
        f"{type(completion).__name__}: {in_short(completion)}{remedy}"
    )


def _last_assistant_text(messages: Sequence[Any]) -> str:
    for message in reversed(messages):
        if not isinstance(message, Mapping):
            one = "; a list of completions is a batch, so take them one by one"
            raise CompletionError(
                f"a chat message is a mapping with 'role' and 'content', not {in_short(message)}"
                f"{one if isinstance(message, str) else ''}"
            )
        if message_role(message) in OF_THE_MODEL:
            text = _content_text(message_content(message))
            if text.strip():
                return text
    return ""


def message_role(message: Mapping[str, Any]) -> str:
    """Who speaks in a chat message, whatever the key; without one it is the assistant."""
    role = next((message[key] for key in ROLES if message.get(key) is not None), "assistant")
    return role.casefold() if isinstance(role, str) else ""


def message_content(message: Mapping[str, Any]) -> Any:
    """What is said in a chat message, whatever the key.

    Raises:
        CompletionError: It has none of the keys, nor any that a message without text has.
    """
    for key in CONTENTS:
        if message.get(key) is not None:
            return message[key]
    if message and not any(key in message for key in (*ROLES, *CONTENTS)):
        raise CompletionError(
            "a chat message has its text under 'content' (or 'value', of ShareGPT), and this one "
            f"has {', '.join(repr(key) for key in message)}"
        )
    return None


def _content_text(content: Any) -> str:
    if content is None:
        return ""
    if isinstance(content, str):
        return content
    if isinstance(content, Sequence):
        return "".join(_part_text(part) for part in content)
    raise CompletionError(
        f"a message's content is a string, None or a list of parts, not {type(content).__name__}"
    )


def _part_text(part: Any) -> str:
    if isinstance(part, str):
        return part
    # Datasets fill the keys a part does not have with None, so the type alone does not tell.
    text = part.get("text") if isinstance(part, Mapping) else None
    return text if isinstance(text, str) else ""
