r"""Syntax trees of answers: their nodes, with named fields, and the functions that build them.

A node is a tuple, because trees are built, hashed, compared and sent to other processes all the
time. Its last item names its kind, so that nodes of two kinds are never equal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias, get_args, get_origin, get_type_hints

from grpo_rewards.answers.notation.tokens import NotMath

if TYPE_CHECKING:
    from typing_extensions import dataclass_transform
else:

    def dataclass_transform(**_: Any) -> Any:  # Python 3.11 has it; it is for type checkers
        return lambda kind: kind


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


_make = tuple.__new__
_MAKERS: tuple[Callable[[str], Any], ...] = (
    lambda kind: lambda cls: _make(cls, (kind,)),
    lambda kind: lambda cls, a: _make(cls, (a, kind)),
    lambda kind: lambda cls, a, b: _make(cls, (a, b, kind)),
    lambda kind: lambda cls, a, b, c: _make(cls, (a, b, c, kind)),
)
"""By the number of fields: what makes a node of a kind."""


@dataclass_transform(frozen_default=True)
class Node(tuple[Any, ...]):
    """What has a kind and named fields; its class makes a tuple of the fields and the kind."""

    __slots__ = ()
    node: ClassVar[str]

    def __init_subclass__(cls) -> None:
        kind: Any = cls
        kind.node = cls.__name__.lower()
        names = tuple(cls.__annotations__)
        make = _MAKERS[len(names)](kind.node)
        make.__defaults__ = tuple(vars(cls)[name] for name in names if name in vars(cls)) or None
        kind.__new__ = make
        type.__setattr__(cls, "__match_args__", names)
        for place, name in enumerate(names):
            setattr(cls, name, property(itemgetter(place)))

    def __getnewargs__(self) -> tuple[Any, ...]:
        return self[:-1]

    def __repr__(self) -> str:
        fields = ", ".join(map(repr, self[:-1]))
        return f"{type(self).__name__}({fields})"


class Num(Node):
    """A number."""

    __slots__ = ()
    value: Fraction
    places: int = 0
    """Decimal places as written; 0 for an integer."""


class Symbol(Node):
    """An unknown, or another name: ``x``, ``x_1``, ``angle ABC``."""

    __slots__ = ()
    name: str


class Constant(Node):
    """``pi``, ``e``, ``i`` or ``inf``."""

    __slots__ = ()
    name: str


class Sum(Node):
    """Terms that are added up; a difference has a negation among them."""

    __slots__ = ()
    terms: tuple[Tree, ...]


class Product(Node):
    """Factors, side by side or with a sign between them."""

    __slots__ = ()
    factors: tuple[Tree, ...]


class Quotient(Node):
    """A fraction or a division."""

    __slots__ = ()
    top: Tree
    bottom: Tree


class Negation(Node):
    """What has a minus before it, unless that is a number, which has it inside."""

    __slots__ = ()
    part: Tree


class Signed(Node):
    r"""What has ``\pm`` or ``\mp`` before it."""

    __slots__ = ()
    part: Tree
    sign: str
    """``pm`` or ``mp``."""


class Power(Node):
    """A base with an exponent."""

    __slots__ = ()
    base: Tree
    exponent: Tree


class Factorial(Node):
    """``n!``."""

    __slots__ = ()
    part: Tree


class Degrees(Node):
    """What has the sign of degrees behind it."""

    __slots__ = ()
    part: Tree


class Percent(Node):
    """What has a percent sign behind it."""

    __slots__ = ()
    part: Tree


class Measured(Node):
    """A value with the words of a unit behind it."""

    __slots__ = ()
    part: Tree
    unit: str


class Call(Node):
    """A function that is known, of its arguments: a sine; a ``root``, with its index."""

    __slots__ = ()
    name: str
    arguments: tuple[Tree, ...]


class Application(Node):
    """A function that is not: ``f(x)``, an expected value, a norm."""

    __slots__ = ()
    name: str
    arguments: tuple[Tree, ...]


class Operation(Node):
    """What is kept as it stands: a sum, an integral, a limit, its bounds before what it is of."""

    __slots__ = ()
    name: str
    arguments: tuple[Tree, ...]


class Group(Node):
    """Items in brackets: a set, a tuple, an interval; a number in brackets by itself."""

    __slots__ = ()
    opening: str
    closing: str
    items: tuple[Tree, ...]


class Row(Node):
    """A row of a matrix."""

    __slots__ = ()
    cells: tuple[Tree, ...]


class Rows(Node):
    """A matrix."""

    __slots__ = ()
    rows: tuple[Row, ...]


class Chain(Node):
    """Sides with a relation between each and the next: an equation, ``1 < x < 2``."""

    __slots__ = ()
    sides: tuple[Tree, ...]
    relations: tuple[str, ...]


class SetOperation(Node):
    """A union (``cup``), an intersection (``cap``), a difference (``setminus``)."""

    __slots__ = ()
    name: str
    left: Tree
    right: Tree


class Proportion(Node):
    """``2:3``."""

    __slots__ = ()
    terms: tuple[Tree, ...]


class BasedLiteral(Node):
    """``1011_2``: digits of another base than ten."""

    __slots__ = ()
    digits: Fraction
    base: int


class Listing(Node):
    """Items side by side without brackets, joined by ``,``, ``and`` or ``or``."""

    __slots__ = ()
    joint: str
    items: tuple[Tree, ...]


class Omission(Node):
    """An ellipsis."""

    __slots__ = ()


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


def _fields_of_parts(kind: Any) -> tuple[tuple[str, ...], bool]:
    """The fields of a kind of node that hold trees; and whether it is one that holds several."""
    hints = {name: get_type_hints(kind)[name] for name in kind.__match_args__}
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
        (Symbol('x'), Num(Fraction(2, 1), 0))
    """
    return _READERS[type(tree)](tree)


def mapped(tree: Tree, function: Callable[[Tree], Tree]) -> Tree:
    """The tree with what a function makes of each of its children in their place."""
    names, holds_several = _PARTS[type(tree)]
    if not names:
        return tree
    parts = tuple(map(function, children(tree)))
    new = {names[0]: parts} if holds_several else dict(zip(names, parts, strict=True))
    kind: Callable[..., Tree] = type(tree)
    return kind(*(new.get(name, getattr(tree, name)) for name in type(tree).__match_args__))


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
