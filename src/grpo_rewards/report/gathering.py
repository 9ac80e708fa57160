"""Scored rows as columns of numbers, and as many completions as a page can hold."""

from __future__ import annotations

import math
import random
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from grpo_rewards.cells import as_plain, is_missing
from grpo_rewards.errors import ColumnError
from grpo_rewards.responses.completions import completion_text
from grpo_rewards.scoring.headings import Headings, find_headings
from grpo_rewards.scoring.judging import PART, PREFIX
from grpo_rewards.scoring.summaries import KINDS, reason_kind

__all__ = ["CORRECT", "JUDGES", "NO_ANSWER", "VERDICTS", "Cut", "Gathered", "Sample", "gather"]

VERDICTS = ("correct", "wrong", "no answer", "undecided", "no opinion", "")
"""A verdict's code is its place; the last stands for a row of a reward that gives none."""
CORRECT, NO_ANSWER, SILENT = 0, 2, 4
"""Codes; from `SILENT` on, nothing was said on whether the answer is right."""
JUDGES = f"{PREFIX}judges"
"""What each of several judges of a row says, for `trainings`, where a row has a verdict each."""
LONGEST = {"text": 8_000, "prompt": 1_500, "answer": 300, "gold": 300, "rule": 60, "reason": 500}
"""Characters of each text that are kept."""
SCORE, VERDICT, PROBLEM, ROW = (f"{PREFIX}{key}" for key in ("score", "verdict", "problem", "row"))
PART_OF_ROW = f"{PREFIX}{PART}"


@dataclass(frozen=True, slots=True)
class Cut:
    """A text without its middle: an answer stands at the end, what it is about at the beginning."""

    head: str
    tail: str = ""
    omitted: int = 0
    """How many characters stood between the two."""

    @classmethod
    def of(cls, text: str, longest: int) -> Cut:
        """The text, cut where it is longer.

        Example:
            >>> Cut.of("0123456789", 6)
            Cut(head='0123', tail='89', omitted=4)
        """
        if len(text) <= longest:
            return cls(text)
        tail = longest // 3
        return cls(text[: longest - tail], text[-tail:], len(text) - longest)

    def shorter(self, longest: int) -> Cut:
        """The text, cut again."""
        if len(self.head) + len(self.tail) <= longest:
            return self
        again = Cut.of(self.head + self.tail, longest)
        return Cut(again.head, again.tail, again.omitted + self.omitted)


@dataclass(slots=True)
class Sample:
    """A completion that the page shows."""

    row: int
    place: int
    """Which of all rows it is: its place in the columns of `Gathered`."""
    prompt: str
    text: Cut
    answer: str
    gold: str
    rule: str
    reason: str


@dataclass
class Gathered:
    """What is known of all rows, column by column, and the samples that are shown."""

    parts: dict[str, array[float]] = field(default_factory=dict)
    scores: array[float] = field(default_factory=lambda: array("d"))
    verdicts: array[int] = field(default_factory=lambda: array("b"))
    problems: array[int] = field(default_factory=lambda: array("q"))
    """Of each row the number of its problem; the completions of two steps are of two problems."""
    names: list[str] = field(default_factory=list)
    """What each problem is called."""
    steps: array[float] = field(default_factory=lambda: array("d"))
    lengths: array[float] = field(default_factory=lambda: array("d"))
    agreeing: array[int] = field(default_factory=lambda: array("b"))
    """Whether several judges of a row agree: 1, 0, or -1 where fewer than two say something."""
    reasons: Counter[str] = field(default_factory=Counter)
    """Why there is no answer, by kind."""
    samples: list[Sample] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.scores)

    @property
    def has_verdicts(self) -> bool:
        """Whether it is known of any row whether its answer is right."""
        return any(code < SILENT for code in self.verdicts)


def gather(
    rows: Iterable[Mapping[str, Any]],
    *,
    completion: str | None = None,
    prompt: str | None = None,
    problem: str | None = None,
    above: float | None = None,
    most: int,
) -> Gathered:
    """Read scored rows; of more than ``most``, so many are drawn for the page, the same each time.

    Raises:
        ColumnError: The rows are not scored, or no column holds completions.
        CompletionError: A completion is none.
    """
    found = Gathered()
    headings: Headings | None = None
    numbers: dict[tuple[float | None, str], int] = {}
    rng = random.Random(0)
    for place, row in enumerate(rows):
        if headings is None:
            headings = _headings(row, completion, prompt, problem)
        text = completion_text(as_plain(row.get(headings.completion)))
        found.lengths.append(len(text))
        _add_judgement(found, row, above)
        _add_parts(found, row, place)
        _add_problem(found, row, place, headings, numbers)
        slot = place if place < most else rng.randrange(place + 1)
        if slot < most:
            sample = _sample(row, place, text, headings)
            found.samples[slot : slot + 1] = [sample]
    found.samples.sort(key=lambda sample: sample.place)
    return found


def _headings(
    row: Mapping[str, Any], completion: str | None, prompt: str | None, problem: str | None
) -> Headings:
    if SCORE not in row:
        raise ColumnError(
            f"there is no column {SCORE!r}: score the rows first, with score_rows or "
            f"`grpo-rewards score`; the columns are: {', '.join(map(repr, row)) or 'none'}"
        )
    names = [name for name in row if not name.startswith(PREFIX)]
    found = find_headings(names, completion=completion, prompt=prompt, problem=problem)
    return replace(found, problem=PROBLEM) if problem is None and PROBLEM in row else found


def _add_judgement(found: Gathered, row: Mapping[str, Any], above: float | None) -> None:
    score = number(row.get(SCORE))
    verdict = _text(row.get(VERDICT))
    if above is not None:
        verdict = "no opinion" if math.isnan(score) else ("correct" if score > above else "wrong")
    found.scores.append(score)
    found.verdicts.append(VERDICTS.index(verdict if verdict in VERDICTS else ""))
    judges = row.get(JUDGES) or ()
    found.agreeing.append(-1 if len(judges) < 2 else len(set(judges)) == 1)
    if found.verdicts[-1] == NO_ANSWER:
        kind = no_answer_kind(_text(row.get(f"{PREFIX}reason")))
        found.reasons[kind if kind in found.reasons or len(found.reasons) < KINDS else "other"] += 1


def no_answer_kind(reason: str) -> str:
    """Why there is no answer, without what differs from row to row."""
    return reason_kind(reason).removeprefix("no answer: ").strip() or "not said"


def _add_parts(found: Gathered, row: Mapping[str, Any], place: int) -> None:
    for heading, value in row.items():
        if heading.startswith(PART_OF_ROW):
            name = heading.removeprefix(PART_OF_ROW)
            if name not in found.parts:
                found.parts[name] = array("d", [math.nan]) * place
            found.parts[name].append(number(value))
    for column in found.parts.values():
        if len(column) == place:
            column.append(math.nan)


def _add_problem(
    found: Gathered,
    row: Mapping[str, Any],
    place: int,
    headings: Headings,
    numbers: dict[tuple[float | None, str], int],
) -> None:
    step = number(row.get(headings.step)) if headings.step else math.nan
    found.steps.append(step)
    name = headings.problem_of(row, place)
    key = (None if math.isnan(step) else step, name)
    if key not in numbers:
        numbers[key] = len(numbers)
        found.names.append(name)
    found.problems.append(numbers[key])


def _sample(row: Mapping[str, Any], place: int, text: str, headings: Headings) -> Sample:
    given = number(row.get(ROW))
    asked = row.get(headings.prompt) if headings.prompt else ""
    short = {
        key: _text(row.get(f"{PREFIX}{key}"))[: LONGEST[key]]
        for key in ("answer", "gold", "rule", "reason")
    }
    return Sample(
        row=int(given) if math.isfinite(given) else place,
        place=place,
        prompt=prompt_text(asked)[: LONGEST["prompt"]],
        text=Cut.of(text, LONGEST["text"]),
        **short,
    )


def prompt_text(prompt: Any) -> str:
    """What was asked: of a conversation what the user said last.

    Example:
        >>> prompt_text(
        ...     [{"role": "system", "content": "Think."}, {"role": "user", "content": "6 * 7"}]
        ... )
        '6 * 7'
    """
    prompt = as_plain(prompt)
    if not isinstance(prompt, list | tuple):
        return _text(prompt)
    said = [each for each in prompt if isinstance(each, Mapping)]
    asked = [each for each in said if each.get("role", each.get("from")) in ("user", "human")]
    last = (asked or said or [{}])[-1]
    content = last.get("content", last.get("value"))
    if isinstance(content, list | tuple):
        content = " ".join(_text(each.get("text")) for each in content if isinstance(each, Mapping))
    return _text(content)


def number(value: Any) -> float:
    """A score as a float; NaN where there is none.

    Example:
        >>> number("2.5"), number(None), number("")
        (2.5, nan, nan)
    """
    try:
        return math.nan if value is None else float(value)
    except (TypeError, ValueError, OverflowError):  # such as an empty cell of a CSV file
        return math.nan


def _text(value: Any) -> str:
    """A cell as text."""
    return "" if is_missing(value) else str(value)
