"""A plugin of pytest that keeps what the tests feed to each pattern of the package.

    PYTHONPATH=tools python -m pytest -q -p recording --records .records tests/wording

`tools/replay.py` feeds it again to patterns without one of their alternatives. What a child process
reads is not kept, and of a text that is very long, or one of very many, no more than that it was.
"""

from __future__ import annotations

import os
import pickle
import re
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

import regex

MOST = 40_000
"""How many calls of a pattern are kept that found something, and how many that did not."""
LONGEST = 6_000
"""Signs of a text that is kept."""

METHODS = frozenset("match fullmatch search finditer findall split splititer sub subn".split())
PLAIN = {"regex": regex.compile, "re": re.compile}


class Written(NamedTuple):
    """What a pattern is made from."""

    library: str
    pattern: str
    flags: int


class Call(NamedTuple):
    """A use of a pattern: what was asked of which text, between which places."""

    method: str
    text: str
    start: int | None
    end: int | None
    replacement: str | None
    """None stands for a function, too."""


class Made(NamedTuple):
    """A function that builds a pattern when it is first called, and what it was called with."""

    module: str
    function: str
    arguments: tuple[tuple[str, Any], ...]


class Records:
    """The calls of each pattern, and the functions that made patterns."""

    def __init__(self) -> None:
        self.found: dict[Written, dict[Call, None]] = defaultdict(dict)
        self.missed: dict[Written, dict[Call, None]] = defaultdict(dict)
        self.dropped: set[Written] = set()
        self.made: dict[Made, None] = {}

    def keep(self, written: Written, call: Call, *, found: bool) -> None:
        """Keep a call, while there is room."""
        calls = (self.found if found else self.missed)[written]
        if call in calls:
            return
        if len(calls) < MOST and len(call.text) <= LONGEST:
            calls[call] = None
        else:
            self.dropped.add(written)

    def add(self, other: Records) -> None:
        """What another run of tests kept, too."""
        for mine, theirs in ((self.found, other.found), (self.missed, other.missed)):
            for written, calls in theirs.items():
                mine[written].update(calls)
        self.dropped |= other.dropped
        self.made.update(other.made)


class Recorded:
    """A pattern that keeps what it is called with, if there are records to keep it in."""

    def __init__(self, written: Written, records: Records | None) -> None:
        self.written = written
        self._records = records
        self._real: Any = None

    @property
    def real(self) -> Any:
        """The pattern, compiled when it is first asked for."""
        if self._real is None:
            self._real = rebuilt(self.written)
        return self._real

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        attribute = getattr(self.real, name)
        if self._records is None or name not in METHODS:
            return attribute

        def called(*given: Any, **named: Any) -> Any:
            result = attribute(*given, **named)
            self._keep(name, given, named, result)
            return result

        return called

    def _keep(
        self, method: str, given: tuple[Any, ...], named: dict[str, Any], result: Any
    ) -> None:
        replacement, bounds = None, ()
        if method in ("sub", "subn"):
            replacement, *rest = (*([named["repl"]] if "repl" in named else []), *given)
            replacement = replacement if isinstance(replacement, str) else None
        else:
            rest = list(given)
            bounds = () if method in ("split", "splititer") else tuple(rest[1:3])
        text = named["string"] if "string" in named else rest[0]
        start, end = (*bounds, None, None)[:2]
        call = Call(
            method, str(text), named.get("pos", start), named.get("endpos", end), replacement
        )
        if method in ("match", "fullmatch", "search"):
            found = result is not None
        else:
            found = self.real.search(call.text) is not None
        self._records.keep(self.written, call, found=found)  # type: ignore[union-attr]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Recorded) and other.written == self.written

    def __hash__(self) -> int:
        return hash(self.written)

    def __reduce__(self) -> tuple[Any, ...]:
        return rebuilt, (self.written,)

    def __repr__(self) -> str:
        return repr(self.real)


def record(records: Records | None, noted: Callable[[Written], object] = lambda _: None) -> None:
    """Have the package's patterns keep their calls; to be called before it is imported."""
    re.compile = _compiler("re", records, noted)  # type: ignore[assignment]
    regex.compile = _compiler("regex", records, noted)  # type: ignore[assignment]


def _compiler(
    library: str, records: Records | None, noted: Callable[[Written], object]
) -> Callable[..., Any]:
    plain = PLAIN[library]

    def compiling(pattern: Any, flags: int = 0, *rest: Any, **named: Any) -> Any:
        caller = sys._getframe(1)
        of_package = str(caller.f_globals.get("__name__", "")).startswith("grpo_rewards")
        if rest or named or not of_package or not isinstance(pattern, str):
            return plain(pattern, flags, *rest, **named)
        written = Written(library, pattern, int(flags))
        if records is not None:
            made = _maker(caller)
            if made is not None:
                records.made[made] = None
        noted(written)
        return Recorded(written, records)

    return compiling


def _maker(frame: FrameType | None) -> Made | None:
    """The function that a pattern is compiled in, where it can be called again."""
    while frame is not None and frame.f_code.co_name in ("<genexpr>", "<listcomp>", "<dictcomp>"):
        frame = frame.f_back
    if frame is None or frame.f_code.co_name in ("<module>", "<lambda>", "compiled"):
        return None
    code = frame.f_code
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    arguments = tuple((name, frame.f_locals.get(name)) for name in names)
    if not all(_is_plain(value) for _, value in arguments):
        return None
    module = str(frame.f_globals["__name__"])
    if not hasattr(sys.modules[module], code.co_name):  # a method
        return None
    return Made(module, code.co_name, arguments)


def _is_plain(value: object) -> bool:
    if isinstance(value, tuple):
        return all(map(_is_plain, value))
    return value is None or type(value) in (str, int, bool)


def rebuilt(written: Written) -> Any:
    """A pattern that was pickled, as it is outside of a recording."""
    return PLAIN[written.library](written.pattern, written.flags)


# The plugin ------------------------------------------------------------------------------------

RECORDS = Records()


def pytest_addoption(parser: Any) -> None:
    """Where the records go."""
    parser.addoption("--records", default="records", help="the folder that the records go to")
    if any(name.startswith("grpo_rewards") for name in sys.modules):
        raise RuntimeError("the package was imported before it could be recorded")
    record(RECORDS)


def pytest_sessionfinish(session: Any) -> None:
    """Write what was kept."""
    folder = Path(session.config.getoption("--records"))
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{os.getpid()}.pickle").open("wb") as file:
        pickle.dump(RECORDS, file)


def read(folder: Path) -> Records:
    """All that the runs of tests kept in a folder."""
    records = Records()
    for file in sorted(folder.glob("*.pickle")):
        with file.open("rb") as opened:
            records.add(pickle.load(opened))  # noqa: S301  # which this plugin wrote
    return records
