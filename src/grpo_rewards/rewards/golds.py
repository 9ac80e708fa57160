"""Where a reward's golds come from, and how a gold that is a worked solution is read.

What an answer is worth beside its gold, the rewards say.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NoReturn, TypeAlias

import regex

from grpo_rewards.answers import compare
from grpo_rewards.core.base import Batch, Outcome
from grpo_rewards.core.columns import as_list, require_shallow
from grpo_rewards.core.watching import seen_of
from grpo_rewards.errors import ColumnError, OptionError
from grpo_rewards.notices import say_once
from grpo_rewards.responses.layouts import BOXED, HASHES, ResponseFormat
from grpo_rewards.responses.places import boxed_share, hashes
from grpo_rewards.rewards.tiers import TieredReward
from grpo_rewards.wording.markup import Box, boxes, boxes_in_a_row

__all__ = [
    "GOLD_COLUMNS",
    "GoldFormat",
    "GoldReward",
    "GoldSource",
    "gold_values",
    "require_gold",
    "solution_answer",
]

GoldSource: TypeAlias = str | Callable[[Mapping[str, Any]], Any] | None
"""A column, a path such as ``reward_model.ground_truth``, a function of the row, or the default."""
GoldFormat: TypeAlias = ResponseFormat | Literal["auto"] | None
"""How golds that are worked solutions are read: by a layout, as they look, or not at all."""

GOLD_COLUMNS = ("answer", "solution")
"""Where the gold is looked for when no column is named."""
WORDS_BEFORE, WORDS_AROUND, WORDS_AFTER = 3, 5, 8
"""A text with a box is a solution where so many words stand before it, around it (with one before
it at least), or after it: with fewer it may be a value with its name, or with its unit."""
SHORT = 3
"""A text of more words is not compared with another column's gold."""
PROSE_WORDS = 40
"""A gold of so many words is prose that no answer equals."""
LOOKED_AT = 16
"""About so many rows of a run, or of its first batch, are looked at for what has to be said."""

_WORD = regex.compile(r"(?<![\\\p{L}])\p{L}{2,}+")
_NUMBER = regex.compile(r"[-+]?(?=[.,/%\s]*\d)[\d.,/%\s]*|[\\$].*", regex.DOTALL)


@dataclass(frozen=True, kw_only=True, repr=False)
class GoldReward(TieredReward):
    """What the rewards that read a gold share: where it comes from, and how it is read."""

    gold: GoldSource = None
    gold_format: GoldFormat = "auto"

    def __post_init__(self) -> None:
        super().__post_init__()
        require_gold(self.gold)
        if self.gold_format not in ("auto", None) and not isinstance(
            self.gold_format, ResponseFormat
        ):
            raise OptionError(
                f"gold_format={self.gold_format!r}: write a format that the golds are laid out "
                "by, such as HASHES or BOXED; 'auto', or None to take them as they are"
            )

    def _gold_values(self, batch: Batch) -> Sequence[Any]:
        """The golds of each row, of worked solutions their answers; ``None`` where none is."""
        values = gold_values(batch, self.gold)
        if self.gold_format is None or (self.gold_format == "auto" and _are_plain(values)):
            return values
        return [read_gold(value, self.gold_format) for value in values]

    def observed(self, batch: Batch, outcomes: Sequence[Outcome]) -> None:
        super().observed(batch, outcomes)
        seen = seen_of(self)
        if seen.golds < LOOKED_AT:
            seen.golds += len(batch) if batch.of_run else LOOKED_AT
            self._look_at_golds(batch)

    def _look_at_golds(self, batch: Batch) -> None:
        """Say what a user has to know of a run's first golds."""
        raw = gold_values(batch, self.gold)[:LOOKED_AT]
        read = self._gold_values(batch)[:LOOKED_AT]
        where = self._source(batch)
        for text, answer in zip(raw, read, strict=True):
            if not isinstance(text, str):
                continue
            if self.gold_format == "auto" and answer != text:
                found = f"{answer!r:.80} is taken for the gold" if answer else "no answer is in it"
                layout = "HASHES" if solution_layout(text) is HASHES else "BOXED"
                self._say(
                    batch,
                    "worked solution",
                    f"the golds of {where} are worked solutions, as {_ending(text)}, and {found}; "
                    f"say so with gold_format={layout}, or with gold_format=None that the whole "
                    "text is the gold",
                )
            elif len(_WORD.findall(text[:10_000])) >= PROSE_WORDS and answer == text:
                self._say(
                    batch,
                    "prose",
                    f"the golds of {where} are prose, as {_ending(text)}, which no answer equals: "
                    "name the column with the answers, as in gold='final_answer', or say how the "
                    "answer is found in them, as in gold_format=FREEFORM or gold=a_function",
                )
        if self.gold is None and all(name in batch.columns for name in GOLD_COLUMNS):
            self._compare_columns(batch)

    def _compare_columns(self, batch: Batch) -> None:
        used, other = GOLD_COLUMNS
        pairs = zip(batch.column(used), batch.column(other), strict=True)
        for row in list(pairs)[:LOOKED_AT]:
            golds = [read_gold(value, "auto") for value in row]
            if not all(isinstance(gold, str | int) and _is_short(str(gold)) for gold in golds):
                continue
            texts = [str(gold) for gold in golds]
            if compare(*texts).equal is False:
                self._say(
                    batch,
                    "two columns",
                    f"the columns {used!r} and {other!r} disagree, as in {texts[0]!r} and "
                    f"{texts[1]!r}, and {used!r} is used: write gold={used!r} to settle it, or "
                    f"gold={other!r}",
                )
                return

    def _source(self, batch: Batch) -> str:
        if callable(self.gold):
            return f"{self.gold.__qualname__}()"
        names = (self.gold,) if self.gold else GOLD_COLUMNS
        return f"column {next((name for name in names if name in batch.columns), names[0])!r}"

    def _say(self, batch: Batch, kind: str, message: str) -> None:
        say_once(self, kind, f"{self.name}: {message}", state=batch.trainer_state)


def require_gold(gold: GoldSource) -> None:
    """Raise unless an option says where golds are."""
    if gold is None:
        return
    if callable(gold):
        path = getattr(gold, "__qualname__", "")
        if not inspect.isroutine(gold) or "<" in path:
            raise OptionError(
                f"gold={gold!r:.80}: write a function with a name of its own, at the top of a "
                "module, def gold_of(row): ...; rewards are pickled and printed, and a lambda, a "
                "function inside another or a partial can be neither"
            )
        return
    if not isinstance(gold, str) or not gold:
        raise OptionError(
            f"gold={gold!r:.80}: write the name of the column with the gold, a path such as "
            "'reward_model.ground_truth', or a function of the row"
        )
    if _NUMBER.fullmatch(gold):
        raise OptionError(
            f"gold={gold!r:.80}: gold names the column with the golds, and is not the answer "
            "itself; answers are given to the call, as in reward(completions, answer=[...])"
        )


def gold_values(batch: Batch, gold: GoldSource) -> Sequence[Any]:
    """What the golds' source has for each row.

    Raises:
        ColumnError: There is no such column, or a function asks for one that there is not.
    """
    if not callable(gold):
        return batch.column(*(GOLD_COLUMNS if gold is None else (gold,)))
    columns = {
        name: values
        for name in batch.columns
        if (values := as_list(batch.columns[name])) is not None and len(values) == len(batch)
    }
    if batch.prompts is not None:
        columns.setdefault("prompt", batch.prompts)
    return [
        gold(_Row((name, values[row]) for name, values in columns.items()))
        for row in range(len(batch))
    ]


class _Row(dict[str, Any]):
    """A row's columns, which says what there is where a column is asked for that is not."""

    def __missing__(self, name: str) -> NoReturn:
        raise ColumnError(
            f"the function of the gold asks for the column {name!r}, and there are: "
            f"{', '.join(map(repr, self)) or 'none'}"
        )


def read_gold(value: Any, gold_format: ResponseFormat | Literal["auto"], *, depth: int = 0) -> Any:
    """A gold as it is, of a worked solution its answer; ``None`` where that has none."""
    if isinstance(value, str):
        if gold_format == "auto":
            return solution_answer(value)
        return _answer_in(value, gold_format)
    require_shallow(depth, value)
    items = None if value is None else as_list(value)
    if items is None:
        return value
    return [read_gold(item, gold_format, depth=depth + 1) for item in items]


def _are_plain(values: Sequence[Any]) -> bool:
    """Whether golds are texts without a mark of a solution, as nearly all are."""
    if not set(map(type, values)) <= {str}:
        return False
    together = "\n".join(values)
    return "####" not in together and "box" not in together


def solution_answer(text: str) -> str | None:
    r"""The answer of a text that is plainly a worked solution, and any other text as it is.

    A worked solution ends with a line marked ``####``, or is prose with a box. Boxes side by side
    are one list.

    Example:
        >>> solution_answer("Six rows of 7 are 42.\n#### 42"), solution_answer(r"\boxed{5} cm")
        ('42', '\\boxed{5} cm')
    """
    layout = solution_layout(text)
    return text if layout is None else _answer_in(text, layout)


def _answer_in(text: str, layout: ResponseFormat) -> str | None:
    """The answer that a gold gives by a layout: its mark is trusted, as a model's is not."""
    if layout.answer == "boxed":
        row = boxes_in_a_row(text, boxes(text))
        return (
            None if not row else boxed_share(text, row[0]) if len(row) == 1 else _whole(text, row)
        )
    if layout.answer == "hashes":
        marked = hashes(text)
        return (marked[-1]["value"].strip() or None) if marked else None
    return layout.parse(text).answer


def _whole(text: str, row: list[Box]) -> str:
    return text[row[0].start : row[-1].end]


def solution_layout(text: str) -> ResponseFormat | None:
    """The layout of a text that is plainly a worked solution; ``None`` for any other."""
    if "####" in text:
        *_, last = text.rstrip().rpartition("\n")
        if last.lstrip().startswith("####") and _answer_in(last, HASHES):
            return HASHES
    if "box" in text:
        found = boxes(text)
        if found:
            before = len(_WORD.findall(text, 0, found[-1].start))
            after = len(_WORD.findall(text, found[-1].end))
            around = before + after if before else 0
            if before >= WORDS_BEFORE or around >= WORDS_AROUND or after >= WORDS_AFTER:
                return BOXED
    return None


def _is_short(text: str) -> bool:
    return bool(text.strip()) and len(_WORD.findall(text[:1_000])) <= SHORT


def _ending(text: str) -> str:
    shown = " ".join(text.split())
    return repr(shown if len(shown) <= 80 else f"...{shown[-77:]}")
