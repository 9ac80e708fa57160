"""What the package's own regular expressions are made of: bait for them, derived from each pattern.

Every compiled pattern is found where a module keeps it; for each thing that it repeats or offers
as an alternative there is a text that begins as the pattern does, goes on with many of that thing,
and ends as no match can. `fuzz.py` feeds these to the rewards.
"""

from __future__ import annotations

import contextlib
import dataclasses
import importlib
import itertools
import pkgutil
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import sre_parse  # the public name of re._parser on 3.10, and still there on 3.13

import regex

import grpo_rewards

__all__ = ["Bait", "Found", "bait", "found_patterns", "samples"]

AnyPattern = Any
"""A pattern of `re` or of `regex`: they share no type."""
UNENDING = ("\x00", "", "!")
"""What a text ends with that is to match nearly, and not quite."""
MOST_SAMPLES = 40
"""Samples of one construct: alternatives of alternatives multiply."""


@dataclass(frozen=True)
class Found:
    """A compiled pattern, and where it was found."""

    place: str
    pattern: AnyPattern
    lazily: bool = False
    """Whether it is kept as text: compiled when it is needed, or a part of others."""


@dataclass(frozen=True)
class Bait:
    """A beginning, what is repeated behind it, and an end."""

    before: str
    repeated: str
    after: str

    def text(self, length: int) -> str:
        """The bait with as many repetitions as make it about so long."""
        return self.before + self.repeated * max(length // len(self.repeated), 1) + self.after


def found_patterns() -> list[Found]:
    """The patterns that the package's modules keep, in tables and objects as well."""
    from grpo_rewards.answers.notation import normalize

    found: dict[tuple[str, int], Found] = {}
    for module in pkgutil.walk_packages(grpo_rewards.__path__, "grpo_rewards."):
        if module.name.endswith("__main__"):
            continue
        try:
            loaded = importlib.import_module(module.name)
        except ImportError:  # of an extra that is not installed
            continue
        for name, value in list(vars(loaded).items()):
            for pattern in _patterns_in(value, depth=4):
                found.setdefault(
                    (pattern.pattern, pattern.flags), Found(f"{module.name}.{name}", pattern)
                )
            if isinstance(value, str) and name.startswith("_") and "(?" in value:
                # A pattern that is compiled when the first text needs it.
                for pattern in _compiled(value):
                    found.setdefault(
                        (pattern.pattern, pattern.flags),
                        Found(f"{module.name}.{name}", pattern, lazily=True),
                    )
    for rule in normalize._rules(latex=True):
        found.setdefault(
            (rule[0].pattern, rule[0].flags),
            Found("grpo_rewards.answers.notation.normalize._rules", rule[0]),
        )
    return list(found.values())


def _compiled(source: str) -> Iterator[AnyPattern]:
    try:
        yield regex.compile(source, regex.IGNORECASE | regex.MULTILINE)
    except regex.error:  # a part of a pattern
        return


def _patterns_in(value: object, depth: int) -> Iterator[AnyPattern]:
    if isinstance(value, re.Pattern | regex.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth and isinstance(value, Mapping):
        for each in value.values():
            yield from _patterns_in(each, depth - 1)
    elif depth and isinstance(value, tuple | list | frozenset | set):
        for each in value:
            yield from _patterns_in(each, depth - 1)
    elif depth and dataclasses.is_dataclass(value) and not isinstance(value, type):
        for option in dataclasses.fields(value):
            yield from _patterns_in(getattr(value, option.name, None), depth - 1)


def bait(pattern: AnyPattern) -> list[Bait]:
    """Texts for everything that a pattern repeats or offers; short runs of its own pieces at least."""
    tree = _parsed(pattern)
    if tree is None:
        return [Bait("", piece, "\x00") for piece in _pieces(pattern.pattern)]
    found: dict[Bait, None] = {}
    for before, repeated in _repetitions(tree, [""]):
        for after in UNENDING:
            found[Bait(before, repeated, after)] = None
    for repeated in (" ", "a", "1", "\n", " \n", "\\", "{", *samples(tree)):
        if repeated:
            found[Bait("", repeated, "\x00")] = None
    return list(found)


def _parsed(pattern: AnyPattern) -> Any:
    """The parsed pattern; ``None`` where `regex` writes what `re` cannot read."""
    source = re.sub(r"(?<=[*+?}])\+", "", pattern.pattern)  # possessive: the same texts match
    source = source.replace("(?>", "(?:")
    # In `regex` two groups may have one name, and a class may be one of Unicode's.
    simpler = re.sub(
        r"\[(\^?)(?:\\p\{\w+\})+", r"[\1✓", re.sub(r"\(\?P?<(?![=!])\w+>", "(?:", source)
    )
    flags = pattern.flags & (re.IGNORECASE | re.MULTILINE | re.DOTALL | re.VERBOSE)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for text in (source, simpler):
            with contextlib.suppress(re.error, RecursionError):
                return sre_parse.parse(text, flags)
    return None


def _pieces(source: str) -> list[str]:
    """The literal runs of a pattern that could not be parsed."""
    return [piece for piece in dict.fromkeys(re.split(r"[\\()\[\]{}|*+?^$.]+", source)) if piece]


def samples(tree: Any) -> list[str]:
    """Short texts that a parsed pattern matches, one for each alternative, more or less."""
    texts = [""]
    for operation, argument in tree:
        choices = _choices(str(operation), argument)
        texts = [
            first + second
            for first, second in itertools.islice(itertools.product(texts, choices), MOST_SAMPLES)
        ]
    return texts


def _choices(operation: str, argument: Any) -> list[str]:
    if operation == "LITERAL":
        return [chr(argument)]
    if operation in ("ANY", "NOT_LITERAL"):
        return ["x"]
    if operation == "IN":
        return _of_class(argument)
    if operation == "BRANCH":
        return _limited(text for branch in argument[1] for text in samples(branch))
    if operation in ("SUBPATTERN", "ATOMIC_GROUP"):
        return samples(argument[-1] if operation == "SUBPATTERN" else argument)
    if operation in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, most, body = argument
        few = max(least, 1) if most else 0
        return _limited(text * few for text in samples(body))
    return [""]  # a place, a look around, a reference back


def _of_class(items: Any) -> list[str]:
    found = []
    for operation, argument in items:
        kind = str(operation)
        if kind == "NEGATE":
            return ["x", " ", "1", ","]
        if kind == "LITERAL":
            found.append(chr(argument))
        elif kind == "RANGE":
            found.append(chr(argument[0]))
        elif kind == "CATEGORY":
            name = str(argument)
            found += ["1"] if "DIGIT" in name else [" "] if "SPACE" in name else ["a"]
    return _limited(found)


def _limited(texts: Iterable[str]) -> list[str]:
    return list(itertools.islice(dict.fromkeys(texts), MOST_SAMPLES)) or [""]


def _repetitions(tree: Any, before: list[str]) -> Iterator[tuple[str, str]]:
    """Each repetition in a parsed pattern: a beginning that leads to it, and what it repeats."""
    start = before[0]
    for operation, argument in tree:
        kind = str(operation)
        if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            for text in samples(argument[2])[:6]:
                if text:
                    yield start, text
            yield from _repetitions(argument[2], [start])
        elif kind == "BRANCH":
            for branch in argument[1]:
                yield from _repetitions(branch, [start])
        elif kind == "SUBPATTERN":
            yield from _repetitions(argument[-1], [start])
        elif kind in ("ASSERT", "ASSERT_NOT"):
            yield from _repetitions(argument[1], [start])
        start += _choices(kind, argument)[0]
