"""Trees to values: what an expression stands for when it is the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from grpo_rewards.answers.notation.tokens import NotMath
from grpo_rewards.answers.notation.trees import (
    BasedLiteral,
    Chain,
    Group,
    Listing,
    Measured,
    Negation,
    Omission,
    Proportion,
    Rows,
    SetOperation,
    Signed,
    Sum,
    Symbol,
    Tree,
    children,
    contains,
    mapped,
)
from grpo_rewards.answers.values.intervals import (
    BELOW,
    INFINITE,
    REALS,
    all_but,
    as_interval,
    distance_interval,
    intersection,
    without,
)
from grpo_rewards.answers.values.kinds import (
    Assignment,
    Based,
    Collection,
    Dots,
    Expression,
    Identity,
    Interval,
    Matrix,
    Names,
    Number,
    Ordering,
    Ratio,
    Relation,
    Union,
    Value,
)
from grpo_rewards.answers.values.measures import reads_as_unit
from grpo_rewards.answers.values.named import are_factors, is_label, is_name, is_total, names_in
from grpo_rewards.answers.values.quantities import scalar
from grpo_rewards.answers.values.vectors import vector

LABELS = frozenset("ABCDEFGHIJ")
"""Letters of options."""

__all__ = ["LABELS", "combined", "value_of", "value_of_total"]

MAX_SIGNS = 5
"""An answer with more ``\\pm`` than this stays unexpanded."""


def value_of(tree: Tree) -> Value:
    """The value that a tree stands for as an answer.

    Raises:
        NotMath: It stands for none.
    """
    expanded = _expand_signs(tree)
    if expanded is not None:
        return _listed("or", [value_of(each) for each in expanded])
    read_as = _MEANINGS.get(type(tree))
    if read_as is not None:
        return read_as(tree)
    if tree == _REALS:
        return REALS
    match tree:
        case Measured(part, unit) if _is_structure(part):
            if not reads_as_unit(unit):
                raise NotMath(f"{unit!r} is not a unit")
            return value_of(part)
        case Sum((left, Negation(right))) if _is_set(right):
            return combined("setminus", _set_of(left), value_of(right))  # R - {0}
    components = vector(tree)
    if components is not None:
        return Collection("tuple", tuple(map(value_of, components)))
    return scalar(tree)


_REALS = Symbol("mathbb R")


def _list_value(tree: Listing) -> Value:
    joint, items = tree.joint, tree.items
    if joint == "or" and all(isinstance(item, Symbol) and item.name in LABELS for item in items):
        raise NotMath("of several options one is to be named")
    return _listed(joint, list(_flattened(map(value_of, items))))


def _listed(joint: str, values: list[Value]) -> Value:
    """What values side by side are; of one unknown they are its solutions."""
    if all(isinstance(_bare(value), Interval) for value in values):
        if joint == "or":
            return Union("cup", tuple(_bare(value) for value in values))
        both = intersection(values) if joint == "and" else None
        if both is not None:
            return both
    names = [value.name for value in values if isinstance(value, Assignment)]
    if names and all(name == names[0] for name in names):
        parts = _parts_of_line(joint, values) if len(names) == len(values) else None
        if parts is not None:
            return parts
        points = [value_of(tree) for value in values if (tree := _excluded(value)) is not None]
        if len(points) == len(values):
            return Assignment(names[0], all_but(points), None)
        # x=1 or x=2; n = 2, 3, 4: one unknown and its values.
        leading = isinstance(values[0], Assignment)
        if leading and not any(isinstance(value, Relation) for value in values):
            bare = Collection("bare", tuple(_bare(value) for value in values))
            return Assignment(names[0], bare, None)
    return Collection("bare", tuple(values))


def _parts_of_line(joint: str, values: list[Value]) -> Value | None:
    r"""``a \le -2 or a = 1`` and ``x > 0, x \ne 1``: intervals, with points added or left out."""
    bare = [_bare(value) for value in values]
    intervals = [value for value in bare if isinstance(value, Interval)]
    others = [value for value in values if not isinstance(_bare(value), Interval)]
    if not intervals or not others:
        return None
    excluded = [value_of(tree) for value in others if (tree := _excluded(value)) is not None]
    if joint != "or" and len(excluded) == len(others) and len(intervals) == 1:
        return without(intervals[0], excluded)
    points = [_bare(value) for value in others]
    if joint == "or" and all(isinstance(point, Number | Expression) for point in points):
        return Union("cup", (*intervals, Collection("set", tuple(points))))
    return None


def _excluded(value: Value) -> Tree | None:
    """The 2 of ``x != 2``."""
    relation = value.relation if isinstance(value, Assignment) else None
    return relation.right if relation is not None and relation.relation == "!=" else None


def _bare(value: Value) -> Value:
    return value.value if isinstance(value, Assignment) else value


_DISTANCES = frozenset(["=", "<", "<=", ">", ">="])
_FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}


def _chain_value(tree: Chain) -> Value:
    sides, relations = tree.sides, tree.relations
    if all(relation in ("<", "<=", ">", ">=") for relation in relations):
        interval = _interval_of_chain(sides, relations)
        if interval is not None:
            return interval
        if len(relations) > 1 and len({relation[0] for relation in relations}) == 1:
            return Ordering(relations, tuple(map(value_of, sides)))
    if len(relations) == 1:
        return _related(sides[0], sides[1], relations[0])
    if set(relations) <= {"=", "~"}:
        return _equality_chain(sides)
    raise NotMath("a chain of mixed relations is not covered")


def _related(left: Tree, right: Tree, relation: str) -> Value:
    """What one relation says, unless it bounds a name."""
    if relation == "in" and is_name(left):
        return Assignment(left, value_of(right), None)
    distance = distance_interval(left, relation, right) if relation in _DISTANCES else None
    if distance is not None:
        return distance
    if relation in ("=", "~", "equiv"):
        return _equation(left, right, approximate=relation == "~")
    if relation == "!=" and is_name(left) and not names_in(right):
        return Assignment(left, all_but([value_of(right)]), Relation(relation, left, right))
    if relation in _FLIPPED:
        return Relation(relation, left, right)
    raise NotMath(f"the relation {relation!r} is not covered")


def _equation(left: Tree, right: Tree, *, approximate: bool = False) -> Value:
    relation = Relation("=", left, right)
    if is_name(right) and not names_in(left):
        left, right = right, left
    if is_name(left) and not contains(right, left) and not are_factors(left, right):
        return Assignment(left, value_of(right), relation)
    if not (names_in(left) or names_in(right)):
        # 2+40=42 states its right side, if it is true: the two are compared later.
        return Assignment(Identity((left,), approximate), value_of(right), relation)
    if is_label(right) and not names_in(left):
        left, right = right, left
    if is_label(left) and not names_in(right):
        return Assignment(left, value_of(right), relation)
    if _is_structure(right) and not _is_structure(left):
        return Assignment(left, value_of(right), None)
    if _is_structure(left) or _is_structure(right):
        raise NotMath("an equation between collections is not covered")
    return relation


def _equality_chain(sides: Sequence[Tree]) -> Value:
    first, *between, last = sides
    value = value_of(last)
    if not names_in(last) and all(map(is_name, (first, *between))):
        return Assignment(Names((first, *between)), value, None)  # x = y = z = 2
    asked = is_name(first) or is_label(first) or (is_total(first) and not names_in(last))
    if asked and not any(contains(side, first) for side in sides[1:]):
        # x = 6*7 = 42: the last link is the answer, the ones between have to equal it; of those
        # with unknowns, as in A = lw = 6*7 = 42, nothing is known.
        known = tuple(side for side in between if not names_in(side))
        if len(known) < len(between) and (names_in(last) or not is_name(first)):
            raise NotMath("a chain of equations between unknowns is not covered")
        return Assignment(Identity(known), value, None)
    if not any(map(names_in, sides)):
        return Assignment(Identity((first, *between)), value, None)
    raise NotMath("a chain of equations is not covered")


def _interval_of_chain(sides: Sequence[Tree], relations: Sequence[str]) -> Value | None:
    r"""``x < 3``, ``3 > x``, ``-2 \\le x \\le 7`` as an assignment of an interval to x."""
    if len(relations) == 1:
        (relation,), (name, end) = relations, sides
        if is_name(end) and not names_in(name):
            name, end, relation = end, name, _FLIPPED[relation]
        if not is_name(name) or contains(end, name):
            return None
        bound, stated = value_of(end), Relation(relation, name, end)
        closed = relation[1:] == "="
        if relation[0] == "<":
            return Assignment(name, Interval(BELOW, bound, high_closed=closed), stated)
        return Assignment(name, Interval(bound, INFINITE, low_closed=closed), stated)
    if len(relations) == 2 and is_name(sides[1]):
        low, name, high = sides
        first, second = relations
        if first[0] == second[0] == ">":
            low, high, first, second = high, low, second, first
        elif not first[0] == second[0] == "<":
            return None
        interval = Interval(value_of(low), value_of(high), first[1:] == "=", second[1:] == "=")
        return Assignment(name, interval, None)
    return None


def _group_value(tree: Group) -> Value:
    opening, closing, items = tree.opening, tree.closing, tree.items
    rows = [item for item in items if isinstance(item, Group)]
    if len(items) == 1 and opening in ("(", "["):
        return _rows_value(rows) if opening == "[" and rows else value_of(items[0])
    if (
        opening == "["
        and rows
        and len(rows) == len(items)
        and all(row.opening == "[" for row in rows)
    ):
        return _rows_value(rows)
    if opening in ("(", "[") and _count_signs(tree) > 0 and _is_paired(tree):
        both = (value_of(_with_sign(tree, sign)) for sign in (1, -1))
        return Collection("bare", tuple(both))  # (\pm 1, 0) are two points
    values = tuple(value_of(item) for item in items)
    if opening == "\\{":
        return Collection("set", tuple(_flattened(values)))
    matching = (opening, closing) in (("(", ")"), ("[", "]"), ("\\langle", "\\rangle"))
    if not matching and len(values) != 2:
        raise NotMath("the brackets do not match")
    if len(values) == 2 and (opening, closing) in (("(", "]"), ("[", ")")):
        return Interval(*values, opening == "[", closing == "]")
    if opening == "\\langle":
        return Collection("tuple", values)
    return Collection("tuple" if opening == "(" else "list", values)


def _is_paired(tree: Tree) -> bool:
    r"""Whether the signs of a point go together, as one does, or ``\pm`` beside ``\mp``."""
    return _count_signs(tree) == 1 or (_count_signs(tree) == 2 and _has_opposite(tree))


def _has_opposite(tree: Tree) -> bool:
    opposite = isinstance(tree, Signed) and tree.sign == "mp"
    return opposite or any(map(_has_opposite, children(tree)))


def _flattened(values: Iterable[Value]) -> Iterator[Value]:
    r"""Values with those that a ``\pm`` stands for one by one."""
    for value in values:
        if isinstance(value, Collection) and value.kind == "bare":
            yield from value.items
        else:
            yield value


def _rows_value(rows: Sequence[Group]) -> Matrix:
    return Matrix(tuple(tuple(map(value_of, row.items)) for row in rows))


def _matrix_value(tree: Rows) -> Matrix:
    return Matrix(tuple(tuple(map(value_of, row.cells)) for row in tree.rows))


def _set_value(tree: SetOperation) -> Value:
    return combined(tree.name, _set_of(tree.left), value_of(tree.right))


def _set_of(tree: Tree) -> Value:
    """What stands before a set that is taken away: a bare R is the real numbers there."""
    return REALS if tree == Symbol("R") else value_of(tree)


def combined(operation: str, left: Value, right: Value) -> Value:
    """The union, intersection or difference of two sets."""
    if operation == "setminus" and isinstance(right, Collection):
        rest = without(as_interval(left), right.items)
        if rest is not None:
            return rest
        if left == REALS:
            return all_but(list(right.items))
    if operation != "cup":
        return Union(operation, (left, right))
    parts: list[Value] = []
    for side in (left, right):
        parts += side.parts if isinstance(side, Union) and side.operation == "cup" else [side]
    if all(isinstance(part, Collection) and part.kind == "set" for part in parts):
        items = [item for part in parts if isinstance(part, Collection) for item in part.items]
        return Collection("set", tuple(items))
    return Union("cup", tuple(parts))


def _ratio_value(tree: Proportion) -> Value:
    if any(map(_is_structure, tree.terms)):
        raise NotMath("a ratio of collections is not covered")
    return Ratio(tree.terms)


_MEANINGS: dict[type, Callable[[Any], Value]] = {
    Listing: _list_value,
    Chain: _chain_value,
    Group: _group_value,
    Rows: _matrix_value,
    SetOperation: _set_value,
    Proportion: _ratio_value,
    BasedLiteral: lambda tree: Based(tree.digits, tree.base),
    Omission: lambda _: Dots(),
}
"""What the nodes are that say by themselves what they stand for."""


# Properties of trees --------------------------------------------------------------------------


def value_of_total(relation: Relation) -> Value | None:
    """The 293 of ``m + n = 293``; ``None`` for an equation that may have to be solved."""
    left, right = relation.left, relation.right
    if is_total(right) and not names_in(left):
        left, right = right, left
    if relation.relation != "=" or not is_total(left) or names_in(right):
        return None
    return value_of(right)


def _is_set(tree: Tree) -> bool:
    return isinstance(tree, SetOperation) or (isinstance(tree, Group) and tree.opening == "\\{")


def _is_structure(tree: Tree) -> bool:
    return isinstance(tree, Group | Rows | SetOperation | Listing | Chain | Omission | Proportion)


# Signs that are open --------------------------------------------------------------------------


def _expand_signs(tree: Tree) -> tuple[Tree, Tree] | None:
    r"""The two trees that ``\\pm`` stands for; ``None`` where there is none, or in a list."""
    if isinstance(tree, Listing | Group | Rows | Proportion | SetOperation):
        return None
    if isinstance(tree, Chain) and (len(tree.relations) > 1 or not is_name(tree.sides[0])):
        return None
    count = _count_signs(tree)
    if not 0 < count <= MAX_SIGNS:
        return None
    return _with_sign(tree, 1), _with_sign(tree, -1)


def _count_signs(tree: Tree) -> int:
    return isinstance(tree, Signed) + sum(map(_count_signs, children(tree)))


def _with_sign(tree: Tree, sign: int) -> Tree:
    if isinstance(tree, Signed):
        inner = _with_sign(tree.part, sign)
        return inner if (tree.sign == "pm") == (sign > 0) else Negation(inner)
    return mapped(tree, partial(_with_sign, sign=sign))
