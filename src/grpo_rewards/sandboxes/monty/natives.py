"""What Python's own types and functions have that Monty's lack, as a few lines of Python each."""

from __future__ import annotations

__all__ = ["BYTEARRAY", "STRINGS", "SUBSTITUTED"]

STRINGS = """
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

SUBSTITUTED = """
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

BYTEARRAY = """
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
