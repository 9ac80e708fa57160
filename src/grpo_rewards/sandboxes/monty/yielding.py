"""Functions that yield, in words that Monty knows.

What a generator does between two of its yields becomes a state of a function within it, which goes
from one state to the next and keeps the generator's names. What cannot be cut so (a ``yield``
within a ``try``) makes all of its items at once: where a program takes no more of them than it
needs, it may run on for ever, and is in doubt.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from grpo_rewards.sandboxes.monty.states import YIELDS, States, UncutError, own_nodes
from grpo_rewards.sandboxes.monty.syntax import arguments_of

__all__ = ["GENERATORS", "Eager", "Lazily"]

_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Lazily:
    """Cuts the functions of a program that yield at their yields."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.found = False

    def rewrite(self, function: ast.FunctionDef) -> bool:
        """Change a function that yields so that it makes its items one by one; whether it could."""
        own = own_nodes(function.body)
        if not any(isinstance(node, YIELDS) for node in own):
            return True
        states = States(self.prefix)
        try:
            names = _names(function, own)
            body = states.run(function.body)
        except UncutError:
            return False
        self.found = True
        state = f"{self.prefix}state"
        inner = [*names, *states.names, state]
        outer = [node for node in own if isinstance(node, ast.Global | ast.Nonlocal)]
        step = _function(
            f"{self.prefix}step", [f"{self.prefix}self", f"{self.prefix}sent"],
            [ast.Nonlocal(inner), *outer, *body],
        )  # fmt: skip
        arguments = {each.arg for each in ast.walk(function.args) if isinstance(each, ast.arg)}
        unbound = ast.Name(f"{self.prefix}unbound", ast.Load())
        fresh = [name for name in (*names, *states.names) if name not in arguments]
        made = ast.Call(
            ast.Name(f"{self.prefix}generator", ast.Load()), [ast.Name(step.name, ast.Load())], []
        )
        function.body = [
            *([ast.Assign([ast.Name(n, ast.Store()) for n in fresh], unbound)] if fresh else []),
            ast.Assign([ast.Name(state, ast.Store())], ast.Constant(0)),
            step,
            ast.Return(made),
        ]
        return True


def _names(function: ast.FunctionDef, own: Sequence[ast.AST]) -> list[str]:
    """The names that are a generator's own, its arguments first."""
    outer = {
        name for node in own if isinstance(node, ast.Global | ast.Nonlocal) for name in node.names
    }
    found = {each.arg: None for each in ast.walk(function.args) if isinstance(each, ast.arg)}
    inner: set[int] = set()
    for node in own:
        if isinstance(node, _COMPREHENSIONS):
            inner |= {id(each) for part in node.generators for each in ast.walk(part.target)}
    for node in own:
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()) if id(node) not in inner:
                found[name] = None
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found[name] = None
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
                found[name] = None
            case ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
                found[name] = None
            case ast.alias(name=name, asname=other):
                found[(other or name).partition(".")[0]] = None
    return [name for name in found if name not in outer]


def _function(name: str, args: list[str], body: list[ast.stmt]) -> ast.FunctionDef:
    made = ast.parse("def f(): pass").body[0]
    assert isinstance(made, ast.FunctionDef)
    made.name, made.args, made.body = name, arguments_of(args), body
    return made


GENERATORS = """
class $End:
    pass
class $Unbound:
    pass
$end, $unbound = $End(), $Unbound()
class $Generator:
    def __init__(self, step):
        self.step = step
        self.value = None
        self.is_running = False
        self.is_begun = False
    def __iter__(self):
        return self
    def __next__(self):
        step = self.step
        if step is None:
            raise StopIteration
        if self.is_running:
            raise ValueError('generator already executing')
        self.is_running = self.is_begun = True
        try:
            got = step(self, None)
        except StopIteration:
            self.step = None
            raise RuntimeError('generator raised StopIteration')
        except $catch:
            self.step = None
            raise
        self.is_running = False
        if got is $end:
            self.step = None
            raise StopIteration
        return got
    def send(self, sent, /):
        step = self.step
        if step is None:
            raise StopIteration
        if self.is_running:
            raise ValueError('generator already executing')
        if sent is not None and not self.is_begun:
            raise TypeError("can't send non-None value to a just-started generator")
        self.is_running = self.is_begun = True
        try:
            got = step(self, sent)
        except StopIteration:
            self.step = None
            raise RuntimeError('generator raised StopIteration')
        except $catch:
            self.step = None
            raise
        self.is_running = False
        if got is $end:
            self.step = None
            raise StopIteration
        return got
    def close(self):
        self.step = None
    def throw(self, *args):
        raise NotImplementedError("'throw' into a generator is not supported")
def $generator(step):
    return $Generator(step)
def $delegated(items, sent):
    if sent is None:
        return next(items, $end)
    if type(items) is not $Generator:
        raise AttributeError('what is yielded from takes nothing that is sent')
    try:
        return items.send(sent)
    except StopIteration:
        return $end
def $result(items):
    return items.value if type(items) is $Generator else None
"""
"""The text that a program with such generators needs."""


class Eager:
    """Rewrites the functions of a program that yield, and says whether it did."""

    def __init__(self, prefix: str) -> None:
        self.items = f"{prefix}items"
        self.found = False

    def rewrite(self, function: ast.FunctionDef) -> None:
        """Have a function that yields in statements alone collect what it yields."""
        own = own_nodes(function.body)
        said = {
            id(node.value)
            for node in own
            if isinstance(node, ast.Expr) and isinstance(node.value, YIELDS)
        }
        every = [node for node in own if isinstance(node, YIELDS)]
        if not every or any(id(node) not in said for node in every):
            return  # what is sent into it would have to come from somewhere
        if any(isinstance(node, ast.Return) and node.value is not None for node in own):
            return  # which a ``yield from`` would get
        self.found = True
        function.body = [
            ast.Assign([ast.Name(self.items, ast.Store())], ast.List([], ast.Load())),
            *_Collected(self.items).all(function.body),
            _returned(self.items),
        ]


class _Collected(ast.NodeTransformer):
    def __init__(self, items: str) -> None:
        self.items = items

    def all(self, body: list[ast.stmt]) -> list[ast.stmt]:
        return [self.visit(statement) for statement in body]

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.stmt:
        return node

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.stmt:
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.stmt:
        return node

    def visit_Return(self, node: ast.Return) -> ast.stmt:  # noqa: ARG002 (it has no value)
        return _returned(self.items)

    def visit_Expr(self, node: ast.Expr) -> ast.stmt:
        match node.value:
            case ast.Yield(value=value):
                call, argument = "append", value or ast.Constant(None)
            case ast.YieldFrom(value=value):
                call, argument = "extend", value
            case _:
                return node
        function = ast.Attribute(ast.Name(self.items, ast.Load()), call, ast.Load())
        return ast.Expr(ast.Call(function, [argument], []))


def _returned(items: str) -> ast.stmt:
    function = ast.Name("iter", ast.Load())
    return ast.Return(ast.Call(function, [ast.Name(items, ast.Load())], []))
