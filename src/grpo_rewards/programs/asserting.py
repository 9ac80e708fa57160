"""The statements that tests are written in, as assertions: of pytest, unittest and EvalPlus.

What a statement asserts becomes an expression; that something raises is an expression as well, the
call of a name that no test has.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Sequence

from grpo_rewards.programs.expressions import NEAR

__all__ = [
    "RAISES",
    "asserted",
    "function_in",
    "has_raised",
    "is_idle",
    "is_test_class",
    "parameters",
]

RAISES = "_grpo_raises"
"""The name in a test that stands for: this call raises one of these exceptions."""

_COMPARED = {
    "Equal": ast.Eq,
    "Equals": ast.Eq,
    "ListEqual": ast.Eq,
    "DictEqual": ast.Eq,
    "TupleEqual": ast.Eq,
    "SetEqual": ast.Eq,
    "SequenceEqual": ast.Eq,
    "MultiLineEqual": ast.Eq,
    "NotEqual": ast.NotEq,
    "In": ast.In,
    "NotIn": ast.NotIn,
    "Is": ast.Is,
    "IsNot": ast.IsNot,
    "Less": ast.Lt,
    "LessEqual": ast.LtE,
    "Greater": ast.Gt,
    "GreaterEqual": ast.GtE,
}
"""What unittest's methods compare by."""
_SORTED = ("CountEqual", "ItemsEqual")
_HELPERS = frozenset("assertion is_floats ref_func setUp tearDown setUpClass tearDownClass".split())
"""Functions of EvalPlus's template, and of unittest's, that assert nothing by themselves."""
_IDLE = frozenset(("print", "main", "exit", "quit", "seed", "filterwarnings", "setrecursionlimit"))


def is_idle(statement: ast.stmt) -> bool:
    """Whether a statement asserts nothing, and changes nothing that is asserted."""
    match statement:
        case ast.Import() | ast.ImportFrom() | ast.Pass() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Expr(value=ast.Name() | ast.Attribute()):
            return True
        case ast.FunctionDef(name=name):
            return name in _HELPERS
        case ast.Expr(value=ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name))):
            return name in _IDLE
        case ast.Assign(targets=[ast.Name(id="METADATA")]):
            return True
        case ast.Delete(targets=targets):
            return all(isinstance(target, ast.Name) for target in targets)
    return False


def function_in(statement: ast.stmt) -> str:
    """The function that a statement says the tests are about: ``check(NAME)``, or its import."""
    match statement:
        case ast.Expr(
            value=ast.Call(func=ast.Name(id="check"), args=[ast.Name() | ast.Attribute() as named])
        ):
            return ast.unparse(named)
        case ast.ImportFrom(module="solution" | "main" | "your_module", names=[alias]):
            return (alias.asname or alias.name) if alias.name != "*" else ""
    return ""


def is_test_class(statement: ast.stmt) -> bool:
    """Whether a class holds tests, as unittest and pytest find them."""
    if not isinstance(statement, ast.ClassDef):
        return False
    bases = [ast.unparse(base) for base in statement.bases]
    return statement.name.startswith("Test") or any("TestCase" in base for base in bases)


def parameters(function: ast.FunctionDef) -> tuple[list[str], ast.expr] | None:
    """The names and the values of ``pytest.mark.parametrize``; ``None`` for another function."""
    for decorator in function.decorator_list:
        match decorator:
            case ast.Call(
                func=ast.Attribute(attr="parametrize"), args=[named, values, *_], keywords=[]
            ):
                try:
                    names = ast.literal_eval(named)
                except (ValueError, TypeError, SyntaxError):
                    return None
                if isinstance(names, str):
                    names = [name.strip() for name in names.split(",")]
                return [str(name) for name in names], values
    return None


def asserted(statement: ast.stmt) -> ast.expr | None:
    """The expression that a statement asserts; ``None`` where it asserts nothing by itself."""
    match statement:
        case ast.Assert(test=test):
            return _read(test)
        case ast.Expr(
            value=ast.Call(func=ast.Attribute(attr=name), args=args, keywords=keywords)
        ) if name.startswith("assert"):
            made = _of_unittest(name.removeprefix("assert"), args, keywords)
            return None if made is None else _read(made)
        case ast.Expr(value=ast.Call(func=ast.Name(id="assertion"), args=[out, expected, *rest])):
            tolerance = rest[0] if rest else ast.Constant(0)
            return _call(NEAR, [out, expected, ast.Constant(1e-7), tolerance])
        case ast.With(items=[ast.withitem(context_expr=context, optional_vars=None)], body=body):
            return has_raised(context, body)
        case ast.Try(body=body, handlers=[ast.ExceptHandler(type=kinds)], finalbody=[]):
            return _tried(body, kinds, statement)
    return None


def _read(expression: ast.expr) -> ast.expr:
    read: ast.expr = _Read().visit(expression)
    return read


def _tried(body: Sequence[ast.stmt], kinds: ast.expr | None, statement: ast.Try) -> ast.expr | None:
    """That a call raises, by ``try``, a call, a failing assertion, and ``except``."""
    if not all(_says_nothing(each) for each in statement.handlers[0].body):
        return None
    fails = [*body[1:], *statement.orelse]
    if not fails or not all(_fails(each) for each in fails):
        return None
    named = _exceptions(kinds)
    return _raises(named, body[0]) if named and "AssertionError" not in named else None


def _says_nothing(statement: ast.stmt) -> bool:
    is_true = isinstance(statement, ast.Assert) and (
        isinstance(statement.test, ast.Constant) and bool(statement.test.value)
    )
    return is_true or is_idle(statement)


def _fails(statement: ast.stmt) -> bool:
    match statement:
        case ast.Assert(test=ast.Constant(value=value)):
            return not value
        case ast.Raise(exc=ast.Call(func=ast.Name(id="AssertionError"))):
            return True
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr="fail"))):
            return True
    return False


def has_raised(context: ast.expr, body: Sequence[ast.stmt]) -> ast.expr | None:
    """That a call raises, as ``with pytest.raises(ValueError)`` or unittest's says."""
    match context:
        case ast.Call(
            func=ast.Attribute(attr="raises" | "assertRaises" | "assertRaisesRegex")
            | ast.Name(id="raises"),
            args=[kinds, *_],
        ) if len(body) == 1:
            named = _exceptions(kinds)
            return _raises(named, body[0]) if named else None
    return None


def _raises(named: Sequence[str], statement: ast.stmt) -> ast.expr | None:
    match statement:
        case ast.Expr(value=call) | ast.Assign(value=call):
            return _call(
                RAISES, [ast.Tuple([ast.Constant(name) for name in named], ast.Load()), call]
            )
    return None


def _exceptions(kinds: ast.expr | None) -> list[str]:
    """The exceptions that an expression names, of Python's own; none where there are others."""
    parts = kinds.elts if isinstance(kinds, ast.Tuple) else [kinds]
    names = [part.id for part in parts if isinstance(part, ast.Name)]
    known = all(
        isinstance(kind := getattr(builtins, name, None), type) and issubclass(kind, BaseException)
        for name in names
    )
    return names if known and len(names) == len(parts) else []


def _of_unittest(
    name: str, args: Sequence[ast.expr], keywords: Sequence[ast.keyword]
) -> ast.expr | None:
    named = {keyword.arg: keyword.value for keyword in keywords if keyword.arg != "msg"}
    match args:
        case [left, right, *_] if name in _COMPARED and not named:
            return ast.Compare(left, [_COMPARED[name]()], [right])
        case [left, right, *_] if name in _SORTED:
            both = [_call("sorted", [each]) for each in (left, right)]
            return ast.Compare(both[0], [ast.Eq()], [both[1]])
        case [left, right, *rest] if name == "AlmostEqual":
            places = named.get("places", rest[0] if rest else ast.Constant(7))
            half = ast.BinOp(ast.Constant(10.0), ast.Pow(), ast.UnaryOp(ast.USub(), places))
            within = named.get("delta", ast.BinOp(half, ast.Div(), ast.Constant(2)))
            return _call(NEAR, [left, right, ast.Constant(0), within])
        case [value, *_] if name == "True":
            return value
        case [value, *_] if name == "False":
            return ast.UnaryOp(ast.Not(), value)
        case [value, *_] if name in ("IsNone", "IsNotNone"):
            sign = ast.Is() if name == "IsNone" else ast.IsNot()
            return ast.Compare(value, [sign], [ast.Constant(None)])
        case [value, kind, *_] if name == "IsInstance":
            return _call("isinstance", [value, kind])
        case [kinds, function, *given] if name == "Raises":
            exceptions = _exceptions(kinds)
            call = ast.Expr(ast.Call(function, list(given), list(keywords)))
            return _raises(exceptions, call) if exceptions else None
    return None


class _Read(ast.NodeTransformer):
    """Writes ``== approx(...)`` and ``np.allclose(...)`` as `near`, and drops what says nothing."""

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
                for value, other in ((left, right), (right, left)):
                    match other:
                        case ast.Call(
                            func=ast.Name(id="approx") | ast.Attribute(attr="approx"),
                            args=[expected, *rest],
                            keywords=keywords,
                        ):
                            return _near(
                                value, expected, rest, keywords, ("rel", 1e-6), ("abs", 1e-12)
                            )
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="np" | "numpy"), attr="allclose" | "isclose"),
                args=[value, expected, *rest],
                keywords=keywords,
            ):
                return _near(value, expected, rest, keywords, ("rtol", 1e-5), ("atol", 1e-8))
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        match node:
            case ast.Attribute(value=ast.Name(id="np" | "numpy"), attr="inf" | "nan" as name):
                return ast.Name(name, ast.Load())
            case ast.Attribute(value=ast.Name(id="collections"), attr="Counter"):
                return ast.Name("Counter", ast.Load())
        self.generic_visit(node)
        return node


def _near(
    value: ast.expr,
    expected: ast.expr,
    rest: Sequence[ast.expr],
    keywords: Sequence[ast.keyword],
    *defaults: tuple[str, float],
) -> ast.expr:
    named = {keyword.arg: keyword.value for keyword in keywords}
    limits = [
        rest[place] if place < len(rest) else named.get(name, ast.Constant(default))
        for place, (name, default) in enumerate(defaults)
    ]
    return _call(NEAR, [value, expected, *limits])


def _call(name: str, args: Sequence[ast.expr]) -> ast.expr:
    return ast.Call(ast.Name(name, ast.Load()), list(args), [])
