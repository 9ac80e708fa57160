"""Rewards that count in some rows only: where another one is earned, or settles nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias, get_args

from grpo_rewards.core.base import NOT_ASKED, Batch, Outcome, Reward
from grpo_rewards.core.composing import OfOne, asked_about, unique_names, within
from grpo_rewards.core.rounds import Rounds, asked
from grpo_rewards.errors import OptionError, in_short
from grpo_rewards.requirements import require_number

__all__ = ["Gated", "On", "Otherwise"]

On: TypeAlias = Literal["open", "wrong"]
"""Which rows `Otherwise` leaves to its other reward."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Gated(OfOne):
    """A reward where another one's score is above a bound, and a constant elsewhere."""

    gate: Reward
    above: float = 0.0
    closed: float = 0.0

    def __post_init__(self) -> None:
        require_number("above", self.above)
        require_number("otherwise", self.closed)
        super().__post_init__()

    @property
    def parts(self) -> tuple[Reward, ...]:
        return (self.part, self.gate)

    @property
    def says_verdicts(self) -> bool:
        return False  # who judges what it calls wrong would pay where the gate is closed

    @property
    def bounds(self) -> tuple[float, float]:
        low, high = self.part.bounds
        return min(low, self.closed), max(high, self.closed)

    def in_rounds(self, batch: Batch) -> Rounds[list[Outcome]]:
        names = unique_names(self.parts)
        if self.part.costs:
            gates = yield from asked(batch, self.gate)
            passed = [place for place, gate in enumerate(gates) if self._is_passed(gate)]
            parts = yield from asked_about(batch, self.part, passed)
        elif self.gate.costs:
            parts = yield from asked(batch, self.part)
            mattering = [
                place
                for place, part in enumerate(parts)
                if part.score is not None and part.score != self.closed
            ]
            gates = yield from asked_about(batch, self.gate, mattering)
        else:
            parts = yield from asked(batch, self.part)
            gates = yield from asked(batch, self.gate)
        return [
            self._let_through(*row, dict(zip(names, row, strict=True)))
            for row in zip(parts, gates, strict=True)
        ]

    def _is_passed(self, gate: Outcome) -> bool:
        return gate.score is not None and gate.score > self.above

    def _let_through(self, part: Outcome, gate: Outcome, parts: Mapping[str, Outcome]) -> Outcome:
        for outcome in (part, gate):
            if outcome.score is None and outcome is not NOT_ASKED:
                return Outcome(None, outcome.reason, part.details, parts)
        if gate is NOT_ASKED or self._is_passed(gate):
            return Outcome(part.score, part.reason, part.details, parts)
        reason = f"no credit without {self.gate.name}: {gate.reason}"
        return Outcome(float(self.closed), reason, part.details, parts)

    def _expression(self, shown: Callable[[Reward], str]) -> str:
        options = [shown(self.gate)]
        options += [
            f"{option}={value!r}"
            for option, value in (("above", self.above), ("otherwise", self.closed))
            if value
        ]
        return f"{within(self.part, shown)}.when({', '.join(options)})"


@dataclass(frozen=True, kw_only=True, repr=False)
class Otherwise(OfOne):
    """A reward where it settles a row, and another one elsewhere, which is asked about no more."""

    other: Reward
    on: On = "open"

    needs_one_format: ClassVar[bool] = False  # each reads its own

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.on not in get_args(On):
            raise OptionError(f"on={in_short(self.on)}: write 'open' or 'wrong'")
        if self.on == "wrong" and not self.part.says_verdicts:
            raise OptionError(
                f"on='wrong': {self.part.name:.200} does not say which answers are wrong; write "
                "it of a reward that checks an answer, as in "
                "check_answer.otherwise(judge, on='wrong'), and add, or gate, the whole of that"
            )

    @property
    def parts(self) -> tuple[Reward, ...]:
        return (self.part, self.other)

    @property
    def says_verdicts(self) -> bool:
        return self.part.says_verdicts or self.other.says_verdicts

    @property
    def bounds(self) -> tuple[float, float]:
        bounds = (self.part.bounds, self.other.bounds)
        return min(low for low, _ in bounds), max(high for _, high in bounds)

    def in_rounds(self, batch: Batch) -> Rounds[list[Outcome]]:
        names = unique_names(self.parts)
        first = yield from asked(batch, self.part)
        left = [place for place, outcome in enumerate(first) if self._is_left(outcome)]
        second = yield from asked_about(batch, self.other, left)
        outcomes = []
        for row in zip(first, second, strict=True):
            said = row[0] if row[1] is NOT_ASKED else row[1]
            parts = dict(zip(names, row, strict=True))
            outcomes.append(Outcome(said.score, said.reason, said.details, parts))
        return outcomes

    def _is_left(self, outcome: Outcome) -> bool:
        """Whether an outcome leaves its row to the other reward."""
        if outcome.score is None:
            return True
        verdict = outcome.details.get("verdict") if self.part.says_verdicts else None
        return verdict == "undecided" or (self.on == "wrong" and verdict == "wrong")

    def _expression(self, shown: Callable[[Reward], str]) -> str:
        on = "" if self.on == "open" else f", on={self.on!r}"
        return f"{within(self.part, shown)}.otherwise({shown(self.other)}{on})"
