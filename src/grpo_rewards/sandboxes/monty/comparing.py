"""What asks an object for its order, its length or its truth, where Monty does not ask it.

Monty never calls ``__lt__``, ``__len__``, ``__bool__`` or ``__iadd__`` of a class. In a program
whose classes have one of these, what would call it is written as a call of `special_methods`.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from grpo_rewards.sandboxes.monty.syntax import lambda_of

__all__ = ["IN_PLACE", "ORDERED", "Comparing", "called_by_comparing"]

ORDERED = frozenset(("__lt__", "__le__", "__gt__", "__ge__"))
TRUE = frozenset(("__bool__", "__len__"))
IN_PLACE = {
    ast.Add: "iadd",
    ast.Sub: "isub",
    ast.Mult: "imul",
    ast.Div: "itruediv",
    ast.FloorDiv: "ifloordiv",
    ast.Mod: "imod",
    ast.Pow: "ipow",
    ast.BitAnd: "iand",
    ast.BitOr: "ior",
    ast.BitXor: "ixor",
}
_SIGNS = {ast.Lt: "lt", ast.LtE: "le", ast.Gt: "gt", ast.GtE: "ge"}
_TESTED = (ast.Compare, ast.Constant, ast.List, ast.Dict, ast.Set, ast.ListComp, ast.JoinedStr)
_PLAIN_CALLS = frozenset("len int float str ord abs bool isinstance any all".split())


def called_by_comparing() -> frozenset[str]:
    """The special methods that are called where a program is rewritten by this."""
    return ORDERED | TRUE | {f"__{name}__" for name in IN_PLACE.values()} | {"__reversed__"}


class Comparing(ast.NodeTransformer):
    """Writes what would call a special method that Monty does not call as a call of our own."""

    def __init__(self, special: frozenset[str], bound: set[str], prefix: str) -> None:
        self.prefix = prefix
        self.is_ordered = bool(special & ORDERED)
        self.is_true = bool(special & TRUE)
        self.in_place = special & {f"__{name}__" for name in IN_PLACE.values()}
        self.bound = bound
        self.count = 0
        self.in_tests: set[ast.AST] = set()

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to be written otherwise."""
        return bool(self.is_ordered or self.is_true or self.in_place)

    def _called(self, name: str, *args: ast.expr) -> ast.Call:
        return ast.Call(ast.Name(f"{self.prefix}{name}", ast.Load()), list(args), [])

    # Order -----------------------------------------------------------------------------------

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        self.generic_visit(node)
        if not self.is_ordered or not any(type(op) in _SIGNS for op in node.ops):
            return node
        if all(map(_is_plain, (node.left, *node.comparators))):
            return node
        return self._compared(node.left, node.ops, node.comparators)

    def _compared(
        self, left: ast.expr, signs: Sequence[ast.cmpop], rest: Sequence[ast.expr]
    ) -> ast.expr:
        if len(signs) == 1:
            sign = _SIGNS.get(type(signs[0]))
            if sign is None:
                return ast.Compare(left, [signs[0]], [rest[0]])
            return self._called(sign, left, rest[0])
        # a < b < c: what is in the middle is evaluated once, and c where a < b alone.
        self.count += 1
        names = [f"{self.prefix}{name}{self.count}" for name in ("left", "right")]
        first, second = (ast.Name(name, ast.Load()) for name in names)
        tested = self._compared(first, signs[:1], [second])
        parts = [tested, self._compared(second, signs[1:], rest[1:])]
        return ast.Call(lambda_of(names, ast.BoolOp(ast.And(), parts)), [left, rest[0]], [])

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.Call(func=ast.Attribute(value=value, attr="sort"), args=[]) if self.is_ordered:
                node.func = ast.Name(f"{self.prefix}sort_in_place", ast.Load())
                node.args = [value]
            case ast.Call(func=ast.Name(id="bool") as function) if (
                self.is_true and "bool" not in self.bound
            ):
                function.id = f"{self.prefix}to_bool"
        return node

    # Truth -----------------------------------------------------------------------------------

    def _test(self, node: ast.expr) -> ast.expr:
        """An expression whose truth alone matters."""
        if not self.is_true:
            return node
        match node:
            case ast.BoolOp(op=op, values=values):
                return ast.BoolOp(op, [self._test(value) for value in values])
            case ast.UnaryOp(op=ast.Not()) | ast.NamedExpr():
                return node if isinstance(node, ast.UnaryOp) else self._called("truth", node)
        return node if isinstance(node, _TESTED) or _is_plain(node) else self._called("truth", node)

    def visit(self, node: ast.AST) -> ast.AST:
        match node:
            case ast.If() | ast.While() | ast.IfExp() | ast.Assert():
                node.test = self._in_test(node.test)
            case ast.comprehension(ifs=tests):
                node.ifs = [self._in_test(test) for test in tests]
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                node.operand = self._in_test(operand)
            case ast.match_case(guard=guard) if guard is not None:
                node.guard = self._in_test(guard)
        visited: ast.AST = super().visit(node)
        return visited

    def _in_test(self, node: ast.expr) -> ast.expr:
        """Mark the operators of a test, before what is in them is visited."""
        if not self.is_true:
            return node
        if isinstance(node, ast.BoolOp):
            made = ast.BoolOp(node.op, [self._in_test(value) for value in node.values])
            self.in_tests.add(made)
            return made
        return self._test(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        self.generic_visit(node)
        if not self.is_true or node in self.in_tests:
            return node
        *first, last = node.values
        made = last
        for value in reversed(first):
            self.count += 1
            name = f"{self.prefix}value{self.count}"
            held = ast.Name(name, ast.Load())
            parts = (held, made) if isinstance(node.op, ast.Or) else (made, held)
            made = ast.Call(
                lambda_of([name], ast.IfExp(self._called("truth", held), *parts)), [value], []
            )
        return made

    # In place --------------------------------------------------------------------------------

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.stmt | list[ast.stmt]:
        self.generic_visit(node)
        name = IN_PLACE.get(type(node.op), "")
        if f"__{name}__" not in self.in_place:
            return node
        made: list[ast.stmt] = []
        target = node.target
        if isinstance(target, ast.Attribute):
            owner = self._held(target.value, made)
            load: ast.expr = ast.Attribute(owner, target.attr, ast.Load())
            store: ast.expr = ast.Attribute(owner, target.attr, ast.Store())
        elif isinstance(target, ast.Subscript):
            owner = self._held(target.value, made)
            if isinstance(target.slice, ast.Slice):
                return node
            key = self._held(target.slice, made)
            load = ast.Subscript(owner, key, ast.Load())
            store = ast.Subscript(owner, key, ast.Store())
        else:
            assert isinstance(target, ast.Name)
            load, store = ast.Name(target.id, ast.Load()), target
        call = self._called(name, load, node.value)
        return [*made, ast.Assign([store], call)]

    def _held(self, value: ast.expr, made: list[ast.stmt]) -> ast.expr:
        self.count += 1
        name = f"{self.prefix}held{self.count}"
        made.append(ast.Assign([ast.Name(name, ast.Store())], value))
        return ast.Name(name, ast.Load())


def _is_plain(node: ast.expr) -> bool:
    """Whether an expression is, for all that it may come to, no object of the program's own."""
    match node:
        case ast.Constant():
            return True
        case ast.Call(func=ast.Name(id=name)):
            return name in _PLAIN_CALLS
    return False
