"""A run in one process or in several: which one this is, and what they do together.

On a CPU a run starts several by itself, since two processes with a core each do more than one with
two threads; elsewhere ``accelerate launch`` (or ``torchrun``) starts and numbers them. In one
nothing here does anything. Model and data are the trainer's to divide; what is divided here are
the held-out problems, and who writes: the first process.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

GRACE = 20.0
"""Seconds in which an interrupted process may say that it was."""
MEMORY = 5 * 2**30
"""Bytes that a process wants: SmolLM2 takes 3.9 GB."""


def cores() -> int:
    """How many this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def to_start(prompts: int) -> int:
    """How many processes to start on this machine's CPUs, each for whole groups of a step.

    At most one a core, and as many as memory takes; 1 where one of several is running already,
    where the system does not say what it has, and in a notebook, which shows its own process only.
    """
    alone = "WORLD_SIZE" in os.environ or sys.stdout is not sys.__stdout__
    if alone or not hasattr(os, "sched_getaffinity"):
        return 1
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    most = min(cores(), memory // MEMORY)
    return max(count for count in range(1, max(1, most) + 1) if prompts % count == 0)


def start(count: int) -> int:
    """Run this command in several processes, and return the exit status of the run.

    They end with this one, however it is asked to.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = {
        "WORLD_SIZE": str(count),
        "LOCAL_WORLD_SIZE": str(count),
        "MASTER_ADDR": "127.0.0.1",
        "MASTER_PORT": str(port),
        "ACCELERATE_USE_CPU": "true",
        "OMP_NUM_THREADS": str(max(1, cores() // count)),
        "OMP_PROC_BIND": "false",  # each would bind its threads to the same cores
    }
    running = [
        subprocess.Popen(
            [sys.executable, *sys.argv],
            env=os.environ | given | {"RANK": str(number), "LOCAL_RANK": str(number)},
        )
        for number in range(count)
    ]
    status = 0
    try:
        while not status and any(process.poll() is None for process in running):
            time.sleep(0.2)
            status = next((code for process in running if (code := process.poll())), 0)
    except KeyboardInterrupt:  # which a terminal sends to each of them, and another sender may not
        status = 1
        with suppress(subprocess.TimeoutExpired):
            for process in running:
                process.wait(timeout=GRACE)
    finally:
        for process in running:  # nobody waits for one that is gone
            process.terminate()
            process.wait()
    return status


def how_many() -> int:
    """How many processes a run has, on all machines."""
    return int(os.environ.get("WORLD_SIZE", "1"))


def place() -> int:
    """Which of them this is, from 0."""
    return int(os.environ.get("RANK", "0"))


def is_first() -> bool:
    """Whether this is the one that prints and writes."""
    return place() == 0


def say(text: str) -> None:
    """Print, in the first process."""
    if is_first():
        print(text)


def meet(*, gpu: bool) -> None:
    """Connect the processes: over gloo on CPUs, over NCCL on GPUs."""
    if how_many() > 1:
        from accelerate import PartialState

        if not gpu:  # else it says cpu:0, where torch loads no checkpoint to
            os.environ.setdefault("ACCELERATE_TORCH_DEVICE", "cpu")
        PartialState(cpu=not gpu)


@contextmanager
def first_alone() -> Iterator[None]:
    """The first process goes ahead, and the others follow: what is made once is made by it."""
    if how_many() > 1 and not is_first():
        wait()
    yield
    if how_many() > 1 and is_first():
        wait()


def wait() -> None:
    """Until all are here."""
    if how_many() > 1:
        from accelerate import PartialState

        PartialState().wait_for_everyone()


def own_share(items: Sequence[Any]) -> Sequence[Any]:
    """The items that this process deals with: of two, every other one."""
    return items[place() :: how_many()]


def together(own: Sequence[Any], total: int) -> list[Any]:
    """What all processes made of their shares, in the order of the items, in each of them."""
    if how_many() == 1:
        return list(own)
    import torch.distributed

    shares: list[Any] = [None] * how_many()
    torch.distributed.all_gather_object(shares, list(own))
    return [shares[number % how_many()][number // how_many()] for number in range(total)]


def part() -> None:
    """End the connection, so that no process waits for another that is gone."""
    if how_many() > 1:
        from accelerate import PartialState

        PartialState().destroy_process_group()
