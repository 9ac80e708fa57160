"""verl: its own reward managers call the adapter, in Ray actors, in process and in one apart."""

from __future__ import annotations

import asyncio
import inspect
import pickle

import pytest
from rows import HOSTILE, ORDINARY, PARTS, REWARD, RIGHT, WRONG, record

from grpo_rewards import OptionError, check_answer, exact_format
from grpo_rewards.integrations.verl import VerlReward, compute_score


class TestCall:
    """The shape of a call, of verl 0.9.1; needs nothing of verl."""

    def test_the_keys_are_the_same_whatever_the_sample(self):
        judge = VerlReward(REWARD)
        found = [judge("any", row.response, row.gold, {}) for row in (*ORDINARY, *HOSTILE)]
        assert len({tuple(each) for each in found}) == 1
        assert set(found[0]) >= {"score", "acc", "no_opinion", *PARTS}

    @pytest.mark.parametrize("row", ORDINARY, ids=lambda row: row.verdict)
    def test_what_it_says(self, row):
        said = VerlReward(REWARD)("any", row.response, row.gold, {"index": 1, "text": "a column"})
        assert (said["score"], said["acc"], said["verdict"]) == (row.score, row.acc, row.verdict)

    def test_no_opinion_is_a_number_and_said(self):
        said = VerlReward(check_answer, none=-1.0)("any", RIGHT.response, None)
        assert (said["score"], said["no_opinion"]) == (-1.0, 1.0)

    def test_by_data_source(self):
        judge = VerlReward({"math": check_answer, "*": exact_format})
        math, other = (judge(source, WRONG.response, "42", {}) for source in ("math", "else"))
        assert (math["score"], other["score"]) == (-2.5, 3.0)
        assert list(math) == list(other)
        with pytest.raises(OptionError, match=r"'else' has no reward; there are those for 'math'"):
            VerlReward({"math": check_answer})("else", "x", "42", {})

    def test_columns_come_from_extra_info_and_the_gold_by_any_name(self):
        from grpo_rewards import CheckAnswer

        named = CheckAnswer(gold="final")
        extra = {"answer": "a worked solution", "prompts": 1, "reward": 2, "prompt": "6 * 7?"}
        assert VerlReward(named)("any", RIGHT.response, "42", extra)["score"] == 5.0
        assert VerlReward(check_answer)("any", RIGHT.response, "42", extra)["score"] == 5.0

    def test_without_a_file_of_ones_own(self):
        said = compute_score("any", RIGHT.response, "42", {}, reward="rows:REWARD")
        assert said["score"] == 8.0
        routed = {"math": "rows:REWARD", "*": "grpo_rewards:exact_format"}
        assert compute_score("math", RIGHT.response, "42", {}, reward=routed)["score"] == 8.0
        assert compute_score("b", RIGHT.response, "42", {}, reward=routed)["score"] == 3.0

    def test_it_is_a_plain_function_and_pickles(self):
        judge = VerlReward(REWARD)
        assert not inspect.iscoroutinefunction(judge)
        assert pickle.loads(pickle.dumps(judge))("any", RIGHT.response, "42")["score"] == 8.0

    @pytest.mark.parametrize(
        ("wrong", "found"),
        [
            ("no_such_module:total", "cannot be imported"),
            ("grpo_rewards", "write where to import it"),
            ("rows:NOTHING", "cannot be imported"),
            ({}, "for each data_source"),
            (3, "no reward"),
            (exact_format.scheduled(1.0, 0.0, steps=9) + check_answer, "tells a reward no step"),
        ],
    )
    def test_what_cannot_work_is_said_at_once(self, wrong, found):
        with pytest.raises(OptionError, match=found):
            VerlReward(wrong)

    def test_a_weight_that_does_without_a_step(self):
        fading = exact_format.scheduled(1.0, 0.0, steps=9, without_state=0.5)
        assert VerlReward(fading)("any", RIGHT.response, "42")["score"] == 1.5


class Tokenizer:
    """Decodes numbers to the characters that they are."""

    def decode(self, ids, **_):
        return "".join(chr(int(number)) for number in ids)


def data_of(row):
    """A sample as verl holds it: a response padded on the right, and the row beside it."""
    import numpy as np
    import torch
    from tensordict import TensorDict
    from verl import DataProto

    ids = [ord(character) for character in row.response] + [0, 0, 0]
    batch = TensorDict(
        {
            "responses": torch.tensor([ids]),
            "attention_mask": torch.tensor([[1] * (len(ids) - 3) + [0] * 3]),
        },
        batch_size=[1],
    )
    beside = {
        "data_source": np.array(["any"], dtype=object),
        "reward_model": np.array([{"ground_truth": row.gold}], dtype=object),
        "extra_info": np.array([{"question": row.question}], dtype=object),
    }
    return DataProto(batch=batch, non_tensor_batch=beside)


@pytest.fixture(scope="module")
def config():
    ray = pytest.importorskip("ray", reason="verl needs ray")
    pytest.importorskip("verl", reason="verl is not installed")
    pytest.importorskip("tensordict", reason="verl needs tensordict")
    from omegaconf import OmegaConf

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    function = {
        "path": "pkg://grpo_rewards.integrations.verl",
        "name": "compute_score",
        "reward_kwargs": {"reward": "rows:REWARD"},
    }
    yield OmegaConf.create({"reward": {"num_workers": 2, "custom_reward_function": function}})
    ray.shutdown()


@pytest.mark.filterwarnings("ignore")
class TestReal:
    """The real managers, two workers, and a hostile batch among ordinary rows."""

    @pytest.mark.parametrize("name", ["naive", "remote"])
    def test_a_reward_manager(self, config, name, record_property):
        import ray
        import verl
        from verl.experimental.reward_loop.reward_manager import get_reward_manager_cls
        from verl.trainer.ppo.reward import get_custom_reward_fn

        rows = (*ORDINARY, *HOSTILE, *ORDINARY)

        @ray.remote
        class Worker:
            """What a reward worker of verl does with a batch."""

            def judge(self, rows):
                manager_class = get_reward_manager_cls(name)
                function = get_custom_reward_fn(config)

                async def all_of_them():
                    manager = manager_class(config, Tokenizer(), function)
                    return await asyncio.gather(*(manager.run_single(data_of(row)) for row in rows))

                return asyncio.run(all_of_them())

        workers = [Worker.remote() for _ in range(2)]
        half = len(rows) // 2
        said = ray.get(
            [workers[0].judge.remote(rows[:half]), workers[1].judge.remote(rows[half:])],
            timeout=300,
        )
        found = [*said[0], *said[1]]
        scored = list(zip(rows, [each["reward_score"] for each in found], strict=True))
        for row, score in scored:
            if row in ORDINARY:
                assert score == row.score
            else:
                assert score < RIGHT.score
        keys = {tuple(each["reward_extra_info"]) for each in found}
        assert len(keys) == 1
        assert set(PARTS) <= set(next(iter(keys)))
        record(
            record_property,
            version=f"{verl.__version__} ({name})",
            rows=scored,
            parts=set(PARTS) <= set(next(iter(keys))),
        )
