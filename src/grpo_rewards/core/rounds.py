"""Asking the parts of a reward in rounds: what waits for somebody else is asked together.

A composition judges in steps. What it can work out it works out at once; where it needs a part
that waits (a coroutine, a model), it says which, of which rows, and stops. All that the parts of
one expression wait for is asked in one go, then all go on. So the calls of a round run side by
side, no row is asked about twice, and nothing else keeps the calls waiting.
"""

from __future__ import annotations

from collections.abc import Coroutine, Generator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from grpo_rewards.core.call_limits import run_calls
from grpo_rewards.headroom import with_headroom

if TYPE_CHECKING:
    from grpo_rewards.core.base import Reward
    from grpo_rewards.core.batch import Batch, Outcome

__all__ = ["Ask", "Rounds", "asked", "settle", "together"]

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Ask:
    """A reward that waits, and the rows of a whole batch that it has to be asked about."""

    batch: Batch
    reward: Reward
    places: tuple[int, ...]


Rounds: TypeAlias = Generator[list[Ask], None, Result]
"""Work that stops wherever it needs what others have to be asked for."""


def asked(
    batch: Batch, reward: Reward, places: Sequence[int] | None = None
) -> Rounds[list[Outcome]]:
    """What a reward says of a batch, or of these rows of it."""
    if places is not None and len(places) < len(batch):
        if not places:
            return []
        batch = batch.part(reward, places)
    if reward.parts or not reward.costs:
        if not batch.has_judged(reward):
            batch.keep(reward, (yield from reward.in_rounds(batch)))
        return batch.outcomes(reward)
    whole, rows = batch.whole()
    if missing := whole.missing(reward, rows):
        if reward.waits:
            yield [Ask(whole, reward, tuple(missing))]
        else:
            part = rows_of(whole, reward, missing)
            part.keep(reward, with_headroom(reward.judge)(part))
    said = whole.said_of(reward)
    return [said[row] for row in rows]


def rows_of(whole: Batch, reward: Reward, places: Sequence[int]) -> Batch:
    """The batch in which a reward is asked about some rows of a whole one, or about all."""
    return whole if len(places) == len(whole) else whole.part(reward, places)


def together(*works: Rounds[Result]) -> Rounds[list[Result]]:
    """What several works come to; what they need is asked for together."""
    results: dict[int, Result] = {}
    waiting = dict(enumerate(works))
    while waiting:
        asks: list[Ask] = []
        for place, work in list(waiting.items()):
            try:
                asks += next(work)
            except StopIteration as done:  # noqa: PERF203 (that is how a work says that it is done)
                results[place] = done.value
                del waiting[place]
        if asks:
            yield asks
    return [results[place] for place in range(len(works))]


def settle(work: Rounds[Result]) -> Result:
    """What a work comes to, with all that it needs asked for, round after round."""
    while True:
        try:
            asks = next(work)
        except StopIteration as done:
            return done.value  # type: ignore[no-any-return]
        _answer(asks)


def _answer(asks: Sequence[Ask]) -> None:
    """Ask what a round needs, each reward once about all of its rows."""
    whole = asks[0].batch
    needed: dict[Reward, dict[int, None]] = {}
    for ask in asks:
        needed.setdefault(ask.reward, {}).update(dict.fromkeys(ask.places))
    parts = [(reward, rows_of(whole, reward, sorted(places))) for reward, places in needed.items()]
    for (reward, part), outcomes in zip(
        parts, run_calls(_gathered([reward.ask(part) for reward, part in parts])), strict=True
    ):
        part.keep(reward, outcomes)


async def _gathered(works: Sequence[Coroutine[Any, Any, list[Outcome]]]) -> list[list[Outcome]]:
    import asyncio  # noqa: PLC0415 (see grpo_rewards.core.call_limits)

    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        return list(await asyncio.gather(*tasks))
    finally:
        for task in tasks:  # of what others still wait for, where one raised
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
