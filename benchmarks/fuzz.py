"""A search for texts that make a reward raise, hang or swell; what it finds is made small.

    python benchmarks/fuzz.py --minutes 10
    python benchmarks/fuzz.py --seed 7 --minutes 60
    python benchmarks/fuzz.py --target "check_answer / answer" --text "'42' + '!' * 300"

Each text goes to every target of `targets.py`, in a process that is killed when it takes too
long, from a stack 900 frames deep. The same seed makes the same texts. On a machine that is busy
with something else only the processor's time counts for a text. The exit status is 1 when
something was found.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from fuzz_texts import Texts
from targets import TARGETS, Target, judge

__all__ = ["Finding", "Guarded", "name_of", "search"]

SECONDS = 2.0
"""What a target may take for a text."""
KILLED_AFTER = 20.0
MEGABYTES = 100
"""What the process may grow by at most while a target judges a text."""
FRAMES = 900
SHRINKING = 120.0
"""Seconds that making one finding smaller may take."""


@dataclass(frozen=True)
class Finding:
    """A text that a target does not get over, and what happened."""

    target: str
    text: str
    what: str
    """``slow``, ``swells``, or the exception and where it was raised: findings alike are one."""
    figure: str

    def command(self) -> str:
        """How to see it again."""
        return f'python benchmarks/fuzz.py --target "{self.target}" --text "{_written(self.text)}"'


def _written(text: str) -> str:
    """A text as a Python expression, repetitions multiplied out: `'42' + '!' * 300`."""
    parts: list[str] = []
    plain, place = "", 0
    while place < len(text):
        run, unit = _run_at(text, place)
        if run * len(unit) >= 24 and run > 2:
            if plain:
                parts.append(ascii(plain))
            parts.append(f"{unit!a} * {run}")
            plain, place = "", place + run * len(unit)
        else:
            plain, place = plain + text[place], place + 1
    if plain or not parts:
        parts.append(ascii(plain))
    return " + ".join(parts).replace('"', '\\"').replace("$", "\\$").replace("`", "\\`")


def _run_at(text: str, place: int) -> tuple[int, str]:
    for size in range(1, 41):
        unit = text[place : place + size]
        run = 1
        while text.startswith(unit, place + run * size) and place + run * size < len(text):
            run += 1
        if run > 2 and run * size >= 24:
            return run, unit
    return 1, text[place]


# The process that judges ----------------------------------------------------------------------


def _serve(connection: Connection) -> None:
    targets = {name_of(target): target for target in TARGETS}
    for target in TARGETS:
        judge(target, "42")  # what is loaded once a process is not charged to a text
    connection.send("ready")
    while True:
        name, text = connection.recv()
        before = _peak()
        clock = _processor_time if _is_busy() else time.perf_counter
        start = clock()
        try:
            _deep(FRAMES - 50, lambda target=targets[name], text=text: judge(target, text))
            raised = ""
        except Exception as error:  # noqa: BLE001 (whatever it is, it is found)
            where = traceback.extract_tb(error.__traceback__)[-1]
            raised = f"{type(error).__name__} in {where.name}: {error!s:.60}"
        connection.send((clock() - start, _peak() - before, raised))


def _is_busy() -> bool:
    """Whether more runs on the machine than it has processors for."""
    return os.getloadavg()[0] > len(os.sched_getaffinity(0))


def _processor_time() -> float:
    """Seconds that this process and those that it waited for were run."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _deep(frames: int, work: Callable[[], Any]) -> Any:
    return _deep(frames - 1, work) if frames else work()


def _peak() -> float:
    """MiB that the process has had in memory at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def name_of(target: Target) -> str:
    return f"{target.name} / {target.place}"


class Guarded:
    """A process that judges, and is killed and replaced when it takes too long."""

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Start a process, and wait until it has loaded what it needs."""
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        # No daemon: those may not start processes, and the symbolic rule's workers are some.
        self.process = context.Process(target=_serve, args=(theirs,))
        self.process.start()
        theirs.close()
        if not self.connection.poll(300):
            raise SystemExit("the process that judges could not be started")
        self.connection.recv()

    def stop(self) -> None:
        """Kill it; one that hangs hears nothing else."""
        self.process.kill()
        self.process.join()

    def ask(self, target: str, text: str) -> Finding | None:
        """What a target makes of a text, if it is more than a score in time."""
        self.connection.send((target, text))
        try:
            if not self.connection.poll(KILLED_AFTER):
                self.stop()
                self.start()
                return Finding(target, text, "slow", f"killed after {KILLED_AFTER:g} s")
            seconds, grown, raised = self.connection.recv()
        except EOFError:
            self.process.join()
            self.start()
            return Finding(target, text, "the process died", "")
        if raised:
            return Finding(target, text, raised, "")
        if grown > MEGABYTES:
            self.stop()  # a peak is never forgotten
            self.start()
            return Finding(target, text, "swells", f"by {grown:.0f} MiB")
        return Finding(target, text, "slow", f"{seconds:.1f} s") if seconds > SECONDS else None


# The search -----------------------------------------------------------------------------------


def search(
    seed: int, seconds: float, guarded: Guarded, *, shrink: bool = True
) -> Iterator[Finding]:
    """What turns up, each kind of finding once for a target, made small."""
    texts = Texts(seed)
    seen: set[tuple[str, str]] = set()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        text = texts.next()
        # A few targets at a time: more texts are worth more than every target for each.
        for target in texts.chance.sample(TARGETS, 12):
            name = name_of(target)
            found = guarded.ask(name, text)
            if found is None or (name, found.what) in seen:
                continue
            seen.add((name, found.what))
            again = guarded.ask(name, text)  # a busy machine is slow, too
            if again is None or again.what != found.what:
                continue
            yield _shrunk(again, guarded) if shrink else again


def _shrunk(finding: Finding, guarded: Guarded) -> Finding:
    """The same with a shorter text: without halves, quarters, and so on, while it still happens."""
    end = time.monotonic() + SHRINKING
    size = len(finding.text) // 2
    while size and time.monotonic() < end:
        place = 0
        while place < len(finding.text) and time.monotonic() < end:
            shorter = finding.text[:place] + finding.text[place + size :]
            found = guarded.ask(finding.target, shorter)
            if found is not None and found.what == finding.what:
                finding = found
            else:
                place += size
        size //= 2
    return finding


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10.0, help="how long to search")
    parser.add_argument("--seed", type=int, default=0, help="another seed, other texts")
    parser.add_argument("--target", help="one target, as a finding names it")
    parser.add_argument("--text", help="a Python literal, or several joined by + and *")
    arguments = parser.parse_args()
    guarded = Guarded()
    count = 0
    if arguments.target:
        text = eval(arguments.text, {"__builtins__": {}})  # noqa: S307 (what you typed yourself)
        found = guarded.ask(arguments.target, text)
        print(found.what if found else "a score", found.figure if found else "")
        count = found is not None
    else:
        for finding in search(arguments.seed, arguments.minutes * 60, guarded):
            count += 1
            print(
                f"{finding.target}: {finding.what} {finding.figure}\n  {finding.command()}",
                flush=True,
            )
        print(f"{count} findings in {arguments.minutes:g} minutes from seed {arguments.seed}")
    guarded.stop()
    sys.exit(1 if count else 0)


if __name__ == "__main__":
    main()
