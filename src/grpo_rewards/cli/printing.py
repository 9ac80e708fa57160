"""What the commands print: summaries, differences, findings, a marked response."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any

from grpo_rewards.cli import gold_checks
from grpo_rewards.cli.marking import LONGEST, STYLES, marked_text
from grpo_rewards.scoring.differences import Differences
from grpo_rewards.scoring.readers import LocatedRow
from grpo_rewards.scoring.summaries import Summary
from grpo_rewards.tables import print_table

__all__ = [
    "Progress",
    "counted",
    "pieces",
    "print_differences",
    "print_gold_findings",
    "print_marked",
    "print_summary",
]

SHOWN = 5
"""How many findings of a kind are shown."""


class Progress:
    """How many completions are done, on the standard error of a terminal that has rich."""

    def __init__(self) -> None:
        self.bar: Any = None
        self.task: Any = None

    def __enter__(self) -> Progress:
        if sys.stderr.isatty():
            import rich.progress  # noqa: PLC0415 (an extra)

            self.bar = rich.progress.Progress(
                rich.progress.SpinnerColumn(),
                "{task.description}",
                rich.progress.MofNCompleteColumn(),
                rich.progress.TimeElapsedColumn(),
                console=rich.console.Console(stderr=True),
                transient=True,
            )
            self.task = self.bar.add_task("completions", total=None)
            self.bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar:
            self.bar.stop()

    def add(self, count: int) -> None:
        """Say that so many more are done."""
        if self.bar:
            self.bar.advance(self.task, count)


def counted(row: dict[str, Any], summary: Summary) -> dict[str, Any]:
    """A scored row, once it is counted."""
    summary.add(row)
    return row


def pieces(rows: Iterator[LocatedRow]) -> Iterator[list[LocatedRow]]:
    """Rows in pieces that two judges go over one after the other."""
    piece: list[LocatedRow] = []
    for row in rows:
        piece.append(row)
        if len(piece) == 5_000:
            yield piece
            piece = []
    if piece:
        yield piece


def _share(count: int, total: int) -> str:
    return f"{count / total:.1%}" if total else "-"


def print_summary(
    summary: Summary, name: str, k: Sequence[int] | None, output: str | None, hint: str
) -> None:
    """Print what a file's scores say in all."""
    found = summary.to_dict(k)
    mean = found["mean_score"]
    print(f"{summary.completions:,} completions, scored by {name}")
    print(f"mean score {'-' if mean is None else f'{mean:.4g}'}\n")
    if not summary.verdicts and not summary.rates(k):
        print("no rates: the reward says no verdict; write --above SCORE for what is right\n")
    if summary.verdicts:
        print_table(
            ("verdict", "completions", "share"),
            [
                (verdict, f"{count:,}", _share(count, summary.completions))
                for verdict, count in summary.verdicts.most_common()
            ],
        )
        print()
    if summary.reasons:
        print_table(
            ("why there is no answer", "completions"),
            [(kind, f"{count:,}") for kind, count in summary.reasons.most_common(10)],
        )
        print()
    if found["parts"]:
        print_table(
            ("part", "mean score"),
            [(part, f"{value:.4g}") for part, value in found["parts"].items()],
        )
        print()
    rates = summary.rates(k)
    if rates:
        print_table(
            ("", "rate", "95 % interval", "problems"),
            [
                *((f"pass@{size}", *_rate_cells(rate)) for size, rate in rates.pass_at.items()),
                *(
                    (f"groups of {size} with a signal", *_rate_cells(rate))
                    for size, rate in rates.signal.items()
                ),
            ],
        )
        print(
            f"\n{rates.problems:,} problems: {rates.all_right:,} all right, "
            f"{rates.all_wrong:,} all wrong, {rates.mixed:,} mixed"
        )
    if hint:
        print(f"\n{hint}")
    if output:
        print(f"\nwritten to {output}")


def _rate_cells(rate: Any) -> tuple[str, str, str]:
    if not rate.problems:
        return ("-", "-", "0")
    return (f"{rate.value:.3f}", f"{rate.low:.3f} to {rate.high:.3f}", f"{rate.problems:,}")


def print_differences(found: Differences, names: tuple[str, str]) -> None:
    """Print how often two judges differ, by kind, with samples."""
    print(
        f"{found.compared:,} completions, by {names[0]} and by {names[1]}: "
        f"{found.agreeing:,} alike, {found.compared - found.agreeing:,} not"
    )
    if 2 * found.unanswered > found.compared:
        print(
            f"{found.unanswered:,} of them have no answer for either: see that both read the "
            "layout of the completions, with `grpo-rewards score`"
        )
    if not found.kinds:
        return
    print()
    kinds = sorted(found.kinds.items(), key=lambda each: -each[1])
    print_table((*names, "completions"), [(*kind, f"{count:,}") for kind, count in kinds])
    for kind, _ in kinds:
        print(f"\n{kind[0]}, and {kind[1]}:")
        for each in found.samples[kind]:
            print(f"  row {each.row}: gold {each.gold!r:.80}, answer {each.answer!r:.80}")
            print(f"    {each.first_reason:.160}")
            print(f"    {each.second_reason:.160}")


def print_gold_findings(
    findings: Sequence[gold_checks.GoldFinding], rows: int, column: str
) -> None:
    """Print what is wrong with golds, by kind."""
    affected = sum(each.rows for each in findings)
    print(f"{rows:,} golds in column {column!r}: {affected:,} with findings")
    for kind, meaning in gold_checks.KINDS.items():
        of_kind = [each for each in findings if each.kind == kind]
        if not of_kind:
            continue
        print(f"\n{kind} ({sum(each.rows for each in of_kind):,} rows): {meaning}")
        for each in of_kind[:SHOWN]:
            print(f"  {each.where}: {each.gold!r:.80}; {each.detail:.120}")
        if len(of_kind) > SHOWN:
            print(f"  and {len(of_kind) - SHOWN:,} more")


def print_marked(text: str, marks: list[tuple[int, int, str]]) -> None:
    """Print a response with its marks, in colours on a terminal."""
    cut = max(len(text) - LONGEST, 0)
    marks = [(start - cut, end - cut, kind) for start, end, kind in marks if start >= cut]
    shown = text[cut:]
    before = f"[{cut:,} characters]..." if cut else ""
    if not sys.stdout.isatty():
        print(before + marked_text(shown, marks))
        return
    from rich.console import Console  # noqa: PLC0415 (an extra)
    from rich.text import Text  # noqa: PLC0415

    coloured = Text(before + shown)
    for start, end, kind in marks:
        coloured.stylize(STYLES[kind], start + len(before), end + len(before))
    Console().print(coloured)
