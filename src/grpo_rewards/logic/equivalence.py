"""Whether two formulas are equivalent, and an assignment that tells them apart where not.

Truth tables, a bit a row, decide formulas of few variables; decision diagrams most of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeVar

from grpo_rewards.logic.formulas import Formula, Step

__all__ = ["Equivalence", "equivalence"]

MAX_TABLE = 14
"""With more variables than this, decision diagrams take the place of truth tables."""
MAX_VARIABLES = 200
MAX_NODES = 20_000
"""How large diagrams may grow (nodes), and what they may cost (four times as many steps)."""

Term = TypeVar("Term")


@dataclass(frozen=True, slots=True)
class Equivalence:
    """What comparing two formulas found."""

    equal: bool | None
    """``None`` where it took too much to find out."""
    rule: str
    """``truth table`` or ``decision diagram``."""
    assignment: Mapping[str, bool] = field(default_factory=dict)
    """Values of the variables under which the formulas differ, if they do."""
    gold: bool = False
    """The gold's value under it."""


def equivalence(gold: Formula, answer: Formula) -> Equivalence:
    """Compare two formulas over the variables of both.

    Example:
        >>> from grpo_rewards.logic.formulas import read_formula
        >>> found = equivalence(read_formula("p -> q"), read_formula("q -> p"))
        >>> found.equal, found.assignment, found.gold
        (False, {'p': True, 'q': False}, False)
    """
    names = tuple(dict.fromkeys(chain(gold.names, answer.names)))
    if len(names) <= MAX_TABLE:
        return _by_table(names, gold, answer)
    if len(names) > MAX_VARIABLES:
        return Equivalence(equal=None, rule="decision diagram")
    try:
        return _by_diagram(names, gold, answer)
    except _TooLargeError:
        return Equivalence(equal=None, rule="decision diagram")


def _evaluate(
    steps: Sequence[Step], values: Sequence[Term], apply: Mapping[str, Callable[..., Term]]
) -> Term:
    """The value of a formula in postfix order, whatever its values are."""
    stack: list[Term] = []
    for step in steps:
        if isinstance(step, int):
            stack.append(values[step])
        elif step in ("true", "false"):
            stack.append(apply[step]())
        elif step == "not":
            stack.append(apply[step](stack.pop()))
        else:
            right = stack.pop()
            stack.append(apply[step](stack.pop(), right))
    return stack.pop()


# Truth tables ---------------------------------------------------------------------------------


def _by_table(names: tuple[str, ...], gold: Formula, answer: Formula) -> Equivalence:
    rows = 1 << len(names)
    full = (1 << rows) - 1
    # Row by row as people write them: all true first, the last variable changing fastest.
    columns = {}
    for place, name in enumerate(names):
        block = 1 << (len(names) - 1 - place)
        columns[name] = full // ((1 << 2 * block) - 1) * ((1 << block) - 1)
    apply: dict[str, Callable[..., int]] = {
        "true": lambda: full,
        "false": lambda: 0,
        "not": lambda value: value ^ full,
        "and": int.__and__,
        "or": int.__or__,
        "xor": int.__xor__,
    }
    expected, actual = (
        _evaluate(each.steps, [columns[name] for name in each.names], apply)
        for each in (gold, answer)
    )
    different = expected ^ actual
    if not different:
        return Equivalence(equal=True, rule="truth table")
    row = (different & -different).bit_length() - 1
    assignment = {name: bool(column >> row & 1) for name, column in columns.items()}
    return Equivalence(
        equal=False,
        rule="truth table",
        assignment=assignment,
        gold=bool(expected >> row & 1),
    )


# Decision diagrams ----------------------------------------------------------------------------


class _TooLargeError(Exception):
    """The diagrams have grown past what may be spent on them."""


class _Diagrams:
    """Reduced ordered binary decision diagrams: equivalent formulas are the same node.

    R. E. Bryant, "Graph-Based Algorithms for Boolean Function Manipulation", 1986.
    """

    def __init__(self, variables: int) -> None:
        # Of each node its variable and where it leads to; the first two are false and true.
        self.nodes = [(variables, 0, 0), (variables, 1, 1)]
        self.places: dict[tuple[int, int, int], int] = {}
        self.known: dict[tuple[str, int, int], int] = {}
        self.apply: dict[str, Callable[..., int]] = {
            "true": lambda: 1,
            "false": lambda: 0,
            "not": lambda node: self.combined("xor", node, 1),
            "and": lambda left, right: self.combined("and", left, right),
            "or": lambda left, right: self.combined("or", left, right),
            "xor": lambda left, right: self.combined("xor", left, right),
        }

    def node(self, variable: int, if_false: int, if_true: int) -> int:
        if if_false == if_true:
            return if_false
        node = (variable, if_false, if_true)
        if node not in self.places:
            if len(self.nodes) >= MAX_NODES:
                raise _TooLargeError
            self.places[node] = len(self.nodes)
            self.nodes.append(node)
        return self.places[node]

    def combined(self, operation: str, left: int, right: int) -> int:
        """The diagram of two diagrams joined; recursion goes no deeper than the variables."""
        if left > right:
            left, right = right, left
        if left == right:
            return 0 if operation == "xor" else left
        if left == 0:
            return 0 if operation == "and" else right
        if left == 1 and operation != "xor":
            return right if operation == "and" else 1
        key = (operation, left, right)
        if key not in self.known:
            if len(self.known) >= 4 * MAX_NODES:
                raise _TooLargeError
            variable = min(self.nodes[left][0], self.nodes[right][0])
            (left_false, left_true), (right_false, right_true) = (
                self.nodes[node][1:] if self.nodes[node][0] == variable else (node, node)
                for node in (left, right)
            )
            self.known[key] = self.node(
                variable,
                self.combined(operation, left_false, right_false),
                self.combined(operation, left_true, right_true),
            )
        return self.known[key]


def _by_diagram(names: tuple[str, ...], gold: Formula, answer: Formula) -> Equivalence:
    diagrams = _Diagrams(len(names))
    variables = {name: diagrams.node(place, 0, 1) for place, name in enumerate(names)}
    expected, actual = (
        _evaluate(each.steps, [variables[name] for name in each.names], diagrams.apply)
        for each in (gold, answer)
    )
    different = diagrams.combined("xor", expected, actual)
    if not different:
        return Equivalence(equal=True, rule="decision diagram")
    values = [True] * len(names)
    for place in range(len(names)):
        variable, if_false, if_true = diagrams.nodes[different]
        if variable == place:
            values[place] = if_true != 0
            different = if_true or if_false
    node = expected
    while node > 1:
        variable, if_false, if_true = diagrams.nodes[node]
        node = if_true if values[variable] else if_false
    return Equivalence(
        equal=False,
        rule="decision diagram",
        assignment=dict(zip(names, values, strict=True)),
        gold=node == 1,
    )
