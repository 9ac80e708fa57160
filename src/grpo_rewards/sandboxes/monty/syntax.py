"""Pieces of syntax that several of the rewritings here read or make."""

from __future__ import annotations

import ast
from collections.abc import Sequence

__all__ = ["arguments_of", "called_name", "is_view", "lambda_of"]


def called_name(function: ast.expr) -> str:
    """The last name of what is called; empty where it has none."""
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def is_view(node: ast.expr) -> bool:
    """Whether it is the keys or the items of a dict, of which operators make sets."""
    match node:
        case ast.Call(func=ast.Attribute(attr="keys" | "items")):
            return True
    return False


def lambda_of(names: Sequence[str], body: ast.expr) -> ast.Lambda:
    """A function of some arguments that returns an expression."""
    return ast.Lambda(arguments_of(names), body)


def arguments_of(names: Sequence[str]) -> ast.arguments:
    """Arguments by their names alone."""
    return ast.arguments(
        posonlyargs=[],
        args=[ast.arg(name) for name in names],
        kwonlyargs=[],
        kw_defaults=[],
        defaults=[],
    )
