"""What Monty does otherwise than Python, without an error that would show it.

It never calls some special methods, evaluates what is lazy at once, and keeps sets in the order of
insertion. A program that may meet one of these is not held to fail by what Monty makes of it.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from grpo_rewards.sandboxes.monty.syntax import called_name, is_view

__all__ = ["Nodes", "doubts", "is_lazy", "set_names"]

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
_ENDLESS = frozenset(("count", "cycle", "repeat", "next", "__next__"))
_UNKNOWN = frozenset(
    "__dict__ __mro__ __bases__ __base__ __subclasses__ __qualname__ __wrapped__ __module__ mro "
    "__cause__ __context__ __traceback__ __notes__".split()
)
_ERRORS = frozenset(
    name
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, BaseException)
)


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
            case ast.Attribute(attr=name) if name in _UNKNOWN:
                yield f"Monty's objects have no {name}"
            case ast.Compare(left=left, comparators=others):
                if any(isinstance(e, ast.Name) and e.id in _ERRORS for e in (left, *others)):
                    yield "Monty's errors have other types"
    for node in nodes:
        match node:
            case ast.ClassDef(body=body):
                for each in body:
                    name = each.name if isinstance(each, ast.FunctionDef) else ""
                    if name[:2] == "__" and name[-2:] == "__" and name not in _CALLED | called:
                        yield f"Monty calls no {name}"
    calls = {called_name(node.func): node for node in nodes if isinstance(node, ast.Call)}
    if any(_is_shown(node, sets) for node in nodes):
        yield "Monty has sets in another order"
    if not _LAST_DIGIT.isdisjoint(_used(nodes)):
        yield "Monty's last digit may be another"
    if "hasattr" in calls or len(getattr(calls.get("getattr"), "args", ())) > len("xy"):
        yield "Monty's types have other attributes"


def is_lazy(nodes: Nodes) -> bool:
    """Whether a program may go through what never ends, or only through a part of something."""
    calls = {called_name(node.func) for node in nodes if isinstance(node, ast.Call)}
    has_lazy = not _LAZY.isdisjoint(calls) or any(
        isinstance(node, ast.GeneratorExp) for node in nodes
    )
    may_end = _ENDLESS.isdisjoint(calls) and not any(
        isinstance(node, ast.Yield | ast.YieldFrom) for node in nodes
    )
    return has_lazy and not may_end


_LAST_DIGIT = frozenset("cbrt erf erfc gamma lgamma cmath stdev pstdev variance pvariance".split())
"""What Monty computes with a library of its own, to other last digits than Python's."""


def _used(nodes: Nodes) -> set[str]:
    found = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    return found | {node.name for node in nodes if isinstance(node, ast.alias)}


def _is_shown(node: ast.AST, sets: frozenset[str]) -> bool:
    """Whether a set is written down as it is, in the order that it has."""
    match node:
        case ast.FormattedValue(value=value):
            return _is_set(value, sets)
        case ast.Call(func=ast.Name(id="str" | "repr" | "print"), args=args):
            return any(_is_set(each, sets) for each in args)
        case ast.Call(func=ast.Attribute(attr="format"), args=args):
            return any(_is_set(each, sets) for each in args)
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
            return name in words and _is_set(value, names)
        case ast.BinOp(
            left=left, op=ast.BitAnd() | ast.BitOr() | ast.Sub() | ast.BitXor(), right=right
        ):
            return any(_is_set(each, names) or is_view(each) for each in (left, right))
    return False
