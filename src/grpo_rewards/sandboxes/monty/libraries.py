"""Parts of Python's library that Monty lacks, each as a few lines of Python that are exact.

They stand beside `modules`, and need `objects` where one of their classes has a length or an order.
What only looks alike is in doubt: of a `Fraction`, say, all that a program does with it.
"""

from __future__ import annotations

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

_STATISTICS = """
import math as $math
import collections as $collections
class $statistics:
    pass
$statistics = $statistics()
def $statistics_error(text):
    raise ValueError(text)
def $exact(value):
    if isinstance(value, int):
        return (int(value), 1)
    if not isinstance(value, float):
        raise NotImplementedError('statistics of this are not supported')
    if value != value or value in (float('inf'), float('-inf')):
        raise NotImplementedError('statistics of this are not supported')
    mantissa, exponent = $math.frexp(value)
    top, bottom = int(mantissa * 9007199254740992), 9007199254740992
    if exponent >= 0:
        top *= 2 ** exponent
    else:
        bottom *= 2 ** -exponent
    shared = $math.gcd(top, bottom)
    return (top // shared, bottom // shared)
def $total(values):
    top, bottom = 0, 1
    for value in values:
        a, b = $exact(value)
        top, bottom = top * b + a * bottom, bottom * b
        shared = $math.gcd(top, bottom)
        top, bottom = top // shared, bottom // shared
    return top, bottom
def $mean(data):
    data = list(data)
    if not data:
        $statistics_error('mean requires at least one data point')
    top, bottom = $total(data)
    bottom *= len(data)
    if not [1 for value in data if not isinstance(value, int)] and top % bottom == 0:
        return top // bottom
    return top / bottom
def $fmean(data):
    data = [float(value) for value in data]
    if not data:
        $statistics_error('fmean requires at least one data point')
    return $math.fsum(data) / len(data)
def $median(data):
    data = sorted(data)
    if not data:
        $statistics_error('no median for empty data')
    half = len(data) // 2
    return data[half] if len(data) % 2 else (data[half - 1] + data[half]) / 2
def $median_low(data):
    data = sorted(data)
    if not data:
        $statistics_error('no median for empty data')
    return data[(len(data) - 1) // 2]
def $median_high(data):
    data = sorted(data)
    if not data:
        $statistics_error('no median for empty data')
    return data[len(data) // 2]
def $mode(data):
    pairs = $collections.Counter(iter(data)).most_common(1)
    if not pairs:
        $statistics_error('no mode for empty data')
    return pairs[0][0]
def $multimode(data):
    counts = $collections.Counter(iter(data))
    most = max(counts.values(), default=0)
    return [value for value, count in counts.items() if count == most]
def $spread(data, mean, less):
    data = list(data)
    if len(data) <= less:
        $statistics_error('variance requires more data points')
    if mean is not None:
        raise NotImplementedError('a given mean is not supported')
    top, bottom = $total(data)
    bottom *= len(data)
    high, low = 0, 1
    for value in data:
        a, b = $exact(value)
        a, b = a * bottom - top * b, b * bottom
        high, low = high * b * b + a * a * low, low * b * b
        shared = $math.gcd(high, low)
        high, low = high // shared, low // shared
    return high, low * (len(data) - less), data
def $squares(data, mean, less):
    high, low, data = $spread(data, mean, less)
    if not [1 for value in data if not isinstance(value, int)] and high % low == 0:
        return high // low
    return high / low
$statistics.mean, $statistics.fmean, $statistics.median = $mean, $fmean, $median
$statistics.median_low, $statistics.median_high = $median_low, $median_high
$statistics.mode, $statistics.multimode = $mode, $multimode
$statistics.variance = lambda data, xbar=None: $squares(data, xbar, 1)
$statistics.pvariance = lambda data, mu=None: $squares(data, mu, 0)
$statistics.stdev = lambda data, xbar=None: $math.sqrt($squares(data, xbar, 1))
$statistics.pstdev = lambda data, mu=None: $math.sqrt($squares(data, mu, 0))
"""

_FRACTIONS = """
import math as $math
class $fractions:
    pass
$fractions = $fractions()
class Fraction:
    def __init__(self, numerator=0, denominator=None):
        top, bottom = $as_ratio(numerator, denominator is None)
        if denominator is not None:
            other, under = $as_ratio(denominator, False)
            top, bottom = top * under, bottom * other
        if bottom == 0:
            raise ZeroDivisionError(f'Fraction({top}, 0)')
        shared = $math.gcd(top, bottom)
        if bottom < 0:
            shared = -shared
        self.numerator, self.denominator = top // shared, bottom // shared
    def __repr__(self):
        return f'Fraction({self.numerator}, {self.denominator})'
    def __str__(self):
        if self.denominator == 1:
            return str(self.numerator)
        return f'{self.numerator}/{self.denominator}'
    def __float__(self):
        return self.numerator / self.denominator
    def __int__(self):
        return -(-self.numerator // self.denominator) if self.numerator < 0 else (
            self.numerator // self.denominator)
    def __hash__(self):
        if self.denominator == 1:
            return hash(self.numerator)
        return hash((self.numerator, self.denominator))
    def __bool__(self):
        return self.numerator != 0
    def __neg__(self):
        return $Fraction(-self.numerator, self.denominator)
    def __pos__(self):
        return self
    def __abs__(self):
        return $Fraction(abs(self.numerator), self.denominator)
    def __floor__(self):
        return self.numerator // self.denominator
    def __ceil__(self):
        return -(-self.numerator // self.denominator)
    def __round__(self, ndigits=None):
        if ndigits is not None:
            shift = 10 ** abs(ndigits)
            if ndigits > 0:
                return $Fraction(round(self * shift), shift)
            return $Fraction(round(self / shift) * shift)
        floor, rest = divmod(self.numerator, self.denominator)
        if rest * 2 < self.denominator:
            return floor
        if rest * 2 > self.denominator or floor % 2:
            return floor + 1
        return floor
    def __eq__(self, other):
        if type(other) is $Fraction or isinstance(other, int):
            top, bottom = $as_ratio(other, False)
            return self.numerator == top and self.denominator == bottom
        if isinstance(other, float):
            return float(self) == other and (
                other - other != 0 or $as_ratio(other, True) == (self.numerator, self.denominator))
        return NotImplemented
    def __pow__(self, other):
        if type(other) is $Fraction and other.denominator == 1:
            other = other.numerator
        if not isinstance(other, int):
            return float(self) ** float(other)
        if other >= 0:
            return $Fraction(self.numerator ** other, self.denominator ** other)
        return $Fraction(self.denominator ** -other, self.numerator ** -other)
    def __rpow__(self, other):
        if self.denominator == 1:
            return other ** self.numerator
        return other ** float(self)
    def limit_denominator(self, max_denominator=1000000):
        if max_denominator < 1:
            raise ValueError('max_denominator should be at least 1')
        if self.denominator <= max_denominator:
            return $Fraction(self)
        p0, q0, p1, q1 = 0, 1, 1, 0
        n, d = self.numerator, self.denominator
        while True:
            a = n // d
            q2 = q0 + a * q1
            if q2 > max_denominator:
                break
            p0, q0, p1, q1 = p1, q1, p0 + a * p1, q2
            n, d = d, n - a * d
        k = (max_denominator - q0) // q1
        if 2 * d * (q0 + k * q1) <= self.denominator:
            return $Fraction(p1, q1)
        return $Fraction(p0 + k * p1, q0 + k * q1)
$Fraction = Fraction
def $as_ratio(value, reads):
    if type(value) is $Fraction:
        return value.numerator, value.denominator
    if isinstance(value, int):
        return int(value), 1
    if reads and isinstance(value, float) and value - value == 0:
        mantissa, exponent = $math.frexp(value)
        top, bottom = int(mantissa * 9007199254740992), 9007199254740992
        if exponent > 0:
            top *= 2 ** exponent
        else:
            bottom *= 2 ** -exponent
        shared = $math.gcd(top, bottom)
        return top // shared, bottom // shared
    if reads and isinstance(value, str):
        text = value.strip()
        sign = -1 if text[:1] == '-' else 1
        text = text[1:] if text[:1] in ('-', '+') else text
        top, slash, bottom = text.partition('/')
        whole, dot, part = top.partition('.')
        if slash and top.isdigit() and bottom.isdigit():
            return sign * int(top), int(bottom)
        if not slash and (whole + part).isdigit():
            return sign * int(whole + part), 10 ** len(part)
        raise NotImplementedError('a fraction of this is not supported')
    raise NotImplementedError('a fraction of this is not supported')
def $fraction_of(name, exact, rough):
    def forward(a, b):
        if type(b) is $Fraction or isinstance(b, int):
            c, d = $as_ratio(b, False)
            return exact(a.numerator, a.denominator, c, d)
        if isinstance(b, float):
            return rough(float(a), b)
        return NotImplemented
    def backward(b, a):
        if isinstance(a, int):
            return exact(int(a), 1, b.numerator, b.denominator)
        if isinstance(a, float):
            return rough(a, float(b))
        return NotImplemented
    setattr($Fraction, f'__{name}__', forward)
    setattr($Fraction, f'__r{name}__', backward)
$fraction_of('add', lambda a, b, c, d: $Fraction(a * d + c * b, b * d), lambda a, b: a + b)
$fraction_of('sub', lambda a, b, c, d: $Fraction(a * d - c * b, b * d), lambda a, b: a - b)
$fraction_of('mul', lambda a, b, c, d: $Fraction(a * c, b * d), lambda a, b: a * b)
$fraction_of('truediv', lambda a, b, c, d: $Fraction(a * d, b * c), lambda a, b: a / b)
$fraction_of('floordiv', lambda a, b, c, d: (a * d) // (b * c), lambda a, b: a // b)
$fraction_of('mod', lambda a, b, c, d: $Fraction((a * d) % (c * b), b * d), lambda a, b: a % b)
def $fraction_order(name, exact, rough):
    def compared(a, b):
        if type(b) is $Fraction or isinstance(b, int):
            c, d = $as_ratio(b, False)
            return exact(a.numerator * d, c * a.denominator)
        if isinstance(b, float):
            if b - b == 0:
                c, d = $as_ratio(b, True)
                return exact(a.numerator * d, c * a.denominator)
            return rough(0.0, b)
        return NotImplemented
    setattr($Fraction, f'__{name}__', compared)
$fraction_order('lt', lambda a, b: a < b, lambda a, b: a < b)
$fraction_order('le', lambda a, b: a <= b, lambda a, b: a <= b)
$fraction_order('gt', lambda a, b: a > b, lambda a, b: a > b)
$fraction_order('ge', lambda a, b: a >= b, lambda a, b: a >= b)
$records[$Fraction] = (($Fraction,), {}, {}, {})
$fractions.Fraction = $Fraction
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

_STRINGS = """
def $maketrans(x, y=None, z=None, /):
    if y is None:
        if type(x) is not dict:
            raise TypeError('if you give only one argument to maketrans it must be a dict')
        made = {}
        for key, value in x.items():
            if isinstance(key, str):
                if len(key) != 1:
                    raise ValueError('string keys in translate table must be of length 1')
                key = ord(key)
            made[key] = value
        return made
    if len(x) != len(y):
        raise ValueError('the first two maketrans arguments must have equal length')
    made = {ord(one): ord(other) for one, other in zip(x, y)}
    for each in z or '':
        made[ord(each)] = None
    return made
def $translate(text, table, /, *rest):
    if type(text) is not str:
        if isinstance(text, bytes):
            raise NotImplementedError("'translate' of bytes is not supported")
        return text.translate(table, *rest)
    made = []
    for each in text:
        try:
            found = table[ord(each)]
        except LookupError:
            made.append(each)
            continue
        if isinstance(found, int):
            made.append(chr(found))
        elif found is not None:
            made.append(found)
    return ''.join(made)
def $format_map(text, mapping, /):
    if type(text) is not str or type(mapping) is not dict:
        raise NotImplementedError("'format_map' of this is not supported")
    return text.format(**mapping)
def $difference_update(value, *others):
    if type(value) is not set:
        return value.difference_update(*others)
    for other in others:
        for each in list(other):
            value.discard(each)
def $intersection_update(value, *others):
    if type(value) is not set:
        return value.intersection_update(*others)
    for other in others:
        kept = set(other)
        for each in list(value):
            if each not in kept:
                value.remove(each)
def $symmetric_difference_update(value, other, /):
    if type(value) is not set:
        return value.symmetric_difference_update(other)
    for each in set(other):
        if each in value:
            value.remove(each)
        else:
            value.add(each)
def $lastgroup(match):
    if type(match).__name__ not in ('Match', 're.Match'):
        return match.lastgroup
    texts = match.groups()
    given = [place for place, text in enumerate(texts, 1) if text is not None]
    if not given:
        return None
    whole = [place for place in given if match.span(place) == match.span()]
    named = [name for name, text in match.groupdict().items() if text == match.group()]
    empty = [place for place in given if match.span(place) == (match.end(), match.end())]
    # The group that is all of a match closes last, if no other one can.
    if len(whole) != 1 or len(named) != 1 or empty:
        raise NotImplementedError("'lastgroup' of this match is not supported")
    return named[0]
def $callable(value, /):
    kind = type(value).__name__
    if kind in ('function', 'builtin_function_or_method', 'type', 'functools._lru_cache_wrapper'):
        return True
    if kind in ('partial', 'functools.partial'):
        return True
    if kind in ('int', 'float', 'str', 'list', 'dict', 'tuple', 'set', 'bool', 'NoneType', 'bytes'):
        return False
    return hasattr(value, '__call__')
def $addend(value, more):
    if isinstance(more, (set, frozenset)):
        raise NotImplementedError('adding a set to a list is not supported')
    return list(more) if type(value) is list else more
class $Object:
    pass
def $object():
    return $Object()
"""

_SUBSTITUTED = """
def $substituted(pattern, repl, string, count=0, flags=0):
    if not $kind_of_function(repl):
        return $re.sub(pattern, repl, string, count, flags)
    return $resubstituted($re.finditer(pattern, string, flags), repl, string, count)[0]
def $subn(pattern, repl, string, count=0, flags=0):
    if not $kind_of_function(repl):
        raise NotImplementedError("'re.subn' with a template is not supported")
    return $resubstituted($re.finditer(pattern, string, flags), repl, string, count)
def $sub_of(pattern, repl, string, *rest, **named):
    if type(pattern).__name__ not in ('Pattern', 're.Pattern') or not $kind_of_function(repl):
        return pattern.sub(repl, string, *rest, **named)
    return $resubstituted(pattern.finditer(string), repl, string, *rest, **named)[0]
def $resubstituted(matches, repl, string, count=0):
    made, place, done = [], 0, 0
    for match in matches:
        if count and done >= count:
            break
        made.append(string[place:match.start()])
        made.append(repl(match))
        place = match.end()
        done += 1
    made.append(string[place:])
    return string[:0].join(made), done
def $kind_of_function(value):
    return not isinstance(value, (str, bytes))
import re as $re
"""

_BYTEARRAY = """
class bytearray:
    def __init__(self, source=0, *rest):
        if isinstance(source, str):
            self.data = list(source.encode(*rest))
        elif isinstance(source, int):
            if source < 0:
                raise ValueError('negative count')
            self.data = [0] * source
        else:
            self.data = [$byte(each) for each in source]
    def __len__(self):
        return len(self.data)
    def __iter__(self):
        return iter(list(self.data))
    def __getitem__(self, key):
        found = self.data[key]
        return $made_bytes(found) if type(found) is list else found
    def __setitem__(self, key, value):
        if type(key) is slice:
            self.data[key] = [$byte(each) for each in value]
        else:
            self.data[key] = $byte(value)
    def __contains__(self, value):
        return $byte(value) in self.data
    def __eq__(self, other):
        if type(other) is bytes or type(other) is $bytearray:
            return self.data == list(other)
        return NotImplemented
    def __mul__(self, count):
        return $made_bytes(self.data * count)
    def __rmul__(self, count):
        return $made_bytes(self.data * count)
    def __add__(self, other):
        return $made_bytes(self.data + [$byte(each) for each in other])
    def __iadd__(self, other):
        self.data.extend([$byte(each) for each in other])
        return self
    def append(self, value):
        self.data.append($byte(value))
    def extend(self, values):
        self.data.extend([$byte(each) for each in values])
    def pop(self, place=-1):
        return self.data.pop(place)
    def reverse(self):
        self.data.reverse()
    def insert(self, place, value):
        self.data.insert(place, $byte(value))
    def count(self, value):
        if not isinstance(value, int):
            raise NotImplementedError("'count' of this is not supported")
        return self.data.count(value)
    def decode(self, *args):
        return $bytes_of(self.data).decode(*args)
    def hex(self):
        return $bytes_of(self.data).hex()
    def find(self, value, start=0):
        return $bytes_of(self.data).find(value, start)
    def __repr__(self):
        return f'bytearray({$bytes_of(self.data)!r})'
$bytearray = bytearray
$records[$bytearray] = (($bytearray,), {}, {}, {})
def $made_bytes(data):
    made = $bytearray()
    made.data = data
    return made
def $byte(value):
    if not isinstance(value, int):
        raise TypeError('an integer is required')
    if not 0 <= value < 256:
        raise ValueError('byte must be in range(0, 256)')
    return int(value)
"""

LIBRARIES = {
    "functools": _FUNCTOOLS,
    "contextlib": _CONTEXTLIB,
    "queue": _QUEUE,
    "abstract": _ABSTRACT,
    "hints": _HINTS,
    "ordered": _ORDERED,
    "statistics": _STATISTICS,
    "fractions": _FRACTIONS,
    "io": _IO,
    "os": _OS,
    "unittest": _UNITTEST,
    "strings": _STRINGS,
    "substituted": _SUBSTITUTED,
    "bytearray": _BYTEARRAY,
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
