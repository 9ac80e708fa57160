"""Entailment: a conclusion that follows from the premises, and does not hold anyway."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grpo_rewards.errors import ColumnError
from grpo_rewards.logic.equivalence import equivalence
from grpo_rewards.logic.formulas import Formula, Step
from grpo_rewards.puzzles.constraints import read as read_formula
from grpo_rewards.puzzles.solutions import Unreadable, field, names_field, plain, sequence_field

__all__ = ["Entailment", "check", "read"]

KIND = "entailment"
FIELDS = ("premises", "variables")
MAX_VARIABLES = 14
TRUE = Formula((), ("true",))


@dataclass(frozen=True, slots=True)
class Entailment:
    """The premises, and the variables that they and the conclusion are about."""

    premises: tuple[Formula, ...]
    variables: tuple[str, ...]


def read(puzzle: Mapping[str, Any]) -> Entailment:
    """The puzzle of a row."""
    variables = names_field(
        KIND, "variables", sequence_field(KIND, "variables", field(KIND, puzzle, "variables"))
    )
    if len(variables) > MAX_VARIABLES:
        raise ColumnError(
            f"an {KIND} puzzle has {len(variables)} variables: write {MAX_VARIABLES} or fewer"
        )
    premises = sequence_field(KIND, "premises", field(KIND, puzzle, "premises"))
    return Entailment(tuple(_premise(str(text), variables) for text in premises), variables)


def _premise(text: str, variables: tuple[str, ...]) -> Formula:
    try:
        return read_formula(text, variables)
    except Unreadable as why:
        raise ColumnError(f"the premise {text!r:.80} cannot be read: {why}") from why


def check(puzzle: Entailment, answer: str) -> str | None:
    """The first rule that an answer breaks.

    Example:
        >>> puzzle = read({"premises": ["P -> Q", "not Q"], "variables": ["P", "Q"]})
        >>> check(puzzle, "¬P"), check(puzzle, "P ∨ ¬P")
        (None, 'it holds whatever the premises are')
        >>> check(puzzle, "P implies Q")
        'it is one of the premises'
        >>> check(puzzle, "P ∨ Q")
        'it does not follow: the premises allow P false, Q false'
    """
    try:
        conclusion = read_formula(plain(answer), puzzle.variables)
    except Unreadable as why:
        return str(why)
    if equivalence(TRUE, conclusion).equal:
        return "it holds whatever the premises are"
    if any(_steps(premise) == _steps(conclusion) for premise in puzzle.premises):
        return "it is one of the premises"
    found = equivalence(TRUE, _implication(puzzle, conclusion))
    if found.equal:
        return None
    values = ", ".join(f"{name} {str(value).lower()}" for name, value in found.assignment.items())
    return f"it does not follow: the premises allow {values}"


def _steps(formula: Formula) -> list[str]:
    """A formula as it is written, but for its notation, brackets and double negations."""
    steps: list[str] = []
    for step in formula.steps:
        named = formula.names[step] if isinstance(step, int) else str(step)
        if named == "not" and steps[-1:] == ["not"]:
            steps.pop()
        else:
            steps.append(named)
    return steps


def _implication(puzzle: Entailment, conclusion: Formula) -> Formula:
    """That the premises imply the conclusion: not all of them hold, and it does not."""
    places = {name: place for place, name in enumerate(puzzle.variables)}
    steps: list[Step] = ["true"]
    for formula in (*puzzle.premises, conclusion):
        named = [places[name] for name in formula.names]
        steps += [named[step] if isinstance(step, int) else step for step in formula.steps]
        steps += ["not", "and"] if formula is conclusion else ["and"]
    return Formula(puzzle.variables, (*steps, "not"))
