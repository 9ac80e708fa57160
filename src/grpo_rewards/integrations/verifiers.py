"""verifiers, and with it prime-rl: functions for 0.4 (written for 0.4.0), a rubric for 0.1.14."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from grpo_rewards.errors import OptionError
from grpo_rewards.guesses import explained
from grpo_rewards.integrations.adapting import (
    field_of,
    flat_numbers,
    judge_sample,
    number_keys,
    row_of,
    the_reward,
)
from grpo_rewards.requirements import require_number

__all__ = ["reward_rubric", "task_reward"]


@explained
def task_reward(
    reward: Any, *, name: str | None = None, gold: str | None = None, none: float = 0.0
) -> Callable[[Any, Any], Awaitable[float]]:
    """An async function for ``@vf.reward`` or for ``task.rewards.NAME.fn`` of verifiers 0.4.

    Args:
        reward: A reward, or where to import one, as in ``"my_rewards:total"``.
        name: Its name among the trace's rewards; by default the reward's.
        gold: The field of the task's data with the gold, where the reward looks for another name.
        none: The score where there is no opinion: a trace's reward is a number.

    Returns:
        A function of a task's data and a trace. The last reply is judged, the data's fields are
        the columns, its prompt is the prompt; what was found stands in ``trace.info``, under the
        name.

    Raises:
        OptionError: The reward cannot be imported, or moves with training (there is no step).
    """
    require_number("none", none)
    made = the_reward(reward, framework="verifiers")
    called = name or made.name

    async def judged(task: Any, trace: Any) -> float:
        data = task.model_dump() if hasattr(task, "model_dump") else dict(vars(task))
        named = {} if gold is None else {"gold": field_of(data, gold, option="gold")}
        scored = await asyncio.to_thread(
            judge_sample, made, trace.last_reply, row=data, prompt=data.get("prompt"), **named
        )
        numbers = flat_numbers(made, scored, none=none)
        trace.info[called] = {**scored, **numbers}
        return numbers["score"]

    judged.__name__ = judged.__qualname__ = called
    return judged


@explained
def reward_rubric(reward: Any, *, none: float = 0.0) -> Any:
    """A ``Rubric`` for verifiers 0.1, with the reward's parts as metrics of weight 0.

    Args:
        reward: As in `task_reward`.
        none: As in `task_reward`.

    Raises:
        OptionError: This verifiers has no ``Rubric`` (0.4 has none), or as in `task_reward`.
    """
    require_number("none", none)
    made = the_reward(reward, framework="verifiers")
    try:
        from verifiers import Rubric  # noqa: PLC0415
    except ImportError as error:
        raise OptionError(
            "this verifiers has no Rubric, as versions before 0.2 have: write task_reward(...)"
        ) from error

    async def numbers_of(completion: Any, answer: Any, state: Any, others: Any) -> dict[str, float]:
        done: dict[str, dict[str, float]] = state.setdefault("grpo_rewards", {})
        if made.name not in done:
            row = {**row_of(others.get("info"), name="info"), **_columns(others)}
            scored = await asyncio.to_thread(
                judge_sample, made, completion, row=row, gold=answer, prompt=others.get("prompt")
            )
            done[made.name] = {**scored, **flat_numbers(made, scored, none=none)}
        return done[made.name]

    def part(key: str, shown: str) -> Callable[..., Awaitable[float]]:
        async def judged(completion: Any, answer: Any, state: Any, **others: Any) -> float:
            return (await numbers_of(completion, answer, state, others))[key]

        judged.__name__ = judged.__qualname__ = shown
        return judged

    keys = [key for key in number_keys(made) if key != "score"]
    rubric = Rubric(funcs=[part("score", made.name)], weights=[1.0])
    for key in keys:
        rubric.add_metric(part(key, f"{made.name}/{key}"))
    return rubric


def _columns(others: Mapping[str, Any]) -> dict[str, Any]:
    """What a rubric passes that comes from the data set's row."""
    beside = {"info", "parser", "prompt", "task", "resources"}
    return {name: value for name, value in others.items() if name not in beside}
