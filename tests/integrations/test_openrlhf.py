"""OpenRLHF: its own single-turn executor calls the adapter, through a file of a user's."""

from __future__ import annotations

import asyncio
import importlib
import importlib.metadata
import json
import sys
import types
from pathlib import Path
from types import SimpleNamespace

import pytest
from rows import HOSTILE, ORDINARY, PARTS, REWARD, RIGHT, WRONG, record

from grpo_rewards import OptionError, RewardWarning, check_answer, exact_format
from grpo_rewards.integrations.openrlhf import openrlhf_reward, response_of

torch = pytest.importorskip("torch", reason="OpenRLHF takes tensors")

PROMPT = "<|im_start|>user\nWhat is 6 * 7?<|im_end|>\n<|im_start|>assistant\n"


class TestCall:
    """The shape of a call, of OpenRLHF 0.11.2; needs nothing of OpenRLHF."""

    @pytest.mark.parametrize("end", ["", "<|im_end|>", "<|im_end|>\n", "</s>"])
    def test_the_response_is_what_follows_the_prompt(self, end):
        reward_func = openrlhf_reward(REWARD)
        queries = [PROMPT + row.response + end for row in ORDINARY]
        said = reward_func(queries, [PROMPT] * len(queries), [row.gold for row in ORDINARY])
        assert said["rewards"].tolist() == [row.score for row in ORDINARY]
        assert said["scores"].tolist() == said["rewards"].tolist()
        assert said["extra_logs"]["acc"].tolist() == [row.acc for row in ORDINARY]
        assert set(said["extra_logs"]) == {"acc", "no_opinion", *PARTS}

    def test_an_answer_in_the_prompt_pays_nobody(self):
        few_shot = f"{RIGHT.response}\n{PROMPT}"
        said = openrlhf_reward(check_answer)([few_shot + WRONG.response], [few_shot], ["42"])
        assert said["rewards"].tolist() == [-2.5]

    def test_a_prompt_that_was_cut_from_the_left_is_found_by_its_end(self):
        long = "x " * 500 + PROMPT
        assert response_of(long[700:] + "the response", long) == "the response"
        assert response_of("something else", long) is None
        assert response_of(PROMPT + PROMPT[-100:] + "x", "y" * 500 + PROMPT[-100:]) is None

    def test_a_prompt_that_is_not_there_is_no_opinion(self):
        with pytest.warns(RewardWarning, match="does not begin with its prompt"):
            said = openrlhf_reward(REWARD, none=-9.0)([RIGHT.response], [PROMPT], ["42"])
        assert said["rewards"].tolist() == [-9.0]
        assert said["extra_logs"]["no_opinion"].tolist() == [1.0]

    def test_a_label_may_hold_columns(self):
        label = json.dumps({"answer": "42", "level": 3})
        said = openrlhf_reward(check_answer)([PROMPT + RIGHT.response], [PROMPT], [label])
        assert said["rewards"].tolist() == [5.0]

    @pytest.mark.parametrize("label", ["{42}", r"\{42\}", "{", "{" * 5_000])
    def test_a_label_that_is_no_json_is_a_gold(self, label):
        said = openrlhf_reward(check_answer)([PROMPT + WRONG.response], [PROMPT], [label])
        assert said["rewards"].tolist() == [-2.5]

    def test_what_cannot_work_is_said_at_once(self):
        with pytest.raises(OptionError, match="OpenRLHF tells a reward no step"):
            openrlhf_reward(exact_format.scheduled(1.0, 0.0, steps=9))


class Tokenizer:
    """Decodes numbers to the characters that they are."""

    def __call__(self, text, **_):
        return {"input_ids": torch.tensor([[ord(character) for character in text]])}

    def decode(self, ids, **_):
        return "".join(chr(int(number)) for number in ids)


class Engine:
    """Generates the response that a test wants next."""

    def __init__(self, responses):
        self.responses = dict(enumerate(responses))
        self.calls = 0

    async def generate(self, prompt_token_ids, sampling_params, **_):
        response = self.responses[self.calls]
        self.calls += 1
        ids = [ord(character) for character in response]
        output = SimpleNamespace(token_ids=ids, finish_reason="stop", logprobs=None)
        return SimpleNamespace(outputs=[output])


def the_agent(monkeypatch):
    """OpenRLHF's module of agents, without its package, which imports what only GPUs have."""
    openrlhf = pytest.importorskip("openrlhf", reason="OpenRLHF is not installed")
    package = types.ModuleType("openrlhf.utils")
    package.__path__ = [str(Path(openrlhf.__path__[0]) / "utils")]
    monkeypatch.setitem(sys.modules, "openrlhf.utils", package)
    return importlib.import_module("openrlhf.utils.agent")


@pytest.mark.filterwarnings("ignore")
class TestReal:
    """The real executor, and hostile responses among ordinary ones."""

    def test_the_executor(self, tmp_path, record_property, monkeypatch):
        agent = the_agent(monkeypatch)
        file = tmp_path / "my_reward.py"
        file.write_text(
            "from grpo_rewards.integrations.openrlhf import openrlhf_reward\n"
            "reward_func = openrlhf_reward('rows:REWARD')\n"
        )
        rows = (*ORDINARY, *HOSTILE, *ORDINARY)
        sampling = SimpleNamespace(max_tokens=64, logprobs=None)

        async def roll_out():
            executor = agent.SingleTurnAgentExecutor([str(file)])
            engine = Engine([row.response + "<|im_end|>" for row in rows])
            return [
                await executor.execute(PROMPT, row.gold, sampling, 10**6, Tokenizer(), engine)
                for row in rows
            ]

        found = asyncio.run(roll_out())
        scored = [(row, float(output["reward"])) for row, output in zip(rows, found, strict=True)]
        for row, score in scored:
            assert score == row.score if row in ORDINARY else score < RIGHT.score
        assert all(set(output["extra_logs"]) >= set(PARTS) for output in found)
        version = importlib.metadata.version("openrlhf")
        record(record_property, version=version, rows=scored, parts=True)
