r"""The tasks of training_signal.py: problems, and the warmed-up checkpoint that runs start from.

``sums`` is the task of the preset ``tiny``: whole numbers, where what a sample lacks is mostly the
format. ``rare`` and ``cold`` are the same problems from a checkpoint that seldom, or hardly ever,
hits the format. ``shares`` has answers that can be written in several ways (3/4, 6/8, 0.75, \frac{3}{4});
its checkpoint writes them all, knows the format better, and is wrong more often.

Two tasks are for SmolLM2, and start where the example's GRPO does, after a few worked examples:
``arithmetic``, the example's own problems, and ``amounts``, whose answers are shares, percentages,
lengths, weights and prices, each written in several ways.
"""

from __future__ import annotations

import json
import random
import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

# The example is no package; who needs its modules imports them from here.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "examples"))

import generation
import learning
import offline
import report
import settings
import showing
import train_grpo

__all__ = [
    "PROBLEM_SEED",
    "TASKS",
    "Task",
    "amounts",
    "forms",
    "generation",
    "learning",
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


def amounts(count: int, *, seed: int, held_out: bool = False) -> list[offline.Problem]:
    """Problems whose answer is a share, a percentage, a length, a weight or a price, in turn."""
    rng = random.Random(f"{seed}/{held_out}")
    problems: dict[str, offline.Problem] = {}
    while len(problems) < count:
        problem = AMOUNTS[len(problems) % len(AMOUNTS)](rng)
        if (zlib.crc32(problem.question.encode()) % 4 == 0) == held_out:
            problems.setdefault(problem.question, problem)
    return list(problems.values())


def share(rng: random.Random) -> offline.Problem:
    total = rng.choice((4, 5, 8, 10, 20))
    part = rng.randrange(1, total)
    name, things = rng.choice(offline.NAMES), rng.choice(offline.THINGS)
    question = f"{name} has {total} {things} and sells {part}. What share of them is sold?"
    return worked(question, f"{part} of {total} is {part}/{total}", forms(part, total))


def percentage(rng: random.Random) -> offline.Problem:
    total = rng.choice((10, 20, 25, 50, 100))
    part = rng.randrange(1, total)
    name, things = rng.choice(offline.NAMES), rng.choice(offline.THINGS)
    question = f"{name} has {total} {things} and sells {part}. What percentage is sold?"
    percent = part * 100 // total
    ways = (f"{percent}%", f"{percent} percent", rf"{percent}\%", f"{percent / 100:g}")
    return worked(question, f"{part} / {total} = {percent / 100:g}", ways)


def length(rng: random.Random) -> offline.Problem:
    count, each = rng.randrange(2, 10), 10 * rng.randrange(1, 10)
    name = rng.choice(offline.NAMES)
    question = f"{name} has {count} ropes of {each} cm each. How long are they in all?"
    centimetres = count * each
    ways = (
        f"{centimetres} cm",
        f"{centimetres / 100:g} m",
        f"{centimetres} centimeters",
        rf"{centimetres}\text{{ cm}}",
    )
    return worked(question, f"{count} * {each} = {centimetres}", ways)


def weight(rng: random.Random) -> offline.Problem:
    one, other = 50 * rng.randrange(1, 20), 50 * rng.randrange(1, 20)
    name = rng.choice(offline.NAMES)
    question = f"{name} mixes {one} g of flour and {other} g of sugar. What do they weigh?"
    grams = one + other
    ways = (f"{grams} g", f"{grams / 1000:g} kg", f"{grams} grams", rf"{grams}\text{{ g}}")
    return worked(question, f"{one} + {other} = {grams}", ways)


def price(rng: random.Random) -> offline.Problem:
    count, each = rng.randrange(2, 10), rng.randrange(2, 10)
    name, things = rng.choice(offline.NAMES), rng.choice(offline.THINGS)
    question = f"{name} buys {count} {things} for ${each} each. What do they cost?"
    dollars = count * each
    ways = (f"${dollars}", f"{dollars} dollars", f"${dollars}.00", rf"\${dollars}")
    return worked(question, f"{count} * {each} = {dollars}", ways)


AMOUNTS = (share, percentage, length, weight, price)


def worked(question: str, reasoning: str, ways: tuple[str, ...]) -> offline.Problem:
    """A problem whose answer can be written in these ways, the gold's first."""
    return offline.Problem(question, "", reasoning, ways[0], ways)


@dataclass(frozen=True)
class Task:
    """A set of problems, and how the model that starts on them is warmed up."""

    problem_set: Callable[..., list[offline.Problem]]
    warm_up: offline.TinyRecipe | None = None
    """How the tiny model is made; None for SmolLM2, which is shown a few worked examples."""
    changes: dict[str, Any] = field(default_factory=dict)
    """What differs from the settings of the example."""

    @property
    def preset(self) -> str:
        """The preset of the example whose model learns the task."""
        return "tiny" if self.warm_up else "smollm2"

    def configure(self, cache: Path, warm_up_steps: int | None = None) -> settings.Settings:
        """The settings of a run, with its model; what makes that takes a minute or two, once."""
        preset = replace(settings.PRESETS[self.preset], **self.changes)
        if self.warm_up is None:
            steps = preset.warmup_steps if warm_up_steps is None else warm_up_steps
            examples = self.worked_examples(cache, steps * preset.warmup_batch)
            return replace(preset, warmup_steps=steps, warmup_dataset=str(examples))
        steps = self.warm_up.steps if warm_up_steps is None else warm_up_steps
        made = offline.tiny_checkpoint(
            cache,
            settings.FORMAT,
            settings.SHORT_PROMPT,
            replace(self.warm_up, steps=steps),
            self.problem_set,
        )
        return replace(preset, model=str(made))

    def worked_examples(self, cache: Path, count: int) -> Path:
        """A file of worked examples, which write their answers in all the ways in turn."""
        path = cache / f"{self.problem_set.__name__}-{count}.jsonl"
        rng = random.Random(PROBLEM_SEED)
        rows = [
            {
                "question": problem.question,
                "reasoning": problem.reasoning,
                "answer": rng.choice(problem.forms or (problem.answer,)),
            }
            for problem in self.problem_set(count, seed=PROBLEM_SEED + 1)
        ]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        return path

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
    "arithmetic": Task(offline.arithmetic),
    "amounts": Task(amounts, changes={"warmup_steps": 12}),
}
