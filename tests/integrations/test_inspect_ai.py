"""inspect-ai: a real evaluation with its mock model is scored by the adapter."""

from __future__ import annotations

import importlib.metadata
import math

import pytest
from rows import ORDINARY, PARTS, REWARD, RIGHT, record

from grpo_rewards import OptionError, check_answer, exact_format

inspect_ai = pytest.importorskip("inspect_ai", reason="inspect-ai is not installed")

from grpo_rewards.integrations.inspect_ai import reward_scorer  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore")


def evaluated(scorer, rows, folder):
    from inspect_ai.dataset import Sample
    from inspect_ai.model import ModelOutput, ModelUsage, get_model

    outputs = []
    for row in rows:
        output = ModelOutput.from_content("mockllm/model", row.response)
        output.usage = ModelUsage(input_tokens=1, output_tokens=1, total_tokens=2)
        outputs.append(output)
    task = inspect_ai.Task(
        dataset=[
            Sample(input=row.question, target=row.gold, id=n) for n, row in enumerate(rows, 1)
        ],
        scorer=scorer,
    )
    model = get_model("mockllm/model", custom_outputs=outputs)
    (log,) = inspect_ai.eval(
        task, model=model, log_dir=str(folder), display="none", max_samples=1, max_connections=1
    )
    assert log.status == "success", log.error
    return log


class TestReal:
    """A real evaluation."""

    def test_scores_reasons_and_parts(self, tmp_path, record_property):
        log = evaluated(reward_scorer(REWARD), ORDINARY, tmp_path)
        scores = [sample.scores["total"] for sample in log.samples]
        assert [score.value for score in scores] == [row.score for row in ORDINARY]
        assert scores[1].answer == "41"
        assert scores[1].explanation.startswith("not equal: the gold is 42")
        assert [score.metadata["exact_format"] for score in scores] == [3.0] * len(ORDINARY)
        metrics = log.results.scores[0].metrics
        assert metrics["mean"].value == pytest.approx(
            sum(row.score for row in ORDINARY) / len(ORDINARY)
        )
        scored = [(row, score.value) for row, score in zip(ORDINARY, scores, strict=True)]
        version = importlib.metadata.version("inspect-ai")
        parts = set(PARTS) <= set(scores[0].metadata)
        record(record_property, version=version, rows=scored, parts=parts)

    def test_no_opinion_is_unscored(self, tmp_path):
        log = evaluated(reward_scorer(check_answer), ORDINARY, tmp_path)
        values = [sample.scores["check_answer"].value for sample in log.samples]
        assert values[:3] == [5.0, -2.5, 5.0]
        assert math.isnan(values[3])
        assert log.results.scores[0].metrics["mean"].value == pytest.approx(2.5)

    def test_right_or_not_with_accuracy(self, tmp_path):
        log = evaluated(reward_scorer(REWARD, value="correct"), ORDINARY, tmp_path)
        assert [sample.scores["total"].value for sample in log.samples] == ["C", "I", "C", "I"]
        assert log.results.scores[0].metrics["accuracy"].value == 0.5

    def test_what_cannot_work(self):
        with pytest.raises(OptionError, match="write 'score' or 'correct'"):
            reward_scorer(REWARD, value="right")
        with pytest.raises(OptionError, match="inspect-ai tells a reward no step"):
            reward_scorer(exact_format.scheduled(1.0, 0.0, steps=9))
        assert RIGHT.acc == 1.0
