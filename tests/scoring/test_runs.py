"""Whole files scored: every format read and written, runs that stop and go on, bad rows named."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grpo_rewards import (
    BOXED,
    THINK_BOXED,
    CheckAnswer,
    ColumnError,
    OptionError,
    exact_format,
    reward,
)
from grpo_rewards.errors import StoppedRunError, TableError
from grpo_rewards.scoring.runs import score_file
from grpo_rewards.scoring.sinks import write_rows
from grpo_rewards.scoring.sources import located_rows

LOGS = Path(__file__).parent / "logs"
RIGHT = CheckAnswer(format=BOXED)
ROWS = [
    {"problem_id": n // 4, "answer": str(n // 4), "completion": rf"So \boxed{{{n % 4}}}"}
    for n in range(20)
]
SCORES = [5.0 if n // 4 == n % 4 else -2.5 for n in range(20)]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lines(rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


def rows_of(name):
    return [each.row for each in located_rows([str(name)])]


class TestFormats:
    @pytest.mark.parametrize("ending", ["jsonl", "ndjson", "json", "csv", "tsv", "parquet"])
    def test_what_is_written_is_read(self, ending, folder):
        if ending == "parquet":
            pytest.importorskip("pyarrow")
        (folder / "in.jsonl").write_text(lines(ROWS))
        score_file(RIGHT, ["in.jsonl"], f"scored.{ending}")
        found = rows_of(f"scored.{ending}")
        assert [float(row["reward/score"]) for row in found] == SCORES
        assert [row["completion"] for row in found] == [row["completion"] for row in ROWS]
        assert sorted(each.name for each in folder.iterdir()) == ["in.jsonl", f"scored.{ending}"]
        # And scored again, from that format.
        score_file(RIGHT, [f"scored.{ending}"], "again.jsonl")
        assert [row["reward/score"] for row in rows_of("again.jsonl")] == SCORES

    @pytest.mark.parametrize(
        "text",
        [
            lines(ROWS),
            "\ufeff" + lines(ROWS),
            "\n\n" + lines(ROWS).replace("\n", "\n\n"),
            lines(ROWS).replace("\n", "\r\n"),
            json.dumps(ROWS),
            json.dumps(ROWS, indent=2),
            json.dumps({"data": ROWS}),
            json.dumps({name: [row[name] for row in ROWS] for name in ROWS[0]}),
        ],
    )
    def test_json_however_it_is_laid_out(self, text, folder):
        (folder / "in.json").write_text(text, encoding="utf-8")
        assert rows_of("in.json") == ROWS

    def test_compressed_and_by_pattern_and_by_folder(self, folder):
        runs = folder / "runs"
        runs.mkdir()
        with gzip.open(runs / "a.jsonl.gz", "wt") as file:
            file.write(lines(ROWS[:10]))
        (runs / "b.jsonl").write_text(lines(ROWS[10:]))
        assert rows_of("runs/*.jsonl*") == rows_of("runs") == ROWS

    def test_mixed_types_in_a_column_become_texts_in_parquet(self):
        pytest.importorskip("pyarrow")
        mixed = [{"a": 1, "b": None}, {"a": "x", "b": 2.5}, {"a": [1], "b": 3}]
        assert write_rows("out.parquet", lambda: iter(mixed)) == 3
        assert rows_of("out.parquet") == [
            {"a": "1", "b": None},
            {"a": "x", "b": 2.5},
            {"a": "[1]", "b": 3.0},
        ]

    @given(
        st.lists(
            st.dictionaries(
                st.sampled_from(["a", "b", "é", "\ud800"]),
                st.recursive(
                    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
                    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from("xy"), inner),
                    max_leaves=4,
                ),
                min_size=1,
            ),
            min_size=1,
            max_size=4,
        )
    )
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
    @pytest.mark.parametrize("ending", ["jsonl", "json", "csv", "parquet"])
    def test_any_rows_can_be_written(self, ending, rows):
        if ending == "parquet":
            pytest.importorskip("pyarrow")
        assert write_rows(f"any.{ending}", lambda: iter(rows)) == len(rows)

    def test_the_file_that_is_read_is_not_written(self, folder):
        (folder / "in.jsonl").write_text(lines(ROWS))
        with pytest.raises(OptionError, match="is the file that is read"):
            score_file(RIGHT, ["in.jsonl"], str(folder / "in.jsonl"))

    @pytest.mark.parametrize("link", ["symlink_to", "hardlink_to"])
    def test_nor_by_another_name_of_it(self, link, folder):
        (folder / "in.jsonl").write_text(lines(ROWS))
        getattr(folder / "other.jsonl", link)(folder / "in.jsonl")
        for names in (("in.jsonl", "other.jsonl"), ("other.jsonl", "in.jsonl")):
            with pytest.raises(OptionError, match="is the file that is read"):
                score_file(RIGHT, names[:1], names[1])
        assert (folder / "in.jsonl").read_text() == lines(ROWS)

    def test_texts_that_utf8_cannot_write(self, folder):
        row = {"completion": "\ud800 \\boxed{1}", "answer": "1"}
        (folder / "in.jsonl").write_text(json.dumps(row) + "\n")
        for name in ("out.json", "out.jsonl", "out.csv", "out.parquet"):
            score_file(RIGHT, ["in.jsonl"], name)
            (found,) = rows_of(name)
            assert float(found["reward/score"]) == 5.0
            assert found["completion"] in (row["completion"], r"? \boxed{1}")


class TestLogs:
    def test_inspect(self, folder):
        sample = {
            "id": "a1",
            "epoch": 2,
            "input": "6 * 7?",
            "target": "42",
            "output": {"choices": [{"message": {"role": "assistant", "content": r"\boxed{42}"}}]},
        }
        log = {"version": 2, "status": "success", "eval": {"task": "t"}, "samples": [sample] * 2}
        (folder / "log.json").write_text(json.dumps(log))
        with zipfile.ZipFile(folder / "log.eval", "w") as archive:
            archive.writestr("header.json", json.dumps({"eval": {}}))
            for epoch in (1, 2):
                archive.writestr(f"samples/a1_epoch_{epoch}.json", json.dumps(sample))
        for name in ("log.json", "log.eval"):
            summary = score_file(RIGHT, [name], "out.jsonl")
            assert summary.verdicts == {"correct": 2}
            assert summary.rates().problems == 1

    def test_lm_evaluation_harness(self, folder):
        rows = [
            {
                "doc_id": number,
                "doc": {"question": "6 * 7", "answer": "6 * 7 = 42\n#### 42"},
                "target": "6 * 7 = 42\n#### 42",
                "arguments": {"gen_args_0": {"arg_0": "Question: 6 * 7", "arg_1": {}}},
                "resps": [[r"\boxed{42}", "?"]],
                "filtered_resps": ["42"],
            }
            for number in range(3)
        ]
        (folder / "samples_gsm8k.jsonl").write_text(lines(rows))
        summary = score_file(RIGHT, ["samples_gsm8k.jsonl"], "out.jsonl")
        assert summary.verdicts == {"correct": 3, "no answer": 3}
        assert rows_of("out.jsonl")[0]["prompt"] == "Question: 6 * 7"

    def test_a_log_that_inspect_wrote(self):
        """By 0.3.285, which packs by Zstandard: two samples in two epochs, one once wrong."""
        pytest.importorskip("pyarrow")
        right = CheckAnswer(format=THINK_BOXED)
        summary = score_file(right, [str(LOGS / "inspect.eval")], "o.jsonl")
        assert summary.verdicts == {"correct": 3, "wrong": 1}
        assert [(row["sample_id"], row["epoch"]) for row in rows_of("o.jsonl")] == [
            ("a", 1),
            ("b", 1),
            ("a", 2),
            ("b", 2),
        ]
        assert summary.rates().problems == 2

    def test_a_log_of_inspect_that_is_damaged(self, folder):
        pytest.importorskip("pyarrow")
        whole = (LOGS / "inspect.eval").read_bytes()
        place = whole.index(b"samples/b_epoch_1.json") + 100
        (folder / "cut.eval").write_bytes(whole[:place] + b"?" + whole[place + 1 :])
        with pytest.raises(TableError, match=r"cut.eval cannot be read .*inspect log convert"):
            rows_of("cut.eval")

    def test_a_log_that_lm_evaluation_harness_wrote(self, folder):
        """By 0.4.13, with two repeats of each document."""
        source = str(LOGS / "samples_lm_eval.jsonl")
        summary = score_file(CheckAnswer(format=THINK_BOXED), [source], "o.jsonl")
        assert summary.verdicts == {"correct": 1, "wrong": 3}
        assert [row["prompt"] for row in rows_of("o.jsonl")[::2]] == ["6 * 7", "40 + 3"]
        (folder / "out").mkdir()
        (folder / "out" / "samples_arith_2026.jsonl").write_text(Path(source).read_text())
        (folder / "out" / "results_2026.json").write_text('{"results": {}}')
        assert len(rows_of("out")) == 2

    def test_a_trainers_completions(self, folder):
        pytest.importorskip("pyarrow")
        (folder / "run" / "completions").mkdir(parents=True)
        (folder / "run" / "config.json").write_text("{}")
        for step in (1, 2):
            rows = [
                {
                    "step": step,
                    "prompt": [{"role": "user", "content": "6 * 7"}],
                    "completion": [{"role": "assistant", "content": rf"\boxed{{{answer}}}"}],
                    "check_answer": 5.0,
                    "answer": "42",
                    "advantage": 0.0,
                }
                for answer in (42, 40 + step)
            ]
            name = folder / "run" / "completions" / f"completions_{step:05}.parquet"
            write_rows(str(name), lambda rows=rows: iter(rows))
        summary = score_file(RIGHT, ["run"], "out.parquet")
        assert summary.completions == 4
        # One prompt at two steps is two groups: the model is another one.
        assert summary.rates().problems == 2
        assert summary.rates().all_right == 1


class TestProcesses:
    def test_scores_do_not_depend_on_them(self, folder):
        (folder / "in.jsonl").write_text(lines(ROWS * 5))
        score_file(RIGHT, ["in.jsonl"], "one.jsonl", chunk=7)
        score_file(RIGHT, ["in.jsonl"], "two.jsonl", chunk=11, workers=2)
        assert (folder / "one.jsonl").read_bytes() == (folder / "two.jsonl").read_bytes()

    def test_an_error_in_one_of_them_keeps_the_chunks_before_it(self, folder):
        rows = [*ROWS, {"completion": 42, "answer": "1", "problem_id": 9}]
        (folder / "in.jsonl").write_text(lines(rows))
        with pytest.raises(
            StoppedRunError, match=r"in.jsonl, line 21, column 'completion': a completion is a"
        ):
            score_file(RIGHT, ["in.jsonl"], "out.jsonl", chunk=6, workers=2)
        assert (folder / "out.jsonl.part").read_text().count("\n") == 20

    @pytest.mark.parametrize(("option", "value"), [("workers", 0), ("chunk", 0), ("workers", True)])
    def test_a_number_of_them_that_is_none(self, option, value, folder):
        (folder / "in.jsonl").write_text(lines(ROWS))
        with pytest.raises(OptionError, match=f"{option}={value}"):
            score_file(RIGHT, ["in.jsonl"], "out.jsonl", **{option: value})


SEEN: list[str] = []


@reward
def failing_once(text, fails):
    SEEN.append(text)
    if fails and len(SEEN) == 1 + fails:
        raise KeyboardInterrupt
    return 1.0


class TestGoingOn:
    @given(st.integers(1, 19), st.integers(1, 6))
    @settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_a_stopped_run_judges_only_what_is_left(self, folder, fails, chunk):
        (folder / "in.jsonl").write_text(lines({**row, "fails": fails} for row in ROWS))
        SEEN.clear()
        with pytest.raises(KeyboardInterrupt):
            score_file(failing_once, ["in.jsonl"], "out.jsonl", chunk=chunk)
        done = fails // chunk * chunk
        SEEN.clear()
        SEEN.extend(["before"] * 100)
        told: list[int] = []
        summary = score_file(
            failing_once, ["in.jsonl"], "out.jsonl", chunk=chunk, on_rows=told.append
        )
        assert len(SEEN) - 100 == len(ROWS) - done
        assert summary.completions == sum(told) == len(ROWS)
        assert [row["completion"] for row in rows_of("out.jsonl")] == [
            row["completion"] for row in ROWS
        ]
        assert [row["reward/row"] for row in rows_of("out.jsonl")] == list(range(20))

    def stop(self, folder, rows=ROWS):
        bad = [*rows[:8], "{broken", *rows[9:]]
        text = "".join(f"{each if isinstance(each, str) else json.dumps(each)}\n" for each in bad)
        (folder / "in.jsonl").write_text(text)
        with pytest.raises(
            StoppedRunError, match=r"in.jsonl, line 9, character 2: .*8 rows before"
        ):
            score_file(RIGHT, ["in.jsonl"], "out.jsonl")

    def test_a_broken_line_that_is_mended(self, folder):
        self.stop(folder)
        (folder / "in.jsonl").write_text(lines(ROWS))
        score_file(RIGHT, ["in.jsonl"], "out.jsonl")
        assert [row["reward/score"] for row in rows_of("out.jsonl")] == SCORES

    def test_what_was_half_written_is_dropped(self, folder):
        self.stop(folder)
        with (folder / "out.jsonl.part").open("a") as file:
            file.write('{"completion": "cut o')
        (folder / "in.jsonl").write_text(lines(ROWS))
        score_file(RIGHT, ["in.jsonl"], "out.jsonl")
        assert [row["reward/score"] for row in rows_of("out.jsonl")] == SCORES

    @pytest.mark.parametrize(
        ("ending", "content"),
        [
            ("part", ""),
            ("part", '{"completion": "cut o'),
            ("part.json", ""),
            ("part.json", "[]"),
            ("part.json", '{"rows": 8}'),
            ("part.json", '{"settings": {}, "rows": 8, "digest": "", "bytes": -1}'),
        ],
    )
    def test_what_is_left_of_a_run_and_damaged_is_not_gone_on_with(self, folder, ending, content):
        """Rows that were scored and are gone would be missing from the output."""
        self.stop(folder)
        (folder / "in.jsonl").write_text(lines(ROWS))
        (folder / f"out.jsonl.{ending}").write_text(content)
        with pytest.raises(OptionError, match=r"damaged.*--fresh"):
            score_file(RIGHT, ["in.jsonl"], "out.jsonl")
        assert not (folder / "out.jsonl").exists()
        score_file(RIGHT, ["in.jsonl"], "out.jsonl", fresh=True)
        assert [row["reward/score"] for row in rows_of("out.jsonl")] == SCORES

    def test_other_rows_or_another_reward_are_another_run(self, folder):
        self.stop(folder)
        (folder / "in.jsonl").write_text(lines(reversed(ROWS)))
        with pytest.raises(OptionError, match=r"first 8 rows of the input have changed.*--fresh"):
            score_file(RIGHT, ["in.jsonl"], "out.jsonl")
        with pytest.raises(OptionError, match=r"unfinished run with reward=.*--fresh"):
            score_file(exact_format, ["in.jsonl"], "out.jsonl")
        score_file(exact_format, ["in.jsonl"], "out.jsonl", fresh=True, above=0)
        assert len(rows_of("out.jsonl")) == 20


class TestBadInput:
    """One sentence that names the file, the line and the remedy."""

    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("a.jsonl", "", r"a.jsonl is empty: it needs a row"),
            ("a.csv", "", r"a.csv is empty"),
            ("a.csv", "completion,answer\n", r"a.csv is empty"),
            ("a.jsonl", '{"a": 1\n', r"a.jsonl, line 1, character \d+: this is no JSON"),
            (
                "a.jsonl",
                "[1]\n",
                r"a.jsonl, line 1: it holds \[1\] \(list\), and a row is an object",
            ),
            ("a.json", '[{"a": 1}, 2]', r"a.json, row 2: it holds 2"),
            ("a.json", '[{"a": 1},', r"a.json, line 1, character \d+: this is no JSON"),
            ("a.json", "42", r"a.json: it holds 42, and rows are a list"),
            ("a.jsonl", "[" * 100_000, r"a.jsonl, line 1"),
            ("a.csv", "a,b\n1,2,3\n", r"a.csv, line 2: it has 3 cells for 2 columns"),
            ("a.csv", "a,a\n1,2\n", r"a.csv, line 1: two columns are named 'a'"),
            ("a.txt", "x", r"a.txt is of no format .* write one that ends in .jsonl"),
            ("a.parquet", "x", r"a.parquet, after row 0: this is no parquet file"),
            ("a.eval", "x", r"a.eval cannot be read .*inspect log convert"),
            ("a.jsonl.gz", "x", r"a.jsonl.gz, line 1: it is cut off or no gzip"),
        ],
    )
    def test_files(self, name, content, said, folder):
        if name.endswith("parquet"):
            pytest.importorskip("pyarrow")
        (folder / name).write_text(content)
        with pytest.raises(TableError, match=said):
            list(located_rows([name]))

    def test_bytes_that_are_no_utf8(self, folder):
        (folder / "a.jsonl").write_bytes(b'{"a": "b"}\n{"a": "\xff"}\n')
        with pytest.raises(TableError, match=r"a.jsonl, line 2: it is not written in UTF-8"):
            list(located_rows(["a.jsonl"]))

    def test_a_file_that_is_not_there(self, folder):
        (folder / "samples.jsonl").write_text(lines(ROWS))
        with pytest.raises(TableError, match=r"no file sample.jsonl: did you mean samples.jsonl\?"):
            list(located_rows(["sample.jsonl"]))
        (folder / "empty").mkdir()
        with pytest.raises(TableError, match=r"the folder empty holds no rows"):
            list(located_rows(["empty"]))

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            (
                {"completion": 42, "answer": "1"},
                "line 13, column 'completion': a completion is a string",
            ),
            ({"completion": "", "answer": {"a": 1}}, "line 13: a gold is a string"),
            ({"answer": "1"}, "line 13: it has no column 'completion'"),
            (
                {"completion": [{"a": "b"}], "answer": "1"},
                "line 13, column 'completion': a chat message has",
            ),
        ],
    )
    def test_mixed_rows(self, row, said, folder):
        rows = [*ROWS[:12], {"problem_id": 1, **row}, *ROWS[13:]]
        (folder / "in.jsonl").write_text(lines(rows))
        with pytest.raises(StoppedRunError, match=said) as error:
            score_file(RIGHT, ["in.jsonl"], "out.jsonl", chunk=5)
        assert "12 rows before it are kept" in str(error.value)
        assert len((folder / "out.jsonl.part").read_text().splitlines()) == 12

    def test_a_missing_column(self, folder):
        (folder / "in.jsonl").write_text(lines([{"zzz": "a", "answer": "1"}]))
        with pytest.raises(ColumnError, match=r"in.jsonl, line 1: no column .* 'zzz', 'answer'"):
            score_file(RIGHT, ["in.jsonl"], "out.jsonl")

    @pytest.mark.parametrize("output", ["out.txt", "out", "nowhere/out.jsonl", "out.jsonl.gz"])
    def test_an_output_that_cannot_be(self, output, folder):
        (folder / "in.jsonl").write_text(lines(ROWS))
        with pytest.raises(OptionError, match=output):
            score_file(RIGHT, ["in.jsonl"], output)

    @given(st.binary(max_size=60))
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
    @pytest.mark.parametrize("ending", ["jsonl", "json", "csv", "eval"])
    def test_any_bytes_are_rows_or_a_sentence(self, folder, ending, content):
        (folder / f"in.{ending}").write_bytes(content)
        try:
            rows = rows_of(f"in.{ending}")
        except TableError:
            return
        assert all(isinstance(row, dict) for row in rows)
