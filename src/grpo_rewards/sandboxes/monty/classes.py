"""Classes in words that Monty knows: without bases, decorators of methods, and classes within.

What a class statement says stays one of Monty's own; what Monty lacks is handed to the text in
`objects`, which has it at hand where a name is looked up. A program with a class that cannot be
said so exactly stays as it is, for Monty to refuse.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field

from grpo_rewards.sandboxes.monty.class_needs import (
    COMPARISONS,
    FUNCTIONS,
    UnknownClassError,
    attached_names,
    dataclass_options,
    is_field,
    is_frozen,
    is_needed,
    last_name,
    looked_up,
    one_name_each,
    raises_oddly,
    require_known,
    require_nothing_left,
)
from grpo_rewards.sandboxes.monty.container_classes import CONTAINER_BASES
from grpo_rewards.sandboxes.monty.raising import Raising
from grpo_rewards.sandboxes.parsed_source import parsed

__all__ = ["CALLED_BY_OBJECTS", "Objects", "rewrite_classes"]

CALLED_BY_OBJECTS = frozenset(
    "__init_subclass__ __match_args__ __abstractmethods__ __post_init__ __missing__".split()
)
"""What is called, or read, where classes are rewritten."""
_DROPPED = frozenset(("object", "Generic", "Protocol"))
_NOT_CALLED = frozenset(
    "__new__ __getattr__ __getattribute__ __setattr__ __delattr__ __get__ __set__ __set_name__ "
    "__class_getitem__ __instancecheck__ __subclasscheck__ __prepare__ __init_subclass__ "
    "__dir__ __del__ __subclasshook__".split()
)
"""Special methods that decide what a class is: with one of them a program stays as it is."""
_FIELD_OPTIONS = frozenset("default default_factory init repr compare kw_only hash".split())
_OF_CLASSES = frozenset(("total_ordering", "cached_property"))
"""What of `functools` is read where a class is rewritten."""
_CONSUMED: dict[str, dict[str, str]] = {
    "abc": {"ABC": "ABC", "abstractmethod": "", "ABCMeta": ""},
    "enum": {"Enum": "", "auto": "", "unique": ""},
    "dataclasses": {
        "dataclass": "",
        "field": "",
        "asdict": "asdict",
        "astuple": "astuple",
        "replace": "replace",
    },
}
"""What of these modules is read where a class is rewritten, and what stands for it."""
_UNKNOWN_BASES = frozenset(
    "list dict set tuple str int float bytes frozenset bool complex NamedTuple TypedDict Thread "
    "type IntEnum StrEnum Flag IntFlag Counter OrderedDict defaultdict deque UserDict IOBase "
    "UserList "
    "Process NodeVisitor NodeTransformer".split()
)


@dataclass
class Objects:
    """What rewriting the classes of a program found."""

    tree: ast.Module
    used: set[str] = field(default_factory=set)
    special: frozenset[str] = frozenset()
    """The special methods that the program's classes have, or are given."""


def rewrite_classes(tree: ast.Module, prefix: str) -> Objects | None:
    """A program with its classes in words that Monty knows.

    ``None`` where it needs no other words, or there are none.
    """
    nodes = list(ast.walk(tree))
    classes = [node for node in nodes if isinstance(node, ast.ClassDef)]
    if not (any(map(is_needed, classes)) or any(map(raises_oddly, nodes)) or attached_names(nodes)):
        return None
    try:
        for node in nodes:
            require_known(node)
        rewriting = _Classes(nodes, prefix)
        made = parsed(ast.unparse(ast.fix_missing_locations(tree)))
        if any(node.bases for node in classes) or any(map(raises_oddly, nodes)):
            made = Raising(prefix).visit(made)
        made = rewriting.visit(made)
        require_nothing_left(made, rewriting.dropped)
    except (UnknownClassError, SyntaxError, ValueError):
        return None
    names = {each.name for node in classes for each in node.body if isinstance(each, FUNCTIONS)}
    special = {name for name in names if name[:2] == name[-2:] == "__"} | rewriting.special
    return Objects(made, rewriting.used, frozenset(special))


class _Classes(ast.NodeTransformer):
    def __init__(self, nodes: Sequence[ast.AST], prefix: str) -> None:
        self.prefix = prefix
        self.used = {"base", "objects"}
        self.special: set[str] = set()
        self.count = 0
        self.dropped: set[str] = set()
        self.owners: list[tuple[str, str]] = []  # a class's name, and the name of its cell
        self.first = ""
        self.scopes: list[str] = []
        self.read, self.stored = looked_up(nodes)
        self.stores_all = any(isinstance(node, ast.ClassDef) and is_frozen(node) for node in nodes)

    # Names -----------------------------------------------------------------------------------

    def _name(self, text: str) -> str:
        return f"{self.prefix}{text}"

    def _next(self, text: str) -> str:
        self.count += 1
        return self._name(f"{text}{self.count}")

    def _mangled(self, name: str) -> str:
        is_private = name[:2] == "__" and name[-2:] != "__"
        if not self.owners or not is_private or not self.owners[-1][0].strip("_"):
            return name
        return f"_{self.owners[-1][0].lstrip('_')}{name}"

    def _call(self, function: str, *args: ast.expr) -> ast.Call:
        return ast.Call(ast.Name(self._name(function), ast.Load()), list(args), [])

    # Imports ---------------------------------------------------------------------------------

    def visit_Import(self, node: ast.Import) -> ast.stmt | list[ast.stmt]:
        left = [alias for alias in node.names if alias.name not in ("abc", "enum", "dataclasses")]
        if len(left) == len(node.names):
            return node
        if any(alias.asname for alias in node.names if alias not in left):
            raise UnknownClassError("a module by another name")
        self.dropped |= {alias.name for alias in node.names if alias not in left}
        return ast.Import(left) if left else ast.Pass()

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.stmt | list[ast.stmt]:
        if node.module == "functools" and not node.level:
            left = [alias for alias in node.names if alias.name not in _OF_CLASSES]
            self.dropped |= {alias.name for alias in node.names if alias not in left}
            return ast.ImportFrom(node.module, left, 0) if left else ast.Pass()
        if node.module not in _CONSUMED or node.level:
            return node
        made: list[ast.stmt] = []
        for alias in node.names:
            if alias.asname or alias.name not in _CONSUMED[node.module]:
                raise UnknownClassError(alias.name)
            stands = _CONSUMED[node.module][alias.name]
            if stands == "asdict":
                self.used.add("dataclasses")
            if not stands:
                self.dropped.add(alias.name)
            else:
                made += parsed(f"{alias.name} = {self._name(stands)}").body
        return made or ast.Pass()

    # Classes ---------------------------------------------------------------------------------

    def visit_ClassDef(self, node: ast.ClassDef) -> list[ast.stmt]:
        name = node.name
        if node.name.startswith(self.prefix):
            raise UnknownClassError(name)
        bases = [self._base(base, node) for base in node.bases]
        for keyword in node.keywords:
            if keyword.arg != "metaclass" or last_name(keyword.value) != "ABCMeta":
                raise UnknownClassError("a metaclass")
            bases.append(f"{self.prefix}ABC")
        is_enum = any(last_name(base) == "Enum" for base in node.bases)
        if is_enum:
            self.special.add("__len__")
        cell = self._next("class")
        shown = ".".join((*self.scopes, name))
        owners, first, scopes = self.owners, self.first, self.scopes
        self.owners, self.scopes = [*owners, (name, cell)], [*scopes, name]
        before: list[ast.stmt] = []
        body, own, abstract, fields = self._body(node, before, is_enum=is_enum)
        self.owners, self.first, self.scopes = owners, first, scopes
        order, data, others = self._decorators(node)
        if order:
            own += self._ordered(node, own)
        made = ""
        if data is not None:
            self.used.add("dataclasses")
            texts = ", ".join(self._field(name, each) for each in fields)
            made = f", {self._name('dataclassed')}(({texts}{',' * bool(texts)}), {shown!r}{data})"
        members: list[str] = []
        if is_enum:
            own, members = self._members(name, own)
        records = f"{{{', '.join(own)}}}"
        marks = f"{tuple(abstract)!r}" if abstract else "()"
        of = ", ".join(bases)
        text = f"{cell} = {name}\n{self._name('class')}({name}, [{of}], {records}, {marks}{made})\n"
        if is_enum:
            pairs = "".join(f"({each!r}, {name}.{each}), " for each in members)
            text += f"{name} = {self._name('enumerated')}({name}, [{pairs}], None)\n"
        native = parsed(f"class {name}: pass").body[0]
        assert isinstance(native, ast.ClassDef)
        native.body = body or [ast.Pass()]
        after = parsed(text).body
        for decorator in reversed(others):
            call = ast.Call(self.visit(decorator), [ast.Name(name, ast.Load())], [])
            after.append(ast.Assign([ast.Name(name, ast.Store())], call))
        return [*before, native, *after]

    def _base(self, base: ast.expr, owner: ast.ClassDef) -> str:
        if isinstance(base, ast.Subscript):
            base = base.value
        name = last_name(base)
        if isinstance(base, ast.Call) or not name:
            raise UnknownClassError("a base")
        if name in _DROPPED:
            return f"{self.prefix}ABC"
        if name in CONTAINER_BASES and len(owner.bases) == 1:
            self.used |= {"helpers", "containers"}
            self.special |= {"__len__", "__missing__", "__iadd__"}
            return f"{self.prefix}{CONTAINER_BASES[name]}"
        if name in ("ABC", "Enum", "TestCase"):
            return f"{self.prefix}{name}"
        if name in _UNKNOWN_BASES:
            raise UnknownClassError(name)
        return ast.unparse(base)

    def _decorators(self, node: ast.ClassDef) -> tuple[bool, str | None, list[ast.expr]]:
        """Whether a class is to have all comparisons, its options as a dataclass, and the rest."""
        order, data = False, None
        others: list[ast.expr] = []
        for decorator in node.decorator_list:
            name = last_name(decorator)
            if name == "total_ordering":
                order = True
            elif name == "dataclass":
                data, is_ordered = dataclass_options(decorator)
                if is_ordered:
                    self.special.update(COMPARISONS)
            elif name == "unique" or name in ("final", "runtime_checkable"):
                continue
            else:
                others.append(decorator)
        return order, data, others

    def _field(self, cls: str, node: ast.AnnAssign) -> str:
        assert isinstance(node.target, ast.Name)
        name = node.target.id
        if "InitVar" in ast.unparse(node.annotation) or "KW_ONLY" in ast.unparse(node.annotation):
            raise UnknownClassError("InitVar")
        if node.value is None:
            return f"{self._name('field')}({name!r})"
        if not is_field(node):
            return f"{self._name('field')}({name!r}, {cls}.{name})"
        assert isinstance(node.value, ast.Call)
        text = f"{self._name('field')}({name!r}"
        if node.value.args:
            raise UnknownClassError("field")
        for keyword in node.value.keywords:
            if keyword.arg not in _FIELD_OPTIONS:
                raise UnknownClassError("an option of a field")
            if keyword.arg == "hash":
                raise UnknownClassError("a hash of a field")
            option = "written" if keyword.arg == "repr" else keyword.arg
            text += f", {option}={ast.unparse(self.visit(keyword.value))}"
        return f"{text})"

    def _ordered(self, node: ast.ClassDef, own: list[str]) -> list[str]:
        """The comparisons that ``total_ordering`` makes of one of them."""
        names = {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
        given = [name for name in COMPARISONS if name in names]
        if not given:
            raise UnknownClassError("total_ordering")
        del own
        self.special.update(COMPARISONS)
        root = max(given)  # as functools prefers them
        return [
            f"{name!r}: ('method', {self._name('by_' + root[2:4])}({name!r}))"
            for name in COMPARISONS
            if name not in names
        ]

    def _members(self, name: str, own: list[str]) -> tuple[list[str], list[str]]:
        members = []
        kept = []
        for entry in own:
            key = ast.literal_eval(entry.partition(":")[0])
            if f"('value', {name}." in entry and key[:1] != "_":
                members.append(key)
            else:
                kept.append(entry)
        return kept, members

    def _body(  # noqa: PLR0912, PLR0915 (one branch a statement)
        self, node: ast.ClassDef, before: list[ast.stmt], *, is_enum: bool
    ) -> tuple[list[ast.stmt], list[str], list[str], list[ast.AnnAssign]]:
        """A class's body as Monty knows it, its own names as texts, and the special ones."""
        name = node.name
        body: list[ast.stmt] = []
        own: dict[str, str] = {}
        abstract: list[str] = []
        fields: list[ast.AnnAssign] = []
        properties: dict[str, list[str]] = {}
        is_data = any(last_name(each) == "dataclass" for each in node.decorator_list)
        for statement in one_name_each(node.body):
            match statement:
                case ast.Pass() | ast.Expr(value=ast.Constant()):
                    continue
                case ast.FunctionDef():
                    of = {last_name(each) for each in statement.decorator_list}
                    is_odd = statement.name == "__init__" or of & {"classmethod", "staticmethod"}
                    if statement.name in _NOT_CALLED or (is_enum and is_odd):
                        raise UnknownClassError(statement.name)
                    self._method(name, statement, body, own, abstract, properties)
                case ast.AnnAssign(target=ast.Name(id=target), value=value):
                    if "ClassVar" in ast.unparse(statement.annotation):
                        if value is not None:
                            body.append(
                                ast.Assign([ast.Name(target, ast.Store())], self.visit(value))
                            )
                            own[target] = f"('value', {name}.{target})"
                        continue
                    if is_data:
                        fields.append(statement)
                    if value is not None and not (is_data and is_field(statement)):
                        body.append(ast.Assign([ast.Name(target, ast.Store())], self.visit(value)))
                        own[target] = f"('value', {name}.{target})"
                case ast.Assign(targets=[ast.Name(id=target)], value=value):
                    if target == "__slots__":
                        continue
                    if target[:2] == "__" and target != "__match_args__":
                        if target == "__hash__":
                            raise UnknownClassError("__hash__")
                        if target[-2:] == "__":
                            self.special.add(target)
                        target = self._mangled(target)
                    if isinstance(value, ast.Call) and last_name(value) == "property":
                        if value.keywords or not all(isinstance(a, ast.Name) for a in value.args):
                            raise UnknownClassError("property")
                        given = [f"{name}.{a.id}" for a in value.args if isinstance(a, ast.Name)]
                        properties[target] = [*given, "None", "None"][:2]
                        own[target] = ""
                        continue
                    value = self._counted(value) if is_enum else value
                    body.append(ast.Assign([ast.Name(target, ast.Store())], self.visit(value)))
                    own[target] = f"('value', {name}.{target})"
                case ast.ClassDef():
                    self._nested(statement, node, before, body, own)
                case _:
                    raise UnknownClassError("a statement in a class")
        for key, (getter, setter) in properties.items():
            if key in own and not own[key]:
                own[key] = f"('property', {getter}, {setter})"
        texts = [f"{key!r}: {text}" for key, text in own.items()]
        return body, texts, abstract, fields

    def _counted(self, value: ast.expr) -> ast.expr:
        if isinstance(value, ast.Call) and last_name(value) == "auto":
            return ast.Name(self._name("auto"), ast.Load())
        return value

    def _method(  # noqa: PLR0912, PLR0915, PLR0917 (one branch a decorator)
        self,
        cls: str,
        node: ast.FunctionDef,
        body: list[ast.stmt],
        own: dict[str, str],
        abstract: list[str],
        properties: dict[str, list[str]],
    ) -> None:
        name = self._mangled(node.name)
        kind, getter = "method", ""
        decorators: list[ast.expr] = []
        for decorator in node.decorator_list:
            last = last_name(decorator)
            is_called = isinstance(decorator, ast.Call)
            match decorator:
                case ast.Attribute(value=ast.Name(id=of), attr="setter" | "getter" | "deleter") if (
                    of in properties or self._mangled(of) in properties
                ):
                    kind, getter = decorator.attr, self._mangled(of)
                    continue
            if last in ("staticmethod", "classmethod", "property", "cached_property"):
                if is_called or decorators or kind != "method":
                    raise UnknownClassError("decorators together")
                kind = last
            elif last == "abstractmethod":
                abstract.append(name)
            elif last in ("override", "overload", "final"):
                if last == "overload":
                    raise UnknownClassError("overload")
            else:
                decorators.append(decorator)
        if kind != "method" and decorators:
            raise UnknownClassError("decorators together")
        if getter and getter != name:
            raise UnknownClassError("a property of another name")
        node.decorator_list = []
        inner = name
        if kind != "method":
            inner = self._next(f"{kind}_")
        elif decorators:
            inner = self._next("decorated_")
        elif name in own:
            body[:] = [b for b in body if not (isinstance(b, ast.FunctionDef) and b.name == name)]
        if name in abstract and own.get(name) and kind == "method":
            abstract.remove(name)
        node.name = inner
        made = self._visit_function(node, is_method=True)
        body.append(made)
        value = f"{cls}.{inner}"
        for decorator in reversed(decorators):
            value = f"{ast.unparse(self.visit(decorator))}({value})"
        match kind:
            case "property" | "getter":
                old = properties.get(name, ["", "None"])
                properties[name] = [value, old[1] if kind == "getter" else "None"]
                own[name] = ""
            case "setter":
                properties[name][1] = value
            case "deleter":
                raise UnknownClassError("deleter")
            case "cached_property":
                own[name] = f"('cached', {value})"
            case "staticmethod":
                own[name] = f"('static', {value})"
            case "classmethod":
                own[name] = f"('class', {value})"
            case _:
                own[name] = f"('method', {value})"

    def _nested(
        self,
        node: ast.ClassDef,
        outer: ast.ClassDef,
        before: list[ast.stmt],
        body: list[ast.stmt],
        own: dict[str, str],
    ) -> None:
        """Have a class within a class made before it, where its names are seen by nobody else."""
        local = {each.name for each in outer.body if isinstance(each, (*FUNCTIONS, ast.ClassDef))}
        local |= {
            each.id
            for statement in outer.body
            if isinstance(statement, ast.Assign | ast.AnnAssign)
            for each in ast.walk(statement)
            if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
        }
        if any(isinstance(each, ast.Name) and each.id in local for each in ast.walk(node)):
            raise UnknownClassError("a class that names what is around it")
        made = self._next("made")
        statements = self.visit_ClassDef(node)
        returned = ast.Return(ast.Name(node.name, ast.Load()))
        function = parsed(f"def {made}(): pass").body[0]
        assert isinstance(function, ast.FunctionDef)
        function.body = [*statements, returned]
        before.append(function)
        body.append(
            ast.Assign(
                [ast.Name(node.name, ast.Store())],
                ast.Call(ast.Name(made, ast.Load()), [], []),
            )
        )
        own[node.name] = f"('value', {outer.name}.{node.name})"

    # Functions -------------------------------------------------------------------------------

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.stmt:
        return self._visit_function(node, is_method=False)

    def _visit_function(self, node: ast.FunctionDef, *, is_method: bool) -> ast.FunctionDef:
        first, scopes = self.first, self.scopes
        if is_method:
            args = [*node.args.posonlyargs, *node.args.args]
            self.first = args[0].arg if args else ""
        self.scopes = [*scopes, node.name, "<locals>"]
        self.generic_visit(node)
        self.first, self.scopes = first, scopes
        return node

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.arg = self._mangled(node.arg)
        node.annotation = None
        return node

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id == "__class__" and self.owners:
            return ast.Name(self.owners[-1][1], ast.Load())
        if node.id == "super":
            raise UnknownClassError("super")
        node.id = self._mangled(node.id)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        name = self._mangled(node.attr)
        of = self._super(node.value)
        if of is not None:
            return self._call("super", *of, ast.Constant(name))
        match node.value:
            case ast.Name(id="object") if name == "__setattr__":
                return ast.Name(self._name("setattr"), ast.Load())
            case ast.Name(id="abc" | "enum" | "dataclasses" | "unittest") if name in (
                "asdict",
                "astuple",
                "replace",
            ):
                self.used.add("dataclasses")
                return ast.Name(self._name(name), ast.Load())
        node.attr = name
        node.value = self.visit(node.value)
        if isinstance(node.ctx, ast.Load) and name in self.read:
            return self._call("get", node.value, ast.Constant(name))
        return node

    def _super(self, node: ast.expr) -> list[ast.expr] | None:
        match node:
            case ast.Call(func=ast.Name(id="super"), args=[], keywords=[]):
                if not self.owners or not self.first:
                    raise UnknownClassError("super")
                return [
                    ast.Name(self.owners[-1][1], ast.Load()),
                    ast.Name(self.first, ast.Load()),
                ]
            case ast.Call(func=ast.Name(id="super"), args=[kind, value], keywords=[]):
                return [self.visit(kind), self.visit(value)]
        return None

    # What is stored --------------------------------------------------------------------------

    def _is_stored(self, node: ast.AST) -> bool:
        return isinstance(node, ast.Attribute) and (
            self.stores_all or self._mangled(node.attr) in self.stored
        )

    def visit_Assign(self, node: ast.Assign) -> ast.stmt | list[ast.stmt]:
        if not any(self._is_stored(each) for target in node.targets for each in ast.walk(target)):
            self.generic_visit(node)
            return node
        value = self._next("value")
        made: list[ast.stmt] = [ast.Assign([ast.Name(value, ast.Store())], self.visit(node.value))]
        for target in node.targets:
            made += self._stored(target, ast.Name(value, ast.Load()))
        return made

    def _stored(self, target: ast.expr, value: ast.expr) -> list[ast.stmt]:
        """Statements that store a value where a target says."""
        match target:
            case ast.Attribute() if self._is_stored(target):
                stored = ast.Constant(self._mangled(target.attr))
                return [ast.Expr(self._call("store", self.visit(target.value), stored, value))]
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                names = [self._next("part") for _ in targets]
                parts: list[ast.expr] = []
                after: list[ast.stmt] = []
                for each, name in zip(targets, names, strict=True):
                    part: ast.expr = ast.Name(name, ast.Store())
                    inner = each
                    if isinstance(each, ast.Starred):
                        part, inner = ast.Starred(part, ast.Store()), each.value
                    parts.append(part)
                    after += self._stored(inner, ast.Name(name, ast.Load()))
                return [ast.Assign([ast.Tuple(parts, ast.Store())], value), *after]
        return [ast.Assign([self.visit(target)], value)]

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.stmt | list[ast.stmt]:
        target = node.target
        if not isinstance(target, ast.Attribute) or not self._is_stored(target):
            self.generic_visit(node)
            return node
        owner, value = self._next("owner"), self._next("value")
        name = ast.Constant(self._mangled(target.attr))
        held = ast.Name(owner, ast.Load())
        return [
            ast.Assign([ast.Name(owner, ast.Store())], self.visit(target.value)),
            ast.Assign([ast.Name(value, ast.Store())], self._call("get", held, name)),
            ast.AugAssign(ast.Name(value, ast.Store()), node.op, self.visit(node.value)),
            ast.Expr(self._call("store", held, name, ast.Name(value, ast.Load()))),
        ]

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt | list[ast.stmt]:
        if node.value is None:
            return ast.Pass()
        visited: ast.stmt | list[ast.stmt] = self.visit(ast.Assign([node.target], node.value))
        return visited

    def visit_For(self, node: ast.For) -> ast.stmt:
        self._require_no_store(node.target)
        self.generic_visit(node)
        return node

    def visit_withitem(self, node: ast.withitem) -> ast.withitem:
        if node.optional_vars is not None:
            self._require_no_store(node.optional_vars)
        self.generic_visit(node)
        return node

    def _require_no_store(self, target: ast.expr) -> None:
        if any(self._is_stored(each) for each in ast.walk(target)):
            raise UnknownClassError("a target")
