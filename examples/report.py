"""What a run says of itself at its end: the comparison's table, transcripts, curves."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from problems import reward_columns
from settings import FORMAT, PRESETS, TASKS, Row, Settings

from grpo_rewards import CheckChoice, CheckPuzzle, CheckSchema
from grpo_rewards import compare as compare_answers

Answers = dict[str, list[str]]
"""``greedy`` and ``sampled``: one response a held-out problem."""

MEAN_OF_REWARD = re.compile(r"rewards/[^/]+/mean")
"""The key of a reward's mean in the trainer's log."""
# What counts as right does not hang on the format; that is counted apart.
CHECKS = {
    "countdown": CheckPuzzle(kind="countdown", strict=False),
    "choices": CheckChoice(strict=False),
}
"""What judges a task's answers; of the others, an answer has to equal the gold."""
CHECKS_BY_KIND = {
    "choice": CHECKS["choices"],
    "record": CheckSchema(format=FORMAT, strict=False),
}
"""The same for the rows of the task ``mixed``, by their kind."""


def comparison(
    before: Answers, after: Answers, rows: list[Row], settings: Settings
) -> tuple[dict[str, Any], str, str]:
    """The figures before and after, their table, and transcripts."""
    figures = {
        name: {way: count(responses, rows, settings) for way, responses in answers.items()}
        for name, answers in (("before", before), ("after", after))
    }
    table = comparison_table(figures) + blind_guess(rows, settings)
    return figures, table, transcripts(before, after, rows, settings)


def count(
    responses: list[str], rows: list[Row], settings: Settings = PRESETS["smollm2"]
) -> dict[str, Any]:
    """How many responses are right, how many exact in format, with 95 % Wilson intervals."""
    from scipy.stats import binomtest

    def share(hits: list[bool]) -> dict[str, Any]:
        interval = binomtest(sum(hits), len(hits)).proportion_ci(method="wilson")
        return {
            "count": sum(hits),
            "of": len(hits),
            "rate": sum(hits) / len(hits),
            "interval": [interval.low, interval.high],
        }

    right = which_are_right(responses, rows, settings)
    kinds = dict.fromkeys(row["kind"] for row in rows if "kind" in row)
    return {
        "accuracy": share(right),
        **{
            f"accuracy, {kind}": share(
                [hit for hit, row in zip(right, rows, strict=True) if row["kind"] == kind]
            )
            for kind in kinds
        },
        "exact format": share([FORMAT.parse(response).is_exact for response in responses]),
    }


def which_are_right(responses: list[str], rows: list[Row], settings: Settings) -> list[bool]:
    """Whether each response is right, in whatever format."""
    if settings.task == "mixed":
        return [
            is_right_by_kind(response, row, settings)
            for response, row in zip(responses, rows, strict=True)
        ]
    check = CHECKS.get(settings.task)
    if check is not None:
        scores = check(completions=responses, **reward_columns(rows, settings))
        return [score == check.correct for score in scores]
    parsed = [FORMAT.parse(response) for response in responses]
    return [is_right(row["answer"], p.answer) for p, row in zip(parsed, rows, strict=True)]


def is_right_by_kind(response: str, row: Row, settings: Settings) -> bool:
    """Whether a response is right by what judges rows of its kind."""
    check = CHECKS_BY_KIND.get(row["kind"])
    if check is None:
        return is_right(row["answer"], FORMAT.parse(response).answer)
    (score,) = check(completions=[response], **reward_columns([row], settings))
    return score == check.correct


def is_right(gold: str, answer: str | None) -> bool:
    """Whether an answer was found and equals the gold, however it is written."""
    return answer is not None and bool(compare_answers(gold, answer))


def comparison_table(figures: dict[str, Any]) -> str:
    """The counts as a Markdown table."""

    def cell(share: dict[str, Any]) -> str:
        low, high = share["interval"]
        return f"{share['rate']:.3f} ({share['count']}/{share['of']}; {low:.2f} to {high:.2f})"

    lines = ["| held-out problems | before | after |", "| --- | --- | --- |"]
    for measure in figures["before"]["greedy"]:
        for way in ("greedy", "sampled"):
            before, after = (cell(figures[name][way][measure]) for name in ("before", "after"))
            lines.append(f"| {measure}, {way} | {before} | {after} |")
    lines.append("\nIn brackets: the count, and the 95 % confidence interval of the rate (Wilson).")
    return "\n".join(lines)


def blind_guess(rows: list[Row], settings: Settings) -> str:
    """A line on how often an answer is right that no thought went into."""
    task = TASKS[settings.task]
    if task.blind is None:
        return ""
    guesses = [FORMAT.render("A guess.", task.blind(row), opening=False) for row in rows]
    hits = sum(which_are_right(guesses, rows, settings))
    return f"\n\nFor comparison: {task.blindly} is right for {hits}/{len(rows)} of them."


def transcripts(
    before: Answers, after: Answers, rows: list[Row], settings: Settings, how_many: int = 8
) -> str:
    """The sampled responses to a few held-out problems, before and after."""
    parts = ["## Transcripts\n\nSampled, the first held-out problems, whatever came out."]
    sampled = zip(before["sampled"], after["sampled"], rows, strict=True)
    for old, new, row in list(sampled)[:how_many]:
        heading, *options = row["question"].splitlines()
        parts.append("\n\n".join([f"### {heading}", *options, f"Gold: `{row['answer']}`"]))
        for name, response in (("Before", old), ("After", new)):
            verdict = "right" if which_are_right([response], [row], settings)[0] else "wrong"
            indented = response.strip().replace("\n", "\n    ")
            parts.append(f"{name} ({verdict}):\n\n    {indented}")
    return "\n\n".join(parts) + "\n"


def draw_curves(metrics: Path, picture: Path) -> None:
    """Each reward's mean over the steps; thin lines are single steps, thick ones averages."""
    import matplotlib as mpl

    mpl.use("Agg")  # no display needed
    import matplotlib.pyplot as plt

    log = [json.loads(line) for line in metrics.read_text(encoding="utf-8").splitlines()]
    keys = [key for entry in log for key in entry if MEAN_OF_REWARD.fullmatch(key)]
    figure, axes = plt.subplots(figsize=(8, 4.5))
    for key in dict.fromkeys(keys):
        points = [(entry["step"], entry[key]) for entry in log if key in entry]
        steps, means = [step for step, _ in points], [mean for _, mean in points]
        (line,) = axes.plot(steps, means, alpha=0.3)
        axes.plot(steps, smooth(means), color=line.get_color(), label=key.split("/")[1])
    axes.set(xlabel="step", ylabel="mean reward", title="Rewards during GRPO")
    axes.grid(alpha=0.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(picture, dpi=150)


def smooth(values: list[float], window: int = 5) -> list[float]:
    """The mean of each value and the few before it."""
    return [
        sum(values[max(0, end - window) : end]) / (end - max(0, end - window))
        for end in range(1, len(values) + 1)
    ]
