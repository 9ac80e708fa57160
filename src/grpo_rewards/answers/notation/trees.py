r"""Syntax trees of answers: their nodes, with named fields, and the functions that build them.

A node is a named tuple, because trees are built, hashed, compared and sent to other processes all
the time. Its last field is the same for all nodes of its kind, so that nodes of two kinds are
never equal, as tuples of the same items are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial
from operator import attrgetter
from typing import Any, Literal, NamedTuple, TypeAlias, get_args, get_origin, get_type_hints

from grpo_rewards.answers.notation.tokens import NotMath

__all__ = [
    "INFINITY",
    "ONE",
    "ZERO",
    "Application",
    "BasedLiteral",
    "Call",
    "Chain",
    "Constant",
    "D",
    "Degrees",
    "E",
    "Factorial",
    "Group",
    "I",
    "Listing",
    "Measured",
    "Negation",
    "Num",
    "Omission",
    "Operation",
    "Percent",
    "Power",
    "Product",
    "Proportion",
    "Quotient",
    "Row",
    "Rows",
    "SetOperation",
    "Signed",
    "Sum",
    "Symbol",
    "Tree",
    "bracketed_item",
    "children",
    "contains",
    "factors",
    "fraction",
    "is_higher",
    "label",
    "mapped",
    "mixed",
    "named",
    "negated",
    "number",
    "product",
    "product_of",
    "quotient",
    "renamed",
    "replaced",
    "root",
]


class Num(NamedTuple):
    """A number."""

    value: Fraction
    places: int = 0
    """Decimal places as written; 0 for an integer."""
    node: Literal["num"] = "num"


class Symbol(NamedTuple):
    """An unknown, or another name: ``x``, ``x_1``, ``angle ABC``."""

    name: str
    node: Literal["symbol"] = "symbol"


class Constant(NamedTuple):
    """``pi``, ``e``, ``i`` or ``inf``."""

    name: str
    node: Literal["constant"] = "constant"


class Sum(NamedTuple):
    """Terms that are added up; a difference has a negation among them."""

    terms: tuple[Tree, ...]
    node: Literal["sum"] = "sum"


class Product(NamedTuple):
    """Factors, side by side or with a sign between them."""

    factors: tuple[Tree, ...]
    node: Literal["product"] = "product"


class Quotient(NamedTuple):
    """A fraction or a division."""

    top: Tree
    bottom: Tree
    node: Literal["quotient"] = "quotient"


class Negation(NamedTuple):
    """What has a minus before it, unless that is a number, which has it inside."""

    part: Tree
    node: Literal["negation"] = "negation"


class Signed(NamedTuple):
    r"""What has ``\pm`` or ``\mp`` before it."""

    part: Tree
    sign: str
    """``pm`` or ``mp``."""
    node: Literal["signed"] = "signed"


class Power(NamedTuple):
    """A base with an exponent."""

    base: Tree
    exponent: Tree
    node: Literal["power"] = "power"


class Factorial(NamedTuple):
    """``n!``."""

    part: Tree
    node: Literal["factorial"] = "factorial"


class Degrees(NamedTuple):
    """What has the sign of degrees behind it."""

    part: Tree
    node: Literal["degrees"] = "degrees"


class Percent(NamedTuple):
    """What has a percent sign behind it."""

    part: Tree
    node: Literal["percent"] = "percent"


class Measured(NamedTuple):
    """A value with the words of a unit behind it."""

    part: Tree
    unit: str
    node: Literal["measured"] = "measured"


class Call(NamedTuple):
    """A function that is known, of its arguments: a sine; a ``root``, with its index."""

    name: str
    arguments: tuple[Tree, ...]
    node: Literal["call"] = "call"


class Application(NamedTuple):
    """A function that is not: ``f(x)``, an expected value, a norm."""

    name: str
    arguments: tuple[Tree, ...]
    node: Literal["application"] = "application"


class Operation(NamedTuple):
    """What is kept as it stands: a sum, an integral, a limit, its bounds before what it is of."""

    name: str
    arguments: tuple[Tree, ...]
    node: Literal["operation"] = "operation"


class Group(NamedTuple):
    """Items in brackets: a set, a tuple, an interval; a number in brackets by itself."""

    opening: str
    closing: str
    items: tuple[Tree, ...]
    node: Literal["group"] = "group"


class Row(NamedTuple):
    """A row of a matrix."""

    cells: tuple[Tree, ...]
    node: Literal["row"] = "row"


class Rows(NamedTuple):
    """A matrix."""

    rows: tuple[Row, ...]
    node: Literal["rows"] = "rows"


class Chain(NamedTuple):
    """Sides with a relation between each and the next: an equation, ``1 < x < 2``."""

    sides: tuple[Tree, ...]
    relations: tuple[str, ...]
    node: Literal["chain"] = "chain"


class SetOperation(NamedTuple):
    """A union (``cup``), an intersection (``cap``), a difference (``setminus``)."""

    name: str
    left: Tree
    right: Tree
    node: Literal["set operation"] = "set operation"


class Proportion(NamedTuple):
    """``2:3``."""

    terms: tuple[Tree, ...]
    node: Literal["proportion"] = "proportion"


class BasedLiteral(NamedTuple):
    """``1011_2``: digits of another base than ten."""

    digits: Fraction
    base: int
    node: Literal["based"] = "based"


class Listing(NamedTuple):
    """Items side by side without brackets, joined by ``,``, ``and`` or ``or``."""

    joint: str
    items: tuple[Tree, ...]
    node: Literal["listing"] = "listing"


class Omission(NamedTuple):
    """An ellipsis."""

    node: Literal["omission"] = "omission"


Tree: TypeAlias = (
    Num | Symbol | Constant | Sum | Product | Quotient | Negation | Signed | Power | Factorial
    | Degrees | Percent | Measured | Call | Application | Operation | Group | Row | Rows | Chain
    | SetOperation | Proportion | BasedLiteral | Listing | Omission
)  # fmt: skip

ZERO = Num(Fraction(0))
ONE = Num(Fraction(1))
E = Constant("e")
I = Constant("i")  # noqa: E741 (the imaginary unit)
INFINITY = Constant("inf")
D = Symbol("d")
"""The letter of differentials."""


# Building -------------------------------------------------------------------------------------


def number(text: str) -> Num:
    """A number as it is written, with its decimal places."""
    text = text.replace(",", "")
    if text.isdigit():
        return Num(Fraction(int(text)), 0)
    mantissa, _, exponent = text.lower().partition("e")
    places = len(mantissa.partition(".")[2]) - int(exponent or 0)
    return Num(Fraction(mantissa) * Fraction(10) ** int(exponent or 0), places)


def mixed(whole: Fraction, top: int | Fraction, bottom: int | Fraction) -> Num:
    """``4 4/9``; an improper or impossible fraction beside a whole number is no mixed number."""
    if not 0 <= top < bottom:
        raise NotMath("a mixed number's fraction is not below one")
    return Num(whole + Fraction(top) / Fraction(bottom), 0)


def negated(tree: Tree) -> Tree:
    """A tree with a minus before it."""
    if isinstance(tree, Num):
        return Num(-tree.value, tree.places)
    return Negation(tree)


def product(left: Tree, right: Tree) -> Product:
    """The product with one more factor."""
    return Product((*factors(left), right))


def product_of(parts: tuple[Tree, ...]) -> Tree:
    """What factors make together: a single one is itself."""
    return parts[0] if len(parts) == 1 else Product(parts)


def factors(tree: Tree) -> tuple[Tree, ...]:
    """The factors of a product; anything else is its only factor."""
    return tree.factors if isinstance(tree, Product) else (tree,)


def quotient(top: Tree, bottom: Tree) -> Tree:
    """One divided by the other, where ``1/2%`` is half a percent."""
    if isinstance(bottom, Percent):
        return Percent(Quotient(top, bottom.part))
    return Quotient(top, bottom)


def fraction(top: Tree, bottom: Tree) -> Quotient:
    r"""``\frac``; of ``d`` and ``d x`` it is a derivative still to be worked out, no quotient."""
    base = top.base if isinstance(top, Power) else top
    if base == D and isinstance(bottom, Product) and bottom.factors[0] == D:
        raise NotMath("a derivative is not worked out")
    return Quotient(top, bottom)


def root(part: Tree, index: int = 2) -> Call:
    """A square root, or another."""
    return Call("root", (part, Num(Fraction(index))))


def named(tree: Tree, suffix: str) -> Tree:
    """A symbol with a subscript, a prime or an accent: another symbol."""
    if isinstance(tree, Symbol | Constant):
        return Symbol(tree.name + suffix)
    if isinstance(tree, Application | Call) and suffix == "'":
        return Application(f"{tree.name}'", tree.arguments)
    return Application(suffix, (tree,))


def bracketed_item(tree: Tree) -> Tree | None:
    """What stands in round or square brackets by itself; ``None`` for anything else."""
    if isinstance(tree, Group) and len(tree.items) == 1 and tree.opening in ("(", "["):
        return tree.items[0]
    return None


# Walking --------------------------------------------------------------------------------------

_KINDS: tuple[type, ...] = get_args(Tree)


def _fields_of_parts(kind: type) -> tuple[tuple[str, ...], bool]:
    """The fields of a kind of node that hold trees; and whether it is one that holds several."""
    hints = get_type_hints(kind)
    for name, hint in hints.items():
        if get_origin(hint) is tuple and get_args(hint)[0] in (Tree, *_KINDS):
            return (name,), True
    return tuple(name for name, hint in hints.items() if hint == Tree), False


def _reader(kind: type) -> Callable[[Any], tuple[Tree, ...]]:
    names, holds_several = _PARTS[kind]
    if not names:
        return lambda _: ()
    if len(names) == 1 and not holds_several:
        (name,) = names
        return lambda tree: (getattr(tree, name),)
    return attrgetter(*names)


_PARTS = {kind: _fields_of_parts(kind) for kind in _KINDS}
_READERS = {kind: _reader(kind) for kind in _KINDS}


def children(tree: Tree) -> tuple[Tree, ...]:
    """The trees in a tree, one level down.

    Example:
        >>> children(Power(Symbol("x"), Num(Fraction(2))))
        (Symbol(name='x', node='symbol'), Num(value=Fraction(2, 1), places=0, node='num'))
    """
    return _READERS[type(tree)](tree)


def mapped(tree: Tree, function: Callable[[Tree], Tree]) -> Tree:
    """The tree with what a function makes of each of its children in their place."""
    names, holds_several = _PARTS[type(tree)]
    if not names:
        return tree
    if holds_several:
        new: dict[str, Any] = {names[0]: tuple(map(function, children(tree)))}
    else:
        new = dict(zip(names, map(function, children(tree)), strict=True))
    return tree._replace(**new)


def is_higher(tree: Tree, height: int) -> bool:
    """Whether more nodes than this stand on the longest way from the root down.

    Example:
        >>> is_higher(Factorial(Factorial(Symbol("x"))), 2)
        True
    """
    level = [tree]
    for _ in range(height):
        level = [part for node in level for part in _READERS[type(node)](node)]
        if not level:
            return False
    return True


def contains(tree: Tree, part: Tree) -> bool:
    """Whether a tree is another or has it somewhere in it."""
    return tree == part or any(contains(each, part) for each in children(tree))


def replaced(tree: Tree, old: Tree, new: Tree) -> Tree:
    """The tree with another in place of each that is this."""
    return new if tree == old else mapped(tree, partial(replaced, old=old, new=new))


def renamed(tree: Tree, names: Mapping[str, str]) -> Tree:
    """The tree with its symbols renamed."""
    if isinstance(tree, Symbol):
        return Symbol(names.get(tree.name, tree.name))
    return mapped(tree, partial(renamed, names=names))


def label(tree: Tree) -> str:
    """A tree as a text, another for each: the name that an accent over it makes.

    Example:
        >>> label(Power(Symbol("x"), Num(Fraction(2))))
        "(power (symbol 'x') (num 2 0))"
    """
    said = [repr(each) for each in tree[:-1] if isinstance(each, str)]
    if isinstance(tree, Num | BasedLiteral):
        said = list(map(str, tree[:-1]))
    elif isinstance(tree, Chain):
        said = list(map(repr, tree.relations))
    return f"({' '.join([tree.node, *said, *map(label, children(tree))])})"
