"""Rewards that are functions: what these are called with, and what is made of what they return."""

from __future__ import annotations

import importlib
import inspect
import math
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property, partial, reduce
from typing import Any, Literal, TypeAlias, get_args

from grpo_rewards.core.base import Reward, require_format
from grpo_rewards.core.batch import Batch, Outcome
from grpo_rewards.core.call_limits import UNLIMITED, CallLimits, Unanswered, make_calls, run_calls
from grpo_rewards.errors import ColumnError, OptionError, ScoreError, in_short
from grpo_rewards.notices import say_once
from grpo_rewards.requirements import require_number, require_truth
from grpo_rewards.responses.layouts import WORKING_OUT, ResponseFormat

__all__ = ["BatchFunction", "CompletionFunction", "FunctionReward", "Shape"]

Shape: TypeAlias = Literal["given", "text", "messages"]
"""How the completions of a batch are handed to a function."""
OF_A_BATCH = ("completions", "prompts")
OF_A_COMPLETION = ("response", "text", "completion", "prompt", "environment")
"""The parameters by which functions of the one kind, and of the other, are told."""


@dataclass(frozen=True, kw_only=True, repr=False)
class FunctionReward(Reward):
    """What rewards made from a function share: the function, and how its arguments are found."""

    function: Callable[..., Any] = field(hash=False)
    costly: bool | None = None
    between: tuple[float, float] | None = None
    calls: CallLimits | None = None

    @property
    def costs(self) -> bool:
        return self.waits if self.costly is None else self.costly

    @property
    def waits(self) -> bool:
        called = self.function
        return inspect.iscoroutinefunction(called) or inspect.iscoroutinefunction(
            getattr(called, "__call__", None)  # noqa: B004 (of an object: is it a coroutine function)
        )

    @property
    def says_verdicts(self) -> bool:
        return True  # those that return an outcome may

    @property
    def bounds(self) -> tuple[float, float]:
        return super().bounds if self.between is None else self.between

    def __post_init__(self) -> None:
        super().__post_init__()
        self._require_options()
        if isinstance(self.function, type) and issubclass(self.function, Reward):
            raise OptionError(
                f"{self.function.__name__} is a class of rewards: make one, as in "
                f"{self.function.__name__}(...), which needs no wrapping"
            )
        if isinstance(self.function, list | tuple):
            raise OptionError(
                f"{in_short(self.function)} is no function: wrap each of the list by itself, and "
                "add "
                "them up with sum(rewards)"
            )
        if not callable(self.function):
            raise OptionError(f"{in_short(self.function)} is no function")
        unnamed = [
            parameter.name
            for parameter in self.parameters
            if parameter.kind in (parameter.POSITIONAL_ONLY, parameter.VAR_POSITIONAL)
        ]
        if unnamed:
            raise OptionError(
                f"the function {self.name} takes {unnamed[0]!r} by its place; arguments are "
                "passed by name, so write parameters that have one"
            )
        if not self.parameters:
            raise OptionError(
                f"the function {self.name} takes no arguments, so it cannot judge anything"
            )

    def _require_options(self) -> None:
        if self.costly is not None:
            require_truth("costs", self.costly)
        if self.between is not None:
            if not isinstance(self.between, tuple) or len(self.between) != 2:
                raise OptionError(
                    f"bounds={in_short(self.between)}: write two numbers, as in (0.0, 1.0)"
                )
            for bound in self.between:
                require_number("bounds", bound)
            if not self.between[0] < self.between[1]:
                raise OptionError(f"bounds={in_short(self.between)}: write the lower one first")
        if self.calls is not None:
            if not isinstance(self.calls, CallLimits):
                raise OptionError(f"calls={in_short(self.calls)}: write CallLimits(...)")
            if callable(self.function) and not self.waits:
                raise OptionError(
                    f"calls={self.calls!r}: {self.name} is no coroutine function, so nothing can "
                    "stop or repeat its calls; write async def, or leave calls out"
                )

    @cached_property
    def parameters(self) -> list[inspect.Parameter]:
        """What the function takes."""
        try:
            return list(inspect.signature(self.function).parameters.values())
        except ValueError as error:  # as of some functions written in C
            raise OptionError(f"the function {self.name} does not say what it takes") from error

    def _arguments(
        self, known: Mapping[str, Any], columns: Mapping[str, Any], batch: Batch
    ) -> dict[str, Any]:
        """The arguments of a call, by name: what a trainer brings, then columns."""
        arguments: dict[str, Any] = {}
        for parameter in self.parameters:
            name = parameter.name
            if parameter.kind is parameter.VAR_KEYWORD:
                arguments = {**known, **columns, **arguments}
            elif name in known:
                arguments[name] = known[name]
            elif name in columns:
                arguments[name] = columns[name]
            elif parameter.default is parameter.empty:
                present = ", ".join(repr(column) for column in (*known, *batch.columns))
                raise ColumnError(
                    f"the function {self.name} takes {name!r}, and there is no such column; "
                    f"there are: {present}. Rename the parameter, or give it a default"
                    f"{self._other_kind(name)}"
                )
        return arguments

    def _other_kind(self, name: str) -> str:
        """What else to do about a parameter that belongs to another kind of function."""
        del name
        return ""

    def _score(self, value: Any) -> float | None:
        """A score that a function returned, as a float or ``None``."""
        if value is None:
            return None
        try:
            score = float(value) if not isinstance(value, str | bytes) else math.nan
        except (TypeError, ValueError, OverflowError):
            score = math.nan
        if not math.isfinite(score):
            raise ScoreError(
                f"the function {self.name} returned {in_short(value)} ({type(value).__name__}): a "
                "score is a finite number, or None for no opinion"
            )
        if self.between is not None and not self.between[0] <= score <= self.between[1]:
            raise ScoreError(
                f"the function {self.name} returned {score!r}, which is not within "
                f"bounds={self.between!r}: return what is, or widen the bounds"
            )
        return score

    def _unanswered(self, found: Unanswered) -> Outcome:
        """What there is to say where a call took too long; what it raised is passed on."""
        if found.error is not None:
            raise found.error
        say_once(
            self,
            "late",
            f"{self.name} has no opinion where a call was given up: {found.reason}; see "
            f"{self.calls!r}",
        )
        return Outcome(None, f"{self.name} gave {found.reason}")

    def __reduce__(self) -> tuple[Any, ...]:
        # A decorated function stands under its own name, where pickle finds the reward.
        module, path = self.function.__module__, getattr(self.function, "__qualname__", "")
        if _found(module, path) is self:
            return _imported, (module, path)
        return self.reduced_by_value()

    def reduced_by_value(self) -> tuple[Any, ...]:
        """What a pickler makes of the reward where its module cannot be imported again."""
        options = {option.name: getattr(self, option.name) for option in fields(self)}
        return _rebuilt, (type(self), options)


def _found(module: str, path: str) -> Any:
    try:
        return reduce(getattr, path.split("."), sys.modules[module])
    except (KeyError, AttributeError):
        return None


def _imported(module: str, path: str) -> Any:
    return reduce(getattr, path.split("."), importlib.import_module(module))


def _rebuilt(kind: type[FunctionReward], options: dict[str, Any]) -> FunctionReward:
    return kind(**options)


@dataclass(frozen=True, kw_only=True, repr=False)
class CompletionFunction(FunctionReward):
    """A reward made by `reward` from a function of one completion."""

    format: ResponseFormat = WORKING_OUT

    def __post_init__(self) -> None:
        super().__post_init__()
        require_format(self.format)
        whole = next((each.name for each in self.parameters if each.name in OF_A_BATCH), None)
        if whole is not None:
            raise OptionError(
                f"the function {self.name} takes {whole!r}, so it judges a whole batch, as TRL's "
                f"do: write as_reward({self.name}) in place of @reward; a function under @reward "
                "takes response, text, completion or prompt, of one completion"
            )

    def judge(self, batch: Batch) -> list[Outcome]:
        if self.waits:
            return run_calls(self.ask(batch))
        calls = [self.function(**arguments) for arguments in self._all_arguments(batch)]
        return [self._outcome(value) for value in _awaited(calls)]

    async def ask(self, batch: Batch) -> list[Outcome]:
        calls = [partial(self.function, **arguments) for arguments in self._all_arguments(batch)]
        answers = await make_calls(calls, self.calls or UNLIMITED)
        return [
            self._unanswered(answer) if isinstance(answer, Unanswered) else self._outcome(answer)
            for answer in answers
        ]

    def _all_arguments(self, batch: Batch) -> list[dict[str, Any]]:
        """The arguments of each row's call."""
        takes_all = any(each.kind is each.VAR_KEYWORD for each in self.parameters)
        taken = {each.name for each in self.parameters}
        columns = {name: batch.column(name) for name in batch.columns if takes_all or name in taken}
        rows: list[Mapping[str, Any]] = [
            {name: values[row] for name, values in columns.items()} for row in range(len(batch))
        ]
        return [
            self._arguments(known, row, batch)
            for known, row in zip(self._known(batch), rows, strict=True)
        ]

    def _known(self, batch: Batch) -> list[dict[str, Any]]:
        responses = batch.responses(self.format)
        beside = {
            "prompt": batch.prompts,
            "completion_ids": batch.completion_ids,
            "environment": batch.environments,
        }
        return [
            {
                "response": response,
                "text": text,
                "completion": completion,
                "trainer_state": batch.trainer_state,
                **{name: values[row] for name, values in beside.items() if values is not None},
            }
            for row, (response, text, completion) in enumerate(
                zip(responses, batch.texts, batch.completions, strict=True)
            )
        ]

    def _outcome(self, value: Any) -> Outcome:
        if isinstance(value, Outcome):
            self._score(value.score)
            return value
        score = self._score(value)
        said = "has no opinion" if score is None else f"says {score:.4g}"
        return Outcome(score, f"{self.name} {said}")

    def __repr__(self) -> str:
        if _found(self.function.__module__, self.function.__qualname__) is self:
            return str(self.function.__qualname__)
        return super().__repr__()


@dataclass(frozen=True, kw_only=True, repr=False)
class BatchFunction(FunctionReward):
    """A reward made by `as_reward` from a function of a batch."""

    shape: Shape = "given"

    def _other_kind(self, name: str) -> str:
        if name in OF_A_COMPLETION:
            return (
                f"; a function that takes {name!r} judges one completion: put @reward above it in "
                "place of as_reward"
            )
        return ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.shape not in get_args(Shape):
            raise OptionError(f"shape={in_short(self.shape)}: write 'given', 'text' or 'messages'")

    def judge(self, batch: Batch) -> list[Outcome]:
        if self.waits:
            return run_calls(self.ask(batch))
        (returned,) = _awaited([self.function(**self._of_batch(batch))])
        return self._outcomes(returned, len(batch))

    async def ask(self, batch: Batch) -> list[Outcome]:
        call = partial(self.function, **self._of_batch(batch))
        (returned,) = await make_calls([call], self.calls or UNLIMITED)
        if isinstance(returned, Unanswered):
            return [self._unanswered(returned)] * len(batch)
        return self._outcomes(returned, len(batch))

    def _of_batch(self, batch: Batch) -> dict[str, Any]:
        """The arguments of the call."""
        known = {
            "prompts": batch.prompts,
            "completions": self._completions(batch),
            "completion_ids": batch.completion_ids,
            "trainer_state": batch.trainer_state,
            "log_extra": batch.log_extra if self.log else None,
            "log_metric": batch.log_metric if self.log else None,
            "environments": batch.environments,
        }
        given = {name: value for name, value in known.items() if value is not None}
        return self._arguments(given, batch.columns, batch)

    def _outcomes(self, returned: Any, expected: int) -> list[Outcome]:
        scores = self._scores(returned, expected)
        return [
            Outcome(
                score, f"{self.name} {'has no opinion' if score is None else f'says {score:.4g}'}"
            )
            for score in scores
        ]

    def _completions(self, batch: Batch) -> Sequence[Any]:
        if self.shape == "text":
            return batch.texts
        if self.shape == "messages":
            return [[{"role": "assistant", "content": text}] for text in batch.texts]
        return batch.completions

    def _scores(self, returned: Any, expected: int) -> list[float | None]:
        tolist = getattr(returned, "tolist", None)  # of an array or a tensor
        values = tolist() if callable(tolist) else returned
        if isinstance(values, str | bytes) or not isinstance(values, Sequence):
            raise ScoreError(
                f"the function {self.name} returned {in_short(returned)} "
                f"({type(returned).__name__}): return a list with one score a completion"
            )
        if len(values) != expected:
            raise ScoreError(
                f"the function {self.name} returned {len(values)} scores for {expected} "
                "completions: return one score a completion"
            )
        return [self._score(value) for value in values]


def _awaited(values: list[Any]) -> list[Any]:
    """The values, with what coroutines among them return; several run side by side."""
    if not any(inspect.isawaitable(value) for value in values):
        return values
    import asyncio  # noqa: PLC0415 (a third of the time that importing this package would take)

    async def value_of(value: Awaitable[Any]) -> Any:
        return await value if inspect.isawaitable(value) else value

    async def all_values() -> list[Any]:
        return await asyncio.gather(*(value_of(value) for value in values))

    return run_calls(all_values())
