"""What Monty does not know in some words, written in others: calls, patterns, imports, ``del``."""

from __future__ import annotations

import ast
import importlib
import re
from functools import cache

from grpo_rewards.sandboxes.monty.divergences import Nodes, is_lazy
from grpo_rewards.sandboxes.monty.laziness import lazy_items
from grpo_rewards.sandboxes.monty.missing import MODULES
from grpo_rewards.sandboxes.monty.modules import EMULATED
from grpo_rewards.sandboxes.monty.pattern_calls import PatternCalls
from grpo_rewards.sandboxes.monty.prelude import PREFIX
from grpo_rewards.sandboxes.monty.yielding import Eager, Lazily
from grpo_rewards.sandboxes.parsed_source import parsed

__all__ = ["Rewriting", "bound_names"]

_OF_NUMBERS = ("bit_length", "bit_count", "is_integer")
"""Methods of numbers that Monty lacks."""


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


class Rewriting(ast.NodeTransformer):
    """Writes in other words what Monty does not know in these."""

    def __init__(self, nodes: Nodes, *, is_cut: bool) -> None:
        self.is_cut = is_cut
        self.used: set[str] = set()
        self.doubt = ""
        self.bound = bound_names(nodes)
        attributes = _attributes(nodes)
        self.methods = _any_methods() - attributes
        self.numbers = frozenset(_OF_NUMBERS) - attributes
        self.starred = _starred(nodes)
        self.patterns = PatternCalls(nodes)
        self.eager = Eager(PREFIX)
        self.lazily = Lazily(PREFIX)
        self.is_lazy = is_lazy(nodes)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.stmt:
        self.generic_visit(node)
        if self.is_cut and self.lazily.rewrite(node):
            self.used |= {"base", "generators"} if self.lazily.found else set()
            return node
        self.eager.rewrite(node)
        if self.eager.found:
            self.used.add("base")
            self.doubt = self.doubt or "Monty makes all that a generator yields at once"
        return node

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> ast.expr:
        self.generic_visit(node)
        if not self.is_lazy:
            return node
        made = lazy_items(node, PREFIX)
        if made is None:
            self.doubt = self.doubt or "Monty evaluates iterators at once"
            return node
        return made

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
        if node.level or not (module in MODULES or module in EMULATED):
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
            if isinstance(target, ast.Name):
                self.doubt = self.doubt or "Monty deletes no names"
                done.append(_assigned(target.id, "None"))
                continue
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
        self.patterns.rewrite(node)
        self.used |= self.patterns.used
        self.doubt = self.doubt or self.patterns.doubt
        match node:
            case ast.Call(func=ast.Name(id="round"), args=[_, _]) if "round" not in self.bound:
                return self._helped(node, "rounded")
            case ast.Call(func=ast.Name(id="format"), args=[value, spec]) if not (
                "format" in self.bound or (isinstance(spec, ast.Constant) and not spec.value)
            ):
                self.used.add("helpers")
                node.args[0] = ast.Call(ast.Name(f"{PREFIX}aligned"), [value], [])
            case ast.Call(func=ast.Name(id="bytes"), args=[_]) if "bytes" not in self.bound:
                return self._helped(node, "bytes_of")
            case ast.Call(func=ast.Name(id="next"), args=[ast.GeneratorExp() as first, *rest]):
                self.used.add("base")
                node.args = [ast.Call(func=ast.Name("iter"), args=[first], keywords=[]), *rest]
            case ast.Call(func=ast.Name(id="open"), args=[ast.Constant(value=0), *_]):
                self.used.add("sys")
                return ast.Name(f"{PREFIX}stdin")
            case ast.Call(func=ast.Name(id="open")) if "open" not in self.bound:
                return self._helped(node, "opened")
            case ast.Call(
                func=ast.Attribute(
                    value=ast.Attribute(value=ast.Name(id="os"), attr="path") | ast.Name(id="path"),
                    attr="exists" | "isfile" | "isdir",
                ),
                args=[_],
            ) if "path" not in self.bound or self.starred.get("path", "os") == "os":
                return self._helped(node, "none_there")
            case ast.Call(func=ast.Attribute(attr=name) as method, args=[], keywords=[]) if (
                name in self.numbers
            ):
                node.args = [method.value]
                return self._helped(node, name)
        return node

    def _helped(self, node: ast.Call, helper: str) -> ast.Call:
        self.used.add("helpers")
        node.func = ast.Name(f"{PREFIX}{helper}")
        return node

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.expr:
        self.generic_visit(node)
        spec = node.format_spec
        if isinstance(spec, ast.JoinedStr) and spec.values and node.conversion < 0:
            self.used.add("helpers")
            node.value = ast.Call(func=ast.Name(f"{PREFIX}aligned"), args=[node.value], keywords=[])
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


def bound_names(nodes: Nodes) -> set[str]:
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
                found |= bound_names([each for part in body for each in ast.walk(part)])
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
