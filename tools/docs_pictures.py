"""The drawings of the documentation, each once for light and once for dark pages.

    python tools/docs_pictures.py

writes them into docs/images; tests/test_docs.py asks whether they are as this file draws them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
RACE = ROOT / "benchmarks" / "results" / "training_signal.json"
TASKS = {
    "smollm2": ("arithmetic", "amounts"),
    "tiny": ("sums", "rare", "cold", "shares"),
}
"""What the race's models learned."""


@dataclass(frozen=True)
class Theme:
    """The colours of a drawing: ink, quiet ink, a box, its border, and what stands out."""

    name: str
    ink: str
    quiet: str
    box: str
    border: str
    good: str
    bad: str
    lines: tuple[str, ...]


THEMES = (
    Theme(
        "light", "#1f2430", "#626a7a", "#f5f6fa", "#b9c0cf", "#1b7f4b", "#b3392f",
        ("#3f51b5", "#c2571a", "#1b7f4b", "#a0338a", "#6b7280"),
    ),
    Theme(
        "dark", "#e6e8ef", "#a3abbd", "#262b38", "#4a5267", "#5fd39a", "#ff8f82",
        ("#8c9eff", "#ffab6b", "#5fd39a", "#f08fdc", "#9aa3b5"),
    ),
)  # fmt: skip


def text(x: float, y: float, words: str, colour: str, size: float = 13, **style: str) -> str:
    """A line of text."""
    given = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in style.items())
    look = f'fill="{colour}" font-size="{size:g}"{given}'
    return f'<text x="{x:g}" y="{y:g}" {look}>{escape(words)}</text>'


def svg(width: int, height: int, title: str, parts: Iterator[str]) -> str:
    """A drawing with a title, which a screen reader reads."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        'font-family="system-ui, -apple-system, Segoe UI, Roboto, sans-serif">'
    )
    return "\n".join([head, f"<title>{escape(title)}</title>", *parts, "</svg>"]) + "\n"


# From a completion to an advantage -----------------------------------------------------------

# The stages of one response; then the scores of its group, and what GRPO makes of them.
STAGES = (
    ("completion", ("6 times 7 is 42.", "<end_working_out>", "<SOLUTION>$42$</SOLUTION>")),
    ("format", ("ResponseFormat.parse:", "reasoning, answer,", "is it exact?")),
    ("answer", ("$42$", "against the", "gold 42.0")),
    ("engine", ("compare:", "equal, not equal,", "or undecided")),
    ("score", ("5.0 right, -2.5", "wrong, -4.5 no", "answer")),
)
GROUP = (5.0, -2.5, -2.5, -4.5)


def pipeline(theme: Theme) -> str:
    """The way of a completion: format, answer, engine, score, advantage."""
    return svg(980, 300, "From a completion to an advantage", pipeline_parts(theme))


def pipeline_parts(theme: Theme) -> Iterator[str]:
    """The boxes of the stages, and a group with its scores and advantages as bars."""
    width, gap, top = 172, 24, 34
    for place, (name, lines) in enumerate(STAGES):
        x = 12 + place * (width + gap)
        yield text(x, 22, f"{place + 1}  {name}", theme.ink, 15, font_weight="600")
        yield (
            f'<rect x="{x}" y="{top}" width="{width}" height="84" rx="7" fill="{theme.box}" '
            f'stroke="{theme.border}"/>'
        )
        for line, words in enumerate(lines):
            mono = "<" in words or "$" in words or "parse" in words
            family = {"font_family": "ui-monospace, Consolas, monospace"} if mono else {}
            yield text(x + 9, top + 25 + 22 * line, words, theme.ink, 9.6 if mono else 13, **family)
        if place:
            yield arrow(x - gap + 3, top + 42, x - 4, top + 42, theme)
    yield text(12, 160, "6  advantage: the group decides", theme.ink, 15, font_weight="600")
    mean = sum(GROUP) / len(GROUP)
    deviation = (sum((score - mean) ** 2 for score in GROUP) / (len(GROUP) - 1)) ** 0.5
    for place, score in enumerate(GROUP):
        y, gain = 172 + 31 * place, (score - mean) / deviation
        yield (
            f'<rect x="12" y="{y}" width="248" height="24" rx="5" fill="{theme.box}" '
            f'stroke="{theme.border}"/>'
        )
        words = f"completion {place + 1} of the prompt"
        yield text(22, y + 16.5, words, theme.ink, 12.5)
        yield text(252, y + 16.5, f"{score:+.1f}", theme.ink, 12.5, text_anchor="end")
        yield arrow(266, y + 12, 330, y + 12, theme)
        colour = theme.good if gain > 0 else theme.bad
        length, middle = abs(gain) * 90, 450
        start = middle if gain > 0 else middle - length
        yield (
            f'<rect x="{start:.1f}" y="{y + 3}" width="{length:.1f}" height="18" rx="3" '
            f'fill="{colour}"/>'
        )
        away = middle + length + 8 if gain > 0 else middle + 8
        yield text(away, y + 16.5, f"{gain:+.2f}", theme.ink, 12.5)
    yield f'<line x1="450" y1="168" x2="450" y2="296" stroke="{theme.quiet}"/>'
    notes = (
        f"mean {mean:.3f}, deviation {deviation:.2f}",
        "advantage = (score - mean) / deviation",
        "above the mean: made likelier; below: less likely",
        "all scores alike: no advantage, nothing is learned",
    )
    for line, words in enumerate(notes):
        yield text(660, 190 + 31 * line, words, theme.quiet, 13)


def arrow(x1: float, y1: float, x2: float, y2: float, theme: Theme) -> str:
    """A line with a head."""
    return (
        f'<path d="M{x1:g} {y1:g} L{x2 - 5:g} {y2:g}" stroke="{theme.quiet}" stroke-width="1.6"/>'
        f'<path d="M{x2:g} {y2:g} l-8 -4.5 v9 z" fill="{theme.quiet}"/>'
    )


# The races -----------------------------------------------------------------------------------

SETS = {
    "format_1_right_5": "exact format 1, right 5",
    "ours": "our four",
    "right_only": "right 1, alone",
    "recipe": "the recipe's four",
    "trl_accuracy": "TRL's accuracy_reward",
}


def results(model: str) -> dict[str, Any]:
    """What the race of a model found, by task."""
    tasks = json.loads(RACE.read_text(encoding="utf-8"))["tasks"]
    return {task: tasks[task] for task in TASKS[model]}


def race(theme: Theme) -> str:
    """What SmolLM2 learned from each set: held-out samples that are right, and in the format."""
    title = "Held-out answers of SmolLM2 after training: right, and in the format"
    return svg(980, 340, title, race_parts(theme))


def race_parts(theme: Theme) -> Iterator[str]:
    """A chart for each task: two bars a set, with a dot for each seed."""
    width, top, row = 330, 66, 44
    figures = (("sampled accuracy", theme.good), ("exact format", theme.quiet))
    for place, (task, found) in enumerate(results("smollm2").items()):
        left = 196 + place * (width + 62)
        yield text(left, 24, task, theme.ink, 15, font_weight="600")
        bottom = top + row * len(SETS)
        for share in (0, 0.25, 0.5, 0.75, 1):
            x = left + width * share
            yield (
                f'<line x1="{x:g}" y1="{top - 8}" x2="{x:g}" y2="{bottom:g}" '
                f'stroke="{theme.border}" stroke-width="{1.2 if not share else 0.6}"/>'
            )
            yield text(x, bottom + 18, f"{share:g}", theme.quiet, 12, text_anchor="middle")
        start = left + width * found["start"]["sampled accuracy"]
        yield (
            f'<line x1="{start:.1f}" y1="{top - 16}" x2="{start:.1f}" y2="{bottom:g}" '
            f'stroke="{theme.good}" stroke-width="1.4" stroke-dasharray="4 4"/>'
        )
        yield text(start + 5, top - 10, "right at the start", theme.quiet, 11.5)
        for line, (name, label) in enumerate(SETS.items()):
            y = top + row * line
            if not place:
                yield text(left - 10, y + 19, label, theme.ink, 13, text_anchor="end")
            for bar, (figure, colour) in enumerate(figures):
                reached = found["sets"][name][figure]
                long, high = width * reached["mean"], y + 3 + 15 * bar
                yield (
                    f'<rect x="{left}" y="{high}" width="{long:.1f}" height="13" '
                    f'fill="{colour}" opacity="{0.45 if bar else 1}"/>'
                )
                for each in reached["each"]:
                    yield (
                        f'<circle cx="{left + width * each:.1f}" cy="{high + 6.5}" r="3" '
                        f'fill="{theme.ink}"/>'
                    )
    words = ("answers that are right", "answers in the exact format")
    for place, (label, (_, colour)) in enumerate(zip(words, figures, strict=True)):
        x = 196 + 220 * place
        yield (
            f'<rect x="{x}" y="318" width="22" height="12" fill="{colour}" '
            f'opacity="{0.45 if place else 1}"/>'
        )
        yield text(x + 30, 329, label, theme.ink, 13)
    yield f'<circle cx="660" cy="324" r="3" fill="{theme.ink}"/>'
    yield text(672, 329, "each of the seeds", theme.ink, 13)


def tiny_race(theme: Theme) -> str:
    """The share of samples that were right and laid out, over the steps, for each task."""
    title = "Samples that were right and laid out, over the steps"
    return svg(980, 330, title, tiny_race_parts(theme))


def tiny_race_parts(theme: Theme) -> Iterator[str]:
    """A chart for each task, and what the colours mean."""
    tasks = results("tiny")
    width, height, top = 200, 210, 44
    for place, (task, found) in enumerate(tasks.items()):
        left = 48 + place * (width + 34)
        yield text(left, 26, task, theme.ink, 15, font_weight="600")
        for share in (0, 0.25, 0.5, 0.75, 1):
            y = top + height * (1 - share)
            yield (
                f'<line x1="{left}" y1="{y:g}" x2="{left + width}" y2="{y:g}" '
                f'stroke="{theme.border}" stroke-width="{1.2 if not share else 0.6}"/>'
            )
            if not place:
                yield text(left - 8, y + 4, f"{share:g}", theme.quiet, 12, text_anchor="end")
        steps = next(iter(found["sets"].values()))["steps"][0]
        for step in (0, steps // 2, steps):
            x = left + width * step / steps
            yield text(x, top + height + 18, f"{step}", theme.quiet, 12, text_anchor="middle")
        for colour, name in zip(theme.lines, SETS, strict=True):
            if name in found["sets"]:
                curve = found["sets"][name]["curves"]["right"]
                points = " ".join(
                    f"{left + width * (number + 0.5) / len(curve):.1f},"
                    f"{top + height * (1 - share):.1f}"
                    for number, share in enumerate(curve)
                )
                yield (
                    f'<polyline points="{points}" fill="none" stroke="{colour}" '
                    'stroke-width="2.4" stroke-linejoin="round"/>'
                )
    x = 48.0
    for colour, label in zip(theme.lines, SETS.values(), strict=True):
        yield f'<path d="M{x:g} 308 h22" stroke="{colour}" stroke-width="3"/>'
        yield text(x + 28, 312.5, label, theme.ink, 13)
        x += 50 + 7.2 * len(label)


DRAWINGS: dict[str, Callable[[Theme], str]] = {
    "pipeline": pipeline,
    "race": race,
    "race-tiny": tiny_race,
}


def drawn() -> Iterator[tuple[Path, str]]:
    """Each file, and what belongs into it."""
    for name, draw in DRAWINGS.items():
        for theme in THEMES:
            yield IMAGES / f"{name}-{theme.name}.svg", draw(theme)


if __name__ == "__main__":
    for file, drawing in drawn():
        file.write_text(drawing, encoding="utf-8")
