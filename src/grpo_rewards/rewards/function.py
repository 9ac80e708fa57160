"""The reward for functions that have to be right, and then fast: kernels, and what is like them."""

from __future__ import annotations

import inspect
import math
import statistics
import textwrap
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any

from grpo_rewards.caches import RESPONSES
from grpo_rewards.core.base import Batch, Outcome
from grpo_rewards.errors import ColumnError, OptionError, in_short
from grpo_rewards.notices import say_once
from grpo_rewards.programs.imports import STANDARD, imported, why_forbidden
from grpo_rewards.programs.references import generated_inputs, program_of, program_suite
from grpo_rewards.programs.suites import Suite, is_solution
from grpo_rewards.requirements import require_number, require_whole
from grpo_rewards.rewards.code import CheckCode, warn_of
from grpo_rewards.rewards.tiers import Answer
from grpo_rewards.sandboxes.races import Finish, Race, race_each
from grpo_rewards.sandboxes.threads import on_own_stack

__all__ = ["CheckFunction", "check_function"]

HANDING_OVER = 1 / 3
"""The share of the reference's time that reading arguments and handing over values may take: where
it is more, nothing is said of its speed, because what is the same for both would hide it."""


@dataclass(frozen=True, kw_only=True, repr=False)
class CheckFunction(CheckCode):
    r"""Pays a function that passes its tests, and more where it is faster than a reference.

    What it imports is read in its source, and held at run time: a program that imports what it may
    not, or builds code as it runs, is neither right nor fast. Only what is right is timed, in a
    jail, by the kernel's clock of the processor, which a program can neither read nor change: the
    reference and the program take turns, each time in a jail of its own, and all counts that a
    program does from its first line to its last reply.

    Args:
        reference: What has to be beaten: the column with the source of a program that defines the
            same function, or such a function, which imports what it needs itself. ``None``, or a
            row without one, asks for no speed.
        inputs: As in `CheckCode`; then what is timed are other arguments for each program, which
            no training can foresee, and what is returned for them has to be the reference's.
            Without it the calls in the tests are timed.
        tests: As in `CheckCode`. With ``inputs`` the column need not be there: what the reference
            returns is then the test.
        cases: How many arguments are made by ``inputs``, for the tests and for the timing.
        imports: The modules that a program may import, by their first names; by default the
            standard library, but for what reaches other modules, such as ``importlib``.
        rounds: How often each is timed. What counts is the lesser of two ratios: of the least times
            of both, and the median of the rounds' ratios.
        step: Ratios closer than this are a tie, which earns nothing; larger ones count in steps of
            it, so that two runs of one program earn the same as a rule.
        speedup: The ratio to the reference that earns all of the bonus, and more earns no more.
            Between ``step`` and it the bonus grows with the ratio's logarithm.
        bonus: What speed earns beside ``correct``, at most; 0 times nothing.
        forbidden: The score of a program that imports what it may not.
        all_or_nothing: As in `CheckCode`, but a function that fails a test is wrong by default.
        correct: The score of a function that passes its tests.
        wrong: The score of one that does not, or that returns something else for what is timed.
        missing: The score of a response without a program.
        name: The reward's ``__name__``.

    The other options are those of `CheckCode`; ``language`` is Python, and there is no checker.

    Returns:
        For a completion a tier, with the bonus for its speed; ``None`` as in `CheckCode`, and where
        the reference does not run. Where the sandbox has no clock (Monty) there is no bonus.

    Raises:
        OptionError: An option cannot work.
        ColumnError: On a call: the column of the tests or of the reference is missing, or tests are
            a script's.

    Not covered: speed on several processors or on a GPU, and memory. A program that takes pains
    can reach modules that Python has loaded for itself, but no other.

    Example:
        >>> response = "So:\n```python\n%s\ndef double(x):\n    return x + x\n```"
        >>> tests = ["assert double(2) == 4"]
        >>> reward = CheckFunction(reference=None)
        >>> reward([response % "", response % "import numpy"], tests=[tests] * 2)
        [5.0, -4.5]
        >>> reward.explain(response % "import numpy", tests=tests).reason
        'it imports numpy'
    """

    reference: Callable[..., Any] | str | None = "reference"
    cases: int = 5
    imports: tuple[str, ...] | None = None
    rounds: int = 5
    step: float = 1.25
    speedup: float = 4.0
    bonus: float = 2.5
    forbidden: float = -4.5
    all_or_nothing: bool = True
    deadline: float = 120.0
    name: str = "check_function"

    @property
    def bounds(self) -> tuple[float, float]:
        low, high = super().bounds
        return min(low, self.forbidden), max(high, self.correct + self.bonus)

    def __post_init__(self) -> None:
        if isinstance(self.imports, list):
            object.__setattr__(self, "imports", tuple(self.imports))
        super().__post_init__()
        if self.language != "python" or self.checker is not None:
            option = "language" if self.language != "python" else "checker"
            raise OptionError(
                f"{option}={getattr(self, option)!r}: CheckFunction is about functions in Python; "
                "for others, and for scripts, write CheckCode"
            )
        if self.imports is not None and not (
            isinstance(self.imports, tuple)
            and all(isinstance(name, str) and name.isidentifier() for name in self.imports)
        ):
            raise OptionError(
                f"imports={in_short(self.imports)}: write a tuple of modules by their first names, "
                "such as ('math', 'numpy'), or None for the standard library"
            )
        require_whole("rounds", self.rounds)
        for option in ("step", "speedup", "bonus", "forbidden"):
            require_number(option, getattr(self, option))
        if not 1 < self.step <= self.speedup:
            raise OptionError(
                f"step={self.step!r}, speedup={self.speedup!r}: both are ratios to the reference's "
                "time, so write 1 < step <= speedup"
            )
        if self.bonus < 0:
            raise OptionError(f"bonus={in_short(self.bonus)}: write a number that is not negative")
        if self.forbidden > self.wrong:
            raise OptionError(
                f"forbidden={self.forbidden!r} would pay more than wrong={self.wrong!r}: an import "
                "that is not allowed must not earn more than an honest attempt"
            )

    def _validate_reference(self) -> None:
        if self.reference is None or (isinstance(self.reference, str) and self.reference):
            if self.reference is None and self.inputs is not None:
                raise OptionError("inputs are what a reference is called with: write both")
        elif not callable(self.reference):
            raise OptionError(
                f"reference={in_short(self.reference)}: write a function, the name of a column "
                "with "
                "programs, or None"
            )
        else:
            _source_of(self.reference)
        self._validate_inputs()

    # Reading ---------------------------------------------------------------------------------

    @property
    def _allowed(self) -> tuple[str, ...]:
        return STANDARD if self.imports is None else self.imports

    def _functions(self, batch: Batch) -> Sequence[Any]:
        if callable(self.reference):
            return [self.reference.__name__] * len(batch)
        return super()._functions(batch)

    def _references(self, batch: Batch) -> list[str | None]:
        """The source of each row's reference; ``None`` where there is none."""
        if self.reference is None:
            return [None] * len(batch)
        if callable(self.reference):
            return [_source_of(self.reference)] * len(batch)
        return [program_of(each) for each in batch.column(self.reference, option="reference")]

    def _suites(self, batch: Batch) -> list[Suite | None]:
        named = self._functions(batch)
        if self.inputs is not None and self.tests not in batch.columns:
            suites = [
                program_suite(source, name, self.inputs, self.cases, self.tolerance)
                for source, name in zip(self._references(batch), named, strict=True)
            ]
        else:
            suites = self._tested(batch, named)
        if any(suite is not None and suite.is_script for suite in suites):
            raise ColumnError(
                "the tests of a row are a script's, and this is about a function: name it in a "
                "column 'entry_point', or write CheckCode"
            )
        return [suite and replace(suite, imports=self._allowed) for suite in suites]

    def _read(
        self, batch: Batch, answers: Sequence[Answer]
    ) -> tuple[list[Suite | None], list[Answer], list[str]]:
        suites, found, broken = super()._read(batch, answers)
        whys = [self._why_forbidden(program) for program, _ in found]
        return suites, found, [why or other for why, other in zip(whys, broken, strict=True)]

    def _why_forbidden(self, program: str | None) -> str:
        return "" if program is None else _why(program, self._allowed)

    def _broken(self, suite: Suite, program: str, why: str) -> Outcome:
        if self._why_forbidden(program) != why:
            return super()._broken(suite, program, why)
        outcome = self._outcome("wrong", why, answer=program, rule="imports", score=self.forbidden)
        return _with(outcome, passed=0, total=len(suite.tests))

    # Timing ----------------------------------------------------------------------------------

    def _judge_answers(self, batch: Batch, answers: Sequence[Answer]) -> list[Outcome]:
        began = time.monotonic()
        outcomes = super()._judge_answers(batch, answers)
        right = [
            place
            for place, outcome in enumerate(outcomes)
            if outcome.details["verdict"] == "correct"
        ]
        if not right or not self.bonus or self.reference is None:
            return outcomes
        left = max(self.deadline - (time.monotonic() - began), 1e-3)
        races, judges = on_own_stack(lambda: self._races(batch, outcomes, right))
        wanted = list(dict.fromkeys(races.values()))
        finishes = dict(zip(wanted, race_each(self.sandbox, wanted, deadline=left), strict=True))
        for place in right:
            race = races.get(place)
            if race is None:
                reason = f"{outcomes[place].reason}; the row has no reference"
                outcomes[place] = replace(outcomes[place], reason=reason)
            else:
                is_made = bool(race.inputs)
                outcomes[place] = on_own_stack(
                    partial(
                        self._timed, outcomes[place], finishes[race], judges[place], is_made=is_made
                    )
                )
        warn_of(outcomes[place] for place in right if outcomes[place].score is None)
        return outcomes

    def _races(
        self, batch: Batch, outcomes: Sequence[Outcome], right: Sequence[int]
    ) -> tuple[dict[int, Race], dict[int, Suite]]:
        """The races of the rows that are right and have a reference, and what judges their ends."""
        suites, references = self._suites(batch), self._references(batch)
        races: dict[int, Race] = {}
        judges: dict[int, Suite] = {}
        for place in right:
            suite, reference = suites[place], references[place]
            if suite is None or reference is None:
                continue
            program = outcomes[place].details["answer"]
            mine, theirs = suite.jobs(program)[0], suite.jobs(reference)[0]
            calls, reference_calls = mine.calls or (), theirs.calls or ()
            given: tuple[str, ...] = ()
            judges[place] = suite
            if self.inputs is not None:
                function = self._functions(batch)[place] or suite.function
                judges[place], given = generated_inputs(
                    function, self.inputs, self.cases, program, self.tolerance
                )
                calls, reference_calls = (
                    (_called(each, function),) * len(given) for each in (program, reference)
                )
            races[place] = Race(
                program=mine.program,
                reference=theirs.program,
                calls=calls,
                reference_calls=reference_calls,
                inputs=given,
                imports=self._allowed,
                modules=tuple(sorted({*imported(mine.program), *imported(theirs.program)})),
                rounds=self.rounds,
            )
        return races, judges

    def _timed(self, outcome: Outcome, finish: Finish, judge: Suite, *, is_made: bool) -> Outcome:
        """What a right program earns by how its race ended."""
        program = outcome.details["answer"]
        if finish.status == "failed":
            reason = f"the sandbox failed: {finish.reason}"
            return self._outcome("no opinion", reason, answer=program)
        if finish.status == "unsupported":
            return self._untimed(outcome, finish.reason)
        if finish.status == "stopped" and not is_made:
            reason = f"{outcome.reason}; when it was timed, it was stopped: {finish.reason}"
            return replace(outcome, reason=reason)
        for result in finish.results:
            tally = judge.judge(0, result, finish.expected if is_made else None)
            if tally.failure:
                reason = f"not so when it was timed: {tally.failure}"
                return self._outcome("wrong", reason, answer=program, rule="reference")
        if finish.handing_over > HANDING_OVER * finish.reference_seconds:
            return self._untimed(
                outcome,
                f"the reference takes {1e3 * finish.reference_seconds:.1f} ms, of which handing "
                f"values over may be {1e3 * finish.handing_over:.1f}",
            )
        return self._raced(outcome, finish)

    def _untimed(self, outcome: Outcome, why: str) -> Outcome:
        reason = f"{outcome.reason}; its speed was not measured: {why}"
        return _with(replace(outcome, reason=reason), untimed=why)

    def _raced(self, outcome: Outcome, finish: Finish) -> Outcome:
        of_least = finish.reference_seconds / finish.seconds
        ratio = min(of_least, statistics.median(finish.ratios))
        # A ratio that is a power of the step has it, whatever the last digits of its logarithm.
        steps = math.floor(math.log(ratio) / math.log(self.step) + 1e-9)
        share = min(steps * math.log(self.step) / math.log(self.speedup), 1.0)
        bonus = self.bonus * max(share, 0.0)
        said = f"{ratio:.3g} times as fast as the reference"
        if ratio < self.step:
            said = f"no faster than the reference by {self.step:.3g}"
        outcome = replace(
            outcome, reason=f"{outcome.reason}; {said}", score=(outcome.score or 0.0) + bonus
        )
        return _with(outcome, speedup=ratio, bonus=bonus)

    # Saying ----------------------------------------------------------------------------------

    def observed(self, batch: Batch, outcomes: Sequence[Outcome]) -> None:
        super().observed(batch, outcomes)
        right = [each for each in outcomes if each.details["verdict"] == "correct"]
        if right and all("untimed" in each.details for each in right):
            say_once(
                self,
                "untimed",
                f"{self.name} could not time any of the {len(right)} right programs of a batch "
                f"({right[0].details['untimed']}): they earn no bonus. Timing needs a jail "
                "(sandbox=JailSandbox()), and calls that take some 20 ms, or more where they are "
                "given much data",
                state=batch.trainer_state,
            )

    def logged_rates(self, outcomes: Sequence[Outcome]) -> dict[str, float]:
        count = len(outcomes)
        return {
            **super().logged_rates(outcomes),
            "forbidden": sum(each.details["rule"] == "imports" for each in outcomes) / count,
            "faster": sum(each.details.get("bonus", 0.0) > 0 for each in outcomes) / count,
        }


def _with(outcome: Outcome, **details: Any) -> Outcome:
    return replace(outcome, details={**outcome.details, **details})


def _called(program: str, function: str) -> str:
    """What is called in a program that has a function, or a method of LeetCode's class."""
    return f"Solution().{function}" if is_solution(program, function) else function


@RESPONSES.remember(entries=1_024)  # it is asked for at several places
def _why(program: str, allowed: tuple[str, ...]) -> str:
    return on_own_stack(lambda: why_forbidden(program, allowed))


@lru_cache(maxsize=64)
def _source_of(function: Callable[..., Any]) -> str:
    """The source of a function of the user's.

    Raises:
        OptionError: It has none that could run by itself.
    """
    try:
        source = textwrap.dedent(inspect.getsource(function))
    except (OSError, TypeError):
        source = ""
    if not source.startswith(("def ", "async def ")):
        raise OptionError(
            f"reference={in_short(function)}: its source cannot be read, or is more than a "
            "function; "
            "write a function that a module defines with def, or the name of a column with programs"
        )
    return source


check_function = CheckFunction()
