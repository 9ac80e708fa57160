"""The body of a generator as states, between which it yields: what Monty knows in place of that."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

__all__ = ["YIELDS", "States", "UncutError", "own_nodes"]

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
YIELDS = (ast.Yield, ast.YieldFrom)


def own_nodes(body: Iterable[ast.AST]) -> list[ast.AST]:
    """The nodes of a function's own body, without those of functions and classes in it."""
    found: list[ast.AST] = []
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        found.append(node)
        if not isinstance(node, _SCOPES):
            waiting.extend(ast.iter_child_nodes(node))
    return found


def _yields(*nodes: ast.AST) -> bool:
    return any(isinstance(node, YIELDS) for node in own_nodes(nodes))


class UncutError(Exception):
    """A generator that cannot be cut at its yields."""


class States:
    """The states of a generator, each a block of statements that ends by going to another one."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.blocks: list[list[ast.stmt]] = [[]]
        self.names: list[str] = []
        self.loops: list[tuple[int, int]] = []  # where ``continue`` goes, and where ``break`` does

    def run(self, body: Sequence[ast.stmt]) -> list[ast.stmt]:
        """The statements of the function that goes from state to state."""
        self._all(body)
        self.blocks[-1] += self._ended(None)
        chosen: list[ast.stmt] = []
        for place in range(len(self.blocks) - 1, -1, -1):
            test = ast.Compare(self._state(), [ast.Eq()], [ast.Constant(place)])
            chosen = [ast.If(test, self.blocks[place] or [ast.Pass()], chosen)]
        return [ast.While(ast.Constant(value=True), chosen, [])]

    def _name(self, text: str, ctx: ast.expr_context | None = None) -> ast.Name:
        return ast.Name(f"{self.prefix}{text}", ctx or ast.Load())

    def _state(self) -> ast.Name:
        return self._name("state")

    def _goes(self, place: int) -> list[ast.stmt]:
        return [*self._at(place), ast.Continue()]

    def _at(self, place: int) -> list[ast.stmt]:
        return [ast.Assign([self._name("state", ast.Store())], ast.Constant(place))]

    def _ended(self, value: ast.expr | None) -> list[ast.stmt]:
        made: list[ast.stmt] = []
        if value is not None:
            kept = ast.Attribute(self._name("self"), "value", ast.Store())
            made.append(ast.Assign([kept], value))
        return [*made, ast.Return(self._name("end"))]

    def _new(self) -> int:
        self.blocks.append([])
        return len(self.blocks) - 1

    def _emit(self, *statements: ast.stmt) -> None:
        self.blocks[-1] += statements

    def _fresh(self, text: str) -> str:
        name = f"{self.prefix}{text}{len(self.names)}"
        self.names.append(name)
        return name

    def _all(self, body: Sequence[ast.stmt]) -> None:
        for statement in body:
            self._one(statement)

    def _one(self, node: ast.stmt) -> None:
        match node:
            case ast.Global() | ast.Nonlocal():
                return
            case ast.Return(value=value):
                if value is not None and _yields(value):
                    raise UncutError
                self._emit(*self._ended(value))
            case ast.Break() | ast.Continue():
                again, after = self.loop()
                self._emit(*self._goes(after if isinstance(node, ast.Break) else again))
            case _ if not _yields(node):
                self._emit(*_Plain(self).listed(node))
            case ast.Expr(value=ast.Yield() | ast.YieldFrom() as value):
                self._yield(value, [])
            case ast.Assign(targets=targets, value=ast.Yield() | ast.YieldFrom() as value):
                self._yield(value, targets)
            case ast.If(test=test, body=body, orelse=orelse) if not _yields(test):
                self._if(test, body, orelse)
            case ast.While(test=test, body=body, orelse=orelse) if not _yields(test):
                self._loop(None, test, body, orelse)
            case ast.For(target=target, iter=items, body=body, orelse=orelse) if not _yields(items):
                self._loop(target, items, body, orelse)
            case _:
                raise UncutError

    def loop(self) -> tuple[int, int]:
        """Where the innermost loop goes on, and where it ends."""
        if not self.loops:
            raise UncutError
        return self.loops[-1]

    def _yield(self, node: ast.Yield | ast.YieldFrom, targets: list[ast.expr]) -> None:
        if node.value is not None and _yields(node.value):
            raise UncutError
        if isinstance(node, ast.Yield):
            here = self.blocks[-1]
            after = self._new()
            here += [*self._at(after), ast.Return(node.value or ast.Constant(None))]
            if targets:
                self._emit(ast.Assign(targets, self._name("sent")))
            return
        items, got = self._fresh("items"), self._fresh("got")
        self._emit(
            ast.Assign([ast.Name(items, ast.Store())], self._called("iter", node.value)),
            ast.Assign([self._name("sent", ast.Store())], ast.Constant(None)),
        )
        here = self.blocks[-1]
        again = self._new()
        here += self._goes(again)
        item = self._called("delegated", ast.Name(items, ast.Load()), self._name("sent"))
        is_more = ast.Compare(ast.Name(got, ast.Load()), [ast.IsNot()], [self._name("end")])
        self._emit(
            ast.Assign([ast.Name(got, ast.Store())], item),
            ast.If(is_more, [ast.Return(ast.Name(got, ast.Load()))], []),
        )
        if targets:
            result = self._called("result", ast.Name(items, ast.Load()))
            self._emit(ast.Assign(targets, result))

    def _called(self, name: str, *args: ast.expr) -> ast.Call:
        return ast.Call(self._name(name), list(args), [])

    def _if(self, test: ast.expr, body: list[ast.stmt], orelse: list[ast.stmt]) -> None:
        here = self.blocks[-1]
        first = self._new()
        self._all(body)
        ends = [self.blocks[-1]]
        other = self._new()
        self._all(orelse)
        ends.append(self.blocks[-1])
        after = self._new()
        here += [ast.If(test, self._goes(first), self._goes(other))]
        for end in ends:
            end.extend(self._goes(after))

    def _loop(
        self,
        target: ast.expr | None,
        test: ast.expr,
        body: list[ast.stmt],
        orelse: list[ast.stmt],
    ) -> None:
        items, got = "", ""
        if target is not None:
            items, got = self._fresh("items"), self._fresh("got")
            self._emit(ast.Assign([ast.Name(items, ast.Store())], self._called("iter", test)))
        here = self.blocks[-1]
        again = self._new()
        here += self._goes(again)
        head = self.blocks[-1]
        first = self._new()
        # Where the loop ends is not known before its body is: two blocks that only go there.
        otherwise, left = self._new(), self._new()
        start = self._new()
        self.blocks[first] += self._goes(start)
        if target is not None:
            self._emit(ast.Assign([target], ast.Name(got, ast.Load())))
        self.loops.append((again, left))
        self._all(body)
        self.loops.pop()
        self.blocks[-1] += self._goes(again)
        other = self._new()
        self._all(orelse)
        last = self.blocks[-1]
        after = self._new()
        last += self._goes(after)
        self.blocks[otherwise] += self._goes(other)
        self.blocks[left] += self._goes(after)
        if target is None:
            head += [ast.If(test, self._goes(first), self._goes(otherwise))]
            return
        item = self._called("next", ast.Name(items, ast.Load()), self._name("end"))
        is_over = ast.Compare(ast.Name(got, ast.Load()), [ast.Is()], [self._name("end")])
        head += [
            ast.Assign([ast.Name(got, ast.Store())], item),
            ast.If(is_over, self._goes(otherwise), self._goes(first)),
        ]


class _Plain(ast.NodeTransformer):
    """A statement without a yield: what leaves it goes to another state."""

    def __init__(self, states: States) -> None:
        self.states = states
        self.depth = 0

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.stmt:
        return node

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.stmt:
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.stmt:
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.expr:
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt:
        if node.value is None:
            return ast.Pass()
        return ast.Assign([node.target], node.value)  # a nonlocal name has no annotation

    def visit_For(self, node: ast.For) -> ast.stmt:
        return self._within(node)

    def visit_While(self, node: ast.While) -> ast.stmt:
        return self._within(node)

    def _within(self, node: ast.For | ast.While) -> ast.stmt:
        self.depth += 1
        node.body = [each for part in node.body for each in self.listed(part)]
        self.depth -= 1
        node.orelse = [each for part in node.orelse for each in self.listed(part)]
        return node

    def listed(self, node: ast.stmt) -> list[ast.stmt]:
        made = self.visit(node)
        return made if isinstance(made, list) else [made]

    def visit_Return(self, node: ast.Return) -> list[ast.stmt]:
        return self.states._ended(node.value)

    def visit_Break(self, node: ast.Break) -> ast.stmt | list[ast.stmt]:
        return node if self.depth else self.states._goes(self.states.loop()[1])

    def visit_Continue(self, node: ast.Continue) -> ast.stmt | list[ast.stmt]:
        return node if self.depth else self.states._goes(self.states.loop()[0])
