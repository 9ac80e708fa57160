"""Run the `python` blocks of pages in the order they stand, and write what went wrong as JSON.

`test_docs.py` runs this file in a process of its own, because a block may import torch and trl.
A page's blocks share their names, with each other and with what its doctests import.

A block whose title begins with "Checked, not run" is not run (nor is one that begins with "Run in
the tests", which another test runs): its imports are, the names it uses have to come from somewhere
(or stand in the title, as what the reader brings), and every call whose function is known has to
fit that function's signature.
"""

from __future__ import annotations

import ast
import builtins
import doctest
import inspect
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FENCE = re.compile(r"^```([^\s`]+) *([^\n`]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NOT_RUN = ('title="Checked, not run', 'title="Run in the tests')


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    language: str
    info: str
    source: str
    line: int

    @property
    def is_run(self) -> bool:
        """Whether the block is run, not only checked."""
        return not self.info.startswith(NOT_RUN)


def blocks_of(page: Path) -> list[Block]:
    """The fenced blocks of a page."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(*found.groups(), line=text.count("\n", 0, found.start()) + 2)
        for found in FENCE.finditer(text)
    ]


def problems(page: Path) -> Iterator[str]:
    """What is wrong with the `python` blocks of a page."""
    names: dict[str, Any] = {"__name__": "__main__"}
    for block in blocks_of(page):
        where = f"{page.name}:{block.line}"
        try:
            if block.language == "pycon":
                run_imports(doctest_source(block.source), names)
            elif block.language == "python" and block.is_run:
                exec(compile(block.source, where, "exec"), names)  # noqa: S102 - our own page
            elif block.language == "python":
                run_imports(block.source, names)
                yield from (f"{where}: {problem}" for problem in misuses(block, names))
        except Exception as error:  # noqa: BLE001 - it is reported, whatever it is
            yield f"{where}: {type(error).__name__}: {error}"


def doctest_source(source: str) -> str:
    """What a doctest runs."""
    return "".join(example.source for example in doctest.DocTestParser().get_examples(source))


def run_imports(source: str, names: dict[str, Any]) -> None:
    """Run the imports of some code and nothing else."""
    imports = [
        node for node in ast.parse(source).body if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    module = ast.Module(body=list[ast.stmt](imports), type_ignores=[])
    exec(compile(module, "imports", "exec"), names)  # noqa: S102 - our own page


def misuses(block: Block, names: dict[str, Any]) -> Iterator[str]:
    """Names of a block that come from nowhere, and calls that their functions would refuse."""
    tree = ast.parse(block.source)
    used = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    stored = {node.id for node in used if isinstance(node.ctx, ast.Store)}
    stored |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    brought = set(re.findall(r"\w+", block.info))
    for node in used:
        if node.id not in names.keys() | stored | brought | vars(builtins).keys():
            yield f"nothing defines {node.id}, and the title does not say that the reader does"
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        function = known(call.func, names)
        if function is None:
            continue
        try:
            inspect.signature(function).bind_partial(
                *call.args, **{keyword.arg: None for keyword in call.keywords if keyword.arg}
            )
        except TypeError as error:
            yield f"{ast.unparse(call.func)}: {error}"


def known(function: ast.expr, names: dict[str, Any]) -> Any:
    """What a call calls, where that can be known without running anything."""
    if isinstance(function, ast.Name):
        return names.get(function.id)
    if isinstance(function, ast.Attribute):
        return getattr(known(function.value, names), function.attr, None)
    return None


if __name__ == "__main__":
    report, *pages = sys.argv[1:]
    found = {page: list(problems(Path(page))) for page in pages}
    Path(report).write_text(json.dumps(found), encoding="utf-8")
