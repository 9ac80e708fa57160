"""What a program imports, read in its syntax: openly, or by what imports without the word."""

from __future__ import annotations

import ast
import sys
from collections.abc import Collection, Iterator

from grpo_rewards.programs.blocks import LONGEST
from grpo_rewards.sandboxes.parsed_source import parsed

__all__ = ["STANDARD", "imported", "why_forbidden"]

REACHING = frozenset("builtins ctypes gc imp importlib inspect pkgutil runpy zipimport".split())
"""Modules of the standard library that reach what was not imported."""
STANDARD = tuple(sorted(sys.stdlib_module_names - REACHING))
"""The standard library without those."""
NAMES = frozenset("__import__ __builtins__ __loader__ __spec__ compile eval exec".split())
"""Names by which a program runs what cannot be read in it."""
ATTRIBUTES = frozenset(
    "__base__ __bases__ __builtins__ __closure__ __code__ __globals__ __import__ __loader__ "
    "__mro__ __spec__ __subclasses__ _current_frames _getframe ag_frame cr_frame f_back f_builtins "
    "f_globals f_locals gi_frame tb_frame".split()
)
"""Attributes that lead from any value to all that is loaded."""
_SUBMODULES = frozenset({"collections.abc"})
"""Parts of packages that have the name of another module."""


def imported(program: str) -> tuple[str, ...]:
    r"""The modules that a program imports openly, by their full names.

    Example:
        >>> imported("import os.path, math as m\nfrom heapq import heappush")
        ('heapq', 'math', 'os.path')
    """
    if len(program) > LONGEST:
        return ()
    try:
        tree = parsed(program)
    except (SyntaxError, ValueError):
        return ()
    names = {name for node in ast.walk(tree) for name in _modules(node)}
    return tuple(sorted(filter(None, names)))


def why_forbidden(program: str, allowed: Collection[str]) -> str:
    """What a program imports, or reaches, that is not among some modules; empty if nothing.

    What is no Python is left to who runs it; what is too long to be looked into is not allowed.

    Args:
        program: The program.
        allowed: Modules, by their first names.

    Example:
        >>> why_forbidden("import numpy as np", ["math"])
        'it imports numpy'
        >>> why_forbidden("from math import gcd", ["math"])
        ''
        >>> why_forbidden("f = getattr(print, '__self__').eval", ["math"])
        ''
        >>> why_forbidden("eval('1')", ["math"])
        'it uses eval, which can import anything'
    """
    if len(program) > LONGEST:
        return f"it has more than {LONGEST:,} characters, and is not looked into"
    try:
        tree = parsed(program)
    except (SyntaxError, ValueError):
        return ""
    nodes = list(ast.walk(tree))
    modules: dict[str, str] = {}
    for node in nodes:
        for name in _modules(node):
            if name.partition(".")[0] not in allowed:
                return f"it imports {name or 'a part of a package'}"
        if isinstance(node, ast.Import):
            modules.update({(each.asname or each.name): each.name for each in node.names})
    bound = {
        node.name
        for node in nodes
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef)
    }
    return next(filter(None, (_why(node, modules, bound, allowed) for node in nodes)), "")


def _modules(node: ast.AST) -> Iterator[str]:
    """The modules that a statement imports; of a relative import the empty name."""
    match node:
        case ast.Import(names=names):
            yield from (each.name for each in names)
        case ast.ImportFrom(module=module, level=level):
            yield "" if level else module or ""


def _why(
    node: ast.AST, modules: dict[str, str], bound: Collection[str], allowed: Collection[str]
) -> str:
    """What a part of a program reaches beyond some modules; empty if nothing."""
    match node:
        case ast.Name(id=name) if name in NAMES and name not in bound:
            return f"it uses {name}, which can import anything"
        case ast.Attribute(attr=name) | ast.Constant(value=str(name)) if name in ATTRIBUTES:
            return f"it uses {name}, which reaches what was not imported"
        case ast.Attribute(value=ast.Name(id=owner), attr=name) if owner in modules:
            return _inner(modules[owner], name, allowed)
        case ast.ImportFrom(module=str(module), names=names):
            return next(filter(None, (_inner(module, each.name, allowed) for each in names)), "")
    return ""


def _inner(module: str, name: str, allowed: Collection[str]) -> str:
    """What is amiss with a name of a module: whether it is what that module has imported."""
    if f"{module}.{name}" in _SUBMODULES or name == module.rpartition(".")[2]:
        return ""
    own = name.lstrip("_")
    if own in sys.stdlib_module_names and own not in allowed:
        return f"it reaches {own} by way of {module}"
    if name == "modules" and module == "sys":
        return "it uses sys.modules, which reaches what was not imported"
    return ""
