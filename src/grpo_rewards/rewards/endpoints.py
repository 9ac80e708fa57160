"""Asking an OpenAI-compatible server for one reply, over HTTP.

What is asked, and what the reply means, others say. The client is httpx2, or httpx, its
predecessor, where that is what is installed.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from grpo_rewards.errors import OptionError

__all__ = ["EndpointError", "Refused", "Reply", "ask_endpoint", "http_client", "require_endpoint"]

CLIENTS = ("httpx2", "httpx")
LONGEST_REPLY = 2_000_000
"""Bytes: of a longer one nothing is read."""
PASSING = frozenset({408, 409, 425, 429})
"""What a server says that may answer next time, beside errors of its own (500 and above)."""
SHOWN = 200
"""Characters of what a server said that are shown."""


class EndpointError(Exception):
    """What a server did in place of an answer, and may not do next time."""


@dataclass(frozen=True, slots=True)
class Refused:
    """What a server did in place of an answer, and will do again."""

    reason: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model wrote, and whether it came to its end."""

    text: str
    is_whole: bool


def require_endpoint(endpoint: str) -> None:
    """Raise unless an option is the base URL of a server, and there is a client to ask it with."""
    try:
        parts = urlsplit(endpoint)
        is_one = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except (ValueError, TypeError, AttributeError):
        is_one = False
    if not is_one:
        raise OptionError(
            f"endpoint={endpoint!r:.80}: write the base URL of a server, as in "
            "'http://localhost:8000/v1'"
        )
    if endpoint.rstrip("/").endswith("/completions"):
        raise OptionError(
            f"endpoint={endpoint!r:.80}: write the base URL, without /chat/completions"
        )
    http = importlib.import_module(http_client())
    try:
        http.URL(endpoint)
    except (http.InvalidURL, ValueError) as error:
        raise OptionError(f"endpoint={endpoint!r:.80} is no URL: {error}"[:SHOWN]) from error


def http_client() -> str:
    """The name of the module that is asked with.

    Raises:
        OptionError: There is none.
    """
    for name in CLIENTS:
        if find_spec(name) is not None:
            return name
    raise OptionError("a judge model is asked over HTTP: pip install 'grpo-rewards[judge]'")


def open_client(*, connections: int, secure: bool) -> Any:
    """A client that keeps its connections while it is open; deadlines are its user's."""
    http = importlib.import_module(http_client())
    return http.AsyncClient(
        timeout=None,
        verify=secure,  # certificates take a while to load, and plain HTTP has none
        limits=http.Limits(max_connections=connections, max_keepalive_connections=connections),
    )


async def ask_endpoint(
    client: Any, endpoint: str, body: Mapping[str, Any], headers: Mapping[str, str]
) -> Reply | Refused:
    """What a server replies to one request for a chat completion.

    Raises:
        EndpointError: It could not be reached, or had an error of its own, or is busy.
    """
    http = importlib.import_module(http_client())
    url = f"{endpoint.rstrip('/')}/chat/completions"
    received = bytearray()
    try:
        async with client.stream("POST", url, json=body, headers=headers) as response:
            async for chunk in response.aiter_bytes():
                received += chunk
                if len(received) > LONGEST_REPLY:
                    return Refused(f"a reply of more than {LONGEST_REPLY:,} bytes")
            status = response.status_code
    except (http.HTTPError, OSError) as error:
        raise EndpointError(f"{type(error).__name__}: {error}"[:SHOWN]) from error
    text = received.decode("utf-8", "replace")
    if status >= 500 or status in PASSING:
        raise EndpointError(f"status {status}: {text[:SHOWN]}")
    if status != 200:
        return Refused(f"status {status}: {text[:SHOWN]}")
    return _read_reply(text)


def _read_reply(text: str) -> Reply | Refused:
    try:
        choice = json.loads(text)["choices"][0]
        content = choice["message"]["content"]
        ended = choice.get("finish_reason")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return Refused(f"no chat completion: {text[:SHOWN]!r}")
    if content is None:  # of a model that only reasoned
        content = ""
    if not isinstance(content, str):
        return Refused(f"a reply that is no text: {content!r:.80}")
    return Reply(content, is_whole=ended in (None, "stop", "eos", "eos_token", "stop_sequence"))
