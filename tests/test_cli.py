"""The command line: what it loads, what it prints, and how it exits."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from grpo_rewards.cli.commands import main

MINE = """
from grpo_rewards import THINK_ANSWER, CheckAnswer, ExactFormat, ResponseFormat

brackets = ResponseFormat(reasoning=("[work]", "[/work]"), answer=("[out]", "[/out]"))
right = CheckAnswer(format=THINK_ANSWER)
rewards = [ExactFormat(format=brackets), CheckAnswer(format=brackets)]


def substring(completions, solution, **columns):
    texts = [completion[0]["content"] for completion in completions]
    return [float(gold in text) for text, gold in zip(texts, solution)]


def strings(completions, **columns):
    return [float(len(completion.split())) for completion in completions]


class Nested:
    right = right
"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder with a module of rewards, from which the command is run."""
    (tmp_path / "my_rewards.py").write_text(MINE)
    (tmp_path / "broken_module.py").write_text("import there_is_no_such_module\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    yield tmp_path
    sys.modules.pop("my_rewards", None)


class TestExitStatus:
    def test_nothing_found(self, capsys):
        assert main(["audit", "my_rewards:right", "--gold", "Paris"]) == 0
        out = capsys.readouterr().out
        assert out.startswith("check_answer, read as THINK_ANSWER: 1 gold, ")
        assert "0 findings" in out

    def test_something_found(self, capsys):
        assert main(["audit", "my_rewards:substring", "--column", "solution", "--gold", "42"]) == 1
        assert "hedge, right or wrong" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("arguments", "remedy"),
        [
            (["audit", "my_rewards"], "write module:name"),
            (["audit", ":right"], "write module:name"),
            (["audit", "my_reward:right"], "no module 'my_reward'"),
            (["audit", "grpo_rewards.nowhere:right"], "no module 'grpo_rewards.nowhere'"),
            (["audit", "my_rewards:wrong"], "it has .*rewards.*substring"),
            (["audit", "my_rewards:substring"], "gold="),
            (["audit", "my_rewards:strings"], "shape='text'"),
            (["audit", "my_rewards:brackets"], "is no reward"),
            (["audit", "my_rewards:Nested"], "is no reward"),
            (["audit", "my_rewards:right", "--format", "THINK"], "THINK_ANSWER"),
            (["audit", "my_rewards:right", "--format", "my_rewards:right"], "ResponseFormat"),
            (["audit", "my_rewards:right", "--gold", ""], "gold"),
            (["audit", "my_rewards:right", "--weight", "1", "--weight", "2"], "each of the 1"),
            (["audit", "broken_module:right"], "there_is_no_such_module"),
        ],
    )
    def test_what_cannot_be_run_says_what_to_write(self, arguments, remedy, capsys):
        assert main(arguments) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err.startswith("grpo-rewards audit: ")
        assert re.search(remedy, captured.err)

    @pytest.mark.parametrize(
        "arguments", [[], ["audit"], ["train"], ["audit", "my_rewards:right", "--shape", "audio"]]
    )
    def test_what_argparse_refuses(self, arguments, capsys):
        with pytest.raises(SystemExit) as exit_:
            main(arguments)
        assert exit_.value.code == 2
        captured = capsys.readouterr()
        assert "usage:" in (captured.err + captured.out).lower()

    def test_help(self, capsys):
        with pytest.raises(SystemExit) as exit_:
            main(["audit", "--help"])
        assert exit_.value.code == 0
        assert "python -m grpo_rewards audit grpo_rewards:check_answer" in capsys.readouterr().out


class TestOptions:
    def test_json(self, capsys):
        status = main(
            ["audit", "my_rewards:substring", "--column", "solution", "--gold", "42", "--json"]
        )
        report = json.loads(capsys.readouterr().out)
        assert status == 1
        assert report["rewards"] == "substring"
        assert report["findings"]

    def test_a_list_of_rewards_with_weights(self, capsys):
        arguments = ["audit", "my_rewards:rewards", "--weight", "0.2", "--weight", "1"]
        assert main([*arguments, "--gold", "Paris"]) == 0
        assert capsys.readouterr().out.startswith("exact_format + check_answer, read as ResponseF")

    def test_several_rewards(self, capsys):
        main(["audit", "grpo_rewards:exact_format", "grpo_rewards:check_answer", "--gold", "Paris"])
        assert "exact_format + check_answer" in capsys.readouterr().out

    def test_formats_by_name_and_of_ones_own(self, capsys):
        assert main(["audit", "my_rewards:right", "--format", "BOXED", "--gold", "Paris"]) == 0
        assert "read as BOXED" in capsys.readouterr().out
        arguments = ["audit", "my_rewards:rewards", "--format", "my_rewards:brackets"]
        assert main([*arguments, "--gold", "Paris"]) == 0

    def test_shape_and_question(self, capsys):
        arguments = ["audit", "my_rewards:strings", "--shape", "text", "--gold", "Paris"]
        assert main([*arguments, "--question", "Which city?"]) == 1
        assert "padding" in capsys.readouterr().out

    def test_names_may_have_dots(self, capsys):
        assert main(["audit", "my_rewards:Nested.right", "--gold", "Paris"]) == 0
        assert capsys.readouterr().out


def test_the_module_is_the_command(folder):
    run = subprocess.run(
        [sys.executable, "-m", "grpo_rewards", "audit", "my_rewards:right", "--gold", "Paris"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert "0 findings" in run.stdout


class TestTargets:
    """A reward by module or by file, and what a misspelt one is answered with."""

    @pytest.mark.parametrize("target", ["./my_rewards.py:right", "my_rewards.py:right"])
    def test_a_file_is_a_module(self, target, capsys):
        assert main(["audit", target, "--gold", "Paris"]) == 0
        assert "0 findings" in capsys.readouterr().out

    def test_a_file_elsewhere_finds_its_neighbours(self, folder, capsys, monkeypatch):
        inner = folder / "inner"
        inner.mkdir()
        (inner / "parts.py").write_text("from grpo_rewards import check_answer as part\n")
        (inner / "whole.py").write_text("from parts import part\ntotal = part.named('total')\n")
        assert main(["audit", "inner/whole.py:total", "--gold", "Paris"]) == 0
        assert main(["audit", f"{inner / 'whole.py'}:total", "--gold", "Paris"]) == 0
        assert "total, read as WORKING_OUT" in capsys.readouterr().out
        sys.modules.pop("whole")
        sys.modules.pop("parts")

    @pytest.mark.parametrize(
        ("arguments", "remedy"),
        [
            (["./my_reward.py:right"], r"no file 'my_reward.py': did you mean my_rewards.py\?"),
            (["./nowhere/my_rewards.py:right"], r"no file 'nowhere/my_rewards.py'"),
            (["my_reward:right"], r"did you mean my_rewards\?"),
            (["my_rewards:rigth"], r"did you mean right\?"),
            (["my_rewards:Nested.rihgt"], r"did you mean right\?"),
            (["grpo_rewards:accuracy_reward"], "write check_answer"),
            (["grpo_rewards:chek_answer"], "did you mean check_answer"),
            (["my_rewards:right", "--format", "think-boxed"], "write THINK_BOXED"),
            (["my_rewards:right", "--format", "gsm8k"], "write HASHES"),
        ],
    )
    def test_a_misspelt_name_is_answered_with_near_ones(self, arguments, remedy, capsys):
        assert main(["audit", *arguments]) == 2
        assert re.search(remedy, capsys.readouterr().err)


def test_the_version(capsys):
    with pytest.raises(SystemExit) as exit_:
        main(["--version"])
    assert exit_.value.code == 0
    assert re.fullmatch(r"grpo-rewards \d+\.\d+\.\d+\n", capsys.readouterr().out)
