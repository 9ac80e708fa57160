"""Reading whole responses: this package, math-verify, and TRL's accuracy reward, on labelled cases.

    python benchmarks/reading.py             # every case of `grpo_rewards.testing.cases`
    python benchmarks/reading.py --ours      # without the peers
    python benchmarks/reading.py --language zh fr

Prints, a language, how many right responses each reader refuses and how many wrong ones it pays, all
without a layout that was agreed on (`FREEFORM` here); then how long a response of 2.5 KB takes to read,
here and by math-verify, whose parser TRL's reward calls as well.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence

from grpo_rewards import FREEFORM, CheckAnswer
from grpo_rewards.responses.parsing import read_response
from grpo_rewards.testing.cases import LANGUAGES, ResponseCase, response_cases

Judge = Callable[[Sequence[ResponseCase]], list[bool]]


def ours(cases: Sequence[ResponseCase]) -> list[bool]:
    reward = CheckAnswer(format=FREEFORM)
    scores = reward([case.response for case in cases], answer=[case.gold for case in cases])
    return [score == reward.correct for score in scores]


def math_verify(cases: Sequence[ResponseCase]) -> list[bool]:
    from math_verify import parse, verify

    # The gold in a box: LaTeX without delimiters parses to nothing.
    return [bool(verify(parse(rf"\boxed{{{case.gold}}}"), parse(case.response))) for case in cases]


def trl_accuracy(cases: Sequence[ResponseCase]) -> list[bool]:
    from trl.rewards import accuracy_reward

    scores = accuracy_reward(
        completions=[[{"content": case.response}] for case in cases],
        solution=[rf"\boxed{{{case.gold}}}" for case in cases],
    )
    return [score == 1.0 for score in scores]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ours", action="store_true", help="leave out the peers")
    parser.add_argument(
        "--language", nargs="*", default=LANGUAGES, help="languages, all by default"
    )
    arguments = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    judges: dict[str, Judge] = {"ours": ours}
    if not arguments.ours:
        judges |= {"math-verify": math_verify, "TRL": trl_accuracy}
    cases = list(response_cases(*arguments.language))
    print(f"{'':10}{'cases':>12}" + "".join(f"{name:>26}" for name in judges))
    print(f"{'':10}{'right wrong':>12}" + f"{'right refused, wrong paid':>26}" * len(judges))
    verdicts = {name: judge(cases) for name, judge in judges.items()}
    for language in (*arguments.language, "all"):
        places = [place for place, case in enumerate(cases) if language in (case.language, "all")]
        print_row(language, cases, places, verdicts)
    print_speed(with_peer=not arguments.ours)


def print_row(
    language: str, cases: list[ResponseCase], places: list[int], verdicts: dict[str, list[bool]]
) -> None:
    right = [place for place in places if cases[place].is_right]
    wrong = [place for place in places if not cases[place].is_right]
    row = f"{language:10}{len(right):6}{len(wrong):6}"
    for judged in verdicts.values():
        refused = sum(not judged[place] for place in right)
        paid = sum(judged[place] for place in wrong)
        row += f"{refused:19}{paid:7}"
    print(row)


ENDS = (
    "The answer is 42.",
    r"So it is \boxed{42}.",
    "#### 42",
    "Therefore, Mia has 42 pens.",
    "42",
)


def print_speed(*, with_peer: bool = False) -> None:
    """Microseconds to read a response of 2.5 KB, beside one pass of `str.split` and math-verify's parser."""
    line = (
        "Then $x = \\frac{3}{4} y$, which gives $y = 9$, so we go on with the next of the steps.\n"
    )
    body = line * (2_450 // len(line))
    print(f"\nreading {len(body):,} characters that end in ...")
    for end in ENDS:
        text = body + end
        took = fastest(lambda text=text: read_response(FREEFORM, text))
        split = fastest(text.split)
        row = f"  {end:30}{took * 1e6:8.1f} us  ({took / split:.1f} times str.split)"
        if with_peer:
            from math_verify import parse

            row += f"{fastest(lambda text=text: parse(text), rounds=20) * 1e6:12.0f} us math-verify"
        print(row)


def fastest(call: Callable[[], object], rounds: int = 200) -> float:
    """Seconds of one call, in the fastest of many rounds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in range(10):
            call()
        times.append((time.perf_counter() - start) / 10)
    return min(times)


if __name__ == "__main__":
    sys.exit(main())
