"""Which rows of the package's tables, and which alternatives of its patterns, does no test notice?

    python tools/mutate.py                              # 60 mutants, drawn from the whole package
    python tools/mutate.py answers wording --number 300 # of two rooms
    python tools/mutate.py logic/symbols.py --all       # every one of a module

A mutant is the package without one row of a table, one word of a list, or one alternative of a
pattern. The tests of its room run on each; a mutant that they pass survives, and is printed with
its place. Either a test is missing, or the row does nothing.
"""

from __future__ import annotations

import argparse
import ast
import itertools
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "grpo_rewards"
TIMEOUT = 300.0
"""Seconds for a mutant's tests; a mutant that takes longer counts as noticed."""

# The tests of a room, quick ones that go through the public door; the longest prefix counts.
TESTS = {
    "": "tests/answers tests/wording tests/test_formats.py tests/test_extraction.py",
    "answers": "tests/answers",
    "choices": "tests/test_rewards_choice.py tests/test_rewards_choice_options.py",
    "integrations": "tests -k reasoning_gym",
    "logic": "tests/test_rewards_logic.py tests/test_formulas.py",
    "programs": "tests/test_rewards_code.py tests/test_code_assertions.py "
    "tests/test_code_blocks.py tests/test_code_references.py tests/test_code_results.py",
    "puzzles": "tests -k puzzle",
    "responses": "tests/wording tests/test_formats.py tests/test_extraction.py",
    "rewards": "tests -k rewards",
    "sandboxes": "tests/sandboxes tests/test_rewards_code.py tests/test_code_hacks.py",
    "testing": "tests/testing",
    "wording": "tests/wording tests/testing/test_response_cases.py tests/test_extraction.py",
}
SLOW = "test_workers.py test_workers_launch.py test_against_math_verify.py test_training*.py"


@dataclass(frozen=True)
class Mutant:
    """A module without the text between two of its places."""

    file: Path
    start: int
    end: int

    def source(self) -> str:
        """The module's text as the mutant has it."""
        text = self.file.read_text()
        return text[: self.start] + text[self.end :]

    def is_python(self) -> bool:
        """Whether what is left can be compiled."""
        try:
            ast.parse(self.source())
        except SyntaxError:
            return False
        return True

    def __str__(self) -> str:
        text = self.file.read_text()
        line = text.count("\n", 0, self.start) + 1
        removed = " ".join(text[self.start : self.end].split())
        return f"{self.file.relative_to(ROOT)}:{line}: without {removed[:90]}"


def modules_of(parser: argparse.ArgumentParser, places: list[str]) -> list[Path]:
    """The modules of rooms, or of the whole package; a place that is none ends the program."""
    found = [PACKAGE / place for place in places] or [PACKAGE]
    for place in found:
        if not place.exists():
            name = place.relative_to(PACKAGE)
            parser.error(f"{name} is no room or module below {PACKAGE.relative_to(ROOT)}")
    return sorted(
        file for place in found for file in ([place] if place.is_file() else place.rglob("*.py"))
    )


def mutants_of(file: Path) -> Iterator[Mutant]:
    """Every mutant of a module, once: the pieces of an f-string all stand at its own place."""
    yield from dict.fromkeys(_mutants_of(file))


def _mutants_of(file: Path) -> Iterator[Mutant]:
    text = file.read_text()
    lines = [0]
    for line in text.splitlines(keepends=True):
        lines.append(lines[-1] + len(line.encode()))
    in_bytes = text.encode()

    def place(line: int, column: int) -> int:
        return len(in_bytes[: lines[line - 1] + column].decode())

    for statement in ast.parse(text).body:
        if not isinstance(statement, ast.Assign | ast.AnnAssign) or statement.value is None:
            continue
        if "__all__" in ast.unparse(statement)[:7]:
            continue
        rows = {  # whose cells are no rows themselves
            id(row)
            for node in ast.walk(statement.value)
            if isinstance(node, ast.Tuple | ast.List)
            for row in node.elts
            if isinstance(row, ast.Tuple)
        }
        for node in ast.walk(statement.value):
            if id(node) in rows:
                continue
            start = place(node.lineno, node.col_offset) if isinstance(node, ast.expr) else 0
            if isinstance(node, ast.Tuple | ast.List | ast.Set) and len(node.elts) > 1:
                spans = [
                    (place(e.lineno, e.col_offset), place(e.end_lineno or 0, e.end_col_offset or 0))
                    for e in node.elts
                ]
            elif isinstance(node, ast.Dict) and len(node.keys) > 1:
                spans = [
                    (
                        place((k or v).lineno, (k or v).col_offset) - 2 * (k is None),
                        place(v.end_lineno or 0, v.end_col_offset or 0),
                    )
                    for k, v in zip(node.keys, node.values, strict=True)
                ]
            elif isinstance(node, ast.Constant | ast.JoinedStr):
                if isinstance(node, ast.JoinedStr) or isinstance(node.value, str):
                    end = place(node.end_lineno or 0, node.end_col_offset or 0)
                    for first, last in parts_of(text[start:end]):
                        yield Mutant(file, start + first, start + last)
                continue
            else:
                continue
            for first, last in spans:
                comma = re.compile(r"\s*,").match(text, last)
                yield Mutant(file, first, comma.end() if comma else last)


def parts_of(literal: str) -> Iterator[tuple[int, int]]:
    """The words of a list in a string, or the alternatives of a pattern, each with its bar."""
    if literal.count("/") > 1 and "|" not in literal and "\\" not in literal and "<" not in literal:
        for word in re.finditer(r"[^/\"]+/|/[^/\"]+(?=\"$)", literal):  # of a row of the vocabulary
            yield word.start(), word.end()
        return
    if "|" not in literal:
        words = list(re.finditer(r"[\w'’-]+", literal))
        if len(words) > 3 and re.fullmatch(r"[bru]?\"[\w'’ -]+\"", literal):
            yield from ((word.start(), word.end()) for word in words)
        return
    stack: list[list[int]] = [[]]  # of each open group, where its alternatives are parted
    opened = [literal.find('"') + 1 or 1]
    place, in_class = opened[0], False
    while place < len(literal):
        sign = literal[place]
        if sign == "\\":
            place += 1
        elif in_class:
            in_class = sign != "]"
        elif sign == "[":
            in_class = True
        elif sign == "(":
            stack.append([])
            head = re.compile(r"\(\?(?:P?<\w+>|[:>=!]|<[=!]|\w+:|[\w-]*\))").match(literal, place)
            opened.append(head.end() if head else place + 1)
        elif sign == "|":
            stack[-1].append(place)
        elif sign == ")" and len(stack) > 1:
            yield from _alternatives(stack.pop(), opened.pop(), place)
        place += 1
    if len(stack) == 1:  # of the pattern itself
        yield from _alternatives(stack[0], opened[0], literal.rfind('"'))


def _alternatives(bars: list[int], start: int, end: int) -> Iterator[tuple[int, int]]:
    if not bars:
        return
    edges = [start - 1, *bars, end]
    for before, after in itertools.pairwise(edges):
        # Without its bar: the one before it, and of the first the one behind.
        yield (before + 1, after + 1) if before < start else (before, after)


def tests_of(file: Path) -> list[str]:
    """The tests that a module's mutants are tried on."""
    name = str(file.relative_to(PACKAGE))
    room = max((room for room in TESTS if name.startswith(room)), key=len)
    given = [
        each
        for each in TESTS[room].split()
        if "/" not in each or ROOT.joinpath(each).exists()  # an option, its value, or a test file
    ]
    return [*given, *(f"--ignore-glob=*{slow}" for slow in SLOW.split())]


def survives(mutant: Mutant, copy: Path) -> bool:
    """Whether the tests of its room pass on a mutant."""
    target = copy / mutant.file.relative_to(PACKAGE)
    original = target.read_text()
    target.write_text(mutant.source())
    environment = {**os.environ, "PYTHONPATH": str(copy.parent), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
    try:
        result = subprocess.run(
            [*command, *tests_of(mutant.file)],
            cwd=ROOT, env=environment, timeout=TIMEOUT, capture_output=True, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return False
    finally:
        target.write_text(original)
    return result.returncode == 0


def main() -> None:
    """Try mutants, and print the ones that survive."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("places", nargs="*", help="rooms or modules below src/grpo_rewards")
    parser.add_argument("--number", type=int, default=60, help="how many are drawn (60)")
    parser.add_argument("--all", action="store_true", help="try every one")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    files = modules_of(parser, options.places)
    found = [mutant for file in files for mutant in mutants_of(file) if mutant.is_python()]
    drawn = found
    if not options.all and len(found) > options.number:
        drawn = random.Random(options.seed).sample(found, options.number)
    print(f"{len(found)} mutants; trying {len(drawn)}", flush=True)
    survivors = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "src", "grpo_rewards")
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
        for mutant in drawn:
            if survives(mutant, copy):
                survivors += 1
                print(mutant, flush=True)
    print(f"{len(drawn) - survivors} of {len(drawn)} are noticed")
    sys.exit(bool(survivors))


if __name__ == "__main__":
    main()
