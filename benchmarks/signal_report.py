"""What training_signal.py makes of its runs: a small summary, Markdown tables, and a plot.

A summary holds everything that the tables and the plot show, so that both can be made again from
the published one, without the runs.
"""

from __future__ import annotations

import io
import json
import math
import re
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from statistics import fmean, stdev
from typing import Any

from signal_sets import SETS
from signal_tasks import TASKS

CURVE_POINTS = 12
FIGURES = {  # in the summary: (how the held-out problems were answered, what was counted)
    "sampled accuracy": ("sampled", "accuracy"),
    "greedy accuracy": ("greedy", "accuracy"),
    "exact format": ("sampled", "exact format"),
    "gold form": ("sampled", "gold form"),
}
CAUSES = (
    "the layout, right from wrong, equally good completions; in brackets, groups without any signal"
)
SEVERAL_FORMS = ("amounts", "shares")
"""The tasks whose answers can be written in several ways."""
CLASSES = ("malformed", "wrong", "other form", "gold form")

Summary = dict[str, Any]


def load(path: Path) -> Summary:
    summary: Summary = json.loads(path.read_text(encoding="utf-8"))
    return summary


def save(summary: Summary, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(summary, indent=1)
    text = re.sub(r"\[[^][{}]*\]", lambda numbers: " ".join(numbers[0].split()), text)
    path.write_text(text + "\n", encoding="utf-8")


# ------------------------------------------------------------------------------------------------
# The summary
# ------------------------------------------------------------------------------------------------


def summarize(runs: Path) -> Summary:
    """Everything there is to show of the results in a folder."""
    results = [load(path) for path in sorted(runs.glob("*.json"))]
    grouped: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for result in sorted(results, key=lambda result: result["seed"]):
        grouped[result["task"]][result["set"]].append(result)
    tasks = {}
    for task in (task for task in TASKS if task in grouped):
        sets = grouped[task]
        start = sets.pop("start", None)
        tasks[task] = {
            "start": {} if start is None else final_figures(start[0]),
            "sets": {name: summary_of(sets[name]) for name in SETS if name in sets},
        }
    return {"tasks": tasks}


def final_figures(result: dict[str, Any]) -> dict[str, float]:
    final = result["final"]
    return {name: round(final[way][measure], 4) for name, (way, measure) in FIGURES.items()}


def summary_of(results: list[dict[str, Any]]) -> dict[str, Any]:
    """One set on one task: what each seed ended with, and the signal, averaged over the seeds."""
    finals = [final_figures(result) for result in results]
    signals = [result["signal"] for result in results]
    return {
        "steps": sorted({result["steps"] for result in results}),
        "learning rate": sorted({result["learning rate"] for result in results}),
        "seeds": [result["seed"] for result in results],
        **{name: estimate([final[name] for final in finals]) for name in FIGURES},
        "on the way": estimate([round(fmean(map(right, steps)), 4) for steps in signals]),
        "signal": {
            name: round(fmean(value), 4)
            for name in signal_figures(signals[0])
            if (value := [v for s in signals if (v := signal_figures(s)[name]) is not None])
        },
        "curves": averaged([curves(signal) for signal in signals]),
    }


def estimate(values: list[float]) -> dict[str, Any]:
    """The mean over the seeds, with half the width of its 95 % interval (Student's t)."""
    half = None
    if len(values) > 1:
        from scipy.stats import t

        half = round(float(t.ppf(0.975, len(values) - 1)) * stdev(values) / len(values) ** 0.5, 4)
    return {"mean": round(fmean(values), 4), "plus or minus": half, "each": values}


def signal_figures(steps: list[dict[str, Any]]) -> dict[str, float | None]:
    """What a run's rewards said: over all the steps, and over their first third (``early``)."""
    early = steps[: math.ceil(len(steps) / 3)]
    figures: dict[str, float | None] = {}
    for when, some in (("early", early), ("all", steps)):
        squares = {
            name: sum(step["squares"][name] for step in some)
            for name in ("format", "right", "rest")
        }
        whole = sum(squares.values()) or 1.0
        figures |= {f"{name}, {when}": value / whole for name, value in squares.items()}
        figures[f"silent, {when}"] = fmean(step["silent"] for step in some)
        figures[f"levels, {when}"] = fmean(step["levels"] for step in some)
        for number, name in enumerate(CLASSES):
            count = sum(step["counts"][number] for step in some)
            gain = sum(step["advantages"][number] for step in some)
            figures[f"advantage of {name}, {when}"] = gain / count if count else None
    return figures


def right(step: dict[str, Any]) -> float:
    """The share of a step's samples that are laid out exactly and right."""
    return float(sum(step["counts"][2:]) / sum(step["counts"]))


def curves(steps: list[dict[str, Any]]) -> dict[str, list[float]]:
    """A run's course, as means over a few stretches of steps."""
    low, high = min(s["range"][0] for s in steps), max(s["range"][1] for s in steps)
    scale = (high - low) or 1.0
    courses = {
        "right": [right(step) for step in steps],
        "exact": [1 - step["counts"][0] / sum(step["counts"]) for step in steps],
        "silent": [step["silent"] for step in steps],
        "variance": [step["variance"] / scale**2 for step in steps],
    }
    points = min(CURVE_POINTS, len(steps))
    cuts = [len(steps) * point // points for point in range(points + 1)]
    return {
        name: [fmean(values[a:b]) for a, b in pairwise(cuts)] for name, values in courses.items()
    }


def averaged(many: list[dict[str, list[float]]]) -> dict[str, list[float]]:
    return {
        name: [round(fmean(values), 4) for values in zip(*(one[name] for one in many), strict=True)]
        for name in many[0]
    }


# ------------------------------------------------------------------------------------------------
# The tables
# ------------------------------------------------------------------------------------------------


MODELS = {"smollm2": "SmolLM2", "tiny": "The tiny model"}
"""What tables call the models, by the preset of the example."""


def table(summary: Summary) -> str:
    """The races and their causes as Markdown: a row for each set, a column for each task."""
    parts = []
    for preset, model in MODELS.items():
        tasks = {t: found for t, found in summary["tasks"].items() if TASKS[t].preset == preset}
        if tasks:
            parts += tables({"tasks": tasks}, model)
    return "\n\n".join(parts) + "\n"


def tables(summary: Summary, model: str) -> list[str]:
    """The captions and tables of the tasks of one model."""
    parts = [
        f"**{model}: sampled accuracy at the end** (mean over the seeds, its 95 % interval; of two, both)",
        tasks_table(summary, lambda entry: interval(entry["sampled accuracy"]), "sampled accuracy"),
        f"**{model}: each seed**",
        tasks_table(summary, lambda entry: each(entry["sampled accuracy"])),
        f"**{model}: greedy accuracy, and the share of samples in the exact format, at the end**",
        tasks_table(
            summary,
            lambda entry: (
                f"{interval(entry['greedy accuracy'])}; {entry['exact format']['mean']:.2f}"
            ),
            "greedy accuracy",
            "exact format",
        ),
        f"**{model}: samples right and laid out, averaged over all steps**: who learns sooner",
        tasks_table(summary, lambda entry: interval(entry["on the way"])),
        f"**{model}: what the advantages told apart in the first third of the steps**: {CAUSES}",
        tasks_table(summary, lambda entry: causes(entry["signal"])),
    ]
    for task in SEVERAL_FORMS:
        if task in summary["tasks"]:
            parts += [
                f"**The mean advantage of a completion of `{task}`, over all steps**",
                advantages_table(summary["tasks"][task]),
            ]
    return parts


def tasks_table(
    summary: Summary, cell: Callable[[dict[str, Any]], str], *start_figures: str
) -> str:
    """A cell for each set on each task, below the figures of the warmed-up checkpoints."""
    tasks = summary["tasks"]
    rows = []
    if start_figures:
        starts = [
            "; ".join(f"{found['start'][name]:.2f}" for name in start_figures if found["start"])
            for found in tasks.values()
        ]
        rows.append(["*the warmed-up start*", *starts])
    for name, reward_set in SETS.items():
        entries = [found["sets"].get(name) for found in tasks.values()]
        if any(entries):
            rows.append([reward_set.label, *("" if e is None else cell(e) for e in entries)])
    return markdown(["rewards", *(f"`{task}`" for task in tasks)], rows)


def advantages_table(found: dict[str, Any]) -> str:
    rows = []
    for name, entry in found["sets"].items():
        gains = [entry["signal"].get(f"advantage of {kind}, all") for kind in CLASSES]
        cells = ["" if gain is None else f"{gain:+.2f}" for gain in gains]
        rows.append([SETS[name].label, *cells])
    heads = ["malformed", "wrong", "right, in another form than the gold", "right, in its form"]
    return markdown(["rewards", *heads], rows)


def markdown(heads: list[str], rows: list[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |".replace("  ", " ") for cells in lines)


def interval(figure: dict[str, Any]) -> str:
    """The mean and its interval; of two seeds, which say little of either, both values."""
    if len(figure["each"]) == 2:
        return ", ".join(f"{value:.2f}" for value in sorted(figure["each"]))
    half = figure["plus or minus"]
    return f"{figure['mean']:.2f}" + ("" if half is None else f" ± {half:.2f}")


def each(figure: dict[str, Any]) -> str:
    return " ".join(f"{value:.2f}" for value in figure["each"])


def causes(signal: dict[str, float]) -> str:
    shares = [f"{abs(signal[f'{part}, early']):.0%}" for part in ("format", "right", "rest")]
    return f"{', '.join(shares)} ({signal['silent, early']:.0%})"


# ------------------------------------------------------------------------------------------------
# The plot
# ------------------------------------------------------------------------------------------------


def draw(summary: Summary, picture: Path) -> None:
    """Final sampled accuracy, and over the steps: right samples, and the reward's variance."""
    import matplotlib as mpl

    mpl.use("Agg")  # no display needed
    import matplotlib.pyplot as plt

    tasks = summary["tasks"]
    names = [name for name in SETS if any(name in found["sets"] for found in tasks.values())]
    looks = {
        name: {"color": f"C{place % 10}", "linestyle": "--" if place > 9 else "-"}
        for place, name in enumerate(names)
    }
    figure, rows = plt.subplots(3, len(tasks), figsize=(2.4 + 2.9 * len(tasks), 9), squeeze=False)
    for column, (task, found) in enumerate(tasks.items()):
        final, course, variance = (row[column] for row in rows)
        for name, entry in found["sets"].items():
            reached, place = entry["sampled accuracy"], names.index(name)
            final.plot(reached["each"], [place] * len(reached["each"]), ".", color="0.7")
            half, colour = reached["plus or minus"] or 0.0, looks[name]["color"]
            final.errorbar(reached["mean"], place, xerr=half, fmt="o", color=colour, capsize=3)
            for axes, curve in ((course, "right"), (variance, "variance")):
                values = entry["curves"][curve]
                stretch = entry["steps"][0] / len(values)
                middles = [(point + 0.5) * stretch for point in range(len(values))]
                axes.plot(middles, values, **looks[name])
        shown = names if column == 0 else [""] * len(names)
        final.set_yticks(range(len(names)), [plain(name) for name in shown], fontsize=8)
        final.set(title=task, xlim=(-0.03, 1.03), ylim=(len(names) - 0.5, -0.5))
        final.set_xlabel("sampled accuracy at the end")
        course.set(ylim=(0, 1))
        variance.set(xlabel="step", ylim=(0, 0.28))
        for axes in (final, course, variance):
            axes.grid(alpha=0.3)
    rows[1][0].set_ylabel("right and laid out")
    rows[2][0].set_ylabel("variance in a group / range²")
    figure.tight_layout()
    picture.parent.mkdir(parents=True, exist_ok=True)
    save_small(figure, picture)
    plt.close(figure)


def save_small(figure: Any, picture: Path) -> None:
    """A picture for a repository: some dozens of colours are enough for lines and letters."""
    from PIL import Image  # comes with matplotlib

    drawn = io.BytesIO()
    figure.savefig(drawn, dpi=80)
    with Image.open(drawn) as image:
        image.convert("RGB").quantize(128).save(picture, optimize=True)


def plain(name: str) -> str:
    """A set's label without its Markdown; nothing for no set."""
    return SETS[name].label.replace("`", "") if name else ""
