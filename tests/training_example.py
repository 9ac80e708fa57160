"""The example of training as tests use it: run as a user would, or its modules imported."""

from __future__ import annotations

import importlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
PRESETS = ("smollm2", "tiny", "qwen3-4b")
MEASURES = ("accuracy", "exact format")
# And the reward that checks it.
TASKS = {"countdown": "check_countdown", "choices": "check_choice", "mixed": "check_by_kind"}

needs_training = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("torch", "unsloth", "trl")),
    reason="needs the packages that training needs: pip install 'grpo-rewards[train]'",
)


def run_example(
    *arguments: str | Path, folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(EXAMPLES / "train_grpo.py"), *map(str, arguments)]
    environment = os.environ | {"HF_HUB_OFFLINE": "1"}
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=folder, env=environment
    )


def load_example(name: str) -> Iterator[ModuleType]:
    """A module of the example, whose folder and modules are known for as long as it is used."""
    before = set(sys.modules)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(EXAMPLES)
        yield importlib.import_module(name)
    for module in {path.stem for path in EXAMPLES.glob("*.py")} - before:
        sys.modules.pop(module, None)
