"""The command line: ``grpo-rewards audit``, and the way to the commands over files.

Those are in `grpo_rewards.cli.app` and need the extra ``cli``; ``audit`` needs nothing.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

import grpo_rewards
from grpo_rewards.cli.targets import load, load_format
from grpo_rewards.errors import OptionError
from grpo_rewards.responses.layouts import PRESETS
from grpo_rewards.scoring.raised import Raised
from grpo_rewards.tables import print_table
from grpo_rewards.testing import Report, audit
from grpo_rewards.testing.calls import SHAPES

__all__ = ["audit_main", "main"]

USAGE_ERROR = 2
"""What argparse exits with, too."""

AUDIT = """\
Try every exploit and every right form of many answers on a reward, and list what earns what it
should not. Exits with 0 when nothing is found, 1 when something is, 2 when it cannot be tried."""
EXAMPLES = """\
examples:
  python -m grpo_rewards audit grpo_rewards:check_answer
  python -m grpo_rewards audit my_rewards:total --gold 42 --gold 1/2 --column solution
  python -m grpo_rewards audit my_rewards:exact my_rewards:right --weight 0.2 --weight 1 --json"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        arguments: What follows the program's name; by default what it was started with.

    Returns:
        The exit status: 0, 1 for findings, 2 for something that cannot be run, whose remedy goes
        to the standard error, or 3 for a run that stopped half-way.

    Raises:
        SystemExit: Help was asked for, or an argument is not known.

    Example:
        >>> main(
        ...     ["audit", "grpo_rewards:check_answer", "--gold", "Paris", "--json"]
        ... )  # doctest: +ELLIPSIS
        {
          "rewards": "check_answer",
        ...
        0
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["audit"]:
        return audit_main(given[1:])
    if find_spec("typer") and given != ["--version"]:
        from grpo_rewards.cli.app import run  # noqa: PLC0415 (an extra)

        return run(given)
    if given and not given[0].startswith("-"):
        print(
            f"grpo-rewards {given[0]}: the commands over files need the extra cli; write "
            "pip install 'grpo-rewards[cli]' (audit works without)",
            file=sys.stderr,
        )
        return USAGE_ERROR
    _parser().parse_args(given)
    return 0


def audit_main(arguments: Sequence[str]) -> int:
    """Run ``audit``, which needs no other library.

    Args:
        arguments: What follows the command's name.
    """
    options = _parser().parse_args(["audit", *arguments])
    try:
        report = _audited(options)
    except (OptionError, ImportError) as error:
        if isinstance(error.__cause__, Raised):
            print(error.__cause__, file=sys.stderr)
        print(f"grpo-rewards {options.command}: {error}", file=sys.stderr)
        return USAGE_ERROR
    if options.json:
        print(json.dumps(report.to_dict(), indent=2))
    else:
        _print(report)
    return report.exit_status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="grpo-rewards", description="Tools for reward functions.", allow_abbrev=False
    )
    parser.add_argument(
        "--version", action="version", version=f"%(prog)s {grpo_rewards.__version__}"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    command = commands.add_parser(
        "audit",
        help="try to cheat a reward",
        description=AUDIT,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add = command.add_argument
    add(
        "rewards",
        nargs="+",
        metavar="module:reward",
        help="a reward, or a list of them, by module or by file (./my_rewards.py:total); several "
        "are added up, as a trainer does it",
    )
    add("--gold", action="append", help="a right answer to try (again for more; default: many)")
    add(
        "--format",
        metavar="FORMAT",
        help=f"the layout that the reward reads: {', '.join(PRESETS)}, or your own as "
        "module:format (default: the reward's own, else WORKING_OUT)",
    )
    add(
        "--column", default="answer", help="the column that the gold goes in (default: %(default)s)"
    )
    add("--question", help="the question, for exploits that say it again")
    add(
        "--shape",
        choices=tuple(SHAPES),
        default="messages",
        help="how completions are handed over (default: %(default)s)",
    )
    add("--weight", action="append", type=float, help="a factor for each reward, in their order")
    add("--json", action="store_true", help="print JSON in place of a table")
    return parser


def _audited(options: argparse.Namespace) -> Report:
    rewards: list[Any] = []
    for target in options.rewards:
        named = load(target)
        rewards += named if isinstance(named, list | tuple) else [named]
    return audit(
        rewards,
        golds=options.gold,
        format=None if options.format is None else load_format(options.format),
        gold=options.column,
        question=options.question,
        weights=options.weight,
        shape=options.shape,
    )


def _print(report: Report) -> None:
    print(report.heading(), end="\n\n")
    print_table(report.HEADERS, report.summary())
    if details := report.details():
        print(f"\n{details}")
