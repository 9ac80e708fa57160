"""What Monty lacks of Python's `dataclasses`: the methods that a class gets for its fields.

The text stands behind the one of `objects`, whose records of classes it reads.
"""

from __future__ import annotations

__all__ = ["DATACLASSES"]

DATACLASSES = """
def $field(name, default=$none, default_factory=$none, init=True, written=True, compare=True,
           kw_only=False):
    return (name, default, default_factory, init, written, compare, kw_only)
def $dataclassed(fields, shown, init=True, written=True, eq=True, order=False, unsafe_hash=False,
                 frozen=False, kw_only=False, slots=False, match_args=True):
    def made(cls):
        of, own, _, options = $records[cls]
        every = {}
        for each in of[:0:-1]:
            for field in $records[each][3].get('fields', ()):
                every[field[0]] = field
        for field in fields:
            every[field[0]] = (*field[:6], field[6] or kw_only)
        every = tuple(every.values())
        options['fields'] = every
        seen = False
        for name, default, factory, is_given, _, _, is_named in every:
            has = default is not $none or factory is not $none
            if seen and not has and is_given and not is_named:
                raise TypeError(f'non-default argument {name!r} follows default argument')
            seen = seen or (has and is_given and not is_named)
        if init and '__init__' not in own:
            own['__init__'] = ('method', $dataclass_init(cls, every))
        compared = [field[0] for field in every if field[5]]
        def parts(self):
            return tuple([$getattr(self, name) for name in compared])
        if written and '__repr__' not in own:
            def show(self):
                items = [f'{field[0]}={$getattr(self, field[0])!r}' for field in every if field[4]]
                return f"{shown}({', '.join(items)})"
            own['__repr__'] = ('method', show)
        has_hash = '__hash__' in own and own['__hash__'][0] != 'none'
        if eq and '__eq__' not in own:
            own['__eq__'] = ('method', lambda self, other: (
                parts(self) == parts(other) if type(other) is type(self) else NotImplemented
            ))
        if has_hash:
            pass
        elif eq and (frozen or unsafe_hash):
            own['__hash__'] = ('method', lambda self: hash(parts(self)))
        elif eq:
            own['__hash__'] = ('none',)
        if order:
            own['__lt__'] = ('method', lambda a, b: (
                $lt(parts(a), parts(b)) if type(a) is type(b) else NotImplemented))
            own['__le__'] = ('method', lambda a, b: (
                $le(parts(a), parts(b)) if type(a) is type(b) else NotImplemented))
            own['__gt__'] = ('method', lambda a, b: (
                $lt(parts(b), parts(a)) if type(a) is type(b) else NotImplemented))
            own['__ge__'] = ('method', lambda a, b: (
                $le(parts(b), parts(a)) if type(a) is type(b) else NotImplemented))
        if frozen:
            options['frozen'] = True
        if match_args and '__match_args__' not in own:
            own['__match_args__'] = (
                'value', tuple([field[0] for field in every if field[3] and not field[6]])
            )
    return made
def $dataclass_init(cls, fields):
    def init(self, *args, **kwargs):
        left = list(args)
        for name, default, factory, is_given, _, _, is_named in fields:
            if is_given and left and not is_named:
                value = left.pop(0)
                if name in kwargs:
                    raise TypeError(f'__init__() got multiple values for argument {name!r}')
            elif is_given and name in kwargs:
                value = kwargs.pop(name)
            elif factory is not $none:
                value = factory()
            elif default is not $none:
                value = default
            elif is_given:
                raise TypeError(f'__init__() missing a required argument: {name!r}')
            else:
                continue
            $setattr(self, name, value)
        if left or kwargs:
            raise TypeError('__init__() got more arguments than there are fields')
        if $owner(type(self), '__post_init__') is not None:
            self.__post_init__()
    return init
def $fields_of(value):
    fields = $records[type(value)][3].get('fields') if type(value) in $records else None
    if fields is None:
        raise TypeError('it should be called on dataclass instances')
    return fields
def $asdict(value, *, dict_factory=None):
    if dict_factory is not None:
        raise NotImplementedError("'dict_factory' is not supported")
    return {field[0]: $data(getattr(value, field[0]), $asdict) for field in $fields_of(value)}
def $astuple(value, *, tuple_factory=None):
    if tuple_factory is not None:
        raise NotImplementedError("'tuple_factory' is not supported")
    return tuple([$data(getattr(value, field[0]), $astuple) for field in $fields_of(value)])
def $data(value, made):
    if type(value) in $records and 'fields' in $records[type(value)][3]:
        return made(value)
    if type(value) in (list, tuple):
        return type(value)([$data(each, made) for each in value])
    if type(value) is dict:
        return {$data(key, made): $data(each, made) for key, each in value.items()}
    if isinstance(value, (list, tuple, dict)):
        raise NotImplementedError('a value of this kind in a dataclass is not supported')
    return value
def $replace(value, /, **changes):
    for name, _, _, is_given, _, _, _ in $fields_of(value):
        if is_given and name not in changes:
            changes[name] = $getattr(value, name)
    return type(value)(**changes)
"""
