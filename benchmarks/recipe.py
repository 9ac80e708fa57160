"""What the recipe's reward functions pay, and what these pay, for the same answers.

    python benchmarks/recipe.py

The recipe's four functions are written anew here from what they do (nothing of the notebook is
copied): exact format by a regular expression, approximate format by counting tags, the answer by
string equality with tiers for being near, the number by the first one after the opening tag.
"""

from __future__ import annotations

import re

from grpo_rewards import approximate_format, check_answer, check_numbers, exact_format

REASONING_END, OPENING, CLOSING = "<end_working_out>", "<SOLUTION>", "</SOLUTION>"
LAYOUT = re.compile(
    rf"{REASONING_END}.*?{OPENING}(.+?){CLOSING}[\s]*(?:<\|endoftext\|>)?[\s]*$",
    re.MULTILINE | re.DOTALL,
)
NUMBER = re.compile(rf"{OPENING}.*?[\s]*([-]?[\d.,]+)", re.MULTILINE | re.DOTALL)

ANSWERS = [
    ("20", "20"),
    ("20", " 20 "),
    ("20", "20.0"),
    ("20", "$20"),
    ("20", r"\boxed{20}"),
    ("20", "The answer is 20."),
    ("20", "22"),
    ("20", "20 or 7"),
    ("1234", "1,234"),
    ("1,234", "1234"),
    ("1000", "1e3"),
    ("20", "nan"),
]


def recipe_exact(response: str) -> float:
    return 3.0 if LAYOUT.search(response) else 0.0


def recipe_approximate(response: str) -> float:
    return sum(
        0.5 if response.count(tag) == 1 else -1.0 for tag in (REASONING_END, OPENING, CLOSING)
    )


def recipe_answer(response: str, gold: str) -> float:
    found = LAYOUT.search(response)
    if not found:
        return -2.0
    answer = found[1]
    if answer == gold:
        return 5.0
    if answer.strip() == gold.strip():
        return 3.5
    try:
        ratio = float(answer) / float(gold)
    except (ValueError, ZeroDivisionError):
        return -4.5
    return 2.0 if 0.9 <= ratio <= 1.1 else 1.5 if 0.8 <= ratio <= 1.2 else -2.5


def recipe_number(response: str, gold: str) -> float:
    found = NUMBER.search(response)
    if not found:
        return -2.5
    try:
        return 3.5 if float(found[1].strip().replace(",", "")) == float(gold.strip()) else -1.5
    except ValueError:
        return 0.0


def recipe(response: str, gold: str) -> float:
    """All four together, as a trainer adds them."""
    return (
        recipe_exact(response)
        + recipe_approximate(response)
        + recipe_answer(response, gold)
        + recipe_number(response, gold)
    )


def ours(response: str, gold: str) -> float:
    rewards = (exact_format, approximate_format, check_answer, check_numbers)
    return sum(reward([response], answer=[gold])[0] or 0.0 for reward in rewards)


def main() -> None:
    print("| gold | answer | the recipe | here |")
    print("| --- | --- | ---: | ---: |")
    for gold, answer in ANSWERS:
        response = f"Some working out.{REASONING_END}{OPENING}{answer}{CLOSING}"
        scores = recipe(response, gold), ours(response, gold)
        print(f"| `{gold}` | `{answer}` | {scores[0]} | {scores[1]} |")


if __name__ == "__main__":
    main()
