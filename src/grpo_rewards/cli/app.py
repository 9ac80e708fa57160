"""The commands over files of completions: score, explain, diff, check-golds, filter, report.

Each reads rows from files or standard input and prints a table, or JSON with ``--json``.

Exit status: 0 when all went well; 1 for findings (``diff``, ``check-golds``, ``audit``); 2 for
something that cannot be run or read, whose remedy goes to the standard error; 3 for a run that
stopped half-way, whose finished scores are kept; 130 for Ctrl-C.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Annotated, Any

import typer

from grpo_rewards.cli import gold_checks
from grpo_rewards.cli.arguments import (
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
from grpo_rewards.cli.choosing import Asked, begun, judge_of, with_engine
from grpo_rewards.cli.marking import spans
from grpo_rewards.cli.printing import (
    Progress,
    counted,
    pieces,
    print_differences,
    print_gold_findings,
    print_marked,
    print_summary,
)
from grpo_rewards.cli.targets import (
    first_format,
    load_format,
    load_reward,
    preset_reward,
    require_golds,
)
from grpo_rewards.core.columns import nested
from grpo_rewards.errors import (
    ColumnError,
    CompletionError,
    OptionError,
    ScoreError,
    StoppedRunError,
    TableError,
)
from grpo_rewards.report import write_report
from grpo_rewards.responses.layouts import PRESETS
from grpo_rewards.responses.surveys import SURVEYED
from grpo_rewards.scoring.clusters import first_rows, in_stores, score_with_ray
from grpo_rewards.scoring.differences import Differences
from grpo_rewards.scoring.headings import find_headings
from grpo_rewards.scoring.judging import PREFIX, judged_rows
from grpo_rewards.scoring.rates import Tally, is_right
from grpo_rewards.scoring.rows import spread
from grpo_rewards.scoring.runs import Judge, score_file, scored_rows
from grpo_rewards.scoring.sinks import require_writable, write_rows
from grpo_rewards.scoring.sources import LocatedRow, located_rows, paths_of
from grpo_rewards.scoring.summaries import Summary

__all__ = ["app", "run"]

OWN_PROBLEMS = (
    "No column is known to tell problems apart, so each row is a problem of its own; where several "
    "rows are of one problem name the column that says so, as in --problem-column NAME"
)
FINDINGS, USAGE_ERROR, STOPPED, INTERRUPTED = 1, 2, 3, 130
app = typer.Typer(
    help="Tools for reward functions, and for files of completions.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command()
def score(
    files: Files,
    *,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="where the scored rows go: .jsonl, .json, .csv or .parquet (default: none, only "
            "the summary)",
        ),
    ] = None,
    reward: RewardOption = None,
    preset: PresetOption = "math",
    format: FormatOption = None,
    gold_column: GoldOption = None,
    completion_column: CompletionOption = None,
    problem_column: ProblemOption = None,
    k: Annotated[
        list[int] | None,
        typer.Option("-k", min=1, help="pass@k (again for more; default: powers of 2)"),
    ] = None,
    above: AboveOption = None,
    workers: WorkersOption = 1,
    engine: Annotated[
        str,
        typer.Option(
            "--engine",
            help="where it is judged: local, or ray (on RAY_ADDRESS, else on a cluster of its own; "
            "an output that ends in / is a folder that the actors write)",
        ),
    ] = "local",
    fresh: Annotated[
        bool, typer.Option("--fresh", help="begin anew, where a run was stopped before its end")
    ] = False,
    as_json: JsonOption = False,
) -> int:
    """Score completions: the rows with their scores as a file, and a summary."""
    asked = Asked(reward, preset, format, gold_column, completion_column, problem_column)
    if engine == "ray" and in_stores(files):
        judge, rows = judge_of(first_rows(files, SURVEYED), asked)
    else:
        judge, rows = begun(files, asked)
    chosen = judge.reward.name
    if engine == "ray":
        with Progress() as progress:
            summary = score_with_ray(
                judge.reward,
                files,
                output,
                gold=gold_column,
                completion=completion_column,
                problem=problem_column,
                above=above,
                actors=workers,
                on_rows=progress.add,
            )
    elif engine != "local":
        raise OptionError(f"--engine {engine}: write local or ray")
    elif output is None or output == "-":
        summary = Summary(judge.headings, above=above)
        scored = (counted(row, summary) for row in scored_rows(judge, rows, workers=workers))
        if output == "-":
            write_rows("-", lambda: scored)
            return 0
        with Progress() as progress:
            for _ in scored:
                progress.add(1)
    else:
        if "-" in files:
            raise OptionError("standard input goes to standard output: write -o -, or name a file")
        with Progress() as progress:
            summary = score_file(
                judge.reward,
                files,
                output,
                completion=completion_column,
                gold=gold_column,
                problem=problem_column,
                workers=workers,
                fresh=fresh,
                above=above,
                on_rows=progress.add,
            )
    hint = summary.hint(judge.reward)
    rates = summary.rates(k)
    if judge.headings.problem is None and rates and rates.problems == summary.completions > 1:
        print(OWN_PROBLEMS, file=sys.stderr)
    if as_json:
        found = {"reward": chosen, **summary.to_dict(k), "hint": hint or None, "output": output}
        print(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        print_summary(summary, chosen, k, output, hint)
    return 0


@app.command()
def explain(
    files: Annotated[list[str] | None, typer.Argument(metavar="[FILE...]")] = None,
    *,
    row: Annotated[
        int | None, typer.Option("--row", min=0, help="which row of the file, from 0")
    ] = None,
    sample: Annotated[
        int, typer.Option("--sample", min=0, help="which completion of the row, from 0")
    ] = 0,
    text: Annotated[
        str | None, typer.Option("--text", help="the completion itself, or - for standard input")
    ] = None,
    gold: Annotated[str | None, typer.Option("--gold", help="the gold of --text")] = None,
    reward: RewardOption = None,
    preset: PresetOption = "math",
    format: FormatOption = None,
    gold_column: GoldOption = None,
    completion_column: CompletionOption = None,
    as_json: JsonOption = False,
) -> int:
    """Show the whole tree of one outcome, and the response with its answer marked."""
    if (text is None) == (not files):
        raise OptionError("write explain FILE --row N, or explain --gold 42 --text '...'")
    if text is not None:
        given = {"completion": sys.stdin.read() if text == "-" else text}
        if gold is not None:
            given["answer"] = gold
        located = [LocatedRow(given, "--text", 1)]
        judge, _ = judge_of(located, Asked(reward, preset, format))
    else:
        if row is None:
            raise OptionError("which row is to be explained? Write --row 0 for the first")
        asked = Asked(reward, preset, format, gold_column, completion_column)
        judge, rows = begun(files or [], asked)
        located = list(islice(rows, row, row + 1))  # what is behind it may be broken
        if not located:
            raise OptionError(f"--row {row}: there are fewer rows; the first one is 0")
    found = list(spread([located[0].row], judge.headings, first=row or 0))
    if sample >= len(found):
        raise OptionError(
            f"--sample {sample}: row {row} has {len(found)} completions; the first one is 0"
        )
    try:
        batch = judge.batch(found[sample])
    except CompletionError as error:
        column = judge.headings.completion
        raise TableError(f"{located[0].where}, column {column!r}: {error}") from error
    outcome = batch.outcomes(judge.reward)[0]
    layout = first_format(judge.reward)
    whole = layout.parse(batch.texts[0]).text if layout else batch.texts[0]
    marks = spans(whole, layout, outcome)
    if as_json:
        flat = judged_rows(judge.reward, batch, none=None)[0]
        tree = {"reward": judge.reward.name, **flat, "outcome": outcome.as_dict(), "text": whole}
        tree["spans"] = [{"start": a, "end": b, "kind": kind} for a, b, kind in marks]
        print(json.dumps(tree, indent=2, ensure_ascii=False, default=str))
        return 0
    outcome.show()
    print()
    print_marked(whole, marks)
    return 0


@app.command()
def diff(
    files: Files,
    *,
    reward: RewardOption = None,
    other: Annotated[
        str | None,
        typer.Option(
            "--with",
            metavar="ENGINE",
            help="compare with CheckAnswer by math-verify: math-verify, math-verify-trl or "
            "math-verify-lighteval",
        ),
    ] = None,
    preset: PresetOption = "answer",
    format: FormatOption = None,
    gold_column: GoldOption = None,
    completion_column: CompletionOption = None,
    by_score: Annotated[
        bool, typer.Option("--by-score", help="compare scores in place of verdicts")
    ] = False,
    workers: WorkersOption = 1,
    as_json: JsonOption = False,
) -> int:
    """Where two judges differ, by kind, with samples; two of --reward, or one and --with."""
    named = list(reward or [])
    if len(named) + (other is not None) > 2 or (len(named) < 2 and other is None):
        raise OptionError(
            "two judges are compared: write --reward a:b --reward c:d, or --with math-verify"
        )
    judge, rows = begun(files, Asked(named[:1], preset, format, gold_column, completion_column))
    second = load_reward(named[1]) if len(named) == 2 else with_engine(other or "", judge.reward)
    rival = Judge(reward=second, headings=judge.headings, gold=judge.gold)
    found = Differences(by_score=by_score)
    with Progress() as progress:
        for piece in pieces(rows):
            found.add_all(
                scored_rows(judge, piece, workers=workers),
                scored_rows(rival, piece, workers=workers),
            )
            progress.add(len(piece))
    names = (judge.reward.name, second.name if len(named) == 2 else other or "")
    if as_json:
        print(json.dumps({"judges": names, **found.to_dict()}, indent=2, ensure_ascii=False))
    else:
        print_differences(found, names)
    return FINDINGS if found.kinds else 0


@app.command("check-golds")
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


@app.command("filter")
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
        scored = ((each.row, each.row) for each in rows())
    else:
        asked = Asked(reward, preset, format, gold_column, completion_column, problem_column)
        judge, source = judge_of(rows(), asked)
        headings = judge.headings
        scored = ((row, row) for row in scored_rows(judge, source, workers=workers))
    tally = Tally()
    keys: dict[str, bytes] = {}
    count = 0
    for row, _ in scored:
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


@app.command()
def report(
    files: Files,
    *,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="the page to write")
    ] = "report.html",
    title: Annotated[str | None, typer.Option("--title", help="what the page is called")] = None,
    format: FormatOption = None,
    completion_column: CompletionOption = None,
    problem_column: ProblemOption = None,
    above: AboveOption = None,
    as_json: JsonOption = False,
) -> int:
    """Write one HTML page about a scored file, or about a training's output folder."""
    written = write_report(
        files[0] if len(files) == 1 else files,
        output,
        title=title,
        completion=completion_column,
        problem=problem_column,
        above=above,
        format=None if format is None else load_format(format),
    )
    print(json.dumps({"output": str(written)}) if as_json else f"written to {written}")
    return 0


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    add_help_option=False,
)
def audit(context: typer.Context) -> int:
    """Try to cheat a reward: every exploit and every right form of many answers."""
    from grpo_rewards.cli.commands import audit_main  # noqa: PLC0415 (it imports this module)

    return audit_main(context.args)


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


def run(arguments: Sequence[str]) -> int:
    """Run a command of this app; gives the exit status.

    Raises:
        SystemExit: Help was asked for, or an argument is not known.
    """
    command = typer.main.get_command(app)
    # The parser's own errors, whichever version of click typer brings.
    usage_error: type[Any] = typer.BadParameter.__mro__[1]
    name = arguments[0] if arguments else ""
    try:
        status = command.main(args=list(arguments), prog_name="grpo-rewards", standalone_mode=False)
    except usage_error as error:
        error.show()
        raise SystemExit(2) from error
    except BrokenPipeError:  # who reads has read enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (OptionError, ColumnError, ScoreError, TableError, ImportError, OSError) as error:
        print(f"grpo-rewards {name}: {error}", file=sys.stderr)
        return STOPPED if isinstance(error, StoppedRunError) else USAGE_ERROR
    except KeyboardInterrupt:
        return INTERRUPTED
    return int(status or 0)
