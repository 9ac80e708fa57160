"""The rows that every adapter is tried with: right, wrong, without an opinion, hostile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from grpo_rewards import check_answer, exact_format

REWARD = (exact_format + check_answer).named("total")
PARTS = ("exact_format", "check_answer")


def laid_out(answer: str) -> str:
    """A response in the layout that the reward reads."""
    return f"6 * 7 it is.<end_working_out><SOLUTION>{answer}</SOLUTION>"


@dataclass(frozen=True)
class Row:
    """A response, its gold, and what it scores."""

    response: str
    gold: Any
    score: float | None
    verdict: str
    question: str = "What is 6 * 7?"

    @property
    def acc(self) -> float:
        """1 where the answer is right."""
        return float(self.verdict == "correct")


RIGHT = Row(laid_out("42"), "42", 8.0, "correct")
WRONG = Row(laid_out("41"), "42", 0.5, "wrong")
MISSING = Row("I cannot.", "42", None, "no answer")
OPEN = Row(laid_out("42"), "", 3.0, "no opinion")
"""No gold: the format has an opinion, the answer has none."""
ORDINARY = (RIGHT, WRONG, Row(laid_out("84/2"), "42", 8.0, "correct"), OPEN)
HOSTILE = tuple(
    Row(laid_out(answer), gold, 0.5, "wrong")
    for answer, gold in (
        ("9^{9^{9^{9}}}", "42"),
        (r"(x+1)^{2000}-(x+1)^{1999}", "x"),
        (r"\binom{10^9}{5\cdot10^8}", "42"),
        ("(" * 20_000, "42"),
        ("9" * 50_000, "42"),
        ("\\frac{" * 5_000, "42"),
        ("__import__('os').system('true')", "42"),
        ("\x00\ud800 41", "42"),
    )
)
"""What hangs, swells or breaks verifiers; whatever it scores, it does not pay."""


def record(
    record_property: Any, *, version: str, rows: list[tuple[Row, float]], parts: bool
) -> None:
    """Note what an adapter did with the rows, for the table of ``make compat``."""
    right = sum(row.verdict == "correct" and score == row.score for row, score in rows)
    wrong = sum(row.verdict == "wrong" and score == row.score for row, score in rows)
    none = sum(row.verdict == "no opinion" for row, _ in rows)
    record_property("version", version)
    record_property("calls", len(rows))
    record_property("right", right)
    record_property("wrong", wrong)
    record_property("no opinion", none)
    record_property("parts logged", "yes" if parts else "no")
