"""Finding the program in a response: the last fenced block in the wanted language."""

from __future__ import annotations

import regex

from grpo_rewards.extraction import Extracted

__all__ = ["LANGUAGES", "program_in"]

LANGUAGES = frozenset(("python", "python3", "py", "py3"))
"""What the first word after a fence may be, in any case, for its block to be a program."""

# As in CommonMark: three or more of a kind open a block, and as many or more of them close it.
_FENCE = regex.compile(
    r"^[ \t>]*+(?P<fence>`{3,}+|~{3,}+)[ \t]*+(?P<info>[^`\n]*+)$", regex.MULTILINE
)


def program_in(text: str) -> Extracted:
    r"""The program of a text: its last block marked as Python, else its last block without a mark.

    A block that does not end reaches to the end of the text. A text without any block is all
    program, if it is one (``why_not`` then says why it might not be); one whose blocks are all in
    other languages has none.

    Example:
        >>> program_in("First:\n```python\nx = 1\n```\nit prints\n```\n1\n```\n").answer
        'x = 1\n'
        >>> program_in("```cpp\nint x = 1;\n```").why_not
        'no fenced block is in Python'
        >>> program_in("print(1)").answer
        'print(1)'
    """
    if not text.strip():
        return Extracted(None, "the response is blank")
    blocks = _blocks(text)
    if not blocks:
        return Extracted(text, "there is no fenced block, and the whole text is no program")
    for wanted in (LANGUAGES, {""}):
        found = [content for language, content in blocks if language in wanted]
        if found:
            program = found[-1]
            return Extracted(program) if program.strip() else Extracted(None, "the block is blank")
    return Extracted(None, "no fenced block is in Python")


def _blocks(text: str) -> list[tuple[str, str]]:
    """The fenced blocks, each with its language in lower case."""
    blocks: list[tuple[str, str]] = []
    opened: regex.Match[str] | None = None
    for line in _FENCE.finditer(text):
        if opened is None:
            opened = line
        elif line["fence"].startswith(opened["fence"]) and not line["info"].strip():
            blocks.append(_block(opened, text, line.start()))
            opened = None
    if opened is not None:
        blocks.append(_block(opened, text, len(text)))
    return blocks


def _block(opened: regex.Match[str], text: str, end: int) -> tuple[str, str]:
    words = opened["info"].strip(" \t\r{}.").split()  # as in ```{.python}
    content = text[opened.end() + 1 : end]
    indent = opened.start("fence") - opened.start()
    if indent:  # in a list, say, where every line of the block is indented with it
        content = "".join(
            line[indent:] if not line[:indent].strip(" \t>") else line
            for line in content.splitlines(keepends=True)
        )
    return (words[0].lower() if words else ""), content
