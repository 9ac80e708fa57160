"""Tests of programs: reading them from a column, and telling by what came back which ones pass."""

from __future__ import annotations

import keyword
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import regex

from grpo_rewards.caches import RESPONSES
from grpo_rewards.errors import ColumnError, in_short
from grpo_rewards.programs.asserts import (
    Assertion,
    RaisesTest,
    assertion,
    names_in,
    read_assertions,
)
from grpo_rewards.programs.budgets import Budget, TooMuchError
from grpo_rewards.programs.foreign import DONE, lacking_for, require_tests, with_tests
from grpo_rewards.programs.layouts import PYTHON
from grpo_rewards.programs.nodes import NODES
from grpo_rewards.programs.results import same_text, same_value
from grpo_rewards.programs.rows import Listed, Pair, listed
from grpo_rewards.sandboxes.data import NotPlainError, plain, shown, source
from grpo_rewards.sandboxes.languages import LANGUAGES
from grpo_rewards.sandboxes.parsed_source import parsed
from grpo_rewards.sandboxes.protocol import Job, Result, Status

__all__ = [
    "CallTest",
    "JobTally",
    "Suite",
    "Tally",
    "function_name",
    "is_solution",
    "read_tests",
    "root_name",
]

_FUNCTION = regex.compile(r"(?P<name>[^\W\d]\w*)(?:\(\))?(?:\.[^\W\d]\w*(?:\(\))?)*")

_SOLUTION = regex.compile(r"^class Solution\b", regex.MULTILINE)


_ORDER = "order of a set, and this one shows"


@dataclass(frozen=True, slots=True)
class Tally:
    """How a program did: the tests that it passed, and the first that it did not."""

    passed: int
    total: int
    failure: str = ""


@dataclass(frozen=True, slots=True)
class JobTally:
    """What one run of a program says of the tests that it is for, without what it returned."""

    status: Status
    reason: str
    doubt: str
    place: int
    """The first of its tests among those of the row."""
    passed: int
    total: int
    printed: str | None = None
    """What a script printed, where a checker is to say whether that is right."""
    failed: int = 0
    """The first test of them that does not pass, counted from the first."""
    failure: str = ""


@dataclass(frozen=True, slots=True)
class CallTest:
    """A call of the program's function, and what it has to return."""

    calls: tuple[str, ...]
    expected: Any
    tolerance: float
    is_boxed: bool = False
    """Whether what is expected may stand in a list by itself, as APPS and its heirs write it."""

    def failure(self, values: Sequence[Any], budget: Budget) -> str:
        budget.spend(budget.measure(values[0]))
        if same_value(self.expected, values[0], self.tolerance):
            return ""
        if self.is_boxed and same_value(self.expected[0], values[0], self.tolerance):
            return ""
        return f"{self.calls[0]:.200} returned {shown(values[0])}, expected {shown(self.expected)}"


@dataclass(frozen=True, slots=True)
class ScriptTest:
    """What a script has to print, given its standard input."""

    stdin: str
    expected: str
    tolerance: float
    calls: tuple[str, ...] = ()

    def failure(self, values: Sequence[Any], budget: Budget) -> str:
        budget.spend(budget.measure(values[0]))
        if same_text(self.expected, values[0], self.tolerance):
            return ""
        return (
            f"for the input {shown(self.stdin)} it printed {shown(values[0])}, expected "
            f"{shown(self.expected)}"
        )


@dataclass(frozen=True, slots=True)
class CodeTest:
    """Code that is put behind a program in another language than Python, and ends well."""

    text: str
    calls: tuple[str, ...] = ()

    def failure(self, values: Sequence[Any], budget: Budget) -> str:
        budget.spend(budget.measure(values[0]))
        if values[0].rstrip().endswith(DONE):
            return ""
        return "the program left before its tests were through"


@dataclass(frozen=True)
class Suite:
    """The tests of one row."""

    tests: tuple[CallTest | ScriptTest | CodeTest | Assertion | RaisesTest, ...]
    rule: str
    """What kind of tests they are: ``assertions``, ``calls``, ``script``, ``code`` or
    ``reference``."""
    reference: Job | None = None
    """The run whose replies are expected, where a program gives them."""
    function: str = ""
    """The name that a program has to define; empty for a script."""
    allows_errors: bool = False
    """Whether functions count that a program defines before it ends with an error."""
    prelude: str = ""
    """What goes before a program, such as imports."""
    skipped: int = 0
    """Tests that could not be read, and were left out."""
    language: str = "python"
    """What the program is written in."""
    checker: str = ""
    """A program that says whether an output is right; empty where it has to be the expected one."""
    checker_language: str = "python"
    """What that one is written in."""
    imports: tuple[str, ...] | None = None
    """The modules that a program may import as it runs; ``None`` for all."""

    @property
    def is_script(self) -> bool:
        """Whether what the program prints is what counts."""
        return self.rule == "script"

    def jobs(self, program: str) -> list[Job]:
        """The runs that tell how a program does."""
        codes = [test for test in self.tests if isinstance(test, CodeTest)]
        if codes:
            return [
                Job(
                    program=with_tests(self.language, program, test.text, self.prelude),
                    language=self.language,
                )
                for test in codes
            ]
        is_method = self.rule == "calls" and is_solution(program, self.function)
        if self.prelude:
            program = f"{self.prelude}\n{program}"
        scripts = [test for test in self.tests if isinstance(test, ScriptTest)]
        if scripts:
            return [
                Job(program=program, stdin=test.stdin, language=self.language) for test in scripts
            ]
        calls = tuple(call for test in self.tests for call in test.calls)
        if is_method:
            calls = tuple(f"Solution().{call}" for call in calls)
        return [Job(program=program, calls=calls, imports=self.imports)]

    def checks(self, printed: Sequence[str | None]) -> list[Job]:
        """The runs of the checker, of what a program printed for each test that it ran to an end.

        As with testlib, its arguments are the input, the output and the answer, in files.
        """
        return [
            Job(
                program=self.checker,
                language=self.checker_language,
                arguments=(
                    ("input.txt", test.stdin),
                    ("output.txt", output),
                    ("answer.txt", test.expected),
                ),
            )
            for test, output in zip(self.tests, printed, strict=True)
            if isinstance(test, ScriptTest) and output is not None
        ]

    def judge(self, place: int, result: Result, expected: Result | None = None) -> JobTally:
        """What a run says: the one at this place among the `jobs` of a program.

        Args:
            place: The place of the run.
            result: What it came to.
            expected: What the run of the `reference` came to, where there is one.
        """
        tally = self._judge(place, result, expected)
        if result.other is None:
            return tally
        other = self._judge(place, result.other, expected)
        if (tally.passed, other.passed) == (tally.total, tally.total):
            return tally
        if tally.passed == other.passed == 0:
            return replace(tally, doubt=result.doubt or f"it has no {_ORDER}")
        return replace(tally, status="unsupported", reason=f"it has no {_ORDER}")

    def _judge(self, place: int, result: Result, expected: Result | None) -> JobTally:
        test = self.tests[place] if self.rule == "code" else None
        if isinstance(test, CodeTest):
            header = lacking_for(f"{self.prelude}\n{test.text}", result.reason)
            if header:
                result = replace(
                    result,
                    status="unsupported",
                    reason=f"the tests need {header}, which is not here",
                )
        if self.is_script or self.rule == "code":
            failures = [_script_failure(self.tests[place], result, is_checked=bool(self.checker))]
        elif result.status == "ran" and result.reason and not self.allows_errors:
            failures = [f"the program ended with {result.reason}"] * len(self.tests)
        else:
            failures = _call_failures(self.tests, result, expected)
        first = next((at for at, failure in enumerate(failures) if failure), 0)
        return JobTally(
            status=result.status,
            reason=result.reason,
            doubt=result.doubt,
            place=place,
            passed=sum(not failure for failure in failures),
            total=len(failures),
            printed=result.output if self.checker and not any(failures) else None,
            failed=place + first,
            failure=failures[first] if failures else "",
        )

    def tally(self, runs: Sequence[JobTally]) -> Tally:
        """How many tests pass, by what the runs say."""
        first = next((run for run in runs if run.failure), None)
        total = sum(run.total for run in runs)
        said = "" if first is None else f"test {first.failed + 1} of {total}: {first.failure}"
        return Tally(sum(run.passed for run in runs), total, said)


def is_solution(program: str, function: str) -> bool:
    """Whether a program has a function as a method of a class, as LeetCode asks for it."""
    return bool(
        _SOLUTION.search(program)
        and regex.search(rf"^[ \t]++(?:async )?def {function}\b", program, regex.MULTILINE)
        and not regex.search(rf"^(?:async )?def {function}\b", program, regex.MULTILINE)
    )


def _script_failure(test: Any, result: Result, *, is_checked: bool) -> str:
    if result.status != "ran":
        return f"the program was stopped: {result.reason}"
    if result.reason:
        return f"the program ended with {result.reason}"
    if is_checked:  # by the checker, afterwards
        return ""
    return _failure(test, [result.output], Budget())


def _failure(test: Any, values: Sequence[Any], budget: Budget) -> str:
    """Why a test fails by what a program returned; comparing takes its share of a budget."""
    try:
        failure: str = test.failure(values, budget)
    except TooMuchError as error:
        return f"what it returned cannot be compared: {error}"
    return failure


def _call_failures(tests: Sequence[Any], result: Result, expected: Result | None) -> list[str]:
    ended = "" if result.status == "ran" else f"the program was stopped: {result.reason}"
    failures, place, budget = [], 0, Budget()
    for test in tests:
        replies = result.replies[place : place + len(test.calls)]
        error = next((reply.error for reply in replies if reply.error), "")
        if error and isinstance(test, RaisesTest) and test.is_met(error):
            failures.append("")
        elif error:
            call = next(c for c, reply in zip(test.calls, replies, strict=False) if reply.error)
            ended_by = f" (the program ended with {result.reason})" if result.reason else ""
            failures.append(f"{call:.200} raised {error}{ended_by if not ended else ''}")
        elif len(replies) < len(test.calls):
            failures.append(ended or "no reply")
        else:
            judged = test
            if expected is not None:
                judged = CallTest(test.calls, expected.replies[place].value, test.tolerance)
            failures.append(_failure(judged, [reply.value for reply in replies], budget))
        place += len(test.calls)
    return failures


# Reading a column ----------------------------------------------------------------------------


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
            f"the tests {texts[0]!r:.80} are more than can be judged ({error}): write fewer, or "
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
            raise ColumnError(f"none of the {skipped} tests of a row can be read: {texts[0]!r:.80}")
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
        raise ColumnError(f"none of the {skipped} tests of a row can be read: {texts[0]!r:.80}")
    uses_nodes = any("_grpo_" in call for test in tests for call in test.calls)
    return Suite(
        tuple(tests),
        "assertions",
        function=root,
        prelude=NODES if uses_nodes else "",
        skipped=skipped,
    )
