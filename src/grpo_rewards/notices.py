"""Saying something once: what a user has to know, but what is no reason to stop a training."""

from __future__ import annotations

import os
import sys
import threading
import warnings
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from typing import Any

from grpo_rewards.errors import RewardWarning

__all__ = ["forget", "is_main_process", "is_silenced", "say_once", "silenced"]

REMEMBERED = 10_000
"""How many notices are remembered; programs that make rewards without end start over then."""
RANKS = ("RANK", "SLURM_PROCID", "LOCAL_RANK")
"""Where launchers of several processes write which one this is."""

_said: set[tuple[Hashable, str]] = set()
_lock = threading.Lock()
_silences = 0


def say_once(subject: Hashable, kind: str, message: str, *, state: Any = None) -> None:
    """Warn of something, unless the same kind of thing was said of the subject before.

    Of the processes of a run only the main one speaks.

    Args:
        subject: What the notice is about; equal subjects are one.
        kind: What is said of it, in a word.
        message: What was found, and what to write instead.
        state: The trainer's state, which says whether this is the main process.
    """
    if is_silenced() or not is_main_process(state):
        return
    with _lock:
        if (subject, kind) in _said:
            return
        if len(_said) >= REMEMBERED:
            _said.clear()
        _said.add((subject, kind))
    warnings.warn(message, RewardWarning, stacklevel=_frames_of_ours())


def is_main_process(state: Any = None) -> bool:
    """Whether this process is the one that speaks; by the trainer's state, else the launcher's."""
    said = getattr(state, "is_world_process_zero", None)
    if isinstance(said, bool):
        return said
    return next((os.environ[rank] for rank in RANKS if os.environ.get(rank)), "0") == "0"


def is_silenced() -> bool:
    """Whether nothing is said at the moment."""
    return _silences > 0


@contextmanager
def silenced() -> Iterator[None]:
    """Say nothing meanwhile, in any thread, as while a kit tries a reward: that is no run."""
    global _silences  # noqa: PLW0603 (threads that a kit starts share it)
    with _lock:
        _silences += 1
    try:
        yield
    finally:
        with _lock:
            _silences -= 1


def forget() -> None:
    """Say everything again, as in a new process."""
    with _lock:
        _said.clear()


def _frames_of_ours() -> int:
    """How far up the stack the first frame is that is not this package's."""
    level = 1
    frame = sys._getframe(1)
    while frame.f_back and frame.f_globals.get("__name__", "").startswith("grpo_rewards."):
        frame = frame.f_back
        level += 1
    return level
