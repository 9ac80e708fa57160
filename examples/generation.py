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

STAGE = 4
"""Tokens after which rows that have ended leave the batch."""

READ_TOGETHER = 8
"""Completions of about the same length that are read at a time, where the model learns."""


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


@contextmanager
def prompts_read_once(model: Any) -> Iterator[None]:
    """Let a trainer read the prompt of a group once, where it generates and where it learns.

    What the model samples follows the same distribution, and what it learns is the same.
    """
    forward = model.forward
    before = {name: vars(model)[name] for name in ("generate", "forward") if name in vars(model)}

    def generate(*, input_ids: Any, attention_mask: Any, generation_config: Any, **_: Any) -> Any:
        batch = {"input_ids": input_ids, "attention_mask": attention_mask}
        return complete(model, batch, generation_config)

    @wraps(forward)
    def shared(*arguments: Any, **given: Any) -> Any:
        if not given.get("fused_lm_head"):  # how TRL asks for the probabilities of completions
            return forward(*arguments, **given)
        return read_completions(forward, model, **given)

    model.generate, model.forward = generate, shared
    try:
        yield
    finally:
        del model.generate, model.forward
        vars(model).update(before)


def complete(model: Any, batch: Any, config: Any, greedy: Any = None) -> Any:
    """Like ``model.generate``: tokens of shape (rows, prompt + new), padded at the right.

    ``batch`` holds input_ids and attention_mask of shape (rows, prompt), padded at the left, and
    ``greedy`` which of the rows take the likeliest token, where others sample. Of the config it
    takes the length, what ends and pads a text, and how to sample.
    """
    import torch

    tokens, mask = batch["input_ids"], batch["attention_mask"]
    start = tokens.shape[1]
    whole = tokens.new_full((len(tokens), start + config.max_new_tokens), config.pad_token_id)
    whole[:, :start] = tokens
    ends = torch.as_tensor(config.eos_token_id, device=tokens.device).reshape(-1)
    rows = torch.arange(len(tokens), device=tokens.device)
    if greedy is None:
        greedy = torch.full_like(rows, not config.do_sample, dtype=torch.bool)
    going = torch.ones_like(greedy)
    warp = warped_by(config)
    with torch.no_grad(), adapters_merged(model), heads_grouped(model):
        cache = read_prompts(model, tokens, mask)
        for place in range(start, whole.shape[1]):
            last = whole[rows, place - 1 : place]
            logits = model(
                input_ids=last,
                attention_mask=mask,
                position_ids=mask.sum(dim=1, keepdim=True) - 1,
                past_key_values=cache,
                use_cache=True,
                logits_to_keep=1,
            ).logits[:, -1]
            new = next_tokens(logits.float(), greedy[rows], warp)
            whole[rows[going], place] = new[going]
            going &= ~torch.isin(new, ends)
            mask = torch.cat([mask, torch.ones_like(last)], dim=1)
            if not going.any():
                break
            if (place - start) % STAGE == STAGE - 1 and not going.all():
                rows, mask = rows[going], mask[going]
                cache.batch_select_indices(going.nonzero()[:, 0])
                going = going[going]
    return whole


def next_tokens(logits: Any, greedy: Any, warp: Callable[[Any], Any]) -> Any:
    """A token for each row of logits: the likeliest of some, and one drawn for the others.

    Drawn from the sums of the probabilities by one random number a row: a random number for each
    token of the vocabulary, as ``torch.multinomial`` has them, takes a tenth of the time.
    """
    import torch

    likeliest = logits.argmax(dim=1)
    if greedy.all():
        return likeliest
    sums = warp(logits).softmax(dim=1).cumsum(dim=1)
    drawn = torch.rand(len(sums), 1, device=sums.device) * sums[:, -1:]
    index = torch.searchsorted(sums, drawn, right=True)[:, 0].clamp(max=sums.shape[1] - 1)
    return likeliest.where(greedy, index)


def warped_by(config: Any) -> Callable[[Any], Any]:
    """What bends the logits before a token is drawn: temperature, top-p, min-p."""
    from transformers import LogitsProcessorList
    from transformers.generation import MinPLogitsWarper, TemperatureLogitsWarper, TopPLogitsWarper

    warpers = LogitsProcessorList()
    if config.temperature not in (None, 1.0):
        warpers.append(TemperatureLogitsWarper(config.temperature))
    if config.top_p not in (None, 1.0):
        warpers.append(TopPLogitsWarper(config.top_p))
    if config.min_p:
        warpers.append(MinPLogitsWarper(config.min_p))
    return lambda logits: warpers(None, logits)  # none of them looks at the tokens before


@contextmanager
def adapters_merged(model: Any) -> Iterator[None]:
    """Add the adapters to the weights, so that a token takes a third of the multiplications.

    Not where weights are coarser than single precision, which would round the adapters away.
    """
    import torch

    if not hasattr(model, "merge_adapter") or model.dtype != torch.float32:
        yield
        return
    model.merge_adapter()
    try:
        yield
    finally:
        model.unmerge_adapter()


@contextmanager
def heads_grouped(model: Any) -> Iterator[None]:
    """Let heads that share keys and values read them where they are, when a row has one token.

    transformers copies them for each head, a tenth of the time that a token takes on a CPU.
    """
    from transformers import AttentionInterface, AttentionMaskInterface
    from transformers.masking_utils import sdpa_mask

    before = model.config._attn_implementation
    if before != "sdpa" or model.device.type != "cpu":
        yield
        return
    AttentionInterface.register("grouped", attend_in_groups)
    AttentionMaskInterface.register("grouped", sdpa_mask)
    model.set_attn_implementation("grouped")
    try:
        yield
    finally:
        model.set_attn_implementation(before)


def attend_in_groups(
    module: Any, query: Any, key: Any, value: Any, attention_mask: Any, **others: Any
) -> tuple[Any, None]:
    """Attention as transformers asks for it; query of shape (rows, heads, tokens, size)."""
    from torch.nn.functional import scaled_dot_product_attention
    from transformers.integrations.sdpa_attention import sdpa_attention_forward

    rows, heads, tokens, size = query.shape
    if tokens > 1:
        return sdpa_attention_forward(module, query, key, value, attention_mask, **others)
    groups = key.shape[1]  # the heads of a group stand where tokens do: each sees all that came
    grouped = query.reshape(rows, groups, heads // groups, size)
    read = scaled_dot_product_attention(
        grouped, key, value, attn_mask=attention_mask, scale=others.get("scaling")
    )
    return read.reshape(rows, 1, heads, size), None


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


def read_completions(
    forward: Callable[..., Any],
    model: Any,
    *,
    input_ids: Any,
    attention_mask: Any,
    labels: Any,
    **others: Any,
) -> Any:
    """What ``forward`` says of completions, with each prompt read once, and little padding.

    All are of shape (rows, prompt + completion), completions padded at the right; the labels of a
    prompt are -100. Gradients reach a prompt from all its completions. What is said of each token
    but the first is of shape (rows, prompt + completion - 1), and 0 where nothing is to be learned.
    """
    import torch

    wanted = labels != -100
    start = int(wanted.any(dim=0).int().argmax())
    last = start - 1  # a prompt's last token says what comes first
    if last < 1:  # nothing to be learned, or nothing to be read before
        given = {"input_ids": input_ids, "attention_mask": attention_mask, "labels": labels}
        return forward(**given, **others)
    prompts = read_prompts(model, input_ids[:, :start], attention_mask[:, :start])
    positions = (attention_mask.cumsum(dim=1) - 1).clamp(min=0)
    by_length = attention_mask[:, start:].sum(dim=1).argsort()
    parts = []
    for rows in by_length.split(READ_TOGETHER):
        mask = attention_mask[rows]
        end = start + max(1, int(mask[:, start:].sum(dim=1).max()))
        cache = copy.copy(prompts)
        cache.layers = [copy.copy(layer) for layer in prompts.layers]
        cache.batch_select_indices(rows)
        part = forward(
            input_ids=input_ids[rows, last:end],
            attention_mask=mask[:, :end],
            position_ids=positions[rows, last:end],
            past_key_values=cache,
            labels=labels[rows, last:end],
            **others,
        )
        parts.append((part, (last, input_ids.shape[1] - end)))
    said = parts[-1][0]
    back = by_length.argsort()
    for name in ("log_probs", "entropy"):
        found = [
            torch.nn.functional.pad(getattr(part, name), padding)
            for part, padding in parts
            if getattr(part, name, None) is not None
        ]
        if found:
            setattr(said, name, torch.cat(found)[back])
    return said


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
