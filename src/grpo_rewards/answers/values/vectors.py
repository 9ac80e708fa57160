r"""Vectors that are written as sums: ``3\\mathbf{i} - 4\\mathbf{j}``."""

from __future__ import annotations

from fractions import Fraction

from grpo_rewards.answers.notation.trees import Tree, children, factors, negated

__all__ = ["vector"]

_BASIS = {"i@vec": 0, "j@vec": 1, "k@vec": 2}
_ZERO: Tree = ("num", Fraction(0), 0)
_ONE: Tree = ("num", Fraction(1), 0)


def vector(tree: Tree) -> tuple[Tree, ...] | None:
    """The components of a sum of multiples of i, j and k; ``None`` for anything else.

    Example:
        >>> vector(("add", ("sym", "i@vec"), ("neg", ("mul", ("sym", "x"), ("sym", "j@vec")))))
        (('num', Fraction(1, 1), 0), ('neg', ('sym', 'x')))
        >>> vector(("sym", "x"))
    """
    terms = tree[1:] if tree[0] == "add" else (tree,)
    if not _is_multiple(terms[0]):
        return None
    found: dict[int, Tree] = {}
    for term in terms:
        negative, part = term[0] == "neg", term[1] if term[0] == "neg" else term
        over = part[2] if part[0] == "div" else None
        parts = factors(part[1] if over else part)
        others = [each for each in parts if not _is_basis(each)]
        basis = [_BASIS[each[1]] for each in parts if _is_basis(each)]
        rest = [*others, over] if over else others
        if len(basis) != 1 or basis[0] in found or any(map(_mentions_basis, rest)):
            return None
        scale: Tree = ("mul", *others) if len(others) > 1 else others[0] if others else _ONE
        scale = ("div", scale, over) if over else scale
        found[basis[0]] = negated(scale) if negative else scale
    length = max(2, *(place + 1 for place in found))
    return tuple(found.get(place, _ZERO) for place in range(length))


def _is_multiple(term: Tree) -> bool:
    """Whether a term is a multiple of one: most trees are not, and this finds it out fast."""
    while term[0] in ("neg", "div"):
        term = term[1]
    return any(map(_is_basis, factors(term)))


def _is_basis(tree: Tree) -> bool:
    return tree[0] == "sym" and tree[1] in _BASIS


def _mentions_basis(tree: Tree) -> bool:
    return _is_basis(tree) or any(map(_mentions_basis, children(tree)))
