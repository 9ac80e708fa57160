"""What programs expect of Python that Monty lacks, and that a few lines of Python can be exactly.

Each text runs in the sandbox before a program that needs it. A part that is not here is missing:
the program is then unsupported, rather than run with something that is only similar.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product

from grpo_rewards.sandboxes.guest import DEEPEST, LONGEST, MOST_PARTS, OF_CONTAINER
from grpo_rewards.sandboxes.monty.container_classes import CONTAINERS
from grpo_rewards.sandboxes.monty.data_classes import DATACLASSES
from grpo_rewards.sandboxes.monty.enumerations import ENUMERATIONS
from grpo_rewards.sandboxes.monty.exceptions import EXCEPTIONS
from grpo_rewards.sandboxes.monty.laziness import LAZY
from grpo_rewards.sandboxes.monty.libraries import LIBRARIES
from grpo_rewards.sandboxes.monty.modules import INPUT, MODULE_TEXTS, STRING_TEXT
from grpo_rewards.sandboxes.monty.objects import OBJECTS
from grpo_rewards.sandboxes.monty.sets import SETS
from grpo_rewards.sandboxes.monty.special_methods import COMPARING
from grpo_rewards.sandboxes.monty.yielding import GENERATORS

__all__ = ["CALL", "CUT", "PREFIX", "RUN", "TOUCHED", "preludes", "stdin_lines"]

PREFIX = "_emulated_"
"""What the names of all this begin with, in the sandbox."""

_HELPERS = """
def $rounded(number, ndigits=None):
    if type(number) is float and type(ndigits) is int and ndigits >= 0:
        return float(f'{number:.{ndigits}f}')
    return round(number, ndigits)
def $del(value, key):
    if type(key) is slice:
        if isinstance(value, list) and key.step is None:
            value[key] = []
            return
    elif type(value) in (list, dict):
        value.pop(key)
        return
    elif $kind(value) == 'Counter':
        value.pop(key, None)
        return
    elif $kind(value) == 'defaultdict':
        value.pop(key)
        return
    elif $kind(value) == 'deque':
        value[key]
        key = key % len(value)
        value.rotate(-key)
        value.popleft()
        value.rotate(key)
        return
    elif hasattr(value, '__delitem__'):
        value.__delitem__(key)
        return
    raise NotImplementedError("a 'del' of an item of this kind is not supported")
def $kind(value):
    return type(value).__name__
def $no_group():
    raise IndexError('invalid group reference')
def $of(value, kind):
    if not isinstance(value, kind):
        raise TypeError('descriptor of another type')
    return value
def $bit_length(value):
    if not isinstance(value, int):
        return value.bit_length()
    return len(f'{abs(value):b}') if value else 0
def $bit_count(value):
    if not isinstance(value, int):
        return value.bit_count()
    return f'{abs(value):b}'.count('1')
def $is_integer(value):
    if not isinstance(value, float):
        return value.is_integer()
    return value % 1 == 0
def $bytes_of(value):
    if not isinstance(value, (list, tuple, range, set, frozenset)):
        return bytes(value)
    numbers = list(value)
    for number in numbers:
        if not isinstance(number, int):
            raise TypeError('an item that is no integer')
        if not 0 <= number < 256:
            raise ValueError('an item is not from 0 to 255')
    return bytes.fromhex(''.join([f'{number:02x}' for number in numbers]))
def $aligned(value):
    if value is None or isinstance(value, (bytes, list, tuple, dict, set, frozenset)):
        raise TypeError('unsupported format string passed to ' f'{$kind(value)}.__format__')
    return value
def $none_there(path, /):
    if not isinstance(path, (int, str, bytes)):
        raise TypeError('a path should be string, bytes, os.PathLike or integer')
    return False
def $opened(path, mode='r', *args, **kwargs):
    if not isinstance(mode, str) or mode[:1] != 'r' or '+' in mode or type(path) is not str:
        raise NotImplementedError('writing to files is not supported')
    raise FileNotFoundError(f'[Errno 2] No such file or directory: {path!r}')
"""

_ORDER = """
sorted, min, max = $ranked, $least, $greatest
"""
_TRUTH = """
len, reversed, any, all = $length, $backwards, $any_true, $all_true
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

_BUILTINS = (
    "abs bool bytes complex dict enumerate filter float frozenset getattr hasattr hash int "
    "isinstance iter len list map max min next print range repr reversed round set setattr slice "
    "sorted str sum tuple type zip"
)
"""What the texts use of Python's own, under names that a program does not redefine by chance."""


@cache
def preludes() -> dict[str, str]:
    """The texts, by what needs them: a module's name, ``input``, ``helpers``, or all (``base``)."""
    texts = {
        "input": INPUT,
        **MODULE_TEXTS,
        "helpers": _HELPERS,
        "written": _WRITE,
        "sets": SETS,
        "generators": GENERATORS,
        "lazy": LAZY,
        "objects": OBJECTS + ENUMERATIONS + EXCEPTIONS,
        "dataclasses": DATACLASSES,
        "containers": CONTAINERS,
        "comparing": COMPARING,
        "order": _ORDER,
        "truth": _TRUTH,
        **LIBRARIES,
    }
    numbers = {
        "DEEPEST": DEEPEST,
        "LONGEST": LONGEST,
        "MOST_PARTS": MOST_PARTS,
        "OF_CONTAINER": OF_CONTAINER,
    }
    for (name, number), text in product(numbers.items(), ("written", "objects")):
        texts[text] = texts[text].replace(f"${name}", str(number))
    used = re.compile(
        rf"(?<![\w.$'])(?<!def )({_BUILTINS.replace(' ', '|')})\b(?!(?:, \w+)* ?=(?!=))"
    )
    return {
        "base": "\n".join(f"{PREFIX}{name} = {name}" for name in _BUILTINS.split()) + "\n",
        **{name: used.sub(r"$\1", text).replace("$", PREFIX) for name, text in texts.items()},
        "string": STRING_TEXT.replace("NAME", f"{PREFIX}string"),
    }


def _tried(done: str) -> str:
    return _TRIED.replace("DONE", done).replace("$", PREFIX)


RUN = _tried("$exec($source)\n        $line = '{\"value\": true}'")
"""What runs the program that is given to a feed as ``source``."""
CALL = _tried("$line = $written($eval($call))")
"""What evaluates the expression that is given to a feed as ``call``."""
TOUCHED = f"""
try:
    {PREFIX}touched = {PREFIX}touched[0] is not False
except:
    {PREFIX}touched = True
{PREFIX}touched
"""
"""Whether a program went through a set whose order nobody knows; where it has the text of sets."""
CUT = f"f'{{{PREFIX}line}}'"
"""The line that either ends with."""


def stdin_lines(stdin: str) -> list[str]:
    """The lines of a standard input, the last one first, as the texts above take them."""
    lines = stdin.split("\n")
    return [*filter(None, lines[-1:]), *(f"{line}\n" for line in reversed(lines[:-1]))]
