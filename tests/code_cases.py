"""What tests of the reward for code share: a function with its tests, and programs in responses."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from grpo_rewards.sandboxes import Result

TESTS = ["assert double(2) == 4", "assert double('a') == 'aa'"]
GOOD = "def double(x):\n    return x + x\n"
HALF = "def double(x):\n    return x * 2 if x == 2 else None\n"
BAD = "def double(x):\n    return 7919\n"


def fenced(program, language="python"):
    return f"So this is it:\n```{language}\n{textwrap.dedent(program)}\n```\nIt works."


@dataclass(frozen=True)
class Counting:
    """A sandbox that says the same of every program, and remembers what it was asked."""

    result: Result
    asked: list = ()

    def run(self, jobs, *, deadline):
        self.asked.append((list(jobs), deadline)) if isinstance(self.asked, list) else None
        return [self.result for _ in jobs]

    def __hash__(self):
        return 0


def two_numbers(chance):
    return chance.randint(-50, 50), chance.randint(1, 50)


def remainder(a, b):
    return a % b
