"""Calls as models write them into text: in tags, as JSON, and as Python.

| notation | as in |
| --- | --- |
| Hermes, Qwen | ``<tool_call>{"name": "f", "arguments": {"x": 1}}</tool_call>`` |
| Qwen3-Coder | ``<function=f><parameter=x>1</parameter></function>`` |
| Llama 3 | ``{"name": "f", "parameters": {"x": 1}}``, alone or behind ``<|python_tag|>`` |
| Mistral | ``[TOOL_CALLS] [{"name": "f", "arguments": {"x": 1}}]`` |
| DeepSeek | ``<｜tool▁call▁begin｜>function<｜tool▁sep｜>f`` and a fence with the arguments |
| Python | ``[f(x=1)]`` alone, in a block of ``tool_code``, or between LFM's tags |
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

import regex

from grpo_rewards.documents import UnreadableError, plain_data, read_document
from grpo_rewards.documents.finding import fenced_blocks
from grpo_rewards.sandboxes.parsed_source import parsed
from grpo_rewards.toolcalls.shapes import Call, Calls

__all__ = ["written_calls"]

LONGEST_PYTHON = 20_000
"""Characters of calls in Python that are parsed."""
PREFIXES = ("<|python_tag|>", "[TOOL_CALLS]", "<|tool_call_start|>")
SUFFIXES = ("<|tool_call_end|>", "<|eom_id|>", "<|eot_id|>", "</s>", "<|im_end|>")

_OPENING, _CLOSING = "<tool_call>", "</tool_call>"
_FUNCTION = regex.compile(r"<function=(?P<name>[^<>\s]{1,200}+)>")
_PARAMETER = regex.compile(r"<parameter=(?P<name>[^<>\s]{1,200}+)>")
_DEEPSEEK = regex.compile(
    r"<｜tool▁call▁begin｜>(?:function)?(?:<｜tool▁sep｜>)?(?P<name>[^\n<]{1,200}+)"
)
_DEEPSEEK_SEP = "<｜tool▁sep｜>"
_DEEPSEEK_END = "<｜tool▁call▁end｜>"


def written_calls(text: str) -> Calls:
    r"""The calls that a text writes, in the first notation that it uses.

    Example:
        >>> for text in (
        ...     '<tool_call>{"name": "f", "arguments": {"x": 1}}</tool_call>',
        ...     '{"name": "f", "parameters": {"x": 1}}',
        ...     "[f(x=1)]",
        ...     "I do not call anything.",
        ... ):
        ...     print(*written_calls(text).made)
        f(x=1)
        f(x=1)
        f(x=1)
        <BLANKLINE>
    """
    calls = Calls()
    if _OPENING in text:
        _read_tagged(text, calls)
    elif _FUNCTION.search(text):
        _read_functions(text, calls)
    elif _DEEPSEEK.search(text):
        _read_deepseek(text, calls)
    else:
        _read_bare(text.strip(), calls)
    return calls


def _read_tagged(text: str, calls: Calls) -> None:
    for content in text.split(_OPENING)[1:]:
        inner, closing, _ = content.partition(_CLOSING)
        if _FUNCTION.search(inner):
            _read_functions(inner, calls)
        elif not closing:
            calls.why_not = calls.why_not or f"{_CLOSING} is missing"
        else:
            calls.add_text(inner)


def _read_functions(text: str, calls: Calls) -> None:
    starts = list(_FUNCTION.finditer(text))
    for place, start in enumerate(starts):
        end = starts[place + 1].start() if place + 1 < len(starts) else len(text)
        body, closing, _ = text[start.end() : end].partition("</function>")
        if not closing:
            calls.why_not = calls.why_not or "</function> is missing"
            continue
        given: dict[str, Any] = {}
        parameters = list(_PARAMETER.finditer(body))
        for number, parameter in enumerate(parameters):
            stop = parameters[number + 1].start() if number + 1 < len(parameters) else len(body)
            value, _, _ = body[parameter.end() : stop].partition("</parameter>")
            given[parameter["name"]] = _value(value.strip("\n"))
        calls.add({"name": start["name"], "arguments": given})


def _value(text: str) -> Any:
    """A parameter that is written as text: JSON, if it is some."""
    try:
        return read_document(text)
    except UnreadableError:
        return text


def _read_deepseek(text: str, calls: Calls) -> None:
    starts = list(_DEEPSEEK.finditer(text))
    for place, start in enumerate(starts):
        end = starts[place + 1].start() if place + 1 < len(starts) else len(text)
        body = text[start.end() : end].partition(_DEEPSEEK_END)[0].removeprefix(_DEEPSEEK_SEP)
        blocks = [content for _, content in fenced_blocks(body)] or [body]
        calls.add({"name": start["name"].strip(), "arguments": blocks[0].strip()})


def _read_bare(text: str, calls: Calls) -> None:
    marked = False
    for prefix in PREFIXES:
        _, found, after = text.partition(prefix)
        if found:
            text, marked = after.strip(), True
    for suffix in SUFFIXES:
        text = text.removesuffix(suffix).strip()
    blocks = [
        (language, content)
        for language, content in fenced_blocks(text)
        if language in ("json", "tool_call", "tool_calls", "tool_code")
    ]
    for language, content in blocks:
        _read_source(content.strip(), calls, marked=language != "json")
    if not blocks:
        _read_source(text, calls, marked=marked)


def _read_source(text: str, calls: Calls, *, marked: bool) -> None:
    """Calls in JSON or Python, if the whole text is some."""
    if text[:1] in ("{", "[") and (marked or '"' in text):
        try:
            value = read_document(text)
        except UnreadableError as error:
            problem = str(error)
        else:
            listed = value if isinstance(value, list) else [value]
            if marked or (listed and all(_looks_like_one(each) for each in listed)):
                for each in listed:
                    calls.add(each)
            return
    else:
        problem = "it is no call"
    python = _python_calls(text)
    if python is None:
        if marked:
            calls.why_not = f"a call cannot be read: {problem}"
        return
    for call in python:
        calls.add({"name": call.name, "arguments": call.arguments})


def _looks_like_one(value: Any) -> bool:
    """Whether JSON that nothing marks as a call is one: a name and arguments."""
    inner = value.get("function", value) if isinstance(value, dict) else None
    return (
        isinstance(inner, dict)
        and isinstance(inner.get("name"), str)
        and ("arguments" in inner or "parameters" in inner)
    )


def _python_calls(text: str) -> list[Call] | None:
    """Calls in Python with literal arguments; nothing is evaluated."""
    if len(text) > LONGEST_PYTHON or not text.endswith((")", "]")):
        return None
    try:
        body = parsed(text).body
        nodes = [node for statement in body for node in _call_nodes(statement)]
        return [_python_call(node) for node in nodes] if nodes else None
    except (SyntaxError, ValueError, RecursionError, MemoryError, TypeError):
        return None


def _call_nodes(statement: ast.stmt) -> Iterator[ast.Call]:
    if not isinstance(statement, ast.Expr):
        raise ValueError("a statement is no call")  # noqa: TRY004 (of a model's text, caught above)
    value = statement.value
    if (
        isinstance(value, ast.Call)
        and isinstance(value.func, ast.Name)
        and value.func.id == "print"
    ):
        value = value.args[0] if value.args else value
    for node in value.elts if isinstance(value, ast.List | ast.Tuple) else [value]:
        if not isinstance(node, ast.Call):
            raise ValueError("an expression is no call")  # noqa: TRY004 (the same)
        yield node


def _python_call(node: ast.Call) -> Call:
    if node.args:
        raise ValueError("an argument has no name")
    given = {str(keyword.arg): ast.literal_eval(keyword.value) for keyword in node.keywords}
    if len(given) < len(node.keywords) or any(keyword.arg is None for keyword in node.keywords):
        raise ValueError("an argument stands twice")
    return Call(ast.unparse(node.func), plain_data(_with_text_keys(given)))


def _with_text_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _with_text_keys(item) for key, item in value.items()}
    return [_with_text_keys(item) for item in value] if isinstance(value, list | tuple) else value
