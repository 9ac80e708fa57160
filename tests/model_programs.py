"""Right programs as models write them, each with its tests and another part of Python in it."""

# ruff: noqa: E501 (models write such lines)

from __future__ import annotations

PROGRAMS: dict[str, tuple[str, list, str | None]] = {}


def add(name, program, tests, function=None):
    PROGRAMS[name] = (program, tests, function)


add(
    "heapq topk",
    """
import heapq
from typing import List
def k_largest(nums: List[int], k: int) -> List[int]:
    return heapq.nlargest(k, nums)
""",
    ["assert k_largest([1,5,3],2)==[5,3]"],
)
add(
    "heap push pop",
    """
import heapq
class Solution:
    def kthSmallest(self, nums, k):
        h = []
        for x in nums:
            heapq.heappush(h, -x)
            if len(h) > k:
                heapq.heappop(h)
        return -h[0]
""",
    [{"input": [[3, 1, 2], 2], "output": 2}],
    "Solution().kthSmallest",
)
add(
    "dijkstra",
    """
import heapq
from collections import defaultdict
def dijkstra(edges, s, n):
    g = defaultdict(list)
    for u, v, w in edges:
        g[u].append((v, w))
    dist = [float('inf')] * n
    dist[s] = 0
    pq = [(0, s)]
    while pq:
        d, u = heapq.heappop(pq)
        if d > dist[u]:
            continue
        for v, w in g[u]:
            nd = d + w
            if nd < dist[v]:
                dist[v] = nd
                heapq.heappush(pq, (nd, v))
    return dist
""",
    ["assert dijkstra([(0,1,2),(1,2,3),(0,2,10)],0,3)==[0,2,5]"],
)
add(
    "deque bfs",
    """
from collections import deque
def num_islands(grid):
    if not grid: return 0
    rows, cols = len(grid), len(grid[0])
    seen = set()
    count = 0
    for r in range(rows):
        for c in range(cols):
            if grid[r][c] == "1" and (r, c) not in seen:
                count += 1
                q = deque([(r, c)])
                seen.add((r, c))
                while q:
                    x, y = q.popleft()
                    for dx, dy in ((1,0),(-1,0),(0,1),(0,-1)):
                        nx, ny = x+dx, y+dy
                        if 0 <= nx < rows and 0 <= ny < cols and grid[nx][ny] == "1" and (nx, ny) not in seen:
                            seen.add((nx, ny))
                            q.append((nx, ny))
    return count
""",
    ["assert num_islands([['1','0'],['0','1']])==2"],
)
add(
    "counter most_common",
    """
from collections import Counter
def top(words, k):
    return [w for w, _ in Counter(words).most_common(k)]
""",
    ["assert top(['a','b','a'],1)==['a']"],
)
add(
    "counter return",
    """
from collections import Counter
def freq(xs):
    return Counter(xs)
""",
    ["assert freq([1,1,2])=={1:2,2:1}"],
)
add(
    "defaultdict groups",
    """
from collections import defaultdict
from typing import List
class Solution:
    def groupAnagrams(self, strs: List[str]) -> List[List[str]]:
        d = defaultdict(list)
        for s in strs:
            d[tuple(sorted(s))].append(s)
        return list(d.values())
""",
    [{"input": [["ab", "ba", "c"]], "output": [["ab", "ba"], ["c"]]}],
    "Solution().groupAnagrams",
)
add(
    "bisect lis",
    """
import bisect
def lis(a):
    t = []
    for x in a:
        i = bisect.bisect_left(t, x)
        if i == len(t):
            t.append(x)
        else:
            t[i] = x
    return len(t)
""",
    ["assert lis([10,9,2,5,3,7,101,18])==4"],
)
add(
    "bisect insort",
    """
from bisect import insort, bisect_right
def f(xs):
    out = []
    for x in xs: insort(out, x)
    return out, bisect_right(out, 2)
""",
    ["assert f([3,1,2])==([1,2,3],2)"],
)
add(
    "generator fib",
    """
def fib(n):
    def gen():
        a, b = 0, 1
        while True:
            yield a
            a, b = b, a + b
    g = gen()
    return [next(g) for _ in range(n)]
""",
    ["assert fib(5)==[0,1,1,2,3]"],
)
add(
    "generator yield",
    """
def flatten(xs):
    for x in xs:
        if isinstance(x, list):
            yield from flatten(x)
        else:
            yield x
def flat(xs):
    return list(flatten(xs))
""",
    ["assert flat([1,[2,[3]]])==[1,2,3]"],
    "flat",
)
add(
    "genexpr",
    """
def s(n):
    return sum(int(d) for d in str(n) if d.isdigit())
""",
    ["assert s(123)==6"],
)
add(
    "inheritance",
    """
class Shape:
    def area(self):
        raise NotImplementedError
class Sq(Shape):
    def __init__(self, a): self.a = a
    def area(self): return self.a ** 2
def area(a): return Sq(a).area()
""",
    ["assert area(3)==9"],
)
add(
    "dataclass",
    """
from dataclasses import dataclass, field
@dataclass
class P:
    x: int
    y: int = 0
    tags: list = field(default_factory=list)
def norm1(x, y):
    p = P(x, y)
    return abs(p.x) + abs(p.y)
""",
    ["assert norm1(-1,2)==3"],
)
add(
    "dataclass order",
    """
from dataclasses import dataclass
@dataclass(order=True, frozen=True)
class P:
    x: int
    y: int
def f(xs):
    return [(p.x, p.y) for p in sorted(P(*x) for x in xs)]
""",
    ["assert f([(2,1),(1,3)])==[(1,3),(2,1)]"],
)
add(
    "stdin read",
    """
import sys
def main():
    data = sys.stdin.read().split()
    n = int(data[0])
    print(sum(map(int, data[1:n+1])))
main()
""",
    [{"input": "3\n1 2 3\n", "output": "6\n"}],
)
add(
    "stdin readline",
    """
import sys
input = sys.stdin.readline
n = int(input())
a = list(map(int, input().split()))
print(max(a))
""",
    [{"input": "3\n1 2 3\n", "output": "3\n"}],
)
add(
    "stdin lines",
    """
import sys
for line in sys.stdin:
    a, b = map(int, line.split())
    print(a + b)
""",
    [{"input": "1 2\n3 4\n", "output": "3\n7\n"}],
)
add(
    "stdin buffer",
    """
import sys
def main():
    data = sys.stdin.buffer.read().split()
    n = int(data[0])
    sys.stdout.write(str(n * 2) + "\\n")
if __name__ == "__main__":
    main()
""",
    [{"input": "4\n", "output": "8\n"}],
)
add(
    "input loop",
    """
t = int(input())
for _ in range(t):
    n, k = map(int, input().split())
    print("YES" if n % k == 0 else "NO")
""",
    [{"input": "2\n4 2\n3 2\n", "output": "YES\nNO\n"}],
)
add(
    "solve main",
    """
def solve():
    n = int(input())
    a = [int(x) for x in input().split()]
    a.sort(reverse=True)
    print(*a)
if __name__ == '__main__':
    solve()
""",
    [{"input": "3\n1 2 3\n", "output": "3 2 1\n"}],
)
add(
    "input EOF",
    """
while True:
    try:
        n = int(input())
    except EOFError:
        break
    print(n + 1)
""",
    [{"input": "1\n2\n", "output": "2\n3\n"}],
)
add(
    "lambda sort",
    """
def s(people):
    return sorted(people, key=lambda p: (-p[1], p[0]))
""",
    ["assert s([('a',1),('b',2)])==[('b',2),('a',1)]"],
)
add(
    "dict sort",
    """
def s(d):
    return dict(sorted(d.items(), key=lambda kv: kv[1], reverse=True))
""",
    ["assert s({'a':1,'b':2})=={'b':2,'a':1}"],
)
add(
    "nested nonlocal",
    """
def count_paths(m, n):
    memo = {}
    calls = 0
    def go(i, j):
        nonlocal calls
        calls += 1
        if i == m - 1 or j == n - 1: return 1
        if (i, j) in memo: return memo[(i, j)]
        memo[(i, j)] = go(i + 1, j) + go(i, j + 1)
        return memo[(i, j)]
    return go(0, 0)
""",
    ["assert count_paths(3,7)==28"],
)
add(
    "fstring fmt",
    """
def fmt(x, n):
    return f"{x:.2f}|{n:>5}|{n:05d}|{n:,}|{x!r:<8}|{n:b}|{n:#x}"
""",
    ["assert fmt(3.14159,42)=='3.14|   42|00042|42|3.14159 |101010|0x2a'"],
)
add(
    "format percent",
    """
def fmt(a, b):
    return "%d-%s-%.1f" % (a, b, a / 3) + "{:>4}{}".format(a, b)
""",
    ["assert fmt(1,'x')=='1-x-0.3   1x'"],
)
add(
    "lru_cache",
    """
from functools import lru_cache
@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
""",
    ["assert fib(50)==12586269025"],
)
add(
    "cache inner",
    """
from functools import cache
def climb(n):
    @cache
    def go(i):
        if i <= 1: return 1
        return go(i-1) + go(i-2)
    return go(n)
""",
    ["assert climb(5)==8"],
)
add(
    "itertools",
    """
from itertools import permutations, combinations, product, accumulate, groupby, chain
def f(s):
    return (len(list(permutations(s))), list(combinations(s, 2)), list(accumulate([1,2,3])),
            [(k, len(list(g))) for k, g in groupby("aab")], list(chain([1],[2])), len(list(product([0,1], repeat=3))))
""",
    ["assert f('abc')==(6,[('a','b'),('a','c'),('b','c')],[1,3,6],[('a',2),('b',1)],[1,2],8)"],
)
add(
    "regex",
    """
import re
def words(s):
    return re.findall(r"\\b\\w{4,}\\b", s), re.sub(r"\\s+", " ", s), bool(re.match(r"^[a-z]+$", "abc"))
""",
    ["assert words('ab  abcd')==(['abcd'],'ab abcd',True)"],
)
add(
    "regex sub fn",
    """
import re
def camel(s):
    return re.sub(r"_([a-z])", lambda m: m.group(1).upper(), s)
""",
    ["assert camel('a_b')=='aB'"],
)
add(
    "try except",
    """
def safe_div(a, b):
    try:
        r = a / b
    except ZeroDivisionError as e:
        return str(e)
    except (TypeError, ValueError):
        return None
    else:
        return r
    finally:
        pass
""",
    ["assert safe_div(1,2)==0.5", "assert safe_div(1,0)=='division by zero'"],
)
add(
    "custom exc",
    """
class StackEmpty(Exception):
    pass
def pop(xs):
    try:
        if not xs: raise StackEmpty("empty")
        return xs.pop()
    except StackEmpty as e:
        return str(e)
""",
    ["assert pop([])=='empty'"],
)
add(
    "walrus",
    """
def f(xs):
    return [y for x in xs if (y := x * x) > 4]
""",
    ["assert f([1,2,3])==[9]"],
)
add(
    "star args",
    """
def total(*args, **kw):
    first, *rest = args
    return first + sum(rest) + sum(kw.values())
def call(xs): return total(*xs, **{'a': 1})
""",
    ["assert call([1,2,3])==7"],
    "call",
)
add(
    "typing",
    """
from typing import List, Dict, Optional, Tuple, Union, Any, Callable
def f(xs: List[int], d: Optional[Dict[str, int]] = None) -> Tuple[int, ...]:
    return tuple(xs)
""",
    ["assert f([1])==(1,)"],
)
add(
    "typing missing",
    """
class Solution:
    def twoSum(self, nums: List[int], target: int) -> List[int]:
        seen = {}
        for i, n in enumerate(nums):
            if target - n in seen:
                return [seen[target - n], i]
            seen[n] = i
""",
    [{"input": [[2, 7], 9], "output": [0, 1]}],
    "Solution().twoSum",
)
add(
    "optional missing",
    """
class Solution:
    def f(self, root: Optional[int] = None) -> Optional[int]:
        return root
""",
    [{"input": [3], "output": 3}],
    "Solution().f",
)
add(
    "math",
    """
import math
def f(n):
    return math.gcd(n, 6), math.isqrt(n), math.comb(n, 2), math.factorial(5), math.prod([1,2]), math.ceil(n/2), math.lcm(4, n)
""",
    ["assert f(10)==(2,3,45,120,2,5,20)"],
)
add(
    "decorator",
    '''
import functools
def memo(fn):
    cache = {}
    @functools.wraps(fn)
    def w(*a):
        if a not in cache: cache[a] = fn(*a)
        return cache[a]
    return w
@memo
def fact(n):
    """Return n!."""
    return 1 if n < 2 else n * fact(n - 1)
''',
    ["assert fact(5)==120"],
    "fact",
)
add(
    "string module",
    """
import string
def ok(s):
    return set(string.ascii_lowercase) <= set(s.lower())
""",
    ["assert ok('The quick brown fox jumps over the lazy dog') == True"],
)
add(
    "string punctuation",
    """
import string
def strip(s):
    return s.translate(str.maketrans('', '', string.punctuation))
""",
    ["assert strip('a,b!')=='ab'"],
)
add(
    "maketrans",
    """
def rot(s):
    t = str.maketrans("abc", "bca")
    return s.translate(t)
""",
    ["assert rot('abc')=='bca'"],
)
add(
    "del",
    """
def f(d):
    d = dict(d)
    del d['a']
    xs = [1,2,3]
    del xs[0]
    return d, xs
""",
    ["assert f({'a':1,'b':2})==({'b':2},[2,3])"],
)
add(
    "linked list",
    """
class ListNode:
    def __init__(self, val=0, next=None):
        self.val = val
        self.next = next
def rev(xs):
    head = None
    for x in xs:
        head = ListNode(x, head)
    out = []
    while head:
        out.append(head.val)
        head = head.next
    return out
""",
    ["assert rev([1,2])==[2,1]"],
    "rev",
)
add(
    "trie",
    """
class TrieNode:
    def __init__(self):
        self.children = {}
        self.end = False
class Trie:
    def __init__(self):
        self.root = TrieNode()
    def insert(self, w):
        n = self.root
        for ch in w:
            if ch not in n.children: n.children[ch] = TrieNode()
            n = n.children[ch]
        n.end = True
    def search(self, w):
        n = self.root
        for ch in w:
            n = n.children.get(ch)
            if n is None: return False
        return n.end
def f(ws, w):
    t = Trie()
    for x in ws: t.insert(x)
    return t.search(w)
""",
    ["assert f(['ab'],'ab')==True"],
    "f",
)
add(
    "union find",
    """
class UF:
    def __init__(self, n):
        self.p = list(range(n))
    def find(self, x):
        while self.p[x] != x:
            self.p[x] = self.p[self.p[x]]
            x = self.p[x]
        return x
    def union(self, a, b):
        self.p[self.find(a)] = self.find(b)
def comps(n, es):
    u = UF(n)
    for a, b in es: u.union(a, b)
    return len({u.find(i) for i in range(n)})
""",
    ["assert comps(3,[(0,1)])==2"],
    "comps",
)
add(
    "setrecursion",
    """
import sys
sys.setrecursionlimit(10**6)
def f(n): return 0 if n == 0 else 1 + f(n-1)
""",
    ["assert f(500)==500"],
)
add(
    "sys.exit",
    """
import sys
n = int(input())
if n == 0:
    print("zero")
    sys.exit()
print("pos")
""",
    [{"input": "0\n", "output": "zero\n"}],
)
add(
    "exit()",
    """
n = int(input())
if n == 0:
    print("zero")
    exit()
print("pos")
""",
    [{"input": "0\n", "output": "zero\n"}],
)
add(
    "match",
    """
def f(x):
    match x:
        case 0: return "z"
        case [a, b]: return a
        case {"k": v}: return v
        case _: return "o"
""",
    ["assert f(0)=='z'", "assert f([1,2])==1"],
)
add(
    "slices zip",
    """
def f(m):
    return [list(r) for r in zip(*m)], m[::-1], [row[:] for row in m]
""",
    ["assert f([[1,2],[3,4]])==([[1,3],[2,4]],[[3,4],[1,2]],[[1,2],[3,4]])"],
)
add(
    "set ops",
    """
def f(a, b):
    return sorted(set(a) & set(b)), set(a) ^ set(b), tuple(set(a) | set(b))
""",
    ["assert f([1,2],[2,3])==([2],{1,3},(1,2,3))"],
)
add(
    "reduce",
    """
from functools import reduce
from operator import mul
def prod(xs): return reduce(mul, xs, 1)
""",
    ["assert prod([1,2,3])==6"],
)
add(
    "itemgetter",
    """
from operator import itemgetter
def f(xs): return sorted(xs, key=itemgetter(1))
""",
    ["assert f([(1,2),(2,1)])==[(2,1),(1,2)]"],
)
add(
    "ordereddict lru",
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
    c = LRUCache(1); c.put(1,1); c.put(2,2)
    return c.get(1), c.get(2)
""",
    ["assert f()==(-1,2)"],
    "f",
)
add(
    "enum",
    """
from enum import Enum
class C(Enum):
    A = 1
    B = 2
def f(): return C.A.value
""",
    ["assert f()==1"],
)
add(
    "namedtuple",
    """
from collections import namedtuple
P = namedtuple("P", ["x", "y"])
def f(): return P(1, 2).x
""",
    ["assert f()==1"],
)
add(
    "datetime",
    """
from datetime import datetime, date
def f(s): return datetime.strptime(s, "%Y-%m-%d").strftime("%d/%m/%Y")
""",
    ["assert f('2020-01-02')=='02/01/2020'"],
)
add(
    "decimal",
    """
from decimal import Decimal, ROUND_HALF_UP
def f(s): return str(Decimal(s).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))
""",
    ["assert f('1.005')=='1.01'"],
)
add(
    "fractions",
    """
from fractions import Fraction
def f(a,b):
    x = Fraction(a,b); return x.numerator, x.denominator
""",
    ["assert f(2,4)==(1,2)"],
)
add(
    "random",
    """
import random
def f(xs):
    random.shuffle(xs); return sorted(xs)
""",
    ["assert f([2,1])==[1,2]"],
)
add(
    "copy",
    """
import copy
def f(x):
    y = copy.deepcopy(x); y[0].append(1); return x
""",
    ["assert f([[0]])==[[0]]"],
)
add(
    "json",
    """
import json
def f(s): return json.loads(s)["a"]
""",
    ["assert f('{\"a\": 1}')==1"],
)
add(
    "statistics",
    """
import statistics
def f(x): return statistics.mean(x), statistics.median(x)
""",
    ["assert f([1,2,3])==(2,2)"],
)
add(
    "sqrt sieve",
    """
def sieve(n):
    p = [True] * (n + 1)
    p[0:2] = [False, False]
    for i in range(2, int(n ** 0.5) + 1):
        if p[i]:
            p[i*i::i] = [False] * len(p[i*i::i])
    return [i for i, v in enumerate(p) if v]
""",
    ["assert sieve(10)==[2,3,5,7]"],
)
add(
    "property static",
    """
class T:
    count = 0
    def __init__(self, c): self._c = c; T.count += 1
    @property
    def f(self): return self._c * 9 / 5 + 32
    @staticmethod
    def g(x): return x + 1
    @classmethod
    def h(cls): return cls(0)
def f(): return T(100).f, T.g(1), T.h().f
""",
    ["assert f()==(212.0,2,32.0)"],
    "f",
)
add(
    "dunder",
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
def f():
    v = V(3)
    return str(V(1)+V(2)), len(v), v[1], list(v), 5 in v, v(2), sorted([V(2),V(1)])[0].x, {v: 1}[V(3)]
""",
    ["assert f()==('V(3)',3,1,[1,2],True,2,1,1)"],
    "f",
)
add(
    "with open",
    """
import contextlib
class C:
    def __enter__(self): return 1
    def __exit__(self, *a): return False
def f():
    with C() as x:
        return x
""",
    ["assert f()==1"],
    "f",
)
add(
    "from import star",
    """
from math import *
from typing import *
def f(n): return floor(sqrt(n))
""",
    ["assert f(10)==3"],
)
add(
    "complex",
    """
def f():
    z = complex(1,2); return z.real, abs(3+4j)
""",
    ["assert f()==(1.0,5.0)"],
)
add(
    "bytes ord chr",
    """
def f(s): return ''.join(chr((ord(c)-97+1)%26+97) for c in s), s.encode().hex(), bin(5)[2:], int('ff',16), hex(255), oct(8)
""",
    ["assert f('az')==('ba','617a','101',255,'0xff','0o10')"],
)
add(
    "str methods",
    """
def f(s): return s.title(), s.swapcase(), s.zfill(5), s.center(7,'*'), s.partition('b'), s.rsplit('b',1), s.isalpha(), s.casefold(), s.ljust(4)+'|', s.count('a'), s.find('z'), s.splitlines(), s.capitalize(), s.expandtabs(), s.isupper()
""",
    [
        "assert f('abc')==('Abc','ABC','00abc','**abc**',('a','b','c'),['a','c'],True,'abc','abc |',1,-1,['abc'],'Abc','abc',False)"
    ],
)
add(
    "any all map filter",
    """
def f(xs): return any(x>1 for x in xs), all(map(bool, xs)), list(filter(None, xs)), list(map(lambda x,y:x+y, xs, xs)), max(xs, key=lambda x:-x), min(xs, default=0), sum([[1],[2]], []), divmod(7,2), pow(2,10,7), round(2.567,1), list(reversed(xs)), list(zip(xs,'ab')), list(enumerate(xs,1))
""",
    [
        "assert f([1,2])==(True,True,[1,2],[2,4],1,1,[1,2],(3,1),2,2.6,[2,1],[(1,'a'),(2,'b')],[(1,1),(2,2)])"
    ],
)
add(
    "global",
    """
cnt = 0
def inc():
    global cnt
    cnt += 1
    return cnt
def f(): inc(); return inc()
""",
    ["assert f()==2"],
    "f",
)
add(
    "while else for else",
    """
def f(n):
    for i in range(2, n):
        if n % i == 0: break
    else:
        return True
    return False
""",
    ["assert f(7)==True", "assert f(8)==False"],
)
add(
    "zip_longest cycle",
    """
from itertools import zip_longest, cycle, islice, count, takewhile, starmap, repeat
def f(): return list(zip_longest([1],[2,3],fillvalue=0)), list(islice(cycle([1,2]),3)), list(takewhile(lambda x:x<3, count())), list(starmap(pow,[(2,3)])), list(repeat(1,2))
""",
    ["assert f()==([(1,2),(0,3)],[1,2,1],[0,1,2],[8],[1,1])"],
)
add(
    "cmp_to_key",
    """
from functools import cmp_to_key
def largest(nums):
    s = sorted(map(str, nums), key=cmp_to_key(lambda a, b: -1 if a+b > b+a else 1))
    return str(int("".join(s)))
""",
    ["assert largest([3,30,34])=='34330'"],
)
add(
    "print sep end",
    """
n = int(input())
for i in range(n):
    print(i, end=" ")
print()
print(1,2,sep=",")
""",
    [{"input": "2\n", "output": "0 1\n1,2\n"}],
)
add(
    "assert in code",
    """
def f(n):
    assert isinstance(n, int), "int"
    return n * 2
print(f(2))
assert f(2) == 4
""",
    ["assert f(3)==6"],
    "f",
)
add(
    "main guard tests",
    '''
def f(n):
    """
    >>> f(2)
    4
    """
    return n * 2
if __name__ == "__main__":
    import doctest
    doctest.testmod()
''',
    ["assert f(3)==6"],
    "f",
)
add(
    "unittest",
    """
import unittest
def f(n): return n * 2
class TestF(unittest.TestCase):
    def test(self): self.assertEqual(f(2), 4)
if __name__ == "__main__":
    unittest.main()
""",
    ["assert f(3)==6"],
    "f",
)
add(
    "type alias",
    """
from __future__ import annotations
from typing import TypeVar
T = TypeVar("T")
def f(xs: list[T] | None) -> dict[str, int]: return {"a": len(xs or [])}
""",
    ["assert f([1])=={'a':1}"],
)
add(
    "time",
    """
import time
def f():
    s = time.time(); return time.perf_counter() >= 0
""",
    ["assert f()==True"],
)
add(
    "collections abc",
    """
from collections.abc import Iterable
def flat(x):
    out = []
    for e in x:
        if isinstance(e, Iterable) and not isinstance(e, str): out.extend(flat(e))
        else: out.append(e)
    return out
""",
    ["assert flat([1,[2]])==[1,2]"],
)
add(
    "bank account",
    '''
class InsufficientFundsError(Exception):
    """Raised when a withdrawal exceeds the balance."""
    def __init__(self, balance, amount):
        self.balance = balance
        self.amount = amount
        super().__init__(f"Cannot withdraw {amount}: balance is {balance}")

class Account:
    interest = 0.02
    def __init__(self, owner, balance=0):
        self.owner = owner
        self._balance = balance
        self._log = []

    @property
    def balance(self):
        return self._balance

    @balance.setter
    def balance(self, value):
        if value < 0:
            raise ValueError("negative balance")
        self._balance = value

    def deposit(self, amount):
        self.balance += amount
        self._log.append(("deposit", amount))
        return self

    def withdraw(self, amount):
        if amount > self._balance:
            raise InsufficientFundsError(self._balance, amount)
        self.balance -= amount
        return self

class Savings(Account):
    def __init__(self, owner, balance=0, *, rate=None):
        super().__init__(owner, balance)
        self.rate = rate or self.interest

    def accrue(self):
        self.balance *= 1 + self.rate
        return round(self.balance, 2)

def run(amounts):
    account = Savings("ann", 100)
    for amount in amounts:
        try:
            account.deposit(amount) if amount > 0 else account.withdraw(-amount)
        except InsufficientFundsError as e:
            return str(e), e.amount
    return account.accrue()
''',
    [
        "assert run([50, -20]) == 132.6",
        "assert run([-200]) == ('Cannot withdraw 200: balance is 100', 200)",
    ],
    "run",
)
add(
    "linked list with len",
    """
class Node:
    __slots__ = ("value", "next")
    def __init__(self, value, next=None):
        self.value = value
        self.next = next

class LinkedList:
    def __init__(self, items=()):
        self.head = None
        self._size = 0
        for item in items:
            self.append(item)

    def append(self, value):
        node = Node(value)
        if not self.head:
            self.head = node
        else:
            cur = self.head
            while cur.next:
                cur = cur.next
            cur.next = node
        self._size += 1

    def __len__(self):
        return self._size

    def __iter__(self):
        cur = self.head
        while cur:
            yield cur.value
            cur = cur.next

    def __getitem__(self, index):
        if index < 0:
            index += len(self)
        for i, value in enumerate(self):
            if i == index:
                return value
        raise IndexError("index out of range")

    def __repr__(self):
        return "LinkedList([" + ", ".join(map(repr, self)) + "])"

    def reverse(self):
        prev, cur = None, self.head
        while cur:
            cur.next, prev, cur = prev, cur, cur.next
        self.head = prev

def f(xs):
    ll = LinkedList(xs)
    ll.reverse()
    try:
        last = ll[10]
    except IndexError as e:
        last = str(e)
    return list(ll), len(ll), ll[-1] if ll else None, repr(ll), last
""",
    ["assert f([1,2,3])==([3,2,1],3,1,'LinkedList([3, 2, 1])','index out of range')"],
    "f",
)
add(
    "shapes",
    """
import math
from abc import ABC, abstractmethod
from typing import List
class Shape(ABC):
    name = "shape"
    @abstractmethod
    def area(self) -> float: ...
    @property
    @abstractmethod
    def sides(self) -> int: ...
    def describe(self):
        return f"{self.name} with {self.sides} sides and area {self.area():.1f}"
class Circle(Shape):
    name = "circle"
    def __init__(self, r): self.r = r
    def area(self): return math.pi * self.r ** 2
    @property
    def sides(self): return 0
class Rect(Shape):
    name = "rect"
    def __init__(self, w, h): self.w, self.h = w, h
    def area(self): return self.w * self.h
    @property
    def sides(self): return 4
class Square(Rect):
    name = "square"
    def __init__(self, a): super().__init__(a, a)
def total(shapes):
    made = [Circle(1), Rect(2, 3), Square(2)]
    return [s.describe() for s in made], round(sum(s.area() for s in made), 3), isinstance(made[2], Rect)
""",
    [
        "assert total([])==(['circle with 0 sides and area 3.1','rect with 4 sides and area 6.0','square with 4 sides and area 4.0'],13.142,True)"
    ],
    "total",
)
add(
    "priority queue of items",
    """
import heapq
from dataclasses import dataclass, field
from typing import Any
@dataclass(order=True)
class Item:
    priority: int
    name: Any = field(compare=False)
def order(tasks):
    heap = []
    for name, p in tasks:
        heapq.heappush(heap, Item(p, name))
    return [heapq.heappop(heap).name for _ in range(len(heap))]
""",
    ["assert order([('b',2),('a',1),('c',3)])==['a','b','c']"],
    "order",
)
add(
    "huffman",
    """
import heapq
from collections import Counter
class Node:
    def __init__(self, char, freq, left=None, right=None):
        self.char, self.freq, self.left, self.right = char, freq, left, right
    def __lt__(self, other):
        return self.freq < other.freq
def huffman(s):
    heap = [Node(c, f) for c, f in sorted(Counter(s).items())]
    heapq.heapify(heap)
    while len(heap) > 1:
        a, b = heapq.heappop(heap), heapq.heappop(heap)
        heapq.heappush(heap, Node(None, a.freq + b.freq, a, b))
    codes = {}
    def walk(node, code):
        if node.char is not None:
            codes[node.char] = code or "0"
        else:
            walk(node.left, code + "0")
            walk(node.right, code + "1")
    walk(heap[0], "")
    return sum(len(codes[c]) for c in s)
""",
    ["assert huffman('aabbbcccc')==14"],
    "huffman",
)
add(
    "matrix class",
    """
class Matrix:
    def __init__(self, rows):
        self.rows = [list(r) for r in rows]
    @classmethod
    def identity(cls, n):
        return cls([[int(i == j) for j in range(n)] for i in range(n)])
    @staticmethod
    def dot(a, b):
        return sum(x * y for x, y in zip(a, b))
    @property
    def T(self):
        return Matrix(zip(*self.rows))
    def __matmul__(self, other):
        return Matrix([[self.dot(r, c) for c in other.T.rows] for r in self.rows])
    def __add__(self, other):
        return Matrix([[a + b for a, b in zip(r, s)] for r, s in zip(self.rows, other.rows)])
    def __mul__(self, k):
        return Matrix([[k * x for x in r] for r in self.rows])
    __rmul__ = __mul__
    def __eq__(self, other):
        return isinstance(other, Matrix) and self.rows == other.rows
    def __pow__(self, n):
        result, base = Matrix.identity(len(self.rows)), self
        while n:
            if n & 1:
                result = result @ base
            base = base @ base
            n >>= 1
        return result
    def __getitem__(self, key):
        i, j = key
        return self.rows[i][j]
def fib(n):
    return (Matrix([[1, 1], [1, 0]]) ** n)[0, 1], (2 * Matrix.identity(2)).rows, Matrix.identity(2) == Matrix([[1, 0], [0, 1]])
""",
    ["assert fib(10)==(55,[[2,0],[0,2]],True)"],
    "fib",
)
add(
    "pipeline of generators",
    """
from itertools import islice
def read(lines):
    for line in lines:
        yield line.strip()
def numbers(lines):
    for line in lines:
        try:
            yield int(line)
        except ValueError:
            continue
def batched(items, n):
    it = iter(items)
    while batch := list(islice(it, n)):
        yield batch
def f(lines, n):
    return list(batched(numbers(read(lines)), n))
""",
    ["assert f([' 1','x','2 ','3'],2)==[[1,2],[3]]"],
    "f",
)
add(
    "context manager",
    """
from contextlib import contextmanager
log = []
@contextmanager
def tag(name):
    log.append(f"<{name}>")
    try:
        yield name
    finally:
        log.append(f"</{name}>")
def f():
    log.clear()
    with tag("b") as t:
        log.append(t)
    return "".join(log)
""",
    ["assert f()=='<b>b</b>'"],
    "f",
)
add(
    "singleton",
    """
class Config:
    _instance = None
    def __new__(cls, *args, **kwargs):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
            cls._instance.values = {}
        return cls._instance
    def set(self, k, v):
        self.values[k] = v
    def get(self, k, default=None):
        return self.values.get(k, default)
def f():
    Config().set("a", 1)
    return Config().get("a"), Config() is Config()
""",
    ["assert f()==(1,True)"],
    "f",
)
add(
    "stack of a list",
    """
class Stack(list):
    def push(self, x):
        self.append(x)
    def peek(self):
        return self[-1] if self else None
def balanced(s):
    stack = Stack()
    pairs = {')': '(', ']': '[', '}': '{'}
    for ch in s:
        if ch in '([{':
            stack.push(ch)
        elif ch in pairs:
            if stack.peek() != pairs[ch]:
                return False
            stack.pop()
    return len(stack) == 0
""",
    ["assert balanced('([])') == True", "assert balanced('(]') == False"],
    "balanced",
)
add(
    "defaultdict of its own",
    """
class Graph:
    def __init__(self, directed=False):
        self.adj = {}
        self.directed = directed
    def add_edge(self, u, v, w=1):
        self.adj.setdefault(u, {})[v] = w
        self.adj.setdefault(v, {})
        if not self.directed:
            self.adj[v][u] = w
    def __contains__(self, v):
        return v in self.adj
    def __len__(self):
        return len(self.adj)
    def topological(self):
        indegree = {u: 0 for u in self.adj}
        for u in self.adj:
            for v in self.adj[u]:
                indegree[v] += 1
        queue = sorted(u for u, d in indegree.items() if d == 0)
        order = []
        while queue:
            u = queue.pop(0)
            order.append(u)
            for v in self.adj[u]:
                indegree[v] -= 1
                if indegree[v] == 0:
                    queue.append(v)
        if len(order) != len(self):
            raise ValueError("cycle")
        return order
def f(edges):
    g = Graph(directed=True)
    for u, v in edges:
        g.add_edge(u, v)
    return g.topological() if g else []
""",
    ["assert f([('a','b'),('b','c')])==['a','b','c']", "assert f([])==[]"],
    "f",
)
add(
    "event system",
    """
from collections import defaultdict
from functools import partial, wraps
class Emitter:
    def __init__(self):
        self._handlers = defaultdict(list)
    def on(self, event, handler=None):
        if handler is None:
            return partial(self.on, event)
        self._handlers[event].append(handler)
        return handler
    def emit(self, event, *args, **kwargs):
        return [h(*args, **kwargs) for h in self._handlers[event]]
def counted(fn):
    @wraps(fn)
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return fn(*args, **kwargs)
    wrapper.calls = 0
    return wrapper
def f():
    e = Emitter()
    @e.on("x")
    def double(n): return 2 * n
    e.on("x", lambda n: n + 1)
    @counted
    def g(n): return n
    g(1); g(2)
    return e.emit("x", 5), g.calls
""",
    ["assert f()==([10,6],2)"],
    "f",
)
add(
    "enum state machine",
    """
from enum import Enum
class State(Enum):
    RED = "red"
    GREEN = "green"
    YELLOW = "yellow"
    def next(self):
        order = list(State)
        return order[(order.index(self) + 1) % len(order)]
    @property
    def seconds(self):
        return {State.RED: 30, State.GREEN: 25, State.YELLOW: 5}[self]
def run(n):
    s, total = State.RED, 0
    for _ in range(n):
        total += s.seconds
        s = s.next()
    return s.name, s.value, total, s == State.GREEN, State("red") is State.RED
""",
    ["assert run(4)==('GREEN','green',90,True,True)"],
    "run",
)
add(
    "intenum",
    """
from enum import IntEnum
class Level(IntEnum):
    LOW = 1
    HIGH = 3
def f(): return max(Level.LOW, Level.HIGH).name, Level.LOW + 1, sorted([Level.HIGH, Level.LOW])[0] == 1
""",
    ["assert f()==('HIGH',2,True)"],
    "f",
)
add(
    "namedtuple with a method",
    """
from typing import NamedTuple
class Point(NamedTuple):
    x: float
    y: float = 0.0
    def dist(self, other):
        return ((self.x - other.x) ** 2 + (self.y - other.y) ** 2) ** 0.5
def f(): return Point(3, 4).dist(Point(0)), Point(1, 2)[0], tuple(Point(1))
""",
    ["assert f()==(5.0,1,(1,0.0))"],
    "f",
)
add(
    "tokenizer",
    r"""
import re
from typing import Iterator, NamedTuple
TOKENS = [("NUM", r"\d+(\.\d+)?"), ("OP", r"[+\-*/()]"), ("WS", r"\s+")]
PATTERN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in TOKENS))
class Parser:
    def __init__(self, text):
        self.tokens = [(m.lastgroup, m.group()) for m in PATTERN.finditer(text) if m.lastgroup != "WS"]
        self.pos = 0
    def peek(self):
        return self.tokens[self.pos] if self.pos < len(self.tokens) else (None, None)
    def take(self):
        token = self.peek()
        self.pos += 1
        return token
    def expr(self):
        value = self.term()
        while self.peek()[1] in ("+", "-"):
            op = self.take()[1]
            right = self.term()
            value = value + right if op == "+" else value - right
        return value
    def term(self):
        value = self.factor()
        while self.peek()[1] in ("*", "/"):
            op = self.take()[1]
            right = self.factor()
            value = value * right if op == "*" else value / right
        return value
    def factor(self):
        kind, text = self.take()
        if text == "(":
            value = self.expr()
            self.take()
            return value
        if text == "-":
            return -self.factor()
        return float(text)
def calc(s): return Parser(s).expr()
""",
    ["assert calc('2 * (3 + 4) - 5 / 2') == 11.5"],
    "calc",
)
add(
    "lru by ordereddict subclass",
    """
from collections import OrderedDict
class LRU(OrderedDict):
    def __init__(self, capacity):
        super().__init__()
        self.capacity = capacity
    def get(self, key):
        if key not in self:
            return -1
        self.move_to_end(key)
        return self[key]
    def put(self, key, value):
        self[key] = value
        self.move_to_end(key)
        if len(self) > self.capacity:
            self.popitem(last=False)
def f():
    c = LRU(2)
    c.put(1, 1); c.put(2, 2); c.get(1); c.put(3, 3)
    return c.get(1), c.get(2), c.get(3)
""",
    ["assert f()==(1,-1,3)"],
    "f",
)
add(
    "segment tree",
    """
class SegmentTree:
    def __init__(self, data, func=min, default=float("inf")):
        self.n = 1
        while self.n < len(data):
            self.n *= 2
        self.func, self.default = func, default
        self.tree = [default] * self.n + list(data) + [default] * (self.n - len(data))
        for i in range(self.n - 1, 0, -1):
            self.tree[i] = func(self.tree[2 * i], self.tree[2 * i + 1])
    def update(self, i, v):
        i += self.n
        self.tree[i] = v
        while i > 1:
            i //= 2
            self.tree[i] = self.func(self.tree[2 * i], self.tree[2 * i + 1])
    def query(self, l, r):
        res = self.default
        l += self.n; r += self.n
        while l < r:
            if l & 1:
                res = self.func(res, self.tree[l]); l += 1
            if r & 1:
                r -= 1; res = self.func(res, self.tree[r])
            l //= 2; r //= 2
        return res
def f():
    t = SegmentTree([5, 2, 8, 1])
    a = t.query(0, 3)
    t.update(1, 9)
    return a, t.query(0, 3), SegmentTree([1, 2, 3], max, 0).query(0, 3)
""",
    ["assert f()==(2,5,3)"],
    "f",
)
add(
    "fast io",
    """
import os, sys
from io import BytesIO, IOBase
input = BytesIO(os.read(0, os.fstat(0).st_size)).readline
def main():
    n = int(input())
    a = list(map(int, input().split()))
    sys.stdout.write(str(sum(a[:n])) + "\\n")
main()
""",
    [{"input": "3\n1 2 3\n", "output": "6\n"}],
)
add(
    "sieve of bytes",
    """
def primes(n):
    sieve = bytearray([1]) * (n + 1)
    sieve[:2] = b"\\x00\\x00"
    for i in range(2, int(n ** 0.5) + 1):
        if sieve[i]:
            sieve[i * i :: i] = bytes(len(range(i * i, n + 1, i)))
    return [i for i, p in enumerate(sieve) if p]
""",
    ["assert primes(20)==[2,3,5,7,11,13,17,19]"],
)
add(
    "validation",
    """
class ValidationError(ValueError):
    def __init__(self, field, message):
        super().__init__(f"{field}: {message}")
        self.field = field
def validate(user):
    errors = []
    def check(field, predicate, message):
        try:
            if not predicate(user[field]):
                raise ValidationError(field, message)
        except KeyError as exc:
            errors.append(f"missing {exc}")
        except ValidationError as exc:
            errors.append(str(exc))
        else:
            return True
        return False
    ok = all([check("name", str.isalpha, "letters only"), check("age", lambda a: 0 < a < 150, "out of range"), check("mail", lambda m: "@" in m, "no @")])
    return ok, errors
""",
    [
        "assert validate({'name':'ann1','age':200})==(False,['name: letters only','age: out of range',\"missing 'mail'\"])"
    ],
    "validate",
)
add(
    "retry",
    """
import functools, time, random, logging
def retry(times=3, exceptions=(Exception,)):
    def decorator(fn):
        @functools.wraps(fn)
        def wrapper(*args, **kwargs):
            last = None
            for attempt in range(times):
                try:
                    return fn(*args, **kwargs)
                except exceptions as e:
                    last = e
            raise RuntimeError(f"failed after {times}: {last}") from last
        return wrapper
    return decorator
def f(n):
    calls = []
    @retry(times=3, exceptions=(ValueError, KeyError))
    def flaky():
        calls.append(1)
        if len(calls) < n:
            raise ValueError(f"try {len(calls)}")
        return len(calls)
    try:
        return flaky()
    except RuntimeError as e:
        return str(e)
""",
    ["assert f(2)==2", "assert f(9)=='failed after 3: try 3'"],
    "f",
)
add(
    "rational",
    """
from math import gcd
from functools import total_ordering
@total_ordering
class Rational:
    def __init__(self, n, d=1):
        if d == 0:
            raise ZeroDivisionError("zero denominator")
        g = gcd(n, d) * (1 if d > 0 else -1)
        self.n, self.d = n // g, d // g
    def __add__(self, o):
        o = self._of(o)
        return Rational(self.n * o.d + o.n * self.d, self.d * o.d)
    __radd__ = __add__
    def __neg__(self): return Rational(-self.n, self.d)
    def __sub__(self, o): return self + (-self._of(o))
    def __mul__(self, o):
        o = self._of(o)
        return Rational(self.n * o.n, self.d * o.d)
    def __eq__(self, o): return (self.n, self.d) == (self._of(o).n, self._of(o).d)
    def __lt__(self, o): return self.n * self._of(o).d < self._of(o).n * self.d
    def __hash__(self): return hash((self.n, self.d))
    def __str__(self): return f"{self.n}/{self.d}" if self.d != 1 else str(self.n)
    def __bool__(self): return self.n != 0
    @staticmethod
    def _of(x): return x if isinstance(x, Rational) else Rational(x)
def f():
    a, b = Rational(1, 2), Rational(3, -4)
    return str(a + b), str(sum([a, a])), max(a, b) is a, a >= b, sorted([a, b])[0] is b, bool(a - a), str(a * 4), a != b, len({a, Rational(2, 4)})
""",
    ["assert f()==('-1/4','1',True,True,True,False,'2',True,1)"],
    "f",
)
add(
    "visitor",
    """
class Expr:
    def accept(self, visitor):
        return getattr(visitor, "visit_" + type(self).__name__.lower())(self)
class Num(Expr):
    def __init__(self, v): self.v = v
class Bin(Expr):
    def __init__(self, op, l, r): self.op, self.l, self.r = op, l, r
class Eval:
    ops = {"+": lambda a, b: a + b, "*": lambda a, b: a * b}
    def visit_num(self, e): return e.v
    def visit_bin(self, e): return self.ops[e.op](e.l.accept(self), e.r.accept(self))
class Show:
    def visit_num(self, e): return str(e.v)
    def visit_bin(self, e): return f"({e.l.accept(self)} {e.op} {e.r.accept(self)})"
def f():
    e = Bin("+", Num(2), Bin("*", Num(3), Num(4)))
    return e.accept(Eval()), e.accept(Show())
""",
    ["assert f()==(14,'(2 + (3 * 4))')"],
    "f",
)
add(
    "dict default by missing",
    """
class Counter2(dict):
    def __missing__(self, key):
        return 0
def f(xs):
    c = Counter2()
    for x in xs:
        c[x] += 1
    return sorted(c.items())
""",
    ["assert f('aab')==[('a',2),('b',1)]"],
    "f",
)
add(
    "attributes by getattr",
    """
class Record:
    def __init__(self, **fields):
        self.__dict__.update(fields)
    def __getattr__(self, name):
        return f"no {name}"
def f():
    r = Record(a=1)
    return r.a, r.b
""",
    ["assert f()==(1,'no b')"],
    "f",
)
add(
    "mixins",
    """
import json
class JsonMixin:
    def to_json(self):
        return json.dumps(self.data(), sort_keys=True)
class CompareMixin:
    def __eq__(self, other):
        return type(self) is type(other) and self.data() == other.data()
class User(JsonMixin, CompareMixin):
    total = 0
    def __init__(self, name, tags=None):
        self.name = name
        self.tags = tags or []
        User.total += 1
    def data(self):
        return {"name": self.name, "tags": self.tags}
    def __repr__(self):
        return f"{self.__class__.__name__}({self.name!r})"
def f():
    return User("a", ["x"]).to_json(), User("a") == User("a"), repr(User("b")), User.total
""",
    ['assert f()==(\'{"name": "a", "tags": ["x"]}\',True,"User(\'b\')",4)'],
    "f",
)
add(
    "cached property and slots",
    """
from functools import cached_property, lru_cache
class Data:
    def __init__(self, xs):
        self.xs = xs
        self.calls = 0
    @cached_property
    def mean(self):
        self.calls += 1
        return sum(self.xs) / len(self.xs)
    @lru_cache(maxsize=128)
    def power(self, k):
        self.calls += 1
        return [x ** k for x in self.xs]
def f():
    d = Data([1, 2, 3])
    return d.mean, d.mean, d.power(2), d.power(2), d.calls
""",
    ["assert f()==(2.0,2.0,[1,4,9],[1,4,9],2)"],
    "f",
)
add(
    "iterator class",
    """
class Countdown:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n + 1
class Range2:
    def __init__(self, a, b): self.a, self.b = a, b
    def __iter__(self):
        x = self.a
        while x < self.b:
            yield x
            x += 1
    def __reversed__(self):
        return iter(list(self)[::-1])
    def __len__(self): return self.b - self.a
def f(): return list(Countdown(3)), list(reversed(Range2(1, 4))), [len(Range2(1, 4)), sum(Range2(0, 4))], dict(zip("ab", Countdown(2)))
""",
    ["assert f()==([3,2,1],[3,2,1],[3,6],{'a':2,'b':1})"],
    "f",
)
add(
    "trie with dfs",
    """
class Trie:
    class _Node:
        def __init__(self):
            self.kids = {}
            self.end = False
    def __init__(self, words=()):
        self._root = self._Node()
        for w in words: self.add(w)
    def add(self, word):
        node = self._root
        for ch in word:
            node = node.kids.setdefault(ch, Trie._Node())
        node.end = True
    def _walk(self, node, prefix):
        if node.end: yield prefix
        for ch in sorted(node.kids):
            yield from self._walk(node.kids[ch], prefix + ch)
    def starting(self, prefix):
        node = self._root
        for ch in prefix:
            if ch not in node.kids: return []
            node = node.kids[ch]
        return list(self._walk(node, prefix))
def f(words, p): return Trie(words).starting(p)
""",
    ["assert f(['tea','ten','to','in'],'te')==['tea','ten']"],
    "f",
)
add(
    "simulation with a seed",
    """
import random, string
from datetime import datetime, timedelta
from collections import ChainMap
def f(n):
    words = "".join(c for c in string.ascii_lowercase if c not in "aeiou")
    start = datetime(2024, 1, 30)
    return words[:n], (start + timedelta(days=2)).strftime("%Y-%m-%d"), dict(ChainMap({"a": 1}, {"b": 2}))
""",
    ["assert f(3)==('bcd','2024-02-01',{'a':1,'b':2})"],
    "f",
)
add(
    "text wrapping",
    """
import textwrap
def f(s, n): return textwrap.wrap(s, n), textwrap.dedent("  a\\n  b")
""",
    ["assert f('aa bb cc', 5)==(['aa bb','cc'],'a\\nb')"],
    "f",
)
add(
    "unpacking sets of numbers",
    """
def f(a, b):
    common = set(a) & set(b)
    only = set(a) - set(b)
    return list(common), list(only), sorted(common | only), len(common ^ only)
""",
    ["assert f([1,2,3,4],[3,4,5])==([3,4],[1,2],[1,2,3,4],4)"],
    "f",
)
add(
    "async",
    """
import asyncio
async def work(n):
    await asyncio.sleep(0)
    return n * 2
async def main(xs):
    return await asyncio.gather(*(work(x) for x in xs))
def f(xs): return list(asyncio.run(main(xs)))
""",
    ["assert f([1,2])==[2,4]"],
    "f",
)
add(
    "operators by a table",
    """
import operator
from functools import reduce
OPS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
class RPN:
    def __call__(self, text):
        stack = []
        for tok in text.split():
            if tok in OPS:
                b, a = stack.pop(), stack.pop()
                stack.append(OPS[tok](a, b))
            else:
                stack.append(float(tok))
        if len(stack) != 1:
            raise SyntaxError("bad expression")
        return stack[0]
def f(s):
    try:
        return RPN()(s)
    except (SyntaxError, IndexError) as e:
        return type(e).__name__
""",
    [
        "assert f('3 4 + 2 *')==14.0",
        "assert f('+')=='IndexError'",
        "assert f('1 2')=='SyntaxError'",
    ],
    "f",
)
