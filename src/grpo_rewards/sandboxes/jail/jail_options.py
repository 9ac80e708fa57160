"""What a jail is made with: the options, and what holds for every one."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["MOST_FILES", "MOST_THREADS", "START_LIMIT", "TMP", "JailOptions"]

START_LIMIT = 30.0
"""Seconds that a jail may take to start, on a busy machine; they are no part of a program's."""
TMP = 16
"""MiB of the private ``/tmp``, which is memory."""
MOST_FILES = 2_000
"""Files, directories and links in it, which take memory that its size does not count."""
MOST_THREADS = 64
"""Threads of a program."""


@dataclass(frozen=True, kw_only=True, slots=True)
class JailOptions:
    """The options of a `JailSandbox` that its jails are made with."""

    memory: int
    output: int
    python: str | None
    readable: tuple[str, ...]
