"""The command line: ``python -m grpo_rewards audit my_rewards:reward``."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import grpo_rewards
from grpo_rewards.errors import OptionError
from grpo_rewards.guesses import STYLES, near, near_name
from grpo_rewards.responses.layouts import PRESETS, ResponseFormat
from grpo_rewards.tables import print_table
from grpo_rewards.testing import Report, audit
from grpo_rewards.testing.calls import SHAPES

__all__ = ["main"]

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
        The exit status: 0, 1 for findings, or 2 for something that cannot be run, whose remedy
        goes to the standard error.

    Raises:
        SystemExit: argparse was asked for help, or does not know an argument.

    Example:
        >>> main(
        ...     ["audit", "grpo_rewards:check_answer", "--gold", "Paris", "--json"]
        ... )  # doctest: +ELLIPSIS
        {
          "rewards": "check_answer",
        ...
        0
    """
    options = _parser().parse_args(arguments)
    try:
        report = _audited(options)
    except (OptionError, ImportError) as error:
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
        named = _load(target)
        rewards += named if isinstance(named, list | tuple) else [named]
    return audit(
        rewards,
        golds=options.gold,
        format=None if options.format is None else _format(options.format),
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


def _format(name: str) -> ResponseFormat:
    if name in PRESETS:
        return PRESETS[name]
    if ":" not in name:
        meant = near_name(name, list(PRESETS), STYLES)
        raise OptionError(
            f"--format {name}: {f'{meant}; ' if meant else ''}write {', '.join(PRESETS)}, or "
            "module:format"
        )
    loaded: ResponseFormat = _load(name)  # of which audit says whether it is a format
    return loaded


def _load(target: str) -> Any:
    """What ``module:name`` or ``./file.py:name`` names; modules of this folder can be named, too.

    Raises:
        OptionError: It names nothing.
    """
    module_name, _, name = target.rpartition(":")
    if not module_name or not name:
        raise OptionError(f"{target!r}: write module:name, such as my_rewards:total")
    here = str(Path.cwd())
    if here not in sys.path:
        sys.path.insert(0, here)
    if module_name.endswith(".py") or "/" in module_name:
        found = _loaded_file(Path(module_name))
    else:
        found = _loaded_module(module_name)
    for part in name.split("."):
        if not hasattr(found, part):
            public = sorted(key for key in dir(found) if not key.startswith("_"))
            meant = near_name(part, public)
            raise OptionError(
                f"{module_name} has no {name!r}{f': {meant}' if meant else ''}; it has "
                f"{', '.join([*near(part, public), *public][:20]) or 'no names'}"
            )
        found = getattr(found, part)
    return found


def _loaded_module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        missing = error.name or ""
        if name.split(".")[: missing.count(".") + 1] != missing.split("."):
            raise  # a module that the user's own imports
        files = [path.stem for path in Path.cwd().glob("*.py")]
        meant = near_name(missing, files, {})
        raise OptionError(
            f"there is no module {missing!r} in this folder or among the installed ones"
            f"{f': {meant}' if meant else ''}; for my_rewards.py write my_rewards:name, and for a "
            "file elsewhere ./folder/my_rewards.py:name"
        ) from error


def _loaded_file(path: Path) -> Any:
    """The module that a file is, under its own name, as its folder's modules would import it."""
    if not path.is_file():
        meant = near_name(path.name, [each.name for each in path.parent.glob("*.py")], {})
        raise OptionError(f"there is no file {str(path)!r}{f': {meant}' if meant else ''}")
    folder = str(path.parent.resolve())
    if folder not in sys.path:
        sys.path.insert(0, folder)
    known = sys.modules.get(path.stem)
    if known is not None and Path(getattr(known, "__file__", "") or "").resolve() == path.resolve():
        return known
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise OptionError(f"{str(path)!r} is no Python file: write one that ends in .py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module
