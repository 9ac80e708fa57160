"""lighteval: its own metric machinery calls the adapter."""

from __future__ import annotations

import importlib.metadata

import pytest
from rows import ORDINARY, PARTS, REWARD, record

pytest.importorskip("lighteval", reason="lighteval is not installed")
pytest.importorskip("lighteval.metrics.metrics_sample", reason="lighteval is not to be imported")

from grpo_rewards.integrations.lighteval import reward_metric

pytestmark = pytest.mark.filterwarnings("ignore")


class TestReal:
    """The real metric classes, as a task holds them."""

    def test_samples_and_their_means(self, record_property):
        from lighteval.metrics import apply_metric
        from lighteval.models.model_output import ModelResponse
        from lighteval.tasks.requests import Doc

        metric = reward_metric(REWARD)
        docs = [
            Doc(query=row.question, choices=[row.gold], gold_index=0, id=str(n))
            for n, row in enumerate(ORDINARY)
        ]
        responses = [ModelResponse(text=[row.response]) for row in ORDINARY]
        said = apply_metric(responses=responses, docs=docs, metrics=[metric])
        scored = [(row, each["total"]) for row, each in zip(ORDINARY, said, strict=True)]
        assert [score for _, score in scored] == [row.score for row in ORDINARY]
        assert [each["total/acc"] for each in said] == [row.acc for row in ORDINARY]
        assert set(said[0]) == set(metric.metric_name)
        means = metric.get_corpus_aggregations()
        assert means["total/acc"]([each["total/acc"] for each in said]) == 0.5
        version = importlib.metadata.version("lighteval")
        parts = {f"total/{part}" for part in PARTS} <= set(said[0])
        record(record_property, version=version, rows=scored, parts=parts)
