"""Rewards that compare the completions of one prompt: their length, their rank, their variety."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import regex

from grpo_rewards.core.base import Batch, Outcome, Reward
from grpo_rewards.errors import OptionError, in_short
from grpo_rewards.notices import say_once
from grpo_rewards.requirements import require_number, require_whole
from grpo_rewards.rewards.answer import check_answer
from grpo_rewards.rewards.text_units import Unit, pieces, require_unit, words

__all__ = ["GroupDiversity", "GroupLength", "GroupRank"]

Mode = Literal["kimi", "lead", "shortest"]
MARKS = ".,;:!?\"'()[]…"
"""What around a word makes no other word of it."""
_INVISIBLE = regex.compile(r"\p{Cf}++")
EPSILON = 1e-6
"""What the deviation of lengths is kept from 0 by."""


@dataclass(frozen=True, kw_only=True, repr=False)
class GroupReward(Reward):
    """What rewards within a group share: a reward that they build on, and how groups are told.

    A group is the completions of one prompt. Where a process holds only a part of one (several
    GPUs, a group split over them), a comparison would be made with that part alone: with
    ``group_size`` such a group has no opinion, which is said once.
    """

    by: str | None = None
    group_size: int | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.by is not None and (not isinstance(self.by, str) or not self.by):
            raise OptionError(f"by={in_short(self.by)}: write the name of a column of ids, or None")
        if self.group_size is not None:
            require_whole("group_size", self.group_size, least=2)

    @property
    def compared(self) -> Reward:
        """The reward whose outcomes are compared, or that says which completions are."""
        raise NotImplementedError

    @property
    def parts(self) -> tuple[Reward, ...]:
        return (self.compared,)

    def judge(self, batch: Batch) -> list[Outcome]:
        judged = batch.outcomes(self.compared)
        outcomes = list(judged)
        for group in batch.groups(by=self.by, size=self.group_size):
            why_not = self._not_whole(group)
            scores = (
                [Outcome(None, why_not)] * len(group) if why_not else self._compare(batch, group)
            )
            for place, outcome in zip(group, scores, strict=True):
                parts = {self.compared.name: judged[place]}
                outcomes[place] = Outcome(outcome.score, outcome.reason, outcome.details, parts)
        return outcomes

    def observed(self, batch: Batch, outcomes: Sequence[Outcome]) -> None:
        """Say once that groups are not whole, or hold one completion each."""
        groups = batch.groups(by=self.by, size=self.group_size)
        amiss = [group for group in groups if self._not_whole(group)]
        if amiss and (self.group_size is not None or len(amiss) == len(groups)):
            say_once(
                self,
                "part of a group",
                f"{self.name} compares the completions of a prompt, and in {len(amiss)} of "
                f"{len(groups)} groups {self._not_whole(amiss[0])}; they have no score. Let a "
                "process hold whole groups (a batch a device that is a multiple of "
                "num_generations)",
                state=batch.trainer_state,
            )
        del outcomes

    def _not_whole(self, group: Sequence[int]) -> str:
        if self.group_size is not None and len(group) != self.group_size:
            return f"the batch has {len(group)} of the group's {self.group_size} completions"
        if len(group) < 2:
            return "the batch has one completion of the group, and nothing to compare it with"
        return ""

    def _compare(self, batch: Batch, group: Sequence[int]) -> list[Outcome]:
        """The outcomes of one group that is whole."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True, repr=False)
class GroupOfCorrect(GroupReward):
    """What rewards for the right answers of a group share: who says what is right."""

    correctness: Reward = check_answer
    above: float = 0.0

    def __post_init__(self) -> None:
        super().__post_init__()
        _require_reward("correctness", self.correctness)
        require_number("above", self.above)

    @property
    def compared(self) -> Reward:
        return self.correctness


@dataclass(frozen=True, kw_only=True, repr=False)
class GroupLength(GroupOfCorrect):
    r"""Pays right answers for being short beside the others of their group.

    ``mode`` says by what measure, with y a completion's length:

    - ``"kimi"``, of Kimi k1.5 (arXiv 2501.12599, section 2.3.3), with the shortest and the longest
      of the group: ``weight = 0.5 - (y - shortest) / (longest - shortest)``; a right answer earns
      it, a wrong one ``min(0, weight)``, all 0 where the lengths are the same.
    - ``"lead"``, of GRPO-LEAD (arXiv 2504.09696, section on the length-dependent accuracy
      reward), with mean and standard deviation of the lengths of the group's right answers:
      ``exp(-alpha * (y - mean) / (deviation + 1e-6))`` for a right answer, 0 for a wrong one. The
      exponent is kept within -1 and 1 here, so that one long outlier pays nobody without bound.
    - ``"shortest"``: 1 for the shortest right answer of the group (for each of equals), 0 for all
      others.

    Args:
        mode: One of these.
        alpha: How much length matters in ``"lead"``; the paper has 0.05.
        correctness: The reward that says whether an answer is right.
        above: An answer is right where that reward's score is above this.
        unit: ``"tokens"`` (the length of ``completion_ids``), ``"words"`` or ``"characters"``.
        by: A column that names each row's group; by default equal prompts are one group.
        group_size: The trainer's ``num_generations``. A group of another size then has no opinion.
        name: The reward's ``__name__``.

    Returns:
        For a completion a score: from -0.5 to 0.5 in ``"kimi"``, from 0 to e in ``"lead"``, 0 or 1
        in ``"shortest"``; ``None`` where ``correctness`` has no opinion, or the batch holds one
        completion of the group only.

    Raises:
        OptionError: An option is of the wrong kind.
        ColumnError: On a call: there are no prompts, no ``completion_ids``, or no such column.

    Not covered: a group that several processes share; see ``group_size``. In ``"kimi"`` a short
    wrong answer costs nothing: add it to a reward for right ones, and not in its place.

    Example:
        >>> texts = [f"{'word ' * n}<end_working_out><SOLUTION>42</SOLUTION>" for n in (2, 4, 6)]
        >>> columns = {"prompts": ["6 * 7?"] * 3, "answer": ["42"] * 3}
        >>> GroupLength(unit="words")(texts, **columns)
        [0.5, 0.0, -0.5]
        >>> GroupLength(mode="shortest", unit="words")(texts, **columns)
        [1.0, 0.0, 0.0]
    """

    mode: Mode = "kimi"
    alpha: float = 0.05
    unit: Unit = "tokens"
    name: str = "group_length"

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.mode not in get_args(Mode):
            raise OptionError(f"mode={in_short(self.mode)}: write 'kimi', 'lead' or 'shortest'")
        require_number("alpha", self.alpha)
        if not 0 < self.alpha <= 1:
            raise OptionError(f"alpha={in_short(self.alpha)}: write a number above 0 and up to 1")
        require_unit(self.unit)

    def _compare(self, batch: Batch, group: Sequence[int]) -> list[Outcome]:
        counted = pieces(batch, self.unit)
        lengths = [len(counted[place]) for place in group]
        judged = [batch.outcomes(self.correctness)[place] for place in group]
        right = [
            length
            for length, outcome in zip(lengths, judged, strict=True)
            if outcome.score is not None and outcome.score > self.above
        ]
        outcomes = []
        for length, outcome in zip(lengths, judged, strict=True):
            if outcome.score is None:
                outcomes.append(Outcome(None, outcome.reason))
                continue
            is_right = outcome.score > self.above
            score = self._score(length, lengths, right, is_right=is_right)
            said = "right" if is_right else "wrong"
            reason = (
                f"{said} in {length} {self.unit}, of {min(lengths)} to {max(lengths)} in the group"
            )
            details = {"length": length, "unit": self.unit, "right": is_right}
            outcomes.append(Outcome(float(score), reason, details))
        return outcomes

    def _score(
        self, length: int, lengths: Sequence[int], right: Sequence[int], *, is_right: bool
    ) -> float:
        if self.mode == "kimi":
            shortest, longest = min(lengths), max(lengths)
            if shortest == longest:
                return 0.0
            weight = 0.5 - (length - shortest) / (longest - shortest)
            return weight if is_right else min(0.0, weight)
        if not is_right:
            return 0.0
        if self.mode == "shortest":
            return float(length == min(right))
        spread = (length - statistics.fmean(right)) / (statistics.pstdev(right) + EPSILON)
        return math.exp(min(max(-self.alpha * spread, -1.0), 1.0))


@dataclass(frozen=True, kw_only=True, repr=False)
class GroupRank(GroupReward):
    """Pays a completion by its place among the others of its group, whatever the scores' scale.

    The best of a group earns 1, the worst -1, the others what lies between in even steps; equal
    scores share the mean of their places. A group of equal scores earns 0.

    Args:
        of: The reward whose scores are ranked.
        by: A column that names each row's group; by default equal prompts are one group.
        group_size: The trainer's ``num_generations``. A group of another size then has no opinion.
        name: The reward's ``__name__``.

    Returns:
        For a completion a score from -1.0 to 1.0; ``None`` where ``of`` has no opinion, or no other
        completion of the group has one.

    Raises:
        OptionError: An option is of the wrong kind.
        ColumnError: On a call: there are no prompts, or no such column.

    Not covered: a group that several processes share; see ``group_size``.

    Example:
        >>> from grpo_rewards import approximate_format
        >>> texts = ["<end_working_out><SOLUTION>42</SOLUTION>", "<SOLUTION>42</SOLUTION>", "42"]
        >>> GroupRank(of=approximate_format)(texts, prompts=["6 * 7?"] * 3)
        [1.0, 0.0, -1.0]
    """

    of: Reward = check_answer
    name: str = "group_rank"

    def __post_init__(self) -> None:
        super().__post_init__()
        _require_reward("of", self.of)

    @property
    def compared(self) -> Reward:
        return self.of

    def _compare(self, batch: Batch, group: Sequence[int]) -> list[Outcome]:
        judged = [batch.outcomes(self.of)[place] for place in group]
        ranked = sorted(outcome.score for outcome in judged if outcome.score is not None)
        outcomes = []
        for outcome in judged:
            if outcome.score is None:
                outcomes.append(Outcome(None, outcome.reason))
            elif len(ranked) < 2:
                outcomes.append(Outcome(None, "no other completion of the group has a score"))
            else:
                worse = sum(score < outcome.score for score in ranked)
                equal = ranked.count(outcome.score)
                share = (worse + (equal - 1) / 2) / (len(ranked) - 1)
                reason = f"better than {worse} of the {len(ranked)} of its group, equal to {equal}"
                outcomes.append(Outcome(2 * share - 1, reason, {"worse": worse, "equal": equal}))
        return outcomes


@dataclass(frozen=True, kw_only=True, repr=False)
class GroupDiversity(GroupOfCorrect):
    """Pays a completion that is right for what it does not share with its group's other right ones.

    ``1 - (the mean similarity to the other right completions of the group)``, where the similarity
    of two is the share of n-grams of words that the one with fewer has in common with the other:
    words around a copy leave it one. Marks around words and invisible characters do not count. A
    wrong completion earns 0, so that nonsense, which resembles nothing, is not paid; where one is
    right alone, it earns 1.

    Args:
        n: How many words an n-gram has.
        correctness: The reward that says whether an answer is right.
        above: An answer is right where that reward's score is above this.
        by: A column that names each row's group; by default equal prompts are one group.
        group_size: The trainer's ``num_generations``. A group of another size then has no opinion.
        name: The reward's ``__name__``.

    Returns:
        For a completion a score from 0.0 to 1.0; ``None`` where ``correctness`` has no opinion, or
        the batch holds one completion of the group only.

    Raises:
        OptionError: An option is of the wrong kind.
        ColumnError: On a call: there are no prompts, or no such column.

    Not covered: whether the difference says anything. A right answer with random words between
    its own is as different as can be: keep the weight small, and a penalty on length beside it.

    Example:
        >>> end = "<end_working_out><SOLUTION>42</SOLUTION>"
        >>> texts = [f"six times seven{end}", f"six times seven{end}", f"21 and 21 is it{end}"]
        >>> GroupDiversity(n=2)(texts, prompts=["6 * 7?"] * 3, answer=["42"] * 3)
        [0.5, 0.5, 1.0]
    """

    n: int = 3
    name: str = "group_diversity"

    def __post_init__(self) -> None:
        super().__post_init__()
        require_whole("n", self.n)

    def _compare(self, batch: Batch, group: Sequence[int]) -> list[Outcome]:
        judged = [batch.outcomes(self.correctness)[place] for place in group]
        right = [
            index
            for index, outcome in enumerate(judged)
            if outcome.score is not None and outcome.score > self.above
        ]
        # Numbers in place of grams, of which those of a long text take seconds to compare.
        known: dict[tuple[str, ...], int] = {}
        grams = {
            index: {
                known.setdefault(gram, len(known))
                for gram in self._grams(batch.texts[group[index]])
            }
            for index in right
        }
        outcomes = []
        for index, outcome in enumerate(judged):
            if outcome.score is None:
                outcomes.append(Outcome(None, outcome.reason))
            elif index not in grams:
                outcomes.append(Outcome(0.0, "it is not right"))
            else:
                others = [grams[other] for other in right if other != index]
                alike = sum(_alike(grams[index], other) for other in others) / (len(others) or 1)
                reason = f"it shares {alike:.0%} with the {len(others)} other right ones"
                outcomes.append(Outcome(1.0 - alike, reason, {"similarity": alike}))
        return outcomes

    def _grams(self, text: str) -> set[tuple[str, ...]]:
        spelled = (word.strip(MARKS) for word in words(_INVISIBLE.sub("", text.casefold())))
        said = [word for word in spelled if word]
        if len(said) < self.n:
            return {tuple(said)}
        return set(zip(*(said[start:] for start in range(self.n)), strict=False))


def _require_reward(option: str, value: Any) -> None:
    if not isinstance(value, Reward):
        raise OptionError(f"{option}={in_short(value)}: write a reward, such as check_answer")


def _alike(one: set[int], other: set[int]) -> float:
    return len(one & other) / (min(len(one), len(other)) or 1)
