"""One run of training_signal.py, in a process of its own: train, record the signal, evaluate.

    python benchmarks/signal_run.py sums recipe 0 --steps 120 --output run.json --cache cache

The set ``start`` trains nothing: its evaluation is of the warmed-up checkpoint.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from signal_sets import SETS, RewardFunction, RewardSet
from signal_tasks import PROBLEM_SEED, TASKS, generation, learning, report, showing, train_grpo

from grpo_rewards import completion_text

CLASSES = ("malformed", "wrong", "right in another form", "right in the gold's form")
MALFORMED, WRONG, OTHER_FORM, GOLD_FORM = range(4)
TRAINING_PROBLEMS = 1000
SAMPLES_PER_PROBLEM = {"tiny": 4, "smollm2": 1}
SHOWN = 12
"""Samples that are kept with the figures."""


class Recorder:
    """Passes a set's rewards on to the trainer, and writes down what each step's signal was."""

    def __init__(self, rewards: Sequence[RewardFunction], group: int, *, each: bool) -> None:
        self.rewards = rewards
        self.group = group
        self.each = each
        self.steps: list[dict[str, Any]] = []
        self._scores: list[list[float]] = []

    def functions(self) -> list[RewardFunction]:
        """What the trainer calls in place of the rewards."""
        return [self._watched(reward) for reward in self.rewards]

    def _watched(self, reward: RewardFunction) -> RewardFunction:
        def watched(completions: list[Any], **columns: Any) -> list[Any]:
            scores = reward(completions, **columns)
            self._scores.append([0.0 if score is None else float(score) for score in scores])
            if len(self._scores) == len(self.rewards):
                texts = [completion_text(completion) for completion in completions]
                classes = [classify(t, g) for t, g in zip(texts, columns["answer"], strict=True)]
                names = [function.__name__ for function in self.rewards]
                by_name = dict(zip(names, self._scores, strict=True))
                self.steps.append(signal(by_name, classes, self.group, each=self.each))
                self._scores = []
            return scores

        watched.__name__ = reward.__name__
        return watched


def classify(text: str, gold: str) -> int:
    """Which of the classes a completion is in; the truth is mathematical equality."""
    response = train_grpo.FORMAT.parse(text)
    if not response.is_exact:
        return MALFORMED
    if not report.is_right(gold, response.answer):
        return WRONG
    return GOLD_FORM if (response.answer or "").strip() == gold else OTHER_FORM


def signal(
    scores: dict[str, list[float]], classes: list[int], group: int, *, each: bool
) -> dict[str, Any]:
    """What a step's rewards said, in figures.

    The advantages' sum of squares splits into what the layout explains, what being right explains
    among the laid out, and the rest, which tells completions apart that are equally good.
    """
    parts = np.array(list(scores.values())).reshape(len(scores), -1, group)
    kinds = np.array(classes).reshape(-1, group)  # (groups, completions of a group)
    totals = parts.sum(axis=0)
    deviations = totals - totals.mean(axis=1, keepdims=True)
    variances = totals.var(axis=1, ddof=1)
    given = advantages(parts, each=each)
    squares = {"format": 0.0, "right": 0.0}
    for gains, kind in zip(given, kinds, strict=True):
        by_format = between(gains, kind > MALFORMED)
        squares["format"] += by_format
        squares["right"] += between(gains, np.minimum(kind, OTHER_FORM)) - by_format
    all_squares = float((given**2).sum())
    squares["rest"] = all_squares - squares["format"] - squares["right"]
    covariances = (parts * deviations).sum(axis=(1, 2))
    return {
        "mean": float(totals.mean()),
        "range": [float(totals.min()), float(totals.max())],
        "variance": float(variances.mean()),
        "silent": float((variances < 1e-9).mean()),
        "levels": float(np.mean([len(set(row)) for row in totals.round(6).tolist()])),
        "squares": squares,
        "components": dict(zip(scores, covariances.tolist(), strict=True)),
        "counts": [int((kinds == kind).sum()) for kind in range(len(CLASSES))],
        "advantages": [float(given[kinds == kind].sum()) for kind in range(len(CLASSES))],
    }


def advantages(parts: np.ndarray, *, each: bool) -> np.ndarray:
    """As TRL computes them: of the summed rewards, or (``each``) summed after each is normalised."""

    def normalized(values: np.ndarray, axis: int | None) -> np.ndarray:
        centred = values - values.mean(axis=axis, keepdims=True)
        return centred / (values.std(axis=axis, ddof=1, keepdims=True) + 1e-4)

    if each:
        return normalized(normalized(parts, 2).sum(axis=0), None)
    return normalized(parts.sum(axis=0), 1)


def between(gains: np.ndarray, labels: np.ndarray) -> float:
    """The part of a group's sum of squares that lies between the labels."""
    return float(sum(gains[labels == x].mean() ** 2 * (labels == x).sum() for x in set(labels)))


def main() -> None:
    arguments = parse_arguments()
    preset = TASKS[arguments.task].configure(arguments.cache, arguments.warm_up)
    settings = replace(
        preset,
        max_steps=arguments.steps,
        held_out=arguments.held_out,
        learning_rate=arguments.learning_rate or preset.learning_rate,
        lr_scheduler="constant_with_warmup",  # what has not been learned by the end, shows
        lr_warmup_steps=2,
        seed=PROBLEM_SEED + arguments.seed,
    )
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        run = train_grpo.Run(settings, Path(scratch), arguments.cache)
        model, tokenizer = train_grpo.load_model(run)
        model = train_grpo.attach_lora(model, settings)
        if settings.warmup_steps:
            start_warm(model, tokenizer, run, arguments.task)
        problems = load_problems(tokenizer, settings, arguments.task)
        steps: list[dict[str, Any]] = []
        if arguments.set != "start":
            steps = train(model, tokenizer, problems, run, SETS[arguments.set])
        trained = time.monotonic()
        samples = SAMPLES_PER_PROBLEM[TASKS[arguments.task].preset]
        figures, shown = evaluate(model, tokenizer, problems, run, samples)
    result = {
        "task": arguments.task,
        "set": arguments.set,
        "seed": arguments.seed,
        "steps": arguments.steps,
        "learning rate": settings.learning_rate,
        "seconds": {"training": trained - started, "evaluation": time.monotonic() - trained},
        "final": figures,
        "some samples": shown,
        "signal": steps,
    }
    unfinished = arguments.output.with_suffix(".part")
    unfinished.write_text(json.dumps(result) + "\n")
    unfinished.replace(arguments.output)


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("task", choices=TASKS, help="what is learned")
    parser.add_argument("set", choices=["start", *SETS], help="the rewards")
    parser.add_argument("seed", type=int, help="seed of the training, not of the problems")
    parser.add_argument("--steps", type=int, required=True, help="optimiser steps")
    parser.add_argument("--held-out", type=int, default=200, help="problems of the evaluation")
    parser.add_argument("--learning-rate", type=float, help="if not the preset's")
    parser.add_argument("--warm-up", type=int, help="steps of the checkpoint's warm-up")
    parser.add_argument("--output", type=Path, required=True, help="the JSON file to write")
    parser.add_argument("--cache", type=Path, required=True, help="where checkpoints are kept")
    return parser.parse_args()


def start_warm(model: Any, tokenizer: Any, run: train_grpo.Run, task: str) -> None:
    """Give the model the adapter of the task's warm-up, which the first run makes."""
    from peft import get_peft_model_state_dict, set_peft_model_state_dict
    from safetensors.torch import load_file, save_file

    settings = run.settings
    kept = run.cache / f"{task}-{settings.warmup_steps}.safetensors"
    if kept.exists():
        set_peft_model_state_dict(model, load_file(kept))
        return
    rows = settings.warmup_steps * settings.warmup_batch
    display = showing.Display(rows * showing.WARM_UP_ROW)
    display.now("warming up on worked examples")
    train_grpo.warm_up(model, tokenizer, run, display)
    unfinished = kept.with_suffix(".part")
    save_file(get_peft_model_state_dict(model), unfinished)
    unfinished.replace(kept)


def load_problems(tokenizer: Any, settings: train_grpo.Settings, task: str) -> train_grpo.Problems:
    training, held_out = TASKS[task].problems(TRAINING_PROBLEMS, settings.held_out)
    prompts = [train_grpo.prompt_text(tokenizer, settings, row) for row in training + held_out]
    longest = max(map(len, tokenizer(prompts, add_special_tokens=False)["input_ids"]))
    return train_grpo.Problems(training, held_out, longest)


def train(
    model: Any,
    tokenizer: Any,
    problems: train_grpo.Problems,
    run: train_grpo.Run,
    rewards: RewardSet,
) -> list[dict[str, Any]]:
    """GRPO as the example runs it, on another set of rewards; returns each step's signal."""
    from datasets import Dataset
    from trl import GRPOConfig, GRPOTrainer

    options = dict(rewards.options)
    recorder = Recorder(
        rewards.rewards, run.settings.num_generations, each="multi_objective_aggregation" in options
    )
    arguments = train_grpo.grpo_arguments(run, problems.longest_prompt) | {
        "save_strategy": "no",
        "log_completions": False,
        **options,
    }
    trainer = GRPOTrainer(
        model=model,
        processing_class=tokenizer,
        reward_funcs=recorder.functions(),
        args=GRPOConfig(**arguments),
        train_dataset=Dataset.from_list(
            [
                {"prompt": train_grpo.messages(run.settings, row), "answer": row["answer"]}
                for row in problems.training
            ]
        ),
    )
    rows = run.settings.max_steps * run.settings.prompts_per_step * run.settings.num_generations
    display = showing.Display(rows)
    display.now("GRPO")
    showing.show_steps(trainer, display, 1)
    with learning.prompts_read_once(model, trainer):
        trainer.train()
    return recorder.steps


def evaluate(
    model: Any, tokenizer: Any, problems: train_grpo.Problems, run: train_grpo.Run, samples: int
) -> tuple[dict[str, dict[str, float]], list[str]]:
    """Rates on the held-out problems: one greedy response each, and ``samples`` sampled ones.

    Some of those are returned as well.
    """
    from transformers import set_seed

    # The same noise for every run: the training seed has done its work.
    set_seed(PROBLEM_SEED)
    settings = run.settings
    length = train_grpo.completion_length(settings, problems.longest_prompt)
    sampling = {"temperature": settings.temperature}
    prompts = [train_grpo.prompt_text(tokenizer, settings, row) for row in problems.held_out]
    texts: dict[str, list[str]] = {"greedy": [], "sampled": []}
    rows: dict[str, list[dict[str, str]]] = {"greedy": [], "sampled": []}
    for start in range(0, len(prompts), settings.eval_batch):
        few, golds = (some[start:][: settings.eval_batch] for some in (prompts, problems.held_out))
        # All answers to a problem are rows of one batch, which reads its prompt once.
        answers = generation.respond(
            model, tokenizer, few * (1 + samples), length, sampling, greedy=len(few)
        )
        for way, found in (("greedy", answers[: len(few)]), ("sampled", answers[len(few) :])):
            texts[way] += found
            rows[way] += golds * (len(found) // len(few))
    figures = {way: rates(texts[way], rows[way]) for way in texts}
    return figures, texts["sampled"][:SHOWN]


def rates(texts: list[str], rows: list[dict[str, str]]) -> dict[str, float]:
    counted = report.count(texts, rows)
    kinds = [classify(text, row["answer"]) for text, row in zip(texts, rows, strict=True)]
    return {
        "accuracy": counted["accuracy"]["rate"],
        "exact format": counted["exact format"]["rate"],
        "gold form": kinds.count(GOLD_FORM) / len(kinds),
        "responses": len(texts),
    }


if __name__ == "__main__":
    main()
