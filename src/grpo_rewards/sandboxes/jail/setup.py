"""How a jail is set up: the command that starts one, and whether this machine lets it."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

from grpo_rewards.errors import OptionError
from grpo_rewards.sandboxes.jail import seccomp
from grpo_rewards.sandboxes.jail.jail_options import START_LIMIT, TMP, JailOptions
from grpo_rewards.sandboxes.jail.running import Jails
from grpo_rewards.sandboxes.protocol import Job, Limit, Reply

__all__ = ["jail_command", "require_jail"]

_SYSTEM = "/usr /bin /sbin /lib /lib32 /lib64 /etc/ld.so.cache /etc/alternatives".split()
_ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "HOME": "/tmp",  # the jail's own
    "LANG": "C.UTF-8",
    "PYTHONUTF8": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}
_REMEDIES = """\
Most often the system forbids user namespaces:
- Debian, older kernels:  sysctl -w kernel.unprivileged_userns_clone=1
- Ubuntu 24.04:           sysctl -w kernel.apparmor_restrict_unprivileged_userns=0
- in Docker or Podman:    --security-opt seccomp=unconfined --security-opt apparmor=unconfined
- anywhere:               sysctl user.max_user_namespaces must not be 0
A Python whose libraries are not in /usr or in its own prefix needs readable=("/their/directory",).
Where none of this is possible, use MontySandbox()."""


def jail_command(options: JailOptions) -> tuple[str, ...]:
    """What starts an interpreter in a jail, but for what it is to run."""
    python = options.python or os.path.realpath(sys.executable)
    bound = dict.fromkeys((*_SYSTEM, sys.base_prefix, sys.base_exec_prefix, *options.readable))
    command = [
        shutil.which("bwrap") or "bwrap",
        "--unshare-all",
        "--unshare-user",
        "--die-with-parent",
        "--new-session",
        "--clearenv",
        *("--cap-drop", "ALL"),
        *("--hostname", "jail"),
        *("--size", str(TMP << 20), "--tmpfs", "/tmp"),
    ]
    for path in bound:
        if Path(path).is_symlink():  # as /lib is, where it has moved into /usr
            command += ["--symlink", os.readlink(path), path]  # noqa: PTH115 (as it is written)
        elif Path(path).exists():
            command += ["--ro-bind", path, path]
    for name, value in _ENVIRONMENT.items():
        command += ["--setenv", name, value]
    command += [
        *("--dev", "/dev"),
        *("--remount-ro", "/dev"),
        *("--remount-ro", "/"),
        *("--chdir", "/tmp"),
    ]
    # Only an interpreter that was named is to find the packages beside it.
    return (*command, python, "-s", *(() if options.python else ("-S",)))


@lru_cache(maxsize=64)
def require_jail(options: JailOptions) -> tuple[str, ...]:
    """The command of a jail that was seen to work on this machine; asked once.

    Raises:
        OptionError: None does; the message says what is missing, and what to do.
    """
    if sys.platform != "linux" or platform.machine() not in seccomp.MACHINES:
        raise OptionError(
            f"JailSandbox needs Linux on {' or '.join(seccomp.MACHINES)}, and this is "
            f"{sys.platform} on {platform.machine()}: use MontySandbox()"
        )
    if shutil.which("bwrap") is None:
        raise OptionError(
            "JailSandbox needs bubblewrap, and there is no bwrap on the PATH: apt-get install "
            "bubblewrap (dnf, apk and pacman name it the same); or use MontySandbox()"
        )
    command = jail_command(options)
    tried = subprocess.run(
        [*command, "-c", "print(6 * 7)"],
        capture_output=True,
        text=True,
        timeout=START_LIMIT,
        check=False,
        env={},
    )
    if tried.stdout.strip() != "42":
        said = tried.stderr.strip() or f"exit code {tried.returncode}"
        if "--size" in said:
            said += " (bubblewrap is older than 0.7: install a newer one)"
        raise OptionError(f"JailSandbox does not work here: {said:.500}\n{_REMEDIES}")
    job = Job(program="", calls=("6 * 7",))
    result = Jails(options, command).run_one(job, Limit(START_LIMIT, START_LIMIT)).result()
    if result.replies != (Reply(value=42),):
        raise OptionError(
            f"JailSandbox does not work here, with limits and a filter of system calls: "
            f"{result.reason or result.replies}. Is memory={options.memory} enough for "
            f"{options.python or sys.executable}?\n{_REMEDIES}"
        )
    return command
