"""Rewards that are made of rewards: what the operators and methods of `Reward` build.

Each part is judged once a batch, however often it occurs, and one that costs only about the rows
that the others leave open. "No opinion" stays "no opinion": a sum leaves such a part out, and
everything else passes it on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, TypeAlias, get_args

from grpo_rewards.core.base import NOT_ASKED, Batch, Outcome, Reward, require_number
from grpo_rewards.core.rounds import Rounds, asked, settle, together
from grpo_rewards.core.watching import contradicting, formats_of
from grpo_rewards.errors import ColumnError, OptionError, in_short
from grpo_rewards.notices import say_once

__all__ = [
    "AllOf",
    "AnyOf",
    "Clipped",
    "Composition",
    "Gated",
    "Named",
    "Otherwise",
    "Scaled",
    "Scheduled",
    "Sum",
    "all_of",
    "any_of",
]

On: TypeAlias = Literal["open", "wrong"]
"""Which rows `Otherwise` leaves to its other reward."""

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
        names = _unique_names(self.terms)
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
        names = _unique_names(self.parts)
        if self.part.costs:
            gates = yield from asked(batch, self.gate)
            passed = [place for place, gate in enumerate(gates) if self._is_passed(gate)]
            parts = yield from _asked_about(batch, self.part, passed)
        elif self.gate.costs:
            parts = yield from asked(batch, self.part)
            mattering = [
                place
                for place, part in enumerate(parts)
                if part.score is not None and part.score != self.closed
            ]
            gates = yield from _asked_about(batch, self.gate, mattering)
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


@dataclass(frozen=True, kw_only=True, repr=False)
class Scheduled(OfOne):
    """A reward times a weight that moves with the steps of training."""

    start: float
    end: float
    steps: int | None = None
    fraction: float | None = None
    without_state: float | None = None

    def __post_init__(self) -> None:
        require_number("start", self.start)
        require_number("end", self.end)
        if self.without_state is not None:
            require_number("without_state", self.without_state)
        if (self.steps is None) == (self.fraction is None):
            raise OptionError(
                f"steps={self.steps!r}, fraction={self.fraction!r}: write one of the two, as in "
                "scheduled(1.0, 0.0, steps=200) or scheduled(1.0, 0.0, fraction=0.5)"
            )
        if self.steps is not None and (
            not isinstance(self.steps, int) or isinstance(self.steps, bool) or self.steps < 1
        ):
            raise OptionError(f"steps={self.steps!r}: write a whole number of steps, at least 1")
        if self.fraction is not None:
            require_number("fraction", self.fraction)
            if not 0 < self.fraction <= 1:
                raise OptionError(f"fraction={self.fraction!r}: write a share of the run in (0, 1]")
        super().__post_init__()

    @property
    def bounds(self) -> tuple[float, float]:
        weights = [
            weight for weight in (self.start, self.end, self.without_state) if weight is not None
        ]
        scores = [
            weight * score if weight else 0.0 for weight in weights for score in self.part.bounds
        ]
        return min(scores), max(scores)

    def in_rounds(self, batch: Batch) -> Rounds[list[Outcome]]:
        weight, why = self._weight(batch)
        outcomes = yield from asked(batch, self.part)
        return [
            outcome
            if outcome.score is None
            else self._made(
                outcome, weight * outcome.score, f"{weight:.4g} * {outcome.score:.4g}, {why}"
            )
            for outcome in outcomes
        ]

    def _weight(self, batch: Batch) -> tuple[float, str]:
        if batch.trainer_state is None:
            if self.without_state is None:
                raise ColumnError(
                    f"{self.name} moves with training, and this call has no trainer_state: TRL "
                    "passes one since 0.20, except in its asynchronous trainer; write "
                    "without_state=... for the weight to use without one"
                )
            return self.without_state, "without a trainer's state"
        steps = self.steps or self._share_of(batch.trainer_state)
        done = min(max(batch.step / steps, 0.0), 1.0)
        return self.start + (self.end - self.start) * done, f"at step {batch.step}"

    def _share_of(self, state: Any) -> float:
        steps = getattr(state, "max_steps", None)
        if not isinstance(steps, int) or steps < 1:
            raise ColumnError(
                f"{self.name} takes a fraction of the run, and trainer_state.max_steps is "
                f"{steps!r}: write steps=... instead"
            )
        return steps * (self.fraction or 1.0)

    def _expression(self, shown: Callable[[Reward], str]) -> str:
        options = [repr(self.start), repr(self.end)]
        options += [
            f"{option}={value!r}"
            for option, value in (
                ("steps", self.steps),
                ("fraction", self.fraction),
                ("without_state", self.without_state),
            )
            if value is not None
        ]
        return f"{within(self.part, shown)}.scheduled({', '.join(options)})"


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
        names = _unique_names(self.among)
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
                _asked_about(
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


@dataclass(frozen=True, kw_only=True, repr=False)
class Otherwise(OfOne):
    """A reward where it settles a row, and another one elsewhere, which is asked about no more."""

    other: Reward
    on: On = "open"

    needs_one_format: ClassVar[bool] = False  # each reads its own

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.on not in get_args(On):
            raise OptionError(f"on={self.on!r}: write 'open' or 'wrong'")
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
        names = _unique_names(self.parts)
        first = yield from asked(batch, self.part)
        left = [place for place, outcome in enumerate(first) if self._is_left(outcome)]
        second = yield from _asked_about(batch, self.other, left)
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


def _asked_about(batch: Batch, reward: Reward, places: Sequence[int]) -> Rounds[list[Outcome]]:
    """What a reward says of the rows that it is asked about, and `NOT_ASKED` of the others."""
    said = dict(zip(places, (yield from asked(batch, reward, places)), strict=True))
    return [said.get(place, NOT_ASKED) for place in range(len(batch))]


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


def _unique_names(parts: Sequence[Reward]) -> list[str]:
    """The names of parts; one that occurs again gets a number."""
    names: list[str] = []
    for part in parts:
        name, copies = part.name, 2
        while name in names:
            name, copies = f"{part.name} {copies}", copies + 1
        names.append(name)
    return names
