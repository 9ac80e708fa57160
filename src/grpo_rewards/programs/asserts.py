"""Assertions as tests: which part of one the program computes, and whether the rest then holds.

Only calls of the program's function go into a sandbox, with their arguments written out. What they
return comes back as plain data, and the comparison is computed here, by a small evaluator: the
expected value is never where the program could read it, nor the ``==`` one that it could redefine.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeAlias

from grpo_rewards.errors import ColumnError
from grpo_rewards.programs.budgets import Budget, TooMuchError, require_shallow
from grpo_rewards.programs.expressions import (
    OUTSIDE,
    RAISED,
    evaluated,
    inside,
    is_outside,
    parsed_expression,
    root_of,
)
from grpo_rewards.programs.nodes import NODE_NAMES, as_nodes
from grpo_rewards.programs.statements import (
    RAISES,
    asserted,
    function_in,
    is_idle,
    is_test_class,
    parameters,
)
from grpo_rewards.sandboxes.data import NotPlainError, plain, shown, source
from grpo_rewards.sandboxes.parsed_source import parsed

__all__ = ["Assertion", "RaisesTest", "assertion", "names_in", "read_assertions"]

MOST_TURNS = 1_000
"""Turns that a loop in a test may take: each of them is a call of the program."""
LONGEST_SHOWN = 200
MOST_SHOWN = 3
"""Characters of a call, and calls, that a reason shows."""


_Read: TypeAlias = tuple[ast.expr, dict[str, Any], str]


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
        raise ColumnError(f"the test {text!r:.80} is no Python: {error}") from error
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
                    for item in _items(items, constants, self.budget):
                        _bind(target, item, constants)
                        yield from self.assertions(body, constants, results, alias)
                case ast.Assign(targets=[ast.Name(id=name)], value=value) if not _is_changed(
                    value, results
                ):
                    if is_outside(value, constants):
                        constants[name] = _constant(value, constants, self.budget)
                        results.pop(name, None)
                    else:
                        placed = self._placed(deepcopy(value), results)
                        results[name] = _Inlined(constants, self.budget).visit(placed)
                        constants.pop(name, None)
                case ast.Expr(value=ast.Call(func=ast.Name(id="check"), args=[_])):
                    continue  # the call of check(candidate) itself
                case _:
                    if self.skip:
                        self.skipped += 1
                        continue
                    raise ColumnError(
                        f"the test has {ast.unparse(statement)!r:.100}, which cannot be judged "
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
        for item in _items(values, constants, self.budget):
            inner = dict(constants)
            _bind(target, item, inner)
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


CHARACTER = 4
"""Steps that a character of a test counts for reading it."""
COPY = 3
"""Steps that a value counts where it is looked through and copied."""
NODE = 40
"""Steps that a node of a syntax tree counts for what is made of it: much more than a value."""


_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)


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
            inlined = _Inlined(constants, self.budget).visit(deepcopy(member))
            return [_Unrolled(constants, self.budget).visit(inlined)]
        loop, *rest = loops
        if not is_outside(loop.iter, constants):
            raise ColumnError(
                f"the test has a comprehension over {ast.unparse(loop.iter)!r:.80}, which cannot "
                "be judged outside the sandbox: write it over values"
            )
        made: list[ast.expr] = []
        for item in _items(loop.iter, constants, self.budget):
            inner = dict(constants)
            _bind(loop.target, item, inner)
            if all(_constant(test, inner, self.budget) for test in loop.ifs):
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


def _items(node: ast.expr, constants: Mapping[str, Any], budget: Budget) -> list[Any]:
    try:
        made = evaluated(node, constants, budget)
        items = list(islice(made, MOST_TURNS + 1))
        budget.spend(COPY * budget.measure(items))
        items = [plain(item) for item in items]
    except TooMuchError:
        raise
    except (*RAISED, ValueError) as error:
        raise ColumnError(f"the test has {ast.unparse(node)!r:.100}: {error}") from error
    if len(items) > MOST_TURNS:
        raise ColumnError(
            f"the test has {ast.unparse(node)!r:.100}: a loop of more than {MOST_TURNS} turns"
        )
    return items


def _bind(target: ast.expr, value: Any, constants: dict[str, Any]) -> None:
    """Give the names in the target of a loop their values."""
    match target:
        case ast.Name(id=name):
            constants[name] = value
            return
        case ast.Tuple(elts=parts) | ast.List(elts=parts) if isinstance(value, list | tuple):
            if len(parts) == len(value):
                for part, item in zip(parts, value, strict=True):
                    _bind(part, item, constants)
                return
    raise ColumnError(f"the test has the loop over {ast.unparse(target)!r:.80}, which does not fit")


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
            return _Inlined(self.constants, self.budget).visit(node)
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


class _Inlined(ast.NodeTransformer):
    """Writes the values of the test's own names in their places."""

    def __init__(self, constants: Mapping[str, Any], budget: Budget) -> None:
        self.constants = constants
        self.budget = budget

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id not in self.constants:
            return node
        return _literal(self.constants[node.id], self.budget)


class _Folded(ast.NodeTransformer):
    """Computes what arguments need no program for: it may have redefined ``range``."""

    def __init__(self, constants: Mapping[str, Any], function: str, budget: Budget) -> None:
        self.constants = constants
        self.function = function
        self.budget = budget

    def visit(self, node: ast.AST) -> Any:
        if isinstance(node, ast.expr) and is_outside(node, self.constants, self.function):
            try:
                return _literal(_constant(node, self.constants, self.budget), self.budget)
            except (ColumnError, NotPlainError):  # such as the type int, or a range
                return _Inlined(self.constants, self.budget).visit(node)
        if isinstance(node, ast.Name) and node.id in self.constants:
            return _literal(self.constants[node.id], self.budget)
        if isinstance(node, ast.Name):
            return node
        return self.generic_visit(node)


def _literal(value: Any, budget: Budget) -> ast.expr:
    budget.spend(NODE * budget.measure(value))
    return parsed_expression(source(value))


def _constant(node: ast.expr, constants: Mapping[str, Any], budget: Budget) -> Any:
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
        raise ColumnError(f"the test has {ast.unparse(node)!r:.100}: {error}") from error
