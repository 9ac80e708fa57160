"""The best, or the worst, of what several rewards say: `any_of` and `all_of`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from grpo_rewards.core.base import Batch, Outcome, Reward
from grpo_rewards.core.composing import Composition, asked_about, unique_names
from grpo_rewards.core.rounds import Rounds, asked, together
from grpo_rewards.errors import OptionError

__all__ = ["AllOf", "AnyOf", "all_of", "any_of"]


@dataclass(frozen=True, kw_only=True, repr=False)
class Choosing(Composition):
    """What `any_of` and `all_of` share: the outcome of one part stands for all of them."""

    among: tuple[Reward, ...]

    function: ClassVar[str]
    choose: ClassVar[Callable[..., str]]

    def __post_init__(self) -> None:
        if not self.among:
            raise OptionError(
                f"{self.function}() has no rewards: write some, as in "
                f"{self.function}(check_answer, check_numbers)"
            )
        super().__post_init__()

    @property
    def parts(self) -> tuple[Reward, ...]:
        return self.among

    @property
    def says_verdicts(self) -> bool:
        return any(part.says_verdicts for part in self.among)

    @property
    def bounds(self) -> tuple[float, float]:
        return min(part.bounds[0] for part in self.among), max(
            part.bounds[1] for part in self.among
        )

    def in_rounds(self, batch: Batch) -> Rounds[list[Outcome]]:
        names = unique_names(self.among)
        # A copy of a part has its name, so parts are told apart by their places.
        cheap = [place for place, part in enumerate(self.among) if not part.costs]
        costly = [place for place, part in enumerate(self.among) if part.costs]
        said = yield from together(*(asked(batch, self.among[place]) for place in cheap))
        known = [
            [outcome.score for outcome in row if outcome.score is not None]
            for row in zip(*said, strict=True)
        ] or [[] for _ in range(len(batch))]
        said += yield from together(
            *(
                asked_about(
                    batch,
                    self.among[place],
                    [
                        row
                        for row, scores in enumerate(known)
                        if not self._is_settled(scores, self.among[place].bounds)
                    ],
                )
                for place in costly
            )
        )
        ordered = [outcomes for _, outcomes in sorted(zip(cheap + costly, said, strict=True))]
        return [
            self._chosen(dict(zip(names, row, strict=True))) for row in zip(*ordered, strict=True)
        ]

    def _is_settled(self, scores: Sequence[float], bounds: tuple[float, float]) -> bool:
        """Whether a part with these bounds changes nothing beside these scores."""
        raise NotImplementedError

    def _chosen(self, parts: Mapping[str, Outcome]) -> Outcome:
        scores = {name: part.score for name, part in parts.items() if part.score is not None}
        if not scores:
            return Outcome(None, "no part has an opinion", parts=parts)
        name = type(self).choose(scores, key=scores.__getitem__)
        return Outcome(scores[name], f"{name}: {parts[name].reason}", parts[name].details, parts)

    def _expression(self, shown: Callable[[Reward], str]) -> str:
        return f"{self.function}({', '.join(shown(part) for part in self.among)})"


@dataclass(frozen=True, kw_only=True, repr=False)
class AnyOf(Choosing):
    """The best of its parts."""

    function: ClassVar[str] = "any_of"
    needs_one_format: ClassVar[bool] = False
    choose: ClassVar[Callable[..., str]] = max

    def _is_settled(self, scores: Sequence[float], bounds: tuple[float, float]) -> bool:
        return bool(scores) and max(scores) >= bounds[1]


@dataclass(frozen=True, kw_only=True, repr=False)
class AllOf(Choosing):
    """The worst of its parts."""

    function: ClassVar[str] = "all_of"
    choose: ClassVar[Callable[..., str]] = min

    def _is_settled(self, scores: Sequence[float], bounds: tuple[float, float]) -> bool:
        return bool(scores) and min(scores) <= bounds[0]


def any_of(*rewards: Reward) -> Reward:
    r"""The best score of several rewards; parts without an opinion are left out.

    One that costs is asked only about the rows where the others earned less than it can give
    (`Reward.bounds`).

    Raises:
        OptionError: There is none, or one is no reward.

    Example:
        >>> from grpo_rewards import BOXED, CheckAnswer, check_answer
        >>> either = any_of(check_answer, CheckAnswer(format=BOXED, name="boxed"))
        >>> either([r"It is \boxed{42}."], answer=["42"])
        [5.0]
    """
    return AnyOf(among=rewards)


def all_of(*rewards: Reward) -> Reward:
    """The worst score of several rewards; parts without an opinion are left out.

    One that costs is asked only about the rows where the others earned more than the least that
    it can give (`Reward.bounds`).

    Raises:
        OptionError: There is none, or one is no reward.

    Example:
        >>> from grpo_rewards import check_answer, exact_format
        >>> all_of(exact_format, check_answer)(["42"], answer=["42"])
        [-4.5]
    """
    return AllOf(among=rewards)
