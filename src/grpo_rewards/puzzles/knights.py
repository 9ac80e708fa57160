"""Knights, whose statements are true, and knaves, whose statements are false: who is what?

Any assignment that every statement agrees with is right, whether or not it is the only one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grpo_rewards.errors import ColumnError
from grpo_rewards.puzzles.formulas import Formula, from_lists, holds
from grpo_rewards.puzzles.reading import (
    Unreadable,
    field,
    names_field,
    optional_field,
    plain,
    sequence_field,
    shown,
    skipped,
    spotter,
)

__all__ = ["Knights", "check", "read"]

KIND = "knights_knaves"
FIELDS = ("names", "statements", "roles")
ROLES = ("knight", "knave")


@dataclass(frozen=True, slots=True)
class Knights:
    """The persons, who said what, and what the truthful and the lying are called."""

    names: tuple[str, ...]
    statements: tuple[tuple[str, Formula], ...]
    roles: tuple[str, str] = ROLES


def read(puzzle: Mapping[str, Any]) -> Knights:
    """The puzzle of a row."""
    said = field(KIND, puzzle, "statements")
    if isinstance(said, Mapping):
        said = {name: said[name] for name in said if said[name] is not None}
    else:
        said = sequence_field(KIND, "statements", said)
    given = optional_field(puzzle, "names")
    if given is None:
        if not isinstance(said, Mapping):
            field(KIND, puzzle, "names")
        given = list(said)
    names = names_field(KIND, "names", sequence_field(KIND, "names", given))
    pairs = (
        list(said.items()) if isinstance(said, Mapping) else list(zip(names, said, strict=False))
    )
    strangers = [name for name, _ in pairs if name not in names]
    if strangers or (not isinstance(said, Mapping) and len(said) > len(names)):
        who = strangers[0] if strangers else f"the speaker number {len(names) + 1}"
        raise ColumnError(f"{who!r} makes a statement, and is none of {', '.join(names)}")
    roles = names_field(KIND, "roles", optional_field(puzzle, "roles") or ROLES)
    if len(roles) != 2:
        raise ColumnError(
            f"roles={roles!r:.80} of a {KIND} puzzle: write the two words for who tells the truth "
            "and who lies, as in ['knight', 'knave']"
        )
    statements = tuple(
        (name, _statement(name, value, names)) for name, value in pairs if value not in (None, "")
    )
    return Knights(names, statements, (roles[0], roles[1]))


def _statement(name: str, value: Any, names: Sequence[str]) -> Formula:
    try:
        return from_lists(value, names)
    except Unreadable as why:
        raise ColumnError(
            f"the statement of {name}, {value!r:.80}, cannot be read: {why}; write a formula over "
            "the names, each for 'is a knight', as in 'not Bob or Carol', or nested lists, as in "
            "['or', ['knave', 'Bob'], ['knight', 'Carol']]"
        ) from why


def check(puzzle: Knights, answer: str) -> str | None:
    """The first rule that an answer breaks: everybody is one of the two, and says what fits.

    Example:
        >>> puzzle = read({"statements": {"Alice": "not Bob", "Bob": "not Alice and not Bob"}})
        >>> check(puzzle, "Alice is a knight, and Bob is a knave.")
        >>> check(puzzle, "knights: Alice, Bob")
        'Alice is a knight, but what Alice says is false'
        >>> check(puzzle, "Alice is a knight.")
        'the answer does not say what Bob is'
    """
    try:
        called = _assignment(puzzle, plain(answer))
    except Unreadable as why:
        return str(why)
    for name in puzzle.names:
        if name not in called:
            return f"the answer does not say what {name} is"
    for name, statement in puzzle.statements:
        truth = holds(statement, called)
        if truth != called[name]:
            role = puzzle.roles[0 if called[name] else 1]
            said = "true" if truth else "false"
            return f"{name} is {_article(role)} {role}, but what {name} says is {said}"
    return None


def _article(noun: str) -> str:
    return "an" if noun[0].lower() in "aeiou" else "a"


# Reading --------------------------------------------------------------------------------------

_PASSED_OVER = frozenset(
    "a an the is are was must be and both all so therefore thus hence while but whereas also "
    "answer final who".split()
)
_NOBODY = frozenset(["none", "nobody"])
_WORD = re.compile(r"\w+(?:-\w+)?")
_MARKS = re.compile(r"[\s.,;:{}\[\]()\"'*`|#>=/_&-]*")
_LIST_NUMBER = re.compile(r"(?m)^[ \t]*\(?\d{1,3}[.)]?[ \t]+|\(\d{1,3}\)")


def _assignment(puzzle: Knights, text: str) -> dict[str, bool]:
    """Whether the answer calls each person a knight."""
    names = {name.casefold(): name for name in puzzle.names}
    roles = {
        word: truthful
        for role, truthful in zip(puzzle.roles, (True, False), strict=True)
        for word in (role.casefold(), f"{role.casefold()}s")
    }
    found: dict[str, bool] = {}
    waiting: list[str] = []
    leading: bool | None = None
    negative = False
    for word in _words(text, puzzle.names):
        folded = word.casefold()
        is_name = word in puzzle.names or (folded in names and folded not in _PASSED_OVER)
        if is_name and negative:
            raise Unreadable(f"'not' stands in front of {word}")
        if is_name and leading is not None:
            _call(found, names[folded], puzzle.roles, truthful=leading)
        elif is_name:
            waiting.append(names[folded])
        elif folded in roles:
            truthful = roles[folded] ^ negative
            if waiting:
                for name in waiting:
                    _call(found, name, puzzle.roles, truthful=truthful)
            elif found and leading is None:
                raise Unreadable(f"the answer does not say who is {_article(folded)} {folded}")
            else:
                leading = truthful  # as in "Knights: Alice, Bob"
            waiting, negative = [], False
        elif folded == "not" and waiting:
            negative = True
        elif folded in _NOBODY and leading is not None:
            continue
        elif folded not in _PASSED_OVER:
            raise Unreadable(
                f"{shown(word)} is neither a person nor a role, so it is no plain list"
            )
    if waiting:
        raise Unreadable(f"the answer does not say what {waiting[0]} is")
    return found


def _words(text: str, names: tuple[str, ...]) -> list[str]:
    """The words of an answer; a person's name is one word."""
    text = _LIST_NUMBER.sub(" ", text)
    spot = spotter(names)
    found: list[str] = []
    end = skipped(_MARKS, text, 0)
    while end < len(text):
        match = spot.match(text, end) or _WORD.match(text, end)
        if match is None:
            raise Unreadable(f"{shown(text[end:])} is neither a person nor a role")
        found.append(" ".join(match[0].split()))
        end = skipped(_MARKS, text, match.end())
    return found


def _call(found: dict[str, bool], name: str, roles: tuple[str, str], *, truthful: bool) -> None:
    if found.setdefault(name, truthful) != truthful:
        raise Unreadable(f"{name} is called both {roles[0]} and {roles[1]}")
