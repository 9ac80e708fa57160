"""AReaL: its own wrapper calls the adapter in its pool of processes."""

from __future__ import annotations

import asyncio
import importlib
import importlib.metadata
import importlib.util
import sys
import types

import pytest
from rows import HOSTILE, ORDINARY, REWARD, RIGHT, record

from grpo_rewards.integrations.areal import ArealReward


def the_reward_api(monkeypatch):
    """AReaL's module of rewards, without its package, which imports what only GPUs have."""
    try:
        files = importlib.metadata.files("areal") or []
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("AReaL is not installed")
    (found,) = (file for file in files if str(file) == "areal/api/reward_api.py")
    folder = found.locate().resolve().parent.parent
    for name, path in (
        ("areal", folder),
        ("areal.api", folder / "api"),
        ("areal.utils", folder / "utils"),
    ):
        package = types.ModuleType(name)
        package.__path__ = [str(path)]
        monkeypatch.setitem(sys.modules, name, package)
    return importlib.import_module("areal.api.reward_api")


@pytest.mark.filterwarnings("ignore")
class TestReal:
    """The real wrapper with its deadline, and hostile responses among ordinary ones."""

    def test_the_wrapper(self, record_property, monkeypatch):
        api = the_reward_api(monkeypatch)
        rows = (*ORDINARY, *HOSTILE, *ORDINARY)

        async def score_all():
            wrapped = api.AsyncRewardWrapper(ArealReward("rows:REWARD"), max_workers=2)
            calls = (
                wrapped(row.question, row.response + "<|im_end|>", [1], [2, 3], answer=row.gold)
                for row in rows
            )
            return await asyncio.gather(*calls)

        assert ArealReward("rows:REWARD").__name__ == REWARD.name
        scored = list(zip(rows, asyncio.run(score_all()), strict=True))
        api.AsyncRewardWrapper._atexit_shutdown_all()
        for row, score in scored:
            assert score == row.score if row in ORDINARY else 0 != score < RIGHT.score
        version = importlib.metadata.version("areal")
        record(record_property, version=version, rows=scored, parts=False)
