r"""This engine beside math-verify, over generated pairs whose truth is known by construction.

Ours has to be the truth, always. Where math-verify says otherwise, a rule of ``docs/equality.md``
says why; a disagreement that no row of `DISAGREEMENTS` explains fails the test and shows the pair.

    python tests/answers/test_against_math_verify.py  # how many verdicts of each are right, by kind
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import regex

from grpo_rewards import compare

math_verify = pytest.importorskip("math_verify")

POLICY = Path(__file__).parents[2] / "docs" / "equality.md"
SEED = 2026


@dataclass(frozen=True)
class Problem:
    """A gold with answers that equal it and answers that do not, by construction."""

    gold: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]


def integer(rng: random.Random) -> Problem:
    number = rng.choice(
        [rng.randint(-99, 99), rng.randint(100, 99_999), rng.randint(10**6, 10**12)]
    )
    return Problem(
        str(number),
        (str(number), f"{number}.0", f"{number:,}", f"x = {number}", rf"\text{{{number}}}",
         rf"\frac{{{2 * number}}}{{2}}", f"{number:,}".replace(",", r"\,"), f"({number})",
         f"{number:+}".replace("-", "−")),
        (str(number + 1), str(-number - 1), f"{number}1", f"{number} or {number + 1}",
         f"{number + 0.5}", f"{number}%", f"not {number}", f"{number}, {number + 1}"),
    )  # fmt: skip


def fraction(rng: random.Random) -> Problem:
    bottom = rng.choice([2, 4, 5, 8, 20, 25])
    top = rng.randrange(1, 60, 2)
    if top % 5 == 0:
        top += 2
    return Problem(
        rf"\frac{{{top}}}{{{bottom}}}",
        (rf"\dfrac{{{top}}}{{{bottom}}}", f"{top}/{bottom}", str(top / bottom),
         rf"\frac{{{3 * top}}}{{{3 * bottom}}}", f"{100 * top / bottom:g}%"),
        (rf"\frac{{{top + 1}}}{{{bottom}}}", rf"\frac{{{bottom}}}{{{top + 70}}}",
         rf"-\frac{{{top}}}{{{bottom}}}", f"{100 * top / bottom:g}", str(top / bottom + 0.001)),
    )  # fmt: skip


def mixed_number(rng: random.Random) -> Problem:
    whole, top, bottom = rng.randint(1, 9), *rng.choice([(1, 2), (1, 3), (2, 3), (3, 4), (5, 7)])
    gold = rf"\frac{{{whole * bottom + top}}}{{{bottom}}}"
    return Problem(
        gold,
        (rf"{whole}\frac{{{top}}}{{{bottom}}}", f"{whole} {top}/{bottom}"),
        (f"{whole}", f"{top}/{bottom}", f"{whole + 1} {top}/{bottom}", f"{whole * top}/{bottom}"),
    )


def rounded(rng: random.Random) -> Problem:
    top, bottom = rng.randint(1, 50), rng.choice([3, 7, 9, 11, 13])
    top += top % bottom == 0
    return Problem(
        f"{top}/{bottom}",
        (f"{top / bottom:.9g}", f"{top / bottom:.7g}"),
        (f"{top / bottom:.3g}", f"{top / bottom + 0.001:.9g}"),
    )


def scientific(rng: random.Random) -> Problem:
    digit, power = rng.randint(2, 9), rng.randint(3, 9)
    return Problem(
        str(digit * 10**power),
        (f"{digit}e{power}", rf"{digit} \times 10^{{{power}}}", rf"{digit} \cdot 10^{power}"),
        (f"{digit}e{power + 1}", rf"{digit} \times 10^{{{power - 1}}}", f"{digit}{power}"),
    )


def huge(rng: random.Random) -> Problem:
    n = rng.randint(15, 40)
    return Problem(
        rf"\frac{{1}}{{{n}!}}",
        (rf"\dfrac{{1}}{{{n}!}}", rf"\frac{{1}}{{{n} \cdot {n - 1}!}}"),
        (rf"\frac{{1}}{{{n + 1}!}}", rf"\frac{{2}}{{{n}!}}", "0"),
    )


def surd(rng: random.Random) -> Problem:
    factor, under = rng.randint(2, 9), rng.choice([2, 3, 5, 6, 7, 10])
    gold = rf"{factor}\sqrt{{{under}}}"
    return Problem(
        gold,
        (gold, rf"\sqrt{{{factor**2 * under}}}", f"{factor}*sqrt({under})", f"{factor}√{under}"),
        (rf"{factor + 1}\sqrt{{{under}}}", rf"{factor}\sqrt{{{under + 1}}}", str(factor * under),
         f"{factor * under**0.5:.3g}"),
    )  # fmt: skip


def angle(rng: random.Random) -> Problem:
    top, bottom = rng.choice([(1, 3), (2, 3), (3, 4), (5, 6), (7, 6), (5, 4)])
    degrees = 180 * top // bottom
    return Problem(
        rf"{degrees}^\circ",
        (rf"\frac{{{top}\pi}}{{{bottom}}}", f"{degrees}", rf"{degrees}^{{\circ}}", f"{degrees}°"),
        (rf"\frac{{{top}\pi}}{{{bottom + 1}}}", rf"{degrees + 1}^\circ", rf"-{degrees}^\circ"),
    )


def polynomial(rng: random.Random) -> Problem:
    a, b = rng.randint(1, 9), rng.randint(1, 9)
    return Problem(
        rf"x^{{2}}+{a + b} x+{a * b}",
        (f"(x+{a})(x+{b})", f"x**2 + {a + b}*x + {a * b}", rf"{a * b}+{a + b}x+x^2",
         f"x² + {a + b}x + {a * b}"),
        (rf"x^2-{a + b}x+{a * b}", f"(x+{a})(x+{b + 1})", f"x^2+{a + b}x", f"x^3+{a + b}x+{a * b}"),
    )  # fmt: skip


def rational(rng: random.Random) -> Problem:
    a, b = rng.randint(1, 9), rng.randint(2, 9)
    return Problem(
        rf"\frac{{x+{a}}}{{{b} x}}",
        (rf"\frac{{1}}{{{b}}}+\frac{{{a}}}{{{b} x}}", f"(x+{a})/({b}*x)"),
        (rf"\frac{{x-{a}}}{{{b} x}}", rf"\frac{{x+{a}}}{{{b + 1} x}}", rf"\frac{{x+{a}}}{{{b}}}"),
    )


def trigonometric(rng: random.Random) -> Problem:
    a = rng.randint(2, 9)
    return Problem(
        rf"{2 * a} \sin x \cos x",
        (rf"{a}\sin(2x)", rf"{2 * a}\cos x\sin x", rf"{a}\sin 2x"),
        (rf"{a}\cos(2x)", rf"{a}\sin(3x)", rf"{a + 1}\sin(2x)"),
    )


def point(rng: random.Random) -> Problem:
    a, b, c = rng.randint(-9, 9), rng.randint(1, 9), rng.randint(10, 19)
    return Problem(
        rf"\left({a}, \frac{{{b}}}{{{c}}}\right)",
        (f"({a}, {b}/{c})", rf"({a},\dfrac{{{b}}}{{{c}}})"),
        (rf"\left(\frac{{{b}}}{{{c}}}, {a}\right)", f"({a + 1}, {b}/{c})", f"[{a}, {b}/{c}]",
         rf"\{{{a}, {b}/{c}\}}"),
    )  # fmt: skip


def finite_set(rng: random.Random) -> Problem:
    a, b, c = rng.sample(range(-20, 20), 3)
    return Problem(
        rf"\{{{a}, {b}, {c}\}}",
        (rf"\{{{c}, {a}, {b}\}}", f"{b}, {a}, {c}", f"{a}, {b} and {c}"),
        (rf"\{{{a}, {b}\}}", rf"\{{{a}, {b}, {c + 50}\}}", f"({a}, {b}, {c})"),
    )


def repeated(rng: random.Random) -> Problem:
    a, b = rng.sample(range(2, 20), 2)
    return Problem(
        f"{a}, {a}, {b}",
        (f"{a}, {b}, {a}", f"{b}, {a}, {a}"),
        (f"{a}, {b}", f"{a}, {b}, {b}", f"{a}"),
    )


def interval(rng: random.Random) -> Problem:
    low, width = rng.randint(-9, 9), rng.randint(1, 9)
    high = low + width
    return Problem(
        f"[{low}, {high})",
        (f"[{low},{high})", rf"{low} \le x < {high}", rf"x \in [{low}, {high})"),
        (f"({low}, {high}]", f"[{low}, {high + 1})", rf"{low} < x \le {high}", f"({low}, {high})",
         rf"x \le {high}"),
    )  # fmt: skip


def solutions(rng: random.Random) -> Problem:
    a, b = rng.sample(range(-20, 20), 2)
    return Problem(
        f"x={a} or x={b}",
        (f"{b}, {a}", rf"\{{{a}, {b}\}}", f"x = {a}, x = {b}", f"{a} and {b}"),
        (f"x={a}", f"{a}, {b + 50}", f"{a}, {b}, {b + 50}"),
    )


def unknowns(rng: random.Random) -> Problem:
    a, b = rng.sample(range(1, 40), 2)
    return Problem(
        f"w={a}, d={b}",
        (f"d={b}, w={a}", f"w = {a}, d = {b}"),
        (f"w={b}, d={a}", f"w={a}", f"w={a}, d={b + 1}"),
    )


def line(rng: random.Random) -> Problem:
    a, b = rng.randint(2, 9), rng.randint(1, 9)
    return Problem(
        f"y={a} x+{b}",
        (f"y = {a}x + {b}", f"{a}x - y + {b} = 0", f"y-{b}={a}x"),
        (f"y={a}x-{b}", f"y={a + 1}x+{b}", f"x={a}y+{b}"),
    )


def rootless(rng: random.Random) -> Problem:
    a, b = rng.randint(1, 6), rng.randint(1, 30)
    c = a * a + b
    return Problem(
        f"x^2-{2 * a}x+{c}=0",
        (f"x^2 + {c} = {2 * a}x", f"2x^2-{4 * a}x+{2 * c}=0"),
        (f"x^2-{2 * a}x+{c + 1}=0", f"x^2+{c}=0", f"x^4+{c}=0"),
    )


def quantity(rng: random.Random) -> Problem:
    number = rng.randint(2, 99)
    return Problem(
        rf"{number} \text{{ meters}}",
        (f"{number}", f"{number} m", rf"{number}\,\mathrm{{m}}", f"{number * 100} cm",
         f"{number} metres"),
        (f"{number} feet", f"{number} km", f"{number + 1} meters", f"{number} cm"),
    )  # fmt: skip


def percentage(rng: random.Random) -> Problem:
    number = rng.randint(2, 99)
    return Problem(
        rf"{number}\%",
        (f"{number}%", f"{number} percent", f"{number / 100}", f"{number}"),
        (f"{number + 1}%", f"{number * 100}", f"{number / 10000}"),
    )


def plain_number_beside_percentage(rng: random.Random) -> Problem:
    number = rng.randint(2, 99)
    share = number / 100
    return Problem(f"{share}", (f"{number}%",), (f"{number}", f"{number + 1}%", f"{share}%"))


def restated(rng: random.Random) -> Problem:
    n = rng.randint(3, 60)
    return Problem(
        str(n * (n + 1) // 2),
        (f"{n * (n + 1) // 2}", rf"\frac{{{n * (n + 1)}}}{{2}}"),
        (
            rf"\sum_{{k=1}}^{{{n}}} k",
            rf"\int_0^{{{n}}} (x + 1/2) dx",
            rf"\sum_{{k=1}}^{{{n + 1}}} k",
        ),
    )


def based(rng: random.Random) -> Problem:
    digits, base = 10 * rng.randint(1, 6) + rng.randint(0, 7), 8
    return Problem(
        rf"{digits}_{base}",
        (rf"{digits}_{{{base}}}",),
        (f"{digits}{base}", f"{digits}", rf"{digits}_{{{base + 1}}}", rf"{digits + 10}_{base}"),
    )


def matrix(rng: random.Random) -> Problem:
    a, b, c, d = (rng.randint(-9, 9) for _ in range(4))
    rows = rf"{a} & {b} \\ {c} & {d}"
    other = rf"{a} & {b} \\ {c} & {d + 1}"
    return Problem(
        rf"\begin{{pmatrix}} {rows} \end{{pmatrix}}",
        (rf"\begin{{bmatrix}} {rows} \end{{bmatrix}}", rf"\begin{{pmatrix}}{rows}\end{{pmatrix}}"),
        (rf"\begin{{pmatrix}} {other} \end{{pmatrix}}",
         rf"\begin{{pmatrix}} {a} & {b} \end{{pmatrix}}"),
    )  # fmt: skip


def choice(rng: random.Random) -> Problem:
    letter, other = rng.sample("ABCDE", 2)
    return Problem(
        letter,
        (
            f"({letter})",
            f"{letter}.",
            rf"\textbf{{({letter})}}",
            rf"\text{{{letter}}}",
            letter.lower(),
        ),
        (other, f"({other})", f"{letter} or {other}", f"{letter}{other}"),
    )


KINDS: dict[str, tuple[Callable[[random.Random], Problem], int]] = {
    make.__name__.replace("_", " "): (make, count)
    for make, count in (
        (integer, 25), (fraction, 30), (mixed_number, 40), (rounded, 60), (scientific, 25),
        (huge, 40), (surd, 20), (angle, 12), (polynomial, 12), (rational, 12), (trigonometric, 8),
        (point, 10), (finite_set, 25), (repeated, 60), (interval, 12), (solutions, 30),
        (unknowns, 20), (line, 10), (rootless, 8), (quantity, 60), (percentage, 60),
        (plain_number_beside_percentage, 60), (restated, 20), (based, 40), (matrix, 40),
        (choice, 20),
    )
}  # fmt: skip
"""A generator and how many problems it makes; expressions take math-verify ten times as long."""


def pairs(kind: str) -> Iterator[tuple[str, str, bool]]:
    """The pairs of a kind, each once: gold, answer, and whether it is right."""
    make, count = KINDS[kind]
    rng = random.Random(f"{SEED} {kind}")
    seen: set[tuple[str, str]] = set()
    for problem in (make(rng) for _ in range(count)):
        for is_right, answers in ((True, problem.right), (False, problem.wrong)):
            for answer in answers:
                if (problem.gold, answer) not in seen:
                    seen.add((problem.gold, answer))
                    yield problem.gold, answer, is_right


# Why math-verify says otherwise ---------------------------------------------------------------

_NUMBER = regex.compile(r"-?\d+(?:\.\d+)?")
_SIX_DIGITS = regex.compile(r"(?=(?:\.?\d){6,}$)\d+\.\d{1,5}")
_KIND_OF_BRACKET = {"(": "tuple", "[": "list", "\\": "set", "{": "set"}


def items(text: str) -> list[str]:
    return regex.split(r"\s*,\s*", text)


def counted_otherwise(gold: str, answer: str) -> bool:
    """The same items, not as often each."""
    expected, actual = Counter(items(gold)), Counter(items(answer))
    return expected.keys() == actual.keys() and expected != actual


def bracketed_otherwise(gold: str, answer: str) -> bool:
    expected = gold.removeprefix(r"\left")[0]
    kinds = [_KIND_OF_BRACKET.get(opening) for opening in (expected, answer[0])]
    return None not in kinds and kinds[0] != kinds[1]


def number_in_another_unit(gold: str, answer: str) -> bool:
    """The same number beside other words."""
    numbers = [_NUMBER.findall(side) for side in (gold, answer)]
    units = [regex.sub(r"\\[a-z]+|[^a-z]", "", side) for side in (gold, answer)]
    return numbers[0] == numbers[1] and all(units) and units[0] != units[1]


def other_equation(gold: str, answer: str) -> bool:
    return gold.endswith("=0") and answer.endswith("=0") and gold != answer


def matches(pattern: str, *, gold: str = "") -> Callable[[str, str], bool]:
    """Whether the pattern occurs in the answer but not in the gold, and the other in the gold."""
    of_answer, of_gold = regex.compile(pattern), regex.compile(gold)
    return lambda expected, answer: bool(
        of_answer.search(answer) and not of_answer.search(expected) and of_gold.search(expected)
    )


@dataclass(frozen=True)
class Disagreement:
    """A kind of pair that math-verify judges otherwise, and the words of our policy about it."""

    name: str
    is_right: bool
    explains: Callable[[str, str], bool]
    rule: str
    example: tuple[str, str]


ANY_NOTATION = "Both sides may be written in LaTeX, in plain text, or in a mixture."

DISAGREEMENTS = (
    # It rejects what is right.
    Disagreement("thin spaces between thousands", True, matches(r"\d\\,\d{3}"),
                 r"`1\,000`", ("85884", r"85\,884")),
    Disagreement("a mixed number in plain text", True, matches(r"^\d+ \d+/\d+$"),
                 "`1 1/2`", (r"\frac{3}{2}", "1 1/2")),
    Disagreement("an exponent after e", True, matches(r"^\d+e\d+$"),
                 "`1e3`", ("8000", "8e3")),
    Disagreement("a radical sign", True, matches("√"), "`2√3`", (r"6\sqrt{3}", "6√3")),
    Disagreement("radians for degrees", True, matches(r"\\pi", gold=r"\^\\circ$"),
                 r"`120^\circ` | `\frac{2\pi}{3}`", (r"120^\circ", r"\frac{2\pi}{3}")),
    Disagreement("a degree sign", True, matches("°", gold=r"\^\\circ$"),
                 ANY_NOTATION, (r"120^\circ", "120°")),
    Disagreement("a power as Python writes it", True, matches(r"\*\*"),
                 "`x**2 + 2*x + 1`", ("x^2+3x+2", "x**2 + 3*x + 2")),
    Disagreement("a raised digit", True, matches("²"), ANY_NOTATION, ("x^2+3x+2", "x² + 3x + 2")),
    Disagreement("an inequality for an interval", True, matches(r"\\le|<", gold=r"^[(\[]"),
                 r"| `(-\infty, 3)` | `x<3`", ("[8, 11)", r"8 \le x < 11")),
    Disagreement("a converted unit", True, matches(r"\d00 cm$", gold="meters"),
                 "`500 cm`", (r"72 \text{ meters}", "7200 cm")),
    Disagreement("a choice with a full stop", True, matches(r"^[A-E]\.$"), "`B.`", ("C", "C.")),
    Disagreement("a decimal with six digits, not six places", True,
                 lambda gold, answer: "/" in gold and bool(_SIX_DIGITS.fullmatch(answer)),
                 "rounds the gold correctly to six significant digits or more",
                 ("40/3", "13.33333")),
    # It accepts what is wrong.
    Disagreement("another mixed number", False, matches(r"^\d+ \d+/\d+$"),
                 "a mixed number is one number", (r"\frac{3}{2}", "2 1/2")),
    Disagreement("a percent sign added", False, matches("%$"),
                 "the prediction adds a factor that the gold does not have", ("50", "50%")),
    Disagreement("tiny numbers", False, lambda gold, answer: "!" in gold and answer != gold,
                 "tiny numbers differ too",
                 (r"\frac{1}{20!}", r"\frac{1}{21!}")),
    Disagreement("another kind of bracket", False, bracketed_otherwise,
                 "order and kind matter", (r"\{1, 2, 3\}", "(1, 2, 3)")),
    Disagreement("another multiplicity", False, counted_otherwise,
                 "multiplicity counts where the gold gives it", ("3, 3, 4", "3, 4")),
    Disagreement("equations without a real root", False, other_equation,
                 "equations compare as equations, not by their real roots",
                 ("x^2-2x+10=0", "x^2-2x+11=0")),
    Disagreement("another unit", False, number_in_another_unit,
                 "the same number in another unit", (r"5 \text{ meters}", "5 km")),
    Disagreement("the problem restated", False, matches(r"\\sum|\\int"),
                 "restating the problem is not solving it", ("5050", r"\sum_{k=1}^{100} k")),
    Disagreement("another base", False, lambda gold, answer: "_" in gold and answer != gold,
                 "a base is part of the number", ("51_8", "51_9")),
)  # fmt: skip


def peer(gold: str, answer: str) -> bool:
    """math-verify's verdict, both sides in boxes: LaTeX without delimiters parses to nothing."""
    parsed = [math_verify.parse(rf"\boxed{{{side}}}") for side in (gold, answer)]
    return bool(math_verify.verify(*parsed))


def explained(gold: str, answer: str, *, is_right: bool) -> bool:
    return any(row.is_right == is_right and row.explains(gold, answer) for row in DISAGREEMENTS)


@pytest.mark.filterwarnings("default")  # the peer's own affair
class TestAgainstMathVerify:
    @pytest.mark.parametrize("kind", KINDS)
    def test_we_say_the_truth_and_a_rule_explains_who_does_not(self, kind):
        """Ours is the truth by construction; a rule of the policy explains each other verdict."""
        wrong, unexplained = [], []
        for gold, answer, is_right in pairs(kind):
            if bool(compare(gold, answer)) != is_right:
                wrong.append((gold, answer, is_right))
            if peer(gold, answer) != is_right and not explained(gold, answer, is_right=is_right):
                unexplained.append((gold, answer, is_right))
        assert not wrong, f"we are wrong about (gold, answer, truth): {wrong}"
        assert not unexplained, f"no rule explains (gold, answer, truth): {unexplained}"


@pytest.mark.filterwarnings("default")
class TestDisagreements:
    @pytest.mark.parametrize("row", DISAGREEMENTS, ids=lambda row: row.name)
    def test_a_row_is_alive_and_quotes_the_policy(self, row):
        """Its example is judged otherwise by math-verify, and its rule stands in the policy."""
        assert row.explains(*row.example)
        assert bool(compare(*row.example)) == row.is_right
        assert peer(*row.example) != row.is_right
        assert row.rule in POLICY.read_text(encoding="utf-8")

    def test_thousands_of_pairs(self):
        """The comparison is over some thousands of pairs, right and wrong ones."""
        truths = Counter(is_right for kind in KINDS for _, _, is_right in pairs(kind))
        assert min(truths.values()) > 1_000


# The table of the documentation ---------------------------------------------------------------


def trl_accuracy(gold: str, answer: str) -> bool:
    """The verdict of TRL's reward, which asks math-verify with settings of its own."""
    from trl.rewards import accuracy_reward

    (score,) = accuracy_reward(
        completions=[[{"content": rf"\boxed{{{answer}}}"}]], solution=[rf"\boxed{{{gold}}}"]
    )
    return score == 1.0


def main() -> None:
    """Print the right verdicts of each verifier, by kind."""
    judges = (compare, peer, trl_accuracy)
    total: Counter[int] = Counter()
    print("| kind | pairs | this engine | math-verify | TRL accuracy_reward |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for kind in (*KINDS, "all"):
        right: Counter[int] = Counter()
        for gold, answer, is_right in pairs(kind) if kind in KINDS else ():
            right[-1] += 1
            for place, judge in enumerate(judges):
                right[place] += bool(judge(gold, answer)) == is_right
        total += right
        counts = right if kind in KINDS else total
        print(
            f"| {kind} | {counts[-1]:,} | " + " | ".join(f"{counts[p]:,}" for p in (0, 1, 2)) + " |"
        )


if __name__ == "__main__":
    main()
