"""Tests of programs: the runs that they ask for, and by what came back which ones pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import regex

from grpo_rewards.programs.asserts import Assertion, RaisesTest
from grpo_rewards.programs.budgets import Budget, TooMuchError
from grpo_rewards.programs.foreign import DONE, lacking_for, with_tests
from grpo_rewards.programs.results import same_text, same_value
from grpo_rewards.sandboxes.data import shown
from grpo_rewards.sandboxes.protocol import Job, Result, Status

__all__ = [
    "CallTest",
    "CodeTest",
    "JobTally",
    "ScriptTest",
    "Suite",
    "Tally",
    "is_solution",
]

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
