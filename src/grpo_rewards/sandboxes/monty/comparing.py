"""What asks an object for its order, its length or its truth, where Monty does not ask it.

Monty never calls ``__lt__``, ``__len__``, ``__bool__`` or ``__iadd__`` of a class. In a program
whose classes have one of these, what would call it is written as a call of the text in here.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from grpo_rewards.sandboxes.monty.syntax import lambda_of

__all__ = ["COMPARING", "IN_PLACE", "ORDERED", "Comparing", "called_by_comparing"]

ORDERED = frozenset(("__lt__", "__le__", "__gt__", "__ge__"))
TRUE = frozenset(("__bool__", "__len__"))
IN_PLACE = {
    ast.Add: "iadd",
    ast.Sub: "isub",
    ast.Mult: "imul",
    ast.Div: "itruediv",
    ast.FloorDiv: "ifloordiv",
    ast.Mod: "imod",
    ast.Pow: "ipow",
    ast.BitAnd: "iand",
    ast.BitOr: "ior",
    ast.BitXor: "ixor",
}
_SIGNS = {ast.Lt: "lt", ast.LtE: "le", ast.Gt: "gt", ast.GtE: "ge"}
_TESTED = (ast.Compare, ast.Constant, ast.List, ast.Dict, ast.Set, ast.ListComp, ast.JoinedStr)
_PLAIN_CALLS = frozenset("len int float str ord abs bool isinstance any all".split())


def called_by_comparing() -> frozenset[str]:
    """The special methods that are called where a program is rewritten by this."""
    return ORDERED | TRUE | {f"__{name}__" for name in IN_PLACE.values()} | {"__reversed__"}


class Comparing(ast.NodeTransformer):
    """Writes what would call a special method that Monty does not call as a call of our own."""

    def __init__(self, special: frozenset[str], bound: set[str], prefix: str) -> None:
        self.prefix = prefix
        self.is_ordered = bool(special & ORDERED)
        self.is_true = bool(special & TRUE)
        self.in_place = special & {f"__{name}__" for name in IN_PLACE.values()}
        self.bound = bound
        self.count = 0

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to be written otherwise."""
        return bool(self.is_ordered or self.is_true or self.in_place)

    def _called(self, name: str, *args: ast.expr) -> ast.Call:
        return ast.Call(ast.Name(f"{self.prefix}{name}", ast.Load()), list(args), [])

    # Order -----------------------------------------------------------------------------------

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        self.generic_visit(node)
        if not self.is_ordered or not any(type(op) in _SIGNS for op in node.ops):
            return node
        if all(map(_is_plain, (node.left, *node.comparators))):
            return node
        return self._compared(node.left, node.ops, node.comparators)

    def _compared(
        self, left: ast.expr, signs: Sequence[ast.cmpop], rest: Sequence[ast.expr]
    ) -> ast.expr:
        if len(signs) == 1:
            sign = _SIGNS.get(type(signs[0]))
            if sign is None:
                return ast.Compare(left, [signs[0]], [rest[0]])
            return self._called(sign, left, rest[0])
        # a < b < c: what is in the middle is evaluated once, and c where a < b alone.
        self.count += 1
        names = [f"{self.prefix}{name}{self.count}" for name in ("left", "right")]
        first, second = (ast.Name(name, ast.Load()) for name in names)
        tested = self._compared(first, signs[:1], [second])
        parts = [tested, self._compared(second, signs[1:], rest[1:])]
        return ast.Call(lambda_of(names, ast.BoolOp(ast.And(), parts)), [left, rest[0]], [])

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.Call(func=ast.Attribute(value=value, attr="sort"), args=[]) if self.is_ordered:
                node.func = ast.Name(f"{self.prefix}sort_in_place", ast.Load())
                node.args = [value]
            case ast.Call(func=ast.Name(id="bool") as function) if (
                self.is_true and "bool" not in self.bound
            ):
                function.id = f"{self.prefix}to_bool"
        return node

    # Truth -----------------------------------------------------------------------------------

    def _test(self, node: ast.expr) -> ast.expr:
        """An expression whose truth alone matters."""
        if not self.is_true:
            return node
        match node:
            case ast.BoolOp(op=op, values=values):
                return ast.BoolOp(op, [self._test(value) for value in values])
            case ast.UnaryOp(op=ast.Not()) | ast.NamedExpr():
                return node if isinstance(node, ast.UnaryOp) else self._called("truth", node)
        return node if isinstance(node, _TESTED) or _is_plain(node) else self._called("truth", node)

    def visit(self, node: ast.AST) -> ast.AST:
        match node:
            case ast.If() | ast.While() | ast.IfExp() | ast.Assert():
                node.test = self._in_test(node.test)
            case ast.comprehension(ifs=tests):
                node.ifs = [self._in_test(test) for test in tests]
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                node.operand = self._in_test(operand)
            case ast.match_case(guard=guard) if guard is not None:
                node.guard = self._in_test(guard)
        return super().visit(node)  # type: ignore[no-any-return]

    def _in_test(self, node: ast.expr) -> ast.expr:
        """Mark the operators of a test, before what is in them is visited."""
        if not self.is_true:
            return node
        if isinstance(node, ast.BoolOp):
            made = ast.BoolOp(node.op, [self._in_test(value) for value in node.values])
            made.is_test = True  # type: ignore[attr-defined]
            return made
        return self._test(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        self.generic_visit(node)
        if not self.is_true or getattr(node, "is_test", False):
            return node
        *first, last = node.values
        made = last
        for value in reversed(first):
            self.count += 1
            name = f"{self.prefix}value{self.count}"
            held = ast.Name(name, ast.Load())
            parts = (held, made) if isinstance(node.op, ast.Or) else (made, held)
            made = ast.Call(
                lambda_of([name], ast.IfExp(self._called("truth", held), *parts)), [value], []
            )
        return made

    # In place --------------------------------------------------------------------------------

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.stmt | list[ast.stmt]:
        self.generic_visit(node)
        name = IN_PLACE.get(type(node.op), "")
        if f"__{name}__" not in self.in_place:
            return node
        made: list[ast.stmt] = []
        target = node.target
        if isinstance(target, ast.Attribute):
            owner = self._held(target.value, made)
            load: ast.expr = ast.Attribute(owner, target.attr, ast.Load())
            store: ast.expr = ast.Attribute(owner, target.attr, ast.Store())
        elif isinstance(target, ast.Subscript):
            owner = self._held(target.value, made)
            if isinstance(target.slice, ast.Slice):
                return node
            key = self._held(target.slice, made)
            load = ast.Subscript(owner, key, ast.Load())
            store = ast.Subscript(owner, key, ast.Store())
        else:
            assert isinstance(target, ast.Name)
            load, store = ast.Name(target.id, ast.Load()), target
        call = self._called(name, load, node.value)
        return [*made, ast.Assign([store], call)]

    def _held(self, value: ast.expr, made: list[ast.stmt]) -> ast.expr:
        self.count += 1
        name = f"{self.prefix}held{self.count}"
        made.append(ast.Assign([ast.Name(name, ast.Store())], value))
        return ast.Name(name, ast.Load())


def _is_plain(node: ast.expr) -> bool:
    """Whether an expression is, for all that it may come to, no object of the program's own."""
    match node:
        case ast.Constant():
            return True
        case ast.Call(func=ast.Name(id=name)):
            return name in _PLAIN_CALLS
    return False


COMPARING = (
    """
def $truth(value):
    of = type(value)
    if of in $records:
        method = getattr(of, '__bool__', None)
        if method is not None:
            found = method(value)
            if found is not True and found is not False:
                raise TypeError(f'__bool__ should return bool, returned {type(found).__name__}')
            return found
        if getattr(of, '__len__', None) is None:
            return True
        return $length(value) != 0
    return True if value else False
def $length(value, /):
    of = type(value)
    if of not in $records:
        return len(value.members) if of is $Enumeration else len(value)
    method = getattr(of, '__len__', None)
    if method is None:
        raise TypeError(f'object of ' f'type {of.__name__!r} has no len()')
    found = method(value)
    if not isinstance(found, int):
        raise TypeError(f'{type(found).__name__!r} object cannot be interpreted as an integer')
    if found < 0:
        raise ValueError('__len__() should return >= 0')
    return found
def $backwards(value, /):
    of = type(value)
    if of not in $records:
        return reversed(value)
    method = getattr(of, '__reversed__', None)
    if method is not None:
        return method(value)
    if getattr(of, '__getitem__', None) is None or getattr(of, '__len__', None) is None:
        raise TypeError(f'{of.__name__!r} object is not reversible')
    return iter([value[place] for place in range($length(value) - 1, -1, -1)])
def $any_true(values, /):
    for value in values:
        if $truth(value):
            return True
    return False
def $all_true(values, /):
    for value in values:
        if not $truth(value):
            return False
    return True
def $to_bool(value=False, /):
    return $truth(value)
$plain = {int: 1, float: 1, str: 1, bool: 1}
def $rich(a, b, of, other, name, swapped, sign, is_asked=False):
    first = getattr(of, name, None) if of in $records and not is_asked else None
    second = getattr(other, swapped, None) if other in $records else None
    is_under = of is not other and other in $records and $is_of(other, of)
    if is_under and second is not None:
        found = second(b, a)
        if found is not NotImplemented:
            return found
        second = None
    if first is not None:
        found = first(a, b)
        if found is not NotImplemented:
            return found
    if second is not None:
        found = second(b, a)
        if found is not NotImplemented:
            return found
    raise TypeError(
        f"'{sign}' not supported between instances of {of.__name__!r} and {other.__name__!r}"
    )
def $first_unlike(a, b):
    for place in range(min(len(a), len(b))):
        one, other = a[place], b[place]
        if one is not other and not one == other:
            return place
    return -1
"""
    + "".join(
        f"""
def ${name}(a, b):
    of, other = type(a), type(b)
    if of in $plain and other in $plain:
        return a {sign} b
    if of is other and of in $records:
        method = getattr(of, '__{name}__', None)
        found = NotImplemented if method is None else method(a, b)
        if found is not NotImplemented:
            return found
        return $rich(a, b, of, other, '__{name}__', '__{swapped}__', '{sign}', True)
    if of in $records or other in $records:
        return $rich(a, b, of, other, '__{name}__', '__{swapped}__', '{sign}')
    if of is other and (of is tuple or of is list):
        place = $first_unlike(a, b)
        return len(a) {sign} len(b) if place < 0 else ${name}(a[place], b[place])
    return a {sign} b
"""
        for name, swapped, sign in (
            ("lt", "gt", "<"),
            ("gt", "lt", ">"),
            ("le", "ge", "<="),
            ("ge", "le", ">="),
        )
    )
    + "".join(
        f"""
def $plain_{name}(a, b):
    a {sign}= b
    return a
def ${name}(a, b):
    method = getattr(type(a), '__{name}__', None) if type(a) in $records else None
    if method is not None:
        found = method(a, b)
        if found is not NotImplemented:
            return found
    return $plain_{name}(a, b)
"""
        for name, sign in zip(
            IN_PLACE.values(), ("+", "-", "*", "/", "//", "%", "**", "&", "|", "^"), strict=True
        )
    )
    + """
def $by_lt(name):
    if name == '__gt__':
        return lambda a, b: $not_and($lt_of(a, b), a, b)
    if name == '__le__':
        return lambda a, b: $or_equal($lt_of(a, b), a, b)
    return lambda a, b: $denied($lt_of(a, b))
def $lt_of(a, b):
    return type(a).__lt__(a, b)
def $by_le(name):
    if name == '__ge__':
        return lambda a, b: $denied_or_equal(type(a).__le__(a, b), a, b)
    if name == '__lt__':
        return lambda a, b: $and_unequal(type(a).__le__(a, b), a, b)
    return lambda a, b: $denied(type(a).__le__(a, b))
def $by_gt(name):
    if name == '__lt__':
        return lambda a, b: $not_and(type(a).__gt__(a, b), a, b)
    if name == '__ge__':
        return lambda a, b: $or_equal(type(a).__gt__(a, b), a, b)
    return lambda a, b: $denied(type(a).__gt__(a, b))
def $by_ge(name):
    if name == '__le__':
        return lambda a, b: $denied_or_equal(type(a).__ge__(a, b), a, b)
    if name == '__gt__':
        return lambda a, b: $and_unequal(type(a).__ge__(a, b), a, b)
    return lambda a, b: $denied(type(a).__ge__(a, b))
def $not_and(found, a, b):
    return found if found is NotImplemented else not found and a != b
def $or_equal(found, a, b):
    return found if found is NotImplemented else found or a == b
def $denied(found):
    return found if found is NotImplemented else not found
def $denied_or_equal(found, a, b):
    return found if found is NotImplemented else not found or a == b
def $and_unequal(found, a, b):
    return found if found is NotImplemented else found and a != b
class $Key:
    def __init__(self, compare, value):
        self.compare, self.value = compare, value
    def __lt__(self, other):
        return self.compare(self.value, other.value) < 0
    def __gt__(self, other):
        return self.compare(self.value, other.value) > 0
    def __le__(self, other):
        return self.compare(self.value, other.value) <= 0
    def __ge__(self, other):
        return self.compare(self.value, other.value) >= 0
    def __eq__(self, other):
        return self.compare(self.value, other.value) == 0
$records[$Key] = (($Key,), {}, {}, {})
def $cmp_to_key(mycmp):
    return lambda obj: $Key(mycmp, obj)
def $ranked(iterable, /, *, key=None, reverse=False):
    items = list(iterable)
    keys = items if key is None else [key(item) for item in items]
    places = list(range(len(items)))
    is_reverse = $truth(reverse)
    if [1 for each in keys if type(each) not in $plain]:
        if is_reverse:
            places = places[::-1]
        places = $ordered_places(keys, places)
        if is_reverse:
            places = places[::-1]
    else:
        places = sorted(places, key=lambda place: keys[place], reverse=is_reverse)
    return [items[place] for place in places]
def $ordered_places(keys, places):
    count = len(places)
    if count < 2:
        return places
    if count >= 64:
        made = $merged(keys, places)
        for one, other in zip(made, made[1:]):
            if $lt(keys[other], keys[one]):
                raise NotImplementedError('an order that contradicts itself is not supported')
        return made
    run = 2
    if $lt(keys[places[1]], keys[places[0]]):
        while run < count and $lt(keys[places[run]], keys[places[run - 1]]):
            run += 1
        places = places[:run][::-1] + places[run:]
    else:
        while run < count and not $lt(keys[places[run]], keys[places[run - 1]]):
            run += 1
    for start in range(run, count):
        pivot = places.pop(start)
        low, high = 0, start
        while low < high:
            middle = low + ((high - low) >> 1)
            if $lt(keys[pivot], keys[places[middle]]):
                high = middle
            else:
                low = middle + 1
        places.insert(low, pivot)
    return places
def $merged(keys, places):
    if len(places) < 2:
        return places
    middle = len(places) // 2
    one, other = $merged(keys, places[:middle]), $merged(keys, places[middle:])
    made, left, right = [], 0, 0
    while left < len(one) and right < len(other):
        if $lt(keys[other[right]], keys[one[left]]):
            made.append(other[right])
            right += 1
        else:
            made.append(one[left])
            left += 1
    return made + one[left:] + other[right:]
def $sort_in_place(value, /, **options):
    if type(value) is not list:
        return value.sort(**options)
    value[:] = $ranked(value, **options)
def $least(first, /, *rest, key=None, default=$none):
    return $extreme($lt, first, rest, key, default)
def $greatest(first, /, *rest, key=None, default=$none):
    return $extreme($gt, first, rest, key, default)
def $extreme(before, first, rest, key, default):
    items = [first, *rest] if rest else list(first)
    if not items:
        if default is not $none:
            return default
        raise ValueError('iterable argument is empty')
    best = items[0]
    mark = best if key is None else key(best)
    for item in items[1:]:
        other = item if key is None else key(item)
        if before(other, mark):
            best, mark = item, other
    return best
class $bisect:
    pass
$bisect = $bisect()
def $bisect_right(a, x, lo=0, hi=None, *, key=None):
    if lo < 0:
        raise ValueError('lo must be non-negative')
    hi = len(a) if hi is None else hi
    while lo < hi:
        middle = (lo + hi) // 2
        if $lt(x, a[middle] if key is None else key(a[middle])):
            hi = middle
        else:
            lo = middle + 1
    return lo
def $bisect_left(a, x, lo=0, hi=None, *, key=None):
    if lo < 0:
        raise ValueError('lo must be non-negative')
    hi = len(a) if hi is None else hi
    while lo < hi:
        middle = (lo + hi) // 2
        if $lt(a[middle] if key is None else key(a[middle]), x):
            lo = middle + 1
        else:
            hi = middle
    return lo
def $insort_right(a, x, lo=0, hi=None, *, key=None):
    a.insert($bisect_right(a, x if key is None else key(x), lo, hi, key=key), x)
def $insort_left(a, x, lo=0, hi=None, *, key=None):
    a.insert($bisect_left(a, x if key is None else key(x), lo, hi, key=key), x)
$bisect.bisect = $bisect.bisect_right = $bisect_right
$bisect.bisect_left = $bisect_left
$bisect.insort = $bisect.insort_right = $insort_right
$bisect.insort_left = $insort_left
def $up(heap, start, place):
    item = heap[place]
    while place > start:
        parent = (place - 1) >> 1
        if not $lt(item, heap[parent]):
            break
        heap[place] = heap[parent]
        place = parent
    heap[place] = item
def $down(heap, place):
    end, start, item = len(heap), place, heap[place]
    child = 2 * place + 1
    while child < end:
        if child + 1 < end and not $lt(heap[child], heap[child + 1]):
            child += 1
        heap[place] = heap[child]
        place = child
        child = 2 * place + 1
    heap[place] = item
    $up(heap, start, place)
"""
)
"""The text that stands beside such a program: see `objects`."""
