"""Programs with generators, as models write them: each with what it is asked for."""

# ruff: noqa: E501 (models write such lines)

from __future__ import annotations

GENERATORS: dict[str, tuple[str, str]] = {
    "endless": (
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
    ),
    "cut at every statement": (
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
    ),
    "names of its own": (
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
    ),
    "broken off": (
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
    ),
    "a finally around it": (
        """
def g():
    try:
        yield 1
    finally:
        pass
""",
        "list(g())",
    ),
    "endless parts of the library": (
        """
import itertools
def f():
    for i, x in enumerate(itertools.cycle([1,2])):
        if i == 5: return i, x, next(n for n in itertools.count(2) if n % 7 == 0), next(map(str, itertools.count(3)))
""",
        "f()",
    ),
    "chunks": (
        '''
def chunks(xs, n):
    """Yield chunks."""
    for i in range(0, len(xs), n):
        yield xs[i:i+n]
def first(it): return next(iter(it), None)
''',
        "list(chunks([1,2,3,4,5],2)), first(chunks([],2))",
    ),
    "items without an end": (
        """
class A:
    def __getitem__(self, i): return [5,6][i]
def f(): return list(A()), 6 in A(), 9 in A(), [x for x in A()], max(A()), tuple(A()), sorted(A())
""",
        "f()",
    ),
}
