"""The reward for SQL: the query in a response is run, and its rows are compared with the gold's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from grpo_rewards.core.base import Batch, Outcome
from grpo_rewards.errors import ColumnError, OptionError, in_short
from grpo_rewards.programs.queries import asks_order, query_in, same_rows
from grpo_rewards.requirements import require_column, require_number, require_seconds
from grpo_rewards.responses.layouts import FREEFORM, Response, ResponseFormat
from grpo_rewards.responses.parsing import split_reasoning, tag_places
from grpo_rewards.rewards.tiers import Answer, TieredReward
from grpo_rewards.sandboxes.databases import Query, QueryResult, run_queries

__all__ = ["CheckQuery", "check_query"]

OUTPUT = 1_000_000


@dataclass(frozen=True, kw_only=True, repr=False)
class CheckQuery(TieredReward):
    r"""Pays a query whose rows are those of the gold query, on a database of the row's own.

    The database is made in memory by the statements of a column, in SQLite, for each query anew.
    The query in the last block of SQL, or in the whole text, can only read it, in a process that is
    bounded in time and memory.

    Args:
        format: The layout that tells where the query is looked for, as in `CheckCode`.
        gold: The column with the gold query.
        schema: The column with the statements that make the database and fill it: a text, or a
            list of texts.
        order: Whether the order of the rows counts; by default where the gold query has an
            ``ORDER BY`` outside of brackets.
        tolerance: How far, relative or absolute, a number may be off.
        seconds: The longest that a query may take.
        deadline: Seconds that a batch may take in all.
        correct: The score of a query with the gold's rows.
        wrong: The score of every other query, and of one that fails.
        missing: The score of a response without a query.
        strict: As in `CheckAnswer`.
        name: The reward's ``__name__``.

    Returns:
        For a completion one of the tiers, or ``None`` where the row has no gold, the deadline came
        first, or neither the gold nor the query finds anything, which tells nothing.

    Raises:
        OptionError: An option cannot work.
        ColumnError: On a call: a column is missing, or the schema or the gold query fails.

    Not covered: other dialects than SQLite's, and queries that change data. Rows that one constant
    would give as well: fill the database so that a wrong query shows.

    Example:
        >>> schema = "CREATE TABLE t (n INT); INSERT INTO t VALUES (1), (2), (3);"
        >>> texts = ["```sql\nSELECT n FROM t WHERE n > 1\n```", "SELECT n FROM t", "I cannot."]
        >>> gold = "SELECT n FROM t WHERE NOT n <= 1"
        >>> check_query(texts, answer=[gold] * 3, schema=[schema] * 3)
        [5.0, -2.5, -4.5]
        >>> check_query.explain(texts[1], answer=gold, schema=schema).reason
        'the gold has 2 rows, the answer has 3 rows'
    """

    format: ResponseFormat = FREEFORM
    gold: str = "answer"
    schema: str = "schema"
    order: bool | None = None
    tolerance: float = 1e-6
    seconds: float = 5.0
    deadline: float = 60.0
    correct: float = 5.0
    wrong: float = -2.5
    missing: float = -4.5
    name: str = "check_query"

    _source_option: ClassVar[str] = "gold"

    def __post_init__(self) -> None:
        super().__post_init__()
        for option in ("gold", "schema"):
            require_column(option, getattr(self, option))
        if self.order is not None and not isinstance(self.order, bool):
            raise OptionError(f"order={in_short(self.order)}: write True, False or None")
        require_number("tolerance", self.tolerance)
        if self.tolerance < 0:
            raise OptionError(
                f"tolerance={in_short(self.tolerance)}: write a number that is not negative"
            )
        require_seconds("seconds", self.seconds)
        require_seconds("deadline", self.deadline)

    def _answer(self, response: Response) -> Answer:
        if isinstance(self.format.answer, str):  # of which the block stands in the prose around it
            found = tag_places(self.format, response.text)
            _, start, why_not = split_reasoning(self.format, response.text, found)
            return (None, why_not) if why_not else (response.text[start:], "")
        return super()._answer(response)

    def _judge_answers(self, batch: Batch, answers: Sequence[Answer]) -> list[Outcome]:
        golds = batch.column(self.gold, option="gold")
        schemas = [_schema(value) for value in batch.column(self.schema, option="schema")]
        found = [
            query_in(text) if text is not None else (None, why_not) for text, why_not in answers
        ]
        wanted: dict[Query, None] = {}
        for gold, schema, (query, _) in zip(golds, schemas, found, strict=True):
            if isinstance(gold, str) and gold.strip() and query is not None:
                wanted[Query(schema, gold.strip().rstrip(";"))] = None
                wanted[Query(schema, query)] = None
        results = dict(
            zip(
                wanted,
                run_queries(
                    list(wanted), seconds=self.seconds, output=OUTPUT, deadline=self.deadline
                ),
                strict=True,
            )
            if wanted
            else ()
        )
        return [
            self._judge_row(gold, schema, query, why_not, results)
            for gold, schema, (query, why_not) in zip(golds, schemas, found, strict=True)
        ]

    def _judge_row(
        self,
        gold: Any,
        schema: str,
        query: str | None,
        why_not: str,
        results: dict[Query, QueryResult],
    ) -> Outcome:
        if not isinstance(gold, str) or not gold.strip():
            return self._outcome("no opinion", "the row has no gold query", answer=query)
        gold = gold.strip().rstrip(";")
        if query is None:
            return self._outcome("no answer", f"no answer: {why_not}", gold=gold)
        expected, actual = results[Query(schema, gold)], results[Query(schema, query)]
        late = next((each.error for each in (expected, actual) if each.failed), "")
        if late:
            return self._outcome("no opinion", late, answer=query, gold=gold)
        if expected.rows is None:
            what = "schema" if expected.of_schema else "gold query"
            text = schema if expected.of_schema else gold
            raise ColumnError(f"the {what} fails: {expected.error}: {in_short(text, 200)}")
        return self._compared(expected, actual, query, gold)

    def _compared(
        self, expected: QueryResult, actual: QueryResult, query: str, gold: str
    ) -> Outcome:
        if actual.rows is None or expected.rows is None:
            reason = f"the query fails: {actual.error}"
            return self._outcome("wrong", reason, answer=query, gold=gold, rule="rows")
        in_order = asks_order(gold) if self.order is None else self.order
        same = partial(same_rows, in_order=in_order, tolerance=self.tolerance)
        alike = expected.width == actual.width
        if alike and not expected.rows and not actual.rows:
            reason = "the gold has no rows, as any query that finds nothing: fill the database"
            return self._outcome("no opinion", reason, answer=query, gold=gold, rule="rows")
        if alike and same(expected.rows, actual.rows):
            reason = f"the same {len(expected.rows)} rows"
            return self._outcome("correct", reason, answer=query, gold=gold, rule="rows")
        sizes = [f"{len(each)} rows" for each in (expected.rows, actual.rows)]
        if expected.width != actual.width:
            sizes = [f"{each.width} columns" for each in (expected, actual)]
        elif len(expected.rows) == len(actual.rows):
            is_sorted = in_order and same_rows(expected.rows, actual.rows, in_order=False)
            sizes = ["rows in an order" if is_sorted else "certain rows", "others"]
            if is_sorted:
                sizes = ["the rows in one order", "them in another"]
        reason = f"the gold has {sizes[0]}, the answer has {sizes[1]}"
        return self._outcome("wrong", reason, answer=query, gold=gold, rule="rows")


def _schema(value: Any) -> str:
    """The statements of a schema as one text."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple) and all(isinstance(each, str) for each in value):
        return ";\n".join(each.strip().rstrip(";") for each in value)
    raise ColumnError(f"a schema is SQL, as a text or a list of texts, not {in_short(value)}")


check_query = CheckQuery()
