"""Threads that do not outlive the wait for them: for programs side by side, and for a fresh stack.

Threads of an executor are waited for when Python ends, and when a wait for them is interrupted.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import TypeVar

__all__ = ["in_threads", "on_own_stack"]

T = TypeVar("T")
Made = TypeVar("Made")


def in_threads(
    items: Sequence[T],
    run: Callable[[T], Made],
    *,
    count: int,
    stop: Callable[[], None] = lambda: None,
) -> list[Made]:
    """What a function makes of some items, so many of them at the same time.

    Args:
        items: What it is called with, one after the other.
        run: The function; what it raises is raised here, and ends the rest.
        count: How many threads call it.
        stop: What ends those that are under way, where the wait for them is interrupted.
    """
    made: dict[int, Made] = {}
    raised: list[BaseException] = []
    waiting = deque(enumerate(items))

    def work() -> None:
        while waiting and not raised:
            try:
                place, item = waiting.popleft()
            except IndexError:  # another thread was faster
                return
            try:
                made[place] = run(item)
            except BaseException as error:  # noqa: BLE001 (it is raised where it is waited for)
                raised.append(error)

    threads = [
        threading.Thread(target=work, daemon=True, name="grpo-rewards program")
        for _ in range(min(count, len(items)))
    ]
    started: list[threading.Thread] = []
    try:
        for thread in threads:
            try:
                thread.start()
            except RuntimeError:  # the system has no more of them
                if not started:
                    raise
                break
            started.append(thread)
        for thread in started:
            thread.join()
    except BaseException:  # Ctrl-C, most often
        waiting.clear()
        stop()
        raise
    if raised:
        raise raised[0]
    return [made[place] for place in range(len(items))]


def on_own_stack(function: Callable[[], Made]) -> Made:
    """What a function returns, however deep the stack of the caller is."""
    (made,) = in_threads([None], lambda _: function(), count=1)
    return made
