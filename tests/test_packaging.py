"""What `pip install grpo-rewards` gives: light imports, the public names, and type information."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections import Counter
from importlib import resources
from pathlib import Path

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

    def test_a_reward_is_loaded_when_it_is_asked_for(self):
        """The import of the package waits for none of them."""
        ours = "import sys, grpo_rewards; print(*(m for m in sys.modules if 'grpo_rewards.' in m))"
        run = subprocess.run(
            [sys.executable, "-c", ours], capture_output=True, text=True, check=True
        )
        assert run.stdout.split() == []

    def test_the_check_would_notice(self):
        """A guard against the check itself seeing nothing."""
        assert "sympy" in loaded_after("import sympy")


def linters_order(name: str) -> tuple[bool, bool, str]:
    """Constants, then classes, then functions, each by the alphabet."""
    return (not name.isupper(), not name[0].isupper(), name)


class TestPublicNames:
    def test_what_is_imported_is_what_is_public(self):
        """Of the stub, from which type checkers and the package itself know the names."""
        stub = ast.parse((resources.files(grpo_rewards) / "__init__.pyi").read_text())
        imported = [
            alias.name
            for statement in stub.body
            if isinstance(statement, ast.ImportFrom)
            for alias in statement.names
        ]
        (listed,) = (each.value for each in stub.body if isinstance(each, ast.Assign))
        assert ast.literal_eval(listed) == sorted(imported, key=linters_order)
        assert grpo_rewards.__all__ == dir(grpo_rewards) == sorted(imported)

    @pytest.mark.parametrize("name", grpo_rewards.__all__)
    def test_each_name_is_there(self, name):
        assert hasattr(grpo_rewards, name)


def test_no_module_name_stands_twice():
    """A name says which module is meant, whichever room it is in."""
    modules = Path(grpo_rewards.__file__).parent.rglob("*.py")
    names = Counter(path.stem for path in modules if path.stem != "__init__")
    assert [name for name, count in names.items() if count > 1] == []


def test_type_information_is_shipped():
    assert (resources.files(grpo_rewards) / "py.typed").is_file()
