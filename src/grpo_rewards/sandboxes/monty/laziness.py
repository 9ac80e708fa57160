"""What is lazy in Python and not in Monty: generator expressions, ``map``, ``zip`` and others."""

from __future__ import annotations

import ast

from grpo_rewards.sandboxes.monty.syntax import lambda_of

__all__ = ["LAZY", "lazy_items"]


def lazy_items(node: ast.GeneratorExp, prefix: str) -> ast.expr | None:
    """A generator expression as a call that makes its items one by one, where it can be one."""
    if len(node.generators) > 1 or any(
        isinstance(each, ast.NamedExpr | ast.Await) for each in ast.walk(node)
    ):
        return None
    (part,) = node.generators
    test = ast.BoolOp(ast.And(), part.ifs) if len(part.ifs) > 1 else (*part.ifs, None)[0]
    made = _of_target(part.target, node.elt, prefix)
    kept = None if test is None else _of_target(part.target, test, prefix)
    if made is None or (test is not None and kept is None):
        return None
    function = ast.Name(f"{prefix}lazy_items", ast.Load())
    return ast.Call(function, [made, part.iter, *([kept] if kept is not None else [])], [])


def _of_target(target: ast.expr, body: ast.expr, prefix: str) -> ast.expr | None:
    """What an expression is of each item that is assigned to a target."""
    match target:
        case ast.Name(id=name):
            return lambda_of([name], body)
        case ast.Tuple(elts=elts):
            names = [each.id for each in elts if isinstance(each, ast.Name)]
            if len(names) != len(elts) or len(set(names)) != len(names):
                return None
            item = ast.Starred(ast.Name(f"{prefix}item", ast.Load()), ast.Load())
            return lambda_of([f"{prefix}item"], ast.Call(lambda_of(names, body), [item], []))
    return None


LAZY = """
class $Map:
    def __init__(self, function, first, /, *rest):
        self.function = function
        self.rows = [iter(each) for each in (first, *rest)]
    def __iter__(self):
        return self
    def __next__(self):
        if len(self.rows) == 1:
            return self.function(next(self.rows[0]))
        return self.function(*[next(row) for row in self.rows])
class $Zip:
    def __init__(self, *iterables):
        self.rows = [iter(each) for each in iterables]
    def __iter__(self):
        return self
    def __next__(self):
        if not self.rows:
            raise StopIteration
        values = []
        for row in self.rows:
            values.append(next(row))
        return tuple(values)
class $Enumerate:
    def __init__(self, iterable, start=0):
        self.items, self.place = iter(iterable), start - 1
    def __iter__(self):
        return self
    def __next__(self):
        value = next(self.items)
        self.place += 1
        return (self.place, value)
class $Filter:
    def __init__(self, function, iterable, /):
        self.function, self.items = function, iter(iterable)
    def __iter__(self):
        return self
    def __next__(self):
        while True:
            value = next(self.items)
            if value if self.function is None else self.function(value):
                return value
class $Made:
    def __init__(self, made, iterable, kept=None):
        self.made, self.items, self.kept = made, iter(iterable), kept
    def __iter__(self):
        return self
    def __next__(self):
        while True:
            value = next(self.items, $end)
            if value is $end:
                raise StopIteration
            if self.kept is None or self.kept(value):
                return self.made(value)
def $lazy_zip(*iterables, strict=False):
    return zip(*iterables, strict=strict) if strict else $Zip(*iterables)
$lazy_items = $Made
map, zip, enumerate, filter = $Map, $lazy_zip, $Enumerate, $Filter
"""
"""The text for a program that may go through what never ends: lazy in it is what is in Python."""
