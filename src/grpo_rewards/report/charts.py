"""Charts as inline SVG whose colours are the page's, so that they follow light and dark."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from typing import Any

from grpo_rewards.report.findings import Curve
from grpo_rewards.scoring.rates import Rate

__all__ = ["curves_chart", "histogram_chart", "pass_chart", "series_class"]

SIZE = (5.2, 2.5)
"""Inches: as wide as a narrow screen, so that letters are not drawn smaller there."""
INK, LINE = "#0001f1", "#0001f2"
"""Stand for the page's variables --c-f1, --c-f2; series are --c-00 and on."""
_COLOUR = re.compile(r"#0001([0-9a-f]{2})\b")
_ROOT = re.compile(r"<svg [^>]*?viewBox=\"([^\"]+)\"[^>]*>")
_METADATA = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)
POINTS = 300
"""A curve of more steps is drawn by means of so many stretches."""
STYLE: Any = {
    "axes.edgecolor": LINE,
    "axes.facecolor": "none",
    "axes.labelcolor": INK,
    "axes.linewidth": 0.8,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "figure.facecolor": "none",
    "font.size": 9,
    "grid.color": LINE,
    "grid.linewidth": 0.6,
    "savefig.facecolor": "none",
    "svg.fonttype": "none",
    "svg.hashsalt": "grpo-rewards",
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}


def curves_chart(curves: Sequence[Curve], *, share: bool = False) -> str:
    """Curves over the steps: thin as logged, thick the average of a few steps."""

    def draw(axes: Any) -> None:
        for place, curve in enumerate(curves):
            steps, values = thinned(curve.steps, curve.values)
            smooth = len(values) >= 10
            axes.plot(steps, values, color=series(place), alpha=0.3 if smooth else 1, linewidth=1.2)
            if smooth:
                axes.plot(steps, averaged(values), color=series(place), linewidth=1.8)
        axes.set_xlabel("step")
        axes.xaxis.get_major_locator().set_params(integer=True)
        if share:
            axes.set_ylim(-0.02, 1.02)
            _percent(axes)

    return _drawn(draw)


def histogram_chart(histogram: Sequence[tuple[str, int]]) -> str:
    """How many problems have which pass rate; those at either end teach nothing."""

    def draw(axes: Any) -> None:
        counts = [count for _, count in histogram]
        last = len(counts) - 1
        places = [-0.25, *range(1, last), last + 0.25]
        colours = [series(3), *[series(0)] * (last - 1), series(2)]
        axes.bar(places, counts, width=0.84, color=colours)
        axes.set_xticks(places, [label for label, _ in histogram])
        axes.set_xlabel("completions that are right")
        axes.set_ylabel("problems")
        axes.yaxis.get_major_locator().set_params(integer=True)

    return _drawn(draw)


def pass_chart(rates: Sequence[tuple[int, Rate]]) -> str:
    """pass@k with its intervals."""

    def draw(axes: Any) -> None:
        places = range(len(rates))
        values = [rate.value for _, rate in rates]
        lows = [rate.value - rate.low for _, rate in rates]
        highs = [rate.high - rate.value for _, rate in rates]
        axes.errorbar(
            places, values, yerr=[lows, highs], color=series(0), marker="o", markersize=4, capsize=3
        )
        axes.set_xticks(places, [str(k) for k, _ in rates])
        axes.set_xlim(-0.4, len(rates) - 0.6)
        axes.set_ylim(0, 1.02)
        axes.set_xlabel("k")
        _percent(axes)

    return _drawn(draw)


def series(place: int) -> str:
    """What stands for a series' colour."""
    return f"#0001{place:02x}"


def series_class(place: int) -> str:
    """The page's class of a series' colour.

    Example:
        >>> series_class(3)
        'c-03'
    """
    return f"c-{place:02x}"


def thinned(
    steps: Sequence[float], values: Sequence[float]
) -> tuple[Sequence[float], Sequence[float]]:
    """At most `POINTS` points: means of as many stretches."""
    if len(steps) <= POINTS:
        return steps, values
    size = math.ceil(len(steps) / POINTS)
    starts = range(0, len(steps), size)
    return (
        [steps[start] for start in starts],
        [
            math.fsum(values[start : start + size]) / len(values[start : start + size])
            for start in starts
        ],
    )


def averaged(values: Sequence[float], window: int = 5) -> list[float]:
    """The mean of each value and of the few before it."""
    return [
        math.fsum(values[max(0, end - window) : end]) / (end - max(0, end - window))
        for end in range(1, len(values) + 1)
    ]


def _percent(axes: Any) -> None:
    from matplotlib.ticker import PercentFormatter  # noqa: PLC0415 (an extra)

    axes.yaxis.set_major_formatter(PercentFormatter(1.0))


def _drawn(draw: Any) -> str:
    """A figure as SVG without a size or metadata, in the page's colours."""
    import matplotlib as mpl  # noqa: PLC0415 (an extra)
    from matplotlib.figure import Figure  # noqa: PLC0415

    with mpl.rc_context(STYLE):
        figure = Figure(figsize=SIZE, layout="constrained")
        axes = figure.add_subplot()
        axes.grid(axis="y")
        axes.set_axisbelow(True)
        axes.tick_params(length=0)
        draw(axes)
        file = io.StringIO()
        figure.savefig(file, format="svg", metadata={"Date": None})
    text = file.getvalue()
    text = _METADATA.sub("", text[text.index("<svg ") :])
    text = _ROOT.sub(r'<svg viewBox="\1" aria-hidden="true">', text, count=1)
    return _COLOUR.sub(r"var(--c-\1)", text)
