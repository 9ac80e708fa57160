"""What the commands take alike (files, a reward, columns), and what they exit with."""

from __future__ import annotations

from typing import Annotated

import typer

from grpo_rewards.cli.targets import REWARD_PRESETS
from grpo_rewards.responses.layouts import PRESETS

__all__ = [
    "FINDINGS",
    "INTERRUPTED",
    "OWN_PROBLEMS",
    "STOPPED",
    "USAGE_ERROR",
    "AboveOption",
    "CompletionOption",
    "Files",
    "FormatOption",
    "GoldOption",
    "JsonOption",
    "PresetOption",
    "ProblemOption",
    "RewardOption",
    "WorkersOption",
]

FINDINGS, USAGE_ERROR, STOPPED, INTERRUPTED = 1, 2, 3, 130
OWN_PROBLEMS = (
    "No column is known to tell problems apart, so each row is a problem of its own; where several "
    "rows are of one problem name the column that says so, as in --problem-column NAME"
)
Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE...",
        help="JSONL, JSON, CSV or parquet, a log of inspect or lm-eval, a trainer's output folder, "
        "a pattern in quotes, a store's address (s3://...), or - for standard input",
    ),
]
RewardOption = Annotated[
    list[str] | None,
    typer.Option(
        "--reward",
        metavar="MODULE:REWARD",
        help="a reward, a function or a list, by module or by file (./my_rewards.py:total)",
    ),
]
PresetOption = Annotated[
    str,
    typer.Option("--preset", metavar="NAME", help=f"in place of one: {', '.join(REWARD_PRESETS)}"),
]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help=f"the layout that a preset reads: {', '.join(PRESETS)}, or your own as module:format "
        "(default: the one that finds most answers)",
    ),
]
GoldOption = Annotated[
    str | None,
    typer.Option(
        "--gold-column", metavar="COLUMN", help="where the golds are; a path may be given"
    ),
]
CompletionOption = Annotated[
    str | None,
    typer.Option("--completion-column", metavar="COLUMN", help="where the completions are"),
]
ProblemOption = Annotated[
    str | None,
    typer.Option("--problem-column", metavar="COLUMN", help="what tells problems apart"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="print JSON in place of tables")]
AboveOption = Annotated[
    float | None,
    typer.Option(
        "--above", metavar="SCORE", help="a completion is right above it (default: by its verdict)"
    ),
]
WorkersOption = Annotated[
    int, typer.Option("--workers", min=1, help="how many processes judge; scores do not change")
]
