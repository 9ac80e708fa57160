r"""Texts made to break a reader, by chance and by its own patterns: what `fuzz.py` tries.

Golds are spliced, repeated and pumped; constructs are nested in each other; every alternative of
every pattern of the package is repeated. A seed gives the same texts on every machine.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

from pattern_bait import Bait, bait, found_patterns

from grpo_rewards.testing.forms import DEFAULT_GOLDS
from grpo_rewards.testing.texts import HOSTILE, PIECES

__all__ = ["Texts", "golds"]

CASES = Path(__file__).resolve().parents[2] / "shared" / "cases" / "golds.jsonl"
"""Golds of public datasets, where this checkout has them beside it."""
NESTED = (
    ("(", ")"), ("[", "]"), ("\\{", "\\}"), ("{", "}"), ("\\frac{1}{1+", "}"), ("\\frac{", "}{2}"),
    ("\\sqrt{2+", "}"), ("\\sqrt[3]{", "}"), ("x^{", "}"), ("x_{", "}"), ("\\boxed{", "}"),
    ("\\text{", "}"), ("\\mathrm{", "}"), ("\\hat{1+", "}"), ("\\vec{", "}"), ("|", "|"),
    ("\\left(", "\\right)"), ("\\lfloor ", "\\rfloor "), ("\\{1,", "\\}"), ("(1,", ")"), ("[1,", ")"),
    ("\\begin{pmatrix}1&", "\\end{pmatrix}"), ("not (", ")"), ("(p and ", ")"), ("not ", ""),
    ("f(", ")"), ("\\sin ", ""), ("\\sin(", ")"), ("\\ln{", "}"), ("\\binom{2}{", "}"), ("-", ""),
    ("\\sum_{", "}x"), ("2^", ""), ("\\lim ", ""), ("\\pm ", ""), ("[[", "]]"), ('{"a": ', "}"),
    ("<b>", "</b>"), ("```\n", "\n```"), ("**", "**"), ("`", "`"), ('"', '"'), ("(A) ", ""),
    ("if p then ", ""), ("p -> (", ")"), ("<think>", "</think>"), ("<SOLUTION>", "</SOLUTION>"),
    ("the answer is ", ""), ("x = ", ""), ("Answer: ", ""), ("lambda: ", ""), ("f(x)(", ")"),
    ("\\begin{cases}", "\\end{cases}"), ("\\overline{", "}"), ("\\pmod{", "}"), ("", "!"), ("", "%"),
    ("", "^\\circ"), ("", "'"), ("", "_1"), ("", "/y"), ("", " m"), ("", "^2"), ("", " or 2"),
    ("", "\\cup\\{1\\}"), ("", " and q"), ("", ":2"), ("", " base 2"), ("", "\\\\"),
)  # fmt: skip
JOINTS = (
    *(
        "+",
        "-",
        "*",
        "/",
        "^",
        ",",
        " , ",
        ";",
        " or ",
        " and ",
        "=",
        "<",
        "\\le ",
        "\\cup ",
        "\\pm ",
    ),
    *(
        " ",
        "\n",
        "\n\n",
        "\\times ",
        ":",
        "|",
        "&",
        "\\\\",
        " is ",
        ". ",
        "! ",
        "? ",
        " -> ",
        " <-> ",
    ),
    *("\t", "$", "\\quad ", "; x=", " base ", " mod ", " per ", " to ", "\r\n", "\u2028", "``"),
)
MORE_GOLDS = (
    "x^2+5x+6", r"3\sqrt{2}", r"\frac{\pi}{4}", r"\{1, 2, 3\}", "(1, 2)", "[0, 1)", "x = 5", "x < 3 or x > 5",
    r"(-\infty, 2] \cup [5, \infty)", "5 m/s^2", "3:30 PM", "2 hours 30 minutes", "1011 base 2", "3 out of 4",
    r"x \equiv 3 \pmod 5", r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", "y = mx + b", r"|x-3| \le 2", "2:3:4",
    r"2\pi k, k \in \mathbb{Z}", "H_2SO_4", "5 January 2000", "p and not q", "(p -> q) & (q -> r)", "iff",
    "Alice is a knight and Bob is a knave", "1 2 3\n3 1 2\n2 3 1", "3 * (4 + 5) - 2", "red, tea; blue, milk",
    "assert f(2) == 2", "def f(x):\n    return [x] * 9", "Step 1: add. Step 2: divide.", "(B) Paris, because it is",
    "e^{i\\pi}+1", "0.\\overline{3}", "1,234.50 dollars", "6.02 x 10^{23}", "a = 1, b = 2", "5 \\pm 2", "1/2%",
)  # fmt: skip
LENGTHS = (40, 200, 300, 1_000, 3_900, 4_100, 12_000, 40_000, 100_000)
LONGEST = 100_000


def golds() -> list[str]:
    """Reference answers: the package's own, and those of datasets where they are at hand."""
    found = [*DEFAULT_GOLDS, *MORE_GOLDS]
    if CASES.is_file():
        lines = CASES.read_text(encoding="utf-8").splitlines()
        found += [json.loads(line)["gold"] for line in lines]
    return list(dict.fromkeys(text for text in found if text.strip()))


class Texts:
    """An endless row of texts from one seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.golds = golds()
        self.baits = [each for found in found_patterns() for each in bait(found.pattern)]
        self.pieces = [*PIECES, *JOINTS, *HOSTILE[:30], *(part for pair in NESTED for part in pair)]
        self.ways: tuple[Callable[[], str], ...] = (
            self.pumped, self.pumped, self.nested, self.nested, self.mutated, self.mutated,
            self.joined, self.mixed, self.repeated,
        )  # fmt: skip

    def next(self) -> str:
        """One more text."""
        text = self.chance.choice(self.ways)()
        if self.chance.random() < 0.1:
            text = self.chance.choice(("42 ", "x = ", "Answer: ", "B. ", "{", "(")) + text
        return text[:LONGEST]

    def length(self) -> int:
        """About how long a text becomes."""
        return self.chance.choice(LENGTHS)

    def gold(self) -> str:
        """An ordinary answer."""
        return self.chance.choice(self.golds)

    def pumped(self) -> str:
        """A pattern's beginning, many of something that it repeats, and an end."""
        one: Bait = self.chance.choice(self.baits)
        if self.chance.random() < 0.3:
            other = self.chance.choice(self.baits)
            one = Bait(one.before, one.repeated + other.repeated, other.after)
        return one.text(self.length())

    def nested(self) -> str:
        """Constructs in constructs around a gold, to every depth."""
        kinds = self.chance.choices(NESTED, k=self.chance.choice((1, 1, 2, 3)))
        inside = self.chance.choice((self.gold(), "x", "42", ""))
        around = (
            "".join(opening for opening, _ in kinds),
            "".join(end for _, end in reversed(kinds)),
        )
        depth = max(1, min(self.length(), LONGEST) // max(len("".join(around)), 1))
        depth = self.chance.choice((depth, depth, 15, 28, 60))
        closed = self.chance.choice((depth, depth, 0, depth - 1))
        return around[0] * depth + inside + around[1] * closed

    def mutated(self) -> str:
        """A gold with a part repeated, dropped, exchanged, or something put in."""
        text = self.gold()
        for _ in range(self.chance.randrange(1, 5)):
            start = self.chance.randrange(len(text) + 1)
            end = min(len(text), start + self.chance.randrange(1, 12))
            part = text[start:end]
            change = self.chance.randrange(5)
            if change == 0:
                part *= self.chance.choice((2, 5, 50, 300, self.length() // max(len(part), 1)))
            elif change == 1:
                part = ""
            elif change == 2:
                part = self.chance.choice(self.pieces) * self.chance.choice((1, 1, 3, 60))
            elif change == 3:
                nines = "9" * self.chance.choice((30, 1_500, 5_000))
                part = "".join(nines if each.isdigit() else each for each in part)
            else:
                part = self.gold()
            text = (text[:start] + part + text[end:])[:LONGEST] or "x"
        return text

    def joined(self) -> str:
        """One gold many times, or many golds, with something between."""
        joint = self.chance.choice(JOINTS)
        many = self.length() // (len(joint) + 8) or 1
        if self.chance.random() < 0.5:
            return joint.join([self.gold()] * many)
        return joint.join(self.chance.choices(self.golds, k=min(many, 2_000)))

    def mixed(self) -> str:
        """A few pieces in a row."""
        return "".join(self.chance.choices(self.pieces, k=self.chance.randrange(1, 60)))

    def repeated(self) -> str:
        """A few pieces, over and over."""
        part = "".join(self.chance.choices(self.pieces, k=self.chance.randrange(1, 4))) or "x"
        return part * max(self.length() // len(part), 1)
