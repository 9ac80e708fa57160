"""Write a file of problems and completions to try the command line on: no model, no network.

An imperfect answerer solves arithmetic problems in words. How often it solves a problem depends on
the problem; it also forgets the box, hedges, is cut off, or never stops thinking. The same seed
always writes the same file.

    python examples/completions.py -o samples.jsonl        # 5,000 problems x 8 completions
    grpo-rewards score samples.jsonl -o scored.jsonl
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from offline import Problem, word_problems

PROBLEMS, COMPLETIONS, SEED = 5_000, 8, 7
SKILL = (0.9, 0.7)
"""Alpha and beta of how often a problem is solved: many hardly ever, some nearly always."""
FAULTY = 0.12
"""The share of completions that are not laid out as they were asked to be."""


def main(arguments: list[str] | None = None) -> int:
    """Write the file that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0], allow_abbrev=False)
    parser.add_argument("-o", "--output", default="-", help="a .jsonl file (default: print it)")
    parser.add_argument("--problems", type=int, default=PROBLEMS, help="default: %(default)s")
    parser.add_argument("--completions", type=int, default=COMPLETIONS, help="default: %(default)s")
    parser.add_argument("--seed", type=int, default=SEED, help="default: %(default)s")
    options = parser.parse_args(arguments)
    rows = sampled(options.problems, options.completions, seed=options.seed)
    lines = (json.dumps(row) + "\n" for row in rows)
    if options.output == "-":
        sys.stdout.writelines(lines)
    else:
        with Path(options.output).open("w", encoding="utf-8") as file:
            file.writelines(lines)
    return 0


def sampled(problems: int, completions: int, *, seed: int = SEED) -> Iterator[dict[str, Any]]:
    """Rows with ``problem_id``, ``question``, ``answer`` and ``completion``, problem by problem."""
    for number, problem in enumerate(word_problems(problems, seed=seed)):
        rng = random.Random(f"{seed}/{number}")
        skill = rng.betavariate(*SKILL)
        for _ in range(completions):
            yield {
                "problem_id": f"p{number:05}",
                "question": problem.question,
                "answer": problem.answer,
                "completion": answered(problem, rng, right=rng.random() < skill),
            }


def answered(problem: Problem, rng: random.Random, *, right: bool) -> str:
    """One completion, in the layout THINK_BOXED if all goes well."""
    answer = int(problem.answer)
    reasoning = problem.reasoning
    if not right:
        answer += rng.choice((-10, -2, -1, 1, 1, 2, 10, 100))
        reasoning = reasoning.replace(f"= {problem.answer}", f"= {answer}")
    if rng.random() < FAULTY:
        return rng.choice(FAULTS)(reasoning, answer)
    return f"{reasoning}</think>The answer is \\boxed{{{rng.choice(FORMS)(answer)}}}."


FORMS: tuple[Callable[[int], str], ...] = (
    *(3 * (str,)),
    lambda answer: f"{answer:,}".replace(",", r"{,}"),
    lambda answer: f"{answer}.0",
    lambda answer: f"{2 * answer}/2",
    lambda answer: rf"\frac{{{3 * answer}}}{{3}}",
    lambda answer: rf"{answer}\text{{ in all}}",
)
"""How it writes an answer."""
FAULTS: tuple[Callable[[str, int], str], ...] = (
    lambda reasoning, answer: f"{reasoning}</think>The answer is {answer}.",
    lambda reasoning, _: f"{reasoning}\nWait, let me check that again. {reasoning}",
    lambda reasoning, answer: (
        f"{reasoning}</think>It is \\boxed{{{answer}}} or \\boxed{{{answer + 1}}}."
    ),
    lambda reasoning, answer: f"{reasoning}</think>Maybe \\boxed{{{answer}}}, but I am not sure.",
    lambda reasoning, answer: f"{reasoning}</think>The answer is \\boxed{{{answer}",
    lambda reasoning, answer: f"{reasoning} \\boxed{{{answer}}}",
)
"""How it fails to be laid out."""

if __name__ == "__main__":
    sys.exit(main())
