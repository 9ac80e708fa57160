"""Modules and functions that Monty lacks, each as a few lines of Python that are exact.

A part that is not here is missing: the program is then unsupported, rather than run with something
that is only similar.
"""

from __future__ import annotations

import string

__all__ = ["EMULATED", "INPUT", "MODULE_TEXTS", "STRING_TEXT"]

# In these texts "$" stands for a prefix that no program's own names have.
INPUT = """
EOFError = NotADirectoryError  # Monty knows none, nor a way to define one; nothing else raises this
def input(prompt='', /):
    print(prompt, end='')
    if not $lines:
        raise EOFError('EOF when reading a line')
    line = $lines.pop()
    return line[:-1] if line.endswith('\\n') else line
def $exit(code=None, /):
    if code is None or code == 0:
        raise SystemExit
    raise SystemExit(str(code))
exit = quit = $exit
"""

_STREAM = """
class $NAME:
    def __iter__(self):
        return self
    def __next__(self):
        if not $lines:
            raise StopIteration
        return $lines.pop()CODED
    def __enter__(self):
        return self
    def __exit__(self, *args):
        return None
def $read_NAME(size=-1, /):
    $whole(size)
    text = ''.join($lines[::-1])
    $lines.clear()
    return textCODED
def $readline_NAME(size=-1, /):
    $whole(size)
    return $lines.pop()CODED if $lines else ''CODED
def $readlines_NAME():
    lines = [lineCODED for line in $lines[::-1]]
    $lines.clear()
    return lines
$NAME = $NAME()
$NAME.read, $NAME.readline, $NAME.readlines = $read_NAME, $readline_NAME, $readlines_NAME
"""

_SYS = (
    """
def $whole(size):
    if size is not None and size >= 0:
        raise NotImplementedError('reading a part of a line is not supported')
"""
    + _STREAM.replace("NAME", "stdin").replace("CODED", "")
    + _STREAM.replace("NAME", "buffer").replace("CODED", ".encode()")
    + """
class $stdout:
    pass
def $write(text, /):
    if not isinstance(text, str):
        raise TypeError('write() argument must be str')
    $print(text, end='')
    return len(text)
def $write_bytes(content, /):
    $print(content.decode(), end='')
    return len(content)
def $writelines(lines, /):
    for line in lines:
        $write(line)
def $nothing(*args):
    return None
$stderr, $stdout = $stdout(), $stdout()
$stdout.buffer = type($stdout)()
$stdout.buffer.write, $stdout.buffer.flush = $write_bytes, $nothing
$stdout.write, $stdout.writelines, $stdout.flush = $write, $writelines, $nothing
$stderr.write, $stderr.writelines, $stderr.flush = len, $nothing, $nothing
def print(*values, sep=' ', end='\\n', file=None, flush=False):
    if file is not $stderr:
        $print(*values, sep=sep, end=end)
class $sys:
    maxsize = 9223372036854775807
$sys = $sys()
$stdin.buffer = $buffer
$sys.stdin, $sys.stdout, $sys.stderr = $stdin, $stdout, $stderr
$sys.exit, $sys.setrecursionlimit = $exit, $nothing
"""
)

_HEAPQ = """
class $heapq:
    pass
def $up(heap, start, place):
    item = heap[place]
    while place > start:
        parent = (place - 1) >> 1
        if not item < heap[parent]:
            break
        heap[place] = heap[parent]
        place = parent
    heap[place] = item
def $down(heap, place):
    end, start, item = len(heap), place, heap[place]
    child = 2 * place + 1
    while child < end:
        if child + 1 < end and not heap[child] < heap[child + 1]:
            child += 1
        heap[place] = heap[child]
        place = child
        child = 2 * place + 1
    heap[place] = item
    $up(heap, start, place)
def $heappush(heap, item, /):
    heap.append(item)
    $up(heap, 0, len(heap) - 1)
def $heappop(heap, /):
    last = heap.pop()
    if not heap:
        return last
    return $heapreplace(heap, last)
def $heapreplace(heap, item, /):
    first = heap[0]
    heap[0] = item
    $down(heap, 0)
    return first
def $heappushpop(heap, item, /):
    if heap and heap[0] < item:
        return $heapreplace(heap, item)
    return item
def $heapify(heap, /):
    for place in range(len(heap) // 2 - 1, -1, -1):
        $down(heap, place)
def $nsmallest(n, iterable, key=None):
    return sorted(iterable, key=key)[:max(n, 0)]
def $nlargest(n, iterable, key=None):
    return sorted(iterable, key=key, reverse=True)[:max(n, 0)]
def $merge(*iterables, key=None, reverse=False):
    rows = [list(each) for each in iterables]
    keys = rows if key is None else [[key(item) for item in row] for row in rows]
    places = [0] * len(rows)
    merged = []
    while True:
        first = -1
        for row in range(len(rows)):
            if places[row] < len(rows[row]):
                here = keys[row][places[row]]
                if first < 0 or (best < here if reverse else here < best):
                    first, best = row, here
        if first < 0:
            return iter(merged)
        merged.append(rows[first][places[first]])
        places[first] += 1
$heapq = $heapq()
$heapq.merge = $merge
$heapq.heappush, $heapq.heappop = $heappush, $heappop
$heapq.heapreplace, $heapq.heappushpop = $heapreplace, $heappushpop
$heapq.heapify = $heapify
$heapq.nsmallest, $heapq.nlargest = $nsmallest, $nlargest
"""

_CONSTANTS = (
    "ascii_letters ascii_lowercase ascii_uppercase digits hexdigits octdigits printable "
    "punctuation whitespace"
).split()

_SIGNS = (
    "add + sub - mul * truediv / floordiv // mod % pow ** and_ & or_ | xor ^ lshift << rshift >> "
    "eq == ne != lt < le <= gt > ge >= is_ is concat +"
).split()
_OPERATORS = dict(zip(_SIGNS[::2], _SIGNS[1::2], strict=True))

_OPERATOR = """
class $operator:
    pass
$operator = $operator()
def $itemgetter(item, *items):
    if not items:
        return lambda value: value[item]
    return lambda value: tuple([value[each] for each in (item, *items)])
def $attribute(value, path):
    for name in path.split('.'):
        value = getattr(value, name)
    return value
def $attrgetter(name, *names):
    if not names:
        return lambda value: $attribute(value, name)
    return lambda value: tuple([$attribute(value, each) for each in (name, *names)])
def $setitem(a, b, c, /):
    a[b] = c
$operator.itemgetter, $operator.attrgetter, $operator.setitem = $itemgetter, $attrgetter, $setitem
$operator.neg, $operator.not_ = (lambda a, /: -a), (lambda a, /: not a)
$operator.pos, $operator.abs = (lambda a, /: +a), abs
$operator.inv, $operator.invert = (lambda a, /: ~a), (lambda a, /: ~a)
$operator.truth = lambda a, /: True if a else False
$operator.contains = lambda a, b, /: b in a
$operator.is_not = lambda a, b, /: a is not b
$operator.getitem = lambda a, b, /: a[b]
$operator.countOf = lambda a, b, /: len([1 for each in a if each is b or each == b])
"""

# A thread runs when it starts, to its end: it is then there in the same order as what waits for it.
_THREADING = """
class $Thread:
    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        self.target, self.args, self.kwargs = target, args, kwargs or {}
        self.daemon, self.name = daemon, name
    def start(self):
        if self.target is not None:
            self.target(*self.args, **self.kwargs)
    def join(self, timeout=None):
        return None
    def is_alive(self):
        return False
class $Lock:
    def acquire(self, blocking=True, timeout=-1):
        return True
    def release(self):
        return None
    def __enter__(self):
        return True
    def __exit__(self, *args):
        return None
class $threading:
    pass
$threading = $threading()
def $stack_size(size=0, /):
    return 0
$threading.Thread, $threading.stack_size = $Thread, $stack_size
$threading.Lock = $threading.RLock = $Lock
"""

_RESOURCE = """
class $resource:
    RLIMIT_STACK = 3
    RLIMIT_AS = 9
    RLIMIT_DATA = 2
    RLIM_INFINITY = -1
$resource = $resource()
def $setrlimit(which, limits, /):
    return None
def $getrlimit(which, /):
    return (-1, -1)
$resource.setrlimit, $resource.getrlimit = $setrlimit, $getrlimit
"""

_CMATH = """
import math as $math
class $cmath:
    pi = $math.pi
    e = $math.e
    tau = $math.tau
    inf = $math.inf
    nan = $math.nan
$cmath = $cmath()
def $square_root(z, /):
    z = complex(z)
    if z == 0:
        return complex(0.0, z.imag)
    x, y = abs(z.real) / 8, abs(z.imag)
    s = 2 * $math.sqrt(x + $math.hypot(x, y / 8))
    d = y / (2 * s)
    if z.real >= 0:
        return complex(s, $math.copysign(d, z.imag))
    return complex(d, $math.copysign(s, z.imag))
def $exponential(z, /):
    z = complex(z)
    size = $math.exp(z.real)
    return complex(size * $math.cos(z.imag), size * $math.sin(z.imag))
def $phase(z, /):
    z = complex(z)
    return $math.atan2(z.imag, z.real)
def $polar(z, /):
    z = complex(z)
    return ($math.hypot(z.real, z.imag), $phase(z))
def $rect(r, phi, /):
    return complex(r * $math.cos(phi), r * $math.sin(phi))
$cmath.sqrt, $cmath.exp, $cmath.phase = $square_root, $exponential, $phase
$cmath.polar, $cmath.rect = $polar, $rect
"""

EMULATED = {
    "sys": frozenset("stdin stdout stderr exit setrecursionlimit maxsize".split()),
    "heapq": frozenset(
        "heappush heappop heapreplace heappushpop heapify nsmallest nlargest merge".split()
    ),
    "string": frozenset(_CONSTANTS),
    "operator": frozenset(
        (
            *_OPERATORS,
            *"itemgetter attrgetter setitem neg not_ pos abs inv invert truth contains".split(),
            *"getitem countOf is_not".split(),
        )
    ),
    "threading": frozenset("Thread Lock RLock stack_size".split()),
    "resource": frozenset(
        "setrlimit getrlimit RLIMIT_STACK RLIMIT_AS RLIMIT_DATA RLIM_INFINITY".split()
    ),
    "cmath": frozenset("sqrt exp phase polar rect pi e tau inf nan".split()),
}
"""The modules that are emulated, each with the names in it that are."""

_OPERATOR_TEXT = _OPERATOR + "".join(
    f"$operator.{name} = lambda a, b, /: a {sign} b\n" for name, sign in _OPERATORS.items()
)
MODULE_TEXTS = {
    "sys": _SYS,
    "heapq": _HEAPQ,
    "operator": _OPERATOR_TEXT,
    "threading": _THREADING,
    "resource": _RESOURCE,
    "cmath": _CMATH,
}
"""The texts that make them."""
STRING_TEXT = (
    "class NAME:\n"
    + "".join(f"    {name} = {getattr(string, name)!r}\n" for name in _CONSTANTS)
    + "NAME = NAME()\n"
)
"""The text that makes `string`, whose constants have the sign for the prefix in them."""
