r"""Pairs whose truth is known by construction: what is rewritten stays equal, what is changed does not.

    python benchmarks/metamorphic.py --jobs 2                # 200,000 pairs; some minutes on two cores
    python benchmarks/metamorphic.py --pairs 2000 --seed 7   # a quick look

Random expressions, equations, inequalities, numbers, intervals, sets, ratios and quantities come
with a rewriting that is an identity wherever both sides are defined over the reals, and with a
change that construction proves different: a sign inside an absolute value, a last digit, a bracket,
a unit, a term or a factor below any usual precision. Where a change might by chance change nothing
(a digit inside a product with zero), exact values at a rational point or 150 digits of it have to
differ before it is used. The exit status is 1 when a different answer was accepted.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from multiprocessing import get_context
from typing import Any, TypeAlias

import mpmath

from grpo_rewards import compare

Node: TypeAlias = tuple[Any, ...]
"""An expression: ("n", Fraction), ("x", name), ("pi",), ("+", a, b), ("*", a, b), ("/", a, b),
("^", a, n), ("f", name, a)."""

FUNCTIONS = ("abs", "sqrt", "sin", "cos", "ln", "exp", "arctan")
STEPS = ("floor", "ceil")
CONTEXT = mpmath.mp.clone()
CONTEXT.dps = 150
NOTHING = CONTEXT.mpf(10) ** -120
"""What 150 digits leave of zero."""


@dataclass(frozen=True)
class Pair:
    """A gold, an answer, whether they are the same, and how the answer was made."""

    kind: str
    gold: str
    answer: str
    is_equal: bool
    how: str


# Writing ----------------------------------------------------------------------------------------


def write(node: Node) -> str:
    """An expression in LaTeX, with a bracket rather too many than one too few."""
    kind = node[0]
    if kind == "n":
        return write_number(node[1])
    if kind == "x":
        return str(node[1])
    if kind == "pi":
        return r"\pi"
    if kind == "+":
        return f"{write(node[1])}+{bracketed(node[2])}"
    if kind == "*":
        return rf"{bracketed(node[1])}\cdot {bracketed(node[2])}"
    if kind == "/":
        return rf"\frac{{{write(node[1])}}}{{{write(node[2])}}}"
    if kind == "^":
        return f"{bracketed(node[1])}^{{{node[2]}}}"
    name, inner = node[1], write(node[2])
    shapes = {
        "abs": r"\left|%s\right|", "sqrt": r"\sqrt{%s}", "exp": "e^{%s}",
        "floor": r"\lfloor %s\rfloor", "ceil": r"\lceil %s\rceil",
    }  # fmt: skip
    return shapes.get(name, rf"\{name}(%s)") % inner


def write_number(value: Fraction) -> str:
    for power in range(20, 61):  # tiny and huge ones are written as powers of ten
        if value == Fraction(1, 10**power):
            return f"10^{{-{power}}}"
        if value == 10**power:
            return f"10^{{{power}}}"
    if value.denominator == 1:
        return str(value.numerator)
    sign = "-" if value < 0 else ""
    return rf"{sign}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"


def bracketed(node: Node) -> str:
    text = write(node)
    plain = node[0] in ("x", "pi") or (node[0] == "n" and node[1] >= 0 and node[1].denominator == 1)
    return text if plain and "^" not in text else f"({text})"


def n(value: int | Fraction) -> Node:
    return ("n", Fraction(value))


def negative(node: Node) -> Node:
    return ("*", n(-1), node)


def minus(left: Node, right: Node) -> Node:
    return ("+", left, negative(right))


# Values -----------------------------------------------------------------------------------------


def value(node: Node, point: dict[str, Fraction], *, roughly: bool = False) -> Any:
    """An expression's value to 150 digits; an error where it is not defined over the reals."""
    kind = node[0]
    if kind in "nx":
        number = node[1] if kind == "n" else point[node[1]]
        top = float(number.numerator) if roughly else CONTEXT.mpf(number.numerator)
        return top / number.denominator
    if kind == "pi":
        return math.pi if roughly else +CONTEXT.pi
    if kind == "^":
        return value(node[1], point, roughly=roughly) ** node[2]
    if kind == "f":
        inner = value(node[2], point, roughly=roughly)
        if (node[1] == "sqrt" and inner < 0) or (node[1] == "ln" and inner <= 0):
            raise ValueError("not real")
        if node[1] == "exp" and abs(inner) > 10**4:
            raise ValueError("too large")
        if node[1] in STEPS and abs(inner - round(inner)) < (1e-9 if roughly else NOTHING):
            inner = round(inner)  # e^{ln 61} is 61, whatever 150 digits of it say
        library: Any = math if roughly else CONTEXT
        name = {"arctan": "atan", "ln": "log"}.get(node[1], node[1])
        return abs(inner) if name == "abs" else getattr(library, name)(inner)
    left, right = (value(part, point, roughly=roughly) for part in node[1:])
    if kind == "+":
        return left + right
    if kind == "/" and abs(right) < (1e-12 if roughly else NOTHING):
        raise ZeroDivisionError("by the sine of pi")
    return left * right if kind == "*" else left / right


def names(node: Node) -> set[str]:
    if node[0] == "x":
        return {node[1]}
    return set().union(*[names(part) for part in node[1:] if isinstance(part, tuple)])


def points(rng: random.Random, of: set[str]) -> Iterator[dict[str, Fraction]]:
    for _ in range(12):
        yield {name: Fraction(rng.randint(-900, 900), rng.choice([1, 7, 97])) for name in of}


def differ(left: Node, right: Node, rng: random.Random) -> bool:
    """Whether they differ by more than 150 digits can hide, at a point where both are defined."""
    for point in points(rng, names(left) | names(right)):
        try:
            a, b = value(left, point), value(right, point)
        except (ValueError, ZeroDivisionError, OverflowError):
            continue
        if abs(a - b) > max(abs(a), abs(b), 1) * CONTEXT.mpf(10) ** -100:
            return True
    return False


def is_defined(node: Node, rng: random.Random, *, at: int = 4) -> bool:
    """Whether it has values that are neither zero nor enormous at so many of some points."""
    count = sum(has_value(node, point) for point in points(rng, names(node)))
    return count >= at if names(node) else count > 0


def has_value(node: Node, point: dict[str, Fraction]) -> bool:
    try:
        return bool(10**-6 < abs(value(node, point, roughly=True)) < 10**60)
    except (ValueError, ZeroDivisionError, OverflowError):
        return False


# Random expressions -----------------------------------------------------------------------------


def random_number(rng: random.Random) -> Node:
    value = Fraction(rng.choice([rng.randint(1, 9), rng.randint(10, 99), rng.randint(100, 9_999)]))
    return n(value / rng.choice([1, 1, 1, rng.randint(2, 9)]))


def random_node(rng: random.Random, depth: int, unknowns: str) -> Node:
    if depth == 0 or rng.random() < 0.15:
        if unknowns and rng.random() < 0.65:
            return ("x", rng.choice(unknowns))
        return ("pi",) if rng.random() < 0.1 else random_number(rng)
    kind = rng.choice("++++**/^fff")
    if kind == "^":
        return ("^", random_node(rng, depth - 1, unknowns), rng.randint(2, 3))
    if kind == "f":
        names = FUNCTIONS + ("abs",) * 3 + STEPS
        return ("f", rng.choice(names), random_node(rng, depth - 1, unknowns))
    left, right = (random_node(rng, depth - 1, unknowns) for _ in range(2))
    return (kind, left, right)


def random_expression(rng: random.Random, unknowns: str) -> Node:
    while True:
        node = random_node(rng, rng.randint(1, 3), unknowns)
        if (not unknowns or names(node)) and is_defined(node, rng):
            return node


# Rewriting --------------------------------------------------------------------------------------


def rewritings(node: Node, rng: random.Random) -> list[Node]:
    """What a node equals, wherever both are defined over the reals."""
    k = n(rng.randint(2, 12))
    found: list[Node] = [
        minus(("+", node, k), k),
        ("/", ("*", k, node), k),
        minus(("*", n(2), node), node),
        negative(negative(node)),
    ]
    kind, *parts = node
    if kind in "+*":
        found.append((kind, parts[1], parts[0]))
        if parts[0][0] == kind:
            found.append((kind, parts[0][1], (kind, parts[0][2], parts[1])))
    if kind == "*" and parts[0][0] == "+":
        found.append(("+", ("*", parts[0][1], parts[1]), ("*", parts[0][2], parts[1])))
    if kind == "/":
        found.append(("*", parts[0], ("/", n(1), parts[1])))
        found.append(("/", negative(parts[0]), negative(parts[1])))
    if kind == "^":
        base, power = parts
        found.append(("*", base, base if power == 2 else ("^", base, power - 1)))
        if base[0] == "+" and power == 2:
            squares = ("+", ("^", base[1], 2), ("^", base[2], 2))
            found.append(("+", squares, ("*", n(2), ("*", base[1], base[2]))))
    if kind == "n" and parts[0].denominator == 1:
        found.append(("+", n(parts[0] - 3), n(3)))
    if kind == "f":
        found.extend(rewritings_of_function(parts[0], parts[1], k))
    return found


def rewritings_of_function(name: str, inner: Node, k: Node) -> list[Node]:
    whole = ("f", name, inner)
    if name == "abs":
        found = [
            ("f", "abs", negative(inner)),
            ("f", "sqrt", ("^", inner, 2)),
            ("/", ("f", "abs", ("*", k, inner)), k),
        ]
        if inner[0] in "*/":
            found.append((inner[0], ("f", "abs", inner[1]), ("f", "abs", inner[2])))
        return found
    if name == "sqrt":
        found = [("/", inner, whole), ("/", ("f", "sqrt", ("*", ("^", k, 2), inner)), k)]
        if inner[0] in "*/":
            found.append((inner[0], ("f", "sqrt", inner[1]), ("f", "sqrt", inner[2])))
        return found
    if name in ("sin", "arctan"):
        return [negative(("f", name, negative(inner)))]
    if name == "cos":
        return [
            ("f", "cos", negative(inner)),
            minus(n(1), ("*", n(2), ("^", ("f", "sin", ("/", inner, n(2))), 2))),
        ]
    if name == "ln":
        found = [negative(("f", "ln", ("/", n(1), inner)))]
        if inner[0] == "*":
            found.append(("+", ("f", "ln", inner[1]), ("f", "ln", inner[2])))
        return found
    if name == "exp":
        if inner[0] == "+":
            return [("*", ("f", "exp", inner[1]), ("f", "exp", inner[2]))]
        return [("/", n(1), ("f", "exp", negative(inner)))]
    other = {"floor": "ceil", "ceil": "floor"}[name]
    return [negative(("f", other, negative(inner))), minus(("f", name, ("+", inner, k)), k)]


def places(node: Node, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Node]]:
    yield path, node
    for index, part in enumerate(node):
        if isinstance(part, tuple):
            yield from places(part, (*path, index))


def replaced(node: Node, path: tuple[int, ...], new: Node) -> Node:
    if not path:
        return new
    index, *rest = path
    return (*node[:index], replaced(node[index], tuple(rest), new), *node[index + 1 :])


def rewrite(node: Node, rng: random.Random) -> Node:
    for _ in range(rng.randint(1, 3)):
        path, part = rng.choice(list(places(node)))
        rewritten = replaced(node, path, rng.choice(rewritings(part, rng)))
        if is_defined(rewritten, rng, at=1):  # the roots of -1 and -x have no value, that of x has
            node = rewritten
    return node


# Changing ---------------------------------------------------------------------------------------


def change(node: Node, rng: random.Random) -> tuple[str, Node]:
    """An expression that is another one, and how it was changed."""
    while True:
        how, changed = rng.choice(CHANGES)(node, rng)
        if (
            changed is not None
            and changed != node
            and (how in PROVEN or differ(node, changed, rng))
        ):
            return how, changed


def change_digit(node: Node, rng: random.Random) -> tuple[str, Node | None]:
    numbers = [(path, part) for path, part in places(node) if part[0] == "n"]
    if not numbers:
        return "digit", None
    path, part = rng.choice(numbers)
    step = Fraction(rng.choice([1, -1]), part[1].denominator)
    return "digit", replaced(node, path, n(part[1] + step))


def change_sign(node: Node, rng: random.Random) -> tuple[str, Node | None]:
    sums = [(path, part) for path, part in places(node) if part[0] == "+"]
    if not sums:
        return "sign", None
    path, (_, left, right) = rng.choice(sums)
    return "sign", replaced(node, path, minus(left, right))


def drop_absolute_value(node: Node, rng: random.Random) -> tuple[str, Node | None]:
    values = [(path, part) for path, part in places(node) if part[:2] == ("f", "abs")]
    if not values:
        return "absolute value", None
    path, part = rng.choice(values)
    return "absolute value", replaced(node, path, rng.choice([part[2], negative(part[2])]))


def swap_step(node: Node, rng: random.Random) -> tuple[str, Node | None]:
    steps = [(path, part) for path, part in places(node) if part[0] == "f" and part[1] in STEPS]
    if not steps:
        return "step", None
    path, part = rng.choice(steps)
    other = {"floor": "ceil", "ceil": "floor"}[part[1]]
    return "step", replaced(node, path, ("f", other, part[2]))


def take_absolute_value(node: Node, rng: random.Random) -> tuple[str, Node | None]:
    path, part = rng.choice(list(places(node)))
    return "absolute value taken", replaced(node, path, ("f", "abs", part))


def add_tiny(node: Node, rng: random.Random) -> tuple[str, Node | None]:
    return "tiny term", ("+", node, n(Fraction(1, 10 ** rng.randint(20, 60))))


def multiply_tiny(node: Node, rng: random.Random) -> tuple[str, Node | None]:
    return "tiny factor", ("*", node, ("+", n(1), n(Fraction(1, 10 ** rng.randint(20, 60)))))


CHANGES = (
    change_digit, change_digit, change_sign, drop_absolute_value, drop_absolute_value, swap_step,
    take_absolute_value, add_tiny, multiply_tiny,
)  # fmt: skip
PROVEN = frozenset(["tiny term"])
"""Changes of which nothing has to be worked out to know; a factor changes nothing where all is zero."""


# Kinds ------------------------------------------------------------------------------------------

Maker: TypeAlias = Callable[..., tuple[str, str, str]]
"""Makes a gold, an answer that is equal or not, as asked, and how it was come by."""


def make_expression(rng: random.Random, *, is_equal: bool) -> tuple[str, str, str]:
    node = random_expression(rng, rng.choice(["x", "x", "xy"]))
    if is_equal:
        return write(node), write(rewrite(node, rng)), "rewritten"
    how, changed = change(node, rng)
    return write(node), write(rewrite(changed, rng) if rng.random() < 0.5 else changed), how


def make_constant(rng: random.Random, *, is_equal: bool) -> tuple[str, str, str]:
    node = random_expression(rng, "")
    while not any(part[0] in ("f", "pi") for _, part in places(node)):
        node = random_expression(rng, "")
    if is_equal:
        return write(node), write(rewrite(node, rng)), "rewritten"
    how, changed = change(node, rng)
    return write(node), write(changed), how


def make_power_of_surd(rng: random.Random, *, is_equal: bool) -> tuple[str, str, str]:
    """(a+b sqrt c)^k = A + B sqrt c, of which the conjugate is below any usual precision."""
    a, b, c, k = (
        rng.randint(1, 9),
        rng.randint(1, 5),
        rng.choice([2, 3, 5, 6, 7]),
        rng.randint(2, 60),
    )
    top, bottom = 1, 0
    for _ in range(k):
        top, bottom = top * a + bottom * b * c, top * b + bottom * a
    root = rf"\sqrt{{{c}}}"
    plus, less = rf"({a}+{b}{root})^{{{k}}}", rf"({a}-{b}{root})^{{{k}}}"
    if rng.random() < 0.5:
        gold = plus
        answer = rf"{top}+{bottom if is_equal else bottom + rng.choice([1, -1])}{root}"
        return gold, answer, "last digit"
    gold = rf"\frac{{{plus}+{less}}}{{2}}"
    whole = str(top)
    return (gold, rf"{whole}\cdot{root}\cdot\frac{{1}}{{{root}}}", "rewritten") if is_equal else (
        gold, rf"\frac{{{plus}}}{{2}}", "conjugate left out"
    )  # fmt: skip


def make_nested_root(rng: random.Random, *, is_equal: bool) -> tuple[str, str, str]:
    """The root of a+b+2 sqrt(ab) is sqrt a + sqrt b."""
    a, b = rng.randint(2, 999), rng.randint(2, 999)
    off = 0 if is_equal else rng.choice([1, -1])
    return (
        rf"\sqrt{{{a + b}+2\sqrt{{{a * b + off}}}}}",
        rf"\sqrt{{{b}}}+\sqrt{{{a}}}",
        "digit in a root",
    )


def make_tiny_root(rng: random.Random, *, is_equal: bool) -> tuple[str, str, str]:
    """Roots of numbers near one, and of huge degrees."""
    k = rng.randint(30, 2_500)
    if rng.random() < 0.5:
        gold = rf"\sqrt{{1-2^{{-{2 * k}}}}}"
        if is_equal:
            return gold, rf"\sqrt{{1-2^{{-{k}}}}}\sqrt{{1+2^{{-{k}}}}}", "rewritten"
        return gold, rf"\sqrt{{1-2^{{-{2 * k + 1}}}}}", "exponent"
    m = rng.randint(2, 9)
    if is_equal:
        return (
            rf"{m}+10^{{{k}}}-10^{{{k}}}+\sqrt{{{m}}}",
            rf"{m}+\frac{{{m}}}{{\sqrt{{{m}}}}}",
            "rewritten",
        )
    return rf"{m}\cdot 2^{{1/2^{{{k}}}}}", str(m), "root of a huge degree"


def make_equation(rng: random.Random, *, is_equal: bool) -> tuple[str, str, str]:
    left, right = (random_expression(rng, "xy") for _ in range(2))
    while names(("+", left, right)) != {"x", "y"} or proportional(minus(left, right), n(1), rng):
        left, right = (random_expression(rng, "xy") for _ in range(2))
    gold = f"{write(left)}={write(right)}"
    k = n(rng.choice([-1, 1]) * rng.randint(2, 9))
    if is_equal:
        sides = [
            (right, left),
            (("*", k, left), ("*", k, right)),
            (minus(left, right), n(0)),
            (rewrite(left, rng), rewrite(right, rng)),
        ]
        a, b = rng.choice(sides)
        return gold, f"{write(a)}={write(b)}", "rewritten"
    # Another difference of the sides; that it is no multiple, two points have to show.
    while True:
        how, changed = change(left, rng)
        if not proportional(minus(left, right), minus(changed, right), rng):
            return gold, f"{write(changed)}={write(right)}", how


def proportional(left: Node, right: Node, rng: random.Random) -> bool:
    """Whether their quotient seems to be the same at all points; unknown counts as yes."""
    first = None
    for point in points(rng, names(left) | names(right)):
        try:
            quotient = value(left, point) / value(right, point)
        except (ValueError, ZeroDivisionError, OverflowError):
            continue
        if first is None:
            first = quotient
        elif abs(quotient - first) > abs(first) * CONTEXT.mpf(10) ** -80:
            return False
    return True


def make_inequality(rng: random.Random, *, is_equal: bool) -> tuple[str, str, str]:
    left = random_expression(rng, "xy")
    while names(left) != {"x", "y"} or proportional(left, n(1), rng):
        left = random_expression(rng, "xy")
    bound, k = random_number(rng), n(rng.randint(2, 9))
    sign = rng.choice([("<", ">"), (r"\le", r"\ge")])
    gold = f"{write(left)}{sign[0]} {write(bound)}"
    if is_equal:
        answers = [
            f"{write(bound)}{sign[1]} {write(left)}",
            f"{write(('*', k, left))}{sign[0]} {write(('*', k, bound))}",
            f"{write(negative(left))}{sign[1]} {write(negative(bound))}",
            f"{write(minus(left, bound))}{sign[0]} 0",
        ]
        return gold, rng.choice(answers), "rewritten"
    other = r"\le" if sign[0] == "<" else "<"
    how, changed = change(left, rng)
    while how == "tiny factor" or proportional(minus(left, bound), minus(changed, bound), rng):
        how, changed = change(left, rng)
        if how == "tiny term":
            break
    answers_and_how = [
        (f"{write(left)}{other} {write(bound)}", "strictness"),
        (f"{write(left)}{sign[1]} {write(bound)}", "direction"),
        (f"{write(negative(left))}{sign[0]} {write(negative(bound))}", "sign without direction"),
        (f"{write(changed)}{sign[0]} {write(bound)}", how),
    ]
    return (gold, *rng.choice(answers_and_how))


def make_interval(rng: random.Random, *, is_equal: bool) -> tuple[str, str, str]:
    low = random_number(rng)
    high = ("+", low, ("f", "sqrt", n(rng.randint(2, 99))))
    opening, closing = rng.choice("(["), rng.choice(")]")
    gold = f"{opening}{write(low)}, {write(high)}{closing}"
    if is_equal:
        # A plain number has to be worked out: 2+3 for the gold 5 restates a problem.
        answer = f"{opening}{write(low)}, {write(rewrite(high, rng))}{closing}"
        return gold, answer, "rewritten"
    if rng.random() < 0.5:
        other = {"(": "[", "[": "("}[opening]
        return gold, f"{other}{write(low)}, {write(high)}{closing}", "bracket"
    how, changed = change(high, rng)
    return gold, f"{opening}{write(low)}, {write(changed)}{closing}", how


def make_set(rng: random.Random, *, is_equal: bool) -> tuple[str, str, str]:
    items: list[Node] = []
    while len(items) < rng.randint(2, 4):
        item = rng.choice([random_number(rng), ("f", "sqrt", n(rng.randint(2, 99)))])
        if all(differ(item, other, rng) for other in items):
            items.append(item)
    gold = rf"\{{{', '.join(map(write, items))}\}}"
    mixed = rng.sample(items, len(items))
    if is_equal:
        mixed = [rewrite(item, rng) if item[0] == "f" else item for item in mixed]
        return gold, rf"\{{{', '.join(map(write, mixed))}\}}", "rewritten"
    how, mixed[0] = change(mixed[0], rng)
    return gold, rf"\{{{', '.join(map(write, mixed))}\}}", how


def make_ratio(rng: random.Random, *, is_equal: bool) -> tuple[str, str, str]:
    a, b, k = rng.randint(61, 999), rng.randint(61, 999), rng.randint(2, 50)  # no times of day
    if is_equal:
        return f"{a}:{b}", f"{k * a}:{k * b}", "multiple"
    wrong = [
        (f"{k * a + 1}:{k * b}", "digit"),
        ("0:0", "no quotient"),
        (r"\infty:\infty", "no quotient"),
    ]
    return (f"{a}:{b}", *rng.choice(wrong))


UNITS = (
    (
        "m",
        {"m": Fraction(1), "cm": Fraction(1, 100), "km": Fraction(1000), "mm": Fraction(1, 1000)},
    ),
    ("g", {"g": Fraction(1), "kg": Fraction(1000), "mg": Fraction(1, 1000)}),
    ("seconds", {"seconds": Fraction(1), "minutes": Fraction(60), "hours": Fraction(3600)}),
)


def make_quantity(rng: random.Random, *, is_equal: bool) -> tuple[str, str, str]:
    _, factors = rng.choice(UNITS)
    unit, other = rng.sample(list(factors), 2)
    amount = Fraction(rng.randint(1, 9_999))
    gold = rf"{amount} \text{{ {unit}}}"
    converted = amount * factors[unit] / factors[other]
    if is_equal:
        return gold, rf"{write_number(converted)} \text{{ {other}}}", "converted"
    wrong = [
        (rf"{amount} \text{{ {other}}}", "unit"),
        (rf"{write_number(converted + 1)} \text{{ {other}}}", "digit"),
        (rf"{amount + 1} \text{{ {unit}}}", "digit"),
    ]
    return (gold, *rng.choice(wrong))


CHUNK = 1_000
"""Pairs of one seed."""
MAKERS: dict[str, tuple[int, Maker]] = {
    "expression": (8, make_expression),
    "constant": (4, make_constant),
    "power of a surd": (1, make_power_of_surd),
    "nested root": (1, make_nested_root),
    "tiny root": (1, make_tiny_root),
    "equation": (3, make_equation),
    "inequality": (3, make_inequality),
    "interval": (1, make_interval),
    "set": (1, make_set),
    "ratio": (1, make_ratio),
    "quantity": (1, make_quantity),
}
"""For each kind of answer how often it comes, and what makes a pair."""


def make_pairs(count: int, seed: int | str) -> Iterator[Pair]:
    rng = random.Random(seed)
    kinds = [kind for kind, (weight, _) in MAKERS.items() for _ in range(weight)]
    for _ in range(count):
        kind, is_equal = rng.choice(kinds), rng.random() < 0.5
        gold, answer, how = MAKERS[kind][1](rng, is_equal=is_equal)
        yield Pair(kind, gold, answer, is_equal, how)


def judge(pair: Pair) -> str:
    """What the engine made of a pair: right, or the name of the mistake."""
    verdict = compare(pair.gold, pair.answer)
    if verdict.equal is None:
        return "undecided"
    if verdict.equal == pair.is_equal:
        return "right"
    return "wrong refusals" if pair.is_equal else "wrong accepts"


Mistake: TypeAlias = tuple[str, Pair]


def judge_chunk(chunk: tuple[int, str]) -> tuple[Counter[tuple[str, str]], list[Mistake]]:
    """Counts of kinds and results in so many pairs of a seed, and the pairs that were misjudged."""
    counts: Counter[tuple[str, str]] = Counter()
    mistakes: list[Mistake] = []
    for pair in make_pairs(*chunk):
        result = judge(pair)
        counts[pair.kind, result] += 1
        if result != "right":
            mistakes.append((result, pair))
    return counts, mistakes


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=200_000, help="pairs to judge")
    parser.add_argument("--seed", type=int, default=2026, help="seed of the pairs")
    parser.add_argument("--jobs", type=int, default=1, help="processes to share the work")
    parser.add_argument(
        "--show", type=int, default=20, help="mistakes of each sort that are printed"
    )
    arguments = parser.parse_args()
    start = time.perf_counter()
    chunks = [
        (min(CHUNK, arguments.pairs - first), f"{arguments.seed} {first}")
        for first in range(0, arguments.pairs, CHUNK)
    ]
    counts: Counter[tuple[str, str]] = Counter()
    shown: Counter[str] = Counter()
    with ProcessPoolExecutor(arguments.jobs, mp_context=get_context("spawn")) as pool:
        for part, mistakes in pool.map(judge_chunk, chunks):
            counts.update(part)
            print(f"{counts.total():,} pairs", end="\r", file=sys.stderr)
            for result, pair in mistakes:
                shown[result] += 1
                if shown[result] <= arguments.show:
                    print(
                        f"{result}: {pair.kind} ({pair.how}): {pair.gold} <- {pair.answer}",
                        flush=True,
                    )
    print_table(counts)
    print(f"\n{time.perf_counter() - start:,.0f} s")
    return int(shown["wrong accepts"] > 0)


def print_table(counts: Counter[tuple[str, str]]) -> None:
    results = ("wrong accepts", "wrong refusals", "undecided")
    print(f"\n| kind | pairs | {' | '.join(results)} |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for kind in (*MAKERS, "all"):
        of_kind: Counter[str] = Counter()
        for (name, result), number in counts.items():
            if kind in (name, "all"):
                of_kind[result] += number
        cells = [of_kind.total(), *(of_kind[result] for result in results)]
        print(f"| {kind} | {' | '.join(f'{cell:,}' for cell in cells)} |")


if __name__ == "__main__":
    sys.exit(main())
