"""How datasets write tests down: the layouts of a column's values, brought to two."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grpo_rewards.errors import ColumnError

__all__ = ["Listed", "Pair", "listed"]

_PARTS = (("input", "output"), ("inputs", "outputs"))
"""What the two parts of a pair are called; a mapping of lists may have them as well."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The input of a function or a script, and the output that it has to give for it."""

    given: Any
    output: Any


@dataclass(frozen=True, slots=True)
class Listed:
    """The tests of one row: assertions, or pairs, or none at all."""

    assertions: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()
    function: Any = None
    """The function that the tests themselves name, as those of APPS do."""


def listed(tests: Any) -> Listed:
    """The tests that a value stands for.

    Raises:
        ColumnError: They are in no layout that is known.

    Example:
        >>> listed('{"fn_name": "add", "inputs": [[1, 2]], "outputs": [3]}')
        Listed(assertions=(), pairs=(Pair(given=[1, 2], output=3),), function='add')
        >>> listed([{"input": ["1", "2"], "output": "3"}]).pairs
        (Pair(given=['1', '2'], output='3'),)
    """
    if isinstance(tests, str):
        tests = _from_text(tests)
    if hasattr(tests, "tolist"):  # an array of NumPy's
        tests = tests.tolist()
    named = None
    if isinstance(tests, Mapping):
        named = tests.get("fn_name")
        tests = _from_columns(tests)
    if tests is None or (isinstance(tests, float) and math.isnan(tests)):
        return Listed()
    if not isinstance(tests, Sequence) or isinstance(tests, bytes):
        raise ColumnError(
            f"tests are a list of assertions or of pairs, not {tests!r:.80} "
            f"({type(tests).__name__})"
        )
    tests = [test for test in tests if test is not None]
    if all(isinstance(test, str) for test in tests):
        return Listed(assertions=tuple(test for test in tests if test.strip()))
    pairs = [_pair(test) for test in tests]
    if not all(pairs):
        raise ColumnError(
            f"tests are all assertions, such as 'assert f(2) == 4', or all pairs, such as "
            f"{{'input': [2], 'output': 4}}; found {tests!r:.100}"
        )
    names = {test.get("fn_name") for test in tests} - {None}
    if len(names) > 1:
        raise ColumnError(f"the tests of a row are about one function, not {names!r:.100}")
    return Listed(pairs=tuple(filter(None, pairs)), function=named or next(iter(names), None))


def _from_text(text: str) -> Any:
    if text.lstrip()[:1] not in ("[", "{", '"'):
        return [text] if text.strip() else None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        if text.lstrip()[:1] == '"':  # a docstring before assertions, say
            return [text]
        raise ColumnError(f"the tests {text!r:.80} are neither Python nor JSON: {error}") from error
    return _from_text(found) if isinstance(found, str) else found


def _from_columns(columns: Mapping[Any, Any]) -> Any:
    """The pairs of two columns, as datasets stores a list of structures."""
    for of_inputs, of_outputs in _PARTS:
        inputs, outputs = columns.get(of_inputs), columns.get(of_outputs)
        if isinstance(inputs, list) and isinstance(outputs, list) and len(inputs) == len(outputs):
            return [
                {"input": given, "output": output}
                for given, output in zip(inputs, outputs, strict=True)
            ]
    raise ColumnError(
        f"tests are a list of assertions or of pairs, or {{'input': [...], 'output': [...]}} "
        f"of equal lengths, not {columns!r:.80}"
    )


def _pair(test: Any) -> Pair | None:
    if not isinstance(test, Mapping):
        return None
    for of_input, of_output in _PARTS:
        if of_input in test and of_output in test:
            given, output = test[of_input], test[of_output]
            if test.get("testtype") == "functional":
                return _functional(given, output)
            return Pair(given, output)
    return None


def _functional(given: Any, output: Any) -> Pair:
    """A pair of LiveCodeBench's about a function: an argument in each line, all as JSON."""
    try:
        return Pair([json.loads(line) for line in given.splitlines()], json.loads(output))
    except (ValueError, AttributeError, TypeError, RecursionError) as error:
        raise ColumnError(f"the test {given!r:.80} is not in JSON: {error}") from error
