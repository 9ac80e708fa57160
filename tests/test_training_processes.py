"""Training in several processes: one run comes of them, and the configurations load."""

from __future__ import annotations

import importlib
import importlib.util
import io
import json
import os
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "train_grpo.py"
SEVERAL = ROOT / "examples" / "several"
REWARDS = ("exact_format", "approximate_format", "check_answer", "check_numbers")

needs = {
    "training": ("torch", "unsloth", "trl", "accelerate"),
    "TRL": ("torch", "trl", "accelerate", "yaml"),
    "torch": ("torch",),
}


def needs_packages(what: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(
        any(importlib.util.find_spec(name) is None for name in needs[what]),
        reason=f"needs what {what} needs: pip install 'grpo-rewards[train]'",
    )


def still_running(mark: str) -> list[str]:
    """The command lines of processes that were started with a mark in their environment."""
    marked = [each for each in Path("/proc").glob("[0-9]*") if mark in told(each / "environ")]
    return [told(each / "cmdline").replace("\0", " ") for each in marked]


def told(file: Path) -> str:
    """What the kernel tells of a process; nothing of one that has ended, or is another user's."""
    try:
        return file.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


def short_run(folder: Path) -> list[str]:
    """The flags of a run of the preset ``tiny`` in a folder."""
    return [
        *("--preset", "tiny", "--tiny-steps", "30", "--held-out", "21"),
        *("--train-problems", "64", "--warmup-steps", "2"),
        *("--output-dir", str(folder / "out"), "--cache-dir", str(folder / "cache")),
    ]


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of one short run of the preset ``tiny`` in two processes, over gloo."""
    folder = tmp_path_factory.mktemp("two")
    mark = f"GRPO_REWARDS_TEST={uuid.uuid4()}"
    name, _, value = mark.partition("=")
    launch = [sys.executable, "-m", "accelerate.commands.accelerate_cli", "launch"]
    # As it says of itself, accelerate starts several processes on CPUs through MPI only, unless
    # they are said to be for GPUs.
    launch += ["--multi_gpu", "--num_processes", "2", "--num_machines", "1", "--main_process_port"]
    launch += ["0", "--mixed_precision", "no", "--dynamo_backend", "no", str(EXAMPLE)]
    run = [*short_run(folder), "--max-steps", "3"]
    environment = {
        "ACCELERATE_USE_CPU": "true",
        "HF_HUB_OFFLINE": "1",
        "OMP_NUM_THREADS": "1",
        name: value,
    }
    result = subprocess.run(
        [*launch, *run],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr[-4000:]
    assert still_running(mark) == []
    (folder / "out" / "said.txt").write_text(result.stdout, encoding="utf-8")
    return folder / "out"


@pytest.mark.train
@pytest.mark.timeout(1800)  # a whole run, on a machine that may do other things
@needs_packages("training")
class TestTwoProcesses:
    """The example in two processes on the CPU."""

    def test_there_is_one_comparison_and_one_report(self, output: Path) -> None:
        said = (output / "said.txt").read_text(encoding="utf-8")
        assert said.count("| accuracy, sampled |") == 1
        assert said.count("The run took") == 1
        figures = json.loads((output / "comparison.json").read_text())
        for when in ("before", "after"):
            for way in ("greedy", "sampled"):
                assert figures[when][way]["accuracy"]["of"] == 21
        assert "<svg" in (output / "report.html").read_text(encoding="utf-8")

    def test_each_held_out_problem_is_answered_once(self, output: Path) -> None:
        """Each process answers every other one."""
        report = (output / "comparison.md").read_text(encoding="utf-8")
        assert report.count("Before (") == 8
        before = json.loads((output / "before.json").read_text())
        assert {way: len(answers) for way, answers in before.items()} == {
            "greedy": 21,
            "sampled": 21,
        }

    def test_the_metrics_are_those_of_all_processes(self, output: Path) -> None:
        log = [json.loads(line) for line in (output / "metrics.jsonl").read_text().splitlines()]
        steps = [entry for entry in log if "reward" in entry]
        assert [entry["step"] for entry in steps] == [1, 2, 3]
        for entry in steps:
            assert all(f"rewards/{name}/mean" in entry for name in REWARDS)
            assert entry["exact_format/exact"] * 64 == pytest.approx(
                round(entry["exact_format/exact"] * 64)
            )

    def test_a_step_has_the_completions_that_the_preset_says(self, output: Path) -> None:
        import pandas as pd

        files = sorted((output / "completions").glob("*.parquet"))
        assert len(files) == 3
        lines = (output / "metrics.jsonl").read_text().splitlines()
        for file, entry in zip(files, lines[:3], strict=True):
            table = pd.read_parquet(file)
            assert len(table) == 64
            assert set(table["prompt"].astype(str).value_counts()) == {8}
            logged = json.loads(entry)["rewards/exact_format/mean"]
            assert table["exact_format"].mean() == pytest.approx(logged)

    def test_the_adapter_is_saved_once(self, output: Path) -> None:
        assert (output / "adapter" / "adapter_model.safetensors").stat().st_size > 0

    def test_it_goes_on_in_processes_that_it_starts_itself(self, output: Path) -> None:
        """Where the three steps ended, as it says, with one display and one comparison."""
        flags = ["--processes", "2", "--resume", "--max-steps", "4"]
        command = [sys.executable, str(EXAMPLE), *short_run(output.parent), *flags]
        environment = os.environ | {"HF_HUB_OFFLINE": "1"}
        result = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, result.stderr[-4000:]
        for once in ("Going on after step 3", "| accuracy, sampled |", "The run took"):
            assert result.stdout.count(once) == 1
        log = [json.loads(line) for line in (output / "metrics.jsonl").read_text().splitlines()]
        assert [entry["step"] for entry in log if "reward" in entry] == [1, 2, 3, 4]


class TestDivision:
    """What several processes divide among themselves."""

    @pytest.fixture
    def processes(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.syspath_prepend(EXAMPLE.parent)
        yield importlib.import_module("processes")
        sys.modules.pop("processes", None)

    @pytest.mark.parametrize(
        ("cores", "gigabytes", "prompts", "count"),
        [
            *((1, 64, 4, 1), (2, 64, 4, 2), (3, 64, 4, 2), (8, 64, 4, 4)),
            *((8, 12, 4, 2), (8, 4, 4, 1)),
            *((2, 64, 1, 1), (2, 64, 3, 1), (3, 64, 3, 3)),
        ],
    )
    def test_as_many_are_started_as_cores_memory_and_a_step_allow(  # noqa: PLR0917
        self, processes, monkeypatch, cores: int, gigabytes: int, prompts: int, count: int
    ) -> None:
        monkeypatch.delenv("WORLD_SIZE", raising=False)
        monkeypatch.setattr(sys, "stdout", sys.__stdout__)
        monkeypatch.setattr(os, "sched_getaffinity", lambda _: range(cores), raising=False)
        sizes = {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": gigabytes * 2**30 // 4096}
        monkeypatch.setattr(os, "sysconf", sizes.__getitem__)
        assert processes.to_start(prompts) == count
        monkeypatch.setenv("WORLD_SIZE", "2")
        assert processes.to_start(prompts) == 1
        monkeypatch.delenv("WORLD_SIZE")
        monkeypatch.setattr(sys, "stdout", io.StringIO())  # as a notebook does
        assert processes.to_start(prompts) == 1

    @pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
    @pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
    def test_what_ends_a_started_run_leaves_no_process(self, tmp_path: Path, how: int) -> None:
        """Though it reached only the process that started them."""
        script = tmp_path / "run.py"
        script.write_text(
            "import os, pathlib, sys, time\n"
            f"sys.path.insert(0, {str(EXAMPLE.parent)!r})\n"
            "import processes\n"
            "processes.GRACE = 1.0\n"
            "if 'RANK' not in os.environ: sys.exit(processes.start(2))\n"
            "pathlib.Path(sys.argv[1], os.environ['RANK']).write_text(str(os.getpid()))\n"
            "time.sleep(60)\n"
        )
        run = subprocess.Popen([sys.executable, str(script), str(tmp_path)])
        files = [tmp_path / rank for rank in "01"]
        while not all(file.exists() and file.read_text() for file in files):
            time.sleep(0.05)
        run.send_signal(how)
        assert run.wait(timeout=60) != 0
        for file in files:
            with pytest.raises(ProcessLookupError):
                os.kill(int(file.read_text()), 0)

    @pytest.mark.parametrize(
        ("ending", "status"),
        [("", 0), ("sys.exit(3)", 3), ("sys.exit(4) if first else time.sleep(60)", 4)],
    )
    def test_a_started_run_ends_as_its_processes_do(
        self, processes, monkeypatch, tmp_path: Path, ending: str, status: int
    ) -> None:
        """And where one fails, the others do not wait for it."""
        script = tmp_path / "run.py"
        script.write_text(
            "import os, pathlib, sys, time\n"
            "rank = os.environ['RANK']\n"
            "first = rank == '0'\n"
            "line = f\"{rank} of {os.environ['WORLD_SIZE']}: {sys.argv[1:]}\"\n"
            f"pathlib.Path({str(tmp_path)!r}, rank).write_text(line)\n"
            "while len(list(pathlib.Path(sys.path[0]).glob('[01]'))) < 2: time.sleep(0.01)\n"
            f"{ending}\n"
        )
        monkeypatch.setattr(sys, "argv", [str(script), "--max-steps", "2"])
        assert processes.start(2) == status
        told = [(tmp_path / rank).read_text() for rank in "01"]
        assert told == [f"{rank} of 2: ['--max-steps', '2']" for rank in "01"]

    def test_one_process_does_everything(self, processes, monkeypatch) -> None:
        for name in ("RANK", "WORLD_SIZE"):
            monkeypatch.delenv(name, raising=False)
        assert (processes.how_many(), processes.place(), processes.is_first()) == (1, 0, True)
        assert processes.own_share([1, 2, 3]) == [1, 2, 3]
        assert processes.together([1, 2, 3], 3) == [1, 2, 3]
        with processes.first_alone():
            processes.wait()

    @needs_packages("torch")
    @pytest.mark.parametrize("world", [2, 3])
    def test_shares_come_together_in_order(self, world, tmp_path) -> None:
        code = (
            "import os, sys\n"
            f"sys.path.insert(0, {str(EXAMPLE.parent)!r})\n"
            "import torch.distributed\n"
            "from processes import how_many, own_share, place, together\n"
            "torch.distributed.init_process_group(\n"
            f"    'gloo', {(tmp_path / 'met').as_uri()!r}, rank=place(), world_size=how_many()\n"
            ")\n"
            "for total in (0, 1, 2, 7, 8):\n"
            "    items = [str(number) for number in range(total)]\n"
            "    assert together(own_share(items), total) == items, (place(), total)\n"
            "torch.distributed.destroy_process_group()\n"
        )
        environment = os.environ | {"WORLD_SIZE": str(world), "OMP_NUM_THREADS": "1"}
        started = [
            subprocess.Popen(
                [sys.executable, "-c", code],
                env=environment | {"RANK": str(rank)},
                stderr=subprocess.PIPE,
                text=True,
            )
            for rank in range(world)
        ]
        for process in started:
            _, said = process.communicate(timeout=250)
            assert process.returncode == 0, said[-3000:]

    @pytest.mark.parametrize(
        ("world", "flags", "fits"),
        [
            ("2", (), True),
            ("8", (), True),
            ("3", (), False),
            ("4", ("--micro-batch", "3"), False),
            ("2", ("--micro-batch", "12", "--prompts-per-step", "3"), True),
            ("2", ("--micro-batch", "8", "--prompts-per-step", "3"), False),
        ],
    )
    def test_what_cannot_be_divided_is_said(self, world, flags, fits) -> None:
        result = subprocess.run(
            [sys.executable, str(EXAMPLE), "--dry-run", *flags],
            env=os.environ | {"WORLD_SIZE": world, "RANK": "0"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (result.returncode == 0) == fits, result.stderr
        if not fits:
            assert "divide" in result.stderr


@needs_packages("TRL")
class TestConfigurations:
    """Every file of examples/several, as the installed versions read it."""

    @pytest.mark.parametrize(
        ("name", "processes", "kind"),
        [
            ("several_gpus", 4, "multi_gpu"),
            ("several_nodes", 16, "multi_gpu"),
            ("deepspeed", 8, "use_deepspeed"),
            ("fsdp", 8, "use_fsdp"),
        ],
    )
    def test_accelerate_takes_it(self, name, processes, kind, tmp_path) -> None:
        """In a process of its own: torch is imported there."""
        file = SEVERAL / f"{name}.yaml"
        code = (
            "import json, os, sys\n"
            "from accelerate.commands.launch import _validate_launch_command as validate\n"
            "from accelerate.commands.launch import launch_command_parser\n"
            "from accelerate.utils import FullyShardedDataParallelPlugin\n"
            "from accelerate.utils.launch import prepare_multi_gpu_env\n"
            "parser = launch_command_parser()\n"
            f"given = parser.parse_args(['--config_file', {str(file)!r}, 'train.py'])\n"
            "args, defaults, _ = validate(given)\n"
            "if args.use_fsdp:\n"
            "    os.environ.update(prepare_multi_gpu_env(args))\n"
            "    assert FullyShardedDataParallelPlugin().fsdp_version == 2\n"
            "kinds = [k for k in ('multi_gpu', 'use_deepspeed', 'use_fsdp') if getattr(args, k)]\n"
            "print(json.dumps([args.num_processes, kinds, args.mixed_precision]))\n"
        )
        assert last_line(code) == [processes, [kind], "bf16"]

    @pytest.mark.parametrize(("name", "by_server"), [("grpo", False), ("grpo_vllm_server", True)])
    def test_grpo_config_takes_it(self, name, by_server) -> None:
        """With ``use_cpu``, because the rest cannot be told without a GPU."""
        file = SEVERAL / f"{name}.yaml"
        code = (
            "import json, sys\n"
            f"sys.path.insert(0, {str(SEVERAL)!r})\n"
            "from train import Task\n"
            "from trl import GRPOConfig, TrlParser\n"
            "parser = TrlParser((Task, GRPOConfig))\n"
            f"given = ['--config', {str(file)!r}, '--use_cpu', 'true']\n"
            "task, grpo = parser.parse_args_and_config(given)\n"
            "said = [task.dataset, grpo.use_vllm, grpo.vllm_mode, grpo.num_generations]\n"
            "print(json.dumps([*said, grpo.generation_batch_size % grpo.num_generations]))\n"
        )
        dataset, vllm, mode, generations, rest = last_line(code)
        assert (dataset, generations, rest) == ("openai/gsm8k", 8, 0)
        assert vllm == by_server
        assert mode == "server" or not by_server

    def test_the_server_takes_its_flags(self) -> None:
        """Those that grpo_vllm_server.yaml tells to start it with."""
        line = next(
            line
            for line in (SEVERAL / "grpo_vllm_server.yaml").read_text().splitlines()
            if "trl vllm-serve" in line
        )
        flags = line.partition("vllm-serve ")[2].split()
        code = (
            "import json\n"
            "from trl.scripts.vllm_serve import make_parser\n"
            f"(said,) = make_parser().parse_args_and_config({flags!r})\n"
            "print(json.dumps([said.model, said.tensor_parallel_size]))\n"
        )
        assert last_line(code) == ["Qwen/Qwen3-1.7B", 2]


def last_line(code: str):
    """What a program printed last, in a process of its own."""
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=250
    )
    assert result.returncode == 0, result.stderr[-3000:]
    return json.loads(result.stdout.splitlines()[-1])
