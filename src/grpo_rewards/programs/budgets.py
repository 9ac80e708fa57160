"""How much work tests may be: steps that are counted, whatever the tests and programs are."""

from __future__ import annotations

import ast
from itertools import chain, islice
from typing import Any

__all__ = ["DEEPEST", "MOST_STEPS", "Budget", "TooMuchError", "require_shallow"]

MOST_STEPS = 2_000_000
"""Steps that reading the tests of a row may take, and as many that judging a program by them may:
a second or two. Each node of an expression, each value and each 16 characters of it is one."""
DEEPEST = 100
"""Levels of the syntax tree of a test."""

_TEXTS = (str, bytes)
_CONTAINERS = (list, tuple, set, frozenset)


class TooMuchError(ValueError):
    """Work that would be more than there is a budget for."""


class Budget:
    """Steps that are left, of one piece of work."""

    __slots__ = ("left",)

    def __init__(self, steps: int = MOST_STEPS) -> None:
        self.left = steps

    def spend(self, steps: int) -> None:
        """Take some steps.

        Raises:
            TooMuchError: There are not so many left.
        """
        self.left -= steps
        if self.left < 0:
            raise TooMuchError("too much work")

    def measure(self, value: Any) -> int:
        """The steps that going through a value takes; what it holds twice counts twice.

        Raises:
            TooMuchError: There are not so many left.
        """
        size = 0
        level: list[Any] = [value]
        while level:
            size += len(level)
            inner: list[Any] = []
            kind: Any
            for kind in set(map(type, level)):
                of_kind: list[Any] = [each for each in level if type(each) is kind]
                if kind in _TEXTS:
                    size += sum(map(len, of_kind)) >> 4
                elif kind is int:
                    size += sum(map(int.bit_length, of_kind)) >> 6
                elif kind is range:
                    size += sum(map(len, of_kind))
                elif issubclass(kind, dict):
                    inner += self._few(chain.from_iterable(map(dict.items, of_kind)), size)
                elif kind in _CONTAINERS:
                    inner += self._few(chain.from_iterable(of_kind), size)
            if size > self.left:
                raise TooMuchError("too much work")
            level = inner
        return size

    def _few(self, members: Any, size: int) -> list[Any]:
        most = max(self.left - size, 0) + 1
        return list(islice(members, most))


def require_shallow(tree: ast.AST) -> int:
    """The number of nodes of a syntax tree, which is not too deep for what works by recursion.

    Raises:
        TooMuchError: It is.
    """
    nodes, depth, level = 0, 0, [tree]
    while level:
        nodes += len(level)
        depth += 1
        if depth > DEEPEST:
            raise TooMuchError(f"nested more than {DEEPEST} deep")
        level = [child for node in level for child in ast.iter_child_nodes(node)]
    return nodes
