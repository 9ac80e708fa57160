"""Programs with classes, generators and parts of the library that Monty lacks, beside CPython."""

from __future__ import annotations

import pytest
from programs_of_classes import CLASSES
from programs_of_generators import GENERATORS
from programs_of_libraries import LIBRARIES

import random_programs
from grpo_rewards.sandboxes import Job, MontySandbox
from grpo_rewards.sandboxes.data import plain

pytest.importorskip("pydantic_monty", reason="pydantic-monty is not installed")

CASES = CLASSES | GENERATORS | LIBRARIES


def in_python(program, call):
    names = {"__name__": "program"}
    exec(compile(program, "<program>", "exec", dont_inherit=True), names)  # noqa: S102 (our own)
    return plain(eval(call, names))  # noqa: S307 (our own)


@pytest.mark.parametrize("name", CASES)
def test_it_comes_to_what_it_comes_to_in_python(name):
    program, call = CASES[name]
    (result,) = MontySandbox().run([Job(program=program, calls=(call,))], deadline=30)
    assert (result.status, result.reason, result.other) == ("ran", "", None)
    (reply,) = result.replies
    assert reply.error == ""
    assert repr(reply.value) == repr(in_python(program, call))


@pytest.mark.parametrize("kind", ["of_classes", "of_generators", "of_sets"])
def test_no_program_by_chance_differs_in_silence(kind):
    programs = [getattr(random_programs, kind)(seed) for seed in range(80)]
    jobs = [Job(program=program, calls=("f()",)) for program in programs]
    silent, same = [], 0
    for program, result in zip(programs, MontySandbox().run(jobs, deadline=300), strict=True):
        if result.status == "unsupported" or result.other is not None:
            continue
        try:
            expected = repr(in_python(program, "f()"))
        except Exception as error:  # noqa: BLE001 (whatever it is)
            expected = type(error).__name__
        found = [reply.error.partition(":")[0] or repr(reply.value) for reply in result.replies]
        if found == [expected]:
            same += 1
        elif not result.doubt:
            silent.append((program, found, expected))
    assert silent == []
    assert same > 80 / 4


# What Monty would do otherwise than Python, in every way that we know of.
REFUSED = {
    "a subclass of a built-in class": "class A(set):\n    def top(self): return max(self)\n"
    "def f(): return A([1]).top()",
    "what asks for a dict itself": "class A(dict):\n    def top(self): return max(self)\n"
    "def f(): return dict(A(a=1))",
    "a context of a generator": "from contextlib import contextmanager\n@contextmanager\n"
    "def g(): yield 1\ndef f():\n    with g() as x: return x",
    "a metaclass": "class M(type): pass\nclass A(metaclass=M): pass\ndef f(): return 1",
    "what makes its objects": "class A:\n    def __new__(cls): return 5\n"
    "class B(A): pass\ndef f(): return B()",
    "any name": "class A:\n    x: int = 0\n    def __getattr__(self, name): return name\n"
    "class B(A): pass\ndef f(): return B().y",
    "a property itself": "class A:\n    @property\n    def x(self): return 1\n"
    "def f(): return A.x.fget(A())",
    "a queue that waits": "from queue import Queue\ndef f(): return Queue().get()",
    "a throw": "def g():\n    yield 1\ndef f():\n    h = g()\n    next(h)\n    h.throw(ValueError)",
    "a module that is not there": "import textwrap\ndef f(): return textwrap.dedent(' a')",
    "a part that is not there": "from statistics import quantiles\n"
    "def f(): return quantiles([1, 2])",
    "a list and a set": "def f(x=(3, 1)):\n    y = [0]\n    y += set(x)\n    return y",
}


def test_a_long_program_is_in_doubt():
    program = "class A(dict):\n    def f(self): return 1\n" + "x = 1\n" * 6_000
    (result,) = MontySandbox().run([Job(program=program, calls=("A().f()",))], deadline=30)
    assert result.status == "unsupported" or result.doubt


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_exact_is_refused_or_in_doubt(name):
    job = Job(program=REFUSED[name], calls=("f()",))
    (result,) = MontySandbox(seconds=1.0).run([job], deadline=30)
    assert result.status == "unsupported" or result.doubt


@pytest.mark.parametrize(
    "program",
    [
        "def f():\n    yield 1\n    break",
        "class A(A): pass\nA()",
        "class A:\n    @x.setter\n    def x(self): pass",
        "class A:\n    @property\n    def x(self): pass\n    @x.deleter\n    def x(self): pass",
        "class A(*b, **c): pass",
        "class _:\n    __x = 1",
        "_emulated_records = _emulated_touched = 0\nclass A(B): pass\nfor x in {1}: pass",
        "from enum import *\nclass A(Enum): a, b = 1",
        "def f():\n    x: int = yield\n    (yield)[0]",
    ],
)
def test_no_odd_program_raises(program):
    (result,) = MontySandbox().run([Job(program=program, calls=("1",))], deadline=30)
    assert result.status in ("ran", "unsupported")
