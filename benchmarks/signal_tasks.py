r"""The tasks of training_signal.py: problems, and the warmed-up checkpoint that runs start from.

``sums`` is the task of the preset ``tiny``: whole numbers, where what a sample lacks is mostly the
format. ``rare`` and ``cold`` are the same problems from a checkpoint that seldom, or hardly ever,
hits the format. ``shares`` has answers that can be written in several ways (3/4, 6/8, 0.75, \frac{3}{4});
its checkpoint writes them all, knows the format better, and is wrong more often.
"""

from __future__ import annotations

import random
import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

# The example is no package; who needs its modules imports them from here.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "examples"))

import generation
import offline
import report
import settings
import showing
import train_grpo

__all__ = [
    "PROBLEM_SEED",
    "TASKS",
    "Task",
    "forms",
    "generation",
    "report",
    "settings",
    "shares",
    "showing",
    "train_grpo",
]

SHARE_TEMPLATES = (
    "{name} has {a} red and {b} blue {things}. What share of them is red?",
    "There are {a} old and {b} new {things}. What share of the {things} is old?",
    "{name} sells {a} {things} and keeps {b}. What share of them is sold?",
)
SHARE_TOTALS = (4, 5, 8, 10, 12, 15, 20, 25, 30)
PROBLEM_SEED = 3407


def shares(count: int, *, seed: int, held_out: bool = False) -> list[offline.Problem]:
    """Problems whose answer is a fraction in lowest terms; held-out questions are new."""
    rng = random.Random(f"{seed}/{held_out}")
    problems: dict[str, offline.Problem] = {}
    while len(problems) < count:
        total = rng.choice(SHARE_TOTALS)
        part = rng.randrange(1, total)
        question = rng.choice(SHARE_TEMPLATES).format(
            name=rng.choice(offline.NAMES),
            things=rng.choice(offline.THINGS),
            a=part,
            b=total - part,
        )
        if (zlib.crc32(question.encode()) % 4 == 0) == held_out:
            gold, *others = forms(part, total)
            reasoning = f"{part} + {total - part} = {total}"
            problems[question] = offline.Problem(
                question, f"{part} / {total}", reasoning, gold, (gold, *others)
            )
    return list(problems.values())


def forms(part: int, total: int) -> tuple[str, ...]:
    """The ways to write a share, the gold's first: in lowest terms, not reduced, LaTeX, decimal."""
    share = Fraction(part, total)
    ways = [
        f"{share.numerator}/{share.denominator}",
        f"{part}/{total}",
        rf"\frac{{{share.numerator}}}{{{share.denominator}}}",
    ]
    if 1000 % share.denominator == 0:
        ways.append(f"{float(share):g}")
    return tuple(dict.fromkeys(ways))


@dataclass(frozen=True)
class Task:
    """A set of problems, and how the model that starts on them is warmed up."""

    problem_set: Callable[..., list[offline.Problem]]
    warm_up: offline.TinyRecipe

    def checkpoint(self, cache: Path, steps: int | None = None) -> Path:
        """The folder of the warmed-up model; made once, it takes a minute or two."""
        warm_up = self.warm_up if steps is None else replace(self.warm_up, steps=steps)
        return offline.tiny_checkpoint(
            cache, settings.FORMAT, settings.SHORT_PROMPT, warm_up, self.problem_set
        )

    def problems(self, training: int, held_out: int) -> tuple[list[dict[str, str]], ...]:
        """Rows for training and for the evaluation, the same for every run."""
        return tuple(
            [
                {"question": problem.question, "answer": problem.answer}
                for problem in self.problem_set(count, seed=PROBLEM_SEED, held_out=apart)
            ]
            for count, apart in ((training, False), (held_out, True))
        )


TASKS = {
    "sums": Task(offline.sums, offline.TinyRecipe()),
    "rare": Task(offline.sums, offline.TinyRecipe(exact_share=0.1)),
    "cold": Task(offline.sums, offline.TinyRecipe(exact_share=0.02)),
    "shares": Task(shares, offline.TinyRecipe(exact_share=0.5, wrong_share=0.4)),
}
