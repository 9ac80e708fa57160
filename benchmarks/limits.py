"""Texts of 100,000 characters in every ready-made reward: seconds, memory, and what is kept.

    python benchmarks/limits.py            # some minutes
    python benchmarks/limits.py --length 10000

Each text is the answer, the reasoning and the gold of every target of `targets.py`, judged from
a stack 900 frames deep in a process that is killed when it takes too long. Then caches are filled
with answers that no two of them share, and what the process still holds is measured. The exit
status is 1 when a limit is passed.
"""

from __future__ import annotations

import argparse
import gc
import sys
import tracemalloc

from fuzz import KILLED_AFTER, MEGABYTES, SECONDS, Guarded, name_of
from targets import TARGETS

PUMPS = (
    *(
        " ",
        "\n",
        "(",
        "{",
        "[",
        "\\{",
        "!",
        "^\\circ ",
        "/y",
        "%",
        "`",
        "*",
        "9",
        "x",
        "a ",
        "1,",
        "1 ",
    ),
    *(
        "\\boxed{",
        "\\frac{1}{",
        "\\text{",
        "not ",
        "the answer is ",
        "Answer: ",
        "| x ",
        "x=",
        "\\pm ",
    ),
)
KEPT = 64
"""MiB that all caches may hold in all."""
FILLING = 600


def slow_or_large(length: int) -> int:
    """How many texts a target did not get over; each is printed."""
    guarded = Guarded()
    failed = 0
    for target in TARGETS:
        if "long answers" in target.name:  # its user lifted the limit
            continue
        for pump in PUMPS:
            found = guarded.ask(name_of(target), pump * (length // len(pump)))
            if found is not None:
                failed += 1
                print(
                    f"{found.target}: {found.what} {found.figure}: {pump!r} over and over",
                    flush=True,
                )
    guarded.stop()
    return failed


def kept() -> float:
    """MiB that are still held when distinct hostile answers have filled the caches."""
    from grpo_rewards import check_answer, check_choice, check_logic

    check_answer(["<end_working_out><SOLUTION>x+1</SOLUTION>"], answer=["x+2"])
    tracemalloc.start()
    for place in range(FILLING):
        texts = (
            f"{place}" + "x" * 1_000_000,
            f"{place}+" + "+".join(f"x^{{{power}}}y" for power in range(400)),
            f"{place}" + "1+" * 1_900 + "x",
            f"x_{{{place}}}" + "".join(f"+y_{{{index}}}" for index in range(400)),
        )
        completions = [f"<end_working_out><SOLUTION>{text}</SOLUTION>" for text in texts]
        for reward, gold in ((check_answer, "x"), (check_choice, "A"), (check_logic, "p")):
            reward(completions, answer=[gold] * len(texts))
    gc.collect()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return held / (1 << 20)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--length", type=int, default=100_000, help="characters of a text")
    arguments = parser.parse_args()
    failed = slow_or_large(arguments.length)
    held = kept()
    print(
        f"{len(TARGETS)} targets, {len(PUMPS)} texts of {arguments.length} characters each: {failed} raised, "
        f"took over {SECONDS:g} s (killed after {KILLED_AFTER:g} s) or over {MEGABYTES} MiB\n"
        f"kept after {FILLING * 4} distinct answers: {held:.1f} MiB (at most {KEPT})"
    )
    sys.exit(1 if failed or held > KEPT else 0)


if __name__ == "__main__":
    main()
