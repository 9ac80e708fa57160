"""Markup around an answer: boxes."""

from __future__ import annotations

from dataclasses import dataclass

import regex

__all__ = ["Box", "boxes", "rival_boxes"]


@dataclass(frozen=True, slots=True)
class Box:
    r"""One ``\boxed{...}`` or ``\fbox{...}`` that is not inside another: its place and content."""

    start: int
    end: int
    content: str


_BOX_TOKEN = regex.compile(
    r"(?P<box>\\[fd]?box(?:ed)?\s*\{)|(?P<bare>\\boxed[ \t]+(?P<value>[^\s{}$\\]*[^\s{}$\\.,;:]))"
    r"|\\.|(?P<open>\{)|(?P<close>\})",
    regex.DOTALL,
)


def boxes(text: str) -> list[Box]:
    r"""The outermost boxes of a text, in order; braces may nest, a box that never closes is none.

    Example:
        >>> [box.content for box in boxes(r"\boxed{1} so \boxed{\frac{1}{2}} and \fbox{3}")]
        ['1', '\\frac{1}{2}', '3']
    """
    # Of each box its start, its content's start and end, its end.
    found: list[tuple[int, int, int, int]] = []
    open_braces: list[tuple[int, int] | None] = []
    for token in _BOX_TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "box":
            open_braces.append((token.start(), token.end()))
        elif kind == "open":
            open_braces.append(None)
        elif kind == "bare":
            found.append((token.start(), *token.span("value"), token.end()))
        elif kind == "close" and open_braces:
            box = open_braces.pop()
            if box is not None:
                while found and found[-1][0] > box[0]:
                    found.pop()
                found.append((*box, token.start(), token.end()))
    return [Box(start, end, text[first:last].strip()) for start, first, last, end in found]


_BETWEEN_RIVALS = regex.compile(
    r"(?:[\s$,;:/|&()\[\]*]|\.(?!\.)|\\[,;:!()\[\]\\ ]|\\q?quad|\\(?:text|mathrm)\s*\{|\}"
    r"|\b(?:and|or|vs|versus|perhaps|maybe|possibly|alternatively|else|either)\b)*+",
    regex.IGNORECASE,
)


def rival_boxes(text: str, found: list[Box]) -> bool:
    r"""Whether beside the last box stand others of another content, as a hedge has them.

    Example:
        >>> text = r"\boxed{41} or \boxed{42}"
        >>> rival_boxes(text, boxes(text))
        True
    """
    for before, after in zip(found[-2::-1], found[::-1], strict=False):
        if not _BETWEEN_RIVALS.fullmatch(text, before.end, after.start):
            return False
        if before.content != found[-1].content:
            return True
    return False
