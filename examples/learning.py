"""Learning from completions on a CPU, with little done twice: what is learned is the same."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from products import replaced, weights_rounded
from rollouts import complete, read_prompts

READ_TOGETHER = 8
"""Completions of about the same length that are read at a time."""


@contextmanager
def prompts_read_once(model: Any, trainer: Any = None) -> Iterator[None]:
    """Let a trainer read the prompt of a group once, where it generates and where it learns.

    What the model samples follows the same distribution, and what it learns is the same. Given the
    trainer, too, completions that teach nothing, of groups whose scores are all the same, are read
    without what gradients need.
    """
    forward = model.forward
    teaching: Any = None

    def generate(*, input_ids: Any, attention_mask: Any, generation_config: Any, **_: Any) -> Any:
        batch = {"input_ids": input_ids, "attention_mask": attention_mask}
        return complete(model, batch, generation_config)

    @wraps(forward)
    def shared(*arguments: Any, **given: Any) -> Any:
        if not given.get("fused_lm_head"):  # how TRL asks for the probabilities of completions
            return forward(*arguments, **given)
        return read_completions(forward, model, teaching=teaching, **given)

    def compute_loss(model: Any, inputs: Any, *arguments: Any, **given: Any) -> Any:
        nonlocal teaching
        teaching = inputs["advantages"] != 0
        try:
            return whole_loss(model, inputs, *arguments, **given)
        finally:
            teaching = None

    with weights_rounded(model), replaced(model, generate=generate, forward=shared):
        if trainer is None or trainer.beta:  # with a penalty, every completion teaches
            yield
            return
        whole_loss = trainer.compute_loss
        with replaced(trainer, compute_loss=compute_loss):
            yield


def read_completions(
    forward: Callable[..., Any],
    model: Any,
    *,
    input_ids: Any,
    attention_mask: Any,
    labels: Any,
    teaching: Any = None,
    **others: Any,
) -> Any:
    """What ``forward`` says of completions, with each prompt read once, and little padding.

    All are of shape (rows, prompt + completion), completions padded at the right; the labels of a
    prompt are -100. Gradients reach a prompt from all its completions, or from those that are
    ``teaching``, of shape (rows), and from one of them at least, since processes that learn
    together wait for each other. What is said of each token but the first is of shape
    (rows, prompt + completion - 1), and 0 where nothing is to be learned.
    """
    import torch

    wanted = labels != -100
    start = int(wanted.any(dim=0).int().argmax())
    last = start - 1  # a prompt's last token says what comes first
    if last < 1:  # nothing to be learned, or nothing to be read before
        given = {"input_ids": input_ids, "attention_mask": attention_mask, "labels": labels}
        return forward(**given, **others)
    positions = (attention_mask.cumsum(dim=1) - 1).clamp(min=0)
    lengths = attention_mask[:, start:].sum(dim=1)
    parts = []

    def read(chosen: Any) -> None:
        prompts = read_prompts(model, input_ids[chosen, :start], attention_mask[chosen, :start])
        by_length = lengths[chosen].argsort()
        for few in by_length.split(READ_TOGETHER):
            rows = chosen[few]
            end = start + max(1, int(lengths[rows].max()))
            cache = copy.copy(prompts)
            cache.layers = [copy.copy(layer) for layer in prompts.layers]
            cache.batch_select_indices(few)
            part = forward(
                input_ids=input_ids[rows, last:end],
                attention_mask=attention_mask[rows, :end],
                position_ids=positions[rows, last:end],
                past_key_values=cache,
                labels=labels[rows, last:end],
                **others,
            )
            parts.append((rows, part, (last, input_ids.shape[1] - end)))

    rows = torch.arange(len(input_ids), device=input_ids.device)
    if teaching is None or teaching.all():
        read(rows)
    else:
        teaching = teaching | (lengths.argmin() == rows) & ~teaching.any()
        read(rows[teaching])
        with torch.no_grad():
            read(rows[~teaching])
    said = parts[0][1]
    back = torch.cat([rows for rows, _, _ in parts]).argsort()
    for name in ("log_probs", "entropy"):
        found = [
            torch.nn.functional.pad(getattr(part, name), padding)
            for _, part, padding in parts
            if getattr(part, name, None) is not None
        ]
        if found:
            setattr(said, name, torch.cat(found)[back])
    return said
