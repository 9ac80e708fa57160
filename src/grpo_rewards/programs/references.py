"""Reference functions as tests: generated arguments, and what the reference returns for them."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from grpo_rewards.cells import is_missing
from grpo_rewards.errors import ColumnError, in_short
from grpo_rewards.programs.suite_reading import function_name, root_name
from grpo_rewards.programs.suites import CallTest, Suite
from grpo_rewards.sandboxes.data import NotPlainError, encode, plain, shown, source
from grpo_rewards.sandboxes.protocol import Job

__all__ = ["Inputs", "callable_suite", "generated_inputs", "program_of", "program_suite"]

Inputs: TypeAlias = Callable[[random.Random], Sequence[Any]]
"""What makes the arguments of one generated test, by chance."""


def generated_calls(function: str, inputs: Inputs, cases: int) -> list[tuple[str, list[Any]]]:
    """The same calls each time, with arguments that a function of the user's makes by chance."""
    calls = []
    for case in range(cases):
        arguments = inputs(random.Random(case))
        if isinstance(arguments, str | bytes) or not isinstance(arguments, Sequence):
            raise ColumnError(
                f"inputs returned {in_short(arguments)}: return the function's arguments, as a "
                "tuple"
            )
        try:
            written = ", ".join(source(plain(value)) for value in arguments)
        except NotPlainError as error:
            raise ColumnError(f"inputs returned {in_short(arguments)}: {error}") from error
        calls.append((f"{function}({written})", list(arguments)))
    return calls


def generated_inputs(
    function: str, inputs: Inputs, cases: int, seed: str, tolerance: float
) -> tuple[Suite, tuple[str, ...]]:
    """Other such tests for each seed, and their arguments as the JSON that a sandbox is given."""
    tests, given = [], []
    for case in range(cases):
        arguments = inputs(random.Random(f"{case} {seed}"))
        try:
            given.append(json.dumps(encode([plain(value) for value in arguments])))
        except (NotPlainError, TypeError) as error:
            raise ColumnError(f"inputs returned {in_short(arguments)}: {error}") from error
        call = f"{function}({', '.join(map(shown, arguments))})"
        tests.append(CallTest((call,), None, tolerance))
    return Suite(tuple(tests), "reference", function=root_name(function)), tuple(given)


@lru_cache(maxsize=64)
def callable_suite(
    reference: Callable[..., Any], function: str, inputs: Inputs, cases: int, tolerance: float
) -> Suite:
    """Tests that compare with a function of the user's, which runs here: once for each argument."""
    tests = []
    for call, arguments in generated_calls(function, inputs, cases):
        try:
            expected = plain(reference(*arguments))
        except NotPlainError as error:
            raise ColumnError(f"the reference returned for {call:.80}: {error}") from error
        tests.append(CallTest((call,), expected, tolerance))
    return Suite(tuple(tests), "reference", function=function)


def program_of(reference: Any) -> str | None:
    """The program in a row's column of references; ``None`` where there is none.

    Raises:
        ColumnError: What is there is no text.

    Example:
        >>> program_of("def f(x): return x"), program_of(float("nan")), program_of(" ")
        ('def f(x): return x', None, None)
    """
    if is_missing(reference):
        return None
    if not isinstance(reference, str):
        raise ColumnError(f"a reference is the source of a program, not {in_short(reference)}")
    return reference if reference.strip() else None


def program_suite(
    reference: Any, function: str | None, inputs: Inputs, cases: int, tolerance: float
) -> Suite | None:
    """Tests that compare with a program of the dataset's, which runs in the sandbox as well."""
    name = function_name(function)
    reference = program_of(reference)
    if reference is None:
        return None
    if name is None:
        raise ColumnError(
            "a reference program needs the name of its function in a column 'entry_point'"
        )
    calls = [call for call, _ in generated_calls(name, inputs, cases)]
    tests = tuple(CallTest((call,), None, tolerance) for call in calls)
    job = Job(program=reference, calls=tuple(calls))
    return Suite(tests, "reference", job, function=root_name(name))
