"""Frameworks that no registry has, each as a stand-in of the exact shape of its call.

slime, rllm, open-instruct and NeMo-RL were read in their published sources in November 2026; a
stand-in is no proof that a version from after that still calls like this. AReaL and NeMo-Gym, whose
packages have tests of their own, are called here in the same shape where they are not installed.
"""

from __future__ import annotations

import abc
import asyncio
import pickle
import sys
import types
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from rows import HOSTILE, ORDINARY, PARTS, REWARD, RIGHT, WRONG

from grpo_rewards import ColumnError, OptionError, exact_format
from grpo_rewards.integrations.areal import ArealReward
from grpo_rewards.integrations.nemo_gym import response_text, server_class, verified
from grpo_rewards.integrations.nemo_rl import environment_class as nemo_rl_class
from grpo_rewards.integrations.open_instruct import verifier_class
from grpo_rewards.integrations.rllm import rllm_evaluator
from grpo_rewards.integrations.slime import slime_reward


class TestSlime:
    """slime, November 2026: `await rm(args, sample)`, or a group; `zip` of what comes back."""

    def sample(self, row):
        return SimpleNamespace(
            prompt=row.question,
            response=row.response + "<|im_end|>",
            label=row.gold,
            metadata={"level": 3},
        )

    def test_a_sample(self):
        custom_rm = slime_reward(REWARD)
        said = [asyncio.run(custom_rm(None, self.sample(row))) for row in ORDINARY]
        assert said == [row.score for row in ORDINARY]

    def test_a_group_with_parts(self):
        custom_rm = slime_reward(REWARD, as_dict=True)
        rows = (*ORDINARY, *HOSTILE)
        said = asyncio.run(custom_rm(None, [self.sample(row) for row in rows]))
        assert len(said) == len(rows)
        assert [each["score"] for each in said[: len(ORDINARY)]] == [r.score for r in ORDINARY]
        assert all(set(each) == {"score", "acc", "no_opinion", *PARTS} for each in said)
        assert all(each["score"] < RIGHT.score for each in said[len(ORDINARY) :])

    def test_a_sample_without_metadata_or_response(self):
        sample = SimpleNamespace(prompt="x", response=None, label="42", metadata=None)
        assert asyncio.run(slime_reward(REWARD)(None, sample)) < 0


class TestAreal:
    """AReaL 1.0.4: `reward_fn(prompt, completions, prompt_ids, completion_ids, **data)`."""

    def test_it_runs_in_a_pool_of_processes(self):
        reward_fn = ArealReward(REWARD)
        with ProcessPoolExecutor(1) as pool:
            said = [
                pool.submit(
                    reward_fn, row.question, row.response, [1], [2, 3], answer=row.gold
                ).result(60)
                for row in ORDINARY
            ]
        assert said == [row.score for row in ORDINARY]

    def test_it_pickles_and_has_a_name(self):
        copy = pickle.loads(pickle.dumps(ArealReward("rows:REWARD")))
        assert copy.__name__ == "total"

    def test_what_cannot_work(self):
        with pytest.raises(OptionError, match="AReaL tells a reward no step"):
            ArealReward(exact_format.scheduled(1.0, 0.0, steps=9))


@dataclass
class Signal:
    """As in rllm.eval.types."""

    name: str
    value: float


@dataclass
class EvalOutput:
    """As in rllm.eval.types."""

    reward: float
    is_correct: bool
    signals: list[Signal] = field(default_factory=list)
    metadata: dict[str, Any] = field(default_factory=dict)


class TestRllm:
    """rllm, November 2026: `evaluate(task, episode) -> EvalOutput`."""

    @pytest.fixture(autouse=True)
    def _rllm(self, monkeypatch):
        found = types.ModuleType("rllm.eval.types")
        found.EvalOutput, found.Signal = EvalOutput, Signal
        for name in ("rllm", "rllm.eval"):
            monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
        monkeypatch.setitem(sys.modules, "rllm.eval.types", found)

    @pytest.mark.parametrize("row", ORDINARY, ids=lambda row: row.verdict)
    def test_an_episode(self, row):
        evaluate = rllm_evaluator(REWARD)
        metadata = {"question": row.question, "ground_truth": row.gold}
        steps = [
            SimpleNamespace(output=None, model_response=row.response),
            SimpleNamespace(output=None, model_response=""),  # a call of a tool
        ]
        written = SimpleNamespace(output=row.response)  # in versions whose steps have nothing else
        episodes = (
            SimpleNamespace(artifacts={"answer": row.response}),
            SimpleNamespace(artifacts={}, trajectories=[SimpleNamespace(output=None, steps=steps)]),
            SimpleNamespace(artifacts={}, trajectories=[SimpleNamespace(steps=[written])]),
            SimpleNamespace(artifacts={}, trajectories=[written]),
        )
        for task in (metadata, SimpleNamespace(metadata=metadata)):
            for episode in episodes:
                said = evaluate(task, episode)
                assert (said.reward, said.is_correct) == (row.score, row.verdict == "correct")
                assert {signal.name for signal in said.signals} >= set(PARTS)

    def test_an_episode_that_holds_nothing(self):
        evaluate = rllm_evaluator(REWARD)
        for episode in (SimpleNamespace(), SimpleNamespace(artifacts={}, trajectories=[])):
            assert evaluate({"ground_truth": "42"}, episode).reward < 0


@dataclass
class VerificationResult:
    """As in open_instruct.ground_truth_utils."""

    score: float
    cost: float = 0.0
    reasoning: str | None = None


class VerifierFunction:
    """As in open_instruct.ground_truth_utils."""

    def __init__(self, name, weight=1.0, verifier_config=None):
        self.name, self.weight, self.verifier_config = name, weight, verifier_config

    async def async_call(self, tokenized_prediction, prediction, label, query=None):
        loop = asyncio.get_running_loop()
        given = (tokenized_prediction, prediction, label, query)
        return await loop.run_in_executor(None, lambda: self.__call__(*given))


class TestOpenInstruct:
    """open-instruct, November 2026: `verifier(tokens, prediction, label, query, state)`."""

    @pytest.fixture(autouse=True)
    def _open_instruct(self, monkeypatch):
        found = types.ModuleType("open_instruct.ground_truth_utils")
        found.VerificationResult, found.VerifierFunction = VerificationResult, VerifierFunction
        monkeypatch.setitem(sys.modules, "open_instruct", types.ModuleType("open_instruct"))
        monkeypatch.setitem(sys.modules, "open_instruct.ground_truth_utils", found)

    def test_right_or_not_and_the_score(self):
        right_or_not = verifier_class(REWARD, name="my_math")()
        score = verifier_class(REWARD, name="my_math", value="score")()
        assert right_or_not.name == "my_math"
        for row in ORDINARY:
            tokens = [1, 2, 3]
            said = right_or_not(tokens, row.response, row.gold, row.question, None)
            assert said.score == row.acc
            assert said.reasoning
            assert score(tokens, row.response, row.gold, query=None).score == row.score
            later = asyncio.run(score.async_call(tokens, row.response, row.gold, row.question))
            assert later.score == row.score


class EnvironmentReturn(NamedTuple):
    """As in nemo_rl.environments.interfaces."""

    observations: list[dict[str, str]]
    metadata: list[Any]
    next_stop_strings: list[Any]
    rewards: Any
    terminateds: Any
    answers: list[str | None] | None = None


class EnvironmentInterface(abc.ABC):
    """As in nemo_rl.environments.interfaces."""

    @abc.abstractmethod
    def step(self, message_log_batch, metadata):
        raise NotImplementedError

    @abc.abstractmethod
    def global_post_process_and_metrics(self, batch):
        raise NotImplementedError


class TestNemoRl:
    """NeMo-RL, November 2026: `step(message_log_batch, metadata)` of an actor, a batch a call."""

    @pytest.fixture
    def environment(self, monkeypatch):
        pytest.importorskip("torch", reason="NeMo-RL takes tensors")
        found = types.ModuleType("nemo_rl.environments.interfaces")
        found.EnvironmentInterface = EnvironmentInterface
        found.EnvironmentReturn = EnvironmentReturn
        for name in ("nemo_rl", "nemo_rl.environments"):
            monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
        monkeypatch.setitem(sys.modules, "nemo_rl.environments.interfaces", found)
        return nemo_rl_class(REWARD)({"num_workers": 1})

    def turns(self, row):
        import torch

        return [
            {"role": "user", "content": row.question, "token_ids": torch.tensor([1, 2])},
            {"role": "assistant", "content": row.response, "token_ids": torch.tensor([3])},
        ]

    def test_a_batch(self, environment):
        rows = (*ORDINARY, *HOSTILE)
        metadata = [{"ground_truth": row.gold, "level": 3} for row in rows]
        said = environment.step([self.turns(row) for row in rows], metadata)
        scores = said.rewards.tolist()
        assert scores[: len(ORDINARY)] == [row.score for row in ORDINARY]
        assert all(score < RIGHT.score for score in scores[len(ORDINARY) :])
        assert said.terminateds.tolist() == [1.0] * len(rows)
        assert said.answers[:2] == ["42", "41"]
        assert {len(each) for each in said[:3]} == {len(rows)}
        assert [each["content"] for each in said.observations[:2]] == [
            "Environment: correct",
            "Environment: wrong",
        ]
        assert said.metadata == metadata

    def test_the_parts_are_metrics(self, environment):
        rows = ORDINARY[:2]
        gold = [{"ground_truth": row.gold} for row in rows]
        environment.step([self.turns(row) for row in rows], gold)
        batch, metrics = environment.global_post_process_and_metrics({"rewards": 1})
        assert batch == {"rewards": 1}
        assert set(metrics) == {"score", "acc", "no_opinion", *PARTS}
        assert (metrics["acc"], metrics["exact_format"]) == (0.5, 3.0)
        assert environment.global_post_process_and_metrics({})[1] == {}

    def test_of_several_turns_the_last(self, environment):
        turns = [*self.turns(RIGHT), {"role": "environment", "content": "Again."}]
        turns.append({"role": "assistant", "content": WRONG.response})
        said = environment.step([turns, self.turns(RIGHT)[:1]], [{"answer": "42"}] * 2)
        assert said.rewards.tolist()[0] == WRONG.score
        assert said.rewards.tolist()[1] < 0

    def test_no_gold(self, environment):
        said = environment.step([self.turns(RIGHT)], [{"ground_truth": None}])
        assert said.rewards.tolist() == [3.0]
        with pytest.raises(ColumnError, match="mean 'ground_truth' by 'groundtruth'"):
            environment.step([self.turns(RIGHT)], [{"groundtruth": "42"}])


class TestNemoGym:
    """NeMo-Gym, November 2026: `await verify(body)`, with a response and the row's fields."""

    def response(self, text):
        content = [{"type": "output_text", "text": text, "annotations": []}]
        message = {"type": "message", "role": "assistant", "content": content}
        return {"output": [{"type": "reasoning", "summary": []}, message]}

    @pytest.mark.parametrize("row", ORDINARY, ids=lambda row: row.verdict)
    def test_a_request(self, row):
        text = response_text(self.response(row.response))
        said = verified(REWARD, text, {"expected_answer": row.gold, "level": 3})
        assert (said["score"], said["acc"]) == (row.score, row.acc)
        assert list(said) == ["score", "acc", "no_opinion", *PARTS]

    def test_a_reward_by_its_name(self):
        text = "6 * 7<end_working_out><SOLUTION>42</SOLUTION>"
        assert verified("grpo_rewards:check_answer", text, {"answer": "42"})["score"] == 5.0

    @pytest.mark.parametrize("response", [None, {}, {"output": []}, {"output": [{"type": "x"}]}])
    def test_a_response_without_text(self, response):
        assert response_text(response) == ""

    def test_over_http(self, monkeypatch):
        """A server class made over stand-ins of its bases, served by FastAPI."""
        fastapi = pytest.importorskip("fastapi", reason="the stand-in is served by FastAPI")
        testclient = pytest.importorskip("fastapi.testclient")
        from pydantic import BaseModel

        class BaseVerifyRequest(BaseModel):
            responses_create_params: dict = {}
            response: dict

        class BaseVerifyResponse(BaseVerifyRequest):
            reward: float
            mask_sample: bool = False

        class BaseResourcesServerConfig(BaseModel):
            pass

        class SimpleResourcesServer:
            def setup_webserver(self):
                app = fastapi.FastAPI()
                app.post("/verify")(self.verify)
                return app

        found = types.ModuleType("nemo_gym.base_resources_server")
        for each in (
            BaseVerifyRequest,
            BaseVerifyResponse,
            BaseResourcesServerConfig,
            SimpleResourcesServer,
        ):
            setattr(found, each.__name__, each)
        monkeypatch.setitem(sys.modules, "nemo_gym", types.ModuleType("nemo_gym"))
        monkeypatch.setitem(sys.modules, "nemo_gym.base_resources_server", found)
        client = testclient.TestClient(server_class(REWARD)().setup_webserver())
        for row in (RIGHT, WRONG):
            body = {"response": self.response(row.response), "expected_answer": row.gold}
            said = client.post("/verify", json=body)
            assert said.status_code == 200, said.text
            assert said.json()["reward"] == row.score
            assert said.json()["reward_components"]["exact_format"] == 3.0
            assert said.json()["expected_answer"] == row.gold


class TestWithout:
    """Where a framework is not there, that is said."""

    @pytest.mark.parametrize(
        ("make", "found"),
        [
            (lambda: verifier_class(REWARD, name="x"), "open-instruct is not to be imported"),
            (lambda: server_class(REWARD), "NeMo-Gym is not to be imported"),
            (lambda: nemo_rl_class(REWARD), "NeMo-RL is not to be imported"),
            (lambda: rllm_evaluator(REWARD)({}, SimpleNamespace()), "rllm is not to be imported"),
        ],
    )
    def test_it_is_said(self, make, found):
        with pytest.raises(OptionError, match=found):
            make()
