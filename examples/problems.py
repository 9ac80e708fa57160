"""Problems as rows with ``question`` and ``answer``, the chats that ask them, and worked examples.

Rows are made from a seed (offline.py), or read from a local file or the Hub.
"""

from __future__ import annotations

import json
import os
import random
import re
import socket
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from settings import (
    DATASETS,
    FORMAT,
    HOW_TO_INSTALL,
    PROBLEM_SETS,
    TASKS,
    Row,
    Settings,
    Source,
    known,
)

from grpo_rewards import BOXED, HASHES

NO_GOLD = ("", "none", "null", "proof", "notfound")
"""Golds of public datasets that stand for having none."""
WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}")
"""A word of prose; the name of a LaTeX command is none."""


@dataclass(frozen=True)
class Problems:
    """Rows with ``question`` and ``answer``, and the tokens in the longest prompt among them."""

    training: list[Row]
    held_out: list[Row]
    longest_prompt: int


def load_problems(settings: Settings) -> tuple[list[Row], list[Row]]:
    """Rows with ``question`` and ``answer``: for training, and (a few too many) held out."""
    spare = settings.held_out + settings.held_out // 4  # long prompts are dropped later
    if settings.dataset in PROBLEM_SETS:
        count = settings.train_problems or 1000
        training = made_problems(settings.dataset, count, settings.seed)
        held_out = made_problems(settings.dataset, spare, settings.seed, held_out=True)
    else:
        training = shuffled(read_rows(training_source(settings), settings), settings)
        if not settings.held_out_dataset:
            spare = min(spare, len(training) // 2)
            training, held_out = training[spare:], training[:spare]
        training = training[: settings.train_problems or len(training)]
    if settings.held_out_dataset:
        held_out = shuffled(read_rows(held_out_source(settings), settings), settings)[:spare]
    if not training or not held_out:
        raise SystemExit(
            f"The dataset {settings.dataset!r} gives {len(training)} problems for training and "
            f"{len(held_out)} held-out ones; a run needs one of each at least."
        )
    return training, held_out


def some_problems(settings: Settings, count: int) -> list[Row]:
    """The first rows that a run would train on, without reading the whole dataset."""
    if settings.dataset in PROBLEM_SETS:
        return made_problems(settings.dataset, count, settings.seed)
    return read_rows(training_source(settings), settings, first=count)


def training_source(settings: Settings) -> Source:
    """Where the training problems are, by the settings."""
    return Source(
        settings.dataset,
        settings.dataset_config,
        settings.dataset_split,
        settings.question_column,
        settings.answer_column,
        settings.answer_format,
    )


def held_out_source(settings: Settings) -> Source:
    """Where the held-out problems are: a known dataset, else one with the training's columns."""
    name = settings.held_out_dataset
    if name in DATASETS:
        return DATASETS[name]
    columns = (settings.question_column, settings.answer_column, settings.answer_format)
    return known(name) or Source(name, "", "test", *columns)


def shuffled(rows: list[Row], settings: Settings) -> list[Row]:
    """The rows in an order that the seed decides."""
    return random.Random(settings.seed).sample(rows, len(rows))


def made_problems(kind: str, count: int, seed: int, *, held_out: bool = False) -> list[Row]:
    """Problems that offline.py makes from the seed."""
    import offline

    problems = offline.PROBLEM_SETS[kind](count, seed=seed, held_out=held_out)
    return [asdict(problem) | problem.columns for problem in problems]


# Reading ------------------------------------------------------------------------------------------


def read_rows(source: Source, settings: Settings, first: int | None = None) -> list[Row]:
    """The rows of a source that have a gold; ``first`` so many of them."""
    columns = {"question": source.question, "answer": source.answer}
    columns |= {name: name for name in TASKS[settings.task].columns}
    rows = renamed(records_of(source, stream=first is not None), columns, source.dataset)
    golds = ({**row, "answer": gold_of(row["answer"], source.answer_format)} for row in rows)
    kept = (row for row in golds if row["answer"].strip().lower() not in NO_GOLD)
    return list(islice(kept, first))


def records_of(source: Source, *, stream: bool = False) -> Any:
    """The records of a local JSONL file, of a Hub dataset, or of a folder downloaded from there."""
    dataset = source.dataset
    if is_file(dataset):
        return read_jsonl(Path(dataset))
    if is_out_of_reach():
        os.environ.setdefault("HF_HUB_OFFLINE", "1")  # what was downloaded once still loads
    try:
        from datasets import load_dataset

        return load_dataset(dataset, source.config or None, split=source.split, streaming=stream)
    except ImportError as error:
        raise SystemExit(
            f"Reading a Hub dataset needs the package datasets. {HOW_TO_INSTALL}"
        ) from error
    except (OSError, ValueError) as error:  # unreachable or unknown; a wrong config or split
        raise SystemExit(
            f"The dataset {dataset!r} cannot be loaded ({first_line(error)}). Give `--dataset` "
            "a Hub id that this machine can reach, or the path of a local .jsonl file."
        ) from error


def is_out_of_reach() -> bool:
    """Whether the Hub has no address here: asked once, in place of half a minute of retries."""
    host = urlsplit(os.environ.get("HF_ENDPOINT", "https://huggingface.co")).hostname
    if getproxies():
        return False  # a proxy may know the address
    try:
        socket.getaddrinfo(host, None)
    except OSError:
        return True
    return False


def is_file(dataset: str) -> bool:
    """Whether a dataset means a file on this machine."""
    return dataset.endswith((".jsonl", ".json")) or Path(dataset).is_file()


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines if line.strip()]
    except OSError as error:
        raise SystemExit(
            f"The dataset {str(path)!r} cannot be read ({error.strerror}). "
            "Give `--dataset` the path of a .jsonl file, or a Hub id."
        ) from error
    except ValueError as error:
        raise SystemExit(
            f"{str(path)!r} is not JSON Lines, one object a line ({first_line(error)})."
        ) from error


def renamed(records: Any, columns: dict[str, str], dataset: str) -> Iterator[Row]:
    """The records with only our columns, under our names."""
    task_columns = {name for task in TASKS.values() for name in task.columns}
    for record in records:
        values = {ours: value_at(record, theirs) for ours, theirs in columns.items()}
        missing = [columns[ours] for ours, value in values.items() if value is MISSING]
        if missing:
            raise SystemExit(
                f"The dataset {dataset!r} has no column {missing[0]!r}; it has "
                f"{', '.join(record)}. Name the right ones with --question-column and "
                "--answer-column (or their --warmup- counterparts)."
            )
        # What else a task's rewards read may be lists, and stays as it is.
        yield {
            ours: value if ours == columns[ours] in task_columns else str(value)
            for ours, value in values.items()
        }


MISSING = object()


def value_at(record: Any, path: str) -> Any:
    """A column's value; a dot leads into a column that is a dictionary."""
    if path in record:
        return record[path]
    column, _, inside = path.partition(".")
    value = record.get(column)
    return value_at(value, inside) if inside and isinstance(value, dict) else MISSING


def gold_of(text: str, answer_format: str) -> str:
    r"""The gold in a column's text: what a worked solution arrives at, else the text.

    ``auto`` takes for a worked solution what has a line marked ``####``, or words beside its last
    ``\boxed{}``.
    """
    if answer_format == "plain":
        return text
    if answer_format in ("auto", "hashes"):
        answer = HASHES.parse(text).answer
        if answer is not None or answer_format == "hashes":
            return answer or ""
    answer = BOXED.parse(text).answer
    if answer_format == "boxed":
        return answer or ""
    if answer is None or len(WORD.findall(text.replace(answer, ""))) < 2:
        return text
    return answer


# Asking -------------------------------------------------------------------------------------------


def messages(settings: Settings, row: Row) -> list[dict[str, str]]:
    """The chat that asks a question."""
    return [
        {"role": "system", "content": settings.system_prompt or FORMAT.system_prompt()},
        {"role": "user", "content": row["question"]},
    ]


def prompt_text(tokenizer: Any, settings: Settings, row: Row) -> str:
    """The prompt as the model sees it; ends with the opened reasoning."""
    return tokenizer.apply_chat_template(
        messages(settings, row), tokenize=False, add_generation_prompt=True
    )


def reward_columns(rows: list[Row], settings: Settings) -> dict[str, list[Any]]:
    """The columns of the rows that the rewards read."""
    names = ("answer", *TASKS[settings.task].columns)
    return {name: [row[name] for row in rows] for name in names}


# Showing the format -------------------------------------------------------------------------------


def worked_examples(settings: Settings) -> list[Row]:
    """Rows with ``question``, ``reasoning`` and ``answer``."""
    count = settings.warmup_steps * settings.warmup_batch
    if settings.warmup_dataset in PROBLEM_SETS:
        rows = made_problems(settings.warmup_dataset, count, settings.seed + 1)
        # Where an answer has several forms, they are shown in turn.
        return [
            row | {"answer": row["forms"][place % len(row["forms"])]} if row["forms"] else row
            for place, row in enumerate(rows)
        ]
    columns = {
        "question": settings.warmup_question_column,
        "reasoning": settings.warmup_reasoning_column,
        "answer": settings.warmup_answer_column,
    }
    records = records_of(Source(settings.warmup_dataset, "", settings.warmup_split))
    return list(renamed(records, columns, settings.warmup_dataset))


def supervised_examples(tokenizer: Any, settings: Settings) -> list[dict[str, list[int]]]:
    """The worked examples as token ids, those that fit."""
    rows = worked_examples(settings)
    examples = [supervised_tokens(tokenizer, settings, row) for row in rows]
    return [each for each in examples if len(each["input_ids"]) <= settings.max_seq_length]


def supervised_tokens(tokenizer: Any, settings: Settings, row: Row) -> dict[str, list[int]]:
    """A prompt and its worked answer as token ids; only the answer is learned (-100 is ignored)."""
    reasoning = row["reasoning"].replace("<think>", "").partition("</think>")[0]
    answer = FORMAT.render(reasoning, row["answer"], opening=False) + tokenizer.eos_token
    prompt = tokenizer(prompt_text(tokenizer, settings, row), add_special_tokens=False)["input_ids"]
    completion = tokenizer(answer, add_special_tokens=False)["input_ids"]
    return {
        "input_ids": prompt + completion,
        "attention_mask": [1] * (len(prompt) + len(completion)),
        "labels": [-100] * len(prompt) + completion,
    }


def first_line(error: BaseException) -> str:
    """What an error says, in one line."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
