"""Batches of completions whose truth is known by construction, from a seed, for the benchmarks."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from grpo_rewards import WORKING_OUT


@dataclass(frozen=True)
class Sample:
    """One completion, the gold of its problem, and whether its answer is right."""

    kind: str
    gold: str
    answer: str
    is_right: bool
    completion: str


@dataclass(frozen=True)
class Problem:
    """A gold with answers that equal it and answers that do not."""

    kind: str
    gold: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]


def integer(rng: random.Random) -> Problem:
    number = rng.choice([rng.randint(-99, 99), rng.randint(100, 99_999)])
    grouped = f"{number:,}"
    return Problem(
        "integer",
        str(number),
        (str(number), f"${number}$", f"{number}.0", rf"\boxed{{{number}}}", grouped, f"x = {number}"),
        (str(number + 1), str(-number - 1), f"{number}0", f"{number} or {number + 1}", f"{number + 0.5}"),
    )  # fmt: skip


def fraction(rng: random.Random) -> Problem:
    bottom = rng.choice([2, 4, 5, 8, 20, 25])
    top = rng.randrange(1, 60, 2)
    decimal = f"{top / bottom:g}"
    return Problem(
        "fraction",
        rf"\frac{{{top}}}{{{bottom}}}",
        (rf"\dfrac{{{top}}}{{{bottom}}}", f"{top}/{bottom}", decimal, rf"\frac{{{3 * top}}}{{{3 * bottom}}}"),
        (rf"\frac{{{top + 1}}}{{{bottom}}}", rf"\frac{{{bottom}}}{{{top + 70}}}", rf"-\frac{{{top}}}{{{bottom}}}"),
    )  # fmt: skip


def surd(rng: random.Random) -> Problem:
    factor, under = rng.randint(2, 9), rng.choice([2, 3, 5, 6, 7, 10])
    gold = rf"{factor}\sqrt{{{under}}}"
    return Problem(
        "surd",
        gold,
        (gold, rf"\sqrt{{{factor**2 * under}}}", f"{factor}*sqrt({under})", f"{factor}√{under}"),
        (rf"{factor + 1}\sqrt{{{under}}}", rf"{factor}\sqrt{{{under + 1}}}", str(factor * under)),
    )


def angle(rng: random.Random) -> Problem:
    top, bottom = rng.choice([(1, 3), (2, 3), (3, 4), (5, 6), (7, 6), (5, 4)])
    gold = rf"\frac{{{top}\pi}}{{{bottom}}}"
    return Problem(
        "angle",
        gold,
        (gold, rf"\frac{{{top}}}{{{bottom}}}\pi", f"{top}π/{bottom}", f"{top}*pi/{bottom}"),
        (rf"\frac{{{top}\pi}}{{{bottom + 1}}}", rf"\frac{{{top}}}{{{bottom}}}", rf"-{gold}"),
    )


def polynomial(rng: random.Random) -> Problem:
    a, b = rng.randint(1, 9), rng.randint(1, 9)
    gold = rf"x^{{2}}+{a + b} x+{a * b}"
    return Problem(
        "polynomial",
        gold,
        (gold, f"(x+{a})(x+{b})", f"x**2 + {a + b}*x + {a * b}", rf"{a * b}+{a + b}x+x^2"),
        (rf"x^2-{a + b}x+{a * b}", f"(x+{a})(x+{b + 1})", f"x^2+{a + b}x", f"x^3+{a + b}x+{a * b}"),
    )


def rational(rng: random.Random) -> Problem:
    a, b = rng.randint(1, 9), rng.randint(2, 9)
    gold = rf"\frac{{x+{a}}}{{{b} x}}"
    return Problem(
        "rational",
        gold,
        (gold, rf"\frac{{1}}{{{b}}}+\frac{{{a}}}{{{b} x}}", f"(x+{a})/({b}*x)"),
        (rf"\frac{{x-{a}}}{{{b} x}}", rf"\frac{{x+{a}}}{{{b + 1} x}}", rf"\frac{{x+{a}}}{{{b}}}"),
    )


def trigonometric(rng: random.Random) -> Problem:
    a = rng.randint(2, 9)
    gold = rf"{2 * a} \sin x \cos x + C"
    return Problem(
        "antiderivative",
        gold,
        (gold, rf"{a}\sin(2x) + C", rf"C + {2 * a}\cos x\sin x"),
        (rf"{a}\cos(2x) + C", rf"{a}\sin(2x)", rf"{a + 1}\sin(2x) + C"),
    )


def pair(rng: random.Random) -> Problem:
    a, b, c = rng.randint(-9, 9), rng.randint(1, 9), rng.randint(2, 9)
    gold = rf"\left({a}, \frac{{{b}}}{{{c}}}\right)"
    return Problem(
        "pair",
        gold,
        (gold, f"({a}, {b}/{c})", rf"({a},\dfrac{{{b}}}{{{c}}})"),
        (rf"\left(\frac{{{b}}}{{{c}}}, {a + 10}\right)", f"({a + 1}, {b}/{c})", f"[{a}, {b}/{c}]"),
    )


def interval(rng: random.Random) -> Problem:
    low, width = rng.randint(-9, 9), rng.randint(1, 9)
    high = low + width
    return Problem(
        "interval",
        f"[{low}, {high})",
        (f"[{low},{high})", rf"{low} \le x < {high}", rf"x \in [{low}, {high})"),
        (f"({low}, {high}]", f"[{low}, {high + 1})", rf"{low} < x \le {high}", rf"x \le {high}"),
    )


def solutions(rng: random.Random) -> Problem:
    a, b = rng.sample(range(-20, 20), 2)
    return Problem(
        "solutions",
        f"x={a} or x={b}",
        (f"{b}, {a}", rf"\{{{a}, {b}\}}", f"x = {a}, x = {b}", f"{a} and {b}"),
        (f"x={a}", f"{a}, {b + 50}", f"{a}, {b}, {b + 50}"),
    )


def equation(rng: random.Random) -> Problem:
    a, b = rng.randint(2, 9), rng.randint(1, 9)
    return Problem(
        "equation",
        f"y={a} x+{b}",
        (f"y = {a}x + {b}", f"{a}x - y + {b} = 0", f"y-{b}={a}x"),
        (f"y={a}x-{b}", f"y={a + 1}x+{b}", f"x={a}y+{b}"),
    )


def quantity(rng: random.Random) -> Problem:
    number = rng.randint(2, 99)
    return Problem(
        "quantity",
        rf"{number} \text{{ meters}}",
        (f"{number}", f"{number} m", rf"{number}\,\mathrm{{m}}", f"{number * 100} cm"),
        (f"{number} feet", f"{number} km", f"{number + 1} meters"),
    )


LATEX_KINDS: tuple[Callable[[random.Random], Problem], ...] = (
    fraction, surd, angle, polynomial, rational, trigonometric, pair, interval, solutions, equation,
    quantity,
)  # fmt: skip

WORDS = (
    "first we note that the number of ways is the product of both and so the sum of these terms "
    "gives 12 plus 30 which we divide by the remaining factor to find what was asked for; let us "
    "check that again before writing it down since 4 times 7 is 28 and not 27"
).split()


def reasoning(rng: random.Random) -> str:
    """One to four kilobytes of prose."""
    target, parts, length = rng.randint(1_000, 4_000), [], 0
    while length < target:
        parts.append(rng.choice(WORDS))
        length += len(parts[-1]) + 1
    return " ".join(parts)


def batch(problems: int, group: int, seed: int) -> list[Sample]:
    """Groups of completions, half for integer golds and half for LaTeX golds, half of them right."""
    rng = random.Random(seed)
    samples = []
    for index in range(problems):
        make = integer if index % 2 else rng.choice(LATEX_KINDS)
        problem = make(rng)
        for place in range(group):
            is_right = place % 2 == 0
            answer = rng.choice(problem.right if is_right else problem.wrong)
            completion = WORKING_OUT.render(reasoning(rng), answer, opening=False)
            samples.append(Sample(problem.kind, problem.gold, answer, is_right, completion))
    rng.shuffle(samples)
    return samples
