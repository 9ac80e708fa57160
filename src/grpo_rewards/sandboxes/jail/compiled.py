"""Programs in other languages than Python in a jail: compiled in one, and run in others.

A compiler runs no code of the program's, but needs processes of its own, which a program may not
have; so each has a jail of its own kind, and a directory outside that the one writes and the other
reads.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from grpo_rewards.sandboxes.compilers import LANGUAGES, Language
from grpo_rewards.sandboxes.jail.jail_options import JailOptions
from grpo_rewards.sandboxes.protocol import Claims, Job

__all__ = ["COMPILE_LIMIT", "LAUNCH", "PLACE", "Compiled", "installed_of", "made_of"]

PLACE = "/tmp/program"
"""Where a program is in its jail."""
COMPILE_LIMIT = 30.0
"""Seconds that compiling a program may take."""
COMPILE_MEMORY = 2_048
"""MiB that a compiler may have."""
LARGEST = 64 << 20
"""Bytes of what it makes."""
LONGEST_SAID = 300

_LIMITED = """
import json, os, resource, sys
for name, value in json.loads(sys.argv[1]).items():
    resource.setrlimit(getattr(resource, name), (value, value))
os.execvp(sys.argv[2], sys.argv[2:])
"""

LAUNCH = """
import json, os, resource
def serve(requests_from, replies_to):
    requests = os.fdopen(requests_from, "r", encoding="utf-8")
    for name, value in json.loads(requests.readline()).items():
        resource.setrlimit(getattr(resource, name), (value, value))
    os.write(replies_to, b'{"value": true}\\n')
    job = json.loads(requests.readline())
    for name, text in job["files"]:
        with open("/tmp/" + name, "w", encoding="utf-8", errors="replace", newline="") as file:
            file.write(text)
    os.write(replies_to, b'{"error": ""}\\n')
    requests.readline()
    requests.close()
    os.close(replies_to)
    os.execvp(job["run"][0], job["run"])
"""
"""What takes the guest's part: it sets the limits, and becomes the program."""


class Compiled:
    """The programs of a batch, each compiled once."""

    def __init__(self, options: JailOptions, command: Sequence[str]) -> None:
        self.options = options
        self.command = command
        self.lock = threading.Lock()
        self.made: dict[tuple[str, str], tuple[threading.Lock, list[Claims | str]]] = {}
        self.places: list[str] = []

    def place_of(self, job: Job) -> Claims | str:
        """The directory with a job's program; or what it came to, where it does not compile."""
        key = (job.language, job.program)
        with self.lock:
            lock, made = self.made.setdefault(key, (threading.Lock(), []))
        with lock:
            if not made:
                made.append(self._compile(LANGUAGES[job.language], job.program))
            return made[0]

    def clear(self) -> None:
        """Remove all of them."""
        for place in self.places:
            shutil.rmtree(place, ignore_errors=True)

    def _compile(self, language: Language, program: str) -> Claims | str:
        installed = installed_of(language)
        if installed is None:
            return Claims("unsupported", f"there is no {language.tool} on this machine")
        place = tempfile.mkdtemp(prefix="grpo-rewards-")
        self.places.append(place)
        text = program.encode("utf-8", "replace")
        (Path(place) / language.file).write_bytes(text)
        if not language.compile:
            return place
        limits = {
            **({} if language.reserves else {"RLIMIT_AS": COMPILE_MEMORY << 20}),
            "RLIMIT_CPU": int(COMPILE_LIMIT),
            "RLIMIT_FSIZE": LARGEST,
            "RLIMIT_CORE": 0,
        }
        # The jail's command ends with the interpreter and its options.
        before, interpreter = made_of(self.command, installed.binds())
        argv = [installed.filled(part) for part in language.compile]
        try:
            ran = subprocess.run(
                [
                    *before,
                    "--bind",
                    place,
                    PLACE,
                    *interpreter,
                    "-c",
                    _LIMITED,
                    json.dumps(limits),
                    *argv,
                ],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=COMPILE_LIMIT,
                check=False,
                env={},
            )
        except subprocess.TimeoutExpired:
            return Claims("stopped", f"compiling it takes longer than {COMPILE_LIMIT:.3g} s")
        if ran.returncode:
            said = ran.stderr.decode("utf-8", "replace")[:LONGEST_SAID].replace(PLACE + "/", "")
            return Claims("ran", f"it does not compile: {said}")
        return place


@dataclass(frozen=True, slots=True)
class Installed:
    """A language on this machine."""

    language: Language
    home: str

    def filled(self, text: str) -> str:
        """A text of the table, with where things are."""
        return text.replace("{dir}", PLACE).replace("{home}", self.home)

    def binds(self) -> list[str]:
        """What bubblewrap is told for it: directories to show, and variables to set."""
        told: list[str] = []
        # What is in /usr is there anyhow; and nobody's files are shown for a tool among them.
        if not self.home.startswith("/usr") and not Path.home().is_relative_to(self.home):
            told += ["--ro-bind", self.home, self.home]
        for pattern in self.language.readable:
            for path in sorted(Path("/").glob(pattern.lstrip("/"))):
                told += ["--ro-bind", str(path), str(path)]
        for name, value in self.language.environment:
            told += ["--setenv", name, self.filled(value)]
        return told


def installed_of(language: Language) -> Installed | None:
    """A language as it is on this machine; ``None`` where it is not."""
    tool = shutil.which(language.tool)
    if tool is None:
        return None
    return Installed(language, _home(tool, language.home))


@lru_cache(maxsize=64)
def _home(tool: str, asked: tuple[str, ...]) -> str:
    """Where a tool is installed, with all that it has beside it."""
    if asked:
        try:
            said = subprocess.run(
                [tool, *asked[1:]], capture_output=True, text=True, timeout=10, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            said = None
        if said is not None and said.stdout.strip():
            return said.stdout.strip()
    return str(Path(tool).resolve().parent.parent)


def made_of(command: Sequence[str], told: Sequence[str] = ()) -> tuple[list[str], list[str]]:
    """A jail's command in two: what is told to bubblewrap, with something more, and what runs."""
    end = len(command) - 1 - list(reversed(command)).index("--chdir") + 2
    first = command.index("--remount-ro")  # from there on nothing more can be shown
    return [*command[:first], *told, *command[first:end]], list(command[end:])
