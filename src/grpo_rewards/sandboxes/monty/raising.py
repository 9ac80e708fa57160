"""What is raised and caught where classes of the program's own may be: each error is carried.

Monty raises and catches its own kinds only. The text of `exceptions` puts one of these in the place
of another error, and the other back where it is caught.
"""

from __future__ import annotations

import ast

from grpo_rewards.sandboxes.monty.class_needs import raises_oddly

__all__ = ["Raising"]


class Raising(ast.NodeTransformer):
    """Writes what raises and what catches as calls of our own."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.count = 0

    def visit_Raise(self, node: ast.Raise) -> ast.stmt:
        is_odd = raises_oddly(node)
        self.generic_visit(node)
        if is_odd:
            assert isinstance(node.exc, ast.Call)
            node.exc = self._call("error_of", node.exc.func, *node.exc.args)
        if node.exc is not None:
            node.exc = self._call("raised", node.exc)
            node.cause = None
        return node

    def visit_Try(self, node: ast.Try) -> ast.stmt:
        self.generic_visit(node)
        if not node.handlers:
            return node
        self.count += 1
        caught = f"{self.prefix}error{self.count}"
        held = ast.Name(caught, ast.Load())
        otherwise: list[ast.stmt] = [ast.Raise()]
        for handler in reversed(node.handlers):
            body = list(handler.body)
            if handler.name:
                body.insert(0, ast.Assign([ast.Name(handler.name, ast.Store())], held))
            if handler.type is None:
                otherwise = body
                continue
            otherwise = [ast.If(self._call("holds", held, handler.type), body, otherwise)]
        first = ast.Assign([ast.Name(caught, ast.Store())], self._call("caught", held))
        kind = ast.Name(f"{self.prefix}catch", ast.Load())
        node.handlers = [ast.ExceptHandler(kind, caught, [first, *otherwise])]
        return node

    def _call(self, function: str, *args: ast.expr) -> ast.Call:
        return ast.Call(ast.Name(f"{self.prefix}{function}", ast.Load()), list(args), [])
