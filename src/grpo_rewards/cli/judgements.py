"""The commands that say what a reward makes of completions: score, explain, diff."""

from __future__ import annotations

import json
import sys
from itertools import islice
from typing import Annotated

import typer

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
from grpo_rewards.cli.choosing import Asked, begun, judge_of, with_engine
from grpo_rewards.cli.marking import spans
from grpo_rewards.cli.printing import (
    Progress,
    counted,
    pieces,
    print_differences,
    print_marked,
    print_summary,
)
from grpo_rewards.cli.targets import first_format, load_reward
from grpo_rewards.errors import ColumnError, CompletionError, OptionError, ScoreError, TableError
from grpo_rewards.scoring.chunks import Judge
from grpo_rewards.scoring.cluster_files import score_with_ray
from grpo_rewards.scoring.differences import Differences
from grpo_rewards.scoring.judging import judged_rows
from grpo_rewards.scoring.raised import raised_by, sentence_of
from grpo_rewards.scoring.readers import LocatedRow
from grpo_rewards.scoring.rows import spread
from grpo_rewards.scoring.runs import judging_here, scored_rows, write_scores
from grpo_rewards.scoring.sinks import require_writable, rows_kept, write_rows
from grpo_rewards.scoring.sources import paths_of
from grpo_rewards.scoring.summaries import Summary

__all__ = ["diff", "explain", "score"]

KEPT = (
    "grpo-rewards score: stopped. The scores of the first {:,} rows are kept: run the same command "
    "again, and it goes on behind them"
)


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
    if engine not in ("local", "ray"):
        raise OptionError(f"--engine {engine}: write local or ray")
    asked = Asked(reward, preset, format, gold_column, completion_column, problem_column)
    judge, rows = begun(files, asked)
    chosen = judge.reward.name
    if engine == "local" and (output is None or output == "-"):
        summary = Summary(judge.headings, above=above)
        scored = (counted(row, summary) for row in scored_rows(judge, rows, workers=workers))
        if output == "-":
            write_rows("-", lambda: scored)
            return 0
        with Progress() as progress:
            for _ in scored:
                progress.add(1)
    else:
        try:
            with Progress() as progress:
                if engine == "ray":
                    summary = score_with_ray(
                        judge.reward,
                        files,
                        output,
                        gold=gold_column,
                        completion=completion_column,
                        problem=problem_column,
                        above=above,
                        actors=workers,
                        fresh=fresh,
                        on_rows=progress.add,
                    )
                else:
                    require_writable(output or "", paths_of(files))
                    summary = write_scores(
                        judge,
                        rows,
                        output or "",
                        judging=judging_here(workers),
                        fresh=fresh,
                        above=above,
                        on_rows=progress.add,
                    )
        except KeyboardInterrupt:
            if output and (kept := rows_kept(output)):
                print(KEPT.format(kept), file=sys.stderr)
            raise
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
    try:
        outcome = batch.outcomes(judge.reward)[0]
    except (OptionError, ColumnError, ScoreError, ImportError):
        raise
    except Exception as error:  # noqa: BLE001 (as of `Judge`)
        said = f"{located[0].where}: the reward raised {sentence_of(error)}"
        raise TableError(said) from raised_by(error)
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
