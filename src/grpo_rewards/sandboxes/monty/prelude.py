"""What programs expect of Python that Monty lacks, and that a few lines of Python can be exactly.

Each text runs in the sandbox before a program that needs it. A part that is not here is missing:
the program is then unsupported, rather than run with something that is only similar.
"""

from __future__ import annotations

import re
import string
from functools import cache

from grpo_rewards.sandboxes.guest import DEEPEST, LONGEST, MOST_PARTS, OF_CONTAINER

__all__ = ["CALL", "CUT", "EMULATED", "PREFIX", "RUN", "preludes", "stdin_lines"]

PREFIX = "_emulated_"
"""What the names of all this begin with, in the sandbox."""

# In these texts "$" stands for a prefix that no program's own names have.
_INPUT = """
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
$heapq = $heapq()
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
    "eq == ne != lt < le <= gt > ge >= is_ is"
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
$operator.itemgetter = $itemgetter
$operator.neg, $operator.not_ = (lambda a, /: -a), (lambda a, /: not a)
$operator.contains = lambda a, b, /: b in a
"""

_HELPERS = """
def $rounded(number, ndigits=None):
    if type(number) is float and type(ndigits) is int and ndigits >= 0:
        return float(f'{number:.{ndigits}f}')
    return round(number, ndigits)
def $del(value, key):
    if type(key) is slice and isinstance(value, list) and key.step is None:
        value[key] = []
    elif type(value) in (list, dict):
        value.pop(key)
    else:
        raise NotImplementedError("a 'del' of an item of this type is not supported")
def $of(value, kind):
    if not isinstance(value, kind):
        raise TypeError('descriptor of another type')
    return value
"""

_WRITE = """
import json as $json
def $encoded(value, depth, left):
    left[0] -= 1
    if value is None or value is True or value is False:
        return value
    if isinstance(value, (int, float, str)):
        return value
    if not depth:
        raise ValueError('the value is nested too deep')
    if isinstance(value, bytes):
        return {'bytes': value.hex()}
    if isinstance(value, complex):
        return {'complex': [value.real, value.imag]}
    for kind, name in $kinds:
        if isinstance(value, kind):
            left[0] -= $OF_CONTAINER
            if left[0] < len(value):
                raise ValueError('the value is too large')
            if name == 'dict':
                items = [$pair(key, item, depth - 1, left) for key, item in value.items()]
            else:
                items = [$encoded(item, depth - 1, left) for item in value]
            return items if name == 'list' else {name: items}
    raise TypeError('an object of the ' 'type ' f'{type(value).__name__} is no plain data')
def $pair(key, item, depth, left):
    return [$encoded(key, depth, left), $encoded(item, depth, left)]
def $written(value):
    return '{"value": ' + $json.dumps($encoded(value, $DEEPEST, [$MOST_PARTS])) + '}'
def $failed(error):
    return $json.dumps({'error': f'{type(error).__name__}: {error}'[:$LONGEST].removesuffix(': ')})
$kinds = [
    (list, 'list'), (tuple, 'tuple'), (set, 'set'), (frozenset, 'frozenset'), (dict, 'dict')
]
$catch, $eval, $exec = BaseException, eval, exec
"""

# Whatever a program raises is caught inside: what is not comes out whole, however long.
_TRIED = """
$line = ''
try:
    try:
        DONE
    except $catch as $error:
        $line = $failed($error)
except:
    $line = '{"error": "an exception that cannot be shown"}'
"""

EMULATED = {
    "sys": frozenset("stdin stdout stderr exit setrecursionlimit maxsize".split()),
    "heapq": frozenset(
        "heappush heappop heapreplace heappushpop heapify nsmallest nlargest".split()
    ),
    "string": frozenset(_CONSTANTS),
    "operator": frozenset((*_OPERATORS, "itemgetter", "neg", "not_", "contains")),
}
"""The modules that are emulated, each with the names in it that are."""


_BUILTINS = (
    "bytes complex dict float frozenset int isinstance len list max print range round set slice "
    "sorted str tuple type"
)
"""What the texts use of Python's own, under names that a program does not redefine by chance."""


@cache
def preludes() -> dict[str, str]:
    """The texts, by what needs them: a module's name, ``input``, ``helpers``, or all (``base``)."""
    constants = "\n".join(f"    {name} = {getattr(string, name)!r}" for name in _CONSTANTS)
    operators = "\n".join(
        f"$operator.{name} = lambda a, b, /: a {sign} b" for name, sign in _OPERATORS.items()
    )
    texts = {
        "input": _INPUT,
        "sys": _SYS,
        "heapq": _HEAPQ,
        "operator": f"{_OPERATOR}{operators}\n",
        "helpers": _HELPERS,
        "written": _WRITE,
    }
    numbers = {
        "DEEPEST": DEEPEST,
        "LONGEST": LONGEST,
        "MOST_PARTS": MOST_PARTS,
        "OF_CONTAINER": OF_CONTAINER,
    }
    for name, number in numbers.items():
        texts["written"] = texts["written"].replace(f"${name}", str(number))
    used = re.compile(rf"(?<![\w.$'])(?<!def )({_BUILTINS.replace(' ', '|')})\b(?!=)")
    return {
        "base": "\n".join(f"{PREFIX}{name} = {name}" for name in _BUILTINS.split()) + "\n",
        **{name: used.sub(r"$\1", text).replace("$", PREFIX) for name, text in texts.items()},
        "string": f"class {PREFIX}string:\n{constants}\n{PREFIX}string = {PREFIX}string()\n",
    }


def _tried(done: str) -> str:
    return _TRIED.replace("DONE", done).replace("$", PREFIX)


RUN = _tried("$exec($source)\n        $line = '{\"value\": true}'")
"""What runs the program that is given to a feed as ``source``."""
CALL = _tried("$line = $written($eval($call))")
"""What evaluates the expression that is given to a feed as ``call``."""
CUT = f"f'{{{PREFIX}line}}'"
"""The line that either ends with."""


def stdin_lines(stdin: str) -> list[str]:
    """The lines of a standard input, the last one first, as the texts above take them."""
    lines = stdin.split("\n")
    return [*filter(None, lines[-1:]), *(f"{line}\n" for line in reversed(lines[:-1]))]
