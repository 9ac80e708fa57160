"""What the adapters of frameworks share: a sample becomes a row, an outcome flat numbers.

How each framework calls, and what it wants back, its own file says.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from grpo_rewards.core.base import Batch, Reward
from grpo_rewards.core.columns import missing_column
from grpo_rewards.core.schedules import Scheduled
from grpo_rewards.core.watching import watch
from grpo_rewards.errors import ColumnError, OptionError, in_short
from grpo_rewards.guesses import near, near_name
from grpo_rewards.responses.completions import Completion
from grpo_rewards.scoring.judging import (
    PART,
    RESERVED,
    as_one_reward,
    gold_names,
    judged_rows,
    scored_parts,
)

__all__ = [
    "field_of",
    "flat_numbers",
    "gold_among",
    "judge_sample",
    "number_keys",
    "row_of",
    "the_reward",
]

OF_THE_CALL = frozenset({"reward", "text", "prompt", "ids", "none", "self"})
"""Columns of these names would be taken for arguments."""


def the_reward(reward: Any, *, framework: str, has_step: bool = False) -> Reward:
    """The reward that an option names.

    Args:
        reward: A reward, a function or a list, or where to import one, as in
            ``"my_rewards:total"``.
        framework: Who calls, for an error's sentence.
        has_step: Whether it says at which step of a training a call is.

    Raises:
        OptionError: There is none, or it moves with training and the framework has no step.
    """
    made = as_one_reward(_found(reward))
    if not has_step:
        for part in _parts(made):
            if isinstance(part, Scheduled) and part.without_state is None:
                raise OptionError(
                    f"{part.name} moves with training, and {framework} tells a reward no step: "
                    "write without_state=... in scheduled(...) for the weight to use"
                )
    return made


def _found(reward: Any) -> Any:
    """What an option means, with what is named in it imported."""
    if isinstance(reward, str):
        return _imported(reward)
    if isinstance(reward, list | tuple):
        return [_found(each) for each in reward]
    if isinstance(reward, Mapping):
        raise OptionError(
            f"reward={in_short(reward)}: give one reward, or a list of them, which are added up; "
            "only verl takes a dict, by data_source"
        )
    return reward


def _imported(path: str) -> Any:
    said = f"reward={path!r}"
    module, colon, name = (piece.strip() for piece in path.partition(":"))
    if not (module and colon and name):
        raise OptionError(f"{said}: write where to import it, as in 'my_rewards:total'")
    if module.endswith(".py") or "/" in module or "\\" in module:
        plain = module.removesuffix(".py").replace("\\", "/").rpartition("/")[2]
        raise OptionError(
            f"{said}: write the module as it is imported, and see that its folder is on "
            f"PYTHONPATH, as in {f'{plain}:{name}'!r}"
        )
    try:
        found: Any = importlib.import_module(module)
    except (ImportError, TypeError, ValueError) as error:
        is_there = not isinstance(error, ImportError) or not f"{module}.".startswith(
            f"{error.name}."
        )
        remedy = (
            ""
            if is_there
            else "; see that the module's name is right and that its folder is on PYTHONPATH, in "
            "the process that the reward runs in, too"
        )
        raise OptionError(f"{said} cannot be imported: {error}{remedy}") from error
    owner = module
    for each in name.split("."):
        try:
            found = getattr(found, each)
        except AttributeError as error:
            meant = near_name(each, [known for known in dir(found) if not known.startswith("_")])
            raise OptionError(
                f"{said} cannot be imported: {owner} has no {each!r}{': ' if meant else ''}{meant}"
            ) from error
        owner = f"{owner}.{each}"
    return found


def _parts(reward: Reward) -> list[Reward]:
    return [reward, *(each for part in reward.parts for each in _parts(part))]


def judge_sample(
    reward: Reward,
    text: Completion,
    *,
    row: Mapping[str, Any] | None = None,
    gold: Any = ...,
    prompt: Any = None,
    ids: Sequence[int] | None = None,
    step: int | None = None,
    none: float | None = None,
) -> dict[str, Any]:
    """As `score_one`, of a sample of a framework's run.

    Args:
        reward: The reward.
        text: The completion.
        row: What the framework has beside it, by the names of columns.
        gold: The gold, which then stands under every name that the reward looks for one.
        prompt: The prompt.
        ids: The token ids.
        step: The step of the training.
        none: The score where there is no opinion.
    """
    columns: dict[str, Any] = {
        str(name): [value]
        for name, value in (row or {}).items()
        if name not in RESERVED and name not in OF_THE_CALL
    }
    if gold is not ...:
        columns |= {name: [gold] for name in gold_names(reward) or ["answer"]}
    batch = Batch(
        [text],
        prompts=None if prompt is None else [prompt],
        completion_ids=None if ids is None else [ids],
        trainer_state=None if step is None else SimpleNamespace(global_step=step),
        **columns,
    )
    batch.of_run = True  # of which a user has to be told what goes wrong throughout
    (scored,) = judged_rows(reward, batch, none=none)
    watch(reward, batch)
    return scored


def row_of(beside: Any, *, name: str) -> dict[str, Any]:
    """What a framework has beside a sample, as a row; a table may hold it as JSON.

    Args:
        beside: A mapping, JSON of one, or nothing.
        name: What the framework calls it.

    Raises:
        ColumnError: It is none of that.

    Example:
        >>> row_of({"a": 1}, name="metadata"), row_of('{"a": 1}', name="metadata")
        ({'a': 1}, {'a': 1})
        >>> row_of(None, name="metadata")
        {}
    """
    found = beside
    if isinstance(beside, str):
        try:
            found = json.loads(beside) if beside.strip() else None
        except (ValueError, RecursionError):
            found = beside
    if found is None or isinstance(found, Mapping):
        return dict(found or {})
    raise ColumnError(
        f"{name} is {in_short(beside)} ({type(beside).__name__}): write a dict of a row's columns, "
        "or JSON of one"
    )


def field_of(row: Mapping[str, Any], name: str, *, option: str) -> Any:
    """What a row has under a name that an option gives.

    Raises:
        ColumnError: It has no such field.
    """
    if name not in row:
        raise ColumnError(missing_column([name], {key: [row[key]] for key in row}, option))
    return row[name]


def gold_among(row: Mapping[str, Any], names: Sequence[str]) -> Any:
    """The gold of a row under the first of a framework's names for it that has one.

    ``None`` where a name is there without a value, ``...`` where none of the names is.

    Raises:
        ColumnError: There is a field of nearly such a name only.
    """
    there = [name for name in names if name in row]
    if there:
        return next((row[name] for name in there if row[name] is not None), None)
    for name in row:
        if meant := near(str(name), names):
            raise ColumnError(
                f"there is no gold in {', '.join(map(repr, row))}: did you mean "
                f"{meant[0]!r} by {name!r}?"
            )
    return ...


def flat_numbers(
    reward: Reward, scored: Mapping[str, Any], *, none: float = 0.0
) -> dict[str, float]:
    """The numbers of a scored row, under keys that depend on the reward only.

    ``score``, ``no_opinion`` and ``acc`` (whether the answer was called correct) as 0 or 1, and
    each part's score under its name.
    """
    parts = [scored[f"{PART}{name}"] for name in scored_parts(reward)]
    scores = [none if score is None else float(score) for score in (scored["score"], *parts)]
    told = (float(scored["verdict"] == "correct"), float(scored["no_opinion"]))
    return dict(zip(number_keys(reward), (scores[0], *told, *scores[1:]), strict=True))


def number_keys(reward: Reward) -> list[str]:
    """The keys of `flat_numbers`."""
    return ["score", "acc", "no_opinion", *scored_parts(reward)]
