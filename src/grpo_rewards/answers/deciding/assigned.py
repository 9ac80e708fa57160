"""What values are assigned to: the names of unknowns, of functions, of options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from grpo_rewards.answers.deciding import identity
from grpo_rewards.answers.notation.trees import (
    Application,
    Group,
    Symbol,
    renamed,
)
from grpo_rewards.answers.values.kinds import (
    Assignment,
    Collection,
    Expression,
    Identity,
    Name,
    Names,
    Value,
)
from grpo_rewards.answers.values.meaning import LABELS

__all__ = [
    "Named",
    "has_names",
    "is_graph",
    "is_identity",
    "is_label_of_option",
    "names_another",
    "same_name",
    "values_by_name",
    "with_parameters_of",
]


Named: TypeAlias = dict[str, Value]


def values_by_name(value: Value) -> Named:
    """The values of several unknowns, by name; empty where a value is something else."""
    names: Sequence[Name]
    if isinstance(value, Assignment) and isinstance(value.name, Names):  # x = y = 2
        names = value.name.names
        items: Sequence[Value] = [value.value] * len(names)
    elif isinstance(value, Assignment) and isinstance(value.value, Collection):
        names = value.name.items if isinstance(value.name, Group) else ()
        items = value.value.items if value.value.kind == "tuple" else ()
    elif isinstance(value, Collection) and value.kind == "bare":
        assignments = [item for item in value.items if isinstance(item, Assignment)]
        names = [item.name for item in assignments]
        items = [item.value for item in assignments]
        if len(items) != len(value.items):
            return {}
    else:
        return {}
    known = {
        name.name: item
        for name, item in zip(names, items, strict=False)
        if isinstance(name, Symbol)
    }
    return known if len(known) == len(names) == len(items) > 1 else {}


def is_identity(assignment: Assignment) -> bool:
    """Whether it is ``6 * 7 = 42``, which assigns to no name."""
    return isinstance(assignment.name, Identity)


def has_names(items: Sequence[Value]) -> bool:
    """Whether one of several values is assigned to a name."""
    return any(isinstance(item, Assignment) and not is_identity(item) for item in items)


def names_another(value: Value, name: Name) -> bool:
    """Whether a list assigns to a name other than this: x = 1, y = 2 beside x = 1, 2."""
    return isinstance(value, Collection) and any(
        isinstance(item, Assignment) and not same_name(item.name, name) for item in value.items
    )


def same_name(left: Name, right: Name) -> bool:
    """Whether two names are the same; of an unknown the case does not matter."""
    if isinstance(left, Symbol) and isinstance(right, Symbol):
        return left.name.casefold() == right.name.casefold()
    return left == right


def with_parameters_of(gold: Assignment, prediction: Assignment) -> Value | None:
    """The prediction's value with its bound variables named as in the gold: f(t)=2t as f(x)=2x."""
    left, right = gold.name, prediction.name
    if not (isinstance(left, Application) and isinstance(right, Application)):
        return None
    ours, theirs = map(_variables, (left, right))
    if left.name != right.name or len(ours) != len(theirs) or not ours:
        return None
    names = dict(zip(theirs, ours, strict=True))
    return _with_names(prediction.value, names)


def _variables(tree: Application) -> list[str]:
    """The names of a function's arguments; none if one is no variable: E[X] is of X and no other."""
    names = [each.name for each in tree.arguments if isinstance(each, Symbol)]
    return names if len(names) == len(tree.arguments) and all(map(str.islower, names)) else []


def _with_names(value: Value, names: Mapping[str, str]) -> Value | None:
    """A value with its unknowns renamed; ``None`` if another has one of the new names already."""
    if isinstance(value, Collection):
        items = [_with_names(item, names) for item in value.items]
        known = tuple(item for item in items if item is not None)
        return replace(value, items=known) if len(known) == len(items) else None
    if not isinstance(value, Expression):
        return value
    if (identity.symbols(value.tree) - set(names)) & set(names.values()):
        return None
    return Expression(renamed(value.tree, names), value.unit)


def is_graph(gold: Assignment, prediction: Assignment) -> bool:
    """``y = 2x`` beside ``f(x) = 2x``: the value of a function under a name of its own."""
    names = gold.name, prediction.name
    applied = next((name for name in names if isinstance(name, Application)), None)
    letter = next((name for name in names if isinstance(name, Symbol)), None)
    if applied is None or letter is None:
        return False
    free = all(isinstance(part, Symbol) and part != letter for part in applied.arguments)
    return free and all(
        isinstance(value, Expression) and letter.name not in identity.symbols(value.tree)
        for value in (gold.value, prediction.value)
    )


def is_label_of_option(assignment: Assignment, other: Value) -> bool:
    """Whether ``A = B`` stands beside an option's letter: no answer gives one by another."""
    return (
        isinstance(assignment.name, Symbol)
        and assignment.name.name in LABELS
        and isinstance(other, Expression)
        and isinstance(other.tree, Symbol)
        and other.tree.name in LABELS
    )
