"""A program as Monty gets it: in other words where it does not know these, and with what it lacks.

Only what is exact is rewritten; all else is left for Monty to refuse.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import lru_cache

from grpo_rewards.caches import RESPONSES
from grpo_rewards.sandboxes.monty.classes import CALLED_BY_OBJECTS, rewrite_classes
from grpo_rewards.sandboxes.monty.comparing import ORDERED, Comparing, called_by_comparing
from grpo_rewards.sandboxes.monty.divergences import doubts, set_names
from grpo_rewards.sandboxes.monty.missing_imports import rewrite_imports
from grpo_rewards.sandboxes.monty.prelude import PREFIX, preludes
from grpo_rewards.sandboxes.monty.rewriting import Rewriting, bound_names
from grpo_rewards.sandboxes.monty.sets import Sets, has_sets
from grpo_rewards.sandboxes.parsed_source import parsed

__all__ = ["Adapted", "adapted"]

_SLOW = frozenset("comparing containers lazy generators fractions bytearray".split())
"""The texts of what Python itself has in C, or has no calls for."""
LONGEST = 100_000
"""Characters of a program that is looked into; a longer one is no answer, and runs as it is."""
LONGEST_CUT = 30_000
"""Characters of a program whose classes, generators and sets are written in other words."""
_ALWAYS = frozenset(("base", "written"))
_IN_HEAPS = {
    "heap[0] < item": "$lt(heap[0], item)",
    "best < here": "$lt(best, here)",
    "here < best": "$lt(here, best)",
    f"{PREFIX}sorted(": "$ranked(",
}
"""What compares two items of a heap, and in what words where these may be objects."""
_INPUT = re.compile(r"\b(?:input|EOFError|exit|quit)\b")


@dataclass(frozen=True, slots=True)
class Adapted:
    """A program as Monty gets it."""

    source: str
    prelude: str
    doubt: str = ""
    """What Monty may do otherwise than Python, so that what fails may be right."""
    is_slow: bool = False
    """Whether it is much slower so than in Python, so that one that takes too long may be right."""
    has_order: bool = False
    """Whether it may go through sets, which Monty keeps in another order."""


@RESPONSES.remember(entries=4_096)  # a script runs once for each of its tests
def adapted(program: str, is_given_sets: bool = False) -> Adapted:  # noqa: FBT001, FBT002 (a key)
    r"""A program as Monty is to run it; it may be given sets.

    Example:
        >>> adapted("import heapq\nh = []").source
        'heapq = _emulated_heapq\nh = []'
        >>> adapted("def f(x):\n    return list(set(x))").has_order
        True
        >>> adapted("class A:\n    def __ne__(self, other): return True").doubt
        'Monty calls no __ne__'
    """
    if len(program) > LONGEST:
        return Adapted(program, _prelude(_ALWAYS))
    try:
        tree = parsed(program)
        imports = rewrite_imports(tree, PREFIX)
        used, special, is_cut = imports.used, frozenset[str](), len(program) <= LONGEST_CUT
        if is_cut:
            tree, used, special = _with_objects(tree, used)
        nodes = tuple(ast.walk(tree))
        sets = set_names(nodes)
        doubt = imports.doubt or next(doubts(nodes, sets, special), "")
        if not is_cut:
            doubt = doubt or "Monty gets so long a program almost as it is"
        if "containers" in used:
            doubt = doubt or "Monty's subclasses of list and dict only hold one"
        has_order = False
        if is_cut and (is_given_sets or has_sets(nodes)):
            handing_out = Sets(bound_names(nodes), PREFIX)
            tree = handing_out.visit(tree)
            has_order = handing_out.found
            used |= {"base", "sets"} if has_order else set()
            nodes = tuple(ast.walk(tree))
        rewriting = Rewriting(nodes, is_cut=is_cut)
        if rewriting.is_lazy:
            used |= {"base", "generators", "lazy"}
        tree = rewriting.visit(tree)
        used |= rewriting.used
        source = ast.unparse(ast.fix_missing_locations(tree)) if used else program
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Adapted(program, _prelude(_ALWAYS))  # it is Monty's to say what is wrong with it
    if "sys" in used or _INPUT.search(program):
        used.add("input")
    prelude = _prelude(_ALWAYS | used)
    is_slow = not _SLOW.isdisjoint(used)
    return Adapted(source, prelude, doubt or rewriting.doubt, is_slow, has_order)


def _with_objects(tree: ast.Module, used: set[str]) -> tuple[ast.Module, set[str], frozenset[str]]:
    """A program whose objects are asked what Monty does not ask them, and the methods that are."""
    objects = rewrite_classes(tree, PREFIX)
    special: frozenset[str] = frozenset()
    if objects is not None:
        tree, used, special = objects.tree, used | objects.used, objects.special
    nodes = list(ast.walk(tree))
    if "comparing" in used:
        special |= ORDERED
    if "fractions" in used:
        special |= {"__bool__"}
    if "bytearray" in used:
        special |= {"__len__", "__iadd__"}
    comparing = Comparing(special, bound_names(nodes), PREFIX)
    if comparing.is_needed:
        comparing.visit(tree)
        used |= {"base", "objects", "comparing"}
        used |= {"order"} if comparing.is_ordered else set()
        used |= {"truth"} if comparing.is_true else set()
    called = CALLED_BY_OBJECTS | called_by_comparing() if objects is not None else frozenset()
    return tree, used, called


@lru_cache(maxsize=64)
def _prelude(used: frozenset[str]) -> str:
    texts = {name: text for name, text in preludes().items() if name in used}
    if "comparing" in used and "heapq" in used:
        for native, ours in _IN_HEAPS.items():
            texts["heapq"] = texts["heapq"].replace(native, ours.replace("$", PREFIX))
    return "".join(texts.values())
