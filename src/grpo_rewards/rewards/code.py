"""The reward for code: the program in a response is run in a sandbox, and its tests decide."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from grpo_rewards.core.base import Batch, Outcome
from grpo_rewards.errors import ColumnError, OptionError, in_short
from grpo_rewards.programs.blocks import block_in, program_in
from grpo_rewards.programs.references import Inputs, callable_suite, program_suite
from grpo_rewards.programs.suite_reading import read_tests
from grpo_rewards.programs.suite_running import Runs, run_suites
from grpo_rewards.programs.suites import Suite, Tally
from grpo_rewards.requirements import (
    require_column,
    require_number,
    require_seconds,
    require_truth,
    require_whole,
)
from grpo_rewards.responses.layouts import FREEFORM, Response, ResponseFormat
from grpo_rewards.responses.parsing import split_reasoning, tag_places
from grpo_rewards.rewards.tiers import Answer, TieredReward
from grpo_rewards.sandboxes import AutoSandbox, Sandbox, SandboxWarning
from grpo_rewards.sandboxes.compilers import LANGUAGES, language_of
from grpo_rewards.sandboxes.fallback import require_sandbox
from grpo_rewards.sandboxes.parsed_source import why_not_python
from grpo_rewards.sandboxes.threads import on_own_stack

__all__ = ["CheckCode", "check_code"]

FUNCTION_COLUMN = "entry_point"
"""Where the name of the function is looked for when no column is named; it need not be there."""
DEFAULT_SANDBOX = AutoSandbox()
NO_TESTS = "the row has no tests"


@dataclass(frozen=True, kw_only=True, repr=False)
class CheckCode(TieredReward):
    r"""Pays a program by the share of its tests that it passes.

    The program is the last fenced block marked as Python outside the reasoning that defines the
    function asked for, or for a script prints; else the last block without a mark; else the whole
    text. It runs in a sandbox, which never sees an expected
    value: calls go in, what they return comes out as plain data, and is compared here. Programs
    that occur several times in a batch run once.

    Args:
        format: The layout that tells where the program is looked for: between the answer's tags,
            or, in a layout without them, anywhere after the reasoning.
        tests: The column with the tests. A row is a list of assertions (``"assert f(2) == 4"``),
            or of ``{"input": ..., "output": ...}`` pairs: of a function's arguments and what it
            returns, where the row names a function, else of a script's input and output.
        function: The column with the name of the function that tests are about; by default
            ``entry_point``, where there is one. Assertions that all call the same do without.
        reference: A function to compare with in place of tests, which the program has to define
            by the same name; or the column with the source of a program that defines one, which
            then runs in the sandbox, too.
        inputs: What makes the arguments of one call of the reference: a function that takes a
            ``random.Random`` and returns a tuple.
        cases: How many calls to make of a reference.
        tolerance: How far, relative or absolute, a number may be off where a pair or a reference
            expects a float. Assertions say themselves how exact they are.
        all_or_nothing: Whether a program is paid only when it passes every test.
        allow_errors: Whether a function counts that a program defines before it ends with an error
            of its own; as benchmarks have it, it does not.
        prelude: A column with what goes before a program, such as ``test_setup_code``, or a
            ``prompt`` with imports and helpers; what is no program is left out.
        skip_unread: Whether tests that cannot be read are left out, and counted in the reason,
            while others of the row can be read; else such a row raises.
        language: What programs are written in: ``python``, ``cpp``, ``c``, ``javascript``,
            ``java``, ``go`` or ``rust``. Others than Python run in a jail, with the compiler that
            is on the machine, and are judged by what they print, or (but for Go) by tests in
            their language that are put behind them.
        checker: A column with programs that say whether an output is right, where many are: as
            with testlib, their arguments are files with the input, the output and the answer, and
            their exit code is 0 where it is. They run in a jail; a row without one has none.
        checker_language: What those are written in.
        sandbox: Where programs run: `MontySandbox`, `JailSandbox`, or any other `Sandbox`; by
            default the first for what it can judge, and the second, where there is one, for
            the rest.
        deadline: Seconds that a batch may take in all; programs that have not run by then are not
            judged.
        correct: The score when every test passes; else its share of them.
        wrong: The score when none does.
        missing: The score of a response without a program.
        unsupported: The score of a program that the sandbox cannot run, or not judge; by default
            there is no opinion on it. Where no other sandbox takes these, ``wrong`` as here keeps
            a model from learning to write them.
        strict: As in `CheckAnswer`.
        name: The reward's ``__name__``.

    Returns:
        For a completion ``correct`` times the share of tests passed, or a tier; ``None``, with a
        `SandboxWarning`, where the sandbox failed, or (unless ``unsupported`` says otherwise)
        cannot run such a program; ``None`` where the row has no tests.

    Raises:
        OptionError: An option cannot work; on a call: the sandbox does not work on this machine.
        ColumnError: On a call: the tests' column is missing, or holds tests that cannot be judged
            outside of the sandbox.

    Not covered: tests of what a program prints from a function, and of how fast it is (a limit of
    the sandbox is the only bound). Tests in other languages than Python run beside the program,
    which could look for them, and not, as Python's, outside of the sandbox.

    Example:
        >>> response = "So:\n```python\ndef double(x):\n    return x + x\n```"
        >>> tests = ["assert double(2) == 4", "assert double('a') == 'b'"]
        >>> check_code([response, "I cannot."], tests=[tests, tests])
        [2.5, -4.5]
        >>> check_code.explain(response, tests=tests).reason
        "1 of 2 tests pass; test 2 of 2: double('a') returned 'aa', expected 'b'"
    """

    format: ResponseFormat = FREEFORM
    tests: str = "tests"
    function: str | None = None
    reference: Callable[..., Any] | str | None = None
    inputs: Inputs | None = None
    cases: int = 20
    tolerance: float = 1e-6
    all_or_nothing: bool = False
    allow_errors: bool = False
    prelude: str | None = None
    skip_unread: bool = False
    language: str = "python"
    checker: str | None = None
    checker_language: str = "python"
    sandbox: Sandbox = field(default=DEFAULT_SANDBOX)
    deadline: float = 60.0
    correct: float = 5.0
    wrong: float = -2.5
    missing: float = -4.5
    unsupported: float | None = None
    name: str = "check_code"

    _source_option: ClassVar[str] = "tests"

    @property
    def costs(self) -> bool:
        return True  # programs run

    @property
    def bounds(self) -> tuple[float, float]:
        scores = [*self._tiers().values(), 0.0]  # a share of correct may be as small as you like
        if self.unsupported is not None:
            scores.append(self.unsupported)
        return min(scores), max(scores)

    def __post_init__(self) -> None:
        super().__post_init__()
        for option in ("tests", "function", "prelude", "checker"):
            column = getattr(self, option)
            if column is None and option != "tests":
                continue
            require_column(option, column)
        for option in ("all_or_nothing", "allow_errors", "skip_unread"):
            require_truth(option, getattr(self, option))
        if not self.all_or_nothing and not self.wrong <= 0 < self.correct:
            raise OptionError(
                f"wrong={self.wrong!r}, correct={self.correct!r}: a share of the tests earns a "
                "share of correct, so write wrong <= 0 < correct, or all_or_nothing=True"
            )
        if self.unsupported is not None:
            require_number("unsupported", self.unsupported)
            if not self.unsupported < self.correct:
                raise OptionError(
                    f"unsupported={self.unsupported!r}, correct={self.correct!r}: a program that "
                    "did not run is worth less than one that is right, such as wrong, or None"
                )
        for option in ("language", "checker_language"):
            language_of(option, getattr(self, option))
        require_number("tolerance", self.tolerance)
        if self.tolerance < 0:
            raise OptionError(
                f"tolerance={in_short(self.tolerance)}: write a number that is not negative"
            )
        require_seconds("deadline", self.deadline)
        require_sandbox("sandbox", self.sandbox)
        self._validate_reference()

    def _validate_reference(self) -> None:
        if (self.reference is None) != (self.inputs is None):
            raise OptionError(
                "a reference needs inputs to be called with, and inputs a reference: write both, "
                "as in CheckCode(reference=math.gcd, inputs=two_numbers)"
            )
        self._validate_inputs()
        if isinstance(self.reference, str) and self.reference:
            return
        if self.reference is not None and not (
            callable(self.reference) and str(getattr(self.reference, "__name__", "")).isidentifier()
        ):
            raise OptionError(
                f"reference={in_short(self.reference)}: write a function with a name, which the "
                "program then has to define, or the name of a column with programs"
            )

    def _validate_inputs(self) -> None:
        if self.inputs is not None and not callable(self.inputs):
            raise OptionError(
                f"inputs={in_short(self.inputs)}: write a function that takes a random.Random and "
                "returns a tuple of arguments"
            )
        require_whole("cases", self.cases)

    # Judging ---------------------------------------------------------------------------------

    def _answer(self, response: Response) -> Answer:
        if isinstance(self.format.answer, str):
            # Such a layout promises a short answer; a block of code stands in the prose around it.
            text = response.text
            found = tag_places(self.format, text)
            _, start, why_not = split_reasoning(self.format, text, found)
            return (None, why_not) if why_not else (text[start:], "")
        return super()._answer(response)

    def _lacks_source(self, outcome: Outcome) -> bool:
        return outcome.reason == NO_TESTS  # of a sandbox that failed it warns by itself

    def _judge_answers(self, batch: Batch, answers: Sequence[Answer]) -> list[Outcome]:
        suites, found, broken = on_own_stack(lambda: self._read(batch, answers))
        programs = [
            None if why else program for (program, _), why in zip(found, broken, strict=True)
        ]
        ran = run_suites(self.sandbox, suites, programs, deadline=self.deadline)
        outcomes = [
            self._broken(suite, program, why)
            if suite is not None and program is not None and why
            else self._judge_row(suite, program, why_not, runs)
            for suite, (program, why_not), why, runs in zip(suites, found, broken, ran, strict=True)
        ]
        warn_of(
            outcome
            for suite, outcome in zip(suites, outcomes, strict=True)
            if suite is not None and outcome.score is None
        )
        return outcomes

    def _read(
        self, batch: Batch, answers: Sequence[Answer]
    ) -> tuple[list[Suite | None], list[Answer], list[str]]:
        """The tests of each row, the program in its response, and why that is none of Python."""
        suites = self._suites(batch)
        if self.checker is not None:
            suites = [
                suite and self._checked(suite, source)
                for suite, source in zip(
                    suites, batch.column(self.checker, option="checker"), strict=True
                )
            ]
        if self.allow_errors:
            suites = [suite and replace(suite, allows_errors=True) for suite in suites]
        found = [
            _program(text, suite, self.language) if text is not None else (None, why_not)
            for suite, (text, why_not) in zip(suites, answers, strict=True)
        ]
        broken = {}
        if self.language == "python":
            broken = {each: why_not_python(each) for each, _ in found if each is not None}
        return suites, found, [broken.get(program or "", "") for program, _ in found]

    def _broken(self, suite: Suite, program: str, why: str) -> Outcome:
        total = len(suite.tests)
        return self._paid(Tally(0, total, f"it is no program: {why}"), program, suite)

    def _checked(self, suite: Suite, source: Any) -> Suite:
        """The tests of a row with its checker, if it has one."""
        if not isinstance(source, str) or not source.strip():
            return suite
        if not suite.is_script:
            raise ColumnError(
                "a checker says whether what a script printed is right, and the tests of its row "
                "are about a function"
            )
        return replace(suite, checker=source, checker_language=self.checker_language)

    def _suites(self, batch: Batch) -> list[Suite | None]:
        """The tests of each row."""
        named = self._functions(batch)
        if callable(self.reference) and self.inputs is not None:
            name = self.reference.__name__
            suite = callable_suite(self.reference, name, self.inputs, self.cases, self.tolerance)
            return [suite] * len(batch)
        if isinstance(self.reference, str) and self.inputs is not None:
            return [
                program_suite(source, name, self.inputs, self.cases, self.tolerance)
                for source, name in zip(
                    batch.column(self.reference, option="reference"), named, strict=True
                )
            ]
        return self._tested(batch, named)

    def _functions(self, batch: Batch) -> Sequence[Any]:
        """What each row calls the function that a program has to define."""
        if self.function is None and FUNCTION_COLUMN not in batch.columns:
            return [None] * len(batch)
        return batch.column(self.function or FUNCTION_COLUMN, option="function")

    def _tested(self, batch: Batch, named: Sequence[Any]) -> list[Suite | None]:
        """The tests in each row's column of them."""
        return [
            read_tests(
                tests,
                function=name,
                tolerance=self.tolerance,
                prelude=before if isinstance(before, str) else "",
                skip=self.skip_unread,
                language=self.language,
            )
            for tests, name, before in zip(
                batch.column(self.tests, option="tests"), named, self._preludes(batch), strict=True
            )
        ]

    def _preludes(self, batch: Batch) -> Sequence[Any]:
        """What goes before the program of each row."""
        if self.prelude is None:
            return [None] * len(batch)
        return batch.column(self.prelude, option="prelude")

    def _judge_row(
        self, suite: Suite | None, program: str | None, why_not: str, ran: Runs
    ) -> Outcome:
        if suite is None:
            return self._outcome("no opinion", NO_TESTS, answer=program)
        rule = suite.rule
        if program is None:
            return self._outcome("no answer", f"no answer: {why_not}", rule=rule)
        if ran.why_none:
            return self._outcome("no opinion", ran.why_none, answer=program, rule=rule)
        unsupported = ran.unsupported
        if not unsupported:
            if why_not and ran.tallies[0].reason.startswith("SyntaxError"):
                return self._outcome("no answer", f"no answer: {why_not}", rule=rule)
            tally = suite.tally(ran.tallies)
            doubt = next((run.doubt for run in ran.tallies if run.doubt), "")
            if tally.passed == tally.total or not doubt:
                return self._paid(tally, program, suite)
            unsupported = f"the sandbox may be why it fails: {doubt}; {tally.failure}"
        return self._outcome(
            "no opinion", unsupported, answer=program, rule=rule, score=self.unsupported
        )

    def _paid(self, tally: Tally, program: str, suite: Suite) -> Outcome:
        rule = suite.rule
        left_out = f"; {suite.skipped} more could not be read" if suite.skipped else ""
        if tally.passed == tally.total:
            outcome = self._outcome(
                "correct", f"all {tally.total} tests pass{left_out}", answer=program, rule=rule
            )
        else:
            is_paid = tally.passed and not self.all_or_nothing
            reason = f"{tally.passed} of {tally.total} tests pass; {tally.failure}{left_out}"
            outcome = self._outcome(
                "wrong",
                reason,
                answer=program,
                rule=rule,
                score=self.correct * tally.passed / tally.total if is_paid else None,
            )
        details = {**outcome.details, "passed": tally.passed, "total": tally.total}
        if suite.skipped:
            details["skipped"] = suite.skipped
        return replace(outcome, details=details)

    def logged_rates(self, outcomes: Sequence[Outcome]) -> dict[str, float]:
        shares = [
            outcome.details["passed"] / outcome.details["total"]
            if "total" in outcome.details
            else 0.0
            for outcome in outcomes
        ]
        return {**super().logged_rates(outcomes), "passed": sum(shares) / len(shares)}


def warn_of(outcomes: Iterable[Outcome]) -> None:
    """Warn of programs that were not judged, once for each reason."""
    for reason in dict.fromkeys(outcome.reason for outcome in outcomes):
        warnings.warn(f"programs were not judged: {reason}", SandboxWarning, stacklevel=3)


def _program(text: str, suite: Suite | None, language: str) -> Answer:
    """The program in a text that answers to some tests."""
    # Half a surrogate pair is no character that any file could hold.
    text = text.encode("utf-8", "replace").decode("utf-8")
    if language != "python":
        block = block_in(text, LANGUAGES[language].fences, language)
        return block.answer, block.why_not
    function, asks_output = ("", False) if suite is None else (suite.function, suite.is_script)
    found = program_in(text, function=function, asks_output=asks_output)
    return found.answer, found.why_not


check_code = CheckCode()
