"""What makes a token cheaper while a model generates on a CPU, and changes nothing that it says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

ROOM = 16
"""Tokens that a cache is made longer by at a time."""


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


def with_room(cache: Any) -> Any:
    """The cache of a model that generates, with room for more tokens behind those it has.

    Without, each token copies all that came before it.
    """
    import torch
    from transformers.cache_utils import DynamicLayer

    class Roomy(DynamicLayer):
        """Keys and values of shape (rows, heads, tokens, size), at the front of larger tensors."""

        larger: tuple[Any, ...] = ()

        def update(self, key_states: Any, value_states: Any, *_: Any, **__: Any) -> tuple[Any, Any]:
            start = self.get_seq_length()
            end = start + key_states.shape[-2]
            if not self.larger or self.larger[0].shape[-2] < end:
                more = end - start + ROOM
                self.larger = tuple(
                    torch.nn.functional.pad(kept, (0, 0, 0, more))
                    for kept in (self.keys, self.values)
                )
            for larger, new in zip(self.larger, (key_states, value_states), strict=True):
                larger[:, :, start:end] = new
            self.keys, self.values = (larger[:, :, :end] for larger in self.larger)
            return self.keys, self.values

        def batch_select_indices(self, indices: Any) -> None:
            super().batch_select_indices(indices)
            self.larger = ()

    for place, layer in enumerate(cache.layers):
        if type(layer) is DynamicLayer:
            cache.layers[place] = Roomy()
            vars(cache.layers[place]).update(vars(layer))
    return cache
