"""The assertions in a text of tests, whatever loops, functions and classes they stand in."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, TypeAlias

from grpo_rewards.errors import ColumnError, in_short
from grpo_rewards.programs.asserting import (
    asserted,
    function_in,
    is_idle,
    is_test_class,
    parameters,
)
from grpo_rewards.programs.budgets import Budget, TooMuchError, require_shallow
from grpo_rewards.programs.constants import MOST_TURNS, NODE, Inlined, bind, computed, items_of
from grpo_rewards.programs.expressions import is_outside, root_of
from grpo_rewards.programs.nodes import as_nodes
from grpo_rewards.sandboxes.parsed_source import parsed

__all__ = ["ReadTests", "read_assertions"]

CHARACTER = 4
"""Steps that a character of a test counts for reading it."""
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)
_Read: TypeAlias = tuple[ast.expr, dict[str, Any], str]


@dataclass(frozen=True, slots=True)
class ReadTests:
    """What a text of tests asserts."""

    found: list[_Read]
    """Each with the constants and the alias of the function before it."""
    function: str
    """The function that the text names; empty where it names none."""
    skipped: int
    """Statements that could not be read, and were left out."""


def read_assertions(
    text: str, function: str | None, budget: Budget | None = None, *, skip: bool = False
) -> ReadTests:
    """The assertions of a text.

    Raises:
        ColumnError: The text is no Python, or has a statement that cannot be judged outside.
        TooMuchError: There are more of them, or larger ones, than the budget allows.
    """
    steps = budget or Budget()
    steps.spend(CHARACTER * len(text))
    try:
        tree = parsed(text)
        steps.spend(require_shallow(tree))
    except TooMuchError:
        raise
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ColumnError(f"the test {in_short(text)} is no Python: {error}") from error
    reading = _Reading(steps, skip=skip)
    found = list(reading.assertions(tree.body, {}, {}, function or ""))
    return ReadTests(found, reading.function, reading.skipped)


class _Reading:
    """Reads the statements of a test, and counts the steps of all of it."""

    def __init__(self, budget: Budget, *, skip: bool = False) -> None:
        self.budget = budget
        self.skip = skip
        self.skipped = 0
        self.function = ""
        self.sizes: dict[int, int] = {}

    def _size(self, expression: ast.expr) -> int:
        """The number of nodes of an expression, which a loop may come to many times."""
        key = id(expression)
        if key not in self.sizes:
            self.sizes[key] = require_shallow(expression)
        return self.sizes[key]

    def assertions(  # noqa: PLR0912 (one branch a statement)
        self,
        statements: Sequence[ast.stmt],
        constants: dict[str, Any],
        results: dict[str, ast.expr],
        alias: str,
    ) -> Iterator[_Read]:
        """The assertions in some statements.

        Args:
            statements: The statements, as they are run one after the other.
            constants: The values of the names that have one so far.
            results: The expressions of the names that stand for what the program returned.
            alias: What the function is called here.
        """
        for statement in statements:
            self.budget.spend(1 + len(constants) + len(results))
            self.function = self.function or function_in(statement)
            if is_idle(statement):
                continue
            test = asserted(statement)
            match statement:
                case ast.Assert(test=ast.Constant(value=True)):  # some datasets' placeholder
                    continue
                case _ if test is not None and not _is_changed(test, results):
                    self.budget.spend(NODE * self._size(test))
                    placed = as_nodes(deepcopy(self._placed(test, results)))
                    yield self._unrolled(placed, constants), dict(constants), alias
                case ast.FunctionDef(args=ast.arguments(args=arguments), body=body) if (
                    varied := parameters(statement)
                ):
                    yield from self._varied(varied, arguments, body, constants, results, alias)
                case ast.ClassDef(body=body) if is_test_class(statement):
                    for each in body:
                        if isinstance(each, ast.FunctionDef) and each.name.startswith("test"):
                            yield from self.assertions(
                                each.body, dict(constants), dict(results), alias
                            )
                case ast.If(test=ast.Compare(left=ast.Name(id="__name__")), body=body):
                    yield from self.assertions(body, constants, results, alias)
                case ast.FunctionDef(args=ast.arguments(args=[ast.arg(arg=candidate)]), body=body):
                    # HumanEval's check(candidate)
                    yield from self.assertions(body, dict(constants), dict(results), candidate)
                case ast.FunctionDef(args=ast.arguments(args=[]), body=body):  # as pytest runs them
                    yield from self.assertions(body, dict(constants), dict(results), alias)
                case ast.For(target=target, iter=items, body=body, orelse=[]) if is_outside(
                    items, constants
                ):
                    for item in items_of(items, constants, self.budget):
                        bind(target, item, constants)
                        yield from self.assertions(body, constants, results, alias)
                case ast.Assign(targets=[ast.Name(id=name)], value=value) if not _is_changed(
                    value, results
                ):
                    if is_outside(value, constants):
                        constants[name] = computed(value, constants, self.budget)
                        results.pop(name, None)
                    else:
                        placed = self._placed(deepcopy(value), results)
                        results[name] = Inlined(constants, self.budget).visit(placed)
                        constants.pop(name, None)
                case ast.Expr(value=ast.Call(func=ast.Name(id="check"), args=[_])):
                    continue  # the call of check(candidate) itself
                case _:
                    if self.skip:
                        self.skipped += 1
                        continue
                    raise ColumnError(
                        f"the test has {in_short(ast.unparse(statement), 100)}, which cannot be "
                        "judged "
                        "outside the sandbox: write assertions, such as 'assert f(2) == 4'"
                    )

    def _varied(  # noqa: PLR0917 (what it passes on)
        self,
        varied: tuple[list[str], ast.expr],
        arguments: Sequence[ast.arg],
        body: Sequence[ast.stmt],
        constants: dict[str, Any],
        results: dict[str, ast.expr],
        alias: str,
    ) -> Iterator[_Read]:
        """The assertions of a function that pytest runs once for each of some values."""
        names, values = varied
        if {argument.arg for argument in arguments} != set(names):
            raise ColumnError(f"the test takes more than the parameters {', '.join(names)}")
        target: ast.expr = (
            ast.Name(names[0])
            if len(names) == 1
            else ast.Tuple([ast.Name(name) for name in names], ast.Load())
        )
        for item in items_of(values, constants, self.budget):
            inner = dict(constants)
            bind(target, item, inner)
            yield from self.assertions(body, inner, dict(results), alias)

    def _unrolled(self, expression: ast.expr, constants: Mapping[str, Any]) -> ast.expr:
        """An expression with the members of its comprehensions written out."""
        if not any(isinstance(node, _COMPREHENSIONS) for node in ast.walk(expression)):
            return expression
        unrolled: ast.expr = _Unrolled(constants, self.budget).visit(deepcopy(expression))
        require_shallow(unrolled)
        return unrolled

    def _placed(self, expression: ast.expr, results: Mapping[str, ast.expr]) -> ast.expr:
        """An expression, with what names in it stand for in their places."""
        if not results:
            return expression
        self.budget.spend(NODE * require_shallow(expression))
        placed: ast.expr = _Replaced(results, self.budget).visit(deepcopy(expression))
        require_shallow(placed)  # which names for results of names for results may make deep
        return placed


class _Unrolled(ast.NodeTransformer):
    """Writes out a comprehension over values of the test's own, as the list of its members."""

    def __init__(self, constants: Mapping[str, Any], budget: Budget) -> None:
        self.constants = constants
        self.budget = budget

    def visit_ListComp(self, node: ast.ListComp) -> ast.expr:
        return ast.List(self._members(node.generators, self.constants, node.elt), ast.Load())

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> ast.expr:
        return ast.List(self._members(node.generators, self.constants, node.elt), ast.Load())

    def visit_SetComp(self, node: ast.SetComp) -> ast.expr:
        return _call("set", self.visit_ListComp(ast.ListComp(node.elt, node.generators)))

    def visit_DictComp(self, node: ast.DictComp) -> ast.expr:
        pair = ast.Tuple([node.key, node.value], ast.Load())
        return _call("dict", self.visit_ListComp(ast.ListComp(pair, node.generators)))

    def _members(
        self, loops: Sequence[ast.comprehension], constants: Mapping[str, Any], member: ast.expr
    ) -> list[ast.expr]:
        if not loops:
            self.budget.spend(NODE * require_shallow(member))
            inlined = Inlined(constants, self.budget).visit(deepcopy(member))
            return [_Unrolled(constants, self.budget).visit(inlined)]
        loop, *rest = loops
        if not is_outside(loop.iter, constants):
            raise ColumnError(
                f"the test has a comprehension over {in_short(ast.unparse(loop.iter))}, which "
                "cannot "
                "be judged outside the sandbox: write it over values"
            )
        made: list[ast.expr] = []
        for item in items_of(loop.iter, constants, self.budget):
            inner = dict(constants)
            bind(loop.target, item, inner)
            if all(computed(test, inner, self.budget) for test in loop.ifs):
                made += self._members(rest, inner, member)
                if len(made) > MOST_TURNS:
                    raise ColumnError(f"the test has a loop of more than {MOST_TURNS} turns")
        return made


def _call(name: str, argument: ast.expr) -> ast.expr:
    return ast.Call(ast.Name(name, ast.Load()), [argument], [])


def _is_changed(expression: ast.expr, results: Mapping[str, ast.expr]) -> bool:
    """Whether an expression calls what the program returned: an object of its own may change."""
    own = {name for name, made in results.items() if not _is_made_anew(made)}
    return any(
        isinstance(node, ast.Call) and root_of(node.func) in own for node in ast.walk(expression)
    )


def _is_made_anew(expression: ast.expr) -> bool:
    """Whether it is a LeetCode object, of which each test may have one of its own."""
    match expression:
        case ast.Call(func=ast.Name(id="Solution"), args=[], keywords=[]):
            return True
    return False


class _Replaced(ast.NodeTransformer):
    """Puts the expressions that names stand for in their places."""

    def __init__(self, expressions: Mapping[str, ast.expr], budget: Budget) -> None:
        self.expressions = expressions
        self.budget = budget

    def visit_Name(self, node: ast.Name) -> ast.expr:
        expression = self.expressions.get(node.id)
        if expression is None:
            return node
        self.budget.spend(NODE * require_shallow(expression))
        return deepcopy(expression)
