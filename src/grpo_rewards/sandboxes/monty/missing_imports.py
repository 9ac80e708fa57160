"""Imports of what Monty lacks: parts of a module, abstract classes, and what is never used.

A module of Python's own that nobody here has is an object without attributes: a program that only
imports it runs, and one that needs it is unsupported when it gets there.
"""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

from grpo_rewards.sandboxes.monty.libraries import IN_DOUBT, NEEDED, PARTS
from grpo_rewards.sandboxes.monty.modules import EMULATED

__all__ = ["Imports", "rewrite_imports"]

_NATIVE = frozenset(
    "asyncio base64 binascii bisect collections copy csv dataclasses datetime decimal functools "
    "hashlib itertools json math os pathlib random re sys time typing unicodedata "
    "__future__".split()
)
"""The modules that Monty has."""
_OURS = frozenset(("abc", "enum", "dataclasses"))
"""The modules that are read where classes are rewritten."""
_ABSTRACT = frozenset(
    "Iterable Sized Container Sequence MutableSequence Mapping MutableMapping Set MutableSet "
    "Callable".split()
)


@dataclass
class Imports:
    """What the imports of a program need, and what they leave in doubt."""

    used: set[str] = field(default_factory=set)
    doubt: str = ""

    def need(self, text: str) -> None:
        """Have one of the texts of `libraries`, and what it needs."""
        self.used |= {"base", text, *NEEDED.get(text, ())}
        self.doubt = self.doubt or IN_DOUBT.get(text, "")


def rewrite_imports(tree: ast.Module, prefix: str) -> Imports:
    """Change a program's imports to what Monty has, or we have in its place."""
    nodes = list(ast.walk(tree))
    found = Imports()
    rewriting = _Imports(nodes, prefix, found)
    rewriting.visit(tree)
    return found


class _Imports(ast.NodeTransformer):
    def __init__(self, nodes: Sequence[ast.AST], prefix: str, found: Imports) -> None:
        self.prefix = prefix
        self.found = found
        self.names = {node.id for node in nodes if isinstance(node, ast.Name)}
        self.modules = {
            alias.asname or alias.name.partition(".")[0]: (
                alias.name if alias.asname else alias.name.partition(".")[0]
            )
            for node in nodes
            if isinstance(node, ast.Import)
            for alias in node.names
        }
        calls = {id(node.func): node for node in nodes if isinstance(node, ast.Call)}
        self.looked_at = {
            node.id
            for node in nodes
            if isinstance(node, ast.Name)
            and isinstance(node.ctx, ast.Load)
            and id(node) not in calls
        }
        stores = (
            node.value
            for node in nodes
            if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load)
        )
        self.is_plain = "type" not in self.names and all(
            isinstance(value, ast.Name) and value.id in {"self", *self.modules} for value in stores
        )
        self.has_ordered = any(
            getattr(node, "attr", getattr(node, "name", "")) == "OrderedDict" for node in nodes
        )
        self.bound = {
            getattr(node, "id", getattr(node, "arg", getattr(node, "name", "")))
            for node in nodes
            if isinstance(node, _BINDING)
            and not (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load))
        }
        self.asked = {
            each.id
            for node in nodes
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "isinstance"
            for argument in node.args[1:]
            for each in ast.walk(argument)
            if isinstance(each, ast.Name)
        }

    def visit_Import(self, node: ast.Import) -> list[ast.stmt] | ast.stmt:
        made: list[ast.stmt] = []
        left: list[ast.alias] = []
        for alias in node.names:
            root = alias.name.partition(".")[0]
            if alias.name == "collections.abc" and not alias.asname:
                left.append(ast.alias("collections"))
                self.found.used.add("base")
            elif alias.name == "os.path" and not alias.asname:
                left.append(ast.alias("os"))
                self.found.used.add("base")
            elif (alias.name in PARTS and alias.name not in _NATIVE) or alias.name in (
                "queue",
                "statistics",
                "fractions",
                "io",
                "unittest",
                "contextlib",
            ):
                self.found.need(alias.name)
                made.append(self._assigned(alias.asname or alias.name, alias.name))
            elif self._is_lacking(root):
                name = alias.asname or root
                made.append(self._lacking(name, root))
                if name in self.names:
                    self.found.doubt = self.found.doubt or f"Monty has no module {root}"
            else:
                left.append(alias)
        if not made and len(left) == len(node.names) and all(a in node.names for a in left):
            return node
        return [*([ast.Import(left)] if left else []), *made]

    def visit_ImportFrom(self, node: ast.ImportFrom) -> list[ast.stmt] | ast.stmt:
        module = node.module or ""
        root = module.partition(".")[0]
        if node.level or node.names[0].name == "*":
            return node
        made: list[ast.stmt] = []
        left: list[ast.alias] = []
        for alias in node.names:
            name = alias.asname or alias.name
            part = PARTS.get(module, {}).get(alias.name)
            is_abstract = module == "collections.abc" or (module == "typing" and name in self.asked)
            if is_abstract and alias.name in _ABSTRACT:
                self.found.need("abstract")
                made.append(self._assigned(name, f"abc.{alias.name}"))
            elif part is not None and module != "re":
                self.found.need(part[0])
                made.append(self._assigned(name, part[1]))
            elif module in _HAVE and alias.name in _HAVE[module]:
                self.found.need(module)
                made.append(self._assigned(name, f"{module}.{alias.name}"))
            elif module == "collections.abc" or (self._is_lacking(root) and module not in EMULATED):
                made.append(self._lacking(name, root))
                if name in self.names:
                    self.found.doubt = self.found.doubt or f"Monty has no module {module}"
            elif name not in self.names and module in _NATIVE and _has(module, alias.name):
                self.found.used.add("base")  # it is there, and never used
                made.append(ast.Pass())
            else:
                left.append(alias)
        if not made:
            return node
        return [*([ast.ImportFrom(module, left, 0)] if left else []), *made]

    def visit_ClassDef(self, node: ast.ClassDef) -> list[ast.stmt] | ast.stmt:
        self.generic_visit(node)
        name = ast.Name(node.name, ast.Store())
        match node:
            case ast.ClassDef(bases=[base], keywords=[], decorator_list=[]):
                of = ast.unparse(base).rpartition(".")[2]
                if of in ("NamedTuple", "TypedDict") and (made := self._tuple(node, of)):
                    self.found.used.add("base")
                    return made
                if of in _TRIVIAL and self._is_trivial(node):
                    self.found.used.add("base")
                    return ast.Assign([name], ast.Name(f"{self.prefix}{of}", ast.Load()))
        return node

    def _tuple(self, node: ast.ClassDef, of: str) -> list[ast.stmt]:
        """A class of named fields alone as a call that makes it; empty where it has more."""
        names: list[str] = []
        defaults: list[str] = []
        for each in node.body:
            match each:
                case ast.Expr(value=ast.Constant()) | ast.Pass():
                    continue
                case ast.AnnAssign(target=ast.Name(id=name), value=value):
                    names.append(name)
                    defaults += [ast.unparse(value)] if value is not None else []
                case _:
                    return []
        if of == "TypedDict":
            return ast.parse(f"{node.name} = {self.prefix}dict").body
        return ast.parse(
            f"from collections import namedtuple as {self.prefix}namedtuple\n"
            f"{node.name} = {self.prefix}namedtuple({node.name!r}, {names!r}, "
            f"defaults=[{', '.join(defaults)}])"
        ).body

    def _is_trivial(self, node: ast.ClassDef) -> bool:
        """Whether a class is, for all that a program does with it, the one that it is of."""
        body = [each for each in node.body if not _says_nothing(each)]
        return not body and self.is_plain and node.name not in self.looked_at

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        match node:
            case ast.Attribute(
                value=ast.Name(id="str") | ast.Constant(value=str()), attr="maketrans"
            ):
                self.found.need("strings")
                return ast.Name(f"{self.prefix}maketrans", node.ctx)
            case ast.Attribute(value=ast.Name(id=name), attr=attr) if (
                part := PARTS.get(self.modules.get(name, ""), {}).get(attr)
            ) is not None and self.modules[name] != "re":
                self.found.need(part[0])
                return ast.Name(f"{self.prefix}{part[1]}", node.ctx)
            case ast.Attribute(
                value=ast.Attribute(value=ast.Name(id=name), attr="abc"), attr=attr
            ) if attr in _ABSTRACT and self.modules.get(name) == "collections":
                self.found.need("abstract")
                return _expression(f"{self.prefix}abc.{attr}")
            case ast.Attribute(value=ast.Name(id="collections"), attr="abc"):
                return node
            case ast.Attribute(value=value, attr="lastgroup", ctx=ast.Load()):
                self.found.need("strings")
                function = ast.Name(f"{self.prefix}lastgroup", ast.Load())
                return ast.Call(function, [self.visit(value)], [])
        self.generic_visit(node)
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.Call(
                func=ast.Attribute(value=value, attr="move_to_end" | "popitem" as name)
            ) if self.has_ordered:
                return self._called(name, "ordered", value, node)
            case ast.Call(func=ast.Attribute(value=value, attr=name)) if name in _METHODS:
                return self._called(name, "strings", value, node)
            case ast.Call(func=ast.Name(id="object"), args=[], keywords=[]) if (
                "object" not in self.bound
            ):
                self.found.need("strings")
                node.func = ast.Name(f"{self.prefix}object", ast.Load())
        return node

    def _called(self, name: str, text: str, value: ast.expr, node: ast.Call) -> ast.Call:
        """A method's call as one of a function of ours."""
        self.found.need(text)
        node.func = ast.Name(f"{self.prefix}{name}", ast.Load())
        node.args = [value, *node.args]
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AugAssign:
        self.generic_visit(node)
        match node:
            case ast.AugAssign(target=ast.Name(id=name), op=ast.Add(), value=value) if _is_of_many(
                value
            ):
                self.found.need("strings")
                held = ast.Name(name, ast.Load())
                node.value = ast.Call(
                    ast.Name(f"{self.prefix}addend", ast.Load()), [held, value], []
                )
        return node

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if isinstance(node.ctx, ast.Load) and node.id not in self.bound:
            if node.id == "bytearray":
                self.found.need("bytearray")
            elif node.id == "callable":
                self.found.need("strings")
                node.id = f"{self.prefix}callable"
            elif node.id == "issubclass":
                self.found.need("objects")
        return node

    def _is_lacking(self, module: str) -> bool:
        is_known = module in sys.stdlib_module_names
        return is_known and module not in _NATIVE | _OURS and module not in EMULATED

    def _assigned(self, name: str, value: str) -> ast.stmt:
        self.found.used.add("base")
        return ast.Assign([ast.Name(name, ast.Store())], _expression(f"{self.prefix}{value}"))

    def _lacking(self, name: str, module: str) -> ast.stmt:
        self.found.used.add("base")
        text = f"{self.prefix}type({self.prefix + module!r}, (), {{}})()"
        return ast.Assign([ast.Name(name, ast.Store())], _expression(text))


_HAVE = {
    "queue": frozenset(("Queue", "LifoQueue", "PriorityQueue", "SimpleQueue")),
    "statistics": frozenset(
        "mean fmean median median_low median_high mode multimode variance pvariance stdev "
        "pstdev".split()
    ),
    "fractions": frozenset(("Fraction",)),
    "io": frozenset(("StringIO", "BytesIO")),
    "contextlib": frozenset(("suppress", "nullcontext")),
}
"""What the modules that we have whole have in them."""


_TRIVIAL = frozenset(("list", "dict", "int", "float", "str"))
"""Built-in classes of which one with nothing of its own is written down like themselves."""


def _says_nothing(node: ast.stmt) -> bool:
    return isinstance(node, ast.Pass) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    )


_METHODS = frozenset(
    "translate format_map difference_update intersection_update symmetric_difference_update".split()
)
"""Methods of Python's own types that Monty lacks."""
_BINDING = (ast.Name, ast.arg, ast.FunctionDef, ast.ClassDef)


def _is_of_many(node: ast.expr) -> bool:
    """Whether it is something other than a list that a list may grow by."""
    match node:
        case ast.Tuple():
            return True
        case ast.Call(func=ast.Name(id=name)):
            return name in ("tuple", "range")
        case ast.Call(func=ast.Attribute(attr=name)):
            return name in ("keys", "values", "items")
    return False


def _has(module: str, name: str) -> bool:
    return hasattr(importlib.import_module(module), name)


def _expression(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body
