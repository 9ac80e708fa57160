"""What all rewards that are made of rewards share: their parts, and the expression that made them.

Each part is judged once a batch, however often it occurs, and one that costs only about the rows
that the others leave open. "No opinion" stays "no opinion": a sum leaves such a part out, and
everything else passes it on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from grpo_rewards.core.base import NOT_ASKED, Batch, Outcome, Reward
from grpo_rewards.core.rounds import Rounds, asked, settle
from grpo_rewards.core.watching import contradicting, formats_of
from grpo_rewards.errors import OptionError, in_short
from grpo_rewards.notices import say_once

__all__ = [
    "CALL",
    "PRODUCT",
    "SIGN",
    "SUM",
    "Composition",
    "OfOne",
    "asked_about",
    "unique_names",
    "within",
]

# How tightly an expression binds: what is looser than its place gets brackets.
SUM, PRODUCT, SIGN, CALL = range(4)


@dataclass(frozen=True, kw_only=True, repr=False)
class Composition(Reward):
    """What all compositions share: parts, and a name that is the expression that made them."""

    name: str = field(default="", init=False, compare=False)

    needs_one_format: ClassVar[bool] = True
    """Whether parts that read different layouts cannot all be earned by one response."""

    @property
    def is_guard(self) -> bool:  # type: ignore[override]
        """Whether all of its parts are guards."""
        return all(part.is_guard for part in self.parts)

    @property
    def binding(self) -> int:
        """How tightly the expression binds."""
        return CALL

    def __post_init__(self) -> None:
        for part in self.parts:
            if not isinstance(part, Reward):
                raise OptionError(f"{in_short(part)} is no reward; {_becomes_one(part)}")
        object.__setattr__(self, "name", self._expression(lambda part: part.name))
        super().__post_init__()
        if self.needs_one_format:
            self._require_one_format()

    def _require_one_format(self) -> None:
        read = [(part, formats_of(part)) for part in self.parts]
        for place, (part, formats) in enumerate(read):
            for other, others in read[:place]:
                if pair := contradicting(others, formats):
                    say_once(
                        self,
                        "mixed formats",
                        f"in {self.name:.200}, {other.name:.80} reads {pair[0]!r}, and "
                        f"{part.name:.80} reads {pair[1]!r}: a response in the one has no answer "
                        "in the other, so give them the same format=..., or say any_of(...) where "
                        "either will do",
                    )
                    return

    def judge(self, batch: Batch) -> list[Outcome]:
        return settle(self.in_rounds(batch))

    def in_rounds(self, batch: Batch) -> Rounds[list[Outcome]]:
        raise NotImplementedError

    def _expression(self, shown: Callable[[Reward], str]) -> str:
        """The expression that made this, its parts as they are shown."""
        raise NotImplementedError

    def __repr__(self) -> str:
        expression = self._expression(repr)
        if self.log:
            return expression
        return f"({expression}).unlogged()" if self.binding < CALL else f"{expression}.unlogged()"


def _becomes_one(part: Any) -> str:
    """How something that is no reward becomes one."""
    if isinstance(part, list | tuple):
        return "unpack the rewards of a list, as in any_of(*rewards), or add them up: sum(rewards)"
    if isinstance(part, type) and issubclass(part, Reward):
        return f"it is a class, so make a reward of it: {part.__name__}(...)"
    return (
        "a function becomes one with as_reward(...), or with @reward where it judges one completion"
    )


def within(part: Reward, shown: Callable[[Reward], str], place: int = CALL) -> str:
    """A part's expression, in brackets where it binds looser than its place in another."""
    expression = shown(part)
    is_loose = isinstance(part, Composition) and part.binding < place
    return f"({expression})" if is_loose else expression


@dataclass(frozen=True, kw_only=True, repr=False)
class OfOne(Composition):
    """What the compositions of one part share."""

    part: Reward

    @property
    def parts(self) -> tuple[Reward, ...]:
        return (self.part,)

    @property
    def says_verdicts(self) -> bool:
        return self.part.says_verdicts

    @property
    def bounds(self) -> tuple[float, float]:
        low, high = sorted(map(self._moved, self.part.bounds))
        return low, high

    def _moved(self, score: float) -> float:
        """What this composition makes of a score."""
        return score

    def in_rounds(self, batch: Batch) -> Rounds[list[Outcome]]:
        outcomes = yield from asked(batch, self.part)
        return [
            outcome if outcome.score is None else self._changed(outcome, outcome.score)
            for outcome in outcomes
        ]

    def _changed(self, outcome: Outcome, score: float) -> Outcome:
        """The outcome that this composition makes of its part's."""
        raise NotImplementedError

    def _made(self, outcome: Outcome, score: float, reason: str) -> Outcome:
        return Outcome(float(score), reason, outcome.details, {self.part.name: outcome})


def asked_about(batch: Batch, reward: Reward, places: Sequence[int]) -> Rounds[list[Outcome]]:
    """What a reward says of the rows that it is asked about, and `NOT_ASKED` of the others."""
    said = dict(zip(places, (yield from asked(batch, reward, places)), strict=True))
    return [said.get(place, NOT_ASKED) for place in range(len(batch))]


def unique_names(parts: Sequence[Reward]) -> list[str]:
    """The names of parts; one that occurs again gets a number."""
    names: list[str] = []
    for part in parts:
        name, copies = part.name, 2
        while name in names:
            name, copies = f"{part.name} {copies}", copies + 1
        names.append(name)
    return names
