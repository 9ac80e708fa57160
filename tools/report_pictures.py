"""Take the pictures of a report that the documentation shows, in a headless Chromium.

    python tools/report_pictures.py            # docs/images/report.png and report-completions.png

The report is of the file that examples/completions.py makes, so the pictures can be made again.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from grpo_rewards import THINK_BOXED, math_rewards
from grpo_rewards.report import write_report
from grpo_rewards.scoring import score_rows

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "examples"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "reporting"))

from browser import Browser
from completions import sampled

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
WIDTH = 1100
CLOSE_UP = """(() => {
  for (const section of document.querySelectorAll("section:not(#completions), header, footer"))
    section.remove();
  document.querySelectorAll("#table .opener")[1].click();
})()"""
"""Leaves the table, and opens a row of it."""


def main() -> None:
    """Score the example, write its report, and take a picture of its top and of its table."""
    rows = score_rows(math_rewards(format=THINK_BOXED), list(sampled(1_000, 8)))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        page = write_report(rows, Path(folder) / "report.html", title="samples.jsonl")
        with Browser(Path(folder) / "browser") as browser:
            browser.look(width=WIDTH, height=900)
            browser.open(page)
            (IMAGES / "report.png").write_bytes(browser.picture(whole=False))
            browser.look(width=WIDTH, height=820, dark=True)
            browser.open(page, "#show=wrong")
            browser.ask(CLOSE_UP)
            browser.ask("scrollTo(0, 0)")
            (IMAGES / "report-completions.png").write_bytes(browser.picture(whole=False))


if __name__ == "__main__":
    main()
