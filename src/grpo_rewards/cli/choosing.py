"""Which reward judges the rows of a command, by its options and by what the rows hold."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from grpo_rewards.cli.targets import (
    first_format,
    load_format,
    load_reward,
    preset_reward,
    read_format,
    require_gold_column,
    require_golds,
)
from grpo_rewards.core.base import Reward
from grpo_rewards.errors import ColumnError, OptionError, TableError
from grpo_rewards.responses.completions import completion_text
from grpo_rewards.responses.layouts import PRESETS
from grpo_rewards.responses.surveys import SURVEYED
from grpo_rewards.rewards.answer import CheckAnswer
from grpo_rewards.scoring.chunks import Judge
from grpo_rewards.scoring.headings import find_headings
from grpo_rewards.scoring.judging import PREFIX
from grpo_rewards.scoring.readers import LocatedRow
from grpo_rewards.scoring.sources import located_rows

__all__ = ["Asked", "begun", "judge_of", "with_engine"]


class Asked(NamedTuple):
    """What the options of a command ask for."""

    reward: Sequence[str] | None
    preset: str
    format: str | None
    gold: str | None = None
    completion: str | None = None
    problem: str | None = None

    @property
    def surveys(self) -> bool:
        """Whether the rows say which layout a preset reads."""
        return not self.reward and self.format is None


def begun(files: Sequence[str], asked: Asked) -> tuple[Judge, Iterator[LocatedRow]]:
    """The judge that the options ask for, and the rows of files.

    Raises:
        OptionError: An option cannot be.
        ColumnError: A column is missing.
        TableError: A file cannot be read.
    """
    return judge_of(located_rows(files), asked)


def judge_of(rows: Iterable[LocatedRow], asked: Asked) -> tuple[Judge, Iterator[LocatedRow]]:
    """The judge that the options ask for, by what the first rows hold; and all the rows."""
    reward = _named(asked)
    waiting = iter(rows)
    begin, failed = _first(waiting, SURVEYED if asked.surveys else 1)
    columns = [name for name in begin[0].row if not name.startswith(PREFIX)]
    try:
        headings = find_headings(columns, completion=asked.completion, problem=asked.problem)
    except ColumnError as error:
        said = str(error)
        for option in ("completion", "problem"):
            said = said.replace(f"{option}=", f"--{option}-column ")
        raise ColumnError(f"{begin[0].where}: {said}") from error
    if asked.surveys:
        reward = _read_by(begin, headings.completion, asked.preset)
    if asked.gold is None:
        require_golds(reward, columns, begin[0].where)
    else:
        require_gold_column(asked.gold, begin[0])
    judge = Judge(reward=reward, headings=headings, gold=asked.gold)
    return judge, chain(begin, _rest(waiting, failed))


def _named(asked: Asked) -> Reward:
    if not asked.reward:
        named = PRESETS["FREEFORM"] if asked.format is None else load_format(asked.format)
        return preset_reward(asked.preset, named)
    if len(asked.reward) > 1:
        raise OptionError("name one reward; of several make a sum or a list in your module")
    if asked.format is not None:
        raise OptionError("--format goes with --preset: a reward of your own has its format")
    return load_reward(asked.reward[0])


def _first(rows: Iterator[LocatedRow], count: int) -> tuple[list[LocatedRow], TableError | None]:
    """The first rows, and what stands in the way of more."""
    begin: list[LocatedRow] = []
    try:
        begin.extend(islice(rows, count))
    except TableError as error:
        if not begin:
            raise
        return begin, error
    return begin, None


def _rest(rows: Iterator[LocatedRow], failed: TableError | None) -> Iterator[LocatedRow]:
    if failed is not None:
        raise failed
    yield from rows


def _read_by(begin: Sequence[LocatedRow], completion: str, preset: str) -> Reward:
    """A preset's reward with the layout that the first completions have, which is said."""
    shown = []
    for each in begin:
        value = each.row.get(completion)
        several = isinstance(value, list) and value and not isinstance(value[0], dict)
        try:
            shown.append(completion_text(value[0] if several and value else value))
        except (ValueError, TypeError):
            continue
    layout, read = read_format(shown)
    print(
        f"The layout is taken to be {layout!r}, with an answer in {read} of the first "
        f"{len(shown)} completions; say so with --format {layout!r}",
        file=sys.stderr,
    )
    return preset_reward(preset, layout)


def with_engine(engine: str, reward: Reward) -> Reward:
    """The reward for answers by another engine, with the layout that a reward reads."""
    layout = first_format(reward) or PRESETS["FREEFORM"]
    return CheckAnswer(format=layout, engine=engine, name=engine)
