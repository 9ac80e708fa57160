"""What other projects' rewards pay for the same responses: the tables of docs/coming-from.md.

    pip install math-verify trl; pip install --no-deps verl
    python benchmarks/peers.py

A peer that is not installed is left out. Of verl only the files of its scoring functions are read,
which need nothing else. open-r1 is on no index: its format reward is written anew from what it
does, and its accuracy reward asks math-verify as TRL's does.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import logging
import re
from collections.abc import Callable
from types import ModuleType

from grpo_rewards import BOXED, THINK_ANSWER, THINK_BOXED, CheckAnswer, ExactFormat

Score = Callable[[str, str], object]

PAIRS = [
    ("20", "20"),
    ("20", "20.0"),
    ("1234", "1,234"),
    (r"\frac{1}{2}", "0.5"),
    (r"\frac{1}{2}", r"\frac{2}{4}"),
    (r"\frac{1}{2}", r"50\%"),
    (r"2\sqrt{3}", r"\sqrt{12}"),
    ("(x+1)^2", "x^2+2x+1"),
    ("5", "x = 5"),
    (r"5 \text{ km}", r"5000 \text{ m}"),
    (r"(-\infty, 3)", "x < 3"),
    ("B", r"\text{(B)}"),
    ("42", r"42 \text{ or } 43"),
    ("42", r"\text{not } 42"),
    ("42", "41, 42"),
    (r"\text{Paris}", r"\text{London}"),
]
LAYOUTS = {
    "`<think>` and `</think>`": "<think>\n6 * 7\n</think>\n\nIt is \\boxed{42}.",
    "the prompt wrote `<think>`": "6 * 7\n</think>\n\nIt is \\boxed{42}.",
    "`<think>` never ends": "<think>\n6 * 7, so it is \\boxed{42}.",
    "`</think>` twice": "<think>\n6 * 7\n</think>\n</think>\n\nIt is \\boxed{42}.",
    "`<answer>`, each tag on its line": "<think>\n6 * 7\n</think>\n<answer>\n42\n</answer>",
    "`<answer>`, on one line": "<think>6 * 7</think> <answer>42</answer>",
    "text after `</answer>`": "<think>\n6 * 7\n</think>\n<answer>\n42\n</answer>\nI hope this helps.",
}


def main() -> None:
    logging.disable(logging.WARNING)  # that timeouts are off, once a pair
    ours = CheckAnswer(format=BOXED, correct=1.0, wrong=0.0, missing=0.0)
    scores: dict[str, Score] = peers()
    scores["here"] = lambda text, gold: ours([text], answer=[gold])[0]
    rows = []
    for gold, answer in PAIRS:
        text = f"The answer is \\boxed{{{answer}}}."
        rows.append(
            [f"`{gold}`", f"`{answer}`", *(shown(score(text, gold)) for score in scores.values())]
        )
    print_table(["gold", "in the box", *scores], rows)
    print()
    formats = layouts()
    print_table(
        ["the response has", *formats],
        [
            [name, *(shown(score(text)) for score in formats.values())]
            for name, text in LAYOUTS.items()
        ],
    )


def peers() -> dict[str, Score]:
    """The functions that say whether an answer is right, by the name of their column."""
    found: dict[str, Score] = {}
    if importlib.util.find_spec("math_verify"):
        from math_verify import parse, verify

        found["math-verify"] = lambda text, gold: float(
            verify(parse(f"\\boxed{{{gold}}}"), parse(text))
        )
        if importlib.util.find_spec("trl"):
            from trl.rewards import accuracy_reward

            found["TRL"] = lambda text, gold: accuracy_reward(
                [[{"role": "assistant", "content": text}]], [f"\\boxed{{{gold}}}"]
            )[0]
    for name, column in (("math_reward", "verl, MATH"), ("math_dapo", "verl, DAPO")):
        if module := verl_module(name):
            found[column] = lambda text, gold, module=module: module.compute_score(text, gold)
    return found


def layouts() -> dict[str, Callable[[str], object]]:
    """The functions that look at the layout."""
    found: dict[str, Callable[[str], object]] = {}
    if importlib.util.find_spec("trl"):
        from trl.rewards import think_format_reward

        found["TRL's `think_format_reward`"] = lambda text: think_format_reward(
            [[{"content": text}]]
        )[0]
    found["open-r1's `format_reward`"] = lambda text: float(bool(OPEN_R1.match(text)))
    for name, format in (("THINK_BOXED", THINK_BOXED), ("THINK_ANSWER", THINK_ANSWER)):
        reward = ExactFormat(format=format, exact=1.0)
        found[f"`ExactFormat(format={name}, exact=1)`"] = lambda text, reward=reward: reward(
            [text]
        )[0]
    return found


# Each tag on a line of its own, the answer last.
OPEN_R1 = re.compile(
    r"^<think>\n.*?\n</think>\n<answer>\n.*?\n</answer>$", re.DOTALL | re.MULTILINE
)


def verl_module(name: str) -> ModuleType | None:
    """One file of verl, which needs nothing of the rest; nothing where it is not installed."""
    try:
        files = importlib.metadata.files("verl") or []
    except importlib.metadata.PackageNotFoundError:
        return None
    path = next(file.locate() for file in files if str(file).endswith(f"reward_score/{name}.py"))
    spec = importlib.util.spec_from_file_location(name, str(path))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def shown(score: object) -> str:
    """A score as a cell; verl's DAPO gives a dictionary."""
    if isinstance(score, dict):
        score = score["score"]
    return "`None`" if score is None else f"{float(str(score)):g}"


def print_table(headers: list[str], rows: list[list[str]]) -> None:
    print(f"| {' | '.join(headers)} |")
    print(f"| {' | '.join('---' for _ in headers)} |")
    for row in rows:
        print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    main()
