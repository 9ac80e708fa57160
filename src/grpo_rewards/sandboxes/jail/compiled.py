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
from pathlib import Path

from grpo_rewards.sandboxes.jail.options import JailOptions
from grpo_rewards.sandboxes.languages import LANGUAGES, Language
from grpo_rewards.sandboxes.protocol import Claims, Job

__all__ = ["COMPILE_LIMIT", "LAUNCH", "PLACE", "Compiled", "made_of"]

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
        tool = (language.compile or language.run)[0]
        if "{" not in tool and shutil.which(tool) is None:
            return Claims("unsupported", f"there is no {tool} on this machine")
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
        before, interpreter = made_of(self.command)
        argv = [part.replace("{dir}", PLACE) for part in language.compile]
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


def made_of(command: Sequence[str]) -> tuple[list[str], list[str]]:
    """A jail's command in two: what is told to bubblewrap, and what runs in it."""
    end = len(command) - 1 - list(reversed(command)).index("--chdir") + 2
    return list(command[:end]), list(command[end:])
