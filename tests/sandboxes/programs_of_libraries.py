"""Programs with sets, and with parts of the library that Monty lacks: each with what it is asked for."""

# ruff: noqa: E501 (models write such lines)

from __future__ import annotations

LIBRARIES: dict[str, tuple[str, str]] = {
    "an order by a function": (
        """
from functools import cmp_to_key
import functools
def largest(nums):
    s = sorted(map(str, nums), key=cmp_to_key(lambda a, b: -1 if a+b > b+a else 1))
    t = list(nums); t.sort(key=functools.cmp_to_key(lambda a,b: b-a))
    return str(int("".join(s))), t
""",
        "largest([3,30,34,5,9])",
    ),
    "tables of characters": (
        """
import string
def strip(s):
    return s.translate(str.maketrans('', '', string.punctuation)), s.translate({97:'xx', ord('b'):None}), 'abc'.translate(''.maketrans({'a':'1','b':None}))
""",
        "strip('a,b!')",
    ),
    "substitutions by functions": (
        """
import re
def camel(s):
    p = re.compile(r'\\d+')
    return re.sub(r"_([a-z])", lambda m: m.group(1).upper(), s), p.sub(lambda m: str(int(m[0])+1), 'a9b10', 1), re.subn('b', lambda m: 'x', 'abab'), re.sub('a', 'b', s, count=1)
""",
        "camel('a_b_c')",
    ),
    "parts of the library": (
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
    ),
    "fractions": (
        """
from fractions import Fraction
def f(a,b):
    x = Fraction(a,b); return x.numerator, x.denominator, str(x + 1), str(1 - x), x < 1, max(x, Fraction(3)) == 3, float(x), str(Fraction('0.75')), str(Fraction(0.5)), round(x), int(x), [str(q) for q in sorted([Fraction(1,2), Fraction(1,3), 0])], str(sum([x,x])), x == 0.5, bool(Fraction(0)), str(x**2), str(x/3), x // 1, str(abs(-x))
""",
        "f(2,4)",
    ),
    "an ordered dict": (
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
    ),
    "a sieve of bytes": (
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
    ),
    "streams in memory": (
        """
import io, os, sys
def f():
    b = io.StringIO(); b.write('a\\nb'); b.seek(0)
    return b.readline(), b.read(), b.getvalue(), [l for l in io.StringIO('x\\ny')]
SENT = object()
def g(x=SENT): return x is SENT
""",
        "f(), g(), g(3)",
    ),
    "tests within": (
        """
import unittest
def f(n): return n * 2
class TestF(unittest.TestCase):
    def test(self): self.assertEqual(f(2), 4)
if __name__ == "__main__":
    unittest.main()
""",
        "f(3)",
    ),
    "integers": (
        """
def f(xs): return list(set(xs)), tuple(set(xs)), [x for x in set(xs)]
""",
        "f([30, 10, 5, 8, 16, -1, -2, -7, 100, 2**70, 64, 33, 7, 40, 99, 1000, 12345, 3, 2, 1, 0])",
    ),
    "integers added one by one": (
        """
def f(xs):
    s = set()
    for x in xs: s.add(x * 37)
    return list(s), sorted(s), len(s), max(s)
""",
        "f(range(300))",
    ),
    "sets of sets": (
        """
def f(a, b): return sorted(set(a) & set(b)), set(a) ^ set(b), tuple(set(a) | set(b))
""",
        "f([1,2],[2,3])",
    ),
    "emptied": (
        """
def f(a):
    s = set(a)
    while s:
        x = s.pop()
    return len(s)
""",
        "f([5,3])",
    ),
    "attributes of functions": (
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
    ),
    "the last group of a match": (
        """
import re
P = re.compile(r'(?P<NUM>\\d+(\\.\\d+)?)|(?P<OP>[+*])|(?P<ID>[a-z]+)')
def f(s): return [(m.lastgroup, m.group()) for m in P.finditer(s)]
""",
        "f('1.5+abc*22')",
    ),
}
