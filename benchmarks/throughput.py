"""Completions a second: this package, math-verify, and TRL's accuracy reward, on one core.

    python benchmarks/throughput.py                # 4,096 completions; some minutes, for the peers
    python benchmarks/throughput.py --problems 64  # a quick look
    python benchmarks/throughput.py --ours         # without the peers

The batch is made from a seed: groups of eight completions with one to four kilobytes of reasoning,
half of the golds integers and half LaTeX, half of the answers right, in several equal forms. The
truth is known by construction. Every verifier judges the same batch, in the same process.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import time
from collections.abc import Callable, Sequence

from batches import Sample, batch

from grpo_rewards import approximate_format, check_answer, check_numbers, compare, exact_format

Judge = Callable[[Sequence[Sample]], list[bool]]


def ours(samples: Sequence[Sample]) -> list[bool]:
    scores = check_answer(
        [sample.completion for sample in samples], answer=[sample.gold for sample in samples]
    )
    return [score == check_answer.correct for score in scores]


def math_verify(samples: Sequence[Sample]) -> list[bool]:
    from math_verify import parse, verify

    # Both in boxes: LaTeX without delimiters parses to nothing.
    return [
        bool(verify(parse(rf"\boxed{{{s.gold}}}"), parse(rf"\boxed{{{s.answer}}}")))
        for s in samples
    ]


def trl_accuracy(samples: Sequence[Sample]) -> list[bool]:
    from trl.rewards import accuracy_reward

    scores = accuracy_reward(
        completions=[[{"content": rf"\boxed{{{sample.answer}}}"}] for sample in samples],
        solution=[rf"\boxed{{{sample.gold}}}" for sample in samples],
    )
    return [score == 1.0 for score in scores]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--problems", type=int, default=512, help="problems, eight completions each"
    )
    parser.add_argument("--seed", type=int, default=2026, help="seed of the batch")
    parser.add_argument("--ours", action="store_true", help="leave out the peers")
    arguments = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    samples = batch(arguments.problems, 8, arguments.seed)
    halves = {
        "all": samples,
        "integers": [sample for sample in samples if sample.kind == "integer"],
        "LaTeX": [sample for sample in samples if sample.kind != "integer"],
    }
    warm_imports()
    judges: dict[str, Judge] = {"check_answer (cold)": ours, "check_answer (warm)": ours}
    if not arguments.ours:
        judges |= {"math-verify": math_verify, "TRL accuracy_reward": trl_accuracy}
    seconds: dict[str, dict[str, float]] = {}
    for name, judge in judges.items():
        seconds[name] = report(name, judge, halves)
    print_table(seconds, halves)
    print_pairs(samples)
    print_four(samples)


def warm_imports() -> None:
    """Load what is loaded once a process, so that no verifier pays for it in the figures."""
    compare(r"\sqrt{2}", r"\sqrt{8}/2")
    compare("3 m", "300 cm")
    clear_caches()


def clear_caches() -> None:
    """Forget every answer; what is loaded once a process (the table of units) stays."""
    from grpo_rewards.caches import ANSWERS, RESPONSES

    ANSWERS.empty()
    RESPONSES.empty()


def report(name: str, judge: Judge, halves: dict[str, list[Sample]]) -> dict[str, float]:
    """Seconds for each half, and for both; the verdicts' agreement with the truth is printed."""
    seconds: dict[str, float] = {}
    agreeing = 0
    if name.endswith("(warm)"):
        judge(halves["all"])
    for half in ("integers", "LaTeX"):
        if name.endswith("(cold)"):
            clear_caches()
        samples = halves[half]
        gc.collect()  # what an earlier verifier left is not charged to this one
        start = time.perf_counter()
        verdicts = judge(samples)
        seconds[half] = time.perf_counter() - start
        agreeing += sum(v == s.is_right for v, s in zip(verdicts, samples, strict=True))
    seconds["all"] = seconds["integers"] + seconds["LaTeX"]
    seconds["agreement"] = agreeing / len(halves["all"])
    return seconds


def print_table(seconds: dict[str, dict[str, float]], halves: dict[str, list[Sample]]) -> None:
    peer = seconds.get("math-verify")
    print("| verifier | half | completions a second | times math-verify | agreement |")
    print("| --- | --- | ---: | ---: | ---: |")
    for name, figures in seconds.items():
        for half in ("all", "integers", "LaTeX"):
            rate = len(halves[half]) / figures[half]
            ratio = f"{peer[half] / figures[half]:.1f}" if peer else "-"
            agreement = f"{figures['agreement']:.4f}" if half == "all" else ""
            print(f"| {name} | {half} | {rate:,.0f} | {ratio} | {agreement} |")


def print_pairs(samples: Sequence[Sample]) -> None:
    clear_caches()
    times = []
    for sample in samples:
        start = time.perf_counter()
        compare(sample.gold, sample.answer)
        times.append(time.perf_counter() - start)
    cuts = statistics.quantiles(times, n=100)
    print(
        f"\nA pair, compare() with cold caches: p50 {cuts[49] * 1e6:.0f} us, p99 {cuts[98] * 1e3:.2f} ms"
    )


def print_four(samples: Sequence[Sample]) -> None:
    plain = [sample for sample in samples if sample.kind == "integer"]
    completions = [sample.completion for sample in plain]
    golds = [sample.gold for sample in plain]
    clear_caches()
    start = time.perf_counter()
    for reward in (exact_format, approximate_format, check_answer, check_numbers):
        reward(completions, answer=golds)
    spent = (time.perf_counter() - start) / len(plain)
    print(f"The four rewards together: {spent * 1e6:.0f} us a plain completion")


if __name__ == "__main__":
    main()
