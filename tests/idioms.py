"""Expressions of Python as programs have them, made from tables: what one Python says, another must."""

# ruff: noqa: E501 (tables read better on long lines)

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product

IMPORTS = """
import re, math, heapq, bisect, itertools, functools, collections, operator, string, json
from collections import Counter, defaultdict, deque, namedtuple
"""
VALUES = {
    "int": ["0", "7", "(-3)", "2**70", "True"],
    "float": ["0.0", "1.5", "(-2.75)", "1e300", "float('inf')", "0.1", "1e16", "2.675"],
    "str": ["''", "'Hello, World'", "' a b\\t'", "'aXbX'", "'123'", "'a\\nb\\r\\nc'", "'éßİ'"],
    "bytes": ["b''", "b'abc'"],
    "list": ["[]", "[3, 1, 2]", "[1, 1, 2]", "[[1], [2]]"],
    "tuple": ["()", "(1, 2, 3)", "(1,)"],
    "set": ["set()", "{1, 2, 3}", "frozenset([1, 2])"],
    "dict": ["{}", "{'a': 1, 'b': 2}", "{1: [1], 2: [2]}"],
}
METHODS = {
    "str": "capitalize casefold center count endswith expandtabs find format index isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper join ljust lower lstrip partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip split splitlines startswith strip swapcase title upper zfill encode",
    "bytes": "count decode endswith find hex index isdigit join lower replace split startswith strip upper",
    "list": "append clear copy count extend index insert pop remove reverse sort",
    "tuple": "count index",
    "set": "add copy difference discard intersection isdisjoint issubset issuperset remove symmetric_difference union update",
    "dict": "clear copy get items keys pop popitem setdefault update values",
    "int": "bit_length bit_count conjugate as_integer_ratio",
    "float": "is_integer as_integer_ratio conjugate hex",
}
ARGUMENTS = {
    "str": [
        "",
        "'a'",
        "'l'",
        "'o', 5",
        "5",
        "20, '*'",
        "'l', 'L'",
        "'l', 'L', 1",
        "['a', 'b']",
        "('H', 'a')",
        "', '",
        "None",
        "'l', -5, -1",
    ],
    "bytes": ["", "b'a'", "b'a', b'x'", "97", "[b'x', b'y']"],
    "list": ["", "1", "[9]", "0, 'z'", "-1", "'abc'", "5"],
    "tuple": ["", "1", "9"],
    "set": ["", "1", "{1, 9}", "[1]", "{1}, {2}"],
    "dict": ["", "'a'", "'z', 5", "{'a': 9}", "'z'"],
    "int": [""],
    "float": [""],
}
SPECS = [
    "",
    "d",
    "05d",
    "+d",
    ",",
    "_",
    "x",
    "#x",
    "b",
    "o",
    "e",
    ".2e",
    "f",
    ".2f",
    "10.3f",
    "<10",
    "*^10",
    ">10",
    "%",
    ".1%",
    "g",
    ".3g",
    "s",
    "10s",
    ".2s",
    "08.3f",
    "+.1f",
    ",.2f",
    "#010x",
    ".0f",
]
PERCENTS = [
    "d",
    "05d",
    "+d",
    "s",
    "10s",
    "-10s",
    ".2f",
    "10.3f",
    "x",
    "#x",
    "o",
    "e",
    "g",
    "c",
    "r",
    "%",
    "i",
]
OPERATORS = "+ - * / // % ** & | ^ << >> == != < <= > >= in".split()
BUILTINS = "abs all any bool bin chr dict divmod enumerate filter float frozenset hex int isinstance len list map max min oct ord pow range repr reversed round set sorted str sum tuple type zip hasattr callable bytes".split()
CALLS = [
    "",
    "{}",
    "{}, 2",
    "{}, 0",
    "{}, 16",
    "{}, -1",
    "{}, int",
    "int, {}",
    "str, {}",
    "None, {}",
    "{}, 'real'",
    "{}, {}",
    "{}, key=str",
    "{}, reverse=True",
    "{}, default=0",
    "*{}",
]
PATTERNS = [
    "a",
    "a*",
    r"\d+",
    r"(\w)(\d)?",
    "([a-z])([A-Z])",
    r"\b",
    "^",
    "$",
    r"(?P<n>\w+)",
    "[aeiou]",
    r"\s+",
    "(a)|(b)",
    "(?i)HELLO",
    "(?<=l)l",
    r"(.)\1",
    "x*?",
    r"[^\w\s]",
    r"(?m)^\w",
    ".",
    "a{2,3}",
    "(ab)+",
    r"\Z",
    "(",
    "a[$]|b$",
    r"\$|\.$",
]
SUBJECTS = [
    "'hello World'",
    "'aab'",
    "''",
    "'foo1 bar22'",
    "'camelCaseString'",
    "'a\\nb\\n'",
    "'12-34'",
    "'aaabab'",
]
TEMPLATES = [
    "''",
    "'-'",
    r"r'\1'",
    r"r'\1_\2'",
    r"r'\1_'",
    r"r'\1a'",
    r"r'\10'",
    r"r'\g<1>0'",
    r"r'\g<0>'",
    r"r'\n'",
    r"r'\t'",
    r"r'\\'",
    "r'$1'",
    r"r'\g<n>'",
    "lambda m: m.group().upper()",
    "lambda m: '<' + m[0] + '>'",
    r"r'\101'",
    r"r'\1\2'",
]
ITERTOOLS = [
    "accumulate({})",
    "accumulate({}, max)",
    "accumulate({}, initial=0)",
    "chain({}, [9])",
    "combinations({}, 2)",
    "combinations_with_replacement({}, 2)",
    "permutations({})",
    "permutations({}, 2)",
    "product({}, repeat=2)",
    "product({}, [0, 1])",
    "compress({}, [1, 0, 1])",
    "dropwhile(lambda x: x == 1, {})",
    "takewhile(lambda x: x == 1, {})",
    "filterfalse(lambda x: x == 1, {})",
    "islice({}, 2)",
    "islice({}, 0, 3, 2)",
    "pairwise({})",
    "zip_longest({}, [1], fillvalue=0)",
    "repeat({}, 2)",
    "groupby({})",
]
HEAPS = [
    "heappush(l, 2)",
    "heappop(l)",
    "heappushpop(l, 2)",
    "heapreplace(l, 2)",
    "nlargest(2, l)",
    "nsmallest(2, l)",
    "nlargest(2, l, key=lambda v: -v)",
    "heapify(l)",
]
MATH = "ceil floor trunc sqrt exp log log2 log10 sin cos tan atan factorial fabs isqrt gcd lcm comb perm hypot pow fmod copysign isclose isnan isinf isfinite modf frexp degrees radians prod fsum dist cbrt erf gamma lgamma".split()
INTEGERS = [
    "0",
    "1",
    "-1",
    "255",
    "-256",
    "2**31",
    "2**63 - 1",
    "-2**63",
    "2**64",
    "10**18",
    "10**30",
    "-10**40 + 7",
    "3**200",
]
STATED = ["int('ff', 16)", "int('0b11', 0)", "int(' 12 ')", "int('1_000')", "int('١')", "float('١.٥')", "round(2.5)", "round(-0.5)", "round(2.675, 2)", "round(1234.5, -2)", "divmod(-7, 2)", "-7.5 % 2", "(-8) ** (1 / 3)", "pow(3, -1, 7)", "bytes([65])", "bytes(range(5))", "bytes((1, 300))", "hasattr(1, 'real')", "hasattr([], 'append')", "getattr(1, 'real', None)", "1 << 100 >> 98", "2**70 >> 2**70", "'%(a)s %(b)d' % {'a': 1, 'b': 2}", "'{0} {1} {0}'.format(1, 2)", "'{a[x]}'.format(a={'x': 1})", "f'{None:>5}'", "f'{[1]!r:>6}'", "f'{3:{5}}'", "sorted([3, 1], key=lambda v: -v)", "list(set([3, 1, 2]))", "max(set('abab'), key='abab'.count)", "sorted({'b', 'a'})", "sum({3, 1})", "''.join(sorted(set('banana')))", "{3, 1, 2}.pop()", "list(heapq.merge([1, 4], [2, 3], [0]))", "list(heapq.merge([4, 1], [3, 2], reverse=True))", "list(heapq.merge([1, 3], [2], key=lambda v: -v))", "re.split(r'\\s*', 'a b')", "re.escape('a.b*c')", "re.sub('a', 'b', 'aaa', count=2)", "re.compile('a').match('ba', 1) is None", "re.search('(a)(x)?', 'a').groups('-')", "json.dumps({'b': [1, None, True], 'a': 1.5}, sort_keys=True)", "json.dumps([1], default=str)", "json.loads('{\"a\": [1, 2.5, null]}')", "operator.attrgetter('real')(5)", "operator.itemgetter(0, 2)('abc')", "functools.reduce(operator.mul, [1, 2, 3], 1)", "functools.partial(max, 3)(1)", "(lambda P: (P(1, 2).x, P(1, 2)._fields, P(1, 2) == (1, 2)))(namedtuple('P', 'x y'))", "dict(Counter('abca') - Counter('ab'))", "Counter('abca').most_common(2)", "dict(defaultdict(list, {1: [2]}))", "list(deque([1, 2, 3], maxlen=2))", "string.ascii_lowercase[::2]", "frozenset([1, 2]).union([3], [4])", "{1} <= {1, 2} < {1, 2, 3}", "b'abc'.count(97)", "[*range(3), *'ab']", "[(x, y) for x in range(3) for y in 'ab' if x]", "{x % 3: x for x in range(9)}", "(lambda *a, k=1, **kw: (a, k, kw))(1, 2, k=3, z=4)", "next((x for x in [1, 2] if x > 1), None)", "any(x > 1 for x in [1, 2])", "'a' < 'b' < 'c'", "not [] or 0 and 1", "(y := 5) + y", "[1, 2, 3][-2:]", "'abc'[::-1]", "isinstance(True, int)", "1 == 1.0 == True"]  # fmt: skip


def expressions(count: int, seed: int) -> list[str]:
    """So many expressions by chance of all that the tables make, and all that are stated."""
    made = list(dict.fromkeys(_made()))
    return [*STATED, *random.Random(seed).sample(made, count)]


def _made() -> Iterator[str]:  # noqa: PLR0912 (one branch a table)
    values = [value for kind in VALUES.values() for value in kind]
    for kind, names in METHODS.items():
        for name, value, given in product(names.split(), VALUES[kind], ARGUMENTS[kind]):
            yield f"(lambda x: (x.{name}({given}), x))({value})"
    for value, spec in product(values, SPECS):
        yield (
            f"f'{{{value}:{spec}}}'"
            if "{" not in value and "'" not in value
            else f"format({value}, {spec!r})"
        )
    for value, percent in product(values, PERCENTS):
        yield f"'<%{percent}>' % ({value},)"
    few = [value for kind in VALUES.values() for value in kind[1:3] if "e300" not in value]
    for left, sign, right in product(few, OPERATORS, few):
        if "70" not in right or sign not in ("**", "<<", "*"):
            yield f"{left} {sign} {right}"
    for name, given, value in product(BUILTINS, CALLS, values):
        if "70" not in value or name not in ("range", "bytes", "pow"):
            call = f"{name}({given.replace('{}', value)})"
            yield (
                f"list({call})"
                if name in ("map", "filter", "zip", "enumerate", "reversed")
                else call
            )
    for pattern, subject in product(PATTERNS, SUBJECTS):
        yield f"re.findall({pattern!r}, {subject})"
        yield f"re.split({pattern!r}, {subject})"
        yield f"[m.span() for m in re.finditer({pattern!r}, {subject})]"
        for function in ("match", "search", "fullmatch"):
            yield f"(lambda m: m and (m.group(), m.span(), m.groups()))(re.{function}({pattern!r}, {subject}))"
        for template in TEMPLATES:
            yield f"re.sub({pattern!r}, {template}, {subject})"
            yield f"re.compile({pattern!r}).sub({template}, {subject})"
    for value in ("[]", "[1, 2, 3]", "'ab'", "range(3)"):
        for made in ITERTOOLS:
            text = f"itertools.{made.format(value)}"
            yield f"[(k, list(g)) for k, g in {text}]" if "groupby" in made else f"list({text})"
        for made in HEAPS:
            yield f"(lambda l: (heapq.{made}, l))(list({value}))"
        for name, given in product(
            ("bisect_left", "bisect_right", "insort"), ("0", "2", "9", "2, 1")
        ):
            yield f"(lambda l: (bisect.{name}(l, {given}), l))(list({value}))"
        for part in product(("", "1", "-2", "10"), ("", "3", "-1"), ("", "2", "-1")):
            yield f"{value}[{':'.join(part)}]"
    for name, given in product(
        MATH, ("0", "0.5", "-0.5", "2", "10", "7, 3", "12, 18", "[1, 2], [3, 4]", "[0.1] * 10")
    ):
        yield f"math.{name}({given})"
    for left, sign, right in product(
        INTEGERS, ("+", "-", "*", "//", "%", "&", "|", "^", "<", "=="), INTEGERS
    ):
        yield f"({left}) {sign} ({right})"
    for value in INTEGERS:
        yield from (
            f"str({value})",
            f"hex({value})",
            f"({value}).bit_length()",
            f"math.isqrt(abs({value}))",
            f"float({value})",
        )
