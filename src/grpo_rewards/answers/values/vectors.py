r"""Vectors that are written as sums: ``3\\mathbf{i} - 4\\mathbf{j}``."""

from __future__ import annotations

from grpo_rewards.answers.notation.trees import (
    ONE,
    ZERO,
    Negation,
    Quotient,
    Sum,
    Symbol,
    Tree,
    children,
    factors,
    negated,
    product_of,
)

__all__ = ["vector"]

_BASIS = {"i@vec": 0, "j@vec": 1, "k@vec": 2}


def vector(tree: Tree) -> tuple[Tree, ...] | None:
    r"""The components of a sum of multiples of i, j and k; ``None`` for anything else.

    Example:
        >>> from grpo_rewards.answers.notation.grammar import parse
        >>> vector(parse(r"\vec{i} - x\vec{j}")) == (parse("1"), parse("-x"))
        True
        >>> vector(parse("x"))
    """
    terms = tree.terms if isinstance(tree, Sum) else (tree,)
    if not _is_multiple(terms[0]):
        return None
    found: dict[int, Tree] = {}
    for term in terms:
        negative = isinstance(term, Negation)
        part = term.part if isinstance(term, Negation) else term
        over = part.bottom if isinstance(part, Quotient) else None
        parts = factors(part.top if isinstance(part, Quotient) else part)
        others = tuple(each for each in parts if _place(each) is None)
        basis = [place for each in parts if (place := _place(each)) is not None]
        rest = others if over is None else (*others, over)
        if len(basis) != 1 or basis[0] in found or any(map(_mentions_basis, rest)):
            return None
        scale = product_of(others) if others else ONE
        scale = scale if over is None else Quotient(scale, over)
        found[basis[0]] = negated(scale) if negative else scale
    length = max(2, *(place + 1 for place in found))
    return tuple(found.get(place, ZERO) for place in range(length))


def _is_multiple(term: Tree) -> bool:
    """Whether a term is a multiple of one: most trees are not, and this finds it out fast."""
    while isinstance(term, Negation | Quotient):
        term = term.part if isinstance(term, Negation) else term.top
    return any(_place(each) is not None for each in factors(term))


def _place(tree: Tree) -> int | None:
    return _BASIS.get(tree.name) if isinstance(tree, Symbol) else None


def _mentions_basis(tree: Tree) -> bool:
    return _place(tree) is not None or any(map(_mentions_basis, children(tree)))
