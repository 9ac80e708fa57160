"""Rewards for the final answer: is it the gold, and is the one number in it the gold number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from numbers import Real
from typing import Any, ClassVar

from grpo_rewards.answers import Policy, Verdict, compare_many, exact_number, numbers_in
from grpo_rewards.answers.second.engines import (
    ENGINES,
    OURS,
    Said,
    require_engine,
    verify_many,
)
from grpo_rewards.core.base import Batch, Outcome
from grpo_rewards.core.columns import as_list, require_shallow
from grpo_rewards.errors import ColumnError, OptionError, in_full, in_short
from grpo_rewards.rewards.golds import GOLD_COLUMNS, GoldReward
from grpo_rewards.rewards.tiers import Answer, Finding

__all__ = ["GOLD_COLUMNS", "CheckAnswer", "CheckNumbers", "check_answer", "check_numbers"]

DEFAULT_POLICY = Policy()


@dataclass(frozen=True, kw_only=True, repr=False)
class AnswerReward(GoldReward):
    """What the rewards for an answer that has a gold share."""

    policy: Policy = DEFAULT_POLICY

    def __post_init__(self) -> None:
        super().__post_init__()
        if not isinstance(self.policy, Policy):
            raise OptionError(f"policy={self.policy!r}: write a Policy, such as Policy(digits=4)")

    def _judge_answers(self, batch: Batch, answers: Sequence[Answer]) -> list[Outcome]:
        golds = [self._golds(value) for value in self._gold_values(batch)]
        verdicts = self._verdicts(golds, [answer for answer, _ in answers])
        return [
            self._judge_row(acceptable, answer, why_not, verdict)
            for acceptable, (answer, why_not), verdict in zip(golds, answers, verdicts, strict=True)
        ]

    def _golds(self, value: Any) -> tuple[str, ...]:
        """The golds of a row that this reward can judge by."""
        return acceptable_golds(value)

    def _verdicts(
        self, golds: list[tuple[str, ...]], answers: list[str | None]
    ) -> list[Verdict | None]:
        """For each row the verdict of the gold that its answer equals, else of its first gold."""
        rows = [
            (row, gold, answer)
            for row, (acceptable, answer) in enumerate(zip(golds, answers, strict=True))
            if answer is not None
            for gold in acceptable
        ]
        verdicts: list[Verdict | None] = [None] * len(golds)
        judged = compare_many(
            [gold for _, gold, _ in rows], [answer for _, _, answer in rows], policy=self.policy
        )
        for (row, _, _), verdict in zip(rows, judged, strict=True):
            if verdicts[row] is None or (verdict and not verdicts[row]):
                verdicts[row] = verdict
        return verdicts

    def _judge_row(
        self, golds: tuple[str, ...], answer: str | None, why_not: str, verdict: Verdict | None
    ) -> Outcome:
        if not golds:
            return self._outcome("no opinion", self._no_gold, answer=answer)
        if answer is None or verdict is None:
            return self._outcome("no answer", f"no answer: {why_not}", gold=golds[0])
        return self._judge_answer(golds, answer, verdict)

    _no_gold: ClassVar[str] = "the row has no gold"

    def _judge_answer(self, golds: tuple[str, ...], answer: str, verdict: Verdict) -> Outcome:
        raise NotImplementedError


def _finding(verdict: Verdict) -> Finding:
    return "undecided" if verdict.equal is None else "correct" if verdict else "wrong"


@dataclass(frozen=True, kw_only=True, repr=False)
class CheckAnswer(AnswerReward):
    """Pays an answer that equals the gold, however either is written.

    Args:
        format: The layout that the answer is read by.
        gold: The column with the gold; by default ``answer``, else ``solution``. A value is a
            string, a number, or a list of acceptable ones. A path leads into a column of dicts
            (``reward_model.ground_truth``), and a function, which needs a name of its own, takes
            the row, a dict of its columns, and returns the value.
        gold_format: How a gold that is a worked solution is read: by a layout (``HASHES`` for
            GSM8K's, ``BOXED`` for those of MATH), where a gold without an answer in it is none;
            ``"auto"``, where a text that ends with a ``####`` line, or is prose with a box, is
            read by that, which is said once, and any other is the gold; ``None`` where every text
            is.
        correct: The score when `grpo_rewards.answers.verdicts` says equal.
        close: The score of a number within 10 % of a nonzero gold number of the same sign; off
            (``None``) by default, 2.0 in the recipe.
        near: The same within 20 %; 1.5 in the recipe.
        wrong: The score of every other answer, and of one whose comparison was stopped.
        missing: The score of a response without an answer.
        strict: Whether, in a format with tags, an answer counts only where the response is laid
            out exactly. Otherwise it counts wherever the format finds one.
        policy: What counts as equal, where that is a matter of choice.
        engine: What decides: ``"grpo-rewards"``; ``"math-verify"``, which gets the answer that the
            layout finds; ``"math-verify-trl"`` and ``"math-verify-lighteval"``, which read the
            whole response as those call it. For reproducing published figures; it runs in our
            worker processes, under the policy's ``deadline`` and ``memory``.
        name: The reward's ``__name__``.

    Returns:
        For a completion one of the tiers, or ``None`` where the gold is missing or blank.

    Raises:
        OptionError: A tier would pay a worse response more, or an option is of the wrong kind.
        ColumnError: On a call: the gold's column is missing, or holds something unreadable.

    Not covered: golds that are prose without a mark of the answer (``gold_format=FREEFORM`` finds
    what it states, and ``gold`` may be a function that does).

    Example:
        >>> texts = ["6 * 7<end_working_out><SOLUTION>$42$</SOLUTION>", "it is 42"]
        >>> check_answer(texts, answer=["42", "42"])
        [5.0, -4.5]
        >>> check_answer.explain(texts[0], answer="43").reason
        'not equal: the gold is 43, the answer is 42'
    """

    correct: float = 5.0
    close: float | None = None
    near: float | None = None
    wrong: float = -2.5
    missing: float = -4.5
    engine: str = OURS
    name: str = "check_answer"

    def __post_init__(self) -> None:
        super().__post_init__()
        require_engine(self.engine, self.policy)

    def _judge_answers(self, batch: Batch, answers: Sequence[Answer]) -> list[Outcome]:
        if self.engine == OURS:
            return super()._judge_answers(batch, answers)
        if ENGINES[self.engine].reads == "response":
            answers = [(response.text, "") for response in batch.responses(self.format)]
        golds = [self._golds(value) for value in self._gold_values(batch)]
        rows = [
            (row, gold, answer)
            for row, (acceptable, (answer, _)) in enumerate(zip(golds, answers, strict=True))
            if answer is not None
            for gold in acceptable
        ]
        said = verify_many(
            [gold for _, gold, _ in rows],
            [answer for _, _, answer in rows],
            engine=self.engine,
            policy=self.policy,
        )
        by_row: list[list[Said]] = [[] for _ in golds]
        for (row, _, _), each in zip(rows, said, strict=True):
            by_row[row].append(each)
        return [
            self._judge_said(acceptable, answer, why_not, of_row)
            for acceptable, (answer, why_not), of_row in zip(golds, answers, by_row, strict=True)
        ]

    def _judge_said(
        self, golds: tuple[str, ...], answer: str | None, why_not: str, said: Sequence[Said]
    ) -> Outcome:
        """The outcome of what another engine says of a row's golds."""
        verdicts = [each for each in said if isinstance(each, Verdict)]
        if verdicts or not said:
            verdict = next((each for each in verdicts if each), next(iter(verdicts), None))
            return self._judge_row(golds, answer, why_not, verdict)
        if "no answer" in said:
            why_not = "math-verify reads none in the response"
            return self._judge_row(golds, None, why_not, None)
        return self._outcome("no opinion", "math-verify reads no gold in the row's")

    def _tiers(self) -> dict[str, float]:
        optional = {"close": self.close, "near": self.near}
        on = {option: value for option, value in optional.items() if value is not None}
        return {"correct": self.correct, **on, "wrong": self.wrong, "missing": self.missing}

    def _judge_answer(self, golds: tuple[str, ...], answer: str, verdict: Verdict) -> Outcome:
        score, reason = None, verdict.reason
        if not verdict and (self.close is not None or self.near is not None):
            error = min((relative_error(gold, answer) for gold in golds), default=1.0)
            for tier, share in ((self.near, 0.2), (self.close, 0.1)):
                if tier is not None and error <= share:
                    score, reason = tier, f"within {share:.0%}: {verdict.reason}"
        return self._outcome(
            _finding(verdict), reason, answer=answer, gold=golds[0], rule=verdict.rule, score=score
        )


@dataclass(frozen=True, kw_only=True, repr=False)
class CheckNumbers(AnswerReward):
    """Pays an answer whose one number is the gold number, whatever words stand around it.

    Args:
        format: The layout that the answer is read by.
        gold: As in `CheckAnswer`.
        gold_format: As in `CheckAnswer`.
        correct: The score when the answer has one number and it equals the gold number.
        wrong: The score when it has one number, and another.
        missing: The score when it has no number or several ("20 or 7"), denies or hedges one
            ("not 20", "at least 20"), or when there is no answer.
        strict: As in `CheckAnswer`.
        policy: As in `CheckAnswer`.
        name: The reward's ``__name__``.

    Returns:
        For a completion one of the tiers, or ``None`` where the gold is no number.

    Raises:
        OptionError: A tier would pay a worse response more, or an option is of the wrong kind.
        ColumnError: On a call: the gold's column is missing, or holds something unreadable.

    Not covered: numbers spelled out amid prose ("she bought twenty and ate two").

    Example:
        >>> text = "4 * 5<end_working_out><SOLUTION>The cost is $20.</SOLUTION>"
        >>> check_numbers([text, text, text], answer=["20", "22", "Paris"])
        [3.5, -1.5, None]
    """

    correct: float = 3.5
    wrong: float = -1.5
    missing: float = -2.5
    name: str = "check_numbers"

    patience: ClassVar[int] = 128  # golds that are no numbers are no mistake
    _no_gold: ClassVar[str] = "the gold is no number"

    def _golds(self, value: Any) -> tuple[str, ...]:
        return tuple(gold for gold in acceptable_golds(value) if exact_number(gold) is not None)

    def _judge_answer(self, golds: tuple[str, ...], answer: str, verdict: Verdict) -> Outcome:
        number = answer
        if not verdict:
            numbers = numbers_in(answer)
            if len(numbers) != 1:
                reason = f"the answer has {len(numbers)} numbers, not one"
                return self._outcome("no answer", reason, gold=golds[0])
            number = numbers[0]
            verdicts = compare_many(golds, [number] * len(golds), policy=self.policy)
            verdict = next((each for each in verdicts if each), verdicts[0])
        return self._outcome(
            _finding(verdict), verdict.reason, answer=number, gold=golds[0], rule=verdict.rule
        )


def acceptable_golds(value: Any, *, depth: int = 0) -> tuple[str, ...]:
    """The golds that one row's value of the gold column stands for; none when it is missing."""
    if isinstance(value, str):
        return (value,) if value.strip() else ()
    if _is_missing(value):
        return ()
    if isinstance(value, Real | Decimal):
        return (in_full(value),)
    require_shallow(depth, value)
    listed = as_list(value)
    if listed is not None:
        return tuple(gold for item in listed for gold in acceptable_golds(item, depth=depth + 1))
    for name in ("tolist", "as_py"):  # of an array without dimensions, and of Arrow's scalars
        if callable(read := getattr(value, name, None)):
            return acceptable_golds(read(), depth=depth + 1)
    raise ColumnError(
        f"a gold is a string, a number, or a list of acceptable ones, not {in_short(value)} "
        f"({type(value).__name__}); a field of a dict is named by a path, as in gold='column.field'"
    )


_MISSING = frozenset(["NAType", "NaTType", "MaskedConstant"])
"""What pandas and NumPy call the values that are none; neither has to be installed."""


def _is_missing(value: Any) -> bool:
    """Whether a value is none, or not a number, as tables write what is missing."""
    if value is None or type(value).__name__ in _MISSING:
        return True
    if isinstance(value, Decimal):
        return value.is_nan()
    return isinstance(value, Real) and bool(value != value)  # noqa: PLR0124 (as only a NaN does)


def relative_error(gold: str, answer: str) -> Fraction | float:
    """How far an answer's number is from the gold's, as a share of it; infinite if incomparable."""
    expected, actual = exact_number(gold), exact_number(answer)
    if not expected or actual is None:
        return float("inf")
    return abs(actual - expected) / abs(expected)


check_answer = CheckAnswer()
check_numbers = CheckNumbers()
