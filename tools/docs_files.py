"""Fill the page on scoring a file with what its commands print: python tools/docs_files.py.

The page holds a block of commands and then a block of their output; `tests/test_cli_files.py`
compares the two on each run, and this writes the second anew.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from grpo_rewards.cli.commands import main

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "files.md"
SHOWN = re.compile(
    r"```console\n(?P<command>grpo-rewards [^\n]+)\n```\n\n```text\n(?P<output>.*?)```\n", re.DOTALL
)


def outputs(page: str) -> list[tuple[str, str, str]]:
    """Each command of the page, what the page says that it prints, and what it prints."""
    before = Path.cwd()
    found = []
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            prepare()
            for each in SHOWN.finditer(page):
                printed = io.StringIO()
                with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
                    main(shlex.split(each["command"])[1:])
                found.append((each["command"], each["output"], printed.getvalue()))
        finally:
            os.chdir(before)
    return found


def prepare() -> None:
    """Write the files that the page's commands read."""
    subprocess.run(
        [
            sys.executable,
            ROOT / "examples" / "completions.py",
            *("--problems", "500", "-o", "samples.jsonl"),
        ],
        check=True,
    )
    lines = Path("samples.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    Path("few.jsonl").write_text("".join(lines[:480]), encoding="utf-8")
    lines[3_111] = lines[3_111][:60] + "\n"
    Path("broken.jsonl").write_text("".join(lines), encoding="utf-8")


def rewrite() -> None:
    """Write the page with what its commands print."""
    page = PAGE.read_text(encoding="utf-8")
    printed = iter(outputs(page))

    def with_output(each: re.Match[str]) -> str:
        return f"```console\n{each['command']}\n```\n\n```text\n{next(printed)[2]}```\n"

    PAGE.write_text(SHOWN.sub(with_output, page), encoding="utf-8")


if __name__ == "__main__":
    rewrite()
