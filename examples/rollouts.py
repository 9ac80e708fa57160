"""Completions from the model in this process, with little done twice.

A prompt is read once for all its completions, where they are generated and where the model learns
from them, and adapters are a part of the weights while it generates. What is sampled follows the
same distribution as from ``model.generate``, and what is learned is the same.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

STAGE = 4
"""Tokens after which rows that have ended leave the batch."""

READ_TOGETHER = 8
"""Completions of about the same length that are read at a time, where the model learns."""


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
