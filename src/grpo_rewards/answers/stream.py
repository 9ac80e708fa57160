"""The stream of tokens that the grammar reads."""

from __future__ import annotations

from grpo_rewards.answers.tokens import END, NotMath, Token

__all__ = ["Stream"]

MAX_DEPTH = 60
"""How deep brackets, fractions and scripts may nest."""

_SIGNS = frozenset(["+", "-", "pm", "mp"])


class Stream:
    """The tokens of an answer, and the place where reading has come to."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = [*tokens, END]
        self.place = 0
        self.depth = 0
        self.in_bars = False

    @property
    def next(self) -> Token:
        return self.tokens[self.place]

    def ahead(self, distance: int) -> Token:
        place = self.place + distance
        return self.tokens[place] if place < len(self.tokens) else END

    def take(self) -> Token:
        token = self.tokens[self.place]
        self.place += token is not END
        return token

    def at(self, *texts: str) -> bool:
        token = self.tokens[self.place]
        return token.kind == "op" and token.text in texts

    def at_command(self, *names: str) -> bool:
        token = self.tokens[self.place]
        return token.kind == "cmd" and token.text in names

    def at_sign(self) -> bool:
        token = self.tokens[self.place]
        return token.text in _SIGNS and token.kind in ("op", "cmd")

    def accept(self, *texts: str) -> bool:
        if self.at(*texts):
            self.place += 1
            return True
        return False

    def expect(self, text: str) -> None:
        if not self.accept(text):
            raise NotMath(f"expected {text!r}, found {self.next.text!r}")

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise NotMath("it is nested too deep")

    def script_text(self) -> str:
        if self.accept("{"):
            text = ""
            while not self.at("}"):
                if self.next.kind == "end":
                    raise NotMath("a script never closes")
                text += self.take().text
            self.take()
            return text
        sign = self.take().text if self.at("-") else ""
        return sign + self.take().text
