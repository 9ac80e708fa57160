"""Room on the stack: what recurses over a text's structure does so from a stack it can rely on.

Trainers, notebooks and web servers call rewards from stacks of any depth, and Python stops a
program at a thousand frames. What is read is bounded in depth where it is read (`MAX_DEPTH`,
`MAX_HEIGHT`), so the frames that judging takes are bounded as well; where fewer are left, a thread
does the work, because a thread counts its frames from nought. Raising Python's limit would be a
change for the whole process; walking every tree on a list of our own, a rewrite of a dozen folds.
"""

from __future__ import annotations

import contextvars
import sys
import threading
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

__all__ = ["NEEDED", "with_headroom"]

Given = ParamSpec("Given")
Result = TypeVar("Result")

NEEDED = 800
"""Frames that judging the deepest text takes, and what is left to spare."""


def with_headroom(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """A function that runs in a thread of its own where the caller's stack leaves too little room.

    Example:
        >>> @with_headroom
        ... def count_down(n: int) -> int:
        ...     return n and count_down.__wrapped__(n - 1)
        >>> def deep(n: int) -> int:
        ...     return deep(n - 1) if n else count_down(500)
        >>> deep(700)
        0
    """

    @wraps(function)
    def call(*given: Given.args, **named: Given.kwargs) -> Result:
        if not _is_short():
            return function(*given, **named)
        return _in_a_thread(function, *given, **named)

    return call


def _is_short() -> bool:
    try:
        sys._getframe(max(sys.getrecursionlimit() - NEEDED, 0))
    except ValueError:  # the stack is not that deep
        return False
    return True


def _in_a_thread(
    function: Callable[Given, Result], *given: Given.args, **named: Given.kwargs
) -> Result:
    returned: list[Result] = []
    raised: list[BaseException] = []
    context = contextvars.copy_context()

    def work() -> None:
        try:
            returned.append(context.run(function, *given, **named))
        except BaseException as error:  # noqa: BLE001 (it is the caller's to handle, and is raised there)
            raised.append(error)

    thread = threading.Thread(target=work, name="grpo-rewards", daemon=True)
    thread.start()
    thread.join()
    if raised:
        try:
            raise raised[0]
        finally:
            raised.clear()  # a traceback that holds the list that holds it would never be freed
    return returned[0]
