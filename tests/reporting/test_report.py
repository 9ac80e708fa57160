"""What a report counts, and what it says of sources that it cannot read."""

from __future__ import annotations

import json
import math
import random
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("itables")
pytest.importorskip("matplotlib")

from grpo_rewards import BOXED, CheckAnswer, OptionError, exact_format
from grpo_rewards.errors import ColumnError, TableError
from grpo_rewards.report import write_report
from grpo_rewards.report.findings import correlations, find
from grpo_rewards.report.gathering import VERDICTS, Cut, gather, prompt_text
from grpo_rewards.report.oddities import ODDITIES, Usual, dissenters, oddities_of
from grpo_rewards.report.packing import as_json, completions_of_page
from grpo_rewards.report.trainings import (
    is_training,
    logged_metrics,
    logged_rows,
    measured_comparison,
)
from grpo_rewards.scoring import pass_rates, score_rows
from grpo_rewards.scoring.sinks import write_rows


class TestRates:
    def test_they_are_those_of_the_scored_rows(self, many_rows):
        rows = many_rows(400)
        findings = find(gather(rows, most=10), [])
        expected = pass_rates(rows, k=[1, 2, 4, 8])
        assert findings.rates.pass_at == expected.pass_at
        assert findings.rates.mixed == expected.mixed
        shares = {share.name: share for share in findings.shares}
        assert shares["correct"].rate == expected.pass_at[1]
        for name, share in shares.items():
            assert share.completions == sum(row["reward/verdict"] == name for row in rows)

    def test_the_histogram_counts_every_problem_once(self, many_rows):
        findings = find(gather(many_rows(400), most=10), [])
        assert sum(count for _, count in findings.histogram) == 50
        assert [label for label, _ in findings.histogram] == [str(right) for right in range(9)]

    def test_problems_of_several_sizes_are_counted_by_rate(self, many_rows):
        histogram = find(gather(many_rows(397), most=10), []).histogram
        assert sum(count for _, count in histogram) == 50
        assert histogram[0][0] == "none"
        assert histogram[-1][0] == "all"

    def test_problems_of_one_completion_have_no_histogram(self, many_rows):
        assert find(gather(many_rows(80)[::8], most=10), []).histogram == []

    def test_rows_without_a_verdict_have_no_rates(self, scored):
        rows = [scored(_verdict=None, _score=float(place)) for place in range(8)]
        findings = find(gather(rows, most=10), [])
        assert findings.rates is None
        assert findings.shares == []
        assert findings.mean == 3.5

    def test_unless_it_is_said_which_score_is_right(self, scored):
        rows = [scored(_verdict=None, _score=float(place)) for place in range(8)]
        assert find(gather(rows, most=10, above=5.5), []).rates.right == 2

    def test_a_score_that_is_missing_is_no_zero(self, scored):
        rows = [scored(_score=value) for value in (4.0, None, math.nan, "", "2")]
        assert find(gather(rows, most=10), []).mean == 3.0

    def test_the_problem_column_can_be_named(self, many_rows):
        found = gather(many_rows(80), most=10, problem="completion")
        assert len(found.names) == 80

    def test_reasons_are_counted_by_kind(self, many_rows):
        rows = many_rows(200)
        reasons = find(gather(rows, most=10), []).reasons
        unanswered = sum(row["reward/verdict"] == "no answer" for row in rows)
        assert reasons == [("\\boxed occurs N times", unanswered)]

    def test_the_steps_of_scored_rows_are_curves(self, many_rows):
        rows = [{**row, "step": place // 40} for place, row in enumerate(many_rows(400))]
        curves = {
            curve.name: curve
            for group in find(gather(rows, most=10), []).curves
            for curve in group.curves
        }
        third = rows[80:120]
        right = [row["reward/verdict"] == "correct" for row in third]
        assert curves["correct"].values[2] == pytest.approx(sum(right) / 40)
        scores = [row["reward/score"] for row in third]
        assert curves["all together"].values[2] == pytest.approx(sum(scores) / 40)
        assert list(curves["format"].steps) == list(range(10))


class TestParts:
    def rows(self, scored, pairs):
        return [scored(_problem=problem, **{"_part/a": a, "_part/b": b}) for problem, a, b in pairs]

    def test_parts_that_pull_apart_are_named(self, scored):
        pairs = [(f"p{place // 4}", float(place % 4), -float(place % 4)) for place in range(80)]
        findings = find(gather(self.rows(scored, pairs), most=10), [])
        assert {(fight.one, fight.other) for fight in findings.fights} == {("a", "b")}
        assert findings.fights[0].correlation == pytest.approx(-1)

    def test_what_counts_is_how_a_problems_completions_differ(self, scored):
        """Both rise from problem to problem; within each, one falls as the other rises."""
        rng = random.Random(1)
        pairs = []
        for problem in range(50):
            for _ in range(8):
                push = rng.random()
                pairs.append((f"p{problem}", problem + push, problem - push))
        together, within = correlations(gather(self.rows(scored, pairs), most=1))
        assert within
        assert together["a", "b"] == pytest.approx(-1)

    def test_of_single_completions_the_scores_themselves_count(self, scored):
        pairs = [(f"p{place}", float(place), 2.0 * place) for place in range(50)]
        together, within = correlations(gather(self.rows(scored, pairs), most=1))
        assert not within
        assert together["a", "b"] == pytest.approx(1)

    @pytest.mark.parametrize("constant", [0.0, 0.1, 1e17, math.nan])
    def test_a_part_that_does_not_vary_goes_with_none(self, scored, constant):
        pairs = [(f"p{place // 4}", float(place % 4), constant) for place in range(80)]
        together, _ = correlations(gather(self.rows(scored, pairs), most=1))
        assert math.isnan(together["a", "b"])

    def test_scores_beyond_all_measure_are_no_trouble(self, scored, tmp_path):
        huge = [1e308, -1e308, math.inf, -math.inf]
        pairs = [(f"p{place // 4}", huge[place % 4], huge[place % 2]) for place in range(80)]
        rows = [
            {**row, "step": place % 5, "reward/score": huge[place % 4]}
            for place, row in enumerate(self.rows(scored, pairs))
        ]
        findings = find(gather(rows, most=1), [])
        assert math.isnan(findings.correlations["a", "b"])
        write_report(rows, tmp_path / "report.html")

    def test_a_part_that_some_rows_lack(self, scored):
        rows = [scored(), scored(**{"_part/late": 1.0})]
        rows[0].pop("reward/part/format")
        found = gather(rows, most=10)
        assert math.isnan(found.parts["late"][0])
        assert math.isnan(found.parts["format"][0])
        assert list(found.parts["answer"]) == [5.0, 5.0]


USUAL_TEXT = "First we add the numbers, then we look at what is left, and so on until the end. "


class TestOddities:
    def named(self, rows, place=-1):
        found = gather(rows, most=len(rows))
        usual = Usual.of(found)
        return [ODDITIES[each].name for each in oddities_of(found.samples[place], found, usual)]

    def usual(self, scored):
        return [scored(completion=f"{place}. {USUAL_TEXT}", _row=place) for place in range(9)]

    @pytest.mark.parametrize(
        ("given", "name"),
        [
            ({"_verdict": "wrong", "_score": 8.0}, "paid as a right one"),
            ({"_verdict": "no answer", "_score": 9.0}, "paid as a right one"),
            ({"completion": "42"}, "hardly a text"),
            ({"completion": "wait, " * 400}, "repeats itself"),
            ({"_answer": " or ".join(map(str, range(40)))}, "says more than the gold"),
            ({"completion": USUAL_TEXT + "4\u202e2"}, "hidden characters"),
            ({"completion": USUAL_TEXT + "\x00"}, "hidden characters"),
            ({"completion": USUAL_TEXT + "\ud800"}, "hidden characters"),
            ({"completion": USUAL_TEXT + "\U000e0041"}, "hidden characters"),
        ],
    )
    def test_what_is_paid_and_odd_is_named(self, scored, given, name):
        row = scored(**{"completion": USUAL_TEXT, **given})
        assert name in self.named([*self.usual(scored), row])

    @pytest.mark.parametrize(
        "given",
        [
            {},
            {"completion": f"{USUAL_TEXT}\r\n\tמשהו או 百 🙂‍↔️."},
            {"_verdict": "wrong", "_score": 0.5, "completion": "41"},
            {"_verdict": "wrong", "_score": None},
            {"_verdict": "no answer", "_score": -7.5, "completion": "\x00" * 2000},
            {"_answer": "x" * 60, "_gold": "x" * 50},
            {"_answer": "x" * 60, "_gold": ""},
        ],
    )
    def test_what_is_usual_or_not_paid_is_not(self, scored, given):
        row = scored(**{"completion": USUAL_TEXT, **given})
        assert self.named([*self.usual(scored), row]) == []

    def test_a_part_that_goes_against_the_verdict_disagrees(self, scored):
        rows = [
            *[scored(_row=place) for place in range(20)],
            *[scored(_verdict="wrong", **{"_part/answer": -2.5}) for _ in range(20)],
            scored(_verdict="wrong"),
            scored(**{"_part/answer": -2.5}),
        ]
        against = dissenters(gather(rows, most=50))
        assert list(against) == ["answer"]  # the format says nothing of the verdict
        assert [place for place, flag in enumerate(against["answer"]) if flag] == [40, 41]

    def test_nothing_disagrees_where_nothing_is_right(self, scored):
        assert not dissenters(gather([scored(_verdict="wrong")] * 5, most=5))


class TestSamples:
    def test_of_many_rows_some_are_drawn_and_all_are_counted(self, many_rows):
        rows = many_rows(800)
        found = gather(rows, most=100)
        again = gather(rows, most=100)
        places = [sample.place for sample in found.samples]
        assert places == [sample.place for sample in again.samples]
        assert places == sorted(set(places))
        assert len(places) == 100
        assert places[-1] > 700
        assert places[0] < 100
        assert len(found) == 800

    def test_a_text_is_cut_in_its_middle(self):
        text = "a" * 5000 + "b" * 5000
        cut = Cut.of(text, 300).shorter(90)
        assert (cut.head, cut.tail, cut.omitted) == ("a" * 60, "b" * 30, 9910)
        assert Cut.of("short", 300).shorter(90) == Cut("short")

    def test_a_page_holds_so_much_text(self, scored, monkeypatch):
        monkeypatch.setattr("grpo_rewards.report.packing.MOST_TEXT", 1000)
        rows = [scored(completion="x" * 3000) for _ in range(5)]
        data = completions_of_page(gather(rows, most=5), [])
        assert {
            len(head) + len(data["tail"][place]) for place, head in enumerate(data["head"])
        } == {400}
        assert set(data["omitted"].values()) == {2600}

    def test_what_is_packed_is_json_whatever_is_in_it(self, scored):
        row = scored(
            completion="</script>\ud800\x00",
            _score=math.inf,
            _reason=None,
            _answer=math.nan,
            **{"_part/\ud800": math.nan},
        )
        text = as_json(completions_of_page(gather([row], most=5), []))
        assert text.isascii()
        assert json.loads(text)["head"] == ["</script>\ud800\x00"]
        assert json.loads(text)["score"] == [None]

    @pytest.mark.parametrize(
        ("prompt", "text"),
        [
            ("6 * 7", "6 * 7"),
            (None, ""),
            ([], ""),
            (["not a message"], ""),
            ([{"role": "user", "content": None}], ""),
            ([{"role": "system", "content": "Think."}], "Think."),
            ([{"from": "human", "value": "6 * 7"}, {"from": "gpt", "value": "42"}], "6 * 7"),
            (
                [
                    {
                        "role": "user",
                        "content": [{"type": "text", "text": "6 * 7"}, {"type": "image"}],
                    }
                ],
                "6 * 7 ",
            ),
        ],
    )
    def test_a_prompt_of_any_shape_is_a_text(self, prompt, text):
        assert prompt_text(prompt) == text


TEXTS = st.text(st.characters(exclude_categories=[])) | st.sampled_from(["", "42", "</script>"])
"""Lone surrogates and control characters included."""
SCORES = st.floats() | st.none() | st.text(max_size=3)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "completion": TEXTS,
            "question": TEXTS | st.none(),
            "reward/score": SCORES,
            "reward/no_opinion": st.booleans(),
            "reward/verdict": st.sampled_from([*VERDICTS, "what?", None]),
            "reward/part/a": SCORES,
            "reward/part/b": SCORES,
        },
        optional={
            "reward/problem": st.sampled_from(["p0", "p1", "\ud800"]),
            "reward/row": SCORES,
            "reward/reason": TEXTS | st.none(),
            "reward/answer": TEXTS | st.none(),
            "reward/gold": TEXTS | st.none(),
        },
    ),
    min_size=1,
    max_size=60,
)


class TestAnything:
    @given(ROWS)
    def test_whatever_is_in_the_rows_they_are_counted_and_packed(self, rows):
        found = gather(rows, most=20)
        findings = find(found, [])
        assert findings.completions == len(rows)
        data = json.loads(as_json(completions_of_page(found, [])))
        for sample, row in zip(data["rows"], data["head"], strict=True):
            assert isinstance(sample, int)
            assert isinstance(row, str)
        for value in findings.correlations.values():
            assert math.isnan(value) or -1.0001 <= value <= 1.0001


class TestTrainings:
    def test_a_trainers_folder_is_known(self, training, tmp_path):
        assert is_training(training)
        assert not is_training(tmp_path)

    def test_logged_completions_are_scored_rows(self, training):
        rows = list(logged_rows(training, logged_metrics(training)))
        assert len(rows) == 32
        first = rows[0]
        assert first["reward/score"] == 8.0
        assert first["reward/verdict"] == "correct"
        assert first["reward/answer"] == "42"
        assert {key for key in first if "/part/" in key} == {
            "reward/part/exact_format",
            "reward/part/check_answer",
        }
        assert first["reward/reason"] is None
        assert rows[7]["reward/reason"] == "the reasoning never ends: <end_working_out> is missing"

    def test_without_a_log_columns_of_numbers_are_rewards(self, training):
        (row, *_) = logged_rows(training, [])
        assert row["reward/score"] == 8.0

    def test_a_group_is_a_problem_at_a_step(self, training):
        metrics = logged_metrics(training)
        found = gather(logged_rows(training, metrics), most=100)
        findings = find(found, metrics)
        assert findings.problems == 8
        assert findings.rates.pass_at[1].value == pytest.approx((1 + 3 + 5 + 7) / 32)
        assert found.samples[0].prompt == "6 * 7? (0)"

    def test_judges_that_differ_disagree(self, training):
        found = gather(logged_rows(training, []), most=100)
        assert [place for place, agree in enumerate(found.agreeing) if agree == 0] == [24]

    def test_the_log_has_curves(self, training):
        groups = find(gather([], most=1), logged_metrics(training)).curves
        curves = {curve.name: curve for group in groups for curve in group.curves}
        assert curves["check_answer/correct"].values == [1 / 8, 3 / 8, 5 / 8, 7 / 8]
        assert curves["mean length"].values == [21, 22, 23, 24]
        assert curves["exact_format"].steps == [1, 2, 3, 4]

    def test_a_step_that_was_logged_again_counts_once(self, training, tmp_path):
        lines = (training / "metrics.jsonl").read_text() + '{"step": 3, "reward": 7.0}\n'
        (tmp_path / "metrics.jsonl").write_text(lines)
        log = logged_metrics(tmp_path)
        assert [entry["step"] for entry in log] == [1, 2, 3, 4]
        assert log[2]["reward"] == 7.0

    def test_any_trainers_log_is_that_of_its_last_checkpoint(self, tmp_path):
        for step in (20, 100):
            folder = tmp_path / f"checkpoint-{step}"
            folder.mkdir()
            log = [{"step": each, "reward": float(each)} for each in range(10, step + 1, 10)]
            (folder / "trainer_state.json").write_text(json.dumps({"log_history": log}))
        assert is_training(tmp_path)
        assert [entry["step"] for entry in logged_metrics(tmp_path)] == list(range(10, 101, 10))

    def test_the_comparison_is_read(self, training):
        before, after = measured_comparison(training)["accuracy, greedy"]
        assert (before.value, after.hits, after.of) == (0.25, 15, 20)

    @pytest.mark.parametrize(
        "text", ["[]", "{}", '{"before": 1}', '{"before": {"a": 1}, "after": {}}']
    )
    def test_a_comparison_of_somebody_else_is_left_alone(self, tmp_path, text):
        (tmp_path / "comparison.json").write_text(text)
        assert measured_comparison(tmp_path) == {}


class TestWriting:
    def test_a_file_a_table_and_a_folder_can_be_reported_on(self, many_rows, training, tmp_path):
        rows = many_rows(40)
        file = tmp_path / "scored.jsonl"
        file.write_text("".join(json.dumps(row) + "\n" for row in rows))
        page = tmp_path / "report.html"
        assert write_report(file, page) == page
        of_file = page.read_bytes()
        write_report(rows, page, title="scored.jsonl")
        assert page.read_bytes() == of_file
        write_report([str(file)], page, title="scored.jsonl")
        assert page.read_bytes() == of_file
        write_report(training, str(page))
        assert "before and after the training" in page.read_text()

    @pytest.mark.parametrize("suffix", [".csv", ".json", ".jsonl", ".parquet"])
    def test_a_scored_file_of_any_format_gives_the_same_page(self, many_rows, tmp_path, suffix):
        rows = many_rows(80)
        write_report(rows, tmp_path / "report.html", title="scored")
        of_table = (tmp_path / "report.html").read_bytes()
        file = str(tmp_path / f"scored{suffix}")
        write_rows(file, lambda: iter(rows))
        write_report(file, tmp_path / "report.html", title="scored")
        assert (tmp_path / "report.html").read_bytes() == of_table

    def test_scores_of_score_rows_can_be_reported_on(self, tmp_path):
        rows = [
            {"question": "6 * 7", "answer": "42", "completion": text}
            for text in (r"\boxed{42}", r"\boxed{41}", "Hm")
        ]
        scored = score_rows(CheckAnswer(format=BOXED), rows)
        write_report(scored, tmp_path / "report.html")
        assert "33.3\xa0%" in (tmp_path / "report.html").read_text()

    def test_a_table_of_pandas_can_be_reported_on(self, many_rows, tmp_path):
        pandas = pytest.importorskip("pandas")
        write_report(pandas.DataFrame(many_rows(40)), tmp_path / "report.html")
        assert "40 completions of 5 problems" in (tmp_path / "report.html").read_text()

    def test_a_reward_without_verdicts_can_be_reported_on(self, tmp_path):
        rows = [{"completion": text} for text in ("6 * 7<end_working_out>", "")]
        write_report(score_rows(exact_format, rows), tmp_path / "report.html")
        assert "2 completions" in (tmp_path / "report.html").read_text()

    def test_a_training_that_logs_no_completions_has_curves(self, training, tmp_path):
        (tmp_path / "metrics.jsonl").write_text((training / "metrics.jsonl").read_text())
        write_report(tmp_path, tmp_path / "report.html")
        page = (tmp_path / "report.html").read_text()
        assert "No completions were logged" in page
        assert "<svg" in page
        assert "<script>" not in page

    @pytest.mark.parametrize(
        ("path", "options", "message"),
        [
            ("report.html", {"most": 0}, "most=0: write a whole number, 1 or more"),
            ("report.html", {"most": True}, "most=True"),
            ("report.html", {"most": "5"}, "most='5'"),
            (".", {}, "is a folder: name the page's file"),
            ("nowhere/report.html", {}, "make it first"),
            ("report.pdf", {}, "ends in .html"),
        ],
    )
    def test_an_option_that_cannot_be_is_answered(self, scored, tmp_path, path, options, message):
        with pytest.raises(OptionError, match=message):
            write_report([scored()], tmp_path / path, **options)

    @pytest.mark.parametrize(
        ("source", "error", "message"),
        [
            ([{"completion": "42"}], ColumnError, "score the rows first"),
            ([], TableError, "no rows"),
            ("nowhere.jsonl", TableError, "there is no file nowhere.jsonl"),
            (5, OptionError, "is no table"),
        ],
    )
    def test_a_source_that_is_none_is_answered(self, tmp_path, source, error, message):
        with pytest.raises(error, match=message):
            write_report(source, tmp_path / "report.html")
        assert not (tmp_path / "report.html").exists()

    def test_rows_without_completions_are_answered(self, scored, tmp_path):
        row = scored()
        row["said"] = row.pop("completion")
        with pytest.raises(ColumnError, match="no column is known to hold completions"):
            write_report([row], tmp_path / "report.html")
        write_report([row], tmp_path / "report.html", completion="said")

    def test_a_broken_line_is_named(self, many_rows, tmp_path):
        lines = [json.dumps(row) for row in many_rows(9)]
        lines[4] = lines[4][:50]
        (tmp_path / "scored.jsonl").write_text("\n".join(lines))
        with pytest.raises(TableError, match=r"scored\.jsonl, line 5"):
            write_report(tmp_path / "scored.jsonl", tmp_path / "report.html")

    def test_a_page_is_the_same_each_time(self, many_rows, tmp_path):
        pages = []
        for _ in range(2):
            write_report(many_rows(80), tmp_path / "report.html")
            pages.append((tmp_path / "report.html").read_bytes())
        assert pages[0] == pages[1]

    def test_a_library_that_is_missing_is_named_with_its_extra(self):
        program = (
            "import sys; sys.modules['itables'] = None\n"
            "from grpo_rewards.report import write_report\n"
            "try: write_report([], 'report.html')\n"
            "except ImportError as error: print(error)"
        )
        run = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        )
        assert run.stdout.strip() == "the report needs itables: pip install 'grpo-rewards[report]'"
