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
