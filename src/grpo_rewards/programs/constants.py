"""The values of a test's own: computed outside the sandbox, bound to names, written as literals."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from itertools import islice
from typing import Any

from grpo_rewards.errors import ColumnError, in_short
from grpo_rewards.programs.budgets import Budget, TooMuchError
from grpo_rewards.programs.expressions import RAISED, evaluated, parsed_expression
from grpo_rewards.sandboxes.data import NotPlainError, plain, source

__all__ = ["MOST_TURNS", "NODE", "Inlined", "bind", "computed", "items_of", "literal"]

MOST_TURNS = 1_000
"""Turns that a loop in a test may take: each of them is a call of the program."""
COPY = 3
"""Steps that a value counts where it is looked through and copied."""
NODE = 40
"""Steps that a node of a syntax tree counts for what is made of it: much more than a value."""


def items_of(node: ast.expr, constants: Mapping[str, Any], budget: Budget) -> list[Any]:
    """The values that an expression of a test's own goes through, such as those of a loop.

    Raises:
        ColumnError: It has none, or more than a loop may take.
        TooMuchError: They take more steps than the budget has.
    """
    try:
        made = evaluated(node, constants, budget)
        items = list(islice(made, MOST_TURNS + 1))
        budget.spend(COPY * budget.measure(items))
        items = [plain(item) for item in items]
    except TooMuchError:
        raise
    except (*RAISED, ValueError) as error:
        raise ColumnError(f"the test has {in_short(ast.unparse(node), 100)}: {error}") from error
    if len(items) > MOST_TURNS:
        raise ColumnError(
            f"the test has {in_short(ast.unparse(node), 100)}: a loop of more than {MOST_TURNS} "
            "turns"
        )
    return items


def bind(target: ast.expr, value: Any, constants: dict[str, Any]) -> None:
    """Give the names in the target of a loop their values."""
    match target:
        case ast.Name(id=name):
            constants[name] = value
            return
        case ast.Tuple(elts=parts) | ast.List(elts=parts) if isinstance(value, list | tuple):
            if len(parts) == len(value):
                for part, item in zip(parts, value, strict=True):
                    bind(part, item, constants)
                return
    raise ColumnError(
        f"the test has the loop over {in_short(ast.unparse(target))}, which does not fit"
    )


class Inlined(ast.NodeTransformer):
    """Writes the values of the test's own names in their places."""

    def __init__(self, constants: Mapping[str, Any], budget: Budget) -> None:
        self.constants = constants
        self.budget = budget

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id not in self.constants:
            return node
        return literal(self.constants[node.id], self.budget)


def literal(value: Any, budget: Budget) -> ast.expr:
    """The expression that a value is written by."""
    budget.spend(NODE * budget.measure(value))
    return parsed_expression(source(value))


def computed(node: ast.expr, constants: Mapping[str, Any], budget: Budget) -> Any:
    """The value of an expression of a test's own.

    Raises:
        ColumnError: It has none, or one that is no plain data.
        TooMuchError: It takes more steps than the budget has.
    """
    try:
        value = evaluated(node, constants, budget)
        budget.spend(COPY * budget.measure(value))
        return plain(value)
    except TooMuchError:
        raise
    except (*RAISED, ValueError, NotPlainError) as error:
        raise ColumnError(f"the test has {in_short(ast.unparse(node), 100)}: {error}") from error
