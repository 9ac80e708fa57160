"""verifiers: the real scoring of a task (0.4), and of a rubric (0.1)."""

from __future__ import annotations

import asyncio
import importlib.metadata

import pytest
from rows import ORDINARY, PARTS, REWARD, WRONG, record

from grpo_rewards import OptionError, check_answer, exact_format
from grpo_rewards.integrations.verifiers import reward_rubric, task_reward

VERSION = next((each.version for each in importlib.metadata.distributions(name="verifiers")), "")
pytestmark = pytest.mark.filterwarnings("ignore")


class Trace:
    """What the adapter reads of a trace of 0.4.0, and where it writes."""

    def __init__(self, reply):
        self.last_reply, self.info = reply, {}


class Data:
    """What the adapter reads of a task's data of 0.4.0."""

    def __init__(self, **fields):
        self.fields = fields

    def model_dump(self):
        return self.fields


class TestCall:
    """The shape of a call, of verifiers 0.4.0; needs nothing of it."""

    def test_what_it_says_and_writes(self):
        judged = task_reward(REWARD, gold="target")
        trace = Trace(WRONG.response)
        data = Data(prompt="6 * 7?", target="42", reward=1)
        assert asyncio.run(judged(data, trace)) == 0.5
        assert trace.info["total"]["exact_format"] == 3.0
        assert trace.info["total"]["answer"] == "41"
        assert judged.__name__ == "total"

    def test_what_cannot_work(self):
        with pytest.raises(OptionError, match="verifiers tells a reward no step"):
            task_reward(exact_format.scheduled(1.0, 0.0, steps=9))


@pytest.mark.skipif(not VERSION.startswith("0.4"), reason="verifiers 0.4 is not installed")
class TestNew:
    """The real `Task.score`."""

    def test_a_task(self, record_property):
        import verifiers.v1 as vf

        class Arithmetic(vf.TaskData):
            answer: str = ""

        class Exercise(vf.Task[Arithmetic]):
            """A task that is paid by a reward."""

            @vf.reward
            async def right(self, task, trace) -> float:
                return await task_reward(REWARD)(task, trace)

        async def score_all():
            said = []
            for number, row in enumerate(ORDINARY):
                data = Arithmetic(idx=number, prompt=row.question, answer=row.gold)
                task = Exercise(data)
                trace = trace_of(vf, task, row.response)
                await task.score(trace)
                said.append((row, trace.rewards["right"], trace.info["total"]))
            return said

        said = asyncio.run(score_all())
        scored = [(row, getattr(value, "value", value)) for row, value, _ in said]
        assert [score for _, score in scored] == [row.score for row in ORDINARY]
        parts = all(set(PARTS) <= set(info) for _, _, info in said)
        record(record_property, version=VERSION, rows=scored, parts=parts)


def trace_of(vf, task, reply):
    """A trace whose last reply is this."""
    trace = vf.Trace.model_construct(rewards={}, metrics={}, info={}, root_reply=reply, nodes=[])
    trace.task = task.data
    return trace


@pytest.mark.skipif(not VERSION.startswith("0.1"), reason="verifiers 0.1 is not installed")
class TestOld:
    """The real `Rubric`."""

    def test_a_rubric(self, record_property):
        rubric = reward_rubric(REWARD)

        async def score_all():
            said = []
            for row in ORDINARY:
                state = state_of(row)
                await rubric.score_rollout(state)
                said.append((row, state["reward"], state["metrics"]))
            return said

        said = asyncio.run(score_all())
        assert [score for _, score, _ in said] == [row.score for row in ORDINARY]
        assert [metrics["total/acc"] for _, _, metrics in said] == [row.acc for row in ORDINARY]
        parts = all(f"total/{part}" in said[0][2] for part in PARTS)
        scored = [(row, score) for row, score, _ in said]
        record(record_property, version=VERSION, rows=scored, parts=parts)


def state_of(row):
    """A rollout's state as 0.1.14 scores it."""
    import verifiers as vf

    state = vf.State()
    state["prompt"] = [{"role": "user", "content": row.question}]
    state["completion"] = [{"role": "assistant", "content": row.response}]
    state["answer"] = row.gold
    state["info"] = {}
    state["task"] = "default"
    state["timing"] = {"scoring_ms": 0.0, "total_ms": 0.0}
    return state


class TestWithout:
    """Where it is another version."""

    @pytest.mark.skipif(VERSION.startswith("0.1"), reason="it has a Rubric")
    def test_a_rubric_of_a_version_that_has_none(self):
        with pytest.raises(OptionError, match="no Rubric"):
            reward_rubric(check_answer)
