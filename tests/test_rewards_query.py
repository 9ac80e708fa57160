"""SQL by execution: the rows that count, what a query may do, and what it may take."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grpo_rewards import CheckQuery, ColumnError, OptionError, check_query
from grpo_rewards.programs.queries import asks_order, query_in, same_rows
from grpo_rewards.sandboxes.databases import Query, run_queries
from grpo_rewards.testing import assert_reward_contract

SCHEMA = """
CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, age REAL, town TEXT);
INSERT INTO people VALUES (1, 'Ann', 30, 'Rome'), (2, 'Bob', 41.5, 'Oslo'), (3, 'Cem', 22, 'Rome'),
  (4, NULL, 41.5, 'Bern');
"""


def scored(query, gold, **options):
    return CheckQuery(**options)([query], answer=[gold], schema=[SCHEMA])[0]


class TestRows:
    """Two queries are worth the same where their rows are the same."""

    @pytest.mark.parametrize(
        ("gold", "right", "wrong"),
        [
            ("SELECT name FROM people WHERE town = 'Rome'",
             ["select NAME from people where town like 'rome'",
              "SELECT name FROM people WHERE town = 'Rome' ORDER BY name DESC",
              "SELECT p.name AS who FROM people p WHERE p.town IN ('Rome')",
              "WITH r AS (SELECT * FROM people WHERE town = 'Rome') SELECT name FROM r;"],
             ["SELECT name FROM people", "SELECT name, town FROM people WHERE town = 'Rome'",
              "SELECT DISTINCT town FROM people", "SELECT id FROM people WHERE town = 'Rome'",
              "SELECT name FROM people WHERE town = 'Rome' LIMIT 1"]),
            ("SELECT town FROM people",
             ["SELECT town FROM people ORDER BY id DESC"],
             ["SELECT DISTINCT town FROM people", "SELECT town FROM people GROUP BY town"]),
            ("SELECT name FROM people ORDER BY id DESC",
             ["SELECT name FROM people ORDER BY -id"],
             ["SELECT name FROM people ORDER BY id", "SELECT name FROM people"]),
            ("SELECT avg(age) FROM people",
             ["SELECT sum(age) / count(*) FROM people", "SELECT 33.75",
              "SELECT avg(age) + 1e-9 FROM people"],
             ["SELECT 33", "SELECT '33.75'", "SELECT avg(age) + 0.01 FROM people", "SELECT NULL"]),
            ("SELECT count(*) FROM people",
             ["SELECT count(id) FROM people", "SELECT 4.0"],
             ["SELECT count(name) FROM people", "SELECT '4'"]),
            ("SELECT NULL, x'00ff'", ["SELECT NULL, x'00FF'"], ["SELECT 0, x'00ff'"]),
        ],
    )  # fmt: skip
    def test_a_query(self, gold, right, wrong):
        assert [query for query in right if scored(query, gold) != 5.0] == []
        assert [query for query in wrong if scored(query, gold) != -2.5] == []

    @pytest.mark.parametrize(
        ("query", "score"),
        [
            ("SELECT name FROM people WHERE 0", None),
            ("SELECT 'x' WHERE 1 = 0", None),
            ("SELECT name FROM people WHERE id = 9", None),
            ("SELECT NULL", -2.5),
            ("SELECT name, id FROM people", -2.5),
            ("SELECT name, id FROM people WHERE 0", -2.5),
            ("SELECT nothing FROM people", -2.5),
            ("I cannot.", -4.5),
        ],
    )
    def test_a_gold_without_rows_pays_nobody(self, query, score):
        """A query that finds nothing is no more right than any other that does."""
        assert scored(query, "SELECT name FROM people WHERE id = 9") == score

    def test_an_option_says_whether_order_counts(self):
        gold, other = "SELECT id FROM people ORDER BY id", "SELECT id FROM people ORDER BY id DESC"
        assert scored(other, gold) == -2.5
        assert scored(other, gold, order=False) == 5.0
        assert scored("SELECT id FROM people", "SELECT id FROM people ORDER BY id") == 5.0
        assert scored(other, "SELECT id FROM people", order=True) == -2.5

    @given(st.lists(st.tuples(st.none() | st.integers(-3, 3) | st.text("ab", max_size=2))))
    def test_rows_are_a_set_with_counts(self, rows):
        assert same_rows(rows, rows[::-1], in_order=False)
        assert same_rows(rows, rows, in_order=True)
        assert not same_rows(rows, [*rows, (1,)], in_order=False)
        assert not same_rows(rows, [(*row, 1) for row in rows], in_order=False) or not rows

    @pytest.mark.parametrize(
        ("query", "order"),
        [
            ("SELECT 1 ORDER BY 1", True),
            ("SELECT * FROM (SELECT 1 ORDER BY 1)", False),
            ("SELECT row_number() OVER (ORDER BY x) FROM t", False),
            ("SELECT 'order by' FROM t", False),
            ("SELECT 1 -- order by 1", False),
            ("SELECT 1 /* ( */ order\nby 1", True),
            ('SELECT "order by" FROM [order by]', False),
        ],
    )
    def test_what_has_an_order(self, query, order):
        assert asks_order(query) is order


class TestResponses:
    """The query is the last block of SQL, or the whole text."""

    @pytest.mark.parametrize(
        ("text", "query"),
        [
            ("```sql\nSELECT 1;\n```", "SELECT 1"),
            ("First\n```sql\nSELECT 1\n```\nthen\n```SQL\nSELECT 2\n```\ndone", "SELECT 2"),
            ("```\nSELECT 1\n```\nIt gives\n```\n1\n```", "SELECT 1"),
            ("```python\nx = 1\n```\n```sqlite\n-- all\nSELECT 1\n```", "-- all\nSELECT 1"),
            ("SELECT 1", "SELECT 1"),
            ("WITH t AS (SELECT 1) SELECT * FROM t;", "WITH t AS (SELECT 1) SELECT * FROM t"),
            ("```sql\nSELECT 1", "SELECT 1"),
            ("I cannot.", None),
            ("", None),
            ("```sql\n```", None),
        ],
    )
    def test_it_is_found(self, text, query):
        assert query_in(text)[0] == query

    @given(st.text() | st.text(st.sampled_from("`sql\nSELECT 1;-/*'\" ")))
    def test_no_text_raises(self, text):
        query, why_not = query_in(text)
        assert (query is None) == bool(why_not)
        asks_order(text)


COUNTING = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t)"
HOSTILE = {
    "without end": f"{COUNTING} SELECT max(n) FROM t",
    "a product": "SELECT count(*) FROM " + ", ".join(f"people p{n}" for n in range(40)),
    "much output": f"{COUNTING} SELECT n FROM t",
    "much memory": (
        "WITH RECURSIVE t(n, s) AS (SELECT 1, hex(zeroblob(400000)) UNION ALL "
        "SELECT n + 1, s || '' FROM t) SELECT count(*) FROM (SELECT DISTINCT s || n FROM t)"
    ),
    "a long text": "SELECT printf('%.*c', 999999999, 'x')",
    "a large blob": "SELECT zeroblob(2000000000)",
    "a pattern": "SELECT replace(hex(zeroblob(200000)), '00', hex(zeroblob(200000)))",
    "deep": "SELECT " + "(" * 5_000 + "1" + ")" * 5_000,
    "a file": "ATTACH DATABASE '/tmp/grpo_rewards_attached' AS other",
    "an extension": "SELECT load_extension('/tmp/x')",
    "a pragma": "PRAGMA journal_mode = DELETE",
    "a change": "DELETE FROM people",
    "a change in a query": "INSERT INTO people (name) VALUES ('x') RETURNING id",
    "a table": "CREATE TABLE more (x)",
    "two statements": "SELECT 1; SELECT 2",
    "no query": "SELEC 1",
    "nothing": "--",
    "a surrogate": "SELECT '\ud800'",
    "a NUL": "SELECT '\x00'",
    "vacuum": "VACUUM INTO '/tmp/grpo_rewards_vacuumed'",
}


class TestHostile:
    """No query raises, hangs or swells, and none of them does more than read."""

    @pytest.mark.parametrize("name", HOSTILE)
    def test_a_query(self, name):
        reward = CheckQuery(seconds=0.5)
        gold = "SELECT count(*) FROM people"
        text = f"```sql\n{HOSTILE[name]}\n```"
        scores = reward([text, f"```sql\n{gold}\n```"], answer=[gold] * 2, schema=[SCHEMA] * 2)
        assert scores[0] in (-2.5, -4.5)
        assert scores[1] == 5.0

    def test_a_database_is_made_for_each_query(self):
        queries = [Query(SCHEMA, "SELECT count(*) FROM people"), Query("", "SELECT 1")] * 3
        results = run_queries(queries, seconds=5, output=1_000, deadline=60)
        assert [result.rows for result in results] == [((4,),), ((1,),)] * 3

    @settings(max_examples=20)
    @given(st.text(st.sampled_from("SELCT *FROMpeople1'();-\"\n\x00")))
    def test_no_text_raises(self, text):
        assert check_query([text], answer=["SELECT 1"], schema=[SCHEMA])[0] in (5.0, -2.5, -4.5)


class TestReward:
    """What each finding pays, and what the user gets wrong."""

    def test_the_contract(self):
        assert_reward_contract(
            check_query,
            completions=["SELECT 1", "SELECT 2"],
            answer=["SELECT 1"] * 2,
            schema=[""] * 2,
        )

    def test_a_row_without_a_gold_has_no_opinion(self):
        assert check_query(["SELECT 1"] * 2, answer=[None, " "], schema=["", None]) == [None, None]

    def test_the_user_s_faults_raise(self):
        with pytest.raises(ColumnError, match="the gold query fails: no such table"):
            scored("SELECT 1", "SELECT * FROM people_of_rome")
        with pytest.raises(ColumnError, match="the schema fails"):
            check_query(["SELECT 1"], answer=["SELECT 1"], schema=["CREATE TABEL t"])
        with pytest.raises(ColumnError, match="a schema is SQL"):
            check_query(["SELECT 1"], answer=["SELECT 1"], schema=[5])
        with pytest.raises(OptionError, match="order"):
            CheckQuery(order="yes")
        with pytest.raises(OptionError, match="schema"):
            CheckQuery(schema="")
        with pytest.raises(OptionError, match="seconds"):
            CheckQuery(seconds=0)

    def test_a_schema_may_be_a_list(self):
        statements = ["CREATE TABLE t (x)", "INSERT INTO t VALUES (1), (2);"]
        assert check_query(["SELECT 3"], answer=["SELECT sum(x) FROM t"], schema=[statements]) == [
            5.0
        ]

    def test_no_time_is_no_opinion(self):
        reward = CheckQuery(deadline=1e-6)
        assert reward(["SELECT 1"], answer=["SELECT 1"], schema=[""]) == [None]

    def test_it_is_pickled(self):
        reward = CheckQuery(order=True)
        assert pickle.loads(pickle.dumps(reward)) == reward
        assert repr(reward) == "CheckQuery(order=True)"


class TestRowsThatNearlyAgree:
    def test_fractions_that_are_off_by_a_little_do_not_turn_the_order_around(self):
        schema = "CREATE TABLE t (x REAL, n TEXT); INSERT INTO t VALUES (0.1, 'b'), (0.3, 'a');"
        gold = "SELECT CASE n WHEN 'b' THEN x + 0.2 ELSE x END, n FROM t"
        query = "SELECT 0.3, n FROM t"
        assert check_query([query], answer=[gold], schema=[schema]) == [5.0]

    def test_no_rows_of_another_width_are_others(self):
        schema = "CREATE TABLE t (x, y); INSERT INTO t VALUES (1, 2);"
        gold = "SELECT x, y FROM t WHERE x > 1"
        assert check_query(["SELECT 1 WHERE 0"], answer=[gold], schema=[schema]) == [-2.5]
