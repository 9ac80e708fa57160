"""What Monty's exceptions lack of Python's: classes that derive from them, and what these hold.

One of a class of the program's own is carried by one that Monty has, and put in its place where it
is caught. The text stands behind the one of `objects`, whose records of classes it reads.
"""

from __future__ import annotations

__all__ = ["EXCEPTIONS"]

EXCEPTIONS = """
$natives = []
$parents = {
    'BaseException': '', 'Exception': 'BaseException', 'SystemExit': 'BaseException',
    'KeyboardInterrupt': 'BaseException', 'ArithmeticError': 'Exception',
    'AssertionError': 'Exception', 'AttributeError': 'Exception', 'LookupError': 'Exception',
    'NameError': 'Exception', 'RuntimeError': 'Exception', 'StopIteration': 'Exception',
    'TypeError': 'Exception', 'ValueError': 'Exception', 'OSError': 'Exception',
    'IndexError': 'LookupError', 'KeyError': 'LookupError', 'OverflowError': 'ArithmeticError',
    'ZeroDivisionError': 'ArithmeticError', 'NotImplementedError': 'RuntimeError',
    'RecursionError': 'RuntimeError', 'FileNotFoundError': 'OSError', 'TimeoutError': 'OSError',
}
def $native_name(kind):
    return f'{kind}'.removeprefix("<class '").removesuffix("'>")
def $based(base):
    if type(base).__name__ != 'type':
        raise NotImplementedError('a base class of this kind is not supported')
    if base in $records:
        return base
    for native, cls in $natives:
        if native is base:
            return cls
    name = $native_name(base)
    if name in $parents:
        cls = type(name, (), {})
        shown = $args_shown_as_key if name == 'KeyError' else $args_shown
        own = {
            '__init__': ('method', $args_kept),
            '__str__': ('method', shown),
            '__repr__': ('method', $args_written),
        }
        for key, entry in own.items():
            setattr(cls, key, entry[1])
        $records[cls] = ((cls,), own, {}, {'native': base})
        $natives.append((base, cls))
        return cls
    raise NotImplementedError('a base class of this kind is not supported')
def $is_native(native, kind):
    name = $native_name(native)
    if type(kind).__name__ != 'type':
        return False
    other = $native_name(kind)
    while name:
        if name == other:
            return True
        name = $parents[name]
    return False
def $args_kept(self, *args):
    self.args = args
def $args_shown(self):
    if len(self.args) < 2:
        return str(self.args[0]) if self.args else ''
    return str(self.args)
def $args_shown_as_key(self):
    if len(self.args) == 1:
        return repr(self.args[0])
    return $args_shown(self)
def $args_written(self):
    return f"{type(self).__name__}({', '.join([repr(each) for each in self.args])})"
$carried = {}
def $raised(value):
    if $is_class(value):
        value = value()
    of = type(value)
    if of in $records and 'native' in $records[of][3]:
        carrier = $records[of][3]['native']('')
        $carried[id(carrier)] = (carrier, value)
        return carrier
    return value
def $error_of(kind, *args):
    if not args:
        return kind()
    if len(args) == 1 and type(args[0]) is str:
        return kind(args[0])
    return $based(kind)(*args)
def $caught(error):
    held = $carried.get(id(error))
    return error if held is None or held[0] is not error else held[1]
def $failed(error):
    error = $caught(error)
    return $json.dumps({'error': f'{type(error).__name__}: {error}'[:$LONGEST].removesuffix(': ')})
"""
