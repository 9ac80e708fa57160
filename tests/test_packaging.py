"""What `pip install grpo-rewards` gives: light imports, the public names, and type information."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import resources
from types import ModuleType

import pytest

import grpo_rewards

# Unsloth must be imported before trl, transformers and torch; the others are slow.
HEAVY = ["math_verify", "pint", "sympy", "torch", "transformers", "trl", "unsloth"]


def loaded_after(statements: str) -> list[str]:
    """Which of the heavy modules a fresh interpreter holds after running the statements."""
    report = f"import json, sys; print(json.dumps([m for m in {HEAVY} if m in sys.modules]))"
    run = subprocess.run(
        [sys.executable, "-c", f"{statements}\n{report}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


class TestImport:
    @pytest.mark.parametrize(
        "statements",
        [
            "import grpo_rewards",
            "from grpo_rewards import exact_format",
            "from grpo_rewards import approximate_format, check_answer, check_numbers",
            "from grpo_rewards import exact_format; exact_format(['a completion'])",
            "from grpo_rewards import check_answer; check_answer(['a completion'], answer=['1'])",
        ],
    )
    def test_it_loads_nothing_heavy(self, statements):
        assert loaded_after(statements) == []

    def test_the_check_would_notice(self):
        """A guard against the check itself seeing nothing."""
        assert "sympy" in loaded_after("import sympy")


def linters_order(name: str) -> tuple[bool, bool, str]:
    """Constants, then classes, then functions, each by the alphabet."""
    return (not name.isupper(), not name[0].isupper(), name)


class TestPublicNames:
    def test_all_is_the_sorted_public_names(self):
        public = [
            name
            for name, value in vars(grpo_rewards).items()
            if not name.startswith("_") and name != "annotations"
            if not isinstance(value, ModuleType)
        ]
        assert grpo_rewards.__all__ == sorted(public, key=linters_order)

    @pytest.mark.parametrize("name", grpo_rewards.__all__)
    def test_each_name_is_there(self, name):
        assert hasattr(grpo_rewards, name)


def test_type_information_is_shipped():
    assert (resources.files(grpo_rewards) / "py.typed").is_file()
