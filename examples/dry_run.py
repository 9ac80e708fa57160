"""What a run would do, without a model: its settings, two rows, and what its rewards would pay.

The golds are judged as a run would judge them: an answer as a model would write it is rendered in
the format, and has to earn what a right answer earns.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from problems import (
    held_out_source,
    is_file,
    made_problems,
    messages,
    read_rows,
    reward_columns,
    some_problems,
)
from report import which_are_right
from settings import FORMAT, PROBLEM_SETS, Row, Run, Settings

from grpo_rewards import FREEFORM, HASHES, RewardWarning

SHOWN, JUDGED = 2, 100
"""How many rows are printed, and how many golds are judged."""
LONGEST_SHOWN = 400


def dry_run(
    run: Run,
    rewards: list[Callable[..., list[float | None]]],
    *,
    lora: dict[str, Any],
    grpo: dict[str, Any],
) -> None:
    """Print the resolved settings, what the trainer gets of them, two rows, and scored samples."""
    settings = run.settings
    rows = rows_to_judge(settings)  # first: what cannot be read ends the dry run, in a sentence
    print("Settings:", json.dumps(asdict(settings), indent=2))
    print("\nLoRA:", json.dumps(lora, indent=2))
    print("\nGRPOConfig:", json.dumps(grpo, indent=2))
    print("\nSystem prompt:", messages(settings, rows[0])[0]["content"])
    for row in rows[:SHOWN]:
        print(f"\nQuestion: {row['question'][:LONGEST_SHOWN]}")
        print(f"Gold answer: {row['answer'][:LONGEST_SHOWN]}")
    print()
    print_scores(rows[0], settings, rewards)
    refused = refused_golds(rows, settings)
    print(f"\nRight answers that are judged right: {len(rows) - len(refused)} of {len(rows)} rows.")
    if refused:
        row, answer = refused[0]
        raise SystemExit(
            f"For the gold {row['answer'][:LONGEST_SHOWN]!r} the answer {answer!r} would be judged "
            "wrong, whatever is learned: name the right column with --answer-column, or say how it "
            "gives the gold with --answer-format auto, hashes or boxed."
        )


def rows_to_judge(settings: Settings) -> list[Row]:
    """Rows of the dataset; an invented one, with the reason, where the dataset is out of reach."""
    try:
        rows = some_problems(settings, JUDGED)
        if settings.held_out_dataset:
            rows[SHOWN:SHOWN] = read_rows(held_out_source(settings), settings, first=JUDGED // 4)
    except SystemExit as error:
        if is_file(settings.dataset) or is_file(settings.held_out_dataset):
            raise  # what is wrong with a file is the user's to mend
        print(f"No row can be shown, so the scores below are of an invented one. {error}\n")
        kind = settings.task if settings.task in PROBLEM_SETS else "arithmetic"
        return made_problems(kind, 1, settings.seed)
    if not rows:
        raise SystemExit(f"The dataset {settings.dataset!r} has no row with a gold answer.")
    return rows


def print_scores(
    row: Row, settings: Settings, rewards: list[Callable[..., list[float | None]]]
) -> None:
    """What each reward pays for hand-made responses to a row."""
    samples = sample_responses(extracted(row["answer"]))
    columns = reward_columns([row] * len(samples), settings)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RewardWarning)  # said in a sentence below
        scores = [reward(completions=list(samples.values()), **columns) for reward in rewards]
    heads = [reward.__name__ for reward in rewards]
    print("  ".join(heads), " response", sep="")
    for text, *given in zip(samples, *scores, strict=True):
        cells = [f"{'-' if s is None else s:>{len(h)}}" for h, s in zip(heads, given, strict=True)]
        print("  ".join(cells), "  ", text, sep="")


def extracted(gold: str) -> str:
    """The answer as a model would write it: of a gold that is a worked solution, its end."""
    return HASHES.parse(gold).answer or FREEFORM.parse(gold).answer or gold


def sample_responses(answer: str) -> dict[str, str]:
    """Hand-made responses, by what is to be seen in them."""
    good = rendered(answer)
    return {
        "right, in the format": good,
        "wrong, in the format": rendered(f"{answer}1"),
        "right, and text after it": f"{good}\nI hope this helps.",
        "right, but without tags": f"The answer is {answer}.",
        "right, but given twice": f"{good}{good}",
        "nothing": "",
    }


def refused_golds(rows: list[Row], settings: Settings) -> list[tuple[Row, str]]:
    """The rows under which a right answer would be judged wrong, each with that answer."""
    answers = [extracted(row["answer"]) for row in rows]
    responses = [rendered(answer) for answer in answers]
    judged = which_are_right(responses, rows, settings)
    together = zip(rows, answers, judged, strict=True)
    return [(row, answer) for row, answer, right in together if not right]


def rendered(answer: str) -> str:
    """A response in the format; an empty one, which no reward calls right, where none can be."""
    try:
        return FORMAT.render("Some working out.", answer, opening=False)
    except ValueError:  # the answer has a tag of the format
        return ""
