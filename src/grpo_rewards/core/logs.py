"""What a reward writes to the logs of a trainer: its own columns and rates, and its parts'."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grpo_rewards.core.base import Reward
    from grpo_rewards.core.batch import Batch

__all__ = ["write_logs"]


def write_logs(reward: Reward, batch: Batch) -> None:
    """Write what a reward and its parts say of a batch that was judged to the trainer's logs."""
    for prefix, part in _logging_parts(reward, reward.name):
        said = batch.said_of(part)
        if not said:
            continue  # a part that was asked about no row
        asked = list(said.values())
        if batch.log_extra:
            for column, values in part.logged_columns(asked).items():
                row = dict(zip(said, values, strict=True))
                batch.log_extra(f"{prefix}/{column}", [row.get(at) for at in range(len(batch))])
        if batch.log_metric:
            if part is not reward:  # a trainer logs only the whole
                scores = [outcome.score or 0.0 for outcome in asked]
                batch.log_metric(f"{prefix}/score", sum(scores) / len(scores))
            for name, rate in part.logged_rates(asked).items():
                batch.log_metric(f"{prefix}/{name}", rate)


def _logging_parts(reward: Reward, prefix: str) -> list[tuple[str, Reward]]:
    """A reward and the parts of its parts, each with a prefix of its own; each part once."""
    found = [(prefix, reward)]
    taken, seen = {prefix}, {reward}
    waiting = list(reward.parts)
    while waiting:
        part = waiting.pop(0)
        if part in seen or not part.log:
            continue
        seen.add(part)
        waiting += part.parts
        own, copies = f"{prefix}/{part.name}", 2
        while own in taken:
            own, copies = f"{prefix}/{part.name} {copies}", copies + 1
        taken.add(own)
        found.append((own, part))
    return found
