"""What Monty's classes lack of Python's: bases, properties, and what else looks a name up in them.

The text runs in the sandbox before a program whose classes were rewritten by `classes`. Each class
is one of Monty's own, into which what its bases have is copied; beside it stands a record of its
order of resolution, of its own names, of its properties, and of its names that have no body yet.
"""

from __future__ import annotations

__all__ = ["OBJECTS"]

# Of each class: (its order of resolution, its own names, its properties, its options).
OBJECTS = """
$records = {}
class $Missing:
    pass
$none = $Missing()
def $hold(self, function):
    self.function = function
def $call_held(self, *args, **kwargs):
    return self.function(*args, **kwargs)
$Static = type('function', (), {'__init__': $hold, '__call__': $call_held})
$Bound = type('method', (), {'__init__': $hold, '__call__': $call_held})
def $is_class(value):
    return type(value).__name__ == 'type' and value in $records
def $resolved(cls, bases):
    rows = [list($records[base][0]) for base in bases] + [list(bases)]
    found = [cls]
    while True:
        rows = [row for row in rows if row]
        if not rows:
            return tuple(found)
        head = None
        for row in rows:
            if not [1 for other in rows for each in other[1:] if each is row[0]]:
                head = row[0]
                break
        if head is None:
            raise TypeError('Cannot create a consistent method resolution order (MRO)')
        found.append(head)
        rows = [row[1:] if row[0] is head else row for row in rows]
def $class(cls, bases, own, abstract=(), made=None):
    bases = [$based(base) for base in bases]
    order = $resolved(cls, bases)
    if '__eq__' in own and '__hash__' not in own:
        own['__hash__'] = ('none',)
    options = {'abstract': abstract}
    for each in order[1:]:
        for option in ('native', 'frozen', 'holds'):
            if option in $records[each][3]:
                options[option] = $records[each][3][option]
    $records[cls] = (order, own, {}, options)
    if made is not None:
        made(cls)
    names = {}
    for each in order[::-1]:
        names.update($records[each][1])
    for name, entry in names.items():
        if name != '__init_subclass__':
            $install(cls, name, entry)
    if '__getitem__' in names and '__iter__' not in names:
        setattr(cls, '__iter__', $each_item)
    lacking = sorted([
        name for name in names if name in $records[$owner(cls, name)][3].get('abstract', ())
    ])
    $records[cls][3]['lacking'] = lacking
    if lacking:
        $guard(cls, lacking)
    elif 'native' in options:
        $keep_args(cls)
    elif 'holds' in options:
        $keep_data(cls, options['holds'])
    return cls
class $Items:
    def __init__(self, owner):
        self.owner, self.place = owner, 0
    def __iter__(self):
        return self
    def __next__(self):
        try:
            found = self.owner[self.place]
        except IndexError:
            raise StopIteration
        self.place += 1
        return found
def $each_item(self):
    return $Items(self)
def $owner(cls, name):
    for each in $records[cls][0]:
        if name in $records[each][1]:
            return each
    return None
def $guard(cls, lacking):
    first = getattr(cls, '__init__', None)
    def init(self, *args, **kwargs):
        if type(self) is cls:
            raise TypeError(
                f"Can't instantiate abstract class {cls.__name__} with abstract "
                f"method{'s'[:len(lacking) > 1]} {', '.join(lacking)}"
            )
        if first is not None:
            first(self, *args, **kwargs)
    setattr(cls, '__init__', init)
def $keep_args(cls):
    first = getattr(cls, '__init__')
    def init(self, *args, **kwargs):
        self.args = args
        first(self, *args, **kwargs)
    setattr(cls, '__init__', init)
def $install(cls, name, entry):
    kind = entry[0]
    properties = $records[cls][2]
    if kind in ('property', 'cached'):
        properties[name] = entry
        return
    properties.pop(name, None)
    if kind == 'static':
        setattr(cls, name, $Static(entry[1]))
    elif kind == 'class':
        setattr(cls, name, $Bound($bound_to(entry[1], cls)))
    elif kind != 'none':
        value = entry[1]
        if type(value).__name__ == 'functools._lru_cache_wrapper':
            value = $called(value)
        setattr(cls, name, value)
def $called(function):
    return lambda *args, **kwargs: function(*args, **kwargs)
def $bound_to(function, value):
    return lambda *args, **kwargs: function(value, *args, **kwargs)
def $read(entry, name, value):
    if entry[0] == 'cached':
        kept = '$kept_' + name
        found = getattr(value, kept, $none)
        if found is $none:
            found = entry[1](value)
            setattr(value, kept, found)
        return found
    if entry[1] is None:
        raise AttributeError(f'property {name!r} of {type(value).__name__!r} object has no getter')
    return entry[1](value)
def $get(value, name):
    of = type(value)
    if of in $records:
        entry = $records[of][2].get(name)
        if entry is not None:
            return $read(entry, name, value)
    elif $is_class(value) and name in $records[value][2]:
        raise NotImplementedError('a property itself is not supported')
    if of.__name__ == 'function' and value in $attached and name in $attached[value]:
        return $attached[value][name]
    return $getattr(value, name)
$attached = {}
def $looked_up(value, name, *rest):
    of = type(value)
    is_attached = of.__name__ == 'function' and value in $attached
    if is_attached or (of in $records and name in $records[of][2]):
        if rest:
            try:
                return $get(value, name)
            except AttributeError:
                return rest[0]
        return $get(value, name)
    if $is_class(value) and name in $records[value][2]:
        raise NotImplementedError('a property itself is not supported')
    return $getattr(value, name, *rest)
getattr = $looked_up
def hasattr(value, name, /):
    try:
        $looked_up(value, name)
    except AttributeError:
        return False
    return True
def $store(value, name, given):
    of = type(value)
    if of in $records:
        if 'frozen' in $records[of][3]:
            raise AttributeError(f'cannot assign to field {name!r}')
        entry = $records[of][2].get(name)
        if entry is None:
            $setattr(value, name, given)
        elif entry[0] == 'cached':
            $setattr(value, '$kept_' + name, given)
        elif len(entry) < 3 or entry[2] is None:
            raise AttributeError(f'property {name!r} of {of.__name__!r} object has no setter')
        else:
            entry[2](value, given)
    elif of.__name__ == 'function':
        $attached.setdefault(value, {})[name] = given
    elif $is_class(value):
        entry = ('value', given)
        $records[value][1][name] = entry
        for each, record in list($records.items()):
            if each is value or (value in record[0] and $owner(each, name) is value):
                $install(each, name, entry)
    else:
        $setattr(value, name, given)
setattr = $store
def $super(cls, value, name):
    of = type(value)
    is_class = of not in $records
    if is_class:
        of = value
    is_found = False
    for each in $records[of][0]:
        if is_found and name in $records[each][1]:
            return $bound($records[each][1][name], name, value, of, is_class)
        is_found = is_found or each is cls
    if not is_found:
        raise TypeError('super(type, obj): obj must be an instance or subtype of type')
    if name == '__init__':
        return $no_arguments
    if name == '__init_subclass__':
        return $no_arguments
    if name == '__setattr__':
        return lambda name, given: $setattr(value, name, given)
    if name == '__eq__':
        return lambda other: True if other is value else NotImplemented
    if name == '__ne__':
        return lambda other: False if other is value else NotImplemented
    if name[:2] == '__':
        raise NotImplementedError(f"'super().{name}' is not supported")
    raise AttributeError(f"'super' object has no attribute {name!r}")
def $no_arguments():
    return None
def $bound(entry, name, value, of, is_class):
    kind = entry[0]
    if kind in ('property', 'cached'):
        return $read(entry, name, value)
    if kind == 'class':
        return $bound_to(entry[1], of)
    if kind == 'none':
        raise NotImplementedError(f"'super().{name}' is not supported")
    is_plain = kind == 'value' and type(entry[1]).__name__ != 'function'
    if kind == 'static' or is_plain or is_class:
        return entry[1]
    return $bound_to(entry[1], value)
def $is_of(of, kind):
    record = $records.get(of)
    if record is None:
        return False
    for each in record[0]:
        if each is kind:
            return True
    return False
def $holds(value, kind, /):
    if type(kind) is tuple:
        for each in kind:
            if $holds(value, each):
                return True
        return False
    of = type(value)
    if type(kind) is $Enumeration:
        return $is_of(of, kind.kind)
    if kind is object:
        return True
    if type(kind) is $Abstract:
        return kind.holds(value)
    if $is_class(kind):
        return $is_of(of, kind)
    if of in $records and 'holds' in $records[of][3]:
        return $records[of][3]['holds'] is kind
    if of in $records:
        return 'native' in $records[of][3] and $is_native($records[of][3]['native'], kind)
    return isinstance(value, kind)
isinstance = $holds
def $derives(cls, kind, /):
    if type(kind) is tuple:
        for each in kind:
            if $derives(cls, each):
                return True
        return False
    if kind is object or cls is kind:
        return True
    if $is_class(cls):
        if $is_class(kind):
            return $is_of(cls, kind)
        if type(kind).__name__ == 'type' and $native_name(kind) in $parents:
            record = $records[cls][3]
            return 'native' in record and $is_native(record['native'], kind)
        return False
    if type(cls).__name__ == 'type' and $native_name(cls) in $parents:
        return type(kind).__name__ == 'type' and $is_native(cls, kind)
    raise NotImplementedError("'issubclass' of these is not supported")
issubclass = $derives
class $Abstract:
    def __init__(self, holds):
        self.holds = holds
class $ABC:
    pass
$records[$ABC] = (($ABC,), {}, {}, {})
class $TestCase:
    pass
$records[$TestCase] = (($TestCase,), {}, {}, {})
"""
