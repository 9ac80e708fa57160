"""How large a report's page is, and how long it takes to write, to open, to filter and to search.

    python benchmarks/report_page.py                 # needs the extra `report`, and Chromium to open it
    python benchmarks/report_page.py --rows 10000 --words 50

Completions are made of words drawn by chance, so that they compress no better than real ones.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grpo_rewards.report import write_report
from grpo_rewards.tables import print_table

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "reporting"))

from browser import Browser, chromium

VERDICTS = {"correct": 8.0, "wrong": 0.5, "no answer": -7.5}
LETTERS = "etaoinshrdlucmfwypvbgk"
SIZES = (10, 100, 400)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=50_000, help="default: %(default)s")
    parser.add_argument("--words", type=int, help=f"of a completion (default: {SIZES})")
    options = parser.parse_args()
    measured = [
        measure(options.rows, words) for words in ([options.words] if options.words else SIZES)
    ]
    print(f"{options.rows:,} completions; seconds beside whatever else the machine does\n")
    headers = [
        "words of a completion",
        "page in MB",
        "write",
        "open",
        "filter",
        "search",
        "memory in MB",
    ]
    print_table(headers, measured)


def measure(rows: int, words: int) -> list[Any]:
    """The size and the times of a page with so many completions of so many words."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        page = Path(folder) / "report.html"
        started = time.perf_counter()
        write_report(scored_rows(rows, words), page)
        figures: list[Any] = [words, f"{page.stat().st_size / 1e6:.1f}", since(started)]
        if chromium() is None:
            return [*figures, "-", "-", "-", "-"]
        with Browser(Path(folder) / "browser") as browser:
            started = time.perf_counter()
            browser.open(page)
            figures.append(since(started))
            for fragment in ("show=wrong", "search=xyzzy"):
                started = time.perf_counter()
                browser.ask(f"location.hash = '#{fragment}'")
                browser.wait(f"document.documentElement.dataset.shown === '{fragment}'")
                figures.append(since(started))
            figures.append(f"{browser.ask('performance.memory.usedJSHeapSize') / 1e6:.0f}")
        return figures


def scored_rows(rows: int, words: int) -> Iterator[dict[str, Any]]:
    """Scored rows, eight completions a problem."""
    rng = random.Random(5)
    vocabulary = ["".join(rng.choices(LETTERS, k=rng.randint(2, 9))) for _ in range(5_000)]
    for place in range(rows):
        verdict = rng.choice(list(VERDICTS))
        answer = None if verdict == "no answer" else str(rng.randrange(1000))
        if place % 8 == 0:
            prompt = " ".join(rng.choices(vocabulary, k=20))
        yield {
            "prompt": prompt,
            "completion": " ".join(rng.choices(vocabulary, k=words)),
            "reward/problem": f"p{place // 8}",
            "reward/score": VERDICTS[verdict],
            "reward/no_opinion": False,
            "reward/verdict": verdict,
            "reward/answer": answer,
            "reward/gold": str(place // 8),
            "reward/rule": "number",
            "reward/reason": f"not equal: the gold is {place // 8}, the answer is {answer}",
            "reward/part/format": 3.0 if answer else -3.0,
            "reward/part/answer": 5.0 if verdict == "correct" else -2.5,
        }


def since(started: float) -> str:
    return f"{time.perf_counter() - started:.1f}"


if __name__ == "__main__":
    main()
