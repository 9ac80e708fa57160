"""Which trees name what an answer is: x, f(x), a segment, a total."""

from __future__ import annotations

from collections.abc import Sequence

from grpo_rewards.answers.notation.names import GREEK
from grpo_rewards.answers.notation.trees import (
    Application,
    Call,
    D,
    Group,
    Negation,
    Num,
    Operation,
    Power,
    Product,
    Proportion,
    Quotient,
    Sum,
    Symbol,
    Tree,
    children,
)
from grpo_rewards.caches import ANSWERS

__all__ = ["are_factors", "is_label", "is_name", "is_total", "names_in"]


def is_name(tree: Tree) -> bool:
    """Whether a tree names what the answer is: x, f(x), (x, y), A^{-1}, S:T."""
    match tree:
        case Symbol() | Application() | Operation():
            return True
        case Group("(" | "[", _, items):
            return bool(items) and all(map(is_name, items))
        case Proportion(terms):
            return all(map(is_name, terms))
        case Quotient(Product((top, _)), Product((bottom, _))):  # dy/dx
            return top == bottom == D
        case Product(factors):
            # AB, a segment; \angle A; but not ab, which may be the product of two unknowns.
            names = _names(factors)
            return bool(names) and (
                names[0] in ("angle", "triangle") or all(map(str.isupper, names))
            )
    return False


def are_factors(name: Tree, value: Tree) -> bool:
    """Whether capitals side by side are quantities and no segment: the PV of PV = nRT."""
    if not isinstance(name, Product) or _names(name.factors)[:1] in (["angle"], ["triangle"]):
        return False
    return any(symbol[:1].isupper() and symbol not in GREEK for symbol in names_in(value))


def _names(trees: Sequence[Tree]) -> list[str]:
    """The names of symbols; none where something else is among them."""
    names = [tree.name for tree in trees if isinstance(tree, Symbol)]
    return names if len(names) == len(trees) else []


_TRIGONOMETRY = frozenset("sin cos tan cot sec csc".split())


def is_label(tree: Tree) -> bool:
    r"""Whether a tree names a quantity that is no unknown: ``|AB|``, ``\tan A``, ``m\angle A``."""
    match tree:
        case Application():
            return True
        case Symbol(name):
            return name.startswith(("angle", "triangle")) or "@" in name
        case Product(factors):
            return (
                _is_segment(tree)
                or all(map(is_label, factors))
                or (len(factors) == 2 and factors[0] == _MEASURE and _is_named_angle(factors[1]))
            )
        case Sum(terms):
            return all(map(is_label, terms))
        case Quotient(top, bottom):
            return is_label(top) and is_label(bottom)
        case Negation(part) | Power(part, _):
            return is_label(part)
        case Call(function) if function in _TRIGONOMETRY:
            names = names_in(tree)
            return bool(names) and all(
                name[:1].isupper() or name in GREEK or " " in name for name in names
            )
        case Call("abs"):
            names = names_in(tree)
            return bool(names) and all(name[:1].isupper() or "@" in name for name in names)
    return False


_MEASURE = Symbol("m")


def _is_named_angle(tree: Tree) -> bool:
    return isinstance(tree, Symbol) and is_label(tree)


def _is_segment(tree: Product) -> bool:
    """AB, AB^2: points side by side."""
    *points, last = tree.factors
    names = _names((*points, last.base if isinstance(last, Power) else last))
    return bool(names) and all(name[:1].isupper() and " " not in name for name in names)


def is_total(tree: Tree) -> bool:
    """Whether a tree is made of several unknowns by adding and multiplying: m + n, 100a + b."""
    return len(names_in(tree)) > 1 and _is_polynomial(tree)


def _is_polynomial(tree: Tree) -> bool:
    if isinstance(tree, Symbol | Num):
        return True
    return isinstance(tree, Sum | Product | Negation) and all(map(_is_polynomial, children(tree)))


@ANSWERS.keep(entries=4_096)
def names_in(tree: Tree) -> frozenset[str]:
    """The names of a tree's unknowns, and those of its functions as ``f()``."""
    if isinstance(tree, Symbol):
        return frozenset([tree.name])
    own = [f"{tree.name}()"] if isinstance(tree, Application) else []
    return frozenset(own).union(*map(names_in, children(tree)))
