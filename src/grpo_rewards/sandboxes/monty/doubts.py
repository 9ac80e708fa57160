"""What Monty does otherwise than Python, without an error that would show it.

It never calls some special methods, evaluates what is lazy at once, and keeps sets in the order of
insertion. A program that may meet one of these is not held to fail by what Monty makes of it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import TypeAlias

__all__ = ["Nodes", "doubts", "returns_order", "set_names"]

_CALLED = frozenset(
    f"__{name}__"
    for name in (
        "init post_init getitem setitem delitem contains iter next call eq hash str repr add radd "
        "sub rsub mul rmul truediv rtruediv floordiv rfloordiv mod rmod pow rpow matmul neg pos "
        "abs int float index and or xor lshift rshift invert enter exit round divmod slots doc"
    ).split()
)
"""The special methods that Monty calls."""
_LAZY = frozenset(("enumerate", "filter", "map", "zip"))
_ENDLESS = frozenset(("count", "cycle", "repeat", "next"))
_ORDERED = frozenset(("enumerate", "filter", "iter", "join", "list", "map", "tuple", "zip"))


Nodes: TypeAlias = Sequence[ast.AST]
"""Everything in a program, in any order."""


def doubts(nodes: Nodes, sets: frozenset[str]) -> Iterator[str]:
    """What Monty may do otherwise than Python, so that a program that fails may be right."""
    for node in nodes:
        match node:
            case ast.ClassDef(body=body):
                for each in body:
                    name = each.name if isinstance(each, ast.FunctionDef) else ""
                    if name[:2] == "__" and name[-2:] == "__" and name not in _CALLED:
                        yield f"Monty calls no {name}"
    called = {_name(node.func): node for node in nodes if isinstance(node, ast.Call)}
    is_lazy = not _LAZY.isdisjoint(called) or any(
        isinstance(node, ast.GeneratorExp) for node in nodes
    )
    if is_lazy and not _ENDLESS.isdisjoint(called):
        yield "Monty evaluates iterators at once"
    if any(_is_ordered(node, sets) for node in nodes):
        yield "Monty has sets in another order"


def _is_ordered(node: ast.AST, sets: frozenset[str]) -> bool:
    """Whether something may depend on the order of a set."""
    match node:
        case ast.For(iter=value) | ast.comprehension(iter=value) | ast.Starred(value=value):
            return _is_set(value, sets)
        case ast.Call(func=ast.Attribute(value=value, attr="pop"), args=[]):
            return _is_set(value, sets)
        case ast.Call(func=function, args=args) if _name(function) in _ORDERED:
            return any(_is_set(each, sets) for each in args)
    return False


def returns_order(nodes: Nodes, sets: frozenset[str]) -> bool:
    """Whether the order of a set is the order of what a function returns."""
    for node in nodes:
        match node:
            case ast.Return(value=ast.Call(func=function, args=[value])) if _name(function) in (
                "list",
                "tuple",
                "join",
            ):
                if _is_set(value, sets):
                    return True
            case ast.Return(value=ast.ListComp(generators=[ast.comprehension(iter=value), *_])):
                if _is_set(value, sets):
                    return True
    return False


def set_names(nodes: Nodes) -> frozenset[str]:
    """The names that are, somewhere in a program, assigned a set."""
    names: frozenset[str] = frozenset()
    assigned = [node for node in nodes if isinstance(node, ast.Assign)]
    for _ in range(3):
        more = {
            target.id
            for node in assigned
            if _is_set(node.value, names)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        if more <= names:
            break
        names |= more
    return names


def _is_set(node: ast.expr | None, names: frozenset[str]) -> bool:
    match node:
        case ast.Set() | ast.SetComp():
            return True
        case ast.Name(id=name):
            return name in names
        case ast.Call(func=ast.Name(id="set" | "frozenset")):
            return True
        case ast.Call(func=ast.Attribute(value=value, attr=name)):
            words = ("union", "intersection", "difference", "symmetric_difference", "copy")
            return name in words and _is_set(value, names)
        case ast.BinOp(
            left=left, op=ast.BitAnd() | ast.BitOr() | ast.Sub() | ast.BitXor(), right=right
        ):
            return any(_is_set(each, names) or _is_keys(each) for each in (left, right))
    return False


def _is_keys(node: ast.expr) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(attr="keys" | "items")):
            return True
    return False


def _name(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""
