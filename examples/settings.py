"""The settings of a run: every field is a flag of the command line, a preset one value of them all.

What a known dataset calls its columns stands here too, and what a task brings with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from grpo_rewards import WORKING_OUT

Row = dict[str, Any]

FORMAT = WORKING_OUT
"""The layout that the prompts ask for, the warm-up shows and the rewards read."""
LORA_TARGETS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
PROBLEM_SETS = ("arithmetic", "sums", "choices", "countdown", "mixed")
"""What offline.py makes from a seed."""
OFFLINE_MODELS = ("smollm2", "tiny")
"""What offline.py puts into the cache."""
# A small model learns the format from the warm-up's examples; to describe it as well would only
# double the length of every prompt, and with it the time of a step.
SHORT_PROMPT = "Show your working out, then the solution."

HOW_TO_INSTALL = (
    "On a machine with a GPU run `pip install 'grpo-rewards[train]'`; on any other, `make setup` "
    "in a clone of the repository."
)

# What the trainer takes, where that is a word; a test asks the installed versions.
DTYPES = ("auto", "float32", "bfloat16", "float16")
PRODUCTS = ("auto", "float32", "bfloat16")
LOSS_TYPES = ("grpo", "dr_grpo", "dapo", "bnpo", "cispo", "sapo", "luspo", "vespo")
SCALES = ("group", "batch", "none")
SCHEDULERS = (
    "linear", "cosine", "cosine_with_restarts", "polynomial", "constant", "constant_with_warmup",
    "inverse_sqrt", "reduce_lr_on_plateau", "cosine_with_min_lr", "warmup_stable_decay",
)  # fmt: skip
VLLM_RANKS = (8, 16, 32, 64, 128, 256, 320, 512)
ANSWER_FORMATS = ("auto", "plain", "hashes", "boxed")


def setting(
    default: Any,
    meaning: str,
    *,
    least: float | None = None,
    most: float | None = None,
    above: float | None = None,
    among: tuple[Any, ...] = (),
) -> Any:
    """A field of the settings: what `--help` says about it, and which values a run could take."""
    bounds = {"least": least, "most": most, "above": above, "among": among}
    return field(default=default, metadata={"help": meaning, **bounds})


@dataclass(frozen=True)
class Settings:
    """Everything a run depends on. The defaults are those of the preset ``smollm2``."""

    # The model
    model: str = setting("smollm2", "smollm2 or tiny (made offline), a Hub id, or a folder")
    gpu: bool = setting(default=False, meaning="train on a GPU; without it, on the CPU")
    vllm: bool = setting(default=False, meaning="generate with vLLM (needs a GPU)")
    dtype: str = setting(
        "float32", "data type of the weights; auto lets Unsloth choose", among=DTYPES
    )
    products: str = setting(
        "auto",
        "precision of products with frozen weights on a CPU; auto: bfloat16 where that is faster",
        among=PRODUCTS,
    )
    own_template: bool = setting(
        default=True, meaning="build on the tokenizer's own chat template (for tuned models)"
    )
    max_seq_length: int = setting(
        512, "longest prompt and completion together, in tokens", least=16
    )
    lora_rank: int = setting(16, "rank of the LoRA adapter", least=1)
    lora_layers: int = setting(
        0, "last layers of the model that get an adapter; 0 for all of them", least=0
    )
    lora_alpha: int = setting(32, "scale of the LoRA adapter", least=1)
    tiny_steps: int = setting(800, "supervised steps that make the model tiny, once", least=1)
    # The problems
    task: str = setting("math", "math, countdown, choices or mixed: how answers are judged")
    dataset: str = setting(
        "arithmetic",
        f"{', '.join(PROBLEM_SETS)}; gsm8k, open-r1-math, dapo-math or math-500, whose columns are "
        "known; a Hub id, or a local .jsonl file",
    )
    dataset_config: str = setting("", "configuration of a Hub dataset")
    dataset_split: str = setting("train", "split of a Hub dataset")
    question_column: str = setting("question", "column with the questions")
    answer_column: str = setting(
        "answer", "column with the gold answers, or a path such as reward_model.ground_truth"
    )
    answer_format: str = setting(
        "auto",
        "how that column gives the gold: plain, hashes (GSM8K's solutions), boxed (MATH's), or "
        "auto: a worked solution's final answer, else the column as it is",
        among=ANSWER_FORMATS,
    )
    system_prompt: str = setting(SHORT_PROMPT, "system prompt; empty: a description of the format")
    train_problems: int = setting(1000, "number of training problems; 0 for all there are", least=0)
    held_out: int = setting(200, "number of held-out problems to compare on", least=1)
    held_out_dataset: str = setting(
        "", "where those come from, as in --dataset; empty: the training dataset, kept apart"
    )
    # The supervised warm-up
    warmup_steps: int = setting(7, "steps of supervised warm-up on the format; 0 for none", least=0)
    warmup_batch: int = setting(8, "examples in a step of the warm-up", least=1)
    warmup_learning_rate: float = setting(1e-3, "learning rate of the warm-up", above=0)
    warmup_dataset: str = setting(
        "arithmetic", "worked examples: a dataset made offline, a Hub id, or a local .jsonl file"
    )
    warmup_split: str = setting("train", "split of the warm-up's Hub dataset")
    warmup_question_column: str = setting("question", "the warm-up's column with the questions")
    warmup_reasoning_column: str = setting("reasoning", "the warm-up's column with the reasoning")
    warmup_answer_column: str = setting("answer", "the warm-up's column with the answers")
    # GRPO
    max_steps: int = setting(16, "optimiser steps", least=1)
    prompts_per_step: int = setting(4, "different problems in a step", least=1)
    num_generations: int = setting(
        8, "completions a problem: the group whose mean is the baseline", least=2
    )
    micro_batch: int = setting(16, "completions in one backward pass; a matter of memory", least=1)
    max_completion_length: int = setting(
        48, "longest completion in tokens; 0: what prompts leave", least=0
    )
    learning_rate: float = setting(4.5e-4, "peak learning rate", above=0)
    lr_scheduler: str = setting(
        "constant_with_warmup", "shape of the learning rate over the steps", among=SCHEDULERS
    )
    lr_warmup_steps: int = setting(
        2, "steps over which the learning rate rises to its peak", least=0
    )
    weight_decay: float = setting(0.0, "weight decay", least=0)
    max_grad_norm: float = setting(1.0, "gradients are clipped to this norm", above=0)
    optimizer: str = setting("adamw_torch", "name of the optimiser, as transformers spells it")
    temperature: float = setting(
        0.8, "sampling temperature, in training and in the comparison", above=0
    )
    top_p: float = setting(
        1.0, "sampling keeps the likeliest tokens up to this probability", above=0, most=1
    )
    min_p: float = setting(
        0.0, "sampling drops tokens this much less likely than the likeliest", least=0, most=1
    )
    beta: float = setting(0.0, "weight of the KL penalty against the starting model", least=0)
    loss_type: str = setting(
        "dapo", "how token losses are averaged (see TRL's GRPOConfig)", among=LOSS_TYPES
    )
    scale_rewards: str = setting(
        "group", "what advantages are divided by: group, batch or none", among=SCALES
    )
    # The run
    eval_batch: int = setting(50, "prompts in one batch of the comparison", least=1)
    processes: int = setting(
        0, "processes to start on CPUs; 0: one a core, as far as a step and memory divide", least=0
    )
    save_steps: int = setting(10, "steps between checkpoints that --resume can start from", least=1)
    seed: int = setting(3407, "seed of everything random", least=0)


@dataclass(frozen=True)
class Source:
    """Where problems are read from, and what the columns are called there."""

    dataset: str
    config: str = ""
    split: str = "train"
    question: str = "question"
    answer: str = "answer"
    answer_format: str = "auto"
    held_out: str = ""


DATASETS = {
    "gsm8k": Source("openai/gsm8k", "main", answer_format="hashes", held_out="gsm8k-test"),
    "gsm8k-test": Source("openai/gsm8k", "main", "test", answer_format="hashes"),
    "open-r1-math": Source("open-r1/OpenR1-Math-220k", "default", question="problem"),
    "dapo-math": Source(
        "open-r1/DAPO-Math-17k-Processed", "en", question="prompt", answer="solution"
    ),
    "math-500": Source("HuggingFaceH4/MATH-500", split="test", question="problem"),
}
"""Datasets whose columns need no flag, by a short name; their Hub ids do as well."""


def known(dataset: str) -> Source | None:
    """What is known about a dataset, by its short name or its Hub id."""
    for name, source in DATASETS.items():
        if dataset.lower() in (name, source.dataset.lower()):
            return source
    return None


def settings_of_dataset(source: Source) -> dict[str, Any]:
    """The settings that go with a known dataset.

    Its problems are harder than those made offline: the prompt says what the format is, and a
    completion gets the room that prompts leave.
    """
    return {
        "dataset": source.dataset,
        "dataset_config": source.config,
        "dataset_split": source.split,
        "question_column": source.question,
        "answer_column": source.answer,
        "answer_format": source.answer_format,
        "held_out_dataset": source.held_out,
        "system_prompt": "",
        "max_completion_length": 0,
    }


PRESETS = {
    "smollm2": Settings(max_steps=12, lr_scheduler="cosine"),
    "tiny": Settings(
        model="tiny",
        processes=1,
        own_template=False,
        max_seq_length=192,
        dataset="sums",
        warmup_steps=0,  # the tiny model is made with one of its own
        max_steps=150,
        prompts_per_step=8,
        micro_batch=64,
        max_completion_length=40,
        learning_rate=4e-4,
        temperature=1.0,
        eval_batch=200,
        save_steps=50,
    ),
    "qwen3-4b": Settings(
        **settings_of_dataset(DATASETS["dapo-math"]),
        model="unsloth/Qwen3-4B-Base",
        gpu=True,
        vllm=True,
        dtype="auto",
        own_template=False,
        max_seq_length=2048,
        lora_rank=32,
        lora_alpha=64,
        train_problems=0,
        warmup_steps=60,
        warmup_batch=1,
        warmup_learning_rate=2e-4,
        warmup_dataset="unsloth/OpenMathReasoning-mini",
        warmup_split="cot",
        warmup_question_column="problem",
        warmup_reasoning_column="generated_solution",
        warmup_answer_column="expected_answer",
        max_steps=100,
        prompts_per_step=1,
        num_generations=4,
        micro_batch=4,
        learning_rate=5e-6,
        lr_scheduler="linear",
        lr_warmup_steps=10,
        weight_decay=0.001,
        optimizer="adamw_8bit",
        temperature=1.0,
        min_p=0.1,
        save_steps=20,
    ),
}


@dataclass(frozen=True)
class Task:
    """What a task brings to every preset; step 4 of train_grpo.py has its rewards.

    ``columns`` are what the rewards read of a row beside ``answer``. ``blind`` answers a row
    without thinking, for a figure to compare with, and ``blindly`` says how. ``changes`` are the
    settings that differ from those of the preset they are listed under.
    """

    columns: tuple[str, ...] = ()
    blind: Callable[[Row], str] | None = None
    blindly: str = ""
    taught: str = "sums"  # what the model tiny is made with
    changes: dict[str, dict[str, Any]] = field(default_factory=dict)


SLOWER = {"max_steps": 24, "learning_rate": 3e-4}
"""How SmolLM2 learns the other tasks; the demo's own settings were tried on arithmetic."""
TASKS = {
    "math": Task(),
    "countdown": Task(
        columns=("numbers", "target"),
        blind=lambda row: " + ".join(map(str, row["numbers"])),
        blindly="adding all the numbers",
        taught="countdown",
        changes={
            "smollm2": {**SLOWER, "warmup_steps": 12, "max_completion_length": 56},
            "tiny": {"max_completion_length": 56},
        },
    ),
    "choices": Task(
        columns=("options",),
        blind=lambda _: "A",
        blindly="always answering A",
        taught="choices",
        changes={"smollm2": SLOWER},
    ),
    # Rows of several kinds, each judged by the reward of its own; a column says which.
    "mixed": Task(
        columns=("kind", "options", "schema"),
        blind=lambda _: "A",
        blindly="always answering A",
        taught="mixed",
        changes={
            "smollm2": {**SLOWER, "max_completion_length": 64},
            "tiny": {"max_completion_length": 64},
        },
    ),
}


def settings_of(preset: str, task: str) -> Settings:
    """A preset's settings for a task."""
    settings = PRESETS[preset]
    if task == settings.task:
        return settings
    made = {"task": task, "dataset": task, "warmup_dataset": task, "warmup_split": "train"}
    return replace(settings, **made, **TASKS[task].changes.get(preset, {}))


@dataclass(frozen=True)
class Run:
    """The settings, where a run writes, what it reports to, and the checkpoint it goes on from."""

    settings: Settings
    output: Path
    cache: Path
    report_to: str = "none"
    resume: str = ""


def completion_length(settings: Settings, longest_prompt: int) -> int:
    """The longest completion in tokens."""
    return settings.max_completion_length or settings.max_seq_length - longest_prompt - 1
