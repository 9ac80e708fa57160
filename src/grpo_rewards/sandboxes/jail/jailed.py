"""A running jail: its process, its pipes, and how much of the machine it has."""

from __future__ import annotations

import json
import math
import os
import selectors
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from grpo_rewards.sandboxes.jail.jail_options import MOST_FILES, MOST_THREADS

__all__ = ["EndedError", "Jail"]

END_LIMIT = 5.0
"""Seconds that a killed jail may take to be gone."""
PATROL = 0.02
"""Seconds between two looks at what the kernel does not limit: the files in a jail, and for root
the threads."""
PROCESS_CLOCK = 2
"""What stands beside a process's number in the name of its clock, on Linux."""


class EndedError(Exception):
    """A jail that came to its end before its job did."""

    def __init__(self, reason: str, *, code: int | None = None, is_late: bool = False) -> None:
        super().__init__(reason)
        self.code = code
        self.is_late = is_late


class Jail:
    """A running jail: what is asked of it through one pipe, and what it answers through others."""

    def __init__(
        self, process: subprocess.Popen[bytes], requests: int, replies: int, pid: int
    ) -> None:
        self.process = process
        self.pid = self.init = pid
        self.requests = requests
        self.replies = replies
        self.end = 0.0
        self.next_patrol = math.inf
        self.most = 0
        self.took = 0.0
        self.read: dict[int, bytearray] = {replies: bytearray()}
        if process.stdout is not None:
            self.read[process.stdout.fileno()] = bytearray()
        self.selector = selectors.DefaultSelector()
        for descriptor in self.read:
            self.selector.register(descriptor, selectors.EVENT_READ)
        os.set_blocking(requests, False)

    def ask(self, message: Any) -> str:
        """Send a message, and wait for the line that replies to it."""
        rest = memoryview(json.dumps(message).encode("ascii") + b"\n")
        self.selector.register(self.requests, selectors.EVENT_WRITE)
        try:
            while rest:
                if self._wait():
                    with suppress(BlockingIOError):
                        rest = rest[os.write(self.requests, rest) :]
        except BrokenPipeError:
            pass  # it may have answered before it went
        finally:
            self.selector.unregister(self.requests)
        while b"\n" not in self.read[self.replies]:
            if self.replies not in self.selector.get_map():
                raise self._gone()
            self._wait()
        line, _, self.read[self.replies] = self.read[self.replies].partition(b"\n")
        return line.decode("ascii", "replace")

    def finish(self) -> None:
        """Let a script end by itself, with all that it has yet to print."""
        os.close(self.requests)
        self.requests = -1
        while self.selector.get_map():
            self._wait()

    def _wait(self) -> bool:
        """Wait for the pipes, and read what came; whether the requests' one takes more."""
        left = self.end - time.monotonic()
        events = self.selector.select(min(left, PATROL)) if left > 0 else []
        if self.end <= time.monotonic():
            raise EndedError("took too long", is_late=True)
        self._patrol()
        takes_more = False
        for key, _ in events:
            if key.fd == self.requests:
                takes_more = True
                continue
            chunk = os.read(key.fd, 1 << 16)
            self.read[key.fd] += chunk
            if not chunk:
                self.selector.unregister(key.fd)
            if len(self.read[key.fd]) > self.most:
                raise EndedError(f"more than {self.most} bytes of output")
        return takes_more

    def begin_patrol(self) -> None:
        """From now on there is a program in it, and look at how much it has."""
        self.next_patrol = 0.0
        init = Path(f"/proc/{self.pid}/task/{self.pid}/children")  # whose only child runs Python
        with suppress(OSError, ValueError):
            self.pid, self.init = int(init.read_text()), self.pid

    def clock(self) -> float:
        """The seconds of the processor that its Python has had, in all of its threads.

        It is the kernel's clock of another process (``clock_getcpuclockid``), which that cannot
        touch.

        Raises:
            OSError: The process has gone, or is not known.
        """
        if self.pid == self.init:
            raise OSError("this system does not say which process is in it")
        return time.clock_gettime((~self.pid << 3) | PROCESS_CLOCK)

    def _patrol(self) -> None:
        """End it where it has more threads, or files, than it may have."""
        now = time.monotonic()
        if now < self.next_patrol:
            return
        self.next_patrol = now + PATROL
        place = Path(f"/proc/{self.pid}")
        with suppress(OSError):  # it has ended by itself
            if sum(1 for _ in (place / "task").iterdir()) > MOST_THREADS:
                raise EndedError(f"more than {MOST_THREADS} threads")
            tmp = os.statvfs(place / "root/tmp")
            if tmp.f_files - tmp.f_ffree > MOST_FILES:
                raise EndedError(f"more than {MOST_FILES} files")

    def _gone(self) -> EndedError:
        with suppress(subprocess.TimeoutExpired):
            code = self.process.wait(max(self.end - time.monotonic(), 0))
            while self.selector.get_map():  # what is still in the pipes
                self._wait()
            return EndedError(f"it ended itself with exit code {code}", code=code)
        return EndedError("took too long", is_late=True)

    def output(self) -> str:
        """What was printed."""
        if self.process.stdout is None:
            return ""
        return bytes(self.read[self.process.stdout.fileno()]).decode("utf-8", "replace")

    def kill(self) -> None:
        """End it, and wait until nothing of it is left."""
        # Its first process dies with the one that we know, and the kernel then ends all the rest.
        self.process.kill()
        self.process.wait()
        end = time.monotonic() + END_LIMIT
        while self.replies in self.selector.get_map() and time.monotonic() < end:
            for key, _ in self.selector.select(max(end - time.monotonic(), 0)):
                if not os.read(key.fd, 1 << 16):
                    self.selector.unregister(key.fd)
        self.selector.close()
