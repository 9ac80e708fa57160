"""Knights, whose statements are true, and knaves, whose statements are false: who is what?

Any assignment that every statement agrees with is right, whether or not it is the only one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grpo_rewards.errors import ColumnError, in_short
from grpo_rewards.puzzles.constraints import Formula, from_lists, holds
from grpo_rewards.puzzles.leads import without_table_head
from grpo_rewards.puzzles.solutions import (
    Unreadable,
    field,
    mapping_field,
    named,
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
FIELDS = ("names", "statements", "roles", "knight_knave")
ROLES = ("knight", "knave")


@dataclass(frozen=True, slots=True)
class Knights:
    """The persons, who said what, and what the truthful and the lying are called."""

    names: tuple[str, ...]
    statements: tuple[tuple[str, Formula], ...]
    roles: tuple[str, str] = ROLES


def read(puzzle: Mapping[str, Any]) -> Knights:
    """The puzzle of a row."""
    said = mapping_field(field(KIND, puzzle, "statements"))
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
    called = optional_field(puzzle, "roles")
    words = optional_field(puzzle, "knight_knave")
    if called is None and isinstance(words, Mapping) and {"knight", "knave"} <= set(words):
        # As the dataset of that name has it: with articles, and in more forms besides.
        called = [_ARTICLE.sub("", str(words[role])) for role in ("knight", "knave")]
    roles = names_field(
        KIND, "roles", ROLES if called is None else sequence_field(KIND, "roles", called)
    )
    if len(roles) != 2:
        raise ColumnError(
            f"roles={in_short(roles)} of a {KIND} puzzle: write the two words for who tells the "
            "truth and who lies, as in ['knight', 'knave']"
        )
    statements = tuple(
        (name, _statement(name, value, names)) for name, value in pairs if value not in (None, "")
    )
    return Knights(names, statements, (roles[0], roles[1]))


_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)


def _statement(name: str, value: Any, names: Sequence[str]) -> Formula:
    try:
        return from_lists(value, names)
    except Unreadable as why:
        raise ColumnError(
            f"the statement of {name}, {in_short(value)}, cannot be read: {why}; write a formula "
            "over the names, each for 'is a knight', as in 'not Bob or Carol', or nested lists, as "
            "in ['or', ['knave', 'Bob'], ['knight', 'Carol']]"
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
    "a an the must be and both all so therefore thus hence while whereas but also that indeed only "
    "answer final who always tells tell telling teller tellers name person role type identity "
    "conclusion in".split()
)
_COPULAS = frozenset("is are was were s".split())
_NOBODY = frozenset(["none", "nobody"])
# What the two are called whatever the row calls them.
_TRUTHFUL = ("truth", "truthful", "truth-teller", "truthteller", "truth-tellers", "truthtellers")
_LYING = ("liar", "liars", "lies", "lying", "lie")
_WORD = re.compile(r"\w+(?:[-']\w+)?")
_MARKS = re.compile(r"(?:[\s.,;:{}\[\]()\"'*`|#>=/_&-]|(?<=\w)!(?=[\s*]|$)|\\\\)*")
_LIST_NUMBER = re.compile(r"(?m)^[ \t]*\(?\d{1,3}[.)]?[ \t]+|\(\d{1,3}\)")


def _assignment(puzzle: Knights, text: str) -> dict[str, bool]:
    """Whether the answer calls each person a knight."""
    roll = _Roll(puzzle)
    for word in _words(without_table_head(text), puzzle.names):
        roll.take(word)
    if roll.waiting or roll.negative:
        what = f"what {roll.waiting[0]} is" if roll.waiting else "what is denied at its end"
        raise Unreadable(f"the answer does not say {what}")
    return roll.found


class _Roll:
    """Who is called what, word by word."""

    def __init__(self, puzzle: Knights) -> None:
        self.puzzle = puzzle
        self.spot = spotter(puzzle.names)
        self.roles = dict.fromkeys(_TRUTHFUL, True) | dict.fromkeys(_LYING, False)
        self.roles |= {"true": True, "false": False}  # of a JSON object
        for role, truthful in zip(puzzle.roles, (True, False), strict=True):
            self.roles |= {f"{role.casefold()}{plural}": truthful for plural in ("", "s", "es")}
        self.found: dict[str, bool] = {}
        self.waiting: list[str] = []
        self.leading: bool | None = None
        """The role in front of those who have it: "Knights: Alice, Bob"."""
        self.said: bool | None = None
        """The role behind those who have it."""
        self.negative = False
        self.after_name = False

    def take(self, word: str) -> None:
        folded = word.casefold()
        is_name = word in self.puzzle.names or (
            folded not in _PASSED_OVER and self.spot.fullmatch(word) is not None
        )
        if is_name:
            self.name(named(word, self.puzzle.names))
        elif folded in self.roles:
            self.role(folded, truthful=self.roles[folded] ^ self.negative)
        elif folded == "not" or folded.endswith("n't"):
            if self.negative or not (self.waiting or self.said is not None):
                raise Unreadable(f"it is not clear what {word!r} denies")
            self.negative = True
        elif folded in _COPULAS:
            if self.leading is not None and self.after_name:
                raise Unreadable("some are listed under a role, and of some a role is told")
        elif not (folded in _PASSED_OVER or (folded in _NOBODY and self.leading is not None)):
            raise Unreadable(
                f"{shown(word)} is neither a person nor a role, so it is no plain list"
            )
        self.after_name = is_name

    def name(self, name: str) -> None:
        if self.negative:
            raise Unreadable(f"'not' stands in front of {name}")
        if self.leading is None:
            self.waiting.append(name)
        else:
            self.call(name, truthful=self.leading)

    def role(self, word: str, *, truthful: bool) -> None:
        if self.waiting:
            for name in self.waiting:
                self.call(name, truthful=truthful)
            self.said = truthful
        elif self.leading is not None or not self.found:
            self.leading = truthful
        elif truthful != self.said:  # and not as in "Alice is a knight, not a knave"
            raise Unreadable(f"the answer does not say who is {_article(word)} {word}")
        self.waiting, self.negative = [], False

    def call(self, name: str, *, truthful: bool) -> None:
        if self.found.setdefault(name, truthful) != truthful:
            raise Unreadable(f"{name} is called both {' and '.join(self.puzzle.roles)}")


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
