"""Tests of programs read from a column: assertions, pairs, scripts, and code in other languages."""

from __future__ import annotations

import keyword
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import regex

from grpo_rewards.caches import RESPONSES
from grpo_rewards.cells import is_missing
from grpo_rewards.errors import ColumnError, in_short
from grpo_rewards.programs.assertion_reading import read_assertions
from grpo_rewards.programs.asserts import Assertion, RaisesTest, assertion, names_in
from grpo_rewards.programs.budgets import Budget, TooMuchError
from grpo_rewards.programs.foreign import require_tests
from grpo_rewards.programs.nodes import NODES
from grpo_rewards.programs.published_layouts import PYTHON
from grpo_rewards.programs.suites import CallTest, CodeTest, ScriptTest, Suite
from grpo_rewards.programs.written_tests import Listed, Pair, listed
from grpo_rewards.sandboxes.compilers import LANGUAGES
from grpo_rewards.sandboxes.data import NotPlainError, plain, source
from grpo_rewards.sandboxes.parsed_source import parsed

__all__ = ["function_name", "read_tests", "root_name"]

_FUNCTION = regex.compile(r"(?P<name>[^\W\d]\w*)(?:\(\))?(?:\.[^\W\d]\w*(?:\(\))?)*")


def read_tests(
    tests: Any,
    *,
    function: str | Sequence[str] | None = None,
    tolerance: float = 1e-6,
    prelude: str = "",
    skip: bool = False,
    language: str = "python",
) -> Suite | None:
    """The tests that one row's value of a column stands for; ``None`` where there are none.

    Args:
        tests: A list of assertions, of ``{"input": ..., "output": ...}`` pairs, or a string that
            holds either (assertions, functions with assertions as of HumanEval, or JSON); or the
            inputs and outputs column by column, as of APPS; or any of these in a layout that a
            dataset is published in.
        function: What the tests are about: the name of a function, or a path to one, such as
            ``"Solution().add"``; by default the one that the tests name. Pairs without one are a
            script's.
        tolerance: How far, relative or absolute, a float in a pair may be off.
        prelude: What goes before a program.
        skip: Whether tests that cannot be read are left out, and counted, while others can.
        language: What the programs are written in; others than Python are judged as scripts, or by
            code that is put behind them.

    Raises:
        ColumnError: They cannot be read, or not be judged outside a sandbox.

    Example:
        >>> read_tests(["assert add(2, 3) == 5"]).jobs("...")[0].calls
        ('add(2, 3)',)
        >>> read_tests([{"input": [2, 3], "output": 5}], function="add").jobs("...")[0].calls
        ('add(2, 3)',)
    """
    fences = LANGUAGES[language].fences
    found = listed(tests, skip=skip, languages=PYTHON if language == "python" else fences)
    function = function_name(function) or function_name(found.function)
    if language != "python" and (found.assertions or function):
        for text in found.assertions or ("",):
            require_tests(language, text)
        return Suite(
            tuple(map(CodeTest, found.assertions)),
            "code",
            prelude="\n".join(filter(None, (prelude, found.prelude))),
            language=language,
        )
    if found.assertions:
        suite = _from_assertions(found.assertions, function, skip)
    elif not found.pairs:
        return None
    else:
        suite = _from_pairs(found, function, tolerance, skip)
    if suite is None:
        return None
    if language != "python":
        return replace(suite, language=language)
    before = "\n".join(filter(None, (suite.prelude, _runnable(prelude), _runnable(found.prelude))))
    return replace(suite, prelude=before) if before != suite.prelude else suite


def _runnable(prelude: str) -> str:
    """What goes before a program, if it is a program itself: a signature alone is none."""
    if not prelude.strip():
        return ""
    try:
        parsed(prelude)
    except (SyntaxError, ValueError):
        return ""
    return prelude


def _from_pairs(found: Listed, function: str | None, tolerance: float, skip: bool) -> Suite:  # noqa: FBT001
    is_boxed = found.function is not None
    tests: list[CallTest | ScriptTest] = []
    skipped = found.skipped
    for pair in found.pairs:
        try:
            if function is None:
                tests.append(_script(pair, tolerance))
            else:
                tests.append(_call(pair, function, tolerance, is_boxed=is_boxed))
        except ColumnError:  # noqa: PERF203 (each test by itself)
            if not skip:
                raise
            skipped += 1
    if not tests:
        raise ColumnError(f"none of the {skipped} tests of a row can be read")
    rule = "script" if function is None else "calls"
    return Suite(tuple(tests), rule, function=root_name(function), skipped=skipped)


def function_name(name: Any) -> str | None:
    """The function that a row's value names; ``None`` where it names none."""
    if is_missing(name):
        return None
    if isinstance(name, str) and not name.strip():
        return None
    found = _FUNCTION.fullmatch(name) if isinstance(name, str) else None
    if not found or keyword.iskeyword(found["name"]):
        raise ColumnError(
            f"a function is named as the program has to name it, such as 'add' or "
            f"'Solution().add', not {in_short(name)}"
        )
    return str(name)


def _script(pair: Pair, tolerance: float) -> ScriptTest:
    given, output = (_lines(part) for part in (pair.given, pair.output))
    for part, value in (("input", given), ("output", output)):
        if not isinstance(value, str):
            raise ColumnError(
                f"the {part} of a test is {in_short(value)}: a script's are strings; if this is "
                "about a function, name it in a column 'entry_point'"
            )
    return ScriptTest(given, output, tolerance)


def _lines(part: Any) -> Any:
    """A script's input or output as text, which may come as a list of lines."""
    if isinstance(part, list) and all(isinstance(line, str) for line in part):
        return "\n".join(line.removesuffix("\n") for line in part)
    return part


def _call(pair: Pair, function: str, tolerance: float, *, is_boxed: bool) -> CallTest:
    given, output = pair.given, pair.output
    try:
        if isinstance(given, Mapping):
            arguments = [f"{name}={source(value)}" for name, value in given.items()]
            if not all(str(name).isidentifier() for name in given):
                raise ColumnError(f"the input {in_short(given)} names what is no argument")
        elif isinstance(given, Sequence) and not isinstance(given, str | bytes):
            arguments = [source(value) for value in given]
        else:
            raise ColumnError(
                f"the input of a test is {in_short(given)}: write the list of the function's "
                "arguments, such as [2, 3], or a mapping by their names"
            )
        call = f"{function}({', '.join(arguments)})"
        boxed = is_boxed and isinstance(output, list) and len(output) == 1
        return CallTest((call,), plain(output), tolerance, is_boxed=boxed)
    except NotPlainError as error:
        raise ColumnError(f"the test {in_short(given)} is no plain data: {error}") from error


def root_name(function: str | None) -> str:
    """The first name in what a function is called, which a program defines."""
    path = _FUNCTION.fullmatch(function or "")
    return path["name"] if path else ""


def _from_assertions(texts: tuple[str, ...], function: str | None, skip: bool) -> Suite | None:  # noqa: FBT001
    try:
        return _suite(texts, function, skip)
    except (TooMuchError, RecursionError) as error:
        raise ColumnError(
            f"the tests {in_short(texts[0])} are more than can be judged ({error}): write fewer, "
            "or "
            "shorter ones, or pairs of input and output"
        ) from error


@RESPONSES.remember(entries=1_024)  # the completions of a group share their tests
def _suite(texts: tuple[str, ...], function: str | None, skip: bool) -> Suite | None:  # noqa: FBT001
    budget = Budget()
    every = [read_assertions(text, function, budget, skip=skip) for text in texts]
    skipped = sum(each.skipped for each in every)
    read = [one for each in every for one in each.found]
    if not read:
        if skipped:
            raise ColumnError(
                f"none of the {skipped} tests of a row can be read: {in_short(texts[0])}"
            )
        return None
    function = function or function_name(next((e.function for e in every if e.function), None))
    root = root_name(function)
    names: set[str] = set()
    for expression, constants, alias in read:
        found = names_in(expression, constants)
        if alias and alias in found and alias != root:  # HumanEval's candidate
            if not function:
                raise ColumnError(
                    f"the tests are about {alias!r}, and what the program calls it is not said: "
                    "name the function in a column 'entry_point'"
                )
            found = found - {alias}
        names |= found
    if root:
        names.discard(root)
    if len(names) > (0 if root else 1) and not (skip and root):
        # A name of which it is not known that it is the function could be a helper that compares:
        # the program would define it, and let it agree to everything.
        raise ColumnError(
            f"the tests use {', '.join(sorted(names))}: tests may use one function of the "
            "program's, Python's own and math; compare what it returns with a value, and name it "
            "in a column 'entry_point'"
        )
    root = root or next(iter(names), "")
    tests: list[Assertion | RaisesTest] = []
    for expression, constants, alias in read:
        renamed = {alias: function} if function and alias else {}
        try:
            if not names_in(expression, constants) <= {root, alias}:
                skipped += 1
                continue
            tests.append(assertion(expression, constants, renamed, root, budget))
        except ColumnError:
            if not skip:
                raise
            skipped += 1
    if not tests:
        raise ColumnError(f"none of the {skipped} tests of a row can be read: {in_short(texts[0])}")
    uses_nodes = any("_grpo_" in call for test in tests for call in test.calls)
    return Suite(
        tuple(tests),
        "assertions",
        function=root,
        prelude=NODES if uses_nodes else "",
        skipped=skipped,
    )
