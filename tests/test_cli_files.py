"""The commands over files: a newcomer's session through each, and the answers to bad input."""

from __future__ import annotations

import functools
import importlib.util
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grpo_rewards.cli.commands import main

pytest.importorskip("typer")

ROOT = Path(__file__).resolve().parent.parent
MINE = """
from grpo_rewards import THINK_BOXED, CheckAnswer, Policy, exact_format

right = CheckAnswer(format=THINK_BOXED)
near = CheckAnswer(format=THINK_BOXED, policy=Policy(relative_tolerance=0.06), name="near")


def longer(completions, **columns):
    return [float(len(completion)) for completion in completions]


def failing(completions, question, **columns):
    return [float(len(each.split("cards")[0])) / ("cards" not in each) for each in question]


def failing_together(completions, **columns):
    return [1.0]
"""
SLOW = """
import time


def slow(completions, **columns):
    time.sleep(0.5)
    return [0.0 for _ in completions]
"""
BROKEN = "right = 1 / 0\n"


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    """120 problems x 8 completions, made by the script that ships."""
    folder = tmp_path_factory.mktemp("samples")
    subprocess.run(
        [
            sys.executable,
            ROOT / "examples" / "completions.py",
            *("--problems", "120", "-o", folder / "samples.jsonl"),
        ],
        check=True,
    )
    return (folder / "samples.jsonl").read_text()


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch, samples):
    (tmp_path / "samples.jsonl").write_text(samples)
    (tmp_path / "my_rewards.py").write_text(MINE)
    (tmp_path / "broken_rewards.py").write_text(BROKEN)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    yield tmp_path
    for name in ("my_rewards", "broken_rewards"):
        sys.modules.pop(name, None)


def rows(name):
    return [json.loads(line) for line in Path(name).read_text().splitlines()]


def as_json(capsys, *arguments, status=0):
    assert main([*arguments, "--json"]) == status
    return json.loads(capsys.readouterr().out)


class TestASession:
    """What somebody does first, in this order."""

    def test_from_a_file_to_the_problems_worth_training_on(self, capsys, folder):
        assert main(["score", "samples.jsonl", "-o", "scored.jsonl"]) == 0
        said = capsys.readouterr()
        assert "The layout is taken to be THINK_BOXED" in said.err
        for part in (
            "960 completions",
            "correct",
            "no answer",
            "pass@8",
            "120 problems",
            "scored.j",
        ):
            assert part in said.out
        scored = rows("scored.jsonl")
        assert len(scored) == 960
        assert {row["reward/verdict"] for row in scored} == {"correct", "wrong", "no answer"}

        right = sum(row["reward/verdict"] == "correct" for row in scored)
        summary = as_json(capsys, "score", "samples.jsonl", "--format", "THINK_BOXED")
        assert summary["verdicts"]["correct"] == right
        assert summary["rates"]["pass_at"]["1"]["value"] == pytest.approx(right / 960)
        assert sum(summary["no_answer_reasons"].values()) == summary["verdicts"]["no answer"]

        wrong = next(n for n, row in enumerate(scored) if row["reward/verdict"] == "wrong")
        assert main(["explain", "samples.jsonl", "--row", str(wrong)]) == 0
        said = capsys.readouterr().out
        assert "check_answer" in said
        assert "not equal" in said
        assert "»" in said

        assert main(["diff", "samples.jsonl", "--reward", "my_rewards:right", *WITH_NEAR]) == 1
        assert "wrong, and correct:" in capsys.readouterr().out
        found = as_json(
            capsys, "diff", "samples.jsonl", "--reward", "my_rewards:right", *WITH_NEAR, status=1
        )
        assert {(each["first"], each["second"]) for each in found["kinds"]} == {
            ("wrong", "correct")
        }
        same = ["--reward", "my_rewards:right"]
        assert main(["diff", "samples.jsonl", *same, *same]) == 0
        assert "no answer for either" not in capsys.readouterr().out

        assert main(["check-golds", "samples.jsonl"]) == 0
        assert "960 golds in column 'answer': 0 with findings" in capsys.readouterr().out

        arguments = ["--min-rate", "0.1", "--max-rate", "0.9"]
        said = as_json(capsys, "filter", "scored.jsonl", *arguments, "-o", "kept.jsonl")
        kept = {row["problem_id"] for row in rows("kept.jsonl")}
        rates = {
            name: sum(
                row["reward/verdict"] == "correct" for row in scored if row["problem_id"] == name
            )
            / 8
            for name in {row["problem_id"] for row in scored}
        }
        assert kept == {name for name, rate in rates.items() if 0.1 <= rate <= 0.9}
        assert said["kept"] == len(kept)
        assert set(rows("kept.jsonl")[0]) == set(scored[0])
        main(["filter", "samples.jsonl", *arguments, "--problems", "-o", "train.jsonl"])
        assert {row["problem_id"] for row in rows("train.jsonl")} == kept
        assert len(rows("train.jsonl")) == len(kept)
        assert set(rows("train.jsonl")[0]) == {"problem_id", "question", "answer"}

        assert main(["audit", "my_rewards:right", "--gold", "Paris"]) == 0

    def test_five_thousand_problems_of_eight(self, capsys):
        """Each command over what the script writes by itself."""
        script = str(ROOT / "examples" / "completions.py")
        subprocess.run([sys.executable, script, "-o", "all.jsonl"], check=True)
        layout = ["--format", "THINK_BOXED"]
        found = as_json(capsys, "score", "all.jsonl", *layout, "-o", "scored.jsonl")
        assert found["completions"] == 40_000
        assert found["rates"]["problems"] == 5_000
        verdicts = found["verdicts"]
        assert sum(verdicts.values()) == 40_000
        assert min(verdicts.values()) > 1_000

        told = as_json(capsys, "explain", "scored.jsonl", "--row", "39999", *layout)
        assert told["verdict"] == rows("scored.jsonl")[-1]["reward/verdict"]
        names = [part for name in ("right", "near") for part in ("--reward", f"my_rewards:{name}")]
        differing = as_json(capsys, "diff", "all.jsonl", *names, status=1)
        assert differing["compared"] == 40_000
        assert as_json(capsys, "check-golds", "all.jsonl")["rows"] == 40_000
        kept = ["--min-rate", "0.1", "--max-rate", "0.9", "--problems", "-o", "kept.parquet"]
        said = as_json(capsys, "filter", "scored.jsonl", *kept)
        rates = found["rates"]
        assert said["kept"] == said["rows_written"] == rates["mixed"]
        assert rates["mixed"] + rates["all_right"] + rates["all_wrong"] == 5_000
        pytest.importorskip("itables")
        assert as_json(capsys, "report", "scored.jsonl") == {"output": "report.html"}

    def test_the_script_writes_the_same_file_each_time(self, samples):
        again = subprocess.run(
            [sys.executable, ROOT / "examples" / "completions.py", "--problems", "120"],
            capture_output=True,
            text=True,
            check=True,
        )
        assert again.stdout == samples


WITH_NEAR = ("--reward", "my_rewards:near")


class TestScore:
    def test_from_standard_input_to_standard_output(self, capsys, monkeypatch, samples):
        monkeypatch.setattr(sys, "stdin", io.StringIO(samples))
        assert main(["score", "-", "--preset", "answer", "--format", "THINK_BOXED", "-o", "-"]) == 0
        printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert len(printed) == 960
        assert printed[0]["reward/verdict"] in ("correct", "wrong", "no answer")

    def test_from_standard_input_into_a_file(self, monkeypatch, samples):
        arguments = ["--format", "THINK_BOXED", "-o"]
        assert main(["score", "samples.jsonl", *arguments, "one.jsonl"]) == 0
        monkeypatch.setattr(sys, "stdin", io.StringIO(samples))
        assert main(["score", "-", *arguments, "two.jsonl"]) == 0
        assert Path("one.jsonl").read_bytes() == Path("two.jsonl").read_bytes()

    @pytest.mark.parametrize("ending", ["json", "csv", "tsv"])
    def test_other_formats_from_standard_input(self, ending, capsys, monkeypatch):
        arguments = ["--format", "THINK_BOXED", "-o"]
        assert main(["score", "samples.jsonl", *arguments, f"scored.{ending}"]) == 0
        capsys.readouterr()
        found = as_json(capsys, "score", f"scored.{ending}", "--format", "THINK_BOXED")
        with Path(f"scored.{ending}").open(newline="") as file:
            monkeypatch.setattr(sys, "stdin", file)
            again = as_json(capsys, "score", "-", "--format", "THINK_BOXED")
        assert again == found
        assert found["completions"] == 960

    @pytest.mark.parametrize("workers", ["1", "2"])
    def test_a_reward_that_raises_names_the_line_and_keeps_what_is_before(
        self, workers, capsys, samples
    ):
        first = next(n for n, line in enumerate(samples.splitlines(), 1) if "cards" in line)
        arguments = ["--reward", "my_rewards:failing", "--workers", workers]
        assert main(["score", "samples.jsonl", *arguments, "-o", "out.jsonl"]) == 3
        said = capsys.readouterr().err
        assert f"samples.jsonl, line {first:,}: the reward raised ZeroDivisionError" in said
        assert "(my_rewards.py, line " in said
        assert f"The scores of the {first - 1:,} rows before it are kept" in said
        assert "functions.py" not in said  # no frames but the user's
        assert len(rows("out.jsonl.part")) == first - 1

    def test_what_rows_raise_only_together(self, capsys):
        assert main(["score", "samples.jsonl", "--reward", "my_rewards:failing_together"]) == 2
        said = capsys.readouterr().err
        assert "samples.jsonl, line 1 to samples.jsonl, line 960: the function" in said
        assert "return one score a completion" in said

    def test_a_module_that_cannot_be_imported(self, capsys):
        for target in ("broken_rewards:right", "./broken_rewards.py:right"):
            assert main(["score", "samples.jsonl", "--reward", target]) == 2
            said = capsys.readouterr().err
            assert "raised ZeroDivisionError: division by zero (broken_rewards.py, line 1" in said
            assert "importlib" not in said

    def test_a_file_by_its_address(self, folder, capsys):
        pytest.importorskip("pyarrow")
        arguments = ["--format", "THINK_BOXED"]
        found = as_json(capsys, "score", "samples.jsonl", *arguments)
        for address in ("samples.jsonl", "*mples.jsonl", "sampl[de]s.jsonl", "**/samples.jsonl"):
            uri = f"{folder.as_uri()}/{address}"
            assert as_json(capsys, "score", uri, *arguments) == found
        assert main(["score", f"{folder.as_uri()}/nothing-*.jsonl"]) == 2
        assert "there is no file file://" in capsys.readouterr().err

    def test_workers_change_nothing(self, folder):
        arguments = ["score", "samples.jsonl", "--format", "THINK_BOXED"]
        assert main([*arguments, "-o", "one.jsonl"]) == 0
        assert main([*arguments, "-o", "two.jsonl", "--workers", "2"]) == 0
        assert (folder / "one.jsonl").read_bytes() == (folder / "two.jsonl").read_bytes()

    def test_rewards_without_a_verdict(self, capsys):
        target = ["--reward", "my_rewards:longer"]
        assert as_json(capsys, "score", "samples.jsonl", *target)["rates"] is None
        found = as_json(capsys, "score", "samples.jsonl", *target, "--above", "0", "-k", "3")
        assert found["rates"]["pass_at"]["3"]["value"] == 1.0

    def test_a_layout_that_reads_hardly_any_is_said(self, capsys):
        assert main(["score", "samples.jsonl", "--format", "HASHES"]) == 0
        said = capsys.readouterr().out
        assert "have no answer in HASHES" in said
        assert "is it format=" in said

    def test_a_line_that_is_broken(self, capsys, folder, samples):
        kept = samples.splitlines(keepends=True)
        kept[499] = kept[499][:40] + "\n"
        (folder / "bad.jsonl").write_text("".join(kept))
        arguments = ["score", "bad.jsonl", "--format", "THINK_BOXED", "-o", "scored.jsonl"]
        assert main(arguments) == 3
        said = capsys.readouterr().err
        assert "bad.jsonl, line 500, character " in said
        assert "The scores of the 499 rows before it are kept" in said
        (folder / "bad.jsonl").write_text(samples)
        assert main(arguments) == 0
        assert len(rows("scored.jsonl")) == 960
        assert not list(folder.glob("*.part*"))

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["nowhere.jsonl"], "there is no file nowhere.jsonl"),
            (["sample.jsonl"], "did you mean samples.jsonl?"),
            (["samples.jsonl", "--reward", "my_rewards:rigth"], "did you mean right?"),
            (["samples.jsonl", "--reward", "my_reward:right"], "did you mean my_rewards?"),
            (["samples.jsonl", "--reward", "grpo_rewards:CheckAnswer"], "is a class"),
            (["samples.jsonl", "--reward", "my_rewards:MINE"], "has no 'MINE'"),
            (["samples.jsonl", "--preset", "maths"], "did you mean math?"),
            (["samples.jsonl", "--format", "think-boxed"], "write THINK_BOXED"),
            (["samples.jsonl", "--gold-column", "target"], "no column 'target'"),
            (["samples.jsonl", "--completion-column", "response"], "no column 'response'"),
            (["samples.jsonl", "-o", "out.txt"], "write a file that ends in .jsonl"),
            (["samples.jsonl", "--engine", "spark"], "write local or ray"),
            (["samples.jsonl", "--gold-column", "target"], "Write --gold-column answer"),
            (["s3:/", "-o", "out.jsonl"], "there is no file s3:/"),
            (["foo://bucket/a.jsonl"], "write s3://, gs://"),
            (["samples.jsonl", "-o", "s3://bucket/a.jsonl"], "a file is written on this machine"),
        ],
    )
    def test_what_cannot_be_run_says_what_to_write(
        self, arguments, said, capsys, monkeypatch, samples
    ):
        monkeypatch.setattr(sys, "stdin", io.StringIO(samples))
        assert main(["score", *arguments]) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err.splitlines()[-1].startswith("grpo-rewards score: ")
        assert said in captured.err

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ({"completion": "a", "target": "1"}, "--gold-column target"),
            ({"zzz": "a", "answer": "1"}, "--completion-column 'text'"),
        ],
    )
    def test_a_missing_column_says_how_it_is_named(self, row, said, capsys, folder):
        (folder / "other.jsonl").write_text(json.dumps(row) + "\n")
        assert main(["score", "other.jsonl"]) == 2
        error = capsys.readouterr().err.splitlines()[-1]
        assert error.startswith("grpo-rewards score: other.jsonl, line 1: ")
        assert said in error


def started(*arguments, **options):
    return subprocess.Popen(
        [sys.executable, "-m", "grpo_rewards", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


class TestHowItEnds:
    @pytest.mark.parametrize("workers", ["1", "2"])
    def test_ctrl_c_keeps_what_is_finished_and_says_so(self, workers, folder):
        (folder / "slow.py").write_text(SLOW)
        arguments = ["--reward", "slow:slow", "-o", "out.jsonl", "--workers", workers]
        (folder / "many.jsonl").write_text(4 * (folder / "samples.jsonl").read_text())
        # As from a terminal, to each process of the group; a shell's background job ignores it.
        restore = functools.partial(signal.signal, signal.SIGINT, signal.default_int_handler)
        run = started("score", "many.jsonl", *arguments, start_new_session=True, preexec_fn=restore)
        while not (folder / "out.jsonl.part.json").exists() and run.poll() is None:
            time.sleep(0.05)
        os.killpg(run.pid, signal.SIGINT)
        _, said = run.communicate()
        assert run.returncode == 130
        (line,) = said.splitlines()
        assert "rows are kept: run the same command again" in line

    def test_a_reader_that_has_read_enough(self):
        with started("score", "samples.jsonl", "--format", "THINK_BOXED", "-o", "-") as run:
            assert run.stdout.readline().startswith("{")
            run.stdout.close()
            assert run.stderr.read() == ""
        assert run.returncode == 0


class TestExplain:
    def test_a_reward_that_raises(self, capsys, samples):
        row = next(n for n, line in enumerate(samples.splitlines()) if "cards" in line)
        arguments = ["--row", str(row), "--reward", "my_rewards:failing"]
        assert main(["explain", "samples.jsonl", *arguments]) == 2
        said = capsys.readouterr().err
        assert f"line {row + 1:,}: the reward raised ZeroDivisionError" in said
        assert "functions.py" not in said

    def test_a_text_and_a_gold(self, capsys):
        text = r"6 * 7 = 42</think>So \boxed{42}."
        arguments = ["explain", "--gold", "42", "--text", text, "--format", "THINK_BOXED"]
        assert main(arguments) == 0
        assert r"So \boxed{»42«}." in capsys.readouterr().out
        found = as_json(capsys, *arguments)
        assert (found["score"], found["verdict"]) == (12.0 - 0.5 * 0, "correct") or found[
            "score"
        ] > 0
        (answer,) = (each for each in found["spans"] if each["kind"] == "answer")
        assert found["text"][answer["start"] : answer["end"]] == "42"

    def test_words_that_take_an_answer_back(self, capsys):
        text = r"x</think>Maybe \boxed{42}, but I am not sure."
        assert main(["explain", "--gold", "42", "--text", text, "--format", "THINK_BOXED"]) == 0
        said = capsys.readouterr().out
        assert "›Maybe‹" in said
        assert "›not sure‹" in said

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            ([], "explain FILE --row N"),
            (["samples.jsonl"], "--row 0"),
            (["samples.jsonl", "--row", "960"], "there are fewer rows"),
            (["samples.jsonl", "--row", "1", "--sample", "1"], "has 1 completions"),
        ],
    )
    def test_what_is_missing(self, arguments, said, capsys):
        assert main(["explain", *arguments]) == 2
        assert said in capsys.readouterr().err

    def test_a_broken_line_behind_the_row_is_no_matter(self, capsys, folder, samples):
        (folder / "broken.jsonl").write_text(samples + '{"answer": ')
        assert main(["explain", "broken.jsonl", "--row", "1"]) == 0

    def test_a_completion_that_is_none(self, capsys, folder):
        (folder / "odd.jsonl").write_text('{"answer": "4", "completion": 42}\n')
        assert main(["explain", "odd.jsonl", "--row", "0", "--format", "BOXED"]) == 2
        assert "odd.jsonl, line 1, column 'completion': a completion is" in capsys.readouterr().err


class TestDiff:
    def test_two_judges_of_another_layout(self, capsys):
        """They agree on every completion, because neither reads any."""
        names = [f"grpo_rewards:check_{name}" for name in ("answer", "numbers")]
        rewards = [part for name in names for part in ("--reward", name)]
        assert main(["diff", "samples.jsonl", *rewards]) == 0
        assert "960 of them have no answer for either" in capsys.readouterr().out

    def test_with_math_verify(self, capsys, folder):
        pytest.importorskip("math_verify")
        texts = [("1/2", "0.5"), ("42", "41"), ("5", "5 apples"), ("x = 5", "5")]
        (folder / "few.jsonl").write_text(
            "".join(
                json.dumps({"answer": gold, "completion": rf"t</think>\boxed{{{text}}}"}) + "\n"
                for gold, text in texts
            )
        )
        arguments = ["few.jsonl", "--with", "math-verify", "--format", "THINK_BOXED"]
        assert main(["diff", *arguments]) in (0, 1)
        assert "4 completions, by check_answer and by math-verify" in capsys.readouterr().out

    def test_two_judges_are_needed(self, capsys):
        assert main(["diff", "samples.jsonl"]) == 2
        assert "two judges" in capsys.readouterr().err
        assert main(["diff", "samples.jsonl", "--with", "math-verfy"]) == 2
        assert "did you mean math-verify" in capsys.readouterr().err


class TestCheckGolds:
    def test_kinds(self, capsys, folder):
        golds = [
            "42",
            "",
            None,
            "6 * 7 is 42.\n#### 42",
            r"\frac{1}{2",
            {"a": 1},
            " ".join(50 * ["so it"]),
        ]
        (folder / "golds.jsonl").write_text(
            "".join(json.dumps({"question": "?", "target": gold}) + "\n" for gold in golds)
        )
        found = as_json(capsys, "check-golds", "golds.jsonl", "--gold-column", "target", status=1)
        kinds = {each["where"]: each["kind"] for each in found["findings"]}
        assert kinds == {
            "golds.jsonl, line 2": "missing",
            "golds.jsonl, line 4": "worked solution",
            "golds.jsonl, line 5": "unreadable",
            "golds.jsonl, line 6": "no gold",
            "golds.jsonl, line 7": "prose",
        }
        assert found["rows"] == 7
        assert main(["check-golds", "golds.jsonl", "--gold-column", "target"]) == 1
        assert "missing (2 rows)" in capsys.readouterr().out

    def test_a_row_without_the_column(self, capsys, folder):
        (folder / "golds.jsonl").write_text('{"answer": "1"}\n{"question": "?"}\n')
        found = as_json(capsys, "check-golds", "golds.jsonl", status=1)
        assert [(each["where"], each["kind"]) for each in found["findings"]] == [
            ("golds.jsonl, line 2", "missing")
        ]

    def test_a_gold_that_is_a_dict(self, capsys, folder):
        (folder / "golds.jsonl").write_text('{"answer": {"value": "1"}}\n')
        assert main(["check-golds", "golds.jsonl"]) == 1
        assert "--gold-column column.field" in capsys.readouterr().out

    def test_a_column_that_is_not_there(self, capsys, folder):
        (folder / "golds.jsonl").write_text('{"target": "1"}\n')
        assert main(["check-golds", "golds.jsonl"]) == 2
        assert "--gold-column target" in capsys.readouterr().err


class TestFilter:
    def test_rates_that_cannot_be(self, capsys):
        assert main(["filter", "samples.jsonl", "--min-rate", "0.9", "--max-rate", "0.1"]) == 2
        assert "none is kept" in capsys.readouterr().err

    def test_standard_input_is_read_once(self, capsys, monkeypatch, samples):
        monkeypatch.setattr(sys, "stdin", io.StringIO(samples))
        assert main(["filter", "-", "--format", "THINK_BOXED", "--max-rate", "0"]) == 0
        captured = capsys.readouterr()
        kept = [json.loads(line) for line in captured.out.splitlines()]
        assert kept
        assert f"{len(kept)} rows written" in captured.err

    @pytest.mark.parametrize("ending", ["csv", "json", "parquet"])
    def test_it_writes_any_format(self, ending, folder):
        arguments = ["--format", "THINK_BOXED", "--problems", "--min-rate", "0.5"]
        assert main(["filter", "samples.jsonl", *arguments, "-o", f"kept.{ending}"]) == 0
        assert (folder / f"kept.{ending}").stat().st_size > 0


class TestReport:
    def test_a_scored_file_becomes_a_page(self, capsys, folder):
        pytest.importorskip("itables")
        assert (
            main(["score", "samples.jsonl", "--format", "THINK_BOXED", "-o", "scored.jsonl"]) == 0
        )
        capsys.readouterr()
        assert as_json(capsys, "report", "scored.jsonl", "-o", "r.html") == {"output": "r.html"}
        assert "<html" in (folder / "r.html").read_text(encoding="utf-8")[:1_000]


class TestHelp:
    def test_each_command_says_what_it_does(self, capsys):
        assert main(["--help"]) == 0
        said = capsys.readouterr().out
        for command in ("score", "explain", "diff", "check-golds", "filter", "report", "audit"):
            assert command in said
            if command != "audit":  # which argparse reads
                assert main([command, "--help"]) == 0

    def test_an_unknown_option(self, capsys):
        with pytest.raises(SystemExit) as exit_:
            main(["score", "samples.jsonl", "--reword", "x"])
        assert exit_.value.code == 2
        assert "--reward" in capsys.readouterr().err


def test_the_page_shows_what_the_commands_print():
    """What to do where it fails: python tools/docs_files.py, and look at the difference."""
    pytest.importorskip("math_verify")
    place = ROOT / "tools" / "docs_files.py"
    specification = importlib.util.spec_from_file_location(place.stem, place)
    page = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(page)
    found = page.outputs(page.PAGE.read_text(encoding="utf-8"))
    assert len(found) == 7
    for command, said, printed in found:
        assert printed == said, command


def test_without_the_extra_it_is_said_which_one(folder):
    """In an interpreter that cannot find typer."""
    code = (
        "import sys; sys.modules['typer'] = None\n"
        "import importlib.util as util; found = util.find_spec\n"
        "util.find_spec = lambda name, *rest: None if name == 'typer' else found(name, *rest)\n"
        "from grpo_rewards.cli.commands import main\n"
        "audit = ['audit', 'my_rewards:right', '--gold', '4']\n"
        "print(main(['score', 'samples.jsonl']), main(audit))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=folder
    )
    assert "pip install 'grpo-rewards[cli]'" in run.stderr
    assert run.stdout.splitlines()[-1] == "2 0"


class TestWhatIsSaid:
    def test_no_column_tells_problems_apart(self, capsys, folder):
        (folder / "own.jsonl").write_text(2 * '{"answer": "4", "completion": "\\\\boxed{4}"}\n')
        for command in ("score", "filter"):
            assert main([command, "own.jsonl", "--format", "BOXED"]) == 0
            assert "--problem-column" in capsys.readouterr().err
        assert main(["score", "samples.jsonl", "--format", "BOXED"]) == 0
        assert "--problem-column" not in capsys.readouterr().err

    def test_a_reward_without_a_verdict(self, capsys):
        assert main(["score", "samples.jsonl", "--reward", "my_rewards:longer"]) == 0
        assert "--above SCORE" in capsys.readouterr().out

    def test_a_layout_that_reads_nearly_as_much_is_named_before_freeform(self, capsys):
        assert main(["score", "samples.jsonl", "--reward", "grpo_rewards:check_answer"]) == 0
        assert "is it format=THINK_BOXED" in capsys.readouterr().out

    def test_a_name_that_the_module_does_not_have(self, capsys):
        assert main(["score", "samples.jsonl", "--reward", "grpo_rewards:check_anwser"]) == 2
        said = capsys.readouterr().err
        assert "did you mean check_answer" in said
        assert "it has" not in said
