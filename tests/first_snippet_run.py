"""Run the first `python` block of pages as a new user does, and write what happened as JSON.

`test_first_five_minutes.py` runs this file in a process of its own. The model that a block names is
there: a random one of its kind, small, with a tokenizer made here and the chat template that Qwen3
has. What a block says stands; only the settings that make it fit a processor without a network are
added.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.resources
import io
import json
import sys
from pathlib import Path
from typing import Any

# First, as in `trainer_run.py`.
with contextlib.suppress(ImportError):
    import unsloth  # noqa: F401 - imported for what it replaces

import torch
import trl
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast, Qwen3Config, Qwen3ForCausalLM

from docs_run import blocks_of

MODEL = Path("Qwen/Qwen3-0.6B")
SMALL = {
    "use_cpu": True,
    "bf16": False,
    "max_steps": 1,
    "max_completion_length": 8,
    "report_to": "none",
    "save_strategy": "no",
    "disable_tqdm": True,
    "logging_steps": 1,
}


def make_model(folder: Path, template: str) -> None:
    """A random Qwen3 of some hundred thousand weights, as its library saves one."""
    words = Tokenizer(models.BPE())
    words.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    words.decoder = decoders.ByteLevel()
    specials = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    words.train_from_iterator(
        ["What is 6 * 7? <think> </think>"] * 4,
        trainers.BpeTrainer(
            vocab_size=300,
            special_tokens=specials,
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        ),
    )
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=words, eos_token="<|im_end|>", pad_token="<|endoftext|>"
    )
    tokenizer.chat_template = template
    tokenizer.save_pretrained(folder)
    torch.manual_seed(0)
    Qwen3ForCausalLM(
        Qwen3Config(
            vocab_size=len(tokenizer),
            hidden_size=32,
            intermediate_size=64,
            num_hidden_layers=1,
            num_attention_heads=2,
            num_key_value_heads=2,
            head_dim=16,
            max_position_embeddings=2048,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
        )
    ).save_pretrained(folder)


def settings(original: Any, **given: Any) -> Any:
    """The block's own settings, and those that a processor needs."""
    return original(**{**given, **SMALL})


def main(report_path: Path, template: Path, pages: list[Path]) -> None:
    """Make the model where the block looks for it, then run each page's block."""
    make_model(MODEL, template.read_text(encoding="utf-8"))
    trl.GRPOConfig = functools.partial(settings, trl.GRPOConfig)
    report = {}
    for page in pages:
        block = next(each for each in blocks_of(page) if each.language == "python")
        names: dict[str, Any] = {"__name__": "__main__"}
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(block.source, page.name, "exec"), names)  # noqa: S102 - our own page
        trainer = names["trainer"]
        prompt = trainer.processing_class.apply_chat_template(
            names["dataset"][0]["prompt"], tokenize=False, add_generation_prompt=True
        )
        right, wrong = (
            f"<think>I multiply.</think> \\boxed{{{answer}}}" for answer in ("42", "48")
        )
        totals = [
            sum(
                reward(prompts=[prompt], completions=[[{"role": "assistant", "content": text}]],
                       completion_ids=[[1]], answer=["42"])[0]
                for reward in trainer.reward_funcs
            )
            for text in (right, wrong)
        ]  # fmt: skip
        report[str(page)] = {
            "printed": printed.getvalue(),
            "prompt": prompt,
            "totals": totals,
            "logged": [row for row in trainer.state.log_history if "reward" in row],
        }
    report_path.write_text(json.dumps(report), encoding="utf-8")


def qwen3_template() -> Path:
    """The chat template of Qwen3, as it was copied for the tests, or as TRL ships it."""
    copied = Path(__file__).with_name("templates") / "qwen3.jinja"
    if copied.is_file():
        return copied
    return Path(str(importlib.resources.files("trl") / "chat_templates" / "qwen3.jinja"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), qwen3_template(), [Path(page) for page in sys.argv[2:]])
