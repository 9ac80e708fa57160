"""`tools/gpu_check.py`: its toy model can run, and a stage that fails says why."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

FILE = Path(__file__).parent.parent / "tools" / "gpu_check.py"


@pytest.fixture(scope="module")
def gpu_check() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("gpu_check", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["gpu_check"] = module  # where dataclasses look for it
    spec.loader.exec_module(module)
    yield module
    del sys.modules["gpu_check"]


@pytest.mark.parametrize("rehearse", [True, False])
def test_the_models_heads_go_together(gpu_check, rehearse):
    """Each key and value head serves as many query heads as any other."""
    sizes = gpu_check.QWEN3 | gpu_check.TOY if rehearse else gpu_check.QWEN3
    assert sizes["num_attention_heads"] % sizes["num_key_value_heads"] == 0
    assert sizes["head_dim"] % 2 == 0


def test_every_stage_can_be_rehearsed(gpu_check):
    names = [stage.name for stage in gpu_check.stages(rehearse=True)]
    assert names == ["contract", "smollm2", "qwen3"]
    for stage in gpu_check.stages(rehearse=True):
        assert "--gpu" not in stage.command


@pytest.mark.parametrize(
    ("log", "said"),
    [
        ("", "no output"),
        ("one\ntwo\n\n", "two"),
        (
            "Traceback:\nRuntimeError: sizes differ\n  0%| | 0/2 [00:00<?]\n",
            "RuntimeError: sizes differ",
        ),
        ("torch.cuda.OutOfMemoryError: no more\nmore of it\n", "torch.cuda.OutOfMemoryError: no m"),
        ("ValueError: first\nKeyError: 'last'\nThe end.\n", "KeyError: 'last'"),
        ("  0%| | 0/2\r 50%|##| 1/2\rAnswering:\n100%|####| 2/2\n", "Answering:"),
        ("Errors are explained in the manual\n", "Errors are explained"),
        ("x" * 500, "x" * 160),
    ],
)
def test_what_is_told_of_a_log(gpu_check, log, said):
    assert gpu_check.telling_line(log).startswith(said)
    assert len(gpu_check.telling_line(log)) <= 160
