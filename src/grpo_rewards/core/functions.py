"""Functions as rewards: `reward` for one that judges a completion, `as_reward` for a batch's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, overload

from grpo_rewards.core.base import Reward
from grpo_rewards.core.call_limits import CallLimits
from grpo_rewards.core.wrapped import BatchFunction, CompletionFunction, Shape
from grpo_rewards.guesses import explained
from grpo_rewards.responses.layouts import WORKING_OUT, ResponseFormat

__all__ = ["as_reward", "reward"]


@overload
def reward(function: Callable[..., Any], /) -> Reward: ...
@overload
def reward(
    *,
    format: ResponseFormat = ...,
    name: str | None = ...,
    costs: bool | None = ...,
    bounds: tuple[float, float] | None = ...,
    calls: CallLimits | None = ...,
    log: bool = ...,
) -> Callable[[Callable[..., Any]], Reward]: ...
def reward(
    function: Callable[..., Any] | None = None,
    /,
    *,
    format: ResponseFormat = WORKING_OUT,
    name: str | None = None,
    costs: bool | None = None,
    bounds: tuple[float, float] | None = None,
    calls: CallLimits | None = None,
    log: bool = True,
) -> Reward | Callable[[Callable[..., Any]], Reward]:
    """Turn a function that judges one completion into a reward; a decorator.

    The function gets, by name, what its parameters ask for: ``response`` (the `Response` as the
    format reads it), ``text``, ``completion`` (as the trainer sent it), ``prompt``,
    ``completion_ids``, ``trainer_state``, ``environment``, and the row's value of any column. It
    returns a number, a truth value, ``None`` for "no opinion", or an `Outcome`. It may be a
    coroutine function; those of a batch then run side by side.

    Args:
        function: The function.
        format: The layout that ``response`` is read by.
        name: The reward's ``__name__``; by default the function's.
        costs: Whether asking it costs, so that compositions ask it last and only about the rows
            that their other parts leave open. By default coroutine functions do.
        bounds: The lowest and the highest score that it returns, by which `any_of` and `all_of`
            know where asking it would change nothing.
        calls: How calls of a coroutine function are made: how many at once, how long, how often
            again. By default all at once, as long as they take, and once.
        log: As in `Reward`.

    Raises:
        OptionError: The function takes nothing, or something by its place only.
        ColumnError: On a call: a parameter has no default, and there is no such column.
        ScoreError: On a call: the function returned something else. What the function itself
            raises is passed on.

    Example:
        >>> @reward
        ... def is_short(response, *, limit=400):
        ...     return 1.0 if len(response.text) < limit else 0.0
        >>> is_short(["brief"]), is_short(["brief"], limit=[3])
        ([1.0], [0.0])
        >>> (is_short / 2).__name__
        'is_short / 2'
    """
    if function is None:
        return lambda decorated: CompletionFunction(
            function=decorated,
            name=name or _name_of(decorated),
            format=format,
            costly=costs,
            between=bounds,
            calls=calls,
            log=log,
        )
    return CompletionFunction(function=function, name=_name_of(function))


@explained
def as_reward(
    function: Callable[..., Any],
    /,
    *,
    name: str | None = None,
    shape: Shape = "given",
    costs: bool | None = None,
    bounds: tuple[float, float] | None = None,
    calls: CallLimits | None = None,
    log: bool = True,
) -> Reward:
    """Wrap a function that judges a batch, as TRL takes it, so that it composes and explains.

    The function gets, by name, what its parameters ask for of ``prompts``, ``completions``,
    ``completion_ids``, ``trainer_state``, ``log_extra``, ``log_metric``, ``environments`` and
    the columns, each a list; all of it if it takes ``**kwargs``. It may be a coroutine function.

    Args:
        function: A function or a callable object; one of ``trl.rewards``, for instance.
        name: The reward's ``__name__``; by default the function's.
        shape: How completions are handed over: ``"given"``, as the trainer sent them; ``"text"``;
            or ``"messages"``, one assistant's message each, which TRL's own rewards expect.
        costs: As in `reward`.
        bounds: As in `reward`.
        calls: As in `reward`; a batch is one call.
        log: As in `Reward`; off, the function does not get the trainer's logging functions.

    Raises:
        OptionError: The function takes nothing, or something by its place only, or an option is
            none of its values.
        ColumnError: On a call: a parameter has no default, and there is no such column.
        ScoreError: On a call: the function did not return one score a completion, each a finite
            number or ``None``. What the function itself raises is passed on.

    Example:
        >>> def shorter_is_better(completions, **kwargs):
        ...     return [-len(completion) / 100 for completion in completions]
        >>> brief = as_reward(shorter_is_better).clip(-1, 0)
        >>> brief(["four", "x" * 500])
        [-0.04, -1.0]
    """
    return BatchFunction(
        function=function,
        name=_name_of(function) if name is None else name,
        shape=shape,
        costly=costs,
        between=bounds,
        calls=calls,
        log=log,
    )


def _name_of(function: Callable[..., Any]) -> str:
    # A partial has no name, and what it calls may be a partial again.
    inner = getattr(function, "func", None)
    own = getattr(function, "__name__", None)
    return str(own or (_name_of(inner) if callable(inner) else type(function).__name__))
