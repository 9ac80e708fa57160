"""Programs with classes, generators and parts of the library that Monty lacks, beside CPython."""

# ruff: noqa: E501 (models write such lines)

from __future__ import annotations

import pytest

import random_programs
from grpo_rewards.sandboxes import Job, MontySandbox
from grpo_rewards.sandboxes.data import plain

pytest.importorskip("pydantic_monty", reason="pydantic-monty is not installed")

CASES: dict[str, tuple[str, str]] = {}


def add(name, program, call):
    CASES[name] = (program, call)


add(
    "a method of a base",
    """
class Shape:
    def area(self):
        raise NotImplementedError
    def name(self): return 'shape'
class Sq(Shape):
    def __init__(self, a): self.a = a
    def area(self): return self.a ** 2
def f(a): return Sq(a).area(), Sq(1).name(), isinstance(Sq(1), Shape), issubclass(Sq, Shape), isinstance(Shape(), Sq)
""",
    "f(3)",
)

add(
    "exceptions of the program's own",
    """
class StackEmpty(Exception):
    pass
class Deep(StackEmpty):
    def __init__(self, code):
        super().__init__('deep')
        self.code = code
def pop(xs):
    try:
        if not xs: raise StackEmpty("empty")
        return xs.pop()
    except StackEmpty as e:
        return str(e)
def f():
    try:
        raise Deep(5)
    except (KeyError, StackEmpty) as e:
        try:
            raise
        except Exception as g:
            return e.code, str(g), repr(g), e is g, g.args, isinstance(g, Exception), isinstance(g, ValueError)
""",
    "pop([]), f()",
)

add(
    "properties and methods of classes",
    """
class T:
    count = 0
    def __init__(self, c): self._c = c; T.count += 1
    @property
    def f(self): return self._c * 9 / 5 + 32
    @f.setter
    def f(self, v): self._c = (v-32)*5/9
    @staticmethod
    def g(x): return x + 1
    @classmethod
    def h(cls): return cls(0)
class U(T):
    @classmethod
    def h(cls): return super().h()
    @property
    def f(self): return super().f + 1
def f():
    a = T(100); a.f = 50; a.f += 9
    u = U.h()
    return a.f, a._c, T.g(1), a.g(2), T.h().f, type(u).__name__, u.f, U.count, T.count, u.count
""",
    "f()",
)

add(
    "special methods",
    """
class V:
    def __init__(self, x): self.x = x
    def __add__(self, o): return V(self.x + o.x)
    def __eq__(self, o): return self.x == o.x
    def __lt__(self, o): return self.x < o.x
    def __repr__(self): return f"V({self.x})"
    def __len__(self): return self.x
    def __getitem__(self, i): return i
    def __iter__(self): return iter([1,2])
    def __contains__(self, v): return True
    def __call__(self, y): return y
    def __hash__(self): return self.x
    def __iadd__(self, o): self.x += o; return self
def f():
    v = V(3)
    w = V(4); w += 5
    return str(V(1)+V(2)), len(v), v[1], list(v), 5 in v, v(2), sorted([V(2),V(1)])[0].x, {v: 1}[V(3)], w.x, bool(V(0)), (V(0) or 5), not V(1), [1 for q in [V(0),V(1)] if q], max(V(1),V(4)).x, min([V(3),V(2)]).x, V(1) > V(0), sorted([(1,V(3)),(1,V(2))])[0][1].x
""",
    "f()",
)

add(
    "dataclasses",
    """
from dataclasses import dataclass, field, asdict
@dataclass(order=True, frozen=True)
class P:
    x: int
    y: int
@dataclass
class Q:
    a: int
    b: list = field(default_factory=list)
    c: str = 'x'
@dataclass
class R(Q):
    d: int = 4
    def tot(self): return self.a + self.d
def f():
    try:
        P(1,2).x = 3
        r = 'no'
    except AttributeError as e:
        r = str(e)
    return r, [(p.x, p.y) for p in sorted(P(*x) for x in [(2,1),(1,3)])], repr(R(1)), R(1,[2])==R(1,[2]), R(1,d=7).tot(), {P(1,2): 3}[P(1,2)], asdict(R(1,[2])), P(1,2) <= P(1,2)
""",
    "f()",
)

add(
    "an order by a function",
    """
from functools import cmp_to_key
import functools
def largest(nums):
    s = sorted(map(str, nums), key=cmp_to_key(lambda a, b: -1 if a+b > b+a else 1))
    t = list(nums); t.sort(key=functools.cmp_to_key(lambda a,b: b-a))
    return str(int("".join(s))), t
""",
    "largest([3,30,34,5,9])",
)

add(
    "abstract classes",
    """
from abc import ABC, abstractmethod
class A(ABC):
    @abstractmethod
    def f(self): ...
    def g(self): return self.f() * 2
class B(A):
    def f(self): return 21
def f():
    try: A(); r = 1
    except TypeError as e: r = 2
    return r, B().g()
""",
    "f()",
)

add(
    "enumerations",
    """
from enum import Enum, auto
class C(Enum):
    RED = 1
    GREEN = 'g'
    def low(self): return self.name.lower()
class D(Enum):
    A = auto()
    B = auto()
def f(): return C.RED.value, C('g').name, C['RED'].low(), [c.name for c in C], C.RED is C(1), isinstance(C.RED, C), str(C.RED), repr(C.GREEN), {C.RED: 1}[C.RED], C.RED == C.GREEN, len(C), D.B.value, list(C)[1].value
""",
    "f()",
)

add(
    "a class within a class",
    """
class LinkedList:
    class Node:
        def __init__(self, v): self.v = v; self.next = None
    def __init__(self): self.head = None; self.__size = 0
    def push(self, v):
        n = self.Node(v); n.next = self.head; self.head = n; self.__size += 1
    def __len__(self): return self.__size
    def __iter__(self):
        n = self.head
        while n:
            yield n.v
            n = n.next
def f():
    l = LinkedList(); l.push(1); l.push(2)
    return list(l), len(l), bool(LinkedList()), l._LinkedList__size
""",
    "f()",
)

add(
    "a diamond",
    """
class A:
    def hi(self): return ['A']
class B(A):
    def hi(self): return ['B'] + super().hi()
class C(A):
    def hi(self): return ['C'] + super().hi()
class D(B, C):
    def hi(self): return ['D'] + super().hi()
""",
    "D().hi()",
)

add(
    "an order by one comparison",
    """
from functools import total_ordering, lru_cache
@total_ordering
class V:
    def __init__(s, v): s.v = v
    def __eq__(s, o): return s.v == o.v
    def __lt__(s, o): return s.v < o.v
    @lru_cache(None)
    def __hash__(s): return s.v
class W:
    @lru_cache(maxsize=None)
    def fib(self, n): return n if n < 2 else self.fib(n-1)+self.fib(n-2)
import heapq
def f():
    h = []
    for x in (3,1,2): heapq.heappush(h, V(x))
    return V(1) >= V(1), V(2) > V(1), V(1) <= V(0), 1 < 2 <= 3, W().fib(30), heapq.heappop(h).v, [x.v for x in heapq.nlargest(2,h)]
""",
    "f()",
)

add(
    "tables of characters",
    """
import string
def strip(s):
    return s.translate(str.maketrans('', '', string.punctuation)), s.translate({97:'xx', ord('b'):None}), 'abc'.translate(''.maketrans({'a':'1','b':None}))
""",
    "strip('a,b!')",
)

add(
    "substitutions by functions",
    """
import re
def camel(s):
    p = re.compile(r'\\d+')
    return re.sub(r"_([a-z])", lambda m: m.group(1).upper(), s), p.sub(lambda m: str(int(m[0])+1), 'a9b10', 1), re.subn('b', lambda m: 'x', 'abab'), re.sub('a', 'b', s, count=1)
""",
    "camel('a_b_c')",
)

add(
    "parts of the library",
    """
import functools, unittest, contextlib
from typing import TypeVar, Deque, NewType, Iterable, cast
from collections.abc import Sequence
from queue import PriorityQueue, Queue
import collections.abc
import statistics as st
T = TypeVar('T')
def memo(fn):
    cache = {}
    @functools.wraps(fn)
    def w(*a):
        if a not in cache: cache[a] = fn(*a)
        return cache[a]
    return w
@memo
def fact(n): return 1 if n < 2 else n * fact(n - 1)
def f():
    q = PriorityQueue(); q.put((2,'b')); q.put((1,'a'))
    r = Queue(); r.put(1)
    return fact(5), [isinstance(x, Iterable) for x in ([], 3, 'a', {})], isinstance('a', Sequence), isinstance({}, collections.abc.Mapping), q.get(), q.empty(), r.qsize(), callable(fact), callable(3), st.mean([1,2,3]), st.mean([1,2]), st.median([3,1,2]), st.mode([1,1,2]), st.mean([0.1,0.2,0.3]), st.pvariance([1,2,3,4]), st.stdev([1.5,2.5,4.0])
""",
    "f()",
)

add(
    "fractions",
    """
from fractions import Fraction
def f(a,b):
    x = Fraction(a,b); return x.numerator, x.denominator, str(x + 1), str(1 - x), x < 1, max(x, Fraction(3)) == 3, float(x), str(Fraction('0.75')), str(Fraction(0.5)), round(x), int(x), [str(q) for q in sorted([Fraction(1,2), Fraction(1,3), 0])], str(sum([x,x])), x == 0.5, bool(Fraction(0)), str(x**2), str(x/3), x // 1, str(abs(-x))
""",
    "f(2,4)",
)

add(
    "an ordered dict",
    """
from collections import OrderedDict
class LRUCache:
    def __init__(self, capacity):
        self.c = capacity
        self.d = OrderedDict()
    def get(self, k):
        if k not in self.d: return -1
        self.d.move_to_end(k)
        return self.d[k]
    def put(self, k, v):
        self.d[k] = v
        self.d.move_to_end(k)
        if len(self.d) > self.c:
            self.d.popitem(last=False)
def f():
    c = LRUCache(2); c.put(1,1); c.put(2,2); c.get(1); c.put(3,3)
    return c.get(1), c.get(2), c.get(3), list(c.d)
""",
    "f()",
)

add(
    "a sieve of bytes",
    """
def sieve(n):
    s = bytearray([1]) * (n + 1)
    s[0] = s[1] = 0
    for i in range(2, int(n ** 0.5) + 1):
        if s[i]:
            s[i*i::i] = bytearray(len(s[i*i::i]))
    return [i for i, v in enumerate(s) if v], sum(s), len(s)
""",
    "sieve(30)",
)

add(
    "streams in memory",
    """
import io, os, sys
def f():
    b = io.StringIO(); b.write('a\\nb'); b.seek(0)
    return b.readline(), b.read(), b.getvalue(), [l for l in io.StringIO('x\\ny')]
SENT = object()
def g(x=SENT): return x is SENT
""",
    "f(), g(), g(3)",
)

add(
    "tests within",
    """
import unittest
def f(n): return n * 2
class TestF(unittest.TestCase):
    def test(self): self.assertEqual(f(2), 4)
if __name__ == "__main__":
    unittest.main()
""",
    "f(3)",
)

add(
    "endless",
    """
def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
def f(n):
    g = fib()
    return [next(g) for _ in range(n)]
""",
    "f(10)",
)

add(
    "cut at every statement",
    """
def g(n, *rest, k=3):
    for i in range(n):
        if i == 1: continue
        for j in range(i):
            if j > 2: break
            yield i, j
            if j == 1:
                yield 'one'
            elif j == 2:
                yield 'two'
                continue
            else:
                yield from rest
        else:
            yield 'else', i
        if i == 4: return
    yield 'never'
def acc():
    t = 0
    while True:
        x = yield t
        if x is None: break
        t += x
    yield 'end'
def sub():
    got = yield from inner()
    yield got
def inner():
    yield 1
    return 'value'
def tree(n):
    if n:
        yield from tree(n-1)
        yield n
        yield from tree(n-1)
def f():
    a = acc(); next(a)
    return list(g(6, 'a', 'b')), a.send(3), a.send(4), next(a), list(a), list(sub()), list(tree(3)), sum(x for x in tree(3)), sorted(tree(2)), [x for x, _ in zip(fib(), range(3))], list(g(0))
def fib():
    a, b = 0, 1
    while 1:
        yield a
        a, b = b, a+b
""",
    "f()",
)

add(
    "names of its own",
    """
def outer():
    total = 0
    def inner(k):
        nonlocal total
        for i in range(k):
            total += i
            yield total
    r = list(inner(4))
    return r, total
class A:
    def __init__(self, xs): self.xs = xs
    def __iter__(self):
        for x in self.xs:
            f = lambda y: y + x
            def g(z): return z * x
            yield f(1), g(2), [q for q in range(x) if q]
""",
    "outer(), list(A([1,2,3]))",
)

add(
    "broken off",
    """
def primes():
    seen = []
    n = 2
    while True:
        for p in seen:
            if n % p == 0: break
        else:
            seen.append(n)
            yield n
        n += 1
def f():
    out = []
    for p in primes():
        if p > 30: break
        out.append(p)
    return out, any(p == 7 for p in primes())
""",
    "f()",
)

add(
    "a finally around it",
    """
def g():
    try:
        yield 1
    finally:
        pass
""",
    "list(g())",
)

add(
    "endless parts of the library",
    """
import itertools
def f():
    for i, x in enumerate(itertools.cycle([1,2])):
        if i == 5: return i, x, next(n for n in itertools.count(2) if n % 7 == 0), next(map(str, itertools.count(3)))
""",
    "f()",
)

add(
    "chunks",
    '''
def chunks(xs, n):
    """Yield chunks."""
    for i in range(0, len(xs), n):
        yield xs[i:i+n]
def first(it): return next(iter(it), None)
''',
    "list(chunks([1,2,3,4,5],2)), first(chunks([],2))",
)

add(
    "classes of named fields",
    """
from typing import NamedTuple, TypedDict
class P(NamedTuple):
    "doc"
    x: int
    y: int = 0
class M(TypedDict):
    a: int
class Sum(list):
    pass
def f():
    r = [1]
    r += (2, 3)
    r += range(2)
    t = (1,)
    t += (2,)
    return P(1).x, P(2, y=3), P(1)._replace(y=5), M(a=1), sum(Sum([1,2])), r, t
""",
    "f()",
)

add(
    "errors of more than a text",
    """
def f(k):
    try:
        raise KeyError(k)
    except KeyError as e:
        a = (str(e), e.args)
    try:
        raise ValueError("x", 3)
    except (TypeError, ValueError) as e:
        b = e.args, str(e), repr(e)
    try:
        try:
            raise IndexError
        finally:
            k = 7
    except LookupError as e:
        c = str(e), k
    return a, b, c
""",
    "f(5)",
)

add(
    "private names",
    """
class A:
    def __init__(self): self.__x = 1
    def get(self): return self.__x
    def __priv(self, y): return y + self.__x
    def call(self): return self.__priv(2)
def f():
    a = A()
    return a.get(), a._A__x, hasattr(a, '__x'), a.call(), a._A__priv(4)
""",
    "f()",
)

add(
    "integers",
    """
def f(xs): return list(set(xs)), tuple(set(xs)), [x for x in set(xs)]
""",
    "f([30, 10, 5, 8, 16, -1, -2, -7, 100, 2**70, 64, 33, 7, 40, 99, 1000, 12345, 3, 2, 1, 0])",
)

add(
    "integers added one by one",
    """
def f(xs):
    s = set()
    for x in xs: s.add(x * 37)
    return list(s), sorted(s), len(s), max(s)
""",
    "f(range(300))",
)

add(
    "sets of sets",
    """
def f(a, b): return sorted(set(a) & set(b)), set(a) ^ set(b), tuple(set(a) | set(b))
""",
    "f([1,2],[2,3])",
)

add(
    "emptied",
    """
def f(a):
    s = set(a)
    while s:
        x = s.pop()
    return len(s)
""",
    "f([5,3])",
)

add(
    "items without an end",
    """
class A:
    def __getitem__(self, i): return [5,6][i]
def f(): return list(A()), 6 in A(), 9 in A(), [x for x in A()], max(A()), tuple(A()), sorted(A())
""",
    "f()",
)

add(
    "members by iteration",
    """
class A:
    def __iter__(self): return iter([1,2])
def f(): return 1 in A(), 5 in A()
""",
    "f()",
)

add(
    "attributes of functions",
    """
import functools
def counted(fn):
    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return fn(*args, **kwargs)
    wrapper.calls = 0
    return wrapper
@counted
def g(n): return n
class A:
    calls = 9
def f():
    g(1); g(2)
    return g.calls, A.calls, A().calls, getattr(g, 'calls', 3), hasattr(g, 'calls'), hasattr(f, 'calls')
""",
    "f()",
)

add(
    "the last group of a match",
    """
import re
P = re.compile(r'(?P<NUM>\\d+(\\.\\d+)?)|(?P<OP>[+*])|(?P<ID>[a-z]+)')
def f(s): return [(m.lastgroup, m.group()) for m in P.finditer(s)]
""",
    "f('1.5+abc*22')",
)

add(
    "subclasses of lists and dicts",
    """
class Stack(list):
    def push(self, x): self.append(x)
    def peek(self): return self[-1] if self else None
class Counter2(dict):
    def __missing__(self, key): return 0
class Sized(list):
    def __init__(self, n): self.n = n
    def append(self, x):
        if len(self) >= self.n: raise OverflowError('full')
        super().append(x)
class Lower(dict):
    def __init__(self, *a, **k):
        super().__init__()
        self.update(*a, **k)
    def __setitem__(self, k, v): super().__setitem__(k.lower(), v)
    def __getitem__(self, k): return super().__getitem__(k.lower())
def f():
    s = Stack([1]); s.push(2); s += [3]
    c = Counter2()
    for x in 'aab': c[x] += 1
    z = Sized(1); z.append(5)
    try: z.append(6)
    except OverflowError as e: r = str(e)
    l = Lower(); l['A'] = 1
    return s, s[:2], len(s), s.peek(), Stack().peek(), isinstance(s, list), isinstance(c, dict), isinstance(c, list), c, sorted(c.items()), r, z, l['a'], l, [*s], s == [1,2,3], s + [4], [0] + s, 2 in s, sum(s), repr(s), bool(Stack()), sorted(s, reverse=True), max(s), 'b' in c, list(reversed(s)), [x for x in c]
""",
    "repr(f())",
)


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
    "a part that is not there": "from statistics import quantiles\ndef f(): return quantiles([1, 2])",
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
