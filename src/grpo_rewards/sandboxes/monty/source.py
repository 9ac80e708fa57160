"""A program as Monty gets it: in other words where it does not know these, and with what it lacks.

Only what is exact is rewritten; all else is left for Monty to refuse.
"""

from __future__ import annotations

import ast
import importlib
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from grpo_rewards.caches import RESPONSES
from grpo_rewards.sandboxes.monty.doubts import Nodes, doubts, returns_order, set_names
from grpo_rewards.sandboxes.monty.missing import MODULES
from grpo_rewards.sandboxes.monty.prelude import EMULATED, PREFIX, preludes
from grpo_rewards.sandboxes.parsed_source import parsed

__all__ = ["Adapted", "adapted"]

LONGEST = 100_000
"""Characters of a program that is looked into; a longer one is no answer, and runs as it is."""
_ALWAYS = frozenset(("base", "written"))


@dataclass(frozen=True, slots=True)
class Adapted:
    """A program as Monty gets it."""

    source: str
    prelude: str
    missing: str = ""
    """What it needs that Monty lacks, where no error would show it."""
    doubt: str = ""
    """What Monty may do otherwise than Python, so that what fails may be right."""


@RESPONSES.remember(entries=4_096)  # a script runs once for each of its tests
def adapted(program: str) -> Adapted:
    r"""A program as Monty is to run it.

    Example:
        >>> adapted("import heapq\nh = []").source
        'heapq = _emulated_heapq\nh = []'
        >>> adapted("def f(x):\n    return list(set(x))").missing
        'order of a set'
        >>> adapted("class A:\n    def __len__(self): return 1").doubt
        'Monty calls no __len__'
    """
    if len(program) > LONGEST:
        return Adapted(program, _prelude(_ALWAYS))
    try:
        tree = parsed(program)
        nodes = tuple(ast.walk(tree))
        sets = set_names(nodes)
        missing = "order of a set" if returns_order(nodes, sets) else ""
        doubt = next(doubts(nodes, sets), "")
        used: set[str] = set()
        source = program
        if _WORDS.search(program) or _has_methods(nodes):
            rewriting = _Rewriting(nodes)
            tree = rewriting.visit(tree)
            used = rewriting.used
            source = ast.unparse(ast.fix_missing_locations(tree)) if used else program
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Adapted(program, _prelude(_ALWAYS))  # it is Monty's to say what is wrong with it
    if "sys" in used or _INPUT.search(program):
        used.add("input")
    return Adapted(source, _prelude(_ALWAYS | used), missing, doubt)


@lru_cache(maxsize=64)
def _prelude(used: frozenset[str]) -> str:
    return "".join(text for name, text in preludes().items() if name in used)


_WORDS = re.compile(r"\b(?:import|del|object|round|next|open)\b")
_INPUT = re.compile(r"\b(?:input|EOFError|exit|quit)\b")


# Rewriting -----------------------------------------------------------------------------------


@cache
def _methods() -> dict[str, frozenset[str]]:
    """The methods of Python's own types, which are no values in Monty, by type."""
    return {
        kind.__name__: frozenset(
            name
            for name, value in vars(kind).items()
            if callable(value) and not name.startswith("_") and not isinstance(value, staticmethod)
            if type(value).__name__ == "method_descriptor"
        )
        for kind in (str, list, dict, set, int, float, tuple, frozenset)
    }


@cache
def _any_methods() -> frozenset[str]:
    return frozenset().union(*_methods().values())


def _has_methods(nodes: Nodes) -> bool:
    """Whether there may be methods that are values, or called as their type has them."""
    called = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
    for node in nodes:
        match node:
            case ast.Attribute(value=value, attr=name) if name in _any_methods():
                is_of_a_type = isinstance(value, ast.Name) and value.id in _methods()
                if id(node) not in called or is_of_a_type:
                    return True
    return False


class _Rewriting(ast.NodeTransformer):
    """Writes in other words what Monty does not know in these."""

    def __init__(self, nodes: Nodes) -> None:
        self.used: set[str] = set()
        self.bound = _bound(nodes)
        self.methods = _any_methods() - _attributes(nodes)
        self.starred = _starred(nodes)

    def visit_Import(self, node: ast.Import) -> list[ast.stmt] | ast.stmt:
        emulated = [alias for alias in node.names if alias.name in EMULATED]
        if not emulated:
            return node
        self.used |= {alias.name for alias in emulated}
        others = [alias for alias in node.names if alias.name not in EMULATED]
        return [
            *([ast.Import(names=others)] if others else []),
            *(_assigned(alias.asname or alias.name, f"{PREFIX}{alias.name}") for alias in emulated),
        ]

    def visit_ImportFrom(self, node: ast.ImportFrom) -> list[ast.stmt] | ast.stmt:
        module = node.module or ""
        names = node.names
        if node.level or module not in MODULES:
            return node
        if names[0].name == "*":
            names = [ast.alias(name=name) for name, of in self.starred.items() if of == module]
            self.used.add("base")
            if not names:
                return ast.Pass()
        if module not in EMULATED or not {alias.name for alias in names} <= EMULATED[module]:
            return ast.ImportFrom(module=module, names=names, level=0)
        self.used.add(module)
        return [
            _assigned(alias.asname or alias.name, f"{PREFIX}{module}.{alias.name}")
            for alias in names
        ]

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.stmt:
        self.generic_visit(node)
        match node.bases:
            case [ast.Name(id="object")] if not node.keywords:
                node.bases = []
                self.used.add("base")
        return node

    def visit_Delete(self, node: ast.Delete) -> list[ast.stmt] | ast.stmt:
        self.generic_visit(node)
        done: list[ast.stmt] = []
        for target in node.targets:
            if not isinstance(target, ast.Subscript):
                return node
            key = target.slice
            if isinstance(key, ast.Slice):
                ends = [each or ast.Constant(None) for each in (key.lower, key.upper, key.step)]
                key = ast.Call(func=ast.Name("slice"), args=ends, keywords=[])
            call = ast.Call(func=ast.Name(f"{PREFIX}del"), args=[target.value, key], keywords=[])
            done.append(ast.Expr(call))
        self.used.add("helpers")
        return done

    def visit_Call(self, node: ast.Call) -> ast.expr:
        function = node.func
        if isinstance(function, ast.Attribute) and not self._is_of_a_type(function):
            function.value = self.visit(function.value)
        else:
            node.func = self.visit(function)
        node.args = [self.visit(each) for each in node.args]
        node.keywords = [self.visit(each) for each in node.keywords]
        match node:
            case ast.Call(func=ast.Name(id="round"), args=[_, _]) if "round" not in self.bound:
                self.used.add("helpers")
                node.func = ast.Name(f"{PREFIX}rounded")
            case ast.Call(func=ast.Name(id="next"), args=[ast.GeneratorExp() as first, *rest]):
                self.used.add("base")
                node.args = [ast.Call(func=ast.Name("iter"), args=[first], keywords=[]), *rest]
            case ast.Call(func=ast.Name(id="open"), args=[ast.Constant(value=0)]):
                self.used.add("sys")
                return ast.Name(f"{PREFIX}stdin")
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        node.value = self.visit(node.value)
        if node.attr not in self.methods or not isinstance(node.ctx, ast.Load):
            return node
        self.used.add("helpers")
        if self._is_of_a_type(node):
            text = f"lambda _s, /, *_a: {PREFIX}of(_s, {PREFIX}{ast.unparse(node.value)})"
            return _expression(f"{text}.{node.attr}(*_a)")
        made = _expression(f"(lambda _o: lambda *_a, **_k: _o.{node.attr}(*_a, **_k))(0)")
        assert isinstance(made, ast.Call)
        made.args = [node.value]
        return made

    def _is_of_a_type(self, node: ast.Attribute) -> bool:
        """Whether it is a method as its type has it, such as ``str.lower``."""
        match node.value:
            case ast.Name(id=name):
                is_known = name in ("str", "list", "dict", "int", "float", "tuple")
                return is_known and name not in self.bound and node.attr in _methods()[name]
        return False


def _bound(nodes: Nodes) -> set[str]:
    """The names that a program gives a meaning of its own."""
    found: set[str] = set()
    for node in nodes:
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                found.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.alias(name=name, asname=other):
                found.add(other or name)
    return found


def _attributes(nodes: Nodes) -> set[str]:
    """What objects of the program's own may have as attributes."""
    found: set[str] = set()
    for node in nodes:
        match node:
            case ast.Attribute(attr=name, ctx=ast.Store()):
                found.add(name)
            case ast.ClassDef(body=body):
                found |= _bound([each for part in body for each in ast.walk(part)])
            case ast.Constant(value=str(text)):  # of a named tuple, say
                found |= set(re.findall(r"\w+", text))
    return found


def _starred(nodes: Nodes) -> dict[str, str]:
    """The names that a program uses of what it imports by a star, and from which module."""
    used = {node.id for node in nodes if isinstance(node, ast.Name)}
    found: dict[str, str] = {}
    for node in nodes:
        match node:
            case ast.ImportFrom(module=str(module), names=[ast.alias(name="*")], level=0):
                if module in MODULES:
                    owner = importlib.import_module(module)
                    public = getattr(owner, "__all__", [n for n in dir(owner) if n[0] != "_"])
                    found |= dict.fromkeys(sorted(used.intersection(public)), module)
    return found


def _assigned(name: str, value: str) -> ast.stmt:
    return ast.Assign(targets=[ast.Name(id=name, ctx=ast.Store())], value=_expression(value))


def _expression(text: str) -> ast.expr:
    (statement,) = parsed(text).body
    assert isinstance(statement, ast.Expr)
    return statement.value
