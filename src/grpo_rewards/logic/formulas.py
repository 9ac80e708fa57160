"""Tokens to formulas: a parser by operator precedence, with stacks of its own.

It does not recurse, so that nesting is bounded by the length of the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from grpo_rewards.logic.symbols import NotFormula, Token, tokens

__all__ = ["PRECEDENCE", "Formula", "Step", "read_formula"]

Primitive: TypeAlias = Literal["not", "and", "or", "xor", "true", "false"]
Step: TypeAlias = int | Primitive
"""A variable, by its place among the names, or what to do with the values before it."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in postfix order: ``p -> q`` is p, q, not, and, not."""

    names: tuple[str, ...]
    steps: tuple[Step, ...]

    def renamed(self, names: dict[str, str]) -> Formula:
        """The formula with its variables named otherwise."""
        return Formula(tuple(names.get(name, name) for name in self.names), self.steps)


@dataclass(frozen=True, slots=True)
class _Rule:
    """How a connective binds, whether it chains (``p and q and r``), and what it is made of."""

    level: int
    chains: Literal["left", "right", "never"]
    steps: tuple[Primitive, ...]


_RULES = {
    "not": _Rule(8, "right", ("not",)),
    "==": _Rule(7, "never", ("xor", "not")),
    "!=": _Rule(7, "never", ("xor",)),
    "and": _Rule(6, "left", ("and",)),
    "nand": _Rule(6, "never", ("and", "not")),
    "xor": _Rule(5, "left", ("xor",)),
    "or": _Rule(4, "left", ("or",)),
    "nor": _Rule(4, "never", ("or", "not")),
    "but": _Rule(3, "left", ("and",)),
    "implies": _Rule(2, "right", ("not", "and", "not")),
    "if": _Rule(2, "never", ("not", "or")),
    "unless": _Rule(2, "never", ("or",)),
    "iff": _Rule(1, "left", ("xor", "not")),
}
PRECEDENCE = tuple(_RULES)
"""The connectives, the one that binds tightest first; some bind alike."""

_CALLED = ("and", "or", "xor", "nand", "nor", "implies", "iff")
"""Connectives that may be written as functions: ``Or(p, q, r)``."""
_MANY = ("and", "or", "xor")
"""Those of them that take more than two arguments."""
_PAIRS = ("both", "neither")
"""Words that open a group, which ends by itself."""

_OPENED = {")": "(", "]": "[", "}": "{"}


_Caret: TypeAlias = Literal["and", "xor"]
"""What ``^`` may mean."""

_BARS = re.compile(r"[|+]")
# Not, before a letter (XNOR in C is ~(p ^ q)), or or, as only logic writes them.
_LOGICAL = re.compile(
    r"[¬∨⋁]|\\(?:neg|lnot|lor|vee)(?![A-Za-z])|(?<![\w\\])[vV](?!\w)|(?:~|\\sim(?![a-z]))\s*[A-Za-z]"
)


def _caret_in(text: str, pieces: Sequence[Token]) -> _Caret:
    """What ``^`` means in a text.

    It stands for "and" among the signs of logic, where "and" has no other; elsewhere it is
    exclusive or, as in Python and C. The text alone decides, so that who writes ``p ^ q`` is not
    paid whichever was meant.
    """
    said = {token.text for token in pieces if token.kind == "connective"}
    if "and" in said or _BARS.search(text):
        return "xor"
    logical = said & {"implies", "iff", "if", "unless", "xor"} or _LOGICAL.search(text)
    return "and" if logical else "xor"


def read_formula(
    text: str, *, letters: frozenset[str] = frozenset(), products: bool = False
) -> Formula:
    """The formula that a text is; the text has been cleaned by `grpo_rewards.logic.symbols.plain`.

    Args:
        text: The formula, in any of the spellings that `CONNECTIVES` lists.
        letters: Variables of one letter that may make up a word, as ``AB`` for A and B.
        products: Whether they, and brackets, may also stand side by side: ``A B(C + D)``.

    Raises:
        NotFormula: It is none.

    Example:
        >>> read_formula("p -> q")
        Formula(names=('p', 'q'), steps=(0, 1, 'not', 'and', 'not'))
        >>> read_formula("if p then q") == read_formula("p implies q")
        True
    """
    pieces = tokens(text)
    return _Parser(letters, products=products, caret=_caret_in(text, pieces)).read(pieces)


@dataclass(slots=True)
class _Group:
    """What is open: a bracket, or a word that opens a group as a bracket does."""

    opened: str
    connective: str = ""
    """What commas stand for in ``Or(p, q)``, and what belongs to "both" and "neither"."""
    joined: int = 0
    """How often that was read."""


class _Parser:
    """Stacks of what is settled, of the connectives and brackets that wait, and of open groups."""

    def __init__(self, letters: frozenset[str], *, products: bool, caret: _Caret) -> None:
        self.letters = letters
        self.products = products
        self.caret = caret
        self.joins = False
        self.called = ""
        self.steps: list[Step] = []
        self.waiting: list[Token] = []
        self.groups: list[_Group] = []
        self.names: dict[str, int] = {}
        self.wants_operand = True

    def read(self, pieces: Iterable[Token]) -> Formula:
        for token in pieces:
            if self.called:
                self.open_call(token)
            elif self.wants_operand:
                self.operand(token)
            else:
                self.operator(token)
        if self.wants_operand:
            raise NotFormula("it ends where something should follow")
        self.end_pairs()
        self.settle(0)
        if self.groups:
            raise NotFormula(f"{self.groups[-1].opened!r} is never closed")
        return Formula(tuple(self.names), tuple(self.steps))

    # Operands -----------------------------------------------------------------------------------

    def operand(self, token: Token) -> None:
        if token.kind == "name":
            self.variables(token.text)
            self.wants_operand = False
        elif token.kind == "constant":
            self.steps.append("true" if token.text == "true" else "false")
            self.joins = self.wants_operand = False
        elif token.kind == "open":
            self.open(token.text)
        elif token.text == "not":
            self.waiting.append(token)
        elif token.text == "minus":
            self.waiting.append(Token("connective", "not"))
        elif token.text == "if" and token.kind == "word":
            self.open_if()
        elif token.text == "both":
            self.open("both", "and")
        elif token.text == "neither":
            self.waiting.append(Token("connective", "not"))
            self.open("neither", "nor")
        elif token.kind == "connective" and token.text in _CALLED:
            self.called = token.text
        else:
            raise NotFormula(f"{token.text!r} stands where a variable should")

    def variables(self, name: str) -> None:
        """A variable, or several of one letter side by side."""
        self.joins = set(name) <= self.letters
        names = list(name) if self.joins else [name]
        for place, each in enumerate(names):
            if place:
                self.connect(Token("connective", "and"))
            self.steps.append(self.names.setdefault(each, len(self.names)))

    # Groups -------------------------------------------------------------------------------------

    def open(self, opened: str, connective: str = "") -> None:
        self.groups.append(_Group(opened, connective))
        self.waiting.append(Token("open", opened))

    def open_if(self) -> None:
        """The "if" of "if p then q": a bracket, which its "then" closes."""
        last = self.waiting[-1] if self.waiting else None
        if last and last.kind == "connective" and _RULES[last.text].level > _RULES["if"].level:
            raise NotFormula("'if' needs brackets here")
        self.open("if")

    def open_call(self, token: Token) -> None:
        """The bracket of ``Or(p, q)``."""
        if token.kind != "open" or token.text == "{":
            raise NotFormula(f"{self.called!r} stands where a variable should")
        self.open(token.text, self.called)
        self.called = ""

    def comma(self) -> None:
        """What divides the arguments of ``Or(p, q)``."""
        self.end_pairs()
        self.settle(0)
        group = self.groups[-1] if self.groups else _Group("")
        if group.opened not in ("(", "[") or not group.connective:
            raise NotFormula("',' is no part of a formula")
        group.joined += 1
        if group.joined > 1 and group.connective not in _MANY:
            raise NotFormula(f"{group.connective!r} takes two arguments")
        self.waiting.append(Token("connective", group.connective))
        self.wants_operand = True

    def close(self, bracket: str) -> None:
        self.end_pairs()
        self.settle(0)
        if not self.groups or self.groups[-1].opened != bracket:
            raise NotFormula("a bracket is closed that is not open")
        group = self.groups.pop()
        if group.connective and not group.joined:
            raise NotFormula(f"{group.connective!r} takes two arguments")
        self.waiting.pop()
        self.joins = bool(self.letters)

    def end_pairs(self) -> None:
        """Close what "both" and "neither" have opened."""
        while self.groups and self.groups[-1].opened in _PAIRS:
            self.end_pair()

    def end_pair(self) -> None:
        group = self.groups.pop()
        if not group.joined:
            raise NotFormula(f"{group.opened!r} has no {group.connective!r}")
        self.settle(0)
        self.waiting.pop()

    def within_pair(self, connective: str) -> str:
        """A connective as it is meant where "both" or "neither" is open, which it may end."""
        while self.groups and self.groups[-1].opened in _PAIRS:
            group = self.groups[-1]
            if connective == group.connective and (group.opened != "both" or not group.joined):
                group.joined += 1
                return "or" if connective == "nor" else connective
            level = _RULES[connective].level
            if level > _RULES["and"].level:
                return connective
            if not group.joined or (group.opened == "neither" and level > _RULES["but"].level):
                raise NotFormula(f"{group.opened!r} needs brackets here")
            self.end_pair()
        return connective

    # Connectives --------------------------------------------------------------------------------

    def operator(self, token: Token) -> None:
        if token.kind == "connective" and token.text != "not":
            self.connect(token)
        elif token.kind == "close":
            self.close(_OPENED[token.text])
        elif token.text == "prime":
            self.steps.append("not")
        elif token.text == "caret":
            self.connect(Token("connective", self.caret))
        elif token.text == ",":
            self.comma()
        elif token.text == "then":
            self.close("if")
            self.connect(Token("connective", "implies"))
        elif token.text == "if":
            self.connect(Token("connective", "if"))
        elif token.kind == "name" and token.text in ("v", "V") and "v" not in self.letters:
            self.connect(Token("connective", "or"))
        elif self.may_join(token):
            self.connect(Token("connective", "and"))
            self.operand(token)
        else:
            raise NotFormula(f"{token.text!r} stands where a connective should")

    def may_join(self, token: Token) -> bool:
        """Whether what was read last and a token may stand side by side: ``A(B + C)``."""
        if token.kind == "name":
            fits = set(token.text) <= self.letters
        else:
            fits = token.kind == "open" or token.text == "not"
        return fits and self.joins and self.products

    def connect(self, token: Token) -> None:
        token = Token("connective", self.within_pair(token.text))
        rule = _RULES[token.text]
        self.settle(rule.level + 1)
        last = self.waiting[-1] if self.waiting else None
        if last and last.kind == "connective" and _RULES[last.text].level == rule.level:
            if {rule.chains, _RULES[last.text].chains} not in ({"left"}, {"right"}):
                raise NotFormula(f"{token.text!r} needs brackets here")
            if rule.chains == "left":
                self.settle(rule.level)
        self.waiting.append(token)
        self.wants_operand = True

    def settle(self, level: int) -> None:
        """Take the waiting connectives that bind this tight, up to an open bracket."""
        while self.waiting and self.waiting[-1].kind == "connective":
            rule = _RULES[self.waiting[-1].text]
            if rule.level < level:
                return
            self.steps += rule.steps
            self.waiting.pop()
