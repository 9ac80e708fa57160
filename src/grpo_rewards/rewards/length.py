"""Rewards for how long a completion is: too long, long for a right answer, off its target."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from numbers import Integral
from typing import Any, ClassVar, Literal

from grpo_rewards.cells import is_missing
from grpo_rewards.core.base import Batch, Outcome, Reward, require_format
from grpo_rewards.errors import ColumnError, OptionError, in_short
from grpo_rewards.requirements import require_number, require_whole
from grpo_rewards.responses.layouts import ResponseFormat
from grpo_rewards.rewards.answer import CheckAnswer, check_answer
from grpo_rewards.rewards.text_units import CountingReward, Unit, pieces, require_unit

__all__ = ["CosineLength", "LengthTarget", "SoftOverlongPunishment"]


@dataclass(frozen=True, kw_only=True, repr=False)
class SoftOverlongPunishment(CountingReward):
    r"""Punishes a completion that nears the longest one allowed, more the nearer it comes.

    Equation 13 of DAPO (arXiv 2503.14476), with y the completion's length, in units::

         0                             y <= max_length - cache
         (max_length - cache - y) / cache    in between
        -1                             y > max_length

    Args:
        max_length: The longest completion allowed, in units. Give the trainer's
            ``max_completion_length``: what is cut off there then scores -1.
        cache: Over how many of the last units the punishment grows. With 0 it is -1 past
            ``max_length`` and nothing before; as trainers cut there, it then never shows. The
            paper has a cache of 4096 tokens in 20480.
        unit: ``"tokens"`` (the length of ``completion_ids``, which in a run with tools counts the
            tools' results too), ``"words"`` or ``"characters"`` (of the text).
        name: The reward's ``__name__``.

    Returns:
        For a completion a score from -1.0 to 0.0, never ``None``.

    Raises:
        OptionError: ``cache`` is larger than ``max_length``, or an option is of the wrong kind.
        ColumnError: On a call: tokens are to be counted, and there are no ``completion_ids``.

    Not covered: masking completions that were cut off (a trainer's option), and whether the
    answer is right; add this to a reward that says so.

    Example:
        >>> reward = SoftOverlongPunishment(max_length=100, cache=20)
        >>> reward(["", "", ""], completion_ids=[[7] * 80, [7] * 90, [7] * 101])
        [0.0, -0.5, -1.0]
    """

    max_length: int
    cache: int
    unit: Unit = "tokens"
    name: str = "soft_overlong_punishment"

    is_guard: ClassVar[bool] = True

    def __post_init__(self) -> None:
        super().__post_init__()
        require_whole("max_length", self.max_length)
        require_whole("cache", self.cache, least=0)
        if self.cache > self.max_length:
            raise OptionError(
                f"cache={self.cache} is larger than max_length={self.max_length}: the punishment "
                "would start before the first token; lower cache"
            )

    def _judge_pieces(self, counted: Sequence[Hashable]) -> Outcome:
        length = len(counted)
        details = {"length": length, "unit": self.unit}
        free = self.max_length - self.cache
        if length <= free:
            return Outcome(0.0, f"{length} {self.unit} are within {free}", details)
        if length > self.max_length:
            reason = f"{length} {self.unit} are more than the {self.max_length} allowed"
            return Outcome(-1.0, reason, details)
        reason = f"{length} {self.unit} are within the last {self.cache} of {self.max_length}"
        return Outcome((free - length) / self.cache, reason, details)


@dataclass(frozen=True, kw_only=True, repr=False)
class LengthOfCorrect(Reward):
    """What rewards for correctness and length together share: who says what is right, the unit."""

    correctness: Reward | None = None
    format: ResponseFormat | None = None
    above: float = 0.0
    unit: Unit = "tokens"

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.correctness is not None and not isinstance(self.correctness, Reward):
            raise OptionError(
                f"correctness={in_short(self.correctness)}: write the reward that says what is "
                "right, "
                "such as check_answer"
            )
        if self.format is not None:
            require_format(self.format)
            if self.correctness is not None:
                raise OptionError(
                    f"format={self.format!r} and correctness={in_short(self.correctness)}: write "
                    "one "
                    "of the two; the format is that of CheckAnswer, and any other reward has its "
                    "own"
                )
        require_number("above", self.above)
        require_unit(self.unit)

    @cached_property
    def judge_of_right(self) -> Reward:
        """The reward that says what is right."""
        if self.correctness is not None:
            return self.correctness
        return check_answer if self.format is None else CheckAnswer(format=self.format)

    @property
    def parts(self) -> tuple[Reward, ...]:
        return (self.judge_of_right,)

    def judge(self, batch: Batch) -> list[Outcome]:
        return [
            self._judge_row(len(counted), target, correctness)
            for counted, target, correctness in zip(
                pieces(batch, self.unit),
                self._targets(batch),
                batch.outcomes(self.judge_of_right),
                strict=True,
            )
        ]

    def _judge_row(self, length: int, target: int | None, correctness: Outcome) -> Outcome:
        parts = {self.judge_of_right.name: correctness}
        if target is None:
            return Outcome(None, "the row has no target", parts=parts)
        if correctness.score is None:
            return Outcome(None, correctness.reason, parts=parts)
        right = correctness.score > self.above
        reason = f"{'right' if right else 'wrong'} in {length} of {target} {self.unit}"
        details = {"length": length, "target": target, "unit": self.unit, "right": right}
        return Outcome(self._score(length, target, right=right), reason, details, parts)

    def _targets(self, batch: Batch) -> list[int | None]:
        """The length that each completion's own is measured against."""
        raise NotImplementedError

    def _score(self, length: int, target: int, *, right: bool) -> float:
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True, repr=False)
class CosineLength(LengthOfCorrect):
    r"""Pays a right answer more when it is short, a wrong one more when it is long.

    The cosine reward of "Demystifying Long Chain-of-Thought Reasoning in LLMs" (arXiv 2502.03373,
    section 4.2 and appendix C.1), with y the completion's length, and short and long the two
    ends of a right or of a wrong answer::

        long + (short - long) * (1 + cos(pi * min(y / max_length, 1))) / 2

    Args:
        max_length: The length, in units, from which on a completion earns the long end. Without
            the ``min`` above, which the paper does not need and copies of it lack, the cosine
            turns there and pays longer ones more and more like short ones.
        correctness: The reward that says whether an answer is right; by default `check_answer`,
            which reads WORKING_OUT.
        format: In place of ``correctness``, the layout of a response: `CheckAnswer` of it says
            what is right.
        above: An answer is right where that reward's score is above this.
        correct_short: The score of a right answer as its length nears 0.
        correct_long: The score of a right answer of ``max_length`` or more.
        wrong_short: The score of a wrong answer as its length nears 0.
        wrong_long: The score of a wrong answer of ``max_length`` or more.
        exceeded: The score of a wrong answer of ``max_length`` or more instead, if given. The
            paper applies it to right ones too; here those keep ``correct_long``, so that no
            wrong answer earns more than a right one.
        unit: ``"tokens"`` (the length of ``completion_ids``), ``"words"`` or ``"characters"``.
        name: The reward's ``__name__``.

    The defaults are those of TRL. The paper's are 2.0 and 1.0 for right answers, -10.0 and 0.0
    for wrong ones, -10.0 for exceeding 14336 tokens.

    Returns:
        For a completion a score between its two ends, ``None`` where ``correctness`` has no
        opinion.

    Raises:
        OptionError: A wrong answer could earn more than a right one, all ends are the same, or
            an option is of the wrong kind.
        ColumnError: On a call: ``completion_ids`` or the gold's column is missing.

    Not covered: repetition, by which a model can make a wrong answer long; the paper adds a
    penalty against that, here `grpo_rewards.rewards.repetition.RepetitionPenalty`.

    Example:
        >>> reward = CosineLength(max_length=100)
        >>> right = "6 * 7<end_working_out><SOLUTION>42</SOLUTION>"
        >>> ids = [[7] * 50, [7] * 500, [7] * 50]
        >>> reward([right] * 3, completion_ids=ids, answer=["42", "42", "43"])
        [0.75, 0.5, -0.75]
    """

    max_length: int
    correct_short: float = 1.0
    correct_long: float = 0.5
    wrong_short: float = -1.0
    wrong_long: float = -0.5
    exceeded: float | None = None
    name: str = "cosine_length"

    def __post_init__(self) -> None:
        super().__post_init__()
        require_whole("max_length", self.max_length)
        right = {"correct_short": self.correct_short, "correct_long": self.correct_long}
        wrong = {"wrong_short": self.wrong_short, "wrong_long": self.wrong_long}
        if self.exceeded is not None:
            wrong["exceeded"] = self.exceeded
        for option, value in {**right, **wrong}.items():
            require_number(option, value)
        worst, least = min(right.items(), key=lambda end: end[1])
        best, most = max(wrong.items(), key=lambda end: end[1])
        if most > least:
            raise OptionError(
                f"{best}={most!r} would pay a wrong answer more than {worst}={least!r} pays a "
                f"right one; lower {best} or raise {worst}"
            )
        if self.exceeded is not None and self.exceeded > self.wrong_long:
            raise OptionError(
                f"exceeded={self.exceeded!r} would pay a wrong answer for exceeding max_length: "
                f"write no more than wrong_long={self.wrong_long!r}"
            )
        if len({*right.values(), *wrong.values()}) == 1:
            raise OptionError(f"every end is {least!r}: the reward would say nothing")

    def _targets(self, batch: Batch) -> list[int | None]:
        return [self.max_length] * len(batch)

    def _score(self, length: int, target: int, *, right: bool) -> float:
        if not right and self.exceeded is not None and length >= target:
            return float(self.exceeded)
        short, long = (
            (self.correct_short, self.correct_long)
            if right
            else (self.wrong_short, self.wrong_long)
        )
        return _cosine(short, long, length / target)


@dataclass(frozen=True, kw_only=True, repr=False)
class LengthTarget(LengthOfCorrect):
    """Pays a right answer for keeping to the length that the prompt asked for.

    The rewards of L1 (arXiv 2503.04697), with y the completion's length, n its target, and
    right 1 for a right answer and 0 for a wrong one::

        mode="exact" (equation 1): right - alpha * abs(n - y)
        mode="max" (equation 2): right * min(max(alpha * (n - y) + delta, 0), 1)

    Args:
        target: The column with each row's target, a whole number of units above 0, or that
            number itself. The prompt has to name it too, as in "Think for 512 tokens.".
        mode: ``"exact"`` punishes every unit off the target, of a wrong answer too; ``"max"``
            pays a right answer more the further it stays below its target, and a wrong one 0.
        alpha: What one unit is worth. The paper's 0.0003 is for tokens.
        delta: In ``"max"``, what a right answer of exactly the target's length earns; 0 to 1.
        correctness: The reward that says whether an answer is right; by default `check_answer`,
            which reads WORKING_OUT.
        format: In place of ``correctness``, the layout of a response: `CheckAnswer` of it says
            what is right.
        above: An answer is right where that reward's score is above this.
        unit: ``"tokens"`` (the length of ``completion_ids``), ``"words"`` or ``"characters"``.
        name: The reward's ``__name__``.

    Returns:
        For a completion a score: in ``"max"`` from 0.0 to 1.0; in ``"exact"`` 1.0 at most, and
        down without a bound, so that a wrong answer on target may earn more than a right one
        further than ``1 / alpha`` units off it. ``None`` where ``correctness`` has no opinion or
        the row has no target.

    Raises:
        OptionError: A number is out of its range, or an option is of the wrong kind.
        ColumnError: On a call: a column is missing, or a target is no whole number above 0.

    Not covered: writing the target into the prompt, and the code of the paper, which has other
    numbers than the paper.

    Example:
        >>> reward = LengthTarget(target=1000)
        >>> right = "6 * 7<end_working_out><SOLUTION>42</SOLUTION>"
        >>> reward([right, right], completion_ids=[[7] * 2000, [7] * 900], answer=["42", "43"])
        [0.7, -0.03]
    """

    target: str | int = "target_length"
    mode: Literal["exact", "max"] = "exact"
    alpha: float = 0.0003
    delta: float = 0.5
    name: str = "length_target"

    def __post_init__(self) -> None:
        super().__post_init__()
        if isinstance(self.target, str) and not self.target:
            raise OptionError("target='': write a column's name, or a whole number")
        if not isinstance(self.target, str):
            require_whole("target", self.target)
        if self.mode not in ("exact", "max"):
            raise OptionError(f"mode={in_short(self.mode)}: write 'exact' or 'max'")
        require_number("alpha", self.alpha)
        require_number("delta", self.delta)
        if self.alpha <= 0:
            raise OptionError(
                f"alpha={in_short(self.alpha)}: write a number above 0, such as 0.0003"
            )
        if not 0 <= self.delta <= 1:
            raise OptionError(
                f"delta={in_short(self.delta)}: write a number from 0 to 1, such as 0.5"
            )

    def _targets(self, batch: Batch) -> list[int | None]:
        if isinstance(self.target, int):
            return [self.target] * len(batch)
        return [_target(value, self.target) for value in batch.column(self.target, option="target")]

    def _score(self, length: int, target: int, *, right: bool) -> float:
        if self.mode == "exact":
            return right - self.alpha * abs(target - length)
        return min(max(self.alpha * (target - length) + self.delta, 0.0), 1.0) if right else 0.0


def _cosine(short: float, long: float, progress: float) -> float:
    """From ``short`` at progress 0 to ``long`` at 1 and beyond, along half a cosine."""
    share = (1.0 + math.cos(math.pi * min(progress, 1.0))) / 2.0
    between = long + (short - long) * share
    # Rounding may step over an end, and a wrong answer's end may be a right one's.
    return float(min(max(between, min(short, long)), max(short, long)))


def _target(value: Any, column: str) -> int | None:
    if is_missing(value):
        return None
    whole = int(value) if isinstance(value, float) and value.is_integer() else value
    if isinstance(whole, bool) or not isinstance(whole, Integral) or whole < 1:
        raise ColumnError(
            f"the column {column!r} has {in_short(value)} as a target length: write a whole number "
            "above 0"
        )
    return int(whole)
