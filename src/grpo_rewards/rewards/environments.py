"""The reward of an environment: what the trainer's environment of a rollout says of it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from grpo_rewards.core.base import Batch, Outcome, Reward
from grpo_rewards.errors import OptionError, ScoreError, in_short, is_finite
from grpo_rewards.notices import say_once

__all__ = ["FromEnvironment"]


@dataclass(frozen=True, kw_only=True, repr=False)
class FromEnvironment(Reward):
    """Pays what the environment says that a rollout ran in, as TRL's ``environment_factory`` makes.

    Args:
        attribute: The environment's attribute, or its method without arguments: a number, a truth
            value (1 or 0), or ``None`` for no opinion. Dots lead to what an attribute has.
        name: The reward's ``__name__``; by default the attribute's, behind ``environment_``.

    Returns:
        For a completion the number; ``None`` where there is no environment, or none that has the
        attribute, as where a training mixes several kinds.

    Raises:
        OptionError: ``attribute`` is no name.
        ScoreError: On a call: what the environment says is no finite number.

    Environments are used again for other rollouts, so they are read when the reward is called. The
    asynchronous trainer passes none; a reward that never saw one says so once.
    Not covered: coroutine methods; an environment's own ``get_reward``, which TRL calls by itself.

    Example:
        >>> class Game:
        ...     def __init__(self, moves):
        ...         self.moves = moves
        ...
        ...     def is_won(self):
        ...         return self.moves < 3
        >>> won = FromEnvironment(attribute="is_won")
        >>> won(["a move", "many moves"], environments=[Game(2), Game(7)])
        [1.0, 0.0]
        >>> won(["a move"])
        [None]
    """

    attribute: str
    name: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.attribute, str) or not all(
            part.isidentifier() and not part.startswith("_") for part in self.attribute.split(".")
        ):
            raise OptionError(
                f"attribute={in_short(self.attribute)}: write the name of an attribute of the "
                "environment, such as 'score'"
            )
        if isinstance(self.name, str) and not self.name:
            object.__setattr__(self, "name", f"environment_{self.attribute.replace('.', '_')}")
        super().__post_init__()

    def judge(self, batch: Batch) -> list[Outcome]:
        if batch.environments is None:
            return [Outcome(None, "there is no environment")] * len(batch)
        return [self._judge_one(each) for each in batch.environments]

    def _judge_one(self, environment: Any) -> Outcome:
        value = environment
        for part in self.attribute.split("."):
            if not hasattr(value, part):
                kind = type(environment).__name__
                return Outcome(None, f"an environment of the kind {kind:.60} has no {part}")
            value = getattr(value, part)
        if callable(value):
            if not _needs_nothing(value):
                raise ScoreError(
                    f"the environment's {self.attribute} takes arguments: name an attribute, or a "
                    "method without arguments"
                )
            value = value()
        if value is None:
            return Outcome(None, f"the environment's {self.attribute} is None")
        if hasattr(value, "item"):  # of NumPy, or torch
            with suppress(ValueError, RuntimeError, TypeError):  # of more than one number
                value = value.item()
        if not isinstance(value, int | float) or not is_finite(value):
            raise ScoreError(
                f"the environment's {self.attribute} is {in_short(value)}: a score is a finite "
                "number, a truth value, or None"
            )
        return Outcome(float(value), f"the environment's {self.attribute} is {in_short(value, 40)}")

    def observed(self, batch: Batch, outcomes: Sequence[Outcome]) -> None:
        if all(outcome.score is None for outcome in outcomes) and batch.prompts is not None:
            say_once(
                self,
                "no environment",
                f"{self.name} had no opinion on any of a batch's {len(outcomes)} completions: "
                f"{outcomes[0].reason}. Environments are the trainer's, as in "
                "GRPOTrainer(environment_factory=...); TRL passes them since 0.29",
                state=batch.trainer_state,
            )


def _needs_nothing(function: Callable[..., Any]) -> bool:
    try:
        inspect.signature(function).bind()
    except TypeError:
        return False
    except ValueError:  # of one that Python cannot look into
        return True
    return True
