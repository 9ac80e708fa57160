"""Programs a second of `check_code`: each sandbox, beside a subprocess that protects nothing.

    python benchmarks/programs.py                # 64 programs, the best of five runs
    python benchmarks/programs.py --programs 32  # a quick look
    python benchmarks/programs.py --workers 1    # what a program costs

The programs are made from a seed, all different: eight small tasks with three assertions each, three
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
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from grpo_rewards.errors import OptionError
from grpo_rewards.rewards.code import CheckCode
from grpo_rewards.sandboxes import JailSandbox, Job, MontySandbox, Result, as_script, from_output
from grpo_rewards.sandboxes.protocol import LocalSandbox, Sandbox

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

    def run(self, jobs: Sequence[Job], *, deadline: float) -> list[Result]:
        """The results of the jobs; see `Sandbox`."""
        return self._in_parallel(jobs, deadline, self._run_one)

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
