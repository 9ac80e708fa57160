"""lighteval: a metric made of a reward; written for lighteval 0.13.0."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grpo_rewards.errors import OptionError
from grpo_rewards.guesses import explained
from grpo_rewards.integrations.adapting import (
    flat_numbers,
    judge_sample,
    number_keys,
    row_of,
    the_reward,
)
from grpo_rewards.requirements import require_number

__all__ = ["reward_metric"]


@explained
def reward_metric(reward: Any, *, name: str | None = None, none: float = 0.0) -> Any:
    """A metric for a ``LightevalTaskConfig``.

    Args:
        reward: A reward, or where to import one, as in ``"my_rewards:total"``.
        name: What stands before the metrics' names; by default the reward's.
        none: The score where there is no opinion, beside the metric ``NAME/no_opinion``.

    Returns:
        A grouping of the metrics ``NAME``, ``NAME/acc``, ``NAME/no_opinion`` and one for each
        part. The document's choices at its gold indices are the golds, its query is the prompt,
        and what stands in ``specific`` are the columns. Of several samples the first counts.

    Raises:
        OptionError: lighteval is not to be imported, or the reward cannot be or moves with
            training.
    """
    require_number("none", none)
    made = the_reward(reward, framework="lighteval")
    try:
        from lighteval.metrics.metrics_sample import SampleLevelComputation  # noqa: PLC0415
        from lighteval.metrics.utils.metric_utils import (  # noqa: PLC0415
            SampleLevelMetricGrouping,
        )
        from lighteval.tasks.requests import SamplingMethod  # noqa: PLC0415
    except ImportError as error:
        raise OptionError(f"lighteval is not to be imported: {error}") from error
    called = name or made.name

    class RewardComputation(SampleLevelComputation):  # type: ignore[misc]
        """The numbers of one sample."""

        def compute(self, doc: Any, model_response: Any, **_: Any) -> dict[str, float]:
            texts = model_response.final_text
            scored = judge_sample(
                made,
                texts[0] if texts else "",
                row=row_of(doc.specific, name="doc.specific"),
                gold=list(doc.get_golds()),
                prompt=doc.query,
            )
            return named(flat_numbers(made, scored, none=none))

    def named(numbers: dict[str, float]) -> dict[str, float]:
        return {called if key == "score" else f"{called}/{key}": numbers[key] for key in numbers}

    keys = list(named(dict.fromkeys(number_keys(made), 0.0)))
    return SampleLevelMetricGrouping(
        metric_name=keys,
        higher_is_better={key: not key.endswith("/no_opinion") for key in keys},
        category=SamplingMethod.GENERATIVE,
        sample_level_fn=RewardComputation(),
        corpus_level_fn=dict.fromkeys(keys, _mean()),
    )


def _mean() -> Callable[[Any], float]:
    def mean(values: Any) -> float:
        listed = list(values)
        return sum(listed) / len(listed) if listed else 0.0

    return mean
