"""What the commands take alike: files, a reward, columns."""

from __future__ import annotations

from typing import Annotated

import typer

from grpo_rewards.cli.targets import REWARD_PRESETS
from grpo_rewards.responses.layouts import PRESETS

__all__ = [
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

Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE...",
        help="JSONL, JSON, CSV or parquet, a log of inspect or lm-eval, a trainer's output folder, "
        "a pattern in quotes, or - for standard input",
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
