"""What runs beside a program, inside a sandbox with a Python of its own: no import of this package.

It is trusted only until the program starts. From then on, what it says is the program's own claim,
which is why no expected value ever gets here. It runs on Python 3.9 and newer.
"""

from __future__ import annotations

import builtins
import contextlib
import json
import os
import sys
import types
from collections.abc import Callable
from typing import Any

__all__ = ["serve", "serve_at_once"]

DEEPEST = 100
LONGEST = 300
MOST_PARTS = 250_000
OF_CONTAINER = 4
"""Both as in `grpo_rewards.sandboxes.data`, which reads no more."""


def serve(requests_from: int, replies_to: int) -> None:
    """Set the limits, run the program, and evaluate calls one by one as they come on a pipe."""
    requests = os.fdopen(requests_from, "r", encoding="utf-8", newline="\n")

    def reply(message: str) -> None:
        text = memoryview(message.encode("ascii") + b"\n")
        while text:
            text = text[os.write(replies_to, text) :]

    import resource  # noqa: PLC0415 (of POSIX only)

    limits = json.loads(requests.readline())
    modules = limits.pop("modules", ())
    for name, value in limits.items():
        limit = getattr(resource, name, None)
        if limit is not None:
            resource.setrlimit(limit, (value, value))
    if not hasattr(builtins, "exit"):  # without the site's packages these are missing as well
        vars(builtins).update(exit=sys.exit, quit=sys.exit)
    for name in modules:
        with contextlib.suppress(Exception):  # the program will say what it lacks
            __import__(name)
    reply(_VALUE % "true")
    job = json.loads(requests.readline())
    namespace, error = _run(job["program"], job["name"], job.get("imports"))
    reply(_failed(error))
    for call in requests:
        reply(_evaluated(json.loads(call), namespace))


def serve_at_once(job: dict[str, Any]) -> None:
    """Run a program and its calls, and print what came of them as the last line."""
    if job["calls"] is None:
        _, error = _run(job["program"], "__main__", job.get("imports"))
        sys.stdout.flush()
        print("\n" + json.dumps({"error": error}), flush=True)
        return
    stdout = os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 1)  # so that what it prints is not taken for the last line
    namespace, error = _run(job["program"], "program", job.get("imports"))
    replies = [_evaluated(call, namespace) for call in job["calls"]]
    sys.stdout.flush()
    with os.fdopen(stdout, "w") as out:
        out.write("\n" + json.dumps({"error": error, "replies": replies}) + "\n")


def _run(program: str, name: str, imports: list[str] | None) -> tuple[dict[str, Any], str]:
    module = types.ModuleType(name)
    sys.modules[name] = module  # where dataclasses, for one, look for it
    if imports is not None:
        _guard_imports(frozenset(imports))
    try:
        # As in this module, annotations are not evaluated: programs in the style of LeetCode have
        # ``List[int]`` in them without an import, and Monty lets them have it as well.
        exec(compile(program, "<program>", "exec"), module.__dict__)  # noqa: S102 (that is what a jail is for)
    except SystemExit as error:
        return module.__dict__, "" if error.code in (None, 0) else f"exit code {error.code!s:.80}"
    except BaseException as error:  # noqa: BLE001 (whatever it raises ends it)
        return module.__dict__, _said(error)
    return module.__dict__, ""


def _guard_imports(allowed: frozenset[str]) -> None:
    """Let what is no file of a library, such as the program, import these modules alone."""
    genuine, frame_of = builtins.__import__, sys._getframe

    def guarded(name: str, *given: Any, **named: Any) -> Any:
        file = frame_of(1).f_code.co_filename
        is_library = not file.startswith("<") or file.startswith("<frozen ")
        if not is_library and name.partition(".")[0] not in allowed:
            raise ImportError(f"the module {name:.80} may not be imported")
        return genuine(name, *given, **named)

    builtins.__import__ = guarded


_VALUE = '{"value": %s}'


def _evaluated(call: Any, namespace: dict[str, Any]) -> str:
    """The line that says what a call came to: an expression, or a function and its arguments."""
    try:
        if isinstance(call, str):
            value = eval(call, namespace)  # noqa: S307 (as above)
        else:
            function, given = call
            value = eval(function, namespace)(*_decoded(given))  # noqa: S307 (as above)
        return _VALUE % json.dumps(_encoded(value, DEEPEST, [MOST_PARTS]))
    except BaseException as error:  # noqa: BLE001 (as above)
        return _failed(_said(error))


def _failed(error: str) -> str:
    return '{"error": %s}' % json.dumps(error)  # noqa: UP031 (there are braces in it)


def _said(error: BaseException) -> str:
    try:
        return f"{type(error).__name__}: {error}"[:LONGEST]
    except BaseException:  # noqa: BLE001 (the exception is of the program's own making)
        return type(error).__name__[:LONGEST]


def _decoded(value: Any) -> Any:
    """Plain data from JSON, as `grpo_rewards.sandboxes.data.encode` writes it."""
    if isinstance(value, list):
        # What holds no other is most of what is large.
        return value if _AS_IT_IS.issuperset(map(type, value)) else [_decoded(v) for v in value]
    if not isinstance(value, dict):
        return value
    ((kind, content),) = value.items()
    if kind == "bytes":
        return bytes.fromhex(content)
    if kind == "complex":
        return complex(*content)
    if kind == "dict":
        return {_decoded(key): _decoded(item) for key, item in content}
    members = map(_decoded, content)
    return tuple(members) if kind == "tuple" else set(members)


_AS_IT_IS = frozenset((int, float, str, bool, type(None)))


def _encoded(value: Any, depth: int, left: list[int]) -> Any:
    """Plain data as JSON; of a subclass what it holds, whatever it claims to be.

    What a list holds twice is written twice, which is why it counts what is ``left`` to write.
    """
    if type(value) is list and depth > 1 and _AS_IT_IS.issuperset(map(type, value)):
        left[0] -= 1 + OF_CONTAINER + len(value)
        if left[0] < 0:
            raise ValueError("the value is too large")
        return value
    left[0] -= 1
    if value is None or value is True or value is False:
        return value
    if not depth:
        raise ValueError("the value is nested too deep")
    for kind, write in _SCALARS.items():
        if isinstance(value, kind):
            return write(value)
    for kind, write_all in _CONTAINERS.items():
        if isinstance(value, kind):
            left[0] -= OF_CONTAINER
            if left[0] < kind.__len__(value):
                raise ValueError("the value is too large")
            return write_all(value, lambda item: _encoded(item, depth - 1, left))
    raise TypeError(f"an object of the type {type(value).__name__:.80} is no plain data")


_SCALARS: dict[Any, Callable[[Any], Any]] = {
    int: lambda value: int.__add__(value, 0),
    float: lambda value: float.__add__(value, -0.0),
    complex: lambda value: {"complex": [value.real, value.imag]},
    str: str.__str__,
    bytes: lambda value: {"bytes": bytes.hex(value)},
}
_Write = Callable[[Any, Callable[[Any], Any]], Any]
_CONTAINERS: dict[Any, _Write] = {
    list: lambda value, of: [of(item) for item in list.__iter__(value)],
    tuple: lambda value, of: {"tuple": [of(item) for item in tuple.__iter__(value)]},
    set: lambda value, of: {"set": [of(item) for item in set.__iter__(value)]},
    frozenset: lambda value, of: {"frozenset": [of(item) for item in frozenset.__iter__(value)]},
    dict: lambda value, of: {"dict": [[of(key), of(item)] for key, item in dict.items(value)]},
}
