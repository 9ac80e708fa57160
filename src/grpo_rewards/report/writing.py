"""From a scored file, a table or a training's folder to the page."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from grpo_rewards.errors import OptionError, TableError
from grpo_rewards.report.gathering import gather
from grpo_rewards.report.trainings import (
    is_training,
    logged_metrics,
    logged_rows,
    measured_comparison,
)
from grpo_rewards.requirements import require_whole
from grpo_rewards.responses.layouts import ResponseFormat
from grpo_rewards.scoring.containers import rows_of
from grpo_rewards.scoring.sources import STDIN, located_rows

__all__ = ["write_report"]

LIBRARIES = ("itables", "jinja2", "matplotlib")
"""What the page is made with: the extra ``report``."""
MOST = 50_000
"""How many completions a page shows."""


def write_report(
    source: Any,
    path: str | Path,
    *,
    title: str | None = None,
    completion: str | None = None,
    prompt: str | None = None,
    problem: str | None = None,
    above: float | None = None,
    format: ResponseFormat | None = None,
    most: int = MOST,
) -> Path:
    r"""Write a page about scored completions, or about a training; it needs nothing beside itself.

    Args:
        source: A scored file, or several (as ``grpo-rewards score`` writes them, or a pattern); the
            folder of a training (TRL's, with ``log_completions=True``); or a table of any kind, as
            of `grpo_rewards.scoring.score_rows`.
        path: The file to write.
        title: What the page is called; by default what the source is.
        completion: The column with the completions; by default the first of the usual names.
        prompt: The column with the prompts.
        problem: The column that says which problem a row is of, where ``reward/problem`` does not.
        above: The score above which a completion is right, of rewards without a verdict.
        format: The layout that a training's rewards read, for why completions have no answer.
        most: How many completions the page shows; of more, so many are drawn. Its numbers count
            all.

    Returns:
        The path of the page.

    Raises:
        OptionError: An option cannot be, or nothing can be written there.
        ColumnError: The rows are not scored, or no column holds completions.
        TableError: A file cannot be read, or there are no rows.
        ImportError: A library of the extra ``report`` is not installed.

    Example:
        >>> from grpo_rewards import BOXED, CheckAnswer
        >>> from grpo_rewards.scoring import score_rows
        >>> rows = [{"question": "6 * 7", "answer": "42", "completion": r"So \boxed{42}"}]
        >>> scored = score_rows(CheckAnswer(format=BOXED), rows)
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     write_report(scored, f"{folder}/report.html").name
        'report.html'
    """
    target = Path(path)
    _require_options(target, most)
    _require_libraries()
    from grpo_rewards.report.findings import find  # noqa: PLC0415 (it needs them)
    from grpo_rewards.report.page import rendered  # noqa: PLC0415

    options: dict[str, Any] = {
        "completion": completion,
        "prompt": prompt,
        "problem": problem,
        "above": above,
        "most": most,
    }
    named = source if isinstance(source, str | Path) else None
    if named is not None and Path(named).is_dir() and is_training(Path(named)):
        folder = Path(named)
        metrics = logged_metrics(folder)
        comparison = measured_comparison(folder)
        found = gather(logged_rows(folder, metrics, format=format), **options)
        if not (len(found) or metrics):
            raise TableError(f"the training in {folder} has logged nothing yet")
    else:
        metrics, comparison = [], {}
        names = _names(source)
        rows = (located.row for located in located_rows(names)) if names else rows_of(source)
        found = gather(rows, **options)
        if not len(found):
            raise TableError("there are no rows to report on")
    page = rendered(title or _title(named), found, find(found, metrics), comparison)
    target.write_bytes(page)
    return target


def _require_options(path: Path, most: Any) -> None:
    require_whole("most", most)
    if path.is_dir():
        raise OptionError(f"{path} is a folder: name the page's file, such as {path}/report.html")
    if not path.parent.is_dir():
        raise OptionError(
            f"there is no folder {path.parent} to write {path.name} in: make it first"
        )
    if path.suffix.lower() not in (".html", ".htm"):
        raise OptionError(f"{path}: the report is a page, so write a name that ends in .html")


def _require_libraries() -> None:
    for name in LIBRARIES:
        if find_spec(name) is None:
            raise ImportError(
                f"the report needs {name}: pip install 'grpo-rewards[report]'", name=name
            )


def _names(source: Any) -> list[str]:
    """The files that are named; none where the source is a table."""
    if isinstance(source, str | Path):
        return [str(source)]
    if (
        isinstance(source, Sequence)
        and source
        and all(isinstance(each, str | Path) for each in source)
    ):
        return [str(each) for each in source]
    return []


def _title(source: str | Path | None) -> str:
    if source is None:
        return "Scored completions"
    return "standard input" if str(source) == STDIN else Path(source).resolve().name
