r"""Syntax trees of answers, and the functions that build their nodes.

A tree is a tuple whose first item names the node.

Nodes: ``("num", Fraction, places)`` (decimal places as written; 0 for an integer),
``("sym", name)``, ``("const", name)``, ``("add", *terms)``, ``("mul", *factors)``,
``("div", top, bottom)``, ``("neg", x)``, ``("pm", x)``, ``("mp", x)``, ``("pow", base, exponent)``,
``("fact", x)``, ``("fn", name, *args)`` (known), ``("app", name, *args)`` (unknown),
``("op", name, *args)`` (unevaluated: a sum, an integral), ``("deg", x)``, ``("pct", x)``,
``("unit", x, phrase)``, ``("group", opening, closing, *items)``, ``("matrix", ("row", *cells), ...)``,
``("chain", first, (relation, next), ...)``, ``("set", name, left, right)`` (union and the like),
``("ratio", *terms)``, ``("based", digits, base)``, ``("list", joint, *items)``, ``("dots",)``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, TypeAlias

from grpo_rewards.answers.notation.tokens import NotMath

__all__ = [
    "D",
    "Tree",
    "children",
    "contains",
    "factors",
    "fraction",
    "is_higher",
    "mixed",
    "named",
    "negated",
    "number",
    "product",
    "renamed",
    "replaced",
]

Tree: TypeAlias = tuple[Any, ...]

D: Tree = ("sym", "d")
"""The letter of differentials."""


def number(text: str) -> Tree:
    text = text.replace(",", "")
    if text.isdigit():
        return ("num", Fraction(int(text)), 0)
    mantissa, _, exponent = text.lower().partition("e")
    places = len(mantissa.partition(".")[2]) - int(exponent or 0)
    return ("num", Fraction(mantissa) * Fraction(10) ** int(exponent or 0), places)


def mixed(whole: Fraction, top: int | Fraction, bottom: int | Fraction) -> Tree:
    """``4 4/9``; an improper or impossible fraction beside a whole number is no mixed number."""
    if not 0 <= top < bottom:
        raise NotMath("a mixed number's fraction is not below one")
    return ("num", whole + Fraction(top) / Fraction(bottom), 0)


def negated(tree: Tree) -> Tree:
    if tree[0] == "num":
        return ("num", -tree[1], tree[2])
    return ("neg", tree)


def product(left: Tree, right: Tree) -> Tree:
    factors = left[1:] if left[0] == "mul" else (left,)
    return ("mul", *factors, right)


def factors(tree: Tree) -> tuple[Tree, ...]:
    return tree[1:] if tree[0] == "mul" else (tree,)


def quotient(top: Tree, bottom: Tree) -> Tree:
    if bottom[0] == "pct":  # 1/2% is half a percent
        return ("pct", ("div", top, bottom[1]))
    return ("div", top, bottom)


def fraction(top: Tree, bottom: Tree) -> Tree:
    r"""``\frac``; of ``d`` and ``d x`` it is a derivative still to be worked out, no quotient."""
    base = top[1] if top[0] == "pow" else top
    if base == D and bottom[0] == "mul" and bottom[1] == D:
        raise NotMath("a derivative is not worked out")
    return ("div", top, bottom)


def named(tree: Tree, suffix: str) -> Tree:
    """A symbol with a subscript, a prime or an accent: another symbol."""
    if tree[0] == "sym":
        return ("sym", tree[1] + suffix)
    if tree[0] in ("app", "fn") and suffix == "'":
        return ("app", f"{tree[1]}'", *tree[2:])
    if tree[0] == "const":
        return ("sym", tree[1] + suffix)
    return ("app", suffix, tree)


def children(tree: Tree) -> Iterator[Tree]:
    """The trees in a tree, one level down."""
    return (part for part in tree[1:] if isinstance(part, tuple))


def is_higher(tree: Tree, height: int) -> bool:
    """Whether more nodes than this stand on the longest way from the root down.

    Example:
        >>> is_higher(("fact", ("fact", ("sym", "x"))), 2)
        True
    """
    level = [tree]
    for _ in range(height):
        level = [part for node in level for part in children(node)]
        if not level:
            return False
    return True


def contains(tree: Tree, part: Tree) -> bool:
    """Whether a tree is another or has it somewhere in it."""
    return tree == part or any(contains(each, part) for each in children(tree))


def replaced(tree: Tree, old: Tree, new: Tree) -> Tree:
    """The tree with another in place of each that is this."""
    if tree == old:
        return new
    return tuple(replaced(part, old, new) if isinstance(part, tuple) else part for part in tree)


def renamed(tree: Tree, names: Mapping[str, str]) -> Tree:
    """The tree with its symbols renamed."""
    if tree[0] == "sym":
        return ("sym", names.get(tree[1], tree[1]))
    return tuple(renamed(part, names) if isinstance(part, tuple) else part for part in tree)
