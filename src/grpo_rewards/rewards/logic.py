"""A reward for logic: formulas by what they say, truth values however they are worded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from grpo_rewards.choices.options import plain_value
from grpo_rewards.core.base import Batch, Outcome
from grpo_rewards.logic import compare_logic, is_logic
from grpo_rewards.rewards.answer import acceptable_golds
from grpo_rewards.rewards.golds import GoldReward
from grpo_rewards.rewards.tiers import Answer, Finding

__all__ = ["CheckLogic", "check_logic"]


@dataclass(frozen=True, kw_only=True, repr=False)
class CheckLogic(GoldReward):
    r"""Pays a propositional formula that is equivalent to the gold, or the gold's truth value.

    Formulas are compared over the variables of both, by truth table or, where there are many, by
    decision diagram. Connectives may be written in words, in LaTeX, with the symbols of logic, of
    Python and C, and as in Boolean algebra. Where the formulas differ, the reason shows for which
    values. A gold that is a truth value (``True``, ``yes``, ``valid``, ``unknown``) is answered by
    a truth value, in any words for it.

    Args:
        format: The layout that the answer is read by.
        gold: The column with the gold; by default ``answer``, else ``solution``. A value is a
            string, a truth value, or a list of acceptable ones. A path or a function as in
            `CheckAnswer`.
        gold_format: As in `CheckAnswer`.
        correct: The score of an answer that says what the gold says.
        wrong: The score of every other answer, and of one that takes too much to compare.
        missing: The score of a response without an answer.
        strict: Whether, in a format with tags, an answer counts only where the response is laid
            out exactly. Otherwise it counts wherever the format finds one.
        name: The reward's ``__name__``.

    Returns:
        For a completion one of the tiers, or ``None`` where the gold is neither a formula nor a
        truth value.

    Raises:
        OptionError: A tier would pay a worse response more, or an option is of the wrong kind.
        ColumnError: On a call: the gold's column is missing, or holds something unreadable.

    Not covered: quantifiers and predicates (``P(x)``), and the form of a formula: where it is to
    be simplified, or brought into a normal form, one that was only copied is equivalent, too.

    Example:
        >>> texts = [
        ...     rf"De Morgan.<end_working_out><SOLUTION>{answer}</SOLUTION>"
        ...     for answer in (r"\neg p \lor \neg q", "not p and not q")
        ... ]
        >>> check_logic(texts, answer=["not (p and q)"] * 2)
        [5.0, -2.5]
        >>> check_logic.explain(texts[1], answer="not (p and q)").reason
        'not equivalent: at p=True, q=False the gold is True, the answer is False'
    """

    correct: float = 5.0
    wrong: float = -2.5
    missing: float = -4.5
    name: str = "check_logic"

    def _judge_answers(self, batch: Batch, answers: Sequence[Answer]) -> list[Outcome]:
        return [
            self._judge_row(tuple(filter(is_logic, acceptable_golds(_label(value)))), *answer)
            for value, answer in zip(self._gold_values(batch), answers, strict=True)
        ]

    def _judge_row(self, golds: tuple[str, ...], answer: str | None, why_not: str) -> Outcome:
        if not golds:
            reason = "the gold is neither a formula nor a truth value"
            return self._outcome("no opinion", reason, answer=answer)
        if answer is None:
            return self._outcome("no answer", f"no answer: {why_not}", gold=golds[0])
        verdicts = [compare_logic(gold, answer) for gold in golds]
        verdict = next((each for each in verdicts if each), verdicts[0])
        found: Finding = "undecided" if verdict.equal is None else "correct" if verdict else "wrong"
        return self._outcome(found, verdict.reason, answer=answer, gold=golds[0], rule=verdict.rule)


def _label(value: Any) -> Any:
    """A gold as Python has it; of 1.0, which pandas makes of a label, the whole number."""
    value = plain_value(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


check_logic = CheckLogic()
