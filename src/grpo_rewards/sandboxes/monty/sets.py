"""The order of sets, which Monty keeps as they were made and Python by the hashes of their members.

Where a program goes through what may be a set, a function of ours hands out its members. Integers
that were only ever added come in the order that Python has them in. Of all others the order counts
as unknown: the program runs again with them the other way round, and has no verdict where it shows.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from grpo_rewards.sandboxes.monty.syntax import called_name, is_view

__all__ = ["SETS", "Sets", "has_sets"]

_KEEPING = frozenset(
    "deque enumerate extend filter fromkeys iter join list map reduce tuple zip permutations "
    "combinations combinations_with_replacement product chain cycle accumulate groupby islice "
    "starmap takewhile dropwhile from_iterable extendleft".split()
)
"""What keeps the order of what it is given."""
_WITH_KEY = frozenset("max min nlargest nsmallest sort sorted".split())
"""What keeps the order of a set among members whose keys are equal."""
_NO_SETS = frozenset(
    "range enumerate zip sorted list tuple map filter reversed dict str input len int float sum "
    "min max abs divmod repr bytes open iter".split()
)
_NO_SET_METHODS = frozenset(
    "items keys values split splitlines rsplit strip readlines findall".split()
)
_CHANGING = frozenset(
    "remove discard pop clear update difference_update intersection_update difference union "
    "intersection symmetric_difference symmetric_difference_update copy".split()
)
"""Methods after which the order of a set depends on more than what was added."""
_COMBINED: dict[type[ast.operator], str] = {
    ast.BitOr: "joined",
    ast.BitAnd: "shared",
    ast.BitXor: "unshared",
    ast.Sub: "without",
}
_OPERATORS = tuple(_COMBINED)


def has_sets(nodes: Sequence[ast.AST]) -> bool:
    """Whether a program makes a set of its own."""
    for node in nodes:
        match node:
            case ast.Set() | ast.SetComp() | ast.Name(id="set" | "frozenset"):
                return True
            case ast.BinOp(left=left, op=op, right=right) if isinstance(op, _OPERATORS):
                if is_view(left) or is_view(right):
                    return True
    return False


class Sets(ast.NodeTransformer):
    """Has a function of ours hand out the members of what may be a set."""

    def __init__(self, bound: set[str], prefix: str) -> None:
        self.prefix = prefix
        self.bound = bound
        self.found = False

    def _called(self, name: str, *args: ast.expr) -> ast.Call:
        self.found = True
        return ast.Call(ast.Name(f"{self.prefix}{name}", ast.Load()), list(args), [])

    def _ordered(self, node: ast.expr) -> ast.expr:
        if isinstance(node, ast.Starred):
            return node  # whose value is visited by itself
        if not self._may_be_set(node):
            return node
        return self._called("ordered", node)

    def _may_be_set(self, node: ast.expr) -> bool:
        match node:
            case (
                ast.Constant() | ast.JoinedStr() | ast.List() | ast.Tuple() | ast.Dict()
                | ast.ListComp() | ast.DictComp() | ast.GeneratorExp() | ast.Compare()
            ):  # fmt: skip
                return False
            case ast.Subscript(slice=ast.Slice()):
                return False
            case ast.BinOp(op=op):
                return isinstance(op, _OPERATORS)
            case ast.Call(func=ast.Name(id=name)):
                return name not in _NO_SETS or name in self.bound
            case ast.Call(func=ast.Attribute(attr=name)):
                return name not in _NO_SET_METHODS
        return True

    def visit_For(self, node: ast.For) -> ast.stmt:
        self.generic_visit(node)
        node.iter = self._ordered(node.iter)
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.comprehension:
        self.generic_visit(node)
        node.iter = self._ordered(node.iter)
        return node

    def visit_Starred(self, node: ast.Starred) -> ast.expr:
        self.generic_visit(node)
        if isinstance(node.ctx, ast.Load):
            node.value = self._ordered(node.value)
        return node

    def visit_YieldFrom(self, node: ast.YieldFrom) -> ast.expr:
        self.generic_visit(node)
        node.value = self._ordered(node.value)
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.stmt:
        self.generic_visit(node)
        if any(isinstance(target, ast.Tuple | ast.List) for target in node.targets):
            node.value = self._ordered(node.value)
        return node

    def visit_Set(self, node: ast.Set) -> ast.expr:
        self.generic_visit(node)
        is_constant = all(isinstance(each, ast.Constant) for each in node.elts)
        if is_constant or any(isinstance(each, ast.Starred) for each in node.elts):
            return self._called("noted", node)  # Python makes one of another
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        self.generic_visit(node)
        if isinstance(node.op, _OPERATORS) and not (
            _is_number(node.left) or _is_number(node.right)
        ):
            return self._called(_COMBINED[type(node.op)], node.left, node.right)
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.stmt:
        self.generic_visit(node)
        if isinstance(node.op, _OPERATORS) and not _is_number(node.value):
            node.value = self._called("noted", node.value)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        match node.value:
            case ast.Name(id="set" | "frozenset"):
                node.value = self._called("noted_kind", node.value)
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        match node.func:
            case (
                ast.Name(id="set" | "frozenset" | "copy" | "deepcopy")
                | ast.Attribute(attr="copy" | "deepcopy")
            ) if node.args:
                node.args[0] = self._called("noted", node.args[0])
            case ast.Attribute(value=value, attr="pop") if not node.args and not node.keywords:
                return self._called("popped", value)
            case ast.Attribute(value=value, attr=name) as method if name in _CHANGING:
                method.value = self._called("noted", value)
        name = called_name(node.func)
        has_key = any(keyword.arg == "key" for keyword in node.keywords)
        if name in _KEEPING or (has_key and name in _WITH_KEY):
            node.args = [self._ordered(each) for each in node.args]
        return node


def _is_number(node: ast.expr) -> bool:
    match node:
        case ast.Constant(value=value):
            return isinstance(value, int | float)
        case ast.UnaryOp(operand=operand):
            return _is_number(operand)
        case ast.Call(func=ast.Name(id=name)):
            return name in ("len", "int", "ord", "abs", "sum")
        case ast.BinOp(left=left, op=op, right=right):
            return not isinstance(op, _OPERATORS) or _is_number(left) or _is_number(right)
    return False


SETS = """
def $noted(value):
    if type(value).__name__ in ('set', 'frozenset', 'dict_keys', 'dict_items', 'dict'):
        $derived[0] = True
    return value
def $noted_kind(value):
    $derived[0] = True
    return value
def $ordered(value):
    if not isinstance(value, (set, frozenset)):
        return value
    items = list(value)
    if len(items) < 2:
        return items
    made = $made_of(value)
    found = None
    others = [1 for each in items if type(each) is not int]
    if not $derived[0] and made[0] != 'unknown' and not others:
        found = $table_of(made)
    if found is None:
        $touched[0] = True
        return items[::$step]
    return [each for each in found[1] if each is not None]
$combined = {}
def $made_of(value):
    held = $combined.get(id(value))
    if held is None or held[0] is not value:
        return ('added', list(value))
    return held[2] if held[1] == len(value) else ('unknown',)
def $combine(result, how, a, b):
    kind, other = type(a), type(b)
    if (kind is not set and kind is not frozenset) or (other is not set and other is not frozenset):
        if type(result) is set or type(result) is frozenset:
            $derived[0] = True
        return result
    if len($combined) > 1000:
        $derived[0] = True
    else:
        $combined[id(result)] = (result, len(result), (how, $made_of(a), $made_of(b)))
    return result
def $joined(a, b):
    return $combine(a | b, 'joined', a, b)
def $shared(a, b):
    return $combine(a & b, 'shared', a, b)
def $without(a, b):
    return $combine(a - b, 'without', a, b)
def $unshared(a, b):
    return $combine(a ^ b, 'unknown', a, b)
def $table_of(made):
    how = made[0]
    if how == 'added':
        if [1 for each in made[1] if type(each) is not int]:
            return None
        return $added(7, [None] * 8, 0, made[1])
    if how == 'unknown':
        return None
    one, other = $table_of(made[1]), $table_of(made[2])
    if one is None or other is None:
        return None
    if how == 'joined':
        first = [each for each in one[1] if each is not None]
        second = [each for each in other[1] if each is not None]
        mask, table = 7, [None] * 8
        if len(first) * 5 >= mask * 3:
            mask, table = $resized([], len(first) * 2)
        if mask == one[0]:
            table = list(one[1])
        else:
            for each in first:
                $put(table, mask, each)
        if (len(first) + len(second)) * 5 >= mask * 3:
            mask, table = $resized(table, (len(first) + len(second)) * 2)
        return $added(mask, table, len(first), second)
    first = [each for each in one[1] if each is not None]
    second = [each for each in other[1] if each is not None]
    if how == 'shared':
        if len(second) > len(first):
            first, second = second, first
        kept = set(first)
        return $added(7, [None] * 8, 0, [each for each in second if each in kept])
    gone = set(second)
    if not first or len(first) >> 2 > len(second):
        return None
    return $added(7, [None] * 8, 0, [each for each in first if each not in gone])
def $resized(table, least):
    size = 8
    while size <= least:
        size *= 2
    made = [None] * size
    for each in table:
        if each is not None:
            $put(made, size - 1, each)
    return size - 1, made
def $added(mask, table, used, items):
    held = set(table)
    for item in items:
        if item in held:
            continue
        held.add(item)
        $put(table, mask, item)
        used += 1
        if used * 5 >= mask * 3:
            mask, table = $resized(table, used * 2 if used > 50000 else used * 4)
    return mask, table
def $popped(value):
    if not isinstance(value, set):
        return value.pop()
    if not value:
        raise KeyError('pop from an empty set')
    item = list($ordered(value))[0]
    $derived[0] = True
    value.remove(item)
    return item
def $put(table, mask, item):
    hashed = abs(item) % 2305843009213693951
    if item < 0:
        hashed = -2 if hashed == 1 else -hashed
    perturb = hashed & 18446744073709551615
    place = perturb & mask
    while True:
        for near in range(place, place + (10 if place + 9 <= mask else 1)):
            if table[near] is None:
                table[near] = item
                return
        perturb >>= 5
        place = (place * 5 + 1 + perturb) & mask
"""
"""The text that does so; it is given what was ``derived`` and says what it ``touched``."""
