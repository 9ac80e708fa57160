"""What a reward is: the call that trainers make, the explanation, the operators.

What the operators and methods build is in the modules beside it, each a `Composition` of parts
(`grpo_rewards.core.composing`).
"""

from __future__ import annotations

import functools
import inspect
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, Literal, NoReturn, TypeVar, cast

from grpo_rewards.core.batch import Batch, Outcome
from grpo_rewards.core.columns import as_list
from grpo_rewards.core.logs import write_logs
from grpo_rewards.core.rounds import Rounds
from grpo_rewards.core.watching import watch
from grpo_rewards.errors import CompletionError, OptionError, in_short
from grpo_rewards.guesses import STYLES, Guided, explained, near_name
from grpo_rewards.headroom import with_headroom
from grpo_rewards.requirements import require_truth
from grpo_rewards.responses.completions import Completion
from grpo_rewards.responses.layouts import PRESETS, ResponseFormat

__all__ = ["Batch", "Outcome", "Reward"]

OF_THE_TRAINER = frozenset({"trainer_state", "log_extra", "log_metric", "environments"})
"""What newer trainers give beside the columns."""
NOT_ASKED = Outcome(None, "it was not asked about this row")
"""What stands for a part of a composition beside a completion that it did not judge."""

Method = TypeVar("Method", bound=Callable[..., Any])


def _columns_by_name(method: Method) -> Method:
    """Let a method answer a column that is given by its place."""

    @functools.wraps(method)
    def called(self: Reward, *given: Any, **named: Any) -> Any:
        if len(given) > 1:
            call = self.name if self.name.isidentifier() else "reward"
            example = "completions, answer=[...]"
            if method.__name__ == "explain":
                call, example = f"{call}.explain", "completion, answer=..."
            raise CompletionError(
                f"{in_short(given[1], 60)} was given by its place, and a column is given by its "
                "name: "
                f"write {call}({example})"
            )
        return method(self, *given, **named)

    return cast("Method", called)


@dataclass(frozen=True, kw_only=True, repr=False)
class Reward(metaclass=Guided):
    """A callable that maps a batch of completions to a list of scores, one each.

    Frozen, picklable, and safe to call from any thread. Pass it to a trainer's ``reward_funcs``,
    or call it as a trainer does: with keywords, each dataset column a list.

    Rewards combine: ``a + b``, ``a - b``, ``2 * a``, ``a / 3``, ``-a``, and the methods below. A
    part without an opinion adds nothing to a sum; where no part has one, nor has the sum.

    Args:
        name: The reward's ``__name__``, under which trainers log it. Give two rewards in one
            trainer two names: equal ones are merged without a word.
        log: Whether to log to trainers that offer it (``log_extra``, ``log_metric``), under the
            reward's name, what `logged_columns` and `logged_rates` say of it and of its parts.

    Raises:
        OptionError: The name is blank, or ``log`` is not a truth value.

    Example:
        >>> from grpo_rewards import check_answer, exact_format
        >>> total = 0.5 * exact_format + check_answer.when(exact_format)
        >>> total.__name__
        '0.5 * exact_format + check_answer.when(exact_format)'
        >>> total(["6 * 7<end_working_out><SOLUTION>42</SOLUTION>", "42"], answer=["42", "42"])
        [6.5, 0.0]
    """

    name: str = "reward"
    log: bool = True

    is_guard: ClassVar[bool] = False
    """Whether it says the same of most completions, and should: a penalty for what is rare."""

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name.strip():
            raise OptionError(f"name={in_short(self.name)}: write a name that is not blank")
        require_truth("log", self.log)

    @property
    def __name__(self) -> str:
        return self.name

    @property
    def parts(self) -> tuple[Reward, ...]:
        """The rewards that this one is composed of; none for one that judges by itself."""
        return ()

    @property
    def costs(self) -> bool:
        """Whether asking it costs: a model, a service, a program to run. It is asked last then."""
        return any(part.costs for part in self.parts)

    @property
    def waits(self) -> bool:
        """Whether it is asked by `ask`, beside others, because it waits for somebody else."""
        return False

    @property
    def bounds(self) -> tuple[float, float]:
        """The lowest and the highest score that it can give, as far as that is known."""
        return -math.inf, math.inf

    @property
    def says_verdicts(self) -> bool:
        """Whether its outcomes may say, in ``details["verdict"]``, which answers are wrong."""
        return False

    def judge(self, batch: Batch) -> list[Outcome]:
        """The outcomes of a batch, one a completion."""
        raise NotImplementedError(f"{type(self).__name__} has no judge()")

    async def ask(self, batch: Batch) -> list[Outcome]:
        """As `judge`, of a reward that waits for somebody else meanwhile."""
        return self.judge(batch)

    def in_rounds(self, batch: Batch) -> Rounds[list[Outcome]]:
        """As `judge`, in steps between which others are asked (`grpo_rewards.core.rounds`)."""
        yield from ()
        return with_headroom(self.judge)(batch)

    @_columns_by_name
    def __call__(
        self,
        completions: Sequence[Completion],
        *,
        prompts: Sequence[Any] | None = None,
        completion_ids: Sequence[Sequence[int]] | None = None,
        **columns: Any,
    ) -> list[float | None]:
        """The scores of a batch, one a completion; ``None`` where the reward has no opinion.

        Args:
            completions: What a trainer hands over, one a row: strings or lists of chat messages.
            prompts: The prompts, one a completion.
            completion_ids: The token ids, one list a completion.
            **columns: Dataset columns, one value a completion, and what newer trainers add
                (``trainer_state``, ``log_extra``, ``log_metric``, ``environments``).

        Raises:
            CompletionError: ``completions`` is no list of completions.
            ColumnError: A column that the reward needs is missing or misshapen.
            OptionError: An option of the constructor was given to the call.
        """
        self._refuse_options(columns)
        batch = Batch(completions, prompts=prompts, completion_ids=completion_ids, **columns)
        outcomes = batch.outcomes(self)
        if len(batch):
            watch(self, batch)
        if self.log and (batch.log_extra or batch.log_metric) and len(batch):
            write_logs(self, batch)
        return [outcome.score for outcome in outcomes]

    @_columns_by_name
    def explain(self, completion: Completion, *, trainer_state: Any = None, **row: Any) -> Outcome:
        """The outcome of one completion, and why; ``print`` shows it as a table.

        Args:
            completion: A string or a list of chat messages.
            trainer_state: The trainer's state, for rewards whose weight moves with it.
            **row: The row's columns, one value each, as in ``answer="42"``. A prompt is
                ``prompts=...``, token ids are ``completion_ids=...``.
        """
        columns: dict[str, Any] = {name: [value] for name, value in row.items()}
        for name, value in row.items():
            if isinstance(value, ResponseFormat):
                self._refuse_option(name, value)
        return Batch([completion], trainer_state=trainer_state, **columns).outcomes(self)[0]

    def observed(self, batch: Batch, outcomes: Sequence[Outcome]) -> None:
        """What the reward does about a batch that it judged in a call of a trainer.

        Called once a batch, on the reward that was called and on every part that judged; the
        place for what a user has to be told (`grpo_rewards.notices.say_once`).
        """

    def _refuse_options(self, columns: Mapping[str, Any]) -> None:
        """Raise where an option of the constructor was given to the call as if it were a column.

        A dataset may well have a column of an option's name, and a column is a list.
        """
        for name, value in columns.items():
            if (
                not isinstance(value, list)
                and name not in OF_THE_TRAINER
                and (
                    isinstance(value, ResponseFormat)
                    or (value is not None and name in _options_of(self) and as_list(value) is None)
                )
            ):
                self._refuse_option(name, value)

    def _refuse_option(self, name: str, value: Any) -> NoReturn:
        kind = next((each for each in _all_parts(self) if name in _options_of(each)), self)
        constructor = f"{type(kind).__name__}({name}=...)"
        hint = ""
        if name == "gold":
            hint = "; it names the column of golds, which are given as answer=[...]"
        raise OptionError(
            f"{name} is an option: {constructor}; {name}={in_short(value, 60)} was given to the "
            "call, "
            f"which takes columns, each a list with one value a completion{hint}"
        )

    # Logging ---------------------------------------------------------------------------------

    def logged_columns(self, outcomes: Sequence[Outcome]) -> dict[str, list[Any]]:
        """What a trainer's ``log_extra`` gets beside each completion, by column.

        The columns are the same on every call, whatever the outcomes.
        """
        del outcomes
        return {}

    def logged_rates(self, outcomes: Sequence[Outcome]) -> dict[str, float]:
        """What a trainer's ``log_metric`` gets of a batch that is not empty, by name.

        The names are the same on every call, whatever the outcomes.
        """
        del outcomes
        return {}

    # Composition -----------------------------------------------------------------------------

    def __add__(self, other: Reward) -> Reward:
        from grpo_rewards.core.operators import Sum

        return Sum.of(self, other) if isinstance(other, Reward) else _no_operand("+", other)

    def __radd__(self, other: int) -> Reward:
        if isinstance(other, int) and other == 0:  # as sum() starts
            return self
        return _no_operand("+", other)

    def __sub__(self, other: Reward) -> Reward:
        from grpo_rewards.core.operators import Sum

        return Sum.of(self, -other) if isinstance(other, Reward) else _no_operand("-", other)

    def __rsub__(self, other: object) -> Reward:
        return _no_operand("-", other)

    def __neg__(self) -> Reward:
        from grpo_rewards.core.operators import Scaled

        return Scaled(part=self, factor=-1)

    def __mul__(self, factor: float) -> Reward:
        from grpo_rewards.core.operators import Scaled

        if isinstance(factor, Reward) or callable(factor):
            return _no_operand("*", factor)
        return Scaled(part=self, factor=factor)

    __rmul__ = __mul__

    def __truediv__(self, divisor: float) -> Reward:
        from grpo_rewards.core.operators import Scaled

        if isinstance(divisor, Reward) or callable(divisor):
            return _no_operand("/", divisor)
        return Scaled(part=self, factor=divisor, divides=True)

    @explained
    def when(self, gate: Reward, *, above: float = 0.0, otherwise: float = 0.0) -> Reward:
        """This reward where the gate's score is above a bound, else a constant.

        Whichever of the two costs (`costs`) is asked last, and only about the rows that the other
        one leaves open: this reward where the gate is passed, the gate where it matters.

        Args:
            gate: The reward that has to be earned first.
            above: What the gate's score has to exceed.
            otherwise: The score where it does not. Where this reward or the gate was asked and
                has no opinion, the result has none.

        Example:
            >>> from grpo_rewards import check_answer, exact_format
            >>> gated = check_answer.when(exact_format, otherwise=-4.5)
            >>> gated(["6 * 7<end_working_out><SOLUTION>42</SOLUTION>", "42"], answer=["42"] * 2)
            [5.0, -4.5]
        """
        from grpo_rewards.core.conditions import Gated

        return Gated(part=self, gate=gate, above=above, closed=otherwise)

    @explained
    def otherwise(self, other: Reward, *, on: Literal["open", "wrong"] = "open") -> Reward:
        """This reward where it settles a row, and another one, asked about no other row, elsewhere.

        Args:
            other: The reward that judges the rows that this one leaves to it: a judge model, say.
            on: Which rows those are. ``"open"``: where this reward has no opinion, or says that
                a comparison was left undecided. ``"wrong"``: those, and where it calls an answer
                that is there wrong; then the other one's word stands for it. Where that one has
                no opinion, neither has the result; ``a.otherwise(b, on="wrong").otherwise(a)``
                falls back on this reward there.

        Raises:
            OptionError: ``on`` is something else, or ``"wrong"`` and this reward cannot say which
                answers are wrong (a sum cannot).

        Example:
            >>> from grpo_rewards import check_answer, reward
            >>> @reward(costs=True, bounds=(-2.5, 5.0))
            ... def in_words(response, answer):
            ...     return (
            ...         5.0 if {"42": "two score and two"}.get(answer) == response.answer else -2.5
            ...     )
            >>> forgiving = check_answer.otherwise(in_words, on="wrong")
            >>> right, odd, wrong = (
            ...     f"6 * 7<end_working_out><SOLUTION>{answer}</SOLUTION>"
            ...     for answer in ("42", "two score and two", "43")
            ... )
            >>> check_answer([right, odd, wrong], answer=["42"] * 3)
            [5.0, -2.5, -2.5]
            >>> forgiving([right, odd, wrong], answer=["42"] * 3)
            [5.0, 5.0, -2.5]
        """
        from grpo_rewards.core.conditions import Otherwise

        return Otherwise(part=self, other=other, on=on)

    @explained
    def clip(self, low: float | None = None, high: float | None = None) -> Reward:
        """This reward, no lower than ``low`` and no higher than ``high``; ``None`` is no bound.

        Example:
            >>> from grpo_rewards import check_answer
            >>> check_answer.clip(0, 1)(["<end_working_out><SOLUTION>4</SOLUTION>"], answer=["4"])
            [0.0]
        """
        from grpo_rewards.core.operators import Clipped

        return Clipped(part=self, low=low, high=high)

    def named(self, name: str) -> Reward:
        """This reward under another ``__name__``.

        Example:
            >>> from grpo_rewards import check_answer, exact_format
            >>> (exact_format + check_answer).named("total").__name__
            'total'
        """
        from grpo_rewards.core.operators import Named

        return Named(part=self, name=name)

    @explained
    def scheduled(
        self,
        start: float,
        end: float,
        *,
        steps: int | None = None,
        fraction: float | None = None,
        without_state: float | None = None,
    ) -> Reward:
        """This reward times a weight that moves with training, in a line from start to end.

        Args:
            start: The weight at step 0.
            end: The weight after the last step of the schedule, and ever after.
            steps: How many optimizer steps the schedule takes; or
            fraction: which share of the training run it takes, in (0, 1].
            without_state: The weight where a trainer passes no ``trainer_state`` (TRL before
                0.20, its asynchronous trainer, a call of your own). Without it such a call
                raises a `ColumnError`.

        Raises:
            OptionError: Both or none of ``steps`` and ``fraction`` are given, or one cannot be.

        Example:
            >>> from types import SimpleNamespace
            >>> from grpo_rewards import exact_format
            >>> fading = exact_format.scheduled(1.0, 0.0, steps=100)
            >>> state = SimpleNamespace(global_step=25, max_steps=400)
            >>> fading(["6 * 7<end_working_out><SOLUTION>42</SOLUTION>"], trainer_state=state)
            [2.25]
        """
        from grpo_rewards.core.schedules import Scheduled

        return Scheduled(
            part=self,
            start=start,
            end=end,
            steps=steps,
            fraction=fraction,
            without_state=without_state,
        )

    @explained
    def printed(self, *, every: int) -> Reward:
        """This reward, which also prints one group of completions every so many steps.

        See `grpo_rewards.core.samples.Printed`.
        """
        from grpo_rewards.core.samples import Printed

        return Printed(part=self, every=every)

    def unlogged(self) -> Reward:
        """This reward with its logging off."""
        return replace(self, log=False)

    def __repr__(self) -> str:
        if getattr(sys.modules[type(self).__module__], self.name, None) == self:
            return self.name  # a ready-made one
        options = [
            f"{option.name}={_shown(getattr(self, option.name))}"
            for option in fields(self)
            if option.init and getattr(self, option.name) != option.default
        ]
        return f"{type(self).__name__}({', '.join(options)})"


def _shown(value: Any) -> str:
    """An option's value as it is written: a function by its name."""
    return str(value.__qualname__) if inspect.isfunction(value) else repr(value)


def _no_operand(operator: str, other: object) -> NoReturn:
    """Raise, of an operand that an operator of rewards cannot take, what to write instead."""
    named = getattr(other, "__name__", type(other).__name__)
    remedy = "a constant changes no advantage, so leave it out; to scale a reward, multiply it"
    if isinstance(other, Reward):
        remedy = "rewards add up; to pay one only where another is earned, write a.when(b)"
    elif isinstance(other, type) and issubclass(other, Reward):
        remedy = f"it is a class, so make a reward of it: {named}(...)"
    elif isinstance(other, list | tuple):
        remedy = "add up its rewards: sum(rewards)"
    elif callable(other):
        remedy = (
            f"a function becomes a reward with as_reward({named}), or with @reward where it "
            "judges one completion"
        )
    raise OptionError(
        f"unsupported operand for {operator}: {in_short(other, 60)} is no reward; {remedy}"
    )


def _options_of(reward: Reward) -> frozenset[str]:
    return _options_of_kind(type(reward)).union(*(_options_of(part) for part in reward.parts))


@functools.lru_cache(maxsize=256)
def _options_of_kind(kind: type[Reward]) -> frozenset[str]:
    return frozenset(option.name for option in fields(kind) if option.init)


def _all_parts(reward: Reward) -> list[Reward]:
    """A reward and its parts, the parts first."""
    return [*(each for part in reward.parts for each in _all_parts(part)), reward]


def require_format(format: ResponseFormat) -> None:
    """Raise unless an option is a layout."""
    if not isinstance(format, ResponseFormat):
        meant = ""
        if isinstance(format, str) and format in PRESETS:
            meant = f"write the format, not its name: from grpo_rewards import {format}; or "
        elif isinstance(format, str) and (said := near_name(format, [*PRESETS], STYLES)):
            meant = f"{said} without quotes; or "
        raise OptionError(
            f"format={format!r}: {meant}write a ResponseFormat, such as THINK_ANSWER or "
            "ResponseFormat(reasoning=('<think>', '</think>'), answer='boxed')"
        )
