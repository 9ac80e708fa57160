r"""The variables that a sum, a product, a limit or an integral binds: their names say nothing.

``\sum_{i=1}^n i`` and ``\sum_{k=1}^n k`` become one tree, in which the variable has a name that no
text can give it: the number of the operations that it binds in, from the innermost outwards.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias, TypeGuard

from grpo_rewards.answers.notation.trees import (
    Application,
    Chain,
    Constant,
    D,
    Operation,
    Product,
    Symbol,
    Tree,
    children,
    mapped,
)

__all__ = ["bound"]

Letter: TypeAlias = Symbol | Constant
_INTEGRALS = frozenset(["int", "oint"])
_BINDING = (("=",), ("in",), ("to",))
"""What stands between a variable and what it ranges over: ``k=1``, ``k \\in S``, ``x \\to 0``."""
_BETWEEN = frozenset(["<", "<="])
_MARK = "#"
_LETTERS = re.compile(r"[A-Za-z]+")
MAX_INDICES = 3
"""Letters side by side in an index are as many indices, as in ``a_{ij}``; more are a name."""


def bound(name: str, bounds: Sequence[Tree], body: Tree) -> Operation:
    r"""An operation, whose variable is renamed where it is known which it is.

    Args:
        name: The operation.
        bounds: What stands below and above it.
        body: What it is of.

    Example:
        >>> from grpo_rewards.answers.notation.grammar import parse
        >>> parse(r"\sum_{i=1}^n a_i") == parse(r"\sum_{k=1}^n a_k")
        True
        >>> parse(r"\sum_{i=1}^n a_k") == parse(r"\sum_{k=1}^n a_k")
        False
    """
    variable = _differential(bounds, body) if name in _INTEGRALS else _variable(bounds)
    if variable is None:
        return Operation(name, (*bounds, body))
    new = f"{_MARK}{_level(body) + 1}"
    below = bounds[0]
    match below:
        case Application(mark, (Chain(sides, relations),)) if name not in _INTEGRALS:
            renamed = tuple(Symbol(new) if side == variable else side for side in sides)
            below = Application(mark, (Chain(renamed, relations),))
    return Operation(name, (below, *bounds[1:], _renamed(body, variable, new)))


def _variable(bounds: Sequence[Tree]) -> Letter | None:
    """The variable that the bound below an operation names; ``None`` where it names none."""
    match bounds[:1]:
        case [Application("_", (Chain(sides, relations),))]:
            if relations in _BINDING and _is_letter(sides[0]):
                return sides[0]
            if len(relations) == 2 and set(relations) <= _BETWEEN and _is_letter(sides[1]):
                return sides[1]
    return None


def _differential(bounds: Sequence[Tree], body: Tree) -> Letter | None:
    r"""The ``x`` of ``\int_0^1 x^2 dx``; of an integral without bounds the name is free."""
    if len(bounds) != 2 or not isinstance(body, Product) or len(body.factors) < 2:
        return None
    *_, before, last = body.factors
    return last if before == D and isinstance(last, Symbol) else None


def _is_letter(tree: Tree) -> TypeGuard[Letter]:
    return isinstance(tree, Symbol) or tree == Constant("i")


def _level(tree: Tree) -> int:
    """How many operations bind in each other in a tree."""
    highest, waiting = 0, [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Symbol) and node.name.startswith(_MARK):
            highest = max(highest, int(node.name[1:]))
        waiting += children(node)
    return highest


def _in_run(run: str, old: str, new: str) -> str:
    if run == old:
        return new
    return run.replace(old, new) if len(old) == 1 and len(run) <= MAX_INDICES else run


def _renamed(tree: Tree, variable: Letter, new: str) -> Tree:
    """A tree with a variable renamed, in the indices of names as well."""
    if tree == variable:
        return Symbol(new)
    if isinstance(tree, Symbol):
        base, mark, index = tree.name.partition("_")
        renamed = _LETTERS.sub(lambda run: _in_run(run[0], variable.name, new), index)
        return Symbol(f"{base}{mark}{renamed}") if renamed != index else tree
    return mapped(tree, lambda part: _renamed(part, variable, new))
