"""The units that a completion is measured in: tokens, words or characters.

Rewards that count share them; what a count is worth, each of those says itself.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import regex

from grpo_rewards.core.base import Batch, Outcome, Reward
from grpo_rewards.errors import ColumnError, OptionError

__all__ = ["Unit", "pieces", "require_unit", "words"]

Unit: TypeAlias = Literal["tokens", "words", "characters"]

# Scripts that set no space between words.
UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_WORD = regex.compile(rf"[{UNSPACED}]|[^\s{UNSPACED}]++")


def words(text: str) -> list[str]:
    """The words of a text: what stands between white space.

    In scripts that set no space between words, such as Chinese, each character counts as one.

    Example:
        >>> words("6 * 7 is 42."), words("共42个")
        (['6', '*', '7', 'is', '42.'], ['共', '42', '个'])
    """
    return text.split() if text.isascii() else _WORD.findall(text)


def pieces(batch: Batch, unit: Unit) -> Sequence[Sequence[Hashable]]:
    """Each completion of a batch as the sequence of its tokens, words or characters.

    Raises:
        ColumnError: The unit is tokens, and the trainer gave no token ids.
    """
    if unit == "characters":
        return batch.texts
    if unit == "words":
        return [words(text) for text in batch.texts]
    if batch.completion_ids is None:
        raise ColumnError(
            "there are no completion_ids, which unit='tokens' counts; trainers pass them, and a "
            "call by hand has to: reward(completions, completion_ids=[[...], ...]); or count what "
            "the text shows, with unit='words' or unit='characters'"
        )
    return batch.completion_ids


@dataclass(frozen=True, kw_only=True, repr=False)
class CountingReward(Reward):
    """What rewards that only count share: the unit, and its check."""

    unit: Unit

    def __post_init__(self) -> None:
        super().__post_init__()
        require_unit(self.unit)

    def judge(self, batch: Batch) -> list[Outcome]:
        return [self._judge_pieces(counted) for counted in pieces(batch, self.unit)]

    def _judge_pieces(self, counted: Sequence[Hashable]) -> Outcome:
        raise NotImplementedError


def require_unit(unit: Unit) -> None:
    """Raise unless an option is a unit."""
    if unit not in get_args(Unit):
        raise OptionError(f"unit={unit!r}: write 'tokens', 'words' or 'characters'")
