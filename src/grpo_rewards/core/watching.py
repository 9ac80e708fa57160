"""What shows only over the batches of a run: a reward that never differs, two of one name.

Each is said once, with what was seen and what to do about it; nothing here changes a score.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from grpo_rewards.notices import is_silenced, say_once
from grpo_rewards.responses.layouts import ResponseFormat

if TYPE_CHECKING:
    from grpo_rewards.core.base import Reward
    from grpo_rewards.core.batch import Batch, Outcome

__all__ = ["Seen", "contradicting", "formats_of", "seen_of", "watch"]

CONSTANT_GROUPS, CONSTANT_BATCHES = 10, 3
"""After how many groups, in how many batches, a reward that never differed in one is mentioned."""
WATCHED = 512
"""How many rewards are watched at a time; of more, those that judged last."""


@dataclass(slots=True)
class Seen:
    """What was seen of one reward, in this process, since it first judged."""

    batches: int = 0
    unanswered: int = 0
    """Completions since the last one with an answer."""
    surveyed: int = 0
    """At how many of those the layout that they have was last looked for."""
    silent: int = 0
    """Completions since the last one that the reward had an opinion on."""
    golds: int = 0
    """How many golds were looked at."""
    differed: bool = False
    """Whether the completions of a group ever scored differently."""
    constant_groups: int = 0
    constant_batches: int = 0
    constant: Counter[tuple[float | None, str]] = field(default_factory=Counter)


_seen: OrderedDict[Reward, Seen] = OrderedDict()
_lock = threading.Lock()


def seen_of(reward: Reward) -> Seen:
    """What was seen of a reward; equal rewards are one."""
    if is_silenced():
        return Seen()
    with _lock:
        seen = _seen.get(reward)
        if seen is None:
            seen = _seen[reward] = Seen()
            if len(_seen) > WATCHED:
                _seen.popitem(last=False)
        return seen


def watch(reward: Reward, batch: Batch) -> None:
    """Look at a batch that a reward was called with, and say what a user has to know."""
    _observe(batch)
    if batch.prompts is not None:  # as of every trainer; who calls by hand sees the scores
        seen = seen_of(reward)
        seen.batches += 1
        if not seen.differed and not reward.is_guard:
            _watch_groups(reward, batch, seen)
        _run.watch(reward, batch)


def _observe(batch: Batch) -> None:
    for judged, outcomes in batch.judged:
        judged.observed(batch, outcomes)
    for some in batch.apart:
        _observe(some)


# Groups ---------------------------------------------------------------------------------------


def _watch_groups(reward: Reward, batch: Batch, seen: Seen) -> None:
    outcomes = batch.outcomes(reward)
    groups = [group for group in _groups(batch, outcomes) if len(group) > 1]
    if any(len({outcome.score for outcome in group}) > 1 for group in groups):
        seen.differed = True
        seen.constant.clear()
        return
    if not groups:
        return
    seen.constant_groups += len(groups)
    seen.constant_batches += 1
    if len(seen.constant) < WATCHED:
        seen.constant.update((outcome.score, outcome.reason) for outcome in outcomes)
    if seen.constant_groups >= CONSTANT_GROUPS and seen.constant_batches >= CONSTANT_BATCHES:
        (score, reason), times = seen.constant.most_common(1)[0]
        shown = "no opinion" if score is None else f"{score:.4g}"
        say_once(
            reward,
            "never differs",
            f"{reward.name} gave all completions of a group the same score in each of the "
            f"{seen.constant_groups} groups of the first {seen.constant_batches} batches, so that "
            f"nothing was learnt from it; the commonest: {shown}, {times} times, as in "
            f"{reason!r:.200}. print({_called(reward)}.explain(completion, ...)) shows why",
            state=batch.trainer_state,
        )
        seen.constant.clear()


def _groups(batch: Batch, outcomes: Sequence[Outcome]) -> list[list[Outcome]]:
    """The outcomes, a list for each run of completions of one prompt."""
    rows = zip(batch.prompts or (), outcomes, strict=True)
    return [[outcome for _, outcome in group] for _, group in groupby(rows, lambda row: row[0])]


def _called(reward: Reward) -> str:
    return reward.name if reward.name.isidentifier() else "reward"


# Formats --------------------------------------------------------------------------------------


def formats_of(reward: Reward) -> tuple[ResponseFormat, ...]:
    """The layouts that a reward and its parts read responses by, each once."""
    own = getattr(reward, "format", None)
    found = [own] if isinstance(own, ResponseFormat) else []
    for part in reward.parts:
        found += formats_of(part)
    return tuple(dict.fromkeys(found))


def contradicting(
    first: Sequence[ResponseFormat], second: Sequence[ResponseFormat]
) -> tuple[ResponseFormat, ResponseFormat] | None:
    """Two layouts, where no response in one of either side has an answer in one of the other."""
    if not first or not second:
        return None
    for one in first:
        for other in second:
            if one == other or _reads(one, other) or _reads(other, one):
                return None
    return first[0], second[0]


def _reads(reader: ResponseFormat, writer: ResponseFormat) -> bool:
    """Whether a layout finds the answer in a response that is laid out by another."""
    try:
        text = writer.render("It is so.", "1")
    except ValueError:
        return True  # it cannot be told
    return reader.parse(text).answer == "1"


# Rewards of one trainer -----------------------------------------------------------------------


class _Run:
    """The rewards of one trainer, known by the list of completions that all of them are given."""

    def __init__(self) -> None:
        self.completions: Any = None
        self.rewards: list[Reward] = []
        self.lock = threading.Lock()

    def watch(self, reward: Reward, batch: Batch) -> None:
        """Say whether a reward goes with those that judged the same completions before it."""
        if batch.trainer_state is None:
            return
        with self.lock:
            if batch.completions is not self.completions:
                self.completions, self.rewards = batch.completions, []
            others = [other for other in self.rewards if other != reward]
            if reward not in self.rewards:
                self.rewards.append(reward)
        for other in others:
            if other.name == reward.name:
                say_once(
                    frozenset((other, reward)),
                    "one name",
                    f"two rewards of one trainer are named {reward.name!r}, and trainers merge "
                    "their metrics without a word: give one another name, as in "
                    f"{_called(reward)}.named('another')",
                    state=batch.trainer_state,
                )
            pair = contradicting(formats_of(other), formats_of(reward))
            if pair:
                say_once(
                    frozenset((other, reward)),
                    "mixed formats",
                    f"{other.name} reads {pair[0]!r}, and {reward.name} reads {pair[1]!r}: a "
                    "response in the one has no answer in the other; give them the same format=...",
                    state=batch.trainer_state,
                )


_run = _Run()


def forget() -> None:
    """Watch anew, as in a new process."""
    with _lock:
        _seen.clear()
    _run.completions, _run.rewards = None, []
