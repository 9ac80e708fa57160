"""What exploits are built from, and the honest attempt that they are measured by."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from grpo_rewards.responses.layouts import ResponseFormat
from grpo_rewards.testing.calls import write, write_answer

__all__ = ["REASONING", "Builder", "Named", "Scene"]

REASONING = (
    "Let me work through it step by step. I write down what is given, do the arithmetic, "
    "and check the result."
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What an exploit is built from."""

    format: ResponseFormat
    gold: str
    wrong: str
    other: str
    question: str

    @property
    def tags(self) -> tuple[str, str] | None:
        """The tags around the answer."""
        return self.format.answer if isinstance(self.format.answer, tuple) else None

    def honest(self, answer: str) -> str:
        """A well-formed response with this answer."""
        return write(self.format, REASONING, answer)

    def answer(self, answer: str) -> str:
        """The part of a response that gives this answer."""
        return write_answer(self.format, answer)


Named: TypeAlias = tuple[str, str]
"""A name, and the text of an answer or of a response."""
Builder: TypeAlias = Callable[[Scene], Iterator[Named]]
