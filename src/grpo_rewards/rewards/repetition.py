"""A penalty for saying the same again."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from grpo_rewards.core.base import Outcome
from grpo_rewards.errors import OptionError
from grpo_rewards.requirements import require_number, require_whole
from grpo_rewards.rewards.text_units import CountingReward, Unit

__all__ = ["RepetitionPenalty", "repetition_penalty"]


@dataclass(frozen=True, kw_only=True, repr=False)
class RepetitionPenalty(CountingReward):
    """Punishes a completion by the share of its n-grams that occurred before.

    As in appendix C.2 of "Demystifying Long Chain-of-Thought Reasoning in LLMs" (arXiv
    2502.03373), summed up into one score a completion, which is how the paper's code and TRL
    have it::

        worst * (1 - different n-grams / n-grams)

    Args:
        n: How many units an n-gram has. The paper's penalty uses 40 tokens; short ones of 3, the
            default here as in TRL, also see the repetition that all mathematics has.
        unit: ``"words"`` (small and capital letters the same, punctuation part of its word; in
            scripts without spaces each character), ``"tokens"`` (``completion_ids``) or
            ``"characters"``.
        worst: The score that a completion nears which says one thing only; below 0.
        name: The reward's ``__name__``.

    Returns:
        For a completion a score above ``worst`` up to 0.0, which one with fewer than ``n`` units
        earns. Never ``None``.

    Raises:
        OptionError: ``worst`` is not below 0, or an option is of the wrong kind.
        ColumnError: On a call: tokens are to be counted, and there are no ``completion_ids``.

    Takes time linear in the text, times the logarithm of ``n``.
    Not covered: saying the same in other words, and, with words, repetition without white space
    ("!!!!!!!!"), which tokens and characters show.

    Example:
        >>> repetition_penalty(["the cat sat on the mat", "no no no no no"])
        [0.0, -0.6666666666666667]
    """

    n: int = 3
    unit: Unit = "words"
    worst: float = -1.0
    name: str = "repetition_penalty"

    is_guard: ClassVar[bool] = True

    def __post_init__(self) -> None:
        super().__post_init__()
        require_whole("n", self.n)
        require_number("worst", self.worst)
        if self.worst >= 0:
            raise OptionError(f"worst={self.worst!r}: write a number below 0, such as -1.0")

    def _judge_pieces(self, counted: Sequence[Hashable]) -> Outcome:
        if self.unit == "words":
            counted = [str(word).lower() for word in counted]
        total = len(counted) - self.n + 1
        if total < 1:
            return Outcome(0.0, f"it has fewer than {self.n} {self.unit}", {"ngrams": 0})
        different = _different_ngrams(counted, self.n)
        details = {"ngrams": total, "different": different}
        if different == total:
            return Outcome(0.0, f"no {self.n}-gram of {self.unit} occurs twice", details)
        reason = f"of {total} {self.n}-grams of {self.unit}, {total - different} occurred before"
        return Outcome(self.worst * (1.0 - different / total), reason, details)


def _different_ngrams(counted: Sequence[Hashable], n: int) -> int:
    # Numbers stand for n-grams, from which those for n-grams twice as long are made: exact, as no
    # hash of a text is, and the cost hardly grows with n.
    size, numbers = 1, _numbered(counted)
    while size * 2 <= n:
        numbers = _numbered(_pairs(numbers, size))
        size *= 2
    return len(set(_pairs(numbers, n - size)))


def _pairs(numbers: list[int], distance: int) -> Iterator[int]:
    """Of each number and the one that follows at a distance, one number."""
    # In place of tuples, which the garbage collector would follow one by one.
    base = len(numbers)
    return (one * base + other for one, other in zip(numbers, numbers[distance:], strict=False))


def _numbered(values: Iterable[Hashable]) -> list[int]:
    seen: dict[Hashable, int] = {}
    return [seen.setdefault(value, len(seen)) for value in values]


repetition_penalty = RepetitionPenalty()
