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
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from grpo_rewards.cli.arguments import (
    INTERRUPTED,
    STOPPED,
    USAGE_ERROR,
    AboveOption,
    CompletionOption,
    Files,
    FormatOption,
    JsonOption,
    ProblemOption,
)
from grpo_rewards.cli.judgements import diff, explain, score
from grpo_rewards.cli.selections import check_golds, filter_problems
from grpo_rewards.cli.targets import load_format
from grpo_rewards.errors import ColumnError, OptionError, ScoreError, StoppedRunError, TableError
from grpo_rewards.report import write_report
from grpo_rewards.scoring.raised import Raised

__all__ = ["app", "run"]

app = typer.Typer(
    help="Tools for reward functions, and for files of completions.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(score)
app.command()(explain)
app.command()(diff)
app.command("check-golds")(check_golds)
app.command("filter")(filter_problems)


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
        # Not by `main`, which answers a reader that has gone, and Ctrl-C, in its own ways.
        with command.make_context("grpo-rewards", list(arguments)) as context:
            status = command.invoke(context)
        sys.stdout.flush()
    except typer.Exit as done:  # of --help
        return done.exit_code
    except usage_error as error:
        error.show()
        raise SystemExit(USAGE_ERROR) from error
    except BrokenPipeError:  # who reads has read enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (OptionError, ColumnError, ScoreError, TableError, ImportError, OSError) as error:
        if isinstance(error.__cause__, Raised):
            print(error.__cause__, file=sys.stderr)
        print(f"grpo-rewards {name}: {error}", file=sys.stderr)
        return STOPPED if isinstance(error, StoppedRunError) else USAGE_ERROR
    except KeyboardInterrupt:
        return INTERRUPTED
    return int(status or 0)
