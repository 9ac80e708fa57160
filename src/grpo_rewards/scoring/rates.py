"""How often problems are solved: pass@k, groups that teach nothing, and the signal of a group.

The estimators look at so many completions drawn from a problem's own without replacement, so they
are unbiased: pass@k is equation 1 of Chen et al. 2021 (https://arxiv.org/abs/2107.03374).
"""

from __future__ import annotations

import hashlib
import math
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from grpo_rewards.errors import ColumnError, OptionError, in_short
from grpo_rewards.scoring.judging import PREFIX

__all__ = [
    "PassRates",
    "ProblemRate",
    "Rate",
    "Tally",
    "interval",
    "is_right",
    "mixed_share",
    "pass_at_k",
    "pass_rates",
]

Z = 1.959963984540054
"""Of a normal distribution 95 % lie within so many standard deviations."""


class Rate(NamedTuple):
    """A share, with an interval of 95 %."""

    value: float
    low: float
    high: float
    problems: int
    """Of how many problems it is the mean."""


class ProblemRate(NamedTuple):
    """How often one problem was solved."""

    problem: str
    completions: int
    right: int
    rate: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class PassRates:
    """What `pass_rates` found."""

    problems: int
    completions: int
    """Those that were judged."""
    unjudged: int
    """Completions that no verdict was given on: their rows have no gold."""
    right: int
    pass_at: Mapping[int, Rate]
    """For each k the chance that one of k completions is right, where a problem has k at least."""
    all_right: int
    """Problems whose completions are all right: as a group they teach nothing."""
    all_wrong: int
    mixed: int
    signal: Mapping[int, Rate]
    """For each group size the share of groups that would hold right ones and wrong ones."""
    by_problem: Sequence[ProblemRate] = field(repr=False)
    """Each problem's own rate, in the order in which they came."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {
            "problems": self.problems,
            "completions": self.completions,
            "unjudged": self.unjudged,
            "right": self.right,
            "pass_at": {str(k): rate._asdict() for k, rate in self.pass_at.items()},
            "all_right": self.all_right,
            "all_wrong": self.all_wrong,
            "mixed": self.mixed,
            "signal": {str(size): rate._asdict() for size, rate in self.signal.items()},
        }


def pass_at_k(completions: int, right: int, k: int) -> float:
    """The unbiased chance that one of k completions is right, of so many of which some are.

    Raises:
        OptionError: There are fewer completions than k, or fewer than are right.

    Example:
        >>> pass_at_k(8, 2, 1), pass_at_k(4, 1, 2), pass_at_k(4, 0, 4)
        (0.25, 0.5, 0.0)
    """
    if not 0 <= right <= completions or not 1 <= k <= completions:
        raise OptionError(
            f"pass@{k} of {completions} completions of which {right} are right: k is from 1 to the "
            "number of completions, and no more can be right than there are"
        )
    return 1.0 - math.comb(completions - right, k) / math.comb(completions, k)


def mixed_share(completions: int, right: int, size: int) -> float:
    """The unbiased chance that a group of a size holds right completions and wrong ones.

    Any other group has no advantage, and the trainer learns nothing from it.

    Example:
        >>> round(mixed_share(4, 2, 2), 3), mixed_share(4, 4, 2), mixed_share(4, 2, 1)
        (0.667, 0.0, 0.0)
    """
    alike = math.comb(right, size) + math.comb(completions - right, size)
    return max(0.0, 1.0 - alike / math.comb(completions, size)) if size > 1 else 0.0


def interval(value: float, trials: float) -> tuple[float, float]:
    """Wilson's interval of 95 % for a share that was seen in so many independent trials.

    Example:
        >>> [round(bound, 3) for bound in interval(0.5, 100)]
        [0.404, 0.596]
        >>> interval(0.0, 10)[0]
        0.0
    """
    square = Z * Z
    middle = value + square / (2 * trials)
    spread = Z * math.sqrt(max(value * (1 - value), 0.0) / trials + square / (4 * trials * trials))
    scale = 1 + square / trials
    # At 0 and at 1 the bound is that end itself, whatever rounding makes of it.
    return max(0.0, min((middle - spread) / scale, value)), min(
        1.0, max((middle + spread) / scale, value)
    )


def is_right(
    row: Mapping[str, Any], *, prefix: str = PREFIX, above: float | None = None
) -> bool | None:
    """Whether a scored row's completion is right; ``None`` where nothing was said.

    Raises:
        ColumnError: The row was scored by a reward without a verdict, and ``above`` is not given.
    """
    if f"{prefix}score" not in row:
        raise ColumnError(
            f"there is no column {f'{prefix}score'!r}: score the rows first, with score_rows or "
            "`grpo-rewards score`"
        )
    score = row[f"{prefix}score"]
    if above is not None:
        return None if row[f"{prefix}no_opinion"] else bool(score > above)
    verdict = row.get(f"{prefix}verdict")
    if verdict is None and not row[f"{prefix}no_opinion"]:
        raise ColumnError(
            "the reward gives no verdict, so which completions are right has to be said: those "
            "that score above a number, as in above=0"
        )
    return None if verdict in (None, "no opinion") else verdict == "correct"


def pass_rates(
    rows: Any,
    *,
    k: int | Sequence[int] = (1,),
    groups: int | Sequence[int] = (),
    above: float | None = None,
    problem: str | None = None,
    prefix: str = PREFIX,
) -> PassRates:
    r"""How often the problems of scored rows are solved.

    Args:
        rows: Scored rows, as of `score_rows`: a table of any kind, or an iterable of dicts.
        k: For how many completions pass@k is asked; problems with fewer are left out of it.
        groups: For which group sizes the signal is asked; by default that of the problems.
        above: The score from which on (exclusive) a completion is right, of rewards without a
            verdict; by default the verdict says it.
        problem: The column that says which problem a row is of; by default ``reward/problem``.
        prefix: What stands before the keys of a scored row.

    Raises:
        OptionError: A ``k`` or a group size is no whole number from 1 on.
        ColumnError: The rows are not scored, or do not say their problem.

    Example:
        >>> from grpo_rewards import BOXED, CheckAnswer
        >>> from grpo_rewards.scoring import score_rows
        >>> rows = [
        ...     {"question": "6 * 7", "answer": "42", "text": text}
        ...     for text in (r"So \boxed{42}", r"So \boxed{41}", r"So \boxed{42}", "Hm")
        ... ]
        >>> scored = score_rows(CheckAnswer(format=BOXED), rows, completion="text")
        >>> rates = pass_rates(scored, k=[1, 2])
        >>> rates.pass_at[1].value, round(rates.pass_at[2].value, 3), rates.mixed
        (0.5, 0.833, 1)
    """
    from grpo_rewards.scoring.containers import rows_of  # noqa: PLC0415 (it knows more kinds)

    tally = Tally()
    names: dict[bytes, str] = {}
    key = problem or f"{prefix}problem"
    for row in rows_of(rows):
        if key not in row:
            raise ColumnError(
                f"there is no column {key!r} that says which problem a row is of; name it, as in "
                f"problem='question'; the columns are: {', '.join(map(repr, row))}"
            )
        name = str(row[key])
        names.setdefault(tally.add(name, is_right(row, prefix=prefix, above=above)), name)
    return tally.rates(k=k, groups=groups, names=names)


class Tally:
    """Completions and right ones of each problem: sixteen bytes a run of rows of one problem.

    Example:
        >>> tally = Tally()
        >>> for right in (True, False, None):
        ...     _ = tally.add("6 * 7", right)
        >>> tally.rates(k=1).pass_at[1].value
        0.5
    """

    def __init__(self) -> None:
        self.keys = array("Q")
        self.counts = array("I")
        self.rights = array("I")
        self.unjudged = 0

    def add(self, problem: str, right: bool | None) -> bytes:  # noqa: FBT001 (a verdict)
        """Count a completion; gives what the problem is known by."""
        digest = hashlib.blake2b(problem.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        if right is None:
            self.unjudged += 1
            return digest
        self._add(int.from_bytes(digest, "big"), 1, int(right))
        return digest

    def _add(self, key: int, count: int, right: int) -> None:
        if self.keys and self.keys[-1] == key:
            self.counts[-1] += count
            self.rights[-1] += right
        else:
            self.keys.append(key)
            self.counts.append(count)
            self.rights.append(right)

    def merged(self) -> Iterator[tuple[bytes, int, int]]:
        """Of each problem how many completions there are, and how many are right."""
        places: dict[int, int] = {}
        if len(set(self.keys)) == len(self.keys):
            counts, rights = self.counts, self.rights
            keys: Iterable[int] = self.keys
        else:
            counts, rights = array("I"), array("I")
            for key, count, right in zip(self.keys, self.counts, self.rights, strict=True):
                place = places.setdefault(key, len(places))
                if place == len(counts):
                    counts.append(count)
                    rights.append(right)
                else:
                    counts[place] += count
                    rights[place] += right
            keys = places
        for key, count, right in zip(keys, counts, rights, strict=True):
            yield key.to_bytes(8, "big"), count, right

    def rates(
        self,
        *,
        k: int | Sequence[int] = (1,),
        groups: int | Sequence[int] = (),
        names: Mapping[bytes, str] | None = None,
    ) -> PassRates:
        """What the counts say; each problem's own rate only for those that are named."""
        wanted = _sizes("k", k)
        kinds: dict[tuple[int, int], int] = {}
        by_problem = []
        for digest, count, right in self.merged():
            kinds[count, right] = kinds.get((count, right), 0) + 1
            if names is not None:
                low, high = interval(right / count, count)
                by_problem.append(
                    ProblemRate(names[digest], count, right, right / count, low, high)
                )
        sizes = _sizes("groups", groups) or sorted({count for count, _ in kinds if count > 1})[-1:]
        return PassRates(
            problems=sum(kinds.values()),
            completions=sum(count * times for (count, _), times in kinds.items()),
            unjudged=self.unjudged,
            right=sum(right * times for (_, right), times in kinds.items()),
            pass_at={each: _mean(kinds, pass_at_k, each) for each in wanted},
            all_right=sum(times for (count, right), times in kinds.items() if right == count),
            all_wrong=sum(times for (_, right), times in kinds.items() if right == 0),
            mixed=sum(times for (count, right), times in kinds.items() if 0 < right < count),
            signal={each: _mean(kinds, mixed_share, each) for each in sizes},
            by_problem=by_problem,
        )


def _sizes(option: str, value: int | Sequence[int]) -> list[int]:
    sizes = [value] if isinstance(value, int | float | str) else list(value)
    for size in sizes:
        if isinstance(size, bool) or not isinstance(size, int) or size < 1:
            raise OptionError(
                f"{option}={in_short(value)}: write whole numbers from 1 on, as in [1, 8]"
            )
    return sorted(set(sizes))


def _mean(kinds: Mapping[tuple[int, int], int], share: Any, size: int) -> Rate:
    """The mean of a share over the problems with so many completions, and its interval.

    The completions of one problem are no independent trials. Wilson's interval is taken at as many
    trials as would vary as much as the problems' shares do: as many as there are problems at
    least, as many as there are completions at most.
    """
    values = [
        (share(count, right, size), times, count * times)
        for (count, right), times in sorted(kinds.items())
        if count >= size
    ]
    problems = sum(times for _, times, _ in values)
    if not problems:
        return Rate(math.nan, math.nan, math.nan, 0)
    mean = math.fsum(value * times for value, times, _ in values) / problems
    trials = float(problems)
    if problems > 1:
        spread = math.fsum(times * (value - mean) ** 2 for value, times, _ in values)
        variance = spread / (problems - 1) / problems
        most = sum(completions for _, _, completions in values)
        if variance:
            trials = min(max(mean * (1 - mean) / variance, problems), most)
        elif 0 < mean < 1:  # no problem differs from another
            trials = most
    return Rate(mean, *interval(mean, trials), problems)
