"""Trees as steps in the order of evaluation: what every evaluator runs, however deep the tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from grpo_rewards.answers.notation.trees import (
    INFINITY,
    Application,
    Call,
    Chain,
    Constant,
    Degrees,
    E,
    Factorial,
    Negation,
    Num,
    Operation,
    Percent,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Tree,
    bracketed_item,
    children,
)

__all__ = [
    "Step",
    "Undefined",
    "exponent_fraction",
    "is_rational",
    "nodes",
    "part_of",
    "run",
    "unroll",
]


class Undefined(ArithmeticError):  # noqa: N818 (an answer to "what is its value", not a fault)
    """The expression has no value at this point, or none of this kind."""


class Step(NamedTuple):
    """One operation on the values of earlier steps."""

    kind: str
    data: Any
    """What the operation is about: a number, a name, an exponent."""
    parts: tuple[int, ...]
    """The steps whose values it takes."""
    start: int
    """The first step of its own: a tree's steps stand side by side, its last one at the end."""
    tree: Tree


_RATIONAL = frozenset(["number", "symbol", "add", "mul", "div", "neg", "percent"])
_KINDS: dict[type, str] = {
    Sum: "add", Product: "mul", Quotient: "div", Negation: "neg", Degrees: "degrees",
    Percent: "percent", Factorial: "factorial",
}  # fmt: skip
"""Nodes that are an operation on all that they have in them."""
_INFINITIES: dict[Tree, Fraction] = {
    INFINITY: Fraction(98_765_432, 10**6),
    Negation(INFINITY): Fraction(-12_345_678, 10**6),
}


def nodes(tree: Tree) -> Iterator[Tree]:
    """Every node of a tree, without recursion."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(children(node))


def unroll(tree: Tree) -> tuple[Step, ...]:
    """The steps of a tree, each after those it needs."""
    steps: list[Step] = []
    ends: list[int] = []
    # A node is met twice: to wait for its parts, and when their steps have been written.
    waiting: list[tuple[Tree, bool, tuple[str, Any, int, int] | None]] = [(tree, False, None)]
    while waiting:
        node, opaque, met = waiting.pop()
        if met is None:
            node = _without_brackets(node)
            kind, data, parts = _operation(node, opaque=opaque)
            if not parts:
                ends.append(len(steps))
                steps.append(Step(kind, data, (), len(steps), node))
                continue
            waiting.append((node, opaque, (kind, data, len(parts), len(steps))))
            inside = kind in ("opaque", "weights")
            waiting.extend((part, inside, None) for part in reversed(parts))
            continue
        kind, data, count, begun = met
        taken = tuple(ends[len(ends) - count :])
        del ends[len(ends) - count :]
        ends.append(len(steps))
        steps.append(Step(kind, data, taken, begun, node))
    return tuple(steps)


def run(steps: tuple[Step, ...], operations: Mapping[str, Any], algebra: Any = None) -> Any:
    """The value of the last step, by a table that has a function for each kind of step."""
    values: list[Any] = []
    for step in steps:
        parts = [values[part] for part in step[2]]
        values.append(operations[step[0]](algebra, step, *parts))
    return values[-1]


def is_rational(steps: tuple[Step, ...]) -> bool:
    """Whether only rational operations are in it, whole powers among them."""
    return all(
        step.kind in _RATIONAL or (step.kind == "rational power" and step.data.denominator == 1)
        for step in steps
    )


def part_of(steps: tuple[Step, ...], end: int) -> tuple[Step, ...]:
    """The steps of the part of a tree that ends in one of them, by themselves."""
    start = steps[end].start
    return tuple(
        step._replace(parts=tuple(part - start for part in step.parts), start=step.start - start)
        for step in steps[start : end + 1]
    )


def _without_brackets(tree: Tree) -> Tree:
    while (item := bracketed_item(tree)) is not None:
        tree = item
    return tree


def _operation(tree: Tree, *, opaque: bool) -> tuple[str, Any, tuple[Tree, ...]]:
    """The kind of a node's step, what it is about, and the parts whose values it takes."""
    match tree:
        case Num(value):
            return "number", value, ()
        case Symbol(name):
            return "symbol", name, ()
        case _ if opaque and tree in _INFINITIES:
            return "number", _INFINITIES[tree], ()
        case _ if type(tree) in _KINDS:
            return _KINDS[type(tree)], None, children(tree)
        case Power():
            return _power(tree)
        case Call("exp", arguments):
            return "exp", None, arguments
        case Call("root", arguments):
            return "root", _index(arguments[1]), arguments
        case Call(name, arguments):
            return "function", name, arguments
        case Constant("pi" | "e" | "i" as name):
            return "constant", name, ()
        case Application(name, arguments):
            return "opaque", f"app {name}", arguments
        case Operation(name, arguments):
            return "opaque", f"op {name}", arguments
        case Chain(sides, relations) if opaque:
            return "weights", " ".join(relations), sides
    return "undefined", tree.node, ()


def _power(tree: Power) -> tuple[str, Any, tuple[Tree, ...]]:
    base, exponent = _without_brackets(tree.base), tree.exponent
    if base == E:
        return "exp", None, (exponent,)
    literal = exponent_fraction(exponent)
    if literal is not None:
        return "rational power", literal, (base,)
    return "power", None, (base, exponent)


def _index(tree: Tree) -> int | None:
    """A root's index, where it is a whole number."""
    value = exponent_fraction(tree)
    return int(value) if value is not None and value.denominator == 1 else None


def exponent_fraction(tree: Tree) -> Fraction | None:
    """The rational number that an exponent is when it is written as one, or a quotient of two."""
    tree, negative = _without_sign(tree)
    if isinstance(tree, Num):
        return -tree.value if negative else tree.value
    if isinstance(tree, Quotient):
        (top, one), (bottom, other) = _without_sign(tree.top), _without_sign(tree.bottom)
        if isinstance(top, Num) and isinstance(bottom, Num) and bottom.value:
            value = top.value / bottom.value
            return -value if negative ^ one ^ other else value
    return None


def _without_sign(tree: Tree) -> tuple[Tree, bool]:
    """What stands behind brackets and minus signs, and whether it is to be negated."""
    tree, negative = _without_brackets(tree), False
    while isinstance(tree, Negation):
        tree, negative = _without_brackets(tree.part), not negative
    return tree, negative
