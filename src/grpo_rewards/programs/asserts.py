"""Assertions as tests: which part of one the program computes, and whether the rest then holds.

Only calls of the program's function go into a sandbox, with their arguments written out. What they
return comes back as plain data, and the comparison is computed here, by a small evaluator: the
expected value is never where the program could read it, nor the ``==`` one that it could redefine.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grpo_rewards.errors import ColumnError
from grpo_rewards.programs.asserting import RAISES
from grpo_rewards.programs.budgets import Budget, require_shallow
from grpo_rewards.programs.constants import Inlined, computed, literal
from grpo_rewards.programs.expressions import (
    OUTSIDE,
    RAISED,
    evaluated,
    inside,
    is_outside,
    parsed_expression,
    root_of,
)
from grpo_rewards.programs.nodes import NODE_NAMES
from grpo_rewards.sandboxes.data import NotPlainError, shown

__all__ = ["Assertion", "RaisesTest", "assertion", "names_in"]

LONGEST_SHOWN = 200
MOST_SHOWN = 3
"""Characters of a call, and calls, that a reason shows."""


@dataclass(frozen=True, slots=True)
class Assertion:
    """One assertion: the calls in it that a program answers, and the condition on the answers."""

    text: str
    calls: tuple[str, ...]
    condition: ast.expr
    """The asserted expression, in which a name ``$0`` stands for what the first call returned."""

    def failure(self, values: Sequence[Any], budget: Budget | None = None) -> str:
        """Why the assertion does not hold of what the calls returned; empty if it does."""
        known = {f"${place}": value for place, value in enumerate(values)}
        text = f"{self.text:.{LONGEST_SHOWN}}"
        try:
            if evaluated(self.condition, known, budget):
                return ""
        except (*RAISED, ValueError) as error:
            return f"{text} raised {type(error).__name__}: {_said(error)}"
        returned = ", ".join(
            f"{call:.{LONGEST_SHOWN}} returned {shown(value)}"
            for call, value in zip(self.calls[:MOST_SHOWN], values, strict=False)
        )
        match self.condition:
            case ast.Compare(left=ast.Name(id="$0"), ops=[ast.Eq()], comparators=[expected]) if (
                len(values) == 1
            ):
                return f"{returned}, expected {shown(evaluated(expected, known))}"
        return f"{returned}, and {text} does not hold"


@dataclass(frozen=True, slots=True)
class RaisesTest:
    """A call that has to raise one of some exceptions of Python's own."""

    calls: tuple[str, ...]
    kinds: tuple[str, ...]

    def failure(self, values: Sequence[Any], budget: Budget | None = None) -> str:  # noqa: ARG002
        """Why it fails, of a call that returned."""
        expected = " or ".join(self.kinds)
        return f"{self.calls[0]:.{LONGEST_SHOWN}} returned {shown(values[0])}, expected {expected}"

    def is_met(self, error: str) -> bool:
        """Whether an error, as a sandbox writes it, is one of them."""
        raised = getattr(builtins, error.partition(":")[0], None)
        kinds = tuple(getattr(builtins, kind) for kind in self.kinds)
        return isinstance(raised, type) and issubclass(raised, kinds)


def _said(error: BaseException) -> str:
    """What an error says, if not at length."""
    if isinstance(error, KeyError):  # of which it says the key
        return shown(error.args[0] if error.args else "")
    return f"{error!s:.{LONGEST_SHOWN}}"


def names_in(expression: ast.expr, constants: Mapping[str, Any]) -> set[str]:
    """The names in an expression that neither Python nor the test itself gives a meaning."""
    bound = {
        name.arg if isinstance(name, ast.arg) else name.id
        for name in ast.walk(expression)
        if isinstance(name, ast.arg)
        or (isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store))
    }
    return {
        name.id
        for name in ast.walk(expression)
        if isinstance(name, ast.Name)
        and name.id not in bound
        and name.id not in constants
        and name.id not in OUTSIDE
        and name.id not in ("math", RAISES, *NODE_NAMES.values())
    }


def assertion(
    expression: ast.expr,
    constants: Mapping[str, Any],
    renamed: Mapping[str, str],
    function: str,
    budget: Budget | None = None,
) -> Assertion | RaisesTest:
    """An assertion about a function, from an expression whose names are known to be its.

    Args:
        expression: What is asserted.
        constants: The values of names that the test itself defines.
        renamed: What the test calls the function, and what the program does.
        function: The first name in what the program calls it.
        budget: The steps that this may take.

    Raises:
        ColumnError: The expression does not call it, or uses Python that is not judged outside.
        TooMuchError: It takes more steps than the budget has.
    """
    steps = budget or Budget()
    require_shallow(expression)
    text = f"assert {ast.unparse(expression)}"
    named = _Renamed(renamed).visit(parsed_expression(ast.unparse(expression)))
    # Where a part may be left out, an error in it might not count.
    is_straight = not any(isinstance(node, ast.BoolOp | ast.IfExp) for node in ast.walk(named))
    split = _Split(constants, function, steps, is_straight=is_straight)
    match named:
        case ast.Call(func=ast.Name(id=name), args=[ast.Tuple(elts=kinds), call]) if name == RAISES:
            split.visit(call)
            if len(split.calls) == 1:
                names = tuple(str(kind.value) for kind in kinds if isinstance(kind, ast.Constant))
                return RaisesTest(tuple(split.calls), names)
    condition = split.visit(named)
    if not split.calls:
        raise ColumnError(
            f"the test {text!r:.100} does not call the program: name its function in a column "
            "'entry_point'"
        )
    return Assertion(text, tuple(split.calls), condition)


class _Renamed(ast.NodeTransformer):
    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.expr:
        name = self.names.get(node.id)
        return node if name is None else parsed_expression(name)


_ITERATE = frozenset("all any frozenset list max min set sorted sum tuple".split())
"""The functions that take of an only argument nothing but its members, one after the other."""


class _Split(ast.NodeTransformer):
    """Takes the program's calls out of an expression, their arguments written as literals."""

    def __init__(
        self, constants: Mapping[str, Any], function: str, budget: Budget, *, is_straight: bool
    ) -> None:
        self.constants = constants
        self.function = function
        self.budget = budget
        self.is_straight = is_straight
        self.calls: list[str] = []

    def visit(self, node: ast.AST) -> Any:
        if isinstance(node, ast.keyword):
            return self.generic_visit(node)
        if not isinstance(node, ast.expr):
            return node
        if is_outside(node, self.constants, self.function):
            return Inlined(self.constants, self.budget).visit(node)
        match node:
            case ast.Call(func=ast.Name(id=name), args=[inner], keywords=[]) if (
                self.is_straight
                and name in _ITERATE
                and name != self.function
                and root_of(inner) == self.function
            ):
                # What it returns may be an iterator, which is no plain data: its members are.
                members = ast.List(elts=[ast.Starred(value=self._folded(inner))], ctx=ast.Load())
                return ast.Call(func=node.func, args=[self._called(members)], keywords=[])
            case ast.Call(func=ast.Name(id=name), args=[inner]) if (
                name in NODE_NAMES and root_of(inner) == self.function
            ):
                return self._called(self._folded(node))
        if root_of(node) == self.function:
            return self._called(self._folded(node))
        if inside(node) is None:
            raise ColumnError(
                f"the test has {ast.unparse(node)!r:.100} around a call of the program, which "
                "cannot be judged outside the sandbox: compare what the program returns with a "
                "value, as in 'assert f(2) == 4'"
            )
        return self.generic_visit(node)

    def _folded(self, node: ast.expr) -> ast.expr:
        folded: ast.expr = _Folded(self.constants, self.function, self.budget).visit(node)
        return folded

    def _called(self, node: ast.expr) -> ast.expr:
        """The name that stands for what a call of the program returned."""
        self.calls.append(ast.unparse(node))
        return ast.Name(id=f"${len(self.calls) - 1}", ctx=ast.Load())


class _Folded(ast.NodeTransformer):
    """Computes what arguments need no program for: it may have redefined ``range``."""

    def __init__(self, constants: Mapping[str, Any], function: str, budget: Budget) -> None:
        self.constants = constants
        self.function = function
        self.budget = budget

    def visit(self, node: ast.AST) -> Any:
        if isinstance(node, ast.expr) and is_outside(node, self.constants, self.function):
            try:
                return literal(computed(node, self.constants, self.budget), self.budget)
            except (ColumnError, NotPlainError):  # such as the type int, or a range
                return Inlined(self.constants, self.budget).visit(node)
        if isinstance(node, ast.Name) and node.id in self.constants:
            return literal(self.constants[node.id], self.budget)
        if isinstance(node, ast.Name):
            return node
        return self.generic_visit(node)
