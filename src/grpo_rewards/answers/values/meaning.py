"""Trees to values: what an expression stands for when it is the answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from grpo_rewards.answers.notation.names import GREEK
from grpo_rewards.answers.notation.tokens import NotMath
from grpo_rewards.answers.notation.trees import D, Tree, children
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
    Interval,
    Matrix,
    Number,
    Ordering,
    Ratio,
    Relation,
    Union,
    Value,
)
from grpo_rewards.answers.values.measures import reads_as_unit
from grpo_rewards.answers.values.quantities import scalar
from grpo_rewards.answers.values.vectors import vector
from grpo_rewards.caches import ANSWERS

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
    kind = tree[0]
    if kind == "list":
        return _list_value(tree)
    if kind == "chain":
        return _chain_value(tree)
    if kind == "group":
        return _group_value(tree)
    if kind == "matrix":
        return Matrix(tuple(tuple(value_of(cell) for cell in row[1:]) for row in tree[1:]))
    if kind == "set":
        return _set_value(tree)
    if kind == "ratio":
        return _ratio_value(tree)
    if kind == "based":
        return Based(tree[1], tree[2])
    if kind == "dots":
        return Dots()
    if tree == ("sym", "mathbb R"):
        return REALS
    if kind == "unit" and _is_structure(tree[1]):
        if not reads_as_unit(tree[2]):
            raise NotMath(f"{tree[2]!r} is not a unit")
        return value_of(tree[1])
    if kind == "add" and len(tree) == 3 and tree[2][0] == "neg" and _is_set(tree[2][1]):
        return combined("setminus", _set_of(tree[1]), value_of(tree[2][1]))  # R - {0}
    components = vector(tree)
    if components is not None:
        return Collection("tuple", tuple(map(value_of, components)))
    return scalar(tree)


def _list_value(tree: Tree) -> Value:
    joint, items = tree[1], tree[2:]
    if joint == "or" and all(item[0] == "sym" and item[1] in LABELS for item in items):
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


def _chain_value(tree: Tree) -> Value:
    first, links = tree[1], tree[2:]
    relations = [relation for relation, _ in links]
    if all(relation in ("<", "<=", ">", ">=") for relation in relations):
        interval = _interval_of_chain(first, links)
        if interval is not None:
            return interval
        if len(links) > 1 and len({relation[0] for relation in relations}) == 1:
            terms = tuple(value_of(term) for term in (first, *(right for _, right in links)))
            return Ordering(tuple(relations), terms)
    if len(links) == 1:
        relation, right = links[0]
        if relation == "in" and _is_name(first):
            return Assignment(first, value_of(right), None)
        distance = distance_interval(first, relation, right) if relation in _DISTANCES else None
        if distance is not None:
            return distance
        if relation in ("=", "~", "equiv"):
            return _equation(first, right, approximate=relation == "~")
        if relation == "!=" and _is_name(first) and not _symbols(right):
            return Assignment(first, all_but([value_of(right)]), Relation(relation, first, right))
        if relation in _FLIPPED:
            return Relation(relation, first, right)
        raise NotMath(f"the relation {relation!r} is not covered")
    if set(relations) <= {"=", "~"}:
        return _equality_chain(first, [right for _, right in links])
    raise NotMath("a chain of mixed relations is not covered")


def _equation(left: Tree, right: Tree, *, approximate: bool = False) -> Value:
    relation = Relation("=", left, right)
    if _is_name(right) and not _symbols(left):
        left, right = right, left
    if _is_name(left) and not _mentions(right, left):
        return Assignment(left, value_of(right), relation)
    if not (_symbols(left) or _symbols(right)):
        # 2+40=42 states its right side, if it is true: the two are compared later.
        kind = "approximation" if approximate else "identity"
        return Assignment((kind, left), value_of(right), relation)
    if _is_label(right) and not _symbols(left):
        left, right = right, left
    if _is_label(left) and not _symbols(right):
        return Assignment(left, value_of(right), relation)
    if _is_structure(right) and not _is_structure(left):
        return Assignment(left, value_of(right), None)
    if _is_structure(left) or _is_structure(right):
        raise NotMath("an equation between collections is not covered")
    return relation


def _equality_chain(first: Tree, rights: list[Tree]) -> Value:
    last = value_of(rights[-1])
    if not _symbols(rights[-1]) and all(map(_is_name, (first, *rights[:-1]))):
        return Assignment(("names", first, *rights[:-1]), last, None)  # x = y = z = 2
    asked = _is_name(first) or _is_label(first) or (_is_total(first) and not _symbols(rights[-1]))
    if asked and not any(_mentions(right, first) for right in rights):
        # x = 6*7 = 42: the last link is the answer, the ones between have to equal it; of those
        # with unknowns, as in A = lw = 6*7 = 42, nothing is known.
        known = [right for right in rights[:-1] if not _symbols(right)]
        if len(known) < len(rights) - 1 and (_symbols(rights[-1]) or not _is_name(first)):
            raise NotMath("a chain of equations between unknowns is not covered")
        return Assignment(("identity", *known), last, None)
    if not any(_symbols(side) for side in (first, *rights)):
        return Assignment(("identity", first, *rights[:-1]), value_of(rights[-1]), None)
    raise NotMath("a chain of equations is not covered")


def _interval_of_chain(first: Tree, links: tuple[tuple[str, Tree], ...]) -> Value | None:
    r"""``x < 3``, ``3 > x``, ``-2 \\le x \\le 7`` as an assignment of an interval to x."""
    if len(links) == 1:
        relation, right = links[0]
        if _is_name(right) and not _symbols(first):
            first, right, relation = right, first, _FLIPPED[relation]
        if not _is_name(first) or _mentions(right, first):
            return None
        bound = value_of(right)
        if relation[0] == "<":
            return Assignment(
                first,
                Interval(BELOW, bound, low_closed=False, high_closed=relation == "<="),
                Relation(relation, first, right),
            )
        return Assignment(
            first,
            Interval(bound, INFINITE, low_closed=relation == ">=", high_closed=False),
            Relation(relation, first, right),
        )
    if len(links) == 2 and _is_name(links[0][1]):
        (low_relation, name), (high_relation, last) = links
        low, high = value_of(first), value_of(last)
        if low_relation[0] == high_relation[0] == ">":
            low, high, low_relation, high_relation = high, low, high_relation, low_relation
        elif not low_relation[0] == high_relation[0] == "<":
            return None
        return Assignment(
            name, Interval(low, high, low_relation[1:] == "=", high_relation[1:] == "="), None
        )
    return None


def _group_value(tree: Tree) -> Value:
    opening, closing, items = tree[1], tree[2], tree[3:]
    if len(items) == 1 and opening in ("(", "["):
        if opening == "[" and items[0][0] == "group":
            return _rows_value(items)
        return value_of(items[0])
    if opening == "[" and items and all(item[0] == "group" and item[1] == "[" for item in items):
        return _rows_value(items)
    if opening in ("(", "[") and _count_signs(tree) > 0 and _is_paired(tree):
        both = (_group_value(_with_sign(tree, sign)) for sign in (1, -1))
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
    return tree[0] == "mp" or any(map(_has_opposite, children(tree)))


def _flattened(values: Iterable[Value]) -> Iterator[Value]:
    r"""Values with those that a ``\pm`` stands for one by one."""
    for value in values:
        if isinstance(value, Collection) and value.kind == "bare":
            yield from value.items
        else:
            yield value


def _rows_value(rows: tuple[Tree, ...]) -> Value:
    return Matrix(tuple(tuple(value_of(cell) for cell in row[3:]) for row in rows))


def _set_value(tree: Tree) -> Value:
    return combined(tree[1], _set_of(tree[2]), value_of(tree[3]))


def _set_of(tree: Tree) -> Value:
    """What stands before a set that is taken away: a bare R is the real numbers there."""
    return REALS if tree == ("sym", "R") else value_of(tree)


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


def _ratio_value(tree: Tree) -> Value:
    terms = tree[1:]
    last = terms[-1]
    if last[0] == "chain" or any(_is_structure(term) for term in terms):
        raise NotMath("a ratio of collections is not covered")
    return Ratio(terms)


# Properties of trees --------------------------------------------------------------------------


def _is_name(tree: Tree) -> bool:
    """Whether a tree names what the answer is: x, f(x), (x, y), A^{-1}, S:T."""
    kind = tree[0]
    if kind == "sym":
        return True
    if kind == "app":
        return True
    if kind == "group":
        return tree[1] in ("(", "[") and len(tree) > 3 and all(_is_name(item) for item in tree[3:])
    if kind == "ratio":
        return all(_is_name(term) for term in tree[1:])
    if kind == "op":
        return True
    if kind == "div":  # dy/dx
        return all(each[0] == "mul" and len(each) == 3 and each[1] == D for each in tree[1:])
    if kind == "mul":
        # AB, a segment; \angle A; but not ab, which may be the product of two unknowns.
        factors = tree[1:]
        return all(factor[0] == "sym" for factor in factors) and (
            factors[0][1] in ("angle", "triangle") or all(factor[1].isupper() for factor in factors)
        )
    return False


_TRIGONOMETRY = frozenset("sin cos tan cot sec csc".split())


def _is_label(tree: Tree) -> bool:
    r"""Whether a tree names a quantity that is no unknown: ``|AB|``, ``\tan A``, ``m\angle A``."""
    kind = tree[0]
    if kind == "app" or _is_segment(tree):
        return True
    if kind == "sym":
        return tree[1].startswith(("angle", "triangle")) or "@" in tree[1]
    if kind == "mul":
        measured = tree[1:2] == (("sym", "m"),) and len(tree) == 3 and tree[2][0] == "sym"
        return (measured and _is_label(tree[2])) or all(map(_is_label, tree[1:]))
    if kind in ("add", "div"):
        return all(map(_is_label, tree[1:]))
    if kind in ("neg", "pow"):
        return _is_label(tree[1])
    if kind != "fn":
        return False
    if tree[1] in _TRIGONOMETRY:
        return all(
            name[:1].isupper() or name in GREEK or " " in name for name in _symbols(tree)
        ) and bool(_symbols(tree))
    return (
        tree[1] == "abs"
        and bool(_symbols(tree))
        and all(name[:1].isupper() or "@" in name for name in _symbols(tree))
    )


def _is_segment(tree: Tree) -> bool:
    """AB, AB^2: points side by side."""
    if tree[0] != "mul":
        return False
    *points, last = tree[1:]
    last = last[1] if last[0] == "pow" else last
    return all(
        each[0] == "sym" and each[1][:1].isupper() and " " not in each[1]
        for each in (*points, last)
    )


def _is_total(tree: Tree) -> bool:
    """Whether a tree is made of several unknowns by adding and multiplying: m + n, 100a + b."""
    return len(_symbols(tree)) > 1 and _is_polynomial(tree)


def value_of_total(relation: Relation) -> Value | None:
    """The 293 of ``m + n = 293``; ``None`` for an equation that may have to be solved."""
    left, right = relation.left, relation.right
    if _is_total(right) and not _symbols(left):
        left, right = right, left
    if relation.relation != "=" or not _is_total(left) or _symbols(right):
        return None
    return value_of(right)


def _is_polynomial(tree: Tree) -> bool:
    if tree[0] in ("sym", "num"):
        return True
    return tree[0] in ("add", "mul", "neg") and all(map(_is_polynomial, tree[1:]))


def _is_set(tree: Tree) -> bool:
    return tree[0] == "set" or (tree[0] == "group" and tree[1] == "\\{")


def _is_structure(tree: Tree) -> bool:
    return tree[0] in ("group", "matrix", "set", "list", "chain", "dots", "ratio")


@ANSWERS.keep(entries=4_096)
def _symbols(tree: Tree) -> frozenset[str]:
    if tree[0] == "sym":
        return frozenset([tree[1]])
    if tree[0] == "app":
        inner = [_symbols(part) for part in children(tree)]
        return frozenset([f"{tree[1]}()"]).union(*inner)
    parts = [_symbols(part) for part in children(tree)]
    return frozenset().union(*parts) if parts else frozenset()


def _mentions(tree: Tree, name: Tree) -> bool:
    if tree == name:
        return True
    return any(_mentions(part, name) for part in children(tree))


def _expand_signs(tree: Tree) -> tuple[Tree, Tree] | None:
    r"""The two trees that ``\\pm`` stands for; ``None`` where there is none, or in a list."""
    if tree[0] in ("list", "group", "matrix", "ratio", "set"):
        return None
    if tree[0] == "chain" and (len(tree) != 3 or not _is_name(tree[1])):
        return None
    count = _count_signs(tree)
    if not 0 < count <= MAX_SIGNS:
        return None
    return _with_sign(tree, 1), _with_sign(tree, -1)


def _count_signs(tree: Tree) -> int:
    own = tree[0] in ("pm", "mp")
    return own + sum(_count_signs(part) for part in children(tree))


def _with_sign(tree: Tree, sign: int) -> Tree:
    if tree[0] in ("pm", "mp"):
        inner = _with_sign(tree[1], sign)
        return inner if (tree[0] == "pm") == (sign > 0) else ("neg", inner)
    return tuple(_with_sign(part, sign) if isinstance(part, tuple) else part for part in tree)
