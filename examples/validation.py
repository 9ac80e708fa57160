"""What a run could not take, said before anything is loaded: in a dry run as in a run."""

from __future__ import annotations

import difflib
import importlib.util
from dataclasses import fields
from pathlib import Path
from typing import Any

from processes import how_many
from settings import DATASETS, OFFLINE_MODELS, PROBLEM_SETS, VLLM_RANKS, Settings, known

# A target of --report-to, where the package to import is called otherwise.
PACKAGES = {"azure_ml": "azureml", "flyte": "flytekit"}
REPORT_TARGETS = (
    "none", "wandb", "tensorboard", "mlflow", "trackio", "comet_ml", "neptune", "swanlab",
    "clearml", "dvclive", "dagshub", "codecarbon", "azure_ml", "flyte",
)  # fmt: skip


def validate(settings: Settings, report_to: str) -> None:
    """Stop, in one sentence, at what a run could not take."""
    for option in fields(Settings):
        value = getattr(settings, option.name)
        wrong = out_of_bounds(value, **{k: v for k, v in option.metadata.items() if k != "help"})
        if wrong:
            raise SystemExit(f"{flag(option.name)} {value}: {wrong}")
    for wrong in (*contradictions(settings), *report_problems(report_to)):
        raise SystemExit(wrong)
    check_model(settings.model)
    for option in ("dataset", "warmup_dataset", "held_out_dataset"):
        check_dataset(option, getattr(settings, option))


def out_of_bounds(
    value: Any,
    *,
    least: float | None,
    most: float | None,
    above: float | None,
    among: tuple[Any, ...],
) -> str:
    """What is wrong with a setting's value; nothing where it is within its bounds."""
    if among and value not in among:
        return one_of(value, among)
    if least is not None and not value >= least:
        return f"it is at least {least}."
    if above is not None and not value > above:
        return f"it is more than {above}."
    if most is not None and not value <= most:
        return f"it is at most {most}."
    return ""


def contradictions(settings: Settings) -> list[str]:
    """What is wrong between settings."""
    completions = settings.prompts_per_step * settings.num_generations
    processes = max(how_many(), settings.processes)
    share = max(1, completions // processes)
    checks = {
        f"--micro-batch {settings.micro_batch} must divide the {completions} completions of a "
        "step (--prompts-per-step times --num-generations).": completions % settings.micro_batch,
        f"{processes} processes have to divide the {completions} completions of a step "
        "(--prompts-per-step times --num-generations) evenly, and --micro-batch "
        f"{settings.micro_batch} what each of them has.": (
            completions % processes or share % min(settings.micro_batch, share)
        ),
        f"--processes {settings.processes} are for CPUs; on GPUs start them with accelerate launch "
        "(docs/several-processes.md).": settings.gpu and settings.processes > 1,
        "--vllm generates on a GPU: add --gpu, or leave it out.": settings.vllm
        and not settings.gpu,
        f"--lora-rank {settings.lora_rank}: vLLM takes {', '.join(map(str, VLLM_RANKS))}.": (
            settings.vllm and settings.lora_rank not in VLLM_RANKS
        ),
        f"--max-completion-length {settings.max_completion_length} leaves no room for a prompt in "
        f"--max-seq-length {settings.max_seq_length}.": (
            settings.max_completion_length >= settings.max_seq_length
        ),
        f"--dtype {settings.dtype} cannot train on a CPU: leave it out.": (
            settings.dtype == "float16" and not settings.gpu
        ),
    }
    return [text for text, wrong in checks.items() if wrong]


def report_problems(target: str) -> list[str]:
    """What is wrong with a report's target."""
    if target not in REPORT_TARGETS:
        return [f"--report-to {target}: {one_of(target, REPORT_TARGETS)}"]
    package = PACKAGES.get(target, target)
    if target != "none" and importlib.util.find_spec(package) is None:
        return [f"--report-to {target} needs the package {package}: pip install {package}"]
    return []


def check_model(name: str) -> None:
    """Stop where the name of a model means a folder, and there is no model in it."""
    if name in OFFLINE_MODELS:
        return
    path = Path(name).expanduser()
    means_a_folder = name.startswith((".", "/", "~")) or name.count("/") > 1 or path.exists()
    if not means_a_folder:
        if "/" not in name:
            raise SystemExit(
                f"--model {name}: {one_of(name, OFFLINE_MODELS)} Or give a Hub id with its owner, "
                "such as Qwen/Qwen3-0.6B, or a folder, such as ./model."
            )
        return
    if not path.is_dir():
        raise SystemExit(f"--model {name}: there is no such folder.")
    if not any((path / file).is_file() for file in ("config.json", "adapter_config.json")):
        raise SystemExit(f"--model {name}: the folder has no config.json, so it is no model.")


def check_dataset(option: str, name: str) -> None:
    """Stop where the name of a dataset is none that is known, no file, and no Hub id."""
    names = (*PROBLEM_SETS, *DATASETS)
    if name and "/" not in name and not (name in names or known(name) or is_at_hand(name)):
        raise SystemExit(
            f"{flag(option)} {name}: {one_of(name, names)} Or give a Hub id with its owner, such "
            "as openai/gsm8k, or a .jsonl file."
        )


def is_at_hand(name: str) -> bool:
    """Whether a dataset is a file or a folder, or is written like one."""
    return name.endswith((".jsonl", ".json")) or Path(name).exists()


def flag(name: str) -> str:
    """The flag of a field of the settings."""
    return f"--{name.replace('_', '-')}"


def one_of(value: Any, names: tuple[Any, ...]) -> str:
    """What to say to a word that is not one of those that there are."""
    listed = f"it is one of {', '.join(map(str, names))}"
    near = difflib.get_close_matches(str(value), [str(name) for name in names], n=1)
    return f"did you mean {near[0]}? ({listed})" if near else f"{listed}."
