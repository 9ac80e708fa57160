"""The reward for answers in words: question answering and translation, by the usual measures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

import regex

from grpo_rewards.cells import is_missing
from grpo_rewards.core.base import Batch, Outcome
from grpo_rewards.core.columns import as_list
from grpo_rewards.errors import ColumnError, OptionError, in_full, in_short
from grpo_rewards.passages import MissingMeasureError, bleu, chrf, exact_match, token_f1
from grpo_rewards.passages.overlap import require_sacrebleu
from grpo_rewards.requirements import require_number
from grpo_rewards.responses.layouts import WORKING_OUT, ResponseFormat
from grpo_rewards.rewards.golds import GOLD_COLUMNS, GoldSource, gold_values, require_gold
from grpo_rewards.rewards.tiers import Answer, TieredReward
from grpo_rewards.wording.statements import unannounced
from grpo_rewards.wording.vocabulary import Sense, spotted

__all__ = ["CheckText", "check_text"]

Measure: TypeAlias = Literal["exact", "f1", "chrf", "chrf++", "bleu"]

TAKES_BACK: tuple[Sense, ...] = ("denies", "hedges", "rivals")
LONGEST = 20_000
"""Characters of an answer that is measured."""
LIMIT = 4
"""How many times as long as the longest reference an answer may be, and some words more."""
SLACK = 20

MEASURES: dict[str, Callable[[Sequence[str], str], float]] = {
    "exact": lambda golds, answer: float(any(exact_match(gold, answer) for gold in golds)),
    "f1": lambda golds, answer: max(token_f1(gold, answer) for gold in golds),
    "chrf": chrf,
    "chrf++": lambda golds, answer: chrf(golds, answer, words=2),
    "bleu": bleu,
}
"""Each from 0 to 1, the best of several references."""


@dataclass(frozen=True, kw_only=True, repr=False)
class CheckText(TieredReward):
    """Pays an answer in words by how far it agrees with the gold, or with the nearest of several.

    Args:
        format: The layout that the answer is read by.
        gold: The column with the gold, a text or a list of acceptable ones (aliases, reference
            translations); by default ``answer``, else ``solution``. SQuAD's ``{"text": [...]}``
            and TriviaQA's ``{"aliases": [...], "value": ...}`` are read. A path or a function as
            in `CheckAnswer`.
        measure: ``"exact"`` and ``"f1"``, of SQuAD, with its normalisation: case, punctuation and
            articles make no difference; ``"chrf"``, ``"chrf++"`` and ``"bleu"``, by sacrebleu.
        least: From which value of the measure on an answer is paid at all.
        correct: The score where the measure is 1; below, its value times that.
        wrong: The score where the measure is 0, or below ``least``.
        missing: The score of a response without an answer.
        strict: As in `CheckAnswer`.
        name: The reward's ``__name__``.

    Returns:
        For a completion one of the tiers, or a share of ``correct``; ``None`` where the row has
        no gold.

    Raises:
        OptionError: sacrebleu is not installed, which chrF and BLEU need
            (``pip install 'grpo-rewards[text]'``), or an option is of the wrong kind.
        ColumnError: On a call: the gold's column is missing, or holds what is no text.

    Not covered: what means the same in other words; whether numbers are equal in value (for those
    see `CheckAnswer`). An answer many times as long as every reference is wrong: it lists words.

    Example:
        >>> texts = [
        ...     f"I recall it.<end_working_out><SOLUTION>{answer}</SOLUTION>"
        ...     for answer in ("The Eiffel tower.", "the tower of Eiffel in Paris", "Louvre")
        ... ]
        >>> check_text(texts, answer=[["Eiffel Tower", "La Tour Eiffel"]] * 3)
        [5.0, -2.5, -2.5]
        >>> CheckText(measure="f1")(texts, answer=["Eiffel Tower"] * 3)
        [5.0, 2.8571428571428568, -2.5]
    """

    format: ResponseFormat = WORKING_OUT
    gold: GoldSource = None
    measure: Measure = "exact"
    least: float = 0.0
    correct: float = 5.0
    wrong: float = -2.5
    missing: float = -4.5
    name: str = "check_text"

    def __post_init__(self) -> None:
        super().__post_init__()
        require_gold(self.gold)
        if self.measure not in get_args(Measure):
            known = ", ".join(map(repr, get_args(Measure)))
            raise OptionError(f"measure={self.measure!r}: write one of {known}")
        require_number("least", self.least)
        if not 0 <= self.least <= 1:
            raise OptionError(f"least={self.least!r}: write a number from 0 to 1")
        if self.measure != "exact" and not self.wrong <= 0 < self.correct:
            raise OptionError(
                f"wrong={self.wrong!r}, correct={self.correct!r}: with measure={self.measure!r} a "
                "share earns a share of correct, so write wrong <= 0 < correct"
            )
        if self.measure not in ("exact", "f1"):
            try:
                require_sacrebleu()
            except MissingMeasureError as error:
                raise OptionError(f"measure={self.measure!r}: {error}") from None

    def _judge_answers(self, batch: Batch, answers: Sequence[Answer]) -> list[Outcome]:
        return [
            self._judge_row(self._golds(value), *answer)
            for value, answer in zip(gold_values(batch, self.gold), answers, strict=True)
        ]

    def _golds(self, value: Any) -> list[str]:
        if isinstance(value, dict):  # as SQuAD and TriviaQA have them
            value = [
                each for name in ("aliases", "text", "value") for each in _listed(value.get(name))
            ]
        golds = _listed(value)
        for gold in golds:
            if not isinstance(gold, str | int | float) or isinstance(gold, bool):
                column = self.gold if isinstance(self.gold, str) else " or ".join(GOLD_COLUMNS)
                raise ColumnError(
                    f"the column {column!r} has {in_short(gold)} as a gold: write a text, or a "
                    "list of acceptable ones"
                )
        return [text for gold in golds if (text := in_full(gold)).strip()]

    def _judge_row(self, golds: list[str], answer: str | None, why_not: str) -> Outcome:
        if not golds:
            return self._outcome("no opinion", "the row has no gold", answer=answer)
        rule, gold = self.measure, golds[0]
        if answer is None:
            return self._outcome("no answer", f"no answer: {why_not}", gold=gold, rule=rule)
        answer = _unwrapped(answer)
        longest = max(len(each) for each in golds)
        if len(answer) > min(LIMIT * longest + SLACK, LONGEST):
            reason = "it is many times as long as every reference"
            return self._outcome("wrong", reason, answer=answer, gold=gold, rule=rule)
        if self.measure == "f1" and (doubt := _taken_back(golds, answer)):
            reason = f"it says {doubt!r}, and no gold does"
            return self._outcome("wrong", reason, answer=answer, gold=gold, rule=rule)
        share = MEASURES[self.measure](golds, answer)
        if share >= 1:
            reason = "it agrees with the gold"
            return self._outcome("correct", reason, answer=answer, gold=gold, rule=rule)
        reason = f"{self.measure} is {share:.3f}"
        if self.measure == "exact":
            reason = f"it is not {gold!r:.80}" + (", nor an alias" if len(golds) > 1 else "")
        score = self.correct * share if share > 0 and share >= self.least else None
        return self._outcome("wrong", reason, answer=answer, gold=gold, rule=rule, score=score)


_BOX = regex.compile(
    r"\s*\\(?:boxed|fbox|text|textbf|mathrm)\{(?P<inner>[^{}]*)\}\.?\s*|\s*\*\*(?P<inner>[^*]*)\*\*\s*"
)


def _unwrapped(answer: str) -> str:
    """An answer without what only announces it, or sets it off: a box, bold, "the answer is"."""
    if len(answer) > LONGEST:
        return answer
    for _ in range(2):
        answer = unannounced(answer)
        found = _BOX.fullmatch(answer)
        answer = found["inner"] if found and found["inner"].strip() else answer
    return answer


def _taken_back(golds: Sequence[str], answer: str) -> str:
    """A word by which an answer denies, doubts, or offers another, and which no gold has.

    Most of its other words are the gold's, and would be paid.
    """
    expected = {spot.word for gold in golds for spot in spotted(gold, *TAKES_BACK)}
    found = (spot.word for spot in spotted(answer, *TAKES_BACK))
    return next((word for word in found if word not in expected), "")


def _listed(value: Any) -> Sequence[Any]:
    if value is None:
        return ()
    items = None if isinstance(value, str) else as_list(value)
    items = [value] if items is None else items
    return [item for item in items if not is_missing(item)]


check_text = CheckText()
