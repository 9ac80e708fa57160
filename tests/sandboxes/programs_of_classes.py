"""Programs with classes, as models write them: each with what it is asked for."""

# ruff: noqa: E501 (models write such lines)

from __future__ import annotations

CLASSES: dict[str, tuple[str, str]] = {
    "a method of a base": (
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
    ),
    "exceptions of the program's own": (
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
    ),
    "properties and methods of classes": (
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
    ),
    "special methods": (
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
    ),
    "dataclasses": (
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
    ),
    "abstract classes": (
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
    ),
    "enumerations": (
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
    ),
    "a class within a class": (
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
    ),
    "a diamond": (
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
    ),
    "an order by one comparison": (
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
    ),
    "classes of named fields": (
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
    ),
    "errors of more than a text": (
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
    ),
    "private names": (
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
    ),
    "members by iteration": (
        """
class A:
    def __iter__(self): return iter([1,2])
def f(): return 1 in A(), 5 in A()
""",
        "f()",
    ),
    "subclasses of lists and dicts": (
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
    ),
}
