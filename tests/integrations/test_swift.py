"""ms-swift: its own scoring makes the reward's object of the class, and calls it."""

from __future__ import annotations

import importlib.metadata
from types import SimpleNamespace

import pytest
from rows import ORDINARY, REWARD, RIGHT, record

from grpo_rewards import (
    CheckAnswer,
    OptionError,
    SoftOverlongPunishment,
    check_answer,
    exact_format,
)

pytest.importorskip("swift", reason="ms-swift is not installed")
rewards = pytest.importorskip("swift.rewards", reason="ms-swift is not to be imported")

from grpo_rewards.integrations.swift import orm_class, register_orm  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore")


class TestReal:
    """The real classes and the real scoring of a batch."""

    def test_scoring(self, record_property):
        import torch
        from swift.rl_core import grpo_algorithm as algorithm
        from swift.rl_core.data import GRPOSample

        names = [register_orm(REWARD), register_orm(check_answer), register_orm(exact_format)]
        assert names == ["total", "check_answer", "exact_format"]
        functions = [rewards.orms[name](args=None) for name in names]
        assert [type(each).__name__ for each in functions] == names
        samples = [
            GRPOSample.from_row(
                {
                    "messages": [
                        {"role": "user", "content": row.question},
                        {"role": "assistant", "content": row.response},
                    ],
                    "answer": row.gold,
                }
            )
            for row in ORDINARY
        ]
        said = algorithm.compute_rewards_per_func(
            samples, functions, None, torch.device("cpu"), trainer_state=None
        )
        scored = list(zip(ORDINARY, [row[0] for row in said.tolist()], strict=True))
        assert [score for _, score in scored] == [row.score for row in ORDINARY]
        version = importlib.metadata.version("ms-swift")
        record(record_property, version=version, rows=scored, parts=len(names) == 3)

    def test_two_rewards_of_one_kind_have_two_names(self):
        loose = CheckAnswer(strict=False, name="loose")
        assert {register_orm(loose), register_orm(check_answer)} == {"loose", "check_answer"}
        with pytest.raises(OptionError, match="has a reward of that name"):
            register_orm(CheckAnswer(strict=False))

    def test_token_ids_and_the_step(self):
        state = SimpleNamespace(global_step=5, max_steps=10)
        fading = orm_class(exact_format.scheduled(1.0, 0.0, steps=10).named("fading"))()
        assert fading([RIGHT.response], trainer_state=state) == [1.5]
        overlong = SoftOverlongPunishment(max_length=4, cache=2, name="overlong")
        counted = orm_class(overlong)()
        flat = counted(["a b c"], response_token_ids=[[1, 2, 3]])
        assert flat == counted(["a b c"], response_token_ids=[[[9], [1, 2, 3]]]) == [-0.5]
