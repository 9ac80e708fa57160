"""NeMo-Gym: its own server class, over HTTP, verifies by the adapter."""

from __future__ import annotations

import importlib.metadata
from typing import Any

import pytest
from rows import HOSTILE, ORDINARY, PARTS, REWARD, RIGHT, record

pytest.importorskip("nemo_gym", reason="NeMo-Gym is not installed")
bases = pytest.importorskip(
    "nemo_gym.base_resources_server", reason="NeMo-Gym is not to be imported"
)

from grpo_rewards import check_answer  # noqa: E402
from grpo_rewards.integrations.nemo_gym import server_class  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore")


def served(reward: Any) -> Any:
    """A client of a server that NeMo-Gym sets up."""
    from fastapi.testclient import TestClient
    from nemo_gym.server_utils import BaseServerConfig, ServerClient
    from omegaconf import OmegaConf

    where = {"host": "127.0.0.1", "port": 1}
    config = bases.BaseResourcesServerConfig(**where, entrypoint="app.py", name="judged")
    client = ServerClient(
        head_server_config=BaseServerConfig(**where), global_config_dict=OmegaConf.create({})
    )
    server = server_class(reward)(config=config, server_client=client)
    return TestClient(server.setup_webserver())


def asked(row: Any, **fields: Any) -> dict[str, Any]:
    """A request of an agent's, with a response of the Responses API."""
    text = {"type": "output_text", "text": row.response, "annotations": []}
    message = {
        "id": "1",
        "type": "message",
        "role": "assistant",
        "status": "completed",
        "content": [text],
    }
    response = {
        "id": "2",
        "object": "response",
        "created_at": 0.0,
        "model": "a model",
        "output": [message],
        "parallel_tool_calls": False,
        "tool_choice": "auto",
        "tools": [],
    }
    return {
        "responses_create_params": {"input": [{"role": "user", "content": row.question}]},
        "response": response,
        "expected_answer": row.gold,
        **fields,
    }


class TestReal:
    """The real server, and hostile responses among ordinary ones."""

    def test_verify(self, record_property):
        client = served(REWARD)
        rows = (*ORDINARY, *(row for row in HOSTILE if "\ud800" not in row.response), *ORDINARY)
        scored = []
        for row in rows:
            said = client.post("/verify", json=asked(row, level=3, reward="a column"))
            assert said.status_code == 200, said.text
            found = said.json()
            assert set(found["reward_components"]) == {"acc", "no_opinion", *PARTS}
            assert found["exact_format"] == found["reward_components"]["exact_format"]
            assert (found["expected_answer"], found["level"]) == (row.gold, 3)
            assert not found["mask_sample"]
            scored.append((row, found["reward"]))
        for row, score in scored:
            assert score == row.score if row in ORDINARY else score < RIGHT.score
        version = importlib.metadata.version("nemo-gym")
        record(record_property, version=version, rows=scored, parts=True)

    @pytest.mark.parametrize("gold", [None, ""])
    def test_a_sample_without_an_opinion_is_masked(self, gold):
        said = served(check_answer).post("/verify", json=asked(RIGHT, expected_answer=gold)).json()
        assert (said["reward"], said["mask_sample"]) == (0.0, True)

    def test_the_means_of_a_run_have_the_parts(self):
        client = served(REWARD)
        answers = []
        for place, row in enumerate(ORDINARY):
            answer = client.post("/verify", json=asked(row)).json()
            answers.append({**answer, "_ng_task_index": place, "_ng_rollout_index": 0})
        said = client.post("/aggregate_metrics", json={"verify_responses": answers})
        assert said.status_code == 200, said.text
        means = said.json()["agent_metrics"]
        assert means["mean/exact_format"] == 3.0
        assert means["mean/acc"] == 0.5
