"""The reward for grounded answers: what is quoted stands in the source, what is cited exists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

from grpo_rewards.core.base import Batch, Outcome
from grpo_rewards.core.columns import as_list
from grpo_rewards.errors import ColumnError, OptionError, in_short
from grpo_rewards.passages import Quotation, Source, citations, own_text, quotations
from grpo_rewards.passages.source_texts import MissingAlignerError, require_rapidfuzz
from grpo_rewards.requirements import require_column, require_number, require_truth, require_whole
from grpo_rewards.rewards.text_units import words
from grpo_rewards.rewards.tiers import Answer
from grpo_rewards.rewards.whole import SharingReward

__all__ = ["CheckQuotes", "check_quotes"]

TEXTS = ("text", "content", "passage", "document", "body")
IDS = ("id", "mark", "key", "docid", "number")
"""What datasets call the text of a source, and its mark."""
SHORT_SOURCE = 25
"""Words of a source that may be quoted as a whole."""
OWN_WORDS = 2
"""Words with letters that a response has beside its quotations and citations, at least."""
LONGEST = 100_000
"""Characters of a response that is judged."""


@dataclass(frozen=True, kw_only=True, repr=False)
class CheckQuotes(SharingReward):
    """Pays a response whose quotations stand in the row's sources and whose citations exist.

    A quotation is a span in quotation marks (not single ones) or a block with ``>``. It stands in
    a source up to white space, case and the form of its marks; ``...`` in it leaves something out,
    in the source's order. Where a citation stands behind it, it has to stand in that source.

    Args:
        format: The layout that tells what the response is, as in `CheckInstructions`.
        source: The column with the sources: a text; a list of texts, cited as ``[1]``, ``[2]``;
            a dict of texts by mark; or a list of dicts with ``text`` (and ``id``).
        evidence: The column with what has to be quoted or cited: marks, or texts that have to
            stand in a quotation. Without it only precision counts.
        least: How many different quotations and citations there have to be.
        least_words: How many words a quotation has; what is shorter is a name or a title.
        most_of_source: Which share of a source one quotation may be; more is a copy.
        alike: How alike a quotation has to be to the source, of 1.0. Less than that is by rapidfuzz
            (``pip install 'grpo-rewards[text]'``), and lets slips of the pen pass, and changed
            words with them.
        partial: Whether a response that is right in part earns its share of ``correct``: the
            precision, with ``evidence`` its harmonic mean with the recall.
        correct: The score where every quotation and citation is right, and all evidence is there.
        wrong: The score of every other response.
        missing: The score of a blank response, and of one that quotes and cites nothing.
        strict: As in `grpo_rewards.CheckAnswer`.
        name: The reward's ``__name__``.

    Returns:
        For a completion one of the tiers, with ``partial`` also a share of ``correct``; ``None``
        where the row has no source.

    Raises:
        OptionError: rapidfuzz is not installed and ``alike`` is below 1, or an option is of the
            wrong kind.
        ColumnError: On a call: a column is missing, or holds what is no source.

    Not covered: whether a quotation supports what the response says with it; quotations in single
    marks; sources cited by author and year in round brackets.

    Example:
        >>> source = "The mill was built in 1820. It burned down twice, and stands to this day."
        >>> check_quotes.explain('It says: "The mill was built in 1820."', source=source).score
        5.0
        >>> check_quotes.explain('It says: "The mill was built in 1830."', source=source).reason
        "'The mill was built in 1830.' is in no source"
        >>> check_quotes.explain("It was built in 1820.", source=source).reason
        'no answer: it quotes and cites nothing'
    """

    source: str = "source"
    evidence: str | None = None
    least: int = 1
    least_words: int = 3
    most_of_source: float = 0.5
    alike: float = 1.0
    partial: bool = False
    name: str = "check_quotes"

    _source_option: ClassVar[str] = "source"

    def __post_init__(self) -> None:
        super().__post_init__()
        for option in ("source", "evidence"):
            column = getattr(self, option)
            if (option, column) != ("evidence", None):
                require_column(option, column)
        require_whole("least", self.least)
        require_whole("least_words", self.least_words)
        for option in ("most_of_source", "alike"):
            require_number(option, getattr(self, option))
            if not 0 < getattr(self, option) <= 1:
                raise OptionError(f"{option}={getattr(self, option)!r}: write a number up to 1")
        require_truth("partial", self.partial)
        self._require_shares("partial=True", are_paid=self.partial)
        if self.alike < 1:
            try:
                require_rapidfuzz()
            except MissingAlignerError as error:
                raise OptionError(f"alike={self.alike!r}: {error}") from None

    def _judge_answers(self, batch: Batch, answers: Sequence[Answer]) -> list[Outcome]:
        sources = batch.column(self.source, option="source")
        wanted: Sequence[Any] = [None] * len(batch)
        if self.evidence is not None:
            wanted = batch.column(self.evidence, option="evidence")
        return [
            self._judge_row(self._sources(value), self._evidence(needed), *answer)
            for value, needed, answer in zip(sources, wanted, answers, strict=True)
        ]

    def _sources(self, value: Any) -> dict[str, str]:
        """The texts of the sources by their marks; empty where there are none."""
        if value is None:
            return {}
        if isinstance(value, str):
            return {"1": value} if value.strip() else {}
        if isinstance(value, Mapping):
            pairs = [(str(mark), text) for mark, text in value.items() if text is not None]
        else:
            items = as_list(value)
            if items is None:
                raise self._no_source(value)
            pairs = [_marked(place, item) for place, item in enumerate(items, 1)]
        if not all(isinstance(text, str) for _, text in pairs):
            raise self._no_source(value)
        return {mark: text for mark, text in pairs if text.strip()}

    def _no_source(self, value: Any) -> ColumnError:
        return ColumnError(
            f"the column {self.source!r} has {in_short(value)} as sources: write a text, a list of "
            "texts, or a dict of texts by their marks"
        )

    def _evidence(self, value: Any) -> list[str]:
        items = [value] if isinstance(value, str | int) else as_list(value) or ()
        return [str(item) for item in items if item is not None and str(item).strip()]

    def _judge_row(
        self, sources: dict[str, str], evidence: list[str], text: str | None, why_not: str
    ) -> Outcome:
        if not sources:
            return self._outcome("no opinion", "the row has no source", answer=text)
        if text is None:
            return self._outcome("no answer", f"no answer: {why_not}")
        if len(text) > LONGEST:
            return self._outcome("wrong", f"it has more than {LONGEST:,} characters", answer=text)
        quoted = list(dict.fromkeys(quotations(text, least_words=self.least_words)))
        cited = list(dict.fromkeys(citations(text)))
        if not quoted and not cited:
            return self._outcome("no answer", "no answer: it quotes and cites nothing")
        problems = [self._problem(each, sources) for each in quoted]
        problems += [
            "" if mark in sources else f"the source [{mark:.40}] does not exist" for mark in cited
        ]
        right = problems.count("")
        own = [
            word
            for word in words(own_text(text, least_words=self.least_words))
            if any(map(str.isalpha, word))
        ]
        problem = next(filter(None, problems), "")
        if not problem and len(problems) < self.least:
            problem = f"{len(problems)} different quotations and citations, not {self.least}"
        if len(own) < OWN_WORDS:
            problem, right = "it says nothing of its own", 0
        precision = right / max(len(problems), self.least)
        there = [each for each in evidence if _is_there(each, quoted, cited, problems)]
        recall = len(there) / len(evidence) if evidence else 1.0
        if not problem and recall < 1:
            lacking = next(each for each in evidence if each not in there)
            problem = f"{lacking!r:.80} is not quoted or cited"
        if not problem:
            return self._outcome("correct", "every quotation and citation is right", answer=text)
        share = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        score = self._share(share) if self.partial else None
        return self._outcome("wrong", problem, answer=text, score=score)

    def _problem(self, quotation: Quotation, sources: Mapping[str, str]) -> str:
        """What is amiss with a quotation; empty if nothing is."""
        named = [mark for mark in quotation.marks if mark in sources]
        looked_in = {mark: sources[mark] for mark in named} or sources
        for source in looked_in.values():
            if _prepared(source).has(quotation.text, alike=self.alike):
                length = _length(source)
                if length > SHORT_SOURCE and len(words(quotation.text)) > (
                    self.most_of_source * length
                ):
                    return "it copies a source"
                return ""
        where = f"in [{', '.join(named)}]" if named else "in no source"
        said = "is not" if named else "is"
        return f"{quotation.text!r:.80} {said} {where}"


def _marked(place: int, item: Any) -> tuple[str, Any]:
    """A source of a list: its mark, by default its place, and its text."""
    if not isinstance(item, Mapping):
        return str(place), item
    mark = next((item[key] for key in IDS if item.get(key) is not None), place)
    return str(mark), next((item[key] for key in TEXTS if item.get(key) is not None), None)


def _is_there(
    wanted: str, quoted: Sequence[Quotation], cited: Sequence[str], problems: Sequence[str]
) -> bool:
    """Whether evidence is cited by its mark, or stands in a quotation that is right."""
    right = [each for each, problem in zip(quoted, problems, strict=False) if not problem]
    return wanted in cited or any(_prepared(each.text).has(wanted) for each in right)


@lru_cache(maxsize=128)
def _prepared(text: str) -> Source:
    return Source(text)


@lru_cache(maxsize=128)
def _length(text: str) -> int:
    return len(words(text))


check_quotes = CheckQuotes()
