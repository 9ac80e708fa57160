"""The commands that look at problems: whether their golds are any, and which are worth keeping."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import chain
from typing import Annotated, Any

import typer

from grpo_rewards.cli import gold_checks
from grpo_rewards.cli.arguments import (
    FINDINGS,
    OWN_PROBLEMS,
    AboveOption,
    CompletionOption,
    Files,
    FormatOption,
    GoldOption,
    JsonOption,
    PresetOption,
    ProblemOption,
    RewardOption,
    WorkersOption,
)
from grpo_rewards.cli.choosing import Asked, judge_of
from grpo_rewards.cli.printing import print_gold_findings
from grpo_rewards.cli.targets import preset_reward, require_golds
from grpo_rewards.core.columns import nested
from grpo_rewards.errors import ColumnError, OptionError
from grpo_rewards.responses.layouts import PRESETS
from grpo_rewards.scoring.headings import find_headings
from grpo_rewards.scoring.judging import PREFIX
from grpo_rewards.scoring.rates import Tally, is_right
from grpo_rewards.scoring.readers import LocatedRow
from grpo_rewards.scoring.runs import scored_rows
from grpo_rewards.scoring.sinks import require_writable, write_rows
from grpo_rewards.scoring.sources import located_rows, paths_of

__all__ = ["check_golds", "filter_problems"]


def check_golds(
    files: Files,
    *,
    gold_column: GoldOption = None,
    as_json: JsonOption = False,
) -> int:
    """Golds that cannot be read, are worked solutions, or do not equal themselves rewritten."""
    rows = located_rows(files)
    first = next(rows)
    column = gold_column or next(
        (name for name in ("answer", "solution") if name in first.row), None
    )
    if column is None:
        require_golds(preset_reward("answer", PRESETS["FREEFORM"]), list(first.row), first.where)
    count = [0]
    golds = _golds(chain([first], rows), column or "", count)
    findings = list(gold_checks.checked_golds(golds))
    if as_json:
        found = {
            "rows": count[0],
            "column": column,
            "findings": [
                {
                    "where": each.where,
                    "gold": each.gold,
                    "kind": each.kind,
                    "detail": each.detail,
                    "rows": each.rows,
                }
                for each in findings
            ],
        }
        print(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        print_gold_findings(findings, count[0], column or "")
    return FINDINGS if findings else 0


def filter_problems(
    files: Files,
    *,
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="FILE", help="where the kept rows go; - prints them"
        ),
    ] = "-",
    min_rate: Annotated[
        float, typer.Option("--min-rate", min=0, max=1, help="problems solved at least so often")
    ] = 0.0,
    max_rate: Annotated[
        float, typer.Option("--max-rate", min=0, max=1, help="problems solved at most so often")
    ] = 1.0,
    problems: Annotated[
        bool,
        typer.Option("--problems", help="write one row a problem, without completion and scores"),
    ] = False,
    reward: RewardOption = None,
    preset: PresetOption = "answer",
    format: FormatOption = None,
    gold_column: GoldOption = None,
    completion_column: CompletionOption = None,
    problem_column: ProblemOption = None,
    above: AboveOption = None,
    workers: WorkersOption = 1,
    as_json: JsonOption = False,
) -> int:
    """Keep the problems worth training on: those that are solved at some rate."""
    if min_rate > max_rate:
        raise OptionError(f"--min-rate {min_rate} is above --max-rate {max_rate}: none is kept")
    require_writable(output, paths_of(files))
    kept_input = [each.row for each in located_rows(files)] if "-" in files else None

    def rows() -> Iterator[LocatedRow]:
        if kept_input is None:
            return located_rows(files)
        return (LocatedRow(row, "standard input", n) for n, row in enumerate(kept_input, 1))

    first = next(iter(rows()))
    if f"{PREFIX}score" in first.row and not reward:
        headings = find_headings(
            [name for name in first.row if not name.startswith(PREFIX)],
            completion=completion_column,
            problem=problem_column,
        )
        scored: Iterator[dict[str, Any]] = (each.row for each in rows())
    else:
        asked = Asked(reward, preset, format, gold_column, completion_column, problem_column)
        judge, source = judge_of(rows(), asked)
        headings = judge.headings
        scored = scored_rows(judge, source, workers=workers)
    tally = Tally()
    keys: dict[str, bytes] = {}
    count = 0
    for row in scored:
        name = str(row[f"{PREFIX}problem"])
        keys[name] = tally.add(name, is_right(row, above=above))
        count += 1
    rates = {digest: right / total for digest, total, right in tally.merged()}
    kept = {
        name for name, key in keys.items() if key in rates and min_rate <= rates[key] <= max_rate
    }

    def worth_it() -> Iterator[dict[str, Any]]:
        seen: set[str] = set()
        for place, each in enumerate(rows()):
            plain = {name: value for name, value in each.row.items() if not name.startswith(PREFIX)}
            problem = str(each.row.get(f"{PREFIX}problem", headings.problem_of(plain, place)))
            if problem not in kept or (problems and problem in seen):
                continue
            seen.add(problem)
            if problems:
                plain.pop(headings.completion, None)
            yield plain if problems else each.row

    if headings.problem is None and len(keys) == count > 1:
        print(OWN_PROBLEMS, file=sys.stderr)
    written = write_rows(output, worth_it)
    said = {
        "problems": len(keys),
        "kept": len(kept),
        "rows_read": count,
        "rows_written": written,
        "output": output,
    }
    if as_json and output != "-":
        print(json.dumps(said, indent=2))
    else:
        print(
            f"{len(kept):,} of {len(keys):,} problems are solved in {min_rate:.0%} to "
            f"{max_rate:.0%} of their completions; {written:,} rows written",
            file=sys.stderr if output == "-" else sys.stdout,
        )
    return 0


def _golds(rows: Any, column: str, count: list[int]) -> Iterator[tuple[str, Any]]:
    for each in rows:
        count[0] += 1
        columns = {name: [value] for name, value in each.row.items()}
        values = nested(columns, column)
        if values is None and count[0] > 1:
            values = [None]  # scoring has no opinion on such a row
        if values is None:
            raise ColumnError(
                f"{each.where}: there is no column {column!r}; the columns are: "
                f"{', '.join(map(repr, each.row))}. Name it with --gold-column"
            )
        yield each.where, values[0]
