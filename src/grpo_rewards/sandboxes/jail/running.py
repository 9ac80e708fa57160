"""What goes on in jails: how each is started, and what a program in it is asked."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import threading
import time
from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from grpo_rewards.sandboxes.compilers import LANGUAGES, Language
from grpo_rewards.sandboxes.jail import seccomp
from grpo_rewards.sandboxes.jail.compiled import LAUNCH, PLACE, Compiled, installed_of, made_of
from grpo_rewards.sandboxes.jail.jail_options import MOST_THREADS, START_LIMIT, TMP, JailOptions
from grpo_rewards.sandboxes.jail.jailed import EndedError, Jail
from grpo_rewards.sandboxes.packages import lacking
from grpo_rewards.sandboxes.protocol import TOGETHER, Claims, Job, Limit, read_reply
from grpo_rewards.sandboxes.remote import guest_source

__all__ = ["Jails"]

RESERVED = 256
"""MiB that a runtime which reserves memory has beside the program's."""
_ERROR = '{"error": '
_SEALS = fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE
_trying = threading.Lock()
_tried: dict[Hashable, str] = {}
"""Why a language does not run in a jail, by the jail's command and where the language is."""


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
    def _jailed(self, job: Job, place: str = "", told: Sequence[str] = ()) -> Iterator[Jail]:
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
                jail = Jail(process, requests_to, replies_from, _pid(info_from))
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


def _first_message(job: Job) -> dict[str, Any]:
    """What a guest is asked before any call: to run the program."""
    name = "__main__" if job.calls is None else "program"
    return {"program": job.program, "name": name, "imports": job.imports}


def _conversation(
    options: JailOptions,
    jail: Jail,
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
        reason = read_reply(jail.ask(_first_message(job))).error
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
    except EndedError as ended:
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


def _launched(options: JailOptions, jail: Jail, job: Job, limit: Limit, run: list[str]) -> Claims:
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
    except (EndedError, subprocess.TimeoutExpired) as ended:
        is_late = not isinstance(ended, EndedError) or ended.is_late
        return Claims("stopped", f"ran longer than {limit.test:.3g} s" if is_late else str(ended))
    return Claims("ran", f"exit code {code}" if code else "", (), jail.output())


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
