"""The command line: every field of the settings is a flag, and every wrong guess is answered."""

from __future__ import annotations

import argparse
import difflib
import importlib.util
import os
import shutil
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, NoReturn

from processes import is_first
from settings import (
    HOW_TO_INSTALL,
    PRESETS,
    TASKS,
    Run,
    Settings,
    known,
    settings_of,
    settings_of_dataset,
)
from validation import flag, one_of

# What people write who come from another script, and the flag that does it here.
OTHER_NAMES = {
    "lr": "--learning-rate",
    "batch-size": "--micro-batch (completions in a backward pass) or --prompts-per-step",
    "bs": "--micro-batch",
    "train-batch-size": "--micro-batch",
    "per-device-train-batch-size": "--micro-batch",
    "gradient-accumulation-steps": "--prompts-per-step",
    "grad-accum": "--prompts-per-step",
    "group-size": "--num-generations",
    "num-samples": "--num-generations",
    "n": "--num-generations",
    "g": "--num-generations",
    "generations": "--num-generations",
    "epochs": "--max-steps",
    "num-epochs": "--max-steps",
    "num-train-epochs": "--max-steps",
    "iterations": "--max-steps",
    "max-new-tokens": "--max-completion-length",
    "max-tokens": "--max-completion-length",
    "max-completion-len": "--max-completion-length",
    "max-prompt-length": "--max-seq-length",
    "max-length": "--max-seq-length",
    "context-length": "--max-seq-length",
    "model-name": "--model",
    "model-id": "--model",
    "model-name-or-path": "--model",
    "base-model": "--model",
    "dataset-name": "--dataset",
    "data": "--dataset",
    "dataset-path": "--dataset",
    "train-file": "--dataset",
    "subset": "--dataset-config",
    "split": "--dataset-split",
    "gold": "--answer-column",
    "gold-column": "--answer-column",
    "solution-column": "--answer-column",
    "target-column": "--answer-column",
    "prompt-column": "--question-column",
    "problem-column": "--question-column",
    "gold-format": "--answer-format",
    "test-dataset": "--held-out-dataset",
    "eval-dataset": "--held-out-dataset",
    "eval-size": "--held-out",
    "num-eval": "--held-out",
    "limit": "--train-problems",
    "max-samples": "--train-problems",
    "kl": "--beta",
    "kl-coef": "--beta",
    "kl-coeff": "--beta",
    "r": "--lora-rank",
    "rank": "--lora-rank",
    "lora-r": "--lora-rank",
    "alpha": "--lora-alpha",
    "scheduler": "--lr-scheduler",
    "lr-scheduler-type": "--lr-scheduler",
    "warmup-ratio": "--lr-warmup-steps",
    "sft-steps": "--warmup-steps",
    "optim": "--optimizer",
    "loss": "--loss-type",
    "fp16": "--dtype float16",
    "bf16": "--dtype bfloat16",
    "torch-dtype": "--dtype",
    "device": "--gpu",
    "cuda": "--gpu",
    "use-vllm": "--vllm",
    "fast-inference": "--vllm",
    "wandb": "--report-to wandb",
    "logger": "--report-to",
    "output": "--output-dir",
    "out": "--output-dir",
    "checkpoint": "--resume",
    "resume-from-checkpoint": "--resume",
    "save-every": "--save-steps",
    "config": "--preset",
    "recipe": "--preset",
    "test": "--dry-run",
    "max-grad": "--max-grad-norm",
    "clip": "--max-grad-norm",
    "temp": "--temperature",
    "system": "--system-prompt",
}
NOT_FLAGS = {
    "reward-funcs": "the rewards stand in step 4 of train_grpo.py, build_rewards",
    "rewards": "the rewards stand in step 4 of train_grpo.py, build_rewards",
    "format": "the format is FORMAT in settings.py",
    "load-in-4bit": "the weights stay in 16 bits, see model_arguments in train_grpo.py",
}


class Parser(argparse.ArgumentParser):
    """A parser whose errors are two lines: what is wrong, and where the flags are listed."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, without the usage of forty flags."""
        self.exit(2, f"{message}\n`python {self.prog} --help` explains every flag.\n")


def parse_arguments(description: str | None) -> argparse.Namespace:
    """The command line; every field of the settings is a flag."""
    summary, _, rest = (description or "").partition("\n")
    parser = Parser(
        description=summary,
        epilog=rest,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--preset", default="smollm2", help=f"settings: {', '.join(PRESETS)}")
    parser.add_argument(
        "--dry-run", action="store_true", help="print settings and scored samples; train nothing"
    )
    parser.add_argument(
        "--output-dir",
        type=Path,
        default=None,
        help="where to write (default: outputs/<preset>, and the task's name unless it is math)",
    )
    parser.add_argument(
        "--cache-dir", type=Path, default=default_cache(), help="where models made offline are kept"
    )
    parser.add_argument(
        "--report-to", default="none", help="wandb, tensorboard, ... besides metrics.jsonl"
    )
    parser.add_argument(
        "--resume", action="store_true", help="go on from the output folder's last checkpoint"
    )
    overrides = parser.add_argument_group("settings that override the preset's")
    for option in fields(Settings):
        values = {name: getattr(preset, option.name) for name, preset in PRESETS.items()}
        kind: dict[str, Any] = {"type": type(option.default), "metavar": "VALUE"}
        if isinstance(option.default, bool):
            kind = {"action": argparse.BooleanOptionalAction}
        overrides.add_argument(
            flag(option.name),
            default=None,
            help=f"{option.metadata['help']} ({described(values)})".replace("%", "%%"),
            **kind,
        )
    arguments, unknown = parser.parse_known_args()
    if unknown:
        flags = [name for action in parser._actions for name in action.option_strings]
        parser.error(guessed(unknown[0], flags))
    for name, names in (("preset", tuple(PRESETS)), ("task", tuple(TASKS))):
        value = getattr(arguments, name)
        if value is not None and value not in names:
            parser.error(f"{flag(name)} {value}: {one_of(value, names)}")
    task = arguments.task or PRESETS[arguments.preset].task
    folder = arguments.preset if task == "math" else f"{arguments.preset}-{task}"
    arguments.output_dir = arguments.output_dir or Path("outputs") / folder
    return arguments


def guessed(argument: str, flags: list[str]) -> str:
    """What to say to a flag that there is not."""
    word = argument.partition("=")[0].lstrip("-").replace("_", "-").lower()
    if not argument.startswith("-"):
        return f"{argument!r} belongs to no flag."
    if word in NOT_FLAGS:
        return f"there is no flag {argument}: {NOT_FLAGS[word]}."
    near = f"--{word}" if f"--{word}" in flags else OTHER_NAMES.get(word)
    begun = [name for name in flags if name.startswith(f"--{word}")]
    if near is None and len(begun) == 1:
        near = begun[0]
    if near is None:
        near = next(iter(difflib.get_close_matches(f"--{word}", flags, n=1, cutoff=0.75)), None)
    ending = f": did you mean {near}?" if near else "."
    return f"there is no flag {argument}{ending}"


def described(values: dict[str, Any]) -> str:
    """A preset's values for the help: one if they agree, else one a preset."""
    if len(set(values.values())) == 1:
        return f"{next(iter(values.values()))!r}"
    return ", ".join(f"{name}: {value!r}" for name, value in values.items())


def default_cache() -> Path:
    """The user's cache folder for this package."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "grpo-rewards"


def resolve(arguments: argparse.Namespace) -> Settings:
    """The preset for the task, what goes with the dataset, and the flags in place of both."""
    given = {option.name: getattr(arguments, option.name) for option in fields(Settings)}
    changed = {name: value for name, value in given.items() if value is not None}
    task = arguments.task or PRESETS[arguments.preset].task
    settings = settings_of(arguments.preset, task)
    source = known(changed.get("dataset", ""))
    if source is not None:
        settings = replace(settings, **settings_of_dataset(source))
        del changed["dataset"]
    return replace(settings, **changed)


def require_packages() -> None:
    """Stop with the remedy when a package that training needs is missing."""
    needed = ("unsloth", "trl", "datasets", "scipy", "matplotlib", "itables", "jinja2")
    missing = [name for name in needed if importlib.util.find_spec(name) is None]
    if missing:
        raise SystemExit(
            f"Training needs {', '.join(missing)}, which cannot be imported. {HOW_TO_INSTALL}"
        )


def start_run(arguments: argparse.Namespace, settings: Settings) -> Run:
    """Make the output folder; clear what an earlier run left there, or find its checkpoint."""
    output, cache = arguments.output_dir, arguments.cache_dir
    checkpoints = sorted(output.glob("checkpoint-*"), key=step_of)
    if arguments.resume:
        if not checkpoints or not (output / "before.json").exists():
            raise SystemExit(f"There is no checkpoint in {output} to resume: leave out --resume.")
        if step_of(checkpoints[-1]) >= settings.max_steps:
            raise SystemExit(
                f"The run in {output} has ended, at step {settings.max_steps}: give more "
                "--max-steps, or leave out --resume."
            )
        return Run(settings, output, cache, arguments.report_to, str(checkpoints[-1]))
    if is_first():
        for stale in [*checkpoints, output / "completions"]:
            shutil.rmtree(stale, ignore_errors=True)
        (output / "metrics.jsonl").unlink(missing_ok=True)
        output.mkdir(parents=True, exist_ok=True)
    return Run(settings, output, cache, arguments.report_to)


def step_of(checkpoint: Path | str) -> int:
    """The step that a checkpoint was written after; 0 for none."""
    return int(str(checkpoint).rpartition("checkpoint-")[2] or 0)
