"""What Unsloth reads as it is imported, and what it is told of the model to load."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any

from settings import FORMAT, OFFLINE_MODELS, PROBLEM_SETS, SHORT_PROMPT, TASKS, Run


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
