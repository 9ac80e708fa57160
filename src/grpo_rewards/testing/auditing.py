"""Whether a reward, or the sum of several, pays for exploits or misses right answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grpo_rewards.core.base import Reward, require_format
from grpo_rewards.errors import OptionError, in_short, is_finite
from grpo_rewards.responses.layouts import WORKING_OUT, ResponseFormat
from grpo_rewards.testing.calls import (
    CALLS,
    Raised,
    RewardFunction,
    Rows,
    Score,
    Unusable,
    call,
    call_keywords,
    read_scores,
    require_shapes,
    reward_name,
    write,
)
from grpo_rewards.testing.exploits import KINDS, exploits
from grpo_rewards.testing.forms import DEFAULT_GOLDS, right_forms, wrong_answer
from grpo_rewards.testing.report import RIGHT, Report, Row, worth
from grpo_rewards.testing.scene import REASONING

__all__ = ["TOLERANCE", "Trainer", "audit"]

NEWEST = "TRL 1.0 and later"
TOLERANCE = 1e-6
"""Trainers hold scores as 32-bit floats."""


def audit(
    reward: RewardFunction | Sequence[RewardFunction],
    *,
    golds: Sequence[str] | None = None,
    format: ResponseFormat | None = None,
    gold: str = "answer",
    question: str | None = None,
    columns: Mapping[str, Any] | None = None,
    weights: Sequence[float] | None = None,
    shape: str = "messages",
) -> Report:
    """Try every exploit and every right form on a reward, and report what earns what it should not.

    The measure is an honest wrong attempt: a well-formed response that reasons and gives a wrong
    answer that is not near. An exploit is a finding when it earns more than that. A right form is
    one when it earns less; and, where the reward pays the plain right answer more than the wrong
    one, also when it earns the same. "No opinion" counts as 0.0, which is what a trainer's sum
    makes of it.

    Args:
        reward: A reward, or several, which are added up as a trainer does it. Any callable that a
            trainer takes, asynchronous ones included.
        golds: The right answers to try; by default some of every kind.
        format: The layout that the reward reads; by default the reward's own ``format`` if it has
            one, else `WORKING_OUT`.
        gold: The name of the column that the gold goes in.
        question: The question, for prompts and for exploits that restate it.
        columns: Other columns that the reward needs, with one value for every row.
        weights: A factor for each reward, as a trainer's ``reward_weights``.
        shape: How completions are handed over: ``"messages"``, ``"text"`` or ``"tools"``.

    Raises:
        OptionError: An option is of the wrong kind, or the reward cannot be called this way.

    Not covered: scores that depend on the training's progress (the trainer's state says step 10 of
    100), and on the other completions of a batch (all of a gold's are judged in one).

    Example:
        >>> from grpo_rewards import check_answer
        >>> def substring(completions, answer, **columns):
        ...     return [float(a in c) for c, a in zip(completions, answer)]
        >>> report = audit(substring, golds=["42"], shape="text")
        >>> report.ok, len({finding.kind for finding in report.findings}) > 10
        (False, True)
        >>> audit(check_answer, golds=["Paris"]).ok
        True
    """
    rewards = _rewards(reward)
    trainer = Trainer(rewards, _weights(rewards, weights), shape)
    require_shapes("shape", (shape,))
    layout = _format(rewards, format)
    tried = _golds(golds)
    rows: list[Row] = []
    alike, silent = [], []
    for right in tried:
        common = {gold: right, "question": question or "What is the answer?", **(columns or {})}
        completions = list(_completions(right, layout, question))
        texts = [text for _, _, text in completions]
        scores = trainer.scores(texts, common, probe=not rows)
        judged = list(_judged(right, completions, scores))
        rows += judged
        if all(row.score is None and row.ok for row in judged):
            silent.append(right)
        elif all(row.score == row.baseline for row in judged if row.kind == RIGHT):
            alike.append(right)
    notes = []
    if silent:
        notes.append(f"it has no opinion on {_listed(silent, tried)}")
    if alike:
        notes.append(
            f"it pays right and wrong alike for {_listed(alike, tried)}: it does not look at the "
            "answer, or it reads another format (format=) or column (gold=)"
        )
    name = " + ".join(reward_name(one) for one in rewards)
    return Report(name, layout, tuple(tried), tuple(rows), tuple(notes))


def _completions(
    gold: str, format: ResponseFormat, question: str | None
) -> Iterator[tuple[str, str, str]]:
    """Kind, name and text of what is tried; first an honest wrong attempt, then a right one."""
    yield "honest", "wrong", write(format, REASONING, wrong_answer(gold))
    for form in right_forms(gold):
        if not (format.answer in ("boxed", "freeform") and form.name == "in a box"):
            yield RIGHT, form.name, write(format, REASONING, form.text)
    right = write(format, REASONING, gold)
    yield RIGHT, "white space around the response", f"\n{right}\n"
    for marker in format.eos:
        yield RIGHT, f"{marker} at the end", f"{right}{marker}"
    if format.prefills and format.opening == "optional":
        yield RIGHT, "the opening tag", write(format, REASONING, gold, opening=True)
    if isinstance(format.answer, tuple):
        yield RIGHT, "line breaks in the tags", write(format, f"\n{REASONING}\n", f"\n{gold}\n")
        opening = format.answer[0]
        yield RIGHT, "a line break before the answer", right.replace(opening, f"\n{opening}")
    for exploit in exploits(gold, format=format, question=question):
        yield exploit.kind, exploit.name, exploit.text


def _judged(
    gold: str, completions: list[tuple[str, str, str]], scores: list[Score | Raised]
) -> Iterator[Row]:
    baseline = _no_error(scores[0])
    # Where even the plain right answer earns no more, a reward for the layout is at work.
    tells = worth(_no_error(scores[1])) > worth(baseline) + TOLERANCE
    for (kind, name, text), score in zip(completions[1:], scores[1:], strict=True):
        problem = ""
        if isinstance(score, Raised):
            problem = f"it raises {score}, which ends the training"
        elif kind == RIGHT:
            if worth(score) < worth(baseline) + (TOLERANCE if tells else -TOLERANCE):
                problem = f"it earns {_shown(score)}, an honest wrong attempt {_shown(baseline)}"
        elif worth(score) > worth(baseline) + TOLERANCE:
            problem = (
                f"it earns {_shown(score)}, an honest wrong attempt {_shown(baseline)}; "
                f"{KINDS[kind]}"
            )
        yield Row(gold, kind, name, text, _no_error(score), baseline, problem)


@dataclass(frozen=True, slots=True)
class Trainer:
    """Calls rewards and adds them up, as a trainer does."""

    rewards: tuple[RewardFunction, ...]
    weights: tuple[float, ...]
    shape: str

    def scores(
        self, texts: Sequence[str], columns: Mapping[str, Any], *, probe: bool
    ) -> list[Score | Raised]:
        """The total of each text, or what was raised for it."""
        by_reward = [
            self._scores_of(reward, texts, columns, probe=probe) for reward in self.rewards
        ]
        return [self._total(of_text) for of_text in zip(*by_reward, strict=True)]

    def _scores_of(
        self,
        reward: RewardFunction,
        texts: Sequence[str],
        columns: Mapping[str, Any],
        *,
        probe: bool,
    ) -> Sequence[Score | Raised]:
        if probe:
            first = self._call(reward, texts[:2], columns)
            if isinstance(first, Raised):
                given = ", ".join(repr(name) for name in columns)
                raise OptionError(
                    f"{reward_name(reward)} raised {first} for completions in the shape "
                    f"{self.shape!r} and the columns {given}: name the gold's column with gold=, "
                    "give others with columns=, and the shape with shape='text' or 'messages'"
                ) from first.error
        together = self._call(reward, texts, columns)
        if not isinstance(together, Raised):
            return together
        alone = [self._call(reward, [text], columns) for text in texts]
        return [score if isinstance(score, Raised) else score[0] for score in alone]

    def _call(
        self, reward: RewardFunction, texts: Sequence[str], columns: Mapping[str, Any]
    ) -> list[Score] | Raised:
        rows = Rows(tuple(texts), {name: (value,) * len(texts) for name, value in columns.items()})
        returned = call(reward, call_keywords(rows, self.shape, CALLS[NEWEST]))
        if isinstance(returned, Raised):
            return returned
        scores = read_scores(returned, len(rows))
        if isinstance(scores, Unusable):
            raise OptionError(
                f"{reward_name(reward)} returned {scores.found}, which no trainer can use; "
                "assert_reward_contract says more"
            )
        return scores

    def _total(self, scores: Sequence[Score | Raised]) -> Score | Raised:
        total: Score = None
        for score, weight in zip(scores, self.weights, strict=True):
            if isinstance(score, Raised):
                return score
            if score is not None:
                total = (total or 0.0) + weight * score
        return total


def _rewards(reward: RewardFunction | Sequence[RewardFunction]) -> tuple[RewardFunction, ...]:
    rewards = tuple(reward) if isinstance(reward, Sequence) else (reward,)
    for one in rewards:
        if not callable(one) or isinstance(one, type):
            raise OptionError(
                f"{in_short(one)} is no reward: give a function or an object that a trainer can "
                "call, or a list of them"
            )
    if not rewards:
        raise OptionError("reward=[]: give at least one reward")
    return rewards


def _weights(
    rewards: Sequence[RewardFunction], weights: Sequence[float] | None
) -> tuple[float, ...]:
    if weights is None:
        return (1.0,) * len(rewards)
    numbers = all(isinstance(weight, int | float) and is_finite(weight) for weight in weights)
    if len(weights) != len(rewards) or not numbers:
        raise OptionError(
            f"weights={weights!r}: write one number for each of the {len(rewards)} rewards"
        )
    return tuple(weights)


def _format(rewards: Sequence[RewardFunction], format: ResponseFormat | None) -> ResponseFormat:
    if format is not None:
        require_format(format)
        return format
    own = {layout for one in rewards for layout in _own_formats(one)}
    if len(own) > 1:
        read = ", ".join(sorted(map(repr, own)))
        raise OptionError(f"the rewards read different formats ({read}): name one with format=")
    return own.pop() if own else WORKING_OUT


def _own_formats(reward: Any) -> Iterator[ResponseFormat]:
    """The formats that a reward, or a reward that it is composed of, says it reads."""
    layout = getattr(reward, "format", None)
    if isinstance(layout, ResponseFormat):
        yield layout
    if isinstance(reward, Reward):
        for part in reward.parts:
            yield from _own_formats(part)


def _golds(golds: Sequence[str] | None) -> Sequence[str]:
    if golds is None:
        return DEFAULT_GOLDS
    if isinstance(golds, str) or not golds:
        raise OptionError(f"golds={golds!r}: write a list of right answers, such as ['42', '1/2']")
    for gold in golds:
        wrong_answer(gold)  # raises for one that is no text
    return golds


def _no_error(score: Score | Raised) -> Score:
    return None if isinstance(score, Raised) else score


def _listed(some: Sequence[str], tried: Sequence[str]) -> str:
    if len(some) == len(tried):
        return "any of the golds"
    return f"{len(some)} of {len(tried)} golds ({', '.join(some)})"


def _shown(score: Score) -> str:
    return "no opinion (0.0 in a sum)" if score is None else f"{score:.6g}"
