"""Finding the program in a response: the last fenced block that can be the one asked for."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from grpo_rewards.sandboxes.parsed_source import parsed

__all__ = ["LANGUAGES", "block_in", "program_in"]

LANGUAGES = frozenset(("python", "python3", "py", "py3"))
"""What the first word after a fence may be, in any case, for its block to be a program."""
_TEXT = frozenset(("markdown", "md"))

# As in CommonMark: three or more of a kind open a block, and as many or more of them close it,
# unless they are indented by four places.
_FENCE = regex.compile(
    r"^(?P<indent>[ \t>]*+)(?P<fence>`{3,}+|~{3,}+)[ \t]*+(?P<info>[^`\n]*+)$", regex.MULTILINE
)
_LANGUAGE = regex.compile(r"[\w+#-]++")
_SESSION = regex.compile(r"\s*+>>>")
_PRINTS = regex.compile(r"\b(?:print|write|writelines)\b")
_INDENTED = 4
LONGEST = 100_000
"""Characters of a program that is looked into."""
MOST_BLOCKS = 100
"""Blocks that are looked into; a response has fewer."""


@dataclass(frozen=True, slots=True)
class Found:
    """A program, or the reason why there is none."""

    answer: str | None
    why_not: str = ""


def block_in(text: str, languages: frozenset[str], name: str) -> Found:
    r"""The last block of a text that is marked as in one of some languages, or is not marked.

    Example:
        >>> block_in("```cpp\nint x;\n```\n```py\nx\n```", frozenset({"cpp"}), "cpp").answer
        'int x;\n'
    """
    if not text.strip():
        return Found(None, "the response is blank")
    blocks = _blocks(text)
    if not blocks:
        return Found(text, "there is no fenced block, and the whole text is no program")
    for wanted in (languages, {""}):
        found = [content for language, content in blocks if language in wanted and content.strip()]
        if found:
            return Found(found[-1])
    return Found(None, f"no fenced block is in {name}")


def program_in(text: str, *, function: str = "", asks_output: bool = False) -> Found:
    r"""The program of a text: its last block that is marked as Python, or else is not marked.

    Where a function is asked for, it is the last one that defines it, and where output is, the last
    one that prints: what comes after shows how to call it, or what to change. Names that such a
    block leaves undefined are looked for in the blocks before.

    A block that does not end reaches to the end of the text. A text without any block is all
    program, if it is one (``why_not`` then says why it might not be); one whose blocks are all in
    other languages has none.

    Args:
        text: The text.
        function: The name of what the program has to define.
        asks_output: Whether the program is a script, whose output counts.

    Example:
        >>> program_in("First:\n```python\nx = 1\n```\nit prints\n```\n1\n```\n").answer
        'x = 1\n'
        >>> program_in("```python\ndef f(): ...\n```\n```python\nf()\n```", function="f").answer
        'def f(): ...\n'
        >>> program_in("```cpp\nint x = 1;\n```").why_not
        'no fenced block is in Python'
        >>> program_in("print(1)").answer
        'print(1)'
    """
    if not text.strip():
        return Found(None, "the response is blank")
    blocks = _blocks(text)
    if not blocks:
        return Found(text, "there is no fenced block, and the whole text is no program")
    marked, unmarked = (
        [content for language, content in blocks if language in wanted and content.strip()]
        for wanted in (LANGUAGES, {""})
    )
    pools = [pool[-MOST_BLOCKS:] for pool in (marked, unmarked) if pool]
    if not pools:
        is_blank = any(language in {*LANGUAGES, ""} for language, _ in blocks)
        return Found(None, "the block is blank" if is_blank else "no fenced block is in Python")
    if function:
        for programs in pools:
            places = _defining(programs, regex.escape(function))
            if places:
                return Found(_completed(programs, places[-1]))
    programs = pools[0]
    places = [place for place, text in enumerate(programs) if _PRINTS.search(text)]
    if asks_output and places:
        # One line of a script, shown again, needs what is before it; the script does not.
        whole = [place for place in places if not _undefined(programs[place])]
        return Found(_completed(programs, (whole or places)[-1]))
    return Found(_completed(programs, len(programs) - 1))


def _defining(programs: Sequence[str], function: str) -> list[int]:
    """The programs that define a function; else those that have a method of that name."""
    for pattern in (
        rf"^(?:async )?(?:def|class) {function}\b|^{function}\s*[:=]",
        rf"^[ \t]++def {function}\b",  # in a class, as LeetCode asks for it
    ):
        search = regex.compile(pattern, regex.MULTILINE).search
        places = [place for place, text in enumerate(programs) if search(text)]
        if places:
            return places
    return []


def _completed(programs: Sequence[str], place: int) -> str:
    """One of some programs, after the definitions of those before that it leaves out."""
    program = programs[place]
    tree = _tree(program)
    if tree is None or not place:
        return program
    trees = [each for each in map(_tree, programs[:place]) if each is not None]
    statements = [statement for each in trees for statement in each.body]
    places: dict[str, list[int]] = {}
    for number, statement in enumerate(statements):
        for name in _defined(statement):
            places.setdefault(name, []).append(number)
    bound, used = _names(tree)
    needed: set[int] = set()
    open_names = used - bound
    while open_names:
        name = open_names.pop()
        for number in places.pop(name, ()):
            needed.add(number)
            more_bound, more_used = _names(statements[number])
            bound |= more_bound
            open_names |= more_used - bound
    try:
        return "\n".join((*(ast.unparse(statements[number]) for number in sorted(needed)), program))
    except RecursionError:  # of a statement that no person would write
        return program


def _undefined(program: str) -> set[str]:
    """The names that a program uses, and neither it nor Python defines."""
    tree = _tree(program)
    bound, used = _names(tree) if tree else (set(), {program})
    return used - bound


_BUILTINS = frozenset(dir(builtins))


def _names(tree: ast.AST) -> tuple[set[str], set[str]]:
    """The names that some code or Python defines, and those that it uses."""
    used: set[str] = set()
    bound: set[str] = set(_BUILTINS)
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                used.add(name)
            case ast.Name(id=name) | ast.arg(arg=name):
                bound.add(name)
            case ast.ImportFrom(names=[ast.alias(name="*")]):
                return bound, set()  # which may define any
            case ast.alias(name=name, asname=other):
                bound.add((other or name).partition(".")[0])
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                bound.add(name)
            case ast.ClassDef(name=name) | ast.ExceptHandler(name=str(name)):
                bound.add(name)
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                bound.add(name)
            case ast.MatchMapping(rest=str(name)):
                bound.add(name)
    return bound, used


def _defined(statement: ast.stmt) -> set[str]:
    """The names that a statement defines."""
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
            return {(each.asname or each.name).partition(".")[0] for each in aliases}
        case ast.Assign(targets=targets):
            return {target.id for target in targets if isinstance(target, ast.Name)}
    return set()


def _tree(program: str) -> ast.Module | None:
    if len(program) > LONGEST:
        return None
    try:
        return parsed(program)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _blocks(text: str, *, is_inner: bool = False) -> list[tuple[str, str]]:
    """The fenced blocks, each with its language in lower case; also those in one of Markdown."""
    blocks: list[tuple[str, str]] = []
    opened: regex.Match[str] | None = None
    for line in _FENCE.finditer(text):
        if opened is None:
            opened = line
            continue
        info = line["info"].strip()
        is_inside = len(line["indent"]) - len(opened["indent"]) >= _INDENTED
        if is_inside or not line["fence"].startswith(opened["fence"]):
            continue
        if info and _language(opened) not in LANGUAGES:
            continue
        # In a block of Python such a line with a text after it is no code, either.
        blocks += _block(opened, text, line.start(), is_inner=is_inner)
        opened = line if _LANGUAGE.fullmatch(info) else None
    if opened is not None:
        blocks += _block(opened, text, len(text), is_inner=is_inner)
    return blocks


def _language(opened: regex.Match[str]) -> str:
    """What the first word after a fence is, as in ``{.python}`` or ``python:main.py``."""
    found = _LANGUAGE.match(opened["info"].strip(" \t\r{}."))
    return found[0].lower() if found else ""


def _block(
    opened: regex.Match[str], text: str, end: int, *, is_inner: bool
) -> list[tuple[str, str]]:
    content = text[opened.end() + 1 : end]
    indent = len(opened["indent"])
    if indent:  # in a list, say, where every line of the block is indented with it
        content = "".join(
            line[indent:] if not line[:indent].strip(" \t>") else line
            for line in content.splitlines(keepends=True)
        )
    language = _language(opened)
    if language in _TEXT and not is_inner:
        return _blocks(content, is_inner=True)
    is_session = bool(_SESSION.match(content))
    return [("pycon" if is_session else language, content)]
