"""The page: numbers, charts and packed completions put into one HTML file that fetches nothing.

Nothing a model wrote stands in the page as HTML: what the template prints is escaped, completions
are packed, and the page's policy lets no script run but its own, and no request leave.
"""

from __future__ import annotations

import base64
import hashlib
import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import grpo_rewards
from grpo_rewards.report.charts import curves_chart, histogram_chart, pass_chart, series_class
from grpo_rewards.report.findings import Findings
from grpo_rewards.report.gathering import Gathered
from grpo_rewards.report.oddities import HIDDEN
from grpo_rewards.report.packing import as_json, completions_of_page, packed
from grpo_rewards.report.trainings import Held

__all__ = ["rendered"]

SHARE = ("Answers", "Format", "Groups")
"""Groups of curves whose titles begin so are shares."""


def rendered(
    title: str,
    found: Gathered,
    findings: Findings,
    comparison: Mapping[str, tuple[Held, Held]],
) -> bytes:
    """The page, in UTF-8."""
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 (an extra)
    from markupsafe import Markup  # noqa: PLC0415

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.filters |= {"percent": percent, "score": score, "seen": seen}
    environment.finalize = seen_if_text
    reasons = [reason for reason, _ in findings.reasons]
    data = completions_of_page(found, reasons)
    script = asset("page.js")
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    library = as_json(
        {"script": _of_itables("dt_bundle.js"), "style": _of_itables("dt_bundle.css")}
    )
    page = environment.from_string(asset("page.html")).render(
        title=title,
        version=grpo_rewards.__version__,
        found=found,
        findings=findings,
        comparison=comparison,
        shown=len(found.samples),
        matrix=matrix(list(found.parts), findings.correlations),
        curves=[
            (group, Markup(curves_chart(group.curves, share=group.title.startswith(SHARE))))
            for group in findings.curves
        ],
        histogram=Markup(histogram_chart(findings.histogram)) if findings.histogram else None,
        passes=pass_rates_chart(findings, Markup),
        series_class=series_class,
        style=Markup(asset("page.css")),
        script=Markup(script),
        digest=digest,
        data=Markup(packed(as_json(data))),
        library=Markup(packed(library)),
    )
    return page.encode("utf-8")


def pass_rates_chart(findings: Findings, markup: Any) -> Any:
    """pass@k as a chart, where there is more than one k."""
    known = [
        (k, rate)
        for k, rate in (findings.rates.pass_at.items() if findings.rates else ())
        if not math.isnan(rate.value)
    ]
    return markup(pass_chart(known)) if len(known) > 1 else None


def matrix(
    names: Sequence[str], correlations: Mapping[tuple[str, str], float]
) -> list[tuple[str, list[float | None]]]:
    """Correlations as rows; ``None`` where a part meets itself."""
    return [
        (
            one,
            [
                None
                if one == other
                else correlations.get((one, other), correlations.get((other, one), math.nan))
                for other in names
            ],
        )
        for one in names
    ]


def percent(value: float) -> str:
    r"""A share, as it is read.

    Example:
        >>> percent(0.4913), percent(float("nan"))
        ('49.1\xa0%', '-')
    """
    return "-" if math.isnan(value) else f"{100 * value:.1f}\N{NO-BREAK SPACE}%"


def score(value: float) -> str:
    """A number in a few digits.

    Example:
        >>> score(3.0), score(-0.25), score(float("nan"))
        ('3', '-0.25', '-')
    """
    return "-" if math.isnan(value) else f"{value:.3f}".rstrip("0").rstrip(".")


def seen(text: str) -> str:
    r"""A text in which characters that are not seen are named.

    Example:
        >>> seen("4\u202e2\x00")
        '4[U+202E]2[U+0000]'
    """
    return HIDDEN.sub(lambda match: f"[U+{ord(match[0]):04X}]", text)


def seen_if_text(value: Any) -> Any:
    """What the template prints; of a text, what is seen."""
    return seen(value) if type(value) is str else value


@cache
def asset(name: str) -> str:
    """A file of the page's own."""
    return (files(__package__) / "assets" / name).read_text(encoding="utf-8")


@cache
def _of_itables(name: str) -> str:
    """DataTables, which itables ships as a script for one page."""
    return (files("itables") / "html" / name).read_text(encoding="utf-8")
