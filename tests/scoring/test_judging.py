"""Completions as flat dicts: the same keys for every row, the same values in any company."""

from __future__ import annotations

import math
import pickle
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grpo_rewards import (
    BOXED,
    THINK_BOXED,
    CheckAnswer,
    ColumnError,
    CompletionError,
    OptionError,
    Policy,
    any_of,
    as_reward,
    check_answer,
    check_choice,
    check_numbers,
    exact_format,
    math_rewards,
    reward,
)
from grpo_rewards.scoring import find_headings, score_one, score_rows, scored_keys

PATIENT = CheckAnswer(format=BOXED, policy=Policy(deadline=30))
ANSWERS = (
    *("42", "41", "1/2", "0.5", "x+1", "1+x", "2^{2^{10^9}+1}", "2*2^{2^{10^9}}", "Paris"),
    *("(2^{2^{10^9}+1},2)", "(2*2^{2^{10^9}},2)", "42 or 41", ""),
)
TEXTS = st.sampled_from([rf"So \boxed{{{each}}}." for each in ANSWERS] + ["Hm.", "", "maybe 42"])
GOLDS = st.one_of(st.none(), st.sampled_from([each for each in ANSWERS if each]))
ROWS = st.lists(st.fixed_dictionaries({"text": TEXTS, "answer": GOLDS}), min_size=1, max_size=12)


@reward
def short(response):
    return len(response.text) < 10 or None


def by_batch(completions, **columns):
    return [float(len(each or "")) for each in completions]


REWARDS = {
    "one": check_answer,
    "several": sum(math_rewards(format=THINK_BOXED)),
    "gated": check_answer.when(exact_format),
    "named": (exact_format + 2 * check_answer).named("total"),
    "any": any_of(check_answer, check_numbers),
    "a function": short,
    "a batch's": as_reward(by_batch),
}


class TestKeys:
    @pytest.mark.parametrize("name", REWARDS)
    @pytest.mark.parametrize("text", ["", "42", r"t</think>\boxed{42}", None])
    @pytest.mark.parametrize("gold", ["42", None, "", "Paris", ["1", "42"], 42])
    def test_they_depend_on_the_reward_only(self, name, text, gold):
        found = score_one(REWARDS[name], text, answer=gold)
        assert list(found) == scored_keys(REWARDS[name])
        assert found["no_opinion"] is (found["score"] is None)
        for key in ("verdict", "answer", "gold", "rule", "reason"):
            assert found[key] is None or isinstance(found[key], str)
        for key, value in found.items():
            if key == "score" or key.startswith("part/"):
                assert value is None or isinstance(value, float)

    def test_a_composition_tells_what_its_verifier_says(self):
        total = (exact_format + 2 * check_answer).named("total")
        found = score_one(total, "t<end_working_out><SOLUTION>41</SOLUTION>", answer="42")
        assert found["score"] == -2.0
        assert found["part/2 * check_answer"] == -5.0
        assert (found["verdict"], found["answer"], found["gold"]) == ("wrong", "41", "42")
        assert found["reason"] == "not equal: the gold is 42, the answer is 41"

    def test_a_part_with_an_opinion_speaks_before_one_without(self):
        both = check_numbers + check_answer
        found = score_one(both, "t<end_working_out><SOLUTION>Paris</SOLUTION>", answer="Paris")
        assert found["verdict"] == "correct"

    def test_no_opinion_is_what_the_caller_takes_for_it(self):
        assert score_one(check_answer, "42", answer=None, none=0.0)["score"] == 0.0
        assert math.isnan(score_one(check_answer, "42", answer=None, none=math.nan)["score"])
        assert score_one(check_answer, "42", answer=None)["no_opinion"]

    def test_prompts_and_ids_reach_a_reward_that_reads_them(self):
        @reward
        def both(prompt, completion_ids):
            return len(prompt) + len(completion_ids)

        assert score_one(both, "x", prompt="abc", ids=[1, 2])["score"] == 5.0

    def test_what_no_trainer_could_call(self):
        with pytest.raises(OptionError, match="is no reward"):
            score_one("check_answer", "42")
        with pytest.raises(OptionError, match="at least one"):
            score_one([], "42")
        with pytest.raises(ColumnError, match="'answer'"):
            score_one(check_answer, "42")
        with pytest.raises(CompletionError):
            score_one(check_answer, 42, answer="42")

    def test_a_choice_by_several_letters_is_a_text(self):
        several = replace(check_choice, select="all")
        text = "t<end_working_out><SOLUTION>A and C</SOLUTION>"
        found = score_one(several, text, answer=["A", "C"], options=["1", "2", "3"])
        assert found["verdict"] == "correct"
        assert isinstance(found["answer"], str)


class TestIndependence:
    """What a row scores is its own: in any chunk, in any order, beside any others."""

    @given(ROWS, st.integers(1, 13), st.randoms(use_true_random=False))
    @settings(max_examples=60)
    def test_of_chunk_and_order(self, rows, chunk, random):
        whole = self.scored(rows, 1_000)
        assert self.scored(rows, chunk) == whole
        order = random.sample(range(len(rows)), len(rows))
        shuffled = self.scored([rows[place] for place in order], chunk)
        assert shuffled == [whole[place] for place in order]

    @given(ROWS)
    @settings(max_examples=30)
    def test_a_row_alone(self, rows):
        alone = [score_one(PATIENT, row["text"], answer=row["answer"]) for row in rows]
        assert self.scored(rows, 1_000) == alone

    def scored(self, rows, chunk):
        found = score_rows(PATIENT, rows, completion="text", chunk=chunk, none=None)
        return [{key: row[f"reward/{key}"] for key in scored_keys(PATIENT)} for row in found]

    def test_many_pairs_for_the_symbolic_rule_take_nothing_from_one_another(self):
        """One chunk has one budget, and none of these is decided without the rule."""
        rows = [
            {
                "text": rf"\boxed{{{number}*2^{{2^{{10^9}}}}}}",
                "answer": f"2^{{2^{{10^9}}}}*{number}",
            }
            for number in range(2, 12)
        ]
        assert {row["verdict"] for row in self.scored(rows, 1_000)} == {"correct"}


class TestTables:
    ROWS = tuple(
        {
            "question": f"{n} + 1",
            "target": str(n + 1) if n else None,
            "response": rf"\boxed{{{n + n}}}",
        }
        for n in range(3)
    )
    SCORES = (None, 5.0, -2.5)
    REWARD = CheckAnswer(format=BOXED)

    def check(self, scored):
        scores = list(scored["reward/score"])
        assert [None if each != each else each for each in scores] == list(self.SCORES)  # noqa: PLR0124
        assert list(scored["reward/no_opinion"]) == [True, False, False]
        assert list(scored["reward/problem"]) == ["0 + 1", "1 + 1", "2 + 1"]
        assert list(scored["response"]) == [row["response"] for row in self.ROWS]

    def columns(self):
        return {name: [row[name] for row in self.ROWS] for name in self.ROWS[0]}

    def test_rows(self):
        scored = score_rows(self.REWARD, self.ROWS, gold="target")
        self.check({name: [row[name] for row in scored] for name in scored[0]})

    def test_columns(self):
        scored = score_rows(self.REWARD, self.columns(), gold="target")
        assert isinstance(scored["reward/score"], list)
        self.check(scored)

    def test_numpy(self):
        np = pytest.importorskip("numpy")
        arrays = {name: np.array(values, dtype=object) for name, values in self.columns().items()}
        scored = score_rows(self.REWARD, arrays, gold="target")
        assert scored["reward/score"].dtype == np.float64
        assert scored["reward/no_opinion"].dtype == np.bool_
        self.check(scored)
        records = np.array(
            [tuple(row.values()) for row in self.ROWS],
            dtype=[(name, object) for name in self.ROWS[0]],
        )
        self.check(score_rows(self.REWARD, records, gold="target"))

    def test_pandas(self):
        pd = pytest.importorskip("pandas")
        frame = pd.DataFrame(self.columns(), index=[7, 8, 9])
        scored = score_rows(self.REWARD, frame, gold="target")
        assert scored["reward/score"].dtype == float
        assert list(scored.index) == [7, 8, 9]
        assert "reward/score" not in frame
        self.check(scored)

    def test_arrow(self):
        pa = pytest.importorskip("pyarrow")
        scored = score_rows(self.REWARD, pa.table(self.columns()), gold="target")
        assert scored.schema.field("reward/score").type == pa.float64()
        assert scored.schema.field("reward/verdict").type == pa.string()
        self.check({name: scored[name].to_pylist() for name in scored.column_names})

    def test_arrow_where_nothing_was_judged(self):
        pa = pytest.importorskip("pyarrow")
        table = pa.table({"completion": ["a"], "answer": pa.array([None], pa.string())})
        scored = score_rows(self.REWARD, table, none=None)
        assert scored.schema.field("reward/score").type == pa.float64()
        assert scored.schema.field("reward/gold").type == pa.string()

    def test_datasets(self):
        datasets = pytest.importorskip("datasets")
        scored = score_rows(self.REWARD, datasets.Dataset.from_dict(self.columns()), gold="target")
        assert isinstance(scored, datasets.Dataset)
        self.check(scored)

    def test_a_scored_table_is_scored_again(self):
        once = score_rows(self.REWARD, self.columns(), gold="target")
        assert list(score_rows(self.REWARD, once, gold="target")) == list(once)

    def test_a_row_of_several_completions_becomes_several(self):
        rows = [
            {"prompt": "6 * 7", "answer": "42", "completions": [r"\boxed{42}", "?"]},
            {"prompt": "1 + 1", "answer": "2", "completions": [r"\boxed{2}"]},
        ]
        scored = score_rows(self.REWARD, rows)
        assert [row["reward/sample"] for row in scored] == [0, 1, 0]
        assert [row["reward/row"] for row in scored] == [0, 0, 1]
        assert [row["completions"] for row in scored] == [r"\boxed{42}", "?", r"\boxed{2}"]

    def test_chat_messages_are_one_completion(self):
        chat = [{"role": "assistant", "content": r"\boxed{42}"}]
        (scored,) = score_rows(self.REWARD, [{"completion": chat, "answer": "42"}])
        assert scored["reward/score"] == 5.0
        (one, two) = score_rows(self.REWARD, [{"completion": [chat, chat], "answer": "42"}])
        assert one["reward/score"] == two["reward/score"] == 5.0

    def test_what_is_no_table(self):
        for table in ("42", 42, None):
            with pytest.raises(OptionError, match="is no table"):
                score_rows(self.REWARD, table)
        with pytest.raises(ColumnError, match="row 1 is 42"):
            score_rows(self.REWARD, [{"completion": ""}, 42])
        with pytest.raises(ColumnError, match="several lengths"):
            score_rows(self.REWARD, {"completion": ["a"], "answer": ["1", "2"]})
        with pytest.raises(OptionError, match="chunk=0"):
            score_rows(self.REWARD, self.ROWS, chunk=0)

    def test_a_table_without_rows(self):
        for table in ([], {}):
            with pytest.raises(
                ColumnError, match="the table is empty: it needs a row a completion"
            ):
                score_rows(self.REWARD, table)
        assert score_rows(self.REWARD, {"completion": [], "answer": []})["reward/score"] == []

    def test_a_column_that_is_not_there(self):
        with pytest.raises(ColumnError, match="no column is known to hold completions"):
            score_rows(self.REWARD, [{"zzz": "a"}])
        with pytest.raises(ColumnError, match="did you mean response"):
            score_rows(self.REWARD, self.ROWS, completion="respons")

    def test_a_completion_that_is_none_says_its_row(self):
        rows = [{"completion": "a", "answer": "1"}, {"completion": 42, "answer": "1"}]
        with pytest.raises(CompletionError, match="row 1, column 'completion'"):
            score_rows(self.REWARD, rows)

    def test_datasets_map_in_two_processes(self):
        datasets = pytest.importorskip("datasets")
        from grpo_rewards.scoring import RowScorer

        scorer = RowScorer(reward=self.REWARD, completion="response", gold="target", none=None)
        assert pickle.loads(pickle.dumps(scorer)) == scorer
        table = datasets.Dataset.from_dict(self.columns())
        scored = table.map(scorer, batched=True, num_proc=2)
        assert scored["reward/verdict"][:] == ["no opinion", "correct", "wrong"]

    def test_datasets_map_without_batches(self):
        from grpo_rewards.scoring import RowScorer

        scorer = RowScorer(reward=self.REWARD)
        with pytest.raises(ColumnError, match="batched=True"):
            scorer({"completion": "4", "answer": "4"})
        with pytest.raises(ColumnError, match=r"no column 'completion'.*completion='text'"):
            scorer({"text": ["4"], "answer": ["4"]})


class TestHeadings:
    @pytest.mark.parametrize(
        ("columns", "completion", "prompt", "problem"),
        [
            ("question answer responses", "responses", "question", "question"),
            ("step prompt completion check_answer advantage", "completion", "prompt", "prompt"),
            ("problem_id question completion", "completion", "question", "problem_id"),
            ("id text output", "output", None, "id"),
            ("doc_id prompt completion answer", "completion", "prompt", "doc_id"),
            ("problem solution generations", "generations", "problem", "problem"),
        ],
    )
    def test_the_usual_names(self, columns, completion, prompt, problem):
        found = find_headings(columns.split())
        assert (found.completion, found.prompt, found.problem) == (completion, prompt, problem)

    def test_rows_without_a_problem_are_their_own(self):
        found = find_headings(["completion"])
        assert found.problem_of({"completion": "a"}, 3) == "3"

    def test_a_long_prompt_is_known_by_a_short_text(self):
        found = find_headings(["prompt", "completion"])
        chat = [{"role": "user", "content": "6 * 7"}]
        assert found.problem_of({"prompt": chat}, 0) == found.problem_of({"prompt": list(chat)}, 9)
        assert len(found.problem_of({"prompt": "x" * 10_000}, 0)) == 16


class TestNoCompletion:
    """A row whose list of completions is empty, as where a server gave none in time."""

    def test_is_no_completion(self):
        rows = [{"completions": each, "answer": "42"} for each in ([], ["\\boxed{42}"], [])]
        scored = score_rows(CheckAnswer(format=BOXED), rows)
        assert [(row["reward/row"], row["reward/score"]) for row in scored] == [(1, 5.0)]

    def test_is_an_empty_conversation_in_a_column_of_one_each(self):
        rows = [{"completion": each, "answer": "42"} for each in ([], "\\boxed{42}")]
        scored = score_rows(CheckAnswer(format=BOXED), rows)
        assert [row["reward/score"] for row in scored] == [-4.5, 5.0]

    def test_in_every_row_raises(self):
        with pytest.raises(ColumnError, match="each list of the column 'responses' is empty"):
            score_rows(CheckAnswer(format=BOXED), [{"responses": [], "answer": "42"}])
