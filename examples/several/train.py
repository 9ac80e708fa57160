"""GRPO with TRL alone, for models that one device does not hold: no Unsloth, no warm-up.

    accelerate launch --config_file several_gpus.yaml train.py --config grpo.yaml

What it trains stands in ``grpo.yaml``, on what devices in the other files, and
docs/several-processes.md explains them. Every process runs this file; the trainer divides the
prompts among them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from datasets import Dataset, load_dataset
from trl import GRPOConfig, GRPOTrainer, TrlParser

from grpo_rewards import THINK_BOXED, CheckAnswer, ExactFormat

FORMAT = THINK_BOXED


@dataclass
class Task:
    """What is trained on what."""

    model: str = field(metadata={"help": "a Hub id or a folder"})
    dataset: str = field(metadata={"help": "a Hub id, or a .jsonl file"})
    dataset_config: str | None = field(default=None, metadata={"help": "its configuration"})
    question: str = field(default="question", metadata={"help": "the column with the questions"})
    gold: str = field(default="answer", metadata={"help": "the column with the golds"})


def rows(task: Task) -> Dataset:
    """The dataset with a prompt in each row; its other columns are what rewards read."""
    if task.dataset.endswith(".jsonl"):
        found = load_dataset("json", data_files=task.dataset, split="train")
    else:
        found = load_dataset(task.dataset, task.dataset_config, split="train")

    def with_prompt(row: dict[str, Any]) -> dict[str, Any]:
        turns = [("system", FORMAT.system_prompt()), ("user", row[task.question])]
        return {"prompt": [{"role": role, "content": text} for role, text in turns]}

    return found.map(with_prompt)


def main() -> None:
    """Read the files and flags, and train."""
    task, arguments = TrlParser((Task, GRPOConfig)).parse_args_and_config()
    trainer = GRPOTrainer(
        model=task.model,
        reward_funcs=[ExactFormat(format=FORMAT), CheckAnswer(format=FORMAT, gold=task.gold)],
        args=arguments,
        train_dataset=rows(task),
    )
    trainer.train()
    trainer.save_model()
    trainer.accelerator.end_training()  # or the processes would wait for each other


if __name__ == "__main__":
    main()
