"""Responses to prompts: from the model in this process, or from Unsloth's vLLM engine."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from tempfile import TemporaryDirectory
from typing import Any

from problems import Problems, prompt_text
from processes import how_many, own_share, together
from report import Answers  # noqa: TC002
from settings import Run, completion_length
from showing import HELD_OUT_ROW, Display

STAGE = 12
"""Tokens after which rows that have ended leave the batch."""


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
    rows = torch.arange(len(prompts), device=model.device) < greedy
    FastLanguageModel.for_inference(model)
    with torch.inference_mode():
        tokens = generate_in_stages(model.generate, model, batch, config, rows)
    FastLanguageModel.for_training(model)
    new = tokens[:, batch["input_ids"].shape[1] :]
    return list(tokenizer.batch_decode(new, skip_special_tokens=True))


@contextmanager
def prompts_read_once(model: Any) -> Iterator[None]:
    """Let a trainer read the prompt of a group once, where it generates and where it learns.

    What the model samples follows the same distribution, and what it learns is the same.
    """
    generate, forward = model.generate, model.forward
    before = {name: vars(model)[name] for name in ("generate", "forward") if name in vars(model)}

    def staged(*, input_ids: Any, attention_mask: Any, generation_config: Any, **_: Any) -> Any:
        batch = {"input_ids": input_ids, "attention_mask": attention_mask}
        return generate_in_stages(generate, model, batch, generation_config)

    @wraps(forward)
    def shared(*arguments: Any, **given: Any) -> Any:
        if not given.get("fused_lm_head"):  # how TRL asks for the probabilities of completions
            return forward(*arguments, **given)
        return forward(*arguments, **after_prompts(model, **given))

    model.generate, model.forward = staged, shared
    try:
        yield
    finally:
        del model.generate, model.forward
        vars(model).update(before)


def generate_in_stages(
    generate: Callable[..., Any], model: Any, batch: Any, config: Any, greedy: Any = None
) -> Any:
    """Like ``model.generate``: tokens of shape (rows, prompt + new), padded at the right.

    ``batch`` holds input_ids and attention_mask of shape (rows, prompt), padded at the left, and
    ``greedy`` which of the rows take the likeliest token, where others sample.
    """
    import torch

    tokens, mask = batch["input_ids"], batch["attention_mask"]
    rows = torch.arange(len(tokens), device=tokens.device)
    end = tokens.shape[1] + config.max_new_tokens
    whole = tokens.new_full((len(tokens), end), config.pad_token_id)
    cache = read_prompts(model, tokens, mask)
    config = copy.copy(config)
    config.return_dict_in_generate = True
    ends = torch.as_tensor(config.eos_token_id, device=tokens.device).reshape(-1)
    while len(rows) and tokens.shape[1] < end:
        before = tokens.shape[1]
        config.max_new_tokens = min(STAGE, end - before)
        output = generate(
            input_ids=tokens,
            attention_mask=mask,
            past_key_values=cache,
            generation_config=config,
            logits_processor=[] if greedy is None else [likeliest_in(greedy[rows])],
        )
        tokens, cache = output.sequences, output.past_key_values
        whole[rows, : tokens.shape[1]] = tokens
        new = tokens[:, before:]
        mask = torch.cat([mask, torch.ones_like(new)], dim=1)
        going = (~torch.isin(new, ends).any(dim=1)).nonzero()[:, 0]
        if len(going) < len(rows):
            rows, tokens, mask = rows[going], tokens[going], mask[going]
            cache.batch_select_indices(going)
    return whole


def read_prompts(model: Any, tokens: Any, mask: Any) -> Any:
    """The cache of all prompt tokens but the last; rows with the same prompt are read once."""
    import torch
    from transformers import DynamicCache

    several, which = torch.unique(tokens, dim=0, return_inverse=True)
    one_of_each = torch.empty(len(several), dtype=which.dtype, device=which.device)
    one_of_each[which] = torch.arange(len(which), device=which.device)
    mask = mask[one_of_each]
    positions = (mask.cumsum(dim=1) - 1).clamp(min=0)
    cache = model(
        input_ids=several[:, :-1],
        attention_mask=mask[:, :-1],
        position_ids=positions[:, :-1],
        past_key_values=DynamicCache(),
        use_cache=True,
        logits_to_keep=1,
    ).past_key_values
    cache.batch_select_indices(which)
    return cache


def after_prompts(
    model: Any, *, input_ids: Any, attention_mask: Any, labels: Any, **others: Any
) -> dict[str, Any]:
    """What is left to be read of prompts and completions, once each prompt has been.

    All are of shape (rows, prompt + completion); the labels of a prompt are -100. Gradients reach
    a prompt from all its completions.
    """
    start = int((labels != -100).any(dim=0).int().argmax())
    last = start - 1  # a prompt's last token says what comes first
    if last < 1:  # nothing to be learned, or nothing to be read before
        given = {"input_ids": input_ids, "attention_mask": attention_mask, "labels": labels}
        return given | others
    return {
        "input_ids": input_ids[:, last:],
        "attention_mask": attention_mask,
        "position_ids": (attention_mask.cumsum(dim=1) - 1).clamp(min=0)[:, last:],
        "past_key_values": read_prompts(model, input_ids[:, :start], attention_mask[:, :start]),
        "labels": labels[:, last:],
        **others,
    }


def likeliest_in(rows: Any) -> Callable[[Any, Any], Any]:
    """A processor of logits that leaves some rows nothing but their likeliest token."""

    def process(_: Any, scores: Any) -> Any:
        likeliest = scores.argmax(dim=1, keepdim=True)
        alone = scores.new_full(scores.shape, float("-inf")).scatter(1, likeliest, 0.0)
        return scores.where(~rows[:, None].to(scores.device), alone)

    return process


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
