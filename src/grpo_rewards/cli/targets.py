"""What the words of a command line name: rewards and formats, of a module, a file or a preset."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from grpo_rewards.core.base import Reward
from grpo_rewards.core.columns import GOLD_NAMES, nested
from grpo_rewards.core.watching import formats_of
from grpo_rewards.errors import ColumnError, OptionError
from grpo_rewards.guesses import STYLES, near, near_name
from grpo_rewards.responses.completions import completion_text
from grpo_rewards.responses.layouts import PRESETS, WORKING_OUT, ResponseFormat
from grpo_rewards.responses.surveys import CANDIDATES, SURVEYED_END, likeliest_format
from grpo_rewards.rewards.answer import CheckAnswer, CheckNumbers
from grpo_rewards.rewards.choice import CheckChoice
from grpo_rewards.rewards.code import CheckCode
from grpo_rewards.rewards.format import ExactFormat
from grpo_rewards.rewards.golds import GOLD_COLUMNS
from grpo_rewards.rewards.logic import CheckLogic
from grpo_rewards.rewards.math import math_rewards
from grpo_rewards.rewards.puzzle import CheckPuzzle
from grpo_rewards.scoring.judging import as_one_reward, gold_names
from grpo_rewards.scoring.raised import raised_by, sentence_of
from grpo_rewards.scoring.readers import LocatedRow

__all__ = [
    "REWARD_PRESETS",
    "first_format",
    "load",
    "load_format",
    "load_reward",
    "preset_reward",
    "read_format",
    "require_gold_column",
    "require_golds",
]

REWARD_PRESETS: Mapping[str, Callable[[ResponseFormat], Reward]] = {
    "math": lambda format: as_one_reward(math_rewards(format=format)),
    "lean": lambda format: as_one_reward(math_rewards(format=format, lean=True)),
    "answer": lambda format: CheckAnswer(format=format),
    "numbers": lambda format: CheckNumbers(format=format),
    "choice": lambda format: CheckChoice(format=format),
    "logic": lambda format: CheckLogic(format=format),
    "puzzle": lambda format: CheckPuzzle(format=format),
    "code": lambda format: CheckCode(format=format),
    "format": lambda format: ExactFormat(format=format),
}
"""The rewards that ``--preset`` names; ``math`` is the recipe's four, ``lean`` its two."""


STRICTER = 0.75
"""A stricter layout is taken where it reads so much of what the most lenient one does."""


def load_reward(target: str) -> Reward:
    """The reward that a target names; of a list the sum, of a function a reward.

    Raises:
        OptionError: It names nothing, or nothing that judges.
    """
    named = load(target)
    if isinstance(named, type):
        raise OptionError(
            f"{target} is a class: name a reward that is made of it, such as "
            f"total = {named.__name__}(...) in your module"
        )
    try:
        return as_one_reward(named)
    except OptionError as error:
        raise OptionError(f"{target}: {error}") from error


def preset_reward(name: str, format: ResponseFormat) -> Reward:
    """The reward that ``--preset`` names.

    Raises:
        OptionError: There is none of that name.
    """
    if name not in REWARD_PRESETS:
        meant = near_name(name, list(REWARD_PRESETS), {})
        raise OptionError(
            f"--preset {name}: {f'{meant}; ' if meant else ''}write {', '.join(REWARD_PRESETS)}"
        )
    return REWARD_PRESETS[name](format)


def read_format(completions: Sequence[Any]) -> tuple[ResponseFormat, int]:
    """The layout that some completions have, and in how many it finds an answer."""
    texts = [completion_text(each)[-SURVEYED_END:] for each in completions]
    likeliest, most = likeliest_format(texts)
    for layout in CANDIDATES:
        read = sum(layout.parse(text).answer is not None for text in texts)
        if read and read >= STRICTER * most:
            return layout, read
    return likeliest or WORKING_OUT, most


def require_golds(reward: Reward, columns: Sequence[str], where: str) -> None:
    """Raise where a reward looks for golds in a column that the rows do not have.

    Raises:
        OptionError: There is none; names the columns and the remedy.
    """
    for name in gold_names(reward):
        wanted = GOLD_COLUMNS if name == "answer" else (name,)
        if any(each in columns or each.partition(".")[0] in columns for each in wanted):
            continue
        meant = next(iter([*near(name, columns), *(n for n in GOLD_NAMES if n in columns)]), "")
        raise OptionError(
            f"{where}: there is no column {' or '.join(map(repr, wanted))} with the golds; the "
            f"columns are: {', '.join(map(repr, columns)) or 'none'}. Name it, as in "
            f"--gold-column {meant or 'NAME'}"
        )


def require_gold_column(name: str, first: LocatedRow) -> None:
    """Raise where the column that ``--gold-column`` names is not there.

    Raises:
        ColumnError: It is not; names the columns and the remedy.
    """
    if nested({column: [value] for column, value in first.row.items()}, name) is not None:
        return
    meant = next(iter([*near(name, first.row), *(n for n in GOLD_NAMES if n in first.row)]), "")
    raise ColumnError(
        f"{first.where}: there is no column {name!r}, which --gold-column names; the columns are: "
        f"{', '.join(map(repr, first.row)) or 'none'}"
        f"{f'. Write --gold-column {meant}' if meant else ''}"
    )


def first_format(reward: Reward) -> ResponseFormat | None:
    """The layout that a reward reads responses by, if it reads any."""
    return next(iter(formats_of(reward)), None)


def load_format(name: str) -> ResponseFormat:
    """The layout that a name means: a preset, or your own as ``module:format``.

    Raises:
        OptionError: There is none.
    """
    if name in PRESETS:
        return PRESETS[name]
    if ":" not in name:
        meant = near_name(name, list(PRESETS), STYLES)
        raise OptionError(
            f"--format {name}: {f'{meant}; ' if meant else ''}write {', '.join(PRESETS)}, or "
            "module:format"
        )
    loaded: ResponseFormat = load(name)  # of which audit says whether it is a format
    return loaded


def load(target: str) -> Any:
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
            listed = ", ".join(public[:20])
            raise OptionError(
                f"{module_name} has no {name!r}: "
                f"{meant or f'it has {listed}' if public else 'it has no names'}"
            )
        found = getattr(found, part)
    return found


def _loaded_module(name: str) -> Any:
    try:
        return _run(name, lambda: importlib.import_module(name))
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
    loader = spec.loader
    sys.modules[path.stem] = module
    _run(str(path), lambda: loader.exec_module(module))
    return module


def _run(name: str, importing: Callable[[], Any]) -> Any:
    """What importing gives; what the module raises meanwhile is said in a sentence.

    Raises:
        OptionError: It raised something.
    """
    try:
        return importing()
    except (ImportError, OptionError):
        raise
    except Exception as error:  # noqa: BLE001 (a user's module may raise anything)
        raise OptionError(f"importing {name} raised {sentence_of(error)}") from raised_by(error)
