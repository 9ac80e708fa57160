"""What Monty lacks of Python's `enum`: members that are made of a class's own values.

The text stands behind the one of `objects`, whose records of classes it reads.
"""

from __future__ import annotations

__all__ = ["ENUMERATIONS"]

ENUMERATIONS = """
class $Enumeration:
    def __init__(self, kind):
        self.kind = kind
        self.members = []
        self.__name__ = kind.__name__
    def __call__(self, value):
        for member in self.members:
            if member.value == value:
                return member
        if type(value) is self.kind:
            return value
        raise ValueError(f'{value!r} is not a valid {self.__name__}')
    def __getitem__(self, name):
        members = $getattr(self, '__members__')
        return members[name]
    def __iter__(self):
        return iter(list(self.members))
    def __contains__(self, value):
        if type(value) is self.kind:
            return True
        raise NotImplementedError("'in' of a value in an enumeration is not supported")
    def __repr__(self):
        return f'<enum {self.__name__!r}>'
def $enumerated(cls, given, bases):
    made = $Enumeration(cls)
    named = {}
    last = 0
    own = $records[cls][1]
    if '__str__' not in own:
        own['__str__'] = ('method', lambda self: f'{cls.__name__}.{self.name}')
        setattr(cls, '__str__', own['__str__'][1])
    if '__repr__' not in own:
        own['__repr__'] = ('method', lambda self: f'<{cls.__name__}.{self.name}: {self.value!r}>')
        setattr(cls, '__repr__', own['__repr__'][1])
    for name, value in given:
        if value is $auto:
            value = last + 1
        if type(value) is int:
            last = max(last, value) if made.members else value
        found = None
        for member in made.members:
            if member.value == value:
                found = member
        if found is None:
            found = cls()
            found.name = found._name_ = name
            found.value = found._value_ = value
            made.members.append(found)
        named[name] = found
        $setattr(made, name, found)
        $setattr(cls, name, found)
    $setattr(made, '__members__', named)
    return made
class $Auto:
    pass
$auto = $Auto()
class $Enum:
    pass
$records[$Enum] = (($Enum,), {}, {}, {})
"""
