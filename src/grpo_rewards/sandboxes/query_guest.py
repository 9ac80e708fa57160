"""What runs queries, in a process of its own: no import of this package.

A database is made in memory by a schema, and a query can then only read it. What a query makes is
bounded by SQLite's own limits, by the steps that it may take, and by the memory of the process.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from typing import Any

__all__ = ["answered", "serve"]

STEPS = 10_000
"""Steps of SQLite's machine between two looks at the clock."""
LONGEST = 1_000_000
"""Characters of a text, or bytes of a blob."""
_READING = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, 33)
"""What a query may do; 33 is a query that refers to itself."""
_OF_LENGTH, _OF_ATTACHED = 0, 7
"""SQLite's numbers of these limits, which Python has names for since 3.11."""
_FORBIDDEN = frozenset(("load_extension", "fts3_tokenizer", "readfile", "writefile", "edit"))


def serve() -> None:
    """Answer the requests that come in lines, one by one."""
    options = json.loads(sys.stdin.readline())
    try:
        import resource  # noqa: PLC0415 (of POSIX only)

        for name, value in options["limits"].items():
            limit = getattr(resource, name)
            resource.setrlimit(limit, (value, value))
    except ImportError:
        pass
    for line in sys.stdin:
        print(json.dumps(answered(json.loads(line), options)), flush=True)


def answered(request: dict[str, Any], options: dict[str, Any]) -> dict[str, Any]:
    """The rows of a query, or what is wrong with the schema, or with the query."""
    connection = sqlite3.connect(":memory:", isolation_level=None, cached_statements=0)
    try:
        if hasattr(connection, "setlimit"):  # since Python 3.11
            connection.setlimit(_OF_LENGTH, LONGEST)
            connection.setlimit(_OF_ATTACHED, 0)
        end = time.monotonic() + options["seconds"]
        connection.set_progress_handler(lambda: time.monotonic() > end, STEPS)
        try:
            connection.executescript(request["schema"])
        except (sqlite3.Error, sqlite3.Warning) as error:
            return {"schema": str(error)[:300]}
        connection.set_authorizer(_authorized)
        end = time.monotonic() + options["seconds"]
        try:
            return _rows(connection, request["query"], options)
        except sqlite3.OperationalError as error:
            if time.monotonic() > end:
                return {"stopped": f"ran longer than {options['seconds']:.3g} s"}
            return {"error": str(error)[:300]}
        except (sqlite3.Error, sqlite3.Warning, ValueError, OverflowError) as error:
            return {"error": str(error)[:300]}
        except MemoryError:
            return {"stopped": "more memory than it may fill"}
    finally:
        connection.close()


def _authorized(action: int, _: Any, second: Any, __: Any, ___: Any) -> int:
    if action == sqlite3.SQLITE_FUNCTION and str(second).lower() in _FORBIDDEN:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in _READING else sqlite3.SQLITE_DENY


def _rows(connection: sqlite3.Connection, query: str, options: dict[str, Any]) -> dict[str, Any]:
    connection.text_factory = lambda text: text.decode("utf-8", "replace")
    cursor = connection.execute(query)
    rows: list[list[Any]] = []
    left = options["output"]
    for row in cursor:
        made = [value.hex() if isinstance(value, bytes) else value for value in row]
        left -= 8 + sum(8 + (len(value) if isinstance(value, str) else 0) for value in made)
        if left < 0:
            return {"stopped": f"more than {options['output']} bytes of rows"}
        rows.append(made)
    return {"rows": rows, "width": len(cursor.description or ())}


if __name__ == "__main__":
    serve()
