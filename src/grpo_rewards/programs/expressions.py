"""The expressions of tests that are computed outside a sandbox, on what a program returned.

A small part of Python: literals, operators, comparisons, items, and some functions of Python's own
and of `math`. What is computed is bounded, whatever the program returned.
"""

from __future__ import annotations

import ast
import builtins
import math
import operator
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from grpo_rewards.programs.budgets import Budget
from grpo_rewards.sandboxes.data import require_spread
from grpo_rewards.sandboxes.parsed_source import parsed

__all__ = [
    "NEAR",
    "OUTSIDE",
    "RAISED",
    "evaluated",
    "inside",
    "is_outside",
    "parsed_expression",
    "root_of",
]

LARGEST = 1_000_000
"""Members that a value may have which the evaluator makes of what a program returned."""
LARGEST_BITS = 100_000
MOST_DIGITS = 4_300

NEAR = "_grpo_near"
"""The name in a test that stands for `near`."""


def near(value: Any, expected: Any, relative: float = 1e-6, absolute: float = 1e-12) -> bool:
    """Whether numbers are near each other, and what holds numbers in the same places.

    Example:
        >>> near([0.1 + 0.2, 1], [0.3, 1.0]), near(0.31, 0.3)
        (True, False)
    """
    if isinstance(expected, list | tuple):
        return (
            isinstance(value, list | tuple)
            and len(value) == len(expected)
            and all(near(*pair, relative, absolute) for pair in zip(value, expected, strict=True))
        )
    if isinstance(expected, dict):
        return (
            isinstance(value, dict)
            and value.keys() == expected.keys()
            and all(near(value[key], expected[key], relative, absolute) for key in expected)
        )
    if isinstance(expected, int | float) and isinstance(value, int | float):
        return math.isclose(
            value, expected, rel_tol=0, abs_tol=max(relative * abs(expected), absolute)
        )
    return bool(value == expected)


_FUNCTIONS = (
    "abs all any bool complex dict divmod enumerate float frozenset int isinstance len list max "
    "min range reversed round set sorted str sum tuple type zip"
).split()
OUTSIDE: dict[str, Any] = {
    **{name: getattr(builtins, name) for name in _FUNCTIONS},
    "Counter": Counter,
    "inf": math.inf,
    "nan": math.nan,
    NEAR: near,
}
"""What tests may use by name: of Python's own, what tests import of it, and `near`."""
_MATH = (
    "ceil cos e exp fabs floor gcd hypot inf isclose isfinite isinf isnan log log10 log2 nan pi "
    "sin sqrt tan tau trunc"
).split()
RAISED = (ArithmeticError, AttributeError, LookupError, MemoryError, RecursionError, TypeError)
_BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
    ast.BitAnd: operator.and_,
    ast.BitOr: operator.or_,
    ast.BitXor: operator.xor,
}
_UNARY: dict[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.Not: operator.not_,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Invert: operator.invert,
}
_COMPARED: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
    ast.In: lambda left, right: left in right,
    ast.NotIn: lambda left, right: left not in right,
}


def parsed_expression(text: str) -> ast.expr:
    """The syntax tree of an expression; in any thread, and as `parsed`."""
    (statement,) = parsed(f"({text})").body
    if not isinstance(statement, ast.Expr):  # pragma: no cover
        raise TypeError(f"{text!r} is no expression")
    return statement.value


def root_of(node: ast.expr) -> str | None:
    """The name that a chain of calls, attributes and items starts with."""
    while isinstance(node, ast.Call | ast.Attribute | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else None


def is_outside(node: ast.expr, constants: Mapping[str, Any], function: str = "") -> bool:
    """Whether the evaluator can compute an expression by itself."""
    if function and root_of(node) == function:  # which may be named as one of Python's own
        return False
    match node:
        case ast.Constant():
            return True
        case ast.Name(id=name):
            return name in constants or name in OUTSIDE
        case ast.Attribute(value=ast.Name(id="math"), attr=name):
            return name in _MATH
    parts = inside(node)
    return parts is not None and all(is_outside(part, constants, function) for part in parts)


def inside(node: ast.expr) -> list[ast.expr] | None:
    """The expressions in one that the evaluator knows; ``None`` for one that it does not."""
    match node:
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
            is_plain = not any(isinstance(part, ast.Starred) for part in parts)
            return list(parts) if is_plain else None
        case ast.Dict(keys=keys, values=values) if None not in keys:
            return [part for part in (*keys, *values) if part is not None]
        case ast.UnaryOp(operand=operand):
            return [operand]
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            return [left, right]
        case ast.BoolOp(values=values):
            return list(values)
        case ast.Compare(left=left, comparators=rest):
            return [left, *rest]
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return [test, body, orelse]
        case ast.Subscript(value=value, slice=ast.Slice(lower=lower, upper=upper, step=step)):
            return [part for part in (value, lower, upper, step) if part is not None]
        case ast.Subscript(value=value, slice=item):
            return [value, item]
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=keywords):
            known = name in OUTSIDE
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id="math"), attr=name),
            args=arguments,
            keywords=keywords,
        ):
            known = name in _MATH
        case _:
            return None
    if not known or any(isinstance(each, ast.Starred) for each in arguments):
        return None
    if any(keyword.arg is None or keyword.arg == "key" for keyword in keywords):
        return None
    return [*arguments, *(keyword.value for keyword in keywords)]


def evaluated(node: ast.expr, known: Mapping[str, Any], budget: Budget | None = None) -> Any:
    """The value of an expression of the grammar of `inside`; what it makes is bounded.

    Raises:
        TooMuchError: It takes more steps than the budget has.
        ValueError: It would be too large; or as Python has it, like the rest of `RAISED`.
    """
    steps = budget or Budget()

    def value_of(part: ast.expr) -> Any:
        return evaluated(part, known, steps)

    steps.spend(1)
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            return known[name] if name in known else OUTSIDE[name]
        case ast.Attribute(value=ast.Name(id="math"), attr=name) if name in _MATH:
            return getattr(math, name)
        case ast.UnaryOp(op=op, operand=operand):
            return _UNARY[type(op)](value_of(operand))
        case ast.BinOp(left=left, op=op, right=right):
            return _combined(op, value_of(left), value_of(right), steps)
        case ast.BoolOp(op=op, values=values):
            return _chosen(op, values, value_of)
        case ast.Compare():
            return _compared(node, value_of, steps)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return value_of(body if value_of(test) else orelse)
        case ast.Subscript(value=value, slice=ast.Slice(lower=lower, upper=upper, step=step)):
            bounds = [None if part is None else value_of(part) for part in (lower, upper, step)]
            part = value_of(value)[slice(*bounds)]
            steps.spend(steps.measure(part))
            return part
        case ast.Subscript(value=value, slice=item):
            return value_of(value)[value_of(item)]
        case ast.Call(func=function, args=arguments, keywords=keywords):
            called = value_of(function)
            given = [value_of(argument) for argument in arguments]
            named = {str(keyword.arg): value_of(keyword.value) for keyword in keywords}
            return _called(called, given, named, steps)
        case _:
            return _displayed(node, value_of)


def _displayed(node: ast.expr, value_of: Callable[[ast.expr], Any]) -> Any:
    match node:
        case ast.List(elts=parts):
            return [value_of(part) for part in parts]
        case ast.Tuple(elts=parts):
            return tuple(value_of(part) for part in parts)
        case ast.Set(elts=parts):
            members = [value_of(part) for part in parts]
            require_spread(members)
            return set(members)
        case ast.Dict(keys=keys, values=values):
            pairs = [
                (value_of(key), value_of(value))
                for key, value in zip(keys, values, strict=True)
                if key is not None
            ]
            require_spread([key for key, _ in pairs])
            return dict(pairs)
    raise TypeError(f"cannot evaluate {ast.unparse(node)!r}")  # pragma: no cover


def _chosen(op: ast.boolop, parts: Sequence[ast.expr], value_of: Callable[[ast.expr], Any]) -> Any:
    value = None
    for part in parts:
        value = value_of(part)
        if bool(value) is isinstance(op, ast.Or):
            break
    return value


def _compared(node: ast.Compare, value_of: Callable[[ast.expr], Any], steps: Budget) -> bool:
    left = value_of(node.left)
    for op, part in zip(node.ops, node.comparators, strict=True):
        right = value_of(part)
        if not isinstance(op, ast.Is | ast.IsNot):
            steps.spend(steps.measure((left, right)))
        if not _COMPARED[type(op)](left, right):
            return False
        left = right
    return True


def _combined(op: ast.operator, left: Any, right: Any, steps: Budget) -> Any:
    steps.spend(steps.measure((left, right)))
    if isinstance(op, ast.Mult):
        for one, other in ((left, right), (right, left)):
            if isinstance(one, int) and hasattr(other, "__len__") and len(other) * one > LARGEST:
                raise ValueError("too large")
    if isinstance(op, ast.Mod) and isinstance(left, str | bytes):
        raise TypeError("no formatting")
    bits = [each.bit_length() for each in (left, right) if isinstance(each, int)]
    is_power = isinstance(op, ast.Pow) and len(bits) == 2
    if max(bits, default=0) > LARGEST_BITS or (is_power and bits[0] * abs(right) > LARGEST_BITS):
        raise ValueError("too large")
    steps.spend((max(bits, default=0) * (abs(right) if is_power else 1) >> 8) ** 2 >> 4)
    made = _BINARY[type(op)](left, right)
    steps.spend(steps.measure(made))
    return made


_COMPARE = (max, min, sorted)


def _called(
    function: Callable[..., Any], given: list[Any], named: dict[str, Any], steps: Budget
) -> Any:
    size = steps.measure((given, named))
    if function in _COMPARE and given and hasattr(given[0], "__len__"):
        size += size * len(given[0]).bit_length() // 4
    steps.spend(size)
    if function is range:
        made = range(*given, **named)
        if len(made) > LARGEST:
            raise ValueError("too large")
        return made
    if function is sum and (len(given) > 1 or named):
        raise TypeError("sum() with a start")
    if function is round and len(given) > 1 and abs(given[1]) > MOST_DIGITS:
        raise ValueError("too large")
    is_read = function is int and given and isinstance(given[0], str | bytes)
    if is_read and len(given[0]) > MOST_DIGITS:
        raise ValueError("too large")
    if function in _HASHING and len(given) == 1:
        given = [_spread(function, given[0])]
    result: Any = function(*given, **named)
    steps.spend(steps.measure(result))
    return result


_HASHING = (Counter, dict, frozenset, set)


def _spread(function: Callable[..., Any], value: Any) -> Any:
    """What a set or a dict is to be made of, which does not take more time than it seems."""
    if isinstance(value, dict | set | frozenset):
        return value
    members = list(value)
    if function is dict:
        members = [tuple(pair) for pair in members]
        require_spread([pair[:1] for pair in members])
    else:
        require_spread(members)
    return members
