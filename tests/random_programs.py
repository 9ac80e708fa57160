"""Programs of Python made by chance: classes that inherit, generators, and sets of integers."""

# ruff: noqa: E501, ISC004 (programs read better on long lines)

from __future__ import annotations

import random
from collections.abc import Sequence

NAMES = ("alpha", "beta", "omega", "delta")


def of_classes(seed: int) -> str:
    """A program of a few classes, with a function ``f`` that says what its objects say."""
    chance = random.Random(seed)
    made: list[str] = []
    classes: list[str] = []
    for place in range(chance.randint(2, 5)):
        # The youngest first, so that there is an order to look names up in.
        bases = sorted(chance.sample(classes, min(place, chance.randint(0, 2))), reverse=True)
        name = f"C{place}"
        made.append(_class(name, bases, chance))
        classes.append(name)
    shown = "\n".join(_shown(chance, classes) for _ in range(chance.randint(6, 14)))
    return f"{HELPERS}\n{''.join(made)}\ndef f():\n    out = []\n{shown}\n    return out\n"


HELPERS = """
import functools
from abc import ABC, abstractmethod
def loud(function):
    @functools.wraps(function)
    def inner(self, *args):
        return ('loud', function(self, *args))
    return inner
class Trouble(Exception):
    def __init__(self, text, code=0):
        super().__init__(text)
        self.code = code
class Worse(Trouble):
    pass
def tried(function):
    try:
        return said(function())
    except Worse as error:
        return ('Worse', str(error), error.code)
    except Trouble as error:
        return ('Trouble', error.args, error.code)
    except (AttributeError, TypeError, ValueError, LookupError) as error:
        return type(error).__name__
"""


def _class(name: str, bases: Sequence[str], chance: random.Random) -> str:
    lines = [f"class {name}{'(' + ', '.join(bases) + ')' if bases else ''}:"]
    if chance.random() < 0.6:
        lines.append(f"    kind = {name!r}")
    if chance.random() < 0.5:
        lines.append("    count = 0")
    if not bases or chance.random() < 0.4:
        call = "super().__init__(x)" if bases else "pass"
        lines += ["    def __init__(self, x=1):", f"        {call}", f"        self.x = x + {len(name)}",
                  f"        self.__own = {name!r}"]  # fmt: skip
        lines += [f"    def own_of_{name}(self):", "        return self.__own"]
    for method in chance.sample(NAMES, chance.randint(1, 3)):
        style = chance.choice("plain plain super super property static class loud".split())
        body = f"({name!r}, {chance.randint(0, 9)})"
        if style == "plain":
            lines += [f"    def {method}(self):", f"        return {body} + (self.x,)"]
        elif style == "super":
            lines += [f"    def {method}(self):",
                      f"        return {body} + (tried(lambda: super({name}, self).{method}),)[:0] + "
                      f"(tried(lambda: called(super({name}, self).{method})),)"]  # fmt: skip
        elif style == "property":
            lines += [
                "    @property",
                f"    def {method}(self):",
                f"        return {body} + (self.x,)",
            ]
            if chance.random() < 0.5:
                lines += [f"    @{method}.setter", f"    def {method}(self, value):",
                          "        self.x = value"]  # fmt: skip
        elif style == "static":
            lines += ["    @staticmethod", f"    def {method}():", f"        return {body}"]
        elif style == "class":
            lines += [
                "    @classmethod",
                f"    def {method}(cls):",
                f"        return (cls.__name__, {body})",
            ]
        else:
            lines += ["    @loud", f"    def {method}(self):", f"        return {body}"]
    for special, text in chance.sample(SPECIAL, chance.randint(0, 3)):
        lines += [f"    def {special}:", f"        {text}"]
    return "\n".join(lines) + "\n"


SPECIAL = [
    ("__len__(self)", "return self.x % 3"),
    ("__bool__(self)", "return self.x % 2 == 0"),
    ("__lt__(self, other)", "return self.x < other.x if hasattr(other, 'x') else NotImplemented"),
    ("__gt__(self, other)", "return self.x > getattr(other, 'x', 0)"),
    ("__le__(self, other)", "return NotImplemented"),
    ("__eq__(self, other)", "return self.x == getattr(other, 'x', None)"),
    ("__iadd__(self, other)", "self.x += other\n        return self"),
    ("__add__(self, other)", "return ('add', self.x, other)"),
    ("__repr__(self)", "return f'<{type(self).__name__} {self.x}>'"),
    ("__getitem__(self, key)", "return (self.x, key)[key]"),
    ("__contains__(self, key)", "return key == self.x"),
    ("__call__(self, y)", "return self.x * y"),
    ("__iter__(self)", "yield self.x\n        yield from range(self.x % 4)"),
    ("__enter__(self)", "self.x += 1\n        return self"),
]


def _shown(chance: random.Random, classes: Sequence[str]) -> str:
    one, other = chance.choice(classes), chance.choice(classes)
    method = chance.choice(NAMES)
    x = chance.randint(0, 5)
    said = chance.choice(
        [
            f"called({one}({x}).{method})",
            f"called({one}.{method})",
            f"isinstance({one}({x}), {other})",
            f"issubclass({one}, ({other}, int))",
            f"{one}({x}) < {other}(2)",
            f"{one}({x}) >= {other}(2)",
            f"1 < {one}({x}) <= 3",
            f"sorted([{one}(3), {one}({x}), {one}(1)])[0].x",
            f"max({one}(1), {other}({x})).x",
            f"len({one}({x}))",
            f"bool({one}({x}))",
            f"({one}({x}) and 1, {one}({x}) or 2, not {one}({x}))[1:]",
            f"[y for y in (1, 2) if {one}({x})]",
            f"{one}({x}) == {other}({x})",
            f"kind_of({one}, {other})",
            f"stored({one}({x}), {method!r})",
            f"counted({one}, {other})",
            f"grown({one}({x}))",
            f"list({one}({x}))",
            f"called({one}({x}).own_of_{other})",
            f"{one}({x}).x + {x}",
            f"getattr({one}({x}), 'kind', 'none')",
            f"getattr({one}, {method!r}, 0) == 0",
            f"raised({x})",
        ]
    )
    return f"    out.append(tried(lambda: {said}))"


HELPERS += """
def said(value):
    if isinstance(value, (list, tuple)):
        return [said(each) for each in value]
    plain = value is None or isinstance(value, (int, str, float))
    return value if plain else type(value).__name__
def called(value):
    return value() if type(value).__name__ in ('function', 'method', 'type') else value
def kind_of(one, other):
    return getattr(one, 'kind', 0), getattr(other(), 'kind', 0), one.__name__, type(other()) is other
def stored(value, name):
    setattr(value, name, 5)
    return value.x, called(getattr(value, name))
def counted(one, other):
    one.count += 1
    return one.count, other.count, other().count
def grown(value):
    value += 2
    return value if isinstance(value, tuple) else value.x
def raised(x):
    if x % 2:
        raise Worse(f'worse {x}', code=x)
    if x:
        raise Trouble('trouble')
    raise KeyError(x)
"""


def of_generators(seed: int) -> str:
    """A program of one generator, which a function ``f`` goes through in many ways."""
    chance = random.Random(seed)
    body = "\n".join(_statements(chance, 3, "    ", in_loop=False))
    return f"""
def g(n, xs, *rest):
    a = b = 0
{body}
    yield ('end', a, b)
def inner(n):
    for i in range(n):
        got = yield i
        if got:
            return got
def f():
    out = []
    for n in range(4):
        made = g(n, [1, 2, 3][:n], 'p', 'q')
        out.append([next(made, 'none') for _ in range(3)])
        out.append([x for _, x in zip(range(40), made)])
        out.append(any(x == 2 for x in g(n, 'ab')))
        out.append(next((x for x in g(n, 'ab') if x != 0), 'none'))
        sent = g(n, (5, 6))
        try:
            next(sent)
            out.append([sent.send(k) for k in range(3)])
        except StopIteration:
            out.append('stopped')
    return out
"""


def _statements(chance: random.Random, depth: int, indent: str, *, in_loop: bool) -> list[str]:
    made: list[str] = []
    for _ in range(chance.randint(1, 3)):
        kind = chance.choice(
            "yield yield got from add add if for while for_else leave call".split()
            if depth
            else "yield got add leave".split()
        )
        deeper = indent + "    "

        def block(loop: bool = in_loop, deeper: str = deeper) -> list[str]:
            return _statements(chance, depth - 1, deeper, in_loop=loop)

        test = chance.choice(["a % 2 == 0", "b < 3", "n > 1", "xs", "a < b", "a + b > 4"])
        if kind == "yield":
            made.append(f"{indent}yield {chance.choice(['a', 'b', '(a, b)', 'n', '0', 'len(xs)'])}")
        elif kind == "got":
            made += [f"{indent}c = yield b", f"{indent}b += 1 if c is None else c"]
        elif kind == "from":
            made.append(f"{indent}{chance.choice(['', 'd = '])}yield from "
                        f"{chance.choice(['inner(2)', 'xs', 'rest', 'range(a % 3)'])}")  # fmt: skip
        elif kind == "add":
            made.append(f"{indent}{chance.choice(['a', 'b'])} += {chance.randint(1, 3)}")
        elif kind == "if":
            made += [f"{indent}if {test}:", *block()]
            if chance.random() < 0.5:
                made += [f"{indent}else:", *block()]
        elif kind in ("for", "for_else"):
            name = chance.choice(["i", "(j, k)"])
            items = "xs" if name == "i" else "enumerate(rest)"
            made += [f"{indent}for {name} in {items}:", *block(loop=True)]
            if kind == "for_else":
                made += [f"{indent}else:", *block()]
        elif kind == "while":
            name = f"w{chance.randint(0, 10**6)}"
            made += [f"{indent}{name} = 0", f"{indent}while {name} < 3:", f"{deeper}{name} += 1",
                     *block(loop=True)]  # fmt: skip
        elif kind == "call":
            made.append(f"{indent}a = (lambda y: y + a)(1) % 5 + sum(z for z in range(b % 3))")
        elif in_loop:
            made += [
                f"{indent}if {test}:",
                f"{deeper}{chance.choice(['break', 'continue', 'return'])}",
            ]
        else:
            made += [f"{indent}if a + b > 7:", f"{deeper}return"]
    return made


SETS = [
    "set(a)",
    "set(a) | set(b)",
    "set(a) & set(b)",
    "set(a) - set(b)",
    "{x * 3 for x in a}",
    "frozenset(a)",
    "(set(a) | set(b)) - {1, 2}",
    "set(a) ^ set(b)",
    "{*a, *b}",
    "set(a).union(b)",
    "set(str(a))",
]


def of_sets(seed: int) -> str:
    """A program that says in what order the members of some sets of integers come."""
    chance = random.Random(seed)
    most = chance.choice([8, 20, 100, 10**4, 2**63])

    def numbers() -> list[int]:
        return [chance.randrange(-most // 4, most) for _ in range(chance.choice([2, 5, 9, 30, 80]))]

    a, b = numbers(), numbers()
    b += chance.sample(a, len(a) // 2)
    made = chance.choice(SETS)
    return f"""
def f():
    a, b = {a}, {b}
    s = {made}
    if {chance.random() < 0.3}:
        s = set(s)
        s.add(7)
        s.discard(a[0])
    first, *rest = s
    return list(s), first, rest, [x for x in s], tuple(s), dict.fromkeys(s)
"""
