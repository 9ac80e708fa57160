"""Responses to held-out problems: from the model in this process, or from Unsloth's vLLM engine."""

from __future__ import annotations

from typing import Any

from problems import Problems, prompt_text
from processes import own_share, together
from report import Answers, progress
from settings import Run, completion_length


def answer_held_out(model: Any, tokenizer: Any, problems: Problems, run: Run) -> Answers:
    """Answer the held-out problems, greedily and sampled; the same way before and after."""
    settings = run.settings
    generate = generate_with_vllm if settings.vllm else generate_in_batches
    rows = own_share(problems.held_out)
    prompts = [prompt_text(tokenizer, settings, row) for row in rows]
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
        way: together(
            generate(model, tokenizer, prompts, run, {"max_new_tokens": length, **how}),
            len(problems.held_out),
        )
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
