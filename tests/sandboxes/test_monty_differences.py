"""Monty beside CPython, on the idioms of Python: no difference is silent."""

from __future__ import annotations

import builtins
import math
import warnings

import pytest

from grpo_rewards.sandboxes import Job, MontySandbox
from grpo_rewards.sandboxes.data import NotPlainError, plain
from grpo_rewards.sandboxes.monty.source import adapted
from idioms import IMPORTS, expressions

pytest.importorskip("pydantic_monty", reason="pydantic-monty is not installed")

CHUNK = 100


def in_python(expression):
    """The value of an expression of ours, or the error that it ends with."""
    names = {"__name__": "program", "__builtins__": builtins}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(IMPORTS, names)  # noqa: S102 (our own)
            return plain(eval(expression, names))  # noqa: S307 (our own)
    except NotPlainError:
        return "no plain data"
    except Exception as error:  # noqa: BLE001 (whatever it is)
        return error


def in_monty(made):
    """What some expressions come to, one program for so many of them."""
    found = {}
    waiting = [made[place : place + CHUNK] for place in range(0, len(made), CHUNK)]
    while waiting:
        jobs = [
            Job(
                program=IMPORTS
                + "\n".join(f"def f{place}(): return {text}" for place, text in enumerate(part)),
                calls=tuple(f"f{place}()" for place in range(len(part))),
            )
            for part in waiting
        ]
        results = MontySandbox(seconds=20).run(jobs, deadline=300)
        parts, waiting = waiting, []
        for part, result in zip(parts, results, strict=True):
            found.update(zip(part, result.replies, strict=False))
            rest = part[len(result.replies) :]
            if rest and result.status == "unsupported":
                if result.replies or len(part) == 1:
                    found[rest.pop(0)] = None
                    waiting += [rest] if rest else []
                else:
                    waiting += [rest[: len(rest) // 2], rest[len(rest) // 2 :]]
    return found


def alike(one, other):
    if isinstance(one, float) and isinstance(other, float):
        return one == other or (math.isnan(one) and math.isnan(other))
    if isinstance(one, set | frozenset):
        return type(one) is type(other) and one == other
    return type(one) is type(other) and repr(one) == repr(other)


def is_like(text, reply, expected):
    """Whether Monty says of an expression what Python says, or that it is in doubt."""
    if isinstance(expected, str) and expected == "no plain data":
        return True
    if isinstance(expected, Exception):
        is_same = bool(reply.error) or any(name in text for name in LENIENT)
    else:
        is_same = not reply.error and alike(expected, reply.value)
    program = adapted(f"{IMPORTS}def f(): return {text}")
    reads = any(each.isdigit() and not each.isascii() for each in text)
    return bool(is_same or program.doubt or program.has_order or reads)


# What Monty takes that Python refuses, though no program that is right would have it.
LENIENT = (".splitlines(", ".hex(", "__format__", "itertools.batched", ".sort(")


def test_no_difference_is_silent():
    made = []
    for text in expressions(2_000, seed=2026):
        try:
            compile(text, "<expression>", "eval")
        except SyntaxError:
            continue
        made.append(text)
    assert len(made) > 2_000
    found = in_monty(made)
    assert set(found) == set(made)
    judged = {text: reply for text, reply in found.items() if reply is not None}
    silent = [
        (text, in_python(text), reply)
        for text, reply in judged.items()
        if not is_like(text, reply, in_python(text))
    ]
    assert "\n".join(map(str, silent)) == ""
    assert len(judged) > 0.8 * len(made)
