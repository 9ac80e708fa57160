"""Running queries on databases that are made for them: SQLite, in a process that is bounded."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any

from grpo_rewards.sandboxes.threads import in_threads

__all__ = ["Query", "QueryResult", "run_queries"]

GRACE = 3.0
"""Seconds past its limit after which a process that did not notice it is ended."""
MEMORY = 512
"""MiB of address space that the process may have."""
_LONGEST_LINE = 16 << 20


@dataclass(frozen=True, slots=True)
class Query:
    """A query, and the statements that make the database that it reads."""

    schema: str
    text: str


@dataclass(frozen=True, slots=True)
class QueryResult:
    """What a query came to: rows, or why there are none."""

    rows: tuple[tuple[Any, ...], ...] | None = None
    width: int = 0
    error: str = ""
    """What is wrong with the query, or stopped it."""
    of_schema: bool = False
    """Whether it is the schema that is wrong."""
    failed: bool = False
    """Whether it could not be run."""


def run_queries(
    queries: Sequence[Query], *, seconds: float, output: int, deadline: float
) -> list[QueryResult]:
    """What some queries come to, each in so many seconds, all within a deadline.

    Example:
        >>> query = Query(
        ...     "CREATE TABLE t (x); INSERT INTO t VALUES (1), (2)", "SELECT sum(x) FROM t"
        ... )
        >>> run_queries([query], seconds=5, output=1_000_000, deadline=60)[0].rows
        ((3,),)
    """
    end = time.monotonic() + deadline
    count = max(1, min(os.cpu_count() or 1, len(queries)))
    parts = [range(start, len(queries), count) for start in range(count)]

    def run(part: range) -> list[QueryResult]:
        process: _Process | None = None
        results = []
        try:
            for place in part:
                if time.monotonic() >= end:
                    results.append(
                        QueryResult(error="the batch's deadline came first", failed=True)
                    )
                    continue
                if process is None:
                    process = _Process(seconds, output)
                results.append(process.ask(queries[place]))
                if process.is_ended:
                    process = None
        finally:
            if process is not None:
                process.end()
        return results

    found: list[QueryResult] = [QueryResult(failed=True)] * len(queries)
    for part, results in zip(parts, in_threads(parts, run, count=count), strict=True):
        for place, result in zip(part, results, strict=True):
            found[place] = result
    return found


@cache
def _source() -> str:
    return Path(__file__).with_name("query_guest.py").read_text(encoding="utf-8")


class _Process:
    """A process that answers queries, and is ended where it does not."""

    def __init__(self, seconds: float, output: int) -> None:
        self.seconds = seconds
        self.is_ended = False
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _source()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.lines: queue.Queue[bytes] = queue.Queue()
        assert self.process.stdin is not None  # it is a pipe
        assert self.process.stdout is not None  # as above
        self.requests: IO[bytes] = self.process.stdin
        self.reader = threading.Thread(target=self._read, args=(self.process.stdout,), daemon=True)
        self.reader.start()
        limits = {"RLIMIT_AS": MEMORY << 20, "RLIMIT_CORE": 0, "RLIMIT_FSIZE": 64 << 20}
        self._send({"seconds": seconds, "output": output, "limits": limits})

    def _read(self, replies: IO[bytes]) -> None:
        with replies:
            while line := replies.readline(_LONGEST_LINE):
                self.lines.put(line)
        self.lines.put(b"")

    def _send(self, message: dict[str, Any]) -> None:
        with suppress(BrokenPipeError, OSError):  # it has ended, which its silence says
            self.requests.write(json.dumps(message).encode("ascii") + b"\n")
            self.requests.flush()

    def ask(self, query: Query) -> QueryResult:
        """What a query comes to."""
        self._send({"schema": query.schema, "query": query.text})
        try:
            line = self.lines.get(timeout=2 * self.seconds + GRACE)
        except queue.Empty:
            line = b""
        try:
            said = json.loads(line)
        except ValueError:
            self.end()
            return QueryResult(error="it took more time or memory than it may")
        if "rows" in said:
            rows = tuple(tuple(row) for row in said["rows"])
            return QueryResult(rows, width=said["width"])
        if "schema" in said:
            return QueryResult(error=said["schema"], of_schema=True)
        return QueryResult(error=said.get("error") or f"it was stopped: {said.get('stopped')}")

    def end(self) -> None:
        """End it, whatever it does."""
        self.is_ended = True
        self.process.kill()
        self.process.wait()
        self.reader.join()
        with suppress(OSError):
            self.requests.close()
