"""Completions judged into flat dicts whose keys depend on the reward only, never on the row.

**A scored row.** `score_one` gives, and a scored file has for each completion (there each key with
`PREFIX` before it, beside the columns of the row itself):

| key | value |
| --- | --- |
| ``score`` | the reward's score, a float; ``none=`` where it has no opinion (``null`` in JSON) |
| ``no_opinion`` | whether it has none |
| ``verdict`` | ``correct``, ``wrong``, ``undecided``, ``no answer``, ``no opinion``; ``None`` |
| ``answer`` | the answer that was found, as text; ``None`` without one |
| ``gold`` | the gold that it was compared with (of several the first), as text |
| ``rule`` | the rule that decided (``number``, ``symbolic``, ...), as in `grpo_rewards.Verdict` |
| ``reason`` | why, in a sentence; of a composition what its verifier says |
| ``part/NAME`` | the score of each part of a composition, a float or ``none=`` |

**A scored file** has one row a completion. The input's columns stay; a list of completions becomes
one row each, under its own column's name. Beside the keys above each row has:

| key | value |
| --- | --- |
| ``reward/problem`` | a text that is the same for all completions of a problem |
| ``reward/sample`` | which of the problem's row's completions it is, from 0 |
| ``reward/row`` | which row of the input it comes from, from 0 |

A scored file can be scored again: keys that begin with `PREFIX` are not read, and replaced.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grpo_rewards.core.base import NOT_ASKED, OF_THE_TRAINER, Batch, Outcome, Reward
from grpo_rewards.core.composing import OfOne
from grpo_rewards.core.functions import as_reward
from grpo_rewards.errors import ColumnError, OptionError, in_short
from grpo_rewards.responses.completions import Completion

__all__ = [
    "KEYS",
    "PART",
    "PREFIX",
    "RowScorer",
    "as_one_reward",
    "judged_rows",
    "score_one",
    "scored_keys",
    "scored_parts",
]

PREFIX = "reward/"
"""What stands before a key in a table, so that it hides no column of the table's own."""
PART = "part/"
KEYS = ("score", "no_opinion", "verdict", "answer", "gold", "rule", "reason")
"""The keys that every reward has; then `PART` and a name for each part."""
RESERVED = OF_THE_TRAINER | {"prompts", "completions", "completion_ids"}
"""Columns of these names mean something else to a reward than a dataset's column."""


def as_one_reward(reward: Any) -> Reward:
    """One reward of what a trainer takes for ``reward_funcs``: a reward, a function, a list.

    Raises:
        OptionError: It is none of these.

    Example:
        >>> from grpo_rewards import math_rewards
        >>> as_one_reward(math_rewards()).name
        'exact_format + approximate_format + check_answer + check_numbers'
    """
    if isinstance(reward, Reward):
        return reward
    if isinstance(reward, list | tuple):
        if not reward:
            raise OptionError(f"reward={reward!r}: give at least one reward")
        rewards = [as_one_reward(each) for each in reward]
        return sum(rewards[1:], rewards[0])
    if callable(reward):
        return as_reward(reward)
    raise OptionError(
        f"reward={in_short(reward)} is no reward: give a reward, a function that a trainer could "
        "call, "
        "or a list of them"
    )


def scored_parts(reward: Reward) -> dict[str, Reward]:
    """The parts of a composition whose scores stand beside its own, by name.

    A factor, a clip or another name is no composition of several: what stands under it counts.

    Example:
        >>> from grpo_rewards import check_answer, exact_format
        >>> list(scored_parts((exact_format + 2 * check_answer).named("total")))
        ['exact_format', '2 * check_answer']
        >>> list(scored_parts(check_answer))
        []
    """
    while isinstance(reward, OfOne) and len(reward.parts) == 1:
        reward = reward.parts[0]
    named: dict[str, Reward] = {}
    for part in reward.parts:
        name, copies = part.name, 2
        while name in named:
            name, copies = f"{part.name} {copies}", copies + 1
        named[name] = part
    return named


def scored_keys(reward: Any) -> list[str]:
    """The keys that `score_one` gives for a reward.

    Example:
        >>> from grpo_rewards import check_answer, exact_format
        >>> scored_keys(exact_format + check_answer)[-3:]
        ['reason', 'part/exact_format', 'part/check_answer']
    """
    parts = scored_parts(as_one_reward(reward))
    return [*KEYS, *(f"{PART}{name}" for name in parts)]


def score_one(
    reward: Any,
    text: Completion,
    *,
    prompt: Any = None,
    ids: Sequence[int] | None = None,
    trainer_state: Any = None,
    none: float | None = None,
    **row: Any,
) -> dict[str, Any]:
    """What a reward says of one completion, as a flat dict with the same keys for every row.

    Args:
        reward: A reward, a function as a trainer takes it, or a list of them, which are added up.
        text: The completion: a string or a list of chat messages.
        prompt: The prompt, where a reward reads it.
        ids: The completion's token ids, where a reward counts tokens.
        trainer_state: What has a ``global_step``, where a weight moves with training.
        none: The score where there is no opinion; frameworks that need a number take ``0.0``.
        **row: The row's columns, one value each, as in ``answer="42"``.

    Raises:
        OptionError: The reward is none.
        ColumnError: A column that the reward needs is missing or misshapen.
        CompletionError: The text is no completion.

    Example:
        >>> from grpo_rewards import check_answer, exact_format
        >>> text = "6 * 7<end_working_out><SOLUTION>41</SOLUTION>"
        >>> scored = score_one(exact_format + check_answer, text, answer="42")
        >>> scored["score"], scored["part/exact_format"], scored["answer"], scored["verdict"]
        (0.5, 3.0, '41', 'wrong')
        >>> score_one(check_answer, text, answer=None)["score"] is None
        True
    """
    given: dict[str, Any] = {name: [value] for name, value in row.items()}
    batch = Batch(
        [text],
        prompts=None if prompt is None else [prompt],
        completion_ids=None if ids is None else [ids],
        trainer_state=trainer_state,
        **given,
    )
    return judged_rows(as_one_reward(reward), batch, none=none)[0]


def judged_rows(reward: Reward, batch: Batch, *, none: float | None) -> list[dict[str, Any]]:
    """The flat dict of each completion of a batch, the same whatever stands beside it.

    A batch has one budget for the symbolic rule. What that left undecided is judged once more by
    itself, as if it had come alone, so that no row depends on its neighbours.
    """
    parts = scored_parts(reward)
    found = list(_flat(reward, parts, batch, none))
    if len(batch) > 1:
        for place in _undecided(batch):
            (found[place],) = _flat(reward, parts, _alone(batch, place), none)
    return found


def _flat(
    reward: Reward, parts: Mapping[str, Reward], batch: Batch, none: float | None
) -> Iterator[dict[str, Any]]:
    whole = batch.outcomes(reward)
    verifiers = [_said(batch, each) for each in _tree(reward)]
    scores = {f"{PART}{name}": _said(batch, part) for name, part in parts.items()}
    for place, outcome in enumerate(whole):
        telling = _telling([outcomes[place] for outcomes in verifiers]) or outcome
        details = telling.details
        yield {
            "score": none if outcome.score is None else float(outcome.score),
            "no_opinion": outcome.score is None,
            "verdict": details.get("verdict"),
            "answer": _as_text(details.get("answer")),
            "gold": _as_text(details.get("gold")),
            "rule": details.get("rule"),
            "reason": telling.reason,
            **{
                key: none if (score := outcomes[place].score) is None else float(score)
                for key, outcomes in scores.items()
            },
        }


def _said(batch: Batch, part: Reward) -> list[Outcome]:
    """What a part has said of each row, which it may not have been asked about."""
    said = batch.said_of(part)
    return [said.get(place, NOT_ASKED) for place in range(len(batch))]


def _tree(reward: Reward) -> list[Reward]:
    """A reward and all its parts, the whole before its parts, each once."""
    found = {reward: None}
    for part in reward.parts:
        found |= dict.fromkeys(_tree(part))
    return list(found)


def _telling(outcomes: Sequence[Outcome]) -> Outcome | None:
    """The first outcome that says whether an answer is right; of those one with an opinion."""
    verified = [each for each in outcomes if "verdict" in each.details]
    with_opinion = (each for each in verified if each.details["verdict"] != "no opinion")
    found = next(with_opinion, verified[0] if verified else None)
    while found:  # what passes a part's finding on has a reason of its own
        inner = [part for part in found.parts.values() if part.details == found.details]
        if not inner:
            break
        found = inner[0]
    return found


def _as_text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)


def _undecided(batch: Batch) -> list[int]:
    return sorted(
        {
            place
            for _, outcomes in batch.judged
            for place, outcome in enumerate(outcomes)
            if outcome.details.get("verdict") == "undecided"
        }
    )


def _alone(batch: Batch, place: int) -> Batch:
    columns: dict[str, Any] = {name: [batch.column(name)[place]] for name in batch.columns}
    return Batch(
        [batch.completions[place]],
        prompts=None if batch.prompts is None else [batch.prompts[place]],
        completion_ids=None if batch.completion_ids is None else [batch.completion_ids[place]],
        trainer_state=batch.trainer_state,
        **columns,
    )


@dataclass(frozen=True, kw_only=True)
class RowScorer:
    """A picklable function from columns to scored columns, for ``datasets.map`` and Ray's.

    Args:
        reward: As in `score_one`.
        completion: The column with the completions, one a row.
        prompt: The column with the prompts, if any.
        ids: The column with the token ids, if any.
        gold: The column with the golds, where it has another name than the reward looks for.
        none: The score where there is no opinion.
        prefix: What stands before each key.

    Example:
        >>> from grpo_rewards import check_answer
        >>> scorer = RowScorer(reward=check_answer, completion="text", gold="target")
        >>> text = "6 * 7<end_working_out><SOLUTION>42</SOLUTION>"
        >>> scorer({"text": [text], "target": ["42"]})["reward/score"]
        [5.0]
    """

    reward: Any
    completion: str = "completion"
    prompt: str | None = None
    ids: str | None = None
    gold: str | None = None
    none: float | None = float("nan")
    prefix: str = PREFIX

    def __call__(self, columns: Mapping[str, Any]) -> dict[str, list[Any]]:
        """The scored columns of a batch of columns.

        Raises:
            ColumnError: There is no column of completions, or it is one row's.
        """
        if self.completion not in columns:
            raise ColumnError(
                f"there is no column {self.completion!r}; the columns are: "
                f"{', '.join(map(repr, columns)) or 'none'}. Name it, as in "
                "RowScorer(reward=..., completion='text')"
            )
        if isinstance(columns[self.completion], str):
            raise ColumnError(
                "RowScorer takes columns, and got one row: write dataset.map(scorer, batched=True)"
            )
        reward = as_one_reward(self.reward)
        rows = judged_rows(reward, self.batch(reward, columns), none=self.none)
        return {f"{self.prefix}{key}": [row[key] for row in rows] for key in scored_keys(reward)}

    def batch(self, reward: Reward, columns: Mapping[str, Any]) -> Batch:
        """The columns as a trainer would hand them over."""
        given = {
            name: values
            for name, values in columns.items()
            if name not in RESERVED and not name.startswith(self.prefix)
        }
        if self.gold is not None:
            golds = Batch(columns[self.completion], **given).column(self.gold)
            given |= dict.fromkeys(gold_names(reward) or ["answer"], golds)
        # A reward may be the user's, and read the completion's column under its name in the table.
        return Batch(
            columns[self.completion],
            prompts=None if self.prompt is None else columns[self.prompt],
            completion_ids=None if self.ids is None else columns[self.ids],
            **given,
        )


def gold_names(reward: Reward) -> list[str]:
    """Under which names a reward and its parts look for golds."""
    named: list[str | Callable[..., Any] | None] = [
        part.gold for part in _tree(reward) if hasattr(part, "gold")
    ]
    return list(dict.fromkeys(name or "answer" for name in named if not callable(name)))
