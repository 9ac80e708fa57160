"""The sandbox for all of Python: CPython in a bubblewrap jail, on Linux.

How a jail is set up is in `setup`, and what goes on in one in `running`; neither is imported
before there is a jail, because most processes that import this package never have one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grpo_rewards.errors import OptionError
from grpo_rewards.sandboxes.jail.jail_options import JailOptions
from grpo_rewards.sandboxes.protocol import LocalSandbox, Runner
from grpo_rewards.sandboxes.races import Finish, Race

__all__ = ["JailSandbox"]


@dataclass(frozen=True, kw_only=True, repr=False)
class JailSandbox(LocalSandbox):
    """Runs programs in CPython, each in a bubblewrap jail of its own. Linux on x86-64 or arm64.

    In the jail there is no network, no environment, no other process, and of the file system only
    the system's programs and libraries, read-only, with an empty ``/tmp`` that is gone afterwards.
    A program can start threads, but no process, and open no socket that leads anywhere. What it
    fills, writes and computes is limited by the kernel, the number of its threads and files by a
    look every few milliseconds; nothing it starts outlives its run, or this process.

    Where bubblewrap or user namespaces are missing it refuses to be constructed, and to run:
    nothing is ever run unprotected.

    Args:
        seconds: The longest that one test may take, by the clock: a call, a script, or the program
            before its calls. All of a row's tests may take four times as long.
        memory: MiB of address space; Python itself takes about 20 of them.
        output: Bytes that a script may print, and that a call's value may take; all of a
            program's take four times as many at most.
        workers: How many jails there are at the same time; by default one for each processor.
        python: The interpreter; by default the one that this process runs, with the standard
            library alone. One that is named finds the packages beside it.
        readable: Directories that programs can read besides, such as a virtual environment with
            the packages that they may import. Everything in them can be read.

    Raises:
        OptionError: There is no jail to be had on this machine; the message says what is missing
            and what to do. Or an option cannot work.

    Not covered: flaws of the kernel, and what can be learned from timing.

    Example:
        >>> from grpo_rewards.sandboxes import Job
        >>> job = Job(program="import heapq", calls=("heapq.nsmallest(2, [3, 1, 2])",))
        >>> JailSandbox().run([job], deadline=10)[0].replies  # doctest: +SKIP
        (Reply(value=[1, 2], error=''),)
    """

    python: str | None = None
    readable: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        if isinstance(self.readable, list):
            object.__setattr__(self, "readable", tuple(self.readable))
        if not isinstance(self.readable, tuple) or not all(
            isinstance(path, str) and path.startswith("/") for path in self.readable
        ):
            raise OptionError(
                f"readable={self.readable!r}: write a tuple of absolute paths, such as "
                "('/opt/venv',)"
            )
        if self.python is not None and not (
            isinstance(self.python, str) and self.python.startswith("/")
        ):
            raise OptionError(f"python={self.python!r}: write an absolute path, or None")
        self._require()

    def _runner(self) -> Runner:
        from grpo_rewards.sandboxes.jail.running import Jails  # noqa: PLC0415 (as said above)

        command = self._require()  # unpickled on another machine, it has not been asked yet
        jails = Jails(self._options(), command)
        return jails.run_one, jails.kill, jails.compiled.clear

    def race(self, races: Sequence[Race], *, deadline: float) -> list[Finish]:
        """How the races end; see `grpo_rewards.sandboxes.races.RacingSandbox`."""
        from grpo_rewards.sandboxes.jail.racing import run_races  # noqa: PLC0415 (as said above)
        from grpo_rewards.sandboxes.jail.running import Jails  # noqa: PLC0415 (as said above)

        jails = Jails(self._options(), self._require())
        try:
            return run_races(jails, races, seconds=self.seconds, deadline=deadline)
        except BaseException:  # Ctrl-C, most often
            jails.kill()
            raise

    def _require(self) -> tuple[str, ...]:
        from grpo_rewards.sandboxes.jail.setup import require_jail  # noqa: PLC0415 (as said above)

        return require_jail(self._options())

    def _options(self) -> JailOptions:
        return JailOptions(
            memory=self.memory, output=self.output, python=self.python, readable=self.readable
        )
