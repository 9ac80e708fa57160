"""Whether a reward for a task pays for the task's exploits, or misses right responses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from grpo_rewards.core.base import require_format
from grpo_rewards.errors import OptionError, in_short
from grpo_rewards.responses.layouts import FREEFORM, ResponseFormat
from grpo_rewards.testing.auditing import TOLERANCE, Trainer
from grpo_rewards.testing.calls import Raised, RewardFunction, reward_name, write
from grpo_rewards.testing.report import RIGHT, Report, Row, worth
from grpo_rewards.testing.scene import REASONING
from grpo_rewards.testing.task_exploits import TASK_KINDS, task_exploits

__all__ = ["audit_task"]


def audit_task(
    reward: RewardFunction,
    task: str,
    *,
    right: Sequence[str],
    wrong: str,
    shape: str = "messages",
    **columns: Any,
) -> Report:
    """Try every exploit of a task on a reward, and some right responses, as `audit` does.

    An exploit is a finding when it earns more than the honest wrong attempt; a right response is
    one when it does not.

    Args:
        reward: A reward for the task. One that reads a layout gets every response in it.
        task: One of `grpo_rewards.testing.task_exploits.TASKS`.
        right: Right responses to the row.
        wrong: An honest wrong response to it.
        shape: How completions are handed over: ``"messages"``, ``"text"`` or ``"tools"``.
        **columns: The columns of the row, one value each.

    Raises:
        OptionError: There is no such task, or no right response.

    Example:
        >>> from grpo_rewards import CheckSchema
        >>> schema = {"type": "object", "required": ["a"], "properties": {"a": {"type": "number"}}}
        >>> audit_task(
        ...     CheckSchema(), "schema", right=['{"a": 1}'], wrong='{"a": "one"}', schema=schema
        ... ).ok
        True
    """
    if isinstance(right, str) or not right:
        raise OptionError(f"right={in_short(right, 60)}: write a list of right responses")
    layout = getattr(reward, "format", FREEFORM)
    require_format(layout)
    attempts = [("honest", "wrong", wrong)]
    attempts += [(RIGHT, f"number {place}", text) for place, text in enumerate(right, 1)]
    attempts += [
        (each.kind, each.name, each.text) for each in task_exploits(task, right=right[0], **columns)
    ]
    trainer = Trainer((reward,), (1.0,), shape)
    texts = [_laid_out(layout, text) for _, _, text in attempts]
    scores = trainer.scores(texts, columns, probe=True)
    baseline = None if isinstance(scores[0], Raised) else scores[0]
    rows = []
    for (kind, name, _), text, score in zip(attempts[1:], texts[1:], scores[1:], strict=True):
        problem = ""
        earned = None if isinstance(score, Raised) else score
        margin = worth(earned) - worth(baseline)
        if isinstance(score, Raised):
            problem = f"it raises {score}, which ends the training"
        elif (margin <= TOLERANCE) if kind == RIGHT else (margin > TOLERANCE):
            why = "" if kind == RIGHT else f"; {TASK_KINDS[kind]}"
            problem = f"it earns {earned}, an honest wrong attempt {baseline}{why}"
        rows.append(Row(right[0], kind, name, text, earned, baseline, problem))
    return Report(reward_name(reward), layout, (right[0],), tuple(rows), ())


def _laid_out(layout: ResponseFormat, text: str) -> str:
    """A response in a layout with tags; where there are none, as it is."""
    if isinstance(layout.answer, tuple) or layout.reasoning:
        return write(layout, REASONING, text)
    return text
