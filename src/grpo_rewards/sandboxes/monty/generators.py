"""Functions that yield, in words that Monty knows: they make all of their items, and then return.

Where a program takes no more of them than it needs, it may run on for ever: such a program is in
doubt, as `doubts` has it.
"""

from __future__ import annotations

import ast

__all__ = ["Eager"]


def _own(body: list[ast.stmt]) -> list[ast.AST]:
    """The nodes of a function's own body, without those of functions and classes in it."""
    found: list[ast.AST] = []
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        found.append(node)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            continue
        waiting.extend(ast.iter_child_nodes(node))
    return found


class Eager:
    """Rewrites the functions of a program that yield, and says whether it did."""

    def __init__(self, prefix: str) -> None:
        self.items = f"{prefix}items"
        self.found = False

    def rewrite(self, function: ast.FunctionDef) -> None:
        """Have a function that yields in statements alone collect what it yields."""
        own = _own(function.body)
        said = {
            id(node.value)
            for node in own
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Yield | ast.YieldFrom)
        }
        every = [node for node in own if isinstance(node, ast.Yield | ast.YieldFrom)]
        if not every or any(id(node) not in said for node in every):
            return  # what is sent into it would have to come from somewhere
        if any(isinstance(node, ast.Return) and node.value is not None for node in own):
            return  # which a ``yield from`` would get
        self.found = True
        function.body = [
            ast.Assign([ast.Name(self.items, ast.Store())], ast.List([], ast.Load())),
            *_Collected(self.items).all(function.body),
            _returned(self.items),
        ]


class _Collected(ast.NodeTransformer):
    def __init__(self, items: str) -> None:
        self.items = items

    def all(self, body: list[ast.stmt]) -> list[ast.stmt]:
        return [self.visit(statement) for statement in body]

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.stmt:
        return node

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.stmt:
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.stmt:
        return node

    def visit_Return(self, node: ast.Return) -> ast.stmt:  # noqa: ARG002 (it has no value)
        return _returned(self.items)

    def visit_Expr(self, node: ast.Expr) -> ast.stmt:
        match node.value:
            case ast.Yield(value=value):
                call, argument = "append", value or ast.Constant(None)
            case ast.YieldFrom(value=value):
                call, argument = "extend", value
            case _:
                return node
        function = ast.Attribute(ast.Name(self.items, ast.Load()), call, ast.Load())
        return ast.Expr(ast.Call(function, [argument], []))


def _returned(items: str) -> ast.stmt:
    function = ast.Name("iter", ast.Load())
    return ast.Return(ast.Call(function, [ast.Name(items, ast.Load())], []))
