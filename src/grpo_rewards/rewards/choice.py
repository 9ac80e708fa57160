"""A reward for multiple choice: the option by its letter, by its text, or by both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from numbers import Integral
from typing import Any, Literal

from grpo_rewards.answers import Policy, compare_many
from grpo_rewards.choices.naming import Chosen, read_choice
from grpo_rewards.choices.options import LETTERS_ONLY, Option, plain_value, read_options
from grpo_rewards.core.base import Batch, Outcome
from grpo_rewards.errors import ColumnError, OptionError, in_full, in_short
from grpo_rewards.rewards.answer import AnswerReward, acceptable_golds
from grpo_rewards.rewards.tiers import Answer, Finding

__all__ = ["CheckChoice", "check_choice"]

OPTION_COLUMNS = ("options", "choices")
"""Where the options are looked for when no column is named."""
MAX_ROUNDS = 64
"""How often a row may ask for more, after it has heard what equals what."""


@dataclass(frozen=True, slots=True)
class _Row:
    """What a row asks: its options, the sets of labels that are right, or why there are none."""

    options: tuple[Option, ...]
    right: tuple[frozenset[str], ...]
    why_none: str = ""


@dataclass(frozen=True, kw_only=True, repr=False)
class CheckChoice(AnswerReward):
    r"""Pays an answer that names the right option, by its label, by its text, or by both.

    A label may be written in any usual way (``b``, ``(B)``, ``B.``, ``option B``,
    ``\boxed{\text{B}}``), a text with other case, markup or article, or as an equal value (``1/2``
    for ``0.5``). A reason may follow, and what is dismissed is not named (``B, not A``). A label
    and a text that belong to different options are wrong, and so is whatever names several, denies
    the option, or equals more than one.

    Args:
        format: The layout that the answer is read by.
        gold: The column with the gold; by default ``answer``, else ``solution``. A value is a
            label, the text of an option, the option's position (see ``index``), or a list. A path
            or a function as in `CheckAnswer`.
        gold_format: As in `CheckAnswer`.
        options: The column with the options; by default ``options``, else ``choices``. A value is
            a list of texts (their labels are A, B, ..., or what they bring), a dict of texts by
            label, a dict of two lists, ``label`` and ``text``, or any of these in JSON. Without
            such a column, and in rows where it is empty, the gold is a letter, and only a letter
            answers it.
        index: The position of the first option, 0 or 1, where golds are positions; ``None`` where
            they are labels or texts.
        select: ``"one"`` of the golds, where a list holds acceptable ones; or ``"all"`` of them,
            and nothing else.
        correct: The score of the right option, or with ``select="all"`` of exactly the right ones.
        wrong: The score of every other answer.
        missing: The score of a response without an answer.
        strict: Whether, in a format with tags, an answer counts only where the response is laid
            out exactly. Otherwise it counts wherever the format finds one.
        policy: What counts as equal, where an answer gives an option's value in another form.
        name: The reward's ``__name__``.

    Returns:
        For a completion one of the tiers, or ``None`` where the gold is missing or no option.

    Raises:
        OptionError: A tier would pay a worse response more, or an option is of the wrong kind.
        ColumnError: On a call: a column is missing or holds something unreadable, or a gold is a
            position and ``index`` does not say what it counts from.

    Not covered: partial credit for some of several right options, and paraphrases of a text.

    Example:
        >>> texts = [
        ...     f"I recall it.<end_working_out><SOLUTION>{answer}</SOLUTION>"
        ...     for answer in ("B", "(b) Paris", "Paris", "B. Rome", "A or B")
        ... ]
        >>> check_choice(texts, answer=["B"] * 5, options=[["Rome", "Paris"]] * 5)
        [5.0, 5.0, 5.0, -2.5, -2.5]
        >>> CheckChoice(index=0)(texts[:1], answer=[1], choices=[["Rome", "Paris"]])
        [5.0]
    """

    options: str | None = None
    index: Literal[0, 1] | None = None
    select: Literal["one", "all"] = "one"
    correct: float = 5.0
    wrong: float = -2.5
    missing: float = -4.5
    name: str = "check_choice"

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.options is not None and (not isinstance(self.options, str) or not self.options):
            raise OptionError(
                f"options={self.options!r}: write the name of the column with the options"
            )
        if isinstance(self.index, bool) or self.index not in (None, 0, 1):
            raise OptionError(f"index={self.index!r}: write 0, 1, or None where golds are labels")
        if self.select not in ("one", "all"):
            raise OptionError(f"select={self.select!r}: write 'one' or 'all'")

    def _judge_answers(self, batch: Batch, answers: Sequence[Answer]) -> list[Outcome]:
        golds = self._gold_values(batch)
        options = self._options(batch)
        rows = list(zip(golds, options, answers, strict=True))
        values = _Values()
        judged: dict[int, Outcome] = {}
        waiting = list(range(len(rows)))
        for _ in range(MAX_ROUNDS):
            # What a row asks is found out by reading it; what it hears may lead it to ask more.
            asking = []
            for place in waiting:
                values.lacking = False
                judged[place] = self._read(*rows[place], values)
                if values.lacking:
                    asking.append(place)
            if not asking:
                break
            values.compare(self.policy)
            waiting = asking
        return [judged[place] for place in range(len(rows))]

    def _options(self, batch: Batch) -> list[tuple[Option, ...]]:
        names = OPTION_COLUMNS if self.options is None else (self.options,)
        if self.options is None and not any(name in batch.columns for name in names):
            return [()] * len(batch)
        return [read_options(value) for value in batch.column(*names, option="options")]

    def _read(
        self, gold: Any, options: tuple[Option, ...], answer: Answer, values: _Values
    ) -> Outcome:
        return self._judge_choice(self._row(gold, options, values), *answer, values)

    def _row(self, gold: Any, options: tuple[Option, ...], values: _Values) -> _Row:
        offered = options or LETTERS_ONLY
        named = [self._named_by(each, offered, values) for each in _golds(gold)]
        why_none = next((each.why_not for each in named if not each.labels), "the row has no gold")
        right = tuple(each.labels for each in named if each.labels)
        if self.select == "all" and len(right) == len(named) > 0:
            right = (frozenset[str]().union(*right),)
        elif self.select == "all":
            right = ()  # of which a part is not known
        return _Row(offered, right, why_none)

    def _named_by(self, gold: str | int, offered: tuple[Option, ...], values: _Values) -> Chosen:
        """The options that a gold names."""
        labels = {option.label.casefold(): option.label for option in offered}
        is_position = isinstance(gold, int) or gold.strip().isdecimal()
        if self.index is not None and is_position:
            place = int(gold) - self.index
            if 0 <= place < len(offered):
                return Chosen(frozenset([offered[place].label]))
            return Chosen(why_not=f"the gold is {in_short(gold)}, and there is no such option")
        text = in_full(gold).strip()
        if text.casefold() in labels:
            return Chosen(frozenset([labels[text.casefold()]]))
        if isinstance(gold, int) and offered is not LETTERS_ONLY:
            raise ColumnError(
                f"the gold {gold} is a position, and the options are {', '.join(labels.values())}: "
                f"say what it counts from, as in {type(self).__name__}(index=0) or index=1; or "
                "write golds as text"
            )
        chosen = read_choice(text, offered, equal=values, several=self.select == "all")
        if chosen.labels:
            return chosen
        return Chosen(why_not=f"the gold {text!r:.80} is none of the options")

    def _judge_choice(
        self, row: _Row, answer: str | None, why_not: str, values: _Values
    ) -> Outcome:
        if not row.right:
            return self._outcome("no opinion", row.why_none, answer=answer)
        gold = _listed(row.right[0])
        if answer is None:
            return self._outcome("no answer", f"no answer: {why_not}", gold=gold)
        chosen = read_choice(answer, row.options, equal=values, several=self.select == "all")
        found: Finding = "correct" if chosen.labels in row.right else "wrong"
        said = chosen.why_not or f"the answer names {_listed(chosen.labels)}"
        return self._outcome(
            found,
            f"{found}: the gold is {gold}, {said}",
            answer=answer,
            gold=gold,
            rule=chosen.rule,
        )


def _golds(value: Any) -> list[str | int]:
    """The golds of a row, whole numbers as such."""
    value = plain_value(value)
    whole = isinstance(value, Integral) or (isinstance(value, float) and value.is_integer())
    if whole and not isinstance(value, bool):
        return [int(value)]
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [gold for each in value for gold in _golds(each)]
    return list(acceptable_golds(value))


def _listed(labels: frozenset[str]) -> str:
    return ", ".join(sorted(labels))


class _Values:
    """Whether options equal texts: what is not known yet it notes, to be compared in one go."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], bool] = {}
        self.asked: dict[tuple[str, str], None] = {}
        self.lacking = False
        """Whether anything was asked that is not known, since somebody set this to false."""

    def __call__(self, option: str, text: str) -> bool:
        pair = (option, text)
        if pair not in self.known:
            self.asked[pair] = None
            self.lacking = True
        return self.known.get(pair, False)

    def compare(self, policy: Policy) -> None:
        """Compare all that was asked, as the engine's workers like it."""
        verdicts = compare_many(*zip(*self.asked, strict=True), policy=policy)
        self.known |= zip(self.asked, map(bool, verdicts), strict=True)
        self.asked = {}


check_choice = CheckChoice()
