"""How a model's frozen layers multiply on a CPU: in an order of the weights that oneDNN likes.

And in bfloat16, where the processor is faster at that; the rest stays in single precision.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any

FASTER = 1.5
"""How many times as fast products in bfloat16 have to be, to be worth their rounding."""
TRIED = 0.2
"""Seconds for which each kind is tried."""


def in_bfloat16(model: Any) -> bool:
    """Whether a model's products are to be in bfloat16: as its settings say, or as is faster."""
    chosen = getattr(model, "products", "auto")
    return bfloat16_is_faster() if chosen == "auto" else bool(chosen == "bfloat16")


@cache
def bfloat16_is_faster() -> bool:
    """Whether this processor multiplies faster in bfloat16 than in single precision; tried once."""
    import torch

    rows, weight = torch.randn(64, 576), torch.randn(1536, 576)
    in_bfloat16 = rounded_product(weight)
    single = least_seconds(lambda: torch.nn.functional.linear(rows, weight))
    return single > FASTER * least_seconds(lambda: in_bfloat16(rows))


def least_seconds(call: Callable[[], Any]) -> float:
    """What a call takes at best."""
    least, end = float("inf"), time.perf_counter() + TRIED
    while (start := time.perf_counter()) < end:
        call()
        least = min(least, time.perf_counter() - start)
    return least


@contextmanager
def weights_packed(model: Any) -> Iterator[None]:
    """Let oneDNN order the frozen weights once, for many products of few rows without gradients.

    The weights must not change meanwhile.
    """
    import torch

    layers = frozen_layers(model) if torch.backends.mkldnn.is_available() else []
    dtype = torch.bfloat16 if layers and in_bfloat16(model) else torch.float32
    with multiplied(layers, lambda weight: packed_product(weight.to(dtype))):
        yield


@contextmanager
def weights_rounded(model: Any) -> Iterator[None]:
    """Multiply by the frozen weights in bfloat16, if that is chosen; gradients pass."""
    layers = frozen_layers(model)
    with multiplied(layers if layers and in_bfloat16(model) else [], rounded_product):
        yield


@contextmanager
def multiplied(layers: list[Any], product: Callable[[Any], Callable[[Any], Any]]) -> Iterator[None]:
    """Let layers multiply by what a product makes of their weights."""
    with ExitStack() as stack:
        for layer in layers:
            stack.enter_context(replaced(layer, forward=product(layer.weight.detach())))
        yield


def frozen_layers(model: Any) -> list[Any]:
    """The layers on a CPU that do nothing but multiply, and whose weights are learned no more."""
    import torch

    return [
        layer
        for layer in model.modules()
        if type(layer) is torch.nn.Linear
        and layer.bias is None
        and layer.weight.dtype == torch.float32
        and layer.weight.device.type == "cpu"
        and not layer.weight.requires_grad
    ]


def rounded_product(weight: Any) -> Callable[[Any], Any]:
    """What multiplies rows of shape (..., in) by a weight of shape (out, in) in bfloat16."""
    from torch.nn.functional import linear

    weight = weight.bfloat16()
    return lambda rows: linear(rows.bfloat16(), weight).float()


def packed_product(weight: Any) -> Callable[[Any], Any]:
    """What multiplies rows by a weight that oneDNN has ordered, in the weight's precision."""
    import torch

    packed = torch.ops.mkldnn._reorder_linear_weight(weight)
    multiply = torch.ops.mkldnn._linear_pointwise
    return lambda rows: multiply(rows.to(weight.dtype), packed, None, "none", [], "").float()


@contextmanager
def replaced(thing: Any, **methods: Any) -> Iterator[None]:
    """Give an object other methods for a while."""
    before = {name: vars(thing)[name] for name in methods if name in vars(thing)}
    vars(thing).update(methods)
    try:
        yield
    finally:
        for name in methods:
            del vars(thing)[name]
        vars(thing).update(before)
