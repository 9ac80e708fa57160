"""Tokens to formulas: a parser by operator precedence, with stacks of its own.

It does not recurse, so that nesting is bounded by the length of the text alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from grpo_rewards.logic.tokens import NotFormula, Token, tokens

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
    "not": _Rule(7, "right", ("not",)),
    "==": _Rule(6, "never", ("xor", "not")),
    "!=": _Rule(6, "never", ("xor",)),
    "and": _Rule(5, "left", ("and",)),
    "nand": _Rule(5, "never", ("and", "not")),
    "xor": _Rule(4, "left", ("xor",)),
    "or": _Rule(3, "left", ("or",)),
    "nor": _Rule(3, "never", ("or", "not")),
    "implies": _Rule(2, "right", ("not", "and", "not")),
    "if": _Rule(2, "never", ("not", "or")),
    "iff": _Rule(1, "left", ("xor", "not")),
}
PRECEDENCE = tuple(_RULES)
"""The connectives, the one that binds tightest first; some bind alike."""

_OPENED = {")": "(", "]": "[", "}": "{"}


def read_formula(
    text: str, *, letters: frozenset[str] = frozenset(), products: bool = False
) -> Formula:
    """The formula that a text is; the text has been cleaned by `grpo_rewards.logic.tokens.plain`.

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
    parser = _Parser(letters, products=products, caret="xor")
    formula = parser.read(pieces)
    if parser.saw_v and Token("word", "caret") in pieces:
        # Who writes v for "or" writes ^ for "and".
        formula = _Parser(letters, products=products, caret="and").read(pieces)
    return formula


class _Parser:
    """Two stacks: the steps that are settled, and the connectives and brackets that wait."""

    def __init__(self, letters: frozenset[str], *, products: bool, caret: str) -> None:
        self.letters = letters
        self.products = products
        self.caret = caret
        self.saw_v = False
        self.joins = False
        self.steps: list[Step] = []
        self.waiting: list[Token] = []
        self.names: dict[str, int] = {}
        self.wants_operand = True

    def read(self, pieces: Iterable[Token]) -> Formula:
        for token in pieces:
            if self.wants_operand:
                self.operand(token)
            else:
                self.operator(token)
        if self.wants_operand:
            raise NotFormula("it ends where something should follow")
        self.settle(0)
        if self.waiting:
            raise NotFormula(f"{self.waiting[-1].text!r} is never closed")
        return Formula(tuple(self.names), tuple(self.steps))

    def operand(self, token: Token) -> None:
        if token.kind == "name":
            self.variables(token.text)
        elif token.kind == "constant":
            self.steps.append("true" if token.text == "true" else "false")
            self.joins = False
        elif token.kind == "open" or token.text == "not":
            self.waiting.append(token)
            return
        elif token.text == "minus":
            self.waiting.append(Token("connective", "not"))
            return
        elif token.text == "if" and token.kind == "word":
            self.open_if()
            return
        else:
            raise NotFormula(f"{token.text!r} stands where a variable should")
        self.wants_operand = False

    def open_if(self) -> None:
        """The "if" of "if p then q": a bracket, which its "then" closes."""
        last = self.waiting[-1] if self.waiting else None
        if last and last.kind == "connective" and _RULES[last.text].level > _RULES["if"].level:
            raise NotFormula("'if' needs brackets here")
        self.waiting.append(Token("open", "if"))

    def operator(self, token: Token) -> None:
        if token.kind == "connective" and token.text != "not":
            self.connect(token)
        elif token.kind == "close":
            self.close(_OPENED[token.text])
        elif token.text == "prime":
            self.steps.append("not")
        elif token.text == "caret":
            self.connect(Token("connective", self.caret))
        elif token.text == "then":
            self.close("if")
            self.connect(Token("connective", "implies"))
        elif token.text == "if":
            self.connect(Token("connective", "if"))
        elif token.kind == "name" and token.text in ("v", "V") and "v" not in self.letters:
            self.saw_v = True
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

    def variables(self, name: str) -> None:
        """A variable, or several of one letter side by side."""
        self.joins = set(name) <= self.letters
        names = list(name) if self.joins else [name]
        for place, each in enumerate(names):
            if place:
                self.wants_operand = False
                self.connect(Token("connective", "and"))
            self.steps.append(self.names.setdefault(each, len(self.names)))

    def connect(self, token: Token) -> None:
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

    def close(self, bracket: str) -> None:
        self.settle(0)
        if not self.waiting or self.waiting.pop() != Token("open", bracket):
            raise NotFormula("a bracket is closed that is not open")
        self.joins = bool(self.letters)
