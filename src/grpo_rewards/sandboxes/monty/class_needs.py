"""What the classes of a program ask for: whether Monty knows them, and what their names are.

Nothing is rewritten here; `classes` does that.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

__all__ = [
    "COMPARISONS",
    "FUNCTIONS",
    "UnknownClassError",
    "attached_names",
    "dataclass_options",
    "is_field",
    "is_frozen",
    "is_needed",
    "last_name",
    "looked_up",
    "one_name_each",
    "raises_oddly",
    "require_known",
    "require_nothing_left",
]


class UnknownClassError(Exception):
    """A class that cannot be said in other words."""


_OPTIONS = frozenset(
    "init repr eq order unsafe_hash frozen kw_only slots match_args compare".split()
)
COMPARISONS = ("__lt__", "__le__", "__gt__", "__ge__")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


_EMULATED_METHODS = frozenset(
    "__len__ __bool__ __lt__ __le__ __gt__ __ge__ __reversed__ __iadd__ __isub__ __imul__ "
    "__itruediv__ __ifloordiv__ __imod__ __ipow__ __iand__ __ior__ __ixor__".split()
)


_ERRORS = frozenset(
    "Exception ValueError TypeError KeyError IndexError LookupError ArithmeticError OverflowError "
    "ZeroDivisionError RuntimeError AssertionError AttributeError NameError "
    "NotImplementedError".split()
)


_UNKNOWN_ATTRIBUTES = frozenset(
    "__dict__ __mro__ __bases__ __base__ __subclasses__ __qualname__ __wrapped__ mro".split()
)


def is_needed(node: ast.ClassDef) -> bool:
    """Whether Monty does not know a class as it stands."""
    plain = [
        base for base in node.bases if not (isinstance(base, ast.Name) and base.id == "object")
    ]
    if plain or node.keywords:
        return True
    for each in node.body:
        match each:
            case ast.FunctionDef(decorator_list=decorators, name=name):
                if decorators or name in _EMULATED_METHODS:
                    return True
            case ast.ClassDef():
                return True
            case ast.Assign(targets=targets) if len(targets) > 1 or not isinstance(
                targets[0], ast.Name
            ):
                return True
    if any(_is_private(each) for each in ast.walk(node)):
        return True
    names = {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
    if "__getitem__" in names and "__iter__" not in names:
        return True
    for decorator in node.decorator_list:
        name = last_name(decorator)
        if name == "total_ordering" or (name == "dataclass" and isinstance(decorator, ast.Call)):
            return True
    return any(is_field(each) for each in node.body)


def attached_names(nodes: Sequence[ast.AST]) -> set[str]:
    """The attributes that a program stores on functions of its own."""
    functions = {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
    return {
        node.attr
        for node in nodes
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and isinstance(node.value, ast.Name)
        and node.value.id in functions
    }


def _is_private(node: ast.AST) -> bool:
    """Whether it is a name that a class makes its own."""
    name = getattr(node, "attr", getattr(node, "id", ""))
    return isinstance(name, str) and name[:2] == "__" and name[-2:] != "__"


def raises_oddly(node: ast.AST) -> bool:
    """Whether it raises one of Python's errors with more than a text, which Monty cannot."""
    match node:
        case ast.Raise(exc=ast.Call(func=ast.Name(id=name), args=args, keywords=[])):
            return name in _ERRORS and not (not args or (len(args) == 1 and _is_text(args[0])))
    return False


def _is_text(node: ast.expr) -> bool:
    match node:
        case ast.Constant(value=value):
            return isinstance(value, str)
        case ast.JoinedStr():
            return True
        case ast.BinOp(left=left, right=right):
            return _is_text(left) or _is_text(right)
        case ast.Call(func=ast.Name(id="str" | "repr") | ast.Attribute(attr="format" | "join")):
            return True
    return False


def is_field(node: ast.stmt) -> bool:
    """Whether it is a field of a dataclass with options of its own."""
    match node:
        case ast.AnnAssign(value=ast.Call(func=function)):
            return last_name(function) == "field"
    return False


def require_known(node: ast.AST) -> None:
    """Raise at what the rewritten classes would not show as Python's do."""
    match node:
        case ast.Attribute(attr=name) if name in _UNKNOWN_ATTRIBUTES:
            raise UnknownClassError(name)
        case ast.Call(func=ast.Name(id="type"), args=[_, _, _]):
            raise UnknownClassError("type")
        case ast.Call(func=ast.Name(id="vars" | "dir" | "delattr")):
            raise UnknownClassError("vars")
        case ast.AsyncFunctionDef():
            raise UnknownClassError("async")
        case ast.Delete(targets=targets) if any(isinstance(t, ast.Attribute) for t in targets):
            raise UnknownClassError("del")


def require_nothing_left(tree: ast.Module, dropped: set[str]) -> None:
    """Raise where a program uses an import that stands in it no more."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in dropped:
            raise UnknownClassError(node.id)


def last_name(node: ast.expr) -> str:
    """The last name in a decorator or a base: of ``functools.wraps(f)`` it is ``wraps``."""
    match node:
        case ast.Call(func=function):
            return last_name(function)
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def is_frozen(node: ast.ClassDef) -> bool:
    """Whether it may be a dataclass whose fields are not to be stored."""
    return any(
        keyword.arg == "frozen"
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call)
        for keyword in decorator.keywords
    )


def looked_up(nodes: Sequence[ast.AST]) -> tuple[set[str], set[str]]:
    """The names that are properties of some class, and those that are stored in a class as well."""
    properties = attached_names(nodes)
    values: set[str] = set()
    for node in nodes:
        if not isinstance(node, ast.ClassDef):
            continue
        owner = node.name.lstrip("_")
        found: set[str] = set()
        plain: set[str] = set()
        for each in node.body:
            match each:
                case ast.FunctionDef(name=name, decorator_list=decorators):
                    found |= {name} if any(map(_makes_property, decorators)) else set()
                case ast.Assign(targets=targets, value=value):
                    names = {each.id for each in targets if isinstance(each, ast.Name)}
                    if isinstance(value, ast.Call) and last_name(value) == "property":
                        found |= names
                    else:
                        plain |= names
                case ast.AnnAssign(target=ast.Name(id=name), value=value) if value is not None:
                    plain.add(name)
        for names_of, known in ((found, properties), (plain, values)):
            known |= {
                f"_{owner}{name}" if name[:2] == "__" and name[-2:] != "__" else name
                for name in names_of
            }
    return properties, properties | values


def _makes_property(decorator: ast.expr) -> bool:
    return last_name(decorator) in ("property", "cached_property", "setter")


def one_name_each(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a class's body, with one name assigned in each."""
    for statement in body:
        match statement:
            case ast.Assign(targets=[ast.Name() as first, *rest], value=value) if rest:
                yield ast.Assign([first], value)
                for target in rest:
                    if not isinstance(target, ast.Name):
                        raise UnknownClassError("a target in a class")
                    yield ast.Assign([target], ast.Name(first.id, ast.Load()))
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)) if len(
                targets
            ) == len(values):
                names = {each.id for each in targets if isinstance(each, ast.Name)}
                used = {
                    each.id
                    for value in values
                    for each in ast.walk(value)
                    if isinstance(each, ast.Name)
                }
                if len(names) != len(targets) or names & used:
                    raise UnknownClassError("a target in a class")
                for target, value in zip(targets, values, strict=True):
                    yield ast.Assign([target], value)
            case _:
                yield statement


def dataclass_options(decorator: ast.expr) -> tuple[str, bool]:
    """The options of a dataclass as a call's arguments, and whether it is to have an order."""
    keywords = decorator.keywords if isinstance(decorator, ast.Call) else []
    text, is_ordered = "", False
    for keyword in keywords:
        match keyword:
            case ast.keyword(arg=str(name), value=ast.Constant(value=bool(value))) if (
                name in _OPTIONS
            ):
                text += f", {'written' if name == 'repr' else name}={value}"
                is_ordered = is_ordered or (name == "order" and value)
            case _:
                raise UnknownClassError("an option of a dataclass")
    return text, is_ordered
