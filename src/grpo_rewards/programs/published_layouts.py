"""The layouts that published datasets have their tests in, unwrapped to what is in them."""

from __future__ import annotations

import ast
import base64
import binascii
import json
import pickletools
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grpo_rewards.errors import ColumnError, in_short
from grpo_rewards.sandboxes.parsed_source import parsed

__all__ = ["Layout", "layout_of", "plain_column", "unwrapped"]

LARGEST = 64 << 20
"""Bytes that a compressed column may be when it is unpacked."""
DEEPEST = 6
"""Layouts in one another: JSON in a string in ``ground_truth`` in ``reward_model``, say."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a dataset has its tests: a mapping's keys, and which of them holds the tests."""

    name: str
    key: str
    beside: tuple[str, ...] = ()
    """Keys of which one has to be there as well."""


PYTHON = frozenset(("python", "python3", "py", "py3", ""))
"""What a layout may call the language of its tests."""
LAYOUTS = (
    Layout("a reward_model column of verl", "reward_model"),
    Layout("a reward_model of verl (Eurus, DAPO)", "ground_truth"),
    Layout("verification_info of open-r1 and SYNTHETIC-1", "verification_info"),
    Layout("verification_info of open-r1 and SYNTHETIC-1", "test_cases"),
    Layout("tests of rLLM and code-r1", "functional"),
    Layout("tests of code-r1 and KodCode", "pytest"),
    Layout("tests of Skywork-OR1", "test_code"),
    Layout("tests of SandboxFusion", "tests", ("provided_data", "config", "lang")),
    Layout("tests of BigCodeBench and MBXP", "code"),
    Layout("tests of EvalPlus and HumanEval", "test"),
    Layout("tests of MBPP", "test_list"),
    Layout("tests of APPS", "input_output"),
)
"""Read from the top: the first whose key a mapping has."""

_JOINED = (
    ("LiveCodeBench", ("public_test_cases", "private_test_cases")),
    ("code_contests", ("public_tests", "private_tests", "generated_tests")),
)
"""Columns of which each holds a part of the tests."""
FUNCTION_KEYS = ("fn_name", "func_name", "entry_point", "function_name")
PRELUDE_KEYS = ("import_prefix", "test_setup_code", "test_imports", "prelude")


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """What a layout holds."""

    tests: Any
    function: Any = None
    prelude: str = ""
    name: str = ""


MOST_NESTED = 100
"""How deep the values of a test may stand in lists and mappings."""


def plain_column(value: Any, *, depth: int = 0) -> Any:
    """A value as Python has it, of an array of another library, or a mapping of them.

    Raises:
        ColumnError: It is nested deeper than tests are.
    """
    if depth > MOST_NESTED:
        raise ColumnError(
            f"the tests are nested more than {MOST_NESTED} deep: write them as the documentation "
            "of check_code shows, a list of texts or of inputs and outputs"
        )
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, Mapping):
        return {key: plain_column(item, depth=depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain_column(item, depth=depth + 1) for item in value]
    return value


def layout_of(value: Any) -> str:
    """The name of the layout that a value is taken for; empty for none.

    Example:
        >>> layout_of({"language": "python", "test_cases": []})
        'verification_info of open-r1 and SYNTHETIC-1'
    """
    if not isinstance(value, Mapping):
        return ""
    for name, keys in _JOINED:
        if any(key in value for key in keys):
            return name
    for layout in LAYOUTS:
        if layout.key in value and (
            not layout.beside or any(key in value for key in layout.beside)
        ):
            return layout.name
    return ""


def unwrapped(value: Any, languages: frozenset[str] = PYTHON) -> Unwrapped:
    """The tests in a layout, with what it says of the function and of what goes before a program.

    Raises:
        ColumnError: The tests are in another language, or packed as nothing that is known.

    Example:
        >>> unwrapped(
        ...     {"style": "rule", "ground_truth": '{"inputs": ["1"], "outputs": ["2"]}'}
        ... ).tests
        {'inputs': ['1'], 'outputs': ['2']}
    """
    found, function, preludes, name = value, None, [], ""
    for _ in range(DEEPEST):
        if isinstance(found, str):
            text = _from_json(found)
            if text is None:
                text = _unpacked(found)
            if text is None:
                break
            found = text
            continue
        if not isinstance(found, Mapping):
            break
        language = found.get("language", found.get("lang"))
        if isinstance(language, str) and language.lower() not in languages:
            raise ColumnError(
                f"the tests are for programs in {in_short(language, 40)}: leave such rows out, or "
                "name it, as in CheckCode(language='cpp')"
            )
        function = next((found[key] for key in FUNCTION_KEYS if found.get(key)), function)
        metadata = found.get("metadata")
        if isinstance(metadata, str):
            metadata = _from_json(metadata)
        if isinstance(metadata, Mapping):
            function = metadata.get("func_name") or metadata.get("fn_name") or function
        preludes += [
            "\n".join(part) if isinstance(part, list) else part
            for part in (found.get(key) for key in PRELUDE_KEYS)
            if isinstance(part, str) or (isinstance(part, list) and all(map(_is_text, part)))
        ]
        joined = next((keys for _, keys in _JOINED if any(key in found for key in keys)), ())
        if joined:
            name = layout_of(found)
            parts = [
                unwrapped(found[key], languages).tests
                for key in joined
                if found.get(key) is not None
            ]
            found = _concatenated(parts)
            continue
        of_layout = layout_of(found)
        layout = next(
            (each for each in LAYOUTS if each.name == of_layout and each.key in found), None
        )
        if layout is None:
            break
        name, found = layout.name, found[layout.key]
    return Unwrapped(found, function, "\n".join(filter(None, preludes)), name)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _concatenated(parts: list[Any]) -> Any:
    """The tests of several columns in one: pairs, or pairs in columns."""
    pairs: list[Any] = []
    for part in parts:
        if isinstance(part, Mapping):
            keys = ("inputs", "outputs") if "inputs" in part else ("input", "output")
            inputs, outputs = (part.get(key) or [] for key in keys)
            pairs += [
                {"input": given, "output": output}
                for given, output in zip(inputs, outputs, strict=False)
            ]
        elif isinstance(part, list):
            pairs += part
    return pairs


def _from_json(text: str) -> Any:
    """What a text of JSON, or of Python's literals, holds; ``None`` for a text that is none."""
    if text.lstrip()[:1] not in ("[", "{", '"'):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    try:
        (statement,) = parsed(text).body
        return ast.literal_eval(statement.value) if isinstance(statement, ast.Expr) else None
    except (SyntaxError, ValueError, TypeError, MemoryError, RecursionError):
        return None


_PACKED = ("eJ", "eN", "eF", "eA")
"""What a text begins with that is zlib's in base64."""


def _unpacked(text: str) -> Any:
    """What is packed as LiveCodeBench's private tests are; ``None`` for what is not.

    They are JSON, pickled, compressed and written in base64. Nothing is unpickled: of the pickle,
    the one string in it is read, and whatever else it says is left alone.
    """
    if not text.startswith(_PACKED) or " " in text[:100]:
        return None
    try:
        unpacker = zlib.decompressobj()
        content = unpacker.decompress(base64.b64decode(text), LARGEST)
    except (binascii.Error, zlib.error, ValueError):
        return None
    if unpacker.unconsumed_tail:
        raise ColumnError(
            f"the tests are taken for packed ones of LiveCodeBench, and larger than {LARGEST} bytes"
        )
    found = _from_json(content.decode("utf-8", "replace"))
    if found is not None:
        return found
    try:
        strings = [value for _, value, _ in pickletools.genops(content) if isinstance(value, str)]
    except (ValueError, IndexError, OverflowError) as error:  # of a pickle that is broken
        raise ColumnError("the tests are taken for packed ones of LiveCodeBench, and broken") from (
            error
        )
    found = _from_json(max(strings, key=len, default=""))
    if found is None:
        raise ColumnError("the tests are taken for packed ones of LiveCodeBench, and hold no JSON")
    return found
