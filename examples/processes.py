"""A run in one process or in several: which one this is, and what they do together.

``accelerate launch`` (or ``torchrun``) starts several and numbers them; without it there is one,
and nothing here does anything. Model and data are the trainer's to divide; what is divided here
are the held-out problems, and who writes: the first process.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any


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
