"""Functions that yield, in words that Monty knows.

What a generator does between two of its yields becomes a state of a function within it, which goes
from one state to the next and keeps the generator's names. What cannot be cut so (a ``yield``
within a ``try``) makes all of its items at once: where a program takes no more of them than it
needs, it may run on for ever, and is in doubt.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

from grpo_rewards.sandboxes.monty.syntax import arguments_of, lambda_of

__all__ = ["GENERATORS", "LAZY", "Eager", "Lazily", "lazy_items"]

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_YIELDS = (ast.Yield, ast.YieldFrom)


def _own(body: Iterable[ast.AST]) -> list[ast.AST]:
    """The nodes of a function's own body, without those of functions and classes in it."""
    found: list[ast.AST] = []
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        found.append(node)
        if not isinstance(node, _SCOPES):
            waiting.extend(ast.iter_child_nodes(node))
    return found


def _yields(*nodes: ast.AST) -> bool:
    return any(isinstance(node, _YIELDS) for node in _own(nodes))


class _UncutError(Exception):
    """A generator that cannot be cut at its yields."""


class Lazily:
    """Cuts the functions of a program that yield at their yields."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.found = False

    def rewrite(self, function: ast.FunctionDef) -> bool:
        """Change a function that yields so that it makes its items one by one; whether it could."""
        own = _own(function.body)
        if not any(isinstance(node, _YIELDS) for node in own):
            return True
        machine = _Machine(self.prefix)
        try:
            names = _names(function, own)
            body = machine.run(function.body)
        except _UncutError:
            return False
        self.found = True
        state = f"{self.prefix}state"
        inner = [*names, *machine.names, state]
        outer = [node for node in own if isinstance(node, ast.Global | ast.Nonlocal)]
        step = _function(
            f"{self.prefix}step", [f"{self.prefix}self", f"{self.prefix}sent"],
            [ast.Nonlocal(inner), *outer, *body],
        )  # fmt: skip
        arguments = {each.arg for each in ast.walk(function.args) if isinstance(each, ast.arg)}
        unbound = ast.Name(f"{self.prefix}unbound", ast.Load())
        fresh = [name for name in (*names, *machine.names) if name not in arguments]
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


class _Machine:
    """The states of a generator, each a block of statements that ends by going to another one."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.blocks: list[list[ast.stmt]] = [[]]
        self.names: list[str] = []
        self.loops: list[tuple[int, int]] = []  # where ``continue`` goes, and where ``break`` does

    def run(self, body: Sequence[ast.stmt]) -> list[ast.stmt]:
        """The statements of the function that goes from state to state."""
        self._all(body)
        self.blocks[-1] += self._ended(None)
        chosen: list[ast.stmt] = []
        for place in range(len(self.blocks) - 1, -1, -1):
            test = ast.Compare(self._state(), [ast.Eq()], [ast.Constant(place)])
            chosen = [ast.If(test, self.blocks[place] or [ast.Pass()], chosen)]
        return [ast.While(ast.Constant(value=True), chosen, [])]

    def _name(self, text: str, ctx: ast.expr_context | None = None) -> ast.Name:
        return ast.Name(f"{self.prefix}{text}", ctx or ast.Load())

    def _state(self) -> ast.Name:
        return self._name("state")

    def _goes(self, place: int) -> list[ast.stmt]:
        return [*self._at(place), ast.Continue()]

    def _at(self, place: int) -> list[ast.stmt]:
        return [ast.Assign([self._name("state", ast.Store())], ast.Constant(place))]

    def _ended(self, value: ast.expr | None) -> list[ast.stmt]:
        made: list[ast.stmt] = []
        if value is not None:
            kept = ast.Attribute(self._name("self"), "value", ast.Store())
            made.append(ast.Assign([kept], value))
        return [*made, ast.Return(self._name("end"))]

    def _new(self) -> int:
        self.blocks.append([])
        return len(self.blocks) - 1

    def _emit(self, *statements: ast.stmt) -> None:
        self.blocks[-1] += statements

    def _fresh(self, text: str) -> str:
        name = f"{self.prefix}{text}{len(self.names)}"
        self.names.append(name)
        return name

    def _all(self, body: Sequence[ast.stmt]) -> None:
        for statement in body:
            self._one(statement)

    def _one(self, node: ast.stmt) -> None:
        match node:
            case ast.Global() | ast.Nonlocal():
                return
            case ast.Return(value=value):
                if value is not None and _yields(value):
                    raise _UncutError
                self._emit(*self._ended(value))
            case ast.Break() | ast.Continue():
                again, after = self.loop()
                self._emit(*self._goes(after if isinstance(node, ast.Break) else again))
            case _ if not _yields(node):
                self._emit(*_Plain(self).listed(node))
            case ast.Expr(value=ast.Yield() | ast.YieldFrom() as value):
                self._yield(value, [])
            case ast.Assign(targets=targets, value=ast.Yield() | ast.YieldFrom() as value):
                self._yield(value, targets)
            case ast.If(test=test, body=body, orelse=orelse) if not _yields(test):
                self._if(test, body, orelse)
            case ast.While(test=test, body=body, orelse=orelse) if not _yields(test):
                self._loop(None, test, body, orelse)
            case ast.For(target=target, iter=items, body=body, orelse=orelse) if not _yields(items):
                self._loop(target, items, body, orelse)
            case _:
                raise _UncutError

    def loop(self) -> tuple[int, int]:
        """Where the innermost loop goes on, and where it ends."""
        if not self.loops:
            raise _UncutError
        return self.loops[-1]

    def _yield(self, node: ast.Yield | ast.YieldFrom, targets: list[ast.expr]) -> None:
        if node.value is not None and _yields(node.value):
            raise _UncutError
        if isinstance(node, ast.Yield):
            here = self.blocks[-1]
            after = self._new()
            here += [*self._at(after), ast.Return(node.value or ast.Constant(None))]
            if targets:
                self._emit(ast.Assign(targets, self._name("sent")))
            return
        items, got = self._fresh("items"), self._fresh("got")
        self._emit(
            ast.Assign([ast.Name(items, ast.Store())], self._called("iter", node.value)),
            ast.Assign([self._name("sent", ast.Store())], ast.Constant(None)),
        )
        here = self.blocks[-1]
        again = self._new()
        here += self._goes(again)
        item = self._called("delegated", ast.Name(items, ast.Load()), self._name("sent"))
        is_more = ast.Compare(ast.Name(got, ast.Load()), [ast.IsNot()], [self._name("end")])
        self._emit(
            ast.Assign([ast.Name(got, ast.Store())], item),
            ast.If(is_more, [ast.Return(ast.Name(got, ast.Load()))], []),
        )
        if targets:
            result = self._called("result", ast.Name(items, ast.Load()))
            self._emit(ast.Assign(targets, result))

    def _called(self, name: str, *args: ast.expr) -> ast.Call:
        return ast.Call(self._name(name), list(args), [])

    def _if(self, test: ast.expr, body: list[ast.stmt], orelse: list[ast.stmt]) -> None:
        here = self.blocks[-1]
        first = self._new()
        self._all(body)
        ends = [self.blocks[-1]]
        other = self._new()
        self._all(orelse)
        ends.append(self.blocks[-1])
        after = self._new()
        here += [ast.If(test, self._goes(first), self._goes(other))]
        for end in ends:
            end.extend(self._goes(after))

    def _loop(
        self,
        target: ast.expr | None,
        test: ast.expr,
        body: list[ast.stmt],
        orelse: list[ast.stmt],
    ) -> None:
        items, got = "", ""
        if target is not None:
            items, got = self._fresh("items"), self._fresh("got")
            self._emit(ast.Assign([ast.Name(items, ast.Store())], self._called("iter", test)))
        here = self.blocks[-1]
        again = self._new()
        here += self._goes(again)
        head = self.blocks[-1]
        first = self._new()
        # Where the loop ends is not known before its body is: two blocks that only go there.
        otherwise, left = self._new(), self._new()
        start = self._new()
        self.blocks[first] += self._goes(start)
        if target is not None:
            self._emit(ast.Assign([target], ast.Name(got, ast.Load())))
        self.loops.append((again, left))
        self._all(body)
        self.loops.pop()
        self.blocks[-1] += self._goes(again)
        other = self._new()
        self._all(orelse)
        last = self.blocks[-1]
        after = self._new()
        last += self._goes(after)
        self.blocks[otherwise] += self._goes(other)
        self.blocks[left] += self._goes(after)
        if target is None:
            head += [ast.If(test, self._goes(first), self._goes(otherwise))]
            return
        item = self._called("next", ast.Name(items, ast.Load()), self._name("end"))
        is_over = ast.Compare(ast.Name(got, ast.Load()), [ast.Is()], [self._name("end")])
        head += [
            ast.Assign([ast.Name(got, ast.Store())], item),
            ast.If(is_over, self._goes(otherwise), self._goes(first)),
        ]


class _Plain(ast.NodeTransformer):
    """A statement without a yield: what leaves it goes to another state."""

    def __init__(self, machine: _Machine) -> None:
        self.machine = machine
        self.depth = 0

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.stmt:
        return node

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.stmt:
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.stmt:
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.expr:
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt:
        if node.value is None:
            return ast.Pass()
        return ast.Assign([node.target], node.value)  # a nonlocal name has no annotation

    def visit_For(self, node: ast.For) -> ast.stmt:
        return self._within(node)

    def visit_While(self, node: ast.While) -> ast.stmt:
        return self._within(node)

    def _within(self, node: ast.For | ast.While) -> ast.stmt:
        self.depth += 1
        node.body = [each for part in node.body for each in self.listed(part)]
        self.depth -= 1
        node.orelse = [each for part in node.orelse for each in self.listed(part)]
        return node

    def listed(self, node: ast.stmt) -> list[ast.stmt]:
        made = self.visit(node)
        return made if isinstance(made, list) else [made]

    def visit_Return(self, node: ast.Return) -> list[ast.stmt]:
        return self.machine._ended(node.value)

    def visit_Break(self, node: ast.Break) -> ast.stmt | list[ast.stmt]:
        return node if self.depth else self.machine._goes(self.machine.loop()[1])

    def visit_Continue(self, node: ast.Continue) -> ast.stmt | list[ast.stmt]:
        return node if self.depth else self.machine._goes(self.machine.loop()[0])


def _function(name: str, args: list[str], body: list[ast.stmt]) -> ast.FunctionDef:
    made = ast.parse("def f(): pass").body[0]
    assert isinstance(made, ast.FunctionDef)
    made.name, made.args, made.body = name, arguments_of(args), body
    return made


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


class Eager:
    """Rewrites the functions of a program that yield, and says whether it did."""

    def __init__(self, prefix: str) -> None:
        self.items = f"{prefix}items"
        self.found = False

    def rewrite(self, function: ast.FunctionDef) -> None:
        """Have a function that yields in statements alone collect what it yields."""
        own = _own(function.body)
        said = {
            id(node.value)
            for node in own
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Yield | ast.YieldFrom)
        }
        every = [node for node in own if isinstance(node, ast.Yield | ast.YieldFrom)]
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
