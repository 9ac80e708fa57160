r"""Canonical text to syntax tree: the small grammar of final answers, LaTeX and plain spellings.

What a tree means as an answer is decided in `meaning`; how two are compared, in `equality` and
`identity`. Nothing here evaluates model text.
"""

from __future__ import annotations

import regex

from grpo_rewards.answers.arithmetic import RELATIONS, SET_OPERATIONS, Arithmetic
from grpo_rewards.answers.tokens import NotMath, tokenize
from grpo_rewards.answers.trees import Tree
from grpo_rewards.answers.units import reads_as_unit, scale_words

__all__ = ["parse"]

_CLOSING = {"(": ")", "[": "]", "\\{": "\\}", "{": "}", "\\langle": "\\rangle"}


def parse(text: str) -> Tree:
    r"""The tree of a canonical text.

    Raises:
        NotMath: The text is not of this grammar: it is words, or broken, or too deep or too long.

    Example:
        >>> parse("x+1")
        ('add', ('sym', 'x'), ('num', Fraction(1, 1), 0))
    """
    return _Parser(tokenize(text)).answer()


class _Parser(Arithmetic):
    """The loosest rules of the grammar: lists, relations, sets, brackets and matrices."""

    # Lists and relations ----------------------------------------------------------------------

    def answer(self) -> Tree:
        tree = self.items(closing=None)
        if self.next.kind != "end":
            raise NotMath(f"{self.next.text!r} is out of place")
        return tree

    def items(self, closing: str | None) -> Tree:
        """Items joined by commas, semicolons, "and", "or"; one item is itself."""
        found = [self.chain()]
        joints: set[str] = set()
        while True:
            token = self.next
            if token.kind == "joint" or self.at(",", ";", "&", "\\\\"):
                self.take()
                joints.add(token.text)
                while self.next.kind == "joint" or self.at(",", ";", "&", "\\\\"):
                    joints.add(self.take().text)
                if self.next.kind == "end" or (closing and self.at(closing)):
                    break
                found.append(self.chain())
            else:
                break
        if len(found) == 1:
            return found[0]
        joint = "or" if "or" in joints else "and" if "and" in joints else ","
        return ("list", joint, *found)

    def relation(self) -> str | None:
        token = self.next
        if token.kind in ("op", "cmd"):
            return RELATIONS.get(token.text)
        return None

    def chain(self) -> Tree:
        first = self.set_expression()
        links: list[tuple[str, Tree]] = []
        while (relation := self.relation()) is not None:
            self.take()
            links.append((relation, self.set_expression()))
        return ("chain", first, *links) if links else first

    def set_expression(self) -> Tree:
        tree = self.ratio()
        while True:
            token = self.next
            if token.kind == "cmd" and token.text in SET_OPERATIONS:
                name = SET_OPERATIONS[token.text]
            elif token.kind == "word" and token.text == "U" and tree[0] == "group":
                name = "cup"
            else:
                return tree
            self.take()
            tree = ("set", name, tree, self.ratio())

    def ratio(self) -> Tree:
        terms = [self.quantity()]
        while self.at(":"):
            self.take()
            terms.append(self.quantity())
        return ("ratio", *terms) if len(terms) > 1 else terms[0]

    def quantity(self) -> Tree:
        tree = self.sum()
        phrase = self.unit_phrase()
        if phrase and not reads_as_unit(scale_words(phrase)[0]):
            raise NotMath(f"{phrase!r} is not a unit")
        return ("unit", tree, phrase) if phrase else tree

    def unit_phrase(self) -> str:
        """The words of a unit after a value, such as ``square meters`` or ``ft/s^2``; or empty."""
        words: list[str] = []
        while True:
            token = self.next
            if token.kind in ("text", "unitword", "upright"):
                self.take()
                words.append(token.text)
            elif words and self.at("^"):
                self.take()
                words.append("^" + self.script_text())
            elif (
                words
                and self.at("/", "*")
                and self.ahead(1).kind in ("text", "unitword", "word", "upright")
            ):
                words.append(self.take().text)
                words.append(self.take().text)
            elif words and token.kind == "word":
                words.append(self.take().text)
            else:
                return " ".join(words)

    # Brackets ---------------------------------------------------------------------------------

    def bracketed(self, opening: str) -> Tree:
        if opening == "|":
            outer, self.in_bars = self.in_bars, True
            content = self.sum()
            self.expect("|")
            self.in_bars = outer
            return ("fn", "abs", content)
        if opening == "\\|":
            content = self.sum()
            self.expect("\\|")
            return ("app", "norm", content)
        if opening in ("\\lfloor", "\\lceil"):
            content = self.sum()
            self.expect("\\rfloor" if opening == "\\lfloor" else "\\rceil")
            return ("fn", "floor" if opening == "\\lfloor" else "ceil", content)
        if opening not in _CLOSING:
            raise NotMath(f"{opening!r} is out of place")
        items = self.bracket_items()
        closing = self.tokens[self.place - 1].text
        if opening == "(" and closing == ")" and len(items) == 1:
            return items[0] if items[0][0] != "num" else ("group", "(", ")", items[0])
        if opening == "{" and len(items) == 1:
            return items[0]
        if opening == "{":
            opening, closing = "\\{", "\\}"
        if opening == "\\{" and closing == "}":
            closing = "\\}"
        return ("group", opening, closing, *items)

    def bracket_items(self, closing: str | None = None) -> list[Tree]:
        """The items up to the closing bracket, which is taken; any bracket closes if none is named."""
        closers = (closing,) if closing else (")", "]", "\\}", "}", "\\rangle")
        self.deeper()
        outer, self.in_bars = self.in_bars, False
        items: list[Tree] = []
        while not self.at(*closers):
            items.append(self.chain())
            if self.at("|") or self.at_command("mid") or (self.at(":") and items):
                raise NotMath("set-builder notation is read elsewhere")
            if not (self.at(",", ";") or self.next.kind == "joint"):
                break
            self.take()
        if not self.accept(*closers):
            raise NotMath("a bracket never closes")
        self.in_bars = outer
        self.depth -= 1
        return items

    def environment(self, text: str) -> Tree:
        if not text.startswith("\\begin") or not regex.search(
            r"\{[bpvVB]?matrix\*?\}|\{array\}|\{smallmatrix\}", text
        ):
            raise NotMath(f"{text} is not covered")
        if "vmatrix" in text:
            raise NotMath("a determinant is not evaluated")
        rows: list[Tree] = []
        row: list[Tree] = []
        self.deeper()
        while True:
            if self.next.kind == "env" and self.next.text.startswith("\\end"):
                self.take()
                break
            if self.accept("\\\\"):
                rows.append(("row", *row))
                row = []
            elif self.accept("&"):
                continue
            elif self.next.kind == "end":
                raise NotMath("a matrix never ends")
            else:
                row.append(self.chain())
        self.depth -= 1
        if row:
            rows.append(("row", *row))
        return ("matrix", *rows)
