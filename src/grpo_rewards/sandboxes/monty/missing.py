"""What Monty lacks of Python, as the errors show that a program ended with."""

from __future__ import annotations

import builtins
import importlib
import re
import sys

from grpo_rewards.sandboxes.packages import lacking

__all__ = ["MODULES", "missing"]

# What Monty lacks shows as one of these; each says in a group what was missing. Python itself says
# none of them of a thing that it knows.
_UNSUPPORTED = re.compile(
    r"NotImplementedError: The monty syntax parser does not yet support (?:the )?(?P<syntax>.+)"
    r"|NotImplementedError: (?P<feature>.*(?:not supported|not implemented|read-only module).*)"
    r"|\w+: (?P<later>.*\bnot yet support.*)"
    r"|RuntimeError: Internal error in monty: (?P<internal>.+)"
    r"|(?:ModuleNotFoundError|ImportError): No module named '(?P<module>\w+)(?:\.[\w.]*)?'.*"
    r"|ImportError: cannot import name '(?P<imported>\w+)' from '(?P<from>\w+)'.*"
    r"|AttributeError: module '(?P<of>\w+)' has no attribute '(?P<member>\w+)'.*"
    r"|AttributeError: '_emulated_(?P<emulated>\w+)' object has no attribute '(?P<part>\w+)'.*"
    r"|AttributeError: (?P<kind>type object )?'(?P<type>[\w.]+)' (?:object )?"
    r"has no attribute '(?P<method>\w+)'.*"
    r"|NameError: name '(?P<name>\w+)' is not defined"
    r"|TypeError: '_emulated_(?P<whole>\w+)' object is not (?:callable|iterable|subscriptable).*"
    r"|AttributeError: (?P<attached>'function' object has no attribute '\w+' and no __dict__ .*)"
    r"|TypeError: (?P<asked>isinstance\(\) arg 2 must be a type.*"
    r"|cannot create '\w+' instances"
    r"|cannot convert '(?:list|[\w.]*deque)' object to bytes)"
    r"|IndexError: (?P<group>no such group)"
    r"|TypeError: (?P<lazy>'list' object is not an iterator)"
    r"|TypeError: (?P<hint>'typing\.\w+' object is not (?:callable|subscriptable))"
    r"|TypeError: (?P<joined>can only concatenate list \(not .*)"
    r"|TypeError: (?P<many>(?:frozen)?set\.\w+\(\) takes exactly one argument.*"
    r"|Pattern\.\w+\(\) takes exactly one argument \([23] given\)"
    r"|re\.Match\.groups\(\) takes no arguments \(1 given\)"
    r"|JSONEncoder\.__init__\(\) got an unexpected keyword argument '(?:default|cls|\w+_nan)'"
    r"|cannot use 'set' as a set element .*"
    r"|'[<>]=?' not supported between instances of '(?:frozen)?set' and '(?:frozen)?set'"
    r"|first argument must be string or compiled pattern"
    r"|a bytes-like object is required)"
    r"|OverflowError: (?P<large>Python int too large to convert to C ssize_t)"
    r"|ValueError: (?P<digits>.*[^\x00-\x7f].*)"
    r"|ValueError: (?P<power>pow\(\) 2nd argument cannot be negative when 3rd.*)"
    r"|LookupError: (?P<encoding>unknown encoding: .*)",
    re.DOTALL,
)
_WORDS = (
    "asked",
    "attached",
    "group",
    "whole",
    "feature",
    "later",
    "internal",
    "lazy",
    "hint",
    "many",
    "large",
    "power",
    "encoding",
)
# Whether a name that Monty does not know is one of Python's, these say; nothing is imported that a
# model named, but for these.
MODULES = frozenset(
    "base64 binascii bisect cmath collections copy csv dataclasses datetime decimal functools "
    "hashlib heapq itertools json math operator os pathlib random re string sys threading time "
    "types typing unicodedata".split()
)
_STREAMS = ("stdin", "stdout", "buffer")
_TYPES = {
    "_io.TextIOWrapper": "io.TextIOWrapper",
    "deque": "collections.deque",
    "defaultdict": "collections.defaultdict",
    "Counter": "collections.Counter",
    "function": "types.FunctionType",
    "module": "types.ModuleType",
}


def missing(said: str, program: str = "") -> str:
    """What Monty lacks, by the error that a program ended with; empty if nothing.

    Example:
        >>> missing("AttributeError: type object 'str' has no attribute 'maketrans'")
        'str.maketrans'
        >>> missing("AttributeError: 'str' object has no attribute 'no_such_method'")
        ''
    """
    found = _UNSUPPORTED.fullmatch(said)
    if not found:
        return ""
    part = found.groupdict()
    if part["syntax"]:
        return str(part["syntax"])[:100]
    if part["joined"]:  # which Python says of a sum, but not where it is added in place
        return "list += tuple" if "+=" in program else ""
    said_so = next(filter(None, (part[word] for word in _WORDS)), "")
    if said_so:
        return f"support for this: {said_so[:100]}"
    if part["digits"]:
        is_read = said.startswith(("ValueError: invalid literal", "ValueError: could not convert"))
        has_one = any(each.isdecimal() for each in said if not each.isascii())
        return "digits of other scripts" if is_read and has_one else ""
    if part["module"]:
        is_known = part["module"] in sys.stdlib_module_names or lacking(said, program)
        return f"module {part['module']}" if is_known else ""
    module = part["of"] or part["from"] or part["emulated"]
    member = part["member"] or part["imported"] or part["part"]
    if module:
        if module in _STREAMS:
            return f"{module}.{member}"
        if part["emulated"] and module not in MODULES:
            return f"{module}.{member}"
        is_missing = module in MODULES and hasattr(importlib.import_module(module), member)
        return f"{module}.{member}" if is_missing else ""
    if part["type"]:
        owner = _type(part["type"])
        is_missing = owner is not None and hasattr(owner, part["method"])
        return f"{part['type']}.{part['method']}" if is_missing else ""
    is_missing = not part["name"].startswith("__") and hasattr(builtins, part["name"])
    return f"{part['name']}()" if is_missing else ""


def _type(name: str) -> type | None:
    """The type of Python's that Monty calls so."""
    module, _, kind = _TYPES.get(name, name).rpartition(".")
    if (module or "builtins") not in {*MODULES, "builtins", "io"}:
        return None
    owner = getattr(importlib.import_module(module or "builtins"), kind, None)
    return owner if isinstance(owner, type) else None
