"""What the rows of a report say in all: rates, curves, pass rates, reasons, rewards that fight."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np

from grpo_rewards.report.gathering import CORRECT, NO_ANSWER, SILENT, VERDICTS, Gathered
from grpo_rewards.report.trainings import MEAN_OF_REWARD, Metrics
from grpo_rewards.scoring.rates import PassRates, Rate, Tally

__all__ = [
    "Curve",
    "CurveGroup",
    "Findings",
    "Pair",
    "Share",
    "correlations",
    "curves_of_log",
    "curves_of_rows",
    "find",
]

BINS = 5
"""Bars between none right and all right, where problems have several numbers of completions."""
MOST_BARS = 16
SERIES = 8
"""So many curves can be told apart."""
FEW = 20
"""Of fewer rows no correlation is worth reading."""
FIGHT, SAME = -0.1, 0.98
"""Up to the one correlation two parts are said to pull apart, from the other on to be one."""


class Share(NamedTuple):
    """How many completions there are of a kind."""

    name: str
    completions: int
    rate: Rate


class Curve(NamedTuple):
    """A number over the steps."""

    name: str
    steps: Sequence[float]
    values: Sequence[float]


class CurveGroup(NamedTuple):
    """Curves that share their axes."""

    title: str
    curves: Sequence[Curve]
    left_out: int = 0


class Pair(NamedTuple):
    """Two parts, and how they go together."""

    one: str
    other: str
    correlation: float


@dataclass(frozen=True, kw_only=True)
class Findings:
    """The numbers of a report."""

    completions: int
    problems: int
    mean: float
    parts: Mapping[str, float]
    """Each part's mean score."""
    shares: Sequence[Share]
    rates: PassRates | None
    histogram: Sequence[tuple[str, int]]
    """How many problems are solved how often."""
    reasons: Sequence[tuple[str, int]]
    curves: Sequence[CurveGroup]
    correlations: Mapping[tuple[str, str], float]
    within: bool
    """Whether those are taken within the completions of a problem."""
    fights: Sequence[Pair]
    twins: Sequence[Pair]


@np.errstate(over="ignore", invalid="ignore")  # scores beyond all measure have no mean
def find(found: Gathered, metrics: Metrics) -> Findings:
    """All numbers of a report."""
    rates = _rates(found)
    together, within = correlations(found)
    return Findings(
        completions=len(found),
        problems=len(found.names),
        mean=_mean(np.array(found.scores)),
        parts={name: _mean(np.array(column)) for name, column in found.parts.items()},
        shares=_shares(found),
        rates=rates,
        histogram=_histogram(rates),
        reasons=found.reasons.most_common(),
        curves=curves_of_log(metrics) or curves_of_rows(found),
        correlations=together,
        within=within,
        fights=sorted(
            (Pair(*names, value) for names, value in together.items() if value <= FIGHT),
            key=lambda pair: pair.correlation,
        ),
        twins=[Pair(*names, value) for names, value in together.items() if value >= SAME],
    )


def _mean(values: Any) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if known.size else math.nan


def _shares(found: Gathered) -> list[Share]:
    """Each verdict's share of the completions, with an interval that knows problems from them."""
    if not found.has_verdicts:
        return []
    counts = Counter(found.verdicts)
    shares = []
    for code, name in enumerate(VERDICTS[:-1]):
        if not counts[code] and code not in (CORRECT, NO_ANSWER):
            continue
        tally = Tally()
        for problem, verdict in zip(found.problems, found.verdicts, strict=True):
            tally.add(str(problem), verdict == code)
        shares.append(Share(name, counts[code], tally.rates(k=1).pass_at[1]))
    return shares


def _rates(found: Gathered) -> PassRates | None:
    if not found.has_verdicts:
        return None
    tally = Tally()
    names: dict[bytes, str] = {}
    for problem, verdict in zip(found.problems, found.verdicts, strict=True):
        right = None if verdict >= SILENT else verdict == CORRECT
        digest = tally.add(str(problem), right)
        names[digest] = found.names[problem]
    most = max((count for _, count, _ in tally.merged()), default=0)
    sizes = [size for size in (1, 2, 4, 8, 16, 32, 64, 128, 256) if size <= most]
    return tally.rates(k=sizes, names=names) if most else None


def _histogram(rates: PassRates | None) -> list[tuple[str, int]]:
    """How many problems are solved how often: by count where all have as many completions.

    Empty where they have one each, of which the shares say as much.
    """
    problems = rates.by_problem if rates else []
    sizes = {each.completions for each in problems}
    if sizes <= {1}:
        return []
    if len(sizes) == 1 and 1 < (size := next(iter(sizes))) <= MOST_BARS:
        rights = Counter(each.right for each in problems)
        return [(str(right), rights[right]) for right in range(size + 1)]
    counts = [0] * (BINS + 2)
    for each in problems:
        if each.right in (0, each.completions):
            counts[0 if each.right == 0 else -1] += 1
        else:
            counts[1 + min(int(each.rate * BINS), BINS - 1)] += 1
    width = 100 // BINS
    between = [f"\u2264 {width * (place + 1)}%" for place in range(BINS)]
    return list(zip(["none", *between, "all"], counts, strict=True))


# Curves -----------------------------------------------------------------------------------------


def curves_of_log(metrics: Metrics) -> list[CurveGroup]:
    """The curves of a trainer's log."""
    keys = list(dict.fromkeys(key for entry in metrics for key in entry))
    parts = {key: match[1] for key in keys if (match := MEAN_OF_REWARD.fullmatch(key))}
    total = {"reward": "all together"} if len(parts) != 1 else {}
    groups = [
        ("Rewards: the mean of the completions of a step", {**total, **parts}),
        (
            "Answers: their share of the completions",
            {key: key for key in keys if key.endswith(("/correct", "/answered"))},
        ),
        (
            "Format: the share that has it, and the share cut off",
            {key: key for key in keys if key.endswith(("/exact", "completions/clipped_ratio"))},
        ),
        ("Length: tokens of a completion", {"completions/mean_length": "mean length"}),
        (
            "Groups without a signal: their share",
            {"frac_reward_zero_std": "all completions score the same"},
        ),
    ]
    return _grouped(
        (title, [_curve_of_log(metrics, key, name) for key, name in named.items()])
        for title, named in groups
    )


def _curve_of_log(metrics: Metrics, key: str, name: str) -> Curve:
    points = [
        (float(entry["step"]), float(entry[key]))
        for entry in metrics
        if isinstance(entry.get(key), int | float) and math.isfinite(entry[key])
    ]
    return Curve(name, [step for step, _ in points], [value for _, value in points])


def curves_of_rows(found: Gathered) -> list[CurveGroup]:
    """The curves of scored rows that say their steps."""
    steps = np.array(found.steps)
    known = np.isfinite(steps)
    if not known.any():
        return []
    places, which = np.unique(steps[known], return_inverse=True)
    verdicts = np.array(found.verdicts)[known]

    def curve(name: str, values: Any) -> Curve:
        finite = np.isfinite(values)
        counts = np.bincount(which[finite], minlength=len(places))
        sums = np.bincount(which[finite], weights=values[finite], minlength=len(places))
        there = (counts > 0) & np.isfinite(sums)
        means = sums[there] / counts[there]
        return Curve(name, places[there].tolist(), means.tolist())

    parts = {name: np.array(column)[known] for name, column in found.parts.items()}
    judged = np.where(verdicts < SILENT, 1.0, np.nan)
    groups = [
        (
            "Rewards: the mean of the completions of a step",
            [
                curve("all together", np.array(found.scores)[known]),
                *(curve(name, values) for name, values in parts.items()),
            ],
        ),
        (
            "Answers: their share of the completions",
            [
                curve("correct", np.where(verdicts == CORRECT, 1.0, 0.0) * judged),
                curve("answered", np.where(verdicts != NO_ANSWER, 1.0, 0.0) * judged),
            ],
        ),
        (
            "Length: characters of a completion",
            [curve("mean length", np.array(found.lengths)[known])],
        ),
    ]
    return _grouped(groups)


def _grouped(groups: Any) -> list[CurveGroup]:
    """The groups that have curves of at least two points."""
    kept = []
    for title, curves in groups:
        long = [curve for curve in curves if len(curve.steps) > 1]
        if long:
            kept.append(CurveGroup(title, long[:SERIES], len(long) - len(long[:SERIES])))
    return kept


# Rewards that fight -----------------------------------------------------------------------------


@np.errstate(over="ignore", invalid="ignore")
def correlations(found: Gathered) -> tuple[dict[tuple[str, str], float], bool]:
    """Pearson's correlation of each two parts, and whether it is taken within problems.

    What a trainer learns from is how the completions of one problem differ. So where most rows
    have others of their problem beside them, each score counts as its distance from the
    problem's mean; NaN where a part does not vary, or too few rows have both.
    """
    problems = np.array(found.problems)
    sizes = np.bincount(problems)[problems] if len(problems) else problems
    within = bool(len(sizes)) and 2 * int((sizes > 1).sum()) >= len(sizes)
    columns = {name: np.array(column) for name, column in found.parts.items()}
    return {
        (one, other): _correlation(columns[one], columns[other], problems if within else None)
        for one, other in combinations(columns, 2)
    }, within


def _correlation(one: Any, other: Any, problems: Any) -> float:
    both = np.isfinite(one) & np.isfinite(other)
    if int(both.sum()) < FEW:
        return math.nan
    sides = []
    for column in (one[both], other[both]):
        centre = column.mean()
        if problems is not None:
            groups = problems[both]
            sums = np.bincount(groups, weights=column)
            centre = sums[groups] / np.bincount(groups)[groups]
        sides.append(column - centre)
    first, second = sides
    size = math.sqrt(float((first**2).sum()) * float((second**2).sum()))
    # Of a part that does not vary, rounding may leave a little.
    return float((first * second).sum()) / size if size > 1e-9 * len(first) else math.nan
