"""Where the time of a step of `make demo` goes, and what each way to shorten it saves.

    OMP_NUM_THREADS=1 OMP_PROC_BIND=false python benchmarks/training_step.py

Prints seconds of one core for the completions of one step, of SmolLM2 after the demo's warm-up: to
generate them as transformers does, by its continuous batching, and as the example does, there with
two threads as well; to read them and learn from them, with adapters on every layer and on the last
ones alone, as the trainer does and as the example lets it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "examples"))

from command_line import parse_arguments, resolve, start_run
from learning import prompts_read_once
from problems import prompt_text
from rollouts import complete
from showing import Display, work
from train_grpo import attach_lora, build_dataset, load_model, warm_up

THIRD = 10
"""Of SmolLM2's thirty layers."""


def main() -> None:
    sys.argv += ["--output-dir", "outputs/training_step"]
    given = parse_arguments(__doc__)
    settings = resolve(given)
    run = start_run(given, settings)
    model, tokenizer = load_model(run)
    model = attach_lora(model, settings)
    problems = build_dataset(tokenizer, settings)
    display = Display(work(settings))
    display.now("warming up")
    warm_up(model, tokenizer, run, display)
    prompts = [
        prompt_text(tokenizer, settings, row)
        for row in problems.training[: settings.prompts_per_step]
        for _ in range(settings.num_generations)
    ]
    batch = tokenizer(
        prompts, return_tensors="pt", padding=True, padding_side="left", add_special_tokens=False
    )
    tokens = time_generation(model, tokenizer, batch, settings.max_completion_length)
    length = settings.max_completion_length
    time_learning(model, tokens, tokenizer.pad_token_id, length, THIRD)


def time_generation(model: Any, tokenizer: Any, batch: Any, length: int) -> Any:
    """Print what each way to generate takes; the tokens of the last."""
    import torch
    from transformers import GenerationConfig
    from unsloth import FastLanguageModel

    config = GenerationConfig(
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
        max_new_tokens=length,
        do_sample=True,
        top_k=0,
        temperature=0.8,
    )
    FastLanguageModel.for_inference(model)
    rows = [
        ids[mask.bool()].tolist()
        for ids, mask in zip(batch["input_ids"], batch["attention_mask"], strict=True)
    ]
    with torch.no_grad():
        print_time("generate", lambda: model.generate(**batch, generation_config=config))
        tokens = print_time("  the example's way", lambda: complete(model, batch, config))
        torch.set_num_threads(2)
        print_time("  the same with two threads", lambda: complete(model, batch, config))
        torch.set_num_threads(1)
        attention = model.config._attn_implementation
        model.set_attn_implementation("paged|sdpa")
        print_time(
            "  continuous batching", lambda: model.generate_batch(rows, generation_config=config)
        )
        model.set_attn_implementation(attention)
    FastLanguageModel.for_training(model)
    return tokens


def time_learning(model: Any, tokens: Any, pad: int, length: int, last: int) -> None:
    """Print what reading and learning take, with adapters on all layers and on the last.

    The trainer asks for probabilities as here; ``length`` is that of the completions.
    """
    from trl.trainer.utils import add_fused_lm_head

    add_fused_lm_head(model.get_base_model(), outputs=("log_probs", "entropy"))
    mask = (tokens != pad).long()
    labels = tokens.masked_fill(mask == 0, -100)
    labels[:, :-length] = -100
    layers = model.config.num_hidden_layers
    for adapted in (layers, last):
        for name, weight in model.named_parameters():
            if "lora" in name:
                number = int(name.partition("layers.")[2].partition(".")[0])
                weight.requires_grad_(number >= layers - adapted)

        def learn() -> None:
            found = model(input_ids=tokens, attention_mask=mask, labels=labels, fused_lm_head=True)
            found.log_probs[:, -length:].mean().backward()

        print_time(f"read and learn, adapters on {adapted} layers", learn)
        with prompts_read_once(model):
            print_time("  the example's way", learn)


def print_time(what: str, function: Callable[[], Any]) -> Any:
    """Print how long a call takes, and return what it returned."""
    started = time.perf_counter()
    returned = function()
    print(f"{what:46}{time.perf_counter() - started:7.1f} s", flush=True)
    return returned


if __name__ == "__main__":
    main()
