"""lm-evaluation-harness: it runs a task file by itself, over a model that says its lines."""

from __future__ import annotations

import importlib.metadata
import json

import pytest
from rows import ORDINARY, PARTS, REWARD, RIGHT, record

from grpo_rewards import check_answer
from grpo_rewards.integrations.lm_eval import results_by

TASK = """\
task: right_answers
dataset_path: json
dataset_kwargs:
  data_files: {{test: "{file}"}}
test_split: test
output_type: generate_until
doc_to_text: "{{{{question}}}}"
doc_to_target: "{{{{answer}}}}"
process_results: !function judged.process_results
generation_kwargs: {{until: [], max_gen_toks: 64}}
metric_list:
  - {{metric: score, aggregation: mean, higher_is_better: true}}
  - {{metric: acc, aggregation: mean, higher_is_better: true}}
  - {{metric: no_opinion, aggregation: mean, higher_is_better: false}}
  - {{metric: exact_format, aggregation: mean, higher_is_better: true}}
  - {{metric: check_answer, aggregation: mean, higher_is_better: true}}
"""
JUDGED = """\
from grpo_rewards.integrations.lm_eval import results_by

process_results = results_by("rows:REWARD")
"""


class TestCall:
    """The shape of a call, of lm-eval 0.4.13; needs nothing of it."""

    @pytest.mark.parametrize("row", ORDINARY, ids=lambda row: row.verdict)
    def test_what_it_says(self, row):
        process_results = results_by(REWARD, gold="target")
        said = process_results({"target": row.gold, "text": "a column"}, [row.response])
        assert (said["score"], said["acc"]) == (row.score, row.acc)
        assert list(said) == ["score", "acc", "no_opinion", *PARTS]

    @pytest.mark.parametrize("results", [[[RIGHT.response, "x"]], [[[RIGHT.response]]]])
    def test_of_several_samples_the_first(self, results):
        assert results_by(check_answer)({"answer": "42"}, results)["score"] == 5.0

    def test_no_sample(self):
        assert results_by(check_answer)({"answer": "42"}, [])["score"] == -4.5


@pytest.mark.filterwarnings("ignore")
class TestReal:
    """The real harness."""

    def test_a_task_file(self, tmp_path, record_property, monkeypatch):
        lm_eval = pytest.importorskip("lm_eval", reason="lm-eval is not installed")
        from lm_eval.api.model import LM
        from lm_eval.tasks import TaskManager

        lines = {f"Question {n}": row for n, row in enumerate(ORDINARY)}

        class Speaker(LM):
            """Says for each question what its row says."""

            def generate_until(self, requests, **_):
                return [lines[request.args[0].strip()].response for request in requests]

            def loglikelihood(self, requests, **_):
                raise NotImplementedError

            def loglikelihood_rolling(self, requests, **_):
                raise NotImplementedError

        monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path / "cache"))
        file = tmp_path / "rows.jsonl"
        file.write_text(
            "".join(
                json.dumps({"question": question, "answer": row.gold}) + "\n"
                for question, row in lines.items()
            )
        )
        folder = tmp_path / "tasks"
        folder.mkdir()
        (folder / "right_answers.yaml").write_text(TASK.format(file=file))
        (folder / "judged.py").write_text(JUDGED)
        found = lm_eval.simple_evaluate(
            model=Speaker(),
            tasks=["right_answers"],
            task_manager=TaskManager(include_path=str(folder), include_defaults=False),
            bootstrap_iters=0,
        )
        metrics = {
            name.partition(",")[0]: value
            for name, value in found["results"]["right_answers"].items()
        }
        assert metrics["acc"] == 0.5
        assert metrics["score"] == sum(row.score for row in ORDINARY) / len(ORDINARY)
        assert metrics["exact_format"] == 3.0
        samples = found["samples"]["right_answers"]
        scored = [(lines[s["doc"]["question"]], s["score"]) for s in samples]
        assert all(score == row.score for row, score in scored)
        version = importlib.metadata.version("lm-eval")
        record(record_property, version=version, rows=scored, parts=set(PARTS) <= set(metrics))
