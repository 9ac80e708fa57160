"""Completions from the model in this process, with little done twice.

A prompt is read once for all its completions. What is sampled follows the same distribution as
from ``model.generate``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from decoding import adapters_merged, heads_grouped, with_room
from products import weights_packed

STAGE = 4
"""Tokens after which rows that have ended leave the batch."""


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
    with torch.no_grad(), adapters_merged(model), heads_grouped(model), weights_packed(model):
        cache = with_room(read_prompts(model, tokens, mask))
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
