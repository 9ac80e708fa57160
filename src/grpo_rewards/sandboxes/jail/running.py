"""What goes on in a jail: how one is started, asked and ended."""

from __future__ import annotations

import fcntl
import json
import math
import os
import selectors
import subprocess
import threading
import time
from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from grpo_rewards.sandboxes.jail import seccomp
from grpo_rewards.sandboxes.jail.compiled import LAUNCH, PLACE, Compiled, installed_of, made_of
from grpo_rewards.sandboxes.jail.options import (
    MOST_FILES,
    MOST_THREADS,
    START_LIMIT,
    TMP,
    JailOptions,
)
from grpo_rewards.sandboxes.languages import LANGUAGES, Language
from grpo_rewards.sandboxes.packages import lacking
from grpo_rewards.sandboxes.protocol import TOGETHER, Claims, Job, Limit, read_reply
from grpo_rewards.sandboxes.remote import guest_source

__all__ = ["Jails"]

END_LIMIT = 5.0
"""Seconds that a killed jail may take to be gone."""
PATROL = 0.02
"""Seconds between two looks at what the kernel does not limit: the files in a jail, and for root
the threads."""


PROCESS_CLOCK = 2
"""What stands beside a process's number in the name of its clock, on Linux."""


def _limits(options: JailOptions, limit: Limit) -> dict[str, int]:
    return {
        "RLIMIT_AS": options.memory << 20,
        "RLIMIT_CPU": int(limit.row) + 2,
        "RLIMIT_FSIZE": TMP << 20,
        "RLIMIT_NOFILE": 64,
        "RLIMIT_NPROC": MOST_THREADS,
        "RLIMIT_CORE": 0,
    }


class Jails:
    """The jails of a batch of programs."""

    def __init__(self, options: JailOptions, command: Sequence[str]) -> None:
        self.options = options
        self.command = command
        self.compiled = Compiled(options, command)
        self.running: set[subprocess.Popen[bytes]] = set()
        self.is_ended = False

    def run_one(self, job: Job, limit: Limit) -> Claims:
        """What a job comes to in a jail of its own, within so many seconds."""
        try:
            if job.language != "python" or job.arguments:
                return self._run_file(job, limit)
            with self._jailed(job) as jail:
                return _conversation(self.options, jail, job, limit)
        except OSError as error:  # no more processes, pipes or memory: the system's limit
            return Claims("failed", f"no jail could be started: {error}")

    def run_timed(
        self, job: Job, limit: Limit, *, asked: Sequence[Any], modules: Sequence[str]
    ) -> tuple[Claims, float]:
        """What a job comes to, and the seconds of the processor that it took by the kernel's clock.

        Args:
            job: The program.
            limit: As of every run.
            asked: What the guest is asked in place of the job's calls.
            modules: What it imports before the program begins, in no time.
        """
        try:
            with self._jailed(job) as jail:
                claims = _conversation(self.options, jail, job, limit, asked=asked, modules=modules)
                return claims, jail.took
        except OSError as error:
            return Claims("failed", f"no jail could be started: {error}"), 0.0

    def _run_file(self, job: Job, limit: Limit) -> Claims:
        """What a program comes to that is a file of its own, and not given to the guest."""
        language = LANGUAGES[job.language]
        why_not = self._why_not(language)
        if why_not:
            return Claims("unsupported", why_not)
        return self._run_compiled(job, limit)

    def _run_compiled(self, job: Job, limit: Limit) -> Claims:
        place = self.compiled.place_of(job)
        if isinstance(place, Claims):
            return place
        language = LANGUAGES[job.language]
        installed = installed_of(language)
        if installed is None:
            return Claims("unsupported", f"there is no {language.tool} on this machine")
        run = [
            installed.filled(part).replace("{memory}", str(self.options.memory))
            for part in language.run
        ]
        told = installed.binds()
        if job.language == "python":
            run[:1], told = made_of(self.command)[1], []
        with self._jailed(job, place, told) as jail:
            return _launched(self.options, jail, job, limit, run)

    def _why_not(self, language: Language) -> str:
        """Why programs in a language do not run here, as the shortest one shows; or nothing."""
        if not language.hello:
            return ""
        installed = installed_of(language)
        if installed is None:
            return f"there is no {language.tool} on this machine"
        key = (self.command, self.options.memory, installed)
        with _trying:
            if key not in _tried:
                job = Job(program=language.hello, language=language.name)
                ran = self._run_compiled(job, Limit(START_LIMIT, START_LIMIT))
                said = (ran.reason or f"it printed {ran.output!r:.80}").replace("\n", " ")
                is_right = ran.output.strip() == "hello" and not ran.reason
                if ran.status == "failed" or self.is_ended:
                    return "" if is_right else f"{language.name} was not tried: {said:.200}"
                _tried[key] = "" if is_right else f"{language.name} does not run here: {said:.200}"
            return _tried[key]

    def kill(self) -> None:
        """End all of them, and start no more."""
        self.is_ended = True
        for process in list(self.running):
            process.kill()

    @contextmanager
    def _jailed(self, job: Job, place: str = "", told: Sequence[str] = ()) -> Iterator[_Jail]:
        """A jail with nothing in it but its guest, which waits for the limits."""
        pipes: list[int] = []
        command = self.command
        guest = guest_source()
        if place:
            before, interpreter = made_of(command, told)
            command = (*before, "--ro-bind", place, PLACE, *interpreter)
            guest = LAUNCH
        try:
            ends = [end for _ in range(4) for end in _pipe(pipes)]
            filter_from, filter_to, requests_from, requests_to = ends[:4]
            replies_from, replies_to, info_from, info_to = ends[4:]
            os.write(filter_to, seccomp.program())
            os.close(_taken(pipes, filter_to))
            passed = (filter_from, requests_from, replies_to, info_to)
            start = f"{guest}\nserve({requests_from}, {replies_to})\n"
            descriptors = ("--seccomp", str(filter_from), "--info-fd", str(info_to))
            with _read_only(job.stdin) as stdin:
                process = subprocess.Popen(
                    [command[0], *descriptors, *command[1:], "-c", start],
                    stdin=stdin,
                    stdout=subprocess.DEVNULL if job.calls is not None else subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    pass_fds=passed,
                    env={},
                )
            for descriptor in passed:
                os.close(_taken(pipes, descriptor))
            with process:
                self.running.add(process)
                if self.is_ended:
                    process.kill()
                jail = _Jail(process, requests_to, replies_from, _pid(info_from))
                try:
                    yield jail
                finally:
                    if jail.requests < 0:
                        _taken(pipes, requests_to)
                    jail.kill()
                    self.running.discard(process)
        finally:
            for descriptor in pipes:
                os.close(descriptor)


def first_message(job: Job) -> dict[str, Any]:
    """What a guest is asked before any call: to run the program."""
    name = "__main__" if job.calls is None else "program"
    return {"program": job.program, "name": name, "imports": job.imports}


def _conversation(
    options: JailOptions,
    jail: _Jail,
    job: Job,
    limit: Limit,
    *,
    asked: Sequence[Any] | None = None,
    modules: Sequence[str] = (),
) -> Claims:
    jail.most = options.output
    lines: list[str] = []
    status = "failed"
    try:
        jail.end = time.monotonic() + START_LIMIT
        jail.ask({**_limits(options, limit), "modules": modules})
        status = "stopped"
        end = time.monotonic() + limit.row
        jail.end = min(end, time.monotonic() + limit.test)
        jail.begin_patrol()
        began = jail.clock() if asked is not None else 0.0
        reason = read_reply(jail.ask(first_message(job))).error
        left = TOGETHER * options.output
        for call in asked if asked is not None else job.calls or ():
            jail.end = min(end, time.monotonic() + limit.test)
            lines.append(jail.ask(call))
            left -= len(lines[-1])
            if left < 0:
                reason = f"more than {TOGETHER * options.output} bytes of values"
                return Claims("stopped", reason, tuple(lines))
        if asked is not None:
            jail.took = jail.clock() - began
        if job.calls is None:
            jail.finish()
    except _EndedError as ended:
        if status == "failed":
            return Claims("failed", f"the jail did not start: {ended}")
        if job.calls is None and ended.code == 0:  # by os._exit(0), say
            return Claims("ran", output=jail.output())
        is_all = jail.end >= end and limit.row > limit.test
        longer = f"{limit.row:.3g} s in all" if is_all else f"{limit.test:.3g} s"
        reason = f"ran longer than {longer}" if ended.is_late else str(ended)
        return Claims("stopped", reason, tuple(lines))
    errors = (reason, *(read_reply(line).error for line in lines if line.startswith(_ERROR)))
    package = next(filter(None, (lacking(error, job.program) for error in errors)), "")
    if package:
        return Claims("unsupported", f"the jail has no package {package}: name it in readable=")
    return Claims("ran", reason, tuple(lines), jail.output())


def _launched(options: JailOptions, jail: _Jail, job: Job, limit: Limit, run: list[str]) -> Claims:
    """What a program comes to that takes its guest's place."""
    language = LANGUAGES[job.language]
    jail.most = options.output
    limits = _limits(options, limit)
    if language.reserves:
        limits["RLIMIT_DATA"] = limits.pop("RLIMIT_AS") + (RESERVED << 20)
    try:
        jail.end = time.monotonic() + START_LIMIT
        jail.ask(limits)
        files = [f"/tmp/{name}" for name, _ in job.arguments]
        jail.ask({"run": [*run, *files], "files": job.arguments})
        jail.end = time.monotonic() + min(limit.test, limit.row)
        jail.begin_patrol()
        jail.finish()
        code = jail.process.wait(max(jail.end - time.monotonic(), 0.1))
    except (_EndedError, subprocess.TimeoutExpired) as ended:
        is_late = not isinstance(ended, _EndedError) or ended.is_late
        return Claims("stopped", f"ran longer than {limit.test:.3g} s" if is_late else str(ended))
    return Claims("ran", f"exit code {code}" if code else "", (), jail.output())


_trying = threading.Lock()
_tried: dict[Hashable, str] = {}
"""Why a language does not run in a jail, by the jail's command and where the language is."""
RESERVED = 256
"""MiB that a runtime which reserves memory has beside the program's."""
_ERROR = '{"error": '


class _EndedError(Exception):
    """A jail that came to its end before its job did."""

    def __init__(self, reason: str, *, code: int | None = None, is_late: bool = False) -> None:
        super().__init__(reason)
        self.code = code
        self.is_late = is_late


class _Jail:
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
            raise _EndedError("took too long", is_late=True)
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
                raise _EndedError(f"more than {self.most} bytes of output")
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
                raise _EndedError(f"more than {MOST_THREADS} threads")
            tmp = os.statvfs(place / "root/tmp")
            if tmp.f_files - tmp.f_ffree > MOST_FILES:
                raise _EndedError(f"more than {MOST_FILES} files")

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


@contextmanager
def _read_only(text: str) -> Iterator[int]:
    """A file with a text in it that nobody can change: it is the program's standard input."""
    file = os.memfd_create("stdin", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        content = memoryview(text.encode("utf-8", "replace"))
        while content:
            content = content[os.write(file, content) :]
        fcntl.fcntl(file, fcntl.F_ADD_SEALS, _SEALS)
        reading = os.open(f"/proc/self/fd/{file}", os.O_RDONLY | os.O_CLOEXEC)
        try:
            yield reading
        finally:
            os.close(reading)
    finally:
        os.close(file)


_SEALS = fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE


def _pid(info: int) -> int:
    """The process in a jail, by what bubblewrap says of it; 0 where it did not start."""
    said = b""
    while chunk := os.read(info, 1 << 12):
        said += chunk
    try:
        return int(json.loads(said)["child-pid"])
    except (ValueError, LookupError):
        return 0


def _pipe(pipes: list[int]) -> tuple[int, int]:
    ends = os.pipe()
    pipes += ends
    return ends


def _taken(pipes: list[int], descriptor: int) -> int:
    pipes.remove(descriptor)
    return descriptor
