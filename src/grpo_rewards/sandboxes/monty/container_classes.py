"""Subclasses of lists and dicts, which Monty has none of: objects that hold one.

They do what a list or a dict does where a program asks them; what asks a native one is not theirs,
so that programs with such classes are in doubt.
"""

from __future__ import annotations

__all__ = ["CONTAINERS", "CONTAINER_BASES"]

CONTAINER_BASES = {"list": "List", "dict": "Dict", "OrderedDict": "Dict"}
"""The bases that are known, and the classes that stand for them."""
_SHARED = """
    def __len__(self):
        return len(self.$data)
    def __iter__(self):
        return iter(self.$data)
    def __contains__(self, value):
        return value in self.$data
    def __setitem__(self, key, value):
        self.$data[key] = value
    def __delitem__(self, key):
        $del(self.$data, key)
    def __repr__(self):
        return repr(self.$data)
    def __eq__(self, other):
        if type(other) in $records and 'holds' in $records[type(other)][3]:
            other = other.$data
        return self.$data == other
    def clear(self):
        self.$data.clear()
"""
CONTAINERS = (
    "class $List:"
    + _SHARED
    + """
    def __init__(self, items=(), /):
        self.$data = list(items)
    def __getitem__(self, key):
        return self.$data[key]
    def __add__(self, other):
        return self.$data + list(other)
    def __radd__(self, other):
        return other + self.$data
    def __iadd__(self, other):
        self.$data.extend(list(other))
        return self
    def __mul__(self, count):
        return self.$data * count
    def append(self, value, /):
        self.$data.append(value)
    def extend(self, values, /):
        self.$data.extend(list(values))
    def insert(self, place, value, /):
        self.$data.insert(place, value)
    def pop(self, place=-1, /):
        return self.$data.pop(place)
    def remove(self, value, /):
        self.$data.remove(value)
    def index(self, value, *places):
        return self.$data.index(value, *places)
    def count(self, value, /):
        return self.$data.count(value)
    def reverse(self):
        self.$data.reverse()
    def sort(self, *, key=None, reverse=False):
        self.$data[:] = sorted(self.$data, key=key, reverse=reverse)
    def copy(self):
        return list(self.$data)
class $Dict:"""
    + _SHARED
    + """
    def __init__(self, items=(), /, **named):
        self.$data = {}
        $Dict.update(self, items, **named)
    def __getitem__(self, key):
        if key not in self.$data and getattr(self, '__missing__', None) is not None:
            return self.__missing__(key)
        return self.$data[key]
    def get(self, key, default=None, /):
        return self.$data.get(key, default)
    def setdefault(self, key, default=None, /):
        return self.$data.setdefault(key, default)
    def update(self, items=(), /, **named):
        if type(items) in $records and 'holds' in $records[type(items)][3]:
            items = items.$data
        self.$data.update(items)
        self.$data.update(named)
    def keys(self):
        return self.$data.keys()
    def values(self):
        return self.$data.values()
    def items(self):
        return self.$data.items()
    def pop(self, key, /, *default):
        return self.$data.pop(key, *default)
    def popitem(self, last=True):
        if last:
            return self.$data.popitem()
        for key in self.$data:
            return (key, self.$data.pop(key))
        raise KeyError('dictionary is empty')
    def move_to_end(self, key, last=True):
        value = self.$data.pop(key)
        rest = [] if last else list(self.$data.items())
        if rest:
            self.$data.clear()
        self.$data[key] = value
        for other, held in rest:
            self.$data[other] = held
    def copy(self):
        return dict(self.$data)
$shared = ('len', 'iter', 'contains', 'setitem', 'delitem', 'repr', 'eq', 'getitem', 'init')
def $contained(cls, native, names):
    own = {f'__{name}__': ('method', getattr(cls, f'__{name}__')) for name in $shared}
    own.update({name: ('method', getattr(cls, name)) for name in names.split()})
    $records[cls] = ((cls,), own, {}, {'holds': native})
$of_lists = '__add__ __radd__ __iadd__ __mul__ append extend insert pop remove index count reverse'
$of_dicts = 'get setdefault update keys values items pop popitem move_to_end copy clear'
$contained($List, list, $of_lists + ' sort copy clear')
$contained($Dict, dict, $of_dicts)
def $keep_data(cls, native):
    first = getattr(cls, '__init__')
    def init(self, *args, **kwargs):
        self.$data = native()
        first(self, *args, **kwargs)
    setattr(cls, '__init__', init)
$encoded_plainly = $encoded
def $encoded(value, depth, left):
    if type(value) in $records and 'holds' in $records[type(value)][3]:
        value = value.$data
    return $encoded_plainly(value, depth, left)
"""
)
"""The text that a program with such classes needs."""
