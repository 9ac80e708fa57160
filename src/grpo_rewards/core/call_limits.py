"""Calls that wait for somebody else: how many run at once, how long they may take, how often again.

What is called, and what its answer means, the rewards know. `asyncio` is imported where it is used:
that takes a third of the time that importing this package would take.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from grpo_rewards.errors import OptionError
from grpo_rewards.requirements import require_whole

if TYPE_CHECKING:
    from asyncio import Semaphore

__all__ = ["CallLimits", "Unanswered", "make_calls", "run_calls"]

Answer = TypeVar("Answer")

LONGEST_PAUSE = 30.0
"""Seconds between two tries at most."""


@dataclass(frozen=True, kw_only=True)
class CallLimits:
    """How calls that wait for somebody else are made: at once, how long, how often.

    Args:
        at_once: How many calls of one reward wait at the same time.
        seconds: How long one try of a call may take; ``None`` for as long as it likes.
        batch_seconds: How long all calls of a batch may take together; what has not answered by
            then is given up. ``None`` for as long as they like.
        retries: How often a call that failed or took too long is made again.
        backoff: Seconds before the first retry, about; each pause is twice as long as the last,
            and up to half as long again by chance, so that callers do not come back together.

    Raises:
        OptionError: A limit cannot be.

    Example:
        >>> from grpo_rewards import CallLimits, reward
        >>> @reward(calls=CallLimits(at_once=4, seconds=20, retries=1))
        ... async def is_polite(text):
        ...     return 1.0 if "please" in text else 0.0
        >>> is_polite(["please", "now"])
        [1.0, 0.0]
    """

    at_once: int = 16
    seconds: float | None = 60.0
    batch_seconds: float | None = 600.0
    retries: int = 2
    backoff: float = 0.5

    def __post_init__(self) -> None:
        for option, least in (("at_once", 1), ("retries", 0)):
            require_whole(option, getattr(self, option), least=least)
        for option in ("seconds", "batch_seconds", "backoff"):
            value = getattr(self, option)
            if value is None and option != "backoff":
                continue
            if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
                raise OptionError(f"{option}={value!r}: write a number of seconds above 0")


UNLIMITED = CallLimits(at_once=1_000_000, seconds=None, batch_seconds=None, retries=0)
"""As coroutines of a user's own are called unless limits are given: as they are."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """What stands in the place of an answer that did not come."""

    reason: str
    error: Exception | None = None
    """What the last try raised; nothing where it took too long."""


async def make_calls(
    calls: Sequence[Callable[[], Awaitable[Answer]]],
    limits: CallLimits,
    *,
    expected: tuple[type[Exception], ...] = (Exception,),
) -> list[Answer | Unanswered]:
    """The answers of calls that run side by side, within limits.

    Args:
        calls: Each makes one call, and again where it is tried again.
        limits: The limits.
        expected: The errors after which a call is tried again; any other is raised.
    """
    import asyncio  # noqa: PLC0415

    slots = asyncio.Semaphore(limits.at_once)
    tasks = [asyncio.ensure_future(_tried(call, limits, slots, expected)) for call in calls]
    if not tasks:
        return []
    try:
        done, _ = await asyncio.wait(
            tasks, timeout=limits.batch_seconds, return_when=asyncio.FIRST_EXCEPTION
        )
        for task in done:
            task.result()  # an error that is not expected is raised
        late = Unanswered(f"the batch's {limits.batch_seconds} s were over")
        return [task.result() if task in done else late for task in tasks]
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _tried(
    call: Callable[[], Awaitable[Answer]],
    limits: CallLimits,
    slots: Semaphore,
    expected: tuple[type[Exception], ...],
) -> Answer | Unanswered:
    import asyncio  # noqa: PLC0415
    import random  # noqa: PLC0415

    failed = Unanswered("it was not called")
    for attempt in range(limits.retries + 1):
        if attempt:
            pause = limits.backoff * 2 ** (attempt - 1)
            await asyncio.sleep(min(pause * random.uniform(1, 1.5), LONGEST_PAUSE))
        async with slots:
            own = asyncio.ensure_future(call())
            try:
                return await asyncio.wait_for(own, limits.seconds)
            except Exception as error:
                if own.cancelled():
                    failed = Unanswered(f"no answer within {limits.seconds} s")
                elif isinstance(error, expected):
                    failed = Unanswered(_described(error), error)
                else:
                    raise
    return failed


def _described(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]


def run_calls(work: Coroutine[Any, Any, Answer]) -> Answer:
    """What a coroutine returns, wherever it is called from: in a loop, off the main thread."""
    import asyncio  # noqa: PLC0415

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as pool:  # this thread's own loop waits for us
        return pool.submit(asyncio.run, work).result()
