"""Rewards that are added up, scaled, clipped or named: what arithmetic on a `Reward` builds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from grpo_rewards.core.base import Batch, Outcome, Reward
from grpo_rewards.core.composing import (
    PRODUCT,
    SIGN,
    SUM,
    Composition,
    OfOne,
    unique_names,
    within,
)
from grpo_rewards.core.rounds import Rounds, asked, together
from grpo_rewards.errors import OptionError
from grpo_rewards.requirements import require_number

__all__ = ["Clipped", "Named", "Scaled", "Sum"]


@dataclass(frozen=True, kw_only=True, repr=False)
class Sum(Composition):
    """The sum of what its parts say; a part without an opinion is left out."""

    terms: tuple[Reward, ...]

    @classmethod
    def of(cls, *terms: Reward) -> Sum:
        """A sum whose terms are no sums themselves."""
        flat: list[Reward] = []
        for term in terms:
            flat += term.terms if isinstance(term, Sum) and term.log else (term,)
        return cls(terms=tuple(flat))

    @property
    def parts(self) -> tuple[Reward, ...]:
        return self.terms

    @property
    def binding(self) -> int:
        return SUM

    @property
    def bounds(self) -> tuple[float, float]:
        # A term without an opinion is left out.
        terms = [term.bounds for term in self.terms]
        return sum(min(low, 0.0) for low, _ in terms), sum(max(high, 0.0) for _, high in terms)

    def in_rounds(self, batch: Batch) -> Rounds[list[Outcome]]:
        names = unique_names(self.terms)
        said = yield from together(*(asked(batch, term) for term in self.terms))
        return [self._added(dict(zip(names, row, strict=True))) for row in zip(*said, strict=True)]

    def _added(self, parts: Mapping[str, Outcome]) -> Outcome:
        scores = [part.score for part in parts.values() if part.score is not None]
        if not scores:
            return Outcome(None, "no part has an opinion", parts=parts)
        return Outcome(float(sum(scores)), f"the sum of {len(scores)} scores", parts=parts)

    def _expression(self, shown: Callable[[Reward], str]) -> str:
        text = within(self.terms[0], shown, SUM)
        for term in self.terms[1:]:
            if isinstance(term, Scaled) and term.is_negated and term.log:
                text += f" - {within(term.part, shown, PRODUCT)}"
            else:
                text += f" + {within(term, shown, PRODUCT)}"
        return text


@dataclass(frozen=True, kw_only=True, repr=False)
class Scaled(OfOne):
    """A reward times a factor, or divided by it."""

    factor: float
    divides: bool = False

    @property
    def is_guard(self) -> bool:  # type: ignore[override]
        """Also where the factor is 0, by which a reward is only looked at."""
        return not self.factor or super().is_guard

    def __post_init__(self) -> None:
        require_number("the divisor" if self.divides else "the factor", self.factor)
        if self.divides and not self.factor:
            raise OptionError("a reward cannot be divided by 0")
        super().__post_init__()

    @property
    def binding(self) -> int:
        return SIGN if self.is_negated else PRODUCT

    @property
    def is_negated(self) -> bool:
        return self.factor == -1 and not self.divides

    def _moved(self, score: float) -> float:
        if not self.factor:
            return 0.0  # and not infinity times 0
        return score / self.factor if self.divides else score * self.factor

    def _changed(self, outcome: Outcome, score: float) -> Outcome:
        if self.divides:
            return self._made(outcome, score / self.factor, f"{score:.4g} / {self.factor:.4g}")
        return self._made(outcome, score * self.factor, f"{self.factor:.4g} * {score:.4g}")

    def _expression(self, shown: Callable[[Reward], str]) -> str:
        if self.is_negated:
            return f"-{within(self.part, shown, SIGN)}"
        part = within(self.part, shown, SIGN)
        factor = repr(self.factor)
        return f"{part} / {factor}" if self.divides else f"{factor} * {part}"


@dataclass(frozen=True, kw_only=True, repr=False)
class Clipped(OfOne):
    """A reward that is never below a bound, nor above another."""

    low: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        for option, bound in (("low", self.low), ("high", self.high)):
            if bound is not None:
                require_number(option, bound)
        if self.low is None and self.high is None:
            raise OptionError("clip() has no bound: write low=..., high=..., or both")
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise OptionError(
                f"low={self.low!r} is not below high={self.high!r}: every score would be the same"
            )
        super().__post_init__()

    def _moved(self, score: float) -> float:
        clipped = score
        if self.low is not None:
            clipped = max(clipped, self.low)
        if self.high is not None:
            clipped = min(clipped, self.high)
        return clipped

    def _changed(self, outcome: Outcome, score: float) -> Outcome:
        clipped = self._moved(score)
        reason = outcome.reason if clipped == score else f"clipped: {outcome.reason}"
        return self._made(outcome, clipped, reason)

    def _expression(self, shown: Callable[[Reward], str]) -> str:
        options = [
            f"{option}={bound!r}"
            for option, bound in (("low", self.low), ("high", self.high))
            if bound is not None
        ]
        return f"{within(self.part, shown)}.clip({', '.join(options)})"


@dataclass(frozen=True, kw_only=True, repr=False)
class Named(OfOne):
    """A reward under another name."""

    name: str = "reward"

    def __post_init__(self) -> None:
        given = self.name
        super().__post_init__()
        object.__setattr__(self, "name", given)
        Reward.__post_init__(self)

    def in_rounds(self, batch: Batch) -> Rounds[list[Outcome]]:
        return (yield from asked(batch, self.part))

    def _expression(self, shown: Callable[[Reward], str]) -> str:
        return f"{within(self.part, shown)}.named({self.name!r})"
