"""Responses to prompts: from the model in this process, or from Unsloth's vLLM engine."""

from __future__ import annotations

from tempfile import TemporaryDirectory
from typing import Any

from problems import Problems, prompt_text
from processes import how_many, own_share, together
from report import Answers  # noqa: TC002
from rollouts import complete
from settings import Run, completion_length
from showing import HELD_OUT_ROW, Display


def answer_held_out(
    model: Any, tokenizer: Any, problems: Problems, run: Run, display: Display
) -> Answers:
    """Answer the held-out problems, greedily and sampled; the same way before and after."""
    from transformers import set_seed

    settings = run.settings
    prompts = [prompt_text(tokenizer, settings, row) for row in own_share(problems.held_out)]
    sampling = {
        "temperature": settings.temperature,
        "top_p": settings.top_p,
        "min_p": settings.min_p,
    }
    length = completion_length(settings, problems.longest_prompt)
    answer = answer_with_vllm if settings.vllm else answer_here
    size = len(prompts) if settings.vllm else settings.eval_batch
    answers: Answers = {"greedy": [], "sampled": []}
    set_seed(settings.seed)
    for start in range(0, len(prompts), size):
        few = prompts[start : start + size]
        for way, texts in answer(model, tokenizer, few, length, sampling).items():
            answers[way] += texts
        display.add(len(few) * how_many() * HELD_OUT_ROW)
    return {way: together(texts, len(problems.held_out)) for way, texts in answers.items()}


# ------------------------------------------------------------------------------------------------
# In this process
# ------------------------------------------------------------------------------------------------


def answer_here(
    model: Any, tokenizer: Any, prompts: list[str], length: int, sampling: dict[str, float]
) -> Answers:
    """Responses from the model in this process; both ways are rows of one batch."""
    greedy = len(prompts)
    texts = respond(model, tokenizer, prompts * 2, length, sampling, greedy=greedy)
    return {"greedy": texts[:greedy], "sampled": texts[greedy:]}


def respond(
    model: Any,
    tokenizer: Any,
    prompts: list[str],
    length: int,
    sampling: dict[str, float],
    *,
    greedy: int = 0,
) -> list[str]:
    """A response a prompt, of which the first ``greedy`` take the likeliest tokens."""
    import torch
    from transformers import GenerationConfig
    from unsloth import FastLanguageModel

    config = GenerationConfig(
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
        max_new_tokens=length,
        do_sample=True,
        top_k=0,
        **sampling,
    )
    batch = tokenizer(
        prompts, return_tensors="pt", padding=True, padding_side="left", add_special_tokens=False
    ).to(model.device)
    likeliest = torch.arange(len(prompts), device=model.device) < greedy
    FastLanguageModel.for_inference(model)
    tokens = complete(model, batch, config, likeliest)
    FastLanguageModel.for_training(model)
    new = tokens[:, batch["input_ids"].shape[1] :]
    return list(tokenizer.batch_decode(new, skip_special_tokens=True))


# ------------------------------------------------------------------------------------------------
# In vLLM
# ------------------------------------------------------------------------------------------------


def answer_with_vllm(
    model: Any, _tokenizer: Any, prompts: list[str], length: int, sampling: dict[str, float]
) -> Answers:
    """Responses from Unsloth's vLLM engine."""
    import torch
    from vllm import SamplingParams

    # vLLM has its own copy of the weights; the adapter reaches it through a folder.
    with TemporaryDirectory() as adapter:
        model.save_lora(adapter)
        answers = {}
        for way, how in (("greedy", {"temperature": 0.0}), ("sampled", sampling)):
            outputs = model.fast_generate(
                prompts,
                sampling_params=SamplingParams(**how, max_tokens=length, seed=torch.initial_seed()),
                lora_request=model.load_lora(adapter),
            )
            answers[way] = [output.outputs[0].text for output in outputs]
        return answers
