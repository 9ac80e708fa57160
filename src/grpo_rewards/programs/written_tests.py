"""How datasets write tests down: the layouts of a column's values, brought to two."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grpo_rewards.cells import is_missing
from grpo_rewards.errors import ColumnError, in_short
from grpo_rewards.programs.published_layouts import PYTHON, plain_column, unwrapped

__all__ = ["Listed", "Pair", "listed"]

_PARTS = (
    ("input", "output"),
    ("inputs", "outputs"),
    ("stdin", "stdout"),
    ("input", "expected_output"),
)
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
    prelude: str = ""
    """What goes before a program, such as imports."""
    name: str = ""
    """The layout that they were taken for."""
    skipped: int = 0
    """Tests that could not be read, and were left out."""


def listed(tests: Any, *, skip: bool = False, languages: frozenset[str] = PYTHON) -> Listed:
    r"""The tests that a value stands for.

    Args:
        tests: The value.
        skip: Whether what cannot be read is left out, and counted.
        languages: What the tests may call the language that they are for.

    Raises:
        ColumnError: They are in no layout that is known.

    Example:
        >>> found = listed('{"fn_name": "add", "inputs": [[1, 2]], "outputs": [3]}')
        >>> found.pairs, found.function
        ((Pair(given=[1, 2], output=3),), 'add')
        >>> listed([{"input": ["1", "2"], "output": "3"}]).pairs
        (Pair(given=['1', '2'], output='3'),)
        >>> listed(
        ...     {"functional": "def check(f):\n    assert f(2) == 4\n\ncheck(double)"}
        ... ).assertions
        ('def check(f):\n    assert f(2) == 4\n\ncheck(double)',)
    """
    whole = unwrapped(plain_column(tests), languages)
    found, named = whole.tests, whole.function
    about = f" (taken for {whole.name})" if whole.name else ""
    if isinstance(found, str):
        found = _from_text(found)
    if isinstance(found, Mapping):
        found = _from_columns(found, about)
    if is_missing(found):
        return Listed()
    if not isinstance(found, list):
        raise ColumnError(
            f"tests are a list of assertions or of pairs, not {in_short(found)} "
            f"({type(found).__name__}){about}"
        )
    found = [test for test in found if test is not None]
    if all(isinstance(test, str) for test in found):
        texts = tuple(test for test in found if test.strip())
        return Listed(texts, (), named, whole.prelude, whole.name)
    pairs: list[Pair] = []
    names: set[Any] = set()
    skipped = 0
    for test in found:
        try:
            pair = _pair(test)
        except ColumnError:
            if not skip:
                raise
            pair = None
        if pair is not None:
            pairs.append(pair)
            names.add(_named_in(test))
        elif skip:
            skipped += 1
        else:
            raise ColumnError(
                f"tests are all assertions, such as 'assert f(2) == 4', or all pairs, such as "
                f"{{'input': [2], 'output': 4}}; found {in_short(found, 100)}{about}"
            )
    names -= {None}
    if len(names) > 1:
        raise ColumnError(f"the tests of a row are about one function, not {in_short(names, 100)}")
    return Listed(
        (), tuple(pairs), named or next(iter(names), None), whole.prelude, whole.name, skipped
    )


def _from_text(text: str) -> Any:
    if text.lstrip()[:1] not in ("[", "{"):
        return [text] if text.strip() else None
    raise ColumnError(f"the tests {text!r:.80} are neither Python nor JSON")


def _from_columns(columns: Mapping[Any, Any], about: str) -> Any:
    """The pairs of two columns, as datasets stores a list of structures; or one pair."""
    for of_inputs, of_outputs in _PARTS:
        inputs, outputs = columns.get(of_inputs), columns.get(of_outputs)
        if isinstance(inputs, list) and isinstance(outputs, list) and len(inputs) == len(outputs):
            return [
                {"input": given, "output": output, **_kept(columns, place)}
                for place, (given, output) in enumerate(zip(inputs, outputs, strict=True))
            ]
    raise ColumnError(
        f"tests are a list of assertions or of pairs, or {{'input': [...], 'output': [...]}} "
        f"of equal lengths, not {in_short(columns)}{about}"
    )


def _kept(columns: Mapping[Any, Any], place: int) -> dict[str, Any]:
    """What else a pair has, of columns that are as long as those of inputs."""
    kept = {}
    for key in ("testtype", "type", "fn_name", "metadata"):
        value = columns.get(key)
        if isinstance(value, list) and place < len(value):
            kept[key] = value[place]
    return kept


_TYPES = frozenset(("functional", "function_call"))


def _named_in(test: Mapping[Any, Any]) -> Any:
    """The function that one test names, by itself or in its metadata."""
    metadata = test.get("metadata")
    inner = metadata if isinstance(metadata, Mapping) else {}
    return test.get("fn_name") or test.get("func_name") or inner.get("func_name") or None


def _pair(test: Any) -> Pair | None:
    if not isinstance(test, Mapping):
        return None
    for of_input, of_output in _PARTS:
        if of_input in test and of_output in test:
            given, output = test[of_input], test[of_output]
            if isinstance(given, Mapping) and set(given) == {"stdin"}:  # as of SandboxFusion
                given = given["stdin"]
                output = output.get("stdout") if isinstance(output, Mapping) else output
            kind = test.get("testtype") or test.get("type")
            if kind in _TYPES and isinstance(given, str):
                return _functional(given, output)
            return Pair(given, output)
    return None


def _functional(given: Any, output: Any) -> Pair:
    """A pair of LiveCodeBench's about a function: an argument in each line, all as JSON."""
    try:
        lines = [json.loads(line) for line in given.splitlines() if line.strip()]
        return Pair(lines, json.loads(output) if isinstance(output, str) else output)
    except (ValueError, AttributeError, TypeError, RecursionError) as error:
        raise ColumnError(f"the test {in_short(given)} is not in JSON: {error}") from error
