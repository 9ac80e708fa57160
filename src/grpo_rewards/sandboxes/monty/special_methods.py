"""What calls the special methods that Monty never calls: ``__lt__``, ``__len__`` and their like.

The text stands behind the one of `objects`, in a program that `comparing` has rewritten.
"""

from __future__ import annotations

from grpo_rewards.sandboxes.monty.comparing import IN_PLACE

__all__ = ["COMPARING"]

COMPARING = (
    """
def $truth(value):
    of = type(value)
    if of in $records:
        method = getattr(of, '__bool__', None)
        if method is not None:
            found = method(value)
            if found is not True and found is not False:
                raise TypeError(f'__bool__ should return bool, returned {type(found).__name__}')
            return found
        if getattr(of, '__len__', None) is None:
            return True
        return $length(value) != 0
    return True if value else False
def $length(value, /):
    of = type(value)
    if of not in $records:
        return len(value.members) if of is $Enumeration else len(value)
    method = getattr(of, '__len__', None)
    if method is None:
        raise TypeError(f'object of ' f'type {of.__name__!r} has no len()')
    found = method(value)
    if not isinstance(found, int):
        raise TypeError(f'{type(found).__name__!r} object cannot be interpreted as an integer')
    if found < 0:
        raise ValueError('__len__() should return >= 0')
    return found
def $backwards(value, /):
    of = type(value)
    if of not in $records:
        return reversed(value)
    method = getattr(of, '__reversed__', None)
    if method is not None:
        return method(value)
    if getattr(of, '__getitem__', None) is None or getattr(of, '__len__', None) is None:
        raise TypeError(f'{of.__name__!r} object is not reversible')
    return iter([value[place] for place in range($length(value) - 1, -1, -1)])
def $any_true(values, /):
    for value in values:
        if $truth(value):
            return True
    return False
def $all_true(values, /):
    for value in values:
        if not $truth(value):
            return False
    return True
def $to_bool(value=False, /):
    return $truth(value)
$plain = {int: 1, float: 1, str: 1, bool: 1}
def $rich(a, b, of, other, name, swapped, sign, is_asked=False):
    first = getattr(of, name, None) if of in $records and not is_asked else None
    second = getattr(other, swapped, None) if other in $records else None
    is_under = of is not other and other in $records and $is_of(other, of)
    if is_under and second is not None:
        found = second(b, a)
        if found is not NotImplemented:
            return found
        second = None
    if first is not None:
        found = first(a, b)
        if found is not NotImplemented:
            return found
    if second is not None:
        found = second(b, a)
        if found is not NotImplemented:
            return found
    raise TypeError(
        f"'{sign}' not supported between instances of {of.__name__!r} and {other.__name__!r}"
    )
def $first_unlike(a, b):
    for place in range(min(len(a), len(b))):
        one, other = a[place], b[place]
        if one is not other and not one == other:
            return place
    return -1
"""
    + "".join(
        f"""
def ${name}(a, b):
    of, other = type(a), type(b)
    if of in $plain and other in $plain:
        return a {sign} b
    if of is other and of in $records:
        method = getattr(of, '__{name}__', None)
        found = NotImplemented if method is None else method(a, b)
        if found is not NotImplemented:
            return found
        return $rich(a, b, of, other, '__{name}__', '__{swapped}__', '{sign}', True)
    if of in $records or other in $records:
        return $rich(a, b, of, other, '__{name}__', '__{swapped}__', '{sign}')
    if of is other and (of is tuple or of is list):
        place = $first_unlike(a, b)
        return len(a) {sign} len(b) if place < 0 else ${name}(a[place], b[place])
    return a {sign} b
"""
        for name, swapped, sign in (
            ("lt", "gt", "<"),
            ("gt", "lt", ">"),
            ("le", "ge", "<="),
            ("ge", "le", ">="),
        )
    )
    + "".join(
        f"""
def $plain_{name}(a, b):
    a {sign}= b
    return a
def ${name}(a, b):
    method = getattr(type(a), '__{name}__', None) if type(a) in $records else None
    if method is not None:
        found = method(a, b)
        if found is not NotImplemented:
            return found
    return $plain_{name}(a, b)
"""
        for name, sign in zip(
            IN_PLACE.values(), ("+", "-", "*", "/", "//", "%", "**", "&", "|", "^"), strict=True
        )
    )
    + """
def $by_lt(name):
    if name == '__gt__':
        return lambda a, b: $not_and($lt_of(a, b), a, b)
    if name == '__le__':
        return lambda a, b: $or_equal($lt_of(a, b), a, b)
    return lambda a, b: $denied($lt_of(a, b))
def $lt_of(a, b):
    return type(a).__lt__(a, b)
def $by_le(name):
    if name == '__ge__':
        return lambda a, b: $denied_or_equal(type(a).__le__(a, b), a, b)
    if name == '__lt__':
        return lambda a, b: $and_unequal(type(a).__le__(a, b), a, b)
    return lambda a, b: $denied(type(a).__le__(a, b))
def $by_gt(name):
    if name == '__lt__':
        return lambda a, b: $not_and(type(a).__gt__(a, b), a, b)
    if name == '__ge__':
        return lambda a, b: $or_equal(type(a).__gt__(a, b), a, b)
    return lambda a, b: $denied(type(a).__gt__(a, b))
def $by_ge(name):
    if name == '__le__':
        return lambda a, b: $denied_or_equal(type(a).__ge__(a, b), a, b)
    if name == '__gt__':
        return lambda a, b: $and_unequal(type(a).__ge__(a, b), a, b)
    return lambda a, b: $denied(type(a).__ge__(a, b))
def $not_and(found, a, b):
    return found if found is NotImplemented else not found and a != b
def $or_equal(found, a, b):
    return found if found is NotImplemented else found or a == b
def $denied(found):
    return found if found is NotImplemented else not found
def $denied_or_equal(found, a, b):
    return found if found is NotImplemented else not found or a == b
def $and_unequal(found, a, b):
    return found if found is NotImplemented else found and a != b
class $Key:
    def __init__(self, compare, value):
        self.compare, self.value = compare, value
    def __lt__(self, other):
        return self.compare(self.value, other.value) < 0
    def __gt__(self, other):
        return self.compare(self.value, other.value) > 0
    def __le__(self, other):
        return self.compare(self.value, other.value) <= 0
    def __ge__(self, other):
        return self.compare(self.value, other.value) >= 0
    def __eq__(self, other):
        return self.compare(self.value, other.value) == 0
$records[$Key] = (($Key,), {}, {}, {})
def $cmp_to_key(mycmp):
    return lambda obj: $Key(mycmp, obj)
def $ranked(iterable, /, *, key=None, reverse=False):
    items = list(iterable)
    keys = items if key is None else [key(item) for item in items]
    places = list(range(len(items)))
    is_reverse = $truth(reverse)
    if [1 for each in keys if type(each) not in $plain]:
        if is_reverse:
            places = places[::-1]
        places = $ordered_places(keys, places)
        if is_reverse:
            places = places[::-1]
    else:
        places = sorted(places, key=lambda place: keys[place], reverse=is_reverse)
    return [items[place] for place in places]
def $ordered_places(keys, places):
    count = len(places)
    if count < 2:
        return places
    if count >= 64:
        made = $merged(keys, places)
        for one, other in zip(made, made[1:]):
            if $lt(keys[other], keys[one]):
                raise NotImplementedError('an order that contradicts itself is not supported')
        return made
    run = 2
    if $lt(keys[places[1]], keys[places[0]]):
        while run < count and $lt(keys[places[run]], keys[places[run - 1]]):
            run += 1
        places = places[:run][::-1] + places[run:]
    else:
        while run < count and not $lt(keys[places[run]], keys[places[run - 1]]):
            run += 1
    for start in range(run, count):
        pivot = places.pop(start)
        low, high = 0, start
        while low < high:
            middle = low + ((high - low) >> 1)
            if $lt(keys[pivot], keys[places[middle]]):
                high = middle
            else:
                low = middle + 1
        places.insert(low, pivot)
    return places
def $merged(keys, places):
    if len(places) < 2:
        return places
    middle = len(places) // 2
    one, other = $merged(keys, places[:middle]), $merged(keys, places[middle:])
    made, left, right = [], 0, 0
    while left < len(one) and right < len(other):
        if $lt(keys[other[right]], keys[one[left]]):
            made.append(other[right])
            right += 1
        else:
            made.append(one[left])
            left += 1
    return made + one[left:] + other[right:]
def $sort_in_place(value, /, **options):
    if type(value) is not list:
        return value.sort(**options)
    value[:] = $ranked(value, **options)
def $least(first, /, *rest, key=None, default=$none):
    return $extreme($lt, first, rest, key, default)
def $greatest(first, /, *rest, key=None, default=$none):
    return $extreme($gt, first, rest, key, default)
def $extreme(before, first, rest, key, default):
    items = [first, *rest] if rest else list(first)
    if not items:
        if default is not $none:
            return default
        raise ValueError('iterable argument is empty')
    best = items[0]
    mark = best if key is None else key(best)
    for item in items[1:]:
        other = item if key is None else key(item)
        if before(other, mark):
            best, mark = item, other
    return best
class $bisect:
    pass
$bisect = $bisect()
def $bisect_right(a, x, lo=0, hi=None, *, key=None):
    if lo < 0:
        raise ValueError('lo must be non-negative')
    hi = len(a) if hi is None else hi
    while lo < hi:
        middle = (lo + hi) // 2
        if $lt(x, a[middle] if key is None else key(a[middle])):
            hi = middle
        else:
            lo = middle + 1
    return lo
def $bisect_left(a, x, lo=0, hi=None, *, key=None):
    if lo < 0:
        raise ValueError('lo must be non-negative')
    hi = len(a) if hi is None else hi
    while lo < hi:
        middle = (lo + hi) // 2
        if $lt(a[middle] if key is None else key(a[middle]), x):
            lo = middle + 1
        else:
            hi = middle
    return lo
def $insort_right(a, x, lo=0, hi=None, *, key=None):
    a.insert($bisect_right(a, x if key is None else key(x), lo, hi, key=key), x)
def $insort_left(a, x, lo=0, hi=None, *, key=None):
    a.insert($bisect_left(a, x if key is None else key(x), lo, hi, key=key), x)
$bisect.bisect = $bisect.bisect_right = $bisect_right
$bisect.bisect_left = $bisect_left
$bisect.insort = $bisect.insort_right = $insort_right
$bisect.insort_left = $insort_left
def $up(heap, start, place):
    item = heap[place]
    while place > start:
        parent = (place - 1) >> 1
        if not $lt(item, heap[parent]):
            break
        heap[place] = heap[parent]
        place = parent
    heap[place] = item
def $down(heap, place):
    end, start, item = len(heap), place, heap[place]
    child = 2 * place + 1
    while child < end:
        if child + 1 < end and not $lt(heap[child], heap[child + 1]):
            child += 1
        heap[place] = heap[child]
        place = child
        child = 2 * place + 1
    heap[place] = item
    $up(heap, start, place)
"""
)
