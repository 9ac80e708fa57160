"""Run what a user runs on a GPU, within eight minutes, and print what happened as a table.

    python tools/gpu_check.py               # on a machine with CUDA
    python tools/gpu_check.py --rehearse    # without: the same path on the CPU, with toy sizes

Each stage is a process of its own with a limit of its own; one that fails leaves its last lines in
the table, and the others go on. The exit status is 1 where one failed, 2 where there is no GPU.

1. ``contract``  the four rewards and compositions of them in a `GRPOTrainer` on the device
2. ``smollm2``   the example's preset on the device: steps, the rewards' share, before and after
3. ``qwen3``     the path of the preset ``qwen3-4b``, with a few layers of random weights for model
4. ``vllm``      the same, generating with vLLM, where it is installed
"""

# ruff: noqa: PLC0415 - torch and what needs it are imported where a stage needs them

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".gpu"
EXAMPLE = ROOT / "examples" / "train_grpo.py"
# A transformer as wide as Qwen3-4B, of so few layers that random weights fit anywhere.
QWEN3 = {
    "hidden_size": 2560,
    "intermediate_size": 9728,
    "num_attention_heads": 32,
    "num_key_value_heads": 8,
    "head_dim": 128,
    "num_hidden_layers": 4,
    "max_position_embeddings": 4096,
    "tie_word_embeddings": True,
}
TOY = {
    "hidden_size": 64,
    "intermediate_size": 128,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "head_dim": 16,
}

PROGRESS = re.compile(r"\d%\|")
ERROR = re.compile(r"[\w.]*(?:Error|Exception|Interrupt|SystemExit)\b")


@dataclass(frozen=True)
class Stage:
    """A stage: its command, how long it may take, and what to read from what it leaves behind."""

    name: str
    command: Sequence[str]
    limit: int
    read: Callable[[], str]
    environment: dict[str, str] = field(default_factory=dict)


@dataclass
class Result:
    """What came of a stage."""

    name: str
    ok: bool
    seconds: float
    peak: str
    said: str

    def row(self) -> str:
        """The result as a row of a Markdown table."""
        state = "ok" if self.ok else "failed"
        return f"| {self.name} | {state} | {self.seconds:.0f} s | {self.peak} | {self.said} |"


def run(stage: Stage) -> Result:
    """Run a stage, watch the device's memory meanwhile, and read what it left."""
    log = FOLDER / f"{stage.name}.log"
    started = time.monotonic()
    with log.open("w", encoding="utf-8") as file, Memory() as memory:
        try:
            code = subprocess.run(
                stage.command,
                cwd=ROOT,
                stdout=file,
                stderr=subprocess.STDOUT,
                timeout=stage.limit,
                check=False,
                env=os.environ | stage.environment,
            ).returncode
        except subprocess.TimeoutExpired:
            code = None
    seconds = time.monotonic() - started
    if code == 0:
        try:
            return Result(stage.name, ok=True, seconds=seconds, peak=memory.peak, said=stage.read())
        except (OSError, ValueError, KeyError, IndexError) as error:
            why = f"it left nothing to read: {type(error).__name__}: {error}"
            return Result(stage.name, ok=False, seconds=seconds, peak=memory.peak, said=why)
    why = f"over {stage.limit} s" if code is None else f"exit {code}"
    text = log.read_text(encoding="utf-8", errors="replace")
    said = f"{why}; {telling_line(text)} (see {log.relative_to(ROOT)})"
    return Result(stage.name, ok=False, seconds=seconds, peak=memory.peak, said=said)


def telling_line(log: str) -> str:
    """The last error in a log, else its last line; what a progress bar drew is neither."""
    lines = [line.rpartition("\r")[2].strip() for line in log.splitlines()]
    lines = [line for line in lines if line and not PROGRESS.search(line)]
    errors = [line for line in lines if ERROR.match(line)]
    return (errors or lines or ["no output"])[-1][:160]


class Memory:
    """The most memory that all processes had on the device, looked at once a second."""

    def __init__(self) -> None:
        self.most = 0
        self.ended = threading.Event()
        self.watcher = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Memory:
        self.watcher.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self.watcher.join()

    def _watch(self) -> None:
        query = ["nvidia-smi", "--query-gpu=memory.used", "--format=csv,noheader,nounits"]
        while not self.ended.wait(1.0):
            try:
                told = subprocess.run(query, capture_output=True, text=True, check=False).stdout
            except OSError:
                return
            used = [int(line) for line in told.split() if line.isdigit()]
            self.most = max([self.most, *used])

    @property
    def peak(self) -> str:
        """The most, in words."""
        return f"{self.most / 1024:.1f} GiB" if self.most else "not known"


# What a stage leaves ----------------------------------------------------------------------------


def read_contract(report: Path) -> str:
    """Which rewards the trainer logged on the device."""
    told = json.loads(report.read_text(encoding="utf-8"))
    last = told["everything"][-1]
    missing = [name for name in told["names"] if f"rewards/{name}/mean" not in last]
    if missing:
        raise ValueError(f"nothing was logged of {', '.join(missing)}")
    versions = ", ".join(f"{name} {version}" for name, version in told["versions"].items())
    return f"{len(told['names'])} rewards in two-step runs; {versions}"


def read_run(output: Path) -> str:
    """Seconds a step, the rewards' share of them, and the comparison."""
    lines = (output / "metrics.jsonl").read_text(encoding="utf-8").splitlines()
    steps = [json.loads(line) for line in lines]
    times = [step["step_time"] for step in steps if "step_time" in step]
    said = f"{len(times)} steps of {sorted(times)[len(times) // 2]:.2f} s"
    said += f", rewards {rewards_share(output, times):.1%} of it"
    figures = json.loads((output / "comparison.json").read_text(encoding="utf-8"))
    for way in ("greedy", "sampled"):
        before, after = (figures[when][way] for when in ("before", "after"))
        said += f"; {way} {rate(before)} to {rate(after)}"
    return said


def rate(figures: dict[str, Any]) -> str:
    """The accuracy in a comparison's figures."""
    return f"{figures['accuracy']['rate']:.3f}"


def rewards_share(output: Path, times: Sequence[float]) -> float:
    """How much of the steps' time the rewards take: the completions that they had, judged again."""
    import pandas as pd

    from grpo_rewards import approximate_format, check_answer, check_numbers, exact_format

    files = sorted((output / "completions").glob("*.parquet"))
    tables = [pd.read_parquet(file) for file in files]
    spent = 0.0
    for table in tables:
        texts = [
            text if isinstance(text, str) else text[-1]["content"] for text in table["completion"]
        ]
        gold = list(table["answer"]) if "answer" in table else ["42"] * len(texts)
        started = time.perf_counter()
        for reward in (exact_format, approximate_format, check_answer, check_numbers):
            reward(texts, answer=gold)
        spent += time.perf_counter() - started
    return spent / sum(times) if tables else 0.0


# The stages -------------------------------------------------------------------------------------


def stages(*, rehearse: bool) -> list[Stage]:
    """The stages, on the GPU or as a rehearsal."""
    patience = 5 if rehearse else 1  # a rehearsal says whether it runs, not how fast
    report = FOLDER / "contract.json"
    smollm2, qwen3 = FOLDER / "smollm2", FOLDER / "qwen3"
    device = [] if rehearse else ["--gpu", "--dtype", "bfloat16"]
    small = ["--preset", "tiny", "--max-steps", "4", "--held-out", "8", "--tiny-steps", "60"]
    small += ["--prompts-per-step", "2", "--micro-batch", "16"]
    found = [
        Stage(
            "contract",
            [sys.executable, "tests/trainer_run.py", str(report), *([] if rehearse else ["--gpu"])],
            limit=patience * 120,
            read=lambda: read_contract(report),
        ),
        Stage(
            "smollm2",
            [
                *(sys.executable, str(EXAMPLE), "--output-dir", str(smollm2)),
                *(small if rehearse else ["--preset", "smollm2", "--max-steps", "30", *device]),
            ],
            limit=patience * 180,
            read=lambda: read_run(smollm2),
        ),
    ]
    for name in ("qwen3", "vllm"):
        if name == "vllm" and (rehearse or not importlib.util.find_spec("vllm")):
            continue
        output = FOLDER / name
        found.append(
            Stage(
                name,
                [
                    *(sys.executable, str(EXAMPLE), "--preset", "qwen3-4b"),
                    *("--model", str(qwen3 / "model"), "--output-dir", str(output / "run")),
                    *("--dataset", "arithmetic", "--warmup-dataset", "arithmetic"),
                    *("--warmup-steps", "2", "--max-steps", "3", "--held-out", "4"),
                    "--vllm" if name == "vllm" else "--no-vllm",
                    *(["--no-gpu", "--dtype", "float32"] if rehearse else []),
                    *(["--optimizer", "adamw_torch"] if not has_8_bit() else []),
                    *(
                        ["--max-seq-length", "256", "--max-completion-length", "8"]
                        if rehearse
                        else []
                    ),
                ],
                limit=patience * 120,
                read=lambda output=output: read_run(output / "run"),
            )
        )
    return found


def has_8_bit() -> bool:
    """Whether the preset's own optimiser is there."""
    return importlib.util.find_spec("bitsandbytes") is not None


def make_qwen3(folder: Path, *, rehearse: bool) -> None:
    """A random Qwen3 with SmolLM2's tokenizer, whose vocabulary is smaller than its own."""
    sys.path.insert(0, str(ROOT / "examples"))
    import offline
    import torch
    from command_line import default_cache
    from transformers import AutoTokenizer, Qwen3Config, Qwen3ForCausalLM

    tokenizer = AutoTokenizer.from_pretrained(offline.smollm2_checkpoint(default_cache()))
    torch.manual_seed(0)
    config = Qwen3Config(
        **(QWEN3 | TOY if rehearse else QWEN3),
        vocab_size=151936 if not rehearse else len(tokenizer),
        pad_token_id=tokenizer.pad_token_id,
        eos_token_id=tokenizer.eos_token_id,
        bos_token_id=tokenizer.bos_token_id,
    )
    model = Qwen3ForCausalLM(config)
    model.to(torch.float32 if rehearse else torch.bfloat16).save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def main() -> int:
    """Run the stages, print the table, and keep it in a file."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rehearse", action="store_true", help="on the CPU, with toy sizes")
    parser.add_argument("--only", action="append", help="only this stage; may be given again")
    arguments = parser.parse_args()
    import torch

    if not (arguments.rehearse or torch.cuda.is_available()):
        print("torch sees no CUDA device here, so nothing was run; --rehearse takes the CPU")
        return 2
    FOLDER.mkdir(exist_ok=True)
    make_qwen3(FOLDER / "qwen3" / "model", rehearse=arguments.rehearse)
    where = "CPU (a rehearsal)" if arguments.rehearse else torch.cuda.get_device_name()
    rows = [
        f"On {where}, torch {torch.__version__}:",
        "",
        "| stage | state | took | peak of memory | what |",
        "| --- | --- | --- | --- | --- |",
    ]
    failed = False
    for stage in stages(rehearse=arguments.rehearse):
        if not arguments.only or stage.name in arguments.only:
            result = run(stage)
            failed |= not result.ok
            rows.append(result.row())
            print(rows[-1], flush=True)
    table = "\n".join(rows)
    (FOLDER / "table.md").write_text(table + "\n", encoding="utf-8")
    print(f"\n{table}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
