"""Trees as steps in the order of evaluation: what every evaluator runs, however deep the tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from grpo_rewards.answers.notation.trees import Tree

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
_SAME_KIND = {"add", "mul", "div", "neg"}
_INFINITIES = {
    ("const", "inf"): Fraction(98_765_432, 10**6),
    ("neg", ("const", "inf")): Fraction(-12_345_678, 10**6),
}


def nodes(tree: Tree) -> Iterator[Tree]:
    """Every node of a tree, without recursion."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(part for part in node[1:] if isinstance(part, tuple))


def unroll(tree: Tree) -> tuple[Step, ...]:
    """The steps of a tree, each after those it needs."""
    steps: list[Step] = []
    ends: list[int] = []
    # A node is met twice: to wait for its parts, and when their steps have been written.
    waiting: list[tuple[Tree, bool, int | None]] = [(tree, False, None)]
    while waiting:
        node, opaque, begun = waiting.pop()
        if begun is None:
            node = _without_brackets(node)
            kind, data, parts = _operation(node, opaque=opaque)
            waiting.append((("step", kind, data, len(parts), node), opaque, len(steps)))
            inside = kind in ("opaque", "weights")
            waiting.extend((part, inside, None) for part in reversed(parts))
            continue
        _, kind, data, count, own = node
        taken = tuple(ends[len(ends) - count :])
        del ends[len(ends) - count :]
        ends.append(len(steps))
        steps.append(Step(kind, data, taken, begun, own))
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
    while tree[0] == "group" and len(tree) == 4 and tree[1] in ("(", "["):
        tree = tree[3]
    return tree


def _operation(tree: Tree, *, opaque: bool) -> tuple[str, Any, tuple[Tree, ...]]:
    """The kind of a node's step, what it is about, and the parts whose values it takes."""
    kind = tree[0]
    if kind == "num":
        return "number", tree[1], ()
    if kind == "sym":
        return "symbol", tree[1], ()
    if opaque and tree in _INFINITIES:
        return "number", _INFINITIES[tree], ()
    if kind in _SAME_KIND:
        return kind, None, tree[1:]
    if kind == "pow":
        return _power(tree)
    if kind == "fn" and tree[1] == "exp":
        return "exp", None, tree[2:]
    if kind == "fn" and tree[1] == "root":
        return "root", _index(tree[3]), tree[2:]
    if kind == "fn":
        return "function", tree[1], tree[2:]
    if kind == "const" and tree[1] in ("pi", "e", "i"):
        return "constant", tree[1], ()
    if kind == "deg":
        return "degrees", None, (tree[1],)
    if kind == "pct":
        return "percent", None, (tree[1],)
    if kind == "fact":
        return "factorial", None, (tree[1],)
    if kind in ("app", "op"):
        return "opaque", f"{tree[0]} {tree[1]}", tree[2:]
    if kind == "chain" and opaque:
        signs = " ".join(str(sign) for sign, _ in tree[2:])
        return "weights", signs, (tree[1], *(side for _, side in tree[2:]))
    return "undefined", kind, ()


def _power(tree: Tree) -> tuple[str, Any, tuple[Tree, ...]]:
    base, exponent = _without_brackets(tree[1]), tree[2]
    if base == ("const", "e"):
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
    tree = _without_brackets(tree)
    negative = False
    while tree[0] == "neg":
        negative, tree = not negative, _without_brackets(tree[1])
    if tree[0] == "div":
        top, bottom = (_without_brackets(part) for part in tree[1:])
        signs = top[0] == "neg", bottom[0] == "neg"
        top, bottom = (
            part[1] if sign else part for part, sign in zip((top, bottom), signs, strict=True)
        )
        if top[0] != "num" or bottom[0] != "num" or not bottom[1]:
            return None
        value = top[1] / bottom[1] * (-1 if signs[0] != signs[1] else 1)
    elif tree[0] == "num":
        value = tree[1]
    else:
        return None
    return -value if negative else value
