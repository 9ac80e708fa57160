"""Train a language model with GRPO on verifiable rewards, and measure what it gained.

    python examples/train_grpo.py                        # a small pretrained model, on the CPU
    python examples/train_grpo.py --preset tiny          # a toy model: the whole path, quickly
    python examples/train_grpo.py --preset qwen3-4b      # the full recipe, on one GPU
    python examples/train_grpo.py --task countdown       # other problems, and their rewards
    python examples/train_grpo.py --dry-run              # what would run, and how rewards score

Read it from top to bottom: the settings and presets come first, then one function for each step.

1. ``load_model``     a model and its tokenizer, through Unsloth
2. ``attach_lora``    a small trainable adapter; the model itself stays frozen
3. ``build_dataset``  prompts with gold answers (and ``warm_up``: show the format a few times)
4. ``build_rewards``  the rewards of this package that fit the task
5. ``train``          GRPO: sample groups of completions, score them, make the better ones likelier
6. ``compare``        the same held-out problems before and after, counted

The output folder then holds ``adapter/``, ``metrics.jsonl``, ``completions/`` (what was sampled at
each step, and its scores), ``comparison.md``, ``comparison.json`` and ``curves.png``.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import random
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from grpo_rewards import (
    WORKING_OUT,
    CheckPuzzle,
    Reward,
    approximate_format,
    check_answer,
    check_choice,
    check_numbers,
    exact_format,
)
from grpo_rewards import compare as compare_answers

FORMAT = WORKING_OUT
REWARDS = [exact_format, approximate_format, check_answer, check_numbers]
LORA_TARGETS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
PROBLEM_SETS = ("arithmetic", "sums", "choices", "countdown")  # what offline.py makes from a seed
OFFLINE_MODELS = ("smollm2", "tiny")  # what offline.py puts into the cache

HOW_TO_INSTALL = (
    "On a machine with a GPU run `pip install 'grpo-rewards[train]'`; on any other, `make setup` "
    "in a clone of the repository."
)
# A small model learns the format from the warm-up's examples; to describe it as well would only
# double the length of every prompt, and with it the time of a step.
SHORT_PROMPT = "Show your working out, then the solution."

Row = dict[str, Any]

# ------------------------------------------------------------------------------------------------
# Settings: every field is a flag of the command line, and a preset is one value of them all
# ------------------------------------------------------------------------------------------------


def setting(default: Any, meaning: str) -> Any:
    """A field of the settings, with what `--help` says about it."""
    return field(default=default, metadata={"help": meaning})


@dataclass(frozen=True)
class Settings:
    """Everything a run depends on. The defaults are those of the preset ``smollm2``."""

    # The model
    model: str = setting("smollm2", "smollm2 or tiny (made offline), a Hub id, or a folder")
    gpu: bool = setting(default=False, meaning="train on a GPU; without it, on the CPU")
    vllm: bool = setting(default=False, meaning="generate with vLLM (needs a GPU)")
    dtype: str = setting("float32", "data type of the weights; auto lets Unsloth choose")
    own_template: bool = setting(
        default=True, meaning="build on the tokenizer's own chat template (for tuned models)"
    )
    max_seq_length: int = setting(512, "longest prompt and completion together, in tokens")
    lora_rank: int = setting(16, "rank of the LoRA adapter")
    lora_alpha: int = setting(32, "scale of the LoRA adapter")
    tiny_steps: int = setting(800, "supervised steps that make the model tiny, once")
    # The problems
    task: str = setting("math", "math, countdown or choices: how answers are judged")
    dataset: str = setting(
        "arithmetic", f"{', '.join(PROBLEM_SETS)}, a Hub id, or a local .jsonl file"
    )
    dataset_config: str = setting("", "configuration of a Hub dataset")
    dataset_split: str = setting("train", "split of a Hub dataset")
    question_column: str = setting("question", "column with the questions")
    answer_column: str = setting("answer", "column with the gold answers")
    system_prompt: str = setting(SHORT_PROMPT, "system prompt; empty: a description of the format")
    train_problems: int = setting(1000, "number of training problems; 0 for all there are")
    held_out: int = setting(200, "number of held-out problems to compare on")
    # The supervised warm-up
    warmup_steps: int = setting(7, "steps of supervised warm-up on the format; 0 for none")
    warmup_batch: int = setting(8, "examples in a step of the warm-up")
    warmup_learning_rate: float = setting(1e-3, "learning rate of the warm-up")
    warmup_dataset: str = setting(
        "arithmetic", "worked examples: a dataset made offline, a Hub id, or a local .jsonl file"
    )
    warmup_split: str = setting("train", "split of the warm-up's Hub dataset")
    warmup_question_column: str = setting("question", "the warm-up's column with the questions")
    warmup_reasoning_column: str = setting("reasoning", "the warm-up's column with the reasoning")
    warmup_answer_column: str = setting("answer", "the warm-up's column with the answers")
    # GRPO
    max_steps: int = setting(24, "optimiser steps")
    prompts_per_step: int = setting(4, "different problems in a step")
    num_generations: int = setting(8, "completions a problem: the group whose mean is the baseline")
    micro_batch: int = setting(16, "completions in one backward pass; a matter of memory")
    max_completion_length: int = setting(48, "longest completion in tokens; 0: what prompts leave")
    learning_rate: float = setting(3e-4, "peak learning rate")
    lr_scheduler: str = setting("constant_with_warmup", "shape of the learning rate over the steps")
    lr_warmup_steps: int = setting(2, "steps over which the learning rate rises to its peak")
    weight_decay: float = setting(0.0, "weight decay")
    max_grad_norm: float = setting(1.0, "gradients are clipped to this norm")
    optimizer: str = setting("adamw_torch", "name of the optimiser, as transformers spells it")
    temperature: float = setting(0.8, "sampling temperature, in training and in the comparison")
    top_p: float = setting(1.0, "sampling keeps the likeliest tokens up to this probability")
    min_p: float = setting(0.0, "sampling drops tokens this much less likely than the likeliest")
    beta: float = setting(0.0, "weight of the KL penalty against the starting model")
    loss_type: str = setting("dapo", "how token losses are averaged (see TRL's GRPOConfig)")
    scale_rewards: str = setting("group", "what advantages are divided by: group, batch or none")
    # The run
    eval_batch: int = setting(50, "prompts in one batch of the comparison")
    save_steps: int = setting(10, "steps between checkpoints that --resume can start from")
    seed: int = setting(3407, "seed of everything random")


PRESETS = {
    "smollm2": Settings(),
    "tiny": Settings(
        model="tiny",
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
        model="unsloth/Qwen3-4B-Base",
        gpu=True,
        vllm=True,
        dtype="auto",
        own_template=False,
        system_prompt="",
        max_seq_length=2048,
        lora_rank=32,
        lora_alpha=64,
        dataset="open-r1/DAPO-Math-17k-Processed",
        dataset_config="en",
        question_column="prompt",
        answer_column="solution",
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
        max_completion_length=0,
        learning_rate=5e-6,
        lr_scheduler="linear",
        lr_warmup_steps=10,
        weight_decay=0.001,
        optimizer="adamw_8bit",
        temperature=1.0,
        min_p=0.1,
        save_steps=100,
    ),
}


@dataclass(frozen=True)
class Task:
    """What is asked, and how an answer is judged; a task goes with every preset.

    ``columns`` are what the rewards read of a row beside ``answer``. ``check`` is the reward that
    the comparison counts right answers by; without one, an answer has to equal the gold. ``blind``
    answers a row without thinking, for a figure to compare with, and ``blindly`` says how.
    ``changes`` are the settings that differ from those of the preset they are listed under.
    """

    rewards: list[Reward]
    columns: tuple[str, ...] = ()
    check: Reward | None = None
    blind: Callable[[Row], str] | None = None
    blindly: str = ""
    taught: str = "sums"  # what the model tiny is made with
    changes: dict[str, dict[str, Any]] = field(default_factory=dict)


# The kind holds for every row; its fields are columns of their own.
check_countdown = CheckPuzzle(kind="countdown", name="check_countdown")

TASKS = {
    "math": Task(REWARDS),
    "countdown": Task(
        [exact_format, check_countdown],
        columns=("numbers", "target"),
        # As in `math`, what counts as right does not hang on the format; that is counted apart.
        check=replace(check_countdown, strict=False),
        blind=lambda row: " + ".join(map(str, row["numbers"])),
        blindly="adding all the numbers",
        taught="countdown",
        changes={
            "smollm2": {"warmup_steps": 12, "max_completion_length": 56},
            "tiny": {"max_completion_length": 56},
        },
    ),
    "choices": Task(
        [exact_format, check_choice],
        columns=("options",),
        check=replace(check_choice, strict=False),
        blind=lambda _: "A",
        blindly="always answering A",
        taught="choices",
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


# ------------------------------------------------------------------------------------------------
# Step 1: the model and its tokenizer
# ------------------------------------------------------------------------------------------------


def load_model(run: Run) -> tuple[Any, Any]:
    """Load model and tokenizer through Unsloth, with a chat template that opens the reasoning."""
    settings = run.settings
    prepare_environment(run)
    try:
        # Before trl, transformers and peft: Unsloth patches them as it is imported.
        from unsloth import FastLanguageModel
    except (ImportError, NotImplementedError) as error:
        raise SystemExit(
            f"Unsloth cannot be imported ({first_line(error)}). {HOW_TO_INSTALL}"
        ) from error
    import torch
    from transformers import set_seed

    if settings.gpu and not torch.cuda.is_available():
        raise SystemExit(
            "This preset needs an NVIDIA GPU and torch sees none. On a CPU, run "
            "`--preset smollm2` or `--preset tiny`; to look at the settings, add `--dry-run`."
        )
    set_seed(settings.seed)
    try:
        model, tokenizer = FastLanguageModel.from_pretrained(**model_arguments(run))
    except OSError as error:
        raise SystemExit(
            f"The model {settings.model!r} cannot be loaded ({first_line(error)}). "
            "Give `--model` a Hub id that this machine can reach, or a local folder."
        ) from error
    base = tokenizer.chat_template if settings.own_template else None
    tokenizer.chat_template = FORMAT.chat_template(base)
    return model, tokenizer


def prepare_environment(run: Run) -> None:
    """Set what Unsloth and torch read while they are being imported."""
    settings = run.settings
    # Unsloth writes the trainers it compiles into the working directory unless told otherwise.
    os.environ.setdefault("UNSLOTH_COMPILE_LOCATION", str(run.cache / "unsloth_compiled"))
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    if settings.vllm:
        os.environ.setdefault("UNSLOTH_VLLM_STANDBY", "1")  # one memory for training and vLLM
    if not settings.gpu:
        os.environ.setdefault("UNSLOTH_FORCE_CPU", "1")
        # Threads that wander between cores made some steps four to eight times slower.
        os.environ.setdefault("OMP_PROC_BIND", "true")
    made_offline = (
        settings.model in OFFLINE_MODELS,
        settings.dataset in PROBLEM_SETS,
        settings.warmup_dataset in PROBLEM_SETS or not settings.warmup_steps,
    )
    if all(made_offline):
        os.environ.setdefault("HF_HUB_OFFLINE", "1")  # nothing to ask the hub for


def model_arguments(run: Run) -> dict[str, Any]:
    """The arguments for ``FastLanguageModel.from_pretrained``."""
    settings, name = run.settings, run.settings.model
    if name in OFFLINE_MODELS:
        import offline

        if name == "smollm2":
            name = str(offline.smollm2_checkpoint(run.cache))
        else:
            taught = TASKS[settings.task].taught
            recipe = replace(offline.RECIPES[taught], steps=settings.tiny_steps)
            problem_set = offline.PROBLEM_SETS[taught]
            name = str(
                offline.tiny_checkpoint(run.cache, FORMAT, SHORT_PROMPT, recipe, problem_set)
            )
    arguments: dict[str, Any] = {
        "model_name": name,
        "max_seq_length": settings.max_seq_length,
        "dtype": None if settings.dtype == "auto" else settings.dtype,
        "load_in_4bit": False,  # LoRA on 16 bits: more exact, and what vLLM generates from
        "random_state": settings.seed,
    }
    if settings.vllm:
        arguments |= {
            "fast_inference": True,
            "max_lora_rank": settings.lora_rank,
            "gpu_memory_utilization": 0.9,
        }
    return arguments


# ------------------------------------------------------------------------------------------------
# Step 2: LoRA
# ------------------------------------------------------------------------------------------------


def attach_lora(model: Any, settings: Settings) -> Any:
    """Add the trainable adapter to every linear projection of the model."""
    from unsloth import FastLanguageModel

    return FastLanguageModel.get_peft_model(model, **lora_arguments(settings))


def lora_arguments(settings: Settings) -> dict[str, Any]:
    """The arguments for ``FastLanguageModel.get_peft_model``."""
    return {
        "r": settings.lora_rank,
        "lora_alpha": settings.lora_alpha,
        "target_modules": LORA_TARGETS,
        # Recomputing activations saves memory that only a GPU is short of.
        "use_gradient_checkpointing": "unsloth" if settings.gpu else False,
        "random_state": settings.seed,
    }


# ------------------------------------------------------------------------------------------------
# Step 3: the problems, and the format shown a few times
# ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Problems:
    """Rows with ``question`` and ``answer``, and the tokens in the longest prompt among them."""

    training: list[Row]
    held_out: list[Row]
    longest_prompt: int


def build_dataset(tokenizer: Any, settings: Settings) -> Problems:
    """Training and held-out problems, without the longest tenth of the prompts.

    A few long prompts would set the cost of every batch.
    """
    training, held_out = load_problems(settings)

    def length(row: Row) -> int:
        text = prompt_text(tokenizer, settings, row)
        return len(tokenizer(text, add_special_tokens=False)["input_ids"])

    lengths = [length(row) for row in progress(training, "measuring prompts")]
    longest = sorted(lengths)[int(0.9 * (len(lengths) - 1))]
    kept = [row for row, tokens in zip(training, lengths, strict=True) if tokens <= longest]
    held_out = [row for row in held_out if length(row) <= longest][: settings.held_out]
    print(
        f"{len(kept)} training problems of at most {longest} prompt tokens "
        f"({len(training) - len(kept)} longer ones dropped), {len(held_out)} held-out problems"
    )
    return Problems(kept, held_out, longest)


def load_problems(settings: Settings) -> tuple[list[Row], list[Row]]:
    """Rows with ``question`` and ``answer``: for training, and (a few too many) held out."""
    spare = settings.held_out + settings.held_out // 4  # long prompts are dropped later
    if settings.dataset in PROBLEM_SETS:
        count = settings.train_problems or 1000
        return made_problems(settings.dataset, count, settings.seed), made_problems(
            settings.dataset, spare, settings.seed, held_out=True
        )
    columns = {"question": settings.question_column, "answer": settings.answer_column}
    columns |= {name: name for name in TASKS[settings.task].columns}
    rows = read_rows(settings.dataset, settings.dataset_config, settings.dataset_split, columns)
    if len(rows) < 2:
        raise SystemExit(f"The dataset {settings.dataset!r} has {len(rows)} rows; it needs two.")
    random.Random(settings.seed).shuffle(rows)
    spare = min(spare, len(rows) // 2)
    training = rows[spare:]
    return training[: settings.train_problems or len(training)], rows[:spare]


def made_problems(kind: str, count: int, seed: int, *, held_out: bool = False) -> list[Row]:
    """Problems that offline.py makes from the seed."""
    import offline

    problems = offline.PROBLEM_SETS[kind](count, seed=seed, held_out=held_out)
    return [asdict(problem) | problem.columns for problem in problems]


def read_rows(dataset: str, config: str, split: str, columns: dict[str, str]) -> list[Row]:
    """Rows of a local JSONL file or of a Hub dataset, with its columns under our names."""
    if dataset.endswith((".jsonl", ".json")) or Path(dataset).exists():
        records = read_jsonl(Path(dataset))
    else:
        try:
            from datasets import load_dataset

            records = load_dataset(dataset, config or None, split=split)
        except ImportError as error:
            raise SystemExit(
                f"Reading a Hub dataset needs the package datasets. {HOW_TO_INSTALL}"
            ) from error
        except (OSError, ValueError) as error:  # unreachable or unknown; a wrong config or split
            raise SystemExit(
                f"The dataset {dataset!r} cannot be loaded ({first_line(error)}). Give `--dataset` "
                "a Hub id that this machine can reach, or the path of a local .jsonl file."
            ) from error
    return list(renamed(records, columns, dataset))


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines if line.strip()]
    except OSError as error:
        raise SystemExit(
            f"The dataset {str(path)!r} cannot be read ({error.strerror}). "
            "Give `--dataset` the path of a .jsonl file, or a Hub id."
        ) from error
    except ValueError as error:
        raise SystemExit(
            f"{str(path)!r} is not JSON Lines, one object a line ({first_line(error)})."
        ) from error


def renamed(records: Any, columns: dict[str, str], dataset: str) -> Iterator[Row]:
    """The records with only our columns, under our names."""
    task_columns = {name for task in TASKS.values() for name in task.columns}
    for record in records:
        missing = [column for column in columns.values() if column not in record]
        if missing:
            raise SystemExit(
                f"The dataset {dataset!r} has no column {missing[0]!r}; it has "
                f"{', '.join(record)}. Name the right ones with --question-column and "
                "--answer-column (or their --warmup- counterparts)."
            )
        # What else a task's rewards read may be lists, and stays as it is.
        yield {
            ours: record[theirs] if ours == theirs in task_columns else str(record[theirs])
            for ours, theirs in columns.items()
        }


def messages(settings: Settings, row: Row) -> list[dict[str, str]]:
    """The chat that asks a question."""
    return [
        {"role": "system", "content": settings.system_prompt or FORMAT.system_prompt()},
        {"role": "user", "content": row["question"]},
    ]


def prompt_text(tokenizer: Any, settings: Settings, row: Row) -> str:
    """The prompt as the model sees it; ends with the opened reasoning."""
    return tokenizer.apply_chat_template(
        messages(settings, row), tokenize=False, add_generation_prompt=True
    )


def warm_up(model: Any, tokenizer: Any, run: Run) -> None:
    """Show the model a few worked examples, so that GRPO has successes to reinforce.

    A reward that is never earned teaches nothing: all completions of a group score the same.
    """
    from datasets import Dataset
    from trl import SFTConfig, SFTTrainer

    settings = run.settings
    examples = [
        tokens
        for row in worked_examples(settings)
        if len((tokens := supervised_tokens(tokenizer, settings, row))["input_ids"])
        <= settings.max_seq_length
    ]
    arguments = SFTConfig(
        output_dir=str(run.output / "warmup"),
        max_steps=settings.warmup_steps,
        per_device_train_batch_size=settings.warmup_batch,
        gradient_accumulation_steps=1,
        learning_rate=settings.warmup_learning_rate,
        lr_scheduler_type="linear",
        warmup_steps=min(2, settings.warmup_steps),
        weight_decay=0.0,
        optim=settings.optimizer,
        max_length=settings.max_seq_length,
        packing=False,
        bf16=settings.gpu,
        use_cpu=not settings.gpu,
        gradient_checkpointing=settings.gpu,
        save_strategy="no",
        logging_steps=1,
        report_to="none",
        seed=settings.seed,
    )
    trainer = SFTTrainer(
        model=model,
        processing_class=tokenizer,
        args=arguments,
        train_dataset=Dataset.from_list(examples),
    )
    quieten(trainer)
    trainer.train()


def worked_examples(settings: Settings) -> list[Row]:
    """Rows with ``question``, ``reasoning`` and ``answer``."""
    count = settings.warmup_steps * settings.warmup_batch
    if settings.warmup_dataset in PROBLEM_SETS:
        rows = made_problems(settings.warmup_dataset, count, settings.seed + 1)
        # Where an answer has several forms, they are shown in turn.
        return [
            row | {"answer": row["forms"][place % len(row["forms"])]} if row["forms"] else row
            for place, row in enumerate(rows)
        ]
    columns = {
        "question": settings.warmup_question_column,
        "reasoning": settings.warmup_reasoning_column,
        "answer": settings.warmup_answer_column,
    }
    return read_rows(settings.warmup_dataset, "", settings.warmup_split, columns)


def supervised_tokens(tokenizer: Any, settings: Settings, row: Row) -> dict[str, list[int]]:
    """A prompt and its worked answer as token ids; only the answer is learned (-100 is ignored)."""
    reasoning = row["reasoning"].replace("<think>", "").partition("</think>")[0]
    answer = FORMAT.render(reasoning, row["answer"], opening=False) + tokenizer.eos_token
    prompt = tokenizer(prompt_text(tokenizer, settings, row), add_special_tokens=False)["input_ids"]
    completion = tokenizer(answer, add_special_tokens=False)["input_ids"]
    return {
        "input_ids": prompt + completion,
        "attention_mask": [1] * (len(prompt) + len(completion)),
        "labels": [-100] * len(prompt) + completion,
    }


# ------------------------------------------------------------------------------------------------
# Step 4: the rewards
# ------------------------------------------------------------------------------------------------


def build_rewards(settings: Settings) -> list[Callable[..., list[float | None]]]:
    """The rewards whose sum GRPO raises; each becomes a curve of its own in the log.

    They read the completion and, those that check it, columns of the dataset: ``answer``, or those
    of the task. Put your own here: any function of ``(completions, **columns)`` that returns one
    number a completion.
    """
    return TASKS[settings.task].rewards


def reward_columns(rows: list[Row], settings: Settings) -> dict[str, list[Any]]:
    """The columns of the rows that the rewards read."""
    names = ("answer", *TASKS[settings.task].columns)
    return {name: [row[name] for row in rows] for name in names}


# ------------------------------------------------------------------------------------------------
# Step 5: GRPO
# ------------------------------------------------------------------------------------------------


def train(model: Any, tokenizer: Any, problems: Problems, run: Run) -> None:
    """Run GRPO, and leave the adapter, the metrics and the sampled completions in the output."""
    from datasets import Dataset
    from trl import GRPOConfig, GRPOTrainer

    trainer = GRPOTrainer(
        model=model,
        processing_class=tokenizer,
        reward_funcs=build_rewards(run.settings),
        args=GRPOConfig(**grpo_arguments(run, problems.longest_prompt)),
        train_dataset=Dataset.from_dict(
            {
                "prompt": [messages(run.settings, row) for row in problems.training],
                **reward_columns(problems.training, run.settings),
            }
        ),
    )
    quieten(trainer, run.output / "metrics.jsonl")
    trainer.train(resume_from_checkpoint=run.resume or None)
    model.save_pretrained(str(run.output / "adapter"))
    tokenizer.save_pretrained(str(run.output / "adapter"))


def grpo_arguments(run: Run, longest_prompt: int) -> dict[str, Any]:
    """The arguments for ``GRPOConfig``: every one that matters, as Unsloth changes the defaults."""
    settings = run.settings
    completions = settings.prompts_per_step * settings.num_generations
    if completions % settings.micro_batch:
        raise SystemExit(
            f"--micro-batch {settings.micro_batch} must divide the {completions} completions of a "
            "step (--prompts-per-step times --num-generations)."
        )
    return {
        "output_dir": str(run.output),
        "max_steps": settings.max_steps,
        "num_generations": settings.num_generations,
        "per_device_train_batch_size": settings.micro_batch,
        "gradient_accumulation_steps": completions // settings.micro_batch,
        "max_completion_length": completion_length(settings, longest_prompt),
        "temperature": settings.temperature,
        "top_p": settings.top_p,
        "top_k": 0,
        "min_p": settings.min_p or None,
        "repetition_penalty": 1.0,
        "use_vllm": settings.vllm,
        "learning_rate": settings.learning_rate,
        "lr_scheduler_type": settings.lr_scheduler,
        "warmup_steps": settings.lr_warmup_steps,
        "weight_decay": settings.weight_decay,
        "max_grad_norm": settings.max_grad_norm,
        "optim": settings.optimizer,
        "beta": settings.beta,
        "loss_type": settings.loss_type,
        "scale_rewards": settings.scale_rewards,
        "num_iterations": 1,
        "bf16": settings.gpu,
        "use_cpu": not settings.gpu,
        "gradient_checkpointing": settings.gpu,
        "remove_unused_columns": False,  # the rewards read them
        "log_completions": True,
        "num_completions_to_print": 0,  # they go to the folder `completions`, not to the screen
        "logging_steps": 1,
        "save_steps": settings.save_steps,
        "save_total_limit": 1,
        "report_to": run.report_to,
        "seed": settings.seed,
    }


def completion_length(settings: Settings, longest_prompt: int) -> int:
    """The longest completion in tokens."""
    return settings.max_completion_length or settings.max_seq_length - longest_prompt - 1


def quieten(trainer: Any, metrics: Path | None = None) -> None:
    """Replace the trainer's printed dictionaries by a figure beside its bar, and a file."""
    from transformers import PrinterCallback, ProgressCallback

    class Progress(ProgressCallback):
        def on_log(self, _args: Any, state: Any, _control: Any, logs: Any = None, **_: Any) -> None:
            shown = {key: logs[key] for key in ("reward", "loss") if key in logs}
            if self.training_bar is not None and shown:
                self.training_bar.set_postfix({k: f"{float(v):.2f}" for k, v in shown.items()})
            if metrics is not None:
                with metrics.open("a", encoding="utf-8") as file:
                    file.write(json.dumps({"step": state.global_step, **logs}) + "\n")

    for printing in (ProgressCallback, PrinterCallback):
        trainer.remove_callback(printing)
    trainer.add_callback(Progress)


# ------------------------------------------------------------------------------------------------
# Step 6: before and after
# ------------------------------------------------------------------------------------------------

Answers = dict[str, list[str]]  # "greedy" and "sampled": one response a held-out problem


def answer_held_out(model: Any, tokenizer: Any, problems: Problems, run: Run) -> Answers:
    """Answer the held-out problems, greedily and sampled; the same way before and after."""
    settings = run.settings
    generate = generate_with_vllm if settings.vllm else generate_in_batches
    prompts = [prompt_text(tokenizer, settings, row) for row in problems.held_out]
    length = completion_length(settings, problems.longest_prompt)
    sampling = {
        "greedy": {"temperature": 0.0},
        "sampled": {
            "temperature": settings.temperature,
            "top_p": settings.top_p,
            "min_p": settings.min_p,
        },
    }
    return {
        way: generate(model, tokenizer, prompts, run, {"max_new_tokens": length, **how})
        for way, how in sampling.items()
    }


def generate_in_batches(
    model: Any, tokenizer: Any, prompts: list[str], run: Run, how: dict[str, Any]
) -> list[str]:
    """One response a prompt, from the model in this process."""
    import torch
    from transformers import GenerationConfig, set_seed
    from unsloth import FastLanguageModel

    greedy = how["temperature"] == 0
    config = GenerationConfig(
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
        do_sample=not greedy,
        **({"max_new_tokens": how["max_new_tokens"]} if greedy else {**how, "top_k": 0}),
    )
    FastLanguageModel.for_inference(model)
    set_seed(run.settings.seed)
    size = run.settings.eval_batch
    responses: list[str] = []
    for start in progress(range(0, len(prompts), size), "greedy" if greedy else "sampled"):
        batch = tokenizer(
            prompts[start : start + size],
            return_tensors="pt",
            padding=True,
            padding_side="left",
            add_special_tokens=False,
        ).to(model.device)
        with torch.inference_mode():
            tokens = model.generate(**batch, generation_config=config)  # (batch, prompt + new)
        new = tokens[:, batch["input_ids"].shape[1] :]
        responses += tokenizer.batch_decode(new, skip_special_tokens=True)
    FastLanguageModel.for_training(model)
    return responses


def generate_with_vllm(
    model: Any, _tokenizer: Any, prompts: list[str], run: Run, how: dict[str, Any]
) -> list[str]:
    """One response a prompt, from Unsloth's vLLM engine."""
    from vllm import SamplingParams

    how = {**how, "max_tokens": how["max_new_tokens"], "seed": run.settings.seed}
    del how["max_new_tokens"]
    # vLLM has its own copy of the weights; the adapter reaches it through a folder.
    adapter = str(run.output / "vllm_adapter")
    model.save_lora(adapter)
    outputs = model.fast_generate(
        prompts, sampling_params=SamplingParams(**how), lora_request=model.load_lora(adapter)
    )
    return [output.outputs[0].text for output in outputs]


def compare(before: Answers, after: Answers, rows: list[Row], run: Run) -> None:
    """Count what is right and what has the exact format; write the report and the curves."""
    settings = run.settings
    figures = {
        name: {way: count(responses, rows, settings) for way, responses in answers.items()}
        for name, answers in (("before", before), ("after", after))
    }
    table = comparison_table(figures) + blind_guess(rows, settings)
    (run.output / "comparison.json").write_text(json.dumps(figures, indent=2) + "\n")
    shown = transcripts(before, after, rows, settings)
    report = f"# Before and after GRPO\n\n{table}\n\n{shown}"
    (run.output / "comparison.md").write_text(report, encoding="utf-8")
    draw_curves(run.output / "metrics.jsonl", run.output / "curves.png", settings)
    print(f"\n{table}\n\nAll of it, with transcripts and curves, is in {run.output}.")


def count(
    responses: list[str], rows: list[Row], settings: Settings = PRESETS["smollm2"]
) -> dict[str, Any]:
    """How many responses are right, how many exact in format, with 95 % Wilson intervals."""
    from scipy.stats import binomtest

    def share(hits: list[bool]) -> dict[str, Any]:
        interval = binomtest(sum(hits), len(hits)).proportion_ci(method="wilson")
        return {
            "count": sum(hits),
            "of": len(hits),
            "rate": sum(hits) / len(hits),
            "interval": [interval.low, interval.high],
        }

    return {
        "accuracy": share(which_are_right(responses, rows, settings)),
        "exact format": share([FORMAT.parse(response).is_exact for response in responses]),
    }


def which_are_right(responses: list[str], rows: list[Row], settings: Settings) -> list[bool]:
    """Whether each response is right, in whatever format."""
    check = TASKS[settings.task].check
    if check is not None:
        scores = check(completions=responses, **reward_columns(rows, settings))
        return [score == check.correct for score in scores]
    parsed = [FORMAT.parse(response) for response in responses]
    return [is_right(row["answer"], p.answer) for p, row in zip(parsed, rows, strict=True)]


def is_right(gold: str, answer: str | None) -> bool:
    """Whether an answer was found and equals the gold, however it is written."""
    return answer is not None and bool(compare_answers(gold, answer))


def comparison_table(figures: dict[str, Any]) -> str:
    """The counts as a Markdown table."""

    def cell(share: dict[str, Any]) -> str:
        low, high = share["interval"]
        return f"{share['rate']:.3f} ({share['count']}/{share['of']}; {low:.2f} to {high:.2f})"

    lines = ["| held-out problems | before | after |", "| --- | --- | --- |"]
    for measure in ("accuracy", "exact format"):
        for way in ("greedy", "sampled"):
            before, after = (cell(figures[name][way][measure]) for name in ("before", "after"))
            lines.append(f"| {measure}, {way} | {before} | {after} |")
    lines.append("\nIn brackets: the count, and the 95 % confidence interval of the rate (Wilson).")
    return "\n".join(lines)


def blind_guess(rows: list[Row], settings: Settings) -> str:
    """A line on how often an answer is right that no thought went into."""
    task = TASKS[settings.task]
    if task.blind is None:
        return ""
    guesses = [FORMAT.render("A guess.", task.blind(row), opening=False) for row in rows]
    hits = sum(which_are_right(guesses, rows, settings))
    return f"\n\nFor comparison: {task.blindly} is right for {hits}/{len(rows)} of them."


def transcripts(
    before: Answers, after: Answers, rows: list[Row], settings: Settings, how_many: int = 8
) -> str:
    """The sampled responses to a few held-out problems, before and after."""
    parts = ["## Transcripts\n\nSampled, the first held-out problems, whatever came out."]
    sampled = zip(before["sampled"], after["sampled"], rows, strict=True)
    for old, new, row in list(sampled)[:how_many]:
        heading, *options = row["question"].splitlines()
        parts.append("\n\n".join([f"### {heading}", *options, f"Gold: `{row['answer']}`"]))
        for name, response in (("Before", old), ("After", new)):
            verdict = "right" if which_are_right([response], [row], settings)[0] else "wrong"
            indented = response.strip().replace("\n", "\n    ")
            parts.append(f"{name} ({verdict}):\n\n    {indented}")
    return "\n\n".join(parts) + "\n"


def draw_curves(metrics: Path, picture: Path, settings: Settings) -> None:
    """Each reward's mean over the steps; thin lines are single steps, thick ones averages."""
    import matplotlib as mpl

    mpl.use("Agg")  # no display needed
    import matplotlib.pyplot as plt

    log = [json.loads(line) for line in metrics.read_text(encoding="utf-8").splitlines()]
    figure, axes = plt.subplots(figsize=(8, 4.5))
    for reward in build_rewards(settings):
        key = f"rewards/{reward.__name__}/mean"
        points = [(entry["step"], entry[key]) for entry in log if key in entry]
        steps, means = [step for step, _ in points], [mean for _, mean in points]
        (line,) = axes.plot(steps, means, alpha=0.3)
        axes.plot(steps, smooth(means), color=line.get_color(), label=reward.__name__)
    axes.set(xlabel="step", ylabel="mean reward", title="Rewards during GRPO")
    axes.grid(alpha=0.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(picture, dpi=150)


def smooth(values: list[float], window: int = 5) -> list[float]:
    """The mean of each value and the few before it."""
    return [
        sum(values[max(0, end - window) : end]) / (end - max(0, end - window))
        for end in range(1, len(values) + 1)
    ]


# ------------------------------------------------------------------------------------------------
# Putting it together
# ------------------------------------------------------------------------------------------------


def main() -> None:
    """Resolve the settings, take the six steps, and say how long they took."""
    arguments = parse_arguments()
    settings = resolve(arguments)
    if arguments.dry_run:
        dry_run(Run(settings, arguments.output_dir, arguments.cache_dir, arguments.report_to))
        return
    require_packages()
    started = time.monotonic()
    run = start_run(arguments, settings)

    model, tokenizer = load_model(run)
    model = attach_lora(model, settings)
    problems = build_dataset(tokenizer, settings)
    answers_before = run.output / "before.json"
    if run.resume:
        before: Answers = json.loads(answers_before.read_text(encoding="utf-8"))
    else:
        if settings.warmup_steps:
            print("Warming up on worked examples:")
            warm_up(model, tokenizer, run)
        print("Answering the held-out problems before GRPO:")
        before = answer_held_out(model, tokenizer, problems, run)
        answers_before.write_text(json.dumps(before), encoding="utf-8")
    print("GRPO:")
    train(model, tokenizer, problems, run)
    print("Answering the held-out problems after GRPO:")
    after = answer_held_out(model, tokenizer, problems, run)
    compare(before, after, problems.held_out, run)
    print(f"The run took {(time.monotonic() - started) / 60:.1f} minutes.")


def parse_arguments() -> argparse.Namespace:
    """The command line; every field of the settings is a flag."""
    summary, _, rest = (__doc__ or "").partition("\n")
    parser = argparse.ArgumentParser(
        description=summary, epilog=rest, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--preset", choices=PRESETS, default="smollm2", help="the settings to start from"
    )
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
        if option.name == "task":
            kind = {"choices": TASKS}
        if isinstance(option.default, bool):
            kind = {"action": argparse.BooleanOptionalAction}
        overrides.add_argument(
            f"--{option.name.replace('_', '-')}",
            default=None,
            help=f"{option.metadata['help']} ({described(values)})".replace("%", "%%"),
            **kind,
        )
    arguments = parser.parse_args()
    task = arguments.task or PRESETS[arguments.preset].task
    folder = arguments.preset if task == "math" else f"{arguments.preset}-{task}"
    arguments.output_dir = arguments.output_dir or Path("outputs") / folder
    return arguments


def described(values: dict[str, Any]) -> str:
    """A preset's values for the help: one if they agree, else one a preset."""
    if len(set(values.values())) == 1:
        return f"{next(iter(values.values()))!r}"
    return ", ".join(f"{name}: {value!r}" for name, value in values.items())


def default_cache() -> Path:
    """The user's cache folder for this package."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "grpo-rewards"


def resolve(arguments: argparse.Namespace) -> Settings:
    """The preset for the task, with the flags that were given in place of its own values."""
    given = {option.name: getattr(arguments, option.name) for option in fields(Settings)}
    changed = {name: value for name, value in given.items() if value is not None}
    task = arguments.task or PRESETS[arguments.preset].task
    return replace(settings_of(arguments.preset, task), **changed)


def require_packages() -> None:
    """Stop with the remedy when a package that training needs is missing."""
    needed = ("unsloth", "trl", "datasets", "scipy", "matplotlib")
    missing = [name for name in needed if importlib.util.find_spec(name) is None]
    if missing:
        raise SystemExit(
            f"Training needs {', '.join(missing)}, which cannot be imported. {HOW_TO_INSTALL}"
        )


def start_run(arguments: argparse.Namespace, settings: Settings) -> Run:
    """Make the output folder; clear what an earlier run left there, or find its checkpoint."""
    output, cache = arguments.output_dir, arguments.cache_dir

    def step_of(checkpoint: Path) -> int:
        return int(checkpoint.name.removeprefix("checkpoint-"))

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
    for stale in [*checkpoints, output / "completions"]:
        shutil.rmtree(stale, ignore_errors=True)
    (output / "metrics.jsonl").unlink(missing_ok=True)
    output.mkdir(parents=True, exist_ok=True)
    return Run(settings, output, cache, arguments.report_to)


def dry_run(run: Run) -> None:
    """Print the resolved settings, what GRPOConfig gets of them, and a scored sample batch."""
    settings = run.settings
    row = {"question": "What is 6 times 7?", "answer": "42"}
    if settings.dataset in PROBLEM_SETS or Path(settings.dataset).suffix in (".jsonl", ".json"):
        row = load_problems(settings)[0][0]
    print("Settings:", json.dumps(asdict(settings), indent=2))
    print("\nLoRA:", json.dumps(lora_arguments(settings), indent=2))
    longest = settings.max_seq_length // 2  # unknown until the tokenizer is there
    print("\nGRPOConfig:", json.dumps(grpo_arguments(run, longest), indent=2))
    print("\nSystem prompt:", messages(settings, row)[0]["content"])
    print("Question:", row["question"])
    print("Gold answer:", row["answer"], "\n")
    samples = sample_responses(row["answer"])
    columns = reward_columns([row] * len(samples), settings)
    rewards = build_rewards(settings)
    scores = [reward(completions=list(samples.values()), **columns) for reward in rewards]
    heads = [reward.__name__ for reward in rewards]
    print("  ".join(heads), " response", sep="")
    for text, *given in zip(samples, *scores, strict=True):
        cells = [f"{'-' if s is None else s:>{len(h)}}" for h, s in zip(heads, given, strict=True)]
        print("  ".join(cells), "  ", text, sep="")


def sample_responses(gold: str) -> dict[str, str]:
    """Hand-made responses, by what is to be seen in them."""
    good = FORMAT.render("Some working out.", gold, opening=False)
    return {
        "right, in the format": good,
        "wrong, in the format": FORMAT.render("Some working out.", f"{gold}1", opening=False),
        "right, and text after it": f"{good}\nI hope this helps.",
        "right, but without tags": f"The answer is {gold}.",
        "right, but given twice": f"{good}{good}",
        "nothing": "",
    }


def progress(items: Any, what: str) -> Any:
    """The items, with a bar on the screen."""
    from tqdm import tqdm

    return tqdm(items, desc=what)


def first_line(error: BaseException) -> str:
    """What an error says, in one line."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("Stopped. Go on from the last checkpoint with --resume.")
