"""How the time of each of the package's patterns grows with the text: none may be a hang to come.

    python benchmarks/pattern_scaling.py

Every pattern meets its own bait (`pattern_bait.py`) by the methods that the code calls on it. What
takes long for its length is measured at n, 2n, 4n and 8n; twice as long may take about twice the
time. The exit status is 1 when a pattern grows faster than that, up to the longest text that
reaches it.
"""

from __future__ import annotations

import ast
import collections
import heapq
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pattern_bait import Bait, Found, bait, found_patterns

__all__ = ["Growth", "fast_growing", "grows", "reach_of"]

SOURCE = Path(__file__).resolve().parents[1] / "src"
METHODS = frozenset(("match", "search", "fullmatch", "finditer", "findall", "sub", "subn", "split"))
EVERYWHERE = frozenset(("finditer", "findall", "sub", "subn", "split"))
"""Methods that go on behind a match: `finditer` stands for them."""
PROBES = (150, 1_200)
"""Characters; what is quick at both is not measured further."""
SUSPICIOUS = 0.4e-6
"""Seconds a character: what is linear takes less, and what takes less is soon done anyway."""
MEASURED = 24
"""The slowest baits of a pattern and method, whose growth is measured."""
SLOW = 0.02
"""Seconds at the longest text; what is over sooner may grow as it likes."""
STOPPED = 0.5
"""Seconds after which a pattern is stopped, and is slow."""
LINEAR = 2.8
"""How many times the time may be for twice the text; a square makes it 4."""
LONGEST = 100_000
REACH = {
    "grpo_rewards.wording.spelled._TOKEN": 200,  # `spelled.LONGEST`
    "grpo_rewards.wording.announcements._WE": 60,  # the beginning of a sentence
    "grpo_rewards.responses.endings._LAST_ROW": 300,  # the end of a text
    "grpo_rewards.responses.places._OPERATES_BEFORE": 80,  # beside a box
    "grpo_rewards.wording.courtesies._HOPE": 240,  # the end of a text
    "grpo_rewards.responses.rejections._CLAUSE": 400,  # `rejections.NEAR`
    "grpo_rewards.responses.extraction._SIGNS_AT_END": 24,  # `extraction.LONGEST_SIGNS`
    "grpo_rewards.wording.abstaining._SENTENCE": 400,  # `abstaining.LONGEST_SENTENCE`
    "grpo_rewards.answers": 20_000,  # a policy's `max_length`
    "grpo_rewards.choices": 4_000,
    "grpo_rewards.logic": 4_000,
    "grpo_rewards.puzzles": 20_000,
    "grpo_rewards.integrations": 10_000,
    "grpo_rewards.sandboxes.data": 4_000,
    "grpo_rewards.sandboxes.monty": 4_000,
    "grpo_rewards.testing": 4_000,  # what a user wrote, not a model
}
"""The longest texts, by room, where something else than the response's length bounds them."""


@dataclass(frozen=True)
class Growth:
    """A pattern, what was asked of it, and the seconds at n, 2n, 4n, 8n characters."""

    place: str
    method: str
    bait: Bait
    length: int
    seconds: tuple[float, ...]

    def __str__(self) -> str:
        times = ", ".join(f"{1_000 * each:.1f}" for each in self.seconds)
        return (
            f"{self.place}.{self.method}, up to {self.length} characters: {times} ms; {self.bait}"
        )


class _TooLongError(Exception):
    pass


def _stop(*_: Any) -> None:
    raise _TooLongError


def fast_growing(reach: Callable[[Found], int]) -> Iterator[Growth]:
    """What grows faster than its text; the worst bait of each pattern and method."""
    before = signal.signal(signal.SIGVTALRM, _stop)
    try:
        for found, methods in _asked():
            for method in sorted(methods):
                for each in _slowest(found, method):
                    if growth := _growth(found, method, each, reach(found)):
                        yield growth
                        break
    finally:
        signal.signal(signal.SIGVTALRM, before)


def grows(pattern: Any, method: str, longest: int) -> bool:
    """Whether a pattern grows faster than some bait for it."""
    found = Found("pattern", pattern)
    before = signal.signal(signal.SIGVTALRM, _stop)
    try:
        return any(_growth(found, method, each, longest) for each in _slowest(found, method))
    finally:
        signal.signal(signal.SIGVTALRM, before)


def reach_of(found: Found) -> int:
    """The longest text that reaches a pattern."""
    return next((length for room, length in REACH.items() if found.place.startswith(room)), LONGEST)


def _asked() -> Iterator[tuple[Found, frozenset[str]]]:
    """The patterns that are used as such, and how; parts of others are tried in these."""
    called = _calls()
    for found in found_patterns():
        module, _, name = found.place.rpartition(".")
        methods = called.get((module, name), frozenset())
        if not methods and found.lazily:
            continue
        methods = methods or frozenset(("match", "finditer"))
        if methods & EVERYWHERE:
            methods = methods - EVERYWHERE | {"finditer"}
        yield found, frozenset(methods)


def _calls() -> dict[tuple[str, str], frozenset[str]]:
    """The methods that are called on a module's names, wherever they were imported to."""
    calls: dict[tuple[str, str], set[str]] = collections.defaultdict(set)
    for path in SOURCE.rglob("*.py"):
        module = ".".join(path.relative_to(SOURCE).with_suffix("").parts)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = {
            alias.asname or alias.name: (node.module or "", alias.name)
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        aliases = _aliases(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in METHODS:
                for name in _named(node.value):
                    for each in {name, *aliases[name]}:
                        calls[module, each].add(node.attr)
                        calls[imported.get(each, (module, each))].add(node.attr)
    return {name: frozenset(methods) for name, methods in calls.items()}


def _aliases(tree: ast.AST) -> Mapping[str, set[str]]:
    """What a table's patterns are called where they are used: ``for pattern in _TABLE``."""
    aliases: dict[str, set[str]] = collections.defaultdict(set)
    for node in ast.walk(tree):
        if isinstance(node, ast.For | ast.comprehension):
            targets, source = [node.target], node.iter
        elif isinstance(node, ast.Assign):
            targets, source = node.targets, node.value
        else:
            continue
        asked = {
            name
            for part in ast.walk(source)
            if isinstance(part, ast.Attribute) and part.attr in METHODS
            for name in _named(part.value)
        }
        tables = {
            part.id
            for part in ast.walk(source)
            if isinstance(part, ast.Name) and part.id.lstrip("_").isupper()
        } - asked
        for target in targets:
            for part in ast.walk(target):
                if isinstance(part, ast.Name):
                    aliases[part.id] |= tables
    return aliases


def _named(node: ast.expr) -> Iterator[str]:
    """The names that a pattern goes by: ``_A``, ``_A[0]``, ``compiled(_A, flags)``."""
    if isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, ast.Subscript):
        yield from _named(node.value)
    elif isinstance(node, ast.Call):
        for argument in node.args[:1]:
            yield from _named(argument)


def _slowest(found: Found, method: str) -> list[Bait]:
    """The baits that take longest for their length, of those that are suspicious at all."""
    taken = [
        (rate, place, each)
        for place, each in enumerate(bait(found.pattern))
        if (rate := _suspicion(found, method, each))
    ]
    return [each for _, _, each in heapq.nlargest(MEASURED, taken)]


def _suspicion(found: Found, method: str, each: Bait) -> float:
    """The seconds a character that a bait takes; 0 where it is quick at every length probed."""
    worst = 0.0
    for length in PROBES:
        text = each.text(length)
        limit = SUSPICIOUS * len(text) + 1e-4
        if _seconds(found, method, text) > limit and (least := _least(found, method, text)) > limit:
            worst = max(worst, least / len(text))
    return worst


def _growth(found: Found, method: str, each: Bait, longest: int) -> Growth | None:
    """The growth up to the longest text, or to where it is stopped, if it is too fast."""
    length = min(125, longest)
    seconds: list[float] = []
    while length <= longest:
        seconds.append(_least(found, method, each.text(length)))
        if seconds[-1] > SLOW:
            break
        length *= 2
    last = seconds[-4:]
    if last[-1] <= SLOW or (last[-1] < STOPPED and _rate(last) <= LINEAR):
        return None
    return Growth(found.place, method, each, length, tuple(last))


def _rate(seconds: list[float]) -> float:
    """How many times the time is for twice the text, over the last doublings."""
    doublings = max(len(seconds) - 1, 1)
    return (seconds[-1] / max(seconds[0], 1e-6)) ** (1 / doublings)


def _least(found: Found, method: str, text: str) -> float:
    least = _seconds(found, method, text)
    for _ in range(3):
        if least < STOPPED:
            least = min(least, _seconds(found, method, text))
    return least


def _seconds(found: Found, method: str, text: str) -> float:
    """What a pattern takes for a text, of the processor's time."""
    ask = getattr(found.pattern, method)
    signal.setitimer(signal.ITIMER_VIRTUAL, STOPPED)
    start = time.thread_time()
    try:
        asked = ask(text)
        if method == "finditer":
            collections.deque(asked, 0)
    except _TooLongError:
        return STOPPED
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.thread_time() - start


def main() -> None:
    start = time.process_time()
    count = 0
    for growth in fast_growing(reach_of):
        count += 1
        print(growth, flush=True)
    asked = list(_asked())
    print(
        f"{len(asked)} patterns, {sum(len(bait(found.pattern)) for found, _ in asked)} texts for them: "
        f"{count} grow faster than their text; {time.process_time() - start:.0f} s"
    )
    sys.exit(1 if count else 0)


if __name__ == "__main__":
    main()
