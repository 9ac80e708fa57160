"""What goes on in a jail: how one is started, asked and ended."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from grpo_rewards.sandboxes.data import decode
from grpo_rewards.sandboxes.jail import seccomp
from grpo_rewards.sandboxes.protocol import Job, Reply, Result
from grpo_rewards.sandboxes.remote import guest_source

if TYPE_CHECKING:
    from grpo_rewards.sandboxes.jail.isolation import JailSandbox

__all__ = ["START_LIMIT", "TMP", "run_one"]

START_LIMIT = 30.0
"""Seconds that a jail may take to start, on a busy machine; they are no part of a program's."""
END_LIMIT = 5.0
"""Seconds that a killed jail may take to be gone."""
TMP = 16
"""MiB of the private ``/tmp``, which is memory."""


def _limits(sandbox: JailSandbox, limit: float) -> dict[str, int]:
    return {
        "RLIMIT_AS": sandbox.memory << 20,
        "RLIMIT_CPU": int(limit) + 2,
        "RLIMIT_FSIZE": TMP << 20,
        "RLIMIT_NOFILE": 64,
        "RLIMIT_NPROC": 64,
        "RLIMIT_CORE": 0,
    }


def run_one(sandbox: JailSandbox, command: Sequence[str], job: Job, limit: float) -> Result:
    """What a job comes to in a jail of its own, within so many seconds."""
    try:
        with _jailed(command, job) as jail:
            return _conversation(sandbox, jail, job, limit)
    except OSError as error:  # no more processes, pipes or memory: the system's limit
        return Result(status="failed", reason=f"no jail could be started: {error}")


def _conversation(sandbox: JailSandbox, jail: _Jail, job: Job, limit: float) -> Result:
    jail.most = sandbox.output
    replies: list[Reply] = []
    status = "failed"
    try:
        jail.end = time.monotonic() + START_LIMIT
        jail.ask(_limits(sandbox, limit))
        status = "stopped"
        jail.end = time.monotonic() + limit
        name = "__main__" if job.calls is None else "program"
        reason = jail.ask({"program": job.program, "name": name}).error
        for call in job.calls or ():
            replies.append(jail.ask(call))  # noqa: PERF401 (those before an end count)
        if job.calls is None:
            jail.finish()
    except _EndedError as ended:
        if status == "failed":
            return Result(status="failed", reason=f"the jail did not start: {ended}")
        if job.calls is None and ended.code == 0:  # by os._exit(0), say
            return Result(status="ran", output=jail.output())
        reason = f"ran longer than {limit:.3g} s" if ended.is_late else str(ended)
        return Result(status="stopped", reason=reason, replies=tuple(replies))
    return Result(status="ran", reason=reason, replies=tuple(replies), output=jail.output())


class _EndedError(Exception):
    """A jail that came to its end before its job did."""

    def __init__(self, reason: str, *, code: int | None = None, is_late: bool = False) -> None:
        super().__init__(reason)
        self.code = code
        self.is_late = is_late


class _Jail:
    """A running jail: what is asked of it through one pipe, and what it answers through others."""

    def __init__(self, process: subprocess.Popen[bytes], requests: int, replies: int) -> None:
        self.process = process
        self.requests = requests
        self.replies = replies
        self.end = 0.0
        self.most = 0
        self.read: dict[int, bytearray] = {replies: bytearray()}
        if process.stdout is not None:
            self.read[process.stdout.fileno()] = bytearray()
        self.selector = selectors.DefaultSelector()
        for descriptor in self.read:
            self.selector.register(descriptor, selectors.EVENT_READ)
        os.set_blocking(requests, False)

    def ask(self, message: Any) -> Reply:
        """Send a message, and wait for the reply to it."""
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
        return _reply(bytes(line))

    def finish(self) -> None:
        """Let a script end by itself, with all that it has yet to print."""
        os.close(self.requests)
        self.requests = -1
        while self.selector.get_map():
            self._wait()

    def _wait(self) -> bool:
        """Wait for the pipes, and read what came; whether the requests' one takes more."""
        left = self.end - time.monotonic()
        events = self.selector.select(left) if left > 0 else []
        if not events and self.end <= time.monotonic():
            raise _EndedError("took too long", is_late=True)
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
                raise _EndedError(f"more than {self.most} bytes of output")
        return takes_more

    def _gone(self) -> _EndedError:
        with suppress(subprocess.TimeoutExpired):
            code = self.process.wait(max(self.end - time.monotonic(), 0))
            while self.selector.get_map():  # what is still in the pipes
                self._wait()
            return _EndedError(f"it ended itself with exit code {code}", code=code)
        return _EndedError("took too long", is_late=True)

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


def _reply(line: bytes) -> Reply:
    try:
        message = json.loads(line)
        error = message.get("error", "")
        if error:
            return Reply(error=str(error)[:300])
        return Reply(value=decode(json.dumps(message.get("value"))))
    except (ValueError, AttributeError, RecursionError):
        return Reply(error="the program wrote something else in place of a reply")


@contextmanager
def _jailed(command: Sequence[str], job: Job) -> Iterator[_Jail]:
    """A jail with nothing in it but its guest, which waits for the limits."""
    pipes: list[int] = []
    try:
        filter_from, filter_to, requests_from, requests_to, replies_from, replies_to = (
            end for _ in range(3) for end in _pipe(pipes)
        )
        os.write(filter_to, seccomp.program())
        os.close(_taken(pipes, filter_to))
        passed = (filter_from, requests_from, replies_to)
        start = f"{guest_source()}\nserve({requests_from}, {replies_to})\n"
        with tempfile.TemporaryFile() as stdin:
            stdin.write(job.stdin.encode("utf-8", "replace"))
            stdin.seek(0)
            process = subprocess.Popen(
                [command[0], "--seccomp", str(filter_from), *command[1:], "-c", start],
                stdin=stdin,
                stdout=subprocess.DEVNULL if job.calls is not None else subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                pass_fds=passed,
                env={},
            )
        for descriptor in passed:
            os.close(_taken(pipes, descriptor))
        with process:
            jail = _Jail(process, requests_to, replies_from)
            try:
                yield jail
            finally:
                if jail.requests < 0:
                    _taken(pipes, requests_to)
                jail.kill()
    finally:
        for descriptor in pipes:
            os.close(descriptor)


def _pipe(pipes: list[int]) -> tuple[int, int]:
    ends = os.pipe()
    pipes += ends
    return ends


def _taken(pipes: list[int], descriptor: int) -> int:
    pipes.remove(descriptor)
    return descriptor
