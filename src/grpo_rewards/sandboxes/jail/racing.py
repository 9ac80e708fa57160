"""Two programs timed in jails, by the kernel's clock of their processes, read from outside.

A program owns all of its own process, and could change any clock in it, keep what it has seen, or
work between two calls. So each round has a jail of its own, the reference is never in the same one
nor at the same time, and what counts is all the time of the processor from the program's first line
to its last reply, in whatever thread.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from grpo_rewards.sandboxes.data import encode
from grpo_rewards.sandboxes.jail.running import Jails
from grpo_rewards.sandboxes.protocol import NO_TIME, ROW, Claims, Job, Limit, Reply, Status
from grpo_rewards.sandboxes.races import HOPELESS, Finish, Race

__all__ = ["run_races"]

_alone = threading.Lock()
"""Held by the race that is under way: two at a time would be in each other's way."""


def run_races(
    jails: Jails, races: Sequence[Race], *, seconds: float, deadline: float
) -> list[Finish]:
    """How some races end, one after the other."""
    end = time.monotonic() + deadline
    finishes = []
    for race in races:
        with _alone:
            finishes.append(_Course(jails, race, seconds, end).finish())
    return finishes


@dataclass(frozen=True, slots=True)
class _Lap:
    """What a program came to, and the time of the processor that it took."""

    claims: Claims
    seconds: float


class _Course:
    """One race."""

    def __init__(self, jails: Jails, race: Race, seconds: float, end: float) -> None:
        self.jails = jails
        self.race = race
        self.seconds = seconds
        self.end = end

    def finish(self) -> Finish:
        race = self.race
        reference = Job(program=race.reference, calls=race.reference_calls)
        program = Job(program=race.program, calls=race.calls, imports=race.imports)
        laps: list[tuple[_Lap, _Lap]] = []
        for _ in range(race.rounds):
            theirs = self._lap(reference, self._asked(race.reference_calls))
            if theirs.claims.status != "ran" or theirs.claims.reason:
                return self._failed(theirs.claims, "the reference does not run: ")
            mine = self._lap(program, self._asked(race.calls))
            if mine.claims.status in ("failed", "unsupported"):
                return self._failed(mine.claims, "")
            laps.append((mine, theirs))
            if mine.claims.status != "ran" or mine.seconds > HOPELESS * theirs.seconds:
                break
        expected = laps[0][1].claims.result()
        wrong = next((reply.error for reply in expected.replies if reply.error), "")
        if wrong:
            return Finish(status="failed", reason=f"the reference does not run: {wrong}")
        handed = self._handing_over(expected.replies)
        if handed.claims.status != "ran":
            return self._failed(handed.claims, "")
        claims = dict.fromkeys(mine.claims for mine, _ in laps)
        return Finish(
            status=laps[-1][0].claims.status,
            reason=laps[-1][0].claims.reason,
            results=tuple(each.result() for each in claims),
            expected=expected,
            seconds=min(mine.seconds for mine, _ in laps),
            reference_seconds=min(theirs.seconds for _, theirs in laps),
            ratios=tuple(theirs.seconds / mine.seconds for mine, theirs in laps if mine.seconds),
            handing_over=handed.seconds,
        )

    def _failed(self, claims: Claims, who: str) -> Finish:
        if claims.reason == NO_TIME:
            return Finish(status="failed", reason=NO_TIME)
        status: Status = "unsupported" if claims.status == "unsupported" else "failed"
        first = next((line for line in claims.replies if "error" in line[:9]), "")
        return Finish(status=status, reason=f"{who}{claims.reason or first}")

    def _asked(self, calls: Sequence[str]) -> list[Any]:
        if not self.race.inputs:
            return list(calls)
        return [
            [call, json.loads(given)] for call, given in zip(calls, self.race.inputs, strict=True)
        ]

    def _handing_over(self, replies: Sequence[Reply]) -> _Lap:
        """What it takes to read the arguments, and to hand over what is returned: no less."""
        race = self.race
        asked: list[Any]
        if race.inputs:
            asked = [["lambda *_: None", json.loads(given)] for given in race.inputs]
        else:  # the expressions are compiled, whether there is what they call or not
            asked = [f"None if True else {call}" for call in race.reference_calls]
        given_back = [["lambda value: value", encode([reply.value])] for reply in replies]
        return self._lap(Job(program="", calls=()), [*asked, *given_back])

    def _lap(self, job: Job, asked: Sequence[Any]) -> _Lap:
        left = self.end - time.monotonic()
        if left <= 0:
            return _Lap(Claims("failed", NO_TIME), 0.0)
        limit = Limit(min(self.seconds, left), min(ROW * self.seconds, left))
        claims, seconds = self.jails.run_timed(job, limit, asked=asked, modules=self.race.modules)
        if claims.status == "stopped" and time.monotonic() >= self.end:
            return _Lap(Claims("failed", NO_TIME), seconds)
        return _Lap(claims, seconds)
