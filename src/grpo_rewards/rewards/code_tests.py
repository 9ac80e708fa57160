"""Tests of programs: reading them from a column, and telling by what came back which ones pass."""

from __future__ import annotations

import json
import keyword
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import regex

from grpo_rewards.errors import ColumnError
from grpo_rewards.rewards.code_asserts import Assertion, assertion, names_in, read_assertions
from grpo_rewards.rewards.code_compare import same_text, same_value
from grpo_rewards.sandboxes.base import Job, Result
from grpo_rewards.sandboxes.data import NotPlainError, plain, shown, source

__all__ = ["CallTest", "Suite", "Tally", "function_name", "read_tests"]

_FUNCTION = regex.compile(r"(?P<name>[^\W\d]\w*)(?:\(\))?(?:\.[^\W\d]\w*(?:\(\))?)*")


@dataclass(frozen=True, slots=True)
class Tally:
    """How a program did: the tests that it passed, and the first that it did not."""

    passed: int
    total: int
    failure: str = ""


@dataclass(frozen=True, slots=True)
class CallTest:
    """A call of the program's function, and what it has to return."""

    calls: tuple[str, ...]
    expected: Any
    tolerance: float

    def failure(self, values: Sequence[Any]) -> str:
        if same_value(self.expected, values[0], self.tolerance):
            return ""
        return f"{self.calls[0]:.200} returned {shown(values[0])}, expected {shown(self.expected)}"


@dataclass(frozen=True, slots=True)
class ScriptTest:
    """What a script has to print, given its standard input."""

    stdin: str
    expected: str
    tolerance: float
    calls: tuple[str, ...] = ()

    def failure(self, values: Sequence[Any]) -> str:
        if same_text(self.expected, values[0], self.tolerance):
            return ""
        return (
            f"for the input {shown(self.stdin)} it printed {shown(values[0])}, expected "
            f"{shown(self.expected)}"
        )


@dataclass(frozen=True)
class Suite:
    """The tests of one row."""

    tests: tuple[CallTest | ScriptTest | Assertion, ...]
    rule: str
    """What kind of tests they are: ``assertions``, ``calls``, ``script`` or ``reference``."""
    reference: Job | None = None
    """The run whose replies are expected, where a program gives them."""

    def jobs(self, program: str) -> list[Job]:
        """The runs that tell how a program does."""
        scripts = [test for test in self.tests if isinstance(test, ScriptTest)]
        if scripts:
            return [Job(program=program, stdin=test.stdin) for test in scripts]
        return [
            Job(program=program, calls=tuple(call for test in self.tests for call in test.calls))
        ]

    def tally(self, results: Sequence[Result], expected: Result | None = None) -> Tally:
        """How many tests pass, by what the runs came to."""
        if self.rule == "script":
            rows = [
                _script_failure(test, result)
                for test, result in zip(self.tests, results, strict=True)
            ]
        else:
            rows = _call_failures(self.tests, results[0], expected)
        first = next((place for place, failure in enumerate(rows) if failure), None)
        total = len(rows)
        said = "" if first is None else f"test {first + 1} of {total}: {rows[first]}"
        return Tally(sum(not failure for failure in rows), total, said)


def _script_failure(test: Any, result: Result) -> str:
    if result.status != "ran":
        return f"the program {result.reason}"
    if result.reason:
        return f"the program ended with {result.reason}"
    failure: str = test.failure([result.output])
    return failure


def _call_failures(tests: Sequence[Any], result: Result, expected: Result | None) -> list[str]:
    ended = "" if result.status == "ran" else f"the program was stopped: {result.reason}"
    failures, place = [], 0
    for test in tests:
        replies = result.replies[place : place + len(test.calls)]
        error = next((reply.error for reply in replies if reply.error), "")
        if error:
            call = next(c for c, reply in zip(test.calls, replies, strict=False) if reply.error)
            ended_by = f" (the program ended with {result.reason})" if result.reason else ""
            failures.append(f"{call:.200} raised {error}{ended_by if not ended else ''}")
        elif len(replies) < len(test.calls):
            failures.append(ended or "no reply")
        else:
            judged = test
            if expected is not None:
                judged = CallTest(test.calls, expected.replies[place].value, test.tolerance)
            failures.append(judged.failure([reply.value for reply in replies]))
        place += len(test.calls)
    return failures


# Reading a column ----------------------------------------------------------------------------


def read_tests(
    tests: Any, *, function: str | Sequence[str] | None = None, tolerance: float = 1e-6
) -> Suite | None:
    """The tests that one row's value of a column stands for; ``None`` where there are none.

    Args:
        tests: A list of assertions, of ``{"input": ..., "output": ...}`` pairs, or a string that
            holds either (assertions, one of HumanEval's ``check`` functions, or JSON).
        function: What the tests are about: the name of a function, or a path to one, such as
            ``"Solution().add"``. Pairs without one are a script's.
        tolerance: How far, relative or absolute, a float in a pair may be off.

    Raises:
        ColumnError: They cannot be read, or not be judged outside a sandbox.

    Example:
        >>> read_tests(["assert add(2, 3) == 5"]).jobs("...")[0].calls
        ('add(2, 3)',)
        >>> read_tests([{"input": [2, 3], "output": 5}], function="add").jobs("...")[0].calls
        ('add(2, 3)',)
    """
    function = function_name(function)
    if isinstance(tests, str):
        tests = _from_text(tests)
    if isinstance(tests, Mapping):  # as datasets stores a list of structures, column by column
        tests = _from_columns(tests)
    if tests is None or (isinstance(tests, float) and math.isnan(tests)):
        return None
    if not isinstance(tests, Sequence) or isinstance(tests, bytes):
        raise ColumnError(
            f"tests are a list of assertions or of pairs, not {tests!r:.80} "
            f"({type(tests).__name__})"
        )
    if not tests:
        return None
    if all(isinstance(test, str) for test in tests):
        return _from_assertions(tuple(test for test in tests if test.strip()), function)
    if all(isinstance(test, Mapping) and {"input", "output"} <= test.keys() for test in tests):
        if function is None:
            return Suite(tuple(_script(test, tolerance) for test in tests), "script")
        return Suite(tuple(_call(test, function, tolerance) for test in tests), "calls")
    raise ColumnError(
        f"tests are all assertions, such as 'assert f(2) == 4', or all pairs, such as "
        f"{{'input': [2], 'output': 4}}; found {tests!r:.100}"
    )


def function_name(name: Any) -> str | None:
    """The function that a row's value names; ``None`` where it names none."""
    if name is None or (isinstance(name, float) and math.isnan(name)):
        return None
    if isinstance(name, str) and not name.strip():
        return None
    found = _FUNCTION.fullmatch(name) if isinstance(name, str) else None
    if not found or keyword.iskeyword(found["name"]):
        raise ColumnError(
            f"a function is named as the program has to name it, such as 'add' or "
            f"'Solution().add', not {name!r:.80}"
        )
    return str(name)


def _from_text(text: str) -> Any:
    if text.lstrip()[:1] not in ("[", "{"):
        return [text] if text.strip() else None
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ColumnError(f"the tests {text!r:.80} are neither Python nor JSON: {error}") from error


def _from_columns(columns: Mapping[Any, Any]) -> Any:
    inputs, outputs = columns.get("input"), columns.get("output")
    if not isinstance(inputs, list) or not isinstance(outputs, list) or len(inputs) != len(outputs):
        raise ColumnError(
            f"tests are a list of assertions or of pairs, or {{'input': [...], 'output': [...]}} "
            f"of equal lengths, not {columns!r:.80}"
        )
    return [
        {"input": given, "output": output} for given, output in zip(inputs, outputs, strict=True)
    ]


def _script(test: Mapping[str, Any], tolerance: float) -> ScriptTest:
    for part in ("input", "output"):
        if not isinstance(test[part], str):
            raise ColumnError(
                f"the {part} of a test is {test[part]!r:.80}: a script's are strings; if this is "
                "about a function, name it in a column 'entry_point'"
            )
    return ScriptTest(test["input"], test["output"], tolerance)


def _call(test: Mapping[str, Any], function: str, tolerance: float) -> CallTest:
    given = test["input"]
    try:
        if isinstance(given, Mapping):
            arguments = [f"{name}={source(value)}" for name, value in given.items()]
            if not all(str(name).isidentifier() for name in given):
                raise ColumnError(f"the input {given!r:.80} names what is no argument")
        elif isinstance(given, Sequence) and not isinstance(given, str | bytes):
            arguments = [source(value) for value in given]
        else:
            raise ColumnError(
                f"the input of a test is {given!r:.80}: write the list of the function's "
                "arguments, such as [2, 3], or a mapping by their names"
            )
        return CallTest((f"{function}({', '.join(arguments)})",), plain(test["output"]), tolerance)
    except NotPlainError as error:
        raise ColumnError(f"the test {dict(test)!r:.80} is no plain data: {error}") from error


@lru_cache(maxsize=1_024)  # the completions of a group share their tests
def _from_assertions(texts: tuple[str, ...], function: str | None) -> Suite | None:
    read = [each for text in texts for each in read_assertions(text, function)]
    if not read:
        return None
    path = _FUNCTION.fullmatch(function or "")
    root = path["name"] if path else ""
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
    if len(names) > (0 if root else 1):
        # A name of which it is not known that it is the function could be a helper that compares:
        # the program would define it, and let it agree to everything.
        raise ColumnError(
            f"the tests use {', '.join(sorted(names))}: tests may use one function of the "
            "program's, Python's own and math; compare what it returns with a value, and name it "
            "in a column 'entry_point'"
        )
    root = root or next(iter(names), "")
    return Suite(
        tuple(
            assertion(
                expression,
                constants,
                {alias: function} if function and alias else {},
                root,
            )
            for expression, constants, alias in read
        ),
        "assertions",
    )
