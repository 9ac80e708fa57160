"""What `check_code` judges, and how fast: each sandbox, beside a subprocess that protects nothing.

    python benchmarks/programs.py                # 64 programs, the best of five runs
    python benchmarks/programs.py --programs 32  # a quick look
    python benchmarks/programs.py --workers 1    # what a program costs

First, right programs as models write them, of every kind that the tests have, and one row of each
layout that datasets are published in: the share that each sandbox judges, and the share of those
that it judges right. Then the expressions of `tests/idioms.py`, in Monty and in CPython. Then speed:
the programs are made from a seed, all different: eight small tasks with three assertions each, three
quarters of the programs right. The truth is known by construction, and every sandbox has to find
it. A second batch has programs without end among them, as a model in training writes them.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from grpo_rewards.errors import OptionError
from grpo_rewards.rewards.code import CheckCode
from grpo_rewards.sandboxes import (
    AutoSandbox,
    JailSandbox,
    Job,
    MontySandbox,
    Result,
    as_script,
    from_output,
)
from grpo_rewards.sandboxes.protocol import Judged, LocalSandbox, Sandbox
from grpo_rewards.sandboxes.threads import in_threads

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "sandboxes"))

from test_monty_differences import in_monty, in_python, is_like

from idioms import expressions
from model_programs import PROGRAMS
from test_code_layouts import ROWS

TASKS = {
    # a right program, a wrong one, and assertions; {n} makes each of them another
    "total": ("return sum(xs) + {n}", "return {n}", ("[1, 2]", "3 + {n}")),
    "largest": ("return sorted(xs)[-1] * {n}", "return xs[0]", ("[1, 5, 2]", "5 * {n}")),
    "evens": ("return [x + {n} for x in xs if x % 2 == 0]", "return xs", ("[1, 2]", "[2 + {n}]")),
    "count": (
        "found = {{}}\n    for x in xs:\n        found[x] = found.get(x, {n}) + 1\n    return found",
        "return {{}}",
        ("['a', 'b', 'a']", "{{'a': {n} + 2, 'b': {n} + 1}}"),
    ),
    "reverse": ("return xs[::-1] + [{n}]", "return xs", ("[1, 2]", "[2, 1, {n}]")),
    "words": ("return [x.upper() + '{n}' for x in xs]", "return []", ("['a']", "['A{n}']")),
    "primes": (
        "return [p for p in range(2, {n} * 10) if all(p % d for d in range(2, int(p ** 0.5) + 1))][:3]",
        "return [2, 3, 4]",
        ("[1, 2]", "[2, 3, 5]"),
    ),
    "mean": ("return sum(xs) / len(xs) + {n}", "return 0", ("[1.0, 2.0]", "1.5 + {n}")),
}


@dataclass(frozen=True)
class Sample:
    """One response, its tests, and whether its program is right."""

    completion: str
    tests: tuple[str, ...]
    is_right: bool


@dataclass(frozen=True, kw_only=True, repr=False)
class BareSubprocess(LocalSandbox):
    """What people write first: a program in an interpreter of its own, with all that this one may."""

    def run_each(
        self, jobs: Sequence[Job], *, deadline: float, judge: Callable[[Job, Result], Judged]
    ) -> list[Judged]:
        """What a judge makes of each result; see `JudgingSandbox`."""
        limit = min(self.seconds, deadline)
        results = in_threads(jobs, lambda job: self._run_one(job, limit), count=self.workers or 1)
        return [judge(job, result) for job, result in zip(jobs, results, strict=True)]

    def _run_one(self, job: Job, limit: float) -> Result:
        command = [sys.executable, "-I", "-S", "-c", as_script(job)]
        try:
            ran = subprocess.run(
                command, input=job.stdin, capture_output=True, text=True, timeout=limit, check=False
            )
        except subprocess.TimeoutExpired:
            return Result(status="stopped", reason="took too long")
        return from_output(job, ran.stdout)


def batch(count: int, seed: int, *, endless: int = 0) -> list[Sample]:
    chance = random.Random(seed)
    samples = []
    for number in range(1, count + 1):
        name = chance.choice(list(TASKS))
        right, wrong, (argument, expected) = TASKS[name]
        is_right = chance.random() < 0.75
        body = (right if is_right else wrong).format(n=number)
        if endless and number % endless == 0:
            body, is_right = "while True: pass", False
        test = f"assert {name}({argument.format()}) == {expected.format(n=number)}"
        completion = f"```python\ndef {name}(xs):\n    # {number}\n    {body}\n```"
        samples.append(Sample(completion, (test,) * 3, is_right))
    return samples


def judged(sandbox: Sandbox, samples: Sequence[Sample]) -> tuple[float, float]:
    """The seconds that a batch takes, and the share of it that is judged as it is."""
    reward = CheckCode(sandbox=sandbox, all_or_nothing=True, deadline=600)
    began = time.perf_counter()
    scores = reward(
        [sample.completion for sample in samples], tests=[list(each.tests) for each in samples]
    )
    spent = time.perf_counter() - began
    same = [
        (score == reward.correct) == sample.is_right
        for score, sample in zip(scores, samples, strict=True)
    ]
    return spent, sum(same) / len(same)


CONTEST = {
    # how a program of a contest sets itself up, around `main`
    "plain": "{main}\nmain()",
    "if main": "import sys\ninput = sys.stdin.readline\n{main}\nif __name__ == '__main__':\n    main()",
    "a thread": (
        "import sys, threading\nsys.setrecursionlimit(1 << 25)\nthreading.stack_size(1 << 27)\n"
        "{main}\nthread = threading.Thread(target=main)\nthread.start()\nthread.join()"
    ),
    "a thread by name": (
        "from threading import Thread, stack_size\nfrom sys import setrecursionlimit\n"
        "stack_size(1 << 26)\n{main}\nt = Thread(target=main)\nt.start()\nt.join()"
    ),
    "stars": "from math import *\nfrom operator import *\nfrom heapq import *\n{main}\nmain()",
    "a file": "import os, sys\nif os.path.exists('in'):\n    sys.stdin = open('in')\n{main}\nmain()",
    "a limit": "import resource\nresource.setrlimit(resource.RLIMIT_STACK, (-1, -1))\n{main}\nmain()",
}
MAINS = {
    "sum": "print(sum(map(int, input().split())))",
    "bits": "a, b = map(int, input().split())\n    print((a + b).bit_length() and a + b)",
    "set": "print(sum(set(enumerate(map(int, input().split())))and[int(x) for x in '3'] or [0]))",
    "generator": "def each(line):\n        for x in line.split():\n            yield int(x)\n    print(sum(each(input())))",
    "class": "class Sum(list):\n        pass\n    print(sum(Sum(map(int, input().split()))))",
}


def published() -> list[tuple[str, dict, str]]:
    """Right programs with the columns of their rows: of models, of contests, of each layout."""
    rows = [
        (f"model: {name}", {"tests": tests, "entry_point": function}, program)
        for name, (program, tests, function) in PROGRAMS.items()
    ]
    for (name, around), (of, body) in product(CONTEST.items(), MAINS.items()):
        program = around.replace("{main}", f"def main():\n    {body}")
        rows.append(
            (f"contest: {name}, {of}", {"tests": [{"input": "1 2\n", "output": "3"}]}, program)
        )
    rows += [(f"row: {name}", columns, right) for name, (columns, right, _) in ROWS.items()]
    return rows


def coverage(sandbox: Sandbox) -> None:
    """Print the share of right programs that a sandbox judges, and judges right."""
    reward = CheckCode(sandbox=sandbox, deadline=600)
    found: dict[str, list[float | None]] = {}
    for name, columns, program in published():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            (score,) = reward([program], **{key: [value] for key, value in columns.items()})
        found.setdefault(name.partition(":")[0], []).append(score)
    for kind, scores in found.items():
        judged = [score for score in scores if score is not None]
        right = sum(score == reward.correct for score in judged)
        print(
            f"| {type(sandbox).__name__} | {kind} | {len(scores)} | {len(judged) / len(scores):.1%} "
            f"| {right / max(len(judged), 1):.1%} |"
        )


def agreement() -> None:
    """Print how often Monty says of an expression what CPython says."""
    made = [text for text in expressions(2_000, seed=7) if compiles(text)]
    replies = in_monty(made)
    judged = {text: reply for text, reply in replies.items() if reply is not None}
    same = sum(is_like(text, reply, in_python(text)) for text, reply in judged.items())
    print(
        f"\n{len(made)} expressions: Monty knows {len(judged) / len(made):.1%} of them, and says of "
        f"{same / len(judged):.1%} of those what CPython says, or that it is in doubt\n"
    )


def compiles(text: str) -> bool:
    try:
        compile(text, "<expression>", "eval")
    except SyntaxError:
        return False
    return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--programs", type=int, default=64, help="programs in a batch")
    parser.add_argument(
        "--runs", type=int, default=5, help="runs of each, of which the best counts"
    )
    parser.add_argument("--seed", type=int, default=2026, help="seed of the batches")
    parser.add_argument(
        "--workers", type=int, default=os.cpu_count() or 1, help="programs at the same time"
    )
    options = parser.parse_args()

    print("| sandbox | right programs of | programs | judged | of those right |")
    print("| --- | --- | ---: | ---: | ---: |")
    for kind in (MontySandbox, JailSandbox, AutoSandbox):
        try:
            coverage(kind(workers=options.workers))
        except OptionError as error:  # noqa: PERF203 (each by itself)
            print(f"| {kind.__name__} | not here: {str(error).splitlines()[0]:.60} | | | |")
    agreement()

    plain = batch(options.programs, options.seed)
    endless = batch(options.programs, options.seed, endless=20)
    bare = 0.0
    print(f"{options.programs} programs of three tests, {options.workers} workers, seconds=1.0\n")
    print(
        "| sandbox | programs a second | ms a program and worker | times bare | agreement | with 5 % endless |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    kinds: tuple[Callable[..., Sandbox], ...] = (BareSubprocess, MontySandbox, JailSandbox)
    for kind in kinds:
        try:
            sandbox = kind(workers=options.workers, seconds=1.0)
            judged(sandbox, plain[:2])
        except OptionError as error:
            print(f"| {kind.__name__} | not here: {str(error).splitlines()[0]:.60} | | | | |")
            continue
        runs = [judged(sandbox, plain) for _ in range(options.runs)]
        spent = min(seconds for seconds, _ in runs)  # the others had to wait for something else
        slow, slow_agreement = judged(sandbox, endless)
        bare = bare or spent
        print(
            f"| {kind.__name__} | {len(plain) / spent:,.0f} "
            f"| {1000 * spent * options.workers / len(plain):.1f} | {spent / bare:.2f} "
            f"| {min(agreement for _, agreement in (*runs, (0, slow_agreement))):.4f} "
            f"| {len(endless) / slow:,.0f} a second |"
        )


if __name__ == "__main__":
    main()
