"""What Monty does otherwise than Python, without an error that would show it.

It never calls some special methods, evaluates what is lazy at once, and keeps sets in the order of
insertion. A program that may meet one of these is not held to fail by what Monty makes of it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import TypeAlias

__all__ = ["Nodes", "doubts", "is_set", "ordering", "set_names"]

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
_ORDERED = frozenset(
    "deque enumerate extend filter fromkeys iter join list map reduce tuple zip".split()
)
_WITH_KEY = frozenset("max min nlargest nsmallest sort sorted".split())
"""What keeps the order of a set among members whose keys are equal."""


Nodes: TypeAlias = Sequence[ast.AST]
"""Everything in a program, in any order."""


def doubts(
    nodes: Nodes, sets: frozenset[str], called: frozenset[str] = frozenset()
) -> Iterator[str]:
    """What Monty may do otherwise than Python, so that a program that fails may be right.

    Of the special methods some are ``called`` because the program is rewritten.
    """
    for node in nodes:
        match node:
            case ast.ClassDef(body=body):
                for each in body:
                    name = each.name if isinstance(each, ast.FunctionDef) else ""
                    if name[:2] == "__" and name[-2:] == "__" and name not in _CALLED | called:
                        yield f"Monty calls no {name}"
    calls = {_name(node.func): node for node in nodes if isinstance(node, ast.Call)}
    is_lazy = not _LAZY.isdisjoint(calls) or any(
        isinstance(node, ast.GeneratorExp) for node in nodes
    )
    if is_lazy and not _ENDLESS.isdisjoint(calls):
        yield "Monty evaluates iterators at once"
    if any(_is_shown(node, sets) for node in nodes):
        yield "Monty has sets in another order"
    if not _LAST_DIGIT.isdisjoint(_used(nodes)):
        yield "Monty's last digit may be another"
    if "hasattr" in calls or len(getattr(calls.get("getattr"), "args", ())) > len("xy"):
        yield "Monty's types have other attributes"


_LAST_DIGIT = frozenset("cbrt erf erfc gamma lgamma cmath".split())
"""What Monty computes with a library of its own, to other last digits than Python's."""


def _used(nodes: Nodes) -> set[str]:
    found = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    return found | {node.name for node in nodes if isinstance(node, ast.alias)}


def _is_shown(node: ast.AST, sets: frozenset[str]) -> bool:
    """Whether a set is written down as it is, in the order that it has."""
    match node:
        case ast.FormattedValue(value=value):
            return is_set(value, sets)
        case ast.Call(func=ast.Name(id="str" | "repr" | "print"), args=args):
            return any(is_set(each, sets) for each in args)
        case ast.Call(func=ast.Attribute(attr="format"), args=args):
            return any(is_set(each, sets) for each in args)
    return False


def ordering(node: ast.AST, sets: frozenset[str]) -> list[ast.expr]:
    """The sets in a node whose order it may depend on."""
    match node:
        case ast.For(iter=value) | ast.comprehension(iter=value) | ast.Starred(value=value):
            return [value] if is_set(value, sets) else []
        case ast.Call(func=function, args=args, keywords=keywords):
            name = _name(function)
            has_key = any(keyword.arg == "key" for keyword in keywords)
            if name in _ORDERED or (has_key and name in _WITH_KEY):
                return [each for each in args if is_set(each, sets)]
    return []


def set_names(nodes: Nodes) -> frozenset[str]:
    """The names that are, somewhere in a program, assigned a set."""
    names: frozenset[str] = frozenset()
    assigned = [node for node in nodes if isinstance(node, ast.Assign)]
    for _ in range(3):
        more = {
            target.id
            for node in assigned
            if is_set(node.value, names)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        if more <= names:
            break
        names |= more
    return names


def is_set(node: ast.expr | None, names: frozenset[str]) -> bool:
    """Whether an expression is a set, as far as it shows; some names are known to be."""
    match node:
        case ast.Set() | ast.SetComp():
            return True
        case ast.Name(id=name):
            return name in names
        case ast.Call(func=ast.Name(id="set" | "frozenset")):
            return True
        case ast.Call(func=ast.Attribute(value=value, attr=name)):
            words = ("union", "intersection", "difference", "symmetric_difference", "copy")
            return name in words and is_set(value, names)
        case ast.BinOp(
            left=left, op=ast.BitAnd() | ast.BitOr() | ast.Sub() | ast.BitXor(), right=right
        ):
            return any(is_set(each, names) or _is_keys(each) for each in (left, right))
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
