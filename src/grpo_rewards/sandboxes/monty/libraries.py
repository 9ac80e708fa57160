"""Parts of Python's library that Monty lacks, each as a few lines of Python that are exact.

They stand beside `modules`, and need `objects` where one of their classes has a length or an order.
What only looks alike is in doubt: of a `Fraction`, say, all that a program does with it.
"""

from __future__ import annotations

from grpo_rewards.sandboxes.monty.natives import BYTEARRAY, STRINGS, SUBSTITUTED
from grpo_rewards.sandboxes.monty.ratios import FRACTIONS, STATISTICS

__all__ = ["IN_DOUBT", "LIBRARIES", "NEEDED", "PARTS"]

_FUNCTOOLS = """
def $wraps(wrapped, assigned=None, updated=None):
    return lambda function: function
def $update_wrapper(wrapper, wrapped, assigned=None, updated=None):
    return wrapper
"""

_CONTEXTLIB = """
class $contextlib:
    pass
$contextlib = $contextlib()
class $suppress:
    def __init__(self, *kinds):
        self.kinds = kinds
    def __enter__(self):
        return None
    def __exit__(self, kind, value, traceback):
        return value is not None and $suppressed(value, self.kinds)
def $suppressed(value, kinds):
    return isinstance(value, kinds)
class $nullcontext:
    def __init__(self, enter_result=None):
        self.enter_result = enter_result
    def __enter__(self):
        return self.enter_result
    def __exit__(self, *args):
        return None
$contextlib.suppress, $contextlib.nullcontext = $suppress, $nullcontext
"""

_QUEUE = """
class $queue:
    pass
$queue = $queue()
import collections as $collections
class $Queue:
    def __init__(self, maxsize=0):
        self.maxsize = maxsize
        self.queue = $collections.deque()
    def qsize(self):
        return len(self.queue)
    def empty(self):
        return len(self.queue) == 0
    def full(self):
        return 0 < self.maxsize <= len(self.queue)
    def put(self, item, block=True, timeout=None):
        if self.full():
            raise NotImplementedError('waiting for a full queue is not supported')
        self.queue.append(item)
    def get(self, block=True, timeout=None):
        if len(self.queue) == 0:
            raise NotImplementedError('waiting for an empty queue is not supported')
        return self.queue.popleft()
    def put_nowait(self, item):
        self.put(item)
    def get_nowait(self):
        return self.get()
    def task_done(self):
        return None
    def join(self):
        return None
class $LifoQueue:
    pass
class $PriorityQueue:
    pass
$of_a_queue = ('qsize', 'empty', 'full', 'put_nowait', 'get_nowait', 'task_done', 'join')
for $name in $of_a_queue:
    setattr($LifoQueue, $name, getattr($Queue, $name))
    setattr($PriorityQueue, $name, getattr($Queue, $name))
def $start_queue(self, maxsize=0):
    self.maxsize = maxsize
    self.queue = []
def $lifo_get(self, block=True, timeout=None):
    if len(self.queue) == 0:
        raise NotImplementedError('waiting for an empty queue is not supported')
    return self.queue.pop()
def $priority_put(self, item, block=True, timeout=None):
    if self.full():
        raise NotImplementedError('waiting for a full queue is not supported')
    $heappush(self.queue, item)
def $priority_get(self, block=True, timeout=None):
    if len(self.queue) == 0:
        raise NotImplementedError('waiting for an empty queue is not supported')
    return $heappop(self.queue)
$LifoQueue.__init__, $LifoQueue.put, $LifoQueue.get = $start_queue, $Queue.put, $lifo_get
$PriorityQueue.__init__ = $start_queue
$PriorityQueue.put, $PriorityQueue.get = $priority_put, $priority_get
$queue.Queue = $queue.SimpleQueue = $Queue
$queue.LifoQueue, $queue.PriorityQueue = $LifoQueue, $PriorityQueue
"""

_ABSTRACT = """
$sequences = ('list', 'tuple', 'str', 'range', 'bytes', 'collections.deque', 'deque')
$mappings = ('dict', 'Counter', 'defaultdict', 'collections.Counter', 'collections.defaultdict')
$set_kinds = ('set', 'frozenset', 'dict_keys', 'dict_items')
$scalars = ('int', 'float', 'bool', 'complex', 'NoneType', 'function')
def $abstract(method, names):
    def holds(value):
        kind = type(value).__name__
        if kind in names:
            return True
        if kind in $sequences or kind in $mappings or kind in $set_kinds or kind in $scalars:
            return False
        if method and type(value) in $records:
            return getattr(type(value), method, None) is not None
        raise NotImplementedError("'isinstance' of this and an abstract class is not supported")
    return $Abstract(holds)
class $abc:
    pass
$abc = $abc()
$abc.Iterable = $abstract('__iter__', (*$sequences, *$mappings, *$set_kinds))
$abc.Sized = $abstract('__len__', (*$sequences, *$mappings, *$set_kinds))
$abc.Container = $abstract('__contains__', (*$sequences, *$mappings, *$set_kinds))
$abc.Sequence = $abstract('', $sequences)
$abc.MutableSequence = $abstract('', ('list', 'collections.deque', 'deque'))
$abc.Mapping = $abc.MutableMapping = $abstract('', $mappings)
$abc.Set = $abstract('', $set_kinds)
$abc.MutableSet = $abstract('', ('set',))
$abc.Callable = $abstract('__call__', ('function', 'builtin_function_or_method'))
"""

_HINTS = """
class $Hint:
    def __getitem__(self, item):
        return self
    def __or__(self, other):
        return self
    def __ror__(self, other):
        return self
$hint = $Hint()
def $type_variable(name, *bounds, bound=None, covariant=False, contravariant=False, default=None):
    return $hint
def $new_type(name, kind):
    return lambda value: value
def $cast(kind, value):
    return value
def $same(value):
    return value
"""

_ORDERED = """
def $move_to_end(value, key, last=True):
    if type(value) is not dict:
        return value.move_to_end(key, last=last)
    item = value.pop(key)
    rest = [] if last else list(value.items())
    if rest:
        value.clear()
    value[key] = item
    for other, held in rest:
        value[other] = held
def $popitem(value, last=True):
    if type(value) is not dict:
        return value.popitem(last)
    if not value:
        raise KeyError('dictionary is empty')
    if last:
        return value.popitem()
    for key in value:
        break
    return (key, value.pop(key))
"""

_IO = """
class $io:
    pass
$io = $io()
class $StringIO:
    def __init__(self, initial_value='', newline=None):
        self.empty = initial_value[:0]
        self.text, self.place = initial_value, 0
    def read(self, size=-1):
        if size is None or size < 0:
            size = len(self.text)
        found = self.text[self.place:self.place + size]
        self.place += len(found)
        return found
    def readline(self, size=-1):
        if size is not None and size >= 0:
            raise NotImplementedError('reading a part of a line is not supported')
        mark = '\\n' if isinstance(self.text, str) else b'\\n'
        end = self.text.find(mark, self.place)
        end = len(self.text) if end < 0 else end + 1
        found = self.text[self.place:end]
        self.place = end
        return found
    def readlines(self):
        return list(self)
    def write(self, text):
        if not isinstance(text, type(self.empty)):
            raise TypeError('what is written is of another kind')
        self.text = self.text[:self.place] + text + self.text[self.place + len(text):]
        self.place += len(text)
        return len(text)
    def getvalue(self):
        return self.text
    def seek(self, place, whence=0):
        if whence:
            raise NotImplementedError('such a seek is not supported')
        self.place = place
        return place
    def tell(self):
        return self.place
    def close(self):
        return None
    def flush(self):
        return None
    def __iter__(self):
        return self
    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line
    def __enter__(self):
        return self
    def __exit__(self, *args):
        return None
def $BytesIO(initial_bytes=b''):
    return $StringIO(initial_bytes)
$io.StringIO, $io.BytesIO = $StringIO, $BytesIO
"""

_OS = """
def $os_read(descriptor, size, /):
    if descriptor != 0:
        raise NotImplementedError('reading from this is not supported')
    if sum([len(line) for line in $lines]) * 4 > size:
        raise NotImplementedError('reading a part of the input is not supported')
    return $read_buffer()
def $os_write(descriptor, content, /):
    if descriptor != 1:
        raise NotImplementedError('writing to this is not supported')
    return $write_bytes(content)
class $Status:
    st_size = 1 << 62
def $os_fstat(descriptor, /):
    return $Status()
"""

_UNITTEST = """
class $unittest:
    pass
$unittest = $unittest()
def $run_tests(*args, **kwargs):
    raise NotImplementedError("'unittest.main' is not supported")
$unittest.main = $run_tests
"""

LIBRARIES = {
    "functools": _FUNCTOOLS,
    "contextlib": _CONTEXTLIB,
    "queue": _QUEUE,
    "abstract": _ABSTRACT,
    "hints": _HINTS,
    "ordered": _ORDERED,
    "statistics": STATISTICS,
    "fractions": FRACTIONS,
    "io": _IO,
    "os": _OS,
    "unittest": _UNITTEST,
    "strings": STRINGS,
    "substituted": SUBSTITUTED,
    "bytearray": BYTEARRAY,
}
"""The texts, by what needs them."""
NEEDED = {
    "queue": ("heapq",),
    "comparing": ("objects", "order"),
    "abstract": ("objects",),
    "fractions": ("objects", "comparing", "order", "truth"),
    "bytearray": ("helpers", "objects", "comparing", "order", "truth"),
    "os": ("input", "sys"),
}
"""The texts that one of them needs before it."""
PARTS: dict[str, dict[str, tuple[str, str]]] = {
    "functools": {
        "wraps": ("functools", "wraps"),
        "update_wrapper": ("functools", "update_wrapper"),
        "cmp_to_key": ("comparing", "cmp_to_key"),
    },
    "contextlib": {
        "suppress": ("contextlib", "suppress"),
        "nullcontext": ("contextlib", "nullcontext"),
    },
    "collections": {"OrderedDict": ("ordered", "dict")},
    "typing": {
        **dict.fromkeys(
            "AbstractSet Container ContextManager Hashable ItemsView KeysView MutableMapping "
            "MutableSequence MutableSet Sized ValuesView Collection Reversible SupportsFloat "
            "SupportsInt SupportsIndex SupportsAbs Deque DefaultDict OrderedDict Counter Match "
            "Pattern IO TextIO AnyStr Text TypeAlias TypeGuard ParamSpec Concatenate LiteralString "
            "NotRequired Required Awaitable Coroutine ChainMap".split(),
            ("hints", "hint"),
        ),
        "NamedTuple": ("hints", "hint"),
        "TypedDict": ("hints", "hint"),
        "TypeVar": ("hints", "type_variable"),
        "NewType": ("hints", "new_type"),
        "cast": ("hints", "cast"),
        "overload": ("hints", "same"),
        "final": ("hints", "same"),
        "no_type_check": ("hints", "same"),
        "runtime_checkable": ("hints", "same"),
    },
    "os": {
        "read": ("os", "os_read"),
        "write": ("os", "os_write"),
        "fstat": ("os", "os_fstat"),
    },
}
"""What modules that Monty has lack: the text that has it, and what it is called there."""
IN_DOUBT = {
    "fractions": "Monty's fractions have not all that Python's have",
    "ordered": "Monty compares and shows ordered dicts as others",
    "bytearray": "Monty's bytearray has not all that Python's has",
    "io": "Monty's streams in memory have not all that Python's have",
}
"""The texts that are not all of what they stand for."""
