"""Train a random, tiny model for two steps with every reward, and write what happened as JSON.

`test_trainer.py` runs this file in a process of its own, so that the tests' process imports neither
torch nor trl, which unsloth must precede. It needs no network.
"""

from __future__ import annotations

import contextlib
import importlib.util
import inspect
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

# First, wherever it is installed: it replaces parts of the trainer. Without a GPU, TRL 1.15.0 even
# needs that, because its own loss is a kernel for GPUs only.
with contextlib.suppress(ImportError):
    import unsloth  # noqa: F401 - imported for what it replaces

import torch
from datasets import Dataset
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast
from trl import GRPOConfig, GRPOTrainer

import grpo_rewards
from grpo_rewards import (
    AnswerTurn,
    CheckMolecule,
    CheckSchema,
    CosineLength,
    FromEnvironment,
    LanguageConsistency,
    LengthTarget,
    RepetitionPenalty,
    Reward,
    SoftOverlongPunishment,
    ToolCallCount,
    all_of,
    any_of,
    approximate_format,
    as_reward,
    check_answer,
    check_numbers,
    exact_format,
    math_rewards,
    reward,
)

ON_GPU = "--gpu" in sys.argv[2:]
"""Whether to train on a CUDA device, as `tools/gpu_check.py` asks for."""

# What the untrained model draws from, evenly: whole responses as single tokens, so that within two
# tokens some completions are right, some wrong, some malformed and some empty.
RESPONSES = [f"think<end_working_out><SOLUTION>{number}</SOLUTION>" for number in (3, 4, 7)]
RESPONSES.append("unformatted")
# Of the rows of `check_puzzle` and `check_code`, which find nothing here that they could pay.
PUZZLE = json.dumps({"kind": "countdown", "numbers": [1, 2], "target": 3})
# Of those that read other columns still; most of what is drawn is wrong by them.
TASKS = {
    "schema": json.dumps({"type": "object", "required": ["number"]}),
    "expected_calls": json.dumps([{"name": "add", "arguments": {"terms": [1, 2]}}]),
    "instruction_id_list": ["punctuation:no_comma"],
    "kwargs": [{"num_words": None}],
    "reference": "def answer():\n    return 3",
    "source": "One and two are three, and two and two are four.",
}
CHAT_TEMPLATE = (
    "{% for message in messages %}{{ message['role'] + ' ' + message['content'] + ' ' }}"
    "{% endfor %}{% if add_generation_prompt %}{{ 'assistant ' }}{% endif %}"
)
# The last gold is no number: there `check_numbers` has no opinion, and `check_choice` has one only
# there. A step sees all four rows.
ROWS = [
    ("What is 1 + 2?", "3"),
    ("What is 2 + 2?", "4"),
    ("What is 3 + 4?", "7"),
    ("Which one?", "B"),
]


@reward
def is_short(response: Any, *, answer: str) -> float:
    """A user's own reward of one completion."""
    return float(len(response.text) < 100 and bool(answer))


@reward
async def in_time(text: str) -> float:
    """The same, as a coroutine."""
    return float(len(text))


def lengths(completions: list[Any], **kwargs: Any) -> list[float]:
    """A user's own reward of a batch, as TRL takes it."""
    return [float(len(completion)) for completion in completions]


FOUR: list[Reward] = [exact_format, approximate_format, check_answer, check_numbers]


def everything() -> list[Reward]:
    """Each ready-made reward, and one of each other kind there is, under names of their own."""
    public = (getattr(grpo_rewards, name) for name in grpo_rewards.__all__)
    ready = [each for each in public if isinstance(each, Reward)]
    if not importlib.util.find_spec("pydantic_monty"):
        for each in (grpo_rewards.check_code, grpo_rewards.check_function):
            ready.remove(each)  # their sandbox is an extra
    composed: dict[str, Reward] = {
        "sum": 0.5 * exact_format + check_answer.when(exact_format) - check_numbers / 2,
        "of_four": sum(math_rewards()[1:], math_rewards()[0]).clip(-5, 10),
        "choosing": any_of(exact_format, all_of(check_answer, check_numbers)),
        "fading": exact_format.scheduled(1.0, 0.0, steps=2),
        "fraction": exact_format.scheduled(1.0, 0.0, fraction=0.5),
        "samples": 0 * check_answer.printed(every=1),
        "quiet": check_answer.unlogged(),
        "function": is_short,
        "coroutine": in_time,
        "batch": as_reward(lengths),
        "overlong": SoftOverlongPunishment(max_length=2, cache=1),
        "cosine": CosineLength(max_length=2),
        "target": LengthTarget(target=2),
        "repetition": RepetitionPenalty(unit="tokens"),
        "count": ToolCallCount(least=1, most=3),
        "turn": AnswerTurn(),
        # Without an environment it has no opinion, which would be logged as no number.
        "environment": FromEnvironment(attribute="score") + exact_format,
        "lean": sum(math_rewards(lean=True)[1:], math_rewards(lean=True)[0]),
    }
    if importlib.util.find_spec("jsonschema"):
        composed["structured"] = CheckSchema()
    if importlib.util.find_spec("rdkit"):
        composed["molecules"] = CheckMolecule(property="logp", low=0)
    if importlib.util.find_spec("lingua"):
        # Of so few words it has no opinion, which would be logged as no number.
        composed["language"] = LanguageConsistency() + exact_format
    return ready + [each.named(name) for name, each in composed.items()]


def tokenizer(
    responses: Sequence[str] = RESPONSES, *, end: str = "[EOS]"
) -> PreTrainedTokenizerFast:
    """One token a response; whatever else there is, such as a prompt's words, is unknown."""
    vocabulary = ["[PAD]", end, "[UNK]", *responses]
    words = Tokenizer(
        models.WordLevel({word: i for i, word in enumerate(vocabulary)}, unk_token="[UNK]")
    )
    words.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    fast = PreTrainedTokenizerFast(
        tokenizer_object=words,
        pad_token="[PAD]",
        eos_token=end,
        unk_token="[UNK]",
        model_input_names=["input_ids", "attention_mask"],
    )
    fast.chat_template = CHAT_TEMPLATE
    return fast


def model(vocabulary: PreTrainedTokenizerFast) -> LlamaForCausalLM:
    """A transformer with random weights, some ten thousand of them."""
    torch.manual_seed(0)
    return LlamaForCausalLM(
        LlamaConfig(
            vocab_size=len(vocabulary),
            hidden_size=32,
            intermediate_size=64,
            num_hidden_layers=1,
            num_attention_heads=2,
            num_key_value_heads=2,
            max_position_embeddings=1024,
            pad_token_id=vocabulary.pad_token_id,
            eos_token_id=vocabulary.eos_token_id,
            bos_token_id=None,
        )
    )


def dataset(*, conversational: bool, gold_column: str) -> Dataset:
    """The four rows, their prompts as plain strings or as messages."""
    return Dataset.from_list(
        [
            {
                "prompt": [{"role": "user", "content": question}] if conversational else question,
                gold_column: gold,
                "puzzle": PUZZLE,
                "tests": ["assert answer() == 3"],
                **TASKS,
            }
            for question, gold in ROWS
        ]
    )


def two_steps(output_dir: str, batch: int, **more: int) -> GRPOConfig:
    """How every training here goes: two steps, in groups of four, and nothing kept."""
    return GRPOConfig(
        output_dir=output_dir,
        max_steps=2,
        logging_steps=1,
        per_device_train_batch_size=batch,
        num_generations=4,
        save_strategy="no",
        report_to="none",
        disable_tqdm=True,
        use_cpu=not ON_GPU,
        bf16=False,
        seed=0,
        **more,
    )


class Cellar:
    """An environment as TRL takes it: what may be called, and what came of it."""

    def __init__(self) -> None:
        self.found = 0

    def reset(self, **row: Any) -> None:
        """Start anew; environments are used again."""
        del row
        self.found = 0

    def look(self, place: str) -> str:
        """Look somewhere.

        Args:
            place: Where to look.
        """
        if place == "attic":
            raise ValueError("there is no attic")
        self.found += 1
        return "here it is"


def train_in_environments(output_dir: str) -> dict[str, Any] | None:
    """Two steps whose rollouts call tools; ``None`` where this trainer has no environments."""
    try:
        from trl.chat_template_utils import qwen3_chat_template
    except ImportError:
        return None
    if "environment_factory" not in inspect.signature(GRPOTrainer.__init__).parameters:
        return None
    calls = [("look", {"place": "cellar"}), ("look", {"place": "attic"}), ("nothing", {})]
    drawn = [
        RESPONSES[0],
        *(
            f"<tool_call>\n{json.dumps({'name': name, 'arguments': given})}\n</tool_call>"
            for name, given in calls
        ),
    ]
    words = tokenizer(drawn, end="<|im_end|>")
    words.chat_template = qwen3_chat_template
    seen: list[dict[str, Any]] = []

    def watched(completions: list[Any], environments: list[Any], **columns: Any) -> list[float]:
        """What a reward is given, to be counted by other hands."""
        del columns
        found = [environment.found for environment in environments]
        seen.append({"completions": json.loads(json.dumps(completions)), "found": found})
        return [0.0] * len(completions)

    rewards: list[Any] = [
        FromEnvironment(attribute="found"),
        grpo_rewards.tool_errors,
        grpo_rewards.repeated_calls,
        ToolCallCount(least=1, most=3),
        AnswerTurn(),
        watched,
    ]
    trainer = GRPOTrainer(
        model=model(words),
        processing_class=words,
        reward_funcs=rewards,
        train_dataset=Dataset.from_list(
            [{"prompt": [{"role": "user", "content": "Where is it?"}], "answer": "3"}] * 4
        ),
        environment_factory=Cellar,
        args=two_steps(output_dir, 8, max_completion_length=24, max_tool_calling_iterations=3),
    )
    trainer.train()
    steps = [row for row in trainer.state.log_history if "reward" in row]
    return {"steps": steps, "seen": seen, "names": [each.__name__ for each in rewards]}


def train(rows: Dataset, output_dir: str, rewards: list[Reward]) -> list[dict[str, Any]]:
    """Two steps of GRPO; the two rows of metrics that the trainer logged."""
    words = tokenizer()
    trainer = GRPOTrainer(
        model=model(words),
        processing_class=words,
        reward_funcs=rewards,
        train_dataset=rows,
        args=two_steps(output_dir, 16, max_completion_length=2),
    )
    trainer.train()
    return [row for row in trainer.state.log_history if "reward" in row]


def main(report_path: Path) -> None:
    """Both kinds of prompts, then a dataset without the gold's column."""
    report: dict[str, Any] = {
        "versions": {
            name: sys.modules[name].__version__
            for name in ("trl", "transformers", "torch", "unsloth")
            if name in sys.modules
        }
    }
    with tempfile.TemporaryDirectory() as output_dir:
        for kind in ("string", "conversational"):
            rows = dataset(conversational=kind == "conversational", gold_column="answer")
            report[kind] = train(rows, output_dir, FOUR)
        rewards = everything()
        report["names"] = [each.__name__ for each in rewards]
        rows = dataset(conversational=True, gold_column="answer")
        report["everything"] = train(rows, output_dir, rewards)
        report["environments"] = train_in_environments(output_dir)
        try:
            train(dataset(conversational=False, gold_column="the_gold"), output_dir, FOUR)
        except Exception as error:  # noqa: BLE001 - the test looks at which error it is
            kinds = [f"{kind.__module__}.{kind.__qualname__}" for kind in type(error).__mro__]
            report["missing column"] = {"kinds": kinds, "message": str(error)}
    report_path.write_text(json.dumps(report), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
