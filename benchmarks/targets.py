"""Every ready-made reward with a row to judge, and where in the row a hostile text can stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import grpo_rewards
from grpo_rewards import (
    BOXED,
    FREEFORM,
    THINK_BOXED,
    CheckAnswer,
    CheckCode,
    CheckFunction,
    CheckLogic,
    ColumnError,
    CompletionError,
    CosineLength,
    ExactFormat,
    LengthTarget,
    Policy,
    Reward,
    SoftOverlongPunishment,
    StepCount,
)

__all__ = ["TARGETS", "Target", "judge"]

RIGHT = "6 * 7<end_working_out><SOLUTION>42</SOLUTION>"
PROGRAM = "So.<end_working_out><SOLUTION>```python\ndef f(x):\n    return x\n```</SOLUTION>"
PUZZLES: dict[str, dict[str, Any]] = {
    "countdown": {"numbers": [3, 4, 5, 2], "target": 25},
    "sudoku": {"grid": ["1...", "..2.", ".3..", "...4"]},
    "n_queens": {"size": 4},
    "knights_knaves": {"statements": {"Alice": "not Bob", "Bob": "not Alice and not Bob"}},
    "graph_coloring": {"edges": [["New South Wales", "Victoria"]], "colors": 2},
    "sat": {"clauses": [[1, -2], [2, 3], [-1, -3]]},
    "latin_square": {"size": 3, "less": [[[1, 1], [1, 2]], [[2, 1], [1, 1]]]},
    "entailment": {"premises": ["P -> Q", "not Q"], "variables": ["P", "Q"]},
    "zebra": {
        "attributes": {"color": ["red", "blue"], "drink": ["tea", "milk"]},
        "clues": [["same", "red", "milk"], ["directly left of", "tea", "milk"]],
    },
}


COLUMNS: dict[str, dict[str, Any]] = {
    "check_logic": {"answer": "p and not q"},
    "check_quotes": {"source": "The mill was built in 1820. It burned down twice."},
    "check_query": {
        "answer": "SELECT n FROM t WHERE n > 1",
        "schema": "CREATE TABLE t (n INT); INSERT INTO t VALUES (1), (2);",
    },
    "check_tool_calls": {"expected_calls": [{"name": "weather", "arguments": {"city": "Paris"}}]},
    "check_instructions": {
        "instruction_id_list": ["punctuation:no_comma", "length_constraints:number_sentences"],
        "kwargs": [{}, {"num_sentences": 3, "relation": "less than"}],
    },
}
"""What rewards read that do not read a gold alone."""


@dataclass(frozen=True)
class Target:
    """A reward, and the row that a text is put into."""

    name: str
    reward: Reward
    place: str
    """``answer``, ``reasoning``, ``whole``, or ``gold`` and what column it is."""
    row: Callable[[str], tuple[str, dict[str, Any]]]
    """The completion and the columns that a text makes."""


def judge(target: Target, text: str) -> float | str | None:
    """The score, or ``"refused"`` where a gold cannot be one; whatever else is raised is a bug."""
    completion, row = target.row(text)
    columns = {name: [value] for name, value in row.items()}
    try:
        (score,) = target.reward([completion], **columns)
    except ColumnError:
        if not target.place.startswith("gold"):
            raise
        return "refused"
    except CompletionError as error:
        raise AssertionError("a text is no wrong completion") from error
    return score


def _in_place(place: str, text: str, reward: Reward) -> str:
    layout = getattr(reward, "format", None)
    if place == "whole":
        return text
    if layout in (BOXED, FREEFORM, THINK_BOXED):
        if place == "answer":
            return rf"<think>So.</think>The answer is \boxed{{{text}}}."
        return rf"<think>{text}</think>The answer is \boxed{{42}}."
    if place == "answer":
        return f"So.<end_working_out><SOLUTION>{text}</SOLUTION>"
    return f"{text}<end_working_out><SOLUTION>42</SOLUTION>"


def _of(reward: Reward, name: str, columns: dict[str, Any]) -> Iterator[Target]:
    for place in ("answer", "reasoning", "whole"):

        def row(text: str, place: str = place) -> tuple[str, dict[str, Any]]:
            return _in_place(place, text, reward), columns

        yield Target(name, reward, place, row)
    for column, ordinary in columns.items():
        if column in ("completion_ids", "entry_point"):
            continue

        def gold(
            text: str, column: str = column, ordinary: Any = ordinary
        ) -> tuple[str, dict[str, Any]]:
            right = PROGRAM if name in ("check_code", "check_function") else RIGHT
            return right, {**columns, column: _shaped(column, text, ordinary)}

        yield Target(name, reward, f"gold: {column}", gold)


def _shaped(column: str, text: str, ordinary: Any) -> Any:
    """A text in the shape that a column has."""
    if column == "options":
        return [text, "42", "43"]
    if column == "puzzle":
        return _filled(ordinary, text)
    if column == "tests":
        return [text]
    return text


def _filled(puzzle: Any, text: str) -> Any:
    """A puzzle with a text in place of the first text or number that is not its kind."""
    filled = dict(puzzle)
    field = next(name for name in filled if name != "kind")
    value = filled[field]
    if isinstance(value, list):
        filled[field] = [text, *value]
    elif isinstance(value, dict):
        first = next(iter(value))
        filled[field] = {**value, first: text}
    else:
        filled[field] = text
    return filled


def _targets() -> Iterator[Target]:
    gold = {"answer": "42"}
    for name in grpo_rewards.__all__:
        reward = getattr(grpo_rewards, name)
        if isinstance(reward, Reward) and name not in (
            "check_puzzle",
            "check_code",
            "check_function",
            "check_choice",
        ):
            yield from _of(reward, name, COLUMNS.get(name, gold))
    for expected in (r"3\sqrt{2}", "x^2+5x+6", r"\{1, 2\}", "5 m", "[1, 2)", "yes"):
        for target in _of(grpo_rewards.check_answer, "check_answer", {"answer": expected}):
            if target.place == "answer":
                yield target
    check_choice = grpo_rewards.check_choice
    yield from _of(check_choice, "check_choice", {"answer": "B", "options": ["Rome", "42", "1/2"]})
    yield from _of(check_choice, "check_choice, letters", {"answer": "B"})
    yield from _of(CheckLogic(), "CheckLogic", {"answer": "yes"})
    for kind, fields in PUZZLES.items():
        yield from _of(
            grpo_rewards.check_puzzle, f"check_puzzle, {kind}", {"puzzle": {"kind": kind, **fields}}
        )
    check_code = CheckCode(deadline=2.0)
    yield from _of(check_code, "check_code", {"tests": ["assert f(2) == 2"]})
    check_function = CheckFunction(deadline=2.0, reference=None)
    yield from _of(check_function, "check_function", {"tests": ["assert f(2) == 2"]})
    for layout in (FREEFORM, BOXED, THINK_BOXED):
        yield from _of(CheckAnswer(format=layout), f"CheckAnswer, {layout!r}", gold)
        yield from _of(ExactFormat(format=layout), f"ExactFormat, {layout!r}", gold)
    yield from _of(
        CheckAnswer(policy=Policy(max_length=20_000)), "CheckAnswer of long answers", gold
    )
    for unit in ("characters", "words"):
        yield from _of(StepCount(), f"StepCount, {unit}", gold)
        yield from _of(
            SoftOverlongPunishment(max_length=40, cache=20, unit=unit),
            f"SoftOverlongPunishment, {unit}",
            gold,
        )
        yield from _of(CosineLength(max_length=40, unit=unit), f"CosineLength, {unit}", gold)
        yield from _of(LengthTarget(target=40, unit=unit), f"LengthTarget, {unit}", gold)
    try:
        language = grpo_rewards.LanguageConsistency(language="en")
        language(["Ordinary words."])
    except grpo_rewards.OptionError:  # Lingua is not installed
        return
    yield from _of(language, "LanguageConsistency", {})


TARGETS: tuple[Target, ...] = tuple(_targets())
