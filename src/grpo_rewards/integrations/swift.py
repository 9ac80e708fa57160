"""ms-swift: reward classes for ``--external_plugins``; written for ms-swift 4.6.0.

It makes an object of each class by its name, and logs rewards by the names of their classes.
"""

from __future__ import annotations

from typing import Any

from grpo_rewards.errors import OptionError
from grpo_rewards.guesses import explained
from grpo_rewards.integrations.adapting import the_reward

__all__ = ["orm_class", "register_orm"]


@explained
def orm_class(reward: Any, *, name: str | None = None) -> type[Any]:
    """The class that ms-swift makes the reward's object of.

    Args:
        reward: A reward, or where to import one, as in ``"my_rewards:total"``.
        name: The name that it is logged by; by default the reward's.

    Raises:
        OptionError: ms-swift is not installed, or the reward cannot be imported.
    """
    try:
        from swift.rewards import ORM  # noqa: PLC0415
    except ImportError as error:
        raise OptionError(f"ms-swift is not to be imported: {error}") from error
    made = the_reward(reward, framework="ms-swift", has_step=True)

    def call(_: Any, completions: Any, **columns: Any) -> list[float | None]:
        ids = columns.pop("response_token_ids", None)
        state = columns.pop("trainer_state", None)
        prompts = columns.pop("prompts", None) or _prompts(columns.get("messages"))
        return made(
            completions,
            prompts=prompts,
            completion_ids=_of_rows(ids),
            trainer_state=state,
            **columns,
        )

    members = {
        "__call__": call,
        "__doc__": f"{made.name}, as ms-swift calls it.",
        "__module__": __name__,
        "reward": made,
    }
    return type(name or made.name, (ORM,), members)


@explained
def register_orm(reward: Any, *, name: str | None = None) -> str:
    """Let ``--reward_funcs`` find a reward; returns the name to write there.

    Args:
        reward: As in `orm_class`.
        name: As in `orm_class`.

    Raises:
        OptionError: As in `orm_class`; or another reward has the name.
    """
    made = orm_class(reward, name=name)
    from swift.rewards import orms  # noqa: PLC0415

    known = orms.get(made.__name__)
    if known is not None and getattr(known, "reward", None) != made.reward:
        raise OptionError(
            f"name={made.__name__!r}: ms-swift has a reward of that name; write another one"
        )
    orms[made.__name__] = made
    return str(made.__name__)


def _of_rows(ids: Any) -> Any:
    """The token ids of each completion, of several turns those of the last."""
    if not ids or not all(ids):
        return None
    return [row[-1] if isinstance(row[0], list | tuple) else row for row in ids]


def _prompts(conversations: Any) -> Any:
    """What stands before the completion in each conversation."""
    return [list(turns)[:-1] for turns in conversations] if conversations else None
